#include "editions/form.h"
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/str.h"

/* ---- values */

static void add_cut(struct str *out, struct cut cut)
{
    if (cut.infinite)
        str_add(out, cut.infinite < 0 ? "<" : ">");
    else
        str_format(out, "%s%s", num_text(cut.at), cut.side < 0 ? "-" : cut.side > 0 ? "+" : "");
}

static void add_range(struct str *out, struct range range)
{
    str_add(out, range.whole ? "whole " : "");
    add_cut(out, range.low);
    str_add(out, " to ");
    add_cut(out, range.high);
}

/* A text that others may follow. */
static void add_text(struct str *out, const char *text)
{
    if (text)
        str_format(out, "%zu:%s", strlen(text), text);
    else
        str_add(out, "-");
}

static void add_value(struct str *out, const struct value *value);

static void add_cells(struct str *out, const struct value *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        str_add(out, ",");
        add_value(out, &cells[i]);
    }
}

static void add_sequence(struct str *out, const struct sequence *rows)
{
    str_format(out, "%zu by %zu", rows->count, rows->width);
    add_cells(out, rows->cells, rows->count * rows->width);
    if (!rows->open)
        return;
    str_add(out, " and ");
    add_range(out, rows->extra);
    add_cells(out, rows->any, rows->width);
}

static void add_value(struct str *out, const struct value *value)
{
    str_format(out, "(%d%s%s ", (int)value->kind, value->na ? " na" : "",
               value->nothing_else ? " alone" : "");
    if (value->fault)
        str_format(out, "fault %d", (int)value->fault->kind);
    switch (value->kind) {
    case VALUE_NONE: break;
    case VALUE_TRUTH: str_format(out, "%u", value->truth); break;
    case VALUE_NUMBER:
    case VALUE_DOCUMENT: add_range(out, value->range); break;
    case VALUE_TEXT: add_text(out, value->text); break;
    case VALUE_MONTHS: str_format(out, "%u %u", value->months.sure, value->months.possible); break;
    case VALUE_SEQUENCE: add_sequence(out, value->sequence); break;
    }
    str_add(out, ")");
}

const char *form_of_value(const struct value *value)
{
    struct str out = {0};
    add_value(&out, value);
    return str_text(&out);
}

/* ---- types and fields */

/* In another tongue a value has another name and the same label. */
enum naming { BY_NAME_AND_LABEL, BY_LABEL };

struct describing {
    const struct standard *standard;
    enum naming naming;
    struct str *out;
    struct map *names; /* of all values and columns that were described; NULL: nobody asks */
};

static void add_name(const struct describing *it, const char *name, const char *label)
{
    if (it->naming == BY_NAME_AND_LABEL || !label)
        add_text(it->out, name);
    add_text(it->out, label);
    if (it->names)
        map_put(it->names, name, (void *)name);
}

static void add_field(const struct describing *it, const struct field *field);

static void add_type(const struct describing *it, const struct type *type)
{
    str_format(it->out, "%d %s%s ", (int)type->kind, type->share ? "share" : "", type->whole ? "whole" : "");
    add_text(it->out, type->unit ? type->unit->name : NULL);
    for (size_t i = 0; type->choice && i < type->choice->count; i++)
        add_name(it, type->choice->symbols[i].name, type->choice->symbols[i].label);
    str_add(it->out, type->choice && type->choice->ordered ? "<" : "");
    if (type->element)
        add_field(it, type->element);
    for (size_t i = 0; i < type->column_count; i++) {
        add_name(it, type->columns[i].name, type->columns[i].label);
        add_field(it, &type->columns[i]);
    }
    add_text(it->out, type->rows_from);
}

/* How many rows, characters or months there may be is read with the value, and tells what there is to work out. */
static void add_values(const struct describing *it, const struct field *field)
{
    const struct limits *of = &field->limits;
    add_type(it, &field->type);
    str_format(it->out, " %d%d key %d count ", of->or_na, of->none_is_na, of->key_column);
    add_range(it->out, of->count);
    if (of->none_counts)
        add_value(it->out, of->none_counts);
}

static void add_limit_fact(struct str *out, const struct standard *standard, int slot)
{
    add_text(out, slot < 0 ? NULL : standard->facts.items[slot]->field.name);
}

static void add_limits(struct str *out, const struct standard *standard, const struct limits *limits)
{
    str_add(out, " within ");
    add_range(out, limits->range);
    if (limits->stepped)
        str_format(out, " step %s", num_text(limits->step));
    for (size_t i = 0; i < limits->legal_count; i++)
        str_format(out, " %s", num_text(limits->legal[i]));
    add_limit_fact(out, standard, limits->low_fact);
    add_limit_fact(out, standard, limits->high_fact);
}

/* Of a choice the value by its name: its place may be another. */
static void add_silence(struct str *out, const struct field *field)
{
    const struct value *otherwise = field->limits.otherwise;
    int64_t at = 0;
    str_add(out, field->limits.evidence ? " evidence " : " ");
    if (otherwise && field->type.kind == TYPE_CHOICE && value_is_point(otherwise) &&
        num_to_int(value_point(otherwise), &at))
        add_text(out, field->type.choice->symbols[at].name);
    else if (otherwise)
        add_value(out, otherwise);
}

static void add_field(const struct describing *it, const struct field *field)
{
    str_add(it->out, "{");
    add_values(it, field);
    add_limits(it->out, it->standard, &field->limits);
    add_silence(it->out, field);
    str_add(it->out, "}");
}

static const char *described(const struct standard *standard, const struct field *field, enum naming naming,
                             struct map *names)
{
    struct str out = {0};
    add_values(&(struct describing){standard, naming, &out, names}, field);
    return str_text(&out);
}

static bool meet(const struct map *a, const struct map *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (map_find(b, a->entries[i].key))
            return true;
    return false;
}

static bool same_names(const struct standard *old, const struct field *a, const struct standard *new,
                       const struct field *b)
{
    struct map own = {0}, others = {0};
    if (str_equal(described(old, a, BY_NAME_AND_LABEL, &own), described(new, b, BY_NAME_AND_LABEL, &others)))
        return true;
    return !meet(&own, &others) &&
           str_equal(described(old, a, BY_LABEL, NULL), described(new, b, BY_LABEL, NULL));
}

/* Do units of measure convert alike, wherever both know them? */
static bool measures_alike(const struct standard *old, const struct standard *new, const struct measure *unit)
{
    for (size_t i = 0; unit && i < old->measures.count; i++) {
        const struct measure *measure = old->measures.entries[i].value;
        const struct measure *other = map_find(&new->measures, measure->name);
        bool of_kind = other && measure_alike(measure, unit);
        const struct measure *base = measure->base ? measure->base : measure;
        const struct measure *other_base = other && other->base ? other->base : other;
        if (of_kind &&
            (!str_equal(base->name, other_base->name) || !num_equal(measure->factor, other->factor)))
            return false;
    }
    return true;
}

static bool same_measures(const struct standard *old, const struct standard *new, const struct type *type)
{
    bool same = measures_alike(old, new, type->unit) &&
                (!type->element || same_measures(old, new, &type->element->type));
    for (size_t i = 0; same && i < type->column_count; i++)
        same = same_measures(old, new, &type->columns[i].type);
    return same;
}

bool form_fields_alike(const struct standard *old, const struct field *a, const struct standard *new,
                       const struct field *b)
{
    return same_names(old, a, new, b) && same_measures(old, new, &a->type);
}

const char *form_of_limits(const struct standard *standard, const struct field *field)
{
    struct str out = {0};
    add_limits(&out, standard, &field->limits);
    return str_text(&out);
}

const char *form_of_silence(const struct field *field)
{
    struct str out = {0};
    add_silence(&out, field);
    return str_text(&out);
}

const char *form_of_judged(const struct standard *standard, size_t slot, const char *path)
{
    const struct judged *judged = standard->judged.items[slot];
    struct str out = {0};
    size_t branch = 0;
    for (size_t i = 0; i < slot; i++)
        branch += standard->judged.items[i]->criterion == judged->criterion;
    add_text(&out, path);
    str_format(&out, " %zu ", branch);
    add_value(&out, &judged->node->bounds);
    if (judged->bounded)
        add_limits(&out, standard, &judged->limits);
    return str_text(&out);
}

/* ---- nodes */

struct numbering {
    struct forms *forms;
    const struct standard *standard;
    const struct form_keys *keys;
    size_t *numbers; /* [node id] */
    size_t *terms;   /* [node id]: how many terms it has, its terms of the same operation opened */
    struct str form; /* of the node at hand */
};

static int by_size(const void *a, const void *b)
{
    size_t left = *(const size_t *)a, right = *(const size_t *)b;
    return (left > right) - (left < right);
}

/* By its first, then its second. */
static int by_pair(const void *a, const void *b)
{
    int order = by_size(a, b);
    return order ? order : by_size((const size_t *)a + 1, (const size_t *)b + 1);
}

static bool may_be_turned(enum ir_op op)
{
    return op == IR_ADD || op == IR_MUL || op == IR_MIN || op == IR_MAX || op == IR_EQUAL;
}

/* Terms of terms of the same operation are terms; where they are many they stay as they are. */
static bool may_be_opened(const struct numbering *numbering, const struct ir_node *node,
                          const struct ir_node *inside)
{
    enum { TERMS_MAX = 64 };
    return node->op != IR_EQUAL && inside->op == node->op && numbering->terms[inside->id] <= TERMS_MAX;
}

static void count_terms(struct numbering *numbering, const struct ir_node *node)
{
    size_t count = 0;
    for (size_t i = 0; i < node->arg_count; i++)
        count += may_be_opened(numbering, node, node->args[i]) ? numbering->terms[node->args[i]->id] : 1;
    numbering->terms[node->id] = count;
}

struct terms {
    VEC(size_t) list;
};

static void add_terms(const struct numbering *numbering, const struct ir_node *node, struct terms *terms)
{
    for (size_t i = 0; i < node->arg_count; i++) {
        const struct ir_node *inside = node->args[i];
        if (may_be_opened(numbering, node, inside))
            add_terms(numbering, inside, terms);
        else
            vec_push(&terms->list, numbering->numbers[inside->id]);
    }
}

static void add_args(struct numbering *numbering, const struct ir_node *node)
{
    struct terms terms = {0};
    if (may_be_turned(node->op)) {
        add_terms(numbering, node, &terms);
        qsort(terms.list.items, terms.list.count, sizeof(size_t), by_size);
    } else {
        for (size_t i = 0; i < node->arg_count; i++)
            vec_push(&terms.list, numbering->numbers[node->args[i]->id]);
    }
    if (node->op == IR_BAG)
        qsort(terms.list.items, terms.list.count / 2, 2 * sizeof(size_t), by_pair);
    for (size_t i = 0; i < terms.list.count; i++)
        str_format(&numbering->form, " %zu", terms.list.items[i]);
}

/* A row goes by what it is of, and by how many blocks its block stands in. */
static void add_row(struct numbering *numbering, const struct ir_block *block)
{
    size_t depth = 0;
    for (const struct ir_block *outer = block->outer; outer; outer = outer->outer)
        depth++;
    str_format(&numbering->form, " of %zu in %zu", numbering->numbers[block->sequence->id], depth);
}

static void add_block(struct numbering *numbering, const struct ir_block *block)
{
    const size_t *numbers = numbering->numbers;
    add_row(numbering, block);
    str_format(&numbering->form, " %zu %zu", numbers[block->presence->id], numbers[block->value->id]);
    if (block->key)
        str_format(&numbering->form, " %zu", numbers[block->key->id]);
}

static void add_cohort(struct numbering *numbering, const struct ir_node *node)
{
    const struct cohort_reads *reads = &numbering->standard->cohort;
    const struct cohort_input *input = &reads->inputs.items[node->index];
    bool low_first = input->fold == COHORT_RANK && numbering->standard->better_lower;
    str_format(&numbering->form, " %d%s %zu", (int)input->fold, low_first ? " low" : "",
               numbering->numbers[reads->operands.items[input->operand].node->id]);
}

static void add_node(struct numbering *numbering, const struct ir_node *node)
{
    struct str *form = &numbering->form;
    str_format(form, "%d ", (int)node->op);
    switch ((int)node->op) {
    case IR_CONST:
        str_format(form, "%d ", (int)node->type.kind);
        add_value(form, &node->bounds);
        return;
    case IR_FACT: add_text(form, numbering->keys->facts[node->index]); return;
    case IR_SETTING: add_text(form, numbering->keys->settings[node->index]); return;
    case IR_JUDGED: add_text(form, numbering->keys->scores[node->index]); return;
    case IR_COHORT: add_cohort(numbering, node); return;
    case IR_ELEMENT:
    case IR_POSITION: add_row(numbering, node->block); break;
    case IR_BAG_OF: add_block(numbering, node->block); return;
    case IR_ROUND: str_format(form, "%s %d", num_text(node->step), (int)node->rounding); break;
    }
    str_format(form, " %ld %ld", node->index, node->index2);
    add_args(numbering, node);
}

const size_t *forms_number(struct forms *forms, const struct standard *standard, const struct form_keys *keys)
{
    const struct ir *ir = standard->ir;
    struct numbering numbering = {.forms = forms, .standard = standard, .keys = keys};
    numbering.numbers = MEM_ARRAY(size_t, ir->nodes.count + 1);
    numbering.terms = MEM_ARRAY(size_t, ir->nodes.count + 1);
    for (size_t i = 0; i < ir->nodes.count; i++) {
        numbering.form = (struct str){0};
        count_terms(&numbering, ir->nodes.items[i]);
        add_node(&numbering, ir->nodes.items[i]);
        const char *form = str_text(&numbering.form);
        uintptr_t number = (uintptr_t)map_find(&forms->numbers, form);
        if (!number) {
            number = forms->numbers.count + 1;
            map_put(&forms->numbers, form, (void *)number);
        }
        numbering.numbers[i] = number;
    }
    return numbering.numbers;
}
