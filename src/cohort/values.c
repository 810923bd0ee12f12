/* Level by level: what reads no figure first, then what reads figures of that, as deep as the standard
 * goes. */
#include "cohort/values.h"
#include <stdint.h>
#include "base/mem.h"
#include "cohort/compare.h"
#include "eval/probe.h"

/* What stands at a place of the call. A unit that is refused is still told of the others, so that it is
 * refused again. */
struct place {
    bool belongs;
    size_t number; /* among those that belong */
    size_t until;  /* the level at which it is refused: it is not in that one, nor in higher ones */
};

struct cohort {
    const struct standard *standard;
    struct call call;
    size_t contexts, operands, inputs;
    struct place *places;
    size_t place_count, members; /* members: those that belong */
    size_t units;                /* those that are not refused by themselves */
    bool alike;
    struct probed *values;            /* [(member × contexts + context) × operands + operand] */
    const struct compared **compared; /* [context × operands + operand]; NULL: not known yet */
    size_t *tied;                     /* the same: units whose values are not free */
};

/* ---- where things stand */

static size_t column_of(const struct cohort *cohort, size_t context, size_t operand)
{
    return context * cohort->operands + operand;
}

static struct probed *value_at(const struct cohort *cohort, size_t member, size_t context, size_t operand)
{
    return &cohort
                ->values[member * cohort->contexts * cohort->operands + column_of(cohort, context, operand)];
}

static bool is_known(const struct cohort *cohort, size_t context, size_t operand)
{
    return cohort->compared[column_of(cohort, context, operand)] != NULL;
}

/* Is a unit among those whose values of an operand are compared? */
static bool is_compared(const struct cohort *cohort, const struct place *place, size_t operand)
{
    return place->until > cohort->standard->cohort.operands.items[operand].level;
}

/* ---- one unit */

/* The operands of a level. */
struct level {
    size_t number, count;
    const struct ir_node **nodes;
    size_t *operands;
};

static struct level level_of(const struct cohort *cohort, size_t number)
{
    struct level level = {.number = number};
    level.nodes = MEM_ARRAY(const struct ir_node *, cohort->operands);
    level.operands = mem_alloc_plain(cohort->operands * sizeof *level.operands);
    for (size_t i = 0; i < cohort->operands; i++) {
        const struct cohort_operand *operand = &cohort->standard->cohort.operands.items[i];
        if (operand->level != number)
            continue;
        level.nodes[level.count] = operand->node;
        level.operands[level.count++] = i;
    }
    return level;
}

/* What a unit comes to in the operands of a level. */
static void work_out(struct cohort *cohort, const struct level *level, size_t at, const struct unit *unit)
{
    struct place *place = &cohort->places[at];
    struct call call = cohort->call;
    call.others = level->number ? cohort_others(cohort, at) : NULL;
    struct probe probe = probe_nodes(cohort->standard, unit, &call, level->nodes, level->count);
    if (probe.refused)
        place->until = level->number;
    cohort->alike &= probe.one_column;
    for (size_t c = 0; c < cohort->contexts; c++)
        for (size_t i = 0; i < level->count; i++)
            *value_at(cohort, place->number, c, level->operands[i]) = probe.values[c * level->count + i];
}

/* ---- a level */

static void read_first(struct cohort *cohort, size_t at, struct cohort_member member)
{
    struct place *place = &cohort->places[at];
    place->belongs = member.belongs;
    place->until = member.unit ? SIZE_MAX : 0;
    if (member.belongs)
        place->number = cohort->members++;
}

static void read_level(struct cohort *cohort, const struct level *level, cohort_reader *read, void *data)
{
    for (size_t i = 0; i < cohort->place_count; i++) {
        if (level->number && cohort->places[i].until < SIZE_MAX)
            continue;
        struct cohort_member member = read(data, i);
        if (!level->number)
            read_first(cohort, i, member);
        if (member.unit)
            work_out(cohort, level, i, member.unit);
    }
}

static void compare_column(struct cohort *cohort, size_t context, size_t operand)
{
    struct value *values = MEM_ARRAY(struct value, cohort->members + 1);
    size_t count = 0, tied = 0;
    for (size_t i = 0; i < cohort->place_count; i++) {
        const struct place *place = &cohort->places[i];
        if (!is_compared(cohort, place, operand))
            continue;
        const struct probed *probed = value_at(cohort, place->number, context, operand);
        values[count++] = probed->value;
        tied += !probed->free;
    }
    cohort->compared[column_of(cohort, context, operand)] = compare(values, count);
    cohort->tied[column_of(cohort, context, operand)] = tied;
}

static void compare_level(struct cohort *cohort, const struct level *level)
{
    for (size_t c = 0; c < cohort->contexts; c++)
        for (size_t i = 0; i < level->count; i++)
            compare_column(cohort, c, level->operands[i]);
}

/* ---- the whole */

static struct cohort *cohort_new(const struct standard *standard, const struct call *call, size_t places)
{
    struct cohort *cohort = MEM_NEW(struct cohort);
    *cohort = (struct cohort){.standard = standard, .call = *call, .place_count = places, .alike = true};
    cohort->contexts = standard->columns.count + standard->mixed;
    cohort->operands = standard->cohort.operands.count;
    cohort->inputs = standard->cohort.inputs.count;
    size_t columns = cohort->contexts * cohort->operands;
    cohort->places = MEM_ARRAY(struct place, places + 1);
    cohort->values = MEM_ARRAY(struct probed, places * columns + 1);
    cohort->compared = MEM_ARRAY(const struct compared *, columns + 1);
    cohort->tied = mem_alloc_plain((columns + 1) * sizeof *cohort->tied);
    return cohort;
}

static void count_units(struct cohort *cohort)
{
    for (size_t i = 0; i < cohort->place_count; i++)
        cohort->units += cohort->places[i].until > 0;
}

const struct cohort *cohort_gather(const struct standard *standard, const struct call *call, size_t places,
                                   cohort_reader *read, void *data)
{
    struct cohort *cohort = cohort_new(standard, call, places);
    for (size_t number = 0; number < standard->cohort.levels; number++) {
        struct level level = level_of(cohort, number);
        read_level(cohort, &level, read, data);
        if (!number)
            count_units(cohort);
        compare_level(cohort, &level);
    }
    return cohort;
}

/* ---- what the others come to */

/* One input for one unit. */
struct asked {
    const struct cohort *cohort;
    const struct place *place;
    size_t context;
    const struct cohort_input *input;
};

static const struct probed *own_of(const struct asked *asked)
{
    return value_at(asked->cohort, asked->place->number, asked->context, asked->input->operand);
}

static bool is_among(const struct asked *asked)
{
    return is_compared(asked->cohort, asked->place, asked->input->operand);
}

static struct value checked(struct value value, const struct ir_node *node)
{
    bool finite = value.kind == VALUE_NUMBER && !value.nothing_else;
    bool low = !finite || value.range.low.infinite || num_valid(value.range.low.at);
    bool high = !finite || value.range.high.infinite || num_valid(value.range.high.at);
    return low && high ? value : value_fault(FAULT_TOO_LARGE, node);
}

static bool ranks(const struct value *own)
{
    return !own->fault && (own->nothing_else || own->kind == VALUE_NUMBER);
}

static struct value others_value(const struct asked *asked)
{
    const struct cohort *cohort = asked->cohort;
    const struct cohort_input *input = asked->input;
    const struct compared *all = cohort->compared[column_of(cohort, asked->context, input->operand)];
    const struct value *own = &own_of(asked)->value, *among = is_among(asked) ? own : NULL;
    switch (input->fold) {
    case COHORT_COUNT: return value_range(compare_count(all, among));
    case COHORT_SUM: return checked(value_range(compare_sum(all, among)), input->node);
    case COHORT_HIGHEST: return compare_highest(all, among);
    case COHORT_LOWEST: return compare_lowest(all, among);
    case COHORT_RANK:
        return ranks(own) ? compare_rank(all, own, among != NULL, cohort->standard->better_lower)
                          : input->node->bounds;
    case COHORT_MEAN: break;
    }
    return input->node->bounds;
}

/* The ends of a rank are reached where each other unit can be what it can be for itself. */
static enum tie tie_of(const struct asked *asked)
{
    const struct cohort *cohort = asked->cohort;
    const struct probed *own = own_of(asked);
    size_t tied = cohort->tied[column_of(cohort, asked->context, asked->input->operand)];
    if (tied > (size_t)(is_among(asked) && !own->free))
        return TIE_LOOSE;
    if (asked->input->fold == COHORT_COUNT)
        return TIE_NONE;
    if (asked->input->fold != COHORT_RANK)
        return TIE_ENDS;
    return value_is_known(&own->value) ? TIE_NONE : own->free ? TIE_OWN : TIE_LOOSE;
}

const struct others *cohort_others(const struct cohort *cohort, size_t place)
{
    struct asked asked = {.cohort = cohort, .place = &cohort->places[place]};
    if (cohort->members < 2)
        return NULL;
    size_t count = cohort->contexts * cohort->inputs;
    struct others *others = MEM_NEW(struct others);
    struct value *values = MEM_ARRAY(struct value, count + 1);
    unsigned char *ties = mem_alloc_plain(count + 1);
    for (size_t i = 0; i < count; i++) {
        asked.context = i / cohort->inputs;
        asked.input = &cohort->standard->cohort.inputs.items[i % cohort->inputs];
        bool known = is_known(cohort, asked.context, asked.input->operand);
        values[i] = known ? others_value(&asked) : asked.input->node->bounds;
        ties[i] = (unsigned char)(known ? tie_of(&asked) : TIE_LOOSE);
    }
    *others = (struct others){cohort->units, cohort->alike, values, ties};
    return others;
}
