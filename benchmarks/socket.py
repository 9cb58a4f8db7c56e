"""The far end of a Socket Mode connection: hands out an address, sends envelopes, waits for acknowledgements."""

import asyncio
import json
import socket
import threading
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

WAIT_SECONDS = 10


class SocketServer:
    def __init__(self) -> None:
        routes = [
            Route("/api/apps.connections.open", self._open, methods=["POST"]),
            WebSocketRoute("/socket", self._serve),
        ]
        self._listening = socket.socket()
        self._listening.bind(("127.0.0.1", 0))
        self._address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="error", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listening]}, daemon=True)
        self._connected = threading.Event()
        self._acknowledged = threading.Event()
        self._peer: tuple[WebSocket, asyncio.AbstractEventLoop] | None = None
        self._number = 0

    @property
    def api_url(self) -> str:
        return f"http://{self._address}/api/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()

    def ask(self, payload: dict[str, Any]) -> None:
        """Sends an interaction and returns when it has been acknowledged."""
        if not self._connected.wait(WAIT_SECONDS) or self._peer is None:
            raise TimeoutError
        peer, loop = self._peer
        self._number += 1
        self._acknowledged.clear()
        envelope = {"type": "interactive", "envelope_id": str(self._number), "payload": payload}
        text = json.dumps({**envelope, "accepts_response_payload": True})
        asyncio.run_coroutine_threadsafe(peer.send_text(text), loop)
        if not self._acknowledged.wait(WAIT_SECONDS):
            raise TimeoutError

    async def _open(self, _request: Request) -> JSONResponse:
        return JSONResponse({"ok": True, "url": f"ws://{self._address}/socket"})

    async def _serve(self, peer: WebSocket) -> None:
        await peer.accept()
        await peer.send_text(json.dumps({"type": "hello", "num_connections": 1}))
        self._peer = (peer, asyncio.get_running_loop())
        self._connected.set()
        async for text in peer.iter_text():
            if json.loads(text).get("envelope_id") == str(self._number):
                self._acknowledged.set()
        self._connected.clear()
