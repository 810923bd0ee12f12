#include "smt/terms.h"
#include <string.h>
#include "base/mem.h"
#include "core/measure.h"
#include "smt/few.h"
#include "smt/known.h"
#include "smt/rows.h"

/* ---- texts of terms; NULL is false */

const char *smt_not(const char *a)
{
    return a ? str_print("(not %s)", a) : "true";
}

const char *smt_or(const char *a, const char *b)
{
    return !a ? b : !b ? a : str_print("(or %s %s)", a, b);
}

const char *smt_and(const char *a, const char *b)
{
    return !a || !b ? NULL : str_print("(and %s %s)", a, b);
}

/* The same of truths, of which neither is NULL. */
const char *smt_if(const char *when, const char *yes, const char *no)
{
    return str_print("(ite %s %s %s)", when, yes, no);
}

static const char *choose(const char *when, const char *yes, const char *no)
{
    if (!yes && !no)
        return NULL;
    return smt_if(when, yes ? yes : "false", no ? no : "false");
}

static bool is_truth(const struct ir_node *node)
{
    return node->type.kind == TYPE_YESNO;
}

static bool has_number(const struct ir_node *node)
{
    switch (node->type.kind) {
    case TYPE_NUMBER:
    case TYPE_DATE:
    case TYPE_CHOICE:
    case TYPE_TEXT:
    case TYPE_DOCUMENT:
    case TYPE_MONTHS: return true;
    case TYPE_YESNO:
    case TYPE_LIST:
    case TYPE_TABLE: break;
    }
    return false;
}

/* ---- constants of the solver */

static const char *own_name(const struct place *place, const char *what)
{
    const char *row = place->row ? str_print(".r%zu", place->row) : "";
    return str_print("%s%zu.%zu.%u%s", what, place->world, place->context, place->node->id, row);
}

static void assert_cut(struct smt *smt, const char *name, const char *closed, const char *open, int far,
                       struct cut cut)
{
    if (!cut.infinite)
        str_format(&smt->text, "(assert (%s %s %s))\n", cut.side == far ? open : closed, name,
                   smt_number(cut.at));
}

static void assert_range(struct smt *smt, const char *name, struct range range)
{
    assert_cut(smt, name, ">=", ">", 1, range.low);
    assert_cut(smt, name, "<=", "<", -1, range.high);
}

static const char *declare_truth(struct smt *smt, const char *name)
{
    str_format(&smt->text, "(declare-const %s Bool)\n", name);
    return name;
}

static const char *declare_number(struct smt *smt, const char *name, struct range range)
{
    if (range.whole) {
        str_format(&smt->text, "(declare-const %s.i Int)\n(define-fun %s () Real (to_real %s.i))\n", name,
                   name, name);
    } else {
        str_format(&smt->text, "(declare-const %s Real)\n", name);
    }
    assert_range(smt, name, range);
    return name;
}

/* What a value of the node's kind may be, as far as numbers say it. */
static struct range range_for(const struct ir_node *node)
{
    const struct value *bounds = &node->bounds;
    switch (bounds->kind) {
    case VALUE_NUMBER:
    case VALUE_DOCUMENT: return bounds->range;
    case VALUE_MONTHS: return range_whole(0, 12);
    case VALUE_TEXT: return range_counting();
    case VALUE_NONE:
    case VALUE_TRUTH:
    case VALUE_SEQUENCE: break;
    }
    return range_all();
}

struct smt_term smt_declared(const struct place *place, const char *name)
{
    struct smt *smt = place->smt;
    const struct ir_node *node = place->node;
    struct smt_term term = {0};
    if (is_truth(node))
        term.value = declare_truth(smt, name);
    else if (has_number(node))
        term.value = declare_number(smt, name, range_for(node));
    if (node->bounds.na)
        term.na = declare_truth(smt, str_print("%s.na", name));
    return term;
}

struct smt_term smt_loose(const struct place *place)
{
    vec_push(&place->smt->loose, place->node);
    return smt_declared(place, own_name(place, "any"));
}

/* ---- inputs */

static const struct limits *limits_of(const struct place *place, enum smt_input_kind kind)
{
    const struct standard *standard = place->smt->standard;
    size_t slot = (size_t)place->node->index;
    return kind == SMT_FACT    ? &standard->facts.items[slot]->field.limits
           : kind == SMT_SCORE ? &standard->judged.items[slot]->limits
                               : NULL;
}

static void assert_unless_na(struct smt *smt, const struct smt_term *term, const char *what)
{
    str_format(&smt->text, "(assert %s)\n", term->na ? str_print("(or %s %s)", term->na, what) : what);
}

static void assert_step(const struct place *place, const struct smt_term *term, const struct limits *limits)
{
    struct num low = limits->range.low.infinite ? num_int(0) : limits->range.low.at;
    str_format(&place->smt->text, "(declare-const %s.step Int)\n", term->value);
    assert_unless_na(place->smt, term,
                     str_print("(= %s (+ %s (* %s (to_real %s.step))))", term->value, smt_number(low),
                               smt_number(limits->step), term->value));
}

static void assert_legal(const struct place *place, const struct smt_term *term, const struct limits *limits)
{
    struct str any = {0};
    for (size_t i = 0; i < limits->legal_count; i++)
        str_format(&any, " (= %s %s)", term->value, smt_number(limits->legal[i]));
    assert_unless_na(place->smt, term, str_print("(or false%s)", str_text(&any)));
}

static const struct ir_node *fact_node(const struct smt *smt, int slot)
{
    return slot < 0 ? NULL : smt->standard->facts.items[slot]->node;
}

/* A number of which one is n/a is not held to the other. */
static void assert_order(const struct place *place, const struct smt_held *held, const char *relation,
                         int slot)
{
    const struct ir_node *other = fact_node(place->smt, slot);
    const struct measure *unit = held->field->type.unit;
    if (!other || !other->type.kind || !held->term->value)
        return;
    struct smt_term limit = smt_term(place->smt, place->world, place->context, other);
    struct num factor =
        measure_alike(other->type.unit, unit) ? measure_factor(other->type.unit, unit) : num_int(1);
    const char *order =
        str_print("(%s %s (* %s %s))", relation, held->term->value, smt_number(factor), limit.value);
    const char *free = smt_or(held->missing, smt_or(held->term->na, limit.na));
    str_format(&place->smt->text, "(assert %s)\n", free ? str_print("(or %s %s)", free, order) : order);
}

void smt_assert_between(const struct place *place, const struct smt_held *held)
{
    assert_order(place, held, ">=", held->field->limits.low_fact);
    assert_order(place, held, "<=", held->field->limits.high_fact);
}

void smt_assert_limits(const struct place *place, const struct limits *limits, const struct smt_term *term)
{
    if (!limits || !term->value || place->node->type.kind != TYPE_NUMBER)
        return;
    if (limits->stepped)
        assert_step(place, term, limits);
    if (limits->legal)
        assert_legal(place, term, limits);
}

static struct smt_term input(const struct place *place, enum smt_input_kind kind)
{
    struct smt_term term = smt_declared(place, own_name(place, "in"));
    vec_push(&place->smt->inputs, (struct smt_input){.kind = kind,
                                                     .slot = (size_t)place->node->index,
                                                     .world = place->world,
                                                     .column = place->context,
                                                     .value = term.value,
                                                     .na = term.na,
                                                     .node = place->node});
    smt_assert_limits(place, limits_of(place, kind), &term);
    return term;
}

/* Once it has its own term, since limits may name each other. */
static void assert_between(const struct place *place, const struct smt_term *term)
{
    const struct fact_declaration *fact = place->smt->standard->facts.items[place->node->index];
    smt_assert_between(place, &(struct smt_held){.field = &fact->field, .term = term});
}

/* The period is the standard's, and no day is asked for: only the day of the report is open. */
static struct smt_term day(const struct place *place)
{
    const struct period *period = &place->smt->standard->period;
    if (place->node->index == CALENDAR_TODAY)
        return input(place, SMT_DAY);
    if (!period->known)
        return smt_loose(place);
    int64_t at = place->node->index == CALENDAR_PERIOD_START ? period->start : period->end;
    return (struct smt_term){.value = smt_number(num_int(at))};
}

/* ---- numbers */

static struct smt_term strict(const struct place *place, const char *value)
{
    struct smt_term term = {.value = value};
    for (size_t i = 0; i < place->node->arg_count; i++) {
        term.na = smt_or(term.na, place->args[i].na);
        term.fault = smt_or(term.fault, place->args[i].fault);
    }
    return term;
}

static struct smt_term arithmetic(const struct place *place, const char *op)
{
    const char *value = str_print("(%s %s %s)", op, place->args[0].value, place->args[1].value);
    bool days = place->node->type.kind == TYPE_DATE && !place->node->bounds.range.whole;
    return strict(place, days ? str_print("(to_real (to_int %s))", value) : value);
}

/* By each of the few numbers that the divisor can be, so that nothing is divided by what is not known. */
static struct smt_term by_cases(const struct place *place, const struct few *few)
{
    const char *of = place->args[0].value, *by = place->args[1].value, *term = "0.0";
    for (size_t i = 0; i < few->count; i++)
        if (num_sign(few->numbers[i])) {
            const char *number = smt_number(few->numbers[i]);
            term = smt_if(str_print("(= %s %s)", by, number), str_print("(/ %s %s)", of, number), term);
        }
    return strict(place, term);
}

static struct smt_term divide(const struct place *place)
{
    const struct few *few = few_values(place->smt, place->node->args[1]);
    struct smt_term term = few->count ? by_cases(place, few) : arithmetic(place, "/");
    const struct value *below = &place->node->args[1]->bounds;
    if (below->kind != VALUE_NUMBER || range_holds(below->range, num_int(0))) {
        const char *zero = str_print("(= %s 0.0)", place->args[1].value);
        term.fault = smt_or(term.fault, term.na ? smt_and(smt_not(term.na), zero) : zero);
    }
    return term;
}

static const char *floor_of(const char *number)
{
    return str_print("(to_real (to_int %s))", number);
}

static const char *rounded(const char *steps, enum num_rounding how)
{
    const char *half_up = floor_of(str_print("(+ %s 0.5)", steps));
    switch (how) {
    case NUM_DOWN: return floor_of(steps);
    case NUM_UP: return str_print("(- %s)", floor_of(str_print("(- %s)", steps)));
    case NUM_HALF_UP: return half_up;
    case NUM_HALF_EVEN: break;
    }
    const char *tie =
        str_print("(and (= (- %s %s) 0.5) (= (mod (to_int %s) 2) 0))", steps, floor_of(steps), steps);
    return smt_if(tie, floor_of(steps), half_up);
}

/* What is whole already lies on a grid that divides 1. */
static bool is_on_grid(const struct ir_node *of, struct num step)
{
    return of->bounds.kind == VALUE_NUMBER && of->bounds.range.whole && num_is_int(num_div(num_int(1), step));
}

static struct smt_term round_to(const struct place *place)
{
    if (is_on_grid(place->node->args[0], place->node->step))
        return place->args[0];
    const char *step = smt_number(place->node->step);
    const char *steps = str_print("(/ %s %s)", place->args[0].value, step);
    return strict(place, str_print("(* %s %s)", step, rounded(steps, place->node->rounding)));
}

/* Does it lie wholly on the side that `sign` tells: 1 above the other, -1 below it? */
static bool lies(const struct ir_node *a, int sign, const struct ir_node *b)
{
    const struct value *one = &a->bounds, *other = &b->bounds;
    if (one->kind != VALUE_NUMBER || other->kind != VALUE_NUMBER)
        return false;
    return sign > 0 ? cut_compare_places(one->range.low, other->range.high) >= 0
                    : cut_compare_places(one->range.high, other->range.low) <= 0;
}

static struct smt_term extreme(const struct place *place, const char *relation)
{
    int sign = *relation == '>' ? 1 : -1;
    for (int i = 0; i < 2; i++)
        if (lies(place->node->args[i], sign, place->node->args[1 - i]))
            return strict(place, place->args[i].value);
    const char *a = place->args[0].value, *b = place->args[1].value;
    return strict(place, smt_if(str_print("(%s %s %s)", relation, a, b), a, b));
}

static struct smt_term absolute(const struct place *place)
{
    const char *of = place->args[0].value;
    return strict(place, smt_if(str_print("(< %s 0.0)", of), str_print("(- %s)", of), of));
}

static struct smt_term compare(const struct place *place, const char *relation)
{
    return strict(place, str_print("(%s %s %s)", relation, place->args[0].value, place->args[1].value));
}

static bool has_same(const struct ir_node *node)
{
    return is_truth(node) || (has_number(node) && node->type.kind != TYPE_MONTHS);
}

static struct smt_term equal(const struct place *place)
{
    bool plain = has_same(place->node->args[0]) && has_same(place->node->args[1]);
    return plain ? compare(place, "=") : smt_loose(place);
}

/* ---- truth: one dominant argument decides, n/a beats the rest; a fault counts where nothing before it decides */

const char *smt_said(const struct smt_term *term, bool yes)
{
    const char *value = yes ? term->value : smt_not(term->value);
    const char *sure = term->na ? smt_and(smt_not(term->na), value) : value;
    return term->fault ? smt_and(smt_not(term->fault), sure) : sure;
}

static struct smt_term chain(const struct place *place, const char *op, bool dominant)
{
    struct smt_term term = {0};
    struct str all = {0};
    const char *decided = NULL, *na = NULL;
    for (size_t i = 0; i < place->node->arg_count; i++) {
        const struct smt_term *arg = &place->args[i];
        if (arg->fault)
            term.fault = smt_or(term.fault, decided ? smt_and(smt_not(decided), arg->fault) : arg->fault);
        na = smt_or(na, arg->na);
        if (na || arg->fault)
            decided = smt_or(decided, smt_said(arg, dominant));
        else
            decided = smt_or(decided, dominant ? arg->value : smt_not(arg->value));
        str_format(&all, " %s", arg->value);
    }
    term.value = str_print("(%s%s%s)", op, dominant ? " false" : " true", str_text(&all));
    if (na) {
        term.na = smt_and(na, smt_not(decided));
        term.value = dominant ? decided : smt_not(decided);
    }
    return term;
}

static struct smt_term at_least(const struct place *place)
{
    struct smt_term term = {0};
    struct str sure = {0}, can = {0};
    bool na = false;
    for (size_t i = 0; i < place->node->arg_count; i++) {
        const struct smt_term *arg = &place->args[i];
        if (arg->fault) {
            const char *before = str_print("(< (+ 0 0%s) %ld)", str_text(&sure), place->node->index);
            term.fault = smt_or(term.fault, smt_and(before, arg->fault));
        }
        na |= arg->na != NULL;
        str_format(&sure, " (ite %s 1 0)", smt_said(arg, true));
        str_format(&can, " (ite %s 1 0)", smt_or(arg->na, smt_said(arg, true)));
    }
    term.value = str_print("(>= (+ 0 0%s) %ld)", str_text(&sure), place->node->index);
    if (na)
        term.na =
            smt_and(smt_not(term.value), str_print("(>= (+ 0 0%s) %ld)", str_text(&can), place->node->index));
    return term;
}

static struct smt_term branch(const struct place *place)
{
    const struct smt_term *when = &place->args[0], *yes = &place->args[1], *no = &place->args[2];
    struct smt_term term = {.value =
                                yes->value && no->value ? smt_if(when->value, yes->value, no->value) : NULL};
    term.na = smt_or(when->na, choose(when->value, yes->na, no->na));
    const char *fault = choose(when->value, yes->fault, no->fault);
    term.fault = smt_or(when->fault, when->na ? smt_and(smt_not(when->na), fault) : fault);
    return term;
}

static struct smt_term na_as(const struct place *place)
{
    const struct smt_term *of = &place->args[0], *as = &place->args[1];
    if (!of->na)
        return *of;
    return (struct smt_term){.value = smt_if(of->na, as->value, of->value),
                             .na = smt_and(of->na, as->na),
                             .fault = smt_or(of->fault, smt_and(of->na, as->fault))};
}

static struct smt_term only_fault(const struct place *place, const char *value)
{
    return (struct smt_term){.value = value, .fault = place->args[0].fault};
}

/* ---- the mix of columns: the weighted mean of those that are not n/a */

static struct smt_term mix(const struct place *place)
{
    const struct smt *smt = place->smt;
    struct str sum = {0}, weights = {0};
    struct smt_term term = {0};
    const char *none = "true";
    bool na = false;
    for (size_t c = 0; c < smt->standard->columns.count; c++) {
        struct num weight = smt->standard->columns.items[c].weight;
        struct smt_term column = smt_term(place->smt, place->world, c, place->node->args[0]);
        if (num_sign(weight) <= 0)
            continue;
        if (is_truth(place->node))
            return column;
        term.fault = smt_or(term.fault, column.fault);
        na |= column.na != NULL;
        none = smt_and(none, column.na);
        const char *there = column.na ? smt_not(column.na) : "true";
        str_format(&sum, " (ite %s (* %s %s) 0.0)", there, smt_number(weight), column.value);
        str_format(&weights, " (ite %s %s 0.0)", there, smt_number(weight));
    }
    term.na = na ? none : NULL;
    term.value = str_print("(/ (+ 0.0 0.0%s) (+ 0.0 0.0%s))", str_text(&sum), str_text(&weights));
    return term;
}

/* ---- one node */

static bool is_mix_context(const struct place *place)
{
    return place->context >= place->smt->standard->columns.count;
}

static struct smt_term made(const struct place *place)
{
    const struct ir_node *node = place->node;
    switch (node->op) {
    case IR_FACT: return input(place, SMT_FACT);
    case IR_JUDGED: return input(place, SMT_SCORE);
    case IR_SETTING: return input(place, SMT_SETTING);
    case IR_CALENDAR: return day(place);
    case IR_FAULT: return (struct smt_term){.value = is_truth(node) ? "false" : "0.0", .fault = "true"};
    case IR_MIX: return is_mix_context(place) ? mix(place) : place->args[0];
    case IR_IS_KNOWN: return smt_known(place);
    case IR_ADD: return arithmetic(place, "+");
    case IR_SUB: return arithmetic(place, "-");
    case IR_MUL: return arithmetic(place, "*");
    case IR_DIV: return divide(place);
    case IR_MIN: return extreme(place, "<=");
    case IR_MAX: return extreme(place, ">=");
    case IR_ABS: return absolute(place);
    case IR_ROUND: return round_to(place);
    case IR_LESS: return compare(place, "<");
    case IR_LESS_EQUAL: return compare(place, "<=");
    case IR_EQUAL: return equal(place);
    case IR_NOT: return strict(place, smt_not(place->args[0].value));
    case IR_AND: return chain(place, "and", false);
    case IR_OR: return chain(place, "or", true);
    case IR_AT_LEAST: return at_least(place);
    case IR_IF: return branch(place);
    case IR_IS_NA: return only_fault(place, place->args[0].na ? place->args[0].na : "false");
    case IR_NA_AS: return na_as(place);
    case IR_LENGTH: return node->args[0]->type.kind == TYPE_DOCUMENT ? place->args[0] : smt_loose(place);
    case IR_MONTH_COUNT: return place->args[0];
    case IR_COUNT:
    case IR_SUM:
    case IR_MEAN:
    case IR_HIGHEST:
    case IR_LOWEST:
    case IR_EVERY:
    case IR_SOME: return smt_aggregate(place);
    case IR_ELEMENT: return smt_cell(place);
    case IR_POSITION: return (struct smt_term){.value = str_print("%zu.0", place->row)};
    case IR_BAG_OF:
    case IR_BAG:
    case IR_BEST_PER:
    case IR_DROP: return (struct smt_term){0};
    case IR_CONST:
    case IR_COHORT:
    case IR_ADD_MONTHS:
    case IR_MONTHS_FROM:
    case IR_YEARS_FROM:
    case IR_YEAR:
    case IR_MONTH:
    case IR_OP_COUNT: break;
    }
    return smt_loose(place);
}

/* What is known whatever the unit says. */
static bool constant(const struct place *place, struct smt_term *term)
{
    const struct value *bounds = &place->node->bounds;
    if (bounds->fault)
        return false;
    if (value_is_na(bounds))
        *term = (struct smt_term){.value = is_truth(place->node) ? "false" : "0.0", .na = "true"};
    else if (!value_is_known(bounds) || bounds->na)
        return false;
    else if (bounds->kind == VALUE_TRUTH)
        term->value = value_is_yes(bounds) ? "true" : "false";
    else if (value_is_point(bounds))
        term->value = smt_number(value_point(bounds));
    else if (bounds->kind == VALUE_TEXT)
        term->value = smt_text_number(place->smt, bounds->text);
    else
        return false;
    return true;
}

/* May an argument be a fault all the same? Then it is one that the bounds do not know. */
static bool can_fail(const struct place *place)
{
    for (size_t i = 0; i < place->node->arg_count; i++)
        if (place->args[i].fault)
            return true;
    return false;
}

static const char *named(const struct place *place, const char *sort, const char *what, const char *term)
{
    if (!term || term[0] != '(')
        return term;
    const char *name = own_name(place, what);
    str_format(&place->smt->text, "(define-fun %s () %s %s)\n", name, sort, term);
    return name;
}

/* Rows are looked at by what reads them. */
static bool needs_args(const struct place *place)
{
    enum ir_op op = place->node->op;
    return op != IR_BAG && op != IR_BAG_OF && op != IR_BEST_PER && op != IR_DROP &&
           !(op == IR_MIX && is_mix_context(place));
}

struct smt_term smt_make(const struct place *place)
{
    const struct ir_node *node = place->node;
    const struct value *bounds = &node->bounds;
    struct smt_term term = {0};
    if (can_fail(place) || !constant(place, &term))
        term = made(place);
    bool na = bounds->na || value_is_na(bounds) || bounds->fault;
    term.value = named(place, is_truth(node) ? "Bool" : "Real", "n", term.value);
    term.na = na ? named(place, "Bool", "na", term.na) : NULL;
    term.fault = named(place, "Bool", "f", term.fault);
    return term;
}

static void make(struct smt *smt, size_t world, size_t context, const struct ir_node *node)
{
    struct smt_world *at = smt->worlds.items[world];
    struct smt_term *args = MEM_ARRAY(struct smt_term, node->arg_count + 1);
    const struct place place = {.smt = smt, .world = world, .context = context, .node = node, .args = args};
    if (at->done[context][node->id])
        return;
    for (size_t i = 0; i < node->arg_count && needs_args(&place); i++)
        args[i] = at->terms[context][node->args[i]->id];
    struct smt_term term = smt_make(&place);
    at->terms[context][node->id] = term;
    at->done[context][node->id] = true;
    if (node->op == IR_FACT)
        assert_between(&place, &term);
}

/* Marks what has to be made for the node. */
static bool *find_needed(struct smt *smt, size_t world, size_t context, const struct ir_node *node)
{
    const struct smt_world *at = smt->worlds.items[world];
    bool *needed = mem_alloc_plain(node->id + 1);
    needed[node->id] = true;
    for (size_t id = node->id + 1; id-- > 0;) {
        const struct ir_node *below = smt->ir->nodes.items[id];
        const struct place place = {.smt = smt, .context = context, .node = below};
        needed[id] &= !at->done[context][id];
        for (size_t i = 0; needed[id] && i < below->arg_count && needs_args(&place); i++)
            needed[below->args[i]->id] = true;
    }
    return needed;
}

struct smt_term smt_term(struct smt *smt, size_t world, size_t context, const struct ir_node *node)
{
    const struct smt_world *at = smt->worlds.items[world];
    if (at->touched && !at->touched[node->id])
        return smt_term(smt, at->base, context, node);
    if (at->done[context][node->id])
        return at->terms[context][node->id];
    bool *needed = find_needed(smt, world, context, node);
    for (size_t id = 0; id <= node->id; id++) {
        if (!needed[id])
            continue;
        const struct ir_node *below = smt->ir->nodes.items[id];
        if (at->touched && !at->touched[id])
            smt->worlds.items[world]->terms[context][id] = smt_term(smt, at->base, context, below);
        else
            make(smt, world, context, below);
        at->done[context][id] = true;
    }
    return at->terms[context][node->id];
}

void smt_hold_limits(struct smt *smt, size_t world, size_t context, size_t slot)
{
    for (size_t i = 0; i < smt->standard->facts.count; i++) {
        const struct fact_declaration *fact = smt->standard->facts.items[i];
        const struct limits *limits = &fact->field.limits;
        if (limits->low_fact != (int)slot && limits->high_fact != (int)slot)
            continue;
        const struct place place = {.smt = smt, .world = world, .context = context, .node = fact->node};
        struct smt_term term = smt_term(smt, world, context, fact->node);
        assert_between(&place, &term);
    }
    smt_hold_cells(smt, world, context, slot);
}
