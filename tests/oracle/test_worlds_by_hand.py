"""The oracle of ways against what was worked out by hand."""
import tempfile
from fractions import Fraction

from oracle.small import Fact, Part, Standard
from oracle.worlds import BAD, GOOD, Question, Table, Truth, Unit, minimal, narrowed
from support import RUBRIC

LINES = ['standard s "S" { total 4 period 2024 }', 'facts "F" {', "  y : yesno", "  n : count within 0..2", "  m : count within 0..2, at most n", "}",
         "criterion a cap 2 { full when y }", "criterion b cap 2 { 1 per m }"]
Y, N, M = 1, 2, 4


def truth(given, goal, risk=False, moves=("", "", "")):
    facts = [Fact("y", "yesno", ["no", "yes"], [0, 1]), Fact("n", "count within 0..2", ["0", "1", "2"], [0, 1, 2]),
             Fact("m", "count within 0..2, at most n", ["0", "1", "2"], [0, 1, 2])]
    standard = Standard(facts, LINES, [Part("a", 2), Part("b", 2)], 4, [], [])
    with tempfile.TemporaryDirectory() as folder:
        table = Table(RUBRIC, standard, [goal], folder)
    assert table.understood, table.trouble
    return Truth(table, Unit(given, []), Question(0, risk, list(moves), [Fraction(1), Fraction(2), Fraction(1)]))


def test_sets_of_known_facts():
    told = truth([0, 2, 0], "total >= 2")
    assert minimal(told.supports()) == {Y, M} and told.now() == "no" and not told.is_done()
    assert told.cost(Y | N) == 3


def test_limits_move_together():
    assert minimal(truth([0, 1, 0], "total >= 4").supports()) == {Y | N | M}


def test_movement():
    assert minimal(truth([1, 2, 2], "total >= 3", risk=True, moves=("can only grow", "", "")).supports()) == {M}
    assert minimal(truth([1, 2, 2], "total >= 3", risk=True, moves=("settled", "", "can only grow")).supports()) == set()
    assert minimal(truth([0, 2, 0], "total >= 2", moves=("can only fall", "", "")).supports()) == {M}


def test_what_is_open_may_be_anything():
    told = truth([None, 2, 1], "total >= 2")
    assert told.now() == "unknown"
    assert minimal(told.supports()) == {Y, M}
    assert minimal(truth([None, 2, 2], "total >= 2").supports()) == {0}
    assert minimal(truth([None, 2, 1], "total >= 2", moves=("settled", "", "")).supports()) == {M}


def test_firm_or_not():
    """m = 2 does not fit an n that may be 1: whether m alone does is a matter of what one takes for possible."""
    told = truth([1, None, 1], "total >= 4")
    assert told.supports() == {M, N | M}
    assert not told.does_firmly(M) and told.does_firmly(N | M)


def test_narrowing():
    cells = [GOOD, BAD, GOOD, GOOD]                       # of two facts with two values each
    assert narrowed(cells, 1, 2, 2, [0, 1, None]) == [GOOD, BAD, GOOD, GOOD, GOOD, BAD]
    assert narrowed(cells, 2, 2, 1, [1, None]) == [BAD, BAD, GOOD, GOOD]


def test_nearer_and_beside():
    told = truth([0, 2, 0], "total >= 1")
    assert told.nearer([0, 2, 2], 2, 2) == [1]
    told = truth([0, 2, None], "total >= 1")
    assert told.beside([0, 2, 1], 2, True) == [[0, 2, 2]] and told.beside([0, 2, 1], 2, False) == [[0, 2, 0]]
