/* The rows of bags as linear forms. What is added up, averaged, picked or dropped over rows is a form in
 * its turn, wherever it is settled which rows are there and which of two is the higher one. */
#ifndef RUBRIC_EVAL_LINEAR_BAG_H
#define RUBRIC_EVAL_LINEAR_BAG_H
#include "eval/linear.h"

enum { LINEAR_ROWS = 100 }; /* so many are told apart at the most, with those inside rows */

/* A row whose value is not n/a. */
struct row_form {
    struct form form;
    struct range range; /* that of the form */
    bool sure; /* it is there; else perhaps */
    const struct value *key;
};

/* Without rows that are surely not there. */
struct bag_form {
    bool is; /* else its rows are not told apart */
    size_t count;
    struct row_form *rows;
};

/* A bag is about to be worked out row by row. False: not with forms, it takes too many rows. */
bool linear_open_bag(struct run *run, size_t context, const struct ir_node *bag, const struct sequence *rows);
/* Its block has run on one more row. */
void linear_note_row(struct run *run, size_t context, const struct ir_node *bag);
/* A bag has been worked out. */
void linear_note_bag(struct run *run, size_t context, const struct ir_node *bag, const struct value *value);
const struct bag_form *linear_bag(const struct run *run, size_t context, const struct ir_node *bag);
/* Nothing about its rows is open but what fills the holes of exact forms. */
bool linear_bag_is_exact(const struct bag_form *bag);

struct form linear_total(const struct linear *linear, const struct bag_form *bag);
struct form linear_mean(const struct linear *linear, const struct bag_form *bag);
/* The highest of all, `sign` 1, or the lowest, −1. */
struct form linear_extreme(const struct linear *linear, const struct bag_form *bag, int sign);
#endif
