/* z3 in a process of its own, told what a script says and asked one question after another. Each question may take so many of the solver's
 * own steps, not so much time: the answer is the same on every machine. */
#ifndef RUBRIC_SMT_SOLVER_H
#define RUBRIC_SMT_SOLVER_H
#include <sys/types.h>
#include "smt/script.h"

enum smt_answer {
    SMT_IMPOSSIBLE,
    SMT_POSSIBLE,
    SMT_UNDECIDED, /* the steps did not suffice, or there is no way to tell */
    SMT_LOST       /* the process did not answer as it should, now or before */
};

struct smt_solver;

/* NULL: there is no z3 to run. The caller sees to it that a process which is gone does not end this one (SIGPIPE). */
struct smt_solver *smt_solver_start(void);
void smt_solver_end(struct smt_solver *solver);
/* For who is ended by a signal: it may have long to calculate. */
pid_t smt_solver_process(const struct smt_solver *solver);
/* It died, or said what is no answer: from then on every answer is SMT_LOST. */
bool smt_solver_is_lost(const struct smt_solver *solver);

/* Says all that the script has not said yet, then asks whether `claim`, a Bool, can be so. */
enum smt_answer smt_solver_ask(struct smt_solver *solver, struct smt *smt, const char *claim);

/* After SMT_POSSIBLE, until the next question: what the inputs of the script are in the world that was found. False: it is not told, or is no
 * rational number. */
bool smt_solver_number(struct smt_solver *solver, const struct smt *smt, const char *name, struct num *number);
bool smt_solver_truth(struct smt_solver *solver, const struct smt *smt, const char *name, bool *truth);
#endif
