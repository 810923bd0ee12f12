/* Lines that never or always count, cases that no unit or every unit comes to, limits that never bind,
 * caps that cannot be reached. */
#include <ctype.h>
#include "audit/doubt.h"
#include "base/mem.h"

static bool lies_in(struct span inner, struct span outer)
{
    return inner.source == outer.source && outer.start <= inner.start && inner.end <= outer.end;
}

static void ask_both(struct doubts *doubts, struct doubt doubt, enum diag_code never, enum diag_code always)
{
    doubt.kind = DOUBT_ALWAYS;
    doubt.code = always;
    vec_push(&doubts->list, doubt);
    doubt.kind = DOUBT_NEVER;
    doubt.code = never;
    vec_push(&doubts->list, doubt);
}

/* ---- lines and their cases */

/* What is lost where the line never counts. */
static const char *const IDLE[] = {[LINE_BASE] = "@line_earns",
                                   [LINE_EARN] = "@line_earns",
                                   [LINE_DEDUCT] = "@line_deducts",
                                   [LINE_ZERO] = "@line_zero",
                                   [LINE_SKIP] = "@line_skip"};

static void ask_line(struct doubts *doubts, const struct part *part, const struct line *line)
{
    struct doubt doubt = {.node = line->when, .span = line->span, .part = part, .group = line};
    doubt.args[0] = doubt_title(line->label, line->span);
    doubt.args[1] = IDLE[line->kind];
    if (line->when)
        ask_both(doubts, doubt, DIAG_LINE_NEVER, DIAG_LINE_ALWAYS);
}

/* The case is taken: it holds, and none above it does. */
static struct ir_node *taken(struct doubts *doubts, const struct ir_node *none_above, const struct check *one)
{
    return one->when ? doubt_and(doubts, one->when, none_above) : doubt_and(doubts, none_above, NULL);
}

static void ask_case(struct doubts *doubts, const struct part *part, const struct line *line, size_t place,
                     const struct ir_node *none_above, enum doubt_kind kind)
{
    const struct check *one = &line->cases.items[place];
    struct doubt doubt = {.kind = kind, .span = one->span, .part = part, .group = &line->cases};
    doubt.node = taken(doubts, none_above, one);
    doubt.code = kind == DOUBT_NEVER ? DIAG_CASE_NEVER : DIAG_CASE_ALWAYS;
    doubt.args[0] = doubt_title(one->label, one->span);
    vec_push(&doubts->list, doubt);
}

/* A ladder is used in several places: what one of them does not reach, another does. */
static bool has_own_cases(const struct line *line)
{
    return line->cases.count > 1 && lies_in(line->cases.items[0].span, line->span);
}

static void ask_cases(struct doubts *doubts, const struct part *part, const struct line *line,
                      enum doubt_kind kind)
{
    const struct ir_node *none_above = NULL;
    for (size_t i = 0; i < line->cases.count; i++) {
        const struct check *one = &line->cases.items[i];
        if (!one->when && !none_above)
            return;
        if (!one->told)
            ask_case(doubts, part, line, i, none_above, kind);
        if (!one->when)
            return;
        none_above = doubt_and(doubts, doubt_not(doubts, one->when), none_above);
    }
}

/* ---- `up to` */

/* A literal that an author wrote, not one that a form stands on. */
static bool is_written(const struct ir_node *limit)
{
    return ir_is_const(limit) && limit->bounds.kind == VALUE_NUMBER && limit->origin.source &&
           isdigit((unsigned char)*span_text(limit->origin));
}

static void ask_limit(struct doubts *doubts, const struct part *part, const struct ir_node *least)
{
    for (size_t i = 0; i < least->arg_count; i++) {
        const struct ir_node *limit = least->args[i], *of = least->args[1 - i];
        if (!is_written(limit) || ir_is_const(of))
            continue;
        struct doubt doubt = {.kind = DOUBT_SHORT, .node = of, .span = limit->origin, .part = part};
        doubt.limit = value_point(&limit->bounds);
        doubt.code = DIAG_LIMIT_IDLE;
        doubt.args[0] = span_text(limit->origin);
        vec_push(&doubts->list, doubt);
    }
}

static void ask_limits(struct doubts *doubts, const struct part *part, const struct line *line,
                       const struct ir_node *node, unsigned char *seen)
{
    if (seen[node->id] || !lies_in(node->origin, line->span))
        return;
    seen[node->id] = 1;
    if (node->op == IR_MIN)
        ask_limit(doubts, part, node);
    for (size_t i = 0; i < node->arg_count; i++)
        ask_limits(doubts, part, line, node->args[i], seen);
}

/* ---- parts */

static void ask_cap(struct doubts *doubts, const struct part *part)
{
    bool extra = part->kind == PART_BONUS || part->kind == PART_PENALTY;
    const struct ir_node *got = extra ? part->raw : part->score;
    struct doubt doubt = {.kind = DOUBT_SHORT, .node = got, .limit = part->cap, .span = part->span};
    if (!part->has_cap || !got)
        return;
    doubt.part = part;
    doubt.code = extra ? DIAG_LIMIT_IDLE : DIAG_CAP_OUT_OF_REACH;
    doubt.args[0] = extra ? num_text(part->cap) : doubt_title(part->label, part->span);
    doubt.args[2] = extra ? NULL : num_text(part->cap);
    vec_push(&doubts->list, doubt);
}

static void ask_extra(struct doubts *doubts, const struct part *part)
{
    struct doubt doubt = {.node = part->when, .span = part->span, .part = part, .group = part};
    doubt.args[0] = doubt_title(part->label, part->span);
    doubt.args[1] = IDLE[part->kind == PART_PENALTY ? LINE_DEDUCT : LINE_EARN];
    if (part->when)
        ask_both(doubts, doubt, DIAG_LINE_NEVER, DIAG_LINE_ALWAYS);
}

static void ask_lines(struct doubts *doubts, const struct part *part, unsigned char *seen)
{
    for (size_t i = 0; i < part->lines.count; i++) {
        const struct line *line = part->lines.items[i];
        ask_line(doubts, part, line);
        if (has_own_cases(line)) {
            ask_cases(doubts, part, line, DOUBT_ALWAYS);
            ask_cases(doubts, part, line, DOUBT_NEVER);
        }
        if (line->points)
            ask_limits(doubts, part, line, line->points, seen);
    }
}

/* What is inside stands before what it is inside of. */
static void ask_part(struct doubts *doubts, const struct part *part, unsigned char *seen)
{
    for (size_t i = 0; i < part->parts.count; i++)
        ask_part(doubts, part->parts.items[i], seen);
    if (part->kind == PART_STANDARD)
        return;
    ask_lines(doubts, part, seen);
    ask_extra(doubts, part);
    ask_cap(doubts, part);
}

void doubts_of_parts(struct doubts *doubts, const struct standard *standard)
{
    if (standard->root)
        ask_part(doubts, standard->root, doubt_marks(standard));
}
