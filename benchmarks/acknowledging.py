"""Acknowledging a submission with its answer committed, against a bare Bolt app that only acknowledges.

Both apps are unmodified Bolt over a real Socket Mode connection; the time is that from sending an envelope to the
arrival of its acknowledgement, one submission after another.
"""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from benchmarks.scene import NOW, add_run, check_all_answered, workspace
from benchmarks.socket import SocketServer
from bot.slack_app import build_app
from handlers.context import Muster
from storage.engine import Database
from surface.checkin_form import Id
from surface.slack import Slack

TOKEN = "xoxb-bench"  # noqa: S105 - made up
IDENTITY = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token=TOKEN, bot_id="B1", bot_user_id="UB")
VALUES = {
    "moved": {"value": {"type": "plain_text_input", "value": "The backfill is done."}},
    "confidence": {"value": {"type": "radio_buttons", "selected_option": {"value": "4"}}},
}
BLOCKS = [{"type": "input", "block_id": name} for name in ("moved", "blocked", "unblocker", "confidence")]
"""Those of the form; a form that did not show a question is shown again with it, and nothing is committed."""
WARM_UP = 50


def acknowledge(submissions: int, *, inline: bool = False) -> tuple[float, float]:
    """(seconds with the answer committed, seconds for only acknowledging) for so many submissions.

    A Bolt app as it comes runs its listener in a thread and looks every 10 ms whether it has acknowledged; with
    `inline` the bare app runs it on the spot, as Muster does.
    """
    with workspace() as db, SocketServer() as server:
        add_run(db, submissions + WARM_UP)
        ours = _time(server, _ours(db, server.api_url), submissions)
        check_all_answered(db, submissions + WARM_UP)
        return ours, _time(server, _bare(server.api_url, inline=inline), submissions)


def _time(server: SocketServer, app: App, submissions: int) -> float:
    with _connected(app):
        for number in range(WARM_UP):
            server.ask(_submission(submissions + number))
        began = time.perf_counter()
        for number in range(submissions):
            server.ask(_submission(number))
        return time.perf_counter() - began


@contextmanager
def _connected(app: App) -> Iterator[None]:
    handler = SocketModeHandler(app, "xapp-bench")
    handler.connect()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    yield
    handler.close()  # type: ignore[no-untyped-call] # Bolt leaves it untyped


def _ours(db: Database, api_url: str) -> App:
    slack = Slack(TOKEN, api_url)
    background = ThreadPoolExecutor(1)
    muster = Muster(db, lambda: NOW, slack, {}, lambda _workspace, _person: None, background)
    return build_app(muster, api_url=api_url, identity=IDENTITY)


def _bare(api_url: str, *, inline: bool) -> App:
    app = App(
        client=WebClient(base_url=api_url),
        authorize=lambda: IDENTITY,
        process_before_response=inline,
        token_verification_enabled=False,
    )

    @app.view(Id.FORM)
    def submit(ack: Ack) -> None:
        ack()

    return app


def _submission(number: int) -> dict[str, Any]:
    view = {
        "id": f"V{number}",
        "type": "modal",
        "callback_id": Id.FORM.value,
        "private_metadata": json.dumps({"prompt": str(number + 1), "draft": f"draft {number}"}),
        "blocks": BLOCKS,
        "state": {"values": VALUES},
        "app_installed_team_id": "T1",
    }
    return {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": f"U{number}"}, "view": view}
