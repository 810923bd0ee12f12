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

static bool is_one_form(const struct impacts *impacts, const struct subject *subject)
{
    bool same = in_both(impacts, subject, EDITION_OLD) == in_both(impacts, subject, EDITION_NEW);
    if (subject->kind != SUBJECT_GRADE || !same)
        return same;
    const struct choice *old = impacts->standard[EDITION_OLD]->grades,
                        *new = impacts->standard[EDITION_NEW]->grades;
    for (size_t i = 0; same && i < new->count; i++)
        same = old->count == new->count &&str_equal(old->symbols[i].name, new->symbols[i].name);
    return same;
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
        const struct diag_example *whole = prover_whole_example(prover, &claim, claim_borne_out());
        subject->witness = whole ? witness_of(impacts, subject, whole, example) : NULL;
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
