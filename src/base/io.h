/* Files: read whole with a limit, written beside their target and renamed. */
#ifndef RUBRIC_BASE_IO_H
#define RUBRIC_BASE_IO_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>
#include "base/vec.h"

#define IO_SIZE_MAX ((size_t)64 << 20)                           /* bytes of one source file */

enum io_result { IO_OK, IO_MISSING, IO_DENIED, IO_NOT_A_FILE, IO_TOO_LARGE, IO_CHANGED, IO_FAILED };

/* The whole file, NUL-terminated for convenience; "-" is standard input. Folders, devices and FIFOs are IO_NOT_A_FILE (standard input excepted);
 * IO_CHANGED: somebody wrote to it meanwhile. */
enum io_result io_read(const char *path, size_t limit, char **bytes, size_t *length);
enum io_result io_write(const char *path, const char *bytes, size_t length);
/* A file that is written bit by bit beside its target, and takes its place once all is there. What went wrong with io_draft_add is in errno; it is then dropped. */
struct io_draft {
    const char *target, *path;
    int file;
    mode_t mode;
    bool replaces;                   /* a file that is there: its owner and group stay, as far as they may */
    uid_t owner;
    gid_t group;
};
enum io_result io_draft_open(struct io_draft *draft, const char *path);
bool io_draft_add(struct io_draft *draft, const char *bytes, size_t length);
enum io_result io_draft_keep(struct io_draft *draft);
void io_draft_drop(struct io_draft *draft);
bool io_is_folder(const char *path);
struct io_names { VEC(const char *) list; };
/* The paths of a folder's entries that end in `ending`, folders left out, in the order of their bytes. */
enum io_result io_list(const char *folder, const char *ending, struct io_names *paths);
bool io_has_no_reader(FILE *stream);                             /* a pipe whose reader has gone */
/* Of the standard files those that are closed lead nowhere from now on, and fail as they did: no other file takes their numbers. */
void io_hold_standard(void);
bool io_finish(FILE *stream);                                    /* flush and check, at exit; false if anything was lost */
const char *io_join(const char *file, const char *relative);     /* `relative` as seen from the folder of `file`; absolute paths stay */
/* `path` as a file that stands at `file` would name it: "../rules/a.rubric". */
const char *io_relative(const char *file, const char *path);
const char *io_folder(const char *path);                         /* "a/b.c" → "a", "b.c" → "." */
/* By what a changed file is told: it was written, or replaced, or is gone. */
struct io_stamp { bool there; uint64_t size, inode, device; int64_t seconds, nanoseconds; };
struct io_stamp io_stamp(const char *path);
bool io_stamp_equal(struct io_stamp a, struct io_stamp b);
const char *io_real_path(const char *path);                      /* NULL if it does not exist */
#endif
