#include "diag/mend.h"
#include <stdlib.h>
#include <string.h>
#include "base/io.h"

/* ---------------------------------------------------------------- which changes are taken */

static struct mending *mending_of(struct mendings *mendings, const struct source *source)
{
    for (size_t i = 0; i < mendings->list.count; i++) {
        if (mendings->list.items[i].source == source) {
            return &mendings->list.items[i];
        }
    }
    vec_push(&mendings->list, (struct mending){.source = source});
    return &vec_last(&mendings->list);
}

static int by_place(const void *a, const void *b)
{
    const struct diag_fix *left = *(const struct diag_fix *const *)a;
    const struct diag_fix *right = *(const struct diag_fix *const *)b;
    if (left->span.start != right->span.start) {
        return left->span.start < right->span.start ? -1 : 1;
    }
    if (left->span.end != right->span.end) {
        return left->span.end < right->span.end ? -1 : 1;
    }
    return strcmp(left->text, right->text); /* whatever the library's sort does with equals */
}

static bool is_same(const struct diag_fix *a, const struct diag_fix *b)
{
    return a->span.start == b->span.start && a->span.end == b->span.end && str_equal(a->text, b->text);
}

/* Of changes that touch, the first is taken. Two messages may ask for one and the same change. */
static void part_those_that_touch(struct mending *mending)
{
    size_t kept = 0;
    qsort(mending->fixes.items, mending->fixes.count, sizeof *mending->fixes.items, by_place);
    for (size_t i = 0; i < mending->fixes.count; i++) {
        const struct diag_fix *fix = mending->fixes.items[i];
        const struct diag_fix *last = kept > 0 ? mending->fixes.items[kept - 1] : NULL;
        if (last == NULL || fix->span.start > last->span.end) {
            mending->fixes.items[kept++] = fix;
        } else {
            mending->left += !is_same(fix, last);
        }
    }
    mending->fixes.count = kept;
}

struct mendings mend_collect(const struct diags *diags)
{
    struct mendings mendings = {0};
    for (size_t i = 0; i < diags->list.count; i++) {
        const struct diag *diag = diags->list.items[i];
        if (diag_is_mendable(diag)) {
            vec_push(&mending_of(&mendings, diag->fix.span.source)->fixes, &diag->fix);
        }
    }
    for (size_t i = 0; i < mendings.list.count; i++) {
        part_those_that_touch(&mendings.list.items[i]);
    }
    return mendings;
}

/* ---------------------------------------------------------------- the new text */

static void add_mended(struct str *out, const struct mending *mending, const char *text, size_t from,
                       size_t to)
{
    for (size_t i = 0; i < mending->fixes.count; i++) {
        const struct diag_fix *fix = mending->fixes.items[i];
        if (fix->span.start < from || fix->span.end > to) {
            continue;
        }
        str_add_bytes(out, text + from, fix->span.start - from);
        str_add(out, fix->text);
        from = fix->span.end;
    }
    str_add_bytes(out, text + from, to - from);
}

void mend_add(struct str *out, const struct mending *mending, size_t from, size_t to)
{
    add_mended(out, mending, mending->source->text, from, to);
}

/* A byte order mark stays, and how lines end. */
static void add_file(struct str *out, const struct mending *mending)
{
    const struct source *source = mending->source;
    str_add_bytes(out, source->bytes, source->bom);
    add_mended(out, mending, source->bytes + source->bom, 0, source->length);
}

/* ---------------------------------------------------------------- writing */

static bool is_as_read(const struct source *source)
{
    char *bytes;
    size_t length, whole = source->bom + source->length;
    return io_read(source->name, IO_SIZE_MAX, &bytes, &length) == IO_OK && length == whole &&
           memcmp(bytes, source->bytes, whole) == 0;
}

bool mend_write(const struct mending *mending, struct diags *diags)
{
    const char *name = mending->source->name;
    if (!is_as_read(mending->source)) {
        diag_add(diags, DIAG_MEND_CHANGED, SPAN_NONE, name, NULL);
        return false;
    }
    struct str text = {0};
    add_file(&text, mending);
    if (io_write(name, str_text(&text), text.length) != IO_OK) {
        diag_add(diags, DIAG_NOT_WRITTEN, SPAN_NONE, name, NULL);
        return false;
    }
    return true;
}
