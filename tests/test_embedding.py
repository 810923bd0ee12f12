"""The library's public face beside the program: units read, and units said entry by entry, come to what `rubric eval --json` says, whichever way
they were evaluated. What docs/embedding.md shows is compiled and run, by C and by C++, against what `make install` installs."""
import collections
import fractions
import json
import pathlib
import random
import re
import subprocess

import pytest
from oracle.language.generator import Generator
from support import BUILD, LONG, NOGC, ROOT, RUBRIC, environment, run
from test_batch_columns import Plain

CALCS = [str(folder / "tests/api_calc") for folder in [BUILD, *([pathlib.Path(NOGC).parent] if NOGC else [])]]
SHARDS, STANDARDS = (12, 250) if LONG else (2, 16)
EXAMPLES = sorted((ROOT / "examples").glob("0[12]-*.facts"))


def rules_of(facts):
    """The standard that a facts file names."""
    named = re.search(r'^(?:standard|标准) *[“"](.+?)[”"]', facts.read_text(encoding="utf-8"), re.M)
    return facts.parent / named[1]


def ends(score):
    """What the JSON says of a number, as the API says it: low, high, n/a, exact."""
    if score is None:
        return None
    if isinstance(score, str):
        score = {"value": score}
    low, high = score.get("lo", score.get("value")), score.get("hi", score.get("value"))
    return [low, high, "n/a" if low == "n/a" else "yes" if score.get("na") else "no", "yes" if score.get("exact", True) else "no"]


def scaled(score):
    """Times a million, where it is one number."""
    if score[2] != "no" or score[0] != score[1] or "inf" in score[0]:
        return None
    number = fractions.Fraction(score[0]) * 10**6
    return int(number) if number.denominator == 1 and abs(number) < 2**63 else None


def same_score(told, said, skipped=None):
    """Of parts the JSON has the possible n/a in `skipped`."""
    wanted = ends(said)
    if wanted is None or told is None:
        return told == wanted
    if skipped is not None and wanted[2] != "n/a":
        wanted[2] = "yes" if skipped != "no" else "no"
    return told[:4] == wanted and told[4] == scaled(wanted)


def grade_of(said):
    if not said or said.get("value") in ("n/a", None) and "lo" not in said:
        return [None, None]
    return [said.get("lo", said.get("value")), said.get("hi", said.get("value"))]


def differences(told, said):
    """What the results say otherwise than the JSON."""
    found = [] if same_score(told["total"], said["total"]) else [("total", told["total"], said["total"])]
    found += [] if same_score(told["subtotal"], said["subtotal"]) else [("subtotal", told["subtotal"], said["subtotal"])]
    found += [(part["path"], told["parts"][part["path"]], part["score"], part["skipped"]) for part in said["parts"]
              if not same_score(told["parts"][part["path"]], part["score"], part["skipped"])]
    found += [] if told["grade"] == grade_of(said["grade"]) else [("grade", told["grade"], said["grade"])]
    return found + [(key, told[key], said[key]) for key in ("eligible", "qualifies") if told[key] != said[key]]


def evaluated(rules, files, folder):
    """What the program says of each file: an object, or the code of the first error."""
    lines = run([RUBRIC, "eval", "--json", "--lang", "en", "--rules", str(rules), *map(str, files)], folder=folder).stdout.splitlines()
    assert len(lines) == len(files)
    return [(line, json.loads(line)) for line in lines]


def compare(calc, rules, files, folder, counts):
    """Every unit of a standard. `counts`: how each was evaluated."""
    done = run([calc, str(rules), *map(str, files)], folder=folder, timeout=600)
    if done.returncode == 2:
        return
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(files), done.stderr
    for one, (line, said), file in zip(told, evaluated(rules, files, folder), files):
        place = f"{file} of {rules} in {folder}"
        if "error" in said:
            codes = [message["code"] for message in said["error"] if message["code"][0] == "E"]
            assert one.get("refused") in codes if "refused" in one else one["json"] is None and one["read"]["status"] == 1, place
            counts["refused"] += 1
            continue
        assert "refused" not in one, (place, one)
        assert one["json"] == line + "\n", place
        for how in ("read", "said"):
            if one[how]:
                assert one[how]["status"] == 0 and not differences(one[how], said), (place, how, one[how]["way"], differences(one[how], said))
                counts[how, one[how]["way"]] += 1


@pytest.mark.parametrize("calc", CALCS)
def test_examples(calc):
    counts = collections.Counter()
    for facts in EXAMPLES:
        compare(calc, rules_of(facts).relative_to(ROOT) if rules_of(facts).is_relative_to(ROOT) else rules_of(facts), [facts.relative_to(ROOT)], ROOT, counts)
    assert counts["read", "evaluator"] == len(EXAMPLES), counts


@pytest.mark.parametrize("calc", CALCS)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_generated(calc, shard, tmp_path):
    """Mostly what columns hold, and whatever the language has."""
    counts = collections.Counter()
    for seed in range(shard * STANDARDS, (shard + 1) * STANDARDS):
        made = (Plain if seed % 3 else Generator)(random.Random(seed + 5000))
        (tmp_path / "s.rubric").write_text(made.write(), encoding="utf-8")
        files = [f"u{number:02d}.facts" for number in range(8)]
        for number, name in enumerate(files):
            (tmp_path / name).write_text(made.unit(number), encoding="utf-8")
        compare(calc, "s.rubric", files, tmp_path, counts)
    assert counts["read", "evaluator"] > 30 and counts["said", "evaluator"] > 10 and counts["read", "known"] + counts["read", "ranges"] > 0, counts


@pytest.mark.parametrize("calc", CALCS)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_changing(calc, shard, tmp_path):
    """A unit changed fact by fact comes, warm, to what the exact evaluator says of the same unit."""
    counts = collections.Counter()
    for seed in range(shard * STANDARDS, (shard + 1) * STANDARDS):
        (tmp_path / "s.rubric").write_text(Plain(random.Random(seed + 9000)).write(), encoding="utf-8")
        done = run([calc, "s.rubric", "--changing", "32", str(seed)], folder=tmp_path, timeout=600)
        for line in done.stdout.splitlines():
            one = json.loads(line)
            counts[one["read"]["way"]] += 1
            if one["read"]["status"] == 1:
                assert one["json"] is None, seed
                continue
            found = differences(one["read"], json.loads(one["json"]))
            assert not found, (seed, one["read"]["way"], found)
    assert counts["known"] > 20 and counts["ranges"] > 2 and counts["evaluator"] > 20, counts


# ---- what the manual shows, against what is installed

@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder in which `make install` put all, as a package would have it."""
    folder = tmp_path_factory.mktemp("installed")
    done = subprocess.run(["make", "install", f"DESTDIR={folder}", "PREFIX=/usr", f"BUILD={BUILD.relative_to(ROOT)}"], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return folder


def shown(kind):
    page = (ROOT / "docs/embedding.md").read_text(encoding="utf-8")
    return re.search(rf"^```{kind}\n(.*?)^```", page, re.M | re.S)[1]


def flags(installed):
    asked = {**environment(), "PKG_CONFIG_LIBDIR": str(installed / "usr/lib/pkgconfig"), "PKG_CONFIG_SYSROOT_DIR": str(installed), "PKG_CONFIG_ALLOW_SYSTEM_CFLAGS": "1",
             "PKG_CONFIG_ALLOW_SYSTEM_LIBS": "1"}
    return subprocess.run(["pkg-config", "--cflags", "--libs", "rubric"], env=asked, capture_output=True, text=True, check=True).stdout.split()


def test_installed(installed):
    files = sorted(str(path.relative_to(installed)) for path in installed.rglob("*") if path.is_file())
    assert files == ["usr/bin/rubric", "usr/include/rubric.h", "usr/lib/librubric.a", "usr/lib/pkgconfig/rubric.pc",
                     "usr/share/bash-completion/completions/rubric", "usr/share/fish/vendor_completions.d/rubric.fish", "usr/share/man/man1/rubric.1",
                     "usr/share/man/zh_CN/man1/rubric.1", "usr/share/zsh/site-functions/_rubric"]
    version = run([str(installed / "usr/bin/rubric"), "--version"]).stdout.split()[1]
    assert f"Version: {version}" in (installed / "usr/lib/pkgconfig/rubric.pc").read_text()
    assert f'#define RUBRIC_VERSION "{version}"' in (installed / "usr/include/rubric.h").read_text()


@pytest.mark.parametrize("compiler", [["gcc", "-std=c17", "-pedantic", "-x", "c"], ["gcc", "-std=c99", "-pedantic", "-x", "c"], ["g++", "-std=c++11", "-pedantic", "-x", "c++"]])
def test_example(installed, tmp_path, compiler):
    """The example of the manual, compiled and run: it prints what the manual says."""
    source = tmp_path / "yard.c"
    source.write_text(shown("c yard.c"), encoding="utf-8")
    command = [*compiler, "-Wall", "-Wextra", "-Werror", str(source), "-x", "none", "-o", str(tmp_path / "yard"), *flags(installed)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    done = run([str(tmp_path / "yard")], folder=tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == (shown("console yard"), "", 0)


def test_header_alone():
    """No type of ours, nothing of GMP's or the collector's: only what the language has. Every function has its comment."""
    header = (ROOT / "src/api/rubric.h").read_text(encoding="utf-8")
    assert re.findall(r"#include (.+)", header) == ["<stddef.h>", "<stdint.h>"]
    names = re.findall(r"\b(rubric_\w+)\(", re.sub(r"/\*.*?\*/", "", header, flags=re.S))
    symbols = subprocess.run(["nm", "--defined-only", "-g", str(BUILD / "librubric.a")], capture_output=True, text=True, check=True).stdout
    assert sorted(names) == sorted(set(re.findall(r" T (rubric_(?!lex|parse)\w+)", symbols)) & set(names)) and len(names) > 50
