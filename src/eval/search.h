/* The worlds of a unit, searched for the ends of what its nodes can be. A world fills every hole with something; a witness fills each with a
 * single value. Worlds that fault in what is shown, or break limits between facts, are impossible. */
#ifndef RUBRIC_EVAL_SEARCH_H
#define RUBRIC_EVAL_SEARCH_H
#include "eval/cells.h"
#include "eval/demand.h"
#include "eval/depend.h"
#include "eval/effort.h"

/* One thing that a node can perhaps be. */
enum claim_kind { CLAIM_HIGH, CLAIM_LOW, CLAIM_YES, CLAIM_NO, CLAIM_NA };

struct claim {
    size_t context;
    const struct ir_node *node;
    enum claim_kind kind;
};

/* A whole possible assignment that reaches the end of something shown. */
struct witness {
    const struct value *fill;
    bool of_total;
};

struct search {
    struct run *run;
    struct holes *holes;
    struct depend *depend;
    uint64_t *bound;      /* holes that a fault or a limit between facts may bind to others */
    struct value **inner; /* [context][node id]: what witnesses came to; an end reached in the limit is open */
    VEC(struct witness) witnesses;
    const struct value *latest;    /* the assignment taken last */
    const struct value *reference; /* a possible assignment; NULL: none was found */
    size_t passes; /* taken so far */
    size_t until;  /* the effort of the run that may not be passed: SPLIT_EFFORT from the beginning, unless a caller wants it otherwise */
    struct nodes **readers; /* [hole][context]: the nodes that depend on it */
    size_t *stale;          /* holes filled since the latest pass */
    size_t stale_count;
};

/* After the first pass. NULL: nothing is unknown. */
struct search *search_new(struct run *run);

size_t search_holes(const struct search *search);
const struct hole *search_hole(const struct search *search, size_t hole);
void search_fill(struct search *search, size_t hole, struct value value);
void search_open(struct search *search); /* every hole holds its whole domain again */
bool search_pass(struct search *search); /* brings the run up to date; false: the world is impossible */
/* The same for these nodes alone, [context]; what stands above them is as it was, so the holes have to be filled again as they were, and this be
 * done again. */
void search_pass_over(struct search *search, const struct nodes *nodes);
/* From now on passes look only at those nodes of a context that are `asked`, [node id]; with each stands all that it is worked out from. */
void search_ask_only(struct search *search, size_t context, const unsigned char *asked);
/* From now on so much effort may be spent. */
void search_allow(struct search *search, size_t effort);
bool search_spent(const struct search *search);
/* The effort of the run when so much more has been spent, and whether that is so, or all is spent. */
size_t search_until(const struct search *search, size_t effort);
bool search_past(const struct search *search, size_t until);

const struct value *search_value(const struct search *search, const struct claim *claim);
/* How far a value bears a claim out: the higher the better; -infinity is not at all. */
struct cut claim_bound(enum claim_kind kind, const struct value *value);
struct cut claim_borne_out(void); /* how far a claim on a truth goes that is so */
/* Is an end as far as another, apart from whether it is closed? */
bool claim_reaches(struct cut end, struct cut goal);
/* Has a witness reached what the node is known to be at most? */
bool search_met(const struct search *search, const struct claim *claim, const struct value *outer);

/* The holes that may have to be split for a claim: read along several ways, or bound to others by a fault or a limit. */
const uint64_t *search_splits(const struct search *search, const struct claim *claim);

/* The world at hand, in which every hole is single and which is possible, is a witness. */
void search_take(struct search *search);
/* … which differs from one that was taken in what fills this hole alone. */
void search_take_beside(struct search *search, size_t hole);
/* A number has no end, above or below as the claim says, in possible worlds. */
void search_take_far(struct search *search, const struct claim *claim);
const struct value *search_fills(const struct search *search); /* a copy of what fills the holes now */
void search_refill(struct search *search, const struct value *fill);

/* A number that is one, or all but one: its ends meet. */
bool value_is_single(const struct value *value);
#endif
