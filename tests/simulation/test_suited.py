"""Planted: asking whoever facilitates a ritual whether it still suits, when it should not be asked so."""

from datetime import datetime, timedelta

import pytest

from simulation.promises import suited
from tests.simulation.breaking import broken
from tests.simulation.story import direct, local
from tests.simulation.week import week

AT = local("ben", 26, "10:00")
FEW = "Weekly sync in #forecast: 1 of 4, 0 of 4 and 1 of 4 answered the last three times. Would fewer questions help?"


def found_in(*messages: tuple[str, str, datetime]) -> list[str]:
    story = week()
    for who, text, at in messages:
        story.story.post(at, direct(who), text, [])
    return broken(story).get(suited.PROMISE, [])


@pytest.mark.parametrize(
    "text",
    [
        FEW,
        "Weekly sync in #forecast: 1 of 4 answered each of the last three times. Would",
        "Weekly sync in #forecast: Fewer than 5 answered each of the last three times. Would",
        "Weekly sync in #forecast: 2 people named it in the pulse as one to shorten or stop. Would",
        "Weekly sync in #forecast: Answering took 3 min 40 s (median of 9 answers), which is more than three minutes.",
    ],
)
def test_what_is_asked_for_a_reason_is_fine(text: str) -> None:
    assert found_in(("ben", text, AT)) == []


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        ([("ben", FEW, AT), ("ben", FEW, AT + timedelta(days=1))], "twice in a month"),
        ([("ben", FEW.replace("0 of 4", "2 of 4"), AT)], "without a reason"),
        ([("ben", FEW.replace("1 of 4, ", ""), AT)], "without a reason"),
        ([("ben", FEW.replace("fewer", "Ana Souza, fewer"), AT)], "is named"),
        ([("cai", FEW, AT)], "never facilitated it"),
        ([("ben", FEW, AT.replace(hour=2))], "outside their hours"),
    ],
)
def test_what_should_not_be_asked_is_found(messages: list[tuple[str, str, datetime]], said: str) -> None:
    found = found_in(*messages)
    assert len(found) == 1
    assert said in found[0]
