#include "cohort/entry_reader.h"
#include "base/mem.h"
#include "eval/scorer.h"

/* The nodes asked about: the figures, the grade, whether it is eligible, the share, what stages require. */
struct entry_reader {
    const struct contest *contest;
    struct call call;
    struct scorer *scorer;
    struct value *values;
    bool *exact;
    size_t count, grade, eligible, share;
};

struct asked {
    VEC(const struct ir_node *) list;
};

static size_t ask(struct asked *asked, const struct ir_node *node)
{
    vec_push(&asked->list, node);
    return asked->list.count - 1;
}

static void ask_requirements(struct asked *asked, const struct standard *standard)
{
    for (size_t i = 0; i < standard->stages.count; i++)
        for (size_t k = 0; k < standard->stages.items[i]->requires.count; k++)
            ask(asked, standard->stages.items[i]->requires.items[k].when);
}

struct entry_reader *entry_reader_new(const struct contest *contest)
{
    const struct standard *standard = contest->standard;
    if (standard->cohort.levels)
        return NULL;
    struct entry_reader *reader = MEM_NEW(struct entry_reader);
    struct asked asked = {0};
    *reader = (struct entry_reader){.contest = contest, .call = contest->call};
    reader->call.stages = contest->stage != NULL;
    for (size_t i = 0; i < contest->figure_count; i++)
        ask(&asked, contest->figures[i].node);
    reader->grade = ask(&asked, standard->grade);
    reader->eligible = ask(&asked, standard->eligible);
    reader->share = ask(&asked, contest->stage ? contest->stage->quota->share : NULL);
    if (contest->stage)
        ask_requirements(&asked, standard);
    reader->count = asked.list.count;
    reader->values = MEM_ARRAY(struct value, reader->count);
    reader->exact = mem_alloc_plain(reader->count);
    reader->scorer = scorer_new(standard, &reader->call, asked.list.items, reader->count);
    return reader;
}

const struct evaluation *entry_evaluation(struct entry_reader *reader)
{
    return scorer_evaluation(reader->scorer);
}

bool entry_same_days(const struct call *call, const struct unit *unit)
{
    return call->has_on || !unit->has_as_of || (unit->period.known && unit->period.end == unit->as_of);
}

/* False: something is open. */
static bool follow(struct entry_reader *reader, struct entry *entry)
{
    const struct evaluation *passed = scorer_passed(reader->scorer);
    if (!passed->has_on)
        return false;
    struct timeline_result result = timeline_from(passed, &reader->call);
    if (result.failure != TIMELINE_DONE)
        return false;
    entry_follow(reader->contest, result.timeline, entry);
    return entry->contender.candidate != TRUTH_UNKNOWN;
}

static const struct value *value_of(const struct entry_reader *reader, const struct ir_node *node,
                                    size_t place)
{
    return node ? &reader->values[place] : NULL;
}

bool entry_read(struct entry_reader *reader, const struct unit *unit, struct entry *entry,
                struct value *share)
{
    const struct contest *contest = reader->contest;
    const struct standard *standard = contest->standard;
    bool accepted = scorer_unit(reader->scorer, unit, reader->values, reader->exact);
    if (!accepted || !scorer_passed(reader->scorer))
        return false;
    if (contest->stage && !entry_same_days(&contest->call, unit))
        return false;
    struct entry_values values = {.figures = reader->values};
    values.grade = value_of(reader, standard->grade, reader->grade);
    values.eligible = value_of(reader, standard->eligible, reader->eligible);
    *share = reader->values[reader->share];
    *entry = entry_known(contest, unit, values);
    return !contest->stage || follow(reader, entry);
}
