/* Derivations of criteria and sections. */
#ifndef RUBRIC_REPORT_WHY_PART_H
#define RUBRIC_REPORT_WHY_PART_H
#include "report/why_lines.h"

void why_part(const struct why *why, const struct part *part);
#endif
