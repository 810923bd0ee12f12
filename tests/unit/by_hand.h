/* A standard made by hand, fact by fact: `ir` and `standard` are made anew by the test. */
#ifndef RUBRIC_TESTS_BY_HAND_H
#define RUBRIC_TESTS_BY_HAND_H
#include "base/mem.h"
#include "core/ir.h"
#include "core/standard.h"

enum { FACTS_MAX = 12 };

static struct ir *ir;
static struct standard *standard;
static struct ir_node *facts[FACTS_MAX];

static const struct type NUMBER = {.kind = TYPE_NUMBER}, TRUTH = {.kind = TYPE_YESNO};

static int set_up(void **state)
{
    (void)state;
    mem_start();
    return 0;
}

static struct fact_declaration *declare(struct type type, struct range range)
{
    struct fact_declaration *fact = MEM_NEW(struct fact_declaration);
    fact->slot = standard->facts.count;
    fact->field = (struct field){.type = type, .limits = {.range = range, .low_fact = -1, .high_fact = -1, .key_column = -1}};
    vec_push(&standard->facts, fact);
    facts[fact->slot] = ir_input(ir, IR_FACT, (long)fact->slot, type, ir_field_bounds(&fact->field), SPAN_NONE);
    fact->node = facts[fact->slot];
    return fact;
}
#endif
