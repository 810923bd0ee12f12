/* set, unset, undo, redo, reset, on, column: each is a step, and tells what it does. */
#include "base/date.h"
#include "base/mem.h"
#include "cli/repl/commands.h"
#include "cli/repl/edit.h"
#include "cli/repl/words.h"
#include "diag/suggest.h"
#include "report/changed.h"
#include "report/values.h"

/* ---------------------------------------------------------------- what a step changed */

static const struct standard *standard_of(const struct repl *repl, const struct outlook *outlook)
{
    return outlook->view.evaluation != NULL ? outlook->view.evaluation->standard : repl->standard;
}

static const char *column_text(const struct repl *repl, const struct outlook *outlook)
{
    const char *name = view_column_name(&outlook->view, outlook->view.context);
    return name != NULL ? name : say(SAY_REPL_MIX, repl->cli->lang);
}

static const char *day_text(const struct repl *repl, const struct outlook *outlook)
{
    const struct evaluation *evaluation = outlook->view.evaluation;
    return evaluation->has_on ? values_date(evaluation->on) : say(SAY_REPL_NO_DAY, repl->cli->lang);
}

static void add_entries(const struct repl *repl, struct page *page, const struct unit *before,
                        const struct unit *after)
{
    struct changed_entries changed = changed_find(repl->standard, before, after);
    for (size_t i = 0; i < changed.list.count; i++) {
        page_paragraph(page, 0, INK_PLAIN,
                       changed_text(repl->standard, &changed.list.items[i], repl->cli->lang));
    }
}

static void add_thresholds(const struct repl *repl, struct page *page, const struct outlook *before,
                           const struct outlook *after)
{
    const struct standard *was = standard_of(repl, before), *is = standard_of(repl, after);
    for (size_t i = 0; was != is && i < is->named.count; i++) {
        const struct named_value *then = &was->named.items[i], *now = &is->named.items[i];
        if (!now->threshold || then->node == NULL || now->node == NULL) {
            continue;
        }
        const struct value *old = view_value(&before->view, then->node),
                           *new = view_value(&after->view, now->node);
        if (!value_equal(old, new)) {
            page_paragraph(
                page, 0, INK_PLAIN,
                say_with(SAY_FROM_TO, repl->cli->lang, now->name, changed_named(&before->view, then),
                         changed_named(&after->view, now), NULL));
        }
    }
}

void change_lines(const struct repl *repl, struct page *page, const struct outlook *before,
                  const struct outlook *after)
{
    enum lang lang = repl->cli->lang;
    add_entries(repl, page, before->view.evaluation->unit, after->view.evaluation->unit);
    add_thresholds(repl, page, before, after);
    if (!str_equal(day_text(repl, before), day_text(repl, after))) {
        page_paragraph(page, 0, INK_PLAIN,
                       say_with(SAY_FROM_TO, lang, say(SAY_REPL_DAY, lang), day_text(repl, before),
                                day_text(repl, after), NULL));
    }
    if (before->view.context != after->view.context) {
        page_paragraph(page, 0, INK_PLAIN,
                       say_with(SAY_FROM_TO, lang, say(SAY_REPL_COLUMN, lang), column_text(repl, before),
                                column_text(repl, after), NULL));
    }
}

void edit_tell(const struct repl *repl, const char *head, const struct outlook *before,
               const struct outlook *after)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    if (head != NULL) {
        page_paragraph(&page, 0, INK_DIM, head);
    }
    if (before->view.evaluation == NULL || after->view.evaluation == NULL) {
        add_entries(repl, &page, before->unit, after->unit);
    } else {
        change_lines(repl, &page, before, after);
        effect_write(&page, before, after);
    }
    if (before->view.evaluation == NULL && after->view.evaluation != NULL) {
        page_paragraph(&page, 0, INK_GOOD, say(SAY_REPL_NOW_EVALUATED, repl->cli->lang));
    }
    cli_write(&out);
}

/* ---------------------------------------------------------------- taking a step */

/* What is wrong with a threshold's value stands in the line that set it. */
static void point_at_line(struct diags *diags, const struct scenario_step *step)
{
    const char *own = str_print("--set %s", step->name != NULL ? step->name : "");
    for (size_t i = 0; i < diags->list.count; i++) {
        struct span *span = &diags->list.items[i]->span;
        if (step->kind == STEP_SETTING && span->source != NULL && str_equal(span->source->name, own)) {
            *span = (struct span){step->span.source, step->span.start + span->start,
                                  step->span.start + span->end};
        }
    }
}

/* … before what it does. */
static void tell_remarks(struct repl *repl, const struct diags *remarks, const struct scenario_step *step)
{
    struct diags own = {0};
    standards_set_warnings(remarks, step->name, &own);
    point_at_line(&own, step);
    repl_report(repl, &own);
}

/* `step`: one that the scenario is taken by for the first time; NULL: none. */
static bool move_to(struct repl *repl, const struct scenario *scenario, const char *head,
                    const struct scenario_step *step, struct diags *diags)
{
    struct outlook before = repl->now, after;
    struct diags remarks = {0};
    bool done = session_try(repl, scenario, &after, &remarks, diags);
    if (step != NULL && step->kind == STEP_SETTING && step->text != NULL) {
        tell_remarks(repl, &remarks, step);
    }
    bool refused =
        before.view.evaluation == NULL && after.unit != NULL; /* it was so before: one step may not mend it */
    if (done || refused) {
        session_move(repl, scenario, &after);
        edit_tell(repl, head, &before, &after);
    }
    return done || refused;
}

bool edit_is_idle(const struct scenario *scenario, const struct scenario_step *step)
{
    if (step->kind != STEP_ENTER) {
        return false;
    }
    const struct unit *unit = scenario_unit(scenario);
    for (size_t i = 0; i < step->entries.count; i++) {
        const struct entered *entry = &step->entries.items[i];
        const struct given *const *now = entry->score ? unit->scores : unit->facts;
        size_t column = step->column;
        do { /* a later column that takes it over may count it as unproven */
            if (!changed_same(&now[column][entry->slot], &entry->given)) {
                return false;
            }
            column++;
        } while (column < unit->columns && now[column][entry->slot].column < column);
    }
    return true;
}

/* In place of a step that changes nothing. */
static bool tell_idle(const struct repl *repl, const struct scenario_step *step)
{
    if (!edit_is_idle(session_scenario(repl), step)) {
        return false;
    }
    const struct entered *first = &step->entries.items[0];
    struct changed_entry entry = {first->score, first->slot, step->column, &first->given, &first->given};
    enum lang lang = repl->cli->lang;
    repl_say(say_with(SAY_EFFECT_STAYS, lang, step->name,
                      changed_given(repl->standard, &entry, &first->given, lang), NULL));
    return true;
}

static void take(struct repl *repl, const struct scenario_step *step, struct diags *diags)
{
    if (step == NULL || tell_idle(repl, step)) {
        repl_report(repl, diags);
        return;
    }
    if (!move_to(repl, scenario_add(session_scenario(repl), step), NULL, step, diags)) {
        point_at_line(diags, step);
        repl_report(repl, diags);
        repl_say(say(SAY_REPL_KEPT, repl->cli->lang));
        return;
    }
    repl_report(repl, diags);
}

void repl_set(struct repl *repl, struct repl_input *input)
{
    struct diags diags = {0};
    if (repl_needs_standard(repl, input)) {
        take(repl, edit_set(repl, session_scenario(repl), input->source, &diags), &diags);
    }
}

void repl_unset(struct repl *repl, struct repl_input *input)
{
    struct diags diags = {0};
    if (repl_needs_standard(repl, input)) {
        take(repl, edit_unset(repl, session_scenario(repl), input, &diags), &diags);
    }
}

/* ---------------------------------------------------------------- back and forth */

static void walk(struct repl *repl, struct repl_input *input, bool back)
{
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    const struct scenario *from = session_scenario(repl),
                          *to = back ? scenario_undo(from) : scenario_redo(from);
    enum lang lang = repl->cli->lang;
    struct diags diags = {0};
    if (to == NULL) {
        repl_say(say(back ? SAY_REPL_NOTHING_UNDO : SAY_REPL_NOTHING_REDO, lang));
    } else {
        const struct scenario_step *step = back ? from->step : to->step;
        const char *what = step->together != NULL ? step->together : step->typed;
        move_to(repl, to, say_with(back ? SAY_REPL_UNDONE : SAY_REPL_REDONE, lang, what, NULL), NULL, &diags);
    }
    repl_report(repl, &diags);
}

void repl_undo(struct repl *repl, struct repl_input *input)
{
    walk(repl, input, true);
}

void repl_redo(struct repl *repl, struct repl_input *input)
{
    walk(repl, input, false);
}

static struct scenario_step *new_step(enum scenario_kind kind, const struct repl_input *input)
{
    struct scenario_step *step = MEM_NEW(struct scenario_step);
    step->kind = kind;
    step->typed = span_text((struct span){input->source, 0, (uint32_t)input->source->length});
    step->span = input->span;
    return step;
}

void repl_reset(struct repl *repl, struct repl_input *input)
{
    struct diags diags = {0};
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    const struct scenario *scenario = session_scenario(repl);
    if (!scenario_is_changed(scenario)) {
        repl_say(say(SAY_REPL_NOTHING_RESET, repl->cli->lang));
        return;
    }
    move_to(repl, scenario_add(scenario, new_step(STEP_RESET, input)), say(SAY_REPL_RESET, repl->cli->lang),
            NULL, &diags);
    repl_report(repl, &diags);
}

/* ---------------------------------------------------------------- the day, the column */

void repl_on(struct repl *repl, struct repl_input *input)
{
    struct diags diags = {0};
    struct scenario_step *step = new_step(STEP_DAY, input);
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    if (!date_parse(input->rest, &step->day)) {
        diag_add(&diags, DIAG_REPL_NOT_A_DAY, input->span, input->rest, NULL);
        step = NULL;
    }
    take(repl, step, &diags);
}

static void unknown_column(const struct repl *repl, const char *name, struct diags *diags)
{
    struct suggest suggest;
    suggest_start(&suggest, name);
    for (size_t i = 0; i < repl->standard->columns.count; i++) {
        const char *column = repl->standard->columns.items[i].name;
        if (column != NULL) {
            suggest_list(&suggest, column);
        }
    }
    struct diag *diag =
        diag_add(diags, DIAG_REPL_NO_COLUMN, SPAN_NONE, name, suggest_listed(&suggest, "@nothing"), NULL);
    diag_suggest(diag, suggest_best(&suggest));
}

/* The final one is marked; under a mix none is. */
static void list_columns(const struct repl *repl)
{
    const struct view *view = &repl->now.view;
    for (size_t i = 0; i < repl->standard->columns.count; i++) {
        const struct column *column = &repl->standard->columns.items[i];
        const char *title = column->label != NULL && !str_equal(column->label, column->name)
                                ? str_print("  %s", column->label)
                                : "";
        bool marked = view->evaluation != NULL && view->context == i;
        if (repl->standard->columns.count > 1) {
            repl_say(str_print("%s %s%s", marked ? "▸" : " ", column->name, title));
        }
    }
    if (repl->standard->columns.count < 2) {
        repl_say(say(SAY_REPL_ONE_COLUMN, repl->cli->lang));
    }
}

void repl_column(struct repl *repl, struct repl_input *input)
{
    struct diags diags = {0};
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    if (*input->rest == '\0') {
        list_columns(repl);
        return;
    }
    struct scenario_step *step = new_step(STEP_COLUMN, input);
    step->name = words_at(input->rest, 0);
    step->column = standards_column(repl->standard, step->name);
    if (step->column == repl->standard->columns.count) {
        unknown_column(repl, step->name, &diags);
        step = NULL;
    }
    take(repl, step, &diags);
}
