"""What a small standard comes to in every world, told by the program in one call, and what follows from that: which sets of facts can bring a goal
about, or cost it. A world gives every fact one of its values."""
import csv
import itertools
import json
import math
import pathlib
from dataclasses import dataclass, field

from oracle.small import MONTHS, NA, ORDERED
from support import run

BAD, GOOD, REFUSED = 0, 1, 2         # in this order: over many worlds the least of them counts
REST = None                          # a fact that is not known and not moved


@dataclass
class World:
    total: object
    grade: object
    eligible: str
    goals: list


class Table:
    """Of a standard: its worlds in the order of `itertools.product`, the last fact fastest. None: refused."""

    def __init__(self, program, standard, goals, folder):
        self.standard, self.facts, self.goals = standard, standard.facts, goals
        self.sizes = [len(fact.values) for fact in self.facts]
        shows = [(f"goal{i}", goal) for i, goal in enumerate(goals)]
        pathlib.Path(folder, "asked.rubric").write_text(standard.text(shows), encoding="utf-8")
        self.write(pathlib.Path(folder, "worlds.csv"))
        done = run([program, "eval", "worlds.csv", "--rules", "asked.rubric", "--json"], folder)
        self.trouble = done.stderr
        told = done.stdout.splitlines()
        self.understood = len(told) == math.prod(self.sizes)             # else the standard is no good
        self.worlds = [self.world(json.loads(line)) for line in told] if self.understood else []

    def write(self, path):
        with path.open("w", newline="", encoding="utf-8") as out:
            rows = csv.writer(out)
            proven = [fact for fact in self.facts if fact.evidence]
            rows.writerow(["unit", *(fact.key() for fact in self.facts), *(f"{fact.name}.evidence" for fact in proven)])
            for number, world in enumerate(itertools.product(*(fact.values for fact in self.facts))):
                rows.writerow([f"u{number}", *world, *("file" for _ in proven)])

    def world(self, told):
        if "error" in told:
            return None
        grade = told["grade"] and told["grade"]["value"]
        return World(told["total"]["value"], grade, told["eligible"], [told["shows"][f"goal{i}"]["value"] for i in range(len(self.goals))])

    def at(self, world):
        place = 0
        for size, value in zip(self.sizes, world):
            place = place * size + value
        return self.worlds[place]

    def completions(self, values):
        """The worlds that are not refused, REST being any value."""
        choices = [range(size) if value is REST else [value] for size, value in zip(self.sizes, values)]
        return [w for w in map(self.at, itertools.product(*choices)) if w is not None]


# ---------------------------------------------------------------- what is asked

@dataclass
class Unit:
    """What is given of each fact: the place of its value, or None where it is not known; and how that is written."""
    given: list
    lines: list


@dataclass
class Question:
    goal: int
    risk: bool
    moves: list = field(default_factory=list)   # of each fact, what the call makes of it; "settled": locked
    costs: list = field(default_factory=list)
    ways: int = 5


def allowed(fact, now, moves):
    """The places that a known fact can be brought to, its own among them."""
    last = len(fact.values) - fact.has_na()
    if moves == "settled" or fact.at[now] == NA:
        return [now]
    return list(range(now if moves == "can only grow" else 0, now + 1 if moves == "can only fall" else last))


class Truth:
    """The goal over all that can be moved. An axis for each fact: the places that it can have, REST behind them where it is not known.

    Where facts limit each other, a move may be impossible for some of what the unknown ones can be today. `cells` leaves such worlds out; a move is
    firm if it does in them too: what is firm surely does, what is not even in `cells` surely does not."""

    def __init__(self, table, unit, question):
        self.table, self.unit, self.question = table, unit, question
        self.sure = {"yes"} if not question.risk else {"no", "n/a"}
        self.axes = [axis_of(fact, now, moves) for fact, now, moves in zip(table.facts, unit.given, question.moves)]
        self.places = [{value: i for i, value in enumerate(axis)} for axis in self.axes]
        self.cells = self.over_axes([self.state(world) for world in table.worlds])
        self.all_firm = None not in table.worlds or None not in unit.given
        self.masks = self.masks_of_cells()

    def state(self, world):
        return REFUSED if world is None else GOOD if world.goals[self.question.goal] in self.sure else BAD

    def over_axes(self, states):
        outer, inner = 1, len(states)
        for size, axis in zip(self.table.sizes, self.axes):
            inner //= size
            states = narrowed(states, outer, size, inner, axis)
            outer *= len(axis)
        return states

    def is_moved(self, fact, value):
        return value != self.unit.given[fact]

    def masks_of_cells(self):
        """Which facts move, as bits: those that are not what they are now."""
        masks = [0]
        for fact, axis in enumerate(self.axes):
            bits = [(1 << fact) if self.is_moved(fact, value) else 0 for value in axis]
            masks = [mask | bit for mask in masks for bit in bits]
        return masks

    def cell(self, values):
        """`values`: of each fact, REST for what stays unknown."""
        place = 0
        for axis, places, value in zip(self.axes, self.places, values):
            place = place * len(axis) + places[value]
        return self.cells[place]

    def values_at(self, place):
        values = []
        for axis in reversed(self.axes):
            values.insert(0, axis[place % len(axis)])
            place //= len(axis)
        return values

    def is_firm(self, values):
        """It does, and is possible whatever the unknown facts that do not move are today."""
        if self.all_firm or self.cell(values) != GOOD:
            return self.cell(values) == GOOD
        open_now = [i for i, now in enumerate(self.unit.given) if now is None]
        rest = [i for i in open_now if values[i] is REST]
        for chosen in itertools.product(*(range(self.table.sizes[i]) for i in rest)):
            if self.table.at(put(values, rest, chosen)) is None and self.is_possible_today(rest, chosen):
                return False
        return True

    def is_possible_today(self, facts, chosen):
        return any(True for _ in self.table.completions(put(self.unit.given, facts, chosen)))

    def supports(self):
        """Every set of facts that can do it."""
        return {mask for mask, state in zip(self.masks, self.cells) if state == GOOD}

    def does_firmly(self, mask):
        return any(self.is_firm(self.values_at(place)) for place, (m, state) in enumerate(zip(self.masks, self.cells)) if m == mask and state == GOOD)

    def is_done(self):
        return self.cell(self.unit.given) == GOOD

    def cost(self, mask):
        return sum(cost for fact, cost in enumerate(self.question.costs) if mask >> fact & 1)

    def now(self):
        """A goal is an outcome: n/a counts as no. What is not surely one thing is unknown."""
        said = {world.goals[self.question.goal].replace("n/a", "no") for world in self.table.completions(self.unit.given)}
        return said.pop() if len(said) == 1 else "unknown"

    # ------------------------------------------------------------ one way

    def far(self, fact, now, to):
        """How far a value lies from what is so now; of months at least so far."""
        at = self.table.facts[fact].at
        if self.table.facts[fact].kind in (ORDERED, MONTHS) and NA not in (at[now], at[to]):
            return abs(at[now] - at[to])
        return 0 if now == to else 1

    def nearer(self, values, fact, far):
        """Values of a known fact less far from what is so now that would do as well."""
        now = self.unit.given[fact]
        return [v for v in self.axes[fact] if self.far(fact, now, v) < far and self.is_firm(put(values, [fact], [v]))]

    def beside(self, values, fact, up):
        """What lies beyond the value of a fact that was unknown, the nearest first; n/a is no number."""
        at = self.table.facts[fact].at
        here = values[fact]
        beyond = range(here + 1, len(at)) if up else range(here - 1, -1, -1)
        return [put(values, [fact], [v]) for v in beyond if at[v] != NA]


def put(values, facts, chosen):
    values = list(values)
    for fact, value in zip(facts, chosen):
        values[fact] = value
    return values


def axis_of(fact, now, moves):
    if now is not None:
        return allowed(fact, now, moves)
    return [REST] if moves == "settled" else [*range(len(fact.values)), REST]


def minimal(masks):
    return {mask for mask in masks if not any(other != mask and other & mask == other for other in masks)}


def narrowed(cells, outer, size, inner, axis):
    """One fact's values cut down to those of its axis; REST: what holds for all of them."""
    kept = []
    for place in range(outer):
        slices = [cells[(place * size + i) * inner : (place * size + i + 1) * inner] for i in range(size)]
        for value in axis:
            kept += slices[value] if value is not REST else slices[0] if size == 1 else map(min, *slices)
    return kept
