"""What a digest says beside those before it: of how much something slips, what is usual, and what was settled since."""

from datetime import timedelta

import pytest

from domain.actions import ActionItem
from domain.decision_states import DecisionState
from domain.digest_choices import Choice, Rhythm
from services import digests, verdicts
from storage import channels, digest_choices
from storage.engine import Database
from tests.digests import MONDAY, assign, fresh, show, text, write
from tests.records import action, decision, version
from tests.team import ANA, BEN, DEV, FORECAST, NOW, PRICING, WORKSPACE

A_WEEK = timedelta(weeks=1)


@pytest.fixture
def team(db: Database) -> Database:
    assign(db)
    return db


def late(db: Database, number: int, weeks: int, *, owner: str = ANA, channel: str = FORECAST) -> ActionItem:
    """Overdue from that week's digest on."""
    due = (MONDAY + weeks * A_WEEK - timedelta(days=4)).date()
    return action(db, number=number, owner=owner, due=due, channel=channel)


def weekly(db: Database, weeks: int) -> str:
    """The digests of those weeks come; what the last says."""
    for week in range(weeks):
        write(db, MONDAY + week * A_WEEK)
    return text(db, MONDAY + (weeks - 1) * A_WEEK, digest_id=weeks)


def test_what_slips_is_told_of_how_many_and_with_what_is_usual(team: Database) -> None:
    for number, week in enumerate((0, 0, 1, 2, 3, 3, 9), 1):
        late(team, number, week)
    late(team, 8, 0, owner=BEN)
    said = weekly(team, 4)
    assert "Slipped: 6 of 7 action items overdue (usual 3), half of them by 9 working days or more." in said, (
        "the reader's own is no other's"
    )


def test_before_three_digests_nothing_is_usual(team: Database) -> None:
    late(team, 1, 0)
    assert "Slipped: 1 of 1 action item overdue." in weekly(team, 3)


def test_what_the_reader_may_not_see_is_counted_nowhere(team: Database) -> None:
    late(team, 1, 0)
    late(team, 2, 0, owner=DEV, channel=PRICING)
    late(team, 3, 9, owner=DEV, channel=PRICING)
    assert "Slipped: 3 of" not in weekly(team, 4)
    with team.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={DEV}, at=MONDAY + 3 * A_WEEK)
    fresh(team, MONDAY + 3 * A_WEEK)
    assert "Slipped: 1 of 1 action item overdue (usual 1)." in text(team, MONDAY + 3 * A_WEEK, digest_id=4)


def test_where_digests_come_only_if_needed_nothing_is_usual(team: Database) -> None:
    with team.write() as session:
        choice = Choice(Rhythm.NEEDED)
        digest_choices.choose(session, workspace_id=WORKSPACE, person_id=BEN, choice=choice)
        digests.plan(session, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    late(team, 1, 0)
    weekly(team, 4)
    assert show(team, MONDAY + 3 * A_WEEK, digest_id=4).numbers.slipping.before == ()


def test_it_says_what_of_the_last_one_is_settled_and_never_what_is_not(team: Database) -> None:
    for number in (1, 2):
        decision(team, number=number, state=DecisionState.PROPOSED, approver=BEN)
    assert "digest before" not in weekly(team, 1)
    write(team, MONDAY + A_WEEK)
    assert "digest before" not in text(team, MONDAY + A_WEEK, digest_id=2)
    for number, said in (
        (1, "Of 2 things that needed you in the digest before, 1 is settled."),
        (2, "What needed you in the digest before is settled."),
    ):
        at = MONDAY + (number + 1) * A_WEEK
        verdicts.approve(
            team, workspace_id=WORKSPACE, decision_id=number, person_id=BEN, version=version(team, number), now=at
        )
        write(team, at)
        assert said in text(team, at, digest_id=number + 2)
