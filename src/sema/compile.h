/* From `.rubric` files to a compiled standard: names, types, units, dependencies, forms, and the checks
 * that evaluation rests on. */
#ifndef RUBRIC_SEMA_COMPILE_H
#define RUBRIC_SEMA_COMPILE_H
#include "core/standard.h"
#include "diag/diag.h"
#include "sema/options.h"

/* Questions are answered in standard->questions, in their order: NULL for one that could not be
 * understood, which refuses nothing else. NULL where errors forbid an evaluation; warnings and notes do
 * not. Every file read through `use` is named in the diagnostics' spans. */
const struct standard *compile_standard(const char *path, const struct compile_options *options,
                                        struct diags *diags);
/* The same of a text that is at hand. */
const struct standard *compile_text(const struct source *source, const struct compile_options *options,
                                    struct diags *diags);
#endif
