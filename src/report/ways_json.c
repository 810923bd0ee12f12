/* The ways as JSON, one object a unit:
 *   "aim":"reach"|"risk", "goal", "now":"yes"|"no"|"unknown"|"n/a", "done": nothing has to move;
 *   "ways":[{"cost","changes":[{"fact"|"score","label","from":…,"to":…,"write","bound","beyond"}],"least",…what it comes to}], cheapest first;
 *   "others":{"from":"2"}: every way that is not listed costs at least that; null: there is none;
 *   "rows": no more than so many rows were added to a table or a list; null: that was no limit;
 *   "hangs": what is not known and no lever: names of facts, thresholds, criteria; null the other units;
 *   "complete":false: the search stopped before it knew more; "unsure":{"sets","from"}: sets of facts that were left undecided, or null. */
#include "report/ways.h"
#include "report/values.h"

static const char *bound_name(const struct move *move)
{
    if (move->beyond) {
        return num_compare(move->to.range.low.at, move->edge) > 0 ? "above" : "below";
    }
    switch (move->bound) {
    case MOVE_EXACTLY: return "exactly";
    case MOVE_AT_LEAST: return "at least";
    case MOVE_AT_MOST: return "at most";
    }
    return "exactly";
}

void ways_json_value(struct json *json, const struct levers *levers, const struct lever *lever,
                     const struct value *value)
{
    const struct type *type = ways_type(levers, lever);
    if (value->kind == VALUE_SEQUENCE && !value->na && !value->sequence->open) {
        json_open(json, '{');
        json_pair(json, "value", values_of(type, value, LANG_EN));
        json_close(json, '}');
    } else {
        json_value(json, type, value, true);
    }
}

static void move_object(struct json *json, const struct ways *ways, const struct move *move)
{
    const struct levers *levers = ways->reach->levers;
    const struct lever *lever = &levers->list.items[move->lever];
    bool score = lever->kind == HOLE_SCORE;
    json_open(json, '{');
    json_pair(json, score ? "score" : "fact",
              score ? levers->standard->judged.items[lever->slot]->criterion->path
                    : ways_key(levers, lever, LANG_EN));
    json_pair(json, "label", ways_name(levers, lever));
    if (ways_column(levers, lever) != NULL) {
        json_pair(json, "column", ways_column(levers, lever));
    }
    json_key(json, "from");
    if (lever->open && lever->now.kind == VALUE_TEXT) {
        json_open(json, '{');
        json_pair(json, "value", "unknown");
        json_close(json, '}');
    } else {
        ways_json_value(json, levers, lever, &lever->now);
    }
    json_key(json, "to");
    ways_json_value(json, levers, lever, &move->to);
    json_pair(json, "write", ways->written(levers, move));
    json_pair(json, "bound", bound_name(move));
    if (move->beyond) {
        json_pair(json, "beyond", num_text(move->edge));
    }
    json_close(json, '}');
}

static void results(struct json *json, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    json_key(json, "total");
    if (standard->total_node != NULL) {
        json_typed(json, view, standard->total_node);
    } else {
        json_text(json, NULL);
    }
    json_key(json, "grade");
    json_grade(json, view);
    json_pair(json, "eligible",
              standard->eligible != NULL ? json_truth(view_value(view, standard->eligible)) : NULL);
}

static void way_object(struct json *json, const struct ways *ways, size_t number)
{
    const struct way *way = &ways->reach->ways.items[number];
    struct view view = {
        .evaluation = ways->after[number], .context = ways->after[number]->final, .lang = ways->now.lang};
    json_open(json, '{');
    json_pair(json, "cost", num_text(way->cost));
    json_key(json, "changes");
    json_open(json, '[');
    for (size_t i = 0; i < way->count; i++) {
        move_object(json, ways, &way->moves[i]);
    }
    json_close(json, ']');
    json_key(json, "least");
    json_bool(json, way->least);
    results(json, &view);
    json_close(json, '}');
}

static void from_object(struct json *json, const char *key, bool there, const char *count, struct num from)
{
    json_key(json, key);
    if (!there) {
        json_text(json, NULL);
        return;
    }
    json_open(json, '{');
    if (count != NULL) {
        json_pair(json, "sets", count);
    }
    json_pair(json, "from", num_text(from));
    json_close(json, '}');
}

void ways_json(struct str *out, const struct ways *ways, const struct diags *messages)
{
    struct json json = {.out = out};
    const struct reach *reach = ways->reach;
    json_open(&json, '{');
    json_head(&json, &ways->now);
    json_pair(&json, "aim", ways->risk ? "risk" : "reach");
    json_pair(&json, "goal", ways->goal);
    json_pair(&json, "now", json_truth(&reach->now));
    json_key(&json, "done");
    json_bool(&json, reach->done);
    results(&json, &ways->now);
    json_key(&json, "ways");
    json_open(&json, '[');
    for (size_t i = 0; i < reach->ways.count; i++) {
        way_object(&json, ways, i);
    }
    json_close(&json, ']');
    from_object(&json, "others", reach->more, NULL, reach->from);
    json_key(&json, "complete");
    json_bool(&json, !reach->spent);
    from_object(&json, "unsure", reach->unsure > 0, str_print("%zu", reach->unsure), reach->unsure_from);
    json_pair(&json, "rows", reach->levers->rows_cut ? values_count(MORE_ROWS) : NULL);
    json_key(&json, "hangs");
    json_open(&json, '[');
    for (size_t i = 0; i < reach->levers->fixed.count; i++) {
        json_text(&json, ways_fixed(reach->levers, reach->levers->fixed.items[i]));
    }
    json_close(&json, ']');
    json_messages(&json, "messages", messages, ways->now.lang);
    json_close(&json, '}');
    str_add_char(out, '\n');
}
