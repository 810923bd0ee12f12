#include "report/grid.h"
#include <string.h>
#include "base/mem.h"

enum { GAP = 2, NAME_MIN = 16, NAME_LINES = 2, WORDS_MIN = 24, WORDS_INDENT = 4 };

struct grid grid_new(size_t columns)
{
    struct grid grid = {.columns = columns};
    grid.heads = MEM_ARRAY(const char *, columns + 1);
    grid.head_inks = MEM_ARRAY(enum ink, columns + 1);
    grid.widths = MEM_ARRAY(size_t, columns + 1);
    return grid;
}

struct grid_row grid_row_new(const struct grid *grid, const char *name, size_t indent, enum ink ink)
{
    struct grid_row row = {.ink = ink, .indent = indent, .lead = "", .name = name};
    row.numbers = MEM_ARRAY(const char *, grid->columns + 1);
    row.inks = MEM_ARRAY(enum ink, grid->columns + 1);
    for (size_t i = 0; i < grid->columns; i++) {
        row.numbers[i] = "";
    }
    return row;
}

/* ---------------------------------------------------------------- widths */

static size_t wider(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void measure_numbers(struct grid *grid)
{
    for (size_t i = 0; i < grid->columns; i++) {
        grid->widths[i] = page_width(grid->heads[i]);
        for (size_t r = 0; r < grid->rows.count; r++) {
            grid->widths[i] = wider(grid->widths[i], page_width(grid->rows.items[r].numbers[i]));
        }
    }
}

static void measure_leads(struct grid *grid)
{
    if (grid->lead_head == NULL) {
        return;
    }
    grid->lead_width = page_width(grid->lead_head);
    for (size_t r = 0; r < grid->rows.count; r++) {
        grid->lead_width = wider(grid->lead_width, page_width(grid->rows.items[r].lead));
    }
}

/* What a name has on its left. */
static size_t before_name(const struct grid *grid)
{
    return grid->lead_head != NULL ? grid->lead_width + GAP : 0;
}

/* All but the names and the words. */
static size_t numbers_width(const struct grid *grid)
{
    size_t width = before_name(grid);
    for (size_t i = 0; i < grid->columns; i++) {
        width += GAP + grid->widths[i];
    }
    return width;
}

static size_t widest_words(const struct grid_row *row)
{
    size_t width = 0;
    for (size_t i = 0; i < row->words.count; i++) {
        width = wider(width, page_width(row->words.items[i]));
    }
    return width;
}

/* The names take what they need, two fifths of the page at most; the words the rest. */
static void measure_texts(struct grid *grid, size_t width)
{
    size_t numbers = numbers_width(grid), names = NAME_MIN, words = 0;
    for (size_t r = 0; r < grid->rows.count; r++) {
        const struct grid_row *row = &grid->rows.items[r];
        names = wider(names, row->indent + page_width(row->name));
        words = wider(words, widest_words(row));
    }
    size_t most = wider(width * 2 / 5, NAME_MIN);
    size_t taken = numbers + GAP;
    grid->words_below = width < taken + NAME_MIN + WORDS_MIN;
    if (grid->words_below) {
        most = width > numbers + NAME_MIN ? width - numbers : NAME_MIN;
    }
    grid->name_width = names < most ? names : most;
    size_t left = width > taken + grid->name_width ? width - taken - grid->name_width : WORDS_MIN;
    grid->words_width = grid->words_below ? width - WORDS_INDENT : wider(WORDS_MIN, left);
    if (words < grid->words_width) {
        grid->words_width = wider(words, page_width(grid->words_head));
    }
}

static size_t table_width(const struct grid *grid)
{
    size_t width = grid->name_width + numbers_width(grid);
    return grid->words_below || *grid->words_head == '\0' ? width : width + GAP + grid->words_width;
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

static void write_lead(struct page *page, const struct grid *grid, const char *lead, enum ink ink)
{
    if (grid->lead_head != NULL) {
        size_t cells = page_width(lead);
        page_blanks(page, grid->lead_width - cells);
        page_text(page, ink, lead);
        page_blanks(page, GAP);
    }
}

static void write_head(struct page *page, const struct grid *grid)
{
    write_lead(page, grid, grid->lead_head, INK_DIM);
    left(page, grid->name_head, grid->name_width, INK_DIM);
    for (size_t i = 0; i < grid->columns; i++) {
        right(page, grid->heads[i], grid->widths[i], grid->head_inks[i]);
    }
    if (!grid->words_below) {
        page_blanks(page, GAP);
        page_text(page, INK_DIM, grid->words_head);
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

static void write_numbers(struct page *page, const struct grid *grid, const struct grid_row *row, bool first)
{
    for (size_t i = 0; i < grid->columns; i++) {
        right(page, first ? row->numbers[i] : "", grid->widths[i], row->inks[i]);
    }
}

static struct page_lines words_of(const struct grid *grid, const struct grid_row *row)
{
    struct page_lines all = {0};
    for (size_t i = 0; i < row->words.count; i++) {
        struct page_lines lines = few_lines(row->words.items[i], grid->words_width, grid->words_lines);
        for (size_t k = 0; k < lines.list.count; k++) {
            vec_push(&all.list, lines.list.items[k]);
        }
    }
    return all;
}

static void write_words_below(struct page *page, const struct page_lines *words)
{
    for (size_t i = 0; i < words->list.count; i++) {
        page_blanks(page, WORDS_INDENT);
        page_text(page, INK_DIM, words->list.items[i]);
        page_end(page);
    }
}

static void write_row(struct page *page, const struct grid *grid, const struct grid_row *row)
{
    struct page_lines names = few_lines(row->name, grid->name_width - row->indent, NAME_LINES);
    struct page_lines words = words_of(grid, row), beside = {0};
    if (!grid->words_below) {
        beside = words;
    }
    for (size_t i = 0; i == 0 || i < names.list.count || i < beside.list.count; i++) {
        write_lead(page, grid, i == 0 ? row->lead : "", INK_PLAIN);
        page_blanks(page, row->indent);
        left(page, line_at(&names, i), grid->name_width - row->indent, row->ink);
        write_numbers(page, grid, row, i == 0);
        page_blanks(page, GAP);
        page_text(page, INK_PLAIN, line_at(&beside, i));
        page_end(page);
    }
    if (grid->words_below) {
        write_words_below(page, &words);
    }
}

void grid_line(struct page *page, const struct grid *grid, const char *text)
{
    static const char start[] = "── ";
    size_t width = table_width(grid), cells = page_width(start) + page_width(text) + 1;
    if (cells >= width) {
        page_entry(page, 0, start, page_width(start), INK_BOLD, text);
        return;
    }
    page_text(page, INK_PLAIN, start);
    page_text(page, INK_BOLD, text);
    page_blanks(page, 1);
    page_rule(page, width - cells);
}

void grid_write(struct page *page, struct grid *grid)
{
    measure_leads(grid);
    measure_numbers(grid);
    measure_texts(grid, page->width);
    write_head(page, grid);
    for (size_t i = 0; i < grid->rows.count; i++) {
        const struct grid_row *row = &grid->rows.items[i];
        if (row->apart) {
            page_end(page);
        }
        if (row->ruled) {
            page_rule(page, table_width(grid));
        }
        if (row->line != NULL) {
            grid_line(page, grid, row->line);
        }
        write_row(page, grid, row);
    }
}
