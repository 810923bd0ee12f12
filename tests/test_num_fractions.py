"""base/num against Python's fractions: tests/unit/num_calc answers thousands of operations, Python knows the answers."""
import math
import os
import random
import re
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

ROOT = Path(__file__).resolve().parent.parent
CALCULATOR = ROOT / os.environ.get("RUBRIC_BUILD", "build") / "tests" / "num_calc"

BITS_MAX = 4096
DIGITS_MAX = 100
INT_MIN, INT_MAX = -(1 << 63), (1 << 63) - 1
INVALID = None

bulk = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def calculate(lines):
    run = subprocess.run([CALCULATOR], input="".join(line + "\n" for line in lines), text=True, encoding="utf-8",
                         capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    answers = run.stdout.splitlines()
    assert len(answers) == len(lines)
    return answers


def agree(expectations):
    """Each expectation is a line and the answer that it must get."""
    for (line, expected), answer in zip(expectations, calculate([line for line, _ in expectations])):
        assert answer == expected, line


# What the answers must be.

def is_small(value):
    return INT_MIN <= value.numerator <= INT_MAX and value.denominator <= INT_MAX


def is_held(value):
    return abs(value.numerator).bit_length() <= BITS_MAX and value.denominator.bit_length() <= BITS_MAX


def written(value):
    return "invalid" if value is INVALID else f"{value.numerator}/{value.denominator}"


def answered(value):
    if value is INVALID or not is_held(value):
        return "invalid"
    return written(value) + ("" if is_small(value) else " big")


def half_up(value):
    return math.floor(value + Fraction(1, 2))


ROUNDINGS = {"half_up": half_up, "half_even": round, "up": math.ceil, "down": math.floor}

TWO = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b if b else INVALID,
    "min": min,
    "max": max,
}

ONE = {
    "neg": lambda a: -a,
    "abs": abs,
    "floor": lambda a: Fraction(math.floor(a)),
    "ceil": lambda a: Fraction(math.ceil(a)),
    "top": lambda a: Fraction(a.numerator),
    "bottom": lambda a: Fraction(a.denominator),
}

QUESTIONS = {
    "sign": lambda a: str((a > 0) - (a < 0)),
    "whole": lambda a: str(int(a.denominator == 1)),
    "int": lambda a: str(a.numerator) if a.denominator == 1 and is_small(a) else "none",
}


def places_of(value):
    """Decimal places of a value that a decimal can hold, else None."""
    rest, counts = value.denominator, []
    for prime in (2, 5):
        counts.append(0)
        while rest % prime == 0:
            rest //= prime
            counts[-1] += 1
    return max(counts) if rest == 1 else None


def decimal(value, places):
    """At most so many places, and whether something was cut off."""
    scaled, rest = divmod(abs(value.numerator) * 10 ** places, value.denominator)
    digits = str(scaled).rjust(places + 1, "0")
    whole, fraction = digits[:len(digits) - places], digits[len(digits) - places:]
    if not rest:
        fraction = fraction.rstrip("0")
    return ("-" if value < 0 else "") + whole + ("." if fraction else "") + fraction, rest != 0


def text(value):
    places = places_of(value)
    return written(value) if places is None else decimal(value, places)[0]


def show(value, places):
    digits, cut = decimal(value, places)
    return digits + "…" * cut


# What is asked.

EDGES = sorted({sign * (1 << bits) + by for bits in (0, 1, 31, 32, 53, 62, 63, 64, 65, 126, 127, 128, 1000)
                for sign in (-1, 1) for by in (-2, -1, 0, 1, 2)} | {10 ** 18, 10 ** 19, 3 ** 40, 5 ** 27})

wholes = st.one_of(st.sampled_from(EDGES), st.integers(-100, 100), st.integers(INT_MIN, INT_MAX),
                   st.integers(-(1 << 200), 1 << 200), st.integers(-(1 << 2000), 1 << 2000))
bottoms = st.one_of(st.sampled_from([1, 1, 2, 4, 5, 8, 10, 20, 100, 1000, 3, 7, 2 ** 62, 2 ** 63, 5 ** 27, 5 ** 28]),
                    wholes.map(abs).filter(bool))
numbers = st.builds(Fraction, wholes, bottoms)
steps = st.one_of(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 10), Fraction(1, 100), Fraction(5)]),
                  numbers.map(abs).filter(bool))


def some_whole(source):
    kind = source.randrange(8)
    if kind < 3:
        return source.randint(-1000, 1000)
    if kind < 5:
        return source.randint(INT_MIN, INT_MAX)
    if kind < 6:
        return source.choice(EDGES)
    bits = source.choice((80, 130, 500, 2040, 4090))
    return source.randint(-(1 << bits), 1 << bits)


def some_number(source):
    return Fraction(some_whole(source), source.choice((1, 1, 2, 10, 100, abs(some_whole(source)) or 1)))


def two_operands(a, b):
    operands = f"{written(a)} {written(b)}"
    yield from ((f"{name} {operands}", answered(run(a, b))) for name, run in TWO.items())
    yield f"compare {operands}", str((a > b) - (a < b))
    yield f"equal {operands}", str(int(a == b))


def one_operand(a):
    yield from ((f"{name} {written(a)}", answered(run(a))) for name, run in ONE.items())
    yield from ((f"{name} {written(a)}", run(a)) for name, run in QUESTIONS.items())


def rounded(a, step):
    for name, run in ROUNDINGS.items():
        yield f"{name} {written(a)} {written(step)}", answered(run(a / step) * step)


def texts(a, places):
    yield f"text {written(a)}", text(a)
    yield f"show {written(a)} {places}", show(a, places)
    yield f"percent {written(a)} {places}", show(a * 100, places) + "%" if is_held(a * 100) else "?%"


@bulk
@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=30))
def test_two_operands(pairs):
    agree([line for a, b in pairs for line in two_operands(a, b)])


@bulk
@given(st.lists(numbers, min_size=1, max_size=30))
def test_one_operand(values):
    agree([line for a in values for line in one_operand(a)])


@bulk
@given(st.lists(st.tuples(numbers, steps), min_size=1, max_size=30))
def test_rounding(pairs):
    agree([line for a, step in pairs for line in rounded(a, step)])


@bulk
@given(st.lists(st.tuples(wholes, steps), min_size=1, max_size=30))
def test_rounding_on_the_half(pairs):
    agree([line for count, step in pairs for line in rounded((count + Fraction(1, 2)) * step, step)])


@bulk
@given(st.lists(st.tuples(numbers, st.integers(0, 60)), min_size=1, max_size=30))
def test_texts(pairs):
    agree([line for a, places in pairs for line in texts(a, places)])


@bulk
@given(st.lists(numbers, min_size=1, max_size=30))
def test_text_means_the_number(values):
    for value, answer in zip(values, calculate([f"text {written(value)}" for value in values])):
        assert Fraction(answer) == value


@bulk
@given(st.lists(st.tuples(numbers, st.integers(0, 60)), min_size=1, max_size=30))
def test_what_is_shown_is_no_further_from_zero(pairs):
    lines = [f"show {written(value)} {places}" for value, places in pairs]
    for (value, places), answer in zip(pairs, calculate(lines)):
        shown = Fraction(answer.rstrip("…"))
        assert abs(shown) <= abs(value) < abs(shown) + Fraction(1, 10 ** places)
        assert answer.endswith("…") == (shown != value)


@bulk
@given(st.lists(st.tuples(st.booleans(), st.text("0123456789", min_size=1, max_size=60),
                          st.text("0123456789", max_size=50)), min_size=1, max_size=30))
def test_parse(parts):
    def expected(number, count):
        return answered(Fraction(number)) if count <= DIGITS_MAX else "malformed"

    expectations = []
    for negative, whole, fraction in parts:
        number = "-" * negative + whole + "." * bool(fraction) + fraction
        count = len(whole) + len(fraction)
        spaced = "-" * negative + "_".join(whole) + "." * bool(fraction) + fraction
        expectations += [(f"parse {number}", expected(number, count)), (f"parse {spaced}", expected(number, count))]
    agree(expectations)


@bulk
@given(st.lists(st.text("0123456789.-_+e", min_size=1, max_size=12), min_size=1, max_size=100))
def test_parse_refuses_the_rest(words):
    form = re.compile(r"-?[0-9]+(_[0-9]+)*(\.[0-9]+)?")
    agree([(f"parse {word}", answered(Fraction(word.replace("_", ""))) if form.fullmatch(word) else "malformed")
           for word in words])


@pytest.mark.parametrize("seed", range(4))
def test_thousands_at_random(seed):
    source = random.Random(seed)
    expectations = []
    for _ in range(1500):
        a, b = some_number(source), some_number(source)
        if is_held(a) and is_held(b):
            expectations += [*two_operands(a, b), *one_operand(a), *texts(a, source.randrange(8))]
            if b:
                expectations += rounded(a, abs(b))
    assert len(expectations) > 10000
    agree(expectations)


def test_edges_with_edges():
    values = [Fraction(edge) for edge in EDGES if abs(edge) < 1 << 130]
    values += [1 / value for value in values if value]
    agree([line for a in values[::2] for b in values for line in two_operands(a, b)])


def test_limit_of_bits():
    most, step = (1 << BITS_MAX) - 1, f"1/{1 << (BITS_MAX - 1)}"
    agree([
        (f"add {most} 0", f"{most}/1 big"),
        (f"add {most} 1", "invalid"),
        (f"sub -{most} 1", "invalid"),
        (f"mul {most} {most}", "invalid"),
        (f"div 1 {most}", f"1/{most} big"),
        (f"mul 1/{most} 1/2", "invalid"),
        (f"div {most} {most}", "1/1"),
        (f"down {most} {step}", f"{most}/1 big"),
        (f"half_even {most} {step}", f"{most}/1 big"),
        (f"text 1/{1 << (BITS_MAX - 1)}", text(Fraction(1, 1 << (BITS_MAX - 1)))),
        (f"show 1/{1 << (BITS_MAX - 1)} 5000", text(Fraction(1, 1 << (BITS_MAX - 1)))),
    ])


def test_invalid_is_passed_on():
    lines = [f"{name} {operands}" for name in [*TWO, *ROUNDINGS]
             for operands in ("invalid 1", "1 invalid", "invalid invalid", f"invalid {1 << 90}", f"{1 << 90} invalid")]
    lines += [f"{name} invalid" for name in ONE]
    lines += ["div 1 0", f"div {1 << 90} 0", "half_up 1 0", "down 1 -1", f"up 1 -{1 << 90}"]
    agree([(line, "invalid") for line in lines])
    agree([("compare invalid 1", "0"), ("compare 1 invalid", "0"), (f"compare invalid {1 << 90}", "0"),
           ("equal invalid 0", "0"), ("equal invalid invalid", "1"), ("sign invalid", "0"), ("whole invalid", "0"),
           ("int invalid", "none"), ("text invalid", "?"), ("show invalid 2", "?"), ("percent invalid 2", "?%")])


def test_shown_like_the_manual_says():
    agree([("show 86356/1000 2", "86.35…"), ("show -5/1000 2", "-0.00…"), ("show 865/10 2", "86.5"),
           ("show 86356/1000 0", "86…"), ("percent 977/1000 2", "97.7%"), ("percent 97725/100000 2", "97.72…%"),
           ("text 1/3", "1/3"), ("text -1/8", "-0.125"), ("text 30", "30")])
