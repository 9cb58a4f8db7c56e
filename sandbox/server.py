"""The sandbox as a server: started in a thread of its own, stopped without a trace."""

import asyncio
import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from sandbox.clock import default_start
from sandbox.clock_api import ClockApi
from sandbox.delivery.replies import reply
from sandbox.endpoints.routes import Page
from sandbox.errors import SlackError
from sandbox.faults import Faults
from sandbox.log import Log
from sandbox.manifest import Manifest
from sandbox.state import Json
from sandbox.web_api import WebApi, offer_hang_up
from sandbox.world import World

PAGE_FOLDER = Path(__file__).parent / "page"
STEP_SECONDS = 0.01
STEPS_A_SECOND = 100
PATIENCE_SECONDS = 10


async def respond(world: World, request: Request) -> Response:
    """A post to a response_url."""
    url = world.response_urls.find(request.path_params["key"])
    if url is None or world.clock.now() > url.expires:
        return PlainTextResponse("expired_url", 404)
    if url.left <= 0:
        return PlainTextResponse("used_url", 404)
    url.left -= 1
    try:
        reply(world, url, json.loads(await request.body()))
    except (SlackError, ValueError) as error:
        return PlainTextResponse(str(error), 400)
    return PlainTextResponse("ok")


async def permalink(request: Request) -> Response:
    channel, ts = request.path_params["channel"], request.path_params["ts"]
    return RedirectResponse(f"/#c={channel}&ts={ts[1:-6]}.{ts[-6:]}")


def build_app(world: World) -> Starlette:
    clock = ClockApi(world)
    return Starlette(
        routes=[
            Route("/api/{method}", WebApi(world), methods=["GET", "POST"]),
            WebSocketRoute("/socket", world.connections.accept),
            Route("/response/{key}", partial(respond, world), methods=["POST"]),
            Route("/clock", clock.poll, methods=["GET"]),
            Route("/clock/report", clock.report, methods=["POST"]),
            Route("/archives/{channel}/{ts}", permalink, methods=["GET"]),
            *Page(world).routes(),
            Mount("/", StaticFiles(directory=PAGE_FOLDER, html=True, check_dir=False)),
        ]
    )


def _listening_socket(port: int) -> socket.socket:
    """Only for sockets that name TCP does asyncio switch off Nagle's delay: 40 ms for every answer."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.close()
        raise
    listening.listen()
    return listening


class PromptServer(uvicorn.Server):
    """Stops when it is told to; uvicorn itself looks every tenth of a second, several times over."""

    def __init__(self, config: uvicorn.Config, world: World) -> None:
        super().__init__(config)
        self._world = world

    async def main_loop(self) -> None:
        for step in itertools.count():
            if self.should_exit:  # Another thread sets it.
                return
            if step % STEPS_A_SECOND == 0:
                await self.on_tick(0)  # The date that every answer carries.
            await asyncio.sleep(STEP_SECONDS)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listening in sockets or []:
            listening.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _ in range(int(PATIENCE_SECONDS / STEP_SECONDS)):
            self._let_go()
            await asyncio.sleep(0)
            if not self.server_state.connections and not self.server_state.tasks:
                break
            await asyncio.sleep(STEP_SECONDS)

    def _let_go(self) -> None:
        """End what would keep connections open: polls, streams and held calls."""
        self._world.clock.announce()
        self._world.changes.stop()
        self._world.faults.release_all()


class Sandbox:
    """A strict local Slack on a loopback port, for as long as its `with` block runs."""

    def __init__(
        self,
        *,
        manifest: str | Path | Json,
        seed: str = "demo",
        port: int = 0,
        start: datetime | None = None,
        rate_limits: bool = True,
    ) -> None:
        loaded = Manifest.load(manifest)
        self.world = World(seed, loaded, start or default_start(), rate_limits=rate_limits)
        self._socket = _listening_socket(port)
        self.url = self.world.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            offer_hang_up(build_app(self.world)),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="websockets-sansio",
        )
        self._server = PromptServer(config, self.world)
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self.signing_secret = "sandbox-signing-secret"  # noqa: S105 - the sandbox's own, of no worth elsewhere

    @property
    def bot_token(self) -> str:
        return self.world.bot_token

    @property
    def app_token(self) -> str:
        return self.world.app_token

    @property
    def log(self) -> Log:
        return self.world.log

    @property
    def faults(self) -> Faults:
        return self.world.faults

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(STEP_SECONDS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(PATIENCE_SECONDS)

    def hang_up(self) -> None:
        """Close every websocket of the app without a word, as a network does."""
        self._in_loop(self.world.connections.close_all)

    def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Tell the app to open a new websocket, as Slack does now and then."""
        self._in_loop(lambda: self.world.connections.ask_to_reconnect(reason))

    def _in_loop(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(work(), self._loop).result(PATIENCE_SECONDS)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve(sockets=[self._socket])
