"""Files as people handle them: uploaded, put into a message, looked at."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox import objects
from sandbox.endpoints.reads import actor
from sandbox.errors import PageError
from sandbox.state import File, Json, Person
from sandbox.team import files
from sandbox.world import World

MOST_BYTES = 50_000_000
SHOWN_IN_THE_PAGE = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""Anything else is only ever downloaded: the page's own address must not run what somebody uploaded."""


async def upload(world: World, person: Person, request: Request) -> Response:
    """Take a file in; until it is shared, only who uploaded it sees it."""
    content = await request.body()
    name = request.query_params.get("name", "").strip()
    if not name or "/" in name:
        raise PageError("invalid_name")
    if not content or len(content) > MOST_BYTES:
        raise PageError("no_content" if not content else "too_large")
    file = files.store(world, name, content, user=person.id)
    return JSONResponse({"ok": True, "file": objects.file(world, file)})


def download(world: World, person: Person, request: Request) -> Response:
    file = world.workspace.files.get(request.path_params["id"])
    if file is None or file.is_deleted or not files.visible_to(world, file, person):
        return Response(status_code=404)
    headers = {"x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'"}
    if file.mimetype in SHOWN_IN_THE_PAGE:
        return Response(file.content, media_type=file.mimetype, headers=headers)
    headers["content-disposition"] = "attachment"
    return Response(file.content, media_type="application/octet-stream", headers=headers)


def own_files(world: World, person: Person, ids: list[str]) -> list[File]:
    """The files that somebody puts into a message; each must be their own."""
    found = [world.workspace.files.get(file_id) for file_id in ids]
    own = [file for file in found if file and file.user == person.id and not file.is_deleted]
    if len(own) < len(ids):
        raise PageError("no_such_file")
    return own


def delete(world: World, fields: Json) -> Json:
    person = actor(world, fields)
    file = world.workspace.files.get(fields["file"])
    if file is None or file.is_deleted or (file.user != person.id and not person.is_admin):
        raise PageError("no_such_file")
    files.delete(world, file)
    return {}


def shown(world: World, file_id: str) -> Json:
    """A file as the page shows it."""
    file = world.workspace.files[file_id]
    known = objects.file(world, file)
    names = ("id", "name", "title", "size", "pretty_type", "alt_txt")
    return {
        **{name: known[name] for name in names if name in known},
        "is_image": file.mimetype in SHOWN_IN_THE_PAGE,
        "is_ready": file.is_ready,
        "is_deleted": file.is_deleted,
        "user": file.user,
    }


ACTS = {"file/delete": delete}
