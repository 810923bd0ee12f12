"""A made-up standard of any number of criteria, and units for it: what costs more when a standard grows. Each criterion reads a fact of its own;
some read their neighbour's too. What a unit scores is calculated here, apart from the standard."""
import random

BODIES = 1000  # rows that differ; with more they come again, each with an id of its own

# By turns: the lines of a criterion, its cap, and the points, given its own fact and the next one.
KINDS = [
    ("bands {a} {{ at least 80 : 3  from 50 to below 80 : 2  otherwise : 0 }}", 3, lambda a, b: 3 if a >= 80 else 2 if a >= 50 else 0),
    ("1 when {a} >= 60  2 when {b} >= 70 and {a} > 5", 3, lambda a, b: (a >= 60) + 2 * (b >= 70 and a > 5)),
    ("1 per {a} / 20 up to 4", 4, lambda a, b: min(a // 20, 4)),
    ("choose {{ when {a} >= {b} : 2  when {a} >= 10 : 1  otherwise : 0 }}", 2, lambda a, b: 2 if a >= b else a >= 10),
    ("deduct 1 per {a} up to 3", 3, lambda a, b: 3 - min(a, 3)),
    ("full when {a} + {b} >= 100 or {a} * 3 < {b}", 2, lambda a, b: 2 * (a + b >= 100 or a * 3 < b)),
]


def kinds(count):
    return [KINDS[i % len(KINDS)] for i in range(count)]


def write_standard(path, count):
    total = sum(cap for _, cap, _ in kinds(count))
    lines = [f'standard made_up "Made up" {{ total {total}  period 2024 }}', 'facts "Facts" {']
    lines += [f'  f{i} "Fact {i}" : count at most 100' for i in range(count)]
    lines += ["}"]
    for i, (text, cap, _) in enumerate(kinds(count)):
        lines.append(f'criterion c{i} "Criterion {i}" cap {cap} {{ {text.format(a=f"f{i}", b=f"f{(i + 1) % count}")} }}')
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def bodies(count):
    """[(the cells behind the id, the total)]"""
    choice, made = random.Random(count), []
    for _ in range(BODIES):
        cells = [choice.choice((0, 1, 2, 9, 50, 80, 100, choice.randint(0, 100))) for _ in range(count)]
        total = sum(points(cells[i], cells[(i + 1) % count]) for i, (_, _, points) in enumerate(kinds(count)))
        made.append((",".join(map(str, cells)), total))
    return made


def write_units(path, count, rows):
    """The sum of the totals."""
    made = bodies(count)
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(["unit", *(f"f{i}" for i in range(count))]) + "\n")
        for row in range(rows):
            file.write(f"{row},{made[row % BODIES][0]}\n")
    return sum(made[row % BODIES][1] for row in range(rows))
