"""rubric prove: what it shows `eval` replays, and what it calls impossible no unit does."""
import json
import os
import random
import shutil
import subprocess
import tempfile
import time

import pytest
from oracle.language.generator import Generator
from support import LONG, ROOT, RUBRIC, environment, run

STANDARDS = 300 if LONG else 12
UNITS = 12


def prove(folder, rules, *options, code=None):
    (folder / "s.rubric").write_text(rules, encoding="utf-8")
    done = run([RUBRIC, "prove", "s.rubric", "--json", *options], folder)
    assert code is None or done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def replay(folder, witness, other=False):
    """What eval says of a unit that was found; the second of two where `other`."""
    lines = list(witness.get("facts", []))
    settings = list(witness.get("set", []))
    if other:
        head = witness["other"].split("=")[0].strip()
        lines = [line for line in lines if line.split("=")[0].strip() != head]
        settings = [s for s in settings if s.split("=")[0] != head]
        (settings if "=" in witness["other"] and " = " not in witness["other"] else lines).append(witness["other"])
    lines.sort(key=lambda line: not line.startswith("as of"))
    (folder / "w.facts").write_text("\n".join(['unit w "W"', 'standard "s.rubric"', *lines]) + "\n", encoding="utf-8")
    options = [word for text in settings for word in ("--set", text)]
    done = run([RUBRIC, "eval", "w.facts", "--json", *options], folder)
    said = json.loads(done.stdout.splitlines()[0])
    assert "error" not in said, (said["error"], lines)
    return said


RULES = """standard s "S" {{ total 10 }}
facts "Facts" {{
  done "Done" : share
  faults "Faults" : count at most 9
  late "Late" : yesno
}}
criterion work "Work" cap 10 {{ {body} }}
grades {{ A when total >= {top}  B when total >= 5  otherwise C }}
{rest}
"""


def rules(body="prorata done", top=9, rest=""):
    return RULES.format(body=body, top=top, rest=rest)


def answer(found, question, about=""):
    return next(one for one in found if one["question"] == question and about in one["about"])


def test_a_band_that_falls_is_shown_by_two_units(tmp_path):
    found = prove(tmp_path, rules("bands done { at least 90% : 8  from 50% to below 90% : 10  otherwise : 0 }"))
    one = answer(found, "fact", "done")
    assert one["outcome"] == "fails"
    for key in "witness", "raising":
        before, after = (replay(tmp_path, one[key], other)["total"]["value"] for other in (False, True))
        assert (before, after) == (one[key]["before"], one[key]["after"])
        assert (int(before) > int(after)) == (key == "witness")


def test_a_grade_that_nobody_reaches(tmp_path):
    found = prove(tmp_path, rules("bands done { at least 90% : 8  otherwise : 0 }"), code=1)
    assert answer(found, "grade", "A")["outcome"] == "fails"
    assert answer(found, "cap")["outcome"] == "fails"
    shown = answer(found, "grade", "B")
    assert shown["outcome"] == "holds" and replay(tmp_path, shown["witness"])["grade"]["value"] == "B"


def test_all_is_as_it_should_be(tmp_path):
    found = prove(tmp_path, rules("prorata done\n  deduct 1 per faults up to 3"), code=0)
    assert {one["outcome"] for one in found} == {"holds"}
    assert "falls" in answer(found, "fact", "done")["answer"] and "rises" in answer(found, "fact", "faults")["answer"]


def test_more_rows_than_the_solver_looks_into(tmp_path):
    """The search of evaluation shows it."""
    text = rules(rest='property "few" : never (count of talks >= 5)').replace('late "Late" : yesno', 'late "Late" : yesno\n  talks "Talks" : list of yesno')
    one = answer(prove(tmp_path, text, code=1), "property")
    assert one["outcome"] == "fails" and one["witness"]["facts"] == ["talks = [no, no, no, no, no]"]
    replay(tmp_path, one["witness"])


LAWS = [
    ('never (late and total >= 5)', "zero when late", True),
    ('never (late and total >= 5)', "", False),
    ('always total <= 10', "", True),
    ('always total <= 9', "", False),
    ('raising done never lowers total', "", True),
    ('lowering faults never raises work', "", True),
    ('raising faults never lowers total', "deduct 1 per faults", False),
    ('raising done never lowers eligible', "", True),
]


@pytest.mark.parametrize("law, statement, holds", LAWS)
def test_laws(law, statement, holds, tmp_path):
    found = prove(tmp_path, rules(f"prorata done\n  {statement}", rest=f'property "the law" : {law}'), code=0 if holds else 1)
    one = answer(found, "property", "the law")
    assert one["outcome"] == ("holds" if holds else "fails")
    if not holds:
        replay(tmp_path, one["witness"])


def test_rounding_is_part_of_it(tmp_path):
    """0.94 of 10 points, to whole points by half up, is 9; 0.95 is 10."""
    text = rules("prorata done", rest='property "p" : never (done < 95% and total > 9)').replace("total 10 }", "total 10  points to 1 half up }")
    assert answer(prove(tmp_path, text), "property")["outcome"] == "holds"
    text = text.replace("done < 95%", "done <= 95%")
    assert answer(prove(tmp_path, text), "property")["outcome"] == "fails"


# What is asked of facts that are decimals (x, y, rows of a table, a score, a threshold) and of shares, which may be any part of any whole.
NUMBERS = """standard s "S" { total 20 }
facts "Facts" { x "X" : number  y "Y" : amount  z "Z" : share  t "T" : table { h : number, s : share }  l "L" : list of number }
threshold p "P"
criterion work "Work" cap 10 { full when x > 3 or z > 50% or y > p }
criterion judge "Judge" cap 10 { judged }
property "n" : never (NEVER)
"""


@pytest.mark.parametrize("never, outcome", [
    ("x * 3 = 1", "undecided"),
    ("x * 3 > 1 and x * 3 < 1.000001", "fails"),
    ("x * 3 >= 1 and y * 3 >= 2 and x + y <= 1.00001", "fails"),
    ("x * 3 >= 1 and y * 3 >= 2 and x + y <= 1", "undecided"),
    ("z * 3 = 1", "fails"),
    ("z * 3 = 1 and x * 4 = z * 3", "fails"),
    ("z * 3 = 1 and x = z", "undecided"),
    ("(sum of h in t) * 3 = 1", "undecided"),
    ("(sum of h in t) * 3 >= 1 and (sum of h in t) * 3 <= 1.00001 and (sum of s in t) * 3 = 1", "fails"),
    ("(sum of it in l) * 7 >= 1 and (sum of it in l) * 7 <= 1.001", "fails"),
    ("judge * 7 >= 1 and judge * 7 <= 1.001", "fails"),
    ("work = 0 and y * 7 >= 1 and p <= 2 * y and y < x and x * 7 <= 1.01", "fails"),
])
def test_what_is_shown_can_be_written(never, outcome, tmp_path):
    """A facts file has decimals, and shares of whole numbers."""
    found = prove(tmp_path, NUMBERS.replace("NEVER", never), code=1)
    one = answer(found, "property")
    assert one["outcome"] == outcome
    if outcome == "fails":
        replay(tmp_path, one["witness"])
    else:
        assert "witness" not in one and "decimal" in one["because"]


LIMITED = """standard s "S" {{ total 10 }}
facts "Facts" {{ {facts} }}
criterion k "K" cap 10 {{ {body} }}
property "p" : never {never}
"""


@pytest.mark.parametrize("facts, body, never", [
    ("l : list of count", "10 when (count of l) < 1", "total = 10"),
    ("a : count  b : count at most a, otherwise 7", "1 per a", "total = 5"),
    ("a : count  b : count at least a, otherwise 3", "1 per a", "total = 5"),
    ("a : count, otherwise 1  b : count at most a, otherwise 7  x : count", "1 per x", "total = 5"),
    ("a : count  t : table { h : count at most a }", "1 per (sum of h in t)", "(total = 5 and a <= 2)"),
    ("a : count  t : table { h : count at least a }", "1 per a", "(total = 5 and (count of t where h < 9) >= 1)"),
    ("a : number  b : number at least a  d : number at most a", "full when b > d", "(b * 3 < 1 and d * 4 > 1)"),
])
def test_what_limits_a_fact_limits_what_is_shown(facts, body, never, tmp_path):
    """Also by what is assumed of another, and in a row."""
    one = answer(prove(tmp_path, LIMITED.format(facts=facts, body=body, never=never), code=1), "property")
    assert one["outcome"] == "fails"
    replay(tmp_path, one["witness"])


@pytest.mark.parametrize("lang, because", [("en", "limits"), ("zh", "限制")])
def test_facts_that_no_unit_can_state_together(lang, because, tmp_path):
    """Of such units all could be said; and who leaves one of them open is scored."""
    facts = "f1 : count within 0..14 at most f4  f2 : count within 7..8 at most f4  f4 : count at most f6  f6 : count within 0..4"
    found = prove(tmp_path, LIMITED.format(facts=facts, body="full when f6 > 2 and f1 > 2", never="total = 10"), "--lang", lang, code=1)
    assert {one["outcome"] for one in found} == {"undecided"} and all(because in one["because"] for one in found)


@pytest.mark.parametrize("law, outcome", [
    ("raising done never lowers total", "holds"),
    ("raising faults never lowers total", "holds"),
    ("raising done never lowers work", "holds"),
    ("always total <= 10", "holds"),
    ("never (faults is known and total > 9)", "holds"),
    ("never (not (faults is known) and total > 9)", "fails"),
    ("never (faults is known and total > 8)", "fails"),
    ("never (not (faults is known) and faults > 3)", "undecided"),
    ("raising done never lowers seen", "holds"),
    ("raising done never lowers doubled", "undecided"),
    ("raising late never lowers total", "fails"),
])
def test_what_is_asked_of_whether_something_is_known(law, outcome, tmp_path):
    """A unit may leave it open: what is proved is so of that one, too, and by such a one something may be shown."""
    text = rules("prorata done\n  deduct 1 when faults is known\n  deduct 1 when late and faults is known", rest="define seen = if done is known and faults < 3 then 1 else 0\n"
                 f'define twice = done * 2\ndefine doubled = if twice is known then 1 else 0\nproperty "the law" : {law}')
    found = prove(tmp_path, text)
    one = answer(found, "property", "the law")
    assert one["outcome"] == outcome
    assert {"done = 100%", "faults = unknown"} <= set(answer(found, "cap")["witness"]["facts"])
    for other in (False, True) if "other" in one.get("witness", {}) else ():
        replay(tmp_path, one["witness"], other)


def test_rows_of_tables(tmp_path):
    text = """standard s "S" { total 6 }
facts "Facts" { visits "Visits" : table { who : text, hours : count at most 8 } }
criterion a "A" cap 6 { 2 per (count of visits where hours >= 3) }
property "p" : never total = 6
property "q" : never total = 5
"""
    found = prove(tmp_path, text, code=1)
    reached, never = (answer(found, "property", name) for name in "pq")
    assert reached["outcome"] == "fails" and replay(tmp_path, reached["witness"])["total"]["value"] == "6"
    assert never["outcome"] == "holds" or never["outcome"] == "undecided"


RANKS = """standard s "S" {{ period 2024 total 10 }}
facts "F" {{ flaws "Flaws" : count  good "Good" : count }}
{criterion}
property "more never hurts" : raising flaws never lowers total
"""


@pytest.mark.parametrize("criterion, outcome", [
    ('criterion c "C" cap 10 { full when rank of flaws in cohort >= 3 }', "undecided"),
    ('criterion c "C" cap 10 { full when rank of good in cohort <= 3 }', "holds"),
    ('criterion c "C" cap 10 { full when flaws >= highest of good in cohort }', "holds"),
    ('define apart = flaws - highest of flaws in cohort\ncriterion c "C" cap 10 { full when highest of apart in cohort >= -2 }', "undecided"),
])
def test_a_rank_moves_with_the_unit_itself(criterion, outcome, tmp_path):
    """Who has more is ranked higher, and others lower; what the others come to by themselves stays."""
    found = prove(tmp_path, RANKS.format(criterion=criterion))
    assert answer(found, "property")["outcome"] == outcome


def test_branches_that_share_what_they_rest_on(tmp_path):
    """Each is worked out once, not once by each way to it."""
    chain = "\n".join(f"define d{i} = if faults > {i % 9} then d{i - 1} + {i % 2} else d{i - 1}" for i in range(1, 80))
    found = prove(tmp_path, rules("prorata done / d79", rest=f"define d0 = 1\n{chain}"))
    assert answer(found, "fact", "done")["outcome"] == "holds"


PAGE = {"en": ["all 10 points of “Work” can be had (work)", "the total, when “Faults” is raised (faults)", "the total, when “Late” goes from no to yes (late)",
               "the total, when done is raised"],
        "zh": ["“Work” 的 10 分能够得满（work）", "提高 “Faults” 时的总分（faults）", "“Late”由“否”变为“是”时的总分（late）", "提高 done 时的总分"]}


@pytest.mark.parametrize("lang", PAGE)
def test_a_person_reads_labels(lang, tmp_path):
    """With the name behind them; without a label the name alone. JSON has names."""
    text = rules("prorata done\n  deduct 1 per faults up to 3\n  deduct 1 when late").replace('done "Done"', "done")
    found = prove(tmp_path, text, "--lang", lang)
    done = run([RUBRIC, "prove", "s.rubric", "--lang", lang], tmp_path)
    lines = [line.split("  ")[-1].strip() for line in done.stdout.splitlines()]
    for line in PAGE[lang]:
        assert line in lines
    assert not any("“Work”" in one["about"] or "Faults" in one["about"] for one in found)
    assert answer(found, "cap", "work") and answer(found, "fact", "faults")


def test_a_table_stands_on_lines_of_its_own(tmp_path):
    """As in a facts file, in which they can be put as they are."""
    text = """standard s "S" { total 6 }
facts "Facts" { visits "Visits" : table { who : text, hours : count at most 8 }  late "Late" : yesno }
criterion a "A" cap 6 { 2 per (count of visits where hours >= 3) }
property "p" : never (total = 6 and late)
"""
    (tmp_path / "s.rubric").write_text(text)
    done = run([RUBRIC, "prove", "s.rubric"], tmp_path)
    lines = done.stdout.splitlines()
    head, end = lines.index("    visits = table {"), lines.index("    }")
    rows = lines[head + 1:end]
    assert rows[0] == "      | who | hours |" and len(rows) == 4 and all(row.startswith("      |") for row in rows)
    assert replay(tmp_path, {"facts": [line[4:] for line in ["\n".join(lines[head:end + 1]), lines[end + 1]]]})["total"]["value"] == "6"


@pytest.mark.parametrize("shard", range(4))
def test_generated(shard, tmp_path):
    for seed in range(7000 + shard, 7000 + STANDARDS, 4):
        with tempfile.TemporaryDirectory(dir=tmp_path) as name:
            generated(seed, type(tmp_path)(name))


def generated(seed, folder):
    made = Generator(random.Random(seed))
    text = made.write()
    found = prove(folder, text)
    reached = set()
    for one in found:
        if one["question"] == "grade" and "witness" in one:
            reached.add(one["about"])
        for key in "witness", "raising":
            if key in one:
                moved = [replay(folder, one[key], other).get("total") for other in ((False, True) if "other" in one[key] else (False,))]
                assert one["question"] != "fact" or [each["value"] for each in moved] == [one[key]["before"], one[key]["after"]], (seed, one)
    names = []
    for number in range(UNITS):
        names.append(f"u{number}.facts")
        (folder / names[-1]).write_text(made.unit(number), encoding="utf-8")
    done = run([RUBRIC, "eval", *names, "--rules", "s.rubric", "--json"], folder)
    for said in map(json.loads, done.stdout.splitlines()):
        grade = (said.get("grade") or {}).get("value")
        for one in found:
            impossible = one["question"] == "grade" and one["outcome"] == "fails"
            assert not (impossible and grade and one["about"].endswith(f" {grade}")), (seed, one, said)


def test_without_a_solver(tmp_path):
    (tmp_path / "s.rubric").write_text(rules())
    done = run(["/usr/bin/env", f"PATH={tmp_path}", RUBRIC, "prove", "s.rubric", "--lang", "en"], tmp_path)
    assert done.returncode == 2 and "E1113" in done.stderr and "apt-get install z3" in done.stderr


NOISE = {"an error": 'echo "(error \\"x\\")"\nexec {z3} "$@"', "an answer": 'echo unsat\nexec {z3} "$@"', "values": 'echo "((in0.0.0 3.0))"\nexec {z3} "$@"',
         "later": '{z3} "$@" | sed -u "5i sat"', "unknown": '{z3} "$@" | sed -u "s/^q[0-9]*/q0/"', "nothing": "exit 0", "other marks": '{z3} "$@" | sed -u "4,9999s/^q[0-9]*/q0/"',
         "no values": """{z3} "$@" | sed -u -e 's/^((.*/((error "max. resource limit exceeded")/' -e '/^ (/d'"""}


@pytest.mark.parametrize("noise", NOISE)
def test_a_solver_that_says_more_than_it_is_asked_proves_nothing(noise, tmp_path):
    """What it says may belong to another question."""
    text = rules("bands done { at least 90% : 8  otherwise : 0 }\n  deduct 1 when late",
                 rest='property "p" : raising done never lowers total\nproperty "q" : never (late and total >= 8)\nproperty "r" : never total >= 8')
    sound = prove(tmp_path, text)
    (tmp_path / "z3").write_text("#!/bin/sh\n" + NOISE[noise].format(z3=shutil.which("z3")) + "\n")
    (tmp_path / "z3").chmod(0o755)
    done = run(["/usr/bin/env", f"PATH={tmp_path}:{os.environ['PATH']}", RUBRIC, "prove", "s.rubric", "--json"], tmp_path)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["about"] for one in found] == [one["about"] for one in sound]
    for said, right in zip(found, sound):
        assert said["outcome"] in (right["outcome"], "undecided") and (said["outcome"] == "undecided" or said["answer"] == right["answer"])
        if "witness" in said and "other" not in said["witness"]:
            replay(tmp_path, said["witness"])


PLAYED = """#!/usr/bin/python3
import sys
for line in sys.stdin:
    if "check-sat" in line:
        print("sat")
    elif line.startswith("(echo"):
        print(line.split('"')[1], flush=True)
    elif "get-value" in line:
        names = line[len("(get-value ("):].rstrip(") \\n").split()
        VALUES
"""
ENDLESS = PLAYED.replace("VALUES", 'while True: print("((x (((")')
DEEP = PLAYED.replace("VALUES", 'print("(" + " ".join("(" + name + " " + "(- " * 300000 + "1" + ")" * 300001 for name in names) + ")")')
FAILING = {"ends": "#!/bin/sh\nexit 127\n", "is killed": "#!/bin/sh\nread a; kill -KILL $$\n", "has no end": "#!/bin/sh\nexec cat /dev/zero\n",
           "has no end of lines": ENDLESS, "heeds no signal": "#!/usr/bin/python3\nimport os, signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nos.write(1, b'x\\n')\nos.close(1)\ntime.sleep(300)\n"}


def with_solver(folder, text):
    (folder / "s.rubric").write_text(rules("bands done { at least 95% : 5  from 80% to below 95% : 8  otherwise : 0 }", rest='property "p" : raising done never lowers total'))
    (folder / "z3").write_text(text)
    (folder / "z3").chmod(0o755)
    return ["/usr/bin/env", f"PATH={folder}:{os.environ['PATH']}", RUBRIC, "prove", "s.rubric", "--lang", "en"]


@pytest.mark.parametrize("failing", FAILING)
def test_a_solver_that_fails_is_told(failing, tmp_path):
    done = run(with_solver(tmp_path, FAILING[failing]), tmp_path)
    assert done.returncode == 2 and "E1117" in done.stderr
    assert "the solver did not answer" in done.stdout and "did not suffice" not in done.stdout


def test_a_value_nested_deep_is_none(tmp_path):
    done = run(with_solver(tmp_path, DEEP), tmp_path)
    assert done.returncode == 1 and "E1117" not in done.stderr


def test_a_solver_ends_with_the_program(tmp_path):
    command = with_solver(tmp_path, "#!/bin/sh\necho $$ > pid\nexec sleep 300\n")
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, env=environment()) as asked:
        for _ in range(200):
            if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip():
                break
            time.sleep(0.05)
        process = int((tmp_path / "pid").read_text())
        asked.terminate()
        assert asked.wait(10) == 143
    for _ in range(100):
        if not os.path.exists(f"/proc/{process}") or "Z" in open(f"/proc/{process}/stat").read().split(")")[1]:
            return
        time.sleep(0.05)
    raise AssertionError("the solver goes on by itself")


def test_closed_standard_files_are_not_the_solvers(tmp_path):
    (tmp_path / "s.rubric").write_text(rules())
    done = subprocess.run(["/bin/sh", "-c", 'exec "$0" prove s.rubric <&- >&-', RUBRIC], cwd=tmp_path, stderr=subprocess.PIPE, text=True, timeout=60, env=environment())
    assert done.returncode == 3 and "E1007" in done.stderr


def test_the_shipped_standard_is_settled(tmp_path):
    found = [json.loads(line) for line in run([RUBRIC, "prove", ROOT / "rules/yueyang-2017.rubric", "--json"], tmp_path).stdout.splitlines()]
    assert {one["outcome"] for one in found} == {"holds"} and len(found) > 100
