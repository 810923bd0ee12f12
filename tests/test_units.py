"""Units from CSV files: a row says what a facts file with the same entries says; what is read without the parser is what the parser reads; the
scorer that takes many units says what `eval` says."""
import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import BUILD, LONG, ROOT, RUBRIC, TESTS, run

CALC = str(BUILD / "tests/units_calc")
RULES = TESTS / "facts/units.rubric"
EXAMPLES = 300 if LONG else 60


def table(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def calc(mode, rules, *files):
    done = run([CALC, mode, str(rules), *map(str, files)], timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


# ---------------------------------------------------------------- with and without the parser

TRICKY = """0 1 2 007 -0 -1 1. .5 1.0 1.50 0.1 00.10 1e3 1_000 +1 ++1 --1 -1.5 - . % 1% 1.0% 100% 100.0% 100.1% 150% -5% 97.7% 97.7 0.977 95 ０ １２
1 % 5％ 1/2 0/0 0/1 1/1 2/1 3/0 1.5/3 1/3.0 -1/2 1/-2 1//2 /2 1/ 1/2/3 86/88 86\u00a0/88 86 / 88 86 of 88 86共88 86 共 88 2017-04-25 2017-4-25 2017-02-29
2020-02-29 0000-01-01 0001-01-01 9999-12-31 10000-01-01 2017-13-01 2017年4月25日 2017-04-25x 2017-04-25 Friday 20170425 yes no Yes YES y 是 否 不 是。 yesno
n/a N/A na unknown 未知 不适用 好 中 good Good poor fair GOOD ` good `good` "good" 差 1万 1亿 2万元 20元 20 元 3次 3 次 3天 3 days 250天 12345678901234567
123456789012345678 99999999999999999999 0.00000000000000001 0.123456789012345678 1.2.3 1,2 1..3 3..1 1..12 1..6, 8..12 [3] [1..3] [good, 好, fair] [good]
good except 2 fair # x 1 # x " ' “yes” none 无 table {} document "a.pdf" 10 characters units.rubric {} [] () = <""".split("\n")
TRICKY = [text for line in TRICKY for text in (*line.split(" "), line)] + [
    "1 %", "86 / 88", "86 of 88", "86 共 88", "20 元", "3 次", "3 days", "1..6, 8..12", "[good, 好, fair]", "good except 2 fair", "1 # x", "2017-04-25 Friday",
    'document "a.pdf" 10 characters', " 5", "5 ", "\t5\t", "　5", "5\n", "e\u0301", "é", "1\u200b", "\u202e1", "x" * 300, "0" * 120, "a,b", 'a"b', "`label`"]
FACTS = ["bins", "paths", "visits", "days", "budget", "months_of", "opened", "marks", "level", "keeper", "plan", "label"]


@pytest.mark.parametrize("rules, facts", [(RULES, FACTS), (TESTS / "diag/facts.rubric", None)], ids=["units", "messages"])
def test_tricky_texts(rules, facts, tmp_path):
    """Each text in the column of each fact; beside it two neighbours that are plain."""
    declared = re.findall(r"^  (\w+)\s+\"[^\"]*\"\s*:(?!.*table)", rules.read_text(encoding="utf-8"), re.M)
    names = [name for name in (facts or declared) if name != "paces"]
    rows = [["unit", *(f"`{name}`" for name in names)]]
    for i, name in enumerate(names):
        for k, text in enumerate(TRICKY * 2):
            rows.append([f"{name}-{k}", *(text if j == i else "" for j in range(len(names)))])
    (tmp_path / "tricky.csv").write_text(table(rows), encoding="utf-8")
    said = calc("slow", rules, tmp_path / "tricky.csv")
    assert len(said) == 1, "\n".join(said[:10])
    compared, taken = map(int, re.match(r"(\d+) compared, (\d+) taken", said[0]).groups())
    assert compared == len(rows) - 1
    assert taken > len(rows) / 10 and taken < compared


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_scores_and_parts(text, tmp_path):
    rows = [["unit", "score looks", "bins.part", "bins.whole", "as of"]]
    rows += [["a", text, "", "", ""], ["b", "", text, "88", ""], ["c", "", "1", text, ""], ["d", "", "", "", text]]
    (tmp_path / "tricky.csv").write_text(table(rows), encoding="utf-8")
    said = calc("slow", RULES, tmp_path / "tricky.csv")
    assert len(said) == 1, "\n".join(said)


# ---------------------------------------------------------------- a row and a facts file

def number(most, places=0):
    return st.decimals(0, most, places=places).map(lambda d: format(d, "f")) if places else st.integers(0, most).map(str)


SHARES = st.one_of(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: f"{p[0]}/{p[1]}"), number(120, 1).map(lambda n: f"{n}%"), number(2, 2))
WORDS = st.sampled_from(["unknown", "n/a", "未知", "不适用"])
LEVELS = st.sampled_from(["good", "好", "中", "poor", "差", "best"])
VALUES = {
    "bins": SHARES, "paths": st.sampled_from(["yes", "no", "是", "否", "maybe"]), "visits": number(300), "days": number(300),
    "budget": st.one_of(number(99, 2), number(20).map(lambda n: f"{n}万元"), number(20).map(lambda n: f"{n} 元")),
    "months_of": st.sampled_from(["1..6, 8..12", "[3]", "1..12", "7", "[]", "0..3"]),
    "opened": st.dates().map(lambda d: d.isoformat()), "level": LEVELS,
    "marks": st.lists(LEVELS, min_size=2, max_size=3).map(lambda names: f"[{', '.join(names)}]"),
    "keeper": st.text(st.characters(blacklist_categories=["C", "Z"], blacklist_characters='"“”「」\\'), min_size=1, max_size=12),
    "score looks": st.sampled_from(["0", "0.5", "1", "0.3", "2", "x"]), "as of": st.dates().map(lambda d: d.isoformat()),
}
UNIT = st.fixed_dictionaries({}, optional={name: values if name in ("keeper", "as of") else st.one_of(values, values, values, WORDS)
                                           for name, values in VALUES.items()})


def as_facts(name, value, proved):
    if name == "as of":
        return f"as of {value}"
    text = f'"{value}"' if name == "keeper" else value
    return f"{name} = {text}" + (' evidence "a.pdf"' if proved and name == "bins" else "")


def told(line):
    """What is said of a unit, apart from where it stands."""
    unit = json.loads(line)
    for messages in (unit.get("messages"), unit.get("error")):
        if messages is not None:
            messages[:] = sorted({message["code"] for message in messages})
    return unit


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(units=st.lists(st.tuples(UNIT, st.booleans()), min_size=1, max_size=8), order=st.permutations(list(VALUES)))
def test_row_is_a_facts_file(units, order):
    with tempfile.TemporaryDirectory() as folder:
        rows = [["bins.evidence", "label", *order, "unit"]]
        for i, (unit, proved) in enumerate(units):
            rows.append(["a.pdf" if proved else "", f"Yard {i}", *(unit.get(name, "") for name in order), f"u{i}"])
            lines = [f'unit u{i} "Yard {i}"', *(as_facts(name, value, proved) for name, value in unit.items())]
            pathlib.Path(folder, f"u{i}.facts").write_text("\n".join(lines) + "\n", encoding="utf-8")
        pathlib.Path(folder, "units.csv").write_text(table(rows), encoding="utf-8")
        by_row = run([RUBRIC, "eval", "units.csv", "--rules", str(RULES), "--json"], folder)
        by_file = run([RUBRIC, "eval", ".", "--rules", str(RULES), "--json"], folder)
    rows, files = by_row.stdout.splitlines(), by_file.stdout.splitlines()
    assert len(rows) == len(files) == len(units)
    for row, file in zip(map(told, rows), map(told, files)):
        if "error" in row and "error" in file:
            assert row["unit"] == file["unit"]
        else:
            assert row == file
    assert by_row.returncode == by_file.returncode


# ---------------------------------------------------------------- decisions

PROCEDURE = TESTS / "stages/procedure.rubric"
STAGES = {"apply": "unit", "visit": "office", "award": "jury", "grade": "jury", "recheck": "office"}
OUTCOMES = ["approved", "rejected", "returned", "同意", "不同意", "退回"]
# Few days and texts, so that rows repeat them and days meet.
DAYS = st.sampled_from(["2020-03-02", "2020-05-01", "2020年5月1日", "2020-05-30", "2021-06-01", "2021-02-29"])
REMARKS = st.sampled_from(["", "", ' "plain"', ' "a; b"', " “一；二”", ' "# none"', ' ""', ' "open'])
HANDS = st.sampled_from(["unit", "office", "jury", "单位", "nobody"])


@st.composite
def decided(draw):
    """What stands behind the name of a stage."""
    by, on = draw(st.sampled_from([("by", "on"), ("由", "于")]))
    return f"{draw(st.sampled_from(OUTCOMES))} {on} {draw(DAYS)} {by} {draw(HANDS)}{draw(REMARKS)}"


LIFE = st.fixed_dictionaries({}, optional={stage: st.lists(decided(), min_size=1, max_size=3) for stage in STAGES})
FAULTY = ("nobody", "2021-02-29", '"open')


def take_lines(unit):
    """Out of its decisions."""
    return {decision.pop("line") for stage in unit["stages"] for decision in stage["decisions"]}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(lives=st.lists(LIFE, min_size=1, max_size=6), order=st.permutations(list(STAGES)), marks=st.sampled_from(["; ", ";", "；", " ;\n "]),
       word=st.sampled_from(["decision", "决定"]))
def test_decisions_are_those_of_a_facts_file(lives, order, marks, word):
    """Of a row with a fault nothing is read; else each decision is as in the facts file, in the same order, and stands on the line of its row."""
    proofs = {"photos": ' evidence "photos.zip"'}
    facts = {"plan": 'document "plan.pdf" 480 characters', "photos": 'document "photos.zip" 0 characters', "beds": "6", "opened": "2019-05-01", "tidy": "yes"}
    with tempfile.TemporaryDirectory() as folder:
        rows = [["unit", *facts, "photos.evidence", *(f"{word} {stage}" for stage in order)]]
        for i, life in enumerate(lives):
            rows.append([f"u{i}", *facts.values(), "photos.zip", *(marks.join(life.get(stage, [])) for stage in order)])
            lines = [f"unit u{i} \"u{i}\"", *(f"{name} = {value}{proofs.get(name, '')}" for name, value in facts.items())]
            lines += [f"decision {stage} {text}" for stage in order for text in life.get(stage, [])]
            pathlib.Path(folder, f"u{i}.facts").write_text("\n".join(lines) + "\n", encoding="utf-8")
        pathlib.Path(folder, "units.csv").write_text(table(rows), encoding="utf-8")
        words = "--rules", str(PROCEDURE), "--on", "2021-12-31", "--json"
        by_row, by_file = run([RUBRIC, "stages", "units.csv", *words], folder), run([RUBRIC, "stages", ".", *words], folder)
        again = calc("slow", PROCEDURE, pathlib.Path(folder, "units.csv"))
    assert len(again) == 1, "\n".join(again)
    starts = [1 + table(rows[: i + 1]).count("\n") for i in range(len(lives))]
    for i, (row, file) in enumerate(zip(map(told, by_row.stdout.splitlines()), map(told, by_file.stdout.splitlines()), strict=True)):
        faulty = any(fault in text for texts in lives[i].values() for text in texts for fault in FAULTY)
        assert ("error" in row, "error" in file) == (faulty, faulty)
        if not faulty:
            assert take_lines(row) <= {starts[i]}
            take_lines(file)
            assert row == file
    assert by_row.returncode == by_file.returncode


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\ufeff"), max_size=8)
LABELS = st.one_of(TEXT, st.text(st.sampled_from('",\n\r a'), max_size=8))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(labels=st.lists(LABELS, min_size=1, max_size=6), ends=st.sampled_from(["\n", "\r\n"]), last=st.booleans())
def test_cells_hold_any_text(labels, ends, last):
    """Quotes, commas and line ends inside a cell, as another program writes them."""
    out = io.StringIO()
    csv.writer(out, lineterminator=ends, quoting=csv.QUOTE_ALL).writerows([["unit", "label"], *([f"u{i}", label] for i, label in enumerate(labels))])
    text = out.getvalue() if last else out.getvalue()[: -len(ends)]
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "units.csv").write_bytes(text.encode())
        done = run([RUBRIC, "eval", "units.csv", "--rules", str(RULES), "--json"], folder)
    units = [json.loads(line)["unit"] for line in done.stdout.splitlines()]
    assert units == [{"id": f"u{i}", "label": label.strip(" \t") or f"u{i}"} for i, label in enumerate(labels)]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.lists(st.sampled_from(["unit", "yes", "1", ",", ",", "\n", "\n", '"', '""', "\r", "\r\n", " ", "`", "是", "u"])).map("".join))
def test_any_file_is_read_to_its_end(text):
    """Whatever stands in it: what is not empty tells of units or of faults, and no fault is passed over."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "units.csv").write_bytes(("unit,paths\n" + text).encode())
        done = run([RUBRIC, "eval", "units.csv", "--rules", str(RULES), "--json"], folder)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == (2 if any("error" in line for line in lines) else 0)
    assert lines or not re.search(r"\w", text)


# ---------------------------------------------------------------- the scorer

def made_up(unit, count, percent, folder):
    """A table like an example, and rules by which nothing that a table cannot give is open."""
    made = subprocess.run([sys.executable, TESTS / "bench/units.py", unit, str(count), "--open", str(percent)], capture_output=True, check=True)
    (folder / "made.csv").write_bytes(made.stdout)
    return folder / "made.csv"


def assumed(rules, folder):
    text = rules.read_text(encoding="utf-8")
    changed = re.sub(r"(:\s*table \{[^}]*\})", r"\1 otherwise none", text)
    (folder / rules.name).write_text(changed, encoding="utf-8")
    return folder / rules.name


@pytest.mark.parametrize("percent, count", [(0, 400), (0.3, 60), (30, 4)])
@pytest.mark.parametrize("unit, rules", [("01-01-full-marks.facts", "rules/yueyang-2017.rubric"),
                                         ("02-01-millbrook.facts", "examples/02-school-safety.rubric")], ids=["yueyang", "school"])
def test_scorer_on_tables(unit, rules, percent, count, tmp_path):
    made = made_up(ROOT / "examples" / unit, count, percent, tmp_path)
    said = calc("agree", assumed(ROOT / rules, tmp_path), made)
    assert len(said) == 1, "\n".join(said[:10])
    compared, passes = map(int, re.match(r"(\d+) compared, (\d+) in one pass", said[0]).groups())
    assert compared > count / 3
    assert percent > 0 or passes == compared


@pytest.mark.parametrize("name", ["units.csv", "units-wrong.csv"])
def test_scorer_where_columns_differ(name):
    """Evidence is missing in the column that decides, and not in the other."""
    said = calc("agree", RULES, TESTS / "facts" / name)
    assert len(said) == 1, "\n".join(said)


def groups():
    """(rules, facts files of the tests and examples that name no other)"""
    for cases in sorted([*TESTS.glob("forms/**/*.cases"), *TESTS.glob("agree/**/*.cases")]):
        yield pytest.param(cases.with_suffix(".rubric"), cases, id=cases.stem)
    for rules, pattern in (("rules/yueyang-2017.rubric", "examples/01-*.facts"), ("examples/02-school-safety.rubric", "examples/02-*.facts"),
                           ("tests/facts/values.rubric", "tests/facts/values*.facts"), ("tests/facts/columns.rubric", "tests/facts/columns.facts"),
                           ("tests/cli/yard.rubric", "tests/cli/*.facts")):
        yield pytest.param(ROOT / rules, pattern, id=pattern)


@pytest.mark.parametrize("rules, files", groups())
def test_scorer_on_files(rules, files, tmp_path):
    if isinstance(files, str):
        paths = sorted(ROOT.glob(files))
    else:
        from test_cases import read_cases
        paths = []
        for case in read_cases(files):
            paths.append(tmp_path / f"{case.number}.facts")
            paths[-1].write_text(f'unit "case"\n{case.entries}\n', encoding="utf-8")
    said = calc("facts", rules, *paths)
    assert len(said) == 1, "\n".join(said[:10])


FAULTS = """standard faults "Faults" {{ total 2 period 2024 columns own, final final own }}
facts "Facts" {{ ok : yesno  y : count within 0..10  z : count within 0..3  never : count one of 0, 5  opened : date }}
threshold floor_of_it
criterion a "A" cap 2 {{ full when ok }}
show shown "Shown" = {}
"""


@pytest.mark.parametrize("shown", ["1 / (y - y)", "if z >= 0 then 1 / (z - z) else 1", "1 / (never * (never - 5))", "1 / (y + 1)", "y / floor_of_it",
                                   "if y > floor_of_it then 1 / z else 2", "days from opened to period_end", "1 / (z - y + z - z)"])
def test_what_may_yet_be_a_fault(shown, tmp_path):
    """The total is known, and something else that is open leads to a fault in every case, in some, or in none."""
    (tmp_path / "faults.rubric").write_text(FAULTS.format(shown), encoding="utf-8")
    for name, lines in (("open", ""), ("half", "z = 0\n"), ("known", "z = 0\ny = 0\nnever = 5\nopened = 2024-02-29\n")):
        (tmp_path / f"{name}.facts").write_text(f'unit {name} "U"\nok = yes\n{lines}', encoding="utf-8")
    said = calc("facts", tmp_path / "faults.rubric", *sorted(tmp_path.glob("*.facts")))
    assert len(said) == 1, "\n".join(said)


# ---------------------------------------------------------------- reading again, and many rows

def test_rows_are_read_again(tmp_path):
    made = made_up(ROOT / "examples/01-01-full-marks.facts", 200, 0, tmp_path)
    assert calc("rank", assumed(ROOT / "rules/yueyang-2017.rubric", tmp_path), made) == ["200 read, 0 refused, 200 in one pass"]


def test_twins_among_many(tmp_path):
    """An id is told apart from every other, however many there are."""
    rows = [["unit", "paths"], *([f"u{i}", "yes"] for i in range(20000)), ["u77", "no"], ["u19999 ", "no"]]
    (tmp_path / "units.csv").write_text(table(rows), encoding="utf-8")
    assert calc("read", RULES, tmp_path / "units.csv") == ["20002 read, 2 refused, 0 in one pass"]
