#include "report/say.h"
#include <stdarg.h>

enum { PLACES_MAX = 4 };

static const char *const words[][2] = {
#define SAY(name, en, zh) [SAY_##name] = {[LANG_EN] = (en), [LANG_ZH] = (zh)},
#include "report/say.def"
#undef SAY
};

const char *say(enum say what, enum lang lang)
{
    return words[what][lang];
}

static const char *fill(const char *text, const char *const *places)
{
    struct str out = {0};
    while (*text != '\0') {
        if (text[0] == '{' && text[1] >= '0' && text[1] < '0' + PLACES_MAX && text[2] == '}') {
            const char *place = places[text[1] - '0'];
            str_add(&out, place != NULL ? place : "");
            text += 3;
        } else {
            str_add_char(&out, *text++);
        }
    }
    return str_text(&out);
}

const char *say_with(enum say what, enum lang lang, ...)
{
    const char *places[PLACES_MAX] = {NULL};
    va_list args;
    va_start(args, lang);
    const char *arg;
    for (size_t i = 0; i < PLACES_MAX && (arg = va_arg(args, const char *)) != NULL; i++) {
        places[i] = arg;
    }
    va_end(args);
    return fill(say(what, lang), places);
}

const char *say_counted(enum say one, enum say many, size_t count, enum lang lang)
{
    return say_with(count == 1 ? one : many, lang, str_print("%zu", count), NULL);
}
