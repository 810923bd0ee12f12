#include "facts/decision_cell.h"
#include <string.h>
#include "base/mem.h"
#include "facts/cell.h"
#include "syntax/build.h"
#include "syntax/parse.h"
#include "syntax/rubric.tab.h"
#include "syntax/tape.h"

struct reading {
    const struct stage *stage;
    const struct csv_cell *cell;
    const struct standard *standard, *also;
    struct diags *diags;
    struct decisions *decisions;
};

static const char *without_blanks(const char *text, size_t length)
{
    static const char blanks[] = " \t\r\n";
    while (length > 0 && strchr(blanks, text[length - 1]))
        length--;
    size_t skipped = 0;
    while (skipped < length && strchr(blanks, text[skipped]))
        skipped++;
    return mem_text(text + skipped, length - skipped);
}

static void wrong(const struct reading *reading, const char *text)
{
    diag_add(reading->diags, DIAG_DECISION_CELL_WRONG, reading->cell->span, text, reading->stage->name, NULL);
}

/* The line of a facts file that says the same: it holds one decision and nothing besides. NULL: it does not. */
static const struct ast *line_of(const struct reading *reading, const char *text, struct diags *found)
{
    const char *line = str_print("decision `%s` %s", reading->stage->name, text);
    const char *name = reading->cell->span.source->name;
    const struct ast *file = parse_facts(source_part(name, line, strlen(line), 0), found);
    bool single = file && found->errors == 0 && AST(facts_file, file)->lines.count == 1;
    return single && AST(facts_file, file)->lines.items[0]->kind == AST_decision ? file : NULL;
}

static void read_one(const struct reading *reading, const char *text)
{
    struct diags found = {0};
    if (!*text)
        return;
    const struct ast *file = line_of(reading, text, &found);
    if (!file) {
        wrong(reading, text);
        return;
    }
    decisions_add(&AST(facts_file, file)->lines, reading->standard, reading->also, &found,
                  reading->decisions);
    cell_report(reading->cell->span, &found, reading->diags);
}

static bool separates(const struct piece *piece)
{
    return piece->kind == PIECE_END || (piece->kind == PIECE_MARK && piece->token == TOKEN_SEMICOLON);
}

/* A comment would hide the decisions behind it. */
void decision_cell_read(const struct stage *stage, const struct csv_cell *cell,
                        const struct standard *standard, const struct standard *also, struct diags *diags,
                        struct decisions *decisions)
{
    struct reading reading = {stage, cell, standard, also, diags, decisions};
    struct diags unused = {0};
    const struct source *source = source_part(cell->span.source->name, cell->text, cell->length, 0);
    const struct tape *tape = tape_read(source, true, &unused);
    if (!tape || tape->comments.count > 0) {
        wrong(&reading, cell_trimmed(cell));
        return;
    }
    uint32_t start = 0;
    for (size_t i = 0; i < tape->pieces.count; i++) {
        const struct piece *piece = &tape->pieces.items[i];
        if (!separates(piece))
            continue;
        read_one(&reading, without_blanks(source->text + start, piece->start - start));
        start = piece->end;
    }
}
