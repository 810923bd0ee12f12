/* A sweep as JSON, one object a unit:
 *   "fact"|"score", "label", "now"; "runs":[{"from":{"value","open":false}|null,"to":…,"refused":…,"exact":…,"total":{"from":…,"to":…},"grade":…,"eligible":…}]
 * of a thing that is no number "at" in place of the ends. A run with steps has the ends that the fact can take. */
#include "report/sweep.h"
#include "report/ways.h"

static void end_object(struct json *json, const char *key, const struct type *type, enum value_kind kind,
                       struct cut end)
{
    json_key(json, key);
    if (end.infinite) {
        json_text(json, NULL);
        return;
    }
    struct value value = value_number(end.at);
    value.kind = kind;
    json_open(json, '{');
    json_key(json, "at");
    json_value(json, type, &value, true);
    json_key(json, "open");
    json_bool(json, end.side != 0);
    json_close(json, '}');
}

static void total_object(struct json *json, const struct sweep_told *told, const struct sweep_run *run,
                         struct sweep_ends ends)
{
    static const struct type number = {.kind = TYPE_NUMBER};
    size_t node = (size_t)told->total;
    bool line = told->sweep->numeric && run->straight;
    struct value from = line && !ends.from.infinite ? sweep_value(run, node, ends.from.at) : run->low[node];
    struct value to = line && !ends.to.infinite ? sweep_value(run, node, ends.to.at) : run->high[node];
    json_key(json, "total");
    json_open(json, '{');
    json_key(json, "from");
    json_value(json, &number, &from, true);
    json_key(json, "to");
    json_value(json, &number, &to, true);
    json_close(json, '}');
}

static void qualifies_object(struct json *json, const struct sweep_told *told, const struct sweep_run *run)
{
    const struct standard *standard = told->now.evaluation->standard;
    int place = told->qualifies;
    json_key(json, "qualifies");
    json_open(json, '{');
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->kind == OUTCOME_QUALIFIES) {
            json_pair(json, outcome->name, json_truth(&run->low[place++]));
        }
    }
    json_close(json, '}');
}

static void run_object(struct json *json, const struct sweep_told *told, const struct sweep_run *run,
                       struct sweep_ends ends)
{
    const struct sweep *sweep = told->sweep;
    const struct type *type = ways_type(sweep->levers, &sweep->levers->list.items[sweep->lever]);
    const struct standard *standard = told->now.evaluation->standard;
    enum value_kind kind = lever_hole(sweep->levers, sweep->lever)->domain.kind;
    json_open(json, '{');
    if (sweep->numeric) {
        end_object(json, "from", type, kind, ends.from);
        end_object(json, "to", type, kind, ends.to);
    } else {
        json_key(json, "at");
        json_value(json, type, &run->at, true);
    }
    json_key(json, "refused");
    json_bool(json, !run->possible);
    json_key(json, "exact");
    json_bool(json, run->straight && !sweep->outer);
    if (told->total >= 0 && run->possible) {
        total_object(json, told, run, ends);
    }
    if (told->grade >= 0 && run->possible) {
        json_key(json, "grade");
        json_value(json, &standard->grade->type, &run->low[told->grade], true);
    }
    if (told->eligible >= 0 && run->possible) {
        json_pair(json, "eligible", json_truth(&run->low[told->eligible]));
    }
    if (told->qualifies >= 0 && run->possible) {
        qualifies_object(json, told, run);
    }
    json_close(json, '}');
}

void sweep_json(struct str *out, const struct sweep_told *told, const struct diags *messages)
{
    struct json json = {.out = out};
    const struct sweep *sweep = told->sweep;
    const struct lever *lever = &sweep->levers->list.items[sweep->lever];
    json_open(&json, '{');
    json_head(&json, &told->now);
    json_pair(&json, lever->kind == HOLE_SCORE ? "score" : "fact",
              lever->kind == HOLE_SCORE ? sweep->levers->standard->judged.items[lever->slot]->criterion->path
                                        : ways_key(sweep->levers, lever, LANG_EN));
    json_pair(&json, "label", ways_name(sweep->levers, lever));
    if (ways_column(sweep->levers, lever) != NULL) {
        json_pair(&json, "column", ways_column(sweep->levers, lever));
    }
    json_key(&json, "now");
    json_value(&json, ways_type(sweep->levers, lever), &lever->now, true);
    json_key(&json, "runs");
    json_open(&json, '[');
    for (size_t i = 0; i < sweep->runs.count; i++) {
        const struct sweep_run *run = &sweep->runs.items[i];
        struct sweep_ends ends = {run->from, run->to};
        if (!sweep->numeric || sweep_ends(sweep, run, &ends)) {
            run_object(&json, told, run, ends);
        }
    }
    json_close(&json, ']');
    json_messages(&json, "messages", messages, told->now.lang);
    json_close(&json, '}');
    str_add_char(out, '\n');
}
