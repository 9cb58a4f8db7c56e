"""Files people choose: kept as soon as they are, and shown to those who may see them."""

from sandbox import objects
from sandbox.endpoints.reads import actor
from sandbox.errors import PageError
from sandbox.state import File, Json
from sandbox.team import files
from sandbox.world import World

MOST_BYTES = 50 * 1024 * 1024
"""Slack takes a gigabyte; a sandbox keeps its files in memory."""


def upload(world: World, fields: Json, content: bytes) -> Json:
    person = actor(world, fields)
    if not fields["name"]:
        raise PageError("no_name")
    if not content:
        raise PageError("empty_file")
    if len(content) > MOST_BYTES:
        raise PageError("file_too_large")
    return {"file": objects.file(world, files.store(world, fields["name"], content, user=person.id))}


def readable_file(world: World, fields: Json, file_id: str) -> File:
    person = actor(world, fields)
    file = world.workspace.files.get(file_id)
    if file is None or file.is_deleted or not files.visible_to(world, file, person):
        raise PageError("no_such_file")
    return file
