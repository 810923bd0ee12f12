/* As JSON, one object a unit: "facts":[{"fact"|"score","label","now","low":{"total","at"},"high":…,"exact"}], the largest effect first; "beyond":true
 * where the end is reached only past that value. */
#include "report/tornado.h"
#include "base/date.h"
#include "report/grid.h"
#include "report/points.h"
#include "report/say.h"
#include "report/sheet.h"
#include "report/values.h"
#include "report/ways.h"

enum { LOW, HIGH, COLUMNS };
enum { BAR = 40 };

/* ---------------------------------------------------------------- bars */

struct scale {
    struct num from, to;
};

static bool is_finite(const struct gust *gust)
{
    return !gust->low.total.infinite && !gust->high.total.infinite;
}

static struct scale scale_of(const struct tornado *tornado)
{
    struct scale scale = {num_int(0), num_int(0)};
    bool any = false;
    for (size_t i = 0; i < tornado->gusts.count; i++) {
        const struct gust *gust = &tornado->gusts.items[i];
        if (!is_finite(gust)) {
            continue;
        }
        scale.from = any ? num_min(scale.from, gust->low.total.at) : gust->low.total.at;
        scale.to = any ? num_max(scale.to, gust->high.total.at) : gust->high.total.at;
        any = true;
    }
    return scale;
}

static int64_t place(struct scale scale, struct num at)
{
    int64_t cell = 0;
    struct num width = num_sub(scale.to, scale.from);
    if (num_sign(width) > 0) {
        num_to_int(num_round(num_mul(num_div(num_sub(at, scale.from), width), num_int(BAR)), num_int(1),
                             NUM_HALF_UP),
                   &cell);
    }
    return cell < 0 ? 0 : cell > BAR ? BAR : cell;
}

/* What could be lost, then what could be won: full blocks, a light line outside. */
static const char *bar(struct scale scale, const struct gust *gust, const struct value *now)
{
    struct str out = {0};
    if (!is_finite(gust) || !value_is_point(now)) {
        return "";
    }
    int64_t low = place(scale, gust->low.total.at), high = place(scale, gust->high.total.at),
            here = place(scale, value_point(now));
    for (int64_t i = 0; i < BAR; i++) {
        str_add(&out, i >= low && i < high ? (i < here ? "▒" : "█") : i == here ? "│" : "·");
    }
    return str_text(&out);
}

/* ---------------------------------------------------------------- the page */

static bool is_endless(const struct swing_end *end)
{
    return value_has_range(&end->at) && end->at.range.low.infinite;
}

static bool is_first_day(const struct swing_end *end)
{
    return num_equal(end->at.range.low.at, num_int(DATE_MIN));
}

static bool is_calendar_end(const struct type *type, const struct swing_end *end)
{
    return type->kind == TYPE_DATE &&
           (is_first_day(end) || num_equal(end->at.range.low.at, num_int(DATE_MAX)));
}

static const char *end_text(const struct tornado *tornado, const struct gust *gust,
                            const struct swing_end *end, enum lang lang)
{
    const struct lever *lever = &tornado->levers->list.items[gust->lever];
    if (is_endless(end)) {
        return say(end->beyond > 0 ? SAY_EVER_MORE : SAY_EVER_LESS, lang);
    }
    const char *text = ways_value(tornado->levers, lever, &end->at, lang);
    if (is_calendar_end(ways_type(tornado->levers, lever), end)) {
        return say(is_first_day(end) ? SAY_EVER_EARLIER : SAY_EVER_LATER, lang);
    }
    return end->beyond ? say_with(end->beyond > 0 ? SAY_MORE_THAN : SAY_LESS_THAN, lang, text, NULL) : text;
}

static bool is_now(const struct lever *lever, const struct swing_end *end)
{
    bool numbers = value_has_range(&end->at) && value_has_range(&lever->now);
    bool rows = end->at.kind == VALUE_SEQUENCE && lever->now.kind == VALUE_SEQUENCE;
    if (lever->open || end->beyond) {
        return false;
    }
    return numbers ? !cut_compare(end->at.range.low, lever->now.range.low)
           : rows  ? end->at.sequence->count == lever->now.sequence->count
                   : value_equal(&end->at, &lever->now);
}

/* What the fact is, and where its ends are, but for the end that is there now. */
static const char *gust_text(const struct tornado *tornado, const struct gust *gust, enum lang lang)
{
    const struct lever *lever = &tornado->levers->list.items[gust->lever];
    struct str out = {0};
    str_add(&out, say_with(SAY_GUST, lang, ways_title(tornado->levers, lever, lang),
                           ways_now(tornado->levers, lever, lang), NULL));
    if (!is_now(lever, &gust->low)) {
        str_add(&out, say(SAY_CLAUSE_STOP, lang));
        str_add(&out, say_with(SAY_GUST_LOW, lang, end_text(tornado, gust, &gust->low, lang), NULL));
    }
    if (!is_now(lever, &gust->high)) {
        str_add(&out, say(SAY_CLAUSE_STOP, lang));
        str_add(&out, say_with(SAY_GUST_HIGH, lang, end_text(tornado, gust, &gust->high, lang), NULL));
    }
    return str_text(&out);
}

static const char *cut_text(struct cut total)
{
    return total.infinite ? (total.infinite > 0 ? "∞" : "−∞") : values_number(total.at);
}

static void add_row(struct grid *grid, const struct tornado *tornado, const struct gust *gust,
                    struct scale scale, enum lang lang)
{
    const struct lever *lever = &tornado->levers->list.items[gust->lever];
    struct grid_row row = grid_row_new(grid, ways_name(tornado->levers, lever), 0, INK_PLAIN);
    row.numbers[LOW] = cut_text(gust->low.total);
    row.numbers[HIGH] = str_print("%s%s", cut_text(gust->high.total), gust->exact ? "" : "*");
    vec_push(&row.words, bar(scale, gust, &tornado->now));
    vec_push(&row.words, gust_text(tornado, gust, lang));
    vec_push(&grid->rows, row);
}

static bool all_exact(const struct tornado *tornado)
{
    for (size_t i = 0; i < tornado->gusts.count; i++) {
        if (!tornado->gusts.items[i].exact) {
            return false;
        }
    }
    return true;
}

void tornado_write(struct page *page, const struct view *now, const struct tornado *tornado)
{
    struct grid grid = grid_new(COLUMNS);
    struct scale scale = scale_of(tornado);
    bool outer = false;
    if (!now->prompt) {
        sheet_head(page, now);
    }
    page_paragraph(page, 0, INK_BOLD,
                   str_print("%s  %s", say(SAY_TOTAL, now->lang),
                             points_text(now, now->evaluation->standard->total_node, true, &outer)));
    page_end(page);
    if (tornado->gusts.count == 0 && tornado->left == 0) {
        page_paragraph(page, 0, INK_PLAIN, say(SAY_NOTHING_MOVES, now->lang));
        return;
    }
    grid.name_head = say(SAY_FACT, now->lang);
    grid.words_head = "";
    grid.heads[LOW] = say(SAY_LOWEST, now->lang);
    grid.heads[HIGH] = say(SAY_HIGHEST, now->lang);
    grid.words_lines = 2;
    for (size_t i = 0; i < tornado->gusts.count; i++) {
        add_row(&grid, tornado, &tornado->gusts.items[i], scale, now->lang);
    }
    grid_write(page, &grid);
    if (value_is_point(&tornado->now)) {
        page_end(page);
        page_paragraph(page, 0, INK_DIM,
                       str_print("%s   %s", say(SAY_BAR_LOST, now->lang), say(SAY_BAR_WON, now->lang)));
    }
    if (!all_exact(tornado)) {
        page_end(page);
        page_paragraph(page, 0, INK_DIM, say(SAY_OUTER_MARK, now->lang));
    }
    if (tornado->left > 0) {
        page_end(page);
        page_paragraph(page, 0, INK_OPEN,
                       say_with(SAY_GUSTS_LEFT, now->lang, str_print("%zu", tornado->left), NULL));
    }
}

/* ---------------------------------------------------------------- JSON */

static void end_object(struct json *json, const char *key, const struct levers *levers,
                       const struct lever *lever, const struct swing_end *end)
{
    json_key(json, key);
    json_open(json, '{');
    json_pair(json, "total",
              end->total.infinite ? (end->total.infinite > 0 ? "inf" : "-inf") : num_text(end->total.at));
    json_key(json, "at");
    if (is_endless(end)) {
        json_text(json, NULL);
    } else {
        ways_json_value(json, levers, lever, &end->at);
    }
    json_key(json, "beyond");
    json_bool(json, end->beyond != 0);
    json_close(json, '}');
}

void tornado_json(struct str *out, const struct view *now, const struct tornado *tornado,
                  const struct diags *messages)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_head(&json, now);
    json_key(&json, "total");
    json_typed(&json, now, now->evaluation->standard->total_node);
    json_key(&json, "facts");
    json_open(&json, '[');
    for (size_t i = 0; i < tornado->gusts.count; i++) {
        const struct gust *gust = &tornado->gusts.items[i];
        const struct lever *lever = &tornado->levers->list.items[gust->lever];
        bool score = lever->kind == HOLE_SCORE;
        json_open(&json, '{');
        json_pair(&json, score ? "score" : "fact",
                  score ? tornado->levers->standard->judged.items[lever->slot]->criterion->path
                        : ways_key(tornado->levers, lever, LANG_EN));
        json_pair(&json, "label", ways_name(tornado->levers, lever));
        if (ways_column(tornado->levers, lever) != NULL) {
            json_pair(&json, "column", ways_column(tornado->levers, lever));
        }
        json_key(&json, "now");
        ways_json_value(&json, tornado->levers, lever, &lever->now);
        end_object(&json, "low", tornado->levers, lever, &gust->low);
        end_object(&json, "high", tornado->levers, lever, &gust->high);
        json_key(&json, "exact");
        json_bool(&json, gust->exact);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_key(&json, "complete");
    json_bool(&json, tornado->left == 0);
    json_messages(&json, "messages", messages, now->lang);
    json_close(&json, '}');
    str_add_char(out, '\n');
}
