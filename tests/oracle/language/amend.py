"""Amended standards, by clauses 17.1 to 17.8 of the manual: a tree, and the changes that are made in it. Several editions stand in one text, the oldest first,
each but the first behind a line NEXT; every one amends the one above it."""
from types import SimpleNamespace as Node

NEXT = "# ==== amended by ====\n"
PARTS = {"section", "criterion", "bonus", "penalty"}
LINES = {"period": ["period"], "total": ["total", "out_of", "step", "limits"], "scores": ["scores"], "skipped": ["skipped"], "better lower": ["lower"],
         "columns": ["columns"], "final": ["final"]}
LISTS = {"scale": "scales", "unit": "units", "threshold": "thresholds", "define": "defines", "show": "shows", "ladder": "ladders", "pattern": "patterns"}


def editions(text):
    """The text of each edition, the newest last."""
    return text.split(NEXT)


def joined(texts):
    return NEXT.join(texts)


def find_part(parts, path):
    """(the list it stands in, its place)."""
    for at, part in enumerate(parts):
        if part.name == path[0]:
            return (parts, at) if len(path) == 1 else find_part(part.parts, path[1:])
    raise KeyError(".".join(path))


def find_fact(tree, name):
    for group in tree.groups:
        for at, fact in enumerate(group):
            if fact.name == name:
                return group, at
    raise KeyError(name)


def find_named(several, name, kind=None):
    for at, one in enumerate(several):
        if (one.name or one.label) == name and (kind is None or one.kind == kind):
            return several, at
    raise KeyError(name)


def find(tree, kind, path):
    if kind in PARTS:
        return find_part(tree.parts, path)
    if kind == "facts":
        return find_fact(tree, path[-1])
    if kind in ("require", "veto", "qualifies"):
        return find_named(tree.outcomes, path[-1], kind)
    return find_named(getattr(tree, LISTS[kind]), path[-1])


def set_part(old, new):
    if new.label is not None:
        old.label = new.label
    if new.cap is not None:
        old.cap, old.of = new.cap, new.of
    for name in ("weight", "minimum"):
        if getattr(new, name) is not None:
            setattr(old, name, getattr(new, name))


def place(tree, change, seats):
    """The list and the place for something new; `seats`: how many stand behind a neighbour already."""
    kind, path, where = change.kind, change.path, change.place
    if where is None:
        parts = tree.parts
        for name in path[:-1]:
            several, at = find_part(parts, [name])
            parts = several[at].parts
        return parts, len(parts)
    word, beside = where
    several, at = find(tree, kind, beside)
    if word == "before":
        return several, at
    behind = seats.get((kind == "facts", tuple(beside)), 0)
    seats[kind == "facts", tuple(beside)] = behind + 1
    return several, at + 1 + behind


def make(tree, change, seats):
    if change.what == "set threshold":
        several, at = find(tree, "threshold", change.path)
        several[at].value, several[at].dated = change.new.value, change.new.dated
    elif change.what == "set":
        several, at = find(tree, change.kind, change.path)
        set_part(several[at], change.new)
    elif change.what == "replace" and change.kind == "grades":
        tree.grades = change.new
    elif change.what == "replace":
        several, at = find(tree, change.kind, change.path)
        several[at] = change.new
    elif change.what == "insert":
        several, at = place(tree, change, seats)
        several.insert(at, change.new)
    elif change.kind == "grades":
        tree.grades = None
    else:
        several, at = find(tree, change.kind, change.path)
        del several[at]


def header(old, new):
    made = Node(**vars(old))
    made.name, made.label = new.name, new.label if new.label is not None else old.label
    for word in new.given:
        for name in LINES.get(word, ()):
            setattr(made, name, getattr(new, name))
    return made


def amended(base, new):
    """The tree of the new edition; `base` is used up."""
    base.header = header(base.header, new.header)
    seats = {}
    for change in new.changes:
        make(base, change, seats)
    for name in ("groups", "scales", "units", "thresholds", "defines", "shows", "ladders", "patterns", "parts", "outcomes", "uses"):
        getattr(base, name).extend(getattr(new, name))
    base.grades = new.grades or base.grades
    return base
