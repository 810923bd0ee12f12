/* rubric flatten: an amended standard as one text. */
#include "amend/flatten.h"
#include "cli/commands.h"
#include "cli/standards.h"
#include "syntax/file.h"

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
    if (cli_ends_in(path, ".facts")) {
        diag_add(&diags, DIAG_STANDARD_WANTED, SPAN_NONE, path, NULL);
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
        cli_deliver(cli, text, output);
    }
}
