#include "cli/roff.h"
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"

enum { LONG = 64 };

/* ---------------------------------------------------------------- characters */

struct reader {
    const char *text;
    size_t length, at;
    bool wide, bold; /* the last character was Han; `word` is open */
};

static bool closes(const char *bytes, size_t length)
{
    return strstr("，。、；：！？）」』》”’…", mem_text(bytes, length)) != NULL;
}

/* What roff would take for something else; NULL: nothing of the kind. */
static const char *escaped(const char *bytes, size_t length)
{
    static const struct {
        const char *text, *escape;
    } escapes[] = {{"\\", "\\e"},  {"-", "\\-"},    {"\"", "\\(dq"}, {"'", "\\(aq"}, {"~", "\\(ti"},
                   {"^", "\\(ha"}, {"…", "...\\&"}, {"“", "\\(lq"},  {"”", "\\(rq"}, {"→", "\\(->"}};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (strlen(escapes[i].text) == length && memcmp(escapes[i].text, bytes, length) == 0) {
            return escapes[i].escape;
        }
    }
    return NULL;
}

static void add_character(struct str *out, struct reader *reader)
{
    uint32_t code;
    const char *bytes = reader->text + reader->at;
    size_t length = utf8_next(bytes, reader->length - reader->at, &code);
    bool wide = utf8_width(bytes, length) > 1;
    const char *escape = escaped(bytes, length);
    if ((wide || reader->wide) && reader->at > 0 && code != ' ' && !closes(bytes, length)) {
        str_add(out, "\\:");
    }
    if (code == '`') {
        str_add(out, reader->bold ? "\\fR" : "\\fB");
        reader->bold = !reader->bold;
    } else if (escape != NULL) {
        str_add(out, escape);
    } else {
        str_add_bytes(out, bytes, length);
    }
    reader->wide = wide;
    reader->at += length;
}

void roff_text(struct str *out, const char *text)
{
    struct reader reader = {.text = text, .length = strlen(text)};
    while (reader.at < reader.length) {
        add_character(out, &reader);
    }
    str_add(out, reader.bold ? "\\fR" : "");
}

/* Is `word` open at its end? */
static bool within_marks(const char *text, size_t length)
{
    bool within = false;
    for (size_t i = 0; i < length; i++) {
        within = within != (text[i] == '`');
    }
    return within;
}

/* A dot at the start would make it a macro. */
static void add_source_line(struct str *out, const char *text)
{
    str_add(out, *text == '.' ? "\\&" : "");
    roff_text(out, text);
    str_add_char(out, '\n');
}

/* Broken after a blank once it is long: filling joins it again. */
void roff_line(struct str *out, const char *text)
{
    size_t start = 0, length = strlen(text);
    for (size_t at = 0; at < length; at++) {
        if (text[at] == ' ' && at - start > LONG && !within_marks(text + start, at - start)) {
            add_source_line(out, mem_text(text + start, at - start));
            start = at + 1;
        }
    }
    add_source_line(out, text + start);
}

/* ---------------------------------------------------------------- lines */

static const char *next_line(const char **text)
{
    size_t length = strcspn(*text, "\n");
    const char *line = mem_text(*text, length);
    *text += length + ((*text)[length] == '\n');
    return line;
}

static bool ends_wide(const char *text)
{
    size_t length = strlen(text), at = length;
    while (at > 0 && ((unsigned char)text[--at] & 0xC0) == 0x80) {
    }
    return length > 0 && utf8_width(text + at, length - at) > 1;
}

static bool starts_wide(const char *text)
{
    uint32_t code;
    size_t length = strlen(text);
    return length > 0 && utf8_width(text, utf8_next(text, length, &code)) > 1;
}

/* Han that was broken over two lines has no blank between. */
static void join(struct str *paragraph, const char *line)
{
    bool han = ends_wide(str_text(paragraph)) || starts_wide(line);
    str_item(paragraph, han ? "" : " ", line);
}

void roff_filled(struct str *out, const char *text)
{
    struct str paragraph = {0};
    bool first = true;
    while (*text != '\0' || paragraph.length > 0) {
        const char *line = *text != '\0' ? next_line(&text) : "";
        if (*line != '\0') {
            join(&paragraph, line);
        } else if (paragraph.length > 0) {
            str_add(out, first ? "" : ".PP\n");
            roff_line(out, str_text(&paragraph));
            paragraph = (struct str){0};
            first = false;
        }
    }
}

void roff_verbatim(struct str *out, const char *text)
{
    str_add(out, ".PP\n.nf\n");
    while (*text != '\0') {
        add_source_line(out, next_line(&text));
    }
    str_add(out, ".fi\n");
}
