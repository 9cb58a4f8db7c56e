"""A thread becomes requests to a language model: without a name, an id or a secret, and small enough.

What leads back from the answer (ids, names, secrets) stays in memory, and only as long as the request lives.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from types import MappingProxyType

from briefs import pieces
from briefs.cleaning import cleaned
from briefs.folding import Folded, folded
from briefs.pieces import Mark, Piece
from briefs.pseudonyms import Pseudonyms, pseudonyms
from briefs.redaction import PLACEHOLDER, Redaction, secrets
from briefs.rules import RULES
from domain.naming import perhaps_named
from domain.threads import Message, Thread

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
ID_LENGTH = 4
NONCE_BITS = 128
BYTES_A_TOKEN = 3
"""Of no tokenizer, and rather too few than too many."""
MOST_MESSAGES = 1_000
MOST_WINDOWS = 6
WINDOW_SHARE = 0.6
OVERLAP = 3
"""Messages that stand at the end of a window and at the begin of the next one."""
LONG_BYTES = 4_096
KEPT_OF_LONG = 500
CUT = " [cut]"
DELETED = "[deleted]"
MINUTES = 60


@dataclass(frozen=True)
class Line:
    """One message as it is sent."""

    id: str
    message: Message
    pieces: tuple[Piece, ...]
    record: str
    """The JSON object."""

    @cached_property
    def sent(self) -> str:
        return "".join(each.sent for each in self.pieces)

    @cached_property
    def folded(self) -> Folded:
        return folded(self.sent)


@dataclass(frozen=True)
class Request:
    thread: Thread
    """The whole one, also if only a part is sent."""
    all_lines: tuple[Line, ...]
    """The oldest first."""
    pseudonyms: Pseudonyms
    redaction: Redaction
    user: str
    system: str = RULES

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """Those that may be cited, by id."""
        return {each.id: each for each in self.all_lines if not each.message.is_deleted}

    @property
    def first_id(self) -> str:
        return self.all_lines[0].id

    @property
    def last_id(self) -> str:
        return self.all_lines[-1].id


class TooLong(Exception):
    """The thread has more messages than fit into the requests that one brief may take."""


def tokens(text: str) -> int:
    """A guess for any model."""
    return -(-len(text.encode()) // BYTES_A_TOKEN)


NOBODY: Mapping[str, str] = MappingProxyType({})


def prepare(
    thread: Thread, *, chance: Random, room: int, own: Collection[str] = (), others: Mapping[str, str] = NOBODY
) -> tuple[Request, ...]:
    """One request, or one for each window of a thread that is longer than `room`: the tokens that a request may have.
    `own` are the ids of the app that makes the brief: its messages are left out. `others`: who else may be named in the
    words, by id. Empty if nothing is left to send. Raises TooLong."""
    messages = [each for each in thread.messages if each.by not in own]
    if len(messages) > MOST_MESSAGES:
        raise TooLong
    called = {who: cleaned(name) for who, name in others.items()}
    named = pseudonyms(thread, own, perhaps_named((cleaned(each.text) for each in messages), called))
    written = PLACEHOLDER.findall("\n".join(each.text for each in messages))
    redaction = Redaction(frozenset(written))
    ids = _ids(chance)
    lines = [_line(next(ids), place, messages, named, redaction) for place in range(len(messages))]
    head = _head(thread, messages, named) if messages else ""
    nonce = f"{chance.getrandbits(NONCE_BITS):0{NONCE_BITS // 4}x}"
    budget = room - tokens(RULES) - tokens(_framed(head, nonce, []))
    return tuple(
        Request(thread, tuple(window), named, redaction, _framed(head, nonce, window))
        for window in _windows(lines, budget)
    )


def _ids(chance: Random) -> Iterator[str]:
    given: set[str] = set()
    while True:
        new = "".join(chance.choices(ALPHABET, k=ID_LENGTH))
        if new not in given:
            given.add(new)
            yield new


def _line(new_id: str, place: int, messages: Sequence[Message], named: Pseudonyms, redaction: Redaction) -> Line:
    message = messages[place]
    parts = (Piece(DELETED, ""),) if message.is_deleted else _pieces(message.text, named, redaction)
    following = messages[place + 1] if place + 1 < len(messages) else None
    record: dict[str, object] = {"id": new_id, "by": named.authors[message.by], "at": _since(messages[0], message)}
    if message.reactions and not message.is_deleted:
        counts = sorted((name, len(who)) for name, who in message.reactions.items())
        record["re"] = {_sent(_pieces(name, named, redaction)): count for name, count in counts}
    if message.edited_at and following and message.edited_at > following.at:
        record["edited"] = True
    record["text"] = _sent(parts)
    return Line(new_id, message, parts, json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def _pieces(text: str, named: Pseudonyms, redaction: Redaction) -> tuple[Piece, ...]:
    whole = cleaned(text)
    clean = whole[:LONG_BYTES]
    links = list(named.links(clean))
    rest = clean
    for link in links:
        rest = f"{rest[: link.first]}{' ' * (link.last - link.first)}{rest[link.last :]}"
    hidden = [Mark(first, last, _hidden(clean[first:last], redaction)) for first, last in secrets(rest)]
    parts = pieces.pieces(clean, [*links, *hidden, *named.marks(clean)])
    is_long = len(whole.encode()) > LONG_BYTES
    return pieces.shortened(parts, KEPT_OF_LONG, CUT) if is_long else parts


def _hidden(secret: str, redaction: Redaction) -> Piece:
    placeholder = redaction.placeholder(secret)
    return Piece(placeholder, placeholder)


def _sent(parts: Sequence[Piece]) -> str:
    return "".join(each.sent for each in parts)


def _since(first: Message, message: Message) -> str:
    minutes = int((message.at - first.at).total_seconds()) // MINUTES
    return f"+{minutes // MINUTES:02}:{minutes % MINUTES:02}"


def _head(thread: Thread, messages: Sequence[Message], named: Pseudonyms) -> str:
    begun = messages[0].at.astimezone(thread.zone)
    return f"A thread that {named.authors[messages[0].by]} began on {begun:%A}, {begun:%Y-%m-%d} at {begun:%H:%M}."


def _framed(head: str, nonce: str, lines: Sequence[Line]) -> str:
    return "\n".join([head, f"BEGIN {nonce}", *(each.record for each in lines), f"END {nonce}"])


def _windows(lines: Sequence[Line], budget: int) -> list[list[Line]]:
    """Each begins with the first message of all. Raises TooLong."""
    sizes = [tokens(f"{each.record}\n") for each in lines]
    if sum(sizes) <= budget:
        return [list(lines)] if lines else []
    windows: list[list[Line]] = []
    begin, room = 1, int(budget * WINDOW_SHARE)
    while begin < len(lines):
        again = max(begin - OVERLAP, 1) if windows else begin
        left = room - sizes[0] - sum(sizes[again:begin])
        end = begin + sum(1 for _ in _fitting(sizes[begin:], left))
        if end == begin or len(windows) == MOST_WINDOWS:
            raise TooLong
        windows.append([lines[0], *lines[again:end]])
        begin = end
    if not windows:
        raise TooLong
    return windows


def _fitting(sizes: Sequence[int], room: int) -> Iterator[int]:
    for size in sizes:
        room -= size
        if room < 0:
            return
        yield size
