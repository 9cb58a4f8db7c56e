"""Slack tells of one thing several times: in events, and in each list that is read again."""

import pytest

from domain.channels import Channel
from domain.deliveries import Kind
from services import sync
from tests.checkin.team import AFTER, CHANNEL, FRIDAY, GRACE, WORKSPACE, Team

ARCHIVED = Channel(WORKSPACE, CHANNEL, "forecast", is_private=False, has_bot=True, is_archived=True)
LEFT = Channel(WORKSPACE, CHANNEL, "forecast", is_private=False, has_bot=False)
OPEN = Channel(WORKSPACE, CHANNEL, "forecast", is_private=False, has_bot=True)


@pytest.mark.parametrize("shut", [ARCHIVED, LEFT], ids=["archived", "left"])
def test_the_facilitator_hears_once_that_a_ritual_pauses_however_often_slack_says_so(team: Team, shut: Channel) -> None:
    for turn in range(3):
        sync.save_channel(team.db, channel=shut, now=FRIDAY + turn * AFTER)
        team.at(FRIDAY + turn * AFTER)
    assert len(team.messages(Kind.STALLED, GRACE)) == 1
    for turn, channel in enumerate((OPEN, shut), start=3):
        sync.save_channel(team.db, channel=channel, now=FRIDAY + turn * AFTER)
        team.at(FRIDAY + turn * AFTER)
    assert len(team.messages(Kind.STALLED, GRACE)) == 2, "it went on meanwhile"
