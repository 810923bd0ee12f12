#include "cli/cli.h"
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "base/io.h"
#include "cli/signals.h"

enum { WIDTH = 100, WIDTH_MIN = 50, WIDTH_MAX = 400 };

/* ---------------------------------------------------------------- language */

static const char *locale_text(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0') {
            return value;
        }
    }
    return "";
}

/* Looked for before the options are read, so that what is wrong with them is said in it. */
static const char *lang_asked(int argc, char **argv)
{
    static const char option[] = "--lang";
    size_t length = strlen(option);
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], option, length) != 0) {
            continue;
        }
        if (argv[i][length] == '=') {
            return argv[i] + length + 1;
        }
        if (argv[i][length] == '\0' && i + 1 < argc) {
            return argv[i + 1];
        }
    }
    return NULL;
}

void cli_start(struct cli *cli, int argc, char **argv)
{
    const char *asked = lang_asked(argc, argv);
    bool zh = asked != NULL ? strcmp(asked, "zh") == 0 : strncmp(locale_text(), "zh", 2) == 0;
    *cli = (struct cli){.lang = zh ? LANG_ZH : LANG_EN, .lang_given = asked != NULL};
    io_hold_standard();
    signals_start();
}

enum lang cli_json_lang(const struct cli *cli)
{
    return cli->lang_given ? cli->lang : LANG_EN;
}

/* ---------------------------------------------------------------- terminals */

static bool may_colour(int file)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(file) && (no == NULL || *no == '\0') && (term == NULL || strcmp(term, "dumb") != 0);
}

static size_t within_limits(long width)
{
    return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : (size_t)width;
}

static size_t terminal_width(void)
{
    const char *columns = getenv("COLUMNS");
    long asked = columns != NULL ? strtol(columns, NULL, 10) : 0;
    if (asked > 0) {
        return within_limits(asked);
    }
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return within_limits(size.ws_col);
    }
    return WIDTH;
}

struct page cli_page(struct str *out)
{
    return (struct page){.out = out, .colour = may_colour(STDOUT_FILENO), .width = terminal_width()};
}

/* ---------------------------------------------------------------- output */

void cli_worsen(struct cli *cli, enum cli_exit exit)
{
    cli->exit = exit > cli->exit ? exit : cli->exit;
}

/* A file named on the command line that cannot be read is no fault of rules or facts. */
static bool is_io(const struct diag *diag)
{
    return diag->code >= DIAG_FILE_MISSING && diag->code <= DIAG_OUTPUT_LOST && diag->span.source == NULL;
}

void cli_note_errors(struct cli *cli, const struct diags *diags)
{
    for (size_t i = 0; i < diags->list.count; i++) {
        if (diag_severity(diags->list.items[i]->code) == SEVERITY_ERROR) {
            cli_worsen(cli, is_io(diags->list.items[i]) ? EXIT_IO : EXIT_INPUT);
        }
    }
}

void cli_show(const struct cli *cli, struct diags *diags)
{
    if (diags->list.count == 0) {
        return;
    }
    struct str text = {0};
    diag_sort(diags);
    diag_render_all(&text, diags, cli->lang, may_colour(STDERR_FILENO));
    str_add_char(&text, '\n');
    fflush(stdout);
    fputs(str_text(&text), stderr);
}

struct diags cli_without_notes(const struct diags *diags)
{
    struct diags shown = {0};
    for (size_t i = 0; i < diags->list.count; i++) {
        enum severity severity = diag_severity(diags->list.items[i]->code);
        if (severity == SEVERITY_NOTE) {
            continue;
        }
        vec_push(&shown.list, diags->list.items[i]);
        shown.errors += severity == SEVERITY_ERROR;
        shown.warnings += severity == SEVERITY_WARNING;
    }
    return shown;
}

void cli_report(struct cli *cli, struct diags *diags)
{
    cli_show(cli, diags);
    cli_note_errors(cli, diags);
}

void cli_write(const struct str *text)
{
    if (text->length > 0) {
        fwrite(text->data, 1, text->length, stdout);
    }
}

void cli_deliver(struct cli *cli, const char *text, const char *path)
{
    if (path == NULL) {
        fputs(text, stdout);
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

bool cli_ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);
    return length > tail && strcmp(path + length - tail, ending) == 0;
}

int cli_finish(struct cli *cli)
{
    bool lost = !io_finish(stdout);
    if (lost && io_has_no_reader(stdout)) {
        cli_worsen(
            cli, EXIT_IO); /* `rubric … | head`: who wanted no more is told nothing; a script still sees it */
    } else if (lost) {
        struct diags diags = {0};
        diag_add(&diags, DIAG_OUTPUT_LOST, SPAN_NONE, NULL);
        cli_report(cli, &diags);
    }
    fflush(stderr);
    return cli->exit;
}
