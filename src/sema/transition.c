#include "sema/transition.h"
#include "base/date.h"
#include "base/io.h"
#include "base/mem.h"
#include "sema/compile.h"
#include "sema/misread.h"
#include "sema/names.h"
#include "syntax/file.h"

/* ---- the line */

static const struct ast_h_transition *line_of(const struct sema *sema)
{
    const struct ast_list *lines = sema->header ? &sema->header->headers : NULL;
    for (size_t i = 0; lines && i < lines->count; i++)
        if (lines->items[i]->kind == AST_h_transition)
            return AST(h_transition, lines->items[i]);
    return NULL;
}

/* NULL, and a message: there is no such fact, or it is no date. */
static const struct fact_declaration *day_fact(struct sema *sema, const struct ast *name)
{
    struct entity *entity = names_entity(sema, ast_text(name));
    if (!entity || entity->kind != ENTITY_FACT) {
        names_report_kind(sema, DIAG_TRANSITION_NO_DATE, ENTITY_FACT, ast_text(name), name->span);
        return NULL;
    }
    entity->used = true;
    if (entity->fact->field.type.kind == TYPE_DATE)
        return entity->fact;
    if (entity->node) /* else its type is told to be wrong already */
        diag_other(sema_error(sema, DIAG_TRANSITION_NO_DATE, name->span, ast_text(name), NULL), entity->span,
                   "@declared_here");
    return NULL;
}

static void check_days(struct sema *sema, const struct transition *transition)
{
    const struct standard *standard = sema->standard;
    if (standard->has_issued && transition->until < standard->issued && !misread_in(sema, transition->span))
        sema_error(sema, DIAG_TRANSITION_BEFORE_ISSUE, transition->span, date_text(transition->until),
                   date_text(standard->issued));
}

void transition_read(struct sema *sema)
{
    const struct ast_h_transition *line = line_of(sema);
    struct transition *transition = &sema->standard->transition;
    if (!line)
        return;
    *transition = (struct transition){.declared = true,
                                      .span = line->node.span,
                                      .until = AST(date, line->until)->day,
                                      .cite = ast_text(line->cite)};
    if (line->by)
        transition->by = day_fact(sema, line->by);
    const struct ast *amends = sema->whole->amends;
    if (!amends) {
        sema_error(sema, DIAG_TRANSITION_OF_NOTHING, span_first_word(line->node.span), NULL, NULL);
        return;
    }
    transition->file = io_join(amends->span.source->name, ast_text(amends));
    check_days(sema, transition);
}

/* ---- the edition that is amended */

/* As it was read for this one: the text may be another than that of the file of its name. */
static const struct source *amended_source(const struct sema *sema, const char *path, struct diags *diags)
{
    for (size_t i = 0; i < sema->whole->sources.count; i++)
        if (str_equal(sema->whole->sources.items[i]->name, path))
            return sema->whole->sources.items[i];
    return file_read(path, SPAN_NONE, diags);
}

static bool has_threshold(const struct standard *standard, const char *name)
{
    for (size_t i = 0; i < standard->named.count; i++)
        if (standard->named.items[i].threshold && str_equal(standard->named.items[i].name, name))
            return true;
    return false;
}

void transition_amended(struct sema *sema)
{
    struct diags unheard = {0};
    const struct compile_options *given = sema->options;
    struct compile_options options = {.instead = given->instead};
    struct compile_setting *settings = MEM_ARRAY(struct compile_setting, given->setting_count + 1);
    if (!sema->standard->transition.declared)
        return;
    const struct source *source = amended_source(sema, sema->standard->transition.file, &unheard);
    const struct standard *amended = source ? compile_text(source, &options, &unheard) : NULL;
    for (size_t i = 0; amended && i < given->setting_count; i++)
        if (has_threshold(amended, given->settings[i].name))
            settings[options.setting_count++] = given->settings[i];
    options.settings = settings;
    if (options.setting_count)
        amended = compile_text(source, &options, &unheard);
    sema->standard->transition.amended = amended;
}
