/* rubric flatten: an amended standard as one text. */
#include "amend/flatten.h"
#include <string.h>
#include "amend/whole.h"
#include "cli/commands.h"
#include "cli/guard.h"
#include "cli/standards.h"
#include "fmt/fmt.h"
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

/* The text that is amended first of all; the source itself where it amends none. */
static const struct source *first_edition(const struct source *source)
{
    struct diags unheard = {0};
    const struct whole *whole = whole_read(source, NULL, NULL, &unheard);
    return whole->base != NULL ? first_edition(whole->base) : source;
}

/* What is put into a text that is laid out as `fmt` does it is laid out, too; a text in a layout of its own keeps that. */
static const char *in_its_layout(const struct source *source, const char *text)
{
    const struct source *first = first_edition(source);
    bool laid_out = first != source && strcmp(fmt_laid_out(first->name, first->text), first->text) == 0;
    return laid_out ? fmt_laid_out(source->name, text) : text;
}

/* The editions that it is made of would be lost. */
static bool may_write(struct cli *cli, const struct source *source, const char *output)
{
    struct diags unheard = {0};
    struct io_names read = {0};
    const struct whole *whole = whole_read(source, NULL, NULL, &unheard);
    for (size_t i = 0; i < whole->sources.count; i++) {
        vec_push(&read.list, whole->sources.items[i]->name);
    }
    return guard_output(cli, output, &read);
}

void flatten_run(struct cli *cli, const struct arguments *arguments)
{
    struct diags diags = {0};
    const char *path = arguments->names.items[0], *output = options_output(arguments, OPTION_FLAT_OUTPUT);
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
    if (text != NULL && may_write(cli, source, output)) {
        cli_deliver(cli, in_its_layout(source, text), output);
    }
}
