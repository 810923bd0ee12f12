#include "facts/write.h"
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "syntax/keywords.h"

/* ---------------------------------------------------------------- names and texts */

const char *write_string(const char *text)
{
    struct str out = {0};
    str_add_char(&out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            str_add_char(&out, '\\');
        if (*text == '\n')
            str_add(&out, "\\n");
        else if (*text == '\t')
            str_add(&out, "\\t");
        else
            str_add_char(&out, *text);
    }
    str_add_char(&out, '"');
    return str_text(&out);
}

static bool is_plain(const char *name)
{
    size_t length = strlen(name);
    uint32_t code;
    for (size_t at = 0; at < length;) {
        size_t bytes = utf8_next(name + at, length - at, &code);
        if (!(at == 0 ? utf8_is_letter(code) : utf8_is_name_char(code)))
            return false;
        at += bytes;
    }
    return length > 0 && !keyword_is_reserved(name);
}

const char *write_name(const char *name)
{
    return is_plain(name) ? name : str_print("`%s`", name);
}

const char *write_path(const char *path)
{
    struct str out = {0};
    while (true) {
        size_t length = strcspn(path, ".");
        str_add(&out, write_name(mem_text(path, length)));
        if (path[length] == '\0')
            return str_text(&out);
        str_add_char(&out, '.');
        path += length + 1;
    }
}

/* ---------------------------------------------------------------- values */

static const char *write_number(const struct field *field, struct num number)
{
    int64_t whole;
    if (field->type.kind == TYPE_DATE)
        return num_to_int(number, &whole) ? date_text(whole) : "unknown";
    if (field->type.kind == TYPE_CHOICE)
        return num_to_int(number, &whole) ? write_string(field->type.choice->symbols[whole].name) : "unknown";
    if (!field->type.share)
        return num_text(number);
    const char *percent = num_text(num_mul(number, num_int(100)));
    return strchr(percent, '/')
               ? str_print("%s of %s", num_text(num_top(number)), num_text(num_bottom(number)))
               : str_print("%s%%", percent);
}

static const char *write_months(unsigned bits)
{
    struct str out = {0};
    str_add_char(&out, '[');
    for (unsigned month = 1; month <= 12; month++)
        if (bits >> (month - 1) & 1)
            str_format(&out, "%s%u", out.length > 1 ? ", " : "", month);
    str_add_char(&out, ']');
    return str_text(&out);
}

static const char *write_list(const struct field *field, const struct sequence *list)
{
    struct str out = {0};
    str_add_char(&out, '[');
    for (size_t i = 0; i < list->count; i++)
        str_format(&out, "%s%s", i > 0 ? ", " : "", write_value(field->type.element, &list->cells[i]));
    str_add_char(&out, ']');
    return str_text(&out);
}

/* What is not known of a row is empty. */
static const char *write_row_cell(const struct field *column, const struct value *cell)
{
    return value_is_known(cell) || value_is_na(cell) ? write_value(column, cell) : "";
}

static size_t width_of(const char *text)
{
    return utf8_width(text, strlen(text));
}

/* Row 0 is that of the names. */
static const char *table_text(const struct field *field, const struct sequence *table, size_t row,
                              size_t column)
{
    const struct field *of = &field->type.columns[column];
    return row == 0 ? write_name(of->name)
                    : write_row_cell(of, &table->cells[(row - 1) * table->width + column]);
}

static size_t column_width(const struct field *field, const struct sequence *table, size_t column)
{
    size_t width = 0;
    for (size_t row = 0; row <= table->count; row++) {
        size_t cells = width_of(table_text(field, table, row, column));
        width = cells > width ? cells : width;
    }
    return width;
}

/* A line a row, under the names of the columns. */
static const char *write_table(const struct field *field, const struct sequence *table)
{
    struct str out = {0};
    size_t *widths = MEM_ARRAY(size_t, table->width + 1);
    for (size_t i = 0; i < table->width; i++)
        widths[i] = column_width(field, table, i);
    str_add(&out, "table {\n");
    for (size_t row = 0; row <= table->count; row++) {
        for (size_t i = 0; i < table->width; i++) {
            const char *text = table_text(field, table, row, i);
            str_format(&out, "%s| %s%*s ", i > 0 ? "" : "  ", text, (int)(widths[i] - width_of(text)), "");
        }
        str_add(&out, "|\n");
    }
    str_add_char(&out, '}');
    return str_text(&out);
}

const char *write_value(const struct field *field, const struct value *value)
{
    if (value_is_na(value))
        return "n/a";
    if (value->kind == VALUE_SEQUENCE && field->type.kind == TYPE_LIST && !value->sequence->open)
        return write_list(field, value->sequence);
    if (value->kind == VALUE_SEQUENCE && field->type.kind == TYPE_TABLE && !value->sequence->open)
        return write_table(field, value->sequence);
    if (value->kind == VALUE_DOCUMENT && range_is_point(value->range))
        return str_print("document \"?\" %s characters", num_text(value->range.low.at));
    if (!value_is_known(value))
        return "unknown";
    switch (value->kind) {
    case VALUE_TRUTH: return value_is_yes(value) ? "yes" : "no";
    case VALUE_NUMBER: return write_number(field, value_point(value));
    case VALUE_TEXT: return write_string(value->text);
    case VALUE_MONTHS: return write_months(value->months.sure);
    case VALUE_NONE:
    case VALUE_DOCUMENT:
    case VALUE_SEQUENCE: break;
    }
    return "unknown";
}

static bool is_literal(const char *text)
{
    struct num read;
    return num_parse(text, strlen(text), &read);
}

static bool can_write_number(const struct type *type, struct num number)
{
    if (type->kind != TYPE_NUMBER)
        return true;
    if (!type->share)
        return is_literal(num_text(number));
    bool part = num_sign(number) >= 0 && num_compare(number, num_int(1)) <= 0;
    return is_literal(num_text(num_mul(number, num_int(100)))) ||
           (part && is_literal(num_text(num_top(number))) && is_literal(num_text(num_bottom(number))));
}

bool write_can(const struct type *type, const struct value *value)
{
    if (value->kind != VALUE_SEQUENCE)
        return value->kind != VALUE_NUMBER || !value_is_point(value) ||
               can_write_number(type, value_point(value));
    const struct sequence *rows = value->sequence;
    for (size_t i = 0; i < rows->count * rows->width; i++) {
        const struct field *of = type->kind == TYPE_TABLE ? &type->columns[i % rows->width] : type->element;
        if (!write_can(&of->type, &rows->cells[i]))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- cells of a table of units */

static bool begins(const char *text, const char *head)
{
    return strncmp(text, head, strlen(head)) == 0;
}

const char *write_cell(const struct field *field, const struct given *given)
{
    if (given->has_parts)
        return str_print("%s of %s", num_text(given->part), num_text(given->whole));
    bool known = given->state == GIVEN_VALUE || given->state == GIVEN_UNPROVEN;
    if (!known || !given->shown || value_is_na(&given->value))
        return given->shown ? given->shown : "unknown";
    switch (field->type.kind) {
    case TYPE_TEXT:
    case TYPE_CHOICE: return write_string(given->shown);
    case TYPE_DOCUMENT:
        return begins(given->shown, "document") || begins(given->shown, "材料")
                   ? given->shown
                   : str_print("document %s", write_string(given->shown));
    case TYPE_YESNO:
    case TYPE_NUMBER:
    case TYPE_DATE:
    case TYPE_MONTHS:
    case TYPE_LIST:
    case TYPE_TABLE: break;
    }
    return given->shown;
}

const char *write_proofs(const struct given *given)
{
    struct str out = {0};
    if (given->evidence)
        str_format(&out, "  evidence %s", write_string(given->evidence));
    if (given->evidence && given->sha256)
        str_format(&out, " sha256 %s", write_string(given->sha256));
    if (given->remark)
        str_format(&out, "  %s", write_string(given->remark));
    return str_text(&out);
}
