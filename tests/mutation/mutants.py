"""The mutants of a C file: each is the file with one operator, constant or branch changed, inside a function. Comments, strings, what the preprocessor reads
and assertions stay as they are. The list of a file depends on its text alone; a mutant is known by its place and by what it changes."""
import re
from dataclasses import dataclass

WORD = re.compile(r"""//[^\n]* | /\*.*?\*/ | \#(?:[^\n\\]|\\.|\\\n)* | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*'
    | [A-Za-z_]\w* | \d[\w.]* | ->|\+\+|--|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]= | \S""", re.X | re.S)
NAME = re.compile(r"[A-Za-z_]\w*")
OPERATORS = {"<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="], "&&": ["||"], "||": ["&&"],
             "+=": ["-="], "-=": ["+="], "++": ["--"], "--": ["++"], "true": ["false"], "false": ["true"], "break": ["continue"], "continue": ["break"]}
ARITHMETIC = {"+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"]}
OPPOSITES = [("min", "max"), ("lowest", "highest"), ("floor", "ceil"), ("add", "sub"), ("mul", "div")]
BEFORE_BINARY = re.compile(r"[\w\])]")
NO_STATEMENT = {"return", "break", "continue", "goto", "if", "for", "while", "do", "switch", "case", "default", "else", "struct", "const", "static", "enum",
                "unsigned", "signed", "int", "char", "bool", "size_t", "long", "abort", "assert", "void"}


@dataclass(frozen=True)
class Mutant:
    file: str
    line: int
    column: int
    what: str
    start: int
    end: int
    text: str

    @property
    def id(self):
        return f"{self.file}:{self.line}:{self.column}:{self.what}"

    def apply(self, source):
        return source[: self.start] + self.text + source[self.end:]


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int


def words_of(source):
    found = (Word(m[0], m.start(), m.end()) for m in WORD.finditer(source))
    return [word for word in found if not word.text.startswith(("//", "/*", "#"))]


def partners(words):
    """{index of a bracket: index of the one that closes or opens it}"""
    pairs, open_at = {}, []
    for i, word in enumerate(words):
        if word.text in "([{":
            open_at.append(i)
        elif word.text in ")]}" and open_at:
            pairs[i] = open_at.pop()
            pairs[pairs[i]] = i
    return pairs


def bodies(words, pairs):
    """[(first, last)] of the words inside functions: what stands in braces behind a closing parenthesis, at the outermost level."""
    found, i = [], 0
    while i < len(words):
        if words[i].text == "{":
            if i and words[i - 1].text == ")":
                found.append((i + 1, pairs[i]))
            i = pairs[i]
        i += 1
    return found


class Finder:
    def __init__(self, file, source):
        self.file = file
        self.source = source
        self.words = words_of(source)
        self.pairs = partners(self.words)
        self.mutants = {}

    def add(self, what, start, end, text):
        line = self.source.count("\n", 0, start) + 1
        column = start - self.source.rfind("\n", 0, start)
        shown = re.sub(r"\s+", " ", what)
        mutant = Mutant(self.file, line, column, shown, start, end, text)
        if not any(m.start == start and m.end == end and m.text == text for m in self.mutants.values()):
            self.mutants[mutant.id] = mutant

    def swap(self, word, text):
        self.add(f"{word.text} -> {text}", word.start, word.end, text)

    def negate(self, first, last):
        """Words `first` to `last`, both included, are a condition."""
        start, end = self.words[first].start, self.words[last].end
        self.add("negated", start, end, f"!({self.source[start:end]})")

    # ---- one kind of change each

    def operators(self, i):
        word = self.words[i]
        for text in OPERATORS.get(word.text, []):
            self.swap(word, text)
        spaced = self.source[word.start - 1] == " " and self.source[word.end] in " \n"
        if word.text in ARITHMETIC and spaced and BEFORE_BINARY.search(self.words[i - 1].text[-1]):
            for text in ARITHMETIC[word.text]:
                self.swap(word, text)

    def constants(self, i):
        word = self.words[i]
        if found := re.fullmatch(r"(\d+)([uUlL]*)", word.text):
            value = int(found[1])
            for other in {0: [1], 1: [0, 2]}.get(value, [value - 1, value + 1]):
                self.swap(word, f"{other}{found[2]}")

    def opposites(self, i):
        word = self.words[i]
        called = i + 1 < len(self.words) and self.words[i + 1].text == "("
        parts = word.text.split("_")
        if not called or not NAME.fullmatch(word.text):
            return
        for pair in OPPOSITES:
            for one, other in (pair, pair[::-1]):
                if one in parts:
                    self.swap(word, "_".join(other if part == one else part for part in parts))

    def conditions(self, i):
        word = self.words[i]
        if word.text in ("if", "while"):
            self.negate(i + 2, self.pairs[i + 1] - 1)
        elif word.text == "?":
            self.negate(self.condition_start(i), i - 1)
        elif word.text == "!" and self.words[i - 1].text not in ("if", "while") and not (self.words[i - 1].text == "(" and self.words[i - 2].text in ("if", "while")):
            self.add("without !", word.start, word.end, "")

    def condition_start(self, i):
        at = i - 1
        while True:
            before = self.words[at - 1].text
            if before in (")", "]", "}"):
                at = self.pairs[at - 1]
            elif before in ("(", "[", "{", ",", ";", ":", "?", "return", "=", "+=", "-=", "|=", "&="):
                return at
            else:
                at -= 1

    def returns(self, i, truth):
        """The result of a function of type bool, turned round."""
        if truth and self.words[i].text == "return" and self.words[i + 1].text not in (";", "true", "false"):
            self.negate(i + 1, self.end_of(i) - 1)

    def end_of(self, i):
        while self.words[i].text != ";":
            i = self.pairs[i] + 1 if self.words[i].text in ("(", "[", "{") else i + 1
        return i

    def statements(self, i):
        """A call, an assignment that goes. Declarations are none: they have two words in a row, or a star between two."""
        before, word = self.words[i - 1].text, self.words[i]
        if before not in ("{", "}", ";", ":", ")", "else") or word.text in NO_STATEMENT or not (NAME.fullmatch(word.text) or word.text in ("*", "++", "--", "(")):
            return
        if before == ")" and self.words[self.pairs[i - 1] - 1].text not in ("if", "for", "while"):
            return
        if before == ";" and self.inside_parentheses(i) or before == ":" and self.in_choice(i - 1) or before == "{" and self.is_literal(i - 1):
            return
        following = self.words[i + 1].text
        if following in (":", "*") or (NAME.fullmatch(word.text) and NAME.fullmatch(following)):
            return
        end = self.words[self.end_of(i)]
        self.add(f"without {self.source[word.start:end.start][:40]}", word.start, end.start, "")

    def inside_parentheses(self, i):
        """Between the semicolons of a `for`."""
        depth = 0
        for word in reversed(self.words[:i]):
            depth += {")": 1, "(": -1}.get(word.text, 0)
            if depth < 0:
                return True
            if word.text in "{}" and depth == 0:
                return False
        return False

    def in_choice(self, i):
        """Is the colon one of `? :`, not of a label?"""
        while self.words[i].text not in (";", "{", "}", "case", "default"):
            if self.words[i].text == "?":
                return True
            i -= 1
        return False

    def is_literal(self, i):
        """Does the brace open a value, not a block?"""
        return self.words[i - 1].text == "=" or self.source[self.words[i].start - 1] != " "

    def asserted(self, first, last):
        """The words of assertions."""
        inside = set()
        for i in range(first, last):
            if self.words[i].text in ("assert", "_Static_assert"):
                inside.update(range(i, self.pairs[i + 1] + 1))
        return inside

    def is_truth(self, first):
        """Is the function whose body begins at word `first` of type bool?"""
        at = self.pairs[first - 2] - 1
        return self.words[at - 1].text == "bool"

    def find(self):
        for first, last in bodies(self.words, self.pairs):
            truth, asserted = self.is_truth(first), self.asserted(first, last)
            for i in range(first, last):
                if i in asserted:
                    continue
                self.operators(i)
                self.constants(i)
                self.opposites(i)
                self.conditions(i)
                self.returns(i, truth)
                self.statements(i)
        return sorted(self.mutants.values(), key=lambda mutant: (mutant.start, mutant.end, mutant.text))


def mutants_of(file, source):
    return Finder(file, source).find()
