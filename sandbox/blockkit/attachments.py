"""Attachments, which Slack had before blocks: checked as they come in, and turned into blocks to be drawn."""

from typing import Any

from sandbox.blockkit.checked import message_blocks
from sandbox.errors import SlackError
from sandbox.state import Json
from sandbox.world import World

MOST = 100
TEXTS = (
    "author_link", "author_name", "color", "fallback", "footer", "image_url", "pretext", "text", "thumb_url", "title",
    "title_link",
)  # fmt: skip
KNOWN = {*TEXTS, "author_icon", "blocks", "fields", "footer_icon", "mrkdwn_in", "ts"}
"""Buttons from before blocks, `actions` and `callback_id`, are refused: Slack tells every app to move on."""


def checked(world: World, given: Any) -> list[Json]:
    """The attachments as a message keeps them; SlackError says what is wrong.

    Slack drops what it does not understand without a word; here that is refused.
    """
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise _refused("must be an array of objects", "")
    if len(given) > MOST:
        raise SlackError("too_many_attachments")
    return [_checked(world, attachment, index) for index, attachment in enumerate(given)]


def _checked(world: World, attachment: Json, index: int) -> Json:
    for name, value in attachment.items():
        if name not in KNOWN:
            raise _refused("invalid additional property", f"/{index}/{name}")
        if name in TEXTS and not isinstance(value, str):
            raise _refused("must be a string", f"/{index}/{name}")
    if not attachment.keys() & {"blocks", "fields", "image_url", "pretext", "text", "title"}:
        raise _refused("nothing to show", f"/{index}")
    _check_fields(attachment.get("fields", []), f"/{index}/fields")
    blocks = _blocks(world, attachment, index)
    fallback = attachment.get("fallback") or attachment.get("text") or "[no preview available]"
    return {**attachment, "id": index + 1, "fallback": fallback} | ({"blocks": blocks} if blocks else {})


def _check_fields(fields: Any, pointer: str) -> None:
    texts = ("title", "value")
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        raise _refused("must be an array of objects", pointer)
    if not all(isinstance(field.get(name, ""), str) for field in fields for name in texts):
        raise _refused("must be a string", pointer)


def _blocks(world: World, attachment: Json, index: int) -> list[Json]:
    try:
        return message_blocks(world, attachment.get("blocks", []))
    except SlackError as error:
        problems = error.details.get("errors", [f"[ERROR] {error.error} [json-pointer:/blocks]"])
        placed = [problem.replace("[json-pointer:", f"[json-pointer:/attachments/{index}") for problem in problems]
        raise SlackError("invalid_attachments", errors=placed, response_metadata={"messages": placed}) from None


def _refused(what: str, pointer: str) -> SlackError:
    problem = f"[ERROR] {what} [json-pointer:/attachments{pointer}]"
    return SlackError("invalid_attachments", errors=[problem], response_metadata={"messages": [problem]})


def as_blocks(attachment: Json) -> list[Json]:
    """What people see of an attachment; `attached` tells the page where its bar begins, and in which colour."""
    color = attachment.get("color", "")
    blocks = enumerate(_blocks_of(attachment))
    return [{**block, "attached": {"is_first": index == 0, "color": color}} for index, block in blocks]


def _blocks_of(attachment: Json) -> list[Json]:
    if "blocks" in attachment:
        blocks: list[Json] = attachment["blocks"]
        return blocks
    said = [attachment.get("pretext"), attachment.get("author_name"), _title(attachment), attachment.get("text")]
    said += [f"*{field.get('title', '')}*\n{field.get('value', '')}" for field in attachment.get("fields", [])]
    place = f"attachment-{attachment['id']}"
    drawn: list[Json] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}, "block_id": f"{place}-{number}"}
        for number, text in enumerate(text for text in said if text)
    ]
    if image := attachment.get("image_url"):
        alt_text = attachment["fallback"]
        drawn.append({"type": "image", "image_url": image, "alt_text": alt_text, "block_id": f"{place}-image"})
    if footer := attachment.get("footer"):
        element = {"type": "mrkdwn", "text": footer}
        drawn.append({"type": "context", "elements": [element], "block_id": f"{place}-footer"})
    return drawn


def _title(attachment: Json) -> str:
    title, link = attachment.get("title", ""), attachment.get("title_link")
    return f"*<{link}|{title}>*" if link and title else f"*{title}*" if title else ""
