/* Head and order of the sheet. */
#include "report/sheet.h"
#include "report/say.h"
#include "report/values.h"

static const char DOT[] = " · ";

static void add_fragment(struct str *line, const char *text)
{
    if (text != NULL && *text != '\0') {
        str_add(line, line->length > 0 ? DOT : "");
        str_add(line, text);
    }
}

static void write_title(struct page *page, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    struct str rest = {0};
    add_fragment(
        &rest, standard->edition != NULL ? say_with(SAY_EDITION, view->lang, standard->edition, NULL) : NULL);
    add_fragment(&rest, standard->issuer);
    page_text(page, INK_BOLD, standard->label != NULL ? standard->label : standard->name);
    page_text(page, INK_DIM, rest.length > 0 ? str_print("  %s", str_text(&rest)) : "");
    page_end(page);
}

static void write_unit(struct page *page, const struct view *view)
{
    const struct evaluation *evaluation = view->evaluation;
    const struct unit *unit = evaluation->unit;
    struct str rest = {0};
    add_fragment(&rest, unit->label != NULL ? unit->id : NULL);
    add_fragment(&rest, unit->period.known
                            ? say_with(SAY_PERIOD, view->lang, values_period(unit->period), NULL)
                            : NULL);
    add_fragment(&rest, evaluation->has_on
                            ? say_with(SAY_ON_DAY, view->lang, values_date(evaluation->on), NULL)
                            : NULL);
    page_text(page, INK_BOLD, unit->label != NULL ? unit->label : unit->id);
    page_text(page, INK_DIM, rest.length > 0 ? str_print("  %s", str_text(&rest)) : "");
    page_end(page);
}

static void write_review(struct page *page, const struct view *view, size_t column)
{
    const struct review *review = &view->evaluation->unit->reviews[column];
    const char *name = view_column_name(view, column);
    if (review->by == NULL || name == NULL) {
        return;
    }
    const char *text =
        review->dated ? say_with(SAY_REVIEWED_ON, view->lang, name, review->by, values_date(review->on), NULL)
                      : say_with(SAY_REVIEWED, view->lang, name, review->by, NULL);
    page_paragraph(page, 0, INK_DIM, text);
}

void sheet_head(struct page *page, const struct view *view)
{
    write_title(page, view);
    write_unit(page, view);
    for (size_t i = 1; i < view->evaluation->unit->columns; i++) {
        write_review(page, view, i);
    }
    page_end(page);
}

void sheet_warnings(struct page *page, const struct view *view, size_t warnings)
{
    if (warnings == 0) {
        return;
    }
    page_end(page);
    page_paragraph(page, 0, INK_DIM,
                   warnings == 1 ? say(SAY_WARNINGS_ONE, view->lang)
                                 : say_with(SAY_WARNINGS, view->lang, str_print("%zu", warnings), NULL));
}

void sheet_write(struct page *page, const struct view *view, size_t warnings)
{
    sheet_head(page, view);
    bool outer = view->evaluation->standard->scored && sheet_table(page, view);
    sheet_results(page, view);
    sheet_remarks(page, view);
    if (outer) {
        page_end(page);
        page_paragraph(page, 0, INK_DIM, say(SAY_OUTER_MARK, view->lang));
    }
    sheet_warnings(page, view, warnings);
}
