/* Building the tree of parts: names, paths, caps, patterns. Nothing is lowered here. */
#include "base/mem.h"
#include "sema/misread.h"
#include "sema/names.h"
#include "sema/parts.h"

static void add_parts(struct sema *sema, struct part_info *info, const struct ast_list *list);

/* ---- attributes */

static void set_cap(struct sema *sema, struct part_info *info, const struct ast_a_cap *ast)
{
    struct part *part = info->part;
    part->has_cap = true;
    part->cap = AST(number, ast->cap)->value;
    info->cap_span = ast->cap->span;
    if (!ast->of)
        return;
    part->has_offer = true;
    part->offer = AST(number, ast->of)->value;
    if (part->kind != PART_SECTION)
        sema_error(sema, DIAG_OFFER_MISPLACED, ast->of->span, part->path, NULL);
    else if (num_compare(part->offer, part->cap) < 0)
        sema_error(sema, DIAG_OFFER_BELOW_CAP, ast->of->span, num_text(part->offer), num_text(part->cap));
}

static void set_minimum(struct sema *sema, struct part_info *info, const struct ast_a_minimum *ast)
{
    if (info->part->has_minimum)
        sema_error(sema, DIAG_ATTRIBUTE_TWICE, ast->node.span, span_text(ast->node.span), NULL);
    info->part->has_minimum = true;
    info->part->minimum = AST(percent, ast->share)->value;
    info->part->minimum_span = ast->node.span;
}

static void note(struct part *part, enum noted_kind kind, const struct ast *text)
{
    vec_push(&part->noted, (struct noted){kind, ast_text(text), text->span});
    if (kind == NOTED_CITE && !part->cite)
        part->cite = ast_text(text);
}

static void attribute(struct sema *sema, struct part_info *info, const struct ast *ast)
{
    struct part *part = info->part;
    if ((ast->kind == AST_a_cap && part->has_cap) || (ast->kind == AST_a_weight && part->has_weight)) {
        sema_error(sema, DIAG_ATTRIBUTE_TWICE, ast->span, span_text(ast->span), NULL);
        return;
    }
    switch ((int)ast->kind) {
    case AST_a_cap: set_cap(sema, info, AST(a_cap, ast)); break;
    case AST_a_weight:
        part->has_weight = true;
        part->weight = AST(percent, AST(a_weight, ast)->share)->value;
        break;
    case AST_a_minimum: set_minimum(sema, info, AST(a_minimum, ast)); break;
    case AST_a_cite: note(part, NOTED_CITE, AST(a_cite, ast)->text); break;
    }
    if (part->kind == PART_CRITERION && part->has_minimum)
        sema_error(sema, DIAG_MINIMUM_MISPLACED, part->minimum_span, part->path, NULL);
}

/* ---- one part */

static bool is_declared_name(struct sema *sema, const struct ast_path *path)
{
    if (path->names.count == 1)
        return true;
    sema_error(sema, DIAG_PLAIN_NAME_WANTED, path->node.span, ast_path_text(&path->node),
               ast_text(path->names.items[path->names.count - 1]));
    return false;
}

static bool declare(struct sema *sema, struct part_info *info)
{
    struct entity *entity = &info->entity;
    if (info->parent == &sema->root) {
        struct entity *added = names_add_entity(sema, *entity);
        if (!added)
            return false;
        added->part = info;
    }
    return names_declare(sema, &info->parent->names, entity->name, entity->span, info);
}

/* Patterns that use patterns can multiply. */
static bool too_many_parts(struct sema *sema, struct span span)
{
    enum { PARTS_MAX = 200000 };
    if (sema->parts.count < PARTS_MAX)
        return false;
    if (!sema->limit_passed)
        sema_error(sema, DIAG_STANDARD_TOO_LARGE, span, NULL, NULL);
    return sema->limit_passed = true;
}

static struct part_info *new_part(struct sema *sema, struct part_info *parent, enum part_kind kind,
                                  const struct ast *ast, const struct ast *path_ast, const struct ast *label)
{
    const struct ast_path *path = AST(path, path_ast);
    if (too_many_parts(sema, ast->span) || !is_declared_name(sema, path))
        return parent->incomplete = true, NULL;
    struct part_info *info = MEM_NEW(struct part_info);
    struct part *part = info->part = MEM_NEW(struct part);
    const struct ast *name = path->names.items[0];
    part->kind = kind;
    part->name = ast_text(name);
    part->path =
        parent->part->kind == PART_STANDARD ? part->name : str_print("%s.%s", parent->part->path, part->name);
    part->label = ast_text(label);
    part->span = name->span;
    part->parent = parent->part;
    part->better_lower = sema->standard->better_lower;
    info->ast = ast;
    info->parent = parent;
    info->head = span_join((struct span){ast->span.source, ast->span.start, ast->span.start},
                           label ? label->span : path->node.span);
    info->entity = (struct entity){
        .kind = ENTITY_PART, .name = part->name, .span = name->span, .ast = ast, .part = info};
    if (!declare(sema, info))
        return parent->incomplete = true, NULL;
    vec_push(&parent->parts, info);
    vec_push(&parent->part->parts, part);
    vec_push(&sema->parts, info);
    map_put(&sema->standard->parts_by_path, part->path, part);
    return info;
}

static void attributes(struct sema *sema, struct part_info *info, const struct ast_list *attrs)
{
    for (size_t i = 0; i < attrs->count; i++) {
        attribute(sema, info, attrs->items[i]);
        info->head = span_join(info->head, attrs->items[i]->span);
    }
}

static void inherit_cite(struct part_info *info)
{
    if (!info->part->cite)
        info->part->cite = info->parent->part->cite;
}

/* The parts of a pattern are built anew wherever it is used; deep nesting of patterns ends at the limit of
 * nesting. */
static void body(struct sema *sema, struct part_info *info, const struct ast_list *parts,
                 const struct ast *like)
{
    enum { DEPTH_MAX = 50 };
    size_t depth = 0;
    inherit_cite(info);
    if (sema->limit_passed)
        return;
    if (!like) {
        add_parts(sema, info, parts);
        return;
    }
    const struct ast_like *use = AST(like, like);
    const struct ast *pattern = names_find(&sema->patterns, ast_text(use->pattern));
    for (const struct part_info *around = info; around; around = around->parent)
        depth++;
    info->like = use;
    info->incomplete |= !pattern || depth > DEPTH_MAX;
    if (!pattern)
        names_report_missing(sema, DIAG_UNKNOWN_PATTERN, &sema->patterns, ast_text(use->pattern),
                             use->pattern->span);
    else if (depth > DEPTH_MAX)
        sema_error(sema, DIAG_PATTERN_OF_ITSELF, use->node.span, ast_text(use->pattern), NULL);
    else {
        info->pattern = AST(pattern, pattern);
        add_parts(sema, info, &info->pattern->parts);
    }
}

static void add_section(struct sema *sema, struct part_info *parent, const struct ast_section *ast)
{
    struct part_info *info = new_part(sema, parent, PART_SECTION, &ast->node, ast->path, ast->label);
    if (!info)
        return;
    info->incomplete = misread_in(sema, ast->node.span);
    attributes(sema, info, &ast->attrs);
    body(sema, info, &ast->parts, ast->like);
}

static void add_extra(struct sema *sema, struct part_info *parent, const struct ast_extra *ast)
{
    struct part_info *info =
        new_part(sema, parent, ast->penalty ? PART_PENALTY : PART_BONUS, &ast->node, ast->path, ast->label);
    if (!info)
        return;
    attributes(sema, info, &ast->attrs);
    info->when_ast = ast->when;
    body(sema, info, &ast->parts, ast->like);
}

static void add_criterion(struct sema *sema, struct part_info *parent, const struct ast_criterion *ast)
{
    struct part_info *info = new_part(sema, parent, PART_CRITERION, &ast->node, ast->path, ast->label);
    if (!info)
        return;
    attributes(sema, info, &ast->attrs);
    info->body = &ast->rules;
    for (size_t i = 0; i < ast->rules.count; i++)
        if (ast->rules.items[i]->kind == AST_s_remark) {
            const struct ast_s_remark *remark = AST(s_remark, ast->rules.items[i]);
            note(info->part, (enum noted_kind)remark->which, remark->text);
        }
    inherit_cite(info);
    if (info->part->has_cap)
        return;
    info->part->cap = num_int(0);
    info->parent->incomplete = true;
    if (!misread_in(sema, ast->node.span))
        sema_error(sema, DIAG_CRITERION_WITHOUT_CAP, info->part->span, info->part->name, NULL);
}

static void add_part(struct sema *sema, struct part_info *info, const struct ast *ast)
{
    switch ((int)ast->kind) {
    case AST_section: add_section(sema, info, AST(section, ast)); break;
    case AST_extra: add_extra(sema, info, AST(extra, ast)); break;
    case AST_criterion: add_criterion(sema, info, AST(criterion, ast)); break;
    case AST_a_minimum: set_minimum(sema, info, AST(a_minimum, ast)); break;
    case AST_s_remark:
        note(info->part, (enum noted_kind)AST(s_remark, ast)->which, AST(s_remark, ast)->text);
        break;
    case AST_s_loss: vec_push(&info->losses, AST(s_loss, ast)); break;
    }
}

static void add_parts(struct sema *sema, struct part_info *info, const struct ast_list *list)
{
    for (size_t i = 0; i < list->count; i++) /* remarks first: parts inside inherit the clause */
        if (list->items[i]->kind == AST_s_remark)
            add_part(sema, info, list->items[i]);
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->kind != AST_s_remark)
            add_part(sema, info, list->items[i]);
}

void parts_collect(struct sema *sema)
{
    struct part *root = sema->root.part = MEM_NEW(struct part);
    root->kind = PART_STANDARD;
    root->path = root->name = "";
    root->label = sema->standard->label;
    root->better_lower = sema->standard->better_lower;
    sema->standard->root = root;
    sema->root.incomplete = misread_anywhere(sema);
    for (size_t i = 0; i < sema->decls.count; i++) {
        const struct ast *decl = sema->decls.items[i];
        if (decl->kind == AST_section || decl->kind == AST_extra || decl->kind == AST_criterion)
            add_part(sema, &sema->root, decl);
    }
}
