#include "cli/mending.h"
#include <string.h>
#include "base/io.h"
#include "report/mend_diff.h"
#include "report/say.h"

/* ---------------------------------------------------------------- which files */

/* Asked of the system once for each path, however many rounds there are. */
static const char *key_of(struct mend_call *call, const char *path)
{
    const char *known = map_find(&call->real, path);
    if (known != NULL) {
        return known;
    }
    const char *real = io_real_path(path), *key = real != NULL ? real : path;
    map_put(&call->real, path, (void *)key);
    return key;
}

static bool is_named(struct mend_call *call, const char *path)
{
    for (size_t i = call->named.count > 0 ? call->files->list.count : 0; i < call->files->list.count; i++) {
        map_put(&call->named, key_of(call, call->files->list.items[i].path), call);
    }
    return map_find(&call->named, key_of(call, path)) != NULL;
}

/* ---------------------------------------------------------------- a round */

static void show(const struct mending *mending)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    mend_diff(&page, mending);
    cli_write(&out);
}

bool mend_round(struct mend_call *call, const struct diags *found, struct diags *diags)
{
    struct mendings mendings = mend_collect(found);
    struct map seen = {0}; /* a file that the call names twice was read twice */
    bool any = false;
    call->left = 0;
    for (size_t i = 0; i < mendings.list.count; i++) {
        const struct mending *mending = &mendings.list.items[i];
        const char *name = mending->source->name;
        if (!is_named(call, name) || map_put(&seen, key_of(call, name), call) != NULL) {
            continue;
        }
        if (call->write && !mend_write(mending, diags)) {
            call->unwritten = true;
            continue;
        }
        show(mending);
        call->changes += mending->fixes.count;
        call->left += mending->left;
        map_put(&call->changed, key_of(call, name), call);
        any = true;
    }
    return any && !call->unwritten;
}

/* ---------------------------------------------------------------- the end */

void mend_tell(const struct mend_call *call)
{
    enum lang lang = call->cli->lang;
    struct str out = {0};
    if (call->unwritten && call->changes == 0) {
        return; /* a message says it */
    }
    if (call->changes == 0) {
        str_add(&out, say(SAY_MEND_NOTHING, lang));
    } else {
        const char *changes = say_counted(SAY_MEND_CHANGE, SAY_MEND_CHANGES, call->changes, lang);
        const char *files = say_counted(SAY_MEND_FILE, SAY_MEND_FILES, call->changed.count, lang);
        str_add(&out, say_with(call->write ? SAY_MEND_DONE : SAY_MEND_POSSIBLE, lang, changes, files, NULL));
    }
    if (call->left > 0) {
        str_add(&out, say_with(SAY_MEND_LEFT, lang, str_print("%zu", call->left), NULL));
    }
    str_add_char(&out, '\n');
    cli_write(&out);
}
