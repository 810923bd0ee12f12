#include "batch/out_texts.h"
#include <stdlib.h>
#include <string.h>

static int by_cell(const void *a, const void *b)
{
    const struct wanted_cell *one = a, *other = b;
    return (one->cell > other->cell) - (one->cell < other->cell);
}

bool text_finder_start(struct text_finder *finder, const struct row_form *form)
{
    *finder = (struct text_finder){.form = form};
    finder->found = calloc(form->text_count + 1, sizeof *finder->found);
    finder->wanted = calloc(form->text_count + 1, sizeof *finder->wanted);
    if (!finder->found || !finder->wanted)
        return false;
    for (size_t i = 0; i < form->text_count; i++)
        if (form->text_cells[i] != NO_CELL)
            finder->wanted[finder->wanted_count++] = (struct wanted_cell){form->text_cells[i], i};
    qsort(finder->wanted, finder->wanted_count, sizeof *finder->wanted, by_cell);
    return true;
}

void text_finder_end(struct text_finder *finder)
{
    free(finder->found);
    free(finder->wanted);
    free(finder->scratch.bytes);
}

/* ---- cells */

static size_t behind_quoted(const char *row, size_t at, size_t length)
{
    for (size_t i = at + 1; i < length; i += 2) {
        const char *quote = memchr(row + i, '"', length - i);
        if (!quote)
            return length;
        i = (size_t)(quote - row);
        if (i + 1 >= length || row[i + 1] != '"')
            return i + 1;
    }
    return length;
}

static size_t behind_bare(const char *row, size_t at, size_t length)
{
    const char *comma = memchr(row + at, ',', length - at);
    return comma ? (size_t)(comma - row) : length;
}

/* Cell by cell, beside those that are wanted. */
static void find_cells(struct text_finder *finder, const char *row, size_t length)
{
    const struct wanted_cell *wanted = finder->wanted, *end = wanted + finder->wanted_count;
    memset(finder->found, 0, finder->form->text_count * sizeof *finder->found);
    for (size_t cell = 0, at = 0; wanted < end && at <= length; cell++, at++) {
        bool quoted = at < length && row[at] == '"';
        size_t start = at;
        at = quoted ? behind_quoted(row, at, length) : behind_bare(row, at, length);
        for (; wanted < end && wanted->cell == cell; wanted++)
            finder->found[wanted->text] =
                (struct carried_text){row + start + quoted, at - start - 2 * quoted, quoted};
    }
}

/* ---- texts */

static struct carried_text without_doubles(struct text_finder *finder, struct carried_text text)
{
    struct row_out *scratch = &finder->scratch;
    if (!text.quoted || !memchr(text.text, '"', text.length))
        return text;
    scratch->length = 0;
    row_room(scratch, text.length);
    for (size_t i = 0; i < text.length; i++) {
        scratch->bytes[scratch->length++] = text.text[i];
        i += text.text[i] == '"';
    }
    return (struct carried_text){scratch->bytes, scratch->length, false};
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static struct carried_text trimmed(struct carried_text text)
{
    while (text.length > 0 && is_blank(text.text[text.length - 1]))
        text.length--;
    while (text.length > 0 && is_blank(*text.text)) {
        text.text++;
        text.length--;
    }
    return text;
}

void text_finder_write(struct text_finder *finder, struct row_out *out, const char *row, size_t length,
                       const char *id, size_t id_length)
{
    find_cells(finder, row, length);
    for (size_t i = 0; i < finder->form->text_count; i++) {
        struct carried_text text = without_doubles(finder, finder->found[i]);
        bool label = finder->form->label && i == 0;
        text = label ? trimmed(text) : text;
        if (label && text.length == 0)
            text = (struct carried_text){id, id_length, false};
        row_text(out, finder->form, i, text.text, text.length);
    }
}
