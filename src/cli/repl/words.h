/* A line cut into words, before any grammar reads it. Texts are fresh. */
#ifndef RUBRIC_CLI_REPL_WORDS_H
#define RUBRIC_CLI_REPL_WORDS_H
#include <stdbool.h>
#include <stddef.h>

/* Bytes of the blank that the text begins with, a full-width one too; 0: none. */
size_t words_blank(const char *text);
/* The place of the first character that is no blank. */
size_t words_skip(const char *text, size_t at);
/* The place behind the word that begins at `at`: text in quotes and names in backquotes hold together. */
size_t words_end(const char *text, size_t at);
/* The length without blanks at the end. */
size_t words_trimmed(const char *text);
/* Bytes of the colon before a command, of the question mark before a name, full-width ones too; 0: none. */
size_t words_colon(const char *text);
size_t words_question(const char *text);
/* A name or a path without backquotes; in pairs they are no part of it. */
const char *words_name(const char *name);
/* How many words there are. */
size_t words_count(const char *text);
/* The word at this place in the row, its quotes taken off; NULL: there is none. */
const char *words_at(const char *text, size_t place);
/* Begins with an operator or a closing bracket: what stands before it is no command. Before the name of a file, only one that stands apart: ../a. */
bool words_operator(const char *text, bool file);
#endif
