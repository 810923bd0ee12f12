/* rubric explain: what messages mean, and what to do. */
#include "cli/commands.h"
#include "diag/suggest.h"
#include "report/message_page.h"

/* The second and each further page stands under a rule. */
static void write_page(struct cli *cli, enum diag_code code, bool first)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    if (!first) {
        page_end(&page);
        page_rule(&page, page.width);
        page_end(&page);
    }
    message_page(&page, code, cli->lang);
    cli_write(&out);
}

static void write_list(struct cli *cli)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    message_list(&page, cli->lang);
    cli_write(&out);
}

static void refuse(struct cli *cli, const char *written)
{
    struct suggest suggest;
    suggest_start(&suggest, written);
    for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
        suggest_offer(&suggest, diag_code_name((enum diag_code)i));
    }
    struct diags diags = {0};
    diag_suggest(diag_add(&diags, DIAG_UNKNOWN_CODE, SPAN_NONE, written, NULL), suggest_best(&suggest));
    cli_report(cli, &diags);
}

void explain_run(struct cli *cli, const struct arguments *arguments)
{
    bool first = true;
    for (size_t i = 0; i < arguments->names.count; i++) {
        enum diag_code code;
        if (!diag_code_find(arguments->names.items[i], &code)) {
            refuse(cli, arguments->names.items[i]);
            continue;
        }
        write_page(cli, code, first);
        first = false;
    }
    if (arguments->names.count == 0) {
        write_list(cli);
    }
}
