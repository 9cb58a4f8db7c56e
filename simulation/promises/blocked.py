"""A blocker that somebody takes up or clears says so, and its button is gone until whoever raised it objects."""

from simulation.case import Case
from simulation.findings import Book
from simulation.messages import elements
from simulation.promises.silence import BEFORE, SOON
from simulation.recognition import BLOCKER_BUTTONS, STILL_BLOCKED, Kind
from simulation.trace import Line

PROMISE = "A blocker that somebody took up or cleared says so"


def judge(case: Case, book: Book) -> None:
    for line in case.trace.diary("clicked"):
        if line["action_id"] in BLOCKER_BUTTONS and line.get("ok") and not _is_refused(case, line):
            if _is_open_again(case, line):
                continue
            book.count("blockers taken up or cleared")
            _judge_pressed(case, book, line)


def _is_open_again(case: Case, line: Line) -> bool:
    objected = (each for each in case.trace.diary("clicked") if each["action_id"] == STILL_BLOCKED and each.get("ok"))
    return any(each.at >= line.at and each.get("value") == line.get("value") for each in objected)


def _is_refused(case: Case, line: Line) -> bool:
    """Whoever may not gets a sentence that only they see; whoever may sees it change."""
    told = (message.first.at for message in case.messages if message.only_for == line["person"])
    return any(line.at - BEFORE <= at <= line.at + SOON for at in told)


def _judge_pressed(case: Case, book: Book, line: Line) -> None:
    """In the summary, and in what brings it to the facilitator and to whoever can clear it."""
    for owed in case.of(Kind.RUN, Kind.BLOCKED, Kind.CLEARER):
        place = owed.message.channel
        is_there = not owed.message.deleted_at and case.excuses.is_settled(line.at, place)
        if is_there and not case.excuses.refused(place, line.at, case.trace.end):
            for pressed in elements(owed.message.last.blocks):
                if (pressed["action_id"], pressed.get("value")) == (line["action_id"], line.get("value")):
                    who = case.world.name_of(line["person"])
                    text = f"{who} pressed {line.get('label')!r} at a blocker, and can still press it."
                    book.broken(PROMISE, text, line.number, owed.message.last.line)
