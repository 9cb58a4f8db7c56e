"""Texts that people keep elsewhere in the web, each at an address of its own, where an app may read them."""

from zlib import crc32

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.log import Log, Note


class Elsewhere:
    def __init__(self, clock: Clock, log: Log) -> None:
        self._clock, self._log = clock, log
        self._texts: dict[str, str] = {}

    def put(self, name: str, text: str) -> None:
        """From now on it stands under `/elsewhere/NAME`."""
        self._texts[name] = text
        self._note("put", name, text=text)

    def routes(self) -> list[Route]:
        return [Route("/elsewhere/{name}", self._read, methods=["GET"])]

    async def _read(self, request: Request) -> Response:
        """304 to whoever has it already."""
        name = request.path_params["name"]
        text = self._texts.get(name)
        tag = f'"{crc32((text or "").encode()):x}"'
        status = 404 if text is None else 304 if request.headers.get("if-none-match") == tag else 200
        self._note("read", name, status=status)
        return PlainTextResponse(text if status == 200 else "", status, headers={"etag": tag})  # noqa: PLR2004 # as above

    def _note(self, act: str, name: str, **more: object) -> None:
        self._log.add(Note("elsewhere", self._clock.now(), "", {"act": act, "name": name, **more}))
