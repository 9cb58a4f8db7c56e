"""A channel is archived, or loses Muster, in the middle of a run: nobody new is asked, and no answer is lost."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.channels import Channel
from domain.deliveries import Kind
from domain.runs import PromptState
from services import sync
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    DEV,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    utc,
)

NOON = utc(23, 11)


def channel(*, is_archived: bool = False, has_bot: bool = True, is_private: bool = False) -> Channel:
    return Channel(WORKSPACE, CHANNEL, "forecast", is_private=is_private, has_bot=has_bot, is_archived=is_archived)


def close(team: Team, how: str, now: datetime, *, is_private: bool = False) -> None:
    shut = channel(is_archived=how == "archived", has_bot=how == "archived", is_private=is_private)
    sync.save_channel(team.db, channel=shut, now=now)
    team.at(now)


def reopen(team: Team, now: datetime) -> None:
    sync.save_channel(team.db, channel=channel(), now=now)
    team.at(now)


@pytest.fixture
def asked(team: Team) -> Team:
    team.at(BERLIN)
    team.answer(ANA, BERLIN + AFTER, blocked="No labels")
    team.at(BERLIN + AFTER)
    return team


@pytest.mark.parametrize("how", ["archived", "removed"])
def test_nobody_in_later_zones_is_asked(asked: Team, how: str) -> None:
    close(asked, how, NOON)
    asked.at(ANGELES)
    assert not asked.messages(Kind.PROMPT, DEV)
    asked.at(ANGELES + timedelta(hours=2))
    assert asked.prompt(DEV).state is PromptState.PENDING, "somebody may invite Muster again in time"
    asked.at(ANGELES + timedelta(hours=2) + AFTER)
    assert asked.prompt(DEV).missed == "shut"


def test_whoever_was_to_be_asked_meanwhile_is_asked_when_the_channel_is_back(asked: Team) -> None:
    close(asked, "removed", NOON)
    asked.at(ANGELES)
    reopen(asked, ANGELES + timedelta(minutes=40))
    assert "This comes late" in asked.messages(Kind.PROMPT, DEV)[0]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("archived", "because the channel is archived. Unarchive it, and Muster posts it by itself."),
        ("removed", "no longer in the channel. Type `/invite @Muster` there, and Muster posts it by itself."),
    ],
)
def test_the_facilitator_gets_the_summary_that_cannot_be_posted(asked: Team, how: str, said: str) -> None:
    close(asked, how, NOON)
    for moment in (BERLIN_ENDS + AFTER, ANGELES, ANGELES + timedelta(hours=2) + AFTER):
        asked.at(moment)
    assert not asked.is_open()
    (told,) = asked.messages(Kind.UNPOSTED, GRACE)
    assert "The summary of *Weekly sync, Mon 23 Nov 2026* could not be posted in #forecast" in told
    assert said in told
    assert "1 of 4 answered" in told
    assert "No labels" in told
    assert "Make action item" not in told, "there is no channel to record it in"
    assert not asked.messages(Kind.NOTE, GRACE)
    reopen(asked, ANGELES_ENDS)
    assert "is in #forecast now" in asked.messages(Kind.UNPOSTED, GRACE)[0]
    assert "1 of 4 answered" in asked.messages(Kind.RUN)[0]


def test_a_private_channel_that_cannot_be_checked_shows_its_facilitator_no_answers(asked: Team) -> None:
    close(asked, "removed", NOON, is_private=True)
    for moment in (BERLIN_ENDS + AFTER, ANGELES, ANGELES + timedelta(hours=2) + AFTER):
        asked.at(moment)
    (told,) = asked.messages(Kind.UNPOSTED, GRACE)
    assert "could not be posted" in told
    assert "The answers are kept until then." in told
    assert "No labels" not in told


def test_a_summary_that_slack_refuses_before_muster_hears_of_the_closing_comes_to_the_facilitator(asked: Team) -> None:
    asked.refused = "is_inactive"
    for moment in (BERLIN_ENDS + AFTER, ANGELES, ANGELES_ENDS + AFTER):
        asked.at(moment)
    (told,) = asked.messages(Kind.UNPOSTED, GRACE)
    assert "because the channel is archived. Unarchive it, and Muster posts it by itself." in told
    assert "No labels" in told
    close(asked, "archived", ANGELES_ENDS + 2 * AFTER)
    assert asked.messages(Kind.UNPOSTED, GRACE) == [told]


def test_a_channel_that_closes_after_the_summary_was_posted_repeats_nothing(asked: Team) -> None:
    for moment in (BERLIN_ENDS + AFTER, ANGELES, ANGELES_ENDS + AFTER):
        asked.at(moment)
    close(asked, "archived", ANGELES_ENDS + 2 * AFTER)
    assert not asked.messages(Kind.UNPOSTED, GRACE)
    assert "Weekly sync pauses, because #forecast is archived." in asked.messages(Kind.STALLED, GRACE)[0]


def test_the_facilitator_hears_once_that_a_ritual_pauses_however_often_slack_says_so(team: Team) -> None:
    """In events, and in each list that is read again."""
    for turn in range(3):
        close(team, "removed", FRIDAY + turn * AFTER)
    assert len(team.messages(Kind.STALLED, GRACE)) == 1
    reopen(team, FRIDAY + 3 * AFTER)
    close(team, "removed", FRIDAY + 4 * AFTER)
    assert len(team.messages(Kind.STALLED, GRACE)) == 2, "it went on meanwhile"


def test_a_renamed_channel_goes_by_its_new_name(asked: Team) -> None:
    sync.save_channel(asked.db, channel=replace(channel(), name="outlook"), now=NOON)
    sync.save_channel(asked.db, channel=replace(channel(is_archived=True), name="outlook"), now=NOON + AFTER)
    asked.at(NOON + AFTER)
    assert "Weekly sync pauses, because #outlook is archived." in asked.messages(Kind.STALLED, GRACE)[0]
