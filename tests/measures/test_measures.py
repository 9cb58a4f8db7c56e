"""Measures of a channel and their values: who may, what replaces what, and what the audit trail keeps."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.errors import FieldErrors, NotInChannel
from domain.measures import MOST, Good, NoMeasure, OnlyInside, OnlyOfChannels, Role, TooManyMeasures, Value
from domain.people import Person
from domain.submissions import Submission
from services import measure_lines, measures
from storage import channels, people
from storage import measures as stored
from storage.engine import Database
from tests.team import ANA, BEN, CHLOE, DEV, ELSEWHERE, FORECAST, NOW, PRICING, WORKSPACE, audited, unchanged
from tests.trail import entries

TODAY = "2026-11-20"


def add(db: Database, name: str = "Drift", *, channel: str = FORECAST, by: str = BEN, **given: str) -> int:
    """The id of a new measure."""
    sent = Submission(WORKSPACE, by, f"draft {name} {channel}", {"name": name, **given})
    measures.add(db, sent=sent, channel_id=channel, now=NOW)
    with db.read() as session:
        known = stored.of_channel(session, workspace_id=WORKSPACE, channel_id=channel)
    return next(each.id for each in known if each.name == name)


def give(db: Database, measure_id: int, value: str, day: str = TODAY, *, by: str = BEN) -> None:
    sent = Submission(WORKSPACE, by, "", {"value": value, "day": day})
    measures.add_value(db, sent=sent, measure_id=measure_id, now=NOW)


def bring(db: Database, *lines: str, channel: str = FORECAST, by: str = BEN) -> tuple[int, int]:
    """How many lines there were, and how many said something new."""
    sent = Submission(WORKSPACE, by, "paste", {"lines": "\n".join(["measure,value,moment,unit,source", *lines])})
    sheet = measure_lines.sheet(db, sent=sent, channel_id=channel, now=NOW)
    found = measure_lines.submit(db, sent=sent, channel_id=channel, now=NOW)
    assert (len(sheet.lines), sheet.changed) == (found.lines, found.changed), "the preview says what will be"
    return found.lines, found.changed


def values(db: Database, measure_id: int) -> list[Value]:
    with db.read() as session:
        return stored.latest(session, measure_id=measure_id, limit=100)


def names(db: Database, reader: str, *, channel: str = FORECAST, now: datetime = NOW) -> list[str]:
    found = measures.listing(db, workspace_id=WORKSPACE, channel_id=channel, reader_id=reader, now=now)
    return [each.measure.name for each in found.rows]


def test_a_measure_is_what_its_name_says_unless_somebody_chooses(db: Database) -> None:
    add(db, "Tickets about search")
    add(db, "Label drift", role="quality", good="neither")
    add(db, "Latency")
    with db.read() as session:
        found = stored.of_channel(session, workspace_id=WORKSPACE, channel_id=FORECAST)
    assert [(each.name, each.role, each.good) for each in found] == [
        ("Label drift", Role.QUALITY, Good.NEITHER),
        ("Latency", Role.OTHER, Good.NEITHER),
        ("Tickets about search", Role.TICKETS, Good.DOWN),
    ]


def test_the_same_form_again_makes_no_second_one_and_a_name_is_taken_once(db: Database) -> None:
    add(db, "Drift")
    with unchanged(db):
        add(db, "Drift")
        with pytest.raises(FieldErrors) as refused:
            measures.add(db, sent=Submission(WORKSPACE, BEN, "2", {"name": " dRIFT "}), channel_id=FORECAST, now=NOW)
    assert refused.value.fields == {"name": "Drift is here already. Add values to it, or choose another name."}
    assert add(db, "Drift", channel=PRICING)


def test_a_later_word_on_a_day_takes_the_place_of_the_one_before_and_the_trail_keeps_both(db: Database) -> None:
    drift = add(db)
    give(db, drift, "0,3")
    give(db, drift, "0.4", by=CHLOE)
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert values(db, drift) == [Value(noon, 0.4, by=CHLOE)]
    with unchanged(db):
        give(db, drift, "0.40", by=BEN)
    assert [each[0] for each in audited(db)] == [
        "measure recorded", "measure value recorded", "measure value corrected",
    ]  # fmt: skip
    details = entries(db)[-1].details or {}
    assert (details["before"]["value"], details["after"]["value"]) == (0.3, 0.4)


def test_a_wrong_value_marks_its_field_and_records_nothing(db: Database) -> None:
    drift = add(db)
    with unchanged(db), pytest.raises(FieldErrors) as refused:
        give(db, drift, "1,234", "2026-11-21")
    assert refused.value.fields == {
        "value": "1,234 may be 1234 or 1.234; write one of these.",
        "day": "2026-11-21 is still to come; a value is dated when it was so.",
    }


def test_a_value_can_be_taken_away(db: Database) -> None:
    drift = add(db)
    give(db, drift, "3")
    at = values(db, drift)[0].at
    which: dict[str, Any] = {"workspace_id": WORKSPACE, "measure_id": drift, "at": at}
    measures.remove_value(db, **which, person_id=CHLOE, now=NOW)
    assert values(db, drift) == []
    with unchanged(db):
        measures.remove_value(db, **which, person_id=CHLOE, now=NOW)
    assert audited(db)[-1] == ("measure value removed", f"measure {drift}", CHLOE)


def test_a_measure_keeps_its_values_under_another_name(db: Database) -> None:
    drift = add(db)
    give(db, drift, "3")
    sent = Submission(WORKSPACE, CHLOE, "", {"name": "Label drift", "unit": "points", "good": "down", "role": "drift"})
    measures.change(db, sent=sent, measure_id=drift, now=NOW)
    with unchanged(db):
        measures.change(db, sent=sent, measure_id=drift, now=NOW)
    assert names(db, BEN) == ["Label drift"]
    assert len(values(db, drift)) == 1
    add(db, "Tickets")
    with pytest.raises(FieldErrors):
        measures.change(db, sent=replace(sent, given={"name": "tickets"}), measure_id=drift, now=NOW)


def test_a_table_makes_what_it_names_and_the_same_table_again_changes_nothing(db: Database) -> None:
    lines = ["Drift,0.3,2026-11-19,points,", "Tickets,120,2026-11-19,,desk", "drift,0.2,2026-11-12,,"]
    assert bring(db, *lines) == (3, 3)
    with unchanged(db):
        assert bring(db, *lines) == (3, 0)
    assert bring(db, *lines, "Drift,0.25,2026-11-05,,") == (4, 1)
    assert bring(db, "Tickets,110,2026-11-19,,desk") == (1, 1)
    assert names(db, BEN) == ["Drift", "Tickets"]
    with db.read() as session:
        drift, tickets = stored.of_channel(session, workspace_id=WORKSPACE, channel_id=FORECAST)
    assert [each.value for each in values(db, drift.id)] == [0.3, 0.2, 0.25]
    assert [each.value for each in values(db, tickets.id)] == [110]


def test_a_wrong_line_keeps_the_whole_table_out(db: Database) -> None:
    with unchanged(db), pytest.raises(FieldErrors):
        bring(db, "Drift,0.3,2026-11-19,,", "Drift,x,2026-11-18,,")


def test_a_measure_without_a_unit_takes_that_of_a_table(db: Database) -> None:
    drift = add(db)
    bring(db, "Drift,1,2026-11-19,points,")
    with db.read() as session:
        found = stored.measure(session, workspace_id=WORKSPACE, measure_id=drift)
    assert found
    assert found.unit == "points"


def test_whoever_runs_muster_brings_a_file_by_the_name_of_a_channel(db: Database) -> None:
    text = "measure,value,moment\nDrift,0.3,2026-11-19"
    for _ in range(2):
        found = measure_lines.bring(db, text=text, file="drift.csv", channel="#forecast", now=NOW)
        assert (found.place, found.lines) == ("#forecast", 1)
    assert found.changed == 0
    with db.read() as session:
        (drift,) = stored.of_channel(session, workspace_id=WORKSPACE, channel_id=FORECAST)
    assert [(each.source, each.by) for each in values(db, drift.id)] == [("drift.csv", "")]
    assert {actor for _what, _subject, actor in audited(db)} == {"command line"}
    with pytest.raises(measure_lines.NoSuchChannel, match=r"forecast \(C1\), pricing \(C2\)"):
        measure_lines.bring(db, text=text, file="drift.csv", channel="lab", now=NOW)


def test_only_those_in_the_channel_add_and_only_where_muster_is(db: Database) -> None:
    secret = add(db, channel=PRICING)
    with unchanged(db):
        with pytest.raises(NoMeasure):
            give(db, secret, "1", by=DEV)
        with pytest.raises(OnlyInside):
            add(db, "Other", channel=PRICING, by=DEV)
        with pytest.raises(OnlyInside):
            bring(db, "Other,1,2026-11-19,,", channel=PRICING, by=DEV)
        with pytest.raises(NotInChannel):
            add(db, channel=ELSEWHERE)
        with pytest.raises(OnlyOfChannels):
            add(db, channel="D1")


def test_a_private_channels_measures_are_for_its_members_also_when_it_becomes_public(db: Database) -> None:
    add(db, "Margin", channel=PRICING)
    assert names(db, CHLOE, channel=PRICING) == ["Margin"]
    assert names(db, DEV, channel=PRICING) == []
    assert names(db, CHLOE, channel=PRICING, now=NOW + timedelta(minutes=16)) == [], "Slack was not asked lately"
    with db.write() as session:
        place = channels.channel(session, workspace_id=WORKSPACE, channel_id=PRICING)
        assert place
        channels.save(session, channel=replace(place, is_private=False))
        channels.was_private(session, workspace_id=WORKSPACE, channel_id=PRICING, until=NOW + timedelta(minutes=1))
    assert names(db, DEV, channel=PRICING) == []
    assert names(db, CHLOE, channel=PRICING) == ["Margin"]
    sent = Submission(WORKSPACE, BEN, "later", {"name": "Open"})
    later = NOW + timedelta(minutes=2)
    measures.add(db, sent=sent, channel_id=PRICING, now=later)
    assert names(db, DEV, channel=PRICING, now=later) == ["Open"]


def test_a_guest_reads_those_of_channels_they_are_in(db: Database) -> None:
    with db.write() as session:
        people.save_person(session, person=Person(WORKSPACE, DEV, "Dev", "Europe/Berlin", is_guest=True))
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={BEN, DEV}, at=NOW)
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=FORECAST, ids={BEN, ANA}, at=NOW)
    drift, margin = add(db), add(db, "Margin", channel=PRICING)
    assert names(db, DEV) == []
    assert names(db, DEV, channel=PRICING) == ["Margin"]
    give(db, margin, "1", by=DEV)
    with pytest.raises(NoMeasure):
        give(db, drift, "1", by=DEV)


def test_what_is_taken_along_is_what_the_reader_may_read(db: Database) -> None:
    bring(db, "Drift,0.3,2026-11-19,points,desk")
    who: dict[str, Any] = {"workspace_id": WORKSPACE, "channel_id": FORECAST, "reader_id": CHLOE}
    found = measure_lines.take(db, **who, now=NOW)
    assert found.content.splitlines() == ["measure,value,moment,unit,source", "Drift,0.3,2026-11-19,points,desk"]
    assert audited(db)[-1] == ("measures exported", FORECAST, CHLOE)
    with pytest.raises(OnlyInside):
        measure_lines.take(db, **{**who, "channel_id": PRICING, "reader_id": DEV}, now=NOW)


def test_a_channel_follows_no_more_than_a_list_shows(db: Database) -> None:
    bring(db, *(f"M{each},1,2026-11-19,," for each in range(MOST)))
    with unchanged(db), pytest.raises(TooManyMeasures):
        add(db, "One more")


def test_the_last_value_of_each_week_is_found_whatever_lies_around_it(db: Database) -> None:
    days = [date(2026, 11, 1) + timedelta(days=each) for each in range(19) if each not in range(8, 15)]
    bring(db, *(f"Drift,{each.day},{each},," for each in days), "Tickets,5,2026-11-19,,")
    starts = [datetime(2026, 11, 2, tzinfo=UTC) + timedelta(weeks=each) for each in range(4)]
    with db.read() as session:
        drift, tickets = stored.of_channel(session, workspace_id=WORKSPACE, channel_id=FORECAST)
        found = stored.weekly(session, measure_ids=[drift.id, tickets.id], starts=starts)
        newest = stored.newest(session, measure_ids=[drift.id, tickets.id])
    assert found == {drift.id: [8, None, 19], tickets.id: [None, None, 5]}
    assert {key: each.value for key, each in newest.items()} == {drift.id: 19, tickets.id: 5}
