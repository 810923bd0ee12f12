/* The exact text of a small number, as num_text has it, into room that the caller has: no memory is taken, and threads may do it. */
#ifndef RUBRIC_BASE_RATIO_TEXT_H
#define RUBRIC_BASE_RATIO_TEXT_H
#include <stddef.h>
#include <stdint.h>

enum { RATIO_TEXT_ROOM = 96 };

/* top/bottom, not necessarily in lowest terms; bottom > 0. Returns the bytes written. */
size_t ratio_text(char *out, int64_t top, int64_t bottom);
#endif
