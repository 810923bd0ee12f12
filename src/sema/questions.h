/* What the caller of the compiler asks about a standard that is in order: conditions and values in the
 * standard's own words. */
#ifndef RUBRIC_SEMA_QUESTIONS_H
#define RUBRIC_SEMA_QUESTIONS_H
#include "sema/sema.h"

/* After everything else. Fills in standard->questions; a question that is not understood leaves nothing
 * behind but its own messages. */
void questions_lower(struct sema *sema);

/* How far the standard reaches; and to leave nothing of what was lowered since. */
struct kept {
    size_t nodes, of_standard, blocks, operands, inputs, figures;
};
struct kept questions_keep(const struct sema *sema);
void questions_forget(struct sema *sema, struct kept kept);
#endif
