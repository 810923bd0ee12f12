#include "cli/repl/history.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/io.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { FILE_BYTES = 16 << 20, ENTRY_BYTES = 16 << 10, OPEN_TRIES = 20 };

/* ---------------------------------------------------------------- where it stands */

static const char *absolute(const char *name)
{
    const char *path = getenv(name);
    return path != NULL && path[0] == '/' ? path : NULL;
}

static const char *find_path(void)
{
    const char *state = absolute("XDG_STATE_HOME"), *home = absolute("HOME");
    return state != NULL  ? str_print("%s/rubric/history", state)
           : home != NULL ? str_print("%s/.local/state/rubric/history", home)
                          : NULL;
}

/* Every folder on the way that is missing. */
static void make_folders(const char *path)
{
    for (const char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        mkdir(mem_text(path, (size_t)(slash - path)), 0700);
    }
    chmod(io_folder(path), 0700);
}

static void tell(struct history *history, const char *reason, struct diags *diags)
{
    if (!history->told) {
        const char *path = history->path != NULL ? history->path : "$HOME";
        diag_add(diags, DIAG_HISTORY_LOST, SPAN_NONE, path, reason, NULL);
        history->told = true;
    }
}

/* ---------------------------------------------------------------- entries and lines */

static const char *line_of(const char *entry)
{
    struct str line = {0};
    for (; *entry != '\0'; entry++) {
        switch (*entry) {
        case '\n': str_add(&line, "\\n"); break;
        case '\\': str_add(&line, "\\\\"); break;
        default: str_add_char(&line, *entry); break;
        }
    }
    str_add_char(&line, '\n');
    return str_text(&line);
}

static const char *entry_of(const char *line, size_t length)
{
    struct str entry = {0};
    for (size_t i = 0; i < length; i++) {
        bool escaped = line[i] == '\\' && i + 1 < length;
        i += escaped;
        str_add_char(&entry, escaped && line[i] == 'n' ? '\n' : line[i]);
    }
    return str_text(&entry);
}

/* What could give orders to a terminal is no line that was typed. */
static bool is_plain(const char *entry)
{
    size_t length = strlen(entry);
    uint32_t code;
    if (utf8_bad_at(entry, length) < length) {
        return false;
    }
    for (size_t at = 0; at < length; at += utf8_next(entry + at, length - at, &code)) {
        utf8_next(entry + at, length - at, &code);
        if (code != '\n' && code != '\t' && (utf8_is_control(code) || utf8_is_hidden(code))) {
            return false;
        }
    }
    return true;
}

static void take_lines(struct history *history, const char *bytes, size_t length)
{
    history->entries.count = 0;
    for (const char *end = bytes + length, *next; bytes < end; bytes = next + 1) {
        next = memchr(bytes, '\n', (size_t)(end - bytes));
        next = next != NULL ? next : end;
        const char *entry = entry_of(bytes, (size_t)(next - bytes));
        if (*entry != '\0' && is_plain(entry)) {
            vec_push(&history->entries, entry);
        }
    }
    size_t count = history->entries.count, over = count > HISTORY_MAX ? count - HISTORY_MAX : 0;
    if (over > 0) {
        memmove(history->entries.items, history->entries.items + over, HISTORY_MAX * sizeof(const char *));
        history->entries.count = HISTORY_MAX;
    }
}

/* ---------------------------------------------------------------- the file */

static enum io_result read_file(struct history *history)
{
    char *bytes;
    size_t length;
    enum io_result result = io_read(history->path, FILE_BYTES, &bytes, &length);
    if (result == IO_OK) {
        take_lines(history, bytes, length);
    }
    errno = result == IO_TOO_LARGE ? EFBIG : errno;
    return result;
}

static bool is_own_file(int file)
{
    struct stat status;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        errno = EINVAL;
        return false;
    }
    return (status.st_mode & 0077) == 0 || fchmod(file, 0600) == 0;
}

/* Another session may have put a shorter file in the place of the one that was opened. */
static bool is_still_there(int file, const char *path)
{
    struct stat opened, named;
    return fstat(file, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino &&
           opened.st_dev == named.st_dev;
}

/* Open for this session alone; -1: it cannot be. */
static int open_alone(const char *path)
{
    for (size_t i = 0; i < OPEN_TRIES; i++) {
        int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
        if (file < 0) {
            return -1;
        }
        bool locked = is_own_file(file) && flock(file, LOCK_EX) == 0;
        if (locked && is_still_there(file, path)) {
            return file;
        }
        int error = errno;
        close(file);
        errno = error;
        if (!locked) {
            return -1;
        }
    }
    errno = EAGAIN;
    return -1;
}

static bool write_whole(int file, const char *bytes, size_t length)
{
    ssize_t put = write(file, bytes, length);
    return put >= 0 && (size_t)put == length;
}

/* What other sessions have added since stays. */
static bool cut(struct history *history)
{
    struct str text = {0};
    if (read_file(history) != IO_OK) {
        return false;
    }
    for (size_t i = 0; i < history->entries.count; i++) {
        str_add(&text, line_of(history->entries.items[i]));
    }
    return io_write(history->path, str_text(&text), text.length) == IO_OK;
}

static size_t count_lines(const char *path)
{
    char *bytes;
    size_t length, count = 0;
    if (io_read(path, FILE_BYTES, &bytes, &length) != IO_OK) {
        return 0;
    }
    for (size_t i = 0; i < length; i++) {
        count += bytes[i] == '\n';
    }
    return count;
}

static bool append(struct history *history, const char *entry)
{
    const char *line = line_of(entry);
    int file = open_alone(history->path);
    if (file < 0) {
        return false;
    }
    bool kept =
        write_whole(file, line, strlen(line)) && (count_lines(history->path) <= HISTORY_MAX || cut(history));
    int error = errno;
    close(file);
    errno = error;
    return kept;
}

/* ---------------------------------------------------------------- what is called */

void history_open(struct history *history, struct diags *diags)
{
    *history = (struct history){.path = find_path()};
    if (history->path == NULL) {
        tell(history, strerror(ENOENT), diags);
        return;
    }
    make_folders(history->path);
    int file = open_alone(history->path);
    if (file < 0 || read_file(history) != IO_OK) {
        tell(history, strerror(errno), diags);
        history->path = NULL;
    }
    if (file >= 0) {
        close(file);
    }
    history->latest = history->entries.count > 0 ? vec_last(&history->entries) : NULL;
}

bool history_add(struct history *history, const char *entry, struct diags *diags)
{
    bool wanted = *entry != '\0' && *entry != ' ' && *entry != '\t' && *entry != '\n' &&
                  strlen(entry) <= ENTRY_BYTES && !str_equal(entry, history->latest);
    if (!wanted) {
        return false;
    }
    history->latest = entry;
    if (history->path != NULL && !append(history, entry)) {
        tell(history, strerror(errno), diags);
    }
    return true;
}
