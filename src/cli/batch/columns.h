/* Which columns a batch writes, and which values of the standard it has to ask for. */
#ifndef RUBRIC_CLI_BATCH_COLUMNS_H
#define RUBRIC_CLI_BATCH_COLUMNS_H
#include "batch/out_row.h"
#include "core/standard.h"
#include "cli/options.h"

#define ASKED_NOTHING SIZE_MAX /* the standard has no such value: everybody is eligible */

struct batch_columns {
    const struct standard *standard;
    bool label; /* the unit's stands behind it */
    VEC(struct out_column) list;
    VEC(const struct ir_node *) asked; /* each once */
};

/* `--columns`, else what there is of total, grade, eligible, qualifies. False, and a message: one of them is none. */
bool columns_choose(struct batch_columns *columns, const struct standard *standard, const char *names,
                    struct diags *diags);
/* Its place among the values that are asked for; it is added where it is new. NULL: ASKED_NOTHING. */
size_t columns_ask(struct batch_columns *columns, const struct ir_node *node);
#endif
