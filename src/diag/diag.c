#include "diag/diag.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "diag/suggest.h"

enum { ARG_CHARACTERS_MAX = 200 };

struct row {
    const char *code;
    enum severity severity;
    const char *text[2], *label[2], *help[2]; /* by enum lang */
};

static const struct row rows[] = {
#define DIAG(code, name, severity, en, zh, en_label, zh_label, en_help, zh_help) \
    {#code, SEVERITY_##severity, {en, zh}, {en_label, zh_label}, {en_help, zh_help}},
#include "diag/errors.def"
#undef DIAG
};

static const struct word {
    const char *name, *text[2];
} words[] = {
#define WORD(name, en, zh) {#name, {en, zh}},
#include "diag/words.def"
#undef WORD
};

enum severity diag_severity(enum diag_code code)
{
    return rows[code].severity;
}

enum diag_group diag_group(enum diag_code code)
{
    const char *digits = rows[code].code + 1;
    return (enum diag_group)((digits[0] - '0') * 10 + digits[1] - '0');
}

const char *diag_code_name(enum diag_code code)
{
    return rows[code].code;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool diag_code_find(const char *written, enum diag_code *code)
{
    size_t length = strlen(written);
    bool bracketed = length > 2 && written[0] == '[' && written[length - 1] == ']';
    const char *name = bracketed ? mem_text(written + 1, length - 2) : written;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        /* No two codes have the same digits. */
        const char *row = is_digit(*name) ? rows[i].code + 1 : rows[i].code;
        if (strcmp(utf8_casefold(name), utf8_casefold(row)) == 0) {
            *code = (enum diag_code)i;
            return true;
        }
    }
    return false;
}

static const char *with_commas(const char *text, enum lang lang)
{
    if (strchr(text, *DIAG_NEXT) == NULL) {
        return text;
    }
    struct str out = {0};
    for (; *text != '\0'; text++) {
        if (*text == *DIAG_NEXT) {
            str_add(&out, lang == LANG_ZH ? "、" : ", ");
        } else {
            str_add_char(&out, *text);
        }
    }
    return str_text(&out);
}

enum lang span_tongue(struct span span)
{
    return (unsigned char)*span_text(span) < 0x80 ? LANG_EN : LANG_ZH;
}

const char *diag_word(const char *text, enum lang lang)
{
    if (text[0] != '@') {
        return with_commas(text, lang);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].name, text + 1) == 0) {
            return words[i].text[lang];
        }
    }
    return text;
}

/* ---------------------------------------------------------------- texts with places */

static void add_argument(struct str *out, const char *arg, enum lang lang)
{
    const char *text = diag_word(arg, lang);
    size_t length = strlen(text), at = 0;
    uint32_t code;
    for (size_t i = 0; at < length && i < ARG_CHARACTERS_MAX; i++) {
        at += utf8_next(text + at, length - at, &code);
    }
    str_add(out, utf8_visible(at < length ? mem_text(text, at) : text));
    if (at < length) {
        str_add(out, "…");
    }
}

static bool is_place(const char *text)
{
    return text[0] == '{' && text[1] >= '0' && text[1] < '0' + DIAG_ARGS_MAX && text[2] == '}';
}

static const char *fill(const char *text, const struct diag *diag, enum lang lang)
{
    struct str out = {0};
    while (*text != '\0') {
        if (is_place(text)) {
            const char *arg = diag->args[text[1] - '0'];
            add_argument(&out, arg != NULL ? arg : "?", lang);
            text += 3;
        } else {
            str_add_char(&out, *text++);
        }
    }
    return str_text(&out);
}

const char *diag_text(const struct diag *diag, enum lang lang)
{
    return fill(rows[diag->code].text[lang], diag, lang);
}

const char *diag_label(const struct diag *diag, enum lang lang)
{
    const char *text = rows[diag->code].label[lang];
    return *text != '\0' ? fill(text, diag, lang) : NULL;
}

const char *diag_help(const struct diag *diag, enum lang lang)
{
    const char *text = rows[diag->code].help[lang];
    return *text != '\0' ? fill(text, diag, lang) : NULL;
}

/* Places that touch are one gap. */
static const char *with_gaps(const char *text)
{
    static const char GAP[] = "…";
    struct str out = {0};
    bool in_gap = false;
    while (*text != '\0') {
        if (!is_place(text)) {
            str_add_char(&out, *text++);
            in_gap = false;
            continue;
        }
        str_add(&out, in_gap ? "" : GAP);
        in_gap = true;
        text += strlen("{0}");
    }
    return str_text(&out);
}

const char *diag_general_text(enum diag_code code, enum lang lang)
{
    return with_gaps(rows[code].text[lang]);
}

const char *diag_general_help(enum diag_code code, enum lang lang)
{
    const char *text = rows[code].help[lang];
    return *text != '\0' ? with_gaps(text) : NULL;
}

/* ---------------------------------------------------------------- collecting */

/* What makes a diagnostic the same as another. */
static const char *identity(const struct diag *diag)
{
    struct str key = {0};
    str_format(&key, "%d %p %u %u", (int)diag->code, (const void *)diag->span.source, diag->span.start,
               diag->span.end);
    for (size_t i = 0; diag->span.source == NULL && i < DIAG_ARGS_MAX && diag->args[i] != NULL; i++) {
        str_format(&key, " %s", diag->args[i]);
    }
    return str_text(&key);
}

static void keep(struct diags *diags, struct diag *diag)
{
    const char *key = identity(diag);
    if (map_find(&diags->seen, key) != NULL) {
        return;
    }
    map_put(&diags->seen, key, diag);
    vec_push(&diags->list, diag);
    diags->errors += diag_severity(diag->code) == SEVERITY_ERROR;
    diags->warnings += diag_severity(diag->code) == SEVERITY_WARNING;
}

struct diag *diag_add(struct diags *diags, enum diag_code code, struct span span, ...)
{
    struct diag *diag = MEM_NEW(struct diag);
    diag->code = code;
    diag->span = span;
    va_list args;
    va_start(args, span);
    const char *arg;
    for (size_t i = 0; (arg = va_arg(args, const char *)) != NULL; i++) {
        assert(i < DIAG_ARGS_MAX);
        diag->args[i] = arg;
    }
    va_end(args);
    keep(diags, diag);
    return diag;
}

void diag_other(struct diag *diag, struct span span, const char *word)
{
    if (diag->other_count < DIAG_SPANS_MAX && span.source != NULL) {
        diag->others[diag->other_count++] = (struct diag_other){span, word};
    }
}

void diag_suggest(struct diag *diag, const char *text)
{
    diag->suggestion = text;
}

void diag_fix(struct diag *diag, struct span span, const char *text)
{
    diag->fix = (struct diag_fix){span, text, .sure = false};
}

void diag_mend(struct diag *diag, struct span span, const char *text)
{
    /* What is written anew on one line would lose the remarks between several. */
    const char *from = span.source != NULL ? span.source->text + span.start : "";
    bool lines = memchr(from, '\n', span.end - span.start) != NULL;
    diag->fix = (struct diag_fix){span, text, .sure = !lines};
}

void diag_mend_spelling(struct diag *diag, struct span span, const struct suggest *suggest)
{
    diag->suggestion = suggest_best(suggest);
    if (diag->suggestion != NULL && suggest_is_sole(suggest)) {
        diag->fix = (struct diag_fix){span, diag->suggestion, .sure = true, .told = true};
    }
}

/* What a fix would write is there already. */
static bool changes_nothing(const struct diag_fix *fix)
{
    size_t length = fix->span.end - fix->span.start;
    return strlen(fix->text) == length &&
           memcmp(fix->span.source->text + fix->span.start, fix->text, length) == 0;
}

bool diag_is_mendable(const struct diag *diag)
{
    return diag->fix.sure && diag->fix.span.source != NULL && !changes_nothing(&diag->fix);
}

void diag_note(struct diag *diag, const char *text)
{
    if (diag->note_count < sizeof diag->notes / sizeof *diag->notes) {
        diag->notes[diag->note_count++] = text;
    }
}

void diag_clause(struct diag *diag, const char *cite)
{
    diag->clause = cite != NULL ? cite : diag->clause;
}

void diag_append(struct diags *to, const struct diags *from)
{
    for (size_t i = 0; i < from->list.count; i++) {
        keep(to, from->list.items[i]);
    }
}

/* ---------------------------------------------------------------- examples */

/* A table takes several lines of a facts file, and one here. */
static void add_line(struct str *text, const char *line)
{
    str_add(text, text->length > 0 ? ", " : "");
    for (; *line != '\0'; line++) {
        str_add_char(text, *line == '\n' ? ' ' : *line);
    }
}

const char *diag_example_text(const struct diag *diag, enum lang lang)
{
    const struct diag_example *example = diag->example;
    struct str text = {0};
    for (size_t i = 0; example != NULL && i < example->facts.count; i++) {
        add_line(&text, example->facts.items[i]);
    }
    for (size_t i = 0; example != NULL && i < example->settings.count; i++) {
        add_line(&text, str_print("--set %s", example->settings.items[i]));
    }
    return example != NULL ? str_print("%s%s", diag_word("@for_example", lang), str_text(&text)) : NULL;
}

/* ---------------------------------------------------------------- order */

struct place {
    size_t source, start, index;
};

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    int by_source = compare_numbers(a->source, b->source);
    int by_start = by_source != 0 ? by_source : compare_numbers(a->start, b->start);
    return by_start != 0 ? by_start : compare_numbers(a->index, b->index);
}

/* The place of a source among those met so far. */
static size_t source_rank(struct map *sources, const struct source *source)
{
    const char *key = str_print("%p", (const void *)source);
    size_t *rank = map_find(sources, key);
    if (rank == NULL) {
        rank = mem_alloc_plain(sizeof *rank);
        *rank = sources->count;
        map_put(sources, key, rank);
    }
    return *rank;
}

void diag_sort(struct diags *diags)
{
    size_t count = diags->list.count;
    struct place *places = mem_alloc_plain(count * sizeof *places + 1);
    struct diag **sorted = MEM_ARRAY(struct diag *, count + 1);
    struct map sources = {0};
    for (size_t i = 0; i < count; i++) {
        struct span span = diags->list.items[i]->span;
        places[i] = (struct place){source_rank(&sources, span.source), span.start, i};
    }
    qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = diags->list.items[places[i].index];
    }
    if (count > 0) {
        memcpy(diags->list.items, sorted, count * sizeof *sorted);
    }
}

/* ---------------------------------------------------------------- for programs */

static const char *severity_name(enum severity severity)
{
    switch (severity) {
    case SEVERITY_NOTE: return "note";
    case SEVERITY_WARNING: return "warning";
    case SEVERITY_ERROR: return "error";
    }
    return "error";
}

static void add_texts(struct json *json, const char *key, const char *const *texts, size_t count)
{
    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < count; i++) {
        json_text(json, texts[i]);
    }
    json_close(json, ']');
}

static void json_place(struct json *json, const char *line, const char *column, struct span span)
{
    json_key(json, line);
    json_int(json, (long long)source_line(span));
    json_key(json, column);
    json_int(json, (long long)source_column(span));
}

static void json_fix(struct json *json, const struct diag_fix *fix)
{
    json_key(json, "fixes");
    json_open(json, '[');
    json_open(json, '{');
    json_place(json, "line", "column", fix->span);
    json_place(json, "end_line", "end_column", (struct span){fix->span.source, fix->span.end, fix->span.end});
    json_pair(json, "text", fix->text);
    json_close(json, '}');
    json_close(json, ']');
}

void diag_json(struct json *json, const struct diag *diag, enum lang lang)
{
    json_open(json, '{');
    json_pair(json, "code", diag_code_name(diag->code));
    json_pair(json, "severity", severity_name(diag_severity(diag->code)));
    if (diag->span.source != NULL) {
        json_pair(json, "file", diag->span.source->name);
        json_place(json, "line", "column", diag->span);
    }
    json_pair(json, "text", diag_text(diag, lang));
    if (diag->clause != NULL) {
        json_pair(json, "clause", diag->clause);
    }
    const char *help = diag_help(diag, lang);
    if (help != NULL) {
        json_pair(json, "help", help);
    }
    if (diag->example != NULL) {
        add_texts(json, "example", diag->example->facts.items, diag->example->facts.count);
    }
    if (diag->example != NULL && diag->example->settings.count > 0) {
        add_texts(json, "set", diag->example->settings.items, diag->example->settings.count);
    }
    if (diag_is_mendable(diag)) {
        json_fix(json, &diag->fix);
    }
    json_close(json, '}');
}
