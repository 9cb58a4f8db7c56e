"""A sandbox and an app for tests of forms, and forms with a single field."""

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.client import Client, Person
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, SCOPES, Inbox, connected, manifest
from tests.sandbox.test_blocks import field, plain

__all__ = ["ana", "box", "inbox", "one", "running", "submitted"]

Json = dict[str, Any]

REQUIRED = "Please complete this required field."


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Sandbox, Inbox]]:
    """One sandbox and one app for all these tests; the app may also see files."""
    app = Inbox()
    allowed = manifest(scopes=[*SCOPES, "files:read"])
    with Sandbox(manifest=allowed, start=FRIDAY) as box, connected(box, app.register):
        yield box, app


@pytest.fixture
def box(running: tuple[Sandbox, Inbox]) -> Sandbox:
    return running[0]


@pytest.fixture
def inbox(running: tuple[Sandbox, Inbox]) -> Inbox:
    """As if it had heard nothing yet."""
    running[1].bodies.clear()
    return running[1]


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def one(kind: str, label: str = "What", **changes: Any) -> Json:
    """An input block with one element; its ids are `b` and `a`."""
    optional = changes.pop("optional", False)
    return field({"type": kind, "action_id": "a"} | changes, block_id="b", label=plain(label), optional=optional)


def submitted(inbox: Inbox) -> Json:
    """The state of the one element of the last form that was sent."""
    state: Json = inbox.all("view_submission")[-1]["view"]["state"]["values"]["b"]["a"]
    return state
