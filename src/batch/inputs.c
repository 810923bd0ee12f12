/* Which facts and judged scores columns can hold, and how: by their declaration alone. */
#include "base/mem.h"
#include "batch/code.h"
#include "core/unit.h"

enum {
    PLAIN_MAX = 1000000000, /* a number that counts and has no upper limit is held up to this */
    DECIMALS = 100,         /* one that does not, in hundredths */
    SCALE_MAX = 1000000,
    SHARE_MAX = 100000000 /* of a part and of a whole */
};
#define WIDE_MAX ((int64_t)1000000000000000) /* the same of one that has decimals, times its scale */

/* ---- numbers as held */

static bool held_exactly(struct num number, int64_t scale, int64_t *held)
{
    return num_to_int(num_mul(number, num_int(scale)), held) && *held > -WIDE_MAX && *held < WIDE_MAX;
}

/* A closed end, times the scale; an infinite one is as far as columns reach. */
static bool held_end(struct cut end, int64_t scale, int64_t reach, int64_t *held)
{
    if (end.infinite) {
        *held = end.infinite * reach;
        return true;
    }
    return !end.side && held_exactly(end.at, scale, held);
}

/* The power of ten in which a step, and what it is counted from, are whole. */
static int64_t scale_of_step(const struct limits *limits, int64_t scale)
{
    int64_t held;
    struct num base = limits->range.low.infinite ? num_int(0) : limits->range.low.at;
    while (scale < SCALE_MAX &&
           !(held_exactly(limits->step, scale, &held) && held_exactly(base, scale, &held)))
        scale *= 10;
    return scale;
}

static bool hold_step(struct input *input, const struct limits *limits)
{
    struct num base = limits->range.low.infinite ? num_int(0) : limits->range.low.at;
    return !limits->stepped || (held_exactly(limits->step, input->scale, &input->step) &&
                                held_exactly(base, input->scale, &input->base));
}

static bool hold_range(struct input *input, struct opening *opening, struct range range)
{
    int64_t reach = input->wide ? WIDE_MAX : PLAIN_MAX;
    if (!held_end(range.low, input->scale, reach, &input->low) ||
        !held_end(range.high, input->scale, reach, &input->high))
        return false;
    input->wide |= input->low < -PLAIN_MAX || input->high > PLAIN_MAX;
    *opening = (struct opening){.low = input->low,
                                .high = input->high,
                                .low_infinite = range.low.infinite,
                                .high_infinite = range.high.infinite,
                                .low_whole = 1,
                                .high_whole = 1};
    return true;
}

/* Of legal values, what is open lies between the least and the greatest. */
static bool hold_legal(const struct input *input, struct opening *opening, const struct limits *limits)
{
    for (size_t i = 0; i < limits->legal_count; i++) {
        int64_t legal;
        if (!held_exactly(limits->legal[i], input->scale, &legal))
            return false;
        opening->low = i == 0 || legal < opening->low ? legal : opening->low;
        opening->high = i == 0 || legal > opening->high ? legal : opening->high;
        opening->low_infinite = opening->high_infinite = false;
    }
    return true;
}

/* The last step within the range, where it has an end. */
static bool ends_on_step(const struct input *input, const struct opening *opening)
{
    return !input->step || opening->high_infinite || (opening->high - input->base) % input->step == 0;
}

/* ---- by type */

static bool hold_number(struct input *input, struct opening *opening, const struct type *type,
                        const struct limits *limits)
{
    input->kind = INPUT_NUMBER;
    input->scale = type->whole ? 1 : DECIMALS;
    if (limits->stepped)
        input->scale = scale_of_step(limits, 1);
    input->wide = input->scale > 1;
    bool whole = hold_range(input, opening, limits->range) && hold_step(input, limits) &&
                 hold_legal(input, opening, limits);
    input->takes_open = whole && ends_on_step(input, opening);
    return whole;
}

/* What lies between 0 and 1, as a part of a whole. */
static bool hold_share(struct input *input, struct opening *opening, const struct limits *limits)
{
    struct cut low = limits->range.low, high = limits->range.high;
    bool closed = !low.infinite && !high.infinite && !low.side && !high.side && !low.at.big && !high.at.big;
    bool plain = closed && num_sign(low.at) == 0 && num_equal(high.at, num_int(1));
    input->kind = INPUT_SHARE;
    input->high = SHARE_MAX;
    *opening = (struct opening){.high = 1, .low_whole = 1, .high_whole = 1};
    input->takes_open = !limits->none_is_na;
    return plain && !limits->stepped && limits->legal_count == 0;
}

static bool hold_choice(struct input *input, struct opening *opening, const struct choice *choice)
{
    input->kind = INPUT_CHOICE;
    input->choice = choice;
    input->takes_open = true;
    return hold_range(input, opening, range_whole(0, (int64_t)choice->count - 1));
}

static bool hold_field(struct input *input, struct opening *opening, const struct field *field)
{
    const struct limits *limits = &field->limits;
    input->scale = 1;
    switch (field->type.kind) {
    case TYPE_YESNO:
        input->kind = INPUT_YESNO;
        input->takes_open = true;
        return hold_range(input, opening, range_whole(0, 1));
    case TYPE_NUMBER:
        return field->type.share ? hold_share(input, opening, limits)
                                 : hold_number(input, opening, &field->type, limits);
    case TYPE_DATE:
        input->kind = INPUT_DATE;
        input->takes_open = true;
        return hold_range(input, opening, limits->range);
    case TYPE_CHOICE: return hold_choice(input, opening, field->type.choice);
    case TYPE_TEXT:
    case TYPE_MONTHS:
    case TYPE_LIST:
    case TYPE_TABLE:
    case TYPE_DOCUMENT: return false;
    }
    return false;
}

/* ---- what stands where nothing is given */

static bool hold_assumed(struct input *input, const struct value *value)
{
    if (!value)
        return true;
    input->has_assumed = true;
    if (value->kind == VALUE_TRUTH && value_is_known(value)) {
        input->assumed = value_is_yes(value);
        return true;
    }
    return input->kind != INPUT_SHARE && value_is_point(value) &&
           held_exactly(value_point(value), input->scale, &input->assumed);
}

/* A limit by another fact, or evidence, is more than a cell can say by itself. */
static bool stands_alone(const struct limits *limits)
{
    return limits->low_fact < 0 && limits->high_fact < 0 && !limits->evidence;
}

static void add(struct program *program, struct input input, struct opening opening)
{
    program->inputs[program->input_count] = input;
    program->openings[program->input_count++] = opening;
}

static void add_fact(struct program *program, const struct fact_declaration *fact)
{
    const struct limits *limits = &fact->field.limits;
    struct input input = {.slot = fact->slot, .field = &fact->field, .limits = limits};
    struct opening opening = {0};
    if (!stands_alone(limits) || !hold_field(&input, &opening, &fact->field) ||
        !hold_assumed(&input, limits->otherwise))
        return;
    input.takes_na = limits->or_na;
    input.takes_open &= !limits->or_na;
    add(program, input, opening);
}

/* ---- judged scores: one entry for all the places where a criterion is judged */

/* What every place allows; a unit that says something else is looked at by itself. */
static void add_score(struct program *program, const struct standard *standard, size_t slot)
{
    const struct judged *judged = standard->judged.items[slot];
    struct input input = {.is_score = true, .slot = slot, .limits = &judged->limits};
    input.criterion = judged->criterion;
    struct opening opening = {0};
    static const struct type points = {.kind = TYPE_NUMBER};
    if (!unit_is_first_score(standard, slot))
        return;
    bool single = true;
    for (size_t i = slot + 1; i < standard->judged.count; i++)
        single &= standard->judged.items[i]->criterion != judged->criterion;
    if (single && hold_number(&input, &opening, &points, &judged->limits))
        add(program, input, opening);
}

static bool limits(const struct field *field, size_t slot)
{
    bool does = field->limits.low_fact == (int)slot || field->limits.high_fact == (int)slot;
    for (size_t i = 0; field->type.kind == TYPE_TABLE && i < field->type.column_count; i++)
        does |= limits(&field->type.columns[i], slot);
    return does;
}

/* What limits another fact is limited by it, where it is open. */
static void close_limiting(struct program *program, const struct standard *standard)
{
    for (size_t i = 0; i < program->input_count; i++)
        for (size_t k = 0; k < standard->facts.count && !program->inputs[i].is_score; k++)
            if (limits(&standard->facts.items[k]->field, program->inputs[i].slot))
                program->inputs[i].takes_open = false;
}

/* What is assumed of a fact can break a limit that others set it, in a row that says nothing of it. */
static bool assumes_within_others(const struct standard *standard)
{
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct limits *limits = &standard->facts.items[i]->field.limits;
        if (limits->otherwise && (limits->low_fact >= 0 || limits->high_fact >= 0))
            return true;
    }
    return false;
}

/* None: every row is for the exact evaluator. */
void program_find_inputs(struct program *program, const struct standard *standard)
{
    size_t most = standard->facts.count + standard->judged.count;
    program->inputs = MEM_ARRAY(struct input, most);
    program->openings = MEM_ARRAY(struct opening, most);
    if (assumes_within_others(standard))
        return;
    for (size_t i = 0; i < standard->facts.count; i++)
        add_fact(program, standard->facts.items[i]);
    for (size_t i = 0; i < standard->judged.count; i++)
        add_score(program, standard, i);
    close_limiting(program, standard);
}

long program_input_of(const struct program *program, const struct ir_node *node)
{
    for (size_t i = 0; i < program->input_count; i++)
        if (program->inputs[i].is_score == (node->op == IR_JUDGED) &&
            program->inputs[i].slot == (size_t)node->index)
            return (long)i;
    return -1;
}
