/* What it would take, told: the ways that a search found, the cheapest first, what the unit would come to by each, and how far the search got. */
#ifndef RUBRIC_REPORT_WAYS_H
#define RUBRIC_REPORT_WAYS_H
#include "report/json.h"
#include "report/page.h"
#include "whatif/reach.h"

struct ways {
    const char *goal; /* as asked */
    bool risk;        /* what would cost it */
    const struct reach *reach;
    struct view now;
    const struct evaluation *const *after; /* [way] */
    const char *(*written)(const struct levers *levers, const struct move *move); /* the new value as a facts file writes it */
};

void ways_write(struct page *page, const struct ways *ways);
void ways_json(struct str *out, const struct ways *ways, const struct diags *messages);

/* For all that moves facts. */
const char *ways_key(const struct levers *levers, const struct lever *lever, enum lang lang); /* as it is entered: "dues", "score team.lesson" */
const char *ways_column(const struct levers *levers, const struct lever *lever); /* where several columns count and say it apart; else NULL */
const char *ways_title(const struct levers *levers, const struct lever *lever, enum lang lang); /* the key, and the column where it matters */
const char *ways_name(const struct levers *levers, const struct lever *lever); /* its label, else its name */
const struct type *ways_type(const struct levers *levers, const struct lever *lever);
/* A value of it for the eye, in parts where what the unit says is in parts: "84/88". */
const char *ways_value(const struct levers *levers, const struct lever *lever, const struct value *value, enum lang lang);
const char *ways_fixed(const struct levers *levers, size_t hole); /* its name, as written; NULL: the other units */
/* As JSON: a value, of rows that are added what is known of them. */
void ways_json_value(struct json *json, const struct levers *levers, const struct lever *lever, const struct value *value);
const char *ways_now(const struct levers *levers, const struct lever *lever, enum lang lang);
#endif
