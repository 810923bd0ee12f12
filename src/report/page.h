/* Lines for a terminal: colours, widths, wrapping, a table whose columns line up under Han. Everything passed in as text is made visible
 * here (control and hidden characters of authors show as `\u{…}`), so no other file of report/ needs to. */
#ifndef RUBRIC_REPORT_PAGE_H
#define RUBRIC_REPORT_PAGE_H
#include <stdbool.h>
#include <stddef.h>
#include "base/str.h"
#include "base/vec.h"

enum ink { INK_PLAIN, INK_BOLD, INK_DIM, INK_GOOD, INK_BAD, INK_OPEN };

struct page {
    struct str *out;
    bool colour;
    size_t width; /* cells of a line */
};

size_t page_width(const char *text); /* cells it takes, once visible */
void page_text(struct page *page, enum ink ink, const char *text);
void page_blanks(struct page *page, size_t count);
void page_end(struct page *page);                /* the line is done; trailing blanks go */
void page_rule(struct page *page, size_t width); /* a line of ─ */

/* The lines a text takes at `width` cells: broken at blanks and between Han, never before a closing mark. */
struct page_lines {
    VEC(const char *) list;
};
struct page_lines page_wrap(const char *text, size_t width);
const char *page_cut(const char *text, size_t width); /* its beginning and "…" where it is wider */

/* A line that begins `indent` cells in and goes on under its own start. */
void page_paragraph(struct page *page, size_t indent, enum ink ink, const char *text);
/* The same behind a head that stands at `indent` and takes `head_width` cells. */
void page_entry(struct page *page, size_t indent, const char *head, size_t head_width, enum ink ink,
                const char *text);
#endif
