#include "cli/repl/words.h"
#include <string.h>
#include "base/mem.h"
#include "base/str.h"
#include "syntax/keywords.h"

static const struct {
    const char *open, *close;
} quotes[] = {{"\"", "\""}, {"“", "”"}, {"「", "」"}, {"`", "`"}};

enum { QUOTES = sizeof quotes / sizeof *quotes };

size_t words_blank(const char *text)
{
    static const char wide[] = "　";
    if (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r') {
        return 1;
    }
    return strncmp(text, wide, sizeof wide - 1) == 0 ? sizeof wide - 1 : 0;
}

size_t words_skip(const char *text, size_t at)
{
    for (size_t blank; (blank = words_blank(text + at)) > 0;) {
        at += blank;
    }
    return at;
}

static bool starts(const char *text, const char *mark)
{
    return strncmp(text, mark, strlen(mark)) == 0;
}

/* Which quote the text begins with; QUOTES: none. */
static size_t quote_at(const char *text)
{
    size_t kind = 0;
    while (kind < QUOTES && !starts(text, quotes[kind].open)) {
        kind++;
    }
    return kind;
}

/* Behind the closing quote; a quote that does not close is a letter like any other. */
static size_t quoted_end(const char *text, size_t at, size_t kind)
{
    size_t inside = at + strlen(quotes[kind].open);
    const char *close = strstr(text + inside, quotes[kind].close);
    return close != NULL ? (size_t)(close - text) + strlen(quotes[kind].close) : inside;
}

/* Of a kind of quotes that does not close once none further on does. */
size_t words_end(const char *text, size_t at)
{
    bool never[QUOTES + 1] = {[QUOTES] = true};
    while (text[at] != '\0' && words_blank(text + at) == 0) {
        size_t kind = quote_at(text + at), end = never[kind] ? at + 1 : quoted_end(text, at, kind);
        never[kind] = never[kind] || end == at + strlen(quotes[kind].open);
        at = end;
    }
    return at;
}

size_t words_trimmed(const char *text)
{
    static const char wide[] = "　";
    size_t start = words_skip(text, 0), length = strlen(text);
    while (length > start) {
        size_t blank = words_blank(text + length - 1);
        bool is_wide = length - start >= sizeof wide - 1 &&
                       words_blank(text + length - (sizeof wide - 1)) == sizeof wide - 1;
        if (blank == 0 && !is_wide) {
            return length;
        }
        length -= is_wide ? sizeof wide - 1 : blank;
    }
    return 0;
}

size_t words_colon(const char *text)
{
    static const char wide[] = "：";
    return *text == ':' ? 1 : starts(text, wide) ? sizeof wide - 1 : 0;
}

size_t words_question(const char *text)
{
    static const char wide[] = "？";
    return *text == '?' ? 1 : starts(text, wide) ? sizeof wide - 1 : 0;
}

const char *words_name(const char *name)
{
    size_t marks = 0;
    for (const char *at = name; *at != '\0'; at++) {
        marks += *at == '`';
    }
    if (marks % 2 != 0) {
        return name;
    }
    struct str out = {0};
    for (; *name != '\0'; name++) {
        if (*name != '`') {
            str_add_char(&out, *name);
        }
    }
    return str_text(&out);
}

size_t words_count(const char *text)
{
    size_t count = 0;
    for (size_t at = words_skip(text, 0); text[at] != '\0'; at = words_skip(text, words_end(text, at))) {
        count++;
    }
    return count;
}

static const char *without_quotes(const char *text, size_t start, size_t end)
{
    size_t kind = quote_at(text + start);
    if (kind < QUOTES && quoted_end(text, start, kind) == end) {
        size_t open = strlen(quotes[kind].open), close = strlen(quotes[kind].close);
        if (end - start >= open + close) {
            return mem_text(text + start + open, end - start - open - close);
        }
    }
    return mem_text(text + start, end - start);
}

const char *words_at(const char *text, size_t place)
{
    size_t at = words_skip(text, 0);
    for (; text[at] != '\0' && place > 0; place--) {
        at = words_skip(text, words_end(text, at));
    }
    return text[at] != '\0' ? without_quotes(text, at, words_end(text, at)) : NULL;
}

static bool stands_apart(const char *text, size_t length)
{
    return text[length] == '\0' || words_blank(text + length) > 0;
}

/* Does it join two values, in either tongue? */
static bool joins(const struct spelling *word)
{
    static const char *const joining[] = {"and",   "or", "at least", "at most",   "above",
                                          "below", "is", "is not",   "is one of", "is known"};
    size_t i = 0;
    while (i < sizeof joining / sizeof *joining && !str_equal(word->canonical, joining[i])) {
        i++;
    }
    return i < sizeof joining / sizeof *joining;
}

bool words_operator(const char *text, bool file)
{
    static const char *const marks[] = {"+",  "-",  "*", "/", "=",  "<", ">", "≥", "≤", "≠", "×",  "÷",  "＝",
                                        "＜", "＞", "≧", "≦", "!=", ".", ",", ")", "]", "}", "－", "＋", "−"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (starts(text, marks[i]) && (!file || stands_apart(text, strlen(marks[i])))) {
            return true;
        }
    }
    for (size_t i = 0; i < keyword_count(); i++) {
        const struct spelling *word = keyword_at(i);
        if (joins(word) && starts(text, word->text) && stands_apart(text, strlen(word->text))) {
            return true;
        }
    }
    return false;
}
