/* Rows by columns: what plain rows say is read, worked out and written by threads, a block at a time; all other rows are left to the exact
 * evaluator, which puts in what it says of each where it belongs. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "batch/out_block.h"
#include "cli/batch/batch.h"
#include "eval/demand.h"

/* What all threads read. */
struct columnar {
    struct batch *batch;
    const struct program *program;
    struct layout layout;
    struct counting counting;
};

/* What a thread has: plain memory, which the collector does not look at. */
struct crew_member {
    struct machine *machine;
    struct block_writer *writer;
};

/* ---- do columns do? */

/* A quotient is summed over wholes of many kinds: that is for the evaluator. */
static bool sums_fit(const struct batch *batch, const struct program *program)
{
    size_t count;
    const struct output *outputs = program_outputs(program, &count);
    bool fit = batch->total == ASKED_NOTHING || outputs[batch->total].scale > 0;
    for (size_t i = 0; i < batch->losing_asked.count; i++) {
        fit &= outputs[batch->losing_asked.items[i]].scale > 0;
    }
    return fit;
}

static const struct program *program_of(struct batch *batch)
{
    const struct run asks = {.standard = batch->standard, .call = &batch->call};
    struct outputs guarded = outputs_of(&asks, true);
    struct batch_question question = {.standard = batch->standard,
                                      .has_on = batch->call.has_on,
                                      .on = batch->call.on,
                                      .asked = batch->columns.asked.items,
                                      .asked_count = batch->columns.asked.count,
                                      .guarded = guarded.nodes,
                                      .guarded_count = guarded.count};
    struct misfit misfit = {0};
    const struct program *program = program_new(&question, &misfit);
    if (program != NULL && sums_fit(batch, program)) {
        return program;
    }
    batch->why = program != NULL ? "@batch_fraction" : misfit.why;
    return NULL;
}

/* Tables stand beside the rows; of JSON, texts are found by their keys. */
static bool rows_stand_alone(const struct batch *batch)
{
    bool finds_texts = batch->form.text_count == 0 || batch->input.csv != NULL;
    return finds_texts && batch->input.tables.list.count == 0;
}

/* ---- what the columns of the file are */

/* False: columns hold no such fact or score. */
static bool find_input(const struct program *program, bool score, size_t slot, size_t *input)
{
    size_t count;
    const struct input *inputs = program_inputs(program, &count);
    for (*input = 0; *input < count; ++*input) {
        if (inputs[*input].is_score == score && inputs[*input].slot == slot) {
            return true;
        }
    }
    return false;
}

static size_t slot_of_score(const struct standard *standard, const struct part *criterion)
{
    size_t slot = 0;
    while (slot < standard->judged.count && standard->judged.items[slot]->criterion != criterion) {
        slot++;
    }
    return slot;
}

static struct layout_column filling(const struct program *program, enum column_kind kind, bool score,
                                    size_t slot)
{
    struct layout_column column = {.kind = kind};
    if (!find_input(program, score, slot, &column.input)) {
        column.kind = COLUMN_EXACT;
    }
    return column;
}

static struct layout_column column_of(const struct batch *batch, const struct program *program,
                                      const struct head *head)
{
    switch (head->kind) {
    case HEAD_UNIT: return (struct layout_column){.kind = COLUMN_ID};
    case HEAD_LABEL:
    case HEAD_CARRIED: return (struct layout_column){.kind = COLUMN_SKIP};
    case HEAD_FACT: return filling(program, COLUMN_VALUE, false, head->fact->slot);
    case HEAD_PART: return filling(program, COLUMN_PART, false, head->fact->slot);
    case HEAD_WHOLE: return filling(program, COLUMN_WHOLE, false, head->fact->slot);
    case HEAD_SCORE:
        return filling(program, COLUMN_VALUE, true, slot_of_score(batch->standard, head->criterion));
    case HEAD_AS_OF:
    case HEAD_DECISION:
    case HEAD_EVIDENCE: break;
    }
    return (struct layout_column){.kind = COLUMN_EXACT};
}

static struct layout csv_layout(const struct batch *batch, const struct program *program)
{
    const struct heads *heads = &batch->input.csv->rows.heads;
    struct layout_column *columns = MEM_ARRAY(struct layout_column, heads->count);
    for (size_t i = 0; i < heads->count; i++) {
        columns[i] = column_of(batch, program, &heads->items[i]);
        columns[i].name = heads->items[i].text;
    }
    return (struct layout){.columns = columns, .count = heads->count};
}

/* Keys that stand for facts by their names; what else a line says, the evaluator reads. */
static struct layout json_layout(const struct program *program)
{
    size_t count;
    const struct input *inputs = program_inputs(program, &count);
    struct layout_column *columns = MEM_ARRAY(struct layout_column, 3 * count + 1);
    struct layout layout = {.columns = columns, .json = true};
    columns[layout.count++] = (struct layout_column){.kind = COLUMN_ID, .name = "unit"};
    for (size_t i = 0; i < count; i++) {
        if (inputs[i].is_score) {
            continue;
        }
        const char *name = inputs[i].field->name;
        columns[layout.count] = filling(program, COLUMN_VALUE, false, inputs[i].slot);
        columns[layout.count++].name = name;
        for (size_t k = 0; inputs[i].kind == INPUT_SHARE && k < 2; k++) {
            columns[layout.count] =
                filling(program, k == 0 ? COLUMN_PART : COLUMN_WHOLE, false, inputs[i].slot);
            columns[layout.count++].name = str_print("%s.%s", name, k == 0 ? "part" : "whole");
        }
    }
    return layout;
}

/* ---- the threads' side */

static void *member_new(void *context)
{
    const struct columnar *columnar = context;
    struct crew_member *member = calloc(1, sizeof *member);
    if (member == NULL) {
        mem_exhausted();
    }
    member->machine = machine_new(columnar->program);
    member->writer = block_writer_new(&columnar->batch->form, columnar->program, &columnar->counting);
    if (member->machine == NULL || member->writer == NULL) {
        mem_exhausted();
    }
    return member;
}

static void member_free(void *context, void *worker)
{
    const struct columnar *columnar = context;
    struct crew_member *member = worker;
    totals_merge(columnar->batch, block_writer_tally(member->writer), columnar->program);
    machine_free(member->machine);
    block_writer_free(member->writer);
    free(member);
}

static void work(void *worker, struct block *block, struct chunk *chunk)
{
    struct crew_member *member = worker;
    size_t *rows = chunk->totals;
    machine_run(member->machine, block);
    block_write(member->writer, member->machine, block, chunk);
    *rows += block->rows;
}

/* ---- the caller's side */

/* Its output up to `end`; what is there already ended at `at`. */
static void add_output(struct batch *batch, const struct chunk *chunk, size_t at, size_t end)
{
    if (end > at) {
        output_add(&batch->out, chunk->out + at, end - at);
    }
}

static bool take(void *context, const struct chunk *chunk)
{
    struct batch *batch = ((struct columnar *)context)->batch;
    const size_t *rows = chunk->totals;
    size_t at = 0;
    batch->state = chunk->state;
    batch_tell_encoding(batch);
    for (size_t i = 0; i < chunk->row_count && !batch->stopped; i++) {
        const struct exact_row *row = &chunk->rows[i];
        struct text_row text = {.text = chunk->text + row->text.at,
                                .length = row->text.length,
                                .lines_before = row->text.line,
                                .too_long = row->too_long};
        text_row_complete(&text, batch->input.csv != NULL, chunk->text + chunk->text_length);
        add_output(batch, chunk, at, row->at);
        at = row->at;
        exact_row(batch, &text);
    }
    if (!batch->stopped) {
        add_output(batch, chunk, at, chunk->length);
    }
    batch->read += *rows;
    batch->stopped |= batch->out.lost;
    batch_show_progress(batch);
    return !batch->stopped;
}

static size_t read_on(void *from, char *room, size_t size)
{
    return text_rows_read(from, room, size);
}

/* What a chunk comes to as output is held until its turn: the wider the rows, the less is read at once. */
static size_t chunk_size(const struct batch *batch)
{
    enum { MOST = 256 << 10, LEAST = 1 << 10, NARROW = 8 /* columns */ };
    size_t columns = batch->form.count, size = columns > NARROW ? (size_t)MOST * NARROW / columns : MOST;
    return size < LEAST ? LEAST : size;
}

/* A small file does not need many; of a pipe nobody knows. */
static size_t wanted_threads(const struct batch *batch, size_t threads)
{
    enum { ENOUGH_FOR_ONE = 1 << 20 };
    uint64_t size = inflow_size(batch->input.texts.inflow), most = 1 + size / ENOUGH_FOR_ONE;
    return size > 0 && most < threads ? (size_t)most : threads;
}

static struct inflow_state state_of(void *from)
{
    const struct text_rows *rows = from;
    return inflow_state(rows->inflow);
}

bool columnar_run(struct batch *batch, size_t threads)
{
    struct columnar *columnar = MEM_NEW(struct columnar);
    batch->why = rows_stand_alone(batch) ? NULL : "@batch_beside";
    const struct program *program = batch->why == NULL ? program_of(batch) : NULL;
    if (program == NULL) {
        return false;
    }
    *columnar = (struct columnar){.batch = batch, .program = program};
    columnar->layout = batch->input.csv != NULL ? csv_layout(batch, program) : json_layout(program);
    columnar->counting = totals_counting(batch, program);
    struct stream_source source = {.read = read_on,
                                   .state = state_of,
                                   .from = &batch->input.texts,
                                   .json = batch->input.csv == NULL,
                                   .lines = batch->input.texts.line,
                                   .chunk = chunk_size(batch)};
    struct stream_work work_of = {.layout = &columnar->layout,
                                  .threads = wanted_threads(batch, threads),
                                  .totals = sizeof(size_t),
                                  .context = columnar,
                                  .worker_new = member_new,
                                  .worker_free = member_free,
                                  .work = work,
                                  .take = take};
    work_of.inputs = program_inputs(program, &work_of.input_count);
    stream_run(&source, &work_of);
    return true;
}
