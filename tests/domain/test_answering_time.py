"""What counts as time spent at a form, and how it reads."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.answering_time import Measured, measured, seconds_taken, taken_text

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "taken"),
    [(100, 100), (99.6, 100), (3, 3), (2, None), (0, None), (-5, None), (1800, 1800), (1801, None)],
)
def test_time_at_a_form_counts_from_three_seconds_to_half_an_hour(seconds: float, taken: int | None) -> None:
    assert seconds_taken(NOON, NOON + timedelta(seconds=seconds)) == taken


def test_a_form_that_opened_with_something_in_it_was_not_measured() -> None:
    assert seconds_taken(None, NOON) is None


def test_nothing_is_told_of_few_answers_or_of_few_people() -> None:
    assert measured([*zip("ABCD", (10, 20, 30, 40), strict=True)]) is None
    assert measured([*zip("ABABAB", (10, 20, 30, 40, 50, 60), strict=True)]) is None
    assert measured([*zip("ABCDE", (10, 500, 30, 20, 40), strict=True)]) == Measured(30, 5)
    assert measured([*zip("ABCABC", (10, 20, 30, 40, 50, 1800), strict=True)]) == Measured(35, 6)


@pytest.mark.parametrize(("seconds", "is_long"), [(180, False), (180.5, True)])
def test_more_than_three_minutes_is_long(seconds: float, is_long: bool) -> None:
    assert Measured(seconds, 5).is_long == is_long


@pytest.mark.parametrize(("seconds", "text"), [(45, "45 s"), (100.4, "1 min 40 s"), (180, "3 min"), (0, "0 s")])
def test_it_reads_as_people_say_it(seconds: float, text: str) -> None:
    assert taken_text(seconds) == text
