"""Ranks and quotas of a cohort whose units are not fully known: by trying every world, and from each unit's best and worst alone.

A unit is a list of its possible worlds, (ready, keys): may it be decided upon, and the values it is ranked by, the most important first; None is n/a.
Units are independent of one another, so a world of the cohort is any choice of one world for each."""
import itertools
from dataclasses import dataclass

IN, OUT, TIED, UNDECIDED = "in", "out", "tied", "undecided"


@dataclass(frozen=True)
class Standing:
    lowest: int   # the best rank it can have
    highest: int  # the worst
    status: str


def worth(keys, better_lower):
    """Compares as the rule does: a larger one ranks before. Below every number, whichever way they run, is n/a."""
    return tuple((0, 0) if key is None else (1, -key if better_lower else key) for key in keys)


# ---------------------------------------------------------------- every world

def status_in(world, unit, seats):
    """In one world: is the unit before the line, behind it, or among equals that lie across it?"""
    ready, worth_of_unit = world[unit]
    rivals = [other for place, (other_ready, other) in enumerate(world) if place != unit and other_ready]
    if ready and sum(rival >= worth_of_unit for rival in rivals) < seats:
        return IN
    if not ready or sum(rival > worth_of_unit for rival in rivals) >= seats:
        return OUT
    return TIED


def by_every_world(cohort, seats, better_lower=False):
    """(standings, each unit's set of ranks)"""
    worlds = list(itertools.product(*[[(ready, worth(keys, better_lower)) for ready, keys in unit] for unit in cohort]))
    ranks = [{1 + sum(other > world[unit][1] for _, other in world) for world in worlds} for unit in range(len(cohort))]
    statuses = [{status_in(world, unit, seats) for world in worlds} for unit in range(len(cohort))]
    return [Standing(min(r), max(r), s.pop() if len(s) == 1 else UNDECIDED) for r, s in zip(ranks, statuses)], ranks


# ---------------------------------------------------------------- best and worst

@dataclass(frozen=True)
class Bounds:
    best: tuple           # of all worlds
    worst: tuple
    can: bool             # be ready
    must: bool
    best_ready: tuple     # of the worlds in which it is ready; empty if none
    worst_ready: tuple


def bounds_of(unit, better_lower):
    values = [worth(keys, better_lower) for _, keys in unit]
    ready = [worth(keys, better_lower) for is_ready, keys in unit if is_ready]
    return Bounds(max(values), min(values), bool(ready), len(ready) == len(unit), max(ready, default=()), min(ready, default=()))


def status_of(unit, others, seats):
    """Each is a count at its extreme: the unit at its own best or worst, the others at the opposite end."""
    if not unit.can:
        return OUT
    surely_ahead = sum(other.must and other.worst > unit.best_ready for other in others)
    if surely_ahead >= seats:
        return OUT
    possibly_level = sum(other.can and other.best_ready >= unit.worst for other in others)
    if unit.must and possibly_level < seats:
        return IN
    surely_level = sum(other.must and other.worst >= unit.best for other in others)
    possibly_ahead = sum(other.can and other.best_ready > unit.worst for other in others)
    return TIED if unit.must and surely_level >= seats > possibly_ahead else UNDECIDED


def by_bounds(cohort, seats, better_lower=False):
    bounds = [bounds_of(unit, better_lower) for unit in cohort]
    standings = []
    for place, unit in enumerate(bounds):
        others = bounds[:place] + bounds[place + 1 :]
        standings.append(Standing(1 + sum(other.worst > unit.best for other in others), 1 + sum(other.best > unit.worst for other in others),
                                  status_of(unit, others, seats)))
    return standings
