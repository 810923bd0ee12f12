#include "editions/causes.h"
#include "editions/subjects.h"

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
    const unsigned char *below = ir_below(standard->ir, subject->of[edition]);
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
            add_because(subject, about(impacts, subject_outcome_kind(outcome), subject_outcome(outcome)));
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
    case SUBJECT_TOTAL: break; /* the header: below */
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

bool causes_same_period(const struct impacts *impacts)
{
    const struct period *old = &impacts->standard[EDITION_OLD]->period,
                        *new = &impacts->standard[EDITION_NEW]->period;
    return old->known == new->known && old->start == new->start && old->end == new->end;
}

static bool reads_calendar(const struct impacts *impacts, const struct subject *subject)
{
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        if (subject->of[edition] &&
            ir_reads(impacts->standard[edition]->ir, subject->of[edition], IR_CALENDAR))
            return true;
    return false;
}

/* Ladders, patterns, scales and units of measure leave no trace in what is worked out: where nothing else explains it, all of them may. */
static void add_what_may_be(const struct impacts *impacts, struct subject *subject)
{
    add_because(subject, header_that_counts(impacts));
    for (size_t i = 0; i < impacts->revisions->list.count; i++) {
        const struct revision *revision = &impacts->revisions->list.items[i];
        if (revision->of == AST_ladder || revision->of == AST_pattern || revision->of == AST_scale ||
            revision->of == AST_unit)
            add_because(subject, revision);
    }
}

void causes_find(const struct impacts *impacts, struct subject *subject)
{
    add_because(subject, own_revision(impacts, subject));
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        if (subject->of[edition])
            add_causes_below(impacts, subject, edition);
    if (subject->kind == SUBJECT_PART || subject->kind == SUBJECT_TOTAL)
        add_because(subject, header_that_counts(impacts));
    if (!causes_same_period(impacts) && reads_calendar(impacts, subject))
        add_because(subject, about(impacts, AST_standard, ""));
    if (!subject->because.count)
        add_what_may_be(impacts, subject);
}

/* ---- under which conditions */

struct suspects suspects_of(const struct impacts *impacts)
{
    const struct standard *standard = impacts->standard[EDITION_NEW];
    struct suspects suspects = {.days = !causes_same_period(impacts)};
    for (size_t i = 0; i < standard->facts.count; i++) {
        if (standard->facts.items[i]->node && !joint_silence_alike(impacts->joint, i))
            vec_push(&suspects.silent, i);
    }
    return suspects;
}

void conditions_find(const struct impacts *impacts, const struct suspects *suspects, struct subject *subject)
{
    const struct standard *standard = impacts->standard[EDITION_NEW];
    if (!suspects->days && !suspects->silent.count)
        return;
    const unsigned char *below = ir_below(standard->ir, subject->of[EDITION_NEW]);
    subject->same_days = suspects->days && reads_calendar(impacts, subject);
    for (size_t i = 0; i < suspects->silent.count; i++) {
        const struct fact_declaration *fact = standard->facts.items[suspects->silent.items[i]];
        if (below[fact->node->id])
            vec_push(&subject->reported,
                     (struct reported_fact){fact->field.name, fact->field.limits.evidence});
    }
}
