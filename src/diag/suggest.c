#include "diag/suggest.h"
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "base/utf8.h"
#include "diag/diag.h"

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* One name inside the other, and a fair part of it: `dues` and `dues_share`, 满意率 and 群众满意率. */
static bool one_holds_the_other(const char *a, const char *b, size_t shorter, size_t longer)
{
    const char *in = strlen(a) < strlen(b) ? a : b;
    const char *whole = in == a ? b : a;
    size_t least = (unsigned char)in[0] < 0x80 ? 3 : 2;
    return shorter >= least && shorter * 3 >= longer && strstr(whole, in) != NULL;
}

/* However their letters are written: what is so much longer is no misspelling, and folding its case would take long. */
static bool lengths_are_strange(const char *a, const char *b)
{
    enum { RATIO = 40 };
    size_t a_bytes = strlen(a), b_bytes = strlen(b);
    return larger(a_bytes, b_bytes) / RATIO > smaller(a_bytes, b_bytes);
}

/* 0 for names that differ by case alone, then edits, then names that hold one another; SIZE_MAX for strangers. */
static size_t distance_of(const char *wanted, const char *name)
{
    if (lengths_are_strange(wanted, name)) {
        return SIZE_MAX;
    }
    const char *a = utf8_casefold(wanted), *b = utf8_casefold(name);
    size_t a_count = utf8_count(a, strlen(a)), b_count = utf8_count(b, strlen(b));
    size_t shorter = smaller(a_count, b_count), longer = larger(a_count, b_count);
    size_t limit = larger(1, longer / 3);
    size_t edits = utf8_distance(a, b, limit);
    if (edits <= limit && edits < longer) {
        return edits;
    }
    return one_holds_the_other(a, b, shorter, longer) ? limit + 1 + longer - shorter : SIZE_MAX;
}

void suggest_start(struct suggest *suggest, const char *wanted)
{
    *suggest = (struct suggest){.wanted = wanted, .distance = SIZE_MAX};
}

void suggest_offer(struct suggest *suggest, const char *name)
{
    size_t distance = distance_of(suggest->wanted, name);
    if (distance == SIZE_MAX || strcmp(name, suggest->wanted) == 0) { /* it is there, and of another kind */
        return;
    }
    suggest->several = suggest->several || (suggest->best != NULL && strcmp(suggest->best, name) != 0);
    if (distance > suggest->distance) {
        return;
    }
    /* Of equals the first in byte order, so that the order of offering does not matter. */
    if (distance < suggest->distance || strcmp(name, suggest->best) < 0) {
        suggest->best = name;
        suggest->distance = distance;
    }
}

void suggest_list(struct suggest *suggest, const char *name)
{
    suggest_offer(suggest, name);
    str_item(&suggest->listed, DIAG_NEXT, name);
}

const char *suggest_listed(struct suggest *suggest, const char *none)
{
    return suggest->listed.length > 0 ? str_text(&suggest->listed) : none;
}

const char *suggest_best(const struct suggest *suggest)
{
    return suggest->best;
}

static void add_digits(struct str *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text >= '0' && *text <= '9') {
            str_add_char(out, *text);
        }
    }
}

static bool same_digits(const char *a, const char *b)
{
    struct str of_a = {0}, of_b = {0};
    add_digits(&of_a, a);
    add_digits(&of_b, b);
    return strcmp(str_text(&of_a), str_text(&of_b)) == 0;
}

bool suggest_is_sole(const struct suggest *suggest)
{
    enum { EDITS_MAX = 2, SHORTEST = 4 };
    const char *wanted = suggest->wanted, *best = suggest->best;
    if (best == NULL || suggest->several || suggest->distance > EDITS_MAX || !same_digits(wanted, best)) {
        return false;
    }
    /* Of few letters one is a large part. Han say more than letters do. */
    size_t characters = utf8_count(wanted, strlen(wanted));
    return characters >= SHORTEST && (suggest->distance < EDITS_MAX || characters >= 2 * SHORTEST);
}
