/* The solver of a call: what is said where there is none, or where it fails, and its end when a signal ends the program. */
#ifndef RUBRIC_CLI_SOLVER_H
#define RUBRIC_CLI_SOLVER_H
#include "cli/cli.h"
#include "smt/solver.h"

/* One at a time. NULL with a message: there is none to run. */
struct smt_solver *solver_start(struct cli *cli);
void solver_end(struct cli *cli, struct smt_solver *solver);
#endif
