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
    struct doubt doubt = {
        .kind = DOUBT_NEVER, .of_outcome = true, .node = outcome->holds, .when = outcome->when};
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

static bool is_rung(const struct grade_rule *rule)
{
    return rule->kind == GRADE_RUNG || rule->kind == GRADE_OTHERWISE;
}

static struct span place_of_grade(const struct standard *standard, const char *grade)
{
    for (size_t i = 0; i < standard->grade_rules.count; i++) {
        const struct grade_rule *rule = &standard->grade_rules.items[i];
        if (is_rung(rule) && str_equal(rule->grade, grade))
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

/* Do rungs alone give grades, no notch and no table? */
static bool is_ladder(const struct standard *standard)
{
    size_t i = 0;
    while (i < standard->grade_rules.count && is_rung(&standard->grade_rules.items[i]))
        i++;
    return i > 0 && i == standard->grade_rules.count;
}

/* What bounds say of the first rung that gives it, and of its condition; NULL: nothing. */
static const char *why_unreached(const struct standard *standard, const char *grade,
                                 const struct ir_node **when)
{
    bool taken = false;
    for (size_t i = 0; i < standard->grade_rules.count; i++) {
        const struct grade_rule *rule = &standard->grade_rules.items[i];
        if (str_equal(rule->grade, grade)) {
            *when = taken ? NULL : rule->when;
            return taken ? "@grade_taken" : never_holds(rule) ? "@grade_never" : NULL;
        }
        taken |= always_holds(rule);
    }
    return NULL;
}

/* A rung of it holds, and none above does. */
static const struct ir_node *gets_by_rungs(struct doubts *doubts, const struct standard *standard,
                                           const char *grade, const struct ir_node *const *none_above)
{
    const struct type truth = {.kind = TYPE_YESNO};
    struct ir_node *any = ir_truth(doubts->ir, false, standard->grade->origin);
    for (size_t i = 0; i < standard->grade_rules.count; i++) {
        const struct grade_rule *rule = &standard->grade_rules.items[i];
        if (!str_equal(rule->grade, grade))
            continue;
        struct ir_node *here = doubt_and(doubts, rule->when, none_above[i]);
        any = ir_binary(doubts->ir, IR_OR, truth, any, here, rule->grade_span);
    }
    return any;
}

static const struct ir_node *gets_as_said(struct doubts *doubts, const struct standard *standard,
                                          size_t place)
{
    const struct type truth = {.kind = TYPE_YESNO};
    struct ir_node *grade = doubts->ir->nodes.items[standard->grade->id];
    struct ir_node *value = ir_const(doubts->ir, grade->type, value_int((long long)place), grade->origin);
    return ir_binary(doubts->ir, IR_EQUAL, truth, grade, value, grade->origin);
}

static void ask_grade(struct doubts *doubts, const struct standard *standard, const char *grade,
                      const struct ir_node *gets, enum doubt_kind kind)
{
    bool never = kind == DOUBT_NEVER;
    struct doubt doubt = {.kind = kind, .of_outcome = true, .node = gets};
    const char *why = never && is_ladder(standard) ? why_unreached(standard, grade, &doubt.when) : NULL;
    doubt.span = place_of_grade(standard, grade);
    doubt.code = never ? DIAG_GRADE_UNREACHED : DIAG_GRADE_ALWAYS;
    doubt.args[0] = grade;
    doubt.args[1] = !never ? NULL : why ? why : "@grade_no_facts";
    doubt.group = why ? NULL : standard->grades; /* a slip of its own, whoever else gets what */
    vec_push(&doubts->list, doubt);
}

/* Above each rung, the first aside: none of those holds. */
static const struct ir_node *const *none_above_rungs(struct doubts *doubts, const struct standard *standard)
{
    size_t count = standard->grade_rules.count;
    const struct ir_node **none = MEM_ARRAY(const struct ir_node *, count + 1);
    none[0] = ir_truth(doubts->ir, true, standard->grade->origin);
    for (size_t i = 0; i < count; i++) {
        const struct ir_node *when = standard->grade_rules.items[i].when;
        none[i + 1] = when ? doubt_and(doubts, doubt_not(doubts, when), none[i]) : none[i];
    }
    return none;
}

static void ask_grades(struct doubts *doubts, const struct standard *standard)
{
    if (!standard->grade)
        return;
    size_t count = standard->grades->count;
    const struct ir_node **gets = MEM_ARRAY(const struct ir_node *, count + 1);
    const struct ir_node *const *none = is_ladder(standard) ? none_above_rungs(doubts, standard) : NULL;
    for (size_t i = 0; i < count; i++)
        gets[i] = none ? gets_by_rungs(doubts, standard, standard->grades->symbols[i].name, none)
                       : gets_as_said(doubts, standard, i);
    for (size_t i = 0; i < count; i++)
        ask_grade(doubts, standard, standard->grades->symbols[i].name, gets[i], DOUBT_ALWAYS);
    for (size_t i = 0; i < count; i++)
        ask_grade(doubts, standard, standard->grades->symbols[i].name, gets[i], DOUBT_NEVER);
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
    const struct ir_node *shut = gate->kind == OUTCOME_REQUIRE ? doubt_not(doubts, gate->holds) : gate->holds;
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
            const struct outcome *outcome = standard->outcomes.items[i], *gate = standard->outcomes.items[k];
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
