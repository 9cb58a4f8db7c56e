"""Lists of action items for one reader, on both databases."""

from dataclasses import replace

import pytest

from domain.action_lists import Asked, Which
from domain.people import Person
from services import action_lists
from services.action_lists import NoLead
from storage import people
from storage.engine import Database
from tests.actions.items import done, submit
from tests.team import ANA, BEN, CHLOE, DEV, NOW, PRICING, WORKSPACE


def listed(db: Database, which: Which, reader: str = ANA, *, page: int = 0, of: str = "") -> dict[str, list[str]]:
    """The names of the items on that page, by list."""
    asked = Asked(which, page, of)
    found = action_lists.listing(db, workspace_id=WORKSPACE, reader_id=reader, asked=asked, now=NOW)
    return {part.which: [card.item.name for card in part.cards] for part in found.parts}


def assign(db: Database, manager_id: str, *ids: str) -> None:
    with db.write() as session:
        for each in people.people(session, workspace_id=WORKSPACE, ids=ids).values():
            people.set_up_person(session, person=replace(each, manager_id=manager_id))


def test_a_list_has_what_is_mine_and_what_i_wait_for(db: Database) -> None:
    submit(db)
    submit(db, draft="d2", owner=ANA)
    submit(db, draft="d3", by=BEN, owner=ANA)
    assert listed(db, Which.ALL) == {"mine": ["A-2", "A-3"], "waiting": ["A-1"]}
    assert listed(db, Which.MINE) == {"mine": ["A-2", "A-3"]}
    assert listed(db, Which.WAITING) == {"waiting": ["A-1"]}


def test_a_team_is_listed_by_day_for_whoever_it_is_assigned_to(db: Database) -> None:
    assign(db, ANA, BEN, DEV)
    submit(db, by=CHLOE, due="2026-11-27")
    submit(db, by=CHLOE, draft="d2", owner=DEV)
    submit(db, by=CHLOE, draft="d3", owner=CHLOE)
    assert listed(db, Which.TEAM) == {"team": ["A-2", "A-1"]}
    assert listed(db, Which.ALL) == {"team": ["A-2", "A-1"]}
    assert listed(db, Which.TEAM, CHLOE) == {}


def test_of_others_one_reads_what_one_may_see(db: Database) -> None:
    assign(db, ANA, BEN)
    submit(db)
    submit(db, by=CHLOE, draft="d2", channel=PRICING)
    assert listed(db, Which.PERSON, of=BEN) == {"person": ["A-1"]}
    assert listed(db, Which.TEAM) == {"team": ["A-1"]}
    assert listed(db, Which.PERSON, CHLOE, of=BEN) == {"person": ["A-1", "A-2"]}
    done(db, person_id=BEN)
    assert listed(db, Which.PERSON, of=BEN) == {}
    assert listed(db, Which.PERSON, of="U404") == {}


def test_my_leads_list_is_that_of_whom_i_report_to(db: Database) -> None:
    submit(db)
    with pytest.raises(NoLead):
        listed(db, Which.LEAD)
    assign(db, BEN, ANA)
    assert listed(db, Which.LEAD) == {"lead": ["A-1"]}


def test_a_long_list_has_pages_and_one_past_the_end_is_the_last(db: Database) -> None:
    for number in range(12):
        submit(db, draft=f"d{number}", owner=ANA)
    assert [len(listed(db, Which.MINE, page=page)["mine"]) for page in (0, 1, 7)] == [10, 2, 2]


def test_a_list_is_read_back_from_its_address() -> None:
    asked = Asked(Which.PERSON, 3, "U1")
    assert Asked.read(str(asked)) == asked
    assert Asked.read(str(asked.turned(-1))) == Asked(Which.PERSON, 2, "U1")


def test_somebody_who_left_leads_nobody(db: Database) -> None:
    assign(db, ANA, BEN)
    submit(db)
    with db.write() as session:
        people.save_person(session, person=Person(WORKSPACE, ANA, "Ana", left=True, updated=9))
    assert listed(db, Which.TEAM) == {}
