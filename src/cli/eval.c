/* rubric eval: units scored one after another; what is wrong with one does not stop the others. */
#include "cli/amended.h"
#include "cli/cohorts.h"
#include "cli/commands.h"
#include "cli/compare.h"
#include "report/json.h"
#include "report/sheet.h"
#include "report/transition.h"
#include "report/why.h"

struct eval {
    struct scoring_call call;
    bool json, require, compare;
    size_t written; /* units on standard output */
    struct amended_table amended;
};

/* While a transition runs: by this edition, and by the one that is amended. */
struct editions {
    struct view own, amended;
    bool told, worked_out;
};

static bool read_call(struct eval *eval)
{
    struct diags diags = {0};
    call_read(&eval->call, &diags);
    if (eval->json && options_has(eval->call.arguments, OPTION_WHY)) {
        diag_add(&diags, DIAG_OPTIONS_CLASH, SPAN_NONE, "--why", "--json", NULL);
    }
    if (eval->compare && options_has(eval->call.arguments, OPTION_WHY)) {
        diag_add(&diags, DIAG_OPTIONS_CLASH, SPAN_NONE, "--why", "--compare", NULL);
    }
    cli_report(eval->call.cli, &diags);
    return diags.errors == 0;
}

static struct editions editions_of(struct eval *eval, const struct scoring *scoring, enum lang lang)
{
    struct editions editions = {.own = call_view(scoring, lang)};
    editions.told = transition_state(&editions.own) != TRANSITION_OVER;
    const struct evaluation *amended = editions.told ? amended_evaluation(scoring, &eval->amended) : NULL;
    editions.worked_out = amended != NULL;
    if (amended != NULL) {
        editions.amended = (struct view){.evaluation = amended, .context = amended->final, .lang = lang};
    }
    return editions;
}

static void add_transition(struct json *json, const void *data)
{
    const struct editions *editions = data;
    transition_json(json, &editions->own, editions->worked_out ? &editions->amended : NULL);
}

static void write_unit_json(struct eval *eval, struct scoring *scoring)
{
    struct str out = {0};
    struct editions editions = editions_of(eval, scoring, cli_json_lang(scoring->of->cli));
    json_unit_with(&out, &editions.own, &scoring->diags, editions.told ? add_transition : NULL, &editions);
    cli_write(&out);
}

static void separate(struct eval *eval, struct str *out)
{
    str_add(out, eval->written++ > 0 ? "\n\n" : "");
}

static void write_sheet(struct eval *eval, struct scoring *scoring)
{
    struct str out = {0};
    separate(eval, &out);
    struct page page = cli_page(&out);
    struct editions editions = editions_of(eval, scoring, scoring->of->cli->lang);
    sheet_write(&page, &editions.own, scoring->diags.warnings);
    if (editions.told) {
        transition_write(&page, &editions.own, editions.worked_out ? &editions.amended : NULL);
    }
    cli_write(&out);
}

/* With several units each derivation says whose it is. */
static void write_whose(struct scoring *scoring, struct page *page)
{
    const struct unit *unit = scoring->evaluation->unit;
    if (call_is_of_several(scoring->of)) {
        page_paragraph(page, 0, INK_DIM, unit->label != NULL ? unit->label : unit->id);
    }
}

static void write_why(struct eval *eval, struct scoring *scoring)
{
    const struct arguments *arguments = scoring->of->arguments;
    struct view view = call_view(scoring, scoring->of->cli->lang);
    struct diags diags = {0};
    for (size_t i = 0; i < arguments->options[OPTION_WHY].list.count; i++) {
        struct why_target target;
        if (why_find(scoring->evaluation->standard, arguments->options[OPTION_WHY].list.items[i], &target,
                     &diags)) {
            struct str out = {0};
            separate(eval, &out);
            struct page page = cli_page(&out);
            write_whose(scoring, &page);
            why_write(&page, &view, &target);
            cli_write(&out);
        }
    }
    cli_report(scoring->of->cli, &diags);
}

static void write_comparison(struct eval *eval, struct scoring *scoring)
{
    struct str out = {0};
    if (eval->json) {
        compare_unit_json(&out, scoring);
    } else {
        separate(eval, &out);
        compare_unit(&out, scoring);
    }
    cli_write(&out);
}

static void write_unit(struct eval *eval, struct scoring *scoring)
{
    const struct evaluation *evaluation = scoring->evaluation;
    const struct ir_node *eligible = evaluation->standard->eligible;
    size_t context = eval->compare ? compare_context(scoring) : evaluation->final;
    if (eligible != NULL && !value_is_yes(evaluation_value(evaluation, context, eligible)) && eval->require) {
        cli_worsen(scoring->of->cli, EXIT_NOT_MET);
    }
    if (eval->compare) {
        write_comparison(eval, scoring);
    } else if (eval->json) {
        write_unit_json(eval, scoring);
    } else if (options_has(scoring->of->arguments, OPTION_WHY)) {
        write_why(eval, scoring);
    } else {
        write_sheet(eval, scoring);
    }
}

static bool eval_unit(struct scoring *scoring, void *data)
{
    struct eval *eval = data;
    bool can = scoring->unit != NULL && (!eval->compare || compare_can(scoring));
    struct call call = can ? cohorts_call(scoring) : (struct call){0};
    bool done = can && call_evaluate(scoring, &call);
    call_report(scoring);
    if (done) {
        write_unit(eval, scoring);
        return true;
    }
    cli_worsen(eval->call.cli, EXIT_INPUT);
    if (eval->json) {
        call_write_refused(scoring);
    }
    return true;
}

void eval_run(struct cli *cli, const struct arguments *arguments)
{
    struct eval eval = {.call = call_new(cli, arguments)};
    eval.json = options_has(arguments, OPTION_JSON);
    eval.require = options_has(arguments, OPTION_REQUIRE);
    eval.compare = options_has(arguments, OPTION_COMPARE);
    if (read_call(&eval)) {
        call_each(&eval.call, eval_unit, &eval);
    }
}
