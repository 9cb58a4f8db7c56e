"""Late answers are welcome until the next run begins, and a message offers no more than is welcome."""

from datetime import datetime, timedelta

from domain.deliveries import Kind
from domain.people import Person
from services import checkins, rituals
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
)

NEXT = BERLIN + timedelta(days=7)


def listed(team: Team, person: Person, now: datetime) -> tuple[list[str], list[str]]:
    """The days of what `/checkin` offers in time, and late."""
    found = checkins.open_prompts(team.db, workspace_id=WORKSPACE, person_id=person.id, now=now)
    in_time, late = ([str(run.day) for _, run in each] for each in (found.in_time, found.late))
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


def test_what_was_switched_off_is_not_listed_for_good(team: Team) -> None:
    team.at(BERLIN)
    team.at(ANGELES)
    over = ANGELES_ENDS + AFTER
    team.at(over)
    rituals.switch_off(
        team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, person_id=GRACE.id, name="weekly-sync", now=over
    )
    assert listed(team, GRACE, over) == ([], [])


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
