"""Signals of measures: what disagrees, since when, and what is said of it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measures import GOOD, Good, Measure, Role
from domain.metrics.participation import Count
from domain.misalignment import KNOWN, LOOKED_AT, Kind, Moved, Relation, Series, Signal, better, fewer, noise, signals
from surface.signals import signal_row, signal_text
from tests.team import ANA, FORECAST, NOW, WORKSPACE

CALM = [100.0, 101, 100, 99, 100, 101, 100, 99]
"""Changes of one week to the next are 1 at most."""


def series(role: Role, *weeks: float | None, good: Good | None = None, name: str = "") -> Series:
    way = good or GOOD.get(role, Good.NEITHER)
    known = name or role.value.capitalize()
    measure = Measure([*Role].index(role) + 1, WORKSPACE, FORECAST, known, "", way, role, "", ANA, NOW)
    return Series(measure, (None,) * (LOOKED_AT - len(weeks)) + weeks)


def found(*each: Series, attended: bool = False) -> list[Signal]:
    return signals(each, attended=lambda _measure: attended)


def kinds(of: Sequence[Signal]) -> list[Kind]:
    return [each.kind for each in of]


def test_quality_and_tickets_that_both_rise_disagree() -> None:
    quality = series(Role.QUALITY, 0.5, 0.52, 0.54, 0.53, 0.55, 0.56, 0.6, 0.65, 0.7)
    tickets = series(Role.TICKETS, 120, 118, 116, 117, 115, 116, 112, 118, 129)
    (signal,) = found(quality, tickets)
    assert (signal.kind, signal.weeks, signal.used_to) == (Kind.APART, 1, Relation.APART)
    assert signal_text(signal) == "Quality rose 17 % and Tickets rose 15 %. They used to move apart."
    row = signal_row(signal)
    assert [each["text"]["text"] for each in row.buttons] == ["Start a metrics translation"]


def test_quality_that_rises_while_usage_falls_disagrees() -> None:
    quality = series(Role.QUALITY, 0.6, 0.66, 0.72)
    usage = series(Role.USAGE, 300, 270, 240)
    (signal,) = found(quality, usage)
    assert signal_text(signal) == "Quality rose 20 % and Usage fell 20 %.", "how they moved before is not known"


def test_what_agrees_is_no_signal() -> None:
    quality = series(Role.QUALITY, 0.6, 0.66, 0.72)
    assert found(quality, series(Role.TICKETS, 120, 110, 90)) == []
    assert found(quality, series(Role.USAGE, 240, 270, 300)) == []
    assert found(quality, series(Role.OTHER, 120, 160, 190)) == []


def test_a_measure_of_errors_is_better_when_it_falls() -> None:
    errors = series(Role.QUALITY, 9.0, 8, 7, good=Good.DOWN, name="Errors")
    (signal,) = found(errors, series(Role.TICKETS, 100, 120, 150))
    assert signal_text(signal) == "Errors fell 22 % and Tickets rose 50 %."
    assert found(series(Role.QUALITY, 7.0, 8, 9, good=Good.DOWN), series(Role.TICKETS, 100, 120, 150)) == []


def test_while_it_lasts_it_says_since_when_instead_of_the_same_again() -> None:
    quality = series(Role.QUALITY, 0.5, 0.55, 0.6, 0.65, 0.7)
    tickets = series(Role.TICKETS, 100, 110, 120, 130, 140)
    (signal,) = found(quality, tickets)
    assert signal.weeks == 3
    assert signal_text(signal).endswith("That they disagree has lasted for 3 weeks now.")


def test_what_has_lasted_for_longer_than_is_looked_at_says_so() -> None:
    rising = [100 * 1.1**week for week in range(KNOWN)]
    measure = series(Role.TICKETS, 1.0).measure
    (signal,) = signals([Series(measure, tuple(rising))], attended=lambda _measure: False)
    assert signal.weeks == LOOKED_AT
    assert signal_text(signal).endswith(", for 12 weeks or more.")
    (shorter,) = signals([Series(measure, (*[100.0] * 13, *rising[:10]))], attended=lambda _measure: False)
    assert shorter.weeks == 9, "those before it are judged by weeks before theirs"


def test_a_change_within_a_measures_own_noise_is_none() -> None:
    assert noise([*CALM]) == 1.01, "one of a hundred at least"
    assert noise([100, 110, 100]) is None
    quiet = series(Role.QUALITY, *CALM, 100, 101, 102.5)
    loud = series(Role.QUALITY, *(each * 3 for each in (100, 140, 90, 130, 100, 120, 95, 130)), 100, 110, 120)
    assert (better(quiet, LOOKED_AT), better(loud, LOOKED_AT)) == (True, None)
    assert better(series(Role.QUALITY, 100, 102, 104), LOOKED_AT) is None, "5 % where its noise is not known"


def test_drift_that_nobody_has_taken_up_is_told_and_what_is_taken_up_is_not() -> None:
    drift = series(Role.DRIFT, 0.2, 0.25, 0.3)
    (signal,) = found(drift)
    assert signal_text(signal) == "Drift rose 50 %, and no open blocker or action item there names it."
    assert found(drift, attended=True) == []
    assert found(series(Role.DRIFT, 0.3, 0.25, 0.2)) == []


def test_what_lies_outside_its_usual_is_told_once_and_not_beside_a_pair_that_says_it() -> None:
    (signal,) = found(series(Role.TICKETS, 120, 118, 122, 121, 138))
    assert signal_text(signal) == "Tickets: 138, usual 120.5 (118 to 122)."
    assert signal_row(signal).buttons == ()
    assert found(series(Role.TICKETS, 120, 118, 122, 121, 122.5)) == [], "within 5 % of the usual"
    quality = series(Role.QUALITY, 0.6, 0.6, 0.6, 0.66, 0.8)
    tickets = series(Role.TICKETS, 120, 118, 122, 130, 160)
    assert kinds(found(quality, tickets)) == [Kind.APART]


def test_a_week_without_a_value_ends_what_was_told() -> None:
    assert found(series(Role.QUALITY, 0.6, 0.66, 0.72, None), series(Role.TICKETS, 100, 120, 150, None)) == []
    assert found(series(Role.TICKETS, 120, 118, 122, 121, None)) == []


def test_fewer_take_part_when_three_weeks_go_down_and_far_enough() -> None:
    weeks = [Count(18, 20)] * 5
    falling = [Count(15, 20), Count(12, 20), Count(8, 20)]
    signal = fewer(FORECAST, [*weeks, *falling])
    assert signal
    said = "Fewer took part, three weeks in a row: 18 of 20, 15 of 20, 12 of 20 and 8 of 20."
    assert signal_text(signal) == said
    assert fewer(FORECAST, [*weeks, Count(17, 20), Count(17, 20), Count(16, 20)]) is None
    assert fewer(FORECAST, [Count(18, 20), Count(18, 20), Count(17, 20), Count(16, 20), Count(15, 20)]) is None
    assert fewer(FORECAST, falling) is None
    assert fewer(FORECAST, []) is None


@pytest.mark.parametrize("before", [0.0, 5e-324, 9.0])
def test_from_next_to_nothing_no_percentage_is_told(before: float) -> None:
    moved = Moved(series(Role.TICKETS, 1.0).measure, now=100, before=before)
    assert moved.percent is None
    assert replace(moved, before=20.0).percent == 400


VALUES = st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False))
WEEKS = st.lists(VALUES, min_size=LOOKED_AT, max_size=LOOKED_AT)


@given(WEEKS, WEEKS, st.sampled_from(Good))
def test_whatever_the_numbers_are_a_signal_has_words_and_no_cause(
    first: list[float | None], second: list[float | None], good: Good
) -> None:
    for each in found(
        *(series(role, *weeks, good=good) for role, weeks in zip(Role, (first, second, first, second), strict=False))
    ):
        text = signal_text(each)
        assert text.endswith(".")
        assert not {"because", "caused", "led", "due"} & set(text.split())
        assert 1 <= each.weeks <= LOOKED_AT


@pytest.mark.parametrize("weeks", [[], [None] * LOOKED_AT, [0.0] * LOOKED_AT])
def test_of_nothing_nothing_is_said(weeks: list[float | None]) -> None:
    assert found(series(Role.QUALITY, *weeks), series(Role.TICKETS, *weeks), series(Role.DRIFT, *weeks)) == []
