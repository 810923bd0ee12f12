/* The inner loops, compiled for more than one kind of processor; the machine takes those of the one it runs on. For this folder alone. */
#ifndef RUBRIC_BATCH_LOOPS_H
#define RUBRIC_BATCH_LOOPS_H
#include <stddef.h>
#include <stdint.h>

enum loop_id {
#define LOOP(name)  LOOP_##name,
#define LOOPS(name) LOOP_##name##_4, LOOP_##name##_8,
#include "batch/loops.def"
#undef LOOP
#undef LOOPS
    LOOP_COUNT
};

/* What an open end is held as where there is none. */
#define ENDLESS_4 INT32_MAX
#define ENDLESS_8 INT64_MAX

/* Columns and constants of one loop; of what is open, `a`, `b` are the low ends and `a_high`, `b_high` the high ones. `to_high` is written by the
 * loops that work out both ends at once. */
struct loop {
    void *to, *to_high;
    const void *a, *b, *a_high, *b_high;
    const uint8_t *c;
    int64_t k, k2, k3;
    size_t rows; /* a multiple of LOOP_STEP */
};
enum { LOOP_STEP = 64 };

typedef void loop_run(const struct loop *loop);

/* [enum loop_id]: those of "plain", "avx2" or "avx512". NULL: this processor does not have them. */
loop_run *const *loops_of(const char *name);
/* The widest that this processor has; where the environment's RUBRIC_LOOPS names one that it has, that one, so that tests reach each. */
loop_run *const *loops_here(void);
/* The same for one row, however many the loop names. */
loop_run *const *loops_single(void);
#endif
