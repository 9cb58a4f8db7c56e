"""What is asked of an anonymous ritual, and by what an anonymous pulse says: nothing that tells of one person."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import shipped_library
from domain.cadence import parse
from domain.engagement import RunCount, Tally
from domain.metrics.participation import Count
from domain.people import Person
from domain.ritual_health import Heard, heard
from domain.runs import Prompt, Run
from domain.templates import Post, QuestionType
from services import checkins, rituals
from storage import prompts
from storage.engine import Database
from tests.checkin.team import (
    AFTER,
    ANA,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    weekly,
)
from tests.checkin.test_ritual_health import FOUR, TUESDAY, WEEK, asked

WHEN = "every mon at 09:30"
SEVEN = (*FOUR, *(replace(ANA, id=f"U{n}", name=f"Person {n}") for n in range(5, 8)))
SIX = (*SEVEN[4:], *FOUR[:3])


def anonymous_team(db: Database) -> Team:
    return settle_in(db, replace(weekly(), ask=weekly().ask[:1], anonymous=3, post=Post()), everybody=SEVEN)


@pytest.mark.parametrize("answered", [0, 2])
def test_of_an_anonymous_one_it_tells_no_count_that_its_channel_may_not_read(database: Database, answered: int) -> None:
    """Fewer than three of seven is fewer than half, whoever has answered."""
    team = anonymous_team(database)
    for number in range(3):
        begin = BERLIN + number * WEEK
        team.at(begin)
        for person in [ANA, BEN][:answered]:
            team.answer(person, begin)
        team.at(BERLIN_ENDS + AFTER + number * WEEK)
        team.at(begin + TUESDAY)
    (text,) = asked(team)
    assert text.startswith("Weekly sync in #forecast: Fewer than 3 answered each of the last three times. Would")


@pytest.mark.parametrize("votes", [1, 2])
def test_two_who_name_it_in_the_pulse_are_enough_and_one_is_not(database: Database, votes: int) -> None:
    team = settle_in(database, weekly(), everybody=SEVEN)
    about = {"workspace_id": WORKSPACE, "channel_id": CHANNEL, "person_id": GRACE.id}
    shipped = replace(shipped_library()["governance-pulse"], when=WHEN, cadence=parse(WHEN))
    rituals.switch_on(team.db, **about, template=shipped, now=FRIDAY)
    team.at(BERLIN)
    sync, asked_in_pulse = (prompts_of(team, run) for run in team.runs)
    for number, person in enumerate(SIX):
        scales = {each.id: "4" for each in shipped.ask if each.type is QuestionType.SCALE}
        named = {"drop": "The WEEKLY  sync, please"} if number < votes else {"drop": "Nothing"}
        submit(team, person, asked_in_pulse[person.id], {**scales, **named})
        team.answer(person, BERLIN, sync[person.id])
    for moment in (BERLIN_ENDS + AFTER, *(BERLIN + days * TUESDAY for days in range(1, 5))):
        team.at(moment)
    team.at(BERLIN + WEEK)
    for person in SIX:
        team.answer(person, BERLIN + WEEK, prompts_of(team, team.runs[2])[person.id])
    team.at(BERLIN_ENDS + AFTER + WEEK)
    team.at(BERLIN + WEEK + TUESDAY)
    said = "Weekly sync in #forecast: 2 people named it in the pulse as one to shorten or stop. Would"
    assert [text.startswith(said) for text in asked(team)] == [True] * (votes == 2)


def prompts_of(team: Team, run: Run) -> dict[str, Prompt]:
    with team.db.read() as session:
        return {each.person_id: each for each in prompts.of_run(session, run_id=run.id)}


def submit(team: Team, person: Person, prompt: Prompt, given: dict[str, str]) -> None:
    where = {"workspace_id": WORKSPACE, "person_id": person.id, "draft_id": f"draft {prompt.id}"}
    checkins.submit(team.db, **where, prompt_id=prompt.id, given=given, now=BERLIN)


counts = st.builds(lambda low, high: Count(min(low, high), max(low, high)), st.integers(0, 9), st.integers(0, 9))


@given(st.lists(counts, max_size=5), st.integers(2, 9))
def test_whether_it_is_asked_tells_nothing_of_how_few_answered(runs: list[Count], fewest: int) -> None:
    def seen(hidden: list[Count]) -> tuple[Heard, ...]:
        return heard([_run(each, fewest) for each in hidden])

    none = [replace(each, answered=0) if each.answered < fewest else each for each in runs]
    assert seen(runs) == seen(none)


def _run(count: Count, fewest: int) -> RunCount:
    tally = Tally("ml", count.asked, count.answered)
    return RunCount(1, 1, CHANNEL, "Sync", BERLIN, BERLIN, fewest, (tally,))
