"""Well-formed standards and facts files, drawn from one `random.Random`: texts alone, nothing is worked out here.

What a standard says of a fact's range decides which bands can be reached and how many worlds an unknown one has; so each fact carries its range along."""
import datetime
from fractions import Fraction

NUMERIC = ("count", "amount", "number")
LIMITED = (*NUMERIC, "share", "scale", "date")
TOPICS = ["Maps", "Trees", "Fire"]


def decimal(x):
    """A number as a standard writes it."""
    x = Fraction(x)
    if x.denominator == 1:
        return str(x.numerator)
    for digits in range(1, 12):
        if (x * 10**digits).denominator == 1:
            text = f"{abs(x.numerator * 10**digits // x.denominator):0{digits + 1}d}"
            return f"{'-' if x < 0 else ''}{text[:-digits]}.{text[-digits:]}"
    return f"{x.numerator} / {x.denominator}"


class Fact:
    """A fact of the standard: how it is declared, and what may be entered."""

    def __init__(self, name, kind, declared):
        self.name, self.kind, self.declared = name, kind, declared
        self.low = self.high = self.step = self.unit = None
        self.values = []                 # of a choice or a scale, of `one of`
        self.scale = None
        self.na = self.evidence = self.open = False
        self.otherwise = None
        self.size = 1                    # about how many worlds it has where it is unknown
        self.length = None
        self.element = None
        self.columns = []
        self.limits = []                 # (the fact that limits it, whether it is at most that)
        self.label = None


class Generator:
    """One standard."""

    def __init__(self, rng):
        self.rng = rng
        self.facts, self.lines, self.forms = [], [], set()
        self.scales, self.units, self.thresholds, self.conditions, self.numbers = {}, False, [], [], []
        self.judged = []                 # (path, low, high, step, options)
        self.done = []                   # parts whose figures may be read: (path, kind)
        self.qualified = []
        self.outcome = False             # whether what is written is an outcome: it may read the total
        self.counter = 0
        self.ladders = {}
        self.local = []                  # parameters of a pattern
        self.figures = {}                # what a facts file has so far: {name: [figure]}

    LIMITED = 0.3                        # of so many standards facts limit each other
    TOTAL_TO = 0.25
    GRIDS = [None, None, None, None, Fraction(1, 2), Fraction(1), Fraction(1, 4)]

    # ------------------------------------------------------------ drawing

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, several):
        return several[int(self.rng.random() * len(several))]

    def int(self, low, high):
        return low + int(self.rng.random() * (high - low + 1))

    def use(self, form):
        self.forms.add(form)

    def name(self, stem):
        self.counter += 1
        return f"{stem}{self.counter}"

    # ------------------------------------------------------------ the whole

    def write(self):
        rng = self.rng
        self.make_scales()
        self.period = self.int(2018, 2024)
        for _ in range(self.int(4, 9)):
            self.make_fact()
        if self.chance(self.LIMITED):
            self.make_limits()
        self.make_thresholds()
        self.make_definitions()
        self.grid = self.pick(self.GRIDS)
        self.skipped = self.pick([None, None, "rescale", "full", "zero"])
        self.body()
        self.make_outcomes()
        self.make_shows()
        return "\n".join(self.head() + self.declarations() + list(self.pattern_lines) + self.lines) + "\n"

    def head(self):
        lines = [f'standard s "S" {{', f"  period {self.period}" if self.chance(0.7) else f"  period {self.period}-03-01 to {self.period + 1}-02-28"]
        if self.total is not None:
            text = f"  total {decimal(self.total)}"
            if self.total_of:
                self.use("total of")
                text += f" of {decimal(self.total_of)}"
            if self.chance(self.TOTAL_TO):
                self.use("total to")
                text += f" to {self.pick(['1', '0.1', '0.5', '2', '0.01'])} {self.pick(['half up', 'half even', 'up', 'down'])}"
            if self.chance(0.15):
                self.use("total at least")
                text += f" at least {self.pick(['0', '1', decimal(self.total / 10)])}"
            if self.chance(0.15):
                self.use("total at most")
                text += f" at most {decimal(self.total * self.pick([1, Fraction(4, 5), Fraction(11, 10)]))}"
            lines.append(text)
            if self.grid:
                self.use("scores to")
                lines.append(f"  scores to {decimal(self.grid)} {self.pick(['half up', 'half even', 'up', 'down'])}")
            if self.skipped:
                self.use("skipped " + self.skipped)
                lines.append(f"  skipped {self.skipped}")
            if self.chance(0.05):
                self.use("better lower")
                lines.append("  better lower")
        self.columns = []
        if self.total is not None and self.chance(0.25):
            self.columns = ["own", "second", "third"][:self.int(2, 3)]
            self.use("columns")
            lines.append("  columns " + ", ".join(self.columns))
            how = self.rng.random()
            if how < 0.3:
                self.use("final column")
                lines.append(f"  final {self.pick(self.columns)}")
            elif how < 0.7:
                self.use("final mix")
                shares = [30, 70] if len(self.columns) == 2 else [20, 30, 50]
                lines.append("  final " + " + ".join(f"{s}% {c}" for s, c in zip(shares, self.columns)))
        return lines + ["}"]

    def declarations(self):
        lines = []
        for scale, values in self.scales.items():
            lines.append(f"scale {scale} {{ {' < '.join(values)} }}")
        if self.units:
            self.use("unit")
            lines.append("unit 万元 = 10_000 元")
        cut = self.int(1, len(self.facts))
        for several in (self.facts[:cut], self.facts[cut:]):
            if several:
                lines.append('facts "F" {')
                lines += [f"  {fact.name} {fact.label or ''} : {fact.declared}" for fact in several]
                lines.append("}")
        return lines + self.thresholds + self.definitions + [f"ladder {n} {{ {' '.join(bands)} }}" for n, (_, bands) in self.ladders.items()]

    # ------------------------------------------------------------ facts

    def make_scales(self):
        if self.chance(0.6):
            self.scales["quality"] = ["poor", "fair", "good"]
        if self.chance(0.3):
            self.scales["stars"] = ["one_star", "two_stars", "three_stars", "four_stars"]

    def make_fact(self, kind=None):
        kinds = ["yesno"] * 4 + ["count"] * 5 + ["amount"] * 2 + ["number"] * 3 + ["share"] * 3 + ["date", "date", "months", "choice", "choice", "text", "list",
                                                                                                 "list", "table", "table", "document"]
        if self.scales:
            kinds += ["scale"] * 3
        kind = kind or self.pick(kinds)
        self.use(kind)
        fact = getattr(self, "fact_" + kind)(self.name("f"))
        if self.chance(0.12) and kind not in ("table", "list"):
            self.use("or n/a")
            if not fact.na:
                fact.na = True
                fact.declared += self.pick([", or n/a", " or n/a"])
        if self.chance(0.1) and kind in ("yesno", "count", "amount", "number", "choice", "scale", "date"):
            self.use("otherwise")
            # In a standard a unit touches its number.
            fact.otherwise = self.entered(fact, plain=True).replace(" 元", "元").replace(" 万元", "万元")
            fact.declared += f" otherwise {fact.otherwise}"
        if self.chance(0.08):
            self.use("evidence required")
            fact.evidence = True
            fact.declared += ", evidence required"
        if self.chance(0.3):
            fact.label = f'"Label of {fact.name}"'
        fact.size += fact.na
        self.facts.append(fact)
        return fact

    def fact_yesno(self, name):
        fact = Fact(name, "yesno", "yesno")
        fact.size = 2
        return fact

    def limits(self, fact, low, high, step):
        """Declares the range in one of the ways there are."""
        fact.low, fact.high, fact.step = low, high, step
        if self.chance(0.8) or fact.kind == "number":
            text = f" within {decimal(low)}..{decimal(high)}"
        else:
            text = f"{self.comma()}at most {decimal(high)}" + (f" at least {decimal(low)}" if low else "")
        fact.declared += text
        fact.size = int((high - low) / step) + 1 if step else 10

    def comma(self):
        """Between qualifiers; in a table a comma would end the column."""
        return " " if self.inside else self.pick([" ", ", "])

    inside = False

    def fact_count(self, name):
        fact = Fact(name, "count", "count")
        if self.chance(0.2):
            fact.unit = self.pick(["people", "件"])
            fact.declared += f"({fact.unit})"
        how = self.rng.random()
        if how < 0.15:
            self.use("one of (numbers)")
            fact.values = sorted({self.int(0, 12) for _ in range(4)})
            fact.low, fact.high, fact.step = fact.values[0], fact.values[-1], 1
            fact.declared += " one of " + ", ".join(map(str, fact.values))
            fact.size = len(fact.values)
        elif how < 0.35:
            self.use("count without end")
            fact.low, fact.high, fact.step, fact.open, fact.size = 0, None, 1, True, 20
        elif how < 0.45:
            self.use("in steps of")
            self.limits(fact, self.int(0, 2), self.int(10, 30), 1)
            fact.step = self.int(2, 4)
            fact.declared += f"{self.comma()}in steps of {fact.step}"
            fact.size = (fact.high - fact.low) // fact.step + 1
        else:
            self.limits(fact, self.pick([0, 0, 0, 1]), self.int(3, 14), 1)
        return fact

    def fact_amount(self, name):
        fact = Fact(name, "amount", "amount")
        if self.chance(0.3):
            fact.unit = self.pick(["元", "万元"])
            self.units = True
            fact.declared += f"({fact.unit})"
        if self.chance(0.3):
            fact.low, fact.high, fact.open, fact.size = 0, None, True, 12
        else:
            self.limits(fact, 0, self.int(4, 20), None)
        return fact

    def fact_number(self, name):
        fact = Fact(name, "number", "number")
        low = self.int(-6, 2)
        if self.chance(0.4):
            self.use("in steps of")
            self.limits(fact, low, low + self.int(3, 8), None)
            fact.step = self.pick([Fraction(1, 2), Fraction(1), Fraction(1, 4)])
            fact.declared += f" in steps of {decimal(fact.step)}"
            fact.size = int((fact.high - fact.low) / fact.step) + 1
        else:
            self.limits(fact, low, low + self.int(3, 14), None)
        return fact

    def fact_share(self, name):
        fact = Fact(name, "share", "share")
        fact.low, fact.high, fact.size = 0, 1, 10
        fact.none = self.pick(["counts", "na"])
        if fact.none == "counts":
            self.use("none counts as")
            fact.declared += f", none counts as {self.pick(['100%', '0%', '50%'])}"
        else:
            self.use("none is n/a")
            fact.na = True
            fact.declared += ", none is n/a"
        return fact

    def fact_date(self, name):
        fact = Fact(name, "date", "date")
        year = self.int(2008, 2020)
        fact.low, fact.high = datetime.date(year, self.int(1, 12), self.int(1, 28)), datetime.date(year + self.int(1, 4), self.int(1, 12), self.int(1, 28))
        fact.declared += f" within {fact.low}..{fact.high}"
        fact.size = 30
        return fact

    def fact_months(self, name):
        fact = Fact(name, "months", "months")
        fact.size = 13
        return fact

    def fact_choice(self, name):
        fact = Fact(name, "choice", "")
        fact.values = ["red", "green", "blue", "white"][:self.int(2, 4)]
        fact.declared = "choice { " + ", ".join(f'{v} "The {v}"' if self.chance(0.3) else v for v in fact.values) + " }"
        fact.size = len(fact.values)
        return fact

    def fact_scale(self, name):
        scale = self.pick(list(self.scales))
        fact = Fact(name, "scale", scale)
        fact.scale, fact.values = scale, self.scales[scale]
        fact.size = len(fact.values)
        return fact

    def fact_text(self, name):
        fact = Fact(name, "text", "text")
        fact.size = 10**6
        return fact

    def fact_document(self, name):
        fact = Fact(name, "document", "document")
        if self.chance(0.5):
            fact.high = self.int(5, 20) * 100
            fact.declared += f" at most {fact.high} characters"
        fact.size = 12
        return fact

    def fact_list(self, name):
        kinds = ["yesno", "count", "number"] + (["scale"] * 2 if self.scales else [])
        self.inside = True
        element = getattr(self, "fact_" + self.pick(kinds))(name)
        while element.open or element.unit:
            element = self.fact_number(name)
        self.inside = False
        fact = Fact(name, "list", f"list of {element.declared}")
        fact.element = element
        if self.chance(0.6):
            fact.length = (n := self.int(2, 4), n)
            self.use("exactly")
            fact.declared += f", exactly {n}"
            fact.size = element.size ** n
        else:
            # The ends of a range stand with its elements: how many there are is said in words that they leave free.
            fact.length = (1, 5)
            fact.declared += ", at least 1" if " within " in element.declared or not element.step else ""
            fact.size = 10**6
            if "at least" not in fact.declared.replace(element.declared, ""):
                fact.length = (0, 5)
        return fact

    def fact_table(self, name):
        fact = Fact(name, "table", "")
        self.inside = True
        made = [self.fact_date(name), self.fact_text(name), self.fact_count(name), self.fact_yesno(name), self.fact_number(name)]
        if self.scales:
            made.append(self.fact_scale(name))
        columns = []
        for column, stem in zip(made, ("held", "topic", "guests", "fine", "mark", "level")):
            if stem != "topic" and self.chance(0.25):
                continue
            while column.unit or column.open:
                column = self.fact_count(name)
            column.name = f"{stem}_{name}"
            if stem in ("guests", "fine", "level") and self.chance(0.1):
                column.na = True
                column.declared += " or n/a"
                column.size += 1
            columns.append(column)
        fact.columns = columns
        self.inside = False
        fact.declared = "table { " + ", ".join(f"{c.name} : {c.declared}" for c in columns) + " }"
        if self.chance(0.15) and any(c.kind == "date" for c in columns):
            self.use("key")
            fact.key = next(c.name for c in columns if c.kind == "date")
            fact.declared += f", key {fact.key}"
        if self.chance(0.15):
            self.use("exactly rows")
            fact.length = (3, 3)
            fact.declared += ", exactly 3 rows"
        fact.size = 10**6
        return fact

    # ------------------------------------------------------------ limits between facts

    def make_limits(self):
        """Facts that are at most, or at least, other ones."""
        for _ in range(self.int(1, 3)):
            self.make_fact(self.pick(["count", "count", "number", "number", "amount", "share", "date"]))
        for _ in range(self.int(3, 9)):
            fact = self.pick(self.facts)
            cells = [c for c in fact.columns if c.kind in NUMERIC or c.kind in ("scale", "date")]
            held = self.pick(cells) if cells else fact
            others = [f for f in self.facts if f is not held and self.measures_alike(held, f)]
            if others:
                self.limit(held, self.pick(others), self.chance(0.6))

    def measures_alike(self, a, b):
        if a.kind in NUMERIC:
            return b.kind in NUMERIC and (a.unit == b.unit or {a.unit, b.unit} == {"元", "万元"})
        return a.kind == b.kind and a.kind in ("share", "scale", "date") and a.scale == b.scale

    def limit(self, fact, other, upper):
        word = "at most" if upper else "at least"
        low, high = (fact.low, other.high) if upper else (other.low, fact.high)
        if word in fact.declared or None not in (low, high) and fact.unit == other.unit and low > high:
            return
        # Facts that are at most each other are but one.
        if self.is_below(other, fact) if upper else self.is_below(fact, other):
            return
        self.use(f"{word} another fact" + (" (cells)" if fact not in self.facts else ""))
        fact.limits.append((other, upper))
        # In a table a comma would end the column; behind legal values it would be one more.
        fact.declared += f" {word} {other.name}"

    def is_below(self, low, high):
        """Whether limits say that one fact is at most another."""
        above = [other for other, upper in low.limits if upper] + [f for f in self.facts if (low, False) in f.limits]
        return low is high or any(self.is_below(one, high) for one in above)

    def figure(self, text, fact):
        """What a value entered comes to beside others; None: nothing."""
        if text in ("n/a", "unknown", "0 of 0", ""):
            return None
        if fact.kind == "scale":
            return fact.values.index(text)
        if fact.kind == "date":
            return datetime.date.fromisoformat(text).toordinal()
        if fact.kind == "share":
            part, _, whole = text.replace(" of ", "/").partition("/")
            return Fraction(part) / Fraction(whole) if whole else Fraction(part.rstrip("%")) / 100
        number, _, unit = text.partition(" ")
        return Fraction(number) * (10_000 if (unit or fact.unit) == "万元" else 1)

    def within_limits(self, entered):
        """Whether the figures entered, {name: [figure]}, are at most and at least what the limits say."""
        for fact in [*self.facts, *(c for f in self.facts for c in f.columns)]:
            for other, upper in fact.limits:
                for x in entered.get(fact.name, ()):
                    for y in entered.get(other.name, ()):
                        if x is not None and y is not None and (x > y if upper else x < y):
                            return False
        return True

    # ------------------------------------------------------------ thresholds, definitions

    def make_thresholds(self):
        self.thresholds, self.threshold_names, self.point_names = [], [], []
        if self.chance(0.4):
            self.use("threshold")
            self.thresholds.append(f"threshold floor_ = {self.pick(['3', '2.5', '5', '1'])}")
            self.threshold_names.append("floor_")
            self.point_names.append("floor_")
        if self.chance(0.2):
            self.use("threshold with dates")
            self.thresholds.append(f"threshold dated_ {{ from 2015-01-01 : {self.int(1, 3)} from {self.period}-06-01 : {self.int(2, 5)} from {self.period + 3}-01-01 : 9 }}")
            self.threshold_names.append("dated_")
        self.unset = self.chance(0.1)
        if self.unset:
            self.use("threshold not set")
            self.thresholds.append("threshold unset_")

    def make_definitions(self):
        self.definitions = []
        for _ in range(self.int(0, 3)):
            name = self.name("d")
            if self.chance(0.5):
                self.use("define")
                self.definitions.append(f"define {name} = {self.condition(2)}")
                self.conditions.append(name)
            else:
                self.use("define")
                self.definitions.append(f"define {name} = {self.number(2)}")
                self.numbers.append(name)
        if self.chance(0.25):
            self.use("define with parameters")
            self.definitions.append("define scaled(x : number, y : number) = " + self.pick(["x * 2 - y", "if x > y then x else y", "max(x, y) / 2", "x - y"]))
            self.numbers_made = True
        else:
            self.numbers_made = False

    # ------------------------------------------------------------ conditions

    def facts_of(self, *kinds):
        return [f for f in self.facts if f.kind in kinds]

    def constant_for(self, fact):
        """A figure about where the fact's values are."""
        if fact.kind == "share":
            return self.pick(["50%", "95%", "80%", "0.25", "33.3%", "0"])
        low, high = fact.low, fact.high if fact.high is not None else 30
        if fact.kind == "count":
            return str(self.int(low, high))
        grid = self.pick([1, 2, 4, 10])
        return decimal(low + Fraction(self.int(0, int((high - low) * grid)), grid))

    def compare_sign(self):
        return self.pick([">=", ">=", "<", ">", "<=", "=", "is not", "at least", "at most", "above", "below", "more than", "less than", "is", "!="])

    def condition(self, depth=2):
        how = self.rng.random()
        if depth <= 0 or how < 0.5:
            return self.atom()
        if how < 0.58:
            return f"not {self.bracketed(depth - 1)}"
        if how < 0.76:
            self.use("and")
            return f"{self.bracketed(depth - 1)} and {self.bracketed(depth - 1)}"
        if how < 0.9:
            self.use("or")
            return f"{self.bracketed(depth - 1)} or {self.bracketed(depth - 1)}"
        kind = self.pick(["all of", "any of", "at least 2 of"])
        self.use(kind.replace("2", "N"))
        return f"{kind} {{ " + ", ".join(self.bracketed(0) for _ in range(3)) + " }"

    def bracketed(self, depth):
        text = self.condition(depth)
        return text if text.replace("_", "").isalnum() else f"({text})"

    def atom(self):
        options = [self.about_fact] * 8
        if self.conditions:
            options += [lambda: self.pick(self.conditions)]
        if self.outcome:
            options += [self.about_outcome] * 4
        if self.done:
            options += [self.about_part]
        if self.local:
            options += [lambda: self.pick([self.local[0], f"{self.local[1]} >= {self.int(1, 4)}"])] * 6
        return self.pick(options)()

    def about_fact(self, fact=None):
        fact = fact or self.pick(self.facts)
        if fact.na and self.chance(0.1):
            self.use("is n/a")
            return f"{fact.name} is n/a"
        if self.chance(0.03) and fact.kind not in ("table", "list"):
            self.use("is known")
            return f"{fact.name} is known"
        return getattr(self, "about_" + fact.kind)(fact)

    def about_yesno(self, fact):
        return self.pick([fact.name, fact.name, f"{fact.name} = yes", f"{fact.name} is no", f"{fact.name} is not yes"])

    def about_count(self, fact):
        how = self.rng.random()
        if how < 0.15:
            self.use("is one of")
            return f"{fact.name} is one of [{', '.join(str(self.int(fact.low, fact.high or 9)) for _ in range(2))}]"
        if how < 0.25 and fact.unit is None and self.threshold_names:
            return f"{fact.name} {self.compare_sign()} {self.pick(self.threshold_names)}"
        if how < 0.35 and fact.unit is None:
            return f"{self.number(1)} {self.compare_sign()} {self.int(0, 9)}"
        if how < 0.45 and fact.unit is None:
            return f"{fact.name} * {self.int(2, 3)} {self.pick('+-')} {self.int(1, 5)} {self.compare_sign()} {self.int(2, 30)}"
        return f"{fact.name} {self.compare_sign()} {self.constant_for(fact)}"

    about_number = about_count

    def about_amount(self, fact):
        if fact.unit and self.chance(0.3):
            self.use("unit on a constant")
            return f"{fact.name} {self.compare_sign()} {self.pick(['3万元', '20000元', '0.5万元', '120000元'])}"
        others = [f for f in self.facts if f.unit and f is not fact and f.kind == "amount"]
        if fact.unit and others and self.chance(0.4):
            self.use("units compared")
            return f"{fact.name} {self.pick(['>=', '<', '>'])} {self.pick(others).name}"
        return f"{fact.name} {self.compare_sign()} {self.constant_for(fact)}"

    def about_share(self, fact):
        return f"{fact.name} {self.pick(['>=', '<', '>', '<=', 'at least', 'below'])} {self.constant_for(fact)}"

    def about_date(self, fact):
        how = self.rng.random()
        if how < 0.35:
            self.use("years from")
            unit, n = self.pick([("years", self.int(1, 12)), ("months", self.int(5, 150)), ("days", self.int(50, 4000))])
            self.use(unit + " from")
            a, b = (fact.name, self.pick(["period_end", "period_start", "today", f"{self.period}-05-31"]))
            if self.chance(0.2):
                a, b, n = b, a, -n
            return f"{unit} from {a} to {b} {self.compare_sign()} {n}"
        if how < 0.5:
            self.use("date + span")
            return f"{fact.name} {self.pick('+-')} {self.pick(['1 year', '6 months', '30 days', '2 years', '1 month'])} {self.pick(['>=', '<', '>', '<='])} {self.day_in(fact)}"
        if how < 0.6:
            self.use("year(), month()")
            return self.pick([f"year({fact.name}) >= {fact.low.year + 1}", f"month({fact.name}) <= {self.int(1, 11)}"])
        return f"{fact.name} {self.pick(['>=', '<', '>', '<=', '=', 'is not'])} {self.day_in(fact)}"

    def day_in(self, fact):
        days = (fact.high - fact.low).days
        return str(fact.low + datetime.timedelta(days=self.int(0, days)))

    def about_months(self, fact):
        return f"months({fact.name}) {self.compare_sign()} {self.int(1, 11)}"

    def about_choice(self, fact):
        if self.chance(0.3):
            self.use("is one of")
            return f"{fact.name} is one of [{', '.join(fact.values[:2])}]"
        return f"{fact.name} {self.pick(['=', 'is', 'is not', '!='])} {self.pick(fact.values)}"

    def about_scale(self, fact):
        return f"{fact.name} {self.compare_sign()} {self.pick(fact.values)}"

    def about_text(self, fact):
        return f'{fact.name} {self.pick(["=", "is not"])} "{self.pick(TOPICS)}"'

    def about_document(self, fact):
        self.use("length")
        return f"length({fact.name}) {self.pick(['<=', '>=', '<'])} {self.int(1, 15) * 100}"

    def about_element(self, element, name):
        """A condition on one element of a list, or one column."""
        if element.kind == "yesno":
            return self.pick([name, f"{name} = yes", f"not {name}", f"{name} = no"])
        if element.kind == "text":
            return f'{name} {self.pick(["=", "is not"])} "{self.pick(TOPICS)}"'
        if element.kind == "scale":
            return f"{name} {self.compare_sign()} {self.pick(element.values)}"
        if element.kind == "date":
            return f"{name} {self.pick(['>=', '<'])} {self.day_in(element)}"
        return f"{name} {self.compare_sign()} {self.constant_for(element)}"

    def about_list(self, fact):
        how = self.rng.random()
        if how < 0.5:
            word = self.pick(["every", "some"])
            self.use(word)
            test = self.about_element(fact.element, "e")
            if fact.element.kind != "yesno" and self.chance(0.5):
                return f"{word} e in {fact.name} {test[2:]}"
            where = ""
            if self.chance(0.3):
                self.use("every where")
                where = f" where {self.about_element(fact.element, 'e')}"
            return f"{word} e in {fact.name}{where} has {test}"
        self.use("count where")
        return f"(count of e in {fact.name} where {self.about_element(fact.element, 'e')}) {self.compare_sign()} {self.int(0, 3)}"

    def about_table(self, fact):
        column = self.pick(fact.columns)
        if self.chance(0.4):
            word = self.pick(["every", "some"])
            self.use(word)
            where = ""
            if self.chance(0.3):
                self.use("every where")
                other = self.pick(fact.columns)
                where = f" where {self.about_element(other, other.name)}"
            return f"{word} t in {fact.name}{where} has {self.about_element(column, column.name)}"
        if self.chance(0.5):
            self.use("count where")
            return f"(count of {fact.name} where {self.about_element(column, column.name)}) {self.compare_sign()} {self.int(0, 3)}"
        return f"({self.table_number(fact)}) {self.compare_sign()} {self.int(0, 12)}"

    def about_outcome(self):
        options = []
        if self.total is not None:
            share = Fraction(self.int(2, 10), 10)
            options += [lambda: f"total {self.pick(['>=', '<', '>', '<=', 'at least'])} {decimal(self.total * share)}",
                        lambda: f"subtotal >= {decimal(self.total * share)}"]
            options += [self.about_parts] * 2
        if self.qualified:
            options += [lambda: f"qualifies {self.pick(self.qualified)}"]
        if self.unset:
            options += [lambda: "total >= unset_" if self.total is not None else "unset_ >= 5"]
        if self.may_ask_eligible:
            options += [lambda: "eligible"]
        return self.pick(options)() if options else self.about_fact()

    def about_parts(self):
        self.use("over parts")
        kind = self.pick(["section", "criterion"])
        if kind == "section" and not self.has_sections:
            kind = "criterion"
        test = self.pick(["score >= 2", "rate >= 50%", "rate < 75%", "score = 0", "cap > 3"])
        how = self.rng.random()
        if how < 0.5:
            return f"{self.pick(['every', 'some'])} {kind} has {test}"
        if how < 0.6:
            return f"(count of {kind} where skipped) {self.compare_sign()} 1"
        if how < 0.8:
            return f"(count of {kind} where {test}) >= {self.int(1, 3)}"
        what, least = self.pick([("score", "1"), ("score", "3"), ("rate", "50%"), ("rate", "0.75")])
        return f"({self.pick(['mean', 'highest', 'lowest'])} of {what} in {kind}) >= {least}"

    def about_part(self):
        path = self.pick(self.done)
        self.use("reads a part")
        return self.pick([f"{path}.score >= {self.int(1, 5)}", f"{path}.rate >= 50%", f"{path}.rate < {self.pick(['100%', '80%'])}", f"{path}.skipped",
                          f"not {path}.skipped"])

    # ------------------------------------------------------------ numbers

    def number(self, depth=2):
        """A plain number, in brackets where it needs them."""
        how = self.rng.random()
        if depth <= 0 or how < 0.4:
            return self.simple_number()
        if how < 0.55:
            return f"({self.number(depth - 1)} {self.pick('+-')} {self.number(depth - 1)})"
        if how < 0.65:
            return f"{self.number(0)} {self.pick(['*', '*', '/'])} {self.pick(['2', '3', '4', '0.5'])}"
        if how < 0.75:
            self.use("if")
            return f"(if {self.condition(1)} then {self.number(0)} else {self.number(0)})"
        if how < 0.95:
            function = self.pick(["min", "max", "floor", "ceil", "round", "abs", "round_even", "clamp", "ratio"])
            self.use(function)
            inner = self.number(depth - 1)
            if function in ("min", "max"):
                return f"{function}({inner}, {self.int(1, 9)})"
            if function in ("round", "round_even"):
                return f"{function}({inner}, {self.pick(['1', '0.5', '2'])})"
            if function == "clamp":
                return f"clamp({inner}, {self.int(-2, 1)}, {self.int(2, 8)})"
            if function == "ratio":
                below = [f for f in self.facts if f.kind == "count" and f.unit is None and not f.open]
                if not below:
                    return inner
                return f"ratio({inner}, {self.pick(below).name}, {self.int(0, 3)})"
            return f"{function}({inner})"
        return str(self.int(1, 9))

    def simple_number(self):
        options = [f for f in self.facts if f.kind in NUMERIC and f.unit is None or f.kind in ("list", "table", "months")]
        if self.local and self.chance(0.6):
            return self.local[1]
        if self.numbers and self.chance(0.15):
            return self.pick(self.numbers)
        if self.numbers_made and self.chance(0.1):
            return f"scaled({self.int(1, 5)}, {self.number(0)})"
        if self.done and self.chance(0.05):
            self.use("reads a part")
            return f"{self.pick(self.done)}.score"
        if not options:
            return str(self.int(1, 9))
        fact = self.pick(options)
        if fact.kind == "months":
            self.use("months()")
            return f"months({fact.name})"
        if fact.kind == "list":
            return f"({self.list_number(fact)})"
        if fact.kind == "table":
            return f"({self.table_number(fact)})"
        return fact.name

    numbers_made = False
    pattern_lines = ()

    def fold(self):
        fold = self.pick(["sum", "mean", "highest", "lowest"])
        self.use(f"{fold} of")
        return fold

    def dropping(self):
        if self.chance(0.15):
            self.use("dropping")
            return " dropping " + self.pick(["1 highest 1 lowest", "0 highest 1 lowest", "1 highest 0 lowest", "0 highest 2 lowest"])
        return ""

    def list_number(self, fact):
        if fact.element.kind not in NUMERIC:
            self.use("count where")
            return f"count of e in {fact.name} where {self.about_element(fact.element, 'e')}"
        if self.chance(0.1):
            return f"count of {fact.name}"
        where = f" where {self.about_element(fact.element, 'e')}" if self.chance(0.3) else ""
        what = "e" if self.chance(0.7) else self.pick(["(it * position)", "(it + 1)", "(2 * it)"])
        if what != "e":
            where = where.replace(" e ", " it ")
        return f"{self.fold()} of {what} in {fact.name}{self.dropping()}{where}"

    def table_number(self, fact):
        columns = [c for c in fact.columns if c.kind in NUMERIC]
        if not columns or self.chance(0.2):
            if self.chance(0.5):
                return f"count of {fact.name}"
            column = self.pick(fact.columns)
            self.use("count where")
            return f"count of {fact.name} where {self.about_element(column, column.name)}"
        column = self.pick(columns)
        what = column.name if self.chance(0.8) else f"({column.name} * 2)"
        per = where = ""
        if self.chance(0.25):
            self.use("highest per")
            per = f", highest per {next(c.name for c in fact.columns if c.kind == 'text')}"
        drop = self.dropping()
        if self.chance(0.4):
            self.use("where")
            other = self.pick(fact.columns)
            where = f" where {self.about_element(other, other.name)}"
        return f"{self.fold()} of {what} in {fact.name}{per}{drop}{where}"

    # ------------------------------------------------------------ parts

    def body(self):
        self.has_sections = False
        self.may_ask_eligible = False
        if self.chance(0.05):
            self.use("without points")
            self.total = self.total_of = None
            return
        weighted = self.chance(0.15)
        self.pattern = None
        if self.chance(0.15):
            self.make_pattern()
        parts = []
        sum_ = Fraction(0)
        weights = self.weights(n := self.int(2, 3)) if weighted else [None] * (n := self.int(1, 4))
        for weight in weights:
            cap = self.part("", 0, weight, section=weighted)
            sum_ += cap
        if weighted:
            self.use("weight")
            self.total, self.total_of = Fraction(self.pick([100, 10, 60])), None
        else:
            self.total, self.total_of = sum_, None
            if self.chance(0.15):
                self.total, self.total_of = Fraction(self.pick([10, 100, 30])), sum_
        for _ in range(self.pick([0, 0, 0, 1, 2])):
            self.extra("", 0)

    def weights(self, n):
        return {2: [40, 60], 3: [25, 30, 45]}[n]

    def part(self, prefix, depth, weight=None, section=False):
        """Writes a section or a criterion; its cap."""
        if section or depth < 2 and self.chance(0.45 if depth == 0 else 0.2):
            if self.pattern and not weight and self.chance(0.5):
                return self.like(prefix, depth)
            return self.section(prefix, depth, weight)
        return self.criterion(prefix, depth)

    def line(self, depth, text):
        self.lines.append("  " * depth + text)

    def section(self, prefix, depth, weight):
        name = self.name("s")
        path = f"{prefix}{name}"
        if depth == 0:
            self.has_sections = True
        else:
            self.use("nested section")
        at = len(self.lines)
        inner = weight is None and depth == 0 and self.chance(0.1)
        offered, caps = Fraction(0), []
        before = list(self.done)
        weights = self.weights(2) if inner else [None] * self.int(1, 3)
        for w in weights:
            caps.append(self.part(path + ".", depth + 1, w, section=inner))
        offered = sum(caps)
        cap, of = offered, ""
        if inner:
            cap = Fraction(self.pick([10, 20]))
            self.use("weight inside")
        elif len(caps) > 1 and self.chance(0.2):
            self.use("more on offer")
            cap, of = max(caps), f" of {decimal(offered)}"
            if cap == offered:
                of = ""
        inside = self.done[len(before):]
        self.done = before
        if self.chance(0.12):
            self.extra(path + ".", depth + 1)
        if self.chance(0.1):
            self.use("zero when (section)")
            self.line(depth + 1, f"zero when {self.condition(1)}")
        if self.chance(0.12):
            self.use("skip when (section)")
            self.line(depth + 1, f"skip when {self.condition(1)}")
        minimum = ""
        if self.chance(0.12):
            self.use("minimum")
            if self.chance(0.5):
                minimum = f" minimum {self.pick([30, 50, 60])}%"
            else:
                self.line(depth + 1, f"minimum {self.pick([30, 50, 60])}%")
        head = f"section {name} cap {decimal(cap)}{of}" + (f" weight {weight}%" if weight else "") + minimum + " {"
        self.lines.insert(at, "  " * depth + head)
        self.line(depth, "}")
        self.done += inside
        self.done.append(path)
        return cap

    def make_pattern(self):
        """A pattern with two criteria, written once and used where sections may stand."""
        self.use("pattern")
        kept, self.lines, self.done = self.lines, [], []
        self.local = ["on", "much"]
        caps = [self.criterion("", 1, plain=True) for _ in range(2)]
        self.local = []
        body, self.lines, self.done = self.lines, kept, []
        self.pattern = ("room", sum(caps), ["pattern room(on : yesno, much : number) {"] + body + ["}"])

    def like(self, prefix, depth):
        name = self.name("s")
        self.use("like")
        if depth == 0:
            self.has_sections = True
        self.line(depth, f"section {name} cap {decimal(self.pattern[1])} like room({self.condition(1)}, {self.number(1)})")
        if self.pattern[2]:
            self.pattern_lines = self.pattern[2]
            self.pattern = (*self.pattern[:2], [])
        self.done.append(f"{prefix}{name}")
        return self.pattern[1]

    def extra(self, prefix, depth):
        kind = self.pick(["bonus", "penalty"])
        self.use(kind + (" inside" if depth else ""))
        name = self.name("x")
        at = len(self.lines)
        before = list(self.done)
        caps = [self.criterion(f"{prefix}{name}.", depth + 1) for _ in range(self.int(1, 2))]
        self.done = before
        cap = ""
        if kind == "bonus" or self.chance(0.5):
            cap = f" cap {decimal(self.pick([sum(caps), max(caps)]))}"
        when = ""
        if self.chance(0.3):
            self.use(kind + " when")
            when = f" when {self.condition(1)}"
        self.lines.insert(at, "  " * depth + f"{kind} {name}{cap}{when} {{")
        self.line(depth, "}")

    def criterion(self, prefix, depth, plain=False):
        name = self.name("c")
        path = f"{prefix}{name}"
        cap = Fraction(self.pick([2, 3, 4, 5, 6, 8, 10]))
        self.cap, self.path, self.plain = cap, path, plain
        statements = []
        how = self.rng.random()
        if how < 0.12:
            statements = self.deductions()
        elif how < 0.2:
            statements = self.steps()
        elif how < 0.28 and not plain:
            statements = [self.judged_statement(0, cap, whole=True)]
        elif how < 0.36:
            self.use("start at")
            statements = [f"start at {self.points(cap / 2)}"] + self.deductions()
        else:
            for _ in range(self.pick([1, 1, 2, 3])):
                statements.append(self.earning())
            if self.chance(0.12):
                statements += self.deductions()[:1]
        if self.chance(0.1):
            self.use("zero when")
            statements.append(f"zero when {self.condition(1)}")
        if self.chance(0.1):
            self.use("skip when")
            statements.append(f"skip when {self.condition(1)}")
        self.rng.shuffle(statements)
        if len(statements) == 1:
            self.line(depth, f"criterion {name} cap {decimal(cap)} {{ {statements[0]} }}")
        else:
            self.line(depth, f"criterion {name} cap {decimal(cap)} {{")
            for statement in statements:
                self.line(depth + 1, statement)
            self.line(depth, "}")
        if not plain:
            self.done.append(path)
        return cap

    def points(self, about=None, deducted=False):
        """Points, at most the cap."""
        how = self.rng.random()
        if how < 0.15:
            self.use("percent of the cap")
            return f"{self.pick([10, 20, 50, 25, 100, 40])}%"
        if deducted and how < 0.3 and self.point_names and self.cap >= 5:
            self.use("threshold as points")
            return self.pick(self.point_names)
        return decimal(self.pick([x for x in (Fraction(1), Fraction(2), Fraction(1, 2), self.cap / 2, self.cap, Fraction(3)) if x <= self.cap]))

    def label(self):
        return ' "a label"' if self.chance(0.15) else ""

    def earning(self, inside=False):
        how = self.rng.random()
        if how < 0.12:
            self.use("full when")
            return f"full when {self.condition()}{self.label()}"
        if how < 0.32:
            self.use("P when")
            return f"{self.points()}{self.pick(['', '', ' points'])} when {self.condition()}{self.label()}".replace("% points", "%").replace("_ points", "_")
        if how < 0.44:
            return self.per()
        if how < 0.52:
            self.use("prorata")
            shares = self.facts_of("share")
            if shares and self.chance(0.6):
                return f"prorata {self.pick(shares).name}{self.label()}"
            numbers = [f for f in self.facts if f.kind in ("count", "number") and f.high is not None]
            if not numbers:
                return f"full when {self.condition()}"
            fact = self.pick(numbers)
            top = max(1, int(fact.high))
            return f"prorata {fact.name} / {top}{' ' + fact.unit if False else ''}" if fact.unit is None else f"full when {fact.name} >= {top}"
        if how < 0.62:
            self.use("earn")
            return f"earn {self.number()}"
        if how < 0.76:
            return self.bands()
        if how < 0.85:
            return self.choose()
        if how < 0.92:
            return self.choose_by()
        if inside:
            return f"full when {self.condition()}"
        self.use("best of")
        cap = self.cap
        several = [self.earning(inside=True) for _ in range(self.int(2, 3))]
        self.cap = cap
        return "best of { " + "\n    ".join(several) + " }"

    def per(self, deduct=False):
        self.use("P per")
        part = ""
        if self.chance(0.3):
            self.use("or part")
            part = " or part"
        most = ""
        if self.chance(0.4):
            self.use("up to")
            most = f" up to {self.points()}"
        counts = [f for f in self.facts if f.kind == "count"]
        what = self.pick(counts).name if counts and self.chance(0.5) else self.number(1)
        if self.chance(0.3):
            what += f" / {self.int(2, 4)}"
        return f"{self.points(deducted=deduct)} per {what}{part}{most}{self.label()}"

    def deductions(self):
        several = []
        for _ in range(self.int(1, 2)):
            self.use("deduct")
            several.append("deduct " + (self.per(deduct=True) if self.chance(0.4) else f"{self.points(deducted=True)} when {self.condition(1)}{self.label()}"))
        return several

    def steps(self):
        self.use("steps")
        numbers = [f for f in self.facts if f.kind in ("count", "number", "amount") and f.unit is None]
        fact = self.pick(numbers).name if numbers else str(self.int(1, 9))
        sides = []
        if self.chance(0.8):
            sides.append(f"{self.points()} per {self.pick(['1', '2', '0.5', '3'])} above")
        if not sides or self.chance(0.6):
            sides.append(f"{self.points()} per {self.pick(['1', '2', '0.5'])} below")
        text = f"steps {fact} from {self.pick(['2', '3', '5', '2.5'])} {{ {'  '.join(sides)} }}"
        if self.chance(0.4):
            text += f" up to {self.pick([decimal(self.cap), '80%'])}"
        if self.chance(0.4):
            text += f" down to {self.pick(['0', '1', '10%'])}"
        statements = [text]
        if self.chance(0.6):
            statements.append(f"start at {self.points()}")
        return statements

    def on_grid(self, x):
        return not self.grid or (Fraction(x) / self.grid).denominator == 1

    def judged_statement(self, low, high, whole=False):
        """`judged` in one of its ways, for the criterion at hand."""
        if any(path == self.path for path, *_ in self.judged):
            return None
        self.use("judged")
        how = self.rng.random()
        high = int(high)
        if how < 0.3 and whole:
            self.judged.append((self.path, Fraction(0), Fraction(high), self.grid or Fraction(1, 2), None))
            return "judged"
        if whole and how < 0.5:
            options = sorted({0, int(high), self.int(0, high)})
            self.judged.append((self.path, Fraction(0), Fraction(high), None, options))
            return f"judged one of {', '.join(map(str, options))}"
        step = self.grid or self.pick([Fraction(1, 2), Fraction(1)])
        self.judged.append((self.path, Fraction(low), Fraction(high), step, None))
        return f"judged from {low} to {high} in steps of {decimal(step)}"

    def result(self, deep=True):
        how = self.rng.random()
        if how < 0.06 and deep and not self.plain:
            made = self.judged_statement(0, self.cap)
            if made:
                self.use("judged result")
                return made
        if how < 0.12 and deep and self.facts_of("count", "number", "amount", "share", "date", "scale"):
            self.use("bands as a result")
            return self.bands(deep=False)
        if how < 0.2:
            self.use("percent of the cap")
            return f"{self.pick([0, 30, 50, 100])}%"
        if how < 0.35:
            self.use("expression as a result")
            return self.number(1)
        return decimal(self.pick([0, 0, 1, self.cap, self.cap / 2, 2]))

    def bands(self, deep=True):
        self.use("bands")
        options = [f for f in self.facts if f.kind in ("count", "number", "amount", "share", "date", "scale")]
        if not options:
            return f"full when {self.condition()}"
        fact = self.pick(options)
        if fact.kind == "scale":
            self.use("bands of a scale")
            lines = [f"is {fact.values[-1]} : {self.result(deep)}"]
            if len(fact.values) > 2:
                lines.append(self.pick(["is", "at least"]) + f" {fact.values[-2]} : {self.result(deep)}")
        elif fact.kind == "date":
            self.use("bands of a date")
            middle = fact.low + (fact.high - fact.low) / 2
            lines = [f"{self.pick(['above', 'at least'])} {middle} : {self.result(deep)}"]
        else:
            lines = self.numeric_bands(fact, deep)
        lines.append(f"otherwise : {self.result(deep)}")
        value = fact.name
        if deep and fact.kind in ("count", "number") and fact.unit is None and self.chance(0.2) and all("judged" not in x and "bands" not in x for x in lines):
            name = f"ladder{len(self.ladders)}"
            self.use("ladder")
            self.ladders[name] = (fact, lines)
            return f"bands {fact.name} by {name}"
        return f"bands {value} {{ {'  '.join(lines)} }}"

    def cuts(self, fact, n):
        """Falling figures inside the range, each of which leaves values on both sides."""
        if fact.kind == "share":
            return ["95%", "80%", "50%"][:n]
        low, high = fact.low, fact.high if fact.high is not None else 24
        if fact.values:
            inner = fact.values[1:]
        elif fact.step:
            inner = [low + fact.step * k for k in range(1, int((high - low) / fact.step) + 1)]
        else:
            inner = [low + Fraction(high - low) * k / 8 for k in range(1, 8)]
        n = min(n, len(inner))
        chosen = sorted(self.rng.sample(list(inner), n), reverse=True)
        return [decimal(x) for x in chosen]

    def numeric_bands(self, fact, deep):
        cuts = self.cuts(fact, self.int(1, 3))
        lines = []
        previous = None
        for cut in cuts:
            how = self.rng.random()
            if previous is not None and how < 0.4:
                lines.append(f"from {cut} to below {previous} : {self.result(deep)}")
                self.use("from A to below B")
            else:
                lines.append(f"at least {cut} : {self.result(deep)}")
            previous = cut
        return lines

    def choose(self):
        self.use("choose")
        lines = [f"when {self.condition(1)} : {self.result()}" for _ in range(self.int(1, 3))]
        lines.append(f"otherwise : {self.result()}")
        return "choose { " + "\n    ".join(lines) + " }"

    def choose_by(self):
        options = [f for f in self.facts if f.kind in ("yesno", "choice", "scale", "count")]
        if not options:
            return self.choose()
        self.use("choose by")
        several = self.rng.sample(options, min(len(options), self.int(1, 2)))
        rows, seen = [], set()
        for _ in range(self.int(1, 3)):
            row = ", ".join(self.entry(fact) for fact in several)
            if row not in seen and not all(x == "any" for x in row.split(", ")):
                seen.add(row)
                rows.append(f"{row} : {self.result()}")
        last = "otherwise" if self.chance(0.6) else ", ".join("any" for _ in several)
        rows.append(f"{last} : {self.result()}")
        return f"choose by {', '.join(f.name for f in several)} {{ " + "\n    ".join(rows) + " }"

    def entry(self, fact):
        if self.chance(0.2):
            return "any"
        if fact.na and self.chance(0.2):
            return "n/a"
        if fact.kind == "yesno":
            return self.pick(["yes", "no"])
        if fact.kind == "choice":
            return self.pick(fact.values)
        if fact.kind == "scale":
            return self.pick([self.pick(fact.values), f"at least {self.pick(fact.values[1:])}"])
        cuts = self.cuts(fact, 1)
        return f"at least {cuts[0]}" if cuts and self.chance(0.7) else f"is {fact.low}" if fact.low is not None else "any"

    # ------------------------------------------------------------ outcomes

    def make_outcomes(self):
        self.outcome = True
        for _ in range(self.pick([0, 0, 1, 2])):
            kind = self.pick(["require", "veto"])
            self.use(kind)
            self.lines.append(f"{kind} {self.name('r')} when {self.condition(1)}")
        self.may_ask_eligible = True
        for _ in range(self.pick([0, 1, 1, 2])):
            self.use("qualifies")
            name = self.name("q")
            self.lines.append(f"qualifies {name} when {self.condition()}")
            self.qualified.append(name)
        how = self.rng.random()
        if how < 0.45:
            self.grades()
        elif how < 0.6:
            self.grades_by()

    def grades(self):
        self.use("grades")
        names = ["A", "B", "C", "D"][:self.int(2, 4)]
        if self.chance(0.2):
            names[1] = '"B+"'
        lines = []
        mark = Fraction(9, 10)
        for name in names[:-1]:
            if self.total is not None and self.chance(0.6):
                lines.append(f"  {name} when total >= {decimal(self.total * mark)}")
                mark -= Fraction(2, 10)
            else:
                lines.append(f"  {name} when {self.condition(1)}")
        if self.chance(0.75):
            lines.append(f"  otherwise {names[-1]}")
        else:
            self.use("grades without otherwise")
            lines.append(f"  {names[-1]} when {self.condition(1)}")
        self.grade_names = names
        self.lines += ["grades {"] + lines + self.notches(names) + ["}"]
        self.asks_grade = True

    def notches(self, names):
        lines = []
        for _ in range(self.pick([0, 0, 1, 2, 3])):
            word = self.pick(["no higher than", "no lower than", "lower", "raise"])
            self.use(word)
            value = self.pick(names) if word.startswith("no") else str(self.int(1, 2))
            lines.append(f"  {word} {value} when {self.condition(1)}{self.label()}")
        return lines

    asks_grade = False

    def grades_by(self):
        options = [f for f in self.facts if f.kind in ("yesno", "choice", "scale", "count")]
        if not options:
            return self.grades()
        self.use("grades by")
        several = self.rng.sample(options, min(len(options), self.int(1, 2)))
        names, rows, seen = ["A", "B", "C"], [], set()
        for name in names[:2]:
            row = ", ".join(self.entry(fact) for fact in several)
            if row not in seen and not all(x == "any" for x in row.split(", ")):
                seen.add(row)
                rows.append(f"  {row} : {name}")
        rows.append(f"  otherwise : {names[2]}")
        self.grade_names = [r.split(" : ")[1] for r in rows]
        self.lines += [f"grades by {', '.join(f.name for f in several)} {{"] + rows + self.notches(self.grade_names) + ["}"]
        self.asks_grade = True

    def make_shows(self):
        for _ in range(self.int(1, 3)):
            self.use("show")
            how = self.rng.random()
            if how < 0.4:
                text = self.condition()
            elif how < 0.5 and self.asks_grade:
                text = self.pick([f"grade >= {self.grade_names[0]}", "grade", f"if grade = {self.grade_names[-1]} then 1 else 2"])
                self.use("reads the grade")
            elif how < 0.6 and self.facts_of("date", "choice", "scale", "share"):
                text = self.pick(self.facts_of("date", "choice", "scale", "share")).name
            elif how < 0.7 and self.total is not None:
                text = self.pick(["total - subtotal", "total * 2", "subtotal", "min(total, 5)"])
            else:
                text = self.number()
            self.lines.append(f"show {self.name('v')} = {text}")

    # ------------------------------------------------------------ facts files

    def entered(self, fact, plain=False):
        """A value as a facts file has it, for the most part one that the limits between facts allow."""
        for _ in range(20):
            value = self.any_value(fact, plain)
            if fact.kind in LIMITED:
                self.figures[fact.name] = [self.figure(value, fact)]
            if self.within_limits(self.figures) or self.chance(0.01):
                break
        return value

    def any_value(self, fact, plain):
        if fact.na and not plain and self.chance(0.15):
            if fact.kind == "share" and self.chance(0.5) and fact.none == "na":
                return "0 of 0"
            return "n/a"
        return getattr(self, "enter_" + fact.kind)(fact)

    def enter_yesno(self, fact):
        return self.pick(["yes", "no"])

    def enter_count(self, fact):
        if fact.values:
            return str(self.pick(fact.values))
        high = fact.high if fact.high is not None else self.pick([4, 12, 40])
        return decimal(fact.low + fact.step * self.int(0, int((high - fact.low) / fact.step)))

    def enter_number(self, fact):
        step = fact.step or self.pick([1, Fraction(1, 2), Fraction(1, 10)])
        high = fact.high if fact.high is not None else self.pick([5, 30])
        return decimal(fact.low + step * self.int(0, int((high - fact.low) / step)))

    def enter_amount(self, fact):
        text = self.enter_number(fact)
        if fact.unit and self.chance(0.5):
            other = self.pick(["元", "万元"])
            if other == fact.unit or fact.high is None:
                return f"{text} {other}"
        return text

    def enter_share(self, fact):
        whole = self.int(1, 12)
        part = self.int(0, whole)
        return self.pick([f"{part} of {whole}", f"{part}/{whole}", f"{self.int(0, 1000) / 10}%", "0 of 0"])

    def enter_date(self, fact):
        return self.day_in(fact)

    def enter_months(self, fact):
        a = self.int(1, 12)
        b = self.int(a, 12)
        return self.pick([f"{a}..{b}", f"{min(a, 3)}, {self.int(5, 12)}"]) if a < b else f"1..{b}" if b > 1 else "1, 2"

    def enter_choice(self, fact):
        value = self.pick(fact.values)
        return f'"The {value}"' if f'"The {value}"' in fact.declared and self.chance(0.5) else value

    def enter_scale(self, fact):
        return self.pick(fact.values)

    def enter_text(self, fact):
        return self.pick(TOPICS)

    def enter_document(self, fact):
        return f'document "f.pdf" {self.int(1, (fact.high or 2000) // 100) * 100} characters'

    def enter_list(self, fact):
        low, high = fact.length
        n = self.int(low, high)
        if low == high and self.chance(0.2):
            self.use("list except")
            return f"{self.entered(fact.element)} except {self.int(1, n)} {self.entered(fact.element)}"
        return "[" + ", ".join(self.entered(fact.element) for _ in range(n)) + "]"

    def enter_table(self, fact, hole=False):
        low, high = fact.length or (0, 4)
        n = self.int(low, high)
        if n == 0:
            return "none"
        rows, days, figures = [], set(), {}
        holes = {(self.int(0, n - 1), self.int(0, len(fact.columns) - 1))} if hole else ()
        for r in range(n):
            cells = []
            for c, column in enumerate(fact.columns):
                value = self.entered(column)
                while column.name == getattr(fact, "key", None) and value in days:
                    value = self.entered(column)
                days.add(value)
                figures.setdefault(column.name, []).extend(self.figures.pop(column.name, ()))
                if (r, c) in holes and column.size <= 30 and column.name != getattr(fact, "key", None):
                    value = self.pick(["", "unknown"])
                    self.worlds *= column.size
                cells.append(f'"{value}"' if column.kind == "text" else value)
            rows.append("  | " + " | ".join(cells) + " |")
        self.figures.update(figures)
        return "table {\n  | " + " | ".join(c.name for c in fact.columns) + " |\n" + "\n".join(rows) + "\n}"

    def unit(self, number, most=60):
        """A facts file; `most`: about how many worlds it may have."""
        self.figures = {}
        lines = [f'unit u{number} "Unit"']
        if self.chance(0.1):
            self.use("period of the facts")
            lines.append(f"period {self.period + self.int(-1, 1)}")
        if self.chance(0.2):
            self.use("as of")
            lines.append(f"as of {self.period}-{self.int(1, 12):02d}-11")
        unknown = self.pick([0, 0, 0, 0, 1, 1, 2, 2, 3])
        if any(f.limits for f in self.facts):
            # Of facts that limit each other only some worlds go together.
            most, unknown = self.pick([60, 60, 200]), self.pick([0, 0, 1, 2, 2, 3, 3])
        entries = [(fact, None) for fact in self.facts] + [(None, judged) for judged in self.judged]
        self.rng.shuffle(entries)
        if self.chance(0.5):
            # What comes first is unknown first.
            entries.sort(key=lambda e: not (e[0] and (e[0].limits or any(e[0] is other for f in self.facts for other, _ in f.limits))))
        self.worlds = 12 if self.unset else 1
        for fact, judged in entries:
            size = fact.size if fact else len(judged[4]) if judged[4] else int((judged[2] - judged[1]) / judged[3]) + 1
            if unknown and self.worlds * size <= most:
                unknown -= 1
                self.worlds *= size
                self.use("unknown")
                if self.chance(0.5):
                    if fact and self.chance(0.5):
                        lines.append(f"{fact.name} = unknown")
                    if fact and fact.otherwise:
                        lines = lines if lines[-1].startswith(f"{fact.name} =") else lines + [f"{fact.name} = unknown"]
                    continue
                if fact and fact.otherwise is None or judged:
                    continue
                lines.append(f"{fact.name} = unknown")
                continue
            if fact and fact.otherwise and self.chance(0.3):
                continue
            lines.append(self.line_of(fact, judged, unknown))
        for at in range(len(self.columns) - 1):
            if self.chance(0.7):
                self.use("review")
                changed = self.rng.sample(entries, min(len(entries), self.int(1, 3)))
                lines.append(f'review by "R" on {self.period}-12-{at + 1:02d} {{')
                lines += [self.line_of(f, j, 0) for f, j in changed if not (f and f.evidence and False)]
                lines.append("}")
            else:
                break
        return "\n".join(lines) + "\n"

    def line_of(self, fact, judged, unknown):
        if judged:
            path, low, high, step, options = judged
            value = self.pick(options) if options else low + step * self.int(0, int((high - low) / step))
            return f"score {path} = {decimal(value)}"
        if fact.kind == "table":
            value = self.enter_table(fact, hole=bool(unknown) and self.chance(0.5))
        elif fact.kind == "list" and unknown and self.chance(0.3) and fact.element.size * self.worlds < 100 and fact.length[0]:
            self.use("unknown element")
            self.worlds *= fact.element.size
            n = self.int(max(1, fact.length[0]), fact.length[1])
            values = [self.entered(fact.element) for _ in range(n)]
            values[self.int(0, n - 1)] = "unknown"
            value = f"[{', '.join(values)}]"
        else:
            value = self.entered(fact)
        if fact.evidence and self.worlds * fact.size > 60:
            # Without evidence it would be one more unknown.
            return f'{fact.name} = {value} evidence "e.pdf"'
        if fact.evidence and self.chance(0.7):
            return f'{fact.name} = {value} evidence "e.pdf"'
        if fact.evidence:
            self.worlds *= fact.size
        return f"{fact.name} = {value}"
