/* save test "…": what was done becomes a test of the rules, which is read back before it is shown. */
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "cli/repl/commands.h"
#include "cli/repl/keep.h"
#include "cli/repl/words.h"
#include "facts/change.h"
#include "facts/write.h"
#include "fmt/fmt.h"
#include "report/expected.h"
#include "syntax/file.h"
#include "syntax/keywords.h"
#include "syntax/parse.h"

struct writing {
    struct repl *repl;
    const struct changed_entries *changed;
    struct str text;
};

static const char *word(const struct writing *it, const char *english)
{
    return keyword_in(english, it->repl->cli->lang);
}

/* ---------------------------------------------------------------- what was changed */

/* In a list of changes commas stand between them: what holds commas itself goes into brackets. */
static const char *in_brackets(const char *value)
{
    struct diags unheard = {0};
    const struct ast *ast = parse_value(source_new("", value, strlen(value)), &unheard);
    bool commas = ast != NULL && (ast->kind == AST_v_months || ast->kind == AST_v_except);
    return commas ? str_print("[%s]", value) : value;
}

static const char *value_of(const struct writing *it, const struct changed_entry *entry)
{
    const struct scenario_step *step = keep_step(it->repl, entry);
    if (step != NULL && step->text != NULL) {
        return in_brackets(step->value);
    }
    return entry->after->state == GIVEN_ASSUMED
               ? write_value(&it->repl->standard->facts.items[entry->slot]->field, &entry->after->value)
               : word(it, "unknown");
}

/* Facts and scores that are others than loaded, and thresholds that the call or a line set. */
static void write_changes(struct writing *it)
{
    struct str list = {0};
    for (size_t i = 0; i < it->changed->list.count; i++) {
        const struct changed_entry *entry = &it->changed->list.items[i];
        const char *name = write_path(changed_name(it->repl->standard, entry));
        str_item(&list, ", ",
                 str_print("%s%s = %s", entry->score ? str_print("%s ", word(it, "score")) : "", name,
                           value_of(it, entry)));
    }
    struct compile_options options = session_options(it->repl, session_scenario(it->repl));
    for (size_t i = 0; i < options.setting_count; i++) {
        str_item(&list, ", ",
                 str_print("%s %s = %s", word(it, "threshold"), write_name(options.settings[i].name),
                           options.settings[i].text));
    }
    if (list.length > 0) {
        str_format(&it->text, " %s %s", word(it, "with"), str_text(&list));
    }
    str_add_char(&it->text, '\n');
}

/* Where the day is not the one that the file gives. */
static void write_day(struct writing *it)
{
    const struct evaluation *now = it->repl->now.view.evaluation;
    bool asked =
        it->repl->asked.call.has_on || scenario_last(session_scenario(it->repl), STEP_DAY, NULL) != NULL;
    if (asked && now->has_on) {
        str_format(&it->text, "  %s %s\n", word(it, "as of"), date_text(now->on));
    }
}

static const char *block_of(struct writing *it, const char *label, const char *rules)
{
    str_format(&it->text, "%s %s {\n", word(it, "test"), write_string(label));
    str_format(&it->text, "  %s %s", word(it, "given"), write_string(io_relative(rules, it->repl->path)));
    write_changes(it);
    write_day(it);
    const char *expected = expected_text(&it->repl->now.view, NULL);
    if (*expected != '\0') {
        str_format(&it->text, "  %s %s\n", word(it, "expect"), expected);
    }
    str_add(&it->text, "}\n");
    return fmt_laid_out(rules, str_text(&it->text));
}

/* ---------------------------------------------------------------- read back */

/* Is that what the threshold is set to? */
static bool is_set(const struct repl *repl, const struct ast_setting *written)
{
    struct compile_options options = session_options(repl, session_scenario(repl));
    for (size_t i = 0; i < options.setting_count; i++) {
        if (str_equal(options.settings[i].name, ast_text(written->name))) {
            return str_equal(options.settings[i].text, span_text(written->value->span));
        }
    }
    return false;
}

/* The unit as loaded with the changes of the block. NULL: one of them is another than was made. */
static const struct unit *changed_unit(const struct repl *repl, const struct ast_test_given *given,
                                       struct diags *diags)
{
    const struct scenario *scenario = scenario_new(repl->standard, repl->unit);
    size_t column = session_column(repl, scenario);
    for (size_t i = 0; i < given->with.count; i++) {
        if (given->with.items[i]->kind == AST_setting) {
            if (!is_set(repl, AST(setting, given->with.items[i]))) {
                return NULL;
            }
            continue;
        }
        struct change_place place = {repl->standard, scenario_unit(scenario), column};
        struct fact_change change;
        struct scenario_step *step = MEM_NEW(struct scenario_step);
        if (!change_enter(&place, given->with.items[i], diags, &change)) {
            return NULL;
        }
        step->kind = STEP_ENTER;
        step->column = column;
        for (size_t k = 0; k < change.entries.count; k++) {
            vec_push(&step->entries, change.entries.items[k]);
        }
        scenario = scenario_add(scenario, step);
    }
    return scenario_unit(scenario);
}

/* Values alone: a test has no evidence, and what it calls unknown was perhaps not reported. */
static bool same_values(const struct given *const *a, const struct given *const *b, size_t columns,
                        size_t slots)
{
    for (size_t k = 0; k < columns; k++) {
        for (size_t i = 0; i < slots; i++) {
            if (!changed_same_value(&a[k][i].value, &b[k][i].value)) {
                return false;
            }
        }
    }
    return true;
}

static bool same_unit(const struct repl *repl, const struct unit *unit)
{
    const struct unit *now = repl->now.view.evaluation->unit;
    return same_values(unit->facts, now->facts, now->columns, repl->standard->facts.count) &&
           same_values(unit->scores, now->scores, now->columns, repl->standard->judged.count);
}

static bool expectations_hold(const struct repl *repl, const struct ast_list *conds, struct diags *diags)
{
    struct compile_question *questions = MEM_ARRAY(struct compile_question, conds->count + 1);
    struct outlook outlook;
    for (size_t i = 0; i < conds->count; i++) {
        questions[i] =
            (struct compile_question){.ast = AST(cond, conds->items[i])->when, .goal = true, .diags = diags};
    }
    if (!session_ask(repl, session_scenario(repl), questions, conds->count, &outlook, diags)) {
        return false;
    }
    const struct standard *standard = outlook.view.evaluation->standard;
    for (size_t i = 0; i < conds->count; i++) {
        if (!value_is_yes(view_value(&outlook.view, standard->questions.items[i]))) {
            return false;
        }
    }
    return true;
}

static bool reads_back(const struct repl *repl, const char *block, struct diags *diags)
{
    const struct ast *file = parse_rubric(source_new("<test>", block, strlen(block)), diags);
    if (file == NULL || diags->errors > 0) {
        return false;
    }
    const struct ast_test *test = AST(test, AST(rubric_file, file)->decls.items[0]);
    bool same = true;
    for (size_t i = 0; i < test->lines.count; i++) {
        const struct ast *line = test->lines.items[i];
        if (line->kind == AST_test_given) {
            const struct unit *unit = changed_unit(repl, AST(test_given, line), diags);
            same = same && unit != NULL && same_unit(repl, unit);
        } else if (line->kind == AST_test_expect) {
            same = same && expectations_hold(repl, &AST(test_expect, line)->conds, diags);
        }
    }
    return same;
}

/* ---------------------------------------------------------------- whether it can be said */

static void cannot(struct diags *diags, const char *what)
{
    diag_add(diags, DIAG_REPL_TEST_CANNOT, SPAN_NONE, what, NULL);
}

/* Is another column final than the standard says? */
static bool is_other_column(const struct repl *repl, const struct scenario_step *step, const char *asked)
{
    const struct standard *standard = repl->standard;
    size_t column = step != NULL    ? step->column
                    : asked != NULL ? standards_column(standard, asked)
                                    : standard->final_column;
    return (standard->mixed && (step != NULL || asked != NULL)) || column != standard->final_column;
}

static bool can_be_said(const struct repl *repl, struct diags *diags)
{
    const char *column = options_value(repl->arguments, OPTION_COLUMN);
    const struct scenario_step *step = scenario_last(session_scenario(repl), STEP_COLUMN, NULL);
    if (repl->file == NULL || repl->path == NULL) {
        diag_add(diags, DIAG_REPL_TEST_WITHOUT_FILE, SPAN_NONE, NULL);
    } else if (is_other_column(repl, step, column)) {
        cannot(diags, say_with(SAY_SAVE_COLUMN, repl->cli->lang, step != NULL ? step->name : column, NULL));
    }
    return diags->errors == 0;
}

/* ---------------------------------------------------------------- the whole */

static bool append(struct repl *repl, const char *path, const char *block, struct diags *diags)
{
    const struct source *old = file_read(path, SPAN_NONE, diags);
    if (old == NULL) {
        return false;
    }
    bool closed = old->length == 0 || old->text[old->length - 1] == '\n';
    struct str all = {0};
    str_add_bytes(&all, old->bytes, old->bom + old->length);
    str_format(&all, "%s\n%s", closed ? "" : "\n", block);
    const char *text = str_text(&all);
    struct diags read = {0};
    parse_rubric(source_new(path, text + old->bom, strlen(text) - old->bom), &read);
    if (read.errors > 0) {
        diag_append(diags, &read);
    }
    return read.errors == 0 && keep_write(repl, path, text);
}

static bool is_in_use(const struct repl *repl, const char *path)
{
    for (size_t i = 0; i < repl->standard->sources.count; i++) {
        if (str_equal(io_real_path(repl->standard->sources.items[i]->name), io_real_path(path))) {
            return true;
        }
    }
    return false;
}

/* Line by line, as it would stand in a file. */
static void show(const char *block)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    while (*block != '\0') {
        size_t length = strcspn(block, "\n");
        page_text(&page, INK_PLAIN, mem_text(block, length));
        page_end(&page);
        block += length + (block[length] == '\n');
    }
    cli_write(&out);
}

/* True: it stands in a file now. */
static bool write_test(struct repl *repl, const struct repl_input *input, struct diags *diags)
{
    const char *label = words_at(input->rest, 1), *path = words_at(input->rest, 2);
    struct changed_entries changed =
        changed_find(repl->standard, repl->unit, repl->now.view.evaluation->unit);
    struct writing it = {.repl = repl, .changed = &changed};
    const char *block = block_of(&it, label, path != NULL ? path : repl->rules);
    if (!reads_back(repl, block, diags)) {
        cannot(diags, "@this_change");
        return false;
    }
    if (path == NULL) {
        show(block);
        return false;
    }
    if (file_inside(path, path, io_relative(path, repl->path), SPAN_NONE, diags) == NULL) {
        return false;
    }
    bool added = append(repl, path, block, diags);
    if (added) {
        repl_say(say_with(SAY_TEST_ADDED, repl->cli->lang, path, label, NULL));
    }
    return added;
}

void keep_test(struct repl *repl, struct repl_input *input)
{
    struct diags diags = {0};
    if (can_be_said(repl, &diags) && write_test(repl, input, &diags)) {
        repl->scenarios.items[repl->at].saved = session_scenario(repl)->step;
        if (is_in_use(repl, words_at(input->rest, 2))) {
            repl_reload(repl, input);
        }
    }
    repl_report(repl, &diags);
}
