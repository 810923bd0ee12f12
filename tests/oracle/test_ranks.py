"""What best and worst alone say of a cohort is what every world says."""
from hypothesis import HealthCheck, given, settings, strategies as st

from .ranks import IN, OUT, TIED, UNDECIDED, Standing, by_bounds, by_every_world

KEYS = st.tuples(*[st.one_of(st.none(), st.integers(0, 2))] * 3)
# The last kind makes ties.
UNITS = st.one_of(st.lists(st.tuples(st.booleans(), KEYS), min_size=1, max_size=3), st.lists(st.tuples(st.just(True), KEYS), min_size=1, max_size=3),
                  st.sampled_from([[(True, (1, 0, 0))], [(True, (1, 0, 0)), (True, (1, 0, None))]]))
thorough = settings(max_examples=1200, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


@thorough
@given(st.lists(UNITS, min_size=1, max_size=5), st.integers(0, 5), st.booleans())
def test_bounds_say_what_worlds_say(cohort, seats, better_lower):
    assert by_bounds(cohort, seats, better_lower) == by_every_world(cohort, seats, better_lower)[0]


def test_every_status_occurs():
    """Enough of each, or the comparison would be of nothing."""
    seen = {IN: 0, OUT: 0, TIED: 0, UNDECIDED: 0}

    @settings(thorough, max_examples=300)
    @given(st.lists(UNITS, min_size=1, max_size=4), st.integers(0, 3))
    def count(cohort, seats):
        for standing in by_bounds(cohort, seats):
            seen[standing.status] += 1
    count()
    assert min(seen.values()) >= 20, seen


def known(*keys):
    return [(True, keys)]


def standings(cohort, seats, better_lower=False):
    return by_every_world(cohort, seats, better_lower)[0]


def test_equals_share_the_smaller_rank():
    # 90, 90, 80 for two seats: the two are in. For one seat both lie across the line, and the third is behind it.
    cohort = [known(90, 1, 1), known(90, 1, 1), known(80, 9, 9)]
    assert standings(cohort, 2) == [Standing(1, 1, IN), Standing(1, 1, IN), Standing(3, 3, OUT)]
    assert standings(cohort, 1) == [Standing(1, 1, TIED), Standing(1, 1, TIED), Standing(3, 3, OUT)]


def test_ties_are_broken_by_the_next_key():
    assert standings([known(90, 5, None), known(90, 7, 0)], 1) == [Standing(2, 2, OUT), Standing(1, 1, IN)]


def test_not_applicable_is_last_either_way():
    cohort = [known(None, 0, 0), known(1, 0, 0), known(2, 0, 0)]
    assert [s.lowest for s in standings(cohort, 1)] == [3, 2, 1]
    assert [s.lowest for s in standings(cohort, 1, better_lower=True)] == [3, 1, 2]


def test_one_that_is_not_ready_is_ranked_and_takes_no_seat():
    assert standings([[(False, (90, 0, 0))], known(80, 0, 0)], 1) == [Standing(1, 1, OUT), Standing(2, 2, IN)]


def test_what_may_be_leaves_the_line_open():
    # The first is 70 or 90, the second 80: either may have the one seat; with two seats both are in.
    cohort = [[(True, (70, 0, 0)), (True, (90, 0, 0))], known(80, 0, 0)]
    assert standings(cohort, 1) == [Standing(1, 2, UNDECIDED), Standing(1, 2, UNDECIDED)]
    assert standings(cohort, 2) == [Standing(1, 2, IN), Standing(1, 2, IN)]


def test_ranks_between_the_ends_may_be_missing():
    # Two equals of 80 and one that is 70 or 90: it is first or third, never second.
    cohort = [[(True, (70, 0, 0)), (True, (90, 0, 0))], known(80, 0, 0), known(80, 0, 0)]
    assert by_every_world(cohort, 1)[1][0] == {1, 3}


def test_no_seat():
    assert standings([known(90, 0, 0)], 0) == [Standing(1, 1, OUT)]
