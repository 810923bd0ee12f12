#include "report/stages_words.h"
#include <string.h>
#include "base/date.h"
#include "report/outcome.h"
#include "report/say.h"
#include "report/values.h"

enum { WORDS_MAX = 60 };

static const enum say STATES[] = {
    [STATE_APPROVED] = SAY_STATE_APPROVED, [STATE_REJECTED] = SAY_STATE_REJECTED,
    [STATE_WAITING] = SAY_STATE_WAITING,   [STATE_ABSENT] = SAY_STATE_ABSENT,
    [STATE_LATE] = SAY_STATE_LATE,         [STATE_RETURNED] = SAY_STATE_RETURNED,
    [STATE_BLOCKED] = SAY_STATE_BLOCKED,   [STATE_READY] = SAY_STATE_READY,
    [STATE_OPEN] = SAY_STATE_OPEN,         [STATE_VOID] = SAY_STATE_VOID,
};

bool stages_only(unsigned states, enum stage_state *state)
{
    size_t count = 0;
    for (unsigned i = 0; i < STATE_COUNT; i++)
        if (states >> i & 1) {
            *state = (enum stage_state)i;
            count++;
        }
    return count == 1;
}

/* ---------------------------------------------------------------- names and pieces of sentences */

struct phrases {
    struct str text;
    enum say between;
    enum lang lang;
};

static void add(struct phrases *phrases, const char *text)
{
    str_item(&phrases->text, say(phrases->between, phrases->lang), text);
}

static const char *days(const struct telling *it, int64_t count)
{
    return count == 1 ? say(SAY_ONE_DAY, it->view->lang)
                      : say_with(SAY_DAYS, it->view->lang, values_count(count), NULL);
}

const char *stages_authority(const struct standard *standard, size_t place, enum lang lang)
{
    const struct authority *by = &standard->authorities.items[place];
    return place == AUTHORITY_UNIT ? say(SAY_THE_UNIT, lang) : by->label ? by->label : by->name;
}

static const char *authority(const struct telling *it, size_t place)
{
    return stages_authority(it->timeline->evaluation->standard, place, it->view->lang);
}

const char *stages_name(const struct stage *stage)
{
    return stage->label ? stage->label : stage->name;
}

const char *stages_step_name(const struct telling *it, const struct step *step)
{
    const char *name = stages_name(step->stage);
    return step->year ? say_with(SAY_STAGE_YEAR, it->view->lang, name, values_count(step->year), NULL) : name;
}

static const char *list_of_stages(const struct telling *it, const struct places *stages)
{
    struct phrases phrases = {.between = SAY_LIST_COMMA, .lang = it->view->lang};
    for (size_t i = 0; i < stages->list.count; i++)
        add(&phrases, stages_name(it->timeline->evaluation->standard->stages.items[stages->list.items[i]]));
    return str_text(&phrases.text);
}

/* Of facts that a stage needs: those that are not given, or those that lack their evidence alone. */
static const char *list_of_facts(const struct telling *it, const struct places *facts, bool unproven)
{
    struct phrases phrases = {.between = SAY_LIST_COMMA, .lang = it->view->lang};
    for (size_t i = 0; i < facts->list.count; i++)
        if ((view_fact(it->view, facts->list.items[i])->state == GIVEN_UNPROVEN) == unproven)
            add(&phrases, view_fact_name(it->view, facts->list.items[i]));
    return str_text(&phrases.text);
}

/* How an evaluation on some day is looked at. */
static struct view view_of(const struct telling *it, const struct conditions *conditions)
{
    struct view view = *it->view;
    view.evaluation = conditions->evaluation;
    return view;
}

/* What an open requirement waits for. */
static const char *open_facts(const struct view *view, const struct requirement *requirement)
{
    struct phrases phrases = {.between = SAY_LIST_COMMA, .lang = view->lang};
    struct view_open open = view_open_of(view, requirement->when);
    for (size_t i = 0; i < open.names.count; i++)
        add(&phrases, open.names.items[i]);
    for (size_t i = 0; i < open.unproven.count; i++)
        add(&phrases, open.unproven.items[i]);
    return str_text(&phrases.text);
}

/* A requirement by its label, with the values behind it, and what is open unless they name it. */
static const char *requirement_text(const struct view *view, const struct requirement *requirement)
{
    const char *name = requirement->label ? requirement->label : view_words(requirement->span, WORDS_MAX);
    const char *values = outcome_conditions(view, requirement->when, true);
    if (*values)
        name = str_print("%s%s", name, say_with(SAY_IN_BRACKETS, view->lang, values, NULL));
    const char *open =
        value_is_known(view_value(view, requirement->when)) ? "" : open_facts(view, requirement);
    return *open && !strstr(values, open) ? say_with(SAY_HANGS_ON, view->lang, name, open, NULL) : name;
}

static const char *list_of_requirements(const struct view *view, const struct requirement *const *list,
                                        size_t count)
{
    struct phrases phrases = {.between = SAY_LIST_COMMA, .lang = view->lang};
    for (size_t i = 0; i < count; i++)
        add(&phrases, requirement_text(view, list[i]));
    return str_text(&phrases.text);
}

const char *stages_title_name(const struct title *title)
{
    return title->label ? title->label : title->name;
}

/* Titles as `while` joins them: "A or not (B and C)". */
static const char *holding_text(const struct telling *it, const struct holding *holding)
{
    enum lang lang = it->view->lang;
    if (holding->kind == HOLDING_TITLE)
        return stages_title_name(&it->timeline->evaluation->standard->titles.items[holding->title]);
    struct phrases phrases = {.between = holding->kind == HOLDING_OR ? SAY_OR : SAY_AND, .lang = lang};
    for (size_t i = 0; i < holding->of.count; i++) {
        const struct holding *of = holding->of.items[i];
        bool joined = of->kind == HOLDING_AND || of->kind == HOLDING_OR;
        const char *text = holding_text(it, of);
        add(&phrases, joined ? say_with(SAY_BRACKETED, lang, text, NULL) : text);
    }
    const char *text = str_text(&phrases.text);
    return holding->kind == HOLDING_NOT ? say_with(SAY_NOT, lang, text, NULL) : text;
}

static const char *ruling_text(const struct telling *it, const struct decision *decision)
{
    static const enum say RULED[] = {[RULING_APPROVED] = SAY_RULED_APPROVED,
                                     [RULING_REJECTED] = SAY_RULED_REJECTED,
                                     [RULING_RETURNED] = SAY_RULED_RETURNED};
    const char *by = authority(it, decision->by);
    const char *ruled = say_with(RULED[decision->ruling], it->view->lang, by, NULL);
    const char *text = say_with(SAY_RULED_ON, it->view->lang, ruled, date_text(decision->on), NULL);
    return decision->remark ? say_with(SAY_REMARKED, it->view->lang, text, decision->remark, NULL) : text;
}

const struct decision *stages_valid_decision(const struct step *step)
{
    for (size_t i = step->decisions.count; i-- > 0;)
        if (step->decisions.items[i].valid & TRUTH_YES)
            return step->decisions.items[i].decision;
    return NULL;
}

/* ---------------------------------------------------------------- states */

static void add_days_left(const struct telling *it, const struct step *step, struct phrases *phrases)
{
    if (step->closes.differs)
        return;
    if (!step->closes.given) {
        add(phrases, say(SAY_NO_DEADLINE, it->view->lang));
        return;
    }
    int64_t left = step->closes.day - it->timeline->on;
    add(phrases, left == 0 ? say(SAY_LAST_DAY, it->view->lang)
                           : say_with(SAY_DAYS_LEFT, it->view->lang, days(it, left),
                                      date_text(step->closes.day), NULL));
}

static void add_conditions(const struct telling *it, const struct conditions *conditions,
                           struct phrases *phrases)
{
    struct view view = view_of(it, conditions);
    const char *lacking = list_of_facts(it, &conditions->missing, false);
    const char *unproven = list_of_facts(it, &conditions->missing, true);
    if (*lacking)
        add(phrases, say_with(SAY_LACKS, view.lang, lacking, NULL));
    if (*unproven)
        add(phrases, say_with(SAY_UNPROVEN, view.lang, unproven, NULL));
    if (conditions->failing.count)
        add(phrases,
            say_with(SAY_FAILS, view.lang,
                     list_of_requirements(&view, conditions->failing.items, conditions->failing.count),
                     NULL));
    if (conditions->undecided.count)
        add(phrases,
            say_with(SAY_NOT_KNOWN, view.lang,
                     list_of_requirements(&view, conditions->undecided.items, conditions->undecided.count),
                     NULL));
}

static void add_approved(const struct telling *it, const struct step *step, struct phrases *phrases)
{
    const struct decision *decision = stages_valid_decision(step);
    add(phrases, ruling_text(it, decision));
    int64_t effect = step->effect.day;
    if (step->effect.differs || effect == decision->on)
        return;
    bool past = effect <= it->timeline->on;
    add(phrases, say_with(past ? SAY_IN_EFFECT : SAY_TAKES_EFFECT_ON, it->view->lang, date_text(effect),
                          days(it, effect - (past ? decision->on : it->timeline->on)), NULL));
}

const char *stages_if_held(const struct telling *it, const struct step *step)
{
    return say_with(SAY_IF_HELD, it->view->lang, holding_text(it, step->stage->holding), NULL);
}

static void add_waiting(const struct telling *it, const struct step *step, struct phrases *phrases)
{
    if (step->waiting_for.list.count) {
        add(phrases, say_with(SAY_WAITS_FOR, it->view->lang, list_of_stages(it, &step->waiting_for), NULL));
        return;
    }
    add(phrases, say_with(SAY_OPENS_ON, it->view->lang, date_text(step->opens.day),
                          days(it, step->opens.day - it->timeline->on), NULL));
    if (!step->held_then)
        add(phrases, stages_if_held(it, step));
}

static void add_late(const struct telling *it, const struct step *step, struct phrases *phrases)
{
    const struct decision *returned = stages_valid_decision(step);
    if (returned)
        add(phrases, ruling_text(it, returned));
    add(phrases, say_with(SAY_DUE_GONE, it->view->lang, date_text(step->closes.day),
                          days(it, it->timeline->on - step->closes.day), NULL));
}

static void add_returned(const struct telling *it, const struct step *step, struct phrases *phrases)
{
    add(phrases, ruling_text(it, stages_valid_decision(step)));
    add(phrases, say_with(SAY_HANDED_BACK, it->view->lang, authority(it, step->stage->by), NULL));
    add_conditions(it, &step->conditions, phrases);
    add_days_left(it, step, phrases);
}

/* What a state means here. */
static void add_state(const struct telling *it, const struct step *step, enum stage_state state,
                      struct phrases *phrases)
{
    switch (state) {
    case STATE_APPROVED: add_approved(it, step, phrases); break;
    case STATE_REJECTED: add(phrases, ruling_text(it, stages_valid_decision(step))); break;
    case STATE_WAITING: add_waiting(it, step, phrases); break;
    case STATE_ABSENT:
        add(phrases, say_with(SAY_NOT_HELD_BY, it->view->lang, holding_text(it, step->stage->holding), NULL));
        break;
    case STATE_LATE: add_late(it, step, phrases); break;
    case STATE_RETURNED: add_returned(it, step, phrases); break;
    case STATE_BLOCKED:
    case STATE_OPEN:
        add_conditions(it, &step->conditions, phrases);
        add_days_left(it, step, phrases);
        break;
    case STATE_READY:
        add(phrases, say_with(SAY_DECISION_MISSING, it->view->lang, authority(it, step->stage->by), NULL));
        add_days_left(it, step, phrases);
        break;
    case STATE_VOID:
    case STATE_COUNT: break;
    }
}

static const char *names_of_states(const struct telling *it, unsigned states)
{
    struct phrases phrases = {.between = SAY_OR, .lang = it->view->lang};
    for (size_t i = 0; i < STATE_COUNT; i++)
        if (states >> i & 1)
            add(&phrases, say(STATES[i], it->view->lang));
    return str_text(&phrases.text);
}

/* Some sentences need no word for the state before them. */
static bool speaks_for_itself(enum stage_state state)
{
    return state == STATE_APPROVED || state == STATE_REJECTED || state == STATE_WAITING ||
           state == STATE_ABSENT || state == STATE_RETURNED;
}

static const char *one_state(const struct telling *it, const struct step *step, enum stage_state state)
{
    struct phrases phrases = {.between = SAY_CLAUSE_STOP, .lang = it->view->lang};
    add_state(it, step, state, &phrases);
    const char *text = str_text(&phrases.text);
    return speaks_for_itself(state)
               ? text
               : say_with(SAY_SENTENCE, it->view->lang, say(STATES[state], it->view->lang), text, NULL);
}

static const char *several_states(const struct telling *it, const struct step *step, unsigned states)
{
    struct phrases phrases = {.between = SAY_CLAUSE_STOP, .lang = it->view->lang};
    add(&phrases, names_of_states(it, states));
    const struct conditions *conditions = &step->conditions;
    struct view view = view_of(it, conditions);
    if (conditions->undecided.count)
        add(&phrases,
            say_with(SAY_DEPENDS_ON, view.lang,
                     list_of_requirements(&view, conditions->undecided.items, conditions->undecided.count),
                     NULL));
    return str_text(&phrases.text);
}

const char *stages_state(const struct telling *it, const struct step *step)
{
    enum stage_state state;
    if (!stages_only(step->states, &state))
        return several_states(it, step, step->states);
    if (state != STATE_VOID)
        return one_state(it, step, state);
    const char *otherwise = stages_only(step->without, &state) ? one_state(it, step, state)
                                                               : several_states(it, step, step->without);
    return say_with(SAY_ONLY_VOID, it->view->lang, otherwise, NULL);
}

/* ---------------------------------------------------------------- void decisions */

static const char *order_text(const struct telling *it, const struct step *step,
                              const struct decision *decision)
{
    if (step->waiting_for.list.count)
        return say_with(SAY_VOID_BEFORE, it->view->lang, list_of_stages(it, &step->waiting_for), NULL);
    if (!step->opens.given || step->opens.differs || step->opens.day <= decision->on)
        return say(SAY_VOID_NOT_OPEN, it->view->lang);
    return say_with(SAY_VOID_EARLY, it->view->lang, date_text(step->opens.day),
                    days(it, step->opens.day - decision->on), NULL);
}

static const char *unmet_text(const struct telling *it, const struct decided *decided)
{
    struct phrases phrases = {.between = SAY_CLAUSE_STOP, .lang = it->view->lang};
    add_conditions(it, &decided->conditions, &phrases);
    return str_text(&phrases.text);
}

static const char *closed_text(const struct telling *it, const struct step *step,
                               const struct decision *decision)
{
    return say_with(SAY_VOID_CLOSED, it->view->lang, date_text(step->closes.day),
                    days(it, decision->on - step->closes.day), NULL);
}

static const char *reason_text(const struct telling *it, const struct step *step,
                               const struct decided *decided, enum void_reason reason)
{
    enum lang lang = it->view->lang;
    switch (reason) {
    case VOID_AUTHORITY: return say_with(SAY_VOID_AUTHORITY, lang, authority(it, step->stage->by), NULL);
    case VOID_ORDER: return order_text(it, step, decided->decision);
    case VOID_TITLE: return say_with(SAY_VOID_TITLE, lang, holding_text(it, step->stage->holding), NULL);
    case VOID_REQUIREMENT: return unmet_text(it, decided);
    case VOID_CLOSED: return closed_text(it, step, decided->decision);
    case VOID_TWICE:
    case VOID_REASONS: break;
    }
    return say(SAY_VOID_TWICE, lang);
}

const char *stages_void_reasons(const struct telling *it, const struct step *step,
                                const struct decided *decided)
{
    struct phrases reasons = {.between = SAY_CLAUSE_STOP, .lang = it->view->lang};
    for (unsigned i = 0; i < VOID_REASONS; i++)
        if (decided->reasons >> i & 1)
            add(&reasons, reason_text(it, step, decided, (enum void_reason)(1u << i)));
    return str_text(&reasons.text);
}

const char *stages_void(const struct telling *it, const struct step *step, const struct decided *decided)
{
    enum say how = decided->valid == TRUTH_NO ? SAY_VOID_DECISION : SAY_PERHAPS_VOID;
    const char *ruling = ruling_text(it, decided->decision);
    return say_with(how, it->view->lang, ruling, stages_void_reasons(it, step, decided), NULL);
}
