/* One course of events: the decisions of a unit taken one after another, with a given answer to every
 * question that is open. What was valid, what took effect when, which titles followed. */
#ifndef RUBRIC_COHORT_COURSE_H
#define RUBRIC_COHORT_COURSE_H
#include "cohort/tenure.h"
#include "cohort/timeline.h"

/* How an occurrence stands: a stage, or a year of a stage of each year. */
enum standing {
    STANDING_UNDECIDED,
    STANDING_PENDING, /* approved, its wait not over */
    STANDING_APPROVED,
    STANDING_REJECTED,
    STANDING_RETURNED
};

struct verdict { /* on a decision */
    size_t year;      /* of its stage, that it is on */
    unsigned reasons; /* enum void_reason; 0: it is valid */
};

struct occurrence {
    size_t year; /* from 1; 0: the stage is not of each year */
    enum standing standing;
    int64_t effect; /* pending or approved: when it takes or took effect */
};

struct progress_of_stage {
    bool effective; /* some occurrence took effect … */
    int64_t effect; /* … the first on this day */
    VEC(struct occurrence) occurrences; /* those with decisions, in order of their years */
};

struct course {
    const struct standard *standard;
    struct progress_of_stage *stages; /* [stage] */
    struct tenures *titles;           /* [title] */
    struct verdict *verdicts;         /* [decision], in the order in which they were taken */
    size_t pending;                   /* approvals that wait for their effect */
};

/* A decision with the answer to what it requires: an approval is allowed. */
struct ruled {
    const struct decision *decision;
    bool allowed;
};

/* Decisions in the order in which they are taken, none after `until`. */
struct course *course_run(const struct standard *standard, const struct ruled *decisions, size_t count,
                          int64_t until);

/* The days of a stage (year 0), or of one of its years. Not given: it has not opened, by what took effect
 * so far. */
struct opening course_opens(const struct course *course, const struct stage *stage, size_t year);
/* not given: never */
struct opening course_closes(const struct course *course, const struct stage *stage, size_t year);
/* The latest year that has opened on a day; 1 where none has, 0 of a stage that is not of each year. */
size_t course_year(const struct course *course, const struct stage *stage, int64_t day);
/* Nothing before it, or all that is before it has taken effect and the day has come. */
bool course_is_open(const struct course *course, const struct stage *stage, size_t year, int64_t day);
/* `while`: are its titles in hand? Yes without one. */
bool course_holds(const struct course *course, const struct stage *stage, size_t year, int64_t day);
/* Strictly, on the day, whatever the stage's opening. */
bool course_holds_strictly(const struct course *course, const struct stage *stage, int64_t day);
/* The last day on which an approval by a stage of each year would still renew a title that has run out;
 * not given: none would. */
struct opening course_renewable(const struct course *course, size_t title, int64_t day);
/* NULL: no decision on it */
const struct occurrence *course_find(const struct course *course, size_t stage, size_t year);
#endif
