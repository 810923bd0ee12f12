/* What was proved of a standard: a line an answer, for a person; and as JSON, an object an answer. */
#ifndef RUBRIC_REPORT_PROVE_PAGE_H
#define RUBRIC_REPORT_PROVE_PAGE_H
#include "base/json.h"
#include "prove/prove.h"
#include "report/page.h"
#include "report/say.h"

/* How a question came out. */
enum prove_outcome {
    PROVE_HOLDS,   /* it is as it should be: proved, or shown where something should be possible */
    PROVE_FAILS,   /* it is not: shown by units, or proved impossible */
    PROVE_UNKNOWN  /* not decided */
};

/* `more` is asked of facts alone, where a higher one may move the total down: whether it can move it up, too. NULL: not asked. */
enum prove_outcome prove_outcome_of(const struct prove_question *question, const struct prove_found *found,
                                    const struct prove_found *more);
void prove_head(struct page *page, const struct standard *standard, enum lang lang);
void prove_write(struct page *page, const struct prove *prove, const struct prove_question *question,
                 const struct prove_found *found, const struct prove_found *more, enum lang lang);
void prove_json(struct str *out, const struct prove *prove, const struct prove_question *question,
                const struct prove_found *found, const struct prove_found *more, enum lang lang);
#endif
