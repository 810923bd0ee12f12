"""Limits between facts: `at most OTHER` and `at least OTHER`, of a fact or of the cells of a column. What is n/a or unknown limits nothing."""
from fractions import Fraction

from .arithmetic import divide, exact

CODES = {True: "E0842", False: "E0843"}


class Limit:
    """The values at `slot`, or in a column of the table there, are at most, or at least, the one at `other`, which counts `times` as much there."""
    __slots__ = ("slot", "cell", "other", "times", "upper")

    def __init__(self, slot, cell, other, times, upper):
        self.slot, self.cell, self.other, self.times, self.upper = slot, cell, other, times, upper

    def held(self, value):
        """What it holds: the value itself or the cells, those that are known."""
        several = [value] if self.cell is None else [row[self.cell] for row in value or ()] if type(value) is tuple else []
        return [x for x in several if type(x) in (int, Fraction)]

    def holds(self, value, other):
        if type(other) not in (int, Fraction):
            return True
        end = other * self.times
        return all(x <= end if self.upper else x >= end for x in self.held(value))


def find(standard):
    """All limits of a standard, its facts having their slots."""
    found = []
    for name, fact in standard.facts.items():
        slot = standard.slot_of[name]
        columns = enumerate(fact.type.columns) if fact.type.kind == "table" else ()
        for cell, declared in [(None, fact), *columns]:
            for e, upper in ((declared.most, True), (declared.least, False)):
                if names_fact(e):
                    other = e[1][0]
                    found.append(Limit(slot, cell, standard.slot_of[other], times(standard, declared.type, standard.facts[other].type), upper))
    return found


def names_fact(e):
    return e is not None and e[0] == "path"


def times(standard, mine, other):
    """How many of this fact's unit are one of the other's."""
    units = getattr(other, "unit", None), getattr(mine, "unit", None)
    if None in units:
        return 1
    (a, base), (b, other_base) = map(standard.factor, units)
    return exact(Fraction(divide(a, b))) if base == other_base else 1


def broken(standard, unit):
    """The codes of the limits that what is stated breaks."""
    return {CODES[limit.upper] for limit in standard.limits for values in unit.stated.values() if not limit.holds(values[limit.slot], values[limit.other])}
