#!/usr/bin/env python3
"""Measures `rubric batch` by the workload of tests/bench, after looking that every total is right, and writes the figures into docs/benchmarks.md.
Everything is held against something that ran in turn with it: only ratios mean the same on another machine."""
import argparse
import csv
import filecmp
import itertools
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import madeup
import peers
from measured import Spawner, machine

HERE = pathlib.Path(__file__).parent
RULES = HERE / "model-units.rubric"
SHIPPED, FACTS = "rules/yueyang-2017.rubric", "examples/01-02-typical.facts"
PAGE = HERE.parents[1] / "docs/benchmarks.md"
HEADING = "## Many units"
SECTIONS = ["leadership", "teaching", "workings", "places", "deeds", "effects"]
MISSING = 5  # of a hundred cells
MEMORY = 16  # megabytes, for a file of any size
WARM = 1  # microsecond, of an evaluation after one fact has changed
COLD_PAIRS = 30


class Figures:
    """Rows for people, as they come, and for the page."""

    def __init__(self):
        self.rows, self.notes = [], []

    def at_most(self, what, figure, target, must=None, unit=" ×", more=""):
        self.row(what, figure, target, must, unit, more, "at most", figure <= target, must is not None and figure <= must)

    def at_least(self, what, figure, target, must=None, unit=" ×", more=""):
        self.row(what, figure, target, must, unit, more, "at least", figure >= target, must is not None and figure >= must)

    def row(self, what, figure, target, must, unit, more, side, met, will_do):
        wanted = f"{side} {target:g}{unit}" + (f"; must {must:g}{unit}" if must is not None else "")
        verdict = "met" if met else "as it must be" if will_do else "**missed**"
        self.add(what, f"{figure:.2f}{unit}{more}", wanted, verdict)

    def told(self, what, figure):
        self.add(what, figure, "", "")

    def note(self, text):
        self.notes.append(text)
        print(text, flush=True)

    def add(self, *cells):
        self.rows.append(cells)
        print("| " + " | ".join(cells) + " |", flush=True)

    def table(self):
        head = ["| what | measured | wanted | |", "| --- | ---: | --- | --- |"]
        return head + ["| " + " | ".join(cells) + " |" for cells in self.rows]


class Bench:
    def __init__(self, asked, folder):
        self.asked, self.folder, self.runs = asked, pathlib.Path(folder), asked.runs
        self.spawner = Spawner(asked.spawner)
        self.figures = Figures()
        self.program = str(pathlib.Path(asked.program).resolve())
        self.tools = pathlib.Path(asked.tools)

    # ------------------------------------------------------------ commands

    def at(self, name):
        return str(self.folder / name)

    def batch(self, units, threads=1, rules=RULES, columns="total,eligible", out="out.csv", program=None):
        return [program or self.program, "batch", str(units), "--rules", str(rules), "--columns", columns, "-o", self.at(out),
                "--threads", str(threads)]

    def limit(self, units, threads=1):
        return [str(self.tools / "limit"), str(units), self.at("limit.csv"), str(threads)]

    def made(self, name, rows, form, missing=0):
        path = self.at(name)
        with open(path, "wb") as file:
            subprocess.run([self.tools / "workload", str(rows), form, "42", str(missing)], stdout=file, check=True)
        return path

    # ------------------------------------------------------------ is it right?

    def check_totals(self, units, missing):
        """Every row's total and eligibility against straight-line code, and the sums of all, the sections' too; two threads write the same."""
        columns = ",".join(["total", *SECTIONS, "eligible"])
        wanted = self.by_hand("totals", missing)
        self.score(self.batch(units, columns=columns))
        sums = [[0] * (3 + len(SECTIONS)) for _ in range(2)]
        for row, line in itertools.zip_longest(told(self.at("out.csv")), wanted.splitlines()):
            unit, eligible, numbers = row or ("", "", {"total": ("", "")})
            here = ",".join(map(str, (unit, *numbers["total"], eligible)))
            if here != line:
                sys.exit(f"rubric batch: {here}\nby hand:      {line}")
            for end, may in ((0, ("yes",)), (1, ("yes", "unknown"))):
                for i, number in enumerate((1, numbers["total"][end], eligible in may, *(numbers[name][end] for name in SECTIONS))):
                    sums[end][i] += number
        ours = [" ".join(map(str, line)) for line in sums]
        right = self.by_hand("sum", missing).splitlines()
        if ours[: len(right)] != right:
            sys.exit(f"rubric batch: {ours}\nby hand:      {right}")
        self.score(self.batch(units, 2, columns=columns, out="out2.csv"))
        if not filecmp.cmp(self.at("out.csv"), self.at("out2.csv"), shallow=False):
            sys.exit("rubric batch: two threads write something else than one")

    def check_json(self, units):
        """The same units as JSON lines come to the same rows."""
        rows = self.asked.rows // 10
        lines = self.made("fewer.jsonl", rows, "json")
        self.score(self.batch(units))
        self.score(self.batch(lines, out="out2.csv"))
        if not filecmp.cmp(self.at("out.csv"), self.at("out2.csv"), shallow=False):
            sys.exit("rubric batch: JSON lines come to something else than CSV")
        pair = self.spawner.paired(self.batch(lines), self.batch(units), self.runs)
        self.figures.told(f"time of JSON lines, over CSV, {rows:,} rows", f"{pair.ratio:.2f} × ({spread(pair)})")

    def score(self, command):
        if subprocess.run(command, stdout=subprocess.DEVNULL).returncode:
            sys.exit(f"failed: {' '.join(command)}")

    def by_hand(self, form, missing):
        return subprocess.run([self.tools / "workload", str(self.asked.rows), form, "42", str(missing)], capture_output=True, text=True,
                              check=True).stdout

    # ------------------------------------------------------------ what is measured

    def against_the_limit(self, units):
        pair = self.spawner.paired(self.batch(units), self.limit(units), self.runs)
        self.figures.at_most("time of one thread, over the limit's", pair.ratio, 1.5, 2.5,
                             more=f" ({spread(pair)}; processor {pair.cpu_ratio:.2f} ×)")
        self.figures.told("one thread: time, units a second", speed(pair.first.seconds, self.asked.rows))
        self.figures.told("the limit, one thread", speed(pair.second.seconds, self.asked.rows))

    def threads(self, units):
        pair = self.spawner.paired(self.batch(units), self.batch(units, 2), self.runs)
        self.figures.at_least("two threads, as fast as one", pair.ratio, 1.7, more=f" ({spread(pair)})")
        limit = self.spawner.paired(self.limit(units), self.limit(units, 2), self.runs)
        self.figures.told("the same of the limit", f"{limit.ratio:.2f} × ({spread(limit)})")

    def missing(self, units, holes):
        pair = self.spawner.paired(self.batch(holes), self.batch(units), self.runs)
        self.figures.at_most(f"time with {MISSING} % of the cells missing, over none", pair.ratio, 1.5,
                             more=f" ({spread(pair)}; processor {pair.cpu_ratio:.2f} ×)")

    def memory(self, units, small):
        peaks = {}
        for rows, path in (self.asked.rows // 100, small), (self.asked.rows, units):
            peaks[rows] = max(self.spawner.run(self.batch(path, threads)).peak for threads in (1, 2))
        figure = ", ".join(f"{peak:.1f} MB of {rows:,} rows" for rows, peak in peaks.items())
        met = max(peaks.values()) < MEMORY
        self.figures.add("peak memory, two threads", figure, f"under {MEMORY} MB", "met" if met else "**missed**")

    def duck(self, units):
        duck = peers.Duck(self.asked.python)
        for threads in 2, 1:
            ratio, alone = peers.ratios(min(self.runs, 3), lambda: duck.seconds(units, self.at("duck.csv"), 2),
                                        lambda: self.spawner.run(self.batch(units, threads)).seconds)
            self.same_as_limit("duck.csv")
            what = f"{duck.name}, two threads, over ours with {'two' if threads == 2 else 'one'}"
            if threads == 2:
                self.figures.at_least(what, ratio, 8, 3, more=f" ({alone:.2f} s)")
            else:
                self.figures.told(what, f"{ratio:.2f} × ({alone:.2f} s)")

    def sqlite(self, units):
        sqlite = peers.SQLite()
        ratio, alone = peers.ratios(min(self.runs, 3), lambda: sqlite.seconds(units, self.at("sqlite.csv")),
                                    lambda: self.spawner.run(self.batch(units)).seconds)
        self.figures.told(f"{sqlite.name}, over ours with one thread, {self.asked.rows // 10:,} rows", f"{ratio:.0f} × ({alone:.2f} s)")

    def same_as_limit(self, name):
        """A peer that answers otherwise is not compared. It may write its rows in another order."""
        def rows(path):
            with open(path, "rb") as file:
                return sorted(file)
        if rows(self.at(name)) != rows(self.at("limit.csv")):
            sys.exit(f"{name} differs from what is right")

    def previous(self, units):
        name, program = peers.previous(self.asked.previous, self.tools / "previous")
        if subprocess.run([program, "eval", FACTS], capture_output=True).returncode:
            raise peers.Missing(f"{name} does not read `{FACTS}` as it is now")
        pair = self.spawner.paired([self.program, "eval", FACTS], [program, "eval", FACTS], COLD_PAIRS)
        self.figures.told(f"one cold `eval`, over that of {name}", f"{pair.ratio:.2f} × ({spread(pair)})")
        if not peers.has_batch(program):
            raise peers.Missing(f"{name} has no `batch` to compare with")
        if subprocess.run(self.batch(units, program=program), capture_output=True).returncode:
            raise peers.Missing(f"the `batch` of {name} does not read the standard as it is now")
        pair = self.spawner.paired(self.batch(units), self.batch(units, program=program), self.runs)
        self.figures.told(f"one thread, over that of {name}", f"{pair.ratio:.2f} × ({spread(pair)})")

    def cold(self):
        nothing = peers.lua()
        one = self.made("one.csv", 1, "csv")
        for what, command in (("one unit of the workload", [self.program, "eval", "--rules", str(RULES), one]),
                              (f"`{pathlib.Path(FACTS).name}`", [self.program, "eval", FACTS])):
            pair = self.spawner.paired(command, nothing, COLD_PAIRS)
            bound = 2 * pair.second.seconds * 1000 + 1
            self.figures.at_most(f"one cold `eval`: {what}", pair.first.seconds * 1000, round(bound, 2), unit=" ms",
                                 more=f" (`lua -e ''`: {pair.second.seconds * 1000:.2f} ms)")

    def warm(self):
        """In a process that embeds the library; the first row of what tests/bench/warm.c says."""
        done = subprocess.run([self.asked.warm, RULES, SHIPPED, FACTS], capture_output=True, text=True, check=True)
        what, median, ends = done.stdout.splitlines()[2].strip("| ").split(" | ")
        least, most = (float(end) / 1000 for end in ends.removesuffix(" ns").split(" – "))
        self.figures.at_most(f"one warm evaluation through `rubric.h`: {what}", float(median.removesuffix(" ns")) / 1000, WARM, unit=" µs",
                             more=f" ({least:.2f} – {most:.2f})")

    def growth(self):
        """A made-up standard: is the time, but for that of a file of one row, linear in criteria and in rows?"""
        usual = min(100_000, self.asked.most)
        by_criteria = [(criteria, usual) for criteria in (30, 90, 300)]
        by_rows = [(300, rows) for rows in (10_000, 100_000, 1_000_000, 10_000_000) if rows <= self.asked.most]
        each = {size: self.growth_of(*size) for size in dict.fromkeys(by_criteria + by_rows)}
        for what, sizes in ("criteria, 30 to 300", by_criteria), (f"rows, {by_rows[0][1]:,} to {by_rows[-1][1]:,}", by_rows):
            values = [each[size] for size in sizes]
            self.figures.at_most(f"time of a row and criterion, most over least: {what}", max(values) / min(values), 1.5)

    def growth_of(self, criteria, rows):
        """Nanoseconds of a row and criterion."""
        rules, units, one = self.at("made.rubric"), self.at("made.csv"), self.at("made-one.csv")
        madeup.write_standard(rules, criteria)
        madeup.write_units(one, criteria, 1)
        right = madeup.write_units(units, criteria, rows)
        command = self.batch(units, 1, rules, "total")
        self.score(command)
        ours = sum(numbers["total"][0] for _, _, numbers in told(self.at("out.csv")))
        if ours != right:
            sys.exit(f"rubric batch, {criteria} criteria: {ours} in all; by hand: {right}")
        start, whole = self.spawner.in_turn([self.batch(one, 1, rules, "total"), command], 5 if rows < 1_000_000 else 3)
        nanoseconds = max(whole.seconds - start.seconds, 1e-6) * 1e9 / rows / criteria
        self.figures.told(f"made up: {criteria} criteria, {rows:,} rows",
                          f"{whole.seconds:.3f} s, {start.seconds * 1000:.1f} ms of it for one row; {nanoseconds:.2f} ns each; {whole.peak:.1f} MB")
        os.unlink(units)
        return nanoseconds

    # ------------------------------------------------------------ all of it

    def run(self):
        rows = self.asked.rows
        units, holes = self.made("units.csv", rows, "csv"), self.made("holes.csv", rows, "csv", MISSING)
        self.check_totals(units, 0)
        self.check_totals(holes, MISSING)
        self.figures.note(f"Every total of {rows:,} units, and the sums of the sections, were those of straight-line code: with one thread and two, "
                          f"with nothing and with {MISSING} % missing.")
        self.against_the_limit(units)
        self.threads(units)
        self.missing(units, holes)
        os.unlink(holes)
        self.memory(units, self.made("small.csv", rows // 100, "csv"))
        fewer = self.made("fewer.csv", rows // 10, "csv")
        self.check_json(fewer)
        self.where_there(self.duck, units)
        self.where_there(self.sqlite, fewer)
        self.where_there(self.previous, units)
        os.unlink(units)
        self.where_there(self.cold)
        self.warm()
        self.growth()

    def where_there(self, measure, *arguments):
        try:
            measure(*arguments)
        except peers.Missing as why:
            self.figures.note(f"Not compared: {why}.")


def told(path):
    """What a batch wrote, row by row: the unit, whether it is eligible, and for each number both ends."""
    with open(path, encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        head = next(lines)
        at = {name: place for place, name in enumerate(head)}
        numbers = {name[:-4]: (place, at[name[:-4] + "_high"]) for name, place in at.items() if name.endswith("_low")}
        for line in lines:
            yield (line[at["unit"]], line[at["eligible"]] if "eligible" in at else None,
                   {name: (int(line[low]), int(line[high])) for name, (low, high) in numbers.items()})


def spread(pair):
    return f"{pair.lowest:.2f} – {pair.highest:.2f}"


def speed(seconds, rows):
    return f"{seconds * 1000:.0f} ms, {rows / seconds / 1e6:.1f} million"


def write(bench, facts):
    """The section of the page, in the place of the one that was there."""
    asked = bench.asked
    size = f"{asked.rows:,} units, {asked.rows * 128 // 1_000_000} MB of CSV"
    text = [HEADING, "",
            "Figures of `make bench`: `rubric batch` by the standard in `tests/bench/model-units.rubric`, a public table of 28 items reduced to 50 whole",
            f"numbers; {size}, made by `tests/bench/workload.c`, held in memory. The limit is `tests/bench/limit.c`, a program written by hand for",
            f"this one table and file. A ratio is the median of those of {asked.runs} pairs of runs in turn, each a whole process; in brackets the least and the most.", "",
            f"Machine: {facts}", "", *bench.figures.table(), "", *[line for note in bench.figures.notes for line in (note, "")]]
    page = PAGE.read_text(encoding="utf-8")
    before, found, rest = page.partition(HEADING + "\n")
    after = rest.partition("\n## ")
    PAGE.write_text(before.rstrip("\n") + "\n\n" + "\n".join(text).rstrip("\n") + "\n" + (f"\n## {after[2]}" if found and after[1] else ""), encoding="utf-8")


def room():
    return "/dev/shm" if os.path.isdir("/dev/shm") and shutil.disk_usage("/dev/shm").free > 4 << 30 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--spawner", required=True, help="the built tests/unit/spawn_calc.c")
    parser.add_argument("--warm", required=True, help="the built tests/bench/warm.c")
    parser.add_argument("--tools", required=True, help="the folder of workload and limit")
    parser.add_argument("--python", default="", help="where DuckDB's module was put")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--most", type=int, default=1_000_000, help="rows, 10000 or more, of the made-up standard; 10000000 takes 9 GB")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--previous", help="a commit or tag to compare with; else the last tag")
    parser.add_argument("--only-print", action="store_true", help="leave the page as it is")
    asked = parser.parse_args()
    if not peers.has_batch(asked.program):
        sys.exit("this program has no `batch`")
    facts = machine()
    with tempfile.TemporaryDirectory(dir=room()) as folder:
        bench = Bench(asked, folder)
        print(f"{facts}\n\n| what | measured | wanted | |\n| --- | ---: | --- | --- |")
        bench.run()
    if not asked.only_print:
        write(bench, facts)


if __name__ == "__main__":
    main()
