/* rubric fmt: texts in their canonical layout. */
#include "fmt/fmt.h"
#include <string.h>
#include "amend/whole.h"
#include "base/io.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "diag/mend.h"
#include "report/line_diff.h"
#include "syntax/file.h"
#include "syntax/parse.h"

struct formatting {
    struct cli *cli;
    const struct arguments *arguments;
    struct fmt_call call;
};

static bool has(const struct formatting *formatting, enum option option)
{
    return options_has(formatting->arguments, option);
}

/* ---------------------------------------------------------------- what becomes of a file */

static void show_changes(const struct source *source, const struct str *text)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    struct changes changes = line_diff(source, text->data, text->length);
    changes_diff(&page, source, &changes);
    cli_write(&out);
}

static void write_name(const struct source *source)
{
    struct str line = {0};
    str_format(&line, "%s\n", utf8_visible(source->name));
    cli_write(&line);
}

/* The file is replaced whole, by a new one beside it. */
static void replace(const struct formatting *formatting, const struct source *source, struct str *text)
{
    struct diags diags = {0};
    struct diag_fix whole = {.span = {source, 0, (uint32_t)source->length}, .text = str_text(text)};
    struct mending mending = {.source = source};
    vec_push(&mending.fixes, &whole);
    if (!mend_write(&mending, &diags)) {
        cli_show(formatting->cli, &diags);
        cli_worsen(formatting->cli, EXIT_IO);
    }
}

static void deliver(const struct formatting *formatting, const struct source *source, struct str *text)
{
    bool changed = text->length != source->length ||
                   memcmp(source->bytes + source->bom, str_text(text), text->length) != 0;
    bool check = has(formatting, OPTION_UNFORMATTED), diff = has(formatting, OPTION_DIFF);
    if (changed && check) {
        write_name(source);
        cli_worsen(formatting->cli, EXIT_NOT_MET);
    }
    if (changed && diff) {
        show_changes(source, text);
    }
    if (has(formatting, OPTION_IN_PLACE)) {
        if (changed) {
            replace(formatting, source, text);
        }
    } else if (!check && !diff) {
        cli_write(text);
    }
}

/* Warnings are for `check`; here counts only what became of the text. */
static void show_stays(const struct formatting *formatting, const struct diags *diags)
{
    struct diags shown = {0};
    for (size_t i = 0; i < diags->list.count; i++) {
        if (diags->list.items[i]->code == DIAG_FORMAT_NAMES_STAY) {
            vec_push(&shown.list, diags->list.items[i]);
        }
    }
    cli_show(formatting->cli, &shown);
}

/* ---------------------------------------------------------------- reading */

/* What the text uses or amends may declare a name that is predefined elsewhere. */
static void read_others(const struct source *source, struct fmt_call *call)
{
    struct diags unheard = {0};
    const struct whole *whole = whole_read(source, NULL, NULL, &unheard);
    for (size_t i = 1; i < whole->sources.count; i++) {
        const struct ast *tree = parse_rubric(whole->sources.items[i], &unheard);
        if (tree != NULL) {
            vec_push(&call->others, tree);
        }
    }
    call->resolved = unheard.errors == 0;
}

static bool reads_as(const struct source *source, bool facts, size_t *errors)
{
    struct diags unheard = {0};
    struct tape *tape;
    parse_with_words(source, facts, &tape, &unheard);
    *errors = unheard.errors;
    return unheard.errors == 0;
}

/* What comes from standard input is what it can be read as: a standard rather than a facts file, if it has faults as either. */
static bool holds_facts(const struct source *source)
{
    size_t as_rules, as_facts;
    return !reads_as(source, false, &as_rules) && (reads_as(source, true, &as_facts) || as_facts < as_rules);
}

static void format_file(struct formatting *formatting, const char *path)
{
    struct diags diags = {0};
    struct str text = {0};
    const struct source *source = file_read(path, SPAN_NONE, &diags);
    struct fmt_call call = formatting->call;
    bool done = false;
    if (source != NULL && (source->length == 0 || file_is_text(source, &diags))) {
        call.facts = strcmp(path, "-") == 0 ? holds_facts(source) : cli_ends_in(path, ".facts");
        if (call.translate && !call.facts) {
            read_others(source, &call);
        }
        done = fmt_text(source, &call, &text, &diags);
    }
    if (done) {
        deliver(formatting, source, &text);
        show_stays(formatting, &diags);
    } else {
        cli_report(formatting->cli, &diags);
    }
}

/* ---------------------------------------------------------------- the command */

static void clash(const struct formatting *formatting, enum option a, enum option b, struct diags *diags)
{
    if (has(formatting, a) && has(formatting, b)) {
        diag_add(diags, DIAG_OPTIONS_CLASH, SPAN_NONE, options_dashed(a), options_dashed(b), NULL);
    }
}

static bool options_agree(struct formatting *formatting)
{
    struct diags diags = {0};
    const struct arguments *arguments = formatting->arguments;
    const char *to = options_value(arguments, OPTION_TO);
    bool write = has(formatting, OPTION_IN_PLACE);
    bool shows = has(formatting, OPTION_UNFORMATTED) || has(formatting, OPTION_DIFF);
    clash(formatting, OPTION_IN_PLACE, OPTION_UNFORMATTED, &diags);
    clash(formatting, OPTION_IN_PLACE, OPTION_DIFF, &diags);
    if (write && options_name_input(arguments)) {
        diag_add(&diags, DIAG_MEND_STANDARD_INPUT, SPAN_NONE, options_dashed(OPTION_IN_PLACE), NULL);
    }
    if (arguments->names.count > 1 && !write && !shows) {
        diag_add(&diags, DIAG_FORMAT_SEVERAL, SPAN_NONE, str_print("%zu", arguments->names.count), NULL);
    }
    if (to != NULL && strcmp(to, "en") != 0 && strcmp(to, "zh") != 0) {
        diag_add(&diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--to", to, "@language_names", NULL);
    }
    formatting->call.translate = to != NULL;
    formatting->call.to = str_equal(to, "zh") ? LANG_ZH : LANG_EN;
    cli_report(formatting->cli, &diags);
    return diags.errors == 0;
}

void fmt_run(struct cli *cli, const struct arguments *arguments)
{
    struct formatting formatting = {.cli = cli, .arguments = arguments};
    if (!options_agree(&formatting)) {
        return;
    }
    for (size_t i = 0; i < arguments->names.count; i++) {
        format_file(&formatting, arguments->names.items[i]);
        mem_tidy();
    }
}
