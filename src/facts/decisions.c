#include "facts/decisions.h"
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "diag/suggest.h"
#include "syntax/keywords.h"

struct reading {
    const struct standard *standard;
    struct diags *diags;
};

/* The names that would have served, in the message and for "did you mean". */
static void report(const struct reading *reading, enum diag_code code, const struct ast *name,
                   const char *const *known, size_t count)
{
    struct suggest suggest;
    struct str names = {0};
    suggest_start(&suggest, ast_text(name));
    for (size_t i = 0; i < count; i++) {
        suggest_offer(&suggest, known[i]);
        str_format(&names, "%s%s", i > 0 ? ", " : "", known[i]);
    }
    struct diag *diag = diag_add(reading->diags, code, name->span, ast_text(name),
                                 count ? str_text(&names) : "@none_declared", NULL);
    if (suggest_best(&suggest))
        diag_suggest(diag, suggest_best(&suggest));
}

static bool find_stage(const struct reading *reading, const struct ast *name, size_t *place)
{
    size_t count = reading->standard->stages.count;
    const char **known = MEM_ARRAY(const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        known[i] = reading->standard->stages.items[i]->name;
        if (str_equal(known[i], ast_text(name)))
            return *place = i, true;
    }
    report(reading, DIAG_DECISION_ON_NO_STAGE, name, known, count);
    return false;
}

static bool find_authority(const struct reading *reading, const struct ast *name, size_t *place)
{
    size_t count = reading->standard->authorities.count;
    const char **known = MEM_ARRAY(const char *, count + 1);
    *place = AUTHORITY_UNIT;
    if (str_equal(keyword_canonical(ast_text(name)), "unit"))
        return true;
    for (size_t i = 1; i < count; i++) {
        known[i - 1] = reading->standard->authorities.items[i].name;
        if (str_equal(known[i - 1], ast_text(name)))
            return *place = i, true;
    }
    report(reading, DIAG_DECISION_BY_NOBODY, name, known, count - 1);
    return false;
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
    bool stage = find_stage(reading, ast->stage, &decision->stage);
    return find_authority(reading, ast->by, &decision->by) && stage;
}

static int by_date(const void *left, const void *right)
{
    const struct decision *a = left, *b = right;
    if (a->on != b->on)
        return a->on < b->on ? -1 : 1;
    return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

void decisions_read(const struct ast_list *lines, const struct standard *standard, struct diags *diags,
                    struct unit *unit)
{
    struct reading reading = {standard, diags};
    VEC(struct decision) decisions = {0};
    for (size_t i = 0; i < lines->count; i++) {
        struct decision decision;
        if (lines->items[i]->kind == AST_decision && read_decision(&reading, lines->items[i], &decision))
            vec_push(&decisions, decision);
    }
    if (decisions.count)
        qsort(decisions.items, decisions.count, sizeof *decisions.items, by_date);
    unit->decisions = decisions.items;
    unit->decision_count = decisions.count;
}
