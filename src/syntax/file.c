#include "syntax/file.h"
#include <errno.h>
#include <string.h>
#include "base/io.h"
#include "base/utf8.h"

static const char *size_text(size_t bytes)
{
    return str_print("%zu MiB", bytes >> 20);
}

static void report(enum io_result result, const char *path, size_t limit, struct span span,
                   struct diags *diags)
{
    const char *reason = strerror(errno);
    switch (result) {
    case IO_OK: return;
    case IO_MISSING: diag_add(diags, DIAG_FILE_MISSING, span, path, NULL); return;
    case IO_DENIED: diag_add(diags, DIAG_FILE_DENIED, span, path, NULL); return;
    case IO_NOT_A_FILE: diag_add(diags, DIAG_NOT_A_FILE, span, path, NULL); return;
    case IO_TOO_LARGE: diag_add(diags, DIAG_FILE_TOO_LARGE, span, path, size_text(limit), NULL); return;
    case IO_CHANGED: diag_add(diags, DIAG_FILE_CHANGED, span, path, NULL); return;
    case IO_FAILED: diag_add(diags, DIAG_FILE_UNREADABLE, span, path, reason, NULL); return;
    }
}

void file_report(enum io_result result, const char *path, struct span span, struct diags *diags)
{
    report(result, path, 0, span, diags);
}

static char *read_up_to(const char *path, size_t limit, size_t *length, struct span span, struct diags *diags)
{
    char *bytes;
    enum io_result result = io_read(path, limit, &bytes, length);
    report(result, path, limit, span, diags);
    return bytes;
}

struct source *file_read(const char *path, struct span span, struct diags *diags)
{
    size_t length;
    char *bytes = read_up_to(path, IO_SIZE_MAX, &length, span, diags);
    return bytes ? source_adopt(path, bytes, length) : NULL;
}

struct source *file_read_rows(const char *path, size_t limit, struct span span, struct diags *diags)
{
    size_t length;
    char *bytes = read_up_to(path, limit, &length, span, diags);
    return bytes ? source_rows(path, bytes, length) : NULL;
}

bool file_is_text(const struct source *source, struct diags *diags)
{
    size_t bad = utf8_bad_at(source->text, source->length);
    if (bad == source->length)
        return true;
    struct span at = {source, (uint32_t)bad, (uint32_t)bad + 1};
    size_t line = source_line(at);
    diag_add(diags, DIAG_NOT_UTF8, SPAN_NONE, source->name, str_print("%zu", source->lines_before + line),
             str_print("%zu", bad - source->line_starts[line - 1] + 1), NULL);
    return false;
}

/* ---------------------------------------------------------------- inside the folder */

/* The folder and the names below it, one after another: "a/b" of "a/b/c" is passed, "a/../.." is not. */
static bool stays_below(const char *top, const char *path)
{
    const char *folder = io_folder(top);
    size_t length = strcmp(folder, ".") == 0 ? 0 : strlen(folder);
    long depth = 0;
    if (strncmp(path, folder, length) != 0 || (*path == '/' && length == 0))
        return false;
    for (const char *name = path + length; *name != '\0' && depth >= 0;) {
        size_t word = strcspn(name, "/");
        if (word == 2 && strncmp(name, "..", 2) == 0)
            depth--;
        else if (word > 0 && !(word == 1 && *name == '.'))
            depth++;
        name += word + (name[word] == '/');
    }
    return depth >= 0;
}

/* The same once links are followed; a path that leads nowhere is for io_read to report. */
static bool links_stay_below(const char *top, const char *path)
{
    const char *folder = io_real_path(io_folder(top)), *real = io_real_path(path);
    if (!folder || !real)
        return true;
    size_t length = strcmp(folder, "/") == 0 ? 0 : strlen(folder);
    return strncmp(real, folder, length) == 0 && real[length] == '/';
}

const char *file_inside(const char *top, const char *home, const char *name, struct span span,
                        struct diags *diags)
{
    const char *path = io_join(home, name);
    if (stays_below(top, path) && links_stay_below(top, path))
        return path;
    diag_add(diags, DIAG_FILE_OUTSIDE, span, name, io_folder(top), NULL);
    return NULL;
}

/* Without reading it: any size will do. */
static enum io_result look_at(const char *path)
{
    char *bytes;
    size_t length;
    enum io_result result = io_read(path, 0, &bytes, &length);
    return result == IO_TOO_LARGE ? IO_OK : result;
}

bool file_is_missing(const char *path)
{
    return look_at(path) == IO_MISSING;
}

bool file_is_readable(const char *path, struct span span, struct diags *diags)
{
    enum io_result result = look_at(path);
    report(result, path, IO_SIZE_MAX, span, diags);
    return result == IO_OK;
}
