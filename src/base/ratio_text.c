#include "base/ratio_text.h"

static size_t add_whole(char *out, uint64_t number)
{
    char digits[20];
    size_t count = 0;
    do
        digits[count++] = (char)('0' + number % 10);
    while (number /= 10);
    for (size_t i = 0; i < count; i++)
        out[i] = digits[count - 1 - i];
    return count;
}

/* Nothing but twos and fives: a decimal ends. */
static int ends(uint64_t bottom)
{
    bottom >>= __builtin_ctzll(bottom);
    while (bottom % 5 == 0)
        bottom /= 5;
    return bottom == 1;
}

static uint64_t shared_factor(uint64_t a, uint64_t b)
{
    while (b) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static size_t add_decimals(char *out, uint64_t rest, uint64_t bottom)
{
    size_t put = 0;
    out[put++] = '.';
    while (rest) {
        unsigned __int128 tenfold = (unsigned __int128)rest * 10;
        out[put++] = (char)('0' + (int)(tenfold / bottom));
        rest = (uint64_t)(tenfold % bottom);
    }
    return put;
}

size_t ratio_text(char *out, int64_t top, int64_t bottom)
{
    size_t put = 0;
    uint64_t above = top < 0 ? -(uint64_t)top : (uint64_t)top, below = (uint64_t)bottom;
    if (top < 0)
        out[put++] = '-';
    if (below != 1 && !ends(below)) {
        uint64_t factor = shared_factor(above, below);
        above /= factor;
        below /= factor;
    }
    if (below != 1 && !ends(below)) {
        put += add_whole(out + put, above);
        out[put++] = '/';
        return put + add_whole(out + put, below);
    }
    put += add_whole(out + put, above / below);
    return above % below ? put + add_decimals(out + put, above % below, below) : put;
}
