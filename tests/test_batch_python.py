"""What `rubric batch` carries through, against Python's csv and json: generated files of many shapes, each read by columns (plain.rubric) and row by row
(yard.rubric). Where the program is stricter than Python, a rule says so:

- quotes stand at both ends of a cell, and inside of them doubled, or nowhere (Python takes `a"b`, and `"a"b` where it is not strict); a row that has others
  is refused, and is one line;
- a carriage return alone ends no row, and is a character like others;
- each row is as wide as the first; one that holds nothing at all, or blanks alone, is passed over;
- a unit has a name; blanks around it, and around the names of columns, do not count;
- JSON: a name stands once, what is nested is refused, and so is half a character."""
import csv
import io
import json
import random
import re

import pytest
from support import LONG, RUBRIC, TESTS, run_bytes

RULES = [str(TESTS / "batch" / name) for name in ("plain.rubric", "yard.rubric")]
SHARDS, FILES = 8, 150 if LONG else 12
csv.field_size_limit(1 << 21)
BLANKS = " \t"
TEXTS = ["", "", "a", "x y", "North yard", "院", "岳阳市", "é", "e\u0301", "🌳", "㐀", "ß", "ﬁ", "\u3000x", "0", "-0", "1e3", "007", "1,5", "=1+1", "@x", "+a", "-b", "'q", "null", "{}", "[1]",
         "#", ";", "|", "\\", "\\n", "\\u0041", "%00", " lead", "trail ", "\ttab\t", " ", "in  side", "\u00a0", "\u200b", "\u202ex", "\ufeff", "\x01", "\x7f", "\x1b[2J"]
QUOTED = ['"', '""', 'a"b', '"a"', 'a""b', ",", "a,b", "\n", "a\nb", "\n\n", "a\r\nb", "\r\n", "\r", "a\rb", '",\n"', ',",', "\n,\n", "{\"unit\":1}"]


class Rng(random.Random):
    def chance(self, p):
        return self.random() < p


def text_of(rng, most=4):
    """Of what may stand in a cell. No NUL: no CSV text of ours holds one."""
    if rng.chance(0.004):
        return rng.choice(["x", "院", '"', "\n", ","]) * rng.randrange(60000, 150000)
    return "".join(rng.choice(TEXTS if rng.chance(0.75) else QUOTED) for _ in range(rng.randrange(1, most)))


def written(rng, text):
    """As a cell: in quotes where it must be, and often where it need not. A text with a line end, a quote or a comma must."""
    if re.search('[",\n]', text) or text.endswith("\r") or rng.chance(0.3):
        return '"' + text.replace('"', '""') + '"'
    return text


def broken(rng):
    """A line that is no row: a quote in the middle of a cell, or something behind one that closes."""
    return rng.choice(['u,a"b', 'u,"a"b', 'u,"a" ', 'u, "a"', 'u"', '"u"x,1', 'u,"a""b"c', 'u,a""', 'u,"a"\r', '"u"院,1'])


class Table:
    """A CSV file: its bytes, and by the rules above what is read in it."""

    def __init__(self, rng):
        self.rng = rng
        carried = rng.sample(["note", "n.1", "注", "", "a b", "n,2", 'q"q', "l\nl"], rng.randrange(1, 5))
        self.heads = ["unit", *rng.sample(["label", "paths", "visits"], rng.randrange(0, 3)), *carried]
        rng.shuffle(self.heads)
        self.carried, self.broken = carried, 0
        self.lines = [",".join(self.head(head) for head in self.heads)]
        for number in range(rng.choice([0, 1, 2, 5, 20, 60])):
            self.add(number)
        self.text = self.end_lines()

    def head(self, head):
        return self.rng.choice(["", "", " ", "\t"]) + head if not re.search('[",\n]', head) else written(self.rng, head)

    def cell(self, head, number):
        if head == "unit":
            return self.rng.choice(["u", " u", "院", 'q"', "l\nl", "é", "\u202e", "e\u0301", "\ufeffm", "r\rr"]) + str(number) + self.rng.choice(["", "", " ", "\t"])
        if head in ("paths", "visits"):
            return self.rng.choice({"paths": ["yes", "no", "是", "", "unknown"], "visits": ["1", "2", "", "007", "1.0"]}[head])
        return text_of(self.rng)

    def add(self, number):
        rng = self.rng
        cells = [self.cell(head, number) for head in self.heads]
        kind = rng.random()
        if kind < 0.04:
            cells = cells[: rng.randrange(1, len(cells))] if rng.chance(0.5) else [*cells, text_of(rng)]
        elif kind < 0.08:
            cells = [rng.choice(["", " ", "\t"]) for _ in range(rng.choice([1, len(cells), len(cells)]))]
        elif kind < 0.10:
            cells[self.heads.index("unit")] = rng.choice(["", " "])
        elif kind < 0.14:
            self.lines.append(broken(rng))
            self.broken += 1
            return
        self.lines.append(",".join(written(rng, cell) for cell in cells))

    def end_lines(self):
        rng = self.rng
        ends = rng.choice([["\n"], ["\r\n"], ["\n", "\r\n"]])
        text = "".join(line + rng.choice(ends) for line in self.lines)
        return text if rng.chance(0.7) else re.sub("\r?\n$", "", text)


BROKEN = {broken(rng) for rng in [Rng(0)] for _ in range(400)}


def parse(text):
    """csv.reader, which takes a carriage return alone for the end of a row: ours does not, so that one outside of quotes waits as another character."""
    hidden = "\ue000"
    assert hidden not in text
    return [[cell.replace(hidden, "\r") for cell in row] for row in csv.reader(io.StringIO(re.sub("\r(?!\n)", hidden, text), newline=""), strict=True)]


def expected(table):
    """[(unit, {column: text})], how many rows are refused. Python would take some of the lines that are no rows: it reads the others."""
    text = table.text
    for line in BROKEN:
        text = re.sub("(?<=\n)" + re.escape(line) + "(\r?\n|$)", "", text)
    rows = parse(text)
    heads, refused, read = [head.strip(BLANKS) for head in rows[0]], table.broken, []
    for row in rows[1:]:
        if not "".join(row).strip(BLANKS):
            continue
        unit = row[heads.index("unit")].strip(BLANKS) if len(row) == len(heads) else ""
        if not unit:
            refused += 1
            continue
        read.append((unit, {head: cell for head, cell in zip(heads, row) if head in table.carried}))
    return read, refused


ENCODINGS = ["utf-8", "utf-8", "utf-8-sig", "gb18030", "gb18030"]


def encoded(rng, text):
    """Bytes, and what has to be said of them. What could be either is UTF-8: that is said, too."""
    name = rng.choice(ENCODINGS)
    data = text.encode(name)
    either = name == "gb18030" and not text.isascii() and is_utf8(data)
    said = ["--encoding", "gb18030" if name == "gb18030" else "utf-8"] if either or rng.chance(0.3) else []
    return data, said


def is_utf8(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def read(folder, name, data, *more):
    """What both ways of working say of the file, which must be one: rows, how many are refused."""
    (folder / name).write_bytes(data)
    answers = []
    for rules in RULES:
        for threads in "12" if rules == RULES[0] else "1":
            done = run_bytes([RUBRIC, "batch", name, "--rules", rules, "--json", "--columns", "swept", "--threads", threads, *more], folder, b"")
            refused = int(re.search(r"(\d+) refused", done.stderr)[1])
            assert done.returncode == (1 if refused else 0)
            answers.append(([json.loads(line) for line in done.stdout.splitlines()], refused))
    assert answers[0] == answers[1] == answers[2]
    return answers[0]


@pytest.mark.parametrize("shard", range(SHARDS))
def test_csv(shard, tmp_path):
    read_rows = 0
    for seed in range(shard * FILES, (shard + 1) * FILES):
        rng = Rng(seed)
        table = Table(rng)
        data, said = encoded(rng, table.text)
        got, refused = read(tmp_path, "units.csv", data, "--carry", "*", *said)
        want, wrong = expected(table)
        assert [(row["unit"], {head: row[head] or "" for head in table.carried}) for row in got] == want, f"seed {seed}"
        assert refused == wrong, f"seed {seed}"
        read_rows += len(want)
    assert read_rows > FILES * 2


# ---------------------------------------------------------------- JSON

NUMBERS = ["0", "-0", "1", "-1", "1e3", "1E+3", "-1.5e-7", "0.10", "1e400", "123456789012345678901234567890", "0.1000000000000000000000000000000001", "-0.0", "1e00"]


def json_text(rng, text):
    """A text in quotes, its characters written in one of the ways that there are."""
    out = []
    for unit in text:
        short = {'"': '\\"', "\\": "\\\\", "/": "\\/", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
        halves = unit.encode("utf-16-be").hex()
        escaped = "".join(f"\\u{halves[i:i + 4].upper() if rng.chance(0.5) else halves[i:i + 4]}" for i in range(0, len(halves), 4))
        must = unit < " " or unit in '"\\'
        out.append(rng.choice([escaped, short.get(unit, escaped)]) if must or rng.chance(0.15) else unit)
    return '"' + "".join(out) + '"'


def json_value(rng, nested=True):
    kind = rng.random()
    if kind < 0.5:
        return json_text(rng, text_of(rng, 3))
    if kind < 0.75:
        return rng.choice(NUMBERS)
    if kind < 0.9 or not nested:
        return rng.choice(["true", "false", "null"])
    return rng.choice(["[]", "[[]]", "{}", '{"a":1}', "[{}]", "[1,2]", '["a",[1]]', "[null]"])


WRONG_LINES = ['{"unit":"w",}', '{"unit":"w"', "[]", "x", '{"unit":"w"} {}', "{'unit':'w'}", '{"unit":"w","note":01}', '{"unit":"w","note":"\t"}', '{"unit":"w","note":NaN}']
HALVES = ['{"unit":"h","note":"\\ud800"}', '{"unit":"h\\udc00"}', '{"unit":"h","note":"\\u0000"}']


def json_line(rng, number):
    if rng.chance(0.05):
        return rng.choice(WRONG_LINES + HALVES)
    if rng.chance(0.05):
        return rng.choice(["", " ", "\t"])

    def blank():
        return rng.choice(["", "", " ", "\t", "  "])

    members = [("unit", json_text(rng, f"{rng.choice(['u', '院', 'é', chr(34)])}{number}{rng.choice(['', ' '])}"))]
    members += [(name, json_value(rng)) for name in rng.sample(["note", "x", "注"], rng.randrange(0, 4))]
    members += [("visits", rng.choice(["1", "2", "null", '"1"', "12345"]))] if rng.chance(0.5) else []
    members += [rng.choice(members)] if rng.chance(0.05) else []
    rng.shuffle(members)
    return blank() + "{" + ",".join(f"{blank()}{json_text(rng, name)}{blank()}:{blank()}{value}{blank()}" for name, value in members) + "}" + blank()


class Twice(ValueError):
    pass


def once(pairs):
    if len({name for name, _ in pairs}) < len(pairs):
        raise Twice
    return dict(pairs)


def never(word):
    raise ValueError(word)


def json_cell(value):
    """As it is carried; a list as a facts file has it."""
    if isinstance(value, list):
        return "[" + ", ".join("unknown" if item is None else json_cell(item) for item in value) + "]"
    return {None: "", True: "yes", False: "no"}[value] if value is None or isinstance(value, bool) else value


def is_flat(value):
    return not isinstance(value, dict) and not (isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value))


def json_expected(lines):
    """Numbers keep their digits. What Python takes beyond the rules is refused."""
    rows, refused = [], 0
    for line in lines:
        if not line.strip(" \t\r"):
            continue
        try:
            row = json.loads(line, parse_int=str, parse_float=str, parse_constant=never, object_pairs_hook=once)
            right = isinstance(row, dict) and row.get("unit") and all(is_flat(value) for value in row.values())
            right = right and not re.search("[\ud800-\udfff\0]", "".join(str(value) for value in row.values()))
        except ValueError:
            right = False
        if right:
            rows.append((row["unit"].strip(BLANKS), {name: json_cell(row.get(name)) for name in ("note", "x", "注")}))
        refused += not right
    return rows, refused


@pytest.mark.parametrize("shard", range(SHARDS))
def test_json_lines(shard, tmp_path):
    read_rows = 0
    for seed in range(shard * FILES, (shard + 1) * FILES):
        rng = Rng(seed)
        lines = [json_line(rng, number) for number in range(rng.choice([1, 2, 5, 20, 60]))]
        text = "".join(line + rng.choice(["\n", "\n", "\r\n"]) for line in lines)
        data, said = encoded(rng, text if rng.chance(0.7) else re.sub("\r?\n$", "", text))
        got, refused = read(tmp_path, "units.jsonl", data, "--carry", "note,x,注", *said)
        want, wrong = json_expected(lines)
        assert [(row["unit"], {name: row[name] or "" for name in ("note", "x", "注")}) for row in got] == want, f"seed {seed}"
        assert refused == wrong, f"seed {seed}"
        read_rows += len(want)
    assert read_rows > FILES * 2


@pytest.mark.parametrize("shard", range(SHARDS))
def test_json_lines_by_columns(shard, tmp_path):
    """The same where nothing is carried: then columns read them. What stands there besides is facts."""
    by_columns = 0
    for seed in range(shard * FILES, (shard + 1) * FILES):
        rng = Rng(seed)
        lines = [re.sub(r'"(note|x|注)"', '"visits"', json_line(rng, number)) for number in range(rng.choice([5, 20, 60]))]
        (tmp_path / "units.jsonl").write_text("\n".join(lines), encoding="utf-8")
        said = [run_bytes([RUBRIC, "batch", "units.jsonl", "--rules", rules, "--encoding", "utf-8", "--columns", "rounds,swept,emptied"], tmp_path, b"") for rules in RULES]
        assert said[0].stdout == said[1].stdout and said[0].returncode == said[1].returncode, f"seed {seed}"
        told = [[line for line in one.stderr.split("\n") if re.match(r"error|  +--> units", line)] for one in said]
        assert told[0] == told[1], f"seed {seed}"
        rows = re.search(r"(\d+) units?;.* (?:0 row by row|(\d+) row by row)?$", said[0].stderr.strip())
        by_columns += len(said[0].stdout.splitlines()) - 1 - int(rows[2] or 0) if rows else 0
    assert by_columns > FILES
