"""A thread goes to the model, and a brief comes back that went through all checks, or the reason why there is none."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from random import Random

from briefs.checks.merging import merged
from briefs.checks.outcome import Checked, check
from briefs.checks.whole import Unusable, Why, read
from briefs.endpoint import messages
from briefs.endpoint.asking import Asking, Endpoint
from briefs.endpoint.contract import EndpointSettings, Meter
from briefs.endpoint.replies import Reply
from briefs.preparing import NOBODY, Request, TooLong, prepare, tokens
from briefs.schema import Answer
from domain.briefs import Brief, Made, WhyNot
from domain.clock import Clock
from domain.language_models import NotWritten
from domain.threads import Thread


class Writer:
    """Of one endpoint; it may be asked by several threads at once. It learns what the server takes, and when to leave
    it alone."""

    def __init__(self, settings: EndpointSettings, clock: Clock) -> None:
        self._endpoint = Endpoint(settings, clock)

    def write(
        self,
        thread: Thread,
        *,
        chance: Random,
        meter: Meter,
        own: Collection[str] = (),
        others: Mapping[str, str] = NOBODY,
    ) -> Brief:
        """Takes up to the deadline. `own` and `others` as in `prepare`; a thread of nothing else makes an empty brief.
        Raises NotWritten, Stopped, or what the meter raises."""
        asking = Asking(self._endpoint, meter)

        def prepared(room: int) -> tuple[Request, ...]:
            try:
                return prepare(thread, chance=chance, room=room, own=own, others=others)
            except TooLong:
                raise NotWritten(WhyNot.TOO_LONG, f"{room} tokens") from None

        requests = prepared(asking.settings.room)
        try:
            found = _checked(requests, asking)
        except NotWritten as failed:
            if failed.why is not WhyNot.TOO_LONG:
                raise
            found = _checked(prepared(_half(requests)), asking)
        return _brief(found, thread, asking.settings.model) if found else Brief()

    def close(self) -> None:
        """What is being written ends as Stopped."""
        self._endpoint.connection.close()


def _checked(requests: Iterable[Request], asking: Asking) -> list[Checked]:
    return [check(_answer(each, asking), each) for each in requests]


def _half(requests: Iterable[Request]) -> int:
    """Room for half of the longest."""
    longest = max(requests, key=lambda each: len(each.user))
    return tokens(longest.system) + tokens(longest.user) // 2


def _answer(request: Request, asking: Asking) -> Answer:
    reply = _finished(request, asking)
    try:
        return read(reply.content, request)
    except Unusable as unusable:
        if unusable.why is Why.CUT:
            raise NotWritten(WhyNot.TOO_LONG, "not read to its ends") from None
        if not unusable.may_be_repaired or not reply.content.strip():
            raise NotWritten(WhyNot.NOT_USABLE, unusable.why) from None
        broken = unusable
    return _repaired(reply.content, broken, request, asking)


def _finished(request: Request, asking: Asking) -> Reply:
    """Asked for less if there was no end to it."""
    reply = asking.ask(messages.asked(request, asking.settings))
    if reply.is_cut_off:
        reply = asking.ask(messages.asked(request, asking.settings, shorter=True))
    if reply.is_cut_off:
        raise NotWritten(WhyNot.NOT_FINISHED, f"{asking.settings.output_tokens} tokens")
    return reply


def _repaired(content: str, broken: Unusable, request: Request, asking: Asking) -> Answer:
    reply = asking.ask(messages.repair(content, broken, asking.settings))
    try:
        return read(reply.content, request)
    except Unusable as unusable:
        raise NotWritten(WhyNot.NOT_USABLE, f"{unusable.why} {unusable.path}".strip()) from None


def _brief(found: list[Checked], thread: Thread, model: str) -> Brief:
    outcome = merged(found, thread) if len(found) > 1 else found[0]
    if outcome.is_off:
        raise NotWritten(WhyNot.OFF_THREAD, failed=outcome.failed, of=outcome.of)
    return replace(outcome.brief, made=Made(model=model, failed=outcome.failed, of=outcome.of))
