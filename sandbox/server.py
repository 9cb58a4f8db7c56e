"""The sandbox as a server: started in a thread of its own, stopped without a trace."""

import asyncio
import itertools
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from sandbox.cast.cast import begin, end
from sandbox.clock import Clock, default_start
from sandbox.clock_api import ClockApi
from sandbox.control import Control
from sandbox.delivery.socket_mode import ACK_SECONDS
from sandbox.endpoints.routes import Page
from sandbox.faults import Faults
from sandbox.files_http import Files
from sandbox.log import Log, Note
from sandbox.manifest import Manifest
from sandbox.oauth import OAuth
from sandbox.responses_http import Responses
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.weather import Profile
from sandbox.weather_days import change_weather
from sandbox.web_api import WebApi, offer_hang_up
from sandbox.world import World

PAGE_FOLDER = Path(__file__).parent / "page"
STEP_SECONDS = 0.01
STEPS_A_SECOND = 100
PATIENCE_SECONDS = 10


async def permalink(request: Request) -> Response:
    channel, ts = request.path_params["channel"], request.path_params["ts"]
    return RedirectResponse(f"/#c={channel}&ts={ts[1:-6]}.{ts[-6:]}")


def build_app(slack: Slack) -> Starlette:
    clock, oauth = ClockApi(slack), OAuth(slack)
    return Starlette(
        routes=[
            Route("/api/{method}", WebApi(slack), methods=["GET", "POST"]),
            WebSocketRoute("/socket", slack.connections.accept),
            Route("/response/{key}", Responses(slack).post, methods=["POST"]),
            Route("/clock", clock.poll, methods=["GET"]),
            Route("/clock/report", clock.report, methods=["POST"]),
            Route("/oauth/v2/authorize", oauth.ask, methods=["GET"]),
            Route("/oauth/v2/authorize", oauth.decide, methods=["POST"]),
            Route("/archives/{channel}/{ts}", permalink, methods=["GET"]),
            *Files(slack).routes(),
            *slack.elsewhere.routes(),
            *Control(slack).routes(),
            *Page(slack).routes(),
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

    def __init__(self, config: uvicorn.Config, slack: Slack) -> None:
        super().__init__(config)
        self._slack = slack

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
        await self._slack.deliveries.close()
        self._slack.log.close()

    def _let_go(self) -> None:
        """End what would keep connections open: polls, streams and held calls."""
        self._slack.clock.announce()
        for world in self._slack.worlds.values():
            world.changes.stop()
        self._slack.faults.release_all()


class Sandbox:
    """A strict local Slack on a loopback port, for as long as its `with` block runs.

    `seed` and `more` are workspaces: the name of a seed, a file, or what would stand in one; the app is installed in
    each that does not say otherwise. With a `request_url` the app hears everything over signed HTTP there, whatever
    its manifest says; without one, as its manifest says. A clock that does not run moves only when it is told to.
    `trace` is a file that gets a line of JSON for everything that happens. `ack_seconds` is how long the app may take
    to acknowledge, and to use a trigger: Slack's three seconds are too few on a machine that has much other work.
    """

    def __init__(
        self,
        *,
        manifest: str | Path | Json,
        seed: str | Path | Json = "demo",
        more: Sequence[str | Path | Json] = (),
        port: int = 0,
        start: datetime | None = None,
        runs: bool = True,
        rate_limits: bool = True,
        request_url: str | None = None,
        trace: Path | None = None,
        ack_seconds: float = ACK_SECONDS,
    ) -> None:
        loaded = Manifest.load(manifest, request_url=request_url)
        clock = Clock(start or default_start(), runs=runs)
        log = Log(trace)
        self.slack = Slack(
            loaded, [seed, *more], clock=clock, log=log, rate_limits=rate_limits, ack_seconds=ack_seconds
        )
        self._socket = _listening_socket(port)
        self.url = self.slack.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            offer_hang_up(build_app(self.slack)),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="websockets-sansio",
        )
        self._server = PromptServer(config, self.slack)
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    @property
    def world(self) -> World:
        """The first workspace."""
        return self.slack.first

    @property
    def bot_token(self) -> str:
        """The app's token in the first workspace."""
        installation = self.world.installation
        return installation.bot_token if installation else ""

    @property
    def app_token(self) -> str:
        return self.slack.tokens.app_token

    @property
    def signing_secret(self) -> str:
        return self.slack.signing_secret

    @property
    def client_id(self) -> str:
        return self.slack.client_id

    @property
    def client_secret(self) -> str:
        return self.slack.client_secret

    @property
    def log(self) -> Log:
        return self.slack.log

    @property
    def faults(self) -> Faults:
        return self.slack.faults

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

    def start_cast(self, seed: str, *, marked: bool = False, does: list[Json] | None = None) -> None:
        """Let the people of the first workspace act by themselves; `does` are lines of a script for some of them."""
        self._in_loop(lambda: begin(self.world, seed, marked=marked, does=does))

    def put_elsewhere(self, name: str, text: str) -> None:
        """Let a text stand under `/elsewhere/NAME`, as somebody does who keeps something in the web."""
        self.slack.elsewhere.put(name, text)

    def note(self, kind: str, **details: object) -> None:
        """Keep in the log, and so in the trace, what happened around the sandbox."""
        self.log.add(Note(kind, self.slack.clock.now(), "", dict(details)))

    def end_cast(self) -> None:
        """From now on nobody acts by themselves."""

        async def rest() -> None:
            end(self.world)

        self._in_loop(rest)

    def change_weather(self, seed: str, profile: Profile, chances: dict[str, float] | None = None) -> None:
        """From now on the sandbox is unkind from a seed; `chances` change single troubles of the profile."""

        async def change() -> None:
            change_weather(self.slack, seed, profile, chances)

        self._in_loop(change)

    def hang_up(self) -> None:
        """Close every websocket of the app without a word, as a network does."""
        self._in_loop(self.slack.connections.close_all)

    def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Tell the app to open a new websocket, as Slack does now and then."""
        self._in_loop(lambda: self.slack.connections.ask_to_reconnect(reason))

    def _in_loop(self, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(work(), self._loop).result(PATIENCE_SECONDS)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve(sockets=[self._socket])
