/* Every combination of answers to the open questions is a world, and takes its own course; the timeline is what they have in common, and
 * where they differ, all that can be. */
#include "cohort/timeline.h"
#include <stdlib.h>
#include "base/mem.h"
#include "cohort/course.h"
#include "cohort/requirements.h"

/* A requirement that is not known to hold when an approval is given. The same condition is asked once, or once a day if days change it. */
struct question {
    const struct ir_node *when;
    bool dated;
    int64_t day;
};

/* An approval and the questions that it hangs on. */
struct asked {
    const struct decision *decision;
    struct conditions conditions;
    VEC(size_t) questions;
};

struct worlds {
    const struct standard *standard;
    struct requirements *requirements;
    struct timeline *timeline;
    VEC(struct asked) decisions; /* up to the day, in the order in which they are taken */
    VEC(struct question) questions;
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
        if (other->when == question.when && (!question.dated || other->day == question.day))
            return i;
    }
    vec_push(&worlds->questions, question);
    return i;
}

static void ask(struct worlds *worlds, struct asked *asked)
{
    const struct stage *stage = worlds->standard->stages.items[asked->decision->stage];
    asked->conditions = requirements_on(worlds->requirements, stage, asked->decision->on);
    for (size_t i = 0; i < asked->conditions.undecided.count; i++) {
        const struct requirement *requirement = asked->conditions.undecided.items[i];
        bool dated = requirements_dated(worlds->requirements, requirement);
        vec_push(&asked->questions,
                 question_of(worlds, (struct question){requirement->when, dated, asked->decision->on}));
    }
}

static void ask_all(struct worlds *worlds)
{
    for (size_t i = 0; i < worlds->decisions.count; i++)
        if (worlds->decisions.items[i].decision->ruling == RULING_APPROVED)
            ask(worlds, &worlds->decisions.items[i]);
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
    size_t place, year;
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

static struct decided *decided_get(struct step *step, const struct decision *decision)
{
    for (size_t i = 0; i < step->decisions.count; i++)
        if (step->decisions.items[i].decision == decision)
            return &step->decisions.items[i];
    vec_push(&step->decisions, (struct decided){.decision = decision});
    return &vec_last(&step->decisions);
}

static struct conditions conditions_of(const struct worlds *worlds, const struct decision *decision)
{
    size_t i = 0;
    while (worlds->decisions.items[i].decision != decision)
        i++;
    return worlds->decisions.items[i].conditions;
}

static void merge_decisions(const struct sighting *it, struct step *step)
{
    for (size_t i = 0; it->occurrence && i < it->occurrence->taken.count; i++) {
        const struct taken *taken = &it->occurrence->taken.items[i];
        struct decided *decided = decided_get(step, taken->decision);
        decided->valid |= taken->reasons ? TRUTH_NO : TRUTH_YES;
        decided->reasons |= taken->reasons;
        decided->conditions = conditions_of(it->worlds, taken->decision);
    }
}

/* ---- steps */

/* Steps stand as the stages are declared, and by years. */
static struct step *step_get(const struct sighting *it, bool *fresh)
{
    struct timeline *timeline = it->worlds->timeline;
    size_t at = 0;
    for (; at < timeline->steps.count; at++) {
        struct step *step = &timeline->steps.items[at];
        if (step->stage == it->stage && step->year == it->year)
            return *fresh = false, step;
        if (step->place > it->place || (step->stage == it->stage && step->year > it->year))
            break;
    }
    vec_push(&timeline->steps, (struct step){0});
    for (size_t i = timeline->steps.count - 1; i > at; i--)
        timeline->steps.items[i] = timeline->steps.items[i - 1];
    struct step *step = &timeline->steps.items[at];
    *step = (struct step){.stage = it->stage, .place = it->place, .year = it->year};
    step->conditions = requirements_on(it->worlds->requirements, it->stage, timeline->on);
    return *fresh = true, step;
}

static void see(const struct sighting *it)
{
    bool fresh;
    struct step *step = step_get(it, &fresh);
    enum stage_state state = state_without(it, step);
    if (only_void(it)) {
        step->without |= 1u << state;
        state = STATE_VOID;
    }
    step->states |= 1u << state;
    merge_day(&step->opens, day_of(course_opens(it->course, it->stage, it->year)), fresh);
    merge_day(&step->closes, day_of(course_closes(it->course, it->stage, it->year)), fresh);
    merge_day(&step->effect, effect_of(it), fresh);
    merge_waiting(it, step);
    merge_decisions(it, step);
}

/* Of a stage of each year: those of its years that were there or have decisions, and the latest. */
static bool is_shown(const struct sighting *it, size_t latest)
{
    struct opening opens = course_opens(it->course, it->stage, it->year);
    return it->year == latest || it->occurrence || course_holds(it->course, it->stage, it->year, opens.day);
}

static void see_stage(struct worlds *worlds, const struct course *course, size_t place)
{
    struct sighting it = {
        .worlds = worlds, .course = course, .stage = worlds->standard->stages.items[place], .place = place};
    size_t latest = course_year(course, it.stage, worlds->timeline->on);
    for (it.year = latest ? 1 : 0; it.year <= latest; it.year++) {
        it.occurrence = course_find(course, place, it.year);
        if (is_shown(&it, latest))
            see(&it);
    }
}

/* ---- titles */

static bool same_tenures(const struct tenures *a, const struct tenures *b)
{
    bool same = a->list.count == b->list.count;
    for (size_t i = 0; same && i < a->list.count; i++) {
        const struct tenure *x = &a->list.items[i], *y = &b->list.items[i];
        same = x->from == y->from && x->ends == y->ends && x->revoked == y->revoked &&
               (!x->ends || x->to == y->to);
    }
    return same;
}

static void see_title(struct timeline *timeline, const struct course *course, size_t place, bool first)
{
    struct held *held = &timeline->titles.items[place];
    const struct tenures *tenures = &course->titles[place];
    held->truth |= tenures_hold(tenures, timeline->on) ? TRUTH_YES : TRUTH_NO;
    if (first)
        held->tenures = *tenures;
    else
        held->differs |= !same_tenures(&held->tenures, tenures);
}

/* ---- the whole */

static void live_through(struct worlds *worlds)
{
    const struct standard *standard = worlds->standard;
    for (size_t i = 0; i < standard->titles.count; i++)
        vec_push(&worlds->timeline->titles, (struct held){.title = &standard->titles.items[i]});
    for (size_t world = 0; world < (size_t)1 << worlds->questions.count; world++) {
        const struct course *course = course_of(worlds, world);
        for (size_t i = 0; i < standard->stages.count; i++)
            see_stage(worlds, course, i);
        for (size_t i = 0; i < standard->titles.count; i++)
            see_title(worlds->timeline, course, i, world == 0);
    }
}

/* As `today`: the day of the call, of the facts, or the period's end. */
static bool find_day(const struct unit *unit, struct call *call)
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

struct timeline_result timeline_of(const struct standard *standard, const struct unit *unit,
                                   const struct call *asked)
{
    struct call call = *asked;
    call.stages = true;
    if (!find_day(unit, &call))
        return failed(TIMELINE_NO_DAY, NULL);
    const struct evaluation *evaluation = evaluate(standard, unit, &call);
    if (evaluation->refused)
        return failed(TIMELINE_REFUSED, evaluation);
    struct timeline *timeline = MEM_NEW(struct timeline);
    *timeline = (struct timeline){.evaluation = evaluation, .on = call.on};
    struct worlds worlds = {
        .standard = standard, .timeline = timeline, .requirements = requirements_new(evaluation, &call)};
    sort_decisions(&worlds);
    ask_all(&worlds);
    const struct evaluation *refusal = requirements_refusal(worlds.requirements);
    if (refusal)
        return failed(TIMELINE_REFUSED, refusal);
    if (worlds.questions.count > TIMELINE_QUESTIONS_MAX)
        return failed(TIMELINE_TOO_OPEN, evaluation);
    live_through(&worlds);
    return (struct timeline_result){.timeline = timeline, .evaluation = evaluation};
}

/* ---- for quotas */

static unsigned candidate_in(unsigned states)
{
    unsigned truth = 0;
    truth |= states & (1u << STATE_READY | 1u << STATE_APPROVED) ? TRUTH_YES : 0;
    truth |= states & 1u << STATE_OPEN ? TRUTH_UNKNOWN : 0;
    unsigned others = (1u << STATE_COUNT) - 1 -
                      (1u << STATE_READY | 1u << STATE_APPROVED | 1u << STATE_OPEN | 1u << STATE_VOID);
    return truth | (states & others ? TRUTH_NO : 0);
}

unsigned timeline_candidate(const struct timeline *timeline, const struct stage *stage)
{
    const struct step *latest = NULL;
    for (size_t i = 0; i < timeline->steps.count; i++)
        if (timeline->steps.items[i].stage == stage)
            latest = &timeline->steps.items[i];
    if (!latest)
        return TRUTH_NO;
    return candidate_in(latest->states) | candidate_in(latest->without);
}
