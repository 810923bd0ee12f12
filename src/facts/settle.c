#include "core/apart.h"
#include "facts/assembly.h"
#include "facts/limits.h"

/* ---------------------------------------------------------------- `at most OTHER_FACT` */

/* A number of `fact`, or of a column of its rows, beside the fact that limits it. */
struct comparison {
    struct assembly *assembly;
    const struct fact_declaration *fact, *other;
    const struct field *column; /* NULL: the fact itself */
    const struct given *given, *limit;
    struct num number;
    bool low; /* `at least` */
};

static const struct field *field_of(const struct comparison *it)
{
    return it->column ? it->column : &it->fact->field;
}

/* In the other fact's unit. */
static struct num like_other(const struct comparison *it)
{
    const struct measure *from = field_of(it)->type.unit, *to = it->other->field.type.unit;
    bool converts = from && to && measure_alike(from, to);
    return converts ? num_mul(it->number, measure_factor(from, to)) : it->number;
}

/* At the entry of the fact; where that is assumed, at the entry of the other. */
static void report(const struct comparison *it)
{
    struct reader fact = it->assembly->reader, other = it->assembly->reader;
    fact.fact = &it->fact->field;
    fact.column = it->column;
    other.fact = &it->other->field;
    bool assumed = it->given->state == GIVEN_ASSUMED;
    const struct given *here = assumed ? it->limit : it->given, *there = assumed ? it->given : it->limit;
    enum diag_code code = it->low ? DIAG_BELOW_OTHER_FACT : DIAG_ABOVE_OTHER_FACT;
    struct diag *diag =
        diag_add(fact.diags, code, here->span, reader_title(&fact), limits_show(field_of(it), it->number),
                 reader_title(&other), limits_show(&it->other->field, value_point(&it->limit->value)), NULL);
    diag_other(diag, there->span, there->state == GIVEN_ASSUMED ? "@assumed_here" : "@other_here");
}

static void compare_with(struct comparison it, const struct value *value, int slot)
{
    if (slot < 0)
        return;
    it.other = it.assembly->standard->facts.items[slot];
    it.limit = it.given - it.fact->slot + slot;
    if (!value_is_point(value) || !value_is_point(&it.limit->value))
        return;
    it.number = value_point(value);
    int order = num_compare(like_other(&it), value_point(&it.limit->value));
    if (it.low ? order < 0 : order > 0)
        report(&it);
}

static void compare_value(struct comparison it, const struct value *value)
{
    const struct limits *limits = &field_of(&it)->limits;
    it.low = true;
    compare_with(it, value, limits->low_fact);
    it.low = false;
    compare_with(it, value, limits->high_fact);
}

static void compare_cells(struct comparison it)
{
    const struct type *type = &it.fact->field.type;
    const struct value *value = &it.given->value;
    if (value->kind != VALUE_SEQUENCE || value->nothing_else)
        return;
    const struct sequence *rows = value->sequence;
    for (size_t i = 0; i < rows->count * rows->width; i++) {
        it.column = &type->columns[i % rows->width];
        compare_value(it, &rows->cells[i]);
    }
}

static void compare_fact(struct assembly *assembly, size_t column, const struct fact_declaration *fact)
{
    struct comparison it = {.assembly = assembly, .fact = fact};
    it.given = &assembly->facts[column][fact->slot];
    if (fact->field.type.kind == TYPE_TABLE)
        compare_cells(it);
    else
        compare_value(it, &it.given->value);
}

void assembly_compare(struct assembly *assembly, size_t column)
{
    for (size_t i = 0; i < assembly->standard->facts.count; i++)
        compare_fact(assembly, column, assembly->standard->facts.items[i]);
}

/* ---------------------------------------------------------------- evidence */

bool assembly_decides(const struct standard *standard, size_t column)
{
    return standard->mixed ? num_sign(standard->columns.items[column].weight) > 0
                           : column == standard->final_column;
}

/* What the standard assumes needs no evidence, and neither does `unknown`. */
static void prove(const struct fact_declaration *fact, struct given *given)
{
    bool claims = given->state == GIVEN_VALUE ||
                  (given->state == GIVEN_UNKNOWN && value_is_partly_known(&given->value));
    if (!claims || !fact->field.limits.evidence || given->evidence)
        return;
    given->state = GIVEN_UNPROVEN;
    given->value = ir_field_bounds(&fact->field);
}

void assembly_prove(struct assembly *assembly, size_t column)
{
    for (size_t i = 0; i < assembly->standard->facts.count; i++)
        prove(assembly->standard->facts.items[i], &assembly->facts[column][i]);
}

/* ---------------------------------------------------------------- scores that differ */

static const char *title_of(const char *label, const char *name)
{
    return label && *label ? label : name;
}

static const char *column_title(const struct standard *standard, size_t column)
{
    const struct column *at = &standard->columns.items[column];
    return title_of(at->label, at->name);
}

static void report_apart(struct assembly *assembly, const struct apart *apart)
{
    const struct standard *standard = assembly->standard;
    const struct part *part = apart->judged->criterion;
    struct diag *diag = diag_add(
        assembly->reader.diags, DIAG_SCORES_APART, apart->score->span, title_of(part->label, part->name),
        num_text(value_point(&apart->before->value)), column_title(standard, apart->column - 1),
        num_text(value_point(&apart->score->value)), column_title(standard, apart->column),
        num_text(apart->distance), num_text(apart->allowed), NULL);
    diag_other(diag, apart->before->span, "@other_here");
}

void assembly_apart(struct assembly *assembly)
{
    const struct given *const *scores = (const struct given *const *)assembly->scores;
    for (size_t column = 1; column < assembly->standard->columns.count; column++) {
        struct aparts aparts = apart_find(assembly->standard, scores, column);
        for (size_t i = 0; i < aparts.list.count; i++)
            report_apart(assembly, &aparts.list.items[i]);
    }
}
