/* Text for manual pages, in the man macros. Marks of the form `word` come out bold; Han may be parted anywhere but before a closing mark. */
#ifndef RUBRIC_CLI_ROFF_H
#define RUBRIC_CLI_ROFF_H
#include "base/str.h"

void roff_text(struct str *out, const char *text);    /* as part of a line, of a macro's argument too */
void roff_line(struct str *out, const char *text);    /* a whole line of text */
void roff_filled(struct str *out, const char *text);  /* paragraphs, parted by empty lines; their lines are joined */
void roff_verbatim(struct str *out, const char *text); /* lines as they stand */
#endif
