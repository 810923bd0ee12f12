#include "cli/guard.h"

static bool is_one_file(struct io_stamp a, struct io_stamp b)
{
    return a.there && b.there && a.inode == b.inode && a.device == b.device;
}

bool guard_output(struct cli *cli, const char *output, const struct io_names *read)
{
    struct diags diags = {0};
    for (size_t i = 0; output != NULL && diags.errors == 0 && i < read->list.count; i++) {
        if (is_one_file(io_stamp(output), io_stamp(read->list.items[i]))) {
            diag_add(&diags, DIAG_OUTPUT_IS_READ, SPAN_NONE, output, NULL);
        }
    }
    cli_report(cli, &diags);
    return diags.errors == 0;
}
