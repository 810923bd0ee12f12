#include "facts/units.h"
#include "base/mem.h"
#include "facts/cell.h"
#include "facts/unit_ids.h"
#include "syntax/file.h"

struct units {
    struct csv csv;
    struct unit_rows rows;
    struct unit_ids ids;
};

/* ---------------------------------------------------------------- no id twice */

/* The row at a place, read again without a word. */
static struct csv row_again(const struct units *units, uint32_t at)
{
    struct diags unused = {0};
    struct csv csv = {.source = units->csv.source, .at = at};
    csv_next(&csv, &unused);
    return csv;
}

static bool row_is(void *context, uint32_t at, const char *id)
{
    const struct units *units = context;
    struct csv csv = row_again(units, at);
    return str_equal(cell_trimmed(&csv.row.cells.items[units->rows.heads.unit]), id);
}

static void refuse_twin(struct units *units, struct units_row *row, struct diags *diags)
{
    uint32_t first = unit_ids_put(&units->ids, row->id, row->at, row_is, units);
    if (!first)
        return;
    struct diag *diag = diag_add(diags, DIAG_UNIT_ROW_TWICE,
                                 units->csv.row.cells.items[units->rows.heads.unit].span, row->id, NULL);
    diag_other(diag, row_again(units, first).row.cells.items[units->rows.heads.unit].span, "@first_here");
    row->unit = NULL;
}

size_t units_line(struct units *units, const char *id)
{
    uint32_t row = unit_ids_put(&units->ids, id, 0, row_is, units);
    return source_line((struct span){units->csv.source, row, row});
}

/* ---------------------------------------------------------------- the file */

static void read_row(struct units *units, struct units_row *row, struct diags *diags)
{
    if (unit_rows_name(&units->rows, &units->csv.row, row, diags))
        unit_rows_read(&units->rows, &units->csv.row, NULL, row, diags);
}

bool units_next(struct units *units, struct units_row *row, struct diags *diags)
{
    enum csv_result result;
    do {
        *row = (struct units_row){.at = units->csv.at};
        result = csv_next(&units->csv, diags);
    } while (result == CSV_ROW && cell_all_empty(&units->csv.row));
    if (result == CSV_ROW)
        read_row(units, row, diags);
    if (row->id)
        refuse_twin(units, row, diags);
    return result != CSV_END;
}

void units_at(struct units *units, uint32_t at, struct units_row *row, struct diags *diags)
{
    uint32_t next = units->csv.at;
    *row = (struct units_row){.at = at};
    units->csv.at = at;
    if (csv_next(&units->csv, diags) == CSV_ROW)
        read_row(units, row, diags);
    units->csv.at = next;
}

void units_read_slowly(struct units *units)
{
    units->rows.slow = true;
}

static struct units *open_text(const struct source *source, const struct standard *standard,
                               const struct standard *also, struct diags *diags)
{
    struct units *units = MEM_NEW(struct units);
    if (!file_is_text(source, diags) || !csv_open(&units->csv, source, diags))
        return NULL;
    enum csv_result head = csv_next(&units->csv, diags);
    if (head == CSV_END)
        diag_add(diags, DIAG_UNITS_EMPTY, SPAN_NONE, source->name, NULL);
    bool right =
        head == CSV_ROW && unit_rows_start(&units->rows, standard, also, &units->csv.row, NULL, diags);
    return right ? units : NULL;
}

struct units *units_open_text(const struct source *source, const struct standard *standard,
                              struct diags *diags)
{
    return open_text(source, standard, standard->transition.amended, diags);
}

struct units *units_beside(const struct units *units, const struct standard *standard,
                           const struct standard *also, struct diags *diags)
{
    return open_text(units->csv.source, standard, also, diags);
}

struct units *units_open_beside(const char *path, const struct standard *standard,
                                const struct standard *also, struct diags *diags)
{
    const struct source *source = file_read_rows(path, UNITS_SIZE_MAX, SPAN_NONE, diags);
    return source ? open_text(source, standard, also, diags) : NULL;
}

struct units *units_open(const char *path, const struct standard *standard, struct diags *diags)
{
    return units_open_beside(path, standard, standard->transition.amended, diags);
}
