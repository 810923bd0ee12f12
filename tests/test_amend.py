"""Amended standards: what amends stays in its folder, a consolidated text says the same in every command, and a batch of mistakes is told."""
import json
import os
import random
import shutil

import pytest
from oracle.language.amend import editions
from oracle.language.generator import Generator
from oracle.language.split import split
from support import ROOT, RUBRIC, TESTS, run

FOLDER = TESTS / "amend"
EDITIONS = [("library-2024.rubric", "u2024.facts"), ("library-2025.rubric", "u2025.facts")]


def without_places(value):
    """The same JSON without what tells in which file and text something stands."""
    if isinstance(value, dict):
        return {k: without_places(v) for k, v in value.items() if k not in ("sha256", "file", "line", "column", "text", "help")}
    return [without_places(v) for v in value] if isinstance(value, list) else value


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "amend")
    return tmp_path / "amend"


COMMANDS = [["eval", "--json"], ["eval", "--why", "total"], ["stages", "--json"], ["rank", "--json"], ["reach", "total >= 20", "--json"],
            ["sweep", "visits", "--json"], ["tornado", "--json"]]


@pytest.mark.parametrize("rules, unit", EDITIONS)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0] + c[-1])
def test_a_consolidated_text_says_the_same(folder, rules, unit, command):
    done = run([RUBRIC, "flatten", rules, "-o", "flat.rubric"], folder)
    assert (done.returncode, done.stdout) == (0, "")
    said = []
    for standard in (rules, "flat.rubric"):
        words = [*command[:1], *[w for w in command[1:] if w[0] != "-" and command[0] not in ("eval",)], unit, "--rules", standard]
        words += [w for w in command[1:] if w not in words]
        done = run([RUBRIC, *words], folder)
        assert done.returncode in (0, 1), done.stderr
        said.append([without_places(json.loads(line)) for line in done.stdout.splitlines()] if "--json" in command
                    else [line for line in done.stdout.splitlines() if ".rubric:" not in line])
    assert said[0] == said[1] and said[0]


@pytest.mark.parametrize("rules, unit", EDITIONS)
def test_batch_scores_by_it(folder, rules, unit):
    (folder / "units.csv").write_text("unit,weekends,visits,answered,prizes,seats,desks,loans" + (",wifi,delay" if "2025" in rules else "") + "\n"
                                      + "a,yes,1500,94%,2,60,12,4000" + (",yes,1" if "2025" in rules else "") + "\n", encoding="utf-8")
    run([RUBRIC, "flatten", rules, "-o", "flat.rubric"], folder)
    rows = [run([RUBRIC, "batch", "units.csv", "--rules", r, "--columns", "total,grade,criteria"], folder) for r in (rules, "flat.rubric")]
    assert rows[0].stdout == rows[1].stdout and rows[0].returncode == 0
    total = json.loads(run([RUBRIC, "eval", unit, "--json"], folder).stdout)["total"]["value"]
    assert rows[0].stdout.splitlines()[1].split(",")[1] == total


def test_the_json_names_the_edition():
    done = run([RUBRIC, "eval", "u2025.facts", "--json"], FOLDER)
    standard = json.loads(done.stdout)["standard"]
    assert (standard["name"], standard["edition"]) == ("library_2025", "2025")


def test_sarif_names_the_file_that_wrote_it(folder):
    (folder / "library-2024.rubric").write_text('standard s amends "library-2023.rubric" { }\nset section service cap 3\n', encoding="utf-8")
    done = run([RUBRIC, "check", "library-2024.rubric", "--sarif"], folder)
    result = next(r for r in json.loads(done.stdout)["runs"][0]["results"] if r["ruleId"] == "E0501")
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("library-2024.rubric")


# ---------------------------------------------------------------- which files

def amending(folder, name):
    (folder / "new.rubric").write_text(f'standard n amends "{name}" {{ edition "n" }}\nset threshold fast = 3%\n', encoding="utf-8")
    return run([RUBRIC, "check", "new.rubric", "--json"], folder)


def first_code(done):
    return json.loads(done.stdout.splitlines()[0])["code"]


def test_what_is_amended_stands_in_the_folder(folder):
    (folder / "in").mkdir()
    shutil.copy(folder / "library-2023.rubric", folder / "in")
    assert first_code(amending(folder / "in", "../library-2023.rubric")) == "E0832"
    assert first_code(amending(folder / "in", str(folder / "library-2023.rubric"))) == "E0832"
    os.symlink(folder / "library-2023.rubric", folder / "in/link.rubric")
    assert first_code(amending(folder / "in", "link.rubric")) == "E0832"


def test_what_is_amended_is_a_file(folder):
    os.mkfifo(folder / "pipe.rubric")
    assert amending(folder, "pipe.rubric").returncode == 2
    assert first_code(amending(folder, "nowhere.rubric")) == "E1001"
    assert first_code(amending(folder, "u2023.facts")) != "E0341"


def test_circles_and_depth(folder):
    for n in range(20):
        (folder / f"{n}.rubric").write_text(f'standard s{n} amends "{n + 1}.rubric" {{ edition "{n}" }}\nset threshold t = {n}\n', encoding="utf-8")
    (folder / "20.rubric").write_text("standard s20 { }\nthreshold t = 3\nshow x = t\n", encoding="utf-8")
    assert first_code(run([RUBRIC, "check", "0.rubric", "--json"], folder)) == "E0332"
    assert run([RUBRIC, "check", "4.rubric", "--json"], folder).returncode == 0
    (folder / "20.rubric").write_text('standard s20 amends "5.rubric" { }\n', encoding="utf-8")
    assert first_code(run([RUBRIC, "check", "5.rubric", "--json"], folder)) == "E0331"


def test_an_amendment_of_what_declares_no_standard(folder):
    assert first_code(amending(folder, "lib/words.rubric")) == "E0326"


# ---------------------------------------------------------------- texts

LAYOUTS = ["{base}", "{base}\n\n", "\ufeff{base}", "{crlf}", "{cr}", "# a\n{base}# the end"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_layout_of_what_is_amended(tmp_path, layout):
    base = 'standard b "B" { total 4 }\nfacts "F" { a : yesno; c : yesno }  # here\ncriterion x cap 2 { full when a } criterion y cap 2 { full when c }\n'
    (tmp_path / "b.rubric").write_bytes(layout.format(base=base, crlf=base.replace("\n", "\r\n"), cr=base.replace("\n", "\r")).encode())
    (tmp_path / "n.rubric").write_text('standard n amends "b.rubric" { edition "2" total 5 }\nrepeal criterion x\ninsert criterion z "Z" cap 1 before y { full when a }\n'
                                       'insert criterion w cap 2 { full when c } insert facts after a { d : count }\nset criterion y "Y"\n'
                                       'facts "G" { e : text otherwise """two\n   lines""" }\n', encoding="utf-8")
    done = run([RUBRIC, "flatten", "n.rubric"], tmp_path)
    assert done.returncode == 0, done.stderr
    (tmp_path / "flat.rubric").write_text(done.stdout, encoding="utf-8")
    again = run([RUBRIC, "check", "flat.rubric"], tmp_path)
    assert again.returncode == 0, again.stderr


WIDE = """standard hall "Hall" {
  edition  "1"
  total    4
}

facts "F" {
  light     "Light"           : yesno
  capacity  "Seats in all"    : count  # by the plan
}

criterion a "A" cap 4 { full when light }
"""
CHANGES = """standard hall_2 amends "hall.rubric" { edition "2" issued 2025-01-15 }
insert facts after light { warm "Warm all winter" : yesno cite "2 § 1" }
replace criterion a "A" cap 4 { 2 when light "light in all rooms"
 2 when warm "warm" }
"""


def flat(folder, base, changes=CHANGES):
    (folder / "hall.rubric").write_text(base, encoding="utf-8")
    (folder / "hall-2.rubric").write_text(changes, encoding="utf-8")
    done = run([RUBRIC, "flatten", "hall-2.rubric"], folder)
    assert done.returncode == 0, done.stderr
    (folder / "flat.rubric").write_text(done.stdout, encoding="utf-8")
    return done.stdout


def test_what_was_laid_out_stays_so(tmp_path):
    """… with every remark; the same words in a layout of its author's keep that, line for line."""
    (tmp_path / "hall.rubric").write_text(WIDE, encoding="utf-8")
    neat = run([RUBRIC, "fmt", "hall.rubric"], tmp_path).stdout
    assert neat != WIDE
    laid, own = flat(tmp_path, neat), flat(tmp_path, WIDE)
    assert '  light     "Light"           : yesno\n' in own and '\n  warm "Warm all winter" : yesno cite' in own
    assert 'warm      "Warm all winter" : yesno' in laid
    remarks = [[line.strip() for line in text.splitlines() if line.strip().startswith("#")] for text in (laid, own)]
    assert remarks[0] == remarks[1] and len(remarks[0]) == 3
    assert "# by the plan" in laid
    flat(tmp_path, neat)
    assert run([RUBRIC, "fmt", "--check", "flat.rubric"], tmp_path).returncode == 0
    flat(tmp_path, WIDE)
    assert run([RUBRIC, "fmt", "--check", "flat.rubric"], tmp_path).returncode == 1


def test_a_dash_is_standard_output(folder):
    before = sorted(folder.iterdir())
    assert run([RUBRIC, "flatten", "library-2025.rubric", "-o", "-"], folder).stdout == run([RUBRIC, "flatten", "library-2025.rubric"], folder).stdout != ""
    assert sorted(folder.iterdir()) == before


def test_a_text_that_cannot_be_written_leaves_what_is_there(folder):
    (folder / "closed").mkdir()
    done = run([RUBRIC, "flatten", "library-2025.rubric", "-o", "closed"], folder)
    assert done.returncode == 3 and (folder / "closed").is_dir()
    (folder / "out.rubric").write_text("as it was", encoding="utf-8")
    (folder / "library-2025.rubric").write_text('standard n amends "library-2024.rubric" { }\nrepeal section nothing\n', encoding="utf-8")
    done = run([RUBRIC, "flatten", "library-2025.rubric", "-o", "out.rubric"], folder)
    assert done.returncode == 2 and (folder / "out.rubric").read_text(encoding="utf-8") == "as it was"


@pytest.mark.parametrize("tongue", ["", ".zh"])
def test_the_shipped_amendment_as_one_text(tmp_path, tongue):
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    rules = f"yueyang-2018{tongue}.rubric"
    done = run([RUBRIC, "flatten", rules, "-o", "flat.rubric"], tmp_path / "rules")
    assert done.returncode == 0
    said = [without_places(json.loads(run([RUBRIC, "eval", f"yueyang-2018{tongue}.full.facts", "--rules", r, "--json"], tmp_path / "rules").stdout))
            for r in (rules, "flat.rubric")]
    assert said[0] == said[1]
    assert run([RUBRIC, "fmt", "--check", "flat.rubric"], tmp_path / "rules").returncode == 0
    assert said[0]["total"] == {"value": "100"} and said[0]["standard"]["edition"] == "2018（示例）"


def test_the_two_tongues_of_the_shipped_amendment_say_the_same():
    totals = []
    for unit in ("yueyang-2018.full.facts", "yueyang-2018.zh.full.facts"):
        unit = json.loads(run([RUBRIC, "eval", unit, "--json"], ROOT / "rules").stdout)
        totals.append([unit["total"], [(p["cap"], p["score"], p["cite"]) for p in unit["parts"]]])
    assert totals[0] == totals[1]


# ---------------------------------------------------------------- generated editions

EDITIONS_MADE = int(os.environ.get("RUBRIC_EDITIONS", 60))


def test_generated_editions_as_one_text(tmp_path):
    """Standards written as two to four editions: the text put together says what they do, and reads as one. What is refused is not counted."""
    written = 0
    for seed in range(EDITIONS_MADE):
        rng = random.Random(seed)
        made = Generator(rng)
        rules = made.write()
        for _ in range(rng.randrange(1, 4)):
            rules = split(rules, rng, made.use)
        *older, newest = editions(rules)
        for number, text in enumerate(older, 1):
            (tmp_path / f"edition{number}.rubric").write_text(text, encoding="utf-8")
        (tmp_path / "s.rubric").write_text(newest, encoding="utf-8")
        (tmp_path / "u.facts").write_text(made.unit(0), encoding="utf-8")
        done = run([RUBRIC, "flatten", "s.rubric", "-o", "flat.rubric"], tmp_path)
        assert done.returncode in (0, 2) and "E1141" not in done.stderr, f"seed {seed}\n{done.stderr}"
        if done.returncode:
            continue
        said = [run([RUBRIC, "eval", "u.facts", "--rules", rule, "--json"], tmp_path) for rule in ("s.rubric", "flat.rubric")]
        assert [without_places(json.loads(line)) for line in said[0].stdout.splitlines()] == \
            [without_places(json.loads(line)) for line in said[1].stdout.splitlines()], f"seed {seed}"
        written += 1
    assert written > EDITIONS_MADE // 2
