#include "cli/repl/offer.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include "base/io.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "facts/write.h"
#include "syntax/keywords.h"

static bool begins(const char *text, const char *head)
{
    return strncmp(text, head, strlen(head)) == 0;
}

/* ---------------------------------------------------------------- one word */

static bool is_plain(const char *word)
{
    size_t length = strlen(word), bytes;
    uint32_t code;
    if (utf8_bad_at(word, length) < length) {
        return false;
    }
    for (size_t at = 0; at < length; at += bytes) {
        bytes = utf8_next(word + at, length - at, &code);
        if (utf8_is_control(code) || utf8_is_hidden(code)) {
            return false;
        }
    }
    return true;
}

static void take(struct offer *offer, const char *word)
{
    bool there = !is_plain(word);
    for (size_t i = 0; i < offer->found->words.count && !there; i++) {
        there = str_equal(offer->found->words.items[i], word);
    }
    if (!there) {
        vec_push(&offer->found->words, word);
    }
}

void offer_word(struct offer *offer, const char *word)
{
    if (!offer->loose && begins(word, offer->head)) {
        take(offer, word);
    }
}

/* Names in backquotes where they need them; the bracket behind one that takes values stays outside. */
static const char *written(const char *path)
{
    size_t length = strlen(path);
    bool opens = length > 0 && path[length - 1] == '(';
    return opens ? str_print("%s(", write_path(mem_text(path, length - 1))) : write_path(path);
}

static const char *last_name(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL ? dot + 1 : path;
}

void offer_name(struct offer *offer, const char *name, const char *label)
{
    const char *word = written(name), *head = offer->head;
    bool fits = offer->loose ? (label != NULL && begins(label, head)) || begins(last_name(name), head)
                             : begins(word, head) || begins(name, head);
    if (fits) {
        take(offer, word);
    }
}

void offer_keyword(struct offer *offer, const char *english)
{
    for (size_t i = 0; i < keyword_count(); i++) {
        const struct spelling *spelling = keyword_at(i);
        bool wanted = *offer->head != '\0' || spelling->lang == offer->lang;
        if (wanted && spelling->rank == 0 && spelling->class != KEYWORD_UNITWORD &&
            str_equal(spelling->canonical, english)) {
            offer_word(offer, spelling->text);
        }
    }
}

/* ---------------------------------------------------------------- names of the standard */

void offer_facts(struct offer *offer)
{
    for (size_t i = 0; i < offer->standard->facts.count; i++) {
        const struct field *field = &offer->standard->facts.items[i]->field;
        offer_name(offer, field->name, field->label);
    }
}

void offer_sources(struct offer *offer)
{
    for (size_t i = 0; i < offer->standard->facts.count; i++) {
        const struct field *field = &offer->standard->facts.items[i]->field;
        if (field->type.kind == TYPE_TABLE || field->type.kind == TYPE_LIST ||
            field->type.kind == TYPE_MONTHS) {
            offer_name(offer, field->name, field->label);
        }
    }
    offer_table_columns(offer);
    offer_parts(offer);
}

void offer_judged(struct offer *offer)
{
    for (size_t i = 0; i < offer->standard->judged.count; i++) {
        const struct part *part = offer->standard->judged.items[i]->criterion;
        offer_name(offer, part->path, part->label);
    }
}

static bool is_far_inside(const char *path, const char *head)
{
    return begins(path, head) && strchr(path + strlen(head), '.') != NULL;
}

void offer_parts(struct offer *offer)
{
    const struct map *parts = &offer->standard->parts_by_path;
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = parts->entries[i].value;
        if (*part->path != '\0' && (offer->loose || !is_far_inside(part->path, offer->head))) {
            offer_name(offer, part->path, part->label);
        }
    }
}

/* A definition with parameters has no value of its own. */
void offer_declared(struct offer *offer, bool thresholds_only)
{
    for (size_t i = 0; i < offer->standard->named.count; i++) {
        const struct named_value *named = &offer->standard->named.items[i];
        if (named->threshold) {
            offer_name(offer, named->name, named->label);
        } else if (!thresholds_only) {
            offer_name(offer, named->node != NULL ? named->name : str_print("%s(", named->name),
                       named->label);
        }
    }
}

static void offer_totals(struct offer *offer)
{
    const struct standard *standard = offer->standard;
    if (standard->scored) {
        offer_keyword(offer, "total");
        offer_keyword(offer, "subtotal");
    }
    if (standard->grades != NULL) {
        offer_keyword(offer, "grade");
    }
    if (standard->eligible != NULL) {
        offer_keyword(offer, "eligible");
    }
}

void offer_results(struct offer *offer)
{
    const struct standard *standard = offer->standard;
    offer_totals(offer);
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->name != NULL) {
            offer_name(offer, outcome->name, outcome->label);
        }
    }
    for (size_t i = 0; i < standard->shows.count; i++) {
        offer_name(offer, standard->shows.items[i].name, standard->shows.items[i].label);
    }
}

void offer_qualifications(struct offer *offer)
{
    for (size_t i = 0; i < offer->standard->outcomes.count; i++) {
        const struct outcome *outcome = offer->standard->outcomes.items[i];
        if (outcome->kind == OUTCOME_QUALIFIES && outcome->name != NULL) {
            offer_name(offer, outcome->name, outcome->label);
        }
    }
}

static void offer_choice(struct offer *offer, const struct choice *choice)
{
    for (size_t i = 0; choice != NULL && i < choice->count; i++) {
        offer_name(offer, choice->symbols[i].name, choice->symbols[i].label);
    }
}

void offer_grades(struct offer *offer)
{
    offer_choice(offer, offer->standard->grades);
}

void offer_columns(struct offer *offer)
{
    for (size_t i = 0; i < offer->standard->columns.count; i++) {
        const struct column *column = &offer->standard->columns.items[i];
        if (column->name != NULL) {
            offer_name(offer, column->name, column->label);
        }
    }
}

void offer_table_columns(struct offer *offer)
{
    for (size_t i = 0; i < offer->standard->facts.count; i++) {
        const struct type *type = &offer->standard->facts.items[i]->field.type;
        for (size_t k = 0; k < type->column_count; k++) {
            offer_name(offer, type->columns[k].name, type->columns[k].label);
        }
    }
}

/* ---------------------------------------------------------------- what everyone knows */

static void offer_functions(struct offer *offer)
{
    static const char *const functions[] = {"min",        "max",   "floor", "ceil",   "abs",  "round",
                                            "round_even", "clamp", "ratio", "length", "year", "month"};
    struct completions names = {.start = 0};
    struct offer inner = *offer;
    inner.found = &names;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        offer_keyword(&inner, functions[i]);
    }
    for (size_t i = 0; i < names.words.count; i++) {
        offer_word(offer, str_print("%s(", names.words.items[i]));
    }
}

void offer_predefined(struct offer *offer, bool of_rows)
{
    static const char *const of_one[] = {"rate", "score", "cap", "it", "position"};
    static const char *const days[] = {"today", "period_start", "period_end"};
    for (size_t i = 0; of_rows && i < sizeof of_one / sizeof *of_one; i++) {
        offer_keyword(offer, of_one[i]);
    }
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        offer_keyword(offer, days[i]);
    }
    offer_totals(offer);
    offer_functions(offer);
}

/* ---------------------------------------------------------------- values */

static const struct field *find_field(const struct standard *standard, const char *name)
{
    const struct fact_declaration *fact = map_find(&standard->facts_by_name, name);
    if (fact != NULL) {
        return &fact->field;
    }
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct type *type = &standard->facts.items[i]->field.type;
        for (size_t k = 0; k < type->column_count; k++) {
            if (str_equal(type->columns[k].name, name)) {
                return &type->columns[k];
            }
        }
    }
    return NULL;
}

static void offer_symbols_of(struct offer *offer, const struct type *type)
{
    if (type->kind == TYPE_CHOICE) {
        offer_choice(offer, type->choice);
    } else if (type->kind == TYPE_LIST && type->element != NULL) {
        offer_symbols_of(offer, &type->element->type);
    }
    for (size_t i = 0; i < type->column_count; i++) {
        offer_symbols_of(offer, &type->columns[i].type);
    }
}

void offer_symbols(struct offer *offer, const char *name)
{
    const struct field *field = find_field(offer->standard, name);
    if (field != NULL) {
        offer_symbols_of(offer, &field->type);
    } else if (str_equal(keyword_canonical(name), "grade")) {
        offer_grades(offer);
    }
}

void offer_values(struct offer *offer, const char *name)
{
    const struct field *field = find_field(offer->standard, name);
    enum type_kind kind = field != NULL ? field->type.kind : TYPE_NUMBER;
    if (kind == TYPE_YESNO) {
        offer_keyword(offer, "yes");
        offer_keyword(offer, "no");
    }
    if (kind == TYPE_CHOICE) {
        offer_choice(offer, field->type.choice);
    }
    if (kind == TYPE_TABLE) {
        offer_keyword(offer, "table");
    }
    if (kind == TYPE_DOCUMENT) {
        offer_keyword(offer, "document");
    }
    bool others = offer->found->words.count > 0 || kind == TYPE_YESNO || kind == TYPE_CHOICE ||
                  kind == TYPE_TABLE || kind == TYPE_DOCUMENT;
    if (others || *offer->head != '\0') { /* alone it would be put in unasked */
        offer_keyword(offer, "unknown");
    }
    if (field != NULL && field->limits.or_na) {
        offer_keyword(offer, "n/a");
    }
}

/* ---------------------------------------------------------------- files */

static bool ends_in_one(const char *name, const char *const *endings)
{
    size_t length = strlen(name);
    for (; *endings != NULL; endings++) {
        size_t tail = strlen(*endings);
        if (length > tail && str_equal(name + length - tail, *endings)) {
            return true;
        }
    }
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void offer_path(struct offer *offer, const char *path, bool is_folder, bool quoted)
{
    bool quotes = quoted || strchr(path, ' ') != NULL;
    if (!begins(path, offer->head) || strchr(path, '"') != NULL) {
        return;
    }
    if (is_folder) {
        take(offer, str_print("%s%s/", quotes ? "\"" : "", path));
    } else {
        take(offer, quotes ? str_print("\"%s\"", path) : path);
    }
}

void offer_files(struct offer *offer, const char *const *endings, bool quoted)
{
    const char *slash = strrchr(offer->head, '/');
    const char *inside = slash != NULL ? mem_text(offer->head, (size_t)(slash + 1 - offer->head)) : "";
    DIR *folder = opendir(*inside != '\0' ? inside : ".");
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        const char *path = str_print("%s%s", inside, entry->d_name);
        bool hidden = *entry->d_name == '.' && (slash != NULL ? slash[1] : *offer->head) != '.';
        bool is_folder = !hidden && io_is_folder(path);
        if (is_folder || (!hidden && ends_in_one(path, endings))) {
            offer_path(offer, path, is_folder, quoted);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    if (offer->found->words.count > 0) {
        qsort(offer->found->words.items, offer->found->words.count, sizeof(const char *), by_bytes);
    }
}
