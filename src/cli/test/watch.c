/* --watch: the files are looked at a few times a second; nothing else of the system is asked. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "base/io.h"
#include "cli/signals.h"
#include "cli/test/test.h"
#include "report/say.h"

enum { PAUSE_NANOSECONDS = 200 * 1000 * 1000 };

struct stamps {
    VEC(struct io_stamp) list;
};

static struct stamps stamps_of(const struct io_names *paths)
{
    struct stamps stamps = {0};
    for (size_t i = 0; i < paths->list.count; i++) {
        vec_push(&stamps.list, io_stamp(paths->list.items[i]));
    }
    return stamps;
}

static bool are_same(const struct stamps *a, const struct stamps *b)
{
    for (size_t i = 0; i < a->list.count; i++) {
        if (!io_stamp_equal(a->list.items[i], b->list.items[i])) {
            return false;
        }
    }
    return true;
}

/* False: interrupted. */
static bool wait_for_change(const struct io_names *paths, const struct stamps *before)
{
    const struct timespec pause = {.tv_nsec = PAUSE_NANOSECONDS};
    while (!signals_interrupted()) {
        struct stamps now = stamps_of(paths);
        if (!are_same(before, &now)) {
            return true;
        }
        nanosleep(&pause, NULL);
    }
    return false;
}

/* What was named on the command line counts too: a file that was not there may come to be. */
static struct io_names watched(const struct testing *testing)
{
    struct io_names paths = {0};
    for (size_t i = 0; i < testing->arguments->names.count; i++) {
        vec_push(&paths.list, testing->arguments->names.items[i]);
    }
    test_paths(testing, &paths);
    return paths;
}

void test_watch(struct cli *cli, const struct arguments *arguments, void (*once)(struct testing *testing))
{
    struct io_names paths = {0};
    bool more = true;
    signals_note_interrupts();
    while (more) {
        struct testing testing = {.cli = cli, .arguments = arguments};
        struct stamps early = stamps_of(&paths);
        cli->exit = EXIT_MET;
        once(&testing);
        struct stamps late = stamps_of(&paths);
        bool meanwhile = !are_same(&early, &late); /* a file was written while the tests ran */
        paths = watched(&testing);
        struct stamps before = stamps_of(&paths);
        puts(say(SAY_TEST_WATCHING, cli->lang));
        fflush(stdout);
        more = meanwhile ? !signals_interrupted() : wait_for_change(&paths, &before);
    }
    cli->exit = EXIT_INTERRUPTED;
}
