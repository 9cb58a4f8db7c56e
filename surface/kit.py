"""The one place that escapes, cuts to Slack's limits and makes ids unique; every view is built with it."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from domain.people import Person
from domain.people import name_of as known_name
from domain.words import day_text, joined

SECTION_LIMIT = 3000
BUTTON_LIMIT = 75
HEADER_LIMIT = 150
CONTEXT_LIMIT = 2000
TITLE_LIMIT = 24
TEXT_LIMIT = 4000
BLOCK_LIMIT = 50
VIEW_BLOCK_LIMIT = 100
TEXTS_ROOM = 9_600
"""For people's texts in one message, escaped. Slack refuses messages from about 12,000 characters on."""
ELLIPSIS = "…"
GUARD = "\N{ZERO WIDTH SPACE}"
"""On both sides of a sign that people typed, it keeps Slack from reading the sign as bold, italic or struck."""
ANCHOR = "\N{WORD JOINER}"
"""Where such a sign is the first or last of a text, so that a mark of our own around the text still counts."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that give a text's direction until they are ended: people's words may begin one that nothing ends."""
_MARKS = re.compile(r"https?://(?:[^\s*~<>|]|[*~](?=\w))+|[*_~]+")
"""Signs that may be marks. Those within an address never are."""

Json = dict[str, Any]
Block = Json
Element = Json
"""What stands in a block or beside it: a button, a field's input."""


@dataclass(frozen=True)
class Picture:
    """An image that is uploaded with its message, which shows it in the image block at the same place among those."""

    name: str
    content: bytes
    alt: str


@dataclass(frozen=True)
class Message:
    text: str
    """The notification, and what screen readers read instead of the blocks: it carries the substance."""
    blocks: list[Json]
    pictures: tuple[Picture, ...] = ()
    is_charted: bool = False
    """It has blocks that not every Slack knows; where they are refused, it is drawn anew without them."""


def escape(text: str) -> str:
    """For people's words inside mrkdwn: they read as typed, and no mention, link or broadcast can come of them."""
    return _MARKS.sub(_guarded, upright(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def upright(text: str) -> str:
    """Without the signs that would turn around what stands beside people's words."""
    return _TURNING.sub("", text)


def line(text: str, room: int = SECTION_LIMIT) -> str:
    """People's words on one line, escaped and cut."""
    return escape_cut(" ".join(text.split()), room)


def name_of(people: Mapping[str, Person], person_id: str, room: int = SECTION_LIMIT, *, says_left: bool = True) -> str:
    """Where something waits for a person, it says if they have left; of what they have done their name is enough."""
    name = line(known_name(people, person_id), room)
    return f"{name} (has left)" if says_left and person_id in people and people[person_id].left else name


def _guarded(found: re.Match[str]) -> str:
    before, after = _around(found)
    marks = found[0]
    if _is_inert(marks, before, after):
        return marks
    first, last = "" if before else ANCHOR, "" if after else ANCHOR
    return first + GUARD + GUARD.join(marks) + GUARD + last


def _around(found: re.Match[str]) -> tuple[str, str]:
    start, end = found.span()
    return found.string[start - 1 : start], found.string[end : end + 1]


def _is_inert(marks: str, before: str, after: str) -> bool:
    """Slack marks nothing within an address, within a word, or between spaces."""
    within_a_word = before.isalnum() and after.isalnum()
    return marks.startswith("http") or within_a_word or (before.isspace() and after.isspace())


def _unmarked(mrkdwn: str) -> str:
    """Without our own marks; what people typed stays as it is."""

    def keep(found: re.Match[str]) -> str:
        around = _around(found)
        return found[0] if around == (GUARD, GUARD) or _is_inert(found[0], *around) else ""

    return _MARKS.sub(keep, mrkdwn).replace(GUARD, "").replace(ANCHOR, "")


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def escape_cut(text: str, limit: int) -> str:
    """Escaped, and then at most `limit` long without an entity cut in two."""
    return cut_escaped(escape(text), limit)


def cut_escaped(mrkdwn: str, limit: int) -> str:
    if len(mrkdwn) <= limit:
        return mrkdwn
    return mrkdwn[: _outside_entity(mrkdwn, limit - 1)].rstrip() + ELLIPSIS


def fitted(texts: Sequence[str], room: int = TEXTS_ROOM) -> list[str]:
    """Escaped, and whole if all have room together; otherwise the longest are cut to the same length."""
    found, left = [escape(text) for text in texts], room
    for place, length in enumerate(sorted(map(len, found))):
        share = left // (len(found) - place)
        if length > share:
            return [cut_escaped(each, share) for each in found]
        left -= length
    return found


def plain(text: str, limit: int) -> Json:
    return {"type": "plain_text", "text": cut(upright(text).strip() or "-", limit), "emoji": True}


def mrkdwn(text: str, limit: int) -> Json:
    return {"type": "mrkdwn", "text": cut_escaped(text, limit) or "-"}


def given(**values: Any) -> Json:
    """Without what is not set: Slack refuses an empty value where it takes none."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def moment(at: datetime, zone: ZoneInfo, *, with_day: bool = True) -> str:
    """A moment in each reader's own zone, as Slack writes it in their language; where it cannot, in the given zone,
    which it names."""
    style = "{date_short_pretty} at {time}" if with_day else "{time}"
    return f"<!date^{int(at.timestamp())}^{style}^{moment_text(at, zone)}>"


@lru_cache(maxsize=512)  # Most messages of a run name one of a few deadlines.
def moment_text(at: datetime, zone: ZoneInfo) -> str:
    """For plain text: "Mon 23 Nov 2026 09:30 CET", with the offset where a zone has no letters."""
    local = at.astimezone(zone)
    letters = f"{local:%Z}"
    return f"{day_text(local)} {local:%H:%M} {letters if letters.isalpha() else _offset(local)}"


def _offset(local: datetime) -> str:
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    sign = "\N{MINUS SIGN}" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def message_link(workspace_url: str, channel: str, ts: str, thread_ts: str = "") -> str:
    """Where Slack shows a message, in its thread if it is a reply; `workspace_url` ends in a slash."""
    link = f"{workspace_url}archives/{channel}/p{ts.replace('.', '')}"
    return f"{link}?thread_ts={thread_ts}&cid={channel}" if thread_ts else link


def section(text: str, accessory: Element | None = None) -> Block:
    return given(type="section", text=mrkdwn(text, SECTION_LIMIT), accessory=accessory)


def sections(lines: Iterable[str]) -> list[Block]:
    """As few sections as hold all the lines; a line too long for one goes on in the next, so nothing is lost. A line
    that begins with an empty one stands apart from what is above it."""
    found: list[str] = []
    for piece in (piece for line in lines for piece in _pieces(line)):
        if found and len(found[-1]) + 1 + len(piece) <= SECTION_LIMIT:
            found[-1] += "\n" + piece
        else:
            found.append(piece.lstrip("\n"))
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
        accessibility_label=cut(" ".join(upright(label).split()), BUTTON_LIMIT),
    )


def buttons(*elements: Element, block_id: str = "") -> Block:
    """A `block_id` only where a handler must know which block was pressed, or it is not to keep what was chosen."""
    return given(type="actions", elements=list(elements), block_id=block_id)


def message(text: str, blocks: Sequence[Block]) -> Message:
    """`text` may hold the marks of a section: they do not reach the notification."""
    return Message(cut_escaped(_unmarked(text), TEXT_LIMIT), to_json(blocks)[:BLOCK_LIMIT])


def to_json(blocks: Sequence[Block]) -> list[Json]:
    """The blocks with an id each, unique within what they are part of and stable from one rendering to the next."""
    return [{"block_id": f"b{place}", **block} for place, block in enumerate(blocks)]


def modal(
    title: str,
    callback_id: str,
    blocks: Sequence[Block],
    *,
    submit: str = "",
    ids: Json | None = None,
    tells_closing: bool = False,
    is_end: bool = False,
) -> Json:
    """A form; `ids` come back with its submission and hold ids, addresses and settings, never people's words. With
    `is_end` those below it are closed with it: they show what was before."""
    view: Json = {
        "type": "modal",
        "title": plain(title, TITLE_LIMIT),
        "close": plain("Cancel" if submit else "Close", TITLE_LIMIT),
        "callback_id": str(callback_id),
        "private_metadata": json.dumps(ids or {}),
        "blocks": to_json(blocks)[:VIEW_BLOCK_LIMIT],
    }
    view |= {"notify_on_close": True} if tells_closing else {}
    view |= {"clear_on_close": True} if is_end else {}
    return view | ({"submit": plain(submit, TITLE_LIMIT)} if submit else {})


def home(blocks: Sequence[Block]) -> Json:
    return {"type": "home", "blocks": to_json(blocks)[:VIEW_BLOCK_LIMIT]}


def names(people: Sequence[str]) -> str:
    """ "Ana, Ben and Cleo", escaped."""
    return joined([escape(name) for name in people])
