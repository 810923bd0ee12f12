/* The pages of messages, docs/errors/CODE.md, as they were when the program was built: no file is read. */
#ifndef RUBRIC_DIAG_PAGES_H
#define RUBRIC_DIAG_PAGES_H
#include "diag/diag.h"

/* The half in this language: headings `#`, paragraphs, lists `-`, examples between ```; NULL where the message has no page. */
const char *diag_page(enum diag_code code, enum lang lang);
#endif
