#define _XOPEN_SOURCE 700 /* sigaltstack */
#include "cli/signals.h"
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>
#include "base/mem.h"
#include "cli/cli.h"

enum { STACK_BYTES = 64 * 1024 };

enum { DRAFTS = 2, EXIT_BY_SIGNAL = 128 };
static const char *volatile drafts[DRAFTS];
static volatile pid_t helper; /* 0: none */

static void remove_drafts(void)
{
    for (size_t i = 0; i < DRAFTS; i++) {
        if (drafts[i] != NULL) {
            unlink(drafts[i]);
        }
    }
}

/* 130 of an interrupt. */
static void interrupted(int number)
{
    pid_t process = helper;
    if (process > 0) {
        kill(process, SIGKILL);
    }
    remove_drafts();
    _exit(EXIT_BY_SIGNAL + number);
}

/* What else would end the program before it has put anything in order. */
static void catch_ends(void)
{
    static const int numbers[] = {SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sigaction(numbers[i], &(struct sigaction){.sa_handler = interrupted}, NULL);
    }
}

void signals_set_helper(pid_t process)
{
    helper = process;
    catch_ends();
}

void signals_add_draft(const char *path)
{
    catch_ends();
    size_t at = 0;
    while (drafts[at] != NULL) {
        at++;
    }
    drafts[at] = path;
}

void signals_forget_drafts(void)
{
    for (size_t i = 0; i < DRAFTS; i++) {
        drafts[i] = NULL;
    }
}

static volatile sig_atomic_t noted;

static void note(int number)
{
    if (noted) {
        interrupted(number);
    }
    noted = 1;
}

void signals_note_interrupts(void)
{
    sigaction(SIGINT, &(struct sigaction){.sa_handler = note, .sa_flags = SA_RESTART}, NULL);
}

bool signals_interrupted(void)
{
    return noted;
}

void signals_forget(void)
{
    noted = 0;
}

#ifndef RUBRIC_NO_GC
static void faulted(int number)
{
    static const char text[] = "\nrubric: a fault of the program itself; the results are not to be used. "
                               "程序自身出错，结果不可使用。\n";
    (void)number;
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written;
    remove_drafts();
    _exit(EXIT_FAULT);
}

/* A stack that has run over has no room for a handler. */
static void start_faults(void)
{
    static char stack[STACK_BYTES];
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    struct sigaction action = {.sa_handler = faulted, .sa_flags = SA_ONSTACK};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sigaction(numbers[i], &action, NULL);
    }
}
#else
/* The sanitizers have handlers of their own. */
static void start_faults(void)
{
}
#endif

void signals_start(void)
{
    sigaction(SIGINT, &(struct sigaction){.sa_handler = interrupted}, NULL);
    sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL); /* seen when output is checked */
    sigaction(SIGXFSZ, &(struct sigaction){.sa_handler = SIG_IGN}, NULL); /* seen when a file is written */
    mem_when_exhausted(remove_drafts);
    start_faults();
}
