#include "sema/cites.h"
#include <stdlib.h>

struct cited {
    struct span span;
    const char *cite;
    size_t order;              /* in which they were added: decides between equal places */
    const struct cited *outer; /* the innermost around it; NULL: none */
};

struct cites {
    VEC(struct cited) list; /* in the order of places, one that lies around others before them */
};

static void add(struct cites *cites, struct span span, const char *cite)
{
    if (cite)
        vec_push(&cites->list, (struct cited){.span = span, .cite = cite, .order = cites->list.count});
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

static void add_declaration(struct cites *cites, const struct ast *decl)
{
    switch ((int)decl->kind) {
    case AST_require: add(cites, decl->span, ast_text(AST(require, decl)->cite)); break;
    case AST_veto: add(cites, decl->span, ast_text(AST(veto, decl)->cite)); break;
    case AST_qualifies: add(cites, decl->span, ast_text(AST(qualifies, decl)->cite)); break;
    case AST_show: add(cites, decl->span, ast_text(AST(show, decl)->cite)); break;
    }
}

static int compare_places(struct span a, struct span b)
{
    if (a.source != b.source)
        return (uintptr_t)a.source < (uintptr_t)b.source ? -1 : 1;
    return (a.start > b.start) - (a.start < b.start);
}

static int by_place(const void *left, const void *right)
{
    const struct cited *a = left, *b = right;
    int places = compare_places(a->span, b->span);
    if (places != 0)
        return places;
    if (a->span.end != b->span.end)
        return a->span.end > b->span.end ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static bool holds(const struct cited *cited, struct span span)
{
    return cited->span.source == span.source && cited->span.start <= span.start &&
           span.end <= cited->span.end;
}

static const struct cited *innermost(const struct cited *cited, struct span span)
{
    while (cited && !holds(cited, span))
        cited = cited->outer;
    return cited;
}

static void sort(struct cites *cites)
{
    if (cites->list.count)
        qsort(cites->list.items, cites->list.count, sizeof *cites->list.items, by_place);
    for (size_t i = 1; i < cites->list.count; i++)
        cites->list.items[i].outer = innermost(&cites->list.items[i - 1], cites->list.items[i].span);
}

/* A part under no clause of its own stands under that of the part around it, also where a pattern is
 * written elsewhere. */
static void collect(const struct sema *sema, struct cites *cites)
{
    for (size_t i = 0; i < sema->entities.count; i++)
        add_entity(cites, sema->entities.items[i]);
    for (size_t i = 0; i < sema->parts.count; i++)
        add(cites, sema->parts.items[i]->ast->span, sema->parts.items[i]->part->cite);
    for (size_t i = 0; i < sema->decls.count; i++)
        add_declaration(cites, sema->decls.items[i]);
    for (size_t i = 0; i < sema->stage_asts.count; i++)
        add(cites, sema->stage_asts.items[i]->node.span, sema->standard->stages.items[i]->cite);
    sort(cites);
}

/* The last that does not begin behind `span`, or one around it. */
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
    const struct cited *cited = low ? innermost(&cites->list.items[low - 1], span) : NULL;
    return cited ? cited->cite : NULL;
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
