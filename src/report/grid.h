/* A table for a terminal or a printer: perhaps a lead to the right (a rank), a name, columns of numbers that stand to the right, then words. Columns line up under Han; names and
 * words that are too wide go on under their own start; where the page is too narrow for the words they stand below their row. */
#ifndef RUBRIC_REPORT_GRID_H
#define RUBRIC_REPORT_GRID_H
#include "report/page.h"

struct grid_row {
    enum ink ink; /* of the name */
    bool apart;   /* an empty line before it */
    bool ruled;   /* a line drawn before it */
    size_t indent;
    const char *line; /* NULL: none; else a line drawn before it, with this text in it */
    const char *lead, *name;
    const char **numbers;    /* [column] */
    enum ink *inks;          /* [column] */
    VEC(const char *) words; /* each begins a line */
};

struct grid {
    size_t columns;      /* of numbers */
    const char **heads;  /* [column] */
    enum ink *head_inks; /* [column] */
    const char *lead_head, *name_head, *words_head; /* lead_head NULL: no leads */
    size_t words_lines; /* of one text; a longer one is cut */
    VEC(struct grid_row) rows;
    size_t lead_width, name_width, *widths, words_width; /* grid_write measures */
    bool words_below;
};

struct grid grid_new(size_t columns);
/* Its numbers are "". */
struct grid_row grid_row_new(const struct grid *grid, const char *name, size_t indent, enum ink ink);
void grid_write(struct page *page, struct grid *grid);
/* A line as wide as the table, with a text in it: below it, once it is written. */
void grid_line(struct page *page, const struct grid *grid, const char *text);
#endif
