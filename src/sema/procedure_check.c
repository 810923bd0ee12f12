/* The procedure as a whole: circles, stages that nobody can reach, deadlines in the wrong order, titles
 * that nobody gets. */
#include "base/date.h"
#include "base/mem.h"
#include "sema/misread.h"
#include "sema/procedure.h"

static const struct stage *stage_at(const struct sema *sema, size_t place)
{
    return sema->standard->stages.items[place];
}

/* ---- levels and circles */

/* The stages, each behind those that it comes after. What is left waits for itself. */
struct order {
    struct sema *sema;
    VEC(size_t) list;
    size_t *waits;            /* [stage] for how many it waits still */
    struct places *followers; /* [stage] */
};

static void find_followers(struct order *order)
{
    for (size_t i = 0; i < order->sema->standard->stages.count; i++) {
        const struct stage *stage = stage_at(order->sema, i);
        for (size_t k = 0; k < stage->after.list.count; k++)
            vec_push(&order->followers[stage->after.list.items[k]].list, i);
        order->waits[i] = stage->after.list.count;
        if (!order->waits[i])
            vec_push(&order->list, i);
    }
}

static void find_levels(struct order *order)
{
    for (size_t i = 0; i < order->list.count; i++) {
        size_t place = order->list.items[i], level = stage_at(order->sema, place)->level + 1;
        for (size_t k = 0; k < order->followers[place].list.count; k++) {
            size_t next = order->followers[place].list.items[k];
            struct stage *stage = order->sema->standard->stages.items[next];
            stage->level = level > stage->level ? level : stage->level;
            if (!--order->waits[next])
                vec_push(&order->list, next);
        }
    }
}

/* Of a stage that is left: one that it waits for, which is left too. */
static size_t awaited(const struct order *order, size_t place)
{
    const struct places *after = &stage_at(order->sema, place)->after;
    size_t k = 0;
    while (!order->waits[after->list.items[k]])
        k++;
    return after->list.items[k];
}

/* "a → b → a", from the member that stands first. */
static void report_circle(const struct order *order, size_t member)
{
    size_t first = member;
    for (size_t at = awaited(order, member); at != member; at = awaited(order, at))
        first = at < first ? at : first;
    struct str text = {0};
    size_t at = first;
    do {
        str_format(&text, "%s → ", stage_at(order->sema, at)->name);
        at = awaited(order, at);
    } while (at != first);
    str_add(&text, stage_at(order->sema, first)->name);
    sema_error(order->sema, DIAG_STAGE_CIRCLE, stage_at(order->sema, first)->span, str_text(&text), NULL);
}

/* From each stage that is left, the way back runs into a circle: a new one, unless it meets an earlier
 * walk. */
static void report_circles(const struct order *order)
{
    size_t count = order->sema->standard->stages.count;
    size_t *walks = MEM_ARRAY(size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; order->waits[at] && !walks[at]; at = awaited(order, at))
            walks[at] = i + 1;
        if (order->waits[at] && walks[at] == i + 1)
            report_circle(order, at);
    }
}

static bool find_order(struct sema *sema, struct order *order)
{
    size_t count = sema->standard->stages.count;
    *order = (struct order){.sema = sema,
                            .waits = MEM_ARRAY(size_t, count + 1),
                            .followers = MEM_ARRAY(struct places, count + 1)};
    find_followers(order);
    find_levels(order);
    report_circles(order);
    return order->list.count == count;
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
    for (size_t i = 0; i < stage->requires.count; i++) {
        const struct requirement *requirement = &stage->requires.items[i];
        if (value_is_no(&requirement->when->bounds))
            return requirement;
    }
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

/* [title]: the stages that ask for it. */
static void find_askers(struct places *askers, const struct holding *holding, size_t place)
{
    if (holding->kind == HOLDING_TITLE)
        vec_push(&askers[holding->title].list, place);
    for (size_t i = 0; i < holding->of.count; i++)
        find_askers(askers, holding->of.items[i], place);
}

static struct places *askers_of_titles(const struct sema *sema)
{
    struct places *askers = MEM_ARRAY(struct places, sema->standard->titles.count + 1);
    for (size_t i = 0; i < sema->standard->stages.count; i++)
        if (stage_at(sema, i)->holding)
            find_askers(askers, stage_at(sema, i)->holding, i);
    return askers;
}

static bool is_possible(const struct reach *reach, const struct stage *stage)
{
    return !never_holds(stage) && !barred_by(reach, stage) &&
           (!stage->holding || can_hold(reach, stage->holding));
}

static void append(struct places *places, const struct places *more)
{
    for (size_t i = 0; i < more->list.count; i++)
        vec_push(&places->list, more->list.items[i]);
}

/* A title makes the stages possible that need it, and those the titles they confer: whatever follows from
 * a stage is looked at again. */
static void find_reach(struct reach *reach, const struct order *order)
{
    const struct places *askers = askers_of_titles(reach->sema);
    struct places waiting = {0};
    for (size_t n = 0; n < order->list.count; n++)
        vec_push(&waiting.list, order->list.items[n]);
    for (size_t n = 0; n < waiting.list.count; n++) {
        size_t place = waiting.list.items[n];
        const struct stage *stage = stage_at(reach->sema, place);
        if (reach->stages[place] || !is_possible(reach, stage))
            continue;
        reach->stages[place] = true;
        append(&waiting, &order->followers[place]);
        for (size_t k = 0; k < stage->confers.list.count; k++) {
            size_t title = stage->confers.list.items[k];
            if (!reach->titles[title])
                append(&waiting, &askers[title]);
            reach->titles[title] = true;
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

/* A clause that could not be read may have been the one that confers what seems to be missing. */
static bool was_read(const struct sema *sema)
{
    for (size_t i = 0; i < sema->stage_asts.count; i++)
        if (misread_in(sema, sema->stage_asts.items[i]->node.span))
            return false;
    return true;
}

static void check_reach(struct sema *sema, const struct order *order)
{
    const struct standard *standard = sema->standard;
    if (!was_read(sema))
        return;
    struct reach reach = {sema, MEM_ARRAY(bool, standard->stages.count + 1),
                          MEM_ARRAY(bool, standard->titles.count + 1)};
    find_reach(&reach, order);
    for (size_t i = 0; i < standard->stages.count; i++)
        if (!reach.stages[i])
            report_unreached(&reach, i);
    for (size_t i = 0; i < standard->titles.count; i++)
        if (!reach.titles[i])
            sema_error(sema, DIAG_TITLE_NEVER_CONFERRED, standard->titles.items[i].span,
                       standard->titles.items[i].name, NULL);
}

/* ---- titles that run out before a stage opens */

/* How many stages confer a title, and how many of each year renew it. */
struct sources {
    size_t *conferring, *renewing; /* [title] */
};

static bool confers(const struct stage *stage, size_t title)
{
    for (size_t i = 0; i < stage->confers.list.count; i++)
        if (stage->confers.list.items[i] == title)
            return true;
    return false;
}

static bool renews(const struct stage *stage, size_t title)
{
    return stage->each_year && stage->holding && holding_affirms(stage->holding, title);
}

static void count_renewing(size_t *renewing, const struct holding *holding)
{
    if (holding->kind == HOLDING_TITLE)
        renewing[holding->title]++;
    for (size_t i = 0; i < holding->of.count && holding->kind != HOLDING_NOT; i++)
        count_renewing(renewing, holding->of.items[i]);
}

static size_t count_named(const struct holding *holding, size_t title)
{
    size_t count = holding->kind == HOLDING_TITLE && holding->title == title;
    for (size_t i = 0; i < holding->of.count && holding->kind != HOLDING_NOT; i++)
        count += count_named(holding->of.items[i], title);
    return count;
}

static struct sources find_sources(const struct sema *sema)
{
    size_t titles = sema->standard->titles.count;
    struct sources sources = {MEM_ARRAY(size_t, titles + 1), MEM_ARRAY(size_t, titles + 1)};
    for (size_t i = 0; i < sema->standard->stages.count; i++) {
        const struct stage *stage = stage_at(sema, i);
        for (size_t k = 0; k < stage->confers.list.count; k++)
            sources.conferring[stage->confers.list.items[k]]++;
        if (stage->each_year && stage->holding)
            count_renewing(sources.renewing, stage->holding);
    }
    return sources;
}

/* Does anything but this stage and the one before it confer or renew the title? */
static bool has_other_source(const struct sources *sources, const struct stage *stage,
                             const struct stage *before, size_t title)
{
    size_t conferring = confers(stage, title) + (size_t)confers(before, title);
    size_t renewing = renews(stage, title) ? count_named(stage->holding, title) : 0;
    return sources->conferring[title] > conferring || sources->renewing[title] > renewing;
}

/* From some day it is held: a term of the title reaches the day on which the stage opens. */
static bool reaches_opening(struct duration valid, struct duration gap)
{
    if (valid.unit == DURATION_NONE || gap.unit == DURATION_NONE)
        return true;
    for (int month = 0; month < 48; month++) { /* through a leap year and the three before it */
        int64_t day = date_add_months(date_from_civil(2021, 1, 15), month);
        if (duration_after(valid, day, 1) >= duration_after(gap, day, 1))
            return true;
    }
    return false;
}

/* Can `while` hold on the day the stage opens, as far as the terms go? */
static bool can_open(const struct sema *sema, const struct sources *sources, const struct stage *stage,
                     const struct holding *holding, struct duration gap)
{
    const struct stage *before = stage_at(sema, stage->after.list.items[0]);
    bool every = true, some = false;
    for (size_t i = 0; i < holding->of.count; i++) {
        bool can = can_open(sema, sources, stage, holding->of.items[i], gap);
        every &= can;
        some |= can;
    }
    switch (holding->kind) {
    case HOLDING_TITLE:
        return reaches_opening(sema->standard->titles.items[holding->title].valid, gap) ||
               has_other_source(sources, stage, before, holding->title);
    case HOLDING_AND: return every;
    case HOLDING_OR: return some;
    case HOLDING_NOT: return true;
    }
    return true;
}

/* From the effect of what is before it to the first opening. */
static struct duration gap_of(const struct stage *stage)
{
    bool yearly = stage->each_year && stage->delay.unit == DURATION_NONE;
    return yearly ? (struct duration){DURATION_MONTHS, 12} : stage->delay;
}

static void check_terms(struct sema *sema)
{
    struct sources sources = find_sources(sema);
    for (size_t i = 0; i < sema->standard->stages.count; i++) {
        const struct stage *stage = stage_at(sema, i);
        if (!stage->holding || stage->after.list.count != 1 ||
            can_open(sema, &sources, stage, stage->holding, gap_of(stage)))
            continue;
        struct diag *diag = sema_error(sema, DIAG_TITLE_RUNS_OUT, stage->holding->span, stage->name,
                                       span_text(stage->holding->span));
        diag_clause(diag, stage->cite);
    }
}

/* ---- deadlines */

static void check_notice(struct sema *sema, const struct stage *stage)
{
    const struct standard *standard = sema->standard;
    if (!standard->has_issued || stage->due >= standard->issued)
        return;
    struct diag *diag = diag_add(sema->diags, DIAG_DUE_BEFORE_NOTICE, stage->due_span, stage->name,
                                 date_text(stage->due), date_text(standard->issued), NULL);
    diag_clause(diag, stage->cite);
}

/* The last day on which a stage opens or takes effect if it keeps its deadline, and those before it
 * theirs. */
struct last {
    bool known;
    int64_t day;
    size_t by; /* the stage whose deadline it comes from */
};

/* [stage] effects: of those before this one they are there. */
static struct last last_opening(const struct stage *stage, const struct last *effects)
{
    struct duration delay = gap_of(stage);
    struct last last = {0};
    for (size_t i = 0; i < stage->after.list.count; i++) {
        struct last effect = effects[stage->after.list.items[i]];
        if (effect.known && (!last.known || effect.day > last.day))
            last = effect;
    }
    last.day = last.known ? duration_after(delay, last.day, 1) : 0;
    return last;
}

static void check_due(struct sema *sema, const struct stage *stage, struct last opens)
{
    if (!opens.known || opens.day <= stage->due)
        return;
    const struct stage *before = stage_at(sema, opens.by);
    struct diag *diag = diag_add(sema->diags, DIAG_DUE_BEFORE_PREDECESSOR, stage->due_span, stage->name,
                                 date_text(stage->due), before->name, date_text(opens.day), NULL);
    diag_other(diag, before->due_span, "@due_here");
    diag_clause(diag, stage->cite);
}

static void check_deadlines(struct sema *sema, const struct order *order)
{
    struct last *effects = MEM_ARRAY(struct last, order->list.count + 1);
    for (size_t n = 0; n < order->list.count; n++) {
        size_t place = order->list.items[n];
        const struct stage *stage = stage_at(sema, place);
        struct last last = last_opening(stage, effects);
        if (stage->has_due) {
            check_notice(sema, stage);
            check_due(sema, stage, last);
            last = (struct last){true, stage->due, place};
        }
        last.day = last.known ? duration_after(stage->wait, last.day, 1) : 0;
        effects[place] = last;
    }
}

void procedure_check(struct sema *sema)
{
    struct order order;
    if (!find_order(sema, &order))
        return;
    check_reach(sema, &order);
    check_terms(sema);
    check_deadlines(sema, &order);
}
