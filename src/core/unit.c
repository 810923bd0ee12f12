#include "core/unit.h"
#include "base/mem.h"

struct given **unit_copy_columns(const struct given *const *columns, size_t count, size_t slots)
{
    struct given **copy = MEM_ARRAY(struct given *, count);
    for (size_t column = 0; column < count; column++) {
        copy[column] = MEM_ARRAY(struct given, slots);
        for (size_t slot = 0; slot < slots; slot++) {
            copy[column][slot] = columns[column][slot];
        }
    }
    return copy;
}

void unit_enter(struct given **columns, size_t count, size_t column, size_t slot, const struct given *given)
{
    columns[column][slot] = *given;
    for (size_t later = column + 1; later < count && columns[later][slot].column < later; later++) {
        columns[later][slot] = *given;
    }
}

bool unit_is_first_score(const struct standard *standard, size_t slot)
{
    size_t first = 0;
    while (standard->judged.items[first]->criterion != standard->judged.items[slot]->criterion) {
        first++;
    }
    return first == slot;
}
