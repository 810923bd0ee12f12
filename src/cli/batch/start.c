/* rubric batch: a file of units of any size, row by row; nothing is kept of a row. */
#include <string.h>
#include <unistd.h>
#include "base/mem.h"
#include "cli/batch/batch.h"
#include "cli/call.h"
#include "cli/commands.h"
#include "cli/signals.h"

/* ---- the call */

static bool is_json(const struct arguments *arguments)
{
    const char *path = options_output(arguments, OPTION_OUTPUT);
    bool by_name = path != NULL && (cli_ends_in(path, ".jsonl") || cli_ends_in(path, ".ndjson"));
    return options_has(arguments, OPTION_JSON) || by_name;
}

static void check_encoding(const struct arguments *arguments, struct diags *diags)
{
    const char *encoding = options_value(arguments, OPTION_ENCODING);
    if (encoding != NULL && strcmp(encoding, "utf-8") != 0 && strcmp(encoding, "gb18030") != 0) {
        diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--encoding", encoding, "@encoding_names", NULL);
    }
}

enum { THREADS_MAX = 64, THREADS_UNSAID = 8 };

static size_t processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > THREADS_UNSAID ? THREADS_UNSAID : (size_t)count;
}

static size_t read_threads(const struct arguments *arguments, struct diags *diags)
{
    const char *written = options_value(arguments, OPTION_THREADS);
    struct num number;
    int64_t threads = 0;
    if (written == NULL) {
        return processors();
    }
    bool right = num_parse(written, strlen(written), &number) && num_to_int(number, &threads) &&
                 threads > 0 && threads <= THREADS_MAX;
    if (!right) {
        diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--threads", written, "@threads_number", NULL);
    }
    return (size_t)threads;
}

/* Where a file is, or will be. */
static const char *place_of(const char *path)
{
    const char *there = io_real_path(path), *folder = there != NULL ? NULL : io_real_path(io_folder(path)),
               *slash = strrchr(path, '/');
    return there != NULL    ? there
           : folder != NULL ? str_print("%s/%s", folder, slash != NULL ? slash + 1 : path)
                            : path;
}

static void check_pair(const char *written, const char *path, const char *other, const char *other_path,
                       struct diags *diags)
{
    if (path != NULL && other_path != NULL && str_equal(place_of(path), place_of(other_path))) {
        diag_add(diags, DIAG_OPTIONS_CLASH, SPAN_NONE, str_print("%s %s", written, path), other, NULL);
    }
}

/* What is written would replace what is read. */
static void check_written(const struct arguments *arguments, const char *written, const char *path,
                          struct diags *diags)
{
    const char *units = arguments->names.items[0], *rules = options_value(arguments, OPTION_RULES);
    check_pair(written, path, units, units, diags);
    check_pair(written, path, str_print("--rules %s", rules != NULL ? rules : ""), rules, diags);
    for (size_t i = 0; i < arguments->options[OPTION_TABLE].list.count; i++) {
        const char *table = arguments->options[OPTION_TABLE].list.items[i], *equals = strchr(table, '=');
        check_pair(written, path, str_print("--table %s", table), equals != NULL ? equals + 1 : NULL, diags);
    }
}

static void check_files(const struct arguments *arguments, struct diags *diags)
{
    const char *out = options_output(arguments, OPTION_OUTPUT),
               *errors = options_value(arguments, OPTION_ERRORS);
    check_pair("--output", out, str_print("--errors %s", errors != NULL ? errors : ""), errors, diags);
    check_written(arguments, "--output", out, diags);
    check_written(arguments, "--errors", errors, diags);
}

static bool check_call(struct batch *batch)
{
    const struct arguments *arguments = batch->arguments;
    struct diags diags = {0};
    batch->threads = read_threads(arguments, &diags);
    check_encoding(arguments, &diags);
    options_want_file(arguments, OPTION_ERRORS, &diags);
    check_files(arguments, &diags);
    for (size_t i = 1; i < arguments->names.count; i++) {
        diag_add(&diags, DIAG_BATCH_ONE_FILE, SPAN_NONE, arguments->names.items[i], NULL);
    }
    if (options_has(arguments, OPTION_STRICT) && options_has(arguments, OPTION_KEEP_GOING)) {
        diag_add(&diags, DIAG_OPTIONS_CLASH, SPAN_NONE, "--strict", "--keep-going", NULL);
    }
    cli_report(batch->cli, &diags);
    return diags.errors == 0;
}

/* ---- what is scored by */

static bool load(struct batch *batch)
{
    struct scoring_call call = call_new(batch->cli, batch->arguments);
    struct diags diags = {0};
    call_read_values(&call, &diags);
    cli_report(batch->cli, &diags);
    struct scoring scoring = {.of = &call, .path = batch->arguments->names.items[0]};
    bool loaded = diags.errors == 0 && call_load_standard(&scoring);
    if (loaded && scoring.standard->cohort.inputs.count > 0) {
        diag_add(&scoring.diags, DIAG_BATCH_READS_OTHERS, SPAN_NONE, scoring.loaded->path, NULL);
    }
    call_report(&scoring);
    if (diags.errors == 0 && !loaded) {
        cli_worsen(batch->cli, EXIT_INPUT);
    }
    batch->standard = scoring.standard;
    batch->call = call.call;
    return loaded && scoring.diags.errors == 0;
}

/* ---- what is written */

/* In which column of the file the texts of the form stand. */
static const size_t *text_cells(const struct batch *batch)
{
    const struct batch_heads *csv = batch->input.csv;
    size_t *cells = mem_alloc_plain((batch->input.names.count + 2) * sizeof *cells), count = 0;
    if (csv == NULL) {
        return NULL;
    }
    const struct heads *heads = &csv->rows.heads;
    if (batch->columns.label) {
        cells[count++] = heads->label < heads->count ? heads->label : NO_CELL;
    }
    for (size_t i = 0; i < batch->input.names.count; i++) {
        cells[count++] = csv->carried[i];
    }
    return cells;
}

static void make_form(struct batch *batch)
{
    VEC(const char *) texts = {0};
    struct row_form *form = &batch->form;
    if (batch->columns.label) {
        vec_push(&texts, "label");
    }
    for (size_t i = 0; i < batch->input.names.count; i++) {
        vec_push(&texts, batch->input.names.items[i]);
    }
    *form = (struct row_form){.json = batch->json,
                              .lower_is_better = batch->standard->better_lower,
                              .texts = texts.items,
                              .text_count = texts.count,
                              .label = batch->columns.label,
                              .text_cells = text_cells(batch),
                              .columns = batch->columns.list.items,
                              .count = batch->columns.list.count};
    row_form_finish(form);
}

/* What else stands in each row, by name. */
static struct map names_written(const struct batch *batch)
{
    static char there[] = "";
    struct map names = {0};
    map_put(&names, "unit", there);
    map_put(&names, "exact", there);
    if (batch->columns.label) {
        map_put(&names, "label", there);
    }
    for (size_t i = 0; i < batch->columns.list.count; i++) {
        const struct out_column *column = &batch->columns.list.items[i];
        for (size_t k = 0; k <= row_has_two(column); k++) {
            map_put(&names, row_head_of(column, k), there);
        }
    }
    return names;
}

/* Of two columns of one name, readers of JSON take but one. */
static void check_names(const struct batch *batch, struct diags *diags)
{
    struct map written = names_written(batch);
    for (size_t i = 0; i < batch->input.names.count; i++) {
        const char *name = batch->input.names.items[i];
        if (map_find(&written, name) != NULL) {
            diag_note(
                diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--carry", name, "@carry_example", NULL),
                "@carry_taken");
        }
    }
}

static bool open_input(struct batch *batch)
{
    struct diags diags = {0};
    const struct arguments *arguments = batch->arguments;
    columns_choose(&batch->columns, batch->standard, options_value(arguments, OPTION_COLUMNS), &diags);
    if (diags.errors == 0 &&
        input_open(&batch->input, arguments->names.items[0], batch->standard, arguments, &diags)) {
        check_names(batch, &diags);
    }
    struct diags shown = cli_without_notes(&diags);
    cli_report(batch->cli, &shown);
    return diags.errors == 0;
}

static bool open_output(struct batch *batch)
{
    const char *errors = options_value(batch->arguments, OPTION_ERRORS);
    bool open = output_open(batch->cli, &batch->out, options_output(batch->arguments, OPTION_OUTPUT));
    if (open && errors != NULL) {
        open = output_open(batch->cli, &batch->errors, errors);
    }
    if (!open) {
        output_drop(&batch->out);
    }
    return open;
}

/* ---- the rows */

void batch_tell_encoding(struct batch *batch)
{
    bool given = options_has(batch->arguments, OPTION_ENCODING);
    if (given || batch->encoding_told || batch->state.encoding != ENCODING_GB18030) {
        return;
    }
    struct diags diags = {0};
    diag_add(&diags, DIAG_ENCODING_TOLD, SPAN_NONE, batch->input.texts.name, NULL);
    progress_clear(&batch->progress);
    cli_show(batch->cli, &diags);
    batch->encoding_told = true;
}

void batch_show_progress(struct batch *batch)
{
    const struct inflow *inflow = batch->input.texts.inflow;
    if (batch->progress.shown) {
        progress_show(&batch->progress, batch->read, batch->state.taken, inflow_size(inflow));
    }
}

static void run_one_by_one(struct batch *batch)
{
    struct text_row text;
    while (!batch->stopped && input_next(&batch->input, &text)) {
        batch->state = inflow_state(batch->input.texts.inflow);
        batch_tell_encoding(batch);
        exact_row(batch, &text);
        batch->read++;
        batch->stopped |= batch->out.lost;
        batch_show_progress(batch);
    }
}

static void run_rows(struct batch *batch)
{
    batch->state = inflow_state(batch->input.texts.inflow);
    batch_tell_encoding(batch);
    if (!columnar_run(batch, batch->threads)) {
        run_one_by_one(batch);
    }
    batch->state = inflow_state(batch->input.texts.inflow);
    progress_clear(&batch->progress);
}

static bool read_to_the_end(struct batch *batch)
{
    struct diags diags = {0};
    if (batch->strict && batch->refused > 0) {
        diag_add(&diags, DIAG_BATCH_STOPPED, SPAN_NONE, NULL);
    } else if (!batch->stopped) {
        input_end(&batch->input, &diags);
    }
    if (batch->untold > 0) {
        diag_add(&diags, DIAG_BATCH_UNTOLD, SPAN_NONE, str_print("%llu", (unsigned long long)batch->untold),
                 NULL);
    }
    cli_report(batch->cli, &diags);
    return diags.errors == 0;
}

static void finish(struct batch *batch)
{
    bool whole = read_to_the_end(batch);
    exact_end(batch);
    if (whole && output_keep(batch->cli, &batch->out) &&
        (!batch->errors.open || output_keep(batch->cli, &batch->errors))) {
        totals_tell(batch);
    }
    output_drop(&batch->out);
    output_drop(&batch->errors);
    signals_forget_drafts();
}

void batch_run(struct cli *cli, const struct arguments *arguments)
{
    struct batch *batch = MEM_NEW(struct batch);
    mem_stay_small();
    *batch = (struct batch){.cli = cli, .arguments = arguments, .progress = progress_new(cli->lang)};
    batch->strict = options_has(arguments, OPTION_STRICT);
    batch->json = is_json(arguments);
    if (!check_call(batch) || !load(batch) || !open_input(batch) || !open_output(batch)) {
        return;
    }
    totals_ask(batch);
    make_form(batch);
    exact_start(batch);
    totals_start(batch);
    row_head(&batch->text, &batch->form);
    output_add(&batch->out, batch->text.bytes, batch->text.length);
    run_rows(batch);
    finish(batch);
    inflow_close(batch->input.texts.inflow);
}
