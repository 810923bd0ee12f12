#include "report/expected.h"
#include "facts/write.h"
#include "report/outcome.h"
#include "syntax/keywords.h"

struct expecting {
    const struct view *view;
    struct str text;
};

static const char *word(const struct expecting *it, const char *english)
{
    return keyword_in(english, it->view->lang);
}

static void expect(struct expecting *it, const char *text)
{
    str_item(&it->text, ", ", text);
}

static void expect_number(struct expecting *it, const char *name, const struct value *value)
{
    if (value_is_point(value)) {
        expect(it, str_print("%s = %s", name, num_text(value_point(value))));
    } else if (value->kind == VALUE_NUMBER && !value->na) {
        if (value->range.low.infinite == 0) {
            expect(it, str_print("%s >= %s", name, num_text(value->range.low.at)));
        }
        if (value->range.high.infinite == 0) {
            expect(it, str_print("%s <= %s", name, num_text(value->range.high.at)));
        }
    }
}

static void expect_grade(struct expecting *it, const struct choice *grades, const struct value *grade)
{
    int64_t low, high;
    if (grade->kind != VALUE_NUMBER || grade->na || !num_to_int(grade->range.low.at, &low) ||
        !num_to_int(grade->range.high.at, &high)) {
        return;
    }
    const char *name = word(it, "grade"), *worst = write_name(grades->symbols[low].name),
               *best = write_name(grades->symbols[high].name);
    if (low == high) {
        expect(it, str_print("%s = %s", name, best));
    } else {
        expect(it, str_print("%s >= %s", name, worst));
        expect(it, str_print("%s <= %s", name, best));
    }
}

static void expect_truth(struct expecting *it, const struct value *truth, const char *text)
{
    if (value_is_yes(truth)) {
        expect(it, text);
    } else if (value_is_no(truth)) {
        expect(it, str_print("%s %s", word(it, "not"), text));
    }
}

static void expect_part(struct expecting *it, const struct part *part)
{
    const char *path = write_path(part->path);
    const struct value *score = view_value(it->view, part->score);
    if (value_is_na(score)) {
        expect(it, str_print("%s.%s", path, word(it, "skipped")));
    } else {
        expect_number(it, path, score);
    }
}

const char *expected_text(const struct view *view, const struct part *part)
{
    struct expecting it = {.view = view};
    const struct standard *standard = view->evaluation->standard;
    if (part != NULL) {
        expect_part(&it, part);
    }
    if (standard->scored) {
        expect_number(&it, word(&it, "total"), view_value(view, standard->total_node));
    }
    if (standard->grade != NULL) {
        expect_grade(&it, standard->grades, view_value(view, standard->grade));
    }
    if (standard->eligible != NULL && outcome_has_gates(standard)) {
        expect_truth(&it, view_value(view, standard->eligible), word(&it, "eligible"));
    }
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->kind == OUTCOME_QUALIFIES) {
            expect_truth(&it, view_value(view, outcome->holds),
                         str_print("%s %s", word(&it, "qualifies"), write_name(outcome->name)));
        }
    }
    return str_text(&it.text);
}
