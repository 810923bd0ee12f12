#include "smt/solver.h"
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/map.h"
#include "base/mem.h"

extern char **environ;

/* Of the solver's steps; the shipped standard takes a few ten thousand a question. */
#define STEPS "1500000"

/* Of one answer, in bytes; of one value, of brackets inside one another: z3's own has two. */
enum { ANSWER_MAX = 1 << 24, VALUE_DEPTH_MAX = 8 };

struct smt_solver {
    pid_t process;
    int to, from;
    struct str heard; /* taken as far as `at`, with no end of a line before `sought` */
    size_t at, sought, marks;
    bool lost, asked, told; /* lost: for good, since its answers may be to other questions */
    struct map found;       /* name → text of its value, once `told` */
};

/* ---- the process */

static bool spawn(struct smt_solver *solver, int in[2], int out[2])
{
    char name[] = "z3", in_words[] = "-in",
         language[] = "-smt2", *const words[] = {name, in_words, language, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, in[1]);
    posix_spawn_file_actions_addclose(&actions, out[0]);
    int failed = posix_spawnp(&solver->process, words[0], &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0;
}

static void tell(struct smt_solver *solver, const char *text, size_t length)
{
    while (length > 0 && !solver->lost) {
        ssize_t written = write(solver->to, text, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            solver->lost = true;
            return;
        }
        text += written;
        length -= (size_t)written;
    }
}

static void say(struct smt_solver *solver, const char *text)
{
    tell(solver, text, strlen(text));
}

struct smt_solver *smt_solver_start(void)
{
    int in[2], out[2];
    struct smt_solver *solver = MEM_NEW(struct smt_solver);
    if (pipe(in) != 0)
        return NULL;
    if (pipe(out) != 0) {
        close(in[0]), close(in[1]);
        return NULL;
    }
    bool there = spawn(solver, in, out);
    close(in[0]), close(out[1]);
    solver->to = in[1], solver->from = out[0];
    if (!there) {
        close(in[1]), close(out[0]);
        return NULL;
    }
    say(solver, "(set-option :print-success false)\n(set-option :pp.single_line true)\n"
                "(set-option :rlimit " STEPS ")\n");
    return solver;
}

void smt_solver_end(struct smt_solver *solver)
{
    int status;
    close(solver->to);
    close(solver->from);
    kill(solver->process, SIGKILL); /* it has nothing to put in order, and may not heed another */
    while (waitpid(solver->process, &status, 0) < 0 && errno == EINTR) {
    }
}

pid_t smt_solver_process(const struct smt_solver *solver)
{
    return solver->process;
}

bool smt_solver_is_lost(const struct smt_solver *solver)
{
    return solver->lost;
}

/* ---- listening */

static void forget_taken(struct smt_solver *solver)
{
    if (solver->at == solver->heard.length)
        solver->heard.length = solver->at = solver->sought = 0;
}

static bool hear(struct smt_solver *solver)
{
    enum { MOST = 4096 };
    forget_taken(solver);
    if (solver->heard.length - solver->at > ANSWER_MAX)
        return solver->lost = true, false;
    for (;;) {
        ssize_t got = read(solver->from, str_reserve(&solver->heard, MOST), MOST);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return solver->lost = true, false;
        str_extend(&solver->heard, (size_t)got);
        return true;
    }
}

/* One line; NULL: none comes. */
static const char *line(struct smt_solver *solver)
{
    for (;;) {
        const char *text = str_text(&solver->heard), *from = text + solver->at;
        const char *end = memchr(text + solver->sought, '\n', solver->heard.length - solver->sought);
        solver->sought = end ? (size_t)(end - text) + 1 : solver->heard.length;
        if (end) {
            solver->at = solver->sought;
            return mem_text(from, (size_t)(end - from));
        }
        if (solver->lost || !hear(solver))
            return NULL;
    }
}

/* Behind each question a mark: what is said before it answers that question, and nothing else does. */
static void say_mark(struct smt_solver *solver)
{
    solver->marks++;
    say(solver, str_print("(echo \"q%zu\")\n", solver->marks));
}

static void take_mark(struct smt_solver *solver, const char *said)
{
    solver->lost |= !said || !str_equal(said, str_print("q%zu", solver->marks));
}

static bool hear_mark(struct smt_solver *solver)
{
    take_mark(solver, line(solver));
    return !solver->lost;
}

/* ---- asking */

static enum smt_answer answer_of(const char *said)
{
    return !said                        ? SMT_LOST
           : str_equal(said, "unsat")   ? SMT_IMPOSSIBLE
           : str_equal(said, "sat")     ? SMT_POSSIBLE
           : str_equal(said, "unknown") ? SMT_UNDECIDED
                                        : SMT_LOST;
}

enum smt_answer smt_solver_ask(struct smt_solver *solver, struct smt *smt, const char *claim)
{
    if (solver->asked)
        say(solver, "(pop 1)\n");
    tell(solver, str_text(&smt->text), smt->text.length);
    smt->text.length = 0;
    say(solver, str_print("(push 1)\n(assert %s)\n(check-sat)\n", claim));
    say_mark(solver);
    solver->asked = true;
    solver->told = false;
    enum smt_answer answer = solver->lost ? SMT_LOST : answer_of(line(solver));
    solver->lost |= answer == SMT_LOST;
    return !solver->lost && hear_mark(solver) ? answer : SMT_LOST;
}

/* ---- what was found: ((name value) …), a value being 5, 5.0, true, (- v) or (/ v v) */

static const char *behind_blanks(const char *at)
{
    return at + strspn(at, " \n");
}

/* Behind the value that begins there: up to the bracket that closes more than it opened. */
static const char *behind_value(const char *at)
{
    for (size_t depth = 0; *at; at++) {
        if (*at == ')' && depth == 0)
            return at;
        depth += (*at == '(') - (size_t)(*at == ')');
    }
    return at;
}

/* All lines of one answer, and its mark. */
static const char *lines(struct smt_solver *solver)
{
    const char *said;
    struct str all = {0};
    while ((said = all.length <= ANSWER_MAX ? line(solver) : NULL) && *said != 'q')
        str_format(&all, "%s\n", said);
    take_mark(solver, said);
    return str_text(&all);
}

/* The steps may not suffice to tell what was found, either. */
static bool is_error(const char *values)
{
    return strncmp(values, "((error ", 8) == 0;
}

static void take_values(struct smt_solver *solver, const char *text)
{
    const char *at = behind_blanks(text);
    if (*at++ != '(')
        return;
    while (*(at = behind_blanks(at)) == '(') {
        size_t length = strcspn(++at, " \n");
        const char *name = mem_text(at, length), *value = behind_blanks(at + length);
        at = behind_value(value);
        map_put(&solver->found, name, (void *)mem_text(value, (size_t)(at - value)));
        at += *at == ')';
    }
}

static void add_name(struct str *names, const char *name)
{
    if (name)
        str_format(names, " %s", name);
}

static void add_table(struct str *names, const struct smt_table *table)
{
    for (size_t i = 0; i < SMT_ROWS; i++)
        add_name(names, table->there[i]);
    add_name(names, table->more);
    for (size_t i = 0; i < SMT_ROWS * table->width; i++) {
        add_name(names, table->cells[i].value);
        add_name(names, table->cells[i].na);
    }
}

static void ask_values(struct smt_solver *solver, const struct smt *smt)
{
    struct str names = {0};
    for (size_t i = 0; i < smt->inputs.count; i++) {
        add_name(&names, smt->inputs.items[i].value);
        add_name(&names, smt->inputs.items[i].na);
    }
    for (size_t i = 0; i < smt->tables.count; i++)
        add_table(&names, smt->tables.items[i]);
    for (size_t i = 0; i < smt->known.count; i++)
        add_name(&names, smt->known.items[i].value);
    solver->told = true;
    solver->found = (struct map){0};
    if (!names.length || solver->lost)
        return;
    say(solver, str_print("(get-value (%s))\n", str_text(&names)));
    say_mark(solver);
    const char *values = lines(solver);
    solver->lost |= values[0] != '(' || values[1] != '(';
    if (!solver->lost && !is_error(values))
        take_values(solver, values);
}

static const char *found_text(struct smt_solver *solver, const struct smt *smt, const char *name)
{
    if (!solver->told)
        ask_values(solver, smt);
    return map_find(&solver->found, name);
}

static bool read_number(const char **at, size_t depth, struct num *number);

static bool read_pair(const char **at, char op, size_t depth, struct num *number)
{
    struct num a, b;
    if (!read_number(at, depth, &a))
        return false;
    if (op == '-') {
        *number = num_neg(a);
    } else {
        if (!read_number(at, depth, &b) || num_sign(b) == 0)
            return false;
        *number = num_div(a, b);
    }
    *at = behind_blanks(*at);
    return *(*at)++ == ')' && num_valid(*number);
}

static bool read_number(const char **at, size_t depth, struct num *number)
{
    *at = behind_blanks(*at);
    if (**at == '(') {
        char op = (*at)[1];
        *at += op ? 2 : 1;
        return (op == '-' || op == '/') && depth > 0 && read_pair(at, op, depth - 1, number);
    }
    size_t length = strspn(*at, "0123456789.");
    bool read = length > 0 && num_parse(*at, length, number);
    *at += length;
    return read;
}

bool smt_solver_number(struct smt_solver *solver, const struct smt *smt, const char *name, struct num *number)
{
    const char *text = found_text(solver, smt, name);
    return text && read_number(&text, VALUE_DEPTH_MAX, number);
}

bool smt_solver_truth(struct smt_solver *solver, const struct smt *smt, const char *name, bool *truth)
{
    const char *text = found_text(solver, smt, name);
    if (!text)
        return false;
    *truth = strncmp(text, "true", 4) == 0;
    return *truth || strncmp(text, "false", 5) == 0;
}
