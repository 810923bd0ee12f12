"""What is JSON to `rubric batch`, case by case: tests/batch/json/no.tsv is refused, yes.tsv taken and read as Python reads it, ours.tsv answered as it says there.
Each line is read by columns (plain.rubric, where nothing is carried), and row by row."""
import json
import re
import urllib.parse

import pytest
from support import RUBRIC, TESTS, run_bytes

CASES = TESTS / "batch/json"
AT_ONCE = 80      # of a hundred rows that are refused it is said why
TOLD = re.compile(r"error\[(E\d{4})\]: [^\n]*?(?:\n +--> -:(\d+):\d+|line (\d+), byte)")
# The standard, and whether `note` is carried: only the first of these has columns.
CALLS = [("plain", False), ("yard", False), ("plain", True), ("yard", True)]


def cases(name):
    lines = (CASES / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    found = [line.split("\t", 1) for line in lines if line and not line.startswith("#")]
    return [(answer, urllib.parse.unquote_to_bytes(line)) for answer, line in found]


NO, YES, OURS = (cases(name) for name in ("no", "yes", "ours"))


def carries(line):
    return b'"note"' in line


def read(folder, lines, rules, carry):
    """Of each line the row that was written, or the codes of what is said of it. Each stands behind a line that is right."""
    answers = []
    for at in range(0, len(lines), AT_ONCE):
        some = lines[at : at + AT_ONCE]
        text = b"".join(b'{"unit":"before"}\n' + line + b"\n" for line in some)
        more = ["--columns", "rounds,swept", *(["--carry", "note"] if carry else [])]
        done = run_bytes([RUBRIC, "batch", "-", "--rules", str(TESTS / f"batch/{rules}.rubric"), "--json", "--encoding", "utf-8", *more], folder, text)
        told = {}
        for code, line, of_bytes in TOLD.findall(done.stderr):
            told.setdefault((int(line or of_bytes) - 2) // 2, []).append(code)
        assert all(int(line or of_bytes) % 2 == 0 for _, line, of_bytes in TOLD.findall(done.stderr))
        rows = [json.loads(row) for row in done.stdout.splitlines()]
        befores = [i for i, row in enumerate(rows) if row["unit"] == "before"]
        assert len(befores) == len(some) and len(rows) == 2 * len(some) - len(told)
        for i, start in enumerate(befores):
            answers.append(told[i] if i in told else rows[start + 1])
    return answers


def test_there_are_enough():
    assert len(NO) >= 200 and len(YES) >= 110 and len(OURS) >= 45
    assert len({line for _, line in NO + YES + OURS}) == len(NO + YES + OURS)


@pytest.mark.parametrize("rules, carry", CALLS)
def test_what_is_none_is_refused(rules, carry, tmp_path):
    for (kind, line), said in zip(NO, read(tmp_path, [line for _, line in NO], rules, carry), strict=True):
        bad = any(byte >= 0x80 for byte in line) and not is_utf8(line)
        assert said == ["E0101" if bad else "E0876"], (kind, line, said)


def is_utf8(line):
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_python_refuses_them_too():
    """But for what it takes beyond JSON."""
    taken = []
    for kind, line in NO:
        try:
            if isinstance(json.loads(line.decode()), dict):
                taken.append(line)
        except (ValueError, UnicodeDecodeError):
            pass
    assert taken == [b'{"unit":"a","visits":%s}' % word for word in (b"NaN", b"Infinity", b"-Infinity")]


def as_cell(value):
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


@pytest.mark.parametrize("rules, carry", CALLS)
def test_what_is_json_is_taken(rules, carry, tmp_path):
    some = [line for _, line in YES if carry or not carries(line)]
    for line, said in zip(some, read(tmp_path, some, rules, carry), strict=True):
        meant = json.loads(line, parse_int=str, parse_float=str)
        assert isinstance(said, dict) and said["unit"] == meant["unit"], (line, said)
        assert not carry or said["note"] == (as_cell(meant.get("note")) or None), (line, said)
        visits, paths = meant.get("visits"), meant.get("paths")
        assert (said["rounds_low"], said["rounds_high"]) == (("0", "2") if visits is None else (str(min(2, int(float(visits)))),) * 2), (line, said)
        assert (said["swept_low"], said["swept_high"]) == ("0" if paths is None else "3" * paths or "0", "3" if paths is None else "3" * paths or "0"), (line, said)


def test_columns_take_what_is_plain(tmp_path):
    """Most of what is right, columns read: else the tests here would be of one reader alone."""
    some = [line for _, line in YES if not carries(line)]
    done = run_bytes([RUBRIC, "batch", "-", "--rules", str(TESTS / "batch/plain.rubric"), "--json"], tmp_path, b"\n".join(some))
    by_rows = re.search(r"(\d+) row by row", done.stderr)
    assert int(by_rows[1]) < len(some) / 2


@pytest.mark.parametrize("rules, carry", CALLS)
def test_what_json_leaves_open(rules, carry, tmp_path):
    some = [(answer, line) for answer, line in OURS if carry or not carries(line)]
    for (answer, line), said in zip(some, read(tmp_path, [line for _, line in some], rules, carry), strict=True):
        if isinstance(said, list):
            assert " ".join(said) == answer, (line, said)
        else:
            note = said["note"] or "" if carry else ""
            assert f"{said['unit']} | {note}".rstrip(" ") == urllib.parse.unquote(answer).rstrip(" "), (line, said)
