"""The Web API over HTTP: tokens, scopes, limits, faults, the method, the log."""

import asyncio
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.clock import monotonic
from sandbox.errors import SlackError
from sandbox.faults import Fault
from sandbox.log import Call
from sandbox.methods import METHODS
from sandbox.methods.call import MethodCall
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.web_api_arguments import UNREADABLE, arguments, credentials, warning
from sandbox.world import World

SERVER_ERROR_KINDS = {"http_500": 500, "http_503": 503}
SERVER_ERRORS = (500, 503)
NO_ANSWER = 0
"""The status noted in the log when the connection was closed without an answer."""

SECRETS = {"client_secret", "access_token", "code"}
HANG_UP = "sandbox.hang_up"
SECONDS_TO_HANG_UP = 0.01


class Caller:
    """Who calls: a workspace's bot, the app itself, or somebody with the app's client secret."""

    def __init__(self, slack: Slack, scheme: str, credential: str) -> None:
        self._slack = slack
        self._scheme = scheme
        self._credential = credential
        self.workspace = ""
        self.scopes: tuple[str, ...] = ()

    def world(self, kind: str) -> World:
        """The world in which the call works; SlackError if it may not be made so."""
        if kind == "app":
            self._slack.tokens.check_app_token(self._token)
        if kind != "bot":
            return self._slack.first
        world = self._slack.tokens.world(self._token)
        self.workspace, self.scopes = world.workspace.id, world.scopes
        return world

    @property
    def _token(self) -> str:
        return self._credential if self._scheme == "bearer" else ""


class WebApi:
    """The ASGI endpoint of /api/{method}."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        method = request.path_params["method"]
        began = monotonic()
        args = await arguments(request, METHODS.get(method))
        fault = self._slack.faults.take(method, args)
        caller = Caller(self._slack, *credentials(request, args))
        answer, status = await self._answer(method, args, caller, fault)
        answer = _warned(answer, warning(request))
        now = self._slack.clock.now()
        self._slack.log.add(
            Call(method, _shown(args), _shown(answer), now, status, caller.workspace, monotonic() - began)
        )
        if fault and fault.kind == "hold" and fault.when == "after":
            await fault.hold()
        if status == NO_ANSWER:
            await _hang_up(scope)
        else:
            await _response(method, answer, status, caller.scopes)(scope, receive, send)

    async def _answer(self, method: str, args: Json, caller: Caller, fault: Fault | None) -> tuple[Json, int]:
        if fault:
            if fault.kind == "delay":
                await asyncio.sleep(fault.seconds)
            elif fault.kind == "hold" and fault.when == "before":
                await fault.hold()
            if fault.kind != "hold":
                fault.reached.set()
            if fault.kind == "late_effect":
                late = self._slack.clock.now() + fault.seconds
                self._slack.agenda.at(late, lambda: self._do(method, args, caller))
            if (refused := _refusal_before_work(fault)) is not None:
                return refused
        answer, status = self._do(method, args, caller)
        if fault and fault.kind == "http_500_after":
            status = 500
        elif fault and fault.kind == "drop_after":
            status = NO_ANSWER
        elif fault and fault.kind == "lag":
            answer = _without_newest(answer, before=self._slack.clock.now() - fault.seconds)
        return answer, status

    def _do(self, method: str, args: Json, caller: Caller) -> tuple[Json, int]:
        try:
            return self._run(method, args, caller)
        except SlackError as error:
            return error.answer(), 200

    def _run(self, method: str, args: Json, caller: Caller) -> tuple[Json, int]:
        spec = METHODS.get(method)
        if spec is None:
            raise SlackError("unknown_method", req_method=method)
        if UNREADABLE in args:
            raise SlackError(args[UNREADABLE])
        world = caller.world(spec.caller)
        channel = str(args.get("channel")) if spec.per_channel else None
        if refused := world.limits.refusal(method, spec.per_minute, channel):
            error, wait = refused
            return {"ok": False, "error": error, "retry_after": wait}, 429
        spec.check_scopes(world.scopes)
        return {"ok": True, **spec.run(MethodCall(world, args, method))}, 200


def _response(method: str, answer: Json, status: int, scopes: tuple[str, ...]) -> Response:
    if status in SERVER_ERRORS:
        return Response("<html><body>Server Error</body></html>", status, media_type="text/html")
    headers = {"x-oauth-scopes": ",".join(scopes)}
    if spec := METHODS.get(method):
        headers["x-accepted-oauth-scopes"] = spec.accepted_scopes
    if "retry_after" in answer:
        headers["retry-after"] = str(answer["retry_after"])
        answer = {name: value for name, value in answer.items() if name != "retry_after"}
    return JSONResponse(answer, status, headers)


def _warned(answer: Json, word: str) -> Json:
    """Slack says in every answer what it had to guess about the call."""
    if not word:
        return answer
    metadata = answer.get("response_metadata", {})
    words = [*metadata.get("warnings", ()), word]
    return {**answer, "warning": ",".join(words), "response_metadata": {**metadata, "warnings": words}}


def _refusal_before_work(fault: Fault) -> tuple[Json, int] | None:
    if fault.kind == "ratelimited":
        return {"ok": False, "error": "ratelimited", "retry_after": fault.retry_after}, 429
    if fault.kind == "error":
        return {"ok": False, "error": fault.error}, 200
    if fault.kind in SERVER_ERROR_KINDS:
        return {"ok": False, "error": "internal_error"}, SERVER_ERROR_KINDS[fault.kind]
    if fault.kind in ("drop_before", "late_effect"):
        return {"ok": False, "error": "connection_dropped"}, NO_ANSWER
    return None


def _without_newest(answer: Json, *, before: float) -> Json:
    """A history that has not caught up yet."""
    known = [message for message in answer.get("messages", ()) if float(message["ts"]) <= before]
    return {**answer, "messages": known} if "messages" in answer else answer


def _shown(said: Json) -> Json:
    """What the log keeps: no secrets."""
    return {name: value for name, value in said.items() if name not in SECRETS}


async def _hang_up(scope: Scope) -> None:
    """Close the connection without an answer."""
    scope[HANG_UP]()
    await asyncio.sleep(SECONDS_TO_HANG_UP)


def offer_hang_up(app: ASGIApp) -> ASGIApp:
    """Lay a way to close the connection into each request's scope.

    ASGI has no message for closing without an answer, but uvicorn's own `send` knows the connection.
    """

    async def offered(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[HANG_UP] = send.__self__.transport.abort  # type: ignore[attr-defined] # see above
        with suppress(ClientDisconnect):  # A caller that was killed hears no answer.
            await app(scope, receive, send)

    return offered
