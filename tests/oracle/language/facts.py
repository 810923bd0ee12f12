"""Facts files: what a unit reports, in each column, by the types that its standard declares."""
from fractions import Fraction
from types import SimpleNamespace as Node

from .arithmetic import exact
from .evaluator import FIRST
from .parser import Cursor, read_period
from .words import Wrong, cut

UNKNOWN = "unknown"
HEADS = {"unit", "standard", "period", "as of", "note", "review", "score", "decision"}


class Given:
    """What stands behind a name: its value as written, and whether evidence is named."""
    __slots__ = ("value", "evidence")

    def __init__(self, value, evidence):
        self.value, self.evidence = value, evidence


class FactsReader(Cursor):
    """A facts file: its head, the entries of each column."""

    def file(self):
        told = Node(unit=None, standard=None, period=None, as_of=None, columns=[{}])
        while not self.ends():
            if not self.symbol(";"):
                self.entry(told, told.columns[0])
        return told

    def entry(self, told, column):
        token, following = self.token, self.peek()
        assigned = following.kind == "sym" and following.text == "=" or following.canon == "is"
        word = token.canon if token.kind == "word" and token.text[0] != "`" and not assigned else None
        if word == "unit":
            self.word("unit")
            told.unit = self.name() if self.is_name() else None
            told.unit = self.text() if told.unit is None else told.unit if self.text() is None else told.unit
        elif word == "standard":
            self.word("standard")
            told.standard = self.text()
        elif word == "period":
            self.word("period")
            told.period = read_period(self)
        elif word == "as of":
            self.word("as of")
            told.as_of = self.token.value
            self.at += 1
        elif word == "note":
            self.word("note")
            self.text()
        elif word == "review":
            self.review(told)
        elif word == "score":
            self.word("score")
            path = ".".join(self.path())
            self.assignment(column, "score " + path)
        elif word == "decision":
            while not self.ends() and self.peek().line == self.token.line:
                self.at += 1
            self.at += 1
        else:
            self.assignment(column, self.name())

    def path(self):
        names = [self.name()]
        while self.symbol("."):
            names.append(self.token.value)
            self.at += 1
        return names

    def review(self, told):
        self.word("review")
        self.need("by")
        self.text()
        self.need("on")
        self.at += 1
        column = {}
        self.need_symbol("{")
        while not self.symbol("}"):
            if not self.symbol(";"):
                self.entry(told, column)
        told.columns.append(column)

    def assignment(self, column, name):
        self.symbol("=") or self.need("is")
        value = self.value()
        evidence = False
        while True:
            if self.token.kind == "text":
                self.at += 1
            elif self.word("evidence"):
                self.text()
                evidence = True
            elif self.word("sha256"):
                self.text()
            else:
                break
        column[name] = Given(value, evidence)

    # ------------------------------------------------------------ values as written

    def value(self):
        first = self.one()
        if self.sees("except"):
            self.word("except")
            changes = {}
            while True:
                place = self.plain_number()
                changes[place] = self.one()
                if not self.symbol(","):
                    break
            return ("except", first, changes)
        if first[0] in ("number", "months") and (self.is_symbol(",") or first[0] == "months"):
            months = month_range(first)
            while self.symbol(","):
                months |= month_range(self.one())
            return ("months", months)
        return first

    def plain_number(self):
        value = self.token.value
        self.at += 1
        return value

    def one(self):
        token = self.token
        if self.symbol("-"):
            kind, number, unit, percent = self.number()
            return (kind, -number, unit, percent)
        if token.kind == "number":
            return self.number()
        self.at += 1
        if token.kind == "date":
            return ("date", token.value)
        if token.kind == "text":
            return ("text", token.value)
        if token.kind == "sym" and token.text == "[":
            return self.list()
        if token.kind != "word":
            self.wrong("a value")
        if token.text[0] != "`":
            if token.canon in ("yes", "no", "n/a", "unknown"):
                token.used = token.canon
                return (token.canon,)
            if token.canon == "table" and (self.is_symbol("{") or self.sees("from")):
                token.used = "table"
                return self.table()
            if token.canon == "document":
                token.used = "document"
                return self.document(token)
        return ("word", token.value)

    def number(self):
        token = self.token
        number = self.plain_number()
        if self.symbol("%"):
            return ("number", exact(Fraction(number) / 100), None, True)
        if self.symbol("/"):
            return ("share", number, self.plain_number())
        if self.symbol(".."):
            return ("months", number, self.plain_number())
        if self.token.kind == "word" and self.token.behind == "of" and self.peek().kind == "number":
            self.behind("of")
            return ("share", number, self.plain_number())
        unit = token.unit
        if unit is None and self.token.kind == "word" and self.token.line == token.line and self.peek().text not in ("=", ".") and \
                self.token.canon not in ("evidence", "except", "sha256"):
            unit = self.token.value
            self.at += 1
        return ("number", number, unit, False)

    def list(self):
        elements = []
        while not self.symbol("]"):
            elements.append(self.value_in_list())
            self.symbol(",")
        return ("list", elements)

    def value_in_list(self):
        first = self.one()
        if self.sees("except"):
            self.at -= 1
            return self.value()
        return first

    def table(self):
        if self.word("from"):
            return ("table from", self.text())
        self.need_symbol("{")
        rows = []
        while not self.symbol("}"):
            line = self.token.line
            self.need_symbol("|")
            row, cell = [], []
            while self.token.line == line and not self.is_symbol("}"):
                if self.symbol("|"):
                    row.append(cell)
                    cell = []
                else:
                    cell.append(self.token)
                    self.at += 1
            if row and not (len(row) == 1 and not row[0] and False):
                rows.append(row)
        head = [cell[0].value for cell in rows[0]]
        return ("table", head, [[self.cell(cell) for cell in row] for row in rows[1:]])

    def cell(self, tokens):
        if not tokens:
            return (UNKNOWN,)
        end = type(tokens[-1])("end", "", None, tokens[-1].line, 0, 0)
        return FactsReader(tokens + [end]).one()

    def document(self, token):
        name = self.text()
        length = None
        if self.token.kind == "number":
            length = self.plain_number()
            self.behind("characters")
        return ("document", name, length)


def month_range(value):
    if value[0] == "months":
        return frozenset(range(value[1], value[2] + 1)) if len(value) == 3 else value[1]
    return frozenset([value[1]])


def read(text, units=()):
    return FactsReader(cut(text, units)).file()


# ---------------------------------------------------------------- by type

class Typing:
    """Values as written become values of the declared types."""

    def __init__(self, standard):
        self.standard = standard

    def of(self, value, declared, fact=None):
        kind = value[0]
        if kind == UNKNOWN:
            return UNKNOWN
        if kind == "n/a":
            return None
        return getattr(self, "as_" + declared.kind.replace(" ", "_"))(value, declared, fact)

    def as_yesno(self, value, declared, fact):
        return value[0] == "yes"

    def as_count(self, value, declared, fact):
        number = value[1]
        if value[2] and declared.unit and value[2] != declared.unit:
            (a, base), (b, other) = self.standard.factor(value[2]), self.standard.factor(declared.unit)
            if base != other:
                raise Wrong(f"{value[2]} is no {declared.unit}")
            number = exact(Fraction(number) * a / b)
        return number

    as_amount = as_number = as_count

    def as_share(self, value, declared, fact):
        if value[0] == "number":
            return value[1]
        if value[2] == 0:
            none = fact.none
            return None if none[0] == "n/a" else none[1]
        return exact(Fraction(value[1]) / value[2])

    def as_date(self, value, declared, fact):
        return value[1]

    def as_text(self, value, declared, fact):
        return str(value[1])

    def as_months(self, value, declared, fact):
        if value[0] == "word":
            return frozenset()
        if value[0] == "list":
            return frozenset().union(*(month_range(x) for x in value[1]))
        return month_range(value)

    def as_choice(self, value, declared, fact):
        return next(n for n, label in declared.values if value[1] in (n, label))

    def as_scale(self, value, declared, fact):
        for rank, (name, label) in enumerate(self.standard.scales[declared.scale].values):
            if value[1] in (name, label):
                return rank
        raise Wrong(f"{value[1]} is no {declared.scale}")

    def as_list_of(self, value, declared, fact):
        if value[0] == "list" and len(value[1]) == 1 and value[1][0][0] == "except":
            value = value[1][0]
        if value[0] == "list":
            return tuple(self.of(x, declared.of, fact) for x in value[1])
        if value[0] == "word" and value[1] in ("none", "无"):
            return ()
        base, changes = (value[1], value[2]) if value[0] == "except" else (value, {})
        return tuple(self.of(changes.get(i, base), declared.of, fact) for i in range(1, fact.exactly + 1))

    def as_table(self, value, declared, fact):
        if value[0] == "word":
            return ()
        _, head, rows = value
        made = []
        for row in rows:
            cells = dict(zip(head, row))
            made.append(tuple(self.of(cells.get(c.name, cells.get(c.label, (UNKNOWN,))), c.type, c) for c in declared.columns))
        return tuple(made)

    def as_document(self, value, declared, fact):
        return value[2]


class Unit:
    """One unit of a standard: the values of each column; UNKNOWN where there is none."""

    def __init__(self, standard, told):
        self.standard, typing = standard, Typing(standard)
        names = standard.header.columns or ["score"]
        # In which column each value was entered: what no column after it changes is the same there.
        # What is stated without evidence is held to the limits, too.
        self.columns, self.origins, self.stated, entered, evidence, origin = {}, {}, {}, {}, {}, {}
        for index, name in enumerate(names):
            if index < len(told.columns):
                for key, given in told.columns[index].items():
                    evidence[key] = given.evidence or key in entered and evidence.get(key, False)
                    entered[key] = given
                    origin[key] = index
            self.columns[name] = self.values(typing, entered, evidence, name)
            if standard.limits:
                self.stated[name] = self.values(typing, entered, dict.fromkeys(entered, True), name)
            self.origins[name] = [0] * FIRST + [origin.get(self.score_key(entered, key.partition("#")[0]), 0) for key, _ in standard.slots[FIRST:]]
        self.names = names

    def values(self, typing, entered, evidence, name):
        standard = self.standard
        final = [c for _, c in standard.header.final] if standard.header.final else [(standard.header.columns or ["score"])[-1]]
        values = [None] * FIRST
        for key, fact in standard.slots[FIRST:]:
            if hasattr(fact, "threshold"):
                values.append(UNKNOWN)
            elif hasattr(fact, "judged"):
                given = entered.get(self.score_key(entered, key.partition("#")[0]))
                values.append(UNKNOWN if given is None or given.value[0] == UNKNOWN else self.score(given.value, fact))
            else:
                values.append(self.fact(typing, entered.get(key), fact, evidence.get(key), name in final))
        return values

    def score_key(self, entered, key):
        """A score may be named by less than its whole path."""
        if key in entered:
            return key
        path = key.removeprefix("score ").split(".")
        return "score " + path[-1]

    def score(self, value, fact):
        return value[1]

    def fact(self, typing, given, fact, evidence, final):
        if given is None:
            if fact.otherwise is None:
                return UNKNOWN
            return self.assumed(fact)
        if fact.evidence and final and not evidence:
            return UNKNOWN
        return typing.of(given.value, fact.type, fact)

    def assumed(self, fact):
        made = self.standard.compile(fact.otherwise, {}, self.standard.type_of(fact.type))
        made = self.standard.to_unit(made, getattr(fact.type, "unit", None))
        return made.get(None)
