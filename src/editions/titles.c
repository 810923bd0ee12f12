#include "editions/titles.h"

static unsigned held_in(const struct timeline *timeline, const char *name)
{
    for (size_t i = 0; i < timeline->titles.count; i++)
        if (str_equal(timeline->titles.items[i].title->name, name))
            return timeline->titles.items[i].truth;
    return TRUTH_NO;
}

static void add_title(struct title_changes *changes, const struct timeline *const *timelines,
                      const struct title *title)
{
    struct title_change change = {.name = title->name, .label = title->label};
    for (size_t i = 0; i < changes->list.count; i++)
        if (str_equal(changes->list.items[i].name, title->name))
            return;
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        change.held[edition] = held_in(timelines[edition], title->name);
    if (change.held[EDITION_OLD] != change.held[EDITION_NEW])
        vec_push(&changes->list, change);
}

static const struct timeline *follow(const struct standard *standard, const struct unit *unit,
                                     struct call call)
{
    return timeline_find_day(unit, &call) ? timeline_of(standard, unit, &call).timeline : NULL;
}

struct title_changes titles_between(const struct standard *const *standards, const struct unit *const *units,
                                    const struct call *call)
{
    struct title_changes changes = {0};
    const struct timeline *timelines[EDITIONS];
    if (!units[EDITION_OLD]->decision_count && !units[EDITION_NEW]->decision_count)
        return changes;
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++) {
        timelines[edition] = follow(standards[edition], units[edition], *call);
        if (!timelines[edition])
            return changes;
    }
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        for (size_t i = 0; i < standards[edition]->titles.count; i++)
            add_title(&changes, timelines, &standards[edition]->titles.items[i]);
    return changes;
}
