"""Planted: answers that are read too soon, or too late, or in another channel than the ritual says."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from simulation.promises import early, hours, limits, sent_on
from tests.simulation.breaking import broken
from tests.simulation.story import PLAN, SECOND, TEMPLATES, channel, counting, direct, local, section, verdict
from tests.simulation.week import BEN, MONDAY, Week, monday_summary, week

CLOSED = local("ana", 23, "11:00") + SECOND
OPEN = local("ben", 23, "10:06")


def found_with(found: Week, **post: Any) -> dict[str, list[str]]:
    """What is found if the sync's file says so where its answers go."""
    sync = {**TEMPLATES["sync"], "post": {"to": ["channel"], "by": "function", **post}}
    texts: dict[str, list[str]] = {}
    for finding in verdict(found.story.lines, {**TEMPLATES, "sync": sync}, PLAN).findings:
        texts.setdefault(finding.promise, []).append(finding.text)
    return texts


def sent_to_council(at: datetime | None) -> Week:
    found = week()
    if at:
        text, blocks = monday_summary({})
        found.story.post(at, channel("council"), f"Summary of {text}", blocks)
    return found


@pytest.mark.parametrize("at", [None, CLOSED + timedelta(minutes=10)])
def test_a_summary_that_does_not_reach_another_channel_at_once_is_found(at: datetime | None) -> None:
    texts = found_with(sent_to_council(at), to=["channel", "#council"])
    assert texts[sent_on.PROMISE] == [
        "#council was to get the summary of Weekly sync of 2026-11-23 in #forecast at once, and did not."
    ]


def test_a_summary_that_reaches_another_channel_at_once_is_well_and_in_a_wrong_one_is_found() -> None:
    found = sent_to_council(CLOSED + SECOND)
    assert sent_on.PROMISE not in found_with(found, to=["channel", "#council"])
    assert "A channel got a summary of no run" in found_with(found)[sent_on.PROMISE][0]


def shown_early() -> Week:
    """Ben's answer stands in the channel while others are to answer."""
    found = week()
    text, blocks = counting("Weekly sync", MONDAY, 1, 4)
    said = section("\n".join(["*Ben Okafor*", *(f"_{question}_ {answer}" for question, answer in BEN.items())]))
    found.story.change(found.named["count"], OPEN, text, [*blocks, said])
    return found


def test_answers_that_are_read_while_a_run_is_open_are_found_unless_its_ritual_says_so() -> None:
    found = shown_early()
    assert broken(found)[early.PROMISE] == [
        "Weekly sync of 2026-11-23 in #forecast shows what Ben Okafor answered: [bbbb-0001]"
    ]
    assert early.PROMISE not in found_with(found, early=True)


def test_an_answer_that_is_to_be_read_at_once_and_is_not_is_found() -> None:
    assert found_with(week(), early=True)[early.PROMISE] == [
        "Weekly sync of 2026-11-23 in #forecast did not show at once what Ben Okafor answered."
    ]


def waiting(found: Week, at: datetime) -> None:
    text = "1 blocker of Weekly sync in #forecast waits for somebody to take it up."
    found.story.post(at, direct("ben"), text, [section(f"{text} {at:%H:%M}")])


def test_what_brings_blockers_to_somebody_counts_as_a_reminder_and_keeps_to_their_hours() -> None:
    found = week()
    for hour in (10, 11, 14):
        waiting(found, local("ben", 24, f"{hour}:00"))
    assert "Ben Okafor got 4 reminders on Tue 24 Nov, and wants at most 3." in broken(found)[limits.PROMISE]
    assert hours.PROMISE not in broken(found)
    waiting(found, local("ben", 24, "21:00"))
    assert "21:00" in broken(found)[hours.PROMISE][0]
