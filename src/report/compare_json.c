/* The comparison of two columns as JSON: scores and outcomes stand in the order of `columns`, under a mix the mix last as `final`. */
#include "base/date.h"
#include "report/changes.h"
#include "report/json.h"

/* ---------------------------------------------------------------- scores */

static bool is_mixed(const struct comparison *comparison)
{
    return comparison->later.evaluation->standard->mixed;
}

static struct view mix_of(const struct comparison *comparison)
{
    return view_in(&comparison->later, comparison->later.evaluation->contexts - 1);
}

static void difference(struct json *json, const struct contrast *contrast)
{
    static const struct type number = {.kind = TYPE_NUMBER};
    json_key(json, "difference");
    if (value_is_na(&contrast->difference)) {
        json_text(json, NULL);
    } else {
        json_value(json, &number, &contrast->difference, contrast->exact);
    }
}

static void scores(struct json *json, const struct comparison *comparison, const struct compared *compared)
{
    json_key(json, "scores");
    json_open(json, '[');
    json_score(json, &comparison->earlier, compared->node);
    json_score(json, &comparison->later, compared->node);
    json_close(json, ']');
    difference(json, &compared->contrast);
    if (is_mixed(comparison)) {
        struct view mix = mix_of(comparison);
        json_key(json, "final");
        json_score(json, &mix, compared->node);
    }
}

static void whole(struct json *json, const struct comparison *comparison, const char *key,
                  const struct compared *compared)
{
    json_key(json, key);
    if (compared->node == NULL) {
        json_text(json, NULL);
        return;
    }
    json_open(json, '{');
    scores(json, comparison, compared);
    json_close(json, '}');
}

/* ---------------------------------------------------------------- what changed */

static void given_value(struct json *json, const char *key, const struct type *type,
                        const struct given *given)
{
    json_key(json, key);
    json_value(json, type, &given->value, true);
}

static void change_object(struct json *json, const struct comparison *comparison, const struct change *change)
{
    const struct standard *standard = comparison->later.evaluation->standard;
    static const struct type points = {.kind = TYPE_NUMBER};
    const struct field *field = change->score ? NULL : &standard->facts.items[change->slot]->field;
    const struct part *part = change->score ? standard->judged.items[change->slot]->criterion : NULL;
    json_open(json, '{');
    json_pair(json, change->score ? "score" : "fact", change->score ? part->path : field->name);
    json_pair(json, "label", change->score ? part->label : field->label);
    given_value(json, "from", change->score ? &points : &field->type, change->before);
    given_value(json, "to", change->score ? &points : &field->type, change->after);
    json_pair(json, "remark", change_remark(change));
    json_pair(json, "evidence", change_evidence(change));
    json_key(json, "unproven");
    json_bool(json, change->after->state == GIVEN_UNPROVEN);
    json_close(json, '}');
}

static void change_list(struct json *json, const struct comparison *comparison, const char *key,
                        const struct changes *changes)
{
    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < changes->list.count; i++) {
        change_object(json, comparison, changes->list.items[i]);
    }
    json_close(json, ']');
}

/* ---------------------------------------------------------------- parts */

static void part_members(struct json *json, const struct comparison *comparison,
                         const struct compared *compared)
{
    json_pair(json, "path", compared->part->path);
    json_pair(json, "label", compared->part->label);
    json_pair(json, "cap", compared->part->has_cap ? num_text(compared->part->cap) : NULL);
    scores(json, comparison, compared);
}

static void part_list(struct json *json, const struct comparison *comparison)
{
    json_key(json, "parts");
    json_open(json, '[');
    for (size_t i = 0; i < comparison->parts.list.count; i++) {
        const struct compared *compared = &comparison->parts.list.items[i];
        json_open(json, '{');
        part_members(json, comparison, compared);
        change_list(json, comparison, "because", &compared->because);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void section_list(struct json *json, const struct comparison *comparison)
{
    json_key(json, "sections");
    json_open(json, '[');
    for (size_t i = 0; i < comparison->sections.list.count; i++) {
        json_open(json, '{');
        part_members(json, comparison, &comparison->sections.list.items[i]);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void apart_list(struct json *json, const struct comparison *comparison)
{
    json_key(json, "apart");
    json_open(json, '[');
    for (size_t i = 0; i < comparison->aparts.list.count; i++) {
        const struct apart *apart = &comparison->aparts.list.items[i];
        json_open(json, '{');
        json_pair(json, "path", apart->judged->criterion->path);
        json_pair(json, "label", apart->judged->criterion->label);
        json_key(json, "entered");
        json_open(json, '[');
        json_text(json, num_text(value_point(&apart->before->value)));
        json_text(json, num_text(value_point(&apart->score->value)));
        json_close(json, ']');
        json_pair(json, "distance", num_text(apart->distance));
        json_pair(json, "allowed", num_text(apart->allowed));
        json_close(json, '}');
    }
    json_close(json, ']');
}

/* ---------------------------------------------------------------- outcomes */

static void truth(struct json *json, const struct view *view, const struct ir_node *node)
{
    json_text(json, node != NULL ? json_truth(view_value(view, node)) : "yes");
}

static void eligible(struct json *json, const struct view *view)
{
    truth(json, view, view->evaluation->standard->eligible);
}

/* In both columns, under a mix in the mix too. */
static void outcome(struct json *json, const struct comparison *comparison, const char *key,
                    void (*write)(struct json *json, const struct view *view))
{
    json_key(json, key);
    json_open(json, '[');
    write(json, &comparison->earlier);
    write(json, &comparison->later);
    if (is_mixed(comparison)) {
        struct view mix = mix_of(comparison);
        write(json, &mix);
    }
    json_close(json, ']');
}

static void column_names(struct json *json, const struct comparison *comparison)
{
    const struct standard *standard = comparison->later.evaluation->standard;
    json_key(json, "columns");
    json_open(json, '[');
    json_text(json, standard->columns.items[comparison->earlier.context].name);
    json_text(json, standard->columns.items[comparison->later.context].name);
    json_close(json, ']');
}

void compare_json(struct str *out, const struct comparison *comparison, const struct diags *messages)
{
    struct json json = {.out = out};
    const struct evaluation *evaluation = comparison->later.evaluation;
    json_open(&json, '{');
    json_head(&json, &comparison->later);
    column_names(&json, comparison);
    json_pair(&json, "on", evaluation->has_on ? date_text(evaluation->on) : NULL);
    whole(&json, comparison, "total", &comparison->total);
    whole(&json, comparison, "subtotal", &comparison->subtotal);
    part_list(&json, comparison);
    section_list(&json, comparison);
    change_list(&json, comparison, "changed", &comparison->idle);
    apart_list(&json, comparison);
    outcome(&json, comparison, "grade", json_grade);
    outcome(&json, comparison, "eligible", eligible);
    json_messages(&json, "messages", messages, comparison->later.lang);
    json_close(&json, '}');
    str_add_char(out, '\n');
}
