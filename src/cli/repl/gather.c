#include "cli/repl/gather.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/mem.h"
#include "cli/repl/command.h"
#include "cli/repl/session.h"
#include "cli/repl/words.h"
#include "syntax/next.h"

/* ---------------------------------------------------------------- lines that go on */

/* Words behind these commands are no language: a bracket in a file's name opens nothing. */
static bool is_language(const char *text)
{
    size_t start = words_skip(text, 0), colon = words_colon(text + start);
    start = words_skip(text, start + colon);
    if (words_question(text + start) > 0 || text[start] == '#') {
        return false;
    }
    const struct repl_command *command =
        repl_command_find(mem_text(text + start, words_end(text, start) - start));
    return command == NULL || command->takes == TAKES_ENTRY;
}

bool gather_line(struct gathered *gathered, const char *line)
{
    bool goes_on = gathered->text.length > 0, ended = goes_on && line[words_skip(line, 0)] == '\0';
    bool inside = gathered->open && !next_closes(line);
    enum next_wait alone = goes_on && !gathered->open ? next_waits(line) : NEXT_WHOLE;
    str_add(&gathered->text, line);
    str_add_char(&gathered->text, '\n');
    if (ended || inside) {
        return ended;
    }
    const char *text = str_text(&gathered->text);
    enum next_wait wait = alone != NEXT_WHOLE ? alone : is_language(text) ? next_waits(text) : NEXT_WHOLE;
    gathered->open = wait == NEXT_OPEN;
    return wait == NEXT_WHOLE;
}

/* ---------------------------------------------------------------- scripts */

enum reading { READ_LINE, READ_END, READ_NUL, READ_TOO_LONG, READ_FAILED };

/* Without its newline. `room`: bytes it may have. */
static enum reading read_line(struct str *line, size_t room)
{
    bool nul = false;
    int byte;
    *line = (struct str){0};
    errno = 0;
    while ((byte = getc_unlocked(stdin)) != EOF && byte != '\n') {
        nul = nul || byte == '\0';
        str_add_char(line, (char)byte);
        if (line->length > room) {
            return READ_TOO_LONG;
        }
    }
    bool none = byte == EOF && line->length == 0;
    return ferror(stdin) ? READ_FAILED : none ? READ_END : nul ? READ_NUL : READ_LINE;
}

static void report(struct repl *repl, enum reading reading, const struct str *line)
{
    static const char input[] = "<input>";
    struct diags diags = {0};
    switch (reading) {
    case READ_LINE:
    case READ_END: return;
    case READ_TOO_LONG:
        diag_add(&diags, DIAG_FILE_TOO_LARGE, SPAN_NONE, input, str_print("%zu MiB", IO_SIZE_MAX >> 20),
                 NULL);
        break;
    case READ_FAILED: diag_add(&diags, DIAG_FILE_UNREADABLE, SPAN_NONE, input, strerror(errno), NULL); break;
    case READ_NUL: {
        uint32_t at = (uint32_t)strlen(line->data);
        const struct source *source = source_new(input, line->data, line->length);
        diag_add(&diags, DIAG_NUL_CHARACTER, (struct span){source, at, at + 1}, NULL);
    }
    }
    repl_report(repl, &diags);
}

/* Only the lines of a file have numbers that somebody can look up. */
static bool is_file(void)
{
    struct stat status;
    return fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode);
}

static bool run_gathered(struct repl *repl, struct gathered *gathered, size_t first)
{
    if (is_file()) {
        repl_line_at(repl, first);
    }
    return repl_line(repl, str_text(&gathered->text));
}

void gather_script(struct repl *repl)
{
    size_t count = 0, first = 0; /* lines read; before the input that is gathered */
    struct gathered gathered = {0};
    struct str line;
    enum reading reading;
    bool more = true;
    while (more && ((reading = read_line(&line, IO_SIZE_MAX - gathered.text.length)) == READ_LINE ||
                    reading == READ_NUL)) {
        report(repl, reading, &line);
        first = gathered.text.length == 0 ? count : first;
        count++;
        bool whole = reading == READ_LINE && gather_line(&gathered, str_text(&line));
        more = !whole || run_gathered(repl, &gathered, first);
        if (whole || reading == READ_NUL) {
            gathered = (struct gathered){0};
        }
    }
    if (more && gathered.text.length > 0) {
        more = run_gathered(repl, &gathered, first);
    }
    if (more) {
        report(repl, reading, &line);
    }
}
