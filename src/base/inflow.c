#include "base/inflow.h"
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/mem.h"
#include "base/utf8.h"

enum {
    PIECE = 1 << 16,
    LOOK = 1 << 20, /* bytes that are looked at, at most, for what they are written in */
    LONGEST = 4     /* bytes of one character, in either encoding */
};

struct inflow {
    int file;
    bool regular, ended;
    struct stat before;
    enum encoding encoding;
    enum io_result result;
    int error;
    iconv_t converter; /* of GB18030 */
    uint64_t taken;
    size_t start, end; /* of what was read and not passed on, in `piece` */
    size_t room;
    char *piece; /* plain memory: any thread may read */
};

static void make_room(struct inflow *inflow, size_t room)
{
    char *piece = realloc(inflow->piece, room);
    if (!piece)
        mem_exhausted();
    inflow->piece = piece;
    inflow->room = room;
}

/* ---- the file */

static enum io_result result_of(int error)
{
    return error == ENOENT || error == ENOTDIR                    ? IO_MISSING
           : error == EACCES || error == EPERM                    ? IO_DENIED
           : error == EISDIR || error == ENXIO || error == ENODEV ? IO_NOT_A_FILE
                                                                  : IO_FAILED;
}

static bool open_file(struct inflow *inflow, const char *path)
{
    bool standard = strcmp(path, "-") == 0;
    inflow->file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    return inflow->file >= 0 && fstat(inflow->file, &inflow->before) == 0;
}

enum io_result inflow_open(const char *path, enum encoding encoding, struct inflow **opened)
{
    struct inflow *inflow = mem_alloc_plain(sizeof *inflow);
    *inflow = (struct inflow){.encoding = encoding};
    *opened = NULL;
    if (!open_file(inflow, path))
        return result_of(errno);
    inflow->regular = S_ISREG(inflow->before.st_mode);
    if (S_ISDIR(inflow->before.st_mode)) {
        inflow_close(inflow);
        return IO_NOT_A_FILE;
    }
    make_room(inflow, PIECE);
    *opened = inflow;
    return IO_OK;
}

void inflow_close(struct inflow *inflow)
{
    if (inflow->converter)
        iconv_close(inflow->converter);
    if (inflow->file > STDIN_FILENO)
        close(inflow->file);
    inflow->file = -1;
    free(inflow->piece);
    inflow->piece = NULL;
}

/* Bytes, 0 at the end, -1 on failure. Waits where standard input does not block. */
static ssize_t read_some(const struct inflow *inflow, char *room, size_t size)
{
    for (;;) {
        ssize_t got = read(inflow->file, room, size);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN))
            return got;
        if (errno == EAGAIN)
            poll(&(struct pollfd){.fd = inflow->file, .events = POLLIN}, 1, -1);
    }
}

static bool was_changed(const struct inflow *inflow)
{
    struct stat after;
    const struct stat *before = &inflow->before;
    return inflow->regular && fstat(inflow->file, &after) == 0 &&
           (after.st_size != before->st_size || after.st_mtim.tv_sec != before->st_mtim.tv_sec ||
            after.st_mtim.tv_nsec != before->st_mtim.tv_nsec);
}

static void end(struct inflow *inflow, ssize_t got)
{
    inflow->ended = true;
    inflow->error = errno;
    inflow->result = got < 0 ? result_of(inflow->error) : was_changed(inflow) ? IO_CHANGED : IO_OK;
}

/* 0: the end. */
static size_t take(struct inflow *inflow, char *room, size_t size)
{
    ssize_t got = read_some(inflow, room, size);
    if (got <= 0)
        end(inflow, got);
    else
        inflow->taken += (uint64_t)got;
    return got > 0 ? (size_t)got : 0;
}

/* Behind what is left of the piece before. */
static void fill(struct inflow *inflow)
{
    size_t left = inflow->end - inflow->start;
    memmove(inflow->piece, inflow->piece + inflow->start, left);
    inflow->start = 0;
    inflow->end = left;
    while (!inflow->ended && inflow->end < inflow->room) {
        inflow->end += take(inflow, inflow->piece + inflow->end, inflow->room - inflow->end);
        if (inflow->encoding != ENCODING_UNDECIDED)
            break;
    }
}

/* ---- its encoding */

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool is_wide(char byte)
{
    return (unsigned char)byte >= 0x80;
}

static size_t ascii_length(const char *text, size_t length)
{
    uint64_t some[4];
    size_t at = 0;
    for (; at + sizeof some <= length; at += sizeof some) {
        memcpy(some, text + at, sizeof some);
        if ((some[0] | some[1] | some[2] | some[3]) & 0x8080808080808080)
            break;
    }
    while (at < length && !is_wide(text[at]))
        at++;
    return at;
}

static bool start_converting(struct inflow *inflow)
{
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1)
        return false;
    inflow->converter = converter;
    return true;
}

/* All of it but for a character that the end of the piece cuts off. */
static bool converts(struct inflow *inflow)
{
    char unused[256], *from = inflow->piece;
    size_t left = inflow->end;
    bool right = true;
    while (right && left > 0) {
        char *to = unused;
        size_t room = sizeof unused;
        if (iconv(inflow->converter, &from, &left, &to, &room) != (size_t)-1 || errno == EINVAL)
            break;
        right = errno == E2BIG;
    }
    iconv(inflow->converter, NULL, NULL, NULL, NULL);
    return right && left < LONGEST;
}

/* But for a character that the end of the piece cuts off. */
static bool is_utf8(const struct inflow *inflow)
{
    size_t length = inflow->end, bad = utf8_bad_at(inflow->piece, length);
    return bad == length || (!inflow->ended && utf8_is_begun(inflow->piece + bad, length - bad));
}

static bool is_second(char byte)
{
    return (unsigned char)byte >= '@' && byte != 0x7F && (unsigned char)byte != 0xFF;
}

/* By its form: characters of two bytes, or of four of which the second and the last are digits. */
static bool is_formed_as_gb18030(const char *text, size_t length)
{
    for (size_t at = ascii_length(text, length); at + 1 < length;) {
        bool digit = text[at + 1] >= '0' && text[at + 1] <= '9';
        if (!digit && !is_second(text[at + 1]))
            return false;
        at = least_of(at + (digit ? 4 : 2), length);
        at += ascii_length(text + at, length - at);
    }
    return true;
}

/* What may be either is UTF-8 once nothing more is looked at. */
static void decide(struct inflow *inflow)
{
    bool marked = inflow->end >= 3 && memcmp(inflow->piece, "\xEF\xBB\xBF", 3) == 0;
    bool utf8 = marked || is_utf8(inflow);
    bool may_be_either =
        utf8 && !marked && !inflow->ended && is_formed_as_gb18030(inflow->piece, inflow->end);
    if (may_be_either && inflow->room < LOOK)
        make_room(inflow, 2 * inflow->room);
    else
        inflow->encoding =
            !utf8 && start_converting(inflow) && converts(inflow) ? ENCODING_GB18030 : ENCODING_UTF8;
}

/* ---- GB18030: what is ASCII, which is most of a table, is copied */

static size_t copy(struct inflow *inflow, char *room, size_t size)
{
    size_t length = least_of(inflow->end - inflow->start, size);
    memcpy(room, inflow->piece + inflow->start, length);
    inflow->start += length;
    return length;
}

/* Characters beside one another that are not ASCII: of four bytes where the second is a digit, else of two. */
static size_t wide_length(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length && is_wide(text[at]))
        at += at + 1 < length && text[at + 1] >= '0' && text[at + 1] <= '9' ? 4 : 2;
    return least_of(at, length);
}

/* False: no more of it can be converted for now. A byte that is no character is passed on. */
static bool convert_wide(struct inflow *inflow, char **to, size_t *room)
{
    char *from = inflow->piece + inflow->start;
    size_t rest = inflow->end - inflow->start, unread = wide_length(from, rest);
    bool is_last = unread == rest;
    size_t done = iconv(inflow->converter, &from, &unread, to, room);
    inflow->start = (size_t)(from - inflow->piece);
    if (done != (size_t)-1)
        return true;
    if (errno == E2BIG || (errno == EINVAL && is_last && !inflow->ended))
        return false;
    *room -= copy(inflow, (*to)++, 1);
    return true;
}

/* Stops before a character that the end of the piece cuts off. */
static size_t convert(struct inflow *inflow, char *room, size_t size)
{
    char *to = room;
    size_t left = size;
    while (inflow->start < inflow->end && left >= LONGEST) {
        size_t rest = least_of(inflow->end - inflow->start, left);
        size_t plain = copy(inflow, to, ascii_length(inflow->piece + inflow->start, rest));
        to += plain;
        left -= plain;
        if (plain < rest && left >= LONGEST && !convert_wide(inflow, &to, &left))
            break;
    }
    return size - left;
}

/* ---- reading: straight to the caller what is not converted */

/* What comes first that is not ASCII begins the piece that decides. */
static size_t take_undecided(struct inflow *inflow, char *room, size_t size)
{
    if (inflow->start < inflow->end) {
        fill(inflow);
        decide(inflow);
        return 0;
    }
    size_t got = take(inflow, room, least_of(size, PIECE)), plain = ascii_length(room, got);
    memcpy(inflow->piece, room + plain, got - plain);
    inflow->start = 0;
    inflow->end = got - plain;
    return plain;
}

static size_t read_gb18030(struct inflow *inflow, char *room, size_t size)
{
    if (!inflow->converter && !start_converting(inflow)) {
        inflow->encoding = ENCODING_UTF8;
        return 0;
    }
    if (inflow->end - inflow->start < LONGEST && !inflow->ended)
        fill(inflow);
    return convert(inflow, room, size);
}

size_t inflow_read(struct inflow *inflow, char *room, size_t size)
{
    size_t got = 0;
    while (got == 0 && (inflow->start < inflow->end || !inflow->ended))
        if (inflow->encoding == ENCODING_UNDECIDED)
            got = take_undecided(inflow, room, size);
        else if (inflow->encoding == ENCODING_GB18030)
            got = read_gb18030(inflow, room, size);
        else
            got = inflow->start < inflow->end ? copy(inflow, room, size) : take(inflow, room, size);
    return got;
}

/* ---- what is known of it */

enum io_result inflow_result(const struct inflow *inflow)
{
    errno = inflow->error;
    return inflow->result;
}

struct inflow_state inflow_state(const struct inflow *inflow)
{
    return (struct inflow_state){inflow->encoding, inflow->taken};
}

uint64_t inflow_size(const struct inflow *inflow)
{
    return inflow->regular ? (uint64_t)inflow->before.st_size : 0;
}
