"""`rubric repl` on scripts: laws that hold whatever is changed, files that change under it, input that is no input. What it says stands in tests/repl/*.repl."""
import json
import os
import re
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from support import LONG, MARK, NOGC, PROGRAMS, RUBRIC, SANITIZER, TESTS, environment, program_id, run, run_session

FOLDER = TESTS / "repl"
EXAMPLES = settings(max_examples=150 if LONG else 25, deadline=None, suppress_health_check=list(HealthCheck))

# Values that the facts of tests/repl/garden.rubric take; those that need evidence bring it along.
VALUES = {
    "beds": ["17 of 20", "1/20", "80%", "100%", "0 of 0", "unknown"],
    "weeded": ["yes", "no", "unknown"],
    "open_in": ["1..12", "4, 6..7", "[]", "[12]", "unknown"],
    "visits": ["0", "99", "100", "900", "unknown"],
    "limit": ["900", "1000", "unknown"],
    "plan": ['document "plan.pdf" 30 characters evidence "p"', 'document "plan.pdf" evidence "q" "a remark"', "unknown"],
    "dues": ['19 of 20 evidence "bank"', '79.5% evidence "bank" "checked"', "unknown"],
    "kind": ["town", "farm", '"Farm garden"', "unknown"],
    "marks": ["[good, good, poor]", "good", "fair except 2 poor", "[unknown, good, good]", "unknown"],
    "staff": ["1", "9", "100", "unknown"],
    "unknowns": ["0", "7", "unknown"],
    "score people.look": ["0", "1.5", "3", "unknown"],
}
ENTRIES = [(name, value) for name, values in VALUES.items() for value in values]

entered = st.sampled_from(ENTRIES).map(lambda entry: f"set {entry[0]} = {entry[1]}")
withdrawn = st.sampled_from(list(VALUES)).map(lambda name: f"unset {name}")
days = st.sampled_from(["on 2024-05-03", "on 2024-12-24"])
columns = st.sampled_from(["column own", "column jury"])
thresholds = st.sampled_from(["set threshold star_mark = 15", "set enough = 90%", "unset threshold enough", "set star_mark = 3"])
in_files = st.lists(st.one_of(entered, withdrawn, days), min_size=1, max_size=6)
anything = st.lists(st.one_of(entered, withdrawn, days, columns, thresholds, st.just("reset"), st.just("undo"), st.just("redo")), min_size=1, max_size=8)


def garden(tmp_path_factory):
    folder = tmp_path_factory.mktemp("garden")
    for name in ("garden.rubric", "elm.facts", "units.csv"):
        shutil.copy(FOLDER / name, folder)
    return folder


def session(folder, lines, *arguments, program=RUBRIC):
    """What a script says, both streams."""
    return run([program, "repl", *(arguments or ("elm.facts",))], folder, "".join(f"{line}\n" for line in lines))


def shown(folder, lines):
    """The sheet after these lines."""
    *_, last = run_session([RUBRIC, "repl", "elm.facts"], [*lines, "show"], folder)[0]
    return last


# ---------------------------------------------------------------- laws

@EXAMPLES
@given(lines=anything)
def test_undo_and_redo_bring_back_the_same(tmp_path_factory, lines):
    folder = garden(tmp_path_factory)
    answers = run_session([RUBRIC, "repl", "elm.facts"], ["show", *lines, "show", "undo", "show", "redo", "show"], folder)[0][1:]
    before, undone, after = answers[-5], answers[-4], answers[-1]
    if "there is nothing" not in undone:
        assert before == after


@EXAMPLES
@given(lines=anything)
def test_undoing_everything_leads_back_to_the_loaded_unit(tmp_path_factory, lines):
    folder = garden(tmp_path_factory)
    all_back = ["undo"] * (len(lines) + 1)
    assert shown(folder, [*lines, *all_back]) == shown(folder, [])
    assert shown(folder, [*lines, "scenario loaded"]) == shown(folder, [])


def results(folder, name):
    done = run([RUBRIC, "eval", name, "--json"], folder)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {key: value for key, value in found.items() if key not in ("messages", "file")}


def without_places(text):
    """A sheet says thresholds to be given as the prompt, or as the command line has it."""
    return re.sub(r"(set threshold |--set )(\w+)( = |=)…", r"\2", text)


@EXAMPLES
@given(lines=in_files)
def test_a_saved_unit_is_read_as_the_same(tmp_path_factory, lines):
    folder = garden(tmp_path_factory)
    done = session(folder, [*lines, "show", "save saved.facts"])
    assert (folder / "saved.facts").exists(), done.stdout + done.stderr
    sheet = run([RUBRIC, "eval", "saved.facts"], folder).stdout.rstrip()
    assert without_places(sheet) in without_places(done.stdout)
    again = session(folder, ["diff", "facts"], "saved.facts")
    assert again.stdout.startswith("nothing was changed"), again.stdout
    session(folder, ["load saved.facts", "save twice.facts"])
    assert (folder / "twice.facts").read_bytes() == (folder / "saved.facts").read_bytes()
    before, after = (folder / "elm.facts").read_text().splitlines(), (folder / "saved.facts").read_text().splitlines()
    assert [line for line in before if line.startswith("# ")] == [line for line in after if line in before and line.startswith("# ")]


@EXAMPLES
@given(entries=st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=5, unique_by=lambda entry: entry[0]))
def test_a_change_does_what_the_edited_file_does(tmp_path_factory, entries):
    """In a file without a review, so that there is one entry a fact."""
    folder = garden(tmp_path_factory)
    plain = re.sub(r"review .*?\n\}\n", "", (folder / "elm.facts").read_text(encoding="utf-8"), flags=re.S)
    (folder / "plain.facts").write_text(plain, encoding="utf-8")
    edited = plain
    for name, value in entries:
        edited = re.sub(rf"^{name} .*$\n?", "", edited, flags=re.M) + f"{name} = {value}\n"
    (folder / "edited.facts").write_text(edited, encoding="utf-8")
    by_file = run([RUBRIC, "eval", "edited.facts"], folder)
    by_hand = session(folder, [*(f"set {name} = {value}" for name, value in entries), "show"], "plain.facts")
    if by_file.returncode:
        assert by_hand.returncode == by_file.returncode
    elif not by_hand.returncode:  # on the way there it may have been refused
        assert without_places(by_file.stdout.rstrip()) in without_places(by_hand.stdout)


@EXAMPLES
@given(lines=in_files)
def test_a_saved_test_is_read_back(tmp_path_factory, lines):
    """The program reads it back itself before it shows it; here the rules with the test in them are checked, and the test says what was done."""
    folder = garden(tmp_path_factory)
    (folder / "rules").mkdir()
    done = session(folder, [*lines, 'save test "as “tried”"', 'save test "as “tried”" garden.rubric', "diff"])
    text = (folder / "garden.rubric").read_text(encoding="utf-8")
    assert 'test "as “tried”" {\n  given "elm.facts"' in text, done.stdout + done.stderr
    block = text[text.index('test "as “tried”"') :]
    assert block in done.stdout
    checked = run([RUBRIC, "check", "garden.rubric"], folder)
    assert checked.returncode == 0, checked.stdout
    total = re.search(r"^Total +20 .*?(\S+(?: – \S+)?)$", session(folder, [*lines, "show total"]).stdout, re.M)[1]
    wanted = [f"total >= {total.split(' – ')[0]}, total <= {total.split(' – ')[1]}"] if " – " in total else [f"total = {total}"]
    assert wanted[0] in block


@EXAMPLES
@given(lines=anything)
def test_a_scenario_is_never_lost(tmp_path_factory, lines):
    folder = garden(tmp_path_factory)
    if not any(line.startswith(("set", "unset", "on", "column")) for line in lines):
        return
    answers, _ = run_session([RUBRIC, "repl", "elm.facts"], [*lines, "scenario mine", "show", "scenario loaded", "set staff = 3", "scenario other", "undo",
                                                             "scenario mine", "show"], folder)
    assert answers[-1] == answers[len(lines) + 2]


# ---------------------------------------------------------------- a unit of a table, a unit without a file

def test_a_unit_of_a_table_is_written_whole(tmp_path_factory):
    folder = garden(tmp_path_factory)
    for name in ("oak", "ash"):
        session(folder, [f"load units.csv {name}", f"save {name}.facts"], "--rules", "garden.rubric")
        rows = [json.loads(line) for line in run([RUBRIC, "eval", "units.csv", "--rules", "garden.rubric", "--json"], folder).stdout.splitlines()]
        row = next(row for row in rows if row["unit"]["id"] == name)
        alone = results(folder, f"{name}.facts")
        for key in ("unit", "total", "subtotal", "grade", "parts", "assumed", "deciding"):
            assert alone.get(key) == row.get(key), key


@pytest.mark.parametrize("lang, entry, column", [("en", "set", "column jury"), ("zh", "设", "评分栏 jury")])
def test_a_review_is_made_where_one_is_needed(tmp_path_factory, lang, entry, column):
    folder = garden(tmp_path_factory)
    plain = re.sub(r"\nreview .*?\n\}\n", "", (folder / "elm.facts").read_text(encoding="utf-8"), flags=re.S)
    (folder / "plain.facts").write_text(plain, encoding="utf-8")
    done = session(folder, [f"{entry} beds = 12 of 20", column, f"{entry} weeded = no", f"{entry} score people.look = 1", "show", "save reviewed.facts"],
                   "plain.facts", "--lang", lang)
    text = (folder / "reviewed.facts").read_text(encoding="utf-8")
    head = {"en": 'review by "what if" on 2024-06-20 {', "zh": '复核 由 "假设" 于 2024-06-20 {'}[lang]
    score = {"en": "score", "zh": "得分"}[lang]
    assert text == plain.replace("17 of 20", "12 of 20") + f"\n{head}\n  weeded = no\n  {score} people.look = 1\n}}\n", done.stdout
    assert run([RUBRIC, "eval", "reviewed.facts", "--lang", lang], folder).stdout.count("2024-06-20") == 2


def test_entries_that_share_a_line(tmp_path_factory):
    folder = garden(tmp_path_factory)
    text = 'standard "garden.rubric"\nbeds = 3 of 20 weeded = yes # both\nmarks = [good,\n  good, # fine\n  poor]  visits = 3\nlimit = 7 ' \
           'review by "x" on 2024-05-05 { beds = 4 of 20 weeded = no }'
    (folder / "dense.facts").write_text(text, encoding="utf-8")
    done = session(folder, ["column own", "set beds = 5 of 20", "unset weeded", "unset marks", "unset limit", "column jury", "set beds = 6 of 20",
                            "set visits = 4", "show", "save out.facts"], "dense.facts")
    assert "written: out.facts" in done.stdout, done.stdout + done.stderr
    assert (folder / "out.facts").read_text(encoding="utf-8") == \
        'standard "garden.rubric"\n# weeded = yes\nbeds = 5 of 20  # both\n# marks = [good, good, # fine poor]\n  visits = 3\n# limit = 7\n ' \
        'review by "x" on 2024-05-05 { beds = 6 of 20 weeded = no \n  visits = 4\n}'


# ---------------------------------------------------------------- files that change under the session

class Session:
    """A session that is fed line by line."""

    def __init__(self, folder, *arguments):
        self.process = subprocess.Popen([RUBRIC, "repl", *arguments], cwd=folder, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT)

    def say(self, line):
        self.process.stdin.write(f"{line}\n:{MARK}\n".encode())
        self.process.stdin.flush()
        said = ""
        while MARK not in said:
            said += self.process.stdout.readline().decode("utf-8")
        for _ in range(2):  # help, an empty line
            self.process.stdout.readline()
        return re.sub(r"[^\n]*\[E1070\].*", "", said, flags=re.S)

    def end(self):
        self.process.stdin.close()
        return self.process.wait(timeout=10)


@pytest.fixture
def open_session(tmp_path_factory):
    folder = garden(tmp_path_factory)
    found = Session(folder, "elm.facts")
    yield folder, found
    found.process.kill()
    found.process.wait()


def touch_later(path, text):
    """A file of the same size and content would still be told by its time."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(os.stat(path).st_atime_ns, os.stat(path).st_mtime_ns + 1))


def test_a_changed_standard_is_noticed_once_and_taken_by_reload(open_session):
    folder, said = open_session
    assert said.say("set beds = 15 of 20").startswith("beds (Jury) 17/20 → 15/20\ntotal 17 → 13")
    rules = folder / "garden.rubric"
    touch_later(rules, rules.read_text(encoding="utf-8").replace("= 80%", "= 70%"))
    first = said.say("show total")
    assert first.startswith("garden.rubric has changed since it was read: reload reads it anew\n") and "13" in first
    assert "has changed" not in said.say("show total")
    assert "[E1076]" in said.say("total")                       # an expression is asked of the rules as they now are
    assert said.say("reload") == "Elm Street garden, by garden.rubric\ntotal 13 → 17\ngrade B Fair → A Fine\n"
    assert said.say("reload") == "Elm Street garden, by garden.rubric\n"
    assert said.say("total") == "10 + 7 = 17\n"
    assert said.say("diff").startswith("beds (Jury) 17/20 → 15/20\nno result changes")


def test_changes_that_no_longer_fit_are_named(open_session):
    folder, said = open_session
    said.say("set kind = farm")
    said.say("scenario farm")
    said.say("set visits = 90")
    rules, facts = folder / "garden.rubric", folder / "elm.facts"
    touch_later(rules, rules.read_text(encoding="utf-8").replace(', farm "Farm garden"', "").replace("kind = farm", "kind is not town"))
    touch_later(facts, facts.read_text(encoding="utf-8").replace("visits = 420", "visits = 430"))
    answer = said.say("reload")
    assert "left out, since it no longer fits: set kind = farm\n" in answer
    assert said.say("diff").startswith("visits (Jury) 430 → 90\n")


def test_a_faulty_file_leaves_the_session_as_it_was(open_session):
    folder, said = open_session
    said.say("set beds = 15 of 20")
    facts = folder / "elm.facts"
    whole = facts.read_text(encoding="utf-8")
    touch_later(facts, whole + "beds = = 3\n")
    answer = said.say("reload")
    assert "[E0225]" in answer and answer.endswith("nothing is read anew: all is as it was\n")
    assert "has changed" not in answer and "13" in said.say("show total")
    assert said.say("diff").startswith("beds (Jury) 17/20 → 15/20\n")
    touch_later(facts, whole)
    said.say("reload")
    assert said.say("diff").startswith("beds (Jury) 17/20 → 15/20\n")


def test_what_somebody_else_wrote_is_not_written_over(open_session):
    folder, said = open_session
    facts = folder / "elm.facts"
    said.say("set beds = 15 of 20")
    touch_later(facts, facts.read_text(encoding="utf-8") + "# another hand\n")
    assert "[E1085]" in said.say("save elm.facts") and facts.read_text(encoding="utf-8").endswith("# another hand\n")
    assert "written: elm.facts" in said.say("save! elm.facts") and "15 of 20" in facts.read_text(encoding="utf-8")
    assert "has changed" not in said.say("show total")          # its own writing is no news
    said.say("set staff = 2")
    assert "written: elm.facts" in said.say("save elm.facts")
    assert said.end() == 2


def test_a_file_that_cannot_be_written_is_told(tmp_path_factory):
    folder = garden(tmp_path_factory)
    (folder / "shut").mkdir(mode=0o500)
    if os.access(folder / "shut", os.W_OK):
        pytest.skip("whoever runs this may write anywhere")
    done = session(folder, ["save shut/a.facts"])
    assert "[E1002]" in done.stderr and done.returncode == 3


def test_messages_tell_the_line_of_a_script_in_a_file(tmp_path_factory):
    """Of one that comes through a pipe nobody could look lines up."""
    folder = garden(tmp_path_factory)
    script = "set beds = 15 of 20\n\nset nothing = 3\nset marks = [good,\n  fine,\n  good]\nlock nothing\nreach nothing >= 3\nbeds >\n   nothing\n"
    (folder / "lines.txt").write_text(script, encoding="utf-8")
    with open(folder / "lines.txt", "rb") as lines:
        told = subprocess.run([RUBRIC, "repl", "elm.facts"], cwd=folder, stdin=lines, capture_output=True, env=environment(), timeout=60).stderr.decode("utf-8")
    assert re.findall(r"--> (<\w+>:\d+:\d+)", told) == ["<input>:3:5", "<input>:5:3", "<input>:7:1", "<goal>:8:1", "<input>:10:4"]
    assert " 5 |   fine,\n" in told and "10 |    nothing\n" in told
    piped = session(folder, script.splitlines()).stderr
    assert re.findall(r"--> (<\w+>:\d+:\d+)", piped) == ["<input>:1:5", "<input>:2:3", "<goal>:1:1", "<input>:2:4"]


# ---------------------------------------------------------------- input that is none

@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_hostile_lines(program, tmp_path_factory):
    folder = garden(tmp_path_factory)
    lines = [b"set beds = \xff\xfe", b"\x00", b"set beds = 17 of 20\x00 more", b"x" * 100_000, b"(" * 5000, b"set marks = [" + b"good," * 5000, b'"""', b"`", b"?",
             b":", "：".encode(), b"::", b":?", b"!", b"set!", b"save", b"save test", b'save test ""', b"scenario", b"compare a b c", b"on", b"column",
             b"load", b"load /dev/zero", b"load .", b"save .facts", b"show \x1b[31m", b"scenario \x1b]0;x\x07", b"scenarios", b"set threshold = 3", b"set score = 3",
             b"unset score", b"unset threshold", b"whynot", b"set set = 3", b"set", b"=", b"#", b"", b" ", b"undo undo", b"?\xe2\x80\xae"]
    done = subprocess.run([program, "repl", "elm.facts"], cwd=folder, input=b"\n\n".join(lines) + b"\n\nset beds = 3 of 20\nquit\ntotal", capture_output=True,
                          env=environment(), timeout=120)
    assert done.returncode == 3 or done.returncode == 2
    said = done.stdout + done.stderr
    assert not SANITIZER.search(said.decode("utf-8", "replace"))
    assert b"beds (Jury) 17/20 \xe2\x86\x92 3/20" in done.stdout
    assert b"\x1b" not in said and b"\x07" not in said, "an order reached the terminal"


@EXAMPLES
@given(lines=st.lists(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\n\r"), max_size=60), max_size=6))
def test_any_text(tmp_path_factory, lines):
    folder = garden(tmp_path_factory)
    done = session(folder, [*lines, "", ""], program=NOGC or RUBRIC)
    assert done.returncode in (0, 2, 3), done.stderr


def test_a_last_line_without_its_end_and_one_that_waits(tmp_path_factory):
    folder = garden(tmp_path_factory)
    assert run([RUBRIC, "repl", "elm.facts"], folder, "total").stdout == "10 + 7 = 17\n"
    waits = run([RUBRIC, "repl", "elm.facts"], folder, "total +")
    assert "[E0213]" in waits.stderr and waits.returncode == 2


def test_a_line_with_a_nul_is_refused_whole(tmp_path_factory):
    folder = garden(tmp_path_factory)
    done = session(folder, ["set staff = 3\0 and more", "(1 +", "2\0", "(staff)"])
    assert done.stderr.count("[E0102]") == 2 and "\\u{0} and more" in done.stderr
    assert done.stdout == "9\n    staff = 9   elm.facts:14\n" and done.returncode == 2


def test_input_that_cannot_be_read_is_told(tmp_path_factory):
    folder = garden(tmp_path_factory)
    with open("/dev/zero", "rb") as endless:
        done = subprocess.run([RUBRIC, "repl", "elm.facts"], cwd=folder, stdin=endless, capture_output=True, env=environment(), timeout=60)
    assert b"[E1004]" in done.stderr and done.returncode == 3
    inside = os.open(folder, os.O_RDONLY)
    done = subprocess.run([RUBRIC, "repl", "elm.facts"], cwd=folder, stdin=inside, capture_output=True, env=environment(), timeout=60)
    os.close(inside)
    assert b"[E1005]" in done.stderr and done.returncode == 3


@pytest.mark.parametrize("lines", [["(", *["1 +"] * 20_000, ""], ["1 +"] * 20_000 + ["1"], ['"""', *["a line"] * 20_000, '"""'],
                                   ["set marks = ["] + ["good,"] * 20_000 + ["good]"], ["x" * 1_000_000 + " y"], ["show " + "“" * 300_000], ["show " + "“ " * 50_000]],
                         ids=["bracket", "operator", "text", "list", "word", "quotes", "quoted words"])
def test_long_input_takes_time_in_proportion(tmp_path_factory, lines):
    folder = garden(tmp_path_factory)
    done = subprocess.run([RUBRIC, "repl", "elm.facts"], cwd=folder, input="".join(f"{line}\n" for line in [*lines, "(staff)"]).encode(), capture_output=True,
                          env=environment(), timeout=10)
    assert done.stdout.endswith(b"9\n    staff = 9   elm.facts:14\n")


def test_a_file_that_does_not_fit_leaves_nothing_behind(tmp_path_factory):
    """No room, as a limit of the shell has it: the signal that comes with that does not end the session."""
    folder = garden(tmp_path_factory)
    before = sorted(os.listdir(folder))
    done = subprocess.run(["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", RUBRIC, "repl", "elm.facts"], cwd=folder, capture_output=True, env=environment(), timeout=60,
                          input=b"set staff = 3\nsave plan.facts\nsave! elm.facts\n(staff)\n")
    assert done.stderr.count(b"[E1087]") == 2 and done.stdout.endswith(b"3\n    staff = 3   <input>\n") and done.returncode == 2
    assert sorted(os.listdir(folder)) == before and b"staff  = 9" in (folder / "elm.facts").read_bytes()


def test_a_link_that_leads_nowhere_is_not_replaced(tmp_path_factory):
    folder = garden(tmp_path_factory)
    os.symlink("nowhere.facts", folder / "plan.facts")
    done = session(folder, ["save plan.facts", "save! plan.facts"])
    assert done.stderr.count("[E1087]") == 2 and os.readlink(folder / "plan.facts") == "nowhere.facts"
