/* One instruction on the columns of a block: which loops it is, on which ends, and whether what it makes is open. */
#include <stdlib.h>
#include "batch/machine_parts.h"
#include "batch/plan.h"

/* ---- one loop */

enum reg_width machine_width(const struct machine *machine, unsigned reg)
{
    return machine->program->regs.items[reg].width;
}

void machine_loop(const struct machine *machine, enum loop_id id, struct loop loop)
{
    loop.rows = machine->rows;
    if (machine->plan)
        plan_add(machine->plan, id, &loop);
    else
        machine->loops[id](&loop);
}

enum loop_id machine_sized(const struct machine *machine, unsigned reg, enum loop_id narrow)
{
    return narrow + (machine_width(machine, reg) == REG_8);
}

bool machine_reads_states(const struct machine *machine, const struct block *block, size_t input)
{
    return block->open[input] || machine->plan;
}

/* ---- one instruction */

/* Its arguments, each a column or a constant. */
struct work {
    struct machine *machine;
    const struct instr *instr;
    struct lane *to;
    const struct lane *a, *b, *c; /* NULL: a constant, or none */
    bool open;
};

static const struct lane *column_of(const struct machine *machine, unsigned reg)
{
    return reg == NO_REG ? NULL : &machine->columns[reg];
}

static struct loop loop_of(const struct work *work, void *to)
{
    const struct instr *instr = work->instr;
    return (struct loop){.to = to,
                         .a = work->a ? work->a->low : NULL,
                         .b = work->b ? work->b->low : NULL,
                         .a_high = work->a ? work->a->high : NULL,
                         .b_high = work->b ? work->b->high : NULL,
                         .c = work->c ? work->c->low : NULL,
                         .k = instr->k,
                         .k2 = instr->k2,
                         .k3 = instr->k3};
}

/* What is known in every row is worked out once. */
static void once(struct work *work, enum loop_id id)
{
    machine_loop(work->machine, id, loop_of(work, work->to->own_low));
    work->to->low = work->to->high = work->to->own_low;
    work->to->open = work->open;
}

static void both_ends(struct work *work, enum loop_id low_id, struct loop low, enum loop_id high_id,
                      struct loop high)
{
    machine_loop(work->machine, low_id, low);
    machine_loop(work->machine, high_id, high);
    work->to->low = work->to->own_low;
    work->to->high = work->to->own_high;
    work->to->open = true;
}

/* The high ends of all arguments, for the high end of the result. */
static struct loop at_high(const struct work *work)
{
    struct loop loop = loop_of(work, work->to->own_high);
    loop.a = loop.a_high;
    loop.b = loop.b_high;
    return loop;
}

static void same_ends(struct work *work, enum loop_id known, enum loop_id open)
{
    if (!work->open)
        once(work, known);
    else
        both_ends(work, open, loop_of(work, work->to->own_low), open, at_high(work));
}

/* The loop for what is open. */
static enum loop_id for_open(const struct work *work, enum loop_id ends, enum loop_id endless)
{
    return work->instr->endless ? endless : ends;
}

/* Turned round: the low end of the result comes of the high end of the argument. */
static void turned_ends(struct work *work, enum loop_id known, enum loop_id open)
{
    struct loop low = at_high(work), high = loop_of(work, work->to->own_high);
    low.to = work->to->own_low;
    if (!work->open)
        once(work, known);
    else
        both_ends(work, open, low, open, high);
}

/* A column of the constant that stands in the place of a register. */
static const void *spread(const struct work *work, int which, unsigned like, int64_t k)
{
    struct plan *plan = work->machine->plan;
    struct loop loop = {.to = plan ? plan_constant(plan) : work->machine->constants[which], .k = k};
    enum reg_width width = machine_width(work->machine, like);
    machine_loop(work->machine,
                 width == REG_BYTES ? LOOP_fill : machine_sized(work->machine, like, LOOP_constant_4), loop);
    return loop.to;
}

static void spread_constants(const struct work *work, struct loop *loop, unsigned like)
{
    const struct instr *instr = work->instr;
    if (!work->a)
        loop->a = loop->a_high = spread(work, 0, like, instr->k);
    if (!work->b)
        loop->b = loop->b_high = spread(work, 1, like, work->a ? instr->k : instr->k2);
}

static void subtract(struct work *work)
{
    struct loop low = loop_of(work, work->to->own_low), high = loop_of(work, work->to->own_high);
    enum loop_id known = machine_sized(work->machine, work->instr->to, LOOP_sub_vv_4),
                 open = for_open(work, known,
                                 machine_sized(work->machine, work->instr->to, LOOP_sub_vv_endless_4));
    if (!work->open) {
        once(work, known);
        return;
    }
    low.b = low.b_high;
    high.a = high.a_high;
    both_ends(work, open, low, open, high);
}

/* The fewest from the latest day to the earliest. */
static void months(struct work *work)
{
    struct loop low = loop_of(work, work->to->own_low), high = loop_of(work, work->to->own_high);
    low.a = low.a_high;
    high.b = high.b_high;
    if (!work->open)
        once(work, LOOP_months);
    else
        both_ends(work, LOOP_months, low, LOOP_months, high);
}

/* Sums with what has no end have none; a constant is then a column. */
static void add(struct work *work)
{
    enum loop_id with_column = machine_sized(work->machine, work->instr->to, LOOP_add_vv_4),
                 with_constant = machine_sized(work->machine, work->instr->to, LOOP_add_vk_4),
                 open = machine_sized(work->machine, work->instr->to, LOOP_add_vv_endless_4),
                 known = work->b ? with_column : with_constant;
    if (!work->instr->endless) {
        same_ends(work, known, known);
        return;
    }
    if (!work->open) {
        once(work, known);
        return;
    }
    struct loop low = loop_of(work, work->to->own_low), high = at_high(work);
    spread_constants(work, &low, work->instr->to);
    high.b = work->b ? high.b : low.b;
    both_ends(work, open, low, open, high);
}

static void limit(struct work *work, enum loop_id with_column, enum loop_id with_constant)
{
    enum loop_id id = machine_sized(work->machine, work->instr->to, work->b ? with_column : with_constant);
    same_ends(work, id, id);
}

static void scale(struct work *work, enum loop_id known, enum loop_id endless)
{
    enum loop_id open = for_open(work, known, endless);
    if (work->instr->k < 0)
        turned_ends(work, known, open);
    else
        same_ends(work, known, open);
}

/* Nothing is added to its ends. */
static void flip(struct work *work)
{
    enum loop_id id = machine_sized(work->machine, work->instr->to, LOOP_add_vk_4);
    struct loop low = {.to = work->to->own_low, .a = work->a->high},
                high = {.to = work->to->own_high, .a = work->a->low};
    machine_loop(work->machine, id, low);
    if (work->open)
        machine_loop(work->machine, id, high);
    work->to->low = work->to->own_low;
    work->to->high = work->open ? work->to->own_high : work->to->own_low;
    work->to->open = work->open;
}

/* Loops of 4 bytes by which of two arguments are columns; `open` those for ranges. */
enum { VV, VK, KV, KK, FORMS };
struct variants {
    enum loop_id known[FORMS], open[FORMS];
};

static size_t form_of(const struct work *work)
{
    return (work->a ? 0 : KV) + (work->b ? 0 : VK);
}

static enum loop_id choose_loop(const struct work *work, const struct variants *loops, unsigned like)
{
    size_t form = form_of(work);
    return machine_sized(work->machine, like, work->open ? loops->open[form] : loops->known[form]);
}

static void compare(struct work *work, const struct variants *loops)
{
    once(work, choose_loop(work, loops, work->a ? work->instr->a : work->instr->b));
}

static const struct variants
    LESS = {{LOOP_less_vv_4, LOOP_less_vk_4, LOOP_less_kv_4},
            {LOOP_less_open_vv_4, LOOP_less_open_vk_4, LOOP_less_open_kv_4}},
    LESS_AT = {{LOOP_less_vv_4, LOOP_less_vk_4, LOOP_less_kv_4},
               {LOOP_less_at_open_vv_4, LOOP_less_at_open_vk_4, LOOP_less_at_open_kv_4}},
    LESS_EQUAL = {{LOOP_less_equal_vv_4, LOOP_less_equal_vk_4, LOOP_less_equal_kv_4},
                  {LOOP_less_equal_open_vv_4, LOOP_less_equal_open_vk_4, LOOP_less_equal_open_kv_4}},
    LESS_EQUAL_AT = {{LOOP_less_equal_vv_4, LOOP_less_equal_vk_4, LOOP_less_equal_kv_4},
                     {LOOP_less_equal_at_open_vv_4, LOOP_less_equal_at_open_vk_4,
                      LOOP_less_equal_at_open_kv_4}},
    EQUAL = {{LOOP_equal_vv_4, LOOP_equal_vk_4}, {LOOP_equal_open_vv_4, LOOP_equal_open_vk_4}},
    IF = {{LOOP_if_vv_4, LOOP_if_vk_4, LOOP_if_kv_4, LOOP_if_kk_4},
          {LOOP_if_open_vv_4, LOOP_if_open_vk_4, LOOP_if_open_kv_4, LOOP_if_open_kk_4}};

/* `k = x` is `x = k`. */
static void compare_equal(struct work *work)
{
    struct work swapped = *work;
    struct instr instr = *work->instr;
    if (!work->a) {
        swapped.a = work->b;
        swapped.b = NULL;
        instr.a = work->instr->b;
        instr.b = NO_REG;
        swapped.instr = &instr;
    }
    compare(&swapped, &EQUAL);
}

static void choose(struct work *work)
{
    enum loop_id id = choose_loop(work, &IF, work->instr->to);
    if (!work->open) {
        once(work, id);
        return;
    }
    struct loop loop = loop_of(work, work->to->own_low);
    loop.to_high = work->to->own_high;
    machine_loop(work->machine, id, loop);
    work->to->low = work->to->own_low;
    work->to->high = work->to->own_high;
    work->to->open = true;
}

/* Of bytes; constants become columns. */
static void on_bytes(struct work *work, enum loop_id id)
{
    const struct instr *instr = work->instr;
    struct loop loop = loop_of(work, work->to->own_low);
    if (!work->a)
        loop.a = spread(work, 0, instr->to, instr->k);
    if (!work->b)
        loop.b = spread(work, 1, instr->to, instr->k2);
    machine_loop(work->machine, id, loop);
    work->to->low = work->to->high = work->to->own_low;
    work->to->open = work->open;
}

static void divides(struct work *work)
{
    struct loop loop = loop_of(work, work->to->own_low);
    if (!work->a)
        loop.a = spread(work, 0, work->instr->to, work->instr->k);
    machine_loop(work->machine, machine_sized(work->machine, work->instr->b, LOOP_can_divide_4), loop);
    work->to->low = work->to->high = work->to->own_low;
    work->to->open = work->open;
}

static void known(struct work *work, const struct block *block)
{
    size_t input = (size_t)work->instr->k;
    struct loop loop = {.to = work->to->own_low, .a = block->states[input], .k = CAN_BE_YES};
    machine_loop(work->machine, machine_reads_states(work->machine, block, input) ? LOOP_known : LOOP_fill,
                 loop);
    work->to->low = work->to->high = work->to->own_low;
    work->to->open = false;
}

static struct work work_of(struct machine *machine, const struct instr *instr)
{
    struct work work = {.machine = machine,
                        .instr = instr,
                        .to = &machine->columns[instr->to],
                        .a = column_of(machine, instr->a),
                        .b = column_of(machine, instr->b),
                        .c = column_of(machine, instr->c)};
    work.open = (work.a && work.a->open) || (work.b && work.b->open) || (work.c && work.c->open);
    return work;
}

void machine_step(struct machine *machine, const struct block *block, const struct instr *instr)
{
    struct work work = work_of(machine, instr);
    enum loop_id id;
    switch (instr->op) {
    case COLUMN_ADD: add(&work); return;
    case COLUMN_SUB: subtract(&work); return;
    case COLUMN_MIN: limit(&work, LOOP_min_vv_4, LOOP_min_vk_4); return;
    case COLUMN_MAX: limit(&work, LOOP_max_vv_4, LOOP_max_vk_4); return;
    case COLUMN_MUL:
        id = machine_sized(machine, instr->to, LOOP_mul_vv_4);
        same_ends(&work, id, id);
        return;
    case COLUMN_ABS:
        id = machine_sized(machine, instr->to, LOOP_abs_4);
        same_ends(&work, id, id);
        return;
    case COLUMN_SCALE:
        scale(&work, machine_sized(machine, instr->to, LOOP_scale_4),
              machine_sized(machine, instr->to, LOOP_scale_endless_4));
        return;
    case COLUMN_WIDEN: scale(&work, LOOP_widen, LOOP_widen_endless); return;
    case COLUMN_NARROW:
        same_ends(&work, LOOP_narrow, for_open(&work, LOOP_narrow, LOOP_narrow_endless));
        return;
    case COLUMN_FLIP: flip(&work); return;
    case COLUMN_CONSTANT: once(&work, machine_sized(machine, instr->to, LOOP_constant_4)); return;
    case COLUMN_ROUND: same_ends(&work, LOOP_round, for_open(&work, LOOP_round, LOOP_round_endless)); return;
    case COLUMN_QUOTIENT: same_ends(&work, LOOP_quotient, LOOP_quotient); return;
    case COLUMN_MONTHS: months(&work); return;
    case COLUMN_YEAR: same_ends(&work, LOOP_year, LOOP_year); return;
    case COLUMN_MONTH: same_ends(&work, LOOP_month, LOOP_month); return;
    case COLUMN_ADD_MONTHS: same_ends(&work, LOOP_add_months, LOOP_add_months); return;
    case COLUMN_LESS: compare(&work, &LESS); return;
    case COLUMN_LESS_EQUAL: compare(&work, &LESS_EQUAL); return;
    case COLUMN_EQUAL: compare_equal(&work); return;
    case COLUMN_LESS_AT: compare(&work, &LESS_AT); return;
    case COLUMN_LESS_EQUAL_AT: compare(&work, &LESS_EQUAL_AT); return;
    case COLUMN_FILL: once(&work, LOOP_fill); return;
    case COLUMN_TRUTH_OF: {
        struct loop loop = loop_of(&work, work.to->own_low);
        machine_loop(machine, machine_sized(machine, instr->a, LOOP_truth_of_4), loop);
        work.to->low = work.to->high = work.to->own_low;
        work.to->open = work.open;
        return;
    }
    case COLUMN_AND: once(&work, LOOP_and); return;
    case COLUMN_OR: once(&work, LOOP_or); return;
    case COLUMN_NOT: once(&work, LOOP_not); return;
    case COLUMN_AND_NA: once(&work, LOOP_and_na); return;
    case COLUMN_OR_NA: once(&work, LOOP_or_na); return;
    case COLUMN_SAME: once(&work, LOOP_same); return;
    case COLUMN_IF: choose(&work); return;
    case COLUMN_IF_BYTES: on_bytes(&work, LOOP_if_bytes); return;
    case COLUMN_IF_ELSE: on_bytes(&work, LOOP_if_else); return;
    case COLUMN_CAN_BOTH: on_bytes(&work, LOOP_can_both); return;
    case COLUMN_CAN_EITHER: on_bytes(&work, LOOP_can_either); return;
    case COLUMN_CAN_FAULTS: on_bytes(&work, LOOP_can_faults); return;
    case COLUMN_CAN_TRUTH: on_bytes(&work, LOOP_can_truth); return;
    case COLUMN_CAN_IS_NA: once(&work, LOOP_can_is_na); return;
    case COLUMN_CAN_SPLIT: once(&work, LOOP_can_split); return;
    case COLUMN_CAN_NA_AS: on_bytes(&work, LOOP_can_na_as); return;
    case COLUMN_CAN_DIVIDE: divides(&work); return;
    case COLUMN_KNOWN: known(&work, block); return;
    case COLUMN_OP_COUNT: break;
    }
    abort();
}
