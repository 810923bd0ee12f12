#include "syntax/keywords.h"
#include <string.h>
#include "base/str.h"
#include "base/utf8.h"
#include "syntax/rubric.tab.h"

static const struct spelling spellings[] = {
#define SPELLING(text, token, class, lang, rank, canonical) \
    {text, TOKEN_##token, KEYWORD_##class, lang, rank, canonical},
#include "syntax/spellings.inc"
#undef SPELLING
};

enum { SPELLING_COUNT = sizeof spellings / sizeof *spellings };

size_t keyword_count(void)
{
    return SPELLING_COUNT;
}

const struct spelling *keyword_at(size_t index)
{
    return &spellings[index];
}

/* Does the spelling begin with this word: the whole of it, or the first of several? */
static bool starts_with(const struct spelling *spelling, const char *word, size_t length)
{
    const char *text = spelling->text;
    return strncmp(text, word, length) == 0 && (text[length] == '\0' || text[length] == ' ');
}

/* As strncmp, for texts that mostly differ in their first bytes. */
static int compare_head(const char *text, const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] != word[i]) {
            return (unsigned char)text[i] - (unsigned char)word[i];
        }
    }
    return 0;
}

const struct spelling *keyword_starting(const char *word, size_t length, size_t *count)
{
    size_t low = 0, high = SPELLING_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_head(spellings[middle].text, word, length) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (*count = 0; low + *count < SPELLING_COUNT && starts_with(&spellings[low + *count], word, length);) {
        ++*count;
    }
    return &spellings[low];
}

/* The spelling of a whole text whose class is, or is not, the unit words'. */
static const struct spelling *find(const char *text, size_t length, bool unit_word)
{
    size_t count, first = strcspn(text, " ");
    const struct spelling *some = keyword_starting(text, first < length ? first : length, &count);
    for (size_t i = 0; i < count; i++) {
        bool same = strlen(some[i].text) == length && memcmp(some[i].text, text, length) == 0;
        if (same && (some[i].class == KEYWORD_UNITWORD) == unit_word) {
            return &some[i];
        }
    }
    return NULL;
}

int keyword_unit_word(const char *word, size_t length)
{
    const struct spelling *spelling = find(word, length, true);
    return spelling != NULL ? spelling->token : 0;
}

const char *keyword_predefined(const char *text)
{
    const struct spelling *spelling = find(text, strlen(text), false);
    return spelling != NULL && spelling->class == KEYWORD_PREDEFINED ? spelling->canonical : NULL;
}

const char *keyword_canonical(const char *text)
{
    const struct spelling *spelling = find(text, strlen(text), false);
    if (spelling == NULL) {
        spelling = find(text, strlen(text), true);
    }
    return spelling != NULL ? spelling->canonical : NULL;
}

bool keyword_same_name(const char *a, const char *b)
{
    const char *canonical = keyword_canonical(a);
    return canonical != NULL && str_equal(canonical, keyword_canonical(b));
}

const char *keyword_behind(const char *text, const char *english)
{
    size_t length = strcspn(text, " \t"), blanks = strspn(text + length, " \t");
    const struct spelling *spelling = find(text, length, false);
    bool same = blanks > 0 && spelling != NULL && strcmp(spelling->canonical, english) == 0;
    return same ? text + length + blanks : NULL;
}

static bool reserves(const struct spelling *spelling)
{
    return spelling->class == KEYWORD_OPENER || spelling->class == KEYWORD_RESERVED;
}

bool keyword_is_unit(const char *text)
{
    return str_equal(keyword_canonical(text), "unit");
}

bool keyword_is_reserved(const char *text)
{
    const struct spelling *spelling = find(text, strlen(text), false);
    return spelling != NULL && reserves(spelling);
}

const char *keyword_spelling(int token, enum lang lang)
{
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        const struct spelling *spelling = &spellings[i];
        if (spelling->token == token && spelling->lang == lang && spelling->rank == 0 &&
            spelling->class != KEYWORD_PREDEFINED) {
            return spelling->text;
        }
    }
    return NULL;
}

const char *keyword_in(const char *english, enum lang lang)
{
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        const struct spelling *spelling = &spellings[i];
        if (spelling->lang == lang && spelling->rank == 0 && str_equal(spelling->canonical, english)) {
            return spelling->text;
        }
    }
    return english;
}

/* ---------------------------------------------------------------- hidden keywords */

/* The longest reserved Chinese word of at least `least` characters that stands at the head of the text; its length in bytes, 0: none. */
static size_t reserved_head(const char *text, size_t least)
{
    size_t longest = 0;
    for (size_t i = 0; i < SPELLING_COUNT && (unsigned char)*text >= 0x80; i++) {
        const struct spelling *spelling = &spellings[i];
        size_t length = strlen(spelling->text);
        bool fits = spelling->lang == LANG_ZH && *spelling->text == *text && reserves(spelling) &&
                    utf8_count(spelling->text, length) >= least;
        if (fits && length > longest && strncmp(spelling->text, text, length) == 0) {
            longest = length;
        }
    }
    return longest;
}

/* The name with blanks round each such word; NULL if there is none, or nothing else. */
static const char *spaced(const char *name, size_t least)
{
    struct str out = {0};
    bool blank = false;
    const char *end = name + strlen(name);
    while (name < end) {
        uint32_t code;
        size_t hidden = reserved_head(name, least),
               length = hidden > 0 ? hidden : utf8_next(name, (size_t)(end - name), &code);
        str_add(&out, out.length > 0 && (hidden > 0 || blank) ? " " : "");
        str_add_bytes(&out, name, length);
        blank = hidden > 0;
        name += length;
    }
    return strchr(str_text(&out), ' ') != NULL ? str_text(&out) : NULL;
}

const char *keyword_hidden_in(const char *name)
{
    const char *long_words = spaced(name, 2);
    return long_words != NULL ? long_words : spaced(name, 1);
}
