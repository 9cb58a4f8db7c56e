"""What excuses a delay: only a trouble that could have held back just that, and not for ever."""

from datetime import timedelta
from typing import Any

import pytest

from simulation.promises import asked, summaries
from tests.simulation.breaking import broken, judged, move, without
from tests.simulation.story import SECOND, channel, local, user
from tests.simulation.week import Week, week

DUE = local("cai", 23, "09:30")
REFUSED: dict[str, Any] = {"answer": {"ok": False, "error": "fatal_error"}, "status": 500}


def late() -> Week:
    """Cai is asked, and so reminded, five minutes late."""
    found = week()
    move(found.named["prompt cai"], DUE + timedelta(minutes=5))
    move(found.named["reminder cai"], local("cai", 23, "15:35"))
    return found


@pytest.mark.parametrize(
    "trouble",
    [
        {"kind": "call", "method": "chat.postMessage", "args": {"channel": "DCAI"}, **REFUSED},
        {"kind": "call", "method": "conversations.open", "args": {"users": "UCAI"}, **REFUSED},
        {"kind": "call", "method": "chat.postMessage", "args": {"channel": "DCAI"}, "answer": {}, "status": 0},
        {"kind": "call", "method": "users.list", "args": {}, **REFUSED},
        {"kind": "fault", "what": "ratelimited", "method": "chat.postMessage", "details": {"channel": "DBEN"}},
        {"kind": "fault", "what": "token_revoked", "details": {"seconds": 200}},
        {"kind": "fault", "what": "clock_leap", "details": {"seconds": 290}},
    ],
)
def test_a_trouble_that_could_have_held_it_back_is_an_excuse(trouble: dict[str, Any]) -> None:
    found = late()
    found.story.add(trouble.pop("kind"), DUE + SECOND, **trouble)
    assert broken(found) == {}
    assert judged(found).counts["prompts sent late with a reason"] == 1


@pytest.mark.parametrize(
    "trouble",
    [
        {"kind": "call", "method": "chat.postMessage", "args": {"channel": "DBEN"}, **REFUSED},
        {"kind": "fault", "what": "slow", "method": "chat.update", "details": {"channel": channel("forecast")}},
        {"kind": "fault", "what": "duplicate_event", "type": "message", "details": {}},
        {"kind": "fault", "what": "late_ack", "type": "command", "details": {"person": "UCAI"}},
        {"kind": "call", "method": "users.info", "args": {}, "answer": {"ok": False, "error": "user_not_found"}},
        {
            "kind": "call",
            "method": "chat.postMessage",
            "args": {"channel": "DCAI"},
            "answer": {"ok": False, "error": "channel_not_found"},
        },
    ],
)
def test_a_trouble_elsewhere_is_none(trouble: dict[str, Any]) -> None:
    found = late()
    found.story.add(trouble.pop("kind"), DUE + SECOND, **trouble)
    assert asked.PROMISE in broken(found)


@pytest.mark.parametrize(
    ("error", "minutes"),
    [("fatal_error", 10), ("ratelimited", 10), ("token_revoked", 75), ("missing_scope", 75)],
)
def test_an_excuse_runs_out(error: str, minutes: int) -> None:
    """Waits double up to five minutes, and up to an hour where somebody has to mend something first."""
    found = late()
    answer = {"ok": False, "error": error}
    found.story.add("call", DUE + SECOND, method="chat.postMessage", args={"channel": "DCAI"}, answer=answer)
    move(found.named["prompt cai"], DUE + timedelta(minutes=minutes - 1))
    assert asked.PROMISE not in broken(found)
    move(found.named["prompt cai"], DUE + timedelta(minutes=minutes + 2))
    assert asked.PROMISE in broken(found)


def test_troubles_that_never_end_excuse_nothing_for_more_than_a_day() -> None:
    found = week()
    found.story.lines.remove(found.named["receipt ben"])
    for hour in range(60):
        at = local("ben", 23, "10:06") + timedelta(hours=hour)
        found.story.add("call", at, method="chat.update", args={"channel": "DBEN"}, **REFUSED)
    assert any("The receipt of Ben Okafor" in text for texts in broken(found).values() for text in texts)


def test_a_summary_waits_while_its_channel_is_archived() -> None:
    found = week()
    closes = local("ben", 25, "10:00")
    move(found.named["private summary"], closes + timedelta(hours=3))
    assert summaries.PROMISE in broken(found)
    shut = found.story.add("channel", closes - timedelta(hours=1), act="archived", channel=channel("council"))
    found.story.add("channel", closes + timedelta(hours=2, minutes=59), act="unarchived", channel=channel("council"))
    assert summaries.PROMISE not in broken(found)
    shut["channel"] = channel("forecast")
    assert summaries.PROMISE in broken(found)


def test_what_is_missed_while_the_host_sleeps_is_excused() -> None:
    found = late()
    for name in ("prompt cai", "reminder cai"):
        without(found, found.named[name])
    found.named["summary"]["message"]["blocks"][1]["elements"][0]["text"] += " · not asked: Cai Rao"
    assert asked.PROMISE in broken(found)
    found.story.add("fault", DUE - timedelta(minutes=30), what="clock_leap", details={"seconds": 3 * 3600})
    assert asked.PROMISE not in broken(found)
    assert judged(found).reasons["prompts missed with a reason"] == {"the host slept": 1}


def test_a_clock_that_jumps_excuses_nothing() -> None:
    """It stops wherever Muster would have tried again."""
    found = late()
    found.story.add("call", DUE + SECOND, method="chat.postMessage", args={"channel": "DCAI"}, **REFUSED)
    move(found.named["prompt cai"], DUE + timedelta(minutes=85))
    found.story.end(DUE + timedelta(minutes=84))
    assert asked.PROMISE in broken(found)


def test_a_click_that_was_not_confirmed_may_have_been_heard() -> None:
    found = week()
    found.named["skip dia"] |= {"ok": False, "error": "timeout"}
    assert summaries.PROMISE not in broken(found)
    found.story.lines.remove(found.named["skip dia"])
    assert "was closed while Dia Moss could still answer" in broken(found)[summaries.PROMISE][0]


@pytest.mark.parametrize(("back", "is_found"), [("09:05", True), ("09:15", False)])
def test_whoever_came_back_shortly_before_is_asked(back: str, is_found: bool) -> None:
    found = week()
    for name in ("prompt cai", "reminder cai"):
        without(found, found.named[name])
    found.story.add("person", local("cai", 21, "12:00"), user=user("cai"), changed={"deleted": True})
    found.story.add("person", local("cai", 23, back), user=user("cai"), changed={"deleted": False})
    assert ("never asked" in str(broken(found).get(asked.PROMISE))) is is_found


@pytest.mark.parametrize("method", ["views.publish", "views.open"])
@pytest.mark.parametrize("error", ["fatal_error", "ratelimited"])
def test_a_page_or_form_that_slack_did_not_take_holds_up_no_message(method: str, error: str) -> None:
    found = late()
    answer = {"ok": False, "error": error}
    found.story.add("call", DUE + SECOND, method=method, args={"user_id": user("cai")}, answer=answer, status=429)
    assert asked.PROMISE in broken(found)
