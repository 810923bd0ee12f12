/* What is wrong with a unit is told when it is scored; here it only leaves the cohort. */
#include "cli/cohorts.h"
#include "base/mem.h"
#include "cohort/values.h"

struct gathered {
    const struct loaded *loaded;
    const struct cohort *cohort;
};

struct member {
    const struct loaded *loaded; /* NULL: it has no standard, or it is one that came before */
    struct unit_place place;
    bool refused; /* kept: a row read alone does not know that its id stands above */
};

struct cohorts {
    struct scoring_call call; /* a silent copy of the call */
    VEC(struct member) members;
    VEC(struct gathered) gathered;
};

static bool note_member(struct scoring *scoring, void *data)
{
    struct cohorts *cohorts = data;
    const struct loaded *loaded = scoring->again ? NULL : scoring->loaded;
    bool refused = scoring->unit == NULL;
    vec_push(&cohorts->members, (struct member){loaded, call_place(scoring), refused});
    return true;
}

static struct cohorts *cohorts_get(struct scoring_call *call)
{
    if (call->cohorts == NULL) {
        struct cohorts *cohorts = call->cohorts = MEM_NEW(struct cohorts);
        cohorts->call = *call;
        cohorts->call.silent = true;
        call_each(&cohorts->call, note_member, cohorts);
    }
    return call->cohorts;
}

struct reading {
    struct cohorts *cohorts;
    const struct loaded *loaded;
};

static struct cohort_member read_member(void *data, size_t place)
{
    const struct reading *reading = data;
    const struct member *member = &reading->cohorts->members.items[place];
    bool belongs = member->loaded == reading->loaded;
    struct scoring scoring = {0};
    if (belongs && !member->refused) {
        scoring = call_again(&reading->cohorts->call, &member->place);
    }
    return (struct cohort_member){belongs, scoring.unit};
}

static const struct cohort *gather(struct cohorts *cohorts, const struct scoring *scoring)
{
    for (size_t i = 0; i < cohorts->gathered.count; i++) {
        if (cohorts->gathered.items[i].loaded == scoring->loaded) {
            return cohorts->gathered.items[i].cohort;
        }
    }
    struct reading reading = {cohorts, scoring->loaded};
    struct gathered gathered = {.loaded = scoring->loaded};
    gathered.cohort =
        cohort_gather(scoring->standard, &scoring->of->call, cohorts->members.count, read_member, &reading);
    vec_push(&cohorts->gathered, gathered);
    return gathered.cohort;
}

struct call cohorts_call(const struct scoring *scoring)
{
    struct call call = scoring->of->call;
    if (scoring->standard->cohort.levels > 0 && call_is_of_several(scoring->of)) {
        call.others = cohort_others(gather(cohorts_get(scoring->of), scoring), scoring->index);
    }
    return call;
}
