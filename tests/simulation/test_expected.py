"""The oracle against literal tables, worked out by hand from the design and the world's clocks."""

import pytest

from simulation.trace import Unreadable
from tests.simulation.oracle import asked, change, dues, runs

MONDAYS = [
    # zone, and in UTC the Mondays of 28 September, 5 October, 26 October and 2 November 2026 at 09:30 there
    ("Europe/Berlin", "Mon 28 Sep 07:30", "Mon 05 Oct 07:30", "Mon 26 Oct 08:30", "Mon 02 Nov 08:30"),
    ("America/New_York", "Mon 28 Sep 13:30", "Mon 05 Oct 13:30", "Mon 26 Oct 13:30", "Mon 02 Nov 14:30"),
    ("America/Sao_Paulo", "Mon 28 Sep 12:30", "Mon 05 Oct 12:30", "Mon 26 Oct 12:30", "Mon 02 Nov 12:30"),
    ("America/St_Johns", "Mon 28 Sep 12:00", "Mon 05 Oct 12:00", "Mon 26 Oct 12:00", "Mon 02 Nov 13:00"),
    ("Asia/Kolkata", "Mon 28 Sep 04:00", "Mon 05 Oct 04:00", "Mon 26 Oct 04:00", "Mon 02 Nov 04:00"),
    ("Asia/Kathmandu", "Mon 28 Sep 03:45", "Mon 05 Oct 03:45", "Mon 26 Oct 03:45", "Mon 02 Nov 03:45"),
    ("Australia/Lord_Howe", "Sun 27 Sep 23:00", "Sun 04 Oct 22:30", "Sun 25 Oct 22:30", "Sun 01 Nov 22:30"),
    ("Australia/Adelaide", "Mon 28 Sep 00:00", "Sun 04 Oct 23:00", "Sun 25 Oct 23:00", "Sun 01 Nov 23:00"),
    ("Pacific/Chatham", "Sun 27 Sep 19:45", "Sun 04 Oct 19:45", "Sun 25 Oct 19:45", "Sun 01 Nov 19:45"),
    ("Pacific/Kiritimati", "Sun 27 Sep 19:30", "Sun 04 Oct 19:30", "Sun 25 Oct 19:30", "Sun 01 Nov 19:30"),
    ("Pacific/Pago_Pago", "Mon 28 Sep 20:30", "Mon 05 Oct 20:30", "Mon 26 Oct 20:30", "Mon 02 Nov 20:30"),
]


@pytest.mark.parametrize(("zone", "september", "october", "autumn", "november"), MONDAYS)
def test_each_is_due_by_their_own_clock(zone: str, september: str, october: str, autumn: str, november: str) -> None:
    found = asked("every mon at 09:30", {"ana": zone}, until="2026-11-04T00:00+00:00")
    assert [found[place] for place in (1, 2, 5, 6)] == [september, october, autumn, november]


@pytest.mark.parametrize(
    ("when", "first"),
    [
        ("every mon at 07:00", "Mon 21 Sep 09:00"),
        ("every mon at 09:00", "Mon 21 Sep 09:00"),
        ("every mon at 17:29", "Mon 21 Sep 17:29"),
        ("every mon at 17:30", "Tue 22 Sep 09:00"),
        ("every fri at 18:00", "Mon 21 Sep 09:00"),
        ("every sat at 12:00", "Mon 21 Sep 09:00"),
        ("every sun at 23:59", "Mon 21 Sep 09:00"),
        ("every 2 weeks on mon at 10:00", "Mon 28 Sep 10:00"),
        ("every 2 weeks on sun at 10:00", "Mon 21 Sep 09:00"),
        ("every 3 weeks on wed at 10:00", "Wed 07 Oct 10:00"),
        ("every weekday at 08:00", "Mon 21 Sep 09:00"),
        ("every day at 19:00", "Mon 21 Sep 09:00"),
        ("every month on 24 at 10:00", "Thu 24 Sep 10:00"),
        ("every month on first thu at 10:00", "Thu 01 Oct 10:00"),
        ("every month on last wed at 10:00", "Wed 30 Sep 10:00"),
        ("every quarter on 14 at 10:00", "Wed 14 Oct 10:00"),
        ("every quarter on second wed at 10:00", "Wed 14 Oct 10:00"),
        ("every quarter on last wed at 10:00 in Asia/Tokyo", "Wed 28 Oct 09:00"),
        ("every wed at 10:00 in Asia/Tokyo", "Wed 23 Sep 09:00"),
        ("every wed at 18:00 in Asia/Tokyo", "Wed 23 Sep 09:00"),
        ("every wed at 20:00 in Asia/Tokyo", "Wed 23 Sep 11:00"),
        ("cron 30 9 * * tue,thu in UTC", "Tue 22 Sep 09:30"),
        ("cron 0 11 1 * * in Europe/Berlin", "Thu 01 Oct 09:00"),
    ],
)
def test_a_prompt_outside_working_hours_moves_to_the_next_working_moment(when: str, first: str) -> None:
    """It is switched on in the week of 14 September."""
    assert asked(when, {"ana": "UTC"}, until="2026-10-29T00:00+00:00")[0] == first


def test_whom_a_day_off_moves_into_the_next_run_may_have_answered_the_one_before() -> None:
    off = change("diary", "2026-09-20T20:00+00:00", person="ana", did="commanded", command="/muster", ok=True)
    off["text"] = "days add 2026-09-21 Offsite"
    zones = {"ben": "Pacific/Kiritimati", "ana": "UTC"}
    monday, tuesday = runs("every mon, tue at 09:00", zones, until="2026-09-23T00:00+00:00", changes=(off,))
    assert ([due.person for due in monday.dues], [due.person for due in monday.gone]) == (["ben"], ["ana"])
    assert [due.person for due in tuesday.dues] == ["ana", "ben"]


def test_what_comes_every_weekday_leaves_out_days_off_and_what_is_started_by_hand_never_comes() -> None:
    off = change("diary", "2026-09-18T16:00+00:00", person="ana", did="commanded", command="/muster", ok=True)
    off["text"] = "days add 2026-09-22 Offsite"
    found = asked("every weekday at 10:00", {"ana": "UTC"}, until="2026-09-24T00:00+00:00", changes=(off,))
    assert found == ["Mon 21 Sep 10:00", "Wed 23 Sep 10:00"]
    assert asked("manual", {"ana": "UTC"}, until="2026-10-20T00:00+00:00") == []


def test_two_prompts_that_would_meet_become_the_newer_one() -> None:
    found = dues("every sat, mon at 08:00", {"ana": "UTC"}, until="2026-09-30T00:00+00:00")
    assert [(f"{due.day:%d %b}", f"{due.at:%d %b %H:%M}") for due in found] == [
        ("21 Sep", "21 Sep 09:00"),
        ("28 Sep", "28 Sep 09:00"),
    ]


@pytest.mark.parametrize(
    ("when", "closes", "deadline"),
    [
        ("every mon at 09:30", "8h", "Mon 21 Sep 17:30"),
        ("every mon at 16:00", "8h", "Tue 22 Sep 00:00"),
        ("every mon at 16:00", "1d", "Tue 22 Sep 16:00"),
        ("every mon at 07:00", "1d", "Tue 22 Sep 09:00"),
        ("every fri at 16:00", "1d", "Mon 21 Sep 16:00"),
        ("every thu at 16:00", "2d", "Mon 28 Sep 16:00"),
        ("every fri at 16:00", "24h", "Sat 19 Sep 16:00"),
    ],
)
def test_hours_are_elapsed_and_days_are_working_days(when: str, closes: str, deadline: str) -> None:
    (first, *_) = dues(when, {"ana": "UTC"}, until="2026-09-29T00:00+00:00", closes=closes)
    assert f"{first.deadline:%a %d %b %H:%M}" == deadline


def test_a_working_day_across_a_clock_change_is_the_same_wall_time() -> None:
    """Berlin puts its clocks back on Sunday, 25 October."""
    found = dues("every fri at 16:00", {"ana": "Europe/Berlin"}, until="2026-10-27T00:00+00:00", closes="1d")
    assert f"{found[-1].at:%d %b %H:%M} to {found[-1].deadline:%d %b %H:%M}" == "23 Oct 14:00 to 26 Oct 15:00"


@pytest.mark.parametrize(
    ("when", "closes", "remind", "reminders"),
    [
        ("every mon at 09:30", "8h", ["2h"], ["Mon 21 Sep 15:30"]),
        ("every tue at 10:00", "1d", ["4h"], ["Tue 22 Sep 17:29"]),
        ("every wed at 10:00", "3d", ["4h"], ["Fri 25 Sep 17:29"]),
        ("every thu at 14:00", "1d", ["4h"], ["Fri 25 Sep 10:00"]),
        ("every mon at 17:00", "3h", ["1h"], ["Mon 21 Sep 17:29"]),
        ("every mon at 17:29", "3h", ["1h"], []),
        ("every mon at 10:00", "3d", ["1d"], ["Wed 23 Sep 10:00"]),
        ("every mon at 09:30", "8h", [], []),
        ("every mon at 10:00", "2d", ["1d", "24h"], ["Tue 22 Sep 10:00"]),
    ],
)
def test_a_reminder_comes_before_the_deadline_and_in_working_hours(
    when: str, closes: str, remind: list[str], reminders: list[str]
) -> None:
    (first, *_) = dues(when, {"ana": "UTC"}, until="2026-09-29T00:00+00:00", closes=closes, remind=remind)
    assert [f"{span.first:%a %d %b %H:%M}" for span in first.reminders(first.at)] == reminders


def test_the_window_of_a_late_prompt_runs_from_when_it_was_sent() -> None:
    (due, *_) = dues("every mon at 09:30", {"ana": "UTC"}, until="2026-09-22T00:00+00:00")
    sent = due.at.replace(hour=11, minute=0)
    assert f"{due.asked_at(sent).deadline:%H:%M}" == "19:00"
    assert [f"{span.first:%H:%M}" for span in due.reminders(sent)] == ["17:00"]
    assert due.asked_at(due.at) == due


def test_a_changed_zone_moves_unsent_prompts_only() -> None:
    moved = change("person", "2026-09-24T12:00+00:00", user="ana", changed={"tz": "Asia/Tokyo"})
    found = asked("every mon at 09:30", {"ana": "Europe/Berlin"}, until="2026-09-29T00:00+00:00", changes=(moved,))
    assert found == ["Mon 21 Sep 07:30", "Mon 28 Sep 00:30"]


def test_who_arrives_where_the_hour_has_passed_is_asked_at_once_or_when_back_at_work() -> None:
    """In Tokyo Monday 09:30 is over when Ana, who was not asked yet in Berlin, arrives."""
    moved = change("person", "2026-09-21T05:00+00:00", user="ana", changed={"tz": "Asia/Tokyo"})
    (due,) = dues("every mon at 09:30", {"ana": "Europe/Berlin"}, until="2026-09-22T00:00+00:00", changes=(moved,))
    assert f"{due.at:%H:%M}" == "05:00"


AWAY = [
    # From when until when, and whether and when they are asked on Monday 21 September for eight hours from 09:30
    ("2026-09-21 2026-09-21", "8h", None),
    ("2026-09-18 2026-09-20", "8h", "Mon 21 Sep 09:30"),
    ("2026-09-21 2026-09-21", "3d", "Tue 22 Sep 09:00"),
    ("2026-09-21 2026-09-22", "3d", None),
    ("2026-09-21 2026-09-22", "5d", "Wed 23 Sep 09:00"),
]


@pytest.mark.parametrize(("days", "closes", "at"), AWAY)
def test_whoever_is_away_is_asked_on_return_if_half_the_window_is_left(days: str, closes: str, at: str | None) -> None:
    fields = {"person": "ana", "did": "commanded", "command": "/muster", "channel": "C", "ok": True}
    typed = change("diary", "2026-09-18T16:00+00:00", **fields, text=f"away {days}")
    zones = {"ben": "UTC", "ana": "UTC"}
    found = dues("every mon at 09:30", zones, until="2026-09-25T00:00+00:00", changes=(typed,), closes=closes)
    due = next(due for due in found if due.person == "ana")
    assert (None if due.away else f"{due.at:%a %d %b %H:%M}") == at
    assert f"{due.begins:%a %d %b %H:%M}" == "Mon 21 Sep 09:30", "then the run may open all the same"


def test_a_run_opens_when_its_first_prompt_is_due_anywhere() -> None:
    zones = {"ben": "America/Los_Angeles", "ana": "Pacific/Kiritimati"}
    (run,) = runs("every mon at 09:30", zones, until="2026-09-25T00:00+00:00")
    assert f"{run.opens:%a %H:%M}" == "Sun 19:30"
    assert f"{run.closes:%a %H:%M}" == "Tue 00:30"


def test_the_moment_of_somebody_who_is_away_may_open_a_run() -> None:
    fields = {"person": "ana", "did": "commanded", "command": "/muster", "channel": "C", "ok": True}
    typed = change("diary", "2026-09-18T16:00+00:00", **fields, text="away 2026-09-21 2026-09-21")
    zones = {"ben": "America/Los_Angeles", "ana": "Pacific/Kiritimati"}
    (run,) = runs("every mon at 09:30", zones, until="2026-09-25T00:00+00:00", changes=(typed,))
    assert f"{run.opens:%a %H:%M}" == "Mon 16:30"
    assert f"{run.may_open:%a %H:%M}" == "Sun 19:30"


def test_who_left_the_channel_is_not_due() -> None:
    left = change("membership", "2026-09-21T06:00+00:00", act="left", channel="C", user="ana")
    zones = {"ben": "UTC", "ana": "UTC"}
    found = dues("every mon at 09:30", zones, until="2026-09-25T00:00+00:00", changes=(left,))
    assert [due.person for due in found] == ["ben"]


def test_who_joins_while_a_run_is_open_may_be_asked_or_not() -> None:
    zones = {"ben": "Pacific/Kiritimati", "ana": "UTC"}
    changes = (
        change("membership", "2026-09-18T15:30+00:00", act="left", channel="C", user="ana"),
        change("membership", "2026-09-21T06:00+00:00", act="joined", channel="C", user="ana"),
    )
    found = dues("every mon at 09:30", zones, until="2026-09-22T00:00+00:00", changes=changes)
    assert {due.person: due.certain for due in found} == {"ana": False, "ben": True}


def test_a_deactivated_person_is_not_due() -> None:
    gone = change("person", "2026-09-20T06:00+00:00", user="ana", changed={"deleted": True})
    found = dues("every mon at 09:30", {"ben": "UTC", "ana": "UTC"}, until="2026-09-25T00:00+00:00", changes=(gone,))
    assert [due.person for due in found] == ["ben"]


def test_nothing_opens_in_an_archived_channel() -> None:
    shut = change("channel", "2026-09-20T06:00+00:00", act="archived", channel="C")
    found = dues("every mon at 09:30", {"ana": "UTC"}, until="2026-09-25T00:00+00:00", changes=(shut,))
    assert [due.certain for due in found] == [False]


def test_a_ritual_that_is_switched_off_asks_nobody_any_more() -> None:
    fields = {"person": "ana", "did": "commanded", "command": "/ritual", "channel": "C", "ok": True}
    off = change("diary", "2026-09-22T10:00+00:00", **fields, text="off r")
    found = asked("every mon at 09:30", {"ana": "UTC"}, until="2026-10-20T00:00+00:00", changes=(off,))
    assert found == ["Mon 21 Sep 09:30"]


def test_only_those_whom_the_ritual_means_are_due() -> None:
    assert dues("every mon at 09:30", {"ana": "UTC"}, until="2026-09-25T00:00+00:00", who=["legal", "leads"]) == []


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("when", "every year on first wed at 10:00", "does not understand when"),
        ("when", "every foo at 10:00", "does not understand 'foo'"),
        ("who", ["lead of legal"], "does not understand who: 'lead of legal'"),
        ("closes", "2w", "does not understand the duration '2w'"),
        ("facilitator", "lead of legal", "does not understand facilitator: 'lead of legal'"),
    ],
)
def test_what_the_oracle_does_not_understand_it_refuses(key: str, value: object, says: str) -> None:
    given = {"when": "every mon at 09:30", key: value}
    with pytest.raises(Unreadable, match=says):
        dues(given.pop("when"), {"ana": "UTC"}, until="2026-09-25T00:00+00:00", **given)


@pytest.mark.parametrize(("back", "certain"), [("2026-09-21T09:08+00:00", True), ("2026-09-21T09:12+00:00", False)])
def test_whoever_is_active_again_is_asked_as_soon_as_muster_can_know(back: str, certain: bool) -> None:
    zones = {"ben": "UTC", "ana": "UTC"}
    changes = (
        change("person", "2026-09-18T20:00+00:00", user="ana", changed={"deleted": True}),
        change("person", back, user="ana", changed={"deleted": False}),
    )
    found = dues("every mon at 09:30", zones, until="2026-09-22T00:00+00:00", changes=changes)
    assert {due.person: due.certain for due in found} == {"ana": certain, "ben": True}
