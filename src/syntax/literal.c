#include "syntax/literal.h"
#include <stdlib.h>
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "diag/suggest.h"

static struct span span_of(const struct tape *tape, const struct piece *piece)
{
    return tape_span(tape, piece->start, piece->end);
}

struct ast *literal_name(const struct tape *tape, const struct piece *piece)
{
    uint32_t quote = piece->kind == PIECE_BACKQUOTED;
    const char *text = tape->source->text + piece->start + quote;
    return ast_name(utf8_nfc(text, piece->end - piece->start - 2 * quote), span_of(tape, piece));
}

/* ---------------------------------------------------------------- numbers */

enum { WIDE_BYTES = 3 }; /* of a full-width digit or full stop */

/* The ASCII character that a full-width digit or full stop stands for; '\0': it is neither. */
static char narrow(const char *text)
{
    if (strncmp(text, "\xEF\xBC", 2) != 0) {
        return '\0';
    }
    unsigned char last = (unsigned char)text[2];
    return last == 0x8E ? '.' : last >= 0x90 && last <= 0x99 ? (char)(last - 0x90 + '0') : '\0';
}

/* The piece's text in ASCII digits; full-width ones are an error. */
static const char *in_ascii(const struct tape *tape, const struct piece *piece)
{
    const char *text = mem_text(tape->source->text + piece->start, piece->end - piece->start);
    struct str out = {0};
    bool wide = false;
    for (const char *at = text; *at != '\0';) {
        char plain = narrow(at);
        wide = wide || plain != '\0';
        str_add_char(&out, plain != '\0' ? plain : *at);
        at += plain != '\0' ? WIDE_BYTES : 1;
    }
    if (wide) {
        const char *right = str_text(&out);
        diag_mend(diag_add(tape->diags, DIAG_FULL_WIDTH_DIGITS, span_of(tape, piece), text, right, NULL),
                  span_of(tape, piece), right);
    }
    return str_text(&out);
}

static size_t digits_in(const char *text, size_t length)
{
    size_t digits = 0;
    for (size_t i = 0; i < length; i++) {
        digits += text[i] >= '0' && text[i] <= '9';
    }
    return digits;
}

/* The number at the head of the text; *rest is what follows it. */
static struct num value_of(const struct tape *tape, const struct piece *piece, const char *text,
                           const char **rest)
{
    size_t length = strspn(text, "0123456789_.");
    struct num value = num_int(0);
    if (!num_parse(text, length, &value)) {
        diag_add(tape->diags, DIAG_TOO_MANY_DIGITS, span_of(tape, piece),
                 str_print("%zu", digits_in(text, length)), str_print("%d", NUM_DIGITS_MAX), NULL);
        value = num_int(0);
    }
    *rest = text + length;
    return value;
}

static const struct big {
    const char *word;
    int64_t value;
} bigs[] = {{"万亿", 1000000000000}, {"万", 10000}, {"亿", 100000000}};

struct num literal_value(const struct tape *tape, const struct piece *number)
{
    const char *rest;
    struct num value = value_of(tape, number, in_ascii(tape, number), &rest);
    for (size_t i = 0; i < sizeof bigs / sizeof *bigs; i++) {
        if (strcmp(rest, bigs[i].word) == 0) {
            return num_mul(value, num_int(bigs[i].value));
        }
    }
    return value;
}

struct ast *literal_percent(const struct tape *tape, const struct piece *piece)
{
    const char *rest;
    struct num value = value_of(tape, piece, in_ascii(tape, piece), &rest);
    return ast_percent(num_div(value, num_int(100)), span_of(tape, piece));
}

struct ast *literal_quantity(const struct tape *tape, const struct piece *number, const struct piece *unit)
{
    struct span span = tape_span(tape, number->start, unit->end);
    if (number->end != unit->start) {
        return ast_quantity(literal_value(tape, number), literal_name(tape, unit), span);
    }
    const char *big;
    struct num value = value_of(tape, number, in_ascii(tape, number), &big);
    if (*big == '\0' || unit->kind == PIECE_BACKQUOTED) {
        return ast_quantity(literal_value(tape, number), literal_name(tape, unit), span);
    }
    struct piece whole = *unit;
    whole.start = unit->start - (uint32_t)strlen(big);
    return ast_quantity(value, literal_name(tape, &whole), span);
}

/* ---------------------------------------------------------------- dates */

static const struct weekday {
    const char *text;
    int day; /* 0: Monday */
} weekdays[] = {
    {"Monday", 0}, {"Tuesday", 1}, {"Wednesday", 2}, {"Thursday", 3}, {"Friday", 4}, {"Saturday", 5},
    {"Sunday", 6}, {"星期一", 0},  {"星期二", 1},    {"星期三", 2},   {"星期四", 3}, {"星期五", 4},
    {"星期六", 5}, {"星期日", 6},  {"星期天", 6},    {"周一", 0},     {"周二", 1},   {"周三", 2},
    {"周四", 3},   {"周五", 4},    {"周六", 5},      {"周日", 6},
};

static int weekday_of(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof weekdays / sizeof *weekdays; i++) {
        if (strlen(weekdays[i].text) == length && memcmp(weekdays[i].text, word, length) == 0) {
            return weekdays[i].day;
        }
    }
    return -1;
}

/* The name of a day in the manner of another: 星期一, 周一 or Monday. */
static const char *weekday_like(const char *word, int day)
{
    enum { MANNER_BYTES = 3 }; /* tells the two Chinese ones apart */
    bool latin = (unsigned char)*word < 0x80;
    for (size_t i = 0; i < sizeof weekdays / sizeof *weekdays; i++) {
        const char *text = weekdays[i].text;
        bool same = latin ? (unsigned char)*text < 0x80 : strncmp(text, word, MANNER_BYTES) == 0;
        if (same && weekdays[i].day == day) {
            return text;
        }
    }
    return word;
}

bool literal_is_weekday(const char *word, size_t length)
{
    return weekday_of(word, length) >= 0;
}

/* 礼拜二, 星期2, 周2; NULL: it is none of these. */
static const char *chinese_weekday(const char *word)
{
    static const char *const heads[] = {"星期", "礼拜", "周"}, *const days = "一二三四五六日";
    enum { HAN_BYTES = 3, DAYS = 7 };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t length = strlen(heads[i]);
        const char *day = word + length;
        if (strncmp(word, heads[i], length) != 0) {
            continue;
        }
        for (int d = 0; d < DAYS; d++) {
            bool digit = day[0] == '1' + d && day[1] == '\0';
            if (digit || strncmp(day, days + d * HAN_BYTES, HAN_BYTES) == 0) {
                return weekdays[DAYS + d].text;
            }
        }
    }
    return NULL;
}

const char *literal_weekday_near(const char *word, int64_t date, bool *right)
{
    struct suggest suggest;
    suggest_start(&suggest, word);
    for (size_t i = 0; i < sizeof weekdays / sizeof *weekdays && (*word & 0x80) == 0; i++) {
        suggest_offer(&suggest, weekdays[i].text);
    }
    const char *near = literal_is_weekday(word, strlen(word)) ? word
                       : (*word & 0x80) != 0                  ? chinese_weekday(word)
                                                              : suggest_best(&suggest);
    *right = near != NULL && weekday_of(near, strlen(near)) == date_weekday(date);
    return near;
}

static void check_weekday(const struct tape *tape, const struct piece *piece, int64_t date)
{
    static const char *const names[] = {"@monday", "@tuesday",  "@wednesday", "@thursday",
                                        "@friday", "@saturday", "@sunday"};
    const char *word = mem_text(tape->source->text + piece->start, piece->end - piece->start);
    int given = weekday_of(word, strlen(word)), right = date_weekday(date);
    if (given != right) {
        struct diag *diag = diag_add(tape->diags, DIAG_WRONG_WEEKDAY, span_of(tape, piece), date_text(date),
                                     names[right], names[given], NULL);
        diag_fix(diag, span_of(tape, piece), weekday_like(word, right)); /* or the date is wrong */
    }
}

/* Year, month and day of a date in either form; the number of digits after the first sign in *month_digits, after the second in *day_digits. */
static void read_date(const char *text, int parts[3], size_t digits[3])
{
    for (int i = 0; i < 3; i++) {
        text += strcspn(text, "0123456789");
        digits[i] = strspn(text, "0123456789");
        parts[i] = atoi(text);
        text += digits[i];
    }
}

/* Why there is no such day. */
static const char *why_no_date(const int parts[3])
{
    if (parts[1] > 12)
        return "@year_of_12";
    if (parts[0] < 1 || parts[1] < 1 || parts[2] < 1)
        return "@dates_from_1";
    return date_valid(parts[0], parts[1], 31)   ? "@month_of_31"
           : date_valid(parts[0], parts[1], 30) ? "@month_of_30"
           : date_valid(parts[0], parts[1], 29) ? "@month_of_29"
                                                : "@month_of_28";
}

struct ast *literal_date(const struct tape *tape, const struct piece *piece, const struct piece *weekday)
{
    struct span span = span_of(tape, piece);
    const char *text = in_ascii(tape, piece);
    int parts[3];
    size_t digits[3];
    read_date(text, parts, digits);
    struct span whole = weekday != NULL ? tape_span(tape, piece->start, weekday->end) : span;
    if (!date_valid(parts[0], parts[1], parts[2])) {
        diag_add(tape->diags, DIAG_NOT_A_DATE, span, span_text(span), why_no_date(parts), NULL);
        return ast_date(0, whole);
    }
    int64_t date = date_from_civil(parts[0], parts[1], parts[2]);
    if (text[4] == '-' && (digits[1] < 2 || digits[2] < 2)) {
        diag_mend(diag_add(tape->diags, DIAG_SHORT_DATE, span, text, date_text(date), NULL), span,
                  date_text(date));
    }
    if (weekday != NULL) {
        check_weekday(tape, weekday, date);
    }
    return ast_date((long)date, whole);
}

/* ---------------------------------------------------------------- texts in quotes */

static void unknown_escape(const struct tape *tape, uint32_t at, size_t length)
{
    struct span span = tape_span(tape, at, at + (uint32_t)length);
    diag_add(tape->diags, DIAG_UNKNOWN_ESCAPE, span, mem_text(tape->source->text + at, length), NULL);
}

/* Adds what the escape at `at` stands for; returns its bytes. */
static size_t add_escape(const struct tape *tape, struct str *out, uint32_t at, uint32_t end)
{
    const char *text = tape->source->text + at;
    size_t length = at + 1 < end ? 1 + tape_character_bytes(text + 1) : 1;
    const char *character = mem_text(text + 1, length - 1);
    if (*character == 'n' || *character == 't') {
        str_add(out, *character == 'n' ? "\n" : "\t");
    } else if (*character == '\\' || *character == '"' || strcmp(character, "”") == 0 ||
               strcmp(character, "」") == 0) {
        str_add(out, character);
    } else {
        unknown_escape(tape, at, length);
    }
    return length;
}

static const char *unescaped(const struct tape *tape, uint32_t start, uint32_t end)
{
    const char *text = tape->source->text;
    struct str out = {0};
    for (uint32_t at = start; at < end;) {
        if (text[at] == '\\') {
            at += (uint32_t)add_escape(tape, &out, at, end);
        } else if (text[at] == '\r' && at + 1 < end && text[at + 1] == '\n') {
            at++;
        } else {
            str_add_char(&out, text[at++]);
        }
    }
    return str_text(&out);
}

/* Blanks at the head of a line; SIZE_MAX of a line that holds nothing else. */
static size_t indent_of(const char *line)
{
    size_t blanks = strspn(line, " \t");
    return line[blanks] == '\n' || line[blanks] == '\0' ? SIZE_MAX : blanks;
}

/* A long text as its author sees it: without the line of the opening quotes if that is empty, the indentation that all lines share,
 * and the last line if that holds only blanks. */
static const char *unindented(const char *text)
{
    const char *line = *text == '\n' ? text + 1 : text;
    size_t shared = SIZE_MAX;
    for (const char *at = line; at != NULL; at = strchr(at, '\n') != NULL ? strchr(at, '\n') + 1 : NULL) {
        size_t indent = *text == '\n' || at != line ? indent_of(at) : SIZE_MAX;
        shared = indent < shared ? indent : shared;
    }
    struct str out = {0};
    for (bool first = true; *line != '\0'; first = false) {
        size_t length = strcspn(line, "\n"), blanks = strspn(line, " \t");
        size_t cut = first && *text != '\n' ? 0 : blanks < shared ? blanks : shared;
        bool last = line[length] == '\0';
        if (!last || blanks < length) {
            str_add_bytes(&out, line + cut, length - cut);
        }
        if (!last && line[length + 1 + strspn(line + length + 1, " \t")] != '\0') {
            str_add_char(&out, '\n');
        }
        line += length + !last;
    }
    return str_text(&out);
}

struct ast *literal_string(const struct tape *tape, const struct piece *piece)
{
    const char *text = tape->source->text + piece->start;
    bool is_long = strncmp(text, "\"\"\"", 3) == 0;
    uint32_t quote = is_long ? 3 : (uint32_t)tape_character_bytes(text);
    const char *inside = unescaped(tape, piece->start + quote, piece->open ? piece->end : piece->end - quote);
    return ast_string(is_long ? unindented(inside) : inside, span_of(tape, piece));
}
