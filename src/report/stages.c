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

/* ---------------------------------------------------------------- entries below a heading */

struct remark {
    enum ink ink;
    const char *text;
};

struct told {
    const char *head, *text;
    enum ink ink;
    VEC(struct remark) remarks; /* below it */
};

struct section {
    VEC(struct told) list;
};

/* Texts stand one below the other, behind the widest head. */
static void write_section(struct page *page, const struct telling *it, enum say heading,
                          const struct section *section)
{
    size_t width = 0;
    for (size_t i = 0; i < section->list.count; i++) {
        size_t cells = page_width(section->list.items[i].head);
        width = cells > width ? cells : width;
    }
    page_text(page, INK_BOLD, say(heading, it->view->lang));
    page_end(page);
    for (size_t i = 0; i < section->list.count; i++) {
        const struct told *told = &section->list.items[i];
        page_entry(page, INDENT, told->head, width + GAP, told->ink, told->text);
        for (size_t k = 0; k < told->remarks.count; k++)
            page_paragraph(page, INDENT + width + GAP, told->remarks.items[k].ink,
                           told->remarks.items[k].text);
    }
}

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

static struct told step_told(const struct telling *it, const struct step *step)
{
    enum stage_state state;
    bool only = stages_only(step->states, &state);
    const char *mark = only ? LOOKS[state].mark : "?";
    struct told told = {
        .head = str_print("%-*s  %s %s", DAY_WIDTH, day_of(it, step), mark, stages_step_name(it, step)),
        .text = stages_state(it, step),
        .ink = only ? LOOKS[state].ink : INK_OPEN};
    for (size_t i = 0; i < step->decisions.count; i++) {
        const struct decided *decided = &step->decisions.items[i];
        if (decided->reasons)
            vec_push(&told.remarks, (struct remark){decided->valid == TRUTH_NO ? INK_BAD : INK_OPEN,
                                                    stages_void(it, step, decided)});
    }
    return told;
}

static void add_clause(const struct telling *it, const struct stage *stage, struct told *told)
{
    enum lang lang = it->view->lang;
    if (stage->cite)
        vec_push(&told->remarks, (struct remark){INK_DIM, say_with(SAY_SENTENCE, lang, say(SAY_CLAUSE, lang),
                                                                   stage->cite, NULL)});
}

/* The clause of a stage of each year stands with its first year alone. */
static void write_steps(struct page *page, const struct telling *it)
{
    struct section section = {0};
    const struct stage *before = NULL;
    for (size_t i = 0; i < it->timeline->steps.count; i++) {
        const struct step *step = &it->timeline->steps.items[i];
        struct told told = step_told(it, step);
        if (step->stage != before)
            add_clause(it, step->stage, &told);
        before = step->stage;
        vec_push(&section.list, told);
    }
    write_section(page, it, SAY_STAGES, &section);
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
    struct section section = {0};
    for (size_t i = 0; i < it->timeline->titles.count; i++) {
        const struct held *held = &it->timeline->titles.items[i];
        vec_push(&section.list, (struct told){.head = stages_title_name(held->title),
                                              .text = held_text(it, held),
                                              .ink = held_ink(held)});
    }
    if (!section.list.count)
        return;
    page_end(page);
    write_section(page, it, SAY_TITLES, &section);
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
    const char *by = stages_authority(it->timeline->evaluation->standard, step->stage->by, it->view->lang);
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
    struct section section = {0};
    for (size_t i = 0; i < nexts.list.count; i++)
        vec_push(&section.list, (struct told){.head = stages_step_name(it, nexts.list.items[i].step),
                                              .text = next_text(it, &nexts.list.items[i])});
    page_end(page);
    write_section(page, it, SAY_NEXT, &section);
    if (!section.list.count)
        page_paragraph(page, INDENT, INK_DIM, say(SAY_NEXT_NONE, it->view->lang));
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

void stages_complain(const struct view *view, const struct timeline *timeline, struct diags *diags)
{
    struct telling it = {view, timeline};
    for (size_t i = 0; i < timeline->steps.count; i++) {
        const struct step *step = &timeline->steps.items[i];
        for (size_t k = 0; k < step->decisions.count; k++) {
            const struct decided *decided = &step->decisions.items[k];
            if (decided->valid == TRUTH_NO)
                diag_clause(diag_add(diags, DIAG_DECISION_VOID, decided->decision->span,
                                     stages_void_reasons(&it, step, decided), NULL),
                            step->stage->cite);
        }
    }
}
