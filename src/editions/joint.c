#include "editions/joint.h"
#include "base/mem.h"

static const struct type TRUTH = {.kind = TYPE_YESNO};

/* ---- what units are asked */

struct joining {
    struct joint *joint;
    const struct joint_names *renamed;
    struct forms forms;
    const size_t *numbers[EDITIONS];
    struct map made; /* the number of a form as text → its node, unless it stands in a block */
    struct map judged_by_form;
};

/* What both allow, or more: what is told of all such values holds of those that both allow. */
static struct limits met(const struct joining *joining, const struct field *a, const struct field *b)
{
    struct limits both = a->limits;
    const struct standard *old = joining->joint->of[EDITION_OLD], *new = joining->joint->of[EDITION_NEW];
    if (str_equal(form_of_limits(old, a), form_of_limits(new, b)))
        return both;
    both.range = range_meet(a->limits.range, b->limits.range);
    both.stepped = false;
    both.legal = NULL;
    both.legal_count = 0;
    both.low_fact = both.high_fact = -1;
    return range_is_empty(both.range) ? a->limits : both;
}

static const char *old_name(const struct map *renamed, const char *name)
{
    const char *old = map_find(renamed, name);
    return old ? old : name;
}

/* ---- choices: of values that only one edition has no unit that both accept says any */

/* The value that is written so, by name or label; `count` where there is none. */
static size_t written_so(const struct choice *choice, const char *text)
{
    size_t at = 0, labelled = 0;
    while (at < choice->count && !str_equal(choice->symbols[at].name, text))
        at++;
    while (labelled < choice->count && !str_equal(choice->symbols[labelled].label, text))
        labelled++;
    return text && at == choice->count ? labelled : text ? at : choice->count;
}

/* The value of `to` that some text means which means this one of `from`; false: two texts mean two of them. */
static bool find_place(const struct choice *from, const struct choice *to, size_t at, size_t *place)
{
    const struct symbol *symbol = &from->symbols[at];
    const char *texts[] = {symbol->name, symbol->label};
    *place = to->count;
    for (int i = 0; i < 2; i++) {
        size_t other = texts[i] && written_so(from, texts[i]) == at ? written_so(to, texts[i]) : to->count;
        if (other < to->count && *place < to->count && other != *place)
            return false;
        *place = other < to->count ? other : *place;
    }
    return true;
}

/* Choices whose values differ, and nothing else: then the fact of the old edition becomes one of the values of both. */
static bool share_choice(struct joining *joining, struct fact_declaration *both, const struct field *old,
                         const struct field *new)
{
    if (old->type.kind != TYPE_CHOICE || new->type.kind != TYPE_CHOICE ||
        old->limits.or_na != new->limits.or_na)
        return false;
    const struct choice *before = old->type.choice, *after = new->type.choice;
    struct choice *common = MEM_NEW(struct choice);
    struct symbol *symbols = MEM_ARRAY(struct symbol, before->count + 1);
    size_t *places[EDITIONS];
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        places[edition] = MEM_ARRAY(size_t, before->count + 1);
    *common = (struct choice){
        .name = before->name, .symbols = symbols, .ordered = before->ordered && after->ordered};
    for (size_t i = 0; i < before->count; i++) {
        size_t there, back;
        if (!find_place(before, after, i, &there) ||
            (there < after->count && !find_place(after, before, there, &back)))
            return false;
        if (there == after->count)
            continue;
        if (back != i)
            return false;
        symbols[common->count] = before->symbols[i];
        places[EDITION_OLD][common->count] = i;
        places[EDITION_NEW][common->count++] = there;
    }
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        joining->joint->symbols[edition][both->slot] = places[edition];
    both->field.type.choice = common;
    return common->count > 0;
}

static struct fact_declaration *shared_fact(struct joining *joining, const struct fact_declaration *new)
{
    const struct standard *old = joining->joint->of[EDITION_OLD], *now = joining->joint->of[EDITION_NEW];
    const struct fact_declaration *known =
        map_find(&old->facts_by_name, old_name(&joining->renamed->facts, new->field.name));
    if (!known)
        return NULL;
    size_t slot = joining->joint->facts[EDITION_OLD][known->slot];
    struct fact_declaration *both = joining->joint->standard->facts.items[slot];
    if (!form_fields_alike(old, &known->field, now, &new->field) &&
        !share_choice(joining, both, &known->field, &new->field))
        return NULL;
    both->field.limits = met(joining, &known->field, &new->field);
    return both;
}

static size_t add_fact(struct joining *joining, const struct fact_declaration *fact)
{
    struct standard *standard = joining->joint->standard;
    struct fact_declaration *copy = MEM_NEW(struct fact_declaration);
    *copy = *fact;
    copy->slot = standard->facts.count;
    copy->node = NULL;
    if (map_find(&standard->facts_by_name, copy->field.name)) /* the old edition's is another */
        copy->field.name = str_print("%s, %zu", copy->field.name, copy->slot);
    vec_push(&standard->facts, copy);
    map_put(&standard->facts_by_name, copy->field.name, copy);
    return copy->slot;
}

/* A limit is another fact of the same edition. */
static void point_limits(struct joining *joining, enum edition edition)
{
    const struct standard *of = joining->joint->of[edition];
    for (size_t i = 0; i < of->facts.count; i++) {
        size_t slot = joining->joint->facts[edition][i];
        struct limits *limits = &joining->joint->standard->facts.items[slot]->field.limits;
        const struct limits *own = &of->facts.items[i]->field.limits;
        if (limits->low_fact >= 0 && own->low_fact >= 0)
            limits->low_fact = (int)joining->joint->facts[edition][own->low_fact];
        if (limits->high_fact >= 0 && own->high_fact >= 0)
            limits->high_fact = (int)joining->joint->facts[edition][own->high_fact];
    }
}

static void join_facts(struct joining *joining)
{
    const struct standard *old = joining->joint->of[EDITION_OLD], *new = joining->joint->of[EDITION_NEW];
    for (size_t i = 0; i < old->facts.count; i++)
        joining->joint->facts[EDITION_OLD][i] = add_fact(joining, old->facts.items[i]);
    for (size_t i = 0; i < new->facts.count; i++) {
        struct fact_declaration *both = shared_fact(joining, new->facts.items[i]);
        joining->joint->facts[EDITION_NEW][i] = both ? both->slot : add_fact(joining, new->facts.items[i]);
    }
    point_limits(joining, EDITION_NEW);
    point_limits(joining, EDITION_OLD);
}

static const char *old_path(const struct joining *joining, enum edition edition, const struct part *criterion)
{
    return edition == EDITION_NEW ? old_name(&joining->renamed->scores, criterion->path) : criterion->path;
}

/* One criterion has one score, in whatever edition. */
static const struct part *criterion_of(const struct joining *joining, enum edition edition,
                                       const struct part *criterion)
{
    const struct part *old =
        map_find(&joining->joint->of[EDITION_OLD]->parts_by_path, old_path(joining, edition, criterion));
    return old ? old : criterion;
}

static void join_judged(struct joining *joining, enum edition edition)
{
    const struct standard *of = joining->joint->of[edition];
    struct standard *standard = joining->joint->standard;
    for (size_t i = 0; i < of->judged.count; i++) {
        const char *form = form_of_judged(of, i, old_path(joining, edition, of->judged.items[i]->criterion));
        struct judged *judged = map_find(&joining->judged_by_form, form);
        size_t slot = standard->judged.count;
        if (judged) {
            slot = (size_t)judged->node->index;
        } else {
            judged = MEM_NEW(struct judged);
            *judged = *of->judged.items[i];
            judged->criterion = criterion_of(joining, edition, judged->criterion);
            judged->node = ir_input(standard->ir, IR_JUDGED, (long)slot, judged->node->type,
                                    judged->node->bounds, judged->node->origin);
            map_put(&joining->judged_by_form, form, judged);
            vec_push(&standard->judged, judged);
        }
        joining->joint->judged[edition][i] = slot;
    }
}

/* Two of a name that stand for values of different kinds have two forms, and two nodes. */
static void join_settings(struct joining *joining, enum edition edition)
{
    const struct standard *of = joining->joint->of[edition];
    struct standard *standard = joining->joint->standard;
    for (size_t i = 0; i < of->settings.count; i++) {
        joining->joint->settings[edition][i] = standard->settings.count;
        vec_push(&standard->settings, of->settings.items[i]);
    }
}

/* ---- nodes */

static struct ir_node *copy(struct joining *joining, enum edition edition, const struct ir_node *node);

static struct ir_node *at(const struct joining *joining, enum edition edition, const struct ir_node *node)
{
    return joining->joint->nodes[edition][node->id];
}

static void copy_block(struct joining *joining, enum edition edition, const struct ir_block *block)
{
    for (size_t i = 0; i < block->nodes.count; i++) {
        const struct ir_node *node = block->nodes.items[i];
        joining->joint->nodes[edition][node->id] = copy(joining, edition, node);
    }
}

/* Blocks are made in the order in which they close: the block of the same rows in the list of both is the one that is open. */
static struct ir_node *copy_rows(struct joining *joining, enum edition edition, const struct ir_node *node)
{
    const struct ir_block *of = node->block;
    struct ir *ir = joining->joint->standard->ir;
    struct ir_block *block = ir_block_open(ir, at(joining, edition, of->sequence));
    copy_block(joining, edition, of);
    return ir_block_close(ir, block, at(joining, edition, of->presence), at(joining, edition, of->value),
                          of->key ? at(joining, edition, of->key) : NULL, node->origin);
}

/* How many blocks out from the one at hand. */
static const struct ir_block *block_of(const struct joining *joining, const struct ir_block *block)
{
    size_t depth = 0, open = 0;
    for (const struct ir_block *outer = block->outer; outer; outer = outer->outer)
        depth++;
    const struct ir_block *at_hand = joining->joint->standard->ir->open;
    for (const struct ir_block *outer = at_hand->outer; outer; outer = outer->outer)
        open++;
    for (; open > depth; open--)
        at_hand = at_hand->outer;
    return at_hand;
}

static bool same_places(const size_t *places, size_t count)
{
    for (size_t i = 0; places && i < count; i++)
        if (places[i] != i)
            return false;
    return true;
}

/* The place of a value in the edition, by its place among those of both. */
static struct ir_node *in_edition(struct joining *joining, enum edition edition, struct ir_node *fact,
                                  const struct ir_node *node)
{
    struct ir *ir = joining->joint->standard->ir;
    const size_t *places = joining->joint->symbols[edition][fact->index];
    size_t count = places ? fact->type.choice->count : 0;
    if (same_places(places, count))
        return fact;
    struct ir_node *value = fact;
    for (size_t i = count; i-- > 0;) {
        struct ir_node *place = ir_const(ir, node->type, value_int((int64_t)places[i]), node->origin);
        struct ir_node *at = ir_const(ir, fact->type, value_int((int64_t)i), node->origin);
        struct ir_node *is = ir_binary(ir, IR_EQUAL, TRUTH, fact, at, node->origin);
        value = i + 1 == count ? place : ir_if(ir, is, place, value, node->origin);
    }
    return value;
}

static struct ir_node *copy_fact(struct joining *joining, enum edition edition, const struct ir_node *node)
{
    size_t slot = joining->joint->facts[edition][node->index];
    struct fact_declaration *fact = joining->joint->standard->facts.items[slot];
    if (!fact->node)
        fact->node = ir_input(joining->joint->standard->ir, IR_FACT, (long)slot, fact->field.type,
                              ir_field_bounds(&fact->field), node->origin);
    return in_edition(joining, edition, (struct ir_node *)fact->node, node);
}

static struct ir_node *copy_cohort(struct joining *joining, enum edition edition, const struct ir_node *node)
{
    const struct cohort_reads *reads = &joining->joint->of[edition]->cohort;
    const struct cohort_input *input = &reads->inputs.items[node->index];
    struct cohort_reads *both = &joining->joint->standard->cohort;
    struct cohort_input made = {.fold = input->fold, .operand = both->operands.count};
    const struct cohort_operand operand = {
        .node = at(joining, edition, reads->operands.items[input->operand].node)};
    made.node = ir_input(joining->joint->standard->ir, IR_COHORT, (long)both->inputs.count, node->type,
                         node->bounds, node->origin);
    for (size_t i = 0; i < both->operands.count; i++)
        if (both->operands.items[i].node == operand.node)
            made.operand = i;
    if (made.operand == both->operands.count)
        vec_push(&both->operands, operand);
    vec_push(&both->inputs, made);
    return (struct ir_node *)made.node;
}

static struct ir_node *copy_applied(struct joining *joining, enum edition edition, const struct ir_node *node)
{
    struct ir *ir = joining->joint->standard->ir;
    struct ir_node **args = MEM_ARRAY(struct ir_node *, node->arg_count + 1);
    for (size_t i = 0; i < node->arg_count; i++)
        args[i] = at(joining, edition, node->args[i]);
    switch ((int)node->op) {
    case IR_ROUND: return ir_round(ir, args[0], node->step, node->rounding, node->origin);
    case IR_DROP: return ir_drop(ir, args[0], node->index, node->index2, node->origin);
    case IR_AT_LEAST: return ir_at_least(ir, node->index, node->arg_count, args, node->origin);
    }
    return ir_apply(ir, node->op, node->type, node->arg_count, args, node->origin);
}

static struct ir_node *made_anew(struct joining *joining, enum edition edition, const struct ir_node *node)
{
    struct ir *ir = joining->joint->standard->ir;
    switch ((int)node->op) {
    case IR_FACT: return copy_fact(joining, edition, node);
    case IR_JUDGED:
        return (struct ir_node *)joining->joint->standard->judged
            .items[joining->joint->judged[edition][node->index]]
            ->node;
    case IR_SETTING:
        return ir_input(ir, node->op, (long)joining->joint->settings[edition][node->index], node->type,
                        node->bounds, node->origin);
    case IR_COHORT: return copy_cohort(joining, edition, node);
    case IR_CONST:
    case IR_CALENDAR:
    case IR_FAULT: return ir_input(ir, node->op, node->index, node->type, node->bounds, node->origin);
    case IR_ELEMENT: return ir_element(ir, block_of(joining, node->block), node->index, node->origin);
    case IR_POSITION: return ir_position(ir, block_of(joining, node->block), node->origin);
    case IR_BAG_OF: return copy_rows(joining, edition, node);
    }
    return copy_applied(joining, edition, node);
}

/* Within a block every node is made: it is of that block. */
static struct ir_node *copy(struct joining *joining, enum edition edition, const struct ir_node *node)
{
    const struct ir *ir = joining->joint->standard->ir;
    bool in_block = ir->open != ir->blocks.items[0];
    const char *number = in_block ? NULL : str_print("%zu", joining->numbers[edition][node->id]);
    struct ir_node *made = in_block ? NULL : map_find(&joining->made, number);
    if (made)
        return made;
    made = made_anew(joining, edition, node);
    if (!in_block)
        map_put(&joining->made, number, made);
    return made;
}

/* ---- by what inputs go */

/* A fact goes by its place among those of both, and by those of its values where these are others than in the edition. */
static const char *fact_key(const struct joint *joint, enum edition edition, size_t slot)
{
    const struct choice *choice = joint->standard->facts.items[slot]->field.type.choice;
    const size_t *places = joint->symbols[edition][slot];
    bool same = same_places(places, choice ? choice->count : 0);
    return same ? str_print("%zu", slot) : str_print("%zu by edition %d", slot, (int)edition);
}

/* A threshold by its name and kind of value. */
static const char *setting_key(const struct joining *joining, enum edition edition, size_t slot)
{
    const struct standard *of = joining->joint->of[edition];
    const char *name = of->settings.items[slot].name;
    const struct ir_node *node = NULL;
    for (size_t i = 0; i < of->ir->nodes.count && !node; i++) {
        const struct ir_node *at = of->ir->nodes.items[i];
        node = at->op == IR_SETTING && (size_t)at->index == slot ? at : NULL;
    }
    if (edition == EDITION_NEW)
        name = old_name(&joining->renamed->settings, name);
    const char *unit = node && node->type.unit ? node->type.unit->name : "";
    return str_print("%s: %d %d%d %s", name, node ? (int)node->type.kind : -1, node && node->type.share,
                     node && node->type.whole, unit);
}

static struct form_keys keys_of(const struct joining *joining, enum edition edition)
{
    const struct joint *joint = joining->joint;
    const struct standard *of = joint->of[edition];
    struct form_keys keys = {MEM_ARRAY(const char *, of->facts.count + 1),
                             MEM_ARRAY(const char *, of->judged.count + 1),
                             MEM_ARRAY(const char *, of->settings.count + 1)};
    for (size_t i = 0; i < of->facts.count; i++)
        keys.facts[i] = fact_key(joint, edition, joint->facts[edition][i]);
    for (size_t i = 0; i < of->judged.count; i++)
        keys.scores[i] = str_print("%zu", joint->judged[edition][i]);
    for (size_t i = 0; i < of->settings.count; i++)
        keys.settings[i] = setting_key(joining, edition, i);
    return keys;
}

/* ---- both */

/* In another tongue it may have another name. */
static bool same_column(const struct column *old, const struct column *new)
{
    bool named = str_equal(old->name, new->name) || (old->label && str_equal(old->label, new->label));
    return named && num_equal(old->weight, new->weight);
}

static bool same_columns(const struct standard *old, const struct standard *new)
{
    bool same = old->columns.count == new->columns.count && old->mixed == new->mixed &&
                (old->mixed || old->final_column == new->final_column);
    for (size_t i = 0; same && i < old->columns.count; i++)
        same = same_column(&old->columns.items[i], &new->columns.items[i]);
    return same;
}

/* Of the new edition, what is of neither alone, its period too. */
static struct standard *start(const struct standard *new)
{
    struct standard *both = MEM_NEW(struct standard);
    *both = (struct standard){.name = new->name,
                              .label = new->label,
                              .source = new->source,
                              .columns = {new->columns.items, new->columns.count, new->columns.room},
                              .mixed = new->mixed,
                              .final_column = new->final_column,
                              .better_lower = new->better_lower,
                              .period = new->period,
                              .measures = new->measures,
                              .ir = ir_new()};
    return both;
}

struct joint *joint_of(const struct standard *old, const struct standard *new,
                       const struct joint_names *renamed)
{
    if (!same_columns(old, new))
        return NULL;
    struct joint *joint = MEM_NEW(struct joint);
    struct joining joining = {.joint = joint, .renamed = renamed};
    joint->of[EDITION_OLD] = old;
    joint->of[EDITION_NEW] = new;
    joint->standard = start(new);
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++) {
        const struct standard *of = joint->of[edition];
        joint->nodes[edition] = MEM_ARRAY(struct ir_node *, of->ir->nodes.count + 1);
        joint->facts[edition] = MEM_ARRAY(size_t, of->facts.count + 1);
        joint->judged[edition] = MEM_ARRAY(size_t, of->judged.count + 1);
        joint->settings[edition] = MEM_ARRAY(size_t, of->settings.count + 1);
        joint->symbols[edition] = MEM_ARRAY(size_t *, old->facts.count + new->facts.count + 1);
    }
    join_facts(&joining);
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++) {
        join_judged(&joining, edition);
        join_settings(&joining, edition);
    }
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++) {
        const struct form_keys keys = keys_of(&joining, edition);
        joining.numbers[edition] = forms_number(&joining.forms, joint->of[edition], &keys);
        copy_block(&joining, edition, joint->of[edition]->ir->blocks.items[0]);
    }
    cohort_find_levels(&joint->standard->cohort, joint->standard->ir);
    return joint;
}

const char *joint_fact(const struct joint *joint, enum edition edition, size_t slot)
{
    return joint->standard->facts.items[joint->facts[edition][slot]]->field.name;
}

const char *joint_score(const struct joint *joint, enum edition edition, size_t slot)
{
    return joint->standard->judged.items[joint->judged[edition][slot]]->criterion->path;
}

bool joint_silence_alike(const struct joint *joint, size_t new_slot)
{
    const struct standard *old = joint->of[EDITION_OLD], *new = joint->of[EDITION_NEW];
    size_t both =
        joint->facts[EDITION_NEW]
                    [new_slot]; /* the facts of the old edition are the first of both, in their order */
    return both >= old->facts.count || str_equal(form_of_silence(&old->facts.items[both]->field),
                                                 form_of_silence(&new->facts.items[new_slot]->field));
}

/* ---- questions about both */

static struct ir_node *own(const struct joint *joint, const struct ir_node *node)
{
    return joint->standard->ir->nodes.items[node->id];
}

static struct ir_node *negated(struct ir *ir, struct ir_node *of)
{
    return ir_unary(ir, IR_NOT, TRUTH, of, of->origin);
}

static struct ir_node *unequal(struct ir *ir, struct ir_node *a, struct ir_node *b)
{
    return negated(ir, ir_binary(ir, IR_EQUAL, TRUTH, a, b, a->origin));
}

struct ir_node *joint_differ(struct joint *joint, const struct ir_node *old, const struct ir_node *new)
{
    struct ir *ir = joint->standard->ir;
    struct ir_node *a = own(joint, old), *b = own(joint, new);
    struct ir_node *one_na =
        unequal(ir, ir_unary(ir, IR_IS_NA, TRUTH, a, a->origin), ir_unary(ir, IR_IS_NA, TRUTH, b, b->origin));
    return ir_binary(ir, IR_NA_AS, TRUTH, unequal(ir, a, b), one_na, a->origin);
}

/* The place of a grade among the names of both ladders: those of the new one, then what the old one has besides. */
static size_t place_of(const struct choice *new, const struct choice *old, size_t grade)
{
    for (size_t i = 0; i < new->count; i++)
        if (str_equal(new->symbols[i].name, old->symbols[grade].name))
            return i;
    return new->count + grade;
}

static struct ir_node *grade_by_name(struct joint *joint)
{
    struct ir *ir = joint->standard->ir;
    const struct standard *old = joint->of[EDITION_OLD];
    struct ir_node *grade = joint->nodes[EDITION_OLD][old->grade->id];
    struct ir_node *named = ir_number(ir, num_int(0), grade->origin);
    for (size_t i = 0; i < old->grades->count; i++) {
        struct ir_node *one = ir_const(ir, grade->type, value_int((int64_t)i), grade->origin);
        struct ir_node *is = ir_binary(ir, IR_EQUAL, TRUTH, grade, one, grade->origin);
        size_t place = place_of(joint->of[EDITION_NEW]->grades, old->grades, i);
        named = ir_if(ir, is, ir_number(ir, num_int((int64_t)place), grade->origin), named, grade->origin);
    }
    return named;
}

struct ir_node *joint_grades_differ(struct joint *joint)
{
    return joint_differ(joint, grade_by_name(joint),
                        joint->nodes[EDITION_NEW][joint->of[EDITION_NEW]->grade->id]);
}
