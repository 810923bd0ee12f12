/* Changing texts in place: pieces of sources that other text stands for. What is put in keeps its lines, moved under the place where it
 * goes; a remark stands on a line of its own. */
#ifndef RUBRIC_AMEND_EDITS_H
#define RUBRIC_AMEND_EDITS_H
#include <stdbool.h>
#include "base/vec.h"
#include "source/source.h"

struct edit { const struct source *source; size_t start, end; const char *text; bool remark; };
struct edits { VEC(struct edit) list; };     /* what stands at one place stays in the order added */

/* The raw text of a span, and of what lies between two places. */
const char *edits_raw(struct span span);
const char *edits_between(const struct source *source, size_t start, size_t end);
/* The blanks that begin the line of a place. */
const char *edits_indent(const struct source *source, size_t at);
/* `text`, whose lines are indented as the line of `from` is, for lines indented by `indent`. A text in """ stays as it is. */
const char *edits_moved(const char *text, struct span from, const char *indent);

void edits_replace(struct edits *edits, struct span span, const char *text);
/* With a remark above; `text` NULL: nothing takes its place. */
void edits_replace_told(struct edits *edits, struct span span, const char *remark, const char *text);
void edits_remark(struct edits *edits, struct span span, const char *remark);         /* above it */
void edits_before(struct edits *edits, struct span span, const char *remark, const char *text);
void edits_after(struct edits *edits, struct span span, const char *remark, const char *text);
/* Last in the braces that end a span; `remark` NULL: none. */
void edits_last(struct edits *edits, struct span span, const char *remark, const char *text);
void edits_at_end(struct edits *edits, const struct source *source, const char *remark, const char *text);

/* The text of a source with its edits made. */
const char *edits_made(const struct edits *edits, const struct source *source);
#endif
