/* The sheet of one unit for a terminal or a printer: head, table of parts with a reason each, results, what is open. */
#ifndef RUBRIC_REPORT_SHEET_H
#define RUBRIC_REPORT_SHEET_H
#include "report/page.h"
#include "report/view.h"

/* `warnings`: how many were printed for the unit. */
void sheet_write(struct page *page, const struct view *view, size_t warnings);

/* Its pieces. */
void sheet_head(struct page *page, const struct view *view);
/* True: some range is marked as only an outer one. */
bool sheet_table(struct page *page, const struct view *view);
/* The same of one part and those inside it; NULL: subtotal and total alone. */
bool sheet_part(struct page *page, const struct view *view, const struct part *part);
void sheet_results(struct page *page, const struct view *view);
/* What is open, by how far it can move the total: at most so many. Nothing is written where nothing is. */
void sheet_open(struct page *page, const struct view *view, size_t most);
void sheet_remarks(struct page *page, const struct view *view);
void sheet_warnings(struct page *page, const struct view *view, size_t warnings);
#endif
