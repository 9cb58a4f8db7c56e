"""The one place that escapes, cuts to Slack's limits and makes ids unique; every view is built with it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from domain.words import day_text as day_text  # noqa: PLC0414 - views take it from here

SECTION_LIMIT = 3000
BUTTON_LIMIT = 75
HEADER_LIMIT = 150
CONTEXT_LIMIT = 2000
TITLE_LIMIT = 24
TEXT_LIMIT = 4000
BLOCK_LIMIT = 50
VIEW_BLOCK_LIMIT = 100
ELLIPSIS = "…"
FUNCTION_NAMES = {"ml": "ML", "mlops": "MLOps", "gtm": "GTM"}

Json = dict[str, Any]
Block = Json
Element = Json
"""What stands in a block or beside it: a button, a field's input."""


@dataclass(frozen=True)
class Message:
    text: str
    """The notification, and what screen readers read instead of the blocks: it carries the substance."""
    blocks: list[Json]


def escape(text: str) -> str:
    """For people's words inside mrkdwn: no mention, link or broadcast can come of them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def escape_cut(text: str, limit: int) -> str:
    """Escaped, and then at most `limit` long without an entity cut in two."""
    return cut_escaped(escape(text), limit)


def cut_escaped(mrkdwn: str, limit: int) -> str:
    if len(mrkdwn) <= limit:
        return mrkdwn
    return mrkdwn[: _outside_entity(mrkdwn, limit - 1)].rstrip() + ELLIPSIS


def function_name(function: str) -> str:
    """As people write it."""
    return FUNCTION_NAMES.get(function, function)


def plain(text: str, limit: int) -> Json:
    return {"type": "plain_text", "text": cut(text.strip() or "-", limit), "emoji": True}


def mrkdwn(text: str, limit: int) -> Json:
    return {"type": "mrkdwn", "text": cut_escaped(text, limit) or "-"}


def given(**values: Any) -> Json:
    """Without what is not set: Slack refuses an empty value where it takes none."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def moment(at: datetime, zone: ZoneInfo, *, with_day: bool = True) -> str:
    """A moment in each reader's own zone; where Slack cannot, in the given zone, which it names."""
    style = "{date_short_pretty} at {time}" if with_day else "{time}"
    return f"<!date^{int(at.timestamp())}^{style}^{moment_text(at, zone)}>"


@lru_cache(maxsize=512)  # Most messages of a run name one of a few deadlines.
def moment_text(at: datetime, zone: ZoneInfo) -> str:
    """For plain text: "Mon 23 Nov 09:30 CET"."""
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %H:%M %Z}"


def section(text: str, accessory: Element | None = None) -> Block:
    return given(type="section", text=mrkdwn(text, SECTION_LIMIT), accessory=accessory)


def sections(lines: Iterable[str]) -> list[Block]:
    """As few sections as hold all the lines; a line too long for one goes on in the next, so nothing is lost."""
    found: list[str] = []
    for piece in (piece for line in lines for piece in _pieces(line)):
        if found and len(found[-1]) + 1 + len(piece) <= SECTION_LIMIT:
            found[-1] += "\n" + piece
        else:
            found.append(piece)
    return [section(text) for text in found if text]


def _pieces(line: str) -> Iterable[str]:
    while len(line) > SECTION_LIMIT:
        at = line.rfind(" ", SECTION_LIMIT // 2, SECTION_LIMIT)
        at = at if at > 0 else _outside_entity(line, SECTION_LIMIT)
        yield line[:at]
        line = line[at:].lstrip(" ")
    yield line


def _outside_entity(text: str, at: int) -> int:
    """A place at or just before `at` that does not cut an escaped sign such as &amp; in two."""
    sign = text.rfind("&", at - len("&amp;") + 1, at)
    return sign if sign > 0 and ";" not in text[sign:at] else at


def context(text: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text, CONTEXT_LIMIT)]}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER_LIMIT)}


def divider() -> Block:
    return {"type": "divider"}


def button(text: str, action_id: str, value: object, *, style: str = "", label: str = "") -> Element:
    """`value` is the id of a row, never state. `label` is what screen readers say when `text` is ambiguous."""
    return given(
        type="button",
        text=plain(text, BUTTON_LIMIT),
        action_id=str(action_id),
        value=str(value),
        style=style,
        accessibility_label=cut(label, BUTTON_LIMIT),
    )


def buttons(*elements: Element) -> Block:
    return {"type": "actions", "elements": list(elements)}


def message(text: str, blocks: Sequence[Block]) -> Message:
    return Message(cut_escaped(text, TEXT_LIMIT), to_json(blocks)[:BLOCK_LIMIT])


def to_json(blocks: Sequence[Block]) -> list[Json]:
    """The blocks with an id each, unique within what they are part of and stable from one rendering to the next."""
    return [{"block_id": f"b{place}", **block} for place, block in enumerate(blocks)]


def modal(
    title: str, callback_id: str, blocks: Sequence[Block], *, submit: str = "", ids: Json | None = None, close: str = ""
) -> Json:
    """A form; `ids` come back with its submission and hold ids only, never text."""
    view: Json = {
        "type": "modal",
        "title": plain(title, TITLE_LIMIT),
        "close": plain(close or ("Cancel" if submit else "Close"), TITLE_LIMIT),
        "callback_id": str(callback_id),
        "private_metadata": json.dumps(ids or {}),
        "blocks": to_json(blocks)[:VIEW_BLOCK_LIMIT],
    }
    return view | ({"submit": plain(submit, TITLE_LIMIT)} if submit else {})


def home(blocks: Sequence[Block]) -> Json:
    return {"type": "home", "blocks": to_json(blocks)[:VIEW_BLOCK_LIMIT]}


def names(people: Sequence[str]) -> str:
    """ "Ana, Ben and Cleo", escaped."""
    found = [escape(name) for name in people]
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
