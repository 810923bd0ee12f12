/* A standard is loaded: compiled, its handles numbered, and made a program of columns where these do. */
#include <string.h>
#include "api/held.h"
#include "base/date.h"
#include "base/mem.h"
#include "eval/demand.h"
#include "sema/compile.h"

struct loading {
    const char *name, *text; /* text NULL: the file of that name */
    size_t length;
    const rubric_options *options;
    rubric_standard *standard;
    rubric_messages *messages;
    rubric_status status;
};

/* ---------------------------------------------------------------- what the caller says beside it */

static void read_day(const rubric_options *options, struct call *call, struct diags *diags)
{
    if (!options->on)
        return;
    call->has_on = date_parse(options->on, &call->on);
    if (!call->has_on)
        diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "on", options->on, "@day_example", NULL);
}

static struct compile_options settings_of(const rubric_options *options, struct diags *diags)
{
    struct compile_setting *settings = MEM_ARRAY(struct compile_setting, options->set_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < options->set_count; i++) {
        const char *written = options->set[i], *equals = written ? strchr(written, '=') : NULL;
        if (!equals || equals == written || !equals[1]) {
            diag_add(diags, DIAG_OPTION_BAD_VALUE, SPAN_NONE, "set", written ? written : "",
                     "@setting_example", NULL);
            continue;
        }
        const char *name = mem_text(written, (size_t)(equals - written));
        settings[count++] =
            (struct compile_setting){.name = name, .text = mem_text(equals + 1, strlen(equals + 1))};
    }
    return (struct compile_options){.settings = settings, .setting_count = count};
}

/* ---------------------------------------------------------------- handles */

static rubric_type type_of(const struct field *field)
{
    switch (field->type.kind) {
    case TYPE_YESNO: return RUBRIC_YESNO;
    case TYPE_NUMBER: return field->type.share ? RUBRIC_SHARE : RUBRIC_NUMBER;
    case TYPE_DATE: return RUBRIC_DATE;
    case TYPE_TEXT: return RUBRIC_TEXT;
    case TYPE_CHOICE: return RUBRIC_CHOICE;
    case TYPE_MONTHS: return RUBRIC_MONTHS;
    case TYPE_LIST: return RUBRIC_LIST;
    case TYPE_TABLE: return RUBRIC_TABLE;
    case TYPE_DOCUMENT: break;
    }
    return RUBRIC_DOCUMENT;
}

static void number_sayables(rubric_standard *held)
{
    const struct standard *standard = held->standard;
    held->sayables = MEM_ARRAY(struct sayable, standard->facts.count + standard->judged.count + 1);
    for (size_t i = 0; i < standard->facts.count; i++) {
        const struct field *field = &standard->facts.items[i]->field;
        held->sayables[held->sayable_count++] = (struct sayable){.type = type_of(field),
                                                                 .slot = i,
                                                                 .name = field->name,
                                                                 .label = field->label,
                                                                 .field = field,
                                                                 .input = NO_INPUT};
        held->wants_evidence |= field->limits.evidence;
    }
    for (size_t i = 0; i < standard->judged.count; i++) {
        const struct part *criterion = standard->judged.items[i]->criterion;
        if (unit_is_first_score(standard, i))
            held->sayables[held->sayable_count++] = (struct sayable){.type = RUBRIC_SCORE,
                                                                     .is_score = true,
                                                                     .slot = i,
                                                                     .name = criterion->path,
                                                                     .label = criterion->label,
                                                                     .criterion = criterion,
                                                                     .input = NO_INPUT};
    }
}

static void number_parts(rubric_standard *held)
{
    const struct map *parts = &held->standard->parts_by_path;
    held->parts = MEM_ARRAY(const struct part *, parts->count + 1);
    held->caps = MEM_ARRAY(const char *, parts->count + 1);
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = parts->entries[i].value;
        if (part->kind == PART_STANDARD)
            continue;
        held->caps[held->part_count] = part->has_cap ? num_text(part->cap) : NULL;
        held->parts[held->part_count++] = part;
    }
}

static void number_qualifications(rubric_standard *held)
{
    const struct standard *standard = held->standard;
    held->qualifications = MEM_ARRAY(const struct outcome *, standard->outcomes.count + 1);
    for (size_t i = 0; i < standard->outcomes.count; i++)
        if (standard->outcomes.items[i]->kind == OUTCOME_QUALIFIES)
            held->qualifications[held->qualification_count++] = standard->outcomes.items[i];
}

static void list_asked(rubric_standard *held)
{
    const struct standard *standard = held->standard;
    held->asked_count = ASKED_PARTS + (size_t)held->part_count + (size_t)held->qualification_count;
    held->asked = MEM_ARRAY(const struct ir_node *, held->asked_count);
    const struct ir_node **next = held->asked + ASKED_PARTS;
    held->asked[ASKED_TOTAL] = standard->total_node;
    held->asked[ASKED_SUBTOTAL] = standard->subtotal;
    held->asked[ASKED_GRADE] = standard->grade;
    held->asked[ASKED_ELIGIBLE] = standard->eligible;
    for (int i = 0; i < held->part_count; i++)
        *next++ = held->parts[i]->score;
    for (int i = 0; i < held->qualification_count; i++)
        *next++ = held->qualifications[i]->holds;
}

/* ---------------------------------------------------------------- evaluating */

/* What decides is not asked for, and of nodes that the standard lacks nothing is. */
static void make_call(rubric_standard *held)
{
    const struct ir_node **only = MEM_ARRAY(const struct ir_node *, held->asked_count);
    for (size_t i = 0; i < held->asked_count; i++)
        if (held->asked[i])
            only[held->call.only_count++] = held->asked[i];
    held->call.only = only;
    held->call.without_deciding = true;
}

/* Facts stand by their slots; scores behind them. */
static struct sayable *sayable_of(const rubric_standard *held, const struct input *input)
{
    struct sayable *sayable = held->sayables + (input->is_score ? held->standard->facts.count : input->slot);
    while (sayable->slot != input->slot)
        sayable++;
    return sayable;
}

static void find_inputs(rubric_standard *held)
{
    held->inputs = program_inputs(held->program, &held->input_count);
    held->rules = cell_rules_new(held->inputs, held->input_count);
    if (!held->rules)
        mem_exhausted();
    for (size_t i = 0; i < held->input_count; i++)
        sayable_of(held, &held->inputs[i])->input = i;
}

/* How each value moves with each fact is looked at: of a standard of thousands of facts that takes longer than it is worth. */
static bool is_too_large(const struct standard *standard)
{
    enum { LOOKS_MAX = 20000000 };
    size_t facts = standard->facts.count + standard->judged.count;
    return facts > LOOKS_MAX / (standard->ir->nodes.count + 1);
}

static void make_program(rubric_standard *held)
{
    held->why_cold = "@batch_too_many";
    if (is_too_large(held->standard))
        return;
    const struct run run = {.standard = held->standard, .call = &held->call};
    struct outputs guarded = outputs_of(&run, true);
    struct batch_question question = {.standard = held->standard,
                                      .has_on = held->call.has_on,
                                      .on = held->call.on,
                                      .asked = held->asked,
                                      .asked_count = held->asked_count,
                                      .guarded = guarded.nodes,
                                      .guarded_count = guarded.count};
    struct misfit misfit = {0};
    size_t count;
    held->program = program_new(&question, &misfit);
    held->why_cold = misfit.why;
    if (!held->program)
        return;
    held->outputs = program_outputs(held->program, &count);
    find_inputs(held);
}

/* ---------------------------------------------------------------- the way in */

static const struct standard *compile(const struct loading *loading, struct call *call, struct diags *diags)
{
    read_day(loading->options, call, diags);
    struct compile_options options = settings_of(loading->options, diags);
    if (diags->errors > 0)
        return NULL;
    const char *name = mem_text(loading->name, strlen(loading->name));
    return loading->text ? compile_text(source_new(name, loading->text, loading->length), &options, diags)
                         : compile_standard(name, &options, diags);
}

static void load(void *data)
{
    struct loading *loading = data;
    struct diags diags = {0};
    struct call call = {0};
    const struct standard *standard = compile(loading, &call, &diags);
    loading->messages = messages_keep(&diags);
    loading->status = standard ? RUBRIC_OK : RUBRIC_REFUSED;
    if (!standard)
        return;
    rubric_standard *held = loading->standard = mem_keep(sizeof *held);
    held->standard = standard;
    held->call = call;
    number_sayables(held);
    number_parts(held);
    number_qualifications(held);
    list_asked(held);
    make_call(held);
    make_program(held);
}

static void let_go(void *data)
{
    rubric_standard *held = data;
    cell_rules_free(held->rules, held->input_count);
    mem_let_go(held);
}

void rubric_standard_free(rubric_standard *standard)
{
    if (standard)
        mem_visit(let_go, standard);
}

static rubric_status load_by(struct loading *loading, rubric_standard **standard, rubric_messages **messages)
{
    static const rubric_options none = {0};
    loading->options = loading->options ? loading->options : &none;
    if (!mem_visit(load, loading)) {
        rubric_standard_free(loading->standard);
        loading->standard = NULL;
        loading->status = RUBRIC_NO_MEMORY;
    }
    *standard = loading->standard;
    if (messages)
        *messages = loading->messages;
    else
        rubric_messages_free(loading->messages);
    return loading->status;
}

rubric_status rubric_standard_load(const char *path, const rubric_options *options,
                                   rubric_standard **standard, rubric_messages **messages)
{
    struct loading loading = {.name = path, .options = options};
    return load_by(&loading, standard, messages);
}

rubric_status rubric_standard_read(const char *name, const char *text, size_t length,
                                   const rubric_options *options, rubric_standard **standard,
                                   rubric_messages **messages)
{
    struct loading loading = {.name = name, .text = text ? text : "", .length = length, .options = options};
    return load_by(&loading, standard, messages);
}
