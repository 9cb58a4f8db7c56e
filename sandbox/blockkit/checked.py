"""Blocks on their way in: checked against Block Kit and against what the app's installation allows."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from sandbox.blockkit.problems import (
    MOST_TEXT_IN_MESSAGE,
    problems_of_message,
    problems_of_view,
    too_large,
)
from sandbox.blockkit.schema import Problems, complain
from sandbox.blockkit.tree import placed_blocks, placed_elements, text_length, with_ids
from sandbox.errors import SlackError
from sandbox.state import Json
from sandbox.team import files
from sandbox.world import World

IMAGE_TYPES = ("image/png", "image/jpeg", "image/gif")


def message_blocks(world: World, blocks: Any) -> list[Json]:
    """The blocks as a message keeps them; SlackError says what Slack would refuse."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    if not blocks:
        return []
    problems = problems_of_message(blocks) or _unknown(world, blocks) or _not_allowed(world, "/blocks", blocks)
    if problems:
        raise SlackError("invalid_blocks", errors=problems, response_metadata={"messages": problems})
    if text_length(blocks) > MOST_TEXT_IN_MESSAGE:
        raise SlackError("msg_blocks_too_long")
    return _with_ids(world, blocks)


def view_content(world: World, view: Any, kind: str) -> Json:
    """A view as it is kept, if it is one of this kind."""
    problems = problems_of_view(view)
    if not problems and view["type"] != kind:
        complain(problems, "/view/type", f"unsupported type: {view['type']}")
    problems = problems or _not_allowed(world, "/view/blocks", view["blocks"])
    if problems:
        raise SlackError("invalid_arguments", response_metadata={"messages": problems})
    if too_large(view):
        raise SlackError("view_too_large")
    return {**view, "blocks": _with_ids(world, view["blocks"])}


def _unknown(world: World, blocks: list[Json]) -> Problems:
    """What a Slack says that has not got the newest blocks yet."""
    problems: Problems = []
    for where, block in placed_blocks(blocks, "/blocks"):
        if block["type"] in world.faults.unknown_blocks:
            complain(problems, f"{where}/type", f"unsupported type: {block['type']}")
    return problems


def _with_ids(world: World, blocks: list[Json]) -> list[Json]:
    return with_ids(blocks, lambda: world.workspace.new_id("b"))


def _not_allowed(world: World, pointer: str, blocks: list[Json]) -> Problems:
    problems: Problems = []
    for where, block in placed_blocks(blocks, pointer):
        if block["type"] == "video":
            _check_video(world, problems, where, block)
        for name, image in _images(block):
            if not _is_known_image(world, image):
                complain(problems, f"{where}{name}/slack_file", "invalid slack file")
        for place, element in placed_elements(block):
            if element["type"] == "file_input" and "files:read" not in world.scopes:
                complain(problems, f"{where}{place}", "missing scope: files:read")
            _check_people(world, problems, f"{where}{place}", element)
    return problems


def _check_people(world: World, problems: Problems, pointer: str, element: Json) -> None:
    """Whoever is chosen when a picker opens is somebody the workspace knows, here or not any more."""
    chosen = [("initial_user", element["initial_user"])] if "initial_user" in element else []
    chosen += [(f"initial_users/{index}", each) for index, each in enumerate(element.get("initial_users", []))]
    for name, person_id in chosen:
        if person_id not in world.workspace.people:
            complain(problems, f"{pointer}/{name}", "invalid user")


def _check_video(world: World, problems: Problems, pointer: str, block: Json) -> None:
    """Slack embeds videos for apps with the scope, and from the domains the app unfurls links of."""
    host = urlsplit(block["video_url"]).hostname or ""
    if "links.embed:write" not in world.scopes:
        complain(problems, pointer, "missing scope: links.embed:write")
    elif not any(host == domain or host.endswith(f".{domain}") for domain in world.manifest.unfurl_domains):
        complain(problems, f"{pointer}/video_url", "must be of one of the app's unfurl domains")


def _images(block: Json) -> Iterator[tuple[str, Json]]:
    """The images in a block, with their pointers within it."""
    for name in ("accessory", "hero_image", "icon"):
        if block.get(name, {}).get("type") == "image":
            yield f"/{name}", block[name]
    if block["type"] == "image":
        yield "", block
    elif block["type"] == "context":
        yield from (
            (f"/elements/{index}", item) for index, item in enumerate(block["elements"]) if item["type"] == "image"
        )


def _is_known_image(world: World, image: Json) -> bool:
    if "slack_file" not in image:
        return True
    named = image["slack_file"].get("id") or urlsplit(image["slack_file"]["url"]).path
    found = (file for file in world.workspace.files.values() if file.id in named)
    return any(file.is_ready and file.mimetype in IMAGE_TYPES and files.visible_to_app(world, file) for file in found)
