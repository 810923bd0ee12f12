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

static void begin(struct json *json, const char *label, const char *file)
{
    json_open(json, '{');
    json_key(json, "rubric");
    json_int(json, 1);
    json_pair(json, "test", label);
    json_pair(json, "file", file);
}

static void end(struct json *json, const struct diags *diags, enum lang lang)
{
    json_key(json, "messages");
    json_open(json, '[');
    for (size_t i = 0; i < diags->list.count; i++) {
        diag_json(json, diags->list.items[i], lang);
    }
    json_close(json, ']');
    json_close(json, '}');
    str_add_char(json->out, '\n');
}

void suite_json(struct str *out, const struct told_test *told, enum lang lang)
{
    const struct test *test = told->run.test;
    struct json json = {.out = out};
    begin(&json, test->label, test->span.source->name);
    json_key(&json, "line");
    json_int(&json, (long long)source_line(test->span));
    json_pair(&json, "result", result_of(told));
    json_key(&json, "expectations");
    json_open(&json, '[');
    for (size_t i = 0; !told->cannot && i < test->expectations.count; i++) {
        write_expectation(&json, told, i, lang);
    }
    json_close(&json, ']');
    end(&json, &told->diags, lang);
}

void suite_json_refused(struct str *out, const struct told_file *file, enum lang lang)
{
    struct json json = {.out = out};
    begin(&json, NULL, file->path);
    json_pair(&json, "result", "error");
    end(&json, &file->diags, lang);
}

static const char *messages_of(const struct told_file *file, enum lang lang)
{
    struct str text = {0};
    diag_render_all(&text, &file->diags, lang, false);
    return str_text(&text);
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

/* In double quotes, everything doubtful escaped as JSON does. YAML has no place for the two that are no characters. */
static void add_quoted(struct str *out, const char *text)
{
    struct str plain = {0};
    for (size_t left = strlen(text); left > 0;) {
        uint32_t code;
        size_t length = utf8_next(text, left, &code);
        if (code == 0xFFFE || code == 0xFFFF) {
            str_format(&plain, "\\u{%x}", (unsigned)code);
        } else {
            str_add_bytes(&plain, text, length);
        }
        text += length;
        left -= length;
    }
    json_text(&(struct json){.out = out}, str_text(&plain));
}

static void add_details(struct str *out, const char *place, const char *message)
{
    str_add(out, "  ---\n  at: ");
    add_quoted(out, place);
    str_add(out, "\n  message: ");
    add_quoted(out, message);
    str_add(out, "\n  ...\n");
}

static void add_point(struct str *out, bool passed, size_t number, const char *description)
{
    str_format(out, "%s %zu - ", passed ? "ok" : "not ok", number);
    add_description(out, description);
    str_add_char(out, '\n');
}

void suite_tap(struct str *out, const struct told_tests *tests, enum lang lang)
{
    str_format(out, "TAP version 14\n1..%zu\n", tests->list.count + tests->refused.count);
    for (size_t i = 0; i < tests->list.count; i++) {
        const struct told_test *test = &tests->list.items[i];
        bool passed = !test->cannot && test->run.passed;
        add_point(out, passed, i + 1, test->run.test->label);
        if (!passed) {
            add_details(out, view_place(test->run.test->span), suite_failure_text(test, lang));
        }
    }
    for (size_t i = 0; i < tests->refused.count; i++) {
        const struct told_file *file = &tests->refused.items[i];
        add_point(out, false, tests->list.count + i + 1, file->path);
        add_details(out, utf8_visible(file->path), messages_of(file, lang));
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
    text = utf8_repaired(text);
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

static void add_refused(struct str *out, const struct told_file *file, enum lang lang)
{
    str_add(out, "  <testcase");
    add_attribute(out, "name", file->path);
    add_attribute(out, "classname", file->path);
    add_attribute(out, "file", file->path);
    str_add(out, " time=\"0\">\n    <error");
    add_attribute(out, "message", say(SAY_TEST_CANNOT, lang));
    str_add_char(out, '>');
    add_xml(out, messages_of(file, lang));
    str_add(out, "</error>\n  </testcase>\n");
}

void suite_junit(struct str *out, const struct told_tests *tests, enum lang lang)
{
    str_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"rubric\"");
    str_format(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n",
               tests->list.count + tests->refused.count, tests->failed, tests->cannot + tests->refused.count);
    for (size_t i = 0; i < tests->list.count; i++) {
        add_case(out, &tests->list.items[i], lang);
    }
    for (size_t i = 0; i < tests->refused.count; i++) {
        add_refused(out, &tests->refused.items[i], lang);
    }
    str_add(out, "</testsuite>\n</testsuites>\n");
}
