#include "facts/change.h"
#include "base/mem.h"
#include "facts/assembly.h"

/* ---------------------------------------------------------------- the unit, to be written to */

static struct assembly assembly_of(const struct change_place *place, struct diags *diags)
{
    const struct standard *standard = place->standard;
    const struct unit *unit = place->unit;
    struct assembly assembly = {.standard = standard, .column = place->column};
    assembly.reader.measures = (struct map *)&standard->measures;
    assembly.reader.diags = diags;
    assembly.reader.home = unit->source ? unit->source->name : "";
    assembly.facts = unit_copy_columns(unit->facts, unit->columns, standard->facts.count);
    assembly.scores = unit_copy_columns(unit->scores, unit->columns, standard->judged.count);
    assembly.fact_entries = MEM_ARRAY(const struct ast_entry *, standard->facts.count + 1);
    return assembly;
}

/* ---------------------------------------------------------------- which entries those are */

static void take_fact(const struct assembly *assembly, struct fact_change *change)
{
    const struct fact_declaration *fact = map_find(&assembly->standard->facts_by_name, change->name);
    struct given given = assembly->facts[assembly->column][fact->slot];
    given.column = assembly->column;
    vec_push(&change->entries, (struct entered){false, fact->slot, given});
}

static void take_scores(const struct assembly *assembly, struct fact_change *change)
{
    for (size_t i = 0; i < assembly->standard->judged.count; i++) {
        if (!str_equal(assembly->standard->judged.items[i]->criterion->path, change->name))
            continue;
        struct given given = assembly->scores[assembly->column][i];
        given.column = assembly->column;
        vec_push(&change->entries, (struct entered){true, i, given});
    }
}

static void take(const struct assembly *assembly, struct fact_change *change)
{
    if (change->score)
        take_scores(assembly, change);
    else
        take_fact(assembly, change);
}

/* Later columns follow until one enters something of its own; then what is limited by other facts is looked at again. */
static void settle(struct assembly *assembly, const struct fact_change *change)
{
    size_t count = assembly->standard->columns.count;
    for (size_t i = 0; i < change->entries.count; i++) {
        const struct entered *entry = &change->entries.items[i];
        unit_enter(entry->score ? assembly->scores : assembly->facts, count, assembly->column, entry->slot,
                   &entry->given);
    }
    for (size_t k = assembly->column; !change->score && k < count; k++)
        assembly_compare(assembly, k);
}

/* ---------------------------------------------------------------- the two ways to change it */

static bool read_entry(struct assembly *assembly, const struct ast *entry, struct fact_change *change)
{
    size_t errors = assembly->reader.diags->errors;
    *change = (struct fact_change){.name = ast_path_text(AST(entry, entry)->path),
                                   .score = AST(entry, entry)->score};
    assembly_entry(assembly, entry);
    if (assembly->reader.diags->errors > errors)
        return false;
    take(assembly, change);
    return true;
}

bool change_read(const struct change_place *place, const struct ast *entry, struct diags *diags,
                 struct fact_change *change)
{
    struct assembly assembly = assembly_of(place, diags);
    return read_entry(&assembly, entry, change);
}

bool change_enter(const struct change_place *place, const struct ast *entry, struct diags *diags,
                  struct fact_change *change)
{
    size_t errors = diags->errors;
    struct assembly assembly = assembly_of(place, diags);
    if (!read_entry(&assembly, entry, change))
        return false;
    settle(&assembly, change);
    return diags->errors == errors;
}

bool change_agrees(const struct standard *standard, const struct unit *unit, struct diags *diags)
{
    size_t errors = diags->errors;
    struct change_place place = {standard, unit, 0};
    struct assembly assembly = assembly_of(&place, diags);
    for (size_t k = 0; k < unit->columns; k++)
        assembly_compare(&assembly, k);
    return diags->errors == errors;
}

/* What stands in the first column where nothing is reported. */
static void withdraw_first(struct assembly *assembly)
{
    struct diags unheard = {0};
    struct diags *diags = assembly->reader.diags;
    assembly->reader.diags = &unheard; /* a table of rows beside the file was read before */
    assembly_start(assembly, 0);
    assembly->reader.diags = diags;
}

static void withdraw_later(const struct assembly *assembly, struct fact_change *change, struct span span)
{
    for (size_t i = 0; i < change->entries.count; i++) {
        struct entered *entry = &change->entries.items[i];
        struct value any = entry->score
                               ? assembly->standard->judged.items[entry->slot]->node->bounds
                               : ir_field_bounds(&assembly->standard->facts.items[entry->slot]->field);
        entry->given = (struct given){.state = GIVEN_UNKNOWN,
                                      .value = any,
                                      .span = span,
                                      .shown = "unknown",
                                      .column = assembly->column};
    }
}

static bool is_there(struct assembly *assembly, const struct fact_change *change, struct span span)
{
    if (change->score)
        return assembly_judged(assembly, change->name, span) != NULL;
    if (map_find(&assembly->standard->facts_by_name, change->name))
        return true;
    if (assembly_tells_repeal(assembly, change->name, span))
        return false;
    struct diag *diag = diag_add(assembly->reader.diags, DIAG_FACT_UNKNOWN, span, change->name, NULL);
    diag_suggest(diag, assembly_nearest_fact(assembly->standard, change->name));
    return false;
}

bool change_withdraw(const struct change_place *place, bool score, const char *name, struct span span,
                     struct diags *diags, struct fact_change *change)
{
    struct assembly assembly = assembly_of(place, diags);
    *change = (struct fact_change){.name = name, .score = score};
    if (!is_there(&assembly, change, span))
        return false;
    if (place->column == 0)
        withdraw_first(&assembly);
    take(&assembly, change);
    if (place->column > 0)
        withdraw_later(&assembly, change, span);
    return true;
}

const struct unit *change_proven(const struct standard *standard, const struct unit *unit)
{
    struct diags unheard = {0};
    struct change_place place = {standard, unit, 0};
    struct assembly assembly = assembly_of(&place, &unheard);
    for (size_t k = 0; k < unit->columns; k++)
        if (assembly_decides(standard, k))
            assembly_prove(&assembly, k);
    struct unit *proven = MEM_NEW(struct unit);
    *proven = *unit;
    proven->facts = (const struct given *const *)assembly.facts;
    proven->scores = (const struct given *const *)assembly.scores;
    return proven;
}
