#include "cli/options.h"
#include <string.h>
#include "base/mem.h"
#include "cli/commands.h"
#include "diag/suggest.h"

const struct option_row option_rows[OPTION_COUNT] = {
#define OPTION(id, name, commands, kind, en_value, zh_value, word, en, zh) \
    {name, commands, kind, {en_value, zh_value}, word, {en, zh}},
#include "cli/options.def"
#undef OPTION
};

const struct command commands[] = {
#define COMMAND(id, name, run, en_takes, zh_takes, word, offers, en, zh, en_text, zh_text) \
    {name, run, FOR_##id, {en_takes, zh_takes}, word, offers, {en, zh}, {en_text, zh_text}},
#include "cli/commands.def"
#undef COMMAND
};

const size_t command_count = sizeof commands / sizeof *commands;

const struct option_letter option_letters[] = {
    {'h', OPTION_HELP},       {'o', OPTION_OUTPUT}, {'o', OPTION_FLAT_OUTPUT},
    {'o', OPTION_NEW_OUTPUT}, {'r', OPTION_RUN},    {'w', OPTION_IN_PLACE},
};

const size_t option_letter_count = sizeof option_letters / sizeof *option_letters;

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

bool options_has(const struct arguments *arguments, enum option option)
{
    return arguments->options[option].list.count > 0;
}

const char *options_value(const struct arguments *arguments, enum option option)
{
    return options_has(arguments, option) ? arguments->options[option].list.items[0] : NULL;
}

/* What stands between marks of one kind, without the blanks around it. */
static struct option_names parts_of(const char *text, char mark)
{
    struct option_names parts = {0};
    const char marks[] = {mark, '\0'};
    for (size_t length; *text != '\0'; text += length + (text[length] == mark)) {
        text += strspn(text, " ");
        length = strcspn(text, marks);
        size_t trimmed = length;
        while (trimmed > 0 && text[trimmed - 1] == ' ') {
            trimmed--;
        }
        if (trimmed > 0) {
            vec_push(&parts.list, (const char *)mem_text(text, trimmed));
        }
    }
    return parts;
}

struct option_names options_names(const char *value)
{
    return parts_of(value, ',');
}

struct option_names option_values(enum option option)
{
    const char *value = option_rows[option].value[LANG_EN];
    return strchr(value, '|') != NULL ? parts_of(value, '|') : (struct option_names){0};
}

struct option_names command_offers(const struct command *command)
{
    return parts_of(command->offers, ' ');
}

bool option_is_of(enum option option, const struct command *command)
{
    return (option_rows[option].commands & command->bit) != 0;
}

char option_letter(enum option option)
{
    for (size_t i = 0; i < option_letter_count; i++) {
        if (option_letters[i].option == option) {
            return option_letters[i].letter;
        }
    }
    return '\0';
}

const char *options_output(const struct arguments *arguments, enum option option)
{
    const char *path = options_value(arguments, option);
    return path != NULL && strcmp(path, "-") == 0 ? NULL : path;
}

void options_want_file(const struct arguments *arguments, enum option option, struct diags *diags)
{
    if (options_value(arguments, option) != options_output(arguments, option)) {
        diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, options_dashed(option), "-", "@file_apart", NULL);
    }
}

bool options_name_input(const struct arguments *arguments)
{
    bool named = false;
    for (size_t i = 0; i < arguments->names.count; i++) {
        named = named || strcmp(arguments->names.items[i], "-") == 0;
    }
    return named;
}

const char *options_dashed(enum option option)
{
    return str_print("--%s", option_rows[option].name);
}

/* ---------------------------------------------------------------- reading */

struct reader {
    struct arguments *arguments;
    struct diags *diags;
    char **argv;
    int argc, at;
};

static bool is_taken(const struct reader *reader, const struct option_row *row)
{
    return (row->commands & reader->arguments->command->bit) != 0;
}

static int find_option(const struct reader *reader, const char *name, size_t length)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &option_rows[i];
        if (is_taken(reader, row) && strlen(row->name) == length && memcmp(row->name, name, length) == 0) {
            return i;
        }
    }
    return -1;
}

static int find_letter(const struct reader *reader, const char *written)
{
    for (size_t i = 0; i < option_letter_count; i++) {
        const struct option_letter *row = &option_letters[i];
        if (written[1] == row->letter && written[2] == '\0' && is_taken(reader, &option_rows[row->option])) {
            return (int)row->option;
        }
    }
    return -1;
}

static void unknown_option(struct reader *reader, const char *written)
{
    struct suggest suggest;
    suggest_start(&suggest, written);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (is_taken(reader, &option_rows[i])) {
            suggest_offer(&suggest, options_dashed((enum option)i));
        }
    }
    const char *command = reader->arguments->command->name;
    struct diag *diag = diag_add(reader->diags, DIAG_UNKNOWN_OPTION, SPAN_NONE, written, command, NULL);
    diag_suggest(diag, suggest_best(&suggest));
}

static void keep_option(struct reader *reader, enum option option, const char *value)
{
    struct values *values = &reader->arguments->options[option];
    if (values->list.count > 0 && option_rows[option].kind == ONE) {
        diag_add(reader->diags, DIAG_OPTION_TWICE, SPAN_NONE, options_dashed(option), NULL);
        return;
    }
    vec_push(&values->list, value);
}

/* A value may follow that looks like a negative number or `-`, not one that looks like an option. */
static bool has_word(const struct reader *reader)
{
    return reader->at + 1 < reader->argc && strncmp(reader->argv[reader->at + 1], "--", 2) != 0;
}

static void read_value(struct reader *reader, enum option option, const char *joined)
{
    const struct option_row *row = &option_rows[option];
    if (row->kind == FLAG && joined != NULL) {
        diag_add(reader->diags, DIAG_VALUE_NOT_TAKEN, SPAN_NONE, options_dashed(option), NULL);
    } else if (row->kind == FLAG) {
        keep_option(reader, option, "");
    } else if (joined != NULL && *joined != '\0') {
        keep_option(reader, option, joined);
    } else if (joined == NULL && has_word(reader)) {
        keep_option(reader, option, reader->argv[++reader->at]);
    } else {
        diag_add(reader->diags, DIAG_OPTION_WANTS_VALUE, SPAN_NONE, options_dashed(option), row->word, NULL);
    }
}

static void read_option(struct reader *reader, const char *written)
{
    const char *name = written + strlen("--"), *equals = strchr(name, '=');
    size_t length = equals != NULL ? (size_t)(equals - name) : strlen(name);
    bool dashed = strncmp(written, "--", 2) == 0;
    int option = dashed ? find_option(reader, name, length) : find_letter(reader, written);
    if (option < 0) {
        unknown_option(reader, equals != NULL ? mem_text(written, (size_t)(equals - written)) : written);
        return;
    }
    read_value(reader, (enum option)option, !dashed || equals == NULL ? NULL : equals + 1);
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

bool options_read(const struct command *command, int argc, char **argv, struct arguments *arguments,
                  struct diags *diags)
{
    *arguments = (struct arguments){.command = command};
    struct reader reader = {arguments, diags, argv, argc, 0};
    bool only_names = false;
    for (; reader.at < argc; reader.at++) {
        const char *word = argv[reader.at];
        if (!only_names && strcmp(word, "--") == 0) {
            only_names = true;
        } else if (!only_names && is_option(word)) {
            read_option(&reader, word);
        } else {
            vec_push(&arguments->names, word);
        }
    }
    return diags->errors == 0;
}
