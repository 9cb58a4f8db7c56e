"""One question to a model, to see what its server can do: `muster doctor --llm`."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from time import monotonic

from briefs.checks.outcome import check
from briefs.checks.whole import Unusable, Why, read
from briefs.endpoint import messages
from briefs.endpoint.asking import Asking, Endpoint
from briefs.endpoint.contract import EndpointSettings, Format, TokenLimit
from briefs.endpoint.replies import Reply
from briefs.preparing import Request, TooLong, prepare, tokens
from domain.briefs import WhyNot
from domain.clock import Clock
from domain.language_models import NotWritten
from domain.threads import Message, Thread

BEGUN = datetime(2026, 1, 5, 9, tzinfo=UTC)
PEOPLE = {"ana": "Ana", "ben": "Ben", "cleo": "Cleo"}
SAID = (
    ("ana", "Shall we move the team lunch from Tuesday to Thursday?"),
    ("ben", "Thursday suits the office in Lisbon better."),
    ("cleo", "I am against it: the kitchen is closed on Thursdays."),
    ("ben", "The kitchen opens again next week, I asked them."),
    ("ana", "Then we decide: lunch moves to Thursday, starting next week."),
    ("ben", "I will tell the kitchen by Friday."),
)
MORE = "And a note on the menu: soup, bread, salad, rice, beans, apples, tea and water, as on all the other days. " * 4
MOST_MORE = 990


@dataclass(frozen=True)
class Probed:
    """What a server did with a thread that is nearly as long as what it is set to read."""

    why_not: WhyNot | None = None
    """Why no brief came of it; too long also if it did not read to both ends."""
    detail: str = ""
    failed: int = 0
    of: int = 0
    """Statements that are not of the thread, of all."""
    tells_usage: bool = False
    format: Format = Format.SCHEMA
    token_limit: TokenLimit = TokenLimit.MAX_TOKENS
    """Which ones it takes."""
    seconds: float = 0.0


class _Free:
    """Nobody's allowance is touched."""

    def reserve(self, tokens: int) -> None:
        pass

    def settle(self, reserved: int, used: int) -> None:
        pass


def probe(settings: EndpointSettings, clock: Clock, chance: Random) -> Probed:
    """One request, or a few until the server takes what is in it. Takes up to the deadline."""
    endpoint = Endpoint(settings, clock)
    with closing(endpoint.connection):
        began = monotonic()
        found = _tried(endpoint, chance)
        ladder, seconds = endpoint.ladder, monotonic() - began
    return replace(found, format=ladder.format, token_limit=ladder.limit, seconds=seconds)


def _tried(endpoint: Endpoint, chance: Random) -> Probed:
    try:
        request = _request(endpoint.settings, chance)
        reply = Asking(endpoint, _Free()).ask(messages.asked(request, endpoint.settings))
    except NotWritten as failed:
        return Probed(failed.why, failed.detail)
    why, detail, failed_, of = _judged(reply, request)
    return Probed(why, detail, failed_, of, tells_usage=reply.total_tokens > 0)


def _judged(reply: Reply, request: Request) -> tuple[WhyNot | None, str, int, int]:
    if reply.is_cut_off:
        return WhyNot.NOT_FINISHED, "", 0, 0
    try:
        found = check(read(reply.content, request), request)
    except Unusable as unusable:
        why = WhyNot.TOO_LONG if unusable.why is Why.CUT else WhyNot.NOT_USABLE
        return why, f"{unusable.why} {unusable.path}".strip(), 0, 0
    return WhyNot.OFF_THREAD if found.is_off else None, "", found.failed, found.of


def _request(settings: EndpointSettings, chance: Random) -> Request:
    """As much as one request may hold."""
    small = _prepared(1, settings, chance)
    free = settings.room - tokens(small.system) - tokens(small.user)
    return _prepared(min(free // tokens(f"{small.all_lines[2].record}\n"), MOST_MORE), settings, chance)


def _prepared(more: int, settings: EndpointSettings, chance: Random) -> Request:
    try:
        return prepare(_thread(more), chance=chance, room=settings.room)[0]
    except TooLong:
        raise NotWritten(WhyNot.TOO_LONG, f"{settings.room} tokens") from None


def _thread(more: int) -> Thread:
    """The question first, what comes of it last."""
    between = [(("cleo", "ana", "ben")[number % 3], f"{number:03}. {MORE}") for number in range(more)]
    said = enumerate([*SAID[:2], *between, *SAID[2:]])
    return Thread(tuple(_message(place, by, text) for place, (by, text) in said), PEOPLE, UTC)


def _message(place: int, by: str, text: str) -> Message:
    at = BEGUN + timedelta(minutes=place)
    return Message(ts=f"{at.timestamp():.6f}", by=by, text=text, at=at)
