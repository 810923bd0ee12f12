#include "cli/firsts.h"

static struct first_place place_of(const struct scoring *scoring)
{
    struct span row = {scoring->unit->source, scoring->row.at, scoring->row.at};
    return (struct first_place){scoring->path, scoring->table != NULL ? source_line(row) : 0};
}

static const char *place_text(const struct first_place *place)
{
    return place->line > 0 ? str_print("%s:%zu", place->path, place->line) : place->path;
}

bool firsts_add(struct firsts *firsts, const struct scoring *scoring, struct diags *diags)
{
    const char *id = scoring->unit->id;
    struct first_place place = place_of(scoring);
    size_t before = (uintptr_t)map_find(&firsts->by_id, id);
    if (before > 0) {
        diag_add(diags, DIAG_RANK_SAME_ID, SPAN_NONE, id, place_text(&firsts->list.items[before - 1]),
                 place_text(&place), NULL);
        return false;
    }
    vec_push(&firsts->list, place);
    map_put(&firsts->by_id, id, (void *)(uintptr_t)firsts->list.count);
    return true;
}
