/* Runs a command some times, its output thrown away, and prints for each run: microseconds, peak resident kilobytes, microseconds of
 * the processors.
 * A small process does it, since a child starts with the peak of the one that spawned it. A command may end with 0 or 1, as `rubric` does where it
 * has an answer; else the runs end with 1.
 * usage: spawn_calc RUNS COMMAND ARGUMENTS… */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long long now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1000000LL + at.tv_nsec / 1000;
}

static long long spent(const struct timeval *at)
{
    return at->tv_sec * 1000000LL + at->tv_usec;
}

static int run(char **command)
{
    posix_spawn_file_actions_t quiet;
    struct rusage usage;
    pid_t child;
    int status;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    long long start = now();
    if (posix_spawn(&child, command[0], &quiet, NULL, command, environ) ||
        wait4(child, &status, 0, &usage) < 0)
        return 2;
    printf("%lld %ld %lld\n", now() - start, usage.ru_maxrss,
           spent(&usage.ru_utime) + spent(&usage.ru_stime));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

int main(int argc, char **argv)
{
    int failed = argc < 3;
    for (int i = argc > 2 ? atoi(argv[1]) : 0; i > 0 && !failed; i--)
        failed = run(argv + 2) > 1;
    return failed;
}
