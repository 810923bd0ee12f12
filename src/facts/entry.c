/* One entry of a facts file: a fact's value, or the score that an assessor gives. */
#include <string.h>
#include "base/mem.h"
#include "diag/suggest.h"
#include "facts/assembly.h"
#include "facts/write.h"
#include "syntax/keywords.h"

/* ---------------------------------------------------------------- names that stand for nothing */

static const struct part *part_find(const struct assembly *assembly, const char *path)
{
    return map_find(&assembly->standard->parts_by_path, path);
}

static bool is_judged(const struct standard *standard, const struct part *part)
{
    for (size_t i = 0; i < standard->judged.count; i++)
        if (standard->judged.items[i]->criterion == part)
            return true;
    return false;
}

bool assembly_passes_over(const struct assembly *assembly, bool score, const char *path)
{
    const struct standard *standard = assembly->standard, *also = assembly->also;
    if (!also)
        return false;
    if (!score)
        return !map_find(&standard->facts_by_name, path) && map_find(&also->facts_by_name, path);
    return !is_judged(standard, part_find(assembly, path)) &&
           is_judged(also, map_find(&also->parts_by_path, path));
}

const char *assembly_nearest_fact(const struct standard *standard, const char *wanted)
{
    struct suggest names, labels;
    const char *by_label = NULL;
    suggest_start(&names, wanted);
    suggest_start(&labels, wanted);
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct field *field = &standard->facts.items[i]->field;
        suggest_offer(&names, field->name);
        if (field->label) {
            suggest_offer(&labels, field->label);
            by_label = suggest_best(&labels) == field->label ? field->name : by_label;
        }
    }
    return by_label && labels.distance < names.distance ? by_label : suggest_best(&names);
}

static bool tells(const struct assembly *assembly, const struct repealed *repealed, const char *name,
                  struct span span)
{
    if (!repealed)
        return false;
    struct diag *diag = diag_add(assembly->reader.diags, DIAG_REPEALED, span, name, repealed->clause, NULL);
    diag_other(diag, repealed->span, "@repealed_here");
    return true;
}

bool assembly_tells_repeal(const struct assembly *assembly, const char *name, struct span span)
{
    return tells(assembly, map_find(&assembly->standard->repealed_facts, name), name, span);
}

/* The criterion itself, or a section that it stood in. */
static bool tells_repealed_part(const struct assembly *assembly, const char *path, struct span span)
{
    const char *at = path;
    const struct repealed *repealed = map_find(&assembly->standard->repealed_parts, at);
    for (const char *dot; !repealed && (dot = strrchr(at, '.'));) {
        at = mem_text(at, (size_t)(dot - at));
        repealed = map_find(&assembly->standard->repealed_parts, at);
    }
    return tells(assembly, repealed, path, span);
}

/* Where one name alone is near, and no label is. */
static void suggest_fact(const struct standard *standard, struct diag *diag, const char *wanted)
{
    const char *near = assembly_nearest_fact(standard, wanted);
    struct suggest all;
    suggest_start(&all, wanted);
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct field *field = &standard->facts.items[i]->field;
        suggest_offer(&all, field->name);
        if (field->label)
            suggest_offer(&all, field->label);
    }
    bool plain = near && str_equal(write_name(near), near) && str_equal(span_text(diag->span), wanted);
    if (plain && str_equal(near, suggest_best(&all)))
        diag_mend_spelling(diag, diag->span, &all);
    else
        diag_suggest(diag, near);
}

/* `period = 2024`, `unit = 3`: the head of the file has no `=`, and its names stand in quotes. NULL: it is none of it. */
static const char *head_meant(const char *name, const struct ast *value)
{
    const char *word = keyword_canonical(name), *text = span_text(value->span);
    bool quoted = word && (str_equal(word, "standard") || str_equal(word, "unit"));
    if (!quoted && !(word && str_equal(word, "period")))
        return NULL;
    return str_print("%s %s", name, quoted && value->kind != AST_string ? write_string(text) : text);
}

/* What stands between the name and the value. */
static struct span span_of_equals(const struct ast_entry *entry)
{
    struct span span = {entry->path->span.source, entry->path->span.end, entry->value->span.start};
    const char *text = span.source->text;
    span.start += (uint32_t)strspn(text + span.start, " \t");
    while (span.end > span.start && strchr(" \t", text[span.end - 1]))
        span.end--;
    return span;
}

static void report_head(struct diags *diags, const struct ast_entry *entry, const char *meant)
{
    struct span equals = span_of_equals(entry);
    struct diag *diag = diag_add(diags, DIAG_TOO_MUCH, equals, span_text(equals), meant, NULL);
    diag_fix(diag, span_join(entry->path->span, entry->value->span), meant);
}

static void report_unknown_fact(struct assembly *assembly, const struct ast_entry *entry)
{
    const struct ast *path = entry->path;
    const char *wanted = ast_path_text(path);
    const struct part *part = part_find(assembly, wanted);
    struct diags *diags = assembly->reader.diags;
    if (part && is_judged(assembly->standard, part)) {
        struct diag *diag = diag_add(diags, DIAG_FACT_IS_SCORE, path->span, wanted, NULL);
        diag_mend(diag, path->span, str_print("score %s", wanted));
        return;
    }
    const char *head = head_meant(wanted, entry->value);
    if (head)
        report_head(diags, entry, head);
    else if (!assembly_tells_repeal(assembly, wanted, path->span))
        suggest_fact(assembly->standard, diag_add(diags, DIAG_FACT_UNKNOWN, path->span, wanted, NULL),
                     wanted);
}

/* The judged criterion that goes by the last name of the path, or whose path is nearest. */
static const char *nearest_judged(const struct standard *standard, const char *wanted)
{
    struct suggest suggest;
    suggest_start(&suggest, wanted);
    for (size_t i = 0; i < standard->judged.count; i++) {
        const struct part *part = standard->judged.items[i]->criterion;
        if (str_equal(part->name, wanted))
            return part->path;
        suggest_offer(&suggest, part->path);
    }
    return suggest_best(&suggest);
}

static const char *part_word(enum part_kind kind)
{
    switch (kind) {
    case PART_STANDARD: return "@standard";
    case PART_SECTION: return "@section";
    case PART_CRITERION: return "@criterion";
    case PART_BONUS: return "@bonus";
    case PART_PENALTY: return "@penalty";
    }
    return "@section";
}

const struct part *assembly_judged(struct assembly *assembly, const char *wanted, struct span span)
{
    const struct part *part = part_find(assembly, wanted);
    struct diags *diags = assembly->reader.diags;
    struct diag *diag;
    if (!part && tells_repealed_part(assembly, wanted, span))
        return NULL;
    if (!part)
        diag = diag_add(diags, DIAG_SCORE_UNKNOWN, span, wanted, NULL);
    else if (part->kind != PART_CRITERION)
        diag = diag_add(diags, DIAG_SCORE_NOT_CRITERION, span, wanted, part_word(part->kind), NULL);
    else if (!is_judged(assembly->standard, part))
        diag = diag_add(diags, DIAG_SCORE_NOT_JUDGED, span, wanted, NULL);
    else
        return part;
    if (part)
        diag_other(diag, part->span, "@declared_here");
    else
        diag_suggest(diag, nearest_judged(assembly->standard, wanted));
    return NULL;
}

/* ---------------------------------------------------------------- what an entry holds besides its value */

static const char *joined(const char *first, const char *second)
{
    return !first ? second : !second ? first : str_print("%s; %s", first, second);
}

/* Evidence, and the assessor's words. An override without evidence keeps that of the value it replaces. */
static void read_proofs(const struct ast_list *proofs, const struct given *before, struct given *given)
{
    for (size_t i = 0; i < proofs->count; i++) {
        const struct ast_proof *proof = AST(proof, proofs->items[i]);
        const char **to = proof->evidence ? &given->evidence : &given->remark;
        *to = joined(*to, ast_text(proof->text));
        given->sha256 = joined(given->sha256, ast_text(proof->sha256));
    }
    if (!given->evidence) {
        given->evidence = before->evidence;
        given->sha256 = before->sha256;
    }
}

static struct given new_given(const struct assembly *assembly, const struct ast_entry *entry)
{
    return (struct given){
        .span = entry->value->span, .shown = span_text(entry->value->span), .column = assembly->column};
}

enum given_state assembly_state(const struct ast *ast, const struct value *value)
{
    if (reader_is_word(ast, WORD_UNKNOWN))
        return GIVEN_UNKNOWN;
    return value->kind == VALUE_DOCUMENT || value_is_known(value) ? GIVEN_VALUE : GIVEN_UNKNOWN;
}

static void report_twice(struct assembly *assembly, const struct ast_entry *entry, const char *title,
                         const struct ast_entry *first)
{
    struct diag *diag = diag_add(assembly->reader.diags, DIAG_FACT_TWICE, entry->path->span, title, NULL);
    diag_other(diag, first->node.span, "@first_here");
}

/* ---------------------------------------------------------------- facts */

static void read_fact(struct assembly *assembly, const struct ast_entry *entry,
                      const struct fact_declaration *fact)
{
    struct reader *reader = &assembly->reader;
    struct given *kept = &assembly->facts[assembly->column][fact->slot], given = new_given(assembly, entry);
    reader->fact = &fact->field;
    if (assembly->fact_entries[fact->slot]) {
        report_twice(assembly, entry, reader_title(reader), assembly->fact_entries[fact->slot]);
        return;
    }
    assembly->fact_entries[fact->slot] = entry;
    if (!read_value(reader, &fact->field, entry->value, &given.value))
        return;
    given.state = assembly_state(entry->value, &given.value);
    given.has_parts = fact->field.type.share && reader->has_parts;
    given.part = reader->part;
    given.whole = reader->whole;
    read_proofs(&entry->proofs, kept, &given);
    *kept = given;
}

static void fact_entry(struct assembly *assembly, const struct ast_entry *entry)
{
    const struct fact_declaration *fact =
        map_find(&assembly->standard->facts_by_name, ast_path_text(entry->path));
    if (fact)
        read_fact(assembly, entry, fact);
    else
        report_unknown_fact(assembly, entry);
}

/* ---------------------------------------------------------------- scores */

/* Whether the criterion allows the number is for the evaluation to say: that may hang on a branch. */
static bool read_points(struct assembly *assembly, const struct ast_entry *entry, struct given *given)
{
    given->state = GIVEN_UNKNOWN;
    if (reader_is_word(entry->value, WORD_UNKNOWN))
        return true;
    if (entry->value->kind != AST_number) {
        diag_add(assembly->reader.diags, DIAG_SCORE_NOT_NUMBER, entry->value->span, given->shown,
                 ast_path_text(entry->path), NULL);
        return false;
    }
    given->state = GIVEN_VALUE;
    given->value = value_number(AST(number, entry->value)->value);
    return true;
}

/* Into every place where the criterion is judged: an unknown score is what that place allows. */
static void keep_score(struct assembly *assembly, const struct ast_entry *entry, const struct part *part,
                       const struct given *given)
{
    struct given *scores = assembly->scores[assembly->column];
    for (size_t i = 0; i < assembly->standard->judged.count; i++) {
        const struct judged *judged = assembly->standard->judged.items[i];
        if (judged->criterion != part)
            continue;
        struct given kept = *given;
        if (kept.state == GIVEN_UNKNOWN)
            kept.value = judged->node->bounds;
        read_proofs(&entry->proofs, &scores[i], &kept);
        scores[i] = kept;
    }
}

static void score_entry(struct assembly *assembly, const struct ast_entry *entry)
{
    const struct part *part = assembly_judged(assembly, ast_path_text(entry->path), entry->path->span);
    struct given given = new_given(assembly, entry);
    if (!part)
        return;
    const struct ast_entry *first = map_find(&assembly->score_entries, part->path);
    if (first) {
        report_twice(assembly, entry, part->path, first);
        return;
    }
    map_put(&assembly->score_entries, part->path, (void *)entry);
    if (read_points(assembly, entry, &given))
        keep_score(assembly, entry, part, &given);
}

void assembly_entry(struct assembly *assembly, const struct ast *ast)
{
    const struct ast_entry *entry = AST(entry, ast);
    if (assembly_passes_over(assembly, entry->score, ast_path_text(entry->path)))
        return;
    if (entry->score)
        score_entry(assembly, entry);
    else
        fact_entry(assembly, entry);
}
