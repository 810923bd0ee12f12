/* The inner loops of a batch: each kind that this processor has does to random columns what the plain ones do. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "batch/code.h"
#include "batch/loops.h"
#include "tests/unit/chance.h"

enum { ROWS = 7 * LOOP_STEP, WIDEST = 8, TRIALS = 200, COLUMNS = 5 };

static const char *const NAMES[] = {
#define LOOP(name)  #name,
#define LOOPS(name) #name "_4", #name "_8",
#include "batch/loops.def"
#undef LOOP
#undef LOOPS
};

/* Columns as they come, as wide as they may be read. */
struct columns {
    _Alignas(64) uint8_t bytes[COLUMNS][ROWS * WIDEST];
};

static bool is_about_days(enum loop_id id)
{
    return id == LOOP_months || id == LOOP_year || id == LOOP_month || id == LOOP_add_months;
}

static bool reads_wide(enum loop_id id)
{
    const char *name = NAMES[id];
    return name[strlen(name) - 1] == '8' || id == LOOP_narrow || id == LOOP_narrow_endless ||
           id == LOOP_round || id == LOOP_round_endless || id == LOOP_quotient;
}

static bool reads_bytes(enum loop_id id)
{
    return id >= LOOP_fill;
}

/* Where rows are divided, twice the rest must fit: what is larger never counts. */
static bool divides(enum loop_id id)
{
    return id == LOOP_round || id == LOOP_round_endless || id == LOOP_quotient;
}

/* Small ones, so that some are alike, and both ends of what there is. */
static int64_t any_number(enum loop_id id)
{
    int64_t endless = reads_wide(id) ? ENDLESS_8 : ENDLESS_4, large = (int64_t)chance(1u << 30);
    bool below = chance(2);
    if (is_about_days(id))
        return (int64_t)chance(9000) - (id == LOOP_add_months ? 4000 : 0);
    switch (chance(8)) {
    case 0:
        if (!divides(id) || id == LOOP_round_endless)
            return below ? -endless : endless;
        return 0;
    case 1: large <<= !reads_wide(id) ? 0 : divides(id) ? 20 : 30; return below ? -large : large;
    default: return (int64_t)chance(40) - 20;
    }
}

static void fill(struct columns *columns, enum loop_id id)
{
    bool wide = reads_wide(id);
    for (size_t c = 0; c < COLUMNS; c++)
        for (size_t i = 0; i < ROWS; i++) {
            int64_t number = any_number(id);
            if (c == COLUMNS - 1 || reads_bytes(id))
                columns->bytes[c][i] = (uint8_t)chance(32);
            else if (wide)
                memcpy(&columns->bytes[c][i * 8], &number, 8);
            else
                memcpy(&columns->bytes[c][i * 4], &(int32_t){(int32_t)number}, 4);
        }
}

static void compare(const char *kind, enum loop_id id)
{
    static struct columns columns;
    static _Alignas(64) uint8_t plain[2][ROWS * WIDEST], other[2][ROWS * WIDEST];
    loop_run *const *narrow = loops_of("plain"), *const *wide = loops_of(kind);
    fill(&columns, id);
    struct loop loop = {.a = columns.bytes[0],
                        .b = columns.bytes[1],
                        .a_high = columns.bytes[2],
                        .b_high = columns.bytes[3],
                        .c = columns.bytes[4],
                        .k = 1 + chance(12),
                        .k2 = 1 + chance(100),
                        .k3 = chance(4),
                        .rows = ROWS};
    memset(plain, 0, sizeof plain);
    memset(other, 0, sizeof other);
    loop.to = plain[0];
    loop.to_high = plain[1];
    narrow[id](&loop);
    loop.to = other[0];
    loop.to_high = other[1];
    wide[id](&loop);
    if (memcmp(plain, other, sizeof plain) != 0)
        fail_msg("%s does by %s something else", NAMES[id], kind);
}

static void try_kind(const char *kind)
{
    if (!loops_of(kind))
        skip();
    assert_ptr_not_equal(loops_of(kind), loops_of("plain"));
    seed = 20171220;
    for (size_t trial = 0; trial < TRIALS; trial++)
        for (size_t id = 0; id < LOOP_COUNT; id++)
            compare(kind, (enum loop_id)id);
}

static void test_avx2(void **state)
{
    (void)state;
    try_kind("avx2");
}

static void test_avx512(void **state)
{
    (void)state;
    try_kind("avx512");
}

/* Each is what the environment asks for; what it asks for in vain changes nothing. */
static void test_chosen_by_name(void **state)
{
    static const char *const names[] = {"plain", "avx2", "avx512"};
    (void)state;
    unsetenv("RUBRIC_LOOPS");
    loop_run *const *widest = loops_here();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        setenv("RUBRIC_LOOPS", names[i], 1);
        assert_ptr_equal(loops_here(), loops_of(names[i]) ? loops_of(names[i]) : widest);
    }
    setenv("RUBRIC_LOOPS", "narrow", 1);
    assert_null(loops_of("narrow"));
    assert_ptr_equal(loops_here(), widest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_avx2),
        cmocka_unit_test(test_avx512),
        cmocka_unit_test(test_chosen_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
