"""docs/language.md: every example of every clause is run, and the table of keywords is the one of grammar/keywords.def.

A clause begins at a heading with its number. Its blocks share one fresh folder and stand there in order:

    ```rubric              a complete standard, saved as standard.rubric: `check` finds no error, and no warning unless a console block follows
    ```rubric part         declarations, saved likewise; what the blocks of clause 0 add is put below, so that lines keep their numbers
    ```facts NAME.facts    a facts file, checked likewise; without a line `unit` the two lines of clause 0 are put below
    ```file NAME           any other file
    ```console             `$ rubric …` and what it says: standard output, then standard error; `…` alone stands for any lines,
                           behind two blanks for the rest of a line; `$ echo $?` is the exit code; lines `> …` behind
                           a command are typed at the prompt of `rubric repl`, each followed by its answer
    ```wrong CODE [facts]  a standard, a part or a facts file; CODE is the first error (or warning) that it raises

RUBRIC_BLESS=1 writes what the commands say today, and the table of keywords."""
import difflib
import functools
import json
import re
import shlex
import tempfile
from dataclasses import dataclass, field

import pytest
from support import BLESS, PROGRAMS, ROOT, RUBRIC, program_id, run, session_lines, transcribe_session

DOC = ROOT / "docs/language.md"
KEYWORDS = ROOT / "grammar/keywords.def"
HEADING = re.compile(r"#{2,4} (\d+(?:\.\d+)*)\.? +(.+)")
SCORED = re.compile(r"^\s*(section|criterion|部分|指标)\s", re.M)
ANY = "…"
CUT = "  …"


@dataclass
class Block:
    info: str
    line: int                       # of its first line of text, from 1
    text: str = ""
    clause: "Clause" = None
    index: int = 0

    @property
    def kind(self):
        return self.info.split()[0] if self.info else ""

    @property
    def words(self):
        return self.info.split()[1:]


@dataclass
class Clause:
    number: str
    title: str
    line: int
    blocks: list = field(default_factory=list)
    prose: list = field(default_factory=list)
    children: int = 0


def read_document():
    """[Clause]"""
    clauses, block = [], None
    for number, line in enumerate(DOC.read_text(encoding="utf-8").splitlines(), 1):
        if block is not None:
            if line == "```":
                block = None
            else:
                block.text += line + "\n"
        elif line.startswith("```"):
            assert clauses, f"line {number}: an example before the first clause"
            clause = clauses[-1]
            block = Block(line[3:].strip(), number + 1, "", clause, len(clause.blocks) + 1)
            clause.blocks.append(block)
        elif found := HEADING.fullmatch(line):
            clauses.append(Clause(found[1], found[2], number))
        elif clauses:
            clauses[-1].prose.append(line)
    assert block is None, f"line {block.line}: this example does not end"
    for clause in clauses:
        clause.children = sum(other.number.startswith(clause.number + ".") for other in clauses)
    return clauses


CLAUSES = read_document()
BLOCKS = [block for clause in CLAUSES for block in clause.blocks]
STANDING = {block.info: block.text for block in BLOCKS if block.kind == "standing"}


def block_id(block):
    return f"{block.clause.number}-{block.index}-{block.kind}"


# ---------------------------------------------------------------- the files of a clause

def whole_standard(text):
    """A part with what clause 0 adds to it."""
    if re.search(r"^\s*(standard|标准)\s", text, re.M):
        return text
    header = STANDING["standing scored" if SCORED.search(text) else "standing header"]
    return text + header + STANDING["standing facts"]


def whole_facts(text):
    return text if re.search(r"^(unit|单位)\s", text, re.M) else text + STANDING["standing unit"]


def file_of(block):
    """(name, contents) of the file that a block stands for, or None"""
    if block.kind == "rubric":
        return "standard.rubric", whole_standard(block.text)
    if block.kind == "facts":
        return block.words[0], whole_facts(block.text)
    if block.kind == "file":
        return block.words[0], block.text
    return None


def lay_out(blocks, folder):
    for block in blocks:
        if found := file_of(block):
            (folder / found[0]).parent.mkdir(parents=True, exist_ok=True)
            (folder / found[0]).write_text(found[1], encoding="utf-8")


def complaints(program, command, folder):
    """The codes of errors and warnings that a command with --json gives."""
    done = run([program, *command, "--json"], folder)
    codes = []
    for line in done.stdout.splitlines():
        found = json.loads(line)
        codes += [message["code"] for message in found.get("error", found.get("messages", [found] if "code" in found else []))]
    return [code for code in codes if code[0] != "N"], done


def next_block(block):
    after = block.clause.blocks[block.index:]
    return after[0] if after else None


# ---------------------------------------------------------------- the kinds of blocks

def accept(program, block, folder):
    """A standard or facts file that is in order."""
    name, _ = file_of(block)
    codes, done = complaints(program, ["check", name], folder)
    followed = next_block(block)
    if followed and followed.kind == "console":
        codes = [code for code in codes if code[0] == "E"]
    assert not codes, f"line {block.line}: {done.stdout}{done.stderr}"


def refuse(program, block, folder):
    code, *what = block.words
    name = "wrong.facts" if what == ["facts"] else "standard.rubric"
    (folder / name).write_text((whole_facts if what else whole_standard)(block.text), encoding="utf-8")
    codes, done = complaints(program, ["eval" if what else "check", name], folder)
    first = next((c for c in codes if c[0] == code[0]), None)
    assert first == code, f"line {block.line}: wanted {code}, got {codes}\n{done.stdout}{done.stderr}"


def commands_of(block):
    """[(command, [lines that it says])]"""
    found = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            assert found, f"line {block.line}: a console block begins with a command"
            found[-1][1].append(line)
    return found


def said_by(program, block, folder):
    """[(command, lines expected, lines said)]"""
    results, status = [], 0
    for command, expected in commands_of(block):
        words = shlex.split(command)
        if words == ["echo", "$?"]:
            results.append((command, expected, [str(status)]))
            continue
        assert words[0] == "rubric", f"line {block.line}: only rubric is run here"
        told = "\n".join(expected)
        if session_lines(told):
            text = transcribe_session([program, *words[1:]], told, folder)
            text, status = re.sub(r"--- exit \d+\n$", "", text), int((re.search(r"--- exit (\d+)\n$", text) or [0, 0])[1])
            results.append((command, expected, [line.rstrip() for line in text.splitlines()]))
            continue
        done = run([program, *words[1:]], folder)
        status = done.returncode
        results.append((command, expected, [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]))
    return results


def line_pattern(line):
    return re.escape(line[: -len(CUT)]) + "  .*" if line.endswith(CUT) else re.escape(line.rstrip())


def matches(expected, said):
    pattern = "".join("(?:.*\n)*?" if line == ANY else line_pattern(line) + "\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in said)) is not None


def renewed(expected, said):
    """What is said today, as short as it was told before."""
    if matches(expected, said):
        return expected
    if ANY not in expected:
        return said
    lines, start = [], 0
    for line in expected:
        if line == ANY:
            lines.append(line)
            continue
        cell = re.split(r"\s{2,}", line.strip())[0]
        score = [2 * (re.split(r"\s{2,}", s.strip())[0] == cell) + difflib.SequenceMatcher(None, s, line).ratio() for s in said[start:]]
        if score and max(score) > 0.5:
            start += score.index(max(score)) + 1
            found = said[start - 1]
            # A line that was cut stays cut, at the same column if it can.
            cut = found.find("  ", len(line.rstrip(ANY).rstrip()) - 1) if line.endswith(CUT) else -1
            lines.append(found[:cut] + CUT if cut > 0 else found)
    return lines


def transcript(program, block, folder):
    wrong, lines = [], []
    for command, expected, said in said_by(program, block, folder):
        if not matches(expected, said):
            wrong.append(f"line {block.line}: $ {command}\n" + "\n".join(said))
        lines += [f"$ {command}", *renewed(expected, said)]
    if wrong and BLESS:
        bless(block, "".join(line + "\n" for line in lines))
    assert not wrong, "\n".join(wrong)


def bless(block, text):
    whole = DOC.read_text(encoding="utf-8")
    old = f"```{block.info}\n{block.text}```\n"
    lines = whole.splitlines(keepends=True)
    start = len("".join(lines[: block.line - 2]))
    # An earlier block may have grown or shrunk: the nearest one with the same text is meant.
    places = [m.start() for m in re.finditer(re.escape(old), whole)]
    at = min(places, key=lambda place: abs(place - start))
    DOC.write_text(whole[:at] + f"```{block.info}\n{text}```\n" + whole[at + len(old):], encoding="utf-8")


CHECKS = {"rubric": accept, "facts": accept, "wrong": refuse, "console": transcript}


@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
@pytest.mark.parametrize("block", [b for b in BLOCKS if b.kind in CHECKS], ids=block_id)
def test_example(block, program, tmp_path):
    lay_out(block.clause.blocks[: block.index], tmp_path)
    CHECKS[block.kind](program, block, tmp_path)


# ---------------------------------------------------------------- the document itself

def test_every_block_is_of_a_known_kind():
    known = {*CHECKS, "file", "standing", "text"}
    assert not [f"line {block.line}: {block.info}" for block in BLOCKS if block.kind not in known]


def test_every_clause_has_an_example():
    bare = [f"{clause.number} {clause.title}" for clause in CLAUSES if not clause.children and not clause.blocks and not keyword_tables(clause)]
    assert not bare


def test_clauses_are_numbered_in_order():
    """1, 1.1, 1.2, 2 …: each number follows from the one before."""
    last = [-1]
    for clause in CLAUSES:
        number = [int(n) for n in clause.number.split(".")]
        follows = [[*last[:depth], last[depth] + 1] for depth in range(len(last))] + [[*last, 1]]
        assert number in follows, f"line {clause.line}: {clause.number} after {'.'.join(map(str, last))}"
        last = number


def test_references_lead_somewhere():
    numbers = {clause.number for clause in CLAUSES}
    told = [(m[1], clause.number) for clause in CLAUSES for line in clause.prose for m in re.finditer(r"\(→ ?(\d+(?:\.\d+)*)\)", line)]
    assert not [f"{clause}: → {number}" for number, clause in told if number not in numbers]


# ---------------------------------------------------------------- keywords

KINDS = {"OPENER": "opens a declaration", "RESERVED": "reserved", "CONTEXT": "free", "PLACED": "free", "UNITWORD": "after a number",
         "PREDEFINED": "predefined"}
TABLE_HEAD = ["| English | 中文 | kind |", "| --- | --- | --- |"]


@functools.cache
def keyword_groups():
    """[(group, [row of the table])] of keywords.def"""
    groups = []
    for line in KEYWORDS.read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"/\* ([a-z ,()]+) \*/", line):
            groups.append((found[1].split(" (")[0], []))
        elif found := re.match(r'KEYWORD\((\w+),\s*(\w+),\s*"([^"]+)",\s*"([^"]+)"\)', line):
            english, chinese = (", ".join(f"`{word}`" for word in re.split(r", *", spellings)) for spellings in found.groups()[2:])
            groups[-1][1].append(f"| {english} | {chinese} | {KINDS[found[2]]} |")
    return groups


def keyword_tables(clause):
    return TABLE_HEAD[0] in clause.prose


def keyword_text():
    return "\n\n".join("\n".join([f"**{group[0].upper()}{group[1:]}**", "", *TABLE_HEAD, *rows]) for group, rows in keyword_groups())


def test_keyword_table():
    assert sum(len(rows) for _, rows in keyword_groups()) == KEYWORDS.read_text(encoding="utf-8").count("\nKEYWORD(")
    clause = next(clause for clause in CLAUSES if keyword_tables(clause))
    told = "\n".join(clause.prose).strip("\n")
    if BLESS and told != keyword_text():
        DOC.write_text(DOC.read_text(encoding="utf-8").replace(told, keyword_text()), encoding="utf-8")
    assert told == keyword_text()


def spelled(word, examples):
    return word in examples if ord(word[0]) > 127 else re.search(rf"(?<![a-z_/]){re.escape(word)}(?![a-z_])", examples)


def test_every_keyword_is_shown():
    """Each keyword stands in an example, in one tongue or the other."""
    examples = "".join(block.text for block in BLOCKS if block.kind in ("rubric", "facts", "wrong"))
    rows = [row for _, rows in keyword_groups() for row in rows]
    assert not [row for row in rows if not any(spelled(word, examples) for word in re.findall(r"`([^`]+)`", row))]
