#include "sema/misread.h"
#include <string.h>
#include "base/mem.h"
#include "syntax/tape.h"

static bool is_of_reading(enum diag_code code)
{
    return diag_severity(code) == SEVERITY_ERROR && diag_group(code) <= DIAG_GROUP_SYNTAX;
}

static bool begins_inside(struct span inner, struct span outer)
{
    return inner.source == outer.source && inner.start >= outer.start && inner.start < outer.end;
}

/* A `}` that is missing is told at the word that stands where it cannot, and shows where its block was
 * opened. */
static bool is_about(const struct diag *diag, struct span span)
{
    bool about = begins_inside(diag->span, span);
    for (size_t i = 0; i < diag->other_count; i++)
        about |= begins_inside(diag->others[i].span, span);
    return about;
}

void misread_note(struct sema *sema, size_t first)
{
    for (size_t i = first; i < sema->diags->list.count; i++)
        if (is_of_reading(sema->diags->list.items[i]->code))
            vec_push(&sema->misread, sema->diags->list.items[i]);
}

bool misread_in(const struct sema *sema, struct span span)
{
    for (size_t i = 0; i < sema->misread.count; i++)
        if (is_about(sema->misread.items[i], span))
            return true;
    return false;
}

bool misread_anywhere(const struct sema *sema)
{
    return sema->misread.count > 0;
}

static bool has_word(const char *line, size_t length, const char *name)
{
    size_t size = strlen(name);
    for (size_t at = 0; at < length;) {
        size_t word = tape_name_bytes(line + at, length - at);
        if (word == size && memcmp(line + at, name, size) == 0)
            return true;
        at += word > 0 ? word : tape_character_bytes(line + at);
    }
    return false;
}

bool misread_name(const struct sema *sema, const char *name)
{
    for (size_t i = 0; i < sema->misread.count; i++) {
        struct span span = sema->misread.items[i]->span;
        size_t length;
        const char *line = span.source ? source_line_text(span.source, source_line(span), &length) : NULL;
        if (line && has_word(line, length, name))
            return true;
    }
    return false;
}
