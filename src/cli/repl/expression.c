/* What is no command: its value, with what it hangs on; a condition with why it holds or not. */
#include "base/mem.h"
#include "cli/repl/called.h"
#include "cli/repl/commands.h"
#include "cli/repl/words.h"
#include "report/why.h"
#include "syntax/parse.h"

/* `dues = 84/88` is a question; perhaps it was meant as a change. */
static bool asks_for_change(const struct repl *repl, const struct ast *ast, const struct value *answer)
{
    if (ast->kind != AST_e_compare || AST(e_compare, ast)->op != CMP_EQ || value_is_yes(answer)) {
        return false;
    }
    const struct ast *left = AST(e_compare, ast)->left;
    return left->kind == AST_path && map_find(&repl->standard->facts_by_name, ast_path_text(left)) != NULL;
}

/* … where the value is written as none in an expression: `dues = 84 of 88`. */
static bool enters(const struct repl *repl, const char *text)
{
    size_t end = words_end(text, 0), equals = words_skip(text, end);
    return text[equals] == '=' && map_find(&repl->standard->facts_by_name, mem_text(text, end)) != NULL;
}

static void answer(const struct repl *repl, struct page *page, const struct view *view, const struct ast *ast)
{
    const struct ir_node *node = view->evaluation->standard->questions.items[0];
    why_question(page, view, node);
    if (asks_for_change(repl, ast, view_value(view, node))) {
        page_paragraph(page, 0, INK_DIM, say_with(SAY_ASK_SET, view->lang, span_text(ast->span), NULL));
    }
}

void repl_expression(struct repl *repl, struct repl_input *input)
{
    struct outlook outlook;
    struct diags diags = {0};
    struct str out = {0};
    struct page page = repl_page(&out);
    if (!repl_needs_standard(repl, input)) {
        return;
    }
    struct compile_question question = {.ast = parse_line(called_alone(repl, input->source), &diags),
                                        .diags = &diags};
    bool read = question.ast != NULL && diags.errors == 0;
    if (read && session_ask(repl, session_scenario(repl), &question, 1, &outlook, &diags)) {
        answer(repl, &page, &outlook.view, question.ast);
    }
    repl_report(repl, &diags);
    cli_write(&out);
    if (!read && enters(repl, input->rest)) {
        repl_say(say_with(SAY_ASK_SET, repl->cli->lang, input->rest, NULL));
    }
}
