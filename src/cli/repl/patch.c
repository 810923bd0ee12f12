#include "cli/repl/patch.h"
#include <string.h>
#include "base/mem.h"

void patch_replace(struct patch *patch, struct span span, const char *text)
{
    vec_push(&patch->edits, (struct patch_edit){span.start, span.end, text});
}

void patch_insert(struct patch *patch, uint32_t at, const char *text)
{
    vec_push(&patch->edits, (struct patch_edit){at, at, text});
}

uint32_t patch_line_start(const struct patch *patch, uint32_t at)
{
    while (at > 0 && patch->source->text[at - 1] != '\n') {
        at--;
    }
    return at;
}

uint32_t patch_line_end(const struct patch *patch, uint32_t at)
{
    while (at < patch->source->length && patch->source->text[at] != '\n') {
        at++;
    }
    return at;
}

/* ---------------------------------------------------------------- comments */

static bool is_blank(const char *text, uint32_t from, uint32_t to)
{
    while (from < to && (text[from] == ' ' || text[from] == '\t' || text[from] == '\r')) {
        from++;
    }
    return from == to;
}

/* Nothing stands on the line behind it but a comment. */
static bool ends_line(const struct patch *patch, uint32_t at)
{
    const char *text = patch->source->text;
    uint32_t end = patch_line_end(patch, at), from = at;
    while (from < end && (text[from] == ' ' || text[from] == '\t')) {
        from++;
    }
    return is_blank(text, from, end) || text[from] == '#';
}

void patch_comment_out(struct patch *patch, struct span span)
{
    uint32_t start = patch_line_start(patch, span.start);
    if (!is_blank(patch->source->text, start, span.start) || !ends_line(patch, span.end)) {
        patch_insert(patch, start, str_print("# %s\n", span_text(span)));
        patch_replace(patch, span, "");
        return;
    }
    for (uint32_t at = start; at < span.end; at = patch_line_end(patch, at) + 1) {
        patch_insert(patch, at, "# ");
    }
}

/* ---------------------------------------------------------------- doing it */

/* The edit that comes next behind `at`, among those not done; the number of edits: none. */
static size_t next_edit(const struct patch *patch, const bool *done)
{
    size_t best = patch->edits.count;
    for (size_t i = 0; i < patch->edits.count; i++) {
        if (!done[i] &&
            (best == patch->edits.count || patch->edits.items[i].start < patch->edits.items[best].start)) {
            best = i;
        }
    }
    return best;
}

const char *patch_text(const struct patch *patch)
{
    const struct source *source = patch->source;
    bool *done = MEM_ARRAY(bool, patch->edits.count + 1);
    struct str out = {0};
    uint32_t at = 0;
    const char *text = source->bytes + source->bom;
    str_add_bytes(&out, source->bytes, source->bom);
    for (size_t i; (i = next_edit(patch, done)) < patch->edits.count; done[i] = true) {
        const struct patch_edit *edit = &patch->edits.items[i];
        str_add_bytes(&out, text + at, edit->start - at);
        str_add(&out, edit->text);
        at = edit->end;
    }
    str_add_bytes(&out, text + at, source->length - at);
    return str_text(&out);
}
