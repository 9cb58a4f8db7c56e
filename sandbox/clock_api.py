"""The clock as apps follow it: a long poll for the time, and a report of when they wake next."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox import strict_json
from sandbox.followers import POLL_SECONDS
from sandbox.slack import Slack


class ClockApi:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def poll(self, request: Request) -> Response:
        app, version = request.query_params.get("app"), request.query_params.get("version")
        if app:
            self._slack.followers.see(app, waiting=True)
        if version == str(self._slack.clock.version) and not await self._changed_while_connected(request):
            if app:
                self._slack.followers.forget(app)
            return Response()
        if app:
            self._slack.followers.see(app, waiting=False)
        clock = self._slack.clock
        return JSONResponse({"now": self._slack.followers.now, "version": clock.version, "runs": clock.runs})

    async def report(self, request: Request) -> Response:
        try:
            told = strict_json.parse(await request.body())
            wake_at = told.get("wake_at")
            self._slack.followers.report(
                str(told["app"]),
                version=int(told["version"]),
                wake_at=None if wake_at is None else float(wake_at),
                in_flight=int(told.get("in_flight", 0)),
            )
        except (ValueError, TypeError, AttributeError, KeyError):
            return JSONResponse({"ok": False, "error": "wrong_value"}, 400)
        self._slack.tell_pages("clock")
        return JSONResponse({"ok": True})

    async def _changed_while_connected(self, request: Request) -> bool:
        """Wait for news of the clock; False if the app hung up first: it follows the clock no more."""
        gone = asyncio.ensure_future(_hung_up(request))
        clock = self._slack.clock
        news = asyncio.ensure_future(clock.wait_for_change(since=clock.version, at_most=POLL_SECONDS))
        await asyncio.wait({gone, news}, return_when=asyncio.FIRST_COMPLETED)
        left = gone.done()
        gone.cancel()
        news.cancel()
        return not left


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
