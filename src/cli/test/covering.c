/* --cover and --min: what the tests that were run come by. */
#include <string.h>
#include "base/mem.h"
#include "cli/solver.h"
#include "cli/test/test.h"
#include "prove/prove.h"
#include "report/coverage.h"
#include "report/say.h"
#include "suite/goal.h"

bool test_read_least(const struct testing *testing, struct num *least, struct diags *diags)
{
    const char *text = options_value(testing->arguments, OPTION_MIN);
    size_t length = text != NULL ? strlen(text) : 0;
    length -= length > 0 && text[length - 1] == '%';
    *least = num_int(0);
    if (text == NULL) {
        return true;
    }
    bool right =
        num_parse(text, length, least) && num_sign(*least) >= 0 && num_compare(*least, num_int(100)) <= 0;
    if (!right) {
        diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--min", text, option_rows[OPTION_MIN].word, NULL);
    }
    return right;
}

bool test_is_enough(size_t count, size_t all, struct num least)
{
    struct num have = num_mul(num_int((int64_t)count), num_int(100)),
               wanted = num_mul(num_int((int64_t)all), least);
    return num_compare(have, wanted) >= 0;
}

/* ---------------------------------------------------------------- what no unit comes by */

/* Just beside a figure is as near as a unit's own figures have it: of that nothing is proved of every unit. */
static bool can_be_proved(const struct coverage_point *point)
{
    return coverage_is_missing(point) && point->kind != POINT_BELOW && point->kind != POINT_ABOVE &&
           point->kind != POINT_OPEN;
}

static void leave_out(struct coverage *coverage, struct smt_solver *solver)
{
    struct standard standard = *coverage->standard;
    const struct ir_node **goals = MEM_ARRAY(const struct ir_node *, coverage->points.count + 1);
    standard.ir = ir_fork(coverage->standard->ir);
    for (size_t i = 0; i < coverage->points.count; i++) {
        struct coverage_point *point = &coverage->points.items[i];
        goals[i] = can_be_proved(point) ? goal_in(standard.ir, point) : NULL;
    }
    struct prove *prove = prove_claims(&standard, solver);
    for (size_t i = 0; i < coverage->points.count; i++) {
        const struct prove_question asked = {.kind = PROVE_ASKED, .claim = goals[i]};
        if (goals[i] != NULL) {
            coverage->points.items[i].out_of_reach = prove_ask(prove, &asked).answer == PROVE_NO;
        }
    }
}

bool test_prove_out_of_reach(struct testing *testing)
{
    bool wanted = options_has(testing->arguments, OPTION_COVER_PROVE);
    for (size_t i = 0; wanted && i < testing->standards_tested.count; i++) {
        struct coverage *coverage = testing->standards_tested.items[i]->coverage;
        struct smt_solver *solver = coverage != NULL ? solver_start(testing->cli) : NULL;
        if (coverage != NULL && solver == NULL) {
            return false;
        }
        if (solver != NULL) {
            leave_out(coverage, solver);
            solver_end(testing->cli, solver);
        }
    }
    return true;
}

/* ---------------------------------------------------------------- how much it is */

/* For TAP. */
static struct str as_remarks(struct str *lines)
{
    struct str out = {0};
    for (const char *line = str_text(lines); *line != '\0';) {
        size_t length = strcspn(line, "\n");
        str_format(&out, "# %s\n", mem_text(line, length));
        line += length + (line[length] == '\n');
    }
    return out;
}

/* With --min alone only how much it is. */
static void tell(struct testing *testing, const struct coverage *coverage)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    bool whole = options_has(testing->arguments, OPTION_COVER);
    if (options_has(testing->arguments, OPTION_TAP)) {
        page.width = SIZE_MAX;
    }
    if (options_has(testing->arguments, OPTION_JSON)) {
        coverage_json(&out, coverage, cli_json_lang(testing->cli));
    } else {
        coverage_count_write(&page, coverage, testing->cli->lang);
    }
    if (whole && !options_has(testing->arguments, OPTION_JSON)) {
        coverage_write(&page, coverage, testing->cli->lang);
    }
    out = options_has(testing->arguments, OPTION_TAP) ? as_remarks(&out) : out;
    cli_write(&out);
}

void test_cover(struct testing *testing)
{
    struct diags diags = {0};
    struct num least;
    test_read_least(testing, &least, &diags);
    test_prove_out_of_reach(testing);
    for (size_t i = 0; i < testing->standards_tested.count; i++) {
        struct coverage *coverage = testing->standards_tested.items[i]->coverage;
        if (coverage == NULL) {
            continue;
        }
        tell(testing, coverage);
        if (!test_is_enough(coverage_count(coverage), coverage_wanted(coverage), least)) {
            cli_worsen(testing->cli, EXIT_NOT_MET);
        }
    }
}
