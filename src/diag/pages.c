#include "diag/pages.h"
#include <string.h>

static const struct {
    const char *code, *half[2]; /* by enum lang */
} pages[] = {
#define PAGE(code, en, zh) {code, {en, zh}},
#include "diag/pages.inc"
#undef PAGE
};

const char *diag_page(enum diag_code code, enum lang lang)
{
    const char *name = diag_code_name(code);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (strcmp(pages[i].code, name) == 0) {
            return pages[i].half[lang];
        }
    }
    return NULL;
}
