"""Every message and view with each of its versions, and the words that people saw in them."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from simulation.trace import Json, Line, Trace

SHOWN = frozenset({"text", "alt_text", "initial_value", "accessibility_label", "fallback", "initial_date", "url"})
"""Keys of blocks whose strings a person sees or hears."""
GUARDS = ("\u200b", "\u2060")
"""Invisible signs that keep people's words from being marks."""


@dataclass(frozen=True)
class Version:
    at: datetime
    line: int
    text: str
    """The notification."""
    blocks: list[Json]

    @cached_property
    def words(self) -> str:
        """All of it, as a person reads it."""
        return plain("\n".join([self.text, *strings(self.blocks)]))


@dataclass
class Message:
    channel: str
    ts: str
    user: str
    from_app: bool
    thread_ts: str | None
    only_for: str | None
    delivery: str
    """The id that travels in its metadata; empty if there is none."""
    versions: list[Version] = field(default_factory=list)
    deleted_at: datetime | None = None
    is_broadcast: bool = False
    """A reply that the channel reads as well."""

    @property
    def first(self) -> Version:
        return self.versions[0]

    @property
    def last(self) -> Version:
        return self.versions[-1]

    def at(self, moment: datetime) -> Version | None:
        found = [version for version in self.versions if version.at <= moment]
        return found[-1] if found and not (self.deleted_at and self.deleted_at <= moment) else None


@dataclass(frozen=True)
class Shown:
    """A modal or a Home page as it stood in front of one person."""

    user: str
    type: str
    act: str
    version: Version
    view: Json


def messages(trace: Trace) -> list[Message]:
    found: dict[tuple[str, str, str | None], Message] = {}
    for line in trace.of("message"):
        given = line["message"]
        key = line["channel"], given["ts"], given.get("only_for")
        if line["act"] == "deleted":
            if key in found:
                found[key].deleted_at = line.at
            continue
        message = found.setdefault(key, _new(line["channel"], given))
        message.versions.append(_version(line, given))
    return list(found.values())


def _new(channel: str, given: Json) -> Message:
    payload = (given.get("metadata") or {}).get("event_payload") or {}
    return Message(
        channel=channel,
        ts=given["ts"],
        user=given.get("user") or "",
        from_app=bool(given.get("from_app")),
        thread_ts=given.get("thread_ts"),
        only_for=given.get("only_for"),
        is_broadcast=bool(given.get("broadcast")),
        delivery=str(payload.get("id", "")),
    )


def _version(line: Line, given: Json) -> Version:
    return Version(line.at, line.number, given.get("text") or "", given.get("blocks") or [])


def views(trace: Trace) -> list[Shown]:
    """Every state of every modal and Home page, in order; closed ones are left out."""
    return [_shown(line) for line in trace.of("view") if line["act"] != "closed"]


def _shown(line: Line) -> Shown:
    view = line["view"]
    title = (view.get("title") or {}).get("text", "")
    return Shown(line["user"], view["type"], line["act"], Version(line.at, line.number, title, view["blocks"]), view)


def strings(blocks: Any) -> Iterator[str]:
    """What stands in blocks for people to read, in order."""
    if isinstance(blocks, list):
        for each in blocks:
            yield from strings(each)
    elif isinstance(blocks, dict):
        for key, value in blocks.items():
            if key in SHOWN and isinstance(value, str):
                yield value
            elif isinstance(value, dict | list):
                yield from strings(value)


def elements(blocks: list[Json]) -> Iterator[Json]:
    """Everything with an action_id."""
    for block in blocks:
        for each in [*block.get("elements", []), block.get("accessory"), block.get("element")]:
            if isinstance(each, dict) and "action_id" in each:
                yield each


def plain(text: str) -> str:
    """Without escapes and invisible signs."""
    for sign in GUARDS:
        text = text.replace(sign, "")
    return html.unescape(text)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", plain(text)).strip()


def ids_of(form: Line | Json) -> Json:
    """What a form, or the line that it was sent with, says it is about."""
    try:
        found = json.loads(form.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
