#include "facts/reader.h"
#include "facts/meant.h"

const char *reader_title(const struct reader *reader)
{
    const struct field *fact = reader->fact, *column = reader->column, *field = column ? column : fact;
    if (!fact->name)
        return field->label ? field->label : "@this_value";
    const char *name = column ? str_print("%s.%s", fact->name, column->name) : fact->name;
    return field->label ? str_print("%s “%s”", name, field->label) : name;
}

struct span reader_place(const struct reader *reader, const struct ast *ast)
{
    return reader->cell.source ? reader->cell : ast->span;
}

void reader_show_declaration(const struct reader *reader, struct diag *diag)
{
    const struct field *field = reader->column ? reader->column : reader->fact;
    if (field->span.source != diag->span.source)
        diag_other(diag, field->span, "@declared_here");
}

struct diag *reader_error(struct reader *reader, enum diag_code code, const struct ast *ast, const char *a,
                          const char *b)
{
    struct diag *diag = diag_add(reader->diags, code, reader_place(reader, ast), reader_title(reader),
                                 span_text(ast->span), a, b, NULL);
    reader_show_declaration(reader, diag);
    return diag;
}

/* What a value of the type is, and how one is written: rows of words.def. */
static const char *const KINDS[][2] = {
    [TYPE_YESNO] = {"@yesno", "@write_yesno"},
    [TYPE_NUMBER] = {"@number", "@write_number"},
    [TYPE_DATE] = {"@date", "@write_date"},
    [TYPE_TEXT] = {"@text", "@write_text"},
    [TYPE_CHOICE] = {"@choice", "@write_choice"},
    [TYPE_MONTHS] = {"@months", "@write_months"},
    [TYPE_LIST] = {"@list", "@write_list"},
    [TYPE_TABLE] = {"@table", "@write_table"},
    [TYPE_DOCUMENT] = {"@document", "@write_document"},
};

bool reader_wrong_kind(struct reader *reader, const struct field *field, const struct ast *ast,
                       const char *fix)
{
    const struct type *type = &field->type;
    const char *const *words = KINDS[type->kind], *meant = fix ? NULL : meant_by(type, ast);
    const char *number = meant_ungrouped(type, ast);
    if (number) {
        diag_mend(diag_add(reader->diags, DIAG_DIGITS_GROUPED, reader_place(reader, ast), number, NULL),
                  reader_place(reader, ast), number);
        return false;
    }
    const char *kind = type->share ? "@share" : type->whole ? "@count" : words[0];
    const char *write = type->share ? "@write_share" : type->whole ? "@write_count" : words[1];
    struct diag *diag = reader_error(reader, DIAG_VALUE_WRONG_KIND, ast, kind, write);
    if (meant)
        diag_suggest(diag, meant);
    if (meant && ast->kind == AST_number) /* another number may be wrong instead */
        diag_fix(diag, reader_place(reader, ast), meant);
    else if (fix || meant)
        diag_mend(diag, reader_place(reader, ast), fix ? fix : meant);
    return false;
}

bool reader_is_word(const struct ast *ast, enum value_word word)
{
    return ast->kind == AST_word && AST(word, ast)->word == (long)word;
}
