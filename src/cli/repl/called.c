#include "cli/repl/called.h"
#include <string.h>
#include "base/mem.h"
#include "cli/named.h"
#include "cli/repl/words.h"
#include "facts/write.h"
#include "syntax/keywords.h"

/* ---------------------------------------------------------------- names */

/* Labels may be in quotes, names in backquotes. */
static const char *bare(const char *text)
{
    return words_count(text) == 1 ? words_name(words_at(text, 0)) : words_name(text);
}

const char *called_name(const struct repl *repl, unsigned kinds, const char *text, struct diags *diags)
{
    struct named named;
    switch (named_find(repl->standard, kinds, bare(text), diags, &named)) {
    case NAMED_ONE: return named.name;
    case NAMED_NONE: return words_name(text);
    case NAMED_SEVERAL: break;
    }
    return NULL;
}

/* ---------------------------------------------------------------- set */

static size_t equals_length(const char *text)
{
    static const char wide[] = "＝";
    return *text == '=' ? 1 : strncmp(text, wide, sizeof wide - 1) == 0 ? sizeof wide - 1 : 0;
}

/* Where the first `=` of the text stands; its end where none does. */
static size_t equals_at(const char *text, size_t at)
{
    while (text[at] != '\0' && equals_length(text + at) == 0) {
        at++;
    }
    return at;
}

/* Which kinds the word before a name asks for; 0: it is no such word. */
static unsigned kinds_behind(const char *word)
{
    const char *canonical = keyword_canonical(word);
    return str_equal(canonical, "threshold") ? NAMED_THRESHOLD
           : str_equal(canonical, "score")   ? NAMED_SCORE
                                             : 0;
}

/* What the label of one of its values is, with blanks, is read as a text alone. */
static const char *written_value(const struct repl *repl, const struct named *named, const char *value)
{
    const struct type *type =
        named->kind == NAMED_FACT ? &repl->standard->facts.items[named->slot]->field.type : NULL;
    for (size_t i = 0; type != NULL && type->kind == TYPE_CHOICE && i < type->choice->count; i++) {
        const char *label = type->choice->symbols[i].label;
        if (label != NULL && str_equal(label, value)) {
            return write_string(label);
        }
    }
    return value;
}

const struct source *called_set(const struct repl *repl, const struct source *line, struct diags *diags)
{
    const char *text = line->text;
    size_t name = words_skip(text, words_end(text, words_skip(text, 0))), end = words_end(text, name);
    unsigned kinds = kinds_behind(mem_text(text + name, end - name));
    size_t equals = equals_at(text, name);
    if (kinds != 0 && words_skip(text, end) < equals) {
        name = words_skip(text, end);
    } else {
        kinds = NAMED_FACT | NAMED_THRESHOLD;
    }
    if (text[equals] == '\0' || equals == name) {
        return line;
    }
    const char *typed = mem_text(text + name, words_trimmed(mem_text(text + name, equals - name)));
    size_t value = words_skip(text, equals + equals_length(text + equals));
    const char *given = mem_text(text + value, words_trimmed(text + value));
    struct named named;
    switch (named_find(repl->standard, kinds, bare(typed), diags, &named)) {
    case NAMED_NONE: return line;
    case NAMED_SEVERAL: return NULL;
    case NAMED_ONE: break;
    }
    const char *written = named.kind == NAMED_SCORE ? write_path(named.name) : write_name(named.name);
    const char *key = str_equal(words_name(typed), named.name) ? typed : written;
    const char *put = written_value(repl, &named, given);
    if (key == typed && put == given) {
        return line;
    }
    const char *all = str_print("%s%s = %s", mem_text(text, name), key, put);
    return session_source(repl, line->name, all);
}

/* ---------------------------------------------------------------- a question */

const struct source *called_alone(const struct repl *repl, const struct source *line)
{
    struct diags unheard = {0};
    const char *text = bare(mem_text(line->text, line->length)), *name = NULL;
    bool outcome_called = false;
    struct named named;
    if (named_find(repl->standard, NAMED_FACT | NAMED_THRESHOLD, text, &unheard, &named) == NAMED_ONE) {
        name = named.name;
    }
    for (size_t i = 0; name == NULL && i < repl->standard->outcomes.count; i++) {
        const struct outcome *outcome = repl->standard->outcomes.items[i];
        bool called =
            outcome->kind == OUTCOME_QUALIFIES && outcome->label != NULL && str_equal(outcome->label, text);
        name = called ? outcome->name : NULL;
        outcome_called = called;
    }
    if (name == NULL || str_equal(name, text)) {
        return line;
    }
    const char *word = keyword_in("qualifies", repl->cli->lang);
    const char *written = outcome_called ? str_print("%s %s", word, write_name(name)) : write_name(name);
    return session_source(repl, line->name, written);
}
