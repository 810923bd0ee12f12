#include "facts/unit_tables.h"
#include <string.h>
#include "base/mem.h"
#include "facts/cell.h"
#include "facts/heads.h"
#include "syntax/file.h"

/* ---- the row at hand */

static bool read_csv(struct unit_table *table, const struct text_row *text, struct diags *diags)
{
    const struct source *source = text_row_source(&table->texts, text);
    if (text->too_long) {
        diag_add(diags, DIAG_ROW_TOO_LONG, (struct span){source, 0, 1},
                 str_print("%d MiB", TEXT_ROW_MAX >> 20), NULL);
        return false;
    }
    return file_is_text(source, diags) && csv_open(&table->csv, source, diags) &&
           csv_next(&table->csv, diags) == CSV_ROW;
}

/* Its unit; false: there is none, and a message says so. */
static bool name_row(struct unit_table *table, struct diags *diags)
{
    const struct csv_row *row = &table->csv.row;
    if (table->unit < row->cells.count && !cell_is_empty(&row->cells.items[table->unit])) {
        table->id = cell_trimmed(&row->cells.items[table->unit]);
        return true;
    }
    diag_add(diags, DIAG_UNIT_NAMELESS, row->span, NULL);
    return false;
}

/* To the next row that can be told whose it is. */
static void advance(struct unit_table *table, struct diags *diags)
{
    struct text_row text;
    while ((table->more = text_rows_next(&table->texts, &text))) {
        bool right = read_csv(table, &text, diags);
        if (right && cell_all_empty(&table->csv.row))
            continue;
        if (right && name_row(table, diags))
            return;
        table->wrong = true;
    }
    table->wrong |= !text_rows_check(&table->texts, diags);
}

/* ---- the head */

static size_t unit_column(const struct csv_row *head)
{
    size_t at = 0;
    while (at < head->cells.count && !heads_is_unit(cell_trimmed(&head->cells.items[at])))
        at++;
    return at;
}

static bool read_head(struct unit_table *table, struct diags *diags)
{
    struct text_row text;
    if (!text_rows_next(&table->texts, &text)) {
        if (text_rows_check(&table->texts, diags))
            diag_add(diags, DIAG_UNITS_EMPTY, SPAN_NONE, table->texts.name, NULL);
        return false;
    }
    if (!read_csv(table, &text, diags))
        return false;
    const struct csv_row *head = &table->csv.row;
    table->unit = unit_column(head);
    table->width = head->cells.count;
    if (table->unit == table->width)
        diag_add(diags, DIAG_HEAD_NO_UNIT, head->span, NULL);
    table->sheet = sheet_start(&table->reader, &table->fact->field, head, table->unit);
    return table->sheet && table->unit < table->width;
}

bool unit_tables_add(struct unit_tables *tables, const struct standard *standard,
                     const struct fact_declaration *fact, const char *path, enum encoding encoding,
                     struct diags *diags)
{
    struct unit_table *table = MEM_NEW(struct unit_table);
    table->fact = fact;
    table->reader.measures = (struct map *)&standard->measures; /* cells may name more units */
    table->reader.diags = diags;
    table->reader.home = path;
    table->reader.fact = &fact->field;
    if (!text_rows_open(&table->texts, path, TEXT_CSV, encoding, diags) || !read_head(table, diags))
        return false;
    if (!tables->given)
        tables->given = MEM_ARRAY(struct given, standard->facts.count);
    vec_push(&tables->list, table);
    advance(table, diags);
    return !table->wrong;
}

/* ---- the rows of a unit */

/* Nothing but its unit. */
static bool says_nothing(const struct unit_table *table)
{
    const struct csv_row *row = &table->csv.row;
    for (size_t i = 0; i < row->cells.count; i++)
        if (i != table->unit && !cell_is_empty(&row->cells.items[i]))
            return false;
    return true;
}

static bool take_rows(struct unit_table *table, const char *unit, bool *unknown, struct diags *diags)
{
    bool right = true;
    size_t rows = 0;
    while (table->more && str_equal(table->id, unit)) {
        *unknown = rows++ == 0 && says_nothing(table);
        right = sheet_add(table->sheet, &table->csv.row) && right;
        advance(table, diags);
    }
    return right;
}

static bool take(struct unit_table *table, const char *unit, struct span at, struct given *given,
                 struct diags *diags)
{
    bool unknown = false, right = !table->wrong;
    *given = (struct given){.state = GIVEN_VALUE, .span = at, .shown = table->texts.name};
    table->reader.diags = diags;
    table->wrong = false;
    sheet_clear(table->sheet);
    right = take_rows(table, unit, &unknown, diags) && right;
    if (unknown) {
        given->state = GIVEN_UNKNOWN;
        given->value = ir_field_bounds(&table->fact->field);
        return right;
    }
    return right && sheet_value(table->sheet, at, &given->value);
}

bool unit_tables_take(struct unit_tables *tables, const char *unit, struct span at, struct diags *diags)
{
    bool right = true;
    for (size_t i = 0; i < tables->list.count; i++) {
        struct unit_table *table = tables->list.items[i];
        right = take(table, unit, at, &tables->given[table->fact->slot], diags) && right;
    }
    return right;
}

bool unit_tables_end(struct unit_tables *tables, const char *units, struct diags *diags)
{
    bool right = true;
    for (size_t i = 0; i < tables->list.count; i++) {
        const struct unit_table *table = tables->list.items[i];
        right &= !table->more && !table->wrong;
        if (table->more)
            diag_add(diags, DIAG_TABLE_ROWS_APART, table->csv.row.cells.items[table->unit].span,
                     table->texts.name, table->id, units, NULL);
    }
    return right;
}
