#include "editions/reader.h"
#include "base/mem.h"

struct naming {
    const struct impacts *impacts;
    enum edition edition;
    struct map stated; /* names and paths of the entries of a facts file */
};

static bool note_entry(const struct ast *node, void *data)
{
    struct map *stated = data;
    if (node->kind == AST_entry)
        map_put(stated, ast_path_text(AST(entry, node)->path), (void *)node);
    return node->kind != AST_entry;
}

/* Names, and those that the other edition has for the same. */
static struct map with_names(const struct naming *naming, const struct map *own, bool facts)
{
    struct map all = {0};
    const struct revisions *revisions = naming->impacts->revisions;
    for (size_t i = 0; i < own->count; i++)
        map_put(&all, own->entries[i].key, own->entries[i].value);
    for (size_t i = 0; i < revisions->list.count; i++) {
        const struct revision *revision = &revisions->list.items[i];
        bool is_new = naming->edition == EDITION_NEW;
        const char *name = is_new ? revision->path : revision->from,
                   *other = is_new ? revision->from : revision->path;
        bool fits = revision->kind == REVISION_MOVED &&
                    (facts ? revision->of == AST_fact : revisions_is_part(revision->of));
        if (fits && map_find(own, name) && !map_find(own, other) && !map_find(&naming->stated, name))
            map_put(&all, other, map_find(own, name));
    }
    return all;
}

const struct standard *impacts_reader(const struct impacts *impacts, enum edition edition,
                                      const struct ast *facts)
{
    struct standard *reader = MEM_NEW(struct standard);
    struct naming naming = {.impacts = impacts, .edition = edition};
    ast_walk(facts, note_entry, &naming.stated);
    *reader = *impacts->standard[edition];
    reader->facts_by_name = with_names(&naming, &reader->facts_by_name, true);
    reader->parts_by_path = with_names(&naming, &reader->parts_by_path, false);
    return reader;
}
