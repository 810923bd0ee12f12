/* The procedure as a whole: circles, stages that nobody can reach, deadlines in the wrong order, titles that nobody gets. */
#include "base/date.h"
#include "base/mem.h"
#include "sema/procedure.h"

/* ---- levels and circles */

struct walk {
    struct sema *sema;
    enum progress *progress; /* [stage] */
    VEC(size_t) path;        /* the stages being looked at, outermost first */
};

static const struct stage *stage_at(const struct sema *sema, size_t place)
{
    return sema->standard->stages.items[place];
}

/* "a → b → a", at the member that stands first. */
static void report_circle(const struct walk *walk, size_t again)
{
    size_t from = walk->path.count;
    while (walk->path.items[from - 1] != again)
        from--;
    struct str text = {0};
    size_t first = again;
    for (size_t i = from - 1; i < walk->path.count; i++) {
        str_format(&text, "%s → ", stage_at(walk->sema, walk->path.items[i])->name);
        first = walk->path.items[i] < first ? walk->path.items[i] : first;
    }
    str_add(&text, stage_at(walk->sema, again)->name);
    sema_error(walk->sema, DIAG_STAGE_CIRCLE, stage_at(walk->sema, first)->span, str_text(&text), NULL);
}

static void find_level(struct walk *walk, size_t place)
{
    struct stage *stage = walk->sema->standard->stages.items[place];
    if (walk->progress[place] == BUSY)
        report_circle(walk, place);
    if (walk->progress[place] != UNTOUCHED)
        return;
    walk->progress[place] = BUSY;
    vec_push(&walk->path, place);
    for (size_t i = 0; i < stage->after.list.count; i++) {
        size_t before = stage->after.list.items[i];
        find_level(walk, before);
        size_t level = stage_at(walk->sema, before)->level + 1;
        stage->level = level > stage->level ? level : stage->level;
    }
    walk->path.count--;
    walk->progress[place] = DONE;
}

static bool levels(struct sema *sema)
{
    size_t errors = sema->diags->errors;
    struct walk walk = {.sema = sema, .progress = MEM_ARRAY(enum progress, sema->standard->stages.count + 1)};
    for (size_t i = 0; i < sema->standard->stages.count; i++)
        find_level(&walk, i);
    return sema->diags->errors == errors;
}

/* ---- what can be reached */

struct reach {
    struct sema *sema;
    bool *stages, *titles; /* that some unit can be approved in, can hold */
};

static bool can_hold(const struct reach *reach, const struct holding *holding)
{
    bool every = true, some = false;
    for (size_t i = 0; i < holding->of.count; i++) {
        bool holds = can_hold(reach, holding->of.items[i]);
        every &= holds;
        some |= holds;
    }
    switch (holding->kind) {
    case HOLDING_TITLE: return reach->titles[holding->title];
    case HOLDING_AND: return every;
    case HOLDING_OR: return some;
    case HOLDING_NOT: return true;
    }
    return true;
}

static const struct requirement *never_holds(const struct stage *stage)
{
    for (size_t i = 0; i < stage->requires.count; i++)
        if (value_is_no(&stage->requires.items[i].when->bounds))
    return &stage->requires.items[i];
    return NULL;
}

/* A predecessor that no unit passes, or NULL. */
static const struct stage *barred_by(const struct reach *reach, const struct stage *stage)
{
    for (size_t i = 0; i < stage->after.list.count; i++)
        if (!reach->stages[stage->after.list.items[i]])
            return stage_at(reach->sema, stage->after.list.items[i]);
    return NULL;
}

/* A title makes the stages possible that need it, and those the titles they confer: until nothing more is found. */
static void find_reach(struct reach *reach)
{
    const struct standard *standard = reach->sema->standard;
    for (bool found = true; found;) {
        found = false;
        for (size_t i = 0; i < standard->stages.count; i++) {
            const struct stage *stage = standard->stages.items[i];
            if (reach->stages[i] || never_holds(stage) || barred_by(reach, stage) ||
                (stage->holding && !can_hold(reach, stage->holding)))
                continue;
            found = reach->stages[i] = true;
            for (size_t k = 0; k < stage->confers.list.count; k++)
                reach->titles[stage->confers.list.items[k]] = true;
        }
    }
}

static void report_unreached(const struct reach *reach, size_t place)
{
    const struct stage *stage = stage_at(reach->sema, place), *before = barred_by(reach, stage);
    const struct requirement *never = never_holds(stage);
    struct diag *diag;
    if (never)
        diag = sema_error(reach->sema, DIAG_STAGE_NEVER_APPROVED, never->span, stage->name,
                          span_text(never->span));
    else if (before)
        diag = sema_error(reach->sema, DIAG_STAGE_UNREACHED, stage->span, stage->name, before->name);
    else
        diag = sema_error(reach->sema, DIAG_STAGE_WITHOUT_TITLE, stage->holding->span, stage->name,
                          span_text(stage->holding->span));
    diag_clause(diag, stage->cite);
}

static void check_reach(struct sema *sema)
{
    const struct standard *standard = sema->standard;
    struct reach reach = {sema, MEM_ARRAY(bool, standard->stages.count + 1),
                          MEM_ARRAY(bool, standard->titles.count + 1)};
    find_reach(&reach);
    for (size_t i = 0; i < standard->stages.count; i++)
        if (!reach.stages[i])
            report_unreached(&reach, i);
}

static bool is_conferred(const struct standard *standard, size_t title)
{
    for (size_t i = 0; i < standard->stages.count; i++)
        for (size_t k = 0; k < standard->stages.items[i]->confers.list.count; k++)
            if (standard->stages.items[i]->confers.list.items[k] == title)
                return true;
    return false;
}

static void check_titles(struct sema *sema)
{
    for (size_t i = 0; i < sema->standard->titles.count; i++)
        if (!is_conferred(sema->standard, i))
            sema_error(sema, DIAG_TITLE_NEVER_CONFERRED, sema->standard->titles.items[i].span,
                       sema->standard->titles.items[i].name, NULL);
}

/* ---- deadlines */

static void check_notice(struct sema *sema, const struct stage *stage)
{
    const struct standard *standard = sema->standard;
    if (!stage->has_due || !standard->has_issued || stage->due >= standard->issued)
        return;
    struct diag *diag = diag_add(sema->diags, DIAG_DUE_BEFORE_NOTICE, stage->due_span, stage->name,
                                 date_text(stage->due), date_text(standard->issued), NULL);
    diag_clause(diag, stage->cite);
}

/* A predecessor that uses its time must leave some to the stage. */
static void check_predecessors(struct sema *sema, const struct stage *stage)
{
    for (size_t i = 0; stage->has_due && i < stage->after.list.count; i++) {
        const struct stage *before = stage_at(sema, stage->after.list.items[i]);
        if (!before->has_due)
            continue;
        int64_t effect = duration_after(before->wait, before->due, 1),
                opens = duration_after(stage->delay, effect, 1);
        if (opens <= stage->due)
            continue;
        struct diag *diag = diag_add(sema->diags, DIAG_DUE_BEFORE_PREDECESSOR, stage->due_span, stage->name,
                                     date_text(stage->due), before->name, date_text(opens), NULL);
        diag_other(diag, before->due_span, "@due_here");
        diag_clause(diag, stage->cite);
    }
}

static void check_deadlines(struct sema *sema)
{
    for (size_t i = 0; i < sema->standard->stages.count; i++) {
        check_notice(sema, stage_at(sema, i));
        check_predecessors(sema, stage_at(sema, i));
    }
}

void procedure_check(struct sema *sema)
{
    if (!levels(sema))
        return;
    check_reach(sema);
    check_titles(sema);
    check_deadlines(sema);
}
