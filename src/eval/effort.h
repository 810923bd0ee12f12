/* How much an evaluation may do about what is unknown. What it does is counted in the `effort` of its run, by what is worked out and never by a
 * clock, so that the same is found on every machine: a node costs 1 and as much as it has arguments, one that is only looked at the eighth
 * part; a row 1; a linear form 2 for each hole that it tells apart, each time that it is made or its range is asked for; what goes through all
 * nodes costs them. A million takes an ordinary machine about a twentieth of a second. What is not settled by then stays as wide as it is,
 * and is told as not exact. */
#ifndef RUBRIC_EVAL_EFFORT_H
#define RUBRIC_EVAL_EFFORT_H

enum {
    /* one evaluation */
    START_EFFORT = 1500000,     /* on what no world can have, and as much on finding a possible one */
    SPLIT_EFFORT = 8000000,     /* from the first pass to the ends of every value that is shown */
    LOOK_EFFORT = 2000000,      /* … of which on worlds near to those found first */
    CLAIM_EFFORT = 1000000,     /* … and on one end of one node */
    GAP_EFFORT = 200000,        /* on bringing one world nearer to what a claim asks */
    /* which facts decide, and how far */
    DECIDE_EFFORT = 4500000,
    DECIDE_MOST = 450000,       /* … on one of them */
    DECIDE_LEAST = 20000        /* … on one of them, however many there are; each is moved a few times, whatever that takes */
};
#endif
