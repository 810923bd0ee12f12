/* Reads files and prints what the parser makes of them:
 *   ast_dump_calc FILE…       the syntax tree
 *   ast_dump_calc -e FILE…    the diagnostics, in English and in Chinese
 *   ast_dump_calc -f FILE     the text with every fix applied that a diagnostic offers
 * .rubric and .facts are files as authors write them; .lines holds lines of the prompt, .values values of --set, one a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/io.h"
#include "base/mem.h"
#include "syntax/parse.h"

typedef const struct ast *parser(const struct source *source, struct diags *diags);
typedef void printer(struct str *out, const struct ast *tree, const struct source *source,
                     struct diags *diags);

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length >= tail && strcmp(name + length - tail, end) == 0;
}

static void print_tree(struct str *out, const struct ast *tree, const struct source *source,
                       struct diags *diags)
{
    (void)source;
    (void)diags;
    ast_dump(out, tree);
}

static void print_errors(struct str *out, const struct ast *tree, const struct source *source,
                         struct diags *diags)
{
    (void)tree;
    (void)source;
    diag_render_all(out, diags, LANG_EN, false);
    str_add(out, diags->list.count > 0 ? "\n" : "");
    diag_render_all(out, diags, LANG_ZH, false);
}

/* Diagnostics are in source order; a fix that overlaps the one before is left out. */
static void print_fixed(struct str *out, const struct ast *tree, const struct source *source,
                        struct diags *diags)
{
    (void)tree;
    uint32_t at = 0;
    for (size_t i = 0; i < diags->list.count; i++) {
        const struct diag_fix *fix = &diags->list.items[i]->fix;
        if (fix->text != NULL && fix->span.start >= at) {
            str_add_bytes(out, source->text + at, fix->span.start - at);
            str_add(out, fix->text);
            at = fix->span.end;
        }
    }
    str_add_bytes(out, source->text + at, source->length - at);
}

static bool show(parser *parse, printer *print, const struct source *source)
{
    struct diags diags = {0};
    struct str out = {0};
    const struct ast *tree = parse(source, &diags);
    print(&out, tree, source, &diags);
    fwrite(str_text(&out), 1, out.length, stdout);
    return diags.errors > 0;
}

static bool show_lines(parser *parse, printer *print, const char *name, char *text)
{
    bool errors = false;
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        printf("> %s\n", line);
        errors = show(parse, print, source_new(name, line, strlen(line))) || errors;
    }
    return errors;
}

static bool show_file(printer *print, const char *path)
{
    char *bytes;
    size_t length;
    if (io_read(path, IO_SIZE_MAX, &bytes, &length) != IO_OK) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(3);
    }
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    if (ends_with(name, ".lines") || ends_with(name, ".values")) {
        return show_lines(ends_with(name, ".lines") ? parse_line : parse_value, print, name, bytes);
    }
    return show(ends_with(name, ".facts") ? parse_facts : parse_rubric, print,
                source_new(name, bytes, length));
}

int main(int argc, char **argv)
{
    mem_start();
    printer *print = print_tree;
    bool errors = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-e") == 0) {
            print = print_errors;
        } else if (strcmp(argv[i], "-f") == 0) {
            print = print_fixed;
        } else {
            errors = show_file(print, argv[i]) || errors;
        }
    }
    return errors ? 2 : 0;
}
