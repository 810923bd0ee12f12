"""rubric batch: it says of each unit what `eval` says, row by row; what is wrong with a row is told where it stands and kept to be mended; files are
replaced whole or not at all; memory does not grow with the file."""
import csv
import io
import json
import os
import random
import re
import signal
import subprocess
import time

import pexpect
import pytest
from oracle.batches import ends, wanted
from oracle.language.generator import Generator
from support import BUILD, LONG, ROOT, RUBRIC, TESTS, environment, run

SPAWN = str(BUILD / "tests/spawn_calc")
BATCH = TESTS / "batch"
YARD = BATCH / "yard.rubric"
PLAIN = BATCH / "plain.rubric"
STANDARDS = 300 if LONG else 40
UNITS = 12
TOLD = re.compile(r"\[([EWN]\d{4})\]|\[([EWN]\d{4})\]：")


def batch(folder, *words, stdin=""):
    return run([RUBRIC, "batch", *map(str, words)], folder, stdin)


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def table(lines):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


# ---------------------------------------------------------------- facts files as tables of units

ENTRY = re.compile(r'^(?P<score>score )?(?P<name>[\w.]+) *= *(?P<value>.*?)(?: +evidence "(?P<evidence>[^"]*)")?(?: +# .*)?$')
HEAD = re.compile(r'^(?:unit (?P<id>\S+)(?: "(?P<label>[^"]*)")?|standard ".*"|period (?P<period>\d+)|as of (?P<day>\S+)|#.*|)$')


class Unit:
    """One facts file, cell by cell. `fits`: a row can say all of it."""

    def __init__(self, text):
        self.cells, self.tables, self.fits, self.period = {}, {}, True, None
        lines = iter(text.split("\n"))
        for line in lines:
            head, entry = HEAD.match(line), ENTRY.match(line)
            if head:
                self.take_head(head)
            elif line.startswith("decision "):
                _, stage, rest = line.split(" ", 2)
                self.add(f"decision {stage}", rest, "; ")
            elif entry and entry["value"].startswith("table {"):
                self.take_table(entry["name"], lines)
            elif entry:
                self.take_entry(entry)
            else:
                self.fits = False

    def take_head(self, head):
        self.period = head["period"] or self.period
        for name, column in ("id", "unit"), ("label", "label"), ("day", "as of"):
            if head[name]:
                self.cells[column] = head[name]

    def is_row(self, rules):
        """A row is of the standard's period."""
        return self.fits and (self.period is None or re.search(rf"\bperiod\s+{self.period}\b", rules) is not None)

    def add(self, column, text, between):
        self.cells[column] = self.cells[column] + between + text if column in self.cells else text

    def take_entry(self, entry):
        name, value = entry["name"], entry["value"]
        if entry["score"]:
            self.cells[f"score {name}"] = re.sub(r' +".*"$', "", value)
        elif value in ("none", "无"):
            self.tables[name] = [] if name not in self.cells else None
            self.cells[name] = value
        else:
            quoted = re.fullmatch(r'"([^"]*)"', value)
            self.cells[name] = quoted[1] if quoted else value
        if entry["evidence"]:
            self.cells[f"{name}.evidence"] = entry["evidence"]

    def take_table(self, name, lines):
        found = []
        for line in lines:
            if line.startswith("}"):
                evidence = re.search(r'evidence "([^"]*)"', line)
                if evidence:
                    self.cells[f"{name}.evidence"] = evidence[1]
                break
            found.append([re.sub(r'^"(.*)"$', r"\1", cell.strip()) for cell in line.strip().strip("|").split("|")])
        self.tables[name] = [dict(zip(found[0], row)) for row in found[1:]]


def lay(folder, texts, rules):
    """Writes the units whose rows say all of them, as a table, with their tables beside; which these are, and the options that name the tables."""
    declared = set(re.findall(r"^ *(\w+)[^\n:：]*[:：] *(?:table|表格)\b", rules, re.M))
    units = [unit for unit in map(Unit, texts) if unit.is_row(rules)]
    for unit in units:
        for name in declared:
            unit.cells.pop(name, None)
        unit.tables = {name: given for name, given in unit.tables.items() if name in declared}
    columns = sorted({column for unit in units for column in unit.cells})
    (folder / "units.csv").write_text(table([columns, *([unit.cells.get(c, "") for c in columns] for unit in units)]), encoding="utf-8")
    options = []
    for name in sorted(declared & {name for unit in units for name in unit.tables}):
        heads = sorted({head for unit in units for row in unit.tables.get(name) or [] for head in row})
        lines = [["unit", *heads]]
        for unit in units:
            given = unit.tables.get(name)
            lines += [[unit.cells["unit"], *(row.get(h, "") for h in heads)] for row in given] if given is not None else \
                [[unit.cells["unit"], *("" for _ in heads)]]
        (folder / f"{name}.csv").write_text(table(lines), encoding="utf-8")
        options += ["--table", f"{name}={name}.csv"] if heads else []
        if not heads:
            return None, None
    return units, options


def compare(folder, texts, rules_path, rules):
    """How many units were compared, one way and the other."""
    units, options = lay(folder, texts, rules)
    if not units:
        return 0
    for unit, text in zip(units, [t for t in texts if Unit(t).is_row(rules)]):
        (folder / f"{unit.cells['unit']}.facts").write_text(text, encoding="utf-8")
    names = [f"{unit.cells['unit']}.facts" for unit in units]
    said = [json.loads(line) for line in run([RUBRIC, "eval", *names, "--rules", str(rules_path), "--json"], folder).stdout.splitlines()]
    done = batch(folder, "units.csv", "--rules", rules_path, "--columns", "total,subtotal,grade,eligible,qualifies,parts", *options)
    if said and all("error" in unit for unit in said):
        return 0
    got = {row["unit"]: row for row in rows(done.stdout)}
    right = [unit for unit in said if "error" not in unit]
    assert sorted(got) == sorted(unit["unit"]["id"] for unit in right), done.stderr
    assert done.returncode == (1 if len(right) < len(said) else 0)
    better_lower = "better lower" in rules
    for unit in right:
        row, cells = got[unit["unit"]["id"]], wanted(unit, better_lower)
        assert {name: row.get(name) for name in cells} == cells, f"{unit['unit']['id']}\n{rules}"
        assert (row["exact"] == "no") >= any("exact" in (unit[n] or {}) for n in ("total", "subtotal"))
    return len(right)


def test_says_what_eval_says_of_examples(tmp_path):
    rules = ROOT / "rules/yueyang-2017.rubric"
    (tmp_path / "documents").symlink_to(ROOT / "examples/documents")
    texts = {}
    for path in sorted((ROOT / "examples").rglob("*.facts")):
        text = path.read_text(encoding="utf-8")
        if "yueyang-2017.rubric" in text:
            texts[Unit(text).cells["unit"]] = text
    assert compare(tmp_path, list(texts.values()), rules, rules.read_text(encoding="utf-8")) >= 12


@pytest.mark.parametrize("shard", range(8))
def test_says_what_eval_says_of_generated_standards(shard, tmp_path):
    compared = 0
    for seed in range(shard * STANDARDS, (shard + 1) * STANDARDS):
        made = Generator(random.Random(seed))
        rules = made.write()
        folder = tmp_path / str(seed)
        folder.mkdir()
        (folder / "s.rubric").write_text(rules, encoding="utf-8")
        compared += compare(folder, [made.unit(number) for number in range(UNITS)], "s.rubric", rules)
    assert compared > STANDARDS * UNITS / 4


# ---------------------------------------------------------------- rows, however they are cut

def messy(rng):
    """A table of units in which much is wrong; ids differ."""
    lines = ["unit,bins,paths,visits"]
    for i in range(rng.randrange(1, 60)):
        cells = [f"u{i}", rng.choice(["17/18", '"1/2"', "", "x", '"', '"a""b"', 'a"b', '"open']), rng.choice(["yes", '"no"', "", "\r", '"yes"x']), rng.choice(["1", "", '"2\n"', "3,"])]
        lines.append(",".join(cells))
    return rng.choice(["\n", "\r\n"]).join(lines) + rng.choice(["", "\n", '\n"', "\n\n,,,\n"])


def places(stderr):
    return re.findall(r"\[([EW]\d{4})\].*\n  --> \S+?:(\d+):(\d+)", stderr)


@pytest.mark.parametrize("seed", range(60))
def test_rows_are_those_that_eval_reads(seed, tmp_path):
    (tmp_path / "u.csv").write_bytes(messy(random.Random(seed)).encode())
    said = run([RUBRIC, "eval", "u.csv", "--rules", str(PLAIN), "--json"], tmp_path)
    done = batch(tmp_path, "u.csv", "--rules", PLAIN)
    assert [row["unit"] for row in rows(done.stdout)] == [json.loads(line)["unit"]["id"] for line in said.stdout.splitlines() if '"error":' not in line[:200]]
    assert sorted(places(done.stderr)) == sorted(places(said.stderr))


@pytest.mark.parametrize("name", ["-", "units.csv"])
def test_a_long_file_is_read_like_a_short_one(name, tmp_path):
    """Rows that lie across what is read at a time, quotes and Han among them; from a file and from a pipe."""
    rng = random.Random(1)
    lines = [["unit", "label", "bins", "paths", "visits"]]
    for i in range(6000):
        label = rng.choice(["院", "a", '"', "\n", ",", "é"]) * rng.randrange(40)
        lines.append([f"u{i}", label.strip(), f"{i % 19}/18" if i % 19 <= 18 else "", rng.choice(["yes", "no"]), i % 4])
    (tmp_path / "units.csv").write_text(table(lines), encoding="utf-8")
    done = batch(tmp_path, name, "--rules", PLAIN, "--columns", "label,total", "--carry", "visits", stdin=(tmp_path / "units.csv").read_text(encoding="utf-8") if name == "-" else "")
    got = list(csv.reader(io.StringIO(done.stdout, newline="")))
    assert done.returncode == 0 and got[0] == ["unit", "label", "visits", "total_low", "total_high", "exact"]
    assert [(row[1].lstrip("'"), row[2]) for row in got[1:]] == [(line[1] or line[0], str(line[4])) for line in lines[1:]]
    assert "row by row" not in done.stderr or int(re.search(r"(\d+) row by row", done.stderr)[1]) < 6000


def test_line_ends_and_marks(tmp_path):
    text = "unit,paths\r\na,yes\r\n\"b\",no\r\n"
    plain = batch(tmp_path, "-", "--rules", PLAIN, stdin=text.replace("\r\n", "\n"))
    for other in (text, "\ufeff" + text, text.rstrip("\r\n")):
        assert batch(tmp_path, "-", "--rules", PLAIN, stdin=other).stdout == plain.stdout
    assert plain.stdout.count("\r\n") == plain.stdout.count("\n") == 3


# ---------------------------------------------------------------- rows that are refused

def test_errors_are_kept_mended_and_run_again(tmp_path):
    text = "\ufeffunit,paths,visits\r\na,yes,1\r\nb,maybe,\"1\r\n\"\r\nc,no,2\r\nd,是,x"
    (tmp_path / "units.csv").write_bytes(text.encode())
    first = batch(tmp_path, "units.csv", "--rules", PLAIN, "--errors", "wrong.csv", "-o", "out.csv")
    assert first.returncode == 1 and first.stdout.startswith("2 units")
    kept = (tmp_path / "wrong.csv").read_bytes().decode()
    assert kept == "\ufeffunit,paths,visits\r\nb,maybe,\"1\r\n\"\r\nd,是,x\n"
    (tmp_path / "wrong.csv").write_bytes(kept.replace("maybe", "no").replace(",x", ",3").encode())
    second = batch(tmp_path, "wrong.csv", "--rules", PLAIN, "--errors", "left.csv", "-o", "more.csv")
    assert second.returncode == 0, second.stderr
    assert [row["unit"] for row in rows((tmp_path / "more.csv").read_text())] == ["b", "d"]
    assert (tmp_path / "left.csv").read_bytes().decode() == "\ufeffunit,paths,visits\r\n"


def test_errors_of_json_lines(tmp_path):
    lines = ['{"unit":"a","paths":true}', '{"unit":"b","paths":2}', "[]", '{"unit":"c"}']
    done = batch(tmp_path, "-", "--rules", PLAIN, "--errors", "wrong.jsonl", "--json", stdin="\n".join(lines))
    assert [json.loads(line)["unit"] for line in done.stdout.splitlines()] == ["a", "c"]
    assert (tmp_path / "wrong.jsonl").read_text() == "\n".join(lines[1:3]) + "\n"


def test_only_the_first_are_told_of(tmp_path):
    text = "unit,paths\n" + "".join(f"u{i},maybe\n" for i in range(150))
    done = batch(tmp_path, "-", "--rules", PLAIN, "--errors", "wrong.csv", stdin=text)
    assert done.stderr.count("[E0804]") == 100 and "note[N1134]: 50 more refused" in done.stderr
    assert (tmp_path / "wrong.csv").read_text() == text


def test_a_row_without_end(tmp_path):
    """E0877; what follows its line is read."""
    text = "unit,paths\na," + "y" * (3 << 20) + "\nb,yes\n"
    done = batch(tmp_path, "-", "--rules", PLAIN, stdin=text)
    assert done.stderr.startswith("error[E0877]") and len(done.stderr) < 4000
    assert [row["unit"] for row in rows(done.stdout)] == ["b"]


@pytest.mark.parametrize("rules, by_columns", [(PLAIN, True), (YARD, False)])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize("more", [-1, 0, 1, 63, 70])
def test_the_longest_row(rules, by_columns, end, more, tmp_path):
    """A row may hold 1 MiB, its line end among them; and the same of what is wrong, whether columns do or not."""
    length = (1 << 20) + more - len(end)
    text = "unit,label,note,paths\na,,,yes\n" + "b,\"\n\"," + "y" * (length - 10) + ",yes" + end + ("c,,,maybe\n" if end else "")
    (tmp_path / "units.csv").write_text(text, newline="")
    done = batch(tmp_path, "units.csv", "--rules", rules, "--errors", "wrong.csv", "--carry", "note")
    assert ("row by row (" not in done.stderr) == by_columns
    assert re.findall("^([abc]),", done.stdout, re.M) == (["a", "b"] if more <= 0 else ["a"])
    assert TOLD.findall(done.stderr) == [("E0877", "")] * (more > 0) + [("E0804", "")] * (end != "")
    assert "units.csv:5:5" in done.stderr or end == ""


@pytest.mark.parametrize("text, line, column", [
    ("unit,paths\na,yes\n\n\nb,\"no\n\nway\"\n", 5, 3), ("unit,paths\n\"a\n\nb\",yes\nc,maybe\n", 5, 3), ("unit,label,paths\na,岳州,x\n", 2, 6)])
def test_places(text, line, column, tmp_path):
    done = batch(tmp_path, "-", "--rules", PLAIN, stdin=text)
    assert f"--> -:{line}:{column}\n" in done.stderr


def test_a_number_without_end_is_no_fault_of_the_file(tmp_path):
    done = batch(tmp_path, "-", "--rules", PLAIN, stdin=f"unit,visits\na,{'9' * 90}\nb,-1\nc,1\n")
    assert {row["unit"] for row in rows(done.stdout)} >= {"c"} and done.returncode in (0, 1)


# ---------------------------------------------------------------- files

def test_output_replaces_its_target_whole(tmp_path):
    (tmp_path / "out.csv").write_text("before")
    bad = batch(tmp_path, "-", "--rules", PLAIN, "-o", "out.csv", "--errors", "wrong.csv", "--strict", stdin="unit,paths\na,yes\nb,maybe\n")
    assert bad.returncode == 2 and (tmp_path / "out.csv").read_text() == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.csv"]
    good = batch(tmp_path, "-", "--rules", PLAIN, "-o", "out.csv", stdin="unit,paths\na,yes\n")
    assert good.returncode == 0 and good.stderr == "" and good.stdout.startswith("1 unit;")
    assert (tmp_path / "out.csv").read_text().startswith("unit,")


@pytest.mark.parametrize("option", ["-o", "--errors"])
@pytest.mark.parametrize("name", ["units.csv", "yard.rubric", "lessons.csv", "./../in/units.csv", "link"])
def test_what_is_read_is_not_written(option, name, tmp_path):
    (tmp_path / "in").mkdir()
    texts = {"units.csv": "unit,paths\na,yes\nb,maybe\n", "yard.rubric": YARD.read_text(), "lessons.csv": "topic,unit,hours\n"}
    for file, text in texts.items():
        (tmp_path / "in" / file).write_text(text)
    (tmp_path / "in/link").symlink_to("lessons.csv")
    done = batch(tmp_path / "in", "units.csv", "--rules", "yard.rubric", "--table", "lessons=lessons.csv", option, name)
    assert done.returncode == 2 and done.stderr.count("[E1019]") == 1
    assert {file: (tmp_path / "in" / file).read_text() for file in texts} == texts


def test_a_dash_is_standard_output(tmp_path):
    """Rows go there, or into no file of that name; what is refused has a file of its own."""
    text = "unit,paths\na,yes\nb,maybe\n"
    plain, dashed = (batch(tmp_path, "-", "--rules", PLAIN, *more, stdin=text) for more in ((), ("-o", "-")))
    assert (dashed.returncode, dashed.stdout, dashed.stderr) == (plain.returncode, plain.stdout, plain.stderr) and plain.stdout.startswith("unit,")
    done = batch(tmp_path, "-", "--rules", PLAIN, "--errors", "-", stdin=text)
    assert done.returncode == 2 and "E1013" in done.stderr and done.stdout == ""
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [["-", "--rules", "-"], ["units.csv", "--rules", "-", "--table", "lessons=-"], ["-", "--rules", YARD, "--table", "lessons=-"]])
def test_standard_input_is_read_once(words, tmp_path):
    done = batch(tmp_path, *words, stdin="unit,paths\na,yes\n")
    assert done.returncode == 2 and done.stderr.count("[E1156]") == 1 == done.stderr.count("error[")


def test_two_outputs_are_two_files(tmp_path):
    done = batch(tmp_path, "-", "--rules", PLAIN, "-o", "new.csv", "--errors", "./new.csv", stdin="unit,paths\na,yes\n")
    assert done.returncode == 2 and "[E1019]" in done.stderr and not list(tmp_path.iterdir())


def test_json_by_the_name_of_the_output(tmp_path):
    batch(tmp_path, "-", "--rules", PLAIN, "-o", "out.jsonl", stdin="unit,paths\na,yes\n")
    assert json.loads((tmp_path / "out.jsonl").read_text())["unit"] == "a"


def test_full_disk():
    done = subprocess.run([RUBRIC, "batch", "-", "--rules", str(PLAIN)], input=b"unit,paths\n" + b"a,yes\n" * 9000, stdout=open("/dev/full", "wb"), stderr=subprocess.PIPE, env=environment())
    assert done.returncode == 3 and b"E1007" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_no_file_behind(number, tmp_path):
    with subprocess.Popen([RUBRIC, "batch", "-", "--rules", str(PLAIN), "-o", "out.csv", "--errors", "wrong.csv"], cwd=tmp_path, stdin=subprocess.PIPE, env=environment()) as process:
        process.stdin.write(b"unit,paths\n" + b"a,yes\n" * 30000)
        process.stdin.flush()
        for _ in range(400):
            if len(list(tmp_path.iterdir())) == 2:
                break
            time.sleep(0.01)
        assert len(list(tmp_path.iterdir())) == 2
        time.sleep(0.05)
        process.send_signal(number)
        process.wait(20)
    assert process.returncode == 128 + number and not list(tmp_path.iterdir())


def test_who_wants_no_more_gets_no_more():
    process = subprocess.Popen([RUBRIC, "batch", "-", "--rules", str(PLAIN)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    process.stdout.close()
    try:
        process.stdin.write(b"unit,paths\n" + b"a,yes\n" * 200000)
        process.stdin.close()
    except BrokenPipeError:
        pass
    assert b"E1007" not in process.stderr.read() and process.wait(20) == 3


# ---------------------------------------------------------------- tables beside the units

def lessons(tmp_path, units, table_rows, *more):
    (tmp_path / "units.csv").write_text("unit,paths\n" + "".join(f"{unit},yes\n" for unit in units))
    (tmp_path / "lessons.csv").write_text("topic,unit,hours\n" + "".join(f"{row}\n" for row in table_rows))
    return batch(tmp_path, "units.csv", "--rules", YARD, "--table", "lessons=lessons.csv", "--columns", "taught", *more)


def test_a_table_is_summed(tmp_path):
    done = lessons(tmp_path, "abcd", ["x,a,1", "y,a,0.5", ",c,", "z,d,9"])
    assert [(row["taught_low"], row["taught_high"]) for row in rows(done.stdout)] == [("0.5", "0.5"), ("0", "0"), ("0", "2"), ("2", "2")]


def test_a_wrong_row_of_a_table_refuses_its_unit(tmp_path):
    done = lessons(tmp_path, "abc", ["x,a,much", "y,b,3"])
    assert done.returncode == 1 and [row["unit"] for row in rows(done.stdout)] == ["b", "c"] and "lessons.csv:2:5" in done.stderr


@pytest.mark.parametrize("given", [["x,b,1", "x,a,1"], ["x,z,1"], ["x,a,1", "x,b,1", "x,a,1"]])
def test_tables_in_another_order(given, tmp_path):
    done = lessons(tmp_path, "abc", given, "-o", "out.csv")
    assert done.returncode == 2 and "[E0878]" in done.stderr and not (tmp_path / "out.csv").exists()


# ---------------------------------------------------------------- what is written

def test_texts_of_people(tmp_path):
    """What a spreadsheet would take for a formula, what a terminal would obey, what CSV and JSON mean something by."""
    ids = ["=1+1", "+a", "-b", "@c", "＝d", "-5", "+0.5", "e\u202ef", 'g"h', "i,j", "k\\l", "=m,n"]
    text = table([["unit", "paths"], *([id, "yes"] for id in ids)])
    got = [row["unit"] for row in rows(batch(tmp_path, "-", "--rules", PLAIN, stdin=text).stdout)]
    assert got == ["'=1+1", "'+a", "'-b", "'@c", "'＝d", "'-5", "'+0.5", "e\\u{202e}f", 'g"h', "i,j", "k\\l", "'=m,n"]
    lines = batch(tmp_path, "-", "--rules", PLAIN, "--json", stdin=text).stdout.splitlines()
    assert [json.loads(line)["unit"] for line in lines] == ids and "\u202e" not in "".join(lines)


def test_gb18030_across_pieces(tmp_path):
    lines = [["unit", "label", "paths"], *([f"u{i}", "院" * (i % 7) + "㐀" + "a" * (i % 3), "是"] for i in range(20000))]
    (tmp_path / "units.csv").write_bytes(table(lines).encode("gb18030"))
    done = batch(tmp_path, "units.csv", "--rules", PLAIN, "--columns", "label")
    assert [row["label"] for row in rows(done.stdout)] == [line[1] for line in lines[1:]]
    assert TOLD.findall(done.stderr) == [("N1131", "")]


def test_gb18030_that_shows_late(tmp_path):
    text = b"unit,paths\n" + b"".join(b"u%d,yes\n" % i for i in range(20000)) + "院,是\n".encode("gb18030")
    (tmp_path / "units.csv").write_bytes(text)
    done = batch(tmp_path, "units.csv", "--rules", PLAIN, "--errors", "wrong.csv")
    assert done.returncode == 0 and rows(done.stdout)[-1]["unit"] == "院" and "N1131" in done.stderr


LEGAL = '''standard s "S" { total 10 }
facts "F" { n "N" : count within 0..9 otherwise 2  p "P" : share }
criterion a "A" cap 4 { judged one of 0, 1, 4 }
criterion b "B" cap 6 { 1 per n up to 6 }
'''


def test_scores_that_nobody_may_give(tmp_path):
    """Columns take of a score what `eval` takes, and leave to it what it refuses."""
    (tmp_path / "s.rubric").write_text(LEGAL)
    scores = ["0", "1", "4", "1.00", "", "unknown", "2", "3", "5", "-1", "1.005", "100%"]
    (tmp_path / "u.csv").write_text(table([["unit", "score a", "n"], *([f"u{i}", score, 1] for i, score in enumerate(scores))]))
    said = [json.loads(line) for line in run([RUBRIC, "eval", "u.csv", "--rules", "s.rubric", "--json"], tmp_path).stdout.splitlines()]
    done = batch(tmp_path, "u.csv", "--rules", "s.rubric")
    assert [(row["unit"], (row["total_low"], row["total_high"])) for row in rows(done.stdout)] == [
        (unit["unit"]["id"], ends(unit["total"])) for unit in said if "error" not in unit]
    assert len(rows(done.stdout)) == 6 and done.stderr.count("[E0907]") == 5 and "row by row" not in done.stderr


def test_null_is_an_empty_cell(tmp_path):
    """What is assumed stands for it; of `unknown` nothing is assumed. Read by columns, and one by one where a key is unknown to them."""
    (tmp_path / "s.rubric").write_text(LEGAL)
    given = ["null", '""', '"unknown"', "3"]
    for more in "", ',"p":null', ',"p.part":null,"p.whole":null', ',"score a":null':
        lines = [f'{{"unit":"u{i}","n":{n}{more}}}\n' for i, n in enumerate(given)]
        done = batch(tmp_path, "-", "--rules", "s.rubric", "--columns", "b", "--json", stdin="".join(lines))
        assert [(row["b_low"], row["b_high"]) for row in map(json.loads, done.stdout.splitlines())] == [("2", "2"), ("2", "2"), ("0", "6"), ("3", "3")], done.stderr


def test_lists_of_json(tmp_path):
    """An element stays one element, whatever characters it holds; null is one that is unknown, as in a facts file."""
    texts = ["a", 'b", "c', "d\\", "\\n", "e\n\tf", "]", "", "g\rh\u0001", "“i”"]
    (tmp_path / "s.rubric").write_text('''standard s "S" { total 10 }
facts "F" { x "X" : list of text  l "L" : list of number within 0..3 }
criterion a "A" cap 10 { 1 per sum of l up to 10 }
show n = count of x
''' + "".join(f"show s{i} = count of v in x where v = {json.dumps(text, ensure_ascii=False)}\n" for i, text in enumerate(texts) if text.isprintable()))
    line = json.dumps({"unit": "u", "x": texts, "l": [1, None, 2.5]})
    shown = [f"s{i}" for i, text in enumerate(texts) if text.isprintable()]
    done = batch(tmp_path, "-", "--rules", "s.rubric", "--columns", ",".join(["total", "n", *shown]), "--json", stdin=line)
    row = json.loads(done.stdout)
    assert (row["total_low"], row["total_high"]) == ("3", "6") and row["n_low"] == row["n_high"] == str(len(texts))
    assert len(shown) == 7 and {row[f"{name}_low"] for name in shown} == {"1"}


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_two_columns_of_one_name(form, tmp_path):
    (tmp_path / "s.rubric").write_text(LEGAL)
    columns = ["total_low", "b_high", "exact", "eligible", "unit", "label"]
    (tmp_path / "u.csv").write_text(table([columns, ["7"] * 6]))

    def taken(carried, asked, *more):
        done = batch(tmp_path, "u.csv", "--rules", "s.rubric", "--carry", carried, "--columns", asked, *more, *form)
        assert done.returncode == (2 if done.stderr.count("[E1013]") else 0) and (done.stdout == "") == (done.returncode == 2), done.stderr
        return re.findall(r"(?:--carry cannot be|--carry 不能是) (\w+)\n  *= (?:a column of the output has this name already|输出中已有同名的列)\n", done.stderr), done.stdout

    assert taken(",".join(columns), "label,total,b,eligible") == (columns, "")
    assert taken(",".join(columns), "label,total,b,eligible", "--lang", "zh") == (columns, "")
    assert taken("*", "total") == (["total_low", "exact"], "")
    assert taken("total_low,b_high,exact,eligible", "a") == (["exact"], "")
    (tmp_path / "u.csv").write_text(table([["total_low", "eligible", "unit", "label", "note"], ["7"] * 5]))
    wrong, out = taken("*,label", "a")
    head = list(json.loads(out)) if form else next(csv.reader(io.StringIO(out, newline="")))
    assert wrong == [] and head == ["unit", "label", "total_low", "eligible", "note", "a_low", "a_high", "exact"]


def test_a_wide_table(tmp_path):
    """Sixty thousand columns, each carried through."""
    names = [f"c{i}" for i in range(60000)]
    (tmp_path / "u.csv").write_text(table([["unit", *names], ["a", *(str(i % 7) for i in range(len(names)))]]))
    done = batch(tmp_path, "u.csv", "--rules", PLAIN, "--carry", "*", "--columns", "total")
    row = rows(done.stdout)[0]
    assert list(row) == ["unit", *names, "total_low", "total_high", "exact"] and all(row[f"c{i}"] == str(i % 7) for i in range(len(names)))


def test_a_mark_tells_that_it_is_utf8(tmp_path):
    """A byte that is no character then spoils its own row alone, though it would do as GB18030."""
    (tmp_path / "units.csv").write_bytes("\ufeffunit,paths\n".encode() + b"a,yes\n" * 20000 + b"\xCA\xC7,yes\nb,yes\n")
    done = batch(tmp_path, "units.csv", "--rules", PLAIN)
    assert done.returncode == 1 and rows(done.stdout)[-1]["unit"] == "b" and TOLD.findall(done.stderr)[0][0] == "E0101", done.stderr


@pytest.mark.parametrize("wrong", [0, 10000, 24999, None])
def test_gb18030_that_shows_late_to_any_number_of_threads(wrong, tmp_path):
    """A refused row before it shows, behind many that take their time; close to it; or none: whether a mark stands before the refused rows is no matter of chance."""
    slow = b"s,yes,1." + b"0" * 40 + b"\n"
    lines = [b"u%d,%s,1\n" % (i, b"maybe" if i == wrong else b"yes") for i in range(25000)]
    text = b"unit,paths,visits\n" + slow * 1000 + b"".join(lines) + "院,是,1\n院,也许,1\n".encode("gb18030") + b"".join(lines[10001:])
    made = []
    for threads in (1, 2, 4, 2, 4):
        done = subprocess.run([RUBRIC, "batch", "-", "--rules", str(PLAIN), "--errors", "wrong.csv", "-o", "out.csv", "--threads", str(threads)], cwd=tmp_path, input=text, capture_output=True, env=environment())
        made.append((done.returncode, done.stdout, done.stderr, (tmp_path / "out.csv").read_bytes(), (tmp_path / "wrong.csv").read_bytes()))
    assert made[0][0] == 1 and b"N1131" in made[0][2] and all(one == made[0] for one in made)
    assert made[0][4].startswith("\ufeff".encode()) == (wrong in (24999, None))


@pytest.mark.parametrize("at", range(65530, 65541))
def test_gb18030_that_shows_where_a_piece_ends(at, tmp_path):
    """An id that could be either, and behind it so many bytes later one that is GB18030."""
    first = "茅,yes\n".encode("gb18030")
    rest = at - len(first)
    fill = b"a,yes\n" * (rest // 6 - 1) + b"b" * (rest % 6 + 1) + b",yes\n"
    (tmp_path / "units.csv").write_bytes(b"unit,paths\n" + first + fill + "是,是\n".encode("gb18030") + b"a,yes\n" * 20000)
    done = batch(tmp_path, "units.csv", "--rules", PLAIN)
    assert first.decode() == "é,yes\n" and len(first + fill) == at
    assert done.returncode == 0 and TOLD.findall(done.stderr) == [("N1131", "")], done.stderr
    assert [row["unit"] for row in rows(done.stdout) if row["unit"][0] not in "ab"] == ["茅", "是"]


def test_numbers_are_exact(tmp_path):
    rules = 'standard s "S" { total 100 }\nfacts "F" { p "P" : share }\ncriterion c "C" cap 100 { prorata p }\n'
    (tmp_path / "s.rubric").write_text(rules)
    shares = ["1/3", "1/8", "2/7", "0/5", "5/5", "123456789/987654321", "33.3%", "1/1024"]
    text = table([["unit", "p"], *([f"u{i}", share] for i, share in enumerate(shares))])
    (tmp_path / "u.csv").write_text(text)
    said = [json.loads(line)["total"]["value"] for line in run([RUBRIC, "eval", "u.csv", "--rules", "s.rubric", "--json"], tmp_path).stdout.splitlines()]
    done = batch(tmp_path, "u.csv", "--rules", "s.rubric")
    assert [row["total_low"] for row in rows(done.stdout)] == said


def test_progress_is_for_terminals(tmp_path):
    done = batch(tmp_path, "-", "--rules", PLAIN, stdin="unit,paths\n" + "a,yes\n" * 30000)
    assert done.stderr.count("\n") == 1 and "\r" not in done.stderr


@pytest.mark.skipif("RUBRIC_NOGC" in os.environ, reason="keeps everything")
def test_memory_does_not_grow(tmp_path):
    """Rows that are known, open and wrong, a megabyte of them."""
    text = "unit,bins.part,bins.whole,paths,visits,note\n" + "".join(f"u{i},{i % 30},29,{'maybe' if i % 50 == 0 else '是'},,{'n' * (i % 90)}\n" for i in range(12000))
    (tmp_path / "units.csv").write_text(text, encoding="utf-8")
    command = [RUBRIC, "batch", "units.csv", "--rules", PLAIN, "-o", "out.csv", "--errors", "wrong.csv", "--carry", "note"]
    done = run([SPAWN, "1", *map(str, command)], tmp_path)
    assert int(done.stdout.split()[1]) < 16 * 1024


def test_progress_on_a_terminal(tmp_path):
    """A bar with a rate and the time left, written over; nothing of it stays. A table that comes slowly makes it appear."""
    (tmp_path / "units.csv").write_text("unit,paths\n" + "".join(f"u{i},yes\n" for i in range(300)))
    os.mkfifo(tmp_path / "lessons.csv")
    command = ["batch", "units.csv", "--rules", str(YARD), "--table", "lessons=lessons.csv", "-o", "out.csv", "--encoding", "utf-8"]
    child = pexpect.spawn(RUBRIC, command, cwd=str(tmp_path), env={**environment(), "TERM": "xterm"}, encoding="utf-8", timeout=60)
    with open(tmp_path / "lessons.csv", "w", buffering=1) as table_file:
        table_file.write("unit,topic,hours\nu9,Brooms,1\n")
        time.sleep(0.5)
        table_file.write("u200,Bins,1\n")
    child.expect(r"\r\x1b\[K[█░]{24} +\d+%  \d+ units, \d+ a second, \d+ s left")
    child.expect(r"\r\x1b\[K300 units; [^█]*$")
    child.close()
