#include "sema/measures.h"
#include <string.h>
#include "base/mem.h"
#include "core/measure.h"

const struct measure *measures_calendar(enum span_unit unit)
{
    return measure_calendar(unit == SPAN_DAYS ? UNIT_DAY : unit == SPAN_MONTHS ? UNIT_MONTH : UNIT_YEAR);
}

/* ---- `unit 万元 = 10_000 元` */

static bool amount_of(struct sema *sema, const struct ast *ast, struct num *factor,
                      const struct measure **unit)
{
    switch ((int)ast->kind) {
    case AST_quantity:
        *factor = AST(quantity, ast)->value;
        *unit = measure_get(&sema->standard->measures, ast_text(AST(quantity, ast)->unit));
        return true;
    case AST_span:
        *factor = AST(span, ast)->value;
        *unit = measures_calendar((enum span_unit)AST(span, ast)->unit);
        return true;
    case AST_number: /* 60 分 are 60 minutes; a number without a unit is told by none */
        if (!strstr(span_text(ast->span), "分"))
            return *unit = NULL, true;
        *factor = AST(number, ast)->value;
        *unit = measure_get(&sema->standard->measures, "分");
        return true;
    case AST_chars:
        *factor = AST(chars, ast)->value;
        *unit = measure_get(&sema->standard->measures, "字");
        return true;
    case AST_rows:
        *factor = AST(rows, ast)->value;
        *unit = measure_get(&sema->standard->measures, "行");
        return true;
    }
    return false;
}

/* `in_circle`: its base waits for it. */
static void declare(struct sema *sema, const struct ast_unit *ast, bool in_circle)
{
    struct num factor;
    const struct measure *of;
    const char *name = ast_text(ast->name);
    if (measure_of_calendar(name)) {
        sema_error(sema, DIAG_UNIT_OF_CALENDAR, ast->name->span, name, NULL);
        return;
    }
    if (measure_known(&sema->standard->measures, name)) {
        sema_error(sema, DIAG_UNIT_TWICE, ast->name->span, name, NULL);
        return;
    }
    if (!in_circle && !amount_of(sema, ast->amount, &factor, &of))
        return;
    if (in_circle || !of || num_sign(factor) <= 0) {
        sema_error(sema, DIAG_UNIT_OF_ITSELF, ast->amount->span, name, NULL);
        return;
    }
    measure_add(&sema->standard->measures, name, of, factor)->label = ast_text(ast->label);
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
