/* Under a quota the table stands in groups: those who have a place, those between, those who have none, those who are no candidates; the line
 * is drawn below the first. Within a group by rank. */
#include "report/rank.h"
#include "report/grid.h"
#include "report/outcome.h"
#include "report/say.h"
#include "report/stages_words.h"
#include "report/values.h"

enum { OPEN_MAX = 8, WORDS_LINES = 4, TIED_MAX = 20 };

static const char OUTER[] = "*";

struct telling_ranks {
    const struct ranking *ranking;
    enum lang lang;
    bool outer; /* a range of ranks was marked */
};

static const struct standard *standard_of(const struct telling_ranks *it)
{
    return it->ranking->contest->standard;
}

/* One of two texts by a number. */
static const char *counted(enum say one, enum say many, size_t count, enum lang lang)
{
    return count == 1 ? say(one, lang) : say_with(many, lang, values_count(count), NULL);
}

static void add_item(struct str *list, const char *text, enum lang lang)
{
    str_item(list, say(SAY_LIST_COMMA, lang), text);
}

/* ---- what is kept of a unit's evaluation */

/* Where a stage waits for others: the first of them that does not wait itself. */
static const struct step *cause_of(const struct timeline *timeline, const struct step *step)
{
    const struct standard *standard = timeline->evaluation->standard;
    while (step->waiting_for.list.count && step_stands(step) == 1u << STATE_WAITING) {
        const struct stage *stage = standard->stages.items[step->waiting_for.list.items[0]];
        const struct step *before = timeline_step(timeline, stage);
        if (!before)
            break;
        step = before;
    }
    return step;
}

const char *rank_reason(const struct view *view, const struct timeline *timeline, const struct stage *stage)
{
    struct telling telling = {view, timeline};
    const struct step *step = timeline_step(timeline, stage);
    if (!step)
        return NULL;
    const struct step *cause = cause_of(timeline, step);
    const char *state = stages_state(&telling, cause);
    return cause == step ? state
                         : say_with(SAY_SENTENCE, view->lang, stages_step_name(&telling, cause), state, NULL);
}

struct names {
    VEC(const char *) list;
};

static void add_name(struct names *names, const char *name)
{
    for (size_t i = 0; i < names->list.count; i++)
        if (str_equal(names->list.items[i], name))
            return;
    vec_push(&names->list, name);
}

/* What nobody has given, and a value rests on. */
static void add_open(struct names *names, const struct view *view, const struct ir_node *node)
{
    if (value_is_known(view_value(view, node)))
        return;
    struct view_open open = view_open_of(view, node);
    for (size_t i = 0; i < open.names.count; i++)
        add_name(names, open.names.items[i]);
    for (size_t i = 0; i < open.unproven.count; i++)
        add_name(names, open.unproven.items[i]);
}

static const char *joined(const struct names *names, size_t most, enum lang lang)
{
    struct str list = {0};
    for (size_t i = 0; i < names->list.count && i < most; i++)
        add_item(&list, names->list.items[i], lang);
    if (names->list.count <= most)
        return str_text(&list);
    size_t more = lang == LANG_ZH ? names->list.count : names->list.count - most;
    return str_print("%s%s%s", str_text(&list), lang == LANG_ZH ? "" : " ",
                     say_with(SAY_AND_MORE, lang, values_count(more), NULL));
}

const char *rank_open(const struct view *view, const struct contest *contest)
{
    struct names names = {0};
    for (size_t i = 0; i < contest->order.keys; i++)
        add_open(&names, view, contest->figures[i].node);
    for (size_t i = 0; contest->stage && i < contest->stage->requires.count; i++)
        add_open(&names, view, contest->stage->requires.items[i].when);
    return names.list.count ? joined(&names, OPEN_MAX, view->lang) : NULL;
}

/* ---- cells */

const char *rank_figure_name(const struct contest *contest, size_t figure)
{
    const struct figure *it = &contest->figures[figure];
    return it->is_total ? NULL : it->text;
}

static const char *figure_head(const struct telling_ranks *it, size_t figure)
{
    const char *words = it->ranking->contest->figures[figure].text;
    return words ? words : say(SAY_TOTAL, it->lang);
}

static const char *rank_text(struct telling_ranks *it, const struct ranked *rank)
{
    const char *none = say(SAY_NOT_APPLICABLE, it->lang);
    if (!rank->best)
        return none;
    const char *text = rank->best == rank->worst ? values_count(rank->best)
                                                 : str_print("%zu – %zu", rank->best, rank->worst);
    if (rank->perhaps_none)
        text = say_with(SAY_OR_NOT_APPLICABLE, it->lang, text, NULL);
    it->outer |= !rank->exact;
    return rank->exact ? text : str_print("%s%s", text, OUTER);
}

static const char *figure_text(const struct telling_ranks *it, const struct entry *entry, size_t figure)
{
    struct entry_figure shown = entry_value(entry, figure);
    return values_of(&it->ranking->contest->figures[figure].node->type, &shown.value, it->lang);
}

static const char *grade_text(const struct telling_ranks *it, const struct entry *entry)
{
    const struct choice *grades = standard_of(it)->grades;
    if (entry->grade_low < 0)
        return say(SAY_NO_GRADE, it->lang);
    const char *low = values_rung(&grades->symbols[entry->grade_low]);
    const char *high = values_rung(&grades->symbols[entry->grade_high]);
    const char *text = entry->grade_low == entry->grade_high ? low : str_print("%s – %s", low, high);
    return entry->grade_perhaps_none ? str_print("%s – %s", say(SAY_NO_GRADE, it->lang), text) : text;
}

static enum ink truth_ink(unsigned truth)
{
    return truth == TRUTH_YES ? INK_GOOD : truth == TRUTH_NO ? INK_BAD : INK_OPEN;
}

static const char *eligible_text(const struct telling_ranks *it, const struct entry *entry)
{
    enum say what = entry->eligible == TRUTH_YES  ? SAY_ELIGIBLE_YES
                    : entry->eligible == TRUTH_NO ? SAY_ELIGIBLE_NO
                                                  : SAY_ELIGIBLE_UNKNOWN;
    return say(what, it->lang);
}

static const char *seat_text(const struct telling_ranks *it, const struct entry *entry, enum seat seat)
{
    static const enum say words[] = {[SEAT_IN] = SAY_SEAT_IN,
                                     [SEAT_TIED] = SAY_SEAT_TIED,
                                     [SEAT_UNDECIDED] = SAY_SEAT_UNDECIDED,
                                     [SEAT_OUT] = SAY_SEAT_OUT,
                                     [SEAT_NO_CANDIDATE] = SAY_SEAT_NO_CANDIDATE};
    const char *text = say(words[seat], it->lang);
    if (entry->approved == TRUTH_YES)
        text = say_with(SAY_SEAT_APPROVED, it->lang, text, NULL);
    if (!entry->told && seat == SEAT_UNDECIDED && it->ranking->places.kind == SEATS_KNOWN)
        return say_with(SAY_HANGS_ON, it->lang, text, say(SAY_OTHER_UNITS, it->lang), NULL);
    if (!entry->told)
        return text;
    enum say joins = seat == SEAT_NO_CANDIDATE ? SAY_SENTENCE
                     : seat == SEAT_UNDECIDED  ? SAY_HANGS_ON
                                               : SAY_RANK_OPEN;
    return say_with(joins, it->lang, text, entry->told, NULL);
}

/* Without a quota, only where the rank is open. */
static const char *words_of(const struct telling_ranks *it, size_t entry)
{
    const struct ranking *ranking = it->ranking;
    if (ranking->seats)
        return seat_text(it, &ranking->entries[entry], ranking->seats[entry]);
    const char *told = ranking->entries[entry].told;
    return told ? say_with(SAY_OPEN_FACTS, it->lang, told, NULL) : "";
}

/* ---- the table */

/* The columns of numbers: the figures, then what the standard has of these. */
struct columns {
    size_t figures, grade, eligible, count; /* grade, eligible: 0 for none */
};

static bool has_gates(const struct standard *standard)
{
    for (size_t i = 0; standard->eligible && i < standard->outcomes.count; i++)
        if (standard->outcomes.items[i]->kind != OUTCOME_QUALIFIES)
            return true;
    return false;
}

static struct columns columns_of(const struct telling_ranks *it)
{
    struct columns columns = {.figures = it->ranking->contest->figure_count};
    columns.count = columns.figures;
    if (standard_of(it)->grade)
        columns.grade = columns.count++;
    if (has_gates(standard_of(it)))
        columns.eligible = columns.count++;
    return columns;
}

static void name_columns(const struct telling_ranks *it, const struct columns *columns, struct grid *grid)
{
    grid->lead_head = say(SAY_RANK, it->lang);
    grid->name_head = say(SAY_UNIT, it->lang);
    grid->words_head = it->ranking->seats ? say(SAY_PLACE, it->lang) : "";
    grid->words_lines = WORDS_LINES;
    for (size_t i = 0; i < columns->count; i++)
        grid->head_inks[i] = INK_DIM;
    for (size_t i = 0; i < columns->figures; i++)
        grid->heads[i] = figure_head(it, i);
    if (columns->grade)
        grid->heads[columns->grade] = say(SAY_GRADE, it->lang);
    if (columns->eligible)
        grid->heads[columns->eligible] = say(SAY_ELIGIBLE, it->lang);
}

static const char *unit_text(const struct entry *entry)
{
    bool both = entry->label && !str_equal(entry->label, entry->id);
    return both ? str_print("%s  %s", entry->label, entry->id) : entry->id;
}

static struct grid_row row_of(struct telling_ranks *it, const struct columns *columns,
                              const struct grid *grid, size_t at)
{
    const struct entry *entry = &it->ranking->entries[at];
    struct grid_row row = grid_row_new(grid, unit_text(entry), 0, INK_PLAIN);
    row.lead = rank_text(it, &it->ranking->ranks[at]);
    for (size_t i = 0; i < columns->figures; i++) {
        row.numbers[i] = figure_text(it, entry, i);
        row.inks[i] = entry->open && !value_is_known(&entry->open[i].value) ? INK_OPEN : INK_PLAIN;
    }
    if (columns->grade)
        row.numbers[columns->grade] = grade_text(it, entry);
    if (columns->eligible) {
        row.numbers[columns->eligible] = eligible_text(it, entry);
        row.inks[columns->eligible] = truth_ink(entry->eligible);
    }
    const char *words = words_of(it, at);
    if (*words)
        vec_push(&row.words, words);
    return row;
}

/* ---- the line */

static const char *places_text(size_t count, enum lang lang)
{
    return count ? counted(SAY_PLACES_ONE, SAY_PLACES_MANY, count, lang) : say(SAY_PLACES_NONE, lang);
}

static const char *unknown_places(const struct telling_ranks *it)
{
    const struct contest *contest = it->ranking->contest;
    struct settings_open open = contest_open_settings(contest->standard, contest->stage->quota->share);
    struct str list = {0};
    for (size_t i = 0; i < open.list.count; i++)
        add_item(&list, str_print("--set %s=…", contest->standard->settings.items[open.list.items[i]].name),
                 it->lang);
    return open.list.count ? say_with(SAY_PLACES_SET, it->lang, str_text(&list), NULL)
                           : say(SAY_PLACES_UNKNOWN, it->lang);
}

static const char *line_text(const struct telling_ranks *it)
{
    static const enum say rounded[] = {[NUM_HALF_UP] = SAY_PLACES_HALF_UP,
                                       [NUM_HALF_EVEN] = SAY_PLACES_HALF_EVEN,
                                       [NUM_UP] = SAY_PLACES_UP,
                                       [NUM_DOWN] = SAY_PLACES_DOWN};
    const struct seats *places = &it->ranking->places;
    if (places->kind != SEATS_KNOWN)
        return unknown_places(it);
    const char *text = places_text(places->count, it->lang);
    if (places->is_number)
        return text;
    const char *units = counted(SAY_UNITS_ONE, SAY_UNITS_MANY, it->ranking->count, it->lang);
    const char *share = values_percent(value_point(&places->share));
    text = say_with(SAY_PLACES_OF, it->lang, text, share, units, NULL);
    enum say how = rounded[it->ranking->contest->stage->quota->rounding];
    return num_is_int(places->exact) ? text
                                     : say_with(how, it->lang, text, values_number(places->exact), NULL);
}

/* Which group of the table a unit stands in. */
static int group_of(enum seat seat)
{
    static const int groups[] = {
        [SEAT_IN] = 0, [SEAT_TIED] = 1, [SEAT_UNDECIDED] = 1, [SEAT_OUT] = 2, [SEAT_NO_CANDIDATE] = 3};
    return groups[seat];
}

enum { GROUPS = 4, GROUP_NO_CANDIDATE = 3 };

static void add_group(struct telling_ranks *it, const struct columns *columns, struct grid *grid, int group)
{
    bool first = true;
    for (size_t i = 0; i < it->ranking->count; i++) {
        size_t at = it->ranking->order[i];
        if (it->ranking->seats && group_of(it->ranking->seats[at]) != group)
            continue;
        struct grid_row row = row_of(it, columns, grid, at);
        row.apart = first && group == GROUP_NO_CANDIDATE && grid->rows.count;
        vec_push(&grid->rows, row);
        first = false;
    }
}

/* The line stands below those who have a place. */
static void write_table(struct page *page, struct telling_ranks *it)
{
    struct columns columns = columns_of(it);
    struct grid grid = grid_new(columns.count);
    name_columns(it, &columns, &grid);
    add_group(it, &columns, &grid, 0);
    size_t above = grid.rows.count;
    for (int group = 1; it->ranking->seats && group < GROUPS; group++)
        add_group(it, &columns, &grid, group);
    bool inside = it->ranking->seats && above < grid.rows.count;
    if (inside) {
        grid.rows.items[above].line = line_text(it);
        grid.rows.items[above].apart = false;
    }
    grid_write(page, &grid);
    if (it->ranking->seats && !inside)
        grid_line(page, &grid, line_text(it));
}

/* ---- above and below it */

static const char *keys_text(const struct telling_ranks *it)
{
    struct str list = {0};
    for (size_t i = 0; i < it->ranking->contest->order.keys; i++)
        add_item(&list, figure_head(it, i), it->lang);
    enum say how = standard_of(it)->better_lower ? SAY_RANKED_LOWER : SAY_RANKED_BY;
    return say_with(how, it->lang, str_text(&list), NULL);
}

static const char *day_text(const struct telling_ranks *it)
{
    const char *day = it->ranking->has_day ? values_date(it->ranking->day) : NULL;
    return day ? str_print(" · %s", say_with(SAY_ON_DAY, it->lang, day, NULL)) : "";
}

static void write_head(struct page *page, const struct telling_ranks *it)
{
    const struct standard *standard = standard_of(it);
    const struct stage *stage = it->ranking->contest->stage;
    page_paragraph(page, 0, INK_BOLD, standard->label ? standard->label : standard->name);
    const char *units = counted(SAY_UNITS_ONE, SAY_UNITS_MANY, it->ranking->count, it->lang);
    const char *text = str_print("%s%s · %s", units, day_text(it), keys_text(it));
    page_paragraph(page, 0, INK_DIM, stage ? str_print("%s · %s", stages_name(stage), text) : text);
    if (it->ranking->quotas > 1 && !it->ranking->asked) {
        struct str names = {0};
        for (size_t i = 0; i < standard->stages.count; i++)
            if (standard->stages.items[i]->quota)
                add_item(&names, standard->stages.items[i]->name, it->lang);
        page_paragraph(
            page, 0, INK_DIM,
            say_with(SAY_FIRST_QUOTA, it->lang, values_count(it->ranking->quotas), str_text(&names), NULL));
    }
    page_end(page);
}

static const char *name_of(const struct entry *entry)
{
    return entry->label ? entry->label : entry->id;
}

static void write_tie(struct page *page, const struct telling_ranks *it)
{
    const struct rank_tie *tie = &it->ranking->tie;
    const char *by = stages_authority(standard_of(it), it->ranking->contest->stage->by, it->lang);
    struct names names = {0};
    for (size_t i = 0; i < it->ranking->count; i++)
        if (it->ranking->seats[it->ranking->order[i]] == SEAT_TIED)
            vec_push(&names.list, name_of(&it->ranking->entries[it->ranking->order[i]]));
    const char *places =
        tie->least == tie->most
            ? places_text(tie->least, it->lang)
            : say_with(SAY_PLACES_RANGE, it->lang, values_count(tie->least), values_count(tie->most), NULL);
    page_end(page);
    page_paragraph(page, 0, INK_OPEN,
                   say_with(SAY_TIED_ACROSS, it->lang, places, joined(&names, TIED_MAX, it->lang), by, NULL));
}

static void write_remarks(struct page *page, const struct telling_ranks *it)
{
    size_t refused = it->ranking->refused;
    if (it->ranking->seats && it->ranking->tie.members)
        write_tie(page, it);
    if (!it->outer && !refused)
        return;
    page_end(page);
    if (it->outer)
        page_paragraph(page, 0, INK_DIM, say(SAY_RANK_OUTER, it->lang));
    if (refused)
        page_paragraph(page, 0, INK_DIM, counted(SAY_REFUSED_ONE, SAY_REFUSED_MANY, refused, it->lang));
}

void rank_write(struct page *page, const struct ranking *ranking, enum lang lang)
{
    struct telling_ranks it = {.ranking = ranking, .lang = lang};
    write_head(page, &it);
    write_table(page, &it);
    write_remarks(page, &it);
}
