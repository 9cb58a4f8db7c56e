"""Which briefs people asked for, of which threads, and what the messages about them say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from simulation.action_ids import ITEMS_FORM
from simulation.brief_words import (
    AGAIN,
    BUTTONS,
    COMMAND,
    LINK,
    OF_OWN_MESSAGE,
    QUOTE,
    REVIEW_VIEW,
    SHARED_BY,
    SHORTCUT,
    Stage,
)
from simulation.case import Case, Owed
from simulation.decision_ids import DECISION_FORM
from simulation.deeds import perhaps_taken
from simulation.messages import Message, Shown, Version, elements, ids_of, plain, squeezed, strings
from simulation.recognition import ELLIPSIS, Kind
from simulation.trace import Line
from simulation.world import World

TARGET = re.compile(r"<([@#!])([^|>]+)(?:\|([^>]*))?>|<([^|>]+)(?:\|([^>]*))?>")
SIGNS = re.compile(r"[*_~`@]")


@dataclass(frozen=True)
class Thread:
    channel: str
    ts: str
    """Of its first message."""


@dataclass(frozen=True)
class Asking:
    line: Line
    thread: Thread

    @property
    def person(self) -> str:
        return str(self.line["person"])

    @property
    def at(self) -> datetime:
        return self.line.at


@dataclass(frozen=True)
class Draft:
    """What somebody was shown of a brief, and between which moments its thread was read."""

    thread: Thread
    reader: str
    version: Version
    since: datetime
    until: datetime


class Briefs:
    def __init__(self, case: Case) -> None:
        self._case = case

    @cached_property
    def threads(self) -> dict[Thread, list[Message]]:
        """What people wrote, by thread."""
        found: dict[Thread, list[Message]] = {}
        for message in self._case.messages:
            if not (message.from_app or message.only_for):
                found.setdefault(Thread(message.channel, message.thread_ts or message.ts), []).append(message)
        return found

    def thread_of(self, channel: str, ts: str) -> Thread:
        return Thread(channel, self._roots.get((channel, ts), ts))

    @cached_property
    def _roots(self) -> dict[tuple[str, str], str]:
        return {(each.channel, each.ts): each.thread_ts or each.ts for each in self._case.messages}

    @cached_property
    def askings(self) -> list[Asking]:
        """In order; those included of which nobody knows whether Muster heard of them."""
        return [Asking(line, thread) for line in self._case.trace.of("diary") if (thread := self._asked(line))]

    def _asked(self, line: Line) -> Thread | None:
        if line["did"] == "shortcut" and line["callback_id"] == SHORTCUT:
            return self.thread_of(line["channel"], line["ts"]) if "ts" in line.fields else None
        if line["did"] == "commanded" and line["command"] == COMMAND and (found := LINK.search(line["text"])):
            return Thread(found["channel"], found["thread"] or f"{found['seconds']}.{found['rest']}")
        if line["did"] == "clicked" and line["action_id"] == OF_OWN_MESSAGE:
            return self.thread_of(line["channel"], line["ts"])
        is_again = line["did"] == "clicked" and line["action_id"] == AGAIN
        return self.of_row.get(str(line.get("value"))) if is_again else None

    @cached_property
    def recorded(self) -> list[tuple[Line, Thread]]:
        """The forms with which something of a thread was recorded, by way of a brief or of its first message."""
        forms = (line for form in (DECISION_FORM, ITEMS_FORM) for line in perhaps_taken(self._case, form))
        made = ((line, ids_of(line)) for line in forms)
        return [
            (line, self.thread_of(str(ids.get("channel")), str(ids["message"]).partition(":")[0]))
            for line, ids in made
            if ids.get("message")
        ]

    @cached_property
    def of_row(self) -> dict[str, Thread]:
        """By the id that its buttons bear."""
        pressed = (
            (str(each.get("value")), thread_in(owed))
            for owed in self._case.of(Kind.BRIEF)
            for version in owed.message.versions
            for each in elements(version.blocks)
            if each["action_id"] in BUTTONS
        )
        return {row: thread for row, thread in pressed if thread}

    @cached_property
    def sent(self) -> dict[tuple[str, Thread], list[Owed]]:
        """By reader and thread, in the order they came."""
        found: dict[tuple[str, Thread], list[Owed]] = {}
        for owed in self._case.of(Kind.BRIEF):
            if thread := thread_in(owed):
                found.setdefault((owed.reader or "", thread), []).append(owed)
        return found

    @cached_property
    def asked(self) -> dict[tuple[str, Thread], list[Asking]]:
        found: dict[tuple[str, Thread], list[Asking]] = {}
        for asking in self.askings:
            found.setdefault((asking.person, asking.thread), []).append(asking)
        return found

    def drafts(self) -> Iterator[Draft]:
        """Each state of each draft, in its message, gone over and shared."""
        read: dict[tuple[str, Thread], list[Draft]] = {}
        for (reader, thread), sent in self.sent.items():
            for owed in sent:
                shown = [each for each in owed.message.versions if stage_of(each) is Stage.DRAFT]
                for version in shown:
                    draft = Draft(thread, reader, version, self._begun(reader, thread, owed), shown[0].at)
                    read.setdefault((reader, thread), []).append(draft)
                    yield draft
        for shown_view in self.reviews:
            thread_read = self.of_row.get(str(ids_of(shown_view.view).get("brief")))
            known = read.get((shown_view.user, thread_read), []) if thread_read else []
            before = [each for each in known if each.version.line < shown_view.version.line]
            if before:
                yield replace(before[-1], version=shown_view.version)
        yield from self._shared(read)

    def _shared(self, read: dict[tuple[str, Thread], list[Draft]]) -> Iterator[Draft]:
        for owed in self._case.of(Kind.SHARED_BRIEF):
            thread = Thread(owed.message.channel, owed.message.thread_ts or "")
            for version in owed.message.versions:
                reader = self._case.world.by_name.get(shared_by(version), "")
                before = [each for each in read.get((reader, thread), []) if each.version.at <= version.at]
                if before:  # It may be of any turn up to then.
                    yield replace(before[-1], version=version, since=before[0].since)

    @cached_property
    def reviews(self) -> list[Shown]:
        return [each for each in self._case.views if each.view.get("callback_id") == REVIEW_VIEW]

    def _begun(self, reader: str, thread: Thread, owed: Owed) -> datetime:
        """When it was asked for, which is before it was read."""
        asked = [each.at for each in self.asked.get((reader, thread), []) if each.at <= owed.at]
        return max(asked, default=owed.at)

    def texts(self, thread: Thread, since: datetime, until: datetime) -> list[str]:
        """What stood in its messages in between, as people read it."""
        return [
            as_read(version.text, self._case.world)
            for message in self.threads.get(thread, [])
            for version in standing(message, since, until)
        ]


def standing(message: Message, since: datetime, until: datetime) -> Iterator[Version]:
    """Its versions that could be read at some moment in between."""
    ends = [*(each.at for each in message.versions[1:]), message.deleted_at]
    for version, end in zip(message.versions, ends, strict=True):
        if version.at <= until and (end is None or end >= since):
            yield version


def thread_in(owed: Owed) -> Thread | None:
    """The thread that a message about a brief leads to."""
    found = next((each for text in strings(owed.message.first.blocks) if (each := LINK.search(text))), None)
    return Thread(found["channel"], f"{found['seconds']}.{found['rest']}") if found else None


def stage_of(version: Version) -> Stage | None:
    text = squeezed(version.text)
    return next((stage for stage in Stage if text.startswith(stage.value)), None)


def shared_by(version: Version) -> str:
    """The name of who shared it in its thread; empty of what does not stand there any more."""
    found = SHARED_BY.search(plain(version.text))
    return found[1] if found else ""


def quotes(text: str) -> list[str]:
    """What it says that people said, as they are read."""
    return [_bare(plain(found["said"])).removesuffix(ELLIPSIS).rstrip() for found in QUOTE.finditer(text)]


def as_read(text: str, world: World) -> str:
    """A message of a person without the signs of its marks, with names for ids."""

    def read(found: re.Match[str]) -> str:
        sign, target, label, address, named = found.groups()
        if sign == "@":
            return world.name_of(target)
        if sign == "#" and target in world.channels:
            return f"#{world.channels[target].name.last}"
        return str(label or named or address or target)

    return _bare(plain(TARGET.sub(read, text)))


def _bare(text: str) -> str:
    return squeezed(SIGNS.sub("", text))
