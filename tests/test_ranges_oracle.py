"""What `rubric eval` says of a unit in part unknown, against every world of small standards that the unit can turn out to be. Here facts limit each
other, which the standards of tests/oracle/language do not have. RUBRIC_LONG=1: many more.

A fact that goes on between its values may come to more than these worlds have in them: no world may lie outside of what is said, is all that is asked."""
import itertools
import json
import pathlib
import random
import tempfile
from fractions import Fraction

import pytest
from oracle.units import make_table, make_unit
from support import LONG, RUBRIC, run

CASES, SHARE_OF_CASES, LONG_CASES, UNITS = 200, 50, 10000, 4


def ends(told):
    """The ends of a range in JSON, and whether it may be n/a. An end that is missing is None."""
    low, high = (told["value"], told["value"]) if "value" in told else (told["lo"], told["hi"])
    if low == "n/a":
        return None, None, True
    return Fraction(low) if low is not None else None, Fraction(high) if high is not None else None, told.get("na", False)


def hold(told, worlds):
    low, high, na = ends(told["total"])
    totals = [Fraction(world.total) for world in worlds if world.total != "n/a"]
    assert na or len(totals) == len(worlds), f"total {told['total']}, n/a in some world"
    inside = [(low is None or low <= total) and (high is None or total <= high) for total in totals]
    assert all(inside) and (not totals or told["total"].get("value") != "n/a"), f"total {told['total']}, of {min(totals)} to {max(totals)}"
    if told["eligible"] != "unknown":
        assert {world.eligible for world in worlds} == {told["eligible"]}, f"eligible {told['eligible']}"


def examine(seed):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        table = make_table(RUBRIC, rng, folder)
        units = [unit for unit in (make_unit(rng, table) for _ in range(UNITS)) if unit] if table else []
        units = [unit for unit in units if None in unit.given]
        for number, unit in enumerate(units):
            pathlib.Path(folder, f"u{number}.facts").write_text("\n".join(['standard "s.rubric"', *unit.lines]) + "\n", encoding="utf-8")
        if not units:
            return 0
        done = run([RUBRIC, "eval", *(f"u{number}.facts" for number in range(len(units))), "--json"], folder)
        told = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(told) == len(units), done.stderr
        for unit, said in zip(units, told):
            try:
                hold(said, table.completions(unit.given))
            except AssertionError as wrong:
                raise AssertionError(f"seed {seed}: {wrong}\n{table.standard.text()}\n" + "\n".join(unit.lines)) from None
    return len(units)


# ---------------------------------------------------------------- numbers without steps that limit each other

NUMBERS, GRID = ["a", "b", "c"], range(0, 10, 3)


def formula(rng, depth=0):
    if depth == 3 or rng.random() < 0.25 * depth:
        return rng.choice([*NUMBERS, *NUMBERS, "2", "12"])
    one, other = formula(rng, depth + 1), formula(rng, depth + 1)
    return rng.choice([f"({one} * {other})", f"({one} * {other})", f"({one} + {other})", f"({one} - {other})", f"min({one}, {other})", f"max({one}, {other})",
                       f"{one} / (1 + abs({other}))", f"(if {one} > {other} then {one} else 12 - {other})"])


def examine_numbers(seed, program=RUBRIC):
    rng = random.Random(seed)
    limits = [f" {rng.choice(['at most', 'at least'])} {rng.choice(NUMBERS[:i])}" if i and rng.random() < 0.7 else "" for i in range(len(NUMBERS))]
    facts = "".join(f"  {name} : number within 0..9{limit}\n" for name, limit in zip(NUMBERS, limits))
    rules = f'standard s "S" {{ total 10 period 2024 }}\nfacts "F" {{\n{facts}}}\nshow end = {formula(rng)}\ncriterion k "K" cap 10 {{ 5 when a >= 1  5 when b >= 9 }}\n'
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "s.rubric").write_text(rules, encoding="utf-8")
        worlds = list(itertools.product(GRID, repeat=len(NUMBERS)))
        rows = [f"u{number},{','.join(map(str, world))}" for number, world in enumerate(worlds)]
        pathlib.Path(folder, "units.csv").write_text("\n".join([f"unit,{','.join(NUMBERS)}", "open,,,", *rows]) + "\n", encoding="utf-8")
        done = run([program, "eval", "units.csv", "--rules", "s.rubric", "--json"], folder)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    if len(told) <= len(worlds):
        return 0                                             # the formula is one that is refused
    low, high, _ = ends(told[0]["shows"]["end"])
    for world, said in zip(worlds, told[1:]):
        if "error" in said or said["shows"]["end"].get("value") in (None, "n/a"):
            continue                                         # a limit is broken there
        value = Fraction(said["shows"]["end"]["value"])
        assert (low is None or low <= value) and (high is None or value <= high), f"seed {seed}: {told[0]['shows']['end']}, but {value} at {world}\n{rules}"
    return 1


@pytest.mark.parametrize("first", range(0, 120, 40))
def test_holds_between_numbers(first):
    assert sum(examine_numbers(seed) for seed in range(first, first + 40)) > 20


@pytest.mark.skipif(not LONG, reason="RUBRIC_LONG=1")
@pytest.mark.parametrize("first", range(20000, 25000, 250))
def test_holds_between_numbers_often(first):
    for seed in range(first, first + 250):
        examine_numbers(seed)


# ---------------------------------------------------------------- all sorts of facts

@pytest.mark.parametrize("first", range(0, CASES, SHARE_OF_CASES))
def test_holds(first):
    assert sum(examine(seed) for seed in range(first, first + SHARE_OF_CASES)) > SHARE_OF_CASES


@pytest.mark.skipif(not LONG, reason="RUBRIC_LONG=1")
@pytest.mark.parametrize("first", range(20000, 20000 + LONG_CASES, 500))
def test_holds_often(first):
    for seed in range(first, first + 500):
        examine(seed)
