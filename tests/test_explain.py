"""`rubric explain`: every page of docs/errors/ as it stands there, every code in the list, the message itself where there is no page."""
import re
import shlex

import pexpect
import pytest
from support import ROOT, RUBRIC, environment, messages, run

PAGES = ROOT / "docs/errors"
ROWS = {code: texts for code, _, _, texts in messages()}
PAGED = sorted(path.stem for path in PAGES.glob("[EWN]*.md"))
BARE = sorted(set(ROWS) - set(PAGED))
LANGS = ["en", "zh"]
NAMED = {"facts": "unit.facts", "csv": "units.csv"}


def explained(*words, lang="en"):
    done = run([RUBRIC, "explain", *words, "--lang", lang])
    assert done.returncode == 0 and not done.stderr
    return done.stdout


def letters(text):
    return re.sub(r"\s", "", text)


def half(code, lang):
    """A page without its marks: those of headings, and the fences of examples save the names of their files."""
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8").split("\n---\n")[LANGS.index(lang)]
    text = re.sub(r"^```(\w+) (?:wrong|right|both)(?: (\S+))?$", lambda m: m[2] or NAMED.get(m[1], ""), text, flags=re.M)
    return re.sub(r"^(#+ |```$)", "", text, flags=re.M)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", PAGED)
def test_pages_are_shown_whole(code, lang):
    shown = explained(code, lang=lang)
    assert letters(shown) == letters(half(code, lang))
    assert "```" not in shown and "\n\n\n" not in shown
    assert not [line for line in shown.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("code", PAGED)
def test_lines_of_chinese_are_joined_without_a_blank(code):
    """What a page breaks for its own width: only paragraphs begin two cells in."""
    source = half(code, "zh")
    told = [line for line in explained(code, lang="zh").splitlines() if re.match("  \\S", line)]
    assert not [found for line in told for found in re.findall(r"[一-鿿，。] [一-鿿]", line) if found not in source]


@pytest.mark.parametrize("spelling", ["E0601", "e0601", "0601", "[E0601]", "[e0601]"])
def test_spellings_of_a_code(spelling):
    assert explained(spelling) == explained("E0601")


def test_no_two_codes_share_their_digits():
    digits = [code[1:] for code in ROWS]
    assert len(set(digits)) == len(digits)


def gaps(text):
    return re.sub(r"(\{\d\})+", "…", text)


@pytest.mark.parametrize("lang", LANGS)
def test_a_message_without_a_page_is_shown_itself(lang):
    for code in BARE[:5]:
        text, _, help_text = (both[LANGS.index(lang)] for both in ROWS[code])
        assert letters(explained(code, lang=lang)) == letters(code + gaps(text) + gaps(help_text))


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_has_every_message(lang):
    listed = explained(lang=lang)
    told = letters(listed)
    missing = [code for code, texts in ROWS.items() if letters(code + gaps(texts[0][LANGS.index(lang)])) not in told]
    assert not missing
    assert len(re.findall(r"^\d\d", listed, re.M)) == len({"10" if code[1:3] == "11" else code[1:3] for code in ROWS})


@pytest.mark.parametrize("lang, told", [("en", "rubric explain E0108 tells more"), ("zh", "输入 rubric explain E0108 查看详细说明")])
def test_a_terminal_is_told_where_more_is_said(lang, told):
    """After a check, of the worst message; a script knows the codes."""
    words = ["check", "tests/diag/W0112/wrong.rubric", "tests/diag/E0108/wrong.rubric", "--lang", lang]
    shown, _ = pexpect.run(shlex.join([RUBRIC, *words]), cwd=ROOT, withexitstatus=True, env=environment())
    assert told in shown.decode()
    piped = run([RUBRIC, *words])
    assert told not in piped.stdout + piped.stderr
    clean, _ = pexpect.run(shlex.join([RUBRIC, "check", "tests/cli/twins.rubric"]), cwd=ROOT, withexitstatus=True, env=environment())
    assert "explain" not in clean.decode()
