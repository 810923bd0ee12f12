"""`rubric reach` and `rubric risk` against every world of small standards. RUBRIC_LONG=1: many more.

What a standard comes to in a world, `rubric eval` says, all worlds in one call; which ways there are follows from that, tests/oracle/worlds.py."""
import collections
import random
import tempfile

import pytest
from oracle.small import make_goals, make_windows
from oracle.units import Answer, asked, check_entered, goals_worth_asking, make_question, make_table, make_unit
from oracle.worlds import Truth, minimal
from support import LONG, NOGC, PROGRAMS, RUBRIC, program_id

CASES, SHARE_OF_CASES, LONG_CASES = 240, 20, 10000


def examine(program, seed, make=make_goals):
    """All questions of one standard; what is counted of them."""
    rng = random.Random(seed)
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        table = make_table(program, rng, folder, make=make)
        if table is None:
            return collections.Counter({"no standard": 1})
        for goal in goals_worth_asking(rng, table, 2):
            units = [unit for unit in (make_unit(rng, table) for _ in range(2)) if unit is not None]
            if not units:
                break                                        # every world is refused
            question, options = make_question(rng, table, goal)
            for unit, told in zip(units, asked(program, table, question, options, units, folder)):
                counts.update(hold(program, table, unit, question, options, told, folder, seed))
    return counts


def hold(program, table, unit, question, options, told, folder, seed):
    answer = Answer(Truth(table, unit, question), told)
    try:
        answer.check()
        if told["ways"]:
            check_entered(program, answer, folder)
    except AssertionError as wrong:
        goal, verb = table.goals[question.goal], "risk" if question.risk else "reach"
        ways = [[table.facts[i].option() for i in range(len(table.facts)) if mask >> i & 1] for mask in minimal(answer.supports)]
        raise AssertionError(f"seed {seed}: {wrong}\nrubric {verb} '{goal}' {' '.join(options)}\n{table.standard.text()}\n" + "\n".join(unit.lines) +
                             f"\nways: {ways}\n{told}") from None
    return answer.figures()


@pytest.mark.parametrize("first", range(0, CASES, SHARE_OF_CASES))
@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_agrees(program, first):
    for seed in range(first, first + (SHARE_OF_CASES if program != NOGC else SHARE_OF_CASES // 5)):
        examine(program, seed)


@pytest.mark.parametrize("first", range(0, CASES // 2, SHARE_OF_CASES))
@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
def test_agrees_about_windows(program, first):
    """Goals that leave a number little room: what is proved of two worlds at once, and of what a number can come to."""
    for seed in range(first, first + (SHARE_OF_CASES if program != NOGC else SHARE_OF_CASES // 5)):
        examine(program, seed, make_windows)


@pytest.mark.skipif(not LONG, reason="RUBRIC_LONG=1")
@pytest.mark.parametrize("first", range(1000, 1000 + LONG_CASES, 500))
def test_agrees_often(first):
    for seed in range(first, first + 500):
        examine(RUBRIC, seed)
        examine(RUBRIC, seed, make_windows)


def test_says_what_it_knows():
    """Of small standards nearly everything: the search ends, little is left undecided, and of a unit of which all is known every way is the least.
    And the cases tell something."""
    counts = collections.Counter()
    for seed in range(60):
        counts.update(examine(RUBRIC, seed))
    assert counts["no standard"] <= 3 and counts["spent"] == 0, counts
    assert counts["unsure"] * 50 <= counts["questions"] and counts["loose"] * 10 <= counts["questions"], counts
    assert counts["known not least"] * 50 <= counts["known ways"] and counts["not least"] * 2 <= counts["ways"], counts
    assert min(counts[name] for name in ("ways", "done", "unreachable", "known ways")) >= 10, counts
