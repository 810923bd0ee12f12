#include "cohort/contest.h"
#include "base/mem.h"

const struct stage *contest_stage(const struct standard *standard, size_t *count)
{
    const struct stage *first = NULL;
    *count = 0;
    for (size_t i = 0; i < standard->stages.count; i++) {
        const struct stage *stage = standard->stages.items[i];
        if (!stage->quota)
            continue;
        first = first ? first : stage;
        (*count)++;
    }
    return first;
}

/* ---- what a node hangs on */

static void mark_block(unsigned char *marks, const struct ir_block *block)
{
    for (size_t i = 0; i < block->nodes.count; i++)
        marks[block->nodes.items[i]->id] = 1;
    marks[block->presence->id] = marks[block->value->id] = 1;
    if (block->key)
        marks[block->key->id] = 1;
}

/* Arguments stand before their uses: one walk backwards does. */
static void spread(const struct ir *ir, unsigned char *marks)
{
    for (size_t i = ir->nodes.count; i-- > 0;) {
        const struct ir_node *node = ir->nodes.items[i];
        for (size_t k = 0; marks[i] && k < node->arg_count; k++)
            marks[node->args[k]->id] = 1;
        if (marks[i] && node->op == IR_BAG_OF)
            mark_block(marks, node->block);
    }
}

static bool is_open(const struct ir_node *node)
{
    return node->op == IR_SETTING && !value_is_known(&node->bounds);
}

static void add_setting(struct settings_open *open, size_t slot)
{
    for (size_t i = 0; i < open->list.count; i++)
        if (open->list.items[i] == slot)
            return;
    vec_push(&open->list, slot);
}

static struct settings_open open_settings(const struct ir *ir, unsigned char *marks)
{
    struct settings_open open = {0};
    spread(ir, marks);
    for (size_t i = 0; i < ir->nodes.count; i++)
        if (marks[i] && is_open(ir->nodes.items[i]))
            add_setting(&open, (size_t)ir->nodes.items[i]->index);
    return open;
}

struct settings_open contest_open_settings(const struct standard *standard, const struct ir_node *node)
{
    unsigned char *marks = mem_alloc_plain(standard->ir->nodes.count + 1);
    marks[node->id] = 1;
    return open_settings(standard->ir, marks);
}

static void find_shared(struct contest *contest)
{
    const struct ir *ir = contest->standard->ir;
    unsigned char *marks = mem_alloc_plain(ir->nodes.count + 1);
    for (size_t i = 0; i < contest->order.keys; i++)
        marks[contest->figures[i].node->id] = 1;
    contest->open = open_settings(ir, marks);
    contest->shared = contest->open.list.count > 0;
    for (size_t i = 0; i < ir->nodes.count; i++)
        contest->shared |= marks[i] && ir->nodes.items[i]->op == IR_COHORT;
}

/* ---- making it */

static bool has_total(const struct contest *contest, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (contest->figures[i].is_total)
            return true;
    return false;
}

static void find_figures(struct contest *contest)
{
    const struct standard *standard = contest->standard;
    const struct quota *quota = contest->stage ? contest->stage->quota : NULL;
    size_t count = quota ? quota->ranked_by.count : 0;
    struct figure *figures = MEM_ARRAY(struct figure, count + 1);
    contest->figures = figures;
    for (size_t i = 0; i < count; i++) {
        const struct quota_key *key = &quota->ranked_by.items[i];
        figures[i] = (struct figure){key->text, key->node, key->is_total};
    }
    contest->order = (struct rank_order){quota ? count : 1, standard->better_lower};
    if (standard->total_node && !has_total(contest, count))
        figures[count++] = (struct figure){NULL, standard->total_node, true};
    contest->figure_count = count;
}

static void ask(struct contest *contest, const struct call *call)
{
    const struct ir_node **asked = MEM_ARRAY(const struct ir_node *, contest->figure_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < contest->figure_count; i++)
        asked[count++] = contest->figures[i].node;
    if (contest->stage)
        asked[count++] = contest->stage->quota->share;
    contest->call = *call;
    contest->call.asked = asked;
    contest->call.asked_count = count;
    contest->call.without_deciding = true;
}

const struct contest *contest_new(const struct standard *standard, const struct stage *stage,
                                  const struct call *call)
{
    struct contest *contest = MEM_NEW(struct contest);
    contest->standard = standard;
    contest->stage = stage;
    if (!stage && !standard->total_node)
        return NULL;
    find_figures(contest);
    find_shared(contest);
    ask(contest, call);
    return contest;
}

/* ---- places */

static bool is_part(struct num share)
{
    return num_sign(share) > 0 && num_compare(share, num_int(1)) <= 0;
}

struct seats contest_seats(const struct contest *contest, const struct value *share, size_t units)
{
    const struct quota *quota = contest->stage->quota;
    struct seats seats = {.kind = SEATS_UNKNOWN, .share = *share};
    int64_t count;
    if (!value_is_point(share))
        return seats;
    struct num given = value_point(share);
    seats.kind = SEATS_WRONG;
    seats.is_number = quota->is_count || !is_part(given);
    seats.exact = seats.is_number ? given : num_mul(given, num_int((int64_t)units));
    struct num rounded = seats.is_number ? given : num_round(seats.exact, num_int(1), quota->rounding);
    if (num_sign(given) <= 0 || !num_to_int(rounded, &count))
        return seats;
    seats.kind = SEATS_KNOWN;
    seats.count = (size_t)count;
    return seats;
}
