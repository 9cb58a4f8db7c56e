"""Answers to what has not asked its person yet: whose they are, and from when on they count."""

import json
from datetime import date, datetime, timedelta

import pytest

from simulation.promises import answers
from tests.simulation.breaking import broken
from tests.simulation.steered import steered
from tests.simulation.story import SECOND, Prompt, channel, counting, local, user
from tests.simulation.week import ANA, BEN, PROMPTS, Week

RUN = local("ben", 27, "16:00")
"""On a Friday Ben starts one by hand, when Cai has gone home."""
SATURDAY = local("cai", 28, "12:00")
NEXT_MONDAY = date(2026, 11, 30)


def started(opened: datetime, count: int = 1) -> Week:
    """Cai answers the prompt of that run long before it asks, from a list that still leads to it."""
    found = steered()
    fields = {"label": "Run now", "action_id": "ritual.run", "value": "7", "where": "view", "view_id": "V7"}
    found.story.did("ben", "clicked", RUN, **fields)
    posted = found.story.post(RUN + SECOND, channel("forecast"), *counting("Weekly sync", RUN.date(), 0, 4))
    prompt = Prompt("40", "sync", "forecast", "cai", RUN.date())
    form = {"type": "modal", "id": "V40", "private_metadata": json.dumps({"prompt": "40"}), "blocks": []}
    found.story.add("view", opened, act="opened", user=user("cai"), view=form)
    found.story.submit(prompt, opened + SECOND, BEN)
    found.story.change(posted, SATURDAY + 2 * SECOND, *counting("Weekly sync", RUN.date(), count, 4))
    found.story.end(SATURDAY + timedelta(hours=2))
    return found


def test_a_prompt_of_an_open_run_can_be_answered_days_before_it_asks() -> None:
    assert answers.PROMISE not in broken(started(SATURDAY))


@pytest.mark.parametrize(("left", "is_found"), [(SATURDAY + timedelta(hours=1), False), (RUN - SECOND, True)])
def test_what_somebody_answered_who_has_left_before_it_asks_is_shown_if_they_were_there(
    left: datetime, is_found: bool
) -> None:
    found = started(SATURDAY)
    found.story.add("person", left, user=user("cai"), changed={"deleted": True})
    texts = broken(found).get(answers.PROMISE, [])
    assert any("of 2026-11-27 in #forecast says that 1 answered; 0 did" in text for text in texts) is is_found


def test_an_answer_to_an_open_run_that_is_not_counted_is_found_though_it_has_not_asked_yet() -> None:
    assert any("says that 0 answered; 1 did" in text for text in broken(started(SATURDAY, 0))[answers.PROMISE])


def test_what_was_answered_before_a_run_began_is_none_of_its_answers() -> None:
    texts = broken(started(RUN - timedelta(hours=2)))[answers.PROMISE]
    assert any("of 2026-11-27 in #forecast says that 1 answered; 0 did" in text for text in texts)


@pytest.mark.parametrize(("until", "is_found"), [("09:00", False), ("12:00", True)])
def test_what_was_sent_ahead_is_counted_from_when_it_would_have_been_asked(until: str, is_found: bool) -> None:
    """The run is open for others already: Cai is asked at half past nine, hours before Ana."""
    found = steered()
    ids = json.dumps({"prompt": "0", "ritual": "7", "occurrence": "2026-11-30T09:30", "draft": "y"})
    found.story.submit(PROMPTS["ana"], local("ana", 29, "12:00"), ANA, private_metadata=ids)
    opens = local("cai", 30, "09:30") + SECOND
    found.story.post(opens, channel("forecast"), *counting("Weekly sync", NEXT_MONDAY, 0, 4))
    found.story.end(local("ana", 30, until))
    texts = broken(found).get(answers.PROMISE, [])
    assert any("of 2026-11-30 in #forecast says that 0 answered; 1 did" in text for text in texts) is is_found
