/* rubric rank: the units of one call, each read once and forgotten but for what its rank needs. With --json each is evaluated again when its
 * turn comes in the order of the ranks. */
#include "base/date.h"
#include "base/mem.h"
#include "cli/cohorts.h"
#include "cli/commands.h"
#include "cohort/entry_reader.h"
#include "diag/suggest.h"
#include "report/complaints.h"
#include "report/rank.h"

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

struct rank_call {
    struct scoring_call call;
    enum format format;
    const struct loaded *loaded; /* the standard of all; NULL: no unit was accepted so far */
    const char *loaded_for;      /* the path of the first unit */
    struct ranking ranking;
    VEC(struct entry) entries;
    VEC(struct unit_place) places; /* of the entries */
    size_t refused;
    VEC(struct scoring) refusals; /* with --json: they come last */
    struct entry_reader *reader;  /* NULL: every unit is evaluated */
    struct value share;           /* of the quota, as the first unit has it */
    struct day_range {
        int64_t first, last;
        size_t count; /* units that are looked at on a day */
    } days;
    bool stopped; /* the call is refused, not a unit */
};

/* ---- what is ranked by */

static void unknown_stage(const struct rank_call *rank, const struct standard *standard, const char *name,
                          struct diags *diags)
{
    if (rank->ranking.quotas == 0) {
        diag_add(diags, DIAG_STAGE_WITHOUT_QUOTA, SPAN_NONE, rank->loaded->path, NULL);
        return;
    }
    struct suggest suggest;
    suggest_start(&suggest, name);
    for (size_t i = 0; i < standard->stages.count; i++) {
        if (standard->stages.items[i]->quota != NULL) {
            suggest_list(&suggest, standard->stages.items[i]->name);
        }
    }
    struct diag *diag = diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--stage", name,
                                 suggest_listed(&suggest, ""), NULL);
    diag_suggest(diag, suggest_best(&suggest));
}

static bool is_called(const struct stage *stage, const char *name)
{
    return str_equal(stage->name, name) || (stage->label != NULL && str_equal(stage->label, name));
}

static const struct stage *named_stage(const struct standard *standard, const char *name)
{
    for (size_t i = 0; i < standard->stages.count; i++) {
        const struct stage *stage = standard->stages.items[i];
        if (stage->quota != NULL && is_called(stage, name)) {
            return stage;
        }
    }
    return NULL;
}

static bool find_contest(struct rank_call *rank, const struct standard *standard, struct diags *diags)
{
    struct ranking *ranking = &rank->ranking;
    const char *name = options_value(rank->call.arguments, OPTION_STAGE);
    const struct stage *first = contest_stage(standard, &ranking->quotas);
    const struct stage *stage = name != NULL ? named_stage(standard, name) : first;
    ranking->asked = name != NULL;
    if (name != NULL && stage == NULL) {
        unknown_stage(rank, standard, name, diags);
        return false;
    }
    ranking->contest = contest_new(standard, stage, &rank->call.call);
    if (ranking->contest == NULL) {
        diag_add(diags, DIAG_RANK_BY_NOTHING, SPAN_NONE, rank->loaded->path, NULL);
        return false;
    }
    rank->reader = entry_reader_new(ranking->contest);
    return true;
}

/* The first unit says by which standard all are ranked. */
static bool agrees(struct rank_call *rank, const struct scoring *scoring, struct diags *diags)
{
    if (rank->loaded != NULL && rank->loaded != scoring->loaded) {
        diag_add(diags, DIAG_RANK_TWO_STANDARDS, SPAN_NONE, rank->loaded_for, rank->loaded->path,
                 scoring->path, scoring->loaded->path, NULL);
        return false;
    }
    if (rank->loaded != NULL) {
        return true;
    }
    rank->loaded = scoring->loaded;
    rank->loaded_for = scoring->path;
    return find_contest(rank, scoring->standard, diags);
}

/* ---- one unit */

/* Under the call of the contest, with what the other units come to. One evaluation serves both questions where both mean the same day. */
static struct call call_of(const struct rank_call *rank, const struct scoring *scoring)
{
    struct call call = rank->ranking.contest->call;
    call.stages = rank->ranking.contest->stage != NULL;
    call.others = cohorts_call(scoring).others;
    return call;
}

static bool refused(struct scoring *scoring, const struct evaluation *evaluation)
{
    if (evaluation->refused) {
        complaints_add(evaluation, &scoring->diags);
    }
    return evaluation->refused;
}

static bool evaluate_source(const struct rank_call *rank, struct scoring *scoring,
                            struct entry_source *source)
{
    const struct standard *standard = rank->ranking.contest->standard;
    struct call call = call_of(rank, scoring);
    source->evaluation =
        rank->reader != NULL ? entry_evaluation(rank->reader) : evaluate(standard, scoring->unit, &call);
    if (refused(scoring, source->evaluation)) {
        return false;
    }
    if (!call.stages) {
        return true;
    }
    struct call dated = call;
    bool shared = timeline_find_day(scoring->unit, &dated) && entry_same_days(&call, scoring->unit);
    source->timeline = call_follow(scoring, &call, shared ? source->evaluation : NULL);
    return source->timeline != NULL;
}

/* Why it is no candidate, or what its rank or place hangs on. */
static const char *tell(const struct rank_call *rank, struct entry_source source, const struct entry *entry)
{
    const struct contest *contest = rank->ranking.contest;
    struct view view = {
        .evaluation = source.evaluation, .context = source.evaluation->final, .lang = rank->call.cli->lang};
    if (rank->format != FORMAT_TABLE) {
        return NULL;
    }
    if (contest->stage == NULL || entry->contender.candidate != TRUTH_NO) {
        return rank_open(&view, contest);
    }
    view.evaluation = source.timeline->evaluation;
    return rank_reason(&view, source.timeline, contest->stage);
}

static const char *share_text(const struct value *share)
{
    return value_is_point(share) ? num_text(value_point(share)) : "@unknown_value";
}

/* A threshold with dates may differ with the units' periods. */
static bool same_share(struct rank_call *rank, const struct scoring *scoring, const struct value *share,
                       struct diags *diags)
{
    const struct stage *stage = rank->ranking.contest->stage;
    if (rank->entries.count == 0) {
        rank->share = *share;
    }
    if (stage == NULL || value_equal(share, &rank->share)) {
        return true;
    }
    diag_add(diags, DIAG_QUOTA_SHARE_DIFFERS, stage->quota->share->origin, stage->name,
             share_text(&rank->share), rank->entries.items[0].id, share_text(share), scoring->unit->id, NULL);
    return false;
}

static void note_day(struct rank_call *rank, const struct unit *unit)
{
    struct day_range *days = &rank->days;
    struct call call = rank->call.call;
    if (!timeline_find_day(unit, &call)) {
        return;
    }
    days->first = days->count == 0 || call.on < days->first ? call.on : days->first;
    days->last = days->count == 0 || call.on > days->last ? call.on : days->last;
    days->count++;
}

static void add_entry(struct rank_call *rank, const struct scoring *scoring, struct entry entry)
{
    note_day(rank, scoring->unit);
    vec_push(&rank->entries, entry);
    if (rank->format == FORMAT_JSON) {
        vec_push(&rank->places, call_place(scoring));
    }
}

static struct value share_of(const struct rank_call *rank, const struct evaluation *evaluation)
{
    const struct stage *stage = rank->ranking.contest->stage;
    return stage != NULL ? *evaluation_value(evaluation, evaluation->final, stage->quota->share) : value_na();
}

/* What is to be said of single units, as long as they are not refused, `eval` says. */
static bool evaluate_entry(struct rank_call *rank, struct scoring *scoring, struct entry *entry,
                           struct value *share)
{
    struct entry_source source = {0};
    if (!evaluate_source(rank, scoring, &source)) {
        return false;
    }
    *entry = entry_of(rank->ranking.contest, source);
    entry->told = tell(rank, source, entry);
    *share = share_of(rank, source.evaluation);
    return true;
}

/* Why a unit is no candidate is told by its evaluation. */
static bool read_entry(struct rank_call *rank, const struct unit *unit, struct entry *entry,
                       struct value *share)
{
    if (rank->reader == NULL || !entry_read(rank->reader, unit, entry, share)) {
        return false;
    }
    bool untold = rank->format != FORMAT_TABLE || rank->ranking.contest->stage == NULL;
    return untold || entry->contender.candidate == TRUTH_YES;
}

/* False: refused. What stops the call goes into `diags`. */
static bool take(struct rank_call *rank, struct scoring *scoring, struct diags *diags)
{
    struct entry entry;
    struct value share;
    if (scoring->unit == NULL || !agrees(rank, scoring, diags)) {
        return false;
    }
    if (!read_entry(rank, scoring->unit, &entry, &share) && !evaluate_entry(rank, scoring, &entry, &share)) {
        return false;
    }
    if (!same_share(rank, scoring, &share, diags)) {
        return false;
    }
    add_entry(rank, scoring, entry);
    return true;
}

static bool take_unit(struct scoring *scoring, void *data)
{
    struct rank_call *rank = data;
    struct diags diags = {0};
    bool taken = take(rank, scoring, &diags);
    call_report(scoring);
    cli_report(rank->call.cli, &diags);
    rank->stopped = diags.errors > 0;
    if (taken || rank->stopped) {
        return !rank->stopped;
    }
    cli_worsen(rank->call.cli, EXIT_INPUT);
    rank->refused += !scoring->again;
    if (rank->format == FORMAT_JSON) {
        vec_push(&rank->refusals, *scoring);
    }
    return true;
}

/* ---- the cohort */

static void unknown_share(const struct contest *contest, struct diags *diags)
{
    struct settings_open open = contest_open_settings(contest->standard, contest->stage->quota->share);
    for (size_t i = 0; i < open.list.count; i++) {
        diag_add(diags, DIAG_QUOTA_SHARE_UNKNOWN, SPAN_NONE, contest->stage->name,
                 contest->standard->settings.items[open.list.items[i]].name, NULL);
    }
}

static bool find_places(struct rank_call *rank, struct diags *diags)
{
    struct ranking *ranking = &rank->ranking;
    const struct contest *contest = ranking->contest;
    ranking->places = contest_seats(contest, &rank->share, ranking->count);
    if (ranking->places.kind == SEATS_UNKNOWN) {
        unknown_share(contest, diags);
    }
    if (ranking->places.kind == SEATS_WRONG) {
        diag_add(diags, DIAG_QUOTA_SHARE_WRONG, contest->stage->quota->share->origin, contest->stage->name,
                 share_text(&rank->share), NULL);
    }
    return ranking->places.kind != SEATS_WRONG;
}

static void seat_all(struct ranking *ranking, const struct contender *contenders)
{
    enum seat *seats = MEM_ARRAY(enum seat, ranking->count + 1);
    ranking->seats = seats;
    if (ranking->places.kind == SEATS_KNOWN) {
        ranking->tie =
            rank_seats(ranking->contest->order, contenders, ranking->count, ranking->places.count, seats);
        return;
    }
    for (size_t i = 0; i < ranking->count; i++) {
        seats[i] = contenders[i].candidate == TRUTH_NO ? SEAT_NO_CANDIDATE : SEAT_UNDECIDED;
    }
}

static const char *titled(const char *name, const char *label)
{
    return label != NULL && !str_equal(label, name) ? str_print("%s “%s”", name, label) : name;
}

static void check_approved(const struct ranking *ranking, struct diags *diags)
{
    const char *stage = titled(ranking->contest->stage->name, ranking->contest->stage->label);
    const char *places = str_print("%zu", ranking->places.count);
    size_t approved = 0;
    for (size_t i = 0; i < ranking->count && ranking->places.kind == SEATS_KNOWN; i++) {
        const struct entry *entry = &ranking->entries[ranking->order[i]];
        if (entry->approved != TRUTH_YES) {
            continue;
        }
        approved++;
        if (ranking->seats[ranking->order[i]] == SEAT_OUT) {
            diag_add(diags, DIAG_APPROVED_BELOW_LINE, SPAN_NONE, titled(entry->id, entry->label), stage,
                     places, NULL);
        }
    }
    if (approved > ranking->places.count) {
        diag_add(diags, DIAG_APPROVED_TOO_MANY, SPAN_NONE, str_print("%zu", approved), stage, places, NULL);
    }
}

static void check_shared(const struct rank_call *rank, struct diags *diags)
{
    const struct contest *contest = rank->ranking.contest;
    bool outer = false;
    for (size_t i = 0; i < rank->ranking.count; i++) {
        outer |= !rank->ranking.ranks[i].exact;
    }
    for (size_t i = 0; outer && i < contest->open.list.count; i++) {
        diag_add(diags, DIAG_RANKS_HANG_TOGETHER, SPAN_NONE,
                 contest->standard->settings.items[contest->open.list.items[i]].name, NULL);
    }
}

static void find_day(struct rank_call *rank, struct diags *diags)
{
    const struct day_range *days = &rank->days;
    bool one = days->first == days->last;
    rank->ranking.has_day = one && days->count > 0 && days->count == rank->entries.count;
    rank->ranking.day = days->first;
    if (!one) {
        diag_add(diags, DIAG_RANK_DAYS_DIFFER, SPAN_NONE, date_text(days->first), date_text(days->last),
                 NULL);
    }
}

static bool order_all(struct rank_call *rank, struct diags *diags)
{
    struct ranking *ranking = &rank->ranking;
    ranking->entries = rank->entries.items;
    ranking->count = rank->entries.count;
    ranking->refused = rank->refused;
    find_day(rank, diags);
    struct contender *contenders = MEM_ARRAY(struct contender, ranking->count + 1);
    struct ranked *ranks = MEM_ARRAY(struct ranked, ranking->count + 1);
    size_t *order = mem_alloc_plain((ranking->count + 1) * sizeof *order);
    for (size_t i = 0; i < ranking->count; i++) {
        contenders[i] = ranking->entries[i].contender;
    }
    rank_all(ranking->contest->order, contenders, ranking->count, ranks);
    rank_sort(ranks, ranking->count, order);
    ranking->ranks = ranks;
    ranking->order = order;
    check_shared(rank, diags);
    if (ranking->contest->stage == NULL) {
        return true;
    }
    if (!find_places(rank, diags)) {
        return false;
    }
    seat_all(ranking, contenders);
    check_approved(ranking, diags);
    return true;
}

/* ---- output */

/* A file may have changed in between: then it is refused now. */
static void write_json_unit(struct rank_call *rank, size_t entry)
{
    struct str out = {0};
    struct scoring scoring = call_again(&rank->call, &rank->places.items[entry]);
    struct call call = scoring.unit != NULL ? cohorts_call(&scoring) : (struct call){0};
    if (scoring.unit == NULL || !call_evaluate(&scoring, &call)) {
        call_report(&scoring);
        cli_worsen(rank->call.cli, EXIT_INPUT);
        call_write_refused(&scoring);
        return;
    }
    struct view view = call_view(&scoring, cli_json_lang(rank->call.cli));
    rank_json(&out, &rank->ranking, entry, &view, &scoring.diags);
    cli_write(&out);
}

static void write_json(struct rank_call *rank)
{
    for (size_t i = 0; i < rank->ranking.count; i++) {
        write_json_unit(rank, rank->ranking.order[i]);
    }
    for (size_t i = 0; i < rank->refusals.count; i++) {
        call_write_refused(&rank->refusals.items[i]);
    }
}

static void write_ranking(struct rank_call *rank)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    switch (rank->format) {
    case FORMAT_TABLE: rank_write(&page, &rank->ranking, rank->call.cli->lang); break;
    case FORMAT_CSV: rank_csv(&out, &rank->ranking); break;
    case FORMAT_JSON: write_json(rank); break;
    }
    cli_write(&out);
}

/* ---- the call */

static bool read_call(struct rank_call *rank)
{
    struct diags diags = {0};
    bool json = options_has(rank->call.arguments, OPTION_JSON),
         csv = options_has(rank->call.arguments, OPTION_CSV);
    rank->format = json ? FORMAT_JSON : csv ? FORMAT_CSV : FORMAT_TABLE;
    call_read(&rank->call, &diags);
    if (json && csv) {
        diag_add(&diags, DIAG_OPTIONS_CLASH, SPAN_NONE, "--json", "--csv", NULL);
    }
    cli_report(rank->call.cli, &diags);
    return diags.errors == 0;
}

void rank_run(struct cli *cli, const struct arguments *arguments)
{
    struct rank_call rank = {.call = call_new(cli, arguments)};
    struct diags diags = {0};
    rank.call.once = true;
    if (!read_call(&rank)) {
        return;
    }
    call_each(&rank.call, take_unit, &rank);
    if (rank.stopped) {
        return;
    }
    bool ranked = rank.entries.count > 0 && order_all(&rank, &diags);
    cli_report(cli, &diags);
    if (ranked) {
        write_ranking(&rank);
    } else if (rank.format == FORMAT_JSON && diags.errors == 0) {
        write_json(&rank);
    }
}
