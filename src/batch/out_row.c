#include "batch/out_row.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/cell_text.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/ratio_text.h"
#include "base/str.h"

enum { FIRST_ROOM = 4096 };

/* ---- bytes */

void row_grow(struct row_out *out, size_t bytes)
{
    size_t room = out->room ? out->room : FIRST_ROOM;
    while (room - out->length < bytes)
        room *= 2;
    out->bytes = realloc(out->bytes, room);
    if (!out->bytes)
        mem_exhausted();
    out->room = room;
}

static char *room_for(struct row_out *out, size_t extra)
{
    row_room(out, extra);
    return out->bytes + out->length;
}

void row_bytes(struct row_out *out, const char *bytes, size_t length)
{
    if (length)
        memcpy(room_for(out, length), bytes, length);
    out->length += length;
}

static void add(struct row_out *out, const char *text)
{
    row_bytes(out, text, strlen(text));
}

static void add_person_text(struct row_out *out, const struct row_form *form, const char *text, size_t length)
{
    char *room = room_for(out, CELL_TEXT_ROOM(length));
    out->length += form->json ? cell_text_json(room, text, length) : cell_text_csv(room, text, length);
}

/* A number, a day or one of our own words: nothing in it needs quotes in CSV. */
static void add_word(struct row_out *out, const struct row_form *form, const char *text)
{
    add(out, form->json ? "\"" : "");
    add(out, text);
    add(out, form->json ? "\"" : "");
}

static void add_nothing(struct row_out *out, const struct row_form *form)
{
    add(out, form->json ? "null" : "");
}

/* ---- the form */

bool row_has_two(const struct out_column *column)
{
    return column->kind <= OUT_RUNGS;
}

const char *row_head_of(const struct out_column *column, size_t cell)
{
    static const char *const endings[] = {"_low", "_high"};
    return row_has_two(column) ? str_print("%s%s", column->name, endings[cell]) : column->name;
}

static const char *before_cell(const struct row_form *form, const char *head)
{
    if (!form->json)
        return ",";
    size_t length = strlen(head);
    char *quoted = mem_alloc_plain(CELL_TEXT_ROOM(length));
    cell_text_json(quoted, head, length);
    return str_print(",%s:", quoted);
}

void row_form_finish(struct row_form *form)
{
    form->texts_before = MEM_ARRAY(const char *, form->text_count);
    for (size_t i = 0; i < form->text_count; i++)
        form->texts_before[i] = before_cell(form, form->texts[i]);
    for (size_t i = 0; i < form->count; i++)
        for (size_t k = 0; k < 2; k++)
            form->columns[i].before[k] = before_cell(form, row_head_of(&form->columns[i], k));
}

static void head_cell(struct row_out *out, const struct row_form *form, const char *text)
{
    add(out, ",");
    add_person_text(out, form, text, strlen(text));
}

void row_head(struct row_out *out, const struct row_form *form)
{
    if (form->json)
        return;
    add(out, "unit");
    for (size_t i = 0; i < form->text_count; i++)
        head_cell(out, form, form->texts[i]);
    for (size_t i = 0; i < form->count; i++)
        for (size_t k = 0; k <= row_has_two(&form->columns[i]); k++)
            head_cell(out, form, row_head_of(&form->columns[i], k));
    add(out, ",exact\r\n");
}

/* ---- a row */

void row_begin(struct row_out *out, const struct row_form *form, const char *unit, size_t length)
{
    add(out, form->json ? "{\"unit\":" : "");
    add_person_text(out, form, unit, length);
}

/* Digits with a sign and a point at most, which mean nothing but a number. */
static bool is_number(const char *text, size_t length)
{
    size_t at = length > 0 && (*text == '-' || *text == '+'), points = 0;
    for (size_t i = at; i < length; i++) {
        points += text[i] == '.';
        if (text[i] != '.' && (text[i] < '0' || text[i] > '9'))
            return false;
    }
    return points <= 1 && length > at + points;
}

void row_text(struct row_out *out, const struct row_form *form, size_t at, const char *text, size_t length)
{
    add(out, form->texts_before[at]);
    if (!form->json && is_number(text, length))
        row_bytes(out, text, length);
    else if (length)
        add_person_text(out, form, text, length);
    else
        add_nothing(out, form);
}

void row_finish(struct row_out *out, const struct row_form *form, bool exact)
{
    if (form->json)
        add(out, exact ? ",\"exact\":\"yes\"}\n" : ",\"exact\":\"no\"}\n");
    else
        add(out, exact ? ",yes\r\n" : ",no\r\n");
}

/* ---- a value */

static const char NOT_APPLICABLE[] = "n/a";

static const char *truth_word(unsigned can)
{
    return can == CAN_BE_YES  ? "yes"
           : can == CAN_BE_NO ? "no"
           : can == CAN_BE_NA ? NOT_APPLICABLE
                              : "unknown";
}

static void add_date(struct row_out *out, int64_t day)
{
    int year, month, of_month;
    date_to_civil(day, &year, &month, &of_month);
    out->length += (size_t)sprintf(room_for(out, 64), "%04d-%02d-%02d", year, month, of_month);
}

static void add_symbol(struct row_out *out, const struct row_form *form, const struct choice *choice,
                       int64_t place)
{
    const char *name = choice->symbols[place].name;
    add_person_text(out, form, name, strlen(name));
}

void row_end(struct row_out *out, const struct row_form *form, const struct out_column *column, size_t which,
             const struct row_end *end)
{
    add(out, column->before[which]);
    if (end->text && !*end->text) {
        add_nothing(out, form);
        return;
    }
    if (!end->text && column->kind == OUT_RUNGS) {
        add_symbol(out, form, column->choice, end->top);
        return;
    }
    add(out, form->json ? "\"" : "");
    if (end->text)
        add(out, end->text);
    else if (column->kind == OUT_DATE)
        add_date(out, end->top);
    else
        out->length += ratio_text(room_for(out, RATIO_TEXT_ROOM), end->top, end->bottom);
    add(out, form->json ? "\"" : "");
}

/* Both ends; where it may be n/a, that is the worse of the two. */
static void add_ends(struct row_out *out, const struct row_form *form, const struct out_column *column,
                     const struct row_value *value)
{
    bool na = value->can & CAN_BE_NA, nothing_else = value->can == CAN_BE_NA;
    const struct row_end *ends[] = {&value->low, &value->high};
    for (size_t k = 0; k < 2; k++) {
        bool worse = form->lower_is_better ? k == 1 : k == 0;
        if (nothing_else || (na && worse)) {
            add(out, column->before[k]);
            add_word(out, form, NOT_APPLICABLE);
        } else {
            row_end(out, form, column, k, ends[k]);
        }
    }
}

static void add_choice(struct row_out *out, const struct row_form *form, const struct out_column *column,
                       const struct row_value *value)
{
    if (value->can == CAN_BE_NA)
        add_word(out, form, NOT_APPLICABLE);
    else if (value->can == CAN_BE_ELSE && value->low.top == value->high.top)
        add_symbol(out, form, column->choice, value->low.top);
    else
        add_word(out, form, "unknown");
}

void row_value(struct row_out *out, const struct row_form *form, const struct out_column *column,
               const struct row_value *value)
{
    if (row_has_two(column)) {
        add_ends(out, form, column, value);
        return;
    }
    add(out, column->before[0]);
    if (column->kind == OUT_TRUTH)
        add_word(out, form, truth_word(value->can));
    else if (column->kind == OUT_CHOICE)
        add_choice(out, form, column, value);
    else
        add_person_text(out, form, value->low.text, strlen(value->low.text));
}
