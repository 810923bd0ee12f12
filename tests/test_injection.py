"""No memory, a full disk, a file that cannot be read: each call of the system that a command makes fails once, and the command must say so, leave with a code that
is not 0, and leave no half-written file behind.

tests/inject/fail.c, loaded before the C library, makes the Nth call of one kind fail. Allocations are counted in a build without the collector (build/plain),
where each is a call of malloc; files in the program as it is shipped. A failure that changes nothing of what is said, such as that of a buffer
that the C library can do without, may pass."""
import os
import re
import shutil
import subprocess

import pytest
from support import BUILD, LONG, ROOT, RUBRIC, environment

FAIL = BUILD / "tests/fail.so"
PLAIN = str(BUILD / "plain/rubric")
YARD = ROOT / "tests/fuzz/standards"
INDICES = 24 if not LONG else None      # of one command, spread over all; the first ones always

SCRIPT = "set staff = 4 people\nreach total >= 15\nsave other.facts\nwhy work\nset bins = 10 of 88\nsave! north.facts\nquit\n"
ROWS = "unit,staff,open,note\nnorth,6,yes,=x\nsouth,2 people,no,院\neast,unknown,yes,\n,1,yes,\nwest,9,maybe,\n"
UNITS = "unit,staff,open,level\nnorth,6,yes,fair\nsouth,2 people,no,\neast,unknown,yes,good\n"
COMMANDS = {
    "eval": (["eval", "north.facts"], ""),
    "eval-json": (["eval", "units.csv", "--rules", "yard.rubric", "--json"], ""),
    "check": (["check", "faulty.rubric", "yard.rubric", "north.facts"], ""),
    "batch": (["batch", "rows.csv", "--rules", "table.rubric", "-o", "out.csv", "--errors", "wrong.csv", "--carry", "note"], ""),
    "batch-rows": (["batch", "rows.csv", "--rules", "yard.rubric", "--carry", "note", "--json", "--threads", "1"], ""),
    "fmt": (["fmt", "-w", "ugly.rubric"], ""),
    "fmt-shown": (["fmt", "ugly.rubric"], ""),
    "rank": (["rank", "units.csv", "--rules", "yard.rubric"], ""),
    "reach": (["reach", "total >= 15", "north.facts"], ""),
    "stages": (["stages", "north.facts"], ""),
    "repl": (["repl", "north.facts"], SCRIPT),
    "new": (["new", "unit", "yard.rubric", "north", "-o", "new.facts"], ""),
    "new-standard": (["new", "standard", "-o", "out.csv", "--force"], ""),
    "completion": (["completion", "zsh"], ""),
    "man": (["man"], ""),
}
FILES = ["write", "sync", "rename", "create", "close", "mode", "read", "open", "out", "in"]


@pytest.fixture(scope="module", autouse=True)
def built():
    assert FAIL.exists() and os.path.exists(PLAIN), "type: make injected"


@pytest.fixture
def folder(tmp_path):
    return lay_out(tmp_path / "work")


def lay_out(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("yard.rubric", "table.rubric", "yard.facts"):
        shutil.copy(YARD / name, folder / name.replace("yard.facts", "north.facts"))
    (folder / "units.csv").write_text(UNITS)
    (folder / "rows.csv").write_text(ROWS)
    (folder / "out.csv").write_text("as before\n")
    (folder / "faulty.rubric").write_text('standard f "F" { total 9 }\ncriterion a cap 10 { full when nothing 百分 }\n')
    (folder / "ugly.rubric").write_text('standard f "F" {total 9}\n\n\nshow a=1 # c\n')
    return folder


def run(program, name, folder, **settings):
    words, script = COMMANDS[name]
    env = {**environment(), "LD_PRELOAD": str(FAIL), **settings}
    return subprocess.run([program, *words], cwd=folder, input=script.encode(), capture_output=True, env=env, timeout=120)


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def undisturbed(program, name, folder):
    """What it says, what it leaves, how many calls of each kind it makes."""
    before = files_of(lay_out(folder))
    count = folder.parent / "count"
    done = run(program, name, folder, RUBRIC_COUNT=str(count))
    calls = {kind: int(number) for kind, number in (line.split() for line in count.read_text().splitlines())}
    return done, before, files_of(folder), calls


def indices(count):
    if not INDICES or count <= INDICES:
        return range(1, count + 1)
    return sorted({*range(1, 5), *(1 + at * (count - 1) // INDICES for at in range(INDICES)), count})


def judge(done, whole, before, after, folder, where):
    """`done` against an undisturbed run."""
    left = files_of(folder)
    assert not [name for name in left if name not in after], f"{where}: leaves {sorted(left)}"
    for name, contents in left.items():
        assert contents in (before.get(name), after[name]), f"{where}: {name} is neither as before nor as it should become"
    same = (done.returncode, done.stdout, done.stderr) == (whole.returncode, whole.stdout, whole.stderr)
    if same and left == after:
        return False
    said = done.stderr.decode("utf-8", "backslashreplace")
    assert done.returncode in (2, 3), f"{where}: exit {done.returncode}\n{said}"
    assert re.search(r"rubric: out of memory|error\[E\d{4}\]", said), f"{where}: {said}"
    return True


def every(program, name, folder, kind):
    """How many indices, how many of them were noticed."""
    whole, before, after, calls = undisturbed(program, name, folder)
    noticed = 0
    tried = indices(calls[kind])
    for index in tried:
        lay_out(folder)
        done = run(program, name, folder, RUBRIC_FAIL=f"{kind}:{index}")
        noticed += judge(done, whole, before, after, folder, f"{name}, {kind} {index} of {calls[kind]}")
    print(f"{name}: {kind} {len(tried)} of {calls[kind]} indices, {noticed} noticed")
    return len(tried), noticed


@pytest.mark.parametrize("name", COMMANDS)
def test_without_memory(name, folder):
    tried, noticed = every(PLAIN, name, folder, "alloc")
    assert noticed > tried * 3 // 4


@pytest.mark.parametrize("name", COMMANDS)
def test_heap_cannot_grow(name, folder):
    every(RUBRIC, name, folder, "alloc")


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", COMMANDS)
def test_file_fails(name, kind, folder):
    tried, noticed = every(RUBRIC, name, folder, kind)
    if (kind == "out" and name not in ("fmt", "new", "new-standard")) or (kind in ("write", "sync", "rename", "create") and name in ("repl", "fmt", "new", "new-standard")):    # fmt -w, new -o say nothing
        assert tried and noticed == tried
