/* rubric stages: units followed through the stages of their standard. */
#include "cli/cohorts.h"
#include "cli/commands.h"
#include "cohort/timeline.h"
#include "report/complaints.h"
#include "report/stages.h"

struct following {
    struct scoring_call call;
    bool json;
    size_t written; /* units on standard output */
};

static const struct timeline *follow(struct scoring *scoring)
{
    if (scoring->unit == NULL) {
        return NULL;
    }
    if (scoring->standard->stages.count == 0) {
        diag_add(&scoring->diags, DIAG_STAGES_NONE, SPAN_NONE, scoring->loaded->path, NULL);
        return NULL;
    }
    struct call call = cohorts_call(scoring);
    const struct timeline *timeline = call_follow(scoring, &call, NULL);
    if (timeline == NULL) {
        return NULL;
    }
    scoring->evaluation = timeline->evaluation;
    complaints_add(timeline->evaluation, &scoring->diags);
    return timeline;
}

static void write_unit(struct following *following, struct scoring *scoring, const struct timeline *timeline)
{
    struct str out = {0};
    if (following->json) {
        struct view view = call_view(scoring, cli_json_lang(following->call.cli));
        stages_json(&out, &view, timeline, &scoring->diags);
    } else {
        str_add(&out, following->written++ > 0 ? "\n\n" : "");
        struct page page = cli_page(&out);
        struct view view = call_view(scoring, following->call.cli->lang);
        stages_write(&page, &view, timeline, scoring->diags.warnings);
    }
    cli_write(&out);
}

static bool follow_unit(struct scoring *scoring, void *data)
{
    struct following *following = data;
    const struct timeline *timeline = follow(scoring);
    call_report(scoring);
    if (timeline != NULL) {
        write_unit(following, scoring, timeline);
        return true;
    }
    cli_worsen(following->call.cli, EXIT_INPUT);
    if (following->json) {
        call_write_refused(scoring);
    }
    return true;
}

void stages_run(struct cli *cli, const struct arguments *arguments)
{
    struct following following = {.call = call_new(cli, arguments)};
    struct diags diags = {0};
    following.json = options_has(arguments, OPTION_JSON);
    call_read(&following.call, &diags);
    cli_report(cli, &diags);
    if (diags.errors == 0) {
        call_each(&following.call, follow_unit, &following);
    }
}
