/* Linked so that the file of units is a piece of memory, that what would be written to files and shown is kept and compared, and that the standard is not read anew. */
#define _GNU_SOURCE /* memfd_create */
#include "tests/fuzz/batch.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/io.h"
#include "base/mem.h"
#include "batch/stream.h"
#include "cli/batch/batch.h"
#include "cli/call.h"
#include "cli/commands.h"
#include "report/batch_summary.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/standards.h"

enum { TABLE_OF_COLUMNS = 1, TWO_THREADS = 2, STRICT = 4, AS_JSON = 8, NOT_CARRIED = 16, SMALL_CHUNKS = 32, SHORT_READS = 64, CHINESE = 128 };
enum { CHOOSERS = 2, STEP_MAX = 64, TOLD_LENGTH_MAX = 1 << 22 };

/* What came of one run. */
struct said {
    struct str out, errors, told, sums;
    bool out_kept, errors_kept;
    enum cli_exit exit;
};

/* The run at hand. */
static struct {
    enum fuzz_standard chosen;
    const struct standard *standard;
    struct said *said;
    int file;
    struct inflow *open;
    bool by_columns, short_reads;
    size_t chunk; /* 0: as it is */
    size_t step;
} run;

/* ---------------------------------------------------------------- what is read */

enum io_result __real_inflow_open(const char *path, enum encoding encoding, struct inflow **inflow);
enum io_result __wrap_inflow_open(const char *path, enum encoding encoding, struct inflow **inflow);
void __real_inflow_close(struct inflow *inflow);
void __wrap_inflow_close(struct inflow *inflow);
uint64_t __wrap_inflow_size(const struct inflow *inflow);
ssize_t __real_read(int file, void *room, size_t size);
ssize_t __wrap_read(int file, void *room, size_t size);
bool __wrap_call_load_standard(struct scoring *scoring);

enum io_result __wrap_inflow_open(const char *path, enum encoding encoding, struct inflow **inflow)
{
    (void)path;
    lseek(run.file, 0, SEEK_SET);
    enum io_result result = __real_inflow_open(str_print("/proc/self/fd/%d", run.file), encoding, inflow);
    run.open = *inflow;
    return result;
}

void __wrap_inflow_close(struct inflow *inflow)
{
    run.open = NULL;
    __real_inflow_close(inflow);
}

/* A batch that ends before it begins leaves that to the end of the program. */
static void close_what_is_open(void)
{
    if (run.open) {
        __wrap_inflow_close(run.open);
    }
}

/* Nobody knows it: else a small file gets one thread. */
uint64_t __wrap_inflow_size(const struct inflow *inflow)
{
    (void)inflow;
    return 0;
}

ssize_t __wrap_read(int file, void *room, size_t size)
{
    return __real_read(file, room, run.short_reads && size > run.step ? run.step : size);
}

bool __wrap_call_load_standard(struct scoring *scoring)
{
    scoring->standard = run.standard;
    return true;
}

/* ---------------------------------------------------------------- how it is worked out */

bool __real_stream_run(const struct stream_source *source, const struct stream_work *work);
bool __wrap_stream_run(const struct stream_source *source, const struct stream_work *work);
bool __real_columnar_run(struct batch *batch, size_t threads);
bool __wrap_columnar_run(struct batch *batch, size_t threads);

bool __wrap_stream_run(const struct stream_source *source, const struct stream_work *work)
{
    struct stream_source cut = *source;
    cut.chunk = run.chunk ? run.chunk : source->chunk;
    return __real_stream_run(&cut, work);
}

bool __wrap_columnar_run(struct batch *batch, size_t threads)
{
    return run.by_columns && __real_columnar_run(batch, threads);
}

/* ---------------------------------------------------------------- what is written and shown */

enum io_result __wrap_io_draft_open(struct io_draft *draft, const char *path);
bool __wrap_io_draft_add(struct io_draft *draft, const char *bytes, size_t length);
enum io_result __wrap_io_draft_keep(struct io_draft *draft);
void __wrap_io_draft_drop(struct io_draft *draft);
void __wrap_cli_show(const struct cli *cli, struct diags *diags);
void __real_batch_summary_line(struct str *out, const struct batch_summary *summary, enum lang lang);
void __wrap_batch_summary_line(struct str *out, const struct batch_summary *summary, enum lang lang);

static bool is_errors(const struct io_draft *draft)
{
    return strncmp(draft->target, "errors", 6) == 0;
}

enum io_result __wrap_io_draft_open(struct io_draft *draft, const char *path)
{
    *draft = (struct io_draft){.target = path, .path = "nowhere/draft", .file = -1};
    return IO_OK;
}

bool __wrap_io_draft_add(struct io_draft *draft, const char *bytes, size_t length)
{
    str_add_bytes(is_errors(draft) ? &run.said->errors : &run.said->out, bytes, length);
    return true;
}

enum io_result __wrap_io_draft_keep(struct io_draft *draft)
{
    *(is_errors(draft) ? &run.said->errors_kept : &run.said->out_kept) = true;
    return IO_OK;
}

void __wrap_io_draft_drop(struct io_draft *draft)
{
    struct str *text = is_errors(draft) ? &run.said->errors : &run.said->out;
    text->length = 0;
}

/* When it shows that a text is GB18030 hangs on how much is read at once. */
void __wrap_cli_show(const struct cli *cli, struct diags *diags)
{
    struct str text = {0};
    diag_sort(diags);
    for (size_t i = 0; i < diags->list.count; i++) {
        text.length = 0;
        diag_render(&text, diags->list.items[i], cli->lang, cli->lang == LANG_EN);
        if (diags->list.items[i]->code != DIAG_ENCODING_TOLD && run.said->told.length < TOLD_LENGTH_MAX) {
            str_add_bytes(&run.said->told, str_text(&text), text.length);
        }
        fuzz_look_at(&text);
    }
}

/* How many rows were worked out in which way is no part of what must be the same. */
void __wrap_batch_summary_line(struct str *out, const struct batch_summary *summary, enum lang lang)
{
    struct batch_summary same = *summary;
    struct str shown = {0};
    __real_batch_summary_line(&shown, summary, lang);
    fuzz_look_at(&shown);
    same.row_by_row = 0;
    same.why = NULL;
    __real_batch_summary_line(&run.said->sums, &same, lang);
    (void)out;
}

/* ---------------------------------------------------------------- the call */

static const char *const asked[STANDARDS] = {
    [STANDARD_YARD] = "label,total,grade,work.shown",
    [STANDARD_TABLE] = "label,total,subtotal,grade,eligible,qualifies,parts,spent,moved,age,shares",
};

static struct arguments read_words(const char *name, unsigned choice)
{
    enum { WORDS = 24 };
    bool lines = strcmp(name, "units.jsonl") == 0, two = run.by_columns && choice & TWO_THREADS;
    const char *words[WORDS] = {name, "--rules", "a.rubric", "-o", "out.csv", "--errors", "errors.csv", "--columns", asked[run.chosen], "--threads", two ? "2" : "1"};
    size_t count = 11;
    struct arguments arguments;
    struct diags diags = {0};
    if (choice & STRICT) {
        words[count++] = "--strict";
    }
    if (choice & AS_JSON) {
        words[count++] = "--json";
    }
    if (!(choice & NOT_CARRIED)) {
        words[count++] = "--carry";
        words[count++] = lines ? "note,x" : "*";
    }
    for (size_t i = 0; i < count; i++) {
        words[i] = mem_text(words[i], strlen(words[i]));
    }
    if (!options_read(command_find("batch"), (int)count, (char **)words, &arguments, &diags)) {
        abort();
    }
    return arguments;
}

static void run_batch(const char *name, unsigned choice, struct said *said)
{
    struct arguments arguments = read_words(name, choice);
    struct cli cli = {.lang = choice & CHINESE ? LANG_ZH : LANG_EN, .lang_given = true};
    *said = (struct said){0};
    run.said = said;
    arguments.command->run(&cli, &arguments);
    close_what_is_open();
    said->exit = cli.exit;
}

/* ---------------------------------------------------------------- both */

static void differs(const char *what, const struct str *columns, const struct str *rows)
{
    fprintf(stderr, "%s: by columns\n%.*s\nrow by row\n%.*s\n", what, (int)columns->length, str_text((struct str *)columns), (int)rows->length,
            str_text((struct str *)rows));
    abort();
}

static bool is_same(const struct str *a, const struct str *b)
{
    return a->length == b->length && (a->length == 0 || memcmp(a->data, b->data, a->length) == 0);
}

static void compare(const struct said *columns, const struct said *rows)
{
    if (columns->exit != rows->exit || columns->out_kept != rows->out_kept || columns->errors_kept != rows->errors_kept) {
        fprintf(stderr, "exit %d, %d\n", columns->exit, rows->exit);
        differs("what was kept", &columns->told, &rows->told);
    }
    if (!is_same(&columns->out, &rows->out)) {
        differs("output", &columns->out, &rows->out);
    }
    if (!is_same(&columns->errors, &rows->errors)) {
        differs("errors", &columns->errors, &rows->errors);
    }
    if (!is_same(&columns->told, &rows->told)) {
        differs("messages", &columns->told, &rows->told);
    }
    if (!is_same(&columns->sums, &rows->sums)) {
        differs("sums", &columns->sums, &rows->sums);
    }
}

/* Whether the refused rows begin with a mark hangs on that, too. */
static void drop_mark(struct str *text)
{
    if (text->length >= 3 && memcmp(text->data, "\xEF\xBB\xBF", 3) == 0) {
        text->length -= 3;
        memmove(text->data, text->data + 3, text->length);
    }
}

/* CSV ends its lines with two characters, and carries tabs. */
static void look_at_rows(struct str *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->length; i++) {
        bool ends_line = out->data[i] == '\r' && i + 1 < out->length && out->data[i + 1] == '\n';
        if (!ends_line && out->data[i] != '\t') {
            out->data[kept++] = out->data[i];
        }
    }
    out->length = kept;
    fuzz_look_at(out);
}

static int file_of(const uint8_t *bytes, size_t size)
{
    int file = memfd_create("units", 0);
    if (file < 0 || write(file, bytes, size) != (ssize_t)size) {
        abort();
    }
    return file;
}

void fuzz_batch(const char *name, const uint8_t *bytes, size_t size)
{
    struct said columns, rows;
    if (size < CHOOSERS) {
        return;
    }
    unsigned choice = bytes[0];
    run.chosen = choice & TABLE_OF_COLUMNS ? STANDARD_TABLE : STANDARD_YARD;
    run.standard = standards_choose(run.chosen);
    run.file = file_of(bytes + CHOOSERS, size - CHOOSERS);
    run.step = 1 + bytes[1] % STEP_MAX;
    run.chunk = choice & SMALL_CHUNKS ? run.step : 0;
    run.short_reads = choice & SHORT_READS;
    run.by_columns = true;
    run_batch(name, choice, &columns);
    run.short_reads = run.by_columns = false;
    run_batch(name, choice, &rows);
    close(run.file);
    drop_mark(&columns.errors);
    drop_mark(&rows.errors);
    compare(&columns, &rows);
    look_at_rows(&columns.out);
}
