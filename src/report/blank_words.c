#include "report/blank_words.h"
#include <stdlib.h>
#include "core/measure.h"
#include "report/say.h"
#include "report/values.h"

/* A description that grows: its kind, then what narrows it. */
struct words {
    struct str text;
    const struct standard *standard;
    const struct type *type;
    bool column; /* of a table: nothing stands behind a cell */
    enum lang lang;
};

static void add(struct words *words, const char *text)
{
    str_item(&words->text, say(SAY_CLAUSE_STOP, words->lang), text);
}

static void add_with(struct words *words, enum say what, const char *text)
{
    add(words, say_with(what, words->lang, text, NULL));
}

static const char *number_text(const struct words *words, struct num number)
{
    struct value value = value_number(number);
    return values_of(words->type, &value, words->lang);
}

/* ---------------------------------------------------------------- the kind */

static const char *symbols_text(const struct choice *choice, enum lang lang)
{
    struct str out = {0};
    for (size_t i = 0; i < choice->count; i++) {
        const struct symbol *symbol = &choice->symbols[i];
        bool labelled = symbol->label != NULL && !str_equal(symbol->label, symbol->name);
        const char *label = labelled ? say_with(SAY_IN_BRACKETS, lang, symbol->label, NULL) : "";
        str_item(&out, choice->ordered ? " < " : say(SAY_LIST_COMMA, lang),
                 str_print("%s%s", symbol->name, label));
    }
    return str_text(&out);
}

static const char *number_kind(const struct type *type, enum lang lang)
{
    const char *kind = say(type->share   ? SAY_BLANK_SHARE
                           : type->whole ? SAY_BLANK_WHOLE
                                         : SAY_BLANK_NUMBER,
                           lang);
    return type->unit == NULL || type->share
               ? kind
               : str_print("%s%s", kind, say_with(SAY_IN_BRACKETS, lang, type->unit->name, NULL));
}

static const char *kind_text(const struct standard *standard, const struct type *type, enum lang lang)
{
    switch (type->kind) {
    case TYPE_YESNO: return say(SAY_BLANK_YESNO, lang);
    case TYPE_NUMBER: return number_kind(type, lang);
    case TYPE_DATE:
        return say_with(SAY_BLANK_DATE, lang, lang == LANG_ZH ? "2024年3月5日" : "2024-03-05", NULL);
    case TYPE_TEXT: return say(SAY_BLANK_TEXT, lang);
    case TYPE_CHOICE:
        return say_with(type->choice->ordered ? SAY_BLANK_SCALE : SAY_BLANK_CHOICE, lang,
                        symbols_text(type->choice, lang), NULL);
    case TYPE_MONTHS: return say(SAY_BLANK_MONTHS, lang);
    case TYPE_LIST: return say_with(SAY_BLANK_LIST, lang, blank_words(standard, type->element, lang), NULL);
    case TYPE_TABLE: return say(SAY_BLANK_TABLE, lang);
    case TYPE_DOCUMENT: return say(SAY_BLANK_DOCUMENT, lang);
    }
    abort();
}

/* ---------------------------------------------------------------- what narrows it */

static bool is_end(struct cut end, int64_t number)
{
    return end.infinite == 0 && num_equal(end.at, num_int(number));
}

/* Without the ends that every value of the type has. */
static struct range own_range(const struct type *type, struct range range)
{
    range = values_open_ends(type, range);
    if ((type->whole || type->share) && is_end(range.low, 0)) {
        range.low = cut_below_all();
    }
    if (type->share && is_end(range.high, 1)) {
        range.high = cut_above_all();
    }
    if (type->kind == TYPE_CHOICE && is_end(range.low, 0)) {
        range.low = cut_below_all();
    }
    if (type->kind == TYPE_CHOICE && is_end(range.high, (int64_t)type->choice->count - 1)) {
        range.high = cut_above_all();
    }
    return range;
}

static void add_range(struct words *words, struct range range)
{
    const char *low = range.low.infinite == 0 ? number_text(words, range.low.at) : NULL;
    const char *high = range.high.infinite == 0 ? number_text(words, range.high.at) : NULL;
    if (low != NULL && high != NULL) {
        add(words, range_is_point(range) ? low : say_with(SAY_BLANK_RANGE, words->lang, low, high, NULL));
    } else if (low != NULL) {
        add_with(words, SAY_BLANK_LEAST, low);
    } else if (high != NULL) {
        add_with(words, SAY_BLANK_MOST, high);
    }
}

static const char *counted(const struct words *words, struct num count)
{
    static const struct {
        enum say one, many;
    } nouns[] = {[TYPE_LIST] = {SAY_BLANK_ONE_ELEMENT, SAY_BLANK_ELEMENTS},
                 [TYPE_TABLE] = {SAY_ONE_ROW, SAY_ROWS},
                 [TYPE_MONTHS] = {SAY_BLANK_ONE_MONTH, SAY_MONTHS},
                 [TYPE_DOCUMENT] = {SAY_ONE_CHARACTER, SAY_CHARACTERS}};
    bool one = num_equal(count, num_int(1));
    enum type_kind kind = words->type->kind;
    return say_with(one ? nouns[kind].one : nouns[kind].many, words->lang, values_number(count), NULL);
}

static bool is_counted(const struct type *type)
{
    return type->kind == TYPE_LIST || type->kind == TYPE_TABLE || type->kind == TYPE_MONTHS ||
           type->kind == TYPE_DOCUMENT;
}

/* Twelve months at most are what there is. */
static void add_count(struct words *words, struct range count)
{
    bool least = count.low.infinite == 0 && num_sign(count.low.at) > 0;
    bool most = count.high.infinite == 0 && !(words->type->kind == TYPE_MONTHS && is_end(count.high, 12));
    if (least && most && range_is_point(count)) {
        add_with(words, SAY_BLANK_EXACTLY, counted(words, count.low.at));
        return;
    }
    if (least) {
        add_with(words, SAY_BLANK_LEAST, counted(words, count.low.at));
    }
    if (most) {
        add_with(words, SAY_BLANK_MOST, counted(words, count.high.at));
    }
}

static void add_legal(struct words *words, const struct limits *limits)
{
    struct str list = {0};
    for (size_t i = 0; i < limits->legal_count; i++) {
        str_item(&list, say(SAY_LIST_COMMA, words->lang), number_text(words, limits->legal[i]));
    }
    if (limits->legal_count > 0) {
        add_with(words, SAY_BLANK_LEGAL, str_text(&list));
    }
}

static const char *fact_name(const struct words *words, int slot)
{
    return words->standard->facts.items[slot]->field.name;
}

static void add_numbers(struct words *words, const struct limits *limits)
{
    if (limits->legal_count == 0) {
        add_range(words, own_range(words->type, limits->range));
    }
    add_legal(words, limits);
    if (limits->low_fact >= 0) {
        add_with(words, SAY_BLANK_LEAST, fact_name(words, limits->low_fact));
    }
    if (limits->high_fact >= 0) {
        add_with(words, SAY_BLANK_MOST, fact_name(words, limits->high_fact));
    }
    bool plain = limits->stepped && !(words->type->whole && num_equal(limits->step, num_int(1)));
    if (plain) {
        add_with(words, SAY_BLANK_STEP, number_text(words, limits->step));
    }
}

static void add_absences(struct words *words, const struct limits *limits)
{
    if (limits->none_is_na) {
        add(words, say(SAY_BLANK_NONE_IS_NA, words->lang));
    } else if (limits->none_counts != NULL) {
        add_with(words, SAY_BLANK_NONE_COUNTS, values_of(words->type, limits->none_counts, words->lang));
    }
    if (limits->or_na) {
        add(words, say(SAY_BLANK_OR_NA, words->lang));
    }
    if (limits->evidence) {
        add(words, say(SAY_BLANK_EVIDENCE, words->lang));
    }
    if (limits->otherwise != NULL) {
        add_with(words, words->column ? SAY_BLANK_EMPTY : SAY_BLANK_OTHERWISE,
                 values_of(words->type, limits->otherwise, words->lang));
    } else if (words->type->rows_from != NULL) {
        add_with(words, SAY_BLANK_ROWS_FROM, words->type->rows_from);
    }
}

static const char *describe(const struct standard *standard, const struct field *field, bool column,
                            enum lang lang)
{
    const struct type *type = &field->type;
    const struct limits *limits = &field->limits;
    struct words words = {.standard = standard, .type = type, .column = column, .lang = lang};
    add(&words, kind_text(standard, type, lang));
    if (is_counted(type)) {
        add_count(&words, limits->count);
    } else if (type->kind == TYPE_NUMBER || type->kind == TYPE_DATE || type->kind == TYPE_CHOICE) {
        add_numbers(&words, limits);
    }
    if (type->kind == TYPE_TABLE && limits->key_column >= 0) {
        add_with(&words, SAY_BLANK_KEY, type->columns[limits->key_column].name);
    }
    add_absences(&words, limits);
    return str_text(&words.text);
}

const char *blank_words(const struct standard *standard, const struct field *field, enum lang lang)
{
    return describe(standard, field, false, lang);
}

const char *blank_column_words(const struct standard *standard, const struct field *field, enum lang lang)
{
    return describe(standard, field, true, lang);
}

const char *blank_judged_words(const struct standard *standard, const struct judged *judged, enum lang lang)
{
    static const struct type points = {.kind = TYPE_NUMBER};
    struct words words = {.standard = standard, .type = &points, .lang = lang};
    add(&words, say(SAY_BLANK_POINTS, lang));
    add_numbers(&words, &judged->limits);
    if (judged->authority != NULL) {
        add_with(&words, SAY_BLANK_JUDGE, judged->authority);
    }
    if (judged->guidance != NULL) {
        add(&words, judged->guidance);
    }
    return str_text(&words.text);
}
