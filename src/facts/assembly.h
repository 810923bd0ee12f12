/* A unit while its facts file is read: column after column, each a copy of the one before with the entries of
 * its review put in. */
#ifndef RUBRIC_FACTS_ASSEMBLY_H
#define RUBRIC_FACTS_ASSEMBLY_H
#include "core/unit.h"
#include "facts/reader.h"

struct assembly {
    const struct standard *standard;
    struct reader reader;
    size_t column;                         /* the one whose entries are read */
    struct given **facts, **scores;        /* [column][slot] */
    const struct ast_entry **fact_entries; /* of this column: [slot], NULL where none was read */
    struct map score_entries;              /* of this column: path → struct ast_entry */
};

/* entry.c: one line `NAME = V` or `score PATH = V`. */
void assembly_entry(struct assembly *assembly, const struct ast *entry);

/* settle.c: what can be said only when all entries are read. */
void assembly_compare(struct assembly *assembly); /* `at most OTHER_FACT`, in each column */
void assembly_prove(struct assembly *assembly);   /* in final columns, what lacks its evidence is unknown */
void assembly_apart(struct assembly *assembly);   /* judged scores further from the column before than declared */
#endif
