/* parse_fuzz_calc SEED ROUNDS FILE…: changes each file at random, ROUNDS times, and parses it as each of the four things there are to parse.
 * It only has to end: what the sanitizers or the clock find is the result. The seed of a case that failed is printed first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/io.h"
#include "base/mem.h"
#include "syntax/keywords.h"
#include "syntax/parse.h"

enum { EDITS_MAX = 6, SECONDS_MAX = 10 };

static uint64_t state;

static size_t below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return limit > 0 ? (size_t)(state % limit) : 0;
}

static void replace(struct str *text, size_t at, size_t length, const char *bytes, size_t count)
{
    struct str out = {0};
    str_add_bytes(&out, text->data, at);
    str_add_bytes(&out, bytes, count);
    str_add_bytes(&out, text->data + at + length, text->length - at - length);
    *text = out;
}

static const char *some_piece(void)
{
    static const char *const pieces[] = {
        "{",  "}",  "(",  ")", "[",   "]",    ",",          ":",  ";",
        ".",  "..", "=",  "|", "\n",  "\"",   "“",          "”",  "\"\"\"",
        "`",  "#",  "-",  "%", "9",   "20万", "2017-04-25", "\\", "\xE2\x80\x8B",
        "。", "５", "\t", " ", "n/a", "x",    "甲",         "é"};
    size_t count = sizeof pieces / sizeof *pieces, choice = below(count * 2);
    return choice < count ? pieces[choice] : keyword_at(below(keyword_count()))->text;
}

static void edit(struct str *text)
{
    size_t at = below(text->length), length = below(text->length - at);
    const char *piece = some_piece();
    switch (below(6)) {
    case 0: text->data[at] = (char)below(256); break;
    case 1: replace(text, at, length % 9, "", 0); break;
    case 2: replace(text, at, 0, piece, strlen(piece)); break;
    case 3: replace(text, at, length % 40, piece, strlen(piece)); break;
    case 4:
        replace(text, below(text->length), 0, mem_text(text->data + at, length % 400), length % 400);
        break;
    default: replace(text, at, length, "", 0); break;
    }
}

static void parse_all(const char *text, size_t length)
{
    const struct ast *(*const parsers[])(const struct source *, struct diags *) = {parse_rubric, parse_facts,
                                                                                   parse_line, parse_value};
    for (size_t i = 0; i < sizeof parsers / sizeof *parsers; i++) {
        struct diags diags = {0};
        struct str out = {0};
        ast_dump(&out, parsers[i](source_new("fuzz", text, length), &diags));
        diag_render_all(&out, &diags, i % 2 == 0 ? LANG_EN : LANG_ZH, false);
    }
}

static void fuzz(const char *bytes, size_t length, uint64_t seed)
{
    state = seed * 0x9E3779B97F4A7C15u + 1;
    struct str text = {0};
    str_add_bytes(&text, bytes, length);
    for (size_t edits = 1 + below(EDITS_MAX); edits > 0 && text.length > 0; edits--) {
        edit(&text);
    }
    alarm(SECONDS_MAX);
    parse_all(str_text(&text), text.length);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        return 2;
    }
    mem_start();
    uint64_t seed = strtoull(argv[1], NULL, 10), rounds = strtoull(argv[2], NULL, 10);
    for (uint64_t round = 0; round < rounds; round++) {
        for (int i = 3; i < argc; i++) {
            char *bytes;
            size_t length;
            printf("\r%llu %s", (unsigned long long)(seed + round), argv[i]);
            fflush(stdout);
            if (io_read(argv[i], IO_SIZE_MAX, &bytes, &length) == IO_OK) {
                fuzz(bytes, length, seed + round);
            }
        }
    }
    puts("\rdone");
    return 0;
}
