"""The Web API over HTTP: tokens, scopes, limits, faults, the method, the log."""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.errors import SlackError
from sandbox.faults import Fault
from sandbox.log import Call
from sandbox.methods import METHODS
from sandbox.methods.call import MethodCall
from sandbox.state import Json
from sandbox.world import World

NO_ANSWER = 0
"""The status noted in the log when the connection was closed without an answer."""

HANG_UP = "sandbox.hang_up"
SECONDS_TO_HANG_UP = 0.01


class WebApi:
    """The ASGI endpoint of /api/{method}."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        method = request.path_params["method"]
        args = await _arguments(request)
        fault = self._world.faults.take(method)
        answer, status = await self._answer(method, args, _token(request, args), fault)
        self._world.log.add(Call(method, args, answer, self._world.clock.now(), status))
        if fault and fault.kind == "hold" and fault.when == "after":
            await fault.hold()
        if status == NO_ANSWER:
            await _hang_up(scope)
        else:
            await self._response(method, answer, status)(scope, receive, send)

    async def _answer(self, method: str, args: Json, token: str, fault: Fault | None) -> tuple[Json, int]:
        if fault:
            if fault.kind == "delay":
                await asyncio.sleep(fault.seconds)
            elif fault.kind == "hold" and fault.when == "before":
                await fault.hold()
            if fault.kind != "hold":
                fault.reached.set()
            if (refused := _refusal_before_work(fault)) is not None:
                return refused
        answer, status = self._do(method, args, token)
        if fault and fault.kind == "http_500_after":
            status = 500
        elif fault and fault.kind == "drop_after":
            status = NO_ANSWER
        return answer, status

    def _do(self, method: str, args: Json, token: str) -> tuple[Json, int]:
        try:
            return self._run(method, args, token)
        except SlackError as error:
            return error.answer(), 200

    def _run(self, method: str, args: Json, token: str) -> tuple[Json, int]:
        spec = METHODS.get(method)
        if spec is None:
            raise SlackError("unknown_method", req_method=method)
        if "invalid_json" in args:
            raise SlackError("invalid_json")
        self._check_token(token, app_token=spec.app_token)
        channel = str(args.get("channel")) if spec.per_channel else None
        if wait := self._world.limits.retry_after(method, spec.per_minute, channel):
            return {"ok": False, "error": "ratelimited", "retry_after": wait}, 429
        spec.check_scopes(self._world.manifest.scopes)
        return {"ok": True, **spec.run(MethodCall(self._world, args))}, 200

    def _check_token(self, token: str, *, app_token: bool) -> None:
        wanted, other = self._world.bot_token, self._world.app_token
        if app_token:
            wanted, other = other, wanted
        if not token:
            raise SlackError("not_authed")
        if token == other:
            raise SlackError("not_allowed_token_type")
        if token != wanted:
            raise SlackError("invalid_auth")

    def _response(self, method: str, answer: Json, status: int) -> Response:
        if status == 500:  # noqa: PLR2004 - the well-known number of an internal server error
            return Response("<html><body>Server Error</body></html>", status, media_type="text/html")
        headers = {"x-oauth-scopes": ",".join(self._world.manifest.scopes)}
        if spec := METHODS.get(method):
            headers["x-accepted-oauth-scopes"] = spec.accepted_scopes
        if "retry_after" in answer:
            headers["retry-after"] = str(answer["retry_after"])
            answer = {name: value for name, value in answer.items() if name != "retry_after"}
        return JSONResponse(answer, status, headers)


def _refusal_before_work(fault: Fault) -> tuple[Json, int] | None:
    if fault.kind == "ratelimited":
        return {"ok": False, "error": "ratelimited", "retry_after": fault.retry_after}, 429
    if fault.kind == "error":
        return {"ok": False, "error": fault.error}, 200
    if fault.kind == "drop_before":
        return {"ok": False, "error": "connection_dropped"}, NO_ANSWER
    return None


async def _arguments(request: Request) -> Json:
    body = await request.body()
    args: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            args |= json.loads(body or b"{}")
        except (ValueError, TypeError):
            args["invalid_json"] = True
        return args
    return args | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _token(request: Request, args: Json) -> str:
    """The token of a call; it does not stay among the arguments, and so not in the log."""
    given = str(args.pop("token", ""))
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value if scheme.lower() == "bearer" else given


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
        await app(scope, receive, send)

    return offered
