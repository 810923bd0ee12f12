/* Plain decimals of few digits, 86, 97.5, -0.25, as a whole number over a power of ten. No memory is taken, and threads may read them. */
#ifndef RUBRIC_BASE_DECIMAL_H
#define RUBRIC_BASE_DECIMAL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DECIMAL_LENGTH_MAX = 17 /* bytes, without a minus: all of them fit */, DECIMAL_POWER_MAX = 18 };

extern const int64_t decimal_powers[DECIMAL_POWER_MAX + 1]; /* of ten */

/* `digits` over ten to the `places`. */
struct decimal {
    int64_t digits;
    unsigned places;
};

/* Digits with a digit on both sides of the point, if there is one. False: it is something else, or longer. */
bool decimal_unsigned(const char *text, size_t length, struct decimal *decimal);
/* Perhaps with a minus before it. */
bool decimal_signed(const char *text, size_t length, struct decimal *decimal);
#endif
