#include "diag/sarif.h"
#include <string.h>
#include "base/io.h"
#include "base/mem.h"
#include "diag/pages.h"

static const char SCHEMA[] = "https://json.schemastore.org/sarif-2.1.0.json", SARIF_VERSION[] = "2.1.0";

struct document {
    struct json json;
    enum lang lang;
    size_t rule_of[DIAG_CODE_COUNT]; /* place among the rules, from 1; 0: it is not raised */
};

/* ---------------------------------------------------------------- addresses */

static bool stands_for_itself(char byte)
{
    bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    return letter || (byte >= '0' && byte <= '9') || (byte != '\0' && strchr("-._~/", byte) != NULL);
}

static const char *escaped(const char *path)
{
    struct str out = {0};
    for (; *path != '\0'; path++) {
        if (stands_for_itself(*path)) {
            str_add_char(&out, *path);
        } else {
            str_format(&out, "%%%02X", (unsigned)(unsigned char)*path);
        }
    }
    return str_text(&out);
}

/* Absolute paths below the current folder become relative. */
static const char *address_of(const char *path)
{
    const char *here = io_real_path(".");
    size_t length = here != NULL && strcmp(here, "/") != 0 ? strlen(here) : 0;
    if (length > 0 && strncmp(path, here, length) == 0 && path[length] == '/') {
        path += length + 1;
    }
    while (strncmp(path, "./", 2) == 0) {
        path += 2;
    }
    return str_print("%s%s", *path == '/' ? "file://" : "", escaped(path));
}

/* ---------------------------------------------------------------- pieces */

static void add_number(struct json *json, const char *key, size_t number)
{
    json_key(json, key);
    json_int(json, (long long)number);
}

static void add_message(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_open(json, '{');
    json_pair(json, "text", text);
    json_close(json, '}');
}

static void add_region(struct json *json, const char *key, struct span span)
{
    struct span end = {span.source, span.end, span.end};
    json_key(json, key);
    json_open(json, '{');
    add_number(json, "startLine", source_line(span));
    add_number(json, "startColumn", source_utf16_column(span));
    add_number(json, "endLine", source_line(end));
    add_number(json, "endColumn", source_utf16_column(end));
    json_close(json, '}');
}

static void add_artifact(struct json *json, const struct source *source)
{
    json_key(json, "artifactLocation");
    json_open(json, '{');
    json_pair(json, "uri", address_of(source->name));
    json_close(json, '}');
}

static void add_physical(struct json *json, struct span span)
{
    struct span whole = {span.source, span.start, span.end > span.start ? span.end : span.start};
    json_key(json, "physicalLocation");
    json_open(json, '{');
    add_artifact(json, span.source);
    add_region(json, "region", whole);
    json_close(json, '}');
}

static const char *level_of(enum severity severity)
{
    switch (severity) {
    case SEVERITY_NOTE: return "note";
    case SEVERITY_WARNING: return "warning";
    case SEVERITY_ERROR: return "error";
    }
    return "none";
}

/* ---------------------------------------------------------------- rules */

static const char *help_of(enum diag_code code, enum lang lang)
{
    const char *page = diag_page(code, lang), *help = diag_general_help(code, lang);
    return page != NULL ? page : help != NULL ? help : diag_general_text(code, lang);
}

static void add_help(struct document *document, enum diag_code code)
{
    const char *help = help_of(code, document->lang);
    json_key(&document->json, "help");
    json_open(&document->json, '{');
    json_pair(&document->json, "text", help);
    if (diag_page(code, document->lang) != NULL) {
        json_pair(&document->json, "markdown", help);
    }
    json_close(&document->json, '}');
}

static void add_rule(struct document *document, enum diag_code code)
{
    struct json *json = &document->json;
    json_open(json, '{');
    json_pair(json, "id", diag_code_name(code));
    add_message(json, "shortDescription", diag_general_text(code, document->lang));
    add_help(document, code);
    json_key(json, "defaultConfiguration");
    json_open(json, '{');
    json_pair(json, "level", level_of(diag_severity(code)));
    json_close(json, '}');
    json_close(json, '}');
}

/* Those that are raised, in the order in which they are first. */
static void add_rules(struct document *document, const struct diags *diags)
{
    size_t count = 0;
    json_key(&document->json, "rules");
    json_open(&document->json, '[');
    for (size_t i = 0; i < diags->list.count; i++) {
        enum diag_code code = diags->list.items[i]->code;
        if (document->rule_of[code] == 0) {
            document->rule_of[code] = ++count;
            add_rule(document, code);
        }
    }
    json_close(&document->json, ']');
}

static const char *language_name(enum lang lang)
{
    return lang == LANG_ZH ? "zh" : "en";
}

static void add_tool(struct document *document, const struct diags *diags, const char *version)
{
    struct json *json = &document->json;
    json_key(json, "tool");
    json_open(json, '{');
    json_key(json, "driver");
    json_open(json, '{');
    json_pair(json, "name", "rubric");
    json_pair(json, "version", version);
    json_pair(json, "language", language_name(document->lang));
    add_rules(document, diags);
    json_close(json, '}');
    json_close(json, '}');
}

/* ---------------------------------------------------------------- results */

/* The message with what stands under it, a line each. */
static const char *whole_text(const struct diag *diag, enum lang lang)
{
    struct str out = {0};
    str_add(&out, diag_text(diag, lang));
    for (size_t i = 0; i < diag->note_count; i++) {
        str_format(&out, "\n%s", diag_word(diag->notes[i], lang));
    }
    const char *example = diag_example_text(diag, lang), *help = diag_help(diag, lang);
    str_format(&out, example != NULL ? "\n%s" : "%s", example != NULL ? example : "");
    str_format(&out, help != NULL ? "\n%s" : "%s", help != NULL ? help : "");
    return str_text(&out);
}

static void add_locations(struct document *document, const struct diag *diag)
{
    struct json *json = &document->json;
    json_key(json, "locations");
    json_open(json, '[');
    if (diag->span.source != NULL) {
        json_open(json, '{');
        add_physical(json, diag->span);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void add_related(struct document *document, const struct diag *diag)
{
    struct json *json = &document->json;
    json_key(json, "relatedLocations");
    json_open(json, '[');
    for (size_t i = 0; i < diag->other_count; i++) {
        const struct diag_other *other = &diag->others[i];
        json_open(json, '{');
        add_number(json, "id", i + 1);
        add_physical(json, other->span);
        if (other->word != NULL) {
            add_message(json, "message", diag_word(other->word, document->lang));
        }
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void add_replacement(struct json *json, const struct diag_fix *fix)
{
    json_open(json, '{');
    add_region(json, "deletedRegion", fix->span);
    add_message(json, "insertedContent", fix->text);
    json_close(json, '}');
}

static void add_fix(struct document *document, const struct diag_fix *fix)
{
    struct json *json = &document->json;
    json_key(json, "fixes");
    json_open(json, '[');
    json_open(json, '{');
    json_key(json, "artifactChanges");
    json_open(json, '[');
    json_open(json, '{');
    add_artifact(json, fix->span.source);
    json_key(json, "replacements");
    json_open(json, '[');
    add_replacement(json, fix);
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, ']');
}

static void add_result(struct document *document, const struct diag *diag)
{
    struct json *json = &document->json;
    json_open(json, '{');
    json_pair(json, "ruleId", diag_code_name(diag->code));
    add_number(json, "ruleIndex", document->rule_of[diag->code] - 1);
    json_pair(json, "level", level_of(diag_severity(diag->code)));
    add_message(json, "message", whole_text(diag, document->lang));
    add_locations(document, diag);
    if (diag->other_count > 0) {
        add_related(document, diag);
    }
    if (diag_is_mendable(diag)) {
        add_fix(document, &diag->fix);
    }
    json_close(json, '}');
}

static void add_run(struct document *document, const struct diags *diags, const char *version)
{
    struct json *json = &document->json;
    json_open(json, '{');
    add_tool(document, diags, version);
    json_pair(json, "language", language_name(document->lang));
    json_pair(json, "columnKind", "utf16CodeUnits");
    json_key(json, "results");
    json_open(json, '[');
    for (size_t i = 0; i < diags->list.count; i++) {
        add_result(document, diags->list.items[i]);
    }
    json_close(json, ']');
    json_close(json, '}');
}

void diag_sarif(struct str *out, const struct diags *diags, enum lang lang, const char *version)
{
    struct document *document = MEM_NEW(struct document);
    document->json.out = out;
    document->lang = lang;
    json_open(&document->json, '{');
    json_pair(&document->json, "$schema", SCHEMA);
    json_pair(&document->json, "version", SARIF_VERSION);
    json_key(&document->json, "runs");
    json_open(&document->json, '[');
    add_run(document, diags, version);
    json_close(&document->json, ']');
    json_close(&document->json, '}');
    str_add_char(out, '\n');
}
