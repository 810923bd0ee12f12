"""The examples of README.md and docs/batch.md are run, in the order written: `rubric NAME`, `facts NAME`, `csv NAME` are files, of which the first two must pass `rubric check` unless `wrong`
stands behind the name; `console` is what the terminal shows, to the letter (lines `> …` are typed at the prompt of `rubric repl`); `exit=2` behind it is the last exit code. RUBRIC_BLESS=1 writes what the commands say
today."""
import pathlib
import re
import shlex
import subprocess
import sys

import pytest

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from support import BLESS, ROOT, RUBRIC, environment, session_lines, transcribe_session  # noqa: E402

DOCUMENTS = [ROOT / "README.md", ROOT / "docs/batch.md"]
BLOCK = re.compile(r"^```(?P<info>[^\n]+)\n(?P<body>.*?)^```$", re.M | re.S)


def blocks(document):
    """[(kind, words, body)]"""
    found = [(*block["info"].split(maxsplit=1), "")[:2] + (block["body"],) for block in BLOCK.finditer(document.read_text(encoding="utf-8"))]
    return [(kind, words.split(), body) for kind, words, body in found]


def prepare(document, folder):
    for name in ("examples", "rules"):
        (folder / name).symlink_to(ROOT / name)
    for kind, words, body in blocks(document):
        if kind in ("rubric", "facts", "csv") and words:
            (folder / words[0]).write_text(body, encoding="utf-8")


def run_line(line, folder):
    words = shlex.split(line)
    assert words[0] == "rubric"
    done = subprocess.run([RUBRIC, *words[1:]], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env=environment(), timeout=60)
    return done.stdout.decode("utf-8").replace("\r\n", "\n"), done.returncode


def session(line, told, folder):
    shown = transcribe_session([RUBRIC, *shlex.split(line)[1:]], told, folder)
    code = re.search(r"--- exit (\d+)\n$", shown)
    return re.sub(r"--- exit \d+\n$", "", shown), int(code[1]) if code else 0


def transcribe(body, folder):
    """What the terminal shows for the commands of a block, and the last exit code."""
    said, code = "", 0
    for line, told in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.M):
        shown, code = session(line, told, folder) if session_lines(told) else run_line(line, folder)
        said += f"$ {line}\n{shown.rstrip()}\n"
    return said, code


def bless(document, folder):
    def written(block):
        kind = block["info"].split()[0]
        return f"```{block['info']}\n{transcribe(block['body'], folder)[0] if kind == 'console' else block['body']}```"
    document.write_text(BLOCK.sub(written, document.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize("document, index", [(document, index) for document in DOCUMENTS for index in range(len(blocks(document)))],
                         ids=lambda part: part.stem if isinstance(part, pathlib.Path) else str(part))
def test_document(document, index, tmp_path):
    prepare(document, tmp_path)
    if BLESS and index == 0:
        bless(document, tmp_path)
    kind, words, body = blocks(document)[index]
    if kind == "console":
        said, code = transcribe(body, tmp_path)
        assert said.rstrip() == body.rstrip()
        assert code == next((int(word[5:]) for word in words if word.startswith("exit=")), 0)
    elif kind in ("rubric", "facts") and words and "wrong" not in words:
        shown, code = run_line(f"rubric check {words[0]}", tmp_path)
        assert code == 0, shown
