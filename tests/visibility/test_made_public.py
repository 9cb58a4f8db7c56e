"""A channel is made public, or private: what was recorded before, and what comes after. The reader, Dev, is outside."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.channels import Channel
from domain.deliveries import Delivery, Kind, Subject
from domain.submissions import Submission
from schedules.contents import contents
from services import decision_cards, decisions, home, sync
from storage import channels
from storage.engine import Database
from tests.digests import MONDAY, assign, written
from tests.records import decision, run
from tests.team import BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, owed, settle

PUBLIC = Channel(WORKSPACE, PRICING, "pricing", is_private=False, has_bot=True)
PRIVATE = replace(PUBLIC, is_private=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def become(db: Database, channel: Channel, now: datetime) -> None:
    sync.save_channel(db, channel=channel, now=now)


def seen(db: Database, reader: str = DEV) -> list[int]:
    found = decision_cards.listing(db, workspace_id=WORKSPACE, reader_id=reader, now=MONDAY)
    return sorted(card.decision.number for card in found)


def recorded(db: Database, number: int, at: datetime, channel: str = PRICING) -> None:
    decision(db, channel=channel, number=number, approver=CHLOE, by=CHLOE, at=at)


def test_what_is_recorded_after_the_change_is_public(db: Database) -> None:
    recorded(db, 1, NOW)
    become(db, PUBLIC, NOW + HOUR)
    recorded(db, 2, NOW + 2 * HOUR)
    become(db, PUBLIC, NOW + 3 * HOUR)  # Slack says the same again.
    assert seen(db) == [2]


def test_private_again_hides_all_and_public_again_opens_only_what_comes_later(db: Database) -> None:
    become(db, PUBLIC, NOW)
    recorded(db, 1, NOW + HOUR)
    assert seen(db) == [1]
    become(db, PRIVATE, NOW + 2 * HOUR)
    assert seen(db) == []
    become(db, PUBLIC, NOW + 3 * HOUR)
    recorded(db, 2, NOW + 4 * HOUR)
    assert seen(db) == [2]


def test_a_channel_first_seen_as_public_was_never_private(db: Database) -> None:
    new = Channel(WORKSPACE, "CNEW", "new", is_private=False, has_bot=True)
    sync.doubt_channel(db, workspace_id=WORKSPACE, channel_id="CNEW", now=NOW)  # An event comes before Slack is read.
    recorded(db, 1, NOW, "CNEW")
    become(db, new, NOW + HOUR)
    assert seen(db) == [1]


def test_a_channel_slack_no_longer_shows_counts_as_private(db: Database) -> None:
    recorded(db, 1, NOW, FORECAST)
    assert seen(db) == [1]
    sync.hide_channel(db, workspace_id=WORKSPACE, channel_id=FORECAST, now=NOW + HOUR)
    assert seen(db) == []
    assert seen(db, CHLOE) == [1], "named in it"


def test_slack_is_asked_about_public_channels_that_muster_has_left(db: Database) -> None:
    listed = [
        Channel(WORKSPACE, FORECAST, "forecast", is_private=False, has_bot=True),
        Channel(WORKSPACE, PRICING, "pricing", is_private=True, has_bot=True),
    ]
    sync.save_channels(db, workspace_id=WORKSPACE, found=listed, now=NOW)
    assert sync.doubted_channels(db, workspace_id=WORKSPACE) == ["C3"]


def test_homes_and_digests_of_others_are_drawn_anew_when_a_channel_becomes_private(db: Database) -> None:
    become(db, PUBLIC, NOW)
    home.open_page(db, workspace_id=WORKSPACE, person_id=DEV, now=NOW)
    become(db, PRIVATE, NOW + HOUR)
    assert [row.wanted for row in owed(db, "home")] == [2]


def test_naming_somebody_outside_in_an_edit_of_what_was_private_warns_first(db: Database) -> None:
    given = {"title": "T", "choice": "x", "because": "y", "approver": CHLOE}
    decisions.submit(db, sent=Submission(WORKSPACE, CHLOE, "d1", given), channel_id=PRICING, now=NOW)
    become(db, PUBLIC, NOW + HOUR)
    more = Submission(WORKSPACE, CHLOE, "d1", {**given, "informed": DEV})
    warned = decisions.submit(db, sent=more, channel_id=PRICING, now=NOW + 2 * HOUR)
    assert [person.id for person in warned] == [DEV]


def test_a_ritual_that_goes_on_is_known_from_the_day_its_channel_became_public(db: Database) -> None:
    assign(db)
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids=[CHLOE], at=NOW)
    run(db, channel=PRICING)
    become(db, PUBLIC, NOW)
    card = written(db)
    assert card.started_on == date(2026, 11, 20)
    assert (card.closed, card.open) == ([], [])


def test_a_run_that_opened_after_the_change_is_heard_by_all(db: Database) -> None:
    assign(db)
    become(db, PUBLIC, NOW - 10 * HOUR)
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids=[CHLOE], at=NOW)
    run(db, channel=PRICING, blocker="The blocker")
    card = written(db)
    assert [each.channel_name for each in card.closed] == ["pricing"]
    assert [each.title for each in card.blockers] == ["The blocker"]


MESSAGES: dict[Kind, Callable[[int], Subject]] = {
    Kind.PROMPT: lambda number: Subject(Kind.PROMPT, number, person_id=CHLOE),
    Kind.NOTE: lambda number: Subject(Kind.NOTE, number, person_id=CHLOE),
    Kind.NOBODY: lambda number: Subject(Kind.NOBODY, number, person_id=CHLOE),
    Kind.HEALTH: lambda number: Subject(Kind.HEALTH, number, part="1", person_id=CHLOE),
}


@pytest.mark.parametrize("is_in", [True, False])
@pytest.mark.parametrize("kind", MESSAGES)
def test_a_message_names_a_private_channel_to_its_members_only(db: Database, kind: Kind, *, is_in: bool) -> None:
    run(db, channel=PRICING, closed_at=None, answered=0)
    with db.write() as session:
        ids = [BEN, CHLOE] if is_in else [BEN]
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids=ids, at=NOW)
    number = 2 if kind is Kind.PROMPT else 1
    due = Delivery(
        "x", WORKSPACE, MESSAGES[kind](number), 2, 1, 1,
        uncertain=False, claimed_at=NOW, lease_until=NOW, ts="1.1",
    )  # fmt: skip
    text = str(contents(db, [due], NOW)["x"])
    assert ("#pricing" in text, "a private channel" in text) == (is_in, not is_in), text
