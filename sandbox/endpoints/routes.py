"""The page's endpoints: JSON in, JSON out, always HTTP 200 with `ok`."""

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from math import inf
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox import strict_json, time_travel
from sandbox.endpoints import (
    acts,
    bookmarks,
    channels,
    clicks,
    conversations,
    marks,
    people,
    reads,
    rooms,
    submitting,
    traffic,
    uploads,
)
from sandbox.endpoints.fields import Fields
from sandbox.endpoints.reads import actor
from sandbox.errors import PageError
from sandbox.slack import Slack
from sandbox.state import Json, Person
from sandbox.world import World


async def again(world: World, fields: Json) -> Json:
    answer = await world.deliveries.again(fields["delivery"])
    if answer is None:
        raise PageError("no_such_delivery")
    return answer


async def clock_next(world: World, fields: Json) -> Json:
    return await time_travel.next_event(world.slack, until=time_travel.moment(fields.get("until", inf)))


async def clock_to(world: World, fields: Json) -> Json:
    travel = time_travel.leap_to if fields.get("leap") else time_travel.jump_to
    return await travel(world.slack, time_travel.moment(fields["now"]))


def changes(world: World, person: Person, _: Request) -> Response:
    headers = {"cache-control": "no-store"}
    return StreamingResponse(world.changes.stream(person.id), media_type="text/event-stream", headers=headers)


READS: dict[str, Callable[[World, Json], Json]] = {**reads.READS, **conversations.READS, **traffic.READS}

ACTS: dict[str, Callable[[World, Json], Any]] = {
    "message": rooms.say,
    "command": acts.command,
    "action": clicks.action,
    "options": clicks.options,
    "submit": submitting.submit,
    "close": submitting.close,
    "shortcut": acts.shortcut,
    "home": acts.open_home,
    "read": rooms.read,
    "join": rooms.join,
    "leave": rooms.leave,
    "invite": rooms.invite,
    **people.ACTS,
    "again": again,
    "clock/next": clock_next,
    "clock/to": clock_to,
    **bookmarks.ACTS,
    **channels.ACTS,
    **marks.ACTS,
    **uploads.ACTS,
}


class Page:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[Route]:
        return [
            Route("/page/changes", partial(self._for_someone, changes), methods=["GET"]),
            Route("/page/upload", partial(self._for_someone, uploads.upload), methods=["POST"]),
            Route("/page/file/{id}", partial(self._for_someone, uploads.download), methods=["GET"]),
            Route("/page/{name:path}", self._read, methods=["GET"]),
            Route("/page/{name:path}", self._act, methods=["POST"]),
        ]

    async def _read(self, request: Request) -> Response:
        return await self._answer(READS, request.path_params["name"], request.query_params)

    async def _act(self, request: Request) -> Response:
        try:
            fields = strict_json.parse(await request.body())
        except ValueError:
            fields = None
        if not isinstance(fields, dict):
            return JSONResponse({"ok": False, "error": "not_json"})
        return await self._answer(ACTS, request.path_params["name"], fields)

    async def _answer(
        self, table: Mapping[str, Callable[[World, Json], Any]], name: str, said: Mapping[str, Any]
    ) -> Response:
        work = table.get(name)
        if work is None:
            return JSONResponse({"ok": False, "error": "no_such_endpoint"})
        try:
            fields = Fields(said)
            answer = work(self._world(fields), fields)
            answer = await answer if inspect.isawaitable(answer) else answer
        except PageError as error:
            return JSONResponse(error.answer())
        return JSONResponse({"ok": True, **answer})

    async def _for_someone(self, work: Callable[[World, Person, Request], Any], request: Request) -> Response:
        """What has an answer of its own kind, done for whoever acts."""
        try:
            fields = Fields(request.query_params)
            world = self._world(fields)
            answer = work(world, actor(world, fields), request)
            done: Response = await answer if inspect.isawaitable(answer) else answer
        except PageError as error:
            return JSONResponse(error.answer())
        return done

    def _world(self, fields: Json) -> World:
        """The workspace that is meant: by its id, or by who acts; else the first."""
        if "team" in fields:
            if fields["team"] not in self._slack.worlds:
                raise PageError("no_such_workspace")
            return self._slack.worlds[fields["team"]]
        person = fields.get("as") or fields.get("id")
        return (person and self._slack.world_of(person)) or self._slack.first
