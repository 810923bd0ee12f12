/* Lines that change something become steps. */
#include "cli/repl/edit.h"
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "cli/named.h"
#include "cli/repl/called.h"
#include "cli/repl/words.h"
#include "facts/change.h"
#include "syntax/keywords.h"
#include "syntax/parse.h"

const char *edit_text(struct span span)
{
    return mem_text(span.source->text + span.start, span.end - span.start);
}

static struct scenario_step *new_step(enum scenario_kind kind, const struct source *line)
{
    struct scenario_step *step = MEM_NEW(struct scenario_step);
    step->kind = kind;
    step->typed = span_text((struct span){line, 0, (uint32_t)line->length});
    return step;
}

static const struct named_value *threshold_find(const struct repl *repl, const char *name)
{
    for (size_t i = 0; i < repl->standard->named.count; i++) {
        const struct named_value *named = &repl->standard->named.items[i];
        if (named->threshold && str_equal(named->name, name)) {
            return named;
        }
    }
    return NULL;
}

static struct change_place place_of(const struct repl *repl, const struct scenario *scenario)
{
    return (struct change_place){repl->standard, scenario_unit(scenario), session_column(repl, scenario)};
}

/* ---------------------------------------------------------------- set */

/* What stood behind the value in the file stands behind the new one, even if the value was withdrawn in between. */
static void keep_evidence(const struct unit *loaded, size_t column, struct entered *entry)
{
    const struct given *file = &(entry->score ? loaded->scores : loaded->facts)[column][entry->slot];
    if (entry->given.state == GIVEN_VALUE && entry->given.evidence == NULL) {
        entry->given.evidence = file->evidence;
        entry->given.sha256 = file->sha256;
    }
}

static void keep_change(struct scenario_step *step, const struct unit *loaded,
                        const struct fact_change *change, size_t column)
{
    step->name = change->name;
    step->score = change->score;
    step->column = column;
    for (size_t i = 0; i < change->entries.count; i++) {
        struct entered entry = change->entries.items[i];
        keep_evidence(loaded, column, &entry);
        vec_push(&step->entries, entry);
    }
}

/* The value with what stands behind it. */
static struct span span_of_value(const struct ast_entry *entry)
{
    struct span span = entry->value->span;
    return entry->proofs.count > 0 ? span_join(span, entry->proofs.items[entry->proofs.count - 1]->span)
                                   : span;
}

static const struct scenario_step *set_entry(const struct repl *repl, const struct scenario *scenario,
                                             size_t column, const struct source *line, const struct ast *ast,
                                             struct diags *diags)
{
    struct change_place place = {repl->standard, scenario_unit(scenario), column};
    struct scenario_step *step = new_step(STEP_ENTER, line);
    struct fact_change change;
    if (!change_enter(&place, ast, diags, &change)) {
        return NULL;
    }
    step->span = span_of_value(AST(entry, ast));
    step->text = edit_text(step->span);
    step->value = edit_text(AST(entry, ast)->value->span);
    step->has_proofs = AST(entry, ast)->proofs.count > 0;
    keep_change(step, repl->unit, &change, place.column);
    return step;
}

static const struct scenario_step *set_threshold(const struct source *line, const char *name,
                                                 const struct ast *value)
{
    struct scenario_step *step = new_step(STEP_SETTING, line);
    step->name = name;
    step->span = value->span;
    step->text = edit_text(value->span);
    return step;
}

/* `18 out of 19` is written `18 of 19`. */
static void suggest_of(const struct source *line, struct diags *diags)
{
    static const char out[] = " out of ";
    const char *at = line != NULL ? strstr(line->text, out) : NULL;
    if (at != NULL && diags->list.count > 0) {
        diag_suggest(
            diags->list.items[0],
            str_print("%s of %s", mem_text(line->text, (size_t)(at - line->text)), at + sizeof out - 1));
    }
}

/* What is no fact may be a threshold that was misspelt. */
static void suggest_threshold(const struct repl *repl, const char *name, struct diags *diags)
{
    for (size_t i = 0; i < diags->list.count; i++) {
        struct diag *diag = diags->list.items[i];
        if (diag->code == DIAG_FACT_UNKNOWN && diag->suggestion == NULL) {
            diag_suggest(diag, named_nearest(repl->standard, NAMED_THRESHOLD, name));
        }
    }
}

const struct scenario_step *edit_set(const struct repl *repl, const struct scenario *scenario,
                                     const struct source *line, struct diags *diags)
{
    return edit_set_in(repl, scenario, session_column(repl, scenario), line, diags);
}

const struct scenario_step *edit_set_in(const struct repl *repl, const struct scenario *scenario,
                                        size_t column, const struct source *line, struct diags *diags)
{
    line = called_set(repl, line, diags);
    const struct ast *ast = line != NULL ? parse_line(line, diags) : NULL;
    if (ast == NULL || diags->errors > 0) {
        suggest_of(line, diags);
        return NULL;
    }
    if (ast->kind == AST_setting) {
        return set_threshold(line, ast_text(AST(setting, ast)->name), AST(setting, ast)->value);
    }
    const struct ast *written = AST(repl_set, ast)->entry;
    const struct ast_entry *entry = AST(entry, written);
    const char *name = ast_path_text(entry->path);
    bool fact = map_find(&repl->standard->facts_by_name, name) != NULL;
    if (!entry->score && !fact && threshold_find(repl, name) != NULL) {
        return set_threshold(line, name, entry->value);
    }
    const struct scenario_step *step = set_entry(repl, scenario, column, line, written, diags);
    if (step == NULL && !entry->score) {
        suggest_threshold(repl, name, diags);
    }
    return step;
}

/* ---------------------------------------------------------------- unset */

static bool is_keyword(const char *word, const char *wanted)
{
    return str_equal(keyword_canonical(word), wanted);
}

/* What the rules or the call say holds again. */
static const struct scenario_step *unset_threshold(const struct repl *repl, const struct scenario *scenario,
                                                   const struct repl_input *input, const char *name,
                                                   struct diags *diags)
{
    (void)repl;
    const struct scenario_step *last = scenario_last(scenario, STEP_SETTING, name);
    if (last == NULL || last->text == NULL) {
        diag_add(diags, DIAG_REPL_NOT_SET, SPAN_NONE, name, NULL);
        return NULL;
    }
    struct scenario_step *step = new_step(STEP_SETTING, input->source);
    step->name = name;
    return step;
}

const struct scenario_step *edit_unset(const struct repl *repl, const struct scenario *scenario,
                                       const struct repl_input *input, struct diags *diags)
{
    const char *first = words_at(input->rest, 0), *second = words_at(input->rest, 1);
    bool threshold = second != NULL && is_keyword(first, "threshold"),
         score = second != NULL && is_keyword(first, "score");
    size_t start = threshold || score ? words_skip(input->rest, words_end(input->rest, 0)) : 0;
    unsigned kinds = threshold ? NAMED_THRESHOLD : score ? NAMED_SCORE : NAMED_FACT | NAMED_THRESHOLD;
    const char *name = called_name(repl, kinds, input->rest + start, diags);
    if (name == NULL) {
        return NULL;
    }
    bool fact = map_find(&repl->standard->facts_by_name, name) != NULL;
    if (threshold || (!score && !fact && threshold_find(repl, name) != NULL)) {
        return unset_threshold(repl, scenario, input, name, diags);
    }
    struct change_place place = place_of(repl, scenario);
    struct scenario_step *step = new_step(STEP_ENTER, input->source);
    struct fact_change change;
    if (!change_withdraw(&place, score, name, input->span, diags, &change)) {
        return NULL;
    }
    step->span = input->span;
    keep_change(step, repl->unit, &change, place.column);
    return step;
}

/* ---------------------------------------------------------------- again */

static const struct scenario_step *enter_again(const struct repl *repl, const struct scenario *scenario,
                                               const struct scenario_step *step, struct diags *diags)
{
    struct change_place place = {repl->standard, scenario_unit(scenario), step->column};
    struct scenario_step *again = MEM_NEW(struct scenario_step);
    struct fact_change change;
    const struct source *line = step->span.source;
    *again = *step;
    again->entries.count = again->entries.room = 0;
    again->entries.items = NULL;
    if (step->text == NULL) {
        bool done = change_withdraw(&place, step->score, step->name, step->span, diags, &change);
        keep_change(again, repl->unit, &change, step->column);
        return done ? again : NULL;
    }
    const struct ast *ast = parse_line(line, diags);
    if (ast == NULL || diags->errors > 0 ||
        !change_enter(&place, AST(repl_set, ast)->entry, diags, &change)) {
        return NULL;
    }
    keep_change(again, repl->unit, &change, step->column);
    return again;
}

const struct scenario_step *edit_again(const struct repl *repl, const struct scenario *scenario,
                                       const struct scenario_step *step, struct diags *diags)
{
    switch (step->kind) {
    case STEP_ENTER:
        return step->column < repl->standard->columns.count ? enter_again(repl, scenario, step, diags) : NULL;
    case STEP_SETTING:
    case STEP_DAY:
    case STEP_RESET: return step;
    case STEP_COLUMN: break;
    }
    size_t column = standards_column(repl->standard, step->name);
    struct scenario_step *again = MEM_NEW(struct scenario_step);
    *again = *step;
    again->column = column;
    return column < repl->standard->columns.count ? again : NULL;
}
