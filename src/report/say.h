/* The words of sheets and derivations in both languages: the rows of say.def. */
#ifndef RUBRIC_REPORT_SAY_H
#define RUBRIC_REPORT_SAY_H
#include "diag/diag.h"

enum say {
#define SAY(name, en, zh) SAY_##name,
#include "report/say.def"
#undef SAY
    SAY_COUNT
};

const char *say(enum say what, enum lang lang);
/* The same with its places {0} … filled by the texts that follow, which end with NULL. */
const char *say_with(enum say what, enum lang lang, ... /* const char *, NULL */) __attribute__((sentinel));
/* One row where it is 1, the other with the number at its first place. */
const char *say_counted(enum say one, enum say many, size_t count, enum lang lang);
#endif
