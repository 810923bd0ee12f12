#include "report/prove_page.h"
#include <string.h>
#include "base/mem.h"
#include "report/values.h"

enum { INDENT = 4, ANSWER_WIDTH = 18 };

/* ---------------------------------------------------------------- what is asked */

static const char *label_or(const char *label, const char *name)
{
    return label != NULL ? label : name;
}

static const struct property *property_of(const struct prove *prove, const struct prove_question *question)
{
    return &prove->standard->properties.items[question->place];
}

static const struct part *part_of(const struct prove *prove, const struct prove_question *question)
{
    return prove->standard->parts_by_path.entries[question->place].value;
}

static const struct field *field_of(const struct prove *prove, const struct prove_question *question)
{
    return &prove->standard->facts.items[question->place]->field;
}

/* The path of a criterion, the name of a fact. NULL: the question is of neither. */
static const char *name_of(const struct prove *prove, const struct prove_question *question)
{
    return question->kind == PROVE_CAP    ? part_of(prove, question)->path
           : question->kind == PROVE_FACT ? field_of(prove, question)->name
                                          : NULL;
}

static const char *label_of(const struct prove *prove, const struct prove_question *question)
{
    return question->kind == PROVE_CAP    ? part_of(prove, question)->label
           : question->kind == PROVE_FACT ? field_of(prove, question)->label
                                          : NULL;
}

/* `called`: how the criterion or the fact is to be called in it. */
static const char *asked(const struct prove *prove, const struct prove_question *question, const char *called,
                         enum lang lang)
{
    const struct standard *standard = prove->standard;
    switch (question->kind) {
    case PROVE_PROPERTY: return property_of(prove, question)->label;
    case PROVE_BEYOND: return say_with(SAY_PROVE_BEYOND, lang, num_text(standard->total), NULL);
    case PROVE_GRADE: {
        const struct symbol *grade = &standard->grades->symbols[question->place];
        return say_with(SAY_PROVE_GRADE, lang, label_or(grade->label, grade->name), NULL);
    }
    case PROVE_CAP:
        return say_with(SAY_PROVE_CAP, lang, called, num_text(part_of(prove, question)->cap), NULL);
    case PROVE_ASKED: break; /* who asks tells of it */
    case PROVE_FACT: {
        bool yesno = field_of(prove, question)->type.kind == TYPE_YESNO;
        return say_with(yesno ? SAY_PROVE_YESNO : SAY_PROVE_FACT, lang, called, NULL);
    }
    }
    return "";
}

static const char *kind_word(enum prove_kind kind)
{
    static const char *const words[] = {"property", "total", "grade", "cap", "fact", "asked"};
    return words[kind];
}

/* ---------------------------------------------------------------- how it came out */

static bool should_be_possible(enum prove_kind kind)
{
    return kind == PROVE_GRADE || kind == PROVE_CAP;
}

enum prove_outcome prove_outcome_of(const struct prove_question *question, const struct prove_found *found,
                                    const struct prove_found *more)
{
    if (question->kind == PROVE_FACT) {
        bool one_way = found->answer == PROVE_NO || more->answer == PROVE_NO;
        bool both = found->answer == PROVE_YES && more->answer == PROVE_YES;
        return one_way ? PROVE_HOLDS : both ? PROVE_FAILS : PROVE_UNKNOWN;
    }
    if (found->answer == PROVE_OPEN) {
        return PROVE_UNKNOWN;
    }
    return (found->answer == PROVE_YES) == should_be_possible(question->kind) ? PROVE_HOLDS : PROVE_FAILS;
}

static enum say way_of(const struct prove_found *less, const struct prove_found *more)
{
    return less->answer == PROVE_NO   ? SAY_PROVE_NEVER_LOWERS
           : more->answer == PROVE_NO ? SAY_PROVE_NEVER_RAISES
                                      : SAY_PROVE_BOTH;
}

static enum say word_of(const struct prove_question *question, enum prove_outcome outcome,
                        const struct prove_found *found, const struct prove_found *more)
{
    if (outcome == PROVE_UNKNOWN) {
        return SAY_PROVE_OPEN;
    }
    if (question->kind == PROVE_FACT) {
        return way_of(found, more);
    }
    if (should_be_possible(question->kind)) {
        return outcome == PROVE_HOLDS ? SAY_PROVE_REACHED : SAY_PROVE_NOBODY;
    }
    return outcome == PROVE_HOLDS ? SAY_PROVE_PROVED : SAY_PROVE_REFUTED;
}

static const char *const outcome_words[] = {"holds", "fails", "undecided"};

/* ---------------------------------------------------------------- for a person */

/* A table is written on lines of its own, as it stands in a facts file. */
static void add_entry(struct page *page, const char *entry)
{
    while (*entry != '\0') {
        size_t length = strcspn(entry, "\n");
        page_blanks(page, INDENT);
        page_text(page, INK_PLAIN, mem_text(entry, length));
        page_end(page);
        entry += length + (entry[length] == '\n');
    }
}

static void add_lines(struct page *page, const struct diag_example *unit)
{
    for (size_t i = 0; i < unit->facts.count; i++) {
        add_entry(page, unit->facts.items[i]);
    }
    for (size_t i = 0; i < unit->settings.count; i++) {
        add_entry(page, str_print("--set %s", unit->settings.items[i]));
    }
}

static void add_witness(struct page *page, const struct prove_found *found, enum lang lang)
{
    const struct prove_witness *witness = &found->witness;
    if (found->answer != PROVE_YES || witness->unit == NULL) {
        return;
    }
    page_paragraph(page, 2, INK_DIM, say(witness->other ? SAY_PROVE_TWO_UNITS : SAY_PROVE_UNIT, lang));
    add_lines(page, witness->unit);
    if (witness->other != NULL) {
        page_paragraph(page, 2, INK_DIM,
                       say_with(SAY_PROVE_OTHER, lang, witness->before, witness->after, NULL));
        add_entry(page, witness->other);
    }
}

/* The author's words for what is not looked into. */
static const char *words_of(const struct prove_found *found)
{
    return found->loose != NULL ? span_text(found->loose->origin) : "";
}

static const char *reason_of(const struct prove_found *found, enum lang lang)
{
    switch (found->why) {
    case PROVE_UNSTATED: return say(SAY_PROVE_UNSTATED, lang);
    case PROVE_LOST: return say(SAY_PROVE_LOST, lang);
    case PROVE_NOBODY: return say(SAY_PROVE_NO_UNIT, lang);
    case PROVE_LOOSE:
        if (*words_of(found) != '\0') {
            return say_with(SAY_PROVE_LOOSE, lang, words_of(found), NULL);
        }
        break;
    case PROVE_SPENT: break;
    }
    return say(SAY_PROVE_SPENT, lang);
}

/* With labels, and behind them the name by which it is asked for. */
static void add_asked(struct page *page, const struct prove *prove, const struct prove_question *question,
                      enum lang lang)
{
    const char *name = name_of(prove, question), *label = label_of(prove, question);
    const char *called = label != NULL ? str_print("“%s”", label) : name;
    page_text(page, INK_PLAIN, asked(prove, question, called, lang));
    if (label != NULL && !str_equal(label, name)) {
        page_text(page, INK_DIM, say_with(SAY_IN_BRACKETS, lang, name, NULL));
    }
    page_end(page);
}

void prove_head(struct page *page, const struct standard *standard, enum lang lang)
{
    page_text(page, INK_BOLD,
              say_with(SAY_PROVE_HEAD, lang, label_or(standard->label, standard->name), NULL));
    page_end(page);
    page_paragraph(page, 0, INK_DIM, say(SAY_PROVE_OF_WHOM, lang));
}

void prove_write(struct page *page, const struct prove *prove, const struct prove_question *question,
                 const struct prove_found *found, const struct prove_found *more, enum lang lang)
{
    static const enum ink inks[] = {
        [PROVE_HOLDS] = INK_GOOD, [PROVE_FAILS] = INK_BAD, [PROVE_UNKNOWN] = INK_OPEN};
    enum prove_outcome outcome = prove_outcome_of(question, found, more);
    const char *answer = say(word_of(question, outcome, found, more), lang);
    page_text(page, inks[outcome], answer);
    page_blanks(page, page_width(answer) < ANSWER_WIDTH ? ANSWER_WIDTH - page_width(answer) : 1);
    add_asked(page, prove, question, lang);
    if (outcome == PROVE_FAILS) {
        add_witness(page, found, lang);
        if (more != NULL) {
            add_witness(page, more, lang);
        }
    } else if (outcome == PROVE_UNKNOWN) {
        const struct prove_found *open = found->answer == PROVE_OPEN || more == NULL ? found : more;
        page_paragraph(page, 2, INK_DIM, reason_of(open, lang));
    }
}

/* ---------------------------------------------------------------- as JSON */

static void json_lines(struct json *json, const char *key, const char *const *lines, size_t count)
{
    if (count == 0) {
        return;
    }
    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < count; i++) {
        json_text(json, lines[i]);
    }
    json_close(json, ']');
}

static void json_witness(struct json *json, const char *key, const struct prove_found *found)
{
    const struct prove_witness *witness = &found->witness;
    if (found->answer != PROVE_YES || witness->unit == NULL) {
        return;
    }
    json_key(json, key);
    json_open(json, '{');
    json_lines(json, "facts", witness->unit->facts.items, witness->unit->facts.count);
    json_lines(json, "set", witness->unit->settings.items, witness->unit->settings.count);
    if (witness->other != NULL) {
        json_pair(json, "other", witness->other);
        json_pair(json, "before", witness->before);
        json_pair(json, "after", witness->after);
    }
    json_close(json, '}');
}

void prove_json(struct str *out, const struct prove *prove, const struct prove_question *question,
                const struct prove_found *found, const struct prove_found *more, enum lang lang)
{
    struct json json = {.out = out};
    enum prove_outcome outcome = prove_outcome_of(question, found, more);
    json_open(&json, '{');
    json_pair(&json, "question", kind_word(question->kind));
    json_pair(&json, "about", asked(prove, question, name_of(prove, question), lang));
    json_pair(&json, "outcome", outcome_words[outcome]);
    json_pair(&json, "answer", say(word_of(question, outcome, found, more), lang));
    json_witness(&json, "witness", found);
    if (more != NULL) {
        json_witness(&json, "raising", more);
    }
    if (outcome == PROVE_UNKNOWN && found->why == PROVE_LOOSE) {
        json_pair(&json, "because", words_of(found));
    } else if (outcome == PROVE_UNKNOWN && found->why != PROVE_SPENT) {
        json_pair(&json, "because", reason_of(found, lang));
    }
    json_close(&json, '}');
    str_add_char(out, '\n');
}
