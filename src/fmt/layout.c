#include "fmt/layout.h"
#include <string.h>
#include "syntax/rubric.tab.h"

struct laying {
    struct words *words;
    struct lines lines;
    size_t room; /* that the line being made takes */
    bool ready;  /* it can take another statement */
};

static struct word *word_at(const struct laying *laying, size_t i)
{
    return &laying->words->list.items[i];
}

/* ---------------------------------------------------------------- lines */

static struct line *new_line(struct laying *laying, size_t indent, bool blank)
{
    vec_push(&laying->lines.list, (struct line){.indent = indent, .blank = blank});
    struct line *line = &vec_last(&laying->lines.list);
    vec_push(&line->cells, (struct line_cell){0});
    laying->room = indent;
    return line;
}

static struct line *this_line(struct laying *laying)
{
    return &vec_last(&laying->lines.list);
}

/* `first`: nothing stands before it between the braces, so no blank line does. */
static void remarks_before(struct laying *laying, const struct word *word, size_t indent, bool first)
{
    for (size_t i = 0; i < word->remarks; i++) {
        const struct aside *remark = &laying->words->remarks.items[word->remark + i];
        struct line *line = new_line(laying, indent, remark->blank && !(first && i == 0));
        line->remark = true;
        str_add(&line->cells.items[0].text, remark->text);
    }
}

static void put(struct laying *laying, const struct word *word, bool begins, bool columns)
{
    struct line *line = this_line(laying);
    if (!begins && columns && word->cell != CELL_NONE) {
        bool wide = word->kind == TOKEN_COLON && (word->text[0] & 0x80) != 0;
        while (line->cells.count < word->column) {
            vec_push(&line->cells, (struct line_cell){0});
        }
        vec_push(&line->cells, (struct line_cell){.cell = word->cell, .wide = wide});
    } else if (!begins) {
        str_add_repeat(&vec_last(&line->cells).text, " ", gap_written(word));
    }
    str_add(&vec_last(&line->cells).text, word->text);
    laying->room += word->room + (begins ? 0 : gap_room(word));
    line->comment = word->behind;
}

/* ---------------------------------------------------------------- blocks */

/* On one line the name that begins a statement could become the unit of the number before it. */
static bool parts_safely(const struct laying *laying, const struct word *word)
{
    bool number = word[-1].kind == TOKEN_NUMBER && word->item != NULL;
    bool unit = laying->words->call->facts || keyword_unit_word(word->text, strlen(word->text)) != 0;
    return !(number && word->kind == TOKEN_NAME && unit);
}

/* Can it stand on one line? It does if its author wrote it so and there is room. */
static bool on_one_line(const struct laying *laying, size_t open)
{
    const struct word *brace = word_at(laying, open);
    bool rows = brace[1].kind == TOKEN_ROW;
    bool whole = brace->line == word_at(laying, brace->match)->line && brace->behind == NULL && !rows;
    for (size_t i = open + 1; whole && i <= brace->match; i++) {
        const struct word *word = word_at(laying, i);
        whole = word->remarks == 0 && !word->breaks && (word->behind == NULL || i == brace->match) &&
                parts_safely(laying, word);
    }
    return whole;
}

/* Which of the outermost braces of [from, to) are opened up is noted in `wraps` of the word behind them. */
static void open_up(struct laying *laying, size_t from, size_t to, bool all)
{
    for (size_t i = from; i < to; i++) {
        const struct word *word = word_at(laying, i);
        if (word->kind != TOKEN_LBRACE) {
            continue;
        }
        if (all || !on_one_line(laying, i)) {
            word_at(laying, i + 1)->wraps = true;
        }
        i = word->match;
    }
}

static bool is_open(const struct laying *laying, size_t brace)
{
    return word_at(laying, brace)->kind == TOKEN_LBRACE && word_at(laying, brace + 1)->wraps;
}

/* Up to and with the next brace that is opened up; `to` if there is none. */
static size_t stretch_end(const struct laying *laying, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (is_open(laying, i)) {
            return i + 1;
        }
        i = word_at(laying, i)->kind == TOKEN_LBRACE ? word_at(laying, i)->match : i;
    }
    return to;
}

/* A row is what a line makes it, and entries are a list: these are not broken. */
static bool keeps_its_line(const struct word *item)
{
    return item->item != NULL && (item->item->kind == AST_v_row || item->item->kind == AST_entry);
}

static void break_stretches(struct laying *laying, size_t from, size_t to, size_t column, size_t indent)
{
    bool keeps = keeps_its_line(word_at(laying, from));
    for (size_t i = from; i < to;) {
        size_t end = stretch_end(laying, i, to);
        size_t room = room_of_words(laying->words, i, end);
        if (!keeps && (room == SIZE_MAX || column + room > FMT_WIDTH)) {
            open_up(laying, i, end < to || is_open(laying, end - 1) ? end - 1 : end, true);
            end = stretch_end(laying, i, to);
            wrap(laying->words, i, end, column, indent + FMT_FURTHER);
        }
        i = end < to && is_open(laying, end - 1) ? word_at(laying, end - 1)->match : end;
        column = indent;
    }
}

/* ---------------------------------------------------------------- statements */

static void layout_block(struct laying *laying, size_t from, size_t to, size_t indent);

/* Lines of these line up. */
static int kind_of(const struct word *item)
{
    if (item->item == NULL || (item->item->kind == AST_rung && item->kind == TOKEN_OTHERWISE)) {
        return 0;
    }
    switch ((int)item->item->kind) {
    case AST_require:
    case AST_veto:
    case AST_qualifies: return AST_require;
    case AST_s_full:
    case AST_s_points:
    case AST_s_per:
    case AST_s_prorata:
    case AST_s_earn:
    case AST_s_loss:
    case AST_s_deduct:
    case AST_s_deduct_per:
    case AST_s_start: return AST_s_full;
    case AST_h_text:
    case AST_h_issued:
    case AST_h_period:
    case AST_h_transition:
    case AST_h_total:
    case AST_h_scores:
    case AST_h_skipped:
    case AST_h_columns:
    case AST_h_final: return AST_h_text;
    case AST_fact:
    case AST_threshold:
    case AST_define:
    case AST_show:
    case AST_unit:
    case AST_title:
    case AST_authority:
    case AST_rung:
    case AST_band:
    case AST_case:
    case AST_row_of:
    case AST_dated:
    case AST_notch:
    case AST_entry:
    case AST_decision:
    case AST_v_row: return (int)item->item->kind;
    default: return 0;
    }
}

static bool is_broken(const struct laying *laying, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++) {
        const struct word *word = word_at(laying, i);
        if (is_open(laying, i)) {
            return false;
        }
        if (word->wraps || word->breaks || word->remarks > 0 || word[-1].behind != NULL) {
            return true;
        }
    }
    return false;
}

/* On lines of its own, or, `joined`, behind the one before it. */
static void layout_item(struct laying *laying, size_t from, size_t to, size_t indent, bool joined)
{
    struct word *first = word_at(laying, from);
    int kind = joined || is_broken(laying, from, to) ? 0 : kind_of(first);
    size_t depth = first->depth;
    this_line(laying)->kind = kind;
    this_line(laying)->spans = kind == AST_entry;
    bool begins = !joined;
    for (size_t i = from; i < to; i++) {
        const struct word *word = word_at(laying, i);
        bool breaks = word->wraps || word->breaks || word->remarks > 0 || this_line(laying)->comment != NULL;
        if (i > from && breaks) {
            remarks_before(laying, word, indent + FMT_FURTHER, false);
            new_line(laying, indent + FMT_FURTHER, false);
            begins = true;
        }
        put(laying, word, begins, kind != 0 && word->depth == depth);
        begins = false;
        if (is_open(laying, i)) {
            struct word *close = word_at(laying, word->match);
            this_line(laying)->opens = true;
            layout_block(laying, i + 1, word->match, indent + FMT_INDENT);
            i = word->match;
            remarks_before(laying, close, indent + FMT_INDENT, i == from + 1);
            new_line(laying, indent, false)->closes = true;
            put(laying, close, true, false);
            kind = 0;
        }
    }
}

/* Short clauses, and what stands between commas, stay on a line where their author put several. */
static bool may_join(const struct ast *item)
{
    switch ((int)item->kind) {
    case AST_st_by:
    case AST_st_after:
    case AST_st_due:
    case AST_st_each_year:
    case AST_st_wait:
    case AST_st_while:
    case AST_labelled: return true;
    default: return false;
    }
}

static bool is_column(const struct word *word)
{
    return word->item->kind == AST_fact && word[-1].kind == TOKEN_COMMA;
}

static bool joins(const struct laying *laying, size_t from, size_t to)
{
    const struct word *word = word_at(laying, from);
    size_t room = room_of_words(laying->words, from, to);
    bool may = word->item != NULL && (may_join(word->item) || is_column(word));
    return may && laying->ready && !word->starts_line && word->remarks == 0 && !word->breaks &&
           room != SIZE_MAX && laying->room + gap_room(word) + room <= FMT_WIDTH;
}

/* Where the statement that begins at `from` ends: before the next one. */
static size_t item_end(const struct laying *laying, size_t from, size_t to)
{
    size_t depth = word_at(laying, from)->depth, i = from + 1;
    while (i < to && !(word_at(laying, i)->item != NULL && word_at(laying, i)->depth == depth)) {
        i++;
    }
    return i;
}

static void layout_block(struct laying *laying, size_t from, size_t to, size_t indent)
{
    laying->ready = false;
    for (size_t i = from; i < to;) {
        size_t end = item_end(laying, i, to);
        struct word *word = word_at(laying, i);
        word->wraps = false;
        open_up(laying, i, end, false);
        bool joined = joins(laying, i, end) && stretch_end(laying, i, end) == end;
        if (!joined) {
            remarks_before(laying, word, indent, i == from);
            new_line(laying, indent, word->blank && (word->remarks > 0 || i > from));
            break_stretches(laying, i, end, indent, indent);
        }
        size_t before = laying->lines.list.count;
        layout_item(laying, i, end, indent, joined);
        laying->ready = laying->lines.list.count == before && this_line(laying)->comment == NULL;
        i = end;
    }
}

struct lines layout(struct words *words)
{
    struct laying laying = {.words = words};
    size_t end = words->list.count - 1;
    layout_block(&laying, 0, end, 0);
    remarks_before(&laying, &words->list.items[end], 0, end == 0);
    return laying.lines;
}
