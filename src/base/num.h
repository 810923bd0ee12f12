/* Exact rational numbers. The only file that includes gmp.h.
 * A number is a value: pass and return it plainly. It is always reduced, its bottom positive. Small ones are two 64-bit words
 * worked on with 128-bit intermediates; larger ones GMP rationals in collected memory. Past 4,096 bits in top or bottom a result is
 * the invalid number, which every operation passes on; ask num_valid() where a limit can be reported. */
#ifndef RUBRIC_BASE_NUM_H
#define RUBRIC_BASE_NUM_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct num_big;
struct num { int64_t top, bottom; const struct num_big *big; };  /* small: big is NULL; invalid: bottom 0, big NULL */

enum num_rounding { NUM_HALF_UP, NUM_HALF_EVEN, NUM_UP, NUM_DOWN };  /* half up and up go towards +inf, down towards -inf */
#define NUM_DIGITS_MAX 100                                       /* digits of a number in a source text */
#define NUM_BITS_MAX 4096

struct num num_ratio(int64_t top, int64_t bottom);               /* bottom not 0 */
bool num_parse(const char *text, size_t length, struct num *out);/* "12", "1_500", "0.25", "-3"; false if malformed or over the digit limit */

struct num num_sub(struct num a, struct num b);
struct num num_mul(struct num a, struct num b);
struct num num_div(struct num a, struct num b);                  /* b not 0 */
struct num num_neg(struct num a);
struct num num_abs(struct num a);
struct num num_floor(struct num a);
struct num num_ceil(struct num a);
struct num num_round(struct num a, struct num step, enum num_rounding how);  /* to a multiple of step > 0 */
/* Strictly between the two: the one nearest to `from` that is written with as few decimals as possible. */
struct num num_plain_between(struct num from, struct num to);
struct num num_min(struct num a, struct num b);
struct num num_max(struct num a, struct num b);
bool num_to_int(struct num a, int64_t *out);                     /* false if not whole or too large */
struct num num_top(struct num a);                                /* numerator, as a number */
struct num num_bottom(struct num a);                             /* denominator */

/* What is asked most often of small numbers is answered here; of others, in num.c. */
struct num num_add_any(struct num a, struct num b);
int num_sign_of_any(struct num a);
int num_compare_any(struct num a, struct num b);
bool num_equal_any(struct num a, struct num b);
bool num_is_int_any(struct num a);

static inline struct num num_int(int64_t value)
{
    return (struct num){value, 1, NULL};
}

static inline bool num_valid(struct num a)
{
    return a.bottom || a.big;
}

static inline struct num num_add(struct num a, struct num b)
{
    int64_t sum;
    bool plain = a.bottom == 1 && b.bottom == 1 && !__builtin_add_overflow(a.top, b.top, &sum);
    return plain ? num_int(sum) : num_add_any(a, b);
}

/* -1, 0, 1 */
static inline int num_sign(struct num a)
{
    return a.big ? num_sign_of_any(a) : (a.top > 0) - (a.top < 0);
}

/* -1, 0, 1 */
static inline int num_compare(struct num a, struct num b)
{
    return a.bottom && a.bottom == b.bottom ? (a.top > b.top) - (a.top < b.top) : num_compare_any(a, b);
}

static inline bool num_equal(struct num a, struct num b)
{
    return a.big || b.big ? num_equal_any(a, b) : a.top == b.top && a.bottom == b.bottom;
}

static inline bool num_is_int(struct num a)
{
    return a.big ? num_is_int_any(a) : a.bottom == 1;
}

/* Exact text: a decimal where it terminates, else "top/bottom" in lowest terms. */
const char *num_text(struct num a);
/* For the eye: at most `places` decimals, cut towards zero by truncation with a closing "…" where something was cut; exact otherwise. */
const char *num_show(struct num a, unsigned places);
/* A percentage for the eye, "97.7%" or "97.72…%". */
const char *num_show_percent(struct num a, unsigned places);
#endif
