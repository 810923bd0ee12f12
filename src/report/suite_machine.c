/* Tests for machines: JSON lines, TAP 14, JUnit's XML. */
#include <string.h>
#include "base/json.h"
#include "base/utf8.h"
#include "report/say.h"
#include "report/suite.h"

static const char *result_of(const struct told_test *test)
{
    return test->cannot ? "error" : test->run.passed ? "pass" : "fail";
}

static struct view view_of(const struct told_test *test, enum lang lang)
{
    const struct evaluation *evaluation = test->run.evaluation;
    return (struct view){.evaluation = evaluation, .context = evaluation->final, .lang = lang};
}

/* ---------------------------------------------------------------- JSON */

static void write_expectation(struct json *json, const struct told_test *told, size_t at, enum lang lang)
{
    static const char *const words[] = {
        [VERDICT_MET] = "met", [VERDICT_MISSED] = "missed", [VERDICT_OPEN] = "undecided"};
    const struct expectation *expectation = &told->run.test->expectations.items[at];
    struct view view = view_of(told, lang);
    const struct ir_node *node = suite_node(told->run.test, expectation);
    json_open(json, '{');
    json_pair(json, "expected", span_text(expectation->span));
    json_pair(json, "came", node != NULL ? suite_came(&view, node) : NULL);
    json_pair(json, "result", words[told->run.verdicts[at]]);
    json_close(json, '}');
}

void suite_json(struct str *out, const struct told_test *told, enum lang lang)
{
    const struct test *test = told->run.test;
    struct json json = {.out = out};
    json_open(&json, '{');
    json_key(&json, "rubric");
    json_int(&json, 1);
    json_pair(&json, "test", test->label);
    json_pair(&json, "file", test->span.source->name);
    json_key(&json, "line");
    json_int(&json, (long long)source_line(test->span));
    json_pair(&json, "result", result_of(told));
    json_key(&json, "expectations");
    json_open(&json, '[');
    for (size_t i = 0; !told->cannot && i < test->expectations.count; i++) {
        write_expectation(&json, told, i, lang);
    }
    json_close(&json, ']');
    json_key(&json, "messages");
    json_open(&json, '[');
    for (size_t i = 0; i < told->diags.list.count; i++) {
        diag_json(&json, told->diags.list.items[i], lang);
    }
    json_close(&json, ']');
    json_close(&json, '}');
    str_add_char(out, '\n');
}

/* ---------------------------------------------------------------- TAP */

/* A description holds no line break, nor `#` or `\` that means anything. */
static void add_description(struct str *out, const char *text)
{
    for (text = utf8_visible(text); *text != '\0'; text++) {
        if (*text == '#' || *text == '\\') {
            str_add_char(out, '\\');
        }
        str_add_char(out, *text);
    }
}

/* A YAML block: double quotes, everything doubtful escaped as JSON does. */
static void add_details(struct str *out, const struct told_test *test, enum lang lang)
{
    struct json text = {.out = out};
    str_format(out, "  ---\n  at: ");
    json_text(&text, view_place(test->run.test->span));
    str_add(out, "\n  message: ");
    text.comma = false;
    json_text(&text, suite_failure_text(test, lang));
    str_add(out, "\n  ...\n");
}

void suite_tap(struct str *out, const struct told_tests *tests, enum lang lang)
{
    str_format(out, "TAP version 14\n1..%zu\n", tests->list.count);
    for (size_t i = 0; i < tests->list.count; i++) {
        const struct told_test *test = &tests->list.items[i];
        bool passed = !test->cannot && test->run.passed;
        str_format(out, "%s %zu - ", passed ? "ok" : "not ok", i + 1);
        add_description(out, test->run.test->label);
        str_add_char(out, '\n');
        if (!passed) {
            add_details(out, test, lang);
        }
    }
}

/* ---------------------------------------------------------------- JUnit */

/* XML 1.0 has no place for most control characters: they and what cannot be seen stand as "\u{…}". */
static bool is_shown(uint32_t code)
{
    bool nothing = code == 0xFFFE || code == 0xFFFF;
    return !utf8_is_control(code) && !utf8_is_hidden(code) && !nothing;
}

static const char *entity_of(uint32_t code)
{
    switch (code) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\n': return "&#10;";
    case '\t': return "&#9;";
    default: return NULL;
    }
}

static void add_xml(struct str *out, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        uint32_t code;
        size_t length = utf8_next(text, left, &code);
        const char *entity = entity_of(code);
        if (entity != NULL) {
            str_add(out, entity);
        } else if (!is_shown(code)) {
            str_format(out, "\\u{%x}", (unsigned)code);
        } else {
            str_add_bytes(out, text, length);
        }
        text += length;
        left -= length;
    }
}

static void add_attribute(struct str *out, const char *name, const char *value)
{
    str_format(out, " %s=\"", name);
    add_xml(out, value);
    str_add_char(out, '"');
}

static void add_case(struct str *out, const struct told_test *test, enum lang lang)
{
    str_add(out, "  <testcase");
    add_attribute(out, "name", test->run.test->label);
    add_attribute(out, "classname", test->run.test->span.source->name);
    add_attribute(out, "file", test->run.test->span.source->name);
    str_format(out, " line=\"%zu\" time=\"0\"", source_line(test->run.test->span));
    if (!test->cannot && test->run.passed) {
        str_add(out, "/>\n");
        return;
    }
    const char *kind = test->cannot ? "error" : "failure";
    str_format(out, ">\n    <%s", kind);
    add_attribute(out, "message", say(test->cannot ? SAY_TEST_CANNOT : SAY_TEST_FAILED, lang));
    str_add_char(out, '>');
    add_xml(out, suite_failure_text(test, lang));
    str_format(out, "</%s>\n  </testcase>\n", kind);
}

void suite_junit(struct str *out, const struct told_tests *tests, enum lang lang)
{
    str_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"rubric\"");
    str_format(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n", tests->list.count, tests->failed,
               tests->cannot);
    for (size_t i = 0; i < tests->list.count; i++) {
        add_case(out, &tests->list.items[i], lang);
    }
    str_add(out, "</testsuite>\n</testsuites>\n");
}
