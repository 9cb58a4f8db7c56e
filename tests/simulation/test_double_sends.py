"""Planted: messages that come twice."""

import json
from datetime import timedelta

import pytest

from simulation.promises import once
from tests.simulation.breaking import again, broken, judged
from tests.simulation.steered import steered
from tests.simulation.story import SECOND, TEMPLATES, Prompt, channel, direct, invitation, local, receipt, user
from tests.simulation.week import BEN, MONDAY, week

TWICE = ["prompt ben", "reminder cai", "count", "digest", "card", "action", "approval"]


@pytest.mark.parametrize("name", TWICE)
def test_a_delivery_posted_twice_is_found(name: str) -> None:
    found = week()
    again(found, found.named[name], local("ana", 24, "17:00"))
    texts = broken(found)[once.PROMISE]
    assert "was posted twice" in texts[0]


@pytest.mark.parametrize("name", TWICE)
def test_the_same_message_under_another_id_is_found(name: str) -> None:
    found = week()
    at = found.named[name]["at"]
    later = local("ben", 23, "08:00").fromtimestamp(at, local("ben", 23, "08:00").tzinfo) + timedelta(seconds=40)
    again(found, found.named[name], later, delivery="another")
    assert any("came a second time" in text for text in broken(found)[once.PROMISE])


def test_a_second_reminder_of_a_ritual_that_reminds_twice_is_none_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TEMPLATES["sync"], "remind", ["2h", "1h"])
    at = local("cai", 23, "16:30")
    found, wrong = week(), week()
    again(found, found.named["reminder cai"], at, delivery="another")
    assert once.PROMISE not in broken(found)
    again(wrong, wrong.named["reminder cai"], at)
    assert "was posted twice" in broken(wrong)[once.PROMISE][0]


def test_a_second_summary_posted_a_day_later_is_found() -> None:
    found = week()
    again(found, found.named["summary"], local("ana", 24, "17:00"), delivery="another")
    assert judged(found).counts["messages duplicated"] == 1


def test_a_second_prompt_for_the_same_occurrence_is_found_though_it_is_another_prompt() -> None:
    found = week()
    twin = again(found, found.named["prompt cai"], local("cai", 23, "12:00"), delivery="another")
    twin["message"]["text"] = "Weekly sync: Line up again. Please answer by Mon 23 Nov 2026 17:31 CET."
    for button in twin["message"]["blocks"][2]["elements"]:
        button["value"] = "99"
    assert once.PROMISE in broken(found)


def test_a_copy_is_excused_where_the_history_could_not_be_read() -> None:
    found = week()
    sent = local("ben", 23, "09:30")
    args = {"channel": "DBEN"}
    call = {"args": args, "answer": {"ok": False}}
    found.story.add("call", sent + 2 * SECOND, method="chat.postMessage", status=0, **call)
    found.story.add("call", sent + 90 * SECOND, method="conversations.history", status=500, **call)
    again(found, found.named["prompt ben"], sent + 91 * SECOND)
    assert once.PROMISE not in broken(found)
    assert judged(found).counts["messages doubled with a reason"] == 1


def test_a_summary_posted_anew_after_somebody_deleted_the_count_is_no_second_one() -> None:
    found = week()
    count = found.named["count"]
    gone = local("ana", 23, "10:59")
    found.story.lines[:] = [
        line
        for line in found.story.lines
        if line["kind"] != "message" or line["message"]["ts"] != count["message"]["ts"] or line["at"] < gone.timestamp()
    ]
    found.story.add("message", gone, act="deleted", channel=channel("forecast"), message=count["message"])
    summary = again(found, found.named["summary"], local("ana", 23, "11:00"))
    summary["act"] = "posted"
    assert once.PROMISE not in broken(found)


def test_a_message_that_the_judge_does_not_know_is_found() -> None:
    found = week()
    found.story.post(local("ben", 24, "12:00"), "DBEN", "Surprise!", [])
    assert broken(found) == {once.KNOWN: ["Nobody can tell what this message is: 'Surprise!'"]}


def test_a_message_without_the_id_of_its_delivery_is_found() -> None:
    found = week()
    found.named["digest"]["message"]["metadata"] = None
    assert broken(found) == {once.KNOWN: ["A digest carries no id of its delivery in its metadata."]}


def test_a_request_about_a_changed_decision_is_another_one_though_it_reads_the_same() -> None:
    found = week()
    twin = again(found, found.named["approval"], local("ana", 24, "17:00"), delivery="another")
    assert once.PROMISE in broken(found)
    twin["message"]["blocks"][-1]["elements"][0]["value"] = "1.y"
    assert once.PROMISE not in broken(found)


@pytest.mark.parametrize("saw", [True, False])
def test_two_runs_that_ask_at_one_moment_are_told_apart_by_which_was_open_to_answer_before(
    monkeypatch: pytest.MonkeyPatch, saw: bool
) -> None:
    """Cai has gone home when Ben starts one by hand, and answers it before Monday's asks as well."""
    monkeypatch.setitem(TEMPLATES["sync"], "when", "every mon at 08:00")
    found, asks = steered(), local("cai", 30, "09:00")
    fields = {"label": "Run now", "action_id": "ritual.run", "value": "7", "where": "view", "view_id": "V7"}
    found.story.did("ben", "clicked", local("ben", 27, "16:00"), **fields)
    first, second = (Prompt(number, "sync", "forecast", "cai", MONDAY) for number in ("40", "41"))
    if saw:
        form = {"type": "modal", "id": "V40", "private_metadata": json.dumps({"prompt": "40"}), "blocks": []}
        found.story.add("view", local("cai", 28, "12:00"), act="opened", user=user("cai"), view=form)
    found.story.post(asks + SECOND, direct("cai"), *receipt(first, BEN))
    text, blocks = invitation(second)
    found.story.post(asks + 2 * SECOND, direct("cai"), text.replace("23 Nov 2026 17:30", "30 Nov 2026 17:00"), blocks)
    found.story.end(local("cai", 30, "12:00"))
    texts = broken(found).get(once.PROMISE, [])
    assert any("A prompt for Cai Rao came a second time" in text for text in texts) is not saw
