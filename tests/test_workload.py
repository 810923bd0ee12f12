"""The workload of `make bench`: what the standard in tests/bench says of a unit, whole or with cells missing, is what straight-line code says; so
does the program that is the figure to beat."""
import json
import subprocess

import pytest
from support import BUILD, LONG, RUBRIC, TESTS, run

RULES = TESTS / "bench/model-units.rubric"
WORKLOAD = str(BUILD / "bench/workload")
LIMIT = str(BUILD / "bench/limit")
UNITS = 2000 if LONG else 200
# Units, their totals, the eligible, the sections: of the first million, as they were first agreed on by several engines.
MILLION = "1000000 89006734 624259 20634367 9803361 20773762 11647666 13669014 12478564"


def made(path, count, *said):
    with open(path, "w", encoding="utf-8") as file:
        subprocess.run([WORKLOAD, str(count), *map(str, said)], stdout=file, check=True)
    return path


def ends(value):
    return (int(value["value"]),) * 2 if "value" in value else (int(value["lo"]), int(value["hi"]))


def test_the_standard_holds_together():
    done = run([RUBRIC, "check", str(RULES)])
    assert (done.returncode, done.stdout) == (0, "0 errors, 0 warnings, 0 notes\n"), done.stderr


@pytest.mark.parametrize("missing", [0, 5, 40])
def test_the_standard_scores_as_by_hand(missing, tmp_path):
    units = made(tmp_path / "units.csv", UNITS, "csv", 42, missing)
    told = [json.loads(line) for line in run([RUBRIC, "eval", "--rules", str(RULES), "--json", str(units)], timeout=600).stdout.splitlines()]
    totals = [line.split(",") for line in made(tmp_path / "totals", UNITS, "totals", 42, missing).read_text().splitlines()]
    assert [[unit["unit"]["id"], *map(str, ends(unit["total"])), unit["eligible"]] for unit in told] == totals

    scores = [[ends(part["score"]) for part in unit["parts"] if "." not in part["path"]] for unit in told]
    sums = [list(map(int, line.split())) for line in made(tmp_path / "sums", UNITS, "sum", 42, missing).read_text().splitlines()]
    assert len(sums) == (2 if missing else 1)
    for end, line in enumerate(sums):
        eligible = sum(unit["eligible"] in (("yes",), ("yes", "unknown"))[end] for unit in told)
        sections = [sum(section[end] for section in column) for column in zip(*scores)]
        assert [len(told), sum(ends(unit["total"])[end] for unit in told), eligible, *sections] == line


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize("missing", [0, 5])
def test_batch_scores_as_by_hand(form, missing, tmp_path):
    units = made(tmp_path / f"units.{form.replace('json', 'jsonl')}", UNITS, form, 42, missing)
    done = run([RUBRIC, "batch", "--rules", str(RULES), "--columns", "total,eligible", str(units)])
    assert done.returncode == 0, done.stderr
    totals = made(tmp_path / "totals", UNITS, "totals", 42, missing).read_text().splitlines()
    assert done.stdout.splitlines() == ["unit,total_low,total_high,eligible,exact", *(f"{line},yes" for line in totals)]


@pytest.mark.parametrize("threads", ["1", "2", "3"])
def test_the_limit_scores_as_by_hand(threads, tmp_path):
    units = made(tmp_path / "units.csv", 20000, "csv")
    done = run([LIMIT, str(units), str(tmp_path / "out.csv"), threads])
    assert (done.returncode, done.stdout) == (0, made(tmp_path / "sums", 20000, "sum").read_text())
    totals = [line.split(",") for line in made(tmp_path / "totals", 20000, "totals").read_text().splitlines()]
    wanted = [f"{unit},{total},{int(eligible == 'yes')}" for unit, total, _, eligible in totals]
    assert (tmp_path / "out.csv").read_text().splitlines() == wanted


def test_the_limit_refuses_what_it_does_not_know(tmp_path):
    done = run([LIMIT, str(made(tmp_path / "units.csv", 20, "csv", 42, 20)), str(tmp_path / "out.csv")])
    assert done.returncode == 1 and done.stderr


def test_the_first_million():
    assert run([WORKLOAD, "1000000", "sum"]).stdout.strip() == MILLION
