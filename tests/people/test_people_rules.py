"""Working hours as people write them, and who may become a manager."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import FieldErrors
from domain.people import Hours, Person, parse_hours
from domain.setting_up import changed

ANA, JOE = Person("T1", "U1", "Ana Souza"), Person("T1", "U4", "Joe Grey", left=True)
KNOWN = {person.id: person for person in (ANA, JOE)}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mon-fri 09:00-17:30", Hours()),
        ("Mon\N{EN DASH}Fri 9 \N{EN DASH} 17", Hours(time(9), time(17))),
        ("sun-thu 8-16:30", Hours(time(8), time(16, 30), frozenset({6, 0, 1, 2, 3}))),
        ("mon, wed 10:15-16", Hours(time(10, 15), time(16), frozenset({0, 2}))),
        ("9-5 Mon-Fri", Hours(time(9), time(17))),
        ("mon-fri 8:30-4:30", Hours(time(8, 30), time(16, 30))),
        ("tue 0-23:59", Hours(time(0), time(23, 59), frozenset({1}))),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, meant: Hours) -> None:
    assert parse_hours(text) == meant


@pytest.mark.parametrize(
    "text",
    ["", "mon-fri", "9-17", "noon", "mon-fri 17-9", "mon-fri 9-9", "mon-fri 9-24", "day-fri 9-17", "mon 9:00+01:00-17"],
)
def test_other_texts_are_no_hours(text: str) -> None:
    assert parse_hours(text) is None


@given(
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 22 * 60).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, 24 * 60 - 1))),
)
def test_hours_survive_being_written_down(days: frozenset[int], span: tuple[int, int]) -> None:
    start, end = (time(minute // 60, minute % 60) for minute in span)
    hours = Hours(start, end, days)
    assert parse_hours(str(hours)) == hours


def test_whoever_left_stays_a_manager_but_becomes_none() -> None:
    assert changed(Person("T1", "U5", "Eve", manager_id="U4"), {"manager": "U4"}, KNOWN).manager_id == "U4"
    with pytest.raises(FieldErrors):
        changed(ANA, {"manager": "U4"}, KNOWN)
