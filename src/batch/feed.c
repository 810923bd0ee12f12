#include "batch/feed.h"
#include <errno.h>
#include <unistd.h>
#include "batch/csv_text.h"

enum { CHUNK = 256 << 10, RECORD = 1 << 20 };

static bool is_done(const struct feed *feed)
{
    return feed->ended || feed->failed;
}

static void read_more(struct feed *feed, struct bytes *into, size_t most)
{
    while (!is_done(feed) && into->length < most) {
        ssize_t count = read(feed->options.file, into->at + into->length, most - into->length);
        if (count > 0)
            into->length += (size_t)count;
        else if (count == 0)
            feed->ended = true;
        else if (errno != EINTR)
            feed->failed = errno;
    }
}

static void fill(struct feed *feed, struct bytes *into, size_t most)
{
    bytes_need(into, most + 1 + READER_PAD);
    read_more(feed, into, most);
}

void feed_start(struct feed *feed, const struct stream_options *options)
{
    *feed = (struct feed){.options = *options};
    feed->options.chunk = options->chunk ? options->chunk : CHUNK;
    feed->options.record = options->record ? options->record : RECORD;
    if (feed->options.chunk > feed->options.record)
        feed->options.chunk = feed->options.record;
    fill(feed, &feed->rest, feed->options.chunk);
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
    return feed->options.json ? text_whole_lines(text->at, text->length)
                              : csv_whole_records(text->at, text->length);
}

/* More is read until there is a whole record, or what there is is longer than one may be. */
static size_t fill_with_records(struct feed *feed, struct bytes *text)
{
    size_t most = feed->options.chunk, whole;
    fill(feed, text, most);
    while ((whole = whole_records(feed, text)) == 0 && !is_done(feed) &&
           text->length < feed->options.record) {
        most = most > feed->options.record / 2 ? feed->options.record : 2 * most;
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
        fill(feed, &feed->rest, feed->options.chunk);
        line = whole_line(&feed->rest);
    } while (line == 0 && !is_done(feed));
    bytes_drop(&feed->rest, line ? line : feed->rest.length);
}

bool feed_first(struct feed *feed, struct bytes *record)
{
    size_t whole = fill_with_records(feed, &feed->rest);
    whole = whole ? whole : whole_line(&feed->rest);
    if (whole == 0)
        return feed->rest.length == 0;
    feed->rest.at[feed->rest.length] = '\n';
    struct csv_record first = csv_pass_record(feed->rest.at, feed->rest.at + whole);
    size_t length = (size_t)(first.next - feed->rest.at);
    bytes_add(record, feed->rest.at, length);
    bytes_drop(&feed->rest, length);
    return true;
}

bool feed_next(struct feed *feed, struct bytes *records, bool *too_long)
{
    records->length = 0;
    bytes_add(records, feed->rest.at, feed->rest.length);
    feed->rest.length = 0;
    size_t whole = fill_with_records(feed, records);
    whole = whole || feed->failed ? whole : whole_line(records);
    *too_long = whole == 0 && records->length > 0 && !feed->failed;
    if (*too_long)
        skip_line(feed);
    else
        bytes_add(&feed->rest, records->at + whole, records->length - whole);
    records->length = *too_long ? records->length : whole;
    bytes_need(records, records->length + 1 + READER_PAD);
    records->at[records->length] = '\n';
    return records->length > 0;
}
