"""Standards: from tokens to a tree. Expressions are tuples whose first element says what they are; parts and declarations are `Node`s."""
import re
from fractions import Fraction
from types import SimpleNamespace as Node

from .amend import PARTS, amended, editions
from .words import RESERVED, WORDS, Wrong, cut

COMPARISONS = {"=": "=", "!=": "!=", ">=": ">=", "<=": "<=", ">": ">", "<": "<", "is": "=", "is not": "!=", "at least": ">=", "at most": "<=",
               "above": ">", "below": "<"}
SIGNS = {">=": "at least", "<=": "at most", ">": "above", "<": "below", "=": "is"}
FOLDS = {"count of": "count", "sum of": "sum", "mean of": "mean", "highest of": "highest", "lowest of": "lowest", "rank of": "rank"}
SPANS = {"days from": "day", "months from": "month", "years from": "year"}
REMARKS = {"cite", "evidence", "note", "interpretation"}
TYPES = {"yesno", "count", "amount", "number", "share", "date", "text", "months", "choice", "list of", "table", "document"}
LATER = {"authority", "title", "stage", "test", "property"}
CHANGES = {"set", "replace", "insert", "repeal"}
ROUNDINGS = {"half up", "half even", "up", "down"}
UNIT_NAMES = re.compile(r"[(（]\s*([万亿]\w+)\s*[)）]|(?:unit|单位)\s+([万亿]\w+)")


def unit_names(text):
    return {a or b for a, b in UNIT_NAMES.findall(text)}


class Cursor:
    """A place among tokens, and the small questions asked there. What is taken as a keyword is marked, so that a text can be turned into the other tongue."""

    def __init__(self, tokens):
        self.tokens, self.at = tokens, 0

    @property
    def token(self):
        return self.tokens[self.at]

    def peek(self, ahead=1):
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def wrong(self, wanted):
        raise Wrong(f"line {self.token.line}: {wanted} wanted, {self.token.text!r} found")

    def sees(self, *words):
        token = self.token
        return token.kind == "word" and token.canon in words

    def word(self, *words):
        """The keyword that stands here, if it is one of `words`."""
        token = self.token
        if token.kind == "word" and token.canon in words:
            token.used = token.canon
            self.at += 1
            return token.canon
        return None

    def need(self, *words):
        return self.word(*words) or self.wrong(" or ".join(words))

    def behind(self, *words):
        """A word behind a number."""
        token = self.token
        if token.kind == "word" and token.behind in words and self.peek().text not in ("=", "."):
            token.used = ("behind", token.text)
            self.at += 1
            return token.behind
        return None

    def is_symbol(self, text):
        return self.token.kind == "sym" and self.token.text == text

    def symbol(self, text):
        if self.token.kind == "sym" and self.token.text == text:
            self.at += 1
            return True
        return False

    def need_symbol(self, text):
        return self.symbol(text) or self.wrong(text)

    def text(self):
        if self.token.kind == "text":
            self.at += 1
            return self.tokens[self.at - 1].value
        return None

    def is_name(self):
        token = self.token
        return token.kind == "word" and (token.canon not in RESERVED or token.text[0] == "`")

    def name(self):
        if not self.is_name():
            self.wrong("a name")
        self.at += 1
        return self.tokens[self.at - 1].value

    def ends(self):
        return self.token.kind == "end"


class Reader(Cursor):
    """Expressions."""

    def condition(self):
        terms = [self.conjunction()]
        while self.sees("or") and self.peek().canon != "n/a":
            self.word("or")
            terms.append(self.conjunction())
        return terms[0] if len(terms) == 1 else ("or", terms)

    def conjunction(self):
        terms = [self.negation()]
        while self.word("and"):
            terms.append(self.negation())
        return terms[0] if len(terms) == 1 else ("and", terms)

    def negation(self):
        if self.word("not"):
            return ("not", self.negation())
        return self.comparison()

    def comparison(self):
        if self.sees("every", "some"):
            return self.quantified()
        left = self.sum()
        if self.word("is known"):
            return ("known", left)
        if self.sees("is not") and self.peek().canon == "is known":
            self.wrong("a value")
        if self.word("is one of"):
            return ("oneof", left, self.options())
        operator = self.operator()
        return ("compare", operator, left, self.right_side()) if operator else left

    def right_side(self):
        return self.quantified() if self.sees("every", "some") else self.sum()

    def operator(self):
        token = self.token
        if token.kind == "sym" and token.text in COMPARISONS:
            self.at += 1
            return COMPARISONS[token.text]
        # `at least 2 of { … }` begins a condition of its own; behind a value it is a comparison.
        found = self.word("is not", "is", "at least", "at most", "above", "below")
        return found and COMPARISONS[found]

    def options(self):
        options = []
        if self.symbol("["):
            while not self.symbol("]"):
                options.append(self.sum())
                self.symbol(",")
            return options
        options.append(self.sum())
        while self.symbol(","):
            options.append(self.sum())
        return options

    def sum(self):
        left = self.product()
        while self.token.kind == "sym" and self.token.text in "+-":
            operator = self.token.text
            self.at += 1
            left = ("binary", operator, left, self.product())
        return left

    def product(self):
        left = self.signed()
        while self.token.kind == "sym" and self.token.text in "*/":
            operator = self.token.text
            self.at += 1
            left = ("binary", operator, left, self.signed())
        return left

    def signed(self):
        if self.symbol("-"):
            return ("negative", self.signed())
        return self.primary()

    def primary(self):
        token = self.token
        if token.kind == "number":
            return self.number()
        if token.kind == "date":
            self.at += 1
            return ("date", token.value)
        if token.kind == "text":
            self.at += 1
            return ("text", token.value)
        if self.symbol("("):
            inner = self.condition()
            self.need_symbol(")")
            return ("group", inner)
        if token.kind == "word" and token.text[0] != "`":
            found = self.keyword()
            if found:
                return found
        return self.path_or_call()

    def keyword(self):
        canon = self.token.canon
        if canon in ("yes", "no", "n/a"):
            self.word(canon)
            return (canon,)
        if canon == "if":
            return self.choice()
        if canon in FOLDS:
            return self.aggregate()
        if canon in SPANS:
            self.word(canon)
            start = self.signed()
            self.need("to")
            return ("between", SPANS[canon], start, self.signed())
        if canon in ("all of", "any of") or canon == "at least" and self.counts_conditions():
            return self.several()
        if canon == "qualifies":
            self.word("qualifies")
            return ("qualifies", self.name())
        return None

    def counts_conditions(self):
        return self.peek(1).kind == "number" and self.peek(2).behind == "of" and self.peek(3).text == "{"

    def number(self):
        token = self.token
        self.at += 1
        if self.symbol("%"):
            return ("number", exact(Fraction(token.value) / 100), None, True)
        if token.unit in ("年", "个月", "天", "日", "分", "字", "行"):
            if token.unit in ("年", "个月", "天", "日"):
                return ("span", token.value, {"年": "year", "个月": "month"}.get(token.unit, "day"))
            return ("number", token.value, None if token.unit == "分" else token.unit, False)
        span = self.behind("year", "month", "day")
        if span:
            return ("span", token.value, span)
        self.behind("point", "characters", "row")
        return ("number", token.value, token.unit, False)

    def choice(self):
        self.need("if")
        when = self.condition()
        self.need("then")
        first = self.condition()
        self.need("else")
        return ("if", when, first, self.condition())

    def several(self):
        kind, least = self.word("all of", "any of"), None
        if not kind:
            self.need("at least")
            kind, least = "some of", self.token.value
            self.at += 1
            self.behind("of")
        self.need_symbol("{")
        conditions = []
        while not self.symbol("}"):
            conditions.append(self.condition())
            self.text()
            self.symbol(",")
        return (kind, least, conditions)

    def source(self):
        """What an aggregate goes over: a path, sections or criteria."""
        kind = self.word("section", "criterion")
        if kind:
            return (kind, self.path() if self.word("in") else None)
        return ("rows", self.path())

    def aggregate(self):
        fold = FOLDS[self.need(*FOLDS)]
        of = None
        if self.sees("section", "criterion"):
            source = self.source()
        else:
            of = self.primary()
            if self.word("in"):
                source = self.source()
            elif fold == "count" and of[0] == "path":
                source, of = ("rows", of[1]), None
            else:
                self.wrong("in")
        per = None
        if self.is_symbol(",") and self.peek().canon == "highest per":
            self.symbol(",")
        if self.word("highest per"):
            per = self.path()
        highest = lowest = 0
        if self.word("dropping"):
            while self.token.kind == "number":
                number = self.token.value
                self.at += 1
                if self.word("highest"):
                    highest = number
                else:
                    self.need("lowest")
                    lowest = number
        where = self.condition() if self.word("where") else None
        return ("aggregate", fold, of, source, per, highest, lowest, where)

    def quantified(self):
        some = self.need("every", "some") == "some"
        if self.sees("section", "criterion"):
            element, source = None, self.source()
        else:
            element = self.path()
            self.need("in")
            source = ("rows", self.path())
        where = self.condition() if self.word("where") else None
        if self.word("has"):
            return ("every", some, element, source, where, self.negation(), None)
        operator = self.operator() or self.wrong("has")
        return ("every", some, element, source, where, self.right_side(), operator)

    def path(self):
        names = [self.name()]
        while self.is_symbol(".") and self.peek().kind == "word":
            self.at += 1
            # Behind a point, words are names.
            names.append(self.token.value)
            self.at += 1
        return names

    def path_or_call(self):
        start = self.at
        names = self.path()
        if len(names) == 1 and self.symbol("("):
            given = []
            while not self.symbol(")"):
                given.append(self.condition())
                self.symbol(",")
            return ("call", names[0], given)
        return ("path", names, self.tokens[start].text[0] == "`")


def exact(number):
    """A whole number as an int: what is exact is the same, and sums are faster."""
    return number.numerator if number.denominator == 1 else number


class Parser(Reader):
    """Declarations, parts, statements."""

    def standard(self):
        tree = Node(header=None, groups=[], scales=[], units=[], thresholds=[], defines=[], shows=[], ladders=[], patterns=[], parts=[], outcomes=[],
                    grades=None, uses=[], changes=[], spans=[])
        while not self.ends():
            start = self.at
            if not self.symbol(";"):
                tree.spans.append((self.token.canon, start, self.declaration(tree)))
                tree.spans[-1] += self.between(start)
        return tree

    def between(self, start):
        """Where in the text stands what was read since."""
        return self.tokens[start].at, self.tokens[self.at - 1].end

    def declaration(self, tree):
        canon = self.token.canon
        if canon == "standard":
            tree.header = self.header()
        elif canon == "facts":
            tree.groups.append(self.facts())
        elif canon == "scale":
            tree.scales.append(self.scale())
        elif self.token.text in ("unit", "单位"):
            tree.units.append(self.unit())
        elif canon == "threshold":
            tree.thresholds.append(self.threshold())
        elif canon == "define":
            tree.defines.append(self.define())
        elif canon == "show":
            tree.shows.append(self.define("show"))
        elif canon == "ladder":
            tree.ladders.append(self.ladder())
        elif canon == "pattern":
            tree.patterns.append(self.pattern())
        elif canon in ("section", "criterion", "bonus", "penalty"):
            tree.parts.append(self.part())
        elif canon in ("require", "veto", "qualifies"):
            tree.outcomes.append(self.outcome())
        elif canon == "grades":
            tree.grades = self.grades()
        elif canon == "use":
            self.word("use")
            tree.uses.append(self.text())
        elif canon in CHANGES:
            tree.changes += self.change()
        elif canon in LATER:
            self.skip_declaration()
        else:
            self.wrong("a declaration")

    def skip_declaration(self):
        """Stages, titles and tests say nothing of what a unit comes to."""
        depth = 0
        self.at += 1
        while not self.ends():
            if depth == 0 and self.token.canon in OPENERS and self.tokens[self.at - 1].line < self.token.line:
                return
            depth += {"{": 1, "}": -1, "(": 1, ")": -1}.get(self.token.text if self.token.kind == "sym" else "", 0)
            self.at += 1

    # ------------------------------------------------------------ amendments

    def change(self):
        """Some changes, one for each thing."""
        what = self.need(*CHANGES)
        if what == "set" and self.sees("threshold"):
            new = self.threshold()
            return [Node(what="set threshold", kind="threshold", path=[new.name], new=new)]
        if what == "set":
            kind = self.need(*PARTS)
            new = self.head_of(kind)
            self.part_head(new)
            return [Node(what=what, kind=kind, path=new.path, new=new)]
        if what == "repeal":
            return self.repealed()
        if self.sees("facts"):
            self.word("facts")
            where = self.place()
            self.need_symbol("{")
            return [Node(what=what, kind="facts", path=[fact.name], new=fact, place=where) for fact in self.fact_list()]
        if what == "replace" and self.sees("grades"):
            return [Node(what=what, kind="grades", path=[], new=self.grades())]
        if self.sees(*PARTS):
            new = self.part()
            return [Node(what=what, kind=new.kind, path=new.path, new=new, place=new.place)]
        if self.token.canon in LATER:
            self.skip_declaration()
            return []
        kind = self.token.canon or "unit"
        new = {"require": self.outcome, "veto": self.outcome, "qualifies": self.outcome, "scale": self.scale, "unit": self.unit, "threshold": self.threshold,
               "define": self.define, "show": lambda: self.define("show"), "ladder": self.ladder, "pattern": self.pattern}[kind]()
        return [Node(what=what, kind=kind, path=[new.name or new.label], new=new)]

    def place(self):
        word = self.word("after", "before")
        return (word, self.path()) if word else None

    def repealed(self):
        kind = self.need(*PARTS, "facts", "require", "veto", "qualifies", "threshold", "define", "show", "ladder", "pattern", "scale", "unit", "grades")
        paths = [[]]
        if kind in PARTS:
            paths = [self.path()]
        elif kind != "grades":
            paths = [[self.text() or self.name()]]
        while kind == "facts" and self.symbol(","):
            paths.append([self.name()])
        self.text()
        self.cite()
        return [Node(what="repeal", kind=kind, path=path) for path in paths]

    # ------------------------------------------------------------ header

    def header(self):
        self.need("standard")
        head = Node(name=self.name(), label=self.text(), period=None, total=None, out_of=None, step=None, limits=[None, None], scores=None,
                    skipped="rescale", lower=False, columns=[], final=None, amends=None, given=[], lines=[])
        if self.word("amends"):
            head.amends = self.text()
        self.need_symbol("{")
        while not self.symbol("}"):
            start = self.at
            if not self.symbol(";"):
                head.given.append(self.token.canon)
                self.header_line(head)
                head.lines.append((head.given[-1], *self.between(start)))
        return head

    def header_line(self, head):
        word = self.need("edition", "issuer", "issued", "period", "transition until", "total", "scores", "skipped", "better lower", "columns", "final", "cite", "note")
        if word == "period":
            head.period = self.period()
        elif word == "total":
            self.total(head)
        elif word == "transition until":
            self.transition()
        elif word == "scores":
            self.need("to")
            head.scores = self.rounding()
        elif word == "skipped":
            head.skipped = self.need("rescale", "full", "zero")
        elif word == "better lower":
            head.lower = True
        elif word == "columns":
            self.columns(head)
        elif word == "final":
            head.final = self.final()
        else:
            self.at += 1

    def period(self):
        return read_period(self)

    def transition(self):
        """Which edition may be used besides: nothing that a score hangs on."""
        self.at += 1
        if self.word("by"):
            self.name()
        self.cite()

    def total(self, head):
        head.total = self.plain()
        self.behind("point")
        if self.behind("of"):
            head.out_of = self.plain()
        if self.word("to"):
            head.step = self.rounding()
        while self.sees("at least", "at most"):
            upper = self.word("at least", "at most") == "at most"
            head.limits[upper] = self.signed_plain()

    def plain(self):
        token = self.token
        if token.kind != "number":
            self.wrong("a number")
        self.at += 1
        return exact(Fraction(token.value) / 100) if self.symbol("%") else token.value

    def signed_plain(self):
        return -self.plain() if self.symbol("-") else self.plain()

    def rounding(self):
        return self.plain(), self.need(*ROUNDINGS)

    def columns(self, head):
        head.columns.append(self.name())
        self.text()
        while self.symbol(","):
            head.columns.append(self.name())
            self.text()
        if self.word("differ by"):
            self.need("at most")
            self.plain()

    def final(self):
        if self.token.kind != "number":
            return [(1, self.name())]
        mix = [(self.plain(), self.name())]
        while self.symbol("+"):
            mix.append((self.plain(), self.name()))
        return mix

    # ------------------------------------------------------------ facts

    def facts(self):
        self.need("facts")
        self.text()
        self.need_symbol("{")
        return self.fact_list()

    def fact_list(self):
        facts = []
        while not self.symbol("}"):
            start = self.at
            facts.append(self.fact())
            facts[-1].span = self.between(start)
            while self.symbol(";") or self.symbol(","):
                pass
        return facts

    def fact(self):
        fact = Node(name=self.name(), label=self.text(), line=self.token.line)
        self.need_symbol(":")
        fact.type = self.type()
        self.qualifiers(fact)
        if fact.type.kind not in ("list of", "table", "months"):
            # Of a list and a table they say how many, of anything else how much.
            fact.low = fact.least if fact.low is None else fact.low
            fact.high = fact.most if fact.high is None else fact.high
        return fact

    def type(self):
        word = self.word(*TYPES)
        if not word:
            return Node(kind="scale", scale=self.name())
        kind = Node(kind=word, unit=None)
        if word in ("count", "amount", "number") and self.symbol("("):
            kind.unit = self.name()
            self.need_symbol(")")
        elif word == "choice":
            kind.values = self.choices()
        elif word == "list of":
            kind.of = self.type()
        elif word == "table":
            self.need_symbol("{")
            kind.columns, kind.key = [], None
            while not self.symbol("}"):
                kind.columns.append(self.fact())
                while self.symbol(",") or self.symbol(";"):
                    pass
        return kind

    def choices(self):
        self.need_symbol("{")
        values = []
        while not self.symbol("}"):
            values.append((self.name(), self.text()))
            self.symbol(",")
        return values

    def qualifiers(self, fact):
        fact.low = fact.high = fact.least = fact.most = fact.step = fact.otherwise = fact.none = fact.exactly = fact.source = fact.key = fact.options = None
        fact.na = fact.evidence = False
        while True:
            start = self.at
            self.symbol(",")
            if not self.qualifier(fact):
                self.at = start
                return

    def qualifier(self, fact):
        word = self.word("within", "at least", "at most", "exactly", "one of", "in steps of", "evidence required", "otherwise", "none counts as",
                         "none is n/a", "cite", "key", "bears the date", "from", "can only grow", "can only fall")
        if word == "within":
            fact.low = self.limit()
            self.need_symbol("..")
            fact.high = self.limit()
        elif word == "at least":
            fact.least = self.limit()
        elif word == "at most":
            fact.most = self.limit()
        elif word == "exactly":
            fact.exactly = self.plain()
            self.behind("row")
        elif word == "one of":
            fact.options = self.legal_values()
        elif word == "in steps of":
            fact.step = self.plain()
        elif word == "evidence required":
            fact.evidence = True
        elif word == "otherwise":
            fact.otherwise = self.limit()
        elif word == "none counts as":
            fact.none = ("as", self.plain())
        elif word == "none is n/a":
            fact.none, fact.na = ("n/a",), True
        elif word in ("cite", "from"):
            fact.source = self.text() if word == "from" else self.text() and fact.source
        elif word == "key":
            fact.key = self.name()
        elif word == "bears the date":
            self.at += 1
        elif word in ("can only grow", "can only fall"):
            pass
        elif self.sees("or") and self.peek().canon == "n/a":
            self.word("or")
            self.word("n/a")
            fact.na = True
        elif self.sees("settled") and self.peek().text != ":" and self.peek().kind != "text":
            self.word("settled")
        else:
            return False
        return True

    def limit(self):
        value = self.signed()
        self.behind("characters", "row")
        return value

    def legal_values(self):
        values = [self.limit()]
        while self.is_symbol(",") and self.goes_on():
            self.symbol(",")
            values.append(self.limit())
        return values

    def goes_on(self):
        """Whether behind a comma stands one more legal value, and no qualifier or next entry."""
        self.at += 1
        value = self.token.kind in ("number", "date") or self.is_symbol("-") or \
            self.is_name() and self.peek().text != ":" and self.peek().kind != "text" and not self.sees("settled")
        self.at -= 1
        return value

    # ------------------------------------------------------------ smaller declarations

    def scale(self):
        self.need("scale")
        scale = Node(name=self.name(), label=self.text(), values=[])
        self.need_symbol("{")
        while not self.symbol("}"):
            scale.values.append((self.name(), self.text()))
            self.symbol("<") or self.word("below")
        return scale

    def unit(self):
        self.token.used = "unit"
        self.at += 1
        unit = Node(name=self.name(), label=self.text())
        self.symbol("=") or self.need("is")
        value = self.primary()
        if value[0] == "span":
            return Node(name=unit.name, factor=value[1], of=value[2])
        unit.factor, unit.of = value[1], value[2]
        if unit.of is None and self.is_name() and self.token.line == self.tokens[self.at - 1].line:
            unit.of = self.name()
        return unit

    def threshold(self):
        self.need("threshold")
        threshold = Node(name=self.name(), label=self.text(), value=None, dated=[])
        if self.symbol("="):
            threshold.value = self.sum()
        elif self.symbol("{"):
            while not self.symbol("}"):
                self.need("from")
                day = self.token.value
                self.at += 1
                self.need_symbol(":")
                threshold.dated.append((day, self.sum()))
                self.cite()
        self.cite()
        return threshold

    def cite(self):
        if self.word("cite"):
            self.text()

    def define(self, word="define"):
        self.need(word)
        define = Node(name=self.name(), parameters=[], label=None, value=None)
        if self.symbol("("):
            define.parameters = self.parameters()
        define.label = self.text()
        self.need_symbol("=")
        define.value = self.condition()
        self.cite()
        return define

    def parameters(self):
        parameters = []
        while not self.symbol(")"):
            name = self.name()
            self.text()
            self.need_symbol(":")
            parameters.append((name, self.type()))
            self.symbol(",")
        return parameters

    def ladder(self):
        self.need("ladder")
        name = self.name()
        self.text()
        return Node(name=name, bands=self.band_list())

    def pattern(self):
        self.need("pattern")
        pattern = Node(name=self.name(), parameters=[])
        if self.symbol("("):
            pattern.parameters = self.parameters()
        self.text()
        self.need_symbol("{")
        pattern.body = Node(kind="section", parts=[], zero=[], skip=[], minimum=None)
        self.section_body(pattern.body)
        return pattern

    # ------------------------------------------------------------ parts

    def part(self):
        start = self.at
        kind = self.need(*PARTS)
        part = self.head_of(kind)
        self.part_head(part)
        if part.like is None:
            self.need_symbol("{")
            if kind == "criterion":
                self.criterion_body(part)
            else:
                self.section_body(part)
        part.span = self.between(start)
        return part

    def head_of(self, kind):
        start = self.at
        part = Node(kind=kind, path=self.path(), label=None, cap=None, of=None, weight=None, minimum=None, when=None, like=None, parts=[], statements=[],
                    zero=[], skip=[], place=None, cap_span=None)
        part.name, part.name_span = part.path[-1], self.between(start)
        part.label = self.text()
        part.head_end = self.tokens[self.at - 1].end
        return part

    def part_head(self, part):
        while True:
            start = self.at
            if part.when is None:
                part.head_end = self.tokens[self.at - 1].end
            word = self.word("cap", "weight", "minimum", "cite", "when", "like", "after", "before")
            if word in ("after", "before"):
                part.place = word, self.path()
            elif word == "cap":
                part.cap = self.plain()
                self.behind("point")
                if self.behind("of"):
                    part.of = self.plain()
                part.cap_span = self.between(start)
            elif word == "weight":
                part.weight = self.plain()
            elif word == "minimum":
                part.minimum = self.plain()
            elif word == "cite":
                self.text()
            elif word == "when":
                part.when = self.condition()
            elif word == "like":
                part.like = (self.name(), self.arguments())
                return
            else:
                return

    def arguments(self):
        given = []
        if self.symbol("("):
            while not self.symbol(")"):
                given.append(self.condition())
                self.symbol(",")
        return given

    def common(self, part):
        """What criteria and sections both hold; False where nothing of that stands here."""
        if self.symbol(";"):
            return True
        if self.word("zero"):
            self.need("when")
            part.zero.append(self.condition())
        elif self.word("skip"):
            self.need("when")
            part.skip.append(self.condition())
        elif self.word("minimum"):
            part.minimum = self.plain()
        elif not self.word(*REMARKS):
            return False
        self.text()
        return True

    def section_body(self, part):
        while not self.symbol("}"):
            if self.sees("section", "criterion", "bonus", "penalty"):
                part.parts.append(self.part())
            elif not self.common(part):
                self.wrong("a part")

    def criterion_body(self, part):
        while not self.symbol("}"):
            if not self.common(part):
                part.statements.append(self.statement())
                self.text()

    # ------------------------------------------------------------ statements

    def statement(self):
        if self.word("deduct"):
            return self.deduction()
        if self.word("start at"):
            return ("start", self.points())
        if self.word("steps"):
            return self.steps()
        if self.word("judged"):
            return self.judged()
        return self.earning()

    def earning(self):
        if self.word("full"):
            self.need("when")
            return ("when", ("number", 1, None, True), self.condition())
        if self.word("prorata"):
            return ("prorata", self.sum())
        if self.word("earn"):
            return ("earn", self.condition())
        if self.sees("bands"):
            return ("bands", *self.bands())
        if self.sees("choose"):
            return self.choose()
        if self.word("best of"):
            self.need_symbol("{")
            several = []
            while not self.symbol("}"):
                several.append(self.earning())
                self.text()
                self.symbol(";")
            return ("best", several)
        return self.points_for("when", "per")

    def deduction(self):
        return ("deduct", self.points_for("when", "per"))

    def points_for(self, *kinds):
        points = self.points()
        if self.word("when"):
            return ("when", points, self.condition())
        self.need("per")
        number = self.sum()
        part = bool(self.word("or part"))
        return ("per", points, number, part, self.points() if self.word("up to") else None)

    def points(self):
        if self.token.kind == "number":
            number = self.number()
            return number if number[0] == "number" else self.wrong("points")
        if self.symbol("-"):
            number = self.number()
            return ("number", -number[1], number[2], number[3])
        return ("path", self.path(), False)

    def bands(self):
        self.need("bands")
        value = self.sum()
        if self.word("by"):
            return value, self.name()
        return value, self.band_list()

    def band_list(self):
        self.need_symbol("{")
        bands = []
        while not self.symbol("}"):
            bound = None if self.word("otherwise") else self.bound()
            self.need_symbol(":")
            bands.append((bound, self.result()))
            self.text()
            self.symbol(";")
        return bands

    def bound_word(self):
        if self.token.kind == "sym" and self.token.text in SIGNS:
            self.at += 1
            return SIGNS[self.tokens[self.at - 1].text]
        return self.word("at least", "at most", "above", "below", "is", "from")

    def bound(self):
        """(low, low is left out, high, high is left out), or ("is", value)."""
        word = self.bound_word() or self.wrong("a bound")
        if word == "is":
            return ("is", self.sum())
        if word == "from":
            open_low = bool(self.word("above"))
            low = self.sum()
            self.need("to")
            open_high = bool(self.word("below"))
            return (low, open_low, self.sum(), open_high)
        value = self.sum()
        return (value, word == "above", None, False) if word in ("at least", "above") else (None, False, value, word == "below")

    def result(self):
        if self.word("judged"):
            return self.judged()
        if self.sees("bands"):
            return ("bands", *self.bands())
        return ("value", self.sum())

    def choose(self):
        self.need("choose")
        if self.word("by"):
            return self.choose_by()
        self.need_symbol("{")
        cases = []
        while not self.symbol("}"):
            if self.word("otherwise"):
                when = None
            else:
                self.need("when")
                when = self.condition()
            self.need_symbol(":")
            cases.append((when, self.result()))
            self.text()
            self.symbol(";")
        return ("choose", cases)

    def choose_by(self):
        values, rows = self.table_of(lambda: self.result())
        return ("choose by", values, rows)

    def table_of(self, result):
        values = [self.sum()]
        while self.symbol(","):
            values.append(self.sum())
        self.need_symbol("{")
        rows = []
        while not self.symbol("}") and not self.sees("raise", "lower", "no higher than", "no lower than"):
            if self.word("otherwise"):
                entries = None
            else:
                entries = [self.entry()]
                while self.symbol(","):
                    entries.append(self.entry())
            self.symbol(":")
            rows.append((entries, result()))
            self.text()
            self.symbol(";")
        return values, rows

    def entry(self):
        if self.sees("at least", "at most", "above", "below", "is", "from") or self.token.kind == "sym" and self.token.text in SIGNS:
            return self.bound()
        return ("entry", self.signed())

    def steps(self):
        value = self.sum()
        self.need("from")
        base = self.sum()
        self.need_symbol("{")
        above = below = None
        while not self.symbol("}"):
            points = self.points()
            self.need("per")
            step = self.sum()
            if self.word("above"):
                above = (points, step)
            else:
                self.need("below")
                below = (points, step)
            self.symbol(";")
        up = down = None
        while self.sees("up to", "down to"):
            if self.word("up to"):
                up = self.points()
            else:
                self.need("down to")
                down = self.points()
        return ("steps", value, base, above, below, up, down)

    def judged(self):
        judged = Node(low=None, high=None, options=None, step=None)
        while True:
            if judged.low is None and self.word("from"):
                judged.low = self.judged_limit()
                self.need("to")
                judged.high = self.judged_limit()
            elif self.word("one of"):
                judged.options = [self.judged_limit()]
                while self.symbol(","):
                    judged.options.append(self.judged_limit())
            elif self.word("in steps of"):
                judged.step = self.judged_limit()
            elif self.word("by"):
                self.name()
            else:
                return ("judged", judged)

    def judged_limit(self):
        negative = self.symbol("-")
        number = self.number()
        return ("number", -number[1], None, number[3]) if negative else number

    # ------------------------------------------------------------ outcomes

    def outcome(self):
        kind = self.need("require", "veto", "qualifies")
        name = self.name() if self.is_name() else None
        outcome = Node(kind=kind, name=name, label=self.text())
        self.need("when")
        outcome.when = self.condition()
        self.cite()
        return outcome

    def grade_name(self):
        return self.text() if self.token.kind == "text" else self.name()

    def grades(self):
        self.need("grades")
        grades = Node(cases=[], by=None, rows=[], changes=[])
        if self.word("by"):
            grades.by, grades.rows = self.table_of(self.grade_result)
            if self.tokens[self.at - 1].text != "}" or self.sees("raise", "lower", "no higher than", "no lower than"):
                self.changes(grades)
            return grades
        self.need_symbol("{")
        while not self.symbol("}"):
            if self.sees("no higher than", "no lower than") or self.sees("raise", "lower") and self.peek().kind == "number":
                self.changes(grades)
                break
            if self.word("otherwise"):
                grades.cases.append((None, self.grade_name()))
                self.text()
            else:
                name = self.grade_name()
                self.text()
                self.need("when")
                grades.cases.append((self.condition(), name))
            self.symbol(";")
        return grades

    def grade_result(self):
        return self.grade_name()

    def changes(self, grades):
        while not self.symbol("}"):
            word = self.need("no higher than", "no lower than", "lower", "raise")
            value = self.grade_name() if word.startswith("no") else self.plain()
            self.need("when")
            grades.changes.append((word, value, self.condition()))
            self.text()
            self.symbol(";")


OPENERS = {WORDS[word] for word in ("standard", "facts", "scale", "threshold", "define", "show", "ladder", "pattern", "section", "criterion", "bonus",
                                    "penalty", "require", "veto", "qualifies", "grades", "stage", "test", "property", "authority", "title", "use", "unit")}


def read_period(cursor):
    """The days of a period: `2024`, `2024年`, or from day to day."""
    import datetime
    token = cursor.token
    cursor.at += 1
    if token.kind == "date":
        cursor.need("to")
        cursor.at += 1
        return token.value, cursor.tokens[cursor.at - 1].value
    year = int(token.value)
    return datetime.date(year, 1, 1).toordinal(), datetime.date(year, 12, 31).toordinal()


def parse(text):
    """The newest edition in a text (amend.py)."""
    trees = [Parser(cut(piece, unit_names(text))).standard() for piece in editions(text)]
    tree = trees[0]
    for newer in trees[1:]:
        tree = amended(tree, newer)
    return tree
