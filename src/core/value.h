/* What is known of a value: the possibilities that remain. A known value has one; n/a may be among them.
 * A fault (a division by zero, a limit passed) takes the place of a value and is passed on by whatever needs it. Values are copied freely;
 * sequences they point at are immutable once built and live in collected memory. */
#ifndef RUBRIC_CORE_VALUE_H
#define RUBRIC_CORE_VALUE_H
#include <stdbool.h>
#include <stddef.h>
#include "core/range.h"

enum value_kind {
    VALUE_NONE,                              /* n/a and nothing else, or a fault, neither of any other kind: fits every kind */
    VALUE_TRUTH,
    VALUE_NUMBER,                            /* numbers; dates as days; choices as the place of their symbol, from 0 */
    VALUE_TEXT,
    VALUE_MONTHS,
    VALUE_DOCUMENT,                          /* its length in characters, as a range */
    VALUE_SEQUENCE                           /* lists (width 1), tables (a column each), bags (presence, value, key) */
};

enum fault_kind { FAULT_NONE, FAULT_DIVISION, FAULT_NO_PERIOD, FAULT_BEFORE_FIRST_DATE, FAULT_TOO_LARGE, FAULT_CALENDAR, FAULT_STEP, FAULT_ROWS };

struct fault { enum fault_kind kind; const struct ir_node *node; };

struct sequence;

struct value {
    enum value_kind kind;
    bool na;                                 /* n/a is possible */
    bool nothing_else;                       /* … and nothing but n/a is: `kind` is then VALUE_NONE */
    const struct fault *fault;
    union {
        unsigned truth;                      /* TRUTH_YES | TRUTH_NO */
        struct range range;                  /* VALUE_NUMBER, VALUE_DOCUMENT */
        const char *text;                    /* NULL: unknown */
        struct { unsigned sure, possible; } months; /* bit 0 is January */
        const struct sequence *sequence;
    };
};

struct sequence {
    size_t width, count;
    const struct value *cells;               /* count × width */
    bool open;                               /* an unknown number of further rows follows: `extra` of them, each within `any` */
    struct range extra;
    const struct value *any;                 /* width cells */
};

enum { BAG_PRESENCE, BAG_VALUE, BAG_KEY, BAG_WIDTH };

struct value value_na(void);
struct value value_truth(unsigned truths);
struct value value_range(struct range range);
struct value value_number(struct num number);
struct value value_int(long long number);
struct value value_text(const char *text);                       /* NULL: unknown */
struct value value_months(unsigned sure, unsigned possible);
struct value value_document(struct range length);
struct value value_sequence(size_t width, size_t count, const struct value *cells);
struct value value_open_sequence(size_t width, struct range count, const struct value *any);
struct value value_further_rows(const struct sequence *rows, struct range extra, const struct value *any); /* the same rows, and so many more */
struct value value_fault(enum fault_kind kind, const struct ir_node *node);
struct value value_or_na(struct value value);                    /* the same, n/a added */
struct value value_without_na(struct value value);               /* n/a taken away; VALUE_NONE if nothing stays */

bool value_is_known(const struct value *value);                  /* one possibility, n/a counted as one */
bool value_is_partly_known(const struct value *value);            /* a list or table of which some cell is known */
bool value_is_na(const struct value *value);                     /* n/a and nothing else */
bool value_is_yes(const struct value *value);                    /* known */
bool value_is_no(const struct value *value);
bool value_has_range(const struct value *value);                 /* a number or a document's length, perhaps n/a besides */
bool value_is_point(const struct value *value);                  /* a known number */
struct num value_point(const struct value *value);               /* of one */
bool value_equal(const struct value *a, const struct value *b);  /* the same possibilities; sequences by address */

/* Everything that either can be. A fault gives way to a value: the unknown stands for what can be given without an error. */
struct value value_join(struct value a, struct value b);
#endif
