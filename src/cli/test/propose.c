/* --gen: test blocks for what no test comes by, made of units that there are, each changed as little as is enough. What is proposed has been run. */
#include <string.h>
#include "base/io.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/test/test.h"
#include "cli/whatif.h"
#include "facts/write.h"
#include "fmt/fmt.h"
#include "report/coverage.h"
#include "report/expected.h"
#include "report/say.h"
#include "suite/goal.h"
#include "syntax/keywords.h"
#include "syntax/parse.h"

enum { UNITS_MAX = 6, MOVES_MAX = 8, WORDS_CELLS = 40, EFFORT = EFFORT_MAX / 16 };

struct start {
    const char *given; /* as the block names it */
    const struct evaluation *evaluation;
    const struct coverage *coverage; /* of its compilation */
};

struct proposing {
    struct testing *testing;
    const struct tested *tested;
    const char *home; /* the file that the blocks are for */
    enum lang tongue; /* of the standard */
    VEC(struct start) starts;
    struct map labels;
    struct str out;
    size_t proposed, left;
};

/* ---------------------------------------------------------------- a block, read and run */

static const char *word(const struct proposing *it, const char *english)
{
    return keyword_in(english, it->tongue);
}

static const char *block_of(const struct proposing *it, const char *label, const char *given,
                            const char *with, const char *expected)
{
    struct str text = {0};
    str_format(&text, "%s %s {\n  %s %s", word(it, "test"), write_string(label), word(it, "given"),
               write_string(given));
    if (*with != '\0') {
        str_format(&text, " %s %s", word(it, "with"), with);
    }
    str_format(&text, "\n  %s %s\n}\n", word(it, "expect"), expected);
    return fmt_laid_out(it->home, str_text(&text));
}

/* Its only test; NULL: it cannot be read or run. */
static const struct test *ready(struct proposing *it, const char *block)
{
    struct diags diags = {0};
    struct compile_tests tests = {0};
    const struct ast *tree = parse_rubric(source_new(it->home, block, strlen(block)), &diags);
    if (tree == NULL || diags.errors > 0) {
        return NULL;
    }
    vec_push(&tests.list, AST(test, AST(rubric_file, tree)->decls.items[0]));
    const struct suite *suite = suite_new(it->tested->source, &tests, NULL, &it->testing->files);
    return suite->tests.items[0]->diags.errors == 0 ? suite->tests.items[0] : NULL;
}

static const struct evaluation *try(struct proposing *it, const char *given, const char *with)
{
    const struct test *test = ready(it, block_of(it, "-", given, with, word(it, "yes")));
    struct test_run run = test != NULL ? suite_run(test, true) : (struct test_run){0};
    return run.evaluation != NULL && !run.evaluation->refused ? run.evaluation : NULL;
}

/* ---------------------------------------------------------------- units to begin with */

static void add_start(struct proposing *it, const char *given)
{
    for (size_t i = 0; i < it->starts.count; i++) {
        if (strcmp(it->starts.items[i].given, given) == 0) {
            return;
        }
    }
    const struct evaluation *evaluation = it->starts.count < UNITS_MAX ? try(it, given, "") : NULL;
    if (evaluation != NULL) {
        vec_push(&it->starts, (struct start){given, evaluation, coverage_new(evaluation->standard)});
    }
}

/* Those that tests take, then those that stand beside the standard. */
static void find_starts(struct proposing *it)
{
    for (size_t i = 0; i < it->testing->files.count; i++) {
        add_start(it, io_relative(it->home, it->testing->files.entries[i].key));
    }
    struct io_names beside = {0};
    io_list(io_folder(it->home), ".facts", &beside);
    for (size_t i = 0; i < beside.list.count; i++) {
        add_start(it, io_relative(it->home, beside.list.items[i]));
    }
}

/* ---------------------------------------------------------------- changes that come by a point */

static struct lever_rules all_move_freely(const struct standard *standard)
{
    const struct lever_rule freely = {.moves_given = true, .moves = MOVES_FREELY};
    struct lever_rule *facts = MEM_ARRAY(struct lever_rule, standard->facts.count + 1);
    for (size_t i = 0; i < standard->facts.count; i++) {
        facts[i] = freely;
    }
    return (struct lever_rules){.facts = facts};
}

/* `FACT is n/a`, where what is known does not move to that; a share that is given by its parts keeps its whole when it is moved, and so may never
 * be at a figure. NULL: neither. */
static const char *told_directly(const struct proposing *it, const struct coverage_point *point)
{
    const struct ir_node *node = point->node;
    while (node != NULL && node->op == IR_NA_AS) {
        node = node->args[0];
    }
    if (point->kind == POINT_HOLDS && node->op == IR_IS_NA && node->args[0]->op == IR_FACT) {
        return str_print("%s = %s", write_name(span_text(node->args[0]->origin)), word(it, "n/a"));
    }
    bool share = point->kind == POINT_AT && node->op == IR_FACT && node->type.share &&
                 point->figure != NULL && value_is_point(&point->figure->bounds);
    const char *percent = share ? num_text(num_mul(value_point(&point->figure->bounds), num_int(100))) : "/";
    return strchr(percent, '/') == NULL ? str_print("%s = %s%%", write_name(span_text(node->origin)), percent)
                                        : NULL;
}

/* As a block enters it. */
static const char *key_of(const struct proposing *it, const struct reach *reach, const struct lever *lever)
{
    if (lever->kind == HOLE_SCORE) {
        const char *path = reach->levers->standard->judged.items[lever->slot]->criterion->path;
        return say_with(SAY_SCORE_NAME, it->tongue, write_path(path), NULL);
    }
    return write_name(reach->levers->standard->facts.items[lever->slot]->field.name);
}

static const char *moves_text(const struct proposing *it, const struct reach *reach, const struct way *way)
{
    struct str text = {0};
    for (size_t i = 0; i < way->count; i++) {
        const struct lever *lever = &reach->levers->list.items[way->moves[i].lever];
        const char *value = whatif_written(reach->levers, &way->moves[i]);
        if (value == NULL) {
            return NULL;
        }
        const char *name = key_of(it, reach, lever);
        bool listed = strchr(value, ',') != NULL && strchr("[\"t", value[0]) == NULL;
        str_item(&text, ", ", str_print(listed ? "%s = [%s]" : "%s = %s", name, value));
    }
    return str_text(&text);
}

/* NULL: no change of this unit was found to do it. */
static const char *changes(struct proposing *it, const struct coverage_point *point,
                           const struct start *start)
{
    const struct evaluation *now = start->evaluation;
    if (point->kind == POINT_OPEN) {
        const char *name = now->standard->facts.items[point->node->index]->field.name;
        return str_print("%s = %s", write_name(name), word(it, "unknown"));
    }
    struct goal *goal = MEM_NEW(struct goal);
    *goal = goal_of(point, now);
    const struct call call = {.has_on = now->has_on, .on = now->on};
    const struct lever_rules rules = all_move_freely(now->standard);
    const struct aim aim = {goal->node, true};
    const struct reach *reach = reach_find(&goal->standard, now->unit, &call, &rules, &aim,
                                           (struct reach_told){0}, (struct reach_limits){1, {EFFORT, NULL}});
    if (reach->ways.count == 0) {
        return reach->done ? "" : told_directly(it, point);
    }
    return reach->ways.items[0].count <= MOVES_MAX ? moves_text(it, reach, &reach->ways.items[0]) : NULL;
}

/* ---------------------------------------------------------------- a proposal */

static const char *without_quotes(const char *text)
{
    struct str out = {0};
    for (; *text != '\0'; text++) {
        if (*text != '"') {
            str_add_char(&out, *text);
        }
    }
    return str_text(&out);
}

static const char *label_of(struct proposing *it, const struct coverage_point *point)
{
    const char *words = without_quotes(view_words(point->span, WORDS_CELLS)),
               *what = coverage_what(point, it->tongue);
    const char *said =
        point->kind == POINT_OPEN
            ? say_with(SAY_GEN_FACT, it->tongue, point->owner, what, NULL)
            : say_with(SAY_GEN_LABEL, it->tongue, point->clause != NULL ? point->clause : point->owner, words,
                       what, NULL);
    const char *label = utf8_visible(said), *own = label;
    for (size_t number = 2; map_put(&it->labels, own, it) != NULL; number++) {
        own = str_print("%s (%zu)", label, number);
    }
    return own;
}

static const struct part *part_of(const struct standard *standard, const struct coverage_point *point)
{
    return *point->path != '\0' ? map_find(&standard->parts_by_path, point->path) : NULL;
}

/* What is made visible on its way out is not what was run. */
static bool is_shown_as_it_is(const char *block)
{
    for (const char *line = block; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        const char *text = mem_text(line, length);
        if (!str_equal(utf8_visible(text), text)) {
            return false;
        }
        line += length + (line[length] == '\n');
    }
    return true;
}

static bool propose_from(struct proposing *it, size_t place, const struct start *start)
{
    struct coverage_point *point = &it->tested->coverage->points.items[place];
    const struct coverage_point *own = coverage_same(start->coverage, it->tested->coverage, place);
    const char *with = own != NULL ? changes(it, own, start) : NULL;
    const struct evaluation *after = with != NULL ? try(it, start->given, with) : NULL;
    if (after == NULL) {
        return false;
    }
    struct view view = {.evaluation = after, .context = after->final, .lang = it->tongue};
    const char *expected = expected_text(&view, part_of(after->standard, point));
    const char *label = label_of(it, point), *block = block_of(it, label, start->given, with, expected);
    const struct test *test = *expected != '\0' && is_shown_as_it_is(block) ? ready(it, block) : NULL;
    struct test_run run = test != NULL ? suite_run(test, true) : (struct test_run){0};
    if (run.evaluation == NULL || !run.passed) {
        return false;
    }
    coverage_see(it->tested->coverage, run.evaluation);
    if (!point->covered) {
        return false;
    }
    str_format(&it->out, "%s", block);
    it->proposed++;
    return true;
}

static void propose(struct proposing *it, size_t place)
{
    const struct coverage_point *point = &it->tested->coverage->points.items[place];
    bool found = false;
    for (size_t i = 0; !found && i < it->starts.count; i++) {
        found = propose_from(it, place, &it->starts.items[i]);
    }
    if (!found) {
        it->left++;
        str_format(&it->out, "# %s\n",
                   say_with(SAY_GEN_NONE, it->testing->cli->lang, label_of(it, point),
                            view_place(point->span), NULL));
    }
}

static void flush(struct proposing *it)
{
    struct str out = {0};
    struct page page = {.out = &out, .width = SIZE_MAX};
    for (const char *line = str_text(&it->out); *line != '\0';) {
        size_t length = strcspn(line, "\n");
        page_text(&page, INK_PLAIN, mem_text(line, length));
        page_end(&page);
        line += length + (line[length] == '\n');
    }
    cli_write(&out);
    it->out = (struct str){0};
}

/* The language that most of its facts are named in. */
static enum lang tongue_of(const struct standard *standard)
{
    size_t chinese = 0;
    for (size_t i = 0; i < standard->facts.count; i++) {
        chinese += span_tongue(standard->facts.items[i]->field.span) == LANG_ZH;
    }
    return chinese * 2 > standard->facts.count ? LANG_ZH : LANG_EN;
}

static void propose_all(struct testing *testing, const struct tested *tested)
{
    const char *beside = tested->suites.items[tested->suites.count - 1]->source->name;
    struct proposing it = {
        .testing = testing, .tested = tested, .home = beside, .tongue = tongue_of(tested->standard)};
    find_starts(&it);
    for (size_t i = 0; i < tested->coverage->points.count; i++) {
        if (coverage_is_missing(&tested->coverage->points.items[i])) {
            propose(&it, i);
            flush(&it);
        }
    }
    str_format(&it.out, "# %s\n",
               say_with(SAY_GEN_COUNT, testing->cli->lang, str_print("%zu", it.proposed),
                        str_print("%zu", it.left), NULL));
    flush(&it);
}

void test_propose(struct testing *testing)
{
    for (size_t i = 0; i < testing->standards_tested.count; i++) {
        propose_all(testing, testing->standards_tested.items[i]);
    }
}
