#include "cli/repl/highlight.h"
#include <string.h>
#include "base/mem.h"
#include "cli/repl/command.h"
#include "syntax/rubric.tab.h"
#include "syntax/tape.h"

static enum ink ink_of(const struct token *token, int *open)
{
    switch (token->kind) {
    case TOKEN_STRING: return INK_GOOD;
    case TOKEN_NUMBER:
    case TOKEN_PERCENT:
    case TOKEN_QUANTITY:
    case TOKEN_SPAN:
    case TOKEN_CHARS:
    case TOKEN_ROWCOUNT:
    case TOKEN_DATE: return INK_OPEN;
    case TOKEN_LPAREN:
    case TOKEN_LBRACKET:
    case TOKEN_LBRACE: ++*open; return INK_PLAIN;
    case TOKEN_RPAREN:
    case TOKEN_RBRACKET:
    case TOKEN_RBRACE: return --*open < 0 ? INK_BAD : INK_PLAIN;
    default: break;
    }
    return token->keyword != NULL ? INK_BOLD : INK_PLAIN;
}

static void write_up_to(struct page *page, const char *text, size_t from, size_t to, enum ink ink)
{
    if (to > from) {
        page_text(page, ink, mem_text(text + from, to - from));
    }
}

/* What the grammar reads. */
static void write_read(struct page *page, const char *text)
{
    struct diags unheard = {0};
    const struct tape *tape = tape_read(source_new("", text, strlen(text)), true, &unheard);
    size_t at = 0, comment = strlen(text);
    int open = 0;
    if (tape != NULL && tape->comments.count > 0) {
        comment = tape->comments.items[0].start;
    }
    for (size_t i = 0; tape != NULL && i + 1 < tape->tokens.count; i++) {
        const struct token *token = &tape->tokens.items[i];
        write_up_to(page, text, at, token->span.start, INK_PLAIN);
        write_up_to(page, text, token->span.start, token->span.end, ink_of(token, &open));
        at = token->span.end;
    }
    comment = comment > at ? comment : at;
    write_up_to(page, text, at, comment, INK_PLAIN);
    write_up_to(page, text, comment, strlen(text), INK_DIM);
}

void highlight(struct page *page, const char *line)
{
    size_t start = strspn(line, " :"), length = strcspn(line + start, " ");
    const struct repl_command *command = repl_command_find(mem_text(line + start, length));
    if (command == NULL) {
        write_read(page, line);
        return;
    }
    const char *rest = line + start + length;
    write_up_to(page, line, 0, start, INK_PLAIN);
    write_up_to(page, line, start, start + length, INK_BOLD);
    if (command->takes == TAKES_ENTRY || command->takes == TAKES_GOAL) {
        write_read(page, rest);
    } else {
        write_up_to(page, rest, 0, strlen(rest), INK_PLAIN);
    }
}
