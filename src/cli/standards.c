#include "cli/standards.h"
#include <string.h>
#include "base/io.h"
#include "base/mem.h"

static const char *key_of(const char *path)
{
    const char *real = strcmp(path, "-") != 0 ? io_real_path(path) : NULL;
    return real != NULL ? real : path;
}

static void point_at(struct diags *diags, struct span named)
{
    for (size_t i = 0; i < diags->list.count; i++) {
        struct diag *diag = diags->list.items[i];
        if (diag->code >= DIAG_FILE_MISSING && diag->code <= DIAG_FILE_UNREADABLE &&
            diag->span.source == NULL) {
            diag->span = named;
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
    loaded->standard = compile_standard(path, &standards->options, &loaded->diags);
    point_at(&loaded->diags, named);
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
