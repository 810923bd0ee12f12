/* The plain texts that most cells of a CSV file hold, read without the parser: 86, 97.7%, 86/88, yes, 是, 2017-04-25, the name of a value of a
 * choice. Only what leaves no doubt and breaks no limit is read here; the parser then says the same. Nothing is allocated. */
#ifndef RUBRIC_FACTS_PLAIN_H
#define RUBRIC_FACTS_PLAIN_H
#include "core/ir.h"

struct plain {
    struct value value;
    bool has_parts; /* of a share */
    struct num part, whole;
};

/* False: ask the parser. `text` is trimmed. */
bool plain_read(const struct field *field, const char *text, size_t length, struct plain *plain);
bool plain_number(const char *text, size_t length, struct num *number); /* digits, perhaps a point and a minus */
/* A share whose part and whole stand apart. */
bool plain_parts(const struct field *field, struct num part, struct num whole, struct plain *plain);
#endif
