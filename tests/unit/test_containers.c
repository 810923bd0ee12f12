#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

static void test_memory_is_zeroed(void **state)
{
    (void)state;
    for (size_t size = 0; size < 5000; size += 37) {
        char *plain = mem_alloc_plain(size), *block = mem_alloc(size);
        for (size_t i = 0; i < size; i++)
            assert_true(plain[i] == 0 && block[i] == 0);
        if (size)
            memset(plain, 'x', size);
    }
    assert_string_equal(mem_text("abcdef", 3), "abc");
    assert_string_equal(mem_text(NULL, 0), "");
}

static void check_growth(char *block, size_t size)
{
    memset(block, 'a', size);
    block = mem_grow(block, size, 3 * size);
    for (size_t i = 0; i < 3 * size; i++)
        assert_int_equal(block[i], i < size ? 'a' : 0);
}

static void test_growing(void **state)
{
    (void)state;
    for (size_t size = 1; size < 100000; size = size * 3 + 1) {
        check_growth(mem_alloc(size), size);
        check_growth(mem_alloc_plain(size), size);
    }
    char *fresh = mem_grow(NULL, 0, 16);
    assert_int_equal(fresh[15], 0);
}

struct pair {
    int number;
    const char *text;
};

static void test_vec(void **state)
{
    (void)state;
    VEC(struct pair) pairs = {0};
    for (int i = 0; i < 10000; i++) {
        vec_push(&pairs, (struct pair){i, NULL});
        vec_last(&pairs).text = str_print("%d", i);
    }
    assert_int_equal(pairs.count, 10000);
    for (int i = 0; i < 10000; i++) {
        assert_int_equal(pairs.items[i].number, i);
        assert_string_equal(pairs.items[i].text, str_print("%d", i));
    }
}

static void test_vec_keeps_what_it_points_to(void **state)
{
    (void)state;
    VEC(const char *) texts = {0};
    for (int i = 0; i < 20000; i++)
        vec_push(&texts, str_print("text %d", i));
    for (int i = 0; i < 20000; i++)
        assert_string_equal(texts.items[i], str_print("text %d", i));
}

static void test_map(void **state)
{
    int one = 1, two = 2;
    struct map map = {0};
    (void)state;
    assert_null(map_find(&map, "a"));
    assert_null(map_put(&map, "a", &one));
    assert_ptr_equal(map_find(&map, "a"), &one);
    assert_ptr_equal(map_put(&map, "a", &two), &one);
    assert_ptr_equal(map_find(&map, "a"), &two);
    assert_int_equal(map.count, 1);
    assert_null(map_put(&map, "", &one));
    assert_ptr_equal(map_find(&map, ""), &one);
    assert_null(map_find(&map, "b"));
}

static void test_map_in_order(void **state)
{
    struct map map = {0};
    (void)state;
    for (int i = 0; i < 20000; i++) {
        const char *key = str_print("指标%d", i * 7919 % 20011);
        assert_null(map_put(&map, key, (void *)key));
    }
    assert_int_equal(map.count, 20000);
    for (int i = 0; i < 20000; i++) {
        const char *key = str_print("指标%d", i * 7919 % 20011);
        assert_string_equal(map.entries[i].key, key);
        assert_ptr_equal(map_find(&map, key), map.entries[i].value);
    }
}

int main(void)
{
    mem_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_zeroed),
        cmocka_unit_test(test_growing),
        cmocka_unit_test(test_vec),
        cmocka_unit_test(test_vec_keeps_what_it_points_to),
        cmocka_unit_test(test_map),
        cmocka_unit_test(test_map_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
