/* What a goal demands of single numbers, all of it at once: that one lies between two ends. Some numbers never do, and some do only once certain
 * facts are known. */
#ifndef RUBRIC_WHATIF_WINDOWS_H
#define RUBRIC_WHATIF_WINDOWS_H
#include "whatif/aim.h"

struct windows;

/* With the first worlds found. These leave the levers anywhere. */
const struct windows *windows_find(struct levers *levers, const struct aim *aim);
/* Proved: nothing that moves brings the aim about in all worlds. */
bool windows_shut(const struct windows *windows);
/* Proved of a lever that is open: without it, nothing does. To be asked of one after the other, with nothing else moved between. */
bool windows_need(const struct windows *windows, size_t lever);
#endif
