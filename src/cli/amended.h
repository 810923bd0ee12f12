/* A unit of a call by the edition that its standard amends, while a transition runs. */
#ifndef RUBRIC_CLI_AMENDED_H
#define RUBRIC_CLI_AMENDED_H
#include "cli/call.h"

/* The table that was read last by the amended edition. */
struct amended_table {
    const struct units *of; /* NULL: none was */
    struct units *table;    /* NULL: its heads are wrong for that edition */
};

/* As `rubric eval` with `--rules` naming the amended edition works it out. NULL: it does not, or only among the other units of the call. */
const struct evaluation *amended_evaluation(const struct scoring *scoring, struct amended_table *last);
#endif
