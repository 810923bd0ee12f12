/* Gates, vetoes, qualifications, grades, shows. */
#ifndef RUBRIC_SEMA_OUTCOMES_H
#define RUBRIC_SEMA_OUTCOMES_H
#include "sema/sema.h"

void outcomes_collect(struct sema *sema); /* the ladder of grades, so that its rungs are known */
void outcomes_lower(struct sema *sema);

/* For expr_entity alone, which looks after circles. */
struct ir_node *outcomes_eligible(struct sema *sema);
struct ir_node *outcomes_qualifies(struct sema *sema, struct entity *entity);
struct ir_node *grades_lower(struct sema *sema);         /* grades.c */
#endif
