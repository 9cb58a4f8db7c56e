"""The Bolt app: who may call, which handlers there are, and what happens to everything else."""

import logging
import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from slack_bolt import Ack, App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.internals import build_context
from slack_sdk import WebClient

from handlers import HANDLERS, errors
from handlers.context import Muster
from surface.slack import certificates


def build_app(muster: Muster, *, api_url: str, identity: AuthorizeResult) -> App:
    """Handlers commit before they acknowledge: with `process_before_response` Bolt answers when they return.

    Signatures have been checked by whoever dispatches requests to it; Bolt would parse a request before it looks.
    """
    app = App(
        client=WebClient(base_url=api_url, ssl=certificates(), retry_handlers=[]),
        request_verification_enabled=False,
        authorize=lambda: identity,
        before_authorize=_repair_body,
        process_before_response=True,
        token_verification_enabled=False,
        logger=logging.getLogger("muster.bolt"),
    )
    for handler in HANDLERS:
        handler.register(app, muster)
    errors.register(app, muster)
    _catch_the_rest(app)
    return app


def _repair_body(request: BoltRequest, next: Callable[[], object]) -> None:  # noqa: A002 - Bolt's name for it
    """Bolt 1.30 reads nothing from a command over HTTP whose text holds the word "payload"."""
    if not request.body and request.raw_body:
        request.body = dict(parse_qsl(request.raw_body, keep_blank_values=True))
        build_context(request.context, request.body)
    next()


def _catch_the_rest(app: App) -> None:
    """Slack shows an error, or sends again, what nobody acknowledges."""
    anything = re.compile(".*")

    @app.event(anything)
    def other_event() -> None:
        return

    @app.action(anything)
    def other_action(ack: Ack) -> None:
        ack()

    @app.view({"type": "view_closed", "callback_id": anything})
    def closed(ack: Ack) -> None:
        ack()
