"""Small standards of all kinds, generated: a few facts, each with few values, criteria that read them in many ways, outcomes, and goals to ask about.

Nothing is worked out here: what a standard comes to, the program says. All that is drawn comes from one `random.Random`."""
import itertools
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

ORDERED, UNORDERED, MONTHS = "ordered", "unordered", "months"
NA = "n/a"


@dataclass
class Fact:
    """A fact, or the score of a judged criterion: what it may be, in order, as it is entered."""
    name: str
    declared: str              # behind the `:`; of a score the name of its criterion
    values: list               # as entered; n/a stands last
    at: list                   # where each lies: numbers, or what tells it from the others
    kind: str = ORDERED
    moves: str = ""            # settled, can only grow, can only fall
    otherwise: int = None      # the value that is assumed
    evidence: bool = False
    score: bool = False
    limited: bool = False      # by another fact
    open_ended: bool = False   # it may be more than `values` says: it is always given
    conditions: list = field(default_factory=list)
    numbers: list = field(default_factory=list)
    bands: list = field(default_factory=list)    # (value, bounds from the highest on, in order)

    def declaration(self):
        assumed = f" otherwise {self.values[self.otherwise]}" if self.otherwise is not None else ""
        proof = ", evidence required" if self.evidence else ""
        return f"  {self.name} : {self.declared}{assumed}{proof}{', ' + self.moves if self.moves else ''}"

    def key(self):
        return f"score {self.declared}" if self.score else self.name

    def option(self):
        return self.declared if self.score else self.name

    def has_na(self):
        return self.at[-1] == NA


# ---------------------------------------------------------------- facts

def yesno(rng, name):
    return Fact(name, "yesno", ["no", "yes"], [0, 1], conditions=[name, name, f"not {name}", f"{name} = no"], numbers=[f"(if {name} then 2 else 0)"])


def count(rng, name):
    most = rng.randint(1, 4)
    middle = rng.randint(1, most)
    return Fact(name, f"count within 0..{most}", [str(i) for i in range(most + 1)], list(range(most + 1)),
                conditions=[f"{name} >= {middle}", f"{name} < {middle}", f"{name} = {middle}", f"{name} is not {middle}", f"{name} > 0"],
                numbers=[name, name, f"max({name}, {middle})", f"abs({name} - {middle})", f"({most} - {name})", f"{name} / {middle + 1}"],
                bands=[(name, [f"at least {most}", f"at least {middle}"] if middle < most else [f"at least {most}"])])


def share(rng, name):
    whole = rng.randint(1, 5)
    at = [Fraction(i, whole) for i in range(whole + 1)]
    edge = rng.choice(["50%", "40%", "66%", "80%", "25%"])
    return Fact(name, "share", [f"{i} of {whole}" for i in range(whole + 1)], at, open_ended=True,
                conditions=[f"{name} >= {edge}", f"{name} < {edge}", f"{name} > {edge}"], numbers=[name, f"(1 - {name})", f"3 * {name}", f"max({name}, {edge})"],
                bands=[(name, ["at least 75%", "from 25% to below 75%"])])


def share_of_values(rng, name):
    values = rng.choice([["0%", "50%", "100%"], ["0%", "25%", "50%", "100%"]])
    return Fact(name, f"share one of {', '.join(values)}", values, [Fraction(v[:-1]) / 100 for v in values],
                conditions=[f"{name} >= 50%", f"{name} < 100%"], numbers=[name, f"2 * {name}"], bands=[(name, ["at least 100%", "at least 50%"])])


def scale(rng, name):
    edge = rng.choice(["fair", "good"])
    return Fact(name, "quality", ["poor", "fair", "good"], [0, 1, 2],
                conditions=[f"{name} >= {edge}", f"{name} = fair", f"{name} is one of [poor, {edge}]", f"{name} below {edge}"],
                numbers=[f"(if {name} = good then 3 else if {name} = fair then 1 else 0)"], bands=[(name, ["is good", "is fair"])])


def choice(rng, name):
    values = ["red", "green", "blue"][: rng.randint(2, 3)]
    one = rng.choice(values)
    return Fact(name, f"choice {{ {', '.join(values)} }}", list(values), list(values), kind=UNORDERED,
                conditions=[f"{name} = {one}", f"{name} is not {one}", f"{name} is one of [{', '.join(values[:2])}]"],
                numbers=[f"(if {name} = {one} then 2 else 1)"])


def text(rng, name):
    return Fact(name, "text", ["Lin", "Wu", "somebody"], ["Lin", "Wu", None], kind=UNORDERED,
                conditions=[f'{name} = "Lin"', f'{name} is not "Wu"', f'{name} is one of ["Lin", "Wu"]'], numbers=[f'(if {name} = "Lin" then 1 else 0)'])


def date(rng, name):
    days = [f"2024-03-0{i}" for i in range(1, rng.randint(2, 5) + 1)]
    edge = rng.choice(days)
    return Fact(name, f"date within {days[0]}..{days[-1]}", days, list(range(len(days))),
                conditions=[f"{name} >= {edge}", f"{name} < {edge}", f"(days from {edge} to {name}) >= 1", f"{name} + 1 day > {edge}"],
                numbers=[f"(if {name} >= {edge} then 1 else 0)"], bands=[(name, [f"at least {days[-1]}"])])


def amount(rng, name):
    if rng.random() < 0.5:
        values, narrowed = ["0", "0.5", "1", "1.5", "2"], "within 0..2, in steps of 0.5"
    else:
        values, narrowed = ["0.5", "1", "4"], "one of 0.5, 1, 4"
    return Fact(name, f"amount {narrowed}", values, [Fraction(v) for v in values],
                conditions=[f"{name} >= 1", f"{name} > 1", f"{name} is not 0.5"], numbers=[name, f"2 * {name}", f"floor({name})", f"min({name}, 1)"],
                bands=[(name, ["at least 1.5", "at least 1"])])


def number(rng, name):
    return Fact(name, "number within -1..1, in steps of 0.5", ["-1", "-0.5", "0", "0.5", "1"], [Fraction(i, 2) for i in range(-2, 3)],
                conditions=[f"{name} >= 0", f"{name} < 0.5", f"{name} * {name} >= 1", f"{name} = 0"], numbers=[f"abs({name})", name, f"max({name}, 0)", f"{name} * {name}"],
                bands=[(name, ["above 0", "at least 0"])])


def months(rng, name):
    least, most, words = rng.choice([(0, 2, "at most 2"), (10, 12, "at least 10"), (0, 12, "")])
    edge = max(1, (least + most) // 2)
    return Fact(name, f"months {words}".strip(), ["[" + ", ".join(str(m + 1) for m in range(n)) + "]" for n in range(least, most + 1)],
                list(range(least, most + 1)), kind=MONTHS,
                conditions=[f"months({name}) >= {edge}", f"months({name}) = {edge + 1}", f"months({name}) < {edge}"], numbers=[f"months({name}) / {edge}"])


def document(rng, name):
    most = rng.randint(1, 3)
    return Fact(name, f"document at most {most} characters", [f'document "{name}.pdf" {i} characters' for i in range(most + 1)], list(range(most + 1)),
                conditions=[f"length({name}) >= 1", f"length({name}) < {most}", f"length({name}) = 1"], numbers=[f"min(length({name}), 2)"])


KINDS = [yesno, yesno, yesno, count, count, share, share_of_values, scale, choice, text, date, amount, number, months, document]


def with_na(rng, fact):
    if fact.declared.startswith(("document", "months", "text")) or fact.open_ended:
        return fact
    fact.declared += " or n/a"
    fact.values.append("n/a")
    fact.at.append(NA)
    fact.conditions.append(f"{fact.name} is n/a")
    return fact


def make_fact(rng, name):
    fact = rng.choice(KINDS)(rng, name)
    if rng.random() < 0.12:
        with_na(rng, fact)
    free = ["settled"] if fact.kind == UNORDERED else ["settled", "can only grow", "can only fall"]
    if rng.random() < 0.2:
        fact.moves = rng.choice(free)
    if rng.random() < 0.1:
        fact.evidence = not fact.open_ended
    elif rng.random() < 0.07 and not fact.open_ended and not fact.declared.startswith("document") and fact.kind != UNORDERED:
        fact.otherwise = rng.randrange(len(fact.values) - fact.has_na())
    return fact


def make_facts(rng, most):
    facts, product = [], 1
    for i in range(rng.randint(2, 7)):
        fact = make_fact(rng, f"f{i}")
        if product * len(fact.values) > most:
            continue
        product *= len(fact.values)
        facts.append(fact)
    counts = [f for f in facts if f.declared.startswith("count") and not f.has_na()]
    if len(counts) >= 2 and rng.random() < 0.4:
        counts[1].declared += f", {rng.choice(['at most', 'at least'])} {counts[0].name}"
        counts[1].limited = True
    return facts


# ---------------------------------------------------------------- conditions and numbers

@dataclass
class Pool:
    """What may be read."""
    rng: object
    facts: list

    def plain(self):
        fact = self.rng.choice(self.facts)
        return self.rng.choice(fact.conditions)

    def condition(self, depth=0):
        kind = self.rng.random()
        if depth >= 2 or kind < 0.5:
            return self.plain()
        some = [self.condition(depth + 1) for _ in range(self.rng.randint(2, 3))]
        if kind < 0.64:
            return "(" + " and ".join(some) + ")"
        if kind < 0.78:
            return "(" + " or ".join(some) + ")"
        if kind < 0.83:
            return f"not {some[0]}"
        if kind < 0.86:
            return f"{self.number()} >= {self.number()}"
        how = self.rng.choice(["all of", "any of", f"at least {self.rng.randint(1, len(some))} of"])
        return f"{how} {{ {', '.join(some)} }}"

    def number(self, depth=0):
        fact = self.rng.choice(self.facts)
        kind = self.rng.random()
        if depth >= 1 or kind < 0.6:
            return self.rng.choice(fact.numbers)
        one, other = self.number(1), self.number(1)
        return self.rng.choice([f"min({one}, {other})", f"max({one}, {other})", f"({one} + {other})", f"({one} - {other})", f"({one} * {other})",
                                f"floor({one})", f"ratio({one}, {other}, 1)", f"clamp({one}, 0, 2)", f"round({one}, 1)",
                                f"(if {self.plain()} then {one} else {other})", f"{one} / (1 + {other})" if self.rng.random() < 0.3 else one])

    def banded(self):
        able = [f for f in self.facts if f.bands]
        return self.rng.choice(able) if able else None


# ---------------------------------------------------------------- criteria

def full(pool, cap):
    return f"full when {pool.condition()}"


def several(pool, cap):
    parts = pool.rng.randint(2, 3)
    return " ".join(f"{pool.rng.choice([1, 1, 2, '0.5', '50%'])} when {pool.condition(1)}" for _ in range(parts))


def prorata(pool, cap):
    return f"prorata {pool.number()} / {pool.rng.choice([1, 2, 4])}"


def earn(pool, cap):
    return f"earn {pool.number()}"


def per(pool, cap):
    part = pool.rng.choice(["", "", " or part"])
    limit = pool.rng.choice(["", f" up to {max(1, cap - 1)}"])
    return f"{pool.rng.choice([1, 1, 2])} per {pool.number()}{part}{limit}"


def bands(pool, cap):
    fact = pool.banded()
    if fact is None:
        return full(pool, cap)
    value, bounds = pool.rng.choice(fact.bands)
    points = sorted(pool.rng.sample(range(cap + 1), min(len(bounds), cap + 1)), reverse=pool.rng.random() < 0.8)
    rows = [f"{bound} : {points[i % len(points)]}" for i, bound in enumerate(bounds)]
    return f"bands {value} {{ {'  '.join(rows)}  otherwise : {pool.rng.choice([0, 0, 1])} }}"


def deduct(pool, cap):
    start = pool.rng.choice(["", f"start at {max(1, cap - 1)} "])
    one = f"deduct {pool.rng.choice([1, 2, '50%'])} when {pool.condition(1)}"
    other = f"deduct 1 per {pool.number()} up to {cap}"
    return start + pool.rng.choice([one, other, f"{one} {other}"])


def choose(pool, cap):
    cases = "  ".join(f"when {pool.condition(1)} : {pool.rng.choice([cap, 1, 0, '50%', f'{pool.number()}'])}" for _ in range(pool.rng.randint(1, 2)))
    return f"choose {{ {cases}  otherwise : {pool.rng.choice([0, 1, cap])} }}"


def best(pool, cap):
    return f"best of {{ {several(pool, cap)} {per(pool, cap)} }}"


def steps(pool, cap):
    return (f"start at {cap // 2} steps {pool.number()} from {pool.rng.choice([1, 2])} {{ 1 per {pool.rng.choice(['0.5', '1'])} above  1 per 1 below }}"
            f" up to {cap} down to {pool.rng.choice([0, 1])}")


CRITERIA = [full, full, full, several, several, prorata, earn, per, per, bands, bands, bands, deduct, choose, best, steps]


def statements(pool, cap, judged):
    if judged and pool.rng.random() < 0.5:
        return f"choose {{ when {pool.condition(1)} : {judged}  otherwise : {pool.rng.choice([0, 1])} }}"
    body = judged or pool.rng.choice(CRITERIA)(pool, cap)
    if pool.rng.random() < 0.12:
        body += f" zero when {pool.condition(1)}"
    if pool.rng.random() < 0.12:
        body += f" skip when {pool.condition(1)}"
    return body


@dataclass
class Part:
    path: str
    cap: int


@dataclass
class Standard:
    facts: list              # facts, then judged scores
    lines: list
    parts: list              # sections and criteria
    total: int
    grades: list
    qualifies: list
    columns: str = ""

    def text(self, shows=()):
        more = [f"show {name} = {goal}" for name, goal in shows]
        return "\n".join([*self.lines, *more]) + "\n"


class Maker:
    def __init__(self, rng, most):
        self.rng = rng
        facts = make_facts(rng, most)
        self.pool = Pool(rng, facts)
        self.facts, self.scores, self.parts = list(facts), [], []
        self.room = most // max(1, size_of(facts))

    def criterion(self, name, section, cap, indent=""):
        path = f"{section}.{name}" if section else name
        judged = self.judged(path, cap) if self.rng.random() < 0.12 else None
        self.parts.append(Part(path, cap))
        return f"{indent}criterion {name} cap {cap} {{ {statements(self.pool, cap, judged)} }}"

    def judged(self, path, cap):
        at = [i for i in range(cap + 1)]
        words = f"judged from 0 to {cap} in steps of 1"
        if cap >= 2 and self.rng.random() < 0.4:
            at, words = [0, 2, cap] if cap > 2 else [0, 2], f"judged one of {'0, 2' if cap == 2 else f'0, 2, {cap}'}"
        if len(at) > self.room:
            return None
        self.room //= len(at)
        self.scores.append(Fact(path.replace(".", "_"), path, [str(i) for i in at], at, score=True))
        return words

    def section(self, name, cap):
        caps = split(self.rng, cap, self.rng.randint(1, 3))
        offered = cap
        if self.rng.random() < 0.15:
            caps.append(self.rng.randint(1, 2))
            offered = sum(caps)
        minimum = f" minimum {self.rng.choice([25, 50, 60])}%" if self.rng.random() < 0.2 else ""
        head = f"section {name} cap {cap}{f' of {offered}' if offered != cap else ''}{minimum} {{"
        place = len(self.parts)
        inside = [self.criterion(f"c{i}", name, c, "  ") for i, c in enumerate(caps)]
        self.parts.insert(place, Part(name, cap))
        for word in ("zero", "skip"):
            if self.rng.random() < 0.05:
                inside.append(f"  {word} when {self.pool.condition(1)}")
        return "\n".join([head, *inside, "}"])

    def extra(self):
        lines = []
        if self.rng.random() < 0.2:
            when = f" when {self.pool.condition(1)}" if self.rng.random() < 0.4 else ""
            lines.append(f"bonus more cap 2{when} {{ criterion b cap 2 {{ {statements(self.pool, 2, None)} }} }}")
        if self.rng.random() < 0.2:
            lines.append(f"penalty less {{ criterion l cap 3 {{ {self.rng.choice([full, per, several])(self.pool, 3)} }} }}")
        return lines


def size_of(facts):
    size = 1
    for fact in facts:
        size *= len(fact.values)
    return size


def split(rng, cap, count):
    """`cap` in so many whole parts of at least 1."""
    cuts = sorted(rng.sample(range(1, cap), min(count, cap) - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, cap])]


def grade_lines(rng, pool, total):
    if rng.random() < 0.35:
        return [], []
    edges = sorted(rng.sample(range(1, total + 1), min(total, rng.randint(1, 3))), reverse=True)
    names = ["A", "B", "C"][: len(edges)]
    rows = [f"  {name} when total >= {edge}{' and ' + pool.plain() if rng.random() < 0.25 else ''}" for name, edge in zip(names, edges)]
    names.append("D")
    rows.append("  otherwise D")
    middle = rng.choice(names)
    notches = [f"  no higher than {middle} when {pool.condition(1)}", f"  no lower than {middle} when {pool.condition(1)}",
               f"  lower 1 when {pool.condition(1)}", f"  raise 1 when {pool.condition(1)}"]
    rows += rng.sample(notches, rng.choice([0, 0, 1, 2]))
    return ["grades {", *rows, "}"], names


def outcome_lines(rng, pool, total, names):
    lines, named = [], []
    if rng.random() < 0.35:
        lines.append(f'require r "Required" when {rng.choice([pool.condition(1), f"total >= {total // 2}"])}')
    if rng.random() < 0.2:
        lines.append(f'veto v "Vetoed" when {pool.condition(1)}')
    if rng.random() < 0.4:
        of = [f"total >= {max(1, total - 2)} and {pool.condition(1)}", f"eligible and {pool.condition(1)}", pool.condition()]
        of += [f"grade >= {names[-2]} and eligible"] if names else []
        lines.append(f"qualifies q when {rng.choice(of)}")
        named.append("q")
    return lines, named


def make_standard(rng, most):
    maker = Maker(rng, most)
    count = rng.randint(1, 4)
    total = rng.randint(max(3, count), 10)
    weights = count == 2 and rng.random() < 0.15
    body = []
    for i, cap in enumerate(split(rng, total, count)):
        if weights:
            body.append(maker.section(f"s{i}", cap).replace(" {", f" weight {[60, 40][i]}% {{", 1))
        elif rng.random() < 0.5:
            body.append(maker.section(f"s{i}", cap))
        else:
            body.append(maker.criterion(f"k{i}", "", cap))
    body += maker.extra()
    grades, names = grade_lines(rng, maker.pool, total)
    outcomes, named = outcome_lines(rng, maker.pool, total, names)
    columns = rng.choice([""] * 8 + ["columns self, review", "columns self, review final 50% self + 50% review"])
    heads = [f"total {total}", "period 2024", rng.choice([""] * 6 + ["scores to 0.5 half up", "scores to 1 down", "scores to 0.5 half even"]),
             rng.choice([""] * 4 + ["skipped rescale", "skipped full", "skipped zero"]), rng.choice([""] * 8 + ["better lower"]), columns]
    if rng.random() < 0.15:
        heads[0] += f" to {rng.choice(['1 half up', '0.5 down', '1 up'])}{rng.choice(['', f' at least 0 at most {total}'])}"
    lines = [f'standard s "S" {{ {" ".join(filter(None, heads))} }}', "scale quality { poor < fair < good }", 'facts "F" {',
             *(fact.declaration() for fact in maker.facts), "}", *body, *grades, *outcomes]
    return Standard([*maker.facts, *maker.scores], lines, maker.parts, total, names, named, columns=columns)


# ---------------------------------------------------------------- goals

def plain_goal(rng, standard, pool):
    part = rng.choice(standard.parts)
    edge = rng.choice([Fraction(standard.total * i, 8) for i in range(1, 9)])
    kinds = [f"total >= {decimal(edge)}"] * 5 + [f"total > {decimal(edge)}", f"total < {decimal(edge)}", f"total <= {decimal(edge)}",
             f"{part.path}.rate >= {rng.choice([25, 50, 75])}%", f"{part.path}.score >= {rng.randint(1, part.cap)}", "eligible", pool.condition()]
    if len(standard.parts) > 1:
        kinds += [f"every section has rate >= {rng.choice([25, 50])}%" if any(p.path.startswith("s") for p in standard.parts) else "subtotal >= 2"]
    if standard.grades:
        kinds += [f"grade >= {rng.choice(standard.grades[:-1])}"] * 3 + [f"grade = {rng.choice(standard.grades)}", f"grade < {rng.choice(standard.grades[:-1])}"]
    kinds += [f"qualifies {name}" for name in standard.qualifies] * 3
    return rng.choice(kinds)


def make_goal(rng, standard, pool):
    kind = rng.random()
    if kind < 0.7:
        return plain_goal(rng, standard, pool)
    one, other = plain_goal(rng, standard, pool), plain_goal(rng, standard, pool)
    if kind < 0.85:
        return f"({one}) and ({other})"
    if kind < 0.93:
        return f"({one}) or ({other})"
    return rng.choice([f"not ({one})", f"at least 2 of {{ {one}, {other}, {pool.plain()} }}"])


def decimal(value):
    return str(Decimal(value.numerator) / value.denominator)


def make_goals(rng, standard, count):
    pool = Pool(rng, [f for f in standard.facts if not f.score])
    return [make_goal(rng, standard, pool) for _ in range(count)]


def make_window(rng, standard):
    """A goal that leaves a number little room, or none."""
    parts = [f"{part.path}.score" for part in standard.parts]
    of = rng.choice(["total", "total", rng.choice(parts), f"{rng.choice(parts)} + {rng.choice(parts)}"])
    edge = Fraction(rng.randint(0, 2 * standard.total), rng.choice([2, 2, 2, 5]))
    end = edge + Fraction(rng.randint(-1, 4), 2)
    return rng.choice([f"{of} = {decimal(edge)}", f"{of} = {decimal(edge)}", f"{of} >= {decimal(edge)} and {of} <= {decimal(end)}",
                       f"{of} > {decimal(edge)} and {of} < {decimal(end)}", f"not ({of} <= {decimal(edge)} or {of} > {decimal(end)})",
                       f"{of} = {rng.choice(parts)}", f"total = {decimal(edge)} and {of} >= 1"])


def make_windows(rng, standard, count):
    return [make_window(rng, standard) for _ in range(count)]


def assignments(standard):
    """All of them: the place of a value for each fact, the last fact fastest."""
    return itertools.product(*(range(len(fact.values)) for fact in standard.facts))
