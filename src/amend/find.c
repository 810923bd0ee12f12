#include "amend/find.h"
#include <string.h>
#include "base/mem.h"
#include "diag/suggest.h"

/* ---------------------------------------------------------------- names */

static const char *named(const struct ast *name, const struct ast *label)
{
    return ast_text(name ? name : label);
}

const char *whole_name(const struct ast *node)
{
    switch ((int)node->kind) {
    case AST_section: return ast_path_text(AST(section, node)->path);
    case AST_extra: return ast_path_text(AST(extra, node)->path);
    case AST_criterion: return ast_path_text(AST(criterion, node)->path);
    case AST_fact: return ast_text(AST(fact, node)->name);
    case AST_scale: return ast_text(AST(scale, node)->name);
    case AST_unit: return ast_text(AST(unit, node)->name);
    case AST_threshold: return ast_text(AST(threshold, node)->name);
    case AST_define: return ast_text(AST(define, node)->name);
    case AST_show: return ast_text(AST(show, node)->name);
    case AST_ladder: return ast_text(AST(ladder, node)->name);
    case AST_pattern: return ast_text(AST(pattern, node)->name);
    case AST_require: return named(AST(require, node)->name, AST(require, node)->label);
    case AST_veto: return named(AST(veto, node)->name, AST(veto, node)->label);
    case AST_qualifies: return ast_text(AST(qualifies, node)->name);
    case AST_authority: return ast_text(AST(authority, node)->name);
    case AST_title: return ast_text(AST(title, node)->name);
    case AST_stage: return ast_text(AST(stage, node)->name);
    case AST_test: return ast_text(AST(test, node)->label);
    case AST_property: return ast_text(AST(property, node)->label);
    case AST_grades:
    case AST_grades_by: return "grades";
    }
    return NULL;
}

static const char *kind_word(enum ast_kind kind)
{
    return str_print("@kind_%s", ast_kind_name(kind == AST_grades_by ? AST_grades : kind));
}

/* ---------------------------------------------------------------- lists */

bool find_is_part(enum ast_kind kind)
{
    return kind == AST_section || kind == AST_extra || kind == AST_criterion;
}

struct ast_list *find_parts(struct ast *node)
{
    switch ((int)node->kind) {
    case AST_section: return &((struct ast_section *)node)->parts;
    case AST_extra: return &((struct ast_extra *)node)->parts;
    case AST_facts: return &((struct ast_facts *)node)->facts;
    }
    return NULL;
}

static void *copy_of(const void *node, size_t size)
{
    void *copy = mem_alloc(size);
    memcpy(copy, node, size);
    return copy;
}

struct ast *find_copy(struct ast *node)
{
    struct ast *copy = node;
    switch ((int)node->kind) {
    case AST_section: copy = copy_of(node, sizeof(struct ast_section)); break;
    case AST_extra: copy = copy_of(node, sizeof(struct ast_extra)); break;
    case AST_facts: copy = copy_of(node, sizeof(struct ast_facts)); break;
    }
    struct ast_list *parts = find_parts(copy);
    if (!parts)
        return copy;
    struct ast **items = MEM_ARRAY(struct ast *, parts->count);
    for (size_t i = 0; i < parts->count; i++)
        items[i] = find_copy(parts->items[i]);
    parts->items = items;
    return copy;
}

/* ---------------------------------------------------------------- finding */

static bool is_kind(const struct ast *node, enum ast_kind kind)
{
    return node->kind == kind || (kind == AST_grades && node->kind == AST_grades_by);
}

/* The part at `path` below `list`, of whatever kind; `length` bytes of it name the part at hand. */
static struct spot find_part(struct ast_list *list, struct ast *around, const char *path)
{
    size_t length = strcspn(path, ".");
    for (size_t i = 0; i < list->count; i++) {
        struct ast *node = list->items[i];
        const char *name = find_is_part(node->kind) ? whole_name(node) : NULL;
        if (!name || strlen(name) != length || strncmp(name, path, length) != 0)
            continue;
        if (path[length] == '\0')
            return (struct spot){list, i, around};
        struct ast_list *parts = find_parts(node);
        return parts ? find_part(parts, node, path + length + 1) : (struct spot){0};
    }
    return (struct spot){0};
}

static struct spot find_fact(struct ast_list *decls, const char *name)
{
    for (size_t i = 0; i < decls->count; i++) {
        struct ast_list *facts = decls->items[i]->kind == AST_facts ? find_parts(decls->items[i]) : NULL;
        for (size_t k = 0; facts && k < facts->count; k++)
            if (str_equal(whole_name(facts->items[k]), name))
                return (struct spot){facts, k, decls->items[i]};
    }
    return (struct spot){0};
}

struct spot find(struct ast_list *decls, enum ast_kind kind, const char *path)
{
    struct spot spot = {0};
    if (find_is_part(kind)) {
        spot = find_part(decls, NULL, path);
        return spot.list && spot.list->items[spot.index]->kind == kind ? spot : (struct spot){0};
    }
    if (kind == AST_fact)
        return find_fact(decls, path);
    for (size_t i = 0; i < decls->count; i++)
        if (is_kind(decls->items[i], kind) && str_equal(whole_name(decls->items[i]), path))
            return (struct spot){decls, i, NULL};
    return spot;
}

const char *find_parent(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? mem_text(path, (size_t)(dot - path)) : NULL;
}

/* ---------------------------------------------------------------- what is not there */

/* Tests, properties and gates go by their labels, which are no names. */
static bool has_name(const struct ast *node)
{
    switch ((int)node->kind) {
    case AST_require: return AST(require, node)->name;
    case AST_veto: return AST(veto, node)->name;
    case AST_test:
    case AST_property:
    case AST_grades:
    case AST_grades_by: return false;
    }
    return true;
}

static const struct ast *of_another_kind(struct ast_list *decls, const char *path)
{
    struct spot spot = find_part(decls, NULL, path);
    if (!spot.list)
        spot = find_fact(decls, path);
    if (spot.list)
        return spot.list->items[spot.index];
    for (size_t i = 0; i < decls->count; i++)
        if (decls->items[i]->kind != AST_facts && has_name(decls->items[i]) &&
            str_equal(whole_name(decls->items[i]), path))
            return decls->items[i];
    return NULL;
}

static void offer(struct suggest *suggest, const struct ast_list *list, const char *above, enum ast_kind kind)
{
    for (size_t i = 0; i < list->count; i++) {
        struct ast *node = list->items[i];
        struct ast_list *inside = find_parts(node);
        const char *name = whole_name(node),
                   *path = above ? str_print("%s.%s", above, name ? name : "") : name;
        if (is_kind(node, kind) && path)
            suggest_offer(suggest, path);
        if (inside)
            offer(suggest, inside, node->kind == AST_facts ? NULL : path, kind);
    }
}

static const char *way_to_name(enum ast_kind kind)
{
    switch ((int)kind) {
    case AST_section:
    case AST_extra:
    case AST_criterion: return "@amend_by_path";
    case AST_require:
    case AST_veto: return "@amend_by_either";
    case AST_test:
    case AST_property: return "@amend_by_label";
    case AST_grades: return "@amend_no_grades";
    }
    return "@amend_by_name";
}

void find_report(struct ast_list *decls, const struct target *target, struct diags *diags)
{
    const char *kind = kind_word(target->kind);
    const struct ast *other = of_another_kind(decls, target->path);
    if (other) {
        struct diag *diag = diag_add(diags, DIAG_AMEND_OTHER_KIND, target->span, target->path,
                                     kind_word(other->kind), kind, NULL);
        diag_other(diag, span_first_word(other->span), "@declared_here");
        return;
    }
    struct suggest suggest;
    suggest_start(&suggest, target->path);
    offer(&suggest, decls, NULL, target->kind);
    const char *name = target->kind == AST_grades ? "" : str_print(" %s", target->path);
    struct diag *diag =
        diag_add(diags, DIAG_AMEND_NO_TARGET, target->span, kind, name, way_to_name(target->kind), NULL);
    if (suggest_best(&suggest))
        diag_suggest(diag, suggest_best(&suggest));
}

/* ---------------------------------------------------------------- labels and bodies */

const struct ast *find_label(const struct ast *node)
{
    switch ((int)node->kind) {
    case AST_section: return AST(section, node)->label;
    case AST_extra: return AST(extra, node)->label;
    case AST_criterion: return AST(criterion, node)->label;
    case AST_fact: return AST(fact, node)->label;
    case AST_scale: return AST(scale, node)->label;
    case AST_unit: return AST(unit, node)->label;
    case AST_threshold: return AST(threshold, node)->label;
    case AST_define: return AST(define, node)->label;
    case AST_show: return AST(show, node)->label;
    case AST_ladder: return AST(ladder, node)->label;
    case AST_pattern: return AST(pattern, node)->label;
    case AST_require: return AST(require, node)->label;
    case AST_veto: return AST(veto, node)->label;
    case AST_qualifies: return AST(qualifies, node)->label;
    case AST_authority: return AST(authority, node)->label;
    case AST_title: return AST(title, node)->label;
    case AST_stage: return AST(stage, node)->label;
    }
    return NULL;
}

bool find_has_body(const struct ast *part)
{
    return !(part->kind == AST_section && AST(section, part)->like) &&
           !(part->kind == AST_extra && AST(extra, part)->like);
}
