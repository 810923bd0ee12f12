/* Documents: the characters of a text file are counted, those of another are as stated. The file must be there,
 * unless they are stated. */
#include <string.h>
#include "base/utf8.h"
#include "syntax/file.h"
#include "facts/limits.h"

static bool is_text_file(const char *path)
{
    const char *dot = strrchr(path, '.');
    const char *kind = dot ? utf8_casefold(dot) : "";
    return str_equal(kind, ".txt") || str_equal(kind, ".md");
}

/* Ends of lines are no characters: the same text counts the same on every system. */
static size_t characters_of(const struct source *source)
{
    size_t count = utf8_count(source->text, source->length);
    for (size_t i = 0; i < source->length; i++)
        count -= source->text[i] == '\n' || source->text[i] == '\r';
    return count;
}

static bool count_characters(struct reader *reader, const char *path, const struct ast *file, size_t *count)
{
    const struct source *source = file_read(path, reader_place(reader, file), reader->diags);
    if (!source || !file_is_text(source, reader->diags))
        return false;
    *count = characters_of(source);
    return true;
}

static bool stated_characters(struct reader *reader, const struct ast *chars, size_t *count)
{
    int64_t number;
    if (!num_to_int(AST(chars, chars)->value, &number)) {
        reader_error(reader, DIAG_VALUE_NOT_WHOLE, chars, NULL, NULL);
        return false;
    }
    *count = (size_t)number;
    return true;
}

static bool read_counted(struct reader *reader, const struct field *field, const struct ast *ast,
                         const char *path, struct value *value)
{
    const struct ast *chars = AST(v_document, ast)->chars;
    size_t count, stated;
    if (!count_characters(reader, path, AST(v_document, ast)->file, &count))
        return false;
    if (chars && stated_characters(reader, chars, &stated) && stated != count)
        reader_error(reader, DIAG_CHARACTERS_DIFFER, chars, str_print("%zu", count),
                     str_print("%zu", stated));
    *value = value_document(range_point(num_int((int64_t)count)));
    return limits_length(reader, field, AST(v_document, ast)->file, count);
}

static bool read_stated(struct reader *reader, const struct field *field, const struct ast *ast,
                        struct value *value)
{
    const struct ast *chars = AST(v_document, ast)->chars;
    size_t count;
    *value = value_document(field->limits.count);
    if (!chars)
        return true;
    if (!stated_characters(reader, chars, &count))
        return false;
    *value = value_document(range_point(num_int((int64_t)count)));
    return limits_length(reader, field, chars, count);
}

/* A file that is not there is known by its stated length alone. */
static bool read_absent(struct reader *reader, const struct field *field, const struct ast *ast,
                        const char *path, struct value *value)
{
    const struct ast *file = AST(v_document, ast)->file;
    if (!AST(v_document, ast)->chars)
        return file_is_readable(path, reader_place(reader, file), reader->diags);
    reader_error(reader, DIAG_DOCUMENT_ABSENT, file, path, NULL);
    return read_stated(reader, field, ast, value);
}

static bool read_file(struct reader *reader, const struct field *field, const struct ast *ast,
                      const char *path, struct value *value)
{
    struct span place = reader_place(reader, AST(v_document, ast)->file);
    if (is_text_file(path))
        return read_counted(reader, field, ast, path, value);
    return file_is_readable(path, place, reader->diags) && read_stated(reader, field, ast, value);
}

bool read_document(struct reader *reader, const struct field *field, const struct ast *ast,
                   struct value *value)
{
    if (ast->kind == AST_string)
        return reader_wrong_kind(reader, field, ast, str_print("document \"%s\"", ast_text(ast)));
    if (ast->kind != AST_v_document)
        return reader_wrong_kind(reader, field, ast, NULL);
    const struct ast *file = AST(v_document, ast)->file;
    const char *path =
        file_inside(reader->home, reader->home, ast_text(file), reader_place(reader, file), reader->diags);
    if (!path)
        return false;
    return file_is_missing(path) ? read_absent(reader, field, ast, path, value)
                                 : read_file(reader, field, ast, path, value);
}
