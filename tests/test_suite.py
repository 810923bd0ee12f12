"""`rubric test`: what it writes for machines, what it rewrites, what it must not follow; tests that the prompt writes pass. What it says stands in tests/suite/."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from support import LONG, RUBRIC, TESTS, environment, run
from test_repl import FOLDER as GARDEN, in_files, thresholds

HOSTILE = 'quotes \\" & <b> ]]> # ok \u009b \u202e \u7a97\uffff'
EXAMPLES = settings(max_examples=100 if LONG else 20, deadline=None, suppress_health_check=list(HealthCheck))


def lay(folder, name="yard.test.rubric", text=None):
    """A copy of the yard, with these tests beside it."""
    for file in ("yard.rubric", "north.facts"):
        shutil.copy(TESTS / "suite" / file, folder)
    if text is not None:
        (folder / name).write_text('use "yard.rubric"\n' + text, encoding="utf-8")
    return folder


def test(folder, *arguments):
    return run([RUBRIC, "test", "yard.rubric", *arguments], folder)


test.__test__ = False


# ---------------------------------------------------------------- for machines

def test_junit_is_xml_whatever_names_hold(tmp_path):
    control = HOSTILE + "\\u{1}\\u{1b}[31m"
    lay(tmp_path, text=f'test "{HOSTILE} pass" {{ given "north.facts" expect swept = 3 }}\n'
                       f'test "{HOSTILE} fail" {{ given "north.facts" expect swept = 2 }}\n'
                       'test "cannot" { given "none.facts" expect swept = 2 }\n')
    done = test(tmp_path, "--junit", "out.xml")
    assert done.returncode == 2, control
    suite = xml.fromstring((tmp_path / "out.xml").read_bytes()).find("testsuite")
    assert {k: suite.get(k) for k in ("tests", "failures", "errors")} == {"tests": "3", "failures": "1", "errors": "1"}
    passed, failed, cannot = suite.findall("testcase")
    assert passed.get("name").startswith('quotes " & <b> ]]> # ok') and len(passed) == 0
    assert "swept = 2" in failed.find("failure").text and "none.facts" in cannot.find("error").text
    assert (failed.get("file"), failed.get("line")) == ("yard.test.rubric", "3")


def test_tap_counts_and_escapes(tmp_path):
    lay(tmp_path, text='test "one # skip \\\\ two" { given "north.facts" expect swept = 3 }\n'
                       'test "not this" { given "north.facts" expect swept = 2 }\n')
    lines = test(tmp_path, "--tap").stdout.splitlines()
    assert lines[:2] == ["TAP version 14", "1..2"]
    assert lines[2].startswith("ok 1 - one \\# skip")
    assert lines[3] == "not ok 2 - not this"
    assert lines[4] == "  ---" and lines[-1] == "  ..."
    message = next(line for line in lines if line.startswith("  message: "))
    assert "swept = 2" in json.loads(message.removeprefix("  message: "))


def test_a_file_that_cannot_be_read_is_no_file_without_faults(tmp_path):
    lay(tmp_path, text='test "one" { given "north.facts" expect swept = 3 }\n')
    (tmp_path / "broken.rubric").write_text("standard b {")
    done = run([RUBRIC, "test", ".", "--tap", "--junit", "out.xml"], tmp_path)
    assert done.returncode == 2 and done.stdout.splitlines()[1] == "1..2" and "not ok 2 - ./broken.rubric" in done.stdout
    suite = xml.fromstring((tmp_path / "out.xml").read_bytes()).find("testsuite")
    assert {k: suite.get(k) for k in ("tests", "failures", "errors")} == {"tests": "2", "failures": "0", "errors": "1"}
    assert "E0247" in suite.findall("testcase")[1].find("error").text
    said = [json.loads(line) for line in run([RUBRIC, "test", "broken.rubric", "--json"], tmp_path).stdout.splitlines()]
    assert [(one["file"], one["result"], one["messages"][0]["code"]) for one in said] == [("broken.rubric", "error", "E0247")]


def test_tap_says_what_is_missing(tmp_path):
    lay(tmp_path, text='test "one" { given "north.facts" expect swept = 3 }\n')
    done = test(tmp_path, "--tap", "--min", "99")
    assert done.returncode == 1 and re.search(r"^# covered \d+%", done.stdout, re.M)
    assert all(re.match("TAP|1\\.\\.|ok|#", line) for line in done.stdout.splitlines())


def test_names_of_files_need_not_be_text(tmp_path):
    lay(tmp_path)
    text = (tmp_path / "yard.rubric").read_text(encoding="utf-8") + 'test "one \ufffe" { given "north.facts" expect swept = 2 }\n'
    (tmp_path / os.fsdecode(b"bad\xff.rubric")).write_text(text, encoding="utf-8")
    for option in (("--json",), ("--tap",), ("--junit", "out.xml")):
        done = subprocess.run([RUBRIC, "test", b"bad\xff.rubric", *option], cwd=tmp_path, capture_output=True, env=environment())
        assert done.returncode == 1 and "bad\ufffd.rubric" in done.stdout.decode(), option
        assert option != ("--tap",) or "\ufffe" not in done.stdout.decode().split("---")[1]
    xml.fromstring((tmp_path / "out.xml").read_bytes())


def test_json_is_a_line_a_test(tmp_path):
    lay(tmp_path, text=f'test "{HOSTILE}" {{ given "north.facts" expect swept = 2, paths }}\n')
    found = [json.loads(line) for line in test(tmp_path, "--json").stdout.splitlines()]
    assert [t["result"] for t in found] == ["fail"]
    assert [(e["expected"], e["came"], e["result"]) for e in found[0]["expectations"]] == [("swept = 2", "3", "missed"), ("paths", "yes", "met")]


def test_names_cannot_write_to_a_terminal(tmp_path):
    lay(tmp_path, text='test "a\u009b31mb" { given "north.facts" expect swept = 2 }\n')
    for arguments in ((), ("--tap",), ("--json",)):
        assert "\u009b" not in test(tmp_path, *arguments).stdout


# ---------------------------------------------------------------- what is kept

CRITERIA, TIMES, ENOUGH = 200, 400, 120
# A process counts what was resident of the one that started it, too: the one that measures is small.
MEASURE = """import os, sys
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, sys.argv[1], os.O_WRONLY | os.O_CREAT, 0o600)])
_, status, usage = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)"""


def peak(folder, expected, *options):
    """Kilobytes that a run of many tests takes: small units, and much that is worked out of each."""
    rules = [f'standard s "S" {{ total {CRITERIA} }}', 'facts "F" { f0 : count  f1 : count }']
    rules += [f"criterion c{i} cap 1 {{ full when f{i % 2} > {i % 10} }}" for i in range(CRITERIA)]
    rules += [f'test "t{i}" {{ given "u.facts" expect total = {expected} }}' for i in range(TIMES)]
    (folder / "s.rubric").write_text("\n".join(rules) + "\n")
    (folder / "u.facts").write_text('standard "s.rubric"\nunit u "U"\nf0 = 6\nf1 = 6\n')
    measured = [sys.executable, "-S", "-c", MEASURE, "out", RUBRIC, "test", "s.rubric", *options]
    status, kilobytes = subprocess.run(measured, cwd=folder, stdout=subprocess.PIPE, env=environment(), check=True).stdout.split()
    assert int(status) == (0 if expected == ENOUGH else 1), (folder / "out").read_text()[:400]
    return int(kilobytes)


@pytest.mark.parametrize("options", [(), ("--json",), ("--cover",)])
def test_what_passed_takes_no_memory(options, tmp_path):
    """Of a test that failed the evaluation is looked into later; of others nothing is."""
    assert peak(tmp_path, ENOUGH, *options) < 0.5 * peak(tmp_path, 1, "--json")


# ---------------------------------------------------------------- accept

ACCEPTED = """# kept
test "one" { given "north.facts" with visits = 2
  expect total = 9 , grade = poor,  # why
         emptied = 5, swept = 3, rounds = 2, paths = no }
test "two" { given "north.facts" expect swept = 1, total = 9, total >= 7, rounds = 1 }
"""
REWRITTEN = """# kept
test "one" { given "north.facts" with visits = 2
  expect total = 8 , grade = good,  # why
         emptied = 3, swept = 3, rounds = 2, paths = yes }
test "two" { given "north.facts" expect swept = 3, total = 9, total >= 7, rounds = 1 }
"""


def test_accept_rewrites_values_alone(tmp_path):
    lay(tmp_path, text=ACCEPTED)
    file = tmp_path / "yard.test.rubric"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    done = test(tmp_path, "--accept")
    assert file.read_bytes() == ("\ufeffuse \"yard.rubric\"\n" + REWRITTEN).encode()
    assert done.returncode == 1, "what could not be rewritten still fails"
    assert "5 expected values rewritten; 3 failed expectations" in done.stdout
    assert '+  expect total = 8 , grade = good,  # why' in done.stdout
    again = test(tmp_path, "--accept", "-r", "one")
    assert again.returncode == 0 and "0 expected values rewritten" in again.stdout
    assert not [p for p in tmp_path.iterdir() if p.name not in ("yard.rubric", "yard.test.rubric", "north.facts")]


def test_accept_takes_figures_below_nothing_again(tmp_path):
    lay(tmp_path, text='test "one" { given "north.facts" with visits = 2 expect 0 - visits = 1, 0 - visits = -3, 9 = total }\n'.replace("0 - visits", "owed"))
    rules = tmp_path / "yard.rubric"
    rules.write_text(rules.read_text(encoding="utf-8") + "define owed = 0 - visits\n", encoding="utf-8")
    done = test(tmp_path, "--accept")
    assert "expect owed = -2, owed = -2, 9 = total" in (tmp_path / "yard.test.rubric").read_text()
    assert re.search(r"expected    9 = total\n  came        8\n", done.stdout)


def test_accept_takes_all_and_is_content(tmp_path):
    lay(tmp_path, text='test "one" { given "north.facts" expect swept = 1 }\n')
    assert test(tmp_path, "--accept").returncode == 0
    assert test(tmp_path).returncode == 0


def test_accept_leaves_the_old_edition_alone(tmp_path):
    lay(tmp_path, text='test "one" { given "north.facts" expect swept = 3 }\n')
    old, new = tmp_path / "yard.rubric", tmp_path / "yard-2.rubric"
    old.write_text(old.read_text(encoding="utf-8") + 'test "old" { given "north.facts" expect swept = 3 }\n', encoding="utf-8")
    before = old.read_bytes()
    new.write_text('standard yard_2 amends "yard.rubric" { edition "2" }\nreplace criterion swept "Paths" cap 3 { 1 when paths  2 when visits > 99 }\n'
                   'test "own" { given "north.facts" with visits = 1 expect swept = 3 }\n', encoding="utf-8")
    done = run([RUBRIC, "test", new.name, "--accept"], tmp_path)
    assert done.returncode == 1 and "W1116" in done.stderr and old.read_bytes() == before
    assert "1 expected value rewritten" in done.stdout and "swept = 1" in new.read_text(encoding="utf-8")
    assert test(tmp_path).returncode == 0


def test_a_thousand_tests_are_run_in_seconds(tmp_path):
    """Of what is open each end is looked for: not once more for each other test."""
    lay(tmp_path, text="".join(f'test "{n}" {{ expect total = {n % 9} }}\n' for n in range(1000)))
    started = time.monotonic()
    done = test(tmp_path, "--json")
    assert len(done.stdout.splitlines()) == 1000 and done.returncode == 1
    assert time.monotonic() - started < 30


def test_xml_is_not_written_over_what_is_read(tmp_path):
    lay(tmp_path, text='test "one" { given "north.facts" expect swept = 3 }\n')
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    (tmp_path / "link.xml").symlink_to("yard.rubric")
    os.link(tmp_path / "north.facts", tmp_path / "hard.xml")
    for name, code in (("yard.rubric", "E1155"), ("other.rubric", "E1155"), ("north.facts", "E1155"), ("link.xml", "E1154"), ("hard.xml", "E1154")):
        done = test(tmp_path, "--junit", name)
        assert done.returncode == 2 and code in done.stderr, name
    assert {name: (tmp_path / name).read_bytes() for name in before} == before and not (tmp_path / "other.rubric").exists()


def test_standard_input_is_the_standard(tmp_path):
    """What comes through a pipe is tested as the file is: each way of asking says the same, but for the name."""
    lay(tmp_path)
    text = (tmp_path / "yard.rubric").read_text() + 'test "a" { given "north.facts" expect swept = 3 }\ntest "b" { given "north.facts" with threshold floor = 90% expect total = 1 }\n'
    (tmp_path / "whole.rubric").write_text(text)
    for options in ((), ("--json",), ("--tap",), ("--cover",), ("--mutate",), ("--gen",)):
        named, piped = (run([RUBRIC, "test", name, *options], tmp_path, stdin=text) for name in ("whole.rubric", "-"))
        assert (piped.returncode, piped.stderr) == (named.returncode, named.stderr) and named.stdout
        assert re.sub(r"(?<!\w)-(?=[:\"])", "whole.rubric", piped.stdout) == named.stdout
    wrong = text.replace("expect swept", "expect swapt")
    assert "E0446" in run([RUBRIC, "check", "-"], tmp_path, stdin=wrong).stderr


@pytest.mark.parametrize("option, code", [("--accept", "E1103"), ("--watch", "E1019")])
def test_standard_input_is_neither_rewritten_nor_watched(option, code, tmp_path):
    done = run([RUBRIC, "test", "-", option], tmp_path, stdin='standard s "S" { total 0 }\ntest "a" { expect total = 1 }\n')
    assert done.returncode == 2 and f"[{code}]" in done.stderr and option in done.stderr and done.stdout == ""


def test_xml_is_for_a_file(tmp_path):
    lay(tmp_path)
    before = sorted(tmp_path.iterdir())
    done = test(tmp_path, "--junit", "-")
    assert done.returncode == 2 and "E1013" in done.stderr and "standard output" in done.stderr and sorted(tmp_path.iterdir()) == before


def test_proposals_are_read_whatever_names_hold(tmp_path):
    """Labels with what cannot be seen, that would end a remark; names that are words of the language."""
    (tmp_path / "y.rubric").write_text(
        'standard y "Y" { total 4  period 2024 }\n'
        'facts "F" { `stage` "St\\nage" : yesno  k "K\x1b" : choice { `test`, b }  never "N\\n}" : count within 0..3 }\n'
        'section `title` "T" cap 4 { criterion `section` "Rou\\nnds" cap 4 { 2 when `stage` and k = `test` "re\\"m"  1 when never > 2 and never < 2 "x\\ny"  judged from 0 to 1 } }\n', encoding="utf-8")
    (tmp_path / "y.facts").write_text('unit y "Y"\n`stage` = yes\nk = `test`\nnever = 1\nscore `title`.`section` = 0.5\n')
    proposed = run([RUBRIC, "test", "y.rubric", "--gen", "--lang", "en"], tmp_path)
    assert proposed.returncode == 0 and 'test "Rou\\\\u{a}nds: ' in proposed.stdout and " with `stage` = " in proposed.stdout
    assert "# no change found that comes by it: Rou\\u{a}nds" in proposed.stdout
    assert all(line[0] in "# t}" for line in proposed.stdout.splitlines())
    (tmp_path / "y.test.rubric").write_text('use "y.rubric"\n' + proposed.stdout, encoding="utf-8")
    done = run([RUBRIC, "test", "y.rubric"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


LONG_WORDS = """standard y "Y" { total 4  period 2024 }
facts f "F" {
  weight "Weight of all that was taken away, in tonnes" : number within 0..900
  a_rather_long_name_of_a_fact "A rather long name" : yesno
  another_rather_long_name_of_a_fact "Another" : yesno
  yet_another_rather_long_name_of_a_fact "Yet another" : yesno
  list "List" : table { what "What" : text, x "X" : number within 0..9 }
}
criterion c "C" cap 2 { earn weight / 300 }
criterion d "D" cap 1 { 1 when a_rather_long_name_of_a_fact and another_rather_long_name_of_a_fact and yet_another_rather_long_name_of_a_fact }
criterion e "E" cap 1 { earn sum of x in list }
grades { good "Good" when total >= 3  fair "Fair" when total >= 2  otherwise poor }
"""


def test_proposals_are_laid_out(tmp_path):
    """What is put behind the tests that there are stays as it is when the file is formatted: long lines, tables and quotients among it."""
    (tmp_path / "y.rubric").write_text(LONG_WORDS)
    (tmp_path / "y.facts").write_text('unit y "Y"\nweight = 3\na_rather_long_name_of_a_fact = no\nanother_rather_long_name_of_a_fact = no\n'
                                      'yet_another_rather_long_name_of_a_fact = no\nlist = table {\n| what | x |\n| "a" | 0 |\n}\n')
    proposed = run([RUBRIC, "test", "y.rubric", "--gen", "--lang", "en"], tmp_path).stdout
    assert "yet_another_rather_long_name_of_a_fact = yes" in proposed and "| what | x |" in proposed and re.search(r"\d / \d", proposed)
    (tmp_path / "y.test.rubric").write_text('use "y.rubric"\n' + proposed)
    done = run([RUBRIC, "fmt", "--diff", "y.test.rubric"], tmp_path)
    assert done.returncode == 0 and done.stdout == "" == done.stderr
    assert run([RUBRIC, "test", "y.rubric"], tmp_path).returncode == 0


def test_proposals_go_with_no_report(tmp_path):
    lay(tmp_path)
    for option in (("--junit", "out.xml"), ("--min", "90")):
        done = test(tmp_path, "--gen", *option)
        assert done.returncode == 2 and "E1019" in done.stderr and not (tmp_path / "out.xml").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_accept_of_a_file_that_cannot_be_written(tmp_path):
    lay(tmp_path, text='test "one" { given "north.facts" expect swept = 1 }\n')
    tmp_path.chmod(0o500)
    try:
        done = test(tmp_path, "--accept")
    finally:
        tmp_path.chmod(0o700)
    assert done.returncode == 3 and "0 expected values rewritten" in done.stdout


def test_a_threshold_is_no_value_to_rewrite(tmp_path):
    lay(tmp_path, text='test "one" { given "north.facts" expect bins = floor }\n')
    before = (tmp_path / "yard.test.rubric").read_text()
    assert test(tmp_path, "--accept").returncode == 1
    assert (tmp_path / "yard.test.rubric").read_text() == before


# ---------------------------------------------------------------- files

def test_no_fifo_is_opened(tmp_path):
    lay(tmp_path, text='test "pipe" { given "pipe.facts" expect swept = 3 }\ntest "other" { given "north.facts" expect swept = 3 }\n')
    os.mkfifo(tmp_path / "pipe.facts")
    done = test(tmp_path)
    assert done.returncode == 2 and "E1003" in done.stderr and "1 passed" in done.stdout


def test_links_do_not_lead_outside(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    lay(inside, text='test "link" { given "link.facts" expect swept = 3 }\n')
    (tmp_path / "secret.facts").write_text("paths = yes\n")
    (inside / "link.facts").symlink_to("../secret.facts")
    done = test(inside)
    assert done.returncode == 2 and "E0832" in done.stderr


def test_a_broken_standard_stops_no_other(tmp_path):
    lay(tmp_path, text='test "fine" { given "north.facts" expect swept = 3 }\n')
    (tmp_path / "a.rubric").write_text("standard a { total 3 }")
    done = run([RUBRIC, "test", "."], tmp_path)
    assert done.returncode == 2 and "1 passed" in done.stdout


def test_tests_of_one_standard_run_once(tmp_path):
    lay(tmp_path, text='test "fine" { given "north.facts" expect swept = 3 }\n')
    with (tmp_path / "yard.rubric").open("a") as file:
        file.write('test "inside" { given "north.facts" expect swept = 3 }\n')
    for names in ((".",), ("yard.rubric",), ("yard.test.rubric",), ("yard.rubric", "yard.test.rubric", ".")):
        done = run([RUBRIC, "test", *names], tmp_path)
        assert done.stdout == "2 tests: 2 passed, 0 failed\n", names


def test_watch_runs_again_and_ends(tmp_path):
    lay(tmp_path, text='test "fine" { given "north.facts" expect swept = 3 }\n')
    program = subprocess.Popen([RUBRIC, "test", "yard.rubric", "--watch"], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True)
    try:
        assert program.stdout.readline() == "1 test: 1 passed, 0 failed\n"
        assert "Ctrl-C" in program.stdout.readline()
        (tmp_path / "north.facts").write_text('unit north "North"\npaths = no\n')
        seen = [program.stdout.readline() for _ in range(2)]
        assert seen[0].startswith("failed  fine")
    finally:
        program.send_signal(signal.SIGINT)
        time.sleep(0)
        program.communicate(timeout=20)
    assert program.returncode == 130


# ---------------------------------------------------------------- what is proposed

@pytest.mark.parametrize("name, least", [("yard", 100), ("more", 90)])
def test_what_is_proposed_passes_and_covers(name, least, tmp_path):
    for file in (f"{name}.rubric", "north.facts", "more.facts"):
        shutil.copy(TESTS / "suite" / file, tmp_path)
    proposed = run([RUBRIC, "test", f"{name}.rubric", "--gen"], tmp_path)
    assert proposed.returncode == 0 and not proposed.stderr
    assert run([RUBRIC, "test", f"{name}.rubric", "--gen", "--lang", "zh"], tmp_path).returncode == 0
    beside = tmp_path / f"{name}.test.rubric"
    beside.write_text(f'use "{name}.rubric"\n' + proposed.stdout, encoding="utf-8")
    done = run([RUBRIC, "test", f"{name}.rubric", "--min", str(least)], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    again = run([RUBRIC, "test", f"{name}.rubric", "--gen"], tmp_path)
    assert not re.search(r"^test ", again.stdout, re.M), "what was proposed is proposed again"


# ---------------------------------------------------------------- what is out of reach

HALVES = """standard s { total 10 }
facts "F" { a : yesno  b : yesno }
section x cap 7 { criterion c cap 4 { full when a } criterion d cap 3 { full when b } }
criterion e cap 3 { full when a and b }
grades { good when total >= 10  fair when %s  otherwise poor }
test "all" { given "u.facts" expect total = 10 }
test "none" { given "u.facts" with a = no, b = no expect total = 0 }
test "one" { given "u.facts" with b = no expect total = 4 }
test "other" { given "u.facts" with a = no expect total = 3 }
"""


@pytest.mark.parametrize("condition, out_of_reach", [("x >= 5", 2), ("x >= 4", 0)])
def test_what_no_unit_comes_by_does_not_count(tmp_path, condition, out_of_reach):
    """Of 0, 3, 4 and 7 points none is 5; and who has 7 is good, so that nobody is fair."""
    (tmp_path / "s.rubric").write_text(HALVES % condition, encoding="utf-8")
    (tmp_path / "u.facts").write_text('unit u "U"\na = yes\nb = yes\n', encoding="utf-8")
    before, after = (json.loads(run([RUBRIC, "test", "s.rubric", "--cover", "--json", *more], tmp_path).stdout.splitlines()[-1])["coverage"] for more in ([], ["--prove"]))
    missing = [[m["missing"] for m in c["missing"] if "x" in m["words"]] for c in (before, after)]
    assert (before["out_of_reach"], after["out_of_reach"]) == (0, out_of_reach)
    assert missing[0].count("at 5") - missing[1].count("at 5") == (out_of_reach > 0) and before["covered"] == after["covered"]


KNOWN = """standard s { total 10 }
facts "F" { x : count  y : count }
criterion c cap 5 { full when x is known }
criterion d cap 5 { full when y > 3 }
test "one" { given "u.facts" expect total = 10 }
"""


@pytest.mark.parametrize("condition, can_fail", [("x is known", True), ("x >= 2 or x < 2", False)])
def test_what_is_not_known_is_come_by(tmp_path, condition, can_fail):
    """A unit that leaves a fact open fails `is known`, whatever the solver says of those that know all."""
    (tmp_path / "s.rubric").write_text(KNOWN.replace("x is known", condition), encoding="utf-8")
    (tmp_path / "u.facts").write_text('unit u "U"\nx = 3\ny = 4\n', encoding="utf-8")
    said = json.loads(run([RUBRIC, "test", "s.rubric", "--cover", "--json", "--prove"], tmp_path).stdout.splitlines()[-1])["coverage"]
    missing = [m for m in said["missing"] if m["of"] == "c" and m["missing"] == "not holding"]
    assert (said["out_of_reach"] == 0, any(condition[:4] in m["words"] for m in missing)) == (can_fail, can_fail), said


def test_what_no_unit_comes_by_is_not_proposed(tmp_path):
    (tmp_path / "s.rubric").write_text(HALVES.partition("test ")[0] % "x >= 5" + "test \"all\" { given \"u.facts\" expect total = 10 }\n", encoding="utf-8")
    (tmp_path / "u.facts").write_text('unit u "U"\na = yes\nb = yes\n', encoding="utf-8")
    plain, proved = (run([RUBRIC, "test", "s.rubric", "--gen", "--lang", "en", *more], tmp_path) for more in ([], ["--prove"]))
    left = [[line for line in done.stdout.splitlines() if line.startswith("# ") and "x >= 5" in line] for done in (plain, proved)]
    assert proved.returncode == 0 and len(left[0]) > len(left[1])
    assert re.findall(r"^test .*", plain.stdout, re.M) == re.findall(r"^test .*", proved.stdout, re.M)


@pytest.mark.parametrize("options, code", [(["--prove"], "E1102"), (["--prove", "--json"], "E1102"), (["--mutate", "--prove"], "E1019"),
                                           (["--mutate", "--min", "10", "--prove"], "E1019")])
def test_a_proof_that_nothing_asks_for_is_refused(options, code, tmp_path):
    (tmp_path / "s.rubric").write_text(KNOWN, encoding="utf-8")
    done = run([RUBRIC, "test", "s.rubric", *options], tmp_path)
    assert done.returncode == 2 and f"[{code}]" in done.stderr and "--prove" in done.stderr


# ---------------------------------------------------------------- what the prompt writes

changes = st.lists(st.one_of(in_files, thresholds.map(lambda line: [line])), min_size=1, max_size=3).map(lambda found: sum(found, []))


@EXAMPLES
@given(lines=changes)
def test_what_the_prompt_writes_passes(lines, tmp_path_factory):
    folder = tmp_path_factory.mktemp("garden")
    for name in ("garden.rubric", "elm.facts"):
        shutil.copy(GARDEN / name, folder)
    (folder / "saved.rubric").write_text('use "garden.rubric"\n', encoding="utf-8")
    script = "".join(f"{line}\n" for line in [*lines, 'save test "as typed" saved.rubric'])
    run([RUBRIC, "repl", "elm.facts"], folder, script)
    if "as typed" not in (folder / "saved.rubric").read_text(encoding="utf-8"):
        return  # the prompt said why it cannot be said
    done = run([RUBRIC, "test", "saved.rubric"], folder)
    assert done.returncode == 0, (folder / "saved.rubric").read_text(encoding="utf-8") + done.stdout + done.stderr
    assert re.match(r"1 test: 1 passed", done.stdout)
