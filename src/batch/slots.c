/* Places for registers: what nothing reads is not worked out, and a place is taken again once its value has been read for the last time, so
 * that few columns are at hand at once and stay in the cache. */
#include <string.h>
#include "base/mem.h"
#include "batch/code.h"

struct placing {
    struct program *program;
    size_t *last; /* [register]: the instruction that reads it last, from 1; 0: none does */
    struct {
        VEC(unsigned) list;
    } free[REG_WIDTHS];
};

static void keep(struct placing *placing, unsigned reg)
{
    if (reg != NO_REG)
        placing->last[reg] = (size_t)-1;
}

static void note(struct placing *placing, unsigned reg, size_t instr)
{
    if (reg != NO_REG && placing->last[reg] < instr)
        placing->last[reg] = instr;
}

/* From the last to the first: an instruction whose result is read reads its arguments. */
static void keep_answer(struct placing *placing, const struct answer *answer)
{
    keep(placing, answer->number);
    keep(placing, answer->whole);
    keep(placing, answer->can);
}

static void find_reads(struct placing *placing)
{
    struct program *program = placing->program;
    for (size_t i = 0; i < program->answer_count; i++)
        keep_answer(placing, &program->answers[i]);
    for (size_t i = 0; i < program->joints.count; i++)
        keep_answer(placing, &program->joints.items[i].value);
    for (size_t i = 0; i < program->guards.list.count; i++)
        keep(placing, program->guards.list.items[i]);
    for (size_t i = program->code.count; i-- > 0;) {
        const struct instr *instr = &program->code.items[i];
        if (!placing->last[instr->to])
            continue;
        note(placing, instr->a, i + 1);
        note(placing, instr->b, i + 1);
        note(placing, instr->c, i + 1);
    }
}

static void take(struct placing *placing, unsigned reg)
{
    struct reg *it = &placing->program->regs.items[reg];
    if (placing->free[it->width].list.count)
        it->slot = placing->free[it->width].list.items[--placing->free[it->width].list.count];
    else
        it->slot = (unsigned)placing->program->slots[it->width]++;
}

static void release(struct placing *placing, unsigned reg, size_t instr)
{
    if (reg == NO_REG || placing->last[reg] != instr)
        return;
    placing->last[reg] = 0; /* once, should it be read twice here */
    struct reg *it = &placing->program->regs.items[reg];
    vec_push(&placing->free[it->width].list, it->slot);
}

/* ---- what is read, and nothing else, under new numbers */

static unsigned renumber(struct program *to, const struct program *from, unsigned *numbers, unsigned reg)
{
    if (reg == NO_REG)
        return NO_REG;
    if (numbers[reg] == NO_REG) {
        numbers[reg] = (unsigned)to->regs.count;
        vec_push(&to->regs, from->regs.items[reg]);
    }
    return numbers[reg];
}

static void renumber_answer(struct program *to, const struct program *from, unsigned *numbers,
                            struct answer *answer)
{
    answer->number = renumber(to, from, numbers, answer->number);
    answer->whole = renumber(to, from, numbers, answer->whole);
    answer->can = renumber(to, from, numbers, answer->can);
}

static unsigned read_alone(const struct placing *placing, unsigned reg)
{
    return reg != NO_REG && placing->last[reg] ? reg : NO_REG;
}

static void take_entries(struct placing *placing, struct program *to, const struct program *from,
                         unsigned *numbers)
{
    for (size_t i = 0; i < from->entries.count; i++) {
        struct entry entry = from->entries.items[i];
        entry.number = renumber(to, from, numbers, read_alone(placing, entry.number));
        entry.whole = renumber(to, from, numbers, read_alone(placing, entry.whole));
        entry.can = renumber(to, from, numbers, read_alone(placing, entry.can));
        if (entry.number != NO_REG || entry.whole != NO_REG || entry.can != NO_REG || entry.is_asked_known)
            vec_push(&to->entries, entry);
    }
}

static void take_code(const struct placing *placing, struct program *to, const struct program *from,
                      unsigned *numbers)
{
    for (size_t i = 0; i < from->code.count; i++) {
        struct instr instr = from->code.items[i];
        if (!placing->last[instr.to])
            continue;
        instr.a = renumber(to, from, numbers, instr.a);
        instr.b = renumber(to, from, numbers, instr.b);
        instr.c = renumber(to, from, numbers, instr.c);
        instr.to = renumber(to, from, numbers, instr.to);
        vec_push(&to->code, instr);
    }
}

/* `to` has the answers, guards and joints, in the numbers of `from`. */
static void take_read(struct program *to, const struct program *from)
{
    struct placing placing = {.program = to};
    struct program whole = *from;
    unsigned *numbers = mem_alloc_plain(from->regs.count * sizeof *numbers + 1);
    memset(numbers, 0xFF, from->regs.count * sizeof *numbers);
    placing.last = mem_alloc_plain(from->regs.count * sizeof *placing.last + 1);
    to->code.items = whole.code.items;
    to->code.count = whole.code.count;
    find_reads(&placing);
    memset(&to->code, 0, sizeof to->code);
    memset(&to->regs, 0, sizeof to->regs);
    memset(&to->entries, 0, sizeof to->entries);
    take_entries(&placing, to, &whole, numbers);
    take_code(&placing, to, &whole, numbers);
    for (size_t i = 0; i < to->answer_count; i++)
        renumber_answer(to, &whole, numbers, &to->answers[i]);
    for (size_t i = 0; i < to->joints.count; i++)
        renumber_answer(to, &whole, numbers, &to->joints.items[i].value);
    for (size_t i = 0; i < to->guards.list.count; i++)
        to->guards.list.items[i] = renumber(to, &whole, numbers, to->guards.list.items[i]);
}

/* ---- places */

/* An input has its place throughout. */
static void place_entry(struct placing *placing, unsigned reg)
{
    if (reg == NO_REG)
        return;
    keep(placing, reg);
    take(placing, reg);
}

static void place_all(struct program *program)
{
    struct placing placing = {.program = program};
    placing.last = mem_alloc_plain(program->regs.count * sizeof *placing.last + 1);
    find_reads(&placing);
    for (size_t i = 0; i < program->entries.count; i++) {
        place_entry(&placing, program->entries.items[i].number);
        place_entry(&placing, program->entries.items[i].whole);
        place_entry(&placing, program->entries.items[i].can);
    }
    for (size_t i = 0; i < program->code.count; i++) {
        const struct instr *instr = &program->code.items[i];
        take(&placing, instr->to);
        release(&placing, instr->a, i + 1);
        release(&placing, instr->b, i + 1);
        release(&placing, instr->c, i + 1);
    }
}

void program_place(struct program *program)
{
    const struct program whole = *program;
    take_read(program, &whole);
    place_all(program);
}

const struct program *program_alone(const struct program *program, const struct answer *value)
{
    struct program *part = MEM_NEW(struct program);
    part->inputs = program->inputs;
    part->input_count = program->input_count;
    part->openings = program->openings;
    part->answers = MEM_NEW(struct answer);
    part->outputs = MEM_NEW(struct output);
    part->answers[0] = *value;
    part->outputs[0] = value->output;
    part->answer_count = 1;
    take_read(part, program);
    place_all(part);
    return part;
}
