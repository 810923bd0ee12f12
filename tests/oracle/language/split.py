"""An older edition of a standard and an amendment that makes the standard of it: what is compared is the same standard, written in two files."""
from .amend import editions, joined
from .parser import Parser, unit_names
from .words import cut

MOVED = {"define", "show", "require", "veto", "qualifies", "threshold", "ladder", "pattern", "facts", "scale"}


class Splitter:
    def __init__(self, text, units, rng, use):
        self.text, self.rng, self.use = text, rng, use
        self.tree = Parser(cut(text, units)).standard()
        self.edits, self.lines, self.header, self.number = [], [], [], 0

    def chance(self, p):
        return self.rng.random() < p

    def new_name(self):
        self.number += 1
        return f"gone{self.number}_{self.rng.randrange(1000)}"

    def raw(self, start, end):
        return self.text[start:end]

    def edit(self, start, end, text=""):
        self.edits.append((start, end, text))

    def change(self, form, line):
        self.use("amended: " + form)
        self.lines.append(line)

    # ------------------------------------------------------------ parts

    def parts(self, parts, path):
        """Of each list some are taken out, some stand otherwise, and something stands there that goes."""
        there = []
        for part in parts:
            there.append(self.part(part, path, [p for p in there if p]))
        left = [p for p in there if p]
        if left and self.chance(0.1):
            name, beside = self.new_name(), self.rng.choice(left)
            self.edit(beside.span[0], beside.span[0], f'criterion {name} "Gone" cap 2 {{ }}\n')
            self.change("repeal criterion", f'repeal criterion {".".join([*path, name])} "Gone"')

    def part(self, part, path, older):
        """The part, where it stands in the older edition."""
        full = ".".join([*path, part.name])
        start, end = part.span
        named = f"{self.raw(start, part.name_span[0])}{full}"
        if self.chance(0.08):
            place, form = "", "insert last"
            if older and self.chance(0.6):
                place, form = f" after {'.'.join([*path, self.rng.choice(older).name])}", "insert after"
            self.edit(start, end)
            self.change(form, f"insert {named}{self.raw(part.name_span[1], part.head_end)}{place}{self.raw(part.head_end, end)}")
            return None
        if self.chance(0.08):
            self.edit(start, end, f'{part.kind} {part.name} "Old" cap 3 {{ }}')
            self.change("replace part", f"replace {named}{self.raw(part.name_span[1], end)}")
            return part
        if part.cap_span and self.chance(0.12):
            self.edit(*part.cap_span, "cap 7")
            self.change("set cap", f'set {part.kind} {full} "New" {self.raw(*part.cap_span)}')
        if part.like is None:
            self.parts(part.parts, [*path, part.name])
        return part

    # ------------------------------------------------------------ facts

    def facts(self, group):
        kept = []
        for fact in group:
            text = self.raw(*fact.span)
            if self.chance(0.06):
                self.edit(*fact.span, f"{fact.name} : text\n")
                self.change("replace facts", f"replace facts {{\n{text}\n}}")
            elif kept and self.chance(0.06):
                self.edit(*fact.span)
                self.change("insert facts", f"insert facts after {self.rng.choice(kept).name} {{\n{text}\n}}")
                continue
            elif self.chance(0.06):
                name = self.new_name()
                self.edit(fact.span[0], fact.span[0], f"{name} : count\n")
                self.change("repeal facts", f"repeal facts {name}")
            kept.append(fact)

    # ------------------------------------------------------------ the rest

    def declaration(self, kind, start, end):
        text = self.raw(start, end)
        name = text.split()[1].split("(")[0] if len(text.split()) > 1 else ""
        if kind == "grades" and self.chance(0.2):
            self.edit(start, end, "grades { A1 when total >= 1 otherwise B1 }")
            self.change("replace grades", f"replace {text}")
        elif kind == "threshold" and self.chance(0.25) and "=" in text:
            self.edit(start, end, f'threshold {name} "Old"')
            self.change("set threshold", f"set threshold {name} {text[text.index('='):]}")
        elif kind in MOVED and self.chance(0.12):
            self.edit(start, end)
            self.change("added " + kind, text)
        elif kind in ("define", "show", "qualifies") and self.chance(0.15):
            old = {"define": f"define {name} = 1", "show": f"show {name} = 1", "qualifies": f"qualifies {name} when no"}[kind]
            self.edit(start, end, old)
            self.change("replace " + kind, f"replace {text}")
        elif kind in ("define", "require", "veto") and self.chance(0.15):
            gone = self.new_name()
            old = f"define {gone} = missing_{gone}\n" if kind == "define" else f'{kind} "{gone}" when no\n'
            self.edit(start, start, old)
            self.change("repeal " + kind, f"repeal {kind} {gone}" if kind == "define" else f'repeal {kind} "{gone}" cite "§ 1"')

    def lines_of_header(self):
        for word, start, end in self.tree.header.lines:
            if self.chance(0.2) and word not in ("columns", "final"):
                self.edit(start, end)
                self.header.append(self.raw(start, end))
                self.use("amended: header " + word)

    def made(self, name):
        self.lines_of_header()
        for kind, start, _, *span in self.tree.spans:
            if kind not in ("standard", "section", "criterion", "bonus", "penalty", "facts") or kind == "facts" and self.chance(0.1):
                self.declaration(kind, *span)
        self.parts(self.tree.parts, [])
        taken = [(start, end) for start, end, _ in self.edits]
        for group in self.tree.groups:
            if not any(start <= group[0].span[0] < end for start, end in taken if group):
                self.facts(group)
        older, at = [], 0
        for start, end, text in sorted(self.edits, key=lambda e: (e[0], e[1] > e[0])):
            older += [self.text[at:start], text]
            at = end
        older = "".join(older) + self.text[at:]
        head = f'standard s "S" amends "{name}" {{ {" ".join(self.header)} note "amends" }}'
        return older, "\n".join([head, *self.lines]) + "\n"


def split(text, rng, use):
    """A text of one edition more: its first is split into two."""
    first, *newer = editions(text)
    older, newest = Splitter(first, unit_names(text), rng, use).made("edition1.rubric")
    # What amends the first from now on amends the second.
    newer = [piece.replace(f"edition{n}.rubric", f"edition{n + 1}.rubric", 1) for n, piece in reversed(list(enumerate(newer, 1)))][::-1]
    return joined([older, newest, *newer])
