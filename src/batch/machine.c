/* Columns that are known in every row have one array for both ends; only where something is open are both worked out. */
#include "batch/machine.h"
#include <stdlib.h>
#include <string.h>
#include "batch/code.h"
#include "batch/plan.h"
#include "batch/proof.h"

/* A register while a block is run. */
struct lane {
    void *low, *high; /* the same where nothing is open */
    void *own_low, *own_high;
    bool open;
};

struct answer_columns {
    int64_t *low, *high, *whole_low, *whole_high;
    struct results results;
};

struct machine {
    const struct program *program;
    loop_run *const *loops;
    struct lane *columns; /* [register] */
    struct answer_columns *answers;
    struct results *results; /* [answer] */
    void *constants[2];      /* what stands in the place of a register where both ends are worked out */
    size_t room;             /* rows of a column */
    size_t rows;             /* of the block at hand, made up to whole steps */
    struct plan *plan;       /* NULL: loops are run, not noted */
    struct answer_columns joint;
    struct proof *proof; /* NULL: no joints */
    void *memory;
};

static const size_t SIZES[] = {[REG_BYTES] = 1, [REG_4] = 4, [REG_8] = 8};

/* ---- memory: first the columns of each width, both ends, then the answers and constants */

/* A single row takes a word, whatever it holds. */
static size_t column_size(size_t room, size_t item)
{
    return room == 1 ? PLAN_COLUMN : room * item + BLOCK_PAD;
}

static size_t columns_size(const struct program *program, size_t room)
{
    size_t size = 0;
    for (size_t w = 0; w < REG_WIDTHS; w++)
        size += 2 * program->slots[w] * column_size(room, SIZES[w]);
    return size + (4 * program->answer_count + 6) * column_size(room, sizeof(int64_t));
}

static void place_registers(struct machine *machine, char **at)
{
    const struct program *program = machine->program;
    char *starts[REG_WIDTHS];
    for (size_t w = 0; w < REG_WIDTHS; w++) {
        starts[w] = *at;
        *at += 2 * program->slots[w] * column_size(machine->room, SIZES[w]);
    }
    for (size_t i = 0; i < program->regs.count; i++) {
        const struct reg *reg = &program->regs.items[i];
        size_t size = column_size(machine->room, SIZES[reg->width]);
        char *place = starts[reg->width] + 2 * reg->slot * size;
        machine->columns[i] = (struct lane){.own_low = place, .own_high = place + size};
    }
}

static void *next_column(const struct machine *machine, char **at)
{
    void *column = *at;
    *at += column_size(machine->room, sizeof(int64_t));
    return column;
}

static void place_answer(const struct machine *machine, struct answer_columns *columns, char **at)
{
    columns->low = next_column(machine, at);
    columns->high = next_column(machine, at);
    columns->whole_low = next_column(machine, at);
    columns->whole_high = next_column(machine, at);
}

static void place_all(struct machine *machine)
{
    char *at = machine->memory;
    at += -(uintptr_t)at % BLOCK_PAD;
    place_registers(machine, &at);
    for (size_t i = 0; i < machine->program->answer_count; i++)
        place_answer(machine, &machine->answers[i], &at);
    place_answer(machine, &machine->joint, &at);
    machine->constants[0] = next_column(machine, &at);
    machine->constants[1] = next_column(machine, &at);
}

/* Room for any of the programs. */
static struct machine *room_for(const struct program *const *programs, size_t count, size_t room)
{
    size_t size = 0, regs = 0, answers = 0;
    struct machine *machine = calloc(1, sizeof *machine);
    for (size_t i = 0; i < count; i++) {
        const struct program *program = programs[i];
        size = columns_size(program, room) > size ? columns_size(program, room) : size;
        regs = program->regs.count > regs ? program->regs.count : regs;
        answers = program->answer_count > answers ? program->answer_count : answers;
    }
    if (!machine)
        return NULL;
    machine->room = room;
    machine->loops = loops_here();
    machine->columns = calloc(regs + 1, sizeof *machine->columns);
    machine->answers = calloc(answers + 1, sizeof *machine->answers);
    machine->memory = calloc(1, size + BLOCK_PAD);
    machine->results = calloc(answers + 1, sizeof *machine->results);
    if (machine->columns && machine->answers && machine->results && machine->memory)
        return machine;
    machine_free(machine);
    return NULL;
}

struct machine *machine_for_any(const struct program *const *programs, size_t count)
{
    return room_for(programs, count, BLOCK_ROWS);
}

void machine_take(struct machine *machine, const struct program *program)
{
    machine->program = program;
    place_all(machine);
}

struct machine *machine_for_rows(const struct program *program, size_t rows)
{
    struct machine *machine = room_for(&program, 1, (rows + LOOP_STEP - 1) / LOOP_STEP * LOOP_STEP);
    if (machine && program->joints.count && !(machine->proof = proof_new(program))) {
        machine_free(machine);
        return NULL;
    }
    if (machine)
        machine_take(machine, program);
    return machine;
}

struct machine *machine_new(const struct program *program)
{
    return machine_for_rows(program, BLOCK_ROWS);
}

void machine_free(struct machine *machine)
{
    if (!machine)
        return;
    if (machine->proof)
        proof_free(machine->proof);
    free(machine->columns);
    free(machine->answers);
    free(machine->results);
    free(machine->memory);
    free(machine);
}

/* ---- one loop */

static enum reg_width width_of(const struct machine *machine, unsigned reg)
{
    return machine->program->regs.items[reg].width;
}

static void run(const struct machine *machine, enum loop_id id, struct loop loop)
{
    loop.rows = machine->rows;
    if (machine->plan)
        plan_add(machine->plan, id, &loop);
    else
        machine->loops[id](&loop);
}

/* The loop of a pair by the width of its numbers. */
static enum loop_id of_width(const struct machine *machine, unsigned reg, enum loop_id narrow)
{
    return narrow + (width_of(machine, reg) == REG_8);
}

/* ---- what a unit says */

static int64_t entered_end(bool infinite, int sign, int64_t end, enum reg_width width)
{
    return !infinite ? end : sign * (width == REG_8 ? ENDLESS_8 : ENDLESS_4);
}

/* What is n/a counts for nothing, and is one number at both ends. `highs`: the high ends of what is given. */
static void enter_column(struct machine *machine, const struct block *block, size_t input, unsigned reg,
                         void *given, const void *highs, int64_t low, int64_t high, int64_t na)
{
    struct lane *column = &machine->columns[reg];
    column->open = block->open[input];
    column->low = column->high = given;
    if (!column->open)
        return;
    run(machine, of_width(machine, reg, LOOP_enter_4),
        (struct loop){.to = column->own_low,
                      .to_high = column->own_high,
                      .a = given,
                      .a_high = highs,
                      .c = block->states[input],
                      .k = low,
                      .k2 = high,
                      .k3 = na});
    column->low = column->own_low;
    column->high = column->own_high;
}

/* A plan is for every state that an input may have without being open. */
static bool reads_states(const struct machine *machine, const struct block *block, size_t input)
{
    return block->open[input] || machine->plan;
}

static void enter_can(struct machine *machine, const struct block *block, size_t input, unsigned reg)
{
    struct lane *column = &machine->columns[reg];
    column->low = column->high = column->own_low;
    struct loop loop = {.to = column->own_low, .a = block->states[input], .k = CAN_BE_ELSE};
    run(machine, reads_states(machine, block, input) ? LOOP_can_of_states : LOOP_fill, loop);
}

static void enter_number(struct machine *machine, const struct block *block, size_t input,
                         const struct entry *entry)
{
    const struct opening *opening = entry->opening;
    enum reg_width width = width_of(machine, entry->number);
    void *given = block->numbers[input], *highs = block->highs ? block->highs[input] : NULL;
    enter_column(machine, block, input, entry->number, given, highs ? highs : given,
                 entered_end(opening->low_infinite, -1, opening->low, width),
                 entered_end(opening->high_infinite, 1, opening->high, width), opening->low);
}

static void enter(struct machine *machine, const struct block *block)
{
    for (size_t k = 0; k < machine->program->entries.count; k++) {
        const struct entry *entry = &machine->program->entries.items[k];
        const struct opening *opening = entry->opening;
        size_t i = entry->input;
        if (entry->number != NO_REG)
            enter_number(machine, block, i, entry);
        if (entry->whole != NO_REG)
            enter_column(machine, block, i, entry->whole, block->wholes[i], block->wholes[i],
                         opening->low_whole, opening->high_whole, opening->low_whole);
        if (entry->can != NO_REG)
            enter_can(machine, block, i, entry->can);
    }
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
    run(work->machine, id, loop_of(work, work->to->own_low));
    work->to->low = work->to->high = work->to->own_low;
    work->to->open = work->open;
}

static void both_ends(struct work *work, enum loop_id low_id, struct loop low, enum loop_id high_id,
                      struct loop high)
{
    run(work->machine, low_id, low);
    run(work->machine, high_id, high);
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
    enum reg_width width = width_of(work->machine, like);
    run(work->machine, width == REG_BYTES ? LOOP_fill : of_width(work->machine, like, LOOP_constant_4), loop);
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
    enum loop_id known = of_width(work->machine, work->instr->to, LOOP_sub_vv_4),
                 open =
                     for_open(work, known, of_width(work->machine, work->instr->to, LOOP_sub_vv_endless_4));
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
    enum loop_id with_column = of_width(work->machine, work->instr->to, LOOP_add_vv_4),
                 with_constant = of_width(work->machine, work->instr->to, LOOP_add_vk_4),
                 open = of_width(work->machine, work->instr->to, LOOP_add_vv_endless_4),
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
    enum loop_id id = of_width(work->machine, work->instr->to, work->b ? with_column : with_constant);
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
    enum loop_id id = of_width(work->machine, work->instr->to, LOOP_add_vk_4);
    struct loop low = {.to = work->to->own_low, .a = work->a->high},
                high = {.to = work->to->own_high, .a = work->a->low};
    run(work->machine, id, low);
    if (work->open)
        run(work->machine, id, high);
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
    return of_width(work->machine, like, work->open ? loops->open[form] : loops->known[form]);
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
    run(work->machine, id, loop);
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
    run(work->machine, id, loop);
    work->to->low = work->to->high = work->to->own_low;
    work->to->open = work->open;
}

static void divides(struct work *work)
{
    struct loop loop = loop_of(work, work->to->own_low);
    if (!work->a)
        loop.a = spread(work, 0, work->instr->to, work->instr->k);
    run(work->machine, of_width(work->machine, work->instr->b, LOOP_can_divide_4), loop);
    work->to->low = work->to->high = work->to->own_low;
    work->to->open = work->open;
}

static void known(struct work *work, const struct block *block)
{
    size_t input = (size_t)work->instr->k;
    struct loop loop = {.to = work->to->own_low, .a = block->states[input], .k = CAN_BE_YES};
    run(work->machine, reads_states(work->machine, block, input) ? LOOP_known : LOOP_fill, loop);
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

static void step(struct machine *machine, const struct block *block, const struct instr *instr)
{
    struct work work = work_of(machine, instr);
    enum loop_id id;
    switch (instr->op) {
    case COLUMN_ADD: add(&work); return;
    case COLUMN_SUB: subtract(&work); return;
    case COLUMN_MIN: limit(&work, LOOP_min_vv_4, LOOP_min_vk_4); return;
    case COLUMN_MAX: limit(&work, LOOP_max_vv_4, LOOP_max_vk_4); return;
    case COLUMN_MUL:
        id = of_width(machine, instr->to, LOOP_mul_vv_4);
        same_ends(&work, id, id);
        return;
    case COLUMN_ABS:
        id = of_width(machine, instr->to, LOOP_abs_4);
        same_ends(&work, id, id);
        return;
    case COLUMN_SCALE:
        scale(&work, of_width(machine, instr->to, LOOP_scale_4),
              of_width(machine, instr->to, LOOP_scale_endless_4));
        return;
    case COLUMN_WIDEN: scale(&work, LOOP_widen, LOOP_widen_endless); return;
    case COLUMN_NARROW:
        same_ends(&work, LOOP_narrow, for_open(&work, LOOP_narrow, LOOP_narrow_endless));
        return;
    case COLUMN_FLIP: flip(&work); return;
    case COLUMN_CONSTANT: once(&work, of_width(machine, instr->to, LOOP_constant_4)); return;
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
        run(machine, of_width(machine, instr->a, LOOP_truth_of_4), loop);
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

/* ---- what came of it */

static void send(struct block *block, size_t row, enum exact_reason reason)
{
    if (block->exact[row] == EXACT_NOT)
        block->exact[row] = (uint8_t)reason;
}

static void look_for_faults(const struct machine *machine, struct block *block, const uint8_t *can)
{
    if (machine->plan)
        plan_watch(machine->plan, can);
    for (size_t i = 0; i < block->rows; i++)
        if (can[i] & CAN_FAULT || can[i] == 0)
            send(block, i, EXACT_FAULT);
}

static const int64_t *numbers_of(struct machine *machine, enum reg_width width, const void *column,
                                 int64_t *room)
{
    if (width == REG_8)
        return column;
    run(machine, LOOP_widen_endless, (struct loop){.to = room, .a = column, .k = 1});
    return room;
}

/* Of a quotient: what its ends are over. */
static void answer_wholes(struct machine *machine, const struct answer *answer,
                          struct answer_columns *columns)
{
    struct results *results = &columns->results;
    const struct lane *whole = &machine->columns[answer->whole];
    enum reg_width width = width_of(machine, answer->whole);
    results->whole_low = results->whole_high = numbers_of(machine, width, whole->low, columns->whole_low);
    if (whole->open)
        results->whole_high = numbers_of(machine, width, whole->high, columns->whole_high);
}

static void look_for_endless(struct block *block, const struct results *results)
{
    if (results->low == results->high)
        return;
    for (size_t i = 0; i < block->rows; i++)
        if (results->high[i] == ENDLESS_8 || results->low[i] == -ENDLESS_8)
            send(block, i, EXACT_OPEN);
}

static void answer_number(struct machine *machine, const struct answer *answer,
                          struct answer_columns *columns)
{
    struct results *results = &columns->results;
    if (answer->is_const) {
        run(machine, LOOP_constant_8, (struct loop){.to = columns->low, .k = answer->constant});
        results->low = results->high = columns->low;
        return;
    }
    const struct lane *column = &machine->columns[answer->number];
    enum reg_width width = width_of(machine, answer->number);
    results->low = results->high = numbers_of(machine, width, column->low, columns->low);
    if (answer->whole != NO_REG)
        answer_wholes(machine, answer, columns);
    if (!column->open)
        return;
    results->high = numbers_of(machine, width, column->high, columns->high);
}

static struct results results_of(struct machine *machine, const struct answer *answer,
                                 struct answer_columns *columns)
{
    columns->results = (struct results){0};
    if (answer->can != NO_REG)
        columns->results.can = machine->columns[answer->can].low;
    if (answer->output.kind != OUTPUT_TRUTH)
        answer_number(machine, answer, columns);
    return columns->results;
}

static void answer_all(struct machine *machine, struct block *block)
{
    const struct program *program = machine->program;
    for (size_t i = 0; i < program->answer_count; i++) {
        if (machine->plan)
            plan_answer(machine->plan);
        struct results results = results_of(machine, &program->answers[i], &machine->answers[i]);
        machine->results[i] = results;
        if (results.can)
            look_for_faults(machine, block, results.can);
        if (results.low)
            look_for_endless(block, &results);
    }
    if (program->joints.count == 0)
        return;
    for (size_t i = 0; i < program->joints.count; i++) {
        struct results held = results_of(machine, &program->joints.items[i].value, &machine->joint);
        proof_of_joint(machine->proof, i, &held, block);
    }
    proof_of_rest(machine->proof, block, machine->results);
}

void machine_run(struct machine *machine, struct block *block)
{
    const struct program *program = machine->program;
    machine->rows = (block->rows + LOOP_STEP - 1) / LOOP_STEP * LOOP_STEP;
    enter(machine, block);
    for (size_t i = 0; i < program->code.count; i++)
        step(machine, block, &program->code.items[i]);
    for (size_t i = 0; i < program->guards.list.count; i++)
        look_for_faults(machine, block, machine->columns[program->guards.list.items[i]].low);
    answer_all(machine, block);
}

struct results machine_output(const struct machine *machine, size_t output)
{
    return machine->answers[output].results;
}

/* ---- a single row */

struct machine *machine_noting(const struct program *program, struct block *block, struct plan *plan)
{
    struct machine *machine = room_for(&program, 1, 1);
    if (!machine)
        return NULL;
    machine->plan = plan;
    machine_take(machine, program);
    plan->start = (char *)machine->memory;
    plan->start += -(uintptr_t)plan->start % BLOCK_PAD;
    plan->columns = columns_size(program, 1) / PLAN_COLUMN;
    machine_run(machine, block);
    return machine;
}
