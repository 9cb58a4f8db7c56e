"""A stand-in for a server of language models: it records what it is sent, and answers as its mode says.

with standing_in(honest) as model:
    ...  # An endpoint at model.url
model.requests  # What left the machine
"""

import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Lock, Thread
from typing import Any, ClassVar

BYTES_A_TOKEN = 4
PATIENCE_SECONDS = 30.0
"""No mode keeps anybody waiting for longer."""


@dataclass(frozen=True, eq=False)
class Recorded:
    """One request, whole; another one with the same words is not the same."""

    path: str
    headers: Mapping[str, str]
    """With small letters."""
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.raw)
        return found

    @property
    def text(self) -> str:
        """All messages, as a model reads them."""
        return "\n".join(each["content"] for each in self.body["messages"])

    @property
    def tokens(self) -> int:
        return len(self.text.encode()) // BYTES_A_TOKEN

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The messages of the thread; none if it is not in there."""
        rows = self.text.split("\n")
        begins = [place for place, each in enumerate(rows) if each.startswith("BEGIN ")]
        if not begins:
            return []
        end = rows.index(f"END {rows[begins[-1]].removeprefix('BEGIN ')}")
        return [json.loads(each) for each in rows[begins[-1] + 1 : end]]


class Exchange:
    """One request and the way to answer it."""

    def __init__(self, model: "StandIn", request: Recorded, handler: BaseHTTPRequestHandler) -> None:
        self.model, self.request, self._handler = model, request, handler

    def send(self, status: int, body: bytes | Mapping[str, Any], **headers: str) -> None:
        """Underscores in the names of headers stand for hyphens."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.head(status, content_length=str(len(content)), **{"content_type": "application/json", **headers})
        self.write(content)

    def head(self, status: int, **headers: str) -> None:
        lines = [f"HTTP/1.1 {status} As Asked", "Connection: close"]
        lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
        self.write("\r\n".join([*lines, "", ""]).encode())

    def write(self, content: bytes) -> None:
        self._handler.wfile.write(content)
        self._handler.wfile.flush()

    def wait(self, seconds: float = PATIENCE_SECONDS) -> bool:
        """Whether the server is still wanted."""
        return not self.model.ended.wait(seconds)

    def reset(self) -> None:
        self._handler.connection.shutdown(socket.SHUT_RDWR)


Mode = Callable[[Exchange], None]


@dataclass
class StandIn:
    mode: Mode
    requests: list[Recorded] = field(default_factory=list)
    injected: list[str] = field(default_factory=list)
    """What a sloppy one spoilt, by kind."""
    ended: Event = field(default_factory=Event)
    url: str = ""
    lock: Lock = field(default_factory=Lock)

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        raw = handler.rfile.read(int(handler.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        request = Recorded(handler.path, headers, raw)
        with self.lock:
            self.requests.append(request)
        with suppress(OSError):  # Whoever asked has gone.
            self.mode(Exchange(self, request, handler))


class _Handler(BaseHTTPRequestHandler):
    model: ClassVar[StandIn]

    def do_POST(self) -> None:
        self.model.serve(self)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """The tests say what there is to say."""


@contextmanager
def standing_in(mode: Mode, tls: SSLContext | None = None) -> Iterator[StandIn]:
    model = StandIn(mode)
    handler = type("Handler", (_Handler,), {"model": model})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = False
        server.socket = tls.wrap_socket(server.socket, server_side=True) if tls else server.socket
        model.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}/v1"
        serving = Thread(target=server.serve_forever, args=(0.02,))
        serving.start()
        try:
            yield model
        finally:
            model.ended.set()
            server.shutdown()
            serving.join()


def in_turn(*modes: Mode) -> Mode:
    """One for each request; the last one for all that follow."""

    def answer(exchange: Exchange) -> None:
        place = exchange.model.requests.index(exchange.request)
        modes[min(place, len(modes) - 1)](exchange)

    return answer


def nobody_there() -> str:
    """An address at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


def completion(content: str | None, request: Recorded, **changed: Any) -> dict[str, Any]:
    """`message` adds to the message, `finish_reason` to the choice, everything else to the whole."""
    message = {"role": "assistant", "content": content, **changed.pop("message", {})}
    written = len((content or "").encode(errors="replace")) // BYTES_A_TOKEN
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": request.body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": changed.pop("finish_reason", "stop")}],
        "usage": {
            "prompt_tokens": request.tokens,
            "completion_tokens": written,
            "total_tokens": request.tokens + written,
        },
        **changed,
    }


def ids(lines: Sequence[Mapping[str, Any]]) -> list[str]:
    return [each["id"] for each in lines]
