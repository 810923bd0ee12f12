#include "batch/feed.h"
#include "batch/csv_text.h"

enum { CHUNK = 256 << 10 };

static void fill(struct feed *feed, struct bytes *into, size_t most)
{
    bytes_need(into, most + INFLOW_LEAST + 1 + READER_PAD);
    while (!feed->ended && into->length < most) {
        size_t count =
            feed->source.read(feed->source.from, into->at + into->length, most + INFLOW_LEAST - into->length);
        into->length += count;
        feed->ended = count == 0;
    }
}

void feed_start(struct feed *feed, const struct stream_source *source)
{
    *feed = (struct feed){.source = *source};
    feed->source.chunk = source->chunk ? source->chunk : CHUNK;
    feed->source.record = source->record ? source->record : TEXT_ROW_MAX;
    if (feed->source.chunk > feed->source.record)
        feed->source.chunk = feed->source.record;
}

void feed_free(struct feed *feed)
{
    free(feed->rest.at);
}

/* What may be a record, or hold some: what follows is looked at later. */
static size_t window(const struct feed *feed, const struct bytes *text)
{
    return text->length < feed->source.record ? text->length : feed->source.record;
}

/* How much of it is whole records; 0: not one is, or there is none. */
static size_t whole_records(const struct feed *feed, const struct bytes *text)
{
    size_t length = window(feed, text);
    if (feed->ended && length == text->length)
        return length;
    return feed->source.json ? text_whole_lines(text->at, length) : csv_whole_records(text->at, length);
}

/* More is read until there is a whole record, or what there is is longer than one may be. */
static size_t fill_with_records(struct feed *feed, struct bytes *text)
{
    size_t most = feed->source.chunk, longest = feed->source.record, whole;
    fill(feed, text, most);
    while ((whole = whole_records(feed, text)) == 0 && !feed->ended && text->length <= longest) {
        most = most > longest / 2 ? longest + 1 : 2 * most;
        fill(feed, text, most);
    }
    return whole;
}

static size_t whole_line(const struct bytes *text)
{
    const char *end = memchr(text->at, '\n', text->length);
    return end ? (size_t)(end + 1 - text->at) : 0;
}

/* A record of which no end is at hand is wrong if a quote in it is not closed, and then ends with its line; else, 0, it is too long. */
static size_t wrong_record(const struct feed *feed, const struct bytes *text)
{
    size_t length = window(feed, text);
    char *end = text->at + length, behind = *end;
    if (feed->source.json)
        return 0;
    *end = '\n';
    struct csv_record record = csv_pass_record(text->at, end);
    *end = behind;
    size_t passed = (size_t)(record.next - text->at);
    return passed > 0 && record.next[-1] == '\n' ? passed : 0;
}

/* The rest of a line of which the beginning was given out. */
static void skip_line(struct feed *feed)
{
    size_t line;
    while ((line = whole_line(&feed->rest)) == 0 && !feed->ended) {
        feed->rest.length = 0;
        fill(feed, &feed->rest, feed->source.chunk);
    }
    bytes_drop(&feed->rest, line ? line : feed->rest.length);
}

bool feed_next(struct feed *feed, struct bytes *records, bool *too_long)
{
    records->length = 0;
    bytes_add(records, feed->rest.at, feed->rest.length);
    feed->rest.length = 0;
    size_t whole = fill_with_records(feed, records);
    whole = whole ? whole : wrong_record(feed, records);
    *too_long = whole == 0 && records->length > 0;
    whole = *too_long ? window(feed, records) : whole;
    bytes_add(&feed->rest, records->at + whole, records->length - whole);
    if (*too_long)
        skip_line(feed);
    records->length = whole;
    bytes_need(records, records->length + 1 + READER_PAD);
    records->at[records->length] = '\n';
    return records->length > 0;
}

struct inflow_state feed_state(const struct feed *feed)
{
    const struct stream_source *source = &feed->source;
    return source->state ? source->state(source->from) : (struct inflow_state){0};
}
