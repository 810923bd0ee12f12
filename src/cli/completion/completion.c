/* rubric completion: scripts for shells. */
#include "cli/completion/completion.h"
#include <string.h>
#include "cli/commands.h"
#include "cli/operands.h"

const char *const completion_help[2] = {"how a command is used, with examples", "命令的用法和示例"};
const char *const completion_version[2] = {"the version", "版本"};

const char *completion_list(const struct option_names *words, const char *before, const char *between)
{
    struct str out = {0};
    for (size_t i = 0; i < words->list.count; i++) {
        str_item(&out, between, str_print("%s%s", before, words->list.items[i]));
    }
    return str_text(&out);
}

struct option_names completion_spellings(enum option option)
{
    struct option_names names = {0};
    vec_push(&names.list, options_dashed(option));
    if (option_letter(option) != '\0') {
        vec_push(&names.list, str_print("-%c", option_letter(option)));
    }
    return names;
}

/* ---------------------------------------------------------------- what is offered */

/* What follows an option is told by the word that messages use for it. */
struct offers offers_of_value(enum option option)
{
    struct offers offers = {.words = option_values(option)};
    const char *word = option_rows[option].word;
    bool standard = strcmp(word, "@rubric_file") == 0;
    offers.files = standard || strcmp(word, "@a_file") == 0;
    if (standard) {
        vec_push(&offers.endings.list, ".rubric");
    }
    return offers;
}

static struct option_names codes(void)
{
    struct option_names names = {0};
    for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
        vec_push(&names.list, diag_code_name((enum diag_code)i));
    }
    return names;
}

struct offers offers_of_command(const struct command *command)
{
    struct offers offers = {.first = true};
    struct option_names of = command_offers(command);
    for (size_t i = 0; i < of.list.count; i++) {
        const char *offer = of.list.items[i];
        if (*offer == '*') {
            offers.files = true;
            vec_push(&offers.endings.list, offer + 1);
        } else if (strcmp(offer, "CODES") == 0) {
            offers.words = codes();
            offers.first = false;
        } else {
            vec_push(&offers.words.list, offer);
        }
    }
    return offers;
}

/* ---------------------------------------------------------------- the command */

void completion_run(struct cli *cli, const struct arguments *arguments)
{
    if (!operands_start(cli, arguments) || !operands_end(cli, arguments, "completion", 1)) {
        return;
    }
    const char *shell = arguments->names.items[0];
    struct str out = {0};
    if (strcmp(shell, "bash") == 0) {
        completion_bash(&out);
    } else if (strcmp(shell, "zsh") == 0) {
        completion_zsh(&out);
    } else {
        completion_fish(&out);
    }
    cli_write(&out);
}
