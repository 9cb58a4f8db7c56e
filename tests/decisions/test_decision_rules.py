"""The rules of decisions."""

import pytest

from domain.decisions import MOVES, DecisionState
from domain.numbers import number_in
from surface.typed import plain


@pytest.mark.parametrize(
    ("text", "number"),
    [("D-1", 1), ("d1", 1), (" D1 ", 1), ("d-007", 7), ("d - 12", 12), ("41", 41), ("D-999999999", 999_999_999)],
)
def test_a_number_is_read_as_people_write_it(text: str, number: int) -> None:
    assert number_in(text, "D") == number


@pytest.mark.parametrize("text", ["", "D-", "D-x", "A-1", "2 models", "D-1 please", "-1", "1.5", "9" * 10, "D--1"])
def test_anything_else_is_no_number(text: str) -> None:
    assert number_in(text, "D") is None


def test_nothing_moves_an_accepted_decision() -> None:
    assert DecisionState.ACCEPTED not in {state for state, _verdict in MOVES}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ship &lt;small&gt; &amp; first", "Ship <small> & first"),
        ("&amp;lt;", "&lt;"),
        ("ask <@U012AB|ana> in <#C012AB|forecast>", "ask @ana in #forecast"),
        ("see <https://example.com|the page>", "see the page"),
        ("see <https://example.com>", "see https://example.com"),
        ("  plain  ", "plain"),
    ],
)
def test_text_after_a_command_reads_as_it_was_typed(typed: str, read: str) -> None:
    assert plain(typed) == read
