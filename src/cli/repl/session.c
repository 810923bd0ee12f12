#include "cli/repl/session.h"
#include <string.h>
#include "base/mem.h"
#include "report/complaints.h"

static const char LOADED[] = "loaded";

/* ---------------------------------------------------------------- reading a unit */

/* What is being read, beside the session, which stays as it is until all is well. */
struct fetching {
    struct repl *repl;
    const char *id;         /* wanted of a table; NULL: any */
    struct scoring scoring; /* the unit that was chosen */
    bool found;
};

static bool choose_unit(struct scoring *scoring, void *data)
{
    struct fetching *fetching = data;
    const char *id = scoring->table != NULL ? scoring->row.id : NULL;
    if (fetching->id != NULL && !str_equal(id, fetching->id)) {
        return true;
    }
    fetching->scoring = *scoring;
    fetching->found = true;
    return false;
}

/* The rules that the call names count; else those of the file, else those of the session. */
static const struct arguments *arguments_for(const struct repl *repl, const char *path)
{
    struct diags unheard = {0};
    struct arguments *arguments = MEM_NEW(struct arguments);
    *arguments = *repl->arguments;
    arguments->options[OPTION_COLUMN] = (struct values){0};
    bool table = cli_ends_in(path, ".csv");
    const struct facts_file *file = table ? NULL : facts_open(path, &unheard);
    bool names = file != NULL && file->standard != NULL;
    if (repl->rules != NULL && !names && !options_has(arguments, OPTION_RULES)) {
        vec_push(&arguments->options[OPTION_RULES].list, repl->rules);
    }
    return arguments;
}

static bool open_unit(struct fetching *fetching, const char *path)
{
    struct repl *repl = fetching->repl;
    struct scoring_call call = call_new(repl->cli, arguments_for(repl, path));
    call.call = repl->asked.call;
    call.standards->options = repl->asked.standards->options;
    vec_push(&call.files.list,
             (struct unit_file){cli_ends_in(path, ".csv") ? UNIT_FILE_TABLE : UNIT_FILE_FACTS, path});
    call_each(&call, choose_unit, fetching);
    repl->asked.standards->options = call.standards->options; /* by names */
    if (!fetching->found) {
        struct diags diags = {0};
        diag_add(&diags, DIAG_REPL_NO_SUCH_UNIT, SPAN_NONE, fetching->id != NULL ? fetching->id : "", path,
                 NULL);
        repl_report(repl, &diags);
        return false;
    }
    fetching->scoring.of = &call;
    call_report(&fetching->scoring);
    return fetching->scoring.unit != NULL;
}

/* A unit of which nothing is given. */
static bool open_rules(struct fetching *fetching, const char *path)
{
    struct repl *repl = fetching->repl;
    struct scoring_call call = call_new(repl->cli, repl->arguments);
    call.standards->options = repl->asked.standards->options;
    struct scoring *scoring = &fetching->scoring;
    *scoring = (struct scoring){.of = &call, .path = path};
    scoring->loaded = standards_get(call.standards, path, SPAN_NONE);
    repl->asked.standards->options = call.standards->options;
    diag_append(&scoring->diags, &scoring->loaded->diags);
    if (scoring->loaded->standard == NULL) {
        call_report(scoring);
        return false;
    }
    scoring->diags = (struct diags){0};
    scoring->unit =
        facts_nothing(say(SAY_REPL_EMPTY_UNIT, repl->cli->lang), scoring->loaded->standard, &scoring->diags);
    return true;
}

/* ---------------------------------------------------------------- files that may change */

static void watch(struct repl *repl, const char *path)
{
    if (path != NULL && strcmp(path, "-") != 0) {
        vec_push(&repl->watched, (struct watched){path, io_stamp(path), false});
    }
}

static void watch_files(struct repl *repl)
{
    repl->watched.count = 0;
    watch(repl, repl->path);
    for (size_t i = 0; i < repl->standard->sources.count; i++) {
        watch(repl, repl->standard->sources.items[i]->name);
    }
}

const char *session_changed_file(struct repl *repl)
{
    const char *changed = NULL;
    for (size_t i = 0; i < repl->watched.count; i++) {
        struct watched *file = &repl->watched.items[i];
        struct io_stamp stamp = io_stamp(file->path);
        if (!io_stamp_equal(stamp, file->stamp)) {
            file->stamp = stamp;
            file->changed = true;
            changed = changed != NULL ? changed : file->path;
        }
    }
    return changed;
}

/* ---------------------------------------------------------------- loading */

static void start_scenarios(struct repl *repl)
{
    repl->scenarios.count = 0;
    repl->at = 0;
    vec_push(&repl->scenarios,
             (struct named_scenario){.name = LOADED, .scenario = scenario_new(repl->standard, repl->unit)});
}

static void take(struct repl *repl, const struct fetching *fetching, const char *path)
{
    const struct scoring *scoring = &fetching->scoring;
    bool rules = cli_ends_in(path, ".rubric"),
         same = repl->path != NULL && str_equal(io_real_path(repl->path), io_real_path(path));
    repl->path = rules ? NULL : path;
    repl->id = scoring->table != NULL ? scoring->row.id : NULL;
    repl->file = scoring->file;
    repl->rules = scoring->loaded->path;
    repl->standard = scoring->loaded->standard;
    repl->unit = scoring->unit;
    repl->own_file = repl->own_file && same;
    watch_files(repl);
    start_scenarios(repl);
}

/* … of facts and criteria that this standard does not have. */
static void forget_sayings(struct repl *repl)
{
    struct lever_sayings kept = {0};
    struct str gone = {0};
    const char *last = NULL;
    for (size_t i = 0; i < repl->sayings.list.count; i++) {
        const struct lever_saying *saying = &repl->sayings.list.items[i];
        struct diags unheard = {0};
        enum hole_kind kind;
        size_t slot;
        if (lever_named(repl->standard, saying->name, &unheard, &kind, &slot)) {
            vec_push(&kept.list, *saying);
        } else if (!str_equal(last, saying->name)) {
            str_item(&gone, say(SAY_LIST_COMMA, repl->cli->lang), last = saying->name);
        }
    }
    repl->sayings = kept;
    if (gone.length > 0) {
        repl_say(say_with(SAY_LEVERS_FORGOTTEN, repl->cli->lang, str_text(&gone), NULL));
    }
}

/* … and a message. */
static bool is_standard_input(struct repl *repl, const char *path)
{
    struct diags diags = {0};
    bool read = str_equal(path, "-") || str_equal(options_value(repl->arguments, OPTION_RULES), "-");
    if (read) {
        diag_add(&diags, DIAG_REPL_STANDARD_INPUT, SPAN_NONE, NULL);
        repl_report(repl, &diags);
    }
    return read;
}

bool session_load(struct repl *repl, const char *path, const char *id)
{
    struct fetching fetching = {.repl = repl, .id = id};
    if (is_standard_input(repl, path)) {
        return false;
    }
    bool rules = cli_ends_in(path, ".rubric");
    if (!(rules ? open_rules(&fetching, path) : open_unit(&fetching, path))) {
        repl->path = repl->standard != NULL ? repl->path : path; /* for reload, once it is mended */
        return false;
    }
    take(repl, &fetching, path);
    repl->found = NULL; /* ways of another unit */
    forget_sayings(repl);
    if (repl->id != NULL && id == NULL) {
        repl_say(say_with(SAY_LOADED_FIRST, repl->cli->lang, repl->id, path, NULL));
    }
    struct diags diags = {0};
    session_look(repl, session_scenario(repl), &repl->now, &diags);
    repl_report(repl, &diags);
    return true;
}

/* ---------------------------------------------------------------- what a scenario comes to */

/* The thresholds of the call, and those that were set since. */
struct compile_options session_options(const struct repl *repl, const struct scenario *scenario)
{
    const struct scenario_steps settings = scenario_settings(scenario);
    const struct compile_options *asked = &repl->asked.standards->options;
    struct compile_setting *all =
        MEM_ARRAY(struct compile_setting, asked->setting_count + settings.list.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < settings.list.count; i++) {
        const struct scenario_step *step = settings.list.items[i];
        if (step->text != NULL) {
            all[count++] = (struct compile_setting){.name = step->name, .text = step->text};
        }
    }
    size_t set = count;
    for (size_t i = 0; i < asked->setting_count; i++) {
        bool replaced = false;
        for (size_t k = 0; k < set; k++) {
            replaced = replaced || str_equal(all[k].name, asked->settings[i].name);
        }
        if (!replaced) {
            all[count++] = asked->settings[i];
        }
    }
    return (struct compile_options){.settings = all, .setting_count = count};
}

/* The standard was read before: what was to be remarked on it has been. */
static void append_errors(struct diags *diags, const struct diags *own)
{
    struct diags errors = {0};
    for (size_t i = 0; i < own->list.count; i++) {
        if (diag_severity(own->list.items[i]->code) == SEVERITY_ERROR) {
            vec_push(&errors.list, own->list.items[i]);
            errors.errors++;
        }
    }
    diag_append(diags, &errors);
}

/* A standard compiled anew has the same facts in the same places, unless its files have changed. */
static const struct standard *compile_again(const struct repl *repl, const struct compile_options *options,
                                            struct diags *remarks, struct diags *diags)
{
    struct diags own = {0};
    const struct standard *standard = compile_standard(repl->rules, options, &own);
    if (standard == NULL) {
        append_errors(diags, &own);
    } else if (!str_equal(standard->sha256, repl->standard->sha256)) {
        diag_add(diags, DIAG_REPL_RULES_CHANGED, SPAN_NONE, repl->rules, NULL);
        return NULL;
    } else if (remarks != NULL) {
        standards_set_warnings(&own, NULL, remarks);
    }
    return standard;
}

static const struct standard *standard_of(const struct repl *repl, const struct scenario *scenario,
                                          const struct compile_question *questions, size_t count,
                                          struct diags *remarks, struct diags *diags)
{
    const struct standard *standard = repl->standard;
    if (scenario_settings(scenario).list.count > 0 || count > 0) {
        struct compile_options options = session_options(repl, scenario);
        options.questions = questions;
        options.question_count = count;
        standard = compile_again(repl, &options, remarks, diags);
    }
    const struct scenario_step *column = scenario_last(scenario, STEP_COLUMN, NULL);
    const char *asked = options_value(repl->arguments, OPTION_COLUMN);
    if (standard == NULL || (column == NULL && asked == NULL)) {
        return standard;
    }
    size_t final = column != NULL ? column->column : standards_column(standard, asked);
    return final < standard->columns.count ? standards_final(standard, final) : standard;
}

struct call session_call(const struct repl *repl, const struct scenario *scenario)
{
    struct call call = repl->asked.call;
    const struct scenario_step *day = scenario_last(scenario, STEP_DAY, NULL);
    if (day != NULL) {
        call.has_on = true;
        call.on = day->day;
    }
    return call;
}

static bool evaluate_into(const struct standard *standard, const struct unit *unit, const struct call *call,
                          struct outlook *outlook, struct diags *diags)
{
    const struct evaluation *evaluation = evaluate(standard, unit, call);
    complaints_add(evaluation, diags);
    if (!evaluation->refused) {
        outlook->view.evaluation = evaluation;
        outlook->view.context = evaluation->final;
    }
    return !evaluation->refused;
}

bool session_try(const struct repl *repl, const struct scenario *scenario, struct outlook *outlook,
                 struct diags *remarks, struct diags *diags)
{
    *outlook = (struct outlook){.view = {.lang = repl->cli->lang, .prompt = true}};
    const struct standard *standard = standard_of(repl, scenario, NULL, 0, remarks, diags);
    if (standard == NULL) {
        return false;
    }
    struct call call = session_call(repl, scenario);
    const struct unit *unit = outlook->unit = scenario_unit(scenario);
    if (!evaluate_into(standard, unit, &call, outlook, diags)) {
        return false;
    }
    outlook->timeline = standard->stages.count > 0 ? timeline_of(standard, unit, &call).timeline : NULL;
    return true;
}

bool session_look(const struct repl *repl, const struct scenario *scenario, struct outlook *outlook,
                  struct diags *diags)
{
    return session_try(repl, scenario, outlook, NULL, diags);
}

bool session_ask(const struct repl *repl, const struct scenario *scenario,
                 const struct compile_question *questions, size_t count, struct outlook *outlook,
                 struct diags *diags)
{
    *outlook = (struct outlook){.view = {.lang = repl->cli->lang, .prompt = true}};
    const struct standard *standard = standard_of(repl, scenario, questions, count, NULL, diags);
    if (standard == NULL) {
        return false;
    }
    struct call call = session_call(repl, scenario);
    const struct ir_node **nodes = MEM_ARRAY(const struct ir_node *, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (standard->questions.items[i] != NULL) {
            nodes[call.asked_count++] = standard->questions.items[i];
        }
    }
    call.asked = nodes;
    return call.asked_count == count &&
           evaluate_into(standard, scenario_unit(scenario), &call, outlook, diags);
}

/* ---------------------------------------------------------------- where the session stands */

const struct scenario *session_scenario(const struct repl *repl)
{
    return repl->scenarios.items[repl->at].scenario;
}

/* A name for a scenario that nobody named: the first number that is free. */
static const char *free_name(const struct repl *repl)
{
    for (size_t number = 1;; number++) {
        const char *name = str_print("%zu", number);
        size_t i = 0;
        while (i < repl->scenarios.count && !str_equal(repl->scenarios.items[i].name, name)) {
            i++;
        }
        if (i == repl->scenarios.count) {
            return name;
        }
    }
}

void session_move(struct repl *repl, const struct scenario *scenario, const struct outlook *outlook)
{
    const struct named_scenario *from = &repl->scenarios.items[repl->at];
    if (repl->at == 0 || from->kept) {
        struct named_scenario next = {.name = free_name(repl), .scenario = scenario, .unnamed = true};
        if (from->kept) {
            repl_say(say_with(SAY_SCENARIO_BEGINS, repl->cli->lang, next.name, from->name, NULL));
        }
        repl->at = repl->scenarios.count;
        vec_push(&repl->scenarios, next);
    }
    repl->scenarios.items[repl->at].scenario = scenario;
    repl->now = *outlook;
}

size_t session_column(const struct repl *repl, const struct scenario *scenario)
{
    const struct scenario_step *step = scenario_last(scenario, STEP_COLUMN, NULL);
    if (step != NULL) {
        return step->column;
    }
    const char *asked = options_value(repl->arguments, OPTION_COLUMN);
    size_t named = asked != NULL ? standards_column(repl->standard, asked) : repl->standard->columns.count;
    if (named < repl->standard->columns.count) {
        return named;
    }
    size_t column = repl->standard->mixed ? 0 : repl->standard->final_column;
    while (column > 0 && repl->unit->reviews[column].by == NULL) {
        column--;
    }
    return column;
}

/* ---------------------------------------------------------------- what commands need */

const struct source *session_source(const struct repl *repl, const char *name, const char *text)
{
    struct source *source = source_new(name, text, strlen(text));
    source->lines_before = repl->lines_before;
    return source;
}

/* What has no place of its own is about the whole input. */
static void place(const struct repl *repl, struct diags *diags)
{
    for (size_t i = 0; repl->numbered && repl->input != NULL && i < diags->list.count; i++) {
        struct diag *diag = diags->list.items[i];
        struct span whole = {repl->input, 0, (uint32_t)repl->input->length};
        diag->span = diag->span.source == NULL ? span_first_word(whole) : diag->span;
    }
}

void repl_report(struct repl *repl, struct diags *diags)
{
    place(repl, diags);
    cli_report(repl->cli, diags);
}

struct page repl_page(struct str *out)
{
    return cli_page(out);
}

void repl_say(const char *text)
{
    struct str out = {0};
    struct page page = repl_page(&out);
    page_paragraph(&page, 0, INK_PLAIN, text);
    cli_write(&out);
}

bool repl_needs_standard(struct repl *repl, const struct repl_input *input)
{
    if (repl->standard != NULL) {
        return true;
    }
    struct diags diags = {0};
    diag_add(&diags, DIAG_REPL_NOTHING_LOADED, SPAN_NONE,
             input->source != NULL
                 ? span_text((struct span){input->source, 0, (uint32_t)input->source->length})
                 : "",
             NULL);
    repl_report(repl, &diags);
    return false;
}

bool repl_needs_results(struct repl *repl, const struct repl_input *input)
{
    if (!repl_needs_standard(repl, input)) {
        return false;
    }
    if (repl->now.view.evaluation == NULL) {
        struct outlook outlook;
        struct diags diags = {0};
        session_look(repl, session_scenario(repl), &outlook, &diags);
        repl_report(repl, &diags);
    }
    return repl->now.view.evaluation != NULL;
}
