#include "cli/batch/output.h"
#include <string.h>
#include "base/mem.h"
#include "cli/signals.h"

enum { ROOM = 1 << 16 };

static bool failed(struct cli *cli, const struct batch_output *output, enum io_result result)
{
    struct diags diags = {0};
    enum diag_code code = result == IO_DENIED       ? DIAG_FILE_DENIED
                          : result == IO_NOT_A_FILE ? DIAG_NOT_A_FILE
                                                    : DIAG_NOT_WRITTEN;
    diag_add(&diags, code, SPAN_NONE, output->path, NULL);
    cli_show(cli, &diags);
    cli_worsen(cli, EXIT_IO);
    return false;
}

bool output_open(struct cli *cli, struct batch_output *output, const char *path)
{
    *output = (struct batch_output){.path = path, .bytes = mem_alloc_plain(ROOM), .open = true};
    enum io_result result = path != NULL ? io_draft_open(&output->draft, path) : IO_OK;
    if (result != IO_OK) {
        output->open = false;
        return failed(cli, output, result);
    }
    if (path != NULL) {
        signals_add_draft(output->draft.path);
    }
    return true;
}

static void put(struct batch_output *output, const char *bytes, size_t length)
{
    if (length == 0 || output->lost) {
        return;
    }
    output->lost = output->path != NULL ? !io_draft_add(&output->draft, bytes, length)
                                        : fwrite(bytes, 1, length, stdout) < length;
}

static void flush(struct batch_output *output)
{
    put(output, output->bytes, output->length);
    output->length = 0;
}

void output_add(struct batch_output *output, const char *bytes, size_t length)
{
    if (length > ROOM - output->length) {
        flush(output);
    }
    if (length > ROOM) {
        put(output, bytes, length);
        return;
    }
    if (length > 0) {
        memcpy(output->bytes + output->length, bytes, length);
    }
    output->length += length;
}

bool output_keep(struct cli *cli, struct batch_output *output)
{
    flush(output);
    if (output->path == NULL) {
        output->lost |= fflush(stdout) != 0;
        return !output->lost; /* what is lost of standard output is told in the end */
    }
    if (output->lost) {
        output_drop(output);
        return failed(cli, output, IO_FAILED);
    }
    output->open = false;
    enum io_result result = io_draft_keep(&output->draft);
    return result == IO_OK || failed(cli, output, result);
}

void output_drop(struct batch_output *output)
{
    if (output->open && output->path != NULL) {
        io_draft_drop(&output->draft);
    }
    output->open = false;
}
