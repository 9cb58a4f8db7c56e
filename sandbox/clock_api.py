"""The clock as apps follow it: a long poll for the time, and a report of when they wake next."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.followers import POLL_SECONDS
from sandbox.world import World


class ClockApi:
    def __init__(self, world: World) -> None:
        self._world = world

    async def poll(self, request: Request) -> Response:
        app, version = request.query_params.get("app"), request.query_params.get("version")
        if app:
            self._world.followers.see(app, waiting=True)
        if version == str(self._world.clock.version) and not await self._changed_while_connected(request):
            if app:
                self._world.followers.forget(app)
            return Response()
        if app:
            self._world.followers.see(app, waiting=False)
        return JSONResponse({"now": self._world.clock.now(), "version": self._world.clock.version})

    async def report(self, request: Request) -> Response:
        told = await request.json()
        self._world.followers.report(
            told["app"],
            version=int(told["version"]),
            wake_at=told.get("wake_at"),
            in_flight=int(told.get("in_flight", 0)),
        )
        self._world.changes.tell_all("clock")
        return JSONResponse({"ok": True})

    async def _changed_while_connected(self, request: Request) -> bool:
        """Wait for news of the clock; False if the app hung up first: it follows the clock no more."""
        gone = asyncio.ensure_future(_hung_up(request))
        clock = self._world.clock
        news = asyncio.ensure_future(clock.wait_for_change(since=clock.version, at_most=POLL_SECONDS))
        await asyncio.wait({gone, news}, return_when=asyncio.FIRST_COMPLETED)
        left = gone.done()
        gone.cancel()
        news.cancel()
        return not left


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
