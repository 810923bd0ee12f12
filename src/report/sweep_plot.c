/* A column of blocks for each of so many values between the ends, as high as the total is there; eighths of a cell. What is open above the least
 * that is sure is drawn lighter. Heights are cut down to eighths: the table has the exact numbers. */
#include "base/mem.h"
#include "report/say.h"
#include "report/sweep.h"
#include "report/values.h"
#include "report/ways.h"

enum { ROWS = 8, EIGHTHS = 8, MARGIN = 10, WIDTH_MAX = 72, WIDTH_MIN = 20 };

struct plot {
    const struct sweep_told *told;
    size_t width;
    struct num from, to;    /* of the fact */
    struct num bottom, top; /* of the total */
    int *sure, *open;       /* [column]: height in eighths; -1: nothing */
};

/* ---------------------------------------------------------------- which stretch */

static void widen(struct num *from, struct num *to, bool *any, struct cut end)
{
    if (end.infinite) {
        return;
    }
    *from = *any ? num_min(*from, end.at) : end.at;
    *to = *any ? num_max(*to, end.at) : end.at;
    *any = true;
}

/* Is the fact where it is now part of what was asked about? */
static bool is_here(const struct sweep *sweep)
{
    const struct lever *lever = &sweep->levers->list.items[sweep->lever];
    return !lever->open && range_holds(sweep->range, lever->now.range.low.at);
}

/* Where the calendar ends nobody means it. */
static struct range without_calendar(const struct sweep *sweep, struct range range)
{
    return values_open_ends(ways_type(sweep->levers, &sweep->levers->list.items[sweep->lever]), range);
}

/* From the first end to the last; where there is none, a quarter of the way beyond the last place where something happens. */
static bool find_stretch(struct plot *plot)
{
    const struct sweep *sweep = plot->told->sweep;
    const struct lever *lever = &sweep->levers->list.items[sweep->lever];
    bool any = false;
    if (is_here(sweep)) {
        widen(&plot->from, &plot->to, &any, cut_at(lever->now.range.low.at, 0));
    }
    for (size_t i = 0; i < sweep->runs.count; i++) {
        struct range run = without_calendar(
            sweep, (struct range){sweep->runs.items[i].from, sweep->runs.items[i].to, false});
        widen(&plot->from, &plot->to, &any, run.low);
        widen(&plot->from, &plot->to, &any, run.high);
    }
    if (!any) {
        return false;
    }
    struct num quarter = num_max(num_div(num_sub(plot->to, plot->from), num_int(4)), num_int(1));
    struct range all = without_calendar(sweep, sweep->range);
    if (all.low.infinite) {
        plot->from = num_sub(plot->from, quarter);
    }
    if (all.high.infinite) {
        plot->to = num_add(plot->to, quarter);
    }
    return num_compare(plot->from, plot->to) < 0;
}

/* ---------------------------------------------------------------- heights */

static const struct sweep_run *run_at(const struct sweep *sweep, struct num at)
{
    for (size_t i = 0; i < sweep->runs.count; i++) {
        const struct sweep_run *run = &sweep->runs.items[i];
        if (range_holds((struct range){run->from, run->to, false}, at)) {
            return run;
        }
    }
    return NULL;
}

/* The value of a column that the fact can take; the first and the last are the ends. */
static struct num value_in(const struct plot *plot, size_t column)
{
    struct num part = num_ratio((int64_t)column, (int64_t)plot->width - 1), on;
    struct num at = num_add(plot->from, num_mul(part, num_sub(plot->to, plot->from)));
    bool steps = curve_next(plot->told->sweep->levers, plot->told->sweep->lever, at, true, CURVE_DOWN, &on);
    return steps && num_compare(on, plot->from) >= 0 ? on : at;
}

static bool total_at(const struct plot *plot, struct num at, struct range *total)
{
    const struct sweep_run *run = run_at(plot->told->sweep, at);
    if (run == NULL || !run->possible) {
        return false;
    }
    struct value value = sweep_value(run, (size_t)plot->told->total, at);
    *total = value.range;
    return value.kind == VALUE_NUMBER && !value.nothing_else && !value.range.low.infinite &&
           !value.range.high.infinite;
}

static bool find_heights(struct plot *plot)
{
    bool any = false;
    struct range total;
    for (size_t i = 0; i < plot->width; i++) {
        if (total_at(plot, value_in(plot, i), &total)) {
            plot->bottom = any ? num_min(plot->bottom, total.low.at) : total.low.at;
            plot->top = any ? num_max(plot->top, total.high.at) : total.high.at;
            any = true;
        }
    }
    return any && num_compare(plot->bottom, plot->top) < 0;
}

/* Something of the lowest column is seen too. */
static int height(const struct plot *plot, struct num total)
{
    int64_t eighths = 0;
    struct num share = num_div(num_sub(total, plot->bottom), num_sub(plot->top, plot->bottom));
    num_to_int(num_floor(num_mul(share, num_int(ROWS * EIGHTHS - 1))), &eighths);
    return (int)eighths + 1;
}

static void fill_columns(struct plot *plot)
{
    struct range total;
    for (size_t i = 0; i < plot->width; i++) {
        bool there = total_at(plot, value_in(plot, i), &total);
        plot->sure[i] = there ? height(plot, total.low.at) : -1;
        plot->open[i] = there ? height(plot, total.high.at) : -1;
    }
}

/* ---------------------------------------------------------------- drawing */

static const char *block(int eighths)
{
    static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    return blocks[eighths < 0 ? 0 : eighths > EIGHTHS ? EIGHTHS : eighths];
}

static void draw_cell(struct page *page, const struct plot *plot, size_t column, int row)
{
    int floor = row * EIGHTHS, sure = plot->sure[column] - floor, open = plot->open[column] - floor;
    if (sure > 0) {
        page_text(page, INK_GOOD, block(sure));
    } else {
        page_text(page, INK_OPEN, open > 0 ? "░" : " ");
    }
}

static void draw_label(struct page *page, const char *text)
{
    size_t cells = page_width(text);
    page_blanks(page, cells < MARGIN - 1 ? MARGIN - 1 - cells : 0);
    page_text(page, INK_DIM, text);
    page_blanks(page, 1);
}

static void draw_axis(struct page *page, const struct plot *plot)
{
    const struct sweep *sweep = plot->told->sweep;
    const struct lever *lever = &sweep->levers->list.items[sweep->lever];
    enum value_kind kind = lever_hole(sweep->levers, sweep->lever)->domain.kind;
    struct value from = value_number(plot->from), to = value_number(plot->to);
    from.kind = to.kind = kind;
    const char *low = ways_value(sweep->levers, lever, &from, plot->told->now.lang);
    const char *high = ways_value(sweep->levers, lever, &to, plot->told->now.lang);
    size_t cells = page_width(low) + page_width(high);
    page_blanks(page, MARGIN);
    page_text(page, INK_DIM, low);
    page_blanks(page, plot->width > cells ? plot->width - cells : 1);
    page_text(page, INK_DIM, high);
    page_end(page);
}

/* Under the column in which the fact stands now. */
static void draw_here(struct page *page, const struct plot *plot)
{
    const struct sweep *sweep = plot->told->sweep;
    const struct lever *lever = &sweep->levers->list.items[sweep->lever];
    int64_t column = 0;
    if (!is_here(sweep)) {
        return;
    }
    struct num share = num_div(num_sub(lever->now.range.low.at, plot->from), num_sub(plot->to, plot->from));
    num_to_int(num_round(num_mul(share, num_int((int64_t)plot->width - 1)), num_int(1), NUM_HALF_UP),
               &column);
    page_blanks(page, MARGIN + (size_t)(column < 0 ? 0 : column));
    page_text(page, INK_BOLD, "▲");
    page_end(page);
}

void sweep_plot(struct page *page, const struct sweep_told *told)
{
    struct plot plot = {.told = told};
    plot.width = page->width > MARGIN + WIDTH_MAX   ? WIDTH_MAX
                 : page->width > MARGIN + WIDTH_MIN ? page->width - MARGIN
                                                    : WIDTH_MIN;
    if (!find_stretch(&plot) || !find_heights(&plot)) {
        return;
    }
    plot.sure = MEM_ARRAY(int, plot.width);
    plot.open = MEM_ARRAY(int, plot.width);
    fill_columns(&plot);
    for (int row = ROWS - 1; row >= 0; row--) {
        draw_label(page, row == ROWS - 1 ? values_number(plot.top)
                         : row == 0      ? values_number(plot.bottom)
                                         : "");
        for (size_t i = 0; i < plot.width; i++) {
            draw_cell(page, &plot, i, row);
        }
        page_end(page);
    }
    draw_axis(page, &plot);
    draw_here(page, &plot);
}
