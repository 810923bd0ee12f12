#include "core/value.h"
#include "base/mem.h"
#include "base/str.h"

/* ---- making values */

struct value value_na(void)
{
    return (struct value){.kind = VALUE_NONE, .na = true, .nothing_else = true};
}

struct value value_truth(unsigned truths)
{
    return (struct value){.kind = VALUE_TRUTH, .truth = truths};
}

struct value value_range(struct range range)
{
    return (struct value){.kind = VALUE_NUMBER, .range = range};
}

struct value value_number(struct num number)
{
    return value_range(range_point(number));
}

struct value value_int(long long number)
{
    return value_number(num_int(number));
}

struct value value_text(const char *text)
{
    return (struct value){.kind = VALUE_TEXT, .text = text};
}

struct value value_months(unsigned sure, unsigned possible)
{
    return (struct value){.kind = VALUE_MONTHS, .months = {sure, possible}};
}

struct value value_document(struct range length)
{
    return (struct value){.kind = VALUE_DOCUMENT, .range = length};
}

static struct value of_sequence(struct sequence sequence)
{
    struct sequence *kept = MEM_NEW(struct sequence);
    *kept = sequence;
    return (struct value){.kind = VALUE_SEQUENCE, .sequence = kept};
}

struct value value_sequence(size_t width, size_t count, const struct value *cells)
{
    return of_sequence((struct sequence){.width = width, .count = count, .cells = cells});
}

struct value value_open_sequence(size_t width, struct range count, const struct value *any)
{
    return of_sequence((struct sequence){.width = width, .open = true, .extra = count, .any = any});
}

struct value value_further_rows(const struct sequence *rows, struct range extra, const struct value *any)
{
    struct sequence more = *rows;
    more.open = true;
    more.extra = extra;
    more.any = any;
    return of_sequence(more);
}

struct value value_fault(enum fault_kind kind, const struct ir_node *node)
{
    struct fault *fault = MEM_NEW(struct fault);
    *fault = (struct fault){kind, node};
    return (struct value){.kind = VALUE_NONE, .fault = fault};
}

struct value value_or_na(struct value value)
{
    if (!value.fault)
        value.na = true;
    return value;
}

struct value value_without_na(struct value value)
{
    if (value.nothing_else)
        return (struct value){.kind = VALUE_NONE};
    value.na = false;
    return value;
}

/* ---- asking */

static bool sequence_is_known(const struct sequence *sequence)
{
    if (sequence->open)
        return false;
    for (size_t i = 0; i < sequence->count * sequence->width; i++)
        if (!value_is_known(&sequence->cells[i]))
            return false;
    return true;
}

bool value_is_known(const struct value *value)
{
    if (value->na)
        return value->nothing_else;
    switch (value->kind) {
    case VALUE_NONE: return false;
    case VALUE_TRUTH: return value->truth != TRUTH_UNKNOWN;
    case VALUE_NUMBER:
    case VALUE_DOCUMENT: return range_is_point(value->range);
    case VALUE_TEXT: return value->text != NULL;
    case VALUE_MONTHS: return value->months.sure == value->months.possible;
    case VALUE_SEQUENCE: return sequence_is_known(value->sequence);
    }
    return false;
}

bool value_is_partly_known(const struct value *value)
{
    const struct sequence *rows = value->kind == VALUE_SEQUENCE ? value->sequence : NULL;
    for (size_t i = 0; rows && i < rows->count * rows->width; i++)
        if (value_is_known(&rows->cells[i]))
            return true;
    return false;
}

bool value_is_na(const struct value *value)
{
    return value->nothing_else;
}

bool value_is_yes(const struct value *value)
{
    return value->kind == VALUE_TRUTH && !value->na && value->truth == TRUTH_YES;
}

bool value_is_no(const struct value *value)
{
    return value->kind == VALUE_TRUTH && !value->na && value->truth == TRUTH_NO;
}

bool value_has_range(const struct value *value)
{
    return (value->kind == VALUE_NUMBER || value->kind == VALUE_DOCUMENT) && !value->nothing_else &&
           !value->fault;
}

bool value_is_point(const struct value *value)
{
    return value->kind == VALUE_NUMBER && !value->na && range_is_point(value->range);
}

struct num value_point(const struct value *value)
{
    return value->range.low.at;
}

bool value_equal(const struct value *a, const struct value *b)
{
    if (a->na != b->na || a->nothing_else != b->nothing_else || a->fault != b->fault)
        return false;
    if (a->nothing_else)
        return true;
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case VALUE_NONE: return true;
    case VALUE_TRUTH: return a->truth == b->truth;
    case VALUE_NUMBER:
    case VALUE_DOCUMENT: return range_equal(a->range, b->range);
    case VALUE_TEXT: return str_equal(a->text, b->text);
    case VALUE_MONTHS: return a->months.sure == b->months.sure && a->months.possible == b->months.possible;
    case VALUE_SEQUENCE: return a->sequence == b->sequence;
    }
    return false;
}

/* ---- joining */

/* Two sequences that differ become one of as many rows as either has, each within what any row holds. */
static struct value join_sequences(const struct sequence *a, const struct sequence *b)
{
    if (a == b)
        return (struct value){.kind = VALUE_SEQUENCE, .sequence = a};
    struct value *any = MEM_ARRAY(struct value, a->width);
    const struct sequence *both[] = {a, b};
    struct range count = range_point(num_int(0));
    for (int side = 0; side < 2; side++) {
        const struct sequence *from = both[side];
        struct range rows = range_point(num_int((int64_t)from->count));
        if (from->open)
            rows = range_add(rows, from->extra);
        count = side ? range_join(count, rows) : rows;
        for (size_t i = 0; i < from->count * from->width; i++)
            any[i % from->width] = value_join(any[i % from->width], from->cells[i]);
        for (size_t i = 0; from->open && i < from->width; i++)
            any[i] = value_join(any[i], from->any[i]);
    }
    return value_open_sequence(a->width, count, any);
}

static struct value join_same_kind(struct value a, struct value b)
{
    switch (a.kind) {
    case VALUE_NONE: return a;
    case VALUE_TRUTH: return value_truth(a.truth | b.truth);
    case VALUE_NUMBER: return value_range(range_join(a.range, b.range));
    case VALUE_DOCUMENT: return value_document(range_join(a.range, b.range));
    case VALUE_TEXT: return value_text(str_equal(a.text, b.text) ? a.text : NULL);
    case VALUE_MONTHS:
        return value_months(a.months.sure & b.months.sure, a.months.possible | b.months.possible);
    case VALUE_SEQUENCE: return join_sequences(a.sequence, b.sequence);
    }
    return a;
}

struct value value_join(struct value a, struct value b)
{
    if (a.kind == VALUE_NONE && !a.na)
        return b.kind == VALUE_NONE && b.fault && a.fault ? a : b;
    if (b.kind == VALUE_NONE && !b.na)
        return a;
    if (a.nothing_else)
        return value_or_na(b);
    if (b.nothing_else)
        return value_or_na(a);
    struct value joined = join_same_kind(a, b);
    joined.na = a.na || b.na;
    return joined;
}
