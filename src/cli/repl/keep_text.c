/* The text of a facts file that gives a unit as it was changed. */
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "cli/repl/edit.h"
#include "cli/repl/keep.h"
#include "cli/repl/patch.h"
#include "facts/write.h"
#include "syntax/ast.h"
#include "syntax/keywords.h"

static const char *word(const struct repl *repl, const char *english)
{
    return keyword_in(english, repl->cli->lang);
}

static const struct unit *unit_now(const struct repl *repl)
{
    return repl->now.view.evaluation->unit;
}

/* ---------------------------------------------------------------- one entry */

const struct scenario_step *keep_step(const struct repl *repl, const struct changed_entry *entry)
{
    struct scenario_steps steps = scenario_steps(session_scenario(repl));
    const char *name = changed_name(repl->standard, entry);
    size_t column = entry->after->column < entry->column ? entry->after->column : entry->column;
    for (size_t i = steps.list.count; i-- > 0;) {
        const struct scenario_step *step = steps.list.items[i];
        if (step->kind == STEP_ENTER && step->score == entry->score && step->column == column &&
            str_equal(step->name, name)) {
            return step;
        }
    }
    return NULL;
}

/* Nothing is written of what was taken out of the first column. */
static bool is_withdrawn(const struct scenario_step *step)
{
    return step == NULL || (step->text == NULL && step->column == 0);
}

/* What the entry itself has to name: an earlier column's evidence stands behind it anyway. NULL: none. */
static const char *own_evidence(const struct repl *repl, const struct changed_entry *entry)
{
    const struct unit *unit = unit_now(repl);
    const char *evidence = entry->after->evidence;
    if (entry->column == 0) {
        return evidence;
    }
    const struct given *earlier =
        &(entry->score ? unit->scores : unit->facts)[entry->column - 1][entry->slot];
    return str_equal(evidence, earlier->evidence) ? NULL : evidence;
}

/* As it was typed, where that names all the evidence that stands behind it; else the value with what does. */
static const char *text_of(const struct repl *repl, const struct changed_entry *entry,
                           const struct scenario_step *step)
{
    if (step->text == NULL) {
        return word(repl, "unknown");
    }
    const char *evidence = own_evidence(repl, entry);
    bool named = evidence == NULL || (step->has_proofs && strstr(step->text, write_string(evidence)) != NULL);
    return named ? step->text : str_print("%s%s", step->value, write_proofs(entry->after));
}

static const char *head_of(const struct repl *repl, const struct changed_entry *entry)
{
    const char *name = changed_name(repl->standard, entry);
    return entry->score ? str_print("%s %s", word(repl, "score"), write_path(name)) : write_name(name);
}

const char *keep_line(const struct repl *repl, const struct changed_entry *entry)
{
    return str_print("%s = %s", head_of(repl, entry), text_of(repl, entry, keep_step(repl, entry)));
}

static bool has_entry(const struct changed_entries *entries, const struct changed_entry *wanted)
{
    for (size_t i = 0; i < entries->list.count; i++) {
        const struct changed_entry *entry = &entries->list.items[i];
        if (entry->score == wanted->score && entry->slot == wanted->slot && entry->column == wanted->column) {
            return true;
        }
    }
    return false;
}

/* Each in the column in which it was entered: a later one that took it over may be the only one that counted it as unproven. */
static struct changed_entries entries_of(const struct repl *repl)
{
    struct changed_entries changed = changed_find(repl->standard, repl->unit, unit_now(repl)), entered = {0};
    for (size_t i = 0; i < changed.list.count; i++) {
        struct changed_entry entry = changed.list.items[i];
        const struct unit *was = repl->unit, *is = unit_now(repl);
        size_t column = entry.after->column;
        if (keep_step(repl, &entry) != NULL && column < entry.column) {
            entry.column = column;
            entry.before = &(entry.score ? was->scores : was->facts)[column][entry.slot];
            entry.after = &(entry.score ? is->scores : is->facts)[column][entry.slot];
        }
        if (!has_entry(&entered, &entry)) {
            vec_push(&entered.list, entry);
        }
    }
    return entered;
}

void keep_reviews(const struct repl *repl, struct str *out, size_t first, size_t last)
{
    struct changed_entries changed = entries_of(repl);
    const struct evaluation *evaluation = repl->now.view.evaluation;
    const char *day = date_text(evaluation->has_on ? evaluation->on : 0);
    for (size_t column = first; column <= last; column++) {
        str_format(out, "\n%s %s %s %s %s {\n", word(repl, "review"), word(repl, "by"),
                   write_string(say(SAY_SAVE_REVIEWER, repl->cli->lang)), word(repl, "on"), day);
        for (size_t i = 0; i < changed.list.count; i++) {
            if (changed.list.items[i].column == column) {
                str_format(out, "  %s\n", keep_line(repl, &changed.list.items[i]));
            }
        }
        str_add(out, "}\n");
    }
}

/* ---------------------------------------------------------------- the loaded file, changed */

struct editing {
    const struct repl *repl;
    const struct ast_list *lines;
    struct patch patch;
    struct str tail;    /* new lines at the end of the file */
    size_t last_column; /* reviews that are missing are needed up to this one */
};

/* The k-th review; NULL. */
static const struct ast *review_at(const struct editing *it, size_t column)
{
    for (size_t i = 0; i < it->lines->count; i++) {
        if (it->lines->items[i]->kind == AST_review && --column == 0) {
            return it->lines->items[i];
        }
    }
    return NULL;
}

static const struct ast *entry_in(const struct ast_list *lines, bool score, const char *name)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct ast *line = lines->items[i];
        if (line->kind == AST_entry && (bool)AST(entry, line)->score == score &&
            str_equal(ast_path_text(AST(entry, line)->path), name)) {
            return line;
        }
    }
    return NULL;
}

/* The entry as the file has it; NULL: it has none in this column. */
static const struct ast *written_entry(const struct editing *it, const struct changed_entry *entry)
{
    const struct ast *review = entry->column > 0 ? review_at(it, entry->column) : NULL;
    const struct ast_list *lines = entry->column == 0 ? it->lines
                                   : review != NULL   ? &AST(review, review)->entries
                                                      : NULL;
    return lines != NULL ? entry_in(lines, entry->score, changed_name(it->repl->standard, entry)) : NULL;
}

static void add_line(struct editing *it, const struct changed_entry *entry)
{
    const char *line = keep_line(it->repl, entry);
    const struct ast *review = entry->column > 0 ? review_at(it, entry->column) : NULL;
    if (entry->column == 0) {
        str_format(&it->tail, "%s\n", line);
    } else if (review == NULL) {
        it->last_column = entry->column > it->last_column ? entry->column : it->last_column;
    } else {
        uint32_t brace = review->span.end - 1, start = patch_line_start(&it->patch, brace);
        bool alone = start + strspn(it->patch.source->text + start, " \t") == brace;
        patch_insert(&it->patch, alone ? start : brace, str_print(alone ? "  %s\n" : "\n  %s\n", line));
    }
}

/* Does what the file says behind the value hold of the new one? A remark was made on the old. */
static bool keeps_proofs(const struct editing *it, const struct changed_entry *entry,
                         const struct scenario_step *step, const struct ast_entry *written)
{
    const char *evidence = own_evidence(it->repl, entry);
    bool named = evidence == NULL;
    for (size_t i = 0; i < written->proofs.count; i++) {
        const struct ast_proof *proof = AST(proof, written->proofs.items[i]);
        if (!proof->evidence) {
            return false;
        }
        named = named || written->proofs.count > 1 || str_equal(ast_text(proof->text), evidence);
    }
    return named && !step->has_proofs;
}

static void change_entry(struct editing *it, const struct changed_entry *entry)
{
    const struct scenario_step *step = keep_step(it->repl, entry);
    const struct ast *ast = written_entry(it, entry);
    if (is_withdrawn(step)) {
        if (ast != NULL) {
            patch_comment_out(&it->patch, ast->span);
        }
    } else if (ast == NULL) {
        add_line(it, entry);
    } else {
        struct span span = AST(entry, ast)->value->span;
        bool kept = keeps_proofs(it, entry, step, AST(entry, ast));
        span.end = kept ? span.end : ast->span.end;
        patch_replace(&it->patch, span,
                      kept && step->text != NULL ? step->text : text_of(it->repl, entry, step));
    }
}

/* ---------------------------------------------------------------- the lines before the entries */

static const struct ast *line_of(const struct editing *it, enum ast_kind kind)
{
    for (size_t i = 0; i < it->lines->count; i++) {
        if (it->lines->items[i]->kind == kind) {
            return it->lines->items[i];
        }
    }
    return NULL;
}

static void change_day(struct editing *it)
{
    const struct scenario_step *step = scenario_last(session_scenario(it->repl), STEP_DAY, NULL);
    const struct ast *line = line_of(it, AST_f_as_of), *standard = line_of(it, AST_f_standard);
    if (step == NULL) {
        return;
    }
    const char *day = date_text(step->day);
    if (line != NULL) {
        patch_replace(&it->patch, AST(f_as_of, line)->date->span, day);
    } else if (standard != NULL) {
        uint32_t end = patch_line_end(&it->patch, standard->span.end);
        patch_insert(&it->patch, end, str_print("\n%s %s", word(it->repl, "as of"), day));
    } else {
        str_format(&it->tail, "%s %s\n", word(it->repl, "as of"), day);
    }
}

/* In another folder the standard goes by another path. */
static void change_standard(struct editing *it, const char *path)
{
    const struct ast *line = line_of(it, AST_f_standard);
    bool moved = !str_equal(io_real_path(io_folder(path)), io_real_path(io_folder(it->repl->path)));
    if (line != NULL && moved) {
        const char *named = io_join(it->repl->path, ast_text(AST(f_standard, line)->file));
        patch_replace(&it->patch, AST(f_standard, line)->file->span, write_string(io_relative(path, named)));
    }
}

const char *keep_edited(const struct repl *repl, const char *path)
{
    struct changed_entries changed = entries_of(repl);
    struct editing it = {
        .repl = repl, .lines = &AST(facts_file, repl->file->tree)->lines, .patch.source = repl->file->source};
    change_standard(&it, path);
    change_day(&it);
    for (size_t i = 0; i < changed.list.count; i++) {
        change_entry(&it, &changed.list.items[i]);
    }
    size_t reviews = 0;
    while (review_at(&it, reviews + 1) != NULL) {
        reviews++;
    }
    if (it.last_column > reviews) {
        keep_reviews(repl, &it.tail, reviews + 1, it.last_column);
    }
    uint32_t end = (uint32_t)it.patch.source->length;
    bool closed = end == 0 || it.patch.source->text[end - 1] == '\n';
    if (it.tail.length > 0) {
        patch_insert(&it.patch, end, str_print("%s%s", closed ? "" : "\n", str_text(&it.tail)));
    }
    return patch_text(&it.patch);
}

/* ---------------------------------------------------------------- made anew */

static void write_head(const struct repl *repl, struct str *out, const char *path)
{
    const struct unit *unit = repl->unit;
    const struct scenario_step *day = scenario_last(session_scenario(repl), STEP_DAY, NULL);
    if (repl->path != NULL) {
        str_format(out, "%s %s %s\n", word(repl, "unit"), write_name(unit->id),
                   write_string(unit->label != NULL ? unit->label : unit->id));
    }
    str_format(out, "%s %s\n", word(repl, "standard"), write_string(io_relative(path, repl->rules)));
    if (day != NULL || unit->has_as_of) {
        str_format(out, "%s %s\n", word(repl, "as of"), date_text(day != NULL ? day->day : unit->as_of));
    }
    str_add_char(out, '\n');
}

static void write_entry(const struct repl *repl, struct str *out, bool score, size_t slot)
{
    const struct given *given = score ? &unit_now(repl)->scores[0][slot] : &unit_now(repl)->facts[0][slot];
    struct changed_entry entry = {score, slot, 0, given, given};
    const struct scenario_step *step = keep_step(repl, &entry);
    if (given->state == GIVEN_NOTHING || given->state == GIVEN_ASSUMED) {
        return;
    }
    if (step != NULL && step->text != NULL) {
        str_format(out, "%s\n", keep_line(repl, &entry));
        return;
    }
    const char *value = score ? given->shown : write_cell(&repl->standard->facts.items[slot]->field, given);
    str_format(out, "%s = %s%s\n", head_of(repl, &entry), value, write_proofs(given));
}

static const char *ruling_word(const struct repl *repl, enum ruling ruling)
{
    switch (ruling) {
    case RULING_APPROVED: return word(repl, "approved");
    case RULING_REJECTED: return word(repl, "rejected");
    case RULING_RETURNED: return word(repl, "returned");
    }
    return "";
}

static void write_decision(const struct repl *repl, struct str *out, const struct decision *decision)
{
    const struct standard *standard = repl->standard;
    const char *by = decision->by == AUTHORITY_UNIT
                         ? word(repl, "unit")
                         : write_name(standard->authorities.items[decision->by].name);
    str_format(out, "%s %s %s %s %s %s %s%s%s\n", word(repl, "decision"),
               write_name(standard->stages.items[decision->stage]->name), ruling_word(repl, decision->ruling),
               word(repl, "on"), date_text(decision->on), word(repl, "by"), by,
               decision->remark != NULL ? " " : "",
               decision->remark != NULL ? write_string(decision->remark) : "");
}

const char *keep_whole(const struct repl *repl, const char *path)
{
    struct str out = {0};
    struct changed_entries changed = entries_of(repl);
    size_t last = 0;
    write_head(repl, &out, path);
    for (size_t i = 0; i < repl->standard->facts.count; i++) {
        write_entry(repl, &out, false, i);
    }
    for (size_t i = 0; i < repl->standard->judged.count; i++) {
        if (unit_is_first_score(repl->standard, i)) {
            write_entry(repl, &out, true, i);
        }
    }
    for (size_t i = 0; i < repl->unit->decision_count; i++) {
        write_decision(repl, &out, &repl->unit->decisions[i]);
    }
    for (size_t i = 0; i < changed.list.count; i++) {
        last = changed.list.items[i].column > last ? changed.list.items[i].column : last;
    }
    if (last > 0) {
        keep_reviews(repl, &out, 1, last);
    }
    return str_text(&out);
}
