"""Small, unmodified Bolt apps over Socket Mode, and the manifest they are installed with."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.server import Sandbox

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)

SCOPES = [
    "commands", "chat:write", "im:write", "im:read", "im:history", "channels:read", "groups:read",
    "channels:history", "groups:history", "users:read", "team:read",
]  # fmt: skip
EVENTS = [
    "app_home_opened", "message.im", "message.channels", "message.groups", "member_joined_channel",
    "member_left_channel", "channel_left", "group_left", "channel_archive", "group_archive", "user_change",
]  # fmt: skip


def manifest(**changes: Any) -> dict[str, Any]:
    """A manifest with everything on; `changes` name scopes, events, or the app home's switches."""
    home = {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}
    return {
        "display_information": {"name": "Helper"},
        "features": {
            "app_home": home | changes.get("home", {}),
            "bot_user": {"display_name": "Helper"},
            "shortcuts": [
                {"name": "Keep this", "type": "message", "callback_id": "keep", "description": "Keep a message"}
            ],
            "slash_commands": [
                {"command": "/note", "description": "Take a note", "usage_hint": "[text]", "should_escape": True},
                {"command": "/raw", "description": "Take a note as typed"},
            ],
        },
        "oauth_config": {"scopes": {"bot": changes.get("scopes", SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": changes.get("events", EVENTS)},
            "interactivity": {"is_enabled": changes.get("interactive", True)},
            "socket_mode_enabled": True,
        },
    }


def web_client(box: Sandbox) -> WebClient:
    """Slack's own client; without its retries, so that each answer is seen as it came."""
    return WebClient(token=box.bot_token, base_url=f"{box.url}/api/", retry_handlers=[])


@contextmanager
def connected(box: Sandbox, register: Callable[[App], None]) -> Iterator[App]:
    """A Bolt app with the listeners that `register` adds, connected to the sandbox."""
    app = App(client=web_client(box), token_verification_enabled=False, process_before_response=True)
    register(app)
    handler = SocketModeHandler(app, box.app_token)
    before = len(box.world.connections)
    handler.connect()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    _wait_for(lambda: len(box.world.connections) > before)
    try:
        yield app
    finally:
        handler.close()  # type: ignore[no-untyped-call] # as above
        app.listener_runner.listener_executor.shutdown(wait=True)


def _wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError("The condition did not come true within five seconds.")
