"""The differences that `eval --compare` reports, against all that the unknown can be: a standard and units made at random, whose open facts are
filled in every way. What both columns leave open alike is one unknown; what a review opens anew is another."""
import itertools
import json
import random
from fractions import Fraction

import pytest
from support import LONG, PROGRAMS, program_id, run

RULES = """standard s "S" {{ total {total} of {offered} {header} columns self, review{final} }}
facts "F" {{ a : yesno  b : count within 0..3  c : yesno or n/a  d : count within 0..2  e : yesno }}
section one "One" cap 10 {{
  criterion p cap 4 {{ 2 when a  1 per b up to 2 }}
  criterion q cap 6 {{ {q} }}
}}
criterion r cap 5 {{ {r} }}
bonus more cap 3 {{ criterion m cap 3 {{ 1 per d }} }}
penalty less {{ criterion n cap 4 {{ 2 per d up to 4 }} }}
"""
DOMAINS = {"a": ["yes", "no"], "b": ["0", "1", "2", "3"], "c": ["yes", "no", "n/a"], "d": ["0", "1", "2"], "e": ["yes", "no"]}
NUMBERED = 24 if not LONG else 300


def choose_rules(rng):
    offered = 15
    return RULES.format(
        total=rng.choice([15, 30]), offered=offered,
        header=rng.choice(["", "skipped zero", "scores to 1 half up"]),
        final=rng.choice(["", " final 30% self + 70% review"]),
        q=rng.choice(["full when c", "earn 6 - 2 * b  deduct 1 when e", "bands b { at least 2 : 6  otherwise : 1 }"]),
        r=rng.choice(["full when a and e", "prorata b / 3  skip when e", "deduct 2 per d  zero when a"]))


def choose_unit(rng):
    """({fact: value or None}, {fact: value or "unknown"}): what the unit says and what the review overrides."""
    said = {fact: rng.choice([*values, None]) for fact, values in DOMAINS.items()}
    review = {fact: rng.choice([*values, "unknown"]) for fact, values in DOMAINS.items() if rng.random() < 0.4}
    return said, review


def facts_text(said, review):
    lines = [f"{fact} = {value}" for fact, value in said.items() if value is not None]
    over = " ".join(f"{fact} = {value}" for fact, value in review.items())
    return "\n".join([*lines, f'review by "R" on 2024-01-01 {{ {over} }}']) + "\n"


def completions(said, review):
    open_said = [fact for fact, value in said.items() if value is None]
    open_review = [fact for fact, value in review.items() if value == "unknown"]
    for own in itertools.product(*(DOMAINS[fact] for fact in open_said)):
        for other in itertools.product(*(DOMAINS[fact] for fact in open_review)):
            yield {**said, **dict(zip(open_said, own))}, {**review, **dict(zip(open_review, other))}


def compare(program, folder, units):
    names = []
    for i, (said, review) in enumerate(units):
        folder.joinpath(f"{i}.facts").write_text(facts_text(said, review), encoding="utf-8")
        names.append(f"{i}.facts")
    done = run([program, "eval", *names, "--rules", "s.rubric", "--compare", "--json"], folder)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def differences(result):
    found = {part["path"]: part["difference"] for part in result["sections"] + result["parts"]}
    return {**found, "total": result["total"]["difference"], "subtotal": result["subtotal"]["difference"]}


def reached(results, key):
    """All that a difference comes to; None where it has no number."""
    values = {json.dumps(differences(result).get(key, {"value": "0"})) for result in results}
    read = [json.loads(value) for value in values]
    return None if None in read else [Fraction(value["value"]) for value in read]


def check(name, difference, values):
    if values is None or difference is None:
        return
    low, high = (Fraction(difference[key]) for key in (("value", "value") if "value" in difference else ("lo", "hi")))
    if difference.get("exact", True):
        assert (low, high) == (min(values), max(values)), f"{name}: {difference}, reached {sorted(values)}"
    assert low <= min(values) and max(values) <= high, f"{name}: {difference}, reached {sorted(values)}"


@pytest.mark.parametrize("program", PROGRAMS, ids=program_id)
@pytest.mark.parametrize("seed", range(NUMBERED))
def test_differences(seed, program, tmp_path):
    rng = random.Random(seed)
    tmp_path.joinpath("s.rubric").write_text(choose_rules(rng), encoding="utf-8")
    said, review = choose_unit(rng)
    filled = list(completions(said, review))
    every = len(filled) <= 800
    filled = filled if every else rng.sample(filled, 800)
    result, *results = compare(program, tmp_path, [(said, review), *filled])
    for name, difference in differences(result).items():
        shown = difference if every or difference is None else {**difference, "exact": False}
        check(name, shown, reached(results, name))
    assert all(part["because"] for one in [result, *results] for part in one["parts"]), "a score differs for no reason"
    named = {part["path"] for part in result["parts"]}
    for one in results:
        assert {part["path"] for part in one["parts"]} <= named, "a score differs that the open unit does not name"
