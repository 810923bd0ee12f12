#include "batch/stream.h"
#include <pthread.h>
#include <signal.h>
#include "batch/csv_text.h"
#include "batch/feed.h"

enum { SPARE = 2 /* chunks beyond one a thread: one being taken, one ready */, LEAST_ROOM = 4096 };

enum slot_stage { STAGE_FREE, STAGE_WORKED_ON, STAGE_DONE };

/* A chunk with what its caller does not see. */
struct slot {
    struct chunk chunk;
    enum slot_stage stage;
    struct bytes raw;
    size_t length, lines; /* of its text */
    bool too_long;
};

/* What a thread has of its own. */
struct worker {
    struct crew *crew;
    struct reader *reader;
    struct block *block;
    void *own;
    pthread_t thread;
};

/* `reading` is held by the one thread that cuts the next chunk, `lock` for all that is below it. */
struct crew {
    struct feed feed;
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
    *row = (struct exact_row){.at = (uint32_t)chunk->length};
    return row;
}

void chunk_leave(struct chunk *chunk, const struct block *block, size_t row)
{
    struct exact_row *exact = next_exact(chunk);
    exact->text = block->texts[row];
}

/* ---------------------------------------------------------------- one chunk */

static void start_chunk(struct worker *worker, struct slot *slot)
{
    struct chunk *chunk = &slot->chunk;
    chunk->text = slot->raw.at;
    slot->length = chunk->text_length = slot->raw.length;
    chunk->length = chunk->row_count = 0;
    memset(chunk->totals, 0, worker->crew->work->totals);
}

static void leave_long(struct slot *slot)
{
    struct exact_row *row = next_exact(&slot->chunk);
    row->text.length = (uint32_t)slot->length;
    row->too_long = true;
    slot->lines = 1 + text_line_ends(slot->chunk.text, slot->chunk.text + slot->length);
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
    if (wanted && feed_next(&crew->feed, &next->raw, &next->too_long)) {
        slot = next;
        slot->chunk.state = feed_state(&crew->feed);
    }
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

static void hire(struct crew *crew, struct worker *worker)
{
    const struct stream_work *work = crew->work;
    worker->crew = crew;
    worker->reader = reader_new(work->layout, work->inputs, work->input_count);
    worker->block = block_new(work->inputs, work->input_count);
    if (!worker->reader || !worker->block)
        mem_exhausted();
    worker->own = work->worker_new ? work->worker_new(work->context) : NULL;
}

static void crew_start(struct crew *crew, const struct stream_source *source, const struct stream_work *work)
{
    *crew = (struct crew){.work = work, .worker_count = work->threads ? work->threads : 1};
    feed_start(&crew->feed, source);
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
        hire(crew, &crew->workers[i]);
}

static void slot_free(struct slot *slot)
{
    free(slot->raw.at);
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
        if (crew->work->worker_free)
            crew->work->worker_free(crew->work->context, worker->own);
    }
    for (size_t i = 0; i < crew->slot_count; i++)
        slot_free(&crew->slots[i]);
    pthread_mutex_destroy(&crew->reading);
    pthread_mutex_destroy(&crew->lock);
    pthread_cond_destroy(&crew->freed);
    pthread_cond_destroy(&crew->done);
    free(crew->workers);
    free(crew->slots);
    feed_free(&crew->feed);
}

bool stream_run(const struct stream_source *source, const struct stream_work *work)
{
    struct crew crew;
    crew_start(&crew, source, work);
    run_crew(&crew, source->lines);
    bool stopped = crew.stopped;
    crew_end(&crew);
    return !stopped;
}
