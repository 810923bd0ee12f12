/* Two rows are told apart by the difference of their forms. */
#include "eval/linear_bag.h"
#include "base/mem.h"

const struct bag_form *linear_bag(const struct run *run, size_t context, const struct ir_node *bag)
{
    return &run->linear->bags[context][bag->id];
}

bool linear_bag_is_exact(const struct bag_form *bag)
{
    bool exact = bag->is;
    for (size_t i = 0; i < bag->count && exact; i++)
        exact = bag->rows[i].sure && linear_is_exact(&bag->rows[i].form);
    return exact;
}

/* ---- rows */

static void open_bag(struct bag_form *bag, size_t most)
{
    *bag = (struct bag_form){.is = true, .rows = MEM_ARRAY(struct row_form, most + 1)};
}

/* As the kernel takes it: see core/kernel_bag.c. */
static void add_row(struct bag_form *bag, const struct linear *linear, const struct value *presence,
                    const struct value *value, const struct form *form, const struct value *key)
{
    bool can = presence->truth & TRUTH_YES && !value->nothing_else;
    bool sure = can && value_is_yes(presence) && !value->na;
    if (!can || (!sure && value->fault))
        return;
    struct row_form row = {.form = *form, .sure = sure, .key = key};
    if (!form->is && value->kind == VALUE_NUMBER)
        row.form = linear_loose(linear, value->range);
    bag->is &= row.form.is && !presence->fault && !value->fault;
    row.range = row.form.is ? linear_range(linear, &row.form) : range_all();
    bag->rows[bag->count++] = row;
}

bool linear_open_bag(struct run *run, size_t context, const struct ir_node *bag, const struct sequence *rows)
{
    bool few = run->rows - run->rows_before <= LINEAR_ROWS;
    struct bag_form *form = &run->linear->bags[context][bag->id];
    open_bag(form, few ? rows->count : 0);
    form->is = few && !rows->open;
    return few;
}

void linear_note_row(struct run *run, size_t context, const struct ir_node *bag)
{
    const struct ir_block *block = bag->block;
    const struct value *values = run->values[context];
    struct value *key = block->key ? MEM_NEW(struct value) : NULL;
    if (key)
        *key = values[block->key->id];
    add_row(&run->linear->bags[context][bag->id], run->linear, &values[block->presence->id],
            &values[block->value->id], linear_form(run, context, block->value), key);
}

static void list_rows(struct run *run, size_t context, const struct ir_node *node, struct bag_form *bag)
{
    const struct value *values = run->values[context];
    open_bag(bag, node->arg_count / 2);
    for (size_t i = 0; i < node->arg_count; i += 2)
        add_row(bag, run->linear, &values[node->args[i]->id], &values[node->args[i + 1]->id],
                linear_form(run, context, node->args[i + 1]), NULL);
}

/* ---- which is the higher one */

static bool is_no_higher(const struct linear *linear, const struct row_form *a, const struct row_form *b)
{
    unsigned truth = range_less_equal(a->range, b->range);
    struct form lead;
    if (truth != TRUTH_UNKNOWN)
        return truth == TRUTH_YES;
    lead = linear_less(linear, &a->form, &b->form);
    return lead.is && range_less_equal(linear_range(linear, &lead), range_point(num_int(0))) == TRUTH_YES;
}

/* Is `a` never above `b`; of `sign` −1, never below? */
static bool is_behind(const struct linear *linear, const struct row_form *a, const struct row_form *b,
                      int sign)
{
    return sign > 0 ? is_no_higher(linear, a, b) : is_no_higher(linear, b, a);
}

static bool rivals(const struct row_form *a, const struct row_form *b, bool by_key)
{
    return !by_key || value_equal(a->key, b->key);
}

/* Of the rows with the key of `first`, or of all, the one that is there for sure and that no other beats. */
static const struct row_form *leader(const struct linear *linear, const struct bag_form *bag, size_t first,
                                     bool by_key, int sign)
{
    const struct row_form *best = NULL, *of = &bag->rows[first];
    for (size_t i = first; i < bag->count; i++) {
        const struct row_form *row = &bag->rows[i];
        if (row->sure && rivals(row, of, by_key) && (!best || !is_behind(linear, row, best, sign)))
            best = row;
    }
    for (size_t i = first; i < bag->count && best; i++) {
        const struct row_form *row = &bag->rows[i];
        if (row != best && rivals(row, of, by_key) && !is_behind(linear, row, best, sign))
            return NULL;
    }
    return best;
}

/* ---- bags from bags */

static bool is_first_of_key(const struct bag_form *bag, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (value_equal(bag->rows[i].key, bag->rows[row].key))
            return false;
    return true;
}

static void keep_best(const struct linear *linear, const struct bag_form *from, struct bag_form *bag)
{
    open_bag(bag, from->count);
    for (size_t i = 0; i < from->count && bag->is; i++)
        bag->is = from->rows[i].key && value_is_known(from->rows[i].key);
    for (size_t i = 0; i < from->count && bag->is; i++) {
        if (!is_first_of_key(from, i))
            continue;
        const struct row_form *best = leader(linear, from, i, true, 1);
        bag->is = best != NULL;
        if (best)
            bag->rows[bag->count++] = *best;
    }
}

/* Of equal rows the first counts as the lower one. */
static bool is_lower(const struct linear *linear, const struct bag_form *bag, size_t a, size_t b)
{
    const struct row_form *one = &bag->rows[a], *other = &bag->rows[b];
    return is_behind(linear, one, other, 1) && (a < b || !is_behind(linear, other, one, 1));
}

/* A row stays if as many as are dropped are surely lower and surely higher. */
static bool stays(const struct linear *linear, const struct bag_form *bag, size_t row, size_t highest,
                  size_t lowest)
{
    size_t lower = 0, higher = 0;
    for (size_t i = 0; i < bag->count; i++) {
        lower += i != row && is_lower(linear, bag, i, row);
        higher += i != row && is_lower(linear, bag, row, i);
    }
    return lower >= lowest && higher >= highest;
}

static void drop(const struct linear *linear, const struct bag_form *from, size_t highest, size_t lowest,
                 struct bag_form *bag)
{
    size_t left = from->count > highest + lowest ? from->count - highest - lowest : 0;
    open_bag(bag, from->count);
    for (size_t i = 0; i < from->count; i++) {
        bag->is &= from->rows[i].sure;
        if (left && stays(linear, from, i, highest, lowest))
            bag->rows[bag->count++] = from->rows[i];
    }
    bag->is &= bag->count == left;
}

void linear_note_bag(struct run *run, size_t context, const struct ir_node *node, const struct value *value)
{
    struct bag_form *bag = &run->linear->bags[context][node->id];
    const struct bag_form *from = node->op == IR_BAG ? NULL : linear_bag(run, context, node->args[0]);
    bool told = value->kind == VALUE_SEQUENCE && !value->fault && !value->nothing_else;
    if (node->op == IR_BAG)
        list_rows(run, context, node, bag);
    else if (node->op == IR_BEST_PER && from->is)
        keep_best(run->linear, from, bag);
    else if (node->op == IR_DROP && from->is)
        drop(run->linear, from, (size_t)node->index, (size_t)node->index2, bag);
    else if (node->op != IR_BAG_OF)
        bag->is = false;
    bag->is &= told;
}

/* ---- numbers from bags */

struct form linear_total(const struct linear *linear, const struct bag_form *bag)
{
    struct range zero = range_point(num_int(0));
    struct form form = linear_loose(linear, zero);
    for (size_t i = 0; i < bag->count && bag->is; i++) {
        const struct row_form *row = &bag->rows[i];
        struct form perhaps = linear_loose(linear, range_join(zero, linear_range(linear, &row->form)));
        form = linear_sum(linear, &form, row->sure ? &row->form : &perhaps, num_int(1));
    }
    form.is &= bag->is;
    return form;
}

struct form linear_mean(const struct linear *linear, const struct bag_form *bag)
{
    struct form total = linear_total(linear, bag);
    for (size_t i = 0; i < bag->count; i++)
        total.is &= bag->rows[i].sure;
    if (!bag->count || !total.is)
        return (struct form){.is = false};
    return linear_times(linear, &total, num_div(num_int(1), num_int((int64_t)bag->count)));
}

struct form linear_extreme(const struct linear *linear, const struct bag_form *bag, int sign)
{
    const struct row_form *best = bag->is && bag->count ? leader(linear, bag, 0, false, sign) : NULL;
    return best ? best->form : (struct form){.is = false};
}
