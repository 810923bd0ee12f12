/* `choose { when C : R  otherwise : R }`: the first condition that holds. Without `otherwise` the cases
 * must cover everything. */
#include "base/mem.h"
#include "sema/cover.h"
#include "sema/forms/bands.h"
#include "sema/misread.h"
#include "sema/types.h"

struct cases {
    struct ir_node **when, **results;
    size_t count;
    struct ir_node *otherwise;
};

static bool lower_case(const struct place *place, const struct ast_case *ast, struct cases *cases,
                       struct line *line)
{
    struct ir_node *when = ast->when ? expr_condition(&place->scope, ast->when) : NULL;
    struct ir_node *result = form_result(place, ast->result, line);
    if ((ast->when && !when) || !result)
        return false;
    vec_push(&line->cases, (struct check){form_result_label(ast->result), ast->node.span, when, false});
    if (!ast->when)
        return cases->otherwise = result, true;
    cases->when[cases->count] = when;
    cases->results[cases->count++] = result;
    return true;
}

static bool all_covered(struct sema *sema, const struct cases *cases, struct span whole)
{
    const char *missed = NULL;
    struct span word = span_first_word(whole);
    if (misread_in(sema, whole))
        return false;
    if (!cover_cases(sema, cases->count, cases->when, &missed))
        return sema_refuse(sema, DIAG_CASES_TOO_MANY, word, NULL, NULL);
    return !missed || (sema_error(sema, DIAG_CASE_MISSED, word, missed, NULL), false);
}

struct ir_node *form_s_choose(const struct place *place, const struct ast *ast, struct line *line)
{
    struct sema *sema = place->scope.sema;
    const struct ast_list *list = &AST(s_choose, ast)->cases;
    struct cases cases = {MEM_ARRAY(struct ir_node *, list->count), MEM_ARRAY(struct ir_node *, list->count),
                          0, NULL};
    bool right = true;
    for (size_t i = 0; i < list->count; i++) {
        const struct ast_case *one = AST(case, list->items[i]);
        if (!one->when && i + 1 < list->count)
            sema_error(sema, DIAG_OTHERWISE_NOT_LAST, span_first_word(one->node.span), NULL, NULL);
        right &= lower_case(place, one, &cases, line);
    }
    if (!right || (!cases.otherwise && !all_covered(sema, &cases, ast->span)))
        return NULL;
    struct ir_node *node = cases.otherwise ? cases.otherwise : ir_number(sema->ir, num_int(0), ast->span);
    for (size_t i = cases.count; i-- > 0;)
        node = ir_if(sema->ir, cases.when[i], cases.results[i], node, ast->span);
    return node;
}
