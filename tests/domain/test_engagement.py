"""Who took part in a week, pooled over runs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.engagement import RunCount, Tally, WeekCount, by_function, waited, week_of
from domain.metrics.participation import Count
from domain.people import FUNCTIONS
from domain.runs import Prompt, PromptState

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
WEEK = date(2026, 11, 16)


def tally(function: str, asked: int, *parts: int) -> Tally:
    """`parts` are how many answered, and how many of those late, as far as so many there are."""
    answered = min(asked, parts[0])
    return Tally(function, asked, answered, min(answered, parts[1]))


tallies = st.builds(
    tally, st.sampled_from([*FUNCTIONS, "", "tribe"]), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)
)
runs = st.builds(
    lambda number, fewest, found: RunCount(number, 1, "C1", "Sync", NOW, NOW, fewest, tuple(found)),
    st.integers(1, 99),
    st.sampled_from([0, 0, 3, 5]),
    st.lists(tallies, max_size=5),
)
weeks = st.lists(runs, max_size=6)


def counted(found: list[RunCount]) -> WeekCount:
    return week_of(WEEK, found)


@given(weeks)
def test_it_lies_between_nobody_and_everybody(found: list[RunCount]) -> None:
    week = counted(found)
    assert 0 <= week.on_time.answered <= week.total.answered <= week.total.asked
    assert week.on_time.answered + week.late == week.total.answered


@given(weeks, st.randoms())
def test_order_does_not_matter(found: list[RunCount], random: Random) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    assert counted(shuffled) == counted(found)


@given(weeks)
def test_functions_add_up_to_those_asked_with_their_names_and_none_is_zero_of_zero(found: list[RunCount]) -> None:
    week = counted(found)
    parts = [count for _, count in week.functions]
    assert sum(each.answered for each in parts) == week.named.answered
    assert sum(each.asked for each in parts) == week.named.asked
    assert all(each.asked for each in parts)


@given(weeks, weeks)
def test_several_runs_are_pooled(one: list[RunCount], other: list[RunCount]) -> None:
    first, second, both = counted(one).total, counted(other).total, counted([*one, *other]).total
    assert both == Count(first.answered + second.answered, first.asked + second.asked)


@given(weeks)
def test_what_too_few_answered_without_a_name_changes_nothing(found: list[RunCount]) -> None:
    few = RunCount(7, 2, "C1", "Pulse", NOW, NOW, 5, (Tally("legal", 9, 4),))
    assert counted([*found, few]) == counted(found)


def test_nobody_asked_is_no_number() -> None:
    assert counted([]).total == Count(0, 0)
    assert by_function([Tally("legal", 0, 0)]) == ()


def test_functions_nobody_knows_are_one_group_at_the_end() -> None:
    found = by_function([Tally("tribe", 2, 1), Tally("", 1, 1), Tally("legal", 3, 0)])
    assert found == (("legal", Count(0, 3)), ("other", Count(2, 3)))


@pytest.mark.parametrize(
    ("sent", "asked", "minutes"),
    [(15, 14, 10), (None, 14, 70), (None, None, 130), (16, 15, 0)],
    ids=["sent", "on its way", "due", "there before"],
)
def test_a_wait_begins_with_the_invitation(sent: int | None, asked: int | None, minutes: int) -> None:
    prompt = Prompt(1, "T1", 1, "U1", None, PromptState.SENT, NOW.replace(hour=13), NOW.replace(hour=20))
    prompt = replace(prompt, sent_at=_at(sent), asked_at=_at(asked))
    assert waited(prompt, NOW.replace(minute=10)) == 60 * minutes


def _at(hour: int | None) -> datetime | None:
    return NOW.replace(hour=hour) if hour else None
