/* A CSV file of units. Where one of its first lines has a Chinese name in it, the units are those of street.zh.rubric. */
#include <string.h>
#include "base/mem.h"
#include "facts/units.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/standards.h"

enum { READ_MAX = 40 };

static void read_rows(struct units *units, struct diags *diags)
{
    struct units_row row;
    for (size_t i = 0; i < READ_MAX && units_next(units, &row, diags); i++) {
        if (row.unit) {
            uint32_t at = row.at;
            units_at(units, at, &row, diags);
            units_line(units, row.id);
        }
    }
}

/* Read as it is, and slowly: both must say the same. */
static size_t read_file(const struct source *source, bool slowly)
{
    const struct standard *standard = standards_choose(strstr(source->text, "街道") != NULL ? STANDARD_STREET : STANDARD_YARD);
    struct diags diags = {0};
    struct units *units = units_open_text(source, standard, &diags);
    if (units) {
        if (slowly) {
            units_read_slowly(units);
        }
        read_rows(units, &diags);
    }
    fuzz_show(&diags, fuzz_lang(source->length));
    return diags.list.count;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    standards_choose(STANDARD_YARD);
    const struct source *source = fuzz_source("a.csv", bytes, size);
    if (read_file(source, false) != read_file(source, true)) {
        __builtin_trap();
    }
    fuzz_forget();
    return 0;
}
