"""A made-up standard of some groups of criteria, and units for it: what costs more when a standard grows. Each criterion reads a fact of its own;
some read the next one of their group too. What a unit scores is calculated here, apart from the standard."""
import random

GROUP = 30
STRETCHES = 10_000  # of cells, that the facts of a group are drawn from; so many that no processor learns them by heart

# By turns: the lines of a criterion, its cap, and the points, given its own fact and the next one.
KINDS = [
    ("bands {a} {{ at least 80 : 3  from 50 to below 80 : 2  otherwise : 0 }}", 3, lambda a, b: 3 if a >= 80 else 2 if a >= 50 else 0),
    ("1 when {a} >= 60  2 when {b} >= 70 and {a} > 5", 3, lambda a, b: (a >= 60) + 2 * (b >= 70 and a > 5)),
    ("1 per {a} / 20 up to 4", 4, lambda a, b: min(a // 20, 4)),
    ("choose {{ when {a} >= {b} : 2  when {a} >= 10 : 1  otherwise : 0 }}", 2, lambda a, b: 2 if a >= b else a >= 10),
    ("deduct 1 per {a} up to 3", 3, lambda a, b: 3 - min(a, 3)),
    ("full when {a} + {b} >= 100 or {a} * 3 < {b}", 2, lambda a, b: 2 * (a + b >= 100 or a * 3 < b)),
]


def next_in_group(i):
    return i // GROUP * GROUP + (i + 1) % GROUP


def kind(i):
    return KINDS[i % len(KINDS)]


def write_standard(path, count):
    assert count % GROUP == 0
    total = sum(kind(i)[1] for i in range(count))
    lines = [f'standard made_up "Made up" {{ total {total}  period 2024 }}', 'facts "Facts" {']
    lines += [f'  f{i} "Fact {i}" : count at most 100' for i in range(count)]
    lines += ["}"]
    for i in range(count):
        text, cap, _ = kind(i)
        lines.append(f'criterion c{i} "Criterion {i}" cap {cap} {{ {text.format(a=f"f{i}", b=f"f{next_in_group(i)}")} }}')
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def stretches(choice):
    """[(cells, what they score)]"""
    made, values = [], [0, 1, 2, 9, 50, 80, 100, *range(0, 101, 4)]
    for _ in range(STRETCHES):
        cells = choice.choices(values, k=GROUP)
        points = sum(kind(i)[2](cells[i], cells[next_in_group(i)]) for i in range(GROUP))
        made.append((",".join(map(str, cells)), points))
    return made


def write_units(path, count, rows):
    """The sum of the totals."""
    choice, total = random.Random(count), 0
    made = stretches(choice)
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(["unit", *(f"f{i}" for i in range(count))]) + "\n")
        for row in range(rows):
            drawn = choice.choices(made, k=count // GROUP)
            file.write(f"{row},{','.join(cells for cells, _ in drawn)}\n")
            total += sum(points for _, points in drawn)
    return total
