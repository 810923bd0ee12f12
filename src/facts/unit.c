#include "base/date.h"
#include "base/io.h"
#include "base/mem.h"
#include "facts/assembly.h"
#include "facts/decisions.h"
#include "facts/facts.h"
#include "facts/period.h"

/* ---------------------------------------------------------------- columns */

/* `table { … } from "x.csv"`: the rows stand in a file beside the facts file. Where there is none, nothing is given. */
static bool rows_at_hand(struct assembly *assembly, const struct field *field, struct given *given)
{
    struct reader *reader = &assembly->reader;
    if (!field->type.rows_from || !io_real_path(io_join(reader->home, field->type.rows_from)))
        return false;
    struct span span = field->type.rows_span;
    const struct ast *table =
        ast_v_table((struct ast_list){0}, ast_string(field->type.rows_from, span), span);
    reader->fact = field;
    *given = (struct given){.state = GIVEN_VALUE, .span = span, .shown = field->type.rows_from};
    if (!read_value(reader, field, table, &given->value))
        given->value = ir_field_bounds(field); /* reported: the unit is refused */
    return true;
}

static struct given nothing_given(struct assembly *assembly, const struct fact_declaration *fact)
{
    struct given rows;
    if (rows_at_hand(assembly, &fact->field, &rows))
        return rows;
    const struct value *otherwise = fact->field.limits.otherwise;
    if (otherwise)
        return (struct given){.state = GIVEN_ASSUMED, .value = *otherwise, .span = fact->field.span};
    return (struct given){.state = GIVEN_NOTHING, .value = ir_field_bounds(&fact->field)};
}

void assembly_start(struct assembly *assembly, size_t column)
{
    const struct standard *standard = assembly->standard;
    struct given *facts = MEM_ARRAY(struct given, standard->facts.count + 1);
    struct given *scores = MEM_ARRAY(struct given, standard->judged.count + 1);
    for (size_t i = 0; i < standard->facts.count; i++)
        facts[i] =
            column ? assembly->facts[column - 1][i] : nothing_given(assembly, standard->facts.items[i]);
    for (size_t i = 0; i < standard->judged.count; i++)
        scores[i] = column ? assembly->scores[column - 1][i]
                           : (struct given){.value = standard->judged.items[i]->node->bounds};
    assembly->column = column;
    assembly->facts[column] = facts;
    assembly->scores[column] = scores;
    assembly->fact_entries = MEM_ARRAY(const struct ast_entry *, standard->facts.count + 1);
    assembly->score_entries = (struct map){0};
}

/* The author's names of the columns. */
static const char *column_names(const struct standard *standard)
{
    struct str names = {0};
    if (standard->columns.count == 1 && !standard->columns.items[0].label)
        return "@no_columns";
    for (size_t i = 0; i < standard->columns.count; i++) {
        const struct column *column = &standard->columns.items[i];
        str_add(&names, i > 0 ? DIAG_NEXT : "");
        str_add(&names, column->label ? column->label : column->name ? column->name : "1");
    }
    return str_text(&names);
}

static struct review review_of(const struct ast *ast)
{
    const struct ast_review *review = AST(review, ast);
    struct review made = {.by = ast_text(review->by), .span = ast->span};
    made.dated = review->on != NULL;
    made.on = made.dated ? AST(date, review->on)->day : 0;
    return made;
}

/* The entries of the file outside reviews, or of one review. */
static void read_entries(struct assembly *assembly, const struct ast_list *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i]->kind == AST_entry)
            assembly_entry(assembly, lines->items[i]);
}

/* The k-th review fills column k. */
static const struct ast *review_find(const struct ast_list *lines, size_t k)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i]->kind == AST_review && --k == 0)
            return lines->items[i];
    return NULL;
}

static const struct review *read_columns(struct assembly *assembly, const struct ast_list *lines)
{
    size_t count = assembly->standard->columns.count;
    struct review *reviews = MEM_ARRAY(struct review, count + 1);
    assembly->facts = MEM_ARRAY(struct given *, count + 1);
    assembly->scores = MEM_ARRAY(struct given *, count + 1);
    assembly_start(assembly, 0);
    read_entries(assembly, lines);
    for (size_t k = 1; k < count; k++) {
        const struct ast *review = review_find(lines, k);
        assembly_start(assembly, k);
        if (!review)
            continue;
        reviews[k] = review_of(review);
        read_entries(assembly, &AST(review, review)->entries);
    }
    const struct standard *also = assembly->also;
    const struct ast *extra =
        review_find(lines, also && also->columns.count > count ? also->columns.count : count);
    if (extra)
        diag_add(assembly->reader.diags, DIAG_REVIEW_TOO_MANY, AST(review, extra)->by->span,
                 column_names(assembly->standard), NULL);
    return reviews;
}

/* ---------------------------------------------------------------- the unit */

/* Lines that are neither entries nor reviews. */
static void read_other_lines(struct assembly *assembly, const struct ast_list *lines, struct unit *unit)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct ast *line = lines->items[i];
        if (line->kind == AST_f_period)
            period_read(AST(f_period, line)->from, AST(f_period, line)->to, assembly->reader.diags,
                        &unit->period);
        if (line->kind == AST_f_as_of) {
            unit->has_as_of = true;
            unit->as_of = AST(date, AST(f_as_of, line)->date)->day;
        }
    }
}

static struct unit *new_unit(const struct facts_file *file, const struct standard *standard)
{
    struct unit *unit = MEM_NEW(struct unit);
    unit->id = file->id;
    unit->label = file->label;
    unit->source = file->source;
    unit->period = standard->period;
    unit->columns = standard->columns.count;
    return unit;
}

const struct unit *facts_read(const struct facts_file *file, const struct standard *standard,
                              struct diags *diags)
{
    size_t errors = diags->errors;
    if (!file->tree)
        return NULL;
    const struct ast_list *lines = &AST(facts_file, file->tree)->lines;
    const struct standard *also = file->also ? file->also : standard->transition.amended;
    struct assembly assembly = {.standard = standard, .also = also};
    assembly.reader.measures = (struct map *)&standard->measures; /* a facts file may name more units */
    assembly.reader.diags = diags;
    assembly.reader.home = file->source->name;
    struct unit *unit = new_unit(file, standard);
    read_other_lines(&assembly, lines, unit);
    struct decisions decisions = {0};
    decisions_add(lines, standard, also, diags, &decisions);
    decisions_settle(&decisions, unit);
    unit->reviews = read_columns(&assembly, lines);
    for (size_t k = 0; k < unit->columns; k++)
        assembly_compare(&assembly, k);
    for (size_t k = 0; k < unit->columns; k++)
        if (assembly_decides(standard, k))
            assembly_prove(&assembly, k);
    assembly_apart(&assembly);
    unit->facts = (const struct given *const *)assembly.facts;
    unit->scores = (const struct given *const *)assembly.scores;
    return file->faulty || diags->errors > errors ? NULL : unit;
}
