"""`rubric sweep` and `rubric tornado` against every world of small standards. RUBRIC_LONG=1: many more."""
import collections
import json
import pathlib
import random
import tempfile
from fractions import Fraction

import pytest
from oracle.small import MONTHS, NA, ORDERED
from oracle.units import FALL, GROW, LOCKED, make_table, make_unit, place_of
from oracle.worlds import allowed, put
from support import LONG, NOGC, PROGRAMS, RUBRIC, program_id, run

CASES, SHARE_OF_CASES, LONG_CASES = 100, 25, 4000


def options_of(rng, table):
    """What the call says of facts, and what then holds of each."""
    options, moves = [], [fact.moves for fact in table.facts]
    for i, fact in enumerate(table.facts):
        if fact.kind in (ORDERED, MONTHS) and rng.random() < 0.15:
            word, moves[i] = rng.choice([("grow", GROW), ("fall", FALL)])
            options += [f"--{word}", fact.option()]
    return options, moves


def told_of(program, command, table, units, folder):
    files = [f"unit{i}.facts" for i in range(len(units))]
    for file, unit in zip(files, units):
        pathlib.Path(folder, file).write_text("\n".join(['standard "s.rubric"', *unit.lines]) + "\n", encoding="utf-8")
    done = run([program, *command[:-1], *files, *command[-1], "--json"], folder)
    assert done.returncode in (0, 2), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


class Effects:
    """What one fact does, all else as it is: the worlds of each of its values."""

    def __init__(self, table, unit, fact, moves):
        self.fact, self.now = table.facts[fact], unit.given[fact]
        places = list(range(len(self.fact.values))) if self.now is None else allowed(self.fact, self.now, moves)
        self.worlds = {place: table.completions(put(unit.given, [fact], [place])) for place in places}
        self.moves = moves

    def can_move(self):
        return self.moves != LOCKED and not (self.now is not None and self.fact.at[self.now] == NA)

    def totals(self, place):
        return [Fraction(w.total) for w in self.worlds[place] if w.total != NA]

    def numbers(self):
        """Its values that are numbers; all, where it is none."""
        return [place for place in self.worlds if self.fact.declared.startswith("yesno") or self.fact.at[place] != NA]

    def differs(self, of):
        """Between its values, whatever is open beside it."""
        return len({frozenset(map(of, self.worlds[place])) for place in self.numbers() if self.worlds[place]}) > 1


# ---------------------------------------------------------------- tornado

def check_gust(gust, effects):
    totals = {place: effects.totals(place) for place in effects.numbers()}
    every = [total for some in totals.values() for total in some]
    if not every:
        assert not gust["exact"], gust
        return
    low, high = Fraction(gust["low"]["total"]), Fraction(gust["high"]["total"])
    assert low <= min(every) and max(every) <= high, f"{gust}: {min(every)} to {max(every)}"
    if not gust["exact"]:
        return
    assert (low, high) == (min(every), max(every)), f"{gust}: {min(every)} to {max(every)}"
    for end, total in (("low", low), ("high", high)):
        assert gust[end]["beyond"] is False, f"{gust}: it has steps"
        assert total in totals[read_place(effects.fact, gust[end]["at"])], f"{gust}: not with {gust[end]['at']}"


def check_tornado(table, unit, moves, told):
    named = []
    for gust in told["facts"]:
        fact = fact_of(table, gust)
        named.append(fact)
        check_gust(gust, Effects(table, unit, fact, moves[fact]))
    widths = [Fraction(gust["high"]["total"]) - Fraction(gust["low"]["total"]) for gust in told["facts"]]
    assert widths == sorted(widths, reverse=True), "the largest effect first"
    for fact in set(range(len(table.facts))) - set(named):
        effects = Effects(table, unit, fact, moves[fact])
        moves_it = len({frozenset(effects.totals(place)) for place in effects.numbers() if effects.totals(place)}) > 1
        assert not moves_it or not effects.can_move(), f"{table.facts[fact].option()} moves the total"
    return [gust["exact"] for gust in told["facts"]]


def fact_of(table, told):
    named = told.get("fact", "").removeprefix("score ") or told["score"]
    return next(i for i, fact in enumerate(table.facts) if fact.option() == named)


def read_place(fact, at):
    """Null: a text that no rule names."""
    if at is None:
        return fact.at.index(None)
    value = at["value"]
    if fact.kind == MONTHS and value != NA:
        return fact.at.index(months_counted(value))
    return place_of(fact, f"{value} characters" if fact.declared.startswith("document") else value)


def months_counted(text):
    """"1..6, 8": seven; "0": none."""
    spans = [part.split("..") for part in text.split(", ") if part != "0"]
    return sum(int(span[-1]) - int(span[0]) + 1 for span in spans)


# ---------------------------------------------------------------- sweep

def lies_at(fact, place):
    """On the line along which it is swept; of a choice the place among its values."""
    return fact.at[place] if fact.kind == ORDERED else place


def end_of(fact, end):
    return lies_at(fact, read_place(fact, end["at"]))


def holds(fact, told, place):
    if "at" in told:
        return read_place(fact, told["at"]) == place
    low, high = (None if told[end] is None else end_of(fact, told[end]) for end in ("from", "to"))
    at = lies_at(fact, place)
    above = low is None or low < at or (low == at and not told["from"]["open"])
    below = high is None or at < high or (at == high and not told["to"]["open"])
    return above and below


def between(fact, told, place, end):
    """An end of the total's range at a value, along the run's line; None: n/a."""
    low, high = told["total"]["from"], told["total"]["to"]
    if NA in (low.get("value"), high.get("value")):
        return None
    first, last = (Fraction(t.get(end, t.get("value"))) for t in (low, high))
    if first == last or "at" in told:
        return first
    start, stop = end_of(fact, told["from"]), end_of(fact, told["to"])
    return first if start == stop else first + (last - first) * Fraction(lies_at(fact, place) - start) / (stop - start)


def check_run(table, told, effects, place):
    worlds, fact = effects.worlds[place], effects.fact
    assert told["refused"] == (not worlds), f"{told}: refused is {not worlds}"
    if not worlds:
        return
    totals = effects.totals(place)
    low, high = between(fact, told, place, "lo"), between(fact, told, place, "hi")
    if low is None:
        assert not totals, f"{told}: {totals}"
    else:
        exact = not totals or (low, high) == (min(totals), max(totals))
        inside = "at" not in told and told["from"] != told["to"]         # between its ends an outer bound may bend
        assert exact or (not told["exact"] and (inside or (low <= min(totals) and max(totals) <= high))), f"{told} at {fact.values[place]}: {min(totals)} to {max(totals)}"
        told_na = told["total"]["from"].get("na", False)
        assert told_na == (len(totals) < len(worlds)) or not told["exact"], f"{told}: n/a"
    check_outcomes(table, told, worlds)


def check_outcomes(table, told, worlds):
    said = {w.eligible for w in worlds}
    assert told["eligible"] == (said.pop() if len(said) == 1 else "unknown") or not told["exact"], f"{told}: {said}"
    grades = {w.grade for w in worlds}
    if table.standard.grades and len(grades) == 1:
        assert told["grade"].get("value") == grades.pop() or not told["exact"], told


def check_sweep(table, unit, fact, moves, told):
    effects = Effects(table, unit, fact, moves)
    if "error" in told:
        assert not effects.can_move() or not effects.differs(lambda w: (w.total, w.grade, w.eligible)), told
        return []
    assert effects.can_move()
    for place in effects.numbers():
        runs = [run for run in told["runs"] if holds(effects.fact, run, place)]
        if effects.fact.declared.startswith("text"):
            runs = runs or told["runs"][-1:]                             # of texts that no rule names one stands for all
        if not effects.worlds[place] and not runs:
            continue
        assert len(runs) == 1, f"{effects.fact.values[place]} in {len(runs)} runs"
        check_run(table, runs[0], effects, place)
    return [run["exact"] for run in told["runs"] if not run["refused"]]


# ---------------------------------------------------------------- cases

def examine(program, seed):
    rng = random.Random(seed)
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        table = make_table(program, rng, folder, goals=0)
        if table is None:
            return counts
        units = list(filter(None, (make_unit(rng, table) for _ in range(2))))
        if not units:
            return counts
        options, moves = options_of(rng, table)
        fact = rng.randrange(len(table.facts))
        swept = told_of(program, ["sweep", table.facts[fact].option(), options], table, units, folder)
        blown = told_of(program, ["tornado", options], table, units, folder)
        for unit, sweep, tornado in zip(units, swept, blown):
            try:
                counts.update(f"sweep {exact}" for exact in check_sweep(table, unit, fact, moves[fact], sweep))
                counts.update(f"tornado {exact}" for exact in check_tornado(table, unit, moves, tornado))
            except AssertionError as wrong:
                raise AssertionError(f"seed {seed}: {wrong}\nsweep {table.facts[fact].option()} {' '.join(options)}\n{table.standard.text()}\n" +
                                     "\n".join(unit.lines) + f"\n{sweep}\n{tornado}") from None
    return counts


@pytest.mark.parametrize("first", range(0, CASES, SHARE_OF_CASES))
@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_agrees(program, first):
    for seed in range(first, first + (SHARE_OF_CASES if program != NOGC else SHARE_OF_CASES // 5)):
        examine(program, seed)


@pytest.mark.skipif(not LONG, reason="RUBRIC_LONG=1")
@pytest.mark.parametrize("first", range(1000, 1000 + LONG_CASES, 500))
def test_agrees_often(first):
    for seed in range(first, first + 500):
        examine(RUBRIC, seed)


def test_says_what_it_knows():
    counts = collections.Counter()
    for seed in range(30):
        counts.update(examine(RUBRIC, seed))
    assert counts["sweep True"] >= counts["sweep False"] >= 5 and counts["tornado True"] >= counts["tornado False"] >= 5, counts
