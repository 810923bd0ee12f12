/* The tape: everything that stands in a source, in order. First the scanner (grammar/rubric.l) cuts it into pieces; then tape_join makes of
 * the pieces the words that the grammar knows: the longest keyword (`at least`), a number and its unit (`1 year`, `100人`), a date and its weekday.
 * Faults of the text itself (a character that cannot stand there, an open quote) are reported here, mended where that is plain, and reading goes on. */
#ifndef RUBRIC_SYNTAX_TAPE_H
#define RUBRIC_SYNTAX_TAPE_H
#include <stdbool.h>
#include "base/vec.h"
#include "diag/diag.h"
#include "syntax/ast.h"
#include "syntax/keywords.h"

enum piece_kind {
    PIECE_END,
    PIECE_WORD,          /* letters and digits; also n/a */
    PIECE_BACKQUOTED,
    PIECE_NUMBER,        /* with 万, 亿, 万亿 */
    PIECE_PERCENT,
    PIECE_DATE,
    PIECE_STRING,        /* with its quotes, the closing one excepted where `open` */
    PIECE_MARK           /* `token` says which */
};

struct piece {
    enum piece_kind kind;
    int token;
    uint32_t start, end;             /* bytes */
    uint32_t line, end_line;
    bool starts_line;                /* nothing but blanks before it */
    bool open;                       /* a string that does not end */
};

/* A word of the grammar. */
struct token {
    int kind;
    struct span span;
    struct ast *node;                /* of names and literals */
    const struct spelling *keyword;  /* as it is spelled here; NULL of names, literals and marks */
    size_t piece, pieces;            /* where it stands on the tape, and how many pieces it is made of */
};

struct tape {
    const struct source *source;
    struct diags *diags;
    size_t spelled[2];               /* keywords, by enum lang */
    uint32_t no_closer[4];           /* by kind of quotes: from here back to where one was looked for, there is none that closes */
    uint32_t bad_end;                /* where the last character that cannot stand in a text ended */
    bool values;                     /* a facts file, the prompt: blanks may stand between a number and its unit */
    VEC(struct piece) pieces;        /* closed by PIECE_END */
    VEC(struct span) comments;       /* from `#` to the end of the line, in order */
    VEC(struct token) tokens;        /* closed by the end of the file */
};

struct tape *tape_read(const struct source *source, bool values, struct diags *diags);
bool tape_starts_line(const struct tape *tape, size_t token);

/* ---- what the scanner calls */
void scanner_run(struct tape *tape);
void tape_piece(struct tape *tape, struct piece piece);
void tape_comment(struct tape *tape, uint32_t start, uint32_t end);
size_t tape_name_bytes(const char *text, size_t length);          /* how much of it is a name; 0: not even the first character */
size_t tape_character_bytes(const char *text);                    /* of its first character */
void tape_bad_character(struct tape *tape, uint32_t start, uint32_t end);
void tape_wrong_mark(struct tape *tape, uint32_t start, uint32_t end, const char *right);
void tape_wrong_quotes(struct tape *tape, uint32_t start, uint32_t end);
void tape_open_name(struct tape *tape, uint32_t start);           /* a backquote without its other */
uint32_t tape_text_end(struct tape *tape, uint32_t start, bool *open);  /* of the text in quotes that starts there */
size_t tape_stuck_number(struct tape *tape, uint32_t start, uint32_t end); /* 4points: the bytes of the number */

/* ---- between tape.c and join.c */
void tape_join(struct tape *tape);
struct span tape_span(const struct tape *tape, uint32_t start, uint32_t end);
#endif
