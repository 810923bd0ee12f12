/* The most promising tile first. Where it is cut: at the node nearest to the facts whose choice is open, so that what reads it becomes a
 * form in its turn. */
#include "eval/bend.h"
#include "base/date.h"
#include "base/mem.h"
#include "eval/climb.h"
#include "eval/linear_bag.h"

enum { CLIMBS_MAX = 12, PARTS_MAX = 3 /* below, at, above */ };

struct tile {
    struct cut bound;
    size_t far;                /* how many of its ends are infinite */
    struct value *fill;        /* of each hole that the claim depends on */
    const struct lines *lines; /* … and what they are limited to together; NULL: nothing */
};

struct bend {
    struct search *search;
    const struct claim *claim;
    size_t holes[LINEAR_HOLES], count;
    VEC(struct tile) tiles;
    struct cut best, ceiling;
    size_t climbs;
    unsigned char **asked; /* [context][node id]: does the claim still hang on it? */
};

/* ---- tiles */

static bool is_number(const struct value *value)
{
    return value->kind == VALUE_NUMBER && !value->nothing_else;
}

static size_t far_ends(const struct bend *bend, const struct tile *tile)
{
    size_t far = 0;
    for (size_t i = 0; i < bend->count; i++)
        if (is_number(&tile->fill[i]))
            far += (size_t)(tile->fill[i].range.low.infinite != 0) + (tile->fill[i].range.high.infinite != 0);
    return far;
}

/* The values of nodes are to be true within these lines. */
static void set_lines(const struct bend *bend, const struct lines *lines)
{
    struct run *run = bend->search->run;
    if (run->linear->lines == lines)
        return;
    run->linear->lines = lines;
    run_keep_forms(run, run->linear);
}

static void fill_tile(const struct bend *bend, const struct tile *tile)
{
    for (size_t i = 0; i < bend->count; i++)
        search_fill(bend->search, bend->holes[i], tile->fill[i]);
    set_lines(bend, tile->lines);
}

static struct cut bound_of(const struct bend *bend, const struct tile *tile)
{
    fill_tile(bend, tile);
    if (!search_pass(bend->search))
        return cut_infinite(-1);
    return claim_bound(bend->claim->kind, search_value(bend->search, bend->claim));
}

static struct tile copy_tile(const struct bend *bend, const struct tile *tile)
{
    struct tile copy = {.fill = MEM_ARRAY(struct value, bend->count + 1), .lines = tile->lines};
    for (size_t i = 0; i < bend->count; i++)
        copy.fill[i] = tile->fill[i];
    return copy;
}

static struct range range_of_hole(const struct bend *bend, size_t hole)
{
    const struct linear *linear = bend->search->run->linear;
    struct form form = linear_loose(linear, range_point(num_int(0)));
    form.slopes[hole] = num_int(1);
    return linear_range(linear, &form);
}

/* What the lines leave of each hole. False: nothing. */
static bool narrow_tile(const struct bend *bend, struct tile *tile)
{
    fill_tile(bend, tile);
    for (size_t i = 0; i < bend->count && tile->lines; i++) {
        if (!is_number(&tile->fill[i]) || tile->fill[i].na)
            continue;
        struct range range = range_of_hole(bend, i);
        if (!cells_between(search_hole(bend->search, bend->holes[i]), range.low, range.high, &tile->fill[i]))
            return false;
        search_fill(bend->search, bend->holes[i], tile->fill[i]);
    }
    return true;
}

/* A part of another tile, if anything is in it. */
static void add_tile(struct bend *bend, struct tile tile)
{
    if (!narrow_tile(bend, &tile))
        return;
    tile.far = far_ends(bend, &tile);
    tile.bound = bound_of(bend, &tile);
    if (tile.bound.infinite >= 0)
        vec_push(&bend->tiles, tile);
}

/* Of those that promise as much the ones that end, and then the latest: soon one is so small that nothing is left to cut. */
static bool goes_before(const struct tile *a, const struct tile *b)
{
    bool as_much = claim_reaches(a->bound, b->bound), no_more = claim_reaches(b->bound, a->bound);
    return as_much && (!no_more || a->far <= b->far);
}

static struct tile pop(struct bend *bend)
{
    struct tile *items = bend->tiles.items, top;
    size_t first = 0;
    for (size_t i = 1; i < bend->tiles.count; i++)
        if (goes_before(&items[i], &items[first]))
            first = i;
    top = items[first];
    items[first] = items[--bend->tiles.count];
    return top;
}

/* ---- where to cut */

/* One hole at a number, or several where a form is 0: what lies below, at and above it. */
struct place {
    bool found, of_several;
    size_t hole;
    struct num at;
    struct form form;
    bool jumps; /* something jumps there; else it bends, and lies on both sides */
};

static size_t parts_of(const struct bend *bend, const struct tile *tile, struct place place,
                       struct value parts[PARTS_MAX])
{
    const struct hole *hole = search_hole(bend->search, bend->holes[place.hole]);
    struct range range = tile->fill[place.hole].range;
    struct cut below = cut_at(place.at, -1), at = cut_at(place.at, 0), above = cut_at(place.at, 1);
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
    return parts_of(bend, tile, *place, parts) > 1;
}

static bool can_part(const struct bend *bend, const struct tile *tile, const struct place *place)
{
    struct range range = linear_range(bend->search->run->linear, &place->form);
    struct cut zero = cut_at(num_int(0), 0);
    bool below = cut_compare(range.low, zero) < 0, above = cut_compare(range.high, zero) > 0;
    bool room = !tile->lines || tile->lines->count + 2 <= LINEAR_LINES;
    return room && (place->jumps ? (below || above) && range_holds(range, num_int(0)) : below && above);
}

static struct place zero_of(const struct bend *bend, const struct tile *tile, const struct form *form, bool jumps)
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
        !num_to_int(num_floor(middle_of(range, num_int(1))), &day))
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
static struct place bag_place(const struct bend *bend, const struct tile *tile, const struct bag_form *bag, bool by_key)
{
    struct place place = {.found = false};
    for (size_t i = 0; i < bag->count && bag->is; i++)
        for (size_t k = 0; k < i && !place.found; k++) {
            struct form less = linear_less(bend->search->run->linear, &bag->rows[i].form, &bag->rows[k].form);
            if (!by_key || value_equal(bag->rows[i].key, bag->rows[k].key))
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
    case IR_ABS:
        return zero_of(bend, tile, first, false);
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

/* Of a node that the claim hangs on, and which can be cut, the one nearest to the facts. */
static void find_in_nodes(const struct bend *bend, const struct tile *tile, size_t context, struct nodes nodes,
                          struct place *found);

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

static void find_in_nodes(const struct bend *bend, const struct tile *tile, size_t context, struct nodes nodes,
                          struct place *found)
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

static struct place find_place(const struct bend *bend, const struct tile *tile)
{
    const struct run *run = bend->search->run;
    struct place found = {.found = false};
    for (size_t c = 0; c < run->contexts; c++)
        for (size_t i = 0; i < run->nodes; i++)
            bend->asked[c][i] = 0;
    ask(bend, bend->claim->context, bend->claim->node);
    for (size_t c = run->contexts; c-- > 0;)
        find_in_nodes(bend, tile, c, run->live[c], &found);
    return found;
}

/* ---- the search */

/* The tile's lines, and the form of the claim at its bound. */
static const struct lines *lines_at_bound(const struct bend *bend, const struct tile *tile, const struct form *form)
{
    const struct linear *linear = bend->search->run->linear;
    struct form zero = linear_loose(linear, range_point(num_int(0))), at = linear_loose(linear, range_point(tile->bound.at));
    struct num sign = num_int(bend->claim->kind == CLAIM_LOW ? -1 : 1);
    struct lines *lines = MEM_NEW(struct lines);
    *lines = *tile->lines;
    if (!linear_is_exact(form) || tile->bound.infinite || lines->count == LINEAR_LINES)
        return lines;
    struct form signed_form = linear_sum(linear, &zero, form, sign);
    struct form more = linear_less(linear, &signed_form, &at);
    if (more.is)
        lines->items[lines->count++] = (struct linear_line){more, false};
    return lines;
}

/* At the end of each hole to which the form of the claim rises; within lines, of what these leave of one after the other. */
static void fill_corner(const struct bend *bend, const struct tile *tile)
{
    const struct form form = *linear_form(bend->search->run, bend->claim->context, bend->claim->node);
    if (tile->lines)
        set_lines(bend, lines_at_bound(bend, tile, &form));
    for (size_t i = 0; i < bend->count; i++) {
        struct value value = tile->fill[i];
        if (value.kind != VALUE_NUMBER || value.na)
            continue;
        struct range left = tile->lines ? range_of_hole(bend, i) : value.range;
        if (tile->lines && !cells_between(search_hole(bend->search, bend->holes[i]), left.low, left.high, &value))
            break;
        int slope = form.is ? num_sign(form.slopes[i]) : 0;
        bool high = bend->claim->kind == CLAIM_LOW ? slope < 0 : slope > 0;
        struct cut end = high || value.range.low.infinite ? value.range.high : value.range.low;
        value.range = (struct range){end, end, !end.side && !end.infinite && num_is_int(end.at)};
        search_fill(bend->search, bend->holes[i], value);
    }
    set_lines(bend, NULL);
}

static void add_parts(struct bend *bend, const struct tile *tile, size_t hole, const struct value *parts,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct tile part = copy_tile(bend, tile);
        part.fill[hole] = parts[i];
        add_tile(bend, part);
    }
}

static void add_side(struct bend *bend, const struct tile *tile, const struct form *form, bool above, bool both)
{
    const struct linear *linear = bend->search->run->linear;
    struct form zero = linear_loose(linear, range_point(num_int(0))), turned = linear_less(linear, &zero, form);
    struct tile part = copy_tile(bend, tile);
    struct lines *lines = MEM_NEW(struct lines);
    if (tile->lines)
        *lines = *tile->lines;
    lines->items[lines->count++] = (struct linear_line){*form, above};
    if (both)
        lines->items[lines->count++] = (struct linear_line){turned, false};
    part.lines = lines;
    add_tile(bend, part);
}

static void part_at(struct bend *bend, const struct tile *tile, const struct place *place)
{
    const struct linear *linear = bend->search->run->linear;
    struct form zero = linear_loose(linear, range_point(num_int(0)));
    struct form turned = linear_less(linear, &zero, &place->form);
    add_side(bend, tile, &place->form, place->jumps, false);
    add_side(bend, tile, &turned, place->jumps, false);
    if (place->jumps)
        add_side(bend, tile, &place->form, false, true);
}

/* Lines meet between whole numbers: a hole of these is cut in its middle. */
static bool cut_whole(struct bend *bend, const struct tile *tile)
{
    struct value parts[PARTS_MAX];
    for (size_t i = 0; i < bend->count && tile->lines; i++) {
        struct place place = {.hole = i};
        const struct range *range = &tile->fill[i].range;
        if (!is_number(&tile->fill[i]) || tile->fill[i].na || !range->whole || range->low.infinite || range->high.infinite)
            continue;
        place.at = num_floor(middle_of(*range, num_int(1)));
        if (!can_cut(bend, tile, &place))
            continue;
        add_parts(bend, tile, i, parts, parts_of(bend, tile, place, parts));
        return true;
    }
    return false;
}

static void close_tile(struct bend *bend, const struct tile *tile)
{
    if (bend->climbs++ < CLIMBS_MAX) {
        fill_corner(bend, tile);
        bend->best = cut_max(bend->best, climb_to(bend->search, bend->claim));
        search_open(bend->search);
    }
    if (claim_reaches(bend->best, tile->bound) || !cut_whole(bend, tile))
        bend->ceiling = cut_max(bend->ceiling, tile->bound);
}

/* Whether the form of the claim has no end as some hole goes on without end, whatever the others are. */
static bool runs_away(const struct bend *bend, const struct tile *tile)
{
    const struct form *form = linear_form(bend->search->run, bend->claim->context, bend->claim->node);
    bool high = bend->claim->kind == CLAIM_HIGH, away = false;
    if (!form->is || (high ? form->rest.low.infinite : form->rest.high.infinite))
        return false;
    for (size_t i = 0; i < bend->count; i++) {
        const struct range *range = &tile->fill[i].range;
        int slope = num_sign(form->slopes[i]);
        away |= slope && (high == (slope > 0) ? range->high : range->low).infinite;
    }
    return away;
}

static bool is_chosen(const struct bend *bend, size_t hole)
{
    for (size_t i = 0; i < bend->count; i++)
        if (bend->holes[i] == hole)
            return true;
    return false;
}

/* Is the corner to which the claim rises a possible world, with the rest as in the reference? */
static bool has_corner(const struct bend *bend, const struct tile *tile)
{
    struct search *search = bend->search;
    bool single = search->reference != NULL;
    fill_corner(bend, tile);
    for (size_t i = 0; i < search_holes(search) && single; i++) {
        if (!is_chosen(bend, i))
            search_fill(search, i, search->reference[i]);
        single = value_is_single(&search_hole(search, i)->now);
    }
    bool possible = single && search_pass(search);
    search_open(search);
    return possible;
}

/* A hole that holds its whole domain still is cut into its cells. */
static bool cut_to_cells(struct bend *bend, const struct tile *tile)
{
    for (size_t i = 0; i < bend->count; i++) {
        const struct hole *hole = search_hole(bend->search, bend->holes[i]);
        if (hole->cell_count < 2 || !value_equal(&tile->fill[i], &hole->domain))
            continue;
        add_parts(bend, tile, i, hole->cells, hole->cell_count);
        return true;
    }
    return false;
}

static void cut_tile(struct bend *bend, const struct tile *tile)
{
    struct value parts[PARTS_MAX];
    bound_of(bend, tile);
    if (tile->bound.infinite > 0 && !tile->lines && runs_away(bend, tile)) {
        if (has_corner(bend, tile)) {
            search_take_far(bend->search, bend->claim);
            bend->ceiling = bend->best = tile->bound;
            return;
        }
        bound_of(bend, tile);
    }
    struct place place = find_place(bend, tile);
    if (place.found && place.of_several)
        part_at(bend, tile, &place);
    else if (place.found)
        add_parts(bend, tile, place.hole, parts, parts_of(bend, tile, place, parts));
    else if (!cut_to_cells(bend, tile))
        close_tile(bend, tile);
}

/* False: they are too many, or nothing is left to cut. */
static bool choose_holes(struct bend *bend)
{
    bool open = false;
    const struct search *search = bend->search;
    const uint64_t *on = depend_on(search->depend, bend->claim->context, bend->claim->node);
    for (size_t i = 0; i < search_holes(search); i++) {
        if (!set_has(on, i))
            continue;
        if (bend->count == LINEAR_HOLES)
            return false;
        bend->holes[bend->count++] = i;
        open |= !value_is_single(&search_hole(search, i)->now);
    }
    return open;
}

static void search_tiles(struct bend *bend, size_t until)
{
    struct tile root = {.fill = MEM_ARRAY(struct value, bend->count + 1)};
    for (size_t i = 0; i < bend->count; i++)
        root.fill[i] = search_hole(bend->search, bend->holes[i])->now;
    root.far = far_ends(bend, &root);
    root.bound = bound_of(bend, &root);
    vec_push(&bend->tiles, root);
    while (bend->tiles.count && bend->search->passes < until && !search_spent(bend->search)) {
        struct tile tile = pop(bend);
        struct cut reached = cut_max(bend->best, bend->ceiling);
        vec_push(&bend->tiles, tile);
        if (claim_reaches(reached, tile.bound))
            return;
        bend->tiles.count--;
        cut_tile(bend, &tile);
    }
}

struct cut bend_bound(struct search *search, const struct claim *claim, struct cut enough, size_t until)
{
    struct run *run = search->run;
    struct bend bend = {.search = search, .claim = claim, .best = enough, .ceiling = cut_infinite(-1)};
    if (!choose_holes(&bend))
        return cut_infinite(1);
    bend.asked = MEM_ARRAY(unsigned char *, run->contexts);
    for (size_t c = 0; c < run->contexts; c++)
        bend.asked[c] = mem_alloc_plain(run->nodes + 1);
    run_keep_forms(run, linear_new(run, search->holes, bend.holes, bend.count));
    search_tiles(&bend, until);
    run_keep_forms(run, NULL);
    struct cut bound = bend.ceiling;
    for (size_t i = 0; i < bend.tiles.count; i++)
        bound = cut_max(bound, bend.tiles.items[i].bound);
    return bound;
}
