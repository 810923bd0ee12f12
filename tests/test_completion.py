"""The completion scripts, the manual page and the help of `rubric`, held to what the program takes: bash, zsh and fish are asked what they offer, each option offered is accepted, and every
option that the program accepts is offered, described and in the manual."""
import os
import re
import shlex
import subprocess

import pexpect
import pytest
from support import BUILD, ROOT, RUBRIC, messages, run

SHELLS = ["bash", "zsh", "fish"]
FILES = ["a.rubric", "b.facts", "c.csv", "d.jsonl", "e.txt", "two words.rubric", "it's.facts"]
HEAD = re.compile(r"^  --(\S+)(?: (\S+))?(?:$|  )", re.M)
UNKNOWN = {"E1010"}


def codes(stderr):
    return set(re.findall(r"^\S+?\[(\w+)\]", stderr, re.M))


def help_of(command, lang="en"):
    done = run([RUBRIC, command, "--help", "--lang", lang])
    assert done.returncode == 0 and done.stderr == ""
    return done.stdout


def table(rows_of):
    """What rows of a table in the sources name, so that what help leaves out is missed."""
    text = (ROOT / "src/cli" / rows_of).read_text(encoding="utf-8")
    return list(dict.fromkeys(re.findall(r'^\w+\(\w+, "([\w-]+)"', text, re.M)))


COMMANDS = table("commands.def")
ALL_OPTIONS = table("options.def")
OPTIONS = {command: HEAD.findall(help_of(command).split("\nOptions\n")[1]) for command in COMMANDS}
# Short spellings, as help tells of them.
SHORT = {command: {"-h"} | set(re.findall(r"(-\w) is short for it", help_of(command))) for command in COMMANDS}
SETS = [(command, name, value.split("|")) for command, rows in OPTIONS.items() for name, value in rows if "|" in value]


# ---- the program itself

def refused(command, *words):
    """The codes that a call comes to; it gets nothing to work on."""
    return codes(run([RUBRIC, command, *words]).stderr)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_names_what_is_accepted(command):
    """Each option that help lists is one; those of other commands are not."""
    listed = {name for name, _ in OPTIONS[command]}
    assert {"lang", "help"} <= listed
    for name in ALL_OPTIONS:
        value = dict(OPTIONS[command]).get(name)
        given = refused(command, f"--{name}", *(["1"] if value else []), "--help")
        assert (given & UNKNOWN == set()) == (name in listed), (command, name, given)
        if name in listed:
            assert ("E1022" in refused(command, f"--{name}=x", "--help")) == (not value), (command, name)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        assert (refused(command, f"-{letter}", "1", "--help") & UNKNOWN == set()) == (f"-{letter}" in SHORT[command]), letter


def test_sets_are_what_is_accepted():
    """Of a value that is one of a few, each is accepted and no other."""
    assert {name for _, name, _ in SETS} == {"lang", "to", "encoding"}
    for command, name, values in SETS:
        operands = {"new": ["standard"], "completion": ["bash"], "explain": ["E0101"], "man": [], "repl": []}.get(command, ["missing"])
        for value in values:
            assert "E1013" not in refused(command, *operands, f"--{name}", value), (command, name, value)
        assert "E1013" in refused(command, *operands, f"--{name}", "xx"), (command, name)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_help_has_examples(command, lang):
    """In both tongues: examples of this command, whose options are its own."""
    text = help_of(command, lang)
    shown = text.split({"en": "\nExamples\n", "zh": "\n示例\n"}[lang])[1].split({"en": "\nOptions\n", "zh": "\n选项\n"}[lang])[0]
    calls = re.findall(rf"\brubric ({command} ?.*?)(?:   .*|\)  .*)?$", shown, re.M)
    assert calls, text
    for call in calls:
        for name in re.findall(r" --([\w-]+)", call):
            assert name in dict(OPTIONS[command]), call
        for letter in re.findall(r" (-\w)\b", call):
            assert letter in SHORT[command], call


# ---- what shells offer

@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("place")
    for name in FILES:
        (folder / name).write_text("")
    (folder / "folder").mkdir()
    (folder / "bin").mkdir()
    (folder / "bin/rubric").symlink_to(RUBRIC)
    for shell in SHELLS:
        done = run([RUBRIC, "completion", shell])
        assert done.returncode == 0 and done.stderr == ""
        (folder / f"script.{shell}").write_text(done.stdout, encoding="utf-8")
    return folder


def around(place, **more):
    return {"PATH": f"{place / 'bin'}:/usr/bin:/bin", "HOME": str(place.parent), "TERM": "dumb", "LC_ALL": "C.UTF-8", **more}


# As readline parts a line: at blanks, and at = which is a word of its own.
BASH = r"""
source script.bash
ask() {
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
    _rubric
    ((${#COMPREPLY[@]})) && printf '%s\n' "${COMPREPLY[@]}"
}
"""


def ask_bash(place, line, **more):
    words = shlex.split(re.sub("=", " = ", line)) + ([""] if line.endswith(" ") else [])
    done = subprocess.run(["bash", "--norc", "-c", BASH + "ask " + " ".join(map(shlex.quote, words))], cwd=place, env=around(place, **more), capture_output=True, text=True, timeout=60)
    assert done.stderr == "", done.stderr
    return set(done.stdout.splitlines())


# All that is added to the list is written down as well.
ZSH = r"""
compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return $?; fi
    local -a hits; builtin compadd -O hits "$@"; print -rl -- $hits >> hits
    builtin compadd "$@"
}
PS1=; unsetopt zle_bracketed_paste; LISTMAX=10000; autoload -U compinit; compinit -u -D; source ./script.zsh; print rea''dy
"""


def ask_zsh(place, line, **more):
    (place / "setup.zsh").write_text(ZSH)
    (place / "hits").write_text("")
    child = pexpect.spawn("zsh", ["-f", "-i"], cwd=str(place), env=around(place, **more), encoding="utf-8", dimensions=(200, 300), timeout=60)
    child.sendline("source ./setup.zsh")
    child.expect("ready")
    child.send(line + "\t")
    child.send("\x01: \r")
    child.sendline("print do''ne")
    child.expect("done")
    shown = child.before
    child.close(force=True)
    return {re.sub(r"\\(.)", r"\1", hit) for hit in (place / "hits").read_text(encoding="utf-8").splitlines() if hit}, shown


def ask_fish(place, line, described=False, **more):
    done = subprocess.run(["fish", "--no-config", "-c", f"source script.fish; complete -C {shlex.quote(line)}"], cwd=place, env=around(place, **more), capture_output=True, text=True, timeout=60)
    assert done.stderr == "", done.stderr
    rows = [row.partition("\t") for row in done.stdout.splitlines()]
    return dict((row[0], row[2]) for row in rows) if described else {row[0] for row in rows}


def ask(shell, place, line):
    """What a shell offers for the word at the end of a line; folders without their slash."""
    if shell == "zsh":
        offered = ask_zsh(place, line)[0]
    else:
        offered = {"bash": ask_bash, "fish": ask_fish}[shell](place, line)
    if "=" in line.split(" ")[-1]:
        offered = {word.partition("=")[2] if word.startswith("--") else word for word in offered}
    return {word.rstrip("/") for word in offered}


ENDING = {"*.rubric": {"a.rubric", "two words.rubric"}, "*.facts": {"b.facts", "it's.facts"}, "*.csv": {"c.csv"}, "*.jsonl": {"d.jsonl"}}
FOLDERS = {"folder", "bin"}
RULES = ENDING["*.rubric"]
UNITS = ENDING["*.facts"] | ENDING["*.csv"]
OF_COMMAND = {"eval": UNITS, "diff": RULES | UNITS, "check": RULES | ENDING["*.facts"], "flatten": RULES, "prove": RULES, "fmt": RULES | ENDING["*.facts"], "stages": UNITS, "rank": UNITS, "reach": UNITS, "risk": UNITS,
              "sweep": UNITS, "tornado": UNITS, "test": RULES, "batch": ENDING["*.csv"] | ENDING["*.jsonl"], "repl": UNITS}


@pytest.mark.parametrize("shell", SHELLS)
def test_commands(shell, place):
    assert ask(shell, place, "rubric ev") == {"eval"}
    assert ask(shell, place, "rubric ") == set(COMMANDS) | {"help"}
    assert ask(shell, place, "rubric --lang zh ch") == {"check"}
    assert ask(shell, place, "rubric help ") - {"help"} == set(COMMANDS)
    assert {"--lang", "--help", "--version"} <= ask(shell, place, "rubric -")


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("command", COMMANDS)
def test_options(shell, command, place):
    """All that the program takes, and nothing else."""
    long = {f"--{name}" for name, _ in OPTIONS[command]}
    assert ask(shell, place, f"rubric {command} --") - SHORT[command] == long
    assert ask(shell, place, f"rubric {command} -") == long | SHORT[command]


@pytest.mark.parametrize("shell", SHELLS)
def test_values(shell, place):
    assert ask(shell, place, "rubric eval --la") == {"--lang"}
    assert ask(shell, place, "rubric --lang ") == {"zh", "en"}
    for command, name, values in SETS:
        if command in ("eval", "batch", "fmt", "new"):
            assert ask(shell, place, f"rubric {command} --{name} ") == set(values)
            assert ask(shell, place, f"rubric {command} --{name}=") == set(values)
    assert ask(shell, place, "rubric eval --rules ") - FOLDERS == RULES
    assert ask(shell, place, "rubric eval --rules=a") - FOLDERS == {"a.rubric"}
    assert set(FILES) <= ask(shell, place, "rubric batch --errors ")
    assert set(FILES) <= ask(shell, place, "rubric new unit a.rubric -o ")
    assert ask(shell, place, "rubric eval --set ") & set(FILES) == set()


@pytest.mark.parametrize("shell", SHELLS)
def test_operands(shell, place):
    for command, files in OF_COMMAND.items():
        assert ask(shell, place, f"rubric {command} ") - FOLDERS == files, command
    assert "folder" in ask(shell, place, "rubric eval ")
    assert ask(shell, place, "rubric eval b.facts c") - FOLDERS == {"c.csv"}
    assert ask(shell, place, "rubric new ") == {"standard", "unit"}
    assert ask(shell, place, "rubric new -o x ") == {"standard", "unit"}
    assert ask(shell, place, "rubric new unit ") - FOLDERS == RULES
    assert ask(shell, place, "rubric completion ") == set(SHELLS)
    assert ask(shell, place, "rubric man ") & set(FILES) == set()
    assert ask(shell, place, "rubric explain E08") == {code for code, *_ in messages() if code.startswith("E08")}
    assert "E0101" in ask(shell, place, "rubric explain E0601 E01")
    assert ask(shell, place, "rubric eval -- --") & {"--lang", "--json"} == set()


def test_described(place):
    """Where a shell shows descriptions, they are those of the help, in the tongue of the locale."""
    for lang, locale, summary in (("en", "C.UTF-8", "run the tests of a standard"), ("zh", "zh_CN.UTF-8", "运行标准的用例")):
        for command in COMMANDS:
            told = ask_fish(place, f"rubric {command} --", described=True, LC_ALL=locale)
            text = re.sub(r"\s+", "", help_of(command, lang))
            for name, description in told.items():
                assert re.sub(r"\s+", "", f"{name}{description}") in text or re.sub(r"\s+", "", description) in text, (command, name, description)
        assert ask_fish(place, "rubric tes", described=True, LC_ALL=locale) == {"test": summary}
    shown = ask_zsh(place, "rubric test --", LC_ALL="C.UTF-8", LANG="zh_CN.UTF-8")[1]
    assert "whose name fits" in shown and "只运行" not in shown


def test_typed_in_bash(place):
    """By the tab key, at a prompt: a value, a file with a blank, an option behind =."""
    child = pexpect.spawn("bash", ["--norc", "-i"], cwd=str(place), env=around(place, PS1="$ "), encoding="utf-8", dimensions=(50, 200), timeout=60)
    child.sendline("bind 'set enable-bracketed-paste off'; source script.bash; echo rea''dy")
    child.expect("ready")
    for typed, line in (("rubric ev\t--la\tz\t", "rubric eval --lang zh "), ("rubric check two\t", "rubric check two\\ words.rubric "), ("rubric eval --rules=a\t", "rubric eval --rules=a.rubric "),
                        ("rubric new u\ta\t", "rubric new unit a.rubric "), ("rubric check fol\t", "rubric check folder/")):
        child.send("\x15" + typed)
        child.expect_exact(line)


def test_scripts_are_sound(place):
    for shell in SHELLS:
        done = subprocess.run([shell, "-n", f"script.{shell}"], cwd=place, env=around(place), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0 and done.stderr == "", (shell, done.stderr)


def test_found_where_installed(place, tmp_path):
    """zsh takes the file from its path of functions, by the name of the command."""
    (tmp_path / "_rubric").write_text((place / "script.zsh").read_text(encoding="utf-8"), encoding="utf-8")
    child = pexpect.spawn("zsh", ["-f", "-i"], cwd=str(place), env=around(place), encoding="utf-8", dimensions=(50, 200), timeout=60)
    child.sendline(f"PS1=; unsetopt zle_bracketed_paste; fpath=({tmp_path} $fpath); autoload -U compinit; compinit -u -D; print rea''dy")
    child.expect("ready")
    child.send("rubric ev\t--la\tz\t")
    child.expect_exact("zh")
    child.close(force=True)


def test_shell_that_is_none():
    assert codes(run([RUBRIC, "completion", "tcsh"]).stderr) == {"E1150"}
    assert codes(run([RUBRIC, "completion"]).stderr) == {"E1014"}
    assert codes(run([RUBRIC, "completion", "bash", "zsh"]).stderr) == {"E1153"}


# ---- the manual page

@pytest.fixture(scope="module", params=["en", "zh"])
def manual(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("man") / f"rubric.{request.param}.1"
    done = run([RUBRIC, "man", "--lang", request.param])
    assert done.returncode == 0 and done.stderr == ""
    path.write_text(done.stdout, encoding="utf-8")
    return request.param, path


def roff(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, "LC_ALL": "C.UTF-8"})


def test_manual_is_clean(manual):
    lang, path = manual
    for device in ["-Tutf8"] + (["-Tps", "-Tascii"] if lang == "en" else []):
        done = roff("groff", "-k", "-ww", "-man", "-z", device, str(path))
        assert done.returncode == 0 and done.stdout + done.stderr == "", device
    assert roff("mandoc", "-T", "lint", "-W", "warning", str(path)).stdout == ""


def test_manual_tells_all(manual):
    """Every command, its text and examples, every option with what help says of it."""
    lang, path = manual
    shown = re.sub(r".\x08", "", roff("mandoc", "-T", "utf8", str(path)).stdout)
    flat = re.sub(r"\s+", "", shown)
    for command in COMMANDS:
        text = help_of(command, lang)
        head = text.split("\n")[0].replace(" [options]", "").replace(" [选项]", "").replace("…", "...")
        assert re.sub(r"\s+", "", head) in flat, command
        for part in re.split(r"\n\n|\n(?=  )", text)[1:]:
            words = re.sub(r"\s+", "", part.replace("…", "...").replace("`", ""))
            words = words.removeprefix("Options").removeprefix("选项").removeprefix("Examples").removeprefix("示例")
            assert words in flat, (command, part)


def test_manual_is_shown(manual):
    """In lines that fit, without words that roff lost."""
    lang, path = manual
    shown = roff("groff", "-k", "-man", "-Tutf8", "-P-cbou", str(path)).stdout
    for line in shown.splitlines():
        if not re.match(r"\s+(cat .* )?\S*rubric ", line) and "rubric " not in line and "source <" not in line:
            assert sum(2 if ord(c) > 0x2E80 else 1 for c in line) <= 80, line
    assert ("exit code" if lang == "en" else "退出码") in shown.lower()


def test_installed_by_make(tmp_path):
    """`make install` writes what the program says of itself, the manual in both tongues."""
    done = subprocess.run(["make", "install", f"DESTDIR={tmp_path}", "PREFIX=/usr", f"BUILD={BUILD.relative_to(ROOT)}"], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    for path, words in (("bash-completion/completions/rubric", ["completion", "bash"]), ("zsh/site-functions/_rubric", ["completion", "zsh"]),
                        ("fish/vendor_completions.d/rubric.fish", ["completion", "fish"]), ("man/man1/rubric.1", ["man"]), ("man/zh_CN/man1/rubric.1", ["man", "--lang", "zh"])):
        assert (tmp_path / "usr/share" / path).read_text(encoding="utf-8") == run([RUBRIC, *words]).stdout
