"""What the tests share: the programs under test, running one, the tables of messages."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
# Where transcripts stand: the tests, and beside what they show.
FOLDERS = [TESTS, ROOT / "examples", ROOT / "rules"]
# A transcript's extension says to the reader what it is about; all have one format.
MODES = {".sheet", ".why", ".json", ".check", ".errors", ".repl"}
BLESS = os.environ.get("RUBRIC_BLESS") == "1"
LONG = os.environ.get("RUBRIC_LONG") == "1"
# Seconds for one command; while the collector runs all the time it takes long.
PATIENCE = 1200 if os.environ.get("RUBRIC_TORTURE") else 120
SANITIZER = re.compile(r"runtime error:|ERROR: \w+Sanitizer|WARNING: \w+Sanitizer")


BUILD = ROOT / os.environ.get("RUBRIC_BUILD", "build")
RUBRIC = str(BUILD / "rubric")
# The same without the collector, under the sanitizers; only where the environment names it.
NOGC = str(ROOT / os.environ["RUBRIC_NOGC"]) if os.environ.get("RUBRIC_NOGC") else None
PROGRAMS = [p for p in (RUBRIC, NOGC) if p]


def program_id(path):
    return pathlib.Path(path).parent.name


def environment():
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "TMPDIR", "RUBRIC_TORTURE")}
    return {**kept, "LC_ALL": "C", "TERM": "dumb", "ASAN_OPTIONS": "detect_leaks=0",
            "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1"}


def run(command, folder=ROOT, stdin="", timeout=PATIENCE):
    """Runs `command`; a death by signal or a sanitizer's report fails the test that asked."""
    return run_bytes(command, folder, stdin.encode(), timeout)


def run_bytes(command, folder, stdin, timeout=PATIENCE):
    """The same, where what stands on standard input need be no text."""
    assert pathlib.Path(command[0]).exists(), f"{command[0]} is not built: type make"
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, env=environment(), timeout=timeout)
    done.stdout, done.stderr = (b.decode("utf-8", "backslashreplace") for b in (done.stdout, done.stderr))
    assert done.returncode >= 0, f"{' '.join(command)}: died of signal {-done.returncode}\n{done.stderr}"
    assert not SANITIZER.search(done.stderr), done.stderr
    return done


# A command of the session that there is not: what is said of it shows where the answer to a line ends.
MARK = "§§§"
MARKED = re.compile(r"[^\n]*\[E1070\][^\n]*" + MARK + r"[^\n]*\n(?:   = [^\n]*\n)*\n")


def copy_of(folder, work):
    """A copy of a folder, with everything around it that is ours as it was: paths that lead out of it still lead somewhere."""
    folder = folder.resolve()
    top = ROOT if folder.is_relative_to(ROOT) else folder.parent
    copy, at = work / folder.relative_to(top), folder
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder, copy)
    while at != top and top == ROOT:
        for beside in at.parent.iterdir():
            if beside != at and beside.name != ".git":
                (work / beside.relative_to(top)).symlink_to(beside)
        at = at.parent
    return copy


def say_lines(command, folder, text):
    done = subprocess.run(command, cwd=folder, input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(), timeout=PATIENCE)
    shown = done.stdout.decode("utf-8", "backslashreplace")
    assert done.returncode >= 0, f"{' '.join(command)}: died of signal {-done.returncode}\n{shown}"
    assert not SANITIZER.search(shown), shown
    return shown, done.returncode


def run_session(command, lines, folder):
    """[what is said before the first line, what is said to each of `lines`], the exit code. The session runs twice, each time on a copy of `folder`: once
    with marks between the lines, once as it is; it must say the same."""
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        marked, _ = say_lines(command, copy_of(folder, work / "marked"), "".join(f":{MARK}\n{line}\n" for line in [*lines, ""]))
        plain, code = say_lines(command, copy_of(folder, work / "plain"), "".join(f"{line}\n" for line in lines))
        said = MARKED.split(marked)
        assert "".join(said) == plain, "the marks between the lines change what is said"
        return [*said, *[""] * len(lines)][: len(lines) + 1], code


def session_lines(block):
    """The inputs `> …` of a block, with the lines `. …` that go on."""
    return [found.replace("\n. ", "\n") for found in re.findall(r"^> (.*(?:\n\. .*)*)$", block, re.M)]


def transcribe_session(command, block, folder):
    """The block with what is said today."""
    lines = session_lines(block)
    said, code = run_session(command, lines, folder)
    text = said[0] + "".join("> " + line.replace("\n", "\n. ") + "\n" + answer for line, answer in zip(lines, said[1:]))
    return text + (f"--- exit {code}\n" if code else "")


def goldens():
    """Every transcript: a file whose extension is a mode and whose first line that is no comment is a command."""
    found = []
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix in MODES and is_transcript(path):
                found.append(path)
    return found


def is_transcript(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            return line.startswith("$ ")
    return False


PIECE = re.compile(r'/\*.*?\*/|"((?:[^"\\]|\\.)*)"|([A-Za-z_]\w*)|([(),])', re.S)
ESCAPES = {"\\n": "\n", '\\"': '"', "\\\\": "\\"}


def table_rows(path, macro):
    """The rows MACRO(a, "b" "c", …) of a .def file: lists of names and texts."""
    rows, row, field = [], None, None
    for found in PIECE.finditer(path.read_text(encoding="utf-8")):
        text, name, mark = found.groups()
        if row is None:
            field = name if name == macro else field if mark == "(" else None
            if mark == "(" and field == macro:
                row, field = [], None
        elif text is not None:
            field = (field or "") + re.sub(r'\\.', lambda m: ESCAPES.get(m[0], m[0]), text)
        elif name is not None:
            field = name
        elif mark in (",", ")"):
            row.append(field)
            field = None
            if mark == ")":
                rows.append(row)
                row = None
    return rows


def dense(folder, facts=40):
    """A unit whose every fact counts in every criterion, so that a search has no end in sight; the path of its facts."""
    names = [f"f{i}" for i in range(facts)]
    rules = [f'standard dense "Dense" {{ total {10 * facts}  period 2024 }}', 'facts "Facts" {', *(f"  {name} : count" for name in names), "}"]
    for row in range(facts):
        terms = " + ".join(f"{name} * {1 + (7 * row + 3 * i + row * i) % 9}" for i, name in enumerate(names))
        rules.append(f'criterion c{row} cap 10 {{ 1 per ({terms}) / {97 + row} up to 10 }}')
    (folder / "dense.rubric").write_text("\n".join(rules) + "\n", encoding="utf-8")
    given = [f"{name} = {i % 2}" for i, name in enumerate(names)]
    (folder / "dense.facts").write_text('unit dense "Dense"\nstandard "dense.rubric"\n' + "\n".join(given) + "\n", encoding="utf-8")
    return folder / "dense.facts"


def messages():
    """The rows of errors.def: (code, name, severity, [English, Chinese] of text, label and help)."""
    for code, name, severity, *texts in table_rows(ROOT / "src/diag/errors.def", "DIAG"):
        yield code, name, severity, [texts[i : i + 2] for i in range(0, len(texts), 2)]


def words():
    return table_rows(ROOT / "src/diag/words.def", "WORD")
