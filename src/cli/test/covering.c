/* --cover and --min: what the tests that were run come by. */
#include <string.h>
#include "cli/test/test.h"
#include "report/coverage.h"
#include "report/say.h"

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

/* With --min alone only how much it is. */
static void tell(struct testing *testing, const struct coverage *coverage)
{
    struct str out = {0};
    struct page page = cli_page(&out);
    bool whole = options_has(testing->arguments, OPTION_COVER);
    if (options_has(testing->arguments, OPTION_TAP)) {
        return;
    }
    if (options_has(testing->arguments, OPTION_JSON)) {
        coverage_json(&out, coverage, cli_json_lang(testing->cli));
    } else {
        coverage_count_write(&page, coverage, testing->cli->lang);
    }
    if (whole && !options_has(testing->arguments, OPTION_JSON)) {
        coverage_write(&page, coverage, testing->cli->lang);
    }
    cli_write(&out);
}

void test_cover(struct testing *testing)
{
    struct diags diags = {0};
    struct num least;
    test_read_least(testing, &least, &diags);
    for (size_t i = 0; i < testing->standards_tested.count; i++) {
        struct coverage *coverage = testing->standards_tested.items[i]->coverage;
        if (coverage == NULL) {
            continue;
        }
        tell(testing, coverage);
        if (!test_is_enough(coverage_count(coverage), coverage->points.count, least)) {
            cli_worsen(testing->cli, EXIT_NOT_MET);
        }
    }
}
