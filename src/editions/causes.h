/* By which changes a subject comes out otherwise, and under which conditions it does not. For this folder alone. */
#ifndef RUBRIC_EDITIONS_CAUSES_H
#define RUBRIC_EDITIONS_CAUSES_H
#include "editions/impacts.h"

void causes_find(const struct impacts *impacts, struct subject *subject);

/* What a condition can come of: slots of the new edition's facts. */
struct suspects {
    VEC(size_t) silent; /* nothing said of it means something else now */
    bool days;                   /* the editions are for different periods */
};
struct suspects suspects_of(const struct impacts *impacts);
void conditions_find(const struct impacts *impacts, const struct suspects *suspects, struct subject *subject);
bool causes_same_period(const struct impacts *impacts);
#endif
