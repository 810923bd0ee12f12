/* The words of the language, from grammar/keywords.def. Texts are static; nothing here fails or allocates, keyword_hidden_in excepted. */
#ifndef RUBRIC_SYNTAX_KEYWORDS_H
#define RUBRIC_SYNTAX_KEYWORDS_H
#include <stdbool.h>
#include <stddef.h>
#include "diag/diag.h"

enum keyword_class {
    KEYWORD_OPENER,
    KEYWORD_RESERVED,
    KEYWORD_CONTEXT,
    KEYWORD_PLACED,
    KEYWORD_UNITWORD,
    KEYWORD_PREDEFINED,
    KEYWORD_NONE
};

struct spelling {
    const char *text;
    int token;              /* of the grammar */
    enum keyword_class class;
    enum lang lang;
    int rank;               /* 0: the spelling that is written */
    const char *canonical;  /* the English one that is written */
};

/* For names: NULL where the text is nothing of the kind. */
const char *keyword_predefined(const char *text);        /* a predefined name in either tongue → its English name */
const char *keyword_canonical(const char *text);         /* any keyword or predefined name → its preferred English spelling */
bool keyword_same_name(const char *a, const char *b);    /* one predefined name, perhaps in two tongues */
const char *keyword_in(const char *english, enum lang lang); /* its preferred spelling in a tongue, of a predefined name too; itself where it is none */
const char *keyword_behind(const char *text, const char *english); /* what stands behind this keyword, in any spelling, and blanks */
const char *keyword_hidden_in(const char *name);         /* 满意率不低于95 → "满意率 不低于 95" */
bool keyword_is_unit(const char *text);                   /* the predefined authority: the unit itself */
bool keyword_is_reserved(const char *text);              /* a name only in backquotes */

/* Every spelling, sorted by bytes. */
size_t keyword_count(void);
const struct spelling *keyword_at(size_t index);
const char *keyword_spelling(int token, enum lang lang); /* the one that is written; NULL if the token is no keyword */

/* For the tape. The spellings whose first word is this one: *count of them, starting at the result. */
const struct spelling *keyword_starting(const char *word, size_t length, size_t *count);
int keyword_unit_word(const char *word, size_t length);  /* token, 0: none */
#endif
