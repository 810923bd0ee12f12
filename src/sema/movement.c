#include "sema/movement.h"
#include "sema/types.h"

static enum movement movement_of(const struct ast *qualifier)
{
    if (qualifier->kind != AST_q_flag)
        return MOVES_FREELY;
    switch ((enum fact_flag)AST(q_flag, qualifier)->which) {
    case FLAG_SETTLED: return MOVES_NOT;
    case FLAG_CAN_ONLY_GROW: return MOVES_UP;
    case FLAG_CAN_ONLY_FALL: return MOVES_DOWN;
    case FLAG_EVIDENCE_REQUIRED:
    case FLAG_OR_NA:
    case FLAG_NONE_IS_NA: break;
    }
    return MOVES_FREELY;
}

/* The first of them at or after `from`; NULL: none. */
static const struct ast *find_movement(const struct ast_list *quals, size_t from)
{
    for (size_t i = from; i < quals->count; i++)
        if (movement_of(quals->items[i]) != MOVES_FREELY)
            return quals->items[i];
    return NULL;
}

static const struct ast *second_movement(const struct ast_list *quals, const struct ast *first)
{
    size_t i = 0;
    while (quals->items[i] != first)
        i++;
    return find_movement(quals, i + 1);
}

/* Is there more and less of it? */
static bool has_direction(const struct type *type)
{
    return type->kind != TYPE_TEXT && (type->kind != TYPE_CHOICE || type->choice->ordered);
}

bool movement_read(struct sema *sema, const struct ast_list *quals, struct field *field)
{
    const struct ast *first = find_movement(quals, 0), *second = first ? second_movement(quals, first) : NULL;
    if (second) {
        struct diag *diag = sema_error(sema, DIAG_MOVEMENT_TWICE, second->span, span_text(second->span),
                                       span_text(first->span));
        diag_other(diag, first->span, "@first_here");
        return false;
    }
    if (first)
        field->movement = movement_of(first);
    if (!first || field->movement == MOVES_NOT || has_direction(&field->type))
        return true;
    return sema_refuse(sema, DIAG_NO_DIRECTION, first->span, span_text(first->span),
                       types_word(&field->type));
}

bool movement_of_column(struct sema *sema, const struct ast_list *quals)
{
    const struct ast *moving = find_movement(quals, 0);
    return !moving ||
           sema_refuse(sema, DIAG_QUALIFIER_MISPLACED, moving->span, span_text(moving->span), "@one_column");
}
