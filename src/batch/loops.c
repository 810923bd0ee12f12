#include "batch/loops.h"
#include <stdlib.h>
#include <string.h>
#include "base/date.h"
#include "base/num.h"
#include "batch/code.h"
#include "batch/machine.h"

#define ROWS(loop) 1
#define KIND(name) name##_single
#include "batch/loops.inc"
#undef KIND
#undef ROWS

#define ROWS(loop) (loop)->rows
#define KIND(name) name##_anywhere
#include "batch/loops.inc"
#undef KIND

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define BY_PROCESSOR 1

#pragma GCC push_options
#pragma GCC target("avx2")
#define KIND(name) name##_avx2
#include "batch/loops.inc"
#undef KIND
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl")
#define KIND(name) name##_avx512
#include "batch/loops.inc"
#undef KIND
#pragma GCC pop_options
#endif

/* From the narrowest to the widest. */
static const struct {
    const char *name;
    loop_run *const *table;
} kinds[] = {{"plain", table_anywhere},
#ifdef BY_PROCESSOR
             {"avx2", table_avx2},
             {"avx512", table_avx512}
#endif
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static bool has(size_t kind)
{
    switch (kind) {
#ifdef BY_PROCESSOR
    case 1: return __builtin_cpu_supports("avx2");
    case 2:
        return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl");
#endif
    default: return kind == 0;
    }
}

loop_run *const *loops_of(const char *name)
{
    for (size_t kind = 0; kind < KINDS; kind++)
        if (strcmp(kinds[kind].name, name) == 0)
            return has(kind) ? kinds[kind].table : NULL;
    return NULL;
}

loop_run *const *loops_here(void)
{
    const char *wanted = getenv("RUBRIC_LOOPS");
    loop_run *const *chosen = wanted ? loops_of(wanted) : NULL;
    for (size_t kind = KINDS; !chosen; kind--)
        if (has(kind - 1))
            chosen = kinds[kind - 1].table;
    return chosen;
}

loop_run *const *loops_single(void)
{
    return table_single;
}
