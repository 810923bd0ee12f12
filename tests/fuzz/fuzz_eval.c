/* A standard, a line `%%`, the facts of a unit: read, evaluated, and shown in every way. */
#include "base/mem.h"
#include "facts/facts.h"
#include "sema/compile.h"
#include "tests/fuzz/fuzz.h"

static void score(const struct standard *standard, const struct source *text)
{
    struct diags diags = {0};
    const struct facts_file *file = facts_open_text(text, &diags);
    const struct unit *unit = facts_read(file, standard, &diags);
    fuzz_show(&diags, fuzz_lang(text->length));
    if (unit) {
        fuzz_evaluate(standard, unit, fuzz_lang(text->length));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    size_t first, second;
    if (!fuzz_cut(bytes, size, &first, &second)) {
        return 0;
    }
    struct diags diags = {0};
    const struct standard *standard = compile_text(fuzz_source("a.rubric", bytes, first), &(struct compile_options){0}, &diags);
    if (standard) {
        score(standard, fuzz_source("a.facts", bytes + second, size - second));
    }
    fuzz_forget();
    return 0;
}
