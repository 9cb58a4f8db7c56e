"""Files over HTTP: the address an app uploads to, and the one it reads from with its token."""

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.state import File
from sandbox.team import files

IN_PARTS = "multipart/form-data"
LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to see this file.</body></html>"


class Files:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[Route]:
        return [
            Route("/upload/v1/{ticket}", self._upload, methods=["POST"]),
            Route("/files-pri/{key}/{name}", self._read, methods=["GET"]),
        ]

    async def _upload(self, request: Request) -> Response:
        """The bytes of a file, raw or as the one part of a form. An address takes them once."""
        file = self._expected(request.path_params["ticket"])
        if file is None:
            return PlainTextResponse("no such upload", 404)
        content = await _content(request)
        if len(content) != file.length:
            # Slack does not say what it makes of another length than announced.
            return PlainTextResponse(f"expected {file.length} bytes, got {len(content)}", 400)
        file.content, file.ticket = content, ""
        return PlainTextResponse(f"OK - {len(content)}")

    def _expected(self, ticket: str) -> File | None:
        every = (file for world in self._slack.worlds.values() for file in world.workspace.files.values())
        return next((file for file in every if file.ticket == ticket), None)

    async def _read(self, request: Request) -> Response:
        """Whoever shows no token that may read the file gets what Slack gives: a page to sign in, with status 200."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        try:
            world = self._slack.tokens.world(token if scheme.lower() == "bearer" else "")
        except SlackError:
            return HTMLResponse(LOGIN_PAGE)
        team, _, file_id = request.path_params["key"].partition("-")
        file = world.workspace.files.get(file_id)
        may_read = "files:read" in world.scopes and team == world.workspace.id
        if file is None or not may_read or not files.visible_to_app(world, file):
            return HTMLResponse(LOGIN_PAGE)
        return Response(file.content, media_type=file.mimetype or files.UNKNOWN)


async def _content(request: Request) -> bytes:
    """What was sent: all of it, or the first file of a form in parts."""
    if not request.headers.get("content-type", "").startswith(IN_PARTS):
        return await request.body()
    try:
        async with request.form() as form:
            sent = next((part for part in form.values() if isinstance(part, UploadFile)), None)
            return await sent.read() if sent else b""
    except HTTPException:  # The parts cannot be told apart.
        return b""
