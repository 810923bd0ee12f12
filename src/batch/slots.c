/* Places for registers: what nothing reads is not worked out, and a place is taken again once its value has been read for the last time, so
 * that few columns are at hand at once and stay in the cache. */
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

static void drop_unread(struct placing *placing)
{
    struct program *program = placing->program;
    size_t kept = 0;
    for (size_t i = 0; i < program->code.count; i++)
        if (placing->last[program->code.items[i].to])
            program->code.items[kept++] = program->code.items[i];
    program->code.count = kept;
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

/* An input has its place throughout, if anything reads it. */
static void place_entry(struct placing *placing, unsigned *reg)
{
    if (*reg == NO_REG)
        return;
    if (!placing->last[*reg]) {
        *reg = NO_REG;
        return;
    }
    keep(placing, *reg);
    take(placing, *reg);
}

void program_place(struct program *program)
{
    struct placing placing = {.program = program};
    placing.last = mem_alloc_plain(program->regs.count * sizeof *placing.last + 1);
    find_reads(&placing);
    drop_unread(&placing);
    placing.last = mem_alloc_plain(program->regs.count * sizeof *placing.last + 1);
    find_reads(&placing);
    for (size_t i = 0; i < program->input_count; i++) {
        place_entry(&placing, &program->entries[i].number);
        place_entry(&placing, &program->entries[i].whole);
        place_entry(&placing, &program->entries[i].can);
    }
    for (size_t i = 0; i < program->code.count; i++) {
        const struct instr *instr = &program->code.items[i];
        take(&placing, instr->to);
        release(&placing, instr->a, i + 1);
        release(&placing, instr->b, i + 1);
        release(&placing, instr->c, i + 1);
    }
}
