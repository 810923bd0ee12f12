/* Every combination of answers to the open questions is a world, and takes its own course; the timeline is
 * what they have in common, and where they differ, all that can be. */
#include "cohort/timeline.h"
#include <stdlib.h>
#include "base/mem.h"
#include "cohort/course.h"
#include "cohort/requirements.h"

/* A requirement that is not known to hold when an approval is given. The same condition is asked once, or
 * once a day if days change it. */
struct question {
    const struct ir_node *when;
    bool dated;
    int64_t day;
};

/* A decision: the questions that an approval hangs on, and what all worlds make of it. */
struct asked {
    const struct decision *decision;
    struct conditions conditions;
    VEC(size_t) questions;
    unsigned valid, reasons;
    size_t year;       /* of its stage, that it is on in the first world … */
    bool year_differs; /* … and not in all */
};

struct worlds {
    const struct standard *standard;
    struct requirements *requirements;
    struct timeline *timeline;
    VEC(struct asked) decisions; /* up to the day, in the order in which they are taken */
    VEC(struct question) questions;
    const struct course **courses; /* [world] */
    size_t count;                  /* of worlds */
};

/* ---- the order of decisions */

struct sorted {
    const struct decision *decision;
    size_t level, index;
};

static int in_order(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    if (a->decision->on != b->decision->on)
        return a->decision->on < b->decision->on ? -1 : 1;
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    if (a->decision->stage != b->decision->stage)
        return a->decision->stage < b->decision->stage ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static void sort_decisions(struct worlds *worlds)
{
    const struct unit *unit = worlds->timeline->evaluation->unit;
    VEC(struct sorted) sorted = {0};
    for (size_t i = 0; i < unit->decision_count; i++) {
        const struct decision *decision = &unit->decisions[i];
        if (decision->on <= worlds->timeline->on)
            vec_push(&sorted,
                     (struct sorted){decision, worlds->standard->stages.items[decision->stage]->level, i});
    }
    if (sorted.count)
        qsort(sorted.items, sorted.count, sizeof *sorted.items, in_order);
    for (size_t i = 0; i < sorted.count; i++)
        vec_push(&worlds->decisions, (struct asked){.decision = sorted.items[i].decision});
    worlds->timeline->later = unit->decision_count - sorted.count;
}

/* ---- questions */

static size_t question_of(struct worlds *worlds, struct question question)
{
    size_t i = 0;
    for (; i < worlds->questions.count; i++) {
        const struct question *other = &worlds->questions.items[i];
        if (ir_same(other->when, question.when) && (!question.dated || other->day == question.day))
            return i;
    }
    vec_push(&worlds->questions, question);
    return i;
}

static void ask(struct worlds *worlds, struct asked *asked)
{
    for (size_t i = 0; i < asked->conditions.undecided.count; i++) {
        const struct requirement *requirement = asked->conditions.undecided.items[i];
        struct question question = {requirement->when, requirement->dated, asked->decision->on};
        vec_push(&asked->questions, question_of(worlds, question));
    }
}

/* An approval by another authority is void whatever the answers. */
static void ask_all(struct worlds *worlds)
{
    for (size_t i = 0; i < worlds->decisions.count; i++) {
        struct asked *asked = &worlds->decisions.items[i];
        const struct stage *stage = worlds->standard->stages.items[asked->decision->stage];
        if (asked->decision->ruling != RULING_APPROVED)
            continue;
        asked->conditions = requirements_on(worlds->requirements, stage, asked->decision->on);
        if (asked->decision->by == stage->by)
            ask(worlds, asked);
    }
}

/* A bit of `world` for each question: yes. */
static bool is_allowed(const struct asked *asked, size_t world)
{
    for (size_t i = 0; i < asked->questions.count; i++)
        if (!(world >> asked->questions.items[i] & 1))
            return false;
    return !asked->conditions.missing.list.count && !asked->conditions.failing.count;
}

static struct course *course_of(const struct worlds *worlds, size_t world)
{
    size_t count = worlds->decisions.count;
    struct ruled *ruled = MEM_ARRAY(struct ruled, count + 1);
    for (size_t i = 0; i < count; i++)
        ruled[i] = (struct ruled){worlds->decisions.items[i].decision,
                                  is_allowed(&worlds->decisions.items[i], world)};
    return course_run(worlds->standard, ruled, count, worlds->timeline->on);
}

/* ---- one stage in one world */

struct sighting {
    struct worlds *worlds;
    const struct course *course;
    const struct stage *stage;
    size_t year;
    const struct occurrence *occurrence; /* NULL: no decision on it */
};

/* What a stage that waits for its decision is, by what is known of its conditions on the day. */
static enum stage_state state_by_conditions(const struct step *step)
{
    const struct conditions *conditions = &step->conditions;
    if (conditions->missing.list.count || conditions->failing.count)
        return STATE_BLOCKED;
    return conditions->undecided.count ? STATE_OPEN : STATE_READY;
}

/* Void decisions left out. */
static enum stage_state state_without(const struct sighting *it, const struct step *step)
{
    int64_t on = it->worlds->timeline->on;
    enum standing standing = it->occurrence ? it->occurrence->standing : STANDING_UNDECIDED;
    struct opening closes = course_closes(it->course, it->stage, it->year);
    int64_t asked_on = closes.given && closes.day < on ? closes.day : on;
    if (standing == STANDING_PENDING || standing == STANDING_APPROVED)
        return STATE_APPROVED;
    if (standing == STANDING_REJECTED)
        return STATE_REJECTED;
    if (!course_is_open(it->course, it->stage, it->year, on))
        return STATE_WAITING;
    if (!course_holds(it->course, it->stage, it->year, asked_on))
        return STATE_ABSENT;
    if (closes.given && closes.day < on)
        return STATE_LATE;
    return standing == STANDING_RETURNED ? STATE_RETURNED : state_by_conditions(step);
}

static bool only_void(const struct sighting *it)
{
    return it->occurrence && it->occurrence->standing == STANDING_UNDECIDED;
}

static void merge_day(struct timeline_day *into, struct timeline_day day, bool first)
{
    if (first)
        *into = day;
    else if (into->given != day.given || (day.given && into->day != day.day))
        into->differs = true;
}

static struct timeline_day day_of(struct opening opening)
{
    return (struct timeline_day){.given = opening.given, .day = opening.day};
}

static struct timeline_day effect_of(const struct sighting *it)
{
    enum standing standing = it->occurrence ? it->occurrence->standing : STANDING_UNDECIDED;
    bool approved = standing == STANDING_PENDING || standing == STANDING_APPROVED;
    return (struct timeline_day){.given = approved, .day = approved ? it->occurrence->effect : 0};
}

static bool has_place(const struct places *places, size_t place)
{
    for (size_t i = 0; i < places->list.count; i++)
        if (places->list.items[i] == place)
            return true;
    return false;
}

static void merge_waiting(const struct sighting *it, struct step *step)
{
    for (size_t i = 0; i < it->stage->after.list.count; i++) {
        size_t before = it->stage->after.list.items[i];
        const struct progress_of_stage *progress = &it->course->stages[before];
        if (!progress->effective && !has_place(&step->waiting_for, before))
            vec_push(&step->waiting_for.list, before);
    }
}

/* ---- decisions */

static void judge_all(struct worlds *worlds)
{
    for (size_t world = 0; world < worlds->count; world++)
        for (size_t i = 0; i < worlds->decisions.count; i++) {
            unsigned reasons = worlds->courses[world]->verdicts[i].reasons;
            struct asked *asked = &worlds->decisions.items[i];
            size_t year = worlds->courses[world]->verdicts[i].year;
            asked->valid |= reasons ? TRUTH_NO : TRUTH_YES;
            asked->reasons |= reasons;
            asked->year_differs |= world > 0 && year != asked->year;
            asked->year = world > 0 ? asked->year : year;
        }
}

static bool belongs(const struct worlds *worlds, size_t decision, const struct step *step)
{
    const struct asked *asked = &worlds->decisions.items[decision];
    if (asked->decision->stage != step->place || !asked->year_differs)
        return asked->decision->stage == step->place && asked->year == step->year;
    for (size_t world = 0; world < worlds->count; world++)
        if (worlds->courses[world]->verdicts[decision].year == step->year)
            return true;
    return false;
}

/* Those that belong to the step in some world. */
static void list_decisions(const struct worlds *worlds, struct step *step)
{
    for (size_t i = 0; i < worlds->decisions.count; i++) {
        const struct asked *asked = &worlds->decisions.items[i];
        struct decided decided = {asked->decision, asked->valid, asked->reasons, asked->conditions};
        if (belongs(worlds, i, step))
            vec_push(&step->decisions, decided);
    }
}

/* ---- steps */

static void see_titles_of(const struct sighting *it, struct step *step)
{
    struct opening opens = course_opens(it->course, it->stage, it->year);
    step->held_then |= !opens.given || course_holds(it->course, it->stage, it->year, opens.day);
    step->held_now |= course_holds_strictly(it->course, it->stage, it->worlds->timeline->on);
}

static void see(const struct sighting *it, struct step *step, bool first)
{
    enum stage_state state = state_without(it, step);
    if (only_void(it)) {
        step->without |= 1u << state;
        state = STATE_VOID;
    }
    step->states |= 1u << state;
    merge_day(&step->opens, day_of(course_opens(it->course, it->stage, it->year)), first);
    merge_day(&step->closes, day_of(course_closes(it->course, it->stage, it->year)), first);
    merge_day(&step->effect, effect_of(it), first);
    merge_waiting(it, step);
    see_titles_of(it, step);
}

/* Courses that differ in nothing that a stage hangs on are looked at once. */
struct kinds {
    VEC(const struct course *) courses;
    size_t *latest; /* [course] the latest year that has opened */
};

static bool same_standing(const struct progress_of_stage *a, const struct progress_of_stage *b)
{
    bool same = a->occurrences.count == b->occurrences.count;
    for (size_t i = 0; same && i < a->occurrences.count; i++) {
        const struct occurrence *x = &a->occurrences.items[i], *y = &b->occurrences.items[i];
        same = x->year == y->year && x->standing == y->standing && x->effect == y->effect;
    }
    return same;
}

static bool same_for(const struct course *a, const struct course *b, const struct stage *stage, size_t place)
{
    bool same = same_standing(&a->stages[place], &b->stages[place]);
    for (size_t i = 0; same && i < stage->after.list.count; i++) {
        const struct progress_of_stage *x = &a->stages[stage->after.list.items[i]];
        const struct progress_of_stage *y = &b->stages[stage->after.list.items[i]];
        same = x->effective == y->effective && (!x->effective || x->effect == y->effect);
    }
    for (size_t i = 0; same && stage->holding && i < a->standard->titles.count; i++)
        same = tenures_same(&a->titles[i], &b->titles[i]);
    return same;
}

static struct kinds kinds_of(const struct worlds *worlds, size_t place)
{
    const struct stage *stage = worlds->standard->stages.items[place];
    struct kinds kinds = {0};
    for (size_t world = 0; world < worlds->count; world++) {
        size_t k = 0;
        while (k < kinds.courses.count &&
               !same_for(kinds.courses.items[k], worlds->courses[world], stage, place))
            k++;
        if (k == kinds.courses.count)
            vec_push(&kinds.courses, worlds->courses[world]);
    }
    kinds.latest = mem_alloc_plain(kinds.courses.count * sizeof *kinds.latest);
    for (size_t k = 0; k < kinds.courses.count; k++)
        kinds.latest[k] = course_year(kinds.courses.items[k], stage, worlds->timeline->on);
    return kinds;
}

static void add_step(struct worlds *worlds, const struct kinds *kinds, size_t place, size_t year)
{
    const struct stage *stage = worlds->standard->stages.items[place];
    struct step step = {.stage = stage, .place = place, .year = year};
    step.conditions = requirements_on(worlds->requirements, stage, worlds->timeline->on);
    for (size_t k = 0; k < kinds->courses.count; k++) {
        struct sighting it = {
            .worlds = worlds, .course = kinds->courses.items[k], .stage = stage, .year = year};
        it.occurrence = course_find(it.course, place, year);
        see(&it, &step, k == 0);
    }
    list_decisions(worlds, &step);
    vec_push(&worlds->timeline->steps, step);
}

/* Of a stage of each year: the years that were there or have decisions, and the latest. */
static bool is_shown(const struct kinds *kinds, const struct stage *stage, size_t place, size_t year)
{
    for (size_t k = 0; k < kinds->courses.count; k++) {
        const struct course *course = kinds->courses.items[k];
        if (year > kinds->latest[k])
            continue;
        struct opening opens = course_opens(course, stage, year);
        if (year == kinds->latest[k] || course_find(course, place, year) ||
            course_holds(course, stage, year, opens.day))
            return true;
    }
    return false;
}

static void add_steps(struct worlds *worlds, size_t place)
{
    const struct stage *stage = worlds->standard->stages.items[place];
    struct kinds kinds = kinds_of(worlds, place);
    size_t last = 0;
    for (size_t k = 0; k < kinds.courses.count; k++)
        last = kinds.latest[k] > last ? kinds.latest[k] : last;
    for (size_t year = stage->each_year; year <= last; year++)
        if (is_shown(&kinds, stage, place, year))
            add_step(worlds, &kinds, place, year);
}

/* ---- titles */

static void see_title(struct timeline *timeline, const struct course *course, size_t place, bool first)
{
    struct held *held = &timeline->titles.items[place];
    const struct tenures *tenures = &course->titles[place];
    held->truth |= tenures_hold(tenures, timeline->on) ? TRUTH_YES : TRUTH_NO;
    struct opening until = course_renewable(course, place, timeline->on);
    if (until.given && (!held->renewable.given || until.day > held->renewable.day))
        held->renewable = day_of(until);
    if (first)
        held->tenures = *tenures;
    else
        held->differs |= !tenures_read_same(&held->tenures, tenures);
}

/* ---- the whole */

static void live_through(struct worlds *worlds)
{
    const struct standard *standard = worlds->standard;
    worlds->count = (size_t)1 << worlds->questions.count;
    worlds->courses = MEM_ARRAY(const struct course *, worlds->count);
    for (size_t i = 0; i < standard->titles.count; i++)
        vec_push(&worlds->timeline->titles, (struct held){.title = &standard->titles.items[i]});
    for (size_t world = 0; world < worlds->count; world++) {
        worlds->courses[world] = course_of(worlds, world);
        for (size_t i = 0; i < standard->titles.count; i++)
            see_title(worlds->timeline, worlds->courses[world], i, world == 0);
    }
    judge_all(worlds);
    for (size_t i = 0; i < standard->stages.count; i++)
        add_steps(worlds, i);
}

bool timeline_find_day(const struct unit *unit, struct call *call)
{
    if (!call->has_on) {
        call->has_on = unit->has_as_of || unit->period.known;
        call->on = unit->has_as_of ? unit->as_of : unit->period.end;
    }
    return call->has_on;
}

static struct timeline_result failed(enum timeline_failure failure, const struct evaluation *evaluation)
{
    return (struct timeline_result){.failure = failure, .evaluation = evaluation};
}

static struct timeline_result too_open(const struct worlds *worlds)
{
    struct timeline_result result = failed(TIMELINE_TOO_OPEN, worlds->timeline->evaluation);
    for (size_t i = 0; i < worlds->decisions.count; i++) {
        const struct asked *asked = &worlds->decisions.items[i];
        const struct stage *stage = worlds->standard->stages.items[asked->decision->stage];
        bool listed = !asked->questions.count;
        for (size_t k = 0; k < result.open.count && !listed; k++)
            listed = result.open.items[k] == stage;
        if (!listed)
            vec_push(&result.open, stage);
    }
    return result;
}

struct timeline_result timeline_from(const struct evaluation *evaluation, const struct call *asked)
{
    struct call call = *asked;
    timeline_find_day(evaluation->unit, &call);
    struct timeline *timeline = MEM_NEW(struct timeline);
    *timeline = (struct timeline){.evaluation = evaluation, .on = call.on};
    struct worlds worlds = {.standard = evaluation->standard,
                            .timeline = timeline,
                            .requirements = requirements_new(evaluation, &call)};
    sort_decisions(&worlds);
    ask_all(&worlds);
    const struct evaluation *refusal = requirements_refusal(worlds.requirements);
    if (refusal)
        return failed(TIMELINE_REFUSED, refusal);
    if (worlds.questions.count > TIMELINE_QUESTIONS_MAX)
        return too_open(&worlds);
    live_through(&worlds);
    return (struct timeline_result){.timeline = timeline, .evaluation = evaluation};
}

struct timeline_result timeline_of(const struct standard *standard, const struct unit *unit,
                                   const struct call *asked)
{
    struct call call = *asked;
    call.stages = true;
    if (!timeline_find_day(unit, &call))
        return failed(TIMELINE_NO_DAY, NULL);
    const struct evaluation *evaluation = evaluate(standard, unit, &call);
    return evaluation->refused ? failed(TIMELINE_REFUSED, evaluation) : timeline_from(evaluation, &call);
}

/* ---- questions about it */

unsigned step_stands(const struct step *step)
{
    return (step->states & ~(1u << STATE_VOID)) | step->without;
}

const struct step *timeline_step(const struct timeline *timeline, const struct stage *stage)
{
    for (size_t i = timeline->steps.count; i-- > 0;) /* the latest year stands last */
        if (timeline->steps.items[i].stage == stage)
            return &timeline->steps.items[i];
    return NULL;
}

unsigned timeline_candidate(const struct timeline *timeline, const struct stage *stage)
{
    const unsigned ready = 1u << STATE_READY | 1u << STATE_APPROVED, open = 1u << STATE_OPEN;
    const struct step *step = timeline_step(timeline, stage);
    unsigned stands = step ? step_stands(step) : 0;
    unsigned truth = stands & ready ? TRUTH_YES : 0;
    truth |= stands & open ? TRUTH_UNKNOWN : 0;
    return truth | (stands & ~(ready | open) || !stands ? TRUTH_NO : 0);
}
