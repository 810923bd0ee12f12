#include "report/batch_summary.h"
#include <string.h>
#include "report/grid.h"
#include "report/values.h"

enum { BAR = 40 };

static const char *count_text(uint64_t count)
{
    return values_count((int64_t)count);
}

/* ---------------------------------------------------------------- one line */

static struct num mean_of(struct num sum, const struct batch_figure *figure)
{
    return num_div(sum, num_int((int64_t)figure->units));
}

static const char *range_text(struct num low, struct num high)
{
    return num_equal(low, high) ? values_number(low)
                                : str_print("%s – %s", values_number(low), values_number(high));
}

static const char *mean_text(const struct batch_figure *figure)
{
    return range_text(mean_of(figure->low, figure), mean_of(figure->high, figure));
}

static void clause(struct str *out, const char *text, enum lang lang)
{
    str_item(out, say(SAY_CLAUSE_STOP, lang), text);
}

/* Best first. */
static void grades_clause(struct str *out, const struct batch_summary *summary, enum lang lang)
{
    const struct choice *grades = summary->standard->grades;
    struct str list = {0};
    for (size_t i = summary->grades != NULL ? grades->count : 0; i-- > 0;) {
        if (summary->grades[i] > 0) {
            str_item(&list, say(SAY_LIST_COMMA, lang),
                     str_print("%s %s", values_rung(&grades->symbols[i]), count_text(summary->grades[i])));
        }
    }
    if (summary->grades_open > 0) {
        str_item(&list, say(SAY_LIST_COMMA, lang),
                 say_with(SAY_BATCH_OPEN, lang, count_text(summary->grades_open), NULL));
    }
    if (list.length > 0) {
        clause(out, say_with(SAY_BATCH_GRADES, lang, str_text(&list), NULL), lang);
    }
}

static void eligible_clause(struct str *out, const struct batch_summary *summary, enum lang lang)
{
    if (!summary->has_eligible) {
        return;
    }
    clause(out, say_with(SAY_BATCH_ELIGIBLE, lang, count_text(summary->eligible), NULL), lang);
    if (summary->eligible_open > 0) {
        clause(out, say_with(SAY_BATCH_PERHAPS, lang, count_text(summary->eligible_open), NULL), lang);
    }
}

void batch_summary_line(struct str *out, const struct batch_summary *summary, enum lang lang)
{
    const struct batch_figure *total = &summary->total;
    struct str line = {0};
    clause(&line, say_counted(SAY_BATCH_UNIT, SAY_BATCH_UNITS, summary->units, lang), lang);
    if (total->units > 0 && !total->endless) {
        clause(&line, say_with(SAY_BATCH_MEAN, lang, mean_text(total), NULL), lang);
    }
    grades_clause(&line, summary, lang);
    eligible_clause(&line, summary, lang);
    clause(&line, say_with(SAY_BATCH_REFUSED, lang, count_text(summary->refused), NULL), lang);
    str_add(out, str_text(&line));
    str_add_char(out, '\n');
}

/* ---------------------------------------------------------------- bars */

/* Of a length from 0 to BAR; what is more than nothing shows. */
static const char *bar(struct num part, struct num whole)
{
    struct str out = {0};
    int64_t cells = 0;
    if (num_sign(part) > 0 && num_sign(whole) > 0) {
        num_to_int(num_round(num_mul(num_div(part, whole), num_int(BAR)), num_int(1), NUM_HALF_UP), &cells);
        cells = cells < 1 ? 1 : cells > BAR ? BAR : cells;
    }
    str_add_repeat(&out, "█", (size_t)cells);
    return str_text(&out);
}

static void bar_row(struct grid *grid, const char *name, const char *number, const char *words)
{
    struct grid_row row = grid_row_new(grid, name, 0, INK_PLAIN);
    row.numbers[0] = number;
    vec_push(&row.words, words);
    vec_push(&grid->rows, row);
}

/* ---------------------------------------------------------------- how the totals lie */

static uint64_t most_in_a_bin(const struct batch_summary *summary)
{
    uint64_t most = 0;
    for (size_t i = 0; i < summary->bin_count + 2; i++) {
        most = summary->bins[i] > most ? summary->bins[i] : most;
    }
    return most;
}

static void bin_row(struct grid *grid, const struct batch_summary *summary, size_t bin, const char *name)
{
    uint64_t count = summary->bins[bin], most = most_in_a_bin(summary);
    bar_row(grid, name, count_text(count), bar(num_int((int64_t)count), num_int((int64_t)most)));
}

/* The last holds the total itself. */
static const char *bin_name(const struct batch_summary *summary, size_t bin)
{
    struct num width = num_div(summary->standard->total, num_int((int64_t)summary->bin_count));
    bool last = bin + 1 == summary->bin_count;
    return str_print("%s – %s%s", values_number(num_mul(width, num_int((int64_t)bin))), last ? "" : "< ",
                     values_number(num_mul(width, num_int((int64_t)bin + 1))));
}

static void histogram(struct page *page, const struct batch_summary *summary, enum lang lang)
{
    struct grid grid = grid_new(1);
    const char *total = values_number(summary->standard->total);
    grid.name_head = say(SAY_TOTAL, lang);
    grid.heads[0] = say(SAY_BATCH_UNITS_HEAD, lang);
    grid.words_head = "";
    grid.words_lines = 1;
    if (summary->bins[summary->bin_count + 1] > 0) {
        bin_row(&grid, summary, summary->bin_count + 1, str_print("> %s", total));
    }
    for (size_t i = summary->bin_count; i-- > 0;) {
        bin_row(&grid, summary, i, bin_name(summary, i));
    }
    if (summary->bins[summary->bin_count] > 0) {
        bin_row(&grid, summary, summary->bin_count, "< 0");
    }
    if (summary->total.open > 0) {
        bar_row(&grid, say(SAY_BATCH_RANGES, lang), count_text(summary->total.open), "");
    }
    grid_write(page, &grid);
    page_end(page);
}

/* ---------------------------------------------------------------- what criteria lose */

static struct num lost(const struct batch_loss *loss, struct num sum)
{
    return num_sub(loss->criterion->cap, mean_of(sum, &loss->score));
}

static bool is_told(const struct batch_loss *loss)
{
    return loss->score.units > 0 && !loss->score.endless;
}

static struct num most_lost(const struct batch_summary *summary)
{
    struct num most = num_int(0);
    for (size_t i = 0; i < summary->losses.count; i++) {
        if (is_told(&summary->losses.items[i])) {
            most = num_max(most, lost(&summary->losses.items[i], summary->losses.items[i].score.low));
        }
    }
    return most;
}

/* What is lost for certain in full blocks, what may be lost besides in light ones. */
static const char *loss_bar(struct num least, struct num at_most, struct num scale)
{
    size_t block = sizeof "█" - 1, sure = strlen(bar(least, scale)) / block,
           possible = strlen(bar(at_most, scale)) / block;
    struct str out = {0};
    str_add_repeat(&out, "█", sure);
    str_add_repeat(&out, "▒", possible > sure ? possible - sure : 0);
    return str_text(&out);
}

static void loss_row(struct grid *grid, const struct batch_loss *loss, struct num scale)
{
    struct num least = lost(loss, loss->score.high), most = lost(loss, loss->score.low);
    const struct part *part = loss->criterion;
    struct grid_row row = grid_row_new(grid, part->label != NULL ? part->label : part->path, 0, INK_PLAIN);
    row.numbers[0] = values_number(part->cap);
    row.numbers[1] = range_text(least, most);
    vec_push(&row.words, loss_bar(least, most, scale));
    vec_push(&grid->rows, row);
}

static void losses(struct page *page, const struct batch_summary *summary, enum lang lang)
{
    struct grid grid = grid_new(2);
    struct num scale = most_lost(summary);
    grid.name_head = say(SAY_ITEM, lang);
    grid.heads[0] = say(SAY_CAP, lang);
    grid.heads[1] = say(SAY_BATCH_LOST, lang);
    grid.words_head = "";
    grid.words_lines = 1;
    for (size_t i = 0; i < summary->losses.count; i++) {
        if (is_told(&summary->losses.items[i])) {
            loss_row(&grid, &summary->losses.items[i], scale);
        }
    }
    if (grid.rows.count > 0) {
        grid_write(page, &grid);
        page_end(page);
    }
}

void batch_summary_stats(struct page *page, const struct batch_summary *summary, enum lang lang)
{
    if (summary->bins != NULL && summary->total.units > 0) {
        histogram(page, summary, lang);
    }
    losses(page, summary, lang);
}
