#include "report/blank.h"
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "core/unit.h"
#include "facts/write.h"
#include "report/blank_use.h"
#include "report/blank_words.h"
#include "report/page.h"
#include "report/say.h"
#include "report/values.h"
#include "syntax/keywords.h"

enum { WIDTH = 98, INDENT = 2, YEAR_UNSAID = 2025 };

struct blank {
    struct str *out;
    const struct standard *standard;
    const struct blank_call *call;
    const char *const *uses; /* by slot of the fact */
};

/* ---------------------------------------------------------------- lines */

static void add_line(struct blank *blank, const char *text)
{
    str_format(blank->out, "%s\n", text);
}

/* A comment: broken where it is too long, its further lines further in. */
static void add_comment(struct blank *blank, size_t indent, const char *text)
{
    struct page_lines lines = page_wrap(text, WIDTH - indent);
    for (size_t i = 0; i < lines.list.count; i++) {
        size_t in = i > 0 ? indent + INDENT : indent;
        str_format(blank->out, "# %*s%s\n", (int)in, "", lines.list.items[i]);
    }
}

/* A line of a facts file that is to be taken out of its comment: never broken. */
static void add_sample(struct blank *blank, const char *text)
{
    str_format(blank->out, "# %s\n", text);
}

static void add_heading(struct blank *blank, const char *text)
{
    static const char rule[] = "----------------------------------------------------------------";
    str_format(blank->out, "\n# %s %s\n\n", rule, page_cut(text, WIDTH));
}

static const char *word(const struct blank *blank, const char *keyword)
{
    return keyword_in(keyword, blank->call->lang);
}

static const char *day_text(const struct blank *blank, int64_t day)
{
    int year, month, date;
    date_to_civil(day, &year, &month, &date);
    return blank->call->lang == LANG_ZH ? str_print("%d年%d月%d日", year, month, date) : date_text(day);
}

/* ---------------------------------------------------------------- the head */

/* A standard that states no period: that of its notice, or any, to be corrected. */
static int likely_year(const struct standard *standard)
{
    int year = YEAR_UNSAID, month, day;
    if (standard->has_issued) {
        date_to_civil(standard->issued, &year, &month, &day);
    }
    return year;
}

/* A day inside the period. */
static int64_t some_day(const struct standard *standard)
{
    return standard->period.known ? standard->period.end : date_from_civil(likely_year(standard), 12, 31);
}

static bool needs_period(const struct standard *standard)
{
    for (size_t i = 0; i < standard->ir->nodes.count; i++) {
        if (standard->ir->nodes.items[i]->op == IR_CALENDAR) {
            return true;
        }
    }
    return standard->stages.count > 0;
}

static void add_unit(struct blank *blank)
{
    const char *id = blank->call->id;
    const char *name = id != NULL ? str_print("%s ", write_name(id)) : "";
    const char *label = id != NULL ? id : say(SAY_BLANK_UNIT, blank->call->lang);
    add_line(blank, str_print("unit %s%s", name, write_string(label)));
    if (blank->call->rules != NULL) {
        add_line(blank, str_print("standard %s", write_string(blank->call->rules)));
    }
}

static void add_head(struct blank *blank)
{
    const struct standard *standard = blank->standard;
    enum lang lang = blank->call->lang;
    const char *title = standard->label != NULL ? standard->label : standard->name;
    add_comment(blank, 0, say_with(SAY_BLANK_HEAD, lang, title != NULL ? title : "", NULL));
    add_comment(blank, 0, say(SAY_BLANK_HOW, lang));
    add_unit(blank);
    if (!standard->period.known && needs_period(standard)) {
        add_line(blank, str_print("period %d  # %s", likely_year(standard), say(SAY_BLANK_PERIOD, lang)));
    }
    add_sample(blank, str_print("%s %s  # %s", word(blank, "as of"), day_text(blank, some_day(standard)),
                                say(SAY_BLANK_AS_OF, lang)));
}

/* ---------------------------------------------------------------- facts */

/* "Label: what may be entered" and below it what it is for. */
static void add_told(struct blank *blank, const char *label, const char *may, const char *cite,
                     const char *use)
{
    enum lang lang = blank->call->lang;
    add_comment(blank, 0, label != NULL ? say_with(SAY_SENTENCE, lang, label, may, NULL) : may);
    struct str remark = {0};
    if (cite != NULL) {
        str_item(&remark, say(SAY_CLAUSE_STOP, lang), cite);
    }
    if (use != NULL) {
        str_item(&remark, say(SAY_CLAUSE_STOP, lang), say_with(SAY_BLANK_FOR, lang, use, NULL));
    }
    if (remark.length > 0) {
        add_comment(blank, INDENT, str_text(&remark));
    }
}

static void add_row(struct blank *blank, const struct field *field, bool names)
{
    struct str row = {0};
    for (size_t i = 0; i < field->type.column_count; i++) {
        const char *name = write_name(field->type.columns[i].name);
        str_add(&row, "| ");
        if (names) {
            str_add(&row, name);
        } else {
            str_add_repeat(&row, " ", page_width(name));
        }
        str_add(&row, " ");
    }
    add_sample(blank, str_print("  %s|", str_text(&row)));
}

/* Each column told, and a table with one row to be copied. */
static void add_table(struct blank *blank, const struct field *field)
{
    enum lang lang = blank->call->lang;
    for (size_t i = 0; i < field->type.column_count; i++) {
        const struct field *column = &field->type.columns[i];
        bool labelled = column->label != NULL && !str_equal(column->label, column->name);
        const char *name =
            labelled ? str_print("%s%s", column->name, say_with(SAY_IN_BRACKETS, lang, column->label, NULL))
                     : column->name;
        add_comment(
            blank, INDENT,
            say_with(SAY_SENTENCE, lang, name, blank_column_words(blank->standard, column, lang), NULL));
    }
    add_sample(blank, str_print("%s = %s {", write_name(field->name), word(blank, "table")));
    add_row(blank, field, true);
    add_row(blank, field, false);
    add_sample(blank, "}");
}

static void add_fact(struct blank *blank, const struct fact_declaration *fact)
{
    const struct field *field = &fact->field;
    add_told(blank, field->label, blank_words(blank->standard, field, blank->call->lang), field->cite,
             blank->uses[fact->slot]);
    if (field->type.kind == TYPE_TABLE) {
        add_table(blank, field);
    }
    add_line(blank, str_print("%s = unknown", write_name(field->name)));
}

static void add_facts(struct blank *blank)
{
    const char *group = NULL;
    for (size_t i = 0; i < blank->standard->facts.count; i++) {
        const struct fact_declaration *fact = blank->standard->facts.items[i];
        if (fact->unread) {
            continue;
        }
        if (group == NULL || strcmp(group, fact->group) != 0) {
            add_heading(blank, fact->group);
        }
        group = fact->group;
        add_fact(blank, fact);
    }
}

static void add_unread(struct blank *blank)
{
    bool begun = false;
    for (size_t i = 0; i < blank->standard->facts.count; i++) {
        const struct fact_declaration *fact = blank->standard->facts.items[i];
        if (fact->unread && !begun) {
            add_heading(blank, say(SAY_BLANK_UNREAD, blank->call->lang));
            begun = true;
        }
        if (fact->unread) {
            add_fact(blank, fact);
        }
    }
}

/* ---------------------------------------------------------------- scores */

/* A criterion that is judged in several branches has one entry: what any of them takes. */
static const char *score_words(const struct blank *blank, size_t slot)
{
    const struct standard *standard = blank->standard;
    const struct judged *first = standard->judged.items[slot];
    enum lang lang = blank->call->lang;
    const char *text = blank_judged_words(standard, first, lang), *last = text;
    for (size_t i = slot + 1; i < standard->judged.count; i++) {
        const struct judged *other = standard->judged.items[i];
        const char *words = blank_judged_words(standard, other, lang);
        if (other->criterion == first->criterion && !str_equal(words, last)) {
            text = say_with(SAY_BLANK_OR, lang, text, words, NULL);
            last = words;
        }
    }
    return text;
}

static void add_scores(struct blank *blank)
{
    const struct standard *standard = blank->standard;
    if (standard->judged.count > 0) {
        add_heading(blank, say(SAY_BLANK_SCORES, blank->call->lang));
    }
    for (size_t i = 0; i < standard->judged.count; i++) {
        const struct part *part = standard->judged.items[i]->criterion;
        if (unit_is_first_score(standard, i)) {
            add_told(blank, part->label, score_words(blank, i), part->cite, NULL);
            add_line(blank, str_print("score %s = unknown", write_path(part->path)));
        }
    }
}

/* ---------------------------------------------------------------- what comes later */

static void add_reviews(struct blank *blank)
{
    const struct standard *standard = blank->standard;
    enum lang lang = blank->call->lang;
    for (size_t i = 1; i < standard->columns.count; i++) {
        const struct column *column = &standard->columns.items[i];
        const char *label = column->label != NULL ? column->label : column->name;
        str_add_char(blank->out, '\n');
        add_comment(blank, 0, say_with(SAY_BLANK_REVIEW, lang, label, NULL));
        add_sample(blank, str_print("%s %s %s %s %s {", word(blank, "review"), word(blank, "by"),
                                    write_string(say(SAY_BLANK_WHO, lang)), word(blank, "on"),
                                    day_text(blank, some_day(standard))));
        if (standard->facts.count > 0) {
            add_sample(blank, str_print("  %s = %s  %s", write_name(standard->facts.items[0]->field.name),
                                        word(blank, "unknown"), write_string(say(SAY_BLANK_WHY, lang))));
        }
        add_sample(blank, "}");
    }
}

static void add_decisions(struct blank *blank)
{
    const struct standard *standard = blank->standard;
    if (standard->stages.count > 0) {
        str_add_char(blank->out, '\n');
        add_comment(blank, 0, say(SAY_BLANK_DECISIONS, blank->call->lang));
    }
    for (size_t i = 0; i < standard->stages.count; i++) {
        const struct stage *stage = standard->stages.items[i];
        const char *by = stage->by == AUTHORITY_UNIT
                             ? word(blank, "unit")
                             : write_name(standard->authorities.items[stage->by].name);
        add_sample(blank, str_print("%s %s %s %s %s %s %s", word(blank, "decision"), write_name(stage->name),
                                    word(blank, "approved"), word(blank, "on"),
                                    day_text(blank, some_day(standard)), word(blank, "by"), by));
    }
}

static void add_settings(struct blank *blank)
{
    struct str list = {0};
    for (size_t i = 0; i < blank->standard->settings.count; i++) {
        str_item(&list, " ", str_print("--set %s=…", blank->standard->settings.items[i].name));
    }
    if (list.length > 0) {
        str_add_char(blank->out, '\n');
        add_comment(blank, 0, say_with(SAY_BLANK_SETTINGS, blank->call->lang, str_text(&list), NULL));
    }
}

const char *blank_facts(const struct standard *standard, const struct blank_call *call)
{
    struct str *out = MEM_NEW(struct str);
    struct blank blank = {out, standard, call, blank_use(standard, call->lang)};
    add_head(&blank);
    add_facts(&blank);
    add_scores(&blank);
    add_unread(&blank);
    add_reviews(&blank);
    add_decisions(&blank);
    add_settings(&blank);
    return str_text(out);
}
