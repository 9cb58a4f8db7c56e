"""Somebody in a thread, and a model that does whatever they say: over HTTP, at once and in windows, in each format."""

import itertools
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import pytest

from briefs import evidence
from briefs.endpoint.contract import Format
from domain.briefings import Briefing, BriefingCard, Progress
from domain.briefs import Brief
from domain.threads import Message, Thread
from surface.brief_review import review_view
from surface.briefs import brief_message
from tests.briefs.answers import chance, claim
from tests.briefs.talk import talk
from tests.model.answering import Answered, Lines, answering
from tests.model.server import Mode, Recorded
from tests.model.writing import NOW, Purse, at_desk

ASKED = "ana: Which vendor do we take for the new laptops?"
WINDOWED = 8_192
"""Tokens that a server reads: the talk below is longer."""
TALKED = tuple(f"dan: Number {number} of the list has {'rather good and light ' * 30}parts" for number in range(16))


class NotHere(Exception):
    """The window does not have the message."""


@dataclass(frozen=True)
class Seen:
    """The lines of one request, as whoever answers sees them."""

    lines: Lines

    def id(self, words: str) -> str:
        for each in self.lines:
            if words in each["text"]:
                return str(each["id"])
        raise NotHere


Obeying = Callable[[Seen], Answered]


@dataclass
class Attacked:
    """How a thread is sent."""

    format: Format
    in_windows: bool
    purse: Purse = field(default_factory=Purse)
    requests: list[Recorded] = field(default_factory=list)

    def brief(self, *messages: Message | str, obeying: Obeying, own: Collection[str] = ()) -> Brief:
        """What comes of the thread that these begin. The question is always answered honestly."""
        return self.written(self.thread(*messages), answering(lambda lines: _obeyed(Seen(lines), obeying)), own=own)

    def written(self, thread: Thread, mode: Mode, own: Collection[str] = ()) -> Brief:
        changed: dict[str, Any] = {"format": self.format, "context_tokens": WINDOWED if self.in_windows else 64_000}
        with at_desk(mode, **changed) as desk:
            desk.purse, self.requests = self.purse, desk.model.requests
            brief = desk.writer.write(thread, chance=chance(), meter=self.purse, own=own)
            assert (len(self.requests) > 1) is self.in_windows
            return Brief(**{**vars(brief), "hints": evidence.hints(thread, brief)})

    def thread(self, *messages: Message | str) -> Thread:
        return talk(*messages, *(TALKED if self.in_windows else ()))


def _obeyed(seen: Seen, obeying: Obeying) -> Answered:
    question = {"question": claim(str(seen.lines[0]["text"]), str(seen.lines[0]["id"]))}
    try:
        return question | obeying(seen)
    except NotHere:
        return question


@pytest.fixture(params=itertools.product((Format.SCHEMA, Format.OBJECT, Format.PLAIN), (False, True)), ids=str)
def attacked(request: pytest.FixtureRequest) -> Attacked:
    return Attacked(*request.param)


def shown(brief: Brief) -> str:
    """All that Slack is sent of it."""
    briefing = Briefing(7, "T1", "C1", "1763650000.000100", "UANA", NOW, 1, Progress.DRAFTED, brief=brief)
    card = BriefingCard(briefing, "#legal", "https://northlight.slack.com/", {"UANA": "Ana Weber"})
    message = brief_message(card, 1)
    return json.dumps([message.text, message.blocks, review_view(card)], ensure_ascii=False)
