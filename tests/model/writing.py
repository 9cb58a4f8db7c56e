"""A writer at a stand-in, and what it may use."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from briefs.endpoint.contract import EndpointSettings
from briefs.endpoint.writer import Writer
from domain.briefs import Brief, WhyNot
from domain.language_models import NotWritten
from domain.threads import Thread
from tests.briefs.answers import THREAD, chance
from tests.briefs.talk import talk
from tests.model.server import Mode, StandIn, standing_in

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TALK = talk(*THREAD)
LONG = talk(
    *THREAD, *(f"ana: And what about part number {number} of it, {'which is long ' * 12}?" for number in range(40))
)


@dataclass
class Purse:
    """What was reserved and then used, request by request."""

    left: int = 10**9
    settled: list[tuple[int, int]] = field(default_factory=list)
    is_open: bool = False

    def reserve(self, tokens: int) -> None:
        assert not self.is_open
        if tokens > self.left:
            raise NotWritten(WhyNot.USED_UP)
        self.left, self.is_open = self.left - tokens, True

    def settle(self, reserved: int, used: int) -> None:
        assert self.is_open
        self.left, self.is_open = self.left + reserved - used, False
        self.settled.append((reserved, used))


@dataclass
class Desk:
    writer: Writer
    model: StandIn
    purse: Purse = field(default_factory=Purse)
    now: datetime = NOW

    def write(self, thread: Thread = TALK, *, seed: int = 1) -> Brief:
        return self.writer.write(thread, chance=chance(seed), meter=self.purse)

    def fails(self, thread: Thread = TALK) -> NotWritten:
        try:
            brief = self.write(thread)
        except NotWritten as failed:
            assert not self.purse.is_open
            return failed
        raise AssertionError(brief)


@contextmanager
def at_desk(mode: Mode, **changed: Any) -> Iterator[Desk]:
    """`changed`: settings."""
    with standing_in(mode) as model, at_model(model, **changed) as desk:
        yield desk


@contextmanager
def at_model(model: StandIn, **changed: Any) -> Iterator[Desk]:
    settings = EndpointSettings(**{"base_url": model.url, "model": "test-model", "deadline": 60.0, **changed})
    desks: list[Desk] = []
    with closing(Writer(settings, lambda: desks[0].now)) as writer:
        desks.append(Desk(writer, model))
        yield desks[0]
