/* The order of the analysis: read, names, header, types, tree of parts, sums, then everything is lowered;
 * last, what the caller asks. */
#include "sema/compile.h"
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "diag/suggest.h"
#include "sema/amended.h"
#include "sema/cites.h"
#include "sema/expr.h"
#include "sema/forms/bands.h"
#include "sema/header.h"
#include "sema/measures.h"
#include "sema/misread.h"
#include "sema/names.h"
#include "sema/outcomes.h"
#include "sema/parts.h"
#include "sema/procedure.h"
#include "sema/properties.h"
#include "sema/questions.h"
#include "sema/sema.h"
#include "sema/transition.h"
#include "sema/types.h"
#include "sema/unused.h"
#include "syntax/file.h"
#include "syntax/parse.h"

/* ---- what the caller sets */

static void report_no_threshold(struct sema *sema, const char *name, struct span span)
{
    struct suggest suggest;
    suggest_start(&suggest, name);
    for (size_t i = 0; i < sema->entities.count; i++)
        if (sema->entities.items[i]->kind == ENTITY_THRESHOLD)
            suggest_offer(&suggest, sema->entities.items[i]->name);
    struct diag *diag =
        sema_error(sema, span.source ? DIAG_TEST_NO_THRESHOLD : DIAG_SET_NO_THRESHOLD, span, name, NULL);
    if (suggest_best(&suggest))
        diag_suggest(diag, suggest_best(&suggest));
}

/* Each is read once: what is wrong with it stands at one place, however often it is used. */
static void read_settings(struct sema *sema)
{
    for (size_t i = 0; i < sema->options->setting_count; i++) {
        const struct compile_setting *setting = &sema->options->settings[i];
        const char *name = setting->name, *text = setting->text;
        struct entity *entity = names_entity(sema, name);
        if (!entity || entity->kind != ENTITY_THRESHOLD)
            report_no_threshold(sema, name, setting->span);
        else if (setting->value)
            entity->set = setting->value;
        else
            entity->set =
                parse_value(source_new(str_print("--set %s", name), text, strlen(text)), sema->diags);
    }
}

/* ---- facts */

static void declare_facts(struct sema *sema)
{
    for (size_t i = 0; i < sema->entities.count; i++) {
        struct entity *entity = sema->entities.items[i];
        if (entity->kind != ENTITY_FACT)
            continue;
        entity->fact = MEM_NEW(struct fact_declaration);
        entity->fact->slot = sema->standard->facts.count;
        vec_push(&sema->standard->facts, entity->fact);
        map_put(&sema->standard->facts_by_name, entity->name, entity->fact);
    }
}

static void type_facts(struct sema *sema)
{
    for (size_t i = 0; i < sema->entities.count; i++) {
        struct entity *entity = sema->entities.items[i];
        if (entity->kind != ENTITY_FACT)
            continue;
        struct field *field = &entity->fact->field;
        entity->progress = DONE;
        if (!types_field(sema, AST(fact, entity->ast), field))
            continue;
        entity->node = ir_input(sema->ir, IR_FACT, (long)entity->fact->slot, field->type,
                                ir_field_bounds(field), entity->span);
        entity->fact->node = entity->node;
    }
}

/* Shares that do not say what 0 of 0 is: told once, for all of them. */
static void note_shares(struct sema *sema)
{
    struct str names = {0};
    struct span first = SPAN_NONE;
    for (size_t i = 0; i < sema->standard->facts.count; i++) {
        const struct field *field = &sema->standard->facts.items[i]->field;
        if (!field->type.share || field->limits.none_counts || field->limits.none_is_na)
            continue;
        str_format(&names, "%s%s", names.length ? DIAG_NEXT : "", field->name);
        if (!first.source)
            first = field->span;
    }
    if (first.source)
        sema_error(sema, DIAG_SHARE_OF_NOTHING, first, str_text(&names), NULL);
}

static void name_groups(struct sema *sema)
{
    for (size_t i = 0; i < sema->decls.count; i++) {
        if (sema->decls.items[i]->kind != AST_facts)
            continue;
        const struct ast_facts *group = AST(facts, sema->decls.items[i]);
        for (size_t k = 0; k < group->facts.count; k++) {
            struct fact_declaration *fact =
                map_find(&sema->standard->facts_by_name, ast_text(AST(fact, group->facts.items[k])->name));
            if (fact) /* not there where the name was taken */
                fact->group = ast_text(group->label ? group->label : group->name);
        }
    }
}

/* ---- what nothing asked for is lowered all the same, so that its faults are found */

static void try_definition(struct sema *sema, struct entity *entity)
{
    const struct ast_define *define = AST(define, entity->ast);
    struct scope scope = {.sema = sema};
    for (size_t i = 0; i < define->params.count; i++) {
        struct field field;
        struct local *local = MEM_NEW(struct local);
        if (!types_param(sema, AST(param, define->params.items[i]), &field))
            return;
        *local =
            (struct local){.kind = LOCAL_VALUE,
                           .name = field.name,
                           .outer = scope.locals,
                           .value = ir_const(sema->ir, field.type, ir_field_bounds(&field), entity->span)};
        scope.locals = local;
    }
    if (!sema_enter(sema, entity, entity->span))
        return;
    expr_lower(&scope, define->value, NULL);
    sema_leave(sema, entity, NULL);
}

static void lower_rest(struct sema *sema)
{
    for (size_t i = 0; i < sema->entities.count; i++) {
        struct entity *entity = sema->entities.items[i];
        bool used = entity->used;
        if (entity->kind == ENTITY_DEFINITION && AST(define, entity->ast)->params.count) {
            if (!used)
                try_definition(sema, entity);
        } else if (entity->kind == ENTITY_THRESHOLD || entity->kind == ENTITY_DEFINITION) {
            expr_entity(sema, entity, entity->span);
        }
        entity->used = used;
    }
}

/* For those who ask what a name stands for. */
static void list_named(struct sema *sema)
{
    for (size_t i = 0; i < sema->entities.count; i++) {
        const struct entity *entity = sema->entities.items[i];
        struct named_value named = {.name = entity->name, .span = entity->span, .node = entity->node};
        if (entity->kind == ENTITY_THRESHOLD) {
            const struct ast_threshold *ast = AST(threshold, entity->ast);
            named.threshold = true;
            named.label = ast_text(ast->label);
            named.cite = ast_text(ast->cite);
        } else if (entity->kind == ENTITY_DEFINITION) {
            const struct ast_define *ast = AST(define, entity->ast);
            named.label = ast_text(ast->label);
            named.cite = ast_text(ast->cite);
        } else {
            continue;
        }
        vec_push(&sema->standard->named, named);
    }
}

/* For who runs them: nothing else of a standard looks at them. */
static void list_tests(struct sema *sema)
{
    for (size_t i = 0; sema->options->tests && i < sema->decls.count; i++)
        if (sema->decls.items[i]->kind == AST_test)
            vec_push(&sema->options->tests->list, AST(test, sema->decls.items[i]));
}

/* ---- the whole */

static void check_presence(struct sema *sema, const char *path)
{
    if (sema->header || sema->diags->errors)
        return;
    struct span start = {sema->standard->source, 0, 0};
    sema_error(sema, DIAG_STANDARD_MISSING, start, path, NULL);
}

static void analyse(struct sema *sema)
{
    names_collect(sema);
    procedure_collect(sema);
    header_read(sema);
    measures_declare(sema);
    types_collect_scales(sema);
    declare_facts(sema);
    amended_note_repeals(sema);
    type_facts(sema);
    transition_read(sema);
    note_shares(sema);
    name_groups(sema);
    read_settings(sema);
    outcomes_collect(sema);
    parts_collect(sema);
    parts_check_sums(sema);
    parts_lower(sema);
    outcomes_lower(sema);
    procedure_lower(sema);
    lower_rest(sema);
    list_named(sema);
    ladders_check(sema);
    header_check(sema);
    cohort_find_levels(&sema->standard->cohort, sema->ir);
    list_tests(sema);
    cites_add(sema);
}

/* The text of all files, put together. */
static void load(struct sema *sema, const struct source *source)
{
    const struct whole *whole = sema->whole = whole_read(source, NULL, sema->options->instead, sema->diags);
    sema->header = whole->header;
    for (size_t i = 0; i < whole->decls.count; i++)
        vec_push(&sema->decls, whole->decls.items[i]);
    for (size_t i = 0; i < whole->sources.count; i++)
        vec_push(&sema->standard->sources, whole->sources.items[i]);
    /* tests may stand in a file that brings their standard in */
    sema->standard->source = whole->header ? whole->header->node.span.source : source;
    sema->standard->sha256 = whole->sha256;
}

static struct sema *start(const struct compile_options *options, struct diags *diags)
{
    struct sema *sema = MEM_NEW(struct sema);
    sema->options = options;
    sema->diags = diags;
    sema->standard = MEM_NEW(struct standard);
    sema->standard->ir = sema->ir = ir_new();
    sema->total = (struct entity){.kind = ENTITY_TOTAL, .name = "total"};
    sema->subtotal = (struct entity){.kind = ENTITY_SUBTOTAL, .name = "subtotal"};
    sema->grade = (struct entity){.kind = ENTITY_GRADE, .name = "grade"};
    sema->eligible = (struct entity){.kind = ENTITY_ELIGIBLE, .name = "eligible"};
    return sema;
}

const struct standard *compile_text(const struct source *source, const struct compile_options *options,
                                    struct diags *diags)
{
    struct sema *sema = start(options, diags);
    size_t errors = diags->errors, before = diags->list.count;
    load(sema, source);
    misread_note(sema, before);
    check_presence(sema, source->name);
    if (!sema->whole->broken)
        analyse(sema);
    if (options->checked && diags->errors == errors)
        unused_note(sema);
    properties_lower(sema);
    diag_sort(diags);
    if (diags->errors > errors)
        return NULL;
    questions_lower(sema);
    transition_amended(sema);
    if (ir_verify(sema->ir))
        abort();
    return sema->standard;
}

const struct standard *compile_standard(const char *path, const struct compile_options *options,
                                        struct diags *diags)
{
    const struct source *source = file_read(path, SPAN_NONE, diags);
    return source ? compile_text(source, options, diags) : NULL;
}
