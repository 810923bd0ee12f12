/* A unit's way through the stages of its standard, as it stands on one day: the state of every stage with
 * what explains it, which decisions the rules allow and which not, the titles held from when to when.
 * Where facts that a requirement needs are unknown, every answer is followed, and what differs says so.
 * Made afresh; lives in collected memory. */
#ifndef RUBRIC_COHORT_TIMELINE_H
#define RUBRIC_COHORT_TIMELINE_H
#include "cohort/requirements.h"
#include "cohort/tenure.h"
#include "eval/eval.h"

/* In the order in which several are listed. */
enum stage_state {
    STATE_APPROVED,
    STATE_REJECTED,
    STATE_WAITING, /* not open yet: for other stages, or for a day */
    STATE_ABSENT,  /* `while`: the titles it is there for are not held */
    STATE_LATE,    /* its due day is past, without a valid decision */
    STATE_RETURNED,
    STATE_BLOCKED, /* something that it needs is missing, or a requirement does not hold */
    STATE_READY,   /* nothing but the decision is missing */
    STATE_OPEN,    /* whether a requirement holds is not known */
    STATE_VOID,    /* its only decisions are void; `without` says what it would be */
    STATE_COUNT
};

/* Why a decision is void; bits, in the order in which they are told. */
enum void_reason {
    VOID_AUTHORITY = 1 << 0,   /* by another authority */
    VOID_ORDER = 1 << 1,       /* before the stage opened */
    VOID_TITLE = 1 << 2,       /* `while` did not hold */
    VOID_REQUIREMENT = 1 << 3, /* an approval before its requirements held */
    VOID_CLOSED = 1 << 4,      /* after the stage closed */
    VOID_TWICE = 1 << 5,       /* it was decided already */
    VOID_REASONS = 6
};

/* A day that may be missing, or differ with the answers to what is unknown. */
struct timeline_day {
    bool given, differs;
    int64_t day;
};

struct decided {
    const struct decision *decision;
    unsigned valid;   /* truths that it can have */
    unsigned reasons; /* enum void_reason: why it is void, or can be */
    struct conditions conditions; /* of an approval: on its day */
};

/* A stage; of a stage of each year one for each of its years. */
struct step {
    const struct stage *stage;
    size_t place;     /* of the stage */
    size_t year;      /* from 1; 0: it is not of each year */
    unsigned states;  /* a bit for each enum stage_state that it can be in */
    /* likewise, for those of its states that are void: what it is when void decisions are left out */
    unsigned without;
    struct timeline_day opens, closes, effect;
    /* where it opens later: are the titles of its `while` held then, as things stand; are they now? In
     * some world */
    bool held_then, held_now;
    struct places waiting_for;    /* stages that have not taken effect */
    struct conditions conditions; /* on this day */
    VEC(struct decided) decisions; /* up to this day, as they were taken */
};

struct held {
    const struct title *title;
    unsigned truth; /* held on this day: the truths it can have */
    /* run out, and a stage of this year can still renew it: until this day, the latest of all worlds */
    struct timeline_day renewable;
    bool differs;   /* then its tenures are not listed */
    struct tenures tenures;
};

struct timeline {
    const struct evaluation *evaluation; /* of this day */
    int64_t on;
    VEC(struct step) steps; /* as declared; years in order */
    VEC(struct held) titles;
    size_t later; /* decisions dated after this day, left out */
};

enum { TIMELINE_QUESTIONS_MAX = 12 };

enum timeline_failure {
    TIMELINE_DONE,
    TIMELINE_NO_DAY,   /* neither the call nor the facts nor a period say on which day */
    TIMELINE_REFUSED,  /* the unit is, on the day of `evaluation`, by its complaints */
    TIMELINE_TOO_OPEN  /* more than TIMELINE_QUESTIONS_MAX open requirements bear on decisions */
};

struct timeline_result {
    const struct timeline *timeline; /* NULL: it failed */
    enum timeline_failure failure;
    const struct evaluation *evaluation; /* TIMELINE_REFUSED: with the complaints */
    VEC(const struct stage *) open;      /* TIMELINE_TOO_OPEN: the stages whose approvals hang on open requirements */
};

/* As `today`: puts the day of the facts, else the period's end, into a call that names none. False: there
 * is none. */
bool timeline_find_day(const struct unit *unit, struct call *call);
/* `call` as given to evaluate(); its `stages` is set by this. */
struct timeline_result timeline_of(const struct standard *standard, const struct unit *unit,
                                   const struct call *call);
/* From an evaluation that was asked about stages, on the day that the call or the unit gives: there is
 * one. Only what stages require is read of it. */
struct timeline_result timeline_from(const struct evaluation *evaluation, const struct call *call);

/* The states that a step is or can be in when void decisions are left out; a bit for each. */
unsigned step_stands(const struct step *step);
/* Of such states: those that wait for a decision now. */
enum { STATES_ASKING = 1 << STATE_RETURNED | 1 << STATE_BLOCKED | 1 << STATE_READY | 1 << STATE_OPEN };

/* A stage as it stands; of a stage of each year its latest year. NULL: the stage has no step. */
const struct step *timeline_step(const struct timeline *timeline, const struct stage *stage);
/* Is the unit, as far as the facts tell, one of those that a quota of this stage is for: ready, or
 * approved? Truths. */
unsigned timeline_candidate(const struct timeline *timeline, const struct stage *stage);
#endif
