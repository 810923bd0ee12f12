/* The table of a sheet: a row a part, in the order written, bonuses and penalties last; then subtotal and total. */
#include <string.h>
#include "base/mem.h"
#include "report/reason.h"
#include "report/say.h"
#include "report/sheet.h"
#include "report/values.h"

enum {
    GAP = 2,
    STEP_IN = 2,
    NAME_MIN = 16,
    NAME_LINES = 2,
    REASON_MIN = 24,
    REASON_LINES = 4,
    REASON_INDENT = 4
};

static const char SKIPPED[] = "–", OUTER[] = "*";

struct row {
    enum ink ink; /* of the name */
    bool apart;   /* an empty line before it */
    bool ruled;   /* a line drawn before it */
    size_t indent;
    const char *name, *cap, *reason;
    const char **scores; /* [context] */
    enum ink *inks;
};

struct grid {
    const struct view *view;
    size_t contexts;
    VEC(struct row) rows;
    const char **heads; /* [context] */
    size_t name_width, cap_width, *score_widths, reason_width;
    bool reason_below; /* too narrow for a column of its own */
    bool outer;
};

/* ---------------------------------------------------------------- filling rows */

static struct row row_new(const struct grid *grid, const char *name, size_t indent, enum ink ink)
{
    struct row row = {.ink = ink, .indent = indent, .name = name, .cap = "", .reason = ""};
    row.scores = MEM_ARRAY(const char *, grid->contexts);
    row.inks = MEM_ARRAY(enum ink, grid->contexts);
    return row;
}

static enum ink ink_of(const struct grid *grid, size_t context, const struct value *value, enum ink known)
{
    if (value_is_na(value)) {
        return INK_DIM;
    }
    if (!value_is_known(value)) {
        return INK_OPEN;
    }
    return context == grid->view->context ? known : INK_DIM;
}

static bool is_stepped(const struct ir_node *node)
{
    return node->op == IR_ROUND;
}

static void set_score(struct grid *grid, struct row *row, size_t context, const struct ir_node *node,
                      bool total)
{
    struct view view = view_in(grid->view, context);
    const struct value *value = view_value(&view, node);
    struct value points = value_without_na(*value);
    const char *text =
        value_is_na(value) ? SKIPPED : values_points(&points, !total || is_stepped(node), view.lang);
    if (!value_is_known(value) && !view_exact(&view, node)) {
        text = str_print("%s%s", text, OUTER);
        grid->outer = true;
    }
    row->scores[context] = text;
    row->inks[context] = ink_of(grid, context, value, row->ink == INK_BOLD ? INK_BOLD : INK_PLAIN);
}

static void sign_scores(struct grid *grid, struct row *row, enum part_kind kind)
{
    for (size_t i = 0; i < grid->contexts; i++) {
        bool plain = strcmp(row->scores[i], "0") == 0 || strcmp(row->scores[i], SKIPPED) == 0;
        if (!plain && kind == PART_PENALTY) {
            row->scores[i] = str_print(strchr(row->scores[i], ' ') != NULL ? "−(%s)" : "−%s", row->scores[i]);
        } else if (!plain && kind == PART_BONUS) {
            row->scores[i] =
                strchr(row->scores[i], ' ') != NULL ? row->scores[i] : str_print("+%s", row->scores[i]);
        }
    }
}

static void add_part(struct grid *grid, const struct part *part, size_t depth)
{
    bool group = part->parts.count > 0;
    struct row row = row_new(grid, view_part_name(part), depth * STEP_IN, group ? INK_BOLD : INK_PLAIN);
    row.apart = group && depth == 0 && grid->rows.count > 0;
    row.cap = part->has_cap ? values_number(part->cap) : "";
    row.reason = reason_of(grid->view, part);
    for (size_t i = 0; i < grid->contexts; i++) {
        set_score(grid, &row, i, part->score, false);
    }
    sign_scores(grid, &row, part->kind);
    vec_push(&grid->rows, row);
    for (size_t i = 0; i < part->parts.count; i++) {
        add_part(grid, part->parts.items[i], depth + 1);
    }
}

static bool is_extra(const struct part *part)
{
    return part->kind == PART_BONUS || part->kind == PART_PENALTY;
}

static void add_parts(struct grid *grid, const struct part *root, bool extra)
{
    for (size_t i = 0; i < root->parts.count; i++) {
        if (is_extra(root->parts.items[i]) == extra) {
            add_part(grid, root->parts.items[i], 0);
        }
    }
}

static struct row result_row(struct grid *grid, enum say name, const struct ir_node *node, struct num cap,
                             enum ink ink)
{
    struct row row = row_new(grid, say(name, grid->view->lang), 0, ink);
    row.cap = values_number(cap);
    for (size_t i = 0; i < grid->contexts; i++) {
        set_score(grid, &row, i, node, true);
    }
    return row;
}

static bool differ(const struct grid *grid, const struct ir_node *a, const struct ir_node *b)
{
    for (size_t i = 0; i < grid->contexts; i++) {
        struct view view = view_in(grid->view, i);
        if (!value_equal(view_value(&view, a), view_value(&view, b))) {
            return true;
        }
    }
    return false;
}

static void add_results(struct grid *grid, const struct standard *standard)
{
    bool two = standard->subtotal != NULL && differ(grid, standard->subtotal, standard->total_node);
    if (two) {
        struct row subtotal = result_row(grid, SAY_SUBTOTAL, standard->subtotal, standard->total, INK_PLAIN);
        subtotal.ruled = true;
        vec_push(&grid->rows, subtotal);
    }
    struct row total = result_row(grid, SAY_TOTAL, standard->total_node, standard->total, INK_BOLD);
    total.ruled = !two;
    vec_push(&grid->rows, total);
}

/* ---------------------------------------------------------------- widths */

static size_t wider(size_t a, size_t b)
{
    return a > b ? a : b;
}

static const char *head_of(const struct grid *grid, size_t context)
{
    const struct standard *standard = grid->view->evaluation->standard;
    if (context >= standard->columns.count) {
        return say(SAY_FINAL, grid->view->lang);
    }
    const char *name = view_column_name(grid->view, context);
    bool alone = grid->contexts == 1 && standard->columns.items[context].label == NULL;
    return name != NULL && !alone ? name
                                  : say(standard->better_lower ? SAY_FAULTS : SAY_SCORE, grid->view->lang);
}

static void measure_numbers(struct grid *grid)
{
    grid->cap_width = page_width(say(SAY_CAP, grid->view->lang));
    for (size_t i = 0; i < grid->contexts; i++) {
        grid->heads[i] = head_of(grid, i);
        grid->score_widths[i] = page_width(grid->heads[i]);
    }
    for (size_t r = 0; r < grid->rows.count; r++) {
        const struct row *row = &grid->rows.items[r];
        grid->cap_width = wider(grid->cap_width, page_width(row->cap));
        for (size_t i = 0; i < grid->contexts; i++) {
            grid->score_widths[i] = wider(grid->score_widths[i], page_width(row->scores[i]));
        }
    }
}

/* The names take what they need, two fifths of the page at most; the reasons the rest. */
static void measure_texts(struct grid *grid, size_t width)
{
    size_t numbers = GAP + grid->cap_width, names = NAME_MIN, reasons = 0;
    for (size_t i = 0; i < grid->contexts; i++) {
        numbers += GAP + grid->score_widths[i];
    }
    for (size_t r = 0; r < grid->rows.count; r++) {
        const struct row *row = &grid->rows.items[r];
        names = wider(names, row->indent + page_width(row->name));
        reasons = wider(reasons, page_width(row->reason));
    }
    size_t most = wider(width * 2 / 5, NAME_MIN);
    size_t taken = numbers + GAP;
    grid->reason_below = width < taken + NAME_MIN + REASON_MIN;
    if (grid->reason_below) {
        most = width > numbers + NAME_MIN ? width - numbers : NAME_MIN;
    }
    grid->name_width = names < most ? names : most;
    size_t left = width > taken + grid->name_width ? width - taken - grid->name_width : REASON_MIN;
    grid->reason_width = grid->reason_below ? width - REASON_INDENT : wider(REASON_MIN, left);
    if (reasons < grid->reason_width) {
        grid->reason_width = wider(reasons, page_width(say(SAY_REASON, grid->view->lang)));
    }
}

static size_t table_width(const struct grid *grid)
{
    size_t width = grid->name_width + GAP + grid->cap_width;
    for (size_t i = 0; i < grid->contexts; i++) {
        width += GAP + grid->score_widths[i];
    }
    return grid->reason_below ? width : width + GAP + grid->reason_width;
}

/* ---------------------------------------------------------------- writing */

static void right(struct page *page, const char *text, size_t width, enum ink ink)
{
    size_t cells = page_width(text);
    page_blanks(page, GAP + (width > cells ? width - cells : 0));
    page_text(page, ink, text);
}

static void left(struct page *page, const char *text, size_t width, enum ink ink)
{
    size_t cells = page_width(text);
    page_text(page, ink, text);
    page_blanks(page, width > cells ? width - cells : 0);
}

static void write_head(struct page *page, const struct grid *grid)
{
    enum lang lang = grid->view->lang;
    left(page, say(SAY_ITEM, lang), grid->name_width, INK_DIM);
    right(page, say(SAY_CAP, lang), grid->cap_width, INK_DIM);
    for (size_t i = 0; i < grid->contexts; i++) {
        right(page, grid->heads[i], grid->score_widths[i], i == grid->view->context ? INK_BOLD : INK_DIM);
    }
    if (!grid->reason_below) {
        page_blanks(page, GAP);
        page_text(page, INK_DIM, say(SAY_REASON, lang));
    }
    page_end(page);
    page_rule(page, table_width(grid));
}

/* At most `most` lines; a longer text ends in "…". */
static struct page_lines few_lines(const char *text, size_t width, size_t most)
{
    struct page_lines lines = page_wrap(text, width);
    if (lines.list.count > most) {
        struct str rest = {0};
        str_format(&rest, "%s %s", lines.list.items[most - 1], lines.list.items[most]);
        lines.list.items[most - 1] = page_cut(str_print("%s…", str_text(&rest)), width);
        lines.list.count = most;
    }
    return lines;
}

static const char *line_at(const struct page_lines *lines, size_t at)
{
    return at < lines->list.count ? lines->list.items[at] : "";
}

static void write_numbers(struct page *page, const struct grid *grid, const struct row *row, bool first)
{
    right(page, first ? row->cap : "", grid->cap_width, INK_DIM);
    for (size_t i = 0; i < grid->contexts; i++) {
        right(page, first ? row->scores[i] : "", grid->score_widths[i], row->inks[i]);
    }
}

static void write_reason_below(struct page *page, const struct grid *grid, const struct row *row)
{
    struct page_lines lines = few_lines(row->reason, grid->reason_width, REASON_LINES);
    for (size_t i = 0; i < lines.list.count; i++) {
        page_blanks(page, REASON_INDENT);
        page_text(page, INK_DIM, lines.list.items[i]);
        page_end(page);
    }
}

static void write_row(struct page *page, const struct grid *grid, const struct row *row)
{
    struct page_lines names = few_lines(row->name, grid->name_width - row->indent, NAME_LINES);
    struct page_lines reasons = {0};
    if (!grid->reason_below) {
        reasons = few_lines(row->reason, grid->reason_width, REASON_LINES);
    }
    for (size_t i = 0; i == 0 || i < names.list.count || i < reasons.list.count; i++) {
        page_blanks(page, row->indent);
        left(page, line_at(&names, i), grid->name_width - row->indent, row->ink);
        write_numbers(page, grid, row, i == 0);
        page_blanks(page, GAP);
        page_text(page, INK_PLAIN, line_at(&reasons, i));
        page_end(page);
    }
    if (grid->reason_below) {
        write_reason_below(page, grid, row);
    }
}

bool sheet_table(struct page *page, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    struct grid grid = {.view = view, .contexts = view->evaluation->contexts};
    grid.heads = MEM_ARRAY(const char *, grid.contexts);
    grid.score_widths = MEM_ARRAY(size_t, grid.contexts);
    add_parts(&grid, standard->root, false);
    add_parts(&grid, standard->root, true);
    add_results(&grid, standard);
    measure_numbers(&grid);
    measure_texts(&grid, page->width);

    write_head(page, &grid);
    for (size_t i = 0; i < grid.rows.count; i++) {
        const struct row *row = &grid.rows.items[i];
        if (row->apart) {
            page_end(page);
        }
        if (row->ruled) {
            page_rule(page, table_width(&grid));
        }
        write_row(page, &grid, row);
    }
    return grid.outer;
}
