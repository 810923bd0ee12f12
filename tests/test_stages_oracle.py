"""`rubric stages` against the definitions: generated standards, lives under them, days around each event. RUBRIC_LONG=1: 100,000 lives."""
import collections
import functools
import json
import pathlib
import random
import tempfile
from dataclasses import dataclass
from datetime import date

import pytest
from oracle import histories, stages as st
from support import LONG, PROGRAMS, RUBRIC, program_id, run

@dataclass(frozen=True)
class Share:
    """What one test compares."""
    program: str
    seeds: range
    lives: int
    days: int

    def __str__(self):
        return f"{program_id(self.program)}-{self.seeds[0]}"


LIVES, DAYS = 8, 7
SEEDS = range(60)
SHARES = [Share(program, SEEDS[first : first + 10], LIVES, DAYS) for program in PROGRAMS for first in SEEDS[::10]]
if LONG:
    SHARES += [Share(RUBRIC, range(first, first + 20), 50, 4) for first in range(1000, 3000, 20)]
OFTEN = 5
# Facts that explain a state: compared where it is of that kind, since elsewhere they explain nothing.
EXPLANATIONS = {"missing", "failing", "undecided"}
EXPLAINED = {"blocked", "open", "ready"}


@dataclass(frozen=True)
class Case:
    standard: histories.Standard
    life: histories.Life
    reading: st.Reading
    day: date


@functools.lru_cache(maxsize=len(SEEDS))
def draw(seed, lives, days):
    """One standard, lives under it and days to ask about; every life is asked about on every day."""
    rng = random.Random(seed)
    standard = histories.make_standard(rng)
    led = [histories.make_life(rng, standard) for _ in range(lives)]
    readings = [st.Reading(standard.procedure, life.unit) for life in led]
    changes = sorted({day for reading in readings for day in histories.days_of_change(reading)})
    return standard, list(zip(led, readings)), rng.sample(changes, min(days, len(changes)))


# ---------------------------------------------------------------- what the program says

def answers(program, standard, lives, days):
    """{day: [the unit's object, in the order of the lives]}"""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "s.rubric").write_text(standard.text(), encoding="utf-8")
        names = [f"u{place}.facts" for place in range(len(lives))]
        for name, life in zip(names, lives):
            pathlib.Path(folder, name).write_text(life.text(name.removesuffix(".facts")), encoding="utf-8")
        return {day: ask(program, names, day, folder, standard) for day in days}


def ask(program, names, day, folder, standard):
    done = run([program, "stages", *names, "--json", "--on", day.isoformat()], folder)
    assert done.returncode == 0, f"exit {done.returncode} on {day}\n{done.stderr}\n{done.stdout[:2000]}\n{standard.text()}"
    units = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(unit["unit"]["id"], unit["on"]) for unit in units] == [(name.removesuffix(".facts"), day.isoformat()) for name in names]
    return units


def without(row, *members):
    return {key: value for key, value in row.items() if key not in members}


def authority(name):
    return st.UNIT if name == histories.WORDS["zh"]["unit"] else name


def as_told(unit):
    """Of the program's object what the oracle tells."""
    def stage(row):
        decisions = [{**without(d, "line", "remark", *EXPLANATIONS), "by": authority(d["by"])} for d in row["decisions"]]
        return {**without(row, "label", "cite", "notes"), "by": authority(row["by"]), "decisions": decisions,
                "failing": [reason["facts"] for reason in row["failing"]], "undecided": [reason["facts"] for reason in row["undecided"]]}
    return {"stages": [stage(row) for row in unit["stages"]], "titles": [without(row, "label") for row in unit["titles"]]}


def compared(told):
    def stage(row):
        explained = EXPLAINED & {row["state"], row["without"]}
        return {**row, **{name: sorted(row[name]) for name in EXPLANATIONS}} if explained else without(row, *EXPLANATIONS)
    return {**told, "stages": [stage(row) for row in told["stages"]]}


# ---------------------------------------------------------------- comparing

def difference(case, expected, got):
    lines = [case.standard.text(), case.life.text("u"), f"on {case.day}, {len(case.reading.worlds)} worlds"]
    for member in ("stages", "titles"):
        for want, have in zip(expected[member], got[member]):
            if want != have:
                lines += [f"expected  {json.dumps(want, ensure_ascii=False)}", f"got       {json.dumps(have, ensure_ascii=False)}"]
        if len(expected[member]) != len(got[member]):
            lines += [f"expected  {len(expected[member])} {member}: {json.dumps(expected[member], ensure_ascii=False)}",
                      f"got       {len(got[member])}: {json.dumps(got[member], ensure_ascii=False)}"]
    return "\n".join(lines)


def agree(program, seed, lives, days):
    standard, led, chosen = draw(seed, lives, days)
    told = answers(program, standard, [life for life, _ in led], chosen)
    for day in chosen:
        for (life, reading), unit in zip(led, told[day]):
            expected, got = compared(reading.on(day)), compared(as_told(unit))
            if expected != got:
                pytest.fail(f"seed {seed}\n" + difference(Case(standard, life, reading, day), expected, got), pytrace=False)


@pytest.mark.parametrize("share", SHARES, ids=str)
def test_lives(share):
    for seed in share.seeds:
        agree(share.program, seed, share.lives, share.days)


# ---------------------------------------------------------------- what the lives are worth

def conditions_of(standard):
    """{name of a `qualifies`: condition}, and the standard with these lines; `eligible` has its own member."""
    words, plain = histories.WORDS[standard.tongue], [c for c in standard.conditions if c != histories.WORDS[standard.tongue]["eligible"]]
    named = {f"q{place}": condition for place, condition in enumerate(plain)}
    lines = [f"{words['qualifies']} {name} {words['when']} {condition}" for name, condition in named.items()]
    return named, standard.text() + "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(6))
def test_conditions_are_what_eval_says(seed, tmp_path):
    """What the oracle is told of requirements must be so: it knows no conditions itself."""
    standard, led, chosen = draw(seed, LIVES, DAYS)
    named, rules = conditions_of(standard)
    (tmp_path / "s.rubric").write_text(rules, encoding="utf-8")
    for place, (life, _) in enumerate(led):
        (tmp_path / f"{place}.facts").write_text(life.text("u"), encoding="utf-8")
    for day in chosen:
        done = run([RUBRIC, "eval", *(f"{place}.facts" for place in range(len(led))), "--json", "--on", day.isoformat()], tmp_path)
        assert done.returncode == 0, done.stderr
        for (life, _), unit in zip(led, map(json.loads, done.stdout.splitlines())):
            expected = {name: as_outcome(life.unit.truths[condition].on(day)) for name, condition in named.items()}
            assert unit["qualifies"] == expected
            assert unit["eligible"] == life.unit.truths[histories.WORDS[standard.tongue]["eligible"]].on(day)


def as_outcome(truth):
    return "no" if truth == "n/a" else truth


@functools.cache
def occurrences():
    """How often each class stands in what `test_lives` compares, in its ordinary run."""
    counts = collections.Counter()
    for seed in SEEDS:
        _, led, chosen = draw(seed, LIVES, DAYS)
        for _, reading in led:
            for day in chosen:
                counts["pairs"] += 1
                counts.update(classes(reading, day))
    return counts


def classes(reading, day):
    told = reading.on(day)
    for row in told["stages"]:
        yield "state", row["state"]
        yield "without", row["without"]
        yield from (("possible", state) for state in row["possible"])
        yield from (("void", reason) for decision in row["decisions"] for reason in decision["void"])
        yield from (("valid", decision["valid"], decision["outcome"]) for decision in row["decisions"])
        yield "occurrence", min(row["occurrence"] or 0, 3)
        yield from (("date", key, "unknown") for key in ("opens", "closes", "effect") if row[key] == "unknown")
        yield "day's decisions", len(row["decisions"]) > len({decision["on"] for decision in row["decisions"]})
    for row in told["titles"]:
        yield "held", row["held"]
        yield "renewable", row["renewable"] is not None
        yield "tenures", "open" if row["tenures"] is None else min(len(row["tenures"]), 2)
        yield from (("ended", tenure["ended"]) for tenure in row["tenures"] or ())
    yield from happenings(reading, day)


def happenings(reading, day):
    world, n = reading.worlds[0], sum(decision.day <= day for decision in reading.decisions)
    for title in reading.procedure.titles:
        yield from (("act", act.__name__) for _, act, _, _ in world.acts(title.name, (n, day)))
    for a in range(n):
        if world.decisions[a].outcome == st.APPROVED and world.is_valid(a):
            yield "undone", world.is_undone(a, n)
            yield "waits", world.effect(a) > day
            yield "approved again", any(d.outcome == st.RETURNED and world.is_valid(j) and world.place(j) == world.place(a)
                                        for j, d in enumerate(world.decisions[:a]))


WANTED = [("state", state) for state in [*st.STATES, "unknown"]] + [("possible", state) for state in st.STATES] \
    + [("without", state) for state in [*sorted(st.VOIDABLE), None]] + [("void", reason) for reason in st.REASONS] \
    + [("valid", valid, outcome) for valid in ("yes", "no", "unknown") for outcome in (st.APPROVED, st.REJECTED, st.RETURNED)] \
    + [("occurrence", k) for k in range(4)] + [("date", key, "unknown") for key in ("opens", "closes", "effect")] \
    + [("held", held) for held in ("yes", "no", "unknown")] + [("tenures", t) for t in (0, 1, 2, "open")] \
    + [("ended", ended) for ended in ("lapsed", "revoked", None)] + [("act", act) for act in ("conferred", "revoked", "renewed")] \
    + [(what, True) for what in ("undone", "waits", "approved again", "day's decisions", "renewable")]


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: "-".join(map(str, wanted)))
def test_every_class_is_compared(wanted):
    assert occurrences()[wanted] >= OFTEN


def test_enough_is_compared():
    assert occurrences()["pairs"] >= 2900
