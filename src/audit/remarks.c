#include "audit/remarks.h"
#include <inttypes.h>
#include "audit/clause.h"
#include "audit/doubt.h"
#include "base/mem.h"
#include "base/str.h"

struct remarks {
    const struct standard *standard;
    struct diags *diags;
    struct map cites; /* of all parts, as written */
    VEC(const struct part *) criteria;
    VEC(const struct part *) sections; /* the standard itself too */
};

static void gather(struct remarks *remarks, const struct part *part)
{
    if (part->kind == PART_CRITERION)
        vec_push(&remarks->criteria, part);
    else
        vec_push(&remarks->sections, part);
    if (part->cite)
        map_put(&remarks->cites, part->cite, (void *)(uintptr_t)part);
    for (size_t i = 0; i < part->parts.count; i++)
        gather(remarks, part->parts.items[i]);
}

/* ---- several places told at once */

struct listing {
    struct str names;
    struct span first;
};

static void list(struct listing *listing, const char *name, struct span span)
{
    str_format(&listing->names, "%s%s", listing->names.length ? DIAG_NEXT : "", name);
    if (!listing->first.source)
        listing->first = span;
}

/* ---- clauses */

static bool cites_itself(const struct part *part)
{
    return part->cite && (!part->parent || part->cite != part->parent->cite);
}

static void note_uncited(struct remarks *remarks)
{
    struct listing listing = {0};
    bool any = false;
    for (size_t i = 0; i < remarks->criteria.count; i++) {
        const struct part *part = remarks->criteria.items[i];
        any |= cites_itself(part);
        if (!part->cite)
            list(&listing, part->path, part->span);
    }
    if (any && listing.first.source)
        diag_add(remarks->diags, DIAG_CITE_MISSING, listing.first, str_text(&listing.names), NULL);
}

static void note_skipped_between(struct remarks *remarks, const struct part *before,
                                 const struct part *behind)
{
    if (!cites_itself(before) || !cites_itself(behind))
        return;
    const char *missing = clause_between(before->cite, behind->cite);
    if (missing && !map_find(&remarks->cites, missing))
        diag_add(remarks->diags, DIAG_CLAUSE_SKIPPED, behind->span, missing, before->cite, behind->cite,
                 NULL);
}

static void note_skipped(struct remarks *remarks)
{
    for (size_t i = 0; i < remarks->sections.count; i++)
        for (size_t k = 1; k < remarks->sections.items[i]->parts.count; k++)
            note_skipped_between(remarks, remarks->sections.items[i]->parts.items[k - 1],
                                 remarks->sections.items[i]->parts.items[k]);
}

/* ---- evidence */

static bool names_evidence(const struct part *part)
{
    for (; part; part = part->parent)
        for (size_t i = 0; i < part->noted.count; i++)
            if (part->noted.items[i].kind == NOTED_EVIDENCE)
                return true;
    return false;
}

/* The facts that ask for it. */
static unsigned char *proven_facts(const struct standard *standard)
{
    unsigned char *marks = doubt_marks(standard);
    for (size_t i = 0; i < standard->facts.count; i++)
        if (standard->facts.items[i]->field.limits.evidence)
            marks[standard->facts.items[i]->node->id] = 1;
    return marks;
}

static void note_unproven(struct remarks *remarks)
{
    struct listing listing = {0};
    unsigned char *proven = NULL;
    for (size_t i = 0; i < remarks->criteria.count; i++)
        if (!proven && names_evidence(remarks->criteria.items[i]))
            proven = proven_facts(remarks->standard);
    for (size_t i = 0; proven && i < remarks->criteria.count; i++) {
        const struct part *part = remarks->criteria.items[i];
        if (!names_evidence(part) && !doubt_reads(remarks->standard, part->score, proven))
            list(&listing, part->path, part->span);
    }
    if (listing.first.source)
        diag_add(remarks->diags, DIAG_EVIDENCE_MISSING, listing.first, str_text(&listing.names), NULL);
}

/* ---- judged scores */

/* Without a range of its own a score lies between 0 and the cap: that may be meant, where no other has
 * one. */
static void note_unbounded(struct remarks *remarks)
{
    const struct standard *standard = remarks->standard;
    bool any = false;
    for (size_t i = 0; i < standard->judged.count; i++)
        any |= standard->judged.items[i]->bounded;
    for (size_t i = 0; any && i < standard->judged.count; i++) {
        const struct judged *judged = standard->judged.items[i];
        if (!judged->bounded)
            diag_add(remarks->diags, DIAG_JUDGED_RANGE_UNSAID, judged->span, judged->criterion->path,
                     num_text(judged->criterion->cap), NULL);
    }
}

/* ---- what stands twice */

static void warn_of_label(struct remarks *remarks, struct map *labels, const char *label,
                          const struct span *span)
{
    if (!label || !*label)
        return;
    const struct span *earlier = map_find(labels, label);
    if (earlier)
        diag_other(diag_add(remarks->diags, DIAG_LABEL_TWICE, *span, label, NULL), *earlier, "@first_here");
    else
        map_put(labels, label, (void *)(uintptr_t)span);
}

static void warn_of_labels(struct remarks *remarks)
{
    struct map facts = {0}, outcomes = {0};
    for (size_t i = 0; i < remarks->sections.count; i++) {
        const struct part *section = remarks->sections.items[i];
        struct map parts = {0};
        for (size_t k = 0; k < section->parts.count; k++)
            warn_of_label(remarks, &parts, section->parts.items[k]->label, &section->parts.items[k]->span);
    }
    for (size_t i = 0; i < remarks->standard->facts.count; i++) {
        const struct field *field = &remarks->standard->facts.items[i]->field;
        warn_of_label(remarks, &facts, field->label, &field->span);
    }
    for (size_t i = 0; i < remarks->standard->outcomes.count; i++) {
        const struct outcome *outcome = remarks->standard->outcomes.items[i];
        if (outcome->kind != OUTCOME_MINIMUM)
            warn_of_label(remarks, &outcomes, outcome->label, &outcome->span);
    }
}

/* A condition of a line or an outcome, and the next one that has its hash. */
struct asked {
    int kind;
    const struct ir_node *when;
    const char *label;
    struct span span;
    struct asked *next;
};

static const struct asked *find_same(const struct asked *asked, const struct asked *new)
{
    while (asked && (asked->kind != new->kind || !ir_same(asked->when, new->when)))
        asked = asked->next;
    return asked;
}

/* Where it stands for a third time, that too is told of the first. */
static void note_condition(struct remarks *remarks, struct map *all, struct asked asked)
{
    if (!asked.when || ir_is_const(asked.when))
        return;
    const char *key = str_print("%" PRIx64, ir_hash(asked.when));
    asked.next = map_find(all, key);
    const struct asked *earlier = find_same(asked.next, &asked);
    if (earlier) {
        struct diag *diag =
            diag_add(remarks->diags, DIAG_CONDITION_TWICE, asked.span, doubt_title(asked.label, asked.span),
                     doubt_title(earlier->label, earlier->span), NULL);
        diag_other(diag, earlier->span, "@first_here");
        return;
    }
    struct asked *kept = MEM_NEW(struct asked);
    *kept = asked;
    map_put(all, key, kept);
}

static void warn_of_lines(struct remarks *remarks, const struct part *part)
{
    struct map all = {0};
    for (size_t i = 0; i < part->lines.count; i++) {
        const struct line *line = part->lines.items[i];
        note_condition(remarks, &all, (struct asked){line->kind, line->when, line->label, line->span, NULL});
    }
}

static void warn_of_outcomes(struct remarks *remarks)
{
    struct map all = {0};
    for (size_t i = 0; i < remarks->standard->outcomes.count; i++) {
        const struct outcome *of = remarks->standard->outcomes.items[i];
        note_condition(remarks, &all, (struct asked){of->kind, of->when, of->label, of->span, NULL});
    }
}

/* ---- stages */

static bool is_followed(const struct standard *standard, size_t place)
{
    for (size_t i = 0; i < standard->stages.count; i++) {
        const struct places *after = &standard->stages.items[i]->after;
        for (size_t k = 0; k < after->list.count; k++)
            if (after->list.items[k] == place)
                return true;
    }
    return false;
}

static bool has_outcome(const struct standard *standard, size_t place)
{
    const struct stage *stage = standard->stages.items[place];
    bool titles = stage->confers.list.count || stage->revokes.list.count;
    return titles || stage->revokes_on_rejection.list.count || is_followed(standard, place);
}

/* Where titles are conferred: what leads to them has to end some day, and to lead somewhere. */
static void note_stages(struct remarks *remarks)
{
    const struct standard *standard = remarks->standard;
    struct listing open = {0}, idle = {0};
    bool any_due = false;
    for (size_t i = 0; standard->titles.count && i < standard->stages.count; i++) {
        const struct stage *stage = standard->stages.items[i];
        any_due |= stage->has_due;
        if (!stage->has_due && !stage->each_year && stage->after.list.count)
            list(&open, stage->name, stage->span);
        if (!has_outcome(standard, i))
            list(&idle, stage->name, stage->span);
    }
    if (any_due && open.first.source)
        diag_add(remarks->diags, DIAG_STAGE_LACKS, open.first, "@no_deadline", str_text(&open.names), NULL);
    if (idle.first.source)
        diag_add(remarks->diags, DIAG_STAGE_LACKS, idle.first, "@no_outcome", str_text(&idle.names), NULL);
}

/* ---- points that lead to nothing */

static void mark_scores(const struct part *part, unsigned char *marks)
{
    const struct ir_node *nodes[] = {part->raw, part->held, part->score, part->rate};
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++)
        if (nodes[i])
            marks[nodes[i]->id] = 1;
    for (size_t i = 0; i < part->parts.count; i++)
        mark_scores(part->parts.items[i], marks);
}

static bool stage_reads(const struct standard *standard, const struct stage *stage,
                        const unsigned char *marks)
{
    for (size_t i = 0; i < stage->requires.count; i++)
        if (doubt_reads(standard, stage->requires.items[i].when, marks))
            return true;
    for (size_t i = 0; stage->quota && i < stage->quota->ranked_by.count; i++)
        if (doubt_reads(standard, stage->quota->ranked_by.items[i].node, marks))
            return true;
    return false;
}

static bool points_are_read(const struct standard *standard)
{
    unsigned char *marks = doubt_marks(standard);
    mark_scores(standard->root, marks);
    marks[standard->total_node->id] = marks[standard->subtotal->id] = 1;
    for (size_t i = 0; i < standard->outcomes.count; i++)
        if (doubt_reads(standard, standard->outcomes.items[i]->holds, marks))
            return true;
    for (size_t i = 0; i < standard->stages.count; i++)
        if (stage_reads(standard, standard->stages.items[i], marks))
            return true;
    return standard->grade && doubt_reads(standard, standard->grade, marks);
}

/* Where there is nothing to decide, a sheet of points is all that is wanted. */
static void note_idle_points(struct remarks *remarks)
{
    const struct standard *standard = remarks->standard;
    struct span decided = standard->titles.count   ? standard->titles.items[0].span
                          : standard->stages.count ? standard->stages.items[0]->span
                                                   : SPAN_NONE;
    if (standard->total_node && decided.source && !points_are_read(standard))
        diag_add(remarks->diags, DIAG_POINTS_IDLE, decided, NULL);
}

void remarks_add(const struct standard *standard, struct diags *diags)
{
    struct remarks remarks = {.standard = standard, .diags = diags};
    if (standard->root)
        gather(&remarks, standard->root);
    note_uncited(&remarks);
    note_skipped(&remarks);
    note_unproven(&remarks);
    note_unbounded(&remarks);
    warn_of_labels(&remarks);
    for (size_t i = 0; i < remarks.criteria.count; i++)
        warn_of_lines(&remarks, remarks.criteria.items[i]);
    warn_of_outcomes(&remarks);
    note_stages(&remarks);
    note_idle_points(&remarks);
}
