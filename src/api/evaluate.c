/* A unit is evaluated: by its row, else by the exact evaluator. */
#include <string.h>
#include "api/held.h"
#include "base/mem.h"
#include "core/limits.h"
#include "facts/change.h"
#include "report/complaints.h"
#include "report/json.h"

/* ---------------------------------------------------------------- what the unit says */

const struct unit *evaluate_unit(rubric_unit *unit, struct diags *diags)
{
    entry_update(unit);
    struct unit *said = MEM_NEW(struct unit);
    *said = *unit->unit;
    if (!change_agrees(unit->of->standard, said, diags))
        return NULL;
    return unit->of->wants_evidence ? change_proven(unit->of->standard, said) : said;
}

/* ---------------------------------------------------------------- the exact evaluator */

static struct result_end end_of(struct cut cut)
{
    if (cut.infinite)
        return (struct result_end){.text = cut.infinite < 0 ? "-inf" : "inf"};
    struct result_end end = {.text = num_text(cut.at)};
    if (!cut.at.big) {
        end.top = cut.at.top;
        end.bottom = cut.at.bottom;
    }
    return end;
}

static struct result result_of(const struct value *value, bool exact)
{
    struct result result = {.can = value->na ? CAN_BE_NA : 0, .exact = exact};
    if (value->nothing_else)
        return result;
    if (value->kind == VALUE_TRUTH) {
        result.can |=
            (value->truth & TRUTH_YES ? CAN_BE_YES : 0u) | (value->truth & TRUTH_NO ? CAN_BE_NO : 0u);
        return result;
    }
    result.can |= CAN_BE_ELSE;
    result.low = end_of(value->range.low);
    result.high = end_of(value->range.high);
    return result;
}

static void prepare(rubric_unit *unit)
{
    const rubric_standard *of = unit->of;
    if (unit->scorer)
        return;
    unit->values = MEM_ARRAY(struct value, of->asked_count);
    unit->exact = MEM_ARRAY(bool, of->asked_count);
    unit->results = MEM_ARRAY(struct result, of->asked_count);
    unit->scorer = scorer_new(of->standard, &of->call, of->asked, of->asked_count);
}

static void score(rubric_unit *unit, struct diags *diags)
{
    const struct unit *said = evaluate_unit(unit, diags);
    if (!said)
        return;
    prepare(unit);
    if (!scorer_unit(unit->scorer, said, unit->values, unit->exact)) {
        complaints_add(scorer_evaluation(unit->scorer), diags);
        return;
    }
    for (size_t i = 0; i < unit->of->asked_count; i++)
        unit->results[i] = result_of(&unit->values[i], unit->exact[i]);
    unit->way = RUBRIC_BY_EVALUATOR;
}

static void evaluate_exactly(void *data)
{
    rubric_unit *unit = data;
    struct diags diags = {0};
    score(unit, &diags);
    unit->messages = messages_new(&diags);
}

/* ---------------------------------------------------------------- either */

rubric_status rubric_evaluate(rubric_unit *unit)
{
    bool by_row = unit->row && !unit->apart && unit->beyond_count == 0;
    enum row_way way = by_row ? row_run(unit->row) : ROW_EXACT;
    unit_touch(unit);
    unit->way = RUBRIC_BY_NONE;
    switch (way) {
    case ROW_KNOWN: unit->way = RUBRIC_BY_KNOWN; return RUBRIC_OK;
    case ROW_OPEN: unit->way = RUBRIC_BY_RANGES; return RUBRIC_OK;
    case ROW_EXACT: break;
    }
    if (!mem_visit(evaluate_exactly, unit))
        return RUBRIC_NO_MEMORY;
    return unit->way == RUBRIC_BY_NONE ? RUBRIC_REFUSED : RUBRIC_OK;
}

/* ---------------------------------------------------------------- all of it, as JSON */

struct telling {
    rubric_unit *unit;
    enum lang lang;
    size_t length;
};

static void tell(void *data)
{
    struct telling *telling = data;
    rubric_unit *unit = telling->unit;
    const struct call call = {.has_on = unit->of->call.has_on, .on = unit->of->call.on};
    struct diags diags = {0};
    diag_append(&diags, unit->read);
    const struct unit *said = evaluate_unit(unit, &diags);
    const struct evaluation *evaluation = said ? evaluate(unit->of->standard, said, &call) : NULL;
    if (evaluation)
        complaints_add(evaluation, &diags);
    if (!evaluation || evaluation->refused) {
        unit->messages = messages_new(&diags);
        return;
    }
    const struct view view = {.evaluation = evaluation, .context = evaluation->final, .lang = telling->lang};
    struct str out = {0};
    json_unit(&out, &view, &diags);
    telling->length = out.length;
    unit->json = str_text(&out);
}

rubric_status rubric_unit_json(rubric_unit *unit, rubric_lang lang, const char **json, size_t *length)
{
    struct telling telling = {.unit = unit, .lang = lang == RUBRIC_ZH ? LANG_ZH : LANG_EN};
    unit_touch(unit);
    bool done = mem_visit(tell, &telling);
    *json = done ? unit->json : NULL;
    if (length)
        *length = telling.length;
    return !done ? RUBRIC_NO_MEMORY : unit->json ? RUBRIC_OK : RUBRIC_REFUSED;
}
