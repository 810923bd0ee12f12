#include "editions/impacts.h"
#include "audit/prover.h"
#include "base/mem.h"
#include "editions/causes.h"
#include "editions/subjects.h"
#include "editions/witness.h"

enum { PATIENCE = 40 };

/* ---- the same, or not */

static const struct ir_node *in_both(const struct impacts *impacts, const struct subject *subject,
                                     enum edition edition)
{
    return impacts->joint->nodes[edition][subject->of[edition]->id];
}

/* Where they are grades: does a node that is one in both mean the same? */
static bool is_said_alike(const struct impacts *impacts, const struct subject *subject)
{
    if (subject->kind != SUBJECT_GRADE)
        return true;
    const struct choice *old = impacts->standard[EDITION_OLD]->grades,
                        *new = impacts->standard[EDITION_NEW]->grades;
    bool same = old->count == new->count;
    for (size_t i = 0; same && i < new->count; i++)
        same = str_equal(old->symbols[i].name, new->symbols[i].name);
    return same;
}

static bool is_one_form(const struct impacts *impacts, const struct subject *subject)
{
    return in_both(impacts, subject, EDITION_OLD) == in_both(impacts, subject, EDITION_NEW) &&
           is_said_alike(impacts, subject);
}

/* By their form: no question is left of them. */
static void tell_same(struct impacts *impacts, struct subject *subject)
{
    if (subject->impact == IMPACT_OPEN && is_one_form(impacts, subject))
        subject->impact = IMPACT_SAME;
}

static const struct ir_node *question(struct impacts *impacts, const struct subject *subject)
{
    if (subject->kind == SUBJECT_GRADE)
        return joint_grades_differ(impacts->joint);
    return joint_differ(impacts->joint, in_both(impacts, subject, EDITION_OLD),
                        in_both(impacts, subject, EDITION_NEW));
}

static void answer(struct impacts *impacts, struct subject *subject, struct prover *prover,
                   const struct ir_node *differ)
{
    struct claim claim = prover_claim(prover, differ, CLAIM_YES, true);
    if (prover_never(prover, &claim)) {
        subject->impact = IMPACT_SAME;
        return;
    }
    const struct diag_example *example = prover_example(prover, &claim, claim_borne_out());
    subject->witness = example ? witness_of(impacts, subject, example, example) : NULL;
    if (example && !subject->witness) { /* more has to be known for both to say what it comes to */
        const struct diag_example *all = prover_whole_example(prover, &claim, claim_borne_out(), differ);
        subject->witness = all ? witness_of(impacts, subject, all, example) : NULL;
    }
    if (subject->witness)
        subject->impact = IMPACT_DIFFERS;
}

/* The solver takes all that matters for known: of what asks whether something is, it cannot tell. */
static void ask_solver(const struct impacts *impacts, struct subject *subject, struct prove *prove,
                       const struct ir_node *differ)
{
    if (ir_reads(impacts->joint->standard->ir, differ, IR_IS_KNOWN))
        return;
    const struct prove_question asked = {.kind = PROVE_ASKED, .claim = differ};
    struct prove_found found = prove_ask(prove, &asked);
    if (found.answer == PROVE_NO)
        subject->impact = IMPACT_SAME;
    subject->witness = found.answer == PROVE_YES
                           ? witness_of(impacts, subject, found.witness.unit, found.witness.unit)
                           : NULL;
    if (subject->witness)
        subject->impact = IMPACT_DIFFERS;
}

/* A unit that does well in both editions shows more plainly what changes than one that has failed in all. */
static void favour_good_units(const struct impacts *impacts, struct prover *prover)
{
    const struct ir_node *total = impacts->standard[EDITION_NEW]->total_node;
    bool lower = impacts->standard[EDITION_NEW]->better_lower;
    if (!total)
        return;
    total = impacts->joint->nodes[EDITION_NEW][total->id];
    struct claim best = prover_claim(prover, total, lower ? CLAIM_LOW : CLAIM_HIGH, true);
    prover_favour(prover, &best);
}

/* ---- where all of it is too much */

/* A criterion takes little, as a rule. */
static bool is_leaf(const struct subject *subject)
{
    return subject->kind == SUBJECT_PART && subject->part[EDITION_NEW] &&
           !subject->part[EDITION_NEW]->parts.count;
}

/* What comes to the same in both. */
struct alike {
    const struct ir_node **with,
        **apart; /* [node id]: the node that it comes to the same as, that it may not */
};

static bool are_alike(struct alike *alike, const struct ir_node *a, const struct ir_node *b)
{
    if (a == b || alike->with[a->id] == b)
        return true;
    bool same = alike->apart[a->id] != b && a->op == b->op && a->type.kind == b->type.kind &&
                a->arg_count == b->arg_count && a->arg_count && a->index == b->index &&
                a->index2 == b->index2 && a->rounding == b->rounding && num_equal(a->step, b->step) &&
                a->block == b->block;
    for (size_t i = 0; same && i < a->arg_count; i++)
        same = are_alike(alike, a->args[i], b->args[i]);
    (same ? alike->with : alike->apart)[a->id] = b;
    return same;
}

/* Of parts that come to the same the same is made. */
static void tell_made_alike(struct impacts *impacts)
{
    size_t nodes = impacts->joint->standard->ir->nodes.count;
    struct alike alike = {MEM_ARRAY(const struct ir_node *, nodes), MEM_ARRAY(const struct ir_node *, nodes)};
    for (size_t i = 0; i < impacts->list.count; i++) {
        struct subject *subject = &impacts->list.items[i];
        if (is_leaf(subject) && subject->impact == IMPACT_SAME)
            alike.with[in_both(impacts, subject, EDITION_OLD)->id] = in_both(impacts, subject, EDITION_NEW);
    }
    for (size_t i = 0; i < impacts->list.count; i++) {
        struct subject *subject = &impacts->list.items[i];
        if (subject->impact == IMPACT_OPEN && is_said_alike(impacts, subject) &&
            are_alike(&alike, in_both(impacts, subject, EDITION_OLD), in_both(impacts, subject, EDITION_NEW)))
            subject->impact = IMPACT_SAME;
    }
}

/* A part that is shown to differ may be all that it takes: `part` is the question about it. */
static bool follows(struct impacts *impacts, struct subject *subject, struct prover *prover,
                    const struct ir_node *part, const struct ir_node *whole)
{
    struct claim claim = prover_claim(prover, part, CLAIM_YES, true);
    const struct diag_example *telling = prover_example(prover, &claim, claim_borne_out());
    const struct diag_example *all =
        telling ? prover_whole_example(prover, &claim, claim_borne_out(), whole) : NULL;
    subject->witness = all ? witness_of(impacts, subject, all, telling) : NULL;
    if (subject->witness)
        subject->impact = IMPACT_DIFFERS;
    return subject->witness;
}

static void follow(struct impacts *impacts, struct subject *subject, struct prover *prover,
                   const struct ir_node *const *questions, const struct ir_node *whole)
{
    enum { PARTS_MAX = 3 };
    for (size_t i = 0, tried = 0; i < impacts->list.count && tried < PARTS_MAX; i++) {
        const struct subject *part = &impacts->list.items[i];
        if (!is_leaf(part) || part->impact != IMPACT_DIFFERS)
            continue;
        if (follows(impacts, subject, prover, questions[i], whole))
            return;
        tried++;
    }
}

/* `afresh`: nothing could be looked into with all that the standards work out. Else what is open has been asked about, and criteria alone
 * are of use. */
static struct prover *near_prover(const struct impacts *impacts, const struct ir_node *const *questions,
                                  bool afresh)
{
    const struct ir_node **asked = MEM_ARRAY(const struct ir_node *, impacts->list.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < impacts->list.count; i++)
        if (questions[i] && (afresh || is_leaf(&impacts->list.items[i])))
            asked[count++] = questions[i];
    return prover_of(impacts->joint->standard, PATIENCE, asked, count);
}

static bool is_any_open(const struct impacts *impacts)
{
    size_t i = 0;
    while (i < impacts->list.count && impacts->list.items[i].impact != IMPACT_OPEN)
        i++;
    return i < impacts->list.count;
}

static void answer_open(struct impacts *impacts, const struct ir_node *const *questions, struct prover *near,
                        bool leaves)
{
    for (size_t i = 0; i < impacts->list.count; i++)
        if (impacts->list.items[i].impact == IMPACT_OPEN && is_leaf(&impacts->list.items[i]) == leaves)
            answer(impacts, &impacts->list.items[i], near, questions[i]);
}

/* What takes little is asked about first, what is made of it after it. */
static void answer_near(struct impacts *impacts, const struct ir_node *const *questions, bool afresh)
{
    struct prover *near = near_prover(impacts, questions, afresh);
    if (afresh)
        answer_open(impacts, questions, near, true);
    tell_made_alike(impacts);
    for (size_t i = 0; i < impacts->list.count; i++)
        if (impacts->list.items[i].impact == IMPACT_OPEN)
            follow(impacts, &impacts->list.items[i], near, questions, questions[i]);
    if (afresh)
        answer_open(impacts, questions, near, false);
}

static void decide(struct impacts *impacts, struct smt_solver *solver)
{
    const struct ir_node **questions = MEM_ARRAY(const struct ir_node *, impacts->list.count + 1);
    for (size_t i = 0; i < impacts->list.count; i++)
        tell_same(impacts, &impacts->list.items[i]);
    for (size_t i = 0; i < impacts->list.count; i++)
        if (impacts->list.items[i].impact == IMPACT_OPEN)
            questions[i] = question(impacts, &impacts->list.items[i]);
    struct prover *prover = prover_new(impacts->joint->standard, PATIENCE);
    favour_good_units(impacts, prover);
    for (size_t i = 0; i < impacts->list.count; i++)
        if (questions[i])
            answer(impacts, &impacts->list.items[i], prover, questions[i]);
    if (is_any_open(impacts))
        answer_near(impacts, questions, !prover_searches(prover));
    struct standard any_day = *impacts->joint->standard;
    if (!causes_same_period(impacts))
        any_day.period = (struct period){0};
    struct prove *prove = solver ? prove_claims(&any_day, solver) : NULL;
    for (size_t i = 0; prove && i < impacts->list.count; i++)
        if (questions[i] && impacts->list.items[i].impact == IMPACT_OPEN)
            ask_solver(impacts, &impacts->list.items[i], prove, questions[i]);
    const struct suspects suspects = suspects_of(impacts);
    for (size_t i = 0; i < impacts->list.count; i++) {
        struct subject *subject = &impacts->list.items[i];
        if (subject->impact != IMPACT_SAME)
            continue;
        conditions_find(impacts, &suspects, subject);
    }
}

static struct joint_names renamed_in(const struct revisions *revisions)
{
    struct joint_names names = {0};
    for (size_t i = 0; i < revisions->list.count; i++) {
        const struct revision *revision = &revisions->list.items[i];
        struct map *map = revision->of == AST_fact          ? &names.facts
                          : revision->of == AST_threshold   ? &names.settings
                          : revisions_is_part(revision->of) ? &names.scores
                                                            : NULL;
        if (map && revision->kind == REVISION_MOVED)
            map_put(map, revision->path, (void *)revision->from);
    }
    return names;
}

bool impacts_is_same(const struct subject *subject)
{
    return subject->impact == IMPACT_SAME && !subject->same_days && !subject->reported.count;
}

struct impacts *impacts_of(const struct standard *old, const struct standard *new,
                           const struct revisions *revisions, struct smt_solver *solver)
{
    struct impacts *impacts = MEM_NEW(struct impacts);
    const struct joint_names renamed = renamed_in(revisions);
    *impacts = (struct impacts){.standard = {old, new},
                                .revisions = revisions,
                                .asked = solver != NULL,
                                .joint = joint_of(old, new, &renamed)};
    subjects_list(impacts);
    if (impacts->joint)
        decide(impacts, solver);
    for (size_t i = 0; i < impacts->list.count; i++)
        if (!impacts_is_same(&impacts->list.items[i]))
            causes_find(impacts, &impacts->list.items[i]);
    return impacts;
}
