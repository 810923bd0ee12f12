"""The keywords, read from the table of docs/language.md (16.2), and the text of a file cut into tokens."""
import datetime
import pathlib
import re
from fractions import Fraction

MANUAL = pathlib.Path(__file__).resolve().parents[3] / "docs/language.md"
AFTER = "after a number"


def table():
    """Rows of 16.2: ([English spellings], [Chinese spellings], kind)."""
    text = MANUAL.read_text(encoding="utf-8")
    part = text[text.index("### 16.2 Table"):text.index("\n## 17")]
    rows = []
    for line in part.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            rows.append((re.findall(r"`([^`]+)`", cells[0]), re.findall(r"`([^`]+)`", cells[1]), cells[2]))
    return rows


WORDS, RESERVED, BEHIND, PREDEFINED, CHINESE = {}, set(), {}, {}, {}
for english, chinese, kind in table():
    for spelling in english + chinese:
        if kind == AFTER:
            BEHIND[spelling] = english[0]
        elif kind == "predefined":
            PREDEFINED[spelling] = english[0]
        else:
            WORDS[spelling] = english[0]
            if kind != "free":
                RESERVED.add(english[0])
    # Of two English words of one row the first is the meaning; the Chinese ones stand for all of them.
    for spelling in english:
        CHINESE.setdefault((kind == AFTER, spelling), chinese)

PHRASES = {}
for spelling in WORDS:
    parts = spelling.split(" ")
    if len(parts) > 1:
        PHRASES.setdefault(parts[0], []).append(parts)
for several in PHRASES.values():
    several.sort(key=len, reverse=True)

FULL_WIDTH = {ord(wide): narrow for wide, narrow in zip("（）｛｝［］，。：；＝＜＞＋－×÷％｜、／＊", "(){}[],.:;=<>+-*/%|,/*")}
FULL_WIDTH[ord("～")] = ".."
QUOTES = {"“": "”", "「": "」"}
MULTIPLIERS = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
TOKEN = re.compile(r'''
  (?P<blank>[ \t\r\f\ufeff]+) | (?P<comment>[\#＃][^\n]*) | (?P<line>\n)
  | (?P<date>\d{4}-\d\d-\d\d(?!\w)|\d{4}年\d{1,2}月\d{1,2}日)
  | (?P<number>\d[\d_]*(?:\.(?!\.)\d+)?)
  | (?P<na>[nN]/[aA](?!\w)) | (?P<word>[^\W\d]\w*) | (?P<tick>`[^`\n]+`)
  | (?P<long>"""(?s:.*?)""") | (?P<text>"(?:[^"\\\n]|\\.)*"|“[^”]*”|「[^」]*」)
  | (?P<sym>\.\.|>=|<=|!=|[≥≤≠×÷～（）｛｝［］，：；＝＜＞＋－％｜、／＊。]|[-+*/<>=(){}\[\],.:;%|])
''', re.X)
SYMBOLS = {"≥": ">=", "≤": "<=", "≠": "!="}
WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
MULTIPLIED = re.compile(r"(万亿|亿|万)?")


class Token:
    """`canon`: what the word means as a keyword. `behind`: what it means behind a number. `unit`: letters that touch a number."""
    __slots__ = ("kind", "text", "value", "line", "canon", "behind", "unit", "at", "end", "used")

    def __init__(self, kind, text, value, line, at, end):
        self.kind, self.text, self.value, self.line, self.at, self.end = kind, text, value, line, at, end
        self.canon = self.behind = self.unit = self.used = None

    def __repr__(self):
        return f"{self.kind}:{self.text}@{self.line}"


class Wrong(Exception):
    """What is read is not well-formed, or is refused."""


def date_of(text):
    year, month, day = (int(n) for n in re.findall(r"\d+", text))
    return datetime.date(year, month, day).toordinal()


ESCAPED = re.compile(r"\\(.)")


def unquote(text):
    inner = text[1:-1]
    return ESCAPED.sub(lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), inner) if "\\" in inner else inner


def cut(text, units=()):
    """The tokens of a text. `units`: names of units that may hold a multiplier, such as 万元."""
    tokens, line, at, size = [], 1, 0, len(text)
    match = TOKEN.match
    while at < size:
        found = match(text, at)
        if not found:
            raise Wrong(f"line {line}: what is {text[at:at + 10]!r}?")
        kind, word, end = found.lastgroup, found.group(), found.end()
        if kind == "blank" or kind == "comment":
            at = end
            continue
        if kind == "line":
            line += 1
            at = end
            continue
        if kind == "word":
            token = Token("word", word, word, line, at, end)
            token.canon = WORDS.get(word)
            if tokens and tokens[-1].kind == "number" and tokens[-1].line == line:
                token.behind = BEHIND.get(word)
                if tokens[-1].unit is None and tokens[-1].end == at:
                    at = number_with_letters(tokens[-1], text, at, units)
                    continue
            if tokens and tokens[-1].kind == "date" and word.lower() in WEEKDAYS | {f"星期{d}" for d in "一二三四五六日天"}:
                at = end
                continue
        elif kind == "number":
            plain = word.replace("_", "")
            token = Token("number", word, int(plain) if plain.isdigit() else Fraction(plain), line, at, end)
        elif kind == "date":
            token = Token("date", word, date_of(word), line, at, end)
        elif kind == "na":
            token = Token("word", word, "n/a", line, at, end)
            token.canon = "n/a"
        elif kind == "tick":
            token = Token("word", word, word[1:-1], line, at, end)
        elif kind == "long":
            token = Token("text", word, word[3:-3], line, at, end)
            line += word.count("\n")
        elif kind == "text":
            token = Token("text", word, unquote(word), line, at, end)
        else:
            word = SYMBOLS.get(word) or word.translate(FULL_WIDTH)
            token = Token("sym", word, word, line, at, end)
        tokens.append(token)
        at = end
    tokens.append(Token("end", "", None, line, size, size))
    return join_phrases(tokens)


LETTERS = re.compile(r"[^\W\d]+")


def number_with_letters(token, text, at, units):
    """Letters that touch a number: a multiplier, then a unit."""
    word = LETTERS.match(text, at).group()
    multiplier = MULTIPLIED.match(word).group()
    if word in units:
        token.unit = word
    elif multiplier:
        token.value *= MULTIPLIERS[multiplier]
        token.unit = word[len(multiplier):] or None
    else:
        token.unit = word
    token.end = at + len(word)
    token.text = text[token.at:token.end]
    return token.end


def join_phrases(tokens):
    joined, at, size = [], 0, len(tokens)
    while at < size:
        token = tokens[at]
        at += 1
        if token.kind == "word" and token.text in PHRASES:
            for parts in PHRASES[token.text]:
                rest = tokens[at:at + len(parts) - 1]
                if len(rest) == len(parts) - 1 and all(t.text == p and t.line == token.line for t, p in zip(rest, parts[1:])) or \
                        (parts[-1] == "n/a" and len(rest) == len(parts) - 1 and [t.value for t in rest] == parts[1:]):
                    token.text = token.value = " ".join(parts)
                    token.canon = WORDS[token.text]
                    token.end = rest[-1].end
                    at += len(rest)
                    break
        joined.append(token)
    return joined
