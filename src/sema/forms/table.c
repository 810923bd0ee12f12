#include "sema/forms/table.h"
#include "base/mem.h"
#include "sema/cover.h"
#include "sema/misread.h"
#include "sema/names.h"
#include "sema/types.h"
#include "syntax/keywords.h"

struct table {
    const struct scope *scope;
    const struct ast_list *inputs, *rows;
    struct ir_node **values;           /* [input] */
    struct ir_node **tests, **results; /* [row]; a test is NULL for otherwise */
    struct range *sets;                /* [row × inputs + input] */
    bool constant;
    struct check *cases; /* [row]: what the line says of it; NULL: in no line */
};

static const struct ast_row_of *row_at(const struct table *table, size_t index)
{
    return AST(row_of, table->rows->items[index]);
}

/* ---- one test of a row */

static bool is_any(const struct table *table, const struct ast *test)
{
    return test->kind == AST_name && str_equal(keyword_predefined(ast_text(test)), "any") &&
           !names_entity(table->scope->sema, ast_text(test));
}

static struct ir_node *na_as_no(const struct table *table, struct ir_node *test)
{
    return expr_na_as_no(table->scope->sema, test);
}

/* A value by its name or a literal: the input equals it. */
static struct ir_node *equals(struct table *table, size_t input, const struct ast *test, struct range *set)
{
    struct ir_node *value = table->values[input];
    const struct ast *path = test;
    if (test->kind == AST_name) {
        struct ast **names = MEM_ARRAY(struct ast *, 1);
        names[0] = (struct ast *)(uintptr_t)test;
        path = ast_path((struct ast_list){names, 1}, test->span);
    }
    struct ir_node *other = expr_lower(table->scope, path, &value->type);
    struct ir_node *equal =
        expr_compare(table->scope, CMP_EQ, value, table->inputs->items[input], other, path, test->span);
    if (!equal)
        return NULL;
    const struct ir_node *end = equal->args[1];
    if (!ir_is_const(end))
        table->constant = false;
    else if (end->bounds.kind == VALUE_NUMBER)
        *set = range_point(value_point(&end->bounds));
    else if (end->bounds.kind == VALUE_TRUTH)
        *set = range_point(num_int(value_is_yes(&end->bounds)));
    else
        table->constant = false;
    return na_as_no(table, equal);
}

static struct ir_node *one_test(struct table *table, size_t input, const struct ast *test, struct range *set)
{
    struct ir *ir = table->scope->sema->ir;
    struct ir_node *value = table->values[input];
    *set = range_all();
    if (is_any(table, test))
        return ir_truth(ir, true, test->span);
    if (test->kind == AST_word && AST(word, test)->word == WORD_NA) {
        *set = range_of(cut_above_all(), cut_below_all(), false); /* fits no value */
        return ir_unary(ir, IR_IS_NA, TYPE_OF_TRUTH, value, test->span);
    }
    if (test->kind == AST_bound || test->kind == AST_between)
        return na_as_no(
            table, band_test(table->scope, value, table->inputs->items[input], test, set, &table->constant));
    return equals(table, input, test, set);
}

/* ---- rows */

static bool lower_row(struct table *table, size_t index)
{
    const struct ast_row_of *row = row_at(table, index);
    size_t width = table->inputs->count;
    struct ir_node **tests = MEM_ARRAY(struct ir_node *, width);
    for (size_t i = 0; i < width; i++)
        table->sets[index * width + i] = range_all();
    if (!row->tests.count)
        return true;
    if (row->tests.count != width) {
        sema_error(table->scope->sema, DIAG_ROW_OF_TESTS_WIDTH, row->node.span,
                   str_print("%zu", row->tests.count), str_print("%zu", width));
        return false;
    }
    for (size_t i = 0; i < width; i++)
        tests[i] = one_test(table, i, row->tests.items[i], &table->sets[index * width + i]);
    table->tests[index] = expr_and(table->scope->sema, width, tests, row->node.span);
    return table->tests[index] != NULL;
}

static const char *missed_case(const struct table *table, const struct cover *cover)
{
    struct str text = {0};
    for (size_t i = 0; i < cover->axis_count; i++)
        str_format(&text, "%s%s = %s", i ? DIAG_NEXT : "", span_text(table->inputs->items[i]->span),
                   axis_text(&cover->axes[i], cover->missed[i]));
    return str_text(&text);
}

static void check_rows(const struct table *table, struct span whole)
{
    struct sema *sema = table->scope->sema;
    size_t width = table->inputs->count;
    struct axis *axes = MEM_ARRAY(struct axis, width);
    if (!table->constant)
        return;
    for (size_t i = 0; i < width; i++) {
        axes[i] = axis_of(sema, table->values[i]);
        if (table->values[i]->type.kind != TYPE_YESNO && table->values[i]->bounds.kind != VALUE_NUMBER)
            return;
        for (size_t row = 0; row < table->rows->count; row++)
            if (!range_is_empty(table->sets[row * width + i]))
                axis_break(&axes[i], table->sets[row * width + i]);
        axis_cut(&axes[i]);
    }
    struct cover cover = {
        .axes = axes, .axis_count = width, .row_count = table->rows->count, .tests = table->sets};
    if (!cover_check(&cover))
        return;
    for (size_t row = 0; row < table->rows->count; row++) {
        bool about_na = false;
        for (size_t i = 0; i < width; i++)
            about_na |= range_is_empty(table->sets[row * width + i]);
        if (cover.reached[row] || about_na)
            continue;
        if (table->cases)
            table->cases[row].told = true;
        if (!table->tests[row])
            sema_error(sema, DIAG_OTHERWISE_UNREACHED, span_first_word(row_at(table, row)->node.span), NULL,
                       NULL);
        else
            sema_error(sema, DIAG_ROW_HIDDEN, row_at(table, row)->node.span,
                       span_text(row_at(table, row)->node.span), NULL);
    }
    if (!cover.complete && !misread_in(sema, whole))
        sema_error(sema, DIAG_CASE_MISSED, span_first_word(whole), missed_case(table, &cover), NULL);
}

static bool inputs_fit(const struct table *table)
{
    for (size_t i = 0; i < table->inputs->count; i++) {
        const struct ir_node *value = table->values[i];
        enum type_kind kind = value->type.kind;
        if (kind != TYPE_LIST && kind != TYPE_TABLE && kind != TYPE_DOCUMENT && kind != TYPE_MONTHS)
            continue;
        sema_error(table->scope->sema, DIAG_NOT_A_VALUE, table->inputs->items[i]->span,
                   span_text(table->inputs->items[i]->span), NULL);
        return false;
    }
    return true;
}

struct ir_node *table_lower(const struct scope *scope, const struct ast_list *inputs,
                            const struct ast_list *rows, struct span whole, table_result *result,
                            const void *data, struct line *line)
{
    if (!rows->count)
        return NULL; /* the grammar has said so */
    struct ir *ir = scope->sema->ir;
    struct table table = {.scope = scope, .inputs = inputs, .rows = rows, .constant = true};
    table.values = MEM_ARRAY(struct ir_node *, inputs->count);
    table.tests = MEM_ARRAY(struct ir_node *, rows->count);
    table.results = MEM_ARRAY(struct ir_node *, rows->count);
    table.sets = MEM_ARRAY(struct range, rows->count * inputs->count);
    bool right = true;
    for (size_t i = 0; i < inputs->count; i++)
        right &= (table.values[i] = expr_lower(scope, inputs->items[i], NULL)) != NULL;
    if (!right || !inputs_fit(&table))
        return NULL;
    for (size_t i = 0; i < rows->count; i++) {
        right &= lower_row(&table, i);
        right &= (table.results[i] = result(data, row_at(&table, i)->result)) != NULL;
        if (line && right)
            vec_push(&line->cases, (struct check){form_result_label(row_at(&table, i)->result),
                                                  row_at(&table, i)->node.span, table.tests[i], false});
    }
    if (!right)
        return NULL;
    if (line && rows->count)
        table.cases = &line->cases.items[line->cases.count - rows->count];
    check_rows(&table, whole);
    struct ir_node *node =
        /* n/a that no row speaks of */
        ir_const(ir, table.results[0]->type, value_na(), span_first_word(whole));
    for (size_t i = rows->count; i-- > 0;)
        node = table.tests[i]
                   ? ir_if(ir, table.tests[i], table.results[i], node, row_at(&table, i)->node.span)
                   : table.results[i];
    return node;
}

/* ---- choose by */

struct chosen {
    const struct place *place;
    struct line *line;
};

static struct ir_node *row_points(const void *data, const struct ast *result)
{
    const struct chosen *chosen = data;
    return form_result(chosen->place, result, chosen->line);
}

struct ir_node *form_s_table(const struct place *place, const struct ast *ast, struct line *line)
{
    const struct ast_s_table *table = AST(s_table, ast);
    struct chosen chosen = {place, line};
    return table_lower(&place->scope, &table->inputs, &table->rows, ast->span, row_points, &chosen, line);
}
