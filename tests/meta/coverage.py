"""Which lines and branches the tests have run, from what gcov says: coverage.py OBJECTS FOLDER… [--missing FILE] [--floors LINES BRANCHES]

A branch is a way out of a condition, as the compiler makes it without optimising: `a && b` has four. Left out is what only a fault in the program itself
would take, and the code says so in one way, abort(): the statement, the condition that guards it, the arms of a switch that leave for it; and, of a switch
that names every kind, the way of a value that is no kind."""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLOORS = (95, 90)
ABORT = re.compile(r"\s*abort\(\);")


def reports(objects):
    """What gcov says of each object that was compiled to count."""
    notes = sorted(str(path) for path in objects.rglob("*.gcno"))
    said = subprocess.run(["gcov", "--json-format", "--stdout", "--branch-probabilities", *notes], cwd=ROOT, capture_output=True, check=True).stdout
    return [json.loads(line) for line in said.splitlines() if line.strip()]


class Counts:
    """How often each line of a file ran, and each branch of it; what stands in a header is counted wherever it is included."""

    def __init__(self, path):
        self.path = path
        self.lines = collections.Counter()
        self.branches = {}

    def add(self, file):
        for line in file["lines"]:
            number = line["line_number"]
            self.lines[number] += line["count"]
            taken = [branch["count"] for branch in line["branches"]]
            before = self.branches.get(number)
            together = before and len(before) == len(taken)
            self.branches[number] = [a + b for a, b in zip(before, taken)] if together else (before or []) + taken

    def leave_out(self):
        text = ["", *(ROOT / self.path).read_text(encoding="utf-8").splitlines()]
        for number in range(1, len(text)):
            if ABORT.match(text[number]):
                self.lines.pop(number, None)
                self.forget_guard(text, number - 1)
            elif re.match(r"\s*switch \((?!\(int\))", text[number]):
                self.forget_ways(number, 1)

    def forget_guard(self, text, above):
        """The condition, or the arms of a switch, that lead to the abort() below `above`."""
        while re.search(r"\bbreak;$|^ *(case \w+:)+$|^ *}$", text[above]) and not re.match(r" *switch", text[above]):
            if text[above].endswith("break;"):
                self.lines.pop(above, None)
                self.forget_switch(text, above)
            above -= 1
        if re.match(r"\s*if \(", text[above]):
            self.forget_ways(above, 1)

    def forget_switch(self, text, above):
        while not re.match(r"\s*switch \(", text[above]):
            above -= 1
        self.forget_ways(above, 1)

    def forget_ways(self, number, ways):
        taken = self.branches.get(number, [])
        for _ in range(ways):
            if 0 in taken:
                taken.remove(0)

    def tally(self):
        """(lines run, lines, branches taken, branches)"""
        ways = [count for taken in self.branches.values() for count in taken]
        return [sum(map(bool, self.lines.values())), len(self.lines), sum(map(bool, ways)), len(ways)]


def gather(objects, folders):
    files = {}
    for report in reports(objects):
        for file in report["files"]:
            if file["file"].startswith(tuple(folders)):
                files.setdefault(file["file"], Counts(file["file"])).add(file)
    for counts in files.values():
        counts.leave_out()
    return dict(sorted(files.items()))


def percent(some, of):
    return 100 * some / of if of else 100


def row(name, tally):
    run, lines, taken, ways = tally
    return f"{name:34}{run:6} of {lines:<6}{percent(run, lines):6.1f} %{taken:8} of {ways:<6}{percent(taken, ways):6.1f} %"


def total(tallies):
    return [sum(column) for column in zip(*tallies)] or [0] * 4


def show_missing(counts):
    text = ["", *(ROOT / counts.path).read_text(encoding="utf-8").splitlines()]
    for number in sorted(counts.lines):
        taken = counts.branches.get(number, [])
        if not counts.lines[number]:
            print(f"{number:5} never run     {text[number]}")
        elif 0 in taken:
            ways = "".join("-" if count == 0 else "+" for count in taken)
            print(f"{number:5} {ways:13} {text[number]}")


def show(files, folders, floors):
    low = []
    print(f"{'':34}{'lines run':24}branches taken")
    for folder in folders:
        inside = {path: counts.tally() for path, counts in files.items() if path.startswith(folder)}
        for path, tally in inside.items():
            print(row(path, tally))
        sums = total(inside.values())
        print(row(folder, sums) + "\n")
        low += [f"{folder}: {name} {percent(*pair):.1f} %, less than {floor} %"
                for name, pair, floor in (("lines", sums[:2], floors[0]), ("branches", sums[2:], floors[1])) if percent(*pair) < floor]
    print("\n".join(low), end="\n" if low else "")
    return 1 if low else 0


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("objects", type=pathlib.Path)
    asked.add_argument("folders", nargs="+")
    asked.add_argument("--missing", action="append", metavar="FILE", help="the lines of FILE, or of every file below it, that have a part that never ran")
    asked.add_argument("--floors", nargs=2, type=float, default=FLOORS, metavar=("LINES", "BRANCHES"))
    given = asked.parse_args()
    files = gather(given.objects, given.folders)
    if not given.missing:
        return show(files, given.folders, given.floors)
    for path, counts in files.items():
        if path.startswith(tuple(given.missing)):
            print(path)
            show_missing(counts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
