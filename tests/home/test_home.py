"""App Home: what it lists, and for whom."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, update

from domain.decision_states import DecisionState
from domain.decisions import FIRST_VERSION
from domain.home import HomeCard
from domain.people import Person
from services import action_changes, home, owing, sync, verdicts
from storage import channels
from storage.engine import Database
from storage.tables import ChannelRow, PersonRow
from surface.digest import digest_message
from surface.home import home_page
from tests import digests
from tests.digests import assign
from tests.records import action, decision, object_to, run
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, ELSEWHERE, FORECAST, GONE, NOW, PRICING, WORKSPACE, owed, settle


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def show(db: Database, person_id: str) -> HomeCard:
    card = home.card(db, workspace_id=WORKSPACE, person_id=person_id, now=NOW)
    assert card
    return card


def test_it_lists_what_i_owe_and_what_others_owe_me(db: Database) -> None:
    action(db, owner=ANA, number=1)
    action(db, owner=DEV, number=2, due=date(2026, 12, 1))
    assert [item.name for item in show(db, ANA).overdue] == ["A-1"]
    assert [item.name for item in show(db, DEV).mine] == ["A-2"]
    assert [item.name for item in show(db, CHLOE).waiting] == ["A-1", "A-2"]
    page = str(home_page(show(db, CHLOE)))
    assert "*Overdue*, was due Thu 12 Nov 2026, owned by Ana" in page
    assert "Due Tue 1 Dec 2026, owned by Dev" in page


def test_it_counts_what_needs_me_as_the_digest_does(db: Database) -> None:
    assign(db)
    decision(db, state=DecisionState.PROPOSED, approver=BEN)
    action(db, owner=BEN, due=date(2026, 11, 20))
    run(db, blocker="No labels")
    run(db, channel=PRICING, blocker="No prices")
    card = digests.written(db)
    assert digest_message(card).text.startswith("4 things need you.")
    page = home.card(db, workspace_id=WORKSPACE, person_id=BEN, now=digests.MONDAY)
    assert page
    assert "Needs you (4)" in str(home_page(page))
    assert (page.approvals, page.overdue, page.blockers) == (card.approvals, card.own, card.blockers)


def test_blockers_of_people_who_are_not_assigned_to_me_do_not_need_me(db: Database) -> None:
    run(db, blocker="No labels")
    assert show(db, BEN).blockers == []
    assign(db)
    assert [each.title for each in show(db, BEN).blockers] == ["No labels"]


def test_an_item_whose_owner_left_says_so_and_can_be_handed_over(db: Database) -> None:
    action(db, owner=GONE)
    page = home_page(show(db, CHLOE))
    assert "Gone, who owned it, has left" in str(page)
    assert {"Take it over", "Hand over"} < set(labels(page["blocks"]))


def test_it_lists_what_waits_for_my_approval(db: Database) -> None:
    decision(db, state=DecisionState.PROPOSED, approver=BEN)
    assert [each.name for each in show(db, BEN).approvals] == ["D-1"]
    assert show(db, ANA).approvals == []


def test_it_lists_only_prompts_that_are_out(db: Database) -> None:
    run(db, closed_at=None, answered=0)
    assert show(db, ANA).prompts == []


def test_after_an_objection_it_waits_for_those_who_drive_it_and_for_the_approver(db: Database) -> None:
    decision(db, state=DecisionState.PROPOSED, approver=BEN)
    assert [show(db, each).approvals == [] for each in (ANA, BEN, CHLOE)] == [True, False, True]
    object_to(db)
    assert [show(db, each).approvals == [] for each in (ANA, BEN, CHLOE)] == [False, False, True]
    page = home_page(show(db, ANA))
    assert "Needs you (1)" in str(page)
    assert "Ben objected: Too early" in str(page)
    assert "Edit" in labels(page["blocks"])


def test_the_newest_eight_decisions_are_shown(db: Database) -> None:
    for number in range(1, 13):
        decision(db, number=number)
    assert [each.number for each in show(db, DEV).recent] == list(range(12, 4, -1))


@pytest.mark.parametrize("where", ["member", "stranger", "left", "unconfirmed", "named", "guest"])
def test_private_decisions_are_seen_by_members_and_by_those_named(db: Database, where: str) -> None:
    decision(db, channel=PRICING, informed=(BEN,) if where == "named" else ())
    with db.write() as session:
        if where in ("stranger", "left", "named", "guest"):
            channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids=[CHLOE], at=NOW)
        if where == "unconfirmed":
            session.execute(update(ChannelRow).values(checked_at=NOW - timedelta(minutes=15)))
        if where == "guest":
            session.execute(update(PersonRow).where(col(PersonRow.id) == BEN).values(is_guest=True))
    card = show(db, BEN)
    assert bool(card.recent) == (where in ("member", "named"))
    assert card.is_partial == (where == "unconfirmed")


@pytest.mark.parametrize("where", ["in the channel", "not confirmed lately", "not in it"])
def test_a_guest_sees_of_a_public_channel_what_slack_confirms(db: Database, where: str) -> None:
    decision(db, channel=FORECAST)
    with db.write() as session:
        session.execute(update(PersonRow).where(col(PersonRow.id) == BEN).values(is_guest=True))
        if where == "not in it":
            channels.set_members(session, workspace_id=WORKSPACE, channel_id=FORECAST, ids=[CHLOE], at=NOW)
        if where == "not confirmed lately":
            session.execute(update(ChannelRow).values(checked_at=NOW - timedelta(minutes=15)))
    card = show(db, BEN)
    assert bool(card.recent) == (where == "in the channel")
    assert card.is_partial == (where == "not confirmed lately")
    assert show(db, CHLOE).recent


def test_what_was_recorded_in_a_direct_message_stays_there(db: Database) -> None:
    decision(db, channel="D1", informed=(BEN,))
    assert show(db, BEN).recent
    assert not show(db, DEV).recent


def wanted(db: Database) -> dict[str, int]:
    return {row.person_id: row.wanted for row in owed(db, "home")}


def test_opening_it_publishes_it_each_time(db: Database) -> None:
    for _ in range(2):
        home.open_page(db, workspace_id=WORKSPACE, person_id=ANA, now=NOW)
    assert wanted(db) == {ANA: 2}


def test_a_page_nobody_opened_is_not_published(db: Database) -> None:
    with db.write() as session:
        owing.owe_homes(session, WORKSPACE, [ANA], now=NOW)
    assert wanted(db) == {}


def test_it_changes_with_what_it_lists(db: Database) -> None:
    decision(db, state=DecisionState.PROPOSED, approver=BEN)
    home.open_page(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=FIRST_VERSION, person_id=BEN, now=NOW)
    assert wanted(db) == {BEN: 2}


def test_it_changes_once_an_item_is_accepted(db: Database) -> None:
    action(db, owner=BEN)
    home.open_page(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    action_changes.accept(db, workspace_id=WORKSPACE, item_id=1, person_id=BEN, now=NOW)
    assert wanted(db) == {BEN: 2}


def test_leaving_a_private_channel_publishes_it_anew(db: Database) -> None:
    home.open_page(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    sync.save_members(db, workspace_id=WORKSPACE, channel_id=PRICING, ids=[CHLOE], read_at=NOW, now=NOW)
    assert wanted(db) == {BEN: 2}


def test_becoming_a_guest_publishes_it_anew(db: Database) -> None:
    home.open_page(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    sync.save_person(db, person=Person(WORKSPACE, BEN, "Ben", "Europe/Berlin", is_guest=True), now=NOW)
    assert wanted(db) == {BEN: 2}


def test_somebody_unknown_is_welcomed(db: Database) -> None:
    home.open_page(db, workspace_id=WORKSPACE, person_id="UNEW", now=NOW)
    assert home.card(db, workspace_id=WORKSPACE, person_id="UNEW", now=NOW) is None
    assert "Welcome" in str(home_page(None))


def test_something_is_recorded_where_i_am_and_muster_can_post(db: Database) -> None:
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=ELSEWHERE, ids=[BEN], at=NOW)
    assert list(places(db, BEN).values()) == ["forecast", "pricing"]
    assert list(places(db, ANA).values()) == ["forecast"]


def test_without_a_channel_it_says_what_to_type(db: Database) -> None:
    with pytest.raises(home.NowhereToRecord, match="/invite @Muster"):
        places(db, "UNEW")


def places(db: Database, person_id: str) -> dict[str, str]:
    return home.places(db, workspace_id=WORKSPACE, person_id=person_id, now=NOW)


def test_a_channel_that_muster_left_is_not_called_unconfirmed(db: Database) -> None:
    with db.write() as session:
        channels.lose_bot(session, workspace_id=WORKSPACE, channel_id=PRICING)
    assert not show(db, BEN).is_partial
