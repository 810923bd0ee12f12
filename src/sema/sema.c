#include "sema/sema.h"

/* ---- messages */

struct diag *sema_error(struct sema *sema, enum diag_code code, struct span span, const char *a,
                        const char *b)
{
    if (!a)
        return diag_add(sema->diags, code, span, NULL);
    return b ? diag_add(sema->diags, code, span, a, b, NULL) : diag_add(sema->diags, code, span, a, NULL);
}

void *sema_fail(struct sema *sema, enum diag_code code, struct span span, const char *a, const char *b)
{
    sema_error(sema, code, span, a, b);
    return NULL;
}

bool sema_refuse(struct sema *sema, enum diag_code code, struct span span, const char *a, const char *b)
{
    sema_error(sema, code, span, a, b);
    return false;
}

/* ---- what must not need itself */

/* The circle is shown at whichever of its members stands first in the file. */
static void report_circle(struct sema *sema, const struct entity *entity, struct span use)
{
    size_t from = sema->busy.count;
    struct str text = {0};
    while (from > 0 && sema->busy.items[from - 1] != entity)
        from--;
    struct span first = entity->span;
    for (size_t i = from ? from - 1 : 0; i < sema->busy.count; i++) {
        const struct entity *member = sema->busy.items[i];
        str_format(&text, "%s → ", member->part ? member->part->part->path : member->name);
        if (member->span.source &&
            (!first.source || (member->span.source == first.source && member->span.start < first.start)))
            first = member->span;
    }
    str_add(&text, entity->part ? entity->part->part->path : entity->name);
    sema_error(sema, DIAG_CIRCLE, first.source ? first : use, str_text(&text), NULL);
}

static bool chain_too_long(struct sema *sema, const struct entity *entity, struct span use)
{
    enum { CHAIN_MAX = 1000 };
    if (sema->busy.count < CHAIN_MAX)
        return false;
    if (!sema->limit_passed)
        sema_error(sema, DIAG_RESTS_TOO_DEEP, entity->span.source ? entity->span : use, entity->name,
                   str_print("%d", CHAIN_MAX));
    return sema->limit_passed = true;
}

bool sema_enter(struct sema *sema, struct entity *entity, struct span use)
{
    if (entity->progress == BUSY)
        return report_circle(sema, entity, use), false;
    if (chain_too_long(sema, entity, use))
        return false;
    entity->progress = BUSY;
    vec_push(&sema->busy, entity);
    return true;
}

void sema_leave(struct sema *sema, struct entity *entity, struct ir_node *node)
{
    sema->busy.count--;
    entity->progress = DONE;
    entity->node = node;
}
