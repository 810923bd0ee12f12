#include "amend/changes.h"
#include <string.h>
#include "amend/find.h"
#include "amend/same_type.h"
#include "base/mem.h"

struct changing changes_start(struct whole *whole, struct diags *diags, const struct ast **decls,
                              size_t count)
{
    struct changing changing = {.whole = whole, .diags = diags, .first = whole->changes.count};
    changing.decls = (struct ast_list){MEM_ARRAY(struct ast *, count ? count : 1), count};
    for (size_t i = 0; i < count; i++)
        changing.decls.items[i] = find_copy((struct ast *)(uintptr_t)decls[i]);
    return changing;
}

/* ---------------------------------------------------------------- lists */

static void list_insert(struct ast_list *list, size_t index, struct ast *node)
{
    struct ast **items = MEM_ARRAY(struct ast *, list->count + 1);
    memcpy(items, list->items, index * sizeof *items);
    items[index] = node;
    memcpy(items + index + 1, list->items + index, (list->count - index) * sizeof *items);
    *list = (struct ast_list){items, list->count + 1};
}

static void list_remove(struct ast_list *list, size_t index)
{
    memmove(list->items + index, list->items + index + 1, (list->count - index - 1) * sizeof *list->items);
    list->count--;
}

void changes_add(struct changing *changing, const struct ast *decl)
{
    list_insert(&changing->decls, changing->decls.count, (struct ast *)(uintptr_t)decl);
}

/* ---------------------------------------------------------------- one thing is changed once */

static bool lies_in(const char *inner, const char *outer)
{
    size_t length = strlen(outer);
    return strncmp(inner, outer, length) == 0 && inner[length] == '.';
}

static bool is_whole(const struct changed *changed)
{
    return changed->change->kind == AST_replace || changed->change->kind == AST_repeal;
}

static bool clashes(const struct changed *earlier, const struct target *target, const struct ast *change)
{
    bool parts = find_is_part(earlier->kind) && find_is_part(target->kind);
    if (!parts && earlier->kind != target->kind)
        return false;
    if (str_equal(earlier->path, target->path))
        return !(change->kind == AST_insert && (!earlier->made || earlier->change == change));
    bool all = change->kind == AST_replace || change->kind == AST_repeal;
    return parts && ((is_whole(earlier) && earlier->made && lies_in(target->path, earlier->path)) ||
                     (all && lies_in(earlier->path, target->path)));
}

static bool is_free(struct changing *changing, const struct target *target, const struct ast *change)
{
    for (size_t i = changing->first; i < changing->whole->changes.count; i++) {
        const struct changed *earlier = &changing->whole->changes.items[i];
        if (!clashes(earlier, target, change))
            continue;
        struct diag *diag = diag_add(changing->diags, DIAG_AMEND_TWICE, target->span, target->path, NULL);
        diag_other(diag, earlier->span, "@first_changed_here");
        return false;
    }
    return true;
}

static struct spot look_up(struct changing *changing, const struct target *target, const struct ast *change)
{
    if (!is_free(changing, target, change))
        return (struct spot){0};
    struct spot spot = find(&changing->decls, target->kind, target->path);
    if (!spot.list)
        find_report(&changing->decls, target, changing->diags);
    return spot;
}

static void note(struct changing *changing, const struct target *target, struct changed changed)
{
    changed.kind = target->kind;
    changed.path = target->path;
    changed.span = target->span;
    vec_push(&changing->whole->changes, changed);
}

static void put(struct changing *changing, const struct spot *spot, const struct target *target,
                const struct ast *change, struct ast *made)
{
    note(changing, target,
         (struct changed){.change = change, .old = spot->list->items[spot->index], .made = made});
    spot->list->items[spot->index] = made;
}

/* ---------------------------------------------------------------- set */

static void set_threshold(struct changing *changing, const struct ast_set_threshold *set)
{
    struct target target = {AST_threshold, ast_text(set->name), set->name->span};
    struct spot spot = look_up(changing, &target, &set->node);
    if (!spot.list)
        return;
    const struct ast_threshold *old = AST(threshold, spot.list->items[spot.index]);
    same_type_check(old, set, changing->diags);
    const struct ast *cite = set->cite || set->dated.count ? set->cite : old->cite;
    put(changing, &spot, &target, &set->node,
        ast_threshold(set->name, old->label, set->value, set->dated, cite, set->node.span));
}

static const struct ast_list NONE;

static struct ast_list attrs_of(const struct ast *part)
{
    switch ((int)part->kind) {
    case AST_section: return AST(section, part)->attrs;
    case AST_extra: return AST(extra, part)->attrs;
    case AST_criterion: return AST(criterion, part)->attrs;
    }
    return NONE;
}

static struct ast_list copy_list(struct ast_list list)
{
    struct ast **items = MEM_ARRAY(struct ast *, list.count ? list.count : 1);
    for (size_t i = 0; i < list.count; i++)
        items[i] = list.items[i];
    return (struct ast_list){items, list.count};
}

static bool take_place(struct ast_list *list, struct ast *attr)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind != attr->kind)
            continue;
        list->items[i] = attr;
        return true;
    }
    return false;
}

/* A clause comes first in a criterion, of which it is about all; elsewhere last, since what stands inside goes by the first. */
static void set_attribute(struct ast *part, struct ast_list *attrs, struct ast *attr)
{
    struct ast_list *parts = find_parts(part);
    if (attr->kind == AST_a_cite && parts)
        list_insert(parts, parts->count, ast_s_remark(REMARK_CITE, AST(a_cite, attr)->text, attr->span));
    else if (attr->kind == AST_a_cite)
        list_insert(attrs, 0, attr);
    else if (!take_place(attrs, attr) && !(parts && take_place(parts, attr)))
        list_insert(attrs, attrs->count, attr);
}

static struct ast *with_label(struct ast *part, const struct ast *label, struct ast_list attrs)
{
    switch ((int)part->kind) {
    case AST_section: {
        const struct ast_section *old = AST(section, part);
        return ast_section(old->path, label ? label : old->label, attrs, old->parts, old->like, part->span);
    }
    case AST_extra: {
        const struct ast_extra *old = AST(extra, part);
        return ast_extra(old->penalty, old->path, label ? label : old->label, attrs, old->when, old->parts,
                         old->like, part->span);
    }
    default: {
        const struct ast_criterion *old = AST(criterion, part);
        return ast_criterion(old->path, label ? label : old->label, attrs, old->rules, part->span);
    }
    }
}

static void set_part(struct changing *changing, const struct ast_set_part *set)
{
    struct target target = {(enum ast_kind)set->what, ast_path_text(set->path), set->path->span};
    struct spot spot = look_up(changing, &target, &set->node);
    if (!spot.list)
        return;
    struct ast *old = spot.list->items[spot.index], *made = with_label(old, set->label, NONE);
    struct ast_list attrs = copy_list(attrs_of(old)), *parts = find_parts(made);
    if (parts)
        *parts = copy_list(*parts);
    for (size_t i = 0; i < set->attrs.count; i++) {
        struct ast *attr = set->attrs.items[i];
        if (attr->kind == AST_a_cite && !find_has_body(old))
            list_insert(&attrs, attrs.count, attr);
        else
            set_attribute(made, &attrs, attr);
    }
    made = with_label(made, NULL, attrs);
    if (!set->attrs.count && !set->label)
        diag_add(changing->diags, DIAG_AMENDS_NOTHING, set->node.span, NULL);
    put(changing, &spot, &target, &set->node, made);
}

/* ---------------------------------------------------------------- replace */

static struct ast *plain_path(const struct ast *path)
{
    const struct ast_path *self = AST(path, path);
    struct ast *last = self->names.items[self->names.count - 1];
    struct ast **items = MEM_ARRAY(struct ast *, 1);
    items[0] = last;
    return ast_path((struct ast_list){items, 1}, last->span);
}

/* A part under its own name alone: where it stands says the rest. */
static struct ast *under_plain_name(struct ast *part)
{
    switch ((int)part->kind) {
    case AST_section: {
        const struct ast_section *self = AST(section, part);
        return ast_section(plain_path(self->path), self->label, self->attrs, self->parts, self->like,
                           part->span);
    }
    case AST_extra: {
        const struct ast_extra *self = AST(extra, part);
        return ast_extra(self->penalty, plain_path(self->path), self->label, self->attrs, self->when,
                         self->parts, self->like, part->span);
    }
    case AST_criterion: {
        const struct ast_criterion *self = AST(criterion, part);
        return ast_criterion(plain_path(self->path), self->label, self->attrs, self->rules, part->span);
    }
    default: return part;
    }
}

static struct span name_span(const struct ast *node)
{
    switch ((int)node->kind) {
    case AST_section: return AST(section, node)->path->span;
    case AST_extra: return AST(extra, node)->path->span;
    case AST_criterion: return AST(criterion, node)->path->span;
    case AST_fact: return AST(fact, node)->name->span;
    case AST_grades:
    case AST_grades_by: return span_first_word(node->span);
    }
    return node->span;
}

static struct target target_of(const struct ast *node)
{
    enum ast_kind kind = node->kind == AST_grades_by ? AST_grades : node->kind;
    const char *name = whole_name(node);
    return (struct target){kind, name ? name : "", name_span(node)};
}

static void replace_one(struct changing *changing, const struct ast *change, struct ast *part)
{
    struct target target = target_of(part);
    struct spot spot = look_up(changing, &target, change);
    if (spot.list)
        put(changing, &spot, &target, change, find_copy(under_plain_name(part)));
}

static void replace(struct changing *changing, const struct ast_replace *replace)
{
    struct ast *part = (struct ast *)(uintptr_t)replace->part;
    if (part->kind != AST_facts) {
        replace_one(changing, &replace->node, part);
        return;
    }
    for (size_t i = 0; i < AST(facts, part)->facts.count; i++)
        replace_one(changing, &replace->node, AST(facts, part)->facts.items[i]);
}

/* ---------------------------------------------------------------- insert */

static const struct changed *inserted_here(const struct changing *changing, const struct ast *node)
{
    for (size_t i = changing->first; i < changing->whole->changes.count; i++) {
        const struct changed *changed = &changing->whole->changes.items[i];
        if (changed->made == node && !changed->old)
            return changed;
    }
    return NULL;
}

/* Several behind one neighbour keep the order in which they are written. */
static size_t behind(const struct changing *changing, const struct ast_list *list, size_t index)
{
    const struct ast *beside = list->items[index++];
    while (index < list->count) {
        const struct changed *changed = inserted_here(changing, list->items[index]);
        bool same = changed && !changed->before && changed->beside &&
                    str_equal(whole_name(changed->beside), whole_name(beside));
        if (!same)
            break;
        index++;
    }
    return index;
}

static struct spot find_part_at(struct ast_list *decls, const char *path)
{
    static const enum ast_kind PARTS[] = {AST_criterion, AST_section, AST_extra};
    struct spot spot = {0};
    for (size_t i = 0; !spot.list && i < 3; i++)
        spot = find(decls, PARTS[i], path);
    return spot;
}

static bool is_taken(struct changing *changing, const struct target *target)
{
    struct spot spot = target->kind == AST_fact ? find(&changing->decls, AST_fact, target->path)
                                                : find_part_at(&changing->decls, target->path);
    if (!spot.list)
        return false;
    struct diag *diag = diag_add(changing->diags, DIAG_INSERT_TAKEN, target->span, target->path, NULL);
    diag_other(diag, name_span(spot.list->items[spot.index]), "@first_here");
    return true;
}

/* The neighbour, or the end of the list that it is to stand in. */
static struct spot seat(struct changing *changing, const struct target *target, const struct ast *place)
{
    const struct ast *path = place ? AST(place, place)->path : NULL;
    struct target beside = {target->kind, path ? ast_path_text(path) : "", path ? path->span : SPAN_NONE};
    const char *parent = find_parent(target->path);
    struct spot spot = {0};
    if (path && target->kind == AST_fact) {
        spot = find(&changing->decls, AST_fact, beside.path);
    } else if (path) {
        spot = find_part_at(&changing->decls, beside.path);
        if (!str_equal(find_parent(beside.path), parent)) {
            diag_add(changing->diags, DIAG_INSERT_ELSEWHERE, beside.span, beside.path, target->path, NULL);
            return (struct spot){0};
        }
    } else if (parent) {
        spot = find_part_at(&changing->decls, parent);
        struct ast *around = spot.list ? spot.list->items[spot.index] : NULL;
        struct ast_list *parts = around ? find_parts(around) : NULL;
        if (parts && find_has_body(around))
            return (struct spot){parts, parts->count, around};
        if (parts) {
            diag_add(changing->diags, DIAG_AMEND_OTHER_KIND, target->span, parent, "@kind_like", "@kind_body",
                     NULL);
            return (struct spot){0};
        }
        spot.list = NULL;
        beside = (struct target){AST_section, parent, target->span};
    } else {
        return (struct spot){&changing->decls, changing->decls.count, NULL};
    }
    if (!spot.list)
        find_report(&changing->decls, &beside, changing->diags);
    else if (inserted_here(changing, spot.list->items[spot.index])) {
        diag_add(changing->diags, DIAG_INSERT_BESIDE_NEW, beside.span, beside.path, NULL);
        spot.list = NULL;
    }
    return spot;
}

static void insert_one(struct changing *changing, const struct ast_insert *insert, struct ast *part)
{
    struct target target = target_of(part);
    const struct ast *place = insert->place;
    if (is_taken(changing, &target) || !is_free(changing, &target, &insert->node))
        return;
    struct spot spot = seat(changing, &target, place);
    if (!spot.list)
        return;
    bool before = place && AST(place, place)->before;
    const struct ast *beside = place ? spot.list->items[spot.index] : NULL;
    size_t index = place && !before ? behind(changing, spot.list, spot.index) : spot.index;
    struct ast *made = find_copy(under_plain_name(part));
    note(changing, &target,
         (struct changed){.change = &insert->node,
                          .made = made,
                          .around = spot.around,
                          .beside = beside,
                          .before = before});
    list_insert(spot.list, index, made);
}

static void insert(struct changing *changing, const struct ast_insert *insert)
{
    struct ast *part = (struct ast *)(uintptr_t)insert->part;
    if (part->kind != AST_facts) {
        insert_one(changing, insert, part);
        return;
    }
    for (size_t i = 0; i < AST(facts, part)->facts.count; i++)
        insert_one(changing, insert, AST(facts, part)->facts.items[i]);
}

/* ---------------------------------------------------------------- repeal */

/* A label behind the name is there for the reader: it says which one is meant. */
static void check_label(struct changing *changing, const struct ast *label, const struct ast *old)
{
    const struct ast *known = find_label(old);
    if (!label || str_equal(ast_text(label), ast_text(known)))
        return;
    struct diag *diag = diag_add(changing->diags, DIAG_REPEAL_LABEL, label->span, ast_text(label),
                                 known ? ast_text(known) : "", NULL);
    diag_other(diag, known ? known->span : name_span(old), "@declared_here");
}

static void repeal_one(struct changing *changing, const struct ast_repeal *repeal, const struct ast *named)
{
    bool path = named && named->kind == AST_path;
    struct target target = {(enum ast_kind)repeal->what, path ? ast_path_text(named) : ast_text(named),
                            named ? named->span : repeal->node.span};
    if (!target.path)
        target.path = "grades";
    struct spot spot = look_up(changing, &target, &repeal->node);
    if (!spot.list)
        return;
    struct ast *old = spot.list->items[spot.index];
    if (repeal->names.count)
        check_label(changing, repeal->label, old);
    note(changing, &target, (struct changed){.change = &repeal->node, .old = old, .around = spot.around});
    list_remove(spot.list, spot.index);
}

static void repeal(struct changing *changing, const struct ast_repeal *repeal)
{
    if (!repeal->names.count)
        repeal_one(changing, repeal, repeal->label);
    for (size_t i = 0; i < repeal->names.count; i++)
        repeal_one(changing, repeal, repeal->names.items[i]);
}

void changes_make(struct changing *changing, const struct ast *change)
{
    switch ((int)change->kind) {
    case AST_set_threshold: set_threshold(changing, AST(set_threshold, change)); break;
    case AST_set_part: set_part(changing, AST(set_part, change)); break;
    case AST_replace: replace(changing, AST(replace, change)); break;
    case AST_insert: insert(changing, AST(insert, change)); break;
    case AST_repeal: repeal(changing, AST(repeal, change)); break;
    }
}
