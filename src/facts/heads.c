#include "facts/heads.h"
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "diag/suggest.h"
#include "facts/cell.h"
#include "facts/decisions.h"
#include "syntax/keywords.h"

static const char *const SPELLINGS[][2] = {
#define HEAD(name, en, zh) {en, zh},
#include "facts/heads.def"
#undef HEAD
};

enum { SPELLED = sizeof SPELLINGS / sizeof *SPELLINGS };

struct reading {
    struct heads *heads;
    struct assembly *assembly;
    const struct carried *carried; /* NULL: none */
    struct map given;              /* by what a column gives: the cell of its head */
    bool right;
};

static struct diag *wrong(struct reading *reading, enum diag_code code, struct span span, const char *a,
                          const char *b)
{
    reading->right = false;
    return diag_add(reading->assembly->reader.diags, code, span, a, b, NULL);
}

/* ---------------------------------------------------------------- the words of a head */

static const char *without_backquotes(const char *name)
{
    size_t length = strlen(name);
    bool quoted = length > 2 && name[0] == '`' && name[length - 1] == '`';
    return quoted ? mem_text(name + 1, length - 2) : name;
}

/* The name before an ending such as `.part`; NULL. */
static const char *before(const char *text, const char *ending)
{
    size_t length = strlen(text), tail = strlen(ending);
    bool ends = *ending == '.' && length > tail && strcmp(text + length - tail, ending) == 0;
    return ends ? mem_text(text, length - tail) : NULL;
}

/* A name in backquotes is a fact's, whatever else it might mean. */
static const struct fact_declaration *fact_find(const struct assembly *assembly, const char *name)
{
    return map_find(&assembly->standard->facts_by_name, without_backquotes(name));
}

/* ---------------------------------------------------------------- one head */

/* `people.look` where `score people.look` is meant, which stands in the sheets under its path; NULL. */
static const char *score_meant(const struct standard *standard, const char *text)
{
    const char *path = without_backquotes(text);
    for (size_t i = 0; i < standard->judged.count; i++)
        if (str_equal(standard->judged.items[i]->criterion->path, path)) {
            bool chinese = (*path & 0x80) != 0;
            return str_print("%s %s", SPELLINGS[HEAD_SCORE][chinese], path);
        }
    return NULL;
}

static void unknown(struct reading *reading, struct span span, const char *text)
{
    const struct standard *standard = reading->assembly->standard;
    if (assembly_tells_repeal(reading->assembly, without_backquotes(text), span)) {
        reading->right = false;
        return;
    }
    const char *score = score_meant(standard, text), *fact = assembly_nearest_fact(standard, text);
    struct suggest suggest;
    suggest_start(&suggest, text);
    for (size_t i = 0; i < SPELLED; i++)
        for (size_t k = 0; k < 2 && *SPELLINGS[i][k] != '.'; k++)
            suggest_offer(&suggest, SPELLINGS[i][k]);
    const char *word = score ? score : fact ? fact : suggest_best(&suggest);
    struct diag *diag = wrong(reading, DIAG_HEAD_UNKNOWN, span, text, NULL);
    diag_suggest(diag, str_equal(word, text) ? NULL : word); /* `score` without a path */
}

static void start_counting(struct head *head)
{
    head->counted =
        (struct field){.name = head->text, .label = head->fact->field.label, .span = head->fact->field.span};
    head->counted.type = (struct type){.kind = TYPE_NUMBER};
    head->counted.limits =
        (struct limits){.range = range_from(num_int(0)), .low_fact = -1, .high_fact = -1, .key_column = -1};
}

/* `text` ends as the parts of facts do. */
static bool read_ending(struct reading *reading, struct head *head, struct span span)
{
    for (size_t i = HEAD_PART; i <= HEAD_EVIDENCE; i++)
        for (size_t k = 0; k < 2; k++) {
            const char *name = before(head->text, SPELLINGS[i][k]);
            head->fact = name ? fact_find(reading->assembly, name) : NULL;
            if (!head->fact)
                continue;
            head->kind = (enum head_kind)i;
            if (head->kind != HEAD_EVIDENCE && !head->fact->field.type.share)
                wrong(reading, DIAG_HEAD_NOT_SHARE, span, head->text, name);
            if (head->kind != HEAD_EVIDENCE)
                start_counting(head);
            return true;
        }
    return false;
}

static bool read_word(struct head *head)
{
    for (size_t i = 0; i < HEAD_SCORE; i++)
        if (str_equal(head->text, SPELLINGS[i][0]) || str_equal(head->text, SPELLINGS[i][1])) {
            head->kind = (enum head_kind)i;
            return true;
        }
    return false;
}

static bool may_be_carried(const struct reading *reading, const struct head *head)
{
    const struct carried *carried = reading->carried;
    return carried && (carried->all || map_find(&carried->names, head->text));
}

/* The evidence of a table whose rows stand elsewhere. */
static bool is_beside(const struct reading *reading, const struct head *head)
{
    bool beside = reading->carried && reading->carried->beside;
    return beside && head->kind == HEAD_EVIDENCE && head->fact->field.type.kind == TYPE_TABLE;
}

static bool is_fact_beside(const struct assembly *assembly, const char *text)
{
    if (assembly_passes_over(assembly, false, without_backquotes(text)))
        return true;
    for (size_t i = HEAD_PART; i <= HEAD_EVIDENCE; i++)
        for (size_t k = 0; k < 2; k++) {
            const char *name = before(text, SPELLINGS[i][k]);
            if (name && assembly_passes_over(assembly, false, without_backquotes(name)))
                return true;
        }
    return false;
}

static bool is_stage_beside(const struct assembly *assembly, const char *name)
{
    return assembly->also && !decisions_has_stage(assembly->standard, name) &&
           decisions_has_stage(assembly->also, name);
}

static void read_fact(struct reading *reading, struct head *head, struct span span)
{
    head->kind = HEAD_FACT;
    head->fact = fact_find(reading->assembly, head->text);
    if (!head->fact && !read_ending(reading, head, span)) {
        if (may_be_carried(reading, head) || is_fact_beside(reading->assembly, head->text))
            head->kind = HEAD_CARRIED;
        else
            unknown(reading, span, head->text);
    }
    if (head->fact && head->fact->field.type.kind == TYPE_TABLE && !is_beside(reading, head))
        wrong(reading, DIAG_HEAD_TABLE, span, head->fact->field.name, NULL);
}

static void read_head(struct reading *reading, struct head *head, const struct csv_cell *cell)
{
    const char *written = cell_trimmed(cell);
    head->text = utf8_nfc(written, strlen(written));
    const char *path = keyword_behind(head->text, "score"), *stage = keyword_behind(head->text, "decision");
    if ((path && assembly_passes_over(reading->assembly, true, path)) ||
        (stage && is_stage_beside(reading->assembly, without_backquotes(stage)))) {
        head->kind = HEAD_CARRIED;
    } else if (path) {
        head->kind = HEAD_SCORE;
        head->criterion = assembly_judged(reading->assembly, path, cell->span);
        reading->right &= head->criterion != NULL;
    } else if (stage) {
        head->kind = HEAD_DECISION;
        head->stage = decisions_stage(reading->assembly->standard, without_backquotes(stage), cell->span,
                                      reading->assembly->reader.diags);
        reading->right &= head->stage != NULL;
    } else if (!read_word(head)) {
        read_fact(reading, head, cell->span);
    }
}

/* ---------------------------------------------------------------- heads beside one another */

/* False: an error was told of it. */
static bool is_known(const struct head *head)
{
    return head->fact || head->criterion || head->stage || head->kind < HEAD_SCORE ||
           head->kind == HEAD_CARRIED;
}

/* The same for two columns that give the same. */
static const char *given_by(const struct head *head)
{
    return str_print("%d %p %p %p %s", head->kind, (const void *)head->fact, (const void *)head->criterion,
                     (const void *)head->stage, head->kind == HEAD_CARRIED ? head->text : "");
}

/* False, and a message: a column before it gives the same. */
static bool check_once(struct reading *reading, const struct head *head, const struct csv_cell *cell)
{
    const char *given = given_by(head);
    const struct csv_cell *first = map_find(&reading->given, given);
    if (first) {
        diag_other(wrong(reading, DIAG_COLUMN_TWICE, cell->span, head->text, NULL), first->span,
                   "@first_here");
        return false;
    }
    map_put(&reading->given, given, (void *)cell);
    return true;
}

static size_t head_find(const struct heads *heads, enum head_kind kind, const struct fact_declaration *fact)
{
    size_t at = 0;
    while (at < heads->count && (heads->items[at].kind != kind || heads->items[at].fact != fact))
        at++;
    return at;
}

static void check_share(struct reading *reading, struct head *head, struct span span)
{
    struct heads *heads = reading->heads;
    bool is_part = head->kind == HEAD_PART;
    head->other = head_find(heads, is_part ? HEAD_WHOLE : HEAD_PART, head->fact);
    const char *name = head->fact->field.name;
    if (head_find(heads, HEAD_FACT, head->fact) < heads->count)
        wrong(reading, DIAG_HEAD_TWO_WAYS, span, name, head->text);
    else if (head->other == heads->count)
        wrong(reading, is_part ? DIAG_HEAD_NO_WHOLE : DIAG_HEAD_NO_PART, span, head->text, name);
}

static bool is_given(const struct heads *heads, const struct fact_declaration *fact)
{
    return head_find(heads, HEAD_FACT, fact) < heads->count ||
           head_find(heads, HEAD_PART, fact) < heads->count;
}

static void check_head(struct reading *reading, const struct csv_row *row, size_t at)
{
    struct heads *heads = reading->heads;
    struct head *head = &heads->items[at];
    struct span span = row->cells.items[at].span;
    if (!check_once(reading, head, &row->cells.items[at]))
        return;
    if ((head->kind == HEAD_PART || head->kind == HEAD_WHOLE) && head->fact->field.type.share)
        check_share(reading, head, span);
    bool beside = reading->carried && reading->carried->beside && head->fact &&
                  head->fact->field.type.kind == TYPE_TABLE;
    if (head->kind == HEAD_EVIDENCE && !is_given(heads, head->fact) && !beside)
        wrong(reading, DIAG_HEAD_EVIDENCE_ALONE, span, head->text, head->fact->field.name);
}

bool heads_is_unit(const char *text)
{
    return str_equal(text, SPELLINGS[HEAD_UNIT][0]) || str_equal(text, SPELLINGS[HEAD_UNIT][1]);
}

bool heads_read(struct heads *heads, struct assembly *assembly, const struct csv_row *row,
                const struct carried *carried)
{
    struct reading reading = {.heads = heads, .assembly = assembly, .carried = carried, .right = true};
    *heads = (struct heads){.items = MEM_ARRAY(struct head, row->cells.count + 1), .count = row->cells.count};
    for (size_t i = 0; i < heads->count; i++)
        read_head(&reading, &heads->items[i], &row->cells.items[i]);
    for (size_t i = 0; i < heads->count; i++)
        if (is_known(&heads->items[i]))
            check_head(&reading, row, i);
    heads->unit = head_find(heads, HEAD_UNIT, NULL);
    heads->label = head_find(heads, HEAD_LABEL, NULL);
    heads->as_of = head_find(heads, HEAD_AS_OF, NULL);
    if (heads->unit == heads->count)
        wrong(&reading, DIAG_HEAD_NO_UNIT, row->span, NULL, NULL);
    return reading.right;
}
