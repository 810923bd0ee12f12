"""What there is no time for is told, not left out."""
import json
import subprocess

import pytest
from support import RUBRIC, dense


def told(folder, *command):
    done = subprocess.run([RUBRIC, *command], cwd=folder, capture_output=True, text=True, check=False)
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
