#include "batch/tally.h"
#include <stdlib.h>

static bool fill(struct tally *tally, const size_t *places)
{
    bool filled = tally->columns != NULL;
    for (size_t i = 0; filled && i < tally->count; i++) {
        struct tally_column *column = &tally->columns[i];
        column->place_count = places[i];
        column->places = calloc(places[i] + 1, sizeof *column->places);
        filled = column->places != NULL;
    }
    return filled;
}

struct tally *tally_new(const size_t *places, size_t count)
{
    struct tally *tally = calloc(1, sizeof *tally);
    if (!tally)
        return NULL;
    tally->columns = calloc(count + 1, sizeof *tally->columns);
    tally->count = count;
    if (fill(tally, places))
        return tally;
    tally_free(tally);
    return NULL;
}

void tally_free(struct tally *tally)
{
    for (size_t i = 0; tally->columns && i < tally->count; i++)
        free(tally->columns[i].places);
    free(tally->columns);
    free(tally);
}

static bool is_endless(const struct row_end *end)
{
    return end->text && !*end->text;
}

void tally_count(struct tally_column *column, const struct row_value *value, int64_t place, uint64_t times)
{
    bool single = (value->can & (value->can - 1)) == 0;
    bool ends_meet = value->low.top == value->high.top && value->low.bottom == value->high.bottom &&
                     value->low.text == value->high.text;
    if (value->can == CAN_BE_NA)
        column->none += times;
    else if (single && (value->can != CAN_BE_ELSE || ends_meet))
        column->known += times;
    else
        column->open += times;
    if (value->can & CAN_BE_ELSE && (is_endless(&value->low) || is_endless(&value->high)))
        column->endless += times;
    if (place >= 0 && (size_t)place < column->place_count)
        column->places[place] += times;
}

int64_t tally_bin(int64_t value, int64_t most)
{
    if (value < 0)
        return TALLY_BELOW;
    if (value >= most)
        return value == most ? TALLY_BINS - 1 : TALLY_ABOVE;
    return (int64_t)((__int128)value * TALLY_BINS / most);
}

void tally_merge(struct tally *into, const struct tally *from)
{
    into->units += from->units;
    for (size_t i = 0; i < into->count; i++) {
        struct tally_column *to = &into->columns[i];
        const struct tally_column *more = &from->columns[i];
        to->known += more->known;
        to->open += more->open;
        to->none += more->none;
        to->endless += more->endless;
        to->low += more->low;
        to->high += more->high;
        for (size_t k = 0; k < to->place_count; k++)
            to->places[k] += more->places[k];
    }
}
