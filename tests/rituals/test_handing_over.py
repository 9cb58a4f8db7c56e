"""A ritual is handed over with one click, to whoever is next, on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.people import Person, Role
from services import absences, manual_runs, ritual_cards, ritual_changes, sync
from services.ritual_changes import AwayNow, OutsideNow, TakenOver
from services.rituals import NotYours
from storage.engine import Database
from tests.checkin.team import (
    AFTER,
    ANA,
    BEN,
    BERLIN,
    CHANNEL,
    DEV,
    EVERYBODY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    weekly,
)
from tests.checkin.test_observers import CLOSED
from tests.team import audited

LATER = BERLIN + AFTER
ABOUT = {"workspace_id": WORKSPACE, "ritual_id": 1}


def settled(db: Database, *, turns: str | None = None, leads: Sequence[Person] = ()) -> Team:
    """The first run has opened; without turns Grace facilitates it."""
    everybody = tuple(replace(each, role=Role.LEAD) if each in leads else each for each in EVERYBODY)
    team = settle_in(db, replace(weekly(), facilitator=turns, who=("everyone",)), everybody=everybody)
    team.at(BERLIN)
    return team


def next_one(team: Team) -> str:
    """Whom the button names."""
    card = ritual_cards.card(team.db, **ABOUT, now=BERLIN)  # type: ignore[arg-type] # by name
    return card.successor.name if card and card.successor else ""


def hand(team: Team, to: Person, by: Person = GRACE, *, seen: Person | None = None) -> None:
    about: Any = {**ABOUT, "person_id": by.id, "to": to.id, "seen": (seen or by).id}
    ritual_changes.hand_to(team.db, **about, now=LATER)
    team.at(LATER)


def away(team: Team, person: Person) -> None:
    days = {"first": "2026-11-20", "last": "2026-11-27"}
    absences.away(team.db, workspace_id=WORKSPACE, person_id=person.id, draft_id=person.id, **days, now=BERLIN)


def test_turns_go_to_whoever_had_theirs_longest_ago(database: Database) -> None:
    team = settled(database, turns="1 of everyone")
    assert team.runs[0].facilitator_id == ANA.id
    assert next_one(team) == "Ben"
    team.all_answer(LATER)
    manual_runs.run_now(team.db, **ABOUT, person_id=GRACE.id, draft_id="d", now=LATER)  # type: ignore[arg-type] # by name
    assert team.runs[-1].facilitator_id == BEN.id
    assert next_one(team) == "Dev"


def test_without_turns_it_goes_to_the_lead_who_follows_by_name(database: Database) -> None:
    team = settled(database, leads=(ANA, DEV, GRACE))
    assert next_one(team) == "Ana", "after the last comes the first"
    hand(team, ANA)
    assert next_one(team) == "Dev"


def test_who_is_away_is_passed_over_until_nobody_is_left(database: Database) -> None:
    team = settled(database, leads=(ANA, DEV))
    away(team, ANA)
    assert next_one(team) == "Dev"
    sync.save_person(team.db, person=replace(DEV, left=True, updated=1), now=BERLIN)
    assert next_one(team) == ""


def test_one_click_hands_it_over_and_both_messages_say_so(database: Database) -> None:
    team = settled(database, turns="1 of everyone")
    (told,) = team.messages(Kind.FACILITATOR, ANA)
    assert "Hand to Ben\nSomebody else…" in told
    hand(team, BEN, by=ANA)
    (told,) = team.messages(Kind.FACILITATOR, ANA)
    assert told.startswith("You facilitated Weekly sync in #forecast. Now Ben does.")
    assert "Hand to" not in told
    (told,) = team.messages(Kind.FACILITATOR, BEN)
    assert told.startswith("You facilitate Weekly sync in #forecast now, in the place of Ana.")
    assert "Hand to Dev" in told
    assert team.runs[0].facilitator_id == BEN.id


def test_a_second_click_changes_nothing_though_it_is_no_longer_theirs(database: Database) -> None:
    team = settled(database, turns="1 of everyone")
    for _ in range(2):
        hand(team, BEN, by=ANA)
    assert len(team.messages(Kind.FACILITATOR, BEN)) == 1
    assert [what for what, *_ in audited(team.db)].count("ritual handed on") == 1


def test_whoever_went_away_since_is_not_handed_it(database: Database) -> None:
    team = settled(database, leads=(ANA, DEV))
    away(team, ANA)
    with pytest.raises(AwayNow, match="Ana is away now, so nothing was handed over"):
        hand(team, ANA)
    sync.save_person(team.db, person=replace(DEV, left=True, updated=1), now=BERLIN)
    with pytest.raises(FieldErrors):
        hand(team, DEV)
    assert team.runs[0].facilitator_id == GRACE.id


def test_only_those_who_may_change_it_hand_it_over(database: Database) -> None:
    team = settled(database, leads=(DEV,))
    with pytest.raises(NotYours):
        hand(team, DEV, by=ANA, seen=GRACE)
    assert team.runs[0].facilitator_id == GRACE.id


def test_what_was_drawn_before_somebody_else_took_over_hands_nothing_over(database: Database) -> None:
    team = settled(database, turns="1 of everyone")
    hand(team, BEN, by=ANA)
    with pytest.raises(TakenOver, match="Ben facilitates Weekly sync by now, so nothing was handed over"):
        hand(team, DEV, by=ANA)
    assert team.runs[0].facilitator_id == BEN.id


def test_one_click_hands_a_private_channel_to_nobody_outside_it(database: Database) -> None:
    team = settled(database, turns="1 of everyone")
    place = {"workspace_id": WORKSPACE, "channel_id": CHANNEL}
    sync.save_channel(team.db, channel=CLOSED, now=BERLIN)
    sync.save_members(team.db, **place, ids=[ANA.id, DEV.id, GRACE.id], read_at=BERLIN, now=BERLIN)
    with pytest.raises(OutsideNow, match=r"Ben is not in #forecast, .+ Press Somebody else"):
        hand(team, BEN, by=ANA)
    assert team.runs[0].facilitator_id == ANA.id
