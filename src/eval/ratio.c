/* The sums above and below the line are taken apart into terms, terms that share holes are tried together, and the bound is climbed to by
 * Newton's steps, which end since each goes to a quotient of its own. */
#include "eval/ratio.h"
#include "base/mem.h"

enum {
    GROUP_WORLDS = 512, /* so many fillings of one group's holes are told apart */
    STEPS_MAX = 64      /* towards the bound */
};

/* A part of the sum above or below the line. */
struct term {
    const struct ir_node *node;
    struct num factor;
    bool below;
};

/* What the terms of a group come to in one filling of its holes. */
struct pair {
    struct range above, below;
};

/* Terms that share holes. */
struct cluster {
    uint64_t *holes;
    VEC(size_t) terms;
    VEC(struct pair) pairs;
};

struct ratio {
    struct search *search;
    size_t context;
    VEC(struct term) terms;
    VEC(struct cluster) clusters;
};

/* ---- taking the sums apart */

static const struct value *value_at(const struct ratio *ratio, const struct ir_node *node)
{
    return &ratio->search->run->values[ratio->context][node->id];
}

static bool is_fixed(const struct ratio *ratio, const struct ir_node *node)
{
    const struct depend *depend = ratio->search->depend;
    return set_is_empty(depend_on(depend, ratio->context, node), depend->words) &&
           value_is_point(value_at(ratio, node));
}

static const struct ir_node *lesser(const struct ratio *ratio, const struct ir_node *node)
{
    const struct value *a = value_at(ratio, node->args[0]), *b = value_at(ratio, node->args[1]);
    if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER || a->na || b->na)
        return NULL;
    if (cut_compare(a->range.high, b->range.low) <= 0)
        return node->args[0];
    return cut_compare(b->range.high, a->range.low) <= 0 ? node->args[1] : NULL;
}

/* The one node that a node is the same as, whatever fills the holes; NULL: none. */
static const struct ir_node *same_as(const struct ratio *ratio, const struct ir_node *node)
{
    const struct ir_node *least;
    switch ((int)node->op) {
    case IR_MIX: return run_is_mix(ratio->search->run, ratio->context) ? NULL : node->args[0];
    case IR_NA_AS: return value_at(ratio, node->args[0])->na ? NULL : node->args[0];
    case IR_MIN: return lesser(ratio, node);
    case IR_MAX:
        least = lesser(ratio, node);
        return least == node->args[0] ? node->args[1] : least ? node->args[0] : NULL;
    case IR_IF:
        if (value_is_yes(value_at(ratio, node->args[0])))
            return node->args[1];
        return value_is_no(value_at(ratio, node->args[0])) ? node->args[2] : NULL;
    }
    return NULL;
}

/* A product by what is fixed, as a term of the other factor. */
static bool scaled(const struct ratio *ratio, struct term *term)
{
    const struct ir_node *node = term->node;
    bool product = node->op == IR_MUL, quotient = node->op == IR_DIV;
    if ((product || quotient) && is_fixed(ratio, node->args[1])) {
        struct num by = value_point(value_at(ratio, node->args[1]));
        if (quotient && !num_sign(by))
            return false;
        *term = (struct term){node->args[0], product ? num_mul(term->factor, by) : num_div(term->factor, by),
                              term->below};
        return true;
    }
    if (!product || !is_fixed(ratio, node->args[0]))
        return false;
    struct num by = value_point(value_at(ratio, node->args[0]));
    *term = (struct term){node->args[1], num_mul(term->factor, by), term->below};
    return true;
}

/* Sums come apart, from the last addend to the first, without recursion: they are as long as the standard has parts. */
static void take_apart(struct ratio *ratio, struct term whole)
{
    VEC(struct term) left = {0};
    vec_push(&left, whole);
    while (left.count) {
        struct term term = left.items[--left.count];
        const struct ir_node *node = term.node, *same = same_as(ratio, node);
        bool adds = (node->op == IR_ADD || node->op == IR_SUB) && !value_at(ratio, node)->na;
        struct num second = node->op == IR_SUB ? num_neg(term.factor) : term.factor;
        if (adds) {
            vec_push(&left, (struct term){node->args[0], term.factor, term.below});
            vec_push(&left, (struct term){node->args[1], second, term.below});
        } else if (same) {
            vec_push(&left, (struct term){same, term.factor, term.below});
        } else if (!is_fixed(ratio, node) && scaled(ratio, &term)) {
            vec_push(&left, term);
        } else {
            vec_push(&ratio->terms, term);
        }
    }
}

/* ---- clusters */

static void absorb(struct cluster *into, const struct cluster *from, size_t words)
{
    set_join(into->holes, from->holes, words);
    for (size_t i = 0; i < from->terms.count; i++)
        vec_push(&into->terms, from->terms.items[i]);
}

/* A new cluster takes in those before it that share a hole with it. */
static void add_cluster(struct ratio *ratio, size_t term)
{
    size_t words = ratio->search->depend->words, kept = 0;
    struct cluster fresh = {.holes = mem_alloc_plain(words * sizeof(uint64_t))};
    set_join(fresh.holes, depend_on(ratio->search->depend, ratio->context, ratio->terms.items[term].node),
             words);
    vec_push(&fresh.terms, term);
    for (size_t i = 0; i < ratio->clusters.count; i++) {
        struct cluster *old = &ratio->clusters.items[i];
        if (set_meets(old->holes, fresh.holes, words))
            absorb(&fresh, old, words);
        else
            ratio->clusters.items[kept++] = *old;
    }
    ratio->clusters.count = kept;
    vec_push(&ratio->clusters, fresh);
}

/* ---- what a cluster can come to */

static bool add_value(const struct ratio *ratio, const struct term *term, struct pair *pair)
{
    const struct value *value = value_at(ratio, term->node);
    if (value->kind != VALUE_NUMBER || value->na)
        return false;
    struct range *sum = term->below ? &pair->below : &pair->above;
    *sum = range_add(*sum, range_mul(value->range, range_point(term->factor)));
    return true;
}

static bool add_pair(const struct ratio *ratio, struct cluster *cluster)
{
    struct range zero = range_point(num_int(0));
    struct pair pair = {zero, zero};
    for (size_t i = 0; i < cluster->terms.count; i++)
        if (!add_value(ratio, &ratio->terms.items[cluster->terms.items[i]], &pair))
            return false;
    vec_push(&cluster->pairs, pair);
    return true;
}

/* The holes that stand on both sides of the line, or are read along several ways. */
static size_t holes_to_split(const struct ratio *ratio, const struct cluster *cluster, size_t *holes)
{
    const struct search *search = ratio->search;
    size_t words = search->depend->words, count = 0;
    uint64_t *sides[2], *split = mem_alloc_plain(words * sizeof *split);
    for (int i = 0; i < 2; i++)
        sides[i] = mem_alloc_plain(words * sizeof *split);
    for (size_t i = 0; i < cluster->terms.count; i++) {
        const struct term *term = &ratio->terms.items[cluster->terms.items[i]];
        set_join(sides[term->below], depend_on(search->depend, ratio->context, term->node), words);
        set_join(split, depend_shared(search->depend, ratio->context, term->node), words);
    }
    for (size_t i = 0; i < search_holes(search); i++)
        if (set_has(split, i) || (set_has(sides[0], i) && set_has(sides[1], i)))
            holes[count++] = i;
    return count;
}

static size_t fillings_of(const struct search *search, const size_t *holes, size_t count)
{
    size_t fillings = 1;
    for (size_t i = 0; i < count && fillings <= GROUP_WORLDS; i++)
        fillings *= search_hole(search, holes[i])->cell_count;
    return fillings;
}

static void fill_cells(struct search *search, const size_t *holes, size_t count, size_t filling)
{
    for (size_t i = 0; i < count; i++) {
        const struct hole *hole = search_hole(search, holes[i]);
        search_fill(search, holes[i], hole->cells[filling % hole->cell_count]);
        filling /= hole->cell_count;
    }
}

static bool find_pairs(struct ratio *ratio, struct cluster *cluster)
{
    struct search *search = ratio->search;
    size_t *holes = mem_alloc_plain(search_holes(search) * sizeof *holes);
    size_t count = holes_to_split(ratio, cluster, holes), fillings = fillings_of(search, holes, count);
    if (fillings > GROUP_WORLDS)
        return add_pair(ratio, cluster);
    bool right = true;
    for (size_t i = 0; i < fillings && right; i++) {
        fill_cells(search, holes, count, i);
        if (search_pass(search))
            right = add_pair(ratio, cluster) && !search_spent(search);
    }
    for (size_t i = 0; i < count; i++)
        search_fill(search, holes[i], search_hole(search, holes[i])->domain);
    search_pass(search);
    return right && cluster->pairs.count;
}

/* ---- the bound */

struct sums {
    struct num above, below;
};

/* What of a pair makes above − q × below highest; false: there is no end to it. */
static bool highest_of(const struct pair *pair, struct num q, struct sums *sums)
{
    struct cut below = num_sign(q) < 0 ? pair->below.high : pair->below.low;
    if (pair->above.high.infinite || below.infinite)
        return false;
    *sums = (struct sums){pair->above.high.at, below.at};
    return true;
}

static struct num excess(struct sums sums, struct num q)
{
    return num_sub(sums.above, num_mul(q, sums.below));
}

static bool best_pair(const struct cluster *cluster, struct num q, struct sums *best)
{
    for (size_t i = 0; i < cluster->pairs.count; i++) {
        struct sums one;
        if (!highest_of(&cluster->pairs.items[i], q, &one))
            return false;
        if (i == 0 || num_compare(excess(one, q), excess(*best, q)) > 0)
            *best = one;
    }
    return true;
}

static bool best_sums(const struct ratio *ratio, struct num q, struct sums *sums)
{
    *sums = (struct sums){num_int(0), num_int(0)};
    for (size_t i = 0; i < ratio->clusters.count; i++) {
        struct sums best;
        if (!best_pair(&ratio->clusters.items[i], q, &best))
            return false;
        sums->above = num_add(sums->above, best.above);
        sums->below = num_add(sums->below, best.below);
    }
    return num_valid(sums->above) && num_valid(sums->below);
}

/* Each step goes to the quotient of what beats the last one. */
static struct cut climb(const struct ratio *ratio, struct num q)
{
    struct sums sums;
    for (int step = 0; step < STEPS_MAX; step++) {
        if (!best_sums(ratio, q, &sums))
            break;
        if (num_sign(excess(sums, q)) <= 0)
            return cut_at(q, 0);
        if (num_sign(sums.below) <= 0)
            break;
        q = num_div(sums.above, sums.below);
    }
    return cut_above_all();
}

/* Some quotient that is not above the bound. */
static bool start(const struct ratio *ratio, struct num *q)
{
    struct range above = range_point(num_int(0)), below = above;
    for (size_t i = 0; i < ratio->clusters.count; i++) {
        above = range_add(above, ratio->clusters.items[i].pairs.items[0].above);
        below = range_add(below, ratio->clusters.items[i].pairs.items[0].below);
    }
    if (above.low.infinite || below.high.infinite || num_sign(below.high.at) <= 0)
        return false;
    struct cut far = num_sign(above.low.at) < 0 ? below.low : below.high;
    if (num_sign(far.at) <= 0)
        return false;
    *q = num_div(above.low.at, far.at);
    return true;
}

struct cut ratio_bound(struct search *search, const struct claim *claim)
{
    struct ratio ratio = {.search = search, .context = claim->context};
    struct num q, one = num_int(claim->kind == CLAIM_LOW ? -1 : 1);
    const struct value *divisor = value_at(&ratio, claim->node->args[1]);
    bool fits =
        divisor->kind == VALUE_NUMBER && !divisor->range.low.infinite && num_sign(divisor->range.low.at) >= 0;
    if (!fits)
        return cut_above_all();
    take_apart(&ratio, (struct term){claim->node->args[0], one, false});
    take_apart(&ratio, (struct term){claim->node->args[1], num_int(1), true});
    for (size_t i = 0; i < ratio.terms.count; i++)
        add_cluster(&ratio, i);
    for (size_t i = 0; i < ratio.clusters.count; i++)
        if (!find_pairs(&ratio, &ratio.clusters.items[i]))
            return cut_above_all();
    return start(&ratio, &q) ? climb(&ratio, q) : cut_above_all();
}
