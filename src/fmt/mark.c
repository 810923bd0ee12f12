/* What only the tree says of the words. */
#include <string.h>
#include "base/map.h"
#include "fmt/words.h"
#include "syntax/rubric.tab.h"

struct marking {
    struct words *words;
    struct map declared; /* names that the text itself declares, or what it uses and amends */
    const struct ast *parent, *above;
};

/* ---------------------------------------------------------------- names */

/* The parts of a path that declares, and of one that stands in an expression; others name what is elsewhere. */
static bool declares_path(const struct ast *owner)
{
    return owner->kind == AST_section || owner->kind == AST_criterion || owner->kind == AST_extra;
}

static bool refers(enum ast_kind kind)
{
    return kind == AST_st_by || kind == AST_decision || kind == AST_row_of || kind == AST_quantity ||
           kind == AST_t_numeric || kind == AST_entry || kind == AST_exception || kind == AST_v_list ||
           kind == AST_v_except || kind == AST_v_row || kind == AST_h_transition;
}

static void note_declared(struct marking *marking, const struct ast *name)
{
    const struct ast *parent = marking->parent, *above = marking->above;
    bool declared = parent->kind == AST_path ? above != NULL && declares_path(above) : !refers(parent->kind);
    if (declared) {
        map_put(&marking->declared, ast_text(name), marking);
    }
}

static bool is_declared(const struct marking *marking, const char *name)
{
    return name != NULL && map_find(&marking->declared, name) != NULL;
}

/* Known to everyone, and not declared under any of its names. */
static bool is_predefined(const struct marking *marking, const struct ast *name, const struct word *word)
{
    const struct ast *parent = marking->parent, *above = marking->above;
    const char *text = ast_text(name), *english = keyword_canonical(text);
    if (english == NULL || is_declared(marking, text) || is_declared(marking, english) ||
        is_declared(marking, keyword_in(english, LANG_ZH))) {
        return false;
    }
    if (parent->kind == AST_st_by || parent->kind == AST_decision) {
        return str_equal(english, "unit") && word[-1].kind == TOKEN_BY;
    }
    if (parent->kind == AST_row_of) {
        return str_equal(english, "any");
    }
    if (parent->kind != AST_path || above == NULL || marking->words->call->facts) {
        return false;
    }
    if (above->kind == AST_e_call && word[1].kind == TOKEN_LPAREN) {
        return true;
    }
    bool elsewhere = declares_path(above) || refers(above->kind) || above->kind == AST_repeal ||
                     above->kind == AST_place || above->kind == AST_set_part || above->kind == AST_setting;
    return !elsewhere &&
           (keyword_predefined(text) != NULL || str_equal(english, "total") || str_equal(english, "score") ||
            str_equal(english, "cap") || str_equal(english, "skipped"));
}

/* Is every name known that is declared? Not where other files may declare some and were not read. */
static bool sees_all(const struct words *words)
{
    if (words->call->resolved) {
        return true;
    }
    for (size_t i = 0; i < words->list.count; i++) {
        const struct word *word = &words->list.items[i];
        if (word->kind == TOKEN_USE || word->kind == TOKEN_AMENDS) {
            return false;
        }
    }
    return true;
}

static void mark_name(struct marking *marking, const struct ast *name, bool all)
{
    struct words *words = marking->words;
    struct word *word = words_find(words, name->span.start);
    if (word == NULL || word->token->span.end != name->span.end) {
        return; /* the unit of a number */
    }
    word->kind = TOKEN_NAME;
    bool quoted = name->span.source->text[name->span.start] == '`';
    bool predefined = !quoted && is_predefined(marking, name, word);
    word->stays = !all || !predefined;
    if (predefined && !all && words->unsure == NULL && words->call->translate &&
        span_tongue(name->span) != words->call->to) {
        words->unsure = word;
    }
}

/* ---------------------------------------------------------------- spellings that hang on their place */

static void spell_so(struct word *word, int kind, const char *chinese)
{
    if (word != NULL && word->kind == kind) {
        word->chinese = chinese;
    }
}

static void mark_spelling(struct words *words, const struct ast *node, struct word *word)
{
    switch ((int)node->kind) {
    case AST_q_otherwise: spell_so(word, TOKEN_OTHERWISE, "缺省"); break;
    case AST_authority:
        for (struct word *at = word; at->token->span.start < node->span.end; at++) {
            spell_so(at, TOKEN_KEY, "公钥");
        }
        break;
    case AST_e_of: spell_so(word, TOKEN_GE, "至少"); break;
    case AST_s_table:
    case AST_grades_by: spell_so(word + 1, TOKEN_BY, "按"); break;
    case AST_s_bands:
        if (AST(s_bands, node)->ladder != NULL) {
            spell_so(words_find(words, AST(s_bands, node)->ladder->span.start) - 1, TOKEN_BY, "按");
        }
        break;
    case AST_h_transition:
        if (AST(h_transition, node)->by != NULL) {
            spell_so(words_find(words, AST(h_transition, node)->by->span.start) - 1, TOKEN_BY, "按");
        }
        break;
    case AST_v_share:
        if (word[1].kind == TOKEN_DIVIDE) {
            word[1].tight = true;
        }
        break;
    default: break;
    }
}

/* ---------------------------------------------------------------- statements and their columns */

static bool is_item(const struct ast *node, const struct ast *parent, const struct words *words,
                    const struct word *word)
{
    if (parent == NULL) {
        return false;
    }
    if (parent->kind == AST_rubric_file || parent->kind == AST_facts_file) {
        return true;
    }
    const struct word *outer = words_find((struct words *)words, parent->span.start);
    return outer != NULL && node != parent && word->depth == outer->depth + 1;
}

/* Columns of a declaration: what is reported under a name, its label, what it comes to, where that is from. */
enum { COLUMN_LABEL = 1, COLUMN_VALUE, COLUMN_CITE };

static void begin(struct word *word, enum cell cell, size_t column)
{
    word->cell = cell;
    word->column = column;
}

/* The first word of a kind at the level of the statement, from `word` on and before `end`; NULL: there is none. */
static struct word *find_at_level(struct word *word, uint32_t end, int kind)
{
    size_t depth = word->depth;
    for (; word->token->span.start < end && word->kind != TOKEN_YYEOF; word++) {
        if (word->depth == depth && word->inner == 0 && word->kind == kind) {
            return word;
        }
    }
    return NULL;
}

static void cell_at(struct word *item, uint32_t end, int kind, enum cell cell)
{
    struct word *found = find_at_level(item, end, kind);
    if (found != NULL && found != item) {
        begin(found, cell, 1);
    }
}

/* NAME "label" = VALUE cite "…", and what is like it. */
static void mark_declaration(struct word *item, const struct ast *node)
{
    static const int closers[] = {TOKEN_EQ, TOKEN_COLON, TOKEN_WHEN, TOKEN_VALID, TOKEN_KEY};
    uint32_t end = node->span.end;
    struct word *close = NULL;
    for (size_t i = 0; i < sizeof closers / sizeof *closers && close == NULL; i++) {
        close = find_at_level(item + 1, end, closers[i]);
    }
    if (close != NULL) {
        bool mark = close->kind == TOKEN_EQ || close->kind == TOKEN_COLON;
        begin(close, mark ? CELL_NEAR : CELL_FAR, COLUMN_VALUE);
    }
    struct word *cite = node->kind == AST_fact ? NULL : find_at_level(item, end, TOKEN_CITE);
    if (cite != NULL) {
        begin(cite, CELL_FAR, COLUMN_CITE);
    }
    struct word *label = find_at_level(item, end, TOKEN_STRING);
    bool before = label != NULL && (close == NULL || label < close) && (cite == NULL || label < cite);
    if (before && label - item > (node->kind == AST_fact || node->kind == AST_rung ? 0 : 1)) {
        begin(label, CELL_FAR, COLUMN_LABEL);
    }
}

/* The label at the end of a rule. */
static void mark_label(struct word *item, const struct ast *node)
{
    struct word *last = NULL;
    for (struct word *at = item; at->token->span.start < node->span.end && at->kind != TOKEN_YYEOF; at++) {
        last = at;
    }
    if (last != NULL && last != item && last->kind == TOKEN_STRING && last->depth == item->depth) {
        begin(last, CELL_FAR, 1);
    }
}

static void mark_row(struct word *item, const struct ast *node)
{
    size_t column = 0;
    for (struct word *at = item + 1; at->token->span.start < node->span.end && at->kind != TOKEN_YYEOF;
         at++) {
        if (at->kind == TOKEN_BAR) {
            begin(at, CELL_NEAR, ++column);
        }
    }
}

static void mark_entry(struct words *words, struct word *item, const struct ast *node)
{
    cell_at(item, node->span.end, TOKEN_EQ, CELL_NEAR);
    const struct ast_entry *entry = AST(entry, node);
    for (size_t i = 0; i < entry->proofs.count; i++) {
        struct word *proof = words_find(words, entry->proofs.items[i]->span.start);
        if (proof != NULL) {
            begin(proof, CELL_FAR, 2 + i);
        }
    }
}

static void mark_cells(struct words *words, struct word *item, const struct ast *node)
{
    switch ((int)node->kind) {
    case AST_h_text:
    case AST_h_issued:
    case AST_h_period:
    case AST_h_transition:
    case AST_h_total:
    case AST_h_scores:
    case AST_h_skipped:
    case AST_h_columns:
    case AST_h_final: begin(item + 1, CELL_FAR, 1); break;
    case AST_fact:
    case AST_threshold:
    case AST_define:
    case AST_show:
    case AST_unit:
    case AST_title:
    case AST_authority:
    case AST_require:
    case AST_veto:
    case AST_qualifies:
    case AST_rung: mark_declaration(item, node); break;
    case AST_band:
    case AST_case:
    case AST_row_of:
    case AST_dated: cell_at(item, node->span.end, TOKEN_COLON, CELL_NEAR); break;
    case AST_s_full:
    case AST_s_points:
    case AST_s_per:
    case AST_s_prorata:
    case AST_s_earn:
    case AST_s_loss:
    case AST_s_deduct:
    case AST_s_deduct_per:
    case AST_notch: mark_label(item, node); break;
    case AST_entry: mark_entry(words, item, node); break;
    case AST_decision: begin(item + 2, CELL_NEAR, 1); break;
    case AST_v_row: mark_row(item, node); break;
    default: break;
    }
}

/* ---------------------------------------------------------------- the walk */

static void note(const struct ast *node, void *data)
{
    struct marking *marking = data;
    if (node->kind == AST_name && marking->parent != NULL) {
        note_declared(marking, node);
    }
    struct marking inside = *marking;
    inside.above = marking->parent;
    inside.parent = node;
    ast_each(node, note, &inside);
    marking->declared = inside.declared;
}

struct walk {
    struct marking marking;
    bool all;
};

static void mark(const struct ast *node, void *data)
{
    struct walk *walk = data;
    const struct ast *parent = walk->marking.parent;
    struct words *words = walk->marking.words;
    struct word *word = node->span.start < node->span.end ? words_find(words, node->span.start) : NULL;
    if (node->kind == AST_name && parent != NULL) {
        mark_name(&walk->marking, node, walk->all);
    } else if (word != NULL) {
        mark_spelling(words, node, word);
        if (is_item(node, parent, words, word)) {
            word->item = node;
        }
    }
    struct walk inside = *walk;
    inside.marking.above = parent;
    inside.marking.parent = node;
    ast_each(node, mark, &inside);
}

void words_mark(struct words *words)
{
    struct walk walk = {.marking = {.words = words}, .all = sees_all(words)};
    note(words->tree, &walk.marking);
    for (size_t i = 0; i < words->call->others.count; i++) {
        note(words->call->others.items[i], &walk.marking);
    }
    mark(words->tree, &walk);
    for (size_t i = 0; i < words->list.count; i++) {
        struct word *word = &words->list.items[i];
        if (word->item != NULL) {
            mark_cells(words, word, word->item);
        }
    }
}
