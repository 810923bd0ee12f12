#include "report/ways.h"
#include <string.h>
#include "eval/cells.h"
#include "report/outcome.h"
#include "report/points.h"
#include "report/say.h"
#include "report/sheet.h"
#include "report/values.h"

enum { NUMBER_WIDTH = 4, GAP = 2, NAME_MIN = 8 };

/* ---------------------------------------------------------------- facts and scores */

static const struct field *field_of(const struct levers *levers, const struct lever *lever)
{
    return &levers->standard->facts.items[lever->slot]->field;
}

static const struct part *criterion_of(const struct levers *levers, const struct lever *lever)
{
    return levers->standard->judged.items[lever->slot]->criterion;
}

const char *ways_key(const struct levers *levers, const struct lever *lever, enum lang lang)
{
    return lever->kind == HOLE_SCORE ? say_with(SAY_SCORE_NAME, lang, criterion_of(levers, lever)->path, NULL)
                                     : field_of(levers, lever)->name;
}

/* Does another column say the same anew, and both count? */
static bool is_one_of_several(const struct levers *levers, const struct lever *lever)
{
    size_t count = 0;
    for (size_t i = 0; i < levers->list.count; i++) {
        count += levers->list.items[i].kind == lever->kind && levers->list.items[i].slot == lever->slot;
    }
    return count > 1;
}

static const struct column *column_of(const struct levers *levers, const struct lever *lever)
{
    size_t column = search_hole(levers->search, lever->hole)->first_column;
    return is_one_of_several(levers, lever) ? &levers->standard->columns.items[column] : NULL;
}

const char *ways_column(const struct levers *levers, const struct lever *lever)
{
    const struct column *column = column_of(levers, lever);
    return column != NULL ? column->name : NULL;
}

const char *ways_title(const struct levers *levers, const struct lever *lever, enum lang lang)
{
    const struct column *column = column_of(levers, lever);
    const char *key = ways_key(levers, lever, lang);
    const char *in = column != NULL ? say_with(SAY_IN_BRACKETS, lang,
                                               column->label != NULL ? column->label : column->name, NULL)
                                    : "";
    return str_print("%s%s", key, in);
}

const char *ways_name(const struct levers *levers, const struct lever *lever)
{
    if (lever->kind == HOLE_SCORE) {
        return view_part_name(criterion_of(levers, lever));
    }
    const struct field *field = field_of(levers, lever);
    return field->label != NULL ? field->label : field->name;
}

const struct type *ways_type(const struct levers *levers, const struct lever *lever)
{
    static const struct type points = {.kind = TYPE_NUMBER};
    return lever->kind == HOLE_SCORE ? &points : &field_of(levers, lever)->type;
}

/* A text of which only matters that it is none of those the rules name. */
static bool is_new_text(const struct value *value)
{
    if (value->kind != VALUE_TEXT || value->text == NULL) {
        return false;
    }
    const char *text = value->text;
    bool made_up = text[0] == '?' && text[1] != '\0' && text[1 + strspn(text + 1, "0123456789")] == '\0';
    return made_up || cells_made_text(value);
}

const char *ways_value(const struct levers *levers, const struct lever *lever, const struct value *value,
                       enum lang lang)
{
    const struct given *given = lever->given;
    bool parts = given->has_parts && num_sign(given->whole) > 0 && value_is_point(value);
    if (parts && num_is_int(num_mul(value_point(value), given->whole))) {
        return str_print("%s/%s", values_number(num_mul(value_point(value), given->whole)),
                         values_number(given->whole));
    }
    if (is_new_text(value)) {
        return say(lever->open ? SAY_SOME_TEXT : SAY_OTHER_TEXT, lang);
    }
    return values_of(ways_type(levers, lever), value, lang);
}

const char *ways_now(const struct levers *levers, const struct lever *lever, enum lang lang)
{
    return lever->open ? say(SAY_UNKNOWN, lang) : ways_value(levers, lever, &lever->now, lang);
}

const char *ways_fixed(const struct levers *levers, size_t index)
{
    const struct hole *hole = search_hole(levers->search, index);
    switch (hole->kind) {
    case HOLE_FACT: return levers->standard->facts.items[hole->slot]->field.name;
    case HOLE_SETTING: return levers->standard->settings.items[hole->slot].name;
    case HOLE_SCORE: return levers->standard->judged.items[hole->slot]->criterion->path;
    case HOLE_COHORT: break;
    }
    return NULL;
}

/* ---------------------------------------------------------------- one move */

static void add_clause(struct str *out, const char *text, enum lang lang)
{
    str_add(out, out->length > 0 ? say(SAY_LIST_COMMA, lang) : "");
    str_add(out, text);
}

/* "5 rows, the new ones with notes yes, minutes yes": of rows that are added alike, what matters. */
static const char *rows_text(const struct levers *levers, const struct move *move, const char *count,
                             enum lang lang)
{
    const struct lever *lever = &levers->list.items[move->lever];
    const struct type *type = ways_type(levers, lever);
    const struct sequence *rows = move->to.sequence;
    size_t known = lever->open ? 0 : lever->now.sequence->count;
    struct str out = {0};
    for (size_t i = 0; i < rows->width && rows->count > known; i++) {
        const struct field *field = &type->columns[i];
        const struct value *cell = &rows->cells[(rows->count - 1) * rows->width + i];
        if (value_is_known(cell) && !is_new_text(cell)) {
            const char *name = field->label != NULL ? field->label : field->name;
            add_clause(&out, str_print("%s %s", name, values_of(&field->type, cell, lang)), lang);
        }
    }
    enum say what = lever->open || known == 0  ? SAY_ROWS_WITH
                    : rows->count == known + 1 ? SAY_ROW_ADDED
                                               : SAY_ROWS_ADDED;
    return out.length > 0 ? say_with(what, lang, count, str_text(&out), NULL) : count;
}

/* Where nothing lies beyond it, the end says it all. */
static enum move_bound bound_of(const struct levers *levers, const struct move *move)
{
    struct range all = lever_hole(levers, move->lever)->domain.range;
    bool highest = move->bound == MOVE_AT_LEAST && !cut_compare(move->to.range.high, all.high);
    bool lowest = move->bound == MOVE_AT_MOST && !cut_compare(move->to.range.low, all.low);
    return highest || lowest ? MOVE_EXACTLY : move->bound;
}

static bool is_any_day(const struct levers *levers, const struct move *move)
{
    struct range all = lever_hole(levers, move->lever)->domain.range;
    return (move->bound == MOVE_AT_LEAST && !cut_compare(move->to.range.low, all.low)) ||
           (move->bound == MOVE_AT_MOST && !cut_compare(move->to.range.high, all.high));
}

static const char *from_on(enum type_kind kind, const char *at, enum lang lang)
{
    return say_with(kind == TYPE_DATE     ? SAY_OR_LATER
                    : kind == TYPE_CHOICE ? SAY_OR_HIGHER
                                          : SAY_AT_LEAST,
                    lang, at, NULL);
}

static const char *down_from(enum type_kind kind, const char *at, enum lang lang)
{
    return say_with(kind == TYPE_DATE     ? SAY_OR_EARLIER
                    : kind == TYPE_CHOICE ? SAY_OR_LOWER
                                          : SAY_AT_MOST,
                    lang, at, NULL);
}

/* Of several moves that are open at their ends only the last can be told by its end: the others have to be where they are for that. */
static bool tells_end(const struct way *way, const struct move *move)
{
    for (const struct move *later = move + 1; later < way->moves + way->count; later++) {
        if (later->beyond) {
            return false;
        }
    }
    return move->beyond;
}

static const char *bounded(const struct levers *levers, const struct way *way, const struct move *move,
                           enum lang lang)
{
    const struct lever *lever = &levers->list.items[move->lever];
    const struct value edge = value_number(move->edge);
    const char *at = ways_value(levers, lever, tells_end(way, move) ? &edge : &move->to, lang);
    enum type_kind kind = ways_type(levers, lever)->kind;
    if (move->to.kind == VALUE_SEQUENCE && kind == TYPE_TABLE) {
        return rows_text(levers, move, at, lang);
    }
    if (tells_end(way, move)) {
        bool above = num_compare(move->to.range.low.at, move->edge) > 0;
        return say_with(above ? SAY_JUST_ABOVE : SAY_JUST_BELOW, lang, at,
                        ways_value(levers, lever, &move->to, lang), NULL);
    }
    if (kind == TYPE_DATE && is_any_day(levers, move)) {
        return say(SAY_ANY_DATE, lang);
    }
    switch (bound_of(levers, move)) {
    case MOVE_EXACTLY: return at;
    case MOVE_AT_LEAST: return from_on(kind, at, lang);
    case MOVE_AT_MOST: return down_from(kind, at, lang);
    }
    return at;
}

static const char *move_text(const struct ways *ways, const struct way *way, const struct move *move)
{
    const struct levers *levers = ways->reach->levers;
    const struct lever *lever = &levers->list.items[move->lever];
    return str_print("%s → %s", ways_now(levers, lever, ways->now.lang),
                     bounded(levers, way, move, ways->now.lang));
}

/* ---------------------------------------------------------------- what it comes to */

static struct view after(const struct ways *ways, size_t way)
{
    return (struct view){
        .evaluation = ways->after[way], .context = ways->after[way]->final, .lang = ways->now.lang};
}

/* What a standard tells that gives neither points nor grades. */
static void add_qualifies(struct str *out, const struct view *view, const struct outcome *outcome)
{
    if (outcome->kind == OUTCOME_QUALIFIES) {
        const char *holds = values_of(&outcome->holds->type, view_value(view, outcome->holds), view->lang);
        add_clause(out, say_with(SAY_SENTENCE, view->lang, outcome_name(outcome), holds, NULL), view->lang);
    }
}

static const char *result_text(const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    struct str out = {0};
    bool outer = false;
    if (standard->total_node != NULL) {
        add_clause(&out,
                   str_print("%s %s", say(SAY_TOTAL, view->lang),
                             points_text(view, standard->total_node, true, &outer)),
                   view->lang);
    }
    if (standard->grade != NULL) {
        add_clause(&out, outcome_grade(view), view->lang);
    }
    bool bare = out.length == 0;
    for (size_t i = 0; bare && i < standard->outcomes.count; i++) {
        add_qualifies(&out, view, standard->outcomes.items[i]);
    }
    if (standard->eligible != NULL && !value_is_yes(view_value(view, standard->eligible))) {
        const char *eligible =
            values_of(&standard->eligible->type, view_value(view, standard->eligible), view->lang);
        add_clause(&out, say_with(SAY_SENTENCE, view->lang, say(SAY_ELIGIBLE, view->lang), eligible, NULL),
                   view->lang);
    }
    return str_text(&out);
}

/* ---------------------------------------------------------------- the page */

static bool costs_are_counts(const struct ways *ways)
{
    const struct levers *levers = ways->reach->levers;
    for (size_t i = 0; i < levers->list.count; i++) {
        if (!num_equal(levers->list.items[i].cost, num_int(1))) {
            return false;
        }
    }
    return true;
}

/* Of all ways, so that they can be compared line by line. */
struct widths {
    size_t key, change;
};

static size_t wider(size_t width, const char *text)
{
    size_t cells = page_width(text);
    return cells > width ? cells : width;
}

static struct widths widths_of(const struct ways *ways)
{
    const struct levers *levers = ways->reach->levers;
    struct widths widths = {0};
    for (size_t i = 0; i < ways->reach->ways.count; i++) {
        const struct way *way = &ways->reach->ways.items[i];
        for (size_t k = 0; k < way->count; k++) {
            widths.key = wider(widths.key,
                               ways_title(levers, &levers->list.items[way->moves[k].lever], ways->now.lang));
            widths.change = wider(widths.change, move_text(ways, way, &way->moves[k]));
        }
    }
    return widths;
}

static void write_cell(struct page *page, enum ink ink, const char *text, size_t width)
{
    size_t cells = page_width(text);
    page_text(page, ink, text);
    page_blanks(page, GAP + (width > cells ? width - cells : 0));
}

/* What the fact is called follows where there is room for it. */
static void write_move(struct page *page, const struct ways *ways, struct widths widths,
                       const struct way *way, const struct move *move)
{
    const struct levers *levers = ways->reach->levers;
    const struct lever *lever = &levers->list.items[move->lever];
    const char *key = ways_title(levers, lever, ways->now.lang);
    size_t taken = NUMBER_WIDTH + widths.key + widths.change + 2 * GAP;
    page_blanks(page, NUMBER_WIDTH);
    write_cell(page, INK_PLAIN, key, widths.key);
    write_cell(page, INK_BOLD, move_text(ways, way, move), widths.change);
    const char *name = ways_name(levers, lever);
    if (taken + NAME_MIN <= page->width && strcmp(name, key) != 0) {
        page_text(page, INK_DIM, page_cut(name, page->width - taken));
    }
    page_end(page);
}

static void write_way(struct page *page, const struct ways *ways, struct widths widths, size_t number)
{
    const struct way *way = &ways->reach->ways.items[number];
    enum lang lang = ways->now.lang;
    struct view view = after(ways, number);
    const char *result = result_text(&view);
    page_end(page);
    page_text(page, INK_BOLD, str_print("%zu", number + 1));
    page_blanks(page, NUMBER_WIDTH - page_width(str_print("%zu", number + 1)));
    if (!costs_are_counts(ways)) {
        result = say_with(SAY_COST_AND, lang, values_number(way->cost), result, NULL);
    }
    page_text(page, INK_DIM, result);
    page_text(page, INK_OPEN, way->least ? "" : " *");
    page_end(page);
    for (size_t i = 0; i < way->count; i++) {
        write_move(page, ways, widths, way, &way->moves[i]);
    }
}

static bool all_least(const struct reach *reach)
{
    for (size_t i = 0; i < reach->ways.count; i++) {
        if (!reach->ways.items[i].least) {
            return false;
        }
    }
    return true;
}

static const char *others_text(const struct ways *ways)
{
    const struct reach *reach = ways->reach;
    enum lang lang = ways->now.lang;
    bool counts = costs_are_counts(ways), one = counts && num_equal(reach->from, num_int(1));
    if (!reach->more && reach->unsure > 0) {
        return say(reach->ways.count > 0 ? SAY_WAYS_ALL_UNSURE : SAY_NO_WAY_UNSURE, lang);
    }
    if (!reach->more) {
        return say(reach->ways.count > 0 ? SAY_WAYS_ALL : ways->risk ? SAY_NO_RISK : SAY_NO_WAY, lang);
    }
    enum say what = reach->ways.count > 0 ? one      ? SAY_WAYS_MORE_ONE
                                            : counts ? SAY_WAYS_MORE
                                                     : SAY_WAYS_MORE_COST
                    : one                 ? SAY_WAYS_NONE_ONE
                    : counts              ? SAY_WAYS_NONE
                                          : SAY_WAYS_NONE_COST;
    return say_with(what, lang, values_number(reach->from), NULL);
}

static bool first_is_cheapest(const struct reach *reach)
{
    bool cheaper_unsure = reach->unsure > 0 && num_compare(reach->unsure_from, reach->ways.items[0].cost) < 0;
    bool cheaper_left = reach->more && num_compare(reach->from, reach->ways.items[0].cost) < 0;
    return !cheaper_unsure && !cheaper_left;
}

/* What is no lever, and not known: thresholds that are not set, the other units, facts that are locked. */
static const char *also_hangs(const struct ways *ways)
{
    const struct levers *levers = ways->reach->levers;
    struct str out = {0};
    struct map told = {0};
    for (size_t i = 0; i < levers->fixed.count; i++) {
        const char *name = ways_fixed(levers, levers->fixed.items[i]);
        if (name == NULL) {
            name = say(SAY_OTHER_UNITS, ways->now.lang);
        } else if (search_hole(levers->search, levers->fixed.items[i])->kind == HOLE_SETTING) {
            const char *how =
                view_setting_key(&ways->now, search_hole(levers->search, levers->fixed.items[i])->slot);
            name = str_print("%s%s", name, say_with(SAY_IN_BRACKETS, ways->now.lang, how, NULL));
        }
        if (map_put(&told, name, &told) == NULL) {
            add_clause(&out, name, ways->now.lang);
        }
    }
    return str_text(&out);
}

static void write_end(struct page *page, const struct ways *ways)
{
    const struct reach *reach = ways->reach;
    enum lang lang = ways->now.lang;
    page_end(page);
    if (reach->ways.count > 0 && first_is_cheapest(reach)) {
        page_paragraph(page, 0, INK_PLAIN, say(SAY_WAYS_CHEAPEST, lang));
    }
    page_paragraph(page, 0, INK_PLAIN, others_text(ways));
    const char *hangs = reach->ways.count == 0 ? also_hangs(ways) : "";
    if (*hangs != '\0') {
        page_paragraph(page, 0, INK_OPEN, say_with(SAY_ALSO_HANGS, lang, hangs, NULL));
    }
    if (reach->levers->rows_kept) {
        page_paragraph(page, 0, INK_DIM, say(SAY_ROWS_KEPT, lang));
    }
    if (reach->levers->rows_cut) {
        page_paragraph(page, 0, INK_DIM, say_with(SAY_ROWS_CUT, lang, values_count(MORE_ROWS), NULL));
    }
    if (reach->spent) {
        enum say spent = levers_interrupted(reach->levers) ? SAY_WAYS_INTERRUPTED
                         : reach->ways.count > 0           ? SAY_WAYS_SPENT_MORE
                                                           : SAY_WAYS_SPENT;
        page_paragraph(page, 0, INK_OPEN, say(spent, lang));
    }
    if (reach->unsure > 0) {
        enum say unsure = reach->unsure == 1 ? SAY_WAYS_UNSURE_ONE : SAY_WAYS_UNSURE;
        page_paragraph(page, 0, INK_OPEN, say_with(unsure, lang, str_print("%zu", reach->unsure), NULL));
    }
    if (!all_least(reach)) {
        page_paragraph(page, 0, INK_OPEN, say(SAY_NOT_LEAST_MARK, lang));
    }
}

void ways_write(struct page *page, const struct ways *ways)
{
    enum lang lang = ways->now.lang;
    static const struct type truth = {.kind = TYPE_YESNO};
    if (!ways->now.prompt) {
        sheet_head(page, &ways->now);
    }
    const char *now = values_of(&truth, &ways->reach->now, lang);
    const char *head = say(ways->risk ? SAY_AT_RISK : SAY_GOAL, lang);
    size_t width = wider(page_width(head), say(SAY_NOW, lang)) + GAP;
    page_entry(page, 0, head, width, INK_BOLD, ways->goal);
    const char *result = result_text(&ways->now);
    page_entry(page, 0, say(SAY_NOW, lang), width, INK_PLAIN,
               *result != '\0' ? say_with(SAY_NOW_IS, lang, now, result, NULL) : now);
    if (ways->reach->done) {
        page_end(page);
        page_paragraph(page, 0, INK_GOOD, say(ways->risk ? SAY_LOST_ALREADY : SAY_REACHED_ALREADY, lang));
        return;
    }
    struct widths widths = widths_of(ways);
    for (size_t i = 0; i < ways->reach->ways.count; i++) {
        write_way(page, ways, widths, i);
    }
    write_end(page, ways);
}
