/* The most promising tile first. Where one is cut, place.c finds out; where nothing is left to cut, the form of the claim is one and the
 * same and its end lies in a corner. Where there is no form, a hole along which the claim only rises or falls goes to its end (steady.c),
 * another is halved a few times; what is closed then counts with the bound of its ranges. */
#include "eval/bend.h"
#include "base/mem.h"
#include "eval/climb.h"
#include "eval/place.h"
#include "eval/steady.h"

enum { CLIMBS_MAX = 12, HALVINGS_MAX = 4, WHOLES_MAX = 40 };

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

static void fill_tile(struct bend *bend, const struct tile *tile)
{
    bend->at = NULL;
    for (size_t i = 0; i < bend->count; i++)
        search_fill(bend->search, bend->holes[i], tile->fill[i]);
    set_lines(bend, tile->lines);
}

/* The run's values are those of the tile afterwards. */
static struct cut bound_of(struct bend *bend, const struct tile *tile)
{
    if (bend->at == tile->fill)
        return tile->bound;
    fill_tile(bend, tile);
    if (!search_pass(bend->search))
        return cut_infinite(-1);
    bend->at = tile->fill;
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
static bool narrow_tile(struct bend *bend, struct tile *tile)
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

/* Of those that promise as much the ones that end, and then the latest: soon one is so small that nothing
 * is left to cut. */
static bool goes_before(const struct tile *a, const struct tile *b)
{
    bool as_much = claim_reaches(a->bound, b->bound), no_more = claim_reaches(b->bound, a->bound);
    return as_much && (!no_more || a->far <= b->far);
}

static struct tile pop(struct bend *bend)
{
    struct tile *items = bend->tiles.items, top;
    size_t first = 0;
    bend->search->run->effort += bend->tiles.count / 8;
    for (size_t i = 1; i < bend->tiles.count; i++)
        if (goes_before(&items[i], &items[first]))
            first = i;
    top = items[first];
    items[first] = items[--bend->tiles.count];
    return top;
}

/* ---- the search */

/* The tile's lines, and that the claim goes as far as its bound. */
static const struct lines *lines_at_bound(const struct bend *bend, const struct tile *tile,
                                          const struct form *form)
{
    const struct linear *linear = bend->search->run->linear;
    struct lines *lines = MEM_NEW(struct lines);
    *lines = *tile->lines;
    if (!linear_is_exact(form) || tile->bound.infinite || tile->bound.side || lines->count == LINEAR_LINES)
        return lines;
    struct form more = linear_times(linear, form, num_int(bend->claim->kind == CLAIM_LOW ? -1 : 1));
    more.rest = range_sub(more.rest, range_point(tile->bound.at));
    if (more.is)
        lines->items[lines->count++] = (struct linear_line){more, false};
    return lines;
}

/* At the end of each hole to which the form of the claim rises; within lines, of what these leave of one
 * after the other, `first` first. */
static void fill_corner(struct bend *bend, const struct tile *tile, size_t first)
{
    bend->at = NULL;
    const struct form form = *linear_form(bend->search->run, bend->claim->context, bend->claim->node);
    if (tile->lines)
        set_lines(bend, lines_at_bound(bend, tile, &form));
    for (size_t k = 0; k < bend->count; k++) {
        size_t i = (first + k) % bend->count;
        struct value value = tile->fill[i];
        if (value.kind != VALUE_NUMBER || value.na)
            continue;
        struct range left = tile->lines ? range_of_hole(bend, i) : value.range;
        const struct hole *hole = search_hole(bend->search, bend->holes[i]);
        if (tile->lines && !cells_between(hole, left.low, left.high, &value))
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

/* What of a tile lies where these forms are at least 0, or above. */
static void add_within(struct bend *bend, const struct tile *tile, const struct form *forms, size_t count,
                       bool above)
{
    const struct linear *linear = bend->search->run->linear;
    struct tile part = copy_tile(bend, tile);
    struct lines *lines = MEM_NEW(struct lines);
    if (tile->lines)
        *lines = *tile->lines;
    for (size_t i = 0; i < count; i++)
        linear_add_line(linear, lines, (struct linear_line){forms[i], above});
    part.lines = lines;
    add_tile(bend, part);
}

static void part_at(struct bend *bend, const struct tile *tile, const struct place *place)
{
    struct form both[] = {place->form, linear_times(bend->search->run->linear, &place->form, num_int(-1))};
    add_within(bend, tile, &both[0], 1, place->jumps);
    add_within(bend, tile, &both[1], 1, place->jumps);
    if (place->jumps)
        add_within(bend, tile, both, 2, false);
}

/* Is the claim no form, and one hole all that is open? */
static bool is_alone(const struct bend *bend, const struct tile *tile)
{
    size_t open = 0;
    for (size_t i = 0; i < bend->count; i++)
        open += !value_is_single(&tile->fill[i]);
    const struct form *form = linear_form(bend->search->run, bend->claim->context, bend->claim->node);
    return open == 1 && !linear_is_exact(form);
}

/* Lines may meet between whole numbers; and what one hole decides, `alone`, takes no more than a few
 * halvings. */
static bool cut_whole(struct bend *bend, const struct tile *tile, bool alone)
{
    struct value parts[PARTS_MAX];
    struct place place = place_among_whole(bend, tile);
    if (!place.found || !(tile->lines || (alone && bend->wholes++ < WHOLES_MAX)))
        return false;
    add_parts(bend, tile, place.hole, parts, place_parts(bend, tile, &place, parts));
    return true;
}

static void close_tile(struct bend *bend, const struct tile *tile)
{
    bool alone = is_alone(bend, tile);
    size_t corners = tile->lines ? bend->count : 1; /* where lines meet, each hole may lead to another one */
    for (size_t i = 0; i < corners && !claim_reaches(bend->best, tile->bound) && bend->climbs++ < CLIMBS_MAX;
         i++) {
        if (i > 0)
            bound_of(bend, tile);
        fill_corner(bend, tile, i);
        bend->best = cut_max(bend->best, climb_to(bend->search, bend->claim));
        search_open(bend->search);
    }
    if (claim_reaches(bend->best, tile->bound) || !cut_whole(bend, tile, alone))
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
static bool has_corner(struct bend *bend, const struct tile *tile)
{
    struct search *search = bend->search;
    bool single = search->reference != NULL;
    fill_corner(bend, tile, 0);
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

/* A hole with which the claim neither rises nor falls all along is cut in the middle. */
static bool halve(struct bend *bend, const struct tile *tile, const struct range *slopes)
{
    struct value parts[PARTS_MAX];
    for (size_t i = 0; i < bend->count && bend->halvings < HALVINGS_MAX; i++) {
        bool turns = cut_compare(slopes[i].low, cut_at(num_int(0), 0)) < 0;
        struct place place = turns ? place_in_middle(bend, tile, i) : (struct place){.found = false};
        if (!place.found)
            continue;
        bend->halvings++;
        add_parts(bend, tile, i, parts, place_parts(bend, tile, &place, parts));
        return true;
    }
    return false;
}

static bool may_stand_alone(const struct bend *bend, const struct tile *tile, size_t i)
{
    return is_number(&tile->fill[i]) && !tile->fill[i].na && !value_is_single(&tile->fill[i]) &&
           !set_has(bend->search->bound, bend->holes[i]);
}

/* Where the claim rises or falls with a hole all along, only an end of the hole counts; unless a limit or a fault
 * binds it to others: then it cannot go there with each of theirs. */
static bool go_to_ends(struct bend *bend, const struct tile *tile)
{
    struct tile part = copy_tile(bend, tile);
    struct range slopes[LINEAR_HOLES];
    bool gone = false;
    const struct form *form = linear_form(bend->search->run, bend->claim->context, bend->claim->node);
    bool is_number_told = bend->claim->kind <= CLAIM_LOW && !linear_is_exact(form);
    if (tile->lines || !is_number_told || !steady_find(bend, slopes))
        return false;
    for (size_t i = 0; i < bend->count; i++) {
        struct range *range = &part.fill[i].range;
        struct cut zero = cut_at(num_int(0), 0);
        bool rises = cut_compare(slopes[i].low, zero) >= 0, falls = cut_compare(slopes[i].high, zero) <= 0;
        if (!may_stand_alone(bend, &part, i) || (!rises && !falls))
            continue;
        struct cut end = (bend->claim->kind == CLAIM_HIGH) == rises ? range->high : range->low;
        if (end.infinite)
            continue;
        *range = (struct range){end, end, !end.side && num_is_int(end.at)};
        gone = true;
    }
    if (gone)
        add_tile(bend, part);
    return gone || halve(bend, tile, slopes);
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
    struct place place = place_find(bend, tile);
    if (place.found && place.of_several)
        part_at(bend, tile, &place);
    else if (place.found)
        add_parts(bend, tile, place.hole, parts, place_parts(bend, tile, &place, parts));
    else if (!cut_to_cells(bend, tile) && !go_to_ends(bend, tile))
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
    while (bend->tiles.count && !search_past(bend->search, until)) {
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
