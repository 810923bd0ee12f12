/* A calculator over base/num for tests/test_num_fractions.py: one operation a line, one answer a line.
 * Operands are whole numbers or fractions of any length, or `invalid`; an answer that is not in the small
 * form says so. add 1/3 2/5        11/15                    also sub mul div min max neg abs floor ceil top
 * bottom neg -9223372036854775808                    9223372036854775808/1 big half_even 5/2 1    2/1 also
 * half_up, up, down compare 1 2        -1                       also equal, sign, whole, int text 1/8 0.125
 * also show 1/3 2, percent 1/3 2 parse 1_000.5      2001/2 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/io.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"

enum { WORD_DIGITS = 18, WORDS_MAX = 3 };

struct call {
    const char *name, *texts[2];
    struct num a, b;
};

static struct num read_whole(const char *text, size_t length)
{
    struct num value = num_int(0), digits, weight = num_int(1000000000000000000);
    bool negative = length && *text == '-';
    text += negative;
    length -= negative;
    for (size_t step; length; text += step, length -= step) {
        step = length % WORD_DIGITS ? length % WORD_DIGITS : WORD_DIGITS;
        if (!num_parse(text, step, &digits))
            return num_ratio(0, 0);
        value = num_add(num_mul(value, weight), digits);
    }
    return negative ? num_neg(value) : value;
}

static struct num read_number(const char *text)
{
    if (!text || strcmp(text, "invalid") == 0)
        return num_ratio(0, 0);
    size_t whole = strcspn(text, "/");
    struct num top = read_whole(text, whole);
    return text[whole] ? num_div(top, read_whole(text + whole + 1, strlen(text + whole + 1))) : top;
}

static void print_number(struct num a)
{
    if (num_valid(a))
        printf("%s/%s%s\n", num_text(num_top(a)), num_text(num_bottom(a)), a.big ? " big" : "");
    else
        puts("invalid");
}

static bool run_two(const struct call *call)
{
    static const struct {
        const char *name;
        struct num (*run)(struct num, struct num);
    } table[] = {
        {"add", num_add}, {"sub", num_sub}, {"mul", num_mul},
        {"div", num_div}, {"min", num_min}, {"max", num_max},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(call->name, table[i].name) == 0) {
            print_number(table[i].run(call->a, call->b));
            return true;
        }
    return false;
}

static bool run_one(const struct call *call)
{
    static const struct {
        const char *name;
        struct num (*run)(struct num);
    } table[] = {
        {"neg", num_neg},   {"abs", num_abs}, {"floor", num_floor},
        {"ceil", num_ceil}, {"top", num_top}, {"bottom", num_bottom},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(call->name, table[i].name) == 0) {
            print_number(table[i].run(call->a));
            return true;
        }
    return false;
}

static bool run_round(const struct call *call)
{
    static const struct {
        const char *name;
        enum num_rounding how;
    } table[] = {
        {"half_up", NUM_HALF_UP},
        {"half_even", NUM_HALF_EVEN},
        {"up", NUM_UP},
        {"down", NUM_DOWN},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(call->name, table[i].name) == 0) {
            print_number(num_round(call->a, call->b, table[i].how));
            return true;
        }
    return false;
}

static bool run_question(const struct call *call)
{
    int64_t value;
    if (strcmp(call->name, "compare") == 0)
        printf("%d\n", num_compare(call->a, call->b));
    else if (strcmp(call->name, "equal") == 0)
        printf("%d\n", num_equal(call->a, call->b));
    else if (strcmp(call->name, "sign") == 0)
        printf("%d\n", num_sign(call->a));
    else if (strcmp(call->name, "whole") == 0)
        printf("%d\n", num_is_int(call->a));
    else if (strcmp(call->name, "int") == 0 && num_to_int(call->a, &value))
        printf("%" PRId64 "\n", value);
    else if (strcmp(call->name, "int") == 0)
        puts("none");
    else
        return false;
    return true;
}

static bool run_text(const struct call *call)
{
    unsigned places = call->texts[1] ? (unsigned)strtoul(call->texts[1], NULL, 10) : 0;
    struct num parsed;
    if (strcmp(call->name, "text") == 0)
        puts(num_text(call->a));
    else if (strcmp(call->name, "show") == 0)
        puts(num_show(call->a, places));
    else if (strcmp(call->name, "percent") == 0)
        puts(num_show_percent(call->a, places));
    else if (strcmp(call->name, "parse") != 0 || !call->texts[0])
        return false;
    else if (num_parse(call->texts[0], strlen(call->texts[0]), &parsed))
        print_number(parsed);
    else
        puts("malformed");
    return true;
}

static void run(char *line)
{
    const char *words[WORDS_MAX] = {"", NULL, NULL};
    char *rest = line;
    for (int i = 0; i < WORDS_MAX; i++) {
        char *word = strtok_r(i ? NULL : line, " ", &rest);
        words[i] = word ? word : words[i];
    }
    struct call call = {words[0], {words[1], words[2]}, num_ratio(0, 0), num_ratio(0, 0)};
    if (strcmp(call.name, "parse") != 0) {
        call.a = read_number(words[1]);
        call.b = read_number(words[2]);
    }
    if (!run_two(&call) && !run_one(&call) && !run_round(&call) && !run_question(&call) && !run_text(&call))
        puts("unknown");
}

int main(void)
{
    mem_start();
    char *bytes, *rest;
    size_t length;
    if (io_read("-", IO_SIZE_MAX, &bytes, &length) != IO_OK)
        return 2;
    for (char *line = strtok_r(bytes, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        run(line);
    return io_finish(stdout) ? 0 : 2;
}
