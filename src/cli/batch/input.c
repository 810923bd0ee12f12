#include "cli/batch/input.h"
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "diag/suggest.h"
#include "facts/cell.h"
#include "facts/json_row.h"
#include "syntax/file.h"

enum { HEADS_KEPT = 64 /* orders of keys that are remembered */ };

/* ---- what is carried */

static void read_carried(struct batch_input *input, const struct arguments *arguments)
{
    const char *value = options_value(arguments, OPTION_CARRY);
    struct option_names names = options_names(value != NULL ? value : "");
    for (size_t i = 0; i < names.list.count; i++) {
        const char *name = utf8_nfc(names.list.items[i], strlen(names.list.items[i]));
        if (strcmp(name, "*") == 0) {
            input->carried.all = true;
        } else if (map_put(&input->carried.names, name, input) == NULL) {
            vec_push(&input->names, name);
        }
    }
}

static bool is_named(const struct batch_input *input, const char *name)
{
    return map_find(&input->carried.names, name) != NULL;
}

/* `*` stands for the columns that this file has; of JSON lines nobody knows what is still to come. */
static bool name_all(struct batch_input *input, const struct heads *heads, struct diags *diags)
{
    if (input->carried.all && heads == NULL) {
        diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--carry", "*", "@carry_example", NULL);
        return false;
    }
    for (size_t i = 0; input->carried.all && i < heads->count; i++) {
        if (heads->items[i].kind == HEAD_CARRIED && !is_named(input, heads->items[i].text)) {
            vec_push(&input->names, heads->items[i].text);
        }
    }
    return true;
}

static void find_carried(const struct batch_input *input, struct batch_heads *heads)
{
    const struct heads *all = &heads->rows.heads;
    struct map places = {0};
    for (size_t i = all->count; i-- > 0;) {
        map_put(&places, all->items[i].text, &all->items[i]);
    }
    heads->carried = mem_alloc_plain((input->names.count + 1) * sizeof *heads->carried);
    for (size_t i = 0; i < input->names.count; i++) {
        const struct head *head = map_find(&places, input->names.items[i]);
        heads->carried[i] = head != NULL ? (size_t)(head - all->items) : all->count;
    }
}

static bool check_carried(const struct batch_input *input, struct diags *diags)
{
    const struct heads *heads = &input->csv->rows.heads;
    bool right = true;
    for (size_t i = 0; i < input->names.count; i++) {
        const char *name = input->names.items[i];
        if (input->csv->carried[i] < heads->count) {
            continue;
        }
        struct suggest suggest;
        suggest_start(&suggest, name);
        for (size_t k = 0; k < heads->count; k++) {
            suggest_list(&suggest, heads->items[k].text);
        }
        struct diag *diag = diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--carry", name,
                                     suggest_listed(&suggest, "@nothing"), NULL);
        diag_suggest(diag, suggest_best(&suggest));
        right = false;
    }
    return right;
}

/* ---- the heads */

/* What a batch can do about a column that is refused. */
static void offer_ways(const struct diags *found)
{
    for (size_t i = 0; i < found->list.count; i++) {
        struct diag *diag = found->list.items[i];
        if (diag->code == DIAG_HEAD_UNKNOWN || diag->code == DIAG_REPEALED) {
            diag_note(diag, "@carry_it");
        } else if (diag->code == DIAG_HEAD_TABLE) {
            diag_note(diag, "@table_beside");
        }
    }
}

static struct batch_heads *read_heads(struct batch_input *input, const struct csv_row *row,
                                      struct diags *diags)
{
    struct diags found = {0};
    struct batch_heads *heads = MEM_NEW(struct batch_heads);
    heads->right = unit_rows_start(&heads->rows, input->standard, NULL, row, &input->carried, &found);
    offer_ways(&found);
    diag_append(diags, &found);
    return heads;
}

static bool is_text(const struct text_row *row, const struct source *source, struct diags *diags)
{
    if (row->too_long) {
        diag_add(diags, DIAG_ROW_TOO_LONG, (struct span){source, 0, 1},
                 str_print("%d MiB", TEXT_ROW_MAX >> 20), NULL);
        return false;
    }
    return file_is_text(source, diags);
}

static bool read_csv(struct batch_input *input, const struct text_row *text, struct diags *diags)
{
    const struct source *source = text_row_source(&input->texts, text);
    return is_text(text, source, diags) && csv_open(&input->csv_row, source, diags) &&
           csv_next(&input->csv_row, diags) == CSV_ROW;
}

static bool read_csv_head(struct batch_input *input, struct diags *diags)
{
    struct text_row text;
    if (!text_rows_next(&input->texts, &text)) {
        if (text_rows_check(&input->texts, diags)) {
            diag_add(diags, DIAG_UNITS_EMPTY, SPAN_NONE, input->texts.name, NULL);
        }
        return false;
    }
    input->head = mem_text(text.text, text.length);
    if (!read_csv(input, &text, diags)) {
        return false;
    }
    struct batch_heads *heads = read_heads(input, &input->csv_row.row, diags);
    if (!heads->right || !name_all(input, &heads->rows.heads, diags)) {
        return false;
    }
    find_carried(input, heads);
    input->csv = heads;
    return check_carried(input, diags);
}

/* ---- tables beside it */

static void no_such_table(const struct standard *standard, const char *name, struct diags *diags)
{
    struct suggest suggest;
    suggest_start(&suggest, name);
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct field *field = &standard->facts.items[i]->field;
        if (field->type.kind == TYPE_TABLE) {
            suggest_list(&suggest, field->name);
        }
    }
    struct diag *diag = diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--table", name,
                                 suggest_listed(&suggest, "@no_tables"), NULL);
    diag_suggest(diag, suggest_best(&suggest));
}

static bool is_open(const struct unit_tables *tables, const struct fact_declaration *fact)
{
    for (size_t i = 0; i < tables->list.count; i++) {
        if (tables->list.items[i]->fact == fact) {
            return true;
        }
    }
    return false;
}

/* NAME=FILE */
static void open_table(struct batch_input *input, const char *written, enum encoding as, struct diags *diags)
{
    const char *equals = strchr(written, '=');
    if (equals == NULL || equals == written || equals[1] == '\0') {
        diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--table", written, "@table_example", NULL);
        return;
    }
    const char *name = utf8_nfc(written, (size_t)(equals - written));
    const struct fact_declaration *fact = map_find(&input->standard->facts_by_name, name);
    if (fact == NULL || fact->field.type.kind != TYPE_TABLE) {
        no_such_table(input->standard, name, diags);
    } else if (is_open(&input->tables, fact)) {
        diag_add(diags, DIAG_OPTION_TWICE, SPAN_NONE, str_print("--table %s", name), NULL);
    } else {
        unit_tables_add(&input->tables, input->standard, fact, equals + 1, as, diags);
    }
}

static bool open_tables(struct batch_input *input, const struct arguments *arguments, enum encoding as,
                        struct diags *diags)
{
    size_t errors = diags->errors;
    input->carried.beside = options_has(arguments, OPTION_TABLE);
    for (size_t i = 0; i < arguments->options[OPTION_TABLE].list.count; i++) {
        open_table(input, arguments->options[OPTION_TABLE].list.items[i], as, diags);
    }
    return diags->errors == errors;
}

bool input_end(struct batch_input *input, struct diags *diags)
{
    return text_rows_check(&input->texts, diags) && unit_tables_end(&input->tables, input->texts.name, diags);
}

bool input_open(struct batch_input *input, const char *path, const struct standard *standard,
                const struct arguments *arguments, struct diags *diags)
{
    const char *encoding = options_value(arguments, OPTION_ENCODING);
    bool lines = cli_ends_in(path, ".jsonl") || cli_ends_in(path, ".ndjson");
    enum text_kind kind = lines ? TEXT_LINES : cli_ends_in(path, ".csv") ? TEXT_CSV : TEXT_BY_LOOK;
    enum encoding as = encoding == NULL                   ? ENCODING_UNDECIDED
                       : strcmp(encoding, "gb18030") == 0 ? ENCODING_GB18030
                                                          : ENCODING_UTF8;
    *input = (struct batch_input){.standard = standard, .head = ""};
    read_carried(input, arguments);
    if (!text_rows_open(&input->texts, path, kind, as, diags) || !open_tables(input, arguments, as, diags)) {
        return false;
    }
    text_rows_begin(&input->texts);
    return input->texts.kind == TEXT_CSV ? read_csv_head(input, diags) : name_all(input, NULL, diags);
}

bool input_next(struct batch_input *input, struct text_row *text)
{
    return text_rows_next(&input->texts, text);
}

/* ---- rows of JSON: the keys of each are its heads */

static const char *joined(const struct csv_row *keys)
{
    struct str out = {0};
    for (size_t i = 0; i < keys->cells.count; i++) {
        str_format(&out, "%zu:%s", keys->cells.items[i].length, keys->cells.items[i].text);
    }
    return str_text(&out);
}

/* Heads that are wrong belong to their row, and are told anew. */
static struct batch_heads *heads_of(struct batch_input *input, struct diags *diags)
{
    const char *keys = joined(&input->keys);
    struct batch_heads *heads = map_find(&input->by_keys, keys);
    if (heads != NULL) {
        return heads;
    }
    heads = read_heads(input, &input->keys, diags);
    if (!heads->right) {
        return NULL;
    }
    find_carried(input, heads);
    if (input->by_keys.count >= HEADS_KEPT) {
        input->by_keys = (struct map){0};
    }
    map_put(&input->by_keys, keys, heads);
    return heads;
}

static struct batch_heads *read_json(struct batch_input *input, const struct text_row *text,
                                     struct batch_row *row, struct diags *diags)
{
    const struct source *source = text_row_source(&input->texts, text);
    if (!is_text(text, source, diags)) {
        return NULL;
    }
    row->blank = json_row_is_blank(source);
    bool right = !row->blank && json_row_read(source, &input->keys, &input->csv_row.row, diags);
    return right ? heads_of(input, diags) : NULL;
}

/* ---- a row */

static void take_carried(const struct batch_input *input, const struct batch_heads *heads,
                         struct batch_row *row)
{
    const struct csv_row *cells = &input->csv_row.row;
    row->carried = MEM_ARRAY(const struct csv_cell *, input->names.count + 1);
    for (size_t i = 0; i < input->names.count; i++) {
        bool there = heads->carried[i] < cells->cells.count;
        row->carried[i] = there ? &cells->cells.items[heads->carried[i]] : NULL;
    }
}

static void make_unit(struct batch_input *input, struct batch_heads *heads, struct batch_row *row,
                      struct diags *diags)
{
    const struct csv_row *cells = &input->csv_row.row;
    if (!unit_rows_name(&heads->rows, cells, &row->made, diags)) {
        return;
    }
    struct span at = cells->cells.items[heads->rows.heads.unit].span;
    bool right = unit_tables_take(&input->tables, row->made.id, at, diags);
    unit_rows_read(&heads->rows, cells, input->tables.given, &row->made, diags);
    row->made.unit = right ? row->made.unit : NULL;
    take_carried(input, heads, row);
}

void input_read(struct batch_input *input, const struct text_row *text, struct batch_row *row,
                struct diags *diags)
{
    struct batch_heads *heads = NULL;
    *row = (struct batch_row){0};
    if (input->csv == NULL) {
        heads = read_json(input, text, row, diags);
    } else if (read_csv(input, text, diags)) {
        heads = input->csv;
        row->blank = cell_all_empty(&input->csv_row.row);
    }
    if (heads != NULL && !row->blank) {
        make_unit(input, heads, row, diags);
    }
}
