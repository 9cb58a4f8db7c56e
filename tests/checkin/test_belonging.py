"""What one person is asked is worked out for them alone, and follows what everybody is asked, on both databases."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.channels import Channel
from domain.people import Person, Role
from domain.runs import Run
from domain.selectors import selectors
from services import checkins, home, rituals, sync, user_groups
from services.belonging import belonging_of
from services.roster import meant, seats
from storage import joining, people
from storage.engine import Database
from tests.checkin.team import (
    ANA,
    BEN,
    BERLIN,
    CHANNEL,
    DEV,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    weekly,
)
from tests.databases import listening

GONE = Person(WORKSPACE, "U5", "Zoe", left=True)
TEAM = (ANA, BEN, DEV, replace(GRACE, role=Role.LEAD))
NEAR = Channel(WORKSPACE, "C2", "near", is_private=False, has_bot=True)
SECRET = Channel(WORKSPACE, "C3", "secret", is_private=True, has_bot=True)
OLD = Channel(WORKSPACE, "C4", "near", is_private=False, has_bot=True)
WORDS: tuple[str, ...] = (
    *("everyone", "leads", "mlops", "lead of everyone", "lead of @S1", "2 of @S1", "@S1", "@S2", "@U2", "@U5"),
    *("#near", "2 of #near", "lead of #near", "#secret", "#elsewhere", "me"),
)
FOREIGN = (("mlops",), ("#near",), ("lead of @S1", f"@{BEN.id}"), ("2 of @S2",))
"""Each could mean Ana, and does not."""


@pytest.fixture
def team(database: Database) -> Team:
    """Ana is asked nothing."""
    found = settle_in(database, replace(weekly(), who=(f"@{GRACE.id}",)), everybody=TEAM)
    sync.save_people(database, workspace_id=WORKSPACE, found=[GONE], now=FRIDAY)
    places = {NEAR: [BEN, GRACE, GONE], SECRET: [ANA, BEN], OLD: [ANA]}
    sync.save_channels(
        database,
        workspace_id=WORKSPACE,
        found=[Channel(WORKSPACE, CHANNEL, "forecast", is_private=False, has_bot=True), *places],
        now=FRIDAY,
    )
    about = {"workspace_id": WORKSPACE, "now": FRIDAY}
    for channel, members in places.items():
        ids = [each.id for each in members]
        sync.save_members(database, channel_id=channel.id, ids=ids, read_at=FRIDAY, **about)  # type: ignore[arg-type] # by name
    groups = {"S1": [ANA.id, GRACE.id, GONE.id], "S2": [BEN.id]}
    user_groups.save(database, workspace_id=WORKSPACE, found=groups, now=FRIDAY)
    return found


def test_one_person_is_meant_as_everybody_is(team: Team) -> None:
    place = {"workspace_id": WORKSPACE, "channel_id": CHANNEL}
    found = set()
    with team.db.read() as session:
        for person in people.people(session, workspace_id=WORKSPACE).values():
            own = belonging_of(session, person)
            for word, selector in zip(WORDS, selectors(WORDS), strict=True):
                is_meant = own.is_meant(selector, CHANNEL)
                assert is_meant == (person in meant(session, selector, **place)), (person.name, word)
                found |= {word} if is_meant else set()
    assert found == {*WORDS} - {"@U5", "#secret", "#elsewhere", "me"}


def test_one_person_is_asked_the_questions_that_everybody_like_them_is(team: Team) -> None:
    question = weekly().ask[0]
    asked = tuple(replace(question, id=f"q{number}", audience=(word,)) for number, word in enumerate(WORDS[:-1]))
    team.at(BERLIN)
    run: Run = replace(team.runs[0], template=replace(weekly(), ask=asked))
    with team.db.read() as session:
        here = people.members(session, workspace_id=WORKSPACE, channel_id=CHANNEL)
        for person, texts in seats(session, run, here).items():
            known = next(each for each in here if each.id == person)
            assert belonging_of(session, known).seats(run.template, CHANNEL) == texts


@pytest.mark.parametrize("now", [FRIDAY, BERLIN], ids=["coming", "open"])
def test_what_others_are_asked_costs_nothing_at_home_and_in_checkin(team: Team, now: datetime) -> None:
    few, many = [_with_foreign(team, first, until, now) for first, until in ((0, 2), (2, 40))]
    assert few == many
    with team.db.read() as session:
        found = joining.run_ids(session, workspace_id=WORKSPACE, person_id=ANA.id)
    assert len(found) == (41 if now == BERLIN else 0), "what could be hers is looked at"


def _with_foreign(team: Team, first: int, until: int, now: datetime) -> int:
    switch_on(team, first, until)
    team.at(now)
    statements(team, now)
    return statements(team, now)


def switch_on(team: Team, first: int, until: int) -> None:
    for number in range(first, until):
        template = replace(
            weekly(), id=f"foreign-{number}", title=f"Foreign {number}", who=FOREIGN[number % len(FOREIGN)]
        )
        rituals.switch_on(
            team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, person_id=GRACE.id, template=template, now=FRIDAY
        )


def statements(team: Team, now: datetime) -> int:
    said: list[str] = []
    who = {"workspace_id": WORKSPACE, "person_id": ANA.id}
    with team.db.read() as session:
        reading = session.connection().engine
    with listening(reading, "before_cursor_execute", lambda *given: said.append(given[2])):
        assert home.card(team.db, **who, now=now)
        checkins.open_prompts(team.db, **who, now=now)
    return len(said)
