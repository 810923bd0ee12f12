/* Facts that a search found, as each edition reads them, and what each then says of the unit. For this folder alone. */
#ifndef RUBRIC_EDITIONS_WITNESS_H
#define RUBRIC_EDITIONS_WITNESS_H
#include "editions/impacts.h"

/* `telling`: what of it makes the difference, whatever else the unit reports. NULL: an edition refuses such a unit, or both say the same of it. */
const struct impact_witness *witness_of(const struct impacts *impacts, const struct subject *subject,
                                        const struct diag_example *example, const struct diag_example *telling);
#endif
