"""`rubric check --cost`: counts that can be told from the text, the same each time, and as large as the standard."""
import json

import pytest
from support import BLESS, PROGRAMS, ROOT, TESTS, program_id, run, RUBRIC

SHIPPED = ["rules/yueyang-2017.rubric", "rules/yueyang-2017.zh.rubric", "examples/02-school-safety.rubric"]


def cost(path, folder=ROOT, program=RUBRIC):
    lines = [json.loads(line) for line in run([program, "check", str(path), "--cost", "--json"], folder).stdout.splitlines()]
    (found,) = [line["cost"] for line in lines if "cost" in line]
    return found


def standard(criteria, facts):
    """Criteria, each of which compares `facts` facts."""
    names = [f"f{i}" for i in range(facts)]
    rows = [f'standard s "S" {{ edition "1" total {criteria} }}', 'facts "F" {', *(f"  {name} : count" for name in names), "}"]
    rows += [f'criterion c{i} cap 1 cite "§ {i}" {{ full when {" and ".join(f"{name} > {i + 2}" for name in names)} }}' for i in range(criteria)]
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("criteria, facts", [(1, 1), (3, 2), (5, 4)])
def test_counts(criteria, facts, tmp_path):
    (tmp_path / "s.rubric").write_text(standard(criteria, facts), encoding="utf-8")
    found = cost("s.rubric", tmp_path)
    assert (found["facts"], found["parts"], found["tables"], found["cohort_rounds"]) == (facts, criteria, 0, 0)
    assert [part["path"] for part in found["criteria"]] == [f"c{i}" for i in range(criteria)]
    assert {part["operations"] for part in found["criteria"]} == {found["criteria"][0]["operations"]}
    assert found["criteria"][0]["operations"] >= facts
    assert found["operations"] >= found["jumps"] >= criteria * facts
    assert found["steps"] > found["operations"] and found["passes"] > criteria


def test_more_takes_more(tmp_path):
    figures = []
    for criteria in (1, 4, 16):
        (tmp_path / "s.rubric").write_text(standard(criteria, 3), encoding="utf-8")
        figures.append(cost("s.rubric", tmp_path))
    for key in ("operations", "jumps", "steps", "passes"):
        values = [found[key] for found in figures]
        assert values == sorted(set(values)), key


@pytest.mark.parametrize("path", SHIPPED)
@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_the_same_each_time(path, program):
    assert cost(path, program=program) == cost(path)


def test_both_tongues_cost_the_same():
    english, chinese = cost(SHIPPED[0]), cost(SHIPPED[1])
    for found in (english, chinese):
        del found["file"]
        found["criteria"] = [part["operations"] for part in found["criteria"]]
    assert english == chinese


def test_a_standard_that_cannot_be_used_costs_nothing(tmp_path):
    (tmp_path / "s.rubric").write_text("standard s", encoding="utf-8")
    assert '"cost"' not in run([RUBRIC, "check", "s.rubric", "--cost", "--json"], tmp_path).stdout


def test_a_standard_is_told_once(tmp_path):
    """However many facts files name it."""
    (tmp_path / "s.rubric").write_text(standard(1, 1), encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / f"{name}.facts").write_text(f'unit {name} "U"\nstandard "s.rubric"\nf0 = 1\n', encoding="utf-8")
    told = run([RUBRIC, "check", "a.facts", "b.facts", "s.rubric", "--cost"], tmp_path).stdout
    assert told.count("Cost of one evaluation") == 1


# What an evaluation takes where nothing is known: the course that the search takes. What changes it much changes no answer, but costs time, or
# was not meant. `tests/unit/test_effort.c` does the same for the forms and what agrees. RUBRIC_BLESS=1 writes the figures anew.
FIGURES = TESTS / "effort.tsv"
MEASURED = [path for folder in ("tests/columns", "tests/cohort", "tests/whatif", "examples", "rules") for path in sorted((ROOT / folder).glob("*.rubric"))
            if not path.name.endswith(".test.rubric")]
PART = 8  # a figure may be off by this part of it: less is the way of the day


def effort(path, program=RUBRIC):
    """(steps, passes); None of a standard that cannot be used"""
    lines = [json.loads(line) for line in run([program, "check", path.relative_to(ROOT).as_posix(), "--cost", "--json"]).stdout.splitlines()]
    costs = [line["cost"] for line in lines if "cost" in line]
    return (costs[0]["steps"], costs[0]["passes"]) if costs else None


def efforts():
    """{path: (steps, passes)}"""
    rows = [line.split("\t") for line in FIGURES.read_text(encoding="utf-8").splitlines()]
    return {ROOT / name: (int(steps), int(passes)) for name, steps, passes in rows}


def is_as_before(path, program=RUBRIC):
    now, before = effort(path, program), efforts().get(path)
    return now == before if None in (now, before) else all(abs(n - b) * PART <= b for n, b in zip(now, before))


if BLESS:
    measured = [(path, effort(path)) for path in MEASURED]
    FIGURES.write_text("".join(f"{path.relative_to(ROOT).as_posix()}\t{e[0]}\t{e[1]}\n" for path, e in measured if e), encoding="utf-8")


@pytest.mark.parametrize("path", MEASURED, ids=lambda path: path.relative_to(ROOT).as_posix())
@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_effort(path, program):
    assert is_as_before(path, program), f"{effort(path, program)}, before {efforts().get(path)}"
