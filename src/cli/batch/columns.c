#include "cli/batch/columns.h"
#include <string.h>
#include "base/mem.h"
#include "diag/suggest.h"

/* The words of `--columns`; what else stands there is a path or a name of the standard. */
static const char *const WORDS[] = {"label",    "total",     "subtotal", "grade",
                                    "eligible", "qualifies", "criteria", "parts"};

/* ---- values */

size_t columns_ask(struct batch_columns *columns, const struct ir_node *node)
{
    if (node == NULL) {
        return ASKED_NOTHING;
    }
    for (size_t i = 0; i < columns->asked.count; i++) {
        if (columns->asked.items[i] == node) {
            return i;
        }
    }
    vec_push(&columns->asked, node);
    return columns->asked.count - 1;
}

static enum out_kind kind_of(const struct type *type)
{
    switch (type->kind) {
    case TYPE_NUMBER:
    case TYPE_DOCUMENT: return OUT_NUMBER;
    case TYPE_DATE: return OUT_DATE;
    case TYPE_YESNO: return OUT_TRUTH;
    case TYPE_CHOICE: return type->choice->ordered ? OUT_RUNGS : OUT_CHOICE;
    case TYPE_TEXT:
    case TYPE_MONTHS:
    case TYPE_LIST:
    case TYPE_TABLE: break;
    }
    return OUT_WORDS;
}

static void add_column(struct batch_columns *columns, const char *name, const struct ir_node *node)
{
    struct out_column column = {.kind = OUT_TRUTH, .name = name, .asked = columns_ask(columns, node)};
    for (size_t i = 0; i < columns->list.count; i++) {
        if (str_equal(columns->list.items[i].name, name)) {
            return;
        }
    }
    if (node != NULL) {
        column.kind = kind_of(&node->type);
        column.choice = node->type.choice;
    }
    vec_push(&columns->list, column);
}

/* ---- the words */

static void add_where_there(struct batch_columns *columns, const char *name, const struct ir_node *node)
{
    if (node != NULL) {
        add_column(columns, name, node);
    }
}

static void add_qualifies(struct batch_columns *columns)
{
    for (size_t i = 0; i < columns->standard->outcomes.count; i++) {
        const struct outcome *outcome = columns->standard->outcomes.items[i];
        if (outcome->kind == OUTCOME_QUALIFIES) {
            add_column(columns, outcome->name, outcome->holds);
        }
    }
}

static void add_parts(struct batch_columns *columns, bool criteria)
{
    const struct map *parts = &columns->standard->parts_by_path;
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = parts->entries[i].value;
        if (part->kind != PART_STANDARD && (!criteria || part->kind != PART_SECTION)) {
            add_column(columns, part->path, part->score);
        }
    }
}

static bool add_word(struct batch_columns *columns, const char *word)
{
    const struct standard *standard = columns->standard;
    if (strcmp(word, "label") == 0) {
        columns->label = true;
    } else if (strcmp(word, "total") == 0) {
        add_where_there(columns, word, standard->total_node);
    } else if (strcmp(word, "subtotal") == 0) {
        add_where_there(columns, word, standard->subtotal);
    } else if (strcmp(word, "grade") == 0) {
        add_where_there(columns, word, standard->grade);
    } else if (strcmp(word, "eligible") == 0) {
        add_column(columns, word, standard->eligible);
    } else if (strcmp(word, "qualifies") == 0) {
        add_qualifies(columns);
    } else if (strcmp(word, "criteria") == 0 || strcmp(word, "parts") == 0) {
        add_parts(columns, strcmp(word, "criteria") == 0);
    } else {
        return false;
    }
    return true;
}

/* ---- names of the standard */

static bool add_part(struct batch_columns *columns, const char *name)
{
    const struct part *part = map_find(&columns->standard->parts_by_path, name);
    if (part == NULL || part->kind == PART_STANDARD) {
        return false;
    }
    add_column(columns, part->path, part->score);
    return true;
}

static bool add_outcome(struct batch_columns *columns, const char *name)
{
    for (size_t i = 0; i < columns->standard->outcomes.count; i++) {
        const struct outcome *outcome = columns->standard->outcomes.items[i];
        if (outcome->name != NULL && str_equal(outcome->name, name)) {
            add_column(columns, outcome->name, outcome->holds);
            return true;
        }
    }
    return false;
}

static bool add_show(struct batch_columns *columns, const char *name)
{
    for (size_t i = 0; i < columns->standard->shows.count; i++) {
        const struct show *show = &columns->standard->shows.items[i];
        if (str_equal(show->name, name)) {
            add_column(columns, show->name, show->value);
            return true;
        }
    }
    return false;
}

static void offer_names(struct suggest *suggest, const struct standard *standard)
{
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        suggest_offer(suggest, standard->parts_by_path.entries[i].key);
    }
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        if (standard->outcomes.items[i]->name != NULL) {
            suggest_offer(suggest, standard->outcomes.items[i]->name);
        }
    }
    for (size_t i = 0; i < standard->shows.count; i++) {
        suggest_offer(suggest, standard->shows.items[i].name);
    }
}

static bool unknown(const struct batch_columns *columns, const char *name, struct diags *diags)
{
    struct suggest suggest;
    suggest_start(&suggest, name);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        suggest_list(&suggest, WORDS[i]);
    }
    offer_names(&suggest, columns->standard);
    struct diag *diag = diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "--columns", name,
                                 suggest_listed(&suggest, ""), NULL);
    diag_note(diag, "@columns_of_standard");
    diag_suggest(diag, suggest_best(&suggest));
    return false;
}

static bool add_named(struct batch_columns *columns, const char *name, struct diags *diags)
{
    return add_word(columns, name) || add_part(columns, name) || add_outcome(columns, name) ||
           add_show(columns, name) || unknown(columns, name, diags);
}

bool columns_choose(struct batch_columns *columns, const struct standard *standard, const char *names,
                    struct diags *diags)
{
    bool right = true;
    *columns = (struct batch_columns){.standard = standard};
    struct option_names list = options_names(names != NULL ? names : "total,grade,eligible,qualifies");
    for (size_t i = 0; i < list.list.count; i++) {
        right = add_named(columns, list.list.items[i], diags) && right;
    }
    return right;
}
