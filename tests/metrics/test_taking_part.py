"""Participation, coverage, evenness, latency: the worked figures of the formulas, and what always holds."""

from fractions import Fraction
from math import inf, log

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.metrics.coverage import Coverage, Silent, coverage
from domain.metrics.evenness import gini, pielou
from domain.metrics.latency import HALF, MOST, OnTime, place, quantile, slow
from domain.metrics.participation import Count, fell, pooled, wilson
from domain.people import FUNCTIONS

NOBODY = Count(0, 0)

counts = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Count(min(pair), max(pair)))
asked_counts = counts.filter(lambda count: count.asked > 0)
by_functions = st.dictionaries(st.sampled_from(FUNCTIONS[:5]), asked_counts).map(lambda found: tuple(found.items()))
hours_lists = st.lists(st.floats(0, 1000), max_size=30)


def functions(*pairs: tuple[int, int]) -> tuple[tuple[str, Count], ...]:
    return tuple((name, Count(*pair)) for name, pair in zip(FUNCTIONS, pairs, strict=False))


def test_the_interval_of_a_share_is_wide_for_few() -> None:
    assert [round(each, 2) for each in wilson(Count(4, 5))] == [0.38, 0.96]
    assert [round(each, 2) for each in wilson(Count(16, 20))] == [0.58, 0.92]
    assert wilson(NOBODY) == (0, 1)


@given(counts)
def test_the_interval_holds_the_share_and_stays_within_nothing_and_all(count: Count) -> None:
    low, high = wilson(count)
    assert 0 <= low <= high <= 1
    if count.share is not None:
        assert low - 1e-12 <= count.share <= high + 1e-12


def test_several_runs_are_pooled_not_averaged() -> None:
    assert pooled([Count(1, 1), Count(0, 9), NOBODY]) == Count(1, 10)
    assert pooled([]) == NOBODY


@given(st.lists(counts))
def test_pooling_heeds_no_order(found: list[Count]) -> None:
    assert pooled(found) == pooled(sorted(found, key=lambda count: (count.asked, count.answered)))


STEADY = [Count(16, 20)] * 4


@pytest.mark.parametrize(
    ("weeks", "is_fall"),
    [
        ([*STEADY, Count(12, 20), Count(12, 20)], True),
        ([*STEADY, Count(12, 20), Count(13, 20)], False),
        ([*STEADY, Count(12, 20)], False),
        ([*STEADY, Count(4, 20)], True),
        ([*STEADY, Count(4, 20), NOBODY], True),
        ([Count(5, 5), Count(3, 5)], False),
        ([Count(4, 20), *STEADY], False),
        ([Count(4, 20)], False),
        ([NOBODY], False),
        ([], False),
    ],
)
def test_a_fall_has_to_last_or_to_be_too_large_for_chance(weeks: list[Count], is_fall: bool) -> None:
    assert fell(weeks) is is_fall


@given(asked_counts, st.integers(0, 8))
def test_the_same_week_after_week_is_no_fall(count: Count, weeks: int) -> None:
    assert not fell([count] * weeks)


def test_a_silent_function_is_named_with_how_long() -> None:
    """Weeks in which nobody asked it neither count nor end it."""
    week = dict(functions((2, 3), (0, 2), (0, 1)))
    weeks = [functions((2, 3), (1, 2)), functions((0, 3), (0, 2)), functions((1, 3)), tuple(week.items())]
    assert coverage(weeks) == Coverage(1, 3, (Silent(FUNCTIONS[1], 2), Silent(FUNCTIONS[2], 1)))


def test_one_function_has_no_ratio_and_people_without_one_are_none() -> None:
    alone = coverage([(*functions((2, 3)), ("other", Count(0, 4)))])
    assert (alone, alone.is_ratio) == (Coverage(1, 1), False)
    assert coverage([]) == coverage([()]) == Coverage(0, 0)


@settings(max_examples=40)
@given(st.lists(by_functions, min_size=1, max_size=4))
def test_every_function_asked_is_heard_or_named(weeks: list[tuple[tuple[str, Count], ...]]) -> None:
    found = coverage(weeks)
    assert found.heard + len(found.silent) == found.invited == len(weeks[-1])
    assert all(1 <= each.weeks <= len(weeks) for each in found.silent)


def test_evenness_is_of_shares_not_heads() -> None:
    assert pielou(functions((16, 20), (4, 5))) == pytest.approx(1)
    by_heads = -(0.8 * log(0.8) + 0.2 * log(0.2)) / log(2)
    assert by_heads == pytest.approx(0.72, abs=0.005)


@pytest.mark.parametrize(("silent", "evenness"), [(0, 1.0), (1, 0.86), (2, 0.68), (4, 0.0)])
def test_a_silent_function_of_five_lowers_it_but_little(silent: int, evenness: float) -> None:
    found = pielou(functions(*[(0, 5)] * silent, *[(4, 5)] * (5 - silent)))
    assert found == pytest.approx(evenness, abs=0.005)


def test_evenness_is_not_told_of_one_function_or_no_answer() -> None:
    assert pielou(()) is pielou(functions((3, 5))) is pielou(functions((0, 5), (0, 5))) is None


@given(by_functions)
def test_evenness_stays_within_bounds_and_heeds_no_order(found: tuple[tuple[str, Count], ...]) -> None:
    evenness = pielou(found)
    assert evenness is None or 0 <= evenness <= 1
    assert pielou(found[::-1]) == (None if evenness is None else pytest.approx(evenness))


def test_the_worked_figures_of_how_evenly_people_contribute() -> None:
    assert gini((1, 2, 3, 4, 10)) == pytest.approx(0.5)
    assert gini((3, 3, 3, 3, 3)) == 0
    assert gini((0, 0, 0, 0, 7)) == 1


def test_it_is_not_told_of_few_people_or_no_contribution() -> None:
    assert gini(()) is gini((5,)) is gini((1, 2, 3, 4)) is gini((0, 0, 0, 0, 0)) is None


@given(st.lists(st.integers(0, 50), min_size=5).filter(any), st.integers(1, 9))
def test_it_stays_within_bounds_and_heeds_neither_order_nor_scale(found: list[int], times: int) -> None:
    evenness = gini(found)
    assert evenness is not None
    assert 0 <= evenness <= 1
    assert gini(sorted(found, reverse=True)) == pytest.approx(evenness)
    assert gini([times * each for each in found]) == pytest.approx(evenness)


def test_who_never_answered_counts_as_never() -> None:
    """4 of 7 answered at 1, 3, 5 and 20 h: the median is 20 h, not 4 h; of 3 of 7 it is not reached."""
    assert quantile([20, 1, 5, 3], 7, HALF) == 20
    assert quantile([1, 3, 5], 7, HALF) is None
    assert quantile([], 0, HALF) is None


@pytest.mark.parametrize(
    ("asked", "share", "found"), [(7, 0.5, 4), (8, 0.5, 4), (10, 0.9, 9), (1, 0.5, 1), (0, 0.5, 1)]
)
def test_the_place_is_the_nearest_rank(asked: int, share: float, found: int) -> None:
    assert place(asked, share) == found


@example(100, 7)
@given(st.integers(1, 3000), st.integers(1, 100))
def test_the_place_is_exact_whatever_computers_make_of_fractions(asked: int, percent: int) -> None:
    exact = -(-Fraction(percent, 100) * asked // 1)
    assert place(asked, percent / 100) == max(exact, 1)


@given(hours_lists, st.integers(0, 20), st.floats(0.01, 1))
def test_a_quantile_is_that_of_the_list_with_the_silent_at_its_end(
    hours: list[float], silent: int, share: float
) -> None:
    asked = len(hours) + silent
    everybody = sorted(hours) + [inf] * silent
    expected = everybody[place(asked, share) - 1] if asked else inf
    assert quantile(hours[::-1], asked, share) == (None if expected == inf else expected)


def test_nine_in_ten_are_told_from_ten_people_on() -> None:
    assert slow([1, 2, 30], 9) == 30
    assert slow([], 9) is None
    assert slow(range(1, 11), 10) == quantile(range(1, 11), 10, MOST) == 9
    assert slow(range(1, 9), 10) is None


def test_late_answers_stand_beside_those_in_time() -> None:
    assert OnTime(Count(7, 9), 2).text == "7 of 9, +2 late"
    assert OnTime(Count(7, 9)).text == "7 of 9"
