#include "sema/measures.h"
#include "base/mem.h"
#include "core/measure.h"
#include "facts/amount.h"

/* ---- `unit 万元 = 10_000 元` */

/* `in_circle`: its base waits for it. */
static void declare(struct sema *sema, const struct ast_unit *ast, bool in_circle)
{
    struct amount amount = {0};
    const char *name = ast_text(ast->name);
    if (measure_of_calendar(name)) {
        sema_error(sema, DIAG_UNIT_OF_CALENDAR, ast->name->span, name, NULL);
        return;
    }
    if (measure_known(&sema->standard->measures, name)) {
        sema_error(sema, DIAG_UNIT_TWICE, ast->name->span, name, NULL);
        return;
    }
    if (!in_circle && !amount_of(&sema->standard->measures, ast->amount, NULL, &amount))
        return;
    if (in_circle || !amount.unit || num_sign(amount.value) <= 0) {
        sema_error(sema, DIAG_UNIT_OF_ITSELF, ast->amount->span, name, NULL);
        return;
    }
    measure_add(&sema->standard->measures, name, amount.unit, amount.value)->label = ast_text(ast->label);
}

/* Units may be declared in any order: one whose base is declared later waits for it. */
static bool waits(struct sema *sema, const struct ast_unit *unit, const bool *done)
{
    if (unit->amount->kind != AST_quantity)
        return false;
    const char *base = ast_text(AST(quantity, unit->amount)->unit);
    for (size_t i = 0; i < sema->decls.count; i++)
        if (!done[i] && sema->decls.items[i]->kind == AST_unit &&
            str_equal(ast_text(AST(unit, sema->decls.items[i])->name), base))
            return true;
    return false;
}

void measures_declare(struct sema *sema)
{
    bool *done = MEM_ARRAY(bool, sema->decls.count + 1), progress = true;
    for (bool force = false; progress || !force;) {
        force = !progress;
        progress = false;
        for (size_t i = 0; i < sema->decls.count; i++) {
            if (done[i] || sema->decls.items[i]->kind != AST_unit)
                continue;
            bool waiting = waits(sema, AST(unit, sema->decls.items[i]), done);
            if (waiting && !force)
                continue;
            declare(sema, AST(unit, sema->decls.items[i]), waiting);
            done[i] = progress = true;
        }
    }
}

const char *measures_word(const struct measure *unit)
{
    if (!unit)
        return "@plain";
    if (unit == measure_calendar(UNIT_DAY))
        return "@days";
    if (unit == measure_calendar(UNIT_MONTH))
        return "@months_long";
    return unit == measure_calendar(UNIT_YEAR) ? "@years" : unit->name;
}

struct ir_node *measures_convert(struct sema *sema, struct ir_node *node, const struct measure *to,
                                 struct span span)
{
    const struct measure *from = node->type.unit;
    if (from == to)
        return node;
    struct type type = node->type;
    type.unit = to;
    if (from && to && !measure_alike(from, to)) {
        sema_error(sema, DIAG_UNITS_DIFFER, span, measures_word(from), measures_word(to));
        return NULL;
    }
    if (!from || !to || num_equal(from->factor, to->factor))
        return node;
    type.whole = false;
    return ir_binary(sema->ir, IR_MUL, type, node, ir_number(sema->ir, measure_factor(from, to), span),
                     node->origin);
}
