#include "facts/csv.h"
#include <string.h>

struct scan {
    const struct source *source;
    struct diags *diags;
    uint32_t at;
};

static char here(const struct scan *scan)
{
    return scan->at < scan->source->length ? scan->source->text[scan->at] : '\0';
}

static bool at_end(const struct scan *scan)
{
    return scan->at >= scan->source->length;
}

static struct span span_to_here(const struct scan *scan, uint32_t start)
{
    return (struct span){scan->source, start, scan->at};
}

/* The bytes of a line end; a carriage return alone is none. */
static uint32_t line_end(const struct scan *scan)
{
    const char *text = scan->source->text + scan->at;
    if (at_end(scan))
        return 0;
    return *text == '\n' ? 1 : text[0] == '\r' && text[1] == '\n' ? 2 : 0;
}

static bool ends_cell(const struct scan *scan)
{
    return at_end(scan) || here(scan) == ',' || line_end(scan) > 0;
}

static bool wrong(const struct scan *scan, enum diag_code code, uint32_t start, uint32_t end)
{
    diag_add(scan->diags, code, (struct span){scan->source, start, end}, NULL);
    return false;
}

/* Without quotes: up to the next comma or line end. */
static bool bare_cell(struct scan *scan, struct str *text)
{
    for (; !ends_cell(scan); scan->at++) {
        if (here(scan) == '"')
            return wrong(scan, DIAG_CSV_STRAY_QUOTE, scan->at, scan->at + 1);
        str_add_char(text, here(scan));
    }
    return true;
}

static bool quoted_cell(struct scan *scan, struct str *text)
{
    uint32_t start = scan->at++;
    for (;; scan->at++) {
        if (at_end(scan))
            return wrong(scan, DIAG_CSV_OPEN_QUOTE, start, start + 1);
        if (here(scan) == '"' && scan->source->text[++scan->at] != '"')
            break;
        str_add_char(text, here(scan));
    }
    return ends_cell(scan) || wrong(scan, DIAG_CSV_AFTER_QUOTE, scan->at, scan->at + 1);
}

static bool read_cell(struct scan *scan, struct csv_row *row)
{
    struct str text = {0};
    uint32_t start = scan->at;
    if (!(here(scan) == '"' ? quoted_cell(scan, &text) : bare_cell(scan, &text)))
        return false;
    vec_push(&row->cells, (struct csv_cell){str_text(&text), span_to_here(scan, start)});
    return true;
}

static bool read_row(struct scan *scan, struct csv_row *row)
{
    uint32_t start = scan->at;
    if (!read_cell(scan, row))
        return false;
    while (here(scan) == ',') {
        scan->at++;
        if (!read_cell(scan, row))
            return false;
    }
    row->span = span_to_here(scan, start);
    scan->at += line_end(scan);
    return true;
}

bool csv_read(const struct source *source, struct diags *diags, struct csv *csv)
{
    struct scan scan = {source, diags, 0};
    const char *nul = memchr(source->text, '\0', source->length);
    if (nul) {
        uint32_t at = (uint32_t)(nul - source->text);
        diag_add(diags, DIAG_NUL_CHARACTER, (struct span){source, at, at + 1}, NULL);
        return false;
    }
    while (!at_end(&scan)) {
        struct csv_row row = {0};
        if (!read_row(&scan, &row))
            return false;
        vec_push(&csv->rows, row);
    }
    return true;
}
