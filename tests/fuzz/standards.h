/* The standards that facts are read against: compiled once a process. */
#ifndef RUBRIC_TESTS_FUZZ_STANDARDS_H
#define RUBRIC_TESTS_FUZZ_STANDARDS_H
#include "core/standard.h"

enum fuzz_standard { STANDARD_YARD, STANDARD_STREET, STANDARD_TABLE /* all of it in columns */, STANDARDS };

/* Must be the first of an input to take memory. */
const struct standard *standards_choose(enum fuzz_standard standard);
#endif
