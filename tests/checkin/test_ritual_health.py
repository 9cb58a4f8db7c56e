"""A ritual that people stop answering: what its facilitator is asked, and what comes of that, on both databases."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.library import shipped_library
from domain.answering_time import Measured
from domain.cadence import parse
from domain.deliveries import Kind
from domain.metrics.participation import Count
from domain.ritual_health import Heard, Seen
from domain.runs import Ritual
from domain.submissions import Submission
from services import absences, ritual_changes, ritual_health, rituals
from services.rituals import NotYours
from simulation import recognition
from simulation.messages import squeezed
from simulation.recognition import DIRECT
from storage import rituals as stored
from storage.engine import Database
from surface.kit import Message, escape
from surface.ritual_health import health_message, merge_view
from tests.checkin.team import (
    AFTER,
    ANA,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    DEV,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    weekly,
)
from tests.remembered import remembered

WEEK = timedelta(weeks=1)
TUESDAY = timedelta(days=1)
ABOUT: dict[str, Any] = {"workspace_id": WORKSPACE, "ritual_id": 1, "person_id": GRACE.id}
SEEN = "Weekly sync in #forecast: 1 of 4, 0 of 4 and 1 of 4 answered the last three times."
TOLD = BERLIN + 2 * WEEK + TUESDAY
FOUR = (ANA, BEN, GRACE, replace(DEV, zone_name="Europe/Berlin"))
OFFERED = "Shorten\nMove\nMerge\nStop\nLeave it as it is"


def live_week(team: Team, number: int, *people: Any) -> datetime:
    """Those people answer that Monday; answers when Grace is at work on Tuesday."""
    begin = BERLIN + number * WEEK
    team.at(begin)
    for person in people:
        team.answer(person, begin)
    team.at(BERLIN_ENDS + AFTER + number * WEEK)
    team.at(begin + TUESDAY)
    return begin + TUESDAY


def two_weeks(db: Database) -> Team:
    """Lived already: one of four answered, then none."""
    ritual, sent = remembered(db, _two_weeks)
    return Team(db, ritual, sent={key: [*said] for key, said in sent.items()})


def _two_weeks(db: Database) -> tuple[Ritual, dict[str, list[Message]]]:
    team = settle_in(db, weekly(), everybody=FOUR)
    live_week(team, 0, ANA)
    live_week(team, 1)
    assert asked(team) == []
    return team.ritual, team.sent


def told_in(db: Database) -> Team:
    ritual, sent = remembered(db, _told)
    return Team(db, ritual, sent={key: [*said] for key, said in sent.items()})


def _told(db: Database) -> tuple[Ritual, dict[str, list[Message]]]:
    team = two_weeks(db)
    live_week(team, 2, ANA)
    return team.ritual, team.sent


@pytest.fixture
def team(database: Database) -> Team:
    return two_weeks(database)


@pytest.fixture
def told(database: Database) -> Team:
    return told_in(database)


def asked(team: Team) -> list[str]:
    return team.messages(Kind.HEALTH)


def change(team: Team) -> None:
    opened = ritual_changes.open_form(team.db, **ABOUT)
    sent = Submission(WORKSPACE, GRACE.id, "d1", {**opened.given, "when": "every tue at 10:00"})
    ritual_changes.change(team.db, sent=sent, ritual_id=1, seen=opened.seen, now=TOLD)


def leave(team: Team, person_id: str = GRACE.id) -> None:
    ritual_health.leave(team.db, **{**ABOUT, "person_id": person_id}, now=TOLD)


def test_after_three_times_its_facilitator_is_asked_in_their_hours_and_may_press_what_helps(told: Team) -> None:
    (text,) = asked(told)
    assert text.startswith(f"{SEEN} Would fewer questions, another time, or joining another check-in help")
    assert OFFERED in text
    assert "You hear this as its facilitator, once a month at most. Nothing changes unless you change it." in text
    assert [key for key in told.sent if key.startswith(Kind.HEALTH)] == [f"health:1:3:{GRACE.id}"]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (leave, "It stays as it is. You are not asked about it for a month."),
        (change, "It has been changed since."),
        (
            lambda team: ritual_changes.pause(team.db, **ABOUT, until=date(2027, 1, 4), now=TOLD),
            "It is paused until Mon 4 Jan 2027.",
        ),
        (lambda team: ritual_changes.end(team.db, **ABOUT, now=TOLD), "It has been ended."),
        (
            lambda team: ritual_changes.hand_over(team.db, **ABOUT, to=ANA.id, now=TOLD),
            "Now Ana facilitates it.",
        ),
    ],
)
def test_it_follows_what_becomes_of_it_and_offers_no_more(told: Team, act: Callable[[Team], object], said: str) -> None:
    act(told)
    told.at(TOLD + AFTER)
    (text,) = asked(told)
    assert text.startswith(f"{SEEN} {said}")
    assert "Shorten" not in text


def test_pressed_twice_it_is_left_once_and_only_by_those_who_may_change_it(told: Team) -> None:
    leave(told)
    leave(told)
    with pytest.raises(NotYours):
        leave(told, BEN.id)


def test_it_is_asked_again_no_sooner_than_a_month_later_and_only_while_it_lasts(told: Team) -> None:
    for number in range(3, 7):
        live_week(told, number, ANA)
        assert len(asked(told)) == 1
    live_week(told, 7, ANA)
    assert len(asked(told)) == 2, "five weeks later"


def test_a_new_version_of_it_is_not_asked_about_at_once(told: Team) -> None:
    with told.db.write() as session:
        ritual = stored.ritual(session, workspace_id=WORKSPACE, ritual_id=1)
        assert ritual
        shorter = replace(ritual.template, ask=ritual.template.ask[:1])
        stored.set_template(session, ritual_id=1, template=shorter, version=2)
    for number in range(3, 6):
        live_week(told, number)
    assert len(asked(told)) == 1


def test_half_is_enough(team: Team) -> None:
    live_week(team, 2, ANA, BEN)
    assert asked(team) == []
    assert no_run_waits(team)


def no_run_waits(team: Team) -> bool:
    """Nothing is left to look at."""
    with team.db.read() as session:
        return stored.closed_due(session, now=BERLIN + 52 * WEEK, limit=100) == []


def test_a_facilitator_who_is_away_is_asked_when_they_are_back(team: Team) -> None:
    days = {"first": "2026-12-07", "last": "2026-12-09"}
    who = {"workspace_id": WORKSPACE, "person_id": GRACE.id, "draft_id": "d1"}
    absences.away(team.db, **who, **days, now=BERLIN + 2 * WEEK - TUESDAY)
    live_week(team, 2, ANA)
    assert asked(team) == []
    team.at(BERLIN + 2 * WEEK + 3 * TUESDAY)
    assert len(asked(team)) == 1


def test_where_nobody_at_all_answered_it_comes_a_day_after_the_note_that_says_so(team: Team) -> None:
    tuesday = live_week(team, 2)
    assert len(team.messages(Kind.NOTE, GRACE)) == 2
    assert asked(team) == []
    team.at(tuesday + TUESDAY)
    (text,) = asked(team)
    assert text.startswith("Weekly sync in #forecast: 1 of 4, 0 of 4 and 0 of 4 answered the last three times. Would")


def test_a_form_that_takes_long_is_asked_about_too(told: Team) -> None:
    card = ritual_health.card(told.db, workspace_id=WORKSPACE, ritual_id=1, run_id=3, reader_id=GRACE.id, now=TOLD)
    assert card
    slow = replace(card, seen=Seen((), Measured(220, 9)))
    shown = health_message(slow, is_out=False)
    assert shown
    assert "Answering took 3 min 40 s (median of 9 answers), which is more than three minutes." in shown.text
    both = health_message(replace(card, seen=replace(card.seen, took=Measured(220, 9))), is_out=False)
    assert both
    assert "answered the last three times. Answering took" in both.text


@pytest.mark.parametrize(
    "seen",
    [
        Seen(tuple(Heard(Count(each, 9)) for each in (4, 3, 4))),
        Seen((Heard(Count(4, 9), fewest=5),) * 3),
        Seen((), Measured(220, 9)),
        Seen((), votes=2),
    ],
)
def test_the_judge_of_simulated_weeks_knows_it(told: Team, seen: Seen) -> None:
    card = ritual_health.card(told.db, workspace_id=WORKSPACE, ritual_id=1, run_id=3, reader_id=GRACE.id, now=TOLD)
    assert card
    shown = health_message(replace(card, seen=seen), is_out=False)
    assert shown
    text = squeezed(shown.text)
    assert next(kind for kind, pattern in DIRECT if re.match(pattern, text)) is recognition.Kind.HEALTH


def test_what_more_have_answered_since_is_not_asked_about(told: Team) -> None:
    card = ritual_health.card(told.db, workspace_id=WORKSPACE, ritual_id=1, run_id=3, reader_id=GRACE.id, now=TOLD)
    assert card
    better = replace(card, seen=Seen((*card.seen.heard[:2], Heard(Count(3, 4)))))
    assert health_message(better, is_out=False) is None
    shown = health_message(better, is_out=True)
    assert shown
    assert shown.text == "Weekly sync in #forecast: More have answered since."


def test_merging_shows_what_is_asked_and_what_else_the_channel_has(told: Team) -> None:
    other = replace(
        shipped_library()["fail-celebration"], when="every fri at 10:00", cadence=parse("every fri at 10:00")
    )
    where = {"workspace_id": WORKSPACE, "channel_id": CHANNEL}
    rituals.switch_on(told.db, **where, person_id=GRACE.id, template=other, now=BERLIN + 2 * WEEK)
    card = ritual_health.merging(told.db, **ABOUT)
    assert [(each.ritual.template.id, may_change) for each, may_change in card.others] == [("fail-celebration", True)]
    text = str(merge_view(card))
    assert all(escape(each.text) in text for each in weekly().ask)
    assert f"Questions of {other.title}" in text
    with pytest.raises(NotYours):
        ritual_health.merging(told.db, **{**ABOUT, "person_id": BEN.id})
    alone = merge_view(replace(card, others=()))
    assert "there is nothing to join" in str(alone)
