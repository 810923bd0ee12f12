"""`rubric fmt`: what is formatted says the same, a second call changes nothing, and from one tongue to the other and back every text is as it was:
the files of this repository, and generated ones whose words were put elsewhere, with comments and blank lines between them.

RUBRIC_TEXTS: how many generated texts (300; with RUBRIC_LONG=1 100,000). RUBRIC_SEED: of the first.
E1104 is what is said where the program finds that its own output says another thing; tests/unit/test_fmt.c has it."""
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time

import pytest
from oracle.language.chinese import in_chinese
from oracle.language.generator import Generator
from oracle.language.parser import unit_names
from oracle.language.words import BEHIND, PREDEFINED, cut
from support import LONG, ROOT, RUBRIC, environment, run

TEXTS = int(os.environ.get("RUBRIC_TEXTS", 100_000 if LONG else 300))
SEED = int(os.environ.get("RUBRIC_SEED", 1))
SHARD = 1_000
MEMORY = "/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None


def rubric(folder, *words, stdin=""):
    return run([RUBRIC, *words], folder, stdin=stdin, timeout=600)


# ---------------------------------------------------------------- many texts at once

class Texts:
    """Files of one folder, all formatted in one call."""

    def __init__(self, texts):
        self.texts = texts           # {name: bytes}
        self.wrong = set()           # of which a call said an error

    def to(self, *options):
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            for name, text in self.texts.items():
                pathlib.Path(folder, name).write_bytes(text)
            done = rubric(folder, "fmt", "-w", "--lang", "en", *options, *self.texts)
            assert "E1104" not in done.stderr, done.stderr
            after = Texts({name: pathlib.Path(folder, name).read_bytes() for name in self.texts})
            after.wrong = set(re.findall(r"\b\d{4}\.(?:rubric|facts)\b", done.stderr))
            return after


def different(a, b):
    return [name for name in a.texts if a.texts[name] != b.texts[name]]


def first(a, b):
    """The first text that differs, both ways."""
    for name in different(a, b):
        return f"{name}\n{a.texts[name].decode()}\n--- and\n{b.texts[name].decode()}"
    return None


def meaning(text, units):
    """The words of a text as the second reading cuts them, without what layout and tongue may change; and its comments."""
    words = []
    for token in cut(text, units):
        if token.kind == "sym" and token.value in (",", ";"):
            continue
        value = token.behind or token.canon or PREDEFINED.get(token.value, token.value)
        words.append(("word" if token.canon or token.behind else token.kind, value))
        if token.unit:
            words.append(("word", BEHIND.get(token.unit, token.unit)))
    return words


COMMENT = re.compile(r'"""(?s:.*?)"""|"(?:[^"\\\n]|\\.)*"|“[^”\n]*”|「[^」\n]*」|([#＃][^\n]*)')


def comments(text):
    return [found.rstrip() for found in COMMENT.findall(text) if found]


def round_trips(before, plain):
    """All that must hold of texts that can be read, and of what they become."""
    assert first(plain, plain.to()) is None, "a second call changes more"
    english, chinese = plain.to("--to", "en"), plain.to("--to", "zh")
    assert first(english, english.to()) is None, "what is translated is not formatted"
    assert first(chinese, chinese.to()) is None, "what is translated is not formatted"
    assert first(english, chinese.to("--to", "en")) is None, "English, Chinese, English"
    again = english.to("--to", "zh")                     # of several spellings another one may stand there
    back = again.to("--to", "en")
    assert first(english, back) is None, "Chinese, English, Chinese, English"
    assert first(again, back.to("--to", "zh")) is None, "Chinese, English, Chinese"
    for name, text in before.texts.items():
        said = comments(text.decode("utf-8-sig"))
        for after in (plain, english, chinese):
            assert comments(after.texts[name].decode("utf-8-sig")) == said, name
    return english, chinese


# ---------------------------------------------------------------- the repository

def sources(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*"))
            if path.suffix in (".rubric", ".facts") and path.is_file()]


def readable(texts):
    """Those without a fault, and what they become; others are left alone, which is looked at."""
    after = Texts(texts).to()
    faulty = {name for name in texts if name in after.wrong}
    for name in faulty:
        assert after.texts[name] == texts[name], f"{name} has errors and was changed"
    return [Texts({name: text for name, text in some.items() if name not in faulty}) for some in (texts, after.texts)]


def test_repository():
    files = sources("rules", "examples", "seeds", "tests")
    texts = {f"{number:04d}{path.suffix}": path.read_bytes() for number, path in enumerate(files)}
    good, plain = readable(texts)
    assert len(good.texts) > 450
    round_trips(good, plain)


def sheets(folder, lang):
    """What the program says of every unit and every standard in the folder."""
    units = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.facts"))
    done = rubric(folder, "eval", "--lang", lang, *units)
    counts = [re.sub(r"^.*/", "", line) for line in rubric(folder, "check", "--lang", "en", *units).stdout.splitlines()]
    return done.stdout, counts


@pytest.mark.parametrize("options", [(), ("--to", "en"), ("--to", "zh")], ids=" ".join)
def test_scores_stay(options, tmp_path):
    """Units and standards score as before, formatted and translated."""
    for folder in ("rules", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    before = sheets(tmp_path, "en")
    names = [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*")) if path.suffix in (".rubric", ".facts")]
    done = rubric(tmp_path, "fmt", "-w", *options, *names)
    assert (done.returncode, done.stderr) == (0, "")
    if not options:
        assert sheets(tmp_path, "en") == before
    else:                                                # conditions are told in the words of the standard
        figures = [re.findall(r"\d+(?:\.\d+)?", text) for text in (before[0], sheets(tmp_path, "en")[0])]
        assert figures[0] == figures[1]


# ---------------------------------------------------------------- names of other files

OLD = """standard old "Old" { edition "1"  total 10 }
facts "F" { letters "Letters" : count  rate "Our rate" : share }
criterion answers "Answers" cap 10 { 1 per letters up to 10 }
grades { good when total >= 8  otherwise poor }
"""
AMENDING = """standard new "New" amends "old.rubric" { edition "2" }
replace grades {
  good when total >= 7 and rate > 90%
  otherwise poor
}
require asked "Asked" when today > 2024-01-01 and grade = good
"""
TESTS_OF_OLD = """use "old.rubric"

test "Eight" {
  given "u.facts" with rate = 50%
  expect answers = 8, total = 8, grade = good, eligible
}
"""
IN_CHINESE = [
    ("new.rubric", AMENDING, ["good 当 总分 >= 7 且 rate > 90%", "当 评定日 > 2024年1月1日 且 所评等级 = good"]),
    ("old.test.rubric", TESTS_OF_OLD, ["并设 rate = 50%", "期望 answers = 8、总分 = 8、所评等级 = good、具备资格"]),
]


@pytest.mark.parametrize("name, text, wanted", IN_CHINESE, ids=lambda value: value if str(value).endswith(".rubric") else "")
def test_what_other_files_declare_is_known(name, text, wanted, tmp_path):
    """Predefined names are translated where a file is amended or used, both ways, and those that it declares stay."""
    put(tmp_path, OLD, "old.rubric")
    put(tmp_path, text, name)
    chinese = rubric(tmp_path, "fmt", "--to", "zh", name)
    assert (chinese.returncode, chinese.stderr) == (0, "")
    for line in wanted:
        assert line in chinese.stdout
    put(tmp_path, chinese.stdout, name)
    assert rubric(tmp_path, "fmt", "--check", name).returncode == 0
    assert rubric(tmp_path, "fmt", "--to", "en", name).stdout == text


def test_what_nobody_declares_is_predefined(tmp_path):
    put(tmp_path, OLD.replace("rate", "speed"), "old.rubric")
    put(tmp_path, AMENDING, "new.rubric")
    assert "得分率 > 90%" in rubric(tmp_path, "fmt", "--to", "zh", "new.rubric").stdout


def test_what_is_declared_in_the_other_tongue_stays(tmp_path):
    put(tmp_path, OLD.replace("rate", "得分率"), "old.rubric")
    put(tmp_path, AMENDING.replace("rate", "得分率"), "new.rubric")
    assert "得分率 > 90%" in rubric(tmp_path, "fmt", "--to", "en", "new.rubric").stdout


@pytest.mark.parametrize("old", [None, "standard old {", 'standard old "Old" { edition "1" }\nfacts "F" { a : }\n'], ids=["missing", "cut", "faulty"])
def test_names_stay_where_a_file_cannot_be_read(old, tmp_path):
    if old is not None:
        put(tmp_path, old, "old.rubric")
    put(tmp_path, AMENDING, "new.rubric")
    done = rubric(tmp_path, "fmt", "--to", "zh", "--lang", "en", "new.rubric")
    assert done.returncode == 0 and "good 当 total >= 7 且 rate > 90%" in done.stdout
    assert re.findall(r"^note\[(.*?)\]", done.stderr, re.M) == ["N1106"] and "--> new.rubric:3:13" in done.stderr
    for words in (("fmt", "new.rubric"), ("fmt", "--to", "en", "new.rubric")):
        assert rubric(tmp_path, *words).stderr == "", "nothing stays that would be another word"


def test_repository_where_it_stands(tmp_path):
    """With the files that they name beside them, all texts of the standards, examples and amendments go there and back."""
    folders = ("rules", "examples", "tests/amend")
    for folder in folders:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    names = [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*")) if path.suffix in (".rubric", ".facts")]

    def to(*options):
        done = rubric(tmp_path, "fmt", "-w", *options, *names)
        assert (done.returncode, done.stderr) == (0, "")
        return {name: (tmp_path / name).read_text(encoding="utf-8") for name in names}

    to()
    english = to("--to", "en")
    chinese = to("--to", "zh")
    assert to("--to", "en") == english and to("--to", "zh") == chinese
    for name in ("rules/yueyang-2018.rubric", "rules/yueyang-2017.test.rubric"):
        assert english[name] == (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"[当、] total\b", chinese[name])
    for name in ("rules/yueyang-2018.zh.rubric", "rules/yueyang-2017.zh.test.rubric"):
        assert not re.search(r"总分 (?:at|is|=)", english[name])


@pytest.mark.parametrize("path", [*sources("rules", "examples")], ids=lambda p: p.name)
def test_shipped_texts_are_formatted(path):
    assert rubric(ROOT, "fmt", "--check", path.relative_to(ROOT).as_posix()).returncode == 0


# ---------------------------------------------------------------- generated texts, respaced

REMARKS = ["#", "# 说明", "# a { brace, “quotes” and \"more\" }", "#{", "# trailing   ", "##  two", "# 100% | of; all", "＃ 宽"]


def respaced(text, rng, units):
    """The same words elsewhere: what stands on one line by rule stays there."""
    tokens, out, at = cut(text, units), [], 0
    density = rng.choice([0.02, 0.1, 0.4])
    for token, last in zip(tokens, [None, *tokens]):
        between, at_line_start = text[at:token.at], "\n" in text[at:token.at]
        row = token.kind == "sym" and token.value == "|" and (at_line_start or "|" in text[text.rfind("\n", 0, token.at) + 1 : token.at])
        in_row = last is not None and last.kind == "sym" and last.value == "|"
        joined = last is not None and last.kind in ("number", "date") and not at_line_start
        roll = rng.random()
        if last is None or token.kind == "end" or comments(between) or rng.random() > density:
            out.append(between)
        elif row or in_row or joined:
            out.append(between if not between or at_line_start else between * rng.choice([1, 2, 3]))
        elif not between and roll < 0.7:
            out.append("")
        elif roll < 0.3:
            out.append(rng.choice(["  ", "\t", " \t ", "      "]) if not at_line_start else "\n\n\n" + between)
        elif roll < 0.6:
            out.append("\n" * rng.choice([1, 1, 2, 3, 4]) + " " * rng.randrange(9))
        elif roll < 0.9:
            out.append(rng.choice([" ", "\n", "\n\n"]) + rng.choice(REMARKS) + "\n" + " " * rng.randrange(5))
        else:
            out.append(rng.choice(["\n", " "]) + "\n".join(rng.choice(REMARKS) for _ in range(3)) + "\n\n")
        out.append(text[token.at : token.end])
        at = token.end
    return "".join(out)


def generated(seed):
    """One standard, one of its units, and the units that it declares."""
    rng = random.Random(seed)
    made = Generator(rng)
    rules = made.write()
    facts = made.unit(0)
    units = unit_names(rules)
    if rng.random() < 0.4:
        rules, facts = in_chinese(rules, rng), in_chinese(facts, rng, facts=True, units=units)
    return [(".rubric", respaced(rules, rng, units), units), (".facts", respaced(facts, rng, units), units)]


@pytest.mark.parametrize("shard", range((TEXTS + SHARD - 1) // SHARD))
def test_generated(shard):
    texts, units = {}, {}
    for number in range(min(SHARD, TEXTS - shard * SHARD) // 2):
        for ending, text, known in generated(SEED + shard * SHARD + number):
            name = f"{number:04d}{ending}"
            texts[name], units[name] = text.encode(), known
    good, plain = readable(texts)
    assert len(good.texts) > 0.9 * len(texts), "what is generated cannot be read"
    english, chinese = round_trips(good, plain)
    for name, text in list(good.texts.items())[:: 1 if not LONG else 10]:
        said = meaning(text.decode(), units[name])
        for after in (plain, english, chinese):
            assert meaning(after.texts[name].decode(), units[name]) == said, f"{name}\n{text.decode()}\n--- and\n{after.texts[name].decode()}"


# ---------------------------------------------------------------- the command

UGLY = 'standard s "S" {total 10}\n\n\n\nshow a=1+2 # c\n'
NEAT = 'standard s "S" { total 10 }\n\nshow a = 1 + 2  # c\n'


def put(folder, text, name="s.rubric"):
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_one_file_to_standard_output(tmp_path):
    path = put(tmp_path, UGLY)
    done = rubric(tmp_path, "fmt", "s.rubric")
    assert (done.returncode, done.stdout, done.stderr) == (0, NEAT, "")
    assert path.read_text(encoding="utf-8") == UGLY


@pytest.mark.parametrize("option", ["-w", "--write"])
def test_write(tmp_path, option):
    path, other = put(tmp_path, UGLY), put(tmp_path, NEAT, "t.rubric")
    before = other.stat()
    done = rubric(tmp_path, "fmt", option, "s.rubric", "t.rubric")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_text(encoding="utf-8") == NEAT
    assert (other.stat().st_ino, other.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns), "nothing to change, and written"


def test_check_and_diff(tmp_path):
    path = put(tmp_path, UGLY)
    put(tmp_path, NEAT, "t.rubric")
    done = rubric(tmp_path, "fmt", "--check", "s.rubric", "t.rubric")
    assert (done.returncode, done.stdout) == (1, "s.rubric\n")
    assert rubric(tmp_path, "fmt", "--check", "t.rubric").returncode == 0
    done = rubric(tmp_path, "fmt", "--diff", "t.rubric", "s.rubric")
    assert done.returncode == 0 and done.stdout.startswith("--- s.rubric\n+++ s.rubric\n@@ -1,5 +1,3 @@\n")
    both = rubric(tmp_path, "fmt", "--check", "--diff", "s.rubric")
    assert (both.returncode, both.stdout) == (1, "s.rubric\n" + done.stdout)
    assert path.read_text(encoding="utf-8") == UGLY


def lines(rng):
    return "".join(rng.choice(["show a=1\n", "show b = 2\n", "# c\n", "\n", "show  c = 3\n", "show d = 4  # d\n"]) for _ in range(rng.randrange(1, 60)))


def test_diff_is_what_patch_takes(tmp_path):
    """Applied, it makes the file what `-w` makes it."""
    if not shutil.which("patch"):
        pytest.skip("patch is not installed")
    rng = random.Random(7)
    for number in range(40):
        text = 'standard s "S" { total 10 }\n' + re.sub(r"show (\s*)(\w)", lambda m: f"show {m[1]}{m[2]}{rng.randrange(10**9)}", lines(rng))
        put(tmp_path, text, "a.rubric")
        put(tmp_path, text, "b.rubric")
        diff = rubric(tmp_path, "fmt", "--diff", "a.rubric").stdout
        rubric(tmp_path, "fmt", "-w", "b.rubric")
        if diff:
            subprocess.run(["patch", "-s", "-p0", "a.rubric"], input=diff.encode(), cwd=tmp_path, check=True)
        assert (tmp_path / "a.rubric").read_text(encoding="utf-8") == (tmp_path / "b.rubric").read_text(encoding="utf-8")


def test_standard_input_is_either(tmp_path):
    assert rubric(tmp_path, "fmt", "-", stdin=UGLY).stdout == NEAT
    assert rubric(tmp_path, "fmt", "-", stdin='unit   u "U"\nstandard "s.rubric"\na=3\nbcd=[1,2]\n').stdout == \
        'unit u "U"\nstandard "s.rubric"\na   = 3\nbcd = [1, 2]\n'
    assert rubric(tmp_path, "fmt", "-", "--check", stdin=UGLY).returncode == 1
    done = rubric(tmp_path, "fmt", "-", "-w", stdin=UGLY)
    assert done.returncode == 2 and "[E1103]" in done.stderr


def test_faulty_files_stop_no_other(tmp_path):
    wrong = put(tmp_path, 'standard s "S" {total 10\nshow a == 1\n', "wrong.rubric")
    path, text = put(tmp_path, UGLY), wrong.read_text(encoding="utf-8")
    done = rubric(tmp_path, "fmt", "-w", "wrong.rubric", "missing.rubric", "s.rubric")
    assert done.returncode == 3 and "missing.rubric" in done.stderr
    assert path.read_text(encoding="utf-8") == NEAT and wrong.read_text(encoding="utf-8") == text
    check = rubric(tmp_path, "check", "wrong.rubric")
    told = check.stderr or check.stdout
    assert told.split("\n\n")[0] in done.stderr + done.stdout, "told as `check` tells it"


@pytest.mark.parametrize("words, code", [
    (["-w", "--check", "s.rubric"], "E1019"), (["-w", "--diff", "s.rubric"], "E1019"), (["--to", "fr", "s.rubric"], "E1013"),
    (["s.rubric", "s.rubric"], "E1105"), ([], "E1014"), (["--fix", "s.rubric"], "E1010"),
])
def test_calls_that_are_refused(words, code, tmp_path):
    path = put(tmp_path, UGLY)
    done = rubric(tmp_path, "fmt", *words)
    assert done.returncode == 2 and path.read_text(encoding="utf-8") == UGLY
    assert re.findall(r"error\[(E\d+)\]", done.stderr) == [code]


# ---------------------------------------------------------------- what may come in

DEEP = "show a = " + "(" * 150 + "1" + ")" * 150 + "\n"
HOSTILE = {
    "carriage returns": ('show a = 1\r\n\r\n\r\n# c \r\nshow b = """x\r\n  y"""\r\n', 'show a = 1\n\n# c\nshow b = """x\n  y"""\n'),
    "tabs": ("\tshow\ta\t=\t1\t\n", "show a = 1\n"),
    "no line end": ("show a = 1 # c", "show a = 1  # c\n"),
    "nothing": ("", ""),
    "blank lines": ("\n \n\t\n", ""),
    "comments": ("#a\n\n\n\n#b", "#a\n\n#b\n"),
    "semicolons": ("show a = 1;; show b = 2; # c\n", "show a = 1\nshow b = 2  # c\n"),
    "long quotes": ('define a = """\n   x\n     y\n   """\n', 'define a = """\n   x\n     y\n   """\n'),
    "other quotes": ("define a = “x” ; define b = 「y」\n", "define a = “x”\ndefine b = 「y」\n"),
    "wide blanks": ("show　a　=　1\n", "show a = 1\n"),
    "hidden in quotes": ('show a "x\u202ey\u200b" = 1\n', 'show a "x\u202ey\u200b" = 1\n'),
    "deep": (DEEP, None),
    "wide marks": ("定义 f（x：数值） ＝ x ＋ 1\n", "定义 f（x：数值） ＝ x ＋ 1\n"),
    "a name of two marks": ("e\u0301t\u00e9 = 1\n", None),
    "a very long line": ("define a = " + " and ".join(f"fact_{n} >= {n}" for n in range(3000)) + "\n", None),
    "a very long list": ("facts f { a : choice { " + ", ".join(f"v{n}" for n in range(3000)) + " } }\n", None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name, tmp_path):
    text, wanted = HOSTILE[name]
    (tmp_path / "a.rubric").write_bytes(text.encode())
    done = rubric(tmp_path, "fmt", "a.rubric")
    if wanted is not None:
        assert (done.returncode, done.stdout) == (0, wanted)
    if done.returncode == 0:
        (tmp_path / "b.rubric").write_bytes(done.stdout.encode())
        assert rubric(tmp_path, "fmt", "--check", "b.rubric").returncode == 0
        assert max(map(len, done.stdout.splitlines()), default=0) < 400


@pytest.mark.parametrize("text", [
    b'show a "open\n', b'show a = """open\n', b"show `a = 1\n", b"show a = " + b"(" * 400 + b"1\n", b"{" * 1000, b"}\n", b"show a = \xff\n",
    b"show a = 1\0\n", "show a\u202e = 1\n".encode(), "show a = 1 # \u202e hidden\n".encode(), b"show a = 1" + b"0" * 2000, b"stage s { by",
], ids=lambda text: repr(text[:14]))
def test_what_cannot_be_read_stays(text, tmp_path):
    for name in ("a.rubric", "a.facts"):
        path = tmp_path / name
        path.write_bytes(text)
        done = rubric(tmp_path, "fmt", "-w", name)
        assert done.returncode == 2 and path.read_bytes() == text
        assert "\u202e" not in done.stderr
        assert [child.name for child in tmp_path.iterdir()] == [name]
        path.unlink()


def test_a_byte_order_mark_stays_in_a_file(tmp_path):
    (tmp_path / "a.rubric").write_bytes(b"\xef\xbb\xbf" + UGLY.encode())
    assert rubric(tmp_path, "fmt", "a.rubric").stdout == NEAT
    assert rubric(tmp_path, "fmt", "-w", "a.rubric").returncode == 0
    assert (tmp_path / "a.rubric").read_bytes() == b"\xef\xbb\xbf" + NEAT.encode()


# ---------------------------------------------------------------- how lines end

ENDS = {"cr": "\r", "crlf": "\r\n", "mixed": None}


def ended(text, ends):
    """Every line with one end, or each with one of the three; a return and the newline behind it would be one end."""
    rng = random.Random(5)
    out = ""
    for line in text.splitlines(keepends=True) if "\r" not in text else [text]:
        end = ENDS[ends] or rng.choice(["\r", "\r\n"] if out.endswith("\r") and line == "\n" else ["\n", "\r", "\r\n"])
        out += line[:-1] + end if line.endswith("\n") else line
    return out


@pytest.mark.parametrize("ends", ENDS)
def test_the_line_ends_of_any_system(ends, tmp_path):
    """A text says the same, is told of at the same lines and columns, and becomes the same text, whatever its lines end in."""
    files = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sources("examples", "rules", "tests/syntax", "tests/audit", "tests/suite")}
    said = []
    for folder, change in (tmp_path / "plain", lambda text: text), (tmp_path / "other", lambda text: ended(text, ends)):
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(change(text).encode())
        for table in (path for root in ("examples", "rules", "tests/suite") for path in (ROOT / root).rglob("*.csv")):
            shutil.copy(table, folder / table.relative_to(ROOT).parent)
        checked = rubric(folder, "check", "--lang", "en", *files)
        scored = rubric(folder, "eval", "--json", *(name for name in files if name.endswith(".facts")))
        rubric(folder, "fmt", "-w", *files)
        said.append((checked.stdout, checked.stderr, checked.returncode, re.sub(r'"sha256":"\w+"', "", scored.stdout), scored.stderr))
        good = [name for name in files if rubric(folder, "fmt", "--check", name).returncode == 0]
        said[-1] += ([(name, (folder / name).read_bytes()) for name in good],)
    for plain, other in zip(*said):
        assert plain == other
    assert said[0][1].count("^") > 500 and len(said[0][5]) == 100


@pytest.mark.parametrize("ends", ENDS)
def test_what_is_mended_keeps_its_line_ends(ends, tmp_path):
    text = '# one\nstandard s "S" { edition "1" } # two\nfacts "F" { p : share }\nqualifies good "Good" when p >= ９０％\n'
    mended = {}
    for name, given in ("plain.rubric", text), ("s.rubric", ended(text, ends)):
        (tmp_path / name).write_bytes(given.encode())
        assert "1 change in 1 file, written" in rubric(tmp_path, "check", name, "--fix", "--write", "--lang", "en").stdout
        mended[name] = (tmp_path / name).read_bytes().decode()
    assert mended["s.rubric"] == ended(mended["plain.rubric"], ends) != ended(text, ends)


def test_a_return_alone_ends_no_row_of_a_table(tmp_path):
    """Of a table it may stand in a cell: whoever reads it, one row stays one row."""
    put(tmp_path, 'standard s "S" { total 3 }\nfacts "F" { n : count }\ncriterion c "C" cap 3 { 1 per n up to 3 }\n')
    (tmp_path / "u.csv").write_bytes(b'unit,label,n\na,"one\rtwo",1\nb,B,x\n')
    done = rubric(tmp_path, "eval", "u.csv", "--rules", "s.rubric", "--json")
    assert "one\\rtwo" in done.stdout and "u.csv:3:" in done.stderr


# ---------------------------------------------------------------- writing goes wrong

def no_room():
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, 4))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_a_full_disk_leaves_the_file(tmp_path):
    path = put(tmp_path, UGLY)
    done = subprocess.run([RUBRIC, "fmt", "-w", "s.rubric"], cwd=tmp_path, capture_output=True, env=environment(), preexec_fn=no_room, timeout=60)
    assert done.returncode == 3 and b"[E1087]" in done.stderr
    assert [child.name for child in tmp_path.iterdir()] == ["s.rubric"] and path.read_text(encoding="utf-8") == UGLY


def test_a_folder_that_takes_no_files(tmp_path):
    path = put(tmp_path, UGLY)
    os.chmod(tmp_path, 0o555)
    try:
        done = rubric(tmp_path, "fmt", "-w", "s.rubric")
    finally:
        os.chmod(tmp_path, 0o755)
    written = done.returncode == 0                       # who may write everywhere can do so here
    assert written or (done.returncode == 3 and "[E1087]" in done.stderr)
    assert path.read_text(encoding="utf-8") == (NEAT if written else UGLY)
    assert [child.name for child in tmp_path.iterdir()] == ["s.rubric"]


def test_killed_at_any_time(tmp_path):
    """Each file is the old one or the new one, whole."""
    rng = random.Random(3)
    old = "".join(f"show a{n}={n}\n" for n in range(2000))
    new = "".join(f"show a{n:<4} = {n}\n" for n in range(2000))
    names = [f"{n:02d}.rubric" for n in range(20)]
    states = set()
    for name in names:
        put(tmp_path, old, name)
    whole = rubric(tmp_path, "fmt", names[0]).stdout
    assert sorted(re.sub(r" +", "", new).splitlines()) == sorted(re.sub(r" +", "", whole).splitlines())
    for _ in range(8):
        started = subprocess.Popen([RUBRIC, "fmt", "-w", *names], cwd=tmp_path, env=environment())
        time.sleep(rng.random() * 0.4)
        started.kill()
        started.wait()
        for name in names:
            text = (tmp_path / name).read_text(encoding="utf-8")
            assert text in (old, whole)
            states.add(text == old)
            put(tmp_path, old, name)
    assert states


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_owners_stay(tmp_path):
    path = tmp_path / "t.rubric"
    path.write_text('standard s "S" {total 10}\n')
    path.chmod(0o640)
    os.chown(path, 65534, 65534)
    assert rubric(tmp_path, "fmt", "-w", "t.rubric").returncode == 0
    found = path.stat()
    assert (found.st_uid, found.st_gid, found.st_mode & 0o777) == (65534, 65534, 0o640) and "{ total 10 }" in path.read_text()


def test_links_and_modes_stay(tmp_path):
    path = put(tmp_path, UGLY)
    path.chmod(0o640)
    (tmp_path / "link.rubric").symlink_to("s.rubric")
    assert rubric(tmp_path, "fmt", "-w", "link.rubric").returncode == 0
    assert (tmp_path / "link.rubric").is_symlink() and path.read_text(encoding="utf-8") == NEAT
    assert path.stat().st_mode & 0o777 == 0o640
