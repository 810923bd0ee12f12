/* Changes to a text, each at its place; what they do not touch stays to the byte. */
#ifndef RUBRIC_CLI_REPL_PATCH_H
#define RUBRIC_CLI_REPL_PATCH_H
#include "base/str.h"
#include "base/vec.h"
#include "source/source.h"

struct patch_edit {
    uint32_t start, end; /* bytes that go */
    const char *text;    /* what comes in their place */
};

struct patch {
    const struct source *source;
    VEC(struct patch_edit) edits; /* apart from one another; several may come in at one place, in the order added */
};

void patch_replace(struct patch *patch, struct span span, const char *text);
void patch_insert(struct patch *patch, uint32_t at, const char *text);
/* The lines of an entry become comments; where it shares its line, the entry is taken out and stands as a comment above. */
void patch_comment_out(struct patch *patch, struct span span);
uint32_t patch_line_start(const struct patch *patch, uint32_t at);
uint32_t patch_line_end(const struct patch *patch, uint32_t at); /* of its newline */
/* The text with all of it done, a byte order mark included if there was one. */
const char *patch_text(const struct patch *patch);
#endif
