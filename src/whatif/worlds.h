/* What is open may turn out unfavourably: worlds in which it does, for a search to hold its ways against. */
#ifndef RUBRIC_WHATIF_WORLDS_H
#define RUBRIC_WHATIF_WORLDS_H
#include "whatif/aim.h"

/* The first: one in which the total is what the aim does not want, as far as that is seen at once; and one in which it is the other way round, if
 * that is another; and where the aim compares other numbers, the same of the room that it has. Of a unit of which all is known, the unit itself. */
void worlds_start(struct levers *levers, const struct aim *aim);
/* Against this one alone ways are held from now on, and those that are added. */
void worlds_hold_only(struct levers *levers, size_t world);
/* With levers moved to single values that are not sure to do: looks for a world in which they do not, and keeps it. False: none was found. */
bool worlds_add_against(struct levers *levers, const struct aim *aim);
/* The world at a place in the order of strictness has ruled something out: it goes first. */
void worlds_put_first(struct levers *levers, size_t place);
#endif
