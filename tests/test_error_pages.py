"""The pages of messages, docs/errors/CODE.md: an English half, a line `---`, a Chinese half.

A half has a wrong and a right example, made of blocks that open ```KIND ROLE [FILE] where KIND is the sort of file (rubric, facts, csv, txt, sh) and ROLE is
`wrong`, `right` or `both`. Each block is a file of that name, by default standard.rubric, unit.facts, units.csv; a block `sh` holds the commands, by
default `rubric check` of the standard, or `rubric eval` of the facts where there are some. The wrong example raises that code and no other, save
what it follows from; the right one raises none. `\\xNN` in a block `txt` stands for a byte."""
import re
import shlex

import pytest
from support import ROOT, RUBRIC, messages, run

PAGES = ROOT / "docs/errors"
BLOCK = re.compile(r"^```(\w+) (wrong|right|both)(?: (\S+))?\n(.*?)^```$", re.M | re.S)
NAMES = {"rubric": "standard.rubric", "facts": "unit.facts", "csv": "units.csv"}
RAISED = re.compile(r"\[([EWN]\d{4})\]")
HEADS = {"en": ["What it means", "Wrong", "Right", "What to do"], "zh": ["意思", "错例", "正例", "怎么办"]}
# What no example of text can show: the machine must fail, a file must be of another kind, or it would fill pages. Other tests raise these.
UNSHOWN = {"E1113", "E1117", "E0205", "E0325", "E0332", "E0437", "E0450", "E0877", "E1002", "E1004", "E1005", "E1007", "E1076", "E1085", "E1101", "E1104", "E1120", "E1121", "E1141", "N1134", "W1095"}
# What only follows from something else, which has a code of its own.
FOLLOWS = {"E1133": {"E0804"}, "W0749": {"W0748"}, "W0750": {"W0747"}}


def halves(path):
    english, mark, chinese = path.read_text(encoding="utf-8").partition("\n---\n")
    assert mark, f"{path.name} has no Chinese half"
    return {"en": english, "zh": chinese}


def bytes_of(text):
    return re.sub(rb"\\x([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), text.encode())


def lay(blocks, role, folder):
    """Writes the files of one example; its commands."""
    folder.mkdir()
    commands, files = [], set()
    for kind, of, name, text in blocks:
        if of not in (role, "both"):
            continue
        if kind == "sh":
            commands += [line.removeprefix("$ ") for line in text.splitlines()]
            continue
        name = name or NAMES[kind]
        files.add(name)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(bytes_of(text) if kind == "txt" else text.encode())
    return commands or ["rubric eval unit.facts" if "unit.facts" in files else "rubric check standard.rubric"]


def raised(commands, folder, lang):
    codes = set()
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "rubric", command
        stdin = ""
        if "<" in words:
            stdin = (folder / words[words.index("<") + 1]).read_text(encoding="utf-8")
            words = words[: words.index("<")]
        done = run([RUBRIC, *words[1:], "--lang", lang], folder, stdin=stdin)
        codes.update(RAISED.findall(done.stderr + done.stdout))
    return codes


@pytest.mark.parametrize("path", sorted(PAGES.glob("[EWN]*.md")), ids=lambda p: p.stem)
def test_page(path, tmp_path):
    code = path.stem
    for lang, half in halves(path).items():
        assert re.findall(r"^# (\S+) \S", half, re.M) == [code]
        assert re.findall(r"^## (.*)$", half, re.M) == HEADS[lang], f"the heads of the half {lang}"
        assert not re.findall(r"^```(?!\w+ (?:wrong|right|both)|$).*", half, re.M), "a block without a role"
        if code in UNSHOWN:
            continue
        blocks = BLOCK.findall(half)
        assert {"wrong", "right"} <= {role for _, role, *_ in blocks}
        wrong = raised(lay(blocks, "wrong", tmp_path / f"{lang}-wrong"), tmp_path / f"{lang}-wrong", lang)
        assert wrong == {code} | FOLLOWS.get(code, set()), f"the wrong example, {lang}"
        right = raised(lay(blocks, "right", tmp_path / f"{lang}-right"), tmp_path / f"{lang}-right", lang)
        assert not right, f"the right example, {lang}"


def test_pages_are_of_codes_that_exist():
    codes = {code for code, *_ in messages()}
    assert {path.stem for path in PAGES.glob("[EWN]*.md")} <= codes
