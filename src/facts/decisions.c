#include "facts/decisions.h"
#include "diag/suggest.h"
#include "syntax/keywords.h"

struct reading {
    const struct standard *standard;
    struct diags *diags;
};

static bool refuse(const struct reading *reading, enum diag_code code, const char *name, struct span span,
                   struct suggest *known)
{
    const char *names = suggest_listed(known, "@none_declared");
    diag_suggest(diag_add(reading->diags, code, span, name, names, NULL), suggest_best(known));
    return false;
}

static bool has_stage(const struct standard *standard, const char *name, size_t *place)
{
    for (size_t i = 0; i < standard->stages.count; i++)
        if (str_equal(standard->stages.items[i]->name, name))
            return *place = i, true;
    return false;
}

static bool has_authority(const struct standard *standard, const char *name, size_t *place)
{
    *place = AUTHORITY_UNIT;
    if (keyword_is_unit(name))
        return true;
    for (size_t i = AUTHORITY_UNIT + 1; i < standard->authorities.count; i++)
        if (str_equal(standard->authorities.items[i].name, name))
            return *place = i, true;
    return false;
}

static bool find_stage(const struct reading *reading, const char *name, struct span span, size_t *place)
{
    const struct standard *standard = reading->standard;
    if (has_stage(standard, name, place))
        return true;
    struct suggest known;
    suggest_start(&known, name);
    for (size_t i = 0; i < standard->stages.count; i++)
        suggest_list(&known, standard->stages.items[i]->name);
    return refuse(reading, DIAG_DECISION_ON_NO_STAGE, name, span, &known);
}

const struct stage *decisions_stage(const struct standard *standard, const char *name, struct span span,
                                    struct diags *diags)
{
    struct reading reading = {standard, diags};
    size_t place;
    return find_stage(&reading, name, span, &place) ? standard->stages.items[place] : NULL;
}

static bool find_authority(const struct reading *reading, const struct ast *name, size_t *place)
{
    const struct standard *standard = reading->standard;
    if (has_authority(standard, ast_text(name), place))
        return true;
    struct suggest known;
    suggest_start(&known, ast_text(name));
    for (size_t i = AUTHORITY_UNIT + 1; i < standard->authorities.count; i++)
        suggest_list(&known, standard->authorities.items[i].name);
    return refuse(reading, DIAG_DECISION_BY_NOBODY, ast_text(name), name->span, &known);
}

static enum ruling ruling_of(enum decision_outcome outcome)
{
    switch (outcome) {
    case DECISION_APPROVED: return RULING_APPROVED;
    case DECISION_REJECTED: return RULING_REJECTED;
    case DECISION_RETURNED: return RULING_RETURNED;
    }
    return RULING_RETURNED;
}

static bool read_decision(const struct reading *reading, const struct ast *line, struct decision *decision)
{
    const struct ast_decision *ast = AST(decision, line);
    *decision = (struct decision){.ruling = ruling_of((enum decision_outcome)ast->outcome),
                                  .on = AST(date, ast->on)->day,
                                  .remark = ast_text(ast->label),
                                  .span = line->span};
    bool stage = find_stage(reading, ast_text(ast->stage), ast->stage->span, &decision->stage);
    return find_authority(reading, ast->by, &decision->by) && stage;
}

bool decisions_has_stage(const struct standard *standard, const char *name)
{
    size_t place;
    return has_stage(standard, name, &place);
}

static bool can_name(const struct standard *standard, const struct ast_decision *line)
{
    size_t place;
    return has_stage(standard, ast_text(line->stage), &place) &&
           has_authority(standard, ast_text(line->by), &place);
}

/* What it names is known to the edition beside this one, and not to this one. */
static bool is_passed_over(const struct standard *standard, const struct standard *also,
                           const struct ast *line)
{
    const struct ast_decision *ast = AST(decision, line);
    return also && !can_name(standard, ast) && can_name(also, ast);
}

void decisions_add(const struct ast_list *lines, const struct standard *standard, const struct standard *also,
                   struct diags *diags, struct decisions *decisions)
{
    struct reading reading = {standard, diags};
    for (size_t i = 0; i < lines->count; i++) {
        struct decision decision;
        if (lines->items[i]->kind != AST_decision || is_passed_over(standard, also, lines->items[i]))
            continue;
        if (read_decision(&reading, lines->items[i], &decision))
            vec_push(&decisions->list, decision);
    }
}

void decisions_settle(const struct decisions *decisions, struct unit *unit)
{
    unit->decisions = decisions->list.items;
    unit->decision_count = decisions->list.count;
}
