/* Small numbers are worked on in 64-bit words whose products fit 128 bits. Numbers that do not fit are blocks
 * of limbs in plain collected memory: GMP sees them through read-only views and computes into temporaries of
 * its own, which are cleared in the same function. What fits the small form is always small, so equal values
 * are equal representations. */
#include "base/num.h"
#include <gmp.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/str.h"

struct num_big {
    int top_size, bottom_size; /* in limbs; top_size carries the sign */
    mp_limb_t limbs[];         /* of the top, then of the bottom; lowest first */
};

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 uwide;

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t) && GMP_NAIL_BITS == 0, "a limb is a 64-bit word");
_Static_assert(sizeof(long) == sizeof(int64_t), "GMP's long conversions cover the small form");

/* ---- GMP's temporaries: where there is no memory GMP itself would abort */

static void *taken(void *block)
{
    if (!block)
        mem_exhausted();
    return block;
}

static void *take(size_t size)
{
    return taken(malloc(size));
}

static void *take_more(void *block, size_t old_size, size_t size)
{
    (void)old_size;
    return taken(realloc(block, size));
}

static void give_back(void *block, size_t size)
{
    (void)size;
    free(block);
}

__attribute__((constructor)) static void have_memory_checked(void)
{
    mp_set_memory_functions(take, take_more, give_back);
}

/* ---- the small form */

static const struct num invalid = {0, 0, NULL};

static struct num small(int64_t top, int64_t bottom)
{
    return (struct num){top, bottom, NULL};
}

static bool both_small(struct num a, struct num b)
{
    return a.bottom && b.bottom;
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

static uint64_t gcd(uint64_t a, uint64_t b)
{
    if (!a || !b)
        return a | b;
    int twos = __builtin_ctzll(a | b);
    a >>= __builtin_ctzll(a);
    while (b) {
        b >>= __builtin_ctzll(b);
        uint64_t less = a < b ? a : b;
        b = a < b ? b - a : a - b;
        a = less;
    }
    return a << twos;
}

/* ---- the big form */

static struct num_big *big_new(int top_size, int bottom_size)
{
    size_t limbs = (size_t)(abs(top_size) + bottom_size);
    struct num_big *big = mem_alloc_plain(sizeof *big + limbs * sizeof *big->limbs);
    big->top_size = top_size;
    big->bottom_size = bottom_size;
    return big;
}

static struct num num_of_big(const struct num_big *big)
{
    return (struct num){0, 0, big};
}

static int wide_size(uwide value)
{
    return value >> 64 ? 2 : 1;
}

static void put_wide(mp_limb_t *limbs, uwide value)
{
    limbs[0] = (uint64_t)value;
    if (value >> 64)
        limbs[1] = (uint64_t)(value >> 64);
}

/* From a fraction in lowest terms, both sides below 2^127. */
static struct num from_wide(bool negative, uwide top, uwide bottom)
{
    if (bottom <= INT64_MAX && top <= (uwide)INT64_MAX + negative)
        return small((int64_t)(negative ? -(uint64_t)top : (uint64_t)top), (int64_t)bottom);
    int top_size = wide_size(top);
    struct num_big *big = big_new(negative ? -top_size : top_size, wide_size(bottom));
    put_wide(big->limbs, top);
    put_wide(big->limbs + top_size, bottom);
    return num_of_big(big);
}

/* A number as GMP reads it. The limbs of a small one stand in the view itself, which must not be moved. */
struct view {
    mpq_t q;
    mp_limb_t top, bottom;
};

static void view(struct view *view, struct num a)
{
    if (a.big) {
        const mp_limb_t *bottom = a.big->limbs + abs(a.big->top_size);
        mpz_roinit_n(mpq_numref(view->q), a.big->limbs, a.big->top_size);
        mpz_roinit_n(mpq_denref(view->q), bottom, a.big->bottom_size);
        return;
    }
    view->top = magnitude(a.top);
    view->bottom = (uint64_t)a.bottom;
    mpz_roinit_n(mpq_numref(view->q), &view->top, num_sign(a));
    mpz_roinit_n(mpq_denref(view->q), &view->bottom, 1);
}

/* From a fraction in lowest terms. */
static struct num pack(mpz_srcptr top, mpz_srcptr bottom)
{
    if (mpz_fits_slong_p(top) && mpz_fits_slong_p(bottom))
        return small(mpz_get_si(top), mpz_get_si(bottom));
    if (mpz_sizeinbase(top, 2) > NUM_BITS_MAX || mpz_sizeinbase(bottom, 2) > NUM_BITS_MAX)
        return invalid;
    size_t top_size = mpz_size(top), bottom_size = mpz_size(bottom);
    struct num_big *big = big_new(mpz_sgn(top) * (int)top_size, (int)bottom_size);
    memcpy(big->limbs, mpz_limbs_read(top), top_size * sizeof *big->limbs);
    memcpy(big->limbs + top_size, mpz_limbs_read(bottom), bottom_size * sizeof *big->limbs);
    return num_of_big(big);
}

static struct num pack_fraction(mpq_srcptr q)
{
    return pack(mpq_numref(q), mpq_denref(q));
}

static struct num pack_int(mpz_srcptr value)
{
    static const mp_limb_t limb = 1;
    mpz_t one;
    return pack(value, mpz_roinit_n(one, &limb, 1));
}

static struct num big_operation(void (*operation)(mpq_ptr, mpq_srcptr, mpq_srcptr), struct num a,
                                struct num b)
{
    if (!num_valid(a) || !num_valid(b))
        return invalid;
    struct view left, right;
    view(&left, a);
    view(&right, b);
    mpq_t result;
    mpq_init(result);
    operation(result, left.q, right.q);
    struct num packed = pack_fraction(result);
    mpq_clear(result);
    return packed;
}

/* ---- making and asking */

struct num num_ratio(int64_t top, int64_t bottom)
{
    return num_div(num_int(top), num_int(bottom));
}

int num_sign_of_any(struct num a)
{
    int64_t top = a.big ? a.big->top_size : a.top;
    return (top > 0) - (top < 0);
}

static int big_compare(struct num a, struct num b)
{
    if (!num_valid(a) || !num_valid(b))
        return 0;
    struct view left, right;
    view(&left, a);
    view(&right, b);
    int order = mpq_cmp(left.q, right.q);
    return (order > 0) - (order < 0);
}

int num_compare_any(struct num a, struct num b)
{
    if (!both_small(a, b))
        return big_compare(a, b);
    if (a.bottom == b.bottom)
        return (a.top > b.top) - (a.top < b.top);
    wide left = (wide)a.top * b.bottom, right = (wide)b.top * a.bottom;
    return (left > right) - (left < right);
}

static bool big_equal(const struct num_big *a, const struct num_big *b)
{
    if (a->top_size != b->top_size || a->bottom_size != b->bottom_size)
        return false;
    size_t limbs = (size_t)(abs(a->top_size) + a->bottom_size);
    return memcmp(a->limbs, b->limbs, limbs * sizeof *a->limbs) == 0;
}

bool num_equal_any(struct num a, struct num b)
{
    if (a.big && b.big)
        return big_equal(a.big, b.big);
    return !a.big && !b.big && a.top == b.top && a.bottom == b.bottom;
}

struct num num_plain_between(struct num from, struct num to)
{
    bool up = num_compare(from, to) < 0;
    struct num step = num_int(1), at = from;
    for (int places = 0; places < NUM_DIGITS_MAX; places++, step = num_div(step, num_int(10))) {
        at = num_round(from, step, up ? NUM_UP : NUM_DOWN);
        if (num_equal(at, from))
            at = up ? num_add(at, step) : num_sub(at, step);
        if (up ? num_compare(at, to) < 0 : num_compare(at, to) > 0)
            return at;
    }
    return num_div(num_add(from, to), num_int(2));
}

struct num num_min(struct num a, struct num b)
{
    return !num_valid(b) || (num_valid(a) && num_compare(a, b) > 0) ? b : a;
}

struct num num_max(struct num a, struct num b)
{
    return !num_valid(b) || (num_valid(a) && num_compare(a, b) < 0) ? b : a;
}

bool num_is_int_any(struct num a)
{
    if (!a.big)
        return a.bottom == 1;
    return a.big->bottom_size == 1 && a.big->limbs[abs(a.big->top_size)] == 1;
}

bool num_to_int(struct num a, int64_t *out)
{
    if (a.bottom != 1)
        return false;
    *out = a.top;
    return true;
}

static struct num big_part(struct num a, bool top)
{
    struct view of;
    view(&of, a);
    return pack_int(top ? mpq_numref(of.q) : mpq_denref(of.q));
}

struct num num_top(struct num a)
{
    if (a.big)
        return big_part(a, true);
    return a.bottom ? num_int(a.top) : invalid;
}

struct num num_bottom(struct num a)
{
    if (a.big)
        return big_part(a, false);
    return a.bottom ? num_int(a.bottom) : invalid;
}

/* ---- arithmetic */

/* Only the divisor that the bottoms share can still be cancelled. */
static struct num add_small(struct num a, struct num b)
{
    uint64_t shared = gcd((uint64_t)a.bottom, (uint64_t)b.bottom);
    int64_t left = a.bottom / (int64_t)shared, right = b.bottom / (int64_t)shared;
    wide sum = (wide)a.top * right + (wide)b.top * left;
    uwide top = sum < 0 ? -(uwide)sum : (uwide)sum;
    uint64_t common = shared == 1 ? 1 : gcd((uint64_t)(top % shared), shared);
    return from_wide(sum < 0, top / common, (uwide)left * ((uint64_t)b.bottom / common));
}

struct num num_add_any(struct num a, struct num b)
{
    return both_small(a, b) ? add_small(a, b) : big_operation(mpq_add, a, b);
}

struct num num_sub(struct num a, struct num b)
{
    return num_add(a, num_neg(b));
}

/* The product of two fractions in lowest terms. */
static struct num multiply(bool negative, uint64_t top, uint64_t bottom, uint64_t by_top, uint64_t by_bottom)
{
    uint64_t across = gcd(top, by_bottom), back = gcd(by_top, bottom);
    return from_wide(negative, (uwide)(top / across) * (by_top / back),
                     (uwide)(bottom / back) * (by_bottom / across));
}

struct num num_mul(struct num a, struct num b)
{
    if (!both_small(a, b))
        return big_operation(mpq_mul, a, b);
    int64_t product;
    if (a.bottom == 1 && b.bottom == 1 && !__builtin_mul_overflow(a.top, b.top, &product))
        return small(product, 1);
    bool negative = (a.top < 0) != (b.top < 0) && a.top && b.top;
    return multiply(negative, magnitude(a.top), (uint64_t)a.bottom, magnitude(b.top), (uint64_t)b.bottom);
}

struct num num_div(struct num a, struct num b)
{
    if (num_sign(b) == 0)
        return invalid;
    if (!both_small(a, b))
        return big_operation(mpq_div, a, b);
    bool negative = (a.top < 0) != (b.top < 0) && a.top;
    return multiply(negative, magnitude(a.top), (uint64_t)a.bottom, (uint64_t)b.bottom, magnitude(b.top));
}

struct num num_neg(struct num a)
{
    if (!a.big && a.top != INT64_MIN)
        return small(-a.top, a.bottom);
    return num_mul(a, num_int(-1));
}

struct num num_abs(struct num a)
{
    return num_sign(a) < 0 ? num_neg(a) : a;
}

/* ---- rounding */

static struct num big_floor(struct num a)
{
    struct view of;
    view(&of, a);
    mpz_t whole;
    mpz_init(whole);
    mpz_fdiv_q(whole, mpq_numref(of.q), mpq_denref(of.q));
    struct num packed = pack_int(whole);
    mpz_clear(whole);
    return packed;
}

struct num num_floor(struct num a)
{
    if (a.big)
        return big_floor(a);
    if (a.bottom <= 1)
        return a;
    return num_int(a.top / a.bottom - (a.top < 0));
}

struct num num_ceil(struct num a)
{
    return num_neg(num_floor(num_neg(a)));
}

/* `half`: the sign of what was cut off less half a step. */
static bool goes_up(enum num_rounding how, bool exact, int half, bool odd)
{
    switch (how) {
    case NUM_HALF_UP: return half >= 0;
    case NUM_HALF_EVEN: return half > 0 || (half == 0 && odd);
    case NUM_UP: return !exact;
    case NUM_DOWN: return false;
    }
    return false;
}

static struct num round_small(struct num a, struct num step, enum num_rounding how)
{
    wide top = (wide)a.top * step.bottom, bottom = (wide)a.bottom * step.top;
    wide steps = top / bottom, rest = top % bottom;
    if (rest < 0) {
        steps--;
        rest += bottom;
    }
    int half = (rest > bottom - rest) - (rest < bottom - rest);
    steps += goes_up(how, rest == 0, half, steps & 1);
    return num_mul(from_wide(steps < 0, steps < 0 ? -(uwide)steps : (uwide)steps, 1), step);
}

static void round_quotient(mpz_ptr steps, mpq_srcptr grid, enum num_rounding how)
{
    mpz_t rest;
    mpz_init(rest);
    mpz_fdiv_qr(steps, rest, mpq_numref(grid), mpq_denref(grid));
    bool exact = mpz_sgn(rest) == 0;
    mpz_mul_2exp(rest, rest, 1);
    if (goes_up(how, exact, mpz_cmp(rest, mpq_denref(grid)), mpz_odd_p(steps)))
        mpz_add_ui(steps, steps, 1);
    mpz_clear(rest);
}

static struct num round_big(struct num a, struct num step, enum num_rounding how)
{
    struct view of, by;
    view(&of, a);
    view(&by, step);
    mpq_t grid, result;
    mpq_init(grid);
    mpq_init(result);
    mpq_div(grid, of.q, by.q);
    round_quotient(mpq_numref(result), grid, how);
    mpq_mul(result, result, by.q);
    struct num packed = pack_fraction(result);
    mpq_clear(grid);
    mpq_clear(result);
    return packed;
}

struct num num_round(struct num a, struct num step, enum num_rounding how)
{
    if (!num_valid(a) || num_sign(step) <= 0)
        return invalid;
    return both_small(a, step) ? round_small(a, step, how) : round_big(a, step, how);
}

/* ---- from text */

struct digits {
    struct num value;      /* of the digits before `word` */
    uint64_t word, weight; /* the latest digits, and the power of ten that they are a part of */
    size_t count;
};

enum { WORD_DIGITS = 18 };

static struct num power_of_ten(size_t exponent)
{
    struct num power = num_int(1), ten = num_int(10);
    while (exponent--)
        power = num_mul(power, ten);
    return power;
}

static void flush_word(struct digits *digits)
{
    struct num shifted = num_mul(digits->value, num_int((int64_t)digits->weight));
    digits->value = num_add(shifted, num_int((int64_t)digits->word));
    digits->word = 0;
    digits->weight = 1;
}

static void push_digit(struct digits *digits, char digit)
{
    digits->word = digits->word * 10 + (uint64_t)(digit - '0');
    digits->weight *= 10;
    if (++digits->count % WORD_DIGITS == 0)
        flush_word(digits);
}

static bool digit_at(const char *at, const char *end)
{
    return at < end && *at >= '0' && *at <= '9';
}

/* One digit or more; where `underscores`, single ones between digits are passed over. */
static bool read_digits(struct digits *digits, const char **at, const char *end, bool underscores)
{
    if (!digit_at(*at, end))
        return false;
    while (digit_at(*at, end) && digits->count <= NUM_DIGITS_MAX) {
        push_digit(digits, *(*at)++);
        if (underscores && *at < end && **at == '_' && digit_at(*at + 1, end))
            (*at)++;
    }
    return digits->count <= NUM_DIGITS_MAX;
}

static bool read_decimal(struct digits *digits, size_t *places, const char *at, const char *end)
{
    if (!read_digits(digits, &at, end, true))
        return false;
    size_t whole = digits->count;
    if (at < end && *at == '.') {
        at++;
        if (!read_digits(digits, &at, end, false))
            return false;
    }
    *places = digits->count - whole;
    return at == end;
}

bool num_parse(const char *text, size_t length, struct num *out)
{
    struct digits digits = {num_int(0), 0, 1, 0};
    size_t places;
    bool negative = length > 0 && *text == '-';
    if (!read_decimal(&digits, &places, text + negative, text + length))
        return false;
    flush_word(&digits);
    struct num value = num_div(digits.value, power_of_ten(places));
    *out = negative ? num_neg(value) : value;
    return true;
}

/* ---- to text */

enum {
    ENDLESS = -1,
    PLACES_MAX = NUM_BITS_MAX
}; /* a decimal that ends has no more places than its bottom has bits */

static char *int_text(mpz_srcptr value)
{
    return mpz_get_str(mem_alloc_plain(mpz_sizeinbase(value, 10) + 2), 10, value);
}

static int small_places(uint64_t bottom)
{
    int twos = __builtin_ctzll(bottom), fives = 0;
    bottom >>= twos;
    for (; bottom % 5 == 0; bottom /= 5)
        fives++;
    return bottom != 1 ? ENDLESS : twos > fives ? twos : fives;
}

static int big_places(struct num a)
{
    struct view of;
    view(&of, a);
    mpz_t rest, factor;
    mpz_init(rest);
    mpz_init_set_ui(factor, 2);
    int twos = (int)mpz_remove(rest, mpq_denref(of.q), factor);
    mpz_set_ui(factor, 5);
    int fives = (int)mpz_remove(rest, rest, factor);
    bool ends = mpz_cmp_ui(rest, 1) == 0;
    mpz_clear(rest);
    mpz_clear(factor);
    return !ends ? ENDLESS : twos > fives ? twos : fives;
}

/* Both writers of decimals return whether something was cut off after `places`. */
static bool add_small_decimal(struct str *out, struct num a, unsigned places)
{
    uint64_t top = magnitude(a.top), bottom = (uint64_t)a.bottom, rest = top % bottom;
    str_format(out, "%s%" PRIu64, a.top < 0 ? "-" : "", top / bottom);
    if (rest && places)
        str_add_char(out, '.');
    for (; rest && places; places--) {
        uwide tenfold = (uwide)rest * 10;
        str_add_char(out, (char)('0' + (int)(tenfold / bottom)));
        rest = (uint64_t)(tenfold % bottom);
    }
    return rest != 0;
}

/* Digits with a point before the last `places`; zeros that end the fraction go where `trim`. */
static void add_pointed(struct str *out, const char *digits, size_t places, bool trim)
{
    size_t count = strlen(digits), zeros = count > places ? 0 : places + 1 - count;
    struct str padded = {0};
    str_add_repeat(&padded, "0", zeros);
    str_add(&padded, digits);
    size_t whole = padded.length - places;
    while (trim && places && padded.data[whole + places - 1] == '0')
        places--;
    str_add_bytes(out, padded.data, whole);
    if (places)
        str_add_char(out, '.');
    str_add_bytes(out, padded.data + whole, places);
}

static bool add_big_decimal(struct str *out, struct num a, unsigned places)
{
    struct view of;
    view(&of, a);
    mpz_t scaled, rest;
    mpz_init(scaled);
    mpz_init(rest);
    mpz_ui_pow_ui(scaled, 10, places);
    mpz_mul(scaled, scaled, mpq_numref(of.q));
    mpz_abs(scaled, scaled);
    mpz_tdiv_qr(scaled, rest, scaled, mpq_denref(of.q));
    bool cut = mpz_sgn(rest) != 0;
    str_add(out, num_sign(a) < 0 ? "-" : "");
    add_pointed(out, int_text(scaled), places, !cut);
    mpz_clear(scaled);
    mpz_clear(rest);
    return cut;
}

static bool add_decimal(struct str *out, struct num a, unsigned places)
{
    return a.big ? add_big_decimal(out, a, places) : add_small_decimal(out, a, places);
}

static const char *fraction_text(struct num a)
{
    if (!a.big)
        return str_print("%" PRId64 "/%" PRId64, a.top, a.bottom);
    struct view of;
    view(&of, a);
    return str_print("%s/%s", int_text(mpq_numref(of.q)), int_text(mpq_denref(of.q)));
}

const char *num_text(struct num a)
{
    if (!num_valid(a))
        return "?";
    int places = a.big ? big_places(a) : small_places((uint64_t)a.bottom);
    if (places == ENDLESS)
        return fraction_text(a);
    struct str out = {0};
    add_decimal(&out, a, (unsigned)places);
    return str_text(&out);
}

const char *num_show(struct num a, unsigned places)
{
    if (!num_valid(a))
        return "?";
    struct str out = {0};
    if (add_decimal(&out, a, places < PLACES_MAX ? places : PLACES_MAX))
        str_add(&out, "…");
    return str_text(&out);
}

const char *num_show_percent(struct num a, unsigned places)
{
    return str_print("%s%%", num_show(num_mul(a, num_int(100)), places));
}
