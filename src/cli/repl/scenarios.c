/* Named states: scenario, scenarios, compare. */
#include "base/mem.h"
#include "cli/repl/commands.h"
#include "cli/repl/edit.h"
#include "cli/repl/words.h"
#include "diag/suggest.h"
#include "report/beside.h"
#include "report/outcome.h"
#include "report/points.h"

/* The loaded state goes by its name in both tongues. */
static bool is_loaded(const char *name)
{
    return str_equal(name, "loaded") || str_equal(name, "原样");
}

/* Its place; the number of scenarios where there is none. */
static size_t find(const struct repl *repl, const char *name)
{
    size_t place = 0;
    while (place < repl->scenarios.count && !str_equal(repl->scenarios.items[place].name, name)) {
        place++;
    }
    return is_loaded(name) ? 0 : place;
}

static const char *name_of(const struct repl *repl, size_t place)
{
    return place == 0 && repl->cli->lang == LANG_ZH ? "原样" : repl->scenarios.items[place].name;
}

static void unknown(struct repl *repl, const char *name)
{
    struct suggest suggest;
    struct diags diags = {0};
    suggest_start(&suggest, name);
    for (size_t i = 0; i < repl->scenarios.count; i++) {
        suggest_list(&suggest, name_of(repl, i));
    }
    struct diag *diag =
        diag_add(&diags, DIAG_REPL_NO_SCENARIO, SPAN_NONE, name, suggest_listed(&suggest, "@nothing"), NULL);
    diag_suggest(diag, suggest_best(&suggest));
    repl_report(repl, &diags);
}

/* ---------------------------------------------------------------- scenario NAME */

static void say_named(const struct repl *repl, enum say what, const char *name)
{
    repl_say(say_with(what, repl->cli->lang, name, NULL));
}

static void switch_to(struct repl *repl, size_t place)
{
    struct outlook before = repl->now, after;
    struct diags diags = {0};
    struct str out = {0};
    struct page page = repl_page(&out);
    if (!session_look(repl, repl->scenarios.items[place].scenario, &after, &diags) && place != 0) {
        repl_report(repl, &diags);
        return;
    }
    repl->at = place;
    repl->scenarios.items[place].kept = false;
    repl->now = after;
    page_paragraph(&page, 0, INK_DIM,
                   say_with(SAY_SCENARIO_NOW, repl->cli->lang, name_of(repl, place), NULL));
    if (before.view.evaluation != NULL && after.view.evaluation != NULL) {
        change_lines(repl, &page, &before, &after);
        effect_write(&page, &before, &after);
    }
    cli_write(&out);
}

/* The current state under a name: its own from now on, or the beginning of another. */
static void keep(struct repl *repl, const char *name)
{
    struct named_scenario *current = &repl->scenarios.items[repl->at];
    if (current->unnamed) {
        current->name = name;
        current->unnamed = false;
        current->kept = true;
        say_named(repl, SAY_SCENARIO_KEPT, name);
        return;
    }
    struct named_scenario copy = {.name = name, .scenario = current->scenario, .saved = current->saved};
    const char *from = name_of(repl, repl->at);
    repl->at = repl->scenarios.count;
    vec_push(&repl->scenarios, copy);
    repl_say(say_with(SAY_SCENARIO_BEGINS, repl->cli->lang, name, from, NULL));
}

void repl_scenario(struct repl *repl, struct repl_input *input)
{
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    const char *name = words_count(input->rest) == 1 ? words_at(input->rest, 0) : input->rest;
    size_t place = find(repl, name);
    if (place == repl->scenarios.count) {
        keep(repl, name);
    } else if (place == repl->at) {
        repl->scenarios.items[place].kept = false;
        say_named(repl, SAY_SCENARIO_ALREADY, name_of(repl, place));
    } else {
        switch_to(repl, place);
    }
}

/* ---------------------------------------------------------------- scenarios */

static const char *result_text(const struct outlook *outlook)
{
    const struct view *view = &outlook->view;
    const struct standard *standard = view->evaluation->standard;
    bool outer = false;
    struct str text = {0};
    if (standard->scored) {
        str_item(&text, say(SAY_LIST_COMMA, view->lang),
                 str_print("%s %s", say(SAY_EFFECT_TOTAL, view->lang),
                           points_text(view, standard->total_node, true, &outer)));
    }
    if (standard->grade != NULL) {
        str_item(&text, say(SAY_LIST_COMMA, view->lang),
                 str_print("%s %s", say(SAY_EFFECT_GRADE, view->lang), outcome_grade(view)));
    }
    return str_text(&text);
}

enum { STEP_MAX = 48 }; /* a table may be typed in one line */

/* What was changed in it, as it was typed last. */
static const char *steps_text(const struct scenario *scenario, enum lang lang)
{
    struct scenario_steps steps = scenario_steps(scenario);
    struct str text = {0};
    for (size_t i = 0; i < steps.list.count; i++) {
        str_item(&text, say(SAY_CLAUSE_STOP, lang), page_cut(steps.list.items[i]->typed, STEP_MAX));
    }
    return str_text(&text);
}

static void list_one(const struct repl *repl, struct page *page, size_t place, size_t width)
{
    struct outlook outlook;
    struct diags unheard = {0};
    const struct scenario *scenario = repl->scenarios.items[place].scenario;
    bool done = session_look(repl, scenario, &outlook, &unheard);
    const char *result = done ? result_text(&outlook) : "", *steps = steps_text(scenario, repl->cli->lang);
    page_entry(page, 0, str_print("%s %s", place == repl->at ? "▸" : " ", name_of(repl, place)), width,
               place == repl->at ? INK_BOLD : INK_PLAIN,
               *steps != '\0' ? str_print("%s   %s", result, steps) : result);
}

void repl_scenarios(struct repl *repl, struct repl_input *input)
{
    enum { MARK = 2, GAP = 2 };
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    struct str out = {0};
    struct page page = repl_page(&out);
    size_t width = 0;
    for (size_t i = 0; i < repl->scenarios.count; i++) {
        size_t cells = page_width(name_of(repl, i));
        width = cells > width ? cells : width;
    }
    for (size_t i = 0; i < repl->scenarios.count; i++) {
        list_one(repl, &page, i, width + MARK + GAP);
    }
    cli_write(&out);
}

/* ---------------------------------------------------------------- compare */

static bool look(struct repl *repl, size_t place, struct beside *beside)
{
    struct diags diags = {0};
    beside->name = name_of(repl, place);
    bool done = session_look(repl, repl->scenarios.items[place].scenario, &beside->outlook, &diags);
    if (!done) {
        repl_report(repl, &diags);
    }
    return done;
}

void repl_compare(struct repl *repl, struct repl_input *input)
{
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    const char *first = words_at(input->rest, 0), *second = words_at(input->rest, 1);
    size_t a = first != NULL ? find(repl, first) : 0, b = second != NULL ? find(repl, second) : repl->at;
    a = second == NULL && a == repl->at ? 0 : a; /* the current one beside itself tells nothing */
    struct beside sides[2];
    if (a == repl->scenarios.count || b == repl->scenarios.count) {
        unknown(repl, a == repl->scenarios.count ? first : second);
    } else if (look(repl, a, &sides[0]) && look(repl, b, &sides[1])) {
        struct str out = {0};
        struct page page = repl_page(&out);
        beside_write(&page, &sides[0], &sides[1]);
        cli_write(&out);
    }
}
