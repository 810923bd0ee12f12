/* The lines follow the course of scoring: statements, deductions, zero, cap, floor, grid. What a later step takes away or gives is a line of
 * its own in both ledgers, with opposite signs; where the statements offer more than the cap, what was offered in vain and what was earned in
 * vain are one line. */
#include "eval/ledger.h"
#include "base/mem.h"
#include "eval/run.h"

/* A ledger in the making. */
struct sheet {
    const struct evaluation *evaluation;
    size_t context;
    const struct part *part;
    VEC(struct ledger_line) earned, lost;
};

static const struct value *value_in(const struct sheet *sheet, const struct ir_node *node)
{
    return evaluation_value(sheet->evaluation, sheet->context, node);
}

static struct value negated(struct value value)
{
    if (value.kind == VALUE_NUMBER)
        value.range = range_neg(value.range);
    return value;
}

static bool is_zero(const struct value *value)
{
    return value->nothing_else || (value_is_point(value) && num_sign(value_point(value)) == 0);
}

/* ---- facts behind a line */

static void mark(bool *read, struct read_facts facts)
{
    for (size_t i = 0; i < facts.count; i++)
        read[facts.slots[i]] = true;
}

static struct read_facts listed(const bool *read, size_t count)
{
    size_t *slots = mem_alloc_plain(count * sizeof *slots);
    struct read_facts facts = {slots, 0};
    for (size_t i = 0; i < count; i++)
        if (read[i])
            slots[facts.count++] = i;
    return facts;
}

static struct read_facts both(const struct sheet *sheet, struct read_facts a, struct read_facts b)
{
    size_t count = sheet->evaluation->standard->facts.count;
    bool *read = mem_alloc_plain(count);
    mark(read, a);
    mark(read, b);
    return listed(read, count);
}

static struct read_facts reads_of(const struct sheet *sheet, const struct ir_node *node)
{
    return node ? evaluation_reads(sheet->evaluation, sheet->context, node) : (struct read_facts){0};
}

static struct read_facts reads_of_line(const struct sheet *sheet, const struct line *line)
{
    return line ? both(sheet, reads_of(sheet, line->points), reads_of(sheet, line->when))
                : (struct read_facts){0};
}

/* ---- adding lines */

static struct ledger_line of_statement(const struct sheet *sheet, enum ledger_reason reason,
                                       const struct line *line, struct value points)
{
    return (struct ledger_line){reason, line, NULL, points, reads_of_line(sheet, line)};
}

static void earn(struct sheet *sheet, struct ledger_line line)
{
    if (!is_zero(&line.points))
        vec_push(&sheet->earned, line);
}

static void lose(struct sheet *sheet, struct ledger_line line)
{
    if (!is_zero(&line.points) && sheet->part->has_cap)
        vec_push(&sheet->lost, line);
}

/* What was taken away: negative here, positive there. */
static void take(struct sheet *sheet, enum ledger_reason reason, const struct line *line, struct value points)
{
    lose(sheet, of_statement(sheet, reason, line, points));
    earn(sheet, of_statement(sheet, reason, line, negated(points)));
}

static struct num sum_of(const struct ledger_line *lines, size_t count)
{
    struct num sum = num_int(0);
    for (size_t i = 0; i < count; i++)
        sum = num_add(sum, value_point(&lines[i].points));
    return sum;
}

static struct num earned_so_far(const struct sheet *sheet)
{
    return sum_of(sheet->earned.items, sheet->earned.count);
}

/* ---- what a statement gives and could give */

/* Where the score is known whatever a statement comes to, the statement is put down with the least that it can be. */
static struct value points_of(const struct sheet *sheet, const struct ir_node *node, bool known)
{
    struct value points = value_without_na(*value_in(sheet, node));
    if (points.kind != VALUE_NUMBER)
        return value_int(0);
    struct cut low = points.range.low;
    return known ? value_number(low.infinite ? num_int(0) : low.at) : points;
}

static struct num offered_by(const struct part *part, const struct ir_node *points)
{
    const struct value *bounds = &points->bounds;
    if (bounds->kind != VALUE_NUMBER || bounds->range.high.infinite)
        return part->cap;
    return num_min(part->cap, bounds->range.high.at);
}

static bool has_line(const struct part *part, enum line_kind kind)
{
    for (size_t i = 0; i < part->lines.count; i++)
        if (part->lines.items[i]->kind == kind)
            return true;
    return false;
}

static bool starts_full(const struct part *part)
{
    return !has_line(part, LINE_EARN) && !has_line(part, LINE_BASE);
}

/* ---- a criterion */

struct criterion {
    struct sheet *sheet;
    bool known;
    struct num offered; /* by base and statements together */
};

static void add_base(struct criterion *criterion, const struct line *line, struct value points)
{
    earn(criterion->sheet, of_statement(criterion->sheet, LEDGER_BASE, line, points));
    if (criterion->known)
        criterion->offered = num_add(criterion->offered, value_point(&points));
}

static void add_statement(struct criterion *criterion, const struct line *line)
{
    struct sheet *sheet = criterion->sheet;
    struct value points = points_of(sheet, line->points, criterion->known);
    earn(sheet, of_statement(sheet, LEDGER_STATEMENT, line, points));
    if (!sheet->part->has_cap)
        return;
    struct num offer = offered_by(sheet->part, line->points);
    criterion->offered = num_add(criterion->offered, offer);
    points.range = range_sub(range_point(offer), points.range);
    if (!value_is_point(&points) || num_sign(value_point(&points)) > 0)
        lose(sheet, of_statement(sheet, LEDGER_STATEMENT, line, points));
}

static void add_statements(struct criterion *criterion)
{
    const struct part *part = criterion->sheet->part;
    if (starts_full(part) && part->has_cap)
        add_base(criterion, NULL, value_number(part->cap));
    for (size_t i = 0; i < part->lines.count; i++) {
        const struct line *line = part->lines.items[i];
        if (line->kind == LINE_BASE)
            add_base(criterion, line, points_of(criterion->sheet, line->points, criterion->known));
        if (line->kind == LINE_EARN)
            add_statement(criterion, line);
    }
}

static void add_deductions(struct criterion *criterion)
{
    const struct part *part = criterion->sheet->part;
    for (size_t i = 0; i < part->lines.count; i++) {
        const struct line *line = part->lines.items[i];
        if (line->kind == LINE_DEDUCT)
            take(criterion->sheet, LEDGER_DEDUCTED, line,
                 points_of(criterion->sheet, line->points, criterion->known));
    }
}

/* A score that is 0 where it applies is so by a `zero` that may hold, if by none that surely does. */
static const struct line *zero_that_holds(const struct sheet *sheet)
{
    const struct line *perhaps = NULL;
    for (size_t i = 0; i < sheet->part->lines.count; i++) {
        const struct line *line = sheet->part->lines.items[i];
        if (line->kind == LINE_ZERO && value_is_yes(value_in(sheet, line->when)))
            return line;
        if (line->kind == LINE_ZERO && value_in(sheet, line->when)->truth & TRUTH_YES)
            perhaps = line;
    }
    return value_in(sheet, sheet->part->score)->na ? perhaps : NULL;
}

/* Everything earned so far goes. */
static void add_zero(struct sheet *sheet)
{
    const struct line *zero = zero_that_holds(sheet);
    if (zero && num_sign(earned_so_far(sheet)) > 0)
        take(sheet, LEDGER_ZEROED, zero, value_number(earned_so_far(sheet)));
}

/* What was earned beyond the cap; a negative sum comes up to 0. */
static void hold(struct sheet *sheet, struct num cap)
{
    struct num sum = earned_so_far(sheet);
    if (sheet->part->has_cap && num_compare(sum, cap) > 0) {
        struct value excess = value_number(num_sub(cap, sum));
        earn(sheet, of_statement(sheet, LEDGER_CAPPED, NULL, excess));
    }
    if (num_sign(sum) < 0)
        take(sheet, LEDGER_FLOORED, NULL, value_number(sum));
}

/* Whatever still parts the sum from the score is the grid's doing, or that of a bonus's own condition. */
static void add_rounding(struct sheet *sheet, struct num score)
{
    bool extra = sheet->part->kind == PART_BONUS || sheet->part->kind == PART_PENALTY;
    struct num rest = num_sub(earned_so_far(sheet), score);
    take(sheet, extra ? LEDGER_ZEROED : LEDGER_ROUNDED, NULL, value_number(rest));
}

static void add_not_offered(struct criterion *criterion)
{
    struct num missing = num_sub(criterion->sheet->part->cap, criterion->offered);
    if (criterion->sheet->part->has_cap && num_sign(missing) > 0)
        lose(criterion->sheet,
             of_statement(criterion->sheet, LEDGER_NOT_OFFERED, NULL, value_number(missing)));
}

/* What more was offered, or earned, than the cap: the rest of the lost ledger. */
static void add_lost_cap(struct sheet *sheet, struct num score)
{
    struct num missing = num_sub(sheet->part->cap, score);
    struct num rest = num_sub(missing, sum_of(sheet->lost.items, sheet->lost.count));
    lose(sheet, of_statement(sheet, LEDGER_CAPPED, NULL, value_number(rest)));
}

static void add_open_zero(struct sheet *sheet, struct range score)
{
    for (size_t i = 0; i < sheet->part->lines.count; i++) {
        const struct line *line = sheet->part->lines.items[i];
        if (line->kind != LINE_ZERO || !(value_in(sheet, line->when)->truth & TRUTH_YES))
            continue;
        struct range most = range_join(range_point(num_int(0)), score);
        take(sheet, LEDGER_ZEROED, line, value_range(most));
    }
}

/* One number, besides n/a. */
static bool is_one_number(const struct value *score)
{
    return score->kind == VALUE_NUMBER && range_is_point(score->range);
}

static void criterion_ledger(struct sheet *sheet, const struct value *score)
{
    struct criterion criterion = {.sheet = sheet, .known = is_one_number(score), .offered = num_int(0)};
    add_statements(&criterion);
    add_deductions(&criterion);
    if (!criterion.known) {
        add_open_zero(sheet, score->range);
        return;
    }
    add_zero(sheet);
    hold(sheet, sheet->part->cap);
    add_rounding(sheet, value_point(score));
    add_not_offered(&criterion);
    add_lost_cap(sheet, value_point(score));
}

/* ---- a section */

static bool adds_after_cap(const struct part *part)
{
    return part->kind == PART_BONUS || part->kind == PART_PENALTY;
}

/* The points that a part's parent counts it as, at the most. */
static struct num worth(const struct sheet *sheet, const struct part *part)
{
    if (!part->has_weight)
        return part->cap;
    bool top = !part->parent || part->parent->kind == PART_STANDARD;
    return num_mul(part->weight, top ? sheet->evaluation->standard->offered : part->parent->cap);
}

/* What a part adds to its parent: a weighted one its rate of what it is worth. */
static struct value contribution(const struct sheet *sheet, const struct part *part, bool known)
{
    if (!part->has_weight)
        return points_of(sheet, part->score, known);
    struct value rate = points_of(sheet, part->rate, known);
    return value_range(range_mul(rate.range, range_point(worth(sheet, part))));
}

static bool is_skipped(const struct sheet *sheet, const struct part *part)
{
    return value_is_na(value_in(sheet, part->score));
}

/* Under `skipped full` a part that does not apply counts as full: then the sum holds more than the scores that it is made of. */
static bool skipped_count_as_full(const struct sheet *sheet)
{
    const struct value *raw = sheet->part->raw ? value_in(sheet, sheet->part->raw) : NULL;
    if (!raw || !value_is_point(raw))
        return false;
    struct num beyond = value_point(raw), caps = num_int(0);
    for (size_t i = 0; i < sheet->part->parts.count; i++) {
        const struct part *part = sheet->part->parts.items[i];
        if (adds_after_cap(part))
            continue;
        if (is_skipped(sheet, part))
            caps = num_add(caps, worth(sheet, part));
        struct value added = contribution(sheet, part, true);
        beyond = num_sub(beyond, value_point(&added));
    }
    return num_sign(caps) > 0 && num_compare(beyond, caps) >= 0;
}

static struct ledger_line of_part(const struct sheet *sheet, const struct part *part, struct value points)
{
    struct read_facts facts = both(sheet, reads_of(sheet, part->score), reads_of(sheet, part->skipped));
    return (struct ledger_line){LEDGER_PART, NULL, part, points, facts};
}

static void add_inner(struct sheet *sheet, const struct part *part, bool known, bool full)
{
    struct value most = value_number(worth(sheet, part));
    struct value points = full && is_skipped(sheet, part) ? most : contribution(sheet, part, known);
    earn(sheet, of_part(sheet, part, points));
    lose(sheet, of_part(sheet, part, value_range(range_sub(most.range, points.range))));
}

static void add_parts(struct sheet *sheet, bool known)
{
    bool full = skipped_count_as_full(sheet);
    for (size_t i = 0; i < sheet->part->parts.count; i++)
        if (!adds_after_cap(sheet->part->parts.items[i]))
            add_inner(sheet, sheet->part->parts.items[i], known, full);
}

static void add_extras(struct sheet *sheet, bool known)
{
    for (size_t i = 0; i < sheet->part->parts.count; i++) {
        const struct part *part = sheet->part->parts.items[i];
        if (!adds_after_cap(part))
            continue;
        struct value points = points_of(sheet, part->score, known);
        struct value away = part->kind == PART_PENALTY ? points : negated(points);
        lose(sheet, of_part(sheet, part, away));
        earn(sheet, of_part(sheet, part, negated(away)));
    }
}

static void section_ledger(struct sheet *sheet, const struct value *score)
{
    bool known = is_one_number(score);
    add_parts(sheet, known);
    if (!known) {
        add_extras(sheet, false);
        add_open_zero(sheet, score->range);
        return;
    }
    hold(sheet, sheet->part->cap);
    add_extras(sheet, true);
    add_zero(sheet);
    add_rounding(sheet, value_point(score));
    add_lost_cap(sheet, value_point(score));
}

/* ---- columns and their mix */

static bool is_scored(const struct value *score)
{
    return score->kind == VALUE_NUMBER;
}

static struct sheet sheet_of(const struct evaluation *evaluation, size_t context, const struct part *part)
{
    struct sheet sheet = {.evaluation = evaluation, .context = context, .part = part};
    const struct value *score = part->score ? evaluation_value(evaluation, context, part->score) : NULL;
    if (!score || !is_scored(score))
        return sheet;
    if (part->parts.count)
        section_ledger(&sheet, score);
    else
        criterion_ledger(&sheet, score);
    return sheet;
}

static bool same_line(const struct ledger_line *a, const struct ledger_line *b)
{
    return a->reason == b->reason && a->line == b->line && a->part == b->part;
}

struct lines {
    VEC(struct ledger_line) lines;
};

static void blend_line(const struct sheet *sheet, struct lines *into, struct ledger_line line,
                       struct num share)
{
    line.points.range = range_mul(line.points.range, range_point(share));
    for (size_t i = 0; i < into->lines.count; i++) {
        struct ledger_line *there = &into->lines.items[i];
        if (!same_line(there, &line))
            continue;
        there->points.range = range_add(there->points.range, line.points.range);
        there->facts = both(sheet, there->facts, line.facts);
        return;
    }
    vec_push(&into->lines, line);
}

static void blend(const struct sheet *sheet, struct lines *earned, struct lines *lost, struct num share)
{
    for (size_t i = 0; i < sheet->earned.count; i++)
        blend_line(sheet, earned, sheet->earned.items[i], share);
    for (size_t i = 0; i < sheet->lost.count; i++)
        blend_line(sheet, lost, sheet->lost.items[i], share);
}

/* Lines of two columns may have cancelled each other. */
static void drop_idle(struct lines *lines)
{
    size_t kept = 0;
    for (size_t i = 0; i < lines->lines.count; i++)
        if (!is_zero(&lines->lines.items[i].points))
            lines->lines.items[kept++] = lines->lines.items[i];
    lines->lines.count = kept;
}

/* The columns that take part in a part's mixed score, by weight: those where it is not skipped. */
static struct num weight_of(const struct evaluation *evaluation, size_t column, const struct part *part)
{
    bool counts = is_scored(evaluation_value(evaluation, column, part->score));
    return counts ? evaluation->standard->columns.items[column].weight : num_int(0);
}

/* A mixed score's ledgers are the columns' own, each line in its share. */
static struct ledger mixed_ledger(const struct evaluation *evaluation, const struct part *part)
{
    size_t columns = evaluation->standard->columns.count;
    struct num weights = num_int(0);
    struct lines earned = {0}, lost = {0};
    for (size_t i = 0; i < columns; i++)
        weights = num_add(weights, weight_of(evaluation, i, part));
    for (size_t i = 0; i < columns; i++) {
        struct num weight = weight_of(evaluation, i, part);
        if (num_sign(weight) <= 0)
            continue;
        struct sheet sheet = sheet_of(evaluation, i, part);
        blend(&sheet, &earned, &lost, num_div(weight, weights));
    }
    drop_idle(&earned);
    drop_idle(&lost);
    return (struct ledger){earned.lines.items, lost.lines.items, earned.lines.count, lost.lines.count};
}

struct ledger ledger_of(const struct evaluation *evaluation, size_t context, const struct part *part)
{
    if (context >= evaluation->standard->columns.count && part->score)
        return mixed_ledger(evaluation, part);
    struct sheet sheet = sheet_of(evaluation, context, part);
    return (struct ledger){sheet.earned.items, sheet.lost.items, sheet.earned.count, sheet.lost.count};
}
