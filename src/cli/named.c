#include "cli/named.h"
#include "base/mem.h"
#include "diag/suggest.h"
#include "facts/write.h"

struct nameds {
    VEC(struct named) list;
};

/* ---------------------------------------------------------------- all there are */

static void add_scores(const struct standard *standard, struct nameds *all)
{
    for (size_t i = 0; i < standard->judged.count; i++) {
        if (unit_is_first_score(standard, i)) {
            struct named score = {NAMED_SCORE, standard->judged.items[i]->criterion->path, i};
            vec_push(&all->list, score);
        }
    }
}

/* Facts first: a name that a threshold or a criterion has too is the fact's. */
static struct nameds all_of(const struct standard *standard, unsigned kinds)
{
    struct nameds all = {0};
    for (size_t i = 0; (kinds & NAMED_FACT) != 0 && i < standard->facts.count; i++) {
        struct named fact = {NAMED_FACT, standard->facts.items[i]->field.name, i};
        vec_push(&all.list, fact);
    }
    if ((kinds & NAMED_SCORE) != 0) {
        add_scores(standard, &all);
    }
    for (size_t i = 0; (kinds & NAMED_THRESHOLD) != 0 && i < standard->named.count; i++) {
        if (standard->named.items[i].threshold) {
            struct named threshold = {NAMED_THRESHOLD, standard->named.items[i].name, i};
            vec_push(&all.list, threshold);
        }
    }
    return all;
}

static const char *label_of(const struct standard *standard, const struct named *named)
{
    switch (named->kind) {
    case NAMED_FACT: return standard->facts.items[named->slot]->field.label;
    case NAMED_SCORE: return standard->judged.items[named->slot]->criterion->label;
    case NAMED_THRESHOLD: return standard->named.items[named->slot].label;
    }
    return NULL;
}

/* ---------------------------------------------------------------- one of them */

/* A criterion may be called by its last name, as in its own section. */
static bool is_called(const struct standard *standard, const struct named *named, const char *text)
{
    const char *label = label_of(standard, named);
    bool last =
        named->kind == NAMED_SCORE && str_equal(standard->judged.items[named->slot]->criterion->name, text);
    return last || (label != NULL && str_equal(label, text));
}

static enum named_found find_called(const struct standard *standard, const struct nameds *all,
                                    const char *text, struct diags *diags, struct named *found)
{
    struct str listed = {0};
    size_t count = 0;
    for (size_t i = 0; i < all->list.count; i++) {
        const struct named *named = &all->list.items[i];
        if (is_called(standard, named, text)) {
            *found = count++ == 0 ? *named : *found;
            str_item(&listed, DIAG_NEXT, named_key(named));
        }
    }
    if (count > 1) {
        diag_add(diags, DIAG_LABEL_OF_SEVERAL, SPAN_NONE, text, str_text(&listed), NULL);
    }
    return count == 0 ? NAMED_NONE : count == 1 ? NAMED_ONE : NAMED_SEVERAL;
}

enum named_found named_find(const struct standard *standard, unsigned kinds, const char *text,
                            struct diags *diags, struct named *found)
{
    struct nameds all = all_of(standard, kinds);
    for (size_t i = 0; i < all.list.count; i++) {
        if (str_equal(all.list.items[i].name, text)) {
            *found = all.list.items[i];
            return NAMED_ONE;
        }
    }
    return find_called(standard, &all, text, diags, found);
}

const char *named_nearest(const struct standard *standard, unsigned kinds, const char *text)
{
    struct nameds all = all_of(standard, kinds);
    struct suggest names, labels;
    const char *by_label = NULL;
    suggest_start(&names, text);
    suggest_start(&labels, text);
    for (size_t i = 0; i < all.list.count; i++) {
        const struct named *named = &all.list.items[i];
        const char *label = label_of(standard, named);
        suggest_offer(&names, named->name);
        if (label != NULL) {
            suggest_offer(&labels, label);
            by_label = suggest_best(&labels) == label ? named->name : by_label;
        }
    }
    return by_label != NULL && labels.distance < names.distance ? by_label : suggest_best(&names);
}

const char *named_key(const struct named *named)
{
    return named->kind == NAMED_SCORE ? str_print("score %s", write_path(named->name))
                                      : write_name(named->name);
}
