/* A call that scores units: what its options say, and the way of each unit from its file to an evaluation. */
#ifndef RUBRIC_CLI_CALL_H
#define RUBRIC_CLI_CALL_H
#include "cli/standards.h"
#include "cli/unit_files.h"
#include "cohort/timeline.h"
#include "facts/facts.h"
#include "facts/units.h"
#include "report/view.h"

struct cohorts;

/* What can be read once only. */
struct standard_input {
    bool read;
    struct facts_file *file;
    struct diags diags;
    struct standards beside; /* those that facts files name, where the call asks for another */
};

struct scoring_call {
    struct cli *cli;
    const struct arguments *arguments;
    struct standards *standards;
    struct call call;
    struct unit_files files;
    struct standard_input *input;
    struct cohorts *cohorts; /* NULL: nothing was gathered so far; see cohorts.h */
    bool silent;             /* nothing is printed */
    bool once;               /* a second unit of one id is refused */
};

/* Where a unit of the call stands, to come back to it. */
struct unit_place {
    size_t index;
    const char *path;
    struct units *table; /* NULL: a facts file */
    uint32_t row;
};

/* One unit on its way. */
struct scoring {
    struct scoring_call *of;
    size_t index; /* among the units of the call, those that are refused included */
    const char *path;
    const struct facts_file *file; /* NULL: a row of a table, or it could not be read */
    struct units *table;           /* NULL: a facts file */
    struct units_row row;          /* of the table */
    struct diags diags;            /* of this unit */
    struct loaded *loaded;
    const struct standard *standard; /* as the call wants it: with `--column` that column is final */
    const struct unit *unit;
    const struct evaluation *evaluation;
    bool again;      /* it is refused since one of its id came before */
    size_t compared; /* with `--compare`: the later of the two columns */
};

struct scoring_call call_new(struct cli *cli, const struct arguments *arguments);
/* `--on`, `--set` and which units. What is wrong with the options is added; a folder without units is reported and left out. */
void call_read_values(struct scoring_call *call, struct diags *diags); /* `--on` and `--set` alone */
void call_read(struct scoring_call *call, struct diags *diags);

/* That of `--rules`, else the one that its facts file names, as `--column` wants it. False, and a message in its `diags`. */
bool call_load_standard(struct scoring *scoring);

/* Every unit in turn: facts files, those of folders, rows of tables. It is open, or refused: then its `unit` is NULL, and `diags` say why.
 * What is wrong with a table as a whole comes as a unit that is refused. A visitor that returns false ends it. */
typedef bool call_visitor(struct scoring *scoring, void *data);
void call_each(struct scoring_call *call, call_visitor *see, void *data);
bool call_is_of_several(const struct scoring_call *call);
struct unit_place call_place(const struct scoring *scoring);
/* A unit once more. */
struct scoring call_again(struct scoring_call *call, const struct unit_place *place);

/* `call`: cohorts_call, as a rule. False: it is refused, by what is then in `diags`. */
bool call_evaluate(struct scoring *scoring, const struct call *call);
/* … or through the stages of its standard, under a call of its own. NULL: refused likewise. `evaluation`: as timeline_from wants it; NULL: it
 * is worked out. */
const struct timeline *call_follow(struct scoring *scoring, const struct call *call,
                                   const struct evaluation *evaluation);
/* What is wrong with a unit, to standard error. Notes are for who checks a file, not for who scores by it. */
void call_report(struct scoring *scoring);

struct view call_view(const struct scoring *scoring, enum lang lang);
/* The object that stands for a unit that is refused. */
void call_write_refused(const struct scoring *scoring);
#endif
