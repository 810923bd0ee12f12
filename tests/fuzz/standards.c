#include "tests/fuzz/standards.h"
#include <stdio.h>
#include <stdlib.h>
#include "base/mem.h"
#include "sema/compile.h"
#include "tests/fuzz/fuzz.h"

static const char *const paths[STANDARDS] = {"tests/fuzz/standards/yard.rubric", "tests/fuzz/standards/street.zh.rubric",
                                        "tests/fuzz/standards/table.rubric"};
static const struct standard *compiled[STANDARDS];

static void compile_all(void)
{
    for (size_t i = 0; i < STANDARDS; i++) {
        struct diags diags = {0};
        compiled[i] = compile_standard(paths[i], &(struct compile_options){0}, &diags);
        if (!compiled[i]) {
            struct str out = {0};
            diag_render_all(&out, &diags, LANG_EN, false);
            fprintf(stderr, "%s\n", str_text(&out));
            exit(1);
        }
    }
    fuzz_keep();
}

/* Facts may name more units of measure, which then stand in the standard. */
static const struct standard *copy_of(const struct standard *standard)
{
    struct standard *copy = MEM_NEW(struct standard);
    *copy = *standard;
    copy->measures = (struct map){0};
    for (size_t i = 0; i < standard->measures.count; i++) {
        map_put(&copy->measures, standard->measures.entries[i].key, standard->measures.entries[i].value);
    }
    return copy;
}

const struct standard *standards_choose(enum fuzz_standard standard)
{
    if (!compiled[0]) {
        compile_all();
    }
    return copy_of(compiled[standard]);
}
