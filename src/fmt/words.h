/* The words of a text, with all that its layout hangs on. Statements (`;` between them is left out), comments and blank lines are known by word. */
#ifndef RUBRIC_FMT_WORDS_H
#define RUBRIC_FMT_WORDS_H
#include "fmt/fmt.h"
#include "syntax/tape.h"

enum cell { CELL_NONE, CELL_NEAR /* one blank before it */, CELL_FAR /* two, where it stands in a column */ };

struct aside {
    const char *text;
    bool blank; /* a blank line stands before it */
};

struct word {
    const struct token *token;
    int kind;                /* TOKEN_NAME of every name */
    const char *text;        /* as it is written */
    const char *chinese;     /* its spelling where it stands, if that is not the usual one */
    size_t width, room;      /* cells: of the text; of the widest that it could have in either tongue */
    size_t depth, inner;     /* braces; brackets of the other kinds inside them */
    size_t match;            /* of a brace: its other one */
    size_t remark, remarks;  /* comments on lines of their own before it */
    const char *behind;      /* a comment that ends its line; NULL: none */
    const struct ast *item;  /* the statement that begins here, one of those between the braces around it; else NULL */
    enum cell cell;
    size_t column;           /* of the cell that it begins, from 1: lines that lack one leave it empty */
    uint32_t line, end_line; /* in the source */
    bool blank;              /* a blank line before it, and before its remarks if it has any: the first of these says so */
    bool starts_line;        /* where the author wrote it */
    bool spaced_comma;       /* the comma of `, highest per` stands before it */
    bool tight;              /* `/` of a share */
    bool quoted;             /* a name that needs backquotes where it is to stand */
    bool stays;              /* a name that is not translated */
    bool breaks;             /* begins a line, come what may */
    bool wraps;              /* begins a line, since there is not room for it */
};

struct words {
    const struct fmt_call *call;
    const struct tape *tape;
    const struct ast *tree;
    VEC(struct word) list; /* the last one is the end of the text */
    VEC(struct aside) remarks;
    const struct word *unsure; /* a name that would be translated, were it known that no other file declares it; NULL: none */
    size_t *widest; /* by token of the grammar: cells of its widest spelling in either tongue */
};

struct words *words_read(const struct tape *tape, const struct ast *tree, const struct fmt_call *call);
struct word *words_find(struct words *words, uint32_t offset); /* the word that begins there; NULL: none */
/* What only the tree says: which words are names, where statements begin, where their columns do. */
void words_mark(struct words *words);

/* The texts of all words, once they are marked. */
void words_spell(struct words *words);
#endif
