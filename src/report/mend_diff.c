#include "report/mend_diff.h"
#include <string.h>
#include "base/mem.h"

enum { AROUND = 3 /* lines that are shown before and after a change */ };

/* Lines that change together, from 0; `to` is behind the last. */
struct block {
    size_t from, to;
    struct str text; /* what stands there afterwards */
    size_t lines;    /* of the new text */
};

struct diff {
    struct page *page;
    const struct mending *mending;
    VEC(struct block) blocks;
    size_t line_count; /* of the source: without the empty one behind the last line break */
    long grown;        /* lines that blocks so far have added, less those that they took */
};

/* ---------------------------------------------------------------- lines */

static size_t end_of_line(const struct source *source, size_t line)
{
    return line + 1 < source->line_count ? source->line_starts[line + 1] : source->length;
}

static size_t lines_of(const struct str *text)
{
    size_t lines = text->length > 0 && text->data[text->length - 1] != '\n';
    for (size_t i = 0; i < text->length; i++) {
        lines += text->data[i] == '\n';
    }
    return lines;
}

/* Tabs stay, other characters that cannot be seen do not. */
static void add_visible(struct page *page, enum ink ink, const char *text)
{
    for (;;) {
        size_t length = strcspn(text, "\t");
        page_text(page, ink, mem_text(text, length));
        if (text[length] == '\0') {
            return;
        }
        str_add_char(page->out, '\t');
        text += length + 1;
    }
}

static void add_line(struct page *page, enum ink ink, const char *mark, const char *text, size_t length)
{
    size_t shown = length > 0 && text[length - 1] == '\r' ? length - 1 : length;
    page_text(page, ink, mark);
    add_visible(page, ink, mem_text(text, shown));
    str_add_char(page->out, '\n');
}

/* Every line of a text; one without a line break is the last of its file. */
static void add_lines(struct page *page, enum ink ink, const char *mark, const char *text, size_t length)
{
    while (length > 0) {
        const char *end = memchr(text, '\n', length);
        size_t line = end != NULL ? (size_t)(end - text) : length;
        add_line(page, ink, mark, text, line);
        if (end == NULL) {
            page_text(page, INK_DIM, "\\ No newline at end of file");
            str_add_char(page->out, '\n');
            return;
        }
        text += line + 1;
        length -= line + 1;
    }
}

static void add_old_lines(struct diff *diff, enum ink ink, const char *mark, size_t from, size_t to)
{
    const struct source *source = diff->mending->source;
    if (from < to) {
        size_t start = source->line_starts[from];
        add_lines(diff->page, ink, mark, source->text + start, end_of_line(source, to - 1) - start);
    }
}

/* ---------------------------------------------------------------- blocks and hunks */

static void find_blocks(struct diff *diff)
{
    const struct mending *mending = diff->mending;
    for (size_t i = 0; i < mending->fixes.count; i++) {
        struct span span = mending->fixes.items[i]->span, end = {span.source, span.end, span.end};
        size_t from = source_line(span) - 1, last = source_line(end);
        size_t to = last < diff->line_count ? last : diff->line_count;
        if (diff->blocks.count > 0 && from < vec_last(&diff->blocks).to) {
            vec_last(&diff->blocks).to = to;
        } else {
            vec_push(&diff->blocks, (struct block){.from = from, .to = to});
        }
    }
    for (size_t i = 0; i < diff->blocks.count; i++) {
        struct block *block = &diff->blocks.items[i];
        mend_add(&block->text, mending, mending->source->line_starts[block->from],
                 end_of_line(mending->source, block->to - 1));
        block->lines = lines_of(&block->text);
    }
}

/* How many blocks from `first` on stand in one hunk: as few lines are between them as are shown around each. */
static size_t hunk_end(const struct diff *diff, size_t first)
{
    size_t end = first + 1;
    while (end < diff->blocks.count &&
           diff->blocks.items[end].from <= diff->blocks.items[end - 1].to + 2 * AROUND) {
        end++;
    }
    return end;
}

static size_t last_shown(const struct diff *diff, const struct block *last)
{
    return last->to + AROUND < diff->line_count ? last->to + AROUND : diff->line_count;
}

static void write_head(struct diff *diff, size_t from, size_t to, long grows)
{
    long count = (long)(to - from), start = (long)from + 1;
    page_text(diff->page, INK_DIM,
              str_print("@@ -%ld,%ld +%ld,%ld @@", start, count, start + diff->grown, count + grows));
    str_add_char(diff->page->out, '\n');
    diff->grown += grows;
}

static void write_hunk(struct diff *diff, size_t first, size_t end)
{
    const struct block *blocks = diff->blocks.items;
    size_t from = blocks[first].from > AROUND ? blocks[first].from - AROUND : 0;
    size_t to = last_shown(diff, &blocks[end - 1]), at = from;
    long grows = 0;
    for (size_t i = first; i < end; i++) {
        grows += (long)blocks[i].lines - (long)(blocks[i].to - blocks[i].from);
    }
    write_head(diff, from, to, grows);
    for (size_t i = first; i < end; i++) {
        add_old_lines(diff, INK_PLAIN, " ", at, blocks[i].from);
        add_old_lines(diff, INK_BAD, "-", blocks[i].from, blocks[i].to);
        add_lines(diff->page, INK_GOOD, "+", blocks[i].text.data, blocks[i].text.length);
        at = blocks[i].to;
    }
    add_old_lines(diff, INK_PLAIN, " ", at, to);
}

static void write_name(struct page *page, const char *mark, const char *name)
{
    page_text(page, INK_BOLD, str_print("%s %s", mark, name));
    str_add_char(page->out, '\n');
}

void mend_diff(struct page *page, const struct mending *mending)
{
    const struct source *source = mending->source;
    bool ends = source->length > 0 && source->text[source->length - 1] == '\n';
    struct diff diff = {.page = page, .mending = mending, .line_count = source->line_count - ends};
    find_blocks(&diff);
    write_name(page, "---", source->name);
    write_name(page, "+++", source->name);
    for (size_t first = 0; first < diff.blocks.count;) {
        size_t end = hunk_end(&diff, first);
        write_hunk(&diff, first, end);
        first = end;
    }
}
