/* Random standards with facts left open, against the evaluation of every way to fill them: what may come out must come out, and where a range
 * says that it is exact it must be what the known facts come to. What is found in one pass, and what is asked of a few nodes alone, must be what
 * the whole evaluation says. How much stays unknown may only become less; the work is the same each time. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include "base/mem.h"
#include "eval/contrast.h"
#include "eval/eval.h"
#include "eval/probe.h"
#include "eval/scorer.h"
#include "tests/unit/chance.h"

enum { FACTS_MAX = 5, NODES_MAX = 40, SHOWS_MAX = 6, VALUES_MAX = 16, TRIED_MAX = 1024 };

/* Fewer where each run is slow. */
#if defined RUBRIC_TORTURE
enum { STANDARDS = 3 };
#elif defined RUBRIC_NO_GC
enum { STANDARDS = 100 };
#else
enum { STANDARDS = 800 };
#endif

/* ---- a standard in the making */

struct made {
    struct standard *standard;
    struct ir_node *numbers[NODES_MAX], *truths[NODES_MAX];
    size_t number_count, truth_count;
    struct value values[FACTS_MAX][VALUES_MAX]; /* all that a fact can be */
    size_t value_count[FACTS_MAX];
    bool steady; /* a fact can be any number: only some were tried */
};

static const struct type number_type = {.kind = TYPE_NUMBER}, truth_type = {.kind = TYPE_YESNO};

static struct ir *ir_of(const struct made *made)
{
    return made->standard->ir;
}

static struct ir_node *any_number(const struct made *made)
{
    return made->numbers[chance((unsigned)made->number_count)];
}

static struct ir_node *any_truth(const struct made *made)
{
    return made->truths[chance((unsigned)made->truth_count)];
}

static void keep_number(struct made *made, struct ir_node *node)
{
    if (made->number_count < NODES_MAX)
        made->numbers[made->number_count++] = node;
}

static void keep_truth(struct made *made, struct ir_node *node)
{
    if (made->truth_count < NODES_MAX)
        made->truths[made->truth_count++] = node;
}

static void add_value(struct made *made, size_t slot, struct value value)
{
    made->values[slot][made->value_count[slot]++] = value;
}

static struct fact_declaration *new_fact(struct made *made)
{
    struct fact_declaration *fact = MEM_NEW(struct fact_declaration);
    fact->slot = made->standard->facts.count;
    fact->field.name = "fact";
    fact->field.limits = (struct limits){.low_fact = -1, .high_fact = -1, .key_column = -1};
    vec_push(&made->standard->facts, fact);
    return fact;
}

static void add_yesno(struct made *made)
{
    struct fact_declaration *fact = new_fact(made);
    fact->field.type = truth_type;
    struct ir_node *node = ir_input(ir_of(made), IR_FACT, (long)fact->slot, truth_type,
                                    ir_field_bounds(&fact->field), SPAN_NONE);
    fact->node = node;
    add_value(made, fact->slot, value_truth(TRUTH_YES));
    add_value(made, fact->slot, value_truth(TRUTH_NO));
    keep_truth(made, node);
}

static void add_count(struct made *made)
{
    struct fact_declaration *fact = new_fact(made);
    int64_t low = (int64_t)chance(3) - 1, high = low + 1 + (int64_t)chance(3);
    fact->field.type = (struct type){.kind = TYPE_NUMBER, .whole = true};
    fact->field.limits.range = range_of(cut_at(num_int(low), 0), cut_at(num_int(high), 0), true);
    fact->field.limits.or_na = chance(3) == 0;
    struct value bounds = ir_field_bounds(&fact->field);
    struct ir_node *node =
        ir_input(ir_of(made), IR_FACT, (long)fact->slot, fact->field.type, bounds, SPAN_NONE);
    fact->node = node;
    for (int64_t i = low; i <= high; i++)
        add_value(made, fact->slot, value_int(i));
    if (fact->field.limits.or_na)
        add_value(made, fact->slot, value_na());
    bool after_number =
        fact->slot > 0 && made->standard->facts.items[fact->slot - 1]->field.type.kind == TYPE_NUMBER;
    if (after_number && chance(3) == 0)
        *(chance(3) ? &fact->field.limits.high_fact : &fact->field.limits.low_fact) = (int)fact->slot - 1;
    keep_number(made, node);
}

/* Any number from 0 to 2: tried at multiples of a half and just beside them. */
static void add_steady(struct made *made)
{
    struct fact_declaration *fact = new_fact(made);
    fact->field.type = number_type;
    fact->field.limits.range = range_between(num_int(0), num_int(2));
    fact->node = ir_input(ir_of(made), IR_FACT, (long)fact->slot, number_type, ir_field_bounds(&fact->field),
                          SPAN_NONE);
    for (int64_t halves = 0; halves <= 4; halves++)
        for (int64_t beside = -1; beside <= 1; beside++) {
            struct num at = num_add(num_ratio(halves, 2), num_ratio(beside, 10000));
            if (range_holds(fact->field.limits.range, at))
                add_value(made, fact->slot, value_number(at));
        }
    keep_number(made, ir_of(made)->nodes.items[fact->node->id]);
    made->steady = true;
}

/* A list of two whole numbers, read row by row. */
static void add_list(struct made *made)
{
    static const enum ir_op folds[] = {IR_SUM, IR_MEAN, IR_HIGHEST, IR_LOWEST, IR_COUNT};
    struct fact_declaration *fact = new_fact(made);
    struct field *element = MEM_NEW(struct field);
    element->type = (struct type){.kind = TYPE_NUMBER, .whole = true};
    element->limits = (struct limits){.low_fact = -1, .high_fact = -1, .key_column = -1};
    element->limits.range = range_of(cut_at(num_int(0), 0), cut_at(num_int(2), 0), true);
    fact->field.type = (struct type){.kind = TYPE_LIST, .element = element};
    fact->field.limits.count = range_point(num_int(2));
    struct ir *ir = ir_of(made);
    struct ir_node *node =
        ir_input(ir, IR_FACT, (long)fact->slot, fact->field.type, ir_field_bounds(&fact->field), SPAN_NONE);
    fact->node = node;
    for (int i = 0; i < 9; i++) {
        struct value *cells = MEM_ARRAY(struct value, 2);
        cells[0] = value_int(i % 3);
        cells[1] = value_int(i / 3);
        add_value(made, fact->slot, value_sequence(1, 2, cells));
    }
    for (int i = 0; i < 2; i++) {
        struct ir_block *block = ir_block_open(ir, node);
        struct ir_node *it = ir_element(ir, block, 0, SPAN_NONE);
        struct ir_node *limit = any_number(made),
                       *when = ir_binary(ir, IR_LESS, truth_type, it, limit, SPAN_NONE);
        struct ir_node *present =
            chance(2) ? ir_truth(ir, true, SPAN_NONE)
                      : ir_binary(ir, IR_NA_AS, truth_type, when, ir_truth(ir, false, SPAN_NONE), SPAN_NONE);
        struct ir_node *bag = ir_block_close(ir, block, present, it, NULL, SPAN_NONE);
        keep_number(made, ir_unary(ir, folds[chance(5)], number_type, bag, SPAN_NONE));
    }
}

/* ---- nodes */

static void add_arithmetic(struct made *made)
{
    static const enum ir_op ops[] = {IR_ADD, IR_SUB, IR_MUL, IR_DIV, IR_MIN, IR_MAX, IR_ADD, IR_SUB};
    struct ir_node *a = any_number(made), *b = any_number(made);
    keep_number(made, ir_binary(ir_of(made), ops[chance(8)], number_type, a, b, SPAN_NONE));
}

static void add_distance(struct made *made)
{
    struct ir_node *a = any_number(made), *b = any_number(made);
    struct ir_node *apart = chance(3) ? ir_binary(ir_of(made), IR_SUB, number_type, a, b, SPAN_NONE) : a;
    keep_number(made, ir_unary(ir_of(made), IR_ABS, number_type, apart, SPAN_NONE));
}

static void add_not(struct made *made)
{
    keep_truth(made, ir_unary(ir_of(made), IR_NOT, truth_type, any_truth(made), SPAN_NONE));
}

static void add_comparison(struct made *made)
{
    static const enum ir_op ops[] = {IR_LESS, IR_LESS_EQUAL, IR_EQUAL};
    struct ir_node *a = any_number(made), *b = any_number(made);
    keep_truth(made, ir_binary(ir_of(made), ops[chance(3)], truth_type, a, b, SPAN_NONE));
}

static void add_junction(struct made *made)
{
    struct ir_node *args[] = {any_truth(made), any_truth(made), any_truth(made)};
    if (chance(3) == 0)
        keep_truth(made, ir_at_least(ir_of(made), 2, 3, args, SPAN_NONE));
    else
        keep_truth(made, ir_apply(ir_of(made), chance(2) ? IR_AND : IR_OR, truth_type, 2 + chance(2), args,
                                  SPAN_NONE));
}

static void add_choice(struct made *made)
{
    struct ir_node *when = any_truth(made), *a = any_number(made), *b = any_number(made);
    keep_number(made, ir_if(ir_of(made), when, a, b, SPAN_NONE));
}

static void add_round(struct made *made)
{
    struct num step = chance(2) ? num_int(1) : num_ratio(1, 2);
    keep_number(made, ir_round(ir_of(made), any_number(made), step, (enum num_rounding)chance(4), SPAN_NONE));
}

static void add_na(struct made *made)
{
    struct ir_node *a = any_number(made), *b = any_number(made);
    if (chance(2))
        keep_number(made, ir_binary(ir_of(made), IR_NA_AS, number_type, a, b, SPAN_NONE));
    else
        keep_truth(made, ir_unary(ir_of(made), IR_IS_NA, truth_type, a, SPAN_NONE));
}

static void add_bag(struct made *made)
{
    static const enum ir_op folds[] = {IR_SUM, IR_COUNT, IR_MEAN, IR_HIGHEST, IR_LOWEST};
    struct ir *ir = ir_of(made);
    struct ir_node *args[6];
    for (int i = 0; i < 3; i++) {
        args[2 * i] = any_truth(made);
        args[2 * i + 1] = any_number(made);
    }
    struct ir_node *bag = ir_apply(ir, IR_BAG, number_type, 6, args, SPAN_NONE);
    if (chance(4) == 0)
        bag = ir_drop(ir, bag, 1, 0, SPAN_NONE);
    keep_number(made, ir_unary(ir, folds[chance(5)], number_type, bag, SPAN_NONE));
}

static void add_mix(struct made *made)
{
    keep_number(made, ir_unary(ir_of(made), IR_MIX, number_type, any_number(made), SPAN_NONE));
}

static void add_node(struct made *made)
{
    if (made->standard->mixed && chance(4) == 0)
        add_mix(made);
    switch (chance(11)) {
    case 9: add_distance(made); return;
    case 10: add_not(made); return;
    case 0:
    case 1: add_arithmetic(made); return;
    case 2:
    case 3: add_comparison(made); return;
    case 4: add_junction(made); return;
    case 5: add_choice(made); return;
    case 6: add_round(made); return;
    case 7: add_na(made); return;
    }
    add_bag(made);
}

static void add_facts(struct made *made)
{
    size_t facts = 2 + chance(3);
    add_yesno(made);
    for (size_t i = 1; i < facts; i++)
        switch (chance(6)) {
        case 0: add_yesno(made); break;
        case 2: add_steady(made); break;
        case 1: add_list(made); break;
        default: add_count(made);
        }
}

static struct made make_standard(void)
{
    struct made made = {.standard = MEM_NEW(struct standard)};
    struct standard *standard = made.standard;
    standard->ir = ir_new();
    vec_push(&standard->columns, (struct column){.name = "first", .weight = num_ratio(3, 10)});
    standard->mixed = chance(4) == 0;
    if (standard->mixed)
        vec_push(&standard->columns, (struct column){.name = "second", .weight = num_ratio(7, 10)});
    keep_number(&made, ir_number(standard->ir, num_int(1), SPAN_NONE));
    keep_number(&made, ir_number(standard->ir, num_int(2), SPAN_NONE));
    keep_truth(&made, ir_truth(standard->ir, true, SPAN_NONE));
    add_facts(&made);
    for (unsigned nodes = 6 + chance(16); nodes > 0; nodes--)
        add_node(&made);
    standard->scored = true;
    standard->total_node = made.numbers[made.number_count - 1];
    standard->eligible = made.truths[made.truth_count - 1];
    for (int i = 0; i < SHOWS_MAX; i++)
        vec_push(&standard->shows,
                 (struct show){.name = "show", .value = i % 2 ? any_number(&made) : any_truth(&made)});
    return made;
}

/* ---- units */

enum { COLUMNS = 2, VARIABLES_MAX = COLUMNS * FACTS_MAX };

/* What is given in each column; a value of no kind is open. */
struct filling {
    struct value values[COLUMNS][FACTS_MAX];
    bool own[FACTS_MAX]; /* the second column has an entry of its own */
};

static bool is_open(const struct value *value)
{
    return value->kind == VALUE_NONE && !value->na;
}

static const struct given *give(const struct made *made, const struct filling *filling, size_t column)
{
    size_t facts = made->standard->facts.count;
    struct given *given = MEM_ARRAY(struct given, facts + 1);
    for (size_t i = 0; i < facts; i++) {
        given[i].column = filling->own[i] ? column : 0;
        struct value value = filling->values[given[i].column][i];
        given[i].state = is_open(&value) ? GIVEN_NOTHING : GIVEN_VALUE;
        given[i].value = is_open(&value) ? made->standard->facts.items[i]->node->bounds : value;
    }
    return given;
}

static const struct call alone = {0};

static const struct unit *unit_of(const struct made *made, const struct filling *filling)
{
    struct unit *unit = MEM_NEW(struct unit);
    size_t columns = made->standard->columns.count;
    const struct given **facts = MEM_ARRAY(const struct given *, columns), **scores = facts;
    for (size_t i = 0; i < columns; i++)
        facts[i] = give(made, filling, i);
    *unit = (struct unit){.columns = columns, .facts = facts, .scores = scores};
    return unit;
}

static const struct evaluation *evaluate_with(const struct made *made, const struct filling *filling)
{
    return evaluate(made->standard, unit_of(made, filling), &alone);
}

/* ---- every way to fill what is open */

struct variable {
    size_t column, slot;
};

struct tried {
    struct variable variables[VARIABLES_MAX];
    size_t variable_count;
    const struct evaluation *evaluations[TRIED_MAX];
    unsigned char choices[TRIED_MAX][VARIABLES_MAX];
    size_t count;
    bool refused; /* some */
};

static bool is_above(const struct filling *filling, size_t column, size_t fact, size_t limit)
{
    const struct value *value = &filling->values[filling->own[fact] ? column : 0][fact];
    const struct value *most = &filling->values[filling->own[limit] ? column : 0][limit];
    return value_is_point(value) && value_is_point(most) &&
           num_compare(value_point(value), value_point(most)) > 0;
}

static bool breaks_limit(const struct made *made, const struct filling *filling, size_t column)
{
    for (size_t i = 0; i < made->standard->facts.count; i++) {
        const struct limits *limits = &made->standard->facts.items[i]->field.limits;
        if (limits->high_fact >= 0 && is_above(filling, column, i, (size_t)limits->high_fact))
            return true;
        if (limits->low_fact >= 0 && is_above(filling, column, (size_t)limits->low_fact, i))
            return true;
    }
    return false;
}

static void find_variables(const struct made *made, const struct filling *filling, struct tried *tried)
{
    tried->variable_count = 0;
    for (size_t c = 0; c < made->standard->columns.count; c++)
        for (size_t i = 0; i < made->standard->facts.count; i++)
            if (is_open(&filling->values[c][i]) && (c == 0 || filling->own[i]))
                tried->variables[tried->variable_count++] = (struct variable){c, i};
}

static void try_choice(const struct made *made, struct filling filling, struct tried *tried, unsigned choice)
{
    for (size_t i = 0; i < tried->variable_count; i++) {
        const struct variable *variable = &tried->variables[i];
        unsigned count = (unsigned)made->value_count[variable->slot];
        tried->choices[tried->count][i] = (unsigned char)(choice % count);
        filling.values[variable->column][variable->slot] = made->values[variable->slot][choice % count];
        choice /= count;
    }
    for (size_t c = 0; c < made->standard->columns.count; c++)
        if (breaks_limit(made, &filling, c))
            return;
    const struct evaluation *evaluation = evaluate_with(made, &filling);
    tried->refused |= evaluation->refused;
    if (!evaluation->refused)
        tried->evaluations[tried->count++] = evaluation;
}

static void try_all(const struct made *made, const struct filling *filling, struct tried *tried)
{
    unsigned choices = 1;
    tried->count = 0;
    tried->refused = false;
    find_variables(made, filling, tried);
    for (size_t i = 0; i < tried->variable_count && choices <= TRIED_MAX; i++)
        choices *= (unsigned)made->value_count[tried->variables[i].slot];
    for (unsigned choice = 0; choice < choices && choices <= TRIED_MAX; choice++)
        try_choice(made, *filling, tried, choice);
}

/* ---- comparing */

static size_t compared[2], inexact[2]; /* [with a steady fact] */
static size_t swings, wrong_swings, passes, steps, reads, in_one_pass, not_free, contrasts, wide_contrasts;
static size_t bare_ones, less_exact, doubts;

static bool same_end(struct cut a, struct cut b, bool roughly)
{
    if (!roughly || a.infinite || b.infinite)
        return roughly || cut_compare(a, b) == 0;
    return num_compare(num_abs(num_sub(a.at, b.at)), num_ratio(1, 100)) < 0;
}

static bool same_ends(const struct value *a, const struct value *b, bool roughly)
{
    if (a->na != b->na || a->nothing_else != b->nothing_else)
        return false;
    if (a->nothing_else)
        return true;
    if (a->kind == VALUE_TRUTH)
        return a->truth == b->truth;
    return same_end(a->range.low, b->range.low, roughly) && same_end(a->range.high, b->range.high, roughly);
}

/* Among known values that were tried one by one nothing is left out but the inside of a steady fact's range. */
static void compare(const struct made *made, const struct evaluation *open, const struct tried *tried,
                    const struct ir_node *node)
{
    struct value hull = {.kind = VALUE_NONE};
    for (size_t i = 0; i < tried->count; i++)
        hull = value_join(hull, *evaluation_value(tried->evaluations[i], open->final, node));
    const struct value *outer = evaluation_value(open, open->final, node);
    assert_null(outer->fault);
    struct value both = value_join(*outer, hull);
    bool same = same_ends(outer, &hull, made->steady);
    assert_true(same_ends(&both, outer, false));
    if (evaluation_exact(open, open->final, node))
        assert_true(same);
    if (!made->steady)
        assert_int_equal(evaluation_attained(open, open->final, node),
                         evaluation_exact(open, open->final, node));
    compared[made->steady]++;
    inexact[made->steady] += !evaluation_exact(open, open->final, node);
}

/* ---- what was read */

static bool is_read(const struct read_facts *read, size_t slot)
{
    for (size_t i = 0; i < read->count; i++)
        if (read->slots[i] == slot)
            return true;
    return false;
}

/* Do two fillings differ in one fact alone? */
static bool differ_in(const struct tried *tried, size_t a, size_t b, size_t slot)
{
    for (size_t i = 0; i < tried->variable_count; i++)
        if (tried->variables[i].slot != slot && tried->choices[a][i] != tried->choices[b][i])
            return false;
    return true;
}

static const struct value *result(const struct tried *tried, size_t i, const struct ir_node *node)
{
    return evaluation_value(tried->evaluations[i], tried->evaluations[i]->final, node);
}

/* A fact that a node has not read changes nothing in it. */
static void compare_reads(const struct made *made, const struct evaluation *open, const struct tried *tried,
                          const struct ir_node *node)
{
    struct read_facts read = evaluation_reads(open, open->final, node);
    reads += read.count;
    for (size_t slot = 0; slot < made->standard->facts.count; slot++)
        for (size_t i = 1; i < tried->count && !is_read(&read, slot); i++)
            if (differ_in(tried, i, i - 1, slot))
                assert_true(value_equal(result(tried, i, node), result(tried, i - 1, node)));
}

/* ---- the same, asked in another way */

struct asked {
    const struct ir_node *nodes[SHOWS_MAX + 2];
    size_t count;
};

static struct asked all_shown(const struct standard *standard)
{
    struct asked asked = {{standard->total_node, standard->eligible}, 2};
    for (size_t i = 0; i < standard->shows.count; i++)
        asked.nodes[asked.count++] = standard->shows.items[i].value;
    return asked;
}

/* Ends that are reached only in the limit are shown as if they were reached. */
static bool same_shown(struct value a, const struct value *b)
{
    if (a.kind == VALUE_NUMBER)
        a.range.low.side = a.range.high.side = 0;
    return value_equal(&a, b);
}

static void compare_scorer(struct scorer *scorer, const struct asked *asked, const struct evaluation *whole)
{
    struct value values[SHOWS_MAX + 2];
    bool exact[SHOWS_MAX + 2];
    assert_true(scorer_unit(scorer, whole->unit, values, exact));
    for (size_t i = 0; i < asked->count; i++) {
        assert_true(value_equal(&values[i], evaluation_value(whole, whole->final, asked->nodes[i])));
        assert_int_equal(exact[i], evaluation_exact(whole, whole->final, asked->nodes[i]));
    }
}

static void compare_probe(const struct asked *asked, const struct evaluation *whole)
{
    struct probe probe = probe_nodes(whole->standard, whole->unit, &alone, asked->nodes, asked->count);
    assert_false(probe.refused);
    for (size_t i = 0; i < asked->count; i++) {
        const struct probed *probed = &probe.values[whole->final * asked->count + i];
        const struct value *value = evaluation_value(whole, whole->final, asked->nodes[i]);
        bool exact = evaluation_exact(whole, whole->final, asked->nodes[i]);
        if (probed->free)
            assert_true(exact && same_shown(probed->value, value));
        not_free += exact && !probed->free;
    }
}

/* What is exact of a bare evaluation is so of the whole, and nothing that the whole found exact is lost. */
static void compare_bare(const struct asked *asked, const struct evaluation *whole)
{
    const struct call call = {.only = asked->nodes, .only_count = asked->count, .bare = true};
    const struct evaluation *bare = evaluate(whole->standard, whole->unit, &call);
    assert_false(bare->refused);
    for (size_t i = 0; i < asked->count; i++) {
        const struct value *value = evaluation_value(whole, whole->final, asked->nodes[i]);
        bool exact = evaluation_exact(whole, whole->final, asked->nodes[i]);
        if (evaluation_exact(bare, bare->final, asked->nodes[i]))
            assert_true(!exact || value_equal(value, evaluation_value(bare, bare->final, asked->nodes[i])));
        else
            less_exact += exact;
        bare_ones += exact;
    }
}

static bool can_be(const struct value *value, unsigned truth)
{
    return value->na || (value->kind == VALUE_TRUTH && value->truth & truth);
}

/* What is doubted is so, or may be, where the whole says so; and at sight everything can be that can be. */
static void compare_doubts(const struct asked *asked, const struct evaluation *whole)
{
    for (size_t i = 0; i < asked->count; i++) {
        const struct ir_node *node = asked->nodes[i];
        const struct value *value = evaluation_value(whole, whole->final, node);
        const struct value *glance = probe_glance(whole->standard, whole->unit, &alone, node);
        const struct call call = {.bare = true, .doubted = node, .doubts = TRUTH_NO, .doubts_na = true};
        if (node->type.kind != TYPE_YESNO)
            continue;
        assert_true(!glance || !can_be(value, TRUTH_NO) || can_be(glance, TRUTH_NO));
        struct probe probe = probe_nodes(whole->standard, whole->unit, &call, &node, 1);
        bool left = can_be(&probe.values[whole->final].value, TRUTH_NO);
        assert_true(left || !can_be(value, TRUTH_NO) || !evaluation_exact(whole, whole->final, node));
        less_exact += left && !can_be(value, TRUTH_NO);
        doubts += !left;
    }
}

/* The open unit, then some of those that are known, asked of one scorer in turn. */
static void compare_ways(const struct made *made, const struct evaluation *open, const struct tried *tried)
{
    struct asked asked = all_shown(made->standard);
    struct scorer *scorer = scorer_new(made->standard, &alone, asked.nodes, asked.count);
    compare_scorer(scorer, &asked, open);
    compare_probe(&asked, open);
    compare_bare(&asked, open);
    compare_doubts(&asked, open);
    for (size_t i = 0; i < tried->count; i += 1 + tried->count / 8) {
        compare_scorer(scorer, &asked, tried->evaluations[i]);
        compare_probe(&asked, tried->evaluations[i]);
    }
    compare_scorer(scorer, &asked, open);
    in_one_pass += scorer_passes(scorer);
}

/* ---- column against column */

/* How far the second column lies from the first in every world; false: not a number in one. */
static bool find_apart(const struct tried *tried, const struct ir_node *node, struct value *apart)
{
    *apart = (struct value){.kind = VALUE_NONE};
    for (size_t i = 0; i < tried->count; i++) {
        const struct value *first = evaluation_value(tried->evaluations[i], 0, node);
        const struct value *second = evaluation_value(tried->evaluations[i], 1, node);
        bool points = value_is_point(first) && value_is_point(second);
        if (!points || first->kind != VALUE_NUMBER || second->kind != VALUE_NUMBER)
            return false;
        *apart = value_join(*apart, value_number(num_sub(value_point(second), value_point(first))));
    }
    return true;
}

/* Which worlds are refused is asked of all that a standard shows, not of its total alone: only where none is are
 * the ends the same. */
static void compare_columns(const struct made *made, const struct evaluation *open, const struct tried *tried)
{
    static const struct contrast_columns both = {0, 1};
    const struct ir_node *total = made->standard->total_node;
    struct contrast found = *contrast_of(open, &alone, both, &total, 1);
    struct value apart;
    if (found.difference.na || !find_apart(tried, total, &apart))
        return;
    struct value wider = value_join(found.difference, apart);
    assert_true(same_ends(&wider, &found.difference, false));
    if (found.exact && !tried->refused)
        assert_true(same_ends(&apart, &found.difference, made->steady));
    if (found.alike)
        assert_true(value_is_point(&apart) && num_sign(value_point(&apart)) == 0);
    contrasts++;
    wide_contrasts += !found.exact;
}

/* ---- what decides */

static struct num width(const struct made *made, const struct tried *tried, size_t slot, bool *differs)
{
    struct num widest = num_int(0);
    for (size_t i = 0; i < tried->count; i++)
        for (size_t k = 0; k < i; k++) {
            if (!differ_in(tried, i, k, slot))
                continue;
            const struct value *x = result(tried, i, made->standard->total_node);
            const struct value *y = result(tried, k, made->standard->total_node);
            const struct value *p = result(tried, i, made->standard->eligible);
            const struct value *q = result(tried, k, made->standard->eligible);
            *differs |= x->na != y->na || !same_ends(p, q, false);
            if (!x->na && !y->na)
                widest = num_max(widest, num_abs(num_sub(value_point(x), value_point(y))));
        }
    return widest;
}

static void compare_swing(const struct made *made, const struct evaluation *open, const struct tried *tried,
                          size_t slot)
{
    bool differs = false, listed = false;
    struct num most = width(made, tried, slot, &differs), found = num_int(0);
    for (size_t i = 0; i < open->deciding_count; i++) {
        if (open->deciding[i].slot != slot)
            continue;
        listed = true;
        found = open->deciding[i].swing.high.at;
    }
    bool decides = differs || num_sign(most) > 0;
    assert_true(num_compare(found, most) <= 0 && (!listed || decides));
    swings++;
    wrong_swings += !num_equal(found, most) || listed != decides;
}

static void compare_swings(const struct made *made, const struct evaluation *open, const struct tried *tried)
{
    for (size_t slot = 0; slot < made->standard->facts.count; slot++) {
        bool varies = false;
        for (size_t i = 0; i < tried->variable_count; i++)
            varies |= tried->variables[i].slot == slot;
        if (varies)
            compare_swing(made, open, tried, slot);
    }
}

static struct filling make_filling(const struct made *made)
{
    struct filling filling = {.own = {false}};
    for (size_t i = 0; i < made->standard->facts.count; i++) {
        filling.own[i] = made->standard->mixed && chance(3) == 0;
        for (size_t c = 0; c < COLUMNS; c++)
            if (chance(c ? 2 : 4) == 0)
                filling.values[c][i] = made->values[i][chance((unsigned)made->value_count[i])];
    }
    return filling;
}

static void check_standard(void)
{
    static struct tried tried;
    struct made made = make_standard();
    assert_null(ir_verify(made.standard->ir));
    struct filling filling = make_filling(&made);
    try_all(&made, &filling, &tried);
    if (!tried.count)
        return;
    const struct evaluation *open = evaluate_with(&made, &filling);
    assert_false(open->refused);
    compare(&made, open, &tried, made.standard->total_node);
    compare(&made, open, &tried, made.standard->eligible);
    for (size_t i = 0; i < made.standard->shows.count; i++)
        compare(&made, open, &tried, made.standard->shows.items[i].value);
    compare_reads(&made, open, &tried, made.standard->total_node);
    compare_reads(&made, open, &tried, made.standard->eligible);
    compare_ways(&made, open, &tried);
    if (made.standard->mixed)
        compare_columns(&made, open, &tried);
    passes += open->passes;
    steps += open->steps;
    if (!made.steady)
        compare_swings(&made, open, &tried);
}

static void test_random_standards(void **state)
{
    (void)state;
    for (uint64_t i = 1; i <= STANDARDS; i++) {
        seed = i * 0x9E3779B97F4A7C15u;
        check_standard();
    }
    print_message(
        "%zu values compared, %zu not exact; with steady facts %zu, %zu; %zu swings, %zu not found\n"
        "%zu passes, %zu steps, %zu facts read, %zu units in one pass, %zu exact but not free\n"
        "%zu columns compared, %zu not exact\n"
        "%zu exact values asked bare, %zu lost; %zu doubts out of the way\n",
        compared[0], inexact[0], compared[1], inexact[1], swings, wrong_swings, passes, steps, reads,
        in_one_pass, not_free, contrasts, wide_contrasts, bare_ones, less_exact, doubts);
    if (STANDARDS < 800) /* shares of so few say nothing; what is unsound has failed above */
        return;
    /* Better is a change too: is it meant? */
    assert_int_equal(inexact[0], 1);
    assert_int_equal(inexact[1], 4);
    assert_int_equal(wrong_swings, 3);
    assert_int_equal(passes, 96912);
    assert_int_equal(steps, 5404388);
    assert_int_equal(reads, 1951);
    assert_int_equal(in_one_pass, 4478);
    assert_int_equal(contrasts, 151);
    assert_int_equal(wide_contrasts, 0);
    assert_int_equal(not_free, 0);
    assert_int_equal(less_exact, 0);
}

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_standards)};
    return cmocka_run_group_tests(tests, set_up, NULL);
}
