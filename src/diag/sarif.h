/* Diagnostics as one SARIF 2.1.0 document, for editors and code reviews. Columns count UTF-16 code units, from 1. */
#ifndef RUBRIC_DIAG_SARIF_H
#define RUBRIC_DIAG_SARIF_H
#include "diag/diag.h"

/* In the order of `diags`. A file below the current folder is named from there, another one by its whole path. */
void diag_sarif(struct str *out, const struct diags *diags, enum lang lang, const char *version);
#endif
