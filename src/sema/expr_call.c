/* Functions that everyone knows, and definitions with parameters. */
#include "base/mem.h"
#include "diag/suggest.h"
#include "sema/expr.h"
#include "sema/measures.h"
#include "sema/misread.h"
#include "sema/names.h"
#include "sema/types.h"
#include "syntax/keywords.h"

struct call {
    const struct scope *scope;
    const struct ast_e_call *ast;
    struct ir_node **args;
};

typedef struct ir_node *call_rule(const struct call *call);

static struct ir *ir_of(const struct call *call)
{
    return call->scope->sema->ir;
}

static struct ir_node *wrong_argument(const struct call *call, size_t index, const char *wanted)
{
    const struct ast *arg = call->ast->args.items[index];
    sema_error(call->scope->sema, DIAG_WRONG_ARGUMENT, arg->span, ast_path_text(call->ast->path),
               types_word(&call->args[index]->type))
        ->args[2] = wanted;
    return NULL;
}

/* All arguments as numbers of the first one's unit. */
static bool alike_numbers(const struct call *call, struct type *type)
{
    *type = TYPE_OF_WHOLE;
    for (size_t i = 0; i < call->ast->args.count; i++) {
        if (call->args[i]->type.kind != TYPE_NUMBER)
            return wrong_argument(call, i, "@number") != NULL;
        if (!type->unit)
            type->unit = call->args[i]->type.unit;
        type->whole &= call->args[i]->type.whole;
    }
    for (size_t i = 0; i < call->ast->args.count; i++) {
        call->args[i] =
            measures_convert(call->scope->sema, call->args[i], type->unit, call->ast->args.items[i]->span);
        if (!call->args[i])
            return false;
    }
    return true;
}

static struct ir_node *folded(const struct call *call, enum ir_op op)
{
    struct type type;
    if (!alike_numbers(call, &type))
        return NULL;
    struct ir_node *node = call->args[0];
    for (size_t i = 1; i < call->ast->args.count; i++)
        node = ir_binary(ir_of(call), op, type, node, call->args[i], call->ast->node.span);
    return node;
}

static struct ir_node *call_min(const struct call *call)
{
    return folded(call, IR_MIN);
}
static struct ir_node *call_max(const struct call *call)
{
    return folded(call, IR_MAX);
}

static struct ir_node *call_abs(const struct call *call)
{
    struct type type;
    return alike_numbers(call, &type)
               ? ir_unary(ir_of(call), IR_ABS, type, call->args[0], call->ast->node.span)
               : NULL;
}

static struct ir_node *rounded(const struct call *call, struct num step, enum num_rounding how)
{
    struct type type;
    return alike_numbers(call, &type) ? ir_round(ir_of(call), call->args[0], step, how, call->ast->node.span)
                                      : NULL;
}

static struct ir_node *call_floor(const struct call *call)
{
    return rounded(call, num_int(1), NUM_DOWN);
}
static struct ir_node *call_ceil(const struct call *call)
{
    return rounded(call, num_int(1), NUM_UP);
}

/* The step in the number's own unit. */
static struct ir_node *round_to(const struct call *call, enum num_rounding how)
{
    struct type type;
    if (!alike_numbers(call, &type))
        return NULL;
    const struct ir_node *step = call->args[1];
    if (ir_is_const(step) && num_sign(value_point(&step->bounds)) > 0)
        return ir_round(ir_of(call), call->args[0], value_point(&step->bounds), how, call->ast->node.span);
    struct span span = call->ast->args.items[1]->span;
    return sema_fail(call->scope->sema, DIAG_ROUND_STEP, span, span_text(span), NULL);
}

static struct ir_node *call_round(const struct call *call)
{
    return round_to(call, NUM_HALF_UP);
}
static struct ir_node *call_round_even(const struct call *call)
{
    return round_to(call, NUM_HALF_EVEN);
}

static struct ir_node *call_clamp(const struct call *call)
{
    struct type type;
    if (!alike_numbers(call, &type))
        return NULL;
    struct ir_node *low =
        ir_binary(ir_of(call), IR_MAX, type, call->args[0], call->args[1], call->ast->node.span);
    return ir_binary(ir_of(call), IR_MIN, type, low, call->args[2], call->ast->node.span);
}

/* a ÷ b, and the third argument where b is 0. */
static struct ir_node *call_ratio(const struct call *call)
{
    struct ir *ir = ir_of(call);
    struct span span = call->ast->node.span;
    for (size_t i = 0; i < 3; i++)
        if (call->args[i]->type.kind != TYPE_NUMBER)
            return wrong_argument(call, i, "@number");
    const struct measure *left = call->args[0]->type.unit, *right = call->args[1]->type.unit;
    if (right && (!left || !measure_alike(left, right))) {
        sema_error(call->scope->sema, DIAG_UNITS_DIFFER, call->ast->args.items[0]->span, measures_word(left),
                   measures_word(right));
        return NULL;
    }
    struct type quotient = {.kind = TYPE_NUMBER, .unit = right ? NULL : left}, type;
    struct ir_node *divisor =
        right ? measures_convert(call->scope->sema, call->args[1], left, span) : call->args[1];
    struct ir_node *empty =
        ir_binary(ir, IR_EQUAL, TYPE_OF_TRUTH, divisor, ir_number(ir, num_int(0), span), span);
    struct ir_node *divided = ir_binary(ir, IR_DIV, quotient, call->args[0], divisor, span);
    struct ir_node *instead = call->args[2];
    if (!expr_merge(call->scope->sema, &divided, &instead, call->ast->args.items[2]->span, &type))
        return NULL;
    return ir_apply(ir, IR_IF, type, 3, (struct ir_node *[]){empty, instead, divided}, span);
}

static struct ir_node *call_length(const struct call *call)
{
    enum type_kind kind = call->args[0]->type.kind;
    if (kind != TYPE_TEXT && kind != TYPE_DOCUMENT)
        return wrong_argument(call, 0, "@text_or_document");
    return ir_unary(ir_of(call), IR_LENGTH, TYPE_OF_WHOLE, call->args[0], call->ast->node.span);
}

static struct ir_node *of_date(const struct call *call, enum ir_op op)
{
    if (call->args[0]->type.kind != TYPE_DATE)
        return wrong_argument(call, 0, "@date");
    return ir_unary(ir_of(call), op, TYPE_OF_WHOLE, call->args[0], call->ast->node.span);
}

static struct ir_node *call_year(const struct call *call)
{
    return of_date(call, IR_YEAR);
}
static struct ir_node *call_month(const struct call *call)
{
    return of_date(call, IR_MONTH);
}

static struct ir_node *call_months(const struct call *call)
{
    if (call->args[0]->type.kind != TYPE_MONTHS)
        return wrong_argument(call, 0, "@months");
    return ir_unary(ir_of(call), IR_MONTH_COUNT, TYPE_OF_WHOLE, call->args[0], call->ast->node.span);
}

static const struct {
    const char *name;
    size_t least, most;
    call_rule *rule;
} FUNCTIONS[] = {
#define FUNCTION(name, least, most) {#name, least, most, call_##name},
#include "sema/functions.def"
#undef FUNCTION
};

static bool arguments(const struct call *call)
{
    for (size_t i = 0; i < call->ast->args.count; i++) {
        call->args[i] = expr_lower(call->scope, call->ast->args.items[i], NULL);
        if (!call->args[i])
            return false;
    }
    return true;
}

static bool right_count(const struct call *call, size_t least, size_t most)
{
    size_t count = call->ast->args.count;
    if (least <= count && count <= most)
        return true;
    const char *wanted = least == most ? str_print("%zu", least) : str_print("%zu–%zu", least, most);
    struct diag *diag = sema_error(call->scope->sema, DIAG_ARGUMENT_COUNT, call->ast->node.span,
                                   ast_path_text(call->ast->path), wanted);
    diag->args[2] = str_print("%zu", count);
    return false;
}

/* ---- definitions with parameters: the body is lowered anew for each call */

static bool fits(const struct type *param, const struct type *arg)
{
    return param->kind == arg->kind && (param->kind != TYPE_CHOICE || param->choice == arg->choice);
}

static const struct local *bind(const struct scope *scope, const struct ast_param *param,
                                const struct ast *value, const struct local *outer)
{
    struct field field;
    if (!types_param(scope->sema, param, &field))
        return NULL;
    struct ir_node *node = expr_lower(scope, value, &field.type);
    if (!node)
        return NULL;
    if (!fits(&field.type, &node->type)) {
        sema_error(scope->sema, DIAG_WRONG_ARGUMENT, value->span, field.name,
                   types_word_beside(&node->type, &field.type))
            ->args[2] = types_word(&field.type);
        return NULL;
    }
    if (field.type.kind == TYPE_NUMBER && field.type.unit)
        node = measures_convert(scope->sema, node, field.type.unit, value->span);
    if (!node)
        return NULL;
    struct local *local = MEM_NEW(struct local);
    *local = (struct local){.kind = LOCAL_VALUE, .name = field.name, .value = node, .outer = outer};
    return local;
}

bool expr_bind(const struct scope *scope, const struct ast_list *params, const struct ast_list *args,
               const struct local **locals)
{
    *locals = NULL;
    for (size_t i = 0; i < params->count; i++) {
        *locals = bind(scope, AST(param, params->items[i]), args->items[i], *locals);
        if (!*locals)
            return false;
    }
    return true;
}

static struct ir_node *call_definition(const struct call *call, struct entity *entity)
{
    struct sema *sema = call->scope->sema;
    const struct ast_define *define = AST(define, entity->ast);
    struct scope body = {.sema = sema};
    if (entity->broken || !right_count(call, define->params.count, define->params.count))
        return NULL;
    if (!expr_bind(call->scope, &define->params, &call->ast->args, &body.locals)) {
        entity->broken = true;
        return NULL;
    }
    entity->used = true;
    if (!sema_enter(sema, entity, call->ast->node.span))
        return NULL;
    struct ir_node *node = expr_lower(&body, define->value, NULL);
    sema_leave(sema, entity, NULL);
    entity->progress = UNTOUCHED;
    entity->broken = !node;
    return node;
}

/* Of the functions, in both tongues, and of the definitions with parameters the nearest. */
static const char *nearest(const struct sema *sema, const char *name)
{
    struct suggest suggest;
    suggest_start(&suggest, name);
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++)
        for (int lang = LANG_EN; lang <= LANG_ZH; lang++)
            suggest_offer(&suggest, keyword_in(FUNCTIONS[i].name, (enum lang)lang));
    for (size_t i = 0; i < sema->entities.count; i++) {
        const struct entity *entity = sema->entities.items[i];
        if (entity->kind == ENTITY_DEFINITION && AST(define, entity->ast)->params.count)
            suggest_offer(&suggest, entity->name);
    }
    return suggest_best(&suggest);
}

static struct ir_node *report_unknown(struct sema *sema, const char *name, struct span span)
{
    if (misread_name(sema, name))
        return NULL;
    struct diag *diag = sema_error(sema, DIAG_UNKNOWN_FUNCTION, span, name, NULL);
    if (nearest(sema, name))
        diag_suggest(diag, nearest(sema, name));
    return NULL;
}

struct ir_node *expr_call(const struct scope *scope, const struct ast_e_call *ast)
{
    struct call call = {scope, ast, MEM_ARRAY(struct ir_node *, ast->args.count + 1)};
    const char *name = ast_path_text(ast->path), *canonical = keyword_canonical(name);
    struct entity *entity = names_entity(scope->sema, name);
    if (entity && entity->kind == ENTITY_DEFINITION && AST(define, entity->ast)->params.count)
        return call_definition(&call, entity);
    for (size_t i = 0; canonical && i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++) {
        if (!str_equal(FUNCTIONS[i].name, canonical))
            continue;
        if (!right_count(&call, FUNCTIONS[i].least, FUNCTIONS[i].most) || !arguments(&call))
            return NULL;
        return FUNCTIONS[i].rule(&call);
    }
    return report_unknown(scope->sema, name, ast->path->span);
}
