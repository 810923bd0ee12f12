/* Units of a CSV file, read and scored: figures and comparisons for the tests in Python.
 *   units_calc read  RULES UNITS.csv   reads all rows: "N read, M refused"
 *   units_calc score RULES UNITS.csv   … and asks for total, grade and eligible: "… P in one pass"
 *   units_calc rank  RULES UNITS.csv   … keeps the totals, and reads the rows again in their order
 *   units_calc agree RULES UNITS.csv   by scorer and by evaluate(), every shown value: each difference a line
 *   units_calc slow  RULES UNITS.csv   with and without the parser: each difference a line
 *   units_calc facts RULES UNIT.facts… scorer and evaluate() on facts files */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "eval/demand.h"
#include "eval/scorer.h"
#include "facts/facts.h"
#include "facts/units.h"
#include "sema/compile.h"

static const struct call call;

static void fail(const struct diags *diags)
{
    struct str out = {0};
    diag_render_all(&out, diags, LANG_EN, false);
    fputs(str_text(&out), stderr);
    exit(2);
}

static const struct standard *standard_of(const char *path)
{
    struct diags diags = {0};
    const struct standard *standard = compile_standard(path, &(struct compile_options){0}, &diags);
    if (!standard)
        fail(&diags);
    return standard;
}

static struct units *open_units(const char *path, const struct standard *standard)
{
    struct diags diags = {0};
    struct units *units = units_open(path, standard, &diags);
    if (!units)
        fail(&diags);
    return units;
}

/* ---- figures */

struct place {
    struct num total;
    uint32_t at;
};

static int by_total(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    int order = num_compare(right->total, left->total);
    return order ? order : (left->at > right->at) - (left->at < right->at);
}

struct tally {
    size_t read, refused;
    VEC(struct place) places;
};

static struct scorer *scorer_of(const struct standard *standard)
{
    const struct ir_node *asked[] = {standard->total_node, standard->grade, standard->eligible};
    return scorer_new(standard, &call, asked, sizeof asked / sizeof *asked);
}

static void score(struct scorer *scorer, const struct units_row *row, struct tally *tally)
{
    struct value values[3];
    bool exact[3];
    if (!scorer_unit(scorer, row->unit, values, exact))
        tally->refused++;
    else if (value_is_point(&values[0]))
        vec_push(&tally->places, (struct place){value_point(&values[0]), row->at});
}

static void read_all(const struct standard *standard, const char *path, const char *mode)
{
    struct units *units = open_units(path, standard);
    struct scorer *scorer = scorer_of(standard);
    struct tally tally = {0};
    struct units_row row;
    for (struct diags diags = {0}; units_next(units, &row, &diags); diags = (struct diags){0}) {
        tally.read++;
        if (!row.unit)
            tally.refused++;
        else if (strcmp(mode, "read") != 0)
            score(scorer, &row, &tally);
    }
    if (tally.places.count)
        qsort(tally.places.items, tally.places.count, sizeof *tally.places.items, by_total);
    for (size_t i = 0; strcmp(mode, "rank") == 0 && i < tally.places.count; i++) {
        struct diags diags = {0};
        units_at(units, tally.places.items[i].at, &row, &diags);
    }
    printf("%zu read, %zu refused, %zu in one pass\n", tally.read, tally.refused, scorer_passes(scorer));
}

/* ---- comparisons */

static bool same(const struct value *a, const struct value *b)
{
    if (a->kind != VALUE_SEQUENCE || b->kind != VALUE_SEQUENCE)
        return value_equal(a, b);
    if (a->na != b->na || a->sequence->count != b->sequence->count || a->sequence->open != b->sequence->open)
        return false;
    for (size_t i = 0; i < a->sequence->count * a->sequence->width; i++)
        if (!same(&a->sequence->cells[i], &b->sequence->cells[i]))
            return false;
    return true;
}

static void differ(const char *id, const char *what)
{
    printf("%s: %s\n", id, what);
}

static void compare(const struct standard *standard, struct scorer *scorer, const struct outputs *shown,
                    const struct unit *unit)
{
    struct value *values = MEM_ARRAY(struct value, shown->count + 1);
    bool *exact = MEM_ARRAY(bool, shown->count + 1);
    bool taken = scorer_unit(scorer, unit, values, exact);
    const struct evaluation *whole = evaluate(standard, unit, &call);
    if (taken == whole->refused)
        differ(unit->id,
               taken ? "the scorer takes a unit that evaluate refuses" : "the scorer refuses a unit");
    for (size_t i = 0; i < shown->count && taken; i++) {
        const struct ir_node *node = shown->nodes[i];
        if (!same(&values[i], evaluation_value(whole, whole->final, node)))
            differ(unit->id, str_print("value %zu of what is shown", i));
        if (exact[i] != evaluation_exact(whole, whole->final, node))
            differ(unit->id, str_print("exactness %zu of what is shown", i));
    }
    if (taken && scorer_evaluation(scorer)->refused)
        differ(unit->id, "refused after all");
}

/* All that is shown at once, and the total alone: what one leaves open does not keep the other from its one pass. */
struct pair {
    const struct standard *standard;
    struct outputs shown, total;
    struct scorer *of_shown, *of_total;
    size_t units;
};

static struct pair pair_of(const struct standard *standard)
{
    const struct run asks = {.standard = standard, .call = &call};
    struct pair pair = {.standard = standard, .shown = outputs_of(&asks, true)};
    const struct ir_node **total = MEM_ARRAY(const struct ir_node *, 1);
    total[0] = standard->total_node;
    pair.total = (struct outputs){total, standard->total_node != NULL};
    pair.of_shown = scorer_new(standard, &call, pair.shown.nodes, pair.shown.count);
    pair.of_total = scorer_new(standard, &call, pair.total.nodes, pair.total.count);
    return pair;
}

static void compare_both(struct pair *pair, const struct unit *unit)
{
    compare(pair->standard, pair->of_shown, &pair->shown, unit);
    compare(pair->standard, pair->of_total, &pair->total, unit);
    pair->units++;
}

static void report(const struct pair *pair)
{
    printf("%zu compared, %zu in one pass\n", pair->units, scorer_passes(pair->of_total));
}

static void agree(const struct standard *standard, const char *path)
{
    struct units *units = open_units(path, standard);
    struct pair pair = pair_of(standard);
    struct units_row row;
    for (struct diags diags = {0}; units_next(units, &row, &diags);)
        if (row.unit)
            compare_both(&pair, row.unit);
    report(&pair);
}

static void agree_on_files(const struct standard *standard, char **paths, int count)
{
    struct pair pair = pair_of(standard);
    for (int i = 0; i < count; i++) {
        struct diags diags = {0};
        struct facts_file *file = facts_open(paths[i], &diags);
        const struct unit *unit = file ? facts_read(file, standard, &diags) : NULL;
        if (unit)
            compare_both(&pair, unit);
    }
    report(&pair);
}

/* ---- with and without the parser */

static bool same_given(const struct given *a, const struct given *b)
{
    bool parts = a->has_parts == b->has_parts &&
                 (!a->has_parts || (num_equal(a->part, b->part) && num_equal(a->whole, b->whole)));
    return parts && a->state == b->state && same(&a->value, &b->value) && str_equal(a->shown, b->shown) &&
           str_equal(a->evidence, b->evidence) && a->column == b->column && a->span.start == b->span.start &&
           a->span.end == b->span.end;
}

static bool same_decisions(const struct unit *a, const struct unit *b)
{
    bool equal = a->decision_count == b->decision_count;
    for (size_t i = 0; equal && i < a->decision_count; i++) {
        const struct decision *one = &a->decisions[i], *other = &b->decisions[i];
        equal = one->stage == other->stage && one->by == other->by && one->ruling == other->ruling &&
                one->on == other->on && str_equal(one->remark, other->remark) &&
                one->span.start == other->span.start && one->span.end == other->span.end;
    }
    return equal;
}

static void compare_units(const struct standard *standard, const struct unit *a, const struct unit *b)
{
    for (size_t c = 0; c < a->columns; c++) {
        for (size_t i = 0; i < standard->facts.count; i++)
            if (!same_given(&a->facts[c][i], &b->facts[c][i]))
                differ(a->id, standard->facts.items[i]->field.name);
        for (size_t i = 0; i < standard->judged.count; i++)
            if (!same_given(&a->scores[c][i], &b->scores[c][i]))
                differ(a->id, standard->judged.items[i]->criterion->path);
    }
    if (!same_decisions(a, b))
        differ(a->id, "decisions");
    if (a->has_as_of != b->has_as_of || a->as_of != b->as_of || !str_equal(a->label, b->label))
        differ(a->id, "the unit itself");
}

static const char *told(struct diags *diags)
{
    struct str out = {0};
    diag_sort(diags);
    diag_render_all(&out, diags, LANG_EN, false);
    return str_text(&out);
}

static void slow(const struct standard *standard, const char *path)
{
    struct units *fast = open_units(path, standard), *slow = open_units(path, standard);
    struct units_row a, b;
    size_t rows = 0, taken = 0;
    units_read_slowly(slow);
    for (bool more = true; more;) {
        struct diags one = {0}, other = {0};
        more = units_next(fast, &a, &one);
        if (more != units_next(slow, &b, &other) || (a.unit == NULL) != (b.unit == NULL))
            differ(a.id ? a.id : "?", "refused by one");
        if (strcmp(told(&one), told(&other)) != 0)
            differ(a.id ? a.id : "?", str_print("%s\n%s", told(&one), told(&other)));
        if (a.unit && b.unit)
            compare_units(standard, a.unit, b.unit);
        rows += more;
        taken += a.unit != NULL;
    }
    printf("%zu compared, %zu taken\n", rows, taken);
}

int main(int argc, char **argv)
{
    mem_start();
    if (argc < 4) {
        fputs("usage: units_calc read|score|rank|agree|slow|facts RULES UNITS\n", stderr);
        return 2;
    }
    const char *mode = argv[1];
    const struct standard *standard = standard_of(argv[2]);
    if (strcmp(mode, "agree") == 0)
        agree(standard, argv[3]);
    else if (strcmp(mode, "slow") == 0)
        slow(standard, argv[3]);
    else if (strcmp(mode, "facts") == 0)
        agree_on_files(standard, argv + 3, argc - 3);
    else
        read_all(standard, argv[3], mode);
    return 0;
}
