"""Posts a second that the sandbox takes, beside the same server answering without a thought."""

import http.client
import json
import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.server import Sandbox

CLIENTS = 4
MANIFEST = {
    "display_information": {"name": "Bench"},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
    "settings": {"socket_mode_enabled": True},
}


def post(count: int) -> tuple[float, float]:
    """Seconds for `count` posts of a message with blocks: to the sandbox, and to a server that only answers."""
    return _timed(_serve_sandbox, count), _timed(_serve_nothing, count)


def _timed(serve: Callable[[Connection], None], count: int) -> float:
    with _process(serve) as (url, token):
        threads = [threading.Thread(target=_post, args=(url, token, count // CLIENTS)) for _ in range(CLIENTS)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - began


def _post(url: str, token: str, count: int) -> None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "What moved last week?"}}
    body = json.dumps({"channel": "C0000000001", "text": "What moved last week?", "blocks": [block]})
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
    for _ in range(count):
        connection.request("POST", "/api/chat.postMessage", body, headers)
        answer = json.loads(connection.getresponse().read())
        if not answer["ok"]:
            raise RuntimeError(f"A post was refused: {answer}")
    connection.close()


@contextmanager
def _process(serve: Callable[[Connection], None]) -> Iterator[tuple[str, str]]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send("stop")
        process.join()


def _serve_sandbox(pipe: Connection) -> None:
    with Sandbox(manifest=MANIFEST, rate_limits=False) as box:
        pipe.send((box.url, box.bot_token))
        pipe.recv()


def _serve_nothing(pipe: Connection) -> None:
    async def answer(request: Request) -> Response:
        return JSONResponse({"ok": True, "length": len(await request.body())})

    app: Any = Starlette(routes=[Route("/api/{method}", answer, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    pipe.send((f"http://127.0.0.1:{port}", "none"))
    pipe.recv()
    server.should_exit = True
    thread.join()
