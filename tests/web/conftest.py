"""A Bolt app with two commands, one of which waits, behind Muster's own address."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

from storage.engine import Database
from tests.web.slack import Address, serving

BOT = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_user_id="UBOT")


@dataclass
class Slow:
    """What `/slow` waits for."""

    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    may_end: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def bolt(slow: Slow) -> App:
    app = App(
        authorize=lambda: BOT,
        process_before_response=True,
        request_verification_enabled=False,
        token_verification_enabled=False,
    )

    @app.command("/quick")
    def quick(ack: Ack) -> None:
        ack("Done.")

    @app.command("/slow")
    def wait(ack: Ack) -> None:
        slow.begun.release()
        assert slow.may_end.wait(20)
        ack("Done at last.")

    return app


@pytest.fixture
def db(tables_url: str) -> Iterator[Database]:
    with closing(Database(tables_url)) as opened:
        yield opened


@pytest.fixture
def address(bolt: App, db: Database) -> Iterator[Address]:
    with serving(bolt, db) as found:
        yield found
