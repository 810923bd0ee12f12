#include "amend/header.h"
#include "base/date.h"
#include "base/mem.h"

bool header_replaces(const struct ast *own, const struct ast *line)
{
    if (own->kind != line->kind)
        return false;
    if (own->kind != AST_h_text)
        return true;
    long which = AST(h_text, own)->which;
    return which == AST(h_text, line)->which && which != HEADER_CITE && which != HEADER_NOTE;
}

struct ast_list header_lasting(const struct ast_list *lines)
{
    struct ast_list lasting = {MEM_ARRAY(struct ast *, lines->count + 1), 0};
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i]->kind != AST_h_transition)
            lasting.items[lasting.count++] = lines->items[i];
    return lasting;
}

static const struct ast *line_of(const struct ast_standard *header, enum ast_kind kind)
{
    for (size_t i = 0; i < header->headers.count; i++)
        if (header->headers.items[i]->kind == kind)
            return header->headers.items[i];
    return NULL;
}

static void check_days(const struct ast_standard *base, const struct ast_standard *own, struct diags *diags)
{
    const struct ast *earlier = line_of(base, AST_h_issued), *later = line_of(own, AST_h_issued);
    if (!earlier || !later)
        return;
    int64_t from = AST(date, AST(h_issued, earlier)->date)->day,
            to = AST(date, AST(h_issued, later)->date)->day;
    if (to < from)
        diag_other(diag_add(diags, DIAG_AMENDS_EARLIER, later->span, date_text(to), date_text(from), NULL),
                   earlier->span, "@amended_here");
}

const struct ast_standard *header_amended(const struct ast_standard *base, const struct ast_standard *own,
                                          struct diags *diags)
{
    const struct ast_list old = header_lasting(&base->headers);
    size_t count = old.count;
    struct ast **lines = MEM_ARRAY(struct ast *, count + own->headers.count);
    for (size_t i = 0; i < count; i++)
        lines[i] = old.items[i];
    for (size_t i = 0; i < own->headers.count; i++) {
        struct ast *line = own->headers.items[i];
        size_t at = 0;
        while (at < old.count && !(lines[at] == old.items[at] && header_replaces(line, lines[at])))
            at++;
        if (at == old.count)
            at = count++; /* one that stands twice is found twice */
        lines[at] = line;
    }
    check_days(base, own, diags);
    return AST(standard, ast_standard(own->name, own->label ? own->label : base->label, NULL,
                                      (struct ast_list){lines, count}, own->node.span));
}
