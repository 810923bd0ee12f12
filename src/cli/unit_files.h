/* The units that a call names: facts files, `-`, folders of facts files, tables of units. */
#ifndef RUBRIC_CLI_UNIT_FILES_H
#define RUBRIC_CLI_UNIT_FILES_H
#include "cli/options.h"

enum unit_file_kind {
    UNIT_FILE_FACTS, /* one unit; `-` and files of any other ending too */
    UNIT_FILE_RULES, /* a standard */
    UNIT_FILE_TABLE  /* .csv: a row a unit */
};

struct unit_file {
    enum unit_file_kind kind;
    const char *path;
};

struct unit_files {
    VEC(struct unit_file) list;
};

/* In the order of the call, those of a folder by the bytes of their names. A folder without facts files, or one that cannot be read, is
 * reported; whether files can be read is not looked at. */
struct unit_files unit_files_find(const struct arguments *arguments, struct diags *diags);
bool unit_files_several(const struct unit_files *files); /* more units than one, perhaps */
#endif
