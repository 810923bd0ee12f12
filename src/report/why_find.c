/* What `--why` names. */
#include <string.h>
#include "diag/suggest.h"
#include "base/utf8.h"
#include "report/why.h"

struct search {
    const struct standard *standard;
    const char *wanted;
    struct why_target *target;
};

static bool is(const char *text, const char *wanted)
{
    return text != NULL && strcmp(text, wanted) == 0;
}

static bool is_one_of(const char *wanted, const char *const *names)
{
    const char *folded = utf8_casefold(wanted); /* the sheet writes Total */
    while (*names != NULL && strcmp(*names, folded) != 0) {
        names++;
    }
    return *names != NULL;
}

static bool found(const struct search *search, enum why_kind kind, bool there)
{
    search->target->kind = kind;
    return there;
}

/* The results every standard may have. */
static bool find_result(const struct search *search)
{
    static const char *const total[] = {"total", "总分", NULL}, *const subtotal[] = {"subtotal", "小计",
                                                                                     NULL};
    static const char *const grade[] = {"grade", "所评等级", "等次", "等级", NULL};
    static const char *const eligible[] = {"eligible", "具备资格", "资格", NULL};
    const struct standard *standard = search->standard;
    if (is_one_of(search->wanted, total)) {
        return found(search, WHY_TOTAL, standard->total_node != NULL);
    }
    if (is_one_of(search->wanted, subtotal)) {
        return found(search, WHY_SUBTOTAL, standard->subtotal != NULL);
    }
    if (is_one_of(search->wanted, grade)) {
        return found(search, WHY_GRADE, standard->grade != NULL);
    }
    return is_one_of(search->wanted, eligible) && found(search, WHY_ELIGIBLE, standard->eligible != NULL);
}

static bool find_outcome(const struct search *search)
{
    const struct standard *standard = search->standard;
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (is(outcome->name, search->wanted) || is(outcome->label, search->wanted)) {
            search->target->outcome = outcome;
            return found(search, WHY_OUTCOME, true);
        }
    }
    for (size_t i = 0; i < standard->shows.count; i++) {
        const struct show *show = &standard->shows.items[i];
        if (is(show->name, search->wanted) || is(show->label, search->wanted)) {
            search->target->show = show;
            return found(search, WHY_SHOW, true);
        }
    }
    return false;
}

static const struct part *part_at(const struct standard *standard, size_t i)
{
    return standard->parts_by_path.entries[i].value;
}

static bool is_called(const struct part *part, const char *wanted)
{
    return part->kind != PART_STANDARD && (is(part->name, wanted) || is(part->label, wanted));
}

/* The parts with this name or label; their paths for a message. */
static size_t find_called(const struct search *search, struct str *paths)
{
    size_t count = 0;
    for (size_t i = 0; i < search->standard->parts_by_path.count; i++) {
        const struct part *part = part_at(search->standard, i);
        if (is_called(part, search->wanted)) {
            search->target->part = part;
            str_add(paths, count++ > 0 ? DIAG_NEXT : "");
            str_add(paths, part->path);
        }
    }
    return count;
}

static void suggest_names(const struct search *search, struct diag *diag)
{
    struct suggest suggest;
    suggest_start(&suggest, search->wanted);
    for (size_t i = 0; i < search->standard->parts_by_path.count; i++) {
        const struct part *part = part_at(search->standard, i);
        if (part->kind != PART_STANDARD) {
            suggest_offer(&suggest, part->path);
            suggest_offer(&suggest, part->name);
        }
    }
    for (size_t i = 0; i < search->standard->outcomes.count; i++) {
        const char *name = search->standard->outcomes.items[i]->name;
        suggest_offer(&suggest, name != NULL ? name : "eligible");
    }
    for (size_t i = 0; i < search->standard->shows.count; i++) {
        suggest_offer(&suggest, search->standard->shows.items[i].name);
    }
    suggest_offer(&suggest, "total");
    suggest_offer(&suggest, "grade");
    suggest_offer(&suggest, "eligible");
    diag_suggest(diag, suggest_best(&suggest));
}

bool why_find(const struct standard *standard, const char *wanted, struct why_target *target,
              struct diags *diags)
{
    struct search search = {standard, wanted, target};
    struct str paths = {0};
    *target = (struct why_target){.kind = WHY_PART};
    target->part = map_find(&standard->parts_by_path, wanted);
    if (target->part != NULL && target->part->kind != PART_STANDARD) {
        return true;
    }
    size_t count = find_called(&search, &paths);
    if (count == 1 || find_result(&search) || find_outcome(&search)) {
        return true;
    }
    if (count > 1) {
        diag_add(diags, DIAG_AMBIGUOUS_PATH, SPAN_NONE, wanted, str_text(&paths), NULL);
    } else {
        suggest_names(&search, diag_add(diags, DIAG_UNKNOWN_PATH, SPAN_NONE, wanted, NULL));
    }
    return false;
}
