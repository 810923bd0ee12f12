"""What a unit comes to: a standard's tree becomes functions of the list of what is reported.

A function takes that list and returns a value: a number, True or False, a step of a scale, a text, a day, or None for n/a. What is unknown has no place
here: a unit is evaluated once for each of its worlds (worlds.py). What was worked out in one world is used again in the next where it
reads the same facts."""
import datetime
import itertools
from fractions import Fraction
from types import SimpleNamespace as Node

from .arithmetic import add_span, between, ceil, clamp, divide, exact, floor, rounded
from .limits import find as find_limits
from .limits import names_fact
from .words import PREDEFINED, Wrong

NUMBERS = {"count", "amount", "number"}
LINED = {"num", "share", "date", "document"}
NUM, SHARE, BOOL, DATE, TEXT = ("num", None), ("share",), ("bool",), ("date",), ("text",)
# What stands before the facts in the list: what was worked out before, which candidate each unknown fact has, the columns that are mixed.
CACHES, AT, MIXED, FIRST = 0, 1, 2, 3


class Line:
    """A sum of facts, each times a number, and a number: `terms` are {slot: times}."""
    __slots__ = ("terms", "rest")

    def __init__(self, terms, rest=0):
        self.terms, self.rest = {slot: a for slot, a in terms.items() if a}, rest

    def times(self, x):
        return Line({slot: exact(a * x) for slot, a in self.terms.items()}, exact(self.rest * x))

    def plus(self, other):
        terms = {slot: self.terms.get(slot, 0) + other.terms.get(slot, 0) for slot in {**self.terms, **other.terms}}
        return Line(terms, self.rest + other.rest)

    def at(self, v):
        values = [v[slot] for slot in self.terms]
        return None if None in values else sum((a * x for a, x in zip(self.terms.values(), values)), self.rest)

    def one(self):
        """The slot of the only fact in it."""
        return next(iter(self.terms)) if len(self.terms) == 1 else None


class Value:
    """A compiled expression: how to get it, what kind it is, and where its jumps lie: `line`, where it is a·fact + … + b."""
    __slots__ = ("get", "type", "line", "constant", "reads", "percent", "turns")

    def __init__(self, get, type_, line=None, constant=None, reads=frozenset(), percent=False, turns=None):
        self.turns = turns
        self.get, self.type, self.line, self.constant, self.reads, self.percent = get, type_, line, constant, reads, percent


def constant(value, type_, percent=False):
    return Value(lambda v: value, type_, None, value, percent=percent)


NOT_APPLICABLE = Value(lambda v: None, ("n/a",))


class Standard:
    """A standard ready to evaluate. `slots`: the facts, judged scores and unset thresholds in the order in which a unit's list holds them."""

    def __init__(self, tree, on=None, period=None, as_of=None, sets=()):
        self.tree, self.sets = tree, dict(sets)
        self.header = tree.header or Node(total=None, columns=[], final=None, skipped="rescale", scores=None, step=None, limits=[None, None],
                                          out_of=None, period=None)
        self.period = period or self.header.period
        self.on = on
        self.as_of = as_of
        self.slots, self.slot_of, self.memos = [None] * FIRST, {}, []
        # Where results may jump: {slot: places}; and where several facts meet: {slot: lines that jump at 0}.
        self.breaks, self.meetings = {}, {}
        # What turns over where it comes to 0, or to each multiple of a step, at places that are found by looking: (get, reads, step, of one column).
        self.watched, self.inside = [], 0
        # Whether what is compiled reads one column, or, as outcomes do, the mix of several.
        self.mixing = False
        self.reads = set()
        self.scales = {scale.name: scale for scale in tree.scales}
        self.units = {unit.name: (unit.factor, unit.of) for unit in tree.units}
        self.thresholds = {t.name: t for t in tree.thresholds}
        self.defines = {d.name: d for d in tree.defines}
        self.ladders = {ladder.name: ladder for ladder in tree.ladders}
        self.patterns = {p.name: p for p in tree.patterns}
        self.qualified = {o.name: o for o in tree.outcomes if o.kind == "qualifies"}
        self.facts = {}
        self.compiled, self.busy = {}, set()
        for group in tree.groups:
            for fact in group:
                self.facts[fact.name] = fact
                self.add_slot(fact.name, fact)
        self.limits = find_limits(self)
        self.parts = []
        self.top = [self.plan(part, None, {}) for part in tree.parts]
        self.by_path = {part.path: part for part in self.parts}
        self.ready()

    # ------------------------------------------------------------ slots and memos

    def add_slot(self, key, fact):
        self.slot_of[key] = len(self.slots)
        self.slots.append((key, fact))
        return self.slot_of[key]

    def memo(self, make, type_=None):
        """A value that several may ask for: worked out once for each choice of the unknown facts that it reads."""
        outer, self.reads = self.reads, set()
        made = make()
        reads = frozenset(self.reads)
        self.reads = outer
        index = len(self.memos)
        self.memos.append(reads)
        get = made.get if isinstance(made, Value) else made

        def look(v, index=index, get=get):
            slots, cache = v[CACHES][index]
            if not slots:
                key = 0
            elif len(slots) == 1:
                key = v[AT][slots[0]]
            else:
                at = v[AT]
                key = tuple([at[s] for s in slots])
            if key in cache:
                return cache[key]
            cache[key] = value = get(v)
            return value

        if isinstance(made, Value):
            return Value(look, made.type, made.line, made.constant, reads, made.percent)
        return Value(look, type_, None, None, reads)

    def shared(self, key, make, type_=None):
        key = (self.mixing, key)
        if key not in self.compiled:
            if key in self.busy:
                raise Wrong(f"circle through {key}")
            self.busy.add(key)
            inside, self.inside = self.inside, 0
            self.compiled[key] = self.memo(make, type_)
            self.inside = inside
            self.busy.discard(key)
        found = self.compiled[key]
        self.reads |= found.reads
        return found

    def note(self, value, at):
        """`value` may jump where it equals `at`."""
        if value.turns:
            slot, places = value.turns(at)
            self.breaks.setdefault(slot, set()).update(places)
        elif value.line and at is not None:
            self.turn(value.line.plus(Line({}, -at)))
        else:
            for slot in value.reads:
                self.breaks.setdefault(slot, set()).add(at)
            if value.type[0] in LINED and type(at) in (int, Fraction):
                self.watch(lambda v, get=value.get: minus(get(v), at), value.reads)

    def watch(self, get, reads, step=None):
        """Something may jump where this is 0, or a multiple of `step`; not for what stands in a row."""
        if reads and not self.inside:
            self.watched.append((get, frozenset(reads), step, not self.mixing))

    def meet(self, a, b):
        """Something may jump where the two are the same."""
        if b.constant is not None and type(b.constant) is not str:
            self.note(a, b.constant)
        elif a.constant is not None and type(a.constant) is not str:
            self.note(b, a.constant)
        elif a.line and b.line:
            self.turn(a.line.plus(b.line.times(-1)))
        elif a.type[0] in LINED and b.type[0] in LINED:
            self.watch(lambda v: minus(a.get(v), b.get(v)), a.reads | b.reads)

    def turn(self, line):
        """Something may jump where `line` is 0."""
        for slot, a in line.terms.items():
            if len(line.terms) == 1:
                self.breaks.setdefault(slot, set()).add(divide(-line.rest, a))
            else:
                self.meetings.setdefault(slot, []).append(line)
        if self.limits and len(line.terms) > 1:
            # Facts that limit each other move together, too.
            self.watch(line.at, line.terms)

    # ------------------------------------------------------------ types

    def type_of(self, declared):
        kind = declared.kind
        if kind in NUMBERS:
            return ("num", declared.unit)
        if kind == "yesno":
            return BOOL
        if kind == "scale":
            return ("scale", declared.scale)
        if kind == "choice":
            return ("choice", tuple(declared.values))
        if kind == "list of":
            return ("list", declared.of)
        if kind == "table":
            return ("table", declared)
        return (kind,)

    def literal(self, name, type_):
        """The value that a bare name means where `type_` is met."""
        if not type_:
            return None
        if type_[0] == "scale":
            names = [n for n, _ in self.scales[type_[1]].values]
            return constant(names.index(name), type_) if name in names else None
        if type_[0] == "grade":
            return constant(self.rank(name), type_) if name in self.ladder_of_grades() else None
        if type_[0] == "choice" and name in [n for n, _ in type_[1]]:
            return constant(name, type_)
        return None

    def ladder_of_grades(self):
        grades = self.tree.grades
        if grades is None:
            return []
        names = [name for _, name in (grades.rows if grades.by else grades.cases)]
        return list(dict.fromkeys(names))

    def rank(self, name):
        """A grade as a number: the best is the highest."""
        names = self.ladder_of_grades()
        return len(names) - 1 - names.index(name)

    def factor(self, unit):
        factor = 1
        while unit in self.units:
            times, unit = self.units[unit]
            factor *= times
        return factor, unit

    def to_unit(self, value, unit):
        """A number in another unit of the same measure."""
        if value.type[0] != "num" or value.type[1] in (None, unit) or unit is None:
            return value
        (a, base), (b, other) = self.factor(value.type[1]), self.factor(unit)
        if base != other or a == b:
            return value
        times, get = divide(a, b), value.get
        line = value.line and value.line.times(times)
        return Value(lambda v: None if (x := get(v)) is None else exact(x * times), ("num", unit), line,
                     None if value.constant is None else exact(value.constant * times), value.reads)

    # ------------------------------------------------------------ expressions

    def compile(self, e, scope, want=None):
        kind = e[0]
        made = getattr(self, "do_" + kind.replace("/", "").replace(" ", "_"))(e, scope, want)
        return made

    def do_group(self, e, scope, want):
        inner = self.compile(e[1], scope, want)
        return Value(inner.get, inner.type, inner.line, inner.constant, inner.reads)

    def do_number(self, e, scope, want):
        unit = e[2]
        value = e[1]
        return constant(value, ("num", unit), e[3])

    def do_date(self, e, scope, want):
        return constant(e[1], DATE)

    def do_span(self, e, scope, want):
        return constant(e[1], ("span", e[2]))

    def do_text(self, e, scope, want):
        if want and want[0] in ("choice", "scale", "grade"):
            found = self.literal(e[1], want)
            if found:
                return found
            values = want[1] if want[0] == "choice" else self.scales[want[1]].values
            return self.literal(next(n for n, label in values if label == e[1]), want)
        return constant(e[1], TEXT)

    def do_yes(self, e, scope, want):
        return constant(True, BOOL)

    def do_no(self, e, scope, want):
        return constant(False, BOOL)

    def do_na(self, e, scope, want):
        return NOT_APPLICABLE

    def do_negative(self, e, scope, want):
        inner = self.compile(e[1], scope, want)
        get, line = inner.get, inner.line
        return Value(lambda v: None if (x := get(v)) is None else -x, inner.type, line and line.times(-1),
                     None if inner.constant is None else -inner.constant, inner.reads)

    def do_not(self, e, scope, want):
        inner = self.compile(e[1], scope, BOOL)
        get = inner.get
        return Value(lambda v: None if (x := get(v)) is None else not x, BOOL, None, None, inner.reads)

    def do_and(self, e, scope, want):
        terms = [self.compile(t, scope, BOOL) for t in e[1]]
        gets = [t.get for t in terms]

        def get(v):
            whole = True
            for term in gets:
                x = term(v)
                if x is False:
                    return False
                if x is None:
                    whole = None
            return whole
        return Value(get, BOOL, None, None, frozenset().union(*(t.reads for t in terms)))

    def do_or(self, e, scope, want):
        terms = [self.compile(t, scope, BOOL) for t in e[1]]
        gets = [t.get for t in terms]

        def get(v):
            whole = False
            for term in gets:
                x = term(v)
                if x is True:
                    return True
                if x is None:
                    whole = None
            return whole
        return Value(get, BOOL, None, None, frozenset().union(*(t.reads for t in terms)))

    def do_all_of(self, e, scope, want):
        return self.do_and(("and", e[2]), scope, want)

    def do_any_of(self, e, scope, want):
        return self.do_or(("or", e[2]), scope, want)

    def do_some_of(self, e, scope, want):
        terms = [self.compile(t, scope, BOOL) for t in e[2]]
        gets, least = [t.get for t in terms], e[1]

        def get(v):
            values = [term(v) for term in gets]
            yes, open_ = values.count(True), values.count(None)
            return True if yes >= least else None if yes + open_ >= least else False
        return Value(get, BOOL, None, None, frozenset().union(*(t.reads for t in terms)))

    def do_known(self, e, scope, want):
        """Answered by the unit, not by the world: `worlds` puts what is unknown there."""
        inner = self.compile(e[1], scope)
        reads = inner.reads

        def get(v):
            return not any(s in v[-1] for s in reads)
        return Value(get, BOOL, None, None, inner.reads)

    def is_bare_name(self, e):
        return e[0] == "path" and len(e[1]) == 1

    def pair(self, left, right, scope):
        """Both sides of a comparison: a bare name is read by the type of the other side."""
        if left[0] == "n/a" or right[0] == "n/a":
            return self.compile(left, scope), self.compile(right, scope)
        try:
            a = self.compile(left, scope)
        except Wrong:
            b = self.compile(right, scope)
            return self.compile(left, scope, b.type), b
        return a, self.to_unit(self.compile(right, scope, a.type), a.type[1] if a.type[0] == "num" else None)

    def do_compare(self, e, scope, want):
        operator, left, right = e[1], e[2], e[3]
        a, b = self.pair(left, right, scope)
        return self.compare(operator, a, b)

    def compare(self, operator, a, b):
        get, other, reads = a.get, b.get, a.reads | b.reads
        if a is NOT_APPLICABLE or b is NOT_APPLICABLE:
            asked = get if b is NOT_APPLICABLE else other
            wanted = operator == "="
            return Value(lambda v: (asked(v) is None) is wanted, BOOL, None, None, reads)
        self.meet(a, b)
        return Value(COMPARED[operator](get, other), BOOL, None, None, reads)

    def do_oneof(self, e, scope, want):
        a = self.compile(e[1], scope)
        options = [self.to_unit(self.compile(o, scope, a.type), a.type[1] if a.type[0] == "num" else None) for o in e[2]]
        gets, get = [o.get for o in options], a.get
        for option in options:
            if option.constant is not None and type(option.constant) is not str:
                self.note(a, option.constant)
        return Value(lambda v: None if (x := get(v)) is None else any(x == o(v) for o in gets), BOOL, None, None, a.reads)

    def do_binary(self, e, scope, want):
        operator = e[1]
        a = self.compile(e[2], scope)
        b = self.compile(e[3], scope)
        if a.type[0] == "date" and b.type[0] == "span":
            return self.shift(a, b, operator)
        if operator in "+-":
            unit = a.type[1] if a.type[0] == "num" and a.type[1] else b.type[1] if b.type[0] == "num" else None
            b = self.to_unit(b, unit)
            return Value(CALCULATED[operator](a.get, b.get), ("num", unit), join(operator, a, b), folded(operator, a, b), a.reads | b.reads)
        unit = a.type[1] if a.type[0] == "num" else None
        other = b.type[1] if b.type[0] == "num" else None
        if operator == "/" and unit and other:
            b = self.to_unit(b, unit)
            unit = None
        elif operator == "*":
            unit = unit or other
        return Value(CALCULATED[operator](a.get, b.get), ("num", unit), join(operator, a, b), folded(operator, a, b), a.reads | b.reads)

    def shift(self, a, span, operator):
        number, unit = (-span.constant if operator == "-" else span.constant), span.type[1]
        get = a.get
        line = a.line if unit == "day" and a.line else None
        slot = a.line and a.line.one()

        def turns(at):
            """The days about which the moved date comes to `at`."""
            where = add_span(at, -number, unit)
            return slot, range(where - 4, where + 5)
        return Value(lambda v: None if (x := get(v)) is None else add_span(x, number, unit), DATE, line and line.plus(Line({}, number)),
                     None if a.constant is None else add_span(a.constant, number, unit), a.reads,
                     turns=turns if slot and not line else None)

    def do_between(self, e, scope, want):
        unit = e[1]
        a, b = self.compile(e[2], scope), self.compile(e[3], scope)
        get, other = a.get, b.get

        def value(v):
            x, y = get(v), other(v)
            return None if x is None or y is None else between(unit, x, y)
        turns = None
        if a.constant is not None and b.line and b.line.one():
            turns = self.calendar_turns(b.line.one(), a.constant, unit, 1)
        elif b.constant is not None and a.line and a.line.one():
            turns = self.calendar_turns(a.line.one(), b.constant, unit, -1)
        return Value(value, ("num", {"day": "days", "month": "months", "year": "years"}[unit]), None, None, a.reads | b.reads, turns=turns)

    def calendar_turns(self, slot, day, unit, sign):
        """The days about which so many days, months or years are reached."""
        def turns(at):
            places = []
            for n in (floor(at) - 1, floor(at), floor(at) + 1):
                try:
                    where = add_span(day, sign * n, unit)
                except (ValueError, OverflowError):
                    continue
                places += range(where - 4, where + 5)
            return slot, places
        return turns

    def do_if(self, e, scope, want):
        when = self.compile(e[1], scope, BOOL)
        a = b = None
        try:
            a = self.compile(e[2], scope, want)
        except Wrong:
            b = self.compile(e[3], scope, want)
            a = self.compile(e[2], scope, b.type)
        b = b or self.compile(e[3], scope, a.type if want is None and a is not NOT_APPLICABLE else want)
        unit = a.type[1] if a.type[0] == "num" else None
        b = self.to_unit(b, unit)
        test, yes, no = when.get, a.get, b.get

        def get(v):
            x = test(v)
            return None if x is None else yes(v) if x else no(v)
        type_ = b.type if a is NOT_APPLICABLE or a.type == NUM else a.type
        return Value(get, type_, None, None, when.reads | a.reads | b.reads)

    def do_call(self, e, scope, want):
        name = e[1]
        if name in self.defines:
            return self.expand(self.defines[name], e[2], scope)
        function = PREDEFINED.get(name)
        if name in ("months", "月份"):
            inner = self.compile(e[2][0], scope)
            get = inner.get
            return Value(lambda v: None if (x := get(v)) is None else len(x), NUM, None, None, inner.reads)
        given = [self.compile(x, scope) for x in e[2]]
        unit = next((g.type[1] for g in given if g.type[0] == "num" and g.type[1]), None)
        given = [self.to_unit(g, unit) for g in given]
        if function in ("min", "max", "clamp"):
            for one, other in itertools.combinations(given, 2):
                self.meet(one, other)
        if function in ("round", "round_even", "floor", "ceil", "abs") and function != "abs":
            self.jumps(given[0], given[1].constant if len(given) > 1 else 1, function)
        if function == "abs":
            self.note(given[0], 0)
        work, gets = FUNCTIONS[function], [g.get for g in given]

        def get(v):
            values = [g(v) for g in gets]
            if function == "ratio" and values[1] == 0:
                return values[2]
            if function == "ratio":
                values = [*values[:2], 0]
            return None if None in values else work(*values)
        plain = function in ("year", "month", "length", "ratio")
        turns, line = None, given[0].line
        slot = line and line.one()
        if function in ("year", "month") and slot:
            turns = lambda at: (slot, self.first_days(slot, function, floor(at)))
        return Value(get, ("num", None if plain else unit), line if function == "length" else None, None,
                     frozenset().union(*(g.reads for g in given)), turns=turns)

    def first_days(self, slot, function, at):
        """The days on which a new year, or a month from the one asked for on, begins."""
        fact = self.slots[slot][1]
        ends = [self.compile(e, {}).constant for e in (fact.low, fact.high) if e is not None and not names_fact(e)]
        if function == "year" or len(ends) < 2:
            return [datetime.date(y, 1, 1).toordinal() for y in (at, at + 1) if 1 <= y <= 9999]
        years = range(datetime.date.fromordinal(ends[0]).year, datetime.date.fromordinal(ends[1]).year + 2)
        return [datetime.date(y, m, 1).toordinal() for y in years for m in {1, min(max(at, 1), 12), min(max(at + 1, 1), 12)}]

    def jumps(self, value, step, function):
        """Rounding turns over at each step, or halfway between."""
        if not value.line and not value.turns:
            self.watch(value.get, value.reads, Fraction(step) / 2 if function.startswith("round") else step)
            return
        for k in range(-4, 60):
            self.note(value, exact(Fraction(step) * k))
            if function.startswith("round"):
                self.note(value, exact(Fraction(step) * (2 * k + 1) / 2))

    def expand(self, define, given, scope):
        """A definition with parameters, its body with what is given."""
        inner = {}
        for (name, declared), argument in zip(define.parameters, given):
            value = self.compile(argument, scope, self.type_of(declared))
            inner[name] = value
        return self.compile(define.value, inner)

    # ------------------------------------------------------------ names

    def do_path(self, e, scope, want):
        names, ticked = e[1], e[2]
        name = names[0]
        if len(names) == 1:
            if name in scope and name[0] != "\0":
                found = scope[name]
                self.reads |= found.reads
                return found
            return self.literal(name, want) or self.named(name, scope) or self.part_value(names, scope) or self.predefined(name, scope) or self.lost(names)
        return self.part_value(names, scope) or self.lost(names)

    def lost(self, names):
        raise Wrong(f"what is {'.'.join(names)}?")

    def named(self, name, scope):
        if name in self.facts:
            return self.fact_value(name)
        if name in self.thresholds:
            return self.threshold(name)
        if name in self.defines and not self.defines[name].parameters:
            return self.shared(("define", name), lambda: self.compile(self.defines[name].value, {}))
        return None

    def fact_value(self, name):
        return self.slot_value(self.slot_of[name], self.type_of(self.facts[name].type))

    def slot_value(self, slot, type_):
        self.reads.add(slot)
        return Value(lambda v: v[slot], type_, Line({slot: 1}) if type_[0] in LINED else None, None, frozenset([slot]))

    def threshold(self, name):
        declared = self.thresholds[name]
        value = self.sets.get(name, declared.value)
        if value is None and declared.dated:
            day = self.on if self.on is not None else self.period[1]
            value = [v for start, v in declared.dated if start <= day][-1]
        if value is None:
            if name not in self.slot_of:
                self.add_slot(name, Node(name=name, threshold=True))
            return self.slot_value(self.slot_of[name], NUM)
        made = self.compile(value, {})
        return Value(made.get, made.type, None, made.constant)

    def predefined(self, name, scope):
        meant = PREDEFINED.get(name, name)
        if meant in ("period_start", "period_end"):
            return constant(self.period[meant == "period_end"], DATE)
        if meant == "today":
            return constant(self.on if self.on is not None else self.as_of if self.as_of is not None else self.period[1], DATE)
        if name in ("total", "总分"):
            return self.shared("total", self.make_total, NUM)
        if meant == "subtotal":
            return self.shared("subtotal", self.make_subtotal, NUM)
        if meant == "grade":
            return self.shared("grade", self.make_grade, ("grade",))
        if meant == "eligible":
            return self.shared("eligible", self.make_eligible, BOOL)
        return None

    def do_qualifies(self, e, scope, want):
        return self.qualification(e[1])

    def qualification(self, name):
        return self.shared(("qualifies", name), lambda: self.outcome_condition(self.qualified[name].when), BOOL)

    def outcome_condition(self, when, scope=None):
        """n/a counts as no."""
        get = self.compile(when, scope or {}, BOOL).get
        return lambda v: get(v) is True

    # ------------------------------------------------------------ parts read

    WHAT = {"score": "score", "得分": "score", "评分": "score", "rate": "rate", "得分率": "rate", "cap": "cap", "分值": "cap", "skipped": "skipped",
            "免评项": "skipped"}

    def part_value(self, names, scope):
        """PATH.score and the like; inside an aggregate over parts the bare word."""
        around = scope.get("\0part")
        element = scope.get("\0element")
        if len(names) == 1:
            if element and names[0] in self.WHAT:
                return self.part_figure(element, self.WHAT[names[0]])
            return None
        what = self.WHAT.get(names[-1])
        part = self.find_part(names[:-1], around)
        return part and what and self.part_figure(part, what)

    def find_part(self, names, around):
        path = ".".join(names)
        while around is not None:
            found = self.by_path.get(f"{around.path}.{path}")
            if found:
                return found
            around = around.parent
        return self.by_path.get(path)

    def part_figure(self, part, what):
        if what == "cap":
            return constant(part.cap, NUM)
        result = self.part_result(part)
        get = result.get
        if what == "score":
            return Value(lambda v: get(v)[0], NUM, None, None, result.reads)
        if what == "skipped":
            return Value(lambda v: get(v)[0] is None, BOOL, None, None, result.reads)
        return Value(lambda v: None if (r := get(v))[0] is None or not r[1] else divide(r[0], r[1]), SHARE, None, None, result.reads)

    # ------------------------------------------------------------ aggregates

    def elements(self, source, scope):
        """The parts that `section` or `criterion` means."""
        inside = self.find_part(source[1], scope.get("\0part")) if source[1] else None
        if source[0] == "section":
            return [p for p in (inside.children if inside else self.top) if p.kind == "section"]
        found = []

        def go(parts):
            for part in parts:
                if part.kind == "criterion":
                    found.append(part)
                elif part.kind == "section":
                    go(part.children)
        go(inside.children if inside else self.top)
        return found

    def rows(self, source, element, scope):
        """(get the rows, scope inside, the cell that holds the row at hand)."""
        value = self.do_path(("path", source[1], False), scope, None)
        cell, inner = [None, 0], dict(scope)
        if value.type[0] == "table":
            for index, column in enumerate(value.type[1].columns):
                inner[column.name] = Value(lambda v, i=index: cell[0][i], self.type_of(column.type), None, None, value.reads)
        else:
            of = Value(lambda v: cell[0], self.type_of(value.type[1]), None, None, value.reads)
            inner["it"] = inner["它"] = of
            if element and element[0] not in inner:
                inner[element[0]] = of
            elif element:
                inner[element[0]] = of
        inner["position"] = inner["序号"] = Value(lambda v: cell[1], NUM, None, None, value.reads)
        return value, inner, cell

    def do_aggregate(self, e, scope, want):
        _, fold, of, source, per, highest, lowest, where = e
        if source[0] != "rows":
            return self.over_parts(fold, of, source, where, scope)
        element = of[1] if of and of[0] == "path" and len(of[1]) == 1 else None
        value, inner, cell = self.rows(source, element, scope)
        self.inside += 1
        if value.type[0] == "table" and of is None:
            x = None
        else:
            x = self.compile(of, inner) if of else None
        keep = self.compile(where, inner, BOOL) if where else None
        by = self.compile(("path", per, False), inner) if per else None
        self.inside -= 1
        rows, take = value.get, Kept(cell, x and x.get, keep and keep.get, by and by.get, highest, lowest)
        type_ = NUM if fold == "count" or x is None else x.type
        reads = value.reads | (x.reads if x else frozenset()) | (keep.reads if keep else frozenset())

        def get(v):
            table = rows(v)
            if table is None:
                return None
            kept = take.of(table, v)
            return folded_values(fold, kept)
        return Value(get, type_, None, None, reads)

    def over_parts(self, fold, of, source, where, scope):
        taken = []
        for part in self.elements(source, scope):
            inner = {**scope, "\0element": part}
            # The word alone names the part that is looked at.
            x = self.compile(of, inner) if of else None
            keep = self.compile(where, inner, BOOL) if where else None
            taken.append((self.part_result(part), x and x.get, keep and keep.get))
        asks = where is not None and mentions(where, "skipped", "免评项") or of is not None and mentions(of, "skipped", "免评项")
        reads = frozenset().union(*(r.reads for r, _, _ in taken)) if taken else frozenset()

        def get(v):
            kept = []
            for result, x, keep in taken:
                if not asks and result.get(v)[0] is None:
                    continue
                if keep and keep(v) is not True:
                    continue
                value = x(v) if x else 1
                if value is not None:
                    kept.append(value)
            return folded_values(fold, kept)
        type_ = NUM
        return Value(get, type_, None, None, reads)

    def do_every(self, e, scope, want):
        _, some, element, source, where, has, operator = e
        if source[0] != "rows":
            return self.every_part(e, scope)
        value, inner, cell = self.rows(source, element, scope)
        self.inside += 1
        keep = self.compile(where, inner, BOOL) if where else None
        if operator:
            left = self.compile(("path", element, False), inner)
            right = self.compile(has, inner, left.type)
            test = self.compare(operator, left, self.to_unit(right, left.type[1] if left.type[0] == "num" else None))
        else:
            test = self.compile(has, inner, BOOL)
        self.inside -= 1
        rows, keep_get, test_get = value.get, keep and keep.get, test.get

        def get(v):
            table = rows(v)
            if table is None:
                return None
            answers = []
            for place, row in enumerate(table, 1):
                cell[0], cell[1] = row, place
                answers.append((True if keep_get is None else keep_get(v), test_get))
                answers[-1] = (answers[-1][0], test_get(v) if answers[-1][0] is not False else None)
            return quantified(answers, some)
        return Value(get, BOOL, None, None, value.reads | test.reads | (keep.reads if keep else frozenset()))

    def every_part(self, e, scope):
        _, some, element, source, where, has, operator = e
        taken = []
        for part in self.elements(source, scope):
            inner = {**scope, "\0element": part}
            keep = self.compile(where, inner, BOOL) if where else None
            taken.append((self.part_result(part), keep and keep.get, self.compile(has, inner, BOOL).get))
        asks = mentions(has, "skipped", "免评项") or where is not None and mentions(where, "skipped", "免评项")
        reads = frozenset().union(*(r.reads for r, _, _ in taken)) if taken else frozenset()

        def get(v):
            answers = []
            for result, keep, test in taken:
                if not asks and result.get(v)[0] is None:
                    continue
                holds = True if keep is None else keep(v)
                answers.append((holds, test(v) if holds is not False else None))
            return quantified(answers, some)
        return Value(get, BOOL, None, None, reads)

    # ------------------------------------------------------------ parts

    def plan(self, tree, parent, scope):
        """A part of the standard; what `like` uses is written out."""
        part = Node(kind=tree.kind, name=tree.name, tree=tree, parent=parent, scope=scope, children=[], path=tree.name if parent is None else f"{parent.path}.{tree.name}")
        body = tree
        if tree.like:
            pattern = self.patterns[tree.like[0]]
            part.scope = (pattern, tree.like[1], scope)
            body = pattern.body
        part.zero, part.skip = tree.zero + (body.zero if body is not tree else []), tree.skip + (body.skip if body is not tree else [])
        part.minimum = tree.minimum if tree.minimum is not None else body.minimum
        part.body = body
        self.parts.append(part)
        inner = part.scope
        part.children = [self.plan(child, part, inner) for child in body.parts]
        part.cap = tree.cap
        if part.cap is None:
            part.cap = sum(c.cap for c in part.children if c.kind in ("section", "criterion"))
        part.weight = tree.weight
        return part

    def scope_of(self, part):
        """What names mean inside a part."""
        scope = part.scope
        if isinstance(scope, tuple):
            pattern, given, outer = scope
            if not hasattr(part, "bound"):
                holder = part
                while holder.parent is not None and holder.parent.scope is scope:
                    holder = holder.parent
                if not hasattr(holder, "bound"):
                    outside = self.scope_of(holder.parent) if holder.parent is not None else {}
                    holder.bound = {name: self.compile(x, outside, self.type_of(t)) for (name, t), x in zip(pattern.parameters, given)}
                part.bound = holder.bound
            return {**part.bound, "\0part": part.parent if part.kind == "criterion" else part}
        return {"\0part": part.parent if part.kind == "criterion" else part}

    def part_result(self, part):
        """(score or None, what is due)."""
        if self.mixing:
            return self.shared(("part", part.path), lambda: self.mix_part(part), ("part",))
        make = self.make_criterion if part.kind == "criterion" else self.make_section
        return self.shared(("part", part.path), lambda: make(part), ("part",))

    def in_columns(self, make):
        """How to get a value of one column."""
        self.mixing = False
        made = make()
        self.mixing = True
        return made.get

    def mix_part(self, part):
        get = self.in_columns(lambda: self.part_result(part))
        return lambda v: mixed_parts([(share, get(column)) for share, column in v[MIXED]])

    def mix_number(self, make):
        get = self.in_columns(make)
        return lambda v: mixed([(share, get(column)) for share, column in v[MIXED]])

    def all_conditions(self, conditions, scope):
        gets = [self.compile(c, scope, BOOL).get for c in conditions]
        return lambda v: any([g(v) is True for g in gets])

    def skipped(self, part, scope):
        """Whether a part, or one that it stands in, does not apply by its own condition."""
        own = self.all_conditions(part.skip, scope) if part.skip else None
        outer = part.parent and self.shared(("skip", part.parent.path), lambda: self.skipped(part.parent, self.scope_of(part.parent)) or never, BOOL).get
        if outer is None or own is None:
            return own or outer
        return lambda v: own(v) or outer(v)

    def make_criterion(self, part):
        scope, cap = self.scope_of(part), part.cap
        skip = self.skipped(part, scope)
        zero = self.all_conditions(part.zero, scope) if part.zero else None
        earn = Criterion(self, part, scope)
        grid = self.header.scores
        gives, around = earn.gives, part.parent
        self.watch(gives, self.reads)
        self.watch(lambda v: minus(gives(v), cap), self.reads)
        if grid:
            self.watch(gives, self.reads, Fraction(grid[0]) / 2)
        while around is not None and around.kind == "section":
            around = around.parent
        # What stands in a bonus or a penalty is not due.
        due = cap if around is None else 0

        def get(v):
            if skip and skip(v):
                return None, 0
            if zero and zero(v):
                return 0, due
            score = gives(v)
            if score is None:
                return None, 0
            score = 0 if score < 0 else cap if score > cap else score
            if grid:
                score = rounded(score, *grid)
            return score, due
        return get

    def make_section(self, part):
        scope = self.scope_of(part)
        skip = self.skipped(part, scope)
        zero = self.all_conditions(part.zero, scope) if part.zero else None
        when = self.compile(part.tree.when, scope, BOOL).get if part.tree.when else None
        parts = Sum(self, part.children, part.cap, due=part.kind == "section")
        cap, kind = part.cap, part.kind
        # What a bonus or a penalty has no cap for is as much as its criteria can come to.
        limit = cap if kind != "penalty" or part.tree.cap is not None else None
        if limit is not None:
            self.watch(lambda v: parts.of(v)[0] - limit, self.reads)

        def get(v):
            if skip and skip(v):
                return None, 0
            if when:
                # n/a counts as no.
                if when(v) is not True:
                    return 0, 0
            got, due, applies = parts.of(v)
            if not applies and kind == "section":
                return None, 0
            if limit is not None and got > limit:
                got = limit
            got += parts.extra(v)
            if zero and zero(v):
                got = 0
            return got, min(due, cap) if kind == "section" else 0
        return get

    def make_sums(self):
        if self.mixing:
            get = self.in_columns(self.sums)
            return lambda v: (0, mixed([(share, get(column)[1]) for share, column in v[MIXED]]), True)
        return Sum(self, self.top, self.header.total, counted=True).of

    def sums(self):
        return self.shared("sums", self.make_sums, ("sums",))

    def make_extras(self):
        return Sum(self, self.top, self.header.total, counted=False).extra

    def extras(self):
        return self.shared("extras", self.make_extras, ("sums",))

    def make_subtotal(self):
        if self.mixing:
            return self.mix_number(lambda: self.shared("subtotal", self.make_subtotal, NUM))
        sums, total = self.sums().get, self.header.total

        def get(v):
            got, due, applies = sums(v)
            return None if not due else divide(got * total, due)
        return get

    def make_total(self):
        step = self.header.step
        if self.mixing:
            get = self.mix_number(lambda: self.shared("limited", self.make_limited, NUM))
        else:
            get = self.shared("limited", self.make_limited, NUM).get
        if not step:
            return get
        self.watch(get, self.reads, Fraction(step[0]) / 2)
        return lambda v: None if (x := get(v)) is None else rounded(x, *step)

    def make_limited(self):
        """The total before its step."""
        return self.total_of(self.shared("subtotal", self.make_subtotal, NUM).get, self.extras().get)

    def total_of(self, subtotal, extras):
        low, high = self.header.limits
        for limit in (low, high):
            if limit is not None:
                self.watch(lambda v, limit=limit: None if (x := subtotal(v)) is None else x + extras(v) - limit, self.reads)

        def get(v):
            x = subtotal(v)
            if x is None:
                return None
            x += extras(v)
            if low is not None and x < low:
                x = low
            if high is not None and x > high:
                x = high
            return exact(x)
        return get

    # ------------------------------------------------------------ outcomes

    def make_eligible(self):
        holds = []
        for outcome in self.tree.outcomes:
            if outcome.kind in ("require", "veto"):
                get = self.outcome_condition(outcome.when)
                holds.append(get if outcome.kind == "require" else lambda v, g=get: not g(v))
        for part in self.parts:
            if part.minimum is not None:
                rate = self.part_figure(part, "rate")
                self.note(rate, part.minimum)
                holds.append(lambda v, g=rate.get, m=part.minimum: (r := g(v)) is None or r >= m)
        return lambda v: all([h(v) for h in holds])

    def make_grade(self):
        grades = self.tree.grades
        if grades.by:
            table = Table(self, grades.by, grades.rows, {}, lambda name: constant(self.rank(name), ("grade",)))
            first = table.of
        else:
            cases = [(self.outcome_condition(when) if when else None, self.rank(name)) for when, name in grades.cases]

            def first(v):
                for when, rank in cases:
                    if when is None or when(v):
                        return rank
                return None
        changes = []
        for word, value, when in grades.changes:
            changes.append((word, self.rank(value) if word.startswith("no") else value, self.outcome_condition(when)))
        best = len(self.ladder_of_grades()) - 1

        def get(v):
            grade = first(v)
            if grade is None:
                return None
            for word, value, when in changes:
                if when(v):
                    grade = min(grade, value) if word == "no higher than" else max(grade, value) if word == "no lower than" else \
                        grade - value if word == "lower" else grade + value
                    grade = clamp(grade, 0, best)
            return grade
        return get

    def ready(self):
        """Everything that is reported, compiled: name and how to get it."""
        self.mixing = self.header.final is not None and len(self.header.final) > 1
        self.results = [self.part_result(part) for part in self.parts]
        if self.header.total is not None:
            self.total = self.shared("total", self.make_total, NUM)
            self.subtotal = self.shared("subtotal", self.make_subtotal, NUM)
        else:
            self.total = self.subtotal = None
        whole, sums = self.header.out_of or self.header.total, self.total and self.sums().get
        self.not_counted = lambda v: exact(whole - sums(v)[1])
        self.grade = self.shared("grade", self.make_grade, ("grade",)) if self.tree.grades else None
        self.eligible = self.shared("eligible", self.make_eligible, BOOL)
        self.qualifications = {name: self.qualification(name) for name in self.qualified}
        self.shown = {show.name: self.memo(lambda s=show: self.compile(s.value, {})) for show in self.tree.shows}


class Kept:
    """The elements that an aggregate takes: `where`, then `highest per`, then `dropping`."""

    def __init__(self, cell, x, keep, by, highest, lowest):
        self.cell, self.x, self.keep, self.by, self.highest, self.lowest = cell, x, keep, by, highest, lowest

    def of(self, table, v):
        kept, cell = [], self.cell
        for place, row in enumerate(table, 1):
            cell[0], cell[1] = row, place
            if self.keep:
                if self.keep(v) is not True:
                    continue
            x = self.x(v) if self.x else 1
            if x is not None:
                kept.append((x, self.by(v) if self.by else None))
        if self.by:
            best = {}
            for x, group in kept:
                best.setdefault(group, []).append(x)
            kept = [(max(several), None) for several in best.values()]
        values = [x for x, _ in kept]
        if self.highest or self.lowest:
            values = sorted(values)[self.lowest:]
            values = values[:max(0, len(values) - self.highest)]
        return values


class Sum:
    """What parts come to together: sections and criteria, then bonuses and penalties."""

    def __init__(self, standard, parts, whole, counted=None, due=True):
        """`counted`: only those, True, or only these, False. In a bonus or a penalty nothing is due, and what does not apply gives nothing."""
        self.whole, self.how = whole, standard.header.skipped if due else "rescale"
        self.counted = [] if counted is False else [(standard.part_result(p).get, p.cap, p.weight) for p in parts if p.kind in ("section", "criterion")]
        self.extras = [] if counted else [(standard.part_result(p).get, 1 if p.kind == "bonus" else -1) for p in parts if p.kind in ("bonus", "penalty")]

    def of(self, v):
        got = due = 0
        applies = not self.counted
        for result, cap, weight in self.counted:
            score, its_due = result(v)
            worth = cap if weight is None else weight * self.whole
            if score is None:
                if self.how != "rescale":
                    got += worth if self.how == "full" else 0
                    due += worth
                continue
            applies = True
            if weight is None:
                got += score
                due += its_due
            else:
                got += divide(score * worth, its_due)
                due += worth
        return got, due, applies

    def extra(self, v):
        extra = 0
        for result, sign in self.extras:
            score = result(v)[0]
            if score is not None:
                extra += sign * score
        return extra


class Criterion:
    """The statements of a criterion."""

    def __init__(self, standard, part, scope):
        self.standard, self.part, self.scope, self.cap = standard, part, scope, part.cap
        statements = part.body.statements
        self.start = None
        self.earned, self.deducted = [], []
        steps = [s for s in statements if s[0] == "steps"]
        starts = [s for s in statements if s[0] == "start"]
        if starts:
            self.start = self.points(starts[0][1])
        for statement in statements:
            if statement[0] == "deduct":
                self.deducted.append(self.statement(statement[1]))
            elif statement[0] != "start":
                self.earned.append(self.statement(statement))
        if not self.earned and self.start is None:
            self.start = lambda v: self.cap
        # Its limits hold what `steps` and the start come to together.
        self.start_in_steps = bool(steps)

    def gives(self, v):
        whole = self.start(v) if self.start and not self.start_in_steps else 0
        missing = False
        for earn in self.earned:
            x = earn(v)
            if x is None:
                missing = True
            else:
                whole += x
        for deduct in self.deducted:
            x = deduct(v)
            if x is None:
                missing = True
            else:
                whole -= x
        return None if missing else exact(whole)

    def points(self, e):
        """Points: a number, a percentage of the cap, or a threshold."""
        value = self.standard.compile(e, self.scope)
        if value.percent and e[0] == "number":
            return constant(exact(value.constant * self.cap), NUM).get
        return value.get

    def value(self, e):
        return self.standard.compile(e, self.scope)

    def statement(self, s):
        return getattr(self, "do_" + s[0].replace(" ", "_"))(s)

    def do_when(self, s):
        points, when = self.points(s[1]), self.standard.compile(s[2], self.scope, BOOL).get
        return lambda v: None if (x := when(v)) is None else points(v) if x else 0

    def do_per(self, s):
        _, points_e, number, part, most = s
        points, number = self.points(points_e), self.value(number)
        limit, get, count = self.points(most) if most else None, number.get, ceil if part else floor
        if number.line:
            for k in range(0, 40):
                self.standard.note(number, k)
        else:
            self.standard.watch(number.get, number.reads, 1)

        def gives(v):
            x = get(v)
            if x is None:
                return None
            x = points(v) * max(0, count(x))
            return x if limit is None else min(x, limit(v))
        return gives

    def do_prorata(self, s):
        value, cap = self.value(s[1]), self.cap
        self.standard.note(value, 0)
        self.standard.note(value, 1)
        get = value.get
        return lambda v: None if (x := get(v)) is None else cap * clamp(x, 0, 1)

    def do_earn(self, s):
        value = self.value(s[1])
        self.standard.note(value, 0)
        self.standard.note(value, self.cap)
        if s[1][0] == "number" and s[1][3]:
            return lambda v: exact(value.constant * self.cap)
        return value.get

    def do_best(self, s):
        several = [self.statement(x) for x in s[1]]

        def gives(v):
            values = [x for x in [one(v) for one in several] if x is not None]
            return max(values) if values else None
        return gives

    def do_bands(self, s):
        value = self.value(s[1])
        bands = self.standard.ladders[s[2]].bands if isinstance(s[2], str) else s[2]
        made = [(Bound(self.standard, bound, value, self.scope) if bound else None, self.result(result)) for bound, result in bands]
        get = value.get

        def gives(v):
            x = get(v)
            if x is None:
                return None
            for bound, result in made:
                if bound is None or bound.fits(x, v):
                    return result(v)
            return None
        return gives

    def result(self, r):
        if r[0] == "value":
            if r[1][0] == "number":
                return self.points(r[1])
            return self.value(r[1]).get
        return self.statement(r)

    def do_choose(self, s):
        cases = [(self.standard.compile(when, self.scope, BOOL).get if when else None, self.result(result)) for when, result in s[1]]

        def gives(v):
            for when, result in cases:
                x = True if when is None else when(v)
                if x is None:
                    return None
                if x:
                    return result(v)
            return None
        return gives

    def do_choose_by(self, s):
        table = Table(self.standard, s[1], s[2], self.scope, lambda r: Value(self.result(r), NUM))
        return table.of

    def do_steps(self, s):
        _, value, base, above, below, up, down = s
        value, base = self.value(value), self.value(base)
        base = self.standard.to_unit(base, value.type[1] if value.type[0] == "num" else None)
        start = self.start
        up, down = up and self.points(up), down and self.points(down)
        sides = [side and (self.points(side[0]), self.standard.to_unit(self.value(side[1]), value.type[1] if value.type[0] == "num" else None)) for side in (above, below)]
        get, at = value.get, base.get
        for sign, side in zip((1, -1), sides):
            if side and side[1].constant and base.constant is not None and (value.line or value.turns):
                for k in range(0, 40):
                    self.standard.note(value, base.constant + sign * k * side[1].constant)
            elif side:
                self.standard.watch(lambda v, size=side[1].get: divide(x, size(v)) if (x := minus(get(v), at(v))) is not None else None,
                                    value.reads | base.reads | side[1].reads, 1)

        def gives(v):
            x, b = get(v), at(v)
            if x is None or b is None:
                return None
            sum_ = start(v) if start else 0
            if x > b and sides[0]:
                sum_ += sides[0][0](v) * floor(divide(x - b, sides[0][1].get(v)))
            elif x < b and sides[1]:
                sum_ -= sides[1][0](v) * floor(divide(b - x, sides[1][1].get(v)))
            if up:
                sum_ = min(sum_, up(v))
            if down:
                sum_ = max(sum_, down(v))
            return sum_
        return gives

    def do_judged(self, s):
        judged, standard = s[1], self.standard
        key = "score " + self.part.path
        low = exact(self.points(judged.low)(None)) if judged.low else 0
        high = exact(self.points(judged.high)(None)) if judged.high else self.cap
        options = [self.points(o)(None) for o in judged.options] if judged.options else None
        step = self.points(judged.step)(None) if judged.step else None
        # Each place that asks for a score has its own range; what is entered is for all of them.
        key = f"{key}#{sum(k.startswith(key + '#') for k in standard.slot_of)}"
        standard.add_slot(key, Node(name=key, judged=Node(low=low, high=high, options=options, step=step)))
        slot = standard.slot_of[key]
        standard.reads.add(slot)
        return lambda v: v[slot]


class Bound:
    """What a band or an entry of a decision table asks of a value."""

    def __init__(self, standard, bound, value, scope):
        unit = value.type[1] if value.type[0] == "num" else None

        def side(e):
            made = standard.to_unit(standard.compile(e, scope, value.type), unit)
            standard.meet(value, made)
            return made.get
        if bound[0] == "is" or bound[0] == "entry":
            self.low = self.high = side(bound[1])
            self.open_low = self.open_high = False
            self.equal = True
        else:
            self.equal = False
            self.low = side(bound[0]) if bound[0] is not None else None
            self.high = side(bound[2]) if bound[2] is not None else None
            self.open_low, self.open_high = bound[1], bound[3]

    def fits(self, x, v):
        if self.equal:
            return x == self.low(v)
        if self.low is not None:
            low = self.low(v)
            if x < low or self.open_low and x == low:
                return False
        if self.high is not None:
            high = self.high(v)
            if x > high or self.open_high and x == high:
                return False
        return True


class Table:
    """A decision table: the first row whose entries all fit."""

    def __init__(self, standard, values, rows, scope, result):
        self.values = [standard.compile(value, scope) for value in values]
        self.rows = []
        for entries, given in rows:
            fits = [self.entry(standard, e, value, scope) for e, value in zip(entries, self.values)] if entries else None
            self.rows.append((fits, result(given).get))

    def entry(self, standard, e, value, scope):
        if e[0] == "entry":
            inner = e[1]
            if inner[0] == "n/a":
                return lambda x, v: x is None
            if inner[0] == "path" and inner[1][0] in ("any", "任意") and standard.literal(inner[1][0], value.type) is None:
                return lambda x, v: True
        bound = Bound(standard, e, value, scope)
        return lambda x, v: x is not None and bound.fits(x, v)

    def of(self, v):
        values = [value.get(v) for value in self.values]
        for fits, result in self.rows:
            if fits is None or all(fit(x, v) for fit, x in zip(fits, values)):
                return result(v)
        return None


# ---------------------------------------------------------------- small things

def never(v):
    return False


def mixed(several):
    """(share, value) of each column; where one has none, the others count in their shares."""
    there = [(share, x) for share, x in several if x is not None]
    whole = sum(share for share, _ in there)
    return divide(sum(share * x for share, x in there), whole) if there else None


def mixed_parts(several):
    there = [(share, part) for share, part in several if part[0] is not None]
    return (mixed([(s, p[0]) for s, p in there]), mixed([(s, p[1]) for s, p in there])) if there else (None, 0)


def minus(x, y):
    return None if x is None or y is None else x - y


def mentions(e, *words):
    if isinstance(e, (tuple, list)):
        return any(mentions(x, *words) for x in e)
    return e in words


def join(operator, a, b):
    """The line that a sum or a multiple of lines is."""
    x, y = as_line(a), as_line(b)
    if x is None or y is None or not x.terms and not y.terms:
        return None
    if operator in "+-":
        return x.plus(y if operator == "+" else y.times(-1))
    if operator == "*":
        return x.times(b.constant) if is_number(b) else y.times(a.constant) if is_number(a) else None
    return x.times(divide(1, b.constant)) if is_number(b) and b.constant else None


def as_line(value):
    return value.line or (Line({}, value.constant) if is_number(value) else None)


def is_number(value):
    return value.constant is not None and type(value.constant) in (int, Fraction)


def folded(operator, a, b):
    if is_number(a) and is_number(b):
        if operator == "/":
            return divide(a.constant, b.constant) if b.constant else None
        return exact({"+": a.constant + b.constant, "-": a.constant - b.constant, "*": a.constant * b.constant}[operator])
    return None


def folded_values(fold, values):
    if fold == "count":
        return len(values)
    if fold == "sum":
        return exact(sum(values))
    if not values:
        return None
    if fold == "mean":
        return divide(sum(values), len(values))
    return max(values) if fold == "highest" else min(values)


def quantified(answers, some):
    """(holds `where`, holds `has`) of each element: what is n/a is left out."""
    for kept, answer in answers:
        if kept is True and answer is some:
            return some
    return not some


def compared(test):
    def make(a, b):
        def get(v):
            x, y = a(v), b(v)
            return None if x is None or y is None else test(x, y)
        return get
    return make


COMPARED = {"=": compared(lambda x, y: x == y), "!=": compared(lambda x, y: x != y), ">=": compared(lambda x, y: x >= y),
            "<=": compared(lambda x, y: x <= y), ">": compared(lambda x, y: x > y), "<": compared(lambda x, y: x < y)}
CALCULATED = {"+": compared(lambda x, y: exact(x + y)), "-": compared(lambda x, y: exact(x - y)), "*": compared(lambda x, y: exact(x * y)),
              "/": compared(divide)}
FUNCTIONS = {
    "min": min, "max": max, "floor": floor, "ceil": ceil, "abs": abs, "clamp": clamp, "length": lambda d: d,
    "round": lambda x, step: rounded(x, step, "half up"), "round_even": lambda x, step: rounded(x, step, "half even"),
    "ratio": lambda a, b, v: divide(a, b), "year": lambda d: datetime.date.fromordinal(d).year, "month": lambda d: datetime.date.fromordinal(d).month,
}
