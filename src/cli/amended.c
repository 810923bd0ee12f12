/* What is wrong by the amended edition is told to who asks for it by name: here it only is not worked out. */
#include "cli/amended.h"

/* As `--column` wants it; NULL: it has no such column. */
static const struct standard *in_column(const struct scoring *scoring, const struct standard *amended)
{
    const char *name = options_value(scoring->of->arguments, OPTION_COLUMN);
    if (name == NULL) {
        return amended;
    }
    size_t column = standards_column(amended, name);
    return column < amended->columns.count ? standards_final(amended, column) : NULL;
}

static const struct unit *read_file(const struct scoring *scoring, const struct standard *amended,
                                    struct diags *diags)
{
    struct facts_file file = *scoring->file;
    file.also = scoring->loaded->standard;
    return facts_read(&file, amended, diags);
}

static const struct unit *read_row(const struct scoring *scoring, const struct standard *amended,
                                   struct amended_table *last, struct diags *diags)
{
    if (last->of != scoring->table) {
        last->of = scoring->table;
        last->table = units_beside(scoring->table, amended, scoring->loaded->standard, diags);
    }
    struct units_row row = {0};
    if (last->table != NULL) {
        units_at(last->table, scoring->row.at, &row, diags);
    }
    return row.unit;
}

const struct evaluation *amended_evaluation(const struct scoring *scoring, struct amended_table *last)
{
    struct diags unheard = {0};
    const struct standard *amended = scoring->loaded->standard->transition.amended;
    const struct standard *standard = amended != NULL ? in_column(scoring, amended) : NULL;
    if (standard == NULL || (standard->cohort.levels > 0 && call_is_of_several(scoring->of))) {
        return NULL;
    }
    const struct unit *unit = scoring->table != NULL ? read_row(scoring, amended, last, &unheard)
                                                     : read_file(scoring, amended, &unheard);
    const struct evaluation *evaluation = unit != NULL ? evaluate(standard, unit, &scoring->of->call) : NULL;
    return evaluation != NULL && !evaluation->refused ? evaluation : NULL;
}
