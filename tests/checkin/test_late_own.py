"""Where each run is its starter's own, only the next own one of the same person ends their late answers."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.library import shipped_library
from domain.deliveries import Kind
from domain.kept import Filled
from domain.people import Person
from domain.runs import LATE_AFTER_END, Prompt
from services import checkin_forms, checkins, home, manual_runs, rituals, unasked
from services.own_prompts import EndedSince, TooLateToAnswer
from storage import prompts
from storage.engine import Database
from tests.checkin.team import AFTER, ANA, BEN, BERLIN, CHANNEL, DEV, GRACE, WORKSPACE, Team, settle_in

CONCERN = {"what": "The eval set leaks.", "affected": "Users", "how_sure": "1"}
OVER = BERLIN + timedelta(days=1, hours=2)


@pytest.fixture
def team(database: Database) -> Team:
    return settle_in(database, shipped_library()["early-concern"])


def start(team: Team, person: Person, now: datetime) -> Prompt:
    about = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": person.id}
    run, _asked = manual_runs.run_now(team.db, **about, draft_id=f"{person.id} {now}", now=now)  # type: ignore[arg-type] # by name
    team.at(now)
    with team.db.read() as session:
        found = prompts.own(session, run_id=run.id, person_id=person.id)
    assert found
    return found


def answer(team: Team, person: Person, prompt: Prompt, now: datetime) -> None:
    checkins.submit(
        team.db,
        workspace_id=WORKSPACE,
        prompt_id=prompt.id,
        person_id=person.id,
        draft_id=f"draft {prompt.id}",
        given=CONCERN,
        now=now,
    )


def late_of(team: Team, person: Person, now: datetime) -> list[int]:
    """The prompts that `/checkin` and Home still take."""
    found = checkins.open_prompts(team.db, workspace_id=WORKSPACE, person_id=person.id, now=now)
    card = home.card(team.db, workspace_id=WORKSPACE, person_id=person.id, now=now)
    assert card
    assert [each.prompt.id for each in card.late] == [each.prompt.id for each in found.late]
    return [each.prompt.id for each in found.late]


def test_what_somebody_else_starts_leaves_ones_own_to_be_answered_late(team: Team) -> None:
    own = start(team, ANA, BERLIN)
    team.at(OVER)
    start(team, BEN, OVER)
    assert late_of(team, ANA, OVER) == [own.id]
    assert "Answer late" in team.messages(Kind.PROMPT, ANA)[0]
    answer(team, ANA, own, OVER + AFTER)
    assert late_of(team, ANA, OVER + AFTER) == []


def test_ones_own_next_start_ends_it_whatever_others_started_in_between(team: Team) -> None:
    first = start(team, ANA, BERLIN)
    team.at(OVER)
    start(team, BEN, OVER)
    second = start(team, ANA, OVER + AFTER)
    assert late_of(team, ANA, OVER + AFTER) == []
    assert "Answer late" not in team.messages(Kind.PROMPT, ANA)[0], "the old message takes nothing any more"
    with pytest.raises(TooLateToAnswer):
        answer(team, ANA, first, OVER + 2 * AFTER)
    answer(team, ANA, second, OVER + 2 * AFTER)


def test_what_somebody_else_starts_leaves_what_one_has_typed(team: Team) -> None:
    own = start(team, ANA, BERLIN)
    typed = Filled(WORKSPACE, ANA.id, own.id, "d1", {"what": "The eval set"}, list(CONCERN))
    checkin_forms.keep_typed(team.db, filled=typed, now=BERLIN)
    team.at(OVER)
    start(team, BEN, OVER)

    def answers() -> dict[str, str]:
        about = {"workspace_id": WORKSPACE, "prompt_id": own.id, "person_id": ANA.id}
        return checkin_forms.open_form(team.db, **about, now=OVER).answers  # type: ignore[arg-type] # by name

    assert answers() == {"what": "The eval set"}


def test_the_end_of_the_ritual_ends_those_of_everybody_two_weeks_later(team: Team) -> None:
    of_ana, of_ben = start(team, ANA, BERLIN), start(team, BEN, BERLIN + AFTER)
    team.at(OVER)
    about = {"workspace_id": WORKSPACE, "channel_id": CHANNEL, "person_id": GRACE.id}
    rituals.switch_off(team.db, **about, name="early-concern", now=OVER)
    team.at(OVER)
    for person in (ANA, BEN):
        assert "You can still answer until" in team.messages(Kind.PROMPT, person)[0]
    last = OVER + LATE_AFTER_END
    answer(team, ANA, of_ana, last - AFTER)
    with pytest.raises(EndedSince):
        answer(team, BEN, of_ben, last)
    unasked.forget_due(team.db, now=last)
    team.at(last)
    assert "Answer late" not in team.messages(Kind.PROMPT, BEN)[0]


def test_whoever_every_run_asks_besides_is_asked_anew_by_the_next(database: Database) -> None:
    template = replace(shipped_library()["early-concern"], who=("me", f"@{DEV.id}"))
    team = settle_in(database, template)
    start(team, ANA, BERLIN)
    later = BERLIN + timedelta(days=4)
    team.at(later)
    assert late_of(team, DEV, later) == [team.prompt(DEV).id]
    start(team, BEN, later)
    assert late_of(team, DEV, later) == []
    assert late_of(team, ANA, later) == [1]


def test_what_somebody_starts_and_leaves_asks_nobody_why(team: Team) -> None:
    start(team, ANA, BERLIN)
    team.at(BERLIN + timedelta(days=2))
    assert not team.is_open()
    assert not team.messages(Kind.NOTE)
