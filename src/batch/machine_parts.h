/* What the files of a machine share: machine.c has its memory, enters what units say and tells what came of it, machine_step.c takes one
 * instruction. */
#ifndef RUBRIC_BATCH_MACHINE_PARTS_H
#define RUBRIC_BATCH_MACHINE_PARTS_H
#include "batch/code.h"
#include "batch/loops.h"
#include "batch/machine.h"

struct plan;
struct proof;

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

enum reg_width machine_width(const struct machine *machine, unsigned reg);
/* Of a pair of loops, of which `narrow` is for 4 bytes, the one for the numbers of that register. */
enum loop_id machine_sized(const struct machine *machine, unsigned reg, enum loop_id narrow);
/* Runs a loop on all rows of the block at hand, or notes it in the plan. */
void machine_loop(const struct machine *machine, enum loop_id id, struct loop loop);
/* Must a loop read the states of an input? A plan is for every state that it may have without being open. */
bool machine_reads_states(const struct machine *machine, const struct block *block, size_t input);

/* What the instruction reads has been entered or made. */
void machine_step(struct machine *machine, const struct block *block, const struct instr *instr);
#endif
