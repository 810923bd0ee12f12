/* Texts of people as cells of CSV and as strings of JSON, into room that the caller has: no memory is taken, and threads may do it.
 * Valid UTF-8 comes in; what could give orders to a terminal, or turns text around or hides it there, is written by its number. */
#ifndef RUBRIC_BASE_CELL_TEXT_H
#define RUBRIC_BASE_CELL_TEXT_H
#include <stdbool.h>
#include <stddef.h>

/* The room that a text of so many bytes takes at most. */
#define CELL_TEXT_ROOM(length) (8 * (size_t)(length) + 4)

/* RFC 4180: quotes where a comma, a quote or a line end asks for them. What a spreadsheet would take for a formula gets an apostrophe in front; lines and tabs stay.
 * Returns the bytes written. */
size_t cell_text_csv(char *out, const char *text, size_t length);
/* With its quotes. */
size_t cell_text_json(char *out, const char *text, size_t length);
#endif
