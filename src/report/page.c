#include "report/page.h"
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"

static const char RULE[] = "─", CUT[] = "…";

/* ---------------------------------------------------------------- pieces */

size_t page_width(const char *text)
{
    const char *shown = utf8_visible(text);
    return utf8_width(shown, strlen(shown));
}

void page_text(struct page *page, enum ink ink, const char *text)
{
    static const char *const codes[] = {
        [INK_PLAIN] = "",        [INK_BOLD] = "\033[1m", [INK_DIM] = "\033[2m",
        [INK_GOOD] = "\033[32m", [INK_BAD] = "\033[31m", [INK_OPEN] = "\033[33m"};
    bool inked = page->colour && ink != INK_PLAIN && *text != '\0';
    str_add(page->out, inked ? codes[ink] : "");
    str_add(page->out, utf8_visible(text));
    str_add(page->out, inked ? "\033[0m" : "");
}

void page_blanks(struct page *page, size_t count)
{
    str_add_repeat(page->out, " ", count);
}

void page_end(struct page *page)
{
    struct str *out = page->out;
    while (out->length > 0 && out->data[out->length - 1] == ' ') {
        out->length--;
    }
    str_add_char(out, '\n');
}

void page_rule(struct page *page, size_t width)
{
    str_add_repeat(page->out, RULE, width);
    page_end(page);
}

/* ---------------------------------------------------------------- breaking lines */

/* One character of a text that is to be broken. */
struct glyph {
    size_t start, bytes, cells;
    bool blank, wide, closes, opens;
};

static bool one_of(const char *text, size_t bytes, const char *marks)
{
    const char *mem = mem_text(text, bytes);
    return strstr(marks, mem) != NULL;
}

static struct glyph glyph_at(const char *text, size_t length, size_t start)
{
    uint32_t code;
    struct glyph glyph = {.start = start, .bytes = utf8_next(text + start, length - start, &code)};
    glyph.cells = utf8_width(text + start, glyph.bytes);
    glyph.blank = code == ' ';
    glyph.wide = glyph.cells > 1;
    glyph.closes = one_of(text + start, glyph.bytes, "，。、；：！？）」』》”’…,.;:!?)]}%％");
    glyph.opens = one_of(text + start, glyph.bytes, "（「『《“‘([{−");
    return glyph;
}

static bool may_break(const struct glyph *before, const struct glyph *after)
{
    if (before->blank || after->blank) {
        return true;
    }
    return (before->wide || after->wide) && !after->closes && !before->opens;
}

struct breaker {
    const char *text;
    size_t length, width;
};

/* How many bytes of the rest, from `start`, fit on one line; at least one character. */
static size_t line_end(const struct breaker *breaker, size_t start)
{
    size_t cells = 0, end = start, last_break = start;
    struct glyph before = {.blank = true};
    while (end < breaker->length) {
        struct glyph glyph = glyph_at(breaker->text, breaker->length, end);
        if (end > start && may_break(&before, &glyph)) {
            last_break = end;
        }
        if (cells + glyph.cells > breaker->width && !glyph.blank) {
            break;
        }
        cells += glyph.cells;
        end += glyph.bytes;
        before = glyph;
    }
    if (end >= breaker->length) {
        return breaker->length;
    }
    if (last_break > start) {
        return last_break;
    }
    return end > start ? end : start + before.bytes;
}

static const char *trimmed(const char *text, size_t start, size_t end)
{
    while (end > start && text[end - 1] == ' ') {
        end--;
    }
    return mem_text(text + start, end - start);
}

struct page_lines page_wrap(const char *text, size_t width)
{
    struct page_lines lines = {0};
    const char *shown = utf8_visible(text);
    struct breaker breaker = {shown, strlen(shown), width > 2 ? width : 2};
    for (size_t at = 0; at < breaker.length;) {
        size_t end = line_end(&breaker, at);
        if (end <= at) {
            end = at + glyph_at(shown, breaker.length, at).bytes;
        }
        vec_push(&lines.list, trimmed(shown, at, end));
        at = end;
        while (at < breaker.length && shown[at] == ' ') {
            at++;
        }
    }
    return lines;
}

const char *page_cut(const char *text, size_t width)
{
    const char *shown = utf8_visible(text);
    size_t length = strlen(shown), at = 0, cells = 0;
    if (utf8_width(shown, length) <= width) {
        return shown;
    }
    while (at < length) {
        struct glyph glyph = glyph_at(shown, length, at);
        if (cells + glyph.cells + 1 > width) {
            break;
        }
        cells += glyph.cells;
        at += glyph.bytes;
    }
    return str_print("%s%s", trimmed(shown, 0, at), CUT);
}

/* ---------------------------------------------------------------- lines */

void page_entry(struct page *page, size_t indent, const char *head, size_t head_width, enum ink ink,
                const char *text)
{
    size_t start = indent + head_width, head_cells = page_width(head);
    page_blanks(page, indent);
    page_text(page, INK_PLAIN, head);
    page_blanks(page, head_width > head_cells ? head_width - head_cells : 0);
    struct page_lines lines = page_wrap(text, page->width > start + 10 ? page->width - start : 10);
    for (size_t i = 0; i < lines.list.count; i++) {
        page_blanks(page, i > 0 ? start : 0);
        page_text(page, ink, lines.list.items[i]);
        if (i + 1 < lines.list.count) {
            page_end(page);
        }
    }
    page_end(page);
}

void page_paragraph(struct page *page, size_t indent, enum ink ink, const char *text)
{
    page_entry(page, indent, "", 0, ink, text);
}
