/* A standard's IR in the words of SMT-LIB 2, over exact reals and integers. A world is one value for everything that a unit says; in it each
 * node of the IR is a term. What SMT-LIB has no words for (rows of tables, the length of a text, the calendar) stands for any value within the
 * node's bounds: what is impossible in the script is so for every unit; what is possible has to be looked at in a unit. Whether
 * something is known is open as well: smt/known.h. Lives in collected memory. */
#ifndef RUBRIC_SMT_SCRIPT_H
#define RUBRIC_SMT_SCRIPT_H
#include "base/str.h"
#include "core/standard.h"

/* A node in a world and context. `value` is a Bool of a truth, else a Real: of a date its days, of a choice the place of its symbol, of a text
 * its place in `texts`, of months how many. NULL: rows. `na`, `fault` NULL: never. */
struct smt_term {
    const char *value, *na, *fault;
};

enum smt_input_kind { SMT_FACT, SMT_SCORE, SMT_SETTING, SMT_DAY };

/* A constant in which the solver is free: what the unit, or the call, says. */
struct smt_input {
    enum smt_input_kind kind;
    size_t slot, world, column;
    const char *value, *na; /* na NULL: it cannot be n/a */
    const struct ir_node *node;
};

/* A table or list of a unit: so many rows are looked into, and there may be more. */
enum { SMT_ROWS = 3 };
struct smt_table {
    size_t slot, world, context;
    const char *there[SMT_ROWS], *more; /* Bools */
    struct smt_term *cells;             /* [row × width + column]; value and na NULL: nothing reads it */
    size_t width;
};

/* Whether a node is known: a Bool, the same for each that asks. */
struct smt_is_known {
    size_t world, context, row;
    const struct ir_node *of;
    const char *value;
};

struct smt_world {
    size_t base;         /* the world it stands beside */
    const bool *touched; /* [node id]: what is not as there; NULL: it stands alone */
    struct smt_term **terms;
    bool **done; /* [context][node id] */
};

struct smt {
    const struct standard *standard;
    const struct ir *ir;
    size_t contexts; /* the columns, then the mix if there is one */
    struct str text; /* written, and the solver has not been told */
    VEC(struct smt_world *) worlds;
    VEC(struct smt_input) inputs;
    VEC(struct smt_table *) tables;
    VEC(struct smt_is_known) known;
    VEC(const struct ir_node *) loose; /* that stand for any value within their bounds */
    VEC(const char *) texts;           /* that stand in the standard */
    const struct few **few;            /* [node id]: which numbers it can be; NULL: not worked out yet */
};

/* `ir` is that of the standard, or a fork in which questions stand behind it, and is finished. */
struct smt *smt_new(const struct standard *standard, const struct ir *ir);
/* A world whose inputs are its own; and one that differs from another in one fact or score alone. */
size_t smt_world(struct smt *smt);
size_t smt_world_beside(struct smt *smt, size_t world, enum smt_input_kind kind, size_t slot);
size_t smt_final(const struct smt *smt); /* the context that decides */
/* Writes the definitions that it takes. */
struct smt_term smt_term(struct smt *smt, size_t world, size_t context, const struct ir_node *node);
/* Asserts what facts say of each other by `at least` and `at most`. False: there are none of that kind. */
bool smt_assert_limited(struct smt *smt, size_t world);
/* Asserts that no score and no outcome of it is an error. */
void smt_assert_scored(struct smt *smt, size_t world);
const char *smt_number(struct num number);
#endif
