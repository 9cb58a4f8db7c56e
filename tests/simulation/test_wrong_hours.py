"""Planted: people asked or reminded at the wrong time, in the wrong zone, or not at all."""

from datetime import timedelta

import pytest

from simulation.promises import asked, digests, hours, over, reminders
from tests.simulation.breaking import broken, frozen_after, judged, move, without
from tests.simulation.story import BOT, SECOND, channel, local, user
from tests.simulation.week import week

MINUTE = timedelta(minutes=1)


def test_a_prompt_before_its_time_is_found() -> None:
    found = week()
    move(found.named["prompt ben"], local("ben", 23, "08:30"))
    texts = broken(found)
    assert texts[hours.PROMISE] == ["Ben Okafor got a prompt of Mon 23 Nov 08:30 local time."]
    assert any("nothing of it was due" in text for text in texts[asked.PROMISE])


def test_a_prompt_in_the_zone_of_another_is_found() -> None:
    """09:30 in Berlin is the middle of the night for Ana."""
    found = week()
    move(found.named["prompt ana"], local("ben", 23, "09:30"))
    assert judged(found).counts["people asked outside their hours"] == 1


def test_a_prompt_in_the_evening_is_found() -> None:
    found = week()
    frozen_after(found, found.named["prompt cai"])
    move(found.named["prompt cai"], local("cai", 23, "17:40"))
    found.named["reminder cai"]["at"] = local("cai", 24, "09:30").timestamp()
    texts = broken(found)
    assert "17:40" in texts[hours.PROMISE][0]
    assert "late, and nothing stood in the way" in texts[asked.PROMISE][0]


def test_what_was_sent_in_the_last_second_may_take_effect_just_after_work() -> None:
    found = week()
    move(found.named["reminder cai"], local("cai", 23, "17:30") + 30 * SECOND)
    assert hours.PROMISE not in broken(found)


def test_a_reminder_on_a_weekend_is_found() -> None:
    found = week()
    found.story.end(local("cai", 29, "12:00"))
    move(found.named["reminder cai"], local("cai", 28, "11:00"))
    assert "Sat 28 Nov 11:00" in broken(found)[hours.PROMISE][0]


def test_a_reminder_at_the_wrong_hour_of_the_day_is_found() -> None:
    found = week()
    move(found.named["reminder cai"], local("cai", 23, "13:30"))
    assert list(broken(found)) == [reminders.PROMISE]
    assert "was reminded on Mon 13:30, not Mon 15:30." in broken(found)[reminders.PROMISE][0]


def test_a_reminder_after_the_answer_is_found() -> None:
    found = week()
    prompt = found.named["prompt ben"]
    buttons = prompt["message"]["blocks"][2]
    text = "Reminder: Weekly sync closes Mon 23 Nov 2026 17:30 CET. Line up."
    found.story.post(local("ben", 23, "15:30"), prompt["channel"], text, [buttons])
    assert "was reminded after answering" in broken(found)[reminders.PROMISE][0]


def test_a_reminder_that_never_came_is_found() -> None:
    found = week()
    without(found, found.named["reminder cai"])
    assert "had not answered, and was not reminded" in broken(found)[reminders.PROMISE][0]


def test_a_prompt_that_never_came_is_found() -> None:
    found = week()
    without(found, found.named["prompt cai"])
    without(found, found.named["reminder cai"])
    assert "was never asked, and nothing stood in the way" in broken(found)[asked.PROMISE][0]


@pytest.mark.parametrize("minutes", [3, 50])
def test_a_late_prompt_without_a_reason_is_found(minutes: int) -> None:
    found = week()
    move(found.named["prompt cai"], local("cai", 23, "09:30") + minutes * MINUTE)
    assert f"came {minutes} minutes late, and nothing stood in the way" in broken(found)[asked.PROMISE][0]


def test_a_late_prompt_with_a_reason_is_counted_with_it() -> None:
    found = week()
    due = local("cai", 23, "09:30")
    answer = {"answer": {"ok": False, "error": "ratelimited"}, "args": {"channel": "DCAI"}}
    found.story.add("call", due + SECOND, method="chat.postMessage", status=429, **answer)
    move(found.named["prompt cai"], due + 5 * MINUTE)
    move(found.named["reminder cai"], local("cai", 23, "15:35"))
    verdict = judged(found)
    assert verdict.findings == ()
    assert verdict.counts["prompts sent late with a reason"] == 1
    assert verdict.reasons["prompts sent late with a reason"] == {"chat.postMessage was answered with ratelimited": 1}


def test_a_reason_of_the_day_before_is_no_reason() -> None:
    found = week()
    due = local("cai", 23, "09:30")
    found.story.add("fault", due - timedelta(hours=20), what="429 burst")
    move(found.named["prompt cai"], due + 5 * MINUTE)
    assert asked.PROMISE in broken(found)


def test_somebody_asked_after_leaving_the_channel_is_found() -> None:
    found = week()
    left = local("cai", 23, "07:00")
    found.story.add("membership", left, act="left", channel=channel("forecast"), user=user("cai"))
    assert "was asked" in broken(found)[asked.PROMISE][0]


def test_nobody_need_be_asked_who_left_just_before() -> None:
    found = week()
    left = local("cai", 23, "09:25")
    found.story.add("membership", left, act="left", channel=channel("forecast"), user=user("cai"))
    assert asked.PROMISE not in broken(found)
    assert hours.PROMISE not in broken(found)


def test_somebody_asked_on_a_day_off_is_found() -> None:
    found = week()
    fields = {"command": "/muster", "text": "away 2026-11-23 2026-11-24", "channel": channel("forecast")}
    typed = found.story.did("cai", "commanded", local("cai", 20, "20:40"), **fields)
    found.story.post(local("cai", 20, "20:40"), channel("forecast"), "Away.", [], only_for=user("cai"))
    texts = broken(found)
    assert "was away for most of the time, and asked" in texts[asked.PROMISE][0]
    assert hours.PROMISE in texts
    found.story.lines.remove(typed)
    assert asked.PROMISE not in broken(found)


def test_a_digest_at_the_wrong_hour_is_found() -> None:
    found = week()
    move(found.named["digest"], local("ben", 23, "07:00"))
    assert "came before its time" in broken(found)[digests.PROMISE][0]
    move(found.named["digest"], local("ben", 23, "08:10"))
    assert "came late" in broken(found)[digests.PROMISE][0]


def test_a_digest_that_never_came_is_found() -> None:
    found = week()
    without(found, found.named["digest"])
    verdict = judged(found)
    assert [finding.text for finding in verdict.findings] == [
        "The digest of Ben Okafor for the week of 2026-11-16 never came."
    ]
    assert verdict.counts["messages lost"] == 1


def test_a_digest_to_somebody_who_manages_nobody_is_found() -> None:
    found = week()
    found.named["digest"]["channel"] = "DCAI"
    assert any("that was not due" in text for text in broken(found)[digests.PROMISE])


def test_nobody_need_be_asked_where_muster_is_not() -> None:
    """Once it has been taken out of the channel the ritual pauses."""
    found = week()
    for name in ("private prompt ben", "private prompt ana"):
        without(found, found.named[name])
    assert asked.PROMISE in broken(found)
    found.story.add("membership", local("ben", 22, "12:00"), act="left", channel=channel("council"), user=BOT)
    assert asked.PROMISE not in broken(found)


def test_an_invitation_that_stands_after_its_deadline_is_found() -> None:
    found = week()
    for name in ("prompt cai", "private prompt ben"):
        frozen_after(found, found.named[name])
    assert len(broken(found)[over.PROMISE]) == 2
    assert "is still invited, though the deadline has passed" in broken(found)[over.PROMISE][0]
