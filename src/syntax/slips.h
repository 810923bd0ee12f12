/* The common slips of authors. Each recogniser looks at the tokens round the one that did not fit, and where it knows the slip, says what is wrong
 * and returns true. The token at fault is often not the one that fails: recognisers look back. */
#ifndef RUBRIC_SYNTAX_SLIPS_H
#define RUBRIC_SYNTAX_SLIPS_H
#include "syntax/driver.h"

typedef bool slip(struct parse *parse);

/* The tokens near the one that failed, which is 0; before the first and past the last: the end of the file. */
const struct token *slip_token(const struct parse *parse, int offset);
int slip_kind(const struct parse *parse, int offset);
const char *slip_text(const struct parse *parse, int offset);
struct span slip_span(const struct parse *parse, int from, int to);          /* both ends included */
bool slip_same_line(const struct parse *parse, int offset);                  /* is it on the line of the token before it? */

/* What ends there, as a row of words.def: the file, or the line that somebody typed: its source has a name in <>. */
const char *slip_end(const struct parse *parse);
enum lang slip_tongue(const struct parse *parse);                            /* in which most keywords of the file are written */
const char *slip_spelling(const struct parse *parse, int token);             /* a keyword as this file would write it; NULL: none */
void slip_insert(struct diag *diag, struct span span, const char *text);     /* a fix: before the span */
/* The word there is none that can stand there, and `right` is; `sure`: no other can be meant. */
bool slip_instead(struct parse *parse, struct span span, const char *right, bool sure);
/* From the token `from` on to where `to` begins all is too much; one blank stays. `right` is how it reads without. */
bool slip_leave_out(struct parse *parse, int from, int to, const char *right);
bool slip_opens_statement(const struct parse *parse, int offset);             /* the word of a declaration; what stands before is another */
bool slip_is_value(int kind);                                                /* a name or a literal */
bool slip_is_compare(int kind);
bool slip_is_fold(int kind);                                                 /* of `count of`, `sum of` and the like: one value out of many */
bool slip_takes_condition(int kind);                                         /* a condition follows it */
bool slip_wants_value(const struct parse *parse);                            /* an expression could begin here */
const char *slip_nearest(const struct parse *parse, const char *text, bool any); /* the keyword that fits (or any) and is nearest; NULL: none */
const struct token *slip_head(const struct parse *parse, size_t brace);      /* the word that opens the block of this `{` */
bool slip_begins_clause(const struct parse *parse, const struct token *token); /* another word for a clause of a stage, such as `before` for `due` */
int slip_block(const struct parse *parse);                                   /* … of the innermost block; 0 at the top */

int slip_bound_word(const char *words);                                      /* the comparison that `and above`, 以上 behind a number mean; 0: none */

/* The recognisers, in the files slips_*.c. */
slip slip_keyword_split, slip_hidden_keyword, slip_reserved_name, slip_twice, slip_misspelt, slip_name_missing, slip_nothing_after;
slip slip_brace_lost, slip_body_missing, slip_bracket_lost, slip_closes_nothing, slip_other_mark, slip_comment_mark;
slip slip_equals_missing, slip_colon_missing, slip_comma_missing, slip_digits_grouped, slip_date_form, slip_other_file;
slip slip_chained, slip_where_inside, slip_if_inside, slip_else_missing, slip_one_of_bare, slip_after_where, slip_dropping_half, slip_unit_apart;
slip slip_score_equals, slip_bound_behind, slip_if_statement, slip_cap_percent, slip_per_number, slip_bands_bare, slip_grade_colon, slip_comma_stray, slip_braces_wanted;
slip slip_kind_named, slip_span_after, slip_span_before, slip_quotes_missing, slip_remark_late, slip_time_of_day, slip_between, slip_no_before_name, slip_paper_word, slip_too_much, slip_cap_inside, slip_weekday, slip_points_late;
slip slip_two_names, slip_condition_word, slip_joining_word, slip_reckoning_word, slip_percent_word, slip_name_of_words, slip_is_compared;
slip slip_count_unit, slip_except, slip_judged_bare, slip_range_needed, slip_label_of_grade, slip_grade_after_notch, slip_negative_row;
slip slip_band_start, slip_label_late, slip_cap_missing, slip_percent_needed, slip_cell_words, slip_row_in_line, slip_range_mark;
slip slip_words_run_on, slip_remark_bare, slip_out_of, slip_day_first, slip_evidence_alone, slip_comma_extra, slip_words_as_value, slip_period_form, slip_month_words;
slip slip_name_quoted, slip_rounding_late, slip_of_units_missing, slip_clause_word, slip_span_form, slip_date_words;
#endif
