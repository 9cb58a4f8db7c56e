"""Whoever reacts to a message with the emoji for a record gets one message, which then says what they recorded."""

import re
from datetime import timedelta

from simulation.action_ids import ACTION_FORM
from simulation.allowances import EFFECT, PUNCTUAL, RECOVERS, SETTLES
from simulation.case import Case, Owed
from simulation.decision_ids import DECISION_FORM
from simulation.deeds import taken
from simulation.expected import LEARNS
from simulation.findings import Book
from simulation.messages import ids_of, strings
from simulation.recognition import RECORDED_OF, WANTS_RECORD, Kind
from simulation.trace import Line

PROMISE = "Whoever reacts with the emoji for a record gets its form once"
LINK = re.compile(r"/archives/(\w+)/p(\d{10})(\d{6})")
FORMS = {"decision": DECISION_FORM, "action": ACTION_FORM}
TRIED = timedelta(minutes=6)
"""Within which Slack tells again what was not heard."""
Reaction = tuple[str, str, str]
"""Whose, for which record, and to which message."""


def judge(case: Case, book: Book) -> None:
    told = {_of(owed): owed for owed in reversed(list(case.of(Kind.REACTED)))}
    reacted = _reacted(case)
    for reaction, line in reacted.items():
        owed = told.get(reaction)
        if owed:
            book.count("reactions that brought a form")
            _judge_sent(case, book, line, owed)
            _judge_recorded(case, book, reaction, owed)
        elif _must_come(case, line):
            book.count("messages lost")
            name = case.world.name_of(line["person"])
            book.broken(PROMISE, f"{name} reacted with :{line['name']}: and got no form.", line.number)
    for reaction, owed in told.items():
        if reaction not in reacted or owed.at < reacted[reaction].at - EFFECT:
            book.broken(PROMISE, f"{case.world.name_of(reaction[0])} got a form without having reacted so.", owed.line)


def place_of(owed: Owed) -> str:
    """The message it leads to: its channel and moment."""
    found = next((each for text in strings(owed.message.first.blocks) if (each := LINK.search(text))), None)
    return f"{found[1]} {found[2]}.{found[3]}" if found else ""


def _of(owed: Owed) -> Reaction:
    wanted = WANTS_RECORD.search(owed.message.first.text)
    return owed.reader or "", wanted[1] if wanted else "", place_of(owed)


def _reacted(case: Case) -> dict[Reaction, Line]:
    """The first time of each, where Muster is in the channel."""
    found: dict[Reaction, Line] = {}
    for line in case.trace.diary("reacted"):
        channel = line["channel"]
        for record, emoji in case.plan.reactions.items():
            is_there = case.world.partner(channel) is None and case.world.bot in case.world.channels[
                channel
            ].members.at(line.at)
            if line["name"] == emoji and is_there:
                found.setdefault((line["person"], record, f"{channel} {line['ts']}"), line)
    return found


def _judge_sent(case: Case, book: Book, line: Line, owed: Owed) -> None:
    if (
        owed.at > line.at + PUNCTUAL
        and not _upset(case, line)
        and not case.excuses.delay(line.at, owed.at, line["person"])
    ):
        name = case.world.name_of(line["person"])
        book.broken(PROMISE, f"{name} got the form for their reaction late, and nothing stood in the way.", owed.line)


def _must_come(case: Case, line: Line) -> bool:
    """Nothing changed about the channel or the person around it, and nothing kept Slack from telling it."""
    channel, person = case.world.channels[line["channel"]], line["person"]
    since, until = line.at - LEARNS, line.at + SETTLES
    is_steady = (
        all(person in members and case.world.bot in members for members in channel.members.within(since, until))
        and not any(channel.archived.within(since, until))
        and len(set(channel.kind.within(since, until))) == 1
        and not any(profile.deleted for profile in case.world.people[person].within(since, until))
    )
    return is_steady and not _upset(case, line) and case.excuses.is_settled(line.at, person)


def _upset(case: Case, line: Line) -> str:
    return case.excuses.upset(line.at - RECOVERS, line.at + TRIED)


def _judge_recorded(case: Case, book: Book, reaction: Reaction, owed: Owed) -> None:
    """By whichever way they have made it of that message."""
    person, record, place = reaction
    channel, _, ts = place.partition(" ")
    made = [
        line
        for line in taken(case, FORMS[record])
        if line["person"] == person
        and ids_of(line).get("channel") == channel
        and str(ids_of(line).get("message") or "").startswith(f"{ts}:")
    ]
    for line in made[:1]:
        shown = RECORDED_OF.search(owed.message.last.text)
        if not shown and case.excuses.is_settled(line.at, person) and not owed.message.deleted_at:
            name = case.world.name_of(person)
            text = f"{name} made {record} of a message, and what offered it to them does not say so."
            book.broken(PROMISE, text, line.number, owed.message.last.line)
