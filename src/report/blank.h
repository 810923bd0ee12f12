/* A facts file to be filled in: every fact of a standard and every score that is entered, unknown, each under what may be entered for it. */
#ifndef RUBRIC_REPORT_BLANK_H
#define RUBRIC_REPORT_BLANK_H
#include "core/standard.h"
#include "diag/diag.h"

struct blank_call {
    const char *id;    /* of the unit; NULL: that of the file that it will stand in */
    const char *rules; /* how the file names its standard; NULL: it names none */
    enum lang lang;    /* of the comments; keywords are English */
};

/* Of a compilation that was `checked`: facts that nothing reads stand last, under a word. The text is fresh. */
const char *blank_facts(const struct standard *standard, const struct blank_call *call);
#endif
