/* A standard: read, checked, made ready for evaluation. */
#include "base/mem.h"
#include "sema/compile.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct diags diags = {0};
    compile_text(fuzz_source("a.rubric", bytes, size), &(struct compile_options){0}, &diags);
    fuzz_show(&diags, fuzz_lang(size));
    fuzz_forget();
    return 0;
}
