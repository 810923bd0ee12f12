/* A unit of the workload: its facts by name, and as the cells of a row. */
#ifndef RUBRIC_BENCH_UNITS_H
#define RUBRIC_BENCH_UNITS_H

union unit {
    struct {
#define FACT(name, worst, best) long name;
#include "units.def"
#undef FACT
    };
    long cells[50];
};

enum { FACT_COUNT = sizeof((union unit *)0)->cells / sizeof(long), SECTION_COUNT = 6 };
_Static_assert(sizeof(union unit) == FACT_COUNT * sizeof(long), "as many cells as facts");
#endif
