"""All that a unit may come to: every choice of values for what is unknown, where results may jump."""
import itertools
import math
from fractions import Fraction

from .arithmetic import divide, exact
from .evaluator import AT, CACHES, FIRST, MIXED, NUMBERS
from .facts import UNKNOWN
from .limits import names_fact

EPSILON = Fraction(1, 10**40)
FAR = 10**12
INF = "inf"


class TooMany(Exception):
    """More worlds than one cares to look at."""


class Bonds:
    """What limits make of an unknown fact: how far its values, or those of the cells of a column, go; where something turns over for what it is bound to;
    how many facts are bound together."""

    def __init__(self):
        self.ends, self.places, self.several = {}, set(), 1

    def narrow(self, cell, low, high):
        """Whether that makes a difference."""
        old = self.ends.get(cell, (-FAR, FAR))
        self.ends[cell] = new = max(old[0], low), min(old[1], high)
        return new != old


class Domains:
    """What each unknown fact may be."""

    def __init__(self, standard, fine=1):
        self.standard, self.fine, self.seen = standard, fine, {}

    def of(self, slot, values, bonds):
        """The candidates of what is unknown; `values`: what each column that it is unknown in holds."""
        key, fact = self.standard.slots[slot]
        self.columns, self.beside, self.bonds, self.at_cell = values, (), bonds, None
        value = values[-1][slot]
        if hasattr(fact, "threshold"):
            return self.numbers(slot, -FAR, FAR, None, False)
        if hasattr(fact, "judged"):
            return self.judged(slot, fact)
        found = list(dict.fromkeys(self.of_type(slot, fact, fact.type, value)))      # a value may be listed twice
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
            cells = [self.cell(slot, at, columns[at], beside) if x == UNKNOWN else [x] for row in value for at, (x, beside) in enumerate(zip(row, zip(*value)))]
            width = len(columns)
            tables = self.product(cells)
            made = [tuple(t[i:i + width] for i in range(0, len(t), width)) for t in tables]
            if declared.key or fact.key:
                at = [c.name for c in columns].index(fact.key or declared.key)
                made = [t for t in made if len({row[at] for row in t}) == len(t)]
            return made
        return self.plain(slot, fact, declared)

    def cell(self, slot, at, column, beside):
        self.beside, self.at_cell = beside, at
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

    def range(self, fact, declared):
        """From where to where the values of a fact go, apart from limits that name facts."""
        low, high = {"share": (0, 1), "date": (1, 3652059), "number": (-FAR, FAR)}.get(declared.kind, (0, FAR))
        if declared.kind == "scale":
            return 0, len(self.standard.scales[declared.scale].values) - 1
        if fact.options and declared.kind in NUMBERS:
            found = self.number(None, fact, declared)
            return found[0], found[-1]
        return self.bound(fact.low, declared, low), self.bound(fact.high, declared, high)

    def bound(self, e, declared, otherwise):
        if e is None or names_fact(e):
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
            return self.numbers(slot, low, high, fact.step, whole, low if fact.low is not None and not names_fact(fact.low) else 0)
        return self.numbers(slot, low, high, step, whole)

    def turns(self, slot):
        """The places where something turns over, some of them because of what the other facts are."""
        yield from self.standard.breaks.get(slot, ())
        yield from self.seen.get(slot, ())
        yield from self.bonds.places
        # Rows change places where two of them are alike.
        yield from (x for x in self.beside if type(x) in (int, Fraction))
        for line in self.standard.meetings.get(slot, ()):
            for values in self.columns:
                others = [(a, values[other]) for other, a in line.terms.items() if other != slot]
                if all(type(x) in (int, Fraction) for _, x in others):
                    yield divide(-line.rest - sum(a * x for a, x in others), line.terms[slot])

    def numbers(self, slot, low, high, step, whole, origin=0):
        """Candidates from `low` to `high`: all where they are few; else the ends, the places where something turns over, and what lies beside."""
        ends, several = self.bonds.ends.get(self.at_cell, (low, high)), self.bonds.several
        low, high = max(low, ends[0]), min(high, ends[1])
        if low > high:
            return []
        if step and high - low <= 24 * step:
            return stepped(low, high, step, origin)
        places = sorted({at for at in self.turns(slot) if low <= at <= high} | {low, high})
        if step:
            found = set()
            for at in places:
                units = (Fraction(at) - origin) / step
                floor = units.numerator // units.denominator
                found |= {exact(origin + step * (floor + k)) for k in range(-several, several + 2)}
            return sorted(x for x in found if low <= x <= high)
        found = set(places)
        # Facts that are bound together can be beside a place in every order.
        tinies = [EPSILON * (slot + 1)] if several == 1 else [EPSILON * (k + 1) for k in range(several)]
        parts = max(self.fine, several + 1)
        for a, b in zip(places, places[1:]):
            found |= {a + tiny for tiny in tinies} | {b - tiny for tiny in tinies}
            for k in range(1, parts):
                found.add(exact(a + (Fraction(b) - a) * k / parts))
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


class Check:
    """One limit in one column: each side is an unknown fact, by its number, or a value."""
    __slots__ = ("limit", "one", "other", "value", "other_value")

    def __init__(self, limit, one, other, values):
        self.limit, self.one, self.other, self.value, self.other_value = limit, one, other, values[limit.slot], values[limit.other]

    def holds(self, value, other):
        return self.limit.holds(self.value if self.one is None else value, self.other_value if self.other is None else other)


class Worlds:
    """The worlds of one unit, column by column."""

    def __init__(self, standard, unit, most=3000, fine=1):
        self.standard, self.most = standard, most
        names = unit.names
        final = standard.header.final or [(1, names[-1])]
        self.mix = [(share, name) for share, name in final]
        self.values = [list(unit.columns[name]) for _, name in self.mix]
        self.unknown, self.places, open_as = [], [], {}
        self.domains = Domains(standard, fine)
        for slot in range(FIRST, len(standard.slots)):
            where = {}
            for column, ((_, name), values) in enumerate(zip(self.mix, self.values)):
                if self.is_open(values[slot]):
                    where.setdefault(unit.origins[name][slot], []).append(column)
            for origin, columns in where.items():
                open_as[slot, origin] = len(self.unknown)
                self.unknown.append((slot, ()))
                self.places.append(columns)
        self.facts = len(self.unknown)
        self.add_elsewhere(unit, open_as)
        self.bind(unit, open_as)
        for i in range(len(self.unknown)):
            self.find_candidates(i)
            self.hold_size()
        for _ in range(3):
            if not self.look():
                break
        self.size = self.count()
        if self.size > most:
            raise TooMany()

    # ------------------------------------------------------------ limits between facts

    def add_elsewhere(self, unit, open_as):
        """What is unknown in columns that do not count alone has a value there that the limits allow; their lists stand behind those that count."""
        self.columns = list(self.values)
        for slot in sorted({slot for limit in self.standard.limits for slot in (limit.slot, limit.other)}):
            for name in unit.names:
                values, origin = unit.columns[name], unit.origins[name][slot]
                if self.is_open(values[slot]) and (slot, origin) not in open_as:
                    open_as[slot, origin] = len(self.unknown)
                    self.unknown.append((slot, ()))
                    self.places.append([len(self.columns)])
                    self.columns.append(list(values))

    def bind(self, unit, open_as):
        """Which unknown facts hang on which: a limit holds in each column, in those that do not count as well."""
        self.checks = []
        for limit in self.standard.limits:
            for name in unit.names:
                values, origins, sides = unit.columns[name], unit.origins[name], []
                for slot in (limit.slot, limit.other):
                    sides.append(open_as[slot, origins[slot]] if self.is_open(values[slot]) else None)
                if sides != [None, None]:
                    self.checks.append(Check(limit, *sides, values))
        self.bound = [{i} for i in range(len(self.unknown))]
        for check in self.checks:
            if check.one is not None and check.other is not None:
                together = self.bound[check.one] | self.bound[check.other]
                for i in together:
                    self.bound[i] = together
        self.bonds = [Bonds() for _ in self.unknown]
        for i, bonds in enumerate(self.bonds):
            bonds.several = len(self.bound[i])
        while any([self.narrow(check) for check in self.checks]):
            pass

    def range(self, i, cell):
        """From where to where an unknown fact goes, as far as is known."""
        slot, _ = self.unknown[i]
        fact = self.standard.slots[slot][1]
        low, high = self.domains.range(fact, fact.type)
        ends = self.bonds[i].ends.get(cell, (low, high))
        return max(low, ends[0]), min(high, ends[1])

    def narrow(self, check):
        """Brings the ends of what a limit binds closer; whether it does."""
        limit, closer = check.limit, False
        if check.one is not None and (check.other is None or not self.standard.slots[limit.other][1].na):
            other = (check.other_value,) * 2 if check.other is None else self.range(check.other, None)
            if type(other[0]) in (int, Fraction):
                low, high = (-FAR, other[1] * limit.times) if limit.upper else (other[0] * limit.times, FAR)
                closer = self.bonds[check.one].narrow(limit.cell, low, high)
        if check.other is not None:
            for x in limit.held(check.value) if check.one is None else ():
                x = divide(x, limit.times)
                closer |= self.bonds[check.other].narrow(None, *((x, FAR) if limit.upper else (-FAR, x)))
            if check.one is not None and limit.cell is None and not self.standard.slots[limit.slot][1].na:
                low, high = self.range(check.one, None)
                low, high = (divide(low, limit.times), FAR) if limit.upper else (-FAR, divide(high, limit.times))
                closer |= self.bonds[check.other].narrow(None, low, high)
        return closer

    def find_candidates(self, i):
        slot, _ = self.unknown[i]
        for _ in range(len(self.bound[i]) - 1):
            for j in self.bound[i]:
                self.share_places(j)
        found = self.domains.of(slot, [self.columns[c] for c in self.places[i]], self.bonds[i])
        for check in self.checks:
            if (check.one, check.other) in ((i, None), (None, i)):
                found = [x for x in found if check.holds(x, x)]
        self.unknown[i] = slot, found

    def share_places(self, i):
        """Where something turns over for one fact, it does for those that are bound to it."""
        places = self.bonds[i].places
        for check in self.checks:
            for mine, its, factor in ((check.one, check.other, check.limit.times), (check.other, check.one, divide(1, check.limit.times))):
                if mine == i and its is not None:
                    self.domains.columns, self.domains.beside = [self.columns[c] for c in self.places[its]], ()
                    self.domains.bonds = self.bonds[its]
                    turns = set(self.domains.turns(self.unknown[its][0])) | set(self.cells_known(check, its))
                    turns |= self.few_values(its)
                    turns |= set(self.range(its, None) if its == check.other or check.limit.cell is None else ())
                    places |= {exact(Fraction(x) * factor) for x in turns if type(x) in (int, Fraction)}

    def few_values(self, i):
        """All values of a fact that has few, in steps or legal ones."""
        slot, _ = self.unknown[i]
        fact = self.standard.slots[slot][1]
        if fact.type.kind not in NUMBERS or not (fact.options or fact.step or fact.type.kind == "count"):
            return set()
        found = [x for x in self.domains.of(slot, [self.columns[c] for c in self.places[i]], self.bonds[i]) if x is not None]
        return set(found) if fact.options or not self.is_wide(found) else set()

    def cells_known(self, check, i):
        return [x for c in self.places[i] for x in check.limit.held(self.columns[c][check.limit.slot])] if i == check.one else ()

    def hold_size(self):
        """Of facts that limit each other only some go together; how many is counted in the end."""
        if math.prod(max(1, len(candidates)) for _, candidates in self.unknown) > self.most * (4 if self.checks else 1):
            raise TooMany()

    def count(self):
        """How many worlds there are; 0: what is stated leaves none."""
        size, done = 1, set()
        for i, (_, candidates) in enumerate(self.unknown):
            if i not in done:
                done |= self.bound[i]
                size *= self.keep_possible(sorted(self.bound[i])) if self.checks else max(1, len(candidates))
        return size

    def keep_possible(self, several):
        """Candidates that stand in no world go; how many worlds there are of these facts."""
        choices = list(self.choices(several))
        for i, places in zip(several, zip(*choices)):
            slot, candidates = self.unknown[i]
            self.unknown[i] = slot, [candidates[place] for place in sorted(set(places))]
        return len(choices)

    def choices(self, those):
        """All that these unknown facts can be together, as places among their candidates."""
        checks = [[c for c in self.checks if c.one is not None and c.other is not None and {c.one, c.other} <= set(those[:k + 1]) and those[k] in (c.one, c.other)]
                  for k in range(len(those))]
        at = {}

        def go(k):
            if k == len(those):
                yield tuple(at[i] for i in those)
                return
            i = those[k]
            for place in range(len(self.unknown[i][1])):
                at[i] = place
                if all(c.holds(self.unknown[c.one][1][at[c.one]], self.unknown[c.other][1][at[c.other]]) for c in checks[k]):
                    yield from go(k + 1)
        return go(0)

    # ------------------------------------------------------------ places that are found by looking

    def look(self):
        """Whether places are found where something that is watched turns over between two candidates; the candidates are then those, too."""
        wide = [i for i, (slot, candidates) in enumerate(self.unknown[:self.facts]) if self.is_wide(candidates)]
        if not wide or not all(candidates for _, candidates in self.unknown):
            return False
        self.prepare()
        found = {}
        for get, reads, step, apart in self.standard.watched:
            those = self.read_by(reads)
            for i in those:
                if i in wide:
                    for v in self.open_in[i] if apart else [self.v]:
                        found.setdefault(i, set()).update(self.turns(get, v, step, i, [j for j in those if j != i]))
            for check in self.checks:
                if check.one in those and check.other in those and check.limit.cell is None and check.one in wide:
                    for v in self.open_in[check.one] if apart else [self.v]:
                        found.setdefault(check.one, set()).update(self.turns_together(get, v, step, check, [j for j in those if j not in (check.one, check.other)]))
        new = False
        for i, places in found.items():
            slot, candidates = self.unknown[i]
            places -= set(candidates)
            if places:
                self.domains.seen.setdefault(slot, set()).update(places)
                for j in self.bound[i]:
                    before = len(self.unknown[j][1])
                    self.find_candidates(j)
                    new = new or len(self.unknown[j][1]) > before
        self.hold_size()
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
        lines = [[(x, ((i, place),)) for x, place in line] for line in self.lines(self.unknown[i][1])]
        yield from self.turns_on_lines(get, v, step, lines, others)

    def turns_together(self, get, v, step, check, others):
        """The same where two facts, one of which limits the other, are equal."""
        of_other = {x * check.limit.times: place for place, x in enumerate(self.unknown[check.other][1]) if type(x) in (int, Fraction)}
        line = [(x, ((check.one, place), (check.other, of_other[x]))) for place, x in enumerate(self.unknown[check.one][1]) if x in of_other]
        yield from self.turns_on_lines(get, v, step, [line], others)

    def turns_on_lines(self, get, v, step, lines, others):
        size = math.prod(len(self.unknown[j][1]) for j in others)
        for _ in itertools.islice(self.over_all(others), 0, None, size // (15 if self.checks else 60) + 1):
            for line in lines:
                yield from self.turns_on(get, v, step, line)

    def turns_on(self, get, v, step, line):
        before = None
        for x, there in line:
            for i, place in there:
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
        columns = [list(values) for values in self.columns]
        for column in columns:
            column[CACHES], column[AT] = [(reads, {}) for reads in caches], [0] * len(standard.slots)
            # What limits leave but one value is known.
            column.append(frozenset(s for s, candidates in self.unknown if self.is_open(column[s]) and len(candidates) > 1))
        self.v = v = columns[len(self.values) - 1]
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
        if i >= self.facts:
            return
        for column in self.open_in[i]:
            column[slot] = candidates[place]
            if column is not self.v:
                column[AT][slot] = place
        self.v[AT][slot] += (place - self.now[i]) * self.weight[i]
        self.now[i] = place

    def over(self, those):
        """The list of values with every choice for those of the unknown facts, and for what is bound to them; the others keep theirs."""
        those = sorted(set().union(*(self.bound[i] for i in those)))
        return self.put_each(those, self.choices(those)) if self.checks else self.over_all(those)

    def over_all(self, those):
        """The same, limits between unknown facts or not."""
        return self.put_each(those, itertools.product(*(range(len(self.unknown[i][1])) for i in those)))

    def put_each(self, those, choices):
        for places in choices:
            for i, place in zip(those, places):
                self.put(i, place)
            yield self.v

    def read_by(self, reads):
        return tuple(i for i, (slot, _) in enumerate(self.unknown[:self.facts]) if slot in reads)
