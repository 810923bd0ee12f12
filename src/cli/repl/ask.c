/* What it would take, what would cost it, a fact over its range, the effect of each; and what is said of facts that may change. */
#include <string.h>
#include "base/mem.h"
#include "cli/repl/command.h"
#include "cli/repl/commands.h"
#include "cli/repl/edit.h"
#include "cli/repl/terminal.h"
#include "cli/repl/words.h"
#include "facts/write.h"
#include "report/values.h"
#include "syntax/parse.h"

enum { WAYS = 5 };

/* ---------------------------------------------------------------- asking */

static bool make_whatif(struct repl *repl, const struct outlook *outlook, const struct call *call,
                        struct diags *diags, struct whatif *whatif)
{
    *whatif = (struct whatif){.now = outlook->view, .call = call, .interrupted = repl_interrupted};
    return lever_rules_make(outlook->view.evaluation->standard, &repl->sayings, diags, &whatif->rules);
}

static void ask_ways(struct repl *repl, struct repl_input *input, bool risk)
{
    struct outlook outlook;
    struct diags diags = {0};
    struct str out = {0};
    struct whatif whatif;
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    const struct source *goal = session_source(repl, "<goal>", input->rest);
    struct compile_question question = {.ast = parse_line(goal, &diags), .goal = true, .diags = &diags};
    struct call call = session_call(repl, session_scenario(repl));
    bool asked = question.ast != NULL && diags.errors == 0 &&
                 session_ask(repl, session_scenario(repl), &question, 1, &outlook, &diags);
    if (asked && make_whatif(repl, &outlook, &call, &diags, &whatif)) {
        const struct ir_node *node = outlook.view.evaluation->standard->questions.items[0];
        repl_report(repl, &diags);
        diags = (struct diags){0};
        repl->found = whatif_ways(&whatif, input->rest, node, risk, WAYS, &out);
        repl->found_in = session_scenario(repl);
        cli_write(&out);
        if (repl->found->ways.count > 0) {
            repl_say(say(SAY_REPL_APPLY, repl->cli->lang));
        } else if (!repl->found->done) {
            cli_worsen(repl->cli, EXIT_NOT_MET);
        }
    }
    repl_report(repl, &diags);
}

void repl_reach(struct repl *repl, struct repl_input *input)
{
    ask_ways(repl, input, false);
}

void repl_risk(struct repl *repl, struct repl_input *input)
{
    ask_ways(repl, input, true);
}

static void tell_interrupted(const struct repl *repl)
{
    if (repl_interrupted()) {
        repl_say(say(SAY_WAYS_INTERRUPTED, repl->cli->lang));
    }
}

void repl_sweep(struct repl *repl, struct repl_input *input)
{
    struct diags diags = {0};
    struct str out = {0};
    struct whatif whatif;
    if (!repl_needs_results(repl, input)) {
        return;
    }
    size_t name = lever_name_end(repl->standard, input->rest), over = words_skip(input->rest, name);
    struct call call = session_call(repl, session_scenario(repl));
    if (make_whatif(repl, &repl->now, &call, &diags, &whatif) &&
        whatif_sweep(&whatif, mem_text(input->rest, name),
                     input->rest[over] != '\0' ? input->rest + over : NULL, &diags, &out)) {
        cli_write(&out);
    }
    tell_interrupted(repl);
    repl_report(repl, &diags);
}

void repl_tornado(struct repl *repl, struct repl_input *input)
{
    struct diags diags = {0};
    struct str out = {0};
    struct whatif whatif;
    if (!repl_needs_results(repl, input)) {
        return;
    }
    struct call call = session_call(repl, session_scenario(repl));
    if (make_whatif(repl, &repl->now, &call, &diags, &whatif) && whatif_tornado(&whatif, &diags, &out)) {
        cli_write(&out);
    }
    tell_interrupted(repl);
    repl_report(repl, &diags);
}

/* ---------------------------------------------------------------- taking a way */

static bool way_asked(const struct repl *repl, const struct repl_input *input, size_t *way,
                      struct diags *diags)
{
    struct num number;
    int64_t place = 1;
    if (repl->found == NULL || repl->found->ways.count == 0) {
        diag_add(diags, DIAG_REPL_NO_WAYS, input->span, NULL);
        return false;
    }
    bool read = *input->rest == '\0' ||
                (num_parse(input->rest, strlen(input->rest), &number) && num_to_int(number, &place));
    if (!read || place < 1 || (size_t)place > repl->found->ways.count) {
        diag_add(diags, DIAG_REPL_NO_SUCH_WAY, input->span, input->rest,
                 values_count((int64_t)repl->found->ways.count), NULL);
        return false;
    }
    *way = (size_t)place - 1;
    return true;
}

static const struct scenario *add_together(const struct scenario *scenario, const struct scenario_step *step,
                                           const char *together)
{
    if (edit_is_idle(scenario, step)) {
        return scenario;
    }
    struct scenario_step *joined = MEM_NEW(struct scenario_step);
    *joined = *step;
    joined->together = together;
    return scenario_add(scenario, joined);
}

/* Under a mix each column's entry is a lever of its own. */
static size_t column_of(const struct repl *repl, const struct scenario *scenario, const struct lever *lever)
{
    bool mixed = repl->now.view.evaluation->standard->mixed;
    return mixed ? search_hole(repl->found->levers->search, lever->hole)->first_column
                 : session_column(repl, scenario);
}

static const char *written_key(const struct standard *standard, const struct lever *lever)
{
    return lever->kind == HOLE_SCORE
               ? str_print("score %s", write_path(standard->judged.items[lever->slot]->criterion->path))
               : write_name(standard->facts.items[lever->slot]->field.name);
}

/* Each move is a line of its own, so that it can be saved and read again; they are undone together. */
static const struct scenario *taken(const struct repl *repl, const struct repl_input *input,
                                    const struct way *way, struct diags *diags)
{
    const char *together = span_text((struct span){input->source, 0, (uint32_t)input->source->length});
    const struct scenario *scenario = session_scenario(repl);
    for (size_t i = 0; i < way->count && scenario != NULL; i++) {
        const struct lever *lever = &repl->found->levers->list.items[way->moves[i].lever];
        const char *text = whatif_written(repl->found->levers, &way->moves[i]);
        if (text == NULL) {
            diag_add(diags, DIAG_REPL_UNWRITTEN, SPAN_NONE, ways_key(repl->found->levers, lever, LANG_EN),
                     ways_value(repl->found->levers, lever, &way->moves[i].to, repl->cli->lang), NULL);
            return NULL;
        }
        const char *line = str_print("set %s = %s", written_key(repl->standard, lever), text);
        const struct scenario_step *step = edit_set_in(repl, scenario, column_of(repl, scenario, lever),
                                                       source_new("<input>", line, strlen(line)), diags);
        scenario = step != NULL ? add_together(scenario, step, together) : NULL;
    }
    return scenario;
}

static void take_way(struct repl *repl, const struct repl_input *input, const struct way *way,
                     struct diags *diags)
{
    const struct scenario *now = session_scenario(repl), *scenario = taken(repl, input, way, diags);
    enum lang lang = repl->cli->lang;
    struct outlook outlook;
    if (scenario == now) {
        repl_say(say(SAY_REPL_APPLIED, lang));
    } else if (scenario != NULL && session_look(repl, scenario, &outlook, diags)) {
        bool elsewhere = repl->found_in->step != now->step;
        const struct outlook before = repl->now;
        session_move(repl, scenario, &outlook);
        edit_tell(repl, elsewhere ? say(SAY_REPL_APPLY_LATER, lang) : NULL, &before, &outlook);
    }
}

void repl_apply(struct repl *repl, struct repl_input *input)
{
    struct diags diags = {0};
    size_t way;
    if (repl_needs_results(repl, input) && way_asked(repl, input, &way, &diags)) {
        take_way(repl, input, &repl->found->ways.items[way], &diags);
    }
    repl_report(repl, &diags);
}

/* ---------------------------------------------------------------- what may change, and how */

/* A later saying of the same fact takes the place of an earlier one, but for what it costs. */
static void say_of(struct repl *repl, const char *name, enum lever_word word, bool add, const char *cost)
{
    struct lever_sayings kept = {0};
    for (size_t i = 0; i < repl->sayings.list.count; i++) {
        const struct lever_saying *saying = &repl->sayings.list.items[i];
        bool replaced = str_equal(saying->name, name) && (saying->word == LEVER_COST) == (word == LEVER_COST);
        if (!replaced) {
            vec_push(&kept.list, *saying);
        }
    }
    if (add) {
        vec_push(&kept.list, (struct lever_saying){word, name, cost});
    }
    repl->sayings = kept;
}

/* The fact or criterion by the name it is declared with. */
static const char *declared(const struct repl *repl, const char *name, struct diags *diags)
{
    enum hole_kind kind;
    size_t slot;
    if (!lever_named(repl->standard, name, diags, &kind, &slot)) {
        return NULL;
    }
    return kind == HOLE_FACT ? repl->standard->facts.items[slot]->field.name
                             : repl->standard->judged.items[slot]->criterion->path;
}

static const char *saying_text(const struct lever_saying *saying, enum lang lang)
{
    switch (saying->word) {
    case LEVER_LOCK: return say_with(SAY_LEVER_LOCKED, lang, saying->name, NULL);
    case LEVER_GROW: return say_with(SAY_LEVER_GROWS, lang, saying->name, NULL);
    case LEVER_FALL: return say_with(SAY_LEVER_FALLS, lang, saying->name, NULL);
    case LEVER_COST: return say_with(SAY_LEVER_COSTS, lang, saying->name, saying->cost, NULL);
    }
    return "";
}

static void tell_sayings(const struct repl *repl)
{
    if (repl->sayings.list.count == 0) {
        repl_say(say(SAY_LEVERS_FREE, repl->cli->lang));
    }
    for (size_t i = 0; i < repl->sayings.list.count; i++) {
        repl_say(saying_text(&repl->sayings.list.items[i], repl->cli->lang));
    }
}

/* Several at once, each by the name it is declared with. */
static struct lever_names all_declared(const struct repl *repl, const char *text, struct diags *diags)
{
    struct lever_names names = lever_names(repl->standard, text, true);
    for (size_t i = 0; i < names.list.count; i++) {
        names.list.items[i] = declared(repl, names.list.items[i], diags);
    }
    return names;
}

static void note(struct repl *repl, struct repl_input *input, enum lever_word word, bool add)
{
    struct diags diags = {0};
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    struct lever_names names = {0};
    if (*input->rest != '\0') {
        names = all_declared(repl, input->rest, &diags);
    }
    for (size_t i = 0; i < names.list.count && diags.errors == 0; i++) {
        say_of(repl, names.list.items[i], word, add, NULL);
        if (!add) {
            repl_say(say_with(SAY_LEVER_FREE, repl->cli->lang, names.list.items[i], NULL));
        }
    }
    if (diags.errors == 0 && (add || repl->sayings.list.count > 0)) {
        tell_sayings(repl);
    }
    repl_report(repl, &diags);
}

void repl_lock(struct repl *repl, struct repl_input *input)
{
    note(repl, input, LEVER_LOCK, true);
}

void repl_unlock(struct repl *repl, struct repl_input *input)
{
    note(repl, input, LEVER_LOCK, false);
}

void repl_grow(struct repl *repl, struct repl_input *input)
{
    note(repl, input, LEVER_GROW, true);
}

void repl_fall(struct repl *repl, struct repl_input *input)
{
    note(repl, input, LEVER_FALL, true);
}

/* What stands before the last blank or `=`, which may be several; behind the last, *behind. */
static const char *before_number(const char *rest, const char **behind)
{
    size_t last = strlen(rest);
    while (last > 0 && strchr(" =", rest[last - 1]) == NULL) {
        last--;
    }
    size_t end = last;
    while (end > 0 && strchr(" =", rest[end - 1]) != NULL) {
        end--;
    }
    *behind = end > 0 ? rest + last : "";
    return end > 0 ? mem_text(rest, end) : rest;
}

static const char *names_listed(const struct lever_names *names)
{
    struct str list = {0};
    for (size_t i = 0; i < names->list.count; i++) {
        str_item(&list, DIAG_NEXT, names->list.items[i]);
    }
    return str_text(&list);
}

/* `cost NAME N`, also with `=` between. */
void repl_cost(struct repl *repl, struct repl_input *input)
{
    struct diags diags = {0};
    struct num cost;
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    const char *number, *text = before_number(input->rest, &number);
    struct lever_names names = all_declared(repl, text, &diags);
    if (diags.errors == 0 && *number == '\0') {
        diag_add(&diags, DIAG_REPL_ARGUMENT_MISSING, SPAN_NONE, input->word,
                 input->command->arguments[repl->cli->lang], NULL);
    } else if (diags.errors == 0 && (!num_parse(number, strlen(number), &cost) || num_sign(cost) <= 0)) {
        diag_add(&diags, DIAG_LEVER_COST, input->span, names_listed(&names), number, NULL);
    }
    for (size_t i = 0; i < names.list.count && diags.errors == 0; i++) {
        say_of(repl, names.list.items[i], LEVER_COST, !num_equal(cost, num_int(1)), number);
    }
    if (diags.errors == 0) {
        tell_sayings(repl);
    }
    repl_report(repl, &diags);
}
