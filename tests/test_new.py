"""`rubric new`: the standards to begin with hold together, and of every standard of the repository a facts file can be made that is read as it stands, with each
fact and each score that is entered in it once, unknown, laid out as `rubric fmt` lays it out."""
import json
import re

import pytest
from support import ROOT, RUBRIC, run

STARTERS = {"en": ROOT / "src/cli/starter/standard.rubric", "zh": ROOT / "src/cli/starter/standard.zh.rubric"}
STANDARDS = sorted(path for path in ROOT.rglob("*.rubric") if "build" not in path.relative_to(ROOT).parts)
ENTRY = re.compile(r"^(?!#)(score |得分 )?(\S.*?) += (unknown|未知)( .*)?$", re.M)


def rubric(*words, folder=ROOT, stdin="", code=0):
    done = run([RUBRIC, *map(str, words)], folder, stdin=stdin)
    assert done.returncode == code, (words, done.stdout[-500:], done.stderr[-2000:])
    return done


# ---- a standard

@pytest.mark.parametrize("lang", ["en", "zh"])
def test_starter(tmp_path, lang):
    """What is written is the file of the sources; check finds nothing, fmt changes nothing, and it teaches each kind of fact."""
    text = rubric("new", "standard", "--lang", lang).stdout
    assert text == STARTERS[lang].read_text(encoding="utf-8")
    path = tmp_path / "own.rubric"
    rubric("new", "standard", "-o", path, "--lang", lang)
    assert path.read_text(encoding="utf-8") == text
    assert "0 errors, 0 warnings, 0 notes" in rubric("check", path, "--lang", "en").stdout
    assert rubric("fmt", "--check", path).stdout == ""
    english = rubric("fmt", "--to", "en", path).stdout
    for kind in ("yesno", "count", "amount(", "share", "date", "choice {", "months", "list of", "table {", "scale", "threshold", "define", "section", "bands", "judged", "require", "grades",
                 "otherwise", "evidence required", "deduct", "zero when", "cite"):
        assert kind in english, kind
    assert text.count("\n#") + text.count("  #") >= 15


@pytest.mark.parametrize("name", ["library", "县馆", "two words", "total", "a\\b", 'a"b'])
def test_named_starter(tmp_path, name):
    path = tmp_path / "own.rubric"
    rubric("new", "standard", name, "-o", path)
    assert "0 errors, 0 warnings" in rubric("check", path).stdout
    rubric("fmt", "--check", path)
    told = json.loads(rubric("eval", "-", "--rules", path, "--json", stdin='unit a "A"').stdout)
    assert told["standard"]["name"] == name


def test_same_standard():
    """Both starters say the same, up to their words: as many parts, facts and points."""
    sums = [rubric("eval", "-", "--rules", path, "--json", stdin='unit a "A"').stdout for path in STARTERS.values()]
    english, chinese = map(json.loads, sums)
    assert [part["cap"] for part in english["parts"]] == [part["cap"] for part in chinese["parts"]]
    assert english["of"] == chinese["of"] == "100"


# ---- a facts file

def declared(unit):
    """The facts and scores of a unit's standard, as the session lists them, whatever the unit says of them."""
    shown = rubric("repl", unit, "--lang", "en", stdin="facts\n").stdout
    return sorted(re.findall(r"^  (\S.*?)(?:  .*)?$", shown, re.M))


def entries(text):
    return sorted(f"{'score ' if score else ''}{name}".replace("`", "") for score, name, _, _ in ENTRY.findall(text))


def others(stderr):
    """The codes of messages, without those that say that check has warnings of the standard."""
    return [code for code in re.findall(r"^\w+\[(\w+)\]", stderr, re.M) if code not in ("W1061", "W1062")]


def is_sound(path):
    """Does it stand for itself? A list of tests, or a file that is brought in, does not."""
    return run([RUBRIC, "new", "unit", str(path)]).returncode == 0


def test_every_standard(tmp_path):
    tried = 0
    for path in filter(is_sound, STANDARDS):
        out = tmp_path / "unit.facts"
        rubric("new", "unit", path, "north", "-o", out, "--force")
        text = out.read_text(encoding="utf-8")
        assert entries(text) == declared(out), path
        done = rubric("eval", out, "--lang", "en")
        assert others(done.stderr) == [], (path, done.stderr)
        assert rubric("fmt", "--check", out).stdout == "", path
        assert not re.search(r"^[^#\n]+ = (?!unknown|未知)", text, re.M), path
        tried += 1
    assert tried > 350


def test_refused_with_check(tmp_path):
    """Where check finds errors there is no file, and the messages are those of check."""
    path = ROOT / "tests/diag/E0502/wrong.rubric"
    done = rubric("new", "unit", path, "-o", tmp_path / "unit.facts", code=2)
    assert others(done.stderr) == ["E0502"] and not (tmp_path / "unit.facts").exists()


FORM = """standard s "S" { period 2024  total 10  columns self, review "Reviewers" }
authority office "The office"
facts "One" {
  kind   "Kind"   : choice { town "Town house", village } otherwise village
  seats  "Seats"  : count(chairs) one of 10, 20, settled
  dues   "Dues"   : share, none counts as 100%, evidence required, cite "§ 9"
  warm   "Warmth" : number within 16..24, in steps of 0.5
  filled "Filled" : count(chairs) at most seats
}
facts "Two" {
  idle  "Telephone" : text
  pages "Pages"     : document at most 1500 characters
  marks "Marks"     : list of number within 0..10, at least 3
  talks "Talks"     : table { held "held on" : date, guests : count otherwise 0 }, key held, at most 9 rows
}
threshold bar
criterion a "Alpha" cap 4 cite "§ 1" { 1 when kind = town  1 when dues at least 95%  2 when warm > bar }
criterion b "Beta"  cap 4 cite "§ 2" { 1 per filled up to 2  1 when length(pages) > 0  1 when (count of talks) > 1 }
criterion look "Looks" cap 2 cite "§ 3" { judged from 0 to 2 in steps of 0.5 by office "neat" }
grades { good when total >= 8 and kind = town  otherwise poor }
show seats_left "Seats left" = seats - filled
require enough "Enough" when (mean of m in marks) > 5
stage apply "Application" { by unit  needs pages }
stage award "Award" { by office  after apply }
"""


@pytest.fixture
def form(tmp_path):
    (tmp_path / "s.rubric").write_text(FORM, encoding="utf-8")
    return tmp_path


def told_of(text, name):
    """The comment above an entry."""
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if re.match(rf"{name} += ", line))
    first = at
    while lines[first - 1].startswith("#") and not lines[first - 1].startswith("# ---"):
        first -= 1
    return "\n".join(lines[first:at])


def test_what_is_told(form):
    text = rubric("new", "unit", "s.rubric", "north", folder=form).stdout
    assert 'unit north "north"\nstandard "s.rubric"\n' in text
    assert told_of(text, "kind") == "# Kind: one of town (Town house), village; without this line it is village\n#   for Alpha (§ 1), the grade"
    assert told_of(text, "seats") == "# Seats: a whole number (chairs); one of 10 chairs, 20 chairs\n#   for Seats left"
    assert told_of(text, "dues") == ('# Dues: a share, such as 86 of 88 or 97.7%; 0 of 0 counts as 100%; with evidence "FILE" behind the\n'
                                     "#   value, else it is unknown\n#   § 9; for Alpha (§ 1)")
    assert told_of(text, "warm") == "# Warmth: a number; 16 to 24; in steps of 0.5\n#   for Alpha (§ 1)"
    assert told_of(text, "filled") == "# Filled: a whole number (chairs); at most seats\n#   for Beta (§ 2), Seats left"
    assert told_of(text, "pages") == '# Pages: document "FILE"; at most 1500 characters\n#   for Beta (§ 2), Application'
    assert told_of(text, "marks") == "# Marks: a list in [ ], each value a number; 0 to 10; at least 3 values\n#   for Enough"
    assert told_of(text, "talks") == ("# Talks: a table; at most 9 rows; no two rows with the same held\n#   for Beta (§ 2)\n"
                                      "#   held (held on): a day, such as 2024-03-05\n#   guests: a whole number; an empty cell is 0\n"
                                      "# talks = table {\n#   | held | guests |\n#   |      |        |\n# }")
    assert told_of(text, "score look") == "# Looks: points; 0 to 2; in steps of 0.5; judged by office; neat\n#   § 3"
    # what nothing reads stands behind all that is read, the scores too
    assert text.index("score look") < text.index("read by no rule") < text.index("idle = unknown")
    assert "# The column Reviewers" in text and '# review by "WHO" on 2024-12-31 {' in text
    assert "# decision apply approved on 2024-12-31 by unit\n# decision award approved on 2024-12-31 by office\n" in text
    assert "--set bar=…" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_shown_can_be_taken_in(form, lang):
    """The lines that a comment shows are read when their # is taken away."""
    text = rubric("new", "unit", "s.rubric", "north", "--lang", lang, folder=form).stdout
    table = "\n".join(re.findall(r"^# (talks = .*|  \|.*|\})$", text, re.M)[:4])
    told = re.search(r"^# ((?:review|复核).*(?:\n# .*)*)", text, re.M)[1].replace("\n# ", "\n")
    later = "\n".join(re.findall(r"^# ((?:decision|决定|as of|截至) .*)$", text, re.M))
    whole = re.sub(r"^talks += \S+$", lambda _: table, text, flags=re.M) + told + "\n" + later + "\n"
    (form / "whole.facts").write_text(whole, encoding="utf-8")
    done = rubric("eval", "whole.facts", "--lang", "en", folder=form)
    assert others(done.stderr) in ([], ["W0910"]), done.stderr
    assert "on 2024-12-31" in done.stdout and ("WHO" in done.stdout or "何人" in done.stdout)


def test_tongue(form):
    """That of the standard's own keywords, whatever the locale; --lang goes before it."""
    chinese = rubric("fmt", "--to", "zh", "s.rubric", folder=form).stdout
    (form / "z.rubric").write_text(chinese, encoding="utf-8")
    assert "unit north" in rubric("new", "unit", "s.rubric", "north", folder=form).stdout
    assert '单位 north "north"\n标准 "z.rubric"' in rubric("new", "unit", "z.rubric", "north", folder=form).stdout
    text = rubric("new", "unit", "s.rubric", "north", "--lang", "zh", folder=form).stdout
    assert told_of(text, "kind") == "# Kind：取其一：town（Town house）、village；不写这一行时取 village\n#   用于：Alpha（§ 1）、等次"
    assert "未知" in text and "unknown" not in text
    assert "unit north" in rubric("new", "unit", "z.rubric", "north", "--lang", "en", folder=form).stdout


def test_period(tmp_path):
    """Where a standard states none and needs one, the file does."""
    (tmp_path / "s.rubric").write_text('standard s "S" { issued 2019-05-01 }\nfacts "F" { opened : date }\nshow age = years from opened to period_end\n', encoding="utf-8")
    rubric("new", "unit", "s.rubric", "a", "-o", "a.facts", folder=tmp_path)
    assert "period 2019  # " in (tmp_path / "a.facts").read_text(encoding="utf-8")
    assert "period 2019" in rubric("eval", "a.facts", folder=tmp_path).stdout


def test_place_of_the_standard(form):
    """The standard is named as seen from the file; without a file, as seen from here."""
    (form / "units").mkdir()
    rubric("new", "unit", "s.rubric", "-o", "units/a.facts", folder=form)
    assert 'standard "../s.rubric"' in (form / "units/a.facts").read_text(encoding="utf-8")
    assert json.loads(rubric("eval", "units/a.facts", "--json", folder=form).stdout)["unit"]["id"] == "a"
    piped = rubric("new", "unit", "-", "a", folder=form, stdin=FORM).stdout
    assert "\nstandard " not in piped


def test_a_dash_is_standard_output(form):
    before = sorted(form.iterdir())
    for words in (("unit", "s.rubric", "a"), ("standard", "yard")):
        assert rubric("new", *words, "-o", "-", folder=form).stdout == rubric("new", *words, folder=form).stdout != ""
    assert sorted(form.iterdir()) == before


def test_nothing_is_overwritten(form):
    (form / "a.facts").write_text("mine", encoding="utf-8")
    for words in (("unit", "s.rubric"), ("standard",)):
        done = rubric("new", *words, "-o", "a.facts", folder=form, code=2)
        assert others(done.stderr) == ["E1151"] and (form / "a.facts").read_text() == "mine"
    rubric("new", "unit", "s.rubric", "-o", "a.facts", "--force", folder=form)
    assert "unknown" in (form / "a.facts").read_text(encoding="utf-8")


def test_text_of_authors(tmp_path):
    """A label that breaks its line, or hides something, stays inside its comment."""
    (tmp_path / "s.rubric").write_text('standard s "a\\nb" { total 1 period 2024 }\nfacts "g\\nh" { `a b` "x\\ny = 3" : yesno }\ncriterion c "C" cap 1 { full when `a b` }\n', encoding="utf-8")
    rubric("new", "unit", "s.rubric", "u v", "-o", "u.facts", folder=tmp_path)
    done = rubric("eval", "u.facts", folder=tmp_path)
    assert others(done.stderr) == []
    assert entries((tmp_path / "u.facts").read_text(encoding="utf-8")) == ["a b"]


def test_a_facts_file_is_no_standard(tmp_path):
    (tmp_path / "a.facts").write_text("unit a\n")
    done = run([RUBRIC, "new", "unit", "a.facts"], tmp_path)
    assert done.returncode == 2 and "E1115" in done.stderr and not done.stdout
