"""Those who read two records, on which surfaces, and what the channel of both may be: for the tables of permissions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.action_lists import Asked, Which
from domain.action_states import ActionState, Move
from domain.actions import ActionItem
from domain.channels import Channel
from domain.decision_states import DecisionState
from domain.decisions import Decision, DecisionForm
from domain.deliveries import Delivery, Kind, Subject
from domain.digests import Digest, Listed
from domain.errors import UserError
from domain.people import Person
from domain.posted import Posted
from schedules.contents import contents
from services import (
    action_cards,
    action_changes,
    action_lists,
    decision_cards,
    decision_forms,
    digest_cards,
    home,
)
from storage import actions, channels, decisions, digests, people
from storage.engine import Database
from surface import action_list, decision_list
from surface.digest import digest_message
from surface.home import home_page
from tests.digests import MONDAY, WEEK
from tests.team import NOW, WORKSPACE

OTHER = "T2"
PRICING, DIRECT = "C2", "D2"
READERS = (
    "recorder", "driver", "approver", "contributor", "informed", "owner", "asker", "member", "guest", "colleague",
    "outer guest", "left it", "left us", "was informed", "stranger",
)  # fmt: skip
"""A member is in the channel and named nowhere, as is the guest; a colleague and the outer guest are not in it. Of two
who left the workspace, one was in the channel, the other is among the informed. The stranger is of another
workspace."""
INSIDE, GUESTS, GONE = {"member", "guest", "left us"}, {"guest", "outer guest"}, {"left us", "was informed"}
PRIVATE = Channel(WORKSPACE, PRICING, "pricing", is_private=True, has_bot=True)
PUBLIC = replace(PRIVATE, is_private=False)
TO_ONE = Channel(WORKSPACE, DIRECT, is_direct=True)
CHANNELS = {
    "public": (PUBLIC, PUBLIC),
    "private": (PRIVATE, PRIVATE),
    "private, made public": (PRIVATE, PUBLIC),
    "public, made private": (PUBLIC, PRIVATE),
    "direct message": (TO_ONE, TO_ONE),
}
"""What it was when they were recorded, and what it is now."""
TITLE, WHAT = "Title 1", "What 1"


def uid(reader: str) -> str:
    return f"U{reader.upper().replace(' ', '')}"


@pytest.fixture
def db(database: Database) -> Database:
    with database.write() as session:
        for workspace_id, url in ((WORKSPACE, "https://northlight.slack.com/"), (OTHER, "https://other.slack.com/")):
            people.save_workspace(session, workspace_id=workspace_id, name=workspace_id, url=url)
        for reader in READERS:
            place = OTHER if reader == "stranger" else WORKSPACE
            person = Person(place, uid(reader), reader.title(), is_guest=reader in GUESTS, left=reader in GONE)
            people.save_person(session, person=person)
    return database


def record(db: Database, channel: Channel) -> None:
    """Both records, in a channel that is what it is at the time; then whoever left it leaves."""
    is_direct = channel.id == DIRECT
    with db.write() as session:
        channels.save(session, channel=channel)
        if not is_direct:
            stay(db, session, {*INSIDE, "left it"})
        form = DecisionForm(
            "Title 1", "Ship it", "Cheaper", uid("approver"), driver_id=uid("driver"),
            contributors=(uid("contributor"),), informed=(uid("informed"), uid("was informed")),
        )  # fmt: skip
        made_of = None if is_direct else Posted("1763650000.000100", "", uid("member"))
        decisions.add(
            session,
            decision=Decision(
                0, WORKSPACE, 1, channel.id, form, DecisionState.ACCEPTED, uid("recorder"), NOW, decided_at=NOW,
                message=made_of,
            ),
            next_at=None,
        )  # fmt: skip
        due = date(2026, 11, 12)
        actions.add(
            session,
            item=ActionItem(
                0, WORKSPACE, 1, channel.id, "What 1", uid("owner"), due, due, ActionState.OPEN, uid("asker"), NOW,
                message=made_of,
            ),
            next_at=None,
        )  # fmt: skip
        if not is_direct:
            stay(db, session, INSIDE)
        for reader in READERS:
            workspace_id = OTHER if reader == "stranger" else WORKSPACE
            listed = Listed(slipped=(1,), decided=(1,))
            digests.add(session, digest=Digest(0, workspace_id, uid(reader), WEEK, listed, NOW))


def stay(db: Database, session: Any, readers: set[str]) -> None:
    ids = {uid(reader) for reader in readers}
    channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids=ids, at=NOW)


Reader = dict[str, Any]
Texts = tuple[object, object]
"""What a surface says of the decision, and of the action item."""


def said(answer: Callable[[], object]) -> str:
    """What the reader reads, or the sentence that is said instead."""
    try:
        return str(answer())
    except UserError as error:
        return str(error)


def lists(db: Database, reader: Reader) -> Texts:
    asked = Asked(Which.PERSON, person_id=uid("owner"))
    return (
        said(lambda: decision_list.list_answer(decision_cards.listing(db, **reader))),
        said(lambda: action_list.list_answer(action_lists.listing(db, **reader, asked=asked))),
    )


def one(db: Database, reader: Reader, number: int = 1) -> tuple[str, str]:
    """`/decision D-1` and `/action A-1`."""
    own = reader["reader_id"]
    return (
        said(lambda: decision_list.one_answer(decision_cards.numbered(db, **reader, number=number), own)),
        said(lambda: action_list.one_answer(action_cards.numbered(db, **reader, number=number), own)),
    )


def page(db: Database, reader: Reader) -> Texts:
    text = str(home_page(home.card(db, **person(reader), now=MONDAY)))
    return text, text


def week(db: Database, reader: Reader) -> Texts:
    """A digest that lists both, as it is drawn anew."""
    with db.read() as session:
        found = digests.newest_of(session, **person(reader))
    assert found
    card = digest_cards.card(db, workspace_id=reader["workspace_id"], digest_id=found.id, now=MONDAY)
    text = str(digest_message(card)) if card else ""
    return text, text


def button(db: Database, reader: Reader, record_id: int = 1) -> tuple[str, str]:
    """Of a message that is older than where the reader stands now."""
    return (
        said(lambda: decision_forms.edit_form(db, **person(reader), decision_id=record_id, now=NOW)),
        said(lambda: action_changes.change_form(db, **person(reader), item_id=record_id, move=Move.NEW_DATE)),
    )


def answers(db: Database, reader: Reader) -> Texts:
    """Whether a button says more of a record than of none."""
    (decision, item), (no_decision, no_item) = button(db, reader), button(db, reader, 999)
    return decision != no_decision and TITLE, item != no_item and WHAT


def messages(db: Database, reader: Reader) -> Texts:
    """What they got once, as it is drawn anew."""
    place = reader["workspace_id"], Subject(Kind.INFORMED, 1, person_id=reader["reader_id"])
    told = Delivery("D", *place, 2, 1, 1, uncertain=False, claimed_at=MONDAY, lease_until=MONDAY, ts="1.1")
    asked = replace(told, id="A", subject=replace(told.subject, kind=Kind.ACTION))
    drawn = contents(db, [told, asked], MONDAY)
    return str(drawn["D"]), str(drawn["A"])


def links(db: Database, reader: Reader) -> Texts:
    """To the message they were made of."""
    return tuple("archives/" in text and text for text in one(db, reader))  # type: ignore[return-value] # of two


def places(db: Database, reader: Reader) -> Texts:
    """The name of the channel."""
    return tuple("#pricing" in text and text for text in one(db, reader))  # type: ignore[return-value] # of two


SURFACES = (lists, one, page, week, answers, messages, links, places)
"""The columns of the tables, in their order."""


def person(reader: Reader) -> dict[str, str]:
    return {"workspace_id": reader["workspace_id"], "person_id": reader["reader_id"]}


def as_reader(name: str) -> Reader:
    return {"workspace_id": OTHER if name == "stranger" else WORKSPACE, "reader_id": uid(name), "now": MONDAY}


def cell(texts: Texts) -> str:
    decision, item = texts
    return f"{'D' if TITLE in str(decision) else ''}{'A' if WHAT in str(item) else ''}" or "-"


def read_by_all(db: Database) -> list[list[str]]:
    return [[name, *(cell(surface(db, as_reader(name))) for surface in SURFACES)] for name in READERS]


def rows(table: str) -> list[list[str]]:
    """Of the text of a table; the words of a reader are joined by dots there."""
    found = [line.split() for line in table.strip().splitlines()[1:]]
    return [[name.replace(".", " "), *cells] for name, *cells in found]
