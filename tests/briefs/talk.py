"""Threads for tests, written as people talk."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.threads import Message, Thread

BEGUN = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""A Monday."""
NAMES = {"ana": "Ana Weber", "ben": "Ben Okafor", "cleo": "Cleo Duarte", "dan": "Dan Sato", "eve": "Eve Novak"}


def said(
    by: str,
    text: str,
    *,
    reactions: Mapping[str, Collection[str]] | None = None,
    mentions: Collection[str] = (),
    is_bot: bool = False,
    is_deleted: bool = False,
    edited_after: int | None = None,
) -> Message:
    """People by their short names. `edited_after`: minutes after the thread began. `talk` gives it a place."""
    return Message(
        ts="",
        by=person(by),
        text=text,
        at=BEGUN,
        mentions=tuple(person(each) for each in mentions),
        reactions={name: frozenset(map(person, who)) for name, who in (reactions or {}).items()},
        is_bot=is_bot,
        is_deleted=is_deleted,
        edited_at=None if edited_after is None else BEGUN + timedelta(minutes=edited_after),
    )


def person(name: str) -> str:
    return f"U{name.upper()}"


def talk(*messages: Message | str, zone: str = "Europe/Berlin", minutes: int = 1) -> Thread:
    """One message each so many minutes; `"ana: Shall we?"` is one as well."""
    spoken = [said(*each.split(": ", 1)) if isinstance(each, str) else each for each in messages]
    placed = tuple(_placed(message, place * minutes) for place, message in enumerate(spoken))
    ids = {each for message in placed for each in (message.by, *message.mentions)}
    called = {person(name): whole for name, whole in NAMES.items()}
    return Thread(placed, {each: called.get(each, each[1:].title()) for each in sorted(ids)}, ZoneInfo(zone))


def _placed(message: Message, minutes: int) -> Message:
    at = BEGUN + timedelta(minutes=minutes)
    return Message(**{**vars(message), "ts": f"{at.timestamp():.6f}", "at": at})
