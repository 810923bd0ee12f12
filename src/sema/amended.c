#include "sema/amended.h"
#include <string.h>
#include "amend/clause.h"
#include "base/mem.h"

static bool is_part(const struct changed *changed)
{
    return changed->kind == AST_section || changed->kind == AST_criterion;
}

void amended_note_repeals(struct sema *sema)
{
    for (size_t i = 0; i < sema->whole->changes.count; i++) {
        const struct changed *changed = &sema->whole->changes.items[i];
        if (changed->made || !(changed->kind == AST_fact || is_part(changed)))
            continue;
        struct repealed *repealed = MEM_NEW(struct repealed);
        *repealed = (struct repealed){clause_of(changed->change), changed->span};
        struct map *map =
            is_part(changed) ? &sema->standard->repealed_parts : &sema->standard->repealed_facts;
        map_put(map, changed->path, repealed);
    }
}

static const char *last_name(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

static const struct changed *find_repeal(const struct sema *sema, const char *name)
{
    for (size_t i = 0; i < sema->whole->changes.count; i++) {
        const struct changed *changed = &sema->whole->changes.items[i];
        if (!changed->made && (str_equal(changed->path, name) || str_equal(last_name(changed->path), name)))
            return changed;
    }
    return NULL;
}

static bool holds(struct span outer, struct span inner)
{
    return outer.source == inner.source && outer.start <= inner.start && inner.end <= outer.end;
}

/* The innermost part, or the fact or declaration, that a place stands in. */
static const char *reader(const struct sema *sema, struct span span)
{
    const struct part_info *part = NULL;
    for (size_t i = 0; i < sema->parts.count; i++)
        if (holds(sema->parts.items[i]->ast->span, span))
            part = sema->parts.items[i];
    if (part)
        return part->part->path;
    for (size_t i = 0; i < sema->entities.count; i++)
        if (holds(sema->entities.items[i]->ast->span, span))
            return sema->entities.items[i]->name;
    for (size_t i = 0; i < sema->decls.count; i++)
        if (holds(sema->decls.items[i]->span, span) && whole_name(sema->decls.items[i]))
            return whole_name(sema->decls.items[i]);
    return span_text(span);
}

static struct diag *told(const struct sema *sema, const struct changed *changed)
{
    for (size_t i = 0; i < sema->repealed.count; i++)
        if (sema->repealed.items[i].changed == changed)
            return sema->repealed.items[i].diag;
    return NULL;
}

/* Whether `list`, whose items DIAG_NEXT parts, has this one. */
static bool is_listed(const char *list, const char *item)
{
    size_t length = strlen(item);
    for (const char *at = strstr(list, item); at; at = strstr(at + 1, item)) {
        bool begins = at == list || at[-1] == *DIAG_NEXT,
             ends = at[length] == '\0' || at[length] == *DIAG_NEXT;
        if (begins && ends)
            return true;
    }
    return false;
}

bool amended_reads(struct sema *sema, const char *name, struct span span)
{
    const struct changed *changed = find_repeal(sema, name);
    if (!changed)
        return false;
    struct diag *diag = told(sema, changed);
    const char *who = reader(sema, span);
    if (!diag) {
        diag = sema_error(sema, DIAG_REPEALED_READ, changed->span, changed->path, who);
        vec_push(&sema->repealed, (struct repealed_read){changed, diag});
    } else if (!is_listed(diag->args[1], who)) {
        diag->args[1] = str_print("%s" DIAG_NEXT "%s", diag->args[1], who);
    }
    if (diag->other_count < DIAG_SPANS_MAX)
        diag_other(diag, span, "@read_here");
    return true;
}

/* "a" of "a.b" and of "a" itself; "" of what stands at the top. */
static bool bears_on(const char *changed, const char *path)
{
    size_t length = strlen(path);
    if (length == 0)
        return !strchr(changed, '.');
    if (strncmp(changed, path, length) != 0)
        return false;
    return changed[length] == '\0' || (changed[length] == '.' && !strchr(changed + length + 1, '.'));
}

void amended_show_changes(const struct sema *sema, struct diag *diag, const char *path)
{
    for (size_t i = 0; i < sema->whole->changes.count && diag->other_count < DIAG_SPANS_MAX; i++) {
        const struct changed *changed = &sema->whole->changes.items[i];
        if (is_part(changed) && bears_on(changed->path, path))
            diag_other(diag, changed->span, "@changed_here");
    }
}
