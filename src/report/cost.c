#include "report/cost.h"

enum { INDENT = 2, LARGEST = 5, GAP = 2 };

/* ---------------------------------------------------------------- for a person */

/* Lines of a head, a number to the right and words. */
struct listing {
    struct page *page;
    size_t head_width, number_width;
};

static const char *number_text(size_t number)
{
    return str_print("%zu", number);
}

static void add_line(const struct listing *listing, const char *head, size_t number, const char *words)
{
    struct page *page = listing->page;
    const char *shown = number_text(number);
    page_blanks(page, INDENT);
    page_text(page, INK_PLAIN, head);
    size_t end = listing->head_width + GAP + listing->number_width;
    page_blanks(page, end - page_width(head) - page_width(shown));
    page_text(page, INK_PLAIN, shown);
    page_blanks(page, GAP);
    page_text(page, INK_DIM, words);
    page_end(page);
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t widest_head(const struct cost *cost, enum lang lang)
{
    static const enum say heads[] = {SAY_COST_FACTS,  SAY_COST_PARTS,  SAY_COST_OPERATIONS, SAY_COST_JUMPS,
                                     SAY_COST_TABLES, SAY_COST_COHORT, SAY_COST_STEPS};
    size_t width = 0;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        width = larger(width, page_width(say(heads[i], lang)));
    }
    for (size_t i = 0; i < cost->criteria.count && i < LARGEST; i++) {
        width = larger(width, page_width(cost->criteria.items[i].part->path));
    }
    return width;
}

/* What else can be given. */
static const char *beside_facts(const struct cost *cost, enum lang lang)
{
    struct str out = {0};
    const char *between = say(SAY_LIST_COMMA, lang);
    if (cost->scores > 0) {
        str_item(&out, between, say_with(SAY_COST_SCORES, lang, number_text(cost->scores), NULL));
    }
    if (cost->settings > 0) {
        str_item(&out, between, say_with(SAY_COST_SETTINGS, lang, number_text(cost->settings), NULL));
    }
    return str_text(&out);
}

static const char *when_positive(enum say what, size_t number, enum lang lang)
{
    return number > 0 ? say_with(what, lang, number_text(number), NULL) : "";
}

static void add_largest(const struct listing *listing, const struct cost *cost, enum lang lang)
{
    if (cost->criteria.count == 0) {
        return;
    }
    page_end(listing->page);
    page_text(listing->page, INK_BOLD, say(SAY_COST_LARGEST, lang));
    page_end(listing->page);
    for (size_t i = 0; i < cost->criteria.count && i < LARGEST; i++) {
        const struct part_cost *of = &cost->criteria.items[i];
        add_line(listing, of->part->path, of->operations, of->part->label != NULL ? of->part->label : "");
    }
}

void cost_write(struct page *page, const char *path, const struct cost *cost, enum lang lang)
{
    size_t most = larger(cost->steps, cost->operations);
    struct listing listing = {page, widest_head(cost, lang), page_width(number_text(most))};
    page_text(page, INK_BOLD, say_with(SAY_COST_HEAD, lang, path, NULL));
    page_end(page);
    add_line(&listing, say(SAY_COST_FACTS, lang), cost->facts, beside_facts(cost, lang));
    add_line(&listing, say(SAY_COST_PARTS, lang), cost->parts, "");
    add_line(&listing, say(SAY_COST_OPERATIONS, lang), cost->operations,
             when_positive(SAY_COST_IN_ROWS, cost->in_rows, lang));
    add_line(&listing, say(SAY_COST_JUMPS, lang), cost->jumps, "");
    add_line(&listing, say(SAY_COST_TABLES, lang), cost->tables,
             when_positive(SAY_COST_TIMES, cost->row_passes, lang));
    add_line(&listing, say(SAY_COST_COHORT, lang), cost->cohort_rounds, "");
    add_line(&listing, say(SAY_COST_STEPS, lang), cost->steps,
             say_with(cost->spent ? SAY_COST_SPENT : SAY_COST_PASSES, lang, number_text(cost->passes), NULL));
    add_largest(&listing, cost, lang);
    page_end(page);
}

/* ---------------------------------------------------------------- for a program */

static void add_number(struct json *json, const char *key, size_t number)
{
    json_key(json, key);
    json_int(json, (long long)number);
}

static void add_criteria(struct json *json, const struct cost *cost)
{
    json_key(json, "criteria");
    json_open(json, '[');
    for (size_t i = 0; i < cost->criteria.count; i++) {
        json_open(json, '{');
        json_pair(json, "path", cost->criteria.items[i].part->path);
        add_number(json, "operations", cost->criteria.items[i].operations);
        json_close(json, '}');
    }
    json_close(json, ']');
}

void cost_json(struct str *out, const char *path, const struct cost *cost)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_key(&json, "cost");
    json_open(&json, '{');
    json_pair(&json, "file", path);
    add_number(&json, "facts", cost->facts);
    add_number(&json, "scores", cost->scores);
    add_number(&json, "settings", cost->settings);
    add_number(&json, "parts", cost->parts);
    add_number(&json, "operations", cost->operations);
    add_number(&json, "in_rows", cost->in_rows);
    add_number(&json, "jumps", cost->jumps);
    add_number(&json, "tables", cost->tables);
    add_number(&json, "row_passes", cost->row_passes);
    add_number(&json, "cohort_rounds", cost->cohort_rounds);
    add_number(&json, "steps", cost->steps);
    add_number(&json, "passes", cost->passes);
    json_key(&json, "spent");
    json_bool(&json, cost->spent);
    add_criteria(&json, cost);
    json_close(&json, '}');
    json_close(&json, '}');
    str_add_char(out, '\n');
}
