"""Tables of units for generated standards: a row a unit, its cells at, just below and just above what the standard compares them with, and far away."""
import datetime
import re
from fractions import Fraction

from .language.generator import LIMITED, NUMERIC, Fact, Generator

FIGURE = re.compile(r"\d[\d_]*(?:\.\d+)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
BEYOND = [-1, 10**6, 2**31 - 1, 2**31, 10**9 + 1, 10**12, 2**53 + 1, 10**15, 2**63 - 1, 2**63, 10**18, 10**30]
FINE = [Fraction(1, 100), Fraction(1, 10**6), Fraction(1, 10**12)]
WHOLES = [1, 2, 3, 7, 20, 100, 999, 10**6, 2**31 - 1, 10**12 + 39]
# How many of the cells of a row are missing.
MISSING = [0] * 10 + [0.03, 0.03, 0.08, 0.08, 0.15, 0.15, 0.4]
# What columns hold, for the most part.
PLAIN = re.compile(r"-?\d{1,9}(\.\d\d?)?%?|\d{1,9}/0*[1-9]\d{0,8}|\d{4}-\d\d-\d\d|[^-\d].*")
ODD = 0.3
WRONG = {
    "yesno": ["maybe", "1", "TRUE", "yes "], "choice": ["purple", "0", "yes"], "scale": ["worst", "2"], "date": ["2017-02-29", "2017-2-3", "17", "9999-12-31"],
    "share": ["3/2", "1/0", "-1/2", "101%", "-1%", "0.5", "1/2/3", "half"], "count": ["2.5", "-1", "1e3", "x", "1/2", "3%"],
    "amount": ["-1", "1,5", "x", "2017-01-01", "3 m"], "number": ["--1", "1e3", "x", "½", "yes"]}


class ByColumns(Generator):
    """Facts that columns can hold; of `OTHERS` standards some that they cannot."""

    OTHERS = 0.0
    LIMITED = 0.06
    TOTAL_TO = 0.95                      # what is summed over all rows is no quotient
    GRIDS = [None, Fraction(1, 2), Fraction(1, 2), Fraction(1), Fraction(1, 4), Fraction(1, 10)]

    def chance(self, p):
        """Evidence is asked for in no column."""
        return super().chance(p) and p != 0.08

    def make_fact(self, kind=None):
        kinds = ["yesno"] * 4 + ["count"] * 5 + ["amount"] * 2 + ["number"] * 3 + ["share"] * 4 + ["date"] + ["choice"] * 2
        kinds += ["scale"] * 3 if self.scales else []
        if self.rng.random() < self.OTHERS:
            kinds = ["list", "table", "months", "text"]
        return super().make_fact(kind or self.pick(kinds))


class Mixed(ByColumns):
    """Some facts that columns do not hold."""

    OTHERS = 0.1


# ---------------------------------------------------------------- standards that stand in a file

DECLARED = re.compile(r'^  (\w+) +"[^"]*" *: (.*?)(?: cite "[^"]*")?$', re.M)
SCALE = re.compile(r'^scale (\w+) (?:"[^"]*" )?\{(.*)\}$', re.M)


class Standing(Generator):
    """The facts of a standard as its text declares them, without tables and documents."""

    def __init__(self, rng, rules):
        super().__init__(rng)
        self.scales = {name: re.split(r" *< *", values.strip()) for name, values in SCALE.findall(rules)}
        self.facts = [fact for fact in (self.declared(*found) for found in DECLARED.findall(rules)) if fact]

    def declared(self, name, text):
        kind = re.match(r"\w+", text)[0]
        if kind in self.scales:
            fact = Fact(name, "scale", text)
            fact.values = self.scales[kind]
        elif kind == "choice":
            return None
        elif kind == "list":
            fact = Fact(name, kind, text)
            fact.element, length = self.declared(name, text[len("list of "):]), re.search(r"exactly (\d+)", text)
            fact.element.na, fact.length = False, (int(length[1]),) * 2 if length else (1, 4)
        elif kind in ("yesno", "count", "amount", "number", "share", "months", "text"):
            fact = Fact(name, kind, text)
            self.range_of(fact)
        else:
            return None
        fact.na, fact.evidence = " n/a" in text, "evidence required" in text
        fact.none = "na" if "none is n/a" in text else "counts" if "none counts" in text else None
        fact.otherwise = (re.search(r"otherwise (\S+)", text) or [None, None])[1]
        return fact

    def enter_share(self, fact):
        text = super().enter_share(fact)
        return "1 of 1" if text == "0 of 0" and not fact.none else text

    def range_of(self, fact):
        within, most = re.search(r"within (\S+)\.\.(\S+)", fact.declared), re.search(r"at most (\d+)", fact.declared)
        if fact.kind in NUMERIC:
            fact.low, fact.high = (Fraction(within[1]), Fraction(within[2])) if within else (0, int(most[1]) if most else None)
            fact.step, fact.unit = (1 if fact.kind == "count" else None), (re.search(r"^\w+\((\S+)\)", fact.declared) or [None, None])[1]


# ---------------------------------------------------------------- cells

def written(x):
    """A number as a cell has it; what no decimal says, to the twelfth place."""
    whole, rest = divmod(abs(round(Fraction(x) * 10**12)), 10**12)
    return f"{'-' if x < 0 else ''}{whole}" + (f".{rest:012d}".rstrip("0") if rest else "")


def is_legal(fact, x):
    return (fact.low is None or x >= fact.low) and (fact.high is None or x <= fact.high) and (not fact.values or x in fact.values) and (
        not fact.step or Fraction(x - fact.low) % fact.step == 0) and (fact.kind != "count" or Fraction(x).denominator == 1)


def figures_of(rules):
    text = DAY.sub(" ", rules)
    return sorted({Fraction(found.replace("_", "")) for found in FIGURE.findall(text)})


def number_cells(fact, figures):
    """(legal, illegal) cells of a number."""
    about = {x * unit for x in figures for unit in ((1, 10_000, Fraction(1, 10_000)) if fact.unit else (1,))}
    about |= {Fraction(end) for end in (fact.low, fact.high) if end is not None}
    steps = [Fraction(fact.step or 1)] + (FINE if fact.kind != "count" else FINE[:1])
    tried = {x + sign * step for x in about for step in steps for sign in (-1, 0, 1)} | set(map(Fraction, BEYOND))
    legal = [written(x) for x in sorted(tried) if is_legal(fact, x)]
    legal += [text + ("000" if "." in text else ".00") for text in legal[:2]] + ["0" + text for text in legal[-1:] if text[0] != "-"]
    return legal, [written(x) for x in sorted(tried) if not is_legal(fact, x)]


def share_cells(fact, figures):
    legal, illegal = [], []
    for share in {x / 100 for x in figures if x <= 100} | {x for x in figures if x <= 1}:
        for whole in WHOLES:
            legal += [f"{part}/{whole}" for part in {int(share * whole) + d for d in (-1, 0, 1)} if 0 <= part <= whole]
        legal += [f"{written(x)}%" for x in {100 * share + sign * step for sign in (-1, 0, 1) for step in FINE[:2]} if 0 <= x <= 100]
    (legal if fact.none else illegal).extend(["0/0", "0/0"])
    return [*legal, "1.5/2.25", "000/1"], illegal


def day_cells(fact, days):
    near = {datetime.date.fromisoformat(day) for day in days} | {fact.low, fact.high}
    near = {day + datetime.timedelta(days=d) for day in near for d in (-1, 0, 1)}
    near |= {day.replace(year=year, day=min(day.day, 28)) for day in list(near) for year in range(fact.low.year, fact.high.year + 1)}
    return [str(d) for d in sorted(near) if fact.low <= d <= fact.high], [str(d) for d in sorted(near) if not fact.low <= d <= fact.high]


class Cells:
    """What may stand in the column of one fact, or of one score."""

    def __init__(self, made, fact, figures, days):
        self.made, self.fact, self.legal, self.illegal = made, fact, [], list(WRONG.get(fact.kind, ()))
        made_of = {"share": share_cells, "date": lambda f, _: day_cells(f, days)}
        if fact.kind in NUMERIC or fact.kind in made_of:
            self.legal, illegal = made_of.get(fact.kind, number_cells)(fact, figures)
            self.illegal += illegal
        elif fact.kind in ("choice", "scale"):
            self.legal = list(fact.values)
        elif fact.kind == "yesno":
            self.legal = ["yes", "no", "yes", "no", "是", "否"]
        self.legal += ["n/a"] * (len(self.legal) // 8 + 1) if fact.na else []
        self.illegal += [] if fact.na else ["n/a"]
        self.plain = [text for text in self.legal if PLAIN.fullmatch(text)] or self.legal

    def cell(self, odd):
        if self.legal and self.made.chance(0.75):
            return self.made.pick(self.legal if odd else self.plain)
        return self.made.any_value(self.fact, not odd).replace(" of ", "/").strip('"')

    def wrong(self):
        return self.made.pick(self.illegal) if self.illegal else self.cell(True)


class Score:
    def __init__(self, made, path, low, high, step, options):
        self.made, self.low, self.high, self.step = made, low, high, step
        self.options = options or [low + step * k for k in range(int((high - low) / step) + 1)]
        self.name = f"score {path}"

    def cell(self, odd):
        return written(self.made.pick(self.options))

    def wrong(self):
        return self.made.pick([written(self.high + 1), "-1", written(self.low + Fraction(1, 1000)), "x", "n/a", "50%"])


class Table:
    """The columns of a standard that was made, and its rows."""

    def __init__(self, made, rules):
        self.made = made
        figures, days = figures_of(rules), sorted(set(DAY.findall(rules)))
        self.facts = [fact for fact in made.facts if fact.kind != "table"]
        self.cells = {fact.name: Cells(made, fact, figures, days) for fact in self.facts}
        self.cells.update((score.name, score) for score in (Score(made, *judged) for judged in made.judged))
        self.split = {fact.name for fact in self.facts if fact.kind == "share" and made.chance(0.4)}
        self.evidence = [f"{fact.name}.evidence" for fact in self.facts if fact.evidence]
        self.limited = any(fact.limits for fact in self.facts)
        # What no cell says as a facts file does.
        self.as_files = not any(fact.kind in ("list", "text", "months", "document") for fact in self.facts)
        self.wrong = made.pick([0, 0.02, 0.1]) / max(1, len(self.cells))
        names = [part for name in self.cells for part in ([f"{name}.part", f"{name}.whole"] if name in self.split else [name])]
        made.rng.shuffle(names)
        self.cells_told = names
        self.head = ["unit", *names, *self.evidence]

    def row(self, number):
        """{column: cell}"""
        chance = self.made.chance
        missing, odd = self.made.pick(MISSING), chance(ODD)
        for _ in range(6):
            row = {name: "" if chance(missing) else cells.wrong() if chance(self.wrong) else cells.cell(odd) for name, cells in self.cells.items()}
            if not self.limited or self.keeps_limits(row):
                break
        for name in self.split:
            # A percentage is no part of a whole.
            part, slash, whole = row.pop(name).replace("n/a", "").partition("/")
            row[f"{name}.part"], row[f"{name}.whole"] = (part, whole) if slash else ("", "")
        row.update((name, "e.pdf" if chance(0.9) else "") for name in self.evidence)
        if missing and chance(0.2):
            row = {name: "unknown" if cell == "" and "." not in name else cell for name, cell in row.items()}
        return {"unit": f"u{number}", **row}

    def facts_file(self, row):
        """The same unit as a file of its own."""
        lines = [f'unit {row["unit"]} "{row["unit"]}"']
        for name in self.cells:
            cell = row[name] if name not in self.split else "/".join(filter(None, (row[f"{name}.part"], row[f"{name}.whole"])))
            cell = f'"{cell}"' if cell.startswith("The ") else cell
            shown = f' evidence "{row[f"{name}.evidence"]}"' if cell and row.get(f"{name}.evidence") else ""
            lines += [f"{name} = {cell}{shown}"] if cell else []
        return "\n".join(lines) + "\n"

    def keeps_limits(self, row):
        try:
            told = {fact.name: [self.made.figure(row[fact.name], fact)] for fact in self.facts if fact.kind in LIMITED}
        except (ValueError, ZeroDivisionError):
            return True
        return self.made.within_limits(told)
