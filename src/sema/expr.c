/* The dispatch over expressions, and logic. */
#include "sema/expr.h"
#include "base/mem.h"
#include "sema/measures.h"
#include "sema/names.h"
#include "sema/types.h"
#include "syntax/keywords.h"

/* ---- logic */

static struct ir_node *junction(struct sema *sema, enum ir_op op, size_t count, struct ir_node *const *terms,
                                struct span span)
{
    for (size_t i = 0; i < count; i++)
        if (!terms[i])
            return NULL;
    return count == 1 ? terms[0] : ir_apply(sema->ir, op, TYPE_OF_TRUTH, count, terms, span);
}

struct ir_node *expr_and(struct sema *sema, size_t count, struct ir_node *const *terms, struct span span)
{
    return junction(sema, IR_AND, count, terms, span);
}

struct ir_node *expr_or(struct sema *sema, size_t count, struct ir_node *const *terms, struct span span)
{
    return junction(sema, IR_OR, count, terms, span);
}

struct ir_node *expr_not(struct sema *sema, struct ir_node *of)
{
    return of ? ir_unary(sema->ir, IR_NOT, TYPE_OF_TRUTH, of, of->origin) : NULL;
}

struct ir_node *expr_na_as_no(struct sema *sema, struct ir_node *of)
{
    if (!of || !of->bounds.na)
        return of;
    return ir_binary(sema->ir, IR_NA_AS, TYPE_OF_TRUTH, of, ir_truth(sema->ir, false, of->origin),
                     of->origin);
}

static struct ir_node **conditions(const struct scope *scope, const struct ast_list *list)
{
    struct ir_node **terms = MEM_ARRAY(struct ir_node *, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        const struct ast *term = list->items[i];
        terms[i] = expr_condition(scope, term->kind == AST_cond ? AST(cond, term)->when : term);
    }
    return terms;
}

static const char *with_brackets(const struct ast_e_or *either)
{
    struct span whole = either->node.span;
    const char *text = whole.source->text;
    struct str out = {0};
    uint32_t at = whole.start;
    for (size_t i = 0; i < either->terms.count; i++) {
        const struct ast *term = either->terms.items[i];
        bool joined = term->kind == AST_e_and;
        str_add_bytes(&out, text + at, term->span.start - at);
        str_add(&out, joined ? "(" : "");
        str_add_bytes(&out, text + term->span.start, term->span.end - term->span.start);
        str_add(&out, joined ? ")" : "");
        at = term->span.end;
    }
    str_add_bytes(&out, text + at, whole.end - at);
    return str_text(&out);
}

/* `a and b or c` without brackets: the author may mean either; what is proposed is how it is read. */
static void warn_of_mixing(struct sema *sema, const struct ast_e_or *either)
{
    for (size_t i = 0; i < either->terms.count; i++) {
        const struct ast *term = either->terms.items[i];
        if (term->kind != AST_e_and)
            continue;
        struct diag *diag =
            sema_error(sema, DIAG_AND_OR_MIXED, either->node.span, span_text(term->span), NULL);
        diag_fix(diag, either->node.span, with_brackets(either));
        return;
    }
}

/* `a or a`: one of the two was meant to be another condition. Such slips stand near each other; a long
 * list is not compared pair by pair. */
static void warn_of_twice(struct sema *sema, const struct ast_list *list, struct ir_node *const *terms)
{
    enum { NEAR = 64 };
    for (size_t i = 0; i < list->count; i++)
        for (size_t k = i > NEAR ? i - NEAR : 0; k < i; k++) {
            if (!terms[i] || !terms[k] || ir_is_const(terms[i]) || !ir_same(terms[i], terms[k]))
                continue;
            const struct ast *term = list->items[i], *earlier = list->items[k];
            diag_other(sema_error(sema, DIAG_TERM_TWICE, term->span, span_text(term->span), NULL),
                       earlier->span, "@first_here");
        }
}

static struct ir_node **several(const struct scope *scope, const struct ast_list *list)
{
    struct ir_node **terms = conditions(scope, list);
    warn_of_twice(scope->sema, list, terms);
    return terms;
}

static struct ir_node *some_of(const struct scope *scope, const struct ast_e_of *of)
{
    struct sema *sema = scope->sema;
    struct ir_node **terms = several(scope, &of->conds);
    int64_t least;
    for (size_t i = 0; i < of->conds.count; i++)
        if (!terms[i])
            return NULL;
    if (of->which == OF_ALL)
        return ir_apply(sema->ir, IR_AND, TYPE_OF_TRUTH, of->conds.count, terms, of->node.span);
    if (of->which == OF_ANY)
        return ir_apply(sema->ir, IR_OR, TYPE_OF_TRUTH, of->conds.count, terms, of->node.span);
    if (!num_to_int(of->least, &least) || least < 0 || (size_t)least > of->conds.count) {
        sema_error(sema, DIAG_MORE_THAN_LISTED, of->node.span, num_text(of->least),
                   str_print("%zu", of->conds.count));
        return NULL;
    }
    return ir_at_least(sema->ir, (long)least, of->conds.count, terms, of->node.span);
}

/* Two values one of which will be taken: of one kind, in one unit. `b` is converted; `span` is its place. */
bool expr_merge(struct sema *sema, struct ir_node **a, struct ir_node **b, struct span span,
                struct type *type)
{
    const struct type *one = &(*a)->type, *other = &(*b)->type;
    *type = *one;
    if (one->kind != other->kind || (one->kind == TYPE_CHOICE && one->choice != other->choice))
        return sema_refuse(sema, DIAG_BRANCHES_DIFFER, span, types_word(one), types_word_beside(other, one));
    if (one->kind != TYPE_NUMBER)
        return true;
    type->unit = one->unit ? one->unit : other->unit;
    type->share = one->share && other->share;
    type->whole = one->whole && other->whole;
    *b = measures_convert(sema, *b, type->unit, span);
    return *b != NULL;
}

static struct ir_node *if_else(const struct scope *scope, const struct ast_e_if *ast,
                               const struct type *wanted)
{
    struct type type;
    struct ir_node *when = expr_condition(scope, ast->when), *then = expr_lower(scope, ast->then, wanted);
    struct ir_node *otherwise = expr_lower(scope, ast->otherwise,
                                           wanted ? wanted
                                           : then ? &then->type
                                                  : NULL);
    if (!when || !then || !otherwise)
        return NULL;
    if (!expr_merge(scope->sema, &then, &otherwise, ast->otherwise->span, &type))
        return NULL;
    struct ir_node *args[] = {when, then, otherwise};
    return ir_apply(scope->sema->ir, IR_IF, type, 3, args, ast->node.span);
}

/* `E is n/a` asks, it does not compare. */
static bool asks_na(const struct ast_e_compare *compare)
{
    return compare->right->kind == AST_word && AST(word, compare->right)->word == WORD_NA &&
           (compare->op == CMP_EQ || compare->op == CMP_NE);
}

static struct ir_node *is_na(const struct scope *scope, const struct ast_e_compare *compare)
{
    struct ir_node *of = expr_lower(scope, compare->left, NULL);
    if (!of)
        return NULL;
    struct ir_node *is = ir_unary(scope->sema->ir, IR_IS_NA, TYPE_OF_TRUTH, of, compare->node.span);
    return compare->op == CMP_EQ ? is : expr_not(scope->sema, is);
}

/* `E = unknown`: what is meant is plain, and is written otherwise. */
static bool asks_unknown(const struct ast_e_compare *compare)
{
    return compare->right->kind == AST_word && AST(word, compare->right)->word == WORD_UNKNOWN &&
           (compare->op == CMP_EQ || compare->op == CMP_NE);
}

static struct ir_node *report_unknown(const struct scope *scope, const struct ast_e_compare *compare)
{
    struct span span = compare->right->span;
    enum lang lang = span_tongue(span);
    const char *known = str_print("%s %s", span_text(compare->left->span), keyword_in("is known", lang));
    bool not_known = compare->op == CMP_EQ;
    struct diag *diag = sema_error(scope->sema, DIAG_UNKNOWN_AS_VALUE, span, NULL, NULL);
    diag_mend(diag, compare->node.span,
              not_known ? str_print("%s (%s)", keyword_in("not", lang), known) : known);
    return NULL;
}

/* A bare word that means nothing yet: it may be a value of the other side's type. */
static bool may_be_symbol(const struct ast *ast)
{
    return ast->kind == AST_string || (ast->kind == AST_path && AST(path, ast)->names.count == 1);
}

static struct ir_node *comparison(const struct scope *scope, const struct ast_e_compare *ast)
{
    if (asks_na(ast))
        return is_na(scope, ast);
    if (asks_unknown(ast))
        return report_unknown(scope, ast);
    struct ir_node *left, *right;
    if (may_be_symbol(ast->left) && !may_be_symbol(ast->right)) {
        right = expr_lower(scope, ast->right, NULL);
        left = right ? expr_lower(scope, ast->left, &right->type) : NULL;
    } else if (may_be_symbol(ast->left) && !expr_names_value(scope, ast->left)) {
        right = expr_lower(scope, ast->right, NULL);
        left = right ? expr_lower(scope, ast->left, &right->type) : NULL;
    } else {
        left = expr_lower(scope, ast->left, NULL);
        right = left ? expr_lower(scope, ast->right, &left->type) : NULL;
    }
    return expr_compare(scope, (enum compare_op)ast->op, left, ast->left, right, ast->right, ast->node.span);
}

static struct ir_node *one_of(const struct scope *scope, const struct ast_e_one_of *ast)
{
    struct ir_node *of = expr_lower(scope, ast->of, NULL);
    struct ir_node **terms = MEM_ARRAY(struct ir_node *, ast->options.count + 1);
    if (!of)
        return NULL;
    for (size_t i = 0; i < ast->options.count; i++) {
        struct ir_node *option = expr_lower(scope, ast->options.items[i], &of->type);
        terms[i] = expr_compare(scope, CMP_EQ, of, ast->of, option, ast->options.items[i], ast->node.span);
    }
    return expr_or(scope->sema, ast->options.count, terms, ast->node.span);
}

static struct ir_node *is_known(const struct scope *scope, const struct ast_e_is_known *ast)
{
    struct ir_node *of = expr_lower(scope, ast->of, NULL);
    return of ? ir_unary(scope->sema->ir, IR_IS_KNOWN, TYPE_OF_TRUTH, of, ast->node.span) : NULL;
}

static struct ir_node *qualifies(const struct scope *scope, const struct ast_e_qualifies *ast)
{
    const char *name = ast_text(ast->name);
    struct entity *entity = names_find(&scope->sema->qualifies, name);
    if (entity)
        return expr_entity(scope->sema, entity, ast->node.span);
    names_report_missing(scope->sema, DIAG_UNKNOWN_QUALIFIES, &scope->sema->qualifies, name, ast->name->span);
    return NULL;
}

/* ---- the dispatch */

static struct ir_node *lower(const struct scope *scope, const struct ast *ast, const struct type *wanted)
{
    struct sema *sema = scope->sema;
    switch ((int)ast->kind) {
    case AST_e_if: return if_else(scope, AST(e_if, ast), wanted);
    case AST_e_or:
        warn_of_mixing(sema, AST(e_or, ast));
        return expr_or(sema, AST(e_or, ast)->terms.count, several(scope, &AST(e_or, ast)->terms), ast->span);
    case AST_e_and:
        return expr_and(sema, AST(e_and, ast)->terms.count, several(scope, &AST(e_and, ast)->terms),
                        ast->span);
    case AST_e_not: return expr_not(sema, expr_condition(scope, AST(e_not, ast)->of));
    case AST_e_group: return expr_lower(scope, AST(e_group, ast)->of, wanted);
    case AST_e_every: return expr_every(scope, AST(e_every, ast));
    case AST_e_of: return some_of(scope, AST(e_of, ast));
    case AST_e_qualifies: return qualifies(scope, AST(e_qualifies, ast));
    case AST_e_compare: return comparison(scope, AST(e_compare, ast));
    case AST_e_is_known: return is_known(scope, AST(e_is_known, ast));
    case AST_e_one_of: return one_of(scope, AST(e_one_of, ast));
    case AST_e_binary: return expr_binary(scope, AST(e_binary, ast));
    case AST_e_negate: return expr_negate(scope, AST(e_negate, ast));
    case AST_e_call: return expr_call(scope, AST(e_call, ast));
    case AST_e_span_from: return expr_span_from(scope, AST(e_span_from, ast));
    case AST_e_aggregate: return expr_aggregate(scope, AST(e_aggregate, ast));
    case AST_path: return expr_path(scope, AST(path, ast), wanted);
    default: return expr_literal(scope, ast, wanted);
    }
}

/* Definitions with parameters can repeat one another, and chains of them nest: both have an end. */
static bool goes_too_far(struct sema *sema, struct span span)
{
    enum { VISITS_MAX = 2000000, DEPTH_MAX = 1500 };
    bool far = sema->visits > VISITS_MAX, deep = sema->depth > DEPTH_MAX;
    if ((far || deep) && !sema->limit_passed)
        sema_error(sema, far ? DIAG_STANDARD_TOO_LARGE : DIAG_NESTS_TOO_DEEP, span, NULL, NULL);
    sema->limit_passed |= far || deep;
    return sema->limit_passed;
}

struct ir_node *expr_lower(const struct scope *scope, const struct ast *ast, const struct type *wanted)
{
    struct sema *sema = scope->sema;
    sema->visits++;
    if (goes_too_far(sema, ast->span))
        return NULL;
    sema->depth++;
    struct ir_node *node = lower(scope, ast, wanted);
    sema->depth--;
    return node;
}

/* ---- what a place wants */

struct ir_node *expr_condition(const struct scope *scope, const struct ast *ast)
{
    struct ir_node *node = expr_lower(scope, ast, &TYPE_OF_TRUTH);
    if (!node || node->type.kind == TYPE_YESNO)
        return node;
    sema_error(scope->sema, DIAG_NOT_A_CONDITION, ast->span, span_text(ast->span), types_word(&node->type));
    return NULL;
}

struct ir_node *expr_condition_or_no(const struct scope *scope, const struct ast *ast)
{
    return expr_na_as_no(scope->sema, expr_condition(scope, ast));
}

struct ir_node *expr_deciding(struct sema *sema, struct ir_node *when, const struct ast *ast)
{
    if (when && when->bounds.na)
        vec_push(&sema->standard->na_conditions, (struct na_condition){ast->span, when});
    return expr_na_as_no(sema, when);
}

struct ir_node *expr_outcome(const struct scope *scope, const struct ast *ast)
{
    return expr_deciding(scope->sema, expr_condition(scope, ast), ast);
}

struct ir_node *expr_number(const struct scope *scope, const struct ast *ast)
{
    struct ir_node *node = expr_lower(scope, ast, &TYPE_OF_NUMBER);
    if (node && !expr_type_setting(scope->sema, node, &TYPE_OF_NUMBER, ast->span))
        return NULL;
    if (!node || node->type.kind == TYPE_NUMBER)
        return node;
    sema_error(scope->sema, DIAG_NOT_A_NUMBER, ast->span, span_text(ast->span), types_word(&node->type));
    return NULL;
}

struct ir_node *expr_plain(const struct scope *scope, const struct ast *ast)
{
    struct ir_node *node = expr_number(scope, ast);
    if (!node || !node->type.unit || measure_is_calendar(node->type.unit))
        return node;
    sema_error(scope->sema, DIAG_NOT_PLAIN, ast->span, span_text(ast->span), node->type.unit->name);
    return NULL;
}
