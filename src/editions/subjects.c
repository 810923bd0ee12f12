#include "editions/subjects.h"
#include "base/mem.h"

static void add(struct impacts *impacts, struct subject subject)
{
    bool both = subject.of[EDITION_OLD] && subject.of[EDITION_NEW];
    subject.impact = both ? IMPACT_OPEN : subject.of[EDITION_NEW] ? IMPACT_ADDED : IMPACT_REPEALED;
    if (subject.of[EDITION_OLD] || subject.of[EDITION_NEW])
        vec_push(&impacts->list, subject);
}

/* What the old edition calls it. */
const char *subject_old_name(const struct impacts *impacts, enum ast_kind kind, const char *name)
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

/* Where a part of the new edition stood in the old one. */
static const struct part *old_part(const struct impacts *impacts, const struct part *part)
{
    const struct map *old = &impacts->standard[EDITION_OLD]->parts_by_path;
    const char *path = subject_old_name(impacts, AST_section, part->path);
    const struct part *found = map_find(old, path);
    return found && found->kind == part->kind ? found : NULL;
}

static void add_parts(struct impacts *impacts)
{
    const struct map *old = &impacts->standard[EDITION_OLD]->parts_by_path;
    const struct map *new = &impacts->standard[EDITION_NEW]->parts_by_path;
    struct map taken = {0};
    for (size_t i = 0; i < new->count; i++) {
        const struct part *part = new->entries[i].value, *before = old_part(impacts, part);
        add_part(impacts, before, part);
        if (before)
            map_put(&taken, before->path, impacts);
    }
    for (size_t i = 0; i < old->count; i++)
        if (!map_find(&taken, old->entries[i].key))
            add_part(impacts, old->entries[i].value, NULL);
}

static void add_whole(struct impacts *impacts, enum subject_kind kind, const struct ir_node *old,
                      const struct ir_node *new)
{
    add(impacts, (struct subject){.kind = kind, .of = {old, new}});
}

const char *subject_outcome(const struct outcome *outcome)
{
    return outcome->kind == OUTCOME_MINIMUM ? outcome->part->path
           : outcome->name                  ? outcome->name
                                            : outcome->label;
}

/* The first of that name that has no partner: several may have one label. */
static size_t outcome_at(const struct standard *standard, const bool *taken, enum outcome_kind kind,
                         const char *name)
{
    size_t at = 0;
    for (; at < standard->outcomes.count; at++) {
        const struct outcome *outcome = standard->outcomes.items[at];
        if (name && !taken[at] && outcome->kind == kind && str_equal(subject_outcome(outcome), name))
            return at;
    }
    return at;
}

enum ast_kind subject_outcome_kind(const struct outcome *outcome)
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
    struct subject subject = {.kind = SUBJECT_OUTCOME, .path = subject_outcome(shown), .label = shown->label};
    subject.of[EDITION_OLD] = old ? old->holds : NULL;
    subject.of[EDITION_NEW] = new ? new->holds : NULL;
    if (subject.path)
        add(impacts, subject);
}

static void add_outcomes(struct impacts *impacts)
{
    const struct standard *old = impacts->standard[EDITION_OLD], *new = impacts->standard[EDITION_NEW];
    bool *taken = MEM_ARRAY(bool, old->outcomes.count + 1);
    for (size_t i = 0; i < new->outcomes.count; i++) {
        const struct outcome *outcome = new->outcomes.items[i];
        const char *name = subject_old_name(impacts, subject_outcome_kind(outcome), subject_outcome(outcome));
        size_t at = outcome_at(old, taken, outcome->kind, name);
        taken[at] = true;
        add_outcome(impacts, at < old->outcomes.count ? old->outcomes.items[at] : NULL, outcome);
    }
    for (size_t i = 0; i < old->outcomes.count; i++)
        if (!taken[i])
            add_outcome(impacts, old->outcomes.items[i], NULL);
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
        const char *name = subject_old_name(impacts, AST_show, new->shows.items[i].name);
        add_show(impacts, show_like(old, name), &new->shows.items[i]);
        map_put(&taken, name, impacts);
    }
    for (size_t i = 0; i < old->shows.count; i++)
        if (!map_find(&taken, old->shows.items[i].name))
            add_show(impacts, &old->shows.items[i], NULL);
}

void subjects_list(struct impacts *impacts)
{
    const struct standard *old = impacts->standard[EDITION_OLD], *new = impacts->standard[EDITION_NEW];
    add_parts(impacts);
    add_whole(impacts, SUBJECT_TOTAL, old->total_node, new->total_node);
    add_whole(impacts, SUBJECT_GRADE, old->grade, new->grade);
    add_whole(impacts, SUBJECT_ELIGIBLE, old->eligible, new->eligible);
    add_outcomes(impacts);
    add_shows(impacts);
}
