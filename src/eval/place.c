/* A node whose choice is open tells where: two numbers are alike there, or one goes over to another step.
 * Of all such nodes that the claim still hangs on, the one nearest to the facts is taken, so that what
 * reads it becomes a form in its turn. */
#include "eval/place.h"
#include "base/date.h"

size_t place_parts(const struct bend *bend, const struct tile *tile, const struct place *place,
                   struct value parts[PARTS_MAX])
{
    const struct hole *hole = search_hole(bend->search, bend->holes[place->hole]);
    struct range range = tile->fill[place->hole].range;
    struct cut below = cut_at(place->at, -1), at = cut_at(place->at, 0), above = cut_at(place->at, 1);
    size_t count = 0;
    if (cut_compare(range.low, below) <= 0)
        count += cells_between(hole, range.low, cut_min(below, range.high), &parts[count]);
    if (cut_compare(range.low, at) <= 0 && cut_compare(at, range.high) <= 0)
        count += cells_between(hole, at, at, &parts[count]);
    if (cut_compare(above, range.high) <= 0)
        count += cells_between(hole, cut_max(above, range.low), range.high, &parts[count]);
    return count;
}

static bool can_cut(const struct bend *bend, const struct tile *tile, const struct place *place)
{
    struct value parts[PARTS_MAX];
    return place_parts(bend, tile, place, parts) > 1;
}

static bool can_part(const struct bend *bend, const struct tile *tile, const struct place *place)
{
    struct range range = linear_range(bend->search->run->linear, &place->form);
    struct cut zero = cut_at(num_int(0), 0);
    bool below = cut_compare(range.low, zero)<0, above = cut_compare(range.high, zero)> 0;
    bool room = !tile->lines || tile->lines->count + 2 <= LINEAR_LINES;
    return room && (place->jumps ? (below || above) && range_holds(range, num_int(0)) : below && above);
}

static struct place zero_of(const struct bend *bend, const struct tile *tile, const struct form *form,
                            bool jumps)
{
    struct place place = {.form = *form, .jumps = jumps};
    size_t holes = 0;
    if (!linear_is_exact(form))
        return place;
    for (size_t i = 0; i < bend->count; i++)
        if (num_sign(form->slopes[i])) {
            place.hole = i;
            holes++;
        }
    place.of_several = holes > 1;
    if (holes == 1)
        place.at = num_neg(num_div(form->rest.low.at, form->slopes[place.hole]));
    place.found = holes > 1 ? can_part(bend, tile, &place)
                            : holes == 1 && num_valid(place.at) && can_cut(bend, tile, &place);
    return place;
}

static struct place zero_less(const struct bend *bend, const struct tile *tile, const struct form *form,
                              struct num number)
{
    struct form less = *form;
    less.rest = range_sub(less.rest, range_point(number));
    return zero_of(bend, tile, &less, true);
}

/* A number near the middle; of a range without end, as far again as it is long so far. */
static struct num middle_of(struct range range, struct num step)
{
    if (range.low.infinite && range.high.infinite)
        return num_int(0);
    if (range.low.infinite)
        return num_sub(num_mul(num_int(2), num_min(range.high.at, num_int(0))), step);
    if (range.high.infinite)
        return num_add(num_mul(num_int(2), num_max(range.low.at, num_int(0))), step);
    return num_div(num_add(range.low.at, range.high.at), num_int(2));
}

/* Where rounding goes over to another step, near the middle of what is rounded. */
static struct place edge_of(const struct bend *bend, const struct tile *tile, const struct ir_node *node,
                            const struct form *form)
{
    struct num half = num_div(node->step, num_int(2));
    struct num middle = middle_of(linear_range(bend->search->run->linear, form), node->step);
    struct num step = num_round(middle, node->step, NUM_DOWN);
    bool halves = node->rounding == NUM_HALF_UP || node->rounding == NUM_HALF_EVEN;
    struct place place = {.found = false};
    for (int i = 0; i < 3 && !place.found; i++) {
        struct num edge = num_add(step, num_mul(num_int(i == 2 ? -1 : i), node->step));
        place = zero_less(bend, tile, form, halves ? num_add(edge, half) : edge);
    }
    return place;
}

/* The first day of the month, or year, in which the middle lies, or of the next one. */
static struct place calendar_place(const struct bend *bend, const struct tile *tile, bool of_month,
                                   const struct form *form)
{
    struct range range = linear_range(bend->search->run->linear, form);
    struct place place = {.found = false};
    int64_t day;
    int year, month, at;
    if (range.low.infinite || range.high.infinite ||
        !num_to_int(num_floor(middle_of(range, num_int(1))), &day) || day < DATE_MIN || day > DATE_MAX)
        return place;
    date_to_civil(day, &year, &month, &at);
    int64_t first = date_from_civil(year, of_month ? month : 1, 1);
    place = zero_less(bend, tile, form, num_int(first));
    return place.found ? place
                       : zero_less(bend, tile, form, num_int(date_add_months(first, of_month ? 1 : 12)));
}

static const struct value *value_at(const struct bend *bend, size_t context, const struct ir_node *node)
{
    return &bend->search->run->values[context][node->id];
}

/* Where two rows of a bag change places; `by_key`: two with the same key. */
static struct place bag_place(const struct bend *bend, const struct tile *tile, const struct bag_form *bag,
                              bool by_key)
{
    struct place place = {.found = false};
    for (size_t i = 0; i < bag->count && bag->is; i++)
        for (size_t k = 0; k < i && !place.found; k++) {
            struct form less = linear_less(bend->search->run->linear, &bag->rows[i].form, &bag->rows[k].form);
            const struct value *one = bag->rows[i].key, *other = bag->rows[k].key;
            if (!by_key || (one && other && value_equal(one, other)))
                place = zero_of(bend, tile, &less, false);
        }
    return place;
}

/* Where a node's choice goes over. */
static struct place place_of(const struct bend *bend, const struct tile *tile, size_t context,
                             const struct ir_node *node)
{
    const struct run *run = bend->search->run;
    const struct form *first = node->arg_count ? linear_form(run, context, node->args[0]) : NULL;
    struct form less;
    switch ((int)node->op) {
    case IR_MIN:
    case IR_MAX:
    case IR_LESS:
    case IR_LESS_EQUAL:
    case IR_EQUAL:
        less = linear_less(run->linear, first, linear_form(run, context, node->args[1]));
        return zero_of(bend, tile, &less, node->op != IR_MIN && node->op != IR_MAX);
    case IR_ABS: return zero_of(bend, tile, first, false);
    case IR_ROUND:
        if (linear_is_exact(first))
            return edge_of(bend, tile, node, first);
        break;
    case IR_MONTH:
    case IR_YEAR:
        if (linear_is_exact(first))
            return calendar_place(bend, tile, node->op == IR_MONTH, first);
        break;
    case IR_HIGHEST:
    case IR_LOWEST:
    case IR_DROP:
    case IR_BEST_PER:
        return bag_place(bend, tile, linear_bag(run, context, node->args[0]), node->op == IR_BEST_PER);
    }
    return (struct place){.found = false};
}

/* ---- which nodes the claim still hangs on */

static void ask(const struct bend *bend, size_t context, const struct ir_node *node)
{
    const struct run *run = bend->search->run;
    bool settled = value_is_known(value_at(bend, context, node)) ||
                   linear_is_exact(linear_form(run, context, node)) ||
                   linear_bag_is_exact(linear_bag(run, context, node));
    if (!settled)
        bend->asked[run->first[context]][node->id] = 1;
}

static void ask_args(const struct bend *bend, size_t context, const struct ir_node *node)
{
    const struct run *run = bend->search->run;
    bool mix = node->op == IR_MIX && run_is_mix(run, context);
    for (size_t i = 0; i < run->columns && mix; i++)
        ask(bend, i, node->args[0]);
    for (size_t i = 0; i < node->arg_count && !mix; i++)
        ask(bend, context, node->args[i]);
}

static void find_in_nodes(const struct bend *bend, const struct tile *tile, size_t context,
                          struct nodes nodes, struct place *found);

static void find_in_row(const struct bend *bend, const struct tile *tile, size_t context,
                        const struct ir_block *block, struct place *found)
{
    for (size_t i = 0; i < block->nodes.count; i++)
        bend->asked[context][block->nodes.items[i]->id] = 0;
    ask(bend, context, block->presence);
    ask(bend, context, block->value);
    if (block->key)
        ask(bend, context, block->key);
    find_in_nodes(bend, tile, context,
                  (struct nodes){(const struct ir_node **)block->nodes.items, block->nodes.count}, found);
}

static void find_in_rows(const struct bend *bend, const struct tile *tile, size_t context,
                         const struct ir_node *node, struct place *found)
{
    const struct value *all = value_at(bend, context, node->args[0]);
    const struct sequence *rows = all->kind == VALUE_SEQUENCE ? all->sequence : NULL;
    for (size_t i = 0; rows && rows->count <= LINEAR_ROWS && i < rows->count; i++) {
        run_row(bend->search->run, context, node->block, rows->cells + i * rows->width,
                value_int((int64_t)i + 1));
        find_in_row(bend, tile, context, node->block, found);
    }
}

/* Of a node that the claim hangs on, and which can be cut, the one nearest to the facts. */
static void find_in_nodes(const struct bend *bend, const struct tile *tile, size_t context,
                          struct nodes nodes, struct place *found)
{
    for (size_t i = nodes.count; i-- > 0;) {
        const struct ir_node *node = nodes.items[i];
        if (!bend->asked[context][node->id])
            continue;
        struct place place = place_of(bend, tile, context, node);
        if (place.found)
            *found = place;
        if (node->op == IR_BAG_OF)
            find_in_rows(bend, tile, context, node, found);
        ask_args(bend, context, node);
    }
}

struct place place_find(const struct bend *bend, const struct tile *tile)
{
    struct run *run = bend->search->run;
    run->effort += run->contexts * run->nodes / 8;
    struct place found = {.found = false};
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < run->nodes; i++)
            bend->asked[c][i] = 0;
    ask(bend, bend->claim->context, bend->claim->node);
    for (size_t c = run->contexts; c-- > 0;)
        find_in_nodes(bend, tile, c, run->live[c], &found);
    return found;
}

struct place place_in_middle(const struct bend *bend, const struct tile *tile, size_t hole)
{
    struct place place = {.hole = hole};
    const struct value *value = &tile->fill[hole];
    if (value->kind != VALUE_NUMBER || value->na || value->range.low.infinite || value->range.high.infinite)
        return place;
    place.at = middle_of(value->range, num_int(1));
    place.at = value->range.whole ? num_floor(place.at) : place.at;
    place.found = can_cut(bend, tile, &place);
    return place;
}

struct place place_among_whole(const struct bend *bend, const struct tile *tile)
{
    struct place place = {.found = false};
    for (size_t i = 0; i < bend->count && !place.found; i++)
        if (tile->fill[i].kind == VALUE_NUMBER && tile->fill[i].range.whole)
            place = place_in_middle(bend, tile, i);
    return place;
}
