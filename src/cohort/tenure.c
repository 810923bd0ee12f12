#include "cohort/tenure.h"

static bool tenure_holds(const struct tenure *tenure, int64_t day)
{
    return tenure->from <= day && (!tenure->ends || day <= tenure->to);
}

bool tenures_hold(const struct tenures *tenures, int64_t day)
{
    for (size_t i = 0; i < tenures->list.count; i++)
        if (tenure_holds(&tenures->list.items[i], day))
            return true;
    return false;
}

static bool in_hand(const struct tenure *tenure, struct opening opening, int64_t day)
{
    bool lapsed = tenure->from <= day && tenure->ends && !tenure->revoked;
    lapsed &= !tenure->barred || day < tenure->barred_on;
    return tenure_holds(tenure, day) || (lapsed && opening.given && tenure->to >= opening.day - 1);
}

bool tenures_in_hand(const struct tenures *tenures, struct opening opening, int64_t day)
{
    for (size_t i = 0; i < tenures->list.count; i++)
        if (in_hand(&tenures->list.items[i], opening, day))
            return true;
    return false;
}

/* So many terms from `day`. */
static struct tenure terms_from(const struct title *title, int64_t day, int64_t terms)
{
    bool ends = title->valid.unit != DURATION_NONE;
    int64_t to = duration_after(title->valid, day, terms) - 1;
    return (struct tenure){.from = day, .to = to, .ends = ends, .anchor = day, .terms = terms};
}

static void run_on(struct tenure *tenure, struct tenure terms)
{
    tenure->ends = terms.ends;
    tenure->to = terms.to;
    tenure->anchor = terms.anchor;
    tenure->terms = terms.terms;
}

void tenures_confer(struct tenures *tenures, const struct title *title, int64_t day)
{
    struct tenure term = terms_from(title, day, 1);
    for (size_t i = 0; i < tenures->list.count; i++) {
        struct tenure *held = &tenures->list.items[i];
        if (!tenure_holds(held, day))
            continue;
        if (held->ends && (!term.ends || term.to > held->to))
            run_on(held, term);
        return;
    }
    vec_push(&tenures->list, term);
}

void tenures_revoke(struct tenures *tenures, int64_t day)
{
    size_t kept = 0;
    for (size_t i = 0; i < tenures->list.count; i++) {
        struct tenure tenure = tenures->list.items[i];
        bool holds = tenure_holds(&tenure, day);
        if (holds && tenure.from == day)
            continue;
        if (holds)
            tenure = (struct tenure){.from = tenure.from, .to = day - 1, .ends = true, .revoked = true};
        if (tenure.ends && tenure.to < day && !tenure.barred) {
            tenure.barred = true;
            tenure.barred_on = day;
        }
        tenures->list.items[kept++] = tenure;
    }
    tenures->list.count = kept;
}

void tenures_renew(struct tenures *tenures, const struct title *title, struct opening opening, int64_t day)
{
    for (size_t i = tenures->list.count; i-- > 0;) {
        struct tenure *tenure = &tenures->list.items[i];
        if (!tenure->ends || !in_hand(tenure, opening, day))
            continue;
        run_on(tenure, terms_from(title, tenure->anchor, tenure->terms + 1));
        return;
    }
}

/* What is told of two tenures; what bars them from renewal is no part of it. */
static bool reads_same(const struct tenure *a, const struct tenure *b)
{
    return a->from == b->from && a->ends == b->ends && a->revoked == b->revoked &&
           (!a->ends || a->to == b->to);
}

static bool barred_same(const struct tenure *a, const struct tenure *b)
{
    return a->barred == b->barred && (!a->barred || a->barred_on == b->barred_on);
}

bool tenures_read_same(const struct tenures *a, const struct tenures *b)
{
    bool same = a->list.count == b->list.count;
    for (size_t i = 0; same && i < a->list.count; i++)
        same = reads_same(&a->list.items[i], &b->list.items[i]);
    return same;
}

bool tenures_same(const struct tenures *a, const struct tenures *b)
{
    bool same = tenures_read_same(a, b);
    for (size_t i = 0; same && i < a->list.count; i++)
        same = barred_same(&a->list.items[i], &b->list.items[i]);
    return same;
}
