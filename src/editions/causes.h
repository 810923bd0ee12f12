/* By which changes a subject comes out otherwise, and under which conditions it does not. For this folder alone. */
#ifndef RUBRIC_EDITIONS_CAUSES_H
#define RUBRIC_EDITIONS_CAUSES_H
#include "editions/impacts.h"

void causes_find(const struct impacts *impacts, struct subject *subject);
void conditions_find(const struct impacts *impacts, struct subject *subject);
bool causes_same_period(const struct impacts *impacts);
#endif
