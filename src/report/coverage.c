#include "report/coverage.h"
#include "base/mem.h"
#include "report/say.h"
#include "report/values.h"

enum { WORDS_CELLS = 70, INDENT = 2, FACTS_MAX = 6 };

/* ---------------------------------------------------------------- one point */

static const char *figure_text(const struct coverage_point *point, enum lang lang)
{
    if (point->figure == NULL) {
        return values_number(point->limit);
    }
    if (point->figure->op == IR_CONST) {
        const struct type *type = point->node->type.share ? &point->node->type : &point->figure->type;
        return type->share ? values_percent(value_point(&point->figure->bounds))
                           : values_of(type, &point->figure->bounds, lang);
    }
    return view_words(point->figure->origin, WORDS_CELLS);
}

const char *coverage_what(const struct coverage_point *point, enum lang lang)
{
    static const enum say words[] = {
        [POINT_BELOW] = SAY_COVER_BELOW, [POINT_AT] = SAY_COVER_AT,       [POINT_ABOVE] = SAY_COVER_ABOVE,
        [POINT_HOLDS] = SAY_COVER_HOLDS, [POINT_FAILS] = SAY_COVER_FAILS, [POINT_TAKEN] = SAY_COVER_TAKEN,
        [POINT_BINDS] = SAY_COVER_BINDS, [POINT_FREE] = SAY_COVER_FREE,   [POINT_OPEN] = SAY_COVER_OPEN};
    bool figured = point->kind <= POINT_ABOVE || point->kind == POINT_BINDS || point->kind == POINT_FREE;
    return figured ? say_with(words[point->kind], lang, figure_text(point, lang), NULL)
                   : say(words[point->kind], lang);
}

/* The facts and scores that could bring it about. */
struct movers {
    VEC(const char *) list;
};

/* [node id]: what decides whether it is come by. */
static const unsigned char *marks_below(const struct ir *ir, const struct coverage_point *point)
{
    if (point->node != NULL) {
        return ir_below(ir, point->node);
    }
    unsigned char *below = mem_alloc_plain(ir->nodes.count + 1);
    for (size_t i = 0; i < point->before.count; i++) {
        below[point->before.items[i]->id] = 1;
    }
    ir_mark_below(ir, below);
    return below;
}

static struct movers movers_of(const struct coverage *coverage, const struct coverage_point *point)
{
    const struct standard *standard = coverage->standard;
    struct movers movers = {0};
    const unsigned char *below = marks_below(standard->ir, point);
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct fact_declaration *fact = standard->facts.items[i];
        if (fact->node != NULL && below[fact->node->id]) {
            vec_push(&movers.list, fact->field.name);
        }
    }
    for (size_t i = 0; i < standard->judged.count; i++) {
        if (below[standard->judged.items[i]->node->id]) {
            vec_push(&movers.list,
                     (const char *)str_print("score %s", standard->judged.items[i]->criterion->path));
        }
    }
    return movers;
}

static const char *movers_text(const struct movers *movers, enum lang lang)
{
    struct str text = {0};
    for (size_t i = 0; i < movers->list.count && i < FACTS_MAX; i++) {
        str_item(&text, say(SAY_LIST_COMMA, lang), movers->list.items[i]);
    }
    return movers->list.count > FACTS_MAX ? str_print("%s…", str_text(&text)) : str_text(&text);
}

/* ---------------------------------------------------------------- the page */

/* Points of one place stand in one line. */
static bool same_place(const struct coverage_point *a, const struct coverage_point *b)
{
    return a->span.source == b->span.source && a->span.start == b->span.start && a->span.end == b->span.end &&
           str_equal(a->owner, b->owner);
}

static void write_place(struct page *page, const struct coverage *coverage, size_t first, size_t end,
                        enum lang lang)
{
    const struct coverage_point *point = &coverage->points.items[first];
    struct str missing = {0};
    for (size_t i = first; i < end; i++) {
        if (coverage_is_missing(&coverage->points.items[i])) {
            str_item(&missing, say(SAY_LIST_COMMA, lang), coverage_what(&coverage->points.items[i], lang));
        }
    }
    if (missing.length == 0) {
        return;
    }
    page_text(page, INK_BOLD, point->owner);
    if (point->clause != NULL) {
        page_text(page, INK_PLAIN, str_print("  %s", point->clause));
    }
    page_text(page, INK_DIM, str_print("   %s", view_place(point->span)));
    page_end(page);
    page_paragraph(page, INDENT, INK_PLAIN, view_words(point->span, WORDS_CELLS));
    page_paragraph(page, INDENT * 2, INK_BAD, str_text(&missing));
    struct movers movers = movers_of(coverage, point);
    if (movers.list.count > 0 && point->kind != POINT_OPEN) {
        page_paragraph(page, INDENT * 2, INK_DIM,
                       say_with(SAY_COVER_FACTS, lang, movers_text(&movers, lang), NULL));
    }
}

/* Percent are cut: 100 is all. */
void coverage_count_write(struct page *page, const struct coverage *coverage, enum lang lang)
{
    size_t count = coverage_wanted(coverage), covered = coverage_count(coverage);
    size_t out_of_reach = coverage->points.count - count;
    page_paragraph(page, 0, covered < count ? INK_BAD : INK_GOOD,
                   say_with(SAY_COVER_COUNT, lang, str_print("%zu", count > 0 ? covered * 100 / count : 100),
                            str_print("%zu", covered), str_print("%zu", count), NULL));
    if (out_of_reach > 0) {
        page_paragraph(page, 0, INK_DIM,
                       say_counted(SAY_COVER_OUT_OF_REACH_ONE, SAY_COVER_OUT_OF_REACH, out_of_reach, lang));
    }
}

void coverage_write(struct page *page, const struct coverage *coverage, enum lang lang)
{
    size_t count = coverage->points.count;
    for (size_t first = 0, end; first < count; first = end) {
        end = first + 1;
        while (end < count && same_place(&coverage->points.items[first], &coverage->points.items[end])) {
            end++;
        }
        write_place(page, coverage, first, end, lang);
    }
}

/* ---------------------------------------------------------------- JSON */

static void point_json(struct json *json, const struct coverage *coverage, const struct coverage_point *point,
                       enum lang lang)
{
    struct movers movers = movers_of(coverage, point);
    json_open(json, '{');
    json_pair(json, "file", point->span.source != NULL ? point->span.source->name : NULL);
    json_key(json, "line");
    json_int(json, point->span.source != NULL ? (long long)source_line(point->span) : 0);
    json_pair(json, "of", point->owner);
    json_pair(json, "clause", point->clause);
    json_pair(json, "words", view_words(point->span, WORDS_CELLS));
    json_pair(json, "missing", coverage_what(point, lang));
    json_key(json, "facts");
    json_open(json, '[');
    for (size_t i = 0; i < movers.list.count; i++) {
        json_text(json, movers.list.items[i]);
    }
    json_close(json, ']');
    json_close(json, '}');
}

void coverage_json(struct str *out, const struct coverage *coverage, enum lang lang)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_key(&json, "rubric");
    json_int(&json, 1);
    json_key(&json, "coverage");
    json_open(&json, '{');
    json_pair(&json, "standard", coverage->standard->name);
    json_key(&json, "points");
    json_int(&json, (long long)coverage->points.count);
    json_key(&json, "covered");
    json_int(&json, (long long)coverage_count(coverage));
    json_key(&json, "out_of_reach");
    json_int(&json, (long long)(coverage->points.count - coverage_wanted(coverage)));
    json_key(&json, "missing");
    json_open(&json, '[');
    for (size_t i = 0; i < coverage->points.count; i++) {
        if (coverage_is_missing(&coverage->points.items[i])) {
            point_json(&json, coverage, &coverage->points.items[i], lang);
        }
    }
    json_close(&json, ']');
    json_close(&json, '}');
    json_close(&json, '}');
    str_add_char(out, '\n');
}
