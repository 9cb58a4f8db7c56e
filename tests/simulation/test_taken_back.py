"""Absences that are taken back by the button beside them: worked out by hand, and then broken."""

from typing import Any

import pytest

from simulation.promises import asked, unheard
from tests.simulation.breaking import broken, without
from tests.simulation.oracle import Json, change, dues
from tests.simulation.story import FRIDAY, SECOND, Story, context, local, section
from tests.simulation.week import Week, week

SATURDAY, SUNDAY = "2026-09-19T12:00+00:00", "2026-09-20T12:00+00:00"
MONDAY = "on Mon 21 Sep 2026"


def typed(text: str, at: str = SATURDAY, who: str = "ana") -> Json:
    fields = {"person": who, "did": "commanded", "command": "/muster", "channel": "C", "ok": True}
    return change("diary", at, **fields, text=text)


def row(sentence: str, days: str) -> Json:
    button = {"type": "button", "action_id": "people.take_back", "value": "12", "text": {"text": "Take back"}}
    return {**section(f"{sentence} {days}."), "accessory": {**button, "accessibility_label": f"Take back: away {days}"}}


def home(days: str = MONDAY, *, sentence: str = "You are away", who: str = "ana") -> Json:
    """It shows what can be taken back."""
    view = {"type": "home", "id": "VH", "blocks": [row(sentence, days)]}
    return change("view", SATURDAY, act="published", user=who, view=view)


def pressed(at: str = SUNDAY, *, who: str = "ana", ok: bool = True) -> Json:
    fields = {"person": who, "did": "clicked", "where": "view", "view_id": "VH", "value": "12", "ok": ok}
    return change("diary", at, **fields, action_id="people.take_back", label="Take back")


def first(*changes: Json, **template: Any) -> str:
    """When Ana is asked."""
    zones = {"ana": "UTC", "ben": "UTC"}
    due = dues("every mon at 09:30", zones, until="2026-09-27T00:00+00:00", changes=changes, **template)[0]
    assert due.person == "ana"
    sure = ("" if due.certain else "?") + (" if open" if due.recalled else "")
    return f"{'away' if due.away else f'{due.at:%a %H:%M}'}{sure}, until {due.deadline:%a %H:%M}"


ON_TIME = "Mon 09:30, until Mon 17:30"
AWAY = "away, until Mon 17:30"
TWO_DAYS = "from Mon 21 Sep 2026 to Tue 22 Sep 2026"


def test_whoever_takes_an_absence_back_is_asked_as_if_it_had_never_been() -> None:
    away = typed("away 2026-09-21")
    assert first(away) == first(away, home()) == AWAY
    assert first(away, home(), pressed()) == ON_TIME


def test_what_was_said_within_its_days_is_taken_back_with_it_and_no_other() -> None:
    away = typed("away 2026-09-21 2026-09-22")
    assert first(away, typed("away 2026-09-21"), home(TWO_DAYS), pressed()) == ON_TIME
    assert first(away, typed("away 2026-09-20 2026-09-23"), home(TWO_DAYS), pressed()) == AWAY
    assert first(away, home("on Tue 29 Sep 2026"), pressed()) == AWAY


def test_what_is_for_one_ritual_is_taken_back_for_that_one() -> None:
    values = {"First day": "2026-09-21", "Last day": "2026-09-21", "Only for": "R"}
    form = change(
        "diary", SATURDAY, person="ana", did="submitted", callback_id="people.away_form", ok=True, values=values
    )
    assert first(form, home(sentence="You are away for R only"), pressed()) == ON_TIME
    assert first(form, home(), pressed()) == AWAY
    assert first(form, typed("away 2026-09-21"), home(sentence="You are away for R only"), pressed()) == AWAY


def test_a_manager_takes_back_what_they_have_said_of_somebody() -> None:
    said = typed("away @ana 2026-09-21", who="ben")
    shown = home(sentence="ana is away", who="ben")
    assert first(said, shown, pressed(who="ben")) == ON_TIME
    assert first(said, typed("back @ana", "2026-09-21T10:00+00:00", who="ben"))[:3] == "Mon"


def test_of_a_click_that_was_not_confirmed_nothing_is_certain() -> None:
    assert first(typed("away 2026-09-21"), home(), pressed(ok=False)) == "away?, until Mon 17:30"


@pytest.mark.parametrize(
    ("at", "asks"),
    [
        ("2026-09-21T09:00+00:00", ON_TIME),
        ("2026-09-21T11:00+00:00", "Mon 11:00 if open, until Mon 17:30"),
        ("2026-09-21T18:00+00:00", AWAY),
    ],
)
def test_on_the_day_itself_they_are_asked_for_what_is_still_open(at: str, asks: str) -> None:
    assert first(typed("away 2026-09-21"), home(), pressed(at)) == asks


def test_what_waits_for_somebody_begins_anew_when_they_are_back_before() -> None:
    away = typed("away 2026-09-21")
    assert first(away, closes="3d") == "Tue 09:00, until Thu 09:30"
    assert first(away, home(), pressed("2026-09-21T11:00+00:00"), closes="3d") == "Mon 11:00 if open, until Thu 11:00"


def test_what_waits_is_missed_once_they_are_away_for_longer() -> None:
    longer = typed("away 2026-09-22 2026-09-23", "2026-09-21T11:00+00:00")
    assert first(typed("away 2026-09-21"), longer, closes="3d") == "away, until Thu 09:30"


def cai_is_away(found: Week) -> None:
    """Since Friday, for Monday."""
    found.story.did("cai", "commanded", FRIDAY, command="/muster", text="away 2026-11-23", channel="CFORECAST")
    shown = row("You are away", "on Mon 23 Nov 2026")
    view = {"type": "home", "id": "VHcai", "blocks": [shown]}
    found.story.add("view", FRIDAY + SECOND, act="published", user="UCAI", view=view)


def takes_back(story: Story, at: Any) -> None:
    fields = {"label": "Take back", "value": "12", "where": "view", "view_id": "VHcai"}
    story.did("cai", "clicked", at, **fields, action_id="people.take_back")


def test_whoever_has_taken_back_that_they_are_away_and_is_not_asked_is_found() -> None:
    found = week()
    cai_is_away(found)
    assert any("Cai Rao" in text and "was away" in text for text in broken(found)[asked.PROMISE])
    takes_back(found.story, FRIDAY + 2 * SECOND)
    assert asked.PROMISE not in broken(found)
    without(found, found.named["prompt cai"])
    without(found, found.named["reminder cai"])
    assert any("Cai Rao" in text and "was never asked" in text for text in broken(found)[asked.PROMISE])


def test_whoever_comes_back_to_an_open_run_and_is_not_asked_is_found() -> None:
    found = week()
    cai_is_away(found)
    takes_back(found.story, local("cai", 23, "12:00"))
    without(found, found.named["prompt cai"])
    without(found, found.named["reminder cai"])
    assert any("Cai Rao" in text and "was never asked" in text for text in broken(found)[asked.PROMISE])


def test_whoever_has_taken_back_that_they_are_away_and_is_said_to_be_is_found() -> None:
    found = week()
    cai_is_away(found)
    takes_back(found.story, FRIDAY + 2 * SECOND)
    found.named["summary"]["message"]["blocks"].insert(2, context("2 of 3 answered · away: Cai Rao"))
    text = "Weekly sync of 2026-11-23 in #forecast says that Cai Rao was away, who was not."
    assert broken(found)[unheard.PROMISE] == [text]
