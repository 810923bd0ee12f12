/* Bands: `at least 95% : 4  from 90% to below 95% : 2  otherwise : 0`. Shared with decision tables, whose
 * rows may hold bands. */
#ifndef RUBRIC_SEMA_FORMS_BANDS_H
#define RUBRIC_SEMA_FORMS_BANDS_H
#include "sema/forms/form.h"

/* Does `value` lie in the band? Its set too, if its ends are constants (`constant`). NULL after an error. */
struct ir_node *band_test(const struct scope *scope, struct ir_node *value, const struct ast *value_ast,
                          const struct ast *bound, struct range *set, bool *constant);
/* After all uses: bands of ladders that none of them reaches. */
void ladders_check(struct sema *sema);
#endif
