#include "amend/edits.h"
#include <string.h>
#include "base/mem.h"
#include "base/str.h"

const char *edits_between(const struct source *source, size_t start, size_t end)
{
    return mem_text(source->text + start, end - start);
}

const char *edits_raw(struct span span)
{
    return edits_between(span.source, span.start, span.end);
}

/* ---------------------------------------------------------------- lines */

static size_t line_start(const struct source *source, size_t at)
{
    while (at > 0 && source->text[at - 1] != '\n')
        at--;
    return at;
}

static size_t blanks_from(const struct source *source, size_t at)
{
    while (source->text[at] == ' ' || source->text[at] == '\t')
        at++;
    return at;
}

static bool is_first(const struct source *source, size_t at)
{
    return blanks_from(source, line_start(source, at)) >= at;
}

/* Is there nothing behind it on its line but a comment? */
static bool is_last(const struct source *source, size_t at)
{
    at = blanks_from(source, at);
    return strchr("#\r\n", source->text[at]) != NULL; /* the end of the text too */
}

static size_t line_end(const struct source *source, size_t at)
{
    return at + strcspn(source->text + at, "\r\n");
}

const char *edits_indent(const struct source *source, size_t at)
{
    size_t start = line_start(source, at);
    return edits_between(source, start, blanks_from(source, start));
}

const char *edits_moved(const char *text, struct span from, const char *indent)
{
    size_t depth = strlen(edits_indent(from.source, from.start));
    if (strstr(text, "\"\"\""))
        return text;
    struct str out = {0};
    while (*text != '\0') {
        size_t length = strcspn(text, "\n"), blanks = 0;
        str_add_bytes(&out, text, length);
        text += length;
        if (*text == '\0')
            break;
        str_add_char(&out, *text++);
        while (blanks < depth && (text[blanks] == ' ' || text[blanks] == '\t'))
            blanks++;
        text += blanks;
        if (*text != '\n' && *text != '\r' && *text != '\0')
            str_add(&out, indent);
    }
    return str_text(&out);
}

/* ---------------------------------------------------------------- edits */

static void add(struct edits *edits, const struct source *source, size_t start, size_t end, const char *text)
{
    vec_push(&edits->list, (struct edit){source, start, end, text, false});
}

void edits_replace(struct edits *edits, struct span span, const char *text)
{
    add(edits, span.source, span.start, span.end, text);
}

/* What begins a new line, unless the place does that already. */
static const char *opening(const struct source *source, size_t at)
{
    return is_first(source, at) ? "" : str_print("\n%s", edits_indent(source, at));
}

void edits_replace_told(struct edits *edits, struct span span, const char *remark, const char *text)
{
    const char *indent = edits_indent(span.source, span.start);
    bool alone = !text && is_last(span.source, span.end);
    edits_replace(edits, span,
                  str_print("%s%s%s%s%s", opening(span.source, span.start), remark, alone ? "" : "\n",
                            alone ? "" : indent, text ? text : ""));
}

void edits_remark(struct edits *edits, struct span span, const char *remark)
{
    struct span place = {span.source, span.start, span.start};
    edits_replace_told(edits, place, remark, "");
    vec_last(&edits->list).remark = true;
}

void edits_before(struct edits *edits, struct span span, const char *remark, const char *text)
{
    const char *indent = edits_indent(span.source, span.start);
    edits_replace_told(edits, (struct span){span.source, span.start, span.start}, remark,
                       str_print("%s\n%s", text, indent));
}

void edits_after(struct edits *edits, struct span span, const char *remark, const char *text)
{
    const char *indent = edits_indent(span.source, span.start);
    bool last = is_last(span.source, span.end);
    size_t at = last ? line_end(span.source, span.end) : span.end;
    add(edits, span.source, at, at,
        str_print("\n%s%s\n%s%s%s%s", indent, remark, indent, text, last ? "" : "\n", last ? "" : indent));
}

void edits_last(struct edits *edits, struct span span, const char *remark, const char *text)
{
    const struct source *source = span.source;
    size_t brace = span.end - 1;
    const char *outer = edits_indent(source, span.start), *indent = str_print("%s  ", outer);
    struct str out = {0};
    if (remark)
        str_format(&out, "%s%s\n", indent, remark);
    str_format(&out, "%s%s\n", indent, text);
    if (is_first(source, brace))
        add(edits, source, line_start(source, brace), line_start(source, brace), str_text(&out));
    else
        add(edits, source, brace, brace, str_print("\n%s%s", str_text(&out), outer));
}

void edits_at_end(struct edits *edits, const struct source *source, const char *remark, const char *text)
{
    size_t end = source->length;
    bool open = end > 0 && source->text[end - 1] != '\n';
    for (size_t i = 0; i < edits->list.count; i++) /* the first one there closes the last line */
        open &= !(edits->list.items[i].source == source && edits->list.items[i].start == end);
    add(edits, source, end, end, str_print("%s%s\n%s\n", open ? "\n" : "", remark, text));
}

/* ---------------------------------------------------------------- making them */

/* At one place: what is put in before it, a remark about it, what takes its place. */
static int rank(const struct edit *edit)
{
    return edit->end > edit->start ? 2 : edit->remark;
}

static bool comes_before(const struct edit *a, const struct edit *b)
{
    return a->start < b->start || (a->start == b->start && rank(a) < rank(b));
}

static const struct edit *next(const struct edits *edits, const struct source *source, size_t from,
                               const bool *done, size_t *index)
{
    const struct edit *found = NULL;
    for (size_t i = 0; i < edits->list.count; i++) {
        const struct edit *edit = &edits->list.items[i];
        if (edit->source != source || done[i] || edit->start < from || (found && !comes_before(edit, found)))
            continue;
        found = edit;
        *index = i;
    }
    return found;
}

const char *edits_made(const struct edits *edits, const struct source *source)
{
    struct str out = {0};
    size_t at = 0, index = 0;
    bool *done = mem_alloc_plain(edits->list.count + 1);
    for (const struct edit *edit; (edit = next(edits, source, at, done, &index));) {
        str_add_bytes(&out, source->text + at, edit->start - at);
        str_add(&out, edit->text);
        at = edit->end;
        done[index] = true;
    }
    str_add_bytes(&out, source->text + at, source->length - at);
    return str_text(&out);
}
