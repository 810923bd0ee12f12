/* From `.rubric` files to a compiled standard: names, types, units, dependencies, forms, and the checks that evaluation rests on. */
#ifndef RUBRIC_SEMA_COMPILE_H
#define RUBRIC_SEMA_COMPILE_H
#include "core/standard.h"
#include "diag/diag.h"

struct compile_setting { const char *name, *text; };              /* `--set name=text` */

struct compile_options { const struct compile_setting *settings; size_t setting_count; };

/* NULL where errors forbid an evaluation; warnings and notes do not. Every file read through `use` is named in the diagnostics' spans. */
const struct standard *compile_standard(const char *path, const struct compile_options *options, struct diags *diags);
#endif
