/* Tests for a person: those that failed, each with its reason, and how many there were. */
#include <string.h>
#include "base/mem.h"
#include "report/complaints.h"
#include "report/explain.h"
#include "report/outcome.h"
#include "report/points.h"
#include "report/reason.h"
#include "report/say.h"
#include "report/suite.h"
#include "report/values.h"
#include "report/why.h"

enum { INDENT = 2, HEAD = 12, REASONS_MAX = 12 };

void told_add(struct told_tests *tests, const struct test_run *run)
{
    struct told_test told = {.run = *run, .diags = run->test->diags};
    if (run->evaluation != NULL) {
        complaints_add(run->evaluation, &told.diags);
    }
    told.cannot = run->evaluation == NULL || run->evaluation->refused;
    *(told.cannot ? &tests->cannot : run->passed ? &tests->passed : &tests->failed) += 1;
    vec_push(&tests->list, told);
}

void told_let_go(struct told_tests *tests)
{
    struct told_test *told = &vec_last(&tests->list);
    if (!told->cannot && told->run.passed) {
        told->run.evaluation = NULL;
    }
}

/* ---------------------------------------------------------------- what came */

const char *suite_came(const struct view *view, const struct ir_node *node)
{
    const struct standard *standard = view->evaluation->standard;
    const struct value *value = view_value(view, node);
    if (standard->grade != NULL && node == standard->grade) {
        return outcome_grade(view);
    }
    bool plain = value_is_point(value) && node->type.kind == TYPE_NUMBER && node->type.unit == NULL;
    if (plain) {
        return node->type.share ? explain_value(view, node, NULL) : num_text(value_point(value));
    }
    return explain_value(view, node, NULL);
}

/* ---------------------------------------------------------------- why */

static const struct part *part_of(const struct standard *standard, const struct ir_node *node)
{
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        const struct part *part = standard->parts_by_path.entries[i].value;
        if (part->kind != PART_STANDARD && (node == part->score || node == part->rate || node == part->due)) {
            return part;
        }
    }
    return NULL;
}

static const char *points_of(const struct view *view, const struct part *part)
{
    bool outer = false;
    const char *points = points_text(view, part->score, false, &outer);
    return part->has_cap ? say_with(SAY_TEST_OF, view->lang, points, values_number(part->cap), NULL) : points;
}

/* A part with what it came to and why, and so those inside it. */
static size_t write_part(struct page *page, const struct view *view, const struct part *part, size_t left)
{
    const char *reason = part->kind != PART_STANDARD ? reason_of(view, part) : "";
    bool told = *reason != '\0';
    if (told && left > 0) {
        page_paragraph(
            page, INDENT * 2, INK_DIM,
            say_with(SAY_TEST_PART, view->lang, view_part_name(part), points_of(view, part), reason, NULL));
    }
    left -= told && left > 0;
    for (size_t i = 0; i < part->parts.count; i++) {
        left = write_part(page, view, part->parts.items[i], left);
    }
    return left;
}

/* Behind its first `heads` lines, which say what is said already. */
static void add_indented(struct page *page, const char *text, size_t heads)
{
    for (size_t at = 0; *text != '\0'; at++) {
        size_t length = strcspn(text, "\n");
        if (at >= heads) {
            str_add_repeat(page->out, " ", length > 0 ? INDENT * 2 : 0);
            str_add_bytes(page->out, text, length);
            str_add_char(page->out, '\n');
        }
        text += length + (text[length] == '\n');
    }
}

/* The conditions that decided it, and the facts that it read. */
static void write_derivation(struct page *page, const struct view *view, const struct ir_node *node)
{
    enum { GRADE_HEADS = 3, VALUE_HEADS = 1 };
    const struct standard *standard = view->evaluation->standard;
    struct str text = {0};
    struct page inner = {.out = &text, .colour = page->colour, .width = page->width - INDENT * 2};
    bool grade = standard->grade != NULL && node == standard->grade;
    if (grade) {
        why_write(&inner, view, &(struct why_target){.kind = WHY_GRADE});
    } else {
        why_question(&inner, view, node);
    }
    add_indented(page, str_text(&text), grade ? GRADE_HEADS : VALUE_HEADS);
}

/* Of a part and the total what was lost. */
static void write_reason(struct page *page, const struct view *view, const struct ir_node *of,
                         const struct ir_node *condition)
{
    const struct standard *standard = view->evaluation->standard;
    const struct part *part = of != NULL ? part_of(standard, of) : NULL;
    bool whole = of != NULL && (of == standard->total_node || of == standard->subtotal);
    size_t left = REASONS_MAX;
    if (part != NULL || whole) {
        left = write_part(page, view, part != NULL ? part : standard->root, left);
    }
    bool grade = of != NULL && of == standard->grade;
    if (left == REASONS_MAX) {
        write_derivation(page, view, part != NULL || grade || condition == NULL ? of : condition);
    }
}

static struct view view_of(const struct told_test *test, enum lang lang)
{
    const struct evaluation *evaluation = test->run.evaluation;
    return (struct view){.evaluation = evaluation, .context = evaluation->final, .lang = lang};
}

static void write_missed(struct page *page, const struct told_test *told, const struct view *view, size_t at)
{
    const struct test *test = told->run.test;
    const struct expectation *expectation = &test->expectations.items[at];
    const struct ir_node *condition = suite_condition(test, expectation),
                         *node = suite_node(test, expectation);
    const struct ir_node *of = expectation->of != NULL ? node : NULL;
    const char *came = node != NULL ? suite_came(view, node) : "";
    if (told->run.verdicts[at] == VERDICT_OPEN) {
        came = say_with(SAY_TEST_UNDECIDED, view->lang, came, NULL);
    }
    page_entry(page, INDENT, say(SAY_TEST_EXPECTED, view->lang), HEAD, INK_PLAIN,
               span_text(expectation->span));
    page_entry(page, INDENT, say(SAY_TEST_CAME, view->lang), HEAD, INK_BAD, came);
    write_reason(page, view, of, condition);
}

void suite_failure(struct page *page, const struct told_test *test, enum lang lang)
{
    const struct test *of = test->run.test;
    page_text(page, INK_BAD, say(test->cannot ? SAY_TEST_CANNOT : SAY_TEST_FAILED, lang));
    page_text(page, INK_BOLD, str_print("  %s", of->label));
    page_text(page, INK_DIM, str_print("   %s", view_place(of->span)));
    page_end(page);
    if (test->cannot) {
        return; /* messages say why */
    }
    struct view view = view_of(test, lang);
    for (size_t i = 0; i < of->expectations.count; i++) {
        if (test->run.verdicts[i] != VERDICT_MET) {
            write_missed(page, test, &view, i);
        }
    }
}

const char *suite_failure_text(const struct told_test *test, enum lang lang)
{
    struct str text = {0};
    struct page page = {.out = &text, .width = 100};
    if (!test->cannot) {
        suite_failure(&page, test, lang);
    }
    for (size_t i = 0; test->cannot && i < test->diags.list.count; i++) {
        diag_render(&text, test->diags.list.items[i], lang, false);
    }
    return str_text(&text);
}

void suite_count(struct page *page, const struct told_tests *tests, enum lang lang)
{
    const char *all = say_counted(SAY_TEST_ONE, SAY_TEST_MANY, tests->list.count, lang);
    const char *passed = str_print("%zu", tests->passed), *failed = str_print("%zu", tests->failed);
    const char *text = say_with(SAY_TEST_COUNT, lang, all, passed, failed, NULL);
    if (tests->cannot > 0) {
        text = say_with(SAY_TEST_COUNT_CANNOT, lang, text, str_print("%zu", tests->cannot), NULL);
    }
    page_paragraph(page, 0, tests->failed + tests->cannot > 0 ? INK_BAD : INK_GOOD, text);
}
