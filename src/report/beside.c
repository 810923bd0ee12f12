#include "report/beside.h"
#include <string.h>
#include "report/changed.h"
#include "report/grid.h"
#include "report/outcome.h"
#include "report/points.h"
#include "report/say.h"
#include "report/values.h"

enum { CELL_MAX = 28 };

struct table {
    struct grid grid;
    const struct outlook *sides[2];
    enum lang lang;
    bool outer, ruled; /* ruled: the next row begins another block */
};

static const struct standard *standard_of(const struct table *table, size_t side)
{
    return table->sides[side]->view.evaluation->standard;
}

static const struct value *value_in(const struct table *table, size_t side, const struct ir_node *node)
{
    return view_value(&table->sides[side]->view, node);
}

static struct grid_row *add_row(struct table *table, const char *name, const char *a, const char *b,
                                enum ink ink)
{
    struct grid_row row = grid_row_new(&table->grid, name, 0, ink);
    row.numbers[0] = page_cut(a, CELL_MAX);
    row.numbers[1] = page_cut(b, CELL_MAX);
    row.inks[0] = row.inks[1] = ink;
    row.ruled = table->ruled;
    table->ruled = false;
    vec_push(&table->grid.rows, row);
    return &vec_last(&table->grid.rows);
}

static void end_block(struct table *table)
{
    table->ruled = table->grid.rows.count > 0;
}

/* ---------------------------------------------------------------- what is entered */

static const char *column_suffix(const struct standard *standard, size_t column, enum lang lang)
{
    const struct column *at = &standard->columns.items[column];
    const char *title = at->label != NULL ? at->label : at->name;
    return standard->columns.count > 1 && title != NULL ? say_with(SAY_IN_BRACKETS, lang, title, NULL) : "";
}

static void add_entries(struct table *table)
{
    const struct standard *standard = standard_of(table, 0);
    struct changed_entries changed = changed_find(standard, table->sides[0]->view.evaluation->unit,
                                                  table->sides[1]->view.evaluation->unit);
    for (size_t i = 0; i < changed.list.count; i++) {
        const struct changed_entry *entry = &changed.list.items[i];
        const char *name = str_print("%s%s", changed_name(standard, entry),
                                     column_suffix(standard, entry->column, table->lang));
        add_row(table, name, changed_given(standard, entry, entry->before, table->lang),
                changed_given(standard, entry, entry->after, table->lang), INK_PLAIN);
    }
}

static void add_thresholds(struct table *table)
{
    const struct standard *a = standard_of(table, 0), *b = standard_of(table, 1);
    for (size_t i = 0; a != b && i < a->named.count; i++) {
        const struct named_value *one = &a->named.items[i], *other = &b->named.items[i];
        if (!one->threshold || one->node == NULL || other->node == NULL) {
            continue;
        }
        const struct value *x = value_in(table, 0, one->node), *y = value_in(table, 1, other->node);
        if (!value_equal(x, y)) {
            add_row(table, one->name, changed_named(&table->sides[0]->view, one),
                    changed_named(&table->sides[1]->view, other), INK_PLAIN);
        }
    }
}

static const char *day_text(const struct table *table, size_t side)
{
    const struct evaluation *evaluation = table->sides[side]->view.evaluation;
    return evaluation->has_on ? values_date(evaluation->on) : say(SAY_REPL_NO_DAY, table->lang);
}

static const char *column_text(const struct table *table, size_t side)
{
    const char *name = view_column_name(&table->sides[side]->view, table->sides[side]->view.context);
    return name != NULL ? name : say(SAY_REPL_MIX, table->lang);
}

static void add_frame(struct table *table)
{
    const char *days[] = {day_text(table, 0), day_text(table, 1)},
               *columns[] = {column_text(table, 0), column_text(table, 1)};
    if (strcmp(days[0], days[1]) != 0) {
        add_row(table, say(SAY_REPL_DAY, table->lang), days[0], days[1], INK_PLAIN);
    }
    if (strcmp(columns[0], columns[1]) != 0) {
        add_row(table, say(SAY_REPL_COLUMN, table->lang), columns[0], columns[1], INK_PLAIN);
    }
}

/* ---------------------------------------------------------------- scores */

static const char *points_in(struct table *table, size_t side, const struct ir_node *node, bool total)
{
    return points_text(&table->sides[side]->view, node, total, &table->outer);
}

static void set_difference(struct table *table, struct grid_row *row, const struct ir_node *a,
                           const struct ir_node *b)
{
    const struct value *x = value_in(table, 0, a), *y = value_in(table, 1, b);
    if (!value_is_point(x) || !value_is_point(y)) {
        return;
    }
    struct num difference = num_sub(value_point(y), value_point(x));
    const char *points = num_show(num_abs(difference), 2);
    row->numbers[2] = num_sign(difference) < 0   ? values_minus(points)
                      : num_sign(difference) > 0 ? str_print("+%s", points)
                                                 : "";
}

static void add_part(struct table *table, const struct part *a, const struct part *b)
{
    if (a->parts.count > 0 || a->kind == PART_STANDARD ||
        changed_same_result(value_in(table, 0, a->score), value_in(table, 1, b->score))) {
        return;
    }
    struct grid_row *row =
        add_row(table, a->path, points_signed(points_in(table, 0, a->score, false), a->kind),
                points_signed(points_in(table, 1, b->score, false), b->kind), INK_PLAIN);
    set_difference(table, row, a->score, b->score);
}

static void add_parts(struct table *table)
{
    const struct map *a = &standard_of(table, 0)->parts_by_path, *b = &standard_of(table, 1)->parts_by_path;
    for (size_t i = 0; i < a->count; i++) {
        add_part(table, a->entries[i].value, b->entries[i].value);
    }
}

/* ---------------------------------------------------------------- results */

static void add_total(struct table *table)
{
    const struct standard *a = standard_of(table, 0), *b = standard_of(table, 1);
    if (a->scored) {
        struct grid_row *row =
            add_row(table, say(SAY_TOTAL, table->lang), points_in(table, 0, a->total_node, true),
                    points_in(table, 1, b->total_node, true), INK_BOLD);
        set_difference(table, row, a->total_node, b->total_node);
    }
    if (a->grade != NULL) {
        add_row(table, say(SAY_GRADE, table->lang), outcome_grade(&table->sides[0]->view),
                outcome_grade(&table->sides[1]->view), INK_BOLD);
    }
}

static const char *truth_word(const struct value *value, enum say yes, enum say no, enum say open,
                              enum lang lang)
{
    return say(value_is_yes(value) ? yes : value_is_no(value) ? no : open, lang);
}

static void add_truth(struct table *table, const char *name, const struct ir_node *a, const struct ir_node *b,
                      bool eligible)
{
    enum say yes = eligible ? SAY_ELIGIBLE_YES : SAY_YES, no = eligible ? SAY_ELIGIBLE_NO : SAY_NO;
    enum say open = eligible ? SAY_ELIGIBLE_UNKNOWN : SAY_UNKNOWN;
    add_row(table, name, truth_word(value_in(table, 0, a), yes, no, open, table->lang),
            truth_word(value_in(table, 1, b), yes, no, open, table->lang), INK_PLAIN);
}

static void add_outcomes(struct table *table)
{
    const struct standard *a = standard_of(table, 0), *b = standard_of(table, 1);
    if (a->eligible != NULL && outcome_has_gates(a)) {
        add_truth(table, say(SAY_ELIGIBLE, table->lang), a->eligible, b->eligible, true);
    }
    for (size_t i = 0; i < a->outcomes.count; i++) {
        if (a->outcomes.items[i]->kind == OUTCOME_QUALIFIES) {
            add_truth(table, outcome_name(a->outcomes.items[i]), a->outcomes.items[i]->holds,
                      b->outcomes.items[i]->holds, false);
        }
    }
    for (size_t i = 0; i < a->shows.count; i++) {
        const struct show *one = &a->shows.items[i], *other = &b->shows.items[i];
        add_row(table, one->label != NULL ? one->label : one->name,
                values_of(&one->value->type, value_in(table, 0, one->value), table->lang),
                values_of(&other->value->type, value_in(table, 1, other->value), table->lang), INK_PLAIN);
    }
}

void beside_write(struct page *page, const struct beside *a, const struct beside *b)
{
    struct table table = {
        .grid = grid_new(3), .sides = {&a->outlook, &b->outlook}, .lang = a->outlook.view.lang};
    table.grid.name_head = say(SAY_ITEM, table.lang);
    table.grid.words_head = "";
    table.grid.heads[0] = page_cut(a->name, CELL_MAX);
    table.grid.heads[1] = page_cut(b->name, CELL_MAX);
    table.grid.heads[2] = "";
    table.grid.head_inks[0] = table.grid.head_inks[1] = INK_BOLD;
    add_entries(&table);
    add_thresholds(&table);
    add_frame(&table);
    end_block(&table);
    add_parts(&table);
    end_block(&table);
    add_total(&table);
    add_outcomes(&table);
    grid_write(page, &table.grid);
    if (table.outer) {
        page_paragraph(page, 0, INK_DIM, say(SAY_OUTER_MARK, table.lang));
    }
}
