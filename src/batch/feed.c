#include "batch/feed.h"
#include "batch/csv_text.h"

enum { CHUNK = 256 << 10, RECORD = 1 << 20, LEAST = 64 /* bytes that are asked for at once */ };

static void fill(struct feed *feed, struct bytes *into, size_t most)
{
    bytes_need(into, most + LEAST + 1 + READER_PAD);
    while (!feed->ended && into->length < most) {
        size_t count =
            feed->source.read(feed->source.from, into->at + into->length, most + LEAST - into->length);
        into->length += count;
        feed->ended = count == 0;
    }
}

void feed_start(struct feed *feed, const struct stream_source *source)
{
    *feed = (struct feed){.source = *source};
    feed->source.chunk = source->chunk ? source->chunk : CHUNK;
    feed->source.record = source->record ? source->record : RECORD;
    if (feed->source.chunk > feed->source.record)
        feed->source.chunk = feed->source.record;
}

void feed_free(struct feed *feed)
{
    free(feed->rest.at);
}

/* How much of it is whole records; 0: not one is, or there is none. */
static size_t whole_records(const struct feed *feed, const struct bytes *text)
{
    if (feed->ended)
        return text->length;
    return feed->source.json ? text_whole_lines(text->at, text->length)
                             : csv_whole_records(text->at, text->length);
}

/* More is read until there is a whole record, or what there is is longer than one may be. */
static size_t fill_with_records(struct feed *feed, struct bytes *text)
{
    size_t most = feed->source.chunk, whole;
    fill(feed, text, most);
    while ((whole = whole_records(feed, text)) == 0 && !feed->ended && text->length < feed->source.record) {
        most = most > feed->source.record / 2 ? feed->source.record : 2 * most;
        fill(feed, text, most);
    }
    return whole;
}

/* An only record that is too long, unless only its quote is not closed: that ends with its line. */
static size_t whole_line(const struct bytes *text)
{
    const char *end = memchr(text->at, '\n', text->length);
    return end ? (size_t)(end + 1 - text->at) : 0;
}

/* The rest of a line of which the beginning was given out. */
static void skip_line(struct feed *feed)
{
    size_t line;
    do {
        feed->rest.length = 0;
        fill(feed, &feed->rest, feed->source.chunk);
        line = whole_line(&feed->rest);
    } while (line == 0 && !feed->ended);
    bytes_drop(&feed->rest, line ? line : feed->rest.length);
}

bool feed_next(struct feed *feed, struct bytes *records, bool *too_long)
{
    records->length = 0;
    bytes_add(records, feed->rest.at, feed->rest.length);
    feed->rest.length = 0;
    size_t whole = fill_with_records(feed, records);
    whole = whole ? whole : whole_line(records);
    *too_long = whole == 0 && records->length > 0;
    if (*too_long)
        skip_line(feed);
    else
        bytes_add(&feed->rest, records->at + whole, records->length - whole);
    records->length = *too_long ? records->length : whole;
    bytes_need(records, records->length + 1 + READER_PAD);
    records->at[records->length] = '\n';
    return records->length > 0;
}

struct inflow_state feed_state(const struct feed *feed)
{
    const struct stream_source *source = &feed->source;
    return source->state ? source->state(source->from) : (struct inflow_state){0};
}
