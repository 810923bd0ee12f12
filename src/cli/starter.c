#include "cli/starter.h"
#include <string.h>
#include "base/mem.h"
#include "base/str.h"
#include "facts/write.h"

static const char *const texts[] = {
#include "cli/starter.inc"
};

/* Its name and label, as they stand there once. */
static const char *const named[] = {
    [LANG_EN] = "my_standard \"My standard\"",
    [LANG_ZH] = "我的标准 \"我的标准\"",
};

const char *starter_text(enum lang lang, const char *name)
{
    const char *text = texts[lang], *at = strstr(text, named[lang]);
    if (name == NULL || at == NULL) {
        return text;
    }
    const char *head = mem_text(text, (size_t)(at - text));
    return str_print("%s%s %s%s", head, write_name(name), write_string(name), at + strlen(named[lang]));
}
