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
static void report(const struct reading *reading, enum diag_code code, const char *name, struct span span,
                   const char *const *known, size_t count)
{
    struct suggest suggest;
    struct str names = {0};
    suggest_start(&suggest, name);
    for (size_t i = 0; i < count; i++) {
        suggest_offer(&suggest, known[i]);
        str_format(&names, "%s%s", i > 0 ? ", " : "", known[i]);
    }
    struct diag *diag =
        diag_add(reading->diags, code, span, name, count ? str_text(&names) : "@none_declared", NULL);
    if (suggest_best(&suggest))
        diag_suggest(diag, suggest_best(&suggest));
}

static bool find_stage(const struct reading *reading, const char *name, struct span span, size_t *place)
{
    size_t count = reading->standard->stages.count;
    const char **known = MEM_ARRAY(const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        known[i] = reading->standard->stages.items[i]->name;
        if (str_equal(known[i], name))
            return *place = i, true;
    }
    report(reading, DIAG_DECISION_ON_NO_STAGE, name, span, known, count);
    return false;
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
    report(reading, DIAG_DECISION_BY_NOBODY, ast_text(name), name->span, known, count - 1);
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
    bool stage = find_stage(reading, ast_text(ast->stage), ast->stage->span, &decision->stage);
    return find_authority(reading, ast->by, &decision->by) && stage;
}

void decisions_add(const struct ast_list *lines, const struct standard *standard, struct diags *diags,
                   struct decisions *decisions)
{
    struct reading reading = {standard, diags};
    for (size_t i = 0; i < lines->count; i++) {
        struct decision decision;
        if (lines->items[i]->kind == AST_decision && read_decision(&reading, lines->items[i], &decision))
            vec_push(&decisions->list, decision);
    }
}

/* ---------------------------------------------------------------- their order */

struct placed {
    struct decision decision;
    size_t place; /* as written */
};

static int by_date(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    if (a->decision.on != b->decision.on)
        return a->decision.on < b->decision.on ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

void decisions_settle(const struct decisions *decisions, struct unit *unit)
{
    size_t count = decisions->list.count;
    if (!count)
        return;
    struct placed *placed = MEM_ARRAY(struct placed, count);
    struct decision *sorted = MEM_ARRAY(struct decision, count);
    for (size_t i = 0; i < count; i++)
        placed[i] = (struct placed){decisions->list.items[i], i};
    qsort(placed, count, sizeof *placed, by_date);
    for (size_t i = 0; i < count; i++)
        sorted[i] = placed[i].decision;
    unit->decisions = sorted;
    unit->decision_count = count;
}
