"""A batch that does not come to its end, and a file that does not: whoever kills it finds the output as it was, or whole; what is cut off is told."""
import csv
import io
import os
import random
import re
import signal
import subprocess
import time

import pytest
from support import LONG, RUBRIC, TESTS, environment, run_bytes

PLAIN, YARD = (str(TESTS / "batch" / name) for name in ("plain.rubric", "yard.rubric"))
POINTS = 400 if LONG else 50


def start(folder, rules, name="units.csv", *more):
    command = [RUBRIC, "batch", name, "--rules", rules, "-o", "out.csv", "--errors", "wrong.csv", *more]
    return subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def lay(folder, rows):
    lines = [f"u{i},{i % 19}/18,{'maybe' if i % 500 == 7 else 'yes'},{i % 4}\n" for i in range(rows)]
    (folder / "units.csv").write_text("unit,bins,paths,visits\n" + "".join(lines))


# ---------------------------------------------------------------- killed

@pytest.mark.parametrize("rules, rows", [(PLAIN, 150000), (YARD, 12000)])
def test_killed_at_any_point(rules, rows, tmp_path):
    """The output and the refused rows are each as they were, or whole; the output comes first. What is left beside them hinders no later run."""
    lay(tmp_path, rows)
    begun = time.monotonic()
    assert start(tmp_path, rules).wait() == 1
    lasts = time.monotonic() - begun
    names = ("out.csv", "wrong.csv")
    whole = [(tmp_path / name).read_bytes() for name in names]
    old = [b"unit\nas it was\n", b"what was wrong then\n"]
    rng, found = random.Random(9), []
    for point in range(POINTS):
        for name, text in zip(names, old):
            (tmp_path / name).write_bytes(text)
        # Every fourth near the end, where files take their places.
        at = lasts * (rng.uniform(0.8, 1.1) if point % 4 == 0 else rng.random())
        with start(tmp_path, rules) as process:
            time.sleep(at)
            process.send_signal(signal.SIGKILL)
        states = [text == new for text, new in zip(((tmp_path / name).read_bytes() for name in names), whole)]
        for name, text, is_new in zip(names, old, states):
            assert is_new or (tmp_path / name).read_bytes() == text, f"{name}, killed after {at:.3f} of {lasts:.3f} s"
        assert states != [False, True]
        found.append(process.returncode == -signal.SIGKILL and not states[0])
    assert sum(found) > POINTS / 4, "most were killed too late to show anything"
    left = [path for path in tmp_path.iterdir() if path.name.startswith(".rubric-")]
    assert left and set(os.listdir(tmp_path)) == {"units.csv", *names, *(path.name for path in left)}
    assert start(tmp_path, rules).wait() == 1
    assert [(tmp_path / name).read_bytes() for name in names] == whole
    assert {path.name for path in left} == {name for name in os.listdir(tmp_path) if name.startswith(".rubric-")}


# ---------------------------------------------------------------- cut off

CSV_ROWS = ['a,"岳州, 院",yes,"x\n""y"""\n', "b,é🌳,是,㐀\n", '"c\n1",,no,"z"\n']
HEAD = "unit,label,paths,note\n"
JSON_ROWS = ['{"unit":"a","label":"岳州","paths":true,"note":"x\\n\\u9662"}\n', '{"unit":"b🌳","paths":"是","note":-1.5e3}\n']


def ids(text):
    return [row["unit"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def batch(folder, name, data, rules, *more):
    (folder / name).write_bytes(data)
    return run_bytes([RUBRIC, "batch", name, "--rules", rules, "--columns", "label,swept", "--carry", "note", *more], folder, b"")


def is_row(data, encoding):
    """What is left of a row, where nobody can tell that there was more: it has all of its cells, no quote is open, its value has a meaning."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    cells = next(csv.reader(io.StringIO(text, newline="")), [])
    return text.count('"') % 2 == 0 and len(cells) in (0, 4) and (not cells or cells[2] in ("yes", "no", "是", ""))


@pytest.mark.parametrize("rules", [PLAIN, YARD])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_csv_file_that_is_cut_off(rules, encoding, tmp_path):
    """At each byte: rows before it are read; a row that is cut is refused, and told, unless what is left of it is a row."""
    before, told, tried = HEAD.encode(encoding), 0, 0
    for number, row in enumerate(CSV_ROWS):
        row = row.encode(encoding)
        for end in range(len(row)):
            done = batch(tmp_path, "units.csv", before + row[:end], rules, "--encoding", encoding)
            right = is_row(row[:end], encoding)
            assert done.returncode == (0 if right else 1), (before, row[:end])
            assert bool(re.search(r"error\[E0(101|804|829|830|869)\]", done.stderr)) == (not right), done.stderr
            got = ids(done.stdout)
            assert got[:number] == ids(HEAD + "".join(CSV_ROWS[:number])) and len(got) == number + (right and end > 0)
            told += not right
            tried += 1
        before += row
    assert told > tried * 2 / 3


def test_a_head_that_is_cut_off(tmp_path):
    """Names of columns that are cut mean nothing."""
    for end in range(len(HEAD)):
        done = batch(tmp_path, "units.csv", HEAD[:end].encode(), PLAIN)
        assert done.returncode == (0 if HEAD[:end] == HEAD[:-1] else 2), HEAD[:end]


@pytest.mark.parametrize("rules", [PLAIN, YARD])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_json_lines_that_are_cut_off(rules, encoding, tmp_path):
    """At each byte: an object that is cut is none."""
    data = "".join(JSON_ROWS).encode(encoding)
    first = data.index(b"\n")
    for end in range(1, len(data)):
        done = batch(tmp_path, "units.jsonl", data[:end], rules, "--encoding", encoding)
        right = end in (first, first + 1, len(data) - 1)
        assert (done.returncode == 0) == right, end
        assert done.returncode == 0 or re.search(r"error\[E0(876|101)\]", done.stderr), end
        assert ids(done.stdout) == ["a", "b🌳"][: (end >= first) + (end == len(data) - 1)]


def test_the_codes_of_what_is_cut_off(tmp_path):
    """In a row, in quotes, in a character of either encoding, in a table beside."""
    def code(text, *more, name="units.csv", rules=PLAIN, exit=1):
        (tmp_path / name).write_bytes(text)
        done = run_bytes([RUBRIC, "batch", name, "--rules", rules, *more], tmp_path, b"")
        assert done.returncode == exit
        return re.findall(r"error\[(E\d{4})\]", done.stderr)

    rows = b"unit,paths,visits\na,yes,1\n"
    assert code(rows + b"b,yes") == ["E0869"]
    assert code(rows + b'b,yes,"1') == ["E0830"]
    assert code(rows + b'b,yes,"1\n2\n') == ["E0830", "E0869"]
    assert code(rows + "b,是".encode()[:-1], "--encoding", "utf-8") == ["E0101"]
    assert code(rows + "院,是".encode("gb18030")[:-1], "--encoding", "gb18030") == ["E0101"]
    assert code(rows + "b,㐀".encode("gb18030")[:-2], "--encoding", "gb18030") == ["E0101"]
    assert code(b'{"unit":"a","visits":1}\n{"unit":"b","vis', name="units.jsonl") == ["E0876"]
    (tmp_path / "lessons.csv").write_bytes(b'unit,topic,hours\na,"Brooms')
    assert code(rows, "--table", "lessons=lessons.csv", rules=YARD, exit=2) == ["E0830"]


# ---------------------------------------------------------------- nowhere to write to

@pytest.mark.parametrize("rules", [PLAIN, YARD])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_full_disk_under_standard_output(rules, form, tmp_path):
    lay(tmp_path, 3000)
    with open("/dev/full", "wb") as full:
        done = subprocess.run([RUBRIC, "batch", "units.csv", "--rules", rules, *form], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, env=environment())
    assert done.returncode == 3 and done.stderr.count(b"[E1007]") == 1


@pytest.mark.parametrize("option", ["-o", "--errors"])
@pytest.mark.parametrize("path", ["/dev/full", "nowhere/out.csv", ".", "/proc/out.csv"])
def test_what_cannot_be_written_to_is_told_first(option, path, tmp_path):
    lay(tmp_path, 100)
    done = run_bytes([RUBRIC, "batch", "units.csv", "--rules", PLAIN, option, path], tmp_path, b"")
    assert done.returncode == 3 and done.stdout == "" and re.search(r"error\[E10\d\d\]", done.stderr)
    assert os.listdir(tmp_path) == ["units.csv"]


@pytest.mark.parametrize("limit", [0, 1, 4096, 65536, 70000])
def test_a_file_that_may_grow_no_more(limit, tmp_path):
    """As where the disk is full while it is written: the output stays as it was, nothing else stays."""
    lay(tmp_path, 6000)
    (tmp_path / "out.csv").write_text("as it was\n")
    command = f"ulimit -f {limit // 512}; exec {RUBRIC} batch units.csv --rules {PLAIN} -o out.csv --errors wrong.csv"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, env=environment())
    assert done.returncode == 3 and re.search(rb"error\[E10\d\d\]", done.stderr)
    assert (tmp_path / "out.csv").read_text() == "as it was\n" and set(os.listdir(tmp_path)) == {"units.csv", "out.csv"}


@pytest.mark.parametrize("rules", [PLAIN, YARD])
@pytest.mark.parametrize("form", [[], ["--json"], ["--threads", "1"]])
def test_a_pipe_whose_reader_has_gone(rules, form, tmp_path):
    """The exit code says so; at any point of the run, and soon."""
    lay(tmp_path, 200000 if rules == PLAIN else 6000)
    for wanted in (0, 1, 5000, 100000):
        with subprocess.Popen([RUBRIC, "batch", "units.csv", "--rules", rules, *form], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
            process.stdout.read(wanted)
            process.stdout.close()
            said = process.stderr.read()
        assert process.returncode == 3 and b"E1007" not in said


def test_standard_input_that_is_closed(tmp_path):
    done = subprocess.run(["sh", "-c", f"exec {RUBRIC} batch - --rules {PLAIN} <&-"], cwd=tmp_path, capture_output=True, env=environment())
    assert done.returncode == 3 and b"error[E10" in done.stderr
