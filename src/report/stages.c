#include "report/stages.h"
#include "base/date.h"
#include "report/say.h"
#include "report/sheet.h"
#include "report/stages_words.h"

enum { DAY_WIDTH = 10, GAP = 2, INDENT = 2 };

/* How each state looks on the rail. */
static const struct {
    const char *mark;
    enum ink ink;
} LOOKS[] = {
    [STATE_APPROVED] = {"●", INK_GOOD}, [STATE_REJECTED] = {"✗", INK_BAD}, [STATE_WAITING] = {"·", INK_DIM},
    [STATE_ABSENT] = {"–", INK_DIM},    [STATE_LATE] = {"✗", INK_BAD},     [STATE_RETURNED] = {"↺", INK_OPEN},
    [STATE_BLOCKED] = {"!", INK_BAD},   [STATE_READY] = {"▸", INK_GOOD},   [STATE_OPEN] = {"?", INK_OPEN},
    [STATE_VOID] = {"✗", INK_BAD},
};

/* ---------------------------------------------------------------- stages */

/* The day that a step stands at: of its decision, of its opening if that is still to come. */
static const char *day_of(const struct telling *it, const struct step *step)
{
    const struct decision *decision = stages_valid_decision(step);
    if (decision)
        return date_text(decision->on);
    bool ahead = step->opens.given && !step->opens.differs && step->opens.day > it->timeline->on;
    return ahead ? date_text(step->opens.day) : "";
}

static void write_step(struct page *page, const struct telling *it, const struct step *step,
                       size_t head_width)
{
    enum stage_state state;
    bool only = stages_only(step->states, &state);
    const char *name = stages_step_name(it, step);
    const char *head =
        str_print("%-*s  %s %s", DAY_WIDTH, day_of(it, step), only ? LOOKS[state].mark : "?", name);
    page_entry(page, INDENT, head, head_width, only ? LOOKS[state].ink : INK_OPEN, stages_state(it, step));
    for (size_t i = 0; i < step->decisions.count; i++) {
        const struct decided *decided = &step->decisions.items[i];
        if (decided->reasons)
            page_paragraph(page, INDENT + head_width, decided->valid == TRUTH_NO ? INK_BAD : INK_OPEN,
                           stages_void(it, step, decided));
    }
}

static void write_steps(struct page *page, const struct telling *it)
{
    size_t width = 0;
    for (size_t i = 0; i < it->timeline->steps.count; i++) {
        size_t cells = page_width(stages_step_name(it, &it->timeline->steps.items[i]));
        width = cells > width ? cells : width;
    }
    page_text(page, INK_BOLD, say(SAY_STAGES, it->view->lang));
    page_end(page);
    for (size_t i = 0; i < it->timeline->steps.count; i++)
        write_step(page, it, &it->timeline->steps.items[i], DAY_WIDTH + GAP + 2 + width + GAP);
}

/* ---------------------------------------------------------------- titles */

static const char *tenure_text(const struct telling *it, const struct tenure *tenure)
{
    enum lang lang = it->view->lang;
    if (!tenure->ends)
        return say_with(SAY_HELD_SINCE, lang, date_text(tenure->from), NULL);
    enum say how = tenure->revoked                 ? SAY_HELD_REVOKED
                   : tenure->to < it->timeline->on ? SAY_HELD_LAPSED
                                                   : SAY_HELD_UNTIL;
    return say_with(how, lang, date_text(tenure->from), date_text(tenure->to), NULL);
}

static const char *held_text(const struct telling *it, const struct held *held)
{
    struct str text = {0};
    if (held->differs)
        return say(SAY_HELD_PERHAPS, it->view->lang);
    for (size_t i = 0; i < held->tenures.list.count; i++) {
        str_add(&text, i > 0 ? say(SAY_CLAUSE_STOP, it->view->lang) : "");
        str_add(&text, tenure_text(it, &held->tenures.list.items[i]));
    }
    if (held->renewable.given)
        str_format(&text, "%s%s", say(SAY_CLAUSE_STOP, it->view->lang),
                   say_with(SAY_RENEWABLE, it->view->lang, date_text(held->renewable.day), NULL));
    return held->tenures.list.count ? str_text(&text) : say(SAY_NEVER_HELD, it->view->lang);
}

static enum ink held_ink(const struct held *held)
{
    return held->differs              ? INK_OPEN
           : held->truth == TRUTH_YES ? INK_GOOD
           : held->tenures.list.count ? INK_PLAIN
                                      : INK_DIM;
}

static void write_titles(struct page *page, const struct telling *it)
{
    size_t width = 0;
    for (size_t i = 0; i < it->timeline->titles.count; i++) {
        size_t cells = page_width(stages_title_name(it->timeline->titles.items[i].title));
        width = cells > width ? cells : width;
    }
    if (!it->timeline->titles.count)
        return;
    page_end(page);
    page_text(page, INK_BOLD, say(SAY_TITLES, it->view->lang));
    page_end(page);
    for (size_t i = 0; i < it->timeline->titles.count; i++) {
        const struct held *held = &it->timeline->titles.items[i];
        page_entry(page, INDENT, stages_title_name(held->title), width + GAP, held_ink(held),
                   held_text(it, held));
    }
}

/* ---------------------------------------------------------------- next */

static bool is_due_later(const struct timeline *timeline, const struct step *step)
{
    const struct timeline_day *opens = &step->opens;
    bool comes = opens->given && !opens->differs && opens->day > timeline->on;
    return step_stands(step) == 1u << STATE_WAITING && comes && (step->held_then || step->held_now);
}

struct stages_nexts stages_next(const struct timeline *timeline)
{
    struct stages_nexts nexts = {0};
    for (size_t i = 0; i < timeline->steps.count; i++) {
        const struct step *step = &timeline->steps.items[i];
        bool later = is_due_later(timeline, step);
        if (later || step_stands(step) & STATES_ASKING)
            vec_push(&nexts.list, (struct stages_next){step, later});
    }
    return nexts;
}

static const char *next_text(const struct telling *it, const struct stages_next *next)
{
    const struct step *step = next->step;
    const char *by = stages_authority(it, step->stage->by);
    struct str text = {0};
    str_add(&text,
            next->later ? say_with(SAY_NEXT_FROM, it->view->lang, by, date_text(step->opens.day), NULL) : by);
    if (next->later && !step->held_then)
        str_format(&text, "%s%s", say(SAY_LIST_COMMA, it->view->lang), stages_if_held(it, step));
    if (step->closes.given && !step->closes.differs)
        str_add(&text, say_with(SAY_NEXT_UNTIL, it->view->lang, date_text(step->closes.day), NULL));
    return str_text(&text);
}

static void write_next(struct page *page, const struct telling *it)
{
    struct stages_nexts nexts = stages_next(it->timeline);
    size_t width = 0;
    for (size_t i = 0; i < nexts.list.count; i++) {
        size_t cells = page_width(stages_step_name(it, nexts.list.items[i].step));
        width = cells > width ? cells : width;
    }
    page_end(page);
    page_text(page, INK_BOLD, say(SAY_NEXT, it->view->lang));
    page_end(page);
    if (!nexts.list.count)
        page_paragraph(page, INDENT, INK_DIM, say(SAY_NEXT_NONE, it->view->lang));
    for (size_t i = 0; i < nexts.list.count; i++)
        page_entry(page, INDENT, stages_step_name(it, nexts.list.items[i].step), width + GAP, INK_PLAIN,
                   next_text(it, &nexts.list.items[i]));
}

/* ---------------------------------------------------------------- the whole */

static void write_later(struct page *page, const struct telling *it)
{
    size_t later = it->timeline->later;
    if (!later)
        return;
    page_end(page);
    page_paragraph(page, 0, INK_DIM,
                   later == 1 ? say(SAY_LATER_ONE, it->view->lang)
                              : say_with(SAY_LATER_MANY, it->view->lang, str_print("%zu", later), NULL));
}

void stages_write(struct page *page, const struct view *view, const struct timeline *timeline,
                  size_t warnings)
{
    struct telling it = {view, timeline};
    sheet_head(page, view);
    write_steps(page, &it);
    write_titles(page, &it);
    write_next(page, &it);
    write_later(page, &it);
    sheet_warnings(page, view, warnings);
}
