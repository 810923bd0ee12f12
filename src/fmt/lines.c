#include "fmt/lines.h"
#include <string.h>
#include "base/utf8.h"

static size_t width(const char *text)
{
    return utf8_width(text, strlen(text));
}

/* ---------------------------------------------------------------- columns */

/* The lines from `first` on that line up with it: comments between them do not part them. */
static size_t run_end(const struct lines *lines, size_t first)
{
    const struct line *head = &lines->list.items[first];
    size_t end = first + 1;
    bool open = !head->opens;
    for (size_t i = end; open && i < lines->list.count; i++) {
        const struct line *line = &lines->list.items[i];
        if (line->blank) {
            break;
        }
        if (line->remark) {
            continue;
        }
        if (line->kind != head->kind || line->indent != head->indent) {
            break;
        }
        open = !line->opens;
        end = i + 1;
    }
    return end;
}

static bool has_cell(const struct line *line, size_t cell)
{
    return !line->remark && cell < line->cells.count;
}

/* The widest text of a column, of those that another follows. */
static size_t column_width(const struct lines *lines, size_t first, size_t end, size_t cell)
{
    size_t widest = 0;
    for (size_t i = first; i < end; i++) {
        struct line *line = &lines->list.items[i];
        if (has_cell(line, cell + 1) && (!line->opens || end - first == 1)) {
            size_t own = width(str_text(&line->cells.items[cell].text));
            widest = own > widest ? own : widest;
        }
    }
    return widest;
}

static void pad(struct line *line, size_t cell, size_t widest, bool several)
{
    struct line_cell *own = &line->cells.items[cell];
    const struct line_cell *next = own + 1;
    size_t blanks = next->wide ? 0 : next->cell == CELL_FAR && several ? 2 : 1;
    size_t taken = width(str_text(&own->text));
    str_add_repeat(&own->text, " ", (widest > taken ? widest - taken : 0) + blanks);
}

static void line_up(struct lines *lines, size_t first, size_t end)
{
    size_t several = 0, cells = 0;
    for (size_t i = first; i < end; i++) {
        const struct line *line = &lines->list.items[i];
        several += !line->remark;
        cells = !line->remark && line->cells.count > cells ? line->cells.count : cells;
    }
    for (size_t cell = 0; cell + 1 < cells; cell++) {
        size_t widest = column_width(lines, first, end, cell);
        for (size_t i = first; i < end; i++) {
            if (has_cell(&lines->list.items[i], cell + 1)) {
                pad(&lines->list.items[i], cell, widest, several > 1);
            }
        }
    }
}

static void line_up_all(struct lines *lines)
{
    for (size_t first = 0; first < lines->list.count;) {
        bool alone = lines->list.items[first].kind == 0 || lines->list.items[first].remark;
        size_t end = alone ? first + 1 : run_end(lines, first);
        if (!lines->list.items[first].remark) {
            line_up(lines, first, end);
        }
        first = end;
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
    if (at > 0 && lines->list.items[at - 1].comment != NULL && !lines->list.items[at].blank) {
        return known;
    }
    size_t widest = 0;
    for (size_t i = at; i < lines->list.count; i++) {
        struct line *line = &lines->list.items[i];
        if (line->comment == NULL || (i > at && line->blank)) {
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
