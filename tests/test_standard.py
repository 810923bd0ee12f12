"""The shipped standard: its points clause by clause, its two tongues, its readings, its examples, and what a missing fact does."""
import csv
import json
import re
import shutil
from fractions import Fraction

import pytest

from support import ROOT, RUBRIC, run

RULES = ROOT / "rules"
EXAMPLES = ROOT / "examples"
READINGS = EXAMPLES / "readings"
ENGLISH = RULES / "yueyang-2017.rubric"
CHINESE = RULES / "yueyang-2017.zh.rubric"
FULL = EXAMPLES / "01-01-full-marks.facts"

# 附件1, item by item: the points of the source's own table.
TABLE = {"一": [4, 5, 4, 4, 3, 3], "二": [3, 2, 4, 2], "三": [3, 7, 3, 4, 3, 3], "四": [5, 4, 2, 2], "五": [3, 4, 4, 4], "六": [4, 4, 3, 4]}


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def evaluate(*arguments, folder=ROOT):
    done = run([RUBRIC, "eval", "--json", *map(str, arguments)], folder)
    return [json.loads(line) for line in done.stdout.splitlines()]


def ends(value):
    """The two ends of a value of the JSON."""
    low, high = (value["value"],) * 2 if "value" in value else (value["lo"], value["hi"])
    return Fraction(low), Fraction(high)


# ---------------------------------------------------------------- the source's table

def test_every_item_of_the_source_has_its_points_and_clause():
    unit = evaluate(FULL)[0]
    criteria = [part for part in unit["parts"] if "." in part["path"]]
    sections = [part for part in unit["parts"] if "." not in part["path"]]
    expected = [(f"附件1 {section}({number})", str(points)) for section, caps in TABLE.items() for number, points in enumerate(caps, 1)]
    assert [(part["cite"], part["cap"]) for part in criteria] == expected
    assert [part["cap"] for part in sections] == [str(sum(caps)) for caps in TABLE.values()]
    assert unit["of"] == "100" and unit["total"] == {"value": "100"}


@pytest.mark.parametrize("standard", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_the_date_faults_of_the_source_are_all_that_is_warned_of(standard):
    done = run([RUBRIC, "check", "--json", str(standard)])
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [(m["code"], m["clause"]) for m in told if m["severity"] != "note"] == [("W0751", "附件2"), ("W0112", "方案 三、1")]


# ---------------------------------------------------------------- two tongues

def translated(value, names):
    """The same JSON with every identifier of the English standard in Chinese; labels, places and the digest taken out."""
    if isinstance(value, dict):
        left_out = {"label", "sha256", "file", "line", "column", "text", "help"}
        return {names.get(k, k): translated(v, names) for k, v in value.items() if k not in left_out}
    if isinstance(value, list):
        return [translated(v, names) for v in value]
    if isinstance(value, str):
        return ".".join(names.get(name, name) for name in value.split("."))
    return value


@pytest.mark.parametrize("unit", ["01-01-full-marks", "01-05-review", "04-life/nanhu"])
@pytest.mark.parametrize("column", ["self", "review"])
def test_two_tongues_say_the_same(unit, column):
    names = dict(row.split("\t") for row in (ROOT / "seeds/names.tsv").read_text(encoding="utf-8").splitlines())
    english = evaluate(EXAMPLES / f"{unit}.facts", "--column", column)[0]
    chinese = evaluate(EXAMPLES / f"{unit}.zh.facts", "--column", names[column])[0]
    assert translated(english, names) == translated(chinese, {})


# ---------------------------------------------------------------- readings

def exchanged(text, exchange):
    """`text` with every run of `-` lines replaced by the `+` lines that follow it; each must stand in it once."""
    lines = text.splitlines()
    for block in re.split(r"\n\s*\n|^#.*$", exchange, flags=re.M):
        old = [line[1:].strip() for line in block.splitlines() if line.startswith("-")]
        new = [line[1:] for line in block.splitlines() if line.startswith("+")]
        if not old:
            continue
        found = [i for i in range(len(lines)) if [line.strip() for line in lines[i:i + len(old)]] == old]
        assert len(found) == 1, f"{old} stands {len(found)} times"
        lines[found[0]:found[0] + len(old)] = new
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("row", table(READINGS / "readings.tsv"), ids=lambda row: row["reading"])
def test_readings(row, tmp_path):
    rules = ENGLISH.read_text(encoding="utf-8")
    for name in row["exchanges"].split():
        if name != "-":
            rules = exchanged(rules, (READINGS / f"{name}.exchange").read_text(encoding="utf-8"))
    (tmp_path / "copy.rubric").write_text(rules, encoding="utf-8")
    shutil.copy(READINGS / row["unit"], tmp_path)
    unit = evaluate(row["unit"], "--rules", "copy.rubric", folder=tmp_path)[0]
    for wanted in row["expect"].split():
        key, value = wanted.split("=")
        got = unit[key]["value"] if isinstance(unit[key], dict) else unit[key]
        assert (Fraction(got) == Fraction(value)) if key == "total" else got == value


# ---------------------------------------------------------------- examples

def wanted_ends(text):
    parts = [part.strip() for part in text.split("..")]
    return parts[0], parts[-1]


@pytest.mark.parametrize("row", table(EXAMPLES / "expected.tsv"), ids=lambda row: f"{row['unit']}-{row['column']}")
def test_examples(row):
    column = [] if row["column"] == "-" else ["--column", row["column"]]
    unit = evaluate(EXAMPLES / row["unit"], *column)[0]
    assert ends(unit["total"]) == tuple(map(Fraction, wanted_ends(row["total"])))
    low, high = wanted_ends(row["grade"])
    assert unit["grade"] == ({"value": low} if low == high else {"lo": low, "hi": high})
    assert unit["eligible"] == row["eligible"]
    assert Fraction(unit["of"]) - Fraction(unit["skipped"]) == Fraction(row["of points due"])


# ---------------------------------------------------------------- lives

def followed(unit, day):
    done = run([RUBRIC, "stages", "--json", "--on", day, str(EXAMPLES / unit)])
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def told_stage(row):
    failing = [fact for reason in row["failing"] for fact in [reason["why"]]]
    why = {"void": row["without"], "waiting": ",".join(row["waiting_for"]), "blocked": ",".join(row["missing"] + failing)}
    return row["stage"], row["occurrence"], row["state"], row["opens"], row["closes"], why.get(row["state"])


def told_titles(unit):
    for row in unit["titles"]:
        ends = [(tenure["from"], tenure["to"], tenure["ended"] or "runs") for tenure in row["tenures"]] or [(None, None, None)]
        yield from ((row["title"], None, row["held"], *end) for end in ends)


def told_decisions(unit):
    for row in unit["stages"]:
        for decision in row["decisions"]:
            valid = {"yes": "valid", "no": "void"}[decision["valid"]]
            yield row["stage"], row["occurrence"], valid, decision["on"], None, ",".join(decision["void"])


def as_written(row):
    return tuple("-" if cell in (None, "") else str(cell) for cell in row)


LIVES = table(EXAMPLES / "expected-stages.tsv")


@pytest.mark.parametrize("unit, day", sorted({(row["unit"], row["day"]) for row in LIVES}))
def test_lives(unit, day):
    told = followed(unit, day)
    lists = {"stage": map(told_stage, told["stages"]), "title": told_titles(told), "decision": told_decisions(told)}
    for kind, rows in lists.items():
        wanted = [row for row in LIVES if (row["unit"], row["day"], row["kind"]) == (unit, day, kind)]
        cells = [tuple(row[name] for name in ("name", "year", "state", "from", "to", "why")) for row in wanted]
        if kind != "decision" or cells:
            assert sorted(map(as_written, rows)) == sorted(cells), kind


def test_a_life_in_two_tongues():
    names = dict(row.split("\t") for row in (ROOT / "seeds/names.tsv").read_text(encoding="utf-8").splitlines())
    english, chinese = (followed(f"04-life/nanhu{tongue}.facts", "2020-12-31") for tongue in ("", ".zh"))
    assert [names[row["stage"]] for row in english["stages"]] == [row["stage"] for row in chinese["stages"]]
    for mine, other in zip(english["stages"], chinese["stages"]):
        assert [mine[key] for key in ("state", "opens", "closes", "effect")] == [other[key] for key in ("state", "opens", "closes", "effect")]
    assert [row["tenures"] for row in english["titles"]] == [row["tenures"] for row in chinese["titles"]]


# ---------------------------------------------------------------- a missing fact

def entries(text):
    """The facts of a file: {name: the lines of its entry}."""
    found, lines, index = {}, text.splitlines(), 0
    while index < len(lines):
        name = re.match(r"(score )?([\w.]+)\s*=", lines[index])
        end = index + 1
        if name and lines[index].rstrip().endswith("{"):
            while not lines[end - 1].startswith("}"):
                end += 1
        if name:
            found[(name[1] or "") + name[2]] = (index, end)
        index = end
    return found, lines


# What each fact can say: its best and its worst, and whatever lies between that may matter.
VALUES = {
    "yesno": ["yes", "no"],
    "share": ["0%", "50%", "94.9%", "95%", "99.9%", "100%", "0 of 0"],
    "count": ["0", "1", "2", "3", "4", "5", "11", "12", "100"],
    "months": ["[]", "[1..6]", "[1..11]", "[1..12]"],
    "text": ['"x"'],
    "date": ["1990-01-01", "2016-01-01", "2016-12-31", "2017-01-01", "2017-12-31", "2018-06-01"],
}


def types_of_facts():
    text = ENGLISH.read_text(encoding="utf-8")
    return dict(re.findall(r'^  (\w+)\s+"[^"]*"\s*:\s*(yesno|share|count|months|date|list|table|document|\w+)', text, re.M))


def choices():
    """The values of each choice, as written."""
    return dict(re.findall(r'^  (\w+)\s+"[^"]*"\s*:\s*choice \{(.*?)\}', ENGLISH.read_text(encoding="utf-8"), re.M | re.S))


def candidates(name, kind, lines):
    """Other entries for the fact, each legal for some values at least."""
    if name.startswith("score "):
        return [f"{name} = {n / 2}" for n in range(9)]
    if kind == "list":
        grades = ["不合格", "合格", "优秀"]
        return [f"{name} = [{a}, {b}, {c}]" for a in grades for b in grades for c in grades]
    if kind == "table":
        rows = lines[1:-1]
        absent = [re.sub(r"\byes\b", "no", row) for row in rows[1:]]
        return [f"{name} = none", "\n".join([lines[0], *rows[:2], lines[-1]]), "\n".join([lines[0], rows[0], *absent, lines[-1]]), "\n".join(lines)]
    if kind == "document":
        return ["\n".join(lines)]
    values = VALUES.get(kind, []) or re.findall(r"(\w+) \"", choices().get(name, ""))
    proof = ' evidence "x"'
    return [f"{name} = {value}{proof}" for value in [*values, "n/a"]]


def full_entries():
    return sorted(entries(FULL.read_text(encoding="utf-8"))[0])


@pytest.fixture(scope="module")
def full_lines():
    return entries(FULL.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", full_entries())
def test_removing_a_fact_gives_the_range_of_its_best_and_worst(name, full_lines, tmp_path):
    places, lines = full_lines
    start, end = places[name]
    shutil.copytree(EXAMPLES / "documents", tmp_path / "documents")
    kind = types_of_facts().get(name, "")
    files = []
    for number, entry in enumerate(["", *candidates(name, kind, lines[start:end])]):
        file = tmp_path / f"{number}.facts"
        file.write_text("\n".join([*lines[:start], entry, *lines[end:]]) + "\n", encoding="utf-8")
        files.append(file.name)
    units = evaluate(*files, "--rules", ENGLISH, folder=tmp_path)
    missing, *tried = units
    totals = [Fraction(unit["total"]["value"]) for unit in tried if "error" not in unit]
    assert totals, [unit["error"][0]["text"] for unit in tried]
    assert "exact" not in missing["total"]
    if kind == "document":
        assert ends(missing["total"]) == (100, 100)
    elif name in assumed():
        assert name in missing["assumed"]
    else:
        assert ends(missing["total"]) == (min(totals), max(totals))


def assumed():
    """Facts that say themselves what is taken when they are not given."""
    return re.findall(r'^  (\w+)\s+"[^"]*"\s*:.*\botherwise\b', ENGLISH.read_text(encoding="utf-8"), re.M)


# ---------------------------------------------------------------- sums

def caps():
    text = ENGLISH.read_text(encoding="utf-8")
    return [(match.start(1), match.end(1), int(match[1])) for match in re.finditer(r"^\s*(?:section|criterion) .* cap (\d+)", text, re.M)]


@pytest.mark.parametrize("place", caps(), ids=lambda place: str(place[0]))
def test_raising_a_cap_breaks_a_sum(place, tmp_path):
    text = ENGLISH.read_text(encoding="utf-8")
    start, end, cap = place
    copy = tmp_path / "raised.rubric"
    copy.write_text(text[:start] + str(cap + 1) + text[end:], encoding="utf-8")
    done = run([RUBRIC, "check", "--json", copy.name], tmp_path)
    errors = [json.loads(line) for line in done.stdout.splitlines()]
    errors = [error for error in errors if error["severity"] == "error"]
    line_of_cap = text.count("\n", 0, start) + 1
    is_section = text.splitlines()[line_of_cap - 1].lstrip().startswith("section")
    header = max(m.start() for m in re.finditer(r"^section .* cap ", text, re.M) if m.start() <= start)
    assert done.returncode == 2
    assert {error["code"] for error in errors} == ({"E0501", "E0502"} if is_section else {"E0501"})
    assert text.count("\n", 0, header) + 1 in [error["line"] for error in errors]
