/* A cell of a table of units that holds decisions: what stands behind the name of the stage in a facts file, several of them with `;` between. */
#ifndef RUBRIC_FACTS_DECISION_CELL_H
#define RUBRIC_FACTS_DECISION_CELL_H
#include "facts/csv.h"
#include "facts/decisions.h"

/* As facts files are read; what is wrong is reported at the cell. The decisions stand where the caller says. `also`: as decisions_add has it. */
void decision_cell_read(const struct stage *stage, const struct csv_cell *cell,
                        const struct standard *standard, const struct standard *also, struct diags *diags,
                        struct decisions *decisions);
#endif
