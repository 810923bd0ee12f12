#include "cli/compare.h"
#include "report/compare.h"

static const char *columns_after_first(const struct standard *standard)
{
    struct str names = {0};
    for (size_t i = 1; i < standard->columns.count; i++) {
        str_item(&names, ", ", standard->columns.items[i].name);
    }
    return str_text(&names);
}

bool compare_can(struct scoring *scoring)
{
    const struct standard *standard = scoring->loaded->standard;
    bool named = scoring->standard != standard;
    scoring->compared = named ? scoring->standard->final_column : standard->columns.count - 1;
    scoring->standard = standard;
    if (standard->columns.count == 1) {
        diag_add(&scoring->diags, DIAG_COMPARE_ONE_COLUMN, SPAN_NONE, scoring->path, NULL);
    } else if (scoring->compared == 0) {
        diag_add(&scoring->diags, DIAG_COMPARE_FIRST_COLUMN, SPAN_NONE, standard->columns.items[0].name,
                 columns_after_first(standard), NULL);
    }
    return scoring->compared > 0;
}

size_t compare_context(const struct scoring *scoring)
{
    bool named = options_has(scoring->of->arguments, OPTION_COLUMN);
    return named ? scoring->compared : scoring->evaluation->final;
}

static struct comparison comparison_of(const struct scoring *scoring, enum lang lang)
{
    struct view view = call_view(scoring, lang);
    return compare_columns(&view, &scoring->of->call, scoring->compared);
}

void compare_unit(struct str *out, const struct scoring *scoring)
{
    struct page page = cli_page(out);
    struct comparison comparison = comparison_of(scoring, scoring->of->cli->lang);
    compare_write(&page, &comparison);
}

void compare_unit_json(struct str *out, const struct scoring *scoring)
{
    struct comparison comparison = comparison_of(scoring, cli_json_lang(scoring->of->cli));
    compare_json(out, &comparison, &scoring->diags);
}
