/* The grammar of .rubric and .facts files, of a line at the prompt, and of one value (`--set T=V`).
 *
 *   "word"     a keyword, in any of its spellings of both tongues (keywords.def), or a mark, full-width ones included
 *   CAPITALS   what the scanner and the tape make: names, numbers, dates, texts in quotes
 *   lost       what stands in place of an item that cannot be read: see src/syntax/recover.c
 *
 * words.awk fills in the keywords. An action is one call of a constructor of ast.def or of src/syntax/build.h.
 * The parser is pushed one token at a time by src/syntax/parse.c, which also says where reading starts. */
%require "3.8"
%define api.pure full
%define api.push-pull push
%define api.prefix {rubric_}
%define api.token.prefix {TOKEN_}
%define api.token.raw
%define api.location.type {struct span}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param {struct parse *parse}

%code requires {
#include "syntax/ast.h"
struct parse;
}
%code provides {
enum { TOKEN_MAX = 256 };

/* What the parser calls: these stand in src/syntax/parse.c. */
void parse_done(struct parse *parse, const struct ast *tree);
void parse_unexpected(struct parse *parse, const int expected[], size_t count);
void rubric_error(const struct span *span, struct parse *parse, const char *message);

/* What is asked of the parser after an error: how many braces are open on its stack, and which tokens it would take now. */
size_t grammar_open_braces(const rubric_pstate *state);
void grammar_acceptable(rubric_pstate *state, bool accepts[TOKEN_MAX]);
}
%code top {
#include "base/mem.h"
}
%code {
#include "syntax/build.h"

#define YYMALLOC mem_alloc
#define YYFREE mem_parser_free
#define YYMAXDEPTH 6000
#define YYLLOC_DEFAULT(all, right, count) \
    ((all) = (count) ? span_join(YYRHSLOC(right, 1), YYRHSLOC(right, count)) : span_after(YYRHSLOC(right, 0)))
#define NONE ((struct ast_list){0})
}

%union { struct ast *node; struct ast_list list; long code; }

%token START_RUBRIC START_FACTS START_LINE START_VALUE RESUME
%token <node> NAME NUMBER PERCENT DATE SPAN CHARS ROWCOUNT QUANTITY STRING
%token ROW BAR "|" DOTDOT ".." DOT "." COMMA "," SEMICOLON ";" COLON ":"
%token PLUS "+" MINUS "-" TIMES "*" DIVIDE "/"
%token LPAREN "(" RPAREN ")" LBRACE "{" RBRACE "}" LBRACKET "[" RBRACKET "]"
@TOKENS@

%nterm <node> name simple plain placed fact_name path label cited
%nterm <node> decl standard amends header transition counted_by of_sum grid mix period literal truth group use number magnitude column apart
%nterm <node> facts fact_decl qual limit type unit choice_value col rows_from scale unit_decl other_unit
%nterm <node> threshold dated_value define param show ladder pattern
%nterm <node> section extra criterion only like attr part loss remark rule earning banded points measure up_to down_to
%nterm <node> band bound result case row_of test_of step judged judged_range range judged_step judged_by deduction lost
%nterm <node> require veto qualifies grades grade_rule last_rung grade_row rung notch
%nterm <node> authority title stage stage_rule delay
%nterm <node> test test_line expectation override property law change replacement new_facts insertion place beside repealed
%nterm <node> expr item all either not source in_source cond comparison sum product unary primary aggregate best_per dropping
%nterm <node> fact_line entry proof fact_value exception stretch value row cell repl
%nterm <list> names paths decls headers lines lines_to_cite ends columns final numbers
%nterm <list> fact_decls quals legal choices cols col_list col_legal rungs dated params param_list
%nterm <list> attrs parts rules earnings bands cases rows_of tests_of steps sums
%nterm <list> grade_rules grade_rows notches stage_rules test_lines expectations overrides
%nterm <list> ranked eithers boths conds args fact_lines entries proofs exceptions spread values rows cells
%nterm <code> rounding skipped_as plain_type numeric_type extra_kind begun upper_open lower_open loss_kind remark_kind
%nterm <code> part_kind gate_kind named_kind quoted_kind quantifier compare span_from fold outcome

%%
file
  : START_RUBRIC decls                                  { parse_done(parse, ast_rubric_file($2, @2)); }
  | START_FACTS fact_lines                              { parse_done(parse, ast_facts_file($2, @2)); }
  | START_LINE repl                                     { parse_done(parse, $2); }
  | START_VALUE fact_value                              { parse_done(parse, $2); }
  ;
repl
  : expr
  | "set" entry                                         { $$ = ast_repl_set($2, @$); }
  | "set" "threshold" name EQ fact_value                { $$ = ast_setting($3, $5, @$); }
  ;
lost : error RESUME                                     { $$ = NULL; yyerrok; } ;

/* ------------------------------------------------------------------------------------------------------ names */
simple
  : NAME
  | word                                                { $$ = name_of_word(@1); }
  ;
plain
  : simple
  | "settled"                                           { $$ = name_of_word(@1); }
  ;
word :
@WORDS@
  ;
name
  : plain
  | placed
  ;
placed
  : "by"                                                { $$ = name_of_word(@1); }
  | "table"                                             { $$ = name_of_word(@1); }
  | "document"                                          { $$ = name_of_word(@1); }
  ;
path
  : name                                                { $$ = ast_path(list_one($1), @$); }
  | path "." name                                       { $$ = path_add($1, $3, @$); }
  ;
names
  : name                                                { $$ = list_one($1); }
  | names "," name                                      { $$ = list_add($1, $3); }
  ;
paths
  : path                                                { $$ = list_one($1); }
  | paths "," path                                      { $$ = list_add($1, $3); }
  ;
label
  : %empty                                              { $$ = NULL; }
  | STRING
  ;
comma : %empty | "," ;
cited
  : %empty                                              { $$ = NULL; }
  | "cite" STRING                                       { $$ = $2; }
  ;

/* ----------------------------------------------------------------------------------------------- declarations */
decls
  : %empty                                              { $$ = NONE; }
  | decls decl                                          { $$ = list_add($1, $2); }
  ;
decl
  : standard | use | facts | scale | unit_decl | threshold | define | show | ladder | pattern
  | section | criterion | extra
  | require | veto | qualifies | grades | authority | title | stage
  | test | property | change
  | ";"                                                 { $$ = NULL; }
  | lost
  ;
standard
  : "standard" name label amends "{" headers "}"        { $$ = ast_standard($2, $3, $4, $6, @$); } ;
amends
  : %empty                                              { $$ = NULL; }
  | "amends" STRING                                     { $$ = $2; }
  ;
headers : lines | lines_to_cite ;
lines
  : %empty                                              { $$ = NONE; }
  | lines header                                        { $$ = list_add($1, $2); }
  | lines_to_cite header                                { $$ = list_add($1, $2); }
  | lines "cite" STRING                                 { $$ = list_add($1, ast_h_text(HEADER_CITE, $3, span_join(@2, @3))); }
  | lines_to_cite "cite" STRING                         { $$ = transition_cited($1, $3, @3); }
  ;
/* a transition is the last of them: a `cite` behind it is its own */
lines_to_cite
  : lines transition                                    { $$ = list_add($1, $2); }
  | lines_to_cite transition                            { $$ = list_add($1, $2); }
  ;
transition : "transition until" DATE counted_by         { $$ = ast_h_transition($2, $3, NULL, @$); } ;
counted_by
  : %empty                                              { $$ = NULL; }
  | "by" name                                           { $$ = $2; }
  ;
header
  : "edition" STRING                                    { $$ = ast_h_text(HEADER_EDITION, $2, @$); }
  | "issuer" STRING                                     { $$ = ast_h_text(HEADER_ISSUER, $2, @$); }
  | "note" STRING                                       { $$ = ast_h_text(HEADER_NOTE, $2, @$); }
  | "issued" DATE                                       { $$ = ast_h_issued($2, @$); }
  | "period" period                                     { $$ = ast_h_period($2, NULL, @$); }
  | "period" DATE "to" DATE                             { $$ = ast_h_period($2, $4, @$); }
  | "total" NUMBER of_sum grid ends                     { $$ = ast_h_total($2, $3, $4, $5, @$); }
  | "scores" "to" NUMBER rounding                       { $$ = ast_h_scores(ast_grid($3, $4, span_join(@3, @4)), @$); }
  | "skipped" skipped_as                                { $$ = ast_h_skipped($2, @$); }
  | "better lower"                                      { $$ = ast_h_better_lower(@$); }
  | "columns" columns apart                             { $$ = ast_h_columns($2, $3, @$); }
  | "final" name                                        { $$ = ast_h_final($2, NONE, @$); }
  | "final" final                                       { $$ = ast_h_final(NULL, $2, @$); }
  | ";"                                                 { $$ = NULL; }
  | lost
  ;
period : NUMBER | SPAN ;
of_sum
  : %empty                                              { $$ = NULL; }
  | "of" NUMBER                                         { $$ = $2; }
  ;
grid
  : %empty                                              { $$ = NULL; }
  | "to" NUMBER rounding                                { $$ = ast_grid($2, $3, span_join(@2, @3)); }
  ;
rounding
  : "half up"                                           { $$ = NUM_HALF_UP; }
  | "half even"                                         { $$ = NUM_HALF_EVEN; }
  | "up"                                                { $$ = NUM_UP; }
  | "down"                                              { $$ = NUM_DOWN; }
  ;
ends
  : %empty                                              { $$ = NONE; }
  | ends "at least" number                              { $$ = list_add($1, ast_q_limit(CMP_GE, $3, span_join(@2, @3))); }
  | ends "at most" number                               { $$ = list_add($1, ast_q_limit(CMP_LE, $3, span_join(@2, @3))); }
  ;
skipped_as
  : "rescale"                                           { $$ = SKIP_RESCALE; }
  | "full"                                              { $$ = SKIP_FULL; }
  | "zero"                                              { $$ = SKIP_ZERO; }
  ;
columns
  : column                                              { $$ = list_one($1); }
  | columns "," column                                  { $$ = list_add($1, $3); }
  ;
column : name label                                     { $$ = ast_labelled($1, $2, @$); } ;
apart
  : %empty                                              { $$ = NULL; }
  | "differ by" "at most" points                        { $$ = $3; }
  ;
final
  : mix                                                 { $$ = list_one($1); }
  | final "+" mix                                       { $$ = list_add($1, $3); }
  ;
mix : PERCENT name                                      { $$ = ast_mix($1, $2, @$); } ;
number
  : magnitude
  | "-" magnitude                                       { $$ = number_negated($2, @$); }
  ;
magnitude : NUMBER | PERCENT | QUANTITY ;
numbers
  : number                                              { $$ = list_one($1); }
  | numbers "," number                                  { $$ = list_add($1, $3); }
  ;
use : "use" STRING                                      { $$ = ast_use($2, @$); } ;

/* ------------------------------------------------------------------------------------------------------ facts */
facts
  : "facts" name label "{" fact_decls "}"               { $$ = ast_facts($2, $3, $5, @$); }
  | "facts" STRING "{" fact_decls "}"                   { $$ = ast_facts(NULL, $2, $4, @$); }
  ;
fact_decls
  : %empty                                              { $$ = NONE; }
  | fact_decls fact_decl                                { $$ = list_add($1, $2); }
  ;
fact_decl
  : fact_name label ":" type quals                      { $$ = ast_fact($1, $2, $4, $5, @$); }
  | fact_name label ":" type legal                      { $$ = ast_fact($1, $2, $4, $5, @$); }
  | ";"                                                 { $$ = NULL; }
  | lost
  ;
/* `settled` after a type belongs to the fact before: where it is the name of one, the tape says so */
fact_name : simple | placed ;
/* `legal` ends in a list of values: a comma after it is followed by a value or by the next qualifier */
quals
  : %empty                                              { $$ = NONE; }
  | quals comma qual                                    { $$ = list_add($1, $3); }
  | legal comma qual                                    { $$ = list_add($1, $3); }
  ;
legal
  : quals comma "one of" number                         { $$ = list_add($1, ast_q_one_of(list_one($4), span_join(@3, @4))); }
  | legal comma "one of" number                         { $$ = list_add($1, ast_q_one_of(list_one($4), span_join(@3, @4))); }
  | legal "," number                                    { $$ = legal_more($1, $3); }
  ;
qual
  : "evidence required"                                 { $$ = ast_q_flag(FLAG_EVIDENCE_REQUIRED, @$); }
  | "otherwise" value                                   { $$ = ast_q_otherwise($2, @$); }
  | "or" "n/a"                                          { $$ = ast_q_flag(FLAG_OR_NA, @$); }
  | "within" number ".." number                         { $$ = ast_q_within($2, $4, @$); }
  | "within" DATE ".." DATE                             { $$ = ast_q_within($2, $4, @$); }
  | "in steps of" magnitude                             { $$ = ast_q_steps($2, @$); }
  | "at most" limit                                     { $$ = ast_q_limit(CMP_LE, $2, @$); }
  | "at least" limit                                    { $$ = ast_q_limit(CMP_GE, $2, @$); }
  | "exactly" NUMBER                                    { $$ = ast_q_exactly($2, @$); }
  | "exactly" ROWCOUNT                                  { $$ = ast_q_exactly($2, @$); }
  | "key" name                                          { $$ = ast_q_key($2, @$); }
  | "none counts as" number                             { $$ = ast_q_none_counts($2, @$); }
  | "none is n/a"                                       { $$ = ast_q_flag(FLAG_NONE_IS_NA, @$); }
  | "bears the date" DATE                               { $$ = ast_q_dated($2, @$); }
  | "settled"                                           { $$ = ast_q_flag(FLAG_SETTLED, @$); }
  | "can only grow"                                     { $$ = ast_q_flag(FLAG_CAN_ONLY_GROW, @$); }
  | "can only fall"                                     { $$ = ast_q_flag(FLAG_CAN_ONLY_FALL, @$); }
  | "cite" STRING                                       { $$ = ast_q_cite($2, @$); }
  ;
limit : path | number | CHARS | ROWCOUNT | DATE | SPAN ;
type
  : plain_type                                          { $$ = ast_t_plain($1, @$); }
  | numeric_type unit                                   { $$ = ast_t_numeric($1, $2, @$); }
  | "choice" "{" choices comma "}"                      { $$ = ast_t_choice($3, @$); }
  | "list of" type                                      { $$ = ast_t_list($2, @$); }
  | "table" "{" cols "}" rows_from                      { $$ = ast_t_table($3, $5, @$); }
  | NAME                                                { $$ = ast_t_named($1, @$); }
  ;
plain_type
  : "yesno"                                             { $$ = PLAIN_YESNO; }
  | "share"                                             { $$ = PLAIN_SHARE; }
  | "date"                                              { $$ = PLAIN_DATE; }
  | "text"                                              { $$ = PLAIN_TEXT; }
  | "months"                                            { $$ = PLAIN_MONTHS; }
  | "document"                                          { $$ = PLAIN_DOCUMENT; }
  ;
numeric_type
  : "count"                                             { $$ = NUMERIC_COUNT; }
  | "amount"                                            { $$ = NUMERIC_AMOUNT; }
  | "number"                                            { $$ = NUMERIC_NUMBER; }
  ;
unit
  : %empty                                              { $$ = NULL; }
  | "(" name ")"                                        { $$ = $2; }
  ;
choices
  : choice_value                                        { $$ = list_one($1); }
  | choices "," choice_value                            { $$ = list_add($1, $3); }
  ;
choice_value : name label                               { $$ = ast_labelled($1, $2, @$); } ;
cols
  : col_list comma
  | col_legal comma
  ;
col_list
  : col                                                 { $$ = list_one($1); }
  | col_list "," col                                    { $$ = list_add($1, $3); }
  | col_legal "," col                                   { $$ = list_add($1, $3); }
  | col_list qual                                       { $$ = column_qualified($1, $2); }
  | col_legal qual                                      { $$ = column_qualified($1, $2); }
  ;
col_legal
  : col_list "one of" number                            { $$ = column_qualified($1, ast_q_one_of(list_one($3), span_join(@2, @3))); }
  | col_legal "one of" number                           { $$ = column_qualified($1, ast_q_one_of(list_one($3), span_join(@2, @3))); }
  | col_legal "," number                                { $$ = column_legal_more($1, $3); }
  ;
col : name label ":" type                               { $$ = ast_fact($1, $2, $4, NONE, @$); } ;
rows_from
  : %empty                                              { $$ = NULL; }
  | "from" STRING                                       { $$ = $2; }
  ;
scale : "scale" name label "{" rungs "}"                { $$ = ast_scale($2, $3, $5, @$); } ;
rungs
  : column                                              { $$ = list_one($1); }
  | rungs "below" column                                { $$ = list_add($1, $3); }
  ;
unit_decl : "unit" name label EQ other_unit             { $$ = ast_unit($2, $3, $5, @$); } ;
other_unit
  : NUMBER NAME                                         { $$ = quantity_of($1, $2, @$); }
  | NUMBER | QUANTITY | SPAN | CHARS | ROWCOUNT
  ;

/* ------------------------------------------------------------------------------------ thresholds, definitions */
threshold
  : "threshold" name label cited                        { $$ = ast_threshold($2, $3, NULL, NONE, $4, @$); }
  | "threshold" name label EQ expr cited                { $$ = ast_threshold($2, $3, $5, NONE, $6, @$); }
  | "threshold" name label "{" dated "}"                { $$ = ast_threshold($2, $3, NULL, $5, NULL, @$); }
  ;
dated
  : dated_value                                         { $$ = list_one($1); }
  | dated dated_value                                   { $$ = list_add($1, $2); }
  ;
dated_value
  : "from" DATE ":" expr cited                          { $$ = ast_dated($2, $4, $5, @$); }
  | lost
  ;
define : "define" name params label EQ expr cited       { $$ = ast_define($2, $3, $4, $6, $7, @$); } ;
params
  : %empty                                              { $$ = NONE; }
  | "(" param_list ")"                                  { $$ = $2; }
  ;
param_list
  : param                                               { $$ = list_one($1); }
  | param_list "," param                                { $$ = list_add($1, $3); }
  ;
param : name label ":" type                             { $$ = ast_param($1, $2, $4, @$); } ;
show : "show" name label EQ expr cited                  { $$ = ast_show($2, NONE, $3, $5, $6, @$); } ;
ladder : "ladder" name label "{" bands "}"              { $$ = ast_ladder($2, $3, $5, @$); } ;
pattern : "pattern" name params label "{" parts "}"     { $$ = ast_pattern($2, $3, $4, $6, @$); } ;

/* --------------------------------------------------------------------------------------- sections and criteria */
section
  : "section" path label attrs "{" parts "}"            { $$ = ast_section($2, $3, $4, $6, NULL, @$); }
  | "section" path label attrs like                     { $$ = ast_section($2, $3, $4, NONE, $5, @$); }
  ;
extra
  : extra_kind path label attrs only "{" parts "}"      { $$ = ast_extra($1, $2, $3, $4, $5, $7, NULL, @$); }
  | extra_kind path label attrs only like               { $$ = ast_extra($1, $2, $3, $4, $5, NONE, $6, @$); }
  ;
extra_kind
  : "bonus"                                             { $$ = false; }
  | "penalty"                                           { $$ = true; }
  ;
only
  : %empty                                              { $$ = NULL; }
  | "when" expr                                         { $$ = $2; }
  ;
like
  : "like" name                                         { $$ = ast_like($2, NONE, @$); }
  | "like" name "(" args ")"                            { $$ = ast_like($2, $4, @$); }
  ;
criterion
  : "criterion" path label attrs "{" rules "}"          { $$ = ast_criterion($2, $3, $4, $6, @$); } ;
attrs
  : %empty                                              { $$ = NONE; }
  | attrs attr                                          { $$ = list_add($1, $2); }
  ;
attr
  : "cap" NUMBER                                        { $$ = ast_a_cap($2, NULL, @$); }
  | "cap" NUMBER "of" NUMBER                            { $$ = ast_a_cap($2, $4, @$); }
  | "weight" PERCENT                                    { $$ = ast_a_weight($2, @$); }
  | "minimum" PERCENT                                   { $$ = ast_a_minimum($2, NULL, @$); }
  | "cite" STRING                                       { $$ = ast_a_cite($2, @$); }
  ;
parts
  : %empty                                              { $$ = NONE; }
  | parts part                                          { $$ = list_add($1, $2); }
  ;
part
  : section | criterion | extra | loss | remark
  | "minimum" PERCENT label                             { $$ = ast_a_minimum($2, $3, @$); }
  | ";"                                                 { $$ = NULL; }
  | lost
  ;
loss : loss_kind "when" expr label                      { $$ = ast_s_loss($1, $3, $4, @$); } ;
loss_kind
  : "zero"                                              { $$ = false; }
  | "skip"                                              { $$ = true; }
  ;
remark : remark_kind STRING                             { $$ = ast_s_remark($1, $2, @$); } ;
remark_kind
  : "cite"                                              { $$ = REMARK_CITE; }
  | "evidence"                                          { $$ = REMARK_EVIDENCE; }
  | "note"                                              { $$ = REMARK_NOTE; }
  | "interpretation"                                    { $$ = REMARK_INTERPRETATION; }
  ;
rules
  : %empty                                              { $$ = NONE; }
  | rules rule                                          { $$ = list_add($1, $2); }
  ;
rule
  : earning | deduction | loss | remark
  | ";"                                                 { $$ = NULL; }
  | lost
  ;
earning
  : "full" "when" expr label                            { $$ = ast_s_full($3, $4, @$); }
  | points "when" expr label                            { $$ = ast_s_points($1, $3, $4, @$); }
  | points "per" sum begun up_to label                  { $$ = ast_s_per($1, $3, $4, $5, $6, @$); }
  | "prorata" sum label                                 { $$ = ast_s_prorata($2, $3, @$); }
  | banded
  | "choose" "{" cases "}"                              { $$ = ast_s_choose($3, @$); }
  | "choose" "by" sums "{" rows_of "}"                  { $$ = ast_s_table($3, $5, @$); }
  | "best of" "{" earnings "}"                          { $$ = ast_s_best($3, @$); }
  | "steps" sum "from" sum "{" steps "}" up_to down_to  { $$ = ast_s_steps($2, $4, $6, $8, $9, @$); }
  | judged
  | "earn" expr label                                   { $$ = ast_s_earn($2, $3, @$); }
  ;
begun
  : %empty                                              { $$ = false; }
  | "or part"                                           { $$ = true; }
  ;
banded
  : "bands" sum "{" bands "}"                           { $$ = ast_s_bands($2, $4, NULL, @$); }
  | "bands" sum "by" name                               { $$ = ast_s_bands($2, NONE, $4, @$); }
  ;
sums
  : sum                                                 { $$ = list_one($1); }
  | sums "," sum                                        { $$ = list_add($1, $3); }
  ;
earnings
  : earning                                             { $$ = list_one($1); }
  | lost                                                { $$ = NONE; }
  | earnings earning                                    { $$ = list_add($1, $2); }
  | earnings lost
  | earnings ";"
  ;
points : NUMBER | PERCENT ;
measure : points | path ;
up_to
  : %empty                                              { $$ = NULL; }
  | "up to" measure                                     { $$ = $2; }
  ;
down_to
  : %empty                                              { $$ = NULL; }
  | "down to" measure                                   { $$ = $2; }
  ;
bands
  : band                                                { $$ = list_one($1); }
  | bands band                                          { $$ = list_add($1, $2); }
  | bands ";"
  ;
band
  : bound ":" result                                    { $$ = ast_band($1, $3, @$); }
  | "otherwise" ":" result                              { $$ = ast_band(NULL, $3, @$); }
  | lost
  ;
bound
  : "at least" sum                                      { $$ = ast_bound(CMP_GE, $2, @$); }
  | "at most" sum                                       { $$ = ast_bound(CMP_LE, $2, @$); }
  | "above" sum                                         { $$ = ast_bound(CMP_GT, $2, @$); }
  | "below" sum                                         { $$ = ast_bound(CMP_LT, $2, @$); }
  | EQ sum                                              { $$ = ast_bound(CMP_EQ, $2, @$); }
  | "from" lower_open sum "to" upper_open sum           { $$ = ast_between($2, $3, $5, $6, @$); }
  ;
lower_open
  : %empty                                              { $$ = false; }
  | "above"                                             { $$ = true; }
  ;
upper_open
  : %empty                                              { $$ = false; }
  | "below"                                             { $$ = true; }
  ;
result
  : sum label                                           { $$ = ast_result($1, $2, @$); }
  | "judged" range judged_step judged_by label          { $$ = ast_result(ast_s_judged($2, $3, $4, $5, @$), NULL, @$); }
  | banded                                              { $$ = ast_result($1, NULL, @$); }
  ;
cases
  : case                                                { $$ = list_one($1); }
  | cases case                                          { $$ = list_add($1, $2); }
  | cases ";"
  ;
case
  : "when" expr ":" result                              { $$ = ast_case($2, $4, @$); }
  | "otherwise" ":" result                              { $$ = ast_case(NULL, $3, @$); }
  | lost
  ;
rows_of
  : row_of                                              { $$ = list_one($1); }
  | rows_of row_of                                      { $$ = list_add($1, $2); }
  | rows_of ";"
  ;
row_of
  : tests_of ":" result                                 { $$ = ast_row_of($1, $3, @$); }
  | "otherwise" ":" result                              { $$ = ast_row_of(NONE, $3, @$); }
  | lost
  ;
tests_of
  : test_of                                             { $$ = list_one($1); }
  | tests_of "," test_of                                { $$ = list_add($1, $3); }
  ;
test_of : bound | plain | literal | truth ;
steps
  : step                                                { $$ = list_one($1); }
  | steps step                                          { $$ = list_add($1, $2); }
  | steps ";"
  ;
step
  : points "per" sum "above"                            { $$ = ast_step($1, $3, true, @$); }
  | points "per" sum "below"                            { $$ = ast_step($1, $3, false, @$); }
  | lost
  ;
judged
  : "judged" judged_range judged_step judged_by label   { $$ = ast_s_judged($2, $3, $4, $5, @$); } ;
judged_range
  : %empty                                              { $$ = NULL; }
  | range
  ;
range
  : "from" number "to" number                           { $$ = ast_j_range($2, $4, @$); }
  | "one of" numbers                                    { $$ = ast_j_one_of($2, @$); }
  ;
judged_step
  : %empty                                              { $$ = NULL; }
  | "in steps of" NUMBER                                { $$ = $2; }
  ;
judged_by
  : %empty                                              { $$ = NULL; }
  | "by" name                                           { $$ = $2; }
  ;
deduction
  : "start at" measure                                  { $$ = ast_s_start($2, @$); }
  | "deduct" measure "when" expr label                  { $$ = ast_s_deduct($2, $4, $5, @$); }
  | "deduct" measure "per" sum begun up_to label        { $$ = ast_s_deduct_per($2, $4, $5, $6, $7, @$); }
  ;

/* ---------------------------------------------------------------------------------- outcomes, stages, titles */
require
  : "require" name label "when" expr cited              { $$ = ast_require($2, $3, $5, $6, @$); }
  | "require" STRING "when" expr cited                  { $$ = ast_require(NULL, $2, $4, $5, @$); }
  ;
veto
  : "veto" name label "when" expr cited                 { $$ = ast_veto($2, $3, $5, $6, @$); }
  | "veto" STRING "when" expr cited                     { $$ = ast_veto(NULL, $2, $4, $5, @$); }
  ;
qualifies
  : "qualifies" name label "when" expr cited            { $$ = ast_qualifies($2, $3, $5, $6, @$); } ;
grades
  : "grades" "{" grade_rules "}"                        { $$ = ast_grades($3, NONE, @$); }
  | "grades" "{" grade_rules notch notches "}"          { $$ = ast_grades($3, list_join(list_one($4), $5), @$); }
  | "grades" "{" grade_rules last_rung notches "}"      { $$ = ast_grades(list_add($3, $4), $5, @$); }
  | "grades" "by" sums "{" grade_rows "}"               { $$ = ast_grades_by($3, $5, NONE, @$); }
  | "grades" "by" sums "{" grade_rows notch notches "}" { $$ = ast_grades_by($3, $5, list_join(list_one($6), $7), @$); }
  ;
grade_rules
  : grade_rule                                          { $$ = list_one($1); }
  | grade_rules grade_rule                              { $$ = list_add($1, $2); }
  | grade_rules ";"
  ;
grade_rule
  : rung label "when" expr                              { $$ = ast_rung($1, $2, $4, @$); }
  | lost
  ;
last_rung : "otherwise" rung label                      { $$ = ast_rung($2, $3, NULL, @$); } ;
grade_rows
  : grade_row                                           { $$ = list_one($1); }
  | grade_rows grade_row                                { $$ = list_add($1, $2); }
  | grade_rows ";"
  ;
grade_row
  : tests_of ":" rung label                             { $$ = ast_row_of($1, ast_result($3, $4, span_join(@3, @4)), @$); }
  | "otherwise" ":" rung label                          { $$ = ast_row_of(NONE, ast_result($3, $4, span_join(@3, @4)), @$); }
  | lost
  ;
rung : name | STRING ;
notches
  : %empty                                              { $$ = NONE; }
  | notches notch                                       { $$ = list_add($1, $2); }
  | notches ";"
  ;
notch
  : "no higher than" rung "when" expr label             { $$ = ast_notch(NOTCH_CEILING, $2, NULL, $4, $5, @$); }
  | "no lower than" rung "when" expr label              { $$ = ast_notch(NOTCH_FLOOR, $2, NULL, $4, $5, @$); }
  | "lower" NUMBER "when" expr label                    { $$ = ast_notch(NOTCH_LOWER, NULL, $2, $4, $5, @$); }
  | "raise" NUMBER "when" expr label                    { $$ = ast_notch(NOTCH_RAISE, NULL, $2, $4, $5, @$); }
  ;
authority
  : "authority" name label                              { $$ = ast_authority($2, $3, NULL, @$); }
  | "authority" name label "key" STRING                 { $$ = ast_authority($2, $3, $5, @$); }
  ;
title
  : "title" name label                                  { $$ = ast_title($2, $3, NULL, @$); }
  | "title" name label "valid" SPAN                     { $$ = ast_title($2, $3, $5, @$); }
  | "title" name label "valid" lost                     { $$ = ast_title($2, $3, NULL, @$); } /* the title is there */
  ;
stage : "stage" name label "{" stage_rules "}"          { $$ = ast_stage($2, $3, $5, @$); } ;
stage_rules
  : %empty                                              { $$ = NONE; }
  | stage_rules stage_rule                              { $$ = list_add($1, $2); }
  ;
stage_rule
  : "by" name                                           { $$ = ast_st_by($2, @$); }
  | "after" names delay                                 { $$ = ast_st_after($2, $3, @$); }
  | "due" DATE                                          { $$ = ast_st_due($2, @$); }
  | "each year"                                         { $$ = ast_st_each_year(@$); }
  | "wait" SPAN                                         { $$ = ast_st_wait($2, @$); }
  | "needs" names                                       { $$ = ast_st_needs($2, @$); }
  | "require" expr label                                { $$ = ast_st_require($2, $3, @$); }
  | "quota top" sum "of units"                          { $$ = ast_st_quota($2, QUOTA_NOT_ROUNDED, NONE, @$); }
  | "quota top" sum "of units" comma "rounded" rounding { $$ = ast_st_quota($2, $6, NONE, @$); }
  | "quota top" sum "of units" comma ranked             { $$ = ast_st_quota($2, QUOTA_NOT_ROUNDED, $5, @$); }
  | "quota top" sum "of units" comma "rounded" rounding comma ranked
                                                        { $$ = ast_st_quota($2, $6, $8, @$); }
  | "confers" names                                     { $$ = ast_st_titles(TITLES_CONFERRED, $2, @$); }
  | "revokes" names                                     { $$ = ast_st_titles(TITLES_REVOKED, $2, @$); }
  | "on rejection" "revokes" names                      { $$ = ast_st_titles(TITLES_REVOKED_ON_REJECTION, $3, @$); }
  | "while" expr                                        { $$ = ast_st_while($2, @$); }
  | "cite" STRING                                       { $$ = ast_s_remark(REMARK_CITE, $2, @$); }
  | "note" STRING                                       { $$ = ast_s_remark(REMARK_NOTE, $2, @$); }
  | ";"                                                 { $$ = NULL; }
  | lost
  ;
ranked : "ranked by" paths                              { $$ = $2; } ;
delay
  : %empty                                              { $$ = NULL; }
  | "+" SPAN                                            { $$ = $2; }
  ;

/* ------------------------------------------------------------------------------------------ tests, properties */
test : "test" STRING "{" test_lines "}"                 { $$ = ast_test($2, $4, @$); } ;
test_lines
  : test_line                                           { $$ = list_one($1); }
  | test_lines test_line                                { $$ = list_add($1, $2); }
  | test_lines ";"
  ;
test_line
  : "given" STRING                                      { $$ = ast_test_given($2, NONE, @$); }
  | "given" STRING "with" overrides                     { $$ = ast_test_given($2, $4, @$); }
  | "as of" DATE                                        { $$ = ast_test_as_of($2, @$); }
  | "expect" expectations                               { $$ = ast_test_expect($2, @$); }
  | lost
  ;
expectations
  : expectation                                         { $$ = list_one($1); }
  | expectations "," expectation                        { $$ = list_add($1, $3); }
  ;
expectation
  : cond
  | sum "from" sum "to" sum                             { $$ = ast_test_range($1, $3, $5, @$); }
  ;
overrides
  : override                                            { $$ = list_one($1); }
  | overrides "," override                              { $$ = list_add($1, $3); }
  ;
override
  : path EQ value                                       { $$ = ast_entry(false, $1, $3, NONE, @$); }
  | "score" path EQ value                               { $$ = ast_entry(true, $2, $4, NONE, @$); }
  | "threshold" name EQ value                           { $$ = ast_setting($2, $4, @$); }
  ;
property : "property" STRING ":" law cited              { $$ = ast_property($2, $4, $5, @$); } ;
law
  : "never" expr                                        { $$ = ast_law(LAW_NEVER, $2, @$); }
  | "always" expr                                       { $$ = ast_law(LAW_ALWAYS, $2, @$); }
  | "raising" path "never lowers" path                  { $$ = ast_monotone(true, $2, $4, @$); }
  | "lowering" path "never raises" path                 { $$ = ast_monotone(false, $2, $4, @$); }
  ;

/* -------------------------------------------------------------------------------------------------- amendments */
change
  : "set" "threshold" name EQ expr cited                { $$ = ast_set_threshold($3, $5, NONE, $6, @$); }
  | "set" "threshold" name "{" dated "}"                { $$ = ast_set_threshold($3, NULL, $5, NULL, @$); }
  | "set" part_kind path label attrs                    { $$ = ast_set_part($2, $3, $4, $5, @$); }
  | "replace" replacement                               { $$ = ast_replace($2, @$); }
  | "insert" insertion                                  { $$ = insert_from($2, @$); }
  | "repeal" repealed cited                             { $$ = repeal_cited($2, $3, @$); }
  ;
replacement
  : section | criterion | extra | require | veto | qualifies | grades | stage | authority | title
  | threshold | define | show | ladder | pattern | scale | unit_decl | test | property
  | new_facts
  ;
new_facts : "facts" "{" fact_decls "}"                  { $$ = ast_facts(NULL, NULL, $3, @$); } ;
insertion
  : "criterion" path label attrs place "{" rules "}"    { $$ = ast_insert(ast_criterion($2, $3, $4, $7, @$), $5, @$); }
  | "section" path label attrs place "{" parts "}"      { $$ = ast_insert(ast_section($2, $3, $4, $7, NULL, @$), $5, @$); }
  | "section" path label attrs place like               { $$ = ast_insert(ast_section($2, $3, $4, NONE, $6, @$), $5, @$); }
  | extra_kind path label attrs place only "{" parts "}"
                                                        { $$ = ast_insert(ast_extra($1, $2, $3, $4, $6, $8, NULL, @$), $5, @$); }
  | extra_kind path label attrs place only like         { $$ = ast_insert(ast_extra($1, $2, $3, $4, $6, NONE, $7, @$), $5, @$); }
  | "facts" beside "{" fact_decls "}"                   { $$ = ast_insert(ast_facts(NULL, NULL, $4, @$), $2, @$); }
  ;
place
  : %empty                                              { $$ = NULL; }
  | beside
  ;
beside
  : "after" path                                        { $$ = ast_place(false, $2, @$); }
  | "before" path                                       { $$ = ast_place(true, $2, @$); }
  ;
repealed
  : part_kind path label                                { $$ = ast_repeal($1, list_one($2), $3, NULL, @$); }
  | gate_kind name label                                { $$ = ast_repeal($1, list_one($2), $3, NULL, @$); }
  | gate_kind STRING                                    { $$ = ast_repeal($1, NONE, $2, NULL, @$); }
  | named_kind name label                               { $$ = ast_repeal($1, list_one($2), $3, NULL, @$); }
  | quoted_kind STRING                                  { $$ = ast_repeal($1, NONE, $2, NULL, @$); }
  | "facts" names                                       { $$ = ast_repeal(AST_fact, $2, NULL, NULL, @$); }
  | "grades"                                            { $$ = ast_repeal(AST_grades, NONE, NULL, NULL, @$); }
  ;
part_kind
  : "criterion"                                         { $$ = AST_criterion; }
  | "section"                                           { $$ = AST_section; }
  | "bonus"                                             { $$ = AST_extra; }
  | "penalty"                                           { $$ = AST_extra; }
  ;
gate_kind
  : "require"                                           { $$ = AST_require; }
  | "veto"                                              { $$ = AST_veto; }
  ;
named_kind
  : "qualifies"                                         { $$ = AST_qualifies; }
  | "stage"                                             { $$ = AST_stage; }
  | "authority"                                         { $$ = AST_authority; }
  | "title"                                             { $$ = AST_title; }
  | "threshold"                                         { $$ = AST_threshold; }
  | "define"                                            { $$ = AST_define; }
  | "show"                                              { $$ = AST_show; }
  | "ladder"                                            { $$ = AST_ladder; }
  | "pattern"                                           { $$ = AST_pattern; }
  | "scale"                                             { $$ = AST_scale; }
  | "unit"                                              { $$ = AST_unit; }
  ;
quoted_kind
  : "test"                                              { $$ = AST_test; }
  | "property"                                          { $$ = AST_property; }
  ;

/* ------------------------------------------------------------------------------------------------- expressions */
expr
  : either
  | "if" expr "then" expr "else" expr                   { $$ = ast_e_if($2, $4, $6, @$); }
  | aggregate "where" expr                              { $$ = aggregate_where($1, $3, @$); }
  | sum "is one of" sums                                { $$ = ast_e_one_of($1, $3, @$); }
  ;
/* an expression among commas: a bare `is one of a, b` takes brackets here */
item
  : either
  | "if" expr "then" expr "else" item                   { $$ = ast_e_if($2, $4, $6, @$); }
  | aggregate "where" item                              { $$ = aggregate_where($1, $3, @$); }
  ;
either
  : all
  | eithers                                             { $$ = ast_e_or($1, @$); }
  ;
eithers
  : all "or" all                                        { $$ = list_add(list_one($1), $3); }
  | eithers "or" all                                    { $$ = list_add($1, $3); }
  ;
all
  : not
  | boths                                               { $$ = ast_e_and($1, @$); }
  ;
boths
  : not "and" not                                       { $$ = list_add(list_one($1), $3); }
  | boths "and" not                                     { $$ = list_add($1, $3); }
  ;
not
  : "not" not                                           { $$ = ast_e_not($2, @$); }
  | quantifier source in_source "has" not               { $$ = ast_e_every($1, $2, $3, NULL, $5, 0, NULL, @$); }
  | quantifier source in_source "where" expr "has" not  { $$ = ast_e_every($1, $2, $3, $5, $7, 0, NULL, @$); }
  | quantifier source in_source compare sum             { $$ = ast_e_every($1, $2, $3, NULL, NULL, $4, $5, @$); }
  | "all of" "{" conds comma "}"                        { $$ = ast_e_of(OF_ALL, num_int(0), $3, @$); }
  | "any of" "{" conds comma "}"                        { $$ = ast_e_of(OF_ANY, num_int(0), $3, @$); }
  | "at least" NUMBER "of" "{" conds comma "}"          { $$ = ast_e_of(OF_AT_LEAST, number_value($2), $5, @$); }
  | "qualifies" name                                    { $$ = ast_e_qualifies($2, @$); }
  | comparison
  ;
quantifier
  : "every"                                             { $$ = false; }
  | "some"                                              { $$ = true; }
  ;
source
  : path
  | "section"                                           { $$ = ast_kind_of(false, @$); }
  | "criterion"                                         { $$ = ast_kind_of(true, @$); }
  ;
in_source
  : %empty                                              { $$ = NULL; }
  | "in" source                                         { $$ = $2; }
  ;
conds
  : cond                                                { $$ = list_one($1); }
  | conds "," cond                                      { $$ = list_add($1, $3); }
  ;
cond : item label                                       { $$ = ast_cond($1, $2, @$); } ;
comparison
  : sum
  | sum compare sum                                     { $$ = ast_e_compare($2, $1, $3, @$); }
  | sum "is known"                                      { $$ = ast_e_is_known($1, @$); }
  | sum "is one of" "[" sums "]"                        { $$ = ast_e_one_of($1, $4, @$); }
  ;
compare
  : EQ                                                  { $$ = CMP_EQ; }
  | "is not"                                            { $$ = CMP_NE; }
  | "at least"                                          { $$ = CMP_GE; }
  | "at most"                                           { $$ = CMP_LE; }
  | "above"                                             { $$ = CMP_GT; }
  | "below"                                             { $$ = CMP_LT; }
  ;
sum
  : product
  | sum "+" product                                     { $$ = ast_e_binary('+', $1, $3, @$); }
  | sum "-" product                                     { $$ = ast_e_binary('-', $1, $3, @$); }
  ;
product
  : unary
  | product "*" unary                                   { $$ = ast_e_binary('*', $1, $3, @$); }
  | product "/" unary                                   { $$ = ast_e_binary('/', $1, $3, @$); }
  ;
unary
  : primary
  | "-" unary                                           { $$ = ast_e_negate($2, @$); }
  ;
primary
  : literal | truth | STRING
  | path
  | path "(" args ")"                                   { $$ = ast_e_call($1, $3, @$); }
  | "(" expr ")"                                        { $$ = ast_e_group($2, @$); }
  | aggregate
  | span_from unary "to" unary                          { $$ = ast_e_span_from($1, $2, $4, @$); }
  ;
literal : NUMBER | PERCENT | QUANTITY | SPAN | DATE ;
truth
  : "yes"                                               { $$ = ast_word(WORD_YES, @$); }
  | "no"                                                { $$ = ast_word(WORD_NO, @$); }
  | "unknown"                                           { $$ = ast_word(WORD_UNKNOWN, @$); }
  | "n/a"                                               { $$ = ast_word(WORD_NA, @$); }
  ;
span_from
  : "days from"                                         { $$ = SPAN_DAYS; }
  | "months from"                                       { $$ = SPAN_MONTHS; }
  | "years from"                                        { $$ = SPAN_YEARS; }
  ;
args
  : item                                                { $$ = list_one($1); }
  | args "," item                                       { $$ = list_add($1, $3); }
  ;
aggregate
  : fold source in_source best_per dropping             { $$ = ast_e_aggregate($1, $2, $3, $4, $5, NULL, @$); }
  | fold group in_source best_per dropping              { $$ = ast_e_aggregate($1, $2, $3, $4, $5, NULL, @$); }
  ;
group : "(" expr ")"                                    { $$ = ast_e_group($2, @$); } ;
fold
  : "count of"                                          { $$ = FOLD_COUNT; }
  | "sum of"                                            { $$ = FOLD_SUM; }
  | "mean of"                                           { $$ = FOLD_MEAN; }
  | "highest of"                                        { $$ = FOLD_HIGHEST; }
  | "lowest of"                                         { $$ = FOLD_LOWEST; }
  | "rank of"                                           { $$ = FOLD_RANK; }
  ;
best_per
  : %empty                                              { $$ = NULL; }
  | "highest per" path                                  { $$ = $2; }
  ;
dropping
  : %empty                                              { $$ = NULL; }
  | "dropping" NUMBER "highest" NUMBER "lowest"         { $$ = ast_dropping($2, $4, @$); }
  ;

/* ------------------------------------------------------------------------------------------------- facts files */
fact_lines
  : %empty                                              { $$ = NONE; }
  | fact_lines fact_line                                { $$ = list_add($1, $2); }
  ;
fact_line
  : "unit" STRING                                       { $$ = ast_f_unit(NULL, $2, @$); }
  | "unit" name STRING                                  { $$ = ast_f_unit($2, $3, @$); }
  | "standard" STRING                                   { $$ = ast_f_standard($2, @$); }
  | "period" period                                     { $$ = ast_f_period($2, NULL, @$); }
  | "period" DATE "to" DATE                             { $$ = ast_f_period($2, $4, @$); }
  | "as of" DATE                                        { $$ = ast_f_as_of($2, @$); }
  | "note" STRING                                       { $$ = ast_f_note($2, @$); }
  | entry
  | "review" "by" STRING "on" DATE "{" entries "}"      { $$ = ast_review($3, $5, $7, @$); }
  | "decision" name outcome "on" DATE "by" name label   { $$ = ast_decision($2, $3, $5, $7, $8, @$); }
  | ";"                                                 { $$ = NULL; }
  | lost
  ;
outcome
  : "approved"                                          { $$ = DECISION_APPROVED; }
  | "rejected"                                          { $$ = DECISION_REJECTED; }
  | "returned"                                          { $$ = DECISION_RETURNED; }
  ;
entries
  : %empty                                              { $$ = NONE; }
  | entries entry                                       { $$ = list_add($1, $2); }
  | entries ";"
  | entries lost
  ;
entry
  : path EQ fact_value proofs                           { $$ = ast_entry(false, $1, $3, $4, @$); }
  | "score" path EQ fact_value proofs                   { $$ = ast_entry(true, $2, $4, $5, @$); }
  ;
proofs
  : %empty                                              { $$ = NONE; }
  | proofs proof                                        { $$ = list_add($1, $2); }
  ;
proof
  : STRING                                              { $$ = ast_proof(false, $1, NULL, @$); }
  | "evidence" STRING                                   { $$ = ast_proof(true, $2, NULL, @$); }
  | "evidence" STRING "sha256" STRING                   { $$ = ast_proof(true, $2, $4, @$); }
  ;
fact_value
  : value
  | spread                                              { $$ = ast_v_months($1, @$); }
  | value "except" exceptions                           { $$ = ast_v_except($1, $3, @$); }
  ;
exceptions
  : exception                                           { $$ = list_one($1); }
  | exceptions "," exception                            { $$ = list_add($1, $3); }
  ;
exception
  : QUANTITY                                            { $$ = exception_of_quantity($1, @$); }
  | NUMBER plain                                        { $$ = ast_exception(number_value($1), $2, @$); }
  | NUMBER "by"                                         { $$ = ast_exception(number_value($1), name_of_word(@2), @$); }
  | NUMBER number                                       { $$ = ast_exception(number_value($1), $2, @$); }
  | NUMBER truth                                        { $$ = ast_exception(number_value($1), $2, @$); }
  | NUMBER STRING                                       { $$ = ast_exception(number_value($1), $2, @$); }
  ;
spread
  : stretch "," stretch                                 { $$ = list_add(list_one($1), $3); }
  | spread "," stretch                                  { $$ = list_add($1, $3); }
  ;
stretch
  : NUMBER
  | NUMBER ".." NUMBER                                  { $$ = value_range_of($1, $3, @$); }
  ;
value
  : number | SPAN | CHARS | ROWCOUNT | DATE | STRING | truth | plain
  | "by"                                                { $$ = name_of_word(@1); }
  | NUMBER ".." NUMBER                                  { $$ = value_range_of($1, $3, @$); }
  | NUMBER "of" NUMBER                                  { $$ = share_of($1, $3, @$); }
  | NUMBER "/" NUMBER                                   { $$ = share_of($1, $3, @$); }
  | "[" "]"                                             { $$ = ast_v_list(NONE, @$); }
  | "[" values comma "]"                                { $$ = ast_v_list($2, @$); }
  | "[" value "except" exceptions "]"                   { $$ = ast_v_except($2, $4, @$); }
  | "table" "{" rows "}"                                { $$ = ast_v_table($3, NULL, @$); }
  | "table" "from" STRING                               { $$ = ast_v_table(NONE, $3, @$); }
  | "document" STRING                                   { $$ = ast_v_document($2, NULL, @$); }
  | "document" STRING CHARS                             { $$ = ast_v_document($2, $3, @$); }
  ;
values
  : value                                               { $$ = list_one($1); }
  | values "," value                                    { $$ = list_add($1, $3); }
  ;
rows
  : row                                                 { $$ = list_one($1); }
  | rows row                                            { $$ = list_add($1, $2); }
  ;
row
  : ROW cells                                           { $$ = ast_v_row($2, @$); }
  | lost
  ;
cells
  : cell                                                { $$ = list_one($1); }
  | cells "|" cell                                      { $$ = list_add($1, $3); }
  ;
cell
  : %empty                                              { $$ = ast_word(WORD_UNKNOWN, @$); }
  | value
  ;
%%

/* What the grammar could have gone on with is asked for only here: LAC makes the answer exact. */
static int yyreport_syntax_error(const yypcontext_t *context, struct parse *parse)
{
    yysymbol_kind_t expected[YYNTOKENS];
    int count = yypcontext_expected_tokens(context, expected, YYNTOKENS), tokens[YYNTOKENS];
    for (int i = 0; i < count; i++) {
        tokens[i] = (int)expected[i];                     /* api.token.raw: both are numbered alike */
    }
    parse_unexpected(parse, tokens, (size_t)(count > 0 ? count : 0));
    return 0;
}

size_t grammar_open_braces(const rubric_pstate *state)
{
    size_t open = 0;
    for (const yy_state_t *at = state->yyss; at <= state->yyssp; at++) {
        open += YY_ACCESSING_SYMBOL(*at) == YYSYMBOL_LBRACE;
    }
    return open;
}

void grammar_acceptable(rubric_pstate *state, bool accepts[TOKEN_MAX])
{
    yysymbol_kind_t expected[YYNTOKENS];
    int count = yypstate_expected_tokens(state, expected, YYNTOKENS);
    for (int i = 0; i < TOKEN_MAX; i++) {
        accepts[i] = false;
    }
    for (int i = 0; i < count; i++) {
        accepts[expected[i]] = true;
    }
}

_Static_assert(YYNTOKENS <= TOKEN_MAX, "TOKEN_MAX is too small");
