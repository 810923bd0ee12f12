/* What the files of a call of `rubric test` share. */
#ifndef RUBRIC_CLI_TEST_TEST_H
#define RUBRIC_CLI_TEST_TEST_H
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/standards.h"
#include "report/suite.h"
#include "suite/coverage.h"

/* A standard with its tests: those in its own files, and those of files beside it that bring it in. */
struct tested {
    const struct source *source;   /* where a compilation begins: the first file that was named for it */
    const struct standard *standard;
    VEC(struct suite *) suites;
    struct coverage *coverage;     /* NULL: nobody asks */
    struct map seen;               /* places of blocks: one that is read by two ways counts once */
};

struct testing {
    struct cli *cli;
    const struct arguments *arguments;
    struct standards standards;
    VEC(struct tested *) standards_tested; /* in the order of the call */
    struct map files;                      /* facts files, read once */
    struct told_tests told;
};

/* The standards of the call and their tests; what is wrong with a file stops none of the others. */
void test_find(struct testing *testing);
/* The paths that were read: for who waits until one changes. */
struct io_names;
void test_paths(const struct testing *testing, struct io_names *paths);
/* The expected values of failed tests made what came, in their files. True: that is so of all. */
bool test_accept(struct testing *testing);
/* With --prove: marks what no unit comes by. False with a message: there is no solver. */
bool test_prove_out_of_reach(struct testing *testing);
/* Tells what the tests come by; less than `--min` is not met. */
void test_cover(struct testing *testing);
/* The share that `--min` wants, in percent; 0 where it is not given. False with a message. */
bool test_read_least(const struct testing *testing, struct num *least, struct diags *diags);
bool test_is_enough(size_t count, size_t all, struct num least);
/* Writes test blocks for what is not covered. */
void test_propose(struct testing *testing);
/* Changes the standards one place at a time, in memory, and tells the changes that no test sees. */
void test_mutate(struct testing *testing);
/* Runs `once` again each time one of its files has changed, until it is interrupted. */
void test_watch(struct cli *cli, const struct arguments *arguments,
                void (*once)(struct testing *testing));
#endif
