#include "cli/solver.h"
#include "cli/signals.h"

static void report(struct cli *cli, enum diag_code code)
{
    struct diags diags = {0};
    diag_add(&diags, code, SPAN_NONE, NULL);
    cli_report(cli, &diags);
}

struct smt_solver *solver_start(struct cli *cli)
{
    struct smt_solver *solver = smt_solver_start();
    if (solver == NULL) {
        report(cli, DIAG_NO_SOLVER);
        return NULL;
    }
    signals_set_helper(smt_solver_process(solver));
    return solver;
}

void solver_end(struct cli *cli, struct smt_solver *solver)
{
    if (smt_solver_is_lost(solver)) {
        report(cli, DIAG_SOLVER_LOST);
    }
    signals_set_helper(0);
    smt_solver_end(solver);
}
