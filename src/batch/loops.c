#include "batch/loops.h"
#include "base/date.h"
#include "base/num.h"
#include "batch/code.h"
#include "batch/machine.h"

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

loop_run *const *loops_here(void)
{
#ifdef BY_PROCESSOR
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        return table_avx512;
    if (__builtin_cpu_supports("avx2"))
        return table_avx2;
#endif
    return table_anywhere;
}
