/* Names in expressions: parameters and columns, then the values of the wanted type, the shared name space,
 * the parts around, and last the names that everyone knows. */
#include "base/date.h"
#include "base/mem.h"
#include "sema/amended.h"
#include "sema/expr.h"
#include "sema/measures.h"
#include "sema/names.h"
#include "sema/outcomes.h"
#include "sema/parts.h"
#include "sema/types.h"
#include "syntax/keywords.h"

/* ---- locals */

/* Which column of the row at hand has the name: its place, ROW_POSITION for the place of the row itself,
 * -1: none. */
enum { ROW_POSITION = -2 };

static long column_named(const struct local *local, const char *name)
{
    const struct type *of = &local->block->sequence->type;
    if (str_equal(keyword_predefined(name), "position"))
        return ROW_POSITION;
    if (of->kind == TYPE_LIST)
        return str_equal(local->name, name) || str_equal(keyword_predefined(name), "it") ? 0 : -1;
    for (size_t i = 0; i < of->column_count; i++)
        if (str_equal(of->columns[i].name, name))
            return (long)i;
    return -1;
}

static bool local_knows(const struct local *local, const char *name)
{
    if (local->kind == LOCAL_ROW)
        return column_named(local, name) != -1;
    return str_equal(local->name, name) || (local->kind == LOCAL_PART && expr_is_attribute(name));
}

static const struct local *find_local(const struct scope *scope, const char *name)
{
    const struct local *local = scope->locals;
    while (local && !local_knows(local, name))
        local = local->outer;
    return local;
}

static struct ir_node *value_of_local(struct sema *sema, const struct local *local, const char *name,
                                      struct span span)
{
    if (local->kind == LOCAL_VALUE)
        return local->value;
    if (local->kind == LOCAL_PART)
        return expr_part_value(sema, local->part,
                               str_equal(local->name, name) ? "score" : keyword_canonical(name), span);
    long column = column_named(local, name);
    return column == ROW_POSITION ? ir_position(sema->ir, local->block, span)
                                  : ir_element(sema->ir, local->block, column, span);
}

/* ---- symbols */

static struct ir_node *symbol(struct sema *sema, const struct type *wanted, const char *text,
                              struct span span)
{
    if (!wanted || wanted->kind != TYPE_CHOICE)
        return NULL;
    struct type type = {.kind = TYPE_CHOICE, .choice = wanted->choice};
    for (int pass = 0; pass < 2; pass++) /* a name goes before a label */
        for (size_t i = 0; i < wanted->choice->count; i++)
            if (str_equal(pass ? wanted->choice->symbols[i].label : wanted->choice->symbols[i].name, text))
                return ir_const(sema->ir, type, value_int((long long)i), span);
    return NULL;
}

/* ---- parts */

bool expr_is_attribute(const char *name)
{
    const char *english = keyword_canonical(name);
    return str_equal(english, "score") || str_equal(english, "cap") || str_equal(english, "rate") ||
           str_equal(english, "skipped");
}

struct ir_node *expr_part_value(struct sema *sema, struct part_info *info, const char *attribute,
                                struct span span)
{
    if (!attribute || !expr_is_attribute(attribute))
        return NULL;
    if (str_equal(attribute, "cap"))
        return info->part->has_cap ? ir_number(sema->ir, info->part->cap, span)
                                   : ir_const(sema->ir, TYPE_OF_NUMBER, value_na(), span);
    struct ir_node *score = parts_score(sema, info, span);
    if (!score || str_equal(attribute, "score"))
        return score;
    const struct ir_node *node = str_equal(attribute, "rate") ? info->part->rate : info->part->skipped;
    return node ? sema->ir->nodes.items[node->id] : NULL;
}

static struct part_info *first_part(const struct scope *scope, const char *name)
{
    struct entity *entity = names_entity(scope->sema, name);
    if (entity)
        return entity->kind == ENTITY_PART ? entity->part : NULL;
    for (const struct part_info *around = scope->part; around; around = around->parent) {
        struct part_info *found = names_find(&around->names, name);
        if (found)
            return found;
    }
    return NULL;
}

struct part_info *expr_part(const struct scope *scope, const struct ast_path *path, size_t *used)
{
    struct part_info *part = first_part(scope, ast_text(path->names.items[0]));
    for (*used = part ? 1 : 0; part && *used < path->names.count; ++*used) {
        struct part_info *inside = names_find(&part->names, ast_text(path->names.items[*used]));
        if (!inside)
            break;
        part = inside;
    }
    return part;
}

/* `r.hours`, `lessons.hours` where rows of the lessons are gone through: a column is written alone. */
static const char *column_at_hand(const struct scope *scope, const struct ast_path *path)
{
    const char *name = ast_text(path->names.items[path->names.count - 1]);
    const struct local *local = scope->locals;
    while (local && !(local->kind == LOCAL_ROW && column_named(local, name) >= 0))
        local = local->outer;
    return local && path->names.count == 2 ? name : NULL;
}

static struct ir_node *part_path(const struct scope *scope, const struct ast_path *path)
{
    size_t used;
    struct part_info *part = expr_part(scope, path, &used);
    const char *first = ast_text(path->names.items[0]),
               *rest = used < path->names.count ? ast_text(path->names.items[used]) : NULL;
    if (!part && column_at_hand(scope, path)) {
        struct diag *diag = sema_error(scope->sema, DIAG_UNKNOWN_PART, path->node.span, first, NULL);
        diag_fix(diag, path->node.span, column_at_hand(scope, path));
        return NULL;
    }
    if (!part) {
        names_report_missing(scope->sema, DIAG_UNKNOWN_PART, &scope->sema->root.names, first,
                             path->node.span);
        return NULL;
    }
    if (!rest)
        return expr_part_value(scope->sema, part, "score", path->node.span);
    const char *attribute = keyword_canonical(rest);
    if (used + 1 == path->names.count && attribute && expr_is_attribute(attribute))
        return expr_part_value(scope->sema, part, attribute, path->node.span);
    if (amended_reads(scope->sema, str_print("%s.%s", part->part->path, rest), path->node.span))
        return NULL;
    return sema_fail(scope->sema, DIAG_NOTHING_IN_PART, path->names.items[used]->span, part->part->path,
                     rest);
}

/* ---- entities */

/* `then` from that day on, `before` until then. */
static struct ir_node *from_day(struct sema *sema, const struct ast_dated *dated, struct ir_node *day,
                                struct ir_node *before, struct ir_node *then, struct span name)
{
    struct type type;
    struct ir_node *start =
        ir_const(sema->ir, TYPE_OF_DATE, value_int(AST(date, dated->from)->day), dated->from->span);
    struct ir_node *in_force =
        ir_binary(sema->ir, IR_LESS_EQUAL, TYPE_OF_TRUTH, start, day, dated->node.span);
    if (!expr_merge(sema, &before, &then, dated->value->span, &type))
        return NULL;
    return ir_apply(sema->ir, IR_IF, type, 3, (struct ir_node *[]){in_force, then, before}, name);
}

static struct ir_node *dated_threshold(const struct scope *scope, const struct ast_threshold *ast)
{
    struct sema *sema = scope->sema;
    struct ir_node *day = ir_input(sema->ir, IR_CALENDAR, CALENDAR_IN_FORCE, TYPE_OF_DATE,
                                   value_range(range_calendar()), ast->node.span);
    struct ir_node *value = NULL;
    long before = 0;
    for (size_t i = 0; i < ast->dated.count; i++) {
        const struct ast_dated *dated = AST(dated, ast->dated.items[i]);
        long from = AST(date, dated->from)->day;
        if (i && from <= before)
            return sema_fail(sema, DIAG_DATES_OUT_OF_ORDER, dated->from->span, NULL, NULL);
        before = from;
        struct ir_node *then = expr_lower(scope, dated->value, value ? &value->type : NULL);
        if (!then)
            return NULL;
        if (!value)
            value = ir_input(sema->ir, IR_FAULT, FAULT_BEFORE_FIRST_DATE, then->type,
                             value_fault(FAULT_BEFORE_FIRST_DATE, NULL), ast->name->span);
        value = from_day(sema, dated, day, value, then, ast->name->span);
        if (!value)
            return NULL;
    }
    return value;
}

static struct ir_node *unset_threshold(struct sema *sema, const struct ast_threshold *ast)
{
    struct setting setting = {.name = ast_text(ast->name),
                              .label = ast_text(ast->label),
                              .cite = ast_text(ast->cite),
                              .span = ast->name->span};
    long slot = (long)sema->standard->settings.count;
    vec_push(&sema->standard->settings, setting);
    return ir_input(sema->ir, IR_SETTING, slot, TYPE_OF_NUMBER, value_range(range_all()), ast->name->span);
}

static struct ir_node *lower_entity(struct sema *sema, struct entity *entity)
{
    struct scope top = {.sema = sema};
    switch (entity->kind) {
    case ENTITY_THRESHOLD: {
        const struct ast_threshold *ast = AST(threshold, entity->ast);
        if (entity->set)
            return expr_lower(&top, entity->set, NULL);
        if (ast->value)
            return expr_lower(&top, ast->value, NULL);
        return ast->dated.count ? dated_threshold(&top, ast) : unset_threshold(sema, ast);
    }
    case ENTITY_DEFINITION: return expr_lower(&top, AST(define, entity->ast)->value, NULL);
    case ENTITY_QUALIFIES: return outcomes_qualifies(sema, entity);
    case ENTITY_TOTAL: return parts_total(sema);
    case ENTITY_SUBTOTAL: return parts_subtotal(sema);
    case ENTITY_GRADE: return grades_lower(sema);
    case ENTITY_ELIGIBLE: return outcomes_eligible(sema);
    case ENTITY_PART: return parts_lower_score(sema, entity->part);
    case ENTITY_FACT:
    case ENTITY_LADDER: break;
    }
    return NULL;
}

struct ir_node *expr_entity(struct sema *sema, struct entity *entity, struct span use)
{
    entity->used = true;
    if (entity->progress == DONE)
        return entity->node;
    if (!sema_enter(sema, entity, use))
        return NULL;
    struct ir_block *open = sema->ir->open;
    sema->ir->open = sema->ir->blocks.items[0];
    struct ir_node *node = lower_entity(sema, entity);
    sema->ir->open = open;
    sema_leave(sema, entity, node);
    return node;
}

/* ---- names that everyone knows */

static struct ir_node *calendar_day(struct sema *sema, enum calendar which, struct span span)
{
    return ir_input(sema->ir, IR_CALENDAR, which, TYPE_OF_DATE, value_range(range_calendar()), span);
}

static const struct {
    const char *name;
    enum entity_kind kind;
} KNOWN[] = {{"total", ENTITY_TOTAL},
             {"subtotal", ENTITY_SUBTOTAL},
             {"grade", ENTITY_GRADE},
             {"eligible", ENTITY_ELIGIBLE}};

static bool is_known(const char *canonical, enum entity_kind *kind)
{
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (str_equal(canonical, KNOWN[i].name))
            return *kind = KNOWN[i].kind, true;
    return false;
}

static struct entity *known_entity(struct sema *sema, enum entity_kind kind)
{
    switch ((int)kind) {
    case ENTITY_TOTAL: return &sema->total;
    case ENTITY_SUBTOTAL: return &sema->subtotal;
    case ENTITY_GRADE: return &sema->grade;
    default: return &sema->eligible;
    }
}

static bool is_calendar(const char *canonical, enum calendar *which)
{
    static const char *const NAMES[] = {[CALENDAR_TODAY] = "today",
                                        [CALENDAR_PERIOD_START] = "period_start",
                                        [CALENDAR_PERIOD_END] = "period_end"};
    for (int i = 0; i < 3; i++)
        if (str_equal(canonical, NAMES[i]))
            return *which = (enum calendar)i, true;
    return false;
}

/* A standard without grades has no grade to read, one without a total no total. */
static bool has_it(struct sema *sema, const struct entity *entity, struct span span)
{
    bool grade = entity == &sema->grade, total = entity == &sema->total || entity == &sema->subtotal;
    if (grade && !sema->grades)
        sema_error(sema, DIAG_NO_GRADES_TO_READ, span, NULL, NULL);
    else if (total && !sema->standard->scored)
        sema_error(sema, DIAG_NO_TOTAL_TO_READ, span, NULL, NULL);
    else
        return true;
    return false;
}

static struct ir_node *predefined(const struct scope *scope, const char *name, struct span span)
{
    const char *canonical = keyword_canonical(name);
    enum calendar which;
    if (!canonical)
        return NULL;
    if (is_calendar(canonical, &which))
        return calendar_day(scope->sema, which, span);
    enum entity_kind kind;
    struct entity *entity = is_known(canonical, &kind) ? known_entity(scope->sema, kind) : NULL;
    return entity && has_it(scope->sema, entity, span) ? expr_entity(scope->sema, entity, span) : NULL;
}

static bool is_predefined(const char *name)
{
    enum calendar which;
    enum entity_kind kind;
    const char *canonical = keyword_canonical(name);
    return canonical && (is_calendar(canonical, &which) || is_known(canonical, &kind));
}

/* ---- paths */

static struct ir_node *declared(const struct scope *scope, struct entity *entity, struct span span)
{
    if (entity->kind == ENTITY_LADDER)
        return sema_fail(scope->sema, DIAG_LADDER_AS_VALUE, span, entity->name, NULL);
    if (entity->kind == ENTITY_DEFINITION && AST(define, entity->ast)->params.count)
        return sema_fail(scope->sema, DIAG_ARGUMENTS_MISSING, span, entity->name, NULL);
    if (entity->kind == ENTITY_PART)
        return parts_score(scope->sema, entity->part, span);
    return expr_entity(scope->sema, entity, span);
}

static struct part_info *part_around(const struct scope *scope, const char *name)
{
    for (const struct part_info *around = scope->part; around; around = around->parent) {
        struct part_info *found = names_find(&around->names, name);
        if (found)
            return found;
    }
    return NULL;
}

bool expr_names_value(const struct scope *scope, const struct ast *ast)
{
    if (ast->kind != AST_path || AST(path, ast)->names.count != 1)
        return false;
    const char *name = ast_text(AST(path, ast)->names.items[0]);
    return find_local(scope, name) || names_entity(scope->sema, name) || part_around(scope, name) ||
           is_predefined(name);
}

static struct ir_node *bare_name(const struct scope *scope, const struct ast *name, const struct type *wanted)
{
    const char *text = ast_text(name);
    const struct local *local = find_local(scope, text);
    if (local)
        return value_of_local(scope->sema, local, text, name->span);
    struct ir_node *node = symbol(scope->sema, wanted, text, name->span);
    if (node)
        return node;
    struct entity *entity = names_entity(scope->sema, text);
    if (entity)
        return declared(scope, entity, name->span);
    struct part_info *part = part_around(scope, text);
    if (part)
        return parts_score(scope->sema, part, name->span);
    if (is_predefined(text))
        return predefined(scope, text, name->span);
    names_report_unknown(scope, text, name->span, wanted);
    return NULL;
}

struct ir_node *expr_path(const struct scope *scope, const struct ast_path *path, const struct type *wanted)
{
    if (path->names.count == 1)
        return bare_name(scope, path->names.items[0], wanted);
    return part_path(scope, path);
}
