/* What is wrong with a file is told when its unit is scored; here it only leaves the cohort. */
#include "cli/cohorts.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cohort/values.h"

struct gathered {
    const struct loaded *loaded;
    const struct cohort *cohort;
};

struct kept_input {
    size_t place;
    struct facts_file *file;
    struct diags diags;
};

/* ---------------------------------------------------------------- opening */

static struct facts_file *open_kept(struct cohorts *cohorts, size_t place, struct diags *diags)
{
    struct kept_input *kept = NULL;
    for (size_t i = 0; i < cohorts->inputs.count && kept == NULL; i++) {
        kept = cohorts->inputs.items[i]->place == place ? cohorts->inputs.items[i] : NULL;
    }
    if (kept == NULL) {
        kept = MEM_NEW(struct kept_input);
        kept->place = place;
        kept->file = facts_open(cohorts->paths[place], &kept->diags);
        vec_push(&cohorts->inputs, kept);
    }
    diag_append(diags, &kept->diags);
    return kept->file;
}

struct facts_file *cohorts_open(struct cohorts *cohorts, size_t place, struct diags *diags)
{
    const char *path = cohorts->paths[place];
    return str_equal(path, "-") ? open_kept(cohorts, place, diags) : facts_open(path, diags);
}

/* ---------------------------------------------------------------- gathering */

struct reading {
    struct cohorts *cohorts;
    const struct loaded *loaded;
};

static struct cohort_member read_member(void *data, size_t place)
{
    struct reading *reading = data;
    struct cohorts *cohorts = reading->cohorts;
    struct cohort_member member = {0};
    struct diags unheard = {0};
    if (cli_ends_in(cohorts->paths[place], ".rubric")) {
        return member;
    }
    struct facts_file *file = cohorts_open(cohorts, place, &unheard);
    if (file == NULL || file->tree == NULL) {
        return member;
    }
    const char *standard = cohorts->rules != NULL ? cohorts->rules : file->standard;
    member.belongs = standard != NULL &&
                     standards_get(cohorts->standards, standard, file->standard_span) == reading->loaded;
    if (member.belongs && unheard.errors == 0) {
        member.unit = facts_read(file, reading->loaded->standard, &unheard);
    }
    return member;
}

static const struct cohort *gather(struct cohorts *cohorts, const struct loaded *loaded,
                                   const struct standard *standard, const struct call *call)
{
    for (size_t i = 0; i < cohorts->gathered.count; i++) {
        if (cohorts->gathered.items[i]->loaded == loaded) {
            return cohorts->gathered.items[i]->cohort;
        }
    }
    struct reading reading = {cohorts, loaded};
    struct gathered *gathered = MEM_NEW(struct gathered);
    gathered->loaded = loaded;
    gathered->cohort = cohort_gather(standard, call, cohorts->count, read_member, &reading);
    vec_push(&cohorts->gathered, gathered);
    return gathered->cohort;
}

const struct others *cohorts_others(struct cohorts *cohorts, const struct loaded *loaded,
                                    const struct standard *standard, const struct call *call, size_t place)
{
    if (standard->cohort.levels == 0 || cohorts->count < 2) {
        return NULL;
    }
    return cohort_others(gather(cohorts, loaded, standard, call), place);
}
