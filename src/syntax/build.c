#include "syntax/build.h"
#include "base/mem.h"
#include "base/utf8.h"

/* ---------------------------------------------------------------- lists */

struct ast_list list_one(struct ast *node)
{
    return list_add((struct ast_list){0}, node);
}

/* The room of a list is the power of two at or above its count. */
struct ast_list list_add(struct ast_list list, struct ast *node)
{
    if (node == NULL) {
        return list;
    }
    if ((list.count & (list.count - 1)) == 0) {
        size_t room = list.count > 0 ? list.count * 2 : 1;
        list.items = mem_grow(list.items, list.count * sizeof *list.items, room * sizeof *list.items);
    }
    list.items[list.count++] = node;
    return list;
}

struct ast_list list_join(struct ast_list list, struct ast_list more)
{
    for (size_t i = 0; i < more.count; i++) {
        list = list_add(list, more.items[i]);
    }
    return list;
}

/* ---------------------------------------------------------------- names */

struct span span_before(struct span span)
{
    return (struct span){span.source, span.start, span.start};
}

struct span span_after(struct span span)
{
    return (struct span){span.source, span.end, span.end};
}

struct ast *name_of_word(struct span span)
{
    return ast_name(utf8_nfc(span.source->text + span.start, span.end - span.start), span);
}

struct ast *path_add(struct ast *path, struct ast *name, struct span span)
{
    struct ast_path *self = (struct ast_path *)path;
    self->names = list_add(self->names, name);
    self->node.span = span;
    return path;
}

/* ---------------------------------------------------------------- numbers */

struct num number_value(const struct ast *node)
{
    if (node->kind == AST_percent) {
        return AST(percent, node)->value;
    }
    return node->kind == AST_quantity ? AST(quantity, node)->value : AST(number, node)->value;
}

struct ast *number_negated(const struct ast *node, struct span span)
{
    struct num value = num_neg(number_value(node));
    if (node->kind == AST_percent) {
        return ast_percent(value, span);
    }
    return node->kind == AST_quantity ? ast_quantity(value, AST(quantity, node)->unit, span)
                                      : ast_number(value, span);
}

struct ast *quantity_of(const struct ast *number, const struct ast *unit, struct span span)
{
    return ast_quantity(number_value(number), unit, span);
}

struct ast *value_range_of(const struct ast *from, const struct ast *to, struct span span)
{
    return ast_v_range(number_value(from), number_value(to), span);
}

struct ast *share_of(const struct ast *part, const struct ast *whole, struct span span)
{
    return ast_v_share(number_value(part), number_value(whole), span);
}

struct ast *exception_of_quantity(const struct ast *quantity, struct span span)
{
    return ast_exception(number_value(quantity), AST(quantity, quantity)->unit, span);
}

/* ---------------------------------------------------------------- qualifiers */

/* The nodes that follow are still being built: nobody else has seen them. */

struct ast_list legal_more(struct ast_list quals, struct ast *value)
{
    struct ast_q_one_of *last = (struct ast_q_one_of *)quals.items[quals.count - 1];
    last->values = list_add(last->values, value);
    last->node.span = span_join(last->node.span, value->span);
    return quals;
}

static struct ast_fact *last_column(struct ast_list columns)
{
    return (struct ast_fact *)columns.items[columns.count - 1];
}

struct ast_list column_legal_more(struct ast_list columns, struct ast *value)
{
    struct ast_fact *column = last_column(columns);
    column->quals = legal_more(column->quals, value);
    column->node.span = span_join(column->node.span, value->span);
    return columns;
}

struct ast_list column_qualified(struct ast_list columns, struct ast *qualifier)
{
    struct ast_fact *column = last_column(columns);
    column->quals = list_add(column->quals, qualifier);
    column->node.span = span_join(column->node.span, qualifier->span);
    return columns;
}

/* ---------------------------------------------------------------- expressions */

struct ast *aggregate_where(const struct ast *aggregate, const struct ast *where, struct span span)
{
    const struct ast_e_aggregate *self = AST(e_aggregate, aggregate);
    return ast_e_aggregate(self->fold, self->of, self->in, self->best_per, self->drop, where, span);
}

/* ---------------------------------------------------------------- amendments */

struct ast *insert_from(const struct ast *insert, struct span span)
{
    return ast_insert(AST(insert, insert)->part, AST(insert, insert)->place, span);
}

struct ast_list transition_cited(struct ast_list lines, struct ast *cite, struct span span)
{
    struct ast **last = &lines.items[lines.count - 1];
    const struct ast_h_transition *line = AST(h_transition, *last);
    *last = ast_h_transition(line->until, line->by, cite, span_join(line->node.span, span));
    return lines;
}

struct ast *repeal_cited(const struct ast *repeal, const struct ast *cite, struct span span)
{
    const struct ast_repeal *self = AST(repeal, repeal);
    return ast_repeal(self->what, self->names, self->label, cite, span);
}
