/* What two editions have to be compared in. For this folder alone. */
#ifndef RUBRIC_EDITIONS_SUBJECTS_H
#define RUBRIC_EDITIONS_SUBJECTS_H
#include "editions/impacts.h"

/* Every part, outcome and show of either, paired. */
void subjects_list(struct impacts *impacts);
/* What the old edition calls it. */
const char *subject_old_name(const struct impacts *impacts, enum ast_kind kind, const char *name);
const char *subject_outcome(const struct outcome *outcome); /* its name, its label, the path of the part that it is about; NULL: none */
enum ast_kind subject_outcome_kind(const struct outcome *outcome);
#endif
