/* What a goal demands of single numbers, all of it at once: that one lies between two ends. Some numbers never do. */
#ifndef RUBRIC_WHATIF_WINDOWS_H
#define RUBRIC_WHATIF_WINDOWS_H
#include "whatif/aim.h"

/* True: proved that nothing that moves brings the aim about in all worlds. With the first worlds found; leaves the levers anywhere. */
bool windows_shut(struct levers *levers, const struct aim *aim);
#endif
