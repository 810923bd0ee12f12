/* The tree of parts: built first, with caps and names; scores are lowered on demand, since conditions may
 * read them. */
#ifndef RUBRIC_SEMA_PARTS_H
#define RUBRIC_SEMA_PARTS_H
#include "sema/sema.h"

void parts_collect(struct sema *sema);                   /* builds the tree; names, paths, caps, patterns */
void parts_check_sums(struct sema *sema);                /* caps against sections and total, weights */
void parts_lower(struct sema *sema); /* whatever was not asked for yet, subtotal and total included */
/* NULL after an error */
struct ir_node *parts_score(struct sema *sema, struct part_info *part, struct span use);

/* lowers a section's `skip when` and `zero when`; false after an error */
bool parts_skip(struct sema *sema, struct part_info *part);

/* For expr_entity alone, which looks after circles. */
struct ir_node *parts_lower_score(struct sema *sema, struct part_info *part);
struct ir_node *parts_total(struct sema *sema);
struct ir_node *parts_subtotal(struct sema *sema);
#endif
