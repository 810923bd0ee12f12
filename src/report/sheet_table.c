/* The table of a sheet: a row a part, in the order written, bonuses and penalties last; then subtotal and total. */
#include "report/grid.h"
#include "report/points.h"
#include "report/reason.h"
#include "report/say.h"
#include "report/sheet.h"
#include "report/values.h"

enum { STEP_IN = 2, REASON_LINES = 4, FIRST_SCORE = 1 };

/* The cap, then a score for each context. */
struct table {
    const struct view *view;
    size_t contexts;
    struct grid grid;
    bool outer;
};

/* ---------------------------------------------------------------- filling rows */

static void set_score(struct table *table, struct grid_row *row, size_t context, const struct ir_node *node,
                      bool total)
{
    struct view view = view_in(table->view, context);
    enum ink final = row->ink == INK_BOLD ? INK_BOLD : INK_PLAIN;
    enum ink known = context == table->view->context ? final : INK_DIM;
    row->numbers[FIRST_SCORE + context] = points_text(&view, node, total, &table->outer);
    row->inks[FIRST_SCORE + context] = points_ink(view_value(&view, node), known);
}

static void sign_scores(struct table *table, struct grid_row *row, enum part_kind kind)
{
    for (size_t i = FIRST_SCORE; i < FIRST_SCORE + table->contexts; i++) {
        row->numbers[i] = points_signed(row->numbers[i], kind);
    }
}

static void set_cap(struct grid_row *row, const char *cap)
{
    row->numbers[0] = cap;
    row->inks[0] = INK_DIM;
}

static void add_part(struct table *table, const struct part *part, size_t depth)
{
    bool group = part->parts.count > 0;
    struct grid_row row =
        grid_row_new(&table->grid, view_part_name(part), depth * STEP_IN, group ? INK_BOLD : INK_PLAIN);
    row.apart = group && depth == 0 && table->grid.rows.count > 0;
    set_cap(&row, part->has_cap ? values_number(part->cap) : "");
    vec_push(&row.words, reason_of(table->view, part));
    for (size_t i = 0; i < table->contexts; i++) {
        set_score(table, &row, i, part->score, false);
    }
    sign_scores(table, &row, part->kind);
    vec_push(&table->grid.rows, row);
    for (size_t i = 0; i < part->parts.count; i++) {
        add_part(table, part->parts.items[i], depth + 1);
    }
}

static bool is_extra(const struct part *part)
{
    return part->kind == PART_BONUS || part->kind == PART_PENALTY;
}

static void add_parts(struct table *table, const struct part *root, bool extra)
{
    for (size_t i = 0; i < root->parts.count; i++) {
        if (is_extra(root->parts.items[i]) == extra) {
            add_part(table, root->parts.items[i], 0);
        }
    }
}

static struct grid_row result_row(struct table *table, enum say name, const struct ir_node *node,
                                  struct num cap, enum ink ink)
{
    struct grid_row row = grid_row_new(&table->grid, say(name, table->view->lang), 0, ink);
    set_cap(&row, values_number(cap));
    for (size_t i = 0; i < table->contexts; i++) {
        set_score(table, &row, i, node, true);
    }
    return row;
}

static bool differ(const struct table *table, const struct ir_node *a, const struct ir_node *b)
{
    for (size_t i = 0; i < table->contexts; i++) {
        struct view view = view_in(table->view, i);
        if (!value_equal(view_value(&view, a), view_value(&view, b))) {
            return true;
        }
    }
    return false;
}

static void add_results(struct table *table, const struct standard *standard)
{
    bool two = standard->subtotal != NULL && differ(table, standard->subtotal, standard->total_node);
    if (two) {
        struct grid_row subtotal =
            result_row(table, SAY_SUBTOTAL, standard->subtotal, standard->total, INK_PLAIN);
        subtotal.ruled = true;
        vec_push(&table->grid.rows, subtotal);
    }
    struct grid_row total = result_row(table, SAY_TOTAL, standard->total_node, standard->total, INK_BOLD);
    total.ruled = !two;
    vec_push(&table->grid.rows, total);
}

/* ---------------------------------------------------------------- the whole */

static const char *head_of(const struct table *table, size_t context)
{
    const struct standard *standard = table->view->evaluation->standard;
    if (context >= standard->columns.count) {
        return say(SAY_FINAL, table->view->lang);
    }
    const char *name = view_column_name(table->view, context);
    bool alone = table->contexts == 1 && standard->columns.items[context].label == NULL;
    return name != NULL && !alone ? name
                                  : say(standard->better_lower ? SAY_FAULTS : SAY_SCORE, table->view->lang);
}

static void name_columns(struct table *table)
{
    struct grid *grid = &table->grid;
    enum lang lang = table->view->lang;
    grid->name_head = say(SAY_ITEM, lang);
    grid->words_head = say(SAY_REASON, lang);
    grid->words_lines = REASON_LINES;
    grid->heads[0] = say(SAY_CAP, lang);
    grid->head_inks[0] = INK_DIM;
    for (size_t i = 0; i < table->contexts; i++) {
        grid->heads[FIRST_SCORE + i] = head_of(table, i);
        grid->head_inks[FIRST_SCORE + i] = i == table->view->context ? INK_BOLD : INK_DIM;
    }
}

static struct table table_new(const struct view *view)
{
    struct table table = {.view = view, .contexts = view->evaluation->contexts};
    table.grid = grid_new(FIRST_SCORE + table.contexts);
    return table;
}

static bool table_write(struct page *page, struct table *table)
{
    name_columns(table);
    grid_write(page, &table->grid);
    return table->outer;
}

bool sheet_table(struct page *page, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    struct table table = table_new(view);
    add_parts(&table, standard->root, false);
    add_parts(&table, standard->root, true);
    add_results(&table, standard);
    return table_write(page, &table);
}

bool sheet_part(struct page *page, const struct view *view, const struct part *part)
{
    struct table table = table_new(view);
    if (part != NULL) {
        add_part(&table, part, 0);
    } else {
        add_results(&table, view->evaluation->standard);
    }
    return table_write(page, &table);
}
