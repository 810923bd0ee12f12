#include "report/transition.h"
#include "base/date.h"
#include "eval/favour.h"
#include "report/json.h"
#include "report/outcome.h"
#include "report/points.h"
#include "report/say.h"
#include "report/values.h"

enum { INDENT = 2, GAP = 2 };

static const struct transition *transition_of(const struct view *view)
{
    return &view->evaluation->standard->transition;
}

/* ---------------------------------------------------------------- the day that counts */

/* n/a: there is no such day. */
static struct value day_of(const struct view *view)
{
    const struct transition *transition = transition_of(view);
    if (transition->by != NULL) {
        return *view_value(view, transition->by->node);
    }
    return view->evaluation->has_on ? value_int(view->evaluation->on) : value_range(range_calendar());
}

enum transition_state transition_state(const struct view *view)
{
    const struct transition *transition = transition_of(view);
    if (!transition->declared) {
        return TRANSITION_OVER;
    }
    const struct value day = day_of(view);
    const struct cut until = cut_at(num_int(transition->until), 0);
    if (!value_has_range(&day) || cut_compare(day.range.low, until) > 0) {
        return TRANSITION_OVER;
    }
    return day.na || cut_compare(day.range.high, until) > 0 ? TRANSITION_OPEN : TRANSITION_RUNS;
}

/* ---------------------------------------------------------------- the editions by name */

static const char *plain_title(const struct standard *standard, enum lang lang)
{
    return standard->edition != NULL ? say_with(SAY_EDITION, lang, standard->edition, NULL) : standard->name;
}

/* As its edition, or its name, or, where the other goes by the same, its file. */
static const char *title(const struct view *view, const struct view *other)
{
    const struct standard *standard = view->evaluation->standard;
    const char *own = plain_title(standard, view->lang);
    bool same = other != NULL && str_equal(own, plain_title(other->evaluation->standard, view->lang));
    return same ? standard->source->name : own;
}

static const char *title_of_amended(const struct view *view, const struct view *amended)
{
    const struct transition *transition = transition_of(view);
    if (amended != NULL) {
        return title(amended, view);
    }
    return transition->amended != NULL ? plain_title(transition->amended, view->lang) : transition->file;
}

/* ---------------------------------------------------------------- the page */

static const char *head(const struct view *view)
{
    const struct transition *transition = transition_of(view);
    const char *until = values_date(transition->until);
    const char *clause =
        transition->cite != NULL ? say_with(SAY_IN_BRACKETS, view->lang, transition->cite, NULL) : "";
    bool runs = transition_state(view) == TRANSITION_RUNS;
    if (transition->by == NULL) {
        return say_with(runs ? SAY_TRANSITION : SAY_TRANSITION_NO_DAY, view->lang, until, clause, NULL);
    }
    const struct value day = day_of(view);
    return say_with(runs ? SAY_TRANSITION_BY : SAY_TRANSITION_OPEN, view->lang, until, clause,
                    view_fact_name(view, transition->by->slot),
                    values_of(&transition->by->field.type, &day, view->lang), NULL);
}

static void add(struct str *line, const char *text, enum lang lang)
{
    str_item(line, say(SAY_CLAUSE_STOP, lang), text);
}

/* "Total 92 of 100; Grade good; Eligible yes". True: a range may be wider than the truth. */
static bool add_results(struct str *line, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    enum lang lang = view->lang;
    bool outer = false;
    if (standard->scored) {
        const char *points = points_text(view, standard->total_node, true, &outer);
        add(line,
            say_with(SAY_TOTAL_OF, lang, say(SAY_TOTAL, lang), points, values_number(standard->total), NULL),
            lang);
    }
    if (standard->grade != NULL) {
        add(line, say_with(SAY_NAMED_VALUE, lang, say(SAY_GRADE, lang), outcome_grade(view), NULL), lang);
    }
    if (standard->eligible != NULL && outcome_has_gates(standard)) {
        add(line, say_with(SAY_NAMED_VALUE, lang, say(SAY_ELIGIBLE, lang), outcome_eligible(view), NULL),
            lang);
    }
    return outer;
}

static const char *by_words(const struct view *view, const struct view *amended, enum favour_by by)
{
    const struct standard *standard = view->evaluation->standard, *other = amended->evaluation->standard;
    switch (by) {
    case FAVOUR_ELIGIBLE: return say(SAY_BY_ELIGIBLE, view->lang);
    case FAVOUR_GRADE: return say(SAY_BY_GRADE, view->lang);
    case FAVOUR_TOTAL:
        return say(num_equal(standard->total, other->total) ? SAY_BY_TOTAL : SAY_BY_SHARE, view->lang);
    case FAVOUR_NOTHING: break;
    }
    return "";
}

/* NULL: there is nothing to compare. */
static const char *verdict(const struct view *view, const struct view *amended)
{
    struct favour favour = favour_of(view->evaluation, amended->evaluation);
    const char *by = by_words(view, amended, favour.by);
    if (favour.first && favour.second) {
        return say_with(SAY_FAVOURS_OPEN, view->lang, by, NULL);
    }
    if (favour.first || favour.second) {
        const char *better = favour.first ? title(view, amended) : title(amended, view);
        return say_with(favour.alike ? SAY_FAVOURS_PERHAPS : SAY_FAVOURS, view->lang, better, by, NULL);
    }
    return favour.compared ? say(SAY_FAVOURS_NEITHER, view->lang) : NULL;
}

void transition_write(struct page *page, const struct view *view, const struct view *amended)
{
    const char *file = transition_of(view)->file;
    const char *own = title(view, amended), *other = title_of_amended(view, amended);
    size_t width = page_width(own) > page_width(other) ? page_width(own) : page_width(other);
    struct str by_own = {0}, by_other = {0};
    bool outer = add_results(&by_own, view);
    if (amended != NULL) {
        outer |= add_results(&by_other, amended);
    } else {
        str_add(&by_other, say_with(SAY_NOT_WORKED_OUT, view->lang, file, NULL));
    }
    page_end(page);
    page_paragraph(page, 0, INK_PLAIN, head(view));
    page_entry(page, INDENT, own, width + GAP, INK_PLAIN, str_text(&by_own));
    page_entry(page, INDENT, other, width + GAP, amended != NULL ? INK_PLAIN : INK_DIM, str_text(&by_other));
    const char *said = amended != NULL ? verdict(view, amended) : NULL;
    if (said != NULL) {
        page_paragraph(page, 0, INK_BOLD, said);
    }
    if (outer) {
        page_paragraph(page, 0, INK_DIM, say(SAY_OUTER_MARK, view->lang));
    }
    if (amended != NULL) {
        page_paragraph(page, 0, INK_DIM, say_with(SAY_SHEET_BY, view->lang, other, file, NULL));
    }
}

/* ---------------------------------------------------------------- JSON */

static void results_json(struct json *json, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    json_key(json, "total");
    if (standard->total_node != NULL) {
        json_typed(json, view, standard->total_node);
    } else {
        json_text(json, NULL);
    }
    json_pair(json, "of", standard->scored ? num_text(standard->total) : NULL);
    json_key(json, "grade");
    json_grade(json, view);
    json_pair(json, "eligible",
              standard->eligible != NULL ? json_truth(view_value(view, standard->eligible)) : "yes");
}

static void amended_json(struct json *json, const struct view *view, const struct view *amended)
{
    const struct transition *transition = transition_of(view);
    const struct standard *standard = transition->amended;
    json_key(json, "amended");
    json_open(json, '{');
    json_pair(json, "file", transition->file);
    json_pair(json, "name", standard != NULL ? standard->name : NULL);
    json_pair(json, "edition", standard != NULL ? standard->edition : NULL);
    json_pair(json, "sha256", standard != NULL ? standard->sha256 : NULL);
    json_key(json, "known");
    json_bool(json, amended != NULL);
    if (amended != NULL) {
        results_json(json, amended);
    }
    json_close(json, '}');
}

static void favour_json(struct json *json, const struct view *view, const struct view *amended)
{
    static const char *const BY[] = {"eligible", "grade", "total", NULL};
    struct favour favour = {0};
    if (amended != NULL) {
        favour = favour_of(view->evaluation, amended->evaluation);
    }
    const char *better = favour.first && favour.second ? "unknown"
                         : favour.first                ? "this"
                         : favour.second               ? "amended"
                                                       : "neither";
    unsigned alike = (favour.alike ? TRUTH_YES : 0U) | (favour.first || favour.second ? TRUTH_NO : 0U);
    json_pair(json, "better", favour.compared ? better : NULL);
    json_pair(json, "alike", favour.compared ? json_truths(alike) : NULL);
    json_pair(json, "better_by", favour.compared ? BY[favour.by] : NULL);
}

void transition_json(struct json *json, const struct view *view, const struct view *amended)
{
    const struct transition *transition = transition_of(view);
    const struct value day = day_of(view);
    json_key(json, "transition");
    json_open(json, '{');
    json_pair(json, "until", date_text(transition->until));
    json_pair(json, "clause", transition->cite);
    json_pair(json, "fact", transition->by != NULL ? transition->by->field.name : NULL);
    json_key(json, "day");
    json_value(json, &(struct type){.kind = TYPE_DATE}, &day, true);
    json_pair(json, "may", transition_state(view) == TRANSITION_RUNS ? "yes" : "unknown");
    amended_json(json, view, amended);
    favour_json(json, view, amended);
    json_close(json, '}');
}
