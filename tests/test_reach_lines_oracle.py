"""`rubric reach` and `rubric risk` where facts have no steps: standards whose breaks are known, so that a grid tells all. RUBRIC_LONG=1: many more.

Every break lies at a tenth of a fact's range, or where two facts add up to one; a grid of thirtieths has each of them and points in all that lies
between. What is brought just past a break is compared by the next point of the grid; that it does as it is told is asked of `eval`."""
import collections
import pathlib
import random
import tempfile
from fractions import Fraction

import pytest
from oracle.small import Fact, Part, Standard, yesno
from oracle.units import FALL, FREE, GROW, LOCKED, Answer, asked, check_entered, goals_worth_asking, number_in
from oracle.worlds import REST, Question, Table, Truth, Unit, put
from support import LONG, NOGC, PROGRAMS, RUBRIC, program_id

CASES, SHARE_OF_CASES, LONG_CASES = 40, 10, 1000
GRID, BREAKS = 30, 10
CAP = 2
OFF_GRID = -1


# ---------------------------------------------------------------- standards

def share(rng, name):
    return Fact(name, "share", [f"{i} of {GRID}" for i in range(GRID + 1)], [Fraction(i, GRID) for i in range(GRID + 1)])


def amount(rng, name):
    """0 to 3, so that the grid can be written."""
    return Fact(name, "amount within 0..3", [tenths(i) for i in range(GRID + 1)], [Fraction(i, 10) for i in range(GRID + 1)])


def between(at, one, other):
    return min(one, other) <= at <= max(one, other)


def tenths(count):
    return f"{count // 10}.{count % 10}"


def break_of(rng, fact, inside=True):
    """One of the tenths of its range, as the standard writes it."""
    at = rng.randint(1, BREAKS - 1) if inside else rng.randint(0, BREAKS)
    return at, f"{10 * at}%" if fact.declared == "share" else tenths(3 * at)


def condition(rng, facts):
    fact = rng.choice(facts)
    if fact.declared == "yesno":
        return rng.choice(fact.conditions)
    return f"{fact.name} {rng.choice(['>=', '>=', '>', '<', '<=', 'is not', '='])} {break_of(rng, fact)[1]}"


def part_of_whole(fact):
    """From 0 to 1."""
    return fact.name if fact.declared == "share" else f"{fact.name} / 3"


def line(rng, facts, lined):
    """One line for each fact: two would come in between the breaks."""
    free = [fact for fact in facts if fact.declared != "yesno" and fact.name not in lined]
    if not free:
        return full(rng, facts, lined)
    fact = rng.choice(free)
    lined.append(fact.name)
    return rng.choice([f"prorata {part_of_whole(fact)}", f"earn 2 * {part_of_whole(fact)}", f"earn 2 - 2 * {part_of_whole(fact)}",
                       f"earn 2 * min({part_of_whole(fact)}, {10 * rng.randint(1, 9)} / 100)"])


def bands(rng, facts, lined):
    fact = rng.choice([f for f in facts if f.declared != "yesno"])
    one, other = sorted(rng.sample(range(1, BREAKS), 2))
    low, high = ((f"{10 * at}%" if fact.declared == "share" else tenths(3 * at)) for at in (one, other))
    middle = rng.choice([f"from {low} to below {high}", f"at least {low}", f"above {low}"])
    first = rng.choice([f"at least {high}", f"above {high}"]) if not middle.startswith("from") else f"at least {high}"
    points = rng.choice([(2, 1, 0), (2, 1, 0), (1, 2, 0), (0, 1, 2)])
    return f"bands {fact.name} {{ {first} : {points[0]}  {middle} : {points[1]}  otherwise : {points[2]} }}"


def full(rng, facts, lined):
    return f"full when {condition(rng, facts)}"


def both(rng, facts, lined):
    return f"1 when {condition(rng, facts)} 1 when {condition(rng, facts)} {rng.choice(['and', 'or'])} {condition(rng, facts)}"


def make_standard(rng):
    facts = [rng.choice([share, amount])(rng, "p"), rng.choice([share, amount])(rng, "q")]
    if rng.random() < 0.5:
        facts.append(yesno(rng, "y"))
    for fact in facts:
        fact.moves = rng.choice([FREE] * 6 + [GROW, FALL, LOCKED])
    count, lined = rng.randint(1, 4), []
    lines = [f'standard s "S" {{ total {CAP * count} period 2024 }}', 'facts "F" {', *(fact.declaration() for fact in facts), "}"]
    lines += [f"criterion k{i} cap {CAP} {{ {rng.choice([line, line, bands, full, both])(rng, facts, lined)} }}" for i in range(count)]
    return Standard(facts, lines, [Part(f"k{i}", CAP) for i in range(count)], CAP * count, [], [])


def make_goal(rng, standard):
    """What is asked of the total lies at a fifth of a point: two lines meet there at a tenth."""
    total = f"total {rng.choice(['>=', '>=', '>', '<', '<='])} {tenths(2 * rng.randint(1, 5 * standard.total))}"
    other = rng.choice([condition(rng, standard.facts), f"k0.score >= {tenths(2 * rng.randint(1, 10))}"])
    return rng.choice([total, total, total, f"({total}) and ({other})", f"({total}) or ({other})", other])


# ---------------------------------------------------------------- units

def entry(fact, place):
    if fact.declared == "share":
        return f"{fact.name} = {100 * place // GRID}%"
    return f"{fact.name} = {fact.values[place]}"


def make_unit(rng, standard):
    """At breaks, so that where the others come in they come in at breaks."""
    given = [rng.choice([0, 1]) if fact.declared == "yesno" else 3 * rng.randint(0, BREAKS) for fact in standard.facts]
    given = [None if rng.random() < 0.2 else place for place in given]
    return Unit(given, [entry(fact, place) for fact, place in zip(standard.facts, given) if place is not None])


# ---------------------------------------------------------------- answers

class LinesAnswer(Answer):
    def read(self, way):
        values = list(self.truth.unit.given)
        for change in way["changes"]:
            fact = self.fact_of(change)
            values[fact] = self.on_grid(self.facts[fact], change)
        return values

    def on_grid(self, fact, change):
        if fact.declared == "yesno":
            return fact.values.index(change["write"])
        at = number_in(change["write"])
        return fact.at.index(at) if at in fact.at else OFF_GRID

    def check_way(self, way, values, mask):
        """What lies off the grid, since another one goes past a break or nothing less is proved, is left to `eval`."""
        if OFF_GRID not in values:
            super().check_way(way, values, mask)
            return
        assert Fraction(way["cost"]) == self.truth.cost(mask)
        assert not self.smaller(mask) or self.told["unsure"], f"{way['changes']} is more than is needed"

    def check_bound(self, way, values, change):
        """Past a break, and not at it; the points of the grid from there to the value that is told do as well."""
        if "beyond" not in change:
            super().check_bound(way, values, change)
            return
        fact, edge = self.fact_of(change), Fraction(change["beyond"])
        above = change["bound"] == "above"
        assert above == (self.facts[fact].at[values[fact]] > edge), change
        if not way["least"]:
            return
        for place in self.truth.axes[fact]:
            if place is not REST and between(self.facts[fact].at[place], edge, self.facts[fact].at[values[fact]]):
                does = self.truth.is_firm(put(values, [fact], [place]))
                assert does == (self.facts[fact].at[place] != edge), f"{change}: at {self.facts[fact].values[place]} it is {does}"

    def check_least(self, values, change):
        fact = self.fact_of(change)
        now = self.truth.unit.given[fact]
        if "beyond" not in change:
            super().check_least(values, change)
        elif now is not None:
            edge = abs(Fraction(change["beyond"]) - self.facts[fact].at[now])
            assert not self.truth.nearer(values, fact, edge), f"{change} could be nearer"

    def check_results(self, way, values):
        pass                                                             # asked of `eval`, where the value is that of the way


# ---------------------------------------------------------------- cases

def make_question(rng, table, goal):
    question = Question(goal, rng.random() < 0.4, [fact.moves for fact in table.facts], [Fraction(1)] * len(table.facts), rng.choice([1, 5, 5]))
    options = ["--ways", str(question.ways)]
    for i, fact in enumerate(table.facts):
        if rng.random() < 0.2:
            cost = rng.choice(["2", "0.5"])
            question.costs[i] = Fraction(cost)
            options += ["--cost", f"{fact.name}={cost}"]
    return question, options


def examine(program, seed):
    rng = random.Random(seed)
    counts = collections.Counter()
    standard = make_standard(rng)
    with tempfile.TemporaryDirectory() as folder:
        table = Table(program, standard, [make_goal(rng, standard) for _ in range(8)], folder)
        if not table.understood:
            return collections.Counter({"no standard": 1})
        pathlib.Path(folder, "s.rubric").write_text(standard.text(), encoding="utf-8")
        for goal in goals_worth_asking(rng, table, 3):
            units = [make_unit(rng, standard) for _ in range(2)]
            question, options = make_question(rng, table, goal)
            for unit, told in zip(units, asked(program, table, question, options, units, folder)):
                try:
                    answer = LinesAnswer(Truth(table, unit, question), told)
                    answer.check()
                    if told["ways"]:
                        check_entered(program, answer, folder)
                except (AssertionError, ValueError) as wrong:
                    raise AssertionError(f"seed {seed}: {wrong}\n{'risk' if question.risk else 'reach'} '{table.goals[goal]}' {' '.join(options)}\n"
                                         f"{standard.text()}\n" + "\n".join(unit.lines) + f"\n{told}") from None
                counts.update(answer.figures())
                counts["off grid"] += sum(OFF_GRID in values for values in answer.ways)
                counts["beyond"] += sum("beyond" in change for way in told["ways"] for change in way["changes"])
    return counts


@pytest.mark.parametrize("first", range(0, CASES, SHARE_OF_CASES))
@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_agrees(program, first):
    for seed in range(first, first + (SHARE_OF_CASES if program != NOGC else 2)):
        examine(program, seed)


@pytest.mark.skipif(not LONG, reason="RUBRIC_LONG=1")
@pytest.mark.parametrize("first", range(1000, 1000 + LONG_CASES, 50))
def test_agrees_often(first):
    for seed in range(first, first + 50):
        examine(RUBRIC, seed)


def test_says_what_it_knows():
    """Nearly everything, and the cases tell something."""
    counts = collections.Counter()
    for seed in range(20):
        counts.update(examine(RUBRIC, seed))
    assert counts["no standard"] <= 2 and counts["spent"] == 0, counts
    assert counts["unsure"] * 20 <= counts["questions"] and counts["off grid"] * 10 <= counts["ways"], counts
    assert counts["known not least"] * 20 <= counts["known ways"] and min(counts["beyond"], counts["ways"]) >= 10, counts
