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
