/* What the fuzzing targets share. A target is LLVMFuzzerTestOneInput: one input, taken in memory; it must end without a crash, a report of the sanitizers or
 * a message that holds a raw control character. tests/fuzz/replay.c runs kept inputs through the same function without libFuzzer. */
#ifndef RUBRIC_TESTS_FUZZ_H
#define RUBRIC_TESTS_FUZZ_H
#include <stddef.h>
#include <stdint.h>
#include "diag/diag.h"
#include "eval/eval.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* fuzz_forget gives back every block but those from before fuzz_keep: arena.c; nothing does in a replay. */
void fuzz_keep(void);
void fuzz_forget(void);
/* Files that a text names are looked for in a folder that there is not. */
struct source *fuzz_source(const char *name, const uint8_t *bytes, size_t size);
/* Cuts the input at its first line that is `%%`: a text before, a text after. False: there is none. */
bool fuzz_cut(const uint8_t *bytes, size_t size, size_t *first, size_t *second);
/* Every other input is shown in Chinese. */
enum lang fuzz_lang(size_t size);
/* As text, in English with colours, and as JSON. */
void fuzz_show(struct diags *diags, enum lang lang);
/* Nothing but what is visible, newlines, and the colours of pages: else the process dies. */
void fuzz_look_at(struct str *out);
/* … sheet, JSON and derivations. */
void fuzz_evaluate(const struct standard *standard, const struct unit *unit, enum lang lang);
#endif
