"""A server of calendars on this machine, which answers as it is told and notes what it was asked."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext


class CalendarServer:
    def __init__(self, tls: SSLContext | None = None) -> None:
        self.pages: dict[str, bytes | Callable[[BaseHTTPRequestHandler], None]] = {}
        """By path: what stands there, or what answers."""
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        """The path and headers of each request."""
        self.statuses: dict[str, int] = {}
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        if tls:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)
        self.scheme, self.port = "https" if tls else "http", self._http.server_port
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.path, dict(self.headers)))
                page = server.pages.get(self.path)
                try:
                    page(self) if callable(page) else server.answer(self, page)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                return

        return Handler

    def answer(self, request: BaseHTTPRequestHandler, page: bytes | None) -> None:
        """With an ETag, and 304 to whoever has it."""
        tag = f'"{hash(page)}"'
        if page is not None and request.headers.get("If-None-Match") == tag:
            reply(request, 304)
        else:
            status = self.statuses.get(request.path, 404 if page is None else 200)
            reply(request, status, page or b"", ETag=tag, Content_Type="text/calendar")


def reply(request: BaseHTTPRequestHandler, status: int, page: bytes = b"", **headers: str) -> None:
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.send_header("Content-Length", str(len(page)))
    request.end_headers()
    request.wfile.write(page)


@contextmanager
def calendar_server(tls: SSLContext | None = None) -> Iterator[CalendarServer]:
    server = CalendarServer(tls)
    try:
        yield server
    finally:
        server.close()
