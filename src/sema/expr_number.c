/* Literals, arithmetic, comparisons: where types and units meet. */
#include "base/mem.h"
#include "facts/amount.h"
#include "sema/expr.h"
#include "sema/figure.h"
#include "sema/measures.h"
#include "sema/names.h"
#include "sema/types.h"

/* ---- literals */

static struct ir_node *quantity(struct sema *sema, const struct ast_quantity *ast)
{
    struct type type = TYPE_OF_NUMBER;
    type.unit = measure_get(&sema->standard->measures, ast_text(ast->unit));
    return ir_const(sema->ir, type, value_number(ast->value), ast->node.span);
}

static struct ir_node *span_of_time(struct sema *sema, const struct ast_span *ast)
{
    struct type type = TYPE_OF_NUMBER;
    type.unit = amount_calendar((enum span_unit)ast->unit);
    return ir_const(sema->ir, type, value_number(ast->value), ast->node.span);
}

/* Text in quotes is a value of a choice or scale where one is wanted. */
static struct ir_node *text(const struct scope *scope, const struct ast_string *ast,
                            const struct type *wanted)
{
    struct sema *sema = scope->sema;
    if (!wanted || wanted->kind != TYPE_CHOICE)
        return ir_const(sema->ir, TYPE_OF_TEXT, value_text(ast->text), ast->node.span);
    const struct choice *choice = wanted->choice;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < choice->count; i++)
            if (str_equal(pass ? choice->symbols[i].label : choice->symbols[i].name, ast->text))
                return ir_const(sema->ir, (struct type){.kind = TYPE_CHOICE, .choice = choice},
                                value_int((long long)i), ast->node.span);
    names_report_unknown(scope, ast->text, ast->node.span, wanted);
    return NULL;
}

static struct type type_or(const struct type *wanted, struct type otherwise)
{
    return wanted ? *wanted : otherwise;
}

static struct ir_node *word(const struct scope *scope, const struct ast_word *ast, const struct type *wanted)
{
    struct ir *ir = scope->sema->ir;
    switch ((enum value_word)ast->word) {
    case WORD_YES: return ir_truth(ir, true, ast->node.span);
    case WORD_NO: return ir_truth(ir, false, ast->node.span);
    case WORD_NA: return ir_const(ir, type_or(wanted, TYPE_OF_NUMBER), value_na(), ast->node.span);
    case WORD_UNKNOWN: break;
    }
    sema_error(scope->sema, DIAG_UNKNOWN_AS_VALUE, ast->node.span, NULL, NULL);
    return NULL;
}

struct ir_node *expr_literal(const struct scope *scope, const struct ast *ast, const struct type *wanted)
{
    struct ir *ir = scope->sema->ir;
    switch ((int)ast->kind) {
    case AST_number: return ir_number(ir, AST(number, ast)->value, ast->span);
    case AST_percent: return ir_number(ir, AST(percent, ast)->value, ast->span);
    case AST_quantity: return quantity(scope->sema, AST(quantity, ast));
    case AST_chars: return ir_number(ir, AST(chars, ast)->value, ast->span);
    case AST_rows: return ir_number(ir, AST(rows, ast)->value, ast->span);
    case AST_span: return span_of_time(scope->sema, AST(span, ast));
    case AST_date: return ir_const(ir, TYPE_OF_DATE, value_int(AST(date, ast)->day), ast->span);
    case AST_string: return text(scope, AST(string, ast), wanted);
    case AST_word: return word(scope, AST(word, ast), wanted);
    }
    sema_error(scope->sema, DIAG_NOT_A_VALUE, ast->span, span_text(ast->span), NULL);
    return NULL;
}

/* ---- arithmetic */

static struct ir_node *operand(const struct scope *scope, const struct ast *ast)
{
    struct ir_node *node = expr_lower(scope, ast, NULL);
    if (node && !expr_type_setting(scope->sema, node, &TYPE_OF_NUMBER, ast->span))
        return NULL;
    if (!node || node->type.kind == TYPE_NUMBER || node->type.kind == TYPE_DATE)
        return node;
    sema_error(scope->sema, DIAG_NOT_A_NUMBER, ast->span, span_text(ast->span), types_word(&node->type));
    return NULL;
}

/* date ± span, date − date. */
static struct ir_node *with_dates(struct sema *sema, const struct ast_e_binary *ast, struct ir_node *a,
                                  struct ir_node *b)
{
    bool both = a->type.kind == TYPE_DATE && b->type.kind == TYPE_DATE;
    const struct measure *unit = b->type.unit;
    if (both && ast->op == '-') {
        struct type days = {.kind = TYPE_NUMBER, .whole = true, .unit = measure_calendar(UNIT_DAY)};
        return ir_binary(sema->ir, IR_SUB, days, a, b, ast->node.span);
    }
    if (a->type.kind != TYPE_DATE || both || (ast->op != '+' && ast->op != '-') ||
        (unit && !measure_is_calendar(unit))) {
        sema_error(sema, DIAG_DATE_ARITHMETIC, ast->node.span, span_text(ast->node.span), NULL);
        return NULL;
    }
    if (!unit || unit == measure_calendar(UNIT_DAY))
        return ir_binary(sema->ir, ast->op == '+' ? IR_ADD : IR_SUB, TYPE_OF_DATE, a, b, ast->node.span);
    struct ir_node *months = measures_convert(sema, b, measure_calendar(UNIT_MONTH), ast->right->span);
    if (ast->op == '-')
        months = ir_binary(sema->ir, IR_SUB, months->type, ir_number(sema->ir, num_int(0), ast->node.span),
                           months, ast->node.span);
    return ir_binary(sema->ir, IR_ADD_MONTHS, TYPE_OF_DATE, a, months, ast->node.span);
}

static struct ir_node *sum(struct sema *sema, const struct ast_e_binary *ast, struct ir_node *a,
                           struct ir_node *b)
{
    const struct measure *unit = a->type.unit ? a->type.unit : b->type.unit;
    if (a->type.unit && b->type.unit && !measure_alike(a->type.unit, b->type.unit)) {
        sema_error(sema, DIAG_UNITS_DIFFER, ast->left->span, measures_word(a->type.unit),
                   measures_word(b->type.unit));
        return NULL;
    }
    b = measures_convert(sema, b, unit, ast->right->span);
    struct type type = {.kind = TYPE_NUMBER, .unit = unit, .whole = a->type.whole && b->type.whole};
    return ir_binary(sema->ir, ast->op == '+' ? IR_ADD : IR_SUB, type, a, b, ast->node.span);
}

/* A calendar's unit counts as none beside another one. */
static const struct measure *factor_unit(const struct ir_node *node, const struct ir_node *other)
{
    return measure_is_calendar(node->type.unit) && other->type.unit ? NULL : node->type.unit;
}

static struct ir_node *product(struct sema *sema, const struct ast_e_binary *ast, struct ir_node *a,
                               struct ir_node *b)
{
    const struct measure *left = factor_unit(a, b), *right = factor_unit(b, a);
    if (left && right) {
        sema_error(sema, DIAG_UNIT_TIMES_UNIT, ast->left->span, measures_word(left), measures_word(right));
        return NULL;
    }
    struct type type = {
        .kind = TYPE_NUMBER, .unit = left ? left : right, .whole = a->type.whole && b->type.whole};
    return ir_binary(sema->ir, IR_MUL, type, a, b, ast->node.span);
}

static struct ir_node *quotient(struct sema *sema, const struct ast_e_binary *ast, struct ir_node *a,
                                struct ir_node *b)
{
    const struct measure *left = factor_unit(a, b), *right = factor_unit(b, a);
    struct type type = {.kind = TYPE_NUMBER, .unit = left};
    if (value_is_point(&b->bounds) && num_sign(value_point(&b->bounds)) == 0) {
        sema_error(sema, DIAG_DIVIDES_BY_NOTHING, ast->right->span, span_text(ast->right->span), NULL);
        return NULL;
    }
    if (right) {
        if (!left || !measure_alike(left, right)) {
            sema_error(sema, DIAG_UNITS_DIFFER, ast->left->span, measures_word(left), measures_word(right));
            return NULL;
        }
        b = measures_convert(sema, b, left, ast->right->span);
        type.unit = NULL;
    }
    return ir_binary(sema->ir, IR_DIV, type, a, b, ast->node.span);
}

struct ir_node *expr_binary(const struct scope *scope, const struct ast_e_binary *ast)
{
    struct ir_node *a = operand(scope, ast->left), *b = operand(scope, ast->right);
    if (!a || !b)
        return NULL;
    if (a->type.kind == TYPE_DATE || b->type.kind == TYPE_DATE)
        return with_dates(scope->sema, ast, a, b);
    if (ast->op == '*')
        return product(scope->sema, ast, a, b);
    if (ast->op == '/')
        return quotient(scope->sema, ast, a, b);
    return sum(scope->sema, ast, a, b);
}

struct ir_node *expr_negate(const struct scope *scope, const struct ast_e_negate *ast)
{
    struct ir_node *of = expr_number(scope, ast->of);
    if (!of)
        return NULL;
    struct type type = {.kind = TYPE_NUMBER, .unit = of->type.unit, .whole = of->type.whole};
    return ir_binary(scope->sema->ir, IR_SUB, type, ir_number(scope->sema->ir, num_int(0), ast->node.span),
                     of, ast->node.span);
}

static struct ir_node *date_operand(const struct scope *scope, const struct ast *ast)
{
    struct ir_node *node = expr_lower(scope, ast, &TYPE_OF_DATE);
    if (!node || node->type.kind == TYPE_DATE)
        return node;
    sema_error(scope->sema, DIAG_NOT_A_DATE_VALUE, ast->span, span_text(ast->span), types_word(&node->type));
    return NULL;
}

struct ir_node *expr_span_from(const struct scope *scope, const struct ast_e_span_from *ast)
{
    struct ir *ir = scope->sema->ir;
    struct ir_node *from = date_operand(scope, ast->from), *to = date_operand(scope, ast->to);
    if (!from || !to)
        return NULL;
    struct type type = {
        .kind = TYPE_NUMBER, .whole = true, .unit = amount_calendar((enum span_unit)ast->unit)};
    if (ast->unit == SPAN_DAYS)
        return ir_binary(ir, IR_SUB, type, to, from, ast->node.span);
    enum ir_op op = ast->unit == SPAN_MONTHS ? IR_MONTHS_FROM : IR_YEARS_FROM;
    return ir_binary(ir, op, type, from, to, ast->node.span);
}

/* ---- comparisons */

/* What an author can do about two kinds that do not compare. */
static const char *what_to_compare(const struct type *a, const struct type *b)
{
    enum type_kind kinds[] = {a->kind, b->kind};
    bool number = a->kind == TYPE_NUMBER || b->kind == TYPE_NUMBER;
    for (size_t i = 0; i < 2 && number; i++) {
        if (kinds[i] == TYPE_DATE)
            return "@compare_day";
        if (kinds[i] == TYPE_TABLE || kinds[i] == TYPE_LIST || kinds[i] == TYPE_MONTHS)
            return "@compare_count";
        if (kinds[i] == TYPE_TEXT || kinds[i] == TYPE_DOCUMENT)
            return "@compare_length";
        if (kinds[i] == TYPE_YESNO)
            return "@compare_truth";
    }
    return "@compare_alike";
}

static bool comparable(struct sema *sema, enum compare_op op, const struct ir_node *a,
                       const struct ast *a_ast, const struct ir_node *b, const struct ast *b_ast)
{
    bool same_kind =
        a->type.kind == b->type.kind && (a->type.kind != TYPE_CHOICE || a->type.choice == b->type.choice);
    bool ordered = a->type.kind == TYPE_NUMBER || a->type.kind == TYPE_DATE ||
                   (a->type.kind == TYPE_CHOICE && a->type.choice->ordered);
    bool equality = op == CMP_EQ || op == CMP_NE;
    bool simple = a->type.kind != TYPE_LIST && a->type.kind != TYPE_TABLE && a->type.kind != TYPE_DOCUMENT;
    if (!same_kind || !simple) {
        const char *other = types_word_beside(&b->type, &a->type);
        struct diag *diag = sema_error(sema, DIAG_TYPES_DIFFER, a_ast->span, types_word(&a->type), other);
        diag->args[2] = what_to_compare(&a->type, &b->type);
        diag_other(diag, b_ast->span, other);
        return false;
    }
    if (!equality && !ordered)
        return sema_refuse(sema, DIAG_NO_ORDER, a_ast->span, span_text(a_ast->span), types_word(&a->type));
    return a->type.kind != TYPE_NUMBER ||
           (figure_right(sema, a, b, b_ast) && figure_right(sema, b, a, a_ast));
}

/* An unset threshold takes the type of what it first meets; nothing has been computed from it before. */
bool expr_type_setting(struct sema *sema, struct ir_node *node, const struct type *like, struct span span)
{
    if (node->op != IR_SETTING)
        return true;
    struct setting *setting = &sema->standard->settings.items[node->index];
    if (setting->typed && node->type.kind != like->kind)
        return sema_refuse(sema, DIAG_SETTING_OF_TWO_TYPES, span, setting->name, types_word(&node->type));
    if (setting->typed || like->kind == TYPE_LIST || like->kind == TYPE_TABLE)
        return true;
    setting->typed = true;
    node->type = *like;
    node->type.share = node->type.whole = false;
    struct field field = {.type = node->type};
    field.limits.range = like->kind == TYPE_DATE ? range_calendar() : range_all();
    field.limits.count = range_counting();
    node->bounds = ir_field_bounds(&field);
    if (like->kind == TYPE_NUMBER)
        node->type.unit = NULL;
    return true;
}

static struct ir_node *compared(struct ir *ir, enum compare_op op, struct ir_node *a, struct ir_node *b,
                                struct span span)
{
    switch (op) {
    case CMP_EQ: return ir_binary(ir, IR_EQUAL, TYPE_OF_TRUTH, a, b, span);
    case CMP_NE:
        return ir_unary(ir, IR_NOT, TYPE_OF_TRUTH, ir_binary(ir, IR_EQUAL, TYPE_OF_TRUTH, a, b, span), span);
    case CMP_GE: return ir_binary(ir, IR_LESS_EQUAL, TYPE_OF_TRUTH, b, a, span);
    case CMP_LE: return ir_binary(ir, IR_LESS_EQUAL, TYPE_OF_TRUTH, a, b, span);
    case CMP_GT: return ir_binary(ir, IR_LESS, TYPE_OF_TRUTH, b, a, span);
    case CMP_LT: return ir_binary(ir, IR_LESS, TYPE_OF_TRUTH, a, b, span);
    }
    return NULL;
}

struct ir_node *expr_compare(const struct scope *scope, enum compare_op op, struct ir_node *a,
                             const struct ast *a_ast, struct ir_node *b, const struct ast *b_ast,
                             struct span span)
{
    struct sema *sema = scope->sema;
    if (!a || !b)
        return NULL;
    if (!expr_type_setting(sema, a, &b->type, a_ast->span) ||
        !expr_type_setting(sema, b, &a->type, b_ast->span))
        return NULL;
    if (!comparable(sema, op, a, a_ast, b, b_ast))
        return NULL;
    figure_remark(sema, a, a_ast, b, b_ast);
    figure_remark(sema, b, b_ast, a, a_ast);
    if (a->type.kind == TYPE_NUMBER && a->type.unit && b->type.unit) {
        if (!measure_alike(a->type.unit, b->type.unit)) {
            sema_error(sema, DIAG_UNITS_DIFFER, a_ast->span, measures_word(a->type.unit),
                       measures_word(b->type.unit));
            return NULL;
        }
        b = measures_convert(sema, b, a->type.unit, b_ast->span);
    }
    return compared(sema->ir, op, a, b, span);
}
