"""`rubric check --sarif`: what SARIF 2.1.0 requires, checked by hand, and that it says what `--json` says."""
import json
import re
import urllib.parse

import pytest
from support import ROOT, RUBRIC, TESTS, run

LEVELS = {"none", "note", "warning", "error"}
FAULTY = sorted(path.relative_to(ROOT).as_posix() for path in (TESTS / "diag").glob("*/*.*") if path.suffix in (".rubric", ".facts"))


def sarif(names, folder=ROOT, lang="en"):
    done = run([RUBRIC, "check", "--sarif", "--lang", lang, "--", *names], folder)
    assert done.stdout.count("\n") == 1, "one document, on one line"
    assert not done.stderr
    return json.loads(done.stdout)


def only(of, required, optional=()):
    """An object that has these properties and no others."""
    assert isinstance(of, dict)
    assert set(required) <= set(of) <= set(required) | set(optional), sorted(of)
    return [of[name] for name in required]


def check_text(message):
    (text,) = only(message, ["text"])
    assert isinstance(text, str) and text


def check_region(region, empty_too=False):
    bounds = only(region, ["startLine", "startColumn", "endLine", "endColumn"])
    assert all(isinstance(bound, int) and bound >= 1 for bound in bounds)
    start, end = tuple(bounds[:2]), tuple(bounds[2:])
    assert start <= end


def check_uri(location):
    (uri,) = only(location, ["uri"])
    assert re.fullmatch(r"(file:///)?(?!/)(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri), uri
    assert not uri.startswith("./")


def check_physical(location):
    artifact, region = only(location, ["artifactLocation", "region"])
    check_uri(artifact)
    check_region(region)


def check_fix(fix):
    (changes,) = only(fix, ["artifactChanges"])
    assert changes
    for change in changes:
        artifact, replacements = only(change, ["artifactLocation", "replacements"])
        check_uri(artifact)
        assert replacements
        for replacement in replacements:
            deleted, inserted = only(replacement, ["deletedRegion", "insertedContent"])
            check_region(deleted)
            (text,) = only(inserted, ["text"])
            assert isinstance(text, str)


def check_rule(rule):
    code, short, helped, configuration = only(rule, ["id", "shortDescription", "help", "defaultConfiguration"])
    assert re.fullmatch(r"[EWN]\d{4}", code)
    check_text(short)
    texts = only(helped, ["text"], ["markdown"])
    assert all(isinstance(text, str) and text for text in texts)
    assert only(configuration, ["level"])[0] in LEVELS


def check_result(result, rules):
    code, index, level, message, locations = only(result, ["ruleId", "ruleIndex", "level", "message", "locations"], ["relatedLocations", "fixes"])
    assert rules[index]["id"] == code
    assert level in LEVELS and level == rules[index]["defaultConfiguration"]["level"]
    check_text(message)
    assert len(locations) <= 1
    for location in locations:
        check_physical(only(location, ["physicalLocation"])[0])
    related = result.get("relatedLocations", [])
    assert [place["id"] for place in related] == list(range(1, len(related) + 1))
    for place in related:
        check_physical(only(place, ["id", "physicalLocation"], ["message"])[1])
        if "message" in place:
            check_text(place["message"])
    for fix in result.get("fixes", []):
        check_fix(fix)


def check_document(document, lang="en"):
    """The results."""
    schema, version, runs = only(document, ["$schema", "version", "runs"])
    assert version == "2.1.0" and schema.endswith("sarif-2.1.0.json")
    assert len(runs) == 1
    tool, language, columns, results = only(runs[0], ["tool", "language", "columnKind", "results"])
    assert columns == "utf16CodeUnits"
    (driver,) = only(tool, ["driver"])
    name, version, told, rules = only(driver, ["name", "version", "language", "rules"])
    assert (name, language, told) == ("rubric", lang, lang) and re.fullmatch(r"\d+(\.\d+)+", version)
    ids = [rule["id"] for rule in rules]
    assert len(set(ids)) == len(ids) and set(ids) == {result["ruleId"] for result in results}
    for rule in rules:
        check_rule(rule)
    for result in results:
        check_result(result, rules)
    return results


def units(text):
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_message_of_the_tests(lang):
    """The same findings, in the same order, at the same places as --json tells them, whose columns are characters."""
    results = check_document(sarif(FAULTY, lang=lang), lang)
    listed = [json.loads(line) for line in run([RUBRIC, "check", *FAULTY, "--json", "--lang", lang]).stdout.splitlines()]
    assert len(results) == len(listed) > 200
    for result, message in zip(results, listed):
        assert result["ruleId"] == message["code"] and result["level"] == message["severity"]
        assert result["message"]["text"].split("\n")[0] == message["text"]
        assert ("fixes" in result) == ("fixes" in message)
        if "file" not in message:
            assert result["locations"] == []
            continue
        place = result["locations"][0]["physicalLocation"]
        assert urllib.parse.unquote(place["artifactLocation"]["uri"]) == message["file"]
        lines = (ROOT / message["file"]).read_bytes().decode("utf-8-sig").split("\n")
        assert place["region"]["startLine"] == message["line"]
        assert place["region"]["startColumn"] == 1 + units(lines[message["line"] - 1][: message["column"] - 1])
        assert place["region"]["endLine"] <= len(lines)
        assert place["region"]["endColumn"] <= 1 + units(lines[place["region"]["endLine"] - 1])


def test_nothing_found(tmp_path):
    (tmp_path / "a.rubric").write_text('standard s "S" { edition "1" }\nqualifies a "A" when 1 < 2\n', encoding="utf-8")
    document = sarif(["a.rubric"], tmp_path)
    assert [result for result in check_document(document) if result["level"] == "error"] == []


def test_columns_are_utf16(tmp_path):
    """A character beyond the first plane takes two."""
    (tmp_path / "a.rubric").write_text('standard s "𠮷𠮷" { edition "1" totl 3 }\n', encoding="utf-8")
    region = check_document(sarif(["a.rubric"], tmp_path))[0]["locations"][0]["physicalLocation"]["region"]
    assert region["startColumn"] == 1 + units('standard s "𠮷𠮷" { edition "1" ')


@pytest.mark.parametrize("name, uri", [("a b.rubric", "a%20b.rubric"), ("标准.rubric", "%E6%A0%87%E5%87%86.rubric"), ("100%#?.rubric", "100%25%23%3F.rubric"),
                                       ("c:d.rubric", "c%3Ad.rubric"), ("./e.rubric", "e.rubric")])
def test_addresses(name, uri, tmp_path):
    (tmp_path / name).write_text("standard s", encoding="utf-8")
    results = check_document(sarif([name], tmp_path))
    assert {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results} == {uri}


def test_addresses_of_whole_paths(tmp_path):
    inside, outside = tmp_path / "work/in/a.rubric", tmp_path / "b c.rubric"
    for path in (inside, outside):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("standard s", encoding="utf-8")
    results = check_document(sarif([str(inside), str(outside)], tmp_path / "work"))
    found = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
    assert found == ["in/a.rubric", f"file://{urllib.parse.quote(str(outside))}"]


def test_a_file_that_is_not_there(tmp_path):
    (result,) = check_document(sarif(["nothing.rubric"], tmp_path))
    assert (result["ruleId"], result["locations"]) == ("E1001", [])


def test_rules_tell_the_page():
    rules = sarif(["tests/diag/E0601/wrong.rubric"], lang="zh")["runs"][0]["tool"]["driver"]["rules"]
    (rule,) = [rule for rule in rules if rule["id"] == "E0601"]
    page = (ROOT / "docs/errors/E0601.md").read_text(encoding="utf-8").split("\n---\n")[1]
    assert rule["help"]["markdown"].strip() == page.strip()


def test_exit_codes_are_those_of_check():
    for name, words, code in [("tests/diag/E0108/wrong.rubric", [], 2), ("tests/diag/W0112/wrong.rubric", [], 0),
                              ("tests/diag/W0112/wrong.rubric", ["--werror"], 2), ("nothing.rubric", [], 3)]:
        assert run([RUBRIC, "check", name, "--sarif", *words]).returncode == code
