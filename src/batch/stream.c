#include "batch/stream.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include "base/utf8.h"
#include "batch/csv_text.h"
#include "batch/decode.h"
#include "batch/feed.h"

enum {
    SPARE = 2 /* chunks beyond one a thread: one being taken, one ready */,
    LEAST_ROOM = 4096,
    CHARACTER_MAX = 4
};

struct stream {
    struct feed feed;
    enum encoding encoding;
    struct bytes head;
    size_t head_lines;
};

enum slot_stage { STAGE_FREE, STAGE_WORKED_ON, STAGE_DONE };

/* A chunk with what its caller does not see. */
struct slot {
    struct chunk chunk;
    enum slot_stage stage;
    struct bytes raw, decoded;
    size_t length, lines; /* of its text */
    bool too_long;
};

/* What a thread has of its own. */
struct worker {
    struct crew *crew;
    struct reader *reader;
    struct block *block;
    struct decoder *decoder;
    void *own;
    pthread_t thread;
};

/* `reading` is held by the one thread that cuts the next chunk, `lock` for all that is below it. */
struct crew {
    struct stream *stream;
    const struct stream_work *work;
    struct worker *workers;
    size_t worker_count;
    struct slot *slots;
    size_t slot_count;
    pthread_mutex_t reading, lock;
    pthread_cond_t freed, done;
    size_t cut; /* chunks that were given out */
    bool ended; /* there are no more */
    bool stopped;
};

/* ---------------------------------------------------------------- output */

char *chunk_room(struct chunk *chunk, size_t bytes)
{
    if (chunk->room - chunk->length >= bytes)
        return chunk->out + chunk->length;
    struct bytes out = {chunk->out, chunk->length, chunk->room};
    size_t twice = 2 * chunk->room + LEAST_ROOM, needed = chunk->length + bytes;
    bytes_need(&out, needed > twice ? needed : twice);
    chunk->out = out.at;
    chunk->room = out.room;
    return chunk->out + chunk->length;
}

static struct exact_row *next_exact(struct chunk *chunk)
{
    if (chunk->row_count == chunk->row_room) {
        size_t room = 2 * chunk->row_room + 16;
        chunk->rows = realloc(chunk->rows, room * sizeof *chunk->rows);
        if (!chunk->rows)
            mem_exhausted();
        chunk->row_room = room;
    }
    struct exact_row *row = &chunk->rows[chunk->row_count++];
    *row = (struct exact_row){.at = chunk->length};
    return row;
}

void chunk_leave(struct chunk *chunk, const struct block *block, size_t row)
{
    struct exact_row *exact = next_exact(chunk);
    exact->text = block->texts[row];
    exact->reason = (enum exact_reason)block->exact[row];
}

/* ---------------------------------------------------------------- one chunk */

static void start_chunk(struct worker *worker, struct slot *slot)
{
    struct chunk *chunk = &slot->chunk;
    const struct bytes *text = &slot->raw;
    if (worker->decoder) {
        decoder_run(worker->decoder, slot->raw.at, slot->raw.length, &slot->decoded);
        bytes_need(&slot->decoded, slot->decoded.length + 1 + READER_PAD);
        slot->decoded.at[slot->decoded.length] = '\n';
        text = &slot->decoded;
    }
    chunk->text = text->at;
    slot->length = text->length;
    chunk->length = chunk->row_count = 0;
    memset(chunk->totals, 0, worker->crew->work->totals);
}

static void leave_long(struct slot *slot)
{
    struct exact_row *row = next_exact(&slot->chunk);
    row->text.length = (uint32_t)slot->length;
    row->reason = EXACT_TEXT;
    row->too_long = true;
    slot->lines = 1;
}

static void work_on(struct worker *worker, struct slot *slot)
{
    start_chunk(worker, slot);
    if (slot->too_long) {
        leave_long(slot);
        return;
    }
    reader_start(worker->reader, slot->chunk.text, slot->length);
    while (reader_next(worker->reader, worker->block))
        worker->crew->work->work(worker->own, worker->block, &slot->chunk);
    slot->lines = reader_lines(worker->reader);
}

/* To the caller, with lines counted from the start of the file. */
static bool take(struct crew *crew, struct slot *slot, size_t *lines)
{
    for (size_t i = 0; i < slot->chunk.row_count; i++)
        slot->chunk.rows[i].text.line += (uint32_t)*lines;
    *lines += slot->lines;
    return crew->work->take(crew->work->context, &slot->chunk);
}

/* ---------------------------------------------------------------- threads */

/* The next chunk of the input in a slot that is free; NULL: there is none, or nobody wants it. */
static struct slot *cut_next(struct crew *crew)
{
    struct slot *slot = NULL;
    pthread_mutex_lock(&crew->reading);
    pthread_mutex_lock(&crew->lock);
    struct slot *next = &crew->slots[crew->cut % crew->slot_count];
    while (next->stage != STAGE_FREE && !crew->stopped)
        pthread_cond_wait(&crew->freed, &crew->lock);
    bool wanted = !crew->ended && !crew->stopped;
    pthread_mutex_unlock(&crew->lock);
    if (wanted && feed_next(&crew->stream->feed, &next->raw, &next->too_long))
        slot = next;
    pthread_mutex_lock(&crew->lock);
    if (slot) {
        slot->stage = STAGE_WORKED_ON;
        crew->cut++;
    } else {
        crew->ended = true;
        pthread_cond_signal(&crew->done);
    }
    pthread_mutex_unlock(&crew->lock);
    pthread_mutex_unlock(&crew->reading);
    return slot;
}

static void *run_worker(void *context)
{
    struct worker *worker = context;
    struct crew *crew = worker->crew;
    for (struct slot *slot; (slot = cut_next(crew));) {
        work_on(worker, slot);
        pthread_mutex_lock(&crew->lock);
        slot->stage = STAGE_DONE;
        pthread_cond_signal(&crew->done);
        pthread_mutex_unlock(&crew->lock);
    }
    return NULL;
}

/* The chunk of that number once it is done; NULL: there is none. */
static struct slot *await(struct crew *crew, size_t number)
{
    struct slot *slot = &crew->slots[number % crew->slot_count];
    pthread_mutex_lock(&crew->lock);
    while (slot->stage != STAGE_DONE && !(crew->ended && number == crew->cut))
        pthread_cond_wait(&crew->done, &crew->lock);
    bool is_there = slot->stage == STAGE_DONE;
    pthread_mutex_unlock(&crew->lock);
    return is_there ? slot : NULL;
}

static void release(struct crew *crew, struct slot *slot, bool go_on)
{
    pthread_mutex_lock(&crew->lock);
    slot->stage = STAGE_FREE;
    crew->stopped |= !go_on;
    pthread_cond_broadcast(&crew->freed);
    pthread_mutex_unlock(&crew->lock);
}

/* Signals are for the caller's thread. Returns how many were started. */
static size_t start_threads(struct crew *crew)
{
    sigset_t all, before;
    size_t started = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (started < crew->worker_count &&
           pthread_create(&crew->workers[started].thread, NULL, run_worker, &crew->workers[started]) == 0)
        started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

static void run_alone(struct crew *crew, size_t lines)
{
    bool go_on = true;
    for (struct slot *slot; go_on && (slot = cut_next(crew)); release(crew, slot, go_on)) {
        work_on(&crew->workers[0], slot);
        go_on = take(crew, slot, &lines);
    }
}

static void run_crew(struct crew *crew, size_t lines)
{
    size_t started = crew->worker_count > 1 ? start_threads(crew) : 0;
    if (started == 0) {
        run_alone(crew, lines);
        return;
    }
    bool go_on = true;
    struct slot *slot;
    for (size_t number = 0; go_on && (slot = await(crew, number)); number++) {
        go_on = take(crew, slot, &lines);
        release(crew, slot, go_on);
    }
    for (size_t i = 0; i < started; i++)
        pthread_join(crew->workers[i].thread, NULL);
}

/* ---------------------------------------------------------------- the crew */

static void *cleared(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        mem_exhausted();
    return memory;
}

/* False: the encoding is not known here. */
static bool hire(struct crew *crew, struct worker *worker)
{
    const struct stream_work *work = crew->work;
    worker->crew = crew;
    worker->reader = reader_new(work->layout, work->inputs, work->input_count);
    worker->block = block_new(work->inputs, work->input_count);
    if (!worker->reader || !worker->block)
        mem_exhausted();
    worker->own = work->worker_new ? work->worker_new(work->context) : NULL;
    bool decodes = crew->stream->encoding == ENCODING_GB18030;
    worker->decoder = decodes ? decoder_new() : NULL;
    return !decodes || worker->decoder;
}

static bool crew_start(struct crew *crew, struct stream *stream, const struct stream_work *work)
{
    bool right = true;
    *crew = (struct crew){.stream = stream, .work = work, .worker_count = work->threads ? work->threads : 1};
    crew->slot_count = crew->worker_count > 1 ? crew->worker_count + SPARE : 1;
    crew->workers = cleared(crew->worker_count * sizeof *crew->workers);
    crew->slots = cleared(crew->slot_count * sizeof *crew->slots);
    pthread_mutex_init(&crew->reading, NULL);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->freed, NULL);
    pthread_cond_init(&crew->done, NULL);
    for (size_t i = 0; i < crew->slot_count; i++)
        crew->slots[i].chunk.totals = cleared(work->totals);
    for (size_t i = 0; i < crew->worker_count; i++)
        right &= hire(crew, &crew->workers[i]);
    return right;
}

static void slot_free(struct slot *slot)
{
    free(slot->raw.at);
    free(slot->decoded.at);
    free(slot->chunk.out);
    free(slot->chunk.rows);
    free(slot->chunk.totals);
}

static void crew_end(struct crew *crew)
{
    for (size_t i = 0; i < crew->worker_count; i++) {
        struct worker *worker = &crew->workers[i];
        reader_free(worker->reader);
        block_free(worker->block);
        decoder_free(worker->decoder);
        if (crew->work->worker_free)
            crew->work->worker_free(worker->own);
    }
    for (size_t i = 0; i < crew->slot_count; i++)
        slot_free(&crew->slots[i]);
    pthread_mutex_destroy(&crew->reading);
    pthread_mutex_destroy(&crew->lock);
    pthread_cond_destroy(&crew->freed);
    pthread_cond_destroy(&crew->done);
    free(crew->workers);
    free(crew->slots);
}

enum stream_end stream_run(struct stream *stream, const struct stream_work *work)
{
    struct crew crew;
    enum stream_end end = STREAM_NO_DECODER;
    if (crew_start(&crew, stream, work)) {
        run_crew(&crew, stream->head_lines);
        end = crew.stopped ? STREAM_STOPPED : stream->feed.failed ? STREAM_UNREADABLE : STREAM_DONE;
    }
    crew_end(&crew);
    errno = stream->feed.failed;
    return end;
}

/* ---------------------------------------------------------------- the beginning */

static bool drop_mark(struct bytes *text, const char *mark)
{
    size_t length = strlen(mark);
    bool there = text->length >= length && memcmp(text->at, mark, length) == 0;
    if (there)
        bytes_drop(text, length);
    return there;
}

/* A file that begins in UTF-8 is UTF-8: its last character may be cut off. */
static bool begins_in_utf8(const struct feed *feed)
{
    size_t bad = utf8_bad_at(feed->rest.at, feed->rest.length), left = feed->rest.length - bad;
    return left == 0 || (!feed->ended && left < CHARACTER_MAX);
}

static bool begins_in_gb18030(const struct feed *feed)
{
    struct decoder *decoder = decoder_new();
    bool takes = decoder && decoder_takes(decoder, feed->rest.at, feed->rest.length);
    decoder_free(decoder);
    return takes;
}

static enum encoding encoding_of(struct feed *feed)
{
    enum encoding said = feed->options.encoding;
    if (said != ENCODING_GB18030 && drop_mark(&feed->rest, "\xEF\xBB\xBF"))
        return ENCODING_UTF8;
    if (said != ENCODING_UTF8 && drop_mark(&feed->rest, "\x84\x31\x95\x33"))
        return ENCODING_GB18030;
    if (said != ENCODING_DETECT)
        return said;
    return begins_in_utf8(feed) || !begins_in_gb18030(feed) ? ENCODING_UTF8 : ENCODING_GB18030;
}

static enum stream_end decode_head(struct stream *stream)
{
    if (stream->encoding != ENCODING_GB18030)
        return STREAM_DONE;
    struct decoder *decoder = decoder_new();
    struct bytes decoded = {0};
    if (!decoder)
        return STREAM_NO_DECODER;
    decoder_run(decoder, stream->head.at, stream->head.length, &decoded);
    decoder_free(decoder);
    free(stream->head.at);
    stream->head = decoded;
    return STREAM_DONE;
}

static enum stream_end take_head(struct stream *stream)
{
    if (!feed_first(&stream->feed, &stream->head))
        return STREAM_TOO_LONG;
    stream->head_lines = text_line_ends(stream->head.at, stream->head.at + stream->head.length);
    return decode_head(stream);
}

struct stream *stream_new(const struct stream_options *options, enum stream_end *end)
{
    struct stream *stream = cleared(sizeof *stream);
    feed_start(&stream->feed, options);
    stream->encoding = encoding_of(&stream->feed);
    *end = options->json ? STREAM_DONE : take_head(stream);
    int failed = stream->feed.failed;
    *end = failed ? STREAM_UNREADABLE : *end;
    if (*end == STREAM_DONE)
        return stream;
    stream_free(stream);
    errno = failed;
    return NULL;
}

void stream_free(struct stream *stream)
{
    if (!stream)
        return;
    feed_free(&stream->feed);
    free(stream->head.at);
    free(stream);
}

enum encoding stream_encoding(const struct stream *stream)
{
    return stream->encoding;
}

const char *stream_head(const struct stream *stream, size_t *length)
{
    *length = stream->head.length;
    return stream->head.length ? stream->head.at : "";
}
