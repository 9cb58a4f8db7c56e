"""Threads that people of this project wrote and marked, to measure briefs on (tests/briefs/threads)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from domain.briefs import Status
from domain.threads import Message, Thread

FOLDER = Path(__file__).parent.parent / "tests" / "briefs" / "threads"
HALVES = ("tuning", "held_out")
VOTES = ("reactions", "replies", "both", "none")
"""How people vote in a thread."""
KEYS = {"kind", "language", "zone", "votes", "people", "bots", "messages", "marks"}
MESSAGE_KEYS = {"id", "by", "when", "text", "reactions", "deleted", "edited"}
MARK_KEYS = {
    "question",
    "status",
    "decisions",
    "failed_proposals",
    "options",
    "dissent",
    "open_questions",
    "action_items",
}
Item = frozenset[str]
"""The messages each of which says it, by ts."""


@dataclass(frozen=True)
class MarkedTask:
    messages: Item
    owner_id: str | None
    due: date | None


@dataclass(frozen=True)
class Marks:
    question: Item
    status: Status
    decisions: tuple[Item, ...]
    """What carries the status: what was decided, else what is proposed or put off."""
    failed_proposals: Item
    """Proposed, and refused, withdrawn or overtaken."""
    options: Mapping[str, Item]
    dissent: tuple[tuple[str, Item], ...]
    """Whose, by id, and where."""
    open_questions: tuple[Item, ...]
    action_items: tuple[MarkedTask, ...]


@dataclass(frozen=True)
class Annotated:
    name: str
    kind: str
    language: str
    """BCP 47, or two with a slash where people mix them."""
    votes: str
    thread: Thread
    marks: Marks


def load_half(half: str) -> list[Annotated]:
    return [load(path) for path in sorted((FOLDER / half).glob("*.yaml"))]


def load(path: Path) -> Annotated:
    return read(path.stem, path.read_text(encoding="utf-8"))


def read(name: str, text: str) -> Annotated:
    """Raises ValueError with the name of the thread if it is not as all are."""
    try:
        return _annotated(name, yaml.safe_load(text))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{name}: {error}") from error


def _annotated(name: str, found: dict[str, Any]) -> Annotated:
    _only(found, KEYS)
    if found["votes"] not in VOTES:
        raise ValueError(f"votes is one of {', '.join(VOTES)}")
    zone = ZoneInfo(found["zone"])
    names: dict[str, str] = found["people"]
    bots = set(found.get("bots", ()))
    messages = [_message(raw, number, names, bots, zone) for number, raw in enumerate(found["messages"])]
    if [message.at for message in messages] != sorted(message.at for message in messages):
        raise ValueError("the oldest message comes first")
    thread = Thread(tuple(messages), names, zone)
    ids = {raw["id"]: message.ts for raw, message in zip(found["messages"], messages, strict=True)}
    if len(ids) < len(messages):
        raise ValueError("two messages have one id")
    marks = _marks(found["marks"], _resolver(ids, thread), names)
    return Annotated(name, found["kind"], found["language"], found["votes"], thread, marks)


def _message(raw: dict[str, Any], number: int, names: Mapping[str, str], bots: set[str], zone: ZoneInfo) -> Message:
    _only(raw, MESSAGE_KEYS)
    at = datetime.strptime(raw["when"], "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    reactions = {emoji: frozenset(who) for emoji, who in raw.get("reactions", {}).items()}
    _known({raw["by"]}.union(*reactions.values()), names)
    return Message(
        ts=f"{int(at.timestamp())}.{number:06}",
        by=raw["by"],
        text=raw["text"],
        at=at,
        mentions=_mentions(raw["text"], names),
        reactions=reactions,
        is_bot=raw["by"] in bots,
        edited_at=at if raw.get("edited") else None,
        is_deleted=raw.get("deleted", False),
    )


def _mentions(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    places = {person: text.find(f"@{name}") for person, name in names.items()}
    return tuple(sorted((person for person, place in places.items() if place >= 0), key=places.__getitem__))


def _resolver(ids: Mapping[int, str], thread: Thread) -> Callable[[Iterable[int]], Item]:
    def resolve(numbers: Iterable[int]) -> Item:
        for number in numbers:
            if number not in ids:
                raise ValueError(f"no message has the id {number}")
            message = thread.by_ts[ids[number]]
            if message.is_deleted or message.is_bot:
                raise ValueError(f"nothing rests on message {number}: it is deleted or a bot's")
        return frozenset(ids[number] for number in numbers)

    return resolve


def _marks(raw: dict[str, Any], resolve: Callable[[Iterable[int]], Item], names: Mapping[str, str]) -> Marks:
    _only(raw, MARK_KEYS)
    _known((each["by"] for each in raw["dissent"]), names)
    _known((each["owner"] for each in raw["action_items"] if each["owner"]), names)
    items = (*raw["decisions"], *(each["messages"] for each in (*raw["dissent"], *raw["action_items"])))
    if not all((*items, *raw["open_questions"])):
        raise ValueError("a mark names no message")
    return Marks(
        question=resolve(raw["question"]),
        status=Status(raw["status"]),
        decisions=tuple(resolve(each) for each in raw["decisions"]),
        failed_proposals=resolve(raw["failed_proposals"]),
        options={each["label"]: resolve(each["messages"]) for each in raw["options"]},
        dissent=tuple((each["by"], resolve(each["messages"])) for each in raw["dissent"]),
        open_questions=tuple(resolve(each) for each in raw["open_questions"]),
        action_items=tuple(
            MarkedTask(resolve(each["messages"]), each["owner"], each["due"]) for each in raw["action_items"]
        ),
    )


def _known(people: Iterable[str], names: Mapping[str, str]) -> None:
    if unknown := set(people) - set(names):
        raise ValueError(f"nobody is called {', '.join(sorted(unknown))}")


def _only(raw: Mapping[str, Any], keys: set[str]) -> None:
    if unknown := set(raw) - keys:
        raise ValueError(f"{', '.join(sorted(unknown))} means nothing here")
