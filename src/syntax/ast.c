#include "syntax/ast.h"
#include <stdio.h>
#include <stdlib.h>
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"

/* ---------------------------------------------------------------- constructors */

/* A row's fields become a sequence of pairs, (type, name)(type, name)…; A and B take them in turns, and END removes the one left over. */
#define N(field)             (const struct ast *, field)
#define L(field)             (struct ast_list, field)
#define T(field)             (const char *, field)
#define Q(field)             (struct num, field)
#define I(field)             (long, field)

#define END(...)             END_(__VA_ARGS__)
#define END_(...)            __VA_ARGS__##_END
#define PARAM_A(type, field) type field, PARAM_B
#define PARAM_B(type, field) type field, PARAM_A
#define PARAM_A_END
#define PARAM_B_END
#define FILL_A(type, field) .field = field, FILL_B
#define FILL_B(type, field) .field = field, FILL_A
#define FILL_A_END
#define FILL_B_END

#define NODE(kind, ...)                                                                 \
    struct ast *ast_##kind(END(PARAM_A __VA_ARGS__) struct span span)                   \
    {                                                                                   \
        struct ast_##kind *made = MEM_NEW(struct ast_##kind);                           \
        *made = (struct ast_##kind){END(FILL_A __VA_ARGS__).node = {AST_##kind, span}}; \
        return &made->node;                                                             \
    }
#include "syntax/ast.def"
#undef NODE
#undef N
#undef L
#undef T
#undef Q
#undef I

/* ---------------------------------------------------------------- kinds and fields */

enum field_type { FIELD_NODE, FIELD_LIST, FIELD_TEXT, FIELD_NUMBER, FIELD_INT, FIELD_END };

struct field {
    enum field_type type;
    size_t offset;
    const char *name;
};

#define FIELD(type, field) {FIELD_##type, offsetof(self, field), #field},
#define N(field)           FIELD(NODE, field)
#define L(field)           FIELD(LIST, field)
#define T(field)           FIELD(TEXT, field)
#define Q(field)           FIELD(NUMBER, field)
#define I(field)           FIELD(INT, field)

static const struct field *fields_of(enum ast_kind kind)
{
    switch (kind) {
#define NODE(kind, ...)                                                                    \
    case AST_##kind: {                                                                     \
        typedef struct ast_##kind self;                                                    \
        static const struct field fields[] = {__VA_ARGS__{FIELD_END, sizeof(self), NULL}}; \
        return fields;                                                                     \
    }
#include "syntax/ast.def"
#undef NODE
    case AST_KIND_COUNT: break;
    }
    abort();
}

static const char *const kind_names[] = {
#define NODE(kind, ...) #kind,
#include "syntax/ast.def"
#undef NODE
};

const char *ast_kind_name(enum ast_kind kind)
{
    return kind_names[kind];
}

const void *ast_as(enum ast_kind kind, const struct ast *node)
{
    if (node == NULL || node->kind != kind) {
        fprintf(stderr, "rubric: a fault of the program: %s read as %s\n",
                node != NULL ? ast_kind_name(node->kind) : "nothing", ast_kind_name(kind));
        abort();
    }
    return node;
}

const char *ast_text(const struct ast *node)
{
    if (node == NULL) {
        return NULL;
    }
    return node->kind == AST_string ? AST(string, node)->text : AST(name, node)->text;
}

const char *ast_path_text(const struct ast *path)
{
    const struct ast_path *self = AST(path, path);
    struct str out = {0};
    for (size_t i = 0; i < self->names.count; i++) {
        str_add(&out, i > 0 ? "." : "");
        str_add(&out, ast_text(self->names.items[i]));
    }
    return str_text(&out);
}

/* ---------------------------------------------------------------- walking */

/* The nodes in one field: itself, or the items of a list. */
static struct ast_list nodes_in(const struct ast *node, const struct field *field)
{
    char *at = (char *)node + field->offset;
    switch (field->type) {
    case FIELD_NODE: return (struct ast_list){(struct ast **)at, *(struct ast **)at != NULL};
    case FIELD_LIST: return *(struct ast_list *)at;
    case FIELD_TEXT:
    case FIELD_NUMBER:
    case FIELD_INT:
    case FIELD_END: break;
    }
    return (struct ast_list){0};
}

void ast_each(const struct ast *node, void (*see)(const struct ast *child, void *data), void *data)
{
    for (const struct field *field = fields_of(node->kind); field->type != FIELD_END; field++) {
        struct ast_list inside = nodes_in(node, field);
        for (size_t i = 0; i < inside.count; i++) {
            see(inside.items[i], data);
        }
    }
}

struct walk {
    ast_visitor *visit;
    void *data;
};

static void walk_into(const struct ast *node, void *data)
{
    const struct walk *walk = data;
    if (walk->visit(node, walk->data)) {
        ast_each(node, walk_into, data);
    }
}

void ast_walk(const struct ast *node, ast_visitor *visit, void *data)
{
    if (node != NULL) {
        walk_into(node, &(struct walk){visit, data});
    }
}

/* ---------------------------------------------------------------- comparing */

struct pair {
    const struct ast *a, *b;
    ast_alike_names *alike;
    void *data;
};

static bool same_value(const struct pair *pair, const struct field *field)
{
    const char *a = (const char *)pair->a + field->offset, *b = (const char *)pair->b + field->offset;
    switch (field->type) {
    case FIELD_TEXT: {
        const char *left = *(const char *const *)a, *right = *(const char *const *)b;
        bool name = pair->a->kind == AST_name;
        return str_equal(left, right) || (name && pair->alike(left, right, pair->data));
    }
    case FIELD_NUMBER: return num_equal(*(const struct num *)a, *(const struct num *)b);
    case FIELD_INT: return *(const long *)a == *(const long *)b;
    case FIELD_NODE:
    case FIELD_LIST:
    case FIELD_END: break;
    }
    struct ast_list left = nodes_in(pair->a, field), right = nodes_in(pair->b, field);
    bool same = left.count == right.count;
    for (size_t i = 0; same && i < left.count; i++) {
        same = ast_alike(left.items[i], right.items[i], pair->alike, pair->data);
    }
    return same;
}

bool ast_alike(const struct ast *a, const struct ast *b, ast_alike_names *alike, void *data)
{
    if (a == NULL || b == NULL || a->kind != b->kind) {
        return a == b;
    }
    struct pair pair = {a, b, alike, data};
    const struct field *field = fields_of(a->kind);
    while (field->type != FIELD_END && same_value(&pair, field)) {
        field++;
    }
    return field->type == FIELD_END;
}

/* ---------------------------------------------------------------- dump */

static void dump_place(struct str *out, struct span span)
{
    if (span.source != NULL) {
        struct span end = {span.source, span.end, span.end};
        str_format(out, " %zu:%zu-%zu:%zu", source_line(span), source_column(span), source_line(end),
                   source_column(end));
    }
}

static void dump_value(struct str *out, const struct ast *node, const struct field *field)
{
    const char *at = (const char *)node + field->offset;
    switch (field->type) {
    case FIELD_TEXT:
        str_format(out, " %s=\"%s\"", field->name, utf8_visible(*(const char *const *)at));
        break;
    case FIELD_NUMBER: str_format(out, " %s=%s", field->name, num_text(*(const struct num *)at)); break;
    case FIELD_INT:
        if (node->kind == AST_date) {
            str_format(out, " %s", date_text(*(const long *)at));
        } else {
            str_format(out, " %s=%ld", field->name, *(const long *)at);
        }
        break;
    case FIELD_NODE:
    case FIELD_LIST:
    case FIELD_END: break;
    }
}

static void dump(struct str *out, const struct ast *node, const char *name, size_t depth)
{
    str_add_repeat(out, "  ", depth);
    str_format(out, "%s%s%s", name, *name != '\0' ? ": " : "", ast_kind_name(node->kind));
    const struct field *fields = fields_of(node->kind);
    for (const struct field *field = fields; field->type != FIELD_END; field++) {
        dump_value(out, node, field);
    }
    dump_place(out, node->span);
    str_add_char(out, '\n');
    for (const struct field *field = fields; field->type != FIELD_END; field++) {
        struct ast_list inside = nodes_in(node, field);
        for (size_t i = 0; i < inside.count; i++) {
            dump(out, inside.items[i], field->name, depth + 1);
        }
    }
}

void ast_dump(struct str *out, const struct ast *node)
{
    if (node == NULL) {
        str_add(out, "nothing\n");
    } else {
        dump(out, node, "", 0);
    }
}
