#include "fmt/lines.h"
#include <string.h>
#include "base/utf8.h"

static size_t width(const char *text)
{
    return utf8_width(text, strlen(text));
}

/* ---------------------------------------------------------------- columns */

/* Does the line stand within a statement that a run spans, or end it? */
static bool is_within(const struct line *head, const struct line *line)
{
    return head->spans && (line->indent > head->indent || line->closes);
}

/* The lines from `first` on that line up with it: comments between them do not part them. */
static size_t run_end(const struct lines *lines, size_t first)
{
    const struct line *head = &lines->list.items[first];
    size_t end = first + 1;
    bool open = !head->opens || head->spans;
    for (size_t i = end; open && i < lines->list.count; i++) {
        const struct line *line = &lines->list.items[i];
        if (is_within(head, line)) {
            continue;
        }
        if (line->blank || (!line->remark && (line->kind != head->kind || line->indent != head->indent))) {
            break;
        }
        if (!line->remark) {
            open = !line->opens || line->spans;
            end = i + 1;
        }
    }
    return end;
}

static bool belongs(const struct lines *lines, size_t first, size_t i)
{
    const struct line *head = &lines->list.items[first], *line = &lines->list.items[i];
    return i == first || (!line->remark && !is_within(head, line));
}

static bool has_cell(const struct lines *lines, size_t first, size_t i, size_t cell)
{
    return belongs(lines, first, i) && cell < lines->list.items[i].cells.count;
}

/* One column of a run. */
struct column {
    size_t widest;  /* of the texts in it that another follows */
    enum cell cell; /* how far it is from the one before; CELL_NONE: nobody has anything in it */
};

static struct column column_of(struct lines *lines, size_t first, size_t end, size_t cell)
{
    struct column column = {0, CELL_NONE};
    for (size_t i = first; i < end; i++) {
        struct line *line = &lines->list.items[i];
        if (has_cell(lines, first, i, cell)) {
            struct line_cell *own = &line->cells.items[cell];
            bool counts =
                has_cell(lines, first, i, cell + 1) && (!line->opens || line->spans || end - first == 1);
            size_t taken = counts ? width(str_text(&own->text)) : 0;
            column.widest = taken > column.widest ? taken : column.widest;
            column.cell = own->cell > column.cell ? own->cell : column.cell;
        }
    }
    return column;
}

/* Blanks up to the next cell. */
static void pad(struct line *line, size_t cell, size_t widest, const struct column *next, bool several)
{
    struct line_cell *own = &line->cells.items[cell];
    size_t taken = width(str_text(&own->text));
    size_t blanks = own[1].wide ? 0 : next->cell == CELL_FAR && several ? 2 : next->cell != CELL_NONE;
    str_add_repeat(&own->text, " ", (widest > taken ? widest - taken : 0) + blanks);
}

static void line_up(struct lines *lines, size_t first, size_t end)
{
    size_t several = 0, cells = 0;
    for (size_t i = first; i < end; i++) {
        struct line *line = &lines->list.items[i];
        if (belongs(lines, first, i)) {
            several++;
            cells = line->cells.count > cells ? line->cells.count : cells;
            line->done = true;
        }
    }
    struct column column = column_of(lines, first, end, 0);
    for (size_t cell = 0; cell + 1 < cells; cell++) {
        struct column next = column_of(lines, first, end, cell + 1);
        for (size_t i = first; i < end; i++) {
            if (has_cell(lines, first, i, cell + 1)) {
                pad(&lines->list.items[i], cell, column.widest, &next, several > 1);
            }
        }
        column = next;
    }
}

static void line_up_all(struct lines *lines)
{
    for (size_t first = 0; first < lines->list.count; first++) {
        const struct line *line = &lines->list.items[first];
        if (!line->remark && !line->done) {
            line_up(lines, first, line->kind == 0 ? first + 1 : run_end(lines, first));
        }
    }
}

/* ---------------------------------------------------------------- the text */

static const char *text_of(struct line *line)
{
    struct str text = {0};
    str_add_repeat(&text, " ", line->indent);
    for (size_t i = 0; i < line->cells.count; i++) {
        str_add(&text, str_text(&line->cells.items[i].text));
    }
    return str_text(&text);
}

/* Of the last of its lines, where a text in quotes has several. */
static size_t end_column(const char *text)
{
    const char *last = strrchr(text, '\n');
    return width(last != NULL ? last + 1 : text);
}

/* Comments at the ends of lines that follow each other begin in one column. */
static size_t comment_column(struct lines *lines, size_t at, size_t known)
{
    const struct line *head = &lines->list.items[at];
    if (at > 0 && head[-1].comment != NULL && !head->blank && head[-1].indent == head->indent) {
        return known;
    }
    size_t widest = 0;
    for (size_t i = at; i < lines->list.count; i++) {
        struct line *line = &lines->list.items[i];
        if (line->comment == NULL || (i > at && (line->blank || line->indent != head->indent))) {
            break;
        }
        size_t own = end_column(text_of(line));
        widest = own > widest ? own : widest;
    }
    return widest + 2;
}

void lines_write(struct str *out, struct lines *lines)
{
    line_up_all(lines);
    size_t column = 0;
    for (size_t i = 0; i < lines->list.count; i++) {
        struct line *line = &lines->list.items[i];
        const char *text = text_of(line);
        str_add(out, line->blank ? "\n" : "");
        str_add(out, text);
        if (line->comment != NULL) {
            column = comment_column(lines, i, column);
            str_add_repeat(out, " ", column - end_column(text));
            str_add(out, line->comment);
        }
        str_add_char(out, '\n');
    }
}
