/* Aggregates and quantifiers over tables, lists and parts of the standard. */
#include "base/mem.h"
#include "sema/expr.h"
#include "sema/names.h"
#include "sema/types.h"
#include "syntax/keywords.h"

enum source_kind { SOURCE_ROWS, SOURCE_PARTS, SOURCE_COHORT };

struct source_of {
    enum source_kind kind;
    struct ir_node *rows; /* a list or table */
    VEC(struct part_info *) parts;
};

/* What one aggregate or quantifier says, in common. */
struct over {
    const struct scope *scope;
    const struct ast *of, *in, *where; /* in, where may be NULL */
    struct span span;
    struct source_of source;
    const char *element; /* the author's name of the element at hand, or NULL */
};

typedef struct ir_node *row_rule(const struct over *over, const struct scope *row, const void *data);

/* ---- what it runs over */

static void add_parts(struct source_of *source, struct part_info *in, bool criteria)
{
    for (size_t i = 0; i < in->parts.count; i++) {
        struct part_info *part = in->parts.items[i];
        enum part_kind kind = part->part->kind;
        if (kind == (criteria ? PART_CRITERION : PART_SECTION))
            vec_push(&source->parts, part);
        if (criteria && kind == PART_SECTION)
            add_parts(source, part, true);
    }
}

static void add_next_level(struct source_of *source, struct part_info *in)
{
    for (size_t i = 0; i < in->parts.count; i++)
        if (in->parts.items[i]->part->kind <= PART_CRITERION)
            vec_push(&source->parts, in->parts.items[i]);
}

static bool is_cohort(const struct scope *scope, const struct ast *ast)
{
    if (!ast || ast->kind != AST_path || AST(path, ast)->names.count != 1)
        return false;
    const char *name = ast_text(AST(path, ast)->names.items[0]);
    return !names_entity(scope->sema, name) && str_equal(keyword_predefined(name), "cohort");
}

static struct part_info *whole_part(const struct scope *scope, const struct ast *ast)
{
    size_t used;
    if (ast->kind != AST_path)
        return NULL;
    struct part_info *part = expr_part(scope, AST(path, ast), &used);
    return part && used == AST(path, ast)->names.count ? part : NULL;
}

static bool rows_of(struct over *over, const struct ast *ast)
{
    struct ir_node *rows = expr_lower(over->scope, ast, NULL);
    if (!rows)
        return false;
    over->source.rows = rows;
    if (rows->type.kind == TYPE_LIST || rows->type.kind == TYPE_TABLE)
        return true;
    sema_error(over->scope->sema, DIAG_NOT_ROWS, ast->span, span_text(ast->span), types_word(&rows->type));
    return false;
}

/* `criterion in system`, `section`, `x in system`: parts; anything else: rows. */
static bool find_source(struct over *over)
{
    const struct ast *named = over->in ? over->in : over->of;
    struct part_info *root = &over->scope->sema->root;
    if (is_cohort(over->scope, over->in))
        return over->source.kind = SOURCE_COHORT, true;
    over->source.kind = SOURCE_PARTS;
    if (over->of->kind == AST_kind_of) {
        struct part_info *in =
            over->in && over->in->kind != AST_kind_of ? whole_part(over->scope, over->in) : root;
        if (!in)
            return sema_refuse(over->scope->sema, DIAG_NOT_A_PART, over->in->span, span_text(over->in->span),
                               NULL);
        return add_parts(&over->source, in, AST(kind_of, over->of)->criterion), true;
    }
    if (named->kind == AST_kind_of)
        return add_parts(&over->source, root, AST(kind_of, named)->criterion), true;
    struct part_info *part = over->in ? whole_part(over->scope, over->in) : NULL;
    if (part)
        return add_next_level(&over->source, part), true;
    over->source.kind = SOURCE_ROWS;
    return rows_of(over, named);
}

static bool is_column(const struct type *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (str_equal(table->columns[i].name, name))
            return true;
    return false;
}

/* `mark` of `mark in ballots`: a name for the element, unless it is a column. */
static void name_element(struct over *over)
{
    if (!over->in || over->of->kind != AST_path || AST(path, over->of)->names.count != 1)
        return;
    const char *name = ast_text(AST(path, over->of)->names.items[0]);
    bool column = over->source.kind == SOURCE_ROWS && is_column(&over->source.rows->type, name);
    bool attribute = over->source.kind == SOURCE_PARTS && expr_is_attribute(name);
    if (!column && !attribute)
        over->element = name;
}

/* ---- one row, one part */

static struct ir_node *presence(const struct over *over, const struct scope *row)
{
    if (over->where)
        return expr_condition_or_no(row, over->where);
    return ir_truth(over->scope->sema->ir, true, over->span);
}

struct finding {
    bool found;
};

static bool find_skipped(const struct ast *node, void *data)
{
    struct finding *finding = data;
    if (node->kind == AST_name && str_equal(keyword_canonical(ast_text(node)), "skipped"))
        finding->found = true;
    return !finding->found;
}

static bool says_skipped(const struct ast *ast)
{
    struct finding finding = {false};
    if (ast)
        ast_walk(ast, find_skipped, &finding);
    return finding.found;
}

/* Each level multiplies the work of evaluation by the number of rows. */
enum { ROWS_DEPTH_MAX = 3 };

static int rows_inside_rows(const struct ir *ir)
{
    int depth = 0;
    for (const struct ir_block *block = ir->open; block->outer; block = block->outer)
        depth++;
    return depth;
}

static struct ir_node *bag_of_rows(const struct over *over, row_rule *rule, const void *data,
                                   const struct ast *best_per)
{
    struct sema *sema = over->scope->sema;
    if (rows_inside_rows(sema->ir) >= ROWS_DEPTH_MAX)
        return sema_fail(sema, DIAG_ROWS_IN_ROWS, over->span, str_print("%d", ROWS_DEPTH_MAX), NULL);
    struct ir_block *block = ir_block_open(sema->ir, over->source.rows);
    struct local local = {
        .kind = LOCAL_ROW, .name = over->element, .block = block, .outer = over->scope->locals};
    struct scope row = *over->scope;
    row.locals = &local;
    struct ir_node *here = presence(over, &row), *value = rule(over, &row, data);
    struct ir_node *key = best_per ? expr_lower(&row, best_per, NULL) : NULL;
    bool right = here && value && (key || !best_per);
    if (!right)
        here = value = ir_truth(sema->ir, false, over->span);
    struct ir_node *bag = ir_block_close(sema->ir, block, here, value, right ? key : NULL, over->span);
    return right ? bag : NULL;
}

static struct ir_node *bag_of_parts(const struct over *over, row_rule *rule, const void *data,
                                    bool with_skipped)
{
    struct sema *sema = over->scope->sema;
    struct ir_node **cells = MEM_ARRAY(struct ir_node *, 2 * over->source.parts.count + 1);
    struct type type = TYPE_OF_TRUTH;
    for (size_t i = 0; i < over->source.parts.count; i++) {
        struct part_info *part = over->source.parts.items[i];
        struct local local = {
            .kind = LOCAL_PART, .name = over->element, .part = part, .outer = over->scope->locals};
        struct scope row = *over->scope;
        row.locals = &local;
        struct ir_node *here = presence(over, &row), *value = rule(over, &row, data);
        struct ir_node *skipped = with_skipped ? NULL : expr_part_value(sema, part, "skipped", over->span);
        if (!here || !value || (!skipped && !with_skipped))
            return NULL;
        struct ir_node *both[] = {expr_not(sema, skipped), here};
        cells[2 * i] = with_skipped ? here : expr_and(sema, 2, both, over->span);
        cells[2 * i + 1] = value;
        type = value->type;
    }
    return ir_apply(sema->ir, IR_BAG, type, 2 * over->source.parts.count, cells, over->span);
}

/* ---- aggregates */

/* What is counted or summed: a column or expression of the row, the element itself, the score of a part. */
static struct ir_node *operand(const struct over *over, const struct scope *row, const void *data)
{
    const struct ast_e_aggregate *ast = data;
    struct ir *ir = over->scope->sema->ir;
    bool table = over->source.kind == SOURCE_ROWS && over->source.rows->type.kind == TYPE_TABLE;
    if (ast->fold == FOLD_COUNT && over->source.kind == SOURCE_PARTS)
        return ir_number(ir, num_int(1), over->span);
    bool itself = !over->in || over->of->kind == AST_kind_of || over->element;
    if (!itself)
        return expr_lower(row, over->of, NULL);
    if (over->source.kind == SOURCE_PARTS)
        return expr_part_value(over->scope->sema, row->locals->part, "score", over->span);
    if (!table)
        return ir_element(ir, row->locals->block, 0, over->span);
    if (ast->fold == FOLD_COUNT)
        return ir_number(ir, num_int(1), over->span);
    const struct ast *rows = over->in ? over->in : over->of;
    if (over->element && !names_entity(over->scope->sema, over->element))
        names_report_unknown(row, over->element, over->of->span, NULL);
    else
        sema_error(over->scope->sema, DIAG_FOLD_WITHOUT_COLUMN, over->span, span_text(rows->span), NULL);
    return NULL;
}

static struct ir_node *folded(const struct over *over, const struct ast_e_aggregate *ast, struct ir_node *bag)
{
    static const enum ir_op OPS[] = {[FOLD_COUNT] = IR_COUNT,
                                     [FOLD_SUM] = IR_SUM,
                                     [FOLD_MEAN] = IR_MEAN,
                                     [FOLD_HIGHEST] = IR_HIGHEST,
                                     [FOLD_LOWEST] = IR_LOWEST};
    struct sema *sema = over->scope->sema;
    struct type type = ast->fold == FOLD_COUNT ? TYPE_OF_WHOLE : bag->type;
    bool adds = ast->fold == FOLD_SUM || ast->fold == FOLD_MEAN;
    bool numeric = type.kind == TYPE_NUMBER ||
                   (!adds && (type.kind == TYPE_DATE || (type.kind == TYPE_CHOICE && type.choice->ordered)));
    if (ast->fold == FOLD_MEAN)
        type.whole = false;
    if (ast->fold == FOLD_SUM)
        type.share = false;
    if (numeric)
        return ir_unary(sema->ir, OPS[ast->fold], type, bag, over->span);
    sema_error(sema, DIAG_NOT_A_NUMBER, over->of->span, span_text(over->of->span), types_word(&type));
    return NULL;
}

static struct ir_node *drop(const struct over *over, const struct ast_dropping *ast, struct ir_node *bag)
{
    int64_t highest, lowest;
    if (num_to_int(AST(number, ast->highest)->value, &highest) &&
        num_to_int(AST(number, ast->lowest)->value, &lowest) && highest >= 0 && lowest >= 0 &&
        highest < 1000000 && lowest < 1000000)
        return ir_drop(over->scope->sema->ir, bag, (long)highest, (long)lowest, over->span);
    sema_error(over->scope->sema, DIAG_DROP_COUNT, ast->node.span, NULL, NULL);
    return NULL;
}

struct ir_node *expr_aggregate(const struct scope *scope, const struct ast_e_aggregate *ast)
{
    struct over over = {
        .scope = scope, .of = ast->of, .in = ast->in, .where = ast->where, .span = ast->node.span};
    if (!find_source(&over))
        return NULL;
    if (over.source.kind == SOURCE_COHORT)
        return expr_cohort(scope, ast);
    if (ast->fold == FOLD_RANK)
        return sema_fail(scope->sema, DIAG_RANK_OUTSIDE_COHORT, ast->node.span, NULL, NULL);
    name_element(&over);
    if (over.source.kind == SOURCE_PARTS && ast->best_per)
        return sema_fail(scope->sema, DIAG_BEST_PER_OF_PARTS, ast->best_per->span, NULL, NULL);
    struct ir_node *bag = over.source.kind == SOURCE_ROWS
                              ? bag_of_rows(&over, operand, ast, ast->best_per)
                              : bag_of_parts(&over, operand, ast, says_skipped(ast->where));
    if (bag && ast->best_per)
        bag = ir_unary(scope->sema->ir, IR_BEST_PER, bag->type, bag, over.span);
    if (bag && ast->drop)
        bag = drop(&over, AST(dropping, ast->drop), bag);
    return bag ? folded(&over, ast, bag) : NULL;
}

/* ---- every, some */

static struct ir_node *condition_of_row(const struct over *over, const struct scope *row, const void *data)
{
    const struct ast_e_every *ast = data;
    if (ast->has)
        return expr_condition(row, ast->has);
    struct ir_node *element = over->source.kind == SOURCE_PARTS
                                  ? expr_part_value(over->scope->sema, row->locals->part, "score", over->span)
                                  : ir_element(over->scope->sema->ir, row->locals->block, 0, over->span);
    struct ir_node *right = element ? expr_lower(over->scope, ast->right, &element->type) : NULL;
    return expr_compare(over->scope, (enum compare_op)ast->op, element, over->of, right, ast->right,
                        over->span);
}

struct ir_node *expr_every(const struct scope *scope, const struct ast_e_every *ast)
{
    struct over over = {
        .scope = scope, .of = ast->of, .in = ast->in, .where = ast->where, .span = ast->node.span};
    if (!find_source(&over))
        return NULL;
    if (over.source.kind == SOURCE_COHORT)
        return sema_fail(scope->sema, DIAG_COHORT_QUANTIFIED, ast->node.span, NULL, NULL);
    name_element(&over);
    if (over.source.kind == SOURCE_ROWS && !ast->has && over.source.rows->type.kind == TYPE_TABLE)
        return sema_fail(scope->sema, DIAG_ROW_COMPARED, ast->node.span,
                         span_text(ast->in ? ast->in->span : over.of->span), NULL);
    struct ir_node *bag =
        over.source.kind == SOURCE_ROWS
            ? bag_of_rows(&over, condition_of_row, ast, NULL)
            : bag_of_parts(&over, condition_of_row, ast, says_skipped(ast->where) || says_skipped(ast->has));
    return bag ? ir_unary(scope->sema->ir, ast->some ? IR_SOME : IR_EVERY, TYPE_OF_TRUTH, bag, over.span)
               : NULL;
}
