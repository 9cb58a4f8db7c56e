"""Serving Muster's own address, in a thread beside the loop."""

import asyncio
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from web import health, slack_requests
from web.health import Health
from web.slack_requests import SlackRequests

KEEP_ALIVE_SECONDS = 150
"""Longer than proxies keep a connection, two minutes at most, so that none sends its next request into one that is just
being closed."""
GRACE_SECONDS = 10
"""How long what is being answered may take after the end has been announced; it takes less."""


def build_app(slack: SlackRequests, well: Health) -> Starlette:
    app = Starlette(
        routes=[
            Route(health.PATH, well.answer, methods=["GET"]),
            Route(slack_requests.PATH, slack.answer, methods=["POST"]),
        ]
    )
    app.router.redirect_slashes = False
    return app


def listen(host: str, port: int) -> socket.socket:
    """Raises OSError if nobody can listen there. From now on requests are let in, and wait to be answered."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    # The protocol is named because asyncio leaves Nagle's delay, 40 ms for each answer, on sockets that do not say it.
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


class Server:
    """Answers requests until it is closed. What has to wait for something does so in one of its threads."""

    def __init__(self, app: Starlette, listening: socket.socket, *, threads: int) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        self._server, self._listening, self._threads = uvicorn.Server(config), listening, threads
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="web", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    def close(self) -> None:
        """Takes nothing more, and returns when what is being answered has been answered."""
        self._server.should_exit = True
        self._thread.join()

    async def _serve(self) -> None:
        """What runs in threads is waited for at the end."""
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(self._threads, thread_name_prefix="web"))
        await self._server.serve(sockets=[self._listening])
