#include "cli/whatif.h"
#include <string.h>
#include "base/mem.h"
#include "cli/cli.h"
#include "eval/cells.h"
#include "facts/value.h"
#include "facts/write.h"
#include "report/sweep.h"
#include "report/tornado.h"
#include "syntax/parse.h"

/* ---------------------------------------------------------------- facts and scores */

static const struct field *field_of(const struct standard *standard, enum hole_kind kind, size_t slot)
{
    static const struct field points = {
        .name = "score", .type = {.kind = TYPE_NUMBER}, .limits = {.low_fact = -1, .high_fact = -1}};
    return kind == HOLE_SCORE ? &points : &standard->facts.items[slot]->field;
}

/* Where any other text does, one that can be typed; of several, each its own. */
static struct value typeable(struct value value)
{
    if (cells_made_text(&value)) {
        value.text = str_print("?%s", value.text + 1);
    }
    if (value.kind != VALUE_SEQUENCE || value.sequence->open) {
        return value;
    }
    size_t count = value.sequence->count * value.sequence->width;
    struct value *cells = MEM_ARRAY(struct value, count + 1);
    for (size_t i = 0; i < count; i++) {
        cells[i] = typeable(value.sequence->cells[i]);
    }
    return value_sequence(value.sequence->width, value.sequence->count, cells);
}

const char *whatif_written(const struct levers *levers, const struct move *move)
{
    const struct lever *lever = &levers->list.items[move->lever];
    const struct given *given = lever->given;
    bool parts = given->has_parts && num_sign(given->whole) > 0 && value_is_point(&move->to);
    if (parts && num_is_int(num_mul(value_point(&move->to), given->whole))) {
        return str_print("%s of %s", num_text(num_mul(value_point(&move->to), given->whole)),
                         num_text(given->whole));
    }
    const struct field *field = field_of(levers->standard, lever->kind, lever->slot);
    const struct value to = typeable(move->to);
    return write_can(&field->type, &to) ? write_value(field, &to) : NULL;
}

/* ---------------------------------------------------------------- ways */

size_t whatif_results(const struct standard *standard, const struct ir_node **nodes)
{
    const struct ir_node *each[] = {standard->total_node, standard->grade, standard->eligible};
    bool bare = standard->total_node == NULL && standard->grade == NULL;
    size_t count = 0;
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        if (each[i] != NULL) {
            nodes[count++] = each[i];
        }
    }
    for (size_t i = 0; bare && i < standard->outcomes.count; i++) {
        if (standard->outcomes.items[i]->kind == OUTCOME_QUALIFIES) {
            nodes[count++] = standard->outcomes.items[i]->holds;
        }
    }
    return count;
}

const struct reach *whatif_ways(const struct whatif *whatif, const char *goal, const struct ir_node *node,
                                bool risk, size_t ways, struct str *out)
{
    const struct evaluation *evaluation = whatif->now.evaluation;
    struct aim aim = {node, !risk};
    struct reach_limits limits = {.ways = ways, .patience = {EFFORT_MAX, whatif->interrupted}};
    const struct ir_node **results =
        MEM_ARRAY(const struct ir_node *, evaluation->standard->outcomes.count + 3);
    struct reach_told beside = {results, whatif_results(evaluation->standard, results), NULL};
    if (whatif->knows_goal) {
        beside.now = evaluation_value(evaluation, evaluation->final, node);
    }
    const struct reach *reach = reach_find(evaluation->standard, evaluation->unit, whatif->call,
                                           &whatif->rules, &aim, beside, limits);
    const struct evaluation **afters = MEM_ARRAY(const struct evaluation *, reach->ways.count + 1);
    for (size_t i = 0; i < reach->ways.count; i++) {
        afters[i] = reach->ways.items[i].after;
    }
    struct ways told = {.goal = goal,
                        .risk = risk,
                        .reach = reach,
                        .now = whatif->now,
                        .after = afters,
                        .written = whatif_written};
    if (whatif->json) {
        ways_json(out, &told, whatif->messages);
    } else {
        struct page page = cli_page(out);
        ways_write(&page, &told);
    }
    return reach;
}

/* ---------------------------------------------------------------- sweep */

static bool read_end(const struct standard *standard, const struct field *field, const char *text,
                     size_t length, struct cut *end)
{
    struct diags unsaid = {0};
    struct value value;
    const char *alone = mem_text(text, length);
    const struct ast *ast = parse_value(source_new("--over", alone, strlen(alone)), &unsaid);
    struct field free = *field; /* what the fact allows is looked at later */
    free.limits.range = range_all();
    bool read = ast != NULL && unsaid.errors == 0 &&
                facts_value(ast, &free, (struct map *)&standard->measures, &unsaid, &value) &&
                value_is_point(&value);
    if (read) {
        *end = cut_at(value_point(&value), 0);
    }
    return read;
}

/* The marks that the language writes between two ends. Their place; its length in `mark`. */
static const char *find_dots(const char *over, size_t *mark)
{
    static const char *const marks[] = {"..", "．．", "～"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *at = strstr(over, marks[i]);
        if (at != NULL) {
            *mark = strlen(marks[i]);
            return at;
        }
    }
    return NULL;
}

/* Of a share that is given as so many of a whole, 10..19 are so many of it. NULL: it is none, or they are not. */
static const char *of_whole(const struct given *given, const char *text, size_t length)
{
    struct num part;
    bool counted = given->has_parts && num_parse(text, length, &part) && num_is_int(part);
    return counted ? str_print("%s of %s", num_text(part), num_text(given->whole)) : NULL;
}

static bool read_range(const struct standard *standard, const struct field *field, const struct given *given,
                       const char *over, struct range *range)
{
    size_t mark;
    const char *dots = find_dots(over, &mark);
    if (dots == NULL) {
        return false;
    }
    const char *from = mem_text(over, (size_t)(dots - over)), *to = dots + mark;
    const char *part = of_whole(given, from, strlen(from)), *last = of_whole(given, to, strlen(to));
    bool parts = part != NULL && last != NULL;
    from = parts ? part : from;
    to = parts ? last : to;
    return read_end(standard, field, from, strlen(from), &range->low) &&
           read_end(standard, field, to, strlen(to), &range->high) &&
           cut_compare(range->low, range->high) < 0;
}

static const char *example_of(const struct field *field)
{
    return field->type.share               ? "50%..100%"
           : field->type.kind == TYPE_DATE ? "2017-01-01..2017-12-31"
                                           : "0..10";
}

struct questions {
    const struct ir_node **nodes;
    size_t count;
};

static int ask(struct questions *questions, const struct ir_node *node)
{
    if (node == NULL) {
        return -1;
    }
    questions->nodes[questions->count] = node;
    return (int)questions->count++;
}

/* Of a standard that gives neither points nor grades: what it says instead. */
static int ask_qualifies(struct questions *questions, const struct standard *standard)
{
    int first = -1;
    bool told = standard->total_node != NULL || standard->grade != NULL;
    for (size_t i = 0; !told && i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        int place = outcome->kind == OUTCOME_QUALIFIES ? ask(questions, outcome->holds) : -1;
        first = first < 0 ? place : first;
    }
    return first;
}

/* What the fact hangs on has to be read from somewhere: what is shown, in turn. */
static struct levers *levers_for(const struct whatif *whatif, const struct questions *questions,
                                 enum hole_kind kind, size_t slot)
{
    const struct evaluation *evaluation = whatif->now.evaluation;
    for (size_t i = 0; i < questions->count; i++) {
        size_t lever;
        struct levers *levers = levers_open(evaluation->standard, evaluation->unit, whatif->call,
                                            &whatif->rules, questions->nodes[i]);
        if (levers->search != NULL && levers_find(levers, kind, slot, &lever)) {
            return levers;
        }
    }
    return NULL;
}

static bool has_rows(const struct levers *levers, enum hole_kind kind, size_t slot)
{
    size_t lever;
    return levers_find(levers, kind, slot, &lever) &&
           lever_hole(levers, lever)->domain.kind == VALUE_SEQUENCE;
}

static const char *why_fixed(const struct whatif *whatif, enum hole_kind kind, size_t slot)
{
    const struct evaluation *evaluation = whatif->now.evaluation;
    const struct given *given =
        kind == HOLE_SCORE ? view_score(&whatif->now, slot) : view_fact(&whatif->now, slot);
    enum movement moves =
        kind == HOLE_SCORE ? MOVES_FREELY : evaluation->standard->facts.items[slot]->field.movement;
    const struct lever_rule *rules = kind == HOLE_SCORE ? whatif->rules.scores : whatif->rules.facts;
    if (rules != NULL && rules[slot].locked) {
        return "@is_locked";
    }
    if (moves == MOVES_NOT) {
        return "@is_settled";
    }
    return given->value.nothing_else             ? "@is_na"
           : given->value.kind == VALUE_SEQUENCE ? "@has_rows"
                                                 : "@changes_nothing";
}

bool whatif_sweep(const struct whatif *whatif, const char *fact, const char *over, struct diags *diags,
                  struct str *out)
{
    const struct standard *standard = whatif->now.evaluation->standard;
    struct sweep_told told = {.now = whatif->now};
    struct questions questions = {MEM_ARRAY(const struct ir_node *, standard->outcomes.count + 3), 0};
    struct range range = range_all();
    enum hole_kind kind;
    size_t slot;
    if (!lever_named(standard, fact, diags, &kind, &slot)) {
        return false;
    }
    const struct given *given =
        kind == HOLE_SCORE ? view_score(&whatif->now, slot) : view_fact(&whatif->now, slot);
    if (over != NULL && !read_range(standard, field_of(standard, kind, slot), given, over, &range)) {
        diag_add(diags, DIAG_SWEEP_RANGE, SPAN_NONE, fact, over, example_of(field_of(standard, kind, slot)),
                 NULL);
        return false;
    }
    told.total = ask(&questions, standard->total_node);
    told.grade = ask(&questions, standard->grade);
    told.eligible = ask(&questions, standard->eligible);
    told.qualifies = ask_qualifies(&questions, standard);
    struct levers *levers = levers_for(whatif, &questions, kind, slot);
    struct sweep sweep;
    if (levers != NULL) {
        levers->patience = (struct patience){EFFORT_MAX, whatif->interrupted};
    }
    if (levers == NULL || has_rows(levers, kind, slot) ||
        !sweep_make(levers, kind, slot, range, questions.nodes, questions.count, &sweep) ||
        sweep.runs.count == 0) {
        if (over != NULL && levers != NULL && !has_rows(levers, kind, slot)) {
            diag_add(diags, DIAG_SWEEP_RANGE, SPAN_NONE, fact, over,
                     example_of(field_of(standard, kind, slot)), NULL);
            return false;
        }
        diag_add(diags, DIAG_SWEEP_FIXED, SPAN_NONE, fact, why_fixed(whatif, kind, slot), NULL);
        return false;
    }
    if (levers_interrupted(levers)) {
        return false;
    }
    told.sweep = &sweep;
    if (whatif->json) {
        sweep_json(out, &told, whatif->messages);
    } else {
        struct page page = cli_page(out);
        sweep_write(&page, &told);
    }
    return true;
}

/* ---------------------------------------------------------------- tornado */

bool whatif_tornado(const struct whatif *whatif, struct diags *diags, struct str *out)
{
    const struct evaluation *evaluation = whatif->now.evaluation;
    if (evaluation->standard->total_node == NULL) {
        diag_add(diags, DIAG_WHATIF_UNSCORED, SPAN_NONE, evaluation->standard->name, NULL);
        return false;
    }
    const struct tornado *tornado =
        tornado_find(evaluation->standard, evaluation->unit, whatif->call, &whatif->rules,
                     (struct patience){EFFORT_MAX, whatif->interrupted});
    if (whatif->json) {
        tornado_json(out, &whatif->now, tornado, whatif->messages);
    } else {
        struct page page = cli_page(out);
        tornado_write(&page, &whatif->now, tornado);
    }
    return true;
}
