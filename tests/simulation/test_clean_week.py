"""A week in which nothing is wrong: the judge sees all of it, and finds nothing."""

from tests.simulation.story import verdict
from tests.simulation.week import week


def test_a_week_that_keeps_every_promise_is_passed() -> None:
    found = verdict(week().story.lines)
    assert found.findings == ()
    assert found.exit_code == 0


def test_the_judge_counts_what_it_has_recognised() -> None:
    counts = verdict(week().story.lines).counts
    seen = {
        "prompts due": 6,
        "prompts sent in time": 6,
        "reminders sent": 2,
        "answers submitted": 3,
        "answers stored": 3,
        "summaries": 2,
        "messages owed": 9,
        "messages sent": 9,
    }
    assert {name: counts[name] for name in seen} == seen
    assert counts["private texts followed"] == 5
