#define _XOPEN_SOURCE 700 /* mkdtemp, symlink */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/io.h"
#include "base/mem.h"
#include "base/str.h"

static char folder[] = "/tmp/rubric-io-XXXXXX";

static const char *in_folder(const char *name)
{
    return str_print("%s/%s", folder, name);
}

static void check_content(const char *path, const char *expected)
{
    char *bytes;
    size_t length;
    assert_int_equal(io_read(path, 1000000, &bytes, &length), IO_OK);
    assert_int_equal(length, strlen(expected));
    assert_string_equal(bytes, expected);
}

static enum io_result reading(const char *path, size_t limit)
{
    char *bytes;
    size_t length;
    enum io_result result = io_read(path, limit, &bytes, &length);
    assert_true(result == IO_OK ? bytes != NULL : bytes == NULL && length == 0);
    return result;
}

static void test_there_and_back(void **state)
{
    (void)state;
    const char *path = in_folder("a.txt");
    assert_int_equal(io_write(path, "岳阳\n", 7), IO_OK);
    check_content(path, "岳阳\n");
    assert_int_equal(io_write(path, "", 0), IO_OK);
    check_content(path, "");
    size_t length = 300000;
    char *large = mem_alloc_plain(length + 1);
    memset(large, 'x', length);
    assert_int_equal(io_write(path, large, length), IO_OK);
    check_content(path, large);
}

static void test_limit(void **state)
{
    (void)state;
    const char *path = in_folder("limit");
    assert_int_equal(io_write(path, "12345", 5), IO_OK);
    assert_int_equal(reading(path, 5), IO_OK);
    assert_int_equal(reading(path, 4), IO_TOO_LARGE);
    assert_int_equal(reading(path, 0), IO_TOO_LARGE);
    assert_int_equal(reading(path, (size_t)-1), IO_OK);
    assert_int_equal(reading("/proc/self/maps", 10), IO_TOO_LARGE);
    assert_int_equal(reading("/proc/self/maps", 1 << 20), IO_OK);
}

static void test_not_files(void **state)
{
    (void)state;
    assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
    assert_int_equal(reading(in_folder("pipe"), 10), IO_NOT_A_FILE);
    assert_int_equal(reading(folder, 10), IO_NOT_A_FILE);
    assert_int_equal(reading("/dev/null", 10), IO_NOT_A_FILE);
    assert_int_equal(reading(in_folder("none"), 10), IO_MISSING);
    assert_int_equal(reading(in_folder("limit/none"), 10), IO_MISSING);
    assert_int_equal(reading("", 10), IO_MISSING);
    assert_int_equal(io_write(folder, "x", 1), IO_NOT_A_FILE);
    assert_int_equal(io_write("/dev/null", "x", 1), IO_NOT_A_FILE);
    assert_int_equal(io_write(in_folder("no/such/folder"), "x", 1), IO_MISSING);
}

static void read_standard_input(size_t limit, enum io_result expected, size_t length)
{
    char *bytes;
    size_t got;
    assert_int_equal(io_read("-", limit, &bytes, &got), expected);
    assert_int_equal(got, expected == IO_OK ? length : 0);
}

static void test_standard_input(void **state)
{
    int ends[2], kept = dup(0);
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(dup2(ends[0], 0), 0);
    assert_int_equal(write(ends[1], "from a pipe", 11), 11);
    close(ends[1]);
    read_standard_input(100, IO_OK, 11);
    close(ends[0]);
    assert_int_equal(dup2(open(folder, O_RDONLY), 0), 0);
    read_standard_input(100, IO_NOT_A_FILE, 0);
    assert_int_equal(dup2(kept, 0), 0);
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    assert_int_equal(lstat(path, &status), 0);
    return status.st_mode;
}

static void test_modes_and_links(void **state)
{
    (void)state;
    const char *path = in_folder("mode"), *link = in_folder("link");
    mode_t mask = umask(022);
    assert_int_equal(io_write(path, "1", 1), IO_OK);
    assert_int_equal(mode_of(path) & 07777, 0644);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(symlink("mode", link), 0);
    assert_int_equal(io_write(link, "2", 1), IO_OK);
    assert_true(S_ISLNK(mode_of(link)));
    assert_int_equal(mode_of(path) & 07777, 0640);
    check_content(path, "2");
    umask(mask);
}

static void limit_file_size(rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void test_failure_leaves_the_old_file_and_no_other(void **state)
{
    (void)state;
    const char *places = in_folder("places"), *here = str_print("%s/x", places);
    assert_int_equal(mkdir(places, 0700), 0);
    assert_int_equal(io_write(here, "old", 3), IO_OK);
    signal(SIGXFSZ, SIG_IGN);
    limit_file_size(4);
    assert_int_equal(io_write(here, "too much", 8), IO_FAILED);
    limit_file_size(RLIM_INFINITY);
    check_content(here, "old");
    assert_int_equal(unlink(here), 0);
    assert_int_equal(rmdir(places), 0);
}

static void test_denied(void **state)
{
    (void)state;
    const char *path = in_folder("denied");
    uid_t user = geteuid();
    assert_int_equal(io_write(path, "1", 1), IO_OK);
    assert_int_equal(chmod(path, 0), 0);
    assert_int_equal(chmod(folder, 0777), 0);
    if (user == 0) /* nothing is denied to root */
        assert_int_equal(seteuid(65534), 0);
    enum io_result reads = reading(path, 10), writes = io_write(path, "2", 1);
    assert_int_equal(seteuid(user), 0);
    assert_int_equal(reads, IO_DENIED);
    assert_int_equal(writes, IO_DENIED);
}

static void test_finish(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w"), *well = fopen("/dev/null", "w");
    fputs("lost", full);
    assert_false(io_finish(full));
    fputs("kept", well);
    assert_true(io_finish(well));
    fclose(full);
    fclose(well);
}

static void test_paths(void **state)
{
    (void)state;
    assert_string_equal(io_folder("a/b.c"), "a");
    assert_string_equal(io_folder("b.c"), ".");
    assert_string_equal(io_folder("/b.c"), "/");
    assert_string_equal(io_folder("//b.c"), "/");
    assert_string_equal(io_folder("a//b.c"), "a");
    assert_string_equal(io_folder("/a/b/c"), "/a/b");
    assert_string_equal(io_join("a/b.c", "d.c"), "a/d.c");
    assert_string_equal(io_join("b.c", "d.c"), "d.c");
    assert_string_equal(io_join("/b.c", "d.c"), "/d.c");
    assert_string_equal(io_join("a/b.c", "/d.c"), "/d.c");
    assert_string_equal(io_join("a/b.c", "../d.c"), "a/../d.c");
    assert_string_equal(io_join("-", "d.c"), "d.c");
    assert_null(io_real_path(in_folder("none")));
    assert_string_equal(io_real_path(str_print("%s/.", folder)), io_real_path(folder));
}

/* As a file that stands elsewhere would name it; the file itself need not be there. */
static void test_relative_paths(void **state)
{
    (void)state;
    mkdir(in_folder("one"), 0755);
    mkdir(in_folder("two"), 0755);
    io_write(in_folder("a.txt"), "x", 1);
    assert_string_equal(io_relative(in_folder("b.txt"), in_folder("a.txt")), "a.txt");
    assert_string_equal(io_relative(in_folder("one/b.txt"), in_folder("a.txt")), "../a.txt");
    assert_string_equal(io_relative(in_folder("one/b.txt"), in_folder("two/c.txt")), "../two/c.txt");
    assert_string_equal(io_relative(in_folder("b.txt"), in_folder("one/../two/c.txt")), "two/c.txt");
    assert_string_equal(io_relative(in_folder("one"), in_folder("one/c.txt")), "one/c.txt");
    assert_int_equal(rmdir(in_folder("one")) + rmdir(in_folder("two")), 0);
}

/* A file that was written again is another, and so is one that is gone. */
static void test_stamps(void **state)
{
    (void)state;
    const char *path = in_folder("a.txt");
    io_write(path, "one", 3);
    struct io_stamp first = io_stamp(path);
    assert_true(first.there && io_stamp_equal(first, io_stamp(path)));
    io_write(path, "two", 3);
    assert_false(io_stamp_equal(first, io_stamp(path)));
    unlink(path);
    assert_false(io_stamp(path).there || io_stamp_equal(first, io_stamp(path)));
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"a.txt", "limit", "pipe", "mode", "link", "denied"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(in_folder(names[i]));
    return rmdir(folder);
}

int main(void)
{
    mem_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_not_files),
        cmocka_unit_test(test_standard_input),
        cmocka_unit_test(test_modes_and_links),
        cmocka_unit_test(test_failure_leaves_the_old_file_and_no_other),
        cmocka_unit_test(test_denied),
        cmocka_unit_test(test_finish),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_relative_paths),
        cmocka_unit_test(test_stamps),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
