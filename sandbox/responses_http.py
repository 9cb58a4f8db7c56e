"""Posts to a response_url over HTTP; the log keeps them beside the calls of methods."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox import strict_json
from sandbox.clock import monotonic
from sandbox.delivery.replies import reply
from sandbox.delivery.response_urls import ResponseUrl
from sandbox.errors import SlackError
from sandbox.log import Call
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.world import World

NAME = "response_url"
OK, WRONG, GONE = 200, 400, 404


class Responses:
    """The endpoint of /response/{key}."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def post(self, request: Request) -> Response:
        began, body = monotonic(), _json(await request.body())
        world, url = self._find(request.path_params["key"])
        answer, status = _taken(world, url, body)
        said = body if isinstance(body, dict) else {}
        call = Call(NAME, said, answer, world.clock.now(), status, world.workspace.id, monotonic() - began)
        self._slack.log.add(call)
        return PlainTextResponse(answer.get("error", "ok"), status)

    def _find(self, key: str) -> tuple[World, ResponseUrl | None]:
        """The workspace of a response_url; an unknown one belongs to the first."""
        for world in self._slack.worlds.values():
            if url := world.response_urls.find(key):
                return world, url
        return self._slack.first, None


def _json(body: bytes) -> object:
    try:
        return strict_json.parse(body)
    except ValueError:
        return None


def _taken(world: World, url: ResponseUrl | None, body: object) -> tuple[Json, int]:
    if url is None or world.installation is None or world.clock.now() > url.expires:
        return {"ok": False, "error": "expired_url"}, GONE
    if url.left <= 0:
        return {"ok": False, "error": "used_url"}, GONE
    url.left -= 1
    if not isinstance(body, dict):
        return {"ok": False, "error": "invalid_payload"}, WRONG
    try:
        reply(world, url, body)
    except SlackError as error:
        return error.answer(), WRONG
    return {"ok": True}, OK
