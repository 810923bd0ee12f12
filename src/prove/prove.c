#include "prove/prove.h"
#include <string.h>
#include "audit/prover.h"
#include "base/mem.h"
#include "facts/write.h"
#include "prove/rise.h"
#include "prove/witness.h"
#include "smt/known.h"

/* ---- the questions, behind a copy of the standard's nodes */

static void add(struct prove *prove, struct prove_question question)
{
    vec_push(&prove->questions, question);
}

static struct ir_node *negated(struct ir *ir, const struct ir_node *of)
{
    return ir_unary(ir, IR_NOT, of->type, ir->nodes.items[of->id], of->origin);
}

static void add_properties(struct prove *prove)
{
    const struct standard *standard = prove->standard;
    for (size_t i = 0; i < standard->properties.count; i++) {
        const struct property *property = &standard->properties.items[i];
        struct prove_question question = {.kind = PROVE_PROPERTY, .place = i};
        question.raised = property->raised;
        question.result = property->result;
        question.claim =
            property->kind == PROPERTY_ALWAYS ? negated(standard->ir, property->when) : property->when;
        add(prove, question);
    }
}

static struct ir_node *compared(struct ir *ir, enum ir_op op, const struct ir_node *a,
                                const struct ir_node *b)
{
    static const struct type truth = {.kind = TYPE_YESNO};
    struct ir_node *holds =
        ir_binary(ir, op, truth, ir->nodes.items[a->id], ir->nodes.items[b->id], a->origin);
    struct ir_node *no = ir_truth(ir, false, a->origin);
    return holds->bounds.na || value_is_na(&holds->bounds)
               ? ir_binary(ir, IR_NA_AS, truth, holds, no, a->origin)
               : holds;
}

static void add_beyond(struct prove *prove)
{
    const struct standard *standard = prove->standard;
    if (!standard->total_node)
        return;
    const struct ir_node *most = ir_number(standard->ir, standard->total, standard->total_node->origin);
    add(prove, (struct prove_question){.kind = PROVE_BEYOND,
                                       .claim = compared(standard->ir, IR_LESS, most, standard->total_node)});
}

static void add_grades(struct prove *prove)
{
    const struct standard *standard = prove->standard;
    for (size_t i = 0; standard->grade && standard->grades && i < standard->grades->count; i++) {
        const struct ir_node *grade =
            ir_const(standard->ir, standard->grade->type, value_int((int64_t)i), standard->grade->origin);
        add(prove,
            (struct prove_question){.kind = PROVE_GRADE,
                                    .place = i,
                                    .claim = compared(standard->ir, IR_EQUAL, standard->grade, grade)});
    }
}

/* Of faults that are counted nothing can be reached. */
static void add_caps(struct prove *prove)
{
    const struct standard *standard = prove->standard;
    for (size_t i = 0; i < standard->parts_by_path.count && !standard->better_lower; i++) {
        const struct part *part = standard->parts_by_path.entries[i].value;
        if (part->kind != PART_CRITERION || !part->has_cap || part->better_lower)
            continue;
        const struct ir_node *cap = ir_number(standard->ir, part->cap, part->score->origin);
        add(prove, (struct prove_question){.kind = PROVE_CAP,
                                           .place = i,
                                           .claim = compared(standard->ir, IR_LESS_EQUAL, cap, part->score)});
    }
}

static void add_facts(struct prove *prove)
{
    const struct standard *standard = prove->standard;
    if (!standard->total_node)
        return;
    const unsigned char *below = ir_below(standard->ir, standard->total_node);
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct ir_node *fact = standard->facts.items[i]->node;
        if (fact && below[fact->id] && type_has_order(&fact->type))
            add(prove, (struct prove_question){
                           .kind = PROVE_FACT, .place = i, .raised = fact, .result = standard->total_node});
    }
}

static struct prove *start(const struct standard *standard, struct smt_solver *solver)
{
    struct prove *prove = MEM_NEW(struct prove);
    prove->standard = standard;
    prove->solver = solver;
    return prove;
}

/* After the last node was added. */
static void write_script(struct prove *prove)
{
    prove->smt = smt_new(prove->standard, prove->standard->ir);
    prove->world = smt_world(prove->smt);
    if (smt_assert_limited(prove->smt, prove->world))
        prove->nobody = smt_solver_ask(prove->solver, prove->smt, "true") == SMT_IMPOSSIBLE;
    smt_assert_scored(prove->smt, prove->world);
}

struct prove *prove_new(const struct standard *standard, struct smt_solver *solver)
{
    struct standard *extended = MEM_NEW(struct standard);
    *extended = *standard;
    extended->ir = ir_fork(standard->ir);
    struct prove *prove = start(extended, solver);
    add_properties(prove);
    add_beyond(prove);
    add_grades(prove);
    add_caps(prove);
    add_facts(prove);
    write_script(prove);
    return prove;
}

struct prove *prove_claims(const struct standard *standard, struct smt_solver *solver)
{
    struct prove *prove = start(standard, solver);
    prove->raw = true;
    write_script(prove);
    return prove;
}

/* ---- of one unit */

static const char *surely(const struct smt_term *term, const char *value)
{
    return str_print("(and %s (not %s) (not %s))", value, term->na ? term->na : "false",
                     term->fault ? term->fault : "false");
}

/* The search that evaluation uses knows of tables and calendars, and of what reviews may say. */
static struct prove_found searched(struct prove *prove, const struct ir_node *claim, struct prove_found found)
{
    if (!prove->search)
        prove->search = prover_new(prove->standard, 1);
    struct claim yes = prover_claim(prove->search, claim, CLAIM_YES, true);
    if (prover_never(prove->search, &yes)) {
        found.answer = PROVE_NO;
        return found;
    }
    found.witness.unit = prover_example(prove->search, &yes, claim_borne_out());
    bool stands = found.witness.unit && example_stands(prove, found.witness.unit, claim);
    found.answer = stands ? PROVE_YES : PROVE_OPEN;
    return found;
}

static const struct ir_node *first_loose(const struct prove *prove, const struct ir_node *node)
{
    unsigned char *below = ir_below(prove->standard->ir, node);
    for (size_t i = 0; i < prove->smt->loose.count; i++)
        if (below[prove->smt->loose.items[i]->id])
            return prove->smt->loose.items[i];
    return NULL;
}

static void note_why(struct prove_found *found, const struct prove *prove, const struct ir_node *node)
{
    found->loose = first_loose(prove, node);
    found->why = smt_solver_is_lost(prove->solver) ? PROVE_LOST
                 : prove->unstated                 ? PROVE_UNSTATED
                 : found->loose                    ? PROVE_LOOSE
                                                   : PROVE_SPENT;
}

/* With no more rows in any table than are looked into, which can be written down. */
static const char *few_rows(const struct prove *prove)
{
    const char *few = "true";
    for (size_t i = 0; i < prove->smt->tables.count; i++)
        few = str_print("(and %s (not %s))", few, prove->smt->tables.items[i]->more);
    return few;
}

/* Of units that can be written down: at first of those that leave nothing open. */
static enum smt_answer ask_told(struct prove *prove, const char *claim)
{
    const char *few = few_rows(prove);
    enum smt_answer answer = SMT_IMPOSSIBLE;
    if (prove->smt->known.count > 0) {
        prove->told = str_print("(and %s %s)", few, smt_all_known(prove->smt));
        answer = smt_solver_ask(prove->solver, prove->smt, str_print("(and %s %s)", prove->told, claim));
    }
    if (answer != SMT_IMPOSSIBLE)
        return answer;
    prove->told = few;
    return smt_solver_ask(prove->solver, prove->smt, str_print("(and %s %s)", few, claim));
}

/* What is more likely is asked first. */
static enum smt_answer ask(struct prove *prove, const char *claim, bool likely)
{
    bool untold = prove->smt->tables.count > 0 || prove->smt->known.count > 0;
    prove->told = "true";
    enum smt_answer answer =
        likely && untold ? SMT_POSSIBLE : smt_solver_ask(prove->solver, prove->smt, claim);
    if (answer != SMT_POSSIBLE || !untold)
        return answer;
    answer = ask_told(prove, claim);
    if (answer != SMT_IMPOSSIBLE)
        return answer;
    answer = likely ? smt_solver_ask(prove->solver, prove->smt, claim) : SMT_POSSIBLE;
    return answer == SMT_POSSIBLE ? SMT_UNDECIDED : answer;
}

/* Another world of those that were asked for, in which decimals lie on a grid: a coarse one, then a fine one. */
static bool ask_on_grid(struct prove *prove, const char *asked, size_t *tries)
{
    static const char *const steps[] = {"100.0", "1000000.0"};
    struct str all = {0};
    if (*tries == sizeof steps / sizeof *steps)
        return false;
    str_format(&all, "(and %s %s", prove->told, asked);
    for (size_t i = 0; i < prove->decimals.count; i++)
        str_format(&all, " (is_int (* %s %s))", steps[*tries], prove->decimals.items[i]);
    str_add_char(&all, ')');
    ++*tries;
    return smt_solver_ask(prove->solver, prove->smt, str_text(&all)) == SMT_POSSIBLE ||
           ask_on_grid(prove, asked, tries);
}

static void forget_found(struct prove *prove)
{
    prove->decimals.count = 0;
    prove->unstated = false;
}

/* Is it so of a unit that was found and can be written, as evaluation has it? */
static bool one_shows(struct prove *prove, const struct ir_node *claim, const char *asked,
                      struct prove_witness *witness)
{
    struct found_unit unit;
    size_t tries = 0;
    do {
        forget_found(prove);
        if (!found_unit_read(&unit, prove, prove->world, NULL, claim))
            return false;
    } while (prove->unstated && ask_on_grid(prove, asked, &tries));
    struct value value = found_unit_value(&unit, claim);
    if (prove->unstated || value.kind != VALUE_TRUTH || !value_is_yes(&value))
        return false;
    witness->unit = found_unit_example(&unit);
    return true;
}

static struct prove_found ask_one(struct prove *prove, const struct ir_node *claim, bool likely)
{
    struct prove_found found = {.answer = PROVE_OPEN};
    struct smt_term term = smt_term(prove->smt, prove->world, smt_final(prove->smt), claim);
    const char *asked = surely(&term, term.value);
    enum smt_answer answer = ask(prove, asked, likely);
    if (answer == SMT_IMPOSSIBLE) {
        found.answer = PROVE_NO;
        return found;
    }
    if (answer == SMT_POSSIBLE && one_shows(prove, claim, asked, &found.witness)) {
        found.answer = PROVE_YES;
        return found;
    }
    note_why(&found, prove, claim);
    return searched(prove, claim, found);
}

/* ---- of two units */

static enum smt_input_kind input_kind(const struct ir_node *node)
{
    return node->op == IR_FACT ? SMT_FACT : node->op == IR_JUDGED ? SMT_SCORE : SMT_SETTING;
}

static bool is_less(const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_TRUTH && b->kind == VALUE_TRUTH)
        return value_is_no(a) && value_is_yes(b);
    return value_is_point(a) && value_is_point(b) && num_compare(value_point(a), value_point(b)) < 0;
}

static const char *text_of(const struct ir_node *node, const struct value *value)
{
    const struct field field = {.type = node->type};
    return write_value(&field, value);
}

static bool two_show(struct prove *prove, const struct prove_question *question, size_t beside, bool more,
                     const char *asked, struct prove_witness *witness)
{
    struct found_unit one, other;
    size_t tries = 0;
    do {
        forget_found(prove);
        if (!found_unit_read(&one, prove, prove->world, NULL, question->result) ||
            !found_unit_read(&other, prove, beside, &one, question->result))
            return false;
    } while (prove->unstated && ask_on_grid(prove, asked, &tries));
    if (prove->unstated)
        return false;
    struct value before = found_unit_value(&one, question->result),
                 after = found_unit_value(&other, question->result);
    if (!(more ? is_less(&before, &after) : is_less(&after, &before)))
        return false;
    *witness = (struct prove_witness){.unit = found_unit_example(&one),
                                      .other = found_unit_line(&other, question->raised),
                                      .before = text_of(question->result, &before),
                                      .after = text_of(question->result, &after)};
    return true;
}

/* Under a mix of columns it is raised in each, or stays. */
static const char *in_no_column_less(struct prove *prove, size_t beside, const struct ir_node *raised)
{
    struct str all = {0};
    for (size_t c = 0; prove->standard->mixed && c < prove->standard->columns.count; c++)
        str_format(&all, " (not %s)",
                   rise_less(raised, smt_term(prove->smt, beside, c, raised).value,
                             smt_term(prove->smt, prove->world, c, raised).value));
    return str_text(&all);
}

static struct prove_found ask_two(struct prove *prove, const struct prove_question *question, bool more)
{
    struct prove_found found = {.answer = PROVE_OPEN};
    struct smt *smt = prove->smt;
    const struct ir_node *raised = question->raised, *result = question->result;
    size_t beside = smt_world_beside(smt, prove->world, input_kind(raised), (size_t)raised->index);
    if (rise_never_moves(prove, beside, raised, result, more ? -1 : 1)) {
        found.answer = PROVE_NO;
        return found;
    }
    const char *moved = rise_claim(prove, beside, result, more ? 1 : -1);
    const char *claim = str_print("(and %s %s%s %s)", rise_claim(prove, beside, raised, 1), moved,
                                  in_no_column_less(prove, beside, raised),
                                  smt_both_known(smt, prove->world, beside, raised));
    enum smt_answer answer = ask(prove, claim, false);
    if (answer == SMT_IMPOSSIBLE)
        found.answer = PROVE_NO;
    else if (answer == SMT_POSSIBLE && two_show(prove, question, beside, more, claim, &found.witness))
        found.answer = PROVE_YES;
    else
        note_why(&found, prove, result);
    return found;
}

static struct prove_found asked(struct prove *prove, const struct prove_question *question, bool more)
{
    bool likely = question->kind == PROVE_GRADE || question->kind == PROVE_CAP;
    if (prove->nobody)
        return (struct prove_found){.answer = PROVE_OPEN, .why = PROVE_NOBODY};
    forget_found(prove);
    return question->claim ? ask_one(prove, question->claim, likely) : ask_two(prove, question, more);
}

struct prove_found prove_ask(struct prove *prove, const struct prove_question *question)
{
    return asked(prove, question, false);
}

struct prove_found prove_ask_more(struct prove *prove, const struct prove_question *question)
{
    return asked(prove, question, true);
}
