/* A unit while its facts file is read: column after column, each a copy of the one before with the entries of
 * its review put in. */
#ifndef RUBRIC_FACTS_ASSEMBLY_H
#define RUBRIC_FACTS_ASSEMBLY_H
#include "core/unit.h"
#include "facts/reader.h"

struct assembly {
    const struct standard *standard;
    const struct standard *also; /* what only it declares is passed over; NULL: none */
    struct reader reader;
    size_t column;                         /* the one whose entries are read */
    struct given **facts, **scores;        /* [column][slot] */
    const struct ast_entry **fact_entries; /* of this column: [slot], NULL where none was read */
    struct map score_entries;              /* of this column: path → struct ast_entry */
};

/* unit.c: before any entry, nothing in the first column, in the others what the one before holds. */
void assembly_start(struct assembly *assembly, size_t column);

/* entry.c: one line `NAME = V` or `score PATH = V`. */
void assembly_entry(struct assembly *assembly, const struct ast *entry);
/* The fact whose name, or whose label, is nearest; NULL. */
const char *assembly_nearest_fact(const struct standard *standard, const char *wanted);
/* Was the fact of that name repealed by the amendment that the standard is? Then that is told. */
bool assembly_tells_repeal(const struct assembly *assembly, const char *name, struct span span);
/* The criterion of a judged score; NULL and a message where there is none. */
const struct part *assembly_judged(struct assembly *assembly, const char *path, struct span span);
/* Only the edition beside this one knows the fact of that name, or, with `score`, the judged criterion of that path. */
bool assembly_passes_over(const struct assembly *assembly, bool score, const char *path);
/* What an entry says of its value: a document is given, whether or not its length is known. */
enum given_state assembly_state(const struct ast *ast, const struct value *value);

/* settle.c: what can be said only when all entries of a column are read. */
void assembly_compare(struct assembly *assembly, size_t column); /* `at most OTHER_FACT` */
bool assembly_decides(const struct standard *standard, size_t column); /* is its total, or a part of it, the unit's? */
void assembly_prove(struct assembly *assembly, size_t column); /* where it decides, what lacks its evidence is unknown */
void assembly_apart(struct assembly *assembly); /* judged scores further from the column before than declared */
#endif
