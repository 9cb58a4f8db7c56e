"""What people choose about their digest, and how the form says what follows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.digest_choices import USUAL, Choice, Rhythm, Shape
from domain.digest_settings import DigestSheet
from domain.errors import FieldErrors
from domain.people import Absence, Person
from sandbox.blockkit.problems import problems_of_view
from services import digest_settings
from storage import people
from storage.engine import Database
from surface.digest_settings import saved_form, settings_form
from tests.digests import MONDAY, planned, weeks, write
from tests.nasty import TEXTS
from tests.team import ANA, BEN, CHLOE, GONE, NOW, WORKSPACE, audited, unchanged

GIVEN = {"rhythm": "weekly", "day": "0", "hour": "8", "length": "by_role"}


def choose(db: Database, **given: str) -> DigestSheet:
    return digest_settings.choose(db, workspace_id=WORKSPACE, person_id=BEN, given={**GIVEN, **given}, now=NOW)


def test_a_choice_plans_the_next_one(db: Database) -> None:
    sheet = choose(db, day="2", hour="15")
    assert sheet.choice == Choice(weekday=2, hour=15)
    assert sheet.next_at == planned(db) == MONDAY + timedelta(days=2, hours=7)
    with unchanged(db):
        choose(db, day="2", hour="15")


def test_never_is_undone_by_choosing_again(db: Database) -> None:
    assert choose(db, rhythm="never").next_at is None
    write(db, MONDAY + timedelta(weeks=2))
    assert weeks(db) == []
    assert choose(db).next_at == MONDAY


@pytest.mark.parametrize("delegate", [BEN, GONE, "UNOBODY", ANA])
def test_a_delegate_is_somebody_else_of_this_workspace_and_no_guest(db: Database, delegate: str) -> None:
    with db.write() as session:
        ana = people.people(session, workspace_id=WORKSPACE)[ANA]
        people.save_person(session, person=replace(ana, is_guest=True))
    with pytest.raises(FieldErrors) as refused, unchanged(db):
        choose(db, delegate=delegate)
    assert list(refused.value.fields) == ["delegate"]


def test_naming_a_delegate_is_audited_once(db: Database) -> None:
    choose(db, delegate=CHLOE)
    choose(db, delegate=CHLOE, hour="9")
    assert audited(db) == [("digest delegate named", BEN, BEN)]


BASE = DigestSheet(Person(WORKSPACE, BEN, "Ben"), USUAL, Shape.TEAM, MONDAY, NOW)
AWAY = (Absence(date(2026, 11, 20), date(2026, 11, 24)),)
DELEGATE = Person(WORKSPACE, CHLOE, "Chloe")


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (BASE, "The next one comes"),
        (replace(BASE, choice=Choice(Rhythm.NEEDED)), "if something needs you or slips"),
        (replace(BASE, choice=Choice(Rhythm.NEVER), next_at=None), "No digest comes by itself"),
        (replace(BASE, next_at=NOW), "comes at once"),
        (replace(BASE, shape=None, next_at=None), "Nobody is assigned to you yet"),
        (replace(BASE, next_at=None), "no working day"),
        (replace(BASE, choice=Choice(delegate_id=CHLOE), delegate=DELEGATE), "While you are away, Chloe reads it."),
        (
            replace(BASE, choice=Choice(delegate_id=CHLOE), delegate=replace(DELEGATE, absences=AWAY)),
            "is away too, until Tue 24 Nov 2026",
        ),
        (
            replace(BASE, choice=Choice(delegate_id=CHLOE), delegate=replace(DELEGATE, left=True)),
            "Chloe can no longer read it",
        ),
    ],
)
def test_the_form_says_what_follows(sheet: DigestSheet, says: str) -> None:
    assert says in str(settings_form(sheet))
    assert says in str(saved_form(sheet))


@pytest.mark.parametrize("text", TEXTS)
def test_the_form_opens_whatever_people_are_called(text: str) -> None:
    delegate = Person(WORKSPACE, CHLOE, text)
    sheet = replace(BASE, reader=replace(BASE.reader, is_admin=True), choice=Choice(delegate_id=CHLOE))
    for each in (sheet, replace(sheet, delegate=delegate)):
        assert problems_of_view(settings_form(each)) == []
        assert problems_of_view(saved_form(each)) == []
