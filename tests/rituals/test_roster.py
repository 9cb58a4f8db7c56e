"""Whom a ritual asks, and in turn, on both databases."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.library import shipped_library
from domain.people import Absence, Role
from domain.runs import Ritual
from domain.templates import Template
from services import opening, rituals, user_groups
from services.roster import roster, roster_of, still_asks
from storage import absences, people, prompts
from storage import rituals as stored
from storage.engine import Database
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, settle

WEEK = timedelta(days=7)


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    with database.write() as session:
        for person_id, function, role in (
            (ANA, "research", Role.LEAD),
            (BEN, "research", Role.LEAD),
            (CHLOE, "legal", Role.LEAD),
            (DEV, "legal", Role.CONTRIBUTOR),
        ):
            found = people.person(session, workspace_id=WORKSPACE, person_id=person_id)
            assert found
            people.set_up_person(session, person=replace(found, function=function, role=role))
    return database


def template(*who: str, facilitator: str | None = None) -> Template:
    return replace(shipped_library()["weekly-sync"], who=who, facilitator=facilitator)


def asked(db: Database, *who: str, channel: str = FORECAST) -> list[str]:
    with db.read() as session:
        found = roster(session, workspace_id=WORKSPACE, channel_id=channel, template=template(*who))
    return [each.id for each in found]


def switch_on(db: Database, wanted: Template) -> Ritual:
    place = {"workspace_id": WORKSPACE, "channel_id": FORECAST, "person_id": BEN}
    return rituals.switch_on(db, **place, template=wanted, now=NOW)[0]


def weeks(db: Database, ritual: Ritual, count: int) -> list[tuple[str, list[str]]]:
    """(facilitator, whom it asked) of so many runs, each opened when it begins."""
    found = []
    for _ in range(count):
        opening.open_due(db, now=current(db, ritual).next_at or NOW)
        with db.read() as session:
            run = stored.newest_run(session, ritual_id=ritual.id)
            assert run
            ids = [each.person_id for each in prompts.of_run(session, run_id=run.id)]
        found.append((run.facilitator_id, sorted(ids)))
    return found


def current(db: Database, ritual: Ritual) -> Ritual:
    with db.read() as session:
        found = stored.ritual(session, workspace_id=WORKSPACE, ritual_id=ritual.id)
        assert found
        return found


def test_a_person_by_name_is_asked_in_the_channel_or_not(db: Database) -> None:
    assert asked(db, f"@{DEV}", "lead of research", channel=PRICING) == [BEN, DEV]
    assert asked(db, "@UGONE", "@UNOBODY") == []


def test_the_people_of_another_public_channel_are_asked(db: Database) -> None:
    assert asked(db, "#forecast", channel=PRICING) == [ANA, BEN, CHLOE, DEV]
    assert asked(db, "lead of #forecast", channel=PRICING) == [ANA, BEN, CHLOE]
    assert asked(db, "#pricing", "#nowhere") == [], "who is in a private channel is told to nobody"


def test_a_user_group_is_asked_and_followed(db: Database) -> None:
    user_groups.save(db, workspace_id=WORKSPACE, found={"S1": [ANA, DEV, "UGONE"], "S2": []}, now=NOW)
    assert asked(db, "@S1", channel=PRICING) == [ANA, DEV]
    ritual = switch_on(db, template("@S1"))
    before = current(db, ritual).next_at
    user_groups.save(db, workspace_id=WORKSPACE, found={"S1": [CHLOE]}, now=NOW)
    assert asked(db, "@S1") == [CHLOE]
    after = current(db, ritual).next_at
    assert before
    assert after
    assert after < before, "Chloe begins her day before Ana"


def test_groups_are_read_again_when_something_changed_and_after_a_while(db: Database) -> None:
    def is_old(now: datetime) -> bool:
        return user_groups.are_old(db, workspace_id=WORKSPACE, now=now)

    assert is_old(NOW)
    user_groups.save(db, workspace_id=WORKSPACE, found={}, now=NOW)
    assert not is_old(NOW + timedelta(hours=5))
    assert is_old(NOW + timedelta(hours=7))
    user_groups.doubt(db, workspace_id=WORKSPACE)
    assert is_old(NOW)


def test_those_asked_in_turn_are_asked_after_all_others_were(db: Database) -> None:
    ritual = switch_on(db, template("1 of leads", f"@{DEV}"))
    turns = [ids for _, ids in weeks(db, ritual, 4)]
    assert turns == [[ANA, DEV], [BEN, DEV], [CHLOE, DEV], [ANA, DEV]]


def test_of_three_the_two_who_are_asked_change_fairly(db: Database) -> None:
    ritual = switch_on(db, template("2 of leads"))
    assert [ids for _, ids in weeks(db, ritual, 6)] == [[ANA, BEN], [ANA, CHLOE], [BEN, CHLOE]] * 2


def test_the_next_occurrence_begins_when_it_does_for_whose_turn_it_is(db: Database) -> None:
    ritual = switch_on(db, template("1 of leads"))
    weeks(db, ritual, 1)
    coming = current(db, ritual)
    with db.read() as session:
        assert [each.id for each in roster_of(session, coming)] == [BEN]
    assert coming.next_at
    assert coming.next_at.hour == 8, "half past nine in Berlin"


def test_whoever_is_away_is_passed_over_and_comes_next(db: Database) -> None:
    with db.write() as session:
        away = Absence(date(2026, 11, 20), date(2026, 11, 24))
        absences.add(session, workspace_id=WORKSPACE, person_id=ANA, absence=away)
    ritual = switch_on(db, template("1 of leads"))
    assert [ids for _, ids in weeks(db, ritual, 2)] == [[BEN], [ANA]]


def test_two_selectors_in_turn_do_not_pick_the_same_person(db: Database) -> None:
    assert asked(db, "1 of leads", "1 of research") == [ANA, BEN]


def test_the_facilitators_take_turns_with_each_run(db: Database) -> None:
    ritual = switch_on(db, template("everyone", facilitator="1 of leads"))
    assert ritual.facilitator_id == ANA
    assert [who for who, _ in weeks(db, ritual, 4)] == [ANA, BEN, CHLOE, ANA]
    assert current(db, ritual).facilitator_id == ANA


def test_the_lead_of_a_function_facilitates_for_good(db: Database) -> None:
    ritual = switch_on(db, template("everyone", facilitator="lead of legal"))
    assert [who for who, _ in weeks(db, ritual, 2)] == [CHLOE, CHLOE]


def test_whoever_starts_it_is_asked_only_when_they_do(db: Database) -> None:
    wanted = replace(template("me"), cadence=None)
    ritual = switch_on(db, wanted)
    with db.read() as session:
        assert roster_of(session, ritual) == []
        assert [each.id for each in roster_of(session, ritual, starter_id=DEV)] == [DEV]


def test_somebody_who_had_their_turn_is_still_meant(db: Database) -> None:
    ritual = switch_on(db, template("1 of research"))
    weeks(db, ritual, 1)
    with db.read() as session:
        run = stored.newest_run(session, ritual_id=ritual.id)
        known = people.people(session, workspace_id=WORKSPACE)
        assert run
        assert [still_asks(session, run, known[each]) for each in (ANA, BEN, CHLOE)] == [True, True, False]
