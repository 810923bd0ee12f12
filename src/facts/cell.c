#include "facts/cell.h"
#include <string.h>
#include "base/mem.h"
#include "syntax/parse.h"

static const char BLANKS[] = " \t";

bool cell_is_empty(const struct csv_cell *cell)
{
    return strspn(cell->text, BLANKS) == cell->length;
}

bool cell_all_empty(const struct csv_row *row)
{
    for (size_t i = 0; i < row->cells.count; i++)
        if (!cell_is_empty(&row->cells.items[i]))
            return false;
    return true;
}

const char *cell_trimmed(const struct csv_cell *cell)
{
    const char *text = cell->text + strspn(cell->text, BLANKS), *end = cell->text + cell->length;
    while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return *end ? mem_text(text, (size_t)(end - text)) : text;
}

void cell_report(struct span cell, const struct diags *found, struct diags *diags)
{
    for (size_t i = 0; i < found->list.count; i++) {
        found->list.items[i]->span = cell;
        found->list.items[i]->other_count = 0;
        found->list.items[i]->fix.text = NULL;
    }
    diag_append(diags, found);
}

static const struct ast *value_of_text(struct reader *reader, const struct csv_cell *cell, const char *text)
{
    struct diags found = {0};
    const struct ast *ast = parse_value(source_part(cell->span.source->name, text, strlen(text), 0), &found);
    if (!ast || found.errors > 0)
        return ast_string(text, cell->span);
    cell_report(reader->cell, &found, reader->diags);
    return ast;
}

/* The name of a file, unless the cell says more. */
static const struct ast *document_of(struct reader *reader, const struct csv_cell *cell, const char *text)
{
    const struct ast *ast = value_of_text(reader, cell, text);
    bool stands = ast->kind == AST_v_document || ast->kind == AST_word;
    return stands ? ast : ast_v_document(ast_string(text, cell->span), NULL, cell->span);
}

const struct ast *cell_ast(struct reader *reader, const struct field *field, const struct csv_cell *cell)
{
    const char *text = cell_trimmed(cell);
    if (field->type.kind == TYPE_TEXT)
        return ast_string(cell->text, cell->span);
    if (field->type.kind == TYPE_DOCUMENT)
        return document_of(reader, cell, text);
    if (field->type.kind == TYPE_CHOICE && choice_find(field->type.choice, text) >= 0)
        return ast_string(text, cell->span);
    return value_of_text(reader, cell, text);
}
