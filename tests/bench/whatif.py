#!/usr/bin/env python3
"""What it costs to ask what it would take: rows of docs/benchmarks.md. The shipped units, then a made-up standard in which many facts fit badly:
criteria of 3 to 23 points each, two facts to each, a grade far away.
usage: whatif.py SPAWNER PROGRAM RULES.rubric UNIT.facts…   (RULES: the standard of the units)"""
import os
import random
import shutil
import sys
import tempfile

from cold import RUNS, measure

GOALS = ["total >= 85", "total >= 90", "优秀", "良好", "合格", "grade = 合格", "eligible", "qualifies model"]
# One number, or none: what took long before it was ruled out at once.
NARROW = ["total = 75", "total = 43.8", "total >= 70 and total < 61", "leadership = 19.4", "leadership = activities", "leadership > platform"]
# Of a unit of which nothing is known.
OPEN = ["total >= 60", "total = 61", "leadership > platform", "leadership = activities", "planning = 8"]


def hard(folder, criteria):
    """A unit of a standard with so many criteria; the path of its facts."""
    choice = random.Random(criteria)
    caps = [choice.choice([3, 5, 7, 11, 13, 17, 19, 23]) for _ in range(criteria)]
    total = sum(caps)
    rules = [f'standard hard "Hard" {{ total {total}  period 2024 }}', 'facts "Facts" {']
    rules += [f'  a{i} "A {i}" : share, none counts as 100%\n  b{i} "B {i}" : count' for i in range(criteria)]
    rules += ["}"]
    rules += [f'criterion c{i} "C {i}" cap {cap} {{\n'
              f'  bands a{i} {{ at least 95% : {cap}  from 80% to below 95% : {cap - 2}  otherwise : 0 }}\n'
              f'  deduct 1 per b{i} up to {cap} "faults"\n}}' for i, cap in enumerate(caps)]
    rules += [f"grades {{ A when total >= {total * 9 // 10}  B when total >= {total // 2}  otherwise C }}"]
    facts = ['unit hard "Hard"', 'standard "hard.rubric"']
    facts += [f"a{i} = {choice.randint(50, 100)} of 100\nb{i} = {choice.choice([0, 0, 1, 2])}" for i in range(criteria)]
    for name, lines in ("hard.rubric", rules), ("hard.facts", facts):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    return os.path.join(folder, "hard.facts"), total


def blank(folder, rules):
    """A unit of which nothing is known."""
    path = os.path.join(folder, "blank.facts")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f'unit blank "Blank"\nstandard "{os.path.abspath(rules)}"\n')
    return path


def main():
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    spawner, program, rules, *units = sys.argv[1:]
    program = os.path.abspath(program)
    empty, _ = measure(spawner, [shutil.which("true")])
    print(f"| question | unit | ms over an empty process (median of {RUNS}) | peak memory, MB |")
    print("| --- | --- | ---: | ---: |")

    def row(question, unit, *command):
        spent, size = measure(spawner, [program, *command])
        print(f"| `{question}` | {unit} | {spent - empty:.0f} | {size:.0f} |", flush=True)

    for unit in units:
        for goal in GOALS + NARROW:
            for command in "reach", "risk":
                row(f"{command} {goal}", os.path.basename(unit), command, goal, unit)
        row("tornado", os.path.basename(unit), "tornado", unit)
        row("sweep dues", os.path.basename(unit), "sweep", "dues", unit)
    with tempfile.TemporaryDirectory() as folder:
        for goal in OPEN:
            row(f"reach {goal}", "nothing known", "reach", goal, blank(folder, rules))
        for criteria in 50, 200:
            unit, total = hard(folder, criteria)
            for goal in "A", "B", f"total = {total * 3 // 5}":
                row(f"reach {goal}", f"made up, {criteria} criteria", "reach", goal, unit)


if __name__ == "__main__":
    main()
