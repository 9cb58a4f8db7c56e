"""Numbers as people and programs write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measure_numbers import DIGITS, number_text, plain_text, read_number


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12),
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("12 480", 12480),
        ("12\N{NO-BREAK SPACE}480,5", 12480.5),
        ("1'234'567.25", 1234567.25),
        ("1.234", 1.234),
        ("0,123", 0.123),
        ("-0.5", -0.5),
        ("\N{MINUS SIGN}3", -3),
        ("+4", 4),
        (".5", 0.5),
        (" 7 ", 7),
        ("-0", 0),
        ("0.000000000001", 0.000000000001),
    ],
)
def test_a_number_is_read_as_it_is_written(typed: str, value: float) -> None:
    assert read_number(typed) == value


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "the value is missing"),
        ("1,234", "1,234 may be 1234 or 1.234; write one of these."),
        ("-12,480", "may be -12480 or -12.480"),
        ("1e5", "written with an exponent"),
        ("85 %", "without a unit"),
        ("about 12", "is no plain number"),
        ("nan", "is no plain number"),
        ("inf", "is no plain number"),
        ("1,23,456", "is no plain number"),
        ("1.234.5", "is no plain number"),
        ("12 48", "is no plain number"),
        ("1..2", "is no plain number"),
        ("0x10", "is no plain number"),
        ("1_000", "is no plain number"),
        ("١٢", "is no plain number"),
        ("1234567890123", "more than 12 digits"),
        ("1.234567890123", "more than 12 digits"),
    ],
)
def test_what_may_be_another_number_is_refused_with_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_number(typed)


NUMBERS = st.decimals(-(10**DIGITS) + 1, 10**DIGITS - 1, places=3).filter(
    lambda found: len(found.normalize().as_tuple().digits) <= DIGITS
)


@given(NUMBERS.map(float))
def test_a_number_that_is_shown_is_read_as_the_same(value: float) -> None:
    assert read_number(number_text(value)) == value
    assert read_number(plain_text(value)) == value or "," in plain_text(value)


def test_thousands_stand_apart_from_five_digits_on() -> None:
    gap = "\N{NARROW NO-BREAK SPACE}"
    assert [number_text(each) for each in (0.31, 1234.0, 12480.5, -1234567.0, 1e-9)] == [
        "0.31", "1234", f"12{gap}480.5", f"-1{gap}234{gap}567", "0.000000001",
    ]  # fmt: skip
