#include "facts/facts.h"
#include <string.h>
#include "base/io.h"
#include "base/mem.h"
#include "syntax/file.h"
#include "syntax/parse.h"

/* "units/qjs.facts" → "qjs". */
static const char *stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot && dot > name ? mem_text(name, (size_t)(dot - name)) : name;
}

static void read_unit(struct facts_file *file, const struct ast *line)
{
    const struct ast *name = AST(f_unit, line)->name, *label = AST(f_unit, line)->label;
    if (name)
        file->id = ast_text(name);
    file->label = label ? ast_text(label) : file->id;
}

static void read_standard(struct facts_file *file, const struct ast *line)
{
    const struct ast *named = AST(f_standard, line)->file;
    file->standard = io_join(file->source->name, ast_text(named));
    file->standard_span = named->span;
}

/* Lines of these kinds may stand once. */
static const enum ast_kind ONCE[] = {AST_f_unit, AST_f_standard, AST_f_period, AST_f_as_of};

enum { ONCE_COUNT = sizeof ONCE / sizeof *ONCE };

/* Is it the first of its kind? A second one is an error. */
static bool is_first(const struct ast *line, const struct ast **seen, struct diags *diags)
{
    for (size_t i = 0; i < ONCE_COUNT; i++) {
        if (ONCE[i] != line->kind)
            continue;
        if (!seen[i]) {
            seen[i] = line;
            return true;
        }
        struct diag *diag = diag_add(diags, DIAG_LINE_TWICE, line->span, span_text(line->span), NULL);
        diag_other(diag, seen[i]->span, "@first_here");
        return false;
    }
    return true;
}

static void read_lines(struct facts_file *file, struct diags *diags)
{
    const struct ast_list *lines = &AST(facts_file, file->tree)->lines;
    const struct ast *seen[ONCE_COUNT] = {0};
    for (size_t i = 0; i < lines->count; i++) {
        const struct ast *line = lines->items[i];
        if (!is_first(line, seen, diags))
            continue;
        if (line->kind == AST_f_unit)
            read_unit(file, line);
        if (line->kind == AST_f_standard)
            read_standard(file, line);
    }
}

struct facts_file *facts_open_text(const struct source *source, struct diags *diags)
{
    size_t errors = diags->errors;
    struct facts_file *file = MEM_NEW(struct facts_file);
    file->source = source;
    file->id = file->label = stem_of(source->name);
    file->tree = parse_facts(source, diags);
    if (file->tree)
        read_lines(file, diags);
    file->faulty = !file->tree || diags->errors > errors;
    return file;
}

struct facts_file *facts_open(const char *path, struct diags *diags)
{
    const struct source *source = file_read(path, SPAN_NONE, diags);
    return source ? facts_open_text(source, diags) : NULL;
}

struct unit *facts_nothing(const char *name, const struct standard *standard, struct diags *diags)
{
    const struct facts_file *file = facts_open_text(source_new(name, "", 0), diags);
    struct unit *unit = MEM_NEW(struct unit);
    *unit = *facts_read(file, standard, diags);
    unit->label = NULL;
    return unit;
}
