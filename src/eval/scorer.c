/* The pass that evaluate() begins with is all that a known unit needs. It decides here if what was asked is known after it and no unit that
 * evaluate() would refuse can slip through: no shown value is a fault, none that is still open can become one, and every judged score is one
 * that its criterion allows in any branch. */
#include "eval/scorer.h"
#include "base/mem.h"
#include "core/limits.h"
#include "eval/demand.h"
#include "eval/run.h"

struct scorer {
    const struct standard *standard;
    const struct call *call;
    const struct ir_node **asked;
    size_t count, final;
    struct run *run;
    struct nodes *needed;    /* [context]: what the asked and the shown hang on */
    struct nodes *unsettled; /* [context]: those of them that a setting or the cohort leaves open */
    struct outputs *shown;   /* [context] */
    bool *risky;             /* [node id]: open, and perhaps a fault */
    bool asks_limited;       /* it is asked what is known, and what others limit may be known by them */
    bool all_known;          /* so are the facts and scores of the unit at hand */
    const struct unit *unit;
    bool decided; /* by the pass */
    struct evaluation passed;
    const struct evaluation *evaluation; /* of this unit; NULL: not worked out */
    size_t passes;
};

/* ---- which nodes */

/* [context][node id] */
struct closure {
    const struct run *run;
    bool **marks;
};

static void mark(const struct closure *closure, size_t context, const struct ir_node *node)
{
    if (node)
        closure->marks[context][node->id] = true;
}

static void mark_block(const struct closure *closure, size_t context, const struct ir_block *block)
{
    for (size_t i = 0; i < block->nodes.count; i++)
        mark(closure, context, block->nodes.items[i]);
    mark(closure, context, block->presence);
    mark(closure, context, block->value);
    mark(closure, context, block->key);
}

/* A mix reads the columns, all other nodes their own context. */
static void mark_args(const struct closure *closure, size_t context, const struct ir_node *node)
{
    bool mixes = node->op == IR_MIX && run_is_mix(closure->run, context);
    for (size_t c = 0; c < closure->run->columns && mixes; c++)
        mark(closure, c, node->args[0]);
    for (size_t i = 0; i < node->arg_count && !mixes; i++)
        mark(closure, context, node->args[i]);
    if (node->op == IR_BAG_OF)
        mark_block(closure, context, node->block);
}

/* Arguments stand before their uses, and the mix comes last: one walk backwards does. */
static void spread(const struct closure *closure)
{
    const struct ir *ir = closure->run->standard->ir;
    for (size_t c = closure->run->contexts; c-- > 0;)
        for (size_t i = ir->nodes.count; i-- > 0;)
            if (closure->marks[c][i])
                mark_args(closure, c, ir->nodes.items[i]);
}

static struct closure closure_of(const struct scorer *scorer)
{
    const struct run *run = scorer->run;
    struct closure closure = {run, MEM_ARRAY(bool *, run->contexts)};
    for (size_t c = 0; c < run->contexts; c++) {
        closure.marks[c] = mem_alloc_plain(run->nodes);
        for (size_t i = 0; i < scorer->shown[c].count; i++)
            mark(&closure, c, scorer->shown[c].nodes[i]);
    }
    for (size_t i = 0; i < scorer->count; i++)
        mark(&closure, scorer->final, scorer->asked[i]);
    spread(&closure);
    return closure;
}

static struct nodes marked(const struct run *run, const bool *marks)
{
    VEC(const struct ir_node *) list = {0};
    const struct ir_block *all = run->standard->ir->blocks.items[0];
    for (size_t i = 0; i < all->nodes.count; i++)
        if (marks[all->nodes.items[i]->id] && all->nodes.items[i]->op != IR_CONST)
            vec_push(&list, (const struct ir_node *)all->nodes.items[i]);
    return (struct nodes){list.items, list.count};
}

static bool reads_marked(const bool *marks, const struct ir_node *node)
{
    bool reads = false;
    for (size_t i = 0; i < node->arg_count; i++)
        reads |= marks[node->args[i]->id];
    for (size_t i = 0; node->op == IR_BAG_OF && i < node->block->nodes.count; i++)
        reads |= marks[node->block->nodes.items[i]->id];
    return reads;
}

/* A setting that the call has set is a constant of the standard. */
static const bool *find_unsettled(const struct run *run)
{
    const struct ir *ir = run->standard->ir;
    bool *marks = mem_alloc_plain(run->nodes);
    for (size_t i = 0; i < ir->nodes.count; i++) {
        const struct ir_node *node = ir->nodes.items[i];
        marks[i] = node->op == IR_SETTING || node->op == IR_COHORT || reads_marked(marks, node);
    }
    return marks;
}

static void find_nodes(struct scorer *scorer)
{
    const struct run *run = scorer->run;
    struct closure closure = closure_of(scorer);
    const bool *unsettled = find_unsettled(run);
    for (size_t c = 0; c < run->contexts; c++) {
        scorer->needed[c] = marked(run, closure.marks[c]);
        for (size_t i = 0; i < run->nodes; i++)
            closure.marks[c][i] &= unsettled[i];
        scorer->unsettled[c] = marked(run, closure.marks[c]);
    }
}

static bool is_limited(const struct field *field)
{
    bool is = field->limits.low_fact >= 0 || field->limits.high_fact >= 0;
    for (size_t i = 0; field->type.kind == TYPE_TABLE && i < field->type.column_count; i++)
        is |= is_limited(&field->type.columns[i]);
    return is;
}

/* The pass takes facts as they are given; evaluate() lets those that limit each other narrow what is open first. */
static bool asks_limited(const struct standard *standard)
{
    bool limited = false, asks = false;
    for (size_t i = 0; i < standard->facts.count; i++)
        limited |= is_limited(&standard->facts.items[i]->field);
    for (size_t i = 0; limited && i < standard->ir->nodes.count; i++)
        asks |= standard->ir->nodes.items[i]->op == IR_IS_KNOWN;
    return asks;
}

/* ---- setting up */

/* A unit of which nothing is given: its place is taken by the first that comes. */
static const struct unit *no_unit(const struct standard *standard)
{
    struct unit *unit = MEM_NEW(struct unit);
    struct given *facts = MEM_ARRAY(struct given, standard->facts.count);
    struct given *scores = MEM_ARRAY(struct given, standard->judged.count);
    const struct given **fact_columns = MEM_ARRAY(const struct given *, standard->columns.count);
    const struct given **score_columns = MEM_ARRAY(const struct given *, standard->columns.count);
    for (size_t c = 0; c < standard->columns.count; c++) {
        fact_columns[c] = facts;
        score_columns[c] = scores;
    }
    unit->facts = fact_columns;
    unit->scores = score_columns;
    return unit;
}

struct scorer *scorer_new(const struct standard *standard, const struct call *call,
                          const struct ir_node *const *nodes, size_t count)
{
    struct scorer *scorer = MEM_NEW(struct scorer);
    struct run *run = run_new(standard, no_unit(standard), call);
    *scorer = (struct scorer){.standard = standard, .call = call, .run = run, .count = count};
    scorer->asked = MEM_ARRAY(const struct ir_node *, count);
    for (size_t i = 0; i < count; i++)
        scorer->asked[i] = nodes[i];
    scorer->final = standard->mixed ? run->columns : standard->final_column;
    scorer->shown = MEM_ARRAY(struct outputs, run->contexts);
    for (size_t c = 0; c < run->contexts; c++)
        scorer->shown[c] = outputs_in(run, c);
    scorer->needed = MEM_ARRAY(struct nodes, run->contexts);
    scorer->unsettled = MEM_ARRAY(struct nodes, run->contexts);
    scorer->risky = mem_alloc_plain(run->nodes);
    find_nodes(scorer);
    scorer->asks_limited = asks_limited(standard);
    return scorer;
}

/* ---- may the pass decide? */

static bool scores_are_allowed(const struct scorer *scorer)
{
    const struct standard *standard = scorer->standard;
    for (size_t c = 0; c < scorer->run->columns; c++)
        for (size_t i = 0; i < standard->judged.count; i++) {
            const struct given *given = &scorer->unit->scores[c][i];
            if (given->state == GIVEN_VALUE && value_is_point(&given->value) &&
                !limits_allow(&standard->judged.items[i]->limits, value_point(&given->value)))
                return false;
        }
    return true;
}

/* What hangs on a fault, a division whose divisor may be 0, a day that may lie past the calendar; of what is open in rows or in a mix it is
 * not looked at. */
static bool may_fault(const struct scorer *scorer, size_t context, const struct ir_node *node)
{
    const struct value *values = scorer->run->values[context];
    if (values[node->id].fault)
        return true;
    if (value_is_known(&values[node->id]))
        return false;
    bool calendar = node->type.kind == TYPE_DATE && node->arg_count > 0;
    if (calendar || node->op == IR_MIX || node->op == IR_BAG_OF)
        return true;
    if (node->op == IR_DIV && range_holds(values[node->args[1]->id].range, num_int(0)))
        return true;
    for (size_t i = 0; i < node->arg_count; i++)
        if (scorer->risky[node->args[i]->id])
            return true;
    return false;
}

static bool context_may_fault(const struct scorer *scorer, size_t context)
{
    const struct nodes *open = scorer->all_known ? &scorer->unsettled[context] : &scorer->needed[context];
    bool risk = false;
    for (size_t i = 0; i < open->count; i++)
        scorer->risky[open->items[i]->id] = may_fault(scorer, context, open->items[i]);
    for (size_t i = 0; i < scorer->shown[context].count; i++)
        risk |= scorer->risky[scorer->shown[context].nodes[i]->id];
    for (size_t i = 0; i < open->count; i++)
        scorer->risky[open->items[i]->id] = false;
    return risk;
}

static bool shown_may_fault(const struct scorer *scorer, size_t context)
{
    const struct outputs *shown = &scorer->shown[context];
    const struct value *values = scorer->run->values[context];
    bool open = false;
    for (size_t i = 0; i < shown->count; i++) {
        if (values[shown->nodes[i]->id].fault)
            return true;
        open |= !value_is_known(&values[shown->nodes[i]->id]);
    }
    return open && context_may_fault(scorer, context);
}

static bool asked_are_known(const struct scorer *scorer)
{
    const struct value *values = scorer->run->values[scorer->final];
    for (size_t i = 0; i < scorer->count; i++)
        if (scorer->asked[i] && !value_is_known(&values[scorer->asked[i]->id]))
            return false;
    return true;
}

static bool inputs_are_known(const struct scorer *scorer)
{
    const struct run *run = scorer->run;
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < scorer->needed[c].count && run->first[c] == c; i++) {
            const struct ir_node *node = scorer->needed[c].items[i];
            bool input = node->op == IR_FACT || node->op == IR_JUDGED;
            if (input && !value_is_known(&run->values[c][node->id]))
                return false;
        }
    return true;
}

static bool pass_decides(struct scorer *scorer)
{
    struct run *run = scorer->run;
    bool compares =
        scorer->standard->cohort.inputs.count > 0; /* what the others leave open, evaluate() looks into */
    if (compares || !scores_are_allowed(scorer))
        return false;
    run_once(run, scorer->unit, scorer->call, scorer->needed);
    if (!asked_are_known(scorer))
        return false;
    scorer->all_known = inputs_are_known(scorer);
    if (scorer->asks_limited && !scorer->all_known)
        return false;
    for (size_t c = 0; c < run->contexts; c++)
        if (run->first[c] == c && shown_may_fault(scorer, c))
            return false;
    return true;
}

/* ---- asking */

const struct evaluation *scorer_evaluation(struct scorer *scorer)
{
    if (!scorer->evaluation)
        scorer->evaluation = evaluate(scorer->standard, scorer->unit, scorer->call);
    return scorer->evaluation;
}

bool scorer_unit(struct scorer *scorer, const struct unit *unit, struct value *values, bool *exact)
{
    scorer->unit = unit;
    scorer->evaluation = NULL;
    bool decided = scorer->decided = pass_decides(scorer);
    const struct evaluation *evaluation = decided ? NULL : scorer_evaluation(scorer);
    const struct value *known =
        decided ? scorer->run->values[scorer->final] : evaluation->values[scorer->final];
    scorer->passes += decided;
    for (size_t i = 0; i < scorer->count; i++) {
        const struct ir_node *node = scorer->asked[i];
        values[i] = node ? known[node->id] : value_na();
        exact[i] = !node || decided || evaluation_exact(evaluation, scorer->final, node);
    }
    return decided || !evaluation->refused;
}

const struct evaluation *scorer_passed(struct scorer *scorer)
{
    const struct run *run = scorer->run;
    const struct value *today = &run->days[CALENDAR_TODAY];
    if (!scorer->decided)
        return NULL;
    scorer->passed = (struct evaluation){.standard = scorer->standard,
                                         .unit = scorer->unit,
                                         .contexts = run->contexts,
                                         .final = scorer->final,
                                         .has_on = !today->fault,
                                         .values = (const struct value *const *)run->values};
    if (scorer->passed.has_on)
        num_to_int(value_point(today), &scorer->passed.on);
    return &scorer->passed;
}

size_t scorer_passes(const struct scorer *scorer)
{
    return scorer->passes;
}
