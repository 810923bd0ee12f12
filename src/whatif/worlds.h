/* What is open may turn out unfavourably: worlds in which it does, for a search to hold its ways against. */
#ifndef RUBRIC_WHATIF_WORLDS_H
#define RUBRIC_WHATIF_WORLDS_H
#include "whatif/aim.h"

/* The first: what makes the aim hardest, as far as that is seen at once. Of a unit of which all is known, the unit itself. */
void worlds_start(struct levers *levers, const struct aim *aim);
/* With levers moved to single values that do not do: a world in which they do not. False: none was found, or it is there already. */
bool worlds_add_against(struct levers *levers, const struct aim *aim);
/* Does what is said of the goal while everything that is open is open tell exactly whether it is sure? So it is where nothing that is open is read
 * along several ways. `moved`: levers, none of them open any more; count of them. */
bool worlds_tell_all(const struct levers *levers, const struct aim *aim, const size_t *moved, size_t count);
#endif
