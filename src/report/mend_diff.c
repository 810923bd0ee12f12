#include "report/mend_diff.h"
#include <string.h>
#include "base/mem.h"

enum { AROUND = 3 /* lines that are shown before and after a change */ };

struct diff {
    struct page *page;
    const struct source *source;
    struct changes blocks;
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
    const struct source *source = diff->source;
    if (from < to) {
        size_t start = source->line_starts[from];
        add_lines(diff->page, ink, mark, source->text + start, end_of_line(source, to - 1) - start);
    }
}

/* ---------------------------------------------------------------- blocks and hunks */

static void find_blocks(struct diff *diff, const struct mending *mending)
{
    for (size_t i = 0; i < mending->fixes.count; i++) {
        struct span span = mending->fixes.items[i]->span, end = {span.source, span.end, span.end};
        size_t from = source_line(span) - 1, last = source_line(end);
        size_t to = last < diff->line_count ? last : diff->line_count;
        if (diff->blocks.list.count > 0 && from < vec_last(&diff->blocks.list).to) {
            vec_last(&diff->blocks.list).to = to;
        } else {
            vec_push(&diff->blocks.list, (struct changed_lines){.from = from, .to = to});
        }
    }
    for (size_t i = 0; i < diff->blocks.list.count; i++) {
        struct changed_lines *block = &diff->blocks.list.items[i];
        mend_add(&block->text, mending, mending->source->line_starts[block->from],
                 end_of_line(mending->source, block->to - 1));
        block->lines = lines_of(&block->text);
    }
}

/* How many blocks from `first` on stand in one hunk: as few lines are between them as are shown around each. */
static size_t hunk_end(const struct diff *diff, size_t first)
{
    size_t end = first + 1;
    while (end < diff->blocks.list.count &&
           diff->blocks.list.items[end].from <= diff->blocks.list.items[end - 1].to + 2 * AROUND) {
        end++;
    }
    return end;
}

static size_t last_shown(const struct diff *diff, const struct changed_lines *last)
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
    const struct changed_lines *blocks = diff->blocks.list.items;
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

static struct diff start(struct page *page, const struct source *source)
{
    bool ends = source->length > 0 && source->text[source->length - 1] == '\n';
    return (struct diff){.page = page, .source = source, .line_count = source->line_count - ends};
}

static void write_all(struct diff *diff)
{
    write_name(diff->page, "---", diff->source->name);
    write_name(diff->page, "+++", diff->source->name);
    for (size_t first = 0; first < diff->blocks.list.count;) {
        size_t end = hunk_end(diff, first);
        write_hunk(diff, first, end);
        first = end;
    }
}

void changes_diff(struct page *page, const struct source *source, const struct changes *changes)
{
    struct diff diff = start(page, source);
    diff.blocks = *changes;
    write_all(&diff);
}

void mend_diff(struct page *page, const struct mending *mending)
{
    struct diff diff = start(page, mending->source);
    find_blocks(&diff, mending);
    write_all(&diff);
}
