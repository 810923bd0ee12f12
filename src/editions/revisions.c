#include "editions/revisions.h"
#include <string.h>
#include "amend/clause.h"
#include "amend/find.h"
#include "amend/whole.h"
#include "base/map.h"
#include "base/mem.h"
#include "syntax/keywords.h"

/* ---- what an edition declares */

struct thing {
    enum ast_kind kind;
    const char *path, *key;
    const struct ast *node;
    size_t place;        /* in its edition */
    struct thing *other; /* the same thing in the other edition; NULL: it has none */
};

struct things {
    VEC(struct thing *) list;
    struct map by_path; /* kind and path → struct thing */
};

/* Sections, criteria, bonuses and penalties have one space of names. */
static enum ast_kind family(enum ast_kind kind)
{
    return find_is_part(kind) ? AST_section : kind == AST_grades_by ? AST_grades : kind;
}

static const char *key_of(enum ast_kind kind, const char *path)
{
    return str_print("%d %s", (int)family(kind), path);
}

/* What goes by a name for the second time: gates may have one label. */
static const char *free_key(const struct things *things, enum ast_kind kind, const char *path)
{
    const char *key = key_of(kind, path);
    for (size_t n = 2; map_find(&things->by_path, key); n++)
        key = str_print("%s\n%zu", key_of(kind, path), n);
    return key;
}

static void add_thing(struct things *things, const struct ast *node, const char *path)
{
    struct thing *thing = MEM_NEW(struct thing);
    *thing = (struct thing){.kind = node->kind, .path = path, .node = node, .place = things->list.count};
    vec_push(&things->list, thing);
    thing->key = free_key(things, node->kind, path);
    map_put(&things->by_path, thing->key, thing);
}

static void add_parts(struct things *things, const struct ast *node, const char *around)
{
    const char *name = whole_name(node);
    const char *path = around ? str_print("%s.%s", around, name) : name;
    add_thing(things, node, path);
    const struct ast_list *parts = find_parts((struct ast *)node);
    for (size_t i = 0; parts && i < parts->count; i++)
        if (find_is_part(parts->items[i]->kind))
            add_parts(things, parts->items[i], path);
}

static void add_facts(struct things *things, const struct ast *facts)
{
    const struct ast_list *list = find_parts((struct ast *)facts);
    for (size_t i = 0; i < list->count; i++)
        add_thing(things, list->items[i], whole_name(list->items[i]));
}

/* What goes by no name can be told from no other: it is left out. */
static void add_declaration(struct things *things, const struct ast *node)
{
    if (node->kind == AST_facts)
        add_facts(things, node);
    else if (find_is_part(node->kind))
        add_parts(things, node, NULL);
    else if (whole_name(node))
        add_thing(things, node, whole_name(node));
}

static struct things things_of(const struct whole *whole)
{
    struct things things = {0};
    if (whole->header)
        add_thing(&things, &whole->header->node, "");
    for (size_t i = 0; i < whole->decls.count; i++)
        add_declaration(&things, whole->decls.items[i]);
    return things;
}

/* ---- which is which */

static void pair(struct thing *a, struct thing *b)
{
    a->other = b;
    b->other = a;
}

static void pair_by_path(struct things *old, struct things *new)
{
    for (size_t i = 0; i < new->list.count; i++) {
        struct thing *thing = new->list.items[i];
        struct thing *other = map_find(&old->by_path, thing->key);
        if (other && other->kind == thing->kind && !other->other)
            pair(thing, other);
    }
}

static const char *own_name(const struct thing *thing)
{
    const char *dot = strrchr(thing->path, '.');
    return dot ? dot + 1 : thing->path;
}

static const char *label_of(const struct thing *thing)
{
    return ast_text(find_label(thing->node));
}

typedef bool likeness(const struct thing *a, const struct thing *b);

static bool has_the_name(const struct thing *a, const struct thing *b)
{
    return find_is_part(a->kind) && str_equal(own_name(a), own_name(b));
}

static bool has_the_label(const struct thing *a, const struct thing *b)
{
    return label_of(a) && str_equal(label_of(a), label_of(b));
}

/* The only one of its kind that is alike and stands alone; NULL: none, or several. */
static struct thing *only_one(const struct things *things, const struct thing *like, likeness *alike)
{
    struct thing *found = NULL;
    for (size_t i = 0; i < things->list.count; i++) {
        struct thing *thing = things->list.items[i];
        if (thing->other || thing->kind != like->kind || !alike(thing, like))
            continue;
        if (found)
            return NULL;
        found = thing;
    }
    return found;
}

static void pair_moved(struct things *old, struct things *new, likeness *alike)
{
    for (size_t i = 0; i < new->list.count; i++) {
        struct thing *thing = new->list.items[i];
        struct thing *other = thing->other ? NULL : only_one(old, thing, alike);
        if (other && only_one(new, other, alike) == thing)
            pair(thing, other);
    }
}

/* ---- what is otherwise in it */

/* What is called otherwise now, and words that both tongues have: "old new" → anything. */
static const char *both_names(const char *old, const char *new)
{
    return str_print("%s\n%s", old, new);
}

static bool same_name(const char *a, const char *b, void *data)
{
    return str_equal(a, b) || keyword_same_name(a, b) || map_find(data, both_names(a, b));
}

static bool alike(const struct ast *a, const struct ast *b, const struct map *renamed)
{
    return ast_alike(a, b, same_name, (void *)renamed);
}

static bool note_name(const struct ast *node, void *data)
{
    if (node->kind == AST_name)
        map_put(data, ast_text(node), (void *)node);
    return true;
}

/* Every name that stands anywhere. */
static struct map names_in(const struct things *things)
{
    struct map names = {0};
    for (size_t i = 0; i < things->list.count; i++)
        ast_walk(things->list.items[i]->node, note_name, &names);
    return names;
}

/* A name that both editions use, for whatever, is no other name of anything. */
static struct map renamed_in(const struct things *old, const struct things *new)
{
    struct map renamed = {0}, before = names_in(old), after = names_in(new);
    for (size_t i = 0; i < new->list.count; i++) {
        struct thing *thing = new->list.items[i];
        const char *name = own_name(thing), *was = thing->other ? own_name(thing->other) : name;
        if (!str_equal(name, was) && !map_find(&before, name) && !map_find(&after, was))
            map_put(&renamed, both_names(was, name), thing);
    }
    return renamed;
}

struct pieces {
    VEC(const struct ast *) list;
    bool whole; /* of a pattern: its parts are pieces of it */
};

/* Its own name says nothing of it, and what has a name of its own is a thing of its own. */
static void add_piece(const struct ast *child, void *data)
{
    struct pieces *pieces = data;
    bool first = pieces->list.count == 0 && (child->kind == AST_name || child->kind == AST_path);
    if ((pieces->whole || !find_is_part(child->kind)) && !first)
        vec_push(&pieces->list, child);
}

static struct pieces pieces_of(const struct thing *thing)
{
    struct pieces pieces = {.whole = thing->kind == AST_pattern};
    if (thing->kind == AST_standard) { /* its name and what it amends stand above both lists */
        const struct ast_standard *header = AST(standard, thing->node);
        if (header->label)
            vec_push(&pieces.list, header->label);
        for (size_t i = 0; i < header->headers.count; i++)
            vec_push(&pieces.list, header->headers.items[i]);
        return pieces;
    }
    ast_each(thing->node, add_piece, &pieces);
    return pieces;
}

/* Does it name the clause by which the thing is so? */
static bool is_clause(const struct ast *thing, const struct ast *piece)
{
    switch ((int)piece->kind) {
    case AST_a_cite:
    case AST_q_cite: return true;
    case AST_s_remark: return AST(s_remark, piece)->which == REMARK_CITE;
    case AST_string: return piece != find_label(thing) && str_equal(ast_text(piece), clause_of(thing));
    }
    return false;
}

/* Of values all are of one class: 5 may take the place of `lanes + 1`. */
static bool may_replace(const struct ast *a, const struct ast *b)
{
    bool a_value = ast_kind_name(a->kind)[0] == 'e' || a->kind < AST_rubric_file;
    bool b_value = ast_kind_name(b->kind)[0] == 'e' || b->kind < AST_rubric_file;
    bool texts = a->kind == AST_string || b->kind == AST_string;
    return a->kind == b->kind || (a_value && b_value && !texts);
}

/* lengths[i][k]: how many pieces from i and from k on stand in both, in one order. */
static unsigned *common_pieces(const struct pieces *old, const struct pieces *new, const struct map *renamed)
{
    size_t width = new->list.count + 1;
    unsigned *lengths = mem_alloc_plain((old->list.count + 1) * width * sizeof *lengths);
    for (size_t i = old->list.count; i-- > 0;)
        for (size_t k = new->list.count; k-- > 0;) {
            unsigned down = lengths[(i + 1) * width + k], right = lengths[i * width + k + 1];
            bool same = alike(old->list.items[i], new->list.items[k], renamed);
            lengths[i * width + k] = same           ? lengths[(i + 1) * width + k + 1] + 1
                                     : down > right ? down
                                                    : right;
        }
    return lengths;
}

/* What left between two pieces that stayed, beside what came there: each with the first of its kind, else alone. */
struct gap {
    VEC(const struct ast *) gone, come;
};

static void add_detail(struct revision *revision, struct revision_detail detail)
{
    detail.clause = (!detail.old || is_clause(revision->old, detail.old)) &&
                    (!detail.new || is_clause(revision->new, detail.new));
    vec_push(&revision->details, detail);
}

static void close_gap(struct revision *revision, struct gap *gap)
{
    for (size_t i = 0; i < gap->gone.count; i++) {
        struct revision_detail detail = {.old = gap->gone.items[i]};
        for (size_t k = 0; k < gap->come.count && !detail.new; k++)
            if (gap->come.items[k] && may_replace(detail.old, gap->come.items[k])) {
                detail.new = gap->come.items[k];
                gap->come.items[k] = NULL;
            }
        add_detail(revision, detail);
    }
    for (size_t k = 0; k < gap->come.count; k++)
        if (gap->come.items[k])
            add_detail(revision, (struct revision_detail){.new = gap->come.items[k]});
    gap->gone.count = gap->come.count = 0;
}

static void add_details(struct revision *revision, const struct thing *old, const struct thing *new,
                        const struct map *renamed)
{
    struct pieces before = pieces_of(old), after = pieces_of(new);
    const unsigned *lengths = common_pieces(&before, &after, renamed);
    size_t width = after.list.count + 1, i = 0, k = 0;
    struct gap gap = {0};
    while (i < before.list.count || k < after.list.count) {
        bool both = i < before.list.count && k < after.list.count;
        if (both && alike(before.list.items[i], after.list.items[k], renamed)) {
            close_gap(revision, &gap);
            i++;
            k++;
        } else if (k == after.list.count ||
                   (both && lengths[(i + 1) * width + k] >= lengths[i * width + k + 1])) {
            vec_push(&gap.gone, before.list.items[i++]);
        } else {
            vec_push(&gap.come, after.list.items[k++]);
        }
    }
    close_gap(revision, &gap);
}

/* ---- by what it is so */

/* The last change of the amendment that is about it; NULL: none. */
static const struct ast *amendment_of(const struct whole *new, const struct thing *thing)
{
    const struct ast *found = NULL;
    for (size_t i = 0; i < new->changes.count; i++) {
        const struct changed *changed = &new->changes.items[i];
        if (family(changed->kind) == family(thing->kind) && str_equal(changed->path, thing->path))
            found = changed->change;
    }
    return found;
}

/* A clause of a part within it is none of its own. */
static const char *clause_in(const struct thing *thing)
{
    struct pieces pieces = pieces_of(thing);
    for (size_t i = 0; i < pieces.list.count; i++)
        if (is_clause(thing->node, pieces.list.items[i]))
            return clause_of(thing->node);
    return find_parts((struct ast *)thing->node) ? NULL : clause_of(thing->node);
}

static const char *clause_by(const struct whole *new, const struct thing *thing)
{
    const struct ast *change = amendment_of(new, thing);
    return change ? clause_of(change) : clause_in(thing);
}

/* ---- the list */

static struct revision revision_of(const struct thing *thing, enum revision_kind kind,
                                   const struct whole *new)
{
    return (struct revision){.kind = kind,
                             .of = thing->kind,
                             .path = thing->path,
                             .label = label_of(thing),
                             .clause = thing->kind == AST_standard ? NULL : clause_by(new, thing)};
}

static void add_pair(struct revisions *revisions, const struct thing *thing, const struct whole *new,
                     const struct map *renamed)
{
    const struct thing *old = thing->other;
    bool moved = !str_equal(old->path, thing->path);
    struct revision revision = revision_of(thing, moved ? REVISION_MOVED : REVISION_CHANGED, new);
    revision.from = moved ? old->path : NULL;
    revision.old = old->node;
    revision.new = thing->node;
    add_details(&revision, old, thing, renamed);
    if (moved || revision.details.count)
        vec_push(&revisions->list, revision);
}

static void add_repealed(struct revisions *revisions, const struct thing *thing, const struct whole *new)
{
    struct revision revision = revision_of(thing, REVISION_REPEALED, new);
    revision.old = thing->node;
    vec_push(&revisions->list, revision);
}

static void add_added(struct revisions *revisions, const struct thing *thing, const struct whole *new)
{
    struct revision revision = revision_of(thing, REVISION_ADDED, new);
    revision.new = thing->node;
    vec_push(&revisions->list, revision);
}

/* What stood behind it and is nowhere now. The headers are one thing, and stand first. */
static void add_repealed_behind(struct revisions *revisions, const struct things *before,
                                const struct thing *thing, const struct whole *new)
{
    for (size_t i = thing->place + 1; i < before->list.count && !before->list.items[i]->other; i++)
        add_repealed(revisions, before->list.items[i], new);
}

struct revisions revisions_between(const struct whole *old, const struct whole *new)
{
    struct revisions revisions = {0};
    struct things before = things_of(old), after = things_of(new);
    pair_by_path(&before, &after);
    pair_moved(&before, &after, has_the_name);
    pair_moved(&before, &after, has_the_label);
    const struct map renamed = renamed_in(&before, &after);
    for (size_t i = 0; i < after.list.count; i++) {
        const struct thing *thing = after.list.items[i];
        if (!thing->other) {
            add_added(&revisions, thing, new);
            continue;
        }
        add_pair(&revisions, thing, new, &renamed);
        add_repealed_behind(&revisions, &before, thing->other, new);
    }
    for (size_t i = 0; i < revisions.list.count; i++) {
        struct revision *revision = &revisions.list.items[i];
        if (!map_find(&revisions.by_path,
                      key_of(revision->of, revision->path))) /* what is there now before what was */
            map_put(&revisions.by_path, key_of(revision->of, revision->path), revision);
    }
    return revisions;
}

const struct revision *revisions_about(const struct revisions *revisions, enum ast_kind kind,
                                       const char *path)
{
    return map_find(&revisions->by_path, key_of(kind, path));
}

bool revisions_is_part(enum ast_kind kind)
{
    return find_is_part(kind);
}
