#include "cli/standards.h"
#include <string.h>
#include "base/io.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/named.h"
#include "syntax/file.h"

static const char *key_of(const char *path)
{
    const char *real = strcmp(path, "-") != 0 ? io_real_path(path) : NULL;
    return real != NULL ? real : path;
}

/* Thresholds may be called by their labels: the settings as the standard names them. False, with messages in `diags`: they are what they were. */
static bool name_settings(struct standards *standards, const struct standard *standard, struct diags *diags)
{
    struct compile_options *options = &standards->options;
    struct compile_setting *settings = MEM_ARRAY(struct compile_setting, options->setting_count + 1);
    bool changed = false;
    for (size_t i = 0; i < options->setting_count; i++) {
        struct named named;
        settings[i] = options->settings[i];
        if (named_find(standard, NAMED_THRESHOLD, settings[i].name, diags, &named) == NAMED_ONE) {
            changed = changed || !str_equal(named.name, settings[i].name);
            settings[i].name = named.name;
        }
    }
    options->settings = changed ? settings : options->settings;
    return changed;
}

/* What is said of a label of several says enough of it. */
static struct diags without_names(const struct diags *diags, const struct diags *several)
{
    struct diags kept = {0};
    for (size_t i = 0; i < diags->list.count; i++) {
        struct diag *diag = diags->list.items[i];
        bool told = false;
        for (size_t k = 0; k < several->list.count; k++) {
            told = told || (diag->code == DIAG_SET_NO_THRESHOLD &&
                            str_equal(diag->args[0], several->list.items[k]->args[0]));
        }
        if (!told) {
            vec_push(&kept.list, diag);
            kept.errors += diag_severity(diag->code) == SEVERITY_ERROR;
            kept.warnings += diag_severity(diag->code) == SEVERITY_WARNING;
        }
    }
    return kept;
}

/* Where it names what the standard does not have: by a label it may. */
static void compile(struct standards *standards, struct loaded *loaded)
{
    struct compile_options options = standards->options;
    options.tests = &loaded->tests;
    loaded->standard = compile_text(loaded->source, &options, &loaded->diags);
    bool unnamed = false;
    for (size_t i = 0; i < loaded->diags.list.count; i++) {
        unnamed = unnamed || loaded->diags.list.items[i]->code == DIAG_SET_NO_THRESHOLD;
    }
    struct diags unheard = {0}, several = {0};
    const struct compile_options none = {0};
    const struct standard *plain = unnamed ? compile_text(loaded->source, &none, &unheard) : NULL;
    if (plain == NULL) {
        return;
    }
    if (name_settings(standards, plain, &several)) {
        loaded->diags = (struct diags){0};
        loaded->standard = compile_text(loaded->source, &standards->options, &loaded->diags);
    }
    loaded->diags = without_names(&loaded->diags, &several);
    diag_append(&loaded->diags, &several);
    for (size_t i = 0; i < loaded->diags.list.count; i++) {
        struct diag *diag = loaded->diags.list.items[i];
        if (diag->code == DIAG_SET_NO_THRESHOLD && diag->suggestion == NULL) {
            diag_suggest(diag, named_nearest(plain, NAMED_THRESHOLD, diag->args[0]));
        }
    }
}

struct loaded *standards_get(struct standards *standards, const char *path, struct span named)
{
    const char *key = key_of(path);
    struct loaded *loaded = map_find(&standards->by_path, key);
    if (loaded != NULL) {
        return loaded;
    }
    loaded = MEM_NEW(struct loaded);
    loaded->path = path;
    if (cli_ends_in(path, ".facts")) {
        diag_add(&loaded->diags, DIAG_STANDARD_WANTED, named, path, NULL);
    } else if ((loaded->source = file_read(path, named, &loaded->diags)) != NULL) {
        compile(standards, loaded);
    }
    map_put(&standards->by_path, key, loaded);
    return loaded;
}

static bool is_called(const struct column *column, const char *name)
{
    return str_equal(column->name, name) || (column->label != NULL && str_equal(column->label, name));
}

size_t standards_column(const struct standard *standard, const char *name)
{
    size_t column = 0;
    while (column < standard->columns.count && !is_called(&standard->columns.items[column], name)) {
        column++;
    }
    return column;
}

const struct standard *standards_final(const struct standard *standard, size_t column)
{
    struct standard *other = MEM_NEW(struct standard);
    *other = *standard;
    other->mixed = false;
    other->final_column = column;
    return other;
}

bool standards_is_set(const struct diag *diag, const char *name)
{
    static const char head[] = "--set ";
    const struct source *source = diag->span.source;
    bool set = source != NULL && strncmp(source->name, head, sizeof head - 1) == 0;
    return set && (name == NULL || str_equal(source->name + sizeof head - 1, name));
}

void standards_set_warnings(const struct diags *diags, const char *name, struct diags *found)
{
    for (size_t i = 0; i < diags->list.count; i++) {
        struct diag *diag = diags->list.items[i];
        if (diag_severity(diag->code) == SEVERITY_WARNING && standards_is_set(diag, name)) {
            vec_push(&found->list, diag);
            found->warnings++;
        }
    }
}
