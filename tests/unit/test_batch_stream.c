/* Files as chunks: the same rows, wherever chunks end and however many threads there are. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "base/mem.h"
#include "base/str.h"
#include "batch/stream.h"
#include "tests/unit/chance.h"

enum { INPUTS = 2, COLUMNS = 4, ALIKE = 200 /* sizes of chunks */ };

static const struct symbol SYMBOLS[] = {{"town", NULL}, {"乡", NULL}};
static const struct choice CHOICE = {"kind", SYMBOLS, 2, false};

static const struct limits ANY = {.range = {.low = {.infinite = -1}, .high = {.infinite = 1}}};
static const struct input INPUTS_OF[INPUTS] = {
    {.kind = INPUT_NUMBER, .limits = &ANY, .scale = 1, .low = 0, .high = 1000000, .takes_open = true},
    {.kind = INPUT_CHOICE,
     .limits = &ANY,
     .scale = 1,
     .low = 0,
     .high = 1,
     .takes_open = true,
     .choice = &CHOICE}};
static const struct layout_column LAYOUT_COLUMNS[COLUMNS] = {
    {COLUMN_ID, 0, "unit"}, {COLUMN_VALUE, 0, "bins"}, {COLUMN_SKIP, 0, "label"}, {COLUMN_VALUE, 1, "kind"}};

/* What is asked of a run, and what came of it. */
struct run {
    struct stream_source source;
    size_t threads, chunks_wanted;
    const char *text;
    size_t length;
    bool stopped;
    size_t read;
    struct str out;
    size_t rows, chunks, exact, too_long;
};

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

static void work(void *worker, struct block *block, struct chunk *chunk)
{
    size_t *rows = chunk->totals;
    (void)worker;
    *rows += block->rows;
    for (size_t row = 0; row < block->rows; row++) {
        const struct row_text *text = &block->texts[row];
        if (block->exact[row] != EXACT_NOT) {
            chunk_leave(chunk, block, row);
            continue;
        }
        bool open = block->open[0] && block->states[0][row] == INPUT_OPEN;
        int number = open ? -1 : ((int32_t *)block->numbers[0])[row],
            kind = ((int32_t *)block->numbers[1])[row];
        char *room = chunk_room(chunk, text->id_length + 64);
        chunk->length += (size_t)sprintf(room, "%.*s %d %d\n", (int)text->id_length,
                                         chunk->text + text->id_at, number, kind);
    }
}

static bool take(void *context, const struct chunk *chunk)
{
    struct run *run = context;
    size_t at = 0;
    for (size_t i = 0; i < chunk->row_count; i++) {
        const struct exact_row *row = &chunk->rows[i];
        str_add_bytes(&run->out, chunk->out + at, row->at - at);
        at = row->at;
        str_add(&run->out, str_print("line %u%s: ", row->text.line, row->too_long ? ", too long" : ""));
        str_add_bytes(&run->out, chunk->text + row->text.at, row->too_long ? 0 : row->text.length);
        str_add(&run->out, "\n");
        run->too_long += row->too_long;
    }
    str_add_bytes(&run->out, chunk->out + at, chunk->length - at);
    run->rows += *(const size_t *)chunk->totals;
    run->exact += chunk->row_count;
    return ++run->chunks != run->chunks_wanted;
}

static const struct layout CSV = {LAYOUT_COLUMNS, COLUMNS, false}, JSON = {LAYOUT_COLUMNS, COLUMNS, true};

/* The text behind its head, a little at a time. */
static size_t read_text(void *from, char *room, size_t size)
{
    struct run *run = from;
    size_t left = run->length - run->read, count = left < size ? left : size;
    count = count > 777 ? 777 : count;
    memcpy(room, run->text + run->read, count);
    run->read += count;
    return count;
}

static void run_stream(struct run *run)
{
    struct stream_work work_of = {.layout = run->source.json ? &JSON : &CSV,
                                  .inputs = INPUTS_OF,
                                  .input_count = INPUTS,
                                  .threads = run->threads,
                                  .totals = sizeof(size_t),
                                  .context = run,
                                  .work = work,
                                  .take = take};
    run->stopped = !stream_run(&run->source, &work_of);
}

static size_t head_of(const char *text, size_t length)
{
    const char *end = memchr(text, '\n', length);
    return end ? (size_t)(end + 1 - text) : length;
}

static const char *run_text(struct run *run)
{
    run->out = (struct str){0};
    run->rows = run->chunks = run->exact = run->too_long = 0;
    run->source.read = read_text;
    run->source.from = run;
    run->source.lines = !run->source.json;
    run->read = run->source.json ? 0 : head_of(run->text, run->length);
    str_add_bytes(&run->out, run->text, run->read);
    run_stream(run);
    return str_text(&run->out);
}

static struct run run_of(const char *text)
{
    return (struct run){.text = text, .length = strlen(text), .threads = 1};
}

/* ---------------------------------------------------------------- where chunks end */

static void test_by_hand(void **state)
{
    (void)state;
    struct run run =
        run_of("unit,bins,label,kind\r\na,1,\"x\ny\",town\nb,2,,\"乡\"\n\nc,x,,乡\nd,,\"\"\"\",town");
    assert_string_equal(run_text(&run), "unit,bins,label,kind\r\na 1 0\nb 2 1\nline 5: c,x,,乡\nd -1 0\n");
    assert_int_equal(run.rows, 4);
    assert_false(run.stopped);
    run = run_of("");
    assert_string_equal(run_text(&run), "");
    run = run_of("unit");
    assert_string_equal(run_text(&run), "unit");
}

/* Whatever the size of chunks and the number of threads. */
static void all_alike(struct run *run)
{
    static const size_t threads[] = {1, 2, 4};
    const char *whole = run_text(run);
    for (size_t size = 1; size <= ALIKE; size++) {
        run->threads = threads[size % 3];
        run->source.chunk = size;
        assert_string_equal(run_text(run), whole);
        assert_false(run->stopped);
    }
    run->threads = 1;
    run->source.chunk = 0;
}

static const char *const PIECES[] = {"u1,5,label,town\n",
                                     "u6,1,,\"to\nwn\"\r\n",
                                     "u2,6,\"a\nb\",乡\r\n",
                                     ",",
                                     "\"",
                                     "\"\"",
                                     "\n",
                                     "\r\n",
                                     "u3,7,\"\"\"x\"\"\",town",
                                     "\r",
                                     "x",
                                     " ",
                                     "乡",
                                     "u4,",
                                     "\n\"u5\",8,,town\n",
                                     ",1,",
                                     "\"a\"b"};

static const char *any_text(size_t pieces)
{
    struct str text = {0};
    for (; pieces > 0; pieces--)
        str_add(&text, PIECES[chance(sizeof PIECES / sizeof *PIECES)]);
    return str_text(&text);
}

static void test_where_chunks_end(void **state)
{
    (void)state;
    seed = 11;
    for (size_t i = 0; i < 12; i++) {
        struct run run = run_of(any_text(10 + 2 * i));
        all_alike(&run);
    }
}

static void test_lines_of_json(void **state)
{
    (void)state;
    struct run run = run_of("{\"unit\":\"a\",\"bins\":1,\"kind\":\"town\"}\n\n{\"unit\":\"b\",\"bins\":\"2\","
                            "\"kind\":\"\\u4e61\"}\r\n[\"\n"
                            "{\"unit\":\"c\",\"kind\":\"乡\",\"label\":\"\\\"\"}");
    run.source.json = true;
    assert_string_equal(run_text(&run), "a 1 0\nb 2 1\nline 3: [\"\nc -1 1\n");
    all_alike(&run);
}

/* ---------------------------------------------------------------- records that are too long */

static void test_too_long(void **state)
{
    (void)state;
    struct str text = {0};
    str_add(&text, "unit,bins,label,kind\na,1,,town\nb,1,");
    str_add_repeat(&text, "x", 5000);
    str_add(&text, ",town\nc,2,,town\nd,3,\"open,town\ne,4,,town\n");
    for (size_t i = 0; i < 500; i++)
        str_add(&text, "f,5,,town\n");
    struct run run = run_of(str_text(&text));
    run.source.record = 1000;
    for (size_t size = 1; size < 1000; size = 2 * size + 1)
        for (run.threads = 1; run.threads <= 4; run.threads++) {
            run.source.chunk = size;
            const char *out = run_text(&run);
            static const char start[] = "unit,bins,label,kind\na 1 0\nline 2, too long: \nc 2 0\nline 4: "
                                        "d,3,\"open,town\ne 4 0\nf 5 0\n";
            assert_memory_equal(out, start, sizeof start - 1);
            assert_int_equal(run.too_long, 1);
        }
}

/* A record may have as many bytes as it may, its line end among them, and not one more, wherever chunks end. */
static void check_length(size_t length, bool json, const char *before, const char *end, const char *after)
{
    struct str text = {0};
    str_add(&text, json ? "" : "unit,bins,label,kind\n");
    str_add(&text, before);
    str_add(&text, json ? "{\"unit\":\"b\",\"label\":\"" : "b,1,\"x\ny");
    size_t start = (json ? 0 : strlen("unit,bins,label,kind\n")) + strlen(before);
    const char *rest = json ? "\"}" : "\",town";
    str_add_repeat(&text, "x", length - (strlen(str_text(&text)) - start) - strlen(rest) - strlen(end));
    str_add(&text, rest);
    str_add(&text, end);
    str_add(&text, after);
    struct run run = run_of(str_text(&text));
    run.source.json = json;
    run.source.record = 1000;
    for (size_t size = 1; size <= 1000; size = size < 900 ? 3 * size + 1 : size + 20)
        for (run.threads = 1; run.threads <= 2; run.threads++) {
            run.source.chunk = size;
            run_text(&run);
            assert_int_equal(run.too_long, length > 1000);
        }
}

static void test_longest(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", "\r\n", ""};
    for (size_t length = 990; length <= 1070; length += length < 998 || length > 1002 ? 8 : 1)
        for (size_t i = 0; i < 3; i++)
            for (int many = 0; many < 2; many++) {
                check_length(length, false, many ? "a,1,,town\n" : "", ends[i],
                             *ends[i] ? "c,1,,town\n" : "");
                check_length(length, true, many ? "{\"unit\":\"a\"}\n" : "", ends[i], *ends[i] ? "{}\n" : "");
            }
}

/* The line on which the quote stands that is not closed, though lines of the record come before it. */
static void test_open_quote_behind_lines(void **state)
{
    (void)state;
    struct str text = {0};
    str_add(&text, "unit,bins,label,kind\na,1,\"x\ny\",\"open\n");
    for (size_t i = 0; i < 200; i++)
        str_add(&text, "f,5,,town\n");
    struct run run = run_of(str_text(&text)), whole = run;
    whole.source.record = 100000;
    run.source.record = 1000;
    run_text(&whole);
    assert_string_equal(run_text(&run), str_text(&whole.out));
    assert_int_equal(run.too_long, 0);
}

/* ---------------------------------------------------------------- a trickle, and those who stop */

static size_t read_one(void *from, char *room, size_t size)
{
    (void)size;
    return read_text(from, room, 1);
}

static void test_byte_by_byte(void **state)
{
    (void)state;
    struct str text = {0};
    str_add(&text, "unit,bins,label,kind\n");
    str_add_repeat(&text, "a,1,\"x\n\",town\n", 200);
    struct run whole = run_of(str_text(&text)), run = whole;
    run.threads = 2;
    run.source = (struct stream_source){.read = read_one, .from = &run, .lines = 1, .chunk = 100};
    run.read = head_of(run.text, run.length);
    str_add_bytes(&run.out, run.text, run.read);
    run_stream(&run);
    assert_string_equal(str_text(&run.out), run_text(&whole));
}

static void test_stop(void **state)
{
    (void)state;
    struct str text = {0};
    str_add(&text, "unit,bins,label,kind\n");
    str_add_repeat(&text, "a,1,,town\n", 2000);
    struct run run = run_of(str_text(&text));
    run.source.chunk = 50;
    run.chunks_wanted = 3;
    for (run.threads = 1; run.threads <= 4; run.threads++) {
        run_text(&run);
        assert_true(run.stopped);
        assert_int_equal(run.chunks, 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_by_hand, set_up),
        cmocka_unit_test_setup(test_where_chunks_end, set_up),
        cmocka_unit_test_setup(test_lines_of_json, set_up),
        cmocka_unit_test_setup(test_too_long, set_up),
        cmocka_unit_test_setup(test_longest, set_up),
        cmocka_unit_test_setup(test_open_quote_behind_lines, set_up),
        cmocka_unit_test_setup(test_byte_by_byte, set_up),
        cmocka_unit_test_setup(test_stop, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
