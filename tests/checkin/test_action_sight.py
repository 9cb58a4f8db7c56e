"""Who sees an action item that an answer made: as far as the answer goes, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.action_lists import Asked, Which
from domain.actions import NoSuchAction
from domain.people import Person, Role
from domain.templates import Post
from services import action_cards, action_lists, sync
from storage import people
from storage.engine import Database
from tests.checkin.team import ANA, BEN, BERLIN, DEV, FRIDAY, GRACE, WORKSPACE, Team, settle_in
from tests.checkin.test_action_answers import template
from tests.checkin.test_observers import observe

WHEN = BERLIN + timedelta(days=7)
BOSS, ZOE, LEE = (
    Person(WORKSPACE, each, name, zone_name="Europe/Berlin")
    for each, name in (("U7", "Boss"), ("U8", "Zoe"), ("U9", "Lee"))
)


def asking(db: Database, *places: str) -> Team:
    """Ana has asked Ben to do something by Tuesday; Zoe observes, and Lee has nothing to do with it."""
    everybody = (replace(ANA, manager_id=BOSS.id), BEN, DEV, GRACE, BOSS, LEE)
    team = settle_in(db, replace(template(), who=(f"@{ANA.id}", f"@{DEV.id}"), post=Post(places)), everybody=everybody)
    sync.save_person(db, person=ZOE, now=FRIDAY)
    observe(team, ZOE)
    team.at(BERLIN)
    team.answer(ANA, BERLIN, next="Relabel March", who=BEN.id, day="2026-11-24")
    team.at(BERLIN)
    return team


def late(team: Team, reader: Person) -> int:
    found = action_lists.listing(
        team.db, workspace_id=WORKSPACE, reader_id=reader.id, asked=Asked(Which.LATE), now=WHEN
    )
    return sum(part.total for part in found.parts)


def finds(team: Team, reader: Person) -> bool:
    try:
        action_cards.numbered(team.db, workspace_id=WORKSPACE, reader_id=reader.id, number=1, now=WHEN)
    except NoSuchAction:
        return False
    return True


@pytest.mark.parametrize(
    ("place", "sees"),
    [
        ("channel", "Ana Ben Boss Dev Grace Lee Zoe"),
        ("facilitator", "Ana Ben Grace Zoe"),
        ("participants", "Ana Ben Dev Grace Zoe"),
        ("managers", "Ana Ben Boss Grace Zoe"),
    ],
)
def test_an_action_item_goes_as_far_as_the_answer_that_made_it(database: Database, place: str, sees: str) -> None:
    team = asking(database, place)
    everybody = (ANA, BEN, BOSS, DEV, GRACE, LEE, ZOE)
    assert " ".join(each.name for each in everybody if finds(team, each)) == sees


@pytest.mark.parametrize(("place", "listed"), [("channel", 1), ("facilitator", 0)])
def test_nor_is_it_listed_as_late_to_others(database: Database, place: str, listed: int) -> None:
    team = asking(database, place)
    assert late(team, LEE) == listed
    assert late(team, GRACE) == 1


def test_once_all_who_are_named_have_left_those_who_look_after_it_see_it(database: Database) -> None:
    team = asking(database, "managers")
    with database.write() as session:
        people.set_up_person(session, person=replace(LEE, role=Role.LEAD))
    assert not finds(team, LEE)
    for gone in (ANA, BEN):
        sync.save_person(database, person=replace(gone, left=True, updated=9), now=WHEN)
    assert finds(team, LEE)
    assert not finds(team, DEV)
