#include "smt/rows.h"
#include "base/mem.h"

/* A row as an aggregate sees it: one whose value is n/a is left out. */
struct row {
    const char *there, *value, *fault;
};

struct rows {
    VEC(struct row) list;
    const char *more; /* there are others; NULL: never */
    const char *na;   /* the table is n/a; NULL: never */
    bool known;       /* false: they are not looked into */
};

/* ---- tables of the unit */

static const struct field *field_of(const struct smt *smt, size_t slot)
{
    return &smt->standard->facts.items[slot]->field;
}

/* Tables are the same in a world and in those beside it. */
static size_t own_world(const struct smt *smt, size_t world)
{
    while (smt->worlds.items[world]->touched)
        world = smt->worlds.items[world]->base;
    return world;
}

static bool holds(struct range range, int64_t count, int side)
{
    struct cut end = side < 0 ? range.low : range.high;
    int relation = cut_compare_places(end, cut_at(num_int(count), 0));
    return end.infinite ? false : side < 0 ? relation > 0 : relation < 0;
}

/* Rows follow one another, and are as many as the declaration allows. */
static void assert_rows(struct smt *smt, const struct smt_table *table, struct range count)
{
    for (size_t i = 0; i < SMT_ROWS; i++) {
        const char *next = i + 1 < SMT_ROWS ? table->there[i + 1] : table->more;
        str_format(&smt->text, "(assert (=> %s %s))\n", next, table->there[i]);
        if (holds(count, (int64_t)i, -1))
            str_format(&smt->text, "(assert %s)\n", table->there[i]);
        if (holds(count, (int64_t)i + 1, 1))
            str_format(&smt->text, "(assert (not %s))\n", table->there[i]);
    }
    if (holds(count, SMT_ROWS, -1))
        str_format(&smt->text, "(assert %s)\n", table->more);
    if (holds(count, SMT_ROWS + 1, 1))
        str_format(&smt->text, "(assert (not %s))\n", table->more);
}

static const char *declared_truth(struct smt *smt, const char *name)
{
    str_format(&smt->text, "(declare-const %s Bool)\n", name);
    return name;
}

static struct smt_table *table_of(struct smt *smt, size_t world, size_t context, size_t slot)
{
    for (size_t i = 0; i < smt->tables.count; i++) {
        struct smt_table *table = smt->tables.items[i];
        if (table->world == world && table->context == context && table->slot == slot)
            return table;
    }
    const struct field *field = field_of(smt, slot);
    struct smt_table *table = MEM_NEW(struct smt_table);
    *table = (struct smt_table){.slot = slot, .world = world, .context = context};
    table->width = field->type.kind == TYPE_TABLE ? field->type.column_count : 1;
    table->cells = MEM_ARRAY(struct smt_term, SMT_ROWS * table->width + 1);
    for (size_t i = 0; i < SMT_ROWS; i++)
        table->there[i] = declared_truth(smt, str_print("row%zu.%zu.%zu.%zu", world, context, slot, i));
    table->more = declared_truth(smt, str_print("more%zu.%zu.%zu", world, context, slot));
    assert_rows(smt, table, field->limits.count);
    vec_push(&smt->tables, table);
    return table;
}

/* No two rows have the same key. */
static void assert_key(struct smt *smt, const struct smt_table *table, size_t row, size_t column)
{
    const struct smt_term *cell = &table->cells[row * table->width + column];
    for (size_t i = 0; i < SMT_ROWS; i++) {
        const struct smt_term *other = &table->cells[i * table->width + column];
        if (i != row && other->value && !other->na && !cell->na)
            str_format(&smt->text, "(assert (or (not %s) (not %s) (not (= %s %s))))\n", table->there[i],
                       table->there[row], cell->value, other->value);
    }
}

static const struct field *column_of(const struct smt *smt, const struct smt_table *table, size_t column)
{
    const struct type *type = &field_of(smt, table->slot)->type;
    return type->kind == TYPE_TABLE ? &type->columns[column] : type->element;
}

static void hold_cell(struct smt *smt, size_t world, const struct smt_table *table, size_t at)
{
    const struct place place = {.smt = smt, .world = world, .context = table->context};
    const struct smt_held held = {.field = column_of(smt, table, at % table->width),
                                  .term = &table->cells[at],
                                  .missing = smt_not(table->there[at / table->width])};
    smt_assert_between(&place, &held);
}

/* In the world of its own, and in those that stand beside it by now. */
static void hold_new_cell(struct smt *smt, const struct smt_table *table, size_t at)
{
    for (size_t world = table->world; world < smt->worlds.count; world++)
        if (own_world(smt, world) == table->world)
            hold_cell(smt, world, table, at);
}

void smt_hold_cells(struct smt *smt, size_t world, size_t context, size_t slot)
{
    for (size_t i = 0; i < smt->tables.count; i++) {
        const struct smt_table *table = smt->tables.items[i];
        for (size_t at = 0; at < SMT_ROWS * table->width; at++) {
            const struct limits *limits = &column_of(smt, table, at % table->width)->limits;
            bool held = limits->low_fact == (int)slot || limits->high_fact == (int)slot;
            if (held && table->context == context && table->world == own_world(smt, world))
                hold_cell(smt, world, table, at);
        }
    }
}

struct smt_term smt_cell(const struct place *place)
{
    const struct ir_node *fact = place->node->block->sequence;
    if (!place->row || fact->op != IR_FACT)
        return smt_loose(place);
    struct smt *smt = place->smt;
    size_t world = own_world(smt, place->world), slot = (size_t)fact->index,
           column = (size_t)place->node->index, row = place->row - 1;
    const struct field *field = field_of(smt, slot);
    struct smt_table *table = table_of(smt, world, place->context, slot);
    struct smt_term *cell = &table->cells[row * table->width + column];
    if (cell->value || cell->na)
        return *cell;
    *cell =
        smt_declared(place, str_print("cell%zu.%zu.%zu.%zu.%zu", world, place->context, slot, row, column));
    smt_assert_limits(place, &column_of(smt, table, column)->limits, cell);
    hold_new_cell(smt, table, row * table->width + column);
    if (field->limits.key_column == (int)column && cell->value)
        assert_key(smt, table, row, column);
    return *cell;
}

/* ---- one row of a block */

static bool in_block(const struct ir_block *block, const struct ir_node *node, size_t *at)
{
    for (size_t i = 0; i < block->nodes.count; i++)
        if (block->nodes.items[i] == node)
            return *at = i, true;
    return false;
}

/* The terms of the nodes of a block in one row. */
static const struct smt_term *row_terms(const struct place *outer, const struct ir_block *block, size_t row)
{
    struct smt_term *terms = MEM_ARRAY(struct smt_term, block->nodes.count + 1);
    for (size_t i = 0; i < block->nodes.count; i++) {
        const struct ir_node *node = block->nodes.items[i];
        struct smt_term *args = MEM_ARRAY(struct smt_term, node->arg_count + 1);
        for (size_t k = 0; k < node->arg_count; k++) {
            size_t at;
            args[k] = in_block(block, node->args[k], &at)
                          ? terms[at]
                          : smt_term(outer->smt, outer->world, outer->context, node->args[k]);
        }
        struct place place = *outer;
        place.row = row;
        place.node = node;
        place.args = args;
        terms[i] = smt_make(&place);
    }
    return terms;
}

static struct smt_term term_of(const struct place *place, const struct ir_block *block,
                               const struct smt_term *terms, const struct ir_node *node)
{
    size_t at;
    return in_block(block, node, &at) ? terms[at] : smt_term(place->smt, place->world, place->context, node);
}

/* ---- rows of a bag */

static struct row row_of(const struct smt_term *presence, const struct smt_term *value, const char *also)
{
    const char *there = smt_said(presence, true);
    there = also ? smt_and(also, there) : there;
    return (struct row){
        .there = value->na ? smt_and(there, smt_not(value->na)) : there,
        .value = value->value,
        .fault = smt_or(smt_and(also ? also : "true", presence->fault), smt_and(there, value->fault))};
}

static void add_listed(const struct place *place, const struct ir_node *bag, struct rows *rows)
{
    for (size_t i = 0; i < bag->arg_count / 2; i++) {
        struct smt_term presence = smt_term(place->smt, place->world, place->context, bag->args[2 * i]),
                        value = smt_term(place->smt, place->world, place->context, bag->args[2 * i + 1]);
        vec_push(&rows->list, row_of(&presence, &value, NULL));
    }
    rows->known = true;
}

static bool is_plain_table(const struct ir_node *bag)
{
    const struct ir_node *fact = bag->args[0];
    return !bag->block->outer->outer && fact->op == IR_FACT;
}

static void add_of_table(const struct place *place, const struct ir_node *bag, struct rows *rows)
{
    const struct ir_block *block = bag->block;
    struct smt_table *table = table_of(place->smt, own_world(place->smt, place->world), place->context,
                                       (size_t)bag->args[0]->index);
    for (size_t i = 0; i < SMT_ROWS; i++) {
        const struct smt_term *terms = row_terms(place, block, i + 1);
        struct smt_term presence = term_of(place, block, terms, block->presence),
                        value = term_of(place, block, terms, block->value);
        vec_push(&rows->list, row_of(&presence, &value, table->there[i]));
    }
    rows->more = table->more;
    rows->na = smt_term(place->smt, place->world, place->context, bag->args[0]).na;
    rows->known = true;
}

static struct rows rows_of(const struct place *place)
{
    const struct ir_node *bag = place->node->args[0];
    struct rows rows = {.known = false};
    if (bag->op == IR_BAG)
        add_listed(place, bag, &rows);
    else if (bag->op == IR_BAG_OF && is_plain_table(bag))
        add_of_table(place, bag, &rows);
    return rows;
}

/* ---- folds */

static const char *summed(const struct rows *rows, bool values)
{
    struct str all = {0};
    for (size_t i = 0; i < rows->list.count; i++)
        str_format(&all, " (ite %s %s 0.0)", rows->list.items[i].there,
                   values ? rows->list.items[i].value : "1.0");
    return str_print("(+ 0.0 0.0%s)", str_text(&all));
}

static const char *quantified(const struct rows *rows, bool every)
{
    struct str all = {0};
    for (size_t i = 0; i < rows->list.count; i++)
        str_format(&all, every ? " (or (not %s) %s)" : " (and %s %s)", rows->list.items[i].there,
                   rows->list.items[i].value);
    return str_print("(%s%s)", every ? "and true" : "or false", str_text(&all));
}

static const char *any_there(const struct rows *rows)
{
    const char *any = NULL;
    for (size_t i = 0; i < rows->list.count; i++)
        any = smt_or(any, rows->list.items[i].there);
    return any;
}

static struct smt_term extreme(const struct rows *rows, const char *relation)
{
    const char *best = "0.0", *before = NULL;
    for (size_t i = 0; i < rows->list.count; i++) {
        const struct row *row = &rows->list.items[i];
        const char *beats = str_print("(%s %s %s)", relation, row->value, best);
        beats = before ? str_print("(or (not %s) %s)", before, beats) : "true";
        best = smt_if(smt_and(row->there, beats), row->value, best);
        before = smt_or(before, row->there);
    }
    return (struct smt_term){.value = best, .na = smt_not(before)};
}

static struct smt_term mean(const struct rows *rows)
{
    const char *sum = summed(rows, true), *count = summed(rows, false), *value = "0.0";
    for (size_t i = 1; i <= rows->list.count; i++)
        value = smt_if(str_print("(= %s %zu.0)", count, i), str_print("(/ %s %zu.0)", sum, i), value);
    return (struct smt_term){.value = value, .na = smt_not(any_there(rows))};
}

static struct smt_term folded(const struct place *place, const struct rows *rows)
{
    switch ((int)place->node->op) {
    case IR_COUNT: return (struct smt_term){.value = summed(rows, false)};
    case IR_SUM: return (struct smt_term){.value = summed(rows, true)};
    case IR_EVERY: return (struct smt_term){.value = quantified(rows, true)};
    case IR_SOME: return (struct smt_term){.value = quantified(rows, false)};
    case IR_MEAN: return mean(rows);
    case IR_HIGHEST: return extreme(rows, ">");
    default: return extreme(rows, "<");
    }
}

struct smt_term smt_aggregate(const struct place *place)
{
    struct rows rows = rows_of(place);
    if (!rows.known)
        return smt_loose(place);
    struct smt_term term = folded(place, &rows);
    for (size_t i = 0; i < rows.list.count; i++)
        term.fault = smt_or(term.fault, rows.list.items[i].fault);
    term.na = smt_or(rows.na, term.na);
    if (!rows.more)
        return term;
    struct smt_term any = smt_loose(place);
    term.value = smt_if(rows.more, any.value, term.value);
    term.na = smt_or(rows.na, smt_or(smt_and(smt_not(rows.more), term.na), smt_and(rows.more, any.na)));
    term.fault = smt_and(smt_not(smt_or(rows.more, rows.na)), term.fault);
    return term;
}
