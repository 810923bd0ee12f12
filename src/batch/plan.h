/* The loops that a machine would run on a block of one row of which nothing is open, noted in their order. Each writes a column of its own, so
 * that any of them may be run again by itself. Plain memory. For this folder alone. */
#ifndef RUBRIC_BATCH_PLAN_H
#define RUBRIC_BATCH_PLAN_H
#include "batch/loops.h"
#include "batch/machine.h"

enum { PLAN_COLUMN = 8 /* bytes of a column of one row */ };

struct plan_step {
    loop_run *run;
    struct loop loop;
};

struct plan {
    struct plan_step *steps;
    size_t count, room;
    int64_t *constants; /* columns of what stands in the place of a register: two for each instruction at most */
    size_t constant_count;
    uint32_t *answers; /* [answer] its first step: these come last, and are run when it is asked for */
    size_t answer_count;
    const uint8_t **watched; /* bytes that must say what can be, and no fault */
    size_t watched_count, watched_room;
    char *start; /* the machine's columns, side by side */
    size_t columns;
    bool short_of_memory;
};

void plan_add(struct plan *plan, enum loop_id id, const struct loop *loop);
void *plan_constant(struct plan *plan);
void plan_answer(struct plan *plan);
void plan_watch(struct plan *plan, const uint8_t *can);

/* machine.c: one whose columns the steps of the plan fill. The program has no joints, and registers share no slots; nothing in the block is
 * open. NULL: no memory. */
struct machine *machine_noting(const struct program *program, struct block *block, struct plan *plan);
#endif
