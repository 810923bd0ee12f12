#include "sema/cites.h"
#include <stdlib.h>

struct cited {
    struct span span;
    const char *cite;
};

struct cites {
    VEC(struct cited) list; /* in the order of places; none lies inside another */
};

static void add(struct cites *cites, struct span span, const char *cite)
{
    if (cite)
        vec_push(&cites->list, (struct cited){span, cite});
}

/* Of a dated threshold each value cites for itself. */
static void add_threshold(struct cites *cites, const struct ast_threshold *ast)
{
    add(cites, ast->node.span, ast_text(ast->cite));
    for (size_t i = 0; i < ast->dated.count; i++)
        add(cites, ast->dated.items[i]->span, ast_text(AST(dated, ast->dated.items[i])->cite));
}

static void add_entity(struct cites *cites, const struct entity *entity)
{
    if (entity->kind == ENTITY_FACT)
        add(cites, entity->ast->span, entity->fact->field.cite);
    else if (entity->kind == ENTITY_THRESHOLD)
        add_threshold(cites, AST(threshold, entity->ast));
}

static void add_gate(struct cites *cites, const struct ast *decl)
{
    if (decl->kind == AST_require)
        add(cites, decl->span, ast_text(AST(require, decl)->cite));
    else if (decl->kind == AST_veto)
        add(cites, decl->span, ast_text(AST(veto, decl)->cite));
}

static int compare_places(struct span a, struct span b)
{
    if (a.source != b.source)
        return (uintptr_t)a.source < (uintptr_t)b.source ? -1 : 1;
    return (a.start > b.start) - (a.start < b.start);
}

static int by_place(const void *left, const void *right)
{
    return compare_places(((const struct cited *)left)->span, ((const struct cited *)right)->span);
}

static void collect(const struct sema *sema, struct cites *cites)
{
    for (size_t i = 0; i < sema->entities.count; i++)
        add_entity(cites, sema->entities.items[i]);
    for (size_t i = 0; i < sema->parts.count; i++)
        if (sema->parts.items[i]->part->kind == PART_CRITERION)
            add(cites, sema->parts.items[i]->ast->span, sema->parts.items[i]->part->cite);
    for (size_t i = 0; i < sema->decls.count; i++)
        add_gate(cites, sema->decls.items[i]);
    for (size_t i = 0; i < sema->stage_asts.count; i++)
        add(cites, sema->stage_asts.items[i]->node.span, sema->standard->stages.items[i]->cite);
    if (cites->list.count)
        qsort(cites->list.items, cites->list.count, sizeof *cites->list.items, by_place);
}

/* The last that does not begin behind `span`: no other can hold it. */
static const char *cite_around(const struct cites *cites, struct span span)
{
    size_t low = 0, high = cites->list.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_places(cites->list.items[middle].span, span) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct cited *last = low ? &cites->list.items[low - 1] : NULL;
    return last && last->span.source == span.source && span.end <= last->span.end ? last->cite : NULL;
}

void cites_add(struct sema *sema)
{
    struct cites cites = {0};
    bool collected = false;
    for (size_t i = 0; i < sema->diags->list.count; i++) {
        struct diag *diag = sema->diags->list.items[i];
        if (diag->code != DIAG_WRONG_WEEKDAY)
            continue;
        if (!collected)
            collect(sema, &cites);
        collected = true;
        diag_clause(diag, cite_around(&cites, diag->span));
    }
}
