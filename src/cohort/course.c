#include "cohort/course.h"
#include "base/date.h"
#include "base/mem.h"

/* ---- opening and closing */

/* The latest day on which one of its predecessors took effect, and its span after it. */
static struct opening base_of(const struct course *course, const struct stage *stage)
{
    struct opening base = {.given = false, .day = DATE_MIN};
    for (size_t i = 0; i < stage->after.list.count; i++) {
        const struct progress_of_stage *before = &course->stages[stage->after.list.items[i]];
        if (!before->effective)
            return (struct opening){.given = false};
        base.given = true;
        base.day = before->effect > base.day ? before->effect : base.day;
    }
    base.day = duration_after(stage->delay, base.day, 1);
    return base;
}

struct opening course_opens(const struct course *course, const struct stage *stage, size_t year)
{
    struct opening base = base_of(course, stage);
    bool at_once = stage->delay.unit != DURATION_NONE; /* the span is the way to the first year */
    if (base.given && stage->each_year) {
        base.day = date_add_months(base.day, 12 * (int64_t)(year - at_once));
        base.given = base.day < DATE_MAX; /* the calendar ends */
    }
    return base;
}

struct opening course_closes(const struct course *course, const struct stage *stage, size_t year)
{
    if (!stage->each_year)
        return (struct opening){stage->has_due, stage->due};
    struct opening next = course_opens(course, stage, year + 1);
    next.day -= next.given;
    return next;
}

static bool has_opened(struct opening opens, int64_t day)
{
    return opens.given && opens.day <= day;
}

/* Whole years gone by since the first opening, give or take a month's end. */
size_t course_year(const struct course *course, const struct stage *stage, int64_t day)
{
    struct opening first = course_opens(course, stage, 1);
    if (!stage->each_year || !first.given || day < first.day)
        return stage->each_year;
    size_t year = 1 + (size_t)(date_months_between(first.day, day) / 12);
    while (has_opened(course_opens(course, stage, year + 1), day))
        year++;
    while (year > 1 && !has_opened(course_opens(course, stage, year), day))
        year--;
    return year;
}

bool course_is_open(const struct course *course, const struct stage *stage, size_t year, int64_t day)
{
    if (!stage->after.list.count)
        return true;
    return has_opened(course_opens(course, stage, year), day);
}

/* ---- while */

static bool holding_holds(const struct course *course, const struct holding *holding, struct opening opens,
                          int64_t day)
{
    if (holding->kind == HOLDING_TITLE)
        return tenures_in_hand(&course->titles[holding->title], opens, day);
    size_t holds = 0;
    for (size_t i = 0; i < holding->of.count; i++)
        holds += holding_holds(course, holding->of.items[i], opens, day);
    return holding->kind == HOLDING_AND  ? holds == holding->of.count
           : holding->kind == HOLDING_OR ? holds > 0
                                         : holds == 0;
}

bool course_holds(const struct course *course, const struct stage *stage, size_t year, int64_t day)
{
    return !stage->holding || holding_holds(course, stage->holding, course_opens(course, stage, year), day);
}

bool course_holds_strictly(const struct course *course, const struct stage *stage, int64_t day)
{
    return !stage->holding || holding_holds(course, stage->holding, (struct opening){.given = false}, day);
}

/* ---- effects */

static bool can_renew(const struct course *course, const struct stage *stage, size_t title, int64_t day)
{
    if (!stage->each_year || !stage->holding || !holding_affirms(stage->holding, title))
        return false;
    size_t year = course_year(course, stage, day), place = 0;
    while (course->standard->stages.items[place] != stage)
        place++;
    const struct occurrence *occurrence = course_find(course, place, year);
    bool decided =
        occurrence && occurrence->standing != STANDING_UNDECIDED && occurrence->standing != STANDING_RETURNED;
    return !decided && course_is_open(course, stage, year, day) && course_holds(course, stage, year, day) &&
           tenures_in_hand(&course->titles[title], course_opens(course, stage, year), day);
}

struct opening course_renewable(const struct course *course, size_t title, int64_t day)
{
    struct opening until = {.given = false};
    for (size_t i = 0; i < course->standard->stages.count && !tenures_hold(&course->titles[title], day);
         i++) {
        const struct stage *stage = course->standard->stages.items[i];
        struct opening closes = course_closes(course, stage, course_year(course, stage, day));
        if (can_renew(course, stage, title, day) && (!until.given || closes.day > until.day))
            until = closes;
    }
    return until;
}

static void renew(struct course *course, const struct stage *stage, size_t year, int64_t day)
{
    struct opening opens = course_opens(course, stage, year);
    for (size_t i = 0; i < course->standard->titles.count; i++)
        if (holding_affirms(stage->holding, i))
            tenures_renew(&course->titles[i], &course->standard->titles.items[i], opens, day);
}

static void revoke(struct course *course, const struct places *titles, int64_t day)
{
    for (size_t i = 0; i < titles->list.count; i++)
        tenures_revoke(&course->titles[titles->list.items[i]], day);
}

static void take_effect(struct course *course, size_t place, struct occurrence *occurrence)
{
    const struct stage *stage = course->standard->stages.items[place];
    struct progress_of_stage *progress = &course->stages[place];
    int64_t day = occurrence->effect;
    occurrence->standing = STANDING_APPROVED;
    course->pending--;
    if (!progress->effective)
        progress->effect = day;
    progress->effective = true;
    for (size_t i = 0; i < stage->confers.list.count; i++) {
        size_t title = stage->confers.list.items[i];
        tenures_confer(&course->titles[title], &course->standard->titles.items[title], day);
    }
    revoke(course, &stage->revokes, day);
    if (stage->each_year && stage->holding)
        renew(course, stage, occurrence->year, day);
}

/* Of two that fall due: by day, by level, as declared. */
static bool is_sooner(const struct course *course, const struct occurrence *a, size_t stage,
                      const struct occurrence *b, size_t other)
{
    if (!b || a->effect != b->effect)
        return !b || a->effect < b->effect;
    return course->standard->stages.items[stage]->level < course->standard->stages.items[other]->level;
}

/* Approvals whose wait ends on that day or before take effect. */
static void mature(struct course *course, int64_t day)
{
    while (course->pending) {
        struct occurrence *next = NULL;
        size_t place = 0;
        for (size_t i = 0; i < course->standard->stages.count; i++)
            for (size_t k = 0; k < course->stages[i].occurrences.count; k++) {
                struct occurrence *occurrence = &course->stages[i].occurrences.items[k];
                bool due = occurrence->standing == STANDING_PENDING && occurrence->effect <= day;
                if (due && is_sooner(course, occurrence, i, next, place))
                    next = occurrence, place = i;
            }
        if (!next)
            return;
        take_effect(course, place, next);
    }
}

/* ---- decisions */

const struct occurrence *course_find(const struct course *course, size_t stage, size_t year)
{
    for (size_t i = 0; i < course->stages[stage].occurrences.count; i++)
        if (course->stages[stage].occurrences.items[i].year == year)
            return &course->stages[stage].occurrences.items[i];
    return NULL;
}

/* Dates rise, and with them the years. */
static struct occurrence *occurrence_get(struct course *course, size_t stage, size_t year)
{
    struct progress_of_stage *progress = &course->stages[stage];
    if (!course_find(course, stage, year))
        vec_push(&progress->occurrences, (struct occurrence){.year = year});
    return (struct occurrence *)(uintptr_t)course_find(course, stage, year);
}

/* What speaks against a decision on the day it was made. */
static unsigned reasons_against(const struct course *course, const struct ruled *ruled,
                                const struct occurrence *occurrence)
{
    const struct decision *decision = ruled->decision;
    const struct stage *stage = course->standard->stages.items[decision->stage];
    struct opening closes = course_closes(course, stage, occurrence->year);
    bool approves = decision->ruling == RULING_APPROVED;
    bool objects = occurrence->standing == STANDING_PENDING && !approves;
    bool decided = occurrence->standing == STANDING_PENDING || occurrence->standing == STANDING_APPROVED ||
                   occurrence->standing == STANDING_REJECTED;
    unsigned reasons = 0;
    reasons |= decision->by != stage->by ? VOID_AUTHORITY : 0;
    if (!course_is_open(course, stage, occurrence->year, decision->on))
        reasons |= VOID_ORDER;
    else {
        reasons |= !course_holds(course, stage, occurrence->year, decision->on) ? VOID_TITLE : 0;
        reasons |= closes.given && decision->on > closes.day && !objects ? VOID_CLOSED : 0;
    }
    reasons |= approves && !ruled->allowed ? VOID_REQUIREMENT : 0;
    reasons |= decided && !objects ? VOID_TWICE : 0;
    return reasons;
}

static void rule(struct course *course, const struct decision *decision, struct occurrence *occurrence)
{
    const struct stage *stage = course->standard->stages.items[decision->stage];
    course->pending -= occurrence->standing == STANDING_PENDING; /* an objection undoes it */
    switch (decision->ruling) {
    case RULING_APPROVED:
        occurrence->standing = STANDING_PENDING;
        course->pending++;
        occurrence->effect = duration_after(stage->wait, decision->on, 1);
        mature(course, decision->on);
        break;
    case RULING_REJECTED:
        occurrence->standing = STANDING_REJECTED;
        revoke(course, &stage->revokes_on_rejection, decision->on);
        break;
    case RULING_RETURNED: occurrence->standing = STANDING_RETURNED; break;
    }
}

/* The year that a decision is on: an objection is on the approval that waits for its effect, else the year
 * of its day. */
static size_t year_of(const struct course *course, const struct decision *decision)
{
    const struct progress_of_stage *progress = &course->stages[decision->stage];
    for (size_t i = 0; decision->ruling != RULING_APPROVED && i < progress->occurrences.count; i++)
        if (progress->occurrences.items[i].standing == STANDING_PENDING)
            return progress->occurrences.items[i].year;
    return course_year(course, course->standard->stages.items[decision->stage], decision->on);
}

static struct verdict take(struct course *course, const struct ruled *ruled)
{
    const struct decision *decision = ruled->decision;
    mature(course, decision->on);
    struct occurrence *occurrence = occurrence_get(course, decision->stage, year_of(course, decision));
    struct verdict verdict = {occurrence->year, reasons_against(course, ruled, occurrence)};
    if (!verdict.reasons)
        rule(course, decision, occurrence);
    return verdict;
}

struct course *course_run(const struct standard *standard, const struct ruled *decisions, size_t count,
                          int64_t until)
{
    struct course *course = MEM_NEW(struct course);
    course->standard = standard;
    course->stages = MEM_ARRAY(struct progress_of_stage, standard->stages.count + 1);
    course->titles = MEM_ARRAY(struct tenures, standard->titles.count + 1);
    course->verdicts = mem_alloc_plain((count + 1) * sizeof *course->verdicts);
    for (size_t i = 0; i < count; i++)
        course->verdicts[i] = take(course, &decisions[i]);
    mature(course, until);
    return course;
}
