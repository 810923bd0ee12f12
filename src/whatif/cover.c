#include "whatif/cover.h"
#include <stdint.h>
#include "base/mem.h"
#include "whatif/grid.h"
#include "whatif/groups.h"

enum { WEIGHT_MAX = 4000, WEIGHT_START = 4 };
#define PARTS_MAX ((int64_t)1 << 32) /* of one, that the knapsack counts in */
#define ENDLESS   (INT64_MAX / 4096)

struct gain {
    bool endless;
    struct num by;
};

/* Moving something for this much adds this much at most. */
struct option {
    size_t weight;
    struct gain gain;
    int64_t count,
        parts; /* the gain counted in parts, rounded up; of how many parts of one: 0 before that was asked */
};

/* What a group offers when some of its levers are taken and some may still be. */
struct menu {
    unsigned taken, free;
    size_t world;
    VEC(struct option) options;
};

struct transfer {
    struct range by;
    struct gain gain;
};

struct group_menus {
    bool asked, rises, falls;       /* can the difference rise with the score, can it with its fall? */
    VEC(struct menu *) list;        /* the one asked for last comes first */
    VEC(struct transfer) transfers; /* as far as they were needed */
};

/* What may still be taken in the state at hand. */
struct supply {
    VEC(struct menu *) menus;
    VEC(struct option *) loose;
};

/* One pair of numbers. */
struct pair {
    const struct ir_node *up, *down;
    size_t *group_of;          /* [lever]: that counts for both through it alone; SIZE_MAX: none */
    unsigned *bit_of;          /* [lever]: in the group */
    struct option *loose;      /* [lever]: of those in no group */
    int64_t parts;             /* of one, so that every gain so far comes out even */
    bool uneven;               /* … but that would be too many */
    struct group_menus *menus; /* [group] */
    size_t asked; /* the state, by its number, that the supply and what it can bring are of; 0: none */
    struct supply supply;
    size_t most;   /* weights up to it are worked out */
    int64_t *best; /* [weight]: in parts */
};

struct cover {
    struct levers *levers;
    const struct effects *effects;
    struct groups *groups;
    struct num unit;        /* every cost is a multiple of it */
    size_t *weight;         /* [lever]: in units */
    size_t all;             /* of all levers together */
    unsigned *taken, *free; /* [group]: sets of its levers, in the state supplied last */
    VEC(struct pair *) pairs;
    const struct gains_state *state;
    size_t number; /* of the state: each that is begun has the next */
};

/* ---- costs as whole numbers */

/* Where costs have hardly anything in common, they are rounded down to something that all of them together hold often enough. */
static void weigh(struct cover *cover)
{
    const struct levers *levers = cover->levers;
    struct num sum = num_int(0);
    int64_t weight;
    for (size_t i = 0; i < levers->list.count; i++) {
        struct num cost = levers->list.items[i].cost;
        cover->unit = i ? grid_common(cover->unit, cost) : cost;
        sum = num_add(sum, cost);
    }
    if (levers->list.count && num_compare(num_div(sum, cover->unit), num_int(WEIGHT_MAX)) > 0)
        cover->unit = num_div(sum, num_int(WEIGHT_MAX));
    cover->weight = mem_alloc_plain((levers->list.count + 1) * sizeof *cover->weight);
    for (size_t i = 0; i < levers->list.count; i++) {
        num_to_int(num_floor(num_div(levers->list.items[i].cost, cover->unit)), &weight);
        cover->weight[i] = (size_t)weight;
        cover->all += cover->weight[i];
    }
}

struct cover *cover_new(struct levers *levers, const struct effects *effects, const struct cover *before)
{
    struct cover *cover = MEM_NEW(struct cover);
    *cover = (struct cover){.levers = levers,
                            .effects = effects,
                            .groups = groups_find(levers, effects, before ? before->groups : NULL),
                            .unit = num_int(1)};
    cover->taken = mem_alloc_plain((cover->groups->list.count + 1) * sizeof *cover->taken);
    cover->free = mem_alloc_plain((cover->groups->list.count + 1) * sizeof *cover->free);
    weigh(cover);
    return cover;
}

/* ---- gains */

static struct gain gain_of(struct cut high)
{
    if (high.infinite)
        return (struct gain){.endless = high.infinite > 0, .by = num_int(0)};
    return (struct gain){.by = num_sign(high.at) > 0 ? high.at : num_int(0)};
}

static int64_t in_parts(const struct pair *pair, struct num number, bool up)
{
    int64_t count;
    struct num scaled = num_mul(number, num_int(pair->parts));
    bool fits = num_valid(scaled) && num_to_int(up ? num_ceil(scaled) : num_floor(scaled), &count);
    return fits && count < ENDLESS ? count : ENDLESS;
}

static int64_t counted(const struct pair *pair, struct option *option)
{
    if (option->parts != pair->parts)
        option->count = option->gain.endless ? ENDLESS : in_parts(pair, option->gain.by, true);
    option->parts = pair->parts;
    return option->count;
}

/* As many parts as make the number come out even, too. */
static void refine(struct pair *pair, struct num number)
{
    int64_t bottom, more;
    struct num rest = num_bottom(num_mul(number, num_int(pair->parts)));
    bool fits = num_valid(number) && num_to_int(rest, &bottom) && bottom < PARTS_MAX;
    more = fits ? bottom : PARTS_MAX;
    if (pair->parts > PARTS_MAX / more)
        pair->uneven = true;
    else
        pair->parts *= more;
}

static bool is_some(struct gain gain)
{
    return gain.endless || num_sign(gain.by) > 0;
}

/* By way of n/a a number may become any that it can be. */
static struct range change_of(const struct cover *cover, const struct effect *effect,
                              const struct ir_node *node)
{
    if (!effect)
        return range_point(num_int(0));
    const struct value *open = effects_open(cover->effects, node);
    struct range all = open->range;
    if (!effect->wild)
        return effect->by;
    if (open->kind != VALUE_NUMBER || open->nothing_else || open->fault)
        return range_all();
    all.whole = false;
    return range_sub(all, all);
}

/* A rise of the one and a fall of the other. */
static struct gain joined(const struct cover *cover, const struct pair *pair, const struct effect *rise,
                          const struct effect *fall)
{
    struct range up = change_of(cover, rise, pair->up), down = change_of(cover, fall, pair->down);
    return gain_of(range_sub(up, down).high);
}

static struct gain loose_gain(const struct cover *cover, const struct pair *pair, size_t lever)
{
    return joined(cover, pair, pair->up ? effects_of(cover->effects, lever, pair->up) : NULL,
                  pair->down ? effects_of(cover->effects, lever, pair->down) : NULL);
}

/* ---- what a group offers */

struct asking {
    struct cover *cover;
    struct pair *pair;
    size_t group;
};

static struct gain work_through(const struct asking *it, struct range by)
{
    const struct group *group = &it->cover->groups->list.items[it->group];
    struct effect rise, fall;
    if (it->pair->up)
        rise = effects_through(it->cover->effects, group->levers[0], group->score, by, it->pair->up);
    if (it->pair->down)
        fall = effects_through(it->cover->effects, group->levers[0], group->score, by, it->pair->down);
    return joined(it->cover, it->pair, it->pair->up ? &rise : NULL, it->pair->down ? &fall : NULL);
}

static struct gain through(const struct asking *it, struct range by)
{
    struct group_menus *menus = &it->pair->menus[it->group];
    for (size_t i = 0; i < menus->transfers.count; i++)
        if (range_equal(menus->transfers.items[i].by, by))
            return menus->transfers.items[i].gain;
    struct transfer transfer = {by, work_through(it, by)};
    vec_push(&menus->transfers, transfer);
    return transfer.gain;
}

/* From the one end of what the score could be to the one that it can be now, up or down. */
static struct range risen(struct range before, struct range after)
{
    struct range low = {before.high, before.high, false}, high = {after.high, after.high, false};
    return range_of(cut_at(num_int(0), 0), cut_max(cut_at(num_int(0), 0), range_sub(high, low).high), false);
}

static struct range fallen(struct range before, struct range after)
{
    struct range low = {after.low, after.low, false}, high = {before.low, before.low, false};
    return range_of(cut_min(cut_at(num_int(0), 0), range_sub(low, high).low), cut_at(num_int(0), 0), false);
}

static bool is_plain(struct range range)
{
    return !range.low.infinite && !range.high.infinite;
}

/* Where more of the score is never less of the difference, only its high end counts, and the other way round; where neither is sure, anything
 * that the score can be may turn into anything. */
static struct gain group_gain(const struct asking *it, struct range before, struct range after)
{
    const struct group *group = &it->cover->groups->list.items[it->group];
    struct range all = effects_open(it->cover->effects, group->score)->range;
    all.whole = before.whole = after.whole = false;
    if (!is_plain(before) || !is_plain(after) || !is_plain(all))
        return through(it, range_sub(all, all));
    struct group_menus *menus = &it->pair->menus[it->group];
    if (!menus->asked) {
        struct range span = range_of(cut_at(num_int(0), 0), range_sub(all, all).high, false);
        menus->rises = is_some(through(it, span));
        menus->falls = is_some(through(it, range_neg(span)));
        menus->asked = true;
    }
    if (!menus->falls)
        return menus->rises ? through(it, risen(before, after)) : (struct gain){.by = num_int(0)};
    if (!menus->rises)
        return through(it, fallen(before, after));
    return through(it, range_sub(all, all));
}

static bool is_less(struct gain a, struct gain b)
{
    return a.endless != b.endless ? b.endless : !a.endless && num_compare(a.by, b.by) < 0;
}

static void offer(struct menu *menu, size_t weight, struct gain gain)
{
    for (size_t i = 0; i < menu->options.count; i++)
        if (menu->options.items[i].weight == weight) {
            if (is_less(menu->options.items[i].gain, gain))
                menu->options.items[i].gain = gain;
            return;
        }
    vec_push(&menu->options, (struct option){.weight = weight, .gain = gain});
}

static size_t weight_of(const struct cover *cover, const struct group *group, unsigned mask)
{
    size_t weight = 0;
    for (size_t i = 0; i < group->count; i++)
        if (mask >> i & 1)
            weight += cover->weight[group->levers[i]];
    return weight;
}

static struct menu make_menu(const struct asking *it, unsigned taken, unsigned free, size_t world)
{
    struct groups *groups = it->cover->groups;
    const struct group *group = &groups->list.items[it->group];
    struct menu menu = {.taken = taken, .free = free, .world = world};
    struct range before, after;
    bool number = group_range(groups, it->group, world, taken, &before);
    for (unsigned mask = free; mask; mask = (mask - 1) & free) {
        bool known = group_range(groups, it->group, world, taken | mask, &after) && number;
        struct range all = effects_open(it->cover->effects, group->score)->range;
        struct gain gain = known ? group_gain(it, before, after) : through(it, range_sub(all, all));
        if (is_some(gain))
            offer(&menu, weight_of(it->cover, group, mask), gain);
    }
    for (size_t i = 0; i < menu.options.count; i++)
        refine(it->pair, menu.options.items[i].gain.by);
    return menu;
}

static void to_front(struct menu **menus, size_t place)
{
    struct menu *menu = menus[place];
    for (; place > 0; place--)
        menus[place] = menus[place - 1];
    menus[0] = menu;
}

static struct menu *menu_of(const struct asking *it, unsigned taken, unsigned free, size_t world)
{
    struct group_menus *menus = &it->pair->menus[it->group];
    world = group_world(it->cover->groups, it->group, world);
    for (size_t i = 0; i < menus->list.count; i++) {
        struct menu *menu = menus->list.items[i];
        if (menu->taken != taken || menu->free != free || menu->world != world)
            continue;
        to_front(menus->list.items, i);
        return menu;
    }
    struct menu *made = MEM_NEW(struct menu);
    *made = make_menu(it, taken, free, world);
    vec_push(&menus->list, made);
    return made;
}

static void place_levers(const struct cover *cover, struct pair *pair)
{
    const struct groups *groups = cover->groups;
    size_t count = cover->levers->list.count;
    pair->group_of = mem_alloc_plain((count + 1) * sizeof *pair->group_of);
    pair->bit_of = mem_alloc_plain((count + 1) * sizeof *pair->bit_of);
    for (size_t i = 0; i < count; i++)
        pair->group_of[i] = SIZE_MAX;
    for (size_t g = 0; g < groups->list.count; g++) {
        const struct group *group = &groups->list.items[g];
        bool alone = (!pair->up || group_counts_alone(groups, g, pair->up)) &&
                     (!pair->down || group_counts_alone(groups, g, pair->down));
        for (size_t i = 0; i < group->count && alone; i++) {
            pair->group_of[group->levers[i]] = g;
            pair->bit_of[group->levers[i]] = 1u << i;
        }
    }
}

static struct pair *pair_of(struct cover *cover, const struct ir_node *up, const struct ir_node *down)
{
    for (size_t i = 0; i < cover->pairs.count; i++)
        if (cover->pairs.items[i]->up == up && cover->pairs.items[i]->down == down)
            return cover->pairs.items[i];
    struct pair *pair = MEM_NEW(struct pair);
    *pair = (struct pair){
        .up = up, .down = down, .loose = MEM_ARRAY(struct option, cover->levers->list.count + 1), .parts = 1};
    pair->menus = MEM_ARRAY(struct group_menus, cover->groups->list.count + 1);
    pair->best = mem_alloc_plain((cover->all + 1) * sizeof *pair->best);
    place_levers(cover, pair);
    for (size_t i = 0; i < cover->levers->list.count; i++)
        pair->loose[i] = (struct option){.weight = cover->weight[i], .gain = loose_gain(cover, pair, i)};
    for (size_t i = 0; i < cover->levers->list.count; i++)
        if (pair->group_of[i] == SIZE_MAX)
            refine(pair, pair->loose[i].gain.by);
    vec_push(&cover->pairs, pair);
    return pair;
}

/* ---- the knapsack */

/* The best that each weight can bring, one more thing being on offer. */
static void add_options(struct cover *cover, const struct pair *pair, struct option *options, size_t count)
{
    for (size_t i = 0; i < count; i++)
        counted(pair, &options[i]);
    levers_spend(cover->levers, (pair->most + 1) * count / 4);
    for (size_t weight = pair->most + 1; weight-- > 0;)
        for (size_t i = 0; i < count; i++) {
            if (options[i].weight > weight)
                continue;
            int64_t with = pair->best[weight - options[i].weight] + options[i].count;
            if (pair->best[weight] < with)
                pair->best[weight] = with < ENDLESS ? with : ENDLESS;
        }
}

static bool is_free(const struct gains_state *state, size_t lever)
{
    return !state->taken[lever] && state->place[lever] >= state->first;
}

static void supply(struct cover *cover, struct pair *pair)
{
    const struct gains_state *state = cover->state;
    struct groups *groups = cover->groups;
    pair->supply.menus.count = pair->supply.loose.count = 0;
    levers_spend(cover->levers, cover->levers->list.count + groups->list.count);
    unsigned *taken = cover->taken, *free = cover->free;
    for (size_t g = 0; g < groups->list.count; g++)
        taken[g] = free[g] = 0;
    for (size_t i = 0; i < cover->levers->list.count; i++) {
        size_t group = pair->group_of[i];
        if (group == SIZE_MAX) {
            if (is_free(state, i) && is_some(pair->loose[i].gain))
                vec_push(&pair->supply.loose, &pair->loose[i]);
            continue;
        }
        taken[group] |= state->taken[i] ? pair->bit_of[i] : 0;
        free[group] |= is_free(state, i) ? pair->bit_of[i] : 0;
    }
    for (size_t g = 0; g < groups->list.count; g++) {
        struct asking asking = {cover, pair, g};
        struct menu *menu = free[g] ? menu_of(&asking, taken[g], free[g], state->world) : NULL;
        if (menu && menu->options.count)
            vec_push(&pair->supply.menus, menu);
    }
}

/* Gains that come out even add up to whole parts: then less than a part more is a part more. Where they were rounded, they may already make up for
 * a little more than they do. */
static int64_t wanted_of(const struct pair *pair, struct lack lack)
{
    if (lack.endless)
        return ENDLESS;
    bool to_the_part = num_is_int(num_mul(lack.by, num_int(pair->parts)));
    int64_t wanted = in_parts(pair, lack.by, !pair->uneven) + (lack.strict && to_the_part && !pair->uneven);
    return wanted < ENDLESS ? wanted : ENDLESS;
}

static void fill(struct cover *cover, struct pair *pair, size_t most)
{
    const struct supply *supply = &pair->supply;
    pair->most = most;
    for (size_t i = 0; i <= most; i++)
        pair->best[i] = 0;
    for (size_t i = 0; i < supply->menus.count; i++)
        add_options(cover, pair, supply->menus.items[i]->options.items,
                    supply->menus.items[i]->options.count);
    for (size_t i = 0; i < supply->loose.count; i++)
        add_options(cover, pair, supply->loose.items[i], 1);
}

static bool is_enough(const struct pair *pair, int64_t wanted, size_t *least)
{
    for (*least = 0; *least <= pair->most; ++*least)
        if (pair->best[*least] >= wanted)
            return true;
    return false;
}

void cover_begin(struct cover *cover, const struct gains_state *state)
{
    cover->state = state;
    cover->number++;
}

bool cover_least(struct cover *cover, const struct ir_node *up, const struct ir_node *down, struct lack lack,
                 struct num *cost)
{
    struct pair *pair = pair_of(cover, up, down);
    size_t least;
    if (pair->asked != cover->number) {
        pair->asked = cover->number;
        supply(cover, pair);
        fill(cover, pair, WEIGHT_START < cover->all ? WEIGHT_START : cover->all);
    }
    int64_t wanted = wanted_of(pair, lack);
    while (!is_enough(pair, wanted, &least)) {
        if (pair->most == cover->all)
            return false;
        fill(cover, pair, pair->most * 2 < cover->all ? pair->most * 2 : cover->all);
    }
    *cost = num_mul(num_int((int64_t)least), cover->unit);
    return true;
}
