/* Authorities, titles and stages are collected by name first, since stages name each other; then each
 * stage is read clause by clause. */
#include "sema/procedure.h"
#include <string.h>
#include "base/mem.h"
#include "diag/suggest.h"
#include "sema/expr.h"
#include "sema/misread.h"
#include "sema/names.h"
#include "syntax/keywords.h"

/* ---- names and their places */

static void *place_value(size_t place)
{
    return (void *)(uintptr_t)(place + 1);
}

static bool place_named(const struct map *space, const char *name, size_t *place)
{
    uintptr_t value = (uintptr_t)names_find(space, name);
    *place = value - 1;
    return value != 0;
}

static void collect_authority(struct sema *sema, const struct ast_authority *ast)
{
    const char *name = ast_text(ast->name);
    struct authority authority = {name, ast_text(ast->label)};
    if (keyword_is_unit(name))
        sema_error(sema, DIAG_AUTHORITY_PREDEFINED, ast->name->span, name, NULL);
    else if (names_declare(sema, &sema->authorities, name, ast->name->span,
                           place_value(sema->standard->authorities.count)))
        vec_push(&sema->standard->authorities, authority);
}

static bool duration(struct sema *sema, const struct ast *ast, struct duration *length)
{
    enum { YEARS_MAX = 9999 };
    if (!ast)
        return *length = (struct duration){DURATION_NONE, 0}, true;
    const struct ast_span *span = AST(span, ast);
    int64_t count;
    bool years = span->unit == SPAN_YEARS;
    struct num units = years ? num_mul(span->value, num_int(12)) : span->value;
    bool days = span->unit == SPAN_DAYS;
    *length = (struct duration){days ? DURATION_DAYS : DURATION_MONTHS, 0};
    if (!num_to_int(units, &count) || count < 1 || count > YEARS_MAX * (days ? 366 : 12))
        return sema_refuse(sema, DIAG_DURATION_WRONG, ast->span, span_text(ast->span), NULL);
    length->count = count;
    return true;
}

static void collect_title(struct sema *sema, const struct ast_title *ast)
{
    struct title title = {
        .name = ast_text(ast->name), .label = ast_text(ast->label), .span = ast->name->span};
    duration(sema, ast->valid, &title.valid);
    if (names_declare(sema, &sema->titles, title.name, title.span, place_value(sema->standard->titles.count)))
        vec_push(&sema->standard->titles, title);
}

static void collect_stage(struct sema *sema, const struct ast_stage *ast)
{
    struct stage *stage = MEM_NEW(struct stage);
    stage->name = ast_text(ast->name);
    stage->label = ast_text(ast->label);
    stage->span = ast->name->span;
    if (names_declare(sema, &sema->stages, stage->name, stage->span,
                      place_value(sema->standard->stages.count))) {
        vec_push(&sema->standard->stages, stage);
        vec_push(&sema->stage_asts, ast);
    }
}

void procedure_collect(struct sema *sema)
{
    vec_push(&sema->standard->authorities, (struct authority){.name = "unit"});
    for (size_t i = 0; i < sema->decls.count; i++) {
        const struct ast *decl = sema->decls.items[i];
        if (decl->kind == AST_authority)
            collect_authority(sema, AST(authority, decl));
        else if (decl->kind == AST_title)
            collect_title(sema, AST(title, decl));
        else if (decl->kind == AST_stage)
            collect_stage(sema, AST(stage, decl));
    }
}

bool procedure_authority(struct sema *sema, const struct ast *name, size_t *place)
{
    *place = AUTHORITY_UNIT;
    if (keyword_is_unit(ast_text(name)) || place_named(&sema->authorities, ast_text(name), place))
        return true;
    names_report_missing(sema, DIAG_UNKNOWN_AUTHORITY, &sema->authorities, ast_text(name), name->span);
    return false;
}

static bool holds_place(const struct places *places, size_t place)
{
    for (size_t i = 0; i < places->list.count; i++)
        if (places->list.items[i] == place)
            return true;
    return false;
}

/* Adds a place that is not there yet. */
static void add_place(struct sema *sema, const struct ast *name, size_t place, struct places *places)
{
    if (holds_place(places, place))
        sema_error(sema, DIAG_CLAUSE_TWICE, name->span, span_text(name->span), NULL);
    else
        vec_push(&places->list, place);
}

static void add_places(struct sema *sema, const struct map *space, enum diag_code unknown,
                       const struct ast_list *names, struct places *places)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct ast *name = names->items[i];
        size_t place;
        if (place_named(space, ast_text(name), &place))
            add_place(sema, name, place, places);
        else
            names_report_missing(sema, unknown, space, ast_text(name), name->span);
    }
}

/* ---- while */

static const struct holding *holding(struct sema *sema, const struct ast *ast);

static const struct holding *holding_of(struct sema *sema, enum holding_kind kind, struct span span,
                                        const struct ast_list *terms)
{
    struct holding *made = MEM_NEW(struct holding);
    *made = (struct holding){.kind = kind, .span = span};
    for (size_t i = 0; i < terms->count; i++)
        vec_push(&made->of, holding(sema, terms->items[i]));
    return made;
}

/* What takes the place of one with an error: it always holds. */
static const struct holding *holding_nothing(struct sema *sema, const struct ast *ast)
{
    return holding_of(sema, HOLDING_AND, ast->span, &(struct ast_list){0});
}

static const struct holding *holding_title(struct sema *sema, const struct ast *ast)
{
    struct holding *made = MEM_NEW(struct holding);
    *made = (struct holding){.kind = HOLDING_TITLE, .span = ast->span};
    const char *name = ast_path_text(ast);
    if (place_named(&sema->titles, name, &made->title))
        return made;
    names_report_missing(sema, DIAG_UNKNOWN_TITLE, &sema->titles, name, ast->span);
    return holding_nothing(sema, ast);
}

static const struct holding *holding(struct sema *sema, const struct ast *ast)
{
    switch ((int)ast->kind) {
    case AST_e_group: return holding(sema, AST(e_group, ast)->of);
    case AST_e_or: return holding_of(sema, HOLDING_OR, ast->span, &AST(e_or, ast)->terms);
    case AST_e_and: return holding_of(sema, HOLDING_AND, ast->span, &AST(e_and, ast)->terms);
    case AST_e_not: {
        struct ast *of = (struct ast *)(uintptr_t)AST(e_not, ast)->of;
        return holding_of(sema, HOLDING_NOT, ast->span, &(struct ast_list){&of, 1});
    }
    case AST_path: return holding_title(sema, ast);
    }
    sema_error(sema, DIAG_HOLDING_NO_TITLE, ast->span, span_text(ast->span), NULL);
    return holding_nothing(sema, ast);
}

/* ---- quota */

/* Does the node read something that differs from unit to unit? What is known of the nodes before it is
 * kept: arguments stand first. */
static bool reads_the_unit(struct sema *sema, const struct ir_node *node)
{
    for (size_t i = sema->by_unit.count; i <= node->id; i++) {
        const struct ir_node *at = sema->ir->nodes.items[i];
        bool reads = at->op == IR_FACT || at->op == IR_JUDGED || at->op == IR_COHORT;
        for (size_t k = 0; k < at->arg_count; k++)
            reads |= sema->by_unit.items[at->args[k]->id];
        vec_push(&sema->by_unit, reads);
    }
    return sema->by_unit.items[node->id];
}

/* `top 3 of units`: a whole number as such is so many units; everything else up to 1 is a share of them. */
static bool is_count(const struct ast *ast)
{
    return ast->kind == AST_number && num_is_int(AST(number, ast)->value);
}

static bool can_be_quota(const struct ast *ast, const struct value *value)
{
    struct range bounds = value->range;
    int64_t count;
    if (value->nothing_else)
        return false;
    struct range shares = range_of(cut_at(num_int(0), 1), cut_at(num_int(1), 0), false);
    if (!range_is_empty(range_meet(bounds, shares)))
        return true;
    bool percent = ast->kind == AST_percent, point = range_is_point(bounds);
    bool above = bounds.high.infinite > 0 || num_sign(bounds.high.at) > 0;
    return !percent && above && (!point || num_to_int(bounds.high.at, &count));
}

/* What of the share can be none, or NULL. A dated threshold is looked at value by value. */
static const struct ir_node *impossible_share(const struct ast *ast, const struct ir_node *share)
{
    for (; share->op == IR_IF; share = share->args[2])
        if (!can_be_quota(ast, &share->args[1]->bounds))
            return share->args[1];
    return share->op == IR_FAULT || can_be_quota(ast, &share->bounds) ? NULL : share;
}

static void report_share(struct sema *sema, const struct ast *ast, const struct ir_node *impossible)
{
    struct span origin = impossible->origin;
    bool elsewhere = origin.source && (origin.source != ast->span.source || origin.start != ast->span.start);
    struct diag *diag = sema_error(sema, DIAG_QUOTA_SHARE_IMPOSSIBLE, ast->span,
                                   span_text(elsewhere ? origin : ast->span), NULL);
    if (elsewhere)
        diag_other(diag, origin, "@stated_here");
}

/* `threshold places = 1` is one unit to one reader and all of them to another. A dated threshold is looked
 * at value by value. */
static const struct ir_node *bare_one(const struct ir_node *share)
{
    for (; share->op == IR_IF; share = share->args[2])
        if (bare_one(share->args[1]))
            return share->args[1];
    bool one = share->op == IR_CONST && share->type.kind == TYPE_NUMBER && value_is_point(&share->bounds) &&
               num_compare(value_point(&share->bounds), num_int(1)) == 0;
    const char *written = one && share->origin.source ? span_text(share->origin) : "%";
    return strchr(written, '%') || strstr(written, "％") ? NULL : share;
}

static void report_one(struct sema *sema, const struct ast *ast, const struct ir_node *one)
{
    diag_other(sema_error(sema, DIAG_QUOTA_ONE_OR_ALL, ast->span, span_text(ast->span), NULL), one->origin,
               "@stated_here");
}

/* `quota top 25 of units, rounded down`: a whole number needs no rounding, a percentage does. */
static void warn_of_rounded_count(struct sema *sema, const struct ast *ast)
{
    struct num value = AST(number, ast)->value;
    if (num_sign(value) <= 0)
        return;
    struct diag *diag = sema_error(sema, DIAG_QUOTA_COUNT_ROUNDED, ast->span, span_text(ast->span), NULL);
    if (num_compare(value, num_int(100)) <= 0)
        diag_suggest(diag, str_print("%s%%", span_text(ast->span)));
}

static const struct ir_node *quota_share(struct sema *sema, const struct ast *ast)
{
    struct scope scope = {.sema = sema};
    struct ir_node *share = expr_plain(&scope, ast);
    if (!share)
        return NULL;
    if (reads_the_unit(sema, share))
        return sema_fail(sema, DIAG_QUOTA_SHARE_VARIES, ast->span, span_text(ast->span), NULL);
    const struct ir_node *impossible = impossible_share(ast, share);
    const struct ir_node *one = is_count(ast) ? NULL : bare_one(share);
    if (impossible)
        report_share(sema, ast, impossible);
    else if (one)
        report_one(sema, ast, one);
    return share;
}

static bool is_ordered(const struct type *type)
{
    return type->kind == TYPE_NUMBER || type->kind == TYPE_DATE ||
           (type->kind == TYPE_CHOICE && type->choice->ordered);
}

/* Two keys of one name, in whichever language. */
static bool is_named_alike(const struct quota_key *a, const struct quota_key *b)
{
    return str_equal(a->text, b->text) || (a->is_total && b->is_total);
}

static void quota_key(struct sema *sema, const struct ast *path, const struct ir_node *node,
                      struct quota *quota)
{
    struct quota_key key = {ast_path_text(path), node, false};
    const char *canonical = keyword_canonical(key.text);
    key.is_total = canonical && str_equal(canonical, "total");
    for (size_t i = 0; i < quota->ranked_by.count; i++)
        if (is_named_alike(&quota->ranked_by.items[i], &key)) {
            sema_error(sema, DIAG_CLAUSE_TWICE, path->span, key.text, NULL);
            return;
        }
    if (node->type.kind == TYPE_DATE)
        sema_error(sema, DIAG_QUOTA_KEY_DATE, path->span, key.text, NULL);
    vec_push(&quota->ranked_by, key);
}

static void quota_keys(struct sema *sema, const struct ast_list *paths, struct quota *quota)
{
    struct scope scope = {.sema = sema};
    for (size_t i = 0; i < paths->count; i++) {
        const struct ast *path = paths->items[i];
        struct ir_node *node = expr_lower(&scope, path, NULL);
        if (node && !is_ordered(&node->type))
            sema_error(sema, DIAG_QUOTA_KEY_UNORDERED, path->span, ast_path_text(path), NULL);
        else if (node)
            quota_key(sema, path, node, quota);
    }
}

static void quota(struct sema *sema, const struct ast_st_quota *ast, struct stage *stage)
{
    struct quota *made = MEM_NEW(struct quota);
    made->share = quota_share(sema, ast->share);
    made->is_count = is_count(ast->share);
    stage->quota = made;
    if (ast->rounding == QUOTA_NOT_ROUNDED && !made->is_count)
        sema_error(sema, DIAG_QUOTA_NOT_ROUNDED, ast->node.span, NULL, NULL);
    if (ast->rounding != QUOTA_NOT_ROUNDED)
        made->rounding = (enum num_rounding)ast->rounding;
    if (ast->rounding != QUOTA_NOT_ROUNDED && made->is_count)
        warn_of_rounded_count(sema, ast->share);
    if (!ast->ranked_by.count)
        sema_error(sema, DIAG_QUOTA_NOT_RANKED, ast->node.span, NULL, NULL);
    quota_keys(sema, &ast->ranked_by, made);
    if (ast->ranked_by.count == 1)
        sema_error(sema, DIAG_QUOTA_TIES_UNBROKEN, ast->ranked_by.items[0]->span,
                   span_text(ast->ranked_by.items[0]->span), NULL);
}

/* ---- the clauses of a stage */

static void needs(struct sema *sema, const struct ast_list *names, struct stage *stage)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct ast *name = names->items[i];
        const struct entity *entity = names_entity(sema, ast_text(name));
        if (entity && entity->kind == ENTITY_FACT)
            add_place(sema, name, entity->fact->slot, &stage->needs);
        else
            names_report_kind(sema, DIAG_NEEDS_NO_FACT, ENTITY_FACT, ast_text(name), name->span);
    }
}

static const char *spelling_of(const char *canonical, enum lang lang)
{
    for (size_t i = 0; i < keyword_count(); i++) {
        const struct spelling *spelling = keyword_at(i);
        if (spelling->lang == lang && spelling->rank == 0 && str_equal(spelling->canonical, canonical))
            return spelling->text;
    }
    return canonical;
}

/* The name stands behind the word of one clause and belongs into another: `require poster` for `needs
 * poster`. */
static void report_other_clause(struct sema *sema, const struct ast *clause, const struct ast *name,
                                const char *what, const char *canonical)
{
    const char *word = span_text(span_first_word(clause->span)), *text = span_text(name->span);
    enum lang lang = span_tongue(clause->span);
    const char *right = str_print("%s %s", spelling_of(canonical, lang), text);
    struct diag *diag = diag_add(sema->diags, DIAG_OTHER_CLAUSE, name->span, text, what, word, right, NULL);
    bool labelled = clause->span.end != name->span.end; /* the label would be left over */
    if (str_equal(canonical, "needs") && !labelled)     /* of the others a stage may have one already */
        diag_mend(diag, span_join(span_first_word(clause->span), name->span), right);
}

static bool is_undeclared(const struct sema *sema, const char *name)
{
    return !names_entity(sema, name) && !names_find(&sema->root.names, name) && !keyword_predefined(name);
}

/* What is required alone is a document, a title or a stage. */
static bool requires_no_condition(struct sema *sema, const struct ast_st_require *ast)
{
    const char *name = ast->when->kind == AST_path ? ast_path_text(ast->when) : NULL;
    const struct entity *entity = name ? names_entity(sema, name) : NULL;
    bool document = entity && entity->kind == ENTITY_FACT && entity->fact->field.type.kind == TYPE_DOCUMENT;
    bool free = name && is_undeclared(sema, name);
    size_t place;
    if (document)
        return report_other_clause(sema, &ast->node, ast->when, "@document", "needs"), true;
    if (free && place_named(&sema->titles, name, &place))
        return report_other_clause(sema, &ast->node, ast->when, "@a_title", "while"), true;
    if (free && place_named(&sema->stages, name, &place))
        return report_other_clause(sema, &ast->node, ast->when, "@a_stage", "after"), true;
    return false;
}

static void requirement(struct sema *sema, const struct ast_st_require *ast, struct stage *stage)
{
    struct scope scope = {.sema = sema};
    if (requires_no_condition(sema, ast))
        return;
    struct ir_node *when = expr_outcome(&scope, ast->when);
    if (when)
        vec_push(&stage->requires,
                 (struct requirement){.label = ast_text(ast->label), .span = ast->when->span, .when = when});
}

static void while_held(struct sema *sema, const struct ast_st_while *ast, struct stage *stage)
{
    const char *name = ast->when->kind == AST_path ? ast_path_text(ast->when) : NULL;
    size_t place;
    if (name && !place_named(&sema->titles, name, &place) && place_named(&sema->stages, name, &place))
        report_other_clause(sema, &ast->node, ast->when, "@a_stage", "after");
    else
        stage->holding = holding(sema, ast->when);
}

static void title_effect(struct sema *sema, const struct ast_st_titles *ast, struct stage *stage)
{
    struct places *const effects[] = {[TITLES_CONFERRED] = &stage->confers,
                                      [TITLES_REVOKED] = &stage->revokes,
                                      [TITLES_REVOKED_ON_REJECTION] = &stage->revokes_on_rejection};
    add_places(sema, &sema->titles, DIAG_UNKNOWN_TITLE, &ast->titles, effects[ast->which]);
}

static void stage_remark(const struct ast_s_remark *ast, struct stage *stage)
{
    if (ast->which != REMARK_CITE)
        vec_push(&stage->notes, ast_text(ast->text));
    else if (!stage->cite)
        stage->cite = ast_text(ast->text);
}

static void after(struct sema *sema, const struct ast_st_after *ast, struct stage *stage)
{
    add_places(sema, &sema->stages, DIAG_UNKNOWN_STAGE, &ast->stages, &stage->after);
    duration(sema, ast->delay, &stage->delay);
}

static void due(const struct sema *sema, const struct ast_st_due *ast, struct stage *stage)
{
    stage->has_due = !misread_in(sema, ast->date->span);
    stage->due = AST(date, ast->date)->day;
    stage->due_span = ast->node.span;
}

static void clause(struct sema *sema, const struct ast *ast, struct stage *stage)
{
    switch ((int)ast->kind) {
    case AST_st_by: procedure_authority(sema, AST(st_by, ast)->authority, &stage->by); break;
    case AST_st_after: after(sema, AST(st_after, ast), stage); break;
    case AST_st_due: due(sema, AST(st_due, ast), stage); break;
    case AST_st_each_year: stage->each_year = true; break;
    case AST_st_wait: duration(sema, AST(st_wait, ast)->length, &stage->wait); break;
    case AST_st_needs: needs(sema, &AST(st_needs, ast)->names, stage); break;
    case AST_st_require: requirement(sema, AST(st_require, ast), stage); break;
    case AST_st_quota: quota(sema, AST(st_quota, ast), stage); break;
    case AST_st_titles: title_effect(sema, AST(st_titles, ast), stage); break;
    case AST_st_while: while_held(sema, AST(st_while, ast), stage); break;
    case AST_s_remark: stage_remark(AST(s_remark, ast), stage); break;
    }
}

static bool may_repeat(const struct ast *clause)
{
    return clause->kind == AST_st_needs || clause->kind == AST_st_require || clause->kind == AST_st_titles ||
           clause->kind == AST_s_remark;
}

static const struct ast *clause_find(const struct ast_list *rules, enum ast_kind kind, size_t before)
{
    for (size_t i = 0; i < rules->count && i < before; i++)
        if (rules->items[i]->kind == kind)
            return rules->items[i];
    return NULL;
}

/* What clauses say of each other. */
static void check_clauses(struct sema *sema, const struct ast_stage *ast, const struct stage *stage)
{
    const struct ast_list *rules = &ast->rules;
    const struct ast *yearly = clause_find(rules, AST_st_each_year, rules->count);
    bool whole = !misread_in(sema, ast->node.span);
    if (whole && !clause_find(rules, AST_st_by, rules->count))
        sema_error(sema, DIAG_STAGE_WITHOUT_BY, stage->span, stage->name, NULL);
    if (whole && yearly && !clause_find(rules, AST_st_after, rules->count))
        sema_error(sema, DIAG_YEARLY_WITHOUT_AFTER, yearly->span, NULL, NULL);
    if (yearly && stage->has_due)
        diag_other(sema_error(sema, DIAG_YEARLY_WITH_DUE, stage->due_span, NULL, NULL), yearly->span,
                   "@first_here");
}

static void lower_stage(struct sema *sema, const struct ast_stage *ast, struct stage *stage)
{
    for (size_t i = 0; i < ast->rules.count; i++) {
        const struct ast *rule = ast->rules.items[i], *first = clause_find(&ast->rules, rule->kind, i);
        if (first && !may_repeat(rule))
            diag_other(sema_error(sema, DIAG_CLAUSE_TWICE, rule->span, span_text(rule->span), NULL),
                       first->span, "@first_here");
        else
            clause(sema, rule, stage);
    }
    check_clauses(sema, ast, stage);
}

/* Which nodes hang on the day that is looked at: those that read it, and all that reads them. Arguments
 * stand before their uses, the nodes of a block before what runs it. */
static bool *find_dated(const struct ir *ir)
{
    bool *dated = mem_alloc_plain(ir->nodes.count + 1);
    for (size_t i = 0; i < ir->nodes.count; i++) {
        const struct ir_node *node = ir->nodes.items[i];
        bool day = node->index == CALENDAR_TODAY || node->index == CALENDAR_IN_FORCE;
        dated[i] = node->op == IR_CALENDAR && day;
        for (size_t k = 0; k < node->arg_count; k++)
            dated[i] |= dated[node->args[k]->id];
        for (size_t k = 0; node->op == IR_BAG_OF && k < node->block->nodes.count; k++)
            dated[i] |= dated[node->block->nodes.items[k]->id];
    }
    return dated;
}

static void mark_dated(struct sema *sema)
{
    const bool *dated = sema->standard->stages.count ? find_dated(sema->ir) : NULL;
    for (size_t i = 0; i < sema->standard->stages.count; i++) {
        struct stage *stage = sema->standard->stages.items[i];
        for (size_t k = 0; k < stage->requires.count; k++)
        stage->requires.items[k].dated = dated[stage->requires.items[k].when->id];
    }
}

void procedure_lower(struct sema *sema)
{
    size_t errors = sema->diags->errors;
    for (size_t i = 0; i < sema->standard->stages.count; i++)
        lower_stage(sema, sema->stage_asts.items[i], sema->standard->stages.items[i]);
    if (sema->diags->errors != errors)
        return;
    mark_dated(sema);
    procedure_check(sema);
}
