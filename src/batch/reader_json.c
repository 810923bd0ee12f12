#include <stdlib.h>
#include <string.h>
#include "batch/reader_parts.h"

enum { PLAIN_MAX = 256 /* bytes of a text with escapes that may be a key or a plain cell */ };

/* The columns by their names. */
struct keys {
    size_t *lengths;         /* [column]: of its name */
    struct csv_piece *heads; /* [column]: `"name":`, where whole numbers are likely to follow; else empty */
    char *head_text;
    size_t *slots; /* a column, from 1; 0: free */
    size_t mask;
    size_t next;     /* the column that is likely named next */
    uint64_t *given; /* [input]: in which row it was last given */
    uint64_t *named; /* [column] */
    uint64_t row;
};

/* What is left of the line. Functions that pass something return false where it is not strict JSON. */
struct json_line {
    const char *at, *to;
    char plain[2][PLAIN_MAX]; /* of a key and of a text, escapes resolved */
};

/* ---------------------------------------------------------------- texts */

static bool take_byte(struct json_line *line, char byte)
{
    bool there = line->at < line->to && *line->at == byte;
    line->at += there;
    return there;
}

static void pass_blanks(struct json_line *line)
{
    while (line->at < line->to && (*line->at == ' ' || *line->at == '\t' || *line->at == '\r'))
        line->at++;
}

/* A text as it is built up. Past its limit it is only counted. */
struct built {
    char *bytes;
    size_t length;
};

static void build(struct built *built, unsigned byte)
{
    if (built->length < PLAIN_MAX)
        built->bytes[built->length] = (char)byte;
    built->length++;
}

static void build_character(struct built *built, uint32_t code)
{
    if (code < 0x80) {
        build(built, code);
        return;
    }
    unsigned more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned first[] = {0, 0xC0, 0xE0, 0xF0};
    build(built, first[more] | code >> 6 * more);
    while (more-- > 0)
        build(built, 0x80 | (code >> 6 * more & 0x3F));
}

static bool pass_hex(struct json_line *line, uint32_t *code)
{
    *code = 0;
    for (size_t i = 0; i < 4; i++, line->at++) {
        if (line->at >= line->to)
            return false;
        char byte = *line->at, letter = (char)(byte | 0x20);
        if (byte >= '0' && byte <= '9')
            *code = *code * 16 + (uint32_t)(byte - '0');
        else if (letter >= 'a' && letter <= 'f')
            *code = *code * 16 + (uint32_t)(letter - 'a' + 10);
        else
            return false;
    }
    return true;
}

/* Behind `\u`; two of them make a character beyond the first 65,536. */
static bool pass_code(struct json_line *line, struct built *built)
{
    uint32_t code, low;
    if (!pass_hex(line, &code) || (code >= 0xDC00 && code <= 0xDFFF))
        return false;
    if (code >= 0xD800 && code <= 0xDBFF) {
        if (!take_byte(line, '\\') || !take_byte(line, 'u') || !pass_hex(line, &low) || low < 0xDC00 ||
            low > 0xDFFF)
            return false;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    build_character(built, code);
    return true;
}

static bool pass_escape(struct json_line *line, struct built *built)
{
    static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    if (line->at >= line->to)
        return false;
    char byte = *line->at++;
    if (byte == 'u')
        return pass_code(line, built);
    const char *found = byte ? strchr(escapes, byte) : NULL;
    if (found)
        build(built, (unsigned char)meant[found - escapes]);
    return found;
}

/* Bytes of a text that stand for themselves. */
static void pass_themselves(struct json_line *line)
{
    while (line->at < line->to && *line->at != '"' && *line->at != '\\' && (unsigned char)*line->at >= ' ')
        line->at++;
}

/* From the first escape on: into `bytes`. */
static bool pass_escaped(struct json_line *line, const char *start, char *bytes, struct csv_piece *piece)
{
    struct built built = {.bytes = bytes};
    for (;;) {
        for (; start < line->at; start++)
            build(&built, (unsigned char)*start);
        if (take_byte(line, '"'))
            break;
        if (!take_byte(line, '\\') || !pass_escape(line, &built))
            return false;
        start = line->at;
        pass_themselves(line);
    }
    *piece = (struct csv_piece){.text = bytes, .length = built.length, .marks = CELL_DOUBLED};
    return true;
}

/* Behind its opening quote. Doubled is what it is called where a text is not as it stands. */
static bool pass_text(struct json_line *line, char *bytes, struct csv_piece *piece)
{
    const char *start = line->at;
    pass_themselves(line);
    if (line->at < line->to && *line->at == '\\')
        return pass_escaped(line, start, bytes, piece);
    *piece = (struct csv_piece){.text = start, .length = (size_t)(line->at - start)};
    return take_byte(line, '"');
}

/* ---------------------------------------------------------------- numbers */

static size_t pass_digits(struct json_line *line)
{
    const char *start = line->at;
    while (line->at < line->to && *line->at >= '0' && *line->at <= '9')
        line->at++;
    return (size_t)(line->at - start);
}

static bool pass_exponent(struct json_line *line)
{
    if (!take_byte(line, 'e') && !take_byte(line, 'E'))
        return true;
    if (!take_byte(line, '-'))
        take_byte(line, '+');
    return pass_digits(line) > 0;
}

static bool pass_number(struct json_line *line, struct csv_piece *piece)
{
    const char *start = line->at;
    take_byte(line, '-');
    bool zero = line->at < line->to && *line->at == '0';
    size_t digits = pass_digits(line);
    if (digits == 0 || (zero && digits > 1) || (take_byte(line, '.') && pass_digits(line) == 0) ||
        !pass_exponent(line))
        return false;
    *piece = (struct csv_piece){.text = start, .length = (size_t)(line->at - start)};
    return true;
}

/* ---------------------------------------------------------------- keys */

static size_t hash_of(const char *text, size_t length)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001B3u;
    return (size_t)(hash ^ hash >> 32);
}

static bool is_named(const struct reader *reader, size_t column, const struct csv_piece *key)
{
    return reader->keys->lengths[column] == key->length &&
           memcmp(reader->layout->columns[column].name, key->text, key->length) == 0;
}

/* The column of that name; as many as there are where there is none. */
static size_t find_column(const struct reader *reader, const struct csv_piece *key)
{
    const struct keys *keys = reader->keys;
    if (key->marks && key->length > PLAIN_MAX)
        return reader->layout->count;
    if (keys->next < reader->layout->count && is_named(reader, keys->next, key))
        return keys->next;
    for (size_t at = hash_of(key->text, key->length);; at++) {
        size_t column = keys->slots[at & keys->mask];
        if (column == 0)
            return reader->layout->count;
        if (is_named(reader, column - 1, key))
            return column - 1;
    }
}

/* ---------------------------------------------------------------- values */

static bool is_yesno(const struct reader *reader, const struct layout_column *column)
{
    return column->kind == COLUMN_VALUE && reader->inputs[column->input].kind == INPUT_YESNO;
}

static bool take_word(struct json_line *line, const char *word)
{
    size_t length = strlen(word);
    bool there = (size_t)(line->to - line->at) >= length && memcmp(line->at, word, length) == 0;
    line->at += there ? length : 0;
    return there;
}

static struct csv_piece piece_of(const char *text)
{
    return (struct csv_piece){.text = text, .length = strlen(text)};
}

/* As the text that a cell would hold. */
static bool pass_word(struct reader *reader, struct json_line *line, const struct layout_column *column,
                      struct csv_piece *piece)
{
    if (take_word(line, "null")) {
        *piece = piece_of("");
        return column->kind != COLUMN_ID;
    }
    bool yes = take_word(line, "true");
    *piece = piece_of(yes ? "yes" : "no");
    return (yes || take_word(line, "false")) && (column->kind == COLUMN_SKIP || is_yesno(reader, column));
}

static bool pass_value(struct reader *reader, struct json_line *line, const struct layout_column *column,
                       struct csv_piece *piece)
{
    if (take_byte(line, '"'))
        return pass_text(line, line->plain[1], piece);
    bool letter = line->at < line->to && *line->at >= 'a' && *line->at <= 'z';
    return letter ? pass_word(reader, line, column, piece) : pass_number(line, piece);
}

static void mark_bytes(struct csv_piece *piece)
{
    for (size_t i = 0; i < piece->length; i++) {
        unsigned char byte = (unsigned char)piece->text[i];
        piece->marks |= byte >= 0x80 ? CELL_HIGH : byte < ' ' ? CELL_CONTROL : 0;
    }
}

/* False: the row has given it before, and not as the other half of a share. */
static bool note_given(struct reader *reader, const struct layout_column *column)
{
    struct keys *keys = reader->keys;
    bool half = column->kind == COLUMN_PART || column->kind == COLUMN_WHOLE;
    if (!half && column->kind != COLUMN_VALUE)
        return true;
    bool fresh = keys->given[column->input] != keys->row || (half && reader->halves[column->input].waits);
    keys->given[column->input] = keys->row;
    return fresh;
}

/* A text with escapes is kept for its own cell alone. */
static bool take_piece(struct reader *reader, size_t at, struct csv_piece *piece)
{
    const struct layout_column *column = &reader->layout->columns[at];
    bool whole = column->kind == COLUMN_ID || column->kind == COLUMN_PART || column->kind == COLUMN_WHOLE;
    if (piece->marks && (whole || piece->length > PLAIN_MAX))
        return false;
    if (column->kind == COLUMN_ID && reader->id.length > 0)
        return false;
    piece->marks = 0;
    csv_trim(piece);
    if (column->kind != COLUMN_VALUE)
        mark_bytes(piece);
    return reader_take(reader, at, piece);
}

/* A plain whole number behind the key that is likely to stand here, as most members are; false: nothing is passed. */
static bool pass_count(struct reader *reader, struct json_line *line)
{
    struct keys *keys = reader->keys;
    size_t column = keys->next;
    if (column >= reader->layout->count || keys->named[column] == keys->row)
        return false;
    const struct csv_piece *head = &keys->heads[column];
    size_t length = head->length;
    if (length == 0 || (size_t)(line->to - line->at) <= length || memcmp(line->at, head->text, length) != 0)
        return false;
    const char *start = line->at + length, *end = start;
    uint32_t number = 0;
    for (unsigned digit; end < line->to && (digit = (unsigned char)*end - '0') <= 9; end++)
        number = number * 10 + digit;
    size_t digits = (size_t)(end - start), input = reader->layout->columns[column].input;
    bool plain = digits > 0 && digits <= DIGITS_FAST && (*start != '0' || digits == 1);
    if (!plain || end == line->to || (*end != ',' && *end != '}') || keys->given[input] == keys->row)
        return false;
    ((int32_t *)reader->columns[column])[reader->row] = (int32_t)number;
    keys->named[column] = keys->given[input] = keys->row;
    keys->next = column + 1;
    line->at = end;
    return true;
}

static bool pass_member(struct reader *reader, struct json_line *line)
{
    struct keys *keys = reader->keys;
    struct csv_piece key, piece;
    if (!take_byte(line, '"') || !pass_text(line, line->plain[0], &key))
        return false;
    size_t column = find_column(reader, &key);
    if (column == reader->layout->count || keys->named[column] == keys->row)
        return false;
    keys->named[column] = keys->row;
    keys->next = column + 1;
    pass_blanks(line);
    if (!take_byte(line, ':'))
        return false;
    pass_blanks(line);
    const struct layout_column *named = &reader->layout->columns[column];
    return pass_value(reader, line, named, &piece) && note_given(reader, named) &&
           take_piece(reader, column, &piece);
}

static bool pass_object(struct reader *reader, struct json_line *line)
{
    pass_blanks(line);
    if (!take_byte(line, '{'))
        return false;
    pass_blanks(line);
    if (!take_byte(line, '}')) {
        do {
            pass_blanks(line);
            if (!pass_count(reader, line) && !pass_member(reader, line))
                return false;
            pass_blanks(line);
        } while (take_byte(line, ','));
        if (!take_byte(line, '}'))
            return false;
    }
    pass_blanks(line);
    return line->at == line->to;
}

/* ---------------------------------------------------------------- rows */

static void take_missing(struct reader *reader)
{
    static const struct csv_piece nothing = {.text = ""};
    for (size_t i = 0; i < reader->input_count; i++)
        if (reader->filled[i] && reader->keys->given[i] != reader->keys->row)
            reader_take_input(reader, i, &nothing);
        else if (reader->halves[i].waits)
            reader_take_half(reader, i);
}

static bool is_blank(const char *from, const char *to)
{
    while (from < to && (*from == ' ' || *from == '\t' || *from == '\r'))
        from++;
    return from == to;
}

void reader_json_row(struct reader *reader)
{
    const char *start = reader->at, *end = memchr(start, '\n', (size_t)(reader->to - start));
    reader->at = end ? end + 1 : reader->to;
    end = end ? end : reader->to;
    end -= end > start && end[-1] == '\r';
    if (is_blank(start, end)) {
        reader->line++;
        return;
    }
    struct json_line line = {.at = start, .to = end};
    reader->id = (struct csv_piece){.text = start};
    reader->row_end = end;
    reader->keys->next = 0;
    reader->keys->row++;
    if (pass_object(reader, &line) && reader->id.length > 0) {
        take_missing(reader);
        reader_keep(reader, start);
    } else {
        reader_refuse(reader, start, end);
        reader->line++;
    }
}

/* ---------------------------------------------------------------- making */

static void put_name(struct keys *keys, const char *name, size_t column)
{
    size_t at = hash_of(name, keys->lengths[column]);
    while (keys->slots[at & keys->mask] > 0)
        at++;
    keys->slots[at & keys->mask] = column + 1;
}

/* … and whose name stands in JSON as it is. */
static bool is_counted(const struct reader *reader, const struct layout_column *column)
{
    return !strpbrk(column->name, "\"\\") && column->kind == COLUMN_VALUE && reader->counted[column->input];
}

static bool put_heads(struct reader *reader)
{
    struct keys *keys = reader->keys;
    size_t room = 1;
    for (size_t i = 0; i < reader->layout->count; i++)
        room += keys->lengths[i] + 3;
    char *text = keys->head_text = malloc(room);
    keys->heads = calloc(reader->layout->count + 1, sizeof *keys->heads);
    for (size_t i = 0; text && keys->heads && i < reader->layout->count; i++) {
        if (!is_counted(reader, &reader->layout->columns[i]))
            continue;
        size_t length = keys->lengths[i];
        keys->heads[i] = (struct csv_piece){.text = text, .length = length + 3};
        *text++ = '"';
        memcpy(text, reader->layout->columns[i].name, length);
        text += length;
        *text++ = '"';
        *text++ = ':';
    }
    return keys->head_text && keys->heads;
}

bool reader_json_plan(struct reader *reader)
{
    size_t count = reader->layout->count, size = 4;
    struct keys *keys = reader->keys = calloc(1, sizeof *keys);
    if (!keys)
        return false;
    while (size < 2 * (count + 1))
        size *= 2;
    keys->mask = size - 1;
    keys->slots = calloc(size, sizeof *keys->slots);
    keys->lengths = calloc(count + 1, sizeof *keys->lengths);
    keys->named = calloc(count + 1, sizeof *keys->named);
    keys->given = calloc(reader->input_count + 1, sizeof *keys->given);
    if (!keys->slots || !keys->lengths || !keys->named || !keys->given)
        return false;
    for (size_t i = 0; i < count; i++) {
        keys->lengths[i] = strlen(reader->layout->columns[i].name);
        put_name(keys, reader->layout->columns[i].name, i);
    }
    return put_heads(reader);
}

void reader_json_free(struct reader *reader)
{
    struct keys *keys = reader->keys;
    if (!keys)
        return;
    free(keys->slots);
    free(keys->heads);
    free(keys->head_text);
    free(keys->lengths);
    free(keys->named);
    free(keys->given);
    free(keys);
}
