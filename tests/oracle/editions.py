"""Pairs of editions, generated: what `rubric diff` proves unchanged beside this reading of both, and what it shows to change beside `rubric eval`."""
import json
import pathlib
import random
import re
import subprocess

from .language.amend import editions
from .language.compare import FAULTS, gather, outcomes_of, told
from .language.evaluator import Standard
from .language.facts import FactsReader, Unit
from .language.generator import Generator
from .language.limits import broken
from .language.parser import parse, unit_names
from .language.split import split
from .language.words import cut
from .language.worlds import TooMany, Worlds

UNITS, ATTEMPTS = 6, 4
NUMBER = re.compile(r"(?<![\w.%\"-])\d+(\.\d+)?(?![\w.\"-])")
COMPARED = {">=": ">", "<=": "<", ">": ">=", "<": "<="}


# ---------------------------------------------------------------- two editions

def outside_quotes(text, pattern):
    """Where a pattern stands in what is no text in quotes, behind the first line."""
    quoted = [m.span() for m in re.finditer(r'"[^"\n]*"|#[^\n]*', text)]
    found = [m for m in re.finditer(pattern, text) if not any(a <= m.start() < b for a, b in quoted)]
    return [m for m in found if m.start() > text.find("\n")]


def put(text, match, instead):
    return text[:match.start()] + instead + text[match.end():]


def change_number(text, rng):
    places = outside_quotes(text, NUMBER)
    if not places:
        return text
    place = rng.choice(places)
    number = float(place.group()) if "." in place.group() else int(place.group())
    return put(text, place, str(rng.choice([number + 1, max(0, number - 1), number * 2])))


def change_comparison(text, rng):
    places = outside_quotes(text, r"(?<= )[<>]=?(?= )")
    return put(text, place, COMPARED[place.group()]) if (place := places and rng.choice(places)) else text


def change_word(text, rng):
    places = outside_quotes(text, r"\b(and|or|rounded up|rounded down|highest|lowest)\b")
    other = {"and": "or", "or": "and", "rounded up": "rounded down", "rounded down": "rounded up", "highest": "lowest", "lowest": "highest"}
    return put(text, place, other[place.group()]) if (place := places and rng.choice(places)) else text


def turn_sums(text, rng):
    """Means the same."""
    places = outside_quotes(text, r"\b(\w+) ([+*]) (\w+)\b(?! *[*/%])")
    return put(text, place, f"{place.group(3)} {place.group(2)} {place.group(1)}") if (place := places and rng.choice(places)) else text


CHANGES = [change_number, change_number, change_number, change_comparison, change_word, turn_sums]


def two_editions(seed, attempt=0):
    """(the old one with those it amends, the new one likewise, who made them)."""
    rng = random.Random(f"{seed} {attempt}")
    made = Generator(rng)
    rules = made.write()
    if rng.random() < 0.4:
        rules = split(rules, rng, made.use)
        *older, newest = editions(rules)
        return older, [*older, newest], made
    new = rules
    for _ in range(rng.choice([1, 1, 2, 3])):
        new = rng.choice(CHANGES)(new, rng)
    return [rules], [new], made


def write_edition(folder, name, texts):
    """Each but the last of `texts` under the name by which the next one amends it."""
    *older, newest = texts
    for number, text in enumerate(older, 1):
        pathlib.Path(folder, f"edition{number}.rubric").write_text(text, encoding="utf-8")
    pathlib.Path(folder, name).write_text(newest, encoding="utf-8")


# ---------------------------------------------------------------- as read here

class Here:
    """One edition, for each period and day that facts files state."""

    def __init__(self, texts):
        text = "# ==== amended by ====\n".join(texts)
        self.tree, self.units, self.made = parse(text), unit_names(text), {}

    def standard(self, said):
        try:
            standard = Standard(self.tree, period=said.period, as_of=said.as_of)
            return standard, outcomes_of(standard)
        except TypeError:       # an older edition that states no period, and reads it
            return None

    def results(self, text):
        """({name of a result: its one value}, what the facts file says); None: the unit is refused, or something is open."""
        said = FactsReader(cut(text, self.units)).file()
        key = said.period, said.as_of
        if key not in self.made:
            self.made[key] = self.standard(said)
        if not self.made[key]:
            return None, said
        standard, outcomes = self.made[key]
        try:
            unit = Unit(standard, said)
            worlds = None if broken(standard, unit) else Worlds(standard, unit, 200)
            hulls = gather(worlds, outcomes) if worlds and worlds.size else {}
        except (*FAULTS, IndexError, TypeError, KeyError, AttributeError):      # a fault, or a fact of another kind in this edition
            return None, said
        if not hulls:
            return None, said
        return {name: None if hull.na else next(iter(hull.seen)) for name, hull in hulls.items() if len(hull.seen) + hull.na == 1}, said


def result_of(effect, moved, edition):
    """By what name `outcomes_of` knows it; None: by none."""
    path = moved.get(effect["path"], effect["path"]) if edition == "old" else effect["path"]
    kind = effect["of"]
    return ("score", path) if kind == "part" else (kind,) if kind in ("total", "grade", "eligible") else ("show", path) if kind == "show" else ("qualifies", path)


def contradicted(effect, moved, here, text):
    """Of a result that is called unchanged: whether this unit has two values of it. None: it is none that could tell."""
    (old, said), (new, _) = here["old"].results(text), here["new"].results(text)
    stated = said.columns[0]
    if old is None or new is None or any(name not in stated or not stated[name].evidence for name in effect.get("reported", ())):
        return None
    if effect.get("same_days") and (said.period is None or said.as_of is None):
        return None
    a, b = result_of(effect, moved, "old"), result_of(effect, moved, "new")
    return None if a not in old or b not in new else old[a] != new[b]


# ---------------------------------------------------------------- as the program says

def run_json(program, folder, *words):
    done = subprocess.run([program, *words, "--json"], cwd=folder, capture_output=True)
    assert done.returncode in (0, 1, 2), f"exit {done.returncode}: {done.stderr.decode(errors='replace')}"
    return [json.loads(line) for line in done.stdout.splitlines()]


def replayed(program, folder, edition, effects, moved):
    """What `eval` says of each subject in the unit that `diff` shows."""
    names = []
    for number, effect in enumerate(effects):
        names.append(f"w{number}.facts")
        pathlib.Path(folder, names[-1]).write_text("\n".join([f'unit w{number} "w"', *effect["unit"][f"{edition}_facts"]]) + "\n", encoding="utf-8")
    answers = run_json(program, folder, "eval", *names, "--rules", f"{edition}.rubric")
    found = []
    for effect, said in zip(effects, answers):
        assert "error" not in said, f"the unit is refused by the {edition} edition: {effect}\n{said}"
        one = told(said)[result_of(effect, moved, edition)]
        found.append(one[0] if effect["of"] == "part" else one)
    return found


def is_refused(program, folder, text):
    """By one of the editions, as by a total that is divided by nothing."""
    pathlib.Path(folder, "u.facts").write_text(text, encoding="utf-8")
    return "error" in run_json(program, folder, "diff", "old.rubric", "new.rubric", "u.facts")[1]


def examine(program, folder, seed, counts):
    """What is wrong with the answers about one pair; `counts` is added to."""
    answers, attempt = [], 0
    while not answers and attempt < ATTEMPTS:
        old, new, made = two_editions(seed, attempt)
        write_edition(folder, "old.rubric", old)
        write_edition(folder, "new.rubric", new)
        answers = run_json(program, folder, "diff", "old.rubric", "new.rubric")
        attempt += 1
    if not answers:
        counts["pairs refused"] += 1
        return []
    counts["pairs"] += 1
    moved = {c["path"]: c["from"] for c in answers[0]["changes"] if "from" in c}
    effects, wrong = answers[0]["effects"], []
    for effect in effects:
        counts[effect["effect"]] += 1
    shown = [e for e in effects if e["effect"] == "differs" and not e["unit"]["set"] and (e["of"] != "outcome" or e["path"] in made.qualified)]
    if shown:
        before, after = (replayed(program, folder, edition, shown, moved) for edition in ("old", "new"))
        for effect, a, b in zip(shown, before, after):
            counts["units replayed"] += 1
            if a == b or a != effect["unit"]["old"] or b != effect["unit"]["new"]:
                wrong.append(f"seed {seed}: {effect} comes to {a} and {b}")
    same = [e for e in effects if e["effect"] == "unchanged" and (e["of"] != "outcome" or e["path"] in made.qualified)]
    here = {"old": Here(old), "new": Here(new)}
    for number in range(UNITS):
        text = made.unit(number)
        for effect in same:
            try:
                found = contradicted(effect, moved, here, text)
            except TooMany:
                counts["too many worlds"] += 1
                break
            counts["unchanged results looked at"] += found is not None
            if found and not is_refused(program, folder, text):
                wrong.append(f"seed {seed}: {effect} is not unchanged for\n{text}")
    return wrong
