"""Batch beside eval: generated standards, of each a table of units with figures at and about all that the standard compares them with; every cell that
`rubric batch` writes is what `rubric eval --json` says, for one thread and two, and for each kind of inner loops that this processor has.

RUBRIC_PAIRS: how many pairs of a standard and a unit are compared (3,000; with RUBRIC_LONG=1 a million). RUBRIC_SEED: the seed of the first standard,
so that several processes may share the work. What was compared is printed with `-s`."""
import collections
import csv
import os
import random

import pytest
from oracle import batches
from oracle.tables import Standing, Table
from support import LONG, ROOT, RUBRIC, TESTS, environment

PAIRS = int(os.environ.get("RUBRIC_PAIRS", 1_000_000 if LONG else 3_000))
SEED = int(os.environ.get("RUBRIC_SEED", 1))
SHARD = 10_000 if PAIRS > 10_000 else 750
ROWS = 400 if PAIRS > 10_000 else 60
STANDING = {"rules/yueyang-2017.rubric": (20_000, 60), "tests/bench/model-units.rubric": (20_000, 400)}
CASES = sorted((TESTS / "batch/beside").glob("*.csv"))


def say(counts):
    for key in sorted(counts):
        print(f"{counts[key]:9} {key}")


@pytest.mark.parametrize("shard", range((PAIRS + SHARD - 1) // SHARD))
def test_generated(shard, tmp_path):
    """Each shard has seeds of its own."""
    counts, found, seed = collections.Counter(), [], SEED + shard * SHARD
    while counts["pairs"] < min(SHARD, PAIRS - shard * SHARD) and not found:
        found = batches.examine(RUBRIC, tmp_path, seed, counts, ROWS, environment())
        seed += 1
    say(counts)
    assert not found, "\n".join(map(str, found[:3]))
    assert counts["pairs by columns"] > counts["pairs"] * 0.2 and counts["pairs by columns with missing facts"] > counts["pairs"] * 0.01


@pytest.mark.parametrize("name", STANDING)
def test_standing(name, tmp_path):
    """Standards of this repository, a piece at a time, with each way to run a batch."""
    rows, short = STANDING[name]
    rules = (ROOT / name).read_text(encoding="utf-8")
    counts, found, number = collections.Counter(), [], 0
    bench = batches.Bench(RUBRIC, tmp_path, rules, environment())
    while number < (rows if LONG else short) and not found:
        made = Standing(random.Random(SEED + number), rules)
        table, piece = Table(made, rules), min(2_500 if LONG else short, rows)
        found = batches.compare(bench, table, [table.row(number + i) for i in range(piece)], batches.way_of(number // piece), counts, name, rules)
        number += piece
    say(counts)
    assert not found, "\n".join(str(one)[:2000] for one in found[:3])
    assert counts["pairs"] > number / 2


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("loops", batches.KINDS)
@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_found(path, loops, threads, tmp_path):
    """Rows of which both once said different things."""
    rules = path.with_suffix(".rubric").read_text(encoding="utf-8")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    bench, head = batches.Bench(RUBRIC, tmp_path, rules, environment()), list(rows[0])
    said = bench.evaluate(head, rows)
    got, *_ = bench.batch(head, rows, batches.Way(loops, threads, False, True))
    told = [batches.differ(one, got.get(row["unit"]), "better lower" in rules, True) for row, one in zip(rows, said)]
    assert not any(told), told
