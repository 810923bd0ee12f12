"""Goldens: transcripts of commands, run in their own folder.

    # a remark, at the top only
    $ rubric eval full.facts --lang en
    what standard output says
    --- stderr
    what standard error says, if anything
    --- exit 2                              if it is not 0
    $ rubric …                              the next command

`< FILE` at the end of a command gives standard input. A command with lines `> …` is a session: each line is followed by what is said to it, standard error among
it; a line that goes on is followed by lines `. …`. It runs on a copy of its folder. `make bless` writes what the commands say today."""
import re
import shlex

import pytest
from support import BLESS, PROGRAMS, ROOT, goldens, program_id, run, session_lines, transcribe_session

NO_NEWLINE = "--- no newline at the end"


def read_transcript(path):
    """(remarks, [(command line, expected)])"""
    remarks, *blocks = re.split(r"^\$ ", path.read_text(encoding="utf-8"), flags=re.M)
    return remarks, [(block + "\n").split("\n", 1) for block in blocks]


def stdin_of(words, folder):
    if len(words) > 2 and words[-2] == "<":
        return words[:-2], (folder / words[-1]).read_text(encoding="utf-8")
    return words, ""


def with_newline(text):
    return text if text == "" or text.endswith("\n") else f"{text}\n{NO_NEWLINE}\n"


def transcribe(line, folder, program):
    words, stdin = stdin_of(shlex.split(line), folder)
    assert words[0] == "rubric", f"a transcript runs rubric alone, not {words[0]}"
    done = run([program, *words[1:]], folder, stdin)
    said = with_newline(done.stdout.replace("\r\n", "\n"))  # as CSV ends its lines
    if done.stderr:
        said += "--- stderr\n" + with_newline(done.stderr)
    if done.returncode:
        said += f"--- exit {done.returncode}\n"
    assert not re.search(r"^\$ ", said, re.M), "a line of the output begins as a command does"
    return said


def transcribe_block(line, expected, folder, program):
    if not session_lines(expected):
        return transcribe(line, folder, program)
    return transcribe_session([program, *shlex.split(line)[1:]], expected, folder)


@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
@pytest.mark.parametrize("path", goldens(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_golden(path, program):
    remarks, blocks = read_transcript(path)
    said = [(line, transcribe_block(line, expected, path.parent, program)) for line, expected in blocks]
    text = remarks + "".join(f"$ {line}\n{output}" for line, output in said)
    if BLESS:
        path.write_text(text, encoding="utf-8")
    assert text.rstrip("\n") == path.read_text(encoding="utf-8").rstrip("\n")
