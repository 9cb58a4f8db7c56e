"""Small, unmodified Bolt apps over Socket Mode, and the manifest they are installed with."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient

from sandbox.client import eventually
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

EVERY_SCOPE = [
    *SCOPES, "app_mentions:read", "bookmarks:read", "bookmarks:write", "channels:join", "channels:manage",
    "chat:write.customize", "dnd:read", "emoji:read", "files:read", "files:write", "groups:write", "mpim:history",
    "mpim:read", "mpim:write", "pins:read", "pins:write", "reactions:read", "reactions:write", "usergroups:read",
    "usergroups:write", "users.profile:read", "users:read.email", "users:write",
]  # fmt: skip
EVERY_EVENT = [
    *EVENTS, "app_mention", "channel_created", "channel_deleted", "channel_rename", "channel_unarchive",
    "dnd_updated_user", "file_created", "file_deleted", "file_shared", "group_rename", "group_unarchive",
    "message.mpim", "pin_added", "pin_removed", "reaction_added", "reaction_removed", "subteam_created",
    "subteam_members_changed", "subteam_updated", "team_join", "user_status_changed",
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
                {"name": "Keep this", "type": "message", "callback_id": "keep", "description": "Keep a message"},
                {"name": "New note", "type": "global", "callback_id": "new", "description": "Take a note"},
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


def told(box: Sandbox, kind: str) -> list[dict[str, Any]]:
    """The events of one kind that went out; Bolt itself keeps from an app most that the app caused."""
    bodies = [delivery.payload for delivery in box.log.deliveries() if delivery.envelope_type == "events_api"]
    return [body["event"] for body in bodies if body["event"]["type"] == kind]


def web_client(box: Sandbox) -> WebClient:
    """Slack's own client; without its retries, so that each answer is seen as it came."""
    return WebClient(token=box.bot_token, base_url=f"{box.url}/api/", retry_handlers=[])


@contextmanager
def connected(box: Sandbox, register: Callable[[App], None], *, watch_seconds: float = 10) -> Iterator[App]:
    """A Bolt app with the listeners that `register` adds, connected to the sandbox.

    `watch_seconds`: how often it looks whether it still is.
    """
    app = App(client=web_client(box), token_verification_enabled=False, process_before_response=True)
    register(app)
    handler = SocketModeHandler(app, box.app_token, ping_interval=watch_seconds)
    before = len(box.world.connections)
    handler.connect()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    _wait_for(lambda: len(box.world.connections) > before)
    try:
        yield app
    finally:
        with _woken(handler.client, box):
            handler.close()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
        app.listener_runner.listener_executor.shutdown(wait=True)


@contextmanager
def _woken(client: SocketModeClient, box: Sandbox) -> Iterator[None]:
    """In this block, closing the client does not wait: its two readers are given what they wait for."""
    # The one that reads the socket waits three seconds for data, unless the other side hangs up.
    client.auto_reconnect_enabled = False
    box.hang_up()
    # Closing it while it closes by itself would fail: the SDK looks before it takes its lock.
    eventually(lambda: not client.is_connected())
    is_closed = threading.Event()
    feeder = threading.Thread(target=_feed, args=(client, is_closed), name="feeder")
    feeder.start()
    try:
        yield
    finally:
        is_closed.set()
        feeder.join()


def _feed(client: SocketModeClient, is_closed: threading.Event) -> None:
    """The one that hands out messages waits a second for the next."""
    while not is_closed.wait(0.01):
        client.enqueue_message("{}")


class Inbox:
    """An app that confirms everything and keeps what it was told.

    `answer` goes along with the next confirmations of commands and forms, `offers` with those of searches for options;
    `work` runs before any confirmation.
    """

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.answer: dict[str, Any] = {}
        self.offers: dict[str, Any] = {"options": []}
        self.work: Callable[[dict[str, Any]], None] = lambda _: None

    def register(self, app: App) -> None:
        anything = re.compile(".*")
        app.event(anything)(self._hear)
        app.action(anything)(self._confirm)
        app.shortcut(anything)(self._confirm)
        app.view_closed(anything)(self._confirm)
        app.command(anything)(self._reply)
        app.view_submission(anything)(self._reply)
        app.options(anything)(self._offer)

    def all(self, kind: str) -> list[dict[str, Any]]:
        """The bodies of one kind: an event's type, `command`, `block_actions`, `view_submission` and so on."""
        return [body for body in list(self.bodies) if _kind(body) == kind]

    def wait_for(self, kind: str, count: int = 1) -> list[dict[str, Any]]:
        _wait_for(lambda: len(self.all(kind)) >= count)
        return self.all(kind)

    def _hear(self, body: dict[str, Any]) -> None:
        self.bodies.append(body)
        self.work(body)

    def _confirm(self, body: dict[str, Any], ack: Any) -> None:
        self._hear(body)
        ack()

    def _reply(self, body: dict[str, Any], ack: Any) -> None:
        self._hear(body)
        ack(**self.answer)

    def _offer(self, body: dict[str, Any], ack: Any) -> None:
        self._hear(body)
        ack(**self.offers)


def _kind(body: dict[str, Any]) -> str:
    if body.get("type") == "event_callback":
        return str(body["event"]["type"])
    return str(body.get("type", "command"))


def _wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError("The condition did not come true within five seconds.")


@contextmanager
def listening(register: Callable[[App], None], **sandbox: Any) -> Iterator[Sandbox]:
    """A sandbox that sends everything as signed HTTP to a Bolt app with the listeners that `register` adds."""
    later = Later()
    with (
        serving(later) as url,
        Sandbox(manifest=manifest(), start=FRIDAY, request_url=f"{url}/slack/events", **sandbox) as box,
    ):
        client = web_client(box)
        app = App(signing_secret=box.signing_secret, client=client, **INLINE)
        register(app)
        later.application = SlackRequestHandler(app, path="/slack/events")
        yield box


INLINE: dict[str, Any] = {"token_verification_enabled": False, "process_before_response": True}


@contextmanager
def serving(application: Any) -> Iterator[str]:
    """A WSGI application on loopback, a thread for each request."""
    with make_server("127.0.0.1", 0, application, ThreadedServer, QuietHandler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), name="app over HTTP")
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class Later:
    """A WSGI application that is not yet known when its server must already have an address."""

    application: Callable[..., Any]

    def __call__(self, *request: Any) -> Any:
        return self.application(*request)


class ThreadedServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Tests read what was sent elsewhere."""
