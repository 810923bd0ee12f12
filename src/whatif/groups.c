#include "whatif/groups.h"
#include "base/mem.h"

enum known { NOT_ASKED, NO_NUMBER, NUMBER };

struct group_world {
    unsigned char known[1 << GROUP_LEVERS_MAX]; /* [mask]: enum known */
    struct range range[1 << GROUP_LEVERS_MAX];
};

struct group_known {
    VEC(size_t) like;                 /* [world]: the first that is the same to the score */
    VEC(struct group_world *) worlds; /* [world]: as far as they were asked about */
};

/* ---- the groups */

static bool reads_reached(const struct ir_node *node, const unsigned char *reached)
{
    for (size_t i = 0; i < node->arg_count; i++)
        if (reached[node->args[i]->id])
            return true;
    return node->arg_count == 0 || node->op == IR_BAG_OF;
}

/* The same, whatever moves. */
static bool is_settled(const struct value *open)
{
    return !open->fault && open->kind != VALUE_SEQUENCE && value_is_known(open);
}

/* Does the lever count for a node otherwise than through the score? Its readers are in the order of the nodes. */
static bool goes_past(const struct groups *groups, size_t lever, const struct ir_node *score,
                      const struct ir_node *to)
{
    const struct levers *levers = groups->levers;
    struct nodes nodes = levers->list.items[lever].readers[levers->context];
    unsigned char *reached = mem_alloc_plain(levers->search->run->nodes + 1);
    for (size_t i = 0; i < nodes.count && nodes.items[i]->id <= to->id; i++)
        reached[nodes.items[i]->id] = nodes.items[i] != score && reads_reached(nodes.items[i], reached) &&
                                      !is_settled(effects_open(groups->effects, nodes.items[i]));
    return reached[to->id];
}

static bool is_leaf(const struct part *part)
{
    return part->parts.count == 0 && part->score && part->kind != PART_STANDARD;
}

bool group_counts_alone(const struct groups *groups, size_t group, const struct ir_node *node)
{
    const struct group *at = &groups->list.items[group];
    for (size_t i = 0; i < at->count; i++)
        if (goes_past(groups, at->levers[i], at->score, node))
            return false;
    return true;
}

static bool reads_any(const struct levers *levers, const struct group *group, const struct ir_node *node)
{
    for (size_t i = 0; i < group->count; i++)
        if (levers_depends(levers, group->levers[i], node))
            return true;
    return false;
}

static void find_below(const struct groups *groups, struct group *group)
{
    const struct levers *levers = groups->levers;
    struct nodes all = levers->search->run->live[levers->context];
    struct nodes *below =
        &(group->below = MEM_ARRAY(struct nodes, levers->search->run->contexts))[levers->context];
    below->items = MEM_ARRAY(const struct ir_node *, all.count + 1);
    for (size_t i = 0; i < all.count && all.items[i]->id <= group->score->id; i++)
        if (reads_any(levers, group, all.items[i]))
            below->items[below->count++] = all.items[i];
}

static bool is_any_decided(const struct levers *levers, const struct group *group)
{
    for (size_t i = 0; i < group->count; i++)
        if (levers->list.items[group->levers[i]].applying != APPLIES_PERHAPS)
            return true;
    return false;
}

static struct group_known *known_of(const struct groups *groups, const struct group *group,
                                    const struct groups *before)
{
    for (size_t i = 0; before && i < before->list.count && !is_any_decided(groups->levers, group); i++)
        if (before->list.items[i].score == group->score)
            return before->list.items[i].known;
    return MEM_NEW(struct group_known);
}

static void add_score(struct groups *groups, const struct ir_node *score, const struct groups *before)
{
    struct group group = {.score = score};
    for (size_t i = 0; i < groups->levers->list.count; i++) {
        if (!levers_depends(groups->levers, i, score))
            continue;
        if (group.count == GROUP_LEVERS_MAX)
            return;
        group.levers[group.count++] = i;
    }
    if (!group.count)
        return;
    find_below(groups, &group);
    struct nodes below = group.below[groups->levers->context];
    if (!below.count || below.items[below.count - 1] != score)
        return; /* it is not asked about */
    group.known = known_of(groups, &group, before);
    vec_push(&groups->list, group);
}

struct groups *groups_find(struct levers *levers, const struct effects *effects, const struct groups *before)
{
    struct groups *groups = MEM_NEW(struct groups);
    const struct map *parts = &levers->standard->parts_by_path;
    groups->levers = levers;
    groups->effects = effects;
    for (size_t i = 0; i < parts->count && !run_is_mix(levers->search->run, levers->context); i++) {
        const struct part *part = parts->entries[i].value;
        if (is_leaf(part))
            add_score(groups, part->score, before);
    }
    return groups;
}

/* ---- what a score can come to */

/* Most scores hang on nothing that is open: to them all worlds are one. */
static bool is_like(const struct groups *groups, const struct group *group, size_t a, size_t b)
{
    const struct levers *levers = groups->levers;
    const struct value *one = levers->worlds.items[a], *other = levers->worlds.items[b];
    for (size_t i = 0; i < group->count; i++) {
        const struct lever *lever = &levers->list.items[group->levers[i]];
        if (lever->open && !value_equal(&one[lever->hole], &other[lever->hole]))
            return false;
    }
    for (size_t i = 0; i < levers->fixed.count; i++) {
        size_t hole = levers->fixed.items[i];
        bool reads = set_has(depend_on(levers->search->depend, levers->context, group->score), hole);
        if (reads && !value_equal(&one[hole], &other[hole]))
            return false;
    }
    return true;
}

size_t group_world(struct groups *groups, size_t group, size_t world)
{
    struct group *at = &groups->list.items[group];
    struct group_known *known = at->known;
    while (known->like.count <= world) {
        size_t first = 0;
        while (first < known->like.count && !is_like(groups, at, first, known->like.count))
            first++;
        vec_push(&known->like, first);
    }
    return known->like.items[world];
}

static struct group_world *world_of(struct group_known *known, size_t world)
{
    while (known->worlds.count <= world)
        vec_push(&known->worlds, MEM_NEW(struct group_world));
    return known->worlds.items[world];
}

/* What is decided to be n/a is so in every branch that asks, whether or not it is counted in this group. */
static void look(struct groups *groups, const struct group *group, size_t world, unsigned mask,
                 struct group_world *into)
{
    struct levers *levers = groups->levers;
    const struct value *fill = levers->worlds.items[world];
    struct value before[GROUP_LEVERS_MAX];
    for (size_t i = 0; i < group->count; i++) {
        const struct lever *lever = &levers->list.items[group->levers[i]];
        before[i] = lever_hole(levers, group->levers[i])->now;
        if (mask >> i & 1 || lever->applying == APPLIES_NOT)
            lever_open_as_decided(levers, group->levers[i]);
        else
            lever_move(levers, group->levers[i], lever->open ? fill[lever->hole] : lever->now);
    }
    search_pass_over(levers->search, group->below);
    const struct value *value = levers_value(levers, group->score);
    bool number = value->kind == VALUE_NUMBER && !value->na && !value->nothing_else && !value->fault;
    into->known[mask] = number ? NUMBER : NO_NUMBER;
    if (number)
        into->range[mask] = value->range;
    for (size_t i = 0; i < group->count; i++)
        lever_move(levers, group->levers[i], before[i]);
    search_pass_over(levers->search, group->below);
}

bool group_range(struct groups *groups, size_t group, size_t world, unsigned mask, struct range *range)
{
    struct group *at = &groups->list.items[group];
    struct group_world *known = world_of(at->known, world = group_world(groups, group, world));
    if (known->known[mask] == NOT_ASKED)
        look(groups, at, world, mask, known);
    *range = known->range[mask];
    return known->known[mask] == NUMBER;
}
