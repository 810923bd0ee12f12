#include "audit/prover.h"
#include "audit/example.h"
#include "base/mem.h"
#include "eval/branch.h"
#include "eval/climb.h"
#include "eval/gap.h"
#include "eval/split.h"

enum { EACH_EFFORT = 24000, EFFORT = 360000 }; /* on one claim, and on all: see eval/effort.h */

/* All that units can say, and what is found out about it. */
struct worlds {
    struct run *run;
    struct search *search;           /* NULL: nothing is open, too much is, or no unit can be scored */
    bool blind;                      /* no unit can be scored */
    const unsigned char *wanted;     /* [node id]: what is worked out; NULL: all */
    bool told;                       /* whatever a unit is asked about is known; else it may be or not */
    bool favours;                    /* the favoured world has been sought */
    VEC(const struct value *) shown; /* worlds that bore out a claim, the favoured one first */
};

struct prover {
    const struct standard *standard;
    const struct ir_node *const *nodes; /* that are asked about; NULL: any */
    size_t count;
    struct worlds all;   /* each column says what it will, as reviews may have it; each day may be any */
    struct worlds plain; /* no column says otherwise, days are the standard's; run NULL: not asked for yet */
    bool plain_differs;  /* for the first column, too */
    size_t patience;     /* times the effort of a claim, and of all */
    const struct claim *favoured; /* NULL: nothing */
};

/* ---- a unit of which nothing is known */

/* Each column has an entry of its own, or takes over that of the first. */
static const struct given *const *in_columns(size_t columns, size_t count, const struct value *values,
                                             bool apart)
{
    const struct given **all = MEM_ARRAY(const struct given *, columns + 1);
    for (size_t c = 0; c < columns; c++) {
        struct given *given = MEM_ARRAY(struct given, count + 1);
        for (size_t i = 0; i < count; i++)
            given[i] = (struct given){.column = apart ? c : 0, .value = values[i]};
        all[c] = given;
    }
    return all;
}

static const struct unit *any_unit(const struct standard *standard, bool apart)
{
    struct unit *unit = MEM_NEW(struct unit);
    struct value *facts = MEM_ARRAY(struct value, standard->facts.count + 1);
    struct value *scores = MEM_ARRAY(struct value, standard->judged.count + 1);
    for (size_t i = 0; i < standard->facts.count; i++)
        facts[i] = ir_field_bounds(&standard->facts.items[i]->field);
    for (size_t i = 0; i < standard->judged.count; i++)
        scores[i] = standard->judged.items[i]->node->bounds;
    *unit = (struct unit){.id = "?", .label = "?", .period = standard->period};
    unit->columns = standard->columns.count;
    unit->facts = in_columns(unit->columns, standard->facts.count, facts, apart);
    unit->scores = in_columns(unit->columns, standard->judged.count, scores, apart);
    unit->reviews = MEM_ARRAY(struct review, unit->columns + 1);
    return unit;
}

/* A facts file may state its own period, and a call its own day. */
static void open_days(struct run *run)
{
    for (size_t i = 0; i < CALENDARS; i++)
        run->days[i] = value_range(range_calendar());
}

/* Setting a search up looks at every hole with every node. In a standard where that is too much, bounds
 * alone have to do. */
static bool is_large(size_t nodes, size_t holes)
{
    enum { SETUP_MAX = 10000000 };
    return holes > 0 && nodes > SETUP_MAX / holes;
}

static bool is_much(const struct run *run, const unsigned char *wanted)
{
    size_t nodes = 0, read = 0;
    for (size_t i = 0; i < run->nodes; i++) {
        const struct ir_node *node = run->standard->ir->nodes.items[i];
        nodes += wanted[i] != 0;
        read += wanted[i] && !node->arg_count && node->op != IR_CONST;
    }
    return is_large(nodes, read);
}

/* What all of them take, or, where that is too much, those that take little. */
static const unsigned char *wanted_of(const struct prover *prover, const struct run *run)
{
    const unsigned char *wanted = split_wanted(run, prover->nodes, prover->count);
    if (!is_much(run, wanted))
        return wanted;
    const struct ir_node **nodes = MEM_ARRAY(const struct ir_node *, prover->count);
    size_t count = 0;
    for (size_t i = 0; i < prover->count; i++) {
        nodes[count] = prover->nodes[i];
        count += !is_much(run, split_wanted(run, nodes, count + 1));
    }
    return split_wanted(run, nodes, count);
}

static bool reads(const struct standard *standard, enum ir_op op)
{
    size_t i = 0;
    while (i < standard->ir->nodes.count && standard->ir->nodes.items[i]->op != op)
        i++;
    return i < standard->ir->nodes.count;
}

static struct worlds worlds_of(const struct prover *prover, bool plain)
{
    const struct standard *standard = prover->standard;
    size_t nodes = standard->ir->nodes.count;
    bool *known = MEM_ARRAY(bool, nodes + 1);
    const struct call call = {.known = known};
    struct worlds worlds = {.told = plain && (standard->period.known || !reads(standard, IR_CALENDAR))};
    for (size_t i = 0; i < nodes; i++)
        known[i] = worlds.told;
    worlds.run = run_new(standard, any_unit(standard, !plain), &call);
    if (!plain || !standard->period.known)
        open_days(worlds.run);
    hole_narrow(worlds.run);
    run_pass(worlds.run);
    size_t holes = holes_find(worlds.run)->list.count;
    worlds.wanted = prover->nodes ? wanted_of(prover, worlds.run) : NULL;
    bool large = !worlds.wanted && is_large(worlds.run->nodes, holes);
    worlds.search = large ? NULL : split_open(worlds.run, worlds.wanted);
    worlds.blind = !worlds.search && holes > 0 && !large;
    if (worlds.search) {
        search_open(worlds.search);
        search_pass(worlds.search);
    }
    return worlds;
}

struct prover *prover_new(const struct standard *standard, size_t patience)
{
    return prover_of(standard, patience, NULL, 0);
}

struct prover *prover_of(const struct standard *standard, size_t patience, const struct ir_node *const *nodes,
                         size_t count)
{
    struct prover *prover = MEM_NEW(struct prover);
    *prover = (struct prover){.standard = standard, .nodes = nodes, .count = count, .patience = patience};
    prover->all = worlds_of(prover, false);
    bool days = reads(standard, IR_CALENDAR);
    prover->plain_differs = days ? standard->period.known : reads(standard, IR_IS_KNOWN);
    return prover;
}

bool prover_searches(const struct prover *prover)
{
    return prover->all.search;
}

void prover_favour(struct prover *prover, const struct claim *claim)
{
    struct claim *favoured = MEM_NEW(struct claim);
    *favoured = *claim;
    prover->favoured = favoured;
}

struct claim prover_claim(const struct prover *prover, const struct ir_node *node, enum claim_kind kind,
                          bool of_outcome)
{
    const struct run *run = prover->all.run;
    return (struct claim){run->first[of_outcome ? run_final(run) : 0], node, kind};
}

/* ---- proving */

static struct cut outer(const struct prover *prover, const struct claim *claim)
{
    return claim_bound(claim->kind, &prover->all.run->values[claim->context][claim->node->id]);
}

static bool is_spent(const struct prover *prover, const struct search *search)
{
    return search->run->effort >= EFFORT * prover->patience;
}

static bool is_worked_out(const struct worlds *worlds, const struct claim *claim)
{
    return worlds->search && (!worlds->wanted || worlds->wanted[claim->node->id]);
}

static bool may_be_narrowed(const struct prover *prover, const struct claim *claim)
{
    const struct search *search = prover->all.search;
    if (!is_worked_out(&prover->all, claim) || is_spent(prover, search))
        return false;
    return !search_met(search, claim, search_value(search, claim)) &&
           !set_is_empty(search_splits(search, claim), search->depend->words);
}

/* Where no unit can be scored nothing is said of any. */
struct cut prover_furthest(struct prover *prover, const struct claim *claim)
{
    if (prover->all.blind)
        return cut_infinite(1);
    if (outer(prover, claim).infinite >= 0 && may_be_narrowed(prover, claim)) {
        search_allow(prover->all.search, EACH_EFFORT * prover->patience);
        split_settle(prover->all.search, claim);
    }
    return outer(prover, claim);
}

bool prover_never(struct prover *prover, const struct claim *claim)
{
    return prover_furthest(prover, claim).infinite < 0;
}

/* ---- showing */

struct asked {
    const struct claim *claim;
    struct cut goal;
    const struct ir_node *whole; /* all that it hangs on is told; NULL: what the claim takes */
};

static bool bears_out(const struct search *search, const struct claim *claim, struct cut goal)
{
    const struct value *value = search_value(search, claim);
    return value_is_known(value) && !value->fault && claim_reaches(claim_bound(claim->kind, value), goal);
}

/* Holes of one fact or score, with all its cells and columns, stand together: behind the last of them. */
static size_t end_of_same(const struct search *search, size_t first)
{
    const struct hole *one = search_hole(search, first);
    size_t end = first + 1;
    while (end < search_holes(search) && search_hole(search, end)->kind == one->kind &&
           search_hole(search, end)->slot == one->slot)
        end++;
    return end;
}

static bool any_of(const uint64_t *set, size_t first, size_t end)
{
    while (first < end && !set_has(set, first))
        first++;
    return first < end;
}

/* Opened again, unless it makes a difference. */
static void leave_out(struct search *search, const struct claim *claim, struct cut goal, size_t first,
                      size_t end)
{
    struct value *filled = MEM_ARRAY(struct value, end - first);
    for (size_t i = first; i < end; i++) {
        filled[i - first] = search_hole(search, i)->now;
        search_fill(search, i, search_hole(search, i)->domain);
    }
    if (search_pass(search) && bears_out(search, claim, goal))
        return;
    for (size_t i = first; i < end; i++)
        search_fill(search, i, filled[i - first]);
}

static void leave_out_all(struct search *search, const struct claim *claim, struct cut goal,
                          const struct example_holes *holes)
{
    for (size_t i = 0, end; i < search_holes(search); i = end) {
        end = end_of_same(search, i);
        if (any_of(holes->on, i, end) && !any_of(holes->known, i, end))
            leave_out(search, claim, goal, i, end);
    }
    search_pass(search);
}

/* What `is known` is asked about, in what the claim is worked out from. */
static const uint64_t *known_for(const struct search *search, const struct claim *claim)
{
    const struct ir *ir = search->run->standard->ir;
    uint64_t *known = MEM_ARRAY(uint64_t, search->depend->words);
    unsigned char *below = ir_below(ir, claim->node);
    for (size_t i = 0; i < ir->nodes.count; i++)
        for (size_t c = 0; below[i] && ir->nodes.items[i]->op == IR_IS_KNOWN && c < search->run->contexts;
             c++)
            set_join(known, depend_on(search->depend, c, ir->nodes.items[i]->args[0]), search->depend->words);
    return known;
}

/* The world found last, with values that can be written down: infinity is as far away as is enough. NULL: it bears nothing out, or cannot be
 * written. */
static const struct diag_example *settled(struct search *search, const struct asked *asked,
                                          const struct example_holes *holes, int way)
{
    static const int FAR[] = {1, 10, 100, 1000, 100000};
    for (size_t i = 0; search->latest && i < sizeof FAR / sizeof *FAR; i++) {
        search_refill(search, search->latest);
        example_settle(search, holes, num_int(FAR[i]), way);
        if (!search_pass(search) || !bears_out(search, asked->claim, asked->goal))
            continue;
        leave_out_all(search, asked->claim, asked->goal, holes);
        return example_of(search, holes);
    }
    return NULL;
}

static const struct diag_example *told(const struct worlds *worlds, const struct asked *asked)
{
    struct search *search = worlds->search;
    const struct claim *claim = asked->claim;
    struct example_holes holes = {
        depend_on(search->depend, claim->context, asked->whole ? asked->whole : claim->node),
        worlds->told ? known_for(search, claim) : MEM_ARRAY(uint64_t, search->depend->words)};
    if (asked->whole)
        holes.known = holes.on;
    const struct diag_example *example = settled(search, asked, &holes, 0);
    for (int way = 1; !example && way >= -1; way -= 2)
        example = settled(search, asked, &holes, way);
    return example;
}

static const struct diag_example *near(struct worlds *worlds, const struct asked *asked,
                                       const struct value *fill)
{
    struct search *search = worlds->search;
    search_refill(search, fill);
    if (!gap_close(search, asked->claim))
        return NULL;
    search_take(search);
    search->latest = search_fills(search);
    return told(worlds, asked);
}

static void find_favoured(const struct prover *prover, struct worlds *worlds)
{
    struct search *search = worlds->search;
    if (worlds->favours || !prover->favoured)
        return;
    worlds->favours = true;
    struct claim claim = *prover->favoured;
    claim.context = worlds->run->first[claim.context];
    search->latest = NULL;
    climb_to(search, &claim);
    if (search->latest)
        vec_push(&worlds->shown, search->latest);
    search_open(search);
}

/* The end that climbing reached is told, or one that a proof came upon. */
static const struct diag_example *climbed(const struct worlds *worlds, const struct asked *asked)
{
    struct search *search = worlds->search;
    search->latest = NULL;
    search_open(search);
    struct cut best = climb_to(search, asked->claim);
    const struct diag_example *example = told(worlds, asked);
    if (example || claim_reaches(best, asked->goal))
        return example;
    search->latest = NULL;
    branch_bound(search, asked->claim, best);
    return told(worlds, asked);
}

/* What bears one claim out is often near to what bears out another. */
static const struct diag_example *example_in(const struct prover *prover, struct worlds *worlds,
                                             const struct asked *asked)
{
    struct search *search = worlds->search;
    if (!is_worked_out(worlds, asked->claim) || !search->reference || is_spent(prover, search))
        return NULL;
    search_allow(search, EACH_EFFORT * prover->patience);
    find_favoured(prover, worlds);
    bool of_truth = asked->claim->kind == CLAIM_YES || asked->claim->kind == CLAIM_NO;
    size_t favoured = of_truth && worlds->favours && worlds->shown.count;
    const struct diag_example *example = favoured ? near(worlds, asked, worlds->shown.items[0]) : NULL;
    if (!example)
        example = climbed(worlds, asked);
    for (size_t i = worlds->shown.count; of_truth && !example && i-- > favoured && !search_spent(search);)
        example = near(worlds, asked, worlds->shown.items[i]);
    if (example)
        vec_push(&worlds->shown, search->latest);
    search_open(search);
    search_pass(search);
    return example;
}

/* Where no column says anything else the example is shorter, and there is more effort for each of its
 * facts; a day that is open leaves open what hangs on it, and so does what may be known or not. */
static const struct diag_example *plain_example(struct prover *prover, const struct asked *asked)
{
    /* what is asked of the first column hangs on no other */
    bool same = !asked->claim->context && !prover->plain_differs;
    if (same)
        return NULL;
    if (!prover->plain.run)
        prover->plain = worlds_of(prover, true);
    struct claim plain = *asked->claim;
    plain.context = prover->plain.run->first[asked->claim->context];
    return example_in(prover, &prover->plain, &(struct asked){&plain, asked->goal, asked->whole});
}

static const struct diag_example *example(struct prover *prover, const struct asked *asked)
{
    const struct diag_example *plain = plain_example(prover, asked);
    return plain ? plain : example_in(prover, &prover->all, asked);
}

const struct diag_example *prover_example(struct prover *prover, const struct claim *claim, struct cut goal)
{
    return example(prover, &(struct asked){.claim = claim, .goal = goal});
}

const struct diag_example *prover_whole_example(struct prover *prover, const struct claim *claim,
                                                struct cut goal, const struct ir_node *whole)
{
    return example(prover, &(struct asked){.claim = claim, .goal = goal, .whole = whole});
}
