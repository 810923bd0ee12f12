/* Errors, warnings and notes. Each is a row of errors.def: code, severity, text and help in English and Chinese.
 * A diagnostic has one primary span with a label, up to three others, and arguments that fill the places {0} … {7} of its texts.
 * Arguments are texts in the author's words; one that starts with `@` names a row of words.def and is translated. */
#ifndef RUBRIC_DIAG_DIAG_H
#define RUBRIC_DIAG_DIAG_H
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "base/json.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "source/source.h"

enum lang { LANG_EN, LANG_ZH };
enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

enum diag_code {
#define DIAG(code, name, severity, en, zh, en_label, zh_label, en_help, zh_help) DIAG_##name,
#include "diag/errors.def"
#undef DIAG
    DIAG_CODE_COUNT
};

/* The first two digits of its code; errors.def says what they stand for. */
enum diag_group {
    DIAG_GROUP_TEXT = 1,
    DIAG_GROUP_SYNTAX,
    DIAG_GROUP_NAMES,
    DIAG_GROUP_TYPES,
    DIAG_GROUP_PARTS,
    DIAG_GROUP_BANDS,
    DIAG_GROUP_OUTCOMES,
    DIAG_GROUP_FACTS,
    DIAG_GROUP_EVALUATION,
    DIAG_GROUP_PROGRAM,
    DIAG_GROUP_LIMITS
};

/* Between the items of a list in an argument: each language has its own comma. */
#define DIAG_NEXT "\x1f"

enum { DIAG_ARGS_MAX = 8, DIAG_SPANS_MAX = 3, DIAG_SHOWN_MAX = 100 };

struct diag_other { struct span span; const char *word; };  /* `word`: a row of words.def or a text of the author's */
struct diag_fix { struct span span; const char *text; bool sure, told; };   /* told: by "did you mean" */

/* A unit of which the message is true: lines of a facts file, and thresholds that the call sets (`NAME=VALUE`). */
struct diag_example { VEC(const char *) facts, settings; };

struct diag {
    enum diag_code code;
    struct span span;
    const char *args[DIAG_ARGS_MAX];
    struct diag_other others[DIAG_SPANS_MAX];
    size_t other_count;
    struct diag_fix fix;                                  /* text NULL: none */
    const char *suggestion;                               /* "did you mean …", NULL: none */
    const char *clause;                                   /* of the source text that it is about; NULL: none is known */
    const char *notes[4];                                 /* ready texts or @words, shown as further `=` lines */
    size_t note_count;
    const struct diag_example *example;                   /* NULL: none */
};

struct suggest;
struct diags { VEC(struct diag *) list; size_t errors, warnings; struct map seen; };   /* starts zeroed */

/* Adds one; arguments end with NULL. The result may be given other spans, a fix, a suggestion, notes. Same code at the same span
 * (without a source: with the same arguments) is kept once; the result is then a record that nobody shows. */
struct diag *diag_add(struct diags *diags, enum diag_code code, struct span span, ... /* const char *, NULL */) __attribute__((sentinel));
void diag_other(struct diag *diag, struct span span, const char *word);
void diag_suggest(struct diag *diag, const char *text);
/* A proposal that is shown; and one that `check --fix` may take unasked, since no other text would be meant. */
void diag_fix(struct diag *diag, struct span span, const char *text);
void diag_mend(struct diag *diag, struct span span, const char *text);
/* "Did you mean …": the place is mended where one name alone is near. */
void diag_mend_spelling(struct diag *diag, struct span span, const struct suggest *suggest);
bool diag_is_mendable(const struct diag *diag);
void diag_note(struct diag *diag, const char *text);
void diag_clause(struct diag *diag, const char *cite);    /* NULL changes nothing */
void diag_sort(struct diags *diags);                      /* by source (first named first), then place */
void diag_append(struct diags *to, const struct diags *from);

enum severity diag_severity(enum diag_code code);
enum diag_group diag_group(enum diag_code code);
const char *diag_code_name(enum diag_code code);          /* "E0412", "W0501", "N0901" */
enum lang span_tongue(struct span span);                  /* that of its first letter: Chinese beyond ASCII */
const char *diag_word(const char *text, enum lang lang);  /* translates "@word"; other texts are returned as they are */
const char *diag_text(const struct diag *diag, enum lang lang);  /* the first line, without place */
const char *diag_help(const struct diag *diag, enum lang lang);  /* NULL where the row has none */
const char *diag_label(const struct diag *diag, enum lang lang); /* what stands after the carets; NULL where the row has none */
/* Of the code, not of one case: with … where a text has places. */
const char *diag_general_text(enum diag_code code, enum lang lang);
const char *diag_general_help(enum diag_code code, enum lang lang); /* NULL where the row has none */
/* "E0412", "e0412", "0412", "[E0412]"; false where no message has it. */
bool diag_code_find(const char *written, enum diag_code *code);
const char *diag_example_text(const struct diag *diag, enum lang lang); /* in one line; NULL where there is none */
/* Texts for a person; everything that came from an author is made visible. The second shows at most DIAG_SHOWN_MAX, errors before others. */
void diag_render(struct str *out, const struct diag *diag, enum lang lang, bool colour);
void diag_render_all(struct str *out, const struct diags *diags, enum lang lang, bool colour);
/* {"code","severity","file","line","column","text","clause","help","example","set","fixes"}: what there is none of is left out. */
void diag_json(struct json *json, const struct diag *diag, enum lang lang);
#endif
