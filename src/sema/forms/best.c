/* `best of { S S }`: the largest of its statements; those that are n/a are left out. */
#include "base/mem.h"
#include "sema/forms/form.h"
#include "sema/types.h"

struct ir_node *form_s_best(const struct place *place, const struct ast *ast, struct line *line)
{
    struct ir *ir = place->scope.sema->ir;
    const struct ast_list *rules = &AST(s_best, ast)->rules;
    struct ir_node **cells = MEM_ARRAY(struct ir_node *, 2 * rules->count);
    bool right = true;
    for (size_t i = 0; i < rules->count; i++) {
        struct line inner = {.kind = line->kind};
        cells[2 * i] = ir_truth(ir, true, rules->items[i]->span);
        cells[2 * i + 1] = form_lower(place, rules->items[i], &inner);
        right &= cells[2 * i + 1] != NULL;
    }
    if (!right)
        return NULL;
    struct ir_node *bag = ir_apply(ir, IR_BAG, TYPE_OF_NUMBER, 2 * rules->count, cells, ast->span);
    return ir_unary(ir, IR_HIGHEST, TYPE_OF_NUMBER, bag, ast->span);
}
