/* What could be otherwise with a unit: every fact and judged score that can still change, each a lever that is moved between what the unit
 * says now and all that it may come to, in one run over the standard. What nobody can move (thresholds that are not set, the other units,
 * facts that are locked) stays as it is, known or not. Lives in collected memory. */
#ifndef RUBRIC_WHATIF_LEVERS_H
#define RUBRIC_WHATIF_LEVERS_H
#include "eval/search.h"

/* What the caller says of a fact or score: where it says nothing, the declaration counts. */
struct lever_rule {
    bool locked;
    bool moves_given;
    enum movement moves;
    bool has_cost;
    struct num cost; /* above 0; else 1 */
};

struct lever_rules {
    const struct lever_rule *facts, *scores; /* [slot]; NULL: nothing is said */
};

/* Of a lever that is not known and may turn out n/a: a search may decide first whether it moves to that, since what is spread over what applies
 * is told well only of what surely applies. */
enum applying { APPLIES_PERHAPS, APPLIES, APPLIES_NOT };

struct lever {
    size_t hole;           /* of a criterion that is judged in several branches the widest */
    VEC(size_t) others;    /* … its others, which move with it */
    struct nodes *readers; /* [context]: what reads any of them, in order */
    enum hole_kind kind; /* HOLE_FACT or HOLE_SCORE */
    size_t slot;
    const struct given *given; /* what the unit says */
    struct value now;          /* … its value; where it is not known, all that it may be */
    bool open;                 /* it is not known */
    struct value rest;         /* where it stands while it is not moved: as now; of what is open as in the world supposed */
    struct num cost;
    enum applying applying;
};

/* What a search may take: so much effort, counted alike on every machine; and until it is told to stop. */
struct patience {
    size_t effort;
    bool (*interrupted)(void); /* NULL: never; asked now and then */
};

/* A second or two; a small standard is given less, see reach.c. */
#define EFFORT_MAX 16000000

enum { WORLDS_MAX = 24 }; /* of one search */

/* Of a table or list that is known: rows are added to those that are there. */
enum { MORE_ROWS = 3 };

struct levers {
    const struct standard *standard;
    const struct unit *unit; /* as it is */
    const struct call *call;
    struct search *search; /* NULL: there is no lever */
    size_t context;        /* the one that decides; columns that open alike share one */
    size_t final;          /* … in a look at the unit as it is, or anew */
    VEC(struct lever) list;
    VEC(size_t) fixed;     /* holes that the node hangs on and that are no lever */
    struct value *supposed; /* [fixed]: what the world supposed says of them */
    bool any_open;          /* something is not known, of levers or of what is none */
    bool asks_known;        /* the node asks of some of that whether it is known */
    bool rows_kept;         /* some lever has rows, which stay as they are: none goes, and none changes */
    bool rows_cut;          /* of some lever no more than MORE_ROWS rows are added, though it could have more */
    VEC(const struct value *) worlds; /* [hole]: what may be of all that is open, unfavourably; a search adds them, and none goes */
    size_t strictest[WORLDS_MAX];     /* those that ways are held against: the one that last ruled something out comes first */
    size_t held;                      /* … so many; the other worlds are put aside, until a way fails in one */
    size_t found_by;                  /* in worlds.c: how the latest was found in which a way fails */
    bool hopeless;                    /* in one of the worlds nothing that moves is enough */
    struct patience patience;
    const struct ir_node *const *told; /* what is told of each way, beside what it is to do */
    size_t told_count;
    bool tells_total; /* what a way is to do hangs on the total itself */
    struct straight *straight; /* kept by straight.c from one walk to the next */
};

/* The levers that `node` hangs on, in the order of declaration, scores last; all at rest. */
struct levers *levers_open(const struct standard *standard, const struct unit *unit, const struct call *call,
                           const struct lever_rules *rules, const struct ir_node *node);
/* From now on passes work out these nodes alone, what they hang on, and what may make a world impossible. */
void levers_ask_only(struct levers *levers, const struct ir_node *const *nodes, size_t count);
const struct hole *lever_hole(const struct levers *levers, size_t lever);
bool lever_is_numeric(const struct levers *levers, size_t lever); /* numbers, dates, choices, lengths */
/* Nothing counts before levers_pass. */
void lever_move(struct levers *levers, size_t lever, struct value to);
void lever_open(struct levers *levers, size_t lever); /* anything that it may come to */
void lever_open_as_decided(struct levers *levers, size_t lever); /* … by what is decided of n/a */
void levers_suppose(struct levers *levers, size_t world); /* what is open rests where that world has it, from levers_rest on */
void levers_rest(struct levers *levers);  /* everything as it is supposed to be, what is no lever too */
void levers_as_is(struct levers *levers); /* everything as the unit says, what it does not say open */
/* False: the world is impossible: what is shown faults, or a limit between facts is broken. */
bool levers_pass(struct levers *levers);
/* What was worked out so far, in steps of about one node of the IR. */
size_t levers_effort(const struct levers *levers);
void levers_spend(struct levers *levers, size_t steps); /* by others than passes */
bool levers_spent(const struct levers *levers);         /* the patience */
bool levers_interrupted(const struct levers *levers);
/* After a pass, in the context that decides. */
const struct value *levers_value(const struct levers *levers, const struct ir_node *node);
bool levers_depends(const struct levers *levers, size_t lever, const struct ir_node *node);
bool lever_is_in(const struct lever *lever, const uint64_t *holes); /* is any of its holes in the set? */

/* Does what is said of a node while everything that is open is open tell exactly what it can be? So it is where nothing that is open is read along
 * several ways. `moved`: levers that are single; `count` of them. */
bool levers_tell_all(const struct levers *levers, const struct ir_node *node, const size_t *moved, size_t count);
/* The unit with some of its levers moved, for a look at it as at any other. `to` is [moved]; what was open and is moved is known then. */
const struct unit *levers_unit(const struct levers *levers, const size_t *moved, const struct value *to, size_t count);
#endif
