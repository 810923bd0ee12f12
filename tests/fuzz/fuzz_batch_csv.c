/* A CSV file of units through `rubric batch`: see batch.h. */
#include "tests/fuzz/batch.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_batch("units.csv", bytes, size);
    fuzz_forget();
    return 0;
}
