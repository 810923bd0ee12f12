/* A unit's results as one JSON object on one line: the form that docs/language.md states. Numbers are exact, as strings; nothing depends on
 * the locale. `lang` chooses the words of messages and of ledger lines that come from no statement. */
#ifndef RUBRIC_REPORT_JSON_H
#define RUBRIC_REPORT_JSON_H
#include "base/json.h"
#include "report/view.h"

void json_unit(struct str *out, const struct view *view, const struct diags *messages);
/* The same with further members, before the messages. */
typedef void json_more(struct json *json, const void *data);
void json_unit_with(struct str *out, const struct view *view, const struct diags *messages, json_more *more,
                    const void *data);
/* Pieces of it, for other objects about a unit. */
void json_head(struct json *json, const struct view *view); /* up to the unit */
void json_facts(struct json *json, const struct view *view, struct read_facts facts);
void json_value(struct json *json, const struct type *type, const struct value *value, bool exact); /* {"value":"3","unit":…} */
void json_score(struct json *json, const struct view *view, const struct ir_node *node);           /* {"value":"3"}, {"lo":…} */
void json_typed(struct json *json, const struct view *view, const struct ir_node *node);           /* … and whether it may be n/a */
void json_grade(struct json *json, const struct view *view);                                       /* null where there is none */
const char *json_truth(const struct value *value);
const char *json_truths(unsigned truths); /* "yes", "no", "unknown" */
void json_messages(struct json *json, const char *key, const struct diags *messages, enum lang lang);

void json_refused(struct str *out, const char *id, const char *label, const struct diags *messages,
                  enum lang lang);
#endif
