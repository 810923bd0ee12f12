/* Only holes that can clash are split; the others keep their domain, over which ranges are exact already. */
#include "eval/branch.h"
#include "base/mem.h"
#include "eval/bend.h"
#include "eval/climb.h"

enum { CLIMBS_MAX = 12 }; /* of one claim */

/* For each hole that is split the first and the last of its cells. */
struct box {
    struct cut bound;
    unsigned short *first, *last;
};

struct branch {
    struct search *search;
    const struct claim *claim;
    size_t *split; /* holes, those that matter most first */
    size_t split_count;
    VEC(struct box) heap; /* the highest bound on top */
    struct cut best;      /* that a witness reached */
    struct cut ceiling;   /* of boxes that cannot be split further */
    size_t until, climbs;
};

/* ---- the heap */

static void swap(struct box *a, struct box *b)
{
    struct box kept = *a;
    *a = *b;
    *b = kept;
}

static void push(struct branch *branch, struct box box)
{
    vec_push(&branch->heap, box);
    struct box *items = branch->heap.items;
    for (size_t i = branch->heap.count - 1; i > 0; i = (i - 1) / 2) {
        if (cut_compare(items[i].bound, items[(i - 1) / 2].bound) <= 0)
            return;
        swap(&items[i], &items[(i - 1) / 2]);
    }
}

static struct box pop(struct branch *branch)
{
    struct box *items = branch->heap.items, top = items[0];
    size_t count = --branch->heap.count;
    items[0] = items[count];
    for (size_t i = 0, child; (child = 2 * i + 1) < count; i = child) {
        if (child + 1 < count && cut_compare(items[child + 1].bound, items[child].bound) > 0)
            child++;
        if (cut_compare(items[child].bound, items[i].bound) <= 0)
            break;
        swap(&items[child], &items[i]);
    }
    return top;
}

/* ---- boxes */

static struct box copy_box(const struct branch *branch, const struct box *from)
{
    struct box box = {.bound = cut_below_all()};
    box.first = mem_alloc_plain(branch->split_count * sizeof *box.first);
    box.last = mem_alloc_plain(branch->split_count * sizeof *box.last);
    for (size_t i = 0; from && i < branch->split_count; i++) {
        box.first[i] = from->first[i];
        box.last[i] = from->last[i];
    }
    return box;
}

static void fill_box(const struct branch *branch, const struct box *box)
{
    for (size_t i = 0; i < branch->split_count; i++) {
        const struct hole *hole = search_hole(branch->search, branch->split[i]);
        search_fill(branch->search, branch->split[i], cells_join(hole, box->first[i], box->last[i]));
    }
}

static struct cut bound_of(const struct branch *branch, const struct box *box)
{
    fill_box(branch, box);
    if (!search_pass(branch->search))
        return cut_below_all();
    return claim_bound(branch->claim->kind, search_value(branch->search, branch->claim));
}

/* ---- what to split */

/* Whether n/a is asked first; then the middle. */
static unsigned short cut_at_cell(const struct hole *hole, const struct box *box, size_t i)
{
    bool ends_in_na = hole->cells[box->last[i]].nothing_else;
    return ends_in_na ? box->last[i] : (unsigned short)((box->first[i] + box->last[i] + 1) / 2);
}

struct halves {
    struct box low, high;
};

static struct halves halves_of(const struct branch *branch, const struct box *box, size_t i)
{
    const struct hole *hole = search_hole(branch->search, branch->split[i]);
    unsigned short at = cut_at_cell(hole, box, i);
    struct halves halves = {copy_box(branch, box), copy_box(branch, box)};
    halves.low.last[i] = (unsigned short)(at - 1);
    halves.high.first[i] = at;
    return halves;
}

static bool can_split(const struct box *box, size_t i)
{
    return box->first[i] < box->last[i];
}

/* How much lower than `bound`, which something reaches, an end is; what falls out of sight counts most. */
static struct num fall(struct cut bound, struct cut end)
{
    if (end.infinite || bound.infinite)
        return num_int(end.infinite < bound.infinite ? INT32_MAX : 0);
    return num_sub(bound.at, end.at);
}

/* What splitting one hole alone does to the bound. */
static struct num gain_of(const struct branch *branch, const struct box *root, size_t i)
{
    struct halves halves = halves_of(branch, root, i);
    return num_add(fall(root->bound, bound_of(branch, &halves.low)),
                   fall(root->bound, bound_of(branch, &halves.high)));
}

/* Sorts by gain, highest first; equal ones stay in order. */
static void order_splits(struct branch *branch, const struct box *root)
{
    struct num *gains = MEM_ARRAY(struct num, branch->split_count);
    for (size_t i = 0; i < branch->split_count; i++)
        gains[i] = search_past(branch->search, branch->until) ? num_int(0) : gain_of(branch, root, i);
    for (size_t i = 1; i < branch->split_count; i++)
        for (size_t k = i; k > 0 && num_compare(gains[k - 1], gains[k]) < 0; k--) {
            struct num gain = gains[k];
            size_t hole = branch->split[k];
            gains[k] = gains[k - 1];
            branch->split[k] = branch->split[k - 1];
            gains[k - 1] = gain;
            branch->split[k - 1] = hole;
        }
}

static void choose_splits(struct branch *branch)
{
    const struct search *search = branch->search;
    const uint64_t *splits = search_splits(search, branch->claim);
    branch->split = mem_alloc_plain(search_holes(search) * sizeof *branch->split);
    for (size_t i = 0; i < search_holes(search); i++)
        if (set_has(splits, i) && search_hole(search, i)->cell_count > 1)
            branch->split[branch->split_count++] = i;
}

static struct box whole_box(const struct branch *branch)
{
    struct box box = copy_box(branch, NULL);
    for (size_t i = 0; i < branch->split_count; i++)
        box.last[i] = (unsigned short)(search_hole(branch->search, branch->split[i])->cell_count - 1);
    return box;
}

/* ---- the search */

static bool is_done(const struct branch *branch, struct cut bound)
{
    bool reached = claim_reaches(branch->best, bound) || claim_reaches(branch->ceiling, bound);
    return reached || search_past(branch->search, branch->until);
}

/* A box in which nothing is left to split holds what its holes hold: is there a witness? */
static void close_box(struct branch *branch, const struct box *box)
{
    struct cut bound = box->bound;
    if (branch->climbs++ < CLIMBS_MAX) {
        search_open(branch->search);
        fill_box(branch, box);
        struct cut reached = climb_to(branch->search, branch->claim);
        if (cut_compare(reached, branch->best) > 0)
            branch->best = reached;
        search_open(branch->search);
    }
    if (!claim_reaches(branch->best, bound)) {
        fill_box(branch, box);
        bound = cut_min(bound, bend_bound(branch->search, branch->claim, branch->best, branch->until));
        search_open(branch->search);
    }
    branch->ceiling = cut_max(branch->ceiling, bound);
}

static void open_box(struct branch *branch, struct box box)
{
    box.bound = bound_of(branch, &box);
    if (box.bound.infinite >= 0)
        push(branch, box);
}

static void split_box(struct branch *branch, const struct box *box)
{
    size_t i = 0;
    while (i < branch->split_count && !can_split(box, i))
        i++;
    if (i == branch->split_count) {
        close_box(branch, box);
        return;
    }
    struct halves halves = halves_of(branch, box, i);
    open_box(branch, halves.low);
    open_box(branch, halves.high);
}

struct cut branch_bound(struct search *search, const struct claim *claim, struct cut best)
{
    struct branch branch = {.search = search, .claim = claim, .best = best, .ceiling = cut_below_all()};
    branch.until = search_until(search, CLAIM_EFFORT);
    search_open(search);
    choose_splits(&branch);
    struct box root = whole_box(&branch);
    root.bound = bound_of(&branch, &root);
    if (root.bound.infinite < 0)
        return root.bound;
    order_splits(&branch, &root);
    struct box ordered = whole_box(&branch);
    ordered.bound = root.bound;
    push(&branch, ordered);
    while (branch.heap.count && !is_done(&branch, branch.heap.items[0].bound)) {
        struct box box = pop(&branch);
        split_box(&branch, &box);
    }
    struct cut rest = branch.heap.count ? branch.heap.items[0].bound : cut_below_all();
    return cut_max(rest, branch.ceiling);
}
