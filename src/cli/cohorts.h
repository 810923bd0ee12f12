/* The units of one call, for standards that read the cohort: all units are looked through before the first that such a standard scores is
 * evaluated. Of other standards nothing is gathered. */
#ifndef RUBRIC_CLI_COHORTS_H
#define RUBRIC_CLI_COHORTS_H
#include "cli/call.h"

/* What is asked of a unit: the call, and what the others come to where its standard reads that and the unit is not alone. */
struct call cohorts_call(const struct scoring *scoring);
#endif
