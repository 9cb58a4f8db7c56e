"""Absences as they are listed."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.absences import said_once
from domain.people import Absence

FIRST = date(2026, 12, 1)
SYNC = frozenset({"weekly-sync"})
days = st.integers(0, 12).map(lambda each: FIRST + timedelta(days=each))
spans = st.tuples(days, days).map(sorted)
only = st.sampled_from([SYNC, frozenset[str]()])
known = st.lists(st.builds(lambda span, only: Absence(span[0], span[1], rituals=only), spans, only))


def covered(absences: list[Absence], ritual: str) -> list[date]:
    within = [FIRST + timedelta(days=each) for each in range(13)]
    return [day for day in within if any(each.covers(day, ritual) for each in absences)]


@given(known)
def test_the_same_days_are_said_and_none_twice(absences: list[Absence]) -> None:
    found = list(said_once(absences))
    for ritual in ("", "weekly-sync"):
        assert covered(found, ritual) == covered(absences, ritual)
    for only in (SYNC, frozenset[str]()):
        alike = [each for each in found if each.rituals == only]
        assert all(before.last < after.first for before, after in pairwise(alike))
