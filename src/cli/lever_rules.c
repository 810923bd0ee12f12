#include "cli/lever_rules.h"
#include <string.h>
#include "base/mem.h"
#include "cli/repl/words.h"
#include "diag/suggest.h"

/* ---------------------------------------------------------------- names */

static const char *without_word(const char *name)
{
    static const char *const words[] = {"score ", "得分 ", "评分 "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(name, words[i], length) == 0) {
            return name + length + strspn(name + length, " ");
        }
    }
    return name;
}

static bool is_part(const struct part *part, const char *name)
{
    return str_equal(part->path, name) || str_equal(part->name, name) ||
           (part->label != NULL && str_equal(part->label, name));
}

static bool find_score(const struct standard *standard, const char *name, size_t *slot)
{
    for (size_t i = 0; i < standard->judged.count; i++) {
        if (is_part(standard->judged.items[i]->criterion, name)) {
            *slot = i;
            return true;
        }
    }
    return false;
}

static bool find_fact(const struct standard *standard, const char *name, size_t *slot)
{
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct field *field = &standard->facts.items[i]->field;
        if (str_equal(field->name, name) || (field->label != NULL && str_equal(field->label, name))) {
            *slot = i;
            return true;
        }
    }
    return false;
}

static bool is_threshold(const struct standard *standard, const char *name, const char **threshold)
{
    for (size_t i = 0; i < standard->named.count; i++) {
        const struct named_value *named = &standard->named.items[i];
        bool called = str_equal(named->name, name) || (named->label != NULL && str_equal(named->label, name));
        if (named->threshold && called) {
            *threshold = named->name;
            return true;
        }
    }
    return false;
}

static void report_unknown(const struct standard *standard, const char *name, struct diags *diags)
{
    const char *threshold;
    if (is_threshold(standard, name, &threshold)) {
        diag_add(diags, DIAG_LEVER_THRESHOLD, SPAN_NONE, threshold, NULL);
        return;
    }
    struct suggest suggest;
    suggest_start(&suggest, name);
    for (size_t i = 0; i < standard->facts.count; i++) {
        suggest_offer(&suggest, standard->facts.items[i]->field.name);
    }
    for (size_t i = 0; i < standard->judged.count; i++) {
        suggest_offer(&suggest, standard->judged.items[i]->criterion->path);
    }
    diag_suggest(diag_add(diags, DIAG_LEVER_UNKNOWN, SPAN_NONE, name, NULL), suggest_best(&suggest));
}

bool lever_named(const struct standard *standard, const char *name, struct diags *diags, enum hole_kind *kind,
                 size_t *slot)
{
    name = words_name(name);
    const char *plain = without_word(name);
    *kind = HOLE_FACT;
    if (plain == name && find_fact(standard, name, slot)) {
        return true;
    }
    *kind = HOLE_SCORE;
    if (find_score(standard, plain, slot)) {
        return true;
    }
    report_unknown(standard, plain, diags);
    return false;
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

bool lever_rules_make(const struct standard *standard, const struct lever_sayings *sayings,
                      struct diags *diags, struct lever_rules *rules)
{
    struct lever_rule *facts = MEM_ARRAY(struct lever_rule, standard->facts.count + 1);
    struct lever_rule *scores = MEM_ARRAY(struct lever_rule, standard->judged.count + 1);
    bool right = true;
    for (size_t i = 0; i < sayings->list.count; i++) {
        const struct lever_saying *saying = &sayings->list.items[i];
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
