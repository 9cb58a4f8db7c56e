"""Events that Slack sends: whose they are, and that none is lost because Muster was busy."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.slack_app import build_app
from handlers.context import Muster, workspace_of
from storage import channels
from storage.engine import Database
from surface.slack import Slack
from tests.checkin.team import BERLIN, CHANNEL, WORKSPACE, settle_in

NOWHERE = "http://127.0.0.1:9/api/"


@pytest.fixture
def app(database: Database) -> Iterator[App]:
    settle_in(database)
    with ThreadPoolExecutor(1) as background:
        muster = Muster(database, lambda: BERLIN, Slack("xoxb-1", NOWHERE), {}, lambda *_: None, background)
        identity = AuthorizeResult(enterprise_id=None, team_id=WORKSPACE, bot_token="xoxb-1", bot_user_id="UBOT")
        yield build_app(muster, api_url=NOWHERE, identity=identity)


def somebody_left(app: App) -> int:
    event = {"type": "member_left_channel", "user": "U1", "channel": CHANNEL}
    body = {"type": "event_callback", "team_id": WORKSPACE, "event_id": "Ev1", "event": event}
    return app.dispatch(BoltRequest(body=json.dumps(body), mode="socket_mode")).status


def test_an_event_that_comes_while_the_database_is_busy_comes_again(app: App, database: Database) -> None:
    with database.write() as session:
        channels.doubt(session, workspace_id=WORKSPACE, channel_id=CHANNEL, at=BERLIN)
        assert somebody_left(app) == 500
        session.rollback()
    with database.read() as session:
        assert channels.doubted(session, workspace_id=WORKSPACE) == []
    assert somebody_left(app) == 200
    with database.read() as session:
        assert channels.doubted(session, workspace_id=WORKSPACE) == [CHANNEL]


@pytest.mark.parametrize(
    "body",
    [
        {"team_id": "T1", "command": "/action"},
        {"team": {"id": "T1"}, "user": {"id": "U1"}},
        {"team": None, "user": {"id": "U1", "team_id": "T1"}},
        {"team": None, "view": {"app_installed_team_id": "T1"}},
        {"team_id": "T1", "event": {}},
        {"team_id": "TOTHER", "authorizations": [{"team_id": "T1", "is_bot": True}], "event": {}},
    ],
)
def test_the_workspace_is_ours_even_in_a_channel_shared_with_another_company(body: dict[str, Any]) -> None:
    assert workspace_of(body) == "T1"
