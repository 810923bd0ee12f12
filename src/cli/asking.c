/* rubric reach, risk, sweep, tornado: what if, of units one after another. */
#include <string.h>
#include "base/mem.h"
#include "cli/cohorts.h"
#include "cli/commands.h"
#include "cli/whatif.h"
#include "syntax/parse.h"

enum { WAYS = 5, WAYS_MAX = 1000 };

enum asking_kind { ASKING_REACH, ASKING_RISK, ASKING_SWEEP, ASKING_TORNADO };

struct asking {
    struct scoring_call call;
    enum asking_kind kind;
    const char *about; /* the goal, the fact; NULL: none */
    struct lever_sayings sayings;
    struct compile_question question;
    size_t ways;
    bool json;
    size_t written; /* units on standard output */
};

/* ---------------------------------------------------------------- the call */

static void add_sayings(struct asking *asking, enum option option, enum lever_word word)
{
    const struct values *values = &asking->call.arguments->options[option];
    for (size_t i = 0; i < values->list.count; i++) {
        vec_push(&asking->sayings.list, (struct lever_saying){.word = word, .name = values->list.items[i]});
    }
}

static void bad_value(struct diags *diags, enum option option, const char *written)
{
    diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, str_print("--%s", option_rows[option].name), written,
             option_rows[option].word, NULL);
}

static void add_costs(struct asking *asking, struct diags *diags)
{
    const struct values *values = &asking->call.arguments->options[OPTION_COST];
    for (size_t i = 0; i < values->list.count; i++) {
        const char *written = values->list.items[i], *equals = strchr(written, '=');
        if (equals == NULL || equals == written || equals[1] == '\0') {
            bad_value(diags, OPTION_COST, written);
            continue;
        }
        struct lever_saying saying = {LEVER_COST, mem_text(written, (size_t)(equals - written)), equals + 1};
        vec_push(&asking->sayings.list, saying);
    }
}

static void read_ways(struct asking *asking, struct diags *diags)
{
    const char *written = options_value(asking->call.arguments, OPTION_WAYS);
    struct num number;
    int64_t ways = WAYS;
    bool right = written == NULL || (num_parse(written, strlen(written), &number) &&
                                     num_to_int(number, &ways) && ways > 0 && ways <= WAYS_MAX);
    if (!right) {
        bad_value(diags, OPTION_WAYS, written);
    }
    asking->ways = right ? (size_t)ways : WAYS;
}

/* The goal is read once, and understood by each standard. */
static void read_goal(struct asking *asking, struct diags *diags)
{
    const char *goal = asking->about;
    asking->question = (struct compile_question){
        .ast = parse_line(source_new("<goal>", goal, strlen(goal)), diags), .goal = true};
    asking->question.diags = MEM_NEW(struct diags);
    asking->call.standards->options.questions = &asking->question;
    asking->call.standards->options.question_count = asking->question.ast != NULL;
}

static bool is_about(enum asking_kind kind)
{
    return kind != ASKING_TORNADO;
}

/* What stands before the units is no unit. */
static const struct arguments *without_first(const struct arguments *arguments)
{
    struct arguments *rest = MEM_NEW(struct arguments);
    *rest = *arguments;
    rest->names.items++;
    rest->names.count--;
    return rest;
}

/* Goal or fact and file may be given the wrong way round. */
static bool is_file(const char *about)
{
    return about != NULL && (cli_ends_in(about, ".facts") || cli_ends_in(about, ".csv"));
}

static bool read_call(struct asking *asking)
{
    struct diags diags = {0};
    const struct arguments *arguments = asking->call.arguments;
    if (is_file(asking->about)) {
        diag_add(&diags, DIAG_GOAL_IS_A_FILE, SPAN_NONE, arguments->command->name, asking->about,
                 asking->kind == ASKING_SWEEP ? "@a_fact_name" : "@a_goal", NULL);
    } else if (arguments->names.count == 0) {
        diag_add(&diags, DIAG_ARGUMENT_MISSING, SPAN_NONE, arguments->command->name, "@facts_file", NULL);
    } else {
        call_read(&asking->call, &diags);
        add_sayings(asking, OPTION_LOCK, LEVER_LOCK);
        add_sayings(asking, OPTION_GROW, LEVER_GROW);
        add_sayings(asking, OPTION_FALL, LEVER_FALL);
        add_costs(asking, &diags);
        read_ways(asking, &diags);
        if (asking->kind == ASKING_REACH || asking->kind == ASKING_RISK) {
            read_goal(asking, &diags);
        }
    }
    cli_report(asking->call.cli, &diags);
    return diags.errors == 0;
}

/* ---------------------------------------------------------------- one unit */

static bool write_ways(struct asking *asking, struct scoring *scoring, const struct whatif *whatif,
                       struct str *out)
{
    const struct ir_node *goal = scoring->standard->questions.items[0];
    if (goal == NULL) {
        diag_append(&scoring->diags, asking->question.diags);
        return false;
    }
    diag_append(&scoring->diags, asking->question.diags); /* said with the first unit */
    *asking->question.diags = (struct diags){0};
    const struct reach *reach =
        whatif_ways(whatif, asking->about, goal, asking->kind == ASKING_RISK, asking->ways, out);
    if (!reach->done && reach->ways.count == 0) {
        cli_worsen(asking->call.cli, EXIT_NOT_MET);
    }
    return true;
}

static bool write_answer(struct asking *asking, struct scoring *scoring, const struct whatif *whatif,
                         struct str *out)
{
    switch (asking->kind) {
    case ASKING_REACH:
    case ASKING_RISK: return write_ways(asking, scoring, whatif, out);
    case ASKING_SWEEP:
        return whatif_sweep(whatif, asking->about, options_value(asking->call.arguments, OPTION_OVER),
                            &scoring->diags, out);
    case ASKING_TORNADO: return whatif_tornado(whatif, &scoring->diags, out);
    }
    return false;
}

/* Of the unit as it is no more has to be exact than what is told of it, and the goal. */
static void ask_only(const struct asking *asking, const struct standard *standard, struct call *call)
{
    const struct ir_node *goal = standard->questions.count > 0 ? standard->questions.items[0] : NULL;
    if ((asking->kind != ASKING_REACH && asking->kind != ASKING_RISK) || goal == NULL) {
        return;
    }
    const struct ir_node **nodes = MEM_ARRAY(const struct ir_node *, standard->outcomes.count + 4);
    size_t count = whatif_results(standard, nodes);
    nodes[count++] = goal;
    call->only = nodes;
    call->only_count = count;
    call->bare = true;
}

static bool answer(struct asking *asking, struct scoring *scoring, struct str *out)
{
    struct call call = cohorts_call(scoring);
    struct call first = call;
    struct whatif whatif = {.call = &call, .json = asking->json, .messages = &scoring->diags};
    first.without_deciding = true;
    ask_only(asking, scoring->standard, &first);
    whatif.knows_goal = first.bare;
    if (!call_evaluate(scoring, &first) ||
        !lever_rules_make(scoring->standard, &asking->sayings, &scoring->diags, &whatif.rules)) {
        return false;
    }
    whatif.now = call_view(scoring, asking->json ? cli_json_lang(asking->call.cli) : asking->call.cli->lang);
    return write_answer(asking, scoring, &whatif, out);
}

static bool ask_unit(struct scoring *scoring, void *data)
{
    struct asking *asking = data;
    struct str out = {0};
    bool done = scoring->unit != NULL && answer(asking, scoring, &out);
    call_report(scoring);
    if (done) {
        struct str apart = {0};
        str_add(&apart, !asking->json && asking->written++ > 0 ? "\n\n" : "");
        cli_write(&apart);
        cli_write(&out);
        return true;
    }
    cli_worsen(asking->call.cli, EXIT_INPUT);
    if (asking->json) {
        call_write_refused(scoring);
    }
    return true;
}

static void run(struct cli *cli, const struct arguments *arguments, enum asking_kind kind)
{
    bool about = is_about(kind);
    struct asking asking = {.call = call_new(cli, about ? without_first(arguments) : arguments),
                            .kind = kind};
    asking.about = about ? arguments->names.items[0] : NULL;
    asking.json = options_has(arguments, OPTION_JSON);
    if (read_call(&asking)) {
        call_each(&asking.call, ask_unit, &asking);
    }
}

void reach_run(struct cli *cli, const struct arguments *arguments)
{
    run(cli, arguments, ASKING_REACH);
}

void risk_run(struct cli *cli, const struct arguments *arguments)
{
    run(cli, arguments, ASKING_RISK);
}

void sweep_run(struct cli *cli, const struct arguments *arguments)
{
    run(cli, arguments, ASKING_SWEEP);
}

void tornado_run(struct cli *cli, const struct arguments *arguments)
{
    run(cli, arguments, ASKING_TORNADO);
}
