"""The requests for one brief: within its deadline, and each within what may be used."""

from collections.abc import Sequence
from datetime import timedelta
from time import monotonic

from briefs.endpoint.breaker import Breaker
from briefs.endpoint.connection import Connection
from briefs.endpoint.contract import EndpointSettings, Meter
from briefs.endpoint.ladder import Ladder, ladder_of
from briefs.endpoint.messages import Said, size
from briefs.endpoint.replies import Failed, Reply
from domain.briefs import WhyNot
from domain.clock import Clock
from domain.language_models import NotWritten

PAUSE = 0.5
"""Seconds before the same is asked again, unless the server says otherwise."""
LONGEST_PAUSE = 10.0
BELIEVED = 3
"""A server that counts less than a third of what was sent counts wrong."""
CUT = 4
"""One that counts less than a quarter has not read all of it."""


class Endpoint:
    """What is known of a server as long as the process lives."""

    def __init__(self, settings: EndpointSettings, clock: Clock) -> None:
        self.settings, self.clock = settings, clock
        self.connection = Connection(settings, clock)
        self.breaker = Breaker()
        self.ladder: Ladder = ladder_of(settings)


class Asking:
    def __init__(self, endpoint: Endpoint, meter: Meter) -> None:
        self._endpoint, self._meter = endpoint, meter
        self._until = monotonic() + endpoint.settings.deadline

    @property
    def settings(self) -> EndpointSettings:
        return self._endpoint.settings

    def ask(self, messages: Sequence[Said]) -> Reply:
        """Raises NotWritten, Stopped, or what the meter raises."""
        clock, breaker = self._endpoint.clock, self._endpoint.breaker
        if breaker.is_open(clock()):
            raise NotWritten(WhyNot.NO_ANSWER, "not asked, it failed too often")
        try:
            reply = self._patiently(messages)
        except Failed as failed:
            if failed.why is WhyNot.NO_ANSWER:
                breaker.failed(clock())
            if failed.why is WhyNot.BUSY and failed.wait is not None:
                failed.again_at = clock() + timedelta(seconds=failed.wait)
            raise
        breaker.answered()
        return _whole(reply, size(messages))

    def _patiently(self, messages: Sequence[Said]) -> Reply:
        """What passes is tried once more."""
        try:
            return self._down_the_ladder(messages)
        except Failed as failed:
            pause = PAUSE if failed.wait is None else failed.wait
            if not failed.is_passing or pause > LONGEST_PAUSE or pause >= self._left():
                raise
        self._endpoint.connection.wait(pause)
        return self._down_the_ladder(messages)

    def _down_the_ladder(self, messages: Sequence[Said]) -> Reply:
        """What the server does not take is not sent to it again."""
        while True:
            ladder = self._endpoint.ladder
            try:
                return self._metered(messages, ladder)
            except Failed as failed:
                lower = ladder.without(failed.refused)
                if lower is None:
                    raise
                self._endpoint.ladder = lower

    def _metered(self, messages: Sequence[Said], ladder: Ladder) -> Reply:
        sent = size(messages)
        reserved = used = sent + self.settings.output_tokens
        self._meter.reserve(reserved)
        try:
            reply = self._endpoint.connection.complete(messages, ladder.fields(self.settings), self._left())
            if BELIEVED * reply.total_tokens >= sent:
                used = min(reply.total_tokens, max(reserved, self.settings.context_tokens))
        except Failed as failed:
            used = 0 if failed.is_free else reserved
            raise
        else:
            return reply
        finally:
            self._meter.settle(reserved, used)

    def _left(self) -> float:
        """Of the deadline, in seconds."""
        left = self._until - monotonic()
        if left <= 0:
            raise NotWritten(WhyNot.TOO_SLOW, f"{self.settings.deadline:g} s")
        return left


def _whole(reply: Reply, sent: int) -> Reply:
    if 0 < CUT * reply.prompt_tokens < sent:
        raise NotWritten(WhyNot.TOO_LONG, f"{reply.prompt_tokens} tokens read of about {sent}")
    if reply.is_declined:
        raise NotWritten(WhyNot.DECLINED)
    return reply
