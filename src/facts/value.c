#include "facts/value.h"
#include <string.h>
#include "base/utf8.h"
#include "facts/limits.h"
#include "facts/reader.h"

static bool read_yesno(struct reader *reader, const struct field *field, const struct ast *ast,
                       struct value *value)
{
    bool yes = reader_is_word(ast, WORD_YES);
    if (!yes && !reader_is_word(ast, WORD_NO))
        return reader_wrong_kind(reader, field, ast, NULL);
    *value = value_truth(yes ? TRUTH_YES : TRUTH_NO);
    return true;
}

static bool read_date(struct reader *reader, const struct field *field, const struct ast *ast,
                      struct value *value)
{
    if (ast->kind != AST_date)
        return reader_wrong_kind(reader, field, ast, NULL);
    long day = AST(date, ast)->day;
    *value = value_int(day);
    return limits_date(reader, field, ast, day);
}

static bool read_text(struct reader *reader, const struct field *field, const struct ast *ast,
                      struct value *value)
{
    if (ast->kind != AST_string && ast->kind != AST_name)
        return reader_wrong_kind(reader, field, ast, str_print("\"%s\"", span_text(ast->span)));
    const char *text = ast_text(ast);
    *value = value_text(text);
    return limits_length(reader, field, ast, utf8_count(text, strlen(text)));
}

static bool read_na(struct reader *reader, const struct field *field, const struct ast *ast,
                    struct value *value)
{
    *value = value_na();
    if (field->limits.or_na || field->limits.none_is_na)
        return true;
    reader_error(reader, DIAG_VALUE_NA, ast, NULL, NULL);
    return false;
}

static bool read_given(struct reader *reader, const struct field *field, const struct ast *ast,
                       struct value *value)
{
    switch (field->type.kind) {
    case TYPE_YESNO: return read_yesno(reader, field, ast, value);
    case TYPE_NUMBER: return read_number(reader, field, ast, value);
    case TYPE_DATE: return read_date(reader, field, ast, value);
    case TYPE_TEXT: return read_text(reader, field, ast, value);
    case TYPE_CHOICE: return read_choice(reader, field, ast, value);
    case TYPE_MONTHS: return read_months(reader, field, ast, value);
    case TYPE_LIST: return read_list(reader, field, ast, value);
    case TYPE_TABLE: return read_table(reader, field, ast, value);
    case TYPE_DOCUMENT: return read_document(reader, field, ast, value);
    }
    return false;
}

bool read_value(struct reader *reader, const struct field *field, const struct ast *ast, struct value *value)
{
    reader->has_parts = false;
    if (reader_is_word(ast, WORD_UNKNOWN)) {
        *value = ir_field_bounds(field);
        return true;
    }
    if (reader_is_word(ast, WORD_NA))
        return read_na(reader, field, ast, value);
    return read_given(reader, field, ast, value);
}

bool facts_value(const struct ast *ast, const struct field *field, struct map *measures, struct diags *diags,
                 struct value *value)
{
    struct reader reader = {.measures = measures, .diags = diags, .fact = field};
    reader.home = ast->span.source ? ast->span.source->name : "";
    return read_value(&reader, field, ast, value);
}
