#include "facts/json_row.h"
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "facts/write.h"

struct reading {
    const struct source *source;
    struct diags *diags;
    const char *at; /* a NUL ends the text */
};

static struct span span_from(const struct reading *reading, const char *start, const char *end)
{
    const char *text = reading->source->text;
    return (struct span){reading->source, (uint32_t)(start - text), (uint32_t)(end - text)};
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* What is missing at the end is missing behind what stands on the line, not on the next one. */
static bool wrong(const struct reading *reading, const char *expected)
{
    const char *at = reading->at, *end = reading->source->text + reading->source->length;
    bool ends = at == end;
    while (ends && at > reading->source->text && is_blank(at[-1]))
        at--;
    diag_add(reading->diags, DIAG_JSON_ROW_WRONG, span_from(reading, at, ends ? at : at + 1), expected, NULL);
    return false;
}

static void pass_blanks(struct reading *reading)
{
    reading->at += strspn(reading->at, " \t\r\n");
}

static bool pass(struct reading *reading, char mark)
{
    pass_blanks(reading);
    bool there = *reading->at == mark;
    reading->at += there;
    return there;
}

/* ---- texts */

static bool read_hex(const char *at, uint32_t *code)
{
    *code = 0;
    for (size_t i = 0; i < 4; i++) {
        static const char digits[] = "0123456789abcdef0123456789ABCDEF";
        const char *digit = at[i] ? strchr(digits, at[i]) : NULL;
        if (!digit)
            return false;
        *code = *code * 16 + (uint32_t)((digit - digits) % 16);
    }
    return true;
}

static void add_code(struct str *out, uint32_t code)
{
    char bytes[4];
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length; i-- > 1; code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3F));
    bytes[0] = (char)(leads[length] | code);
    str_add_bytes(out, bytes, length);
}

/* Behind `\u`: one character, of two halves where it is beyond 16 bits. */
static bool read_code(struct reading *reading, struct str *out)
{
    uint32_t code, low;
    if (!read_hex(reading->at, &code) || code == 0 || (code >= 0xDC00 && code < 0xE000))
        return wrong(reading, "@json_character");
    reading->at += 4;
    if (code >= 0xD800 && code < 0xDC00) {
        if (strncmp(reading->at, "\\u", 2) != 0 || !read_hex(reading->at + 2, &low) || low < 0xDC00 ||
            low >= 0xE000)
            return wrong(reading, "@json_character");
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        reading->at += 6;
    }
    add_code(out, code);
    return true;
}

static bool read_escape(struct reading *reading, struct str *out)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *letter = *reading->at ? strchr(letters, *reading->at) : NULL;
    if (*reading->at == 'u') {
        reading->at++;
        return read_code(reading, out);
    }
    if (!letter)
        return wrong(reading, "@json_escape");
    str_add_char(out, meant[letter - letters]);
    reading->at++;
    return true;
}

static bool read_text(struct reading *reading, struct csv_cell *cell)
{
    struct str out = {0};
    const char *start = reading->at++;
    while (*reading->at != '"') {
        if ((unsigned char)*reading->at < ' ')
            return wrong(reading, "@json_quote");
        size_t plain = strcspn(reading->at, "\"\\\n\r\t");
        for (size_t i = 0; i < plain; i++)
            plain = (unsigned char)reading->at[i] < ' ' ? i : plain;
        str_add_bytes(&out, reading->at, plain);
        reading->at += plain;
        if (*reading->at == '\\') {
            reading->at++;
            if (!read_escape(reading, &out))
                return false;
        }
    }
    reading->at++;
    *cell = (struct csv_cell){mem_text(str_text(&out), out.length), out.length,
                              span_from(reading, start, reading->at)};
    return true;
}

/* ---- values */

static const char *pass_digits(const char *at)
{
    return at + strspn(at, "0123456789");
}

/* Behind a number; NULL: it is none. */
static const char *pass_number(const char *at)
{
    at += *at == '-';
    const char *end = *at == '0' ? at + 1 : pass_digits(at);
    if (end == at)
        return NULL;
    if (*end == '.') {
        const char *decimals = pass_digits(end + 1);
        if (decimals == end + 1)
            return NULL;
        end = decimals;
    }
    if (*end != 'e' && *end != 'E')
        return end;
    const char *power = end + 1 + (end[1] == '+' || end[1] == '-');
    return pass_digits(power) > power ? pass_digits(power) : NULL;
}

static void take(struct reading *reading, const char *end, const char *text, size_t length,
                 struct csv_cell *cell)
{
    *cell = (struct csv_cell){mem_text(text, length), length, span_from(reading, reading->at, end)};
    reading->at = end;
}

static bool read_word(struct reading *reading, struct csv_cell *cell)
{
    static const char *const words[][2] = {{"true", "yes"}, {"false", "no"}, {"null", ""}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i][0]);
        if (strncmp(reading->at, words[i][0], length) == 0) {
            take(reading, reading->at + length, words[i][1], strlen(words[i][1]), cell);
            return true;
        }
    }
    const char *end = pass_number(reading->at);
    if (!end)
        return wrong(reading, "@json_value");
    take(reading, end, reading->at, (size_t)(end - reading->at), cell);
    return true;
}

static bool read_item(struct reading *reading, struct csv_cell *cell)
{
    pass_blanks(reading);
    return *reading->at == '"' ? read_text(reading, cell) : read_word(reading, cell);
}

/* As a facts file has it: texts in their quotes, nothing as what is unknown. */
static void add_item(struct str *list, const struct reading *reading, const struct csv_cell *item)
{
    char first = reading->source->text[item->span.start];
    str_item(list, ", ", first == '"' ? write_string(item->text) : first == 'n' ? "unknown" : item->text);
}

static bool read_list(struct reading *reading, struct csv_cell *cell)
{
    struct str list = {0};
    const char *start = reading->at++;
    bool more = !pass(reading, ']');
    while (more) {
        struct csv_cell item;
        if (!read_item(reading, &item))
            return false;
        add_item(&list, reading, &item);
        more = pass(reading, ',');
        if (!more && !pass(reading, ']'))
            return wrong(reading, "@json_list");
    }
    const char *text = str_print("[%s]", str_text(&list));
    *cell = (struct csv_cell){text, strlen(text), span_from(reading, start, reading->at)};
    return true;
}

static bool read_value(struct reading *reading, struct csv_cell *cell)
{
    pass_blanks(reading);
    return *reading->at == '[' ? read_list(reading, cell) : read_item(reading, cell);
}

/* ---- the object */

static bool read_member(struct reading *reading, struct csv_row *heads, struct csv_row *cells)
{
    struct csv_cell head, cell;
    pass_blanks(reading);
    if (*reading->at != '"')
        return wrong(reading, "@json_key");
    if (!read_text(reading, &head))
        return false;
    if (!pass(reading, ':'))
        return wrong(reading, "@json_colon");
    if (!read_value(reading, &cell))
        return false;
    vec_push(&heads->cells, head);
    vec_push(&cells->cells, cell);
    return true;
}

static bool read_members(struct reading *reading, struct csv_row *heads, struct csv_row *cells)
{
    if (pass(reading, '}'))
        return true;
    for (;;) {
        if (!read_member(reading, heads, cells))
            return false;
        if (pass(reading, '}'))
            return true;
        if (!pass(reading, ','))
            return wrong(reading, "@json_comma");
    }
}

bool json_row_read(const struct source *source, struct csv_row *heads, struct csv_row *cells,
                   struct diags *diags)
{
    struct reading reading = {source, diags, source->text};
    heads->cells.count = cells->cells.count = 0;
    if (!pass(&reading, '{'))
        return wrong(&reading, "@json_object");
    const char *start = reading.at - 1;
    if (!read_members(&reading, heads, cells))
        return false;
    heads->span = cells->span = span_from(&reading, start, reading.at);
    pass_blanks(&reading);
    return reading.at == source->text + source->length || wrong(&reading, "@json_end");
}

bool json_row_is_blank(const struct source *source)
{
    return strspn(source->text, " \t\r\n") == source->length;
}
