/* replay_TARGET FILE…: runs each file, and the files of each folder, through the target once. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/io.h"
#include "base/mem.h"
#include "base/str.h"
#include "tests/fuzz/fuzz.h"

enum { SECONDS_MAX = 60 };

void fuzz_keep(void)
{
}

void fuzz_forget(void)
{
}

static bool run(const char *path)
{
    char *bytes;
    size_t length;
    if (io_read(path, IO_SIZE_MAX, &bytes, &length) != IO_OK) {
        fprintf(stderr, "%s cannot be read\n", path);
        return false;
    }
    fprintf(stderr, "%s\n", path);
    alarm(SECONDS_MAX);
    LLVMFuzzerTestOneInput((const uint8_t *)bytes, length);
    return true;
}

int main(int argc, char **argv)
{
    bool done = argc > 1;
    mem_start();
    for (int i = 1; i < argc; i++) {
        done = run(argv[i]) && done;
    }
    return done ? 0 : 1;
}
