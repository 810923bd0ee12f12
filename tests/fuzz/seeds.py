"""seeds.py FOLDER: what fuzzing begins with: the small texts of the tests, and the examples of docs/language.md, sorted by target."""
import hashlib
import json
import pathlib
import random
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import test_language_doc as doc  # noqa: E402

SMALL = 2048
CUT = "%%\n"


def texts(*endings):
    for folder in ("tests", "examples", "rules"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in endings and path.is_file() and path.stat().st_size <= SMALL:
                yield path.read_bytes()


def language_pairs():
    for clause in doc.CLAUSES:
        standard = None
        for block in clause.blocks:
            named = doc.file_of(block)
            if named and block.kind == "rubric":
                standard = named[1]
            elif named and block.kind == "facts" and standard:
                yield (standard + CUT + named[1]).encode()


def folder_pairs():
    """Each small facts file behind the standard that it names."""
    for path in sorted((ROOT / "tests").rglob("*.facts")):
        named = re.search(r'^(?:standard|标准) "([^"]+)"', path.read_text(encoding="utf-8", errors="replace"), re.M)
        standard = path.parent / named[1] if named else None
        if standard and standard.is_file() and standard.stat().st_size + path.stat().st_size <= SMALL:
            yield standard.read_bytes() + CUT.encode() + path.read_bytes()


def session_scripts():
    for path in sorted((ROOT / "tests").rglob("*.repl")):
        lines = re.findall(r"^[>.] (.*)$", path.read_text(encoding="utf-8"), re.M)
        for at in range(0, len(lines), 6):
            yield "\n".join(lines[at : at + 6]).encode()


def blocks(kind):
    return (block.text.encode() for block in doc.BLOCKS if block.kind == kind)


# Facts of standards/table.rubric, and what stands in their cells.
CELLS = {
    "unit": ["a", '"b"', "=c", "院", '"d ""e"""', "", '"f\ng"'], "label": ["", "A, B", '"A, B"', '"A\r\nB"', "\u202e", "x\x07"], "open": ["yes", "no", "是", "", "n/a", "true"],
    "staff": ["6", "07", "6 people", "", "unknown", "999999999", "2147483648", "-1", " 7 "], "trees": ["", "3", "41", "1.0"], "change": ["1.5", "-2", "0.25", "2.50", "-0"],
    "budget": ["70000000000", "90000000001", "0.1", "n/a", "1,000"], "bins": ["17/18", "97.5%", "1", "0.5", "0/0", "18/17"], "rate.part": ["", "1", "2.5", "1e3"],
    "rate.whole": ["", "2", "3", "0"], "opened": ["2020-02-29", "2021-02-29", "2016-01-01", ""], "level": ["fair", "good", "较好", "unknown"], "kind": ["school", "day_care", "School", ""],
    "户数": ["3", "", "12345678901234567890"], "score looks": ["2.5", "2.25", "unknown"], "score marks": ["1", "3", ""], "as of": ["", "2024-05-01"], "bins.evidence": ["", "a.pdf"],
    "note": ["x", '"a ""quoted"" b"', "", "-1", "-x", "1e5"],
}
JSON_CELLS = ["null", "true", "false", "-0", "1e2", "[1]", "{}", '"\\u0037"', '"\\ud83c\\udf33"', '"\\u9662 "', '"\\u202e"', '"\\ud800"']
CHOICES = [b"\1\7", b"\3\0", b"\x21\1", b"\x23\6", b"\x61\2", b"\x63\x0a", b"\5\0", b"\x89\0", b"\x11\0", b"\0\0", b"\x42\0", b"\x21\x3f", b"\xc1\x20", b"\x29\x1f"]


def json_cell(rng, text):
    if not text or rng.random() < 0.1:
        return rng.choice(JSON_CELLS)
    bare = re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", text) and rng.random() < 0.7
    return text if bare else json.dumps(text, ensure_ascii=rng.random() < 0.5)


def batch_tables(lines):
    """Rows of a table of units, as CSV or as `lines` of JSON, behind two bytes that choose."""
    rng = random.Random(8)
    for i in range(240):
        heads = ["unit", *rng.sample(sorted(set(CELLS) - {"unit"}), rng.randrange(1, 7))]
        rows = [[rng.choice(CELLS[head]) for head in heads] for _ in range(rng.randrange(1, 6))]
        end = rng.choice(["\n", "\n", "\r\n"])
        if lines:
            texts = ["{" + ",".join(f'"{head}":{json_cell(rng, cell)}' for head, cell in zip(heads, row)) + "}" for row in rows]
        else:
            texts = [",".join(row) for row in [heads, *rows]]
        text = rng.choice(["", "", "\ufeff"]) + end.join(texts) + rng.choice(["", end])
        yield rng.choice(CHOICES) + text.encode(rng.choice(["utf-8", "utf-8", "gb18030"]))


def standards():
    yield from texts(".rubric")
    for block in doc.BLOCKS:
        if block.kind == "rubric":
            yield doc.file_of(block)[1].encode()
        elif block.kind == "wrong":
            yield block.text.encode()


def write(folder, seeds):
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (folder / hashlib.sha1(seed).hexdigest()).write_bytes(seed)


def main(folder):
    own = [path.read_bytes() for path in (ROOT / "tests/fuzz/standards").glob("*.facts")]
    read_as = {"0": [*standards(), *blocks("rubric")], "1": [*texts(".facts"), *blocks("facts")], "6": session_scripts()}
    write(folder / "syntax", (mark.encode() + text for mark, found in read_as.items() for text in found))
    write(folder / "fmt", (mark.encode() + text for mark in "01" for text in read_as[mark]))
    write(folder / "facts", [*texts(".facts"), *blocks("facts"), *own])
    write(folder / "check", standards())
    write(folder / "eval", [*language_pairs(), *folder_pairs()])
    write(folder / "units", texts(".csv"))
    write(folder / "session", session_scripts())
    for target, endings, lines in ("batch_csv", [".csv"], False), ("batch_json", [".jsonl"], True):
        write(folder / target, [*batch_tables(lines), *(choice + text for text in texts(*endings) for choice in CHOICES[:10:3])])


main(pathlib.Path(sys.argv[1]))
