#include "amend/same_type.h"

static const struct ast *first_value(const struct ast *value, const struct ast_list *dated)
{
    return value || !dated->count ? value : AST(dated, dated->items[0])->value;
}

/* As words.def names it; NULL: it is worked out. */
static const char *kind_of(const struct ast *value)
{
    switch ((int)value->kind) {
    case AST_number: return "@plain";
    case AST_percent: return "@percentage";
    case AST_quantity: return "@quantity";
    case AST_date: return "@date";
    case AST_span: return "@span";
    case AST_chars: return "@a_length";
    case AST_rows: return "@a_row_count";
    case AST_string: return "@text";
    case AST_word: return "@yesno";
    }
    return NULL;
}

/* 0.96 for 95 %: a share either way. */
static bool is_share(const struct ast *value)
{
    if (value->kind == AST_percent)
        return true;
    if (value->kind != AST_number)
        return false;
    struct num number = AST(number, value)->value;
    return num_compare(number, num_int(0)) >= 0 && num_compare(number, num_int(1)) <= 0;
}

static void check(const struct ast *old, const struct ast *value, const char *name, struct diags *diags)
{
    const char *was = old ? kind_of(old) : NULL, *is = kind_of(value);
    if (!was || !is || str_equal(was, is) || (is_share(old) && is_share(value)))
        return;
    struct diag *diag = diag_add(diags, DIAG_SET_OTHER_TYPE, value->span, name, was, is, NULL);
    diag_other(diag, old->span, "@stated_here");
    if (old->kind == AST_percent && value->kind == AST_number)
        diag_fix(diag, value->span, str_print("%s%%", num_text(AST(number, value)->value)));
}

void same_type_check(const struct ast_threshold *old, const struct ast_set_threshold *set,
                     struct diags *diags)
{
    const struct ast *was = first_value(old->value, &old->dated);
    if (set->value)
        check(was, set->value, ast_text(set->name), diags);
    for (size_t i = 0; i < set->dated.count; i++)
        check(was, AST(dated, set->dated.items[i])->value, ast_text(set->name), diags);
}
