#include "editions/account.h"
#include "base/mem.h"
#include "editions/both.h"

/* ---- the rows */

static bool is_taken(const struct part *part)
{
    while (part && part->kind != PART_PENALTY)
        part = part->parent;
    return part != NULL;
}

static void add_term(struct account_row *row, enum edition edition, const struct ir_node *score, int sign)
{
    if (score)
        vec_push(&row->terms, (struct account_term){edition, score, edition == EDITION_NEW ? sign : -sign});
}

/* What a penalty takes counts against. */
static void add_part(struct account_row *row, enum edition edition, const struct part *part, int sign)
{
    if (part)
        add_term(row, edition, part->score, is_taken(part) ? -sign : sign);
}

/* The sum of what stands directly in it; false: nothing does. */
static bool take_parts_away(struct account_row *row, const struct part *const *around)
{
    bool any = false;
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        for (size_t i = 0; around[edition] && i < around[edition]->parts.count; i++, any = true)
            add_part(row, edition, around[edition]->parts.items[i], -1);
    return any;
}

static void add_row(struct accounting *accounting, const struct subject *subject)
{
    struct account_row row = {.subject = subject};
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        add_part(&row, edition, subject->part[edition], 1);
    row.rest = take_parts_away(&row, subject->part);
    vec_push(&accounting->rows, row);
}

/* A part behind those in it. */
static void add_rows(struct accounting *accounting, const struct map *subjects, const struct part *part)
{
    for (size_t i = 0; i < part->parts.count; i++)
        add_rows(accounting, subjects, part->parts.items[i]);
    const struct subject *subject = map_find(subjects, part->path);
    if (subject)
        add_row(accounting, subject);
}

static const struct subject *total_of(const struct impacts *impacts)
{
    for (size_t i = 0; i < impacts->list.count; i++)
        if (impacts->list.items[i].kind == SUBJECT_TOTAL)
            return &impacts->list.items[i];
    return NULL;
}

/* ---- in the standard of both */

struct sum_term {
    const struct ir_node *node;
    struct num times;
};

/* A sum of nodes of one unit's evaluation: what both editions add up alike takes itself away. */
struct sum {
    const struct joint *joint;
    const struct evaluation *evaluation;
    VEC(struct sum_term) terms;
    struct num number;
};

static const struct value *value_of(const struct sum *sum, const struct ir_node *node)
{
    return evaluation_value(sum->evaluation, sum->evaluation->final, node);
}

/* -1, 1: the first is never more, or never less, than the second; 0: it may be either. */
static int order_of(const struct value *a, const struct value *b)
{
    if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER || a->na || b->na)
        return 0;
    return cut_compare_places(a->range.high, b->range.low) <= 0   ? -1
           : cut_compare_places(b->range.high, a->range.low) <= 0 ? 1
                                                                  : 0;
}

/* The one argument that the node comes to in this unit, whatever is open; NULL: it hangs on that, or is worked out otherwise. */
static const struct ir_node *comes_to(const struct sum *sum, const struct ir_node *node)
{
    if (node->op == IR_MIN || node->op == IR_MAX) {
        int order = order_of(value_of(sum, node->args[0]), value_of(sum, node->args[1]));
        bool first = node->op == IR_MIN ? order < 0 : order > 0;
        return order == 0 ? NULL : node->args[first ? 0 : 1];
    }
    if (node->op == IR_IF) {
        const struct value *when = value_of(sum, node->args[0]);
        return value_is_yes(when) ? node->args[1] : value_is_no(when) ? node->args[2] : NULL;
    }
    if (node->op == IR_NA_AS) {
        const struct value *first = value_of(sum, node->args[0]);
        return value_is_na(first) ? node->args[1] : !first->na && !first->fault ? node->args[0] : NULL;
    }
    return node->op == IR_MIX && sum->evaluation->contexts == 1 ? node->args[0] : NULL;
}

static void add_to_sum(struct sum *sum, const struct ir_node *node, struct num times)
{
    for (size_t i = 0; i < sum->terms.count; i++)
        if (sum->terms.items[i].node == node) {
            sum->terms.items[i].times = num_add(sum->terms.items[i].times, times);
            return;
        }
    vec_push(&sum->terms, (struct sum_term){node, times});
}

/* The number that one argument is in this unit, the other one being `other`. */
static bool is_number_times(const struct sum *sum, const struct ir_node *node, size_t at, struct num *number)
{
    const struct value *value = value_of(sum, node->args[at]);
    bool can = (node->op == IR_MUL || (node->op == IR_DIV && at == 1)) && value_is_point(value) &&
               num_sign(value_point(value)) != 0;
    if (can)
        *number = node->op == IR_MUL ? value_point(value) : num_div(num_int(1), value_point(value));
    return can;
}

/* What is a sum itself adds its terms. */
static void open_up(struct sum *sum, const struct ir_node *node, struct num times)
{
    const struct value *value = value_of(sum, node);
    const struct ir_node *only = comes_to(sum, node);
    struct num number;
    if (value_is_na(value))
        return; /* it gives no points */
    if (value_is_point(value)) {
        sum->number = num_add(sum->number, num_mul(times, value_point(value)));
    } else if (only) {
        open_up(sum, only, times);
    } else if (value->na) {
        add_to_sum(sum, node, times);
    } else if (node->op == IR_ADD || node->op == IR_SUB) {
        open_up(sum, node->args[0], times);
        open_up(sum, node->args[1], node->op == IR_ADD ? times : num_neg(times));
    } else if (node->op == IR_MUL && is_number_times(sum, node, 0, &number)) {
        open_up(sum, node->args[1], num_mul(times, number));
    } else if ((node->op == IR_MUL || node->op == IR_DIV) && is_number_times(sum, node, 1, &number)) {
        open_up(sum, node->args[0], num_mul(times, number));
    } else {
        add_to_sum(sum, node, times);
    }
}

static const struct ir_node *added(struct ir *ir, const struct sum *sum)
{
    struct ir_node *all = ir_number(ir, sum->number, SPAN_NONE);
    for (size_t i = 0; i < sum->terms.count; i++) {
        struct num times = sum->terms.items[i].times;
        struct ir_node *node = ir->nodes.items[sum->terms.items[i].node->id];
        struct ir_node *points =
            ir_binary(ir, IR_NA_AS, all->type, node, ir_number(ir, num_int(0), SPAN_NONE), SPAN_NONE);
        struct ir_node *term =
            ir_binary(ir, IR_MUL, all->type, points, ir_number(ir, times, SPAN_NONE), SPAN_NONE);
        all = num_sign(times) == 0 ? all : ir_binary(ir, IR_ADD, all->type, all, term, SPAN_NONE);
    }
    return all;
}

/* In `ir`, a fork of that of both. */
static const struct ir_node *difference_of(struct ir *ir, const struct joint *joint,
                                           const struct evaluation *evaluation, const struct account_row *row)
{
    struct sum sum = {.joint = joint, .evaluation = evaluation, .number = num_int(0)};
    for (size_t i = 0; i < row->terms.count; i++) {
        const struct account_term *term = &row->terms.items[i];
        open_up(&sum, joint->nodes[term->edition][term->score->id], num_int(term->sign));
    }
    return added(ir, &sum);
}

static struct account_row row_of_totals(const struct subject *total)
{
    struct account_row row = {.subject = total};
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        add_term(&row, edition, total->of[edition], 1);
    return row;
}

static void add_totals(struct accounting *accounting, const struct subject *total)
{
    const struct standard *const *of = accounting->impacts->standard;
    const struct part *roots[] = {of[EDITION_OLD]->root, of[EDITION_NEW]->root};
    struct account_row row = row_of_totals(total);
    row.rest = take_parts_away(&row, roots);
    vec_push(&accounting->rows, row);
    accounting->total = row_of_totals(total);
}

struct accounting *accounting_new(struct impacts *impacts)
{
    const struct subject *total = total_of(impacts);
    struct map subjects = {0}; /* path in the new edition → subject */
    if (!total || !total->of[EDITION_OLD] || !total->of[EDITION_NEW])
        return NULL;
    struct accounting *accounting = MEM_NEW(struct accounting);
    accounting->impacts = impacts;
    for (size_t i = 0; i < impacts->list.count; i++)
        if (impacts->list.items[i].part[EDITION_NEW])
            map_put(&subjects, impacts->list.items[i].path, &impacts->list.items[i]);
    add_rows(accounting, &subjects, impacts->standard[EDITION_NEW]->root);
    for (size_t i = 0; i < impacts->list.count; i++)
        if (impacts->list.items[i].kind == SUBJECT_PART && !impacts->list.items[i].part[EDITION_NEW])
            add_row(accounting, &impacts->list.items[i]);
    add_totals(accounting, total);
    return accounting;
}

/* ---- one unit */

/* What is n/a gives no points. False: it is open. */
static bool add_known(struct num *sum, const struct account *account, const struct account_term *term)
{
    const struct evaluation *evaluation = account->evaluation[term->edition];
    const struct value *value = evaluation_value(evaluation, evaluation->final, term->score);
    if (value_is_na(value))
        return true;
    if (!value_is_point(value))
        return false;
    *sum = term->sign > 0 ? num_add(*sum, value_point(value)) : num_sub(*sum, value_point(value));
    return true;
}

static struct value added_up(const struct account *account, const struct account_row *row)
{
    struct num sum = num_int(0);
    for (size_t i = 0; i < row->terms.count; i++)
        if (!add_known(&sum, account, &row->terms.items[i]))
            return (struct value){.kind = VALUE_NONE};
    return value_number(sum);
}

static bool reads_days(const struct ir *ir)
{
    size_t i = 0;
    while (i < ir->nodes.count && ir->nodes.items[i]->op != IR_CALENDAR)
        i++;
    return i < ir->nodes.count;
}

static bool on_the_same_days(const struct account *account)
{
    const struct unit *old = account->unit[EDITION_OLD], *new = account->unit[EDITION_NEW];
    const struct evaluation *before = account->evaluation[EDITION_OLD],
                            *after = account->evaluation[EDITION_NEW];
    return old->period.known == new->period.known && old->period.start == new->period.start &&
           old->period.end == new->period.end && before->has_on == after->has_on && before->on == after->on;
}

/* The unit for which one evaluation of both stands for the two; NULL: there is none. */
static const struct unit *unit_of_both(const struct joint *joint, const struct account *account)
{
    bool days = joint && (!reads_days(joint->standard->ir) || on_the_same_days(account));
    return days ? both_unit(joint, account->unit) : NULL;
}

/* All scores that rows are made of. */
static size_t scores_of(const struct accounting *accounting, const struct ir_node **scores)
{
    const struct joint *joint = accounting->impacts->joint;
    size_t count = 0;
    for (size_t i = 0; i < accounting->rows.count; i++)
        for (size_t k = 0; k < accounting->rows.items[i].terms.count; k++, count++) {
            const struct account_term *term = &accounting->rows.items[i].terms.items[k];
            if (scores)
                scores[count] = joint->nodes[term->edition][term->score->id];
        }
    return count;
}

static const struct evaluation *ask(const struct standard *standard, const struct account *account,
                                    const struct unit *unit, const struct ir_node *const *asked, size_t count)
{
    const struct evaluation *after = account->evaluation[EDITION_NEW];
    const struct call call = {.only = asked,
                              .only_count = count,
                              .without_deciding = true,
                              .has_on = after->has_on,
                              .on = after->on};
    return evaluate(standard, unit, &call);
}

/* Where something is open, what both editions leave open alike is the same unknown in both. */
static bool ask_both(const struct accounting *accounting, struct account *account)
{
    const struct joint *joint = accounting->impacts->joint;
    const struct unit *unit = unit_of_both(joint, account);
    if (!unit)
        return false;
    size_t rows = accounting->rows.count, count = scores_of(accounting, NULL);
    const struct ir_node **scores = MEM_ARRAY(const struct ir_node *, count + 1);
    const struct ir_node **asked = MEM_ARRAY(const struct ir_node *, rows + 1);
    scores_of(accounting, scores);
    const struct evaluation *both = ask(joint->standard, account, unit, scores, count);
    if (both->refused)
        return false;
    struct standard fork = *joint->standard;
    fork.ir = ir_fork(joint->standard->ir);
    for (size_t i = 0; i < rows; i++)
        asked[i] = difference_of(fork.ir, joint, both, &accounting->rows.items[i]);
    asked[rows] = difference_of(fork.ir, joint, both, &accounting->total);
    const struct evaluation *found = ask(&fork, account, unit, asked, rows + 1);
    for (size_t i = 0; i < rows; i++) {
        account->rows[i] = *evaluation_value(found, found->final, asked[i]);
        account->exact[i] = evaluation_exact(found, found->final, asked[i]);
    }
    account->total = *evaluation_value(found, found->final, asked[rows]);
    account->total_exact = evaluation_exact(found, found->final, asked[rows]);
    return true;
}

/* As far as the two evaluations tell: what is open in one is another unknown than what is open in the other. */
static struct value apart(const struct account *account, const struct account_row *row, bool *exact)
{
    struct range sum = range_point(num_int(0));
    size_t open = 0;
    *exact = true;
    if (!row->rest && impacts_is_same(row->subject))
        return value_range(sum);
    for (size_t i = 0; i < row->terms.count; i++) {
        const struct account_term *term = &row->terms.items[i];
        const struct evaluation *evaluation = account->evaluation[term->edition];
        const struct value *value = evaluation_value(evaluation, evaluation->final, term->score);
        if (value_is_na(value))
            continue;
        struct range points = value->range;
        if (value->na)
            points = range_join(points, range_point(num_int(0)));
        open += !value_is_point(value);
        *exact =
            *exact && (value_is_point(value) || evaluation_exact(evaluation, evaluation->final, term->score));
        sum = term->sign > 0 ? range_add(sum, points) : range_sub(sum, points);
    }
    *exact = *exact && open <= 1;
    return value_range(sum);
}

static void ask_each(const struct accounting *accounting, struct account *account)
{
    for (size_t i = 0; i < accounting->rows.count; i++)
        account->rows[i] = apart(account, &accounting->rows.items[i], &account->exact[i]);
    account->total = apart(account, &accounting->total, &account->total_exact);
}

static void add_up(const struct accounting *accounting, struct account *account)
{
    bool open = false;
    struct num sum = num_int(0);
    account->rows = MEM_ARRAY(struct value, accounting->rows.count + 1);
    account->exact = MEM_ARRAY(bool, accounting->rows.count + 1);
    account->total_exact = true;
    for (size_t i = 0; i < accounting->rows.count; i++) {
        account->rows[i] = added_up(account, &accounting->rows.items[i]);
        account->exact[i] = true;
        open |= !value_is_point(&account->rows[i]);
        if (!open)
            sum = num_add(sum, value_point(&account->rows[i]));
    }
    if (!open)
        account->total = value_number(sum);
    else if (!ask_both(accounting, account))
        ask_each(accounting, account);
}

struct account account_of(const struct accounting *accounting, const struct evaluation *old,
                          const struct evaluation *new, const struct call *call)
{
    struct account account = {.unit = {old->unit, new->unit}, .evaluation = {old, new}};
    const struct standard *standards[] = {old->standard, new->standard};
    if (accounting)
        add_up(accounting, &account);
    account.titles = titles_between(standards, account.unit, call);
    return account;
}
