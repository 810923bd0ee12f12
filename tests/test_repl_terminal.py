"""`rubric repl` at a terminal: keys as they are typed, completion, interrupts, pasting, changes of size, and what was typed before."""
import os
import re
import stat
import time

import pexpect
import pytest

from support import NOGC, RUBRIC, dense

# What is asked with, once an input is done: its beginning says that pasting is understood. The scenario that is worked in stands in it.
PROMPT = r"rubric(?: [^\s>]+)?> "
READY = r"\x1b\[\?2004h" + PROMPT
MORE = r"\x1b\[\?2004h   \.\.\. "
LEFT, RIGHT, UP, DELETE = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b[3~"
HOME, INTERRUPT, END_OF_INPUT = "\x01", "\x03", "\x04"
ORDER = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[=>])")

RULES = """
standard club "Club" { total 20  period 2024  columns own "Own", review "Review" }
facts "The club" {
  dues     "党费"        : share, none counts as 100%
  meetings "Meetings held" : count
  kind     "Kind"        : choice { day "Day club", boarding "Boarding club" }
  open     "Open"        : yesno
}
threshold dues_floor "党费底线" = 90%
define paid = dues >= dues_floor
section system "System" cap 14 {
  criterion dues "交费" cap 10 { prorata dues }
  criterion meets "Meets" cap 4 { 1 per meetings up to 4 }
}
criterion look "Look" cap 6 { judged }
qualifies model "Model" when total >= 18
grades { good "Good one" when total >= 15  fair when total >= 8  otherwise poor }
"""
FACTS = 'unit north "North"\nstandard "club.rubric"\ndues = 17 of 20\nmeetings = 2\nkind = day\nopen = yes\n'


class Terminal:
    """A session in a pseudo-terminal. It is ready when it has asked for the next line."""

    def __init__(self, folder, *arguments, size=(24, 80), program=RUBRIC, files=True, ready=READY, **environment):
        self.folder = folder
        if files:
            (folder / "club.rubric").write_text(RULES, encoding="utf-8")
            (folder / "north.facts").write_text(FACTS, encoding="utf-8")
        base = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_STATE_HOME": str(folder / "state"), "LC_ALL": "C.UTF-8",
                "TERM": "xterm", "NO_COLOR": "1", "INPUTRC": "/dev/null", "ASAN_OPTIONS": "detect_leaks=0"}
        base.update(environment)
        self.child = pexpect.spawn(program, ["repl", *(arguments or ("north.facts",))], cwd=str(folder), env=base, encoding="utf-8",
                                   dimensions=size, timeout=8)
        self.child.delaybeforesend = None
        self.child.expect(ready)
        self.start = self.child.before

    def send(self, keys):
        self.child.send(keys)

    def see(self, text):
        self.child.expect_exact(text)

    def ask(self, prompt=READY):
        self.child.expect(prompt)
        return self.child.before

    def line(self, keys, then=READY):
        """What is printed for a line, once the next is asked for."""
        self.send(keys + "\r")
        return self.ask(then)

    def kept(self, keys):
        """The line that the keys came to."""
        self.line(keys)
        return history(self.folder)[-1]

    def leave(self):
        self.send("\x05\x15" + END_OF_INPUT)
        self.child.expect(pexpect.EOF)
        rest = self.child.before
        self.child.close()
        return rest


def history(folder):
    return (folder / "state/rubric/history").read_text(encoding="utf-8", errors="replace").split("\n")[:-1]


@pytest.fixture(name="terminal")
def a_terminal(tmp_path):
    made = Terminal(tmp_path)
    yield made
    made.child.close(force=True)


# ---------------------------------------------------------------- typing

@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "nowhere.GBK"])
def test_keys_edit_chinese_text_whatever_the_locale(tmp_path, locale):
    terminal = Terminal(tmp_path, LC_ALL=locale)
    assert terminal.kept("党费会底线" + LEFT * 2 + "\x7f" + "的" + RIGHT + "x") == "党费的底x线"
    assert terminal.kept("好" * 45 + HOME + DELETE + "坏") == "坏" + "好" * 44
    assert terminal.kept("(dues)" + LEFT * 3 + "\x17" + HOME + "1 + \x05") == "1 + es)"


def test_a_line_answers_and_the_end_of_input_leaves(terminal):
    assert "(Own) 2 → 4" in terminal.line("set meetings = 4")
    terminal.send(END_OF_INPUT)
    terminal.child.expect(pexpect.EOF)
    assert terminal.child.before.endswith("\n")
    terminal.child.close()
    assert terminal.child.exitstatus == 0


def test_lines_go_on_while_something_is_open(terminal):
    terminal.line("set dues =", then=MORE)
    assert "17/20 → 20/20" in terminal.line("20 of 20").replace("1 (20/20)", "20/20")
    assert history(terminal.folder) == ["set dues =\\n20 of 20"]
    terminal.line("(1 +", then=MORE)
    terminal.line("", then=READY)  # an empty line ends it
    assert history(terminal.folder)[-1].startswith("(1 +")


def test_the_end_of_input_leaves_in_the_middle_of_an_input(terminal):
    terminal.line("(1 +", then=MORE)
    terminal.leave()
    assert terminal.child.exitstatus == 0 and not history(terminal.folder)


# ---------------------------------------------------------------- completion

COMPLETED = [
    # commands, in both tongues, with a colon or without
    ("hel\t", "help "),
    (":rese\t", ":reset"),
    ("帮\t", "帮助 "),
    ("redo\t", "redo"),
    # names
    ("set mee\t= 3", "set meetings = 3"),
    ("set meetings\t\t3", "set meetings = 3"),
    ("set lo\t= 4", "set look = 4"),
    ("unset ki\t", "unset kind"),
    ("?dues_\t", "?dues_floor"),
    ("meet\t> 1", "meetings > 1"),
    ("1 + system.\tm\t+ 1", "1 + system.meets + 1"),
    ("pai\tand yes", "paid and yes"),
    # … by their labels
    ("set Mee\t= 5", "set meetings = 5"),
    ("set Meetings h\t= 6", "set meetings = 6"),
    ("set 党\t= 100%", "set dues = 100%"),
    ("1 + 党费底\t", "1 + dues_floor "),
    # values
    ("set kind = bo\t", "set kind = boarding"),
    ("set kind = Board\t", "set kind = boarding"),
    ("set open = n\t", "set open = no"),
    ("设 open = 否\t", "设 open = 否"),
    ("set open = unk\t", "set open = unknown"),
    ("set dues = \t19 of 19", "set dues = 19 of 19"),
    ("设 dues = \t19/19", "设 dues = 19/19"),
    ("set dues = 18 o\t19", "set dues = 18 of 19"),
    ("kind = bo\t", "kind = boarding "),
    ("kind is one of [day, bo\t]", "kind is one of [day, boarding ]"),
    ("grade = goo\t", "grade = good "),
    # thresholds, scenarios, goals, results, files
    ("set dues_f\t= 80%", "set dues_floor = 80%"),
    ("unset thr\tdu\t", "unset threshold dues_floor"),
    ("scenario ne\tnext", "scenario nenext"),
    ("compare st\t", "compare st"),
    ("why sys\t.du\t", "why system.dues"),
    ("why 交\t", "why system.dues"),
    ("show gra\t", "show grade"),
    ("whynot go\t", "whynot good"),
    ("whynot Mod\t", "whynot model"),
    ("load nor\t", "load north.facts"),
    ("load \"nor\t", "load \"north.facts\""),
    ("save tes\t\"a nor\t\" clu\t", "save test \"a nor\" club.rubric"),
    # what the grammar goes on with
    ("eve\tsect\thas rate at l\t50%", "every section has rate at least 50%"),
    ("每\t部\t满\t得分率 不低\t50%", "每个 部分 满足 得分率 不低于 50%"),
    ("dues is kn\t", "dues is known "),
    ("qualifi\tmod\t", "qualifies model "),
    ("if yes th\t1 el\t2", "if yes then 1 else 2"),
    ("roun\tdu\t)", "rounddu)"),
    # nothing is completed inside texts, comments, and where no name may stand
    ("(\"mee\t\")", "(\"mee\")"),
    ("1 # mee\t", "1 # mee"),
    ("2 mee\t", "2 mee"),
]


def test_words_are_completed(tmp_path):
    terminal, wrong = Terminal(tmp_path), []
    for keys, expected in COMPLETED:
        line = terminal.kept(keys)
        if line != expected:
            wrong.append((keys, expected, line))
    terminal.child.close(force=True)
    assert not wrong


def test_what_is_not_decided_is_listed(terminal):
    terminal.send("set \t")
    listed = terminal.ask(PROMPT)
    assert all(word in listed for word in ("dues", "kind", "look", "meetings", "open", "threshold")) and "system" not in listed
    terminal.see("set ")
    terminal.send("kind = \t")
    listed = terminal.ask(PROMPT)
    assert "boarding" in listed and "day" in listed and "fair" not in listed
    terminal.send("\x15dues \t")
    listed = terminal.ask(PROMPT)
    assert "at least" in listed and "is known" in listed and "meetings" not in listed


def test_lists_are_in_the_tongue_of_the_session(tmp_path):
    terminal = Terminal(tmp_path, "north.facts", "--lang", "zh")
    terminal.send("dues \t")
    listed = terminal.ask(PROMPT)
    assert "不低于" in listed and "at least" not in listed
    terminal.send("\x15\t")
    listed = terminal.ask(PROMPT)
    assert "帮助" in listed and "help" not in listed
    terminal.child.close(force=True)


def test_columns_and_thresholds_are_completed(terminal):
    assert terminal.kept("column re\t") == "column review"
    assert terminal.kept("set thr\td\t= 80%") == "set threshold dues_floor = 80%"


# ---------------------------------------------------------------- interrupts

def test_an_interrupt_drops_what_is_typed_and_nothing_else(terminal):
    terminal.line("set meetings = 4")
    for keys in ("", "set meetings = 1", "wrong" + LEFT * 3, "\x12see", "set \t", "x" * 200):
        terminal.send(keys + INTERRUPT)
        terminal.see("^C")
        terminal.ask()
    terminal.line("(1 +", then=MORE)
    terminal.send("meetings" + INTERRUPT)
    terminal.see("^C")
    terminal.ask()
    assert "(Own) 4 → 2" in terminal.line("undo")
    assert history(terminal.folder) == ["set meetings = 4", "undo"]
    assert terminal.child.isalive()


# ---------------------------------------------------------------- pasting

def paste(text):
    return f"\x1b[200~{text}\x1b[201~"


def test_a_pasted_line_is_edited_before_it_runs(terminal):
    terminal.send(paste("set meetings = 3"))
    assert terminal.kept("\x7f1") == "set meetings = 1"


def test_pasted_lines_are_one_input_or_several(terminal):
    shown = terminal.line(paste("set meetings = 4\nset dues =\n  20 of 20\nset kind = boarding\n"))
    assert "(Own) 2 → 4" in shown and "(Own) Day club → Boarding club" in shown
    assert history(terminal.folder) == ["set meetings = 4", "set dues =\\n  20 of 20", "set kind = boarding"]
    terminal.line(paste("set meetings = 1\n(1 +"), then=MORE)
    terminal.line("meetings)")
    assert history(terminal.folder)[-2:] == ["set meetings = 1", "(1 +\\nmeetings)"]


def test_a_paste_brings_no_orders_to_the_terminal(terminal):
    shown = terminal.line(paste("set \x1b]0;owned\x07 \x1b[2J = 1"))
    assert "\x1b]" not in shown and "\x1b[2J" not in shown and "\x07" not in shown


# ---------------------------------------------------------------- the terminal

def first_line(shown):
    """Of what is printed for a line: it is as wide as the page, or nearly so."""
    return ORDER.sub("", shown.split("\x1b[?2004l", 1)[1]).strip().split("\r\n")[0]


def test_output_follows_the_size(terminal):
    wide = first_line(terminal.line("help"))
    terminal.child.setwinsize(24, 60)
    narrow = first_line(terminal.line("help"))
    assert wide.startswith(narrow) and len(narrow) <= 60 < len(wide) <= 80
    terminal.child.setwinsize(24, 120)
    terminal.send("meetings" + LEFT)
    assert terminal.kept("x") == "meetingxs"


def test_a_plain_terminal_gets_plain_text(tmp_path):
    terminal = Terminal(tmp_path, TERM="dumb", NO_COLOR="", ready=PROMPT)
    shown = terminal.line("set meetings = 4", then=PROMPT)
    shown += terminal.line("help", then=PROMPT) + terminal.leave()
    assert "(Own) 2 → 4" in shown and "\x1b" not in shown and shown.endswith("\r\n")


def test_no_colours_where_none_are_wanted(terminal):
    assert not re.search(r"\x1b\[[0-9;]*m", terminal.line("set meetings = 4") + terminal.line("nonsense +* 1"))


def test_what_is_typed_is_shown_in_colours(tmp_path):
    terminal = Terminal(tmp_path, NO_COLOR="", ready=r"\x1b\[1mrubric> ")
    terminal.send('set meetings = 7')
    terminal.see("\x1b[1mset\x1b[0m meetings = \x1b[33m7\x1b[0m")
    terminal.send(LEFT * 20 + "x\x7f" + "\r")
    terminal.see("(Own) 2 → 7")
    terminal.child.close(force=True)


def test_a_hostile_label_stays_harmless(tmp_path):
    order = "\x1b]0;owned\x07"
    (tmp_path / "bad.rubric").write_text(RULES.replace('"Meetings held"', f'"Meet {order}"'), encoding="utf-8")
    terminal = Terminal(tmp_path, "--rules", "bad.rubric")
    shown = terminal.start + terminal.line("help meetings")
    terminal.send("set \t")
    shown += terminal.ask(PROMPT) + terminal.leave()
    assert "\x1b]" not in shown and "\x07" not in shown


# ---------------------------------------------------------------- what was typed before

def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_history_is_its_owners_alone(tmp_path):
    file = tmp_path / "state/rubric/history"
    terminal = Terminal(tmp_path)
    terminal.line("help")
    terminal.line(" set meetings = 3")
    terminal.line("help")
    terminal.leave()
    assert history(tmp_path) == ["help"]
    assert rights(file) == 0o600 and rights(file.parent) == 0o700 and rights(file.parent.parent) == 0o700
    file.chmod(0o644)
    file.parent.chmod(0o755)
    Terminal(tmp_path).leave()
    assert rights(file) == 0o600 and rights(file.parent) == 0o700


def test_without_a_state_folder_it_stands_in_the_home_folder(tmp_path):
    terminal = Terminal(tmp_path, XDG_STATE_HOME="not/absolute")
    terminal.line("help")
    terminal.leave()
    assert (tmp_path / ".local/state/rubric/history").read_text() == "help\n"


def test_sessions_at_once_lose_nothing(tmp_path):
    first, second = Terminal(tmp_path), Terminal(tmp_path)
    first.line("meetings + 1")
    second.line("meetings + 2")
    first.line("(meetings +", then=MORE)
    second.line("meetings + 4")
    first.line("3) \\ 1")
    first.leave()
    second.leave()
    assert history(tmp_path) == ["meetings + 1", "meetings + 2", "meetings + 4", "(meetings +\\n3) \\\\ 1"]
    third = Terminal(tmp_path)
    assert third.kept(UP * 4) == "meetings + 1"
    assert third.kept(UP * 2) == "(meetings +\\n3) \\\\ 1"
    third.child.close(force=True)


def test_the_oldest_lines_go(tmp_path):
    file = tmp_path / "state/rubric/history"
    file.parent.mkdir(parents=True)
    file.write_text("".join(f"meetings + {i}\n" for i in range(1000)))
    first, second = Terminal(tmp_path), Terminal(tmp_path)
    first.line("one")
    second.line("two")
    first.line("three")
    first.leave()
    second.leave()
    lines = history(tmp_path)
    assert len(lines) == 1000 and lines[0] == "meetings + 3" and lines[-3:] == ["one", "two", "three"]
    assert rights(file) == 0o600


def test_orders_in_the_history_are_not_shown(tmp_path):
    file = tmp_path / "state/rubric/history"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"meetings + 1\nx\x1b]0;owned\x07\n\xff\xfe\ny\xc2\x9b\n")
    terminal = Terminal(tmp_path)
    assert terminal.kept(UP + HOME + "1 + ") == "1 + meetings + 1"
    terminal.leave()


def test_a_history_that_cannot_be_kept_is_told_once(tmp_path):
    (tmp_path / "state/rubric/history").mkdir(parents=True)
    terminal = Terminal(tmp_path)
    assert terminal.start.count("W1095") == 1
    assert "(Own) 2 → 4" in terminal.line("set meetings = 4")
    shown = terminal.line(UP + LEFT + "\x7f\x7f5".replace("\x7f\x7f", ""))
    assert "W1095" not in shown
    terminal.leave()
    assert terminal.child.exitstatus == 0


@pytest.mark.parametrize("asked, told", [("tornado", "no time to find out"), ("tornado", "Interrupted"), ("sweep f0", "Interrupted"), ("reach total >= 399", "Interrupted: the search did not get to its end")])
def test_what_takes_long_ends_with_an_interrupt(tmp_path, asked, told):
    dense(tmp_path)
    terminal = Terminal(tmp_path, "dense.facts", files=False)
    terminal.line("set f0 = 5")
    terminal.send(asked + "\r")
    time.sleep(0.2)
    terminal.send(INTERRUPT)
    assert told in terminal.ask()
    assert "f0 = 5   <input>" in terminal.line("f0")
    terminal.leave()
    assert terminal.child.exitstatus == 0


def test_a_history_that_is_too_long_is_left_alone(tmp_path):
    file = tmp_path / "state/rubric/history"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"meetings + 1\n" * (17 << 20 >> 4) * 2)
    before = file.stat().st_size
    terminal = Terminal(tmp_path)
    assert "W1095" in terminal.start and "File too large" in terminal.start
    terminal.line("help")
    terminal.leave()
    assert file.stat().st_size == before


@pytest.mark.skipif(NOGC is None, reason="the build with the sanitizers is not named")
def test_the_build_with_the_sanitizers_holds_too(tmp_path):
    terminal = Terminal(tmp_path, program=NOGC)
    terminal.send("set \t")
    terminal.see("set ")
    terminal.send("mee\t")
    shown = terminal.line("= 4") + terminal.line(paste("(1 +\n2)")) + terminal.leave()
    assert "(Own) 2 → 4" in shown and "Sanitizer" not in shown and "runtime error" not in shown
