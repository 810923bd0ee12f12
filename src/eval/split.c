/* Nodes are settled in the order of the list: what one is found to be at most narrows all that reads it, so that parts which share nothing
 * are split apart from each other, not against each other. */
#include "eval/split.h"
#include "base/mem.h"
#include "eval/branch.h"
#include "eval/climb.h"
#include "eval/ratio.h"

enum { WITNESSES_MAX = 64 };

/* ---- what holes cannot be */

static void keep_cells(struct hole *hole, const bool *alive)
{
    size_t cells = 0, points = 0;
    for (size_t i = 0; i < hole->cell_count; i++) {
        size_t first = hole->first_point[i], end = hole->first_point[i + 1];
        if (!alive[i])
            continue;
        hole->cells[cells] = hole->cells[i];
        hole->first_point[cells++] = points;
        for (size_t k = first; k < end; k++)
            hole->points[points++] = hole->points[k];
    }
    hole->first_point[cells] = points;
    hole->cell_count = cells;
    hole->domain = cells_join(hole, 0, cells - 1);
}

/* Cells in which a fault is sure go. False: all of them; the hole is left with the first, so that its fault is seen. */
static bool reduce_hole(struct search *search, size_t index, size_t until)
{
    struct hole *hole = &search->holes->list.items[index];
    bool *alive = mem_alloc_plain(hole->cell_count);
    size_t living = 0;
    for (size_t i = 0; i < hole->cell_count; i++) {
        search_fill(search, index, hole->cells[i]);
        living += alive[i] = search_past(search, until) || search_pass(search);
    }
    if (!living) {
        search_fill(search, index, hole->cells[0]);
        search_pass(search);
        return false;
    }
    if (living < hole->cell_count)
        keep_cells(hole, alive);
    search_fill(search, index, hole->domain);
    return true;
}

/* Steps and legal values can leave less than the range says. */
static void reduce_to_cells(struct search *search)
{
    for (size_t i = 0; i < search_holes(search); i++) {
        struct hole *hole = &search->holes->list.items[i];
        hole->domain = cells_join(hole, 0, hole->cell_count - 1);
    }
}

static bool reduce(struct search *search)
{
    reduce_to_cells(search);
    search_open(search);
    if (!search_pass(search))
        return false;
    size_t until = search_until(search, START_EFFORT);
    for (size_t i = 0; i < search_holes(search); i++)
        if (search_hole(search, i)->cell_count > 1 && !reduce_hole(search, i, until))
            return false;
    return search_pass(search);
}

/* ---- settling a claim */

static struct range with_end(struct range range, enum claim_kind kind, struct cut end)
{
    if (kind == CLAIM_HIGH)
        return range_of(range.low, end, range.whole);
    struct range turned = range_neg(range);
    turned.high = end;
    struct range back = range_neg(turned);
    return range_of(back.low, back.high, back.whole);
}

/* What a node is now that a claim on it goes no further than `end`. */
static struct value without(struct value value, enum claim_kind kind, struct cut end)
{
    bool nothing = end.infinite < 0;
    switch (kind) {
    case CLAIM_HIGH:
    case CLAIM_LOW:
        if (!nothing)
            value.range = with_end(value.range, kind, end);
        else if (value.na)
            value = value_na();
        break;
    case CLAIM_YES: value.truth &= nothing ? ~(unsigned)TRUTH_YES : TRUTH_UNKNOWN; break;
    case CLAIM_NO: value.truth &= nothing ? ~(unsigned)TRUTH_NO : TRUTH_UNKNOWN; break;
    case CLAIM_NA: value.na = value.na && !nothing; break;
    }
    if (value.kind == VALUE_TRUTH && !value.truth && value.na)
        value = value_na();
    return value;
}

static void narrow(struct search *search, const struct claim *claim, struct cut end)
{
    search_open(search);
    search_pass(search);
    struct value before = *search_value(search, claim), after = without(before, claim->kind, end);
    bool empty = (after.kind == VALUE_TRUTH && !after.truth) ||
                 (after.kind == VALUE_NUMBER && range_is_empty(after.range));
    if (value_equal(&before, &after) || empty)
        return;
    run_narrow(search->run, claim->context, claim->node, after);
    search_pass(search);
}

static void note_witness(struct search *search, bool of_total)
{
    if (search->latest && search->witnesses.count < WITNESSES_MAX)
        vec_push(&search->witnesses, (struct witness){search->latest, of_total});
}

static bool is_met(const struct search *search, const struct claim *claim)
{
    struct value outer = *search_value(search, claim);
    return search_met(search, claim, &outer);
}

static void open_all(struct search *search)
{
    search_open(search);
    search_pass(search);
}

/* Where no witness reaches the end: is it so far? */
static void prove(struct search *search, const struct claim *claim, struct cut best)
{
    open_all(search);
    if (claim->node->op == IR_DIV && !is_met(search, claim) && claim->kind <= CLAIM_LOW) {
        struct cut bound = ratio_bound(search, claim);
        if (cut_compare(bound, claim_bound(claim->kind, search_value(search, claim))) < 0)
            narrow(search, claim, bound);
    }
    if (!is_met(search, claim))
        narrow(search, claim, branch_bound(search, claim, best));
}

/* Looks for a witness; proves the end where none reaches it. */
static void settle(struct search *search, const struct claim *claim, bool notable)
{
    bool of_total = claim->node == search->run->standard->total_node;
    if (search_spent(search) || (is_met(search, claim) && !notable))
        return;
    search->latest = NULL;
    struct cut best = climb_to(search, claim);
    prove(search, claim, best);
    if (notable)
        note_witness(search, of_total);
    open_all(search);
}

void split_settle(struct search *search, const struct claim *claim)
{
    settle(search, claim, false);
}

static void settle_node(struct search *search, size_t context, const struct ir_node *node, bool notable)
{
    const struct value *value = &search->run->values[context][node->id];
    struct claim claim = {context, node, CLAIM_HIGH};
    if (value_is_known(value))
        return;
    enum claim_kind first = value->kind == VALUE_TRUTH ? CLAIM_YES : CLAIM_HIGH;
    if (value->kind == VALUE_TRUTH || value->kind == VALUE_NUMBER)
        for (int i = 0; i < 2; i++) {
            claim.kind = (enum claim_kind)((int)first + i);
            settle(search, &claim, notable);
        }
    claim.kind = CLAIM_NA;
    if (search_value(search, &claim)->na)
        settle(search, &claim, false);
}

/* ---- witnesses for everything */

/* A known witness with each hole in turn at each of its points. */
static void look_around(struct search *search, const struct value *fill, size_t until)
{
    search_refill(search, fill);
    for (size_t i = 0; i < search_holes(search); i++) {
        const struct hole *hole = search_hole(search, i);
        for (size_t k = 0; k < cells_points(hole) && !search_past(search, until); k++) {
            search_fill(search, i, hole->points[k]);
            if (search_pass(search))
                search_take_beside(search, i);
        }
        search_fill(search, i, fill[i]);
    }
}

static void look_at_ends(struct search *search, const struct claim *claim, size_t until)
{
    search_open(search);
    search->latest = NULL;
    climb_to(search, claim);
    if (search->latest)
        look_around(search, search->latest, until);
}

static void look_everywhere(struct search *search, size_t final)
{
    size_t until = search_until(search, LOOK_EFFORT);
    look_around(search, search->reference, until);
    const struct ir_node *total = search->run->standard->total_node;
    if (!total || set_is_empty(depend_on(search->depend, final, total), search->depend->words))
        return;
    look_at_ends(search, &(struct claim){final, total, CLAIM_HIGH}, until);
    look_at_ends(search, &(struct claim){final, total, CLAIM_LOW}, until);
}

/* ---- which nodes */

struct marks {
    bool *shown; /* [node id] */
};

static void mark(struct marks *marks, const struct ir_node *node)
{
    if (node)
        marks->shown[node->id] = true;
}

static void mark_part(struct marks *marks, const struct part *part)
{
    mark(marks, part->score);
    mark(marks, part->due);
    mark(marks, part->rate);
    mark(marks, part->skipped);
    for (size_t i = 0; i < part->lines.count; i++) {
        mark(marks, part->lines.items[i]->points);
        mark(marks, part->lines.items[i]->when);
    }
    for (size_t i = 0; i < part->parts.count; i++)
        mark_part(marks, part->parts.items[i]);
}

static const bool *find_shown(const struct run *run)
{
    const struct standard *standard = run->standard;
    struct marks marks = {mem_alloc_plain(run->nodes)};
    struct outputs outputs = outputs_of(run, true);
    for (size_t i = 0; i < outputs.count; i++)
        mark(&marks, outputs.nodes[i]);
    if (standard->root)
        mark_part(&marks, standard->root);
    mark(&marks, standard->skipped_points);
    for (size_t i = 0; i < standard->outcomes.count; i++)
        mark(&marks, standard->outcomes.items[i]->when);
    for (size_t i = 0; i < standard->grade_rules.count; i++)
        mark(&marks, standard->grade_rules.items[i].when);
    return marks.shown;
}

static void want(unsigned char *wanted, const struct ir_node *node)
{
    if (node && !wanted[node->id])
        wanted[node->id] = WANTED_BELOW;
}

static void want_all_below(const struct run *run, unsigned char *wanted)
{
    for (size_t id = run->nodes; id-- > 0;) {
        const struct ir_node *node = run->standard->ir->nodes.items[id];
        for (size_t i = 0; i < node->arg_count && wanted[id]; i++)
            want(wanted, node->args[i]);
        if (wanted[id] && node->op == IR_BAG_OF) {
            want(wanted, node->block->presence);
            want(wanted, node->block->value);
            want(wanted, node->block->key);
        }
    }
}

const unsigned char *split_wanted(const struct run *run, const struct ir_node *const *nodes, size_t count)
{
    unsigned char *wanted = mem_alloc_plain(run->nodes);
    for (size_t i = 0; i < count; i++)
        wanted[nodes[i]->id] = WANTED_ITSELF;
    want_all_below(run, wanted);
    return wanted;
}

/* ---- no more than what is wanted takes */

static size_t final_context(const struct run *run)
{
    return run->first[run_final(run)];
}

/* A mix asks the columns. */
static bool is_asked(const struct run *run, size_t context)
{
    return context == final_context(run) || run_is_mix(run, run_final(run));
}

static bool may_rule_out(const struct search *search, size_t context, const struct ir_node *node)
{
    const struct run *run = search->run;
    const struct depend *depend = search->depend;
    bool watched = run->watched[context] && run->watched[context][node->id];
    return watched && set_meets(depend_on(depend, context, node), depend->risky, depend->words);
}

void split_ask_only(struct search *search, const unsigned char *wanted)
{
    const struct run *run = search->run;
    for (size_t c = 0; c < run->contexts; c++) {
        unsigned char *asked = mem_alloc_plain(run->nodes);
        for (size_t i = 0; i < run->nodes && is_asked(run, c); i++)
            asked[i] = wanted[i];
        for (size_t i = 0; i < run->live[c].count; i++)
            if (may_rule_out(search, c, run->live[c].items[i]))
                want(asked, run->live[c].items[i]);
        want_all_below(run, asked);
        search_ask_only(search, c, asked);
    }
}

/* What shares nothing, and is not tied to anything, is exact as it is. */
static bool may_narrow(const struct search *search, size_t context, const struct ir_node *node)
{
    const struct depend *depend = search->depend;
    return depend->meets[context][node->id] ||
           set_meets(depend_on(depend, context, node), search->bound, depend->words);
}

/* Those whose ends say how much a fact decides. */
static bool is_notable(const struct standard *standard, const struct ir_node *node)
{
    if (node == standard->total_node || node == standard->grade || node == standard->eligible)
        return true;
    for (size_t i = 0; i < standard->outcomes.count; i++)
        if (node == standard->outcomes.items[i]->holds)
            return true;
    return false;
}

/* Of `wanted` see split_unknown. */
static bool is_to_settle(const struct search *search, size_t context, unsigned id, const bool *shown,
                         const unsigned char *wanted)
{
    bool tells = shown[id] || search->depend->meets[context][id];
    if (search->run->bare)
        tells = tells && may_narrow(search, context, search->run->standard->ir->nodes.items[id]);
    return wanted ? wanted[id] == WANTED_ITSELF || (wanted[id] && tells) : tells;
}

static bool is_doubtful(const struct call *call, const struct value *value)
{
    bool truth = value->kind == VALUE_TRUTH && !value->nothing_else && value->truth & call->doubts;
    return truth || (call->doubts_na && value->na);
}

/* A world was found in which what is doubted is so. */
static bool is_doubt_borne_out(const struct search *search)
{
    const struct call *call = search->run->call;
    return search->run->bare && call->doubted &&
           is_doubtful(call, &search->inner[final_context(search->run)][call->doubted->id]);
}

/* With every hole open. */
static bool is_doubt_left(const struct search *search)
{
    const struct run *run = search->run;
    return run->call->doubted &&
           is_doubtful(run->call, &run->values[final_context(run)][run->call->doubted->id]);
}

static void settle_context(struct search *search, size_t context, const bool *shown,
                           const unsigned char *wanted)
{
    const struct run *run = search->run;
    size_t final = final_context(run);
    for (size_t i = 0; i < run->live[context].count && !is_doubt_borne_out(search); i++) {
        const struct ir_node *node = run->live[context].items[i];
        bool notable = !wanted && context == final && is_notable(run->standard, node);
        if (is_to_settle(search, context, node->id, shown, wanted))
            settle_node(search, context, node, notable);
    }
}

static void settle_contexts(struct search *search, const bool *shown, const unsigned char *wanted)
{
    for (size_t c = 0; c < search->run->contexts; c++)
        if (!search->run->bare || is_asked(search->run, c))
            settle_context(search, c, shown, wanted);
}

/* ---- the course */

/* What a narrowing allows hangs on all that stands behind it. */
static bool may_be_bare(const struct run *run, const unsigned char *wanted)
{
    return wanted && run->call->bare && !run->call->narrowing_count && are_scores_allowed(run);
}

static struct search *open_for(struct run *run, const unsigned char *wanted)
{
    struct search *search = search_new(run);
    if (search && run->bare)
        split_ask_only(search, wanted);
    if (!search || !reduce(search))
        return NULL;
    climb_reference(search);
    return search;
}

struct search *split_open(struct run *run, const unsigned char *wanted)
{
    run->bare = wanted != NULL;
    return open_for(run, wanted);
}

struct search *split_unknown(struct run *run, const unsigned char *wanted)
{
    run->bare = may_be_bare(run, wanted);
    struct search *search = open_for(run, wanted);
    if (!search)
        return NULL;
    if (search->reference && !wanted)
        look_everywhere(search, final_context(run));
    const bool *shown = find_shown(run);
    search_open(search);
    search_pass(search);
    if (run->bare && run->call->doubted)
        settle_contexts(search, shown, split_wanted(run, &run->call->doubted, 1));
    if (!run->bare || !is_doubt_left(search))
        settle_contexts(search, shown, wanted);
    search_open(search);
    search_pass(search);
    return search;
}

/* ---- what was reached */

static bool has_ends(const struct value *value)
{
    return value->kind == VALUE_NUMBER || value->kind == VALUE_DOCUMENT;
}

static bool same_hull(const struct value *inner, const struct value *outer)
{
    if (inner->na != outer->na || inner->nothing_else != outer->nothing_else)
        return false;
    if (outer->nothing_else)
        return true;
    if (!has_ends(outer))
        return value_equal(inner, outer);
    return inner->kind == outer->kind && cut_compare_places(inner->range.low, outer->range.low) == 0 &&
           cut_compare_places(inner->range.high, outer->range.high) == 0;
}

static bool same_ends(const struct value *inner, const struct value *outer)
{
    bool open = has_ends(outer) && (inner->range.low.side || inner->range.high.side);
    return same_hull(inner, outer) && !open;
}

/* What holes a rank hangs together with: those behind the unit's own value, in the contexts that rank it. The rank itself has been worked
 * out with them in mind. */
static bool is_tied_to_own(const struct search *search, size_t context, const struct ir_node *node,
                           const struct hole *hole)
{
    const struct cohort_reads *reads = &search->run->standard->cohort;
    const struct cohort_input *input = &reads->inputs.items[hole->slot];
    const struct cohort_figure *figure = cohort_figure(reads, node);
    if (figure && figure->fold == COHORT_RANK)
        return false;
    const struct ir_node *own = reads->operands.items[input->operand].node;
    const uint64_t *on = depend_on(search->depend, context, node);
    for (size_t c = 0; c < search->run->contexts; c++)
        if (hole->columns[c] && set_meets(depend_on(search->depend, c, own), on, search->depend->words))
            return true;
    return false;
}

/* A witness may have filled holes of the cohort with what cannot be at one time: two tell of the same units. */
static bool is_tied(const struct search *search, size_t context, const struct ir_node *node)
{
    const uint64_t *on = depend_on(search->depend, context, node);
    size_t of_cohort = 0;
    for (size_t i = 0; i < search_holes(search); i++) {
        const struct hole *hole = search_hole(search, i);
        if (hole->kind != HOLE_COHORT || !set_has(on, i))
            continue;
        if (++of_cohort > 1 || hole->tie == TIE_LOOSE)
            return true;
        if (hole->tie == TIE_OWN && is_tied_to_own(search, context, node, hole))
            return true;
    }
    return false;
}

bool split_is_exact(const struct run *run, const struct search *search, size_t context,
                    const struct ir_node *node)
{
    const struct value *outer = &run->values[context][node->id];
    if (value_is_known(outer))
        return true;
    if (!search || !same_hull(&search->inner[context][node->id], outer))
        return false;
    return !run->standard->cohort.levels || !is_tied(search, context, node);
}

typedef bool judge(const struct run *run, const struct search *search, size_t context,
                   const struct ir_node *node);

static bool is_attained(const struct run *run, const struct search *search, size_t context,
                        const struct ir_node *node)
{
    const struct value *outer = &run->values[context][node->id];
    return split_is_exact(run, search, context, node) &&
           (value_is_known(outer) || same_ends(&search->inner[context][node->id], outer));
}

static const bool *const *judge_all(const struct run *run, const struct search *search, judge *holds)
{
    const bool **rows = MEM_ARRAY(const bool *, run->contexts);
    for (size_t c = 0; c < run->contexts; c++) {
        bool own = run->first[c] == c;
        bool *row = own ? mem_alloc_plain(run->nodes) : NULL;
        for (size_t i = 0; i < run->nodes && own; i++)
            row[i] = holds(run, search, c, run->standard->ir->nodes.items[i]);
        rows[c] = own ? row : rows[run->first[c]];
    }
    return rows;
}

const bool *const *split_exact(const struct run *run, const struct search *search)
{
    return judge_all(run, search, split_is_exact);
}

const bool *const *split_attained(const struct run *run, const struct search *search)
{
    return judge_all(run, search, is_attained);
}
