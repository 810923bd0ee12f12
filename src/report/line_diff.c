#include "report/line_diff.h"
#include <string.h>
#include "base/mem.h"

enum { EDITS_MAX = 1000 }; /* lines that go or come, before the search is given up */

struct line {
    const char *text;
    size_t length; /* with its line break */
};

struct side {
    VEC(struct line) lines;
};

static struct side lines_of(const char *text, size_t length)
{
    struct side side = {0};
    while (length > 0) {
        const char *end = memchr(text, '\n', length);
        size_t line = end != NULL ? (size_t)(end - text) + 1 : length;
        vec_push(&side.lines, (struct line){text, line});
        text += line;
        length -= line;
    }
    return side;
}

/* The lines between those that both begin and end with. */
struct middle {
    const struct line *old, *new;
    long olds, news, before;
};

static bool same(const struct middle *middle, long a, long b)
{
    const struct line *x = &middle->old[a], *y = &middle->new[b];
    return x->length == y->length && memcmp(x->text, y->text, x->length) == 0;
}

static struct middle middle_of(const struct side *old, const struct side *new)
{
    struct middle middle = {old->lines.items, new->lines.items, (long)old->lines.count,
                            (long)new->lines.count, 0};
    while (middle.olds > 0 && middle.news > 0 && same(&middle, 0, 0)) {
        middle.old++, middle.new ++, middle.before++, middle.olds--, middle.news--;
    }
    while (middle.olds > 0 && middle.news > 0 && same(&middle, middle.olds - 1, middle.news - 1)) {
        middle.olds--, middle.news--;
    }
    return middle;
}

static void add_change(struct changes *changes, const struct middle *middle, long from, long to,
                       long new_from, long new_to)
{
    struct changed_lines change = {.from = (size_t)(middle->before + from),
                                   .to = (size_t)(middle->before + to),
                                   .lines = (size_t)(new_to - new_from)};
    for (long i = new_from; i < new_to; i++) {
        str_add_bytes(&change.text, middle->new[i].text, middle->new[i].length);
    }
    vec_push(&changes->list, change);
}

/* ---------------------------------------------------------------- the fewest changes: Myers, 1986 */

/* The furthest old line that so many edits reach, by old less new lines, from -EDITS_MAX - 1 on. */
struct reach {
    long *furthest; /* [-edits … edits], moved by edits */
};

static long at(const struct reach *reach, long edits, long k)
{
    return k < -edits || k > edits ? -1 : reach->furthest[k + edits];
}

static bool comes_down(const struct reach *last, long edits, long k)
{
    return k == -edits || (k != edits && at(last, edits - 1, k - 1) < at(last, edits - 1, k + 1));
}

/* Fills `reached`, one an edit; the number of edits, -1: too many. */
static long search(const struct middle *middle, struct reach *reached)
{
    for (long edits = 0; edits <= EDITS_MAX; edits++) {
        struct reach *now = &reached[edits];
        const struct reach *last = edits > 0 ? now - 1 : NULL;
        now->furthest = mem_alloc_plain((size_t)(2 * edits + 1) * sizeof *now->furthest);
        for (long k = -edits; k <= edits; k += 2) {
            long x = last == NULL                 ? 0
                     : comes_down(last, edits, k) ? at(last, edits - 1, k + 1)
                                                  : at(last, edits - 1, k - 1) + 1;
            while (x < middle->olds && x - k < middle->news && x - k >= 0 && same(middle, x, x - k)) {
                x++;
            }
            now->furthest[k + edits] = x;
            if (x >= middle->olds && x - k >= middle->news) {
                return edits;
            }
        }
    }
    return -1;
}

/* Which lines stay: pairs, from the last to the first. */
struct kept {
    VEC(long) old, new;
};

static struct kept kept_lines(const struct middle *middle, const struct reach *reached, long edits)
{
    struct kept kept = {0};
    long x = middle->olds, y = middle->news;
    for (; edits >= 0; edits--) {
        long k = x - y;
        bool down = edits > 0 && comes_down(&reached[edits - 1], edits, k);
        long from = edits == 0 ? 0 : at(&reached[edits - 1], edits - 1, down ? k + 1 : k - 1);
        long start = edits == 0 ? 0 : down ? from : from + 1;
        for (; x > start; x--, y--) {
            vec_push(&kept.old, x - 1);
            vec_push(&kept.new, y - 1);
        }
        x = from;
        y = edits == 0 ? 0 : from - (down ? k + 1 : k - 1);
    }
    return kept;
}

struct changes line_diff(const struct source *source, const char *text, size_t length)
{
    struct side old = lines_of(source->text, source->length), new = lines_of(text, length);
    struct middle middle = middle_of(&old, &new);
    struct changes changes = {0};
    struct reach *reached = MEM_ARRAY(struct reach, EDITS_MAX + 1);
    long edits = search(&middle, reached);
    struct kept kept = {0};
    if (edits >= 0) {
        kept = kept_lines(&middle, reached, edits);
    }
    long x = 0, y = 0;
    for (size_t i = kept.old.count; i-- > 0;) {
        if (kept.old.items[i] > x || kept.new.items[i] > y) {
            add_change(&changes, &middle, x, kept.old.items[i], y, kept.new.items[i]);
        }
        x = kept.old.items[i] + 1;
        y = kept.new.items[i] + 1;
    }
    if (x < middle.olds || y < middle.news) {
        add_change(&changes, &middle, x, middle.olds, y, middle.news);
    }
    return changes;
}
