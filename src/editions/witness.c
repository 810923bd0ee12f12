#include "editions/witness.h"
#include "editions/subjects.h"
#include <string.h>
#include "base/mem.h"
#include "facts/facts.h"
#include "facts/write.h"

/* ---- the lines that an edition reads */

/* What stands behind "NAME"; NULL: it is about something else. */
static const char *behind(const char *line, const char *name)
{
    size_t length = strlen(name);
    return strncmp(line, name, length) == 0 && strncmp(line + length, " = ", 3) == 0 ? line + length : NULL;
}

/* An entry by the name that the edition has for it; NULL: it reads no such thing. */
static const char *entry_for(const struct impacts *impacts, enum edition edition, const char *line)
{
    const struct standard *standard = impacts->standard[edition];
    for (size_t i = 0; i < standard->facts.count; i++) {
        const char *rest = behind(line, write_name(joint_fact(impacts->joint, edition, i)));
        if (rest)
            return str_print("%s%s", write_name(standard->facts.items[i]->field.name), rest);
    }
    for (size_t i = 0; i < standard->judged.count; i++) {
        const char *path = write_path(joint_score(impacts->joint, edition, i));
        const char *rest = behind(line, str_print("score %s", path));
        if (rest)
            return str_print("score %s%s", write_path(standard->judged.items[i]->criterion->path), rest);
    }
    return NULL;
}

/* A review has its entries on lines of their own between braces. */
static const char *review_for(const struct impacts *impacts, enum edition edition, const char *review)
{
    const char *open = strchr(review, '{') + 1, *close = strrchr(review, '}');
    struct str out = {0};
    str_add_bytes(&out, review, (size_t)(open - review));
    for (const char *line = open + 1; line < close;) {
        size_t length = strcspn(line, "\n");
        const char *entry = mem_text(line, line + length < close ? length : (size_t)(close - line));
        const char *own = entry_for(impacts, edition, entry);
        if (own)
            str_format(&out, " %s", own);
        line += length + 1;
    }
    str_add(&out, " }");
    return str_text(&out);
}

static bool is_among(const struct diag_example *example, const char *line)
{
    for (size_t i = 0; i < example->facts.count; i++)
        if (str_equal(example->facts.items[i], line))
            return true;
    return false;
}

static void add_line(struct impact_witness *witness, const struct impacts *impacts, enum edition edition,
                     const char *line)
{
    const char *entry = entry_for(impacts, edition, line);
    if (strncmp(line, "review by ", 10) == 0)
        entry = review_for(impacts, edition, line);
    else if (strncmp(line, "as of ", 6) == 0)
        entry = line;
    if (entry)
        vec_push(&witness->lines[edition], entry);
}

/* What makes the difference first. */
static void add_lines(struct impact_witness *witness, const struct impacts *impacts, enum edition edition,
                      const struct diag_example *example, const struct diag_example *telling)
{
    for (size_t i = 0; i < example->facts.count; i++)
        if (is_among(telling, example->facts.items[i]))
            add_line(witness, impacts, edition, example->facts.items[i]);
    witness->telling[edition] = witness->lines[edition].count;
    for (size_t i = 0; i < example->facts.count; i++)
        if (!is_among(telling, example->facts.items[i]))
            add_line(witness, impacts, edition, example->facts.items[i]);
}

/* ---- one unit */

/* What the line of the new edition says, in the names of the old one; NULL: a review. */
static const char *in_old_names(const struct impacts *impacts, const char *line)
{
    const struct standard *new = impacts->standard[EDITION_NEW];
    for (size_t i = 0; i < new->facts.count; i++) {
        const char *name = new->facts.items[i]->field.name, *rest = behind(line, write_name(name));
        if (rest)
            return str_print("%s%s", write_name(subject_old_name(impacts, AST_fact, name)), rest);
    }
    for (size_t i = 0; i < new->judged.count; i++) {
        const char *path = new->judged.items[i]->criterion->path;
        const char *rest = behind(line, str_print("score %s", write_path(path)));
        if (rest)
            return str_print("score %s%s", write_path(subject_old_name(impacts, AST_section, path)), rest);
    }
    return NULL;
}

/* One says another value of what the other says, too: there is no such unit. */
static bool contradict(const char *a, const char *b)
{
    const char *equals = strstr(a, " = ");
    size_t head = equals ? (size_t)(equals - a) + 3 : 0;
    return head && strncmp(a, b, head) == 0 && strcmp(a, b) != 0;
}

static bool is_one_unit(const struct impacts *impacts, const struct impact_witness *witness)
{
    for (size_t i = 0; i < witness->lines[EDITION_NEW].count; i++) {
        const char *line = in_old_names(impacts, witness->lines[EDITION_NEW].items[i]);
        for (size_t k = 0; line && k < witness->lines[EDITION_OLD].count; k++)
            if (contradict(line, witness->lines[EDITION_OLD].items[k]))
                return false;
    }
    for (size_t i = 0; i < witness->settings.count; i++)
        for (size_t k = 0; k < i; k++) {
            size_t name = strcspn(witness->settings.items[i], "=") + 1;
            if (strncmp(witness->settings.items[i], witness->settings.items[k], name) == 0)
                return false;
        }
    return true;
}

/* ---- what an edition says of the unit */

struct pinned {
    VEC(struct narrowing) list;
};

static const struct ir_node *setting_named(const struct standard *standard, const char *name, size_t length)
{
    for (size_t i = 0; i < standard->ir->nodes.count; i++) {
        const struct ir_node *node = standard->ir->nodes.items[i];
        if (node->op != IR_SETTING)
            continue;
        const char *own = standard->settings.items[node->index].name;
        if (strlen(own) == length && strncmp(own, name, length) == 0)
            return node;
    }
    return NULL;
}

/* A threshold that the call sets, as "NAME=4" or "NAME=95%"; an edition that has none by that name does without. False: it is set to no number. */
static bool pin(const struct standard *standard, const char *setting, struct pinned *pinned)
{
    size_t name = strcspn(setting, "=");
    const char *text = setting + name + 1;
    size_t length = strlen(text);
    bool percent = length > 0 && text[length - 1] == '%';
    const struct ir_node *node = setting_named(standard, setting, name);
    struct num number;
    if (!num_parse(text, length - percent, &number))
        return false;
    number = percent ? num_div(number, num_int(100)) : number;
    if (node)
        vec_push(&pinned->list, (struct narrowing){node, value_number(number)});
    return true;
}

/* What is asked about alone is worked out. */
static const struct evaluation *asked(const struct standard *standard, const struct impact_witness *witness,
                                      enum edition edition, const struct pinned *pinned,
                                      const struct ir_node *of)
{
    struct str text = {0};
    struct diags unheard = {0};
    str_add(&text, "unit w \"w\"\n");
    for (size_t i = 0; i < witness->lines[edition].count; i++)
        str_format(&text, "%s\n", witness->lines[edition].items[i]);
    const struct source *source = source_new("w.facts", str_text(&text), text.length);
    const struct facts_file *file = facts_open_text(source, &unheard);
    const struct unit *unit = facts_read(file, standard, &unheard);
    const struct call call = {.without_deciding = true,
                              .bare = true,
                              .only = &of,
                              .only_count = 1,
                              .narrowings = pinned->list.items,
                              .narrowing_count = pinned->list.count};
    const struct evaluation *evaluation = unit ? evaluate(standard, unit, &call) : NULL;
    return evaluation && !evaluation->refused ? evaluation : NULL;
}

static bool are_unlike(const struct impacts *impacts, const struct subject *subject, const struct value *old,
                       const struct value *new)
{
    if (!value_is_known(old) || !value_is_known(new))
        return false;
    if (!value_is_point(old) || !value_is_point(new))
        return !value_equal(old, new);
    if (subject->kind != SUBJECT_GRADE)
        return !num_equal(value_point(old), value_point(new));
    int64_t before = 0, after = 0;
    num_to_int(value_point(old), &before);
    num_to_int(value_point(new), &after);
    return !str_equal(impacts->standard[EDITION_OLD]->grades->symbols[before].name,
                      impacts->standard[EDITION_NEW]->grades->symbols[after].name);
}

const struct impact_witness *witness_of(const struct impacts *impacts, const struct subject *subject,
                                        const struct diag_example *example,
                                        const struct diag_example *telling)
{
    struct impact_witness *witness = MEM_NEW(struct impact_witness);
    const struct value *values[EDITIONS];
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++)
        add_lines(witness, impacts, edition, example, telling);
    for (size_t i = 0; i < example->settings.count; i++)
        vec_push(&witness->settings, example->settings.items[i]);
    if (!is_one_unit(impacts, witness))
        return NULL;
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++) {
        struct pinned pinned = {0};
        for (size_t i = 0; i < witness->settings.count; i++)
            if (!pin(impacts->standard[edition], witness->settings.items[i], &pinned))
                return witness; /* as it was found */
        const struct evaluation *evaluation =
            asked(impacts->standard[edition], witness, edition, &pinned, subject->of[edition]);
        if (!evaluation)
            return NULL;
        witness->evaluation[edition] = evaluation;
        values[edition] = evaluation_value(evaluation, evaluation->final, subject->of[edition]);
    }
    return are_unlike(impacts, subject, values[EDITION_OLD], values[EDITION_NEW]) ? witness : NULL;
}
