/* A row a unit, best first. Numbers are exact, ends of ranges stand in two cells; the worse end is n/a where the value may be. */
#include <string.h>
#include "base/cell_text.h"
#include "base/date.h"
#include "report/rank.h"
#include "report/values.h"

struct csv {
    struct str *out;
    bool begun; /* the row has a cell */
};

/* ---- cells */

static void separate(struct csv *csv)
{
    str_add(csv->out, csv->begun ? "," : "");
    csv->begun = true;
}

/* A word or a number. */
static void cell(struct csv *csv, const char *text)
{
    separate(csv);
    str_add(csv->out, text);
}

static void row_end(struct csv *csv)
{
    str_add(csv->out, "\r\n");
    csv->begun = false;
}

static void text_cell(struct csv *csv, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    separate(csv);
    str_extend(csv->out, cell_text_csv(str_reserve(csv->out, CELL_TEXT_ROOM(length)), text, length));
}

static void count_cell(struct csv *csv, size_t count)
{
    cell(csv, str_print("%zu", count));
}

/* ---- the header */

static void figure_heads(struct csv *csv, const struct contest *contest)
{
    for (size_t i = 0; i < contest->figure_count; i++) {
        const char *name = rank_figure_name(contest, i);
        text_cell(csv, str_print("%s_low", name ? name : "total"));
        text_cell(csv, str_print("%s_high", name ? name : "total"));
    }
}

static void header(struct csv *csv, const struct ranking *ranking)
{
    static const char *const first[] = {"rank_best", "rank_worst", "rank_exact", "unit", "label"};
    static const char *const last[] = {"grade_low", "grade_high", "eligible"};
    static const char *const quota[] = {"stage", "status", "places"};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        cell(csv, first[i]);
    figure_heads(csv, ranking->contest);
    for (size_t i = 0; i < sizeof last / sizeof *last; i++)
        cell(csv, last[i]);
    for (size_t i = 0; ranking->seats && i < sizeof quota / sizeof *quota; i++)
        cell(csv, quota[i]);
    row_end(csv);
}

/* ---- a row */

static const char NONE[] = "n/a";

static void rank_cells(struct csv *csv, const struct ranked *rank)
{
    if (!rank->best)
        cell(csv, NONE);
    else
        count_cell(csv, rank->best);
    if (!rank->best || rank->perhaps_none)
        cell(csv, NONE);
    else
        count_cell(csv, rank->worst);
    cell(csv, rank->exact ? "yes" : "no");
}

/* An open end is an empty cell. */
static const char *end_text(const struct type *type, struct cut end)
{
    int64_t place;
    if (end.infinite)
        return "";
    if (type->kind == TYPE_DATE)
        return num_to_int(end.at, &place) ? date_text(place) : "";
    if (type->kind == TYPE_CHOICE)
        return num_to_int(end.at, &place) ? type->choice->symbols[place].name : "";
    return num_text(end.at);
}

static void end_cell(struct csv *csv, const struct type *type, struct cut end)
{
    if (type->kind == TYPE_CHOICE)
        text_cell(csv, end_text(type, end));
    else
        cell(csv, end_text(type, end));
}

static void figure_cells(struct csv *csv, const struct contest *contest, const struct entry *entry,
                         size_t figure)
{
    const struct type *type = &contest->figures[figure].node->type;
    struct value value = entry_value(entry, figure).value;
    struct range ends = values_open_ends(type, value.range);
    bool lower = contest->order.lower_is_better;
    if (value.nothing_else || (value.na && !lower))
        cell(csv, NONE);
    else
        end_cell(csv, type, ends.low);
    if (value.nothing_else || (value.na && lower))
        cell(csv, NONE);
    else
        end_cell(csv, type, ends.high);
}

static void grade_cells(struct csv *csv, const struct standard *standard, const struct entry *entry)
{
    bool none = standard->grades && entry->grade_low < 0;
    const char *low = none || entry->grade_perhaps_none ? NONE : "", *high = none ? NONE : "";
    if (standard->grades && !*low)
        low = standard->grades->symbols[entry->grade_low].name;
    if (standard->grades && !*high)
        high = standard->grades->symbols[entry->grade_high].name;
    text_cell(csv, low);
    text_cell(csv, high);
}

static void quota_cells(struct csv *csv, const struct ranking *ranking, size_t entry)
{
    text_cell(csv, ranking->contest->stage->name);
    cell(csv, rank_seat_name(ranking->seats[entry]));
    if (ranking->places.kind == SEATS_KNOWN)
        count_cell(csv, ranking->places.count);
    else
        cell(csv, "unknown");
}

static void unit_row(struct csv *csv, const struct ranking *ranking, size_t at)
{
    const struct entry *entry = &ranking->entries[at];
    rank_cells(csv, &ranking->ranks[at]);
    text_cell(csv, entry->id);
    text_cell(csv, entry->label);
    for (size_t i = 0; i < ranking->contest->figure_count; i++)
        figure_cells(csv, ranking->contest, entry, i);
    grade_cells(csv, ranking->contest->standard, entry);
    cell(csv, json_truths(entry->eligible));
    if (ranking->seats)
        quota_cells(csv, ranking, at);
    row_end(csv);
}

void rank_csv(struct str *out, const struct ranking *ranking)
{
    struct csv csv = {.out = out};
    header(&csv, ranking);
    for (size_t i = 0; i < ranking->count; i++)
        unit_row(&csv, ranking, ranking->order[i]);
}
