"""Slack's requests: events, commands, clicks and forms, each answered when what it asks for has been kept."""

import asyncio
import logging
from collections.abc import Callable, Mapping

from slack_bolt import BoltRequest, BoltResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from domain.clock import Clock
from web import signatures

log = logging.getLogger(__name__)
PATH = "/slack/events"
TURN_SECONDS = 1
"""Who waits longer for a thread would be answered when Slack has given up: better that Slack hears of it."""
MOST_BYTES = 1_000_000
"""Slack's own are far smaller; the largest carry a form with its hundred blocks."""
READ_SECONDS = 3
CLOSE = {"connection": "close"}
Dispatch = Callable[[BoltRequest], BoltResponse]


class SlackRequests:
    """Nothing is parsed, and none of the threads is taken, before the signature has been checked."""

    def __init__(self, dispatch: Dispatch, *, signing_secret: str, clock: Clock, at_once: int) -> None:
        self._dispatch, self._secret, self._clock = dispatch, signing_secret, clock
        self._threads = asyncio.Semaphore(at_once)

    async def answer(self, request: Request) -> Response:
        body = await _read(request)
        if b"ssl_check=1" in body.split(b"&"):
            # Slack looks whether the certificate is good; it need not sign that.
            return Response()
        try:
            signatures.check(body, request.headers, secret=self._secret, now=self._clock())
        except signatures.NotSigned as why:
            log.warning("A request was refused: %s.", why, extra={"action": "not_signed"})
            return PlainTextResponse("This request is not signed by Slack.", 401)
        return await self._in_a_thread(body, request.headers)

    async def _in_a_thread(self, body: bytes, headers: Mapping[str, str]) -> Response:
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._threads.acquire()
        except TimeoutError:
            log.warning("A request was refused: too many others are being answered.", extra={"action": "too_many"})
            return PlainTextResponse("Muster is very busy.", 503)
        try:
            return await asyncio.to_thread(self._ask_bolt, body, headers)
        finally:
            self._threads.release()

    def _ask_bolt(self, body: bytes, headers: Mapping[str, str]) -> Response:
        try:
            request = BoltRequest(body=body.decode(), headers=dict(headers))
        except (ValueError, RecursionError):
            return PlainTextResponse("This cannot be read.", 400)
        found = self._dispatch(request)
        return Response(found.body, found.status, found.first_headers_without_set_cookie())


async def _read(request: Request) -> bytes:
    """The body, unless it is too large or does not come."""
    body = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > MOST_BYTES:
                    raise HTTPException(413, headers=CLOSE)
    except TimeoutError:
        raise HTTPException(408, headers=CLOSE) from None
    except ClientDisconnect:
        raise HTTPException(400, headers=CLOSE) from None
    return bytes(body)
