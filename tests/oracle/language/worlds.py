"""All that a unit may come to: every choice of values for what is unknown, where results may jump."""
import itertools
import math
from fractions import Fraction

from .arithmetic import divide, exact
from .evaluator import AT, CACHES, FIRST, MIXED, NUMBERS
from .facts import UNKNOWN

EPSILON = Fraction(1, 10**40)
FAR = 10**12
INF = "inf"


class TooMany(Exception):
    """More worlds than one cares to look at."""


def limit_of(standard, e, type_, values):
    """The end of a range: a constant, or another fact's value."""
    if e is None:
        return None
    made = standard.to_unit(standard.compile(e, {}), type_[1] if type_[0] == "num" else None)
    if made.constant is not None:
        return made.constant
    return made


class Domains:
    """What each unknown fact may be."""

    def __init__(self, standard, fine=1):
        self.standard, self.fine, self.seen = standard, fine, {}

    def of(self, slot, values):
        """The candidates of what is unknown; `values`: what each column that it is unknown in holds."""
        key, fact = self.standard.slots[slot]
        self.columns, self.beside = values, ()
        value = values[-1][slot]
        if hasattr(fact, "threshold"):
            return self.numbers(slot, -FAR, FAR, None, False)
        if hasattr(fact, "judged"):
            return self.judged(slot, fact)
        found = self.of_type(slot, fact, fact.type, value)
        return found + [None] if fact.na and value == UNKNOWN else found

    def judged(self, slot, fact):
        entry, grid = fact.judged, self.standard.header.scores
        found = sorted(entry.options) if entry.options else \
            stepped(entry.low, entry.high, entry.step) if entry.step else \
            stepped(entry.low, entry.high, grid[0], 0) if grid else self.numbers(slot, entry.low, entry.high, None, False)
        # A score off the grid is refused.
        return [x for x in found if not grid or (Fraction(x) / grid[0]).denominator == 1]

    def of_type(self, slot, fact, declared, value):
        kind = declared.kind
        if kind == "list of" and value != UNKNOWN:
            self.beside = value
            return self.product([self.of_type(slot, fact, declared.of, x) if x == UNKNOWN else [x] for x in value])
        if kind == "table" and value != UNKNOWN:
            columns = declared.columns
            cells = [self.cell(slot, c, beside) if x == UNKNOWN else [x] for row in value for c, x, beside in zip(columns, row, zip(*value))]
            width = len(columns)
            tables = self.product(cells)
            made = [tuple(t[i:i + width] for i in range(0, len(t), width)) for t in tables]
            if declared.key or fact.key:
                at = [c.name for c in columns].index(fact.key or declared.key)
                made = [t for t in made if len({row[at] for row in t}) == len(t)]
            return made
        return self.plain(slot, fact, declared)

    def cell(self, slot, column, beside):
        self.beside = beside
        found = self.plain(slot, column, column.type)
        return found + [None] if column.na else found

    def product(self, several):
        size = 1
        for one in several:
            size *= len(one)
        if size > 4000:
            raise TooMany()
        return list(itertools.product(*several))

    def plain(self, slot, fact, declared):
        kind = declared.kind
        if kind == "yesno":
            return [False, True]
        if kind == "scale":
            return self.among(fact, list(range(len(self.standard.scales[declared.scale].values))), ("scale", declared.scale))
        if kind == "choice":
            return self.among(fact, [n for n, _ in declared.values], ("choice", tuple(declared.values)))
        if kind == "share":
            return self.numbers(slot, self.bound(fact.low, declared, 0), self.bound(fact.high, declared, 1), None, False)
        if kind == "date":
            return self.numbers(slot, self.bound(fact.low, declared, 1), self.bound(fact.high, declared, 3652059), 1, True)
        if kind == "months":
            return [frozenset(range(1, n + 1)) for n in range(13)] if fact.least is None and fact.most is None and fact.exactly is None else \
                [frozenset(range(1, n + 1)) for n in self.sizes(fact, 12)]
        if kind == "document":
            return self.numbers(slot, self.bound(fact.low, declared, 0), self.bound(fact.high, declared, FAR), 1, True)
        if kind in NUMBERS:
            return self.number(slot, fact, declared)
        if kind == "list of":
            return self.lists(slot, fact, declared)
        raise TooMany()

    def among(self, fact, all_, type_):
        if fact.options:
            return [self.standard.compile(o, {}, type_).constant for o in fact.options]
        return all_

    def sizes(self, fact, most):
        low = self.bound(fact.least, fact.type, 0) if fact.exactly is None else fact.exactly
        high = self.bound(fact.most, fact.type, most) if fact.exactly is None else fact.exactly
        return range(low, high + 1)

    def lists(self, slot, fact, declared):
        element = self.plain(slot, fact, declared.of) if fact.exactly else None
        if element is None:
            raise TooMany()
        return self.product([element] * fact.exactly)

    def bound(self, e, declared, otherwise):
        if e is None:
            return otherwise
        type_ = self.standard.type_of(declared) if declared.kind in NUMBERS else ("num", None)
        made = self.standard.to_unit(self.standard.compile(e, {}, type_), type_[1] if type_[0] == "num" else None)
        if made.constant is None:
            raise TooMany()
        return made.constant

    def number(self, slot, fact, declared):
        if fact.options:
            return sorted(self.standard.to_unit(self.standard.compile(o, {}), declared.unit).constant for o in fact.options)
        low = self.bound(fact.low, declared, -FAR if declared.kind == "number" else 0)
        high = self.bound(fact.high, declared, FAR)
        step = fact.step or (1 if declared.kind == "count" else None)
        whole = declared.kind == "count"
        if fact.step:
            return self.numbers(slot, low, high, fact.step, whole, low if fact.low is not None else 0)
        return self.numbers(slot, low, high, step, whole)

    def turns(self, slot):
        """The places where something turns over, some of them because of what the other facts are."""
        yield from self.standard.breaks.get(slot, ())
        yield from self.seen.get(slot, ())
        # Rows change places where two of them are alike.
        yield from (x for x in self.beside if type(x) in (int, Fraction))
        for line in self.standard.meetings.get(slot, ()):
            for values in self.columns:
                others = [(a, values[other]) for other, a in line.terms.items() if other != slot]
                if all(type(x) in (int, Fraction) for _, x in others):
                    yield divide(-line.rest - sum(a * x for a, x in others), line.terms[slot])

    def numbers(self, slot, low, high, step, whole, origin=0):
        """Candidates from `low` to `high`: all where they are few; else the ends, the places where something turns over, and what lies beside."""
        if step and high - low <= 24 * step:
            return stepped(low, high, step, origin)
        places = sorted({at for at in self.turns(slot) if low <= at <= high} | {low, high})
        if step:
            found = set()
            for at in places:
                units = (Fraction(at) - origin) / step
                floor = units.numerator // units.denominator
                found |= {exact(origin + step * (floor + k)) for k in (-1, 0, 1, 2)}
            return sorted(x for x in found if low <= x <= high)
        found = set(places)
        tiny = EPSILON * (slot + 1)
        for a, b in zip(places, places[1:]):
            found |= {a + tiny, b - tiny, exact((Fraction(a) + b) / 2)}
            for k in range(1, self.fine):
                found.add(exact(a + (Fraction(b) - a) * k / self.fine))
        return sorted(found)


def stepped(low, high, step, origin=None):
    origin = low if origin is None else origin
    units = (Fraction(low) - origin) / step
    k = -(-units.numerator // units.denominator)
    found = []
    while origin + step * k <= high:
        found.append(exact(origin + Fraction(step) * k))
        k += 1
    return found


def near(x):
    """What a value that is next to a break comes to in the limit."""
    if type(x) is not Fraction:
        return x
    if x.denominator < 10**15:
        return x
    return exact(x.limit_denominator(10**9))


def crossed(a, low, b, high, step):
    """Where a straight line from (a, low) to (b, high) is 0, or a multiple of `step`; not beside a candidate, where it need not be straight."""
    if b - a < 10**4 * EPSILON:
        return
    first, last = min(low, high), max(low, high)
    if step is None:
        targets = [0] if first < 0 < last else []
    else:
        k = math.floor(Fraction(first) / step) + 1
        targets = [step * n for n in range(k, min(k + 60, math.ceil(Fraction(last) / step)))]
    for target in targets:
        yield near(exact(a + (Fraction(b) - a) * (target - low) / (high - low)))


FAULTS = (ZeroDivisionError, OverflowError, ValueError)


class Worlds:
    """The worlds of one unit, column by column."""

    def __init__(self, standard, unit, most=3000, fine=1):
        self.standard, self.most = standard, most
        names = unit.names
        final = standard.header.final or [(1, names[-1])]
        self.mix = [(share, name) for share, name in final]
        self.values = [list(unit.columns[name]) for _, name in self.mix]
        self.unknown, self.places = [], []
        domains, size = Domains(standard, fine), 1
        for slot in range(FIRST, len(standard.slots)):
            where = {}
            for column, ((_, name), values) in enumerate(zip(self.mix, self.values)):
                if self.is_open(values[slot]):
                    where.setdefault(unit.origins[name][slot], []).append(column)
            for columns in where.values():
                self.unknown.append((slot, domains.of(slot, [self.values[i] for i in columns])))
                self.places.append(columns)
                size *= max(1, len(self.unknown[-1][1]))
                if size > most:
                    raise TooMany()
        self.domains = domains
        for _ in range(3):
            if not self.look():
                break
        self.size = math.prod(max(1, len(candidates)) for _, candidates in self.unknown)

    # ------------------------------------------------------------ places that are found by looking

    def look(self):
        """Whether places are found where something that is watched turns over between two candidates; the candidates are then those, too."""
        wide = [i for i, (slot, candidates) in enumerate(self.unknown) if self.is_wide(candidates)]
        if not wide:
            return False
        self.prepare()
        found = {}
        for get, reads, step, apart in self.standard.watched:
            those = self.read_by(reads)
            for i in those:
                if i in wide:
                    for v in self.open_in[i] if apart else [self.v]:
                        found.setdefault(i, set()).update(self.turns(get, v, step, i, [j for j in those if j != i]))
        new = False
        for i, places in found.items():
            slot, candidates = self.unknown[i]
            places -= set(candidates)
            if places:
                self.domains.seen.setdefault(slot, set()).update(places)
                candidates = self.domains.of(slot, [self.values[c] for c in self.places[i]])
                new = new or len(candidates) > len(self.unknown[i][1])
                self.unknown[i] = slot, candidates
        if math.prod(max(1, len(candidates)) for _, candidates in self.unknown) > self.most:
            raise TooMany()
        return new

    def is_wide(self, candidates):
        """Whether there are values between the candidates."""
        return any(len({b - a for (a, _), (b, _) in zip(line, line[1:])}) > 1 for line in self.lines(candidates))

    @staticmethod
    def lines(candidates):
        """[[(number, place)]]: candidates that differ in one number alone, which of a list or table is that of one cell."""
        if not any(type(x) is tuple for x in candidates):
            return [[(x, place) for place, x in enumerate(candidates) if type(x) in (int, Fraction)]]
        found = {}
        for place, rows in enumerate(candidates):
            cells = list(itertools.chain(*(row if type(row) is tuple else (row,) for row in rows or ())))
            for k, x in enumerate(cells):
                if type(x) in (int, Fraction):
                    found.setdefault((k, *cells[:k], None, *cells[k + 1:]), []).append((x, place))
        return [line for line in found.values() if len(line) > 1]

    def turns(self, get, v, step, i, others):
        """The places of the unknown fact `i` where what is watched comes to 0, or to a multiple of `step`."""
        lines = self.lines(self.unknown[i][1])
        size = math.prod(len(self.unknown[j][1]) for j in others)
        for _ in itertools.islice(self.over(others), 0, None, size // 60 + 1):
            for line in lines:
                yield from self.turns_on(get, v, step, i, line)

    def turns_on(self, get, v, step, i, line):
        before = None
        for x, place in line:
            self.put(i, place)
            try:
                y = get(v)
            except FAULTS:
                y = None
            if y is not None and before is not None and y != before[1]:
                yield from crossed(*before, x, y, step)
            before = None if y is None else (x, y)

    @staticmethod
    def is_open(value):
        if value is UNKNOWN or isinstance(value, str) and value == UNKNOWN:
            return True
        if isinstance(value, tuple):
            return any(x == UNKNOWN or isinstance(x, tuple) and UNKNOWN in x for x in value)
        return False

    def prepare(self):
        """The list of values of the last column, which knows the others where they are mixed."""
        standard = self.standard
        slots = sorted({slot for slot, _ in self.unknown})
        caches = [tuple(s for s in slots if s in reads) for reads in standard.memos]
        columns = [list(values) for values in self.values]
        for column in columns:
            column[CACHES], column[AT] = [(reads, {}) for reads in caches], [0] * len(standard.slots)
            column.append(frozenset(s for s in slots if self.is_open(column[s])))
        self.v = v = columns[-1]
        v[MIXED] = [(share, column) for (share, _), column in zip(self.mix, columns)]
        self.open_in = [[columns[i] for i in places] for places in self.places]
        self.now, self.weight, times = [0] * len(self.unknown), [], {}
        for slot, candidates in self.unknown:
            self.weight.append(times.get(slot, 1))
            times[slot] = times.get(slot, 1) * max(1, len(candidates))
        for i in range(len(self.unknown)):
            self.put(i, 0)
        return v

    def put(self, i, place):
        """The unknown fact `i` is its candidate at `place`. Of a fact that is open in several columns apart, the last column's place tells all of them."""
        slot, candidates = self.unknown[i]
        for column in self.open_in[i]:
            column[slot] = candidates[place]
            if column is not self.v:
                column[AT][slot] = place
        self.v[AT][slot] += (place - self.now[i]) * self.weight[i]
        self.now[i] = place

    def over(self, those):
        """The list of values with every choice for those of the unknown facts; the others keep theirs."""
        for places in itertools.product(*(range(len(self.unknown[i][1])) for i in those)):
            for i, place in zip(those, places):
                self.put(i, place)
            yield self.v

    def read_by(self, reads):
        return tuple(i for i, (slot, _) in enumerate(self.unknown) if slot in reads)
