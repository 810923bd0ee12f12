#include "report/message_page.h"
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "diag/pages.h"
#include "report/say.h"

enum { TEXT_INDENT = 2, EXAMPLE_INDENT = 6, CODE_WIDTH = 7 };

static const char FENCE[] = "```", BULLET[] = "- ";

/* ---------------------------------------------------------------- a page */

/* A page as it is being written: lines of a paragraph are gathered and broken anew. */
struct writing {
    struct page *page;
    struct str paragraph;
    const char *bullet; /* before the paragraph; "" */
    bool in_example;
    bool blank_due; /* between two blocks, however many lines part them */
};

static uint32_t last_character(const struct str *text)
{
    size_t at = text->length - 1;
    while (at > 0 && ((unsigned char)text->data[at] & 0xC0) == 0x80) {
        at--;
    }
    uint32_t code;
    utf8_next(text->data + at, text->length - at, &code);
    return code;
}

static bool is_han(uint32_t code)
{
    return code >= 0x2E80 && code <= 0x9FFF;
}

static bool is_wide_mark(uint32_t code)
{
    bool quote = code == 0x201C || code == 0x201D;
    return quote || (code >= 0x3000 && code <= 0x303F) || (code >= 0xFF00 && code <= 0xFFEF);
}

/* Chinese lines are joined without a blank. */
static bool wants_blank(const struct str *before, const char *after)
{
    uint32_t last = last_character(before), first;
    utf8_next(after, strlen(after), &first);
    bool joined = is_wide_mark(last) || is_wide_mark(first) || (is_han(last) && is_han(first));
    return !joined;
}

static void begin_block(struct writing *writing)
{
    if (writing->blank_due) {
        page_end(writing->page);
    }
    writing->blank_due = false;
}

static void end_paragraph(struct writing *writing)
{
    if (writing->paragraph.length == 0) {
        return;
    }
    begin_block(writing);
    page_entry(writing->page, TEXT_INDENT, writing->bullet, strlen(writing->bullet), INK_PLAIN,
               str_text(&writing->paragraph));
    writing->paragraph = (struct str){0};
    writing->bullet = "";
}

static void add_to_paragraph(struct writing *writing, const char *line)
{
    while (*line == ' ') {
        line++;
    }
    if (writing->paragraph.length > 0 && *line != '\0' && wants_blank(&writing->paragraph, line)) {
        str_add_char(&writing->paragraph, ' ');
    }
    str_add(&writing->paragraph, line);
}

static void write_heading(struct writing *writing, const char *line)
{
    end_paragraph(writing);
    begin_block(writing);
    page_text(writing->page, INK_BOLD, line + strspn(line, "# "));
    page_end(writing->page);
    writing->blank_due = true;
}

static bool begins(const char *line, const char *mark)
{
    return strncmp(line, mark, strlen(mark)) == 0;
}

/* "```facts wrong south.facts": the file that the example is. A standard without a name is what the page is about. */
static const char *file_of(const char *fence)
{
    const char *kind = fence + strlen(FENCE), *role = strchr(kind, ' ');
    const char *name = role != NULL ? strchr(role + 1, ' ') : NULL;
    if (name != NULL) {
        return name + 1;
    }
    return begins(kind, "facts") ? "unit.facts" : begins(kind, "csv") ? "units.csv" : NULL;
}

static void begin_example(struct writing *writing, const char *line)
{
    end_paragraph(writing);
    begin_block(writing);
    const char *name = file_of(line);
    if (name != NULL) {
        page_blanks(writing->page, EXAMPLE_INDENT - 2);
        page_text(writing->page, INK_DIM, name);
        page_end(writing->page);
    }
}

static void write_example_line(struct writing *writing, const char *line)
{
    page_blanks(writing->page, *line != '\0' ? EXAMPLE_INDENT : 0);
    page_text(writing->page, INK_PLAIN, line);
    page_end(writing->page);
}

static void write_line(struct writing *writing, const char *line)
{
    if (begins(line, FENCE)) {
        if (!writing->in_example) {
            begin_example(writing, line);
        }
        writing->blank_due = writing->in_example;
        writing->in_example = !writing->in_example;
    } else if (writing->in_example) {
        write_example_line(writing, line);
    } else if (*line == '\0') {
        end_paragraph(writing);
        writing->blank_due = writing->page->out->length > 0;
    } else if (*line == '#') {
        write_heading(writing, line);
    } else if (begins(line, BULLET)) {
        end_paragraph(writing);
        writing->bullet = BULLET;
        add_to_paragraph(writing, line + strlen(BULLET));
    } else {
        add_to_paragraph(writing, line);
    }
}

static void write_page(struct page *page, const char *text)
{
    struct writing writing = {.page = page, .bullet = ""};
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        write_line(&writing, mem_text(text, length));
        text += length + (text[length] == '\n');
    }
    end_paragraph(&writing);
}

/* ---------------------------------------------------------------- a message without its page */

void message_page(struct page *page, enum diag_code code, enum lang lang)
{
    const char *text = diag_page(code, lang);
    if (text != NULL) {
        write_page(page, text);
        return;
    }
    const char *help = diag_general_help(code, lang);
    page_text(page, INK_BOLD, str_print("%s %s", diag_code_name(code), diag_general_text(code, lang)));
    page_end(page);
    if (help != NULL) {
        page_end(page);
        page_paragraph(page, TEXT_INDENT, INK_PLAIN, help);
    }
}

/* ---------------------------------------------------------------- all of them */

static enum say chapter_of(enum diag_code code)
{
    static const enum say chapters[] = {
        [DIAG_GROUP_TEXT] = SAY_MESSAGES_TEXT,
        [DIAG_GROUP_SYNTAX] = SAY_MESSAGES_FORM,
        [DIAG_GROUP_NAMES] = SAY_MESSAGES_NAMES,
        [DIAG_GROUP_TYPES] = SAY_MESSAGES_KINDS,
        [DIAG_GROUP_PARTS] = SAY_MESSAGES_PARTS,
        [DIAG_GROUP_BANDS] = SAY_MESSAGES_BANDS,
        [DIAG_GROUP_OUTCOMES] = SAY_MESSAGES_OUTCOMES,
        [DIAG_GROUP_FACTS] = SAY_MESSAGES_FACTS,
        [DIAG_GROUP_EVALUATION] = SAY_MESSAGES_EVALUATION,
        [DIAG_GROUP_PROGRAM] = SAY_MESSAGES_PROGRAM,
        [DIAG_GROUP_LIMITS] = SAY_MESSAGES_PROGRAM,
    };
    return chapters[diag_group(code)];
}

static int by_number(const void *a, const void *b)
{
    const enum diag_code *left = a, *right = b;
    return strcmp(diag_code_name(*left) + 1, diag_code_name(*right) + 1);
}

void message_list(struct page *page, enum lang lang)
{
    enum diag_code codes[DIAG_CODE_COUNT];
    for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
        codes[i] = (enum diag_code)i;
    }
    qsort(codes, DIAG_CODE_COUNT, sizeof *codes, by_number);
    for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
        enum say chapter = chapter_of(codes[i]);
        if (i == 0 || chapter != chapter_of(codes[i - 1])) {
            str_add(page->out, i > 0 ? "\n" : "");
            page_text(page, INK_BOLD, say(chapter, lang));
            page_end(page);
        }
        page_entry(page, TEXT_INDENT, diag_code_name(codes[i]), CODE_WIDTH, INK_PLAIN,
                   diag_general_text(codes[i], lang));
    }
}
