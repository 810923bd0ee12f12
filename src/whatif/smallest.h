/* Making moves as small as they can be. */
#ifndef RUBRIC_WHATIF_SMALLEST_H
#define RUBRIC_WHATIF_SMALLEST_H
#include "whatif/solve.h"

/* The moves reach the aim together. Each in turn becomes the smallest that does while the others stay: the nearest to what is so now; of a fact
 * that is not known, the least that has to be shown. False: of one of them that is not proved. */
bool smallest_moves(struct levers *levers, const struct aim *aim, struct move *moves, size_t count);
/* One numeric lever by itself, the others as they are: walked all along, so that not finding is a proof where every piece is straight. */
enum solved smallest_alone(struct levers *levers, const struct aim *aim, struct move *move);
#endif
