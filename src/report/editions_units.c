/* Units for a person: of one a table of points and results that adds up, of all a row each, and sums. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "report/editions.h"
#include "report/grid.h"
#include "report/say.h"
#include "report/values.h"

enum { WORDS_LINES = 3, CELL_MAX = 24 };

static const char OUTER[] = "*";

/* ---------------------------------------------------------------- a unit */

static const char *signed_number(struct num number)
{
    const char *points = num_show(num_abs(number), 2);
    int sign = num_sign(number);
    return sign < 0 ? values_minus(points) : sign > 0 ? str_print("+%s", points) : "0";
}

static const char *difference_text(const struct value *difference, bool exact, bool *outer)
{
    if (difference->kind != VALUE_NUMBER) {
        return "";
    }
    if (value_is_point(difference)) {
        return signed_number(value_point(difference));
    }
    const struct range *range = &difference->range;
    if (range->low.infinite || range->high.infinite) {
        return "";
    }
    *outer = *outer || !exact;
    return str_print("%s – %s%s", signed_number(range->low.at), signed_number(range->high.at),
                     exact ? "" : OUTER);
}

static struct grid_row *add_row(struct grid *grid, const char *name, const char *old, const char *new,
                                enum ink ink)
{
    struct grid_row row = grid_row_new(grid, name, 0, ink);
    row.numbers[0] = page_cut(old, CELL_MAX);
    row.numbers[1] = page_cut(new, CELL_MAX);
    row.inks[0] = row.inks[1] = ink;
    vec_push(&grid->rows, row);
    return &vec_last(&grid->rows);
}

/* Beyond parts, a range that may be wider than the truth and holds 0 says nothing. */
static bool says_nothing(const struct value *difference, bool rest, bool exact)
{
    if (difference->kind != VALUE_NUMBER) {
        return false;
    }
    bool zero = value_is_point(difference) && num_sign(value_point(difference)) == 0;
    return zero || (rest && !exact && range_holds(difference->range, num_int(0)));
}

/* What comes on top of the parts has no score of its own. */
static void add_points(struct grid *grid, const struct editions_view *view, const struct account *account,
                       size_t at, bool *outer)
{
    const struct account_row *row = &view->accounting->rows.items[at];
    const struct subject *subject = row->subject;
    const struct value *difference = &account->rows[at];
    bool open = difference->kind != VALUE_NUMBER;
    if (says_nothing(difference, row->rest, account->exact[at]) ||
        (open && (row->rest || editions_value_same(view, subject, account)))) {
        return;
    }
    const char *old = "", *new = "", *name = editions_subject(view, subject);
    if (row->rest) {
        name = say_with(SAY_EDITIONS_REST, view->lang, name, NULL);
    } else {
        old = editions_value(view, subject, EDITION_OLD, account->evaluation[EDITION_OLD]);
        new = editions_value(view, subject, EDITION_NEW, account->evaluation[EDITION_NEW]);
    }
    struct grid_row *shown = add_row(grid, name, old, new, INK_PLAIN);
    shown->numbers[2] = difference_text(difference, account->exact[at], outer);
    vec_push(&shown->words, editions_because(view, subject));
}

static void add_results(struct grid *grid, const struct editions_view *view, const struct account *account,
                        bool *outer)
{
    bool ruled = grid->rows.count > 0;
    for (size_t i = 0; i < view->impacts->list.count; i++) {
        const struct subject *subject = &view->impacts->list.items[i];
        bool total = subject->kind == SUBJECT_TOTAL, grade = subject->kind == SUBJECT_GRADE;
        if (subject->kind == SUBJECT_PART ||
            (!total && !grade && editions_value_same(view, subject, account))) {
            continue;
        }
        const char *name = editions_subject(view, subject);
        struct grid_row *row =
            add_row(grid, name, editions_value(view, subject, EDITION_OLD, account->evaluation[EDITION_OLD]),
                    editions_value(view, subject, EDITION_NEW, account->evaluation[EDITION_NEW]),
                    total || grade ? INK_BOLD : INK_PLAIN);
        row->numbers[2] = total ? difference_text(&account->total, account->total_exact, outer) : "";
        row->ruled = ruled;
        ruled = false;
    }
}

static const char *held_text(unsigned held, enum lang lang)
{
    return say(held == TRUTH_YES ? SAY_YES : held == TRUTH_NO ? SAY_NO : SAY_UNKNOWN, lang);
}

static void add_titles(struct grid *grid, const struct editions_view *view, const struct account *account)
{
    for (size_t i = 0; i < account->titles.list.count; i++) {
        const struct title_change *title = &account->titles.list.items[i];
        const char *name =
            say_with(SAY_EDITIONS_TITLE, view->lang, title->label != NULL ? title->label : title->name, NULL);
        add_row(grid, name, held_text(title->held[EDITION_OLD], view->lang),
                held_text(title->held[EDITION_NEW], view->lang), INK_PLAIN);
    }
}

static struct grid new_grid(const struct editions_view *view)
{
    struct grid grid = grid_new(3);
    grid.name_head = say(SAY_ITEM, view->lang);
    grid.words_head = say(SAY_EDITIONS_WHY, view->lang);
    grid.words_lines = WORDS_LINES;
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++) {
        grid.heads[edition] = page_cut(editions_name(view, edition), CELL_MAX);
    }
    grid.heads[2] = "";
    return grid;
}

static void write_mark(struct page *page, const struct editions_view *view, bool outer)
{
    if (outer) {
        page_paragraph(page, 0, INK_DIM, say(SAY_OUTER_MARK, view->lang));
    }
}

void editions_unit(struct page *page, const struct editions_view *view, const struct account *account)
{
    const struct unit *unit = account->unit[EDITION_NEW];
    struct grid grid = new_grid(view);
    bool outer = false;
    page_text(page, INK_BOLD, unit->label != NULL ? unit->label : unit->id);
    page_blanks(page, 2);
    page_text(page, INK_DIM, unit->id);
    page_end(page);
    for (size_t i = 0; view->accounting != NULL && i < view->accounting->rows.count; i++) {
        add_points(&grid, view, account, i, &outer);
    }
    add_results(&grid, view, account, &outer);
    add_titles(&grid, view, account);
    grid_write(page, &grid);
    write_mark(page, view, outer);
}

/* ---------------------------------------------------------------- all units */

static int by_loss(const void *a, const void *b)
{
    const struct editions_line *left = a, *right = b;
    bool number = left->difference.kind == VALUE_NUMBER && right->difference.kind == VALUE_NUMBER;
    int order = number ? cut_compare(left->difference.range.low, right->difference.range.low)
                       : (left->difference.kind != VALUE_NUMBER) - (right->difference.kind != VALUE_NUMBER);
    return order != 0 ? order : strcmp(left->unit, right->unit);
}

void editions_table(struct page *page, const struct editions_view *view, const struct editions_sums *sums)
{
    struct grid grid = new_grid(view);
    bool outer = false;
    qsort(sums->lines.items, sums->lines.count, sizeof *sums->lines.items, by_loss);
    for (size_t i = 0; i < sums->lines.count; i++) {
        const struct editions_line *line = &sums->lines.items[i];
        struct grid_row *row = add_row(&grid, line->unit, line->old, line->new, INK_PLAIN);
        row->numbers[2] = difference_text(&line->difference, line->exact, &outer);
        for (size_t k = 0; k < line->moves.count; k++) {
            vec_push(&row->words, line->moves.items[k]);
        }
    }
    grid.name_head = say(SAY_EDITIONS_UNIT, view->lang);
    grid.words_head = "";
    grid_write(page, &grid);
    write_mark(page, view, outer);
}

void editions_summary(struct page *page, const struct editions_view *view, const struct editions_sums *sums)
{
    page_text(page, INK_BOLD,
              say_counted(SAY_EDITIONS_ONE_UNIT, SAY_EDITIONS_UNITS, sums->units, view->lang));
    page_end(page);
    if (view->accounting != NULL) {
        page_paragraph(page, 2, INK_PLAIN,
                       say_with(SAY_EDITIONS_SUMS, view->lang, values_count((int64_t)sums->more),
                                values_count((int64_t)sums->less), values_count((int64_t)sums->same),
                                values_count((int64_t)sums->open), NULL));
    }
    for (size_t i = 0; i < sums->moves.count; i++) {
        const struct editions_move *move = &sums->moves.items[i];
        const char *words = say_with(SAY_EDITIONS_MOVE, view->lang, move->of, move->from, move->to, NULL);
        page_paragraph(page, 2, INK_PLAIN, str_print("%s  %s", words, values_count((int64_t)move->count)));
    }
    if (sums->refused > 0) {
        page_paragraph(
            page, 2, INK_BAD,
            say_with(SAY_EDITIONS_REFUSED, view->lang, values_count((int64_t)sums->refused), NULL));
    }
}
