/* What a unit says, as whole numbers in columns: which facts and judged scores a batch reads, how each is held, and which texts of it may be
 * read without the parser. Made by `program`, immutable; readers fill the columns of a block by it. */
#ifndef RUBRIC_BATCH_INPUT_H
#define RUBRIC_BATCH_INPUT_H
#include "core/standard.h"

enum input_kind {
    INPUT_NUMBER, /* 86, 97.5, 97.5%: held times `scale` */
    INPUT_YESNO,  /* yes, no, 是, 否: 1, 0 */
    INPUT_DATE,   /* 2017-04-25: its day */
    INPUT_CHOICE, /* the name of a symbol: its place, from 0 */
    INPUT_SHARE   /* 86/88, 97.5%, or a part and a whole in two columns: both as numbers, the whole above 0 */
};

/* What was given for it in a row. */
enum input_state { INPUT_GIVEN, INPUT_OPEN /* unknown */, INPUT_NA };

/* A fact or a judged score. What a cell may say beyond this is for the exact evaluator. */
struct input {
    enum input_kind kind;
    bool is_score; /* `slot` is that of a judged score */
    size_t slot;
    const struct field *field;    /* NULL of a score */
    const struct limits *limits;  /* what may be said of it */
    const struct part *criterion; /* of a score; else NULL */
    int64_t scale;                /* a power of ten; of a share: of its part and its whole alike */
    int64_t low, high;            /* held numbers that columns take: of a share, of its part and its whole */
    int64_t step;                 /* held; counted from `base`; 0: any */
    int64_t base;
    bool wide;        /* held in 8 bytes, else in 4 */
    bool takes_open;  /* where it is unknown, columns do; else such a row is for the exact evaluator */
    bool takes_na;    /* n/a may be given, and columns do */
    bool has_assumed; /* an empty cell stands for `assumed`, held */
    int64_t assumed;
    const struct choice *choice; /* INPUT_CHOICE */
};
#endif
