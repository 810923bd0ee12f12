#include "cli/firsts.h"
#include "base/mem.h"

/* One for all rows of a table. */
static struct first_file *file_of(struct firsts *firsts, const struct scoring *scoring)
{
    if (firsts->last == NULL || scoring->table == NULL || firsts->last->table != scoring->table) {
        firsts->last = MEM_NEW(struct first_file);
        *firsts->last = (struct first_file){scoring->path, scoring->table};
    }
    return firsts->last;
}

static const char *place_text(const struct first_file *file, const char *id)
{
    return file->table != NULL ? str_print("%s:%zu", file->path, units_line(file->table, id)) : file->path;
}

bool firsts_add(struct firsts *firsts, const struct scoring *scoring, struct diags *diags)
{
    const char *id = scoring->unit->id;
    struct first_file *file = file_of(firsts, scoring);
    const struct first_file *before = map_find(&firsts->by_id, id);
    if (before != NULL) {
        diag_add(diags, DIAG_RANK_SAME_ID, SPAN_NONE, id, place_text(before, id), place_text(file, id), NULL);
        return false;
    }
    map_put(&firsts->by_id, id, file);
    return true;
}
