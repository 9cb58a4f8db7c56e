"""Calendars that people let Muster follow: the days they mean worked out by hand, and promises about them broken."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from simulation import generator
from simulation.feeds import days_away, feed, times, whole_days
from simulation.promises import asked, followed, hours
from simulation.working import Calendar, Hours
from tests.simulation.breaking import broken
from tests.simulation.oracle import Json, change, dues
from tests.simulation.story import FRIDAY, SECOND, channel, local, section
from tests.simulation.week import Week, week

MON, TUE, WED, THU = (date(2026, 9, day) for day in (21, 22, 23, 24))
BERLIN = Calendar(ZoneInfo("Europe/Berlin"))
TITLE = "Clinic [cccc-9999]"
READS_EVERY = timedelta(hours=4)


def spans(*events: str, calendar: Calendar = BERLIN) -> list[tuple[date, date]]:
    return [(each.first, each.last) for each in days_away(feed(*events), calendar)]


def test_whole_days_count_unless_they_are_free_and_those_that_meet_are_one() -> None:
    assert spans(whole_days(MON, MON, "A"), whole_days(WED, THU, "B")) == [(MON, MON), (WED, THU)]
    assert spans(whole_days(MON, MON, "A"), whole_days(TUE, WED, "B")) == [(MON, WED)]
    assert spans(whole_days(MON, TUE, "A", is_free=True)) == []


def test_what_has_times_counts_if_all_working_hours_lie_within() -> None:
    assert spans(times(TUE, time(9), time(17, 30), "A")) == [(TUE, TUE)]
    assert spans(times(TUE, time(9), time(17), "A"), times(MON, time(10), time(20), "B")) == []
    early = Calendar(BERLIN.zone, hours=Hours(time(10), time(16)))
    assert spans(times(TUE, time(10), time(17), "A"), calendar=early) == [(TUE, TUE)]


def follows(at: str = "2026-09-18T16:00+00:00") -> Json:
    values = {"Address": "http://127.0.0.1:1/elsewhere/ana.ics"}
    return change("diary", at, person="ana", did="submitted", callback_id="calendar.form", ok=True, values=values)


def put(at: str, *events: str) -> Json:
    return change("elsewhere", at, act="put", name="ana.ics", text=feed(*events))


def read(at: str) -> Json:
    return change("elsewhere", at, act="read", name="ana.ics", status=200)


def first(*changes: Json, **template: Any) -> str:
    due = dues(
        "every mon at 09:30", {"ana": "UTC", "ben": "UTC"}, until="2026-09-25T00:00+00:00", changes=changes, **template
    )[0]
    assert due.person == "ana"
    return "away" if due.away else f"{due.at:%a %H:%M}"


BEGUN, LATER = "2026-09-18T16:00+00:00", "2026-09-19T16:00+00:00"


def test_somebody_is_away_as_their_calendar_said_when_it_was_last_read() -> None:
    away = put(BEGUN, whole_days(MON, MON, TITLE))
    assert first(away, follows()) == "Mon 09:30"
    assert first(away, read(BEGUN)) == "Mon 09:30"
    assert first(away, follows(), read(BEGUN)) == "away"
    gone = put("2026-09-19T10:00+00:00")
    assert first(away, follows(), read(BEGUN), gone) == "away"
    assert first(away, follows(), read(BEGUN), gone, read(LATER)) == "Mon 09:30"


def test_what_somebody_said_themselves_stays_whatever_their_calendar_says() -> None:
    said = change("diary", BEGUN, person="ana", did="commanded", command="/muster", ok=True, text="away 2026-09-21")
    assert first(said, put(BEGUN), follows(), read(BEGUN)) == "away"


def test_a_plan_has_calendars_that_are_changed_while_it_is_lived() -> None:
    made = generator.plan(3, 16)
    kept = [each for each in made.team if each.calendar]
    assert len(kept) == 2
    changed = {name: text for line in made.does for name, text in line.get("elsewhere", {}).items()}
    assert set(changed) == {each.calendar_name for each in kept}
    monday = made.begins.date() + timedelta(days=3)
    for each in kept:
        before, after = (days_away(text, BERLIN) for text in (each.calendar, changed[each.calendar_name]))
        assert before[0].first == monday
        assert (before[-1].last >= monday + timedelta(weeks=1)) != (after[-1].last >= monday + timedelta(weeks=1))


def lived(*, away: bool = False) -> Week:
    """Cai follows a calendar with which nothing is wrong, and which may say that they are away on Monday."""
    found = week()
    day = date(2026, 11, 23) if away else date(2026, 12, 24)
    text = feed(whole_days(day, day, TITLE))
    found.story.add("elsewhere", FRIDAY, act="put", name="cai.ics", text=text)
    values = {"Address": "http://127.0.0.1:1/elsewhere/cai.ics"}
    found.story.did("cai", "submitted", FRIDAY, view_id="VC", title="", callback_id="calendar.form", values=values)
    at, end = FRIDAY + SECOND, datetime.fromisoformat("2026-11-26T12:00+00:00")
    while at < end:
        found.story.add("elsewhere", at, act="read", name="cai.ics", status=304)
        at += READS_EVERY
    return found


def test_a_prompt_to_somebody_whose_calendar_says_that_they_are_away_is_found() -> None:
    assert not broken(lived())
    texts = broken(lived(away=True))
    assert any("Cai Rao got a prompt" in text for text in texts[hours.PROMISE])
    assert any("Cai Rao" in text and "was away" in text for text in texts[asked.PROMISE])


@pytest.mark.parametrize("hours_from", [0, 30])
def test_a_calendar_that_is_not_read_for_hours_is_found(hours_from: int) -> None:
    found = lived()
    since, until = (FRIDAY + timedelta(hours=hours_from + n) for n in (0, 12))
    found.story.lines[:] = [
        line
        for line in found.story.lines
        if line["kind"] != "elsewhere"
        or line["act"] == "put"
        or not since.timestamp() <= line["at"] <= until.timestamp()
    ]
    (text,) = broken(found)[followed.PROMISE]
    assert text.startswith("The calendar of Cai Rao was not read from ")


def test_what_stands_in_a_calendar_and_is_shown_is_found() -> None:
    found = lived()
    text = f"Away: Cai Rao ({TITLE})"
    found.story.post(local("ben", 24, "10:00"), channel("forecast"), text, [section(text)])
    assert broken(found)[followed.PROMISE] == ["What stands in the calendar of Cai Rao is shown: [cccc-9999]"]
