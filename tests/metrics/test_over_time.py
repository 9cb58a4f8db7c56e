"""What is usual, which way a series goes, and whether two went together."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.metrics import correlation
from domain.metrics.correlation import (
    Finding,
    Together,
    circular_shift,
    interval,
    lagged,
    mid_ranks,
    spearman,
    together,
)
from domain.metrics.direction import Direction, direction
from domain.metrics.participation import Count
from domain.metrics.usual import Usual, Value, arrow, usual

PUBLISHED_Y = [21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19]
PUBLISHED_X = [67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51]

numbers = st.integers(-1000, 1000).map(float)
series = st.lists(numbers, min_size=2, max_size=30)
pairs = st.lists(st.tuples(numbers, numbers), min_size=2, max_size=30)


def test_usual_is_the_median_of_the_four_weeks_before() -> None:
    assert usual([99, 2, 4, 3, 7]) == Usual(3.5, 2, 7)
    shares = usual([Count(8, 10), Count(7, 10), Count(9, 10), Count(16, 20)])
    assert shares == Usual(0.8, 0.7, 0.9)
    assert shares.percent == 80


@pytest.mark.parametrize(
    "before", [[], [1, 2], [None, 1, 2, None], [Count(3, 4)] * 4, [Count(0, 0)] * 4, [5, 1, 2, None, None]]
)
def test_of_fewer_than_three_weeks_nothing_is_usual(before: list[Value | None]) -> None:
    assert usual(before) is None
    assert arrow(1000, usual(before), 1) is Direction.FLAT


def test_usual_is_all_only_where_it_is_all() -> None:
    assert [Usual(each, 0, 1).percent for each in (0, 0.001, 0.505, 0.999, 1)] == [0, 1, 51, 99, 100]


@pytest.mark.parametrize(
    ("value", "step", "found"),
    [
        (9, 3, Direction.UP),
        (9, 7, Direction.FLAT),
        (6, 1, Direction.FLAT),
        (1, 2, Direction.DOWN),
        (2, 0, Direction.FLAT),
        (None, 0, Direction.FLAT),
    ],
)
def test_an_arrow_stands_only_outside_the_weeks_before_and_by_the_step(
    value: float | None, step: float, found: Direction
) -> None:
    assert arrow(value, usual([2, 3, 4, 6]), step) is found


def test_an_arrow_of_a_share_needs_enough_people_and_heeds_the_step_exactly() -> None:
    before = usual([Count(8, 10)] * 4)
    assert arrow(Count(7, 10), before, 0.1) is Direction.DOWN
    assert arrow(Count(1, 4), before, 0.1) is Direction.FLAT


@given(st.lists(numbers, min_size=4, max_size=4), numbers, st.integers(0, 100))
def test_an_arrow_heeds_no_order_and_turns_with_the_numbers(before: list[float], value: float, step: int) -> None:
    found, turned = arrow(value, usual(before), step), arrow(-value, usual([-each for each in before]), step)
    assert arrow(value, usual(sorted(before)), step) is found
    assert {found, turned} in ({Direction.FLAT}, {Direction.UP, Direction.DOWN})


@pytest.mark.parametrize(
    ("values", "noise", "found"),
    [
        ([100, 103, 106], None, Direction.UP),
        ([100, 103, 105], None, Direction.FLAT),
        ([100, 103, 105], 1, Direction.UP),
        ([100, 103, 106], 10, Direction.FLAT),
        ([100, 90, 80], None, Direction.DOWN),
        ([100, 150, 120], None, Direction.FLAT),
        ([7, 0, 0, 0], None, Direction.FLAT),
        ([0, 1, 2], None, Direction.UP),
        ([100, None, 80], None, None),
        ([100, 80], None, None),
        ([], None, None),
    ],
)
def test_three_weeks_have_a_direction(values: list[float | None], noise: float | None, found: Direction | None) -> None:
    assert direction(values, noise) is found


@given(st.lists(numbers, min_size=3, max_size=3))
def test_turned_over_a_direction_turns(values: list[float]) -> None:
    found = {direction(values), direction([-each for each in values])}
    assert found in ({Direction.FLAT}, {Direction.UP, Direction.DOWN})


def test_a_published_example_comes_out() -> None:
    rho = spearman(PUBLISHED_Y, PUBLISHED_X)
    assert rho == pytest.approx(0.8699639, abs=5e-8)
    assert rho is not None
    assert interval(rho, 15) == pytest.approx((0.5840951, 0.9638297), abs=5e-8)


def test_six_weeks_say_nothing_even_of_a_strong_link() -> None:
    assert interval(0.7, 6) == pytest.approx((-0.38, 0.97), abs=0.005)


@pytest.mark.parametrize(("weeks", "smallest"), [(8, 0.76), (12, 0.61), (20, 0.46), (26, 0.40), (52, 0.28)])
def test_the_smallest_link_whose_interval_leaves_out_none(weeks: int, smallest: float) -> None:
    assert interval(smallest + 0.01, weeks)[0] > 0 > interval(smallest - 0.01, weeks)[0]


def test_equal_values_share_the_middle_of_their_ranks() -> None:
    assert mid_ranks([10, 20, 20, 5]) == [2, 3.5, 3.5, 1]
    assert mid_ranks([]) == []


@given(series)
def test_ranks_keep_their_sum_and_the_order(values: list[float]) -> None:
    ranks = mid_ranks(values)
    assert sum(ranks) == len(values) * (len(values) + 1) / 2
    ordered = sorted(zip(values, ranks, strict=True))
    assert all((a == b) == (i == j) and i <= j for (a, i), (b, j) in pairwise(ordered))


@given(pairs)
def test_rho_is_bounded_the_same_both_ways_and_heeds_ranks_alone(found: list[tuple[float, float]]) -> None:
    xs, ys = [x for x, _ in found], [y for _, y in found]
    rho = spearman(xs, ys)
    assert rho == spearman(ys, xs)
    if rho is None:
        assert len(set(xs)) == 1 or len(set(ys)) == 1
        return
    assert -1 <= rho <= 1
    assert spearman([x**3 + x for x in xs], ys) == pytest.approx(rho)
    assert spearman([-x for x in xs], ys) == pytest.approx(-rho)
    assert spearman([x for x, _ in sorted(found)], [y for _, y in sorted(found)]) == pytest.approx(rho)


@given(st.floats(-1, 1), st.integers(0, 60))
def test_an_interval_holds_its_rho_within_bounds(rho: float, n: int) -> None:
    low, high = interval(rho, n)
    assert -1 <= low <= rho + 1e-9
    assert rho - 1e-9 <= high <= 1


@given(pairs)
def test_p_is_at_least_one_rotation_of_all(found: list[tuple[float, float]]) -> None:
    p = circular_shift([x for x, _ in found], [y for _, y in found])
    assert 1 / len(found) <= p + 1e-12
    assert p <= 1


@pytest.mark.parametrize("n", [20, 40])
def test_a_link_that_no_other_rotation_has_is_one_in_all_of_them(n: int) -> None:
    shuffled = Random(n).sample(range(n), n)  # noqa: S311 - repeatable, not secret
    assert circular_shift(shuffled, shuffled) == 1 / n
    assert circular_shift([1, 2] * (n // 2), [1, 2] * (n // 2)) == 1


def test_unrelated_weekly_series_are_rarely_called_together() -> None:
    """An ordinary permutation would call a quarter of these so, as each week follows the one before."""
    chance, tries = Random(7), 100  # noqa: S311 - the same

    def weekly() -> list[float]:
        values = [chance.gauss(0, 1)]
        while len(values) < 26:
            values.append(0.8 * values[-1] + chance.gauss(0, 0.6))
        return values

    called = sum(together(weekly(), weekly(), lag=0).finding is Finding.TOGETHER for _ in range(tries))
    assert called <= 10


SHUFFLED = [float(each) for each in Random(3).sample(range(60), 60)]  # noqa: S311 - the same


@pytest.mark.parametrize(
    ("weeks", "pairs_of", "finding"),
    [
        (0, 1, Finding.TOO_FEW),
        (7, 1, Finding.TOO_FEW),
        (8, 1, Finding.TOO_EARLY),
        (19, 1, Finding.TOO_EARLY),
        (20, 1, Finding.TOGETHER),
        (20, 2, Finding.NO_LINK),
        (40, 2, Finding.TOGETHER),
        (60, 3, Finding.TOGETHER),
        (59, 3, Finding.NO_LINK),
    ],
)
def test_what_is_told_depends_on_how_many_weeks_there_are(weeks: int, pairs_of: int, finding: Finding) -> None:
    found = together(SHUFFLED[:weeks], SHUFFLED[:weeks], lag=0, pairs=pairs_of)
    assert (found.finding, found.weeks) == (finding, weeks)
    assert (found.rho is None) == (finding is Finding.TOO_FEW)
    assert (found.p is None) == (weeks < 20)


def test_what_does_not_vary_has_no_number() -> None:
    assert together([1.0] * 30, SHUFFLED[:30], lag=0) == Together(Finding.CONSTANT, 30)
    assert together(SHUFFLED[:30], [1.0] * 30, lag=0) == Together(Finding.CONSTANT, 30)
    assert circular_shift([1.0] * 30, SHUFFLED[:30]) == 1


def test_engagement_stands_two_weeks_before_the_outcome() -> None:
    assert lagged([1, 2, 3, None, 5], [9, 9, 10, None, 30, 40, 50], 2) == [(1, 10), (3, 30), (5, 50)]
    ahead = [*SHUFFLED[2:40], 0, 0]
    assert together(ahead[:38], [0, 0, *ahead[:38]]).rho == 1
    assert correlation.LAG == 2
