"""`rubric check --fix`: every change that it offers, on every faulty text of the tests and of the pages: it takes away what it was offered for, the
diff is what is written, a second call has nothing to do, and what was no error scores as before."""
import functools
import json
import pathlib
import re
import resource
import shutil
import signal
import subprocess

import pytest
from support import RUBRIC, TESTS, environment, run
from test_error_pages import BLOCK, NAMES, PAGES, bytes_of, halves

NOTHING = "nothing to change"


def texts_of_pages():
    """(name, [(file, bytes)]): the wrong example of each half."""
    for path in sorted(PAGES.glob("[EWN]*.md")):
        for lang, half in halves(path).items():
            files = [(name or NAMES[kind], bytes_of(text) if kind == "txt" else text.encode())
                     for kind, role, name, text in BLOCK.findall(half) if kind != "sh" and role in ("wrong", "both")]
            yield f"{path.stem}-{lang}", files


def faulty_texts():
    """Those of the tests, by their paths."""
    return sorted(path.relative_to(TESTS).as_posix() for part in ("diag", "syntax") for path in (TESTS / part).rglob("*")
                  if path.suffix in (".rubric", ".facts") and path.is_file())


def checkable(folder):
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".rubric", ".facts") and path.is_file())


def found(folder, name):
    done = run([RUBRIC, "check", name, "--json"], folder)
    return [json.loads(line) for line in done.stdout.splitlines()]


def offset(text, line, column):
    return sum(len(before) + 1 for before in text.split("\n")[: line - 1]) + column - 1


def with_fix(text, fix):
    start, end = offset(text, fix["line"], fix["column"]), offset(text, fix["end_line"], fix["end_column"])
    return text[:start] + fix["text"] + text[end:]


def read(path):
    return path.read_bytes().decode("utf-8-sig")


def place(message):
    return tuple(message.get(key) for key in ("code", "file", "line", "column"))


def patched(text, diff):
    """The text with a unified diff of one file applied; its lines must be those of the text."""
    old, new, at = text.split("\n"), [], 0
    lines = iter(diff)
    for line in lines:
        head = re.fullmatch(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@", line)
        if head is None:
            assert line.startswith("\\ "), line
            continue
        start, olds, where, news = map(int, head.groups())
        new += old[at: start - 1]
        at = start - 1
        assert where == len(new) + 1
        taken = given = 0
        while taken < olds or given < news:
            line = next(lines)
            if line.startswith("\\ "):
                continue
            if line[0] in " -":
                assert old[at].rstrip("\r") == line[1:]
                at, taken = at + 1, taken + 1
            if line[0] in " +":
                new.append(line[1:] + ("\r" if old[at - 1].endswith("\r") else ""))
                given += 1
    return "\n".join(new + old[at:])


def diffs_of(stdout):
    """[(file, [lines])]"""
    parts = re.split(r"^--- (.*)\n\+\+\+ .*\n", stdout, flags=re.M)[1:]
    return [(name, [line for line in body.split("\n") if re.match(r"[ +\\@-]", line)]) for name, body in zip(parts[::2], parts[1::2])]


def check_each_fix(folder, name):
    """How many there were."""
    path, count = folder / name, 0
    whole = path.read_bytes()
    for message in found(folder, name):
        for fix in message.get("fixes", []) if message.get("file") == name else []:
            text = with_fix(read(path), fix)
            path.write_text(text, encoding="utf-8", newline="")
            assert place(message) not in map(place, found(folder, name)), (message, text)
            path.write_bytes(whole)
            count += 1
    return count


def check_all_fixes(folder, name):
    path = folder / name
    whole, text = path.read_bytes(), read(path)
    offered = [fix for message in found(folder, name) if message.get("file") == name for fix in message.get("fixes", [])]
    dry = run([RUBRIC, "check", name, "--fix"], folder)
    assert path.read_bytes() == whole
    assert (NOTHING in dry.stdout) == (not offered)
    wet = run([RUBRIC, "check", name, "--fix", "--write"], folder)
    assert "\x1b" not in wet.stdout
    rounds = diffs_of(wet.stdout)
    assert rounds[:1] == diffs_of(dry.stdout)
    for file, diff in rounds:
        assert file == name
        text = patched(text, diff) if "\\u{" not in "".join(diff) else read(path)
    assert text == read(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == whole.startswith(b"\xef\xbb\xbf")
    again = run([RUBRIC, "check", name, "--fix", "--write"], folder)
    assert NOTHING in again.stdout and not diffs_of(again.stdout)
    assert text == read(path)
    assert not [message for message in found(folder, name) if message.get("file") == name and "fixes" in message]
    assert not list(folder.glob(".rubric-*"))


def lay_out(files, folder):
    folder.mkdir()
    for name, contents in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(contents)
    return folder


@pytest.mark.parametrize("case", texts_of_pages(), ids=lambda case: case[0])
def test_pages(case, tmp_path):
    name, files = case
    folder = lay_out(files, tmp_path / "page")
    for file in checkable(folder):
        if check_each_fix(folder, file):
            check_all_fixes(folder, file)
            assert not {message["code"] for message in found(folder, file)} & {name[:5]}


@functools.cache
def mendable():
    """{file: codes that carry a change}, of the faulty texts, all looked at in one call."""
    files = faulty_texts()
    codes = {}
    for line in run([RUBRIC, "check", "--json", "--", *files], TESTS).stdout.splitlines():
        message = json.loads(line)
        if "fixes" in message and message["file"] in files:
            codes.setdefault(message["file"], set()).add(message["code"])
    return codes


@pytest.mark.parametrize("file", sorted(mendable()))
def test_texts_of_the_tests(file, tmp_path):
    folder = tmp_path / pathlib.PurePath(file).parent
    shutil.copytree((TESTS / file).parent, folder)
    for beside in (TESTS / file).parent.parent.glob("*.rubric"):
        shutil.copy(beside, folder.parent)
    assert check_each_fix(folder, pathlib.PurePath(file).name)
    check_all_fixes(folder, pathlib.PurePath(file).name)


def test_enough_is_mended():
    assert len(set().union(*mendable().values())) >= 40


# ---------------------------------------------------------------- meaning

STANDARD = """standard s "S" { edition "1" total 10 issued 2017-04-25 Friday }
facts "F" { p : share  a : yesno  b : yesno  c : yesno }
criterion one "One" cap 4 { bands p { from 90% to 100% : 4  from 50% to 90% : 2  from 0% to 50% : 0 } }
criterion two "Two" cap 6 { full when a and b or c }
"""


def scores(folder, facts):
    (folder / "u.facts").write_text(f'unit u "U"\nstandard "s.rubric"\n{facts}\n', encoding="utf-8")
    of = json.loads(run([RUBRIC, "eval", "u.facts", "--json"], folder).stdout)
    return of["total"], [part["score"] for part in of["parts"]]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_was_no_error_scores_as_before(newline, mark, tmp_path):
    path = tmp_path / "s.rubric"
    path.write_bytes((mark + STANDARD).replace("\n", newline).encode())
    asked = [f"p = {p}\na = {a}\nb = {b}\nc = {c}" for p in ("0%", "50%", "70%", "90%", "90.5%", "100%", "unknown")
             for a, b, c in (("yes", "yes", "no"), ("yes", "no", "yes"), ("no", "yes", "no"))]
    before = [scores(tmp_path, facts) for facts in asked]
    done = run([RUBRIC, "check", "s.rubric", "--fix", "--write"], tmp_path)
    assert "2 changes in 1 file, written" in done.stdout and "2 warnings" in done.stdout and done.returncode == 0
    text = path.read_bytes().decode()
    assert text.startswith(mark) and text.count("\r\n") == (4 if newline == "\r\n" else 0)
    assert text.count("below") == 2
    # Which of two was meant, only the author knows.
    assert "full when a and b or c" in text and "2017-04-25 Friday" in text
    assert [scores(tmp_path, facts) for facts in asked] == before


# ---------------------------------------------------------------- files

def test_only_files_that_are_named_are_changed(tmp_path):
    (tmp_path / "s.rubric").write_text(STANDARD, encoding="utf-8")
    (tmp_path / "u.facts").write_text('unit u "U"\nstandard "s.rubric"\np = ９０％\n', encoding="utf-8")
    done = run([RUBRIC, "check", "u.facts", "--fix", "--write"], tmp_path)
    assert "1 change in 1 file, written" in done.stdout and "3 warnings" not in done.stdout.split("\n")[0]
    assert (tmp_path / "s.rubric").read_text(encoding="utf-8") == STANDARD
    assert "p = 90%" in (tmp_path / "u.facts").read_text(encoding="utf-8").replace("％", "%")
    done = run([RUBRIC, "check", "u.facts", "s.rubric", "./s.rubric", "--fix", "--write"], tmp_path)
    assert "2 changes in 1 file, written" in done.stdout


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.rubric").write_text(STANDARD, encoding="utf-8")
    (tmp_path / "link.rubric").symlink_to("real.rubric")
    assert "written" in run([RUBRIC, "check", "link.rubric", "--fix", "--write"], tmp_path).stdout
    assert (tmp_path / "link.rubric").is_symlink()
    assert "below 90%" in (tmp_path / "real.rubric").read_text(encoding="utf-8")


def test_a_folder_is_as_good_as_its_files(tmp_path):
    (tmp_path / "units").mkdir()
    (tmp_path / "s.rubric").write_text(STANDARD.replace("Friday", "Tuesday"), encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / f"units/{name}.facts").write_text(f'unit {name} "U"\nstandard "../s.rubric"\np = ９０％\n', encoding="utf-8")
    assert "2 changes in 2 files, written" in run([RUBRIC, "check", "units", "--fix", "--write"], tmp_path).stdout


def test_hidden_characters_are_shown(tmp_path):
    """What an author wrote inside quotes reaches the terminal as visible text, and the file as it was."""
    (tmp_path / "s.rubric").write_text(STANDARD.replace('"S"', '"S\u202e\u200b"'), encoding="utf-8")
    done = run([RUBRIC, "check", "s.rubric", "--fix", "--write"], tmp_path)
    assert "\u202e" not in done.stdout + done.stderr and "\\u{202E}" in done.stdout.upper().replace("\\U", "\\u")
    assert "\u202e\u200b" in (tmp_path / "s.rubric").read_text(encoding="utf-8")


def test_standard_input_is_shown_mended():
    done = run([RUBRIC, "check", "-", "--fix"], stdin=STANDARD)
    assert "+++ -" in done.stdout and "2 changes in 1 file, not written" in done.stdout


def no_room():
    """A file may hold four bytes: standard output is a pipe, and none."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, 4))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_what_cannot_be_written_stays(tmp_path):
    (tmp_path / "s.rubric").write_text(STANDARD, encoding="utf-8")
    done = subprocess.run([RUBRIC, "check", "s.rubric", "--fix", "--write"], cwd=tmp_path, capture_output=True, env=environment(), preexec_fn=no_room, timeout=60)
    assert done.returncode == 3 and b"[E1087]" in done.stderr and b"[W0112]" in done.stderr
    assert NOTHING.encode() not in done.stdout and b"+++" not in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["s.rubric"]
    assert (tmp_path / "s.rubric").read_text(encoding="utf-8") == STANDARD
