"""What trends count, for whom, and in which week."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import update

from domain.action_states import ActionState
from domain.decision_states import DecisionState
from domain.measures import Value, form_of
from domain.templates import Post
from domain.trends import NOTHING, Mark, TrendsCard, Usual, as_table, finding
from services import trends
from services.trends import NoSuchTrend
from storage import decisions, measures
from storage.engine import Database
from storage.tables import ActionRow, ChannelRow, RunRow
from tests.digests import fresh
from tests.records import TEMPLATE
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, PRICING, WORKSPACE, owed, settle
from tests.trends.lived import DAY, WEEK, closed, decided, promised, ritual

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = MONDAY.date()
LAST = datetime(2026, 11, 18, 12, tzinfo=UTC)
"""Wednesday of the last whole week."""
ALL = {ANA: ("research", True), BEN: ("legal", True), CHLOE: ("ml", True), DEV: ("ml", True)}
SOME = {**ALL, BEN: ("legal", False)}


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    fresh(database, MONDAY)
    return database


def shown(db: Database, reader: str = ANA, *, page: int = 1, day: date = TODAY) -> TrendsCard:
    card = trends.card(db, workspace_id=WORKSPACE, person_id=reader, day=day, page=page, now=MONDAY)
    assert card
    return card


def table(db: Database, trend_id: str, reader: str = ANA) -> list[list[str]]:
    about = {"workspace_id": WORKSPACE, "person_id": reader}
    return as_table(trends.trend(db, **about, trend_id=trend_id, day=TODAY, now=MONDAY))


def test_participation_is_added_up_by_week_and_function(db: Database) -> None:
    sync, daily = ritual(db), ritual(db)
    closed(db, sync, LAST - WEEK, ALL)
    closed(db, sync, LAST, SOME)
    closed(db, daily, LAST + DAY, SOME)
    assert table(db, "participation") == [
        ["Week of", "everybody", "ML", "research", "legal"],
        ["9 Nov", "4 of 4", "2 of 2", "1 of 1", "1 of 1"],
        ["16 Nov", "6 of 8 (75 %)", "4 of 4", "2 of 2", "0 of 2"],
    ]
    (trend,) = shown(db).trends
    assert finding(trend) == (
        "Participation: 6 of 8 (75 %) in the week of Mon 16 Nov 2026; not heard from: legal in the last week."
    )


def test_the_week_that_runs_is_not_in_it_nor_what_is_older_than_twelve(db: Database) -> None:
    sync = ritual(db)
    for at in (MONDAY, LAST - 11 * WEEK, LAST - 12 * WEEK):
        closed(db, sync, at, ALL)
    weeks = [row[0] for row in table(db, "participation")[1:]]
    assert (weeks[0], weeks[-1], len(weeks)) == ("31 Aug", "16 Nov", 12)


def test_a_week_begins_on_monday_where_its_reader_is(db: Database) -> None:
    late_on_sunday = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    closed(db, ritual(db), late_on_sunday, ALL)
    assert table(db, "participation", ANA)[1][1] == "4 of 4"
    assert len(table(db, "participation", BEN)) == 1, "in Berlin it is Monday"


def test_a_private_channel_counts_for_its_members_only(db: Database) -> None:
    closed(db, ritual(db, channel=PRICING), LAST, ALL)
    decided(db, by=BEN, at=LAST, days=2, channel=PRICING)
    promised(db, by=BEN, at=LAST, channel=PRICING)
    assert [trend.id for trend in shown(db, BEN).trends] == ["participation", "actions"]
    assert shown(db, BEN).later == ("Time to decide",)
    assert shown(db, ANA).trends == ()


def test_what_was_private_stays_so_when_its_channel_becomes_public(db: Database) -> None:
    closed(db, ritual(db), LAST, ALL)
    decided(db, by=BEN, at=LAST, days=2)
    promised(db, by=BEN, at=LAST - DAY)
    with db.write() as session:
        moment = LAST + timedelta(hours=1)
        session.execute(
            update(ChannelRow).where(ChannelRow.id == FORECAST).values(private_until=moment, checked_at=None)  # type: ignore[arg-type] # SQLModel's columns
        )
    assert shown(db, ANA).trends == ()


def test_an_anonymous_run_tells_no_function_and_nothing_below_its_minimum(db: Database) -> None:
    pulse = ritual(db, template=replace(TEMPLATE, anonymous=3))
    closed(db, pulse, LAST, ALL)
    assert table(db, "participation") == [["Week of", "everybody"], ["16 Nov", "4 of 4"]]
    with db.write() as session:
        session.execute(update(RunRow).values(template={"title": "Pulse", "anonymous": 5}))
    assert table(db, "participation") == [["Week of", "everybody"]]


def test_action_items_burn_down(db: Database) -> None:
    promised(db, by=ANA, at=LAST - 2 * WEEK)
    promised(db, by=ANA, at=LAST - 2 * WEEK, ended=LAST)
    promised(db, by=BEN, at=LAST - WEEK, ended=LAST - WEEK + DAY, state=ActionState.DROPPED)
    promised(db, by=BEN, at=LAST - WEEK, ended=LAST, state=ActionState.WITHDRAWN)
    promised(db, by=BEN, at=MONDAY)
    assert table(db, "actions") == [
        ["Week of", "open", "closed"],
        ["2 Nov", "2", "0"],
        ["9 Nov", "2", "1"],
        ["16 Nov", "1", "1"],
    ]


def test_what_an_answer_made_that_the_channel_does_not_read_is_counted_for_nobody(db: Database) -> None:
    kept = ritual(db, template=replace(TEMPLATE, post=Post(("facilitator",))), by=BEN)
    run = closed(db, kept, LAST, ALL)
    item = promised(db, by=CHLOE, at=LAST)
    assert len(table(db, "actions")) == 2
    with db.write() as session:
        session.execute(update(ActionRow).where(ActionRow.id == item.id).values(run_id=run.id))  # type: ignore[arg-type] # SQLModel's columns
    assert len(table(db, "actions")) == 1


def test_the_time_to_decide_is_the_median_of_what_was_decided_in_a_week(db: Database) -> None:
    for days in (1, 9, 3):
        decided(db, by=ANA, at=LAST, days=days)
    decided(db, by=BEN, at=LAST - WEEK, days=4.5, channel=PRICING)
    decided(db, by=ANA, at=LAST, days=30, state=DecisionState.WITHDRAWN)
    decided(db, by=ANA, at=LAST, days=30, state=DecisionState.SUPERSEDED)
    decided(db, by=ANA, at=LAST, days=2, state=DecisionState.PROPOSED)
    assert table(db, "lead_time") == [["Week of", "decisions"], ["16 Nov", "3 days (3 decisions)"]]
    assert table(db, "lead_time", BEN) == [
        ["Week of", "all channels", "#forecast", "#pricing"],
        ["9 Nov", "4.5 days (1 decision)", NOTHING, "4.5 days (1 decision)"],
        ["16 Nov", "3 days (3 decisions)", "3 days (3 decisions)", NOTHING],
    ]
    (trend,) = shown(db).trends
    assert trend.left_out == ("1 decision still waiting, the oldest for 6 days.",)


def test_what_was_rejected_took_its_time_too(db: Database) -> None:
    found = decided(db, by=ANA, at=LAST, days=5, state=DecisionState.PROPOSED)
    with db.write() as session:
        decisions.move(session, decision=replace(found, state=DecisionState.REJECTED, ended_at=LAST))
    assert table(db, "lead_time")[1] == ["16 Nov", "5 days (1 decision)"]


def test_a_measure_shows_the_last_value_of_each_week_and_what_is_usual(db: Database) -> None:
    drift, other = (measured(db, name, [4.0, 4.5, 5.0, value]) for name, value in (("Drift", 9.0), ("Tickets", 4.2)))
    trends_of = [trend for page in (1, 2) for trend in shown(db, page=page).trends]
    assert [(trend.id, trend.usual) for trend in trends_of] == [
        (f"measure.{drift}", Usual(4, 5)), (f"measure.{other}", Usual(4, 5)),
    ]  # fmt: skip
    assert finding(trends_of[0]).endswith(
        "that is above its usual 4 to 5; alert in the week of 9 Nov (worse, and nothing open about it)."
    )
    assert table(db, f"measure.{drift}")[-2:] == [
        ["9 Nov", "5 nats", "worse, and nothing open about it"], ["16 Nov", "9 nats", NOTHING],
    ]  # fmt: skip
    assert "as it was recorded in #forecast" in trends_of[0].counted


def test_an_alert_stands_in_the_week_in_which_it_was_first_raised(db: Database) -> None:
    quality = [80.0, 81, 80, 81, 80, 81, 80, 81, 83, 86, 90]
    tickets = [20.0, 19, 20, 19, 20, 19, 20, 19, 22, 26, 31]
    ids = [measured(db, name, found) for name, found in (("Quality", quality), ("Tickets", tickets))]
    found = {trend.id: trend.marks for page in (1, 2) for trend in shown(db, page=page).trends}
    assert found[f"measure.{ids[0]}"][-1] == Mark(date(2026, 11, 9), "disagrees with Tickets")
    assert found[f"measure.{ids[1]}"][-1] == Mark(date(2026, 11, 9), "disagrees with Quality")


def test_a_measure_is_as_private_as_its_channel(db: Database) -> None:
    measured(db, "Drift", [1.0, 2.0], channel=PRICING)
    assert shown(db, ANA).trends == ()
    assert [trend.title for trend in shown(db, BEN).trends] == ["Drift"]


def measured(db: Database, name: str, values: list[float], *, channel: str = FORECAST) -> int:
    """A value on the Wednesday of each of the last weeks."""
    with db.write() as session:
        form = form_of(name, unit="nats")
        found = measures.add(session, workspace_id=WORKSPACE, channel_id=channel, form=form, by=BEN, at=LAST)
        assert found
        count = len(values)
        kept = [Value(LAST - (count - 1 - place) * WEEK, value) for place, value in enumerate(values)]
        measures.put(session, measure=found, values=kept)
        return found.id


def test_asked_for_twice_on_a_day_they_are_one_message(db: Database) -> None:
    for _ in range(2):
        trends.ask(db, workspace_id=WORKSPACE, person_id=ANA, now=MONDAY)
    (row,) = owed(db, "trends")
    assert (row.key, row.wanted) == ("trends:1:2026-11-23:UANA", 2)
    trends.ask(db, workspace_id=WORKSPACE, person_id=ANA, now=MONDAY + DAY)
    trends.ask(db, workspace_id=WORKSPACE, person_id=ANA, now=MONDAY + DAY, day=TODAY, page=2)
    assert [(each.subject_id, each.part) for each in owed(db, "trends")] == [
        (1, "2026-11-23"), (2, "2026-11-23"), (1, "2026-11-24"),
    ]  # fmt: skip


def test_what_is_not_counted_is_said_so(db: Database) -> None:
    with pytest.raises(NoSuchTrend):
        trends.trend(db, workspace_id=WORKSPACE, person_id=ANA, trend_id="measure.9", day=TODAY, now=MONDAY)
