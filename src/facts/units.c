#include "facts/units.h"
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "facts/cell.h"
#include "facts/decision_cell.h"
#include "facts/heads.h"
#include "facts/plain.h"
#include "facts/unit_ids.h"
#include "syntax/file.h"

enum {
    READ_MAX = 256, /* texts of a column whose values are remembered */
    WORD_MAX = 16   /* bytes of a text that may be a word such as `unknown` */
};

struct units {
    struct csv csv;
    struct heads heads;
    struct assembly assembly; /* its first column: a unit of which nothing is given */
    const struct given *no_facts, *no_scores;
    const struct review *reviews;
    struct unit_ids ids;
    bool slow;
};

/* A unit in the making. */
struct making {
    struct units *units;
    struct reader *reader;
    struct unit *unit;
    struct given *facts, *scores;
    struct decisions *decisions;
    size_t errors; /* before it */
};

/* ---------------------------------------------------------------- values that were read before */

/* What a text of the column came to; NULL: it is to be read. */
static const void *read_before(const struct making *making, const struct head *head, const char *text)
{
    return making->units->slow ? NULL : map_find(&head->read, text);
}

/* A text that was read without a message means the same in every row. */
static void remember(struct head *head, const char *text, void *kept)
{
    if (head->read.count < READ_MAX)
        map_put(&head->read, mem_text(text, strlen(text)), kept);
}

static struct given *kept_given(const struct given *given)
{
    struct given *kept = MEM_NEW(struct given);
    *kept = *given;
    return kept;
}

static struct given as_in(const struct given *known, const struct csv_cell *cell, const char *text)
{
    struct given given = *known;
    given.span = cell->span;
    given.shown = text;
    return given;
}

/* ---------------------------------------------------------------- facts */

/* In a column of texts `unknown` and `n/a` alone are no texts. */
static const struct ast *word_or_text(const struct making *making, const struct csv_cell *cell,
                                      const char *text)
{
    static const struct field any = {.type.kind = TYPE_NUMBER};
    struct diags unused = {0};
    struct reader reader = *making->reader;
    reader.diags = &unused;
    const struct ast *word = cell->length <= WORD_MAX ? cell_ast(&reader, &any, cell) : NULL;
    bool is_word = word && (reader_is_word(word, WORD_UNKNOWN) || reader_is_word(word, WORD_NA));
    return is_word ? word : ast_string(text, cell->span);
}

static const struct ast *ast_of(const struct making *making, const struct field *field,
                                const struct csv_cell *cell, const char *text)
{
    return field->type.kind == TYPE_TEXT ? word_or_text(making, cell, text)
                                         : cell_ast(making->reader, field, cell);
}

/* By the parser of facts files. False: reported. */
static bool read_parsed(const struct making *making, const struct field *field, const struct ast *ast,
                        struct given *given)
{
    struct reader *reader = making->reader;
    reader->fact = field;
    if (!read_value(reader, field, ast, &given->value))
        return false;
    given->state = assembly_state(ast, &given->value);
    given->has_parts = field->type.share && reader->has_parts;
    given->part = reader->part;
    given->whole = reader->whole;
    return true;
}

static bool read_slowly(const struct making *making, struct head *head, const struct csv_cell *cell,
                        struct given *given)
{
    const struct field *field = &head->fact->field;
    struct reader *reader = making->reader;
    const struct given *before = read_before(making, head, given->shown);
    if (before) {
        *given = as_in(before, cell, given->shown);
        return true;
    }
    size_t messages = reader->diags->list.count;
    reader->cell = cell->span;
    bool right = read_parsed(making, field, ast_of(making, field, cell, given->shown), given);
    reader->cell = SPAN_NONE;
    if (right && reader->diags->list.count == messages && field->type.kind != TYPE_DOCUMENT)
        remember(head, given->shown, kept_given(given));
    return right;
}

static void take_plain(struct given *given, const struct plain *plain)
{
    given->state = GIVEN_VALUE;
    given->value = plain->value;
    given->has_parts = plain->has_parts;
    given->part = plain->part;
    given->whole = plain->whole;
}

static void read_fact(const struct making *making, struct head *head, const struct csv_cell *cell)
{
    const char *text = cell_trimmed(cell);
    struct given given = {.span = cell->span, .shown = text};
    struct plain plain = {0};
    bool fast = !making->units->slow && plain_read(&head->fact->field, text, strlen(text), &plain);
    if (fast)
        take_plain(&given, &plain);
    if (fast || read_slowly(making, head, cell, &given))
        making->facts[head->fact->slot] = given;
}

/* ---------------------------------------------------------------- shares in two columns */

/* A number that counts, or a word that stands for the whole fact. NULL: reported. */
static const struct ast *read_count(const struct making *making, struct head *head,
                                    const struct csv_cell *cell, struct num *number)
{
    struct reader *reader = making->reader;
    struct value value;
    reader->fact = &head->counted;
    reader->cell = cell->span;
    const struct ast *ast = cell_ast(reader, &head->counted, cell);
    bool word = reader_is_word(ast, WORD_UNKNOWN) || reader_is_word(ast, WORD_NA);
    bool right = word || read_value(reader, &head->counted, ast, &value);
    reader->cell = SPAN_NONE;
    if (right && !word)
        *number = value_point(&value);
    return right ? ast : NULL;
}

static void read_two_counts(const struct making *making, struct head *head, const struct csv_cell *part,
                            const struct csv_cell *whole, struct given *given)
{
    struct num numbers[2];
    const struct ast *first = read_count(making, head, part, &numbers[0]);
    const struct ast *second =
        read_count(making, &making->units->heads.items[head->other], whole, &numbers[1]);
    if (!first || !second)
        return;
    const struct ast *word = first->kind == AST_word ? first : second->kind == AST_word ? second : NULL;
    const struct ast *share = word ? word : ast_v_share(numbers[0], numbers[1], given->span);
    making->reader->cell = given->span;
    if (read_parsed(making, &head->fact->field, share, given))
        making->facts[head->fact->slot] = *given;
    making->reader->cell = SPAN_NONE;
}

static bool plain_count(const struct csv_cell *cell, struct num *number)
{
    const char *text = cell_trimmed(cell);
    return plain_number(text, strlen(text), number);
}

static void read_parts(const struct making *making, struct head *head, const struct csv_cell *part,
                       const struct csv_cell *whole)
{
    struct num numbers[2];
    struct plain plain;
    struct given given = {.span = part->span};
    if (cell_is_empty(part) || cell_is_empty(whole)) {
        bool no_part = cell_is_empty(part);
        diag_add(making->reader->diags, DIAG_SHARE_HALF_GIVEN, no_part ? whole->span : part->span,
                 head->fact->field.name, no_part ? head->text : making->units->heads.items[head->other].text,
                 NULL);
        return;
    }
    given.shown = str_print("%s/%s", cell_trimmed(part), cell_trimmed(whole));
    bool fast = !making->units->slow && plain_count(part, &numbers[0]) && plain_count(whole, &numbers[1]) &&
                plain_parts(&head->fact->field, numbers[0], numbers[1], &plain);
    if (!fast) {
        read_two_counts(making, head, part, whole, &given);
        return;
    }
    take_plain(&given, &plain);
    making->facts[head->fact->slot] = given;
}

/* ---------------------------------------------------------------- judged scores */

static bool read_points(const struct making *making, const struct head *head, const struct csv_cell *cell,
                        struct given *given)
{
    struct num number;
    struct reader *reader = making->reader;
    static const struct field any = {.type.kind = TYPE_NUMBER};
    given->state = GIVEN_VALUE;
    if (!making->units->slow && plain_number(given->shown, strlen(given->shown), &number)) {
        given->value = value_number(number);
        return true;
    }
    reader->cell = cell->span;
    const struct ast *ast = cell_ast(reader, &any, cell);
    reader->cell = SPAN_NONE;
    if (reader_is_word(ast, WORD_UNKNOWN))
        given->state = GIVEN_UNKNOWN;
    else if (ast->kind == AST_number)
        given->value = value_number(AST(number, ast)->value);
    else
        diag_add(reader->diags, DIAG_SCORE_NOT_NUMBER, cell->span, given->shown, head->criterion->path, NULL);
    return given->state == GIVEN_UNKNOWN || ast->kind == AST_number;
}

/* Into every place where the criterion is judged: an unknown score is what that place allows. */
static void read_score(const struct making *making, const struct head *head, const struct csv_cell *cell)
{
    const struct standard *standard = making->units->assembly.standard;
    struct given given = {.span = cell->span, .shown = cell_trimmed(cell)};
    if (!read_points(making, head, cell, &given))
        return;
    for (size_t i = 0; i < standard->judged.count; i++) {
        const struct judged *judged = standard->judged.items[i];
        if (judged->criterion != head->criterion)
            continue;
        making->scores[i] = given;
        if (given.state == GIVEN_UNKNOWN)
            making->scores[i].value = judged->node->bounds;
    }
}

/* ---------------------------------------------------------------- decisions */

static const struct decisions *decisions_in(const struct making *making, struct head *head,
                                            const struct csv_cell *cell, const char *text)
{
    const struct decisions *before = read_before(making, head, text);
    if (before)
        return before;
    struct decisions *decisions = MEM_NEW(struct decisions);
    struct diags *diags = making->reader->diags;
    size_t messages = diags->list.count;
    decision_cell_read(head->stage, cell, making->units->assembly.standard, diags, decisions);
    if (diags->list.count == messages)
        remember(head, text, decisions);
    return decisions;
}

/* Decisions stand where their row does. */
static void read_decisions(const struct making *making, struct head *head, const struct csv_cell *cell)
{
    const struct decisions *found = decisions_in(making, head, cell, cell_trimmed(cell));
    for (size_t i = 0; i < found->list.count; i++) {
        struct decision decision = found->list.items[i];
        decision.span = making->units->csv.row.span;
        vec_push(&making->decisions->list, decision);
    }
}

/* ---------------------------------------------------------------- the other cells */

static void read_as_of(const struct making *making, const struct csv_cell *cell)
{
    static const struct field day = {.type.kind = TYPE_DATE};
    struct unit *unit = making->unit;
    const char *text = cell_trimmed(cell);
    unit->has_as_of = true;
    if (date_parse(text, &unit->as_of))
        return;
    making->reader->cell = cell->span;
    const struct ast *ast = cell_ast(making->reader, &day, cell);
    making->reader->cell = SPAN_NONE;
    if (ast->kind == AST_date)
        unit->as_of = AST(date, ast)->day;
    else
        diag_add(making->reader->diags, DIAG_AS_OF_NOT_DATE, cell->span, text, NULL);
}

static void read_evidence(const struct making *making, const struct head *head, const struct csv_cell *cell)
{
    struct given *given = &making->facts[head->fact->slot];
    if (given->shown)
        given->evidence = cell_trimmed(cell);
}

static void read_cell(const struct making *making, size_t at)
{
    const struct csv_cell *cells = making->units->csv.row.cells.items;
    struct head *head = &making->units->heads.items[at];
    switch (head->kind) {
    case HEAD_FACT: read_fact(making, head, &cells[at]); return;
    case HEAD_PART: read_parts(making, head, &cells[at], &cells[head->other]); return;
    case HEAD_SCORE: read_score(making, head, &cells[at]); return;
    case HEAD_DECISION: read_decisions(making, head, &cells[at]); return;
    case HEAD_AS_OF: read_as_of(making, &cells[at]); return;
    case HEAD_EVIDENCE:
    case HEAD_UNIT:
    case HEAD_LABEL:
    case HEAD_WHOLE: return;
    }
}

/* What an empty cell leaves is what stands there already. Of a share in two columns the first tells for both. */
static bool says_nothing(const struct units *units, size_t at)
{
    const struct head *head = &units->heads.items[at];
    const struct csv_cell *cells = units->csv.row.cells.items;
    return cell_is_empty(&cells[at]) && (head->kind != HEAD_PART || cell_is_empty(&cells[head->other]));
}

static void read_cells(const struct making *making)
{
    const struct units *units = making->units;
    for (size_t i = 0; i < units->heads.count; i++)
        if (!says_nothing(units, i))
            read_cell(making, i);
    for (size_t i = 0; i < units->heads.count; i++)
        if (units->heads.items[i].kind == HEAD_EVIDENCE && !says_nothing(units, i))
            read_evidence(making, &units->heads.items[i], &units->csv.row.cells.items[i]);
}

/* ---------------------------------------------------------------- a row */

static struct given *copy_of(const struct given *given, size_t count)
{
    struct given *copy = MEM_ARRAY(struct given, count + 1);
    memcpy(copy, given, count * sizeof *given);
    return copy;
}

/* Is there anything that the evidence missing from it makes unknown? */
static bool lacks_evidence(const struct making *making)
{
    const struct standard *standard = making->units->assembly.standard;
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct given *given = &making->facts[i];
        bool claims = given->state == GIVEN_VALUE || given->state == GIVEN_UNKNOWN;
        if (claims && standard->facts.items[i]->field.limits.evidence && !given->evidence)
            return true;
    }
    return false;
}

/* A row fills the first column, and the others say the same; where a column decides, evidence is asked for. */
static void fill_columns(struct making *making)
{
    struct assembly *assembly = &making->units->assembly;
    const struct standard *standard = assembly->standard;
    size_t count = standard->columns.count, facts = standard->facts.count;
    struct given **all = MEM_ARRAY(struct given *, count + 1),
                 **scores = MEM_ARRAY(struct given *, count + 1);
    struct given *proved = NULL;
    bool lacks = lacks_evidence(making);
    assembly->facts = all;
    for (size_t k = 0; k < count; k++) {
        bool ask = lacks && assembly_decides(standard, k);
        scores[k] = making->scores;
        all[k] = !ask ? making->facts : proved ? proved : copy_of(making->facts, facts);
        if (ask && !proved)
            assembly_prove(assembly, k);
        proved = ask ? all[k] : proved;
    }
    making->unit->facts = (const struct given *const *)all;
    making->unit->scores = (const struct given *const *)scores;
}

static void compare_facts(struct making *making)
{
    making->units->assembly.facts = &making->facts;
    assembly_compare(&making->units->assembly, 0);
}

static struct unit *new_unit(const struct units *units)
{
    const struct standard *standard = units->assembly.standard;
    struct unit *unit = MEM_NEW(struct unit);
    unit->source = units->csv.source;
    unit->period = standard->period;
    unit->columns = standard->columns.count;
    unit->reviews = units->reviews;
    return unit;
}

static struct making start_unit(struct units *units, struct diags *diags)
{
    const struct standard *standard = units->assembly.standard;
    struct making making = {.units = units, .reader = &units->assembly.reader, .unit = new_unit(units)};
    making.facts = copy_of(units->no_facts, standard->facts.count);
    making.scores = copy_of(units->no_scores, standard->judged.count);
    making.errors = diags->errors;
    making.reader->diags = diags;
    return making;
}

static bool check_width(const struct units *units, struct diags *diags)
{
    const struct csv_row *row = &units->csv.row;
    if (row->cells.count == units->heads.count)
        return true;
    diag_add(diags, DIAG_UNIT_ROW_WIDTH, row->span, str_print("%zu", row->cells.count),
             str_print("%zu", units->heads.count), NULL);
    return false;
}

/* Its id and label; false: it has no id. */
static bool name_row(const struct units *units, struct units_row *row, struct diags *diags)
{
    const struct csv_cell *cells = units->csv.row.cells.items, *id = &cells[units->heads.unit];
    size_t label = units->heads.label;
    if (cell_is_empty(id)) {
        diag_add(diags, DIAG_UNIT_NAMELESS, units->csv.row.span, NULL);
        return false;
    }
    row->id = row->label = cell_trimmed(id);
    if (label < units->heads.count && !cell_is_empty(&cells[label]))
        row->label = cell_trimmed(&cells[label]);
    return true;
}

static void read_row(struct units *units, struct units_row *row, struct diags *diags)
{
    if (!check_width(units, diags) || !name_row(units, row, diags))
        return;
    struct making making = start_unit(units, diags);
    struct decisions decisions = {0};
    making.decisions = &decisions;
    making.unit->id = row->id;
    making.unit->label = row->label;
    read_cells(&making);
    decisions_settle(&decisions, making.unit);
    compare_facts(&making);
    fill_columns(&making);
    row->unit = diags->errors == making.errors ? making.unit : NULL;
}

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
    return str_equal(cell_trimmed(&csv.row.cells.items[units->heads.unit]), id);
}

static void refuse_twin(struct units *units, struct units_row *row, struct diags *diags)
{
    uint32_t first = unit_ids_put(&units->ids, row->id, row->at, row_is, units);
    if (!first)
        return;
    struct diag *diag = diag_add(diags, DIAG_UNIT_ROW_TWICE,
                                 units->csv.row.cells.items[units->heads.unit].span, row->id, NULL);
    diag_other(diag, row_again(units, first).row.cells.items[units->heads.unit].span, "@first_here");
    row->unit = NULL;
}

size_t units_line(struct units *units, const char *id)
{
    uint32_t row = unit_ids_put(&units->ids, id, 0, row_is, units);
    return source_line((struct span){units->csv.source, row, row});
}

/* ---------------------------------------------------------------- the file */

/* Everything of a row that holds nothing, such as an empty line. */
static bool row_is_empty(const struct csv_row *row)
{
    for (size_t i = 0; i < row->cells.count; i++)
        if (!cell_is_empty(&row->cells.items[i]))
            return false;
    return true;
}

bool units_next(struct units *units, struct units_row *row, struct diags *diags)
{
    enum csv_result result;
    do {
        *row = (struct units_row){.at = units->csv.at};
        result = csv_next(&units->csv, diags);
    } while (result == CSV_ROW && row_is_empty(&units->csv.row));
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
    units->slow = true;
}

/* The facts and scores of a unit of which nothing is given. */
static void start_assembly(struct units *units, const struct standard *standard)
{
    struct assembly *assembly = &units->assembly;
    struct given **columns = MEM_ARRAY(struct given *, 2);
    assembly->reader.measures = (struct map *)&standard->measures; /* cells may name more units */
    assembly->reader.home = units->csv.source->name;
    assembly->facts = &columns[0];
    assembly->scores = &columns[1];
    assembly_start(assembly, 0);
    units->no_facts = columns[0];
    units->no_scores = columns[1];
    units->reviews = MEM_ARRAY(struct review, standard->columns.count + 1);
}

struct units *units_open_text(const struct source *source, const struct standard *standard,
                              struct diags *diags)
{
    struct units *units = MEM_NEW(struct units);
    size_t errors = diags->errors;
    units->assembly.standard = standard;
    units->assembly.reader.diags = diags;
    if (!file_is_text(source, diags) || !csv_open(&units->csv, source, diags))
        return NULL;
    enum csv_result head = csv_next(&units->csv, diags);
    if (head == CSV_END)
        diag_add(diags, DIAG_UNITS_EMPTY, SPAN_NONE, source->name, NULL);
    if (head != CSV_ROW || !heads_read(&units->heads, &units->assembly, &units->csv.row))
        return NULL;
    start_assembly(units, standard);
    return diags->errors > errors ? NULL : units;
}

struct units *units_open(const char *path, const struct standard *standard, struct diags *diags)
{
    const struct source *source = file_read_up_to(path, UNITS_SIZE_MAX, SPAN_NONE, diags);
    return source ? units_open_text(source, standard, diags) : NULL;
}
