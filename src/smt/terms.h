/* One node as a term. For this folder alone. */
#ifndef RUBRIC_SMT_TERMS_H
#define RUBRIC_SMT_TERMS_H
#include "smt/script.h"

/* Where a term is made. */
struct place {
    struct smt *smt;
    size_t world, context;
    size_t row; /* of a table, from 1; 0: of none */
    const struct ir_node *node;
    const struct smt_term *args;
};

/* Texts of Bools; NULL is false, but for an argument of if. */
const char *smt_not(const char *a);
const char *smt_or(const char *a, const char *b);
const char *smt_and(const char *a, const char *b);
const char *smt_if(const char *when, const char *yes, const char *no);
/* That a truth is surely yes, or no: not n/a, and no fault. */
const char *smt_said(const struct smt_term *term, bool yes);

/* The term of a node by its arguments, which are made. */
struct smt_term smt_make(const struct place *place);
/* Constants of the solver, within the node's bounds; a loose one stands for what it cannot look into. */
struct smt_term smt_declared(const struct place *place, const char *name);
struct smt_term smt_loose(const struct place *place);
/* What other facts limit. */
struct smt_held {
    const struct field *field;
    const struct smt_term *term;
    const char *missing; /* a Bool: that there is no such row; NULL: never */
};
void smt_assert_between(const struct place *place, const struct smt_held *held);
void smt_assert_limits(const struct place *place, const struct limits *limits, const struct smt_term *term);
/* A text that stands in the standard, by its place. */
const char *smt_text_number(struct smt *smt, const char *text);
/* In a world beside another: facts that are limited by the one that differs are held to it. */
void smt_hold_limits(struct smt *smt, size_t world, size_t context, size_t slot);
#endif
