/* Readers of batches: cells against the reader of facts, rows against the reader of CSV files. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/mem.h"
#include "batch/cell.h"
#include "batch/reader.h"
#include "facts/plain.h"
#include "facts/units.h"
#include "tests/unit/chance.h"
#include "sema/compile.h"

/* ---------------------------------------------------------------- inputs of a standard */

enum { INPUTS_MAX = 32, COLUMNS_MAX = 32 };

/* What a program would make of the facts: each at two places, and as wide as is asked. */
struct table {
    const struct standard *standard;
    struct input inputs[INPUTS_MAX];
    size_t count;
    struct layout_column columns[COLUMNS_MAX];
    struct layout layout;
};

static enum input_kind kind_of(const struct type *type)
{
    switch (type->kind) {
    case TYPE_YESNO: return INPUT_YESNO;
    case TYPE_DATE: return INPUT_DATE;
    case TYPE_CHOICE: return INPUT_CHOICE;
    case TYPE_NUMBER: return type->share ? INPUT_SHARE : INPUT_NUMBER;
    case TYPE_TEXT:
    case TYPE_MONTHS:
    case TYPE_LIST:
    case TYPE_TABLE:
    case TYPE_DOCUMENT: break;
    }
    fail();
    return INPUT_NUMBER;
}

static void take_step(struct input *input)
{
    const struct limits *limits = &input->field->limits;
    struct num scale = num_int(input->scale);
    struct num low = limits->range.low.infinite ? num_int(0) : limits->range.low.at;
    if (!limits->stepped)
        return;
    assert_true(num_to_int(num_mul(limits->step, scale), &input->step));
    assert_true(num_to_int(num_mul(low, scale), &input->base));
}

static void add_input(struct table *table, const struct field *field, bool wide)
{
    struct input *input = &table->inputs[table->count];
    *input = (struct input){.kind = kind_of(&field->type), .field = field, .wide = wide, .takes_open = true};
    input->limits = &field->limits;
    input->scale = input->kind == INPUT_NUMBER && !field->type.whole ? 100 : 1;
    input->high = wide ? INT64_MAX / 4 : 1000000000;
    input->low = -input->high;
    input->takes_na = field->limits.or_na;
    input->choice = field->type.choice;
    if (input->kind == INPUT_NUMBER)
        take_step(input);
    table->count++;
}

static struct table *table_new(const char *text)
{
    struct diags diags = {0};
    struct compile_options options = {0};
    struct table *table = MEM_NEW(struct table);
    table->standard = compile_text(source_new("yard.rubric", text, strlen(text)), &options, &diags);
    assert_non_null(table->standard);
    for (size_t i = 0; i < table->standard->facts.count; i++)
        add_input(table, &table->standard->facts.items[i]->field, i % 2);
    table->layout.columns = table->columns;
    return table;
}

static void add_column(struct table *table, enum column_kind kind, size_t input)
{
    struct layout_column *column = &table->columns[table->layout.count++];
    *column = (struct layout_column){.kind = kind, .input = input};
}

/* An id, then each fact. */
static void add_all_columns(struct table *table)
{
    add_column(table, COLUMN_ID, 0);
    for (size_t i = 0; i < table->count; i++)
        add_column(table, COLUMN_VALUE, i);
}

static const char STANDARD[] =
    "standard yard \"Yard\" { total 10  period 2024 }\n"
    "facts f \"F\" {\n"
    "  bins   \"Bins\"   : count\n"
    "  trees  \"Trees\"  : count within 3..12 or n/a\n"
    "  income \"Income\" : amount\n"
    "  level  \"Level\"  : number(m) or n/a\n"
    "  drift  \"Drift\"  : number within -5..5, in steps of 0.25\n"
    "  grade  \"Grade\"  : number one of 1, 2.5, 4\n"
    "  swept  \"Swept\"  : yesno\n"
    "  gate   \"Gate\"   : yesno or n/a\n"
    "  since  \"Since\"  : date\n"
    "  last   \"Last\"   : date within 2000-01-01..2020-12-31\n"
    "  kind   \"Kind\"   : choice { town \"Town\", school, 未定 \"未知\" }\n"
    "  rate   \"Rate\"   : share\n"
    "  fair   \"Fair\"   : share at least 50%\n"
    "}\n"
    "section work \"Work\" cap 10 { criterion a \"A\" cap 10 { full when swept } }\n";

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

/* ---------------------------------------------------------------- texts of cells */

static const char *const WORDS[] = {"yes",  "no",    "是",         "否",         "unknown",
                                    "未知", "n/a",   "不适用",     "town",       "school",
                                    "未定", "Town",  "0",          "1",          "86/88",
                                    "0/0",  "97.5%", "2017-04-25", "2017-02-29", "0001-01-01",
                                    "-5",   "2.5",   "0.25",       "1.0",        "100%",
                                    "50%",  "1/2",   "88/86",      "1e3",        "12345678901234567"};

static const char *const PIECES[] = {"0", "1", "2",  "5",  "9",  "00",  ".",  "-",  "/", "%",    " ",
                                     "3", "7", "25", "50", "75", "yes", "\t", "20", "e", "万元", "+"};

enum { TEXT_MAX = 64 };

/* A word, perhaps with a piece put in or a byte changed, or pieces alone. */
static size_t make_text(char *text)
{
    size_t length = 0, pieces = chance(5);
    if (chance(2)) {
        const char *word = WORDS[chance(sizeof WORDS / sizeof *WORDS)];
        length = strlen(word);
        memcpy(text, word, length);
        pieces = chance(4) ? 0 : 1;
    }
    for (; pieces > 0; pieces--) {
        const char *piece = PIECES[chance(sizeof PIECES / sizeof *PIECES)];
        memcpy(text + length, piece, strlen(piece));
        length += strlen(piece);
    }
    text[length] = '\0';
    return length;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static char *trimmed(char *text)
{
    size_t length;
    while (is_blank(*text))
        text++;
    for (length = strlen(text); length > 0 && is_blank(text[length - 1]); length--)
        text[length - 1] = '\0';
    return text;
}

static bool is_word(const char *text)
{
    static const char *const words[] = {"unknown", "未知", "n/a", "不适用"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return *text == '\0';
}

static struct num held_number(const struct input *input, const struct cell *cell)
{
    int64_t below = input->kind == INPUT_SHARE ? cell->whole : input->scale;
    return num_ratio(cell->number, below);
}

static void same_value(const struct input *input, const struct cell *cell, const struct value *value,
                       const char *text)
{
    bool same = value->kind == VALUE_TRUTH ? (value->truth == TRUTH_YES) == (cell->number == 1)
                                           : num_equal(value_point(value), held_number(input, cell));
    if (!same)
        fail_msg("%s: “%s” is read as %s", input->field->name, text, num_text(held_number(input, cell)));
}

/* What one reader takes the other does too, and to the same. */
static bool compare_cell(const struct cell_rule *rule, const char *text)
{
    const struct input *input = rule->input;
    struct plain plain;
    struct cell cell = cell_read(rule, text, strlen(text));
    bool right = plain_read(input->field, text, strlen(text), &plain);
    if (right && cell.exact == EXACT_NOT)
        same_value(input, &cell, &plain.value, text);
    else if (right ? cell.exact != EXACT_TOO_LARGE : cell.exact == EXACT_NOT && !is_word(text))
        fail_msg("%s: “%s” is read by one alone", input->field->name, text);
    if (cell.number < input->low || cell.number > input->high)
        fail_msg("%s: “%s” goes beyond the columns", input->field->name, text);
    return right && cell.exact == EXACT_NOT;
}

static void test_cells(void **state)
{
    (void)state;
    struct table *table = table_new(STANDARD);
    struct cell_rule *rules = cell_rules_new(table->inputs, table->count);
    char text[TEXT_MAX];
    size_t read[INPUTS_MAX] = {0};
    seed = 20260601;
    for (size_t i = 0; i < 200000; i++) {
        make_text(text);
        size_t at = chance((unsigned)table->count);
        read[at] += compare_cell(&rules[at], trimmed(text));
    }
    for (size_t i = 0; i < table->count; i++)
        assert_true(read[i] > 100);
    cell_rules_free(rules, table->count);
}

static struct cell read_text(const struct table *table, const char *fact, const char *text)
{
    struct cell_rule *rules = cell_rules_new(table->inputs, table->count);
    struct cell cell = {0};
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->inputs[i].field->name, fact) == 0)
            cell = cell_read(&rules[i], text, strlen(text));
    cell_rules_free(rules, table->count);
    return cell;
}

static void reads(const struct table *table, const char *fact, const char *text, int64_t number,
                  int64_t whole)
{
    struct cell cell = read_text(table, fact, text);
    assert_int_equal(cell.exact, EXACT_NOT);
    assert_int_equal(cell.state, INPUT_GIVEN);
    assert_int_equal(cell.number, number);
    assert_int_equal(cell.whole, whole);
}

static void leaves(const struct table *table, const char *fact, const char *text, enum exact_reason reason)
{
    assert_int_equal(read_text(table, fact, text).exact, reason);
}

static void test_each_kind(void **state)
{
    (void)state;
    struct table *table = table_new(STANDARD);
    reads(table, "bins", "86", 86, 0);
    reads(table, "bins", "007.0", 7, 0);
    leaves(table, "bins", "-1", EXACT_TEXT);
    leaves(table, "bins", "1.5", EXACT_TOO_LARGE);
    leaves(table, "bins", "1000000001", EXACT_TOO_LARGE);
    leaves(table, "trees", "2", EXACT_TEXT);
    reads(table, "level", "-2.50", -250, 0);
    leaves(table, "level", "2%", EXACT_TEXT);
    leaves(table, "level", "2.505", EXACT_TOO_LARGE);
    reads(table, "income", "97%", 97, 0);
    leaves(table, "income", "97.5%", EXACT_TOO_LARGE);
    reads(table, "drift", "-4.75", -475, 0);
    leaves(table, "drift", "0.1", EXACT_TEXT);
    reads(table, "grade", "2.5", 250, 0);
    leaves(table, "grade", "3", EXACT_TEXT);
    reads(table, "swept", "是", 1, 0);
    reads(table, "swept", "no", 0, 0);
    leaves(table, "swept", "Yes", EXACT_TEXT);
    reads(table, "since", "1970-01-02", 1, 0);
    leaves(table, "since", "2017-02-29", EXACT_TEXT);
    leaves(table, "last", "2021-01-01", EXACT_TEXT);
    reads(table, "kind", "school", 1, 0);
    leaves(table, "kind", "School", EXACT_TEXT);
    leaves(table, "kind", "未知", EXACT_TEXT);
    reads(table, "rate", "86/88", 86, 88);
    reads(table, "rate", "97.5%", 975, 1000);
    reads(table, "rate", "0.5", 5, 10);
    leaves(table, "rate", "1", EXACT_TEXT);
    leaves(table, "rate", "0/0", EXACT_TEXT);
    reads(table, "fair", "50%", 50, 100);
    leaves(table, "fair", "49.9%", EXACT_TEXT);
}

static void test_what_is_unknown(void **state)
{
    (void)state;
    struct table *table = table_new(STANDARD);
    assert_int_equal(read_text(table, "bins", "").state, INPUT_OPEN);
    assert_int_equal(read_text(table, "bins", "unknown").state, INPUT_OPEN);
    assert_int_equal(read_text(table, "gate", "不适用").state, INPUT_NA);
    leaves(table, "bins", "n/a", EXACT_TEXT);
    for (size_t i = 0; i < table->count; i++) {
        table->inputs[i].takes_open = table->inputs[i].takes_na = false;
        table->inputs[i].has_assumed = strcmp(table->inputs[i].field->name, "trees") == 0;
        table->inputs[i].assumed = 7;
    }
    leaves(table, "bins", "", EXACT_OPEN);
    leaves(table, "bins", "未知", EXACT_OPEN);
    leaves(table, "gate", "n/a", EXACT_TEXT);
    reads(table, "trees", "", 7, 1);
    leaves(table, "trees", "unknown", EXACT_OPEN);
}

/* ---------------------------------------------------------------- rows of a file */

/* A row as one line of text: where it stands, its id, and what it comes to. */
static void say_cell(struct str *out, const struct table *table, const struct block *block, size_t input,
                     size_t row)
{
    const struct input *is = &table->inputs[input];
    int64_t numbers[2] = {0};
    for (size_t k = 0; k <= (is->kind == INPUT_SHARE); k++) {
        const void *column = k ? block->wholes[input] : block->numbers[input];
        numbers[k] = is->wide ? ((const int64_t *)column)[row] : ((const int32_t *)column)[row];
    }
    enum input_state given = block->open[input] ? (enum input_state)block->states[input][row] : INPUT_GIVEN;
    if (given != INPUT_GIVEN)
        str_add(out, given == INPUT_NA ? " na" : " ?");
    else if (is->kind == INPUT_YESNO)
        str_add(out, numbers[0] ? " yes" : " no");
    else
        str_add(out, str_print(" %s", num_text(num_ratio(numbers[0],
                                                         is->kind == INPUT_SHARE ? numbers[1] : is->scale))));
}

static void say_row(struct str *out, const struct table *table, const struct block *block, size_t row,
                    const char *text)
{
    const struct row_text *place = &block->texts[row];
    str_add(out, str_print("%u line %u:", place->at, place->line));
    if (block->exact[row] != EXACT_NOT) {
        str_add(out, str_print(" exact %u\n", place->length));
        return;
    }
    str_add(out, str_print(" %u %.*s", place->length, (int)place->id_length, text + place->id_at));
    for (size_t i = 0; i < table->count; i++)
        say_cell(out, table, block, i, row);
    str_add(out, "\n");
}

/* With what may be read behind a text behind it. */
static char *padded(const char *text, size_t length)
{
    char *copy = mem_alloc_plain(length + 1 + READER_PAD);
    memcpy(copy, text, length);
    copy[length] = '\n';
    return copy;
}

static const char *read_all(const struct table *table, const char *text, size_t length)
{
    struct str out = {0};
    struct reader *reader = reader_new(&table->layout, table->inputs, table->count);
    struct block *block = block_new(table->inputs, table->count);
    static const char *volatile held; /* the collector does not look into a reader */
    held = padded(text, length);
    reader_start(reader, held, length);
    while (reader_next(reader, block))
        for (size_t row = 0; row < block->rows; row++)
            say_row(&out, table, block, row, text);
    block_free(block);
    reader_free(reader);
    return str_text(&out);
}

static const char *head_of(const struct table *table)
{
    struct str head = {0};
    str_add(&head, "unit");
    for (size_t i = 0; i < table->count; i++)
        str_add(&head, str_print(",%s", table->inputs[i].field->name));
    str_add(&head, "\n");
    return str_text(&head);
}

static const char *show_value(const struct value *value)
{
    if (value->nothing_else)
        return " na";
    if (!value_is_known(value))
        return " ?";
    if (value->kind == VALUE_TRUTH)
        return value_is_yes(value) ? " yes" : " no";
    return str_print(" %s", num_text(value_point(value)));
}

/* The next line of `said` is about this row: for the exact evaluator, or the same as the reader of facts says. */
static const char *compare_row(const struct table *table, const char *said, const struct units_row *row,
                               size_t head, bool *was_read)
{
    struct str wanted = {0};
    const char *place = str_print("%u line", (unsigned)(row->at - head)), *end = strchr(said, '\n');
    if (!end || strncmp(said, place, strlen(place)) != 0)
        fail_msg("a row at %s, found %s", place, said);
    const char *values = strstr(said, ": ") + 2;
    *was_read = strncmp(values, "exact", 5) != 0;
    if (!*was_read)
        return end + 1;
    if (!row->unit)
        fail_msg("no unit of facts: %.*s", (int)(end - said), said);
    values = strchr(values, ' ') + 1;
    str_add(&wanted, row->id);
    for (size_t i = 0; i < table->count; i++)
        str_add(&wanted, show_value(&row->unit->facts[0][i].value));
    if (strncmp(values, str_text(&wanted), (size_t)(end - values)) != 0)
        fail_msg("facts say %s, not %.*s", str_text(&wanted), (int)(end - values), values);
    return end + 1;
}

/* How many rows were read, not left to the exact evaluator. */
static size_t compare_files(const struct table *table, const char *body, size_t length)
{
    struct diags diags = {0};
    const char *head = head_of(table);
    char *text = mem_text(str_print("%s%s", head, body), strlen(head) + length);
    struct units *units =
        units_open_text(source_rows("units.csv", text, strlen(text)), table->standard, &diags);
    assert_non_null(units);
    const char *said = read_all(table, body, length);
    struct units_row row;
    size_t read = 0;
    while (units_next(units, &row, &diags)) {
        bool was_read = false;
        if (row.at < strlen(text))
            said = compare_row(table, said, &row, strlen(head), &was_read);
        read += was_read;
    }
    assert_string_equal(said, "");
    return read;
}

static const char *good_cell(const struct input *input)
{
    switch (input->kind) {
    case INPUT_NUMBER: return strcmp(input->field->name, "grade") == 0 ? "2.5" : chance(2) ? "5" : "4.0";
    case INPUT_YESNO: return chance(2) ? "yes" : "否";
    case INPUT_DATE: return "2017-04-25";
    case INPUT_CHOICE: return chance(2) ? "town" : "未定";
    case INPUT_SHARE: return chance(2) ? "86/88" : "97.5%";
    }
    return "";
}

static const char *any_cell(const struct input *input)
{
    char text[TEXT_MAX];
    unsigned kind = chance(40);
    if (kind == 0) {
        make_text(text);
        return str_print("%s", text);
    }
    if (kind == 1)
        return chance(2) ? "" : "unknown";
    return str_print(kind == 2 ? "\"%s\"" : kind == 3 ? " %s\t" : "%s", good_cell(input));
}

/* What breaks rows, or nearly. */
static const char *const ODD[] = {
    "\"",   "\"\"",   "\n",   "\r\n", "\r",   ",",     ",,,\n",           "\"a\nb\"", "\"a\"\"b\"", "\"\n\"",
    "x\"y", "\"x\"y", "\x01", "\n\n", "  \n", "\" \"", ",,,,,,,,,,,,,\n", "\"\"\"\"", "\"a,b\""};

static void add_row(struct str *body, const struct table *table, size_t at)
{
    const char *end = chance(4) ? "\n" : "\r\n",
               *odd = chance(4) ? "" : ODD[chance(sizeof ODD / sizeof *ODD)];
    unsigned where = chance((unsigned)table->count * 2);
    str_add(body, str_print(chance(8) ? "u%zu" : "\"u%zu\"", at));
    for (size_t i = 0; i < table->count; i++) {
        str_add(body, i == where ? odd : "");
        str_add(body, ",");
        str_add(body, any_cell(&table->inputs[i]));
    }
    str_add(body, where == table->count ? odd : "");
    str_add(body, end);
}

static void test_rows(void **state)
{
    (void)state;
    struct table *table = table_new(STANDARD);
    size_t read = 0, rows = 0;
    add_all_columns(table);
    seed = 77;
    for (size_t i = 0; i < 400; i++) {
        struct str body = {0};
        for (size_t count = chance(12); count > 0; count--)
            add_row(&body, table, rows++);
        size_t length = str_text(&body) ? strlen(str_text(&body)) : 0;
        length -= length > 0 && chance(3) == 0; /* no line end at the end */
        read += compare_files(table, str_text(&body), length);
    }
    assert_true(read > rows / 3);
}

/* Numbers of every kind, the last of a row among them. */
static void test_numbers(void **state)
{
    (void)state;
    static const char *const last[] = {"amount", "number within -5..5, in steps of 0.25",
                                       "count within 2..60, in steps of 2", "number one of 1, 2.5, 4",
                                       "count"};
    size_t read = 0;
    seed = 1234;
    for (size_t i = 0; i < 100; i++) {
        struct table *table = table_new(
            str_print("standard yard \"Yard\" { total 10  period 2024 }\n"
                      "facts f \"F\" { a \"A\" : %s  b \"B\" : amount  c \"C\" : %s }\n"
                      "section work \"Work\" cap 10 { criterion d \"D\" cap 10 { full when b > 2 } }\n",
                      last[chance(5)], last[i % 5]));
        struct str body = {0};
        add_all_columns(table);
        for (size_t row = 0; row < 40; row++) {
            str_add(&body, str_print("%zu", row));
            for (size_t k = 0; k < 3; k++) {
                static const char *const pieces[] = {"0",    "5", "12", ".5", ".25",
                                                     ".125", "-", "%",  "50", " "};
                str_add(&body, ",");
                static const char *const good[] = {"4", "2.5", "4.0", "3.75", "4", "12"};
                bool odd = chance(8) == 0;
                str_add(&body, odd ? "" : good[chance(6)]);
                for (unsigned some = odd ? 1 + chance(3) : 0; some > 0; some--)
                    str_add(&body, pieces[chance(10)]);
            }
            str_add(&body, chance(3) ? "\n" : "\r\n");
        }
        read += compare_files(table, str_text(&body), body.length);
    }
    assert_true(read > 300);
}

static void test_rows_by_hand(void **state)
{
    (void)state;
    struct table *table =
        table_new("standard yard \"Yard\" { total 10  period 2024 }\n"
                  "facts f \"F\" { bins \"Bins\" : count  rate \"Rate\" : share  swept \"Swept\" : yesno }\n"
                  "section work \"Work\" cap 10 { criterion a \"A\" cap 10 { full when swept } }\n");
    add_all_columns(table);
    static const char text[] = "a,1,1/2,yes\r\n"
                               "\n"
                               "\"b\", 2 ,\"3/4\",no\n"
                               "c,3,1/2\n"
                               "d,\"4\n\",1/2,yes\n"
                               " e\t,,,\n"
                               ",,,\n"
                               ",1,1/2,yes\n"
                               "f,5,\"6,yes\n"
                               "g,6,50%,是";
    assert_string_equal(read_all(table, text, strlen(text)), "0 line 0: 11 a 1 0.5 yes\n"
                                                             "14 line 2: 16 b 2 0.75 no\n"
                                                             "31 line 3: exact 7\n"
                                                             "39 line 4: exact 14\n"
                                                             "54 line 6: 6 e ? ? ?\n"
                                                             "65 line 8: exact 10\n"
                                                             "76 line 9: exact 10\n"
                                                             "87 line 10: 11 g 6 0.5 yes\n");
}

/* Halves of a share, a score that is judged twice, a column for the exact evaluator alone, a fact without a column. */
static void test_columns(void **state)
{
    (void)state;
    struct table *table =
        table_new("standard yard \"Yard\" { total 10  period 2024 }\n"
                  "facts f \"F\" { bins \"Bins\" : count  rate \"Rate\" : share  swept \"Swept\" : yesno\n"
                  "  left \"Left\" : count  more \"More\" : amount }\n"
                  "section work \"Work\" cap 10 { criterion a \"A\" cap 10 { full when swept } }\n");
    add_column(table, COLUMN_WHOLE, 1);
    add_column(table, COLUMN_EXACT, 0);
    add_column(table, COLUMN_ID, 0);
    add_column(table, COLUMN_PART, 1);
    add_column(table, COLUMN_SKIP, 0);
    add_column(table, COLUMN_VALUE, 0);
    table->inputs[3].has_assumed = true;
    table->inputs[3].assumed = 9;
    static const char text[] = "4,,a,1,x,5\n"
                               "\" 8 \",,b, 2,\"x\"\"\n\",6\n"
                               ",,c,,,\n"
                               "4,,d,,,\n"
                               ",,e,3,,\n"
                               "2,,f,3,,\n"
                               "4,x,g,1,,1\n"
                               "0,,h,0,,1\n"
                               "4,,i,1,x\x01,1\n"
                               "4,,j,unknown,,1\n"
                               "4,,\"k\"\"\",1,,1\n"
                               "4,,l,1,\xE6\x98,1\n"
                               "4,,m,1,,1.5\n"
                               "4,,\xE6\x98\xAF,-1,,1\n"
                               "8,,n,2.0,,7";
    assert_string_equal(read_all(table, text, strlen(text)), "0 line 0: 10 a 5 0.25 ? 9 ?\n"
                                                             "11 line 1: 20 b 6 0.25 ? 9 ?\n"
                                                             "32 line 3: 6 c ? ? ? 9 ?\n"
                                                             "39 line 4: exact 7\n"
                                                             "47 line 5: exact 7\n"
                                                             "55 line 6: exact 8\n"
                                                             "64 line 7: exact 10\n"
                                                             "75 line 8: exact 9\n"
                                                             "85 line 9: exact 11\n"
                                                             "97 line 10: exact 15\n"
                                                             "113 line 11: exact 13\n"
                                                             "127 line 12: exact 11\n"
                                                             "139 line 13: exact 11\n"
                                                             "151 line 14: exact 12\n"
                                                             "164 line 15: 11 n 7 0.25 ? 9 ?\n");
    table->inputs[2].takes_open = false;
    assert_string_equal(read_all(table, "4,,a,1,x,5\n", 11), "0 line 0: exact 10\n");
}

/* A row that is passed over leaves nothing behind. */
static void test_blank_rows(void **state)
{
    (void)state;
    struct table *table =
        table_new("standard yard \"Yard\" { total 10  period 2024 }\n"
                  "facts f \"F\" { bins \"Bins\" : count  rate \"Rate\" : share }\n"
                  "section work \"Work\" cap 10 { criterion a \"A\" cap 10 { full when bins > 3 } }\n");
    add_column(table, COLUMN_VALUE, 0);
    add_column(table, COLUMN_PART, 1);
    add_column(table, COLUMN_ID, 0);
    add_column(table, COLUMN_WHOLE, 1);
    static const char text[] = ",,,\n \t,\"\",,\n5,1,a,2\n,,,\n";
    assert_string_equal(read_all(table, text, strlen(text)), "12 line 2: 7 a 5 0.5\n");
}

static void same_lines(const char *a, const char *b)
{
    for (size_t first, second; *a && *b; a += first + 1, b += second + 1) {
        first = strcspn(a, "\n");
        second = strcspn(b, "\n");
        if (first != second || strncmp(a, b, first) != 0)
            fail_msg("%.*s, not %.*s", (int)first, a, (int)second, b);
    }
    assert_string_equal(a, b);
}

/* More rows than a block holds, some of them beyond what their fact allows. */
static void test_blocks(void **state)
{
    (void)state;
    struct table *table =
        table_new("standard yard \"Yard\" { total 10  period 2024 }\n"
                  "facts f \"F\" { bins \"Bins\" : count within 3..120  more \"More\" : count }\n"
                  "section work \"Work\" cap 10 { criterion a \"A\" cap 10 { full when bins > 3 } }\n");
    struct str text = {0}, wanted = {0};
    add_all_columns(table);
    table->inputs[0].wide = false;
    table->inputs[1].wide = false;
    seed = 3;
    for (size_t row = 0; row < 5000; row++) {
        unsigned number = chance(500) ? 3 + chance(118) : chance(3),
                 more = chance(9) ? chance(10) : chance(1000000000);
        const char *line =
            chance(50) ? str_print("%zu,%u,%u", row, number, more) : str_print("%zu,,%u", row, more);
        bool given = strstr(line, ",,") == NULL;
        str_add(&wanted, str_print("%zu line %zu:", text.length, row));
        if (given && number < 3)
            str_add(&wanted, str_print(" exact %zu\n", strlen(line)));
        else
            str_add(&wanted, str_print(" %zu %zu %s %u\n", strlen(line), row,
                                       given ? str_print("%u", number) : "?", more));
        str_add(&text, line);
        str_add(&text, "\n");
    }
    same_lines(read_all(table, str_text(&text), text.length), str_text(&wanted));
}

/* ---------------------------------------------------------------- JSON */

static const char YARD[] = "standard yard \"Yard\" { total 10  period 2024 }\n"
                           "facts f \"F\" { bins \"Bins\" : count  rate \"Rate\" : share  swept \"Swept\" : "
                           "yesno  种类 \"K\" : choice { town, 乡 } }\n"
                           "section work \"Work\" cap 10 { criterion a \"A\" cap 10 { full when swept } }\n";

static struct table *json_table(void)
{
    struct table *table = table_new(YARD);
    static const char *const names[] = {"unit",      "bins",       "rate",  "swept", "种类",
                                        "rate.part", "rate.whole", "label", "notes"};
    add_all_columns(table);
    add_column(table, COLUMN_PART, 1);
    add_column(table, COLUMN_WHOLE, 1);
    add_column(table, COLUMN_SKIP, 0);
    add_column(table, COLUMN_EXACT, 0);
    for (size_t i = 0; i < table->layout.count; i++)
        table->columns[i].name = names[i];
    table->layout.json = true;
    return table;
}

static void says(const struct table *table, const char *text, const char *wanted)
{
    assert_string_equal(read_all(table, text, strlen(text)), wanted);
}

static void refuses(const struct table *table, const char *text)
{
    says(table, text, str_print("0 line 0: exact %zu\n", strlen(text)));
}

static void test_json(void **state)
{
    (void)state;
    struct table *table = json_table();
    says(table, "{\"unit\":\"a\",\"bins\":86,\"rate\":\"1/2\",\"swept\":\"yes\",\"种类\":\"乡\"}\n",
         "0 line 0: 64 a 86 0.5 yes 1\n");
    says(table,
         " { \"\\u79cd类\" : \"\\u4E61\" , \"unit\" : 17,\t\"rate\":0.25 } \r\n\n "
         "\n{\"unit\":\"b\",\"bins\":null,\"bins2\":1}",
         "0 line 0: 55 17 ? 0.25 ? 1\n60 line 3: exact 34\n");
    says(table, "{\"unit\":\"b\",\"rate.whole\":8,\"label\":\"\\ud83d\\ude00 x\",\"rate.part\":2}",
         "0 line 0: 66 b ? 0.25 ? ?\n");
    says(table, "{\"unit\":\"b\",\"bins\":\" 5 \",\"swept\":null,\"notes\":\"\"}",
         "0 line 0: 49 b 5 ? ? ?\n");
    refuses(table, "{\"unit\":\"b\",\"rate.part\":2}");
    refuses(table, "{\"unit\":\"b\",\"rate\":0.5,\"rate.part\":2,\"rate.whole\":4}");
    refuses(table, "{\"unit\":\"b\",\"notes\":\"x\"}");
    refuses(table, "{\"unit\":\"b\",\"bins\":1e3}");
    refuses(table, "{\"unit\":\"b\",\"bins\":007}");
    refuses(table, "{\"unit\":\"b\",\"bins\":1,}");
    refuses(table, "{\"unit\":\"b\",\"bins\":[1]}");
    refuses(table, "{\"unit\":\"b\",\"bins\":1,\"bins\":1}");
    refuses(table, "{\"unit\":\"\"}");
    refuses(table, "{\"unit\":null}");
    refuses(table, "{\"bins\":1}");
    refuses(table, "{\"unit\":\"b\"} x");
    refuses(table, "{\"unit\":\"b\",\"label\":\"\\ud83d\"}");
    refuses(table, "{\"unit\":\"b\",\"label\":\"\x01\"}");
    refuses(table, "{\"unit\":\"b\",\"label\":\"\\x\"}");
    refuses(table, "{\"unit\":\"b\",\"label\":\"\xff\"}");
    refuses(table, "{\"unit\":\"b\"");
    refuses(table, "[]");
    says(table, "{\"unit\":\"b\",\"swept\":true}", "0 line 0: 25 b ? ? yes ?\n");
    refuses(table, "{\"unit\":\"b\",\"bins\":true}");
    table->inputs[0].has_assumed = true;
    table->inputs[0].assumed = 7;
    says(table, "{\"unit\":\"b\",\"bins\":null,\"notes\":null}", "0 line 0: 37 b 7 ? ? ?\n");
    says(table, "{\"unit\":\"b\",\"bins\":\"unknown\"}", "0 line 0: 29 b ? ? ? ?\n");
}

/* What the next row says, without its place and length. */
static const char *next_values(const char **said)
{
    const char *line = *said, *end = strchr(line, '\n'), *values = strstr(line, ": ") + 2;
    *said = end + 1;
    const char *exact = mem_text(values, (size_t)(end - values));
    return strncmp(exact, "exact", 5) == 0 ? "exact" : strchr(exact, ' ');
}

/* The same rows in both forms say the same. */
static void test_json_as_csv(void **state)
{
    (void)state;
    struct table *table = table_new(STANDARD);
    struct str csv = {0}, json = {0};
    add_all_columns(table);
    seed = 4;
    for (size_t row = 0; row < 3000; row++) {
        str_add(&csv, str_print("%zu", row));
        str_add(&json, str_print("{\"unit\":\"%zu\"", row));
        for (size_t i = 0; i < table->count; i++) {
            const char *cell = chance(9) ? good_cell(&table->inputs[i]) : chance(2) ? "" : "n/a";
            str_add(&csv, str_print(",%s", cell));
            if (*cell)
                str_add(&json, str_print(",\"%s\":\"%s\"", table->inputs[i].field->name, cell));
        }
        str_add(&csv, "\n");
        str_add(&json, "}\n");
    }
    struct table other = *table;
    other.layout.json = true;
    other.columns[0].name = "unit";
    other.layout.columns = other.columns;
    for (size_t i = 0; i < table->count; i++)
        other.columns[i + 1].name = table->inputs[i].field->name;
    const char *first = read_all(table, str_text(&csv), strlen(str_text(&csv))),
               *second = read_all(&other, str_text(&json), strlen(str_text(&json)));
    for (size_t row = 0; row < 3000; row++)
        assert_string_equal(next_values(&first), next_values(&second));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_cells, set_up),           cmocka_unit_test_setup(test_each_kind, set_up),
        cmocka_unit_test_setup(test_what_is_unknown, set_up), cmocka_unit_test_setup(test_rows, set_up),
        cmocka_unit_test_setup(test_rows_by_hand, set_up),    cmocka_unit_test_setup(test_numbers, set_up),
        cmocka_unit_test_setup(test_blank_rows, set_up),      cmocka_unit_test_setup(test_columns, set_up),
        cmocka_unit_test_setup(test_blocks, set_up),          cmocka_unit_test_setup(test_json, set_up),
        cmocka_unit_test_setup(test_json_as_csv, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
