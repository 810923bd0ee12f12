"""Columns against the scorer: generated standards, every value that they show as a program of its own and all together, units with known, open and
inapplicable facts. Whatever columns tell must be what the scorer tells, both ends of a range included."""
import random
import re

import pytest
from oracle.language.generator import Generator
from oracle.tables import ByColumns
from support import BUILD, LONG, TESTS, run

CALC = str(BUILD / "tests/columns_calc")
SHARDS, STANDARDS = (16, 250) if LONG else (4, 40)
COUNTED = re.compile(r"(\d+) values of (\d+) in columns, (\d+) rows of (\d+)")


class Plain(ByColumns):
    """Otherwise as any standard."""

    OTHERS, LIMITED, TOTAL_TO, GRIDS = 0.05, Generator.LIMITED, Generator.TOTAL_TO, Generator.GRIDS


def compare(folder, rules, files):
    """(values in columns, values, rows told by columns, rows)."""
    (folder / "s.rubric").write_text(rules, encoding="utf-8")
    names = []
    for number, text in enumerate(files):
        names.append(f"u{number:02d}.facts")
        (folder / names[-1]).write_text(text, encoding="utf-8")
    done = run([CALC, "s.rubric", *names], folder=folder, timeout=600)
    if done.returncode == 2:
        return 0, 0, 0, 0
    assert done.returncode == 0, f"{done.stdout}\n{rules}\n" + "\n".join(files)
    return tuple(map(int, COUNTED.search(done.stdout).groups()))


@pytest.mark.parametrize("shard", range(SHARDS))
def test_generated(shard, tmp_path):
    fitting = values = told = rows = 0
    for seed in range(shard * STANDARDS, (shard + 1) * STANDARDS):
        made = Plain(random.Random(seed))
        rules = made.write()
        counts = compare(tmp_path, rules, [made.unit(number) for number in range(20)])
        fitting, values, told, rows = (a + b for a, b in zip((fitting, values, told, rows), counts))
    assert fitting > values * 0.4 and told > rows * 0.2, (fitting, values, told, rows)


def test_what_leaves_one_end_open(tmp_path):
    """Facts without an upper limit, a fact in two conditions that cannot both hold, one whose being known is asked."""
    rules = (TESTS / "batch/open.rubric").read_text(encoding="utf-8")
    files = [f"unit u{k} \"Unit\"\n" + "".join(line + "\n" for i, line in enumerate(("votes = 12", "voted = 3", "visits = 7", "size = 4.5")) if k >> i & 1) for k in range(16)]
    fitting, values, told, rows = compare(tmp_path, rules, files)
    assert fitting == values and told > rows / 2


def test_less_than_a_quotient(tmp_path):
    """A rescaled total, less a constant: both ends stand over the same whole."""
    rules = (TESTS / "batch/quotient.rubric").read_text(encoding="utf-8")
    files = [f'unit u{k} "Unit"\n{text}' for k, text in enumerate(("a = 20\n", "a = 20\nshut = yes\n", "a = 20\nshut = no\n", "shut = no\n", ""))]
    assert compare(tmp_path, rules, files)[:2] == (9, 9)
