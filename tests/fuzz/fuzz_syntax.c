/* Reading of texts. The first byte says as what: its lowest bits choose standard, facts, line of the session or value; the next one the tongue of the messages. */
#include "base/mem.h"
#include "syntax/parse.h"
#include "tests/fuzz/fuzz.h"

enum { PARSERS = 4, CHINESE = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct ast *(*const parsers[PARSERS])(const struct source *, struct diags *) = {parse_rubric, parse_facts, parse_line, parse_value};
    if (size == 0) {
        return 0;
    }
    struct diags diags = {0};
    const struct ast *tree = parsers[bytes[0] % PARSERS](fuzz_source("a.rubric", bytes + 1, size - 1), &diags);
    struct str out = {0};
    ast_dump(&out, tree);
    fuzz_show(&diags, bytes[0] & CHINESE ? LANG_ZH : LANG_EN);
    fuzz_forget();
    return 0;
}
