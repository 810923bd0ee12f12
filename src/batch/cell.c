#include "batch/cell.h"
#include <stdlib.h>
#include <string.h>
#include "base/date.h"
#include "base/decimal.h"

enum { DATE_LENGTH = 10 };

static struct cell for_exact(const struct cell_rule *rule, enum exact_reason reason)
{
    struct cell cell = rule->neutral;
    cell.exact = reason;
    return cell;
}

static struct cell not_applicable(const struct cell_rule *rule)
{
    struct cell cell = rule->neutral;
    cell.state = INPUT_NA;
    return cell;
}

static struct cell given(int64_t number, int64_t whole)
{
    return (struct cell){.state = INPUT_GIVEN, .number = number, .whole = whole};
}

/* ---------------------------------------------------------------- decimals */

/* Times the scale. EXACT_TOO_LARGE: it has more digits, or is too large. */
static enum exact_reason hold(struct decimal decimal, int64_t scale, int64_t *held)
{
    int64_t places = decimal_powers[decimal.places];
    if (decimal.places == 0)
        return __builtin_mul_overflow(decimal.digits, scale, held) ? EXACT_TOO_LARGE : EXACT_NOT;
    if (scale >= places)
        return __builtin_mul_overflow(decimal.digits, scale / places, held) ? EXACT_TOO_LARGE : EXACT_NOT;
    int64_t over = places / scale;
    *held = decimal.digits / over;
    return decimal.digits % over ? EXACT_TOO_LARGE : EXACT_NOT;
}

/* ---------------------------------------------------------------- numbers */

static bool is_legal(const struct cell_rule *rule, int64_t held)
{
    for (size_t i = 0; i < rule->legal_count; i++)
        if (rule->legal[i] == held)
            return true;
    return !rule->legal;
}

static bool is_whole(const struct cell_rule *rule, int64_t held)
{
    return rule->unit == 1 || held % rule->unit == 0;
}

bool cell_on_step(const struct input *input, int64_t held)
{
    return input->step == 0 || ((__int128)held - input->base) % input->step == 0;
}

static enum exact_reason look_at(const struct cell_rule *rule, int64_t held)
{
    const struct input *input = rule->input;
    if (held < rule->declared_low || held > rule->declared_high)
        return EXACT_TEXT;
    if (!is_whole(rule, held) || !is_legal(rule, held) || !cell_on_step(input, held))
        return EXACT_TEXT;
    return held < input->low || held > input->high ? EXACT_TOO_LARGE : EXACT_NOT;
}

static struct cell number_of(const struct cell_rule *rule, struct decimal decimal)
{
    int64_t held;
    enum exact_reason exact = hold(decimal, rule->input->scale, &held);
    exact = exact == EXACT_NOT ? look_at(rule, held) : exact;
    return exact == EXACT_NOT ? given(held, 0) : for_exact(rule, exact);
}

/* A percentage is a number where the fact has no unit; a score has none. */
static bool takes_percent(const struct input *input)
{
    return input->field && !input->field->type.unit;
}

/* False: no plain text. */
static bool read_number(const struct cell_rule *rule, const char *text, size_t length, struct cell *cell)
{
    struct decimal decimal;
    bool percent = text[length - 1] == '%' && takes_percent(rule->input);
    if (!decimal_signed(text, length - percent, &decimal))
        return false;
    decimal.places += percent ? 2 : 0;
    *cell = number_of(rule, decimal);
    return true;
}

/* ---------------------------------------------------------------- shares */

/* -1, 0, 1: how the share lies to the end. */
static int compare_share(int64_t part, int64_t whole, const struct share_end *end)
{
    __int128 left = (__int128)part * end->bottom, right = (__int128)whole * end->top;
    return (left > right) - (left < right);
}

static bool share_allowed(const struct cell_rule *rule, int64_t part, int64_t whole)
{
    int low = rule->low.infinite ? 1 : compare_share(part, whole, &rule->low);
    int high = rule->high.infinite ? -1 : compare_share(part, whole, &rule->high);
    return (low > 0 || (low == 0 && !rule->low.open)) && (high < 0 || (high == 0 && !rule->high.open));
}

static struct cell share_of(const struct cell_rule *rule, int64_t part, int64_t whole)
{
    const struct input *input = rule->input;
    if (whole <= 0 || part < 0 || part > whole || !share_allowed(rule, part, whole))
        return for_exact(rule, EXACT_TEXT);
    if (part < input->low || whole > input->high)
        return for_exact(rule, EXACT_TOO_LARGE);
    return given(part, whole);
}

/* Both at the scale of the input. */
static struct cell share_of_decimals(const struct cell_rule *rule, struct decimal part, struct decimal whole)
{
    int64_t held[2];
    enum exact_reason exact = hold(part, rule->input->scale, &held[0]);
    exact = exact == EXACT_NOT ? hold(whole, rule->input->scale, &held[1]) : exact;
    return exact == EXACT_NOT ? share_of(rule, held[0], held[1]) : for_exact(rule, exact);
}

/* Of 97.5% or 0.975 the quotient alone counts: 975 of 1,000, whatever the scale. */
static struct cell share_of_rate(const struct cell_rule *rule, struct decimal rate)
{
    return share_of(rule, rate.digits, decimal_powers[rate.places]);
}

/* A bare 1 is warned about. */
static bool is_one(struct decimal decimal)
{
    return decimal.digits == decimal_powers[decimal.places];
}

static bool read_share(const struct cell_rule *rule, const char *text, size_t length, struct cell *cell)
{
    struct decimal part, whole;
    const char *slash = memchr(text, '/', length);
    size_t first = slash ? (size_t)(slash - text) : 0;
    if (text[length - 1] == '%' && takes_percent(rule->input)) {
        if (!decimal_signed(text, length - 1, &part))
            return false;
        part.places += 2;
        *cell = share_of_rate(rule, part);
    } else if (slash) {
        if (!decimal_unsigned(text, first, &part) || !decimal_unsigned(slash + 1, length - first - 1, &whole))
            return false;
        *cell = share_of_decimals(rule, part, whole);
    } else {
        if (!decimal_unsigned(text, length, &part) || is_one(part))
            return false;
        *cell = share_of_rate(rule, part);
    }
    return true;
}

struct cell cell_read_parts(const struct cell_rule *rule, const char *part, size_t part_length,
                            const char *whole, size_t whole_length)
{
    struct decimal parts[2];
    bool right = !rule->never && decimal_signed(part, part_length, &parts[0]) &&
                 decimal_signed(whole, whole_length, &parts[1]);
    return right ? share_of_decimals(rule, parts[0], parts[1]) : for_exact(rule, EXACT_TEXT);
}

/* ---------------------------------------------------------------- the others */

static bool says(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(text, word, length) == 0;
}

static bool read_yesno(const char *text, size_t length, struct cell *cell)
{
    bool yes = says(text, length, "yes") || says(text, length, "是");
    *cell = given(yes, 0);
    return yes || says(text, length, "no") || says(text, length, "否");
}

static bool read_date(const struct cell_rule *rule, const char *text, size_t length, struct cell *cell)
{
    char copy[DATE_LENGTH + 1] = {0};
    int64_t day;
    if (length != DATE_LENGTH)
        return false;
    memcpy(copy, text, length);
    if (!date_parse(copy, &day))
        return false;
    *cell = number_of(rule, (struct decimal){.digits = day});
    return true;
}

static bool read_choice(const struct cell_rule *rule, const char *text, size_t length, struct cell *cell)
{
    const struct choice *choice = rule->input->choice;
    for (size_t i = 0; i < choice->count; i++)
        if (rule->name_lengths[i] == length && memcmp(choice->symbols[i].name, text, length) == 0) {
            *cell = given((int64_t)i, 0);
            return true;
        }
    return false;
}

static bool read_plain(const struct cell_rule *rule, const char *text, size_t length, struct cell *cell)
{
    switch (rule->input->kind) {
    case INPUT_NUMBER: return read_number(rule, text, length, cell);
    case INPUT_YESNO: return read_yesno(text, length, cell);
    case INPUT_DATE: return read_date(rule, text, length, cell);
    case INPUT_CHOICE: return read_choice(rule, text, length, cell);
    case INPUT_SHARE: return read_share(rule, text, length, cell);
    }
    return false;
}

/* ---------------------------------------------------------------- words that stand alone */

static const char *const UNKNOWN[] = {"unknown", "未知"}, *const NOT_APPLICABLE[] = {"n/a", "不适用"};

static bool is_word(const char *text, size_t length, const char *const *spellings)
{
    return says(text, length, spellings[0]) || says(text, length, spellings[1]);
}

static struct cell read_word(const struct cell_rule *rule, const char *text, size_t length)
{
    bool alone = !rule->words_are_names;
    if (alone && is_word(text, length, UNKNOWN))
        return rule->unknown;
    bool na = alone && rule->input->takes_na && is_word(text, length, NOT_APPLICABLE);
    return na ? not_applicable(rule) : for_exact(rule, EXACT_TEXT);
}

struct cell cell_read(const struct cell_rule *rule, const char *text, size_t length)
{
    struct cell cell;
    if (length == 0)
        return rule->none;
    if (rule->never)
        return for_exact(rule, EXACT_TEXT);
    return read_plain(rule, text, length, &cell) ? cell : read_word(rule, text, length);
}

static void put_number(void *column, bool wide, size_t row, int64_t number)
{
    if (wide)
        ((int64_t *)column)[row] = number;
    else
        ((int32_t *)column)[row] = (int32_t)number;
}

void cell_put(const struct cell *cell, struct block *block, const struct input *input, size_t place,
              size_t row)
{
    put_number(block->numbers[place], input->wide, row, cell->number);
    if (input->kind == INPUT_SHARE)
        put_number(block->wholes[place], input->wide, row, cell->whole);
    block->states[place][row] = cell->state;
    block->open[place] |= cell->state != INPUT_GIVEN;
    if (block->exact[row] == EXACT_NOT)
        block->exact[row] = cell->exact;
}

/* ---------------------------------------------------------------- what is no text */

struct cell cell_of_number(const struct cell_rule *rule, struct decimal number)
{
    if (rule->input->kind == INPUT_SHARE)
        return rule->never || is_one(number) ? for_exact(rule, EXACT_TEXT) : share_of_rate(rule, number);
    return number_of(rule, number);
}

struct cell cell_of_parts(const struct cell_rule *rule, struct decimal part, struct decimal whole)
{
    return rule->never ? for_exact(rule, EXACT_TEXT) : share_of_decimals(rule, part, whole);
}

struct cell cell_of_place(const struct cell_rule *rule, int64_t place)
{
    return number_of(rule, (struct decimal){.digits = place});
}

struct cell cell_of_na(const struct cell_rule *rule)
{
    return rule->input->takes_na ? not_applicable(rule) : for_exact(rule, EXACT_TEXT);
}

static bool held_of(struct num number, const struct input *input, int64_t *held)
{
    return num_to_int(num_mul(number, num_int(input->scale)), held) && *held >= input->low &&
           *held <= input->high;
}

static struct cell share_of_given(const struct cell_rule *rule, const struct given *known)
{
    struct num rate = value_point(&known->value);
    struct num part = known->has_parts ? known->part : num_top(rate);
    struct num whole = known->has_parts ? known->whole : num_bottom(rate);
    int64_t held[2];
    bool fits = held_of(part, rule->input, &held[0]) && held_of(whole, rule->input, &held[1]) && held[1] > 0;
    return fits ? given(held[0], held[1]) : for_exact(rule, EXACT_TOO_LARGE);
}

/* Of a score nobody has looked yet whether it may be. */
static struct cell cell_of_value(const struct cell_rule *rule, const struct given *known)
{
    int64_t held;
    if (known->value.kind == VALUE_TRUTH)
        return given(value_is_yes(&known->value), 0);
    if (rule->input->kind == INPUT_SHARE)
        return share_of_given(rule, known);
    if (!held_of(value_point(&known->value), rule->input, &held))
        return for_exact(rule, EXACT_TOO_LARGE);
    enum exact_reason exact = look_at(rule, held);
    return exact == EXACT_NOT ? given(held, 0) : for_exact(rule, exact);
}

struct cell cell_of_given(const struct cell_rule *rule, const struct given *given)
{
    if (given->state == GIVEN_NOTHING || given->state == GIVEN_UNKNOWN)
        return rule->unknown;
    if (value_is_na(&given->value))
        return cell_of_na(rule);
    bool known = given->state != GIVEN_UNPROVEN && value_is_known(&given->value);
    return known ? cell_of_value(rule, given) : for_exact(rule, EXACT_TEXT);
}

/* ---------------------------------------------------------------- rules */

static int64_t held_between(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* An end of the declared range, held, rounded inwards; `limit` where there is none that fits. */
static int64_t held_end(struct cut cut, int64_t scale, bool is_low, int64_t limit)
{
    int64_t held;
    if (cut.infinite)
        return limit;
    struct num at = num_mul(cut.at, num_int(scale)), inwards = is_low ? num_ceil(at) : num_floor(at);
    bool open = is_low ? cut.side > 0 : cut.side < 0;
    if (open && num_equal(at, inwards))
        inwards = num_add(inwards, num_int(is_low ? 1 : -1));
    if (num_to_int(inwards, &held))
        return held;
    bool above = num_sign(inwards) > 0;
    return is_low == above ? (is_low ? INT64_MAX : INT64_MIN) : limit;
}

/* False: it is too long for a quotient. */
static bool share_end_of(struct cut cut, bool is_low, struct share_end *end)
{
    *end = (struct share_end){.infinite = cut.infinite, .open = is_low ? cut.side > 0 : cut.side < 0};
    return cut.infinite ||
           (num_to_int(num_top(cut.at), &end->top) && num_to_int(num_bottom(cut.at), &end->bottom));
}

static bool names_a_word(const struct choice *choice)
{
    for (size_t i = 0; choice && i < choice->count; i++)
        for (size_t k = 0; k < 2; k++) {
            const char *name = k ? choice->symbols[i].label : choice->symbols[i].name;
            if (name && (is_word(name, strlen(name), UNKNOWN) || is_word(name, strlen(name), NOT_APPLICABLE)))
                return true;
        }
    return false;
}

/* False: no memory. */
static bool take_names(struct cell_rule *rule, const struct choice *choice)
{
    rule->words_are_names = names_a_word(choice);
    if (!choice)
        return true;
    rule->name_lengths = malloc((choice->count + 1) * sizeof *rule->name_lengths);
    for (size_t i = 0; rule->name_lengths && i < choice->count; i++)
        rule->name_lengths[i] = strlen(choice->symbols[i].name);
    return rule->name_lengths;
}

/* False: no memory. */
static bool take_legal(struct cell_rule *rule, const struct limits *limits)
{
    if (!limits->legal)
        return true;
    rule->legal = malloc((limits->legal_count + 1) * sizeof *rule->legal);
    for (size_t i = 0; rule->legal && i < limits->legal_count; i++) {
        int64_t held;
        if (num_to_int(num_mul(limits->legal[i], num_int(rule->input->scale)), &held))
            rule->legal[rule->legal_count++] = held;
    }
    return rule->legal;
}

/* False: no memory. */
static bool take_limits(struct cell_rule *rule, const struct limits *limits)
{
    int64_t scale = rule->input->scale;
    rule->declared_low = held_end(limits->range.low, scale, true, INT64_MIN);
    rule->declared_high = held_end(limits->range.high, scale, false, INT64_MAX);
    bool ends = share_end_of(limits->range.low, true, &rule->low) &&
                share_end_of(limits->range.high, false, &rule->high);
    rule->never = rule->input->kind == INPUT_SHARE && (limits->stepped || limits->legal || !ends);
    return take_legal(rule, limits);
}

/* What an empty cell comes to. Of an assumed share the whole is one. */
static struct cell none_of(const struct cell_rule *rule)
{
    const struct input *input = rule->input;
    const struct value *otherwise = input->limits->otherwise;
    if (input->has_assumed)
        return given(input->assumed, input->scale);
    if (otherwise && otherwise->na && otherwise->nothing_else && input->takes_na)
        return not_applicable(rule);
    return otherwise ? for_exact(rule, EXACT_TEXT) : rule->unknown;
}

static bool make_rule(struct cell_rule *rule, const struct input *input)
{
    *rule =
        (struct cell_rule){.input = input, .unit = 1, .declared_low = INT64_MIN, .declared_high = INT64_MAX};
    while (decimal_powers[rule->places] < input->scale)
        rule->places++;
    rule->low.infinite = rule->high.infinite = true;
    if (input->field && input->field->type.whole)
        rule->unit = input->scale;
    bool right = take_names(rule, input->choice) && take_limits(rule, input->limits);
    int64_t low = input->low > rule->declared_low ? input->low : rule->declared_low;
    int64_t high = input->high < rule->declared_high ? input->high : rule->declared_high;
    rule->taken_low = low;
    rule->taken_high = high;
    bool share = input->kind == INPUT_SHARE;
    rule->neutral = given(share ? held_between(0, input->low, input->high) : held_between(0, low, high),
                          held_between(1, input->low, input->high));
    rule->unknown = for_exact(rule, EXACT_OPEN);
    if (input->takes_open)
        rule->unknown = (struct cell){EXACT_NOT, INPUT_OPEN, rule->neutral.number, rule->neutral.whole};
    rule->none = none_of(rule);
    return right;
}

struct cell_rule *cell_rules_new(const struct input *inputs, size_t count)
{
    struct cell_rule *rules = calloc(count + 1, sizeof *rules);
    bool right = rules;
    for (size_t i = 0; right && i < count; i++)
        right = make_rule(&rules[i], &inputs[i]);
    if (right)
        return rules;
    cell_rules_free(rules, count);
    return NULL;
}

void cell_rules_free(struct cell_rule *rules, size_t count)
{
    for (size_t i = 0; rules && i < count; i++) {
        free(rules[i].legal);
        free(rules[i].name_lengths);
    }
    free(rules);
}
