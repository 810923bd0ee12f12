#include "facts/csv.h"
#include <string.h>
#include "base/mem.h"

static bool wrong(const struct csv *csv, struct diags *diags, enum diag_code code, uint32_t start,
                  uint32_t end)
{
    diag_add(diags, code, (struct span){csv->source, start, end}, NULL);
    return false;
}

bool csv_open(struct csv *csv, const struct source *source, struct diags *diags)
{
    *csv = (struct csv){.source = source};
    const char *nul = memchr(source->text, '\0', source->length);
    if (!nul)
        return true;
    uint32_t at = (uint32_t)(nul - source->text);
    return wrong(csv, diags, DIAG_NUL_CHARACTER, at, at + 1);
}

/* ---------------------------------------------------------------- where cells end: the NUL behind the text ends the last */

/* The bytes of a line end; a carriage return alone is none. */
static uint32_t line_end(const char *text)
{
    return *text == '\n' ? 1 : text[0] == '\r' && text[1] == '\n' ? 2 : 0;
}

static bool ends_cell(const char *text)
{
    return *text == ',' || *text == '\0' || line_end(text) > 0;
}

/* Bytes at which a cell without quotes may end, or goes wrong. */
static const bool STOPS[256] = {['\0'] = true, [','] = true, ['"'] = true, ['\r'] = true, ['\n'] = true};

/* Without quotes: up to the next comma or line end. */
static bool pass_bare(struct csv *csv, struct diags *diags)
{
    const char *text = csv->source->text + csv->at;
    for (;; text++) {
        while (!STOPS[(unsigned char)*text])
            text++;
        if (ends_cell(text) || *text == '"')
            break;
    }
    csv->at = (uint32_t)(text - csv->source->text);
    return *text != '"' || wrong(csv, diags, DIAG_CSV_STRAY_QUOTE, csv->at, csv->at + 1);
}

/* Where it goes wrong reading stays at the opening quote: its partner is more likely missing on that line than wrong on a later one. */
static bool pass_quoted(struct csv *csv, struct diags *diags)
{
    uint32_t start = csv->at;
    const char *text = csv->source->text, *at = text + start + 1;
    for (;; at += 2) {
        at = strchr(at, '"');
        if (!at)
            return wrong(csv, diags, DIAG_CSV_OPEN_QUOTE, start, start + 1);
        if (at[1] != '"')
            break;
    }
    uint32_t end = (uint32_t)(at + 1 - text);
    if (ends_cell(at + 1)) {
        csv->at = end;
        return true;
    }
    struct span after = {csv->source, end, end + 1};
    struct diag *diag = diag_add(diags, DIAG_CSV_AFTER_QUOTE, after, NULL);
    if (memchr(text + start, '\n', end - start))
        diag_other(diag, (struct span){csv->source, start, start + 1}, "@opened_here");
    return false;
}

static bool pass_cell(struct csv *csv, struct diags *diags)
{
    uint32_t start = csv->at;
    if (!(csv->source->text[start] == '"' ? pass_quoted(csv, diags) : pass_bare(csv, diags)))
        return false;
    vec_push(&csv->row.cells, (struct csv_cell){.span = {csv->source, start, csv->at}});
    return true;
}

static bool pass_row(struct csv *csv, struct diags *diags)
{
    do {
        csv->at += csv->row.cells.count > 0;
        if (!pass_cell(csv, diags))
            return false;
    } while (csv->source->text[csv->at] == ',');
    return true;
}

/* ---------------------------------------------------------------- what stands in them */

/* Takes doubled quotes for one each; returns the length that is left. */
static size_t without_doubles(char *text, size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        text[kept++] = text[i];
        i += text[i] == '"';
    }
    return kept;
}

/* One copy of the row holds the texts of all its cells: a comma or a quote gives its place to the NUL that ends each. */
static void copy_texts(struct csv *csv)
{
    struct csv_row *row = &csv->row;
    char *copy = mem_text(csv->source->text + row->span.start, row->span.end - row->span.start);
    for (size_t i = 0; i < row->cells.count; i++) {
        struct csv_cell *cell = &row->cells.items[i];
        char *text = copy + (cell->span.start - row->span.start);
        cell->length = cell->span.end - cell->span.start;
        if (*text == '"')
            cell->length = without_doubles(++text, cell->length - 2);
        text[cell->length] = '\0';
        cell->text = text;
    }
}

/* What was wrong ends with its line. */
static void skip_line(struct csv *csv)
{
    const char *end = strchr(csv->source->text + csv->at, '\n');
    csv->at = end ? (uint32_t)(end + 1 - csv->source->text) : (uint32_t)csv->source->length;
}

enum csv_result csv_next(struct csv *csv, struct diags *diags)
{
    if (csv->at >= csv->source->length)
        return CSV_END;
    uint32_t start = csv->at;
    csv->row.cells.count = 0;
    bool right = pass_row(csv, diags);
    csv->row.span = (struct span){csv->source, start, csv->at};
    if (!right) {
        skip_line(csv);
        return CSV_WRONG;
    }
    copy_texts(csv);
    csv->at += line_end(csv->source->text + csv->at);
    return CSV_ROW;
}
