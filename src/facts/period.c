#include "facts/period.h"
#include "base/date.h"

static bool year_of(const struct ast *ast, int64_t *year)
{
    enum { FIRST = 1, LAST = 9999 };
    bool spelled = ast->kind == AST_span && AST(span, ast)->unit == SPAN_YEARS; /* 2017年 */
    if (ast->kind != AST_number && !spelled)
        return false;
    struct num number = spelled ? AST(span, ast)->value : AST(number, ast)->value;
    return num_to_int(number, year) && *year >= FIRST && *year <= LAST;
}

static bool days_of(const struct ast *from, const struct ast *to, struct period *period)
{
    int64_t year;
    if (from->kind == AST_date && to && to->kind == AST_date) {
        *period = (struct period){true, AST(date, from)->day, AST(date, to)->day};
        return true;
    }
    if (to || !year_of(from, &year))
        return false;
    *period = (struct period){true, date_from_civil((int)year, 1, 1), date_from_civil((int)year, 12, 31)};
    return true;
}

void period_read(const struct ast *from, const struct ast *to, struct diags *diags, struct period *period)
{
    struct period read;
    if (!days_of(from, to, &read))
        diag_add(diags, DIAG_PERIOD_UNCLEAR, from->span, span_text(from->span), NULL);
    else if (read.start > read.end)
        diag_add(diags, DIAG_PERIOD_BACKWARDS, span_join(from->span, to->span), NULL);
    else
        *period = read;
}
