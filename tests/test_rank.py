"""`rubric rank --csv` as a file: RFC 4180, exact numbers, nothing that a spreadsheet would run."""
import csv
import io

import pytest
from support import PROGRAMS, TESTS, program_id, run

RANK = TESTS / "rank"


def rows(program, *words, folder=RANK):
    done = run([program, "rank", *words, "--csv"], folder)
    assert done.stdout.endswith("\r\n") and done.stdout.count("\n") == done.stdout.count("\r\n")
    return list(csv.DictReader(io.StringIO(done.stdout, newline=""), strict=True))


@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_cells(program):
    told = {row["unit"]: row for row in rows(program, "kinds.csv", "--rules", "kinds.rubric")}
    assert list(told) == ["a", "c", "b", "f", "d", "e"]
    assert told["c"] == {"rank_best": "1", "rank_worst": "4", "rank_exact": "yes", "unit": "c", "label": "Cee", "total_low": "0", "total_high": "10",
                         "big_ones_low": "0", "big_ones_high": "0", "grade_low": "", "grade_high": "", "eligible": "yes", "stage": "first",
                         "status": "undecided", "places": "2"}
    # n/a stands at the worse end: with fewer faults the better, that is the high one.
    assert (told["f"]["rank_best"], told["f"]["rank_worst"], told["f"]["total_low"], told["f"]["total_high"]) == ("3", "n/a", "6", "n/a")
    assert (told["e"]["rank_best"], told["e"]["rank_worst"], told["e"]["label"]) == ("n/a", "n/a", "Ee, the fifth")
    assert told["d"]["label"] == "'=HYPERLINK(\"x\")"


@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "plain", "a=1"])
def test_no_formula(program, label, tmp_path):
    (tmp_path / "s.rubric").write_text('standard s "S" { total 3 }\nfacts "F" { part : share }\ncriterion c cap 3 { prorata part }\n', encoding="utf-8")
    with (tmp_path / "u.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["unit", "label", "part"], ["u", label, "2/9"]])
    row, = rows(program, "u.csv", "--rules", "s.rubric", folder=tmp_path)
    held = label.strip()
    assert row["label"] in ((label, held) if held in ("plain", "a=1") else (f"'{label}", f"'{held}"))
    assert (row["total_low"], row["total_high"]) == ("2/3", "2/3")


@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_open_ends_of_dates(program):
    """A cell is empty where nothing but the calendar bounds a date; a date that is known may be the calendar's first or last."""
    told = {row["unit"]: [row[f"{key}_{end}"] for key in ("opened", "closed", "before") for end in ("low", "high")]
            for row in rows(program, "dates.csv", "--rules", "dates.rubric")}
    assert told["none"] == ["", "", "2020-01-01", "", "", "2023-12-31"]
    assert told["skipped"] == ["", "", "2024-03-01", "2024-03-01", "2023-05-01", "2023-05-01"]
    assert told["all"] == ["2024-02-01"] * 2 + ["9999-12-31"] * 2 + ["0001-01-01"] * 2


@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_what_could_give_orders_to_a_terminal_is_shown(program):
    told = {row["unit"]: row["label"] for row in rows(program, "controls.csv", "--rules", "plain.rubric")}
    assert told == {"a": r"\u{1b}[2J\u{1b}]0;renamed\u{7}", "b": "tab\there, \\u{200f}حسن"}


TWICE = [(["kinds.csv", "--rules", "kinds.rubric"], "kinds.csv"), (["against.csv", "--rules", "against.rubric"], "against.csv"),
         (["against-open.csv", "--rules", "against.rubric"], "against-open.csv"),
         (["ash.facts", "elm.facts", "fen.facts", "gum.facts"], "fen.facts"), (["decided-p.facts", "decided-q.facts", "decided-r.facts"], ".")]


@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
@pytest.mark.parametrize("once, again", TWICE, ids=lambda it: it if isinstance(it, str) else None)
def test_a_unit_counts_once(program, once, again, tmp_path):
    """Neither its own place nor what the others are compared with changes; the call says what it left out."""
    for path in RANK.iterdir():
        if path.suffix != ".facts" or path.name in once:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    first = run([program, "rank", *once], tmp_path)
    both = run([program, "rank", *once, again], tmp_path)
    assert both.stdout == first.stdout and first.returncode == 0
    assert both.returncode == 2 and "E0929" in both.stderr


@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_a_unit_is_compared_with_once(program, tmp_path):
    """A mean over the cohort is that of its units, whatever the call gives twice."""
    (tmp_path / "s.rubric").write_text('standard s "S" { total 9 }\nfacts "F" { n : count within 0..9 }\n'
                                       "criterion c cap 9 { earn mean of n in cohort }\n", encoding="utf-8")
    (tmp_path / "u.csv").write_text("unit,n\na,0\nb,6\n", encoding="utf-8")
    (tmp_path / "b.facts").write_text('unit b "B"\nn = 6\n', encoding="utf-8")
    told = rows(program, "u.csv", "b.facts", "u.csv", "--rules", "s.rubric", folder=tmp_path)
    assert [(row["unit"], row["total_low"], row["total_high"]) for row in told] == [("a", "3", "3"), ("b", "3", "3")]


def test_unknown_places():
    told = rows(PROGRAMS[0], "kinds.csv", "--rules", "kinds.rubric", "--stage", "second")
    assert {row["places"] for row in told} == {"unknown"} and {row["status"] for row in told} == {"not a candidate"}


@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
@pytest.mark.parametrize("stage, figures", [("pick", ["total", "work", "founded"]), ("other", ["work", "founded", "total"])])
def test_each_figure_has_its_name(program, stage, figures):
    """A part that is all of a standard comes to what the total does, and is not called so."""
    told = rows(program, "single.csv", "--rules", "single.rubric", "--stage", stage)
    assert [name[:-4] for name in told[0] if name.endswith("_low") and name != "grade_low"] == figures
    assert {(row["work_low"], row["work_high"]) for row in told} == {("8", "8"), ("0", "10")}
