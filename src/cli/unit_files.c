#include "cli/unit_files.h"
#include <errno.h>
#include <string.h>
#include "base/io.h"

static enum unit_file_kind kind_of(const char *path)
{
    if (cli_ends_in(path, ".rubric")) {
        return UNIT_FILE_RULES;
    }
    return cli_ends_in(path, ".csv") ? UNIT_FILE_TABLE : UNIT_FILE_FACTS;
}

static void add_folder(struct unit_files *files, const char *folder, struct diags *diags)
{
    struct io_names paths = {0};
    enum io_result result = io_list(folder, ".facts", &paths);
    if (result == IO_DENIED) {
        diag_add(diags, DIAG_FILE_DENIED, SPAN_NONE, folder, NULL);
    } else if (result != IO_OK) {
        diag_add(diags, DIAG_FILE_UNREADABLE, SPAN_NONE, folder, strerror(errno), NULL);
    } else if (paths.list.count == 0) {
        diag_add(diags, DIAG_FOLDER_EMPTY, SPAN_NONE, folder, NULL);
    }
    for (size_t i = 0; i < paths.list.count; i++) {
        vec_push(&files->list, (struct unit_file){UNIT_FILE_FACTS, paths.list.items[i]});
    }
}

struct unit_files unit_files_find(const struct arguments *arguments, struct diags *diags)
{
    struct unit_files files = {0};
    for (size_t i = 0; i < arguments->names.count; i++) {
        const char *path = arguments->names.items[i];
        if (io_is_folder(path)) {
            add_folder(&files, path, diags);
        } else {
            vec_push(&files.list, (struct unit_file){kind_of(path), path});
        }
    }
    return files;
}

bool unit_files_several(const struct unit_files *files)
{
    return files->list.count > 1 || (files->list.count == 1 && files->list.items[0].kind == UNIT_FILE_TABLE);
}
