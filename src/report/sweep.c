#include "report/sweep.h"
#include <string.h>
#include "report/grid.h"
#include "report/outcome.h"
#include "report/say.h"
#include "report/sheet.h"
#include "report/values.h"
#include "report/ways.h"

enum { TOTAL, JUMP, COLUMNS };

static const struct lever *lever_of(const struct sweep_told *told)
{
    return &told->sweep->levers->list.items[told->sweep->lever];
}

static enum lang lang_of(const struct sweep_told *told)
{
    return told->now.lang;
}

/* ---------------------------------------------------------------- ends */

static const char *number_text(const struct sweep_told *told, struct num at)
{
    struct value value = value_number(at);
    value.kind = lever_hole(told->sweep->levers, told->sweep->lever)->domain.kind;
    return ways_value(told->sweep->levers, lever_of(told), &value, lang_of(told));
}

static bool is_unordered(const struct sweep_told *told)
{
    const struct type *type = ways_type(told->sweep->levers, lever_of(told));
    return type->kind == TYPE_CHOICE && !type->choice->ordered;
}

static bool has_order(const struct sweep_told *told)
{
    return told->sweep->numeric && !is_unordered(told);
}

/* Of a choice without an order: each by its name. */
static const char *names_text(const struct sweep_told *told, struct sweep_ends ends)
{
    struct str out = {0};
    for (struct num at = ends.from.at; num_compare(at, ends.to.at) <= 0; at = num_add(at, num_int(1))) {
        str_add(&out, out.length > 0 ? say(SAY_LIST_COMMA, lang_of(told)) : "");
        str_add(&out, number_text(told, at));
    }
    return str_text(&out);
}

/* Both ends belong to it. */
static const char *closed_text(const struct sweep_told *told, struct sweep_ends ends)
{
    const struct lever *lever = lever_of(told);
    const struct type *type = ways_type(told->sweep->levers, lever);
    struct value both = value_range((struct range){ends.from, ends.to, false});
    if (num_equal(ends.from.at, ends.to.at)) {
        return number_text(told, ends.from.at);
    }
    if (type->kind == TYPE_NUMBER && !lever->given->has_parts) {
        return values_of(type, &both, lang_of(told));
    }
    if (type->kind == TYPE_DOCUMENT) {
        const char *numbers = str_print("%s – %s", values_number(ends.from.at), values_number(ends.to.at));
        return say_with(SAY_CHARACTERS, lang_of(told), numbers, NULL);
    }
    return is_unordered(told)
               ? names_text(told, ends)
               : str_print("%s – %s", number_text(told, ends.from.at), number_text(told, ends.to.at));
}

static const char *half_text(const struct sweep_told *told, bool above, struct cut end)
{
    bool date = ways_type(told->sweep->levers, lever_of(told))->kind == TYPE_DATE;
    enum say what = above ? (end.side ? SAY_MORE_THAN
                             : date   ? SAY_OR_LATER
                                      : SAY_AT_LEAST)
                          : (end.side ? SAY_LESS_THAN
                             : date   ? SAY_OR_EARLIER
                                      : SAY_AT_MOST);
    return say_with(what, lang_of(told), number_text(told, end.at), NULL);
}

static const char *ends_text(const struct sweep_told *told, struct sweep_ends ends)
{
    const struct type *type = ways_type(told->sweep->levers, lever_of(told));
    struct range open = values_open_ends(type, (struct range){ends.from, ends.to, false});
    bool below = open.low.infinite != 0, above = open.high.infinite != 0;
    if (below && above) {
        return say(type->kind == TYPE_DATE ? SAY_ANY_DATE : SAY_ANY_NUMBER, lang_of(told));
    }
    if (below || above) {
        return half_text(told, above, above ? open.low : open.high);
    }
    if (!ends.from.side && !ends.to.side) {
        return closed_text(told, ends);
    }
    enum say what = !ends.from.side ? SAY_FROM_TO_BELOW : ends.to.side ? SAY_ABOVE_BELOW : SAY_ABOVE_TO;
    return say_with(what, lang_of(told), number_text(told, ends.from.at), number_text(told, ends.to.at),
                    NULL);
}

/* ---------------------------------------------------------------- rows */

static struct value value_at(const struct sweep_told *told, const struct sweep_run *run, size_t node,
                             struct cut at, bool high)
{
    if (!told->sweep->numeric || at.infinite || !run->straight) {
        return high ? run->high[node] : run->low[node];
    }
    return sweep_value(run, node, at.at);
}

static const char *points(const struct value *value, enum lang lang)
{
    return value->nothing_else ? "–" : values_points(value, true, lang);
}

static const char *span_of(const struct value *from, const struct value *to, enum lang lang)
{
    const char *low = points(from, lang), *high = points(to, lang);
    return strcmp(low, high) == 0 ? low : str_print("%s → %s", low, high);
}

static const char *grade_text(const struct sweep_told *told, const struct value *value)
{
    const struct choice *grades = told->now.evaluation->standard->grades;
    return value->kind == VALUE_NUMBER && !value->nothing_else ? values_rungs(grades, value->range)
                                                               : say(SAY_NOT_APPLICABLE, lang_of(told));
}

static void add_qualifies(struct str *out, const struct sweep_told *told, const struct sweep_run *run)
{
    static const struct type truth = {.kind = TYPE_YESNO};
    const struct standard *standard = told->now.evaluation->standard;
    int place = told->qualifies;
    for (size_t i = 0; place >= 0 && i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->kind == OUTCOME_QUALIFIES) {
            const char *holds = values_of(&truth, &run->low[place++], lang_of(told));
            str_item(out, say(SAY_LIST_COMMA, lang_of(told)),
                     say_with(SAY_SENTENCE, lang_of(told), outcome_name(outcome), holds, NULL));
        }
    }
}

static const char *outcome_text(const struct sweep_told *told, const struct sweep_run *run)
{
    static const struct type truth = {.kind = TYPE_YESNO};
    enum lang lang = lang_of(told);
    struct str out = {0};
    if (!run->possible) {
        return say(SAY_REFUSED_THERE, lang);
    }
    if (told->grade >= 0) {
        str_add(&out, grade_text(told, &run->low[told->grade]));
    }
    if (told->eligible >= 0 && !value_is_yes(&run->low[told->eligible])) {
        str_add(&out, out.length > 0 ? say(SAY_LIST_COMMA, lang) : "");
        str_add(&out, say_with(SAY_SENTENCE, lang, say(SAY_ELIGIBLE, lang),
                               values_of(&truth, &run->low[told->eligible], lang), NULL));
    }
    add_qualifies(&out, told, run);
    if (!run->straight) {
        str_add(&out, out.length > 0 ? say(SAY_CLAUSE_STOP, lang) : "");
        str_add(&out, say(SAY_MAY_BEND, lang));
    }
    return str_text(&out);
}

/* From the end of what stands before to the start of this. */
static const char *jump_text(const struct value *before, const struct value *now)
{
    if (before == NULL || !value_is_point(before) || !value_is_point(now)) {
        return "";
    }
    struct num by = num_sub(value_point(now), value_point(before));
    const char *text = values_number(num_abs(by));
    return num_sign(by) > 0 ? str_print("+%s", text) : num_sign(by) < 0 ? str_print("−%s", text) : "";
}

static bool is_here(const struct sweep_told *told, const struct sweep_run *run)
{
    const struct lever *lever = lever_of(told);
    if (lever->open) {
        return false;
    }
    if (!told->sweep->numeric) {
        return value_equal(&run->at, &lever->now);
    }
    return range_holds((struct range){run->from, run->to, false}, lever->now.range.low.at);
}

struct before {
    bool there;
    struct value total;
};

static void add_row(struct grid *grid, const struct sweep_told *told, const struct sweep_run *run,
                    struct before *before)
{
    enum lang lang = lang_of(told);
    struct sweep_ends ends = {run->from, run->to};
    if (told->sweep->numeric && !sweep_ends(told->sweep, run, &ends)) {
        return;
    }
    const struct type *type = ways_type(told->sweep->levers, lever_of(told));
    const char *name = told->sweep->numeric ? ends_text(told, ends) : values_of(type, &run->at, lang);
    bool here = is_here(told, run);
    struct grid_row row = grid_row_new(grid, here ? say_with(SAY_HERE, lang, name, NULL) : name, 0,
                                       here ? INK_BOLD : INK_PLAIN);
    if (told->total >= 0 && run->possible) {
        struct value from = value_at(told, run, (size_t)told->total, ends.from, false);
        struct value to = value_at(told, run, (size_t)told->total, ends.to, true);
        row.numbers[TOTAL] = span_of(&from, &to, lang);
        row.numbers[JUMP] = has_order(told) ? jump_text(before->there ? &before->total : NULL, &from) : "";
        row.inks[TOTAL] = here ? INK_BOLD : INK_PLAIN;
        before->total = to;
    }
    before->there = told->total >= 0 && run->possible;
    vec_push(&row.words, outcome_text(told, run));
    vec_push(&grid->rows, row);
}

static bool any_jump(const struct grid *grid)
{
    for (size_t i = 0; i < grid->rows.count; i++) {
        if (*grid->rows.items[i].numbers[JUMP] != '\0') {
            return true;
        }
    }
    return false;
}

void sweep_write(struct page *page, const struct sweep_told *told)
{
    enum lang lang = lang_of(told);
    const struct levers *levers = told->sweep->levers;
    struct grid grid = grid_new(COLUMNS);
    struct before before = {0};
    const struct type *type = ways_type(levers, lever_of(told));
    if (!told->now.prompt) {
        sheet_head(page, &told->now);
    }
    const char *key = ways_title(levers, lever_of(told), lang), *label = ways_name(levers, lever_of(told));
    page_paragraph(page, 0, INK_BOLD, strcmp(key, label) == 0 ? key : str_print("%s  %s", key, label));
    page_paragraph(
        page, 0, INK_PLAIN,
        say_with(SAY_SENTENCE, lang, say(SAY_NOW, lang), ways_now(levers, lever_of(told), lang), NULL));
    page_end(page);
    grid.name_head = say(SAY_VALUE, lang);
    grid.words_head = told->grade >= 0 ? say(SAY_GRADE, lang) : "";
    grid.heads[TOTAL] = told->total >= 0 ? say(SAY_TOTAL, lang) : "";
    grid.words_lines = 2;
    for (size_t i = 0; i < told->sweep->runs.count; i++) {
        add_row(&grid, told, &told->sweep->runs.items[i], &before);
    }
    grid.heads[JUMP] = any_jump(&grid) ? say(SAY_JUMP, lang) : "";
    grid_write(page, &grid);
    if (told->sweep->outer) {
        page_end(page);
        page_paragraph(page, 0, INK_DIM, say(SAY_SWEEP_OUTER, lang));
    }
    if (told->sweep->numeric && type->kind != TYPE_CHOICE && told->total >= 0) {
        page_end(page);
        sweep_plot(page, told);
    }
}
