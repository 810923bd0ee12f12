/* One run of the parser: shared by parse.c, which pushes the tokens, recover.c, which finds where to go on after an error,
 * and slips.c and expected.c, which say what is wrong. */
#ifndef RUBRIC_SYNTAX_DRIVER_H
#define RUBRIC_SYNTAX_DRIVER_H
#include "syntax/build.h"
#include "syntax/keywords.h"
#include "syntax/parse.h"
#include "syntax/rubric.tab.h"
#include "syntax/tape.h"

struct parse {
    struct tape *tape;
    struct diags *diags;
    rubric_pstate *state;
    bool running;                    /* the parser wants more */
    size_t at;                       /* the token that is being pushed */
    bool failed;                     /* it did not fit */
    bool accepts[TOKEN_MAX];         /* what would have fitted; after recovery, what fits next */
    VEC(size_t) braces;              /* the tokens `{` that are open */
    size_t depth;                    /* brackets of every kind that are open */
    bool as_name, no_brace;          /* what a slip found out: a keyword is meant as a name; the `{` before the token is missing */
    size_t failed_at;                /* the last token that did not fit, plus 1 */
    size_t lent;                     /* braces that recovery closed: so many `}` too many are to come */
    const struct ast *tree;
};

const struct token *parse_token(const struct parse *parse, size_t index);   /* past the end: the end of the file */
enum keyword_class token_class(const struct token *token);                  /* KEYWORD_NONE of names, literals and marks */
void parse_push(struct parse *parse, int kind, struct ast *node, struct span span);

/* After the token at parse->at did not fit: sets parse->at to where reading goes on. */
void recover(struct parse *parse);
/* At the end of the file: closes what is open. */
void recover_at_end(struct parse *parse);

/* Says what is wrong with the token at parse->at, which parse->accepts lacks. */
bool slip_report(struct parse *parse);       /* false: it is none of the common slips */
void expected_report(struct parse *parse);
#endif
