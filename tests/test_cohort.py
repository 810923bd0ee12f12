"""Figures of the cohort against a second reading of the document: small standards and cohorts are generated, and every world that the unknown
facts allow is worked out one by one. What the program says of a unit must hold all of them; where it claims to be exact, no more.

RUBRIC_LONG=1 tries many more."""
import itertools
import json
import pathlib
import random
import tempfile
from fractions import Fraction

import pytest
from support import LONG, NOGC, RUBRIC, run

NA = "n/a"
GROUPS = 600 if LONG else 40
GROUP = 10
WORLDS_MAX = 700
FOLDS = ["count", "sum", "mean", "highest", "lowest", "rank"]
# What an unset threshold can be, as far as a fact from 0 to 3 can tell.
SETTINGS = [Fraction(k, 2) for k in (-1, 1, 3, 5, 7)]
WEIGHTS = {"self": Fraction(1, 4), "review": Fraction(3, 4)}


# ---------------------------------------------------------------- expressions: (kind, …), as text and as values

def text(e):
    kind = e[0]
    if kind == "number":
        return str(e[1])
    if kind == "name":
        return e[1]
    if kind in "+-*":
        return f"({text(e[1])} {kind} {text(e[2])})"
    if kind in ("min", "max"):
        return f"{kind}({text(e[1])}, {text(e[2])})"
    if kind == "if":
        return f"(if {text(e[1])} >= {text(e[2])} then {text(e[3])} else {text(e[4])})"
    if kind == "share":
        return f"({text(e[1])} / (1 + abs({text(e[2])})))"
    return f"({kind} of {text(e[1])} in cohort)" if e[1][0] == "name" else f"({kind} of ({text(e[1])}) in cohort)"


def fold(kind, values, own, best_is_low):
    there = [v for v in values if v != NA]
    if kind == "count":
        return len(there)
    if kind == "sum":
        return sum(there, Fraction(0))
    if kind == "rank":
        if own == NA:
            return NA
        return 1 + sum(v < own if best_is_low else v > own for v in there)
    if not there:
        return NA
    return {"mean": sum(there, Fraction(0)) / len(there), "highest": max(there), "lowest": min(there)}[kind]


class World:
    """Everything known: facts[unit][column][name], thresholds. Values are kept as they are asked for."""

    def __init__(self, standard, facts, settings):
        self.standard, self.facts, self.settings, self.kept = standard, facts, settings, {}

    def value(self, e, unit, column):
        key = (id(e), unit, column)
        if key not in self.kept:
            self.kept[key] = self.work_out(e, unit, column)
        return self.kept[key]

    def name(self, name, unit, column):
        if name in self.settings:
            return self.settings[name]
        if name in self.standard.definitions:
            return self.value(self.standard.definitions[name], unit, column)
        if name == "total":
            return sum((self.name(c, unit, column) for c in self.standard.criteria), Fraction(0))
        if name in self.standard.criteria:
            if column == "mix":
                return sum(w * self.name(name, unit, c) for c, w in WEIGHTS.items())
            return min(max(self.value(self.standard.criteria[name], unit, column), Fraction(0)), Fraction(10))
        return self.facts[unit]["review" if column == "mix" else column][name]

    def work_out(self, e, unit, column):
        kind = e[0]
        if kind == "number":
            return Fraction(e[1])
        if kind == "name":
            return self.name(e[1], unit, column)
        if kind in FOLDS:
            values = [self.value(e[1], u, column) for u in range(len(self.facts))]
            return fold(kind, values, values[unit], self.standard.best_is_low)
        a, b = (self.value(x, unit, column) for x in e[1:3])
        if NA in (a, b):
            return NA
        if kind == "if":
            return self.value(e[3 if a >= b else 4], unit, column)
        return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "min": lambda: min(a, b),
                "max": lambda: max(a, b), "share": lambda: a / (1 + abs(b))}[kind]()


# ---------------------------------------------------------------- generating

class Standard:
    """At most three facts x0 x1 x2, the last perhaps n/a; a threshold that nobody sets, perhaps."""

    def __init__(self, rng):
        self.rng = rng
        self.best_is_low = rng.random() < 0.15
        self.columns = rng.choice([["only"]] * 4 + [["self", "review"]])
        self.mixed = len(self.columns) > 1 and rng.random() < 0.5
        self.facts = {f"x{i}": (rng.randint(0, 1), rng.randint(2, 3)) for i in range(rng.randint(1, 2))}
        self.with_na = not self.mixed and rng.random() < 0.35
        if self.with_na:
            self.facts["y"] = (0, 2)
        self.setting = rng.random() < 0.15
        self.definitions, self.criteria, self.shows = {}, {}, {}
        self.scored = rng.random() < 0.6
        self.build()

    def of_facts(self, depth, na=True):
        rng = self.rng
        names = [name for name in self.facts if na or name != "y"]
        if depth == 0 or rng.random() < 0.35:
            return ("name", rng.choice(names)) if rng.random() < 0.85 else ("number", rng.randint(0, 3))
        a, b = self.of_facts(depth - 1, na), self.of_facts(depth - 1, na)
        kind = rng.choice(["+", "+", "-", "*", "min", "max", "if", "share"])
        if kind != "if":
            return kind, a, b
        otherwise = self.of_facts(depth - 1, na)
        if self.setting and rng.random() < 0.6:
            return "if", ("name", rng.choice(names)), ("name", "t"), b, otherwise
        return "if", a, ("number", rng.randint(1, 3)), b, otherwise

    def figure(self, of):
        return self.rng.choice(FOLDS), of

    def with_figure(self, figure, na=True):
        """A figure beside facts of the unit's own, or beside another one."""
        rng = self.rng
        kind = rng.choice(["plain", "+", "-", "*", "max", "if", "share", "own", "two"])
        own = self.of_facts(1, na)
        if kind == "plain":
            return figure
        if kind == "if":
            return "if", figure, ("number", rng.randint(1, 4)), own, self.of_facts(0, na)
        if kind == "own":
            return "if", own, ("number", 2), figure, ("number", rng.randint(0, 3))
        if kind == "two":
            return rng.choice("+-"), figure, (rng.choice(["count", "sum"]), figure[1])
        return kind, own, figure

    def operand(self):
        rng = self.rng
        choices = [("name", name) for name in self.facts] + [("name", name) for name in self.definitions]
        if self.scored:
            choices += [("name", "total")] * 2 + [("name", name) for name in self.criteria]
        return rng.choice(choices) if rng.random() < 0.75 else self.of_facts(1)

    def build(self):
        rng = self.rng
        self.definitions["d0"] = self.of_facts(2)
        if self.scored:
            # A score is never n/a here, so that a total is the sum of its parts.
            self.criteria["c0"] = self.of_facts(2, na=False)
            compared = self.of_facts(1, na=False)
            figure = (rng.choice(["count", "sum", "mean", "highest", "lowest", "rank"]), compared)
            self.criteria["c1"] = self.with_figure(figure, na=False) if rng.random() < 0.6 else self.of_facts(1, na=False)
        if rng.random() < 0.4:
            self.definitions["d1"] = self.with_figure(self.figure(self.of_facts(1)))
        for i in range(rng.randint(2, 4)):
            of = self.operand()
            figure = self.figure(of)
            self.shows[f"s{i}"] = figure if rng.random() < 0.6 else self.with_figure(figure)

    def written(self):
        head = []
        if self.scored:
            head.append("total 20")
        if self.columns != ["only"]:
            head.append("columns self, review")
            head.append("final 25% self + 75% review" if self.mixed else "final review")
        if self.best_is_low:
            head.append("better lower")
        lines = ["standard s { " + "  ".join(head) + " }", "facts f {"]
        for name, (low, high) in self.facts.items():
            lines.append(f"  {name} : count within {low}..{high}" + (" or n/a" if name == "y" else ""))
        lines.append("}")
        if self.setting:
            lines.append("threshold t")
        lines += [f"define {name} = {text(e)}" for name, e in self.definitions.items()]
        lines += [f"criterion {name} cap 10 {{ earn {text(e)} }}" for name, e in self.criteria.items()]
        lines += [f"show {name} = {text(e)}" for name, e in self.shows.items()]
        return "\n".join(lines) + "\n"

    def names_in(self, e):
        """Whatever an expression rests on: facts, thresholds, and "cohort" where it reads a figure."""
        if e[0] == "name":
            inside = {"total": ("sum of parts", *(("name", part) for part in self.criteria)), **self.definitions, **self.criteria}
            return self.names_in(inside[e[1]]) if e[1] in inside else {e[1]}
        found = {"cohort"} if e[0] in FOLDS else set()
        return found.union(*(self.names_in(x) for x in e[1:] if isinstance(x, tuple)))

    def domain(self, name):
        low, high = self.facts[name]
        return list(range(low, high + 1)) + ([NA] if name == "y" else [])


def unit_of(rng, standard):
    """[column][fact]: what may be: one value where it is known. A review says everything anew, or nothing."""
    open_share = rng.choice([0, 0.2, 0.5])
    columns = []
    for column in standard.columns:
        if columns and rng.random() < 0.6:
            columns.append(columns[-1])
            continue
        columns.append({name: standard.domain(name) if rng.random() < open_share else [rng.choice(standard.domain(name))]
                        for name in standard.facts})
    return columns


def count_worlds(standard, units):
    worlds = len(SETTINGS) if standard.setting else 1
    for unit in units:
        for i, column in enumerate(unit):
            if i == 0 or column is not unit[i - 1]:
                for values in column.values():
                    worlds *= len(values)
    return worlds


class Case:
    def __init__(self, seed):
        rng = random.Random(seed)
        self.standard = Standard(rng)
        while True:
            self.units = [unit_of(rng, self.standard) for _ in range(rng.randint(2, 4))]
            if count_worlds(self.standard, self.units) <= WORLDS_MAX:
                break
        self.refused = rng.random() < 0.15

    def facts_text(self, number):
        lines = [f'unit u{number} "u{number}"']
        columns = self.units[number]
        lines += [f"{name} = {values[0]}" for name, values in columns[0].items() if len(values) == 1]
        for before, column in zip(columns, columns[1:]):
            if column is not before:
                said = [f"  {name} = {values[0] if len(values) == 1 else 'unknown'}" for name, values in column.items()]
                lines += ['review by "r" on 2024-01-01 {', *said, "}"]
        return "\n".join(lines) + "\n"

    def worlds(self):
        """Every way to fill what is open: facts[unit][column][name], settings."""
        entries, choices = [], []
        for unit, columns in enumerate(self.units):
            for i, column in enumerate(columns):
                if i and column is columns[i - 1]:
                    continue
                for name, values in column.items():
                    entries.append((unit, i, name))
                    choices.append(values)
        settings = SETTINGS if self.standard.setting else [None]
        for setting, *chosen in itertools.product(settings, *choices):
            facts = [{} for _ in self.units]
            given = dict(zip(entries, chosen))
            for unit, columns in enumerate(self.units):
                for i, column in enumerate(columns):
                    name = self.standard.columns[i]
                    own = {fact: given[unit, i, fact] for fact in column if (unit, i, fact) in given}
                    facts[unit][name] = {k: v if v == NA else Fraction(v) for k, v in own.items()} \
                        if own else facts[unit][self.standard.columns[i - 1]]
            yield World(self.standard, facts, {"t": setting} if setting is not None else {})

    def truth(self):
        """{(unit, key): the values of all worlds}"""
        column = "mix" if self.standard.mixed else self.standard.columns[-1]
        found = {}
        for world in self.worlds():
            for unit in range(len(self.units)):
                for name, e in self.standard.shows.items():
                    found.setdefault((unit, name), set()).add(world.value(e, unit, column))
                if self.standard.scored:
                    found.setdefault((unit, "total"), set()).add(world.name("total", unit, column))
        return found


# ---------------------------------------------------------------- comparing

def evaluate(cases, program, folder):
    """The JSON of each case's units; a unit that is refused stands between the others."""
    results = []
    for case in cases:
        pathlib.Path(folder, "s.rubric").write_text(case.standard.written(), encoding="utf-8")
        names = []
        for number in range(len(case.units)):
            pathlib.Path(folder, f"{number}.facts").write_text(case.facts_text(number), encoding="utf-8")
            names.append(f"{number}.facts")
        if case.refused:
            pathlib.Path(folder, "wrong.facts").write_text("x0 = 3\nnobody = 1\n", encoding="utf-8")
            names.insert(1, "wrong.facts")
        done = run([program, "eval", *names, "--rules", "s.rubric", "--json"], folder)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(lines) == len(names), f"{case.standard.written()}\n{done.stderr}"
        results.append([line for line in lines if "error" not in line])
        assert len(results[-1]) == len(case.units), f"{case.standard.written()}\n{done.stdout}"
    return results


def ends(value):
    """(low, high, n/a is possible, claimed exact)"""
    if value.get("value") == NA:
        return None, None, True, True
    if "value" in value:
        number = Fraction(value["value"])
        return number, number, value.get("na", False), value.get("exact", True)
    bounds = [Fraction(value[k]) if "inf" not in value[k] else None for k in ("lo", "hi")]
    return *bounds, value.get("na", False), value.get("exact", True)


def wrong_with(value, truth):
    low, high, na, exact = ends(value)
    numbers = [v for v in truth if v != NA]
    if NA in truth and not na:
        return "n/a is left out"
    for v in numbers:
        if (low is not None and v < low) or (high is not None and v > high) or (low is None and high is None and "value" in value):
            return f"{v} is left out"
    if exact and numbers and (low, high) != (min(numbers), max(numbers)):
        return f"not exact: {min(numbers)} … {max(numbers)}"
    if exact and not numbers and low is not None:
        return "not exact: n/a alone"
    if exact and na and NA not in truth:
        return "not exact: never n/a"
    return None


def is_plain(standard, e):
    """A figure of what rests on facts alone: independence makes it exact, save a mean of which nobody knows over how many."""
    if e[0] not in FOLDS:
        return False
    names = standard.names_in(e[1])
    return not names & {"cohort", "t"} and not (e[0] == "mean" and "y" in names)


def check(case, units, told):
    for (unit, key), truth in case.truth().items():
        value = units[unit]["total"] if key == "total" else units[unit]["shows"][key]
        wrong = wrong_with(value, truth)
        story = f"u{unit} {key}: {value}, truly {sorted(map(str, truth))}\n{case.standard.written()}" + "".join(
            f"--- {i}.facts\n{case.facts_text(i)}" for i in range(len(case.units)))
        assert wrong is None, f"{wrong}\n{story}"
        exact = ends(value)[3]
        if key != "total" and is_plain(case.standard, case.standard.shows[key]):
            assert exact, f"could be exact\n{story}"
        told["open"] += "lo" in value
        told["exact"] += "lo" in value and exact


@pytest.mark.parametrize("group", range(GROUPS))
def test_every_world(group):
    told = {"open": 0, "exact": 0}
    cases = [Case(group * GROUP + i) for i in range(GROUP)]
    with tempfile.TemporaryDirectory() as folder:
        for case, units in zip(cases, evaluate(cases, RUBRIC, folder)):
            check(case, units, told)
    assert told["open"] == 0 or told["exact"] > 0, f"nothing is exact: {told}"


@pytest.mark.skipif(NOGC is None, reason="no program under the sanitizers")
@pytest.mark.parametrize("group", range(0, GROUPS, 8))
def test_sanitizers_agree(group):
    cases = [Case(group * GROUP + i) for i in range(GROUP)]
    with tempfile.TemporaryDirectory() as folder:
        assert evaluate(cases, RUBRIC, folder) == evaluate(cases, NOGC, folder)
