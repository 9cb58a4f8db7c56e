"""Muster's own address as Slack sees it: requests signed as Slack signs them, over real HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx2
from slack_bolt import App
from slack_sdk.signature import SignatureVerifier

from domain.clock import machine_now
from storage.engine import Database
from web import slack_requests
from web.health import Health
from web.server import Server, build_app, listen
from web.slack_requests import SlackRequests

AT_ONCE = 8
SECRET = "a signing secret of this test"
FORM = "application/x-www-form-urlencoded"


def signed(body: bytes, *, secret: str = SECRET, age: timedelta = timedelta()) -> dict[str, str]:
    """The headers that Slack sends with it."""
    stamp = str(int((machine_now() - age).timestamp()))
    made = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {"content-type": FORM, "x-slack-request-timestamp": stamp, "x-slack-signature": made or ""}


@dataclass(frozen=True)
class Address:
    """Where a Muster, or a part of one, listens."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def post(self, body: str, headers: dict[str, str] | None = None) -> httpx2.Response:
        """As Slack sends it, unless other headers are given."""
        found = signed(body.encode()) if headers is None else headers
        return httpx2.post(
            f"{self.url}{slack_requests.PATH}", content=body.encode(), headers=found, timeout=20, trust_env=False
        )

    def get(self, path: str) -> httpx2.Response:
        return httpx2.get(f"{self.url}{path}", timeout=20, trust_env=False)


@contextmanager
def serving(app: App, db: Database) -> Iterator[Address]:
    slack = SlackRequests(app.dispatch, signing_secret=SECRET, clock=machine_now, at_once=AT_ONCE)
    server = Server(build_app(slack, Health(db)), listen("127.0.0.1", 0), threads=AT_ONCE + 1)
    try:
        yield Address(server.port)
    finally:
        server.close()
        app.listener_runner.listener_executor.shutdown()
