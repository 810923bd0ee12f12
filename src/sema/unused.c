#include "sema/unused.h"
#include "sema/names.h"
#include "syntax/ast.h"

/* A file that is brought in may serve other standards besides. */
static bool is_own(const struct sema *sema, struct span span)
{
    return span.source == sema->standard->source;
}

static void note(struct sema *sema, struct span span, const char *what, const char *name)
{
    if (is_own(sema, span))
        sema_error(sema, DIAG_UNUSED, span, what, name);
}

/* ---- definitions, thresholds, ladders */

static void note_entities(struct sema *sema)
{
    for (size_t i = 0; i < sema->entities.count; i++) {
        const struct entity *entity = sema->entities.items[i];
        const char *what = entity->kind == ENTITY_DEFINITION  ? "@the_definition"
                           : entity->kind == ENTITY_THRESHOLD ? "@the_threshold"
                           : entity->kind == ENTITY_LADDER    ? "@the_ladder"
                                                              : NULL;
        if (what && !entity->used)
            note(sema, entity->span, what, entity->name);
    }
}

/* ---- scales */

static bool is_of(const struct type *type, const struct choice *scale)
{
    if (type->choice == scale || (type->element && is_of(&type->element->type, scale)))
        return true;
    for (size_t i = 0; i < type->column_count; i++)
        if (is_of(&type->columns[i].type, scale))
            return true;
    return false;
}

static bool has_param_of(const struct sema *sema, const struct ast_list *params, const char *scale)
{
    for (size_t i = 0; i < params->count; i++) {
        const struct ast *type = AST(param, params->items[i])->type;
        if (type->kind == AST_t_named && str_equal(ast_text(AST(t_named, type)->name), scale) &&
            names_find(&sema->scales, scale))
            return true;
    }
    return false;
}

static bool scale_is_used(const struct sema *sema, const char *name)
{
    const struct choice *scale = names_find(&sema->scales, name);
    for (size_t i = 0; i < sema->standard->facts.count; i++)
        if (is_of(&sema->standard->facts.items[i]->field.type, scale))
            return true;
    for (size_t i = 0; i < sema->decls.count; i++) {
        const struct ast *decl = sema->decls.items[i];
        if (decl->kind == AST_define && has_param_of(sema, &AST(define, decl)->params, name))
            return true;
        if (decl->kind == AST_pattern && has_param_of(sema, &AST(pattern, decl)->params, name))
            return true;
    }
    return false;
}

/* ---- patterns, authorities */

static bool pattern_is_used(const struct sema *sema, const struct ast_pattern *pattern)
{
    for (size_t i = 0; i < sema->parts.count; i++)
        if (sema->parts.items[i]->pattern == pattern)
            return true;
    return false;
}

static bool authority_is_used(const struct sema *sema, const char *name)
{
    const struct standard *standard = sema->standard;
    for (size_t i = 0; i < standard->stages.count; i++)
        if (str_equal(standard->authorities.items[standard->stages.items[i]->by].name, name))
            return true;
    for (size_t i = 0; i < standard->judged.count; i++)
        if (str_equal(standard->judged.items[i]->authority, name))
            return true;
    return false;
}

static void note_unless(struct sema *sema, bool used, const char *what, const struct ast *name)
{
    if (!used)
        note(sema, name->span, what, ast_text(name));
}

static void note_declaration(struct sema *sema, const struct ast *decl)
{
    switch ((int)decl->kind) {
    case AST_scale: {
        const struct ast *name = AST(scale, decl)->name;
        note_unless(sema, scale_is_used(sema, ast_text(name)), "@the_scale", name);
        break;
    }
    case AST_pattern:
        note_unless(sema, pattern_is_used(sema, AST(pattern, decl)), "@the_pattern",
                    AST(pattern, decl)->name);
        break;
    case AST_authority: {
        const struct ast *name = AST(authority, decl)->name;
        note_unless(sema, authority_is_used(sema, ast_text(name)), "@the_authority", name);
        break;
    }
    }
}

/* ---- facts */

static bool limits_another(const struct sema *sema, size_t slot)
{
    for (size_t i = 0; i < sema->standard->facts.count; i++) {
        const struct limits *limits = &sema->standard->facts.items[i]->field.limits;
        if (limits->low_fact == (int)slot || limits->high_fact == (int)slot)
            return true;
    }
    return false;
}

static bool is_handed_in(const struct sema *sema, size_t slot)
{
    for (size_t i = 0; i < sema->standard->stages.count; i++) {
        const struct stage *stage = sema->standard->stages.items[i];
        for (size_t k = 0; k < stage->needs.list.count; k++)
            if (stage->needs.list.items[k] == slot)
                return true;
    }
    return false;
}

static bool is_unread(const struct sema *sema, const struct entity *entity)
{
    return !entity->used && !limits_another(sema, entity->fact->slot) &&
           !is_handed_in(sema, entity->fact->slot) && !entity->fact->field.is_dated;
}

/* Told once, for all of them. */
static void note_facts(struct sema *sema)
{
    struct str names = {0};
    struct span first = SPAN_NONE;
    for (size_t i = 0; i < sema->entities.count; i++) {
        const struct entity *entity = sema->entities.items[i];
        if (entity->kind != ENTITY_FACT || !is_unread(sema, entity))
            continue;
        entity->fact->unread = true;
        if (!is_own(sema, entity->span))
            continue;
        str_format(&names, "%s%s", names.length ? DIAG_NEXT : "", entity->name);
        if (!first.source)
            first = entity->span;
    }
    if (first.source)
        sema_error(sema, DIAG_FACTS_UNUSED, first, str_text(&names), NULL);
}

void unused_note(struct sema *sema)
{
    note_entities(sema);
    for (size_t i = 0; i < sema->decls.count; i++)
        note_declaration(sema, sema->decls.items[i]);
    note_facts(sema);
}
