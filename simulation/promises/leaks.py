"""What is written in a private place is shown to those who are in it and those named in it, and to nobody else."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from simulation.allowances import CONFIRMED, RECOVERS, SETTLES
from simulation.case import Case
from simulation.findings import Book
from simulation.messages import Message, Version
from simulation.sources import Source, Sources
from simulation.tokens import tokens
from simulation.trace import Line
from simulation.world import DIRECT, PRIVATE, PUBLIC, Channel

PROMISE = "What is private stays private"


@dataclass(frozen=True)
class Sight:
    """Something of the app in front of somebody, or in a channel."""

    where: str
    version: Version
    channel: str = ""
    """Where everybody of a channel sees it."""
    reader: str = ""
    """Who alone sees it otherwise."""


class Leaks:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.world = case.world
        self._sources = Sources(case)

    @property
    def sources(self) -> dict[str, list[Source]]:
        """By mark."""
        return self._sources.found

    def sights(self) -> Iterator[Sight]:
        for message in self.case.messages:
            if message.from_app:
                yield from (self._in_message(message, version) for version in message.versions)
        for shown in self.case.views:
            where = "the Home page" if shown.type == "home" else "a form"
            yield Sight(where, shown.version, reader=shown.user)

    def _in_message(self, message: Message, version: Version) -> Sight:
        if message.only_for:
            return Sight("a message only for them", version, reader=message.only_for)
        if reader := self.world.partner(message.channel):
            return Sight("a direct message", version, reader=reader)
        return Sight("a channel", version, channel=message.channel)

    def with_named(self, sources: list[Source], marks: Iterable[str]) -> list[Source]:
        """An addition stands with its decision: whoever is named by a text that is shown with it may read it."""
        beside = [each for mark in marks for each in self.sources.get(mark, ()) if not each.is_addition]
        return [_joined(source, beside) if source.is_addition else source for source in sources]

    def may_see(self, user: str, sources: Iterable[Source], at: datetime) -> bool:
        return any(self._may_see(user, source, at) for source in sources)

    def _may_see(self, user: str, source: Source, at: datetime) -> bool:
        if user == source.author or user in source.named:
            return source.since is None or source.since <= at
        channel = self.world.channels.get(source.channel)
        if channel is None:
            return False
        if any(user in members for members in channel.members.within(at - self.learns(at), at)):
            return True
        was_public = PUBLIC in channel.kind.within(at - self.learns(at), at)
        is_guest = self.world.profile(user, at).is_guest
        return was_public and not source.is_private and not is_guest

    def learns(self, at: datetime) -> timedelta:
        """How old what Muster knows of channels may be: longer if it could not ask."""
        return RECOVERS if self.case.excuses.upset(at - CONFIRMED, at) else CONFIRMED

    def readers(self, sight: Sight) -> frozenset[str]:
        """Of a private channel, those in it; a public one is judged apart."""
        if sight.reader:
            return frozenset({sight.reader})
        return self.world.channels[sight.channel].members.at(sight.version.at) - {self.world.bot}

    def seen_by(self, sight: Sight, sources: list[Source]) -> list[str]:
        """Who sees it and may not."""
        at = sight.version.at
        if sight.channel and (any(source.channel == sight.channel for source in sources) or not _are_private(sources)):
            return []
        if sight.channel and self.world.channels[sight.channel].kind.at(at) == PUBLIC:
            return [f"everybody in #{self.world.channels[sight.channel].name.at(at)}"]
        return [self.world.name_of(user) for user in self.readers(sight) if not self.may_see(user, sources, at)]


def _joined(source: Source, beside: Iterable[Source]) -> Source:
    named = (each.named for each in beside if each.channel == source.channel or each.since)
    return replace(source, named=source.named.union(*named))


def judge(case: Case, book: Book) -> None:
    leaks = Leaks(case)
    private = {mark for mark, sources in leaks.sources.items() if _are_private(sources)}
    book.count("private texts followed", len(private))
    for sight in leaks.sights():
        book.count("messages and pages looked at")
        words = sight.version.words
        _judge_marks(book, leaks, sight, tokens(words))
        _judge_names(book, leaks, sight, words)
    _judge_stale_homes(book, leaks)
    if not private and _has_private_rituals(case):
        book.broken(PROMISE, "Nothing private was written in this trace, so that it stays private is not shown.")


def _judge_marks(book: Book, leaks: Leaks, sight: Sight, marks: set[str]) -> None:
    for mark in sorted(marks):
        sources = leaks.sources.get(mark)
        if sources is None:
            continue  # Nobody entered it: that is for the promise about answers to say.
        for who in leaks.seen_by(sight, leaks.with_named(sources, marks)):
            book.count("private things seen by others")
            text = f"{who} saw in {sight.where} what was written elsewhere in private: [{mark}]"
            book.broken(PROMISE, text, sources[0].line, sight.version.line)


def _judge_names(book: Book, leaks: Leaks, sight: Sight, words: str) -> None:
    for channel in leaks.world.channels.values():
        learned = channel.kind.within(sight.version.at - leaks.learns(sight.version.at), sight.version.at)
        if channel.id == sight.channel or set(learned) != {PRIVATE}:
            continue
        if _names(channel, words, sight.version.at) and (who := _outside(leaks, channel, sight)):
            book.count("private things seen by others")
            text = f"{who} saw in {sight.where} the name of the private channel #{channel.name.at(sight.version.at)}."
            book.broken(PROMISE, text, sight.version.line)


def _names(channel: Channel, words: str, at: datetime) -> bool:
    name = channel.name.at(at)
    return channel.id in words or (f"#{name}" in words and bool(re.search(rf"#{re.escape(name)}(?![\w-])", words)))


def _outside(leaks: Leaks, channel: Channel, sight: Sight) -> str:
    at = sight.version.at
    if sight.channel and leaks.world.channels[sight.channel].kind.at(at) == PUBLIC:
        return f"everybody in #{leaks.world.channels[sight.channel].name.at(at)}"
    inside = frozenset[str]().union(*channel.members.within(at - leaks.learns(at), at))
    return next((leaks.world.name_of(user) for user in sorted(leaks.readers(sight) - inside)), "")


def _judge_stale_homes(book: Book, leaks: Leaks) -> None:
    """Whoever leaves a private channel loses it from their Home page."""
    case = leaks.case
    for line in case.trace.of("membership"):
        user, later = line["user"], line.at + CONFIRMED + SETTLES
        home = _home(case, user, later)
        if line["act"] != "left" or home is None or not _must_be_gone(case, line, later):
            continue
        for mark in sorted(tokens(home.words)):
            if mark in leaks.sources and not leaks.may_see(user, leaks.sources[mark], later):
                who = case.world.name_of(user)
                text = f"The Home page of {who} still shows what is private to a channel they have left: [{mark}]"
                book.count("private things seen by others")
                book.broken(PROMISE, text, line.number, home.line)


def _home(case: Case, user: str, at: datetime) -> Version | None:
    homes = (shown.version for shown in case.views if shown.type == "home" and shown.user == user)
    return max((version for version in homes if version.at <= at), key=lambda version: version.at, default=None)


def _must_be_gone(case: Case, left: Line, later: datetime) -> bool:
    """By then Muster has heard of it, and nothing kept it from changing the page."""
    channel, user = case.world.channels.get(left["channel"]), left["user"]
    is_room = channel is not None and channel.kind.at(left.at) != DIRECT
    is_taken = not case.excuses.unpublished(user, left.at, later)
    is_calm = is_taken and case.excuses.is_settled(later, user) and not case.excuses.longest(left.at, later, user)
    return is_room and is_calm and case.world.is_here(user, later)


def _are_private(sources: Iterable[Source]) -> bool:
    return all(source.is_private for source in sources)


def _has_private_rituals(case: Case) -> bool:
    return any(case.world.channels[on.channel].kind.first == PRIVATE for on in case.switched) and bool(case.prompts)
