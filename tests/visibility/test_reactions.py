"""What a reaction brings, to whom, and how often. On both databases."""

from datetime import timedelta

import pytest

from domain.deliveries import Delivery, Kind, Subject
from domain.errors import NotAllowed
from domain.people import Person
from domain.posted import Posted
from domain.reactions import Makes, MessageGone, Reaction, ReactionCard
from domain.submissions import Submission
from sandbox.blockkit.problems import problems_of_message
from schedules.contents import contents
from schedules.drawing import Content, Later
from services import actions, reactions
from storage import channels, people
from storage.engine import Database
from surface.kit import Message
from surface.reactions import chosen_answer, reacted_message
from tests.nasty import TEXTS
from tests.team import ANA, BEN, CHLOE, ELSEWHERE, FORECAST, GONE, NOW, PRICING, WORKSPACE, audited, owed, settle

MESSAGE = Posted("1763650000.000100", "1763640000.000200", BEN)
LINK = "https://northlight.slack.com/archives/C1/p1763650000000100?thread_ts=1763640000.000200&cid=C1"


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    with database.write() as session:
        people.save_person(session, person=Person(WORKSPACE, ANA, "Ana", "UTC", is_admin=True))
    choose(database, Makes.DECISION, ":scales:")
    choose(database, Makes.ACTION, ":thumbsup:")
    return database


def choose(db: Database, makes: Makes, emoji: str, actor_id: str = ANA) -> None:
    reactions.choose(db, workspace_id=WORKSPACE, actor_id=actor_id, makes=makes, emoji=emoji, now=NOW)


def begins(db: Database, person_id: str, channel_id: str, emoji: str) -> Makes | None:
    return reactions.begins(db, workspace_id=WORKSPACE, channel_id=channel_id, person_id=person_id, emoji=emoji)


def react(
    db: Database, *, is_on: bool = True, said_at: float = 1, person_id: str = ANA, channel_id: str = FORECAST
) -> None:
    who = {"workspace_id": WORKSPACE, "channel_id": channel_id, "person_id": person_id}
    message = MESSAGE if is_on else Posted(MESSAGE.ts)
    reactions.note(db, **who, makes=Makes.ACTION, message=message, is_on=is_on, said_at=said_at, now=NOW)


def drawn(db: Database, now: object = NOW) -> list[Content]:
    """What each that is owed shows."""
    found = [_delivery(row.key, row.id) for row in owed(db, "reacted")]
    shown = contents(db, found, NOW if now is NOW else NOW + timedelta(hours=1))
    return [shown[each.id] for each in found]


def _delivery(key: str, delivery_id: str) -> Delivery:
    kind, row, part, person_id = key.split(":")
    subject = Subject(Kind(kind), int(row), part, person_id)
    return Delivery(delivery_id, WORKSPACE, subject, 1, 0, 1, uncertain=False, claimed_at=NOW, lease_until=NOW)


def test_only_the_emoji_that_are_chosen_begin_something_where_muster_and_its_person_are(db: Database) -> None:
    assert begins(db, ANA, FORECAST, "scales") is Makes.DECISION
    assert begins(db, BEN, FORECAST, "+1::skin-tone-6") is Makes.ACTION
    for person_id, channel_id, emoji in (
        (ANA, FORECAST, "tada"),
        (ANA, ELSEWHERE, "scales"),
        (ANA, "D1", "scales"),
        (ANA, "CUNKNOWN", "scales"),
        (GONE, FORECAST, "scales"),
        ("UBOT", FORECAST, "scales"),
    ):
        assert begins(db, person_id, channel_id, emoji) is None
    choose(db, Makes.DECISION, "off")
    assert begins(db, ANA, FORECAST, "scales") is None


def test_the_choice_is_for_those_who_lead_and_kept_in_the_audit_trail(db: Database) -> None:
    with pytest.raises(NotAllowed):
        choose(db, Makes.DECISION, ":eyes:", BEN)
    choose(db, Makes.DECISION, ":scales:")
    assert audited(db) == [("reaction chosen", WORKSPACE, ANA)] * 2
    found = reactions.shown(db, workspace_id=WORKSPACE, actor_id=BEN)
    assert "*For a decision*: :scales:" in str(chosen_answer(found))
    assert "/muster reactions decision" not in str(chosen_answer(found))


def test_one_message_comes_however_often_it_is_told(db: Database) -> None:
    react(db)
    react(db)
    react(db, person_id=BEN)
    assert [(row.person_id, row.wanted) for row in owed(db, "reacted")] == [(ANA, 1), (BEN, 1)]
    (message, _other) = drawn(db)
    assert isinstance(message, Message)
    assert LINK in str(message.blocks)
    assert "Press Add action" in message.text


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_what_was_taken_back_brings_nothing_in_whatever_order_slack_tells_it(
    db: Database, order: tuple[int, int]
) -> None:
    for said_at in order:
        react(db, is_on=said_at == 1, said_at=said_at)
    assert [each for each in drawn(db) if each] == []
    react(db, said_at=3)
    (message,) = drawn(db)
    assert isinstance(message, Message)


def test_nobody_is_led_where_they_are_not_and_slack_is_asked_again_after_a_while(db: Database) -> None:
    react(db, person_id=CHLOE, channel_id=PRICING)
    (message,) = drawn(db)
    assert isinstance(message, Message)
    assert "#pricing" in message.text
    assert isinstance(drawn(db, "later")[0], Later)
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={BEN}, at=NOW)
    assert drawn(db) == [None]


def test_nobody_opens_the_form_of_somebody_else(db: Database) -> None:
    react(db)
    (row,) = owed(db, "reacted")

    def form_of(person_id: str) -> Reaction:
        return reactions.of_person(db, workspace_id=WORKSPACE, reaction_id=row.subject_id, person_id=person_id)

    assert form_of(ANA).message == MESSAGE
    with pytest.raises(MessageGone):
        form_of(BEN)


def test_what_was_recorded_of_it_stands_in_the_message_of_whoever_recorded_it_alone(db: Database) -> None:
    react(db)
    react(db, person_id=BEN)
    given = {"what": "Relabel March", "owner": BEN, "due": "2026-11-27"}
    sent = Submission(WORKSPACE, ANA, "draft", given)
    actions.submit(db, sent=sent, channel_id=FORECAST, message=MESSAGE, now=NOW)
    mine, other = drawn(db)
    assert isinstance(mine, Message)
    assert isinstance(other, Message)
    assert mine.text == "A-1 is recorded, made of a message in #forecast."
    assert "reaction.open" in str(other.blocks)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("number", [0, 7])
def test_the_message_reads_well_whatever_its_channel_is_called(text: str, number: int) -> None:
    found = Reaction(1, WORKSPACE, FORECAST, ANA, Makes.DECISION, MESSAGE, NOW, is_on=True, number=number)
    card = ReactionCard(found, text[:90], "https://northlight.slack.com/")
    message = reacted_message(card, _delivery(f"reacted:1::{ANA}", "1"))
    assert message
    assert problems_of_message(message.blocks) == []
    said = message.text + str(message.blocks)
    assert ("<!" in said, "<@" in said, message.text.strip() != "") == (False, False, True)
