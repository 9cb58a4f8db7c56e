"""A running sandbox, a client for its people, and Slack's own client for its app."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from slack_sdk import WebClient

from sandbox.client import Client
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox, connected, manifest, web_client
from tests.sandbox.seats import Port, Seats


@pytest.fixture(scope="session")
def seats(browser: Browser) -> Seats:
    return Seats(browser)


@pytest.fixture(scope="session")
def port() -> Port:
    return Port()


@pytest.fixture
def box(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A test module may name its own MANIFEST."""
    own = getattr(request.module, "MANIFEST", None) or manifest()
    place: Port = request.getfixturevalue("port") if "sit" in request.fixturenames else Port()
    with place.sandbox(seed="demo", manifest=own, start=FRIDAY) as running:
        yield running


@pytest.fixture
def client(box: Sandbox) -> Iterator[Client]:
    with Client(box.url) as found:
        yield found


@pytest.fixture
def slack(box: Sandbox) -> WebClient:
    return web_client(box)


@pytest.fixture
def inbox(box: Sandbox) -> Iterator[Inbox]:
    found = Inbox()
    with connected(box, found.register):
        yield found
