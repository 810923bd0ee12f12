/* A call that scores units: what its options say, and the way of each unit from its file to an evaluation. */
#ifndef RUBRIC_CLI_CALL_H
#define RUBRIC_CLI_CALL_H
#include "cli/options.h"
#include "cli/standards.h"
#include "eval/eval.h"
#include "facts/facts.h"
#include "report/view.h"

struct scoring_call {
    struct cli *cli;
    const struct arguments *arguments;
    struct standards standards;
    struct call call;
};

/* One unit on its way. */
struct scoring {
    struct scoring_call *of;
    const char *path;
    struct facts_file *file;
    struct diags diags; /* of this unit */
    struct loaded *loaded;
    const struct standard *standard; /* as the call wants it: with `--column` that column is final */
    const struct unit *unit;
    const struct evaluation *evaluation;
    size_t compared; /* with `--compare`: the later of the two columns */
};

/* `--on` and `--set`. What is wrong with them is added. */
void call_read(struct scoring_call *call, struct diags *diags);

/* From the path to the unit's facts, then to its evaluation. False: it is refused, by what is then in `diags`. */
bool call_open(struct scoring *scoring);
bool call_evaluate(struct scoring *scoring);
/* What is wrong with a unit, to standard error. Notes are for who checks a file, not for who scores by it. */
void call_report(struct scoring *scoring);

struct view call_view(const struct scoring *scoring, enum lang lang);
/* The object that stands for a unit that is refused. */
void call_write_refused(const struct scoring *scoring);
#endif
