#include "report/blank_use.h"
#include <string.h>
#include "base/mem.h"
#include "report/say.h"
#include "report/values.h"

enum { NAMED_MAX = 4 };

struct uses {
    const struct standard *standard;
    enum lang lang;
    struct str *texts; /* by slot */
    size_t *counts;
    unsigned char *marks; /* by node: of the reader at hand */
    unsigned char *told;  /* by node: what the parts come to; who reads that reads no fact of theirs */
};

static const char *reader_text(const struct uses *uses, const char *name, const char *label, const char *cite)
{
    const char *text = label != NULL ? label : name;
    return cite == NULL ? text : str_print("%s%s", text, say_with(SAY_IN_BRACKETS, uses->lang, cite, NULL));
}

static void add(struct uses *uses, size_t slot, const char *reader)
{
    if (uses->counts[slot]++ < NAMED_MAX) {
        str_item(&uses->texts[slot], say(SAY_LIST_COMMA, uses->lang), reader);
    }
}

static void mark(struct uses *uses, const struct ir_node *node)
{
    if (node != NULL) {
        uses->marks[node->id] = true;
    }
}

/* The facts that the marked nodes are worked out from are read by `reader`; nothing is marked any more. */
static void settle(struct uses *uses, const char *reader)
{
    const struct standard *standard = uses->standard;
    ir_mark_as_far_as(standard->ir, uses->marks, uses->told);
    for (size_t i = 0; i < standard->facts.count; i++) {
        if (uses->marks[standard->facts.items[i]->node->id]) {
            add(uses, i, reader);
        }
    }
    memset(uses->marks, 0, standard->ir->nodes.count);
}

/* A section reads what it says itself; its criteria say the rest. */
static void add_part(struct uses *uses, const struct part *part)
{
    for (size_t i = 0; i < part->lines.count; i++) {
        mark(uses, part->lines.items[i]->when);
        mark(uses, part->lines.items[i]->points);
    }
    mark(uses, part->when);
    settle(uses, reader_text(uses, part->path, part->label, part->cite));
}

static void add_outcomes(struct uses *uses)
{
    for (size_t i = 0; i < uses->standard->outcomes.count; i++) {
        const struct outcome *outcome = uses->standard->outcomes.items[i];
        bool scored = outcome->kind == OUTCOME_MINIMUM;
        if (!scored && (outcome->name != NULL || outcome->label != NULL)) {
            mark(uses, outcome->when);
            settle(uses, reader_text(uses, outcome->name, outcome->label, outcome->cite));
        }
    }
}

static void add_stage(struct uses *uses, const struct stage *stage)
{
    const char *reader = reader_text(uses, stage->name, stage->label, stage->cite);
    for (size_t i = 0; i < stage->requires.count; i++) {
        mark(uses, stage->requires.items[i].when);
    }
    for (size_t i = 0; i < stage->needs.list.count; i++) {
        mark(uses, uses->standard->facts.items[stage->needs.list.items[i]]->node);
    }
    settle(uses, reader);
}

static void add_grades(struct uses *uses)
{
    for (size_t i = 0; i < uses->standard->grade_rules.count; i++) {
        mark(uses, uses->standard->grade_rules.items[i].when);
    }
    settle(uses, say(SAY_BLANK_GRADE, uses->lang));
}

static void add_shows(struct uses *uses)
{
    for (size_t i = 0; i < uses->standard->shows.count; i++) {
        const struct show *show = &uses->standard->shows.items[i];
        mark(uses, show->value);
        settle(uses, reader_text(uses, show->name, show->label, show->cite));
    }
}

/* In Chinese all are counted, in English those that are left out. */
static const char *named_text(const struct uses *uses, size_t slot)
{
    size_t count = uses->counts[slot];
    const char *named = str_text(&uses->texts[slot]);
    if (count <= NAMED_MAX) {
        return named;
    }
    size_t told = uses->lang == LANG_ZH ? count : count - NAMED_MAX;
    const char *more = say_with(SAY_AND_MORE, uses->lang, values_count((int64_t)told), NULL);
    return str_print(uses->lang == LANG_ZH ? "%s%s" : "%s %s", named, more);
}

static void tell(struct uses *uses, const struct ir_node *node)
{
    if (node != NULL && node->op != IR_FACT) {
        uses->told[node->id] = true;
    }
}

static void tell_results(struct uses *uses)
{
    const struct standard *standard = uses->standard;
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        const struct part *part = standard->parts_by_path.entries[i].value;
        const struct ir_node *nodes[] = {part->raw, part->held,    part->score,
                                         part->due, part->skipped, part->rate};
        for (size_t k = 0; k < sizeof nodes / sizeof *nodes; k++) {
            tell(uses, nodes[k]);
        }
    }
    tell(uses, standard->subtotal);
    tell(uses, standard->total_node);
    tell(uses, standard->skipped_points);
    tell(uses, standard->grade);
    tell(uses, standard->eligible);
}

const char *const *blank_use(const struct standard *standard, enum lang lang)
{
    struct uses uses = {standard,
                        lang,
                        MEM_ARRAY(struct str, standard->facts.count + 1),
                        MEM_ARRAY(size_t, standard->facts.count + 1),
                        MEM_ARRAY(unsigned char, standard->ir->nodes.count + 1),
                        MEM_ARRAY(unsigned char, standard->ir->nodes.count + 1)};
    tell_results(&uses);
    for (size_t i = 0; i < standard->parts_by_path.count; i++) {
        const struct part *part = standard->parts_by_path.entries[i].value;
        if (part->kind != PART_STANDARD) {
            add_part(&uses, part);
        }
    }
    add_outcomes(&uses);
    add_grades(&uses);
    add_shows(&uses);
    for (size_t i = 0; i < standard->stages.count; i++) {
        add_stage(&uses, standard->stages.items[i]);
    }
    const char **texts = MEM_ARRAY(const char *, standard->facts.count + 1);
    for (size_t i = 0; i < standard->facts.count; i++) {
        texts[i] = uses.counts[i] > 0 ? named_text(&uses, i) : NULL;
    }
    return texts;
}
