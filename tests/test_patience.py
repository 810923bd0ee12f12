"""What there is no time for is told, not left out."""
import json
import subprocess
from fractions import Fraction

import pytest
from support import RUBRIC, dense


def told(folder, *command):
    done = subprocess.run([RUBRIC, *command], cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout


def test_a_search_says_how_far_it_got(tmp_path):
    dense(tmp_path)
    _, page = told(tmp_path, "reach", "total >= 399", "dense.facts")
    assert "The search stopped" in page and "change at least" in page
    _, text = told(tmp_path, "reach", "total >= 399", "dense.facts", "--json")
    assert json.loads(text)["complete"] is False


def test_a_tornado_says_what_it_left(tmp_path):
    dense(tmp_path)
    status, page = told(tmp_path, "tornado", "dense.facts")
    assert status == 0 and "there was no time to find out" in page
    status, page = told(tmp_path, "tornado", "dense.facts", "--lang", "zh")
    assert status == 0 and "因时间有限未能查明" in page
    _, text = told(tmp_path, "tornado", "dense.facts", "--json")
    tornado = json.loads(text)
    assert tornado["complete"] is False and 0 < len(tornado["facts"]) < 40


SHAPES = {
    "and, or": ("x >= 3", "({0} or y >= {i}) and ({0} or z >= {i})", "full when {0}", "q when {0} and total >= 3"),
    "all, any": ("x >= 3", "any of {{ all of {{ {0}, y >= {i} }}, all of {{ {0}, z >= {i} }} }}", "full when {0}", "q when {0} and total >= 3"),
    "equal": ("x >= 3", "({0} = (y >= {i})) or ({0} and z > {i})", "full when {0}", "q when {0} and total >= 3"),
    "sums": ("x", "min({0} + y, {0} + z)", "earn max(min({0}, 10), 0)", "q when {0} > 3 and total >= 3"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_definitions_may_stand_in_each_other_many_times_over(shape, tmp_path):
    """Forty of which each reads the one before twice: what walks along every way to the first would not come back."""
    first, step, rule, outcome = SHAPES[shape]
    for name, start in ("old", first), ("new", first.replace("3", "4") if "3" in first else first + " + 1"):
        lines = [f'standard {name} "S" {{ total 10 }}', 'facts "F" { x : count within 0..99  y : count within 0..99  z : count within 0..99 }', f"define d0 = {start}"]
        lines += [f"define d{i} = " + step.format(f"d{i - 1}", i=i) for i in range(1, 40)]
        lines += [f"criterion c cap 10 {{ {rule.format('d39')} }}", f"qualifies {outcome.format('d39')}", "grades { A when total >= 3 otherwise B }"]
        (tmp_path / f"{name}.rubric").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "u.facts").write_text('unit u "U"\nstandard "old.rubric"\nx = 1\ny = 2\n', encoding="utf-8")
    for command in (["eval", "u.facts"], ["eval", "u.facts", "--why", "total"], ["reach", "q", "u.facts"], ["risk", "total >= 1", "u.facts"],
                    ["diff", "old.rubric", "new.rubric"], ["test", "--gen", "old.rubric"]):
        assert told(tmp_path, *command)[0] in (0, 1), command


ROUNDED = {
    "in each other": ("round({0} + y / 3, 1) - round({0} * 0.5, 1)", "d10 / 10"),
    "of several facts": ("round({0} + y / 3 - z / 7, 1) - round({0} * 0.5, 1)", "d10 / 10"),
    "in min and max": ("min(round({0} + z / 3, 1), max(round({0} * 0.5 + y, 1) - round({0} / 7 - z / 2, 1), z / 3))", "d10 / 10"),
    "in rows": ("round({0} + z / 3, 1) - round({0} * 0.5, 1)", "((sum of (round(d3 + a * y / 9, 1) - round(b / 7 + d4, 1)) in rows) - (sum of (round(a * z / 7 - b / 3, 1)) in rows)) / 20"),
    "products": ("round({0} + y * z / 30, 1) - round({0} * 0.5, 1)", "d10 / 100"),
}
MOST_STEPS = 13_000_000  # what src/eval/effort.h allows one evaluation, and a pass over it all


@pytest.mark.parametrize("kind", ["number", "count"])
@pytest.mark.parametrize("shape", ROUNDED)
def test_roundings_of_what_is_unknown_come_to_an_end(shape, kind, tmp_path):
    """What is not settled by then is told as not exact, and holds what was found."""
    step, earned = ROUNDED[shape]
    for name, part in ("old", "0.5"), ("new", "0.75"):
        lines = [f'standard {name} "S" {{ total 10 }}', 'facts "F" {', *(f"{fact} : {kind} within 0..99" for fact in "xyz"),
                 f"rows : table {{ a : {kind} within 0..99, b : {kind} within 0..99 }} }}", "define d0 = x"]
        lines += [f"define d{i} = " + step.format(f"d{i - 1}").replace("0.5", part) for i in range(1, 11)]
        lines += [f"criterion c cap 10 {{ earn max(min({earned}, 10), 0) }}", "qualifies q when total >= 3"]
        (tmp_path / f"{name}.rubric").write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = ["rows = table {", "| a | b |", *(f"| {i * 7} | {'unknown' if i > 6 else i * 5} |" for i in range(10)), "}"]
    (tmp_path / "u.facts").write_text("\n".join(['unit u "U"', 'standard "old.rubric"', *table]) + "\n", encoding="utf-8")
    _, text = told(tmp_path, "check", "old.rubric", "--cost", "--json")
    costs = [json.loads(line)["cost"] for line in text.splitlines() if '"cost"' in line]
    assert costs and all(cost["steps"] < MOST_STEPS for cost in costs)
    _, text = told(tmp_path, "eval", "u.facts", "--json")
    found, worlds = json.loads(text)["total"], [(x, y, z) for x in (0, 3, 50, 98, 99) for y in (0, 4, 51, 99) for z in (0, 7, 48, 99)]
    low, high = (Fraction(found.get(end, found.get("value"))) for end in ("lo", "hi"))
    rows = [f"u{i},{x},{y},{z}" for i, (x, y, z) in enumerate(worlds)]
    if shape != "in rows":
        (tmp_path / "worlds.csv").write_text("\n".join(["unit,x,y,z", *rows]) + "\n", encoding="utf-8")
        _, text = told(tmp_path, "eval", "worlds.csv", "--rules", "old.rubric", "--json")
        totals = [Fraction(json.loads(line)["total"]["value"]) for line in text.splitlines()]
        assert len(totals) == len(worlds) and low <= min(totals) and max(totals) <= high
    for command in (["eval", "u.facts", "--why", "total"], ["reach", "q", "u.facts"], ["risk", "q", "u.facts"], ["diff", "old.rubric", "new.rubric"]):
        assert told(tmp_path, *command)[0] in (0, 1), command
    if kind == "number":
        assert told(tmp_path, "test", "--gen", "old.rubric")[0] in (0, 1)
