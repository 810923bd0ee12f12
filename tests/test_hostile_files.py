"""What is no file, and files outside the folder: refused wherever a file may be named, at once and with a message."""
import os
import subprocess

import pytest
from support import BUILD, RUBRIC, environment, run

RULES = 'standard s "S" { period 2024 }\nfacts "F" { f : yesno  t : table { x : number }  d : document }\nshow a = if f then 1 else 0\nshow b = count of t\nshow c = length(d)\n'
FACTS = 'unit u "U"\nstandard "good.rubric"\nf = yes\n'

# Each: how the file of that name is come to. `N` is the name, which has the ending given.
PLACES = {
    "rules": (".rubric", {}, ["check", "N"], ""),
    "rules-option": (".rubric", {}, ["eval", "good.facts", "--rules", "N"], ""),
    "rules-of-facts": (".rubric", {"u.facts": 'unit u "U"\nstandard "N"\n'}, ["eval", "u.facts"], ""),
    "included": (".rubric", {"s.rubric": RULES + 'use "N"\n'}, ["check", "s.rubric"], ""),
    "facts": (".facts", {}, ["eval", "N"], ""),
    "facts-checked": (".facts", {}, ["check", "N"], ""),
    "units": (".csv", {}, ["eval", "N", "--rules", "good.rubric"], ""),
    "ranked": (".csv", {}, ["rank", "N", "--rules", "good.rubric"], ""),
    "table-from": (".csv", {"u.facts": FACTS + 't = table from "N"\n'}, ["eval", "u.facts"], ""),
    "document": (".txt", {"u.facts": FACTS + 'd = document "N"\n'}, ["eval", "u.facts"], ""),
    "session": (".facts", {}, ["repl", "N"], ""),
    "loaded": (".facts", {}, ["repl", "good.facts"], "load N\n"),
}
# A folder is taken for the facts files in it; a document that is not there is only noted.
OF_FOLDERS = {"facts": "E1040", "ranked": "E1040", "units": "E1040"}
GOOD = {".rubric": RULES, ".facts": FACTS, ".csv": "unit,f\nu,yes\n", ".txt": "words\n"}
INSIDE = ["included", "table-from", "document"]     # what may not leave the folder of the file that names it


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "good.rubric").write_text(RULES)
    (home / "good.facts").write_text(FACTS)
    return home


def ask(folder, place, name):
    _, files, words, stdin = PLACES[place]
    for file, text in files.items():
        (folder / file).write_text(text.replace("N", name))
    done = run([RUBRIC, *(word.replace("N", name) if word == "N" else word for word in words)], folder, stdin=stdin.replace("N", name), timeout=30)
    return done.stdout + done.stderr, done.returncode


def fifo(path):
    os.mkfifo(path)


def device(path):
    path.symlink_to("/dev/zero")


def terminal(path):
    path.symlink_to("/dev/tty")


def link_to_itself(path):
    path.symlink_to(path.name)


def is_refused(place, text, exit, codes):
    assert any(f"[{code}]" in text for code in codes), text
    if place not in ("session", "loaded"):
        assert exit in (2, 3), text
    assert "error" in text or place == "document", text


@pytest.mark.parametrize("make", [fifo, device, terminal, link_to_itself])
@pytest.mark.parametrize("place", PLACES)
def test_no_file(place, make, folder):
    name = "thing" + PLACES[place][0]
    make(folder / name)
    text, exit = ask(folder, place, name)
    outside = ["E0832"] if place in INSIDE and make in (device, terminal) else []
    is_refused(place, text, exit, ["E1005"] if make is link_to_itself else outside or ["E1003"])


@pytest.mark.parametrize("place", PLACES)
def test_device_by_name(place, folder):
    """/dev/zero itself: what it is, not what it is called, decides, so that the ending of a name opens nothing."""
    text, exit = ask(folder, place, "/dev/zero")
    if place in ("facts", "facts-checked", "session", "loaded", "units", "ranked", "rules", "rules-option", "rules-of-facts"):
        is_refused(place, text, exit, ["E1003"])
    else:
        is_refused(place, text, exit, ["E0832"])


@pytest.mark.parametrize("place", PLACES)
def test_folder(place, folder):
    name = "thing" + PLACES[place][0]
    (folder / name).mkdir()
    text, exit = ask(folder, place, name)
    is_refused(place, text, exit, [OF_FOLDERS.get(place, "E1003"), "E1040"])


@pytest.mark.parametrize("place", PLACES)
def test_grows_while_it_is_read(place, folder):
    ending, files, words, stdin = PLACES[place]
    name = "thing" + ending
    (folder / name).write_text(GOOD[ending])
    for file, text in files.items():
        (folder / file).write_text(text.replace("N", name))
    words = [name if word == "N" else word for word in words]
    env = {**environment(), "LD_PRELOAD": str(BUILD / "tests/fail.so"), "RUBRIC_GROW": name}
    done = subprocess.run([RUBRIC, *words], cwd=folder, input=stdin.replace("N", name).encode(), capture_output=True, env=env, timeout=30)
    said = (done.stdout + done.stderr).decode()
    is_refused(place, said, done.returncode, ["E1120"])


WAYS_OUT = {
    "parent": lambda home: "../out",
    "around": lambda home: "sub/../../out",
    "dots": lambda home: "./.././home/../out",
    "absolute": lambda home: str(home.parent / "out"),
    "link": lambda home: (home / "link").symlink_to(home.parent / "out") or "link",
    "linked-folder": lambda home: (home / "sub" / "away").symlink_to(home.parent) or "sub/away/out",
    "link-of-link": lambda home: (home / "one").symlink_to("sub/two") or (home / "sub" / "two").symlink_to("../../out") or "one",
}


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize("place", INSIDE)
def test_outside(place, way, folder):
    """What lies outside would be well if it stood inside: the message can only be about where it is."""
    ending = PLACES[place][0]
    (folder / "sub").mkdir()
    good = "x\n1\n" if ending == ".csv" else "show z = 1\n" if ending == ".rubric" else "words\n"
    (folder.parent / "out").write_text(good)
    (folder / "in").write_text(good)
    text, exit = ask(folder, place, "in")
    assert exit == 0, text
    text, exit = ask(folder, place, WAYS_OUT[way](folder))
    is_refused(place, text, exit, ["E0832"])


def test_inside_by_a_link(folder):
    """A link that stays in the folder is well."""
    (folder / "sub").mkdir()
    (folder / "sub" / "real.rubric").write_text("show z = 1\n")
    (folder / "link.rubric").symlink_to("sub/real.rubric")
    text, exit = ask(folder, "included", "link.rubric")
    assert exit == 0, text


def test_included_names_its_own_parent(folder):
    """A file brought in from a folder below may name one beside that folder, for it is still inside the first file's."""
    (folder / "sub").mkdir()
    (folder / "sub" / "one.rubric").write_text('use "../two.rubric"\n')
    (folder / "two.rubric").write_text("show z = 1\n")
    text, exit = ask(folder, "included", "sub/one.rubric")
    assert exit == 0, text
    (folder / "sub" / "one.rubric").write_text('use "../../out.rubric"\n')
    (folder.parent / "out.rubric").write_text("show z = 1\n")
    text, exit = ask(folder, "included", "sub/one.rubric")
    assert "[E0832]" in text and exit == 2


@pytest.mark.parametrize("make", [fifo, device])
def test_nothing_is_saved_over_what_is_no_file(make, folder):
    make(folder / "out.facts")
    done = run([RUBRIC, "repl", "good.facts"], folder, stdin="set f = no\nsave out.facts\nsave! out.facts\n", timeout=30)
    text = done.stdout + done.stderr
    assert text.count("error[") == 2 and not (folder / "out.facts").is_file()
