"""Being away and coming back, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import update

from bot.library import shipped_library
from domain.deliveries import Kind
from domain.errors import FieldErrors, NotAllowed
from domain.people import Absence
from domain.runs import Missed, PromptState
from services import absence_news, absences, asking, opening, people, rituals
from storage.engine import Database
from storage.tables import ChannelRow
from surface.away import away_answer, away_form, marked_message
from surface.coming_back import back_answer, back_message
from tests.people.crew import MONDAY, person, prompt_of, switch_on
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, audited, owed
from tests.trail import entries


def away(db: Database, first: str, last: str, *, draft: str = "d1", by: str = BEN, now: datetime = NOW) -> Absence:
    return absences.away(
        db, workspace_id=WORKSPACE, person_id=by, first=first, last=last, draft_id=draft, now=now
    ).absence


def test_being_away_covers_both_days(db: Database) -> None:
    assert away(db, "2026-12-01", "2026-12-04") == person(db, BEN).absences[0]
    assert str(person(db, BEN).absences[0].last) == "2026-12-04"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-12-04", "2026-12-01", "last"),
        ("2026-11-01", "2026-11-19", "last"),
        ("2026-12-01", "2028-12-01", "last"),
        ("2026-12-01", "9999-12-31", "last"),
        ("soon", "2026-12-01", "first"),
        ("2026-12-01", "", "last"),
    ],
)
def test_days_that_cannot_be_meant_are_marked(db: Database, first: str, last: str, field: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        away(db, first, last)
    assert set(caught.value.fields) == {field}
    assert person(db, BEN).absences == ()


def test_nobody_is_away_in_days_that_cannot_be_counted_on_from(db: Database) -> None:
    with pytest.raises(FieldErrors, match="no further than the year 2199"):
        away(db, "9999-12-30", "9999-12-31")
    away(db, "2026-12-01", "2026-12-02")


def test_the_same_form_again_is_one_absence_and_with_other_days_it_moves(db: Database) -> None:
    away(db, "2026-12-01", "2026-12-04")
    away(db, "2026-12-01", "2026-12-04")
    assert len(person(db, BEN).absences) == 1
    moved = away(db, "2026-12-02", "2026-12-03")
    assert person(db, BEN).absences == (moved,)
    away(db, "2026-12-02", "2026-12-03", draft="d2")
    assert len(person(db, BEN).absences) == 1


def test_a_prompt_that_is_not_out_counts_as_away(db: Database) -> None:
    switch_on(db)
    opening.open_due(db, now=MONDAY)
    away(db, "2026-11-23", "2026-11-27", by=DEV, now=MONDAY)
    found = prompt_of(db, DEV)
    assert (found.state, found.missed) == (PromptState.MISSED, Missed.AWAY)


def test_back_ends_what_covers_today_and_keeps_what_is_to_come(db: Database) -> None:
    away(db, "2026-11-16", "2026-11-24")
    later = away(db, "2026-12-01", "2026-12-04", draft="d2")
    assert absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW) == (True, [], "")
    assert str(person(db, BEN).absences[0].last) == "2026-11-19"
    assert person(db, BEN).absences_from(NOW.date()) == (later,)
    assert absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW) == (False, [], "")


def test_a_form_sent_again_after_coming_back_keeps_its_new_days(db: Database) -> None:
    away(db, "2026-11-20", "2026-11-25")
    absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    again = away(db, "2026-12-01", "2026-12-04")
    assert person(db, BEN).absences == (again,)
    moved = away(db, "2026-12-02", "2026-12-04")
    assert person(db, BEN).absences == (moved,)


def test_a_form_sent_again_after_coming_back_leaves_the_days_that_were_taken(db: Database) -> None:
    away(db, "2026-11-16", "2026-11-24")
    absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    (taken,) = person(db, BEN).absences
    again = away(db, "2026-12-01", "2026-12-04")
    assert set(person(db, BEN).absences) == {taken, again}


def test_a_form_sent_again_after_coming_back_moves_nobody_elses_days(db: Database) -> None:
    away(db, "2026-11-20", "2026-11-25")
    absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    others = away(db, "2026-11-23", "2026-11-27", by=CHLOE, draft="d2")
    away(db, "2026-12-01", "2026-12-04")
    assert person(db, CHLOE).absences == (others,)
    assert len(person(db, BEN).absences) == 1


def test_an_absence_of_today_alone_is_gone_after_back(db: Database) -> None:
    away(db, "2026-11-20", "2026-11-25")
    absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    assert person(db, BEN).absences == ()


def test_today_is_the_persons_own_day(db: Database) -> None:
    late_evening = NOW + timedelta(hours=12)
    assert absences.open_away(db, workspace_id=WORKSPACE, person_id=DEV, now=late_evening).today == NOW.date()


def managed(db: Database) -> None:
    """Chloe manages Ben."""
    people.set_up(db, workspace_id=WORKSPACE, actor_id=ANA, person_id=BEN, given={"manager": CHLOE}, shown={}, now=NOW)


def marked(db: Database, reason: str = "", *, by: str = CHLOE, first: str = "2026-12-01", draft: str = "d1") -> str:
    """What Ben is told, once somebody marked him as away."""
    days = {"first": first, "last": "2026-12-04"}
    who = {"workspace_id": WORKSPACE, "person_id": BEN, "actor_id": by}
    absences.away(db, **who, **days, reason=reason, draft_id=draft, now=NOW)
    (due,) = owed(db, Kind.AWAY)
    found = absences.said_by_other(db, workspace_id=WORKSPACE, absence_id=due.subject_id)
    assert found
    assert due.person_id == BEN
    return marked_message(*found).text


def test_a_manager_says_it_for_whom_they_manage_who_is_told_once(db: Database) -> None:
    managed(db)
    said = marked(db, " A   new child ")
    assert said == (
        "Chloe marked you as away from Tue 1 Dec 2026 to Fri 4 Dec 2026 (A new child). "
        "You are not asked then, and not counted as missing."
    )
    marked(db, "A new child")
    assert "on Fri 4 Dec 2026" in marked(db, "A new child", first="2026-12-04")
    assert len(person(db, BEN).absences) == 1
    assert audited(db)[1:] == [("marked as away", BEN, CHLOE)] * 2


def test_a_manager_ends_an_absence_of_whom_they_manage_who_is_told_once(db: Database) -> None:
    managed(db)
    away(db, "2026-11-20", "2026-11-25")
    who = {"workspace_id": WORKSPACE, "person_id": BEN, "actor_id": CHLOE}
    with pytest.raises(NotAllowed, match="Only Ben and their manager may do that"):
        absences.back(db, **{**who, "actor_id": ANA}, now=NOW)
    assert absences.back(db, **who, now=NOW) == (True, [], "Ben")
    assert absences.back(db, **who, now=NOW) == (False, [], "Ben"), "again it changes nothing"
    assert person(db, BEN).absences == ()
    (due,) = owed(db, Kind.BACK)
    assert (due.person_id, due.wanted) == (BEN, 1)
    said = back_message(*absence_news.ended_by_other(db, workspace_id=WORKSPACE, part=due.part))
    assert said.text == "Chloe ended your absence. You are asked again from Fri 20 Nov 2026 on."
    assert audited(db)[-1] == ("marked as back", BEN, CHLOE)
    assert "Ben is asked again from today on. Muster tells them." in str(back_answer(True, [], "Ben"))
    assert back_answer(False, [], "Ben")["text"] == "Ben is not marked as away today."


def test_the_reason_is_read_by_the_person_and_their_manager_and_not_kept_in_the_audit_trail(db: Database) -> None:
    managed(db)
    marked(db, "Surgery")
    for reader in (BEN, CHLOE):
        form = absences.open_away(db, workspace_id=WORKSPACE, person_id=BEN, actor_id=reader, now=NOW)
        assert "(Surgery)" in str(away_form(form))
    assert "Surgery" not in str(entries(db))


@pytest.mark.parametrize("by", [ANA, DEV])
def test_nobody_else_says_it_for_them_or_reads_why(db: Database, by: str) -> None:
    managed(db)
    with pytest.raises(NotAllowed, match="Only Ben and their manager may do that"):
        marked(db, by=by)
    with pytest.raises(NotAllowed):
        absences.open_away(db, workspace_id=WORKSPACE, person_id=BEN, actor_id=by, now=NOW)


def test_an_absence_from_one_ritual_is_none_from_the_others(db: Database) -> None:
    managed(db)
    switch_on(db)
    who = {"workspace_id": WORKSPACE, "person_id": BEN, "actor_id": CHLOE}
    form = absences.open_away(db, **who, now=NOW)
    assert list(form.rituals.values()) == ["Weekly sync"]
    days = {"first": "2026-11-23", "last": "2026-11-27"}
    found = absences.away(db, **who, **days, rituals=["Weekly sync", "No such"], draft_id="d1", now=NOW)
    assert "Ben is away for Weekly sync only from Mon 23 Nov 2026" in away_answer(found)["text"]
    ben = person(db, BEN)
    assert not ben.is_away(MONDAY.date())
    assert not ben.seen_by("retro").is_away(MONDAY.date())
    assert ben.seen_by("weekly-sync").is_away(MONDAY.date())
    opening.open_due(db, now=MONDAY)
    assert prompt_of(db, BEN).missed is Missed.AWAY


def test_nobody_reads_of_rituals_in_channels_they_are_not_in(db: Database) -> None:
    people.set_up(db, workspace_id=WORKSPACE, actor_id=ANA, person_id=BEN, given={"manager": DEV}, shown={}, now=NOW)
    rituals.switch_on(
        db,
        workspace_id=WORKSPACE,
        channel_id=PRICING,
        person_id=BEN,
        template=shipped_library()["weekly-sync"],
        now=NOW,
    )
    for reader, known in ((BEN, ["Weekly sync"]), (DEV, [])):
        form = absences.open_away(db, workspace_id=WORKSPACE, person_id=BEN, actor_id=reader, now=NOW)
        assert list(form.rituals.values()) == known


@pytest.mark.parametrize(
    ("says", "channel", "least", "told"),
    [
        (BEN, FORECAST, None, ["Weekly sync"]),
        (CHLOE, FORECAST, None, ["Weekly sync"]),
        (BEN, FORECAST, 3, ["Weekly sync"]),
        (CHLOE, FORECAST, 3, []),
        (BEN, PRICING, None, ["Weekly sync"]),
        (DEV, PRICING, None, []),
    ],
)
def test_a_manager_does_not_hear_whether_an_anonymous_or_private_check_in_waits(
    db: Database, says: str, channel: str, least: int | None, told: list[str]
) -> None:
    given = {"manager": CHLOE if says == BEN else says}
    people.set_up(db, workspace_id=WORKSPACE, actor_id=ANA, person_id=BEN, given=given, shown={}, now=NOW)
    template = replace(shipped_library()["weekly-sync"], who=("everyone",), anonymous=least)
    place = {"workspace_id": WORKSPACE, "channel_id": channel}
    rituals.switch_on(db, **place, person_id=BEN, template=template, now=NOW)
    opening.open_due(db, now=MONDAY)
    asking.ask_due(db, now=MONDAY)
    with db.write() as session:
        session.execute(update(ChannelRow).values(checked_at=MONDAY))
    who = {"workspace_id": WORKSPACE, "person_id": BEN, "actor_id": says}
    days = {"first": "2026-11-23", "last": "2026-11-23"}
    assert list(absences.away(db, **who, **days, draft_id="d1", now=MONDAY).let_go) == told
    assert prompt_of(db, BEN).missed is Missed.AWAY
    assert absences.back(db, **who, now=MONDAY)[1] == told
    assert prompt_of(db, BEN).missed is None
