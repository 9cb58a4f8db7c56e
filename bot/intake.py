"""How what people do in Slack reaches Muster: over a connection it opens itself, or by requests to its own address."""

from typing import Protocol

from slack_bolt import App

from bot.settings import Settings
from bot.socket_mode import SocketMode
from domain.clock import machine_now
from domain.errors import UserError
from storage.engine import Database

AT_ONCE = 64
"""So many are answered at the same time, each in a thread that waits for the database and for Slack."""


class Intake(Protocol):
    def close(self) -> None:
        """Takes nothing more, and returns when what is being handled has been answered."""


class PortTaken(UserError):
    """Muster cannot listen on {address}: {why}. Let MUSTER_PORT name another port, or stop what listens there."""


def open_intake(settings: Settings, app: App, db: Database) -> Intake:
    """Raises UserError."""
    if settings.is_http:
        return _listen(settings, app, db)
    connected = SocketMode(app, settings.app_token, concurrency=AT_ONCE)
    connected.connect()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    return connected


def _listen(settings: Settings, app: App, db: Database) -> Intake:
    from web.health import Health
    from web.server import Server, build_app, listen
    from web.slack_requests import SlackRequests

    try:
        listening = listen(settings.address.host, settings.address.port)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise PortTaken(address=settings.address, why=why) from error
    # Signatures are made by the machine's time, also where a sandbox's clock is followed.
    slack = SlackRequests(app.dispatch, signing_secret=settings.signing_secret, clock=machine_now, at_once=AT_ONCE)
    # One more asks the database for health.
    return Server(build_app(slack, Health(db)), listening, threads=AT_ONCE + 1)
