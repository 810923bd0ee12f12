/* A ranked cohort: as a table for a terminal with the line of the quota drawn in it, as CSV, as JSON beside each unit's results. */
#ifndef RUBRIC_REPORT_RANK_H
#define RUBRIC_REPORT_RANK_H
#include "cohort/entry.h"
#include "report/json.h"
#include "report/page.h"

struct ranking {
    const struct contest *contest;
    size_t quotas; /* stages that have one; `asked`: which of them was chosen by the call */
    bool asked;
    const struct entry *entries;
    const struct ranked *ranks; /* [entry] */
    const enum seat *seats;     /* [entry]; NULL: the contest is for no stage */
    const size_t *order;        /* entries, best first */
    size_t count, refused;
    bool has_day; /* all units are looked at on this one */
    int64_t day;
    struct seats places;
    struct rank_tie tie;
};

void rank_write(struct page *page, const struct ranking *ranking, enum lang lang);
/* RFC 4180, header in English. */
void rank_csv(struct str *out, const struct ranking *ranking);
/* `messages`: of the unit; the view is on its own evaluation. */
void rank_json(struct str *out, const struct ranking *ranking, size_t entry, const struct view *view,
               const struct diags *messages);

/* For `told` of an entry, from what is not kept. */
const char *rank_reason(const struct view *view, const struct timeline *timeline, const struct stage *stage);
const char *rank_open(const struct view *view, const struct contest *contest);

/* For all of them. */
const char *rank_figure_name(const struct contest *contest, size_t figure); /* for data: NULL is the total */
/* "in", "not a candidate": for JSON and CSV. */
const char *rank_seat_name(enum seat seat);
#endif
