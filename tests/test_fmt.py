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
import subprocess
import tempfile

import pytest
from oracle.language.chinese import in_chinese
from oracle.language.generator import Generator
from oracle.language.parser import unit_names
from oracle.language.words import BEHIND, PREDEFINED, cut
from support import BUILD, LONG, ROOT, RUBRIC, environment, run

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
