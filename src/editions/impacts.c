#include "editions/impacts.h"
#include "audit/prover.h"
#include "base/mem.h"
#include "editions/witness.h"

enum { PATIENCE = 40 };

/* ---- what there is to compare */

static void add(struct impacts *impacts, struct subject subject)
{
    bool both = subject.of[EDITION_OLD] && subject.of[EDITION_NEW];
    subject.impact = both ? IMPACT_OPEN : subject.of[EDITION_NEW] ? IMPACT_ADDED : IMPACT_REPEALED;
    if (subject.of[EDITION_OLD] || subject.of[EDITION_NEW])
        vec_push(&impacts->list, subject);
}

/* What the old edition calls it. */
static const char *old_name(const struct impacts *impacts, enum ast_kind kind, const char *name)
{
    const struct revision *revision = name ? revisions_about(impacts->revisions, kind, name) : NULL;
    return revision && revision->kind == REVISION_MOVED ? revision->from : name;
}

static void add_part(struct impacts *impacts, const struct part *old, const struct part *new)
{
    const struct part *shown = new ? new : old;
    struct subject subject = {
        .kind = SUBJECT_PART, .path = shown->path, .label = shown->label, .part = {old, new}};
    subject.of[EDITION_OLD] = old ? old->score : NULL;
    subject.of[EDITION_NEW] = new ? new->score : NULL;
    add(impacts, subject);
}

static bool is_taken(const struct impacts *impacts, const struct part *old)
{
    for (size_t i = 0; i < impacts->list.count; i++)
        if (impacts->list.items[i].part[EDITION_OLD] == old)
            return true;
    return false;
}

/* Where a part of the new edition stood in the old one. */
static const struct part *old_part(const struct impacts *impacts, const struct part *part)
{
    const struct map *old = &impacts->standard[EDITION_OLD]->parts_by_path;
    const char *path = old_name(impacts, AST_section, part->path);
    const struct part *found = map_find(old, path);
    return found && found->kind == part->kind ? found : NULL;
}

static void add_parts(struct impacts *impacts)
{
    const struct map *old = &impacts->standard[EDITION_OLD]->parts_by_path;
    const struct map *new = &impacts->standard[EDITION_NEW]->parts_by_path;
    for (size_t i = 0; i < new->count; i++)
        add_part(impacts, old_part(impacts, new->entries[i].value), new->entries[i].value);
    for (size_t i = 0; i < old->count; i++)
        if (!is_taken(impacts, old->entries[i].value))
            add_part(impacts, old->entries[i].value, NULL);
}

static void add_whole(struct impacts *impacts, enum subject_kind kind, const struct ir_node *old,
                      const struct ir_node *new)
{
    add(impacts, (struct subject){.kind = kind, .of = {old, new}});
}

static const char *name_of(const struct outcome *outcome)
{
    return outcome->kind == OUTCOME_MINIMUM ? outcome->part->path
           : outcome->name                  ? outcome->name
                                            : outcome->label;
}

static const struct outcome *outcome_of(const struct standard *standard, enum outcome_kind kind,
                                        const char *name)
{
    for (size_t i = 0; name && i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->kind == kind && str_equal(name_of(outcome), name))
            return outcome;
    }
    return NULL;
}

static enum ast_kind kind_of(const struct outcome *outcome)
{
    static const enum ast_kind kinds[] = {[OUTCOME_REQUIRE] = AST_require,
                                          [OUTCOME_VETO] = AST_veto,
                                          [OUTCOME_MINIMUM] = AST_section,
                                          [OUTCOME_QUALIFIES] = AST_qualifies};
    return kinds[outcome->kind];
}

static void add_outcome(struct impacts *impacts, const struct outcome *old, const struct outcome *new)
{
    const struct outcome *shown = new ? new : old;
    struct subject subject = {.kind = SUBJECT_OUTCOME, .path = name_of(shown), .label = shown->label};
    subject.of[EDITION_OLD] = old ? old->holds : NULL;
    subject.of[EDITION_NEW] = new ? new->holds : NULL;
    if (subject.path)
        add(impacts, subject);
}

static void add_outcomes(struct impacts *impacts)
{
    const struct standard *old = impacts->standard[EDITION_OLD], *new = impacts->standard[EDITION_NEW];
    struct map taken = {0};
    for (size_t i = 0; i < new->outcomes.count; i++) {
        const struct outcome *outcome = new->outcomes.items[i];
        const char *name = old_name(impacts, kind_of(outcome), name_of(outcome));
        add_outcome(impacts, outcome_of(old, outcome->kind, name), outcome);
        if (name)
            map_put(&taken, str_print("%d %s", (int)outcome->kind, name), impacts);
    }
    for (size_t i = 0; i < old->outcomes.count; i++) {
        const struct outcome *outcome = old->outcomes.items[i];
        if (name_of(outcome) && !map_find(&taken, str_print("%d %s", (int)outcome->kind, name_of(outcome))))
            add_outcome(impacts, outcome, NULL);
    }
}

static const struct show *show_like(const struct standard *standard, const char *name)
{
    for (size_t i = 0; i < standard->shows.count; i++)
        if (str_equal(standard->shows.items[i].name, name))
            return &standard->shows.items[i];
    return NULL;
}

static void add_show(struct impacts *impacts, const struct show *old, const struct show *new)
{
    const struct show *shown = new ? new : old;
    struct subject subject = {.kind = SUBJECT_SHOW, .path = shown->name, .label = shown->label};
    bool one_kind = !old || !new || old->value->type.kind == new->value->type.kind;
    subject.of[EDITION_OLD] = old && one_kind ? old->value : NULL;
    subject.of[EDITION_NEW] = new ? new->value : NULL;
    add(impacts, subject);
}

static void add_shows(struct impacts *impacts)
{
    const struct standard *old = impacts->standard[EDITION_OLD], *new = impacts->standard[EDITION_NEW];
    struct map taken = {0};
    for (size_t i = 0; i < new->shows.count; i++) {
        const char *name = old_name(impacts, AST_show, new->shows.items[i].name);
        add_show(impacts, show_like(old, name), &new->shows.items[i]);
        map_put(&taken, name, impacts);
    }
    for (size_t i = 0; i < old->shows.count; i++)
        if (!map_find(&taken, old->shows.items[i].name))
            add_show(impacts, &old->shows.items[i], NULL);
}

/* ---- because of what */

static void add_because(struct subject *subject, const struct revision *revision)
{
    for (size_t i = 0; i < subject->because.count; i++)
        if (subject->because.items[i] == revision)
            return;
    if (revision)
        vec_push(&subject->because, revision);
}

static const struct revision *about(const struct impacts *impacts, enum ast_kind kind, const char *path)
{
    return path ? revisions_about(impacts->revisions, kind, path) : NULL;
}

/* Parts, gates, thresholds, definitions and facts of an edition that a node is worked out from. */
static void add_causes_below(const struct impacts *impacts, struct subject *subject, enum edition edition)
{
    const struct standard *standard = impacts->standard[edition];
    unsigned char *below = mem_alloc_plain(standard->ir->nodes.count + 1);
    below[subject->of[edition]->id] = 1;
    ir_mark_below(standard->ir, below);
    for (size_t i = 0; subject->kind != SUBJECT_PART && i < standard->parts_by_path.count; i++) {
        const struct part *part = standard->parts_by_path.entries[i].value;
        if (part->score && below[part->score->id])
            add_because(subject, about(impacts, AST_section, part->path));
    }
    for (size_t i = 0; i < standard->named.count; i++) {
        const struct named_value *named = &standard->named.items[i];
        if (named->node && below[named->node->id])
            add_because(subject, about(impacts, named->threshold ? AST_threshold : AST_define, named->name));
    }
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct fact_declaration *fact = standard->facts.items[i];
        if (fact->node && below[fact->node->id])
            add_because(subject, about(impacts, AST_fact, fact->field.name));
    }
    for (size_t i = 0; subject->kind == SUBJECT_ELIGIBLE && i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (below[outcome->holds->id])
            add_because(subject, about(impacts, kind_of(outcome), name_of(outcome)));
    }
}

/* Of what a header says, texts and days. */
static bool gives_no_points(enum ast_kind kind)
{
    return kind == AST_h_text || kind == AST_h_issued || kind == AST_h_period || kind == AST_h_transition ||
           kind == AST_string;
}

static const struct revision *header_that_counts(const struct impacts *impacts)
{
    const struct revision *header = about(impacts, AST_standard, "");
    for (size_t i = 0; header && i < header->details.count; i++) {
        const struct revision_detail *detail = &header->details.items[i];
        enum ast_kind kind = (detail->new ? detail->new : detail->old)->kind;
        if (!gives_no_points(kind))
            return header;
    }
    return NULL;
}

static const struct revision *own_revision(const struct impacts *impacts, const struct subject *subject)
{
    switch (subject->kind) {
    case SUBJECT_PART: return about(impacts, AST_section, subject->path);
    case SUBJECT_GRADE: return about(impacts, AST_grades, "grades");
    case SUBJECT_SHOW: return about(impacts, AST_show, subject->path);
    case SUBJECT_TOTAL: return header_that_counts(impacts);
    case SUBJECT_OUTCOME:
        for (int i = 0; i < 4; i++) {
            static const enum ast_kind kinds[] = {AST_require, AST_veto, AST_qualifies, AST_section};
            const struct revision *revision = about(impacts, kinds[i], subject->path);
            if (revision)
                return revision;
        }
        break;
    case SUBJECT_ELIGIBLE: break;
    }
    return NULL;
}

static void find_causes(const struct impacts *impacts, struct subject *subject)
{
    add_because(subject, own_revision(impacts, subject));
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        if (subject->of[edition])
            add_causes_below(impacts, subject, edition);
}

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
    subject->witness = example ? witness_of(impacts, subject, example) : NULL;
    if (example && !subject->witness) { /* more has to be known for both to say what it comes to */
        example = prover_whole_example(prover, &claim, claim_borne_out());
        subject->witness = example ? witness_of(impacts, subject, example) : NULL;
    }
    if (subject->witness)
        subject->impact = IMPACT_DIFFERS;
}

static bool reads_days(const struct impacts *impacts, const struct subject *subject)
{
    const struct standard *standard = impacts->standard[EDITION_NEW];
    unsigned char *below = mem_alloc_plain(standard->ir->nodes.count + 1);
    below[subject->of[EDITION_NEW]->id] = 1;
    ir_mark_below(standard->ir, below);
    for (size_t i = 0; i < standard->ir->nodes.count; i++)
        if (below[i] && standard->ir->nodes.items[i]->op == IR_CALENDAR)
            return true;
    return false;
}

/* Facts that the subject is worked out from, and of which saying nothing means something else now. */
static void find_reported(const struct impacts *impacts, struct subject *subject)
{
    const struct standard *standard = impacts->standard[EDITION_NEW];
    unsigned char *below = mem_alloc_plain(standard->ir->nodes.count + 1);
    below[subject->of[EDITION_NEW]->id] = 1;
    ir_mark_below(standard->ir, below);
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct fact_declaration *fact = standard->facts.items[i];
        if (fact->node && below[fact->node->id] && !joint_silence_alike(impacts->joint, i))
            vec_push(&subject->reported, fact->field.name);
    }
}

static bool same_period(const struct impacts *impacts)
{
    const struct period *old = &impacts->standard[EDITION_OLD]->period,
                        *new = &impacts->standard[EDITION_NEW]->period;
    return old->known == new->known && old->start == new->start && old->end == new->end;
}

static void decide(struct impacts *impacts)
{
    const struct ir_node **questions = MEM_ARRAY(const struct ir_node *, impacts->list.count + 1);
    for (size_t i = 0; i < impacts->list.count; i++)
        tell_same(impacts, &impacts->list.items[i]);
    for (size_t i = 0; i < impacts->list.count; i++)
        if (impacts->list.items[i].impact == IMPACT_OPEN)
            questions[i] = question(impacts, &impacts->list.items[i]);
    struct prover *prover = prover_new(impacts->joint->standard, PATIENCE);
    for (size_t i = 0; i < impacts->list.count; i++)
        if (questions[i])
            answer(impacts, &impacts->list.items[i], prover, questions[i]);
    for (size_t i = 0; i < impacts->list.count; i++) {
        struct subject *subject = &impacts->list.items[i];
        if (subject->impact != IMPACT_SAME)
            continue;
        subject->same_days = !same_period(impacts) && reads_days(impacts, subject);
        find_reported(impacts, subject);
    }
}

static struct form_names renamed_in(const struct revisions *revisions)
{
    struct form_names names = {0};
    for (size_t i = 0; i < revisions->list.count; i++) {
        const struct revision *revision = &revisions->list.items[i];
        struct map *map = revision->of == AST_fact        ? &names.facts
                          : revision->of == AST_threshold ? &names.settings
                                                          : &names.scores;
        if (revision->kind == REVISION_MOVED)
            map_put(map, revision->path, (void *)revision->from);
    }
    return names;
}

struct impacts *impacts_of(const struct standard *old, const struct standard *new,
                           const struct revisions *revisions)
{
    struct impacts *impacts = MEM_NEW(struct impacts);
    const struct form_names renamed = renamed_in(revisions);
    *impacts = (struct impacts){
        .standard = {old, new}, .revisions = revisions, .joint = joint_of(old, new, &renamed)};
    add_parts(impacts);
    add_whole(impacts, SUBJECT_TOTAL, old->total_node, new->total_node);
    add_whole(impacts, SUBJECT_GRADE, old->grade, new->grade);
    add_whole(impacts, SUBJECT_ELIGIBLE, old->eligible, new->eligible);
    add_outcomes(impacts);
    add_shows(impacts);
    if (impacts->joint)
        decide(impacts);
    for (size_t i = 0; i < impacts->list.count; i++)
        if (impacts->list.items[i].impact != IMPACT_SAME)
            find_causes(impacts, &impacts->list.items[i]);
    return impacts;
}
