#include "cli/repl/terminal.h"
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>
#include <readline/readline.h>
#include <readline/history.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/repl/complete.h"
#include "cli/repl/gather.h"
#include "cli/repl/highlight.h"
#include "cli/repl/history.h"
#include "cli/cli.h"
#include "cli/repl/repl.h"
#include "cli/repl/session.h"
#include "cli/signals.h"
#include "report/say.h"

enum { LISTED_MAX = 200 };

/* readline keeps its line in variables of its own and hands callbacks nothing of ours: one terminal, known to all of this file. */
static struct terminal {
    struct repl *repl;
    struct history history;
    struct gathered waiting; /* lines of an input that is not whole yet */
    const char *prompt;
    bool left;
} terminal;

bool terminal_is_there(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool repl_interrupted(void)
{
    return signals_interrupted();
}

/* What readline is given it frees itself. */
static char *own_copy(const char *text)
{
    char *copy = strdup(text);
    if (copy == NULL) {
        mem_exhausted();
    }
    return copy;
}

/* ---------------------------------------------------------------- prompts */

/* Plain: with colours in its prompt readline 8.2 leaves remains of a search on the line. It is painted with the line. */
static const char *prompt(void)
{
    return terminal.prompt = utf8_visible(repl_prompt(terminal.repl, terminal.waiting.text.length > 0));
}

/* ---------------------------------------------------------------- inputs */

static void remember(const char *input)
{
    struct diags diags = {0};
    if (history_add(&terminal.history, input, &diags)) {
        add_history(input);
    }
    repl_report(terminal.repl, &diags);
}

static void run_input(const char *input)
{
    remember(input);
    signals_forget();
    terminal.left = !repl_line(terminal.repl, input);
    fflush(stdout);
    fflush(stderr);
}

/* What was typed is one line; what was pasted may be several: each goes to the input before it as long as that is not whole. */
static void take_lines(const char *text)
{
    while (!terminal.left && !signals_interrupted()) {
        size_t length = strcspn(text, "\n");
        if (gather_line(&terminal.waiting, mem_text(text, length))) {
            const char *input = mem_text(str_text(&terminal.waiting.text), terminal.waiting.text.length - 1);
            terminal.waiting = (struct gathered){0};
            run_input(input);
        }
        if (text[length] == '\0') {
            break;
        }
        text += length + 1;
    }
}

static void drop_line(void)
{
    terminal.waiting = (struct gathered){0};
    signals_forget();
    using_history();
}

/* Without its handler readline shows no further prompt. */
static void leave_unless(bool stay)
{
    terminal.left = !stay;
    if (!stay) {
        rl_callback_handler_remove();
    }
}

/* Ctrl-D. Where readline speaks to the terminal of pasting, it ends the line too. */
static void take_end(void)
{
    leave_unless(signals_interrupted());
    if (str_equal(rl_variable_value("enable-bracketed-paste"), "off")) {
        puts("");
    }
}

static void take_line(char *line)
{
    if (line == NULL) {
        take_end();
        return;
    }
    size_t length = strlen(line);
    while (length > 0 && line[length - 1] == '\n') {
        length--;
    }
    const char *text = mem_text(line, length);
    free(line);
    take_lines(text);
    if (signals_interrupted()) {
        puts("");
        drop_line();
    }
    rl_set_prompt(prompt());
    leave_unless(!terminal.left);
}

/* ---------------------------------------------------------------- completion */

/* Every word starts at the line's beginning for readline: where it does start is known to complete(). */
static char *no_breaks(void)
{
    static char none[] = "";
    return none;
}

/* The bytes that all the words begin with, whole characters only. */
static size_t common_bytes(const struct completions *found)
{
    const char *first = found->words.items[0];
    size_t common = strlen(first);
    for (size_t i = 1; i < found->words.count; i++) {
        size_t at = 0;
        while (at < common && first[at] == found->words.items[i][at]) {
            at++;
        }
        common = at;
    }
    while (common > 0 && ((unsigned char)first[common] & 0xC0) == 0x80) {
        common--;
    }
    return common;
}

/* What the line's beginning is replaced by: the only word, what all have in common, or itself where that is less than was typed. */
static char *replacement(const struct completions *found, const char *line, size_t start, size_t end)
{
    const char *first = found->words.items[0], *head = mem_text(line, start);
    size_t common = common_bytes(found), typed = end - start;
    bool more = found->words.count == 1 || (common >= typed && strncmp(first, line + start, typed) == 0);
    return own_copy(more ? str_print("%s%s", head, mem_text(first, common)) : mem_text(line, end));
}

static char **find_matches(const char *text, int start, int end)
{
    (void)text;
    (void)start;
    const char *before = str_text(&terminal.waiting.text), *line = mem_text(rl_line_buffer, (size_t)rl_end);
    size_t skipped = strlen(before), point = skipped + (size_t)end;
    struct completions found = complete(terminal.repl, str_print("%s%s", before, line), point);
    size_t count = found.words.count;
    rl_attempted_completion_over = 1;
    rl_completion_append_character = found.blank ? ' ' : '\0';
    if (count == 0 || found.start < skipped || found.start > point) {
        return NULL;
    }
    size_t from = found.start - skipped;
    char **matches = calloc(count + 2, sizeof *matches);
    if (matches == NULL) {
        abort();
    }
    matches[0] = replacement(&found, line, from, (size_t)end);
    for (size_t i = 0; i < count && count > 1; i++) {
        matches[i + 1] = own_copy(found.words.items[i]);
    }
    return matches;
}

/* All at once: readline asks nothing in between where it is called key by key. */
static void list_matches(char **matches, int count, int longest)
{
    int shown = count > LISTED_MAX ? LISTED_MAX : count;
    rl_display_match_list(matches, shown, longest);
    if (shown < count) {
        const char *rest = str_print("%d", count - shown);
        fprintf(rl_outstream, "%s\n", say_with(SAY_AND_MORE, repl_lang(terminal.repl), rest, NULL));
    }
    rl_forced_update_display();
}

/* ---------------------------------------------------------------- colours of what is typed */

/* A row and a column of the screen, seen from where the prompt begins. */
struct cell {
    int row, column;
};

/* Where `text` ends that begins at `cell`: a character that does not fit goes to the next row. `column` may be the width: nothing has
 * moved on yet. */
static struct cell cell_after(struct cell cell, const char *text, int width)
{
    size_t length = strlen(text), bytes;
    uint32_t code;
    for (size_t at = 0; at < length; at += bytes) {
        bytes = utf8_next(text + at, length - at, &code);
        int wide = (int)utf8_width(text + at, bytes);
        bool fits = cell.column + wide <= width;
        cell = fits ? (struct cell){cell.row, cell.column + wide} : (struct cell){cell.row + 1, wide};
    }
    return cell;
}

static void move(struct str *out, const char *direction, int count)
{
    if (count > 0) {
        str_format(out, "\033[%d%s", count, direction);
    }
}

static void move_to(struct str *out, struct cell from, struct cell to)
{
    str_add_char(out, '\r');
    move(out, "A", from.row - to.row);
    move(out, "B", to.row - from.row);
    move(out, "C", to.column);
}

/* Readline shows the line as it always does, and knows what it has shown. The same characters are then written over themselves in colours,
 * and the cursor goes back: nothing that readline counts on has changed. Where it shows something else than prompt and line, nothing is. */
static bool is_shown_plainly(const char *line)
{
    static const unsigned long busy = RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG |
                                      RL_STATE_COMPLETING | RL_STATE_DONE | RL_STATE_SIGHANDLER;
    return !RL_ISSTATE(busy) && rl_display_prompt == rl_prompt && !rl_mark_active_p() &&
           str_equal(rl_variable_value("horizontal-scroll-mode"), "off") &&
           str_equal(rl_variable_value("show-mode-in-prompt"), "off") &&
           utf8_bad_at(line, strlen(line)) == strlen(line) && str_equal(utf8_visible(line), line);
}

static void paint(const char *line)
{
    int rows, width;
    struct str out = {0};
    struct page page = cli_page(&out);
    rl_get_screen_size(&rows, &width);
    struct cell start = cell_after((struct cell){0, 0}, terminal.prompt, width);
    struct cell end = cell_after(start, line, width);
    struct cell point = cell_after(start, mem_text(line, (size_t)rl_point), width);
    if (!page.colour || start.row > 0 || start.column == width || end.row + 1 >= rows) {
        return;
    }
    if (point.column == width) {
        point = (struct cell){point.row + 1, 0};
    }
    move_to(&out, point, (struct cell){0, 0});
    page_text(&page, INK_BOLD, terminal.prompt);
    highlight(&page, line);
    move_to(&out, end, point);
    fputs(str_text(&out), rl_outstream);
    fflush(rl_outstream);
}

static void redisplay(void)
{
    rl_redisplay();
    const char *line = mem_text(rl_line_buffer, (size_t)rl_end);
    if (is_shown_plainly(line)) {
        paint(line);
    }
}

/* ---------------------------------------------------------------- start */

/* readline takes the encoding from the environment. Nothing else of the program knows a locale. */
static void start_encoding(void)
{
    if (setlocale(LC_CTYPE, "") == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        if (setlocale(LC_CTYPE, "C.UTF-8") != NULL) {
            setenv("LC_ALL", "C.UTF-8", 1);
        }
    }
}

/* After a change of size readline redraws the line itself only where its own function does that; after Ctrl-Z it does not. */
static void check_signals(void)
{
    bool stops = rl_pending_signal() == SIGTSTP;
    rl_redisplay_function = rl_redisplay;
    rl_check_signals();
    rl_redisplay_function = redisplay;
    if (stops) {
        rl_forced_update_display();
    }
}

/* Key by key, so that an interrupt is seen between two of them. */
static int read_key(FILE *stream)
{
    unsigned char byte;
    for (;;) {
        ssize_t got = read(fileno(stream), &byte, 1);
        if (got == 1) {
            return byte;
        }
        if (got == 0 || errno != EINTR) {
            return EOF;
        }
        check_signals();
        if (signals_interrupted()) {
            return EOF;
        }
    }
}

static void start_readline(void)
{
    rl_readline_name = "rubric";
    rl_getc_function = read_key;
    rl_change_environment = 0; /* the width is asked for anew with every page */
    rl_persistent_signal_handlers = 1;
    rl_completion_word_break_hook = no_breaks;
    rl_attempted_completion_function = find_matches;
    rl_completion_display_matches_hook = list_matches;
    rl_sort_completion_matches = 0;
    rl_ignore_completion_duplicates = 0;
    rl_variable_bind("show-all-if-unmodified", "on");
    rl_variable_bind("page-completions", "off");
    stifle_history(HISTORY_MAX);
    rl_initialize();
    rl_redisplay_function = redisplay; /* no sooner: else readline asks nothing about the terminal */
}

static void start_history(void)
{
    struct diags diags = {0};
    history_open(&terminal.history, &diags);
    for (size_t i = 0; i < terminal.history.entries.count; i++) {
        add_history(terminal.history.entries.items[i]);
    }
    repl_report(terminal.repl, &diags);
}

/* ---------------------------------------------------------------- reading */

/* A signal between the look at it and the wait would be seen with the next key only: it comes through while waiting alone. */
static bool wait_for_key(void)
{
    sigset_t ours, before;
    fd_set files;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGWINCH);
    FD_ZERO(&files);
    FD_SET(STDIN_FILENO, &files);
    sigprocmask(SIG_BLOCK, &ours, &before);
    bool ready = rl_pending_signal() == 0 && pselect(STDIN_FILENO + 1, &files, NULL, NULL, NULL, &before) > 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    check_signals();
    return ready;
}

static void start_anew(void)
{
    rl_callback_handler_remove();
    puts("");
    drop_line();
    rl_callback_handler_install(prompt(), take_line);
}

void terminal_run(struct repl *repl)
{
    terminal = (struct terminal){.repl = repl};
    start_encoding();
    signals_note_interrupts();
    start_readline();
    start_history();
    rl_callback_handler_install(prompt(), take_line);
    while (!terminal.left) {
        if (wait_for_key()) {
            rl_callback_read_char();
        }
        if (signals_interrupted() && !terminal.left) {
            start_anew();
        }
    }
}
