/* Units come and go. */
#include <string.h>
#include "api/held.h"
#include "base/mem.h"

struct making {
    const rubric_standard *of;
    const char *name, *facts; /* facts NULL: nothing is known */
    size_t length;
    rubric_unit *unit;
    rubric_messages *messages;
    rubric_status status;
};

/* ---------------------------------------------------------------- made */

static void start(rubric_unit *unit, const rubric_standard *of, const char *name)
{
    size_t count = (size_t)of->sayable_count;
    unit->of = of;
    unit->name = mem_text(name, strlen(name));
    unit->said = mem_alloc_plain((count + 1) * sizeof *unit->said);
    unit->beyond = mem_alloc_plain((count + 1) * sizeof *unit->beyond);
    if (of->program && !(unit->row = row_new(of->program, of->rules)))
        mem_exhausted();
}

static const struct unit *read_text(const struct making *making, const char *text, size_t length,
                                    struct diags *diags)
{
    const char *name = mem_text(making->name, strlen(making->name));
    const struct source *source = source_new(name, text, length);
    return facts_read(facts_open_text(source, diags), making->of->standard, diags);
}

/* It has no label. */
static const struct unit *nothing_called(const struct making *making, struct diags *diags)
{
    const struct unit *read = read_text(making, "", 0, diags);
    struct unit *nothing = read ? MEM_NEW(struct unit) : NULL;
    if (!nothing)
        return NULL;
    *nothing = *read;
    nothing->label = NULL;
    return nothing;
}

static void make(void *data)
{
    struct making *making = data;
    struct diags *diags = MEM_NEW(struct diags);
    const struct unit *nothing = nothing_called(making, diags), *taken = nothing;
    if (nothing && making->facts)
        taken = read_text(making, making->facts, making->length, diags);
    making->messages = messages_keep(diags);
    making->status = taken ? RUBRIC_OK : RUBRIC_REFUSED;
    if (!taken)
        return;
    making->unit = mem_keep(sizeof *making->unit);
    start(making->unit, making->of, making->name);
    making->unit->read = diags;
    making->unit->nothing = nothing;
    entry_take_unit(making->unit, taken);
}

static rubric_status make_by(struct making *making, rubric_unit **unit, rubric_messages **messages)
{
    if (!mem_visit(make, making)) {
        rubric_unit_free(making->unit);
        making->unit = NULL;
        making->status = RUBRIC_NO_MEMORY;
    }
    *unit = making->unit;
    if (messages)
        *messages = making->messages;
    else
        rubric_messages_free(making->messages);
    return making->status;
}

rubric_status rubric_unit_new(const rubric_standard *standard, const char *name, rubric_unit **unit)
{
    struct making making = {.of = standard, .name = name};
    return make_by(&making, unit, NULL);
}

rubric_status rubric_unit_read(const rubric_standard *standard, const char *name, const char *facts,
                               size_t length, rubric_unit **unit, rubric_messages **messages)
{
    struct making making = {.of = standard, .name = name, .facts = facts ? facts : "", .length = length};
    return make_by(&making, unit, messages);
}

/* ---------------------------------------------------------------- emptied, let go */

static void clear(void *data)
{
    rubric_unit *unit = data;
    unit->read = MEM_NEW(struct diags);
    entry_take_unit(unit, unit->nothing);
}

rubric_status rubric_unit_clear(rubric_unit *unit)
{
    unit_touch(unit);
    return mem_visit(clear, unit) ? RUBRIC_OK : RUBRIC_NO_MEMORY;
}

static void let_go(void *data)
{
    rubric_unit *unit = data;
    row_free(unit->row);
    mem_let_go(unit);
}

void rubric_unit_free(rubric_unit *unit)
{
    if (unit)
        mem_visit(let_go, unit);
}

const rubric_messages *rubric_unit_messages(const rubric_unit *unit)
{
    return unit->messages;
}

rubric_way rubric_unit_way(const rubric_unit *unit)
{
    return unit->way;
}
