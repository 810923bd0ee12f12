/* Diagnostics for a person: the first line, the author's line with carets, what to do. Widths are terminal cells. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "diag/diag.h"

enum {
    TAB_CELLS = 4,
    WINDOW_CELLS = 100,
    LEAD_CELLS = 40,  /* of a long line, what stands before the carets */
    NEAR_BYTES = 4096 /* of a very long line, how far from the carets anything is looked at */
};

static const char CUT[] = "...";

enum ink { INK_NONE, INK_ERROR, INK_WARNING, INK_NOTE, INK_GUTTER, INK_BOLD };

struct page {
    struct str *out;
    enum lang lang;
    bool colour;
    enum ink ink;              /* of the diagnostic's severity */
    size_t gutter;             /* digits of the largest line number shown, at least 2 */
    const struct source *file; /* whose name was shown last */
};

/* ---------------------------------------------------------------- pieces */

static void start_ink(struct page *page, enum ink ink)
{
    static const char *const codes[] = {"", "\033[1;31m", "\033[1;33m", "\033[1;36m", "\033[34m", "\033[1m"};
    if (page->colour) {
        str_add(page->out, codes[ink]);
    }
}

static void stop_ink(struct page *page)
{
    if (page->colour) {
        str_add(page->out, "\033[0m");
    }
}

static void add_inked(struct page *page, enum ink ink, const char *text)
{
    start_ink(page, ink);
    str_add(page->out, text);
    stop_ink(page);
}

static void add_gutter(struct page *page, size_t line, const char *mark)
{
    start_ink(page, INK_GUTTER);
    if (line > 0) {
        str_format(page->out, "%*zu %s", (int)page->gutter, line, mark);
    } else {
        str_format(page->out, "%*s %s", (int)page->gutter, "", mark);
    }
    stop_ink(page);
}

/* A line of the catalogue's or the author's words after `=`; `pattern` names a row of words.def with the place {0}, or is NULL. */
static void add_remark(struct page *page, const char *pattern, const char *text)
{
    add_gutter(page, 0, "= ");
    const char *shown = utf8_visible(diag_word(text, page->lang));
    const char *whole = pattern != NULL ? diag_word(pattern, page->lang) : "{0}";
    const char *place = strstr(whole, "{0}");
    str_add_bytes(page->out, whole, (size_t)(place - whole));
    str_add(page->out, shown);
    str_add(page->out, place + strlen("{0}"));
    str_add_char(page->out, '\n');
}

/* ---------------------------------------------------------------- one line of a source, as it is shown */

struct glyph {
    const char *text;
    size_t start, cell, width; /* byte in the line, first cell, cells */
};

struct line {
    VEC(struct glyph) glyphs;
    size_t cells;
    bool cut_before, cut_after; /* the source's line goes on there */
};

static struct glyph glyph_of(const char *text, size_t length, size_t cell)
{
    uint32_t code;
    utf8_next(text, length, &code);
    struct glyph glyph = {.cell = cell};
    if (code == '\t') {
        glyph.width = TAB_CELLS - cell % TAB_CELLS;
        glyph.text = str_print("%*s", (int)glyph.width, "");
    } else {
        const char *copy = mem_text(text, length);
        glyph.text = code == 0 ? "\\u{0}" : utf8_visible(copy);
        glyph.width = utf8_width(glyph.text, strlen(glyph.text));
    }
    return glyph;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The line with the byte `at` of interest: all of it, or what stands near. */
static struct line line_of(const char *text, size_t length, size_t at)
{
    size_t from = at > NEAR_BYTES ? at - NEAR_BYTES : 0;
    size_t to = length > at + NEAR_BYTES ? at + NEAR_BYTES : length;
    while (from > 0 && is_continuation(text[from])) {
        from--;
    }
    while (to < length && is_continuation(text[to])) {
        to++;
    }
    struct line line = {.cut_before = from > 0, .cut_after = to < length};
    uint32_t code;
    for (size_t bytes; from < to; from += bytes) {
        bytes = utf8_next(text + from, to - from, &code);
        struct glyph glyph = glyph_of(text + from, bytes, line.cells);
        glyph.start = from;
        vec_push(&line.glyphs, glyph);
        line.cells += glyph.width;
    }
    return line;
}

/* The cell at which the byte `at` of the line is shown; past the end: the line's width. */
static size_t cell_of(const struct line *line, size_t at)
{
    for (size_t i = 0; i < line->glyphs.count; i++) {
        if (line->glyphs.items[i].start >= at) {
            return line->glyphs.items[i].cell;
        }
    }
    return line->cells;
}

struct window {
    size_t from, to; /* cells */
};

/* What is shown of a long line: some cells before the carets, the rest after them. */
static struct window window_around(const struct line *line, size_t caret, size_t caret_end)
{
    if (line->cells <= WINDOW_CELLS) {
        return (struct window){0, line->cells};
    }
    size_t from = caret_end + LEAD_CELLS / 2 <= WINDOW_CELLS || caret <= LEAD_CELLS ? 0 : caret - LEAD_CELLS;
    if (from + WINDOW_CELLS > line->cells) {
        from = line->cells - WINDOW_CELLS;
    }
    return (struct window){from, from + WINDOW_CELLS};
}

/* Writes the glyphs that lie wholly in the window; returns the cell of the first, less the room that the mark of a cut takes. */
static long add_window(struct page *page, const struct line *line, struct window window)
{
    long offset = (long)window.from;
    bool first = true;
    for (size_t i = 0; i < line->glyphs.count; i++) {
        const struct glyph *glyph = &line->glyphs.items[i];
        if (glyph->cell < window.from || glyph->cell + glyph->width > window.to) {
            continue;
        }
        if (first && (i > 0 || line->cut_before)) {
            str_add(page->out, CUT);
            offset = (long)glyph->cell - (long)strlen(CUT);
        }
        first = false;
        str_add(page->out, glyph->text);
    }
    if (window.to < line->cells || line->cut_after) {
        str_add(page->out, CUT);
    }
    str_add_char(page->out, '\n');
    return offset;
}

/* ---------------------------------------------------------------- snippets */

static void add_place(struct page *page, struct span span)
{
    start_ink(page, INK_GUTTER);
    str_format(page->out, "%*s--> ", (int)page->gutter, "");
    stop_ink(page);
    str_format(page->out, "%s:%zu:%zu\n", utf8_visible(span.source->name), source_shown_line(span),
               source_column(span));
    page->file = span.source;
}

static void add_carets(struct page *page, size_t blanks, size_t count, bool primary, const char *label)
{
    add_gutter(page, 0, "| ");
    str_add_repeat(page->out, " ", blanks);
    start_ink(page, primary ? page->ink : INK_GUTTER);
    str_add_repeat(page->out, primary ? "^" : "-", count);
    if (label != NULL && *label != '\0') {
        str_format(page->out, " %s", label);
    }
    stop_ink(page);
    str_add_char(page->out, '\n');
}

static void add_snippet(struct page *page, struct span span, bool primary, const char *label)
{
    if (page->file != span.source) {
        add_place(page, span);
    }
    size_t length, number = source_line(span);
    const char *text = source_line_text(span.source, number, &length);
    size_t start = span.start - span.source->line_starts[number - 1];
    size_t bytes = span.end > span.start ? span.end - span.start : 0;
    struct line line = line_of(text, length, start);
    size_t caret = cell_of(&line, start), caret_end = cell_of(&line, start + bytes);
    struct window window = window_around(&line, caret, caret_end);

    add_gutter(page, 0, "|\n");
    add_gutter(page, number + span.source->lines_before, "| ");
    long offset = add_window(page, &line, window);
    size_t shown_end = caret_end < window.to ? caret_end : window.to;
    add_carets(page, (size_t)((long)caret - offset), shown_end > caret ? shown_end - caret : 1, primary,
               label);
}

/* The line (or lines, made one) as the fix leaves it. */
static void add_fix(struct page *page, const struct diag_fix *fix)
{
    const struct source *source = fix->span.source;
    struct span end = {source, fix->span.end, fix->span.end};
    size_t length, number = source_line(fix->span);
    const char *head = source_line_text(source, number, &length);
    const char *tail = source->text + fix->span.end;
    const char *last = source_line_text(source, source_line(end), &length);
    size_t before = (size_t)(source->text + fix->span.start - head);
    size_t after = last + length > tail ? (size_t)(last + length - tail) : 0;

    struct str fixed = {0};
    str_add_bytes(&fixed, head, before);
    str_add(&fixed, fix->text);
    str_add_bytes(&fixed, tail, after);
    struct line line = line_of(str_text(&fixed), fixed.length, before);
    size_t caret = cell_of(&line, before);
    if (page->file != source) {
        add_place(page, fix->span);
    }
    add_gutter(page, number + source->lines_before,
               fix->sure ? "~ " : "? "); /* `~` is for what `check --fix` would write */
    add_window(page, &line, window_around(&line, caret, cell_of(&line, before + strlen(fix->text))));
}

/* ---------------------------------------------------------------- a whole diagnostic */

static size_t digits_of(struct span span)
{
    size_t digits = 1;
    for (size_t line = span.source != NULL ? source_shown_line(span) : 0; line >= 10; line /= 10) {
        digits++;
    }
    return digits;
}

static size_t gutter_of(const struct diag *diag)
{
    size_t gutter = digits_of(diag->span);
    for (size_t i = 0; i < diag->other_count; i++) {
        size_t digits = digits_of(diag->others[i].span);
        gutter = digits > gutter ? digits : gutter;
    }
    return gutter > 2 ? gutter : 2;
}

static void add_first_line(struct page *page, const struct diag *diag)
{
    static const char *const names[] = {"@note", "@warning", "@error"};
    start_ink(page, page->ink);
    str_format(page->out, "%s[%s]", diag_word(names[diag_severity(diag->code)], page->lang),
               diag_code_name(diag->code));
    stop_ink(page);
    str_add(page->out, page->lang == LANG_ZH ? "：" : ": ");
    add_inked(page, INK_BOLD, diag_text(diag, page->lang));
    str_add_char(page->out, '\n');
}

static void add_remarks(struct page *page, const struct diag *diag)
{
    if (diag->clause != NULL) {
        add_remark(page, "@clause", diag->clause);
    }
    for (size_t i = 0; i < diag->note_count; i++) {
        add_remark(page, NULL, diag->notes[i]);
    }
    const char *example = diag_example_text(diag, page->lang);
    if (example != NULL) {
        add_remark(page, NULL, example);
    }
    const char *help = diag_help(diag, page->lang);
    if (help != NULL) {
        add_remark(page, "@help", help);
    }
    if (diag->suggestion != NULL) {
        add_remark(page, "@did_you_mean", diag->suggestion);
    }
    if (diag->fix.text != NULL && !diag->fix.told && diag->fix.span.source != NULL) {
        add_fix(page, &diag->fix);
    }
}

void diag_render(struct str *out, const struct diag *diag, enum lang lang, bool colour)
{
    static const enum ink inks[] = {INK_NOTE, INK_WARNING, INK_ERROR};
    struct page page = {.out = out,
                        .lang = lang,
                        .colour = colour,
                        .gutter = gutter_of(diag),
                        .ink = inks[diag_severity(diag->code)]};
    add_first_line(&page, diag);
    if (diag->span.source != NULL) {
        add_snippet(&page, diag->span, true, diag_label(diag, lang));
    }
    for (size_t i = 0; i < diag->other_count; i++) {
        const struct diag_other *other = &diag->others[i];
        add_snippet(&page, other->span, false,
                    other->word != NULL ? utf8_visible(diag_word(other->word, lang)) : NULL);
    }
    add_remarks(&page, diag);
}

void diag_render_all(struct str *out, const struct diags *diags, enum lang lang, bool colour)
{
    size_t errors = diags->errors < DIAG_SHOWN_MAX ? diags->errors : DIAG_SHOWN_MAX;
    size_t others = DIAG_SHOWN_MAX - errors, shown = 0;
    for (size_t i = 0; i < diags->list.count; i++) {
        const struct diag *diag = diags->list.items[i];
        size_t *left = diag_severity(diag->code) == SEVERITY_ERROR ? &errors : &others;
        if (*left == 0) {
            continue;
        }
        --*left;
        str_add(out, shown++ > 0 ? "\n" : "");
        diag_render(out, diag, lang, colour);
    }
    if (shown < diags->list.count) {
        struct page page = {.out = out, .lang = lang, .colour = colour, .gutter = 2};
        str_add_char(out, '\n');
        add_remark(&page, "@more", str_print("%zu", diags->list.count - shown));
    }
}
