/* Gates that stop nobody or everybody, grades that nobody or everybody gets, conditions that collide. */
#include "audit/doubt.h"
#include "base/mem.h"

/* ---- requirements, vetoes, minima, qualifications */

static const char *const NEVER[] = {[OUTCOME_REQUIRE] = "@require_none",
                                    [OUTCOME_VETO] = "@veto_idle",
                                    [OUTCOME_MINIMUM] = "@minimum_idle",
                                    [OUTCOME_QUALIFIES] = "@qualifies_none"};
static const char *const ALWAYS[] = {[OUTCOME_REQUIRE] = "@require_idle",
                                     [OUTCOME_VETO] = "@veto_all",
                                     [OUTCOME_MINIMUM] = "@minimum_all",
                                     [OUTCOME_QUALIFIES] = "@qualifies_all"};

static const char *title_of(const struct outcome *outcome)
{
    if (outcome->kind == OUTCOME_MINIMUM)
        return span_text(outcome->span);
    return outcome->label && *outcome->label ? outcome->label : outcome->name;
}

static void ask_outcome(struct doubts *doubts, const struct outcome *outcome)
{
    struct doubt doubt = {.kind = DOUBT_NEVER, .of_outcome = true, .node = outcome->holds};
    doubt.span = outcome->span;
    doubt.code = DIAG_OUTCOME_NEVER;
    doubt.args[0] = title_of(outcome);
    doubt.args[1] = NEVER[outcome->kind];
    vec_push(&doubts->list, doubt);
    doubt.kind = DOUBT_ALWAYS;
    doubt.code = DIAG_OUTCOME_ALWAYS;
    doubt.args[1] = ALWAYS[outcome->kind];
    vec_push(&doubts->list, doubt);
}

/* ---- grades */

static struct span place_of_grade(const struct standard *standard, const char *grade)
{
    for (size_t i = 0; i < standard->grade_rules.count; i++) {
        const struct grade_rule *rule = &standard->grade_rules.items[i];
        bool gives = rule->kind == GRADE_RUNG || rule->kind == GRADE_OTHERWISE;
        if (gives && str_equal(rule->grade, grade))
            return rule->grade_span;
    }
    return standard->grade->origin;
}

static bool never_holds(const struct grade_rule *rule)
{
    return rule->when && value_is_no(&rule->when->bounds);
}

static bool always_holds(const struct grade_rule *rule)
{
    return !rule->when || value_is_yes(&rule->when->bounds);
}

/* What bounds say of the first rung that gives it, unless a notch gives grades too; NULL: nothing. */
static const char *why_unreached(const struct standard *standard, const char *grade)
{
    const char *why = NULL;
    bool found = false, taken = false;
    for (size_t i = 0; i < standard->grade_rules.count; i++) {
        const struct grade_rule *rule = &standard->grade_rules.items[i];
        if (rule->kind != GRADE_RUNG && rule->kind != GRADE_OTHERWISE)
            return NULL;
        if (!found && str_equal(rule->grade, grade)) {
            found = true;
            why = taken ? "@grade_taken" : never_holds(rule) ? "@grade_never" : NULL;
        }
        taken |= always_holds(rule);
    }
    return why;
}

static void ask_grade(struct doubts *doubts, const struct standard *standard, size_t place,
                      enum doubt_kind kind)
{
    struct ir *ir = doubts->ir;
    struct ir_node *grade = ir->nodes.items[standard->grade->id];
    const struct symbol *symbol = &standard->grades->symbols[place];
    struct ir_node *value = ir_const(ir, grade->type, value_int((long long)place), grade->origin);
    const struct type truth = {.kind = TYPE_YESNO};
    struct doubt doubt = {.kind = kind, .of_outcome = true, .group = standard->grades};
    doubt.node = ir_binary(ir, IR_EQUAL, truth, grade, value, grade->origin);
    doubt.span = place_of_grade(standard, symbol->name);
    doubt.code = kind == DOUBT_NEVER ? DIAG_GRADE_UNREACHED : DIAG_GRADE_ALWAYS;
    doubt.args[0] = symbol->name;
    const char *why = kind == DOUBT_NEVER ? why_unreached(standard, symbol->name) : NULL;
    if (kind == DOUBT_NEVER)
        doubt.args[1] = why ? why : "@grade_no_facts";
    if (why)
        doubt.group = NULL; /* a slip of its own, whoever else gets what */
    vec_push(&doubts->list, doubt);
}

static void ask_grades(struct doubts *doubts, const struct standard *standard)
{
    for (size_t i = 0; standard->grade && i < standard->grades->count; i++)
        ask_grade(doubts, standard, i, DOUBT_ALWAYS);
    for (size_t i = 0; standard->grade && i < standard->grades->count; i++)
        ask_grade(doubts, standard, i, DOUBT_NEVER);
}

/* ---- two conditions of one ladder */

/* x >= 90 says x >= 80, and so does its like from above. */
static bool bound_implies(const struct ir_node *a, const struct ir_node *b)
{
    bool alike = a->op == b->op && (a->op == IR_LESS || a->op == IR_LESS_EQUAL);
    for (size_t i = 0; alike && i < 2; i++) {
        const struct ir_node *one = a->args[i], *other = b->args[i];
        bool points = ir_is_const(one) && ir_is_const(other) && value_is_point(&one->bounds);
        if (!points || !value_is_point(&other->bounds) || !ir_same(a->args[1 - i], b->args[1 - i]))
            continue;
        int order = num_compare(value_point(&one->bounds), value_point(&other->bounds));
        return i == 0 ? order >= 0 : order <= 0;
    }
    return false;
}

/* Only as far as the form tells. */
static bool implies(const struct ir_node *a, const struct ir_node *b)
{
    if (ir_same(a, b) || bound_implies(a, b))
        return true;
    if (b->op == IR_AND) {
        size_t i = 0;
        while (i < b->arg_count && implies(a, b->args[i]))
            i++;
        return i == b->arg_count;
    }
    for (size_t i = 0; a->op == IR_AND && i < a->arg_count; i++)
        if (implies(a->args[i], b))
            return true;
    return false;
}

static void ask_crossing(struct doubts *doubts, const struct grade_rule *first,
                         const struct grade_rule *second)
{
    struct doubt doubt = {.kind = DOUBT_POSSIBLE, .of_outcome = true, .code = DIAG_GRADES_CROSS};
    doubt.node = doubt_and(doubts, first->when, second->when);
    doubt.also[0] = doubt_and(doubts, first->when, doubt_not(doubts, second->when));
    doubt.also[1] = doubt_and(doubts, second->when, doubt_not(doubts, first->when));
    doubt.span = second->span;
    doubt.other = first->span;
    doubt.args[0] = first->grade;
    doubt.args[1] = second->grade;
    vec_push(&doubts->list, doubt);
}

static void ask_pairs(struct doubts *doubts, const struct standard *standard)
{
    for (size_t i = 0; i < standard->grade_rules.count; i++)
        for (size_t k = i + 1; k < standard->grade_rules.count; k++) {
            const struct grade_rule *first = &standard->grade_rules.items[i],
                                    *second = &standard->grade_rules.items[k];
            bool rungs = first->kind == GRADE_RUNG && second->kind == GRADE_RUNG;
            if (rungs && !str_equal(first->grade, second->grade) && !implies(first->when, second->when))
                ask_crossing(doubts, first, second);
        }
}

/* ---- a qualification and a gate */

static bool reads_either(const struct standard *standard, const struct outcome *outcome,
                         const struct outcome *gate)
{
    unsigned char *marks = doubt_marks(standard);
    marks[standard->eligible->id] = marks[gate->holds->id] = marks[gate->when->id] = 1;
    return doubt_reads(standard, outcome->holds, marks);
}

static void ask_clash(struct doubts *doubts, const struct outcome *outcome, const struct outcome *gate)
{
    const struct ir_node *shut =
        gate->kind == OUTCOME_REQUIRE ? doubt_not(doubts, gate->holds) : gate->holds;
    struct doubt doubt = {.kind = DOUBT_POSSIBLE, .of_outcome = true, .code = DIAG_OUTCOMES_CLASH};
    doubt.node = doubt_and(doubts, outcome->holds, shut);
    doubt.span = outcome->span;
    doubt.other = gate->span;
    doubt.args[0] = title_of(outcome);
    doubt.args[1] = title_of(gate);
    doubt.group = outcome;
    vec_push(&doubts->list, doubt);
}

/* Of so many pairs and no more: beyond them the effort that there is would come to nothing for each. */
static void ask_clashes(struct doubts *doubts, const struct standard *standard)
{
    enum { PAIRS_MAX = 400 };
    size_t pairs = 0;
    for (size_t i = 0; i < standard->outcomes.count; i++)
        for (size_t k = 0; k < standard->outcomes.count && pairs < PAIRS_MAX; k++) {
            const struct outcome *outcome = standard->outcomes.items[i],
                                 *gate = standard->outcomes.items[k];
            bool pair = outcome->kind == OUTCOME_QUALIFIES && gate->kind != OUTCOME_QUALIFIES;
            pairs += pair;
            if (pair && !reads_either(standard, outcome, gate))
                ask_clash(doubts, outcome, gate);
        }
}

/* ---- stages */

static void ask_requirement(struct doubts *doubts, const struct stage *stage,
                            const struct requirement *requirement)
{
    struct doubt doubt = {.kind = DOUBT_NEVER, .of_outcome = true, .node = requirement->when};
    doubt.span = requirement->span;
    doubt.code = DIAG_STAGE_NEVER_APPROVED;
    doubt.args[0] = stage->name;
    doubt.args[1] = span_text(requirement->span);
    vec_push(&doubts->list, doubt);
    doubt.kind = DOUBT_ALWAYS;
    doubt.code = DIAG_OUTCOME_ALWAYS;
    doubt.args[0] = doubt_title(requirement->label, requirement->span);
    doubt.args[1] = "@require_idle";
    vec_push(&doubts->list, doubt);
}

/* ---- what n/a decides, where no grade holds */

static void ask_na(struct doubts *doubts, enum diag_code code, struct span span, const struct ir_node *of)
{
    const struct type truth = {.kind = TYPE_YESNO};
    struct ir_node *node = doubts->ir->nodes.items[of->id];
    struct doubt doubt = {.kind = DOUBT_POSSIBLE, .of_outcome = true, .code = code, .span = span};
    doubt.node = ir_unary(doubts->ir, IR_IS_NA, truth, node, node->origin);
    doubt.args[0] = code == DIAG_OUTCOME_MAY_BE_NA ? span_text(span) : NULL;
    vec_push(&doubts->list, doubt);
}

static void ask_what_is_na(struct doubts *doubts, const struct standard *standard)
{
    for (size_t i = 0; i < standard->na_conditions.count; i++)
        ask_na(doubts, DIAG_OUTCOME_MAY_BE_NA, standard->na_conditions.items[i].span,
               standard->na_conditions.items[i].when);
    if (standard->grade && standard->open_grades.source)
        ask_na(doubts, DIAG_GRADES_WITHOUT_OTHERWISE, standard->open_grades, standard->grade);
}

void doubts_of_outcomes(struct doubts *doubts, const struct standard *standard)
{
    for (size_t i = 0; i < standard->outcomes.count; i++)
        ask_outcome(doubts, standard->outcomes.items[i]);
    ask_grades(doubts, standard);
    for (size_t i = 0; i < standard->stages.count; i++)
        for (size_t k = 0; k < standard->stages.items[i]->requires.count; k++)
            ask_requirement(doubts, standard->stages.items[i], &standard->stages.items[i]->requires.items[k]);
    ask_what_is_na(doubts, standard);
    ask_pairs(doubts, standard);
    ask_clashes(doubts, standard);
}
