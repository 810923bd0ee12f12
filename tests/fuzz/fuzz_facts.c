/* The facts of a unit, against the standard that they name: street.zh.rubric, else yard.rubric. */
#include "base/mem.h"
#include "facts/facts.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/standards.h"

static bool names_street(const struct facts_file *file)
{
    return str_equal(file->standard, "nowhere/street.zh.rubric");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct standard *yard = standards_choose(STANDARD_YARD), *street = standards_choose(STANDARD_STREET);
    struct diags diags = {0};
    const struct facts_file *file = facts_open_text(fuzz_source("a.facts", bytes, size), &diags);
    const struct standard *standard = names_street(file) ? street : yard;
    const struct unit *unit = facts_read(file, standard, &diags);
    fuzz_show(&diags, fuzz_lang(size));
    if (unit) {
        fuzz_evaluate(standard, unit, fuzz_lang(size));
    }
    fuzz_forget();
    return 0;
}
