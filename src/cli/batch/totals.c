#include "base/mem.h"
#include "cli/batch/batch.h"
#include "cli/batch/result.h"
#include "report/batch_summary.h"

/* ---- what is counted */

static void ask_losses(struct batch *batch)
{
    const struct map *parts = &batch->standard->parts_by_path;
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = parts->entries[i].value;
        if (part->kind == PART_CRITERION && part->has_cap && part->score != NULL) {
            vec_push(&batch->losing, part);
            vec_push(&batch->losing_asked, columns_ask(&batch->columns, part->score));
        }
    }
}

void totals_ask(struct batch *batch)
{
    const struct standard *standard = batch->standard;
    batch->total = columns_ask(&batch->columns, standard->total_node);
    batch->grade = columns_ask(&batch->columns, standard->grade);
    batch->eligible = columns_ask(&batch->columns, standard->eligible);
    if (options_has(batch->arguments, OPTION_STATS)) {
        ask_losses(batch);
    }
}

static bool has_bins(const struct batch *batch)
{
    return batch->standard->scored && num_sign(batch->standard->total) > 0;
}

static size_t places_of(const struct batch *batch, size_t asked)
{
    return asked == batch->total      ? has_bins(batch) ? TALLY_PLACES : 0
           : asked == batch->grade    ? batch->standard->grades->count
           : asked == batch->eligible ? 2
                                      : 0;
}

static const size_t *all_places(const struct batch *batch)
{
    size_t count = batch->columns.asked.count, *places = mem_alloc_plain((count + 1) * sizeof *places);
    for (size_t i = 0; i < count; i++) {
        places[i] = places_of(batch, i);
    }
    return places;
}

void totals_start(struct batch *batch)
{
    size_t count = batch->columns.asked.count;
    batch->tally = tally_new(all_places(batch), count);
    if (batch->tally == NULL) {
        mem_exhausted();
    }
    batch->sums = MEM_ARRAY(struct batch_sum, count + 1);
    for (size_t i = 0; i < count; i++) {
        batch->sums[i] = (struct batch_sum){num_int(0), num_int(0)};
    }
}

/* ---- a row */

static int64_t bin_of(const struct batch *batch, struct num total)
{
    int64_t bin;
    struct num most = batch->standard->total;
    if (num_compare(total, num_int(0)) < 0 || num_compare(total, most) > 0) {
        return num_sign(total) < 0 ? TALLY_BELOW : TALLY_ABOVE;
    }
    struct num at = num_floor(num_div(num_mul(total, num_int(TALLY_BINS)), most));
    return num_to_int(at, &bin) && bin < TALLY_BINS ? bin : TALLY_BINS - 1;
}

static int64_t place_of(const struct batch *batch, size_t asked, const struct value *value)
{
    int64_t place = -1;
    if (!value_is_known(value) || value->na) {
        return -1;
    }
    if (asked == batch->eligible) {
        return value_is_yes(value);
    }
    if (asked == batch->total && has_bins(batch)) {
        return bin_of(batch, value_point(value));
    }
    return asked == batch->grade && num_to_int(value_point(value), &place) ? place : -1;
}

static void add_ends(struct batch_sum *sum, const struct value *value)
{
    if (value_has_range(value) && !value->range.low.infinite && !value->range.high.infinite) {
        sum->low = num_add(sum->low, value->range.low.at);
        sum->high = num_add(sum->high, value->range.high.at);
    }
}

void totals_add(struct batch *batch)
{
    batch->tally->units++;
    for (size_t i = 0; i < batch->columns.asked.count; i++) {
        const struct value *value = &batch->values[i];
        struct row_value result = result_of(&batch->columns.asked.items[i]->type, value);
        tally_count(&batch->tally->columns[i], &result, place_of(batch, i, value), 1);
        add_ends(&batch->sums[i], value);
    }
}

/* ---- what threads have counted */

struct counting totals_counting(const struct batch *batch, const struct program *program)
{
    size_t count;
    const struct output *outputs = program_outputs(program, &count);
    struct counting counting = {.places = all_places(batch), .count = count, .total = ASKED_NOTHING};
    if (batch->total != ASKED_NOTHING && has_bins(batch)) {
        struct num most = num_mul(batch->standard->total, num_int(outputs[batch->total].scale));
        counting.total = num_to_int(num_ceil(most), &counting.most) ? batch->total : ASKED_NOTHING;
    }
    return counting;
}

/* 128 bits, over a scale. */
static struct num sum_of(__int128 sum, int64_t scale)
{
    const __int128 part = (__int128)1 << 62;
    __int128 high = sum / part, low = sum % part;
    struct num whole =
        num_add(num_mul(num_int((int64_t)high), num_int((int64_t)part)), num_int((int64_t)low));
    return num_div(whole, num_int(scale));
}

void totals_merge(struct batch *batch, const struct tally *tally, const struct program *program)
{
    size_t count;
    const struct output *outputs = program_outputs(program, &count);
    tally_merge(batch->tally, tally);
    for (size_t i = 0; i < count; i++) {
        const struct tally_column *column = &tally->columns[i];
        if (outputs[i].kind == OUTPUT_NUMBER && outputs[i].scale > 0) {
            batch->sums[i].low = num_add(batch->sums[i].low, sum_of(column->low, outputs[i].scale));
            batch->sums[i].high = num_add(batch->sums[i].high, sum_of(column->high, outputs[i].scale));
        }
    }
}

/* ---- in the end */

static struct batch_figure figure_of(const struct batch *batch, size_t asked)
{
    if (asked == ASKED_NOTHING) {
        return (struct batch_figure){0};
    }
    const struct tally_column *column = &batch->tally->columns[asked];
    return (struct batch_figure){.units = column->known + column->open,
                                 .open = column->open,
                                 .endless = column->endless > 0,
                                 .low = batch->sums[asked].low,
                                 .high = batch->sums[asked].high};
}

static struct batch_summary summary_of(const struct batch *batch)
{
    const struct tally_column *columns = batch->tally->columns;
    struct batch_summary summary = {
        .standard = batch->standard, .units = batch->tally->units, .refused = batch->refused};
    summary.row_by_row = batch->row_by_row;
    summary.why = batch->why;
    summary.total = figure_of(batch, batch->total);
    if (batch->total != ASKED_NOTHING && has_bins(batch)) {
        summary.bins = columns[batch->total].places;
        summary.bin_count = TALLY_BINS;
    }
    if (batch->grade != ASKED_NOTHING) {
        summary.grades = columns[batch->grade].places;
        summary.grades_open = columns[batch->grade].open;
    }
    summary.has_eligible = batch->eligible != ASKED_NOTHING;
    if (summary.has_eligible) {
        summary.eligible = columns[batch->eligible].places[true];
        summary.eligible_open = columns[batch->eligible].open;
    }
    for (size_t i = 0; i < batch->losing.count; i++) {
        struct batch_loss loss = {batch->losing.items[i], figure_of(batch, batch->losing_asked.items[i])};
        vec_push(&summary.losses, loss);
    }
    return summary;
}

/* Beside rows on standard output it goes to standard error. */
void totals_tell(struct batch *batch)
{
    struct batch_summary summary = summary_of(batch);
    FILE *stream = batch->out.path != NULL ? stdout : stderr;
    struct str out = {0};
    struct page page = cli_page(&out);
    page.colour &= stream == stdout;
    if (options_has(batch->arguments, OPTION_STATS)) {
        batch_summary_stats(&page, &summary, batch->cli->lang);
    }
    batch_summary_line(&out, &summary, batch->cli->lang);
    fputs(str_text(&out), stream);
}
