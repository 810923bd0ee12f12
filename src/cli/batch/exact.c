#include <string.h>
#include "base/mem.h"
#include "cli/batch/batch.h"
#include "cli/batch/result.h"
#include "facts/cell.h"
#include "report/complaints.h"

enum { TOLD_MAX = 100 /* rows of which something is said */ };

/* What decides is not told, and what is not written need not be exact. */
void exact_start(struct batch *batch)
{
    size_t count = batch->columns.asked.count;
    batch->call.without_deciding = true;
    batch->call.only = batch->columns.asked.items;
    batch->call.only_count = count;
    batch->scorer = scorer_new(batch->standard, &batch->call, batch->columns.asked.items, count);
    batch->values = MEM_ARRAY(struct value, count);
    batch->exact = MEM_ARRAY(bool, count);
}

/* ---- rows that are refused */

static bool is_wide(const struct batch *batch)
{
    return batch->input.texts.bom || batch->state.encoding == ENCODING_GB18030;
}

/* The head of the file; what a spreadsheet would take for another encoding gets a mark. */
static void begin_errors(struct batch *batch)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (batch->errors.open && !batch->errors_begun) {
        output_add(&batch->errors, mark, is_wide(batch) ? sizeof mark - 1 : 0);
        output_add(&batch->errors, batch->input.head, strlen(batch->input.head));
    }
    batch->errors_begun = true;
}

static void keep_refused(struct batch *batch, const struct text_row *text)
{
    begin_errors(batch);
    output_add(&batch->errors, text->text, text->length);
    if (text->length > 0 && text->text[text->length - 1] != '\n') {
        output_add(&batch->errors, "\n", 1);
    }
}

static void tell(struct batch *batch, const struct diags *diags)
{
    struct diags shown = cli_without_notes(diags);
    if (shown.list.count == 0 || batch->told >= TOLD_MAX) {
        return;
    }
    batch->told++;
    progress_clear(&batch->progress);
    cli_show(batch->cli, &shown);
}

static void refuse(struct batch *batch, const struct text_row *text, struct diags *diags)
{
    bool untold = batch->told >= TOLD_MAX;
    tell(batch, diags);
    batch->refused++;
    batch->untold += untold;
    if (batch->errors.open) {
        keep_refused(batch, text);
    }
    cli_worsen(batch->cli, EXIT_NOT_MET);
    batch->stopped |= batch->strict;
}

/* ---- rows that are scored */

static void write_texts(struct batch *batch, const struct batch_row *row)
{
    const struct row_form *form = &batch->form;
    size_t at = 0;
    if (batch->columns.label) {
        row_text(&batch->text, form, at++, row->made.label, strlen(row->made.label));
    }
    for (size_t i = 0; i < batch->input.names.count; i++) {
        const struct csv_cell *cell = row->carried[i];
        row_text(&batch->text, form, at++, cell != NULL ? cell->text : "", cell != NULL ? cell->length : 0);
    }
}

static struct row_value value_of(const struct batch *batch, const struct out_column *column)
{
    size_t asked = column->asked;
    return asked == ASKED_NOTHING
               ? (struct row_value){.can = CAN_BE_YES}
               : result_of(&batch->columns.asked.items[asked]->type, &batch->values[asked]);
}

static void write_row(struct batch *batch, const struct batch_row *row)
{
    bool exact = true;
    batch->text.length = 0;
    row_begin(&batch->text, &batch->form, row->made.id, strlen(row->made.id));
    write_texts(batch, row);
    for (size_t i = 0; i < batch->form.count; i++) {
        const struct out_column *column = &batch->form.columns[i];
        struct row_value value = value_of(batch, column);
        row_value(&batch->text, &batch->form, column, &value);
        exact &= column->asked == ASKED_NOTHING || batch->exact[column->asked];
    }
    row_finish(&batch->text, &batch->form, exact);
    output_add(&batch->out, batch->text.bytes, batch->text.length);
}

static bool score(struct batch *batch, const struct unit *unit, struct diags *diags)
{
    if (scorer_unit(batch->scorer, unit, batch->values, batch->exact)) {
        return true;
    }
    complaints_add(scorer_evaluation(batch->scorer), diags);
    return false;
}

static void take_row(struct batch *batch, const struct text_row *text)
{
    struct diags diags = {0};
    struct batch_row row;
    input_read(&batch->input, text, &row, &diags);
    if (row.blank) {
        return;
    }
    if (row.made.unit == NULL || !score(batch, row.made.unit, &diags)) {
        refuse(batch, text, &diags);
        return;
    }
    tell(batch, &diags);
    write_row(batch, &row);
    totals_add(batch);
    batch->row_by_row++;
}

/* Nothing of a row is held: what it leaves behind is not to pile up. */
void exact_row(struct batch *batch, const struct text_row *text)
{
    take_row(batch, text);
    mem_tidy();
}

void exact_end(struct batch *batch)
{
    begin_errors(batch);
}
