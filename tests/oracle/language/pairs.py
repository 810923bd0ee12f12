"""Pairs of a standard and a unit, generated: the program's answers beside ours."""
import collections
import json
import pathlib
import random
import subprocess
import tempfile
from dataclasses import dataclass

from .amend import editions
from .chinese import in_chinese
from .compare import Words, differences, is_loose, outcomes_of
from .evaluator import Standard
from .split import split
from .facts import FactsReader, Unit
from .generator import Generator
from .limits import CODES, broken
from .parser import parse, unit_names
from .words import cut
from .worlds import TooMany, Worlds

MOST_WORLDS = 4000


@dataclass
class Difference:
    """One unit on which the two do not agree."""
    seed: int
    unit: str
    rules: str
    facts: str
    wrong: list
    # Whether the program says nothing that is wrong, but holds more for possible than there is.
    loose: bool

    def __str__(self):
        told = "\n".join(f"  {name}: here {wanted}, the program {got}" for name, wanted, got in self.wrong)
        return f"seed {self.seed}, {self.unit}\n{told}\n{self.rules}\n{self.facts}"


def program_says(program, folder, rules, files):
    """{name of a facts file: its line of JSON}."""
    names = []
    *older, newest = editions(rules)
    pathlib.Path(folder, "s.rubric").write_text(newest, encoding="utf-8")
    for number, text in enumerate(older, 1):
        pathlib.Path(folder, f"edition{number}.rubric").write_text(text, encoding="utf-8")
    for number, text in enumerate(files):
        names.append(f"u{number:02d}.facts")
        pathlib.Path(folder, names[-1]).write_text(text, encoding="utf-8")
    done = subprocess.run([program, "eval", *names, "--rules", "s.rubric", "--json"], cwd=folder, capture_output=True)
    assert done.returncode in (0, 2), f"exit {done.returncode}: {done.stderr.decode(errors='replace')}\n{rules}"
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode(errors="replace")


def refused_by(said):
    """The codes of the errors for which a unit is refused."""
    return {e["code"] for e in said.get("error", ()) if e["code"][0] == "E"}


class Here:
    """The standard as read here: for each period and day that facts files state."""

    def __init__(self, rules):
        self.rules, self.tree, self.units, self.made = rules, parse(rules), unit_names(rules), {}

    def at(self, told):
        key = told.period, told.as_of
        if key not in self.made:
            standard = Standard(self.tree, period=told.period, as_of=told.as_of)
            self.made[key] = standard, Words(standard), outcomes_of(standard)
        return self.made[key]

    def has_no_world(self, text):
        """What is stated leaves nothing that something else could be."""
        told = FactsReader(cut(text, self.units)).file()
        standard, _, _ = self.at(told)
        return not Worlds(standard, Unit(standard, told), 10 ** 12).size

    def compare(self, text, said, fine=1, outer=None):
        """(what differs, how many worlds there are). 0: one limit between facts is broken, or what is stated leaves no world."""
        told = FactsReader(cut(text, self.units)).file()
        standard, words, outcomes = self.at(told)
        self.words = words
        unit = Unit(standard, told)
        wanted, got = broken(standard, unit), refused_by(said)
        if wanted or got:
            return [] if wanted == got else [("limits", wanted, got)], 0
        worlds = Worlds(standard, unit, MOST_WORLDS, fine)
        self.unknown, self.bound = worlds.facts, max(map(len, worlds.bound), default=0)
        if not worlds.size:
            return [], 0
        return differences(standard, words, worlds, outcomes, said, outer)


def examine(program, folder, seed, counts, units=20):
    """The differences of one standard with its units; `counts` is added to."""
    rng = random.Random(seed)
    made = Generator(rng)
    rules = made.write()
    files = [made.unit(number) for number in range(units)]
    for _ in range(2):
        if rng.random() < 0.2:
            rules = split(rules, rng, made.use)
    if rng.random() < 0.2:
        made.use("in Chinese")
        rules, names = in_chinese(rules, rng), unit_names(rules)
        files = [in_chinese(text, rng, facts=True, units=names) if rng.random() < 0.8 else text for text in files]
    answers, errors = program_says(program, folder, rules, files)
    if not answers or all("error" in a for a in answers):
        counts["standards refused"] += 1
        counts["refused " + (answers[0]["error"][0]["code"] if answers else errors[:12])] += 1
        return []
    here, found = Here(rules), []
    counts["standards"] += 1
    counts.update({f"form {form}": 1 for form in made.forms})
    for number, (text, said) in enumerate(zip(files, answers)):
        if "error" in said:
            counts["units refused"] += 1
            counts.update(f"unit refused {code}" for code in refused_by(said))
            if not refused_by(said) <= set(CODES.values()):
                continue
        outer, here.bound, here.unknown = [], 0, 0
        try:
            wrong, worlds = here.compare(text, said, outer=outer)
            if wrong and worlds > 1:
                wrong, worlds = here.compare(text, said, fine=24)
        except TooMany:
            counts["too many worlds"] += 1
            continue
        if not worlds and not wrong:
            counts["no world" if "error" not in said else "limit between facts broken"] += 1
            continue
        counts["pairs"] += 1
        counts["pairs of amended standards"] += len(editions(rules)) > 1
        counts["pairs with one world" if worlds == 1 else "pairs with unknowns"] += 1
        counts["worlds"] += worlds
        counts["pairs with unknown facts that limit each other"] += here.bound > 1
        counts["pairs with three or more unknown facts that limit each other"] += here.bound > 2
        counts["pairs with a bound that the program calls outer"] += bool(outer)
        counts["pairs with one to three unknown facts"] += 0 < here.unknown <= 3
        counts["outer with at most three unknown facts"] += bool(outer) and here.unknown <= 3
        if wrong:
            loose = all(is_loose(here.words, *one) for one in wrong)
            counts["differences: the program holds more for possible" if loose else "differences: the program says another thing"] += 1
            found.append(Difference(seed, f"u{number:02d}", rules, text, wrong, loose))
    return found


def run(program, start, pairs, counts=None, stop_at=10**9):
    """Standards from seed `start` on until so many pairs are compared."""
    counts = collections.Counter() if counts is None else counts
    found, seed = [], start
    with tempfile.TemporaryDirectory(dir="/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None) as folder:
        while counts["pairs"] < pairs and len(found) < stop_at:
            found += examine(program, folder, seed, counts)
            seed += 1
    counts["next seed"] = seed
    return found, counts
