/* What the text of one cell says for an input: the plain texts that the reader of facts takes without its parser, to the letter, and the few
 * words that stand alone. Nothing is allocated while cells are read; whatever leaves a doubt is for the exact evaluator. */
#ifndef RUBRIC_BATCH_CELL_H
#define RUBRIC_BATCH_CELL_H
#include "base/decimal.h"
#include "batch/block.h"
#include "core/unit.h"

/* What a cell came to. Where the state is not INPUT_GIVEN, or the cell is for the exact evaluator, the numbers are such as columns may hold. */
struct cell {
    enum exact_reason exact;
    enum input_state state;
    int64_t number, whole; /* held */
};

/* An end of what a share may be, as a quotient. */
struct share_end {
    bool infinite, open;
    int64_t top, bottom;
};

/* An input, and what is worked out of it once. */
struct cell_rule {
    const struct input *input;
    int64_t declared_low, declared_high; /* held: what the fact allows, whatever columns take */
    int64_t taken_low, taken_high;       /* … and what both do */
    unsigned places;                     /* of the scale */
    int64_t unit;                        /* held numbers are multiples of it */
    int64_t *legal;                      /* held; NULL: any */
    size_t legal_count;
    size_t *name_lengths;       /* of the values of a choice */
    struct share_end low, high; /* of a share */
    bool never;                 /* no text of it is read here */
    bool words_are_names;       /* a value of the choice is called as a word that stands alone */
    struct cell unknown, none;  /* none: what an empty cell comes to */
    struct cell neutral;        /* what may stand in any row */
};

/* NULL: no memory. Each rule belongs to the input at its place. */
struct cell_rule *cell_rules_new(const struct input *inputs, size_t count);
void cell_rules_free(struct cell_rule *rules, size_t count);

/* `text` has no blanks around it. */
struct cell cell_read(const struct cell_rule *rule, const char *text, size_t length);
/* Part and whole of a share that stand apart, neither of them empty. */
struct cell cell_read_parts(const struct cell_rule *rule, const char *part, size_t part_length,
                            const char *whole, size_t whole_length);
/* A number, or a share as a rate; part and whole of a share; a truth, the place of a value of a choice or a day; n/a. An input of another kind is
 * the caller's mistake. */
struct cell cell_of_number(const struct cell_rule *rule, struct decimal number);
struct cell cell_of_parts(const struct cell_rule *rule, struct decimal part, struct decimal whole);
struct cell cell_of_place(const struct cell_rule *rule, int64_t place);
struct cell cell_of_na(const struct cell_rule *rule);
/* What a facts file said; `given` is of the input's fact or score. */
struct cell cell_of_given(const struct cell_rule *rule, const struct given *given);
bool cell_on_step(const struct input *input, int64_t held);
/* Into a row of the columns. */
void cell_put(const struct cell *cell, struct block *block, const struct input *input, size_t place,
              size_t row);
#endif
