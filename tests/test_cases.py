"""Units and what they come to: tests/**/NAME.cases beside NAME.rubric.

    [OPTIONS] ENTRY ; ENTRY => KEY = VALUE ; KEY = VALUE

An entry is a line of a facts file (\\n in it begins a new line). KEY: total, subtotal, skipped, grade, eligible, `qualifies NAME`,
`show NAME`, the path of a part or its last name (its score), `PATH due`, decide (facts, largest swing first). VALUE: as JSON has it,
`LO..HI` for what is open; `error` alone says that the unit is refused. The units of a file are evaluated in one call for each set of
options, except where the standard looks at the cohort: each unit is then alone, save that a line that begins with + is one more unit of the
call of the line above, which has no + and whose options hold for all."""
import functools
import json
import pathlib
import re
import shlex
import tempfile
from dataclasses import dataclass
from fractions import Fraction

import pytest
from support import NOGC, RUBRIC, TESTS, run

COHORT = re.compile(r"\bcohort\b|同批")


@dataclass(frozen=True)
class Case:
    file: pathlib.Path
    number: int
    options: tuple
    entries: str
    expected: tuple
    joins: bool = False

    @property
    def refused(self):
        return self.expected == ("error",)


def read_case(file, number, line):
    joins = line.startswith("+")
    given, _, expected = line.removeprefix("+").partition("=>")
    options = re.match(r"\s*\[(--.*?)\]", given)
    entries = given[options.end() :] if options else given
    return Case(file, number, tuple(shlex.split(options[1])) if options else (),
                re.sub(r"\s+;\s+", "\n", entries.strip()).replace("\\n", "\n"),
                tuple(part.strip() for part in re.split(r"\s;\s", expected.strip())), joins)


@functools.cache
def read_cases(file):
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    return [read_case(file, number, line) for number, line in lines if line.strip() and not line.startswith("#")]


FILES = sorted(TESTS.glob("forms/**/*.cases")) + sorted(TESTS.glob("agree/**/*.cases"))
CASES = [case for file in FILES for case in read_cases(file)]


# ---------------------------------------------------------------- running

def cohorts_of(cases):
    groups = []
    for case in cases:
        if case.joins:
            groups[-1].append(case)
        else:
            groups.append([case])
    return groups


def groups_of(file):
    """The cases that one call can evaluate."""
    cases = read_cases(file)
    rules = file.with_suffix(".rubric").read_text(encoding="utf-8")
    if COHORT.search(re.sub(r"#.*", "", rules)):
        return cohorts_of(cases)
    assert not any(case.joins for case in cases), f"{file.name}: a line begins with +, and the standard does not look at the cohort"
    by_options = {}
    for case in cases:
        by_options.setdefault(case.options, []).append(case)
    return list(by_options.values())


def evaluate_group(cases, program, folder):
    """{number: line of JSON}; the exit status must tell of a refused unit."""
    names = []
    for case in cases:
        name = pathlib.Path(folder, f"{case.number}.facts")
        name.write_text(f"unit \"case\"\n{case.entries}\n", encoding="utf-8")
        names.append(name.name)
    rules = str(cases[0].file.with_suffix(".rubric"))
    done = run([program, "eval", *names, "--rules", rules, "--json", *cases[0].options], folder)
    lines = done.stdout.splitlines()
    assert len(lines) == len(cases), f"{len(lines)} lines for {len(cases)} units, exit {done.returncode}\n{done.stderr}"
    refused = any("error" in json.loads(line) for line in lines)
    assert done.returncode == (2 if refused else 0), f"exit {done.returncode}\n{done.stderr}"
    return {case.number: line for case, line in zip(cases, lines)}


@functools.cache
def evaluate(file, program):
    """{number of a case: its JSON line, or what went wrong with its group}"""
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for cases in groups_of(file):
            try:
                results.update(evaluate_group(cases, program, folder))
            except AssertionError as wrong:
                results.update({case.number: wrong for case in cases})
    return results


# ---------------------------------------------------------------- comparing

def plain(text):
    """One number has many spellings: 0.5, 1/2, 0.50."""
    text = text.strip()
    return str(Fraction(text.replace("_", ""))) if re.fullmatch(r"-?[\d_]+(\.\d+)?(/\d+)?", text) else text


def shown(value):
    """A value of the JSON as a case writes it."""
    if not isinstance(value, dict):
        return "none" if value is None else plain(str(value))
    if "value" in value:
        return plain(value["value"])
    return f"{plain(value['lo'])}..{plain(value['hi'])}"


def part_of(unit, name):
    paths = [part for part in unit["parts"] if part["path"] == name]
    found = paths or [part for part in unit["parts"] if part["path"].endswith("." + name)]
    assert len(found) == 1, f"parts called {name}: {[part['path'] for part in found]}"
    return found[0]


def look_up(unit, key):
    if key in ("total", "subtotal", "skipped", "grade", "eligible"):
        return shown(unit.get(key))
    what, _, name = key.partition(" ")
    if what == "qualifies":
        return shown(unit["qualifies"][name])
    if what == "show":
        return shown(unit["shows"][name])
    if key.endswith(" due"):
        return shown(part_of(unit, key[: -len(" due")])["due"])
    return shown(part_of(unit, key)["score"])


def deciding(unit, expected):
    """The deciding facts, largest swing first; equals in the order that the case has them."""
    names = [name.strip() for name in expected.split(",")]
    rows = [(row["fact"], plain(row["swing"])) for row in unit["decide"]]

    def key(row):
        swing = float("inf") if row[1] == "inf" else Fraction(row[1])
        return -swing, names.index(row[0]) if row[0] in names else len(names)

    assert [row[1] for row in rows] == [row[1] for row in sorted(rows, key=lambda row: key(row)[0])], f"out of order: {rows}"
    return ", ".join(row[0] for row in sorted(rows, key=key))


def compare(unit, expectation):
    key, _, expected = (side.strip() for side in expectation.rpartition(" = "))
    if key == "decide":
        return key, expected, deciding(unit, expected)
    low, dots, high = expected.partition("..")
    return key, plain(low) + dots + (plain(high) if dots else ""), look_up(unit, key)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.file.stem}:{c.number}")
def test_case(case):
    line = evaluate(case.file, RUBRIC)[case.number]
    assert isinstance(line, str), line
    unit = json.loads(line)
    if case.refused:
        assert "error" in unit and unit["error"], line
        return
    assert "error" not in unit, [f"{m['code']} {m['text']}" for m in unit["error"]]
    wrong = [(key, expected, got) for key, expected, got in (compare(unit, e) for e in case.expected) if expected != got]
    assert not wrong, "; ".join(f"{key}: expected {expected}, got {got}" for key, expected, got in wrong)


@pytest.mark.skipif(NOGC is None, reason="no program under the sanitizers")
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_sanitizers_agree(file):
    wanted, got = evaluate(file, RUBRIC), evaluate(file, NOGC)
    differing = [n for n in wanted if str(wanted[n]) != str(got[n]) and isinstance(wanted[n], str)]
    assert not differing, f"lines {differing}: {got[differing[0]]}"
