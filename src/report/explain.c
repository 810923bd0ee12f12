/* Conditions in words. */
#include "report/explain.h"
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "report/say.h"
#include "report/values.h"

enum { WORDS_CELLS = 60 };

/* ---------------------------------------------------------------- what a node is */

static const struct part *part_of(const struct standard *standard, const struct ir_node *node)
{
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        const struct part *part = standard->parts_by_path.entries[i].value;
        if (part->kind != PART_STANDARD && (node == part->score || node == part->rate)) {
            return part;
        }
    }
    return NULL;
}

static const char *name_of_part(const struct view *view, const struct part *part, const struct ir_node *node)
{
    const char *name = view_part_name(part);
    return node == part->rate ? str_print("%s %s", name, say(SAY_RATE, view->lang)) : name;
}

static const char *name_of_result(const struct view *view, const struct ir_node *node)
{
    const struct standard *standard = view->evaluation->standard;
    if (node == standard->total_node) {
        return say(SAY_TOTAL, view->lang);
    }
    if (node == standard->subtotal) {
        return say(SAY_SUBTOTAL, view->lang);
    }
    if (node == standard->grade) {
        return say(SAY_GRADE, view->lang);
    }
    if (node == standard->eligible) {
        return say(SAY_ELIGIBLE, view->lang);
    }
    for (size_t i = 0; i < standard->outcomes.count; i++) {
        const struct outcome *outcome = standard->outcomes.items[i];
        if (outcome->kind == OUTCOME_QUALIFIES && (node == outcome->holds || node == outcome->when)) {
            return outcome->label != NULL ? outcome->label : outcome->name;
        }
    }
    return NULL;
}

/* Operations that change nothing a reader would name. The mix of a part or a result goes by its name. */
static const struct ir_node *plain(const struct view *view, const struct ir_node *node)
{
    while (node->op == IR_MIX || (node->op == IR_NA_AS && !value_is_na(view_value(view, node->args[0])))) {
        if (node->op == IR_MIX &&
            (part_of(view->evaluation->standard, node) != NULL || name_of_result(view, node) != NULL)) {
            break;
        }
        node = node->args[0];
    }
    return node;
}

static bool is_of_fact(const struct ir_node *node)
{
    return (node->op == IR_MONTH_COUNT || node->op == IR_LENGTH) && node->args[0]->op == IR_FACT;
}

const char *explain_name(const struct view *view, const struct ir_node *node)
{
    node = plain(view, node);
    if (node->op == IR_FACT) {
        return view_fact_name(view, (size_t)node->index);
    }
    if (is_of_fact(node)) {
        return view_fact_name(view, (size_t)node->args[0]->index);
    }
    if (node->op == IR_SETTING) {
        return view_setting_name(view, (size_t)node->index);
    }
    if (node->op == IR_JUDGED) {
        return view_part_name(view->evaluation->standard->judged.items[node->index]->criterion);
    }
    const struct part *part = part_of(view->evaluation->standard, node);
    if (part != NULL) {
        return name_of_part(view, part, node);
    }
    const char *result = name_of_result(view, node);
    return result != NULL ? result : view_words(node->origin, WORDS_CELLS);
}

/* ---------------------------------------------------------------- its value */

/* A constant that the author wrote as a percentage, and that still is that percentage (not a part of a cap). */
static bool is_written_percent(const struct ir_node *node)
{
    if (node->op != IR_CONST || !value_is_point(&node->bounds))
        return false;
    return str_equal(span_text(node->origin), values_percent(value_point(&node->bounds)));
}

static bool is_rate(const struct view *view, const struct ir_node *node)
{
    const struct part *part = part_of(view->evaluation->standard, plain(view, node));
    return node->type.share || (part != NULL && part->rate == plain(view, node));
}

static bool is_plain_number(const struct ir_node *node)
{
    return node->type.kind == TYPE_NUMBER && node->type.unit == NULL;
}

/* Values of facts are shown as given; where the fact was not given, its state says so. */
static const char *value_of_fact(const struct view *view, const struct ir_node *node)
{
    const struct given *given = view_fact(view, (size_t)node->index);
    const struct field *field = &view->evaluation->standard->facts.items[node->index]->field;
    bool stands = given->state == GIVEN_VALUE || given->state == GIVEN_ASSUMED;
    return stands ? values_given(field, given, true, view->lang) : say(SAY_UNKNOWN, view->lang);
}

const char *explain_value(const struct view *view, const struct ir_node *node, const struct ir_node *like)
{
    const struct ir_node *core = plain(view, node);
    const struct value *value = view_value(view, node);
    if (core->op == IR_FACT) {
        return value_of_fact(view, core);
    }
    if ((core->op == IR_SETTING || core->op == IR_JUDGED) && !value_is_known(value)) {
        return say(SAY_UNKNOWN, view->lang);
    }
    bool percentage =
        is_rate(view, node) || (like != NULL && is_rate(view, like)) || is_written_percent(core);
    if (core == view->evaluation->standard->total_node || core == view->evaluation->standard->subtotal) {
        return values_points(value, core->op == IR_ROUND, view->lang);
    }
    if (percentage && is_plain_number(node)) {
        return values_percentage(value, view->lang);
    }
    const struct choice *grades = view->evaluation->standard->grades;
    bool graded = node->type.choice == grades || (like != NULL && like->type.choice == grades);
    if (grades != NULL && graded && value->kind == VALUE_NUMBER) {
        return values_rungs(grades, value->range);
    }
    if (like != NULL && like->type.kind == TYPE_CHOICE && value->kind == VALUE_NUMBER) {
        return values_of(&like->type, value, view->lang);
    }
    return values_of(&node->type, value, view->lang);
}

/* ---------------------------------------------------------------- comparisons */

static bool is_comparison(const struct ir_node *node)
{
    return node->op == IR_LESS || node->op == IR_LESS_EQUAL || node->op == IR_EQUAL;
}

/* `a is not b`: to the core a `not` round an equality, to the author one condition. */
static bool is_inequality(const struct ir_node *node)
{
    if (node->op != IR_NOT || node->args[0]->op != IR_EQUAL) {
        return false;
    }
    struct span whole = node->origin, inner = node->args[0]->origin;
    return whole.source == inner.source && whole.start == inner.start && whole.end == inner.end;
}

static bool is_figure(const struct ir_node *node)
{
    return ir_is_const(node) || node->op == IR_SETTING;
}

/* The core knows < and ≤ alone: what the author wrote on the left may stand on the right. */
static bool is_turned(const struct ir_node *left, const struct ir_node *right)
{
    if (is_figure(left) != is_figure(right)) {
        return is_figure(left);
    }
    return left->origin.source == right->origin.source && left->origin.start > right->origin.start;
}

static const char *sign_of(const struct ir_node *node, bool holds, bool turned)
{
    if (node->op == IR_EQUAL) {
        return holds ? "=" : "≠";
    }
    bool strict = (node->op == IR_LESS) == holds;
    bool less = holds != turned;
    return less ? (strict ? "<" : "≤") : (strict ? ">" : "≥");
}

/* A name and its value; a figure's value alone, and the name alone of what nobody has given. */
static const char *side_of(const struct view *view, const struct ir_node *node, const struct ir_node *like)
{
    const char *value = explain_value(view, node, like), *name = explain_name(view, node);
    if (is_figure(node) && value_is_known(view_value(view, node))) {
        return value;
    }
    return str_equal(value, say(SAY_UNKNOWN, view->lang)) ? name : str_print("%s %s", name, value);
}

/* The facts that a condition waits for; NULL where what is open has a derivation of its own, or a range says more. */
static const char *open_facts(const struct view *view, const struct ir_node *node)
{
    bool direct = true;
    for (size_t i = 0; i < node->arg_count; i++) {
        const struct ir_node *side = plain(view, node->args[i]);
        bool told = view_stands_alone(view, side) || view_is_figure(view, side);
        direct = direct && !told && side->op != IR_FACT && side->op != IR_SETTING;
    }
    struct view_open open = direct ? view_open_of(view, node) : (struct view_open){0};
    struct str names = {0};
    for (size_t i = 0; i < open.names.count; i++) {
        str_add(&names, i > 0 ? say(SAY_LIST_COMMA, view->lang) : "");
        str_add(&names, open.names.items[i]);
    }
    return names.length > 0 ? say_with(SAY_VALUE_UNKNOWN, view->lang, str_text(&names), NULL) : NULL;
}

static const char *comparison(const struct view *view, const struct ir_node *node, bool wanted)
{
    const struct value *value = view_value(view, node);
    const char *open = value_is_known(value) ? NULL : open_facts(view, node);
    if (open != NULL) {
        return open;
    }
    const struct ir_node *left = node->args[0], *right = node->args[1];
    bool turned = is_turned(left, right);
    bool holds = value_is_yes(value) || (!value_is_no(value) && wanted);
    const char *sign = sign_of(node, holds, turned);
    const struct ir_node *first = turned ? right : left, *second = turned ? left : right;
    const char *text =
        str_print("%s %s %s", side_of(view, first, second), sign, side_of(view, second, first));
    return value_is_known(value)
               ? text
               : say_with(SAY_SENTENCE, view->lang, text, say(SAY_UNKNOWN, view->lang), NULL);
}

const char *explain_condition(const struct view *view, const struct ir_node *node, bool wanted)
{
    node = plain(view, node);
    if (is_inequality(node)) {
        return comparison(view, node->args[0], !wanted);
    }
    if (is_comparison(node)) {
        return comparison(view, node, wanted);
    }
    bool named =
        node->op == IR_FACT || view_stands_alone(view, node) || value_is_known(view_value(view, node));
    const char *open = named ? NULL : open_facts(view, node);
    if (open != NULL) {
        return open;
    }
    return say_with(SAY_SENTENCE, view->lang, explain_name(view, node), explain_value(view, node, NULL),
                    NULL);
}

bool explain_has_values(const struct view *view, const struct ir_node *node)
{
    return is_comparison(plain(view, node)) || is_inequality(plain(view, node));
}

const char *explain_written(const struct view *view, const struct ir_node *node, bool wanted)
{
    node = plain(view, node);
    const char *words = view_words(node->origin, WORDS_CELLS);
    if (*words == '\0') {
        return explain_condition(view, node, wanted);
    }
    const char *said = is_comparison(node) ? comparison(view, node, wanted) : explain_name(view, node);
    return str_equal(said, words) ? words : say_with(SAY_WRITTEN, view->lang, words, said, NULL);
}

/* ---------------------------------------------------------------- conditions inside conditions */

struct walk {
    const struct view *view;
    struct explain_leaves *leaves;
    const struct ir_node *top; /* asked about: gone into even if it has a derivation of its own */
    bool all;                  /* every one looked at, not those to blame alone */
    bool *been; /* [2 × node id + wanted]: definitions may stand in each other many times over */
};

static struct walk walk_into(const struct view *view, struct explain_leaves *leaves,
                             const struct ir_node *top, bool all)
{
    bool *been = mem_alloc_plain(2 * view->evaluation->standard->ir->nodes.count);
    return (struct walk){view, leaves, top, all, been};
}

static bool comes_again(const struct walk *walk, const struct ir_node *node, bool wanted)
{
    bool *been = &walk->been[2 * node->id + wanted], again = *been;
    *been = true;
    return again;
}

static bool is_settled(const struct walk *walk, const struct ir_node *node, bool wanted)
{
    const struct value *value = view_value(walk->view, node);
    return wanted ? value_is_yes(value) : value_is_no(value);
}

static void add_leaf(const struct walk *walk, const struct ir_node *node, bool wanted)
{
    struct explain_leaves *leaves = walk->leaves;
    for (size_t i = 0; i < leaves->list.count; i++) {
        if (leaves->list.items[i].node == node) {
            return;
        }
    }
    if (node->op != IR_CONST) {
        vec_push(&leaves->list, (struct explain_leaf){node, wanted});
    }
}

static void walk_condition(const struct walk *walk, const struct ir_node *node, bool wanted);

/* Left to right, as far as evaluation went: what follows a deciding operand was not looked at. */
static void walk_operands(const struct walk *walk, const struct ir_node *node, bool wanted)
{
    bool ends = node->op == IR_AND ? false : true;               /* the truth that decides */
    bool settled = value_is_known(view_value(walk->view, node)); /* then what is open is not to blame */
    for (size_t i = 0; i < node->arg_count; i++) {
        const struct value *value = view_value(walk->view, node->args[i]);
        if (walk->all || !settled || value_is_known(value)) {
            walk_condition(walk, node->args[i], wanted);
        }
        if (walk->all && node->op != IR_AT_LEAST && (ends ? value_is_yes(value) : value_is_no(value))) {
            return;
        }
    }
}

static void walk_choice(const struct walk *walk, const struct ir_node *node, bool wanted)
{
    const struct value *when = view_value(walk->view, node->args[0]);
    if (walk->all || !value_is_known(when)) {
        walk_condition(walk, node->args[0], true);
    }
    if (value_is_yes(when) || value_is_no(when)) {
        const struct ir_node *taken = node->args[value_is_yes(when) ? 1 : 2];
        walk_condition(walk, taken->op == IR_CONST ? node->args[0] : taken, wanted);
    }
}

static void walk_condition(const struct walk *walk, const struct ir_node *node, bool wanted)
{
    node = plain(walk->view, node);
    if ((!walk->all && is_settled(walk, node, wanted)) || comes_again(walk, node, wanted)) {
        return;
    }
    if (node != walk->top && view_stands_alone(walk->view, node)) {
        add_leaf(walk, node, wanted);
    } else if (node->op == IR_AND || node->op == IR_OR || node->op == IR_AT_LEAST) {
        walk_operands(walk, node, wanted);
    } else if (is_inequality(node)) {
        add_leaf(walk, node, wanted);
    } else if (node->op == IR_NOT) {
        walk_condition(walk, node->args[0], !wanted);
    } else if (node->op == IR_NA_AS) {
        walk_condition(walk, node->args[0], wanted);
    } else if (node->op == IR_IF) {
        walk_choice(walk, node, wanted);
    } else {
        add_leaf(walk, node, wanted);
    }
}

struct explain_leaves explain_blame(const struct view *view, const struct ir_node *node, bool wanted)
{
    struct explain_leaves leaves = {0};
    const struct walk walk = walk_into(view, &leaves, plain(view, node), false);
    walk_condition(&walk, node, wanted);
    return leaves;
}

struct explain_leaves explain_all(const struct view *view, const struct ir_node *node)
{
    struct explain_leaves leaves = {0};
    const struct walk walk = walk_into(view, &leaves, plain(view, node), true);
    walk_condition(&walk, node, true);
    return leaves;
}

struct explain_leaves explain_rows(const struct view *view, const struct ir_node *node, bool wanted)
{
    enum { PER_ROW = 2, VALUE = 1 };
    struct explain_leaves leaves = {0};
    node = plain(view, node);
    bool every = node->op == IR_EVERY;
    if ((!every && node->op != IR_SOME) || node->args[0]->op != IR_BAG || every != wanted) {
        return leaves;
    }
    const struct ir_node *bag = node->args[0];
    for (size_t i = 0; i + VALUE < bag->arg_count; i += PER_ROW) {
        const struct value *there = view_value(view, bag->args[i]),
                           *holds = view_value(view, bag->args[i + VALUE]);
        bool good = wanted ? value_is_yes(holds) : value_is_no(holds);
        if (!value_is_no(there) && !good && !value_is_na(holds)) {
            vec_push(&leaves.list, (struct explain_leaf){bag->args[i + VALUE], wanted});
        }
    }
    return leaves;
}

struct explain_leaves explain_choices(const struct view *view, const struct ir_node *node)
{
    struct explain_leaves leaves = {0};
    const struct walk walk = walk_into(view, &leaves, NULL, true);
    for (node = plain(view, node); node->op == IR_IF && !view_is_figure(view, node);
         node = plain(view, node)) {
        const struct value *when = view_value(view, node->args[0]);
        walk_condition(&walk, node->args[0], true);
        if (!value_is_yes(when) && !value_is_no(when)) {
            break;
        }
        node = node->args[value_is_yes(when) ? 1 : 2];
    }
    return leaves;
}
