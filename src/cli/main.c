/* The program: finds the command and hands it the rest of the line. */
#include <string.h>
#include "base/mem.h"
#include "base/str.h"
#include "cli/commands.h"
#include "diag/suggest.h"

static void add_unknown_command(struct diags *diags, const char *name)
{
    struct suggest suggest;
    suggest_start(&suggest, name);
    for (size_t i = 0; i < command_count; i++) {
        suggest_offer(&suggest, commands[i].name);
    }
    suggest_offer(&suggest, "help");
    diag_suggest(diag_add(diags, DIAG_UNKNOWN_COMMAND, SPAN_NONE, name, NULL), suggest_best(&suggest));
}

static void check_lang(const struct arguments *arguments, struct diags *diags)
{
    const char *lang = options_value(arguments, OPTION_LANG);
    if (lang != NULL && strcmp(lang, "zh") != 0 && strcmp(lang, "en") != 0) {
        diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--lang", lang, "@language_names", NULL);
    }
}

/* A second reading would find nothing, and take that for a file. */
static void check_input(const struct arguments *arguments, struct diags *diags)
{
    const char *rules = options_value(arguments, OPTION_RULES);
    const struct values *tables = &arguments->options[OPTION_TABLE];
    size_t count = rules != NULL && strcmp(rules, "-") == 0;
    for (size_t i = 0; i < arguments->names.count; i++) {
        count += strcmp(arguments->names.items[i], "-") == 0;
    }
    for (size_t i = 0; i < tables->list.count; i++) {
        count += cli_ends_in(tables->list.items[i], "=-");
    }
    if (count > 1) {
        diag_add(diags, DIAG_INPUT_TWICE, SPAN_NONE, str_print("%zu", count), NULL);
    }
}

static void run_command(struct cli *cli, const struct command *command, int argc, char **argv)
{
    struct arguments arguments;
    struct diags diags = {0};
    options_read(command, argc, argv, &arguments, &diags);
    check_lang(&arguments, &diags);
    check_input(&arguments, &diags);
    bool help = options_has(&arguments, OPTION_HELP);
    if (diags.errors == 0 && !help && arguments.names.count == 0 && command->word != NULL) {
        diag_add(&diags, DIAG_ARGUMENT_MISSING, SPAN_NONE, command->name, command->word, NULL);
    }
    cli_report(cli, &diags);
    if (diags.errors > 0) {
        return;
    }
    if (help) {
        help_command(command, cli->lang);
    } else {
        command->run(cli, &arguments);
    }
}

/* `rubric help`, `rubric help COMMAND` */
static void run_help(struct cli *cli, int argc, char **argv)
{
    struct diags diags = {0};
    const char *name = argc > 0 && argv[0][0] != '-' ? argv[0] : NULL;
    const struct command *command = name != NULL ? command_find(name) : NULL;
    if (name != NULL && command == NULL) {
        add_unknown_command(&diags, name);
        cli_report(cli, &diags);
    } else if (command != NULL) {
        help_command(command, cli->lang);
    } else {
        help_overview(stdout, cli->lang);
    }
}

static bool is_one_of(const char *word, const char *a, const char *b, const char *c)
{
    return strcmp(word, a) == 0 || strcmp(word, b) == 0 || strcmp(word, c) == 0;
}

static void run_named(struct cli *cli, const char *name, int argc, char **argv)
{
    const struct command *command = command_find(name);
    if (command != NULL) {
        run_command(cli, command, argc, argv);
        return;
    }
    struct diags diags = {0};
    add_unknown_command(&diags, name);
    cli_report(cli, &diags);
}

/* `--lang` may stand before the command: it was read at the start. */
static int skip_lang(int argc, char **argv)
{
    int at = 1;
    while (at < argc && strncmp(argv[at], "--lang", 6) == 0 && (argv[at][6] == '=' || argv[at][6] == '\0')) {
        at += argv[at][6] == '=' ? 1 : 2;
    }
    return at < argc ? at : argc;
}

int main(int argc, char **argv)
{
    struct cli cli;
    mem_start();
    cli_start(&cli, argc, argv);
    int at = skip_lang(argc, argv);
    if (at == argc) {
        help_overview(stderr, cli.lang);
        cli_worsen(&cli, EXIT_INPUT);
    } else if (is_one_of(argv[at], "help", "--help", "-h")) {
        run_help(&cli, argc - at - 1, argv + at + 1);
    } else if (is_one_of(argv[at], "--version", "-V", "version")) {
        puts("rubric " CLI_VERSION);
    } else {
        run_named(&cli, argv[at], argc - at - 1, argv + at + 1);
    }
    return cli_finish(&cli);
}
