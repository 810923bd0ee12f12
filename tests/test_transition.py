"""The transition of an amendment: on which days it runs, that both editions come to what each comes to by itself, which is better, and what it leaves alone."""
import itertools
import json
import re

import pytest
from support import RUBRIC, run

OLD = """standard pool_2024 "Town pool" { edition "2024"  issued 2024-01-15  period 2024  total 10 }
facts "The pool" {
  warm   "Water is warm"  : yesno
  lanes  "Lanes"          : count within 0..10
  signs  "Signs"          : yesno otherwise no
}
threshold enough "Lanes that are enough" = 4
criterion heat "Warm water" cap 4 { full when warm }
criterion size "Size" cap 4 { full when lanes >= enough }
criterion told "Signs" cap 2 { full when signs }
criterion look "Looks" cap 0 { judged }
stage apply "Application" { by unit }
grades { good when total >= 8  otherwise fair }
"""
NEW = """standard pool_2025 "Town pool" amends "old.rubric" { edition "2025"  issued 2025-01-15  period 2025  TRANSITION }
set threshold enough = 5
set criterion heat cap 6
repeal criterion told
repeal criterion look
repeal facts signs
facts "Besides" { applied "Day of application" : date or n/a  quiet "Quiet" : yesno otherwise yes }
require quiet "Quiet" when quiet
"""
UNIT = 'unit west "West pool"\nstandard "new.rubric"\nwarm = yes\nlanes = 4\nsigns = yes\nquiet = yes\nscore look = 0\n'


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


class Folder:
    def __init__(self, path):
        self.path = path
        self.write("old.rubric", OLD)
        self.new()
        self.write("unit.facts", UNIT)

    def write(self, name, text):
        (self.path / name).write_text(text, encoding="utf-8")

    def new(self, clause='transition until 2025-06-30 cite "§ 9"', text=NEW):
        self.write("new.rubric", text.replace("TRANSITION", clause))

    def run(self, *words, code=0):
        done = run([RUBRIC, *words], self.path)
        assert done.returncode == code, done.stderr
        return done.stdout

    def eval(self, *words, unit="unit.facts"):
        return json.loads(self.run("eval", unit, "--json", *words))

    def told(self, *words, unit="unit.facts"):
        return self.eval(*words, unit=unit).get("transition")


# ---------------------------------------------------------------- the days

@pytest.mark.parametrize("day, runs", [("2024-12-31", True), ("2025-06-29", True), ("2025-06-30", True), ("2025-07-01", False), ("2026-01-01", False)])
def test_the_last_day_is_in_it(folder, day, runs):
    told = folder.told("--on", day)
    assert (told is not None) == runs
    assert ("Transition until 2025-06-30 (§ 9)" in folder.run("eval", "unit.facts", "--on", day)) == runs
    assert ("过渡期至 2025-06-30（§ 9）" in folder.run("eval", "unit.facts", "--on", day, "--lang", "zh")) == runs
    if runs:
        assert (told["until"], told["may"], told["day"]["value"], told["clause"]) == ("2025-06-30", "yes", day, "§ 9")


def test_without_a_day_of_the_call_that_of_the_facts_counts(folder):
    assert folder.told() is None  # the end of the period
    folder.write("unit.facts", UNIT + "as of 2025-05-01\n")
    assert folder.told()["day"] == {"value": "2025-05-01"}
    assert folder.told("--on", "2025-08-01") is None


def test_without_any_day_it_is_open(folder):
    folder.write("old.rubric", OLD.replace("  period 2024", ""))
    folder.new(text=NEW.replace("  period 2025", ""))
    assert folder.told()["may"] == "unknown"
    assert "hangs on the day, which is not known" in " ".join(folder.run("eval", "unit.facts").split())


@pytest.mark.parametrize("entry, may", [
    ("applied = 2025-06-30", "yes"), ("applied = 2025-07-01", None), ("applied = n/a", None), ("", "unknown"), ("applied = unknown", "unknown")])
def test_the_day_of_a_fact(folder, entry, may):
    folder.new("transition until 2025-06-30 by applied")
    folder.write("unit.facts", UNIT + entry + "\n")
    for on in ("2025-01-01", "2026-01-01"):  # which day it is today makes no difference
        told = folder.told("--on", on)
        assert (told and told["may"]) == may
        assert told is None or (told["fact"], told["clause"]) == ("applied", None)


def test_a_day_that_evidence_is_missing_for_is_open(folder):
    folder.new("transition until 2025-06-30 by applied", NEW.replace("date or n/a", "date or n/a, evidence required"))
    folder.write("unit.facts", UNIT + "applied = 2025-03-01\n")
    assert folder.told()["may"] == "unknown"
    folder.write("unit.facts", UNIT + 'applied = 2025-03-01 evidence "letter"\n')
    assert folder.told()["may"] == "yes"


# ---------------------------------------------------------------- both editions

def test_each_edition_comes_to_what_it_comes_to_by_itself(folder):
    """… with one facts file that holds what either of them asks for."""
    folder.new()
    new, old = folder.eval("--on", "2025-03-01"), folder.eval("--on", "2025-03-01", "--rules", "old.rubric")
    amended = new["transition"]["amended"]
    assert (new["total"], old["total"]) == ({"value": "6"}, {"value": "10"})
    assert {k: amended[k] for k in ("total", "of", "grade", "eligible")} == {k: old[k] for k in ("total", "of", "grade", "eligible")}
    assert {k: amended[k] for k in ("name", "edition", "sha256")} == old["standard"]
    assert (new["transition"]["better"], new["transition"]["better_by"]) == ("amended", "grade")
    assert "transition" not in old


def test_what_no_edition_knows_is_wrong_as_ever(folder):
    folder.write("unit.facts", UNIT + "sings = yes\n")
    for rules in ([], ["--rules", "old.rubric"]):
        done = run([RUBRIC, "eval", "unit.facts", *rules], folder.path)
        assert done.returncode == 2 and "E0801" in done.stderr
    folder.new("")
    folder.write("unit.facts", UNIT)
    for rules, code in (([], "E0879"), (["--rules", "old.rubric"], "E0801")):
        done = run([RUBRIC, "eval", "unit.facts", *rules], folder.path)
        assert done.returncode == 2 and code in done.stderr


def test_settings_count_for_the_editions_that_have_them(folder):
    folder.new(text=NEW + 'threshold least = 1\nrequire least when lanes >= least\n')
    assert folder.told("--on", "2025-03-01")["amended"]["total"] == {"value": "10"}
    told = folder.told("--on", "2025-03-01", "--set", "enough=9", "--set", "least=9")
    assert (told["amended"]["total"], told["amended"]["grade"]) == ({"value": "6"}, {"value": "fair"})
    assert folder.eval("--set", "least=9")["eligible"] == "no"


def test_where_the_old_one_refuses_the_unit_that_is_said(folder):
    folder.new(text=NEW + 'replace facts { lanes "Lanes" : count within 0..20 }\n')
    folder.write("unit.facts", UNIT.replace("lanes = 4", "lanes = 12"))
    told = folder.told("--on", "2025-03-01")
    assert (told["amended"]["known"], told["better"], told["better_by"]) == (False, None, None) and "total" not in told["amended"]
    assert "edition 2024  not worked out here; rubric eval with --rules old.rubric" in folder.run("eval", "unit.facts", "--on", "2025-03-01")
    assert run([RUBRIC, "eval", "unit.facts", "--rules", "old.rubric"], folder.path).returncode == 2


def test_an_old_one_that_is_not_sound_by_itself(folder):
    folder.write("old.rubric", OLD.replace("when signs", "when sings"))
    folder.write("unit.facts", UNIT.replace("signs = yes\n", "").replace("score look = 0\n", ""))
    assert folder.told("--on", "2025-03-01")["amended"] == {
        "file": "old.rubric", "name": None, "edition": None, "sha256": None, "known": False}
    assert "old.rubric    not worked out here" in folder.run("eval", "unit.facts", "--on", "2025-03-01")


def test_ranges_and_what_they_leave_open(folder):
    folder.write("unit.facts", UNIT.replace("warm = yes\n", ""))
    told = folder.told("--on", "2025-03-01")
    assert told["amended"]["total"] == {"lo": "6", "hi": "10"} and told["amended"]["grade"] == {"lo": "fair", "hi": "good"}
    assert (told["better"], told["alike"], told["better_by"]) == ("amended", "unknown", "grade")
    page = folder.run("eval", "unit.facts", "--on", "2025-03-01")
    assert "edition 2024  Total 6 – 10 of 10; Grade fair – good" in page
    assert "edition 2024 is better for this unit, by the grade, or both come to the same" in page
    folder.write("unit.facts", UNIT.replace("signs = yes\n", "signs = unknown\n").replace("lanes = 4", "lanes = 5"))
    told = folder.told("--on", "2025-03-01")
    assert (told["better"], told["alike"], told["better_by"]) == ("this", "unknown", "total")
    folder.write("unit.facts", UNIT.replace("signs = yes\n", "signs = no\n").replace("lanes = 4\n", ""))
    told = folder.told("--on", "2025-03-01")
    assert (told["better"], told["alike"], told["better_by"]) == ("unknown", "unknown", "grade")
    assert "What is known does not tell which is better for this unit: the grade" in folder.run("eval", "unit.facts", "--on", "2025-03-01")


def test_columns(folder):
    columns = "  columns self, review }"
    folder.write("old.rubric", OLD.replace(" total 10 }", " total 10" + columns))
    folder.write("unit.facts", UNIT + 'review by "Town" on 2025-03-01 { signs = no  lanes = 5 }\n')
    told = folder.eval("--on", "2025-03-01")
    assert (told["total"]["value"], told["transition"]["amended"]["total"]["value"]) == ("10", "8")
    told = folder.eval("--on", "2025-03-01", "--column", "self")
    assert (told["total"]["value"], told["transition"]["amended"]["total"]["value"]) == ("6", "10")
    folder.new(text=NEW.replace("TRANSITION", "TRANSITION  columns mine, review"))
    assert folder.told("--on", "2025-03-01", "--column", "mine")["amended"]["known"] is False


# ---------------------------------------------------------------- which is better

@pytest.mark.parametrize("old, new, unit, better", [
    ("", "", "lanes = 5 signs = yes", ("neither", None)),
    ("", "", "lanes = 5 signs = no", ("this", "total")),
    ("", "", "lanes = 5 signs = yes quiet = no", ("amended", "eligible")),
    ("", "", "lanes = 5 signs = yes quiet = unknown", ("amended", "eligible")),
    ("", "", "lanes = 5 signs = no quiet = unknown", ("unknown", "eligible")),
    ("", "", "lanes = 4 signs = yes", ("amended", "grade")),
    # other grades: by the total; another total: by its share
    ("", "replace grades { fine when total >= 5  otherwise poor }", "lanes = 4 signs = yes", ("amended", "total")),
    ("", "replace grades { fine when total >= 5  otherwise poor } insert criterion more cap 90 { full when quiet }", "lanes = 4 signs = yes",
     ("amended", "total")),
    ("", "replace grades { fine when total >= 5  otherwise poor } insert criterion more cap 90 { full when quiet }", "lanes = 4 signs = no",
     ("this", "total")),
])
def test_which_is_better(folder, old, new, unit, better):
    total = "  total 100 " if "cap 90" in new else ""
    folder.new(text=NEW.replace("TRANSITION", "TRANSITION" + total) + new + "\n")
    folder.write("unit.facts", f'unit west "West"\nstandard "new.rubric"\nwarm = yes\nscore look = 0\n{unit}\n')
    told = folder.told("--on", "2025-03-01")
    assert (told["better"], told["better_by"]) == better
    alike = "unknown" if "lanes = 5 signs = yes quiet = unknown" in unit else "yes" if better[0] == "neither" else "no"
    assert told["alike"] == alike


OPEN = {"warm": ["yes", "no"], "lanes": ["0", "3", "4", "5", "10"], "signs": ["yes", "no"], "quiet": ["yes", "no"]}
KNOWN = {"warm": "yes", "lanes": "5", "signs": "no", "quiet": "yes"}


@pytest.mark.parametrize("opened", [c for n in range(1, 5) for c in itertools.combinations(OPEN, n)], ids="-".join)
def test_what_is_told_of_an_open_unit_holds_however_it_turns_out(folder, opened):
    def rows(worlds):
        lines = [",".join([f"u{i}", *(world[name] for name in KNOWN)]) for i, world in enumerate(worlds)]
        folder.write("units.csv", "\n".join(["unit," + ",".join(KNOWN), *lines]) + "\n")
        said = folder.run("eval", "units.csv", "--rules", "new.rubric", "--json", "--on", "2025-03-01")
        return [json.loads(line)["transition"] for line in said.splitlines()]

    told = rows([KNOWN | {name: "unknown" for name in opened}])[0]
    found = {t["better"] for t in rows([KNOWN | dict(zip(opened, values)) for values in itertools.product(*(OPEN[n] for n in opened))])}
    allowed = {"this", "amended"} if told["better"] == "unknown" else {told["better"]}
    allowed |= {"neither"} if told["alike"] != "no" else set()
    assert found <= allowed and found <= {"this", "amended", "neither"}


def test_where_points_are_faults_fewer_are_better(folder):
    folder.write("old.rubric", 'standard o { total 10 better lower }\nfacts "F" { faults : count }\ncriterion c cap 10 { 1 per faults }\n')
    folder.write("new.rubric", 'standard n amends "old.rubric" { transition until 2025-06-30 }\nreplace criterion c cap 10 { 2 per faults }\n')
    folder.write("unit.facts", 'standard "new.rubric"\nfaults = 3\n')
    told = folder.told("--on", "2025-03-01")
    assert (told["better"], told["better_by"]) == ("amended", "total")


def test_without_points_and_grades_only_being_eligible_is_compared(folder):
    folder.write("old.rubric", 'standard o { }\nfacts "F" { plan : yesno  exits : count }\nrequire plan when plan\n')
    folder.write("new.rubric", 'standard n amends "old.rubric" { transition until 2025-06-30 }\nrequire exits when exits > 2\n')
    for exits, better in ((3, None), (2, "amended")):
        folder.write("unit.facts", f'standard "new.rubric"\nplan = yes\nexits = {exits}\n')
        assert folder.told("--on", "2025-03-01")["better"] == better
    assert folder.told("--on", "2025-03-01")["amended"]["total"] is None


# ---------------------------------------------------------------- editions of editions

def test_a_transition_ends_with_the_next_amendment(folder):
    folder.write("newer.rubric", 'standard pool_2026 amends "new.rubric" { edition "2026" }\nset threshold enough = 6\n')
    folder.write("unit.facts", UNIT.replace("signs = yes\n", "").replace("score look = 0\n", ""))
    assert "transition" not in folder.eval("--on", "2025-03-01", "--rules", "newer.rubric")
    folder.write("newer.rubric", 'standard pool_2026 amends "new.rubric" { edition "2026" transition until 2026-06-30 }\nset threshold enough = 4\n')
    told = folder.told("--on", "2026-03-01", "--rules", "newer.rubric")
    assert (told["amended"]["edition"], told["amended"]["total"], told["better"]) == ("2025", {"value": "6"}, "this")


def test_a_consolidated_text_has_none(folder):
    folder.new('transition until 2025-06-30 by applied cite "§ 9"')
    folder.run("flatten", "new.rubric", "-o", "flat.rubric")
    text = (folder.path / "flat.rubric").read_text(encoding="utf-8")
    assert "# transition until 2025-06-30 by applied (§ 9): left out, as this text amends nothing\n" in text
    assert "transition" not in re.sub(r"^# .*$", "", text, flags=re.M)
    folder.write("unit.facts", UNIT.replace("signs = yes\n", "").replace("score look = 0\n", ""))
    flat, whole = (folder.eval("--rules", rules) for rules in ("flat.rubric", "new.rubric"))
    assert flat["total"] == whole["total"]


def test_editions_of_one_name_go_by_their_files(folder):
    folder.write("old.rubric", OLD.replace('edition "2024"', 'edition "2025"'))
    page = folder.run("eval", "unit.facts", "--on", "2025-03-01")
    assert "  new.rubric  Total 6 of 10" in page and "  old.rubric  Total 10 of 10" in page


# ---------------------------------------------------------------- tables of units, cohorts

TABLE = "unit,warm,lanes,signs,quiet,score look,as of\nash,yes,5,no,yes,0,2025-03-01\nelm,yes,5,no,yes,0,2025-08-01\nfir,yes,4,yes,no,0,2025-03-02\n"


def test_tables_of_units(folder):
    folder.write("units.csv", TABLE)
    rows = [json.loads(line) for line in folder.run("eval", "units.csv", "--json", "--rules", "new.rubric").splitlines()]
    assert [row["total"]["value"] for row in rows] == ["10", "10", "6"]
    assert [row.get("transition", {}).get("amended", {}).get("total") for row in rows] == [{"value": "8"}, None, {"value": "10"}]
    folder.write("units.csv", TABLE.replace("signs", "sings"))
    assert "E0861" in run([RUBRIC, "eval", "units.csv", "--rules", "new.rubric"], folder.path).stderr


def test_shares_and_decisions_that_one_edition_has(folder):
    folder.write("old.rubric", OLD + 'facts "More" { clean : share, none counts as 100% }\nshow clean_now = clean\nauthority town "Town"\nstage hear { by town }\n')
    folder.new(text=NEW + "repeal show clean_now\nrepeal facts clean\nrepeal stage hear\n")
    folder.write("units.csv", 'unit,warm,lanes,clean.part,clean.whole,clean.evidence,decision hear,as of\nash,yes,5,3,4,book,approved on 2024-05-01 by town,2025-03-01\n')
    row = json.loads(folder.run("eval", "units.csv", "--json", "--rules", "new.rubric"))
    assert (row["total"]["value"], row["transition"]["amended"]["known"]) == ("10", True)


def test_a_decision_by_an_authority_of_the_old_edition(folder):
    """… on a stage that both have: it is none by the new one."""
    folder.write("old.rubric", OLD + 'authority town "Town"\nstage hear { by town }\n')
    folder.new(text=NEW + 'authority county "County"\nreplace stage hear { by county }\nrepeal authority town\n')
    decision = "approved on 2025-02-01 by town"
    folder.write("units.csv", f"unit,warm,lanes,decision hear\nash,yes,5,{decision}\n")
    folder.write("unit.facts", UNIT + f"decision hear {decision}\n")
    for unit in (["units.csv", "--rules", "new.rubric"], ["unit.facts"]):
        assert json.loads(folder.run("eval", *unit, "--json", "--on", "2025-03-01"))["transition"]["amended"]["known"] is True
        assert "the decision" in folder.run("stages", *unit, "--on", "2025-03-01")
    for name in ("units.csv", "unit.facts"):
        text = (folder.path / name).read_text(encoding="utf-8").replace("by town", "by village")
        folder.write(name, text)
        assert "E0856" in run([RUBRIC, "eval", name, "--rules", "new.rubric"], folder.path).stderr


COHORT = """standard o { edition "1" total 10 }
facts "F" { visits : count }
criterion c cap 10 { full when rank of visits in cohort <= 1 }
"""


def test_among_several_units_a_cohort_is_not_gathered_twice(folder):
    folder.write("old.rubric", COHORT)
    folder.write("new.rubric", 'standard n amends "old.rubric" { edition "2" transition until 2025-06-30 }\nset criterion c "Most visits" cap 10\n')
    folder.write("units.csv", "unit,visits,as of\nash,5,2025-03-01\nelm,9,2025-03-01\n")
    rows = [json.loads(line) for line in folder.run("eval", "units.csv", "--json", "--rules", "new.rubric").splitlines()]
    assert [row["total"]["value"] for row in rows] == ["0", "10"]
    assert [row["transition"]["amended"]["known"] for row in rows] == [False, False]


# ---------------------------------------------------------------- what it leaves alone

@pytest.mark.parametrize("command", [
    ["stages", "unit.facts"], ["rank", "units.csv", "--rules", "new.rubric"], ["reach", "total >= 9", "unit.facts"], ["eval", "unit.facts", "--why", "total"],
    ["sweep", "lanes", "unit.facts"], ["tornado", "unit.facts"], ["batch", "units.csv", "--rules", "new.rubric"],
    ["batch", "units.csv", "--rules", "new.rubric", "--columns", "total,grade,criteria"]], ids=lambda c: "-".join(w for w in c if "." not in w))
def test_other_commands_go_by_the_edition_named(folder, command):
    """The same with the clause and without it."""
    unit = UNIT.replace("signs = yes\n", "").replace("score look = 0\n", "")
    folder.write("unit.facts", unit)
    folder.write("units.csv", "unit,warm,lanes,quiet\nash,yes,5,yes\nelm,no,5,yes\n")
    said = []
    for clause in ('transition until 2025-06-30 cite "§ 9"', ""):
        folder.new(clause)
        done = run([RUBRIC, *command, "--on", "2025-03-01"], folder.path)
        assert done.returncode in (0, 1), done.stderr
        said.append(re.sub(r"new\.rubric:\d+", "", done.stdout))
    assert said[0] == said[1] and "ransition" not in said[0]


@pytest.mark.parametrize("command", [["check", "unit.facts"], ["stages", "unit.facts"], ["rank", "unit.facts"], ["reach", "total >= 9", "unit.facts"]],
                         ids=lambda c: c[0])
def test_other_commands_take_the_same_facts(folder, command):
    folder.run(*command)


def test_tests_of_the_new_edition_take_the_same_facts(folder):
    folder.new(text=NEW + 'test "as it is" { given "unit.facts" expect total = 6 }\n')
    folder.run("test", "new.rubric")


def test_batch_names_columns_of_one_edition_as_unknown(folder):
    folder.write("units.csv", "unit,warm,lanes,signs\nash,yes,5,yes\n")
    assert "E0879" in run([RUBRIC, "batch", "units.csv", "--rules", "new.rubric"], folder.path).stderr
    assert folder.run("batch", "units.csv", "--rules", "new.rubric", "--carry", "signs").count("\n") == 2


# ---------------------------------------------------------------- the text

def test_a_cite_behind_it_is_its_own(folder):
    folder.new('transition until 2025-06-30 cite "§ 9" cite "Decision 4"')
    assert folder.told("--on", "2025-03-01")["clause"] == "§ 9"
    folder.new('cite "Decision 4" transition until 2025-06-30 note "n"')
    assert folder.told("--on", "2025-03-01")["clause"] is None
    folder.new('transition until 2025-06-30; cite "Decision 4"')
    assert folder.told("--on", "2025-03-01")["clause"] is None


def test_it_stands_once(folder):
    folder.new("transition until 2025-06-30 transition until 2025-07-30")
    assert "E0328" in run([RUBRIC, "check", "new.rubric"], folder.path).stderr


def test_in_both_tongues(folder):
    folder.new('transition until 2025-06-30 by applied cite "§ 9"')
    chinese = folder.run("fmt", "--to", "zh", "new.rubric")
    assert re.search(r"^  过渡期 至 +2025年6月30日 按 applied 依据 \"§ 9\"$", chinese, re.M), chinese
    folder.write("zh.rubric", chinese)
    english = folder.run("fmt", "--to", "en", "zh.rubric")
    assert english == folder.run("fmt", "new.rubric")
    folder.write("unit.facts", UNIT + "applied = 2025-01-01\n")
    told = [folder.told("--rules", rules) for rules in ("new.rubric", "zh.rubric")]
    assert told[0] == told[1] and told[0]


def test_a_fact_that_only_the_transition_reads_is_no_unused_one(folder):
    folder.new("transition until 2025-06-30 by applied")
    notes = run([RUBRIC, "check", "new.rubric"], folder.path)
    assert not re.search(r"N0337.*applied", notes.stdout + notes.stderr)
    folder.new("")
    notes = run([RUBRIC, "check", "new.rubric"], folder.path)
    assert re.search(r"N0337.*applied", notes.stdout + notes.stderr)


def test_the_day_is_not_repealed(folder):
    folder.write("old.rubric", OLD.replace("facts \"The pool\" {", "facts \"The pool\" {\n  came \"Came\" : date"))
    folder.new("transition until 2025-06-30 by came", NEW + "repeal facts came\n")
    assert "E0352" in run([RUBRIC, "check", "new.rubric"], folder.path).stderr


# ---------------------------------------------------------------- dated thresholds in an amendment

@pytest.mark.parametrize("change", ["set threshold enough { from 2024-01-01 : 3  from 2025-02-01 : 5 cite \"§ 1\" }",
                                    "replace threshold enough { from 2024-01-01 : 3  from 2025-02-01 : 5 }"])
def test_dated_thresholds_that_an_amendment_sets(folder, change):
    folder.write("new.rubric", f'standard n amends "old.rubric" {{ period 2025 }}\n{change}\n')
    folder.write("unit.facts", UNIT.replace("quiet = yes\n", ""))
    totals = [folder.eval(*words)["total"]["value"] for words in ([], ["--on", "2025-01-31"], ["--on", "2025-02-01"])]
    assert totals == ["6", "10", "6"]
    assert run([RUBRIC, "eval", "unit.facts", "--on", "2023-12-31"], folder.path).returncode == 2  # before the first
    folder.run("flatten", "new.rubric", "-o", "flat.rubric")
    assert [folder.eval(*words, "--rules", "flat.rubric")["total"]["value"] for words in ([], ["--on", "2025-01-31"])] == ["6", "10"]
