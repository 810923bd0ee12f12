#include "cli/lever_rules.h"
#include <string.h>
#include "base/mem.h"
#include "cli/named.h"
#include "cli/repl/words.h"
#include "syntax/keywords.h"

/* ---------------------------------------------------------------- names */

static const char *without_word(const char *name)
{
    const char *path = keyword_behind(name, "score");
    return path != NULL ? path : name;
}

static void report_unknown(const struct standard *standard, const char *name, struct diags *diags)
{
    struct named threshold;
    enum named_found found = named_find(standard, NAMED_THRESHOLD, name, diags, &threshold);
    if (found == NAMED_ONE) {
        diag_add(diags, DIAG_LEVER_THRESHOLD, SPAN_NONE, threshold.name, NULL);
    } else if (found == NAMED_NONE) {
        diag_suggest(diag_add(diags, DIAG_LEVER_UNKNOWN, SPAN_NONE, name, NULL),
                     named_nearest(standard, NAMED_FACT | NAMED_SCORE, name));
    }
}

bool lever_named(const struct standard *standard, const char *name, struct diags *diags, enum hole_kind *kind,
                 size_t *slot)
{
    name = words_name(name);
    const char *plain = without_word(name);
    unsigned kinds = plain == name ? NAMED_FACT | NAMED_SCORE : NAMED_SCORE;
    struct named named;
    enum named_found found = named_find(standard, kinds, plain, diags, &named);
    if (found == NAMED_NONE) {
        report_unknown(standard, plain, diags);
    }
    if (found != NAMED_ONE) {
        return false;
    }
    *kind = named.kind == NAMED_FACT ? HOLE_FACT : HOLE_SCORE;
    *slot = named.slot;
    return true;
}

/* Is there such a thing? Where a label is that of several there is. */
static bool is_there(const struct standard *standard, const char *name)
{
    struct diags diags = {0};
    enum hole_kind kind;
    size_t slot;
    return lever_named(standard, name, &diags, &kind, &slot) ||
           diags.list.items[0]->code == DIAG_LABEL_OF_SEVERAL;
}

/* ---------------------------------------------------------------- several names */

static size_t comma_at(const char *text)
{
    static const char *const commas[] = {",", "，", "、"};
    for (size_t i = 0; i < sizeof commas / sizeof *commas; i++) {
        size_t length = strlen(commas[i]);
        if (strncmp(text, commas[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

/* `score PATH` is one name. */
static size_t end_of_word(const char *text)
{
    size_t end = words_end(text, 0), next = words_skip(text, end);
    bool score = *without_word(str_print("%s ", mem_text(text, end))) == '\0';
    return score && text[next] != '\0' ? words_end(text, next) : end;
}

size_t lever_name_end(const struct standard *standard, const char *text)
{
    enum { WORDS_MAX = 32 };
    size_t longest = 0, end = 0;
    for (size_t words = 0; words < WORDS_MAX && text[words_skip(text, end)] != '\0'; words++) {
        end = words_end(text, words_skip(text, end));
        longest = is_there(standard, mem_text(text, end)) ? end : longest;
    }
    return longest > 0 ? longest : end_of_word(text);
}

static void add_words(const struct standard *standard, const char *text, bool blanks,
                      struct lever_names *names)
{
    for (size_t at = 0; text[at] != '\0';) {
        size_t length = blanks ? lever_name_end(standard, text + at) : strlen(text);
        vec_push(&names->list, mem_text(text + at, length));
        at = words_skip(text, at + length);
    }
}

struct lever_names lever_names(const struct standard *standard, const char *text, bool blanks)
{
    struct lever_names names = {0};
    if (is_there(standard, text)) {
        vec_push(&names.list, text);
        return names;
    }
    for (const char *rest = text; *rest != '\0';) {
        size_t length = 0;
        while (rest[length] != '\0' && comma_at(rest + length) == 0) {
            length++;
        }
        size_t start = words_skip(rest, 0), end = words_trimmed(mem_text(rest, length));
        add_words(standard, start < end ? mem_text(rest + start, end - start) : "", blanks, &names);
        rest += length + comma_at(rest + length);
    }
    return names;
}

/* ---------------------------------------------------------------- rules */

static bool read_cost(const struct lever_saying *saying, struct diags *diags, struct num *cost)
{
    if (num_parse(saying->cost, strlen(saying->cost), cost) && num_sign(*cost) > 0) {
        return true;
    }
    diag_add(diags, DIAG_LEVER_COST, SPAN_NONE, saying->name, saying->cost, NULL);
    return false;
}

static void apply(const struct lever_saying *saying, struct num cost, struct lever_rule *rule)
{
    switch (saying->word) {
    case LEVER_LOCK: rule->locked = true; break;
    case LEVER_GROW:
    case LEVER_FALL:
        rule->locked = false;
        rule->moves_given = true;
        rule->moves = saying->word == LEVER_GROW ? MOVES_UP : MOVES_DOWN;
        break;
    case LEVER_COST:
        rule->has_cost = true;
        rule->cost = cost;
        break;
    }
}

/* A criterion may be judged in several branches. */
static void apply_to_score(const struct standard *standard, size_t slot, const struct lever_saying *saying,
                           struct num cost, struct lever_rule *scores)
{
    for (size_t i = 0; i < standard->judged.count; i++) {
        if (standard->judged.items[i]->criterion == standard->judged.items[slot]->criterion) {
            apply(saying, cost, &scores[i]);
        }
    }
}

/* Each name that is said of by itself. */
static struct lever_sayings one_by_one(const struct standard *standard, const struct lever_sayings *sayings)
{
    struct lever_sayings each = {0};
    for (size_t i = 0; i < sayings->list.count; i++) {
        struct lever_saying saying = sayings->list.items[i];
        struct lever_names names = lever_names(standard, saying.name, false);
        for (size_t k = 0; k < names.list.count; k++) {
            saying.name = names.list.items[k];
            vec_push(&each.list, saying);
        }
    }
    return each;
}

bool lever_rules_make(const struct standard *standard, const struct lever_sayings *sayings,
                      struct diags *diags, struct lever_rules *rules)
{
    struct lever_rule *facts = MEM_ARRAY(struct lever_rule, standard->facts.count + 1);
    struct lever_rule *scores = MEM_ARRAY(struct lever_rule, standard->judged.count + 1);
    const struct lever_sayings each = one_by_one(standard, sayings);
    bool right = true;
    for (size_t i = 0; i < each.list.count; i++) {
        const struct lever_saying *saying = &each.list.items[i];
        struct num cost = num_int(1);
        enum hole_kind kind;
        size_t slot;
        if (!lever_named(standard, saying->name, diags, &kind, &slot) ||
            (saying->word == LEVER_COST && !read_cost(saying, diags, &cost))) {
            right = false;
        } else if (kind == HOLE_FACT) {
            apply(saying, cost, &facts[slot]);
        } else {
            apply_to_score(standard, slot, saying, cost, scores);
        }
    }
    *rules = (struct lever_rules){facts, scores};
    return right;
}
