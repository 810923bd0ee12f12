/* Files: those of the call, and those that a file names, which stand in its folder or below. Messages stand at `span`; SPAN_NONE: without a
 * place. */
#ifndef RUBRIC_SYNTAX_FILE_H
#define RUBRIC_SYNTAX_FILE_H
#include "base/io.h"
#include "diag/diag.h"

/* The path of `name` as `home` names it; NULL and a message where it leaves the folder of `top` (`home` itself, or the
 * file that began it all). */
const char *file_inside(const char *top, const char *home, const char *name, struct span span, struct diags *diags);
bool file_is_missing(const char *path);
bool file_is_readable(const char *path, struct span span, struct diags *diags); /* or a message */
/* The whole file, NULL and a message where it cannot be read. Whether it is UTF-8 is not looked at. */
struct source *file_read(const char *path, struct span span, struct diags *diags);
/* A table, as source_rows has it. `limit`: bytes, whole MiB. */
struct source *file_read_rows(const char *path, size_t limit, struct span span, struct diags *diags);
/* Why a file that has no limit could not be read, if it could not; the reason is in errno. */
void file_report(enum io_result result, const char *path, struct span span, struct diags *diags);
bool file_is_text(const struct source *source, struct diags *diags); /* UTF-8, or a message */
#endif
