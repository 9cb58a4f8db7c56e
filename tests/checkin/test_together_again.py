"""Check-ins that are asked anew, as their person was away when their message was to go, among others."""

from dataclasses import replace
from datetime import timedelta

from domain.cadence import parse
from domain.deliveries import Kind
from services import absences
from storage.engine import Database
from tests.checkin.team import AFTER, ANA, BERLIN, RETRO, WORKSPACE, Team, also, settle_in

HOUR = timedelta(hours=1)
TODAY = "2026-11-23"


def away_today(team: Team, *titles: str) -> None:
    about = {"workspace_id": WORKSPACE, "person_id": ANA.id, "draft_id": "d", "now": BERLIN}
    absences.away(team.db, first=TODAY, last=TODAY, rituals=titles, **about)  # type: ignore[arg-type] # by name


def come_back(team: Team) -> None:
    absences.back(team.db, workspace_id=WORKSPACE, person_id=ANA.id, now=BERLIN + HOUR)
    team.at(BERLIN + HOUR + AFTER)


def about(team: Team) -> list[str]:
    """What each message asks."""
    return sorted(message.partition(":")[0] for message in team.messages(Kind.PROMPT, ANA))


def test_each_comes_though_the_message_named_after_one_of_them_was_sent_without_it(team: Team) -> None:
    also(also(team), replace(RETRO, id="quick", title="Quick"))
    team.open_and_ask(BERLIN)
    away_today(team, "Weekly sync", "Quick")
    team.at(BERLIN + AFTER)
    assert about(team) == ["Retro"]
    come_back(team)
    assert about(team) == ["Quick", "Retro", "Weekly sync"]


def test_each_comes_once_though_they_were_first_asked_at_different_minutes(database: Database) -> None:
    team = also(settle_in(database), replace(RETRO, cadence=parse("every mon at 09:31")))
    for minute in range(2):
        team.open_and_ask(BERLIN + timedelta(minutes=minute))
    away_today(team, "Weekly sync", "Retro")
    come_back(team)
    assert about(team) == ["Retro", "Weekly sync"]
