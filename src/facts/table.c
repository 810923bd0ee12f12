/* Tables: `table { | … | }`, `table from "x.csv"`, `none`. The first row names columns, in any order; a column left
 * out is unknown in every row. */
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "diag/suggest.h"
#include "facts/cell.h"
#include "facts/limits.h"
#include "facts/sheet.h"
#include "syntax/file.h"

struct sheet {
    struct reader *reader;
    const struct field *field;
    const struct ast *ast;   /* the whole value */
    size_t width;            /* columns named by the first row */
    bool closed;             /* its first row ends with `|`, after which no cell comes */
    size_t apart;            /* a column of a file that is none of the table's; SIZE_MAX: there is none */
    size_t *columns;         /* … which of the field's each is */
    bool *named;             /* by column of the field */
    VEC(struct value) cells; /* all columns of each row */
    size_t rows;
    bool *assumed;   /* by column: an empty cell was given what the standard assumes */
    struct map keys; /* text of a key → its struct span */
};

/* ---------------------------------------------------------------- the first row */

static long column_find(const struct field *field, const char *text)
{
    const struct type *type = &field->type;
    for (size_t i = 0; i < type->column_count; i++)
        if (str_equal(type->columns[i].name, text))
            return (long)i;
    for (size_t i = 0; i < type->column_count; i++)
        if (str_equal(type->columns[i].label, text))
            return (long)i;
    return -1;
}

static void list_column(struct str *all, const struct field *column)
{
    str_add(all, all->length > 0 ? DIAG_NEXT : "");
    str_add(all, column->label ? str_print("%s “%s”", column->name, column->label) : column->name);
}

static bool column_unknown(struct sheet *sheet, const char *text, struct span span)
{
    const struct type *type = &sheet->field->type;
    struct suggest names, labels;
    struct str all = {0};
    suggest_start(&names, text);
    suggest_start(&labels, text);
    for (size_t i = 0; i < type->column_count; i++) {
        suggest_offer(&names, type->columns[i].name);
        if (type->columns[i].label)
            suggest_offer(&labels, type->columns[i].label);
        list_column(&all, &type->columns[i]);
    }
    struct diag *diag = diag_add(sheet->reader->diags, DIAG_COLUMN_UNKNOWN, span, reader_title(sheet->reader),
                                 text, str_text(&all), NULL);
    reader_show_declaration(sheet->reader, diag);
    diag_suggest(diag, labels.distance < names.distance ? suggest_best(&labels) : suggest_best(&names));
    return false;
}

static bool name_column(struct sheet *sheet, const char *text, struct span span)
{
    long column = column_find(sheet->field, utf8_nfc(text, strlen(text)));
    if (column < 0)
        return column_unknown(sheet, text, span);
    if (sheet->named[column]) {
        diag_add(sheet->reader->diags, DIAG_COLUMN_TWICE, span, text, NULL);
        return false;
    }
    sheet->named[column] = true;
    sheet->columns[sheet->width++] = (size_t)column;
    return true;
}

static void start_columns(struct sheet *sheet, size_t count)
{
    sheet->columns = MEM_ARRAY(size_t, count + 1);
    sheet->named = MEM_ARRAY(bool, sheet->field->type.column_count + 1);
    sheet->assumed = MEM_ARRAY(bool, sheet->field->type.column_count + 1);
}

/* ---------------------------------------------------------------- rows */

static struct value empty_cell(struct sheet *sheet, size_t column)
{
    const struct field *field = &sheet->field->type.columns[column];
    if (!field->limits.otherwise)
        return ir_field_bounds(field);
    sheet->assumed[column] = true;
    return *field->limits.otherwise;
}

/* A row of empty cells. */
static struct value *start_row(struct sheet *sheet)
{
    size_t first = sheet->cells.count, count = sheet->field->type.column_count;
    for (size_t i = 0; i < count; i++)
        vec_push(&sheet->cells, sheet->named[i] ? (struct value){0} : empty_cell(sheet, i));
    sheet->rows++;
    return count > 0 ? &sheet->cells.items[first] : NULL;
}

static bool check_width(struct sheet *sheet, size_t cells, struct span span)
{
    if (cells == sheet->width)
        return true;
    diag_add(sheet->reader->diags, DIAG_GIVEN_ROW_WIDTH, span, reader_title(sheet->reader),
             str_print("%zu", cells), str_print("%zu", sheet->width), NULL);
    return false;
}

/* What tells one key from another; NULL: not known. */
static const char *key_text(const struct value *value)
{
    if (!value_is_known(value) || value->na)
        return NULL;
    if (value->kind == VALUE_NUMBER)
        return num_text(value_point(value));
    if (value->kind == VALUE_TRUTH)
        return value_is_yes(value) ? "yes" : "no";
    return value->kind == VALUE_TEXT ? value->text : NULL;
}

static bool check_key(struct sheet *sheet, size_t column, const struct value *value, struct span span)
{
    bool is_key = sheet->field->limits.key_column == (int)column;
    const char *text = is_key ? key_text(value) : NULL;
    if (!text)
        return true;
    struct span *kept = MEM_NEW(struct span);
    *kept = span;
    const struct span *first = map_find(&sheet->keys, text);
    if (!first) {
        map_put(&sheet->keys, text, kept);
        return true;
    }
    struct diag *diag = diag_add(sheet->reader->diags, DIAG_KEY_TWICE, span, reader_title(sheet->reader),
                                 span_text(span), sheet->field->type.columns[column].name, NULL);
    diag_other(diag, *first, "@first_here");
    return false;
}

/* The cell of the row's i-th named column; ast NULL: it is empty. */
static bool add_cell(struct sheet *sheet, struct value *row, size_t i, const struct ast *ast)
{
    struct reader *reader = sheet->reader;
    size_t column = sheet->columns[i];
    if (!ast) {
        row[column] = empty_cell(sheet, column);
        return true;
    }
    reader->column = &sheet->field->type.columns[column];
    bool right = read_value(reader, reader->column, ast, &row[column]);
    reader->column = NULL;
    return right && check_key(sheet, column, &row[column], reader_place(reader, ast));
}

/* ---------------------------------------------------------------- in the facts file */

static bool is_empty(const struct ast *cell)
{
    return reader_is_word(cell, WORD_UNKNOWN) && cell->span.start == cell->span.end;
}

static bool ends_empty(const struct ast_list *cells)
{
    return cells->count > 0 && is_empty(cells->items[cells->count - 1]);
}

static bool read_head(struct sheet *sheet, const struct ast_list *cells)
{
    bool right = true;
    sheet->closed = ends_empty(cells);
    size_t count = cells->count - sheet->closed;
    start_columns(sheet, count);
    for (size_t i = 0; i < count; i++) {
        const struct ast *cell = cells->items[i];
        bool named = cell->kind == AST_name || cell->kind == AST_string;
        right &= name_column(sheet, named ? ast_text(cell) : span_text(cell->span), cell->span);
    }
    return right;
}

static bool read_line(struct sheet *sheet, const struct ast *row)
{
    const struct ast_list *cells = &AST(v_row, row)->cells;
    bool closed = ends_empty(cells) && (sheet->closed || cells->count == sheet->width + 1);
    size_t count = cells->count - closed;
    if (!check_width(sheet, count, row->span))
        return false;
    struct value *values = start_row(sheet);
    bool right = true;
    for (size_t i = 0; i < count; i++)
        right &= add_cell(sheet, values, i, is_empty(cells->items[i]) ? NULL : cells->items[i]);
    return right;
}

static bool read_lines(struct sheet *sheet, const struct ast_list *rows)
{
    if (rows->count == 0 || !read_head(sheet, &AST(v_row, rows->items[0])->cells))
        return false;
    bool right = true;
    for (size_t i = 1; i < rows->count; i++)
        right &= read_line(sheet, rows->items[i]);
    return right;
}

/* ---------------------------------------------------------------- in a CSV file */

static bool add_csv_cell(struct sheet *sheet, struct value *row, size_t i, const struct csv_cell *cell)
{
    if (cell_is_empty(cell))
        return add_cell(sheet, row, i, NULL);
    const struct field *column = &sheet->field->type.columns[sheet->columns[i]];
    sheet->reader->cell = cell->span;
    bool right = add_cell(sheet, row, i, cell_ast(sheet->reader, column, cell));
    sheet->reader->cell = SPAN_NONE;
    return right;
}

static bool read_csv_head(struct sheet *sheet, const struct csv_row *row)
{
    bool right = true;
    start_columns(sheet, row->cells.count);
    for (size_t i = 0; i < row->cells.count; i++)
        if (i != sheet->apart)
            right &= name_column(sheet, cell_trimmed(&row->cells.items[i]), row->cells.items[i].span);
    return right;
}

static bool read_csv_row(struct sheet *sheet, const struct csv_row *row)
{
    size_t others = sheet->apart < row->cells.count;
    if (!check_width(sheet, row->cells.count - others, row->span))
        return false;
    struct value *values = start_row(sheet);
    bool right = true;
    for (size_t i = 0, column = 0; i < row->cells.count; i++)
        if (i != sheet->apart)
            right &= add_csv_cell(sheet, values, column++, &row->cells.items[i]);
    return right;
}

/* A row that is no CSV ends the reading: what follows might be anything. */
static bool read_csv_rows(struct sheet *sheet, struct csv *csv)
{
    bool right = true;
    enum csv_result result;
    while ((result = csv_next(csv, sheet->reader->diags)) == CSV_ROW)
        right &= read_csv_row(sheet, &csv->row);
    return right && result == CSV_END;
}

static bool read_csv(struct sheet *sheet, const struct ast *from)
{
    struct reader *reader = sheet->reader;
    struct csv csv;
    struct span span = reader_place(reader, from);
    const char *path = file_inside(reader->home, reader->home, ast_text(from), span, reader->diags);
    struct source *source = path ? file_read_rows(path, IO_SIZE_MAX, span, reader->diags) : NULL;
    if (!source || !file_is_text(source, reader->diags) || !csv_open(&csv, source, reader->diags))
        return false;
    enum csv_result head = csv_next(&csv, reader->diags);
    if (head == CSV_END)
        diag_add(reader->diags, DIAG_CSV_EMPTY, span, path, reader_title(reader), NULL);
    return head == CSV_ROW && read_csv_head(sheet, &csv.row) && read_csv_rows(sheet, &csv);
}

/* ---------------------------------------------------------------- any table */

/* `otherwise` of a column was taken where its cells are empty. */
static void note_assumed(struct sheet *sheet)
{
    struct str names = {0};
    for (size_t i = 0; sheet->assumed && i < sheet->field->type.column_count; i++) {
        if (!sheet->assumed[i])
            continue;
        str_add(&names, names.length > 0 ? DIAG_NEXT : "");
        str_add(&names, sheet->field->type.columns[i].name);
    }
    if (names.length > 0)
        reader_error(sheet->reader, DIAG_CELLS_ASSUMED, sheet->ast, str_text(&names), NULL);
}

static bool is_none(const struct ast *ast)
{
    const char *text = ast->kind == AST_name ? ast_text(ast) : "";
    return str_equal(text, "none") || str_equal(text, "无");
}

bool read_table(struct reader *reader, const struct field *field, const struct ast *ast, struct value *value)
{
    struct sheet sheet = {.reader = reader, .field = field, .ast = ast, .apart = SIZE_MAX};
    if (ast->kind != AST_v_table && !is_none(ast))
        return reader_wrong_kind(reader, field, ast, NULL);
    const struct ast *from = ast->kind == AST_v_table ? AST(v_table, ast)->from : NULL;
    if (from && !read_csv(&sheet, from))
        return false;
    if (ast->kind == AST_v_table && !from && !read_lines(&sheet, &AST(v_table, ast)->rows))
        return false;
    note_assumed(&sheet);
    *value = value_sequence(field->type.column_count, sheet.rows, sheet.cells.items);
    return limits_count(reader, field, ast, sheet.rows, "@row_number");
}

/* ---------------------------------------------------------------- rows that come one by one */

struct sheet *sheet_start(struct reader *reader, const struct field *field, const struct csv_row *head,
                          size_t apart)
{
    struct sheet *sheet = MEM_NEW(struct sheet);
    *sheet = (struct sheet){.reader = reader, .field = field, .apart = apart};
    return read_csv_head(sheet, head) ? sheet : NULL;
}

void sheet_clear(struct sheet *sheet)
{
    sheet->rows = 0;
    sheet->cells.items = NULL; /* those of the last unit are in its value */
    sheet->cells.count = sheet->cells.room = 0;
    sheet->keys = (struct map){0};
}

bool sheet_add(struct sheet *sheet, const struct csv_row *row)
{
    return read_csv_row(sheet, row);
}

bool sheet_value(struct sheet *sheet, struct span at, struct value *value)
{
    *value = value_sequence(sheet->field->type.column_count, sheet->rows, sheet->cells.items);
    return limits_count(sheet->reader, sheet->field, ast_string(sheet->field->name, at), sheet->rows,
                        "@row_number");
}
