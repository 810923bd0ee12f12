/* A standard and a unit of it from texts at hand, for tests that have no files. Include it behind cmocka.h. */
#ifndef RUBRIC_TESTS_TEXTS_H
#define RUBRIC_TESTS_TEXTS_H
#include <string.h>
#include "facts/facts.h"
#include "sema/compile.h"

static const struct standard *text_standard(const char *text, const struct compile_options *options, struct diags *diags)
{
    return compile_text(source_new("test.rubric", text, strlen(text)), options, diags);
}

static const struct unit *text_unit(const char *text, const struct standard *standard)
{
    struct diags diags = {0};
    const struct source *source = source_new("test.facts", text, strlen(text));
    const struct unit *unit = facts_read(facts_open_text(source, &diags), standard, &diags);
    assert_non_null(unit);
    return unit;
}
#endif
