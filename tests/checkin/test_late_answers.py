"""Late answers are welcome until the next run begins, and a message offers no more than is welcome."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.deliveries import Kind
from domain.people import Person
from domain.runs import LATE_AFTER_END, Late, Run, RunState, Sequel, late
from services import checkins, home, rituals, unasked
from services.own_prompts import EndedSince
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    CHANNEL,
    DEV,
    GRACE,
    WORKSPACE,
    Team,
    weekly,
)

NEXT = BERLIN + timedelta(days=7)


def listed(team: Team, person: Person, now: datetime) -> tuple[list[str], list[str]]:
    """The days of what `/checkin` offers in time, and late."""
    found = checkins.open_prompts(team.db, workspace_id=WORKSPACE, person_id=person.id, now=now)
    in_time, late = (
        [str(run.day) for _, run in each] for each in (found.in_time, [(each.prompt, each.run) for each in found.late])
    )
    return in_time, late


def test_what_can_be_answered_late_is_listed_until_the_next_run(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN)
    team.skip(BEN, BERLIN)
    team.at(ANGELES)
    over = ANGELES_ENDS + AFTER
    team.at(over)
    assert listed(team, ANA, over) == ([], []), "she has answered"
    for person in (BEN, GRACE, DEV):
        assert listed(team, person, over) == ([], ["2026-11-23"])
    team.answer(GRACE, over)
    assert listed(team, GRACE, over) == ([], [])
    team.at(NEXT)
    assert listed(team, BEN, NEXT) == (["2026-11-30"], [])


def test_what_was_switched_off_takes_answers_for_two_weeks_more_wherever_it_is_shown(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN)
    team.at(ANGELES)
    over = ANGELES_ENDS + AFTER
    team.at(over)
    rituals.switch_off(
        team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, person_id=GRACE.id, name="weekly-sync", now=over
    )
    team.at(over)
    last = over + LATE_AFTER_END
    (told,) = team.messages(Kind.PROMPT, GRACE)
    assert "You can still answer until" in told
    assert "Tue 8 Dec 2026" in told
    assert listed(team, GRACE, last - AFTER) == ([], ["2026-11-23"])
    assert on_home(team, GRACE, last - AFTER) == ["2026-11-23"]
    team.answer(BEN, last - AFTER)
    assert listed(team, GRACE, last) == ([], [])
    assert on_home(team, GRACE, last) == []
    with pytest.raises(EndedSince):
        team.answer(GRACE, last)
    unasked.forget_due(team.db, now=last)
    team.at(last)
    assert "Answer late" not in team.messages(Kind.PROMPT, GRACE)[0]
    assert "You can still answer" not in team.messages(Kind.PROMPT, GRACE)[0]


def on_home(team: Team, person: Person, now: datetime) -> list[str]:
    card = home.card(team.db, workspace_id=WORKSPACE, person_id=person.id, now=now)
    return [str(each.run.day) for each in card.late] if card else []


ENDS = BERLIN + LATE_AFTER_END


@pytest.mark.parametrize(
    ("newest", "ended_at", "now", "is_anonymous", "then"),
    [
        (7, None, BERLIN, False, Late.TAKEN),
        (7, None, BERLIN, True, Late.NEVER),
        (8, None, BERLIN, False, Late.ASKED_ANEW),
        (8, BERLIN, BERLIN, False, Late.ASKED_ANEW),
        (7, BERLIN, ENDS - AFTER, False, Late.TAKEN),
        (7, BERLIN, ENDS, False, Late.ENDED),
        (7, BERLIN, ENDS - AFTER, True, Late.NEVER),
    ],
)
def test_a_late_answer_is_taken_until_the_next_run_or_two_weeks_after_the_end(
    newest: int, ended_at: datetime | None, now: datetime, is_anonymous: bool, then: Late
) -> None:
    template = replace(weekly(), anonymous=3 if is_anonymous else None)
    run = Run(7, WORKSPACE, 1, CHANNEL, "2026-11-23T09:30", template, GRACE.id, RunState.CLOSED, BERLIN)
    assert late(run, Sequel(newest, ended_at), now) is then


def test_the_next_run_takes_the_button_from_those_who_had_not_answered(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN)
    team.skip(BEN, BERLIN)
    team.at(ANGELES)
    team.at(ANGELES_ENDS + AFTER)
    assert "Answer late" in team.messages(Kind.PROMPT, GRACE)[0]
    assert "Answer after all" in team.messages(Kind.PROMPT, BEN)[0]
    answered = list(team.sent)
    team.at(NEXT)
    for person in (BEN, GRACE):
        before, asked = team.messages(Kind.PROMPT, person)
        assert "You can still answer" not in before
        assert "Answer" not in before.partition(":")[2].partition("\n")[2].replace("Answered", "")
        assert "Skip today" in asked
    assert len(team.messages(Kind.PROMPT, ANA)) == 2
    assert set(answered) < set(team.sent)
    assert team.messages(Kind.PROMPT, DEV)[0].startswith("Closed: Weekly sync")
