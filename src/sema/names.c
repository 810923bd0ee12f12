#include "sema/names.h"
#include <string.h>
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "diag/suggest.h"
#include "sema/amended.h"
#include "sema/misread.h"
#include "syntax/keywords.h"

struct named {
    struct span span;
    void *value;
};

bool names_declare(struct sema *sema, struct map *space, const char *name, struct span span, void *value)
{
    const struct named *earlier = map_find(space, name);
    if (earlier) {
        struct diag *diag = sema_error(sema, DIAG_NAME_TWICE, span, name, NULL);
        diag_other(diag, earlier->span, "@first_here");
        return false;
    }
    struct named *named = MEM_NEW(struct named);
    *named = (struct named){span, value};
    map_put(space, name, named);
    return true;
}

void *names_find(const struct map *space, const char *name)
{
    const struct named *named = map_find(space, name);
    return named ? named->value : NULL;
}

/* ---- the shared name space */

struct entity *names_entity(const struct sema *sema, const char *name)
{
    return names_find(&sema->names, name);
}

static void warn_of_case(struct sema *sema, struct entity *entity)
{
    const struct entity *other = map_put(&sema->folded, utf8_casefold(entity->name), entity);
    if (!other)
        return;
    struct diag *diag = sema_error(sema, DIAG_NAMES_DIFFER_BY_CASE, entity->span, entity->name, other->name);
    diag_other(diag, other->span, "@first_here");
}

struct entity *names_add_entity(struct sema *sema, struct entity entity)
{
    struct entity *kept = MEM_NEW(struct entity);
    *kept = entity;
    if (!names_declare(sema, &sema->names, kept->name, kept->span, kept))
        return NULL;
    warn_of_case(sema, kept);
    vec_push(&sema->entities, kept);
    return kept;
}

static void add(struct sema *sema, enum entity_kind kind, const struct ast *name, const struct ast *ast)
{
    names_add_entity(sema,
                     (struct entity){.kind = kind, .name = ast_text(name), .span = name->span, .ast = ast});
}

static void collect_facts(struct sema *sema, const struct ast_facts *group)
{
    for (size_t i = 0; i < group->facts.count; i++)
        add(sema, ENTITY_FACT, AST(fact, group->facts.items[i])->name, group->facts.items[i]);
}

static void collect_qualifies(struct sema *sema, const struct ast_qualifies *ast)
{
    struct entity *entity = MEM_NEW(struct entity);
    *entity = (struct entity){
        .kind = ENTITY_QUALIFIES, .name = ast_text(ast->name), .span = ast->name->span, .ast = &ast->node};
    names_declare(sema, &sema->qualifies, entity->name, entity->span, entity);
}

static void collect(struct sema *sema, const struct ast *decl)
{
    switch ((int)decl->kind) {
    case AST_facts: collect_facts(sema, AST(facts, decl)); break;
    case AST_threshold: add(sema, ENTITY_THRESHOLD, AST(threshold, decl)->name, decl); break;
    case AST_define: add(sema, ENTITY_DEFINITION, AST(define, decl)->name, decl); break;
    case AST_ladder: add(sema, ENTITY_LADDER, AST(ladder, decl)->name, decl); break;
    case AST_qualifies: collect_qualifies(sema, AST(qualifies, decl)); break;
    case AST_pattern: {
        const struct ast *name = AST(pattern, decl)->name;
        names_declare(sema, &sema->patterns, ast_text(name), name->span, (void *)(uintptr_t)decl);
        break;
    }
    }
}

void names_collect(struct sema *sema)
{
    for (size_t i = 0; i < sema->decls.count; i++)
        collect(sema, sema->decls.items[i]);
}

/* ---- unknown names */

static void offer_space(struct suggest *suggest, const struct map *space)
{
    for (size_t i = 0; i < space->count; i++)
        suggest_offer(suggest, space->entries[i].key);
}

static void offer_locals(struct suggest *suggest, const struct local *local)
{
    for (; local; local = local->outer) {
        if (local->name)
            suggest_offer(suggest, local->name);
        if (local->kind != LOCAL_ROW || local->block->sequence->type.kind != TYPE_TABLE)
            continue;
        const struct type *table = &local->block->sequence->type;
        for (size_t i = 0; i < table->column_count; i++)
            suggest_offer(suggest, table->columns[i].name);
    }
}

static void offer_symbols(struct suggest *suggest, const struct type *wanted)
{
    if (!wanted || wanted->kind != TYPE_CHOICE)
        return;
    for (size_t i = 0; i < wanted->choice->count; i++)
        suggest_offer(suggest, wanted->choice->symbols[i].name);
}

static void offer_predefined(struct suggest *suggest)
{
    for (size_t i = 0; i < keyword_count(); i++)
        if (keyword_at(i)->class == KEYWORD_PREDEFINED || str_equal(keyword_at(i)->canonical, "total"))
            suggest_offer(suggest, keyword_at(i)->text);
}

static struct suggest near_names(const struct scope *scope, const char *name, const struct type *wanted)
{
    struct suggest suggest;
    suggest_start(&suggest, name);
    offer_locals(&suggest, scope->locals);
    offer_symbols(&suggest, wanted);
    offer_space(&suggest, &scope->sema->names);
    for (const struct part_info *part = scope->part; part; part = part->parent)
        offer_space(&suggest, &part->names);
    offer_predefined(&suggest);
    return suggest;
}

static bool is_plain(const char *name)
{
    size_t length = strlen(name), at = 0;
    uint32_t code = 0;
    bool plain = length > 0 && !keyword_is_reserved(name);
    while (plain && at < length) {
        at += utf8_next(name + at, length - at, &code);
        plain = utf8_is_name_char(code);
    }
    return plain;
}

/* A name that takes backquotes, stands in a longer path, or is one of the language, which not every place
 * takes, is left to the author. */
static void suggest_name(struct diag *diag, struct span span, const struct suggest *suggest)
{
    const char *best = suggest_best(suggest);
    bool author = best && !keyword_predefined(best) && !str_equal(keyword_canonical(best), "total");
    if (author && str_equal(span_text(span), suggest->wanted) && is_plain(best))
        diag_mend_spelling(diag, span, suggest);
    else if (best)
        diag_suggest(diag, best);
}

static const char *symbols_listed(const struct choice *choice)
{
    struct str list = {0};
    for (size_t i = 0; i < choice->count; i++)
        str_item(&list, DIAG_NEXT, choice->symbols[i].name);
    return str_text(&list);
}

/* 非开放: another name, though a near one, would say the contrary. */
static bool denies_a_name(const struct sema *sema, const char *apart)
{
    const char *blank = apart ? strchr(apart, ' ') : NULL;
    if (!blank)
        return false;
    const char *canonical = keyword_canonical(mem_text(apart, (size_t)(blank - apart)));
    return canonical && str_equal(canonical, "not") && names_entity(sema, blank + 1);
}

/* Of 没有违规 the name that is denied, 违规; *no is the word before it. NULL: it is nothing of the kind. */
static const char *denied_name(const struct sema *sema, const char *name, const char **no)
{
    static const char *const WORDS[] = {
#define DENIAL(text) text,
#include "grammar/meant.def"
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        *no = WORDS[i];
        if (strncmp(name, *no, strlen(*no)) == 0 && names_entity(sema, name + strlen(*no)))
            return name + strlen(*no);
    }
    return NULL;
}

/* The table fact that has such a column; NULL: none. */
static const char *table_with_column(const struct sema *sema, const char *name)
{
    for (size_t i = 0; i < sema->entities.count; i++) {
        const struct entity *entity = sema->entities.items[i];
        const struct ast *type = entity->kind == ENTITY_FACT ? AST(fact, entity->ast)->type : NULL;
        const struct ast_list *columns =
            type && type->kind == AST_t_table ? &AST(t_table, type)->columns : NULL;
        for (size_t k = 0; columns && k < columns->count; k++)
            if (str_equal(ast_text(AST(fact, columns->items[k])->name), name))
                return entity->name;
    }
    return NULL;
}

/* Other words for yes and no. */
static const char *truth_meant(const char *name)
{
    const char *folded = utf8_casefold(name);
    bool yes = str_equal(folded, "true") || str_equal(folded, "yes"),
         no = str_equal(folded, "false") || str_equal(folded, "no");
    return yes ? "yes" : no ? "no" : NULL;
}

static bool is_function(const char *name)
{
    static const char *const FUNCTIONS[] = {
#define FUNCTION(function, least, most) #function,
#include "sema/functions.def"
#undef FUNCTION
    };
    const char *canonical = keyword_canonical(name);
    for (size_t i = 0; canonical && i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++)
        if (str_equal(FUNCTIONS[i], canonical))
            return true;
    return false;
}

struct diag *names_report_unknown(const struct scope *scope, const char *name, struct span span,
                                  const struct type *wanted)
{
    if (misread_name(scope->sema, name) || amended_reads(scope->sema, name, span))
        return NULL;
    const char *apart = keyword_hidden_in(name);
    struct suggest suggest = near_names(scope, name, wanted);
    if (apart && (!suggest_best(&suggest) || denies_a_name(scope->sema, apart))) {
        struct diag *diag = sema_error(scope->sema, DIAG_KEYWORD_HIDDEN, span, name, apart);
        diag_fix(diag, span, apart);
        return diag;
    }
    const char *no, *denied = denied_name(scope->sema, name, &no);
    if (denied) {
        enum lang lang = span_tongue(span);
        struct diag *diag = sema_error(scope->sema, DIAG_NO_BEFORE_NAME, span, no, denied);
        diag->args[2] = str_print("%s %s 0", denied, keyword_in("is", lang));
        diag->args[3] = str_print("%s %s", keyword_in("not", lang), denied);
        return diag;
    }
    const char *table = table_with_column(scope->sema, name);
    if (table && !(wanted && wanted->kind == TYPE_CHOICE)) {
        enum lang lang = span_tongue(span);
        struct diag *diag = sema_error(scope->sema, DIAG_COLUMN_ALONE, span, name, table);
        const char *in = keyword_in("in", lang);
        diag->args[2] = str_print("%s %s %s %s" DIAG_NEXT "%s %s %s %s", keyword_in("sum of", lang), name, in,
                                  table, keyword_in("highest of", lang), name, in, table);
        return diag;
    }
    enum diag_code unknown = scope->sema->asking ? DIAG_ASKED_UNKNOWN : DIAG_UNKNOWN_NAME;
    bool symbol = wanted && wanted->kind == TYPE_CHOICE;
    if (!symbol && is_function(name))
        return sema_error(scope->sema, DIAG_ARGUMENTS_MISSING, span, name, NULL);
    struct diag *diag = symbol
                            ? sema_error(scope->sema, DIAG_UNKNOWN_SYMBOL, span, name, wanted->choice->name)
                            : sema_error(scope->sema, unknown, span, name, NULL);
    if (symbol)
        diag->args[2] = symbols_listed(wanted->choice);
    if (suggest_best(&suggest))
        suggest_name(diag, span, &suggest);
    else
        diag_suggest(diag, truth_meant(name));
    return diag;
}

void names_report_missing(struct sema *sema, enum diag_code code, const struct map *space, const char *name,
                          struct span span)
{
    struct suggest suggest;
    if (misread_name(sema, name) || amended_reads(sema, name, span))
        return;
    suggest_start(&suggest, name);
    offer_space(&suggest, space);
    suggest_name(sema_error(sema, code, span, name, NULL), span, &suggest);
}

void names_report_kind(struct sema *sema, enum diag_code code, enum entity_kind kind, const char *name,
                       struct span span)
{
    struct suggest suggest;
    if (misread_name(sema, name) || amended_reads(sema, name, span))
        return;
    suggest_start(&suggest, name);
    for (size_t i = 0; i < sema->entities.count; i++)
        if (sema->entities.items[i]->kind == kind)
            suggest_offer(&suggest, sema->entities.items[i]->name);
    suggest_name(sema_error(sema, code, span, name, NULL), span, &suggest);
}
