/* A whole batch in memory, twice: by columns and threads, and row by row. What both write, refuse and tell must be the same, byte by byte. */
#ifndef RUBRIC_TESTS_FUZZ_BATCH_H
#define RUBRIC_TESTS_FUZZ_BATCH_H
#include <stddef.h>
#include <stdint.h>

/* Two bytes that choose, then the text of a file of that name. The bits of the first: standard; two threads; --strict; JSON is written; nothing is
 * carried; small chunks; short reads; Chinese. The second tells how small and how short. */
void fuzz_batch(const char *name, const uint8_t *bytes, size_t size);
#endif
