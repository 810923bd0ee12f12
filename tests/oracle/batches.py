"""`rubric batch` beside `rubric eval --json`: generated standards, a table of units for each, every cell that a batch writes held against what `eval`
says of the unit; of three standards in four, against the exact evaluator as a batch asks it, which takes a fraction of the time."""
import csv
import io
import json
import pathlib
import random
import re
import subprocess
from dataclasses import dataclass
from fractions import Fraction

from .language.pairs import Here
from .tables import ByColumns, Mixed, Table

ASKED = "total,subtotal,grade,eligible,qualifies"
LAST = re.compile(r"^(\d+) units?;.* (\d+) refused(?:; (\d+) row by row)?(?: \((.*)\))?$")
# A batch divides a file among threads in pieces of a quarter of a mebibyte and less: so many characters beside each row make several pieces of a table.
PAD = 2500


def kinds_here():
    """The kinds of inner loops that this processor has (src/batch/loops.h)."""
    info = pathlib.Path("/proc/cpuinfo")
    flags = set(info.read_text().split()) if info.exists() else set()
    return ["plain", *(["avx2"] if "avx2" in flags else []), *(["avx512"] if {"avx512bw", "avx512dq", "avx512vl"} <= flags else [])]


KINDS = kinds_here()


@dataclass(frozen=True)
class Way:
    """How a batch is run."""
    loops: str
    threads: int
    json_lines: bool
    parts: bool

    def __str__(self):
        return f"{self.loops}, {self.threads} threads, {'JSON lines' if self.json_lines else 'CSV'}{', with parts' if self.parts else ''}"


def way_of(seed):
    """Standards take turns."""
    return Way(KINDS[seed % len(KINDS)], 1 + seed // len(KINDS) % 2, seed // 2 % 5 == 4, seed % 3 == 0)


# ---------------------------------------------------------------- what a row should say

def ends(value, na=False):
    """Both cells of a number, a day or a rung that `eval --json` writes as an object."""
    low, high = (value["value"],) * 2 if "value" in value else (value["lo"], value["hi"])
    low, high = ("" if end in ("inf", "-inf") else end for end in (low, high))
    return ("n/a" if value.get("na") or na else low), high


def wanted(said, lower_is_better=False, parts=True):
    """The cells that a unit should have, by what `eval --json` says of it."""
    cells = {}

    def both(name, value, na=False):
        low, high = ends(value, na)
        if lower_is_better and (value.get("na") or na) and low == "n/a" != high:
            low, high = ends({**value, "na": False})[0], "n/a"
        cells[f"{name}_low"], cells[f"{name}_high"] = low, high

    for name in ("total", "subtotal", "grade"):
        if said[name] is not None:
            both(name, said[name])
    cells["eligible"] = said["eligible"]
    cells.update(said["qualifies"])
    for part in said["parts"] if parts else ():
        both(part["path"], part["score"], part["skipped"] == "unknown")
    return cells


# ---------------------------------------------------------------- running

def asked(parts):
    return ASKED + (",parts" if parts else "")


def csv_text(head, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *([row[name] for name in head] for row in rows)])
    return out.getvalue()


class Refused(Exception):
    """The program takes no row, by what stands in the standard."""


class Bench:
    """A folder with a standard, and the program."""

    def __init__(self, program, folder, rules, environment):
        self.program, self.folder, self.environment = program, pathlib.Path(folder), environment
        (self.folder / "s.rubric").write_text(rules, encoding="utf-8")

    def run(self, words, text="", more=()):
        done = subprocess.run([self.program, *words], cwd=self.folder, input=text, capture_output=True, encoding="utf-8", errors="backslashreplace",
                              env={**self.environment, **dict(more)})
        assert done.returncode in (0, 1, 2), f"{' '.join(words)}: exit {done.returncode}\n{done.stderr}"
        return done

    def evaluate(self, head, rows):
        """What `eval` says of each row, in their order; of a standard that is refused that alone."""
        (self.folder / "units.csv").write_text(csv_text(head, rows), encoding="utf-8")
        done = self.run(["eval", "units.csv", "--rules", "s.rubric", "--json"])
        return [json.loads(line) for line in done.stdout.splitlines()]

    def evaluate_files(self, table, rows):
        for row in rows:
            (self.folder / f"{row['unit']}.facts").write_text(table.facts_file(row), encoding="utf-8")
        done = self.run(["eval", *(f"{row['unit']}.facts" for row in rows), "--rules", "s.rubric", "--json"])
        return [json.loads(line) for line in done.stdout.splitlines()]

    def one_by_one(self, rows, parts):
        """What the exact evaluator says of each row: carrying something through from JSON makes a batch go row by row."""
        text = "".join(json.dumps({**row, "pad": ""}, ensure_ascii=False) + "\n" for row in rows)
        got, _, exact, why = self.summed(["batch", "-", "--rules", "s.rubric", "--columns", asked(parts), "--carry", "pad"], text)
        assert exact == len(got) and (why or not got)
        return got

    def batch(self, head, rows, way):
        """({id: the cells of a row}, rows refused, rows by the exact evaluator, why all are)."""
        if way.json_lines:
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            # The pieces are the same; what is carried would go row by row.
            text = text.replace("\n", " " * (PAD * (way.threads > 1)) + "\n")
        elif way.threads > 1:
            text = csv_text([*head, "pad"], [{**row, "pad": "x" * PAD} for row in rows])
        else:
            text = csv_text(head, rows)
        return self.summed(["batch", "-", "--rules", "s.rubric", "--columns", asked(way.parts), "--threads", str(way.threads)] +
                           (["--carry", "pad"] if way.threads > 1 and not way.json_lines else []), text, {"RUBRIC_LOOPS": way.loops})

    def summed(self, words, text, more=()):
        """The rows written, and what the line of sums says."""
        done = self.run(words, text, more)
        last = LAST.match(done.stderr.rstrip("\n").rsplit("\n", 1)[-1])
        if not last:
            raise Refused(done.stderr[-2000:])
        got = {row["unit"]: row for row in csv.DictReader(io.StringIO(done.stdout, newline=""))}
        for row in got.values():
            row.pop("pad", None)
        assert len(got) == int(last[1]) and done.returncode == (last[2] != "0")
        return got, int(last[2]), int(last[3] or 0), last[4]


# ---------------------------------------------------------------- comparing

CLAIM = "batch says that an outer bound is exact"


@dataclass
class Difference:
    """One row of which batch and eval say different things."""
    source: str
    way: Way
    row: dict
    what: str
    rules: str

    def __str__(self):
        return f"{self.source}, {self.way}, {self.what}\n{json.dumps(self.row, ensure_ascii=False)}\n{self.rules}"


def is_outer(said):
    return any("exact" in (said[name] or {}) for name in ("total", "subtotal"))


def differ(said, got, lower_is_better, parts):
    """What `eval --json` and a row of a batch say differently; None: nothing. Where both say that an end may lie too far out, these may lie apart."""
    if "error" in said or not got:
        return "eval refuses it, batch does not" if got else None if "error" in said else "batch refuses it, eval does not"
    outer = is_outer(said)
    if outer and got["exact"] != "no":
        return CLAIM
    cells = wanted(said, lower_is_better, parts)
    for name, cell in cells.items():
        if got.get(name) != cell and not outer:
            return f"{name}: eval {cell}, batch {got.get(name)}"
    return "no total of eval is one of batch" if outer and apart(cells, got) else None


def apart(cells, got):
    """Whether two ranges of a total share no number."""
    try:
        low, high, other_low, other_high = (Fraction(row[f"total_{end}"]) for row in (cells, got) for end in ("low", "high"))
    except (KeyError, ValueError):
        return False
    return low > other_high or other_low > high


def differ_exact(told, got):
    if told == got:
        return None
    if told and got and {**told, "exact": "yes"} == got:
        return CLAIM
    return f"by the exact evaluator {told}, batch {got}"


def beside_eval(bench, table, rows, got, way, counts, lower):
    """[(row, what differs)], by `eval --json`, some units as facts files too."""
    said = bench.evaluate(table.head, rows)
    assert len(said) == len(rows)
    legal = [(row, one) for row, one in zip(rows, said) if "error" not in one]
    counts["pairs beside eval --json"] += len(legal)
    counts["pairs that eval calls outer"] += sum(is_outer(one) for _, one in legal)
    told = [(row, differ(one, got.get(row["unit"]), lower, way.parts)) for row, one in zip(rows, said)]
    legal = legal[:4] if table.as_files else []
    for (row, one), file in zip(legal, bench.evaluate_files(table, [row for row, _ in legal]) if legal else ()):
        counts["facts files"] += 1
        if "error" in file or wanted(file, lower) != wanted(one, lower):
            told.append((row, "a facts file of it says something else"))
    return told


def compare(bench, table, rows, way, counts, source, rules, all_of_eval=True):
    """[Difference]"""
    try:
        got, refused, exact, why = bench.batch(table.head, rows, way)
    except Refused as refused:
        said = bench.evaluate(table.head, rows[:2])
        assert len(said) == 1 and "error" in said[0], refused
        counts["standards refused"] += 1
        return []
    if all_of_eval:
        told = beside_eval(bench, table, rows, got, way, counts, "better lower" in rules)
    else:
        by_exact = bench.one_by_one(rows, way.parts)
        told = [(row, differ_exact(by_exact.get(row["unit"]), got.get(row["unit"]))) for row in rows]
    count(counts, [row for row in rows if row["unit"] in got], exact, why, way, got)
    counts["rows refused by both"] += refused
    # By themselves, rows of which all is known come out the same.
    known = [row for row in rows if not is_open(row)]
    if known and len(known) < len(rows):
        alone, _, exact_known, _ = bench.batch(table.head, known, way)
        told += [(row, "it is not the same among other rows") for row in known if alone.get(row["unit"]) != got.get(row["unit"])]
        counts["pairs by columns with missing facts"] += len(got) - exact - (len(alone) - exact_known)
    elif not known:
        counts["pairs by columns with missing facts"] += len(got) - exact
    return [Difference(source, way, row, what, rules) for row, what in told if what and not is_idle(what, table, row, rules, counts)]


def is_idle(what, table, row, rules, counts):
    """A unit that cannot be: what it states leaves nothing for something else. What is claimed of it cannot be wrong."""
    idle = what == CLAIM and Here(rules).has_no_world(table.facts_file(row))
    counts["pairs of units that cannot be"] += idle
    return idle


def is_open(row):
    return any(cell in ("", "unknown") for cell in row.values())


def count(counts, rows, exact, why, way, got):
    counts["standards"] += 1
    counts["standards by columns"] += why is None
    if why:
        counts[f"standards row by row: {why}"] += 1
    counts["pairs"] += len(rows)
    counts["pairs by columns"] += len(rows) - exact
    counts["pairs by the exact evaluator"] += exact
    counts[f"pairs, {way.loops}, {way.threads} threads"] += len(rows)
    counts[f"pairs by columns, {way.loops}, {way.threads} threads"] += len(rows) - exact
    counts["pairs as JSON lines"] += len(rows) * way.json_lines
    counts["pairs with missing facts"] += sum(map(is_open, rows))
    counts["pairs with a range for a total"] += sum(row.get("total_low") != row.get("total_high") for row in got.values())


def examine(program, folder, seed, counts, rows, environment):
    """The differences of one generated standard."""
    made = (ByColumns if seed % 16 else Mixed)(random.Random(seed))
    rules = made.write()
    table = Table(made, rules)
    bench = Bench(program, folder, rules, environment)
    units = [table.row(number) for number in range(rows)]
    return compare(bench, table, units, way_of(seed), counts, f"seed {seed}", rules, all_of_eval=seed // 4 % 4 == 0)

