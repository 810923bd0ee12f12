#include "amend/clause.h"
#include "base/utf8.h"

static bool is_clause(const struct ast *node, void *data)
{
    const char **found = data;
    if (*found)
        return false;
    if (node->kind == AST_a_cite)
        *found = ast_text(AST(a_cite, node)->text);
    else if (node->kind == AST_q_cite)
        *found = ast_text(AST(q_cite, node)->text);
    else if (node->kind == AST_s_remark && AST(s_remark, node)->which == REMARK_CITE)
        *found = ast_text(AST(s_remark, node)->text);
    return !*found;
}

static const char *own_clause(const struct ast *node)
{
    switch ((int)node->kind) {
    case AST_set_threshold: return ast_text(AST(set_threshold, node)->cite);
    case AST_repeal: return ast_text(AST(repeal, node)->cite);
    case AST_threshold: return ast_text(AST(threshold, node)->cite);
    case AST_define: return ast_text(AST(define, node)->cite);
    case AST_show: return ast_text(AST(show, node)->cite);
    case AST_require: return ast_text(AST(require, node)->cite);
    case AST_veto: return ast_text(AST(veto, node)->cite);
    case AST_qualifies: return ast_text(AST(qualifies, node)->cite);
    case AST_h_transition: return ast_text(AST(h_transition, node)->cite);
    case AST_property: return ast_text(AST(property, node)->cite);
    case AST_dated: return ast_text(AST(dated, node)->cite);
    }
    return NULL;
}

const char *clause_of(const struct ast *node)
{
    const struct ast *inner = node->kind == AST_replace ? AST(replace, node)->part : node;
    const char *clause = own_clause(inner);
    if (node->kind == AST_set_threshold && AST(set_threshold, node)->dated.count)
        clause = own_clause(AST(set_threshold, node)->dated.items[0]);
    if (!clause)
        ast_walk(inner, is_clause, &clause);
    return clause ? clause : str_print("%s:%zu", node->span.source->name, source_line(node->span));
}

const char *clause_remark(const char *word, const char *clause, const char *what, enum lang lang)
{
    const char *text = diag_word(word, lang);
    struct str out = {0};
    str_add(&out, "# ");
    for (; *text != '\0'; text++) {
        bool place = text[0] == '{' && (text[1] == '0' || text[1] == '1') && text[2] == '}';
        if (place)
            str_add(&out, utf8_visible(text[1] == '0' ? clause : what));
        else
            str_add_char(&out, *text);
        text += place ? 2 : 0;
    }
    return str_text(&out);
}
