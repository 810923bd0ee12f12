/* The best that keys can be together is not each at its best: the first is put at its best end, the second
 * asked about where that is so, and so on. Each step is one more evaluation of the unit, in those worlds
 * only. */
#include "cohort/entry.h"
#include "base/mem.h"

/* A unit in worlds that become fewer. */
struct probe {
    const struct contest *contest;
    const struct evaluation *now;
    VEC(struct narrowing) narrowings;
    bool surely; /* the ends found so far can be */
};

static const struct value *value_now(const struct probe *probe, size_t key)
{
    return evaluation_value(probe->now, probe->now->final, probe->contest->figures[key].node);
}

/* With the narrowings added last. False: in no world. */
static bool go_on(struct probe *probe, size_t added)
{
    struct call call = probe->contest->call;
    call.stages = probe->contest->stage != NULL;
    call.others = probe->now->others;
    call.narrowings = probe->narrowings.items;
    call.narrowing_count = probe->narrowings.count;
    const struct evaluation *next = evaluate(probe->now->standard, probe->now->unit, &call);
    if (next->refused) {
        probe->narrowings.count -= added;
        return false;
    }
    probe->now = next;
    return true;
}

static bool go_on_with(struct probe *probe, const struct ir_node *node, struct value within)
{
    vec_push(&probe->narrowings, (struct narrowing){node, within});
    return go_on(probe, 1);
}

/* ---- the ends of the keys */

enum end { END_BEST, END_WORST };

static struct rank_key end_of(const struct contest *contest, const struct value *value, enum end end)
{
    bool high = (end == END_BEST) != contest->order.lower_is_better;
    if (value->nothing_else || (end == END_WORST && value->na))
        return (struct rank_key){.na = true};
    struct cut cut = high ? value->range.high : value->range.low;
    cut.side = 0;
    return (struct rank_key){.at = cut};
}

static struct value value_of_key(const struct rank_key *key)
{
    return key->na ? value_na() : value_number(key->at.at);
}

static bool all_known_from(const struct probe *probe, size_t key)
{
    while (key < probe->contest->order.keys && value_is_known(value_now(probe, key)))
        key++;
    return key == probe->contest->order.keys;
}

static void settle_key(struct probe *probe, size_t i, enum end end, struct rank_key *keys)
{
    const struct ir_node *node = probe->contest->figures[i].node;
    const struct value *value = value_now(probe, i);
    keys[i] = end_of(probe->contest, value, end);
    if (value_is_known(value))
        return;
    bool narrows = !all_known_from(probe, i + 1);
    probe->surely &= evaluation_attained(probe->now, probe->now->final, node) && !keys[i].at.infinite;
    if (narrows && !keys[i].at.infinite)
        probe->surely &= go_on_with(probe, node, value_of_key(&keys[i]));
}

static const struct rank_key *end_from(struct probe *probe, enum end end)
{
    struct rank_key *keys = MEM_ARRAY(struct rank_key, probe->contest->order.keys);
    for (size_t i = 0; i < probe->contest->order.keys; i++)
        settle_key(probe, i, end, keys);
    return keys;
}

static struct probe copy_of(const struct probe *start)
{
    struct probe copy = *start;
    copy.narrowings.items = NULL;
    copy.narrowings.count = copy.narrowings.room = 0;
    for (size_t i = 0; i < start->narrowings.count; i++)
        vec_push(&copy.narrowings, start->narrowings.items[i]);
    return copy;
}

static struct rank_ends ends_from(const struct probe *start)
{
    struct probe best = copy_of(start), worst = copy_of(start);
    struct rank_ends ends = {.best = end_from(&best, END_BEST)};
    ends.worst = all_known_from(start, 0) ? ends.best : end_from(&worst, END_WORST);
    bool open = ends.worst != ends.best;
    ends.surely = !open || (best.surely && worst.surely && !start->contest->shared);
    return ends;
}

/* Each key by itself: of worlds about which nothing could be found out, but what the first key is in them. */
static struct rank_ends ends_apart(const struct probe *start, const struct value *first)
{
    const struct contest *contest = start->contest;
    struct rank_key *best = MEM_ARRAY(struct rank_key, contest->order.keys);
    struct rank_key *worst = MEM_ARRAY(struct rank_key, contest->order.keys);
    for (size_t i = 0; i < contest->order.keys; i++) {
        const struct value *value = i ? value_now(start, i) : first;
        best[i] = end_of(contest, value, END_BEST);
        worst[i] = end_of(contest, value, END_WORST);
    }
    return (struct rank_ends){best, worst, false};
}

/* Where the first key is not n/a. */
static struct rank_ends ends_ranked(const struct probe *start, struct rank_ends all)
{
    const struct value *first = value_now(start, 0);
    if (first->nothing_else)
        return (struct rank_ends){0};
    if (!first->na)
        return all;
    struct probe probe = copy_of(start);
    struct value some = *first;
    some.na = false;
    return go_on_with(&probe, start->contest->figures[0].node, some) ? ends_from(&probe)
                                                                     : ends_apart(start, &some);
}

/* ---- candidates */

/* Only the worlds in which all that the stage requires holds. False: there is none. */
static bool require_all(struct probe *probe)
{
    const struct stage *stage = probe->contest->stage;
    size_t added = 0;
    for (size_t i = 0; i < stage->requires.count; i++) {
        const struct ir_node *when = stage->requires.items[i].when;
        if (value_is_yes(evaluation_value(probe->now, probe->now->final, when)))
            continue;
        vec_push(&probe->narrowings, (struct narrowing){when, value_truth(TRUTH_YES)});
        added++;
    }
    return !added || go_on(probe, added);
}

/* Where it is open whether the unit is a candidate, its keys count where it is one: if both were asked
 * about on the same days. */
static void find_candidate(const struct probe *start, bool by_timeline, struct contender *contender)
{
    struct probe probe = copy_of(start);
    contender->if_candidate = contender->all;
    if (contender->candidate != TRUTH_UNKNOWN || !by_timeline)
        return;
    if (!require_all(&probe))
        contender->candidate = TRUTH_NO;
    else if (probe.now != start->now)
        contender->if_candidate = ends_from(&probe);
}

static void find_approved(const struct contest *contest, const struct timeline *timeline, struct entry *entry)
{
    const struct step *step = timeline_step(timeline, contest->stage);
    unsigned approved = 1u << STATE_APPROVED;
    if (step && step->states & approved)
        entry->approved |= TRUTH_YES;
    if (!step || step->states & ~approved)
        entry->approved |= TRUTH_NO;
}

void entry_follow(const struct contest *contest, const struct timeline *timeline, struct entry *entry)
{
    entry->contender.candidate = timeline_candidate(timeline, contest->stage);
    find_approved(contest, timeline, entry);
}

/* ---- what is shown */

static void keep_figures(const struct contest *contest, const struct value *values, struct entry *entry)
{
    struct rank_key *known = MEM_ARRAY(struct rank_key, contest->figure_count);
    for (size_t i = 0; i < contest->figure_count; i++)
        known[i] = end_of(contest, &values[i], END_BEST);
    entry->known = known;
}

static void keep_open_figures(const struct probe *start, struct entry *entry)
{
    const struct contest *contest = start->contest;
    struct entry_figure *open = MEM_ARRAY(struct entry_figure, contest->figure_count);
    for (size_t i = 0; i < contest->figure_count; i++)
        open[i] = (struct entry_figure){
            *value_now(start, i), evaluation_exact(start->now, start->now->final, contest->figures[i].node)};
    entry->open = open;
}

static bool all_known(const struct value *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!value_is_known(&values[i]))
            return false;
    return true;
}

struct entry_figure entry_value(const struct entry *entry, size_t figure)
{
    return entry->open ? entry->open[figure]
                       : (struct entry_figure){value_of_key(&entry->known[figure]), true};
}

static int place_of(struct num place)
{
    int64_t at;
    return num_to_int(place, &at) ? (int)at : -1;
}

/* NULL: the standard has none. */
static void keep_grade(const struct value *grade, struct entry *entry)
{
    entry->grade_low = entry->grade_high = -1;
    if (!grade || grade->nothing_else)
        return;
    entry->grade_perhaps_none = grade->na;
    entry->grade_low = place_of(grade->range.low.at);
    entry->grade_high = place_of(grade->range.high.at);
}

static void keep_eligible(const struct value *eligible, struct entry *entry)
{
    entry->eligible = eligible ? (unsigned char)eligible->truth : TRUTH_YES;
}

/* ---- from an evaluation */

static const struct value *value_in(const struct evaluation *evaluation, const struct ir_node *node)
{
    return node ? evaluation_value(evaluation, evaluation->final, node) : NULL;
}

static void keep_shown(const struct probe *start, struct entry *entry)
{
    const struct standard *standard = start->now->standard;
    size_t count = start->contest->figure_count;
    struct value *values = MEM_ARRAY(struct value, count + 1);
    for (size_t i = 0; i < count; i++)
        values[i] = *value_now(start, i);
    if (all_known(values, count))
        keep_figures(start->contest, values, entry);
    else
        keep_open_figures(start, entry);
    keep_grade(value_in(start->now, standard->grade), entry);
    keep_eligible(value_in(start->now, standard->eligible), entry);
}

struct entry entry_of(const struct contest *contest, struct entry_source source)
{
    const struct unit *unit = source.evaluation->unit;
    struct probe start = {.contest = contest, .now = source.evaluation, .surely = true};
    struct entry entry = {.id = unit->id, .label = unit->label};
    struct contender *contender = &entry.contender;
    keep_shown(&start, &entry);
    contender->all = ends_from(&start);
    contender->ranked = ends_ranked(&start, contender->all);
    if (source.timeline) {
        entry_follow(contest, source.timeline, &entry);
        find_candidate(&start, source.evaluation == source.timeline->evaluation, contender);
    }
    return entry;
}

/* ---- from values alone */

struct entry entry_known(const struct contest *contest, const struct unit *unit, struct entry_values values)
{
    struct entry entry = {.id = unit->id, .label = unit->label};
    keep_figures(contest, values.figures, &entry);
    keep_grade(values.grade, &entry);
    keep_eligible(values.eligible, &entry);
    struct rank_ends ends = {entry.known, entry.known, true};
    entry.contender.all = entry.contender.if_candidate = ends;
    if (!entry.known[0].na)
        entry.contender.ranked = ends;
    return entry;
}
