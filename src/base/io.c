#define _XOPEN_SOURCE 700 /* realpath */
#include "base/io.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/mem.h"
#include "base/str.h"

enum { FIRST_ROOM = 1 << 16 };

static enum io_result result_of(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR: return IO_MISSING;
    case EACCES:
    case EPERM:
    case EROFS: return IO_DENIED;
    case EISDIR:
    case ENXIO: return IO_NOT_A_FILE;
    default: return IO_FAILED;
    }
}

/* ---- reading */

struct reader {
    int file;
    char *bytes;
    size_t length, room, limit;
    size_t size; /* as the file said before it was read; 0: it did not say, as files of the kernel */
};

/* One byte more than the limit has room, so that a file past it is noticed; another holds the NUL. */
static void make_room(struct reader *reader, size_t wanted)
{
    size_t most = reader->limit + 2, room = wanted < most ? wanted : most;
    reader->bytes = reader->bytes ? mem_grow(reader->bytes, reader->room, room) : mem_alloc_plain(room);
    reader->room = room;
}

/* Bytes read, 0 at the end, -1 on failure. Waits where standard input does not block. */
static ssize_t read_some(struct reader *reader)
{
    for (;;) {
        ssize_t got = read(reader->file, reader->bytes + reader->length, reader->room - reader->length - 1);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN))
            return got;
        if (errno == EAGAIN)
            poll(&(struct pollfd){.fd = reader->file, .events = POLLIN}, 1, -1);
    }
}

static enum io_result read_all(struct reader *reader)
{
    ssize_t got;
    while ((got = read_some(reader)) > 0) {
        reader->length += (size_t)got;
        if (reader->length > reader->limit)
            return IO_TOO_LARGE;
        if (reader->size && reader->length > reader->size)
            return IO_CHANGED; /* and may grow without end */
        if (reader->length + 1 == reader->room)
            make_room(reader, 2 * reader->room);
    }
    reader->bytes[reader->length] = '\0';
    return got < 0 ? result_of(errno) : IO_OK;
}

/* What is read while somebody writes may be half of the old and half of the new. */
static bool was_changed(const struct reader *reader, const struct stat *before)
{
    struct stat after;
    return fstat(reader->file, &after) == 0 &&
           (after.st_size != before->st_size || (reader->size && reader->size != reader->length) ||
            after.st_mtim.tv_sec != before->st_mtim.tv_sec ||
            after.st_mtim.tv_nsec != before->st_mtim.tv_nsec);
}

/* `any_kind`: pipes and devices too. */
static enum io_result read_open_file(struct reader *reader, bool any_kind)
{
    struct stat status;
    if (fstat(reader->file, &status) != 0)
        return result_of(errno);
    if (!any_kind && !S_ISREG(status.st_mode))
        return IO_NOT_A_FILE;
    bool sized = S_ISREG(status.st_mode) && status.st_size > 0;
    if (sized && (uintmax_t)status.st_size > reader->limit)
        return IO_TOO_LARGE;
    reader->size = sized && !any_kind ? (size_t)status.st_size : 0;
    make_room(reader, sized ? (size_t)status.st_size + 2 : FIRST_ROOM);
    enum io_result result = read_all(reader);
    return result == IO_OK && !any_kind && was_changed(reader, &status) ? IO_CHANGED : result;
}

static enum io_result read_named_file(struct reader *reader, const char *path)
{
    reader->file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (reader->file < 0)
        return result_of(errno);
    enum io_result result = read_open_file(reader, false);
    close(reader->file);
    return result;
}

enum io_result io_read(const char *path, size_t limit, char **bytes, size_t *length)
{
    size_t most = SIZE_MAX / 4;
    struct reader reader = {.file = STDIN_FILENO, .limit = limit < most ? limit : most};
    bool standard = strcmp(path, "-") == 0;
    enum io_result result = standard ? read_open_file(&reader, true) : read_named_file(&reader, path);
    *bytes = result == IO_OK ? reader.bytes : NULL;
    *length = result == IO_OK ? reader.length : 0;
    return result;
}

/* ---- writing */

static mode_t mode_of_new_files(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Whether the target may be replaced, and whose and of what mode the new file is. A link that leads nowhere would be replaced itself. */
static enum io_result examine_target(const char *target, struct io_draft *draft)
{
    struct stat status;
    draft->mode = mode_of_new_files();
    if (stat(target, &status) != 0) {
        enum io_result result = result_of(errno);
        bool nothing = result == IO_MISSING && lstat(target, &status) != 0 && errno == ENOENT;
        return nothing ? IO_OK : result;
    }
    if (!S_ISREG(status.st_mode))
        return IO_NOT_A_FILE;
    draft->mode = status.st_mode & 07777;
    draft->replaces = true;
    draft->owner = status.st_uid;
    draft->group = status.st_gid;
    return faccessat(AT_FDCWD, target, W_OK, AT_EACCESS) == 0 ? IO_OK : result_of(errno);
}

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length) {
        ssize_t put = write(file, bytes, length);
        if (put < 0 && errno != EINTR)
            return false;
        if (put > 0) {
            bytes += put;
            length -= (size_t)put;
        }
    }
    return true;
}

/* Signals that end the program wait: they would leave the new file beside its target. */
static void hold_signals(sigset_t *before)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaddset(&held, numbers[i]);
    sigprocmask(SIG_BLOCK, &held, before);
}

enum io_result io_draft_open(struct io_draft *draft, const char *path)
{
    const char *real = io_real_path(path), *target = real ? real : path; /* a link stays a link */
    *draft = (struct io_draft){.target = target, .file = -1};
    enum io_result result = examine_target(target, draft);
    if (result != IO_OK)
        return result;
    char *beside = (char *)str_print("%s/.rubric-XXXXXX", io_folder(target));
    draft->file = mkstemp(beside);
    draft->path = beside;
    return draft->file < 0 ? result_of(errno) : IO_OK;
}

bool io_draft_add(struct io_draft *draft, const char *bytes, size_t length)
{
    return write_all(draft->file, bytes, length);
}

void io_draft_drop(struct io_draft *draft)
{
    int error = errno;
    if (draft->file >= 0)
        close(draft->file);
    unlink(draft->path);
    errno = error;
}

/* Who may not give files away keeps the group, if it is one of his. Where neither can be, the file's own group gets no more than all others. */
static void hand_over(struct io_draft *draft)
{
    struct stat status;
    if (!draft->replaces || fchown(draft->file, draft->owner, draft->group) == 0)
        return;
    draft->mode &= 0777;
    bool ours = fstat(draft->file, &status) == 0 && status.st_gid == draft->group;
    if (!ours && fchown(draft->file, (uid_t)-1, draft->group) != 0)
        draft->mode = (draft->mode & ~(mode_t)070) | (draft->mode & 07) << 3;
}

enum io_result io_draft_keep(struct io_draft *draft)
{
    hand_over(draft);
    bool whole = fchmod(draft->file, draft->mode) == 0 && fsync(draft->file) == 0;
    int error = errno;
    bool closed = close(draft->file) == 0;
    draft->file = -1;
    errno = whole ? errno : error;
    if (whole && closed && rename(draft->path, draft->target) == 0)
        return IO_OK;
    io_draft_drop(draft);
    return result_of(errno);
}

static enum io_result write_draft(const char *path, const char *bytes, size_t length)
{
    struct io_draft draft;
    enum io_result result = io_draft_open(&draft, path);
    if (result != IO_OK || io_draft_add(&draft, bytes, length))
        return result == IO_OK ? io_draft_keep(&draft) : result;
    io_draft_drop(&draft);
    return result_of(errno);
}

enum io_result io_write(const char *path, const char *bytes, size_t length)
{
    sigset_t before;
    hold_signals(&before);
    enum io_result result = write_draft(path, bytes, length);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return result;
}

void io_hold_standard(void)
{
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
        if (fcntl(file, F_GETFD) < 0 && errno == EBADF &&
            open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            return;
}

bool io_finish(FILE *stream)
{
    bool lost = ferror(stream) != 0;
    return fflush(stream) == 0 && !lost;
}

bool io_has_no_reader(FILE *stream)
{
    struct pollfd end = {.fd = fileno(stream), .events = POLLOUT};
    return poll(&end, 1, 0) == 1 && (end.revents & POLLERR) != 0;
}

struct io_stamp io_stamp(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return (struct io_stamp){.there = false};
    return (struct io_stamp){true,
                             (uint64_t)status.st_size,
                             (uint64_t)status.st_ino,
                             (uint64_t)status.st_dev,
                             status.st_mtim.tv_sec,
                             status.st_mtim.tv_nsec};
}

bool io_stamp_equal(struct io_stamp a, struct io_stamp b)
{
    return a.there == b.there && a.size == b.size && a.inode == b.inode && a.device == b.device &&
           a.seconds == b.seconds && a.nanoseconds == b.nanoseconds;
}

/* ---- folders */

bool io_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), tail = strlen(ending);
    return length > tail && strcmp(name + length - tail, ending) == 0;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *inside(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    return str_print("%s%s%s", folder, length > 0 && folder[length - 1] == '/' ? "" : "/", name);
}

enum io_result io_list(const char *folder, const char *ending, struct io_names *paths)
{
    DIR *open = opendir(folder);
    if (!open)
        return result_of(errno);
    errno = 0;
    for (struct dirent *entry; (entry = readdir(open)) != NULL;) {
        const char *path = inside(folder, entry->d_name);
        if (ends_in(entry->d_name, ending) && !io_is_folder(path))
            vec_push(&paths->list, path);
        errno = 0;
    }
    int error = errno;
    closedir(open);
    if (paths->list.count)
        qsort(paths->list.items, paths->list.count, sizeof *paths->list.items, by_bytes);
    return error ? result_of(error) : IO_OK;
}

/* ---- paths */

const char *io_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    while (slash > path && slash[-1] == '/')
        slash--;
    return slash == path ? "/" : mem_text(path, (size_t)(slash - path));
}

const char *io_join(const char *file, const char *relative)
{
    if (strcmp(relative, "-") == 0)
        relative = "./-"; /* standard input is for the call to name */
    if (*relative == '/' || !strchr(file, '/'))
        return mem_text(relative, strlen(relative));
    const char *folder = io_folder(file);
    return str_print("%s%s%s", folder, strcmp(folder, "/") == 0 ? "" : "/", relative);
}

const char *io_real_path(const char *path)
{
    char *resolved = realpath(path, NULL);
    if (!resolved && errno == ENOMEM)
        mem_exhausted();
    if (!resolved)
        return NULL;
    const char *copy = mem_text(resolved, strlen(resolved));
    free(resolved);
    return copy;
}

/* A path whose folder exists, from the root; the file itself may not be there yet. */
static const char *from_root(const char *path)
{
    const char *real = io_real_path(path);
    if (real)
        return real;
    const char *folder = io_real_path(io_folder(path)), *slash = strrchr(path, '/');
    return folder ? inside(folder, slash ? slash + 1 : path) : path;
}

const char *io_relative(const char *file, const char *path)
{
    const char *from = from_root(file), *to = from_root(path);
    size_t shared = 0; /* up to the last slash that both have */
    for (size_t i = 0; from[i] && from[i] == to[i]; i++)
        shared = from[i] == '/' ? i + 1 : shared;
    if (shared == 0)
        return path;
    struct str out = {0};
    for (const char *at = from + shared; (at = strchr(at, '/')) != NULL; at++)
        str_add(&out, "../");
    str_add(&out, to + shared);
    return str_text(&out);
}
