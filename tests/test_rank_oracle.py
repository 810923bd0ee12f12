"""`rubric rank` against every world: generated standards, cohorts with facts missing, keys that hang together. RUBRIC_LONG=1: many more.

A unit's worlds are worked out here from the meaning of a few statements; what they say of ranks and places, tests/oracle/ranks.py tells."""
import itertools
import json
import pathlib
import random
import tempfile
from dataclasses import dataclass
from fractions import Fraction

import pytest
from oracle import ranks
from support import LONG, PROGRAMS, RUBRIC, program_id, run

YESNO, SHARE, COUNT = ["y1", "y2", "y3"], "p", "n"
SHARES = {"0%": Fraction(0), "50%": Fraction(1, 2), "90%": Fraction(9, 10)}
COUNTS = {"0": 0, "1": 1, "2": 2}
WORDS = {"yes": True, "no": False}
ROUNDED = {"down": lambda x: x // 1, "up": lambda x: -(-x // 1), "half up": lambda x: (x + Fraction(1, 2)) // 1}
CASES, SHARE_OF_CASES = 300, 25


# ---------------------------------------------------------------- standards

@dataclass
class Part:
    """A criterion: its statements, and what they come to. None: it is skipped."""
    name: str
    cap: int
    text: str
    score: object


def full_part(rng, name):
    fact, negated, cap = rng.choice(YESNO), rng.random() < 0.3, rng.choice([1, 2, 2, 3])
    return Part(name, cap, f"full when {'not ' if negated else ''}{fact}", lambda w: cap * (w[fact] != negated))


def both_part(rng, name):
    one, other = rng.sample(YESNO, 2)
    return Part(name, 3, f"1 when {one} 2 when {one} and {other}", lambda w: w[one] + 2 * (w[one] and w[other]))


def bands_part(rng, name):
    high, low = rng.choice([(3, 1), (2, 1), (3, 0)])
    return Part(name, 3, f"bands p {{ at least 90% : {high}  at least 50% : {low}  otherwise : 0 }}",
                lambda w: high if w[SHARE] >= Fraction(9, 10) else low if w[SHARE] >= Fraction(1, 2) else 0)


def less_part(rng, name):
    fact = rng.choice(YESNO)
    return Part(name, 2, f"start at 2 deduct 1 per n up to 2 zero when {fact}", lambda w: 0 if w[fact] else 2 - min(w[COUNT], 2))


def skipped_part(rng, name):
    fact, other = rng.sample(YESNO, 2)
    return Part(name, 2, f"skip when {fact} full when {other}", lambda w: None if w[fact] else 2 * w[other])


KINDS = [full_part, full_part, both_part, bands_part, less_part, skipped_part]


@dataclass
class Standard:
    parts: list
    keys: list                   # "total" or the name of a part
    require: tuple               # its text and what it means; None: nothing is required
    quota: tuple                 # its text, and the places among so many units
    better_lower: bool

    def total(self, world):
        scores = [(part.score(world), part.cap) for part in self.parts]
        got, due = sum(s for s, _ in scores if s is not None), sum(cap for s, cap in scores if s is not None)
        return Fraction(got, due) * self.offered() if due else None

    def offered(self):
        return sum(part.cap for part in self.parts)

    def value(self, key, world):
        if key == "total":
            return self.total(world)
        return next(part.score(world) for part in self.parts if part.name == key)

    def text(self):
        lines = [f'standard s "S" {{ total {self.offered()} period 2024{" better lower" if self.better_lower else ""} }}',
                 'facts "F" {', *(f"  {name} : yesno" for name in YESNO), "  p : share", "  n : count one of 0, 1, 2", "}"]
        lines += [f"criterion {part.name} cap {part.cap} {{ {part.text} }}" for part in self.parts]
        require = f" require {self.require[0]}" if self.require else ""
        lines.append(f"stage pick {{ by unit{require} quota top {self.quota[0]}, ranked by {', '.join(self.keys)} }}")
        return "\n".join(lines) + "\n"


def make_require(rng, parts):
    fact, other = rng.sample(YESNO, 2)
    least = rng.randint(1, 3)
    return rng.choice([None, None, (fact, lambda s, w: w[fact]), (f"{fact} or {other}", lambda s, w: w[fact] or w[other]),
                       ("p >= 50%", lambda s, w: w[SHARE] >= Fraction(1, 2)),
                       (f"total >= {least}", lambda s, w: s.total(w) is not None and s.total(w) >= least)])


def make_quota(rng):
    if rng.random() < 0.5:
        places = rng.randint(1, 3)
        return f"{places} of units", lambda units: places
    percent, rounded = rng.choice([20, 34, 50, 70]), rng.choice(list(ROUNDED))
    return f"{percent}% of units, rounded {rounded}", lambda units: int(ROUNDED[rounded](Fraction(percent * units, 100)))


def make_standard(rng):
    parts = [rng.choice(KINDS)(rng, f"c{i}") for i in range(rng.randint(1, 4))]
    keys = ["total", *(part.name for part in parts)]
    rng.shuffle(keys)
    return Standard(parts, keys[: rng.randint(1, len(keys))], make_require(rng, parts), make_quota(rng), rng.random() < 0.25)


# ---------------------------------------------------------------- units

def make_unit(rng):
    """What is given, in words; a fact that is not is left out."""
    missing = rng.choice([0, 0, 0.2, 0.4])
    facts = {**{name: WORDS for name in YESNO}, SHARE: SHARES, COUNT: COUNTS}
    return {name: rng.choice(list(values)) for name, values in facts.items() if rng.random() >= missing}


def worlds_of(standard, unit):
    """(candidate, keys) in each."""
    domains = {**{name: WORDS for name in YESNO}, SHARE: SHARES, COUNT: COUNTS}
    choices = [[values[unit[name]]] if name in unit else list(values.values()) for name, values in domains.items()]
    worlds = [dict(zip(domains, chosen)) for chosen in itertools.product(*choices)]
    told = {(not standard.require or bool(standard.require[1](standard, w)), tuple(standard.value(k, w) for k in standard.keys)) for w in worlds}
    return sorted(told, key=str)


@dataclass
class Expected:
    lowest: int          # None: it has no rank
    highest: int
    perhaps_none: bool
    status: str


def expect(standard, cohort):
    worlds = [worlds_of(standard, unit) for unit in cohort]
    seats = standard.quota[1](len(cohort))
    statuses = [s.status for s in ranks.by_bounds(worlds, seats, standard.better_lower)]
    if len(list(itertools.islice(itertools.product(*worlds), 400))) < 400:
        assert statuses == [s.status for s in ranks.by_every_world(worlds, seats, standard.better_lower)[0]]
    return [expect_unit(standard, worlds, place, status) for place, status in enumerate(statuses)]


def expect_unit(standard, worlds, place, status):
    """Its rank where its first key is not n/a."""
    ranked = [world for world in worlds[place] if world[1][0] is not None]
    none = len(ranked) < len(worlds[place])
    if not any(candidate for candidate, _ in worlds[place]):
        status = "not a candidate"
    if not ranked:
        return Expected(None, None, False, status)
    standing = ranks.by_bounds([*worlds[:place], ranked, *worlds[place + 1 :]], 1, standard.better_lower)[place]
    return Expected(standing.lowest, standing.highest, none, status)


# ---------------------------------------------------------------- what the program says

def told(program, standard, cohort):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "s.rubric").write_text(standard.text(), encoding="utf-8")
        names = [f"u{place}.facts" for place in range(len(cohort))]
        for name, unit in zip(names, cohort):
            facts = "".join(f"{fact} = {value}\n" for fact, value in unit.items())
            pathlib.Path(folder, name).write_text(f'standard "s.rubric"\n{facts}', encoding="utf-8")
        done = run([program, "rank", *names, "--json"], folder)
    assert done.returncode == 0, done.stderr + standard.text()
    units = {unit["unit"]["id"]: unit for unit in map(json.loads, done.stdout.splitlines())}
    return [units[f"u{place}"] for place in range(len(cohort))]


def as_expected(unit):
    rank, status = unit["rank"], unit["quota"]["status"]
    if rank.get("value") == "n/a":
        return Expected(None, None, False, status), True
    low, high = rank.get("lo", rank.get("value")), rank.get("hi", rank.get("value"))
    return Expected(int(low), int(high), rank.get("na", False), status), rank.get("exact", True)


def agree(program, seed):
    rng = random.Random(seed)
    standard = make_standard(rng)
    cohort = [make_unit(rng) for _ in range(rng.randint(2, 5))]
    seen = []
    for place, (want, unit) in enumerate(zip(expect(standard, cohort), told(program, standard, cohort))):
        got, exact = as_expected(unit)
        assert exact and got == want, f"seed {seed}, unit {place}\nexpected {want}\ngot {got}, exact {exact}\n{standard.text()}{cohort}"
        seen.append((want, unit["rank"]))
    return seen


@pytest.mark.parametrize("first", range(0, CASES, SHARE_OF_CASES))
@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_agrees(program, first):
    for seed in range(first, first + SHARE_OF_CASES):
        agree(program, seed)


@pytest.mark.skipif(not LONG, reason="RUBRIC_LONG=1")
@pytest.mark.parametrize("first", range(1000, 21000, 500))
def test_agrees_often(first):
    for seed in range(first, first + 500):
        agree(RUBRIC, seed)


def test_cases_tell_something():
    """Every status often, ranges, and ranks that may be n/a."""
    counts = {}
    for seed in range(CASES):
        rng = random.Random(seed)
        standard = make_standard(rng)
        for want in expect(standard, [make_unit(rng) for _ in range(rng.randint(2, 5))]):
            ranged = want.lowest is not None and want.lowest != want.highest
            for what in [want.status, *(["range"] if ranged else []), *(["perhaps none"] if want.perhaps_none else []),
                         *(["none"] if want.lowest is None else [])]:
                counts[what] = counts.get(what, 0) + 1
    assert set(counts) == {"in", "out", "tied", "undecided", "not a candidate", "range", "perhaps none", "none"}, counts
    assert min(counts.values()) >= 10, counts
