"""The hours, zones and absences that people have of their own: worked out by hand, and then broken."""

from typing import Any

import pytest

from simulation.promises import asked, hours, limits
from simulation.trace import Unreadable
from tests.simulation.breaking import broken
from tests.simulation.oracle import Json, change, dues
from tests.simulation.story import FRIDAY, local
from tests.simulation.week import Week, week

STANDARD = {"Working hours": "mon-fri 09:00-17:30", "Reminders": "Standard: 3 a day"}
SOON = "2026-09-18T16:00+00:00"


def settings(at: str = SOON, **own: str) -> Json:
    values = {**STANDARD, **{label.replace("_", " "): said for label, said in own.items()}}
    return change("diary", at, person="ana", did="submitted", callback_id="people.form", ok=True, values=values)


def typed(text: str, at: str = SOON) -> Json:
    fields = {"person": "ana", "did": "commanded", "command": "/muster", "channel": "C", "ok": True}
    return change("diary", at, **fields, text=text)


def status(sign: str, until: str, at: str) -> Json:
    ends = int(change("", until)["at"])
    return change("person", at, user="ana", changed={"status_emoji": sign, "status_expiration": ends})


def first(*changes: Json, **template: Any) -> str | None:
    """When Ana is asked; None: away."""
    when = template.pop("when", "every mon at 09:30")
    until = "2026-09-25T00:00+00:00"
    due = dues(when, {"ana": "UTC", "ben": "UTC"}, until=until, changes=changes, **template)[0]
    assert due.person == "ana"
    return None if due.away else f"{due.at:%a %d %b %H:%M}"


OWN = [
    ({"Working_hours": "mon-thu 10:15-16:00"}, "Mon 21 Sep 10:15"),
    ({"Working_hours": "tue-fri 08:00-16:00"}, "Tue 22 Sep 08:00"),
    ({"Working_hours": "sun-thu 08:00-16:00"}, "Mon 21 Sep 09:30"),
    ({"Quiet_hours": "09:15-11:00"}, "Mon 21 Sep 11:00"),
    ({"Quiet_hours": "17:00-10:00"}, "Mon 21 Sep 10:00"),
    ({"Quiet_hours": "08:00-17:30", "Working_hours": "mon,wed 09:00-18:00"}, "Mon 21 Sep 17:30"),
    ({"Time_zone": "America/New_York"}, "Mon 21 Sep 13:30"),
    ({"Public_holidays": "JP"}, "Thu 24 Sep 09:00"),
]


@pytest.mark.parametrize(("own", "at"), OWN)
def test_each_is_asked_in_their_own_hours(own: dict[str, str], at: str) -> None:
    assert first(settings(**own)) == at


def test_what_is_changed_after_somebody_was_asked_moves_the_next_time_only() -> None:
    changed = settings("2026-09-21T12:00+00:00", Quiet_hours="09:15-11:00")
    found = dues("every mon at 09:30", {"ana": "UTC"}, until="2026-09-29T00:00+00:00", changes=(changed,))
    assert [f"{due.at:%d %H:%M}" for due in found] == ["21 09:30", "28 11:00"]


def test_nobody_is_asked_on_a_day_off_of_the_workspace_and_it_lengthens_days() -> None:
    assert first(typed("days add 2026-09-21 Offsite")) == "Tue 22 Sep 09:00"
    off = typed("days add 2026-09-22 Offsite")
    (due, *_) = dues("every mon at 09:30", {"ana": "UTC"}, until="2026-09-22T00:00+00:00", changes=(off,), closes="1d")
    assert f"{due.deadline:%a %H:%M}" == "Wed 09:30"
    assert first(off, typed("days remove 2026-09-21")) == "Mon 21 Sep 09:30"


def test_nobody_without_a_region_of_their_own_is_asked_on_a_holiday_of_the_workspaces() -> None:
    assert first(typed("days region JP")) == "Thu 24 Sep 09:00"
    assert first(typed("days region JP"), settings(Public_holidays="ZA")) == "Mon 21 Sep 09:30"
    assert first(typed("days region JP"), typed("days region none")) == "Mon 21 Sep 09:30"


STATUSES = [
    (":palm_tree:", "2026-09-21T23:00+00:00", None),
    (":palm_tree:", "2026-09-21T13:15+00:00", None),
    (":palm_tree:", "2026-09-21T13:14+00:00", "Mon 21 Sep 09:30"),
    (":headphones:", "2026-09-25T23:00+00:00", "Mon 21 Sep 09:30"),
]


@pytest.mark.parametrize(("sign", "until", "at"), STATUSES)
def test_a_status_with_an_end_means_away_for_whole_days(sign: str, until: str, at: str | None) -> None:
    assert first(status(sign, until, "2026-09-19T12:00+00:00")) == at


def test_a_status_that_is_taken_back_ends_the_absence() -> None:
    away = status(":palm_tree:", "2026-09-25T23:00+00:00", "2026-09-19T12:00+00:00")
    back = change("person", "2026-09-20T12:00+00:00", user="ana", changed={"status_emoji": ""})
    assert first(away, back) == "Mon 21 Sep 09:30"


@pytest.mark.parametrize(("title", "at"), [("R", None), ("Another", "Mon 21 Sep 09:30")])
def test_an_absence_for_one_ritual_counts_for_that_one(title: str, at: str | None) -> None:
    values = {"First day": "2026-09-21", "Last day": "2026-09-22", "Only for": title}
    form = change("diary", SOON, person="ana", did="submitted", callback_id="people.away_form", ok=True, values=values)
    assert first(form) == at


def test_days_that_a_form_asks_about_count_as_the_form_says_them_and_for_whom() -> None:
    opened = change(
        "view", SOON, act="opened", user="ben", view={"type": "modal", "callback_id": "people.away_form", "blocks": []}
    )
    command = {**typed("away @ana 2026-09-21 to be seen"), "person": "ben"}
    form = change("diary", SOON, person="ben", did="submitted", callback_id="people.away_form", ok=True)
    ids = {"private_metadata": '{"person": "ana"}'}
    assert first(opened, command) == "Mon 21 Sep 09:30"
    values = {"First day": "2026-09-21", "Last day": "2026-09-21"}
    assert first(opened, command, {**form, **ids, "values": values}) is None


def test_hours_that_the_judge_does_not_understand_are_refused() -> None:
    with pytest.raises(Unreadable, match="working hours 'whenever'"):
        first(settings(Working_hours="whenever"))
    with pytest.raises(Unreadable, match="quiet hours 'at noon'"):
        first(settings(Quiet_hours="at noon"))


def said(who: str, **fields: Any) -> Week:
    """A week in which somebody said something on Friday, and Muster did not listen."""
    found = week()
    found.story.did(who, at=FRIDAY, view_id="V-own", **fields)
    return found


def set_own(who: str, **values: str) -> Week:
    return said(who, did="submitted", callback_id="people.form", values={**STANDARD, **values})


@pytest.mark.parametrize(
    "own",
    [
        {"Quiet hours": "09:15-11:00"},
        {"Working hours": "mon-fri 10:00-18:00"},
        {"Working hours": "tue-fri 09:00-17:30"},
        {"Time zone": "America/New_York"},
    ],
)
def test_a_prompt_outside_the_hours_of_their_own_is_found(own: dict[str, str]) -> None:
    texts = broken(set_own("cai", **own))
    assert any("Cai Rao got a prompt" in text for text in texts[hours.PROMISE])
    assert texts[asked.PROMISE]


def test_a_prompt_on_a_day_off_of_the_workspace_is_found() -> None:
    found = said("ben", did="commanded", command="/muster", text="days add 2026-11-23 Offsite", channel="CFORECAST")
    assert sum("got a prompt of Mon 23 Nov" in text for text in broken(found)[hours.PROMISE]) == 4


def test_a_prompt_on_a_holiday_of_the_workspaces_region_is_found() -> None:
    found = said("ben", did="commanded", command="/muster", text="days region JP", channel="CFORECAST")
    assert sum("got a prompt of Mon 23 Nov" in text for text in broken(found)[hours.PROMISE]) == 4


def test_a_prompt_to_somebody_whose_status_means_away_is_found() -> None:
    found = week()
    ends = int(local("cai", 23, "23:00").timestamp())
    changed = {"status_emoji": ":palm_tree:", "status_expiration": ends}
    found.story.add("person", local("cai", 22, "12:00"), user="UCAI", changed=changed)
    assert any("Cai Rao" in text for text in broken(found)[hours.PROMISE])


def test_a_prompt_for_the_one_ritual_they_are_away_from_is_found() -> None:
    values = {"First day": "2026-11-23", "Last day": "2026-11-23", "Only for": "Weekly sync"}
    found = said("cai", did="submitted", callback_id="people.away_form", values=values)
    assert any("Cai Rao" in text for text in broken(found)[hours.PROMISE])


def test_a_reminder_to_somebody_who_wants_none_is_found() -> None:
    assert limits.PROMISE in broken(set_own("cai", Reminders="None"))
