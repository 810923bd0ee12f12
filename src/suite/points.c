/* The points of a standard, gathered from its parts, outcomes and stages. */
#include "base/mem.h"
#include "suite/coverage.h"

struct gathering {
    struct coverage *coverage;
    const struct standard *standard;
    unsigned char *marks; /* [node id]: is gone through elsewhere, or was gone through */
    bool *inner;          /* [node id]: runs once a row: its last row alone would be seen */
    VEC(const struct ir_node *) read;
    const char *owner, *clause, *path;
};

/* ---------------------------------------------------------------- adding */

/* By what is compared, not by where: of bands one ends where the next begins. */
static bool is_known_point(const struct gathering *it, const struct coverage_point *point)
{
    for (size_t i = 0; i < it->coverage->points.count; i++) {
        const struct coverage_point *other = &it->coverage->points.items[i];
        bool same =
            other->kind == point->kind && other->node == point->node && point->node && !point->before.count;
        if (same && point->figure && other->figure)
            same = other->figure == point->figure ||
                   (ir_is_const(other->figure) && ir_is_const(point->figure) &&
                    value_equal(&other->figure->bounds, &point->figure->bounds));
        if (same && !other->before.count)
            return true;
    }
    return false;
}

static void add(struct gathering *it, struct coverage_point point)
{
    if (is_known_point(it, &point))
        return;
    point.owner = it->owner;
    point.path = it->path;
    point.clause = it->clause;
    const char *key =
        str_print("%d %s %u %u %s", point.kind, point.span.source ? point.span.source->name : "",
                  point.span.start, point.span.end, it->path);
    for (size_t more = 1; map_find(&it->coverage->by_key, key); more++)
        key = str_print("%s+", key);
    vec_push(&it->coverage->points, point);
    map_put(&it->coverage->by_key, key, (void *)(uintptr_t)it->coverage->points.count);
}

static void add_truths(struct gathering *it, const struct ir_node *node, struct span span)
{
    if (!node || ir_is_const(node))
        return;
    add(it, (struct coverage_point){.kind = POINT_HOLDS, .node = node, .span = span});
    add(it, (struct coverage_point){.kind = POINT_FAILS, .node = node, .span = span});
}

/* ---------------------------------------------------------------- comparisons and limits */

static bool has_ends(const struct value *value)
{
    return value->kind == VALUE_NUMBER && !value->fault;
}

/* Can the one be less than the other? Open ends can be anything. */
static bool can_be_less(const struct value *a, const struct value *b)
{
    struct cut low = a->range.low, high = b->range.high;
    return low.infinite || high.infinite || num_compare(low.at, high.at) < 0;
}

/* Whole numbers never meet a figure that is none. */
static bool can_meet(const struct ir_node *value, const struct ir_node *figure)
{
    bool apart = value->bounds.kind == VALUE_NUMBER && value->type.whole && value_is_point(&figure->bounds) &&
                 !num_is_int(value_point(&figure->bounds));
    struct range both = value->bounds.range;
    bool touch = (both.low.infinite || figure->bounds.range.high.infinite ||
                  num_compare(both.low.at, figure->bounds.range.high.at) <= 0) &&
                 (both.high.infinite || figure->bounds.range.low.infinite ||
                  num_compare(figure->bounds.range.low.at, both.high.at) <= 0);
    return touch && !apart;
}

static bool is_ordered(const struct type *type)
{
    return type->kind == TYPE_NUMBER || type->kind == TYPE_DATE ||
           (type->kind == TYPE_CHOICE && type->choice->ordered);
}

static void add_comparison(struct gathering *it, const struct ir_node *node)
{
    const struct ir_node *value = node->args[0], *figure = node->args[1];
    if (ir_is_const(value) || value->op == IR_SETTING) {
        value = node->args[1];
        figure = node->args[0];
    }
    if (!has_ends(&value->bounds) || !has_ends(&figure->bounds))
        return;
    struct coverage_point point = {.node = value, .figure = figure, .span = node->origin};
    const bool can[] = {[POINT_BELOW] = can_be_less(&value->bounds, &figure->bounds),
                        [POINT_AT] = can_meet(value, figure),
                        [POINT_ABOVE] = can_be_less(&figure->bounds, &value->bounds)};
    for (enum point_kind kind = POINT_BELOW; kind <= POINT_ABOVE; kind++) {
        point.kind = kind;
        if (can[kind])
            add(it, point);
    }
}

/* `up to 4`: a figure that holds something back. */
static void add_limit(struct gathering *it, const struct ir_node *node)
{
    const struct ir_node *value = ir_is_const(node->args[0]) ? node->args[1] : node->args[0],
                         *figure = value == node->args[0] ? node->args[1] : node->args[0];
    if (!ir_is_const(figure) || ir_is_const(value) || !has_ends(&value->bounds) ||
        !has_ends(&figure->bounds) || !can_be_less(&figure->bounds, &value->bounds))
        return;
    struct coverage_point point = {
        .kind = POINT_BINDS, .node = value, .figure = figure, .span = node->origin};
    add(it, point);
    point.kind = POINT_FREE;
    if (can_be_less(&value->bounds, &figure->bounds))
        add(it, point);
}

/* One condition as written may be several nodes: the outermost stands for it. */
static bool is_told(const struct gathering *it, struct span span)
{
    for (size_t i = 0; i < it->coverage->points.count; i++) {
        const struct coverage_point *point = &it->coverage->points.items[i];
        if (point->kind == POINT_HOLDS && point->span.source == span.source &&
            point->span.start == span.start && point->span.end == span.end &&
            str_equal(point->owner, it->owner))
            return true;
    }
    return false;
}

static void look_at(struct gathering *it, const struct ir_node *node)
{
    bool compared = node->op == IR_LESS || node->op == IR_LESS_EQUAL || node->op == IR_EQUAL;
    bool leaf = node->type.kind == TYPE_YESNO && !compared && node->op != IR_AND && node->op != IR_OR &&
                node->op != IR_NOT && node->op != IR_AT_LEAST && node->op != IR_IF && node->op != IR_NA_AS &&
                node->op != IR_MIX && node->op != IR_CONST;
    if (!node->origin.source || ir_is_const(node))
        return;
    if (compared && is_ordered(&node->args[0]->type))
        add_comparison(it, node);
    else if ((compared || leaf) && !is_told(it, node->origin))
        add_truths(it, node, node->origin);
    else if (node->op == IR_MIN)
        add_limit(it, node);
}

/* All that it is worked out from, as far as that has no place of its own. */
static void walk(struct gathering *it, const struct ir_node *node)
{
    VEC(const struct ir_node *) left = {0};
    if (!node)
        return;
    vec_push(&it->read, node);
    vec_push(&left, node);
    while (left.count > 0) {
        const struct ir_node *at = left.items[--left.count];
        if (it->marks[at->id] || it->inner[at->id])
            continue;
        it->marks[at->id] = 1;
        look_at(it, at);
        for (size_t i = at->arg_count; i-- > 0;)
            vec_push(&left, at->args[i]);
    }
}

static void condition(struct gathering *it, const struct ir_node *when, struct span span)
{
    if (!when)
        return;
    bool compared = when->op == IR_LESS || when->op == IR_LESS_EQUAL;
    if (!compared)
        add_truths(it, when, span);
    walk(it, when);
}

/* ---------------------------------------------------------------- where they stand */

static void cases(struct gathering *it, const struct line *line)
{
    struct coverage_point point = {.kind = POINT_TAKEN};
    for (size_t i = 0; i < line->cases.count; i++) {
        const struct check *one = &line->cases.items[i];
        point.node = one->when;
        point.span = one->span;
        struct coverage_point own = point;
        own.before.items = MEM_ARRAY(const struct ir_node *, point.before.count + 1);
        for (size_t k = 0; k < point.before.count; k++)
            own.before.items[k] = point.before.items[k];
        if (!one->told && !(one->when && value_is_no(&one->when->bounds)))
            add(it, own);
        if (one->when)
            vec_push(&point.before, one->when);
    }
    for (size_t i = 0; i < line->cases.count; i++)
        walk(it, line->cases.items[i].when);
}

static void line_of(struct gathering *it, const struct line *line)
{
    condition(it, line->when, line->span);
    for (size_t i = 0; i < line->checks.count; i++)
        condition(it, line->checks.items[i].when, line->checks.items[i].span);
    cases(it, line);
    walk(it, line->points);
}

/* More can be earned than the cap. */
static void cap_of(struct gathering *it, const struct part *part)
{
    const struct ir_node *raw = part->raw;
    if (!part->has_cap || !raw || ir_is_const(raw) || !has_ends(&raw->bounds))
        return;
    bool past = raw->bounds.range.high.infinite || num_compare(raw->bounds.range.high.at, part->cap) > 0;
    bool under = raw->bounds.range.low.infinite || num_compare(raw->bounds.range.low.at, part->cap) < 0;
    struct coverage_point point = {.kind = POINT_BINDS, .node = raw, .limit = part->cap, .span = part->span};
    if (past)
        add(it, point);
    point.kind = POINT_FREE;
    if (past && under)
        add(it, point);
}

static void part_of(struct gathering *it, const struct part *part)
{
    it->owner = part->label ? part->label : part->name;
    it->clause = part->cite;
    it->path = part->path;
    if (part->kind != PART_STANDARD) {
        condition(it, part->when, part->span);
        for (size_t i = 0; i < part->lines.count; i++)
            line_of(it, part->lines.items[i]);
        cap_of(it, part);
    }
    for (size_t i = 0; i < part->parts.count; i++)
        part_of(it, part->parts.items[i]);
}

static void outcome_of(struct gathering *it, const struct outcome *outcome)
{
    it->owner = outcome->label ? outcome->label : outcome->name ? outcome->name : "";
    it->clause = outcome->cite;
    if (outcome->part)
        it->owner = outcome->part->label ? outcome->part->label : outcome->part->name;
    add_truths(it, outcome->holds, outcome->span);
    walk(it, outcome->when);
}

static void grades_of(struct gathering *it)
{
    struct coverage_point point = {.kind = POINT_TAKEN};
    it->clause = NULL;
    for (size_t i = 0; i < it->standard->grade_rules.count; i++) {
        const struct grade_rule *rule = &it->standard->grade_rules.items[i];
        bool rung = rule->kind == GRADE_RUNG || rule->kind == GRADE_OTHERWISE;
        it->owner = rule->grade ? rule->grade : "";
        if (!rung) {
            condition(it, rule->when, rule->span);
            continue;
        }
        struct coverage_point own = point;
        own.node = rule->when;
        own.span = rule->span;
        own.before.items = MEM_ARRAY(const struct ir_node *, point.before.count + 1);
        for (size_t k = 0; k < point.before.count; k++)
            own.before.items[k] = point.before.items[k];
        add(it, own);
        if (rule->when)
            vec_push(&point.before, rule->when);
    }
    for (size_t i = 0; i < it->standard->grade_rules.count; i++) {
        it->owner = it->standard->grade_rules.items[i].grade ? it->standard->grade_rules.items[i].grade : "";
        walk(it, it->standard->grade_rules.items[i].when);
    }
}

static void stages_of(struct gathering *it)
{
    for (size_t i = 0; i < it->standard->stages.count; i++) {
        const struct stage *stage = it->standard->stages.items[i];
        it->owner = stage->label ? stage->label : stage->name;
        it->clause = stage->cite;
        for (size_t k = 0; k < stage->requires.count; k++)
            if (!stage->requires.items[k].dated)
                condition(it, stage->requires.items[k].when, stage->requires.items[k].span);
    }
}

static void facts_of(struct gathering *it)
{
    unsigned char *below = MEM_ARRAY(unsigned char, it->standard->ir->nodes.count + 1);
    for (size_t i = 0; i < it->read.count; i++)
        below[it->read.items[i]->id] = 1;
    ir_mark_below(it->standard->ir, below);
    it->path = "";
    for (size_t i = 0; i < it->standard->facts.count; i++) {
        const struct fact_declaration *fact = it->standard->facts.items[i];
        if (!fact->node || !below[fact->node->id])
            continue;
        it->owner = fact->field.label ? fact->field.label : fact->field.name;
        it->clause = fact->field.cite;
        add(it, (struct coverage_point){.kind = POINT_OPEN, .node = fact->node, .span = fact->field.span});
    }
}

/* ---------------------------------------------------------------- the whole */

static void mark(struct gathering *it, const struct ir_node *node)
{
    if (node && node->op != IR_FACT && node->op != IR_CONST)
        it->marks[node->id] = 1;
}

/* What has a place of its own is not gone through from elsewhere; a value that is a fact, or a plain condition, has none. */
static void mark_results(struct gathering *it)
{
    const struct standard *standard = it->standard;
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        const struct part *part = standard->parts_by_path.entries[i].value;
        mark(it, part->score);
        mark(it, part->due);
        mark(it, part->rate);
        mark(it, part->skipped);
    }
    mark(it, standard->total_node);
    mark(it, standard->subtotal);
    mark(it, standard->grade);
    mark(it, standard->eligible);
}

static void mark_inner(struct gathering *it)
{
    for (size_t i = 1; i < it->standard->ir->blocks.count; i++) {
        const struct ir_block *block = it->standard->ir->blocks.items[i];
        for (size_t k = 0; k < block->nodes.count; k++)
            it->inner[block->nodes.items[k]->id] = true;
    }
}

struct coverage *coverage_new(const struct standard *standard)
{
    struct coverage *coverage = MEM_NEW(struct coverage);
    struct gathering it = {.coverage = coverage,
                           .standard = standard,
                           .marks = MEM_ARRAY(unsigned char, standard->ir->nodes.count + 1),
                           .inner = MEM_ARRAY(bool, standard->ir->nodes.count + 1),
                           .path = ""};
    coverage->standard = standard;
    mark_inner(&it);
    mark_results(&it);
    part_of(&it, standard->root);
    it.path = "";
    for (size_t i = 0; i < standard->outcomes.count; i++)
        outcome_of(&it, standard->outcomes.items[i]);
    grades_of(&it);
    stages_of(&it);
    facts_of(&it);
    return coverage;
}
