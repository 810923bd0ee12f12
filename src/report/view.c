#include "report/view.h"
#include <string.h>
#include "base/mem.h"
#include "report/page.h"
#include "report/say.h"

enum { WORDS_CELLS = 60 };

const struct value *view_value(const struct view *view, const struct ir_node *node)
{
    return evaluation_value(view->evaluation, view->context, node);
}

bool view_exact(const struct view *view, const struct ir_node *node)
{
    return evaluation_exact(view->evaluation, view->context, node);
}

bool view_is_mixed(const struct view *view)
{
    return view->context >= view->evaluation->unit->columns;
}

/* Whose facts are read: of the mix, the last. */
static size_t view_column(const struct view *view)
{
    return view_is_mixed(view) ? view->evaluation->unit->columns - 1 : view->context;
}

const struct given *view_fact(const struct view *view, size_t slot)
{
    return &view->evaluation->unit->facts[view_column(view)][slot];
}

const struct given *view_score(const struct view *view, size_t slot)
{
    return &view->evaluation->unit->scores[view_column(view)][slot];
}

struct view view_in(const struct view *view, size_t context)
{
    struct view other = *view;
    other.context = context;
    return other;
}

/* ---------------------------------------------------------------- names */

static const char *label_or(const char *label, const char *name)
{
    return label != NULL && *label != '\0' ? label : name;
}

const char *view_part_name(const struct part *part)
{
    return label_or(part->label, part->name);
}

const char *view_fact_name(const struct view *view, size_t slot)
{
    const struct field *field = &view->evaluation->standard->facts.items[slot]->field;
    return label_or(field->label, field->name);
}

const char *view_fact_key(const struct view *view, size_t slot)
{
    return view->evaluation->standard->facts.items[slot]->field.name;
}

const char *view_setting_name(const struct view *view, size_t slot)
{
    const struct setting *setting = &view->evaluation->standard->settings.items[slot];
    return label_or(setting->label, setting->name);
}

const char *view_setting_key(const struct view *view, size_t slot)
{
    const char *name = view->evaluation->standard->settings.items[slot].name;
    return !view->prompt           ? str_print("--set %s=…", name)
           : view->lang == LANG_ZH ? str_print("设 达标线 %s = …", name)
                                   : str_print("set threshold %s = …", name);
}

const char *view_column_name(const struct view *view, size_t context)
{
    const struct standard *standard = view->evaluation->standard;
    if (context >= standard->columns.count) {
        return NULL;
    }
    const struct column *column = &standard->columns.items[context];
    return label_or(column->label, column->name);
}

const char *view_place(struct span span)
{
    if (span.source == NULL) {
        return "";
    }
    bool typed = span.source->name[0] == '<'; /* a line at the prompt */
    return typed ? span.source->name : str_print("%s:%zu", span.source->name, source_line(span));
}

const char *view_words(struct span span, size_t cells)
{
    const char *words = span_text(span), *brace = strchr(words, '{');
    const char *wide = strstr(words, "｛");
    if (brace == NULL || (wide != NULL && wide < brace)) {
        brace = wide;
    }
    size_t length = brace != NULL ? (size_t)(brace - words) : strlen(words);
    while (length > 0 && words[length - 1] == ' ') {
        length--;
    }
    return length > 0 ? page_cut(mem_text(words, length), cells) : page_cut(words, cells);
}

struct num view_worth(const struct standard *standard, const struct part *part)
{
    bool top = part->parent == NULL || part->parent->kind == PART_STANDARD;
    return num_mul(part->weight, top ? standard->offered : part->parent->cap);
}

bool view_is_fault_part(const struct part *part)
{
    for (const struct part *at = part; at != NULL; at = at->parent) {
        if (at->kind == PART_PENALTY || at->better_lower) {
            return true;
        }
    }
    return false;
}

/* ---------------------------------------------------------------- what is open */

static bool is_open_fact(const struct view *view, size_t slot)
{
    const struct given *given = view_fact(view, slot);
    return given->state != GIVEN_ASSUMED && !value_is_known(&given->value);
}

static void add_open_facts(const struct view *view, const struct ir_node *node, struct view_open *open)
{
    struct read_facts reads = evaluation_reads(view->evaluation, view->context, node);
    for (size_t i = 0; i < reads.count; i++) {
        const char *name = view_fact_name(view, reads.slots[i]);
        if (view_fact(view, reads.slots[i])->state == GIVEN_UNPROVEN) {
            vec_push(&open->unproven, name);
        } else if (is_open_fact(view, reads.slots[i])) {
            vec_push(&open->names, name);
        }
    }
}

static void mark(bool *under, const struct ir_node *node)
{
    if (node != NULL) {
        under[node->id] = true;
    }
}

static void mark_inputs(bool *under, const struct ir_node *node)
{
    for (size_t i = 0; i < node->arg_count; i++) {
        mark(under, node->args[i]);
    }
    if (node->op == IR_BAG_OF) {
        mark(under, node->block->presence);
        mark(under, node->block->value);
        mark(under, node->block->key);
    }
}

/* The nodes that `node` is computed from, by id; what a node needs stands before it. `within`: those that stand alone are not gone into. */
static bool *nodes_under(const struct view *view, const struct ir_node *node, bool within)
{
    const struct ir *ir = view->evaluation->standard->ir;
    bool *under = mem_alloc_plain(ir->nodes.count * sizeof *under);
    under[node->id] = true;
    for (size_t id = node->id + 1u; id-- > 0;) {
        bool entered =
            !within || id == node->id || !under[id] || !view_stands_alone(view, ir->nodes.items[id]);
        if (under[id] && entered) {
            mark_inputs(under, ir->nodes.items[id]);
        }
    }
    return under;
}

static bool is_result_of(const struct part *part, const struct ir_node *node)
{
    return part->kind != PART_STANDARD && (node == part->score || node == part->due || node == part->rate);
}

static bool is_of_outcome(const struct standard *standard, const struct ir_node *node)
{
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->kind == OUTCOME_QUALIFIES && (node == outcome->holds || node == outcome->when)) {
            return true;
        }
    }
    return false;
}

bool view_stands_alone(const struct view *view, const struct ir_node *node)
{
    const struct standard *standard = view->evaluation->standard;
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        if (is_result_of(standard->parts_by_path.entries[i].value, node)) {
            return true;
        }
    }
    return node == standard->subtotal || node == standard->total_node || node == standard->grade ||
           node == standard->eligible || is_of_outcome(standard, node);
}

struct read_facts view_reads(const struct view *view, const struct ir_node *node)
{
    const struct standard *standard = view->evaluation->standard;
    struct read_facts all = evaluation_reads(view->evaluation, view->context, node);
    const bool *under = nodes_under(view, node, true);
    size_t *slots = mem_alloc_plain((all.count + 1) * sizeof *slots);
    struct read_facts direct = {slots, 0};
    for (size_t i = 0; i < all.count; i++) {
        if (under[standard->facts.items[all.slots[i]]->node->id]) {
            slots[direct.count++] = all.slots[i];
        }
    }
    return direct;
}

/* ---------------------------------------------------------------- figures of the cohort */

bool view_is_figure(const struct view *view, const struct ir_node *node)
{
    return cohort_figure(&view->evaluation->standard->cohort, node) != NULL;
}

struct read_figures view_figures(const struct view *view, const struct ir_node *node)
{
    struct read_figures all = evaluation_figures(view->evaluation, view->context, node);
    size_t *places = mem_alloc_plain((all.count + 1) * sizeof *places);
    struct read_figures direct = {places, 0};
    if (all.count == 0) {
        return direct;
    }
    const struct cohort_reads *reads = &view->evaluation->standard->cohort;
    const bool *under = nodes_under(view, node, true);
    for (size_t i = 0; i < all.count; i++) {
        if (under[reads->figures.items[all.places[i]].node->id]) {
            places[direct.count++] = all.places[i];
        }
    }
    return direct;
}

/* Which inputs a figure is worked out from. */
static bool rests_on(const struct cohort_figure *figure, const struct cohort_input *input)
{
    bool mean = figure->fold == COHORT_MEAN && (input->fold == COHORT_SUM || input->fold == COHORT_COUNT);
    return input->operand == figure->operand && (mean || input->fold == figure->fold);
}

/* Nothing is known of the other units, or not enough. */
static bool view_figure_is_open(const struct view *view, const struct cohort_figure *figure)
{
    const struct cohort_reads *reads = &view->evaluation->standard->cohort;
    for (size_t i = 0; i < reads->inputs.count; i++) {
        const struct cohort_input *input = &reads->inputs.items[i];
        if (rests_on(figure, input) && !value_is_known(view_value(view, input->node))) {
            return true;
        }
    }
    return false;
}

const char *view_units(const struct view *view)
{
    const struct others *others = view->evaluation->others;
    return others == NULL ? say(SAY_OTHERS_UNKNOWN, view->lang)
                          : say_with(SAY_OF_UNITS, view->lang, str_print("%zu", others->units), NULL);
}

static bool decides(const struct view *view, enum deciding_kind kind, long slot)
{
    const struct evaluation *evaluation = view->evaluation;
    for (size_t i = 0; i < evaluation->deciding_count; i++) {
        if (evaluation->deciding[i].kind == kind && (long)evaluation->deciding[i].slot == slot) {
            return true;
        }
    }
    return false;
}

static const char *open_name(const struct view *view, const struct ir_node *node)
{
    if (node->op == IR_SETTING && decides(view, DECIDES_SETTING, node->index)) {
        return view_setting_name(view, (size_t)node->index);
    }
    if (node->op == IR_JUDGED && decides(view, DECIDES_SCORE, node->index)) {
        return say(SAY_ASSESSORS_SCORE, view->lang);
    }
    const struct cohort_figure *figure = cohort_figure(&view->evaluation->standard->cohort, node);
    bool open =
        figure != NULL && !value_is_known(view_value(view, node)) && view_figure_is_open(view, figure);
    return open ? view_words(node->origin, WORDS_CELLS) : NULL;
}

static bool is_named(const struct view_open *open, const char *name)
{
    for (size_t i = 0; i < open->names.count; i++) {
        if (str_equal(open->names.items[i], name)) {
            return true;
        }
    }
    return false;
}

struct view_open view_open_of(const struct view *view, const struct ir_node *node)
{
    struct view_open open = {0};
    const struct ir *ir = view->evaluation->standard->ir;
    add_open_facts(view, node, &open);
    bool *under = nodes_under(view, node, false);
    for (size_t id = 0; id <= node->id; id++) {
        const char *name = under[id] ? open_name(view, ir->nodes.items[id]) : NULL;
        if (name != NULL && !is_named(&open, name)) {
            vec_push(&open.names, name);
        }
    }
    return open;
}
