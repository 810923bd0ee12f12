/* What the files of facts/ share while values are read. Functions that read return false once they have reported
 * what is wrong. */
#ifndef RUBRIC_FACTS_READER_H
#define RUBRIC_FACTS_READER_H
#include "core/ir.h"
#include "core/measure.h"
#include "diag/diag.h"
#include "syntax/ast.h"

struct reader {
    struct map *measures;
    struct diags *diags;
    const char *home;         /* the path of the file whose folder holds the documents and tables it names */
    const struct field *fact; /* what is being given */
    const struct field *column; /* of a table, while its cells are read; else NULL */
    struct span cell;           /* while a cell of a CSV file is read: stands for every place inside it */
    bool has_parts;             /* of the share that was read last */
    struct num part, whole;
};

/* The fact or column in the reader's words: its name, and its label in quotes. */
const char *reader_title(const struct reader *reader);
struct span reader_place(const struct reader *reader, const struct ast *ast);
/* A message at the value. {0} is the title, {1} the author's words for the value, {2} and {3} are `a` and `b`; the
 * declaration is shown. */
struct diag *reader_error(struct reader *reader, enum diag_code code, const struct ast *ast, const char *a,
                          const char *b);
/* Shows the declaration too, where it stands in another file. */
void reader_show_declaration(const struct reader *reader, struct diag *diag);
/* The value is of another type than the field; `fix` is what was meant beyond doubt, or NULL. Always false. */
bool reader_wrong_kind(struct reader *reader, const struct field *field, const struct ast *ast,
                       const char *fix);

bool reader_is_word(const struct ast *ast, enum value_word word);

/* value.c, number.c, months.c, list.c, table.c, document.c: a value of that type. */
bool read_value(struct reader *reader, const struct field *field, const struct ast *ast, struct value *value);
bool read_number(struct reader *reader, const struct field *field, const struct ast *ast,
                 struct value *value);
bool read_months(struct reader *reader, const struct field *field, const struct ast *ast,
                 struct value *value);
bool read_list(struct reader *reader, const struct field *field, const struct ast *ast, struct value *value);
bool read_table(struct reader *reader, const struct field *field, const struct ast *ast, struct value *value);
bool read_document(struct reader *reader, const struct field *field, const struct ast *ast,
                   struct value *value);

/* choice.c: the place of a symbol by its name or label; -1. */
long choice_find(const struct choice *choice, const char *text);
bool read_choice(struct reader *reader, const struct field *field, const struct ast *ast,
                 struct value *value);
#endif
