/* The unit is opened as if nothing of what can change were known, within what it can still come to; then each lever is put back. */
#include "whatif/levers.h"
#include "base/mem.h"
#include "core/ir.h"
#include "whatif/marks.h"
#include "whatif/points.h"

struct asked {
    VEC(const struct ir_node *) list;
};

/* ---- what a fact can still come to */

static struct value grown(struct value all, const struct value *now)
{
    switch (all.kind) {
    case VALUE_TRUTH: all.truth = now->truth | TRUTH_YES; break;
    case VALUE_NUMBER:
    case VALUE_DOCUMENT: all.range.low = now->range.low; break;
    case VALUE_MONTHS: all.months.sure = now->months.sure; break;
    case VALUE_NONE:
    case VALUE_TEXT:
    case VALUE_SEQUENCE: break;
    }
    return all;
}

static struct value fallen(struct value all, const struct value *now)
{
    switch (all.kind) {
    case VALUE_TRUTH: all.truth = now->truth | TRUTH_NO; break;
    case VALUE_NUMBER:
    case VALUE_DOCUMENT: all.range.high = now->range.high; break;
    case VALUE_MONTHS: all.months.possible = now->months.possible; break;
    case VALUE_NONE:
    case VALUE_TEXT:
    case VALUE_SEQUENCE: break;
    }
    return all;
}

static struct value moved_within(struct value all, const struct value *now, enum movement moves)
{
    switch (moves) {
    case MOVES_FREELY: return all;
    case MOVES_UP: return grown(all, now);
    case MOVES_DOWN: return fallen(all, now);
    case MOVES_NOT: break;
    }
    return *now;
}

static const struct lever_rule *rule_of(const struct lever_rule *rules, size_t slot)
{
    static const struct lever_rule none;
    return rules ? &rules[slot] : &none;
}

static enum movement movement_of(const struct lever_rule *rule, enum movement declared)
{
    return rule->locked ? MOVES_NOT : rule->moves_given ? rule->moves : declared;
}

static struct value more_rows(const struct field *field, const struct value *now)
{
    const struct sequence *any = ir_field_bounds(field).sequence;
    struct cut most = field->limits.count.high,
               limit = cut_at(num_int((int64_t)now->sequence->count + MORE_ROWS), 0);
    most = cut_min(most, limit);
    struct num more = num_sub(most.at, num_int((int64_t)now->sequence->count));
    if (!any->any || num_sign(more) <= 0)
        return *now;
    return value_further_rows(now->sequence, range_of(cut_at(num_int(0), 0), cut_at(more, 0), true),
                              any->any);
}

static bool has_rows(const struct value *now)
{
    return now->kind == VALUE_SEQUENCE && now->sequence->count > 0;
}

/* Could there be more rows than are looked at? */
static bool is_cut(const struct field *field, const struct value *all)
{
    if (all->kind != VALUE_SEQUENCE || !all->sequence->open)
        return false;
    struct range known = range_point(num_int((int64_t)all->sequence->count));
    return cut_compare(range_add(known, all->sequence->extra).high, field->limits.count.high) < 0;
}

static struct value may_become(const struct field *field, const struct value *now, enum movement moves)
{
    if (now->kind == VALUE_SEQUENCE)
        return moves == MOVES_DOWN ? *now : more_rows(field, now);
    return moved_within(value_without_na(ir_field_bounds(field)), now, moves);
}

/* Whether something applies to a unit is no matter of its efforts: what is n/a stays so, and nothing else becomes it. */
static bool can_move(const struct given *given, enum movement moves)
{
    const struct value *now = &given->value;
    return moves != MOVES_NOT && !now->nothing_else && !now->fault;
}

static struct given opened(const struct given *given, struct value all)
{
    struct given open = *given;
    open.state = GIVEN_UNKNOWN;
    open.value = all;
    return open;
}

/* ---- the unit, opened */

struct opening {
    const struct standard *standard;
    const struct unit *unit;
    const struct lever_rules *rules;
    struct marks marks;
    struct levers *levers;
};

static const struct given *open_facts(const struct opening *opening, size_t column)
{
    const struct standard *standard = opening->standard;
    struct given *facts = MEM_ARRAY(struct given, standard->facts.count + 1);
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct given *given = &opening->unit->facts[column][i];
        const struct field *field = &standard->facts.items[i]->field;
        enum movement moves = movement_of(rule_of(opening->rules->facts, i), field->movement);
        facts[i] = *given;
        bool known = value_is_known(&given->value) || given->value.kind == VALUE_DOCUMENT;
        if (!known || !can_move(given, moves) || !opening->marks.facts[i])
            continue;
        facts[i] = opened(given, may_become(field, &given->value, moves));
        opening->levers->rows_kept |= has_rows(&given->value);
        opening->levers->rows_cut |= is_cut(field, &facts[i].value);
    }
    return facts;
}

static const struct given *open_scores(const struct opening *opening, size_t column)
{
    const struct standard *standard = opening->standard;
    struct given *scores = MEM_ARRAY(struct given, standard->judged.count + 1);
    for (size_t i = 0; i < standard->judged.count; i++) {
        const struct given *given = &opening->unit->scores[column][i];
        enum movement moves = movement_of(rule_of(opening->rules->scores, i), MOVES_FREELY);
        const struct ir_node *node = standard->judged.items[i]->node;
        bool matters = opening->marks.nodes[node->id];
        scores[i] = *given;
        if (given->state != GIVEN_VALUE || !can_move(given, moves) || !matters)
            continue;
        scores[i].state =
            GIVEN_ASSUMED; /* so that a run reads the range: of a score that is not given it takes all */
        scores[i].value = moved_within(node->bounds, &given->value, moves);
    }
    return scores;
}

static bool same_entries(const struct unit *unit, size_t column)
{
    return column > 0 && unit->facts[column] == unit->facts[column - 1] &&
           unit->scores[column] == unit->scores[column - 1];
}

static const struct unit *open_unit(const struct opening *opening)
{
    struct unit *open = MEM_NEW(struct unit);
    *open = *opening->unit;
    const struct given **facts = MEM_ARRAY(const struct given *, open->columns);
    const struct given **scores = MEM_ARRAY(const struct given *, open->columns);
    for (size_t c = 0; c < open->columns; c++) {
        bool same = same_entries(opening->unit, c);
        facts[c] = same ? facts[c - 1] : open_facts(opening, c);
        scores[c] = same ? scores[c - 1] : open_scores(opening, c);
    }
    open->facts = facts;
    open->scores = scores;
    return open;
}

/* ---- the levers */

/* The last of its columns that counts: what is given in the first may lack its evidence in the one that decides. */
static size_t column_of(const struct levers *levers, const struct hole *hole)
{
    size_t column = hole->first_column;
    for (size_t c = column; c < levers->unit->columns && c <= levers->final; c++)
        if (hole->columns[c])
            column = c;
    return column;
}

static const struct given *given_of(const struct levers *levers, const struct hole *hole)
{
    const struct unit *unit = levers->unit;
    size_t column = column_of(levers, hole);
    return hole->kind == HOLE_SCORE ? &unit->scores[column][hole->slot] : &unit->facts[column][hole->slot];
}

static bool may_move(const struct levers *levers, const struct lever_rules *rules, const struct hole *hole)
{
    if (hole->kind == HOLE_FACT) {
        enum movement declared = levers->standard->facts.items[hole->slot]->field.movement;
        return hole->part == HOLE_WHOLE &&
               movement_of(rule_of(rules->facts, hole->slot), declared) != MOVES_NOT;
    }
    return hole->kind == HOLE_SCORE &&
           movement_of(rule_of(rules->scores, hole->slot), MOVES_FREELY) != MOVES_NOT;
}

static struct num cost_of(const struct lever_rules *rules, const struct hole *hole)
{
    const struct lever_rule *rule =
        rule_of(hole->kind == HOLE_SCORE ? rules->scores : rules->facts, hole->slot);
    return rule->has_cost ? rule->cost : num_int(1);
}

static void add_lever(struct levers *levers, const struct lever_rules *rules, size_t index)
{
    const struct hole *hole = search_hole(levers->search, index);
    const struct given *given = given_of(levers, hole);
    struct lever lever = {
        .hole = index, .kind = hole->kind, .slot = hole->slot, .given = given, .now = given->value};
    lever.open = hole->kind == HOLE_SCORE ? given->state != GIVEN_VALUE : !value_is_known(&given->value);
    if (lever.open)
        lever.now = hole->domain;
    lever.rest = lever.now;
    points_suit(&levers->search->holes->list.items[index], lever.open ? NULL : &lever.now, index);
    lever.cost = cost_of(rules, hole);
    vec_push(&levers->list, lever);
}

static bool find_hole(const struct search *search, size_t column, size_t slot, size_t *index)
{
    for (size_t i = 0; i < search_holes(search); i++) {
        const struct hole *hole = search_hole(search, i);
        if (hole->kind == HOLE_FACT && hole->part == HOLE_WHOLE && hole->slot == slot &&
            hole->columns[column])
            return (*index = i), true;
    }
    return false;
}

/* And what limits them, or is limited by them. */
static const uint64_t *with_limits(const struct search *search, const uint64_t *on)
{
    uint64_t *all = mem_alloc_plain((search_holes(search) / 64 + 1) * sizeof *all);
    const struct holes *holes = search->holes;
    for (size_t i = 0; i < search_holes(search); i++)
        if (set_has(on, i))
            set_add(all, i);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < holes->limits.count; i++) {
            const struct fact_limit *limit = &holes->limits.items[i];
            size_t one, other;
            if (!find_hole(search, limit->column, limit->slot, &one) ||
                !find_hole(search, limit->column, limit->other, &other) ||
                set_has(all, one) == set_has(all, other))
                continue;
            set_add(all, one);
            set_add(all, other);
            more = true;
        }
    }
    return all;
}

static bool is_given(const struct levers *levers, const struct hole *hole)
{
    if (hole->kind == HOLE_SCORE)
        return given_of(levers, hole)->state == GIVEN_VALUE;
    return hole->kind == HOLE_FACT && hole->part == HOLE_WHOLE &&
           value_is_known(&given_of(levers, hole)->value);
}

/* What cannot matter stays as it is. */
static void put_back(struct levers *levers, size_t index)
{
    const struct hole *hole = search_hole(levers->search, index);
    if (is_given(levers, hole))
        search_fill(levers->search, index, given_of(levers, hole)->value);
}

/* What is entered for a criterion counts in whichever of its branches is taken. */
static struct lever *same_entry(const struct levers *levers, const struct hole *hole)
{
    const struct standard *standard = levers->standard;
    for (size_t i = 0; i < levers->list.count && hole->kind == HOLE_SCORE; i++) {
        struct lever *lever = &levers->list.items[i];
        bool score = lever->kind == HOLE_SCORE &&
                     search_hole(levers->search, lever->hole)->first_column == hole->first_column;
        if (score &&
            standard->judged.items[lever->slot]->criterion == standard->judged.items[hole->slot]->criterion)
            return lever;
    }
    return NULL;
}

static void join_lever(const struct levers *levers, struct lever *lever, size_t index)
{
    const struct hole *wide = search_hole(levers->search, lever->hole),
                      *other = search_hole(levers->search, index);
    struct range all = range_join(wide->domain.range, other->domain.range);
    bool wider = cut_compare(all.low, other->domain.range.low) == 0 &&
                 cut_compare(all.high, other->domain.range.high) == 0;
    vec_push(&lever->others, wider ? lever->hole : index);
    if (!wider)
        return;
    lever->hole = index;
    lever->slot = other->slot;
    lever->given = given_of(levers, other);
    if (lever->open)
        lever->now = lever->rest = other->domain;
}

static void find_readers(const struct levers *levers, struct lever *lever)
{
    const struct search *search = levers->search;
    lever->readers = search->readers[lever->hole];
    if (!lever->others.count)
        return;
    lever->readers = MEM_ARRAY(struct nodes, search->run->contexts);
    for (size_t c = 0; c < search->run->contexts; c++) {
        struct nodes live = search->run->live[c], *readers = &lever->readers[c];
        readers->items = MEM_ARRAY(const struct ir_node *, live.count + 1);
        for (size_t i = 0; i < live.count; i++)
            if (lever_is_in(lever, depend_on(search->depend, c, live.items[i])))
                readers->items[readers->count++] = live.items[i];
    }
}

static void find_levers(struct levers *levers, const struct lever_rules *rules, const struct ir_node *node)
{
    const struct search *search = levers->search;
    const uint64_t *on = with_limits(search, depend_on(search->depend, levers->context, node));
    for (size_t i = 0; i < search_holes(search); i++) {
        if (!set_has(on, i)) {
            put_back(levers, i);
            continue;
        }
        struct lever *same = same_entry(levers, search_hole(search, i));
        if (same) {
            join_lever(levers, same, i);
            continue;
        }
        if (may_move(levers, rules, search_hole(search, i))) {
            add_lever(levers, rules, i);
            continue;
        }
        vec_push(&levers->fixed, i);
    }
    levers->supposed = MEM_ARRAY(struct value, levers->fixed.count + 1);
    levers->any_open = levers->fixed.count > 0;
    for (size_t i = 0; i < levers->fixed.count; i++)
        levers->supposed[i] = search_hole(search, levers->fixed.items[i])->domain;
    for (size_t i = 0; i < levers->list.count; i++) {
        levers->any_open |= levers->list.items[i].open;
        find_readers(levers, &levers->list.items[i]);
    }
}

/* Steps and legal values can leave less than the range says. */
static void reduce_to_cells(const struct search *search)
{
    for (size_t i = 0; i < search_holes(search); i++) {
        struct hole *hole = &search->holes->list.items[i];
        if (hole->domain.kind != VALUE_SEQUENCE) /* of joined rows none is known */
            hole->domain = cells_join(hole, 0, hole->cell_count - 1);
    }
}

/* What is known of the unit as it is stays known; of what is asked in rows nothing is said. */
static const bool *known_now(struct levers *levers, const struct marks *marks)
{
    const struct ir *ir = levers->standard->ir;
    bool *known = mem_alloc_plain(ir->nodes.count + 1), any = false;
    for (size_t i = 0; i < ir->nodes.count; i++)
        any |= ir->nodes.items[i]->op == IR_IS_KNOWN;
    if (!any)
        return known;
    struct run *run = run_new(levers->standard, levers->unit, levers->call);
    size_t context = run->first[run_final(run)];
    run_pass(run);
    for (size_t i = 0; i < ir->nodes.count; i++) {
        const struct ir_node *node = ir->nodes.items[i];
        known[i] = node->op == IR_IS_KNOWN && !run->inner[i] && value_is_yes(&run->values[context][i]);
        levers->asks_known |= node->op == IR_IS_KNOWN && marks->nodes[i] && !known[i];
    }
    return known;
}

static const struct call *supposing(struct levers *levers, const struct marks *marks)
{
    struct call *kept = MEM_NEW(struct call);
    *kept = *levers->call;
    kept->known = known_now(levers, marks);
    return kept;
}

struct levers *levers_open(const struct standard *standard, const struct unit *unit, const struct call *call,
                           const struct lever_rules *rules, const struct ir_node *node)
{
    struct levers *levers = MEM_NEW(struct levers);
    *levers = (struct levers){.standard = standard, .unit = unit, .call = call};
    struct opening opening = {standard, unit, rules, marks_of(standard, &node, 1), levers};
    struct run *run = run_new(standard, open_unit(&opening), supposing(levers, &opening.marks));
    levers->final = run_final(run);
    levers->context = run->first[levers->final];
    hole_narrow(run);
    run_pass(run);
    levers->search = search_new(run);
    if (!levers->search)
        return levers;
    reduce_to_cells(levers->search);
    find_levers(levers, rules, node);
    levers_rest(levers);
    levers_pass(levers);
    return levers;
}

/* ---- what is asked */

/* What is shown in a context, where a fault may lurk below it: it tells whether a world is possible. */
static void add_risky(const struct search *search, size_t context, struct asked *asked)
{
    const struct run *run = search->run;
    for (size_t i = 0; i < run->live[context].count; i++) {
        const struct ir_node *node = run->live[context].items[i];
        bool watched = run->watched[context] && run->watched[context][node->id];
        const uint64_t *on = depend_on(search->depend, context, node);
        if (watched && set_meets(on, search->depend->risky, search->depend->words))
            vec_push(&asked->list, node);
    }
}

void levers_ask_only(struct levers *levers, const struct ir_node *const *nodes, size_t count)
{
    const struct search *search = levers->search;
    const struct run *run = search->run;
    for (size_t c = 0; c < run->contexts; c++) {
        struct asked asked = {0};
        for (size_t i = 0; i < count && (c == levers->context || run_is_mix(run, levers->context)); i++)
            vec_push(&asked.list, nodes[i]);
        add_risky(search, c, &asked);
        search_ask_only(levers->search, c,
                        marks_of(levers->standard, asked.list.items, asked.list.count).nodes);
    }
    for (size_t i = 0; i < levers->list.count; i++)
        find_readers(levers, &levers->list.items[i]);
}

const struct hole *lever_hole(const struct levers *levers, size_t lever)
{
    return search_hole(levers->search, levers->list.items[lever].hole);
}

bool lever_is_numeric(const struct levers *levers, size_t lever)
{
    enum value_kind kind = lever_hole(levers, lever)->domain.kind;
    return kind == VALUE_NUMBER || kind == VALUE_DOCUMENT;
}

/* ---- moving */

void lever_move(struct levers *levers, size_t lever, struct value to)
{
    const struct lever *at = &levers->list.items[lever];
    search_fill(levers->search, at->hole, to);
    for (size_t i = 0; i < at->others.count; i++)
        search_fill(levers->search, at->others.items[i], to);
}

void lever_open(struct levers *levers, size_t lever)
{
    lever_move(levers, lever, lever_hole(levers, lever)->domain);
}

void lever_open_as_decided(struct levers *levers, size_t lever)
{
    const struct lever *at = &levers->list.items[lever];
    if (at->applying == APPLIES_NOT)
        lever_move(levers, lever, value_na());
    else if (at->applying == APPLIES)
        lever_move(levers, lever, value_without_na(lever_hole(levers, lever)->domain));
    else
        lever_open(levers, lever);
}

static void lever_rest(struct levers *levers, size_t lever)
{
    lever_move(levers, lever, levers->list.items[lever].rest);
}

void levers_suppose(struct levers *levers, size_t world)
{
    const struct value *fill = levers->worlds.items[world];
    for (size_t i = 0; i < levers->list.count; i++)
        if (levers->list.items[i].open)
            levers->list.items[i].rest = fill[levers->list.items[i].hole];
    for (size_t i = 0; i < levers->fixed.count; i++)
        levers->supposed[i] = fill[levers->fixed.items[i]];
}

void levers_rest(struct levers *levers)
{
    for (size_t i = 0; i < levers->list.count; i++)
        lever_rest(levers, i);
    for (size_t i = 0; i < levers->fixed.count; i++)
        search_fill(levers->search, levers->fixed.items[i], levers->supposed[i]);
}

void levers_as_is(struct levers *levers)
{
    for (size_t i = 0; i < levers->list.count; i++)
        lever_move(levers, i, levers->list.items[i].now);
    for (size_t i = 0; i < levers->fixed.count; i++) {
        size_t hole = levers->fixed.items[i];
        search_fill(levers->search, hole, search_hole(levers->search, hole)->domain);
    }
}

size_t levers_effort(const struct levers *levers)
{
    return levers->search->run->effort;
}

void levers_spend(struct levers *levers, size_t steps)
{
    levers->search->run->effort += steps;
}

bool levers_interrupted(const struct levers *levers)
{
    return levers->patience.interrupted && levers->patience.interrupted();
}

bool levers_spent(const struct levers *levers)
{
    return levers_effort(levers) > levers->patience.effort || levers_interrupted(levers);
}

bool levers_pass(struct levers *levers)
{
    return !levers->search || search_pass(levers->search);
}

const struct value *levers_value(const struct levers *levers, const struct ir_node *node)
{
    return &levers->search->run->values[levers->context][node->id];
}

bool lever_is_in(const struct lever *lever, const uint64_t *holes)
{
    bool in = set_has(holes, lever->hole);
    for (size_t i = 0; i < lever->others.count; i++)
        in |= set_has(holes, lever->others.items[i]);
    return in;
}

bool levers_depends(const struct levers *levers, size_t lever, const struct ir_node *node)
{
    return lever_is_in(&levers->list.items[lever], depend_on(levers->search->depend, levers->context, node));
}

/* ---- exactness */

static bool is_of(const struct lever *lever, size_t hole)
{
    bool of = lever->hole == hole;
    for (size_t i = 0; i < lever->others.count; i++)
        of |= lever->others.items[i] == hole;
    return of;
}

static bool is_moved(const struct levers *levers, const size_t *moved, size_t count, size_t hole)
{
    for (size_t i = 0; i < count; i++)
        if (is_of(&levers->list.items[moved[i]], hole))
            return true;
    return false;
}

/* How many months there may be is not in what any of them may be. */
static bool is_counted(const struct hole *hole)
{
    return hole->domain.kind == VALUE_MONTHS && hole->limits &&
           !(range_holds(hole->limits->count, num_int(0)) && range_holds(hole->limits->count, num_int(12)));
}

static bool tells(const struct levers *levers, const struct ir_node *node, size_t hole)
{
    const struct search *search = levers->search;
    bool shared = set_has(depend_shared(search->depend, levers->context, node), hole);
    return !shared && !set_has(search->bound, hole) && search_hole(search, hole)->kind != HOLE_COHORT &&
           !is_counted(search_hole(search, hole));
}

/* Of all that is open, be it a lever or not. */
bool levers_tell_all(const struct levers *levers, const struct ir_node *node, const size_t *moved,
                     size_t count)
{
    if (levers->asks_known)
        return false;
    const struct search *search = levers->search;
    const uint64_t *on = depend_on(search->depend, levers->context, node);
    for (size_t i = 0; i < search_holes(search); i++) {
        bool open =
            set_has(on, i) && !is_given(levers, search_hole(search, i)) && !is_moved(levers, moved, count, i);
        if (open && !tells(levers, node, i))
            return false;
    }
    return true;
}

/* ---- the unit with what was moved */

static void put_hole(const struct levers *levers, struct given **columns, size_t index, struct value to)
{
    const struct hole *hole = search_hole(levers->search, index);
    for (size_t c = 0; c < levers->unit->columns; c++) {
        if (!hole->columns[c])
            continue;
        struct given *given = &columns[c][hole->slot];
        given->state = GIVEN_VALUE;
        given->value = to;
        given->shown = NULL;
        given->has_parts = false;
    }
}

static void put(const struct levers *levers, struct given **columns, const struct lever *lever,
                struct value to)
{
    put_hole(levers, columns, lever->hole, to);
    for (size_t i = 0; i < lever->others.count; i++)
        put_hole(levers, columns, lever->others.items[i], to);
}

const struct unit *levers_unit(const struct levers *levers, const size_t *moved, const struct value *to,
                               size_t count)
{
    const struct standard *standard = levers->standard;
    struct unit *unit = MEM_NEW(struct unit);
    *unit = *levers->unit;
    struct given **facts = MEM_ARRAY(struct given *, unit->columns);
    struct given **scores = MEM_ARRAY(struct given *, unit->columns);
    for (size_t c = 0; c < unit->columns; c++) {
        facts[c] = MEM_ARRAY(struct given, standard->facts.count + 1);
        scores[c] = MEM_ARRAY(struct given, standard->judged.count + 1);
        for (size_t i = 0; i < standard->facts.count; i++)
            facts[c][i] = levers->unit->facts[c][i];
        for (size_t i = 0; i < standard->judged.count; i++)
            scores[c][i] = levers->unit->scores[c][i];
    }
    for (size_t i = 0; i < count; i++) {
        const struct lever *lever = &levers->list.items[moved[i]];
        put(levers, lever->kind == HOLE_SCORE ? scores : facts, lever, to[i]);
    }
    unit->facts = (const struct given *const *)facts;
    unit->scores = (const struct given *const *)scores;
    return unit;
}
