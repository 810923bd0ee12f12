#include "sema/cover.h"
#include <stdlib.h>
#include "base/date.h"
#include "base/mem.h"
#include "core/limits.h"
#include "syntax/keywords.h"

/* ---- atoms */

static const struct limits *limits_of(const struct sema *sema, const struct ir_node *node)
{
    if (node->op == IR_FACT)
        return &sema->standard->facts.items[node->index]->field.limits;
    if (node->op != IR_ELEMENT)
        return NULL;
    const struct type *of = &node->block->sequence->type;
    return of->kind == TYPE_LIST ? &of->element->limits : &of->columns[node->index].limits;
}

struct axis axis_of(const struct sema *sema, const struct ir_node *node)
{
    struct axis axis = {.type = node->type, .domain = node->bounds.range};
    axis.tongue = sema->header ? span_tongue(sema->header->node.span) : LANG_EN;
    const struct limits *limits = limits_of(sema, node);
    if (limits)
        axis.limits = *limits;
    if (node->type.kind == TYPE_YESNO)
        axis.domain = range_whole(0, 1);
    return axis;
}

static void add_break(struct axis *axis, struct cut cut)
{
    if (cut.infinite)
        return;
    for (size_t i = 0; i < axis->breaks.count; i++)
        if (num_equal(axis->breaks.items[i], cut.at))
            return;
    vec_push(&axis->breaks, cut.at);
}

void axis_break(struct axis *axis, struct range test)
{
    add_break(axis, test.low);
    add_break(axis, test.high);
}

static int by_value(const void *a, const void *b)
{
    return num_compare(*(const struct num *)a, *(const struct num *)b);
}

/* The first value on a step that is not before the stretch; its low end may be left out. */
static struct num first_step(const struct limits *limits, struct range atom)
{
    struct num from = limits_base(limits);
    struct num steps = num_ceil(num_div(num_sub(atom.low.at, from), limits->step));
    struct num first = num_add(from, num_mul(steps, limits->step));
    return atom.low.side > 0 && num_equal(first, atom.low.at) ? num_add(first, limits->step) : first;
}

static bool holds_a_step(const struct limits *limits, struct range atom)
{
    return atom.low.infinite || atom.high.infinite || range_holds(atom, first_step(limits, atom));
}

static bool can_hold(const struct axis *axis, struct range atom)
{
    if (range_is_empty(atom))
        return false;
    if (axis->limits.stepped && !holds_a_step(&axis->limits, atom))
        return false;
    if (!axis->limits.legal)
        return true;
    for (size_t i = 0; i < axis->limits.legal_count; i++)
        if (range_holds(atom, axis->limits.legal[i]))
            return true;
    return false;
}

static void add_atom(struct axis *axis, struct cut low, struct cut high)
{
    struct range atom = range_meet(axis->domain, (struct range){low, high, false});
    if (can_hold(axis, atom))
        vec_push(&axis->atoms, atom);
}

void axis_cut(struct axis *axis)
{
    if (axis->breaks.count)
        qsort(axis->breaks.items, axis->breaks.count, sizeof *axis->breaks.items, by_value);
    struct cut low = cut_infinite(-1);
    for (size_t i = 0; i < axis->breaks.count; i++) {
        struct num at = axis->breaks.items[i];
        add_atom(axis, low, cut_at(at, -1));
        add_atom(axis, cut_at(at, 0), cut_at(at, 0));
        low = cut_at(at, 1);
    }
    add_atom(axis, low, cut_infinite(1));
}

const char *axis_number_text(const struct axis *axis, struct num number)
{
    int64_t whole;
    if (axis->type.kind == TYPE_DATE && num_to_int(number, &whole))
        return date_text(whole);
    if (axis->type.kind == TYPE_CHOICE && num_to_int(number, &whole))
        return axis->type.choice->symbols[whole].name;
    if (axis->type.kind == TYPE_YESNO)
        return keyword_in(num_sign(number) ? "yes" : "no", axis->tongue);
    if (axis->type.share)
        return str_print("%s%%", num_text(num_mul(number, num_int(100))));
    return num_text(number);
}

/* A stretch is told by a value of it that can be entered and is short to say. */
static struct num value_inside(const struct axis *axis, struct range atom)
{
    for (size_t i = 0; i < axis->limits.legal_count; i++)
        if (range_holds(atom, axis->limits.legal[i]))
            return axis->limits.legal[i];
    if (axis->limits.stepped && !atom.low.infinite)
        return first_step(&axis->limits, atom);
    if (!atom.low.infinite && !atom.low.side)
        return atom.low.at;
    if (!atom.high.infinite && !atom.high.side)
        return atom.high.at;
    if (atom.low.infinite)
        return atom.high.infinite ? num_int(0) : num_sub(atom.high.at, num_int(1));
    if (atom.high.infinite)
        return num_add(atom.low.at, num_int(1));
    return num_div(num_add(atom.low.at, atom.high.at), num_int(2));
}

const char *axis_text(const struct axis *axis, size_t index)
{
    return axis_number_text(axis, value_inside(axis, axis->atoms.items[index]));
}

/* ---- rows */

static bool fits(struct range test, struct range atom)
{
    return cut_compare(test.low, atom.low) <= 0 && cut_compare(atom.high, test.high) <= 0;
}

static bool row_fits(const struct cover *cover, size_t row, const size_t *atoms)
{
    for (size_t i = 0; i < cover->axis_count; i++)
        if (!fits(cover->tests[row * cover->axis_count + i], cover->axes[i].atoms.items[atoms[i]]))
            return false;
    return true;
}

bool cases_next(const struct axis *axes, size_t count, size_t *atoms)
{
    for (size_t i = count; i-- > 0;) {
        if (++atoms[i] < axes[i].atoms.count)
            return true;
        atoms[i] = 0;
    }
    return false;
}

bool cases_few(const struct axis *axes, size_t count, size_t most)
{
    size_t cases = 1;
    for (size_t i = 0; i < count; i++) {
        if (!axes[i].atoms.count || cases > most / axes[i].atoms.count)
            return false;
        cases *= axes[i].atoms.count;
    }
    return true;
}

bool cover_check(struct cover *cover)
{
    enum { CASES_MAX = 100000 };
    size_t *atoms = MEM_ARRAY(size_t, cover->axis_count + 1);
    cover->reached = MEM_ARRAY(bool, cover->row_count + 1);
    cover->missed = MEM_ARRAY(size_t, cover->axis_count + 1);
    cover->complete = true;
    if (!cases_few(cover->axes, cover->axis_count, CASES_MAX))
        return false;
    do {
        size_t row = 0;
        while (row < cover->row_count && !row_fits(cover, row, atoms))
            row++;
        if (row < cover->row_count)
            cover->reached[row] = true;
        else if (cover->complete) {
            cover->complete = false;
            for (size_t i = 0; i < cover->axis_count; i++)
                cover->missed[i] = atoms[i];
        }
    } while (cases_next(cover->axes, cover->axis_count, atoms));
    return true;
}
