#include "base/decimal.h"

const int64_t decimal_powers[DECIMAL_POWER_MAX + 1] = {1LL,
                                                       10LL,
                                                       100LL,
                                                       1000LL,
                                                       10000LL,
                                                       100000LL,
                                                       1000000LL,
                                                       10000000LL,
                                                       100000000LL,
                                                       1000000000LL,
                                                       10000000000LL,
                                                       100000000000LL,
                                                       1000000000000LL,
                                                       10000000000000LL,
                                                       100000000000000LL,
                                                       1000000000000000LL,
                                                       10000000000000000LL,
                                                       100000000000000000LL,
                                                       1000000000000000000LL};

/* A run of digits, appended to what was read before; returns how many they are. */
static size_t read_digits(const char *text, size_t length, int64_t *value)
{
    size_t at = 0;
    for (; at < length && text[at] >= '0' && text[at] <= '9'; at++)
        *value = *value * 10 + (text[at] - '0');
    return at;
}

bool decimal_unsigned(const char *text, size_t length, struct decimal *decimal)
{
    int64_t value = 0;
    if (length > DECIMAL_LENGTH_MAX)
        return false;
    size_t read = read_digits(text, length, &value), places = 0;
    if (read > 0 && read < length && text[read] == '.') {
        places = read_digits(text + read + 1, length - read - 1, &value);
        read += places ? places + 1 : 0;
    }
    *decimal = (struct decimal){value, (unsigned)places};
    return read > 0 && read == length;
}

bool decimal_signed(const char *text, size_t length, struct decimal *decimal)
{
    bool negative = length > 0 && *text == '-';
    if (!decimal_unsigned(text + negative, length - negative, decimal))
        return false;
    decimal->digits = negative ? -decimal->digits : decimal->digits;
    return true;
}
