/* From blocks to tests that can be run: questions, thresholds, units. */
#include "suite/suite.h"
#include <string.h>
#include "base/mem.h"
#include "facts/change.h"
#include "syntax/file.h"
#include "whatif/scenario.h"

/* Of one compilation. What a test asks is worked out whenever another of its compilation is run: with all in one, a file of a thousand tests
 * would take minutes. */
enum { TESTS_AT_ONCE = 64 };

struct setting_group {
    const char *key; /* the thresholds in the authors' words */
    size_t tests;
    VEC(struct compile_setting) settings;
    VEC(struct compile_question) questions;
    const struct standard *standard;
    bool wrong; /* its thresholds are: the standard is the one without them */
    struct diags diags;
};

/* What the lines of a block say, before anything is looked up. */
struct block {
    const struct ast_test_given *given;
    const struct ast *as_of;
    VEC(const struct ast *) entries;
};

/* ---------------------------------------------------------------- expectations */

/* A figure says nothing of what came. */
static bool is_figure(const struct ast *ast)
{
    return ast->kind == AST_number || ast->kind == AST_percent || ast->kind == AST_date ||
           ast->kind == AST_quantity;
}

static void read_condition(struct expectation *expectation, const struct ast_cond *cond)
{
    expectation->kind = EXPECTED_TRUE;
    if (cond->when->kind != AST_e_compare)
        return;
    const struct ast_e_compare *compare = AST(e_compare, cond->when);
    const struct ast *right = compare->right;
    expectation->of = is_figure(compare->left) ? right : compare->left;
    if (compare->op != CMP_EQ)
        return;
    if (right->kind == AST_word && AST(word, right)->word == WORD_UNKNOWN)
        expectation->kind = EXPECTED_OPEN;
    else if (compare->left->kind == AST_path)
        expectation->literal = right;
}

static void read_expectations(struct test *test, const struct ast_test_expect *expect)
{
    for (size_t i = 0; i < expect->conds.count; i++) {
        const struct ast *ast = expect->conds.items[i];
        struct expectation expectation = {.span = ast->span};
        if (ast->kind == AST_test_range) {
            expectation.kind = EXPECTED_RANGE;
            expectation.of = AST(test_range, ast)->of;
        } else {
            read_condition(&expectation, AST(cond, ast));
        }
        vec_push(&test->expectations, expectation);
    }
}

static const struct ast *compare(enum compare_op op, const struct ast *a, const struct ast *b)
{
    return ast_e_compare(op, a, b, span_join(a->span, b->span));
}

static void ask(struct setting_group *group, const struct ast *ast, bool goal, struct diags *diags)
{
    vec_push(&group->questions, (struct compile_question){.ast = ast, .goal = goal, .diags = diags});
}

/* Of a range: neither end may lie outside what comes out, and what comes out not outside of them. */
static void ask_range(struct setting_group *group, const struct ast_test_range *range, struct diags *diags)
{
    ask(group, compare(CMP_GE, range->of, range->low), true, diags);
    ask(group, compare(CMP_LE, range->of, range->high), true, diags);
    ask(group, compare(CMP_GT, range->of, range->low), true, diags);
    ask(group, compare(CMP_LT, range->of, range->high), true, diags);
}

/* What is compared is asked about in silence: what is wrong with it is told of the comparison. */
static void ask_expectation(struct setting_group *group, struct expectation *expectation,
                            const struct ast *ast)
{
    expectation->first = group->questions.count;
    switch (expectation->kind) {
    case EXPECTED_TRUE: ask(group, AST(cond, ast)->when, true, &expectation->diags); break;
    case EXPECTED_RANGE: ask_range(group, AST(test_range, ast), &expectation->diags); break;
    case EXPECTED_OPEN: break;
    }
    if (expectation->of)
        ask(group, expectation->of, false,
            expectation->kind == EXPECTED_OPEN ? &expectation->diags : MEM_NEW(struct diags));
}

/* The diagnostics of an expectation are written to while the standard is compiled: nothing may move any more. */
static void ask_all(struct test *test, struct setting_group *group)
{
    size_t at = 0;
    for (size_t i = 0; i < test->ast->lines.count; i++) {
        const struct ast *line = test->ast->lines.items[i];
        if (line->kind != AST_test_expect)
            continue;
        const struct ast_list *conds = &AST(test_expect, line)->conds;
        for (size_t k = 0; k < conds->count; k++)
            ask_expectation(group, &test->expectations.items[at++], conds->items[k]);
    }
}

/* ---------------------------------------------------------------- the lines of a block */

static void report_twice(struct test *test, const struct ast *line)
{
    struct span word = span_first_word(line->span);
    diag_add(&test->diags, DIAG_TEST_LINE_TWICE, word, span_text(word), NULL);
}

static struct block read_lines(struct test *test)
{
    struct block block = {0};
    for (size_t i = 0; i < test->ast->lines.count; i++) {
        const struct ast *line = test->ast->lines.items[i];
        bool given = line->kind == AST_test_given, dated = line->kind == AST_test_as_of;
        if ((given && block.given) || (dated && block.as_of))
            report_twice(test, line);
        else if (given)
            block.given = AST(test_given, line);
        else if (dated)
            block.as_of = AST(test_as_of, line)->date;
        else
            read_expectations(test, AST(test_expect, line));
    }
    if (test->expectations.count == 0)
        diag_add(&test->diags, DIAG_TEST_EXPECTS_NOTHING, test->span, test->label, NULL);
    return block;
}

static struct compile_setting setting_of(const struct ast_setting *ast)
{
    return (struct compile_setting){ast_text(ast->name), span_text(ast->value->span), ast->value,
                                    ast->name->span};
}

/* The group of those that set what the block sets, a new one where there is none that has room. */
static struct setting_group *group_of(struct suite *suite, const struct block *block)
{
    struct setting_group *group = MEM_NEW(struct setting_group);
    struct str key = {0};
    for (size_t i = 0; block->given && i < block->given->with.count; i++) {
        if (block->given->with.items[i]->kind != AST_setting)
            continue;
        struct compile_setting setting = setting_of(AST(setting, block->given->with.items[i]));
        vec_push(&group->settings, setting);
        str_format(&key, "%s=%s\n", setting.name, setting.text);
    }
    group->key = str_text(&key);
    for (size_t i = suite->groups.count; i-- > 0;) {
        struct setting_group *last = suite->groups.items[i];
        if (strcmp(last->key, group->key) != 0)
            continue;
        if (last->tests == TESTS_AT_ONCE)
            break;
        last->tests++;
        return last;
    }
    group->tests = 1;
    vec_push(&suite->groups, group);
    return group;
}

/* ---------------------------------------------------------------- units */

struct opened {
    struct facts_file *file;
    struct diags diags;
};

/* Files that a test names stand in the folder of the file that began it all, or below. */
static const struct opened *open_facts(struct suite *suite, struct test *test, const struct ast *name)
{
    const char *path =
        file_inside(suite->source->name, name->span.source->name, ast_text(name), name->span, &test->diags);
    if (!path || !file_is_readable(path, name->span, &test->diags))
        return NULL;
    struct opened *opened = map_find(suite->files, path);
    if (!opened) {
        opened = MEM_NEW(struct opened);
        opened->file = facts_open(path, &opened->diags);
        map_put(suite->files, path, opened);
    }
    diag_append(&test->diags, &opened->diags);
    return opened->file && opened->file->tree && opened->diags.errors == 0 ? opened : NULL;
}

static const struct unit *loaded_unit(struct suite *suite, struct test *test, const struct block *block)
{
    if (!block->given)
        return facts_nothing(suite->source->name, test->standard, &test->diags);
    const struct opened *opened = open_facts(suite, test, block->given->file);
    return opened ? facts_read(opened->file, test->standard, &test->diags) : NULL;
}

static const struct scenario *enter(const struct scenario *scenario, const struct ast *entry,
                                    struct diags *diags)
{
    const struct standard *standard = scenario->standard;
    struct change_place place = {standard, scenario_unit(scenario),
                                 standard->mixed ? 0 : standard->final_column};
    struct scenario_step *step = MEM_NEW(struct scenario_step);
    struct fact_change change;
    if (!change_enter(&place, entry, diags, &change))
        return NULL;
    step->kind = STEP_ENTER;
    step->column = place.column;
    for (size_t i = 0; i < change.entries.count; i++)
        vec_push(&step->entries, change.entries.items[i]);
    return scenario_add(scenario, step);
}

/* Each entry is looked at against those before it; one that is refused is tried again behind the others, since another may be what limits it. */
static const struct unit *changed_unit(struct test *test, const struct unit *unit, const struct block *block)
{
    const struct scenario *scenario = scenario_new(test->standard, unit);
    size_t count = block->given ? block->given->with.count : 0, entered = 0;
    bool *done = MEM_ARRAY(bool, count + 1), moved = true;
    struct diags diags = {0};
    while (moved) {
        moved = false;
        diags = (struct diags){0};
        for (size_t i = 0; i < count; i++) {
            const struct ast *entry = block->given->with.items[i];
            if (entry->kind != AST_entry || done[i])
                continue;
            const struct scenario *next = enter(scenario, entry, &diags);
            if (next) {
                scenario = next;
                done[i] = moved = true;
                entered++;
            }
        }
    }
    diag_append(&test->diags, &diags);
    return diags.errors ? NULL : scenario_unit(scenario);
}

/* ---------------------------------------------------------------- a suite */

static const struct standard *compile(const struct suite *suite, const struct source *instead,
                                      const struct compile_options *options, struct diags *diags)
{
    bool replaced = instead && str_equal(instead->name, suite->source->name);
    return compile_text(replaced ? instead : suite->source, options, diags);
}

static void compile_group(const struct suite *suite, const struct source *instead,
                          struct setting_group *group)
{
    struct compile_options options = {.settings = group->settings.items,
                                      .setting_count = group->settings.count,
                                      .questions = group->questions.items,
                                      .question_count = group->questions.count,
                                      .instead = instead};
    group->standard = compile(suite, instead, &options, &group->diags);
    if (group->standard || group->settings.count == 0)
        return;
    /* without them, so that what else is wrong with the tests is found too */
    struct diags unheard = {0};
    options.setting_count = 0;
    group->wrong = true;
    group->standard = compile(suite, instead, &options, &unheard);
}

static void add_errors(struct diags *to, const struct diags *from)
{
    struct diags errors = {0};
    for (size_t i = 0; i < from->list.count; i++) {
        if (diag_severity(from->list.items[i]->code) == SEVERITY_ERROR) {
            vec_push(&errors.list, from->list.items[i]);
            errors.errors++;
        }
    }
    diag_append(to, &errors);
}

static void make_ready(struct suite *suite, struct test *test, const struct block *block)
{
    for (size_t i = 0; i < test->expectations.count; i++)
        diag_append(&test->diags, &test->expectations.items[i].diags);
    test->standard = test->group->standard;
    if (!test->standard || test->group->wrong)
        add_errors(&test->diags, &test->group->diags);
    if (!test->standard)
        return;
    const struct unit *loaded = loaded_unit(suite, test, block);
    test->unit = loaded ? changed_unit(test, loaded, block) : NULL;
    if (block->as_of) {
        test->call.has_on = true;
        test->call.on = AST(date, block->as_of)->day;
    }
}

static void note_same_names(struct suite *suite)
{
    struct map seen = {0};
    for (size_t i = 0; i < suite->tests.count; i++) {
        struct test *test = suite->tests.items[i], *before = map_find(&seen, test->label);
        if (before)
            diag_other(diag_add(&test->diags, DIAG_TEST_NAME_TWICE, test->span, test->label, NULL),
                       before->span, "@first_here");
        else
            map_put(&seen, test->label, test);
    }
}

static struct test *test_new(const struct ast_test *ast)
{
    struct test *test = MEM_NEW(struct test);
    test->ast = ast;
    test->label = ast_text(ast->label);
    test->span = ast->label->span;
    return test;
}

struct suite *suite_new(const struct source *source, const struct compile_tests *tests,
                        const struct source *instead, struct map *files)
{
    struct suite *suite = MEM_NEW(struct suite);
    struct block *blocks = MEM_ARRAY(struct block, tests->list.count + 1);
    suite->source = source;
    suite->files = files;
    for (size_t i = 0; i < tests->list.count; i++) {
        struct test *test = test_new(tests->list.items[i]);
        blocks[i] = read_lines(test);
        struct setting_group *group = group_of(suite, &blocks[i]);
        test->group = group;
        ask_all(test, group);
        vec_push(&suite->tests, test);
    }
    for (size_t i = 0; i < suite->groups.count; i++)
        compile_group(suite, instead, suite->groups.items[i]);
    for (size_t i = 0; i < suite->tests.count; i++)
        make_ready(suite, suite->tests.items[i], &blocks[i]);
    note_same_names(suite);
    return suite;
}
