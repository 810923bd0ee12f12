/* Looking: show, why, whynot, facts, unknowns, diff, stages. */
#include "cli/repl/commands.h"
#include "cli/repl/edit.h"
#include "cli/repl/words.h"
#include "report/fact_list.h"
#include "report/outcome.h"
#include "report/sheet.h"
#include "report/stages.h"
#include "report/values.h"
#include "report/why.h"
#include "report/whynot.h"

/* ---------------------------------------------------------------- show */

static void show_outer(struct page *page, const struct view *view, bool outer)
{
    if (outer) {
        page_paragraph(page, 0, INK_DIM, say(SAY_OUTER_MARK, view->lang));
    }
}

static void show_line(struct page *page, const char *head, const char *text, enum ink ink)
{
    enum { GAP = 2 };
    page_entry(page, 0, head, page_width(head) + GAP, ink, text);
}

static void show_target(struct page *page, const struct view *view, const struct why_target *target)
{
    const struct standard *standard = view->evaluation->standard;
    switch (target->kind) {
    case WHY_PART: show_outer(page, view, sheet_part(page, view, target->part)); return;
    case WHY_TOTAL:
    case WHY_SUBTOTAL: show_outer(page, view, sheet_part(page, view, NULL)); return;
    case WHY_GRADE: show_line(page, say(SAY_GRADE, view->lang), outcome_grade(view), INK_BOLD); return;
    case WHY_ELIGIBLE:
        show_line(page, say(SAY_ELIGIBLE, view->lang), outcome_eligible(view),
                  outcome_ink(view_value(view, standard->eligible)));
        return;
    case WHY_OUTCOME:
        show_line(page, outcome_name(target->outcome), outcome_qualifies(view, target->outcome),
                  outcome_ink(view_value(view, target->outcome->holds)));
        return;
    case WHY_SHOW: break;
    }
    const struct show *show = target->show;
    show_line(page, show->label != NULL ? show->label : show->name,
              values_of(&show->value->type, view_value(view, show->value), view->lang), INK_PLAIN);
}

/* A fact by its name: its value is what is shown of it. */
static bool show_fact(const struct repl *repl, struct page *page, const char *name)
{
    const struct view *view = &repl->now.view;
    const struct fact_declaration *fact = map_find(&view->evaluation->standard->facts_by_name, name);
    if (fact != NULL) {
        show_line(page, name, fact_list_value(view, repl->unit, false, fact->slot), INK_PLAIN);
    }
    return fact != NULL;
}

/* What the word names among the results; a fact is shown at once. */
static bool find_target(struct repl *repl, struct page *page, const char *name, struct why_target *target)
{
    struct diags diags = {0};
    name = words_name(name);
    if (why_find(repl->now.view.evaluation->standard, name, target, &diags)) {
        return true;
    }
    if (!show_fact(repl, page, name)) {
        repl_report(repl, &diags);
    }
    return false;
}

void repl_show(struct repl *repl, struct repl_input *input)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    struct why_target target;
    if (!repl_needs_results(repl, input)) {
        return;
    }
    if (*input->rest == '\0') {
        sheet_write(&page, &repl->now.view, 0);
    } else if (find_target(repl, &page, input->rest, &target)) {
        show_target(&page, &repl->now.view, &target);
    }
    cli_write(&out);
}

/* ---------------------------------------------------------------- why */

void repl_why(struct repl *repl, struct repl_input *input)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    struct why_target target;
    if (repl_needs_results(repl, input) && find_target(repl, &page, input->rest, &target)) {
        why_write(&page, &repl->now.view, &target);
    }
    cli_write(&out);
}

void repl_whynot(struct repl *repl, struct repl_input *input)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    struct whynot_target target;
    struct diags diags = {0};
    if (!repl_needs_results(repl, input)) {
        return;
    }
    if (whynot_find(repl->now.view.evaluation->standard, words_name(input->rest), input->span, &target,
                    &diags)) {
        whynot_write(&page, &repl->now.view, &target);
    }
    cli_write(&out);
    repl_report(repl, &diags);
}

/* ---------------------------------------------------------------- lists */

void repl_facts(struct repl *repl, struct repl_input *input)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    if (!repl_needs_results(repl, input)) {
        return;
    }
    if (!fact_list_write(&page, &repl->now.view, repl->unit, input->rest)) {
        page_paragraph(&page, 0, INK_PLAIN, say_with(SAY_FACTS_NONE, repl->cli->lang, input->rest, NULL));
    }
    cli_write(&out);
}

void repl_unknowns(struct repl *repl, struct repl_input *input)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    if (!repl_needs_results(repl, input)) {
        return;
    }
    const struct view *view = &repl->now.view;
    if (view->evaluation->deciding_count == 0) {
        page_paragraph(&page, 0, INK_PLAIN, say(SAY_OPEN_NOTHING, view->lang));
    }
    sheet_open(&page, view, SIZE_MAX);
    fact_list_idle(&page, view);
    cli_write(&out);
}

void repl_diff(struct repl *repl, struct repl_input *input)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    struct outlook loaded;
    struct diags diags = {0};
    if (!repl_needs_results(repl, input)) {
        return;
    }
    if (!scenario_is_changed(session_scenario(repl))) {
        page_paragraph(&page, 0, INK_PLAIN, say(SAY_REPL_NOTHING_RESET, repl->cli->lang));
    } else if (session_look(repl, repl->scenarios.items[0].scenario, &loaded, &diags)) {
        change_lines(repl, &page, &loaded, &repl->now);
        effect_write(&page, &loaded, &repl->now);
    }
    cli_write(&out);
    repl_report(repl, &diags);
}

/* ---------------------------------------------------------------- stages */

static void no_timeline(struct repl *repl)
{
    struct diags diags = {0};
    const struct evaluation *evaluation = repl->now.view.evaluation;
    struct call call = {.has_on = evaluation->has_on, .on = evaluation->on};
    const char *path = repl->path != NULL ? repl->path : repl->rules;
    if (evaluation->standard->stages.count == 0) {
        diag_add(&diags, DIAG_STAGES_NONE, SPAN_NONE, repl->rules, NULL);
    } else {
        struct scoring scoring = {.path = path, .standard = evaluation->standard, .unit = evaluation->unit};
        call_follow(&scoring, &call, NULL);
        diag_append(&diags, &scoring.diags);
    }
    repl_report(repl, &diags);
}

void repl_stages(struct repl *repl, struct repl_input *input)
{
    if (!repl_needs_results(repl, input)) {
        return;
    }
    if (repl->now.timeline == NULL) {
        no_timeline(repl);
        return;
    }
    struct str out = {0};
    struct page page = repl_page(&out);
    struct view view = repl->now.view;
    view.evaluation = repl->now.timeline->evaluation;
    stages_write(&page, &view, repl->now.timeline, 0);
    cli_write(&out);
}
