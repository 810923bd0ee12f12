"""What the program says of a unit beside what it comes to here."""
from fractions import Fraction

from .arithmetic import exact
from .evaluator import SHARE
from .worlds import FAR, INF, near

FARTHEST = FAR // 10**4


class Hull:
    """All values that one result has in the worlds of a unit."""

    def __init__(self):
        self.na = False
        self.seen = set()

    def add(self, x):
        if x is None:
            self.na = True
        else:
            self.seen.add(x)


FAULTS = (ZeroDivisionError, OverflowError, ValueError)


def gather(worlds, outcomes):
    """{name of a result: all that it comes to}. `outcomes`: (name, how to get it, what it reads)."""
    worlds.prepare()
    groups = {}
    for outcome in outcomes:
        groups.setdefault(worlds.read_by(outcome[2]), []).append(outcome)
    hulls = {name: Hull() for name, _, _ in outcomes}
    try:
        for those, several in groups.items():
            for v in worlds.over(those):
                for name, get, _ in several:
                    hulls[name].add(get(v))
    except FAULTS:
        return gather_possible(worlds, outcomes)
    return hulls


def gather_possible(worlds, outcomes):
    """The same where some worlds are none: with such values the unit would be refused."""
    hulls = {name: Hull() for name, _, _ in outcomes}
    for v in worlds.over(range(len(worlds.unknown))):
        try:
            values = [(name, get(v)) for name, get, _ in outcomes]
        except FAULTS:
            continue
        for name, x in values:
            hulls[name].add(x)
    return hulls


def outcomes_of(standard):
    """Everything that `eval --json` says of a unit: (name, how to get it, the facts that it reads)."""
    found = []

    def add(name, value, get=None):
        found.append((name, get or value.get, value.reads))
    for part, result in zip(standard.parts, standard.results):
        add(("score", part.path), result, lambda v, g=result.get: g(v)[0])
        add(("due", part.path), result, lambda v, g=result.get: g(v)[1])
    if standard.total:
        add(("total",), standard.total)
        add(("subtotal",), standard.subtotal)
        add(("skipped",), standard.sums(), standard.not_counted)
    if standard.grade:
        add(("grade",), standard.grade)
    add(("eligible",), standard.eligible)
    for name, value in standard.qualifications.items():
        add(("qualifies", name), value)
    for name, value in standard.shown.items():
        add(("show", name), value)
    return found


def number(text):
    return text if text in ("inf", "-inf") else exact(Fraction(text))


def told(unit):
    """The same of the program's JSON: {name: its value}."""
    found = {}
    for part in unit["parts"]:
        found["score", part["path"]] = (part["score"], part["skipped"])
        found["due", part["path"]] = part["due"]
    if unit["total"] is not None:
        for key in ("total", "subtotal", "skipped"):
            found[key,] = unit[key]
    if unit["grade"] is not None:
        found["grade",] = unit["grade"]
    found["eligible",] = unit["eligible"]
    for name, value in unit["qualifies"].items():
        found["qualifies", name] = value
    for name, value in unit["shows"].items():
        found["show", name] = value
    return found


class Words:
    """How the program writes a value of each kind."""

    def __init__(self, standard):
        self.standard = standard
        self.grades = list(reversed(standard.ladder_of_grades()))
        self.types = {("show", name): value.type for name, value in standard.shown.items()}
        self.types["grade",] = ("grade",)

    def ladder(self, name):
        """The grades or the steps of a scale that the result may be, from the lowest on."""
        kind = self.types.get(name, ("num",))
        return self.grades if kind[0] == "grade" else [n for n, _ in self.standard.scales[kind[1]].values] if kind[0] == "scale" else None

    def write(self, name, x):
        import datetime
        kind = self.types.get(name, ("num",))[0]
        if kind == "grade":
            return self.grades[x]
        if kind == "scale":
            return self.standard.scales[self.types[name][1]].values[x][0]
        if kind == "date":
            return datetime.date.fromordinal(x).isoformat()
        if kind == "bool" or x is True or x is False:
            return "yes" if x else "no"
        return x


def expected(words, name, hull):
    """(kind, …): the one value or the range, and whether n/a is possible."""
    kind = words.types.get(name, ("num",))[0]
    if name[0] in ("eligible", "qualifies"):
        kind = "bool"
    seen = hull.seen
    if kind in ("num", "share"):
        seen = {near(x) if type(x) is Fraction else x for x in seen} if len(seen) > 1 else seen
    if not seen:
        return ("value", "n/a", False)
    if kind in ("bool", "choice", "text"):
        one = words.write(name, next(iter(seen))) if len(seen) == 1 else "unknown"
        if hull.na and len(seen) == 1:
            one = "unknown"
        return ("value", one, hull.na)
    low, high = min(seen), max(seen)
    if kind in ("num", "share"):
        low, high = (INF if x >= FARTHEST else "-inf" if x <= -FARTHEST else x for x in (low, high))
    if low == high:
        return ("value", words.write(name, low), hull.na)
    return ("range", words.write(name, low), words.write(name, high), hull.na)


def said(name, value, words):
    """The program's side in the same form; a fourth element: whether it calls its range exact."""
    kind = words.types.get(name, ("num",))[0]
    if name[0] == "score":
        value, skipped = value
        value = {**value, "na": skipped == "unknown"}
    if isinstance(value, str):
        return ("value", number(value) if value and (value[0].isdigit() or value[0] == "-") else value, False), True
    na = bool(value.get("na"))
    numeric = kind in ("num", "share") and name[0] not in ("eligible", "qualifies", "grade")
    if "value" in value:
        text = value["value"]
        if kind == "share" and text.endswith("%"):
            return ("value", text, na), True
        return ("value", number(text) if numeric and text not in ("n/a", "unknown") else text, na), True
    exactly = value.get("exact", True)
    low, high = value["lo"], value["hi"]
    if numeric:
        low, high = number(low), number(high)
    return ("range", low, high, na), exactly


def as_limit(x, way):
    return way * Fraction(10**30) if x == INF else -Fraction(10**30) if x == "-inf" else Fraction(x)


def agrees(wanted, got, exactly):
    if wanted == got:
        return True
    if exactly:
        return False
    # What is called an outer bound must hold all that can be.
    if got[0] != "range" or isinstance(wanted[1], str) and wanted[1] not in (INF, "-inf"):
        return got[0] == "range" or got[1] == "unknown"
    low = as_limit(wanted[1], 1)
    high = as_limit(wanted[2] if wanted[0] == "range" else wanted[1], 1)
    return as_limit(got[1], 1) <= low and high <= as_limit(got[2], 1)


def is_wider(wanted, got):
    """Whether the program's truth or grade leaves open what is settled here."""
    if got[0] == "value":
        return got[1] == "unknown"
    return wanted[0] == "value" and wanted[1] in (got[1], got[2]) or got[3] and wanted[1] == "n/a" or wanted[0] == "range"


def is_loose(words, name, wanted, got):
    """Whether the program says no more than what is true, yet less than is known here: it holds for possible what cannot be."""
    if name in ("names", "limits") or wanted[-1] and not got[-1] and got[1] != "unknown":
        return False
    if got[0] == "value":
        return got[1] == "unknown" or wanted[:2] == got[:2] or wanted[1] == "n/a" and got[-1]
    if wanted[1] == "n/a":
        return got[-1]
    ladder = words.ladder(name)
    if not ladder:
        return agrees(wanted, got, False)
    low, high = ladder.index(got[1]), ladder.index(got[2])
    return all(low <= ladder.index(x) <= high for x in wanted[1:-1])


def differences(standard, words, worlds, outcomes, unit, outer=None):
    """([(name, expected, told)] where the two do not agree, how many worlds). A list `outer` takes what the program says is no more than a bound: it must
    hold all that can be; truths and grades, which cannot say so, count with the numbers of their unit."""
    hulls, told_values, wrong, marked = gather(worlds, outcomes), told(unit), [], []
    if set(hulls) != set(told_values):
        wrong.append(("names", sorted(map(str, set(hulls) ^ set(told_values))), ""))
    for name, hull in hulls.items():
        if name not in told_values:
            continue
        wanted = expected(words, name, hull)
        got, exactly = said(name, told_values[name], words)
        if not exactly:
            marked.append(name)
        if not agrees(wanted, got, exactly):
            wrong.append((name, wanted, got))
    if marked:
        wrong = [w for w in wrong if w[0] == "names" or words.types.get(w[0], ("num",))[0] in ("num", "share") and w[0][0] not in ("eligible", "qualifies")
                 or not is_wider(w[1], w[2])]
        if outer is not None:
            outer += marked
    return wrong, worlds.size
