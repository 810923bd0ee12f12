"""seeds.py FOLDER: what fuzzing begins with: the small texts of the tests, and the examples of docs/language.md, sorted by target."""
import hashlib
import pathlib
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


main(pathlib.Path(sys.argv[1]))
