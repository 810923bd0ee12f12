/* rubric flatten: an amended standard as one text. */
#include <string.h>
#include "amend/flatten.h"
#include "base/io.h"
#include "cli/commands.h"
#include "cli/standards.h"
#include "syntax/file.h"

static void write_text(struct cli *cli, const char *text, const char *path)
{
    if (path == NULL) {
        struct str out = {0};
        str_add(&out, text);
        cli_write(&out);
        return;
    }
    enum io_result result = io_write(path, text, strlen(text));
    if (result == IO_OK) {
        return;
    }
    enum diag_code code = result == IO_DENIED       ? DIAG_FILE_DENIED
                          : result == IO_NOT_A_FILE ? DIAG_NOT_A_FILE
                                                    : DIAG_NOT_WRITTEN;
    struct diags diags = {0};
    diag_add(&diags, code, SPAN_NONE, path, NULL);
    cli_show(cli, &diags);
    cli_worsen(cli, EXIT_IO);
}

/* What a standard with faults comes to is not written. */
static bool is_sound(struct cli *cli, const struct source *source)
{
    struct diags diags = {0};
    bool sound = compile_text(source, &(struct compile_options){0}, &diags) != NULL;
    struct diags shown = cli_without_notes(&diags);
    cli_report(cli, &shown);
    return sound;
}

void flatten_run(struct cli *cli, const struct arguments *arguments)
{
    struct diags diags = {0};
    const char *path = arguments->names.items[0], *output = options_value(arguments, OPTION_FLAT_OUTPUT);
    if (arguments->names.count > 1) {
        diag_add(&diags, DIAG_FLATTEN_ONE, SPAN_NONE, arguments->names.items[1], NULL);
        cli_report(cli, &diags);
        return;
    }
    const struct source *source = file_read(path, SPAN_NONE, &diags);
    const char *text = NULL;
    if (source != NULL && is_sound(cli, source)) {
        text = flatten(source, output != NULL ? output : path, cli->lang, &diags);
    }
    cli_report(cli, &diags);
    if (text != NULL) {
        write_text(cli, text, output);
    }
}
