"""Escapes, control characters and what turns text around or hides it: planted wherever an author, a unit or a caller writes text, and looked for in
everything that is said. Nothing but newlines may come through raw; what is shown instead tells the character's number."""
import re
import unicodedata

import pytest
from support import PROGRAMS, program_id, run

PLANTED = [0x01, 0x07, 0x08, 0x0B, 0x0C, 0x0E, 0x18, 0x1B, 0x7F, 0x80, 0x84, 0x85, 0x8D, 0x90, 0x9B, 0x9C, 0x9D, 0xAD, 0x061C, 0x180E, 0x200B, 0x200D, 0x200E, 0x200F,
           0x2028, 0x2029, 0x202A, 0x202B, 0x202D, 0x202E, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0xFFF9, 0xE0041]
# In a row of bytes a terminal acts on: a colour, a title, a new place of the cursor.
SEQUENCES = ["\x1b[31m", "\x1b]0;title\x07", "\x1b[2J\x1b[H", "\x9b31m", "\r", "\t"]


def is_raw(character):
    """By Unicode's own word, not by the program's: controls, formats (bidirectional ones among them), line and paragraph separators."""
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")


def looked_at(text, where):
    raw = sorted({f"U+{ord(c):04X}" for c in text if is_raw(c)})
    assert not raw, f"{where}: {' '.join(raw)} in\n{text!r}"


def standard(bad):
    """Every place of a standard that takes text, marked with a number of its own."""
    return f'''standard s "P01{bad}z" {{ total 10  period 2024  edition "P02{bad}z"  issuer "P03{bad}z"  cite "P04{bad}z"  note "P05{bad}z"
  columns self "P06{bad}z", review "P07{bad}z"  final review }}
facts f "P08{bad}z" {{
  on    "P09{bad}z" : yesno, evidence required
  n     "P10{bad}z" : count
  kind  "P11{bad}z" : choice {{ one "P12{bad}z", two "Two" }}
  who   "P13{bad}z" : text
  list  "P14{bad}z" : table {{ what "P15{bad}z" : text, x : number }}
}}
authority town "P16{bad}z"
title model "P17{bad}z"
threshold least "P18{bad}z" = 3
section a "P19{bad}z" cap 6 cite "P20{bad}z" {{ criterion b "P21{bad}z" cap 6 {{ 3 when on "P22{bad}z"  1 per n up to 3 "P23{bad}z" }} }}
criterion c "P24{bad}z" cap 4 {{ 4 when who = "P25{bad}z" "P26{bad}z"  judged from 0 to 0 }}
criterion d "P24{bad}z" cap 0 {{ full when on }}
show long "P27{bad}z" = length(who)
show rows "P34{bad}z" = count of list where what = "P35{bad}z"
qualifies star "P28{bad}z" when total >= least
veto bad "P29{bad}z" when n > 100
grades {{ good "P30{bad}z" when total >= 5  otherwise poor }}
stage apply "P31{bad}z" {{ by town  confers model  require n > 3 "P32{bad}z" }}
stage next "P33{bad}z" {{ by unit after apply  quota top 50% of units, rounded down, ranked by total }}
'''


def facts(bad):
    return f'''unit north "P40{bad}z"
standard "s.rubric"
on = yes evidence "P41{bad}z"
n = 5
kind = one
who = "P42{bad}z"
list = table {{
| what | x |
| "P43{bad}z" | 3 |
}}
decision apply approved on 2024-05-01 by town "P44{bad}z"
decision next approved on 2024-04-01 by town "P45{bad}z"
'''


SESSION = '''set n = 9
facts
why total
why a
show
stages
whynot star
reach total >= 9
unknowns
scenario "S1{bad}z"
set who = "S2{bad}z"
set n = 4
diff
compare
scenarios
S3{bad}z
S4{bad}z = 3
who = "S5{bad}z
load S6{bad}z.facts
help S7{bad}z
why S8{bad}z
on S9{bad}z
save S10{bad}z/x.facts
S11{bad}z?
total + S12{bad}z
? least
? list
? bad
unset who
set n = 200
show
stages
set n = 2
stages
quit
'''


def calls(bad):
    """Every way of output."""
    csv = f'unit,名称,n,who\n"U1{bad}z","U2{bad}z",3,"U3{bad}z"\nsouth,,"U4{bad}z",x\n'
    head = f'unit,"H1{bad}z"\nx,1\n'
    yield "sheet", ["eval", "u.facts"]
    yield "why-total", ["eval", "u.facts", "--why", "total", "--why", "a.b", "--why", "c", "--why", "star", "--why", "long", "--why", "grade", "--why", "rows"]
    yield "json", ["eval", "u.facts", "--json"]
    yield "compare", ["eval", "u.facts", "--compare"]
    yield "check", ["check", "s.rubric", "u.facts", "--lang", "zh"]
    yield "check-json", ["check", "s.rubric", "u.facts", "--json"]
    yield "check-sarif", ["check", "s.rubric", "u.facts", "--sarif"]
    yield "check-wrong", ["check", "wrong.rubric", "wrong.facts", "raw.rubric"]
    yield "check-wrong-json", ["check", "wrong.rubric", "wrong.facts", "raw.rubric", "--json"]
    yield "stages", ["stages", "u.facts"]
    yield "stages-json", ["stages", "u.facts", "--json"]
    yield "units", ["eval", "units.csv", "--rules", "s.rubric"]
    yield "units-json", ["eval", "units.csv", "--rules", "s.rubric", "--json"]
    yield "units-head", ["eval", "head.csv", "--rules", "s.rubric"]
    yield "rank", ["rank", "units.csv", "u.facts", "--rules", "s.rubric"]
    yield "rank-json", ["rank", "units.csv", "u.facts", "--rules", "s.rubric", "--json"]
    yield "rank-csv", ["rank", "units.csv", "u.facts", "--rules", "s.rubric", "--csv"]
    for command in (["reach", "total >= 9"], ["risk", "total >= 5"], ["sweep", "n"], ["tornado"]):
        yield command[0], [*command, "u.facts"]
        yield command[0] + "-json", [*command, "u.facts", "--json"]
    for words in (["A1{bad}z"], ["eval", "A2{bad}z.facts"], ["eval", "u.facts", "--why", "A3{bad}z"], ["eval", "u.facts", "--A4{bad}z"], ["eval", "u.facts", "--column", "A5{bad}z"],
                  ["eval", "u.facts", "--on", "A6{bad}z"], ["eval", "u.facts", "--set", "A7{bad}z=3"], ["eval", "u.facts", "--set", "least=A8{bad}z"],
                  ["eval", "u.facts", "--rules", "A9{bad}z.rubric"], ["reach", "A10{bad}z", "u.facts"], ["reach", "total >= 9", "u.facts", "--lock", "A11{bad}z"],
                  ["sweep", "A12{bad}z", "u.facts"], ["help", "A13{bad}z"], ["check", "A14{bad}z.rubric", "--json"], ["eval", "u.facts", "--lang", "A15{bad}z"],
                  ["explain", "A16{bad}z"], ["rank", "u.facts", "--stage", "A17{bad}z"], ["eval", "u.facts", "--json", "--rules", "A18{bad}z"]):
        yield "call-" + words[0] + str(len(words)) + words[-1].replace("{bad}z", ""), [word.replace("{bad}", bad) for word in words]
    yield "files", ["check", f"F1{bad}z.rubric", f"F2{bad}z.facts"]
    yield "files-eval", ["eval", f"F2{bad}z.facts", f"F3{bad}z.csv", "--rules", f"F4{bad}z.rubric", "--why", "c"]
    yield "files-units", ["eval", f"F3{bad}z.csv", "--rules", "s.rubric"]
    yield "files-json", ["eval", f"F2{bad}z.facts", "--json"]
    yield "files-folder", ["eval", f"F5{bad}z"]
    yield "files-test", ["test", f"F6{bad}z.rubric"]
    yield "files-tap", ["test", f"F6{bad}z.rubric", "--tap"]
    yield "files-mutate", ["test", f"F6{bad}z.rubric", "--mutate"]
    yield "files-diff", ["diff", f"F6{bad}z.rubric", "s.rubric", f"F2{bad}z.facts"]
    yield "files-fmt-diff", ["fmt", "--diff", f"F6{bad}z.rubric"]
    yield "files-fmt-check", ["fmt", "--check", f"F6{bad}z.rubric"]
    yield "session", ["repl", "u.facts"]
    yield "session-zh", ["repl", "u.facts", "--lang", "zh"]


def lay_out(folder, bad):
    csv = f'unit,名称,n,who\n"U1{bad}z","U2{bad}z",3,"U3{bad}z"\nsouth,,"U4{bad}z",x\n'
    texts = {"s.rubric": standard(bad), "u.facts": facts(bad), "units.csv": csv, "head.csv": f'unit,"H1{bad}z"\nx,1\n',
             "wrong.rubric": f'standard w "W1{bad}z" {{ total 3 }}\nuse "W2{bad}z.rubric"\ncriterion a "W3{bad}z" cap 4 {{ full when "W4{bad}z" }}\ncriterion a "W5{bad}z" cap 4 {{ }}\n',
             "wrong.facts": f'unit w "W6{bad}z"\nstandard "s.rubric"\nn = "W7{bad}z"\nwho = document "W8{bad}z"\nlist = table from "W9{bad}z"\nkind = "W10{bad}z"\n',
             "raw.rubric": f'standard r "R" {{ }}\nshow W11{bad}z = 3 {bad} 4\n# W12{bad}z\nshow a = W13{bad}z\n',
             f"F1{bad}z.rubric": "show = 3\n", f"F2{bad}z.facts": f'unit f\nstandard "s.rubric"\nnothing = 3\n', f"F3{bad}z.csv": "nothing\nx\n", f"F4{bad}z.rubric": "show 3\n",
             f"F6{bad}z.rubric": f'standard f "F" {{  total 0 }}\ntest "T1{bad}z" {{ expect total = 1 }}\n'}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / f"F5{bad}z").mkdir()


def everything(folder, bad, program):
    """{what: everything that is said}"""
    lay_out(folder, bad)
    said = {}
    for what, words in calls(bad):
        stdin = SESSION.replace("{bad}", bad) if what.startswith("session") else ""
        done = run([program, *words], folder, stdin=stdin)
        assert done.returncode in (0, 1, 2, 3), f"{what}: exit {done.returncode}\n{done.stderr}"
        said[what] = done.stdout + done.stderr
        lines = said[what].replace("\r\n", "\n").replace("\t", "") if what == "rank-csv" else said[what]     # RFC 4180; a cell may have tabs
        if what == "files-fmt-diff":                        # patch wants the tabs of a text as they are
            lines = re.sub(r"^[ +-](?![+-]{2} ).*", lambda line: line[0].replace("\t", ""), lines, flags=re.M)
        looked_at(lines, f"{what}, {bad!r}")
    return said


@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
@pytest.mark.parametrize("code", PLANTED, ids=lambda code: f"{code:04X}")
def test_character(code, program, tmp_path):
    if program != PROGRAMS[0] and code not in (0x1B, 0x202E):
        pytest.skip("the sanitizers see one of each kind")
    said = everything(tmp_path, chr(code), program)
    sheet = said["sheet"]
    assert f"F6\\u{{{code:x}}}z.rubric" in said["files-fmt-check"]
    assert f"\\u{{{code:x}}}" in sheet and f"\\u{{{code:x}}}" in said["session"]


@pytest.mark.parametrize("sequence", SEQUENCES, ids=lambda text: text.encode("unicode_escape").decode())
def test_sequence(sequence, tmp_path):
    everything(tmp_path, sequence, PROGRAMS[0])


def test_every_place_is_shown(tmp_path):
    """Else nothing would have been tried: each marked text comes out somewhere, with the character made visible."""
    said = "\n".join(everything(tmp_path, "\x1b", PROGRAMS[0]).values())
    planted = set(re.findall(r"\b([PUHASFW]\d+)\{bad\}z", "".join(map(str, (standard("{bad}"), facts("{bad}"), SESSION))) + " ".join(
        word for _, words in calls("{bad}") for word in words)))
    shown = set(re.findall(r"\b([PUHASFW]\d+)(?:\\{1,2}u\{1b\}|\\u001[bB])z", said))
    assert planted - shown <= NOT_SHOWN, f"never shown: {sorted(planted - shown - NOT_SHOWN)}"
    assert not NOT_SHOWN & shown, f"shown after all: {sorted(NOT_SHOWN & shown)}"


# What no output has a place for: the clause and the remark of the standard itself, a text in a table of the facts.
NOT_SHOWN = {"P04", "P05", "P43"}
