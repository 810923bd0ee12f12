/* Formatting. The first byte says as what the text is read. A text without errors is formatted and read again: it must say the same (fmt looks at that itself,
 * and would refuse), a second time must change nothing, and from one tongue to the other and back it must be as it was. */
#include <stdlib.h>
#include <string.h>
#include "fmt/fmt.h"
#include "tests/fuzz/fuzz.h"

enum { FACTS = 1 };

/* NULL: with errors. */
static const char *formatted(const char *text, size_t length, const struct fmt_call *call)
{
    struct diags diags = {0};
    struct str out = {0};
    if (fmt_text(fuzz_source("a.rubric", (const uint8_t *)text, length), call, &out, &diags)) {
        return str_text(&out);
    }
    for (size_t i = 0; i < diags.list.count; i++) {
        if (diags.list.items[i]->code == DIAG_FORMAT_CHANGES) {
            abort();
        }
    }
    return NULL;
}

/* What could be read once can be read again. */
static const char *again(const char *text, struct fmt_call call)
{
    const char *next = formatted(text, strlen(text), &call);
    if (next == NULL) {
        abort();
    }
    return next;
}

static void must_be(const char *a, const char *b)
{
    if (strcmp(a, b) != 0) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0) {
        return 0;
    }
    bool facts = (bytes[0] & FACTS) != 0;
    struct fmt_call plain = {.facts = facts}, english = {facts, true, LANG_EN}, chinese = {facts, true, LANG_ZH};
    const char *text = formatted((const char *)bytes + 1, size - 1, &plain);
    if (text != NULL) {
        must_be(again(text, plain), text);
        const char *in_english = again(text, english);
        must_be(again(in_english, plain), in_english);
        must_be(again(again(text, chinese), english), in_english);
        must_be(again(again(in_english, chinese), english), in_english);
    }
    fuzz_forget();
    return 0;
}
