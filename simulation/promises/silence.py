"""Who types, presses or sends something gets an answer while they look, or a sentence that says why not."""

from bisect import bisect_left
from collections.abc import Hashable
from datetime import datetime, timedelta

from simulation.case import Case
from simulation.deeds import BEFORE, SOON
from simulation.findings import Book
from simulation.messages import Shown
from simulation.trace import Line

PROMISE = "Nobody is left without an answer"
UNANSWERED = frozenset({"timeout", "operation_timeout", "dispatch_failed", "invalid_answer"})
"""What Slack says in the app's place."""
REPLACED = "invalid_answer"
"""It may mark a field that is there no more."""
ALSO = {"decision.concern": "decision.read"}
"""Whoever raises a concern about a text has read it."""
HINDERED = timedelta(minutes=2)
"""A trouble so shortly before explains that an answer failed."""


def judge(case: Case, book: Book) -> None:
    seen, pressed = _seen(case), set[Hashable]()
    for line in case.trace.diary("commanded", "clicked", "submitted", "shortcut"):
        book.count("commands, clicks and forms")
        press = line["person"], line.get("action_id"), line.get("value")
        is_again = line["did"] == "clicked" and press in pressed
        pressed |= {press, (line["person"], ALSO.get(line.get("action_id") or ""), line.get("value"))}
        if not line.get("ok"):
            _judge_failed(case, book, line)
        elif (
            not is_again
            and _must_show(line)
            and not _is_answered(case, line, seen)
            and case.excuses.is_settled(line.at, line["person"])
        ):
            _unless_hindered(case, book, line, "was taken, and then nothing happened")


def _judge_failed(case: Case, book: Book, line: Line) -> None:
    if line.get("error") == REPLACED and _was_replaced(case, line):
        book.excused("without an answer, with a reason", "another page came while the form was sent")
    elif line.get("error") in UNANSWERED:
        _unless_hindered(case, book, line, f"got no answer in time ({line['error']})")


def _was_replaced(case: Case, line: Line) -> bool:
    """Whether another page stood there by then than the one that was sent, so that what is marked is not on it."""
    states = (each for each in case.views if each.view.get("id") == line.get("view_id"))
    newest = max((each for each in states if each.version.line < line.number), key=_place, default=None)
    return newest is not None and newest.view.get("private_metadata") != line.get("private_metadata")


def _place(shown: Shown) -> int:
    return shown.version.line


def _unless_hindered(case: Case, book: Book, line: Line, what: str) -> None:
    if why := case.excuses.upset(line.at - HINDERED, line.at + SOON):
        book.excused("without an answer, with a reason", why)
    else:
        about = line.get("command") or line.get("label") or line.get("title") or line.get("callback_id")
        name = case.world.name_of(line["person"])
        book.broken(PROMISE, f"{name}: {line['did']} {about!r} {what}.", line.number)


def _must_show(line: Line) -> bool:
    """Choices within a form may change nothing, and so may what somebody has pressed before; a form that is taken
    closes, and that is its answer."""
    return line["did"] in ("commanded", "shortcut") or (line["did"] == "clicked" and line.get("where") == "message")


Seen = dict[str, list[datetime]]


def _seen(case: Case) -> Seen:
    """When something of the app came or changed, in order: by the person who alone saw it, and by channel."""
    found: Seen = {}
    for line in case.trace.of("message", "view"):
        if line.kind == "view":
            found.setdefault(line["user"], []).append(line.at)
        elif line["message"].get("from_app"):
            found.setdefault(line["message"].get("only_for") or line["channel"], []).append(line.at)
    return {place: sorted(moments) for place, moments in found.items()}


def _is_answered(case: Case, line: Line, seen: Seen) -> bool:
    direct = [channel for channel in case.world.channels if case.world.partner(channel) == line["person"]]
    places = (line["person"], line.get("channel") or "", *direct)
    return any(_is_any(seen.get(place, []), line.at - BEFORE, line.at + SOON) for place in places)


def _is_any(moments: list[datetime], since: datetime, until: datetime) -> bool:
    place = bisect_left(moments, since)
    return place < len(moments) and moments[place] <= until
