#include "report/complaints.h"
#include <stdlib.h>
#include "core/limits.h"
#include "base/date.h"
#include "report/values.h"
#include "report/view.h"

enum { WORDS_CELLS = 60 };

static struct view view_of(const struct evaluation *evaluation, size_t column)
{
    return (struct view){.evaluation = evaluation, .context = column};
}

static const char *words_of(const struct ir_node *node)
{
    return view_words(node->origin, WORDS_CELLS);
}

/* ---------------------------------------------------------------- faults */

/* The line of the facts that a value was read from: that of the first fact given for it. */
static struct span given_for(const struct view *view, const struct ir_node *node)
{
    struct read_facts reads = evaluation_reads(view->evaluation, view->context, node);
    for (size_t i = 0; i < reads.count; i++) {
        const struct given *given = view_fact(view, reads.slots[i]);
        if (given->state == GIVEN_VALUE && given->span.source != NULL) {
            return given->span;
        }
    }
    return SPAN_NONE;
}

static void add_division(const struct view *view, const struct ir_node *node, struct diags *diags)
{
    bool divides = node->op == IR_DIV;
    const struct ir_node *by = divides ? node->args[1] : node;
    struct span given = divides ? given_for(view, by) : SPAN_NONE;
    struct diag *diag = diag_add(diags, DIAG_DIVISION_BY_ZERO, given.source != NULL ? given : by->origin,
                                 divides ? words_of(node->args[0]) : words_of(node), words_of(by), NULL);
    if (given.source != NULL) {
        diag_other(diag, node->origin, "@divided_here");
    }
}

/* The day by which dated thresholds are read; NULL if it is not known. */
static const char *day_in_force(const struct view *view)
{
    const struct ir *ir = view->evaluation->standard->ir;
    for (size_t i = 0; i < ir->nodes.count; i++) {
        const struct ir_node *node = ir->nodes.items[i];
        int64_t day;
        if (node->op == IR_CALENDAR && node->index == CALENDAR_IN_FORCE &&
            value_is_point(view_value(view, node)) && num_to_int(value_point(view_value(view, node)), &day)) {
            return date_text(day);
        }
    }
    return "?";
}

static void add_fault(const struct view *view, const struct complaint *complaint, struct diags *diags)
{
    const struct ir_node *node = complaint->node;
    switch (complaint->fault) {
    case FAULT_NONE: break;
    case FAULT_DIVISION: add_division(view, node, diags); break;
    case FAULT_NO_PERIOD: diag_add(diags, DIAG_NO_PERIOD, node->origin, words_of(node), NULL); break;
    case FAULT_BEFORE_FIRST_DATE:
        diag_add(diags, DIAG_BEFORE_FIRST_DATE, node->origin, words_of(node), day_in_force(view), NULL);
        break;
    case FAULT_CALENDAR: diag_add(diags, DIAG_PAST_CALENDAR, node->origin, words_of(node), NULL); break;
    case FAULT_STEP: diag_add(diags, DIAG_STEP_FROM_FACTS, node->origin, words_of(node), NULL); break;
    case FAULT_ROWS:
        diag_add(diags, DIAG_TOO_MANY_ROWS, node->origin, words_of(node), str_print("%d", ROWS_MAX), NULL);
        break;
    case FAULT_TOO_LARGE: diag_add(diags, DIAG_VALUE_TOO_LARGE, node->origin, words_of(node), NULL); break;
    }
}

/* ---------------------------------------------------------------- judged scores */

static const char *legal_list(const struct limits *limits)
{
    struct str list = {0};
    for (size_t i = 0; i < limits->legal_count; i++) {
        str_add(&list, i > 0 ? DIAG_NEXT : "");
        str_add(&list, num_text(limits->legal[i]));
    }
    return str_text(&list);
}

static const char *end_text(struct cut cut)
{
    return cut.infinite != 0 ? "…" : num_text(cut.at);
}

/* What is wrong with a score: its place in the range, in the list, or on the steps. */
static void add_judged_range(const struct given *given, const struct judged *judged, struct diags *diags)
{
    const struct limits *limits = &judged->limits;
    const char *score = given->shown, *name = view_part_name(judged->criterion);
    const char *low = end_text(limits->range.low), *high = end_text(limits->range.high);
    struct num number = value_is_point(&given->value) ? value_point(&given->value) : num_int(0);
    struct diag *diag;
    if (!limits_are_legal(limits, number)) {
        diag = diag_add(diags, DIAG_JUDGED_NOT_LEGAL, given->span, score, name, legal_list(limits), NULL);
    } else if (!range_holds(limits->range, number) || !limits->stepped) {
        diag = diag_add(diags, DIAG_JUDGED_OUT_OF_RANGE, given->span, score, name, low, high, NULL);
    } else {
        const char *step = num_text(limits->step);
        diag = diag_add(diags, DIAG_JUDGED_OFF_STEP, given->span, score, name, step, low, NULL);
    }
    diag_other(diag, judged->span, "@stated_here");
}

static void add_judged(const struct view *view, const struct complaint *complaint, struct diags *diags)
{
    const struct given *given = view_score(view, complaint->slot);
    const struct judged *judged = view->evaluation->standard->judged.items[complaint->slot];
    if (complaint->kind == COMPLAINT_JUDGED_RANGE) {
        add_judged_range(given, judged, diags);
        return;
    }
    const char *name = view_part_name(judged->criterion);
    bool skipped = value_is_yes(view_value(view, judged->criterion->skipped));
    diag_add(diags, skipped ? DIAG_JUDGED_SKIPPED : DIAG_JUDGED_UNUSED, given->span, name, NULL);
}

void complaints_add(const struct evaluation *evaluation, struct diags *diags)
{
    for (size_t i = 0; i < evaluation->complaint_count; i++) {
        const struct complaint *complaint = &evaluation->complaints[i];
        struct view view = view_of(evaluation, complaint->column);
        if (complaint->kind == COMPLAINT_FAULT) {
            add_fault(&view, complaint, diags);
        } else {
            add_judged(&view, complaint, diags);
        }
    }
}
