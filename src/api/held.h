/* What stands behind the handles of rubric.h. Each lives in memory that is kept (base/mem.h) and holds collected memory alive; warm calls only read
 * what is collected. For this folder alone. */
#ifndef RUBRIC_API_HELD_H
#define RUBRIC_API_HELD_H
#include "api/rubric.h"
#include "batch/row.h"
#include "diag/diag.h"
#include "eval/scorer.h"
#include "facts/facts.h"

#define NO_INPUT SIZE_MAX

/* A fact, or a criterion whose scores are judged. */
struct sayable {
    rubric_type type;
    bool is_score;
    size_t slot;
    const char *name, *label;
    const struct field *field;    /* NULL of a score */
    const struct part *criterion; /* NULL of a fact */
    size_t input;                 /* NO_INPUT: columns do not hold it */
};

/* What is asked of each unit, in this order; then the parts, then the qualifications. */
enum { ASKED_TOTAL, ASKED_SUBTOTAL, ASKED_GRADE, ASKED_ELIGIBLE, ASKED_PARTS };

struct rubric_standard {
    const struct standard *standard;
    struct call call; /* with which units are evaluated: what is asked alone has to be exact */
    struct sayable *sayables;
    int sayable_count, part_count, qualification_count;
    const struct part **parts;
    const char **caps; /* [part] */
    const struct outcome **qualifications;
    const struct ir_node **asked; /* NULL among them: the standard has no such thing */
    size_t asked_count;
    const struct program *program; /* NULL: columns do not do */
    const char *why_cold;          /* a word of words.def */
    const struct input *inputs;
    const struct output *outputs;
    struct cell_rule *rules; /* plain memory */
    size_t input_count;
    bool wants_evidence;
};

/* Where what was said last of a fact stands. */
enum said { SAID_IN_UNIT, SAID_IN_ROW, SAID_NOTHING /* … and the row knows, too */ };

/* An end of a result of the exact evaluator. */
struct result_end {
    int64_t top, bottom; /* bottom 0: no such number */
    const char *text;
};

struct result {
    unsigned can; /* CAN_BE_… */
    bool exact;
    struct result_end low, high;
};

struct rubric_unit {
    const rubric_standard *of;
    const char *name;
    struct row *row;      /* plain memory; NULL where columns do not do */
    bool apart;           /* it was read, and says more than a row holds */
    struct unit *unit;    /* as far as it is up to date: `said` */
    struct given **facts; /* … which these are */
    struct given **scores;
    const struct unit *nothing; /* of which nothing is known, called as this one */
    enum said *said;            /* [fact] */
    bool *beyond;    /* [fact] something is said of it that columns have no place for */
    size_t beyond_count;
    rubric_way way;
    struct scorer *scorer; /* made when it is needed */
    struct value *values;
    bool *exact;
    struct result *results;       /* of RUBRIC_BY_EVALUATOR */
    const struct diags *read;     /* what reading its facts told */
    rubric_messages *messages;    /* of the last call; NULL: none */
    const char *json;
};

/* messages.c: NULL where there is nothing to tell. Collected; and the same, kept. */
rubric_messages *messages_new(const struct diags *diags);
rubric_messages *messages_keep(const struct diags *diags);

/* entry.c, all inside a visit: what the row knows put into the unit as well. */
void entry_update(rubric_unit *unit);
/* A line as it is typed at a prompt, `set NAME = …`; `file` is what messages call it. False: it is refused. */
bool entry_set(rubric_unit *unit, const char *file, const char *line, struct diags *diags);
/* As if nothing had been said. */
void entry_unset(rubric_unit *unit, int fact);
/* `name = `, `score path = `, as a line begins. */
const char *entry_head(const struct sayable *sayable);
/* A unit that stands as `facts` and `scores`: whether the row does for it, and what it then knows. */
void entry_take_unit(rubric_unit *unit, const struct unit *taken);

/* evaluate.c, inside a visit: what the unit says, as a facts file would say it. NULL, with messages: it contradicts itself. */
const struct unit *evaluate_unit(rubric_unit *unit, struct diags *diags);

/* unit.c: before a call that takes the unit: what the last one told is gone. */
static inline void unit_touch(rubric_unit *unit)
{
    unit->messages = NULL;
    unit->json = NULL;
}
#endif
