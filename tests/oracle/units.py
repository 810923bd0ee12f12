"""Units of small standards and questions about them, generated; and the answers of `reach` and `risk` held against all worlds."""
import json
import pathlib
import re
from fractions import Fraction

from oracle.small import MONTHS, NA, ORDERED, make_goals, make_standard
from oracle.worlds import BAD, GOOD, Question, Table, Unit, minimal
from support import run

GROW, FALL, LOCKED = "can only grow", "can only fall", "settled"
FREE = ""


# ---------------------------------------------------------------- units

def entry(fact, value, proven=True):
    proof = ' evidence "file"' if fact.evidence and proven else ""
    text = f'"{fact.values[value]}"' if fact.declared.startswith("text") else fact.values[value]
    return f"{fact.key()} = {text}{proof}"


def lines_of(rng, standard, given):
    """As a facts file has it; what is not known is left out, said to be unknown, or without its evidence."""
    lines, review = [], []
    limited = any(fact.limited for fact in standard.facts)
    for fact, now in zip(standard.facts, given):
        if now is None:
            missing = [f"{fact.key()} = unknown"] if fact.otherwise is not None else ["", "" if fact.score else f"{fact.key()} = unknown"]
            if fact.evidence and not limited:
                missing.append(entry(fact, 0, proven=False))
            lines.append(rng.choice(missing))
        elif now == fact.otherwise and rng.random() < 0.7:
            continue
        elif standard.columns == "columns self, review" and rng.random() < 0.4 and not limited:
            lines.append(entry(fact, rng.randrange(len(fact.values))))
            review.append(entry(fact, now))
        else:
            lines.append(entry(fact, now))
    if review:
        lines += ['review by "Council" on 2024-12-01 {', *(f"  {line}" for line in review), "}"]
    return [line for line in lines if line]


def make_unit(rng, table):
    """Some world that is not refused, and some of its facts not known."""
    possible = [i for i, world in enumerate(table.worlds) if world is not None]
    if not possible:
        return None
    given, place = [], rng.choice(possible)
    for size in reversed(table.sizes):
        given.insert(0, place % size)
        place //= size
    missing = rng.choice([0, 0, 0, 0.15, 0.35, 0.6])
    for i, fact in enumerate(table.facts):
        if rng.random() < missing and not fact.open_ended:
            given[i] = None
    return Unit(given, lines_of(rng, table.standard, given))


# ---------------------------------------------------------------- questions

def make_question(rng, table, goal):
    question = Question(goal, rng.random() < 0.4, [fact.moves for fact in table.facts], [Fraction(1)] * len(table.facts),
                        rng.choice([1, 2, 5, 5, 30, 30]))
    options = []
    for i, fact in enumerate(table.facts):
        if rng.random() < 0.12:
            able = [("lock", LOCKED)] if fact.kind not in (ORDERED, MONTHS) else [("lock", LOCKED), ("grow", GROW), ("fall", FALL)]
            word, question.moves[i] = rng.choice(able)
            options += [f"--{word}", fact.option()]
        if rng.random() < 0.15:
            cost = rng.choice(["2", "3", "0.5", "1.5"])
            question.costs[i] = Fraction(cost)
            options += ["--cost", f"{fact.option()}={cost}"]
    return question, [*options, "--ways", str(question.ways)]


def asked(program, table, question, options, units, folder):
    """The answers, one a unit, in the order of the call."""
    files = [f"unit{i}.facts" for i in range(len(units))]
    for file, unit in zip(files, units):
        pathlib.Path(folder, file).write_text("\n".join(['standard "s.rubric"', *unit.lines]) + "\n", encoding="utf-8")
    goal = table.goals[question.goal]
    command = [program, "risk" if question.risk else "reach", goal, *files, *options, "--json"]
    done = run(command, folder)
    assert done.returncode in (0, 1), f"{command}\n{done.stderr}"
    return [json.loads(line) for line in done.stdout.splitlines()]


# ---------------------------------------------------------------- an answer

def place_of(fact, written):
    """Which of its values a fact is brought to; a text of which the standard knows nothing is any other."""
    if written == NA:
        return fact.at.index(NA)
    if fact.kind == MONTHS:
        return fact.at.index(len(months_in(written)))
    if fact.declared.startswith("text"):
        return fact.at.index(written.strip('"')) if written.strip('"') in fact.at else fact.at.index(None)
    if fact.declared.startswith("document"):
        return fact.at.index(int(re.search(r"(\d+) char", written)[1]))
    if fact.declared.startswith(("share", "amount", "number", "count")) or fact.score:
        return fact.at.index(number_in(written))
    return fact.values.index(written.strip('"'))


def months_in(written):
    return {int(month) for month in re.findall(r"\d+", written)}


def number_in(written):
    if " of " in written:
        return Fraction(*map(int, written.split(" of ")))
    return Fraction(written[:-1]) / 100 if written.endswith("%") else Fraction(written)


class Answer:
    """One answer, with what all worlds say of it. Each claim that does not hold raises."""

    def __init__(self, truth, told):
        self.truth, self.told = truth, told
        self.facts = truth.table.facts
        self.ways = [self.read(way) for way in told["ways"]]
        self.supports = truth.supports()
        self.listed = [self.mask(values) for values in self.ways]

    def fact_of(self, change):
        named = change.get("fact", "").removeprefix("score ") or change["score"]
        return next(i for i, fact in enumerate(self.facts) if fact.option() == named)

    def read(self, way):
        values = list(self.truth.unit.given)
        for change in way["changes"]:
            fact = self.fact_of(change)
            assert "beyond" not in change, f"{change}: all that moves has steps"
            values[fact] = place_of(self.facts[fact], change["write"])
            assert values[fact] in self.truth.axes[fact], f"{change}: it cannot come to that"
        return values

    def mask(self, values):
        return sum(1 << i for i, value in enumerate(values) if self.truth.is_moved(i, value))

    def check(self):
        truth, told = self.truth, self.told
        assert told["now"] == truth.now(), f"now is {truth.now()}"
        assert told["done"] == truth.is_done(), f"done is {truth.is_done()}"
        if told["done"]:
            assert not told["ways"] and told["others"] is None
            return
        for way, values, mask in zip(told["ways"], self.ways, self.listed):
            self.check_way(way, values, mask)
        costs = [truth.cost(mask) for mask in self.listed]
        assert costs == sorted(costs), "the cheapest come first"
        assert len(self.listed) == len(set(self.listed)) and len(self.listed) <= truth.question.ways
        self.check_others(costs)

    def smaller(self, mask):
        return [other for other in self.supports if other != mask and other & mask == other and self.truth.does_firmly(other)]

    # ------------------------------------------------------------ what is listed

    def check_way(self, way, values, mask):
        truth = self.truth
        assert truth.cell(values) == GOOD, f"{way['changes']} does not do"
        assert bin(mask).count("1") == len(way["changes"]), f"{way['changes']}: something stays as it is"
        assert Fraction(way["cost"]) == truth.cost(mask), f"costs {truth.cost(mask)}"
        assert not self.smaller(mask) or self.told["unsure"], f"{way['changes']} is more than is needed"
        self.check_results(way, values)
        for change in way["changes"]:
            self.check_bound(way, values, change)
        for change in way["changes"] if way["least"] else ():
            self.check_least(values, change)

    def check_results(self, way, values):
        worlds = self.truth.table.completions(values)
        self.same_range(way["total"], [w.total for w in worlds], Fraction)
        grades = self.truth.table.standard.grades
        if grades:
            self.same_range(way["grade"], [w.grade for w in worlds], lambda name: -grades.index(name))
        eligible = {w.eligible for w in worlds}
        assert way["eligible"] == (eligible.pop() if len(eligible) == 1 else "unknown")

    def same_range(self, told, values, of):
        known = [of(v) for v in values if v != NA]
        if len(known) < len(values):
            assert told.get("value") == NA if not known else told.get("na"), f"{told}: may be n/a"
        if known and told.get("value") != NA:
            low, high = of(told.get("lo", told.get("value"))), of(told.get("hi", told.get("value")))
            exact = (low, high) == (min(known), max(known))
            assert exact or (told.get("exact") is False and low <= min(known) and max(known) <= high), f"{told}: {min(known)} to {max(known)}"

    def check_bound(self, way, values, change):
        fact = self.fact_of(change)
        if change["bound"] == "exactly":
            return
        assert self.truth.unit.given[fact] is None, f"{change}: only of what is not known"
        beyond = self.truth.beside(values, fact, change["bound"] == "at least")
        assert BAD not in map(self.truth.cell, beyond), f"{way['changes']}: not all that is {change['bound']} {change['write']} does"

    def check_least(self, values, change):
        truth, fact = self.truth, self.fact_of(change)
        if truth.unit.given[fact] is not None:
            far = self.far(fact, values[fact], change)
            assert not truth.nearer(values, fact, far), f"{change} could be nearer: {truth.nearer(values, fact, far)}"
        elif change["bound"] != "exactly":
            before = truth.beside(values, fact, change["bound"] != "at least")
            assert not before or not truth.is_firm(before[0]), f"{change} need not be so far"

    def far(self, fact, value, change):
        if self.facts[fact].kind == MONTHS:
            return len(months_in(change["write"]) ^ months_in(self.facts[fact].values[self.truth.unit.given[fact]]))
        return self.truth.far(fact, self.truth.unit.given[fact], value)

    # ------------------------------------------------------------ what is not

    def others(self):
        """The ways that hold no listed one, each as few facts as can be."""
        free = {mask for mask in self.supports if not any(mask & way == way for way in self.listed)}
        return minimal({mask for mask in free if self.truth.does_firmly(mask)})

    def check_others(self, costs):
        told = self.told
        others = sorted(map(self.truth.cost, self.others()))
        unsure = Fraction(told["unsure"]["from"]) if told["unsure"] else None
        claimed = Fraction(told["others"]["from"]) if told["others"] else None
        for cost in others:
            assert (unsure is not None and cost >= unsure) or (claimed is not None and cost >= claimed), f"there is another way, of {cost}"
        if claimed is not None and costs:
            assert claimed >= costs[-1], "what is not listed is no cheaper than what is"
        if told["complete"] and len(costs) < self.truth.question.ways:
            assert claimed is None, "all is known, and there would be room for more"

    def figures(self):
        """What is promised only mostly; `known`: of units of which everything is known."""
        told, others = self.told, self.others()
        loose = bool(told["others"]) and (not others or min(map(self.truth.cost, others)) > Fraction(told["others"]["from"]))
        figures = {"questions": 1, "ways": len(self.ways), "done": told["done"], "unreachable": not self.supports, "spent": not told["complete"],
                   "unsure": bool(told["unsure"]), "not least": sum(not way["least"] for way in told["ways"]), "loose": loose}
        if None not in self.truth.unit.given:
            figures.update({f"known {name}": figures[name] for name in ("questions", "ways", "unsure", "not least", "loose")})
        return figures


# ---------------------------------------------------------------- what a way comes to when it is entered

def names(line, fact):
    return line.strip().startswith(f"{fact.key()} = ")


def entered(answer, way):
    """The unit's lines with what the way says to write, for every column."""
    lines = list(answer.truth.unit.lines)
    for change in way["changes"]:
        fact = answer.facts[answer.fact_of(change)]
        proof = ' evidence "file"' if fact.evidence else ""
        lines = [f"{fact.key()} = {change['write']}{proof}", *(line for line in lines if not names(line, fact))]
    return [line for i, line in enumerate(lines) if not is_empty_review(lines, i)]


def is_empty_review(lines, i):
    opens = lines[i].startswith("review")
    return (opens and lines[i + 1] == "}") or (lines[i] == "}" and lines[i - 1].startswith("review"))


def check_entered(program, answer, folder):
    """`eval` says of each way what was said of it."""
    told, question = answer.told, answer.truth.question
    files = [f"way{i}.facts" for i in range(len(told["ways"]))]
    for file, way in zip(files, told["ways"]):
        pathlib.Path(folder, file).write_text("\n".join(['standard "asked.rubric"', *entered(answer, way)]) + "\n", encoding="utf-8")
    done = run([program, "eval", *files, "--json"], folder)
    assert done.returncode == 0, done.stderr
    for way, line in zip(told["ways"], done.stdout.splitlines()):
        result = json.loads(line)
        goal = result["shows"][f"goal{question.goal}"]["value"]
        fits = goal != "yes" if question.risk else goal == "yes"         # no or n/a is told as unknown
        assert fits, f"{way['changes']}: entered, the goal is {goal}"
        assert (way["total"], way["eligible"]) == (result["total"], result["eligible"]), f"{way['changes']}: entered, {result['total']}"


# ---------------------------------------------------------------- a case

def make_table(program, rng, folder, goals=10, make=make_goals):
    """A standard that the program takes, with goals; None where what was drawn is no good standard."""
    standard = make_standard(rng, rng.choice([40, 100, 100, 300, 300, 1000, 2000]))
    table = Table(program, standard, make(rng, standard, goals), folder)
    if not table.understood:
        return None
    pathlib.Path(folder, "s.rubric").write_text(standard.text(), encoding="utf-8")
    return table


def goals_worth_asking(rng, table, count):
    told = [{world.goals[i] for world in table.worlds if world is not None} for i in range(len(table.goals))]
    telling = [i for i, said in enumerate(told) if len(said) > 1]
    dull = [i for i, said in enumerate(told) if len(said) <= 1]
    chosen = rng.sample(telling, min(count, len(telling)))
    return chosen if chosen and rng.random() < 0.95 else chosen + dull[:1]
