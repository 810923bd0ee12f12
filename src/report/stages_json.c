/* `rubric stages --json`: one object a unit, on one line; docs/language.md states its form. */
#include "base/date.h"
#include "report/json.h"
#include "report/stages.h"
#include "report/stages_words.h"

static const char *const STATES[] = {
    [STATE_APPROVED] = "approved", [STATE_REJECTED] = "rejected", [STATE_WAITING] = "waiting",
    [STATE_ABSENT] = "n/a",        [STATE_LATE] = "late",         [STATE_RETURNED] = "returned",
    [STATE_BLOCKED] = "blocked",   [STATE_READY] = "ready",       [STATE_OPEN] = "open",
    [STATE_VOID] = "void",
};

static const char *const RULINGS[] = {
    [RULING_APPROVED] = "approved", [RULING_REJECTED] = "rejected", [RULING_RETURNED] = "returned"};

/* Bit by bit, as enum void_reason. */
static const char *const REASONS[VOID_REASONS] = {"authority",   "order",  "title",
                                                  "requirement", "closed", "twice"};

static const char *authority_name(const struct timeline *timeline, size_t place)
{
    return timeline->evaluation->standard->authorities.items[place].name;
}

static void bits(struct json *json, const char *key, unsigned set, const char *const *names, size_t count)
{
    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < count; i++)
        if (set >> i & 1)
            json_text(json, names[i]);
    json_close(json, ']');
}

static void states(struct json *json, const struct step *step)
{
    enum stage_state state;
    json_pair(json, "state", stages_only(step->states, &state) ? STATES[state] : "unknown");
    bits(json, "possible", step->states, STATES, STATE_COUNT);
    json_pair(json, "without",
              !step->without                       ? NULL
              : stages_only(step->without, &state) ? STATES[state]
                                                   : "unknown");
}

static void day(struct json *json, const char *key, struct timeline_day day)
{
    json_pair(json, key, day.differs ? "unknown" : day.given ? date_text(day.day) : NULL);
}

static void days_left(struct json *json, const struct timeline *timeline, const struct step *step)
{
    json_key(json, "days_left");
    bool counts = step_stands(step) & (STATES_ASKING | 1u << STATE_LATE);
    if (counts && step->closes.given && !step->closes.differs)
        json_int(json, step->closes.day - timeline->on);
    else
        json_text(json, NULL);
}

static void requirements(struct json *json, const struct view *view, const char *key,
                         const struct requirement *const *list, size_t count)
{
    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(json, '{');
        json_pair(json, "why", list[i]->label ? list[i]->label : span_text(list[i]->span));
        json_facts(json, view, evaluation_reads(view->evaluation, view->context, list[i]->when));
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void conditions(struct json *json, const struct view *view, const struct conditions *conditions)
{
    struct view day = *view;
    day.evaluation = conditions->evaluation;
    json_key(json, "missing");
    json_open(json, '[');
    for (size_t i = 0; i < conditions->missing.list.count; i++)
        json_text(json, view_fact_key(view, conditions->missing.list.items[i]));
    json_close(json, ']');
    requirements(json, &day, "failing", conditions->failing.items, conditions->failing.count);
    requirements(json, &day, "undecided", conditions->undecided.items, conditions->undecided.count);
}

static void decision_object(struct json *json, const struct view *view, const struct timeline *timeline,
                            const struct decided *decided)
{
    const struct decision *decision = decided->decision;
    json_open(json, '{');
    json_pair(json, "outcome", RULINGS[decision->ruling]);
    json_pair(json, "on", date_text(decision->on));
    json_pair(json, "by", authority_name(timeline, decision->by));
    json_pair(json, "remark", decision->remark);
    json_key(json, "line");
    json_int(json, (long long)source_line(decision->span));
    json_pair(json, "valid", json_truths(decided->valid));
    bits(json, "void", decided->reasons, REASONS, VOID_REASONS);
    if (decided->reasons & VOID_REQUIREMENT)
        conditions(json, view, &decided->conditions);
    json_close(json, '}');
}

static void decisions(struct json *json, const struct view *view, const struct timeline *timeline,
                      const struct step *step)
{
    json_key(json, "decisions");
    json_open(json, '[');
    for (size_t i = 0; i < step->decisions.count; i++)
        decision_object(json, view, timeline, &step->decisions.items[i]);
    json_close(json, ']');
}

static void occurrence(struct json *json, const struct step *step)
{
    json_key(json, "occurrence");
    if (step->year)
        json_int(json, (long long)step->year);
    else
        json_text(json, NULL);
}

static void notes(struct json *json, const struct stage *stage)
{
    json_key(json, "notes");
    json_open(json, '[');
    for (size_t i = 0; i < stage->notes.count; i++)
        json_text(json, stage->notes.items[i]);
    json_close(json, ']');
}

/* What the stage is. */
static void stage_members(struct json *json, const struct timeline *timeline, const struct step *step)
{
    const struct stage *stage = step->stage;
    json_pair(json, "stage", stage->name);
    json_pair(json, "label", stage->label);
    json_pair(json, "cite", stage->cite);
    notes(json, stage);
    json_pair(json, "by", authority_name(timeline, stage->by));
    occurrence(json, step);
}

static void waiting_for(struct json *json, const struct standard *standard, const struct step *step)
{
    json_key(json, "waiting_for");
    json_open(json, '[');
    for (size_t i = 0; i < step->waiting_for.list.count; i++)
        json_text(json, standard->stages.items[step->waiting_for.list.items[i]]->name);
    json_close(json, ']');
}

/* How it stands. */
static void step_object(struct json *json, const struct view *view, const struct timeline *timeline,
                        const struct step *step)
{
    json_open(json, '{');
    stage_members(json, timeline, step);
    states(json, step);
    day(json, "opens", step->opens);
    day(json, "closes", step->closes);
    days_left(json, timeline, step);
    day(json, "effect", step->effect);
    waiting_for(json, timeline->evaluation->standard, step);
    conditions(json, view, &step->conditions);
    decisions(json, view, timeline, step);
    json_close(json, '}');
}

static const char *tenure_ended(const struct timeline *timeline, const struct tenure *tenure)
{
    bool past = tenure->ends && tenure->to < timeline->on;
    return tenure->revoked ? "revoked" : past ? "lapsed" : NULL;
}

static void tenures(struct json *json, const struct timeline *timeline, const struct held *held)
{
    json_key(json, "tenures");
    if (held->differs) {
        json_text(json, NULL);
        return;
    }
    json_open(json, '[');
    for (size_t i = 0; i < held->tenures.list.count; i++) {
        const struct tenure *tenure = &held->tenures.list.items[i];
        json_open(json, '{');
        json_pair(json, "from", date_text(tenure->from));
        json_pair(json, "to", tenure->ends ? date_text(tenure->to) : NULL);
        json_pair(json, "ended", tenure_ended(timeline, tenure));
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void titles(struct json *json, const struct timeline *timeline)
{
    json_key(json, "titles");
    json_open(json, '[');
    for (size_t i = 0; i < timeline->titles.count; i++) {
        const struct held *held = &timeline->titles.items[i];
        json_open(json, '{');
        json_pair(json, "title", held->title->name);
        json_pair(json, "label", held->title->label);
        json_pair(json, "held", json_truths(held->truth));
        tenures(json, timeline, held);
        day(json, "renewable", held->differs ? (struct timeline_day){0} : held->renewable);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void next(struct json *json, const struct timeline *timeline)
{
    struct stages_nexts nexts = stages_next(timeline);
    json_key(json, "next");
    json_open(json, '[');
    for (size_t i = 0; i < nexts.list.count; i++) {
        const struct step *step = nexts.list.items[i].step;
        json_open(json, '{');
        json_pair(json, "stage", step->stage->name);
        occurrence(json, step);
        json_pair(json, "by", authority_name(timeline, step->stage->by));
        day(json, "from", nexts.list.items[i].later ? step->opens : (struct timeline_day){0});
        day(json, "until", step->closes);
        json_close(json, '}');
    }
    json_close(json, ']');
}

void stages_json(struct str *out, const struct view *view, const struct timeline *timeline,
                 const struct diags *messages)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_head(&json, view);
    json_pair(&json, "on", date_text(timeline->on));
    json_key(&json, "stages");
    json_open(&json, '[');
    for (size_t i = 0; i < timeline->steps.count; i++)
        step_object(&json, view, timeline, &timeline->steps.items[i]);
    json_close(&json, ']');
    titles(&json, timeline);
    next(&json, timeline);
    json_messages(&json, "messages", messages, view->lang);
    json_close(&json, '}');
    str_add_char(out, '\n');
}
