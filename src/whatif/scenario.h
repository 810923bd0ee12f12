/* What if: a unit as it was loaded, and steps that change it. A scenario is immutable: each step makes a new one that knows the one before, so that
 * undo is a walk back, redo a walk forth, and any number of scenarios may share their beginnings. Lives in collected memory; nothing here fails. */
#ifndef RUBRIC_WHATIF_SCENARIO_H
#define RUBRIC_WHATIF_SCENARIO_H
#include "base/vec.h"
#include "core/unit.h"

enum scenario_kind {
    STEP_ENTER,   /* a fact or a judged score, in a column and in those later ones that enter nothing of their own */
    STEP_SETTING, /* a threshold: its standard has to be compiled anew */
    STEP_DAY,     /* the day of the evaluation */
    STEP_COLUMN,  /* which column is final, and is entered in */
    STEP_RESET    /* back to the unit as loaded */
};

struct scenario_step {
    enum scenario_kind kind;
    const char *typed;             /* the line it came from */
    const char *together;          /* the command that took it with others, which undo and redo keep together; of one taking the same address. NULL: alone */
    const char *name;              /* of the fact, path of the criterion, threshold, column */
    const char *text;              /* the value as it was typed, of an entry with its evidence and remarks; NULL: withdrawn */
    const char *value;             /* STEP_ENTER: the value alone */
    struct span span;              /* where the text stands */
    bool score;                    /* STEP_ENTER: a judged score */
    size_t column;                 /* STEP_ENTER, STEP_COLUMN */
    VEC(struct entered) entries;   /* STEP_ENTER: a criterion judged in several branches has several */
    bool has_proofs;               /* STEP_ENTER: evidence or a remark of its own was typed */
    int64_t day;                   /* STEP_DAY */
};

struct scenario {
    const struct standard *standard;       /* as loaded: tells which facts there are */
    const struct unit *loaded;
    const struct scenario_step *step;     /* the last; NULL: none was taken */
    const struct scenario *before, *after; /* where undo leads, and redo; NULL: nowhere */
};

struct scenario_steps {
    VEC(const struct scenario_step *) list;
};

const struct scenario *scenario_new(const struct standard *standard, const struct unit *loaded);
const struct scenario *scenario_add(const struct scenario *scenario, const struct scenario_step *step);
const struct scenario *scenario_undo(const struct scenario *scenario); /* NULL: nothing to undo */
const struct scenario *scenario_redo(const struct scenario *scenario); /* NULL: nothing to redo */
/* Those that count: since the last reset, in the order taken. */
struct scenario_steps scenario_steps(const struct scenario *scenario);
bool scenario_is_changed(const struct scenario *scenario);

/* The unit with what was entered. Its arrays are new, or those of the loaded one where nothing was. */
const struct unit *scenario_unit(const struct scenario *scenario);
/* The last step of this kind that counts, and of this name where one is given; NULL: none. */
const struct scenario_step *scenario_last(const struct scenario *scenario, enum scenario_kind kind, const char *name);
/* The thresholds that are set, the last value of each, in the order in which they first were. */
struct scenario_steps scenario_settings(const struct scenario *scenario);
#endif
