/* Rows in which a value may be held too wide: what is open is set to one thing after another, and where both ends of the value come about it is
 * exact after all. For this folder alone. */
#ifndef RUBRIC_BATCH_PROOF_H
#define RUBRIC_BATCH_PROOF_H
#include "batch/machine.h"

struct proof;

/* machine.c: one that runs now this program, now that, without joints. NULL: no memory. */
struct machine *machine_for_any(const struct program *const *programs, size_t count);
void machine_take(struct machine *machine, const struct program *program);

/* NULL: no memory. */
struct proof *proof_new(const struct program *program);
void proof_free(struct proof *proof);
/* The joint's value as the machine holds it in all rows of the block; rows that cannot be shown to be exact are marked. */
void proof_of_joint(struct proof *proof, size_t joint, const struct results *held, struct block *block);
/* Once all joints were looked at: the rows in which one could not be shown, in pieces. `answers` of the whole program, changed where more is known. */
void proof_of_rest(struct proof *proof, struct block *block, const struct results *answers);
#endif
