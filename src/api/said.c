/* What is said of a fact: into the row where that is plain, else through the reader of facts. */
#include <stdio.h>
#include <string.h>
#include "api/held.h"
#include "base/date.h"
#include "base/mem.h"
#include "facts/reader.h"
#include "facts/write.h"

enum { PLACES_MAX = 18, TEXT_MAX = 64 };

static const struct sayable *find(const rubric_unit *unit, int fact)
{
    return fact >= 0 && fact < unit->of->sayable_count ? &unit->of->sayables[fact] : NULL;
}

/* ---------------------------------------------------------------- warm */

static const struct cell_rule *rule_of(const rubric_unit *unit, const struct sayable *sayable)
{
    bool held = unit->row && !unit->apart && sayable->input != NO_INPUT;
    return held ? &unit->of->rules[sayable->input] : NULL;
}

/* False: for the reader of facts. */
static bool take(rubric_unit *unit, int fact, const struct cell *cell, enum said said)
{
    if (cell->exact != EXACT_NOT)
        return false;
    row_set(unit->row, unit->of->sayables[fact].input, cell);
    unit->said[fact] = said;
    unit->way = RUBRIC_BY_NONE;
    return true;
}

/* ---------------------------------------------------------------- the reader of facts */

struct saying {
    rubric_unit *unit;
    int fact; /* -1: `name` says which */
    const char *name, *text;
    rubric_status status;
};

static bool is_word(const char *text)
{
    return strcmp(text, "unknown") == 0 || strcmp(text, "未知") == 0 || strcmp(text, "n/a") == 0 ||
           strcmp(text, "不适用") == 0;
}

/* Texts, and the names and labels of a choice, may stand without quotes. */
static const char *text_as_value(const struct sayable *sayable, const char *text)
{
    const struct type *type = sayable->field ? &sayable->field->type : NULL;
    bool is_text = type && type->kind == TYPE_TEXT && *text != '"' && !is_word(text);
    bool is_symbol = type && type->kind == TYPE_CHOICE && choice_find(type->choice, text) >= 0;
    return is_text || is_symbol ? write_string(text) : mem_text(text, strlen(text));
}

static const char *line_of(const struct saying *saying)
{
    const rubric_standard *of = saying->unit->of;
    int fact = saying->fact >= 0 ? saying->fact : rubric_fact_find(of, saying->name);
    if (fact < 0)
        return str_print("set %s = %s", write_path(saying->name), saying->text);
    const struct sayable *sayable = &of->sayables[fact];
    return str_print("set %s%s", entry_head(sayable), text_as_value(sayable, saying->text));
}

static void say_entry(void *data)
{
    struct saying *saying = data;
    rubric_unit *unit = saying->unit;
    struct diags diags = {0};
    const char *file = saying->fact >= 0 ? unit->of->sayables[saying->fact].name : saying->name;
    bool taken = entry_set(unit, mem_text(file, strlen(file)), line_of(saying), &diags);
    if (taken)
        unit->way = RUBRIC_BY_NONE;
    unit->messages = messages_new(&diags);
    saying->status = taken ? RUBRIC_OK : RUBRIC_REFUSED;
}

static rubric_status say_text(rubric_unit *unit, int fact, const char *name, const char *text)
{
    struct saying saying = {.unit = unit, .fact = fact, .name = name, .text = text};
    return mem_visit(say_entry, &saying) ? saying.status : RUBRIC_NO_MEMORY;
}

/* ---------------------------------------------------------------- texts */

rubric_status rubric_set_text(rubric_unit *unit, int fact, const char *text)
{
    const struct sayable *sayable = find(unit, fact);
    const struct cell_rule *rule = sayable ? rule_of(unit, sayable) : NULL;
    unit_touch(unit);
    if (!sayable)
        return RUBRIC_NO_SUCH;
    if (rule && *text) {
        struct cell cell = cell_read(rule, text, strlen(text));
        if (take(unit, fact, &cell, SAID_IN_ROW))
            return RUBRIC_OK;
    }
    return say_text(unit, fact, NULL, text);
}

rubric_status rubric_set_named(rubric_unit *unit, const char *name, const char *text)
{
    unit_touch(unit);
    return say_text(unit, -1, name, text);
}

/* ---------------------------------------------------------------- numbers */

/* Digits and a point. */
static void write_decimal(char text[TEXT_MAX], int64_t number, unsigned places)
{
    char digits[TEXT_MAX];
    uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;
    int count = snprintf(digits, sizeof digits, "%0*llu", (int)places + 1, (unsigned long long)size);
    int whole = count - (int)places;
    snprintf(text, TEXT_MAX, "%s%.*s%s%s", number < 0 ? "-" : "", whole, digits, places ? "." : "",
             digits + whole);
}

static bool takes_numbers(const struct sayable *sayable)
{
    return sayable->type == RUBRIC_NUMBER || sayable->type == RUBRIC_SHARE || sayable->type == RUBRIC_SCORE;
}

rubric_status rubric_set_number(rubric_unit *unit, int fact, int64_t number, unsigned places)
{
    const struct sayable *sayable = find(unit, fact);
    unit_touch(unit);
    if (!sayable)
        return RUBRIC_NO_SUCH;
    if (!takes_numbers(sayable) || places > PLACES_MAX)
        return RUBRIC_WRONG_TYPE;
    const struct cell_rule *rule = rule_of(unit, sayable);
    if (rule) {
        struct cell cell = cell_of_number(rule, (struct decimal){number, places});
        if (take(unit, fact, &cell, SAID_IN_ROW))
            return RUBRIC_OK;
    }
    char text[TEXT_MAX];
    write_decimal(text, number, places);
    return say_text(unit, fact, NULL, text);
}

rubric_status rubric_set_share(rubric_unit *unit, int fact, int64_t part, int64_t whole, unsigned places)
{
    const struct sayable *sayable = find(unit, fact);
    unit_touch(unit);
    if (!sayable)
        return RUBRIC_NO_SUCH;
    if (sayable->type != RUBRIC_SHARE || places > PLACES_MAX)
        return RUBRIC_WRONG_TYPE;
    const struct cell_rule *rule = rule_of(unit, sayable);
    if (rule) {
        struct cell cell =
            cell_of_parts(rule, (struct decimal){part, places}, (struct decimal){whole, places});
        if (take(unit, fact, &cell, SAID_IN_ROW))
            return RUBRIC_OK;
    }
    char top[TEXT_MAX], bottom[TEXT_MAX], text[2 * TEXT_MAX + 4];
    write_decimal(top, part, places);
    write_decimal(bottom, whole, places);
    snprintf(text, sizeof text, "%s of %s", top, bottom);
    return say_text(unit, fact, NULL, text);
}

/* ---------------------------------------------------------------- places: yes or no, values of a choice, days */

static rubric_status set_place(rubric_unit *unit, int fact, rubric_type type, int64_t place, const char *text)
{
    const struct sayable *sayable = find(unit, fact);
    unit_touch(unit);
    if (!sayable)
        return RUBRIC_NO_SUCH;
    if (sayable->type != type)
        return RUBRIC_WRONG_TYPE;
    const struct cell_rule *rule = rule_of(unit, sayable);
    if (rule) {
        struct cell cell = cell_of_place(rule, place);
        if (take(unit, fact, &cell, SAID_IN_ROW))
            return RUBRIC_OK;
    }
    return say_text(unit, fact, NULL, text);
}

rubric_status rubric_set_yesno(rubric_unit *unit, int fact, int yes)
{
    return set_place(unit, fact, RUBRIC_YESNO, yes != 0, yes ? "yes" : "no");
}

rubric_status rubric_set_choice(rubric_unit *unit, int fact, int value)
{
    const char *name = rubric_choice_name(unit->of, fact, value);
    bool is_choice = rubric_fact_type(unit->of, fact) == RUBRIC_CHOICE;
    if (is_choice && !name) {
        unit_touch(unit);
        return RUBRIC_NO_SUCH;
    }
    return set_place(unit, fact, RUBRIC_CHOICE, value, name);
}

rubric_status rubric_set_date(rubric_unit *unit, int fact, int year, int month, int day)
{
    char text[TEXT_MAX];
    bool valid = date_valid(year, month, day);
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    return set_place(unit, fact, RUBRIC_DATE, valid ? date_from_civil(year, month, day) : INT64_MIN, text);
}

/* ---------------------------------------------------------------- words */

static rubric_status set_word(rubric_unit *unit, int fact, const struct cell *cell, const char *word)
{
    if (cell && take(unit, fact, cell, SAID_IN_ROW))
        return RUBRIC_OK;
    return say_text(unit, fact, NULL, word);
}

rubric_status rubric_set_unknown(rubric_unit *unit, int fact)
{
    const struct sayable *sayable = find(unit, fact);
    const struct cell_rule *rule = sayable ? rule_of(unit, sayable) : NULL;
    unit_touch(unit);
    return sayable ? set_word(unit, fact, rule ? &rule->unknown : NULL, "unknown") : RUBRIC_NO_SUCH;
}

rubric_status rubric_set_na(rubric_unit *unit, int fact)
{
    const struct sayable *sayable = find(unit, fact);
    const struct cell_rule *rule = sayable ? rule_of(unit, sayable) : NULL;
    unit_touch(unit);
    if (!sayable)
        return RUBRIC_NO_SUCH;
    struct cell cell = rule ? cell_of_na(rule) : (struct cell){0};
    return set_word(unit, fact, rule ? &cell : NULL, "n/a");
}

static void unset(void *data)
{
    const struct saying *saying = data;
    entry_unset(saying->unit, saying->fact);
    saying->unit->way = RUBRIC_BY_NONE;
}

rubric_status rubric_unset(rubric_unit *unit, int fact)
{
    const struct sayable *sayable = find(unit, fact);
    const struct cell_rule *rule = sayable ? rule_of(unit, sayable) : NULL;
    struct saying saying = {.unit = unit, .fact = fact};
    unit_touch(unit);
    if (!sayable)
        return RUBRIC_NO_SUCH;
    if (rule && take(unit, fact, &rule->none, SAID_NOTHING))
        return RUBRIC_OK;
    return mem_visit(unset, &saying) ? RUBRIC_OK : RUBRIC_NO_MEMORY;
}
