/* rubric prove: what holds of every unit, or a unit of which it does not. */
#include "cli/commands.h"
#include "cli/solver.h"
#include "cli/standards.h"
#include "report/prove_page.h"

struct proving {
    struct cli *cli;
    const struct arguments *arguments;
    struct standards standards;
    struct smt_solver *solver;
    size_t written; /* standards on standard output */
    bool json;
};

/* What is asked of facts tells how a total moves; that it moves both ways may be meant. */
static void note_outcome(struct proving *proving, enum prove_kind kind, enum prove_outcome outcome)
{
    bool failed = outcome == PROVE_FAILS && kind != PROVE_FACT;
    if (failed || (outcome == PROVE_UNKNOWN && kind == PROVE_PROPERTY)) {
        cli_worsen(proving->cli, EXIT_NOT_MET);
    }
}

static void answer(struct proving *proving, struct prove *prove, const struct prove_question *question)
{
    struct prove_found found = prove_ask(prove, question), upwards = {0};
    const struct prove_found *more = NULL;
    struct str out = {0};
    if (question->kind == PROVE_FACT && found.answer != PROVE_NO) {
        upwards = prove_ask_more(prove, question);
        more = &upwards;
    }
    if (proving->json) {
        prove_json(&out, prove, question, &found, more, cli_json_lang(proving->cli));
    } else {
        struct page page = cli_page(&out);
        prove_write(&page, prove, question, &found, more, proving->cli->lang);
    }
    cli_write(&out);
    fflush(stdout); /* an answer may take a while */
    note_outcome(proving, question->kind, prove_outcome_of(question, &found, more));
}

static void write_head(struct proving *proving, const struct standard *standard)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    if (proving->json) {
        return;
    }
    if (proving->written++ > 0) {
        page_end(&page);
    }
    prove_head(&page, standard, proving->cli->lang);
    cli_write(&out);
}

static void prove_file(struct proving *proving, const char *path)
{
    struct loaded *loaded = standards_get(&proving->standards, path, SPAN_NONE);
    struct diags shown = cli_without_notes(&loaded->diags);
    cli_report(proving->cli, &shown);
    if (loaded->standard == NULL) {
        return;
    }
    struct prove *prove = prove_new(loaded->standard, proving->solver);
    write_head(proving, loaded->standard);
    for (size_t i = 0; i < prove->questions.count; i++) {
        answer(proving, prove, &prove->questions.items[i]);
    }
}

void prove_run(struct cli *cli, const struct arguments *arguments)
{
    struct proving proving = {
        .cli = cli, .arguments = arguments, .json = options_has(arguments, OPTION_JSON)};
    proving.standards.options.properties = true;
    for (size_t i = 0; i < arguments->names.count; i++) {
        proving.solver = solver_start(cli);
        if (proving.solver == NULL) {
            return;
        }
        prove_file(&proving, arguments->names.items[i]);
        solver_end(cli, proving.solver);
    }
}
