#include "cli/operands.h"
#include "diag/suggest.h"

bool operands_start(struct cli *cli, const struct arguments *arguments)
{
    const char *word = arguments->names.items[0];
    struct option_names offers = command_offers(arguments->command);
    struct suggest suggest;
    suggest_start(&suggest, word);
    for (size_t i = 0; i < offers.list.count; i++) {
        const char *offer = offers.list.items[i];
        if (str_equal(offer, word)) {
            return true;
        }
        if (*offer != '*') {
            suggest_offer(&suggest, offer);
        }
    }
    struct diags diags = {0};
    struct diag *diag = diag_add(&diags, DIAG_WORD_NOT_TAKEN, SPAN_NONE, arguments->command->name, word,
                                 arguments->command->word, NULL);
    diag_suggest(diag, suggest_best(&suggest));
    cli_report(cli, &diags);
    return false;
}

bool operands_end(struct cli *cli, const struct arguments *arguments, const char *called, size_t most)
{
    struct diags diags = {0};
    if (arguments->names.count > most) {
        diag_add(&diags, DIAG_LEFT_OVER, SPAN_NONE, called, arguments->names.items[most],
                 arguments->command->name, NULL);
    }
    cli_report(cli, &diags);
    return diags.errors == 0;
}
