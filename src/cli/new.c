/* rubric new: a standard to begin with, and facts files to be filled in. */
#include <string.h>
#include "base/io.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/guard.h"
#include "cli/operands.h"
#include "cli/starter.h"
#include "fmt/fmt.h"
#include "report/blank.h"
#include "sema/compile.h"
#include "syntax/file.h"
#include "syntax/tape.h"

struct making {
    struct cli *cli;
    const struct arguments *arguments;
    const char *output; /* NULL: standard output */
};

static const char *operand(const struct making *making, size_t at)
{
    return at < making->arguments->names.count ? making->arguments->names.items[at] : NULL;
}

/* In backquotes nearly anything is a name. */
static bool is_name(const struct making *making, const char *name)
{
    struct diags diags = {0};
    if (name != NULL &&
        (*name == '\0' || strchr(name, '`') != NULL || !str_equal(utf8_visible(name), name))) {
        diag_add(&diags, DIAG_NOT_A_NAME, SPAN_NONE, name, NULL);
    }
    cli_report(making->cli, &diags);
    return diags.errors == 0;
}

static bool may_write(const struct making *making)
{
    struct diags diags = {0};
    bool forced = options_has(making->arguments, OPTION_FORCE);
    if (making->output != NULL && !forced && io_stamp(making->output).there) {
        diag_add(&diags, DIAG_OUTPUT_EXISTS, SPAN_NONE, making->output, NULL);
    }
    cli_report(making->cli, &diags);
    return diags.errors == 0;
}

/* Laid out as `fmt` does it. */
static void deliver(const struct making *making, const char *text, const struct fmt_call *call)
{
    struct diags diags = {0};
    struct str out = {0};
    const struct source *source =
        source_new(making->output != NULL ? making->output : "-", text, strlen(text));
    if (fmt_text(source, call, &out, &diags)) {
        cli_deliver(making->cli, str_text(&out), making->output);
    } else {
        cli_report(making->cli, &diags);
    }
}

/* ---------------------------------------------------------------- a standard */

static void make_standard(const struct making *making)
{
    const char *name = operand(making, 1);
    if (operands_end(making->cli, making->arguments, "new standard", 2) && is_name(making, name) &&
        may_write(making)) {
        deliver(making, starter_text(making->cli->lang, name), &(struct fmt_call){0});
    }
}

/* ---------------------------------------------------------------- facts */

/* That of most of its keywords. */
static enum lang tongue_of(const struct source *source)
{
    struct diags unheard = {0};
    const struct tape *tape = tape_read(source, false, &unheard);
    return tape->spelled[LANG_ZH] > tape->spelled[LANG_EN] ? LANG_ZH : LANG_EN;
}

/* The standard as the file will name it. */
static const char *rules_of(const struct making *making, const char *path)
{
    if (strcmp(path, "-") == 0) {
        return NULL;
    }
    return making->output != NULL ? io_relative(making->output, path) : path;
}

static void write_unit(const struct making *making, const char *path, const struct source *source,
                       const struct standard *standard)
{
    enum lang lang = making->cli->lang_given ? making->cli->lang : tongue_of(source);
    struct blank_call call = {operand(making, 2), rules_of(making, path), lang};
    deliver(making, blank_facts(standard, &call),
            &(struct fmt_call){.facts = true, .translate = true, .to = lang});
}

/* `--force` is for an old unit, not for the standard. */
static bool may_write_over(const struct making *making, const struct standard *standard)
{
    struct io_names read = {0};
    for (size_t i = 0; i < standard->sources.count; i++) {
        vec_push(&read.list, standard->sources.items[i]->name);
    }
    return guard_output(making->cli, making->output, &read);
}

static void make_unit(const struct making *making)
{
    struct diags diags = {0};
    const char *path = operand(making, 1);
    if (path == NULL) {
        diag_add(&diags, DIAG_ARGUMENT_MISSING, SPAN_NONE, "new unit", "@rubric_file", NULL);
        cli_report(making->cli, &diags);
        return;
    }
    if (cli_ends_in(path, ".facts")) {
        diag_add(&diags, DIAG_STANDARD_WANTED, SPAN_NONE, path, NULL);
        cli_report(making->cli, &diags);
        return;
    }
    if (!operands_end(making->cli, making->arguments, "new unit", 3) ||
        !is_name(making, operand(making, 2)) || !may_write(making)) {
        return;
    }
    const struct source *source = file_read(path, SPAN_NONE, &diags);
    const struct compile_options options = {.checked = true};
    const struct standard *standard = source != NULL ? compile_text(source, &options, &diags) : NULL;
    if (standard != NULL) { /* warnings are for `check` */
        if (!may_write_over(making, standard)) {
            return;
        }
        write_unit(making, path, source, standard);
    } else {
        struct diags shown = cli_without_notes(&diags);
        cli_report(making->cli, &shown);
    }
}

void new_run(struct cli *cli, const struct arguments *arguments)
{
    struct making making = {cli, arguments, options_output(arguments, OPTION_NEW_OUTPUT)};
    if (!operands_start(cli, arguments)) {
        return;
    }
    if (str_equal(arguments->names.items[0], "unit")) {
        make_unit(&making);
    } else {
        make_standard(&making);
    }
}
