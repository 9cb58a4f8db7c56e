"""Answers given ahead go only to those who were to read them then; where others would, their person is asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.deliveries import Kind
from domain.kept import Filled
from domain.people import Person
from domain.templates import Post
from services import absences, checkin_forms, sync
from storage import observers
from storage import rituals as stored
from storage.engine import Database
from tests.checkin.team import ANA, BEN, BERLIN, FRIDAY, GIVEN, GRACE, WORKSPACE, Team, settle_in, weekly
from tests.checkin.test_answering_ahead import LATER, filled, opened, send
from tests.checkin.test_observers import CLOSED, GUEST, ZOE

Change = Callable[[Team], None]


def ahead(db: Database, *to: str, is_private: bool = True, zoe: Person = ZOE) -> Team:
    """On Sunday, when Ana has answered."""
    team = settle_in(db, replace(weekly(), post=Post(to)))
    sync.save_person(db, person=zoe, now=FRIDAY)
    if is_private:
        sync.save_channel(db, channel=CLOSED, now=FRIDAY)
    send(team, opened(team))
    return team


def naming(*named: Person) -> Change:
    def change(team: Team) -> None:
        with team.db.write() as session:
            ids = [each.id for each in named]
            observers.put(session, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_ids=ids, now=LATER)

    return change


def posting(*to: str) -> Change:
    def change(team: Team) -> None:
        with team.db.write() as session:
            template = replace(team.ritual.template, post=Post(to))
            stored.set_template(session, ritual_id=team.ritual.id, template=template, version=1)

    return change


@pytest.mark.parametrize(
    ("before", "change", "goes_to"),
    [
        (("channel",), naming(ZOE), "the channel and Zoe"),
        (("facilitator",), posting("channel"), "the channel"),
        (("facilitator",), naming(BEN), "its facilitator and Ben"),
        (("channel",), posting("channel", "managers"), "the channel and the managers of those asked"),
    ],
)
def test_whoever_answered_before_others_were_to_read_it_is_asked_and_reads_who_they_are(
    database: Database, before: tuple[str, ...], change: Change, goes_to: str
) -> None:
    team = ahead(database, *before)
    change(team)
    team.at(BERLIN)
    assert team.answers_of(ANA) == {}
    (invitation,) = team.messages(Kind.PROMPT, ANA)
    assert f"ahead is in the form, not sent: more people read it now, it goes to {goes_to}." in invitation
    where = {"workspace_id": WORKSPACE, "prompt_id": team.prompt(ANA).id, "person_id": ANA.id}
    assert checkin_forms.open_form(database, **where, now=BERLIN).answers == GIVEN  # type: ignore[arg-type] # by name
    team.answer(ANA, BERLIN)
    assert team.answers_of(ANA) == GIVEN


@pytest.mark.parametrize(
    ("before", "change", "is_private"),
    [
        (("channel",), naming(GRACE), True),
        (("channel",), naming(ZOE), False),
        (("channel", "managers"), posting("channel"), True),
        (("managers",), posting("facilitator"), True),
    ],
)
def test_where_only_such_read_it_as_would_have_then_it_is_taken_over(
    database: Database, before: tuple[str, ...], change: Change, *, is_private: bool
) -> None:
    team = ahead(database, *before, is_private=is_private)
    change(team)
    team.at(BERLIN)
    assert team.answers_of(ANA) == GIVEN


def test_a_guest_who_observes_a_public_channel_is_a_new_reader(database: Database) -> None:
    team = ahead(database, "channel", is_private=False, zoe=GUEST)
    naming(GUEST)(team)
    team.at(BERLIN)
    assert team.answers_of(ANA) == {}


def test_it_counts_for_whom_it_was_sent_and_not_what_was_typed_since(database: Database) -> None:
    team = ahead(database, "channel")
    naming(ZOE)(team)
    later: Filled = filled(opened(team, LATER), moved="Half a thou")
    checkin_forms.keep_typed(database, filled=later, now=LATER + timedelta(minutes=1))
    team.at(BERLIN)
    assert team.answers_of(ANA) == {}


def test_whoever_sends_it_once_more_is_taken_at_their_word(database: Database) -> None:
    team = ahead(database, "channel")
    naming(ZOE)(team)
    send(team, opened(team, LATER), LATER, moved="For Zoe too.")
    team.at(BERLIN)
    assert team.answers_of(ANA)["moved"] == "For Zoe too."


def test_of_whoever_is_away_it_is_not_read_by_others_either(database: Database) -> None:
    team = ahead(database, "channel")
    naming(ZOE)(team)
    place = {"workspace_id": WORKSPACE, "person_id": ANA.id, "draft_id": "away"}
    absences.away(database, **place, first="2026-11-23", last="2026-11-24", now=LATER)
    team.at(BERLIN)
    assert team.states()[0] == "away"
    assert team.answers_of(ANA) == {}
