/* Rubric, in a program of one's own: load a standard, say what is known of a unit, evaluate, read the results. docs/embedding.md is the manual.
 *
 * Numbers are exact: texts such as "12.5" and "1/3", or whole numbers times a power of ten. What is not known gives a range, never a silent 0.
 *
 * Ownership.  What a function returns by a `**` parameter is the caller's, and is freed by the function named there. A text that is returned lives as
 *   long as the object it was asked of, unless it says otherwise. Texts are UTF-8 and end with NUL. NULL may be freed.
 * Errors.  Nothing is printed and the process is never ended. A rubric_status says how a call went; RUBRIC_REFUSED comes with messages. After any
 *   other status than RUBRIC_OK nothing was changed, and a `**` parameter is NULL (rubric_messages apart).
 * Threads.  Any thread may call any function. A standard and messages never change once they are there: any number of threads may use one at the same
 *   time. A unit is for one thread at a time. What is called warm below takes no lock and no memory; all other calls of a process wait for each
 *   other. A standard is freed last, after its units.
 * Handles.  Facts, values of choices, parts, grades and qualifications are numbered from 0, in the order of the standard. */
#ifndef RUBRIC_H
#define RUBRIC_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RUBRIC_VERSION "0.1"

typedef struct rubric_standard rubric_standard;
typedef struct rubric_unit rubric_unit;
typedef struct rubric_messages rubric_messages;

typedef enum rubric_status {
    RUBRIC_OK,
    RUBRIC_REFUSED,       /* what was said is wrong; there are messages */
    RUBRIC_NO_SUCH,       /* no fact, part or other thing has this handle */
    RUBRIC_WRONG_TYPE,    /* the fact is of another type */
    RUBRIC_NOT_ONE,       /* the result is a range, n/a, or takes more digits than asked for */
    RUBRIC_NOT_EVALUATED, /* the unit was not evaluated since it was changed, or was refused */
    RUBRIC_NO_MEMORY
} rubric_status;

typedef enum rubric_lang { RUBRIC_EN, RUBRIC_ZH } rubric_lang;

/* The version of the library that runs; RUBRIC_VERSION is that of this header. Warm. */
const char *rubric_version(void);
/* What a status means, in a sentence; "" for none of them. Warm. */
const char *rubric_status_text(rubric_status status, rubric_lang lang);

/* ---------------------------------------------------------------- messages */

typedef enum rubric_severity { RUBRIC_NOTE, RUBRIC_WARNING, RUBRIC_ERROR } rubric_severity;

/* How many there are, errors first; 0 of NULL. This and those below are warm. Of an index that there is not they return NULL, 0 or RUBRIC_NOTE. */
size_t rubric_messages_count(const rubric_messages *messages);
rubric_severity rubric_message_severity(const rubric_messages *messages, size_t index);
/* "E0502": `rubric explain` and docs/errors/ say more of it. Codes never change meaning. */
const char *rubric_message_code(const rubric_messages *messages, size_t index);
/* One sentence, without its place. */
const char *rubric_message_text(const rubric_messages *messages, size_t index, rubric_lang lang);
/* What to do; NULL where there is no advice. */
const char *rubric_message_help(const rubric_messages *messages, size_t index, rubric_lang lang);
/* The text it is about: a path, or the name it was given; of what a rubric_set_… was given, the name of the fact. NULL: about none. */
const char *rubric_message_file(const rubric_messages *messages, size_t index);
/* From 1; 0 without a place. Columns count characters. */
size_t rubric_message_line(const rubric_messages *messages, size_t index);
size_t rubric_message_column(const rubric_messages *messages, size_t index);
/* All of them as the program shows them, with the lines they are about; "" of none. */
const char *rubric_messages_shown(const rubric_messages *messages, rubric_lang lang);
void rubric_messages_free(rubric_messages *messages);

/* ---------------------------------------------------------------- standards */

/* What a caller says beside the standard. Start zeroed: `rubric_options options = {0};`. It is not kept. */
typedef struct rubric_options {
    const char *on;         /* the day of the evaluation, "2024-12-31"; NULL: as `rubric eval` has it without --on */
    const char *const *set; /* thresholds, "NAME=VALUE" each */
    size_t set_count;
} rubric_options;

/* From a file, with all the files it uses. `options` may be NULL, and so may `messages`, else it is set to what there is to say, warnings
 * included, or NULL for nothing. Free with rubric_standard_free and rubric_messages_free. RUBRIC_OK, RUBRIC_REFUSED or RUBRIC_NO_MEMORY. */
rubric_status rubric_standard_load(const char *path, const rubric_options *options, rubric_standard **standard,
                                   rubric_messages **messages);
/* The same from text in memory, `length` bytes. `name` stands for it in messages, and what it uses is looked for beside a file of that name. */
rubric_status rubric_standard_read(const char *name, const char *text, size_t length,
                                   const rubric_options *options, rubric_standard **standard,
                                   rubric_messages **messages);
/* No unit of it may be left. */
void rubric_standard_free(rubric_standard *standard);

/* As declared; a label or an edition may be NULL. These and all below up to units are warm; without such a handle they return NULL or -1. */
const char *rubric_standard_name(const rubric_standard *standard);
const char *rubric_standard_label(const rubric_standard *standard);
const char *rubric_standard_edition(const rubric_standard *standard);
/* Of the bytes of its files, 64 hexadecimal digits: which standard a result is by. */
const char *rubric_standard_sha256(const rubric_standard *standard);
/* Why no unit of it can be evaluated warm; NULL where units can, as long as what they say is plain. */
const char *rubric_standard_why_cold(const rubric_standard *standard, rubric_lang lang);

typedef enum rubric_type {
    RUBRIC_YESNO,
    RUBRIC_NUMBER,
    RUBRIC_SHARE, /* a part of a whole, 0 to 1 */
    RUBRIC_DATE,
    RUBRIC_CHOICE,
    RUBRIC_TEXT,
    RUBRIC_MONTHS,
    RUBRIC_LIST,
    RUBRIC_TABLE,
    RUBRIC_DOCUMENT,
    RUBRIC_SCORE /* points that assessors give for a criterion */
} rubric_type;

/* Facts, and behind them the criteria whose scores are judged: all that can be said of a unit. */
int rubric_fact_count(const rubric_standard *standard);
/* By its name, of a score by the path of its criterion; -1 where there is none. Of scores it looks at one after another. */
int rubric_fact_find(const rubric_standard *standard, const char *name);
const char *rubric_fact_name(const rubric_standard *standard, int fact);
const char *rubric_fact_label(const rubric_standard *standard, int fact); /* NULL: none */
rubric_type rubric_fact_type(const rubric_standard *standard, int fact);  /* (rubric_type)-1: no such fact */
/* The unit of measure that numbers are in; NULL: none. */
const char *rubric_fact_unit(const rubric_standard *standard, int fact);
/* Of a choice its values, of a scale from the lowest. */
int rubric_choice_count(const rubric_standard *standard, int fact);
const char *rubric_choice_name(const rubric_standard *standard, int fact, int value);
const char *rubric_choice_label(const rubric_standard *standard, int fact, int value); /* NULL: none */

/* Sections, criteria, bonuses and penalties. */
int rubric_part_count(const rubric_standard *standard);
int rubric_part_find(const rubric_standard *standard, const char *path); /* -1: none */
const char *rubric_part_path(const rubric_standard *standard, int part);
const char *rubric_part_label(const rubric_standard *standard, int part); /* NULL: none */
/* What it can bring at most, as exact text; NULL: it has no cap. */
const char *rubric_part_cap(const rubric_standard *standard, int part);

/* From the lowest. */
int rubric_grade_count(const rubric_standard *standard);
const char *rubric_grade_name(const rubric_standard *standard, int grade);
const char *rubric_grade_label(const rubric_standard *standard, int grade); /* NULL: none */

/* What it says by `qualifies`. */
int rubric_qualification_count(const rubric_standard *standard);
const char *rubric_qualification_name(const rubric_standard *standard, int qualification);

/* ---------------------------------------------------------------- units */

/* One of which nothing is known. `name` stands for it in results; documents and tables that are named later are looked for in the folder of a file
 * of that name. Free with rubric_unit_free. RUBRIC_REFUSED: the standard looks for a table beside that file, and it is wrong. */
rubric_status rubric_unit_new(const rubric_standard *standard, const char *name, rubric_unit **unit);
/* What a facts file says, given as text of `length` bytes; which standard it names counts for nothing. `messages` as for a standard. */
rubric_status rubric_unit_read(const rubric_standard *standard, const char *name, const char *facts,
                               size_t length, rubric_unit **unit, rubric_messages **messages);
void rubric_unit_free(rubric_unit *unit);
/* Back to nothing known; a unit that was read, too. */
rubric_status rubric_unit_clear(rubric_unit *unit);

/* What is said of one fact replaces what was. It is looked at alone: what facts say together (`at most OTHER_FACT`, scores that the branch taken
 * does not allow) is found out by rubric_evaluate. In a standard of several columns it stands in the unit's own, and in later ones where these say
 * nothing else. RUBRIC_REFUSED: the fact does not allow it; rubric_unit_messages says why, and the fact is what it was.
 * Each is warm, where columns hold the fact (rubric_standard_why_cold) and what is said of it is plain. */

/* As it stands behind `=` in a facts file: "12.5", "86 of 88", "97.7%", "yes", "2017-04-25", "unknown", "n/a", `document "a.pdf"`,
 * `12 evidence "b.pdf"`. Names of values of a choice and texts need no quotes. */
rubric_status rubric_set_text(rubric_unit *unit, int fact, const char *text);
/* The same by its name, or a criterion's path. A name that there is not is refused, with what may have been meant. Never warm. */
rubric_status rubric_set_named(rubric_unit *unit, const char *name, const char *text);
/* A number, share or score: number × 10^−places in the unit of the fact; places 0 to 18. */
rubric_status rubric_set_number(rubric_unit *unit, int fact, int64_t number, unsigned places);
/* A share of two numbers, each × 10^−places: 86 of 88. */
rubric_status rubric_set_share(rubric_unit *unit, int fact, int64_t part, int64_t whole, unsigned places);
rubric_status rubric_set_yesno(rubric_unit *unit, int fact, int yes);
rubric_status rubric_set_choice(rubric_unit *unit, int fact, int value);
/* In the years 1 to 9999; a day that the calendar does not have is refused. */
rubric_status rubric_set_date(rubric_unit *unit, int fact, int year, int month, int day);
rubric_status rubric_set_unknown(rubric_unit *unit, int fact);
/* Does not apply: for facts that are declared `or n/a`. */
rubric_status rubric_set_na(rubric_unit *unit, int fact);
/* As if it had never been set: unknown, or what the standard assumes. */
rubric_status rubric_unset(rubric_unit *unit, int fact);

/* Of the last call that took this unit and was refused; NULL where that was none. The unit's own, until the next call that takes it. Warm. */
const rubric_messages *rubric_unit_messages(const rubric_unit *unit);

/* ---------------------------------------------------------------- results */

/* How a unit was evaluated. The results are the same whichever it was. */
typedef enum rubric_way {
    RUBRIC_BY_NONE,      /* it was not */
    RUBRIC_BY_KNOWN,     /* warm: all that counts is known */
    RUBRIC_BY_RANGES,    /* warm: something is open. The first time takes memory */
    RUBRIC_BY_EVALUATOR  /* by the exact evaluator, which takes memory and its turn */
} rubric_way;

/* RUBRIC_OK, RUBRIC_REFUSED (it divides by zero, facts contradict each other, …) or RUBRIC_NO_MEMORY. */
rubric_status rubric_evaluate(rubric_unit *unit);
rubric_way rubric_unit_way(const rubric_unit *unit);

/* In the place of a part. */
enum { RUBRIC_TOTAL = -1, RUBRIC_SUBTOTAL = -2 };
typedef enum rubric_end { RUBRIC_LOW, RUBRIC_HIGH } rubric_end;
typedef enum rubric_truth { RUBRIC_NO, RUBRIC_YES, RUBRIC_UNKNOWN, RUBRIC_NA } rubric_truth;

/* The results of the last evaluation; reading them is warm. */

/* The score of a part, the total or the subtotal, times 10^places, where it is one number that this makes whole; places 0 to 18. Else
 * RUBRIC_NOT_ONE, and `score` is left alone. RUBRIC_NO_SUCH too where the standard has no total, or no subtotal. */
rubric_status rubric_score(const rubric_unit *unit, int part, unsigned places, int64_t *score);
/* An end of the range of all that it may still come to, as exact text: "64.0625", "1/3", "inf", "-inf"; both ends are the same where it is one
 * number, and "n/a" where it does not apply. Writes at most `size` bytes, NUL included, and returns how long the text is, as snprintf does; 0 without
 * such a result. */
size_t rubric_score_text(const rubric_unit *unit, int part, rubric_end end, char *text, size_t size);
/* May it be n/a? RUBRIC_NA: it is, and nothing else. RUBRIC_UNKNOWN: there is no such result. */
rubric_truth rubric_score_is_na(const rubric_unit *unit, int part);
/* Are both ends reached? RUBRIC_NO: what is open leaves less than that. RUBRIC_UNKNOWN: there is no such result. */
rubric_truth rubric_score_is_exact(const rubric_unit *unit, int part);
/* The lowest or highest grade that it may come to; -1: n/a, or there are no grades. */
int rubric_grade(const rubric_unit *unit, rubric_end end);
/* Does it pass every gate? RUBRIC_YES where the standard has none; RUBRIC_UNKNOWN too where the unit was not evaluated. */
rubric_truth rubric_eligible(const rubric_unit *unit);
rubric_truth rubric_qualifies(const rubric_unit *unit, int qualification);

/* All there is to say of the unit as one JSON object: that of `rubric eval --json`. Evaluates it by the exact evaluator, whatever was done before.
 * `json` is the unit's own, until the next call that takes it; `length` may be NULL. Messages in it are in `lang`. */
rubric_status rubric_unit_json(rubric_unit *unit, rubric_lang lang, const char **json, size_t *length);

#ifdef __cplusplus
}
#endif
#endif
