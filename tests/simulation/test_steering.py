"""Rituals that are paused, resumed, changed, run by hand and handed over: worked out by hand, and then broken."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from simulation.promises import asked, facilitating, handed_back, once, summaries
from tests.simulation.breaking import again, broken
from tests.simulation.oracle import Json, change, dues, runs
from tests.simulation.steered import CHANGE, IDS, desk, steered, submit
from tests.simulation.story import (
    FRIDAY,
    PEOPLE,
    SECOND,
    Prompt,
    answer_buttons,
    channel,
    counting,
    direct,
    invitation,
    local,
    section,
    user,
)
from tests.simulation.week import MONDAY, PROMPTS, SURE, Week, week

HOUR = timedelta(hours=1)
UNTIL = "2026-10-06T00:00+00:00"


def pressed(at: str, button: str, *, ok: bool = True, view: str = "V7") -> Json:
    fields = {"person": "ana", "did": "clicked", "where": "view", "view_id": view, "value": "7", "ok": ok}
    return change("diary", at, **fields, action_id=button, label="")


def sent(at: str, form: str, **values: str) -> Json:
    said = {label.replace("_", " "): value for label, value in values.items()}
    before = CHANGE if form == "ritual.form" else {}
    fields = {
        "person": "ana",
        "did": "submitted",
        "view_id": "V8",
        "callback_id": form,
        "private_metadata": IDS,
        "ok": True,
    }
    return change("diary", at, **fields, values={**before, **said})


def asked_by(*changes: Json, zones: dict[str, str] | None = None, when: str = "every mon at 09:30") -> list[str]:
    opened = change("view", "2026-09-18T15:30+00:00", **desk("R"))
    found = dues(when, zones or {"ana": "UTC"}, until=UNTIL, changes=(opened, *changes))
    return [f"{due.at:%a %d %b %H:%M}{'' if due.certain else '?'}" for due in found]


PLANNED = ["Mon 21 Sep 09:30", "Mon 28 Sep 09:30", "Mon 05 Oct 09:30"]


def test_a_paused_ritual_asks_nobody_until_its_day() -> None:
    assert asked_by() == PLANNED
    pause = sent("2026-09-22T10:00+00:00", "ritual.pause_form", Asks_again_from="2026-10-05")
    assert asked_by(pause) == [PLANNED[0], PLANNED[2]]


def test_what_has_begun_before_a_pause_goes_on() -> None:
    """For Ben it is Monday evening when Ana pauses it, and it is Monday morning for Cai only after that."""
    zones = {"ben": "Pacific/Kiritimati", "cai": "America/New_York"}
    pause = sent("2026-09-21T10:00+00:00", "ritual.pause_form", Asks_again_from="2026-10-12")
    assert asked_by(pause, zones=zones) == ["Sun 20 Sep 19:30", "Mon 21 Sep 13:30"]


def test_a_ritual_that_is_resumed_asks_again_and_makes_up_for_nothing() -> None:
    pause = sent("2026-09-19T10:00+00:00", "ritual.pause_form", Asks_again_from="2026-10-12")
    back = pressed("2026-09-23T10:00+00:00", "ritual.resume")
    assert asked_by(pause, back) == PLANNED[1:]


def test_whoever_reads_that_it_asks_again_has_resumed_it_whether_or_not_that_was_confirmed() -> None:
    pause = sent("2026-09-19T10:00+00:00", "ritual.pause_form", Asks_again_from="2026-10-12")
    lost = pressed("2026-09-23T10:00+00:00", "ritual.resume", ok=False)
    assert asked_by(pause, lost) == []
    read = desk("R")
    read["view"]["blocks"] = [section("It asks again. *R* in #c\nWhy")]
    assert asked_by(pause, lost, change("view", "2026-09-23T10:00+00:00", **read)) == PLANNED[1:]


def test_a_change_holds_from_the_next_time_on() -> None:
    moved = sent("2026-09-21T12:00+00:00", "ritual.form", **{"When?": "every mon, tue at 14:00"})
    assert asked_by(moved) == [
        "Mon 21 Sep 09:30",
        "Tue 22 Sep 14:00",
        "Mon 28 Sep 14:00",
        "Tue 29 Sep 14:00",
        "Mon 05 Oct 14:00",
    ]
    nobody = sent("2026-09-21T12:00+00:00", "ritual.form", **{"Who is asked?": "legal, leads"})
    assert asked_by(nobody) == PLANNED[:1]


def test_a_change_says_who_else_is_asked_who_only_reads_and_when_people_are_reminded() -> None:
    zones = {"ana": "UTC", "ben": "UTC", "cai": "UTC"}
    opened = change("view", "2026-09-18T15:30+00:00", **desk("R"))

    def asked_with(**values: str) -> dict[str, list[str]]:
        form = sent("2026-09-18T16:00+00:00", "ritual.form", **values)
        found = dues("every mon at 09:30", zones, until="2026-09-22T00:00+00:00", changes=(opened, form))
        return {due.person: [f"{span.first:%H:%M}" for span in due.reminders(due.at)] for due in found}

    named = asked_with(**{"Who is asked?": "", "And these people": "cai, ana", "When is somebody reminded?": "4h, 1h"})
    assert named == {"ana": ["13:30", "16:30"], "cai": ["13:30", "16:30"]}
    read = asked_with(**{"Who only reads?": "ana", "When is somebody reminded?": ""})
    assert read == {"ben": [], "cai": []}


def test_what_somebody_runs_by_hand_asks_at_once_or_when_people_are_at_work() -> None:
    by_hand = pressed("2026-09-23T15:00+00:00", "ritual.run")
    assert asked_by(by_hand) == [PLANNED[0], "Wed 23 Sep 15:00", *PLANNED[1:]]
    zones = {"ana": "UTC", "ben": "Asia/Tokyo"}
    opened = change("view", "2026-09-18T15:30+00:00", **desk("R"))
    found = runs("every fri at 09:30", zones, until=UNTIL, changes=(opened, by_hand))
    (once_only,) = [run for run in found if run.on.started]
    assert f"{once_only.opens:%a %H:%M}" == "Wed 15:00"
    assert {due.person: f"{due.at:%a %H:%M}" for due in once_only.dues} == {"ana": "Wed 15:00", "ben": "Thu 00:00"}


def test_what_was_refused_because_a_run_is_open_is_none() -> None:
    by_hand = pressed("2026-09-23T15:00+00:00", "ritual.run")
    said = "R is open since 09:30, and 2 of 5 have answered. It closes at 17:30; run it again after that."
    view = {"type": "modal", "id": "V8", "callback_id": "notice", "blocks": [section(said)]}
    refused = change("view", "2026-09-23T15:00:01+00:00", act="pushed", user="ana", view=view)
    assert asked_by(by_hand, refused) == PLANNED


def test_a_run_pressed_twice_in_one_form_is_one_and_what_was_not_heard_may_be_one() -> None:
    twice = [pressed(f"2026-09-23T15:0{minute}+00:00", "ritual.run") for minute in (0, 1)]
    assert asked_by(*twice) == [PLANNED[0], "Wed 23 Sep 15:00", *PLANNED[1:]]
    lost = pressed("2026-09-23T15:00+00:00", "ritual.run", ok=False)
    assert asked_by(lost) == [PLANNED[0], "Wed 23 Sep 15:00?", *PLANNED[1:]]


def test_whoever_presses_start_in_the_channel_is_asked_at_once_and_opens_their_own_again() -> None:
    """Whether theirs was still open then is not told in the channel."""
    element = {"type": "button", "action_id": "ritual.start", "value": "7", "accessibility_label": "Start mine: R"}
    message = {"ts": "1", "text": "R is on here", "blocks": [{"type": "actions", "elements": [element]}]}
    is_on = change("message", "2026-09-18T15:30+00:00", act="posted", channel="C", message=message)

    def press(at: str, who: str) -> Json:
        fields = {"did": "clicked", "where": "message", "value": "7", "ok": True, "action_id": "ritual.start"}
        return change("diary", at, person=who, **fields)

    pressed = (press(f"2026-09-23T0{n}:00+00:00", who) for n, who in enumerate(("ana", "ben", "ana")))
    zones = {"ana": "UTC", "ben": "UTC"}
    found = dues("manual", zones, until=UNTIL, changes=(is_on, *pressed), who=["me"])
    told = [f"{due.person} {due.at:%a %H:%M}{'' if due.certain else '?'}" for due in found]
    assert told == ["ana Wed 00:00", "ben Wed 01:00", "ana Wed 02:00?"]


def test_whoever_is_not_asked_yet_when_a_newer_run_begins_may_be_asked_for_that_only() -> None:
    """Ana has gone home when somebody starts it, and both would ask her when she is back."""
    by_hand = pressed("2026-09-25T18:00+00:00", "ritual.run")
    found = asked_by(by_hand, when="every mon at 08:00")
    assert found == ["Mon 21 Sep 09:00", "Mon 28 Sep 09:00?", "Mon 28 Sep 09:00", "Mon 05 Oct 09:00"]


def test_asking_while_paused_is_found() -> None:
    found = steered()
    submit(found.story, FRIDAY + SECOND, "ritual.pause_form", Asks_again_from="2026-11-24")
    assert sum("nothing of it was due" in text for text in broken(found)[asked.PROMISE]) == 4


def test_asking_at_the_hour_before_it_was_changed_is_found() -> None:
    found = steered()
    submit(found.story, FRIDAY + SECOND, "ritual.form", **{**CHANGE, "When?": "every mon at 11:00"})
    assert any("nothing of it was due" in text for text in broken(found)[asked.PROMISE])


def run_by_hand(found: Week, who: str = "ben") -> None:
    at = local("ben", 25, "11:00")
    fields = {"label": "Run now", "action_id": "ritual.run", "value": "7", "where": "view", "view_id": "V7"}
    found.story.did(who, "clicked", at, **fields)
    found.story.end(local("ben", 28, "12:00"))


def by_hand(found: Week, day: int = 25) -> Json:
    """What Muster sends of it: all are asked while at work, and nobody answers."""
    story, date = found.story, MONDAY.replace(day=day)
    at = local("ben", day, "11:00")
    count = story.post(at + SECOND, channel("forecast"), *counting("Weekly sync", date, 0, 4))
    for n, who in enumerate(("ben", "cai", "dia", "ana")):
        prompt = Prompt(str(30 + n), "sync", "forecast", who, date)
        asks = max(at, local(who, day, "09:00")) + SECOND
        text, blocks = invitation(prompt)
        until = (asks + 8 * HOUR).astimezone(ZoneInfo(PEOPLE[who][1]))
        posted = story.post(
            asks, direct(who), text.replace("Mon 23 Nov 2026 17:30", f"{until:%a %d %b %Y %H:%M}"), blocks
        )
        said = f"Closed: Weekly sync, {date:%a} {date.day} {date:%b %Y}. You can still answer."
        story.change(posted, asks + 8 * HOUR, said, [section(said), answer_buttons(prompt)])
    return count


def test_a_run_by_hand_that_asks_nobody_is_found() -> None:
    found = steered()
    run_by_hand(found)
    texts = broken(found)
    assert sum("was never asked" in text for text in texts[asked.PROMISE]) == 4
    assert any("has no message" in text for text in texts[summaries.PROMISE])


def test_a_run_by_hand_that_comes_twice_is_found() -> None:
    found = steered()
    run_by_hand(found)
    count = by_hand(found)
    assert not any("never asked" in text or "was due" in text for text in broken(found).get(asked.PROMISE, []))
    assert once.PROMISE not in broken(found)
    again(found, count, local("ben", 25, "11:01"), delivery="another")
    assert once.PROMISE in broken(found)


def test_a_new_facilitator_who_is_not_told_is_found() -> None:
    found = steered()
    at = local("ben", 24, "12:00")
    submit(found.story, at, "ritual.hand_over_form", New_facilitator="Cai Rao")
    text = "Cai Rao was not told in time that Weekly sync is theirs to facilitate."
    assert broken(found)[facilitating.PROMISE] == [text]
    told = "You facilitate Weekly sync in #forecast now, in the place of Ben Okafor."
    found.story.post(at + SECOND, direct("cai"), told, [section(told)])
    assert facilitating.PROMISE not in broken(found)


def answered_ahead(found: Week, day: str) -> None:
    ids = json.dumps({"ritual": "7", "occurrence": f"{day}T09:30", "draft": "y"})
    found.story.submit(PROMPTS["cai"], local("cai", 22, "12:00"), {SURE: "5 (Very)"}, private_metadata=ids)


def handed(found: Week, day: str) -> None:
    text = f"Your answers for *Weekly sync*, {day}, were not posted: it pauses until Tue 24 Nov 2026."
    found.story.post(local("cai", 23, "09:00"), direct("cai"), text, [section(text)])


def test_an_answer_for_a_run_that_does_not_come_and_does_not_go_back_is_found() -> None:
    found = week()
    answered_ahead(found, "2026-11-25")
    assert broken(found)[handed_back.PROMISE] == [
        "What Cai Rao answered ahead for Weekly sync of 2026-11-25 never went back to them."
    ]
    handed(found, "Wed 25 Nov 2026")
    assert handed_back.PROMISE not in broken(found)


def test_an_answer_for_a_run_that_days_off_put_off_until_after_the_end_is_kept_until_then() -> None:
    found = week()
    answered_ahead(found, "2026-11-25")
    for day in ("2026-11-25", "2026-11-26"):
        off = {"command": "/muster", "channel": channel("forecast"), "text": f"days add {day} Offsite"}
        found.story.did("ben", "commanded", local("ben", 23, "12:00"), **off)
    assert handed_back.PROMISE not in broken(found)


@pytest.mark.parametrize(("back", "is_found"), [(local("cai", 25, "10:00"), True), (local("cai", 26, "17:29"), False)])
def test_whoever_was_gone_is_owed_their_answer_once_they_are_back_at_work(back: datetime, is_found: bool) -> None:
    found = week()
    answered_ahead(found, "2026-11-25")
    found.story.add("person", local("cai", 24, "12:00"), user=user("cai"), changed={"deleted": True})
    found.story.add("person", back, user=user("cai"), changed={"deleted": False})
    assert (handed_back.PROMISE in broken(found)) is is_found


def test_an_answer_for_a_run_that_is_still_to_come_is_kept_until_then() -> None:
    found = steered()
    answered_ahead(found, "2026-11-30")
    assert handed_back.PROMISE not in broken(found)
    submit(found.story, local("ben", 25, "10:00"), "ritual.pause_form", Asks_again_from="2026-12-07")
    assert handed_back.PROMISE in broken(found)


def test_an_answer_that_goes_back_although_its_run_came_is_found() -> None:
    found = week()
    answered_ahead(found, "2026-11-23")
    handed(found, "Mon 23 Nov 2026")
    assert any("which came" in text for text in broken(found)[handed_back.PROMISE])
